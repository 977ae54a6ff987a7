"""Opens a workstation's records from the command line: which folder, who, which pass-phrase."""

import argparse
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from getpass import GetPassWarning, getpass
from pathlib import Path

from checkpoint_client.desk import NotAllowed
from checkpoint_client.desk.leaving import NotInService
from checkpoint_client.desk.powers import POWERS
from checkpoint_client.desk.session import OldEnvelope, SignedIn, SignIn
from checkpoint_client.journal.clock import Clock, local_now
from checkpoint_client.settings import Folder, Settings, Unsuitable
from checkpoint_client.store import Store, Unusable
from checkpoint_client.store.engine import FileError, as_unusable
from checkpoint_client.vault import Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import (
    Damaged,
    NewerFile,
    NoSuchOfficer,
    Throttled,
    WrongPassphrase,
)
from sync import bundle

NOT_OPENED = 2
STOPPED = 130
"""Exit codes: the records could not be opened, or the command was stopped from the keyboard."""


class NotOpened(Exception):
    """The records were not opened. The text is one sentence and says what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What every command needs that opens a workstation's records."""
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the workstation's data folder"
    )
    parser.add_argument(
        "--as",
        dest="service_number",
        required=True,
        metavar="SERVICE_NUMBER",
        help="who signs in; the pass-phrase is asked for",
    )
    parser.add_argument(
        "--passphrase-stdin",
        action="store_true",
        help="read the pass-phrase from the first line of standard input",
    )


def with_session(arguments: argparse.Namespace, work: Callable[[SignedIn], int]) -> int:
    """Sign in, work, sign out; whatever keeps that from being done is one sentence."""
    return with_workstation(arguments, lambda session, _device: work(session))


def with_workstation(
    arguments: argparse.Namespace, work: Callable[[SignedIn, DeviceKey], int]
) -> int:
    """The same, for work that needs the workstation's own key as well."""
    try:
        with _session(arguments) as (session, device):
            return work(session, device)
    except _SENTENCES as error:
        print(error, file=sys.stderr)
    except NotAllowed as error:
        may = ", ".join(role for role, powers in POWERS.items() if error.power in powers)
        print(f"{arguments.service_number} may not do this; who may: {may}.", file=sys.stderr)
    except FileError as error:
        unusable = as_unusable(error)
        if unusable is error:
            raise
        print(unusable, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. What was done until now is safe.", file=sys.stderr)
        return STOPPED
    return NOT_OPENED


@contextmanager
def _session(arguments: argparse.Namespace) -> Iterator[tuple[SignedIn, DeviceKey]]:
    folder = Folder(arguments.data)
    device = _device(folder)
    door = _door(folder, device)
    session = door.sign_in(arguments.service_number, _passphrase(arguments), _say_new_key)
    try:
        yield session, device
    finally:
        door.sign_out(session)


def _say_new_key(done: int, of: int) -> None:
    """Somebody has left since the last sign-in."""
    if sys.stderr.isatty():
        end = "\n" if done >= of else "\r"
        print(f"The files are given a new key: {100 * done // of} %", end=end, file=sys.stderr)


def _device(folder: Folder) -> DeviceKey:
    if not folder.device_key.exists():
        raise NotOpened(
            f"There is no workstation in {folder.path}: give its data folder as --data."
        )
    device = DeviceKey.load(folder.device_key)
    if not device.state.workstation:
        raise NotOpened("This computer has not been enrolled yet: start the program first.")
    return device


def _door(folder: Folder, device: DeviceKey) -> SignIn:
    settings = Settings.read(folder.settings)

    def spool(store: Store) -> None:
        bundle.spool(store, device, folder.spool)

    return SignIn(
        folder=folder,
        vault=Vault(folder.envelope),
        device=device,
        settings=settings,
        clock=Clock(
            partial(local_now, settings.utc_offset_minutes),
            last_server_time=device.state.last_server_time,
        ),
        is_online=lambda: False,
        spool=spool,
    )


def _passphrase(arguments: argparse.Namespace) -> str:
    """From the terminal or standard input: never from the command line, which others can read."""
    if not arguments.passphrase_stdin:
        return _asked_for(arguments.service_number)
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise NotOpened("The pass-phrase on standard input is not in UTF-8.") from None


def _asked_for(service_number: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)  # it would show what is typed
        try:
            return getpass(f"Pass-phrase of {service_number}: ")
        except (EOFError, GetPassWarning):
            raise NotOpened(
                "There is no terminal to ask for the pass-phrase: use --passphrase-stdin."
            ) from None


_SENTENCES = (
    NotOpened,
    Unsuitable,
    Unusable,
    OldEnvelope,
    NotInService,
    Damaged,
    NewerFile,
    NoSuchOfficer,
    Throttled,
    WrongPassphrase,
    OSError,
)
