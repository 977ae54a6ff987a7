"""`checkpoint-admin bundle`: carries records to headquarters on a stick, and its answer back."""

import argparse
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from checkpoint_client.desk.channels import Failure, NotTaken
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.desk.sticks import Acknowledged, Effect, ReadBack, StickFailed, Written
from checkpoint_client.desk.wiping import Ordered
from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Damaged, NewerFile
from sync import acknowledgement, attachments, bundle, orders, stick
from sync.admin import lists, opening
from sync.enrolment import NotEnrolled, read_provisioning

EXPORT = f"""\
Writes what waits for headquarters to a stick, into the folder {stick.BUNDLES}, encrypted for the
centre alone. Without --as: what was left behind when somebody locked or signed out. With --as and
a pass-phrase: all that waits. Nothing counts as received by this, and nothing is deleted: write as
many sticks as you like, they may overlap. At the centre: `checkpoint-server bundle import`.
"""

IMPORT = """\
Reads what the centre wrote to the stick: which records it holds, and its newest lists. Both are
proved by headquarters' signatures. What is received is counted so at the next sign-in, or at once
with --as and a pass-phrase.
"""

EFFECTS = {
    Effect.TAKEN: "the centre holds the first {held} entries.",
    Effect.KNOWN: "this word of the centre is older than what is known here: nothing changes.",
    Effect.TAKEN_BACK: "the centre came back from a backup and holds {held} entries: the rest is"
    " sent once more.",
    Effect.WAITS: "the centre holds the first {held} entries: they count as received from the next"
    " sign-in on.",
    Effect.BEGUN_ANEW: "the centre holds {held} entries, and not all of them are here: these"
    " records were put back from a backup. Nothing is lost; a new journal was begun.",
    Effect.EARLIER_JOURNAL: "this word of the centre is on an earlier journal: nothing changes.",
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("bundle", help="carry records on a stick, where no line reaches")
    steps = parser.add_subparsers(metavar="STEP", required=True)
    for name, run, what, description in (
        ("export", run_export, "write what waits to a stick", EXPORT),
        ("import", run_import, "read what the centre wrote to a stick", IMPORT),
    ):
        step = steps.add_parser(
            name,
            help=what,
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        step.add_argument("folder", type=Path, metavar="FOLDER", help="the stick")
        step.add_argument(
            "--data", type=Path, required=True, metavar="DIR", help="the workstation's data folder"
        )
        step.add_argument(
            "--as",
            dest="service_number",
            metavar="SERVICE_NUMBER",
            help="who signs in; the pass-phrase is asked for",
        )
        step.add_argument(
            "--passphrase-stdin",
            action="store_true",
            help="read the pass-phrase from the first line of standard input",
        )
        step.set_defaults(run=run)


def run_export(arguments: argparse.Namespace) -> int:
    folder = Folder(arguments.data)
    # Signing out leaves all that waits in the spool, the session's own last entry included.
    attached: list[str] = []
    if arguments.service_number:
        code = opening.with_session(arguments, lambda session: _attached(session, attached))
        if code:
            return code
    try:
        device = _device(folder)
        orders.leave_report(arguments.folder, folder, device)
        written = bundle.export(folder.spool, arguments.folder, device, _tell)
    except StickFailed as failed:
        return _complain(f"Nothing was written: {stick.sentence(failed)}.")
    except (NotEnrolled, Damaged, NewerFile) as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error.filename or folder.spool}: {error.strerror}.")
    if not written.trouble:
        try:
            attachments.carry(folder.attachments, attached, arguments.folder)
        except StickFailed as failed:
            why = stick.sentence(failed)
            return _complain(f"The records are on the stick, not all attachments are: {why}.")
    return _say_written(written, arguments)


def run_import(arguments: argparse.Namespace) -> int:
    folder = Folder(arguments.data)
    try:
        device = _device(folder)
        read = acknowledgement.bring(arguments.folder, folder.spool, device)
    except StickFailed as failed:
        return _complain(f"Nothing was read: {stick.sentence(failed)}.")
    except (NotEnrolled, Damaged, NewerFile) as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error.filename or folder.spool}: {error.strerror}.")
    code = _say_acknowledged(read, arguments)
    if order := next((each.order for each in read.acknowledged if each.order), b""):
        return _obey(order, folder, device)
    return max(code, _take_lists(arguments, read))


