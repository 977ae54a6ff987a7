"""`checkpoint-server publish` and `stick`: new lists, rules and programs for every workstation."""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.watchlist import jsonl, ofac, un
from checkpoint_client.watchlist.alerts import Alert, Skipped
from sync.protocol import CHANNELS, DOCUMENTS, STICK, WATCHLIST, Malformed, pack_files
from sync.server import key_files, publisher, stick
from sync.server.command import (
    Parser,
    Passphrases,
    Progress,
    Refused,
    add_data,
    add_passphrase,
    in_units,
    now,
    tell,
)
from sync.server.keys import CentreFolder
from sync.server.lost_documents import Register, Taken
from sync.server.publisher import Publication
from sync.server.shelf import Shelf

REASONS_SHOWN: Final = 20
HIGHEST_VERSION: Final = 10**15

_WORDS: Final = {
    WATCHLIST: ("watch-list", "alerts"),
    DOCUMENTS: ("list of lost documents", "numbers"),
}

_PUBLISH: Final = """\
Publish a new version of something; a running server hands it on at once.

The watch-list is read from --ofac, --un, --jsonl, or from FILEs in our own format (JSON lines);
every list of this version must be named, what is not named is gone from it. Workstations with one
of the last eight versions load only what changed. So it is with lost and stolen documents, whose
one FILE has a line for each, STATE;NUMBER: the issuing State's code as in the machine-readable
zone, and the number as printed. Of every other channel the FILEs are taken as they are, and
together they are the whole new version.

Where the key that signs is not in the centre's folder, its holder brings it: --key FILE."""

_STICK: Final = """\
Write all reference data to a stick, for a post that no line reaches.

Everything on it is encrypted or signed. At the post: put the stick in, and have the list page
read it. Workstations that are enrolled already have the keys to open it."""


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    plain = argparse.RawDescriptionHelpFormatter
    _describe_publish(
        commands.add_parser(
            "publish",
            help="Publish a new watch-list, lost documents, rules, templates, officers, programs.",
            description=_PUBLISH,
            formatter_class=plain,
        )
    )
    _describe_stick(
        commands.add_parser(
            "stick",
            help="Write all reference data to a stick, for a post without a line.",
            description=_STICK,
            formatter_class=plain,
        )
    )


