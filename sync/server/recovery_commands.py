"""`checkpoint-server recovery`: headquarters' way into a workstation that nobody can open."""

import argparse
from pathlib import Path
from typing import Final

import msgspec

from checkpoint_client.records.codes import Role
from checkpoint_client.vault import NewSlot, Vault
from checkpoint_client.vault.errors import CannotOpen, Damaged, NewerFile, WeakPassphrase
from sync.server import disk, recovery_files
from sync.server.command import Parser, Passphrases, Refused, Steps, add_passphrase, now
from sync.server.key_commands import add_data_anywhere, folder_in
from sync.server.key_files import OWNER_ONLY, PUBLIC, content_of
from sync.server.keys import CentreFolder
from sync.server.recovery_files import Holding

NOTE: Final = ".opened.json"

_RECOVERY: Final = """\
Headquarters' recovery key opens the records of every workstation enrolled since it was named here:
when all pass-phrases of a post are forgotten, its supervisor is gone, or a workstation was wiped by
order. It takes two people. The private key never lies on a server, and never in one piece.

  1. Once, on a machine without a network, both holders present:
     checkpoint-server recovery new FILE --first NAME --second NAME
     FILE.1 and FILE.2 go into two safes, each pass-phrase into the other one's.
  2. Here, before the first workstations enrol (or `init --recovery FILE.public`):
     checkpoint-server recovery use FILE.public --data DIR
     Workstations that enrolled before have no recovery slot; `enrol --anew` gives them none.

Nobody can open a workstation any more?
  3. Bring a copy of its envelope.json to the machine of step 1, and both holders:
     checkpoint-server recovery open envelope.json --key FILE.1 --key FILE.2
            --officer 1842 --for WHO --reason TEXT
     It writes down first who opened what and why, then lets that supervisor in.
  4. Put envelope.json back in the workstation's folder (with no envelope.json.bak beside it). He
     signs in with the new pass-phrase, and lets the others in again."""

_NEW: Final = """\
Make the key: FILE.1 and FILE.2, its halves, each under its holder's pass-phrase, and FILE.public.
Needs no centre. Neither half says anything without the other; with one lost, nothing is opened."""

_USE: Final = """\
Name the key to this centre: every workstation that enrols from now on gets a slot for it. Takes the
public part alone."""

_OPEN: Final = """\
Let a supervisor into a workstation that nobody can open any more, with both halves of the key.
Needs no centre. What was opened, for whom and why is written beside the envelope first."""


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    steps = Steps(
        commands,
        "recovery",
        show,
        brief="Make and name the key with which two people open what nobody else can any more.",
        what=_RECOVERY,
    )
    _describe_new(steps.add("new", make, _NEW))
    _describe_use(steps.add("use", use, _USE))
    _describe_open(steps.add("open", let_in, _OPEN))
    add_data_anywhere(steps.add("show", show, "Say which key is named here, if any."))


def make(given: argparse.Namespace) -> None:
    ask = Passphrases(given.passphrase_fd).ask_twice
    holdings = [
        Holding(
            name=name,
            path=given.file.with_name(f"{given.file.name}.{half}"),
            passphrase=ask(f"{name}, for half {half}"),
        )
        for half, name in ((1, given.first), (2, given.second))
    ]
    part = recovery_files.create(given.file, holdings)
    for holding in holdings:
        print(f"{holding.path} is the half of {holding.name}: into a safe of its own.")
    print(f"{given.file}{PUBLIC} goes to the centre; its fingerprint, to be read out:")
    print(f"  {part.fingerprint}")


def use(given: argparse.Namespace) -> None:
    name_recovery(folder_in(given), given.file)
    print("Start `serve` again if it runs. Tokens given out as text before are good no more.")


def name_recovery(folder: CentreFolder, path: Path) -> None:
    """Keep the public part for provisioning. Raises `Refused`."""
    part = recovery_files.read_public(path)
    disk.write(folder.recovery, [recovery_files.encode(part)])
    print(f"Recovery key {part.fingerprint}, held by {' and '.join(part.holders)}:")
    print("every workstation that enrols from now on can be opened by these two together.")


def show(given: argparse.Namespace) -> None:
    folder = folder_in(given)
    if not folder.recovery.exists():
        print("No recovery key is named here: see `recovery --help`.")
        return
    part = recovery_files.read_public(folder.recovery)
    print(f"Recovery key {part.fingerprint}, held by {' and '.join(part.holders)}.")


def let_in(given: argparse.Namespace) -> None:
    if len(given.key) != 2:
        raise Refused("It takes both halves: say --key twice.")
    content_of(given.envelope)  # says so where there is none
    passphrases = Passphrases(given.passphrase_fd)
    holders = [recovery_files.holder_in(path) for path in given.key]
    halves = [
        (path, passphrases.ask(holder)) for path, holder in zip(given.key, holders, strict=True)
    ]
    private = recovery_files.join(halves)
    try:
        officer = NewSlot.fresh(
            given.officer, Role.SUPERVISOR, passphrases.ask_twice(f"officer {given.officer}")
        )
    except WeakPassphrase as weak:
        raise Refused(f"{weak} Nothing was changed.") from None
    _note(given, holders)
    try:
        Vault(given.envelope).readmit(private, officer)
    except CannotOpen:
        raise Refused(
            f"{given.envelope} has no slot for this key: the workstation enrolled before it was"
            " named, or under another one."
        ) from None
    except (Damaged, NewerFile) as unusable:
        raise Refused(str(unusable)) from None
    print(f"{given.officer} may sign in as a supervisor. Put {given.envelope.name} back now.")


def _note(given: argparse.Namespace, holders: list[str]) -> None:
    """On the disk before anything is opened."""
    note = {
        "at": now().isoformat(),
        "envelope": given.envelope.name,
        "officer": given.officer,
        "for": given.recipient,
        "reason": given.reason,
        "holders": holders,
    }
    path = given.envelope.with_name(given.envelope.name + NOTE)
    before = path.read_bytes() if path.exists() else b""
    disk.write(path, [before, msgspec.json.encode(note) + b"\n"], mode=OWNER_ONLY)
    print(f"Written down in {path}: keep it with the minutes.")


def _describe_new(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="how the three files begin")
    parser.add_argument("--first", required=True, metavar="NAME", help="who holds FILE.1")
    parser.add_argument("--second", required=True, metavar="NAME", help="who holds FILE.2")
    add_passphrase(parser)


def _describe_use(parser: Parser) -> None:
    add_data_anywhere(parser)
    parser.add_argument("file", type=Path, metavar="FILE.public", help="the public part")


def _describe_open(parser: Parser) -> None:
    parser.add_argument("envelope", type=Path, metavar="ENVELOPE", help="a copy of envelope.json")
    parser.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a half of the key; said twice",
    )
    parser.add_argument(
        "--officer",
        required=True,
        metavar="NUMBER",
        help="service number of the supervisor to be let in; if he is there, he gets a new"
        " pass-phrase",
    )
    parser.add_argument(
        "--for", dest="recipient", required=True, metavar="WHO", help="who asked for it"
    )
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why")
    add_passphrase(parser)
