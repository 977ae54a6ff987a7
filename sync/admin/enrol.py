"""`checkpoint-admin enrol`: makes this computer a workstation and says who may sign in first."""

import argparse
import sys
from collections.abc import Iterator
from getpass import getpass
from pathlib import Path

from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder, Unsuitable
from checkpoint_client.vault import NewSlot
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import AlreadyThere, Damaged, NewerFile, WeakPassphrase
from sync.enrolment import NotEnrolled, enrol, enrol_anew, first_officers, read_provisioning
from sync.protocol import Provisioning

HELP = """\
Makes this computer a workstation of its post. Headquarters gives a provisioning file for each
workstation; its token serves once, within 24 hours. Name everybody who is to sign in first, a
supervisor among them: he lets in others later. The pass-phrases are asked for one after another,
or read from standard input with --passphrase-stdin, one a line in the same order.
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
    parser.add_argument(
        "--provisioning", type=Path, required=True, metavar="FILE", help="headquarters' file"
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
        provisioning = read_provisioning(arguments.provisioning)
        if arguments.anew:
            return _anew(arguments, provisioning, folder)
        typed = _from_input() if arguments.passphrase_stdin else _from_terminal(arguments.officers)
        slots = _slots(arguments.officers, typed)
        device = enrol(provisioning, folder, name=arguments.name, proxy=arguments.proxy)
        first_officers(folder, device, slots).wipe()
    except (_Wrong, *_PLAIN) as error:
        print(f"checkpoint-admin: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        where = error.filename or arguments.data
        print(f"checkpoint-admin: {where}: {error.strerror}.", file=sys.stderr)
        return 1
    print(f"This computer is {device.state.workstation} of {device.state.post}.")
    return 0


def _anew(arguments: argparse.Namespace, provisioning: Provisioning, folder: Folder) -> int:
    if arguments.officers or not folder.device_key.exists():
        raise _Wrong("--anew is for a workstation in use, whose officers stay as they are.")
    before = DeviceKey.load(folder.device_key).state.workstation
    device = enrol_anew(provisioning, folder, name=arguments.name, proxy=arguments.proxy)
    print(
        f"{before} is {device.state.workstation} of {device.state.post} from now on. What it had"
        " not sent goes under the new name as soon as somebody signs in."
    )
    return 0


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
