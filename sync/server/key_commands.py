"""`checkpoint-server keys`: who may sign what, and how the three parties change it together."""

import argparse
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tuf.api.metadata import Signed

from sync.protocol import CHANNELS
from sync.server import ceremony, disk, key_files, orders, wipe_command
from sync.server.ceremony import NotGood, Proposal, Wish
from sync.server.command import (
    Parser,
    Passphrases,
    Refused,
    Steps,
    add_passphrase,
    is_agreed,
    now,
    tell,
)
from sync.server.keys import CentreFolder
from sync.server.roles import ROOTS_NEEDED, Holder, Parties
from sync.server.shelf import Published, Shelf

WORD: Final = "SIGN"
SOON: Final = timedelta(days=365)
MOST_YEARS: Final = 20

_KEYS: Final = """\
Show who may sign what, until when, and what is to be done next.

Three parties hold the keys, so that no single one can put a list or a program on the workstations
of a country: three root holders, of whom two must agree to say who may sign at all; the holder of
the lists key (watch-list, documents, officers, rules, templates); the holder of the releases key
(programs). A fourth key stays on the server; it only says which of the signed versions is newest.

After `init` all of them lie in the centre's folder: fit for a demonstration and for small
services. To part them:

  1. Each of the five, on a machine of his own:  checkpoint-server keys new --holder NAME FILE
     He keeps FILE and its pass-phrase, and hands over FILE.public.
  2. Here:  checkpoint-server keys propose --data DIR --root A.public --root B.public
            --root C.public --lists L.public --releases R.public
  3. Carry DIR/proposal.json to root holders, one after another:
            checkpoint-server keys sign proposal.json --key FILE
  4. Here again:  checkpoint-server keys install --data DIR
     The private keys leave the folder. What was published already is signed again; it says whose
     key that takes (--key FILE). From then on: checkpoint-server publish --key FILE.

What happened, and what to do:
  A key is lost or stolen, or its holder leaves.  `keys new` for the next one, then steps 2 to 4
     with only what changes: --lists L.public, --releases R.public, or
     --replace-root FINGERPRINT NEW.public.
  The server was broken into, or came back from an old backup.  Steps 2 to 4 with --new-online:
     workstations then forget what it said was newest. If false lists were published, `publish`
     right after with --version and a number above theirs.
  What is valid runs out.  Steps 2 to 4 without any key."""

_NEW: Final = """\
Make a key for one party: FILE, which its pass-phrase opens, and FILE.public, to be handed over.
Needs no centre. Keep a copy of FILE in a safe, and the pass-phrase in another."""

_PROPOSE: Final = """\
Write down who is to sign from now on, for the root holders to agree to. Changes nothing yet."""

_SIGN: Final = """\
Show in plain words what a proposal changes, or whom an order wipes, and sign it after a clear yes.
Needs no centre.
Compare the fingerprints with their holders, by telephone: that is what this signature is for."""

_INSTALL: Final = """\
Put a proposal into force that enough root holders have signed. It holds for all workstations from
their next contact on, and private keys that are no longer in use are deleted from the centre's
folder. Several copies of one proposal, signed by different holders, may be named together."""


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    steps = Steps(
        commands,
        "keys",
        show,
        brief="Show who may sign what and the next step; part the keys, change them, renew them.",
        what=_KEYS,
    )
    status = "Show who may sign what, until when, and the next step."
    add_data_anywhere(steps.add("status", show, status))
    _describe_new(steps.add("new", make, _NEW))
    _describe_propose(steps.add("propose", propose, _PROPOSE))
    _describe_sign(steps.add("sign", sign, _SIGN))
    _describe_install(steps.add("install", install, _INSTALL))


def show(given: argparse.Namespace) -> None:
    folder = folder_in(given)
    published = Shelf(folder.reference).published()
    for line in _status(folder, published):
        print(line)
    pending = _pending(folder, published)
    if pending:
        print()
        print(f"A proposal is under way, {_proposal_of(folder)}:")
        for line in _signatures(pending):
            print(f"  {line}")
    print()
    print(f"Next: {_next_step(folder, published, pending)}")