def _obey(order: bytes, folder: Folder, device: DeviceKey) -> int:
    """Carry out headquarters' order, as far as that may be done while nobody is signed in."""
    now = datetime.now(UTC)
    try:
        root = read_provisioning(folder.provisioning).tuf_root
        orders.take(order, folder, device, root=root, now=now)
    except orders.NotObeyed as why:
        if why.flaw is not orders.Flaw.USED:
            return _complain("An order on the stick is not genuine and was not obeyed: tell IT.")
    except NotEnrolled as error:
        return _complain(str(error))
    state = orders.carry_out(folder, device, now=now)
    if state:
        print(Ordered(state))
        print("Carry the stick back with `bundle export`: it then says so to headquarters.")
    return 0


def _say_written(written: Written, arguments: argparse.Namespace) -> int:
    if written.trouble:
        why = stick.sentence(StickFailed(written.trouble, written.why))
        return _complain(
            f"on the stick and good: {stick.bundles(written.bundles)}; not on it:"
            f" {stick.bundles(written.left)}: {why}."
        )
    if not written.bundles:
        print("Nothing waits that could be written.")
    else:
        print(
            f"On the stick: {stick.bundles(written.bundles)} with {stick.entries(written.entries)},"
            " read back and found good. Take it out as the system asks."
        )
    if not arguments.service_number:
        print("With --as and a pass-phrase, what was recorded since the last lock goes along too.")
    return 0


def _say_acknowledged(read: ReadBack, arguments: argparse.Namespace) -> int:
    code = 0
    for name, flaw in read.refused.items():
        code = _complain(f"{_printable(name)} was not taken: {stick.FLAWS[flaw]}.")
    if read.others:
        print(f"acknowledgements for other workstations: {read.others}, left on the stick")
    if read.sheets:
        print("crossings of all posts came along: they count from the next sign-in on")
    for each in read.acknowledged:
        if each.effect is Effect.WAITS and arguments.service_number:
            work = partial(_settle, Folder(arguments.data))
            return max(code, opening.with_workstation(arguments, work))
        code = max(code, _say(each))
    return code


def _settle(folder: Folder, session: SignedIn, device: DeviceKey) -> int:
    settled = acknowledgement.settle(session.store, folder.spool, device)
    return _say(settled) if settled else 0


def _say(acknowledged: Acknowledged) -> int:
    code = 0
    if acknowledged.forked_at is not None:
        code = _complain(
            f"The centre was given two different entries at position {acknowledged.forked_at}: it"
            " keeps both, and headquarters looks into it."
        )
    print(EFFECTS[acknowledged.effect].format(held=acknowledged.held))
    return code


def _take_lists(arguments: argparse.Namespace, read: ReadBack) -> int:
    try:
        return lists.take(arguments.folder, Folder(arguments.data))
    except NotTaken as why:
        if why.failure is Failure.NO_STICK and read.acknowledged:
            print("No lists are on the stick.")
            return 0
        return _complain(f"No list was taken: {lists.sentence(why.failure, dict(why.values))}.")
    except (NotEnrolled, Damaged, NewerFile) as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error.filename or arguments.folder}: {error.strerror}.")


def _device(folder: Folder) -> DeviceKey:
    """Raises `NotEnrolled`, `Damaged`, `NewerFile`, OSError."""
    if not folder.device_key.exists():
        raise NotEnrolled(
            f"There is no workstation in {folder.path}: give its data folder as --data."
        )
    device = DeviceKey.load(folder.device_key)
    if not device.state.centre_key:
        raise NotEnrolled("This computer has not been enrolled yet: start the program first.")
    return device


def _attached(session: SignedIn, waiting: list[str]) -> int:
    """Note which attachments the centre is not known to have."""
    waiting += session.store.attachments_to_carry()
    return 0


def _tell(done: int, of: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == of else ""
        print(f"\r{done} of {stick.bundles(of)}", end=end, file=sys.stderr, flush=True)


def _printable(name: str) -> str:
    """Somebody may have chosen it to move the terminal's cursor."""
    return "".join(c if c.isprintable() else "?" for c in name)


def _complain(words: str) -> int:
    print(f"checkpoint-admin: {words}", file=sys.stderr)
    return 1
