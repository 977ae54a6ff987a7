"""`checkpoint-server bundle import`: takes in what a stick brings, and answers on it."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from checkpoint_client.desk.sticks import Flaw, StickFailed
from sync import protocol, stick
from sync.protocol import Bundle, Forged, Malformed, TooLarge, Verdict
from sync.server import attachments, registry
from sync.server import stick as reference_stick
from sync.server.centre import Centre
from sync.server.command import Parser, Progress, Refused, add_data
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.lost_documents import Register
from sync.server.shelf import Shelf
from sync.stick import BUNDLE, BadFile

_IMPORT: Final = f"""\
Take in the bundles that a stick brings from posts without a line, as if they had come over one.

FOLDER is the stick; its bundles lie in {stick.BUNDLES}. They may overlap, come twice, come late and
in any order; nothing on the stick is deleted. What is already held stays as it is. Beside the
bundles an acknowledgement is written for each workstation, and the newest lists beside them: carry
the same stick back. A server may run meanwhile."""


@dataclass(slots=True)
class _Journal:
    """What came of one workstation's journal."""

    signing_key: bytes
    bundles: int = 0
    new: int = 0
    held: int = 0
    message: str = ""
    fork_at: int | None = None
    missing: list[tuple[int, int]] = field(default_factory=list)