def make(given: argparse.Namespace) -> None:
    passphrase = Passphrases(given.passphrase_fd).ask_twice(f"the new key {given.file}")
    holder = key_files.create(given.file, given.holder, passphrase)
    print(f"{given.file} is the key of {holder.name}: keep it, and a copy in a safe.")
    print(f"{given.file}{key_files.PUBLIC} is to be handed over; its fingerprint, to be read out:")
    print(f"  {holder.fingerprint}")


def propose(given: argparse.Namespace) -> None:
    folder = folder_in(given)
    shelf = Shelf(folder.reference)
    published = shelf.published()
    before = Parties.of(published.root, published.targets)
    wish = Wish(
        roots=tuple(map(key_files.read_public, given.root)),
        in_place_of=_replacements(before, given.replace_root),
        lists=key_files.read_public(given.lists) if given.lists else None,
        releases=key_files.read_public(given.releases) if given.releases else None,
        online=ceremony.new_online(folder) if given.new_online else None,
        life=timedelta(days=365 * given.years),
    )
    proposal = ceremony.propose(folder, shelf, wish, now=now())
    path = given.out or _proposal_of(folder)
    disk.write(path, [ceremony.encode(proposal)])
    for line in (*_words(proposal), "", *_signatures(proposal)):
        print(line)
    print()
    if _is_signed(proposal):
        print(f"{path} is written and signed by keys of this folder. Next: keys install.")
    else:
        print(f"{path} is written. Next: carry it to the root holders, for `keys sign`.")


def sign(given: argparse.Namespace) -> None:
    content = _content(given.file)
    if orders.is_order(content):
        wipe_command.sign(given, content)
        return
    proposal = ceremony.decode(content)
    for line in _words(proposal):
        print(line)
    print()
    if not given.yes and not is_agreed(WORD):
        raise Refused("Nothing was signed.")
    holder = key_files.holder_in(given.key)
    key = key_files.open_key(given.key, Passphrases(given.passphrase_fd).ask(holder.name))
    signed = ceremony.sign(proposal, key)
    disk.write(given.file, [ceremony.encode(signed)])
    print(f"Signed by {holder.name} ({holder.fingerprint}).")
    for line in _signatures(signed):
        print(line)
    if _is_signed(signed):
        print("Nothing is missing. Next, at the centre: keys install.")
    else:
        print(f"Next: carry {given.file} to the next root holder.")


def install(given: argparse.Namespace) -> None:
    folder = folder_in(given)
    shelf = Shelf(folder.reference)
    paths = given.files or [_proposal_of(folder)]
    proposal = ceremony.merge([_read(path) for path in paths])
    if proposal.deployment != folder.deployment().name:
        raise Refused(f"The proposal is for {proposal.deployment}, not for this centre.")
    ask = Passphrases(given.passphrase_fd).ask
    lent = [key_files.open_key(path, ask(key_files.holder_in(path).name)) for path in given.key]
    with shelf.alone(lambda: tell("Somebody is publishing at this moment; waiting for the end.")):
        installed = ceremony.install(folder, shelf, proposal, lent, now=now())
    _proposal_of(folder).unlink(missing_ok=True)
    print(f"In force, as version {installed.version}: workstations follow at their next contact.")
    if installed.gone:
        print(f"Private keys that were deleted from this folder: {len(installed.gone)}.")
        print(
            "Backups of the folder still hold them. Destroy those copies: with two old root keys"
            " somebody could still deceive a workstation that has not been in contact since."
        )
    print("Make a new backup of the folder keys/ now, and run `keys` to see how things stand.")


def folder_in(given: argparse.Namespace) -> CentreFolder:
    """Raises `Refused`, `NotReady`."""
    if given.data is None:
        raise Refused("Name the centre's folder: --data DIR.")
    folder = CentreFolder(given.data)
    folder.deployment()  # says so where there is no centre
    return folder


