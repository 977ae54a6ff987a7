"""`checkpoint-admin enrol`: makes this computer a workstation and says who may sign in first."""

import argparse
import sys
from collections.abc import Iterator
from getpass import getpass
from pathlib import Path

from checkpoint_client.desk.sticks import StickFailed
from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder, Unsuitable
from checkpoint_client.vault import NewSlot
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import AlreadyThere, Damaged, NewerFile, WeakPassphrase
from sync import stick
from sync.enrolment import (
    KEY_WORDS,
    NotEnrolled,
    digits_of,
    enrol,
    enrol_anew,
    first_officers,
    given,
    request_by_file,
    take_reply,
)

HELP = """\
Makes this computer a workstation of its post. Headquarters gives a token for each workstation, as
a provisioning file, or as a line of text that begins with CP2- and its QR code; it serves once,
within 24 hours. Name everybody who is to sign in first, a supervisor among them: he lets in others
later. The pass-phrases are asked for one after another, or read from standard input with
--passphrase-stdin, one a line in the same order (behind the token, where --token asks for it).

No line reaches this post? Three steps, with one stick:
  1. here:  checkpoint-admin enrol --data DIR --token --request STICK/request
  2. at headquarters:
            checkpoint-server enrol-file STICK/request --reply STICK/reply --data DIR
  3. here:  checkpoint-admin enrol --data DIR --reply STICK/reply --officer 1842:SUPERVISOR

Whatever stopped it, run it again: keys are made once, and nothing is given away twice.
"""

_PLAIN = (NotEnrolled, Unsuitable, AlreadyThere, Damaged, NewerFile)


class _Wrong(Exception):
    """What was said on the command line or typed cannot be used."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "enrol",
        help="make this computer a workstation",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the workstation's data folder"
    )
    by = parser.add_mutually_exclusive_group(required=True)
    by.add_argument("--provisioning", metavar="FILE", help="headquarters' file")
    by.add_argument(
        "--token",
        action="store_true",
        help="ask for the token's text instead: scan the QR code with a scanner that types, or"
        " type what stands below it",
    )
    by.add_argument("--reply", type=Path, metavar="FILE", help="step 3 without a line: see above")
    parser.add_argument(
        "--request",
        type=Path,
        metavar="FILE",
        help="step 1 without a line: write this, ask nobody, let nobody in yet",
    )
    parser.add_argument(
        "--officer",
        dest="officers",
        action="append",
        default=[],
        type=_officer,
        metavar="NUMBER:ROLE",
        help="service number and role of somebody who may sign in, may be said several times;"
        f" roles: {', '.join(role.value for role in Role)}",
    )
    parser.add_argument("--name", default="", help="what people call this workstation")
    parser.add_argument("--proxy", default="", metavar="URL", help="http://NAME:PORT, if needed")
    parser.add_argument(
        "--passphrase-stdin", action="store_true", help="read the pass-phrases, one a line"
    )
    parser.add_argument(
        "--anew",
        action="store_true",
        help="make this copy of another workstation one of its own: new keys, a new name, the"
        " same officers and records; end the program first",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    folder = Folder(arguments.data)
    try:
        if arguments.request:
            return _request(arguments, folder)
        if arguments.anew:
            return _anew(arguments, folder)
        token = _token(arguments)
        typed = _from_input() if arguments.passphrase_stdin else _from_terminal(arguments.officers)
        slots = _slots(arguments.officers, typed)
        if arguments.reply:
            device = take_reply(_carried(arguments.reply), folder)
        else:
            what = given(token, proxy=arguments.proxy)
            device = enrol(what, folder, name=arguments.name, proxy=arguments.proxy)
        first_officers(folder, device, slots).wipe()
    except (_Wrong, *_PLAIN) as error:
        print(f"checkpoint-admin: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        where = error.filename or arguments.data
        print(f"checkpoint-admin: {where}: {error.strerror}.", file=sys.stderr)
        return 1
    print(f"This computer is {device.state.workstation} of {device.state.post}.")
    print(_digits(device))
    return 0


def _request(arguments: argparse.Namespace, folder: Folder) -> int:
    if arguments.reply or arguments.anew or arguments.officers:
        raise _Wrong("--request only asks; let people in with --reply, when the answer is here.")
    request = request_by_file(_token(arguments), folder, name=arguments.name)
    _write(arguments.request, request)
    print(f"Carry {arguments.request} to headquarters, for `checkpoint-server enrol-file`.")
    print(_digits(DeviceKey.load(folder.device_key)))
    return 0


def _anew(arguments: argparse.Namespace, folder: Folder) -> int:
    if arguments.officers or not folder.device_key.exists():
        raise _Wrong("--anew is for a workstation in use, whose officers stay as they are.")
    before = DeviceKey.load(folder.device_key).state.workstation
    if arguments.reply:
        raise _Wrong("--anew needs a line: give --provisioning or --token.")
    provisioning = given(_token(arguments), proxy=arguments.proxy)
    device = enrol_anew(provisioning, folder, name=arguments.name, proxy=arguments.proxy)
    print(
        f"{before} is {device.state.workstation} of {device.state.post} from now on. What it had"
        " not sent goes under the new name as soon as somebody signs in."
    )
    print(_digits(device))
    return 0


def _digits(device: DeviceKey) -> str:
    return KEY_WORDS.format(digits_of(device))


def _token(arguments: argparse.Namespace) -> str:
    """A file's path, or the text; it is a secret, so it never stands on the command line."""
    if not arguments.token:
        return arguments.provisioning or ""
    if arguments.passphrase_stdin:
        return sys.stdin.readline()
    try:
        return input("Token: ")
    except EOFError:
        raise _Wrong("There is no terminal to ask for the token: use --passphrase-stdin.") from None


def _carried(path: Path) -> bytes:
    try:
        return stick.read(path)
    except stick.BadFile as bad:
        raise _Wrong(f"{path} cannot be used: {bad}.") from None


def _write(path: Path, content: bytes) -> None:
    try:
        stick.write(path, content)
    except StickFailed as failed:
        raise _Wrong(f"{path} was not written: {stick.sentence(failed)}.") from None


def _officer(text: str) -> tuple[str, Role]:
    number, _, role = (part.strip() for part in text.partition(":"))
    try:
        return number, Role(role.upper().replace("-", "_"))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r}: say NUMBER:ROLE, for instance 1842:{Role.SUPERVISOR}"
        ) from None


def _slots(officers: list[tuple[str, Role]], typed: Iterator[str]) -> list[NewSlot]:
    """Everything is looked at before anything is asked of the centre: a token serves once."""
    if Role.SUPERVISOR not in (role for _, role in officers):
        raise _Wrong("Name at least one SUPERVISOR: only he can let in others later.")
    numbers = [number for number, _ in officers]
    if len(set(numbers)) < len(numbers) or not all(numbers):
        raise _Wrong("Every officer needs a service number of his own.")
    return [_slot(number, role, next(typed, "")) for number, role in officers]


def _slot(number: str, role: Role, passphrase: str) -> NewSlot:
    try:
        return NewSlot.fresh(number, role, passphrase)
    except WeakPassphrase as weak:
        raise _Wrong(f"The pass-phrase of {number} will not do. {weak}") from None


def _from_input() -> Iterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _from_terminal(officers: list[tuple[str, Role]]) -> Iterator[str]:
    for number, _ in officers:
        passphrase = getpass(f"Pass-phrase of {number}: ")
        if getpass(f"Pass-phrase of {number} again: ") != passphrase:
            raise _Wrong(f"The two pass-phrases of {number} differ: nothing was changed.")
        yield passphrase