_Origin = tuple[str, int]


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = commands.add_parser("bundle", help="Take in what came on a stick.")
    steps = parser.add_subparsers(metavar="STEP", required=True)
    taking = steps.add_parser(
        "import",
        help="Take in what came on a stick, and write its acknowledgement and the newest lists.",
        description=_IMPORT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_data(taking)
    taking.add_argument("folder", type=Path, metavar="FOLDER", help="the stick")
    taking.set_defaults(command=take)


def take(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    deployment = folder.deployment().name
    shelf = Shelf(folder.reference)
    root = given.folder.parent if given.folder.name == stick.BUNDLES else given.folder
    with _ledger(folder) as ledger:
        centre = Centre(
            deployment=deployment,
            ledger=ledger,
            keys=folder.keys(),
            shelf=shelf,
            documents=Register(folder.documents),
        )
        with _in_words("Nothing was taken"):
            paths = stick.files_on(root, BUNDLE)
            reports = stick.files_on(root, stick.REPORT)
            attached = stick.files_on(root, stick.ATTACHMENT)
        if not paths and not reports and not attached:
            raise Refused(f"There is no bundle in {root / stick.BUNDLES}: is it the right stick?")
        journals, refused = _take_all(centre, deployment, paths)
        for origin, journal in sorted(journals.items()):
            for line in _words(origin, journal):
                print(line)
        if attached:
            print(_take_attachments(centre, attached, journals))
        for path in reports:
            print(_report(centre, path))
        for name, flaw in refused:
            print(f"{name} was not taken: {stick.FLAWS[flaw]}")
        with _in_words("What is said above was taken in, but it could not be acknowledged"):
            _acknowledge(centre, root, journals)
        if journals:
            print("Acknowledgements are on the stick.")
            with _in_words("All that is acknowledged, but not all crossings go back on the stick"):
                _tell_crossings(centre, root, {workstation for workstation, _ in journals})
    _write_lists(shelf, root)
    if refused:
        raise Refused(f"{len(refused)} of {len(paths)} files were of no use: they lie untouched.")


def _take_all(
    centre: Centre, deployment: str, paths: list[Path]
) -> tuple[dict[_Origin, _Journal], list[tuple[str, Flaw]]]:
    progress = Progress()
    refused: list[tuple[str, Flaw]] = []
    journals: dict[_Origin, _Journal] = {}
    ordered = []
    for path in paths:
        try:
            bundle = _header(stick.read(path), deployment)
        except BadFile as bad:
            refused.append((_printable(path), bad.flaw))
            continue
        # The journal's order, whatever the files are called; the longest first.
        ordered.append(((bundle.workstation, bundle.incarnation), bundle.first, -bundle.last, path))
    for number, (_origin, _first, _last, path) in enumerate(sorted(ordered), start=1):
        progress.say(f"{number} of {len(ordered)} bundles")
        try:
            _take(centre, deployment, path, journals)
        except BadFile as bad:
            refused.append((_printable(path), bad.flaw))
    return journals, refused


def _take_attachments(centre: Centre, paths: list[Path], journals: dict[_Origin, _Journal]) -> str:
    """Take in what entries name, after the entries; whose they are is acknowledged, too."""
    new = known = 0
    for path in paths:
        try:
            found = centre.attachment_carried(stick.read(path, most=attachments.LARGEST))
        except BadFile:
            continue  # it is counted with what nobody named
        new += any(each.is_new for each in found)
        known += bool(found) and not any(each.is_new for each in found)
        for each in found:
            origin = (each.workstation, each.incarnation)
            journals.setdefault(origin, _Journal(signing_key=each.signing_key))
    said = f"Attachments: {new} new, {known} held already"
    left = len(paths) - new - known
    return f"{said}, {left} that no entry names or that were altered." if left else f"{said}."


def _take(centre: Centre, deployment: str, path: Path, journals: dict[_Origin, _Journal]) -> None:
    """Raises `BadFile`; the database's errors end the command, what was taken before stays."""
    content = stick.read(path)
    bundle = _header(content, deployment)
    try:
        before, held = centre.carried(content)
    except TooLarge:
        raise BadFile(Flaw.TOO_LARGE) from None
    except Malformed:
        raise BadFile(Flaw.CLOSED) from None
    except Forged:
        raise BadFile(Flaw.FORGED) from None
    except registry.Unknown:
        raise BadFile(Flaw.UNKNOWN) from None
    origin = (bundle.workstation, bundle.incarnation)
    journal = journals.setdefault(origin, _Journal(signing_key=bundle.key))
    journal.bundles += 1
    journal.new += held.tip.position - before
    journal.held = held.tip.position
    journal.fork_at = journal.fork_at or held.fork_at
    journal.message = held.message or journal.message
    if held.verdict is Verdict.GAP:
        journal.missing.append((held.tip.position + 1, bundle.first - 1))


def _report(centre: Centre, path: Path) -> str:
    """What a workstation says of an order to be wiped."""
    name = _printable(path)
    try:
        step = centre.reported(stick.read(path, most=protocol.MOST_REPORT))
    except BadFile as bad:
        return f"{name} was not taken: {stick.FLAWS[bad.flaw]}"
    except (Malformed, Forged, registry.Unknown):
        return f"{name} was not taken: {stick.FLAWS[Flaw.FORGED]}"
    if step is None:
        return f"{name} was not taken: it is on no order of this centre"
    return f"{path.stem} reports on its order to be wiped ({step}): see `devices`."


def _header(content: bytes, deployment: str) -> Bundle:
    try:
        bundle = protocol.decode(content, Bundle)
    except Malformed:
        raise BadFile(Flaw.UNREADABLE) from None
    if bundle.deployment != deployment:
        raise BadFile(Flaw.FOREIGN)
    return bundle


def _acknowledge(centre: Centre, root: Path, journals: dict[_Origin, _Journal]) -> None:
    if not journals:
        return
    place = stick.make_place(root)
    for (workstation, incarnation), journal in journals.items():
        content = centre.acknowledgement(
            workstation, incarnation, signing_key=journal.signing_key, fork_at=journal.fork_at
        )
        stick.write(place / stick.acknowledgement_name(workstation, incarnation), content)


def _tell_crossings(centre: Centre, root: Path, workstations: set[str]) -> None:
    """All that a stay is counted by at the posts that brought something."""
    place, progress = stick.make_place(root), Progress()
    number = 0
    for number, (post, sheet) in enumerate(centre.sheets(workstations), start=1):
        progress.say(f"{number} sheets of crossings")
        stick.write(place / stick.sheet_name(post, number), sheet)
    print(f"Crossings of all posts go back on it ({stick.sheets(number)}).")


def _write_lists(shelf: Shelf, root: Path) -> None:
    try:
        with shelf.alone(lambda: None):
            if not shelf.published().channels:
                print("No lists have been published yet: none go back.")
                return
            written = reference_stick.write(shelf, root, Progress().size)
    except (reference_stick.NotWritten, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise Refused(f"The records were taken, but the lists were not written: {said}") from None
    for channel, version in sorted(written.channels.items()):
        print(f"{channel} version {version} goes back on it.")


def _words(origin: _Origin, journal: _Journal) -> Iterator[str]:
    workstation, incarnation = origin
    name = workstation if incarnation == 1 else f"{workstation} (journal {incarnation})"
    yield (
        f"{name}: {stick.bundles(journal.bundles)}, new: {stick.entries(journal.new)}, held up to"
        f" {journal.held}."
    )
    if journal.missing:
        first, last = journal.missing[0]
        yield (
            f"{name}: entries {first} to {last} are missing: they are on another stick. Import it,"
            " then this one once more."
        )
    if journal.fork_at is not None:
        yield (
            f"{name}: {journal.message} ({journal.fork_at}). All is kept; see"
            " `checkpoint-server status`."
        )
    elif journal.message:
        yield f"{name}: {journal.message}."


def _printable(path: Path) -> str:
    """A name that somebody chose may hold anything, also what moves a terminal's cursor."""
    return "".join(c if c.isprintable() else "?" for c in path.name)


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    try:
        yield
    except StickFailed as failed:
        raise Refused(f"{what}: {stick.sentence(failed)}.") from None


@contextmanager
def _ledger(folder: CentreFolder) -> Iterator[Ledger]:
    ledger = Ledger(folder.database)
    try:
        ledger.check()
        yield ledger
    finally:
        ledger.close()