def _status(folder: CentreFolder, published: Published) -> Iterator[str]:
    parties = Parties.of(published.root, published.targets)
    yield (
        f"Who may sign, version {published.root.version},"
        f" valid until {_day(min(published.root.expires, published.targets.expires))}:"
    )
    yield f"  Root ({ROOTS_NEEDED} of {len(parties.roots)} must agree to every change of keys):"
    for holder in parties.roots:
        yield f"    {_holder(folder, holder)}"
    yield f"  {_LISTS}:"
    yield f"    {_holder(folder, parties.lists)}"
    yield f"  {_RELEASES}:"
    yield f"    {_holder(folder, parties.releases)}"
    yield f"  {_ONLINE}:"
    yield f"    {_holder(folder, parties.online)}"
    yield ""
    if not published.channels:
        yield "Nothing has been published yet."
        return
    yield f"Published, as newest signed until {_day(_soonest(published))}:"
    for channel in CHANNELS:
        if live := published.channels.get(channel):
            yield f"  {channel} version {live.version} of {_day(live.issued_at)}"


def _next_step(folder: CentreFolder, published: Published, pending: Proposal | None) -> str:
    parties = Parties.of(published.root, published.targets)
    if folder.signing_key(parties.online) is None:
        return (
            "the server's own key is missing from the folder. Bring it back from the backup, or"
            " name a new one: keys propose --new-online."
        )
    if pending and _is_signed(pending):
        return "the proposal has all signatures: keys install."
    if pending:
        return "carry the proposal to the root holders who have not signed: keys sign."
    if min(published.root.expires, published.targets.expires) < now() + SOON:
        return "who may sign runs out within a year: keys propose, without any key, renews it."
    if published.channels and _soonest(published) < now() + SOON:
        return "a signature runs out within a year: publish every channel again."
    if any(map(folder.signing_key, (*parties.roots, parties.lists, parties.releases))):
        return (
            "keys lie in this folder that others should hold: whoever copies it can publish. Good"
            " for a demonstration; for service, part them: see keys --help."
        )
    return "nothing. Everything is signed, and every key is where it belongs."


def _words(proposal: Proposal) -> Iterator[str]:
    """What whoever signs agrees to; nothing is left out."""
    said = ceremony.difference(proposal)
    before, after = said.before, said.after
    yield f"Proposal for {proposal.deployment} of {proposal.made_at:%Y-%m-%d %H:%M} UTC."
    yield f"Who may sign from then on, valid until {_day(said.expires)}:"
    yield f"  Root ({ROOTS_NEEDED} of {len(after.roots)} must agree to every change of keys):"
    for holder in after.roots:
        yield f"    {_changed(holder, before.roots)}"
    yield f"  {_LISTS}:"
    yield f"    {_changed(after.lists, (before.lists,))}"
    yield f"  {_RELEASES}:"
    yield f"    {_changed(after.releases, (before.releases,))}"
    yield f"  {_ONLINE}:"
    yield f"    {_changed(after.online, (before.online,))}"
    kept = {holder.public for holder in after.everybody}
    gone = [holder for holder in before.everybody if holder.public not in kept]
    if gone:
        yield "Good for nothing from then on:"
        for holder in gone:
            yield f"    {holder.fingerprint}  {holder.name}"


def _signatures(proposal: Proposal) -> Iterator[str]:
    old, new = ceremony.needs(proposal)
    # Where nobody changes among the root holders, both needs are one.
    for need in (old, new) if set(old.holders) != set(new.holders) else (new,):
        among = f"the {need.who} root holders" if old.holders != new.holders else "the root holders"
        names = ", ".join(holder.name for holder in need.signed) or "nobody yet"
        missing = f"{need.missing} more must sign" if need.missing else "enough"
        yield f"Of {among} have signed: {names} ({missing})."


