"""`checkpoint-admin lists`: brings headquarters' lists from a stick, says how each of them is."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from checkpoint_client.desk.channels import Brought, ChannelState, ChannelStates, Failure, NotTaken
from checkpoint_client.settings import Folder
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Damaged, Locked, NewerFile
from sync.enrolment import NotEnrolled, read_provisioning
from sync.lists import Lists, Place

IMPORT = """\
Takes over what is newer in the folder checkpoint-reference on a stick, which `checkpoint-server
stick` wrote. It needs no line and no pass-phrase: everything is checked against headquarters'
signatures and stays encrypted. It comes into force at the next sign-in, or within a minute where
somebody is signed in.
"""

SHOW = """\
Says of everything that headquarters sends which version is in force here, how old it is, what
waits, and why something newer was not taken.
"""

SENTENCES = {
    Failure.NO_KEY: "this workstation has no key for it; it comes with a contact",
    Failure.ROLLED_BACK: "the signature of {role} is older than one that has been here before",
    Failure.STOPPED_SHORT: "headquarters tells of version {announced}, but signed only {signed}",
    Failure.MISSING: "{file} is missing, so the signatures are not complete",
    Failure.MIXED: "the signature of {role} belongs to another publication than the rest",
    Failure.WRONG_SIGNATURE: "{role} was not signed by who may sign it",
    Failure.EXPIRED: "the signature of {role} is no longer valid",
    Failure.MALFORMED: "{role} is not what signed reference data look like",
    Failure.ENDLESS: "{file} is longer than was signed",
    Failure.ALTERED: "{file} is not what was signed",
    Failure.NOT_THERE: "{file} was signed, but it is not there",
    Failure.NOT_OPENED: "{file} cannot be decrypted: cut, put together wrongly, or another key",
    Failure.UNREADABLE: "this program cannot read {file}; a newer version of it may",
    Failure.WRONG_RESULT: "{file} does not give the list that was signed; the whole comes next",
    Failure.WRONG_BASE: "{file} changes another version than the one here; the whole comes next",
    Failure.TWICE_LISTED: "{file} names one alert twice",
    Failure.DISK_FULL: "the disk is full: {needed} bytes must be free",
    Failure.FILE_FAILED: "a file cannot be read or written: {why}",
    Failure.OLDER: "what the stick brings is older than what is here: ask for a newer stick",
    Failure.NO_STICK: "there is no folder checkpoint-reference in {folder}",
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("lists", help="bring lists from a stick, say how they are")
    steps = parser.add_subparsers(metavar="STEP", required=True)
    bring = steps.add_parser(
        "import",
        help="take over what is newer on a stick",
        description=IMPORT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    bring.add_argument("folder", type=Path, metavar="FOLDER", help="the stick")
    bring.set_defaults(run=run_import)
    show = steps.add_parser(
        "show",
        help="say how each list is",
        description=SHOW,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    show.set_defaults(run=run_show)
    for step in (bring, show):
        step.add_argument(
            "--data", type=Path, required=True, metavar="DIR", help="the workstation's data folder"
        )


def run_import(arguments: argparse.Namespace) -> int:
    try:
        return take(arguments.folder, Folder(arguments.data))
    except NotTaken as why:
        return _complain(f"Nothing was taken: {sentence(why.failure, dict(why.values))}.")
    except (NotEnrolled, Damaged, NewerFile) as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error.filename or arguments.folder}: {error.strerror}.")


def take(stick: Path, folder: Folder) -> int:
    """Take over what is newer on a stick, and say so: 1 where something of it was not taken.

    Raises `NotTaken`, `NotEnrolled`, `Damaged`, `NewerFile`, OSError.
    """
    lists = _lists(folder)
    brought = lists.take_stick(stick, _tell)
    for each in lists.settled(brought):
        print(_outcome(each))
    return 1 if any(each.failure for each in brought) else 0


def run_show(arguments: argparse.Namespace) -> int:
    states = ChannelStates.read(Folder(arguments.data).lists)
    if states.looked_at:
        print(f"last asked at {_time(states.looked_at)} by the centre's clock")
    else:
        print("never asked yet")
    for channel, state in sorted(states.channels.items()):
        print(_shown(channel, state))
    return 0


def sentence(failure: Failure, values: dict[str, str]) -> str:
    return SENTENCES[failure].format_map(values)


def _lists(folder: Folder) -> Lists:
    if not folder.device_key.exists():
        raise NotEnrolled(
            f"There is no workstation in {folder.path}: give its data folder as --data."
        )
    place = Place(
        folder=folder.lists,
        root=read_provisioning(folder.provisioning).tuf_root,
        device=DeviceKey.load(folder.device_key),
        reference=_locked,
        is_locked=lambda: True,
    )
    return Lists(place, now=lambda: datetime.now(UTC))


def _locked() -> Reference:
    raise Locked


def _outcome(brought: Brought) -> str:
    begin = f"{brought.channel}: version {brought.version}"
    if brought.issued_at:
        begin += f" of {_time(brought.issued_at)}"
    if brought.failure:
        return f"{begin} was not taken: {sentence(brought.failure, dict(brought.values))}"
    if brought.in_force:
        return f"{begin} is in force already"
    return f"{begin} was taken: in force at the next sign-in"


def _shown(channel: str, state: ChannelState) -> str:
    said = [f"version {state.version} is in force"] if state.version else ["nothing is in force"]
    if state.issued_at:
        said.append(f"issued {_time(state.issued_at)}")
    if state.waiting > state.version:
        said.append(f"version {state.waiting} waits for a sign-in")
    if state.failure:
        said.append(f"newer not taken: {sentence(state.failure, dict(state.values))}")
    return f"{channel}: {'; '.join(said)}"


def _time(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _tell(name: str, here: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{name}: {100 * here // max(of, 1)} %", end="", file=sys.stderr, flush=True)


def _complain(words: str) -> int:
    print(f"checkpoint-admin: {words}", file=sys.stderr)
    return 1