def publish(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    folder.deployment()  # says so where there is no centre, before any list is read
    shelf = Shelf(folder.reference)
    publish_channel = _PUBLISHERS.get(given.channel, _publish_files)
    publication = publish_channel(given, folder, shelf)
    called, things = _WORDS.get(given.channel, (given.channel, "files"))
    print(
        f"Published {called} version {publication.version}:"
        f" {publication.items} {things}, {in_units(publication.size)} encrypted."
    )
    for start, size in sorted(publication.changes.items(), reverse=True):
        print(f"  who has version {start} loads {in_units(size)}")


def write_stick(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    folder.deployment()
    shelf = Shelf(folder.reference)
    try:
        with shelf.alone(_say_wait):
            if not shelf.published().channels:
                raise Refused("Nothing has been published yet: there is nothing to write.")
            written = stick.write(shelf, given.to, Progress().size)
    except stick.NotWritten as error:
        raise Refused(str(error)) from None
    except OSError as error:
        raise Refused(
            f"The stick was not written: {error.strerror}. What was on it before is still there."
        ) from None
    for channel, version in sorted(written.channels.items()):
        print(f"{channel} version {version}")
    print(
        f"{given.to / STICK} holds them: {written.files} files, {in_units(written.size)},"
        " read back and found good. Take the stick out as the system asks."
    )


def _publish_watchlist(
    given: argparse.Namespace, folder: CentreFolder, shelf: Shelf
) -> Publication:
    if not any((given.ofac, given.un, given.jsonl, given.files)):
        raise Refused("Name at least one list: --ofac DIR, --un FILE, --jsonl FILE or FILE.")
    progress = Progress()
    try:
        lines = publisher.lines_by_alert(_alerts(given, progress))
    except publisher.TwiceListed as error:
        raise Refused(f"{error}: nothing was published.") from None
    if not lines:
        raise Refused("No alert could be read: nothing was published, the list in force stays.")
    key = _lent_key(given)
    with shelf.alone(_say_wait):
        return publisher.publish_lines(
            shelf,
            folder.publishing_keys(WATCHLIST, key),
            folder.keys().channels[WATCHLIST],
            lines,
            now=now(),
            version=_version(given, shelf),
            watch=progress.size,
        )


def _publish_documents(
    given: argparse.Namespace, folder: CentreFolder, shelf: Shelf
) -> Publication:
    _must_name_no_list(given)
    if len(given.files) != 1:
        raise Refused("Name the one file of lost documents: a line for each, STATE;NUMBER.")
    key, register = _lent_key(given), Register(folder.documents)
    with shelf.alone(_say_wait):
        keys = folder.publishing_keys(DOCUMENTS, key)
        version = _version(given, shelf)
        taken = _take_documents(register, given.files[0], version)
        publication = publisher.publish(
            shelf,
            keys,
            DOCUMENTS,
            folder.keys().channels[DOCUMENTS],
            register.snapshot(version),
            items=taken.listed,
            now=now(),
            changes=register.deltas(version, publisher.VERSIONS_WITH_CHANGES),
            version=version,
            watch=Progress().size,
        )
        register.keep_only(version, publisher.VERSIONS_WITH_CHANGES)
        return publication


def _take_documents(register: Register, path: Path, version: int) -> Taken:
    """What a file holds; what was broken is printed with its reason."""
    try:
        with path.open("rb") as lines:
            taken = register.take(lines, version=version)
    except OSError as error:
        raise Refused(f"{path} was not taken: {error.strerror}. Nothing was published.") from None
    broken = sum(times for times, _ in taken.broken.values())
    print(
        f"{path}: {taken.listed} numbers read, {taken.twice} more stood there again,"
        f" {broken} lines skipped"
    )
    for reason, (times, first) in taken.broken.items():
        print(f"  {times} x {reason} (first in line {first})")
    if not taken.listed:
        raise Refused("No number could be read: nothing was published, the list in force stays.")
    return taken


def _must_name_no_list(given: argparse.Namespace) -> None:
    if given.ofac or given.un or given.jsonl:
        raise Refused(f"--ofac, --un and --jsonl are for the watch-list, not for {given.channel}.")


def _publish_files(given: argparse.Namespace, folder: CentreFolder, shelf: Shelf) -> Publication:
    _must_name_no_list(given)
    if not given.files:
        raise Refused(f"Name the files of {given.channel}: all of them, they are the new version.")
    files = _contents(given.files)
    try:
        packed = pack_files(files)
    except Malformed as error:
        raise Refused(f"{error}: nothing was published.") from None
    key = _lent_key(given)
    with shelf.alone(_say_wait):
        return publisher.publish(
            shelf,
            folder.publishing_keys(given.channel, key),
            given.channel,
            folder.keys().channels[given.channel],
            [packed],
            items=len(files),
            now=now(),
            version=_version(given, shelf),
            watch=Progress().size,
        )


_PUBLISHERS: Final = {WATCHLIST: _publish_watchlist, DOCUMENTS: _publish_documents}


def _contents(paths: list[Path]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for path in paths:
        if path.name in files:
            raise Refused(f"Two files are called {path.name}: nothing was published.")
        try:
            files[path.name] = path.read_bytes()
        except OSError as error:
            raise Refused(
                f"{path} cannot be read: {error.strerror}. Nothing was published."
            ) from None
    return files


def _sources(given: argparse.Namespace) -> Iterator[tuple[Path, Iterable[Alert | Skipped]]]:
    if given.ofac:
        yield given.ofac, ofac.read(given.ofac)
    if given.un:
        yield given.un, un.read(given.un)
    for path in (*given.jsonl, *given.files):
        yield path, jsonl.read(path)


def _alerts(given: argparse.Namespace, progress: Progress) -> Iterator[Alert]:
    """The alerts of every source; what was skipped is printed with its reason."""
    for source, found in _sources(given):
        read = 0
        reasons: Counter[str] = Counter()
        first_lines: dict[str, int] = {}
        try:
            for item in found:
                if isinstance(item, Skipped):
                    reasons[item.reason] += 1
                    first_lines.setdefault(item.reason, item.line)
                    continue
                read += 1
                progress.say(f"{source}: {read} alerts read")
                yield item
        except (OSError, ValueError) as error:
            raise Refused(f"{source} cannot be read: {error}. Nothing was published.") from error
        print(f"{source}: {read} alerts read, {reasons.total()} skipped")
        for reason, times in reasons.most_common(REASONS_SHOWN):
            print(f"  {times} x {reason} (first in line {first_lines[reason]})")
        if len(reasons) > REASONS_SHOWN:
            print(f"  and {len(reasons) - REASONS_SHOWN} other reasons")


def _lent_key(given: argparse.Namespace) -> Ed25519PrivateKey | None:
    """The key that a party has brought along, opened before the shelf is held."""
    if not given.key:
        return None
    holder = key_files.holder_in(given.key)
    return key_files.open_key(given.key, Passphrases(given.passphrase_fd).ask(holder.name))


def _version(given: argparse.Namespace, shelf: Shelf) -> int:
    """The version to publish; that of the command line only if it leads on."""
    following = publisher.next_version(shelf.published(), given.channel)
    wished: int = given.version or following
    if not following <= wished <= HIGHEST_VERSION:
        raise Refused(f"The next version of {given.channel} is {following}: name a higher one.")
    return wished


def _say_wait() -> None:
    tell("Somebody else is publishing at this moment; waiting until that has ended.")


def _describe_publish(parser: Parser) -> None:
    parser.set_defaults(command=publish)
    add_data(parser)
    parser.add_argument(
        "--channel", choices=CHANNELS, default=WATCHLIST, help="what is published (watchlist)"
    )
    parser.add_argument("--ofac", type=Path, metavar="DIR", help="folder of OFAC's SDN CSV files")
    parser.add_argument("--un", type=Path, metavar="FILE", help="the UN's consolidated list, XML")
    parser.add_argument(
        "--jsonl",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="a list in our own format, JSON lines; may be said several times",
    )
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="see above")
    parser.add_argument(
        "--version",
        type=int,
        default=0,
        metavar="N",
        help="a higher number than the next: needed once after somebody else published with"
        " stolen keys, because workstations take only what is newer than what they have",
    )
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="the key of the party that signs for this channel"
    )
    add_passphrase(parser)


def _describe_stick(parser: Parser) -> None:
    parser.set_defaults(command=write_stick)
    add_data(parser)
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="the stick's folder"
    )