def _is_signed(proposal: Proposal) -> bool:
    return not any(need.missing for need in ceremony.needs(proposal))


def _pending(folder: CentreFolder, published: Published) -> Proposal | None:
    """The proposal in the centre's folder, if it has not been overtaken."""
    try:
        proposal = _read(_proposal_of(folder))
    except (Refused, NotGood):
        return None
    is_current = ceremony.follows(proposal, published) or ceremony.is_live(proposal, published)
    return proposal if is_current else None


def _replacements(before: Parties, wished: list[list[str]]) -> dict[str, Holder]:
    replacements = {}
    for fingerprint, file in wished:
        found = [root for root in before.roots if root.fingerprint.startswith(fingerprint)]
        if len(found) != 1:
            raise Refused(
                f"{fingerprint} is not the fingerprint of one root holder: see `keys status`."
            )
        replacements[found[0].fingerprint] = key_files.read_public(Path(file))
    return replacements


def _read(path: Path) -> Proposal:
    return ceremony.decode(_content(path))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None


def _holder(folder: CentreFolder, holder: Holder) -> str:
    where = "  (in this folder)" if folder.signing_key(holder) else ""
    return f"{holder.fingerprint}  {holder.name}{where}"


def _changed(holder: Holder, before: tuple[Holder, ...]) -> str:
    stays = holder.public in {each.public for each in before}
    return f"{holder.fingerprint}  {holder.name}  ({'stays' if stays else 'NEW'})"


def _soonest(published: Published) -> datetime:
    signed: tuple[Signed, ...] = (
        published.snapshot,
        published.timestamp,
        *published.roles.values(),
    )
    return min(each.expires for each in signed)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _proposal_of(folder: CentreFolder) -> Path:
    return folder.path / "proposal.json"


_LISTS: Final = "Lists (watch-list, documents, officers, rules, templates)"
_RELEASES: Final = "Releases (programs)"
_ONLINE: Final = "The server's own key (which of the signed versions is newest)"


def _describe_new(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="where the key is to lie")
    parser.add_argument("--holder", required=True, metavar="NAME", help="who holds it, as known")
    add_passphrase(parser)


def _describe_propose(parser: Parser) -> None:
    add_data_anywhere(parser)
    parser.add_argument(
        "--root",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="the public key of a root holder: all three, anew",
    )
    parser.add_argument(
        "--replace-root",
        nargs=2,
        action="append",
        default=[],
        metavar=("FINGERPRINT", "FILE"),
        help="one root holder in place of another; the beginning of the old fingerprint is enough",
    )
    parser.add_argument(
        "--lists", type=Path, metavar="FILE", help="the public key of the holder of the lists"
    )
    parser.add_argument(
        "--releases", type=Path, metavar="FILE", help="the public key of the holder of the releases"
    )
    parser.add_argument(
        "--new-online", action="store_true", help="a new key of the server's own, made here"
    )
    parser.add_argument(
        "--years",
        type=int,
        choices=range(1, MOST_YEARS + 1),
        default=10,
        metavar="N",
        help=f"how long it is valid, 1 to {MOST_YEARS} years (10)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write it (DIR/proposal.json)"
    )


def _describe_sign(parser: Parser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="PROPOSAL", help="or an order of `wipe`; signed in place"
    )
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="your key")
    add_passphrase(parser)
    parser.add_argument("--yes", action="store_true", help="sign without asking once more")


def _describe_install(parser: Parser) -> None:
    add_data_anywhere(parser)
    parser.add_argument(
        "files", type=Path, nargs="*", metavar="PROPOSAL", help="signed copies (DIR/proposal.json)"
    )
    parser.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="the key of a new holder of the lists or the releases, who signs again what is"
        " published already; may be said twice",
    )
    add_passphrase(parser)


def add_data_anywhere(parser: Parser) -> None:
    """Before or behind the step's name."""
    parser.add_argument(
        "--data",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="the folder of this centre",
    )
