"""A workstation's life, from enrolment to erasing, that can be broken off anywhere and resumed.

For a process of its own, which a test ends. Whatever the officer was shown as saved is said on
standard output, a line each, before the next act begins. A new process is told what was said so
far, holds the records to it, and does what is still to be done, as the officer would: what is
still half typed was not recorded, what is not must be in the log.
"""

import json
import os
import queue
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from errno import EIO, ENOSPC
from itertools import count, islice
from pathlib import Path
from time import monotonic
from typing import Final, NoReturn, TypeVar
from zlib import crc32

import msgspec

import sync.batches
from checkpoint_client.desk.incarnation import open_records
from checkpoint_client.desk.session import SignedIn, SignIn
from checkpoint_client.desk.workstation import LineState
from checkpoint_client.journal.clock import Clock
from checkpoint_client.records import (
    CheckDraft,
    ExchangeDraft,
    InterviewDraft,
    ReferralDraft,
    RefusalDraft,
)
from checkpoint_client.records.codes import ReferralReason, RefusalGround, Role, Signing
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.store import BACKED_UP, RECEIVED, Store
from checkpoint_client.store.engine import DiskFailed, DiskFull, OutOfReach, Unusable
from checkpoint_client.store.log import LogQuery
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import NewSlot, Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Locked, Throttled
from sync import bundle
from sync.enrolment import enrol, line_of, read_provisioning
from sync.link import Link, Reason, Unreachable
from sync.protocol import (
    AttachmentPart,
    AttachmentReply,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
)
from sync.server import keeping
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.uplink import Home, Pace, Uplink
from tests import failpoints
from tests.post import CHEAP, NUMBERS, PASSPHRASE, a_document, a_draft, read_hits

T = TypeVar("T")

PATIENCE: Final = 60.0
BETWEEN_LOOKS: Final = 0.5
MOST_TRIES: Final = 100
START_AGAIN: Final = 75
"""The status of a process after which the officer starts the program once more."""

OFTEN: Final = Pace(poll=3600, first=0.02, longest=0.05)
LONG_AGO: Final = datetime(2026, 4, 6, 9, 0, tzinfo=UTC)
"""So long that the centre's time is past the days for which records are kept."""

SMALL_BATCH: Final = 5_000
"""Bytes of bodies, so that a morning at the booth takes several contacts."""

WANTED: Final = "GEZOCHTA"
REFUSED: Final = "ABGEWIESENA"
MORNING: Final = (*(f"MORNING{letter}A" for letter in "ABCDEFGH"), WANTED, REFUSED)
EVENING: Final = ("EVENINGAA", "EVENINGBA")
AFTERWARDS: Final = ("AFTERWARDSA",)
REFERRED: Final = "BEFRAGTA"
ANSWER: Final = "Nach Osh zu meiner Tante"
EVERYBODY: Final = (*MORNING, *EVENING, *AFTERWARDS, REFERRED)

EVERY_KILLED: Final = "GETOETETA"
AT_A_TIME: Final = 8

_LETTERS: Final = str.maketrans("0123456789", "ABCDEFGHIJ")

SETTINGS: Final = Settings(
    post="OSH-01",
    state="UTO",
    lane="3",
    utc_offset_minutes=300,
    questions_percent=0,
    refusal_needs_approval=False,
)


class Premises(msgspec.Struct, frozen=True, kw_only=True):
    """What a life needs from outside: its folder, the centre's, a token, a stick with version 1, a
    paper to take in, and where the copy of its records goes.
    """

    folder: str
    centre: str
    provisioning: str
    stick: str
    paper: str
    copy: str


class Ticking:
    """A clock that is a second later at every look, so that no two states of the line are one."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@dataclass
class Cable:
    """The line to the centre, once it is plugged in."""

    link: Link
    is_in: bool = False

    def contact(self, contact: Contact) -> ContactReply:
        return self._way().contact(contact)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        return self._way().deliver(delivery)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        return self._way().attach(part)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        return self._way().fetch(path, start)

    def _way(self) -> Link:
        if not self.is_in:
            raise Unreachable(Reason.NO_LINE)
        return self.link


class Stuck(Exception):
    """Nothing happens any more, and what was waited for is not so."""

    def __init__(self, office: "Office") -> None:
        store = office.session.store if office.session else None
        at = (store.mark(RECEIVED), store.tip().position, office.list_version()) if store else ()
        super().__init__(f"{office.state}, held, tip and list {at}")


@dataclass
class Office:
    """The store's thread is this one; what other threads ask of it comes through `inbox`."""

    premises: Premises
    said: dict[str, str]
    clock: Ticking = field(default_factory=lambda: Ticking(LONG_AGO))
    session: SignedIn | None = None
    inbox: "queue.Queue[Callable[[], object]]" = field(default_factory=queue.Queue)
    state: LineState | None = None
    is_left_well: bool = False

    def __post_init__(self) -> None:
        self.folder = Folder(Path(self.premises.folder))
        self.vault = Vault(self.folder.envelope, kdf=CHEAP, now=self.clock)

    def say(self, name: str, value: str = "") -> None:
        self.said[name] = value
        os.write(1, f"{name}\t{value}\n".encode())

    def act(self, act: Callable[[], T]) -> T:
        """What somebody does; told that there is no room, he makes some and does it again."""
        for _ in range(MOST_TRIES):
            try:
                return act()
            except (Unusable, OSError) as error:
                if not failpoints.was_full():
                    raise
                self.tell(error)
        raise Stuck(self)

    def tell(self, error: Exception) -> None:
        """Say what the window would, and have room again."""
        assert isinstance(error, (DiskFull, DiskFailed, OutOfReach)) or (
            isinstance(error, OSError) and error.errno in (ENOSPC, EIO)
        ), error
        failpoints.make_room()
        self.say("told", type(error).__name__)

    def enrol(self) -> None:
        provisioning = read_provisioning(Path(self.premises.provisioning))
        if self.folder.device_key.exists() and self.folder.envelope.exists():
            return
        device = enrol(provisioning, self.folder)
        slots = [
            NewSlot.fresh(NUMBERS[role], role, PASSPHRASE)
            for role in (Role.SUPERVISOR, Role.OFFICER, Role.SECOND_LINE)
        ]
        Vault.create(
            self.folder.envelope,
            deployment=device.state.deployment,
            workstation=device.state.workstation,
            recovery_key=None,
            first=slots[0],
            others=slots[1:],
            kdf=CHEAP,
        ).wipe()

    def open(self) -> None:
        """What the program does at its start."""
        self.device = DeviceKey.load(self.folder.device_key)
        self.door = SignIn(
            folder=self.folder,
            vault=self.vault,
            device=self.device,
            settings=SETTINGS,
            clock=self.clock_of(),
            is_online=lambda: False,
            spool=self._spool,
        )

    def clock_of(self) -> Clock:
        return Clock(self.clock, last_server_time=self.device.state.last_server_time)

    @contextmanager
    def line(self) -> Iterator[Uplink]:
        provisioning = read_provisioning(self.folder.provisioning)
        home = Home(
            device=self.device,
            submit=self._submit,
            store=self._store,
            reference=self._reference,
            is_locked=lambda: self.session is None,
            spool=self.folder.spool,
            attachments=self.folder.attachments,
            lists=self.folder.lists,
            root=provisioning.tuf_root,
        )
        link = line_of(provisioning, self.device)
        self.cable = Cable(link)
        uplink = Uplink(
            home,
            self.cable,
            on_state=lambda state: self.inbox.put(lambda: self._on_line(state)),
            on_list=lambda: self.inbox.put(lambda: None),
            now=self.clock,
            pace=OFTEN,
        )
        uplink.start()
        try:
            yield uplink
        finally:
            uplink.stop()
            link.close()

    @contextmanager
    def at_work(self, role: Role = Role.OFFICER) -> Iterator[SignedIn]:
        """A session; what it leaves waiting is in the spool afterwards."""
        session = self.act(lambda: self._sign_in(NUMBERS[role]))
        self.session = session
        self._must_hold(session)
        yield session
        self.session = None
        self.is_left_well = False
        try:
            self.door.sign_out(session)
            self.is_left_well = True
        except (Unusable, OSError) as error:  # it is left all the same, and its keys are gone
            if not failpoints.was_full():
                raise
            self.tell(error)

    def _sign_in(self, number: str) -> SignedIn:
        """Each try counts before it is one, so whom the power leaves five times has to wait."""
        try:
            return self.door.sign_in(number, PASSPHRASE)
        except Throttled as throttled:
            self.clock.time = throttled.until
            return self.door.sign_in(number, PASSPHRASE)

    def deliver(self, uplink: Uplink) -> None:
        """While locked, what was left in the spool; if it had no room there, by a session more."""
        while not self.is_left_well:
            with self.at_work():
                self.settle(uplink)
        uplink.wake()
        self.until(lambda: self.state is not None and not bundle.spooled_in(self.folder.spool))

    def until(self, is_so: Callable[[], bool]) -> None:
        began = monotonic()
        while not is_so():
            with suppress(queue.Empty):
                self.inbox.get(timeout=BETWEEN_LOOKS)()
            if monotonic() > began + BETWEEN_LOOKS and failpoints.was_full():
                raise SystemExit(START_AGAIN)  # a list that found no room rests for minutes
            if monotonic() > began + PATIENCE:
                raise Stuck(self)

    def pump(self) -> None:
        """Do what other threads have asked by now."""
        with suppress(queue.Empty):
            while True:
                self.inbox.get_nowait()()

    def wait(self, future: "Future[T]") -> T:
        future.add_done_callback(lambda _future: self.inbox.put(lambda: None))
        self.until(future.done)
        return future.result()

    def settle(self, uplink: Uplink) -> None:
        """Until the newest list is in force and the centre has said that it holds everything."""
        assert self.session
        store = self.session.store
        uplink.wake()
        self.until(lambda: self.list_version() == 2)
        uplink.wake()  # for that it came into force, which is recorded
        self.until(lambda: store.mark(RECEIVED) == store.tip().position)

    def list_version(self) -> int:
        assert self.session
        found = {each.list_id: each.version for each in self.session.reference.lists()}
        return found.get("watchlist", 0)

    def check(self, name: str) -> None:
        """One traveller, as far as he was not checked before the process ended."""
        assert self.session
        session = self.session
        desk = session.first_line
        if f"recorded {name}" in self.said:
            return
        draft = desk.kept_draft()
        if f"typed {name}" in self.said:
            if draft is None or draft.primary_identifier != name:
                [row] = found(session, name)
                self.say(f"recorded {name}", row)
                return
        else:
            draft = a_draft(primary_identifier=name, documents=(a_document(number=_number(name)),))
            self.act(lambda: desk.keep_draft(draft))
            self.say(f"typed {name}")
        self.act(lambda: read_hits(session, draft))
        self.say(f"recorded {name}", self.act(lambda: self._decide(draft)))

    def _decide(self, draft: CheckDraft) -> str:
        assert self.session
        desk = self.session.first_line
        if draft.primary_identifier == REFUSED:
            return desk.refuse(draft, RefusalDraft(grounds=(RefusalGround.A,))).value.id
        if draft.primary_identifier == REFERRED:
            return desk.refer(draft, ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT)).value.id
        return desk.admit(draft).value.id

    def _must_hold(self, session: SignedIn) -> None:
        """All that was shown as saved is there, once, but for what was put back or erased."""
        gone = (*EVERYBODY,) if "erased" in self.said else ()
        if "put back" in self.said:
            gone = (*gone, *EVENING)
        for key, id in self.said.items():
            name = key.removeprefix("recorded ")
            if name not in (key, *gone):
                assert found(session, name) == [id], name
        assert self.list_version() >= int(self.said.get("list", 0))

    def _spool(self, store: Store) -> None:
        bundle.spool(store, self.device, self.folder.spool)

    def _on_line(self, state: LineState) -> None:
        self.state = state
        if state.problem and failpoints.is_full():
            failpoints.make_room()
            self.say("told", state.problem)

    def _submit(self, job: Callable[[], T]) -> "Future[T]":
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(job())
            except BaseException as error:
                future.set_exception(error)

        self.inbox.put(run)
        return future

    def _store(self) -> Store:
        if self.session is None:
            raise Locked
        return self.session.store

    def _reference(self) -> Reference:
        session = self.session
        if session is None:
            raise Locked
        return Reference.open(self.folder.reference, session.unlocked.database_key)


def found(session: SignedIn, name: str) -> list[str]:
    """The checks of this name, as the log shows them."""
    return [row.id for row in session.store.search(LogQuery(text=name)).rows]


def live(arguments: list[str]) -> int:
    """Live on from what was said; the premises and that as JSON."""
    sync.batches.FIRST_BYTES = SMALL_BATCH  # type: ignore[misc]
    premises, told = arguments
    office = Office(msgspec.json.decode(premises, type=Premises), json.loads(told))
    office.act(office.enrol)
    office.open()
    with office.line() as uplink:
        _take_first_list(office, uplink)
        _work_a_morning(office, uplink)
        _leave_in_the_evening(office, uplink)
        _put_the_records_back(office, uplink)
        _interview(office, uplink)
        _erase(office, uplink)
        _prove(office, uplink)
    return 0


def work(arguments: list[str]) -> NoReturn:
    """Check one traveller after another, in contact all the while, until somebody ends it."""
    premises, told = arguments
    office = Office(msgspec.json.decode(premises, type=Premises), json.loads(told))
    office.clock.time = datetime.now(UTC)
    sync.batches.FIRST_BYTES = SMALL_BATCH  # type: ignore[misc]
    office.enrol()
    office.open()
    numbers = count(int(office.said["next"]))
    with office.line() as uplink:
        office.cable.is_in = True
        while True:
            with office.at_work() as session:
                office.say("open")
                _finish_typing(office)
                for number in islice(numbers, AT_A_TIME):
                    office.check(name_of(number))
                    uplink.wake()
                    office.pump()
                store = session.store
                office.until(lambda store=store: store.mark(RECEIVED) > store.tip().position - 5)  # type: ignore[misc]
            office.deliver(uplink)


def finish(arguments: list[str]) -> int:
    """Do what was half done, deliver all of it, and prove it."""
    premises, told = arguments
    office = Office(msgspec.json.decode(premises, type=Premises), json.loads(told))
    office.clock.time = datetime.now(UTC)
    office.open()
    with office.line() as uplink:
        office.cable.is_in = True
        with office.at_work():
            _finish_typing(office)
            office.settle(uplink)
        _prove(office, uplink)
    return 0


def name_of(number: int) -> str:
    """A name of letters only, another one for each number."""
    return EVERY_KILLED + f"{number:07}".translate(_LETTERS)


def _finish_typing(office: Office) -> None:
    for name in [key.removeprefix("typed ") for key in office.said if key.startswith("typed ")]:
        office.check(name)


def _take_first_list(office: Office, uplink: Uplink) -> None:
    """From a stick, while nobody is signed in and there is no line; it goes live at sign-in."""
    if "list" in office.said:
        return
    stick = Path(office.premises.stick)
    office.act(lambda: office.wait(uplink.import_stick(stick, lambda *_: None)))
    with office.at_work():
        uplink.wake()
        office.until(lambda: office.list_version() > 0)
        office.say("list", str(office.list_version()))


def _work_a_morning(office: Office, uplink: Uplink) -> None:
    """Ten checks, a hit and a refusal among them; then several contacts, and a newer list."""
    if "morning" in office.said:
        office.cable.is_in = True
        return
    with office.at_work() as session:
        for name in MORNING:
            office.check(name)
        office.cable.is_in = True
        office.settle(uplink)
        assert session.store.waiting_checks() == 0
        office.say("list", str(office.list_version()))
    office.say("morning")


def _leave_in_the_evening(office: Office, uplink: Uplink) -> None:
    """Two checks that no contact takes: they are left in the spool, and delivered while locked."""
    if "evening" in office.said:
        return
    copy = Path(office.premises.copy)
    if not copy.exists():
        shutil.copy(office.folder.records, copy.with_suffix(".half"))
        copy.with_suffix(".half").rename(copy)
    with office.at_work():
        for name in EVENING:
            office.check(name)
    office.deliver(uplink)
    office.say("evening")


def _put_the_records_back(office: Office, uplink: Uplink) -> None:
    """The records of noon: what came behind is at the centre, and a new journal begins."""
    if "together" in office.said:
        return
    if "put back" not in office.said:
        office.act(lambda: _bring_back(office))
        office.say("put back")
    with office.at_work():
        for name in AFTERWARDS:
            office.check(name)
        office.settle(uplink)
    office.say("together")


def _bring_back(office: Office) -> None:
    for beside in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.unlink(f"{office.folder.records}{beside}")
    shutil.copy(office.premises.copy, office.folder.records)


def _interview(office: Office, uplink: Uplink) -> None:
    """Second line asks a traveller, takes his paper into the notes and closes them."""
    if "interviewed" in office.said:
        return
    with office.at_work():
        office.check(REFERRED)
    with office.at_work(Role.SECOND_LINE) as session:
        [waiting] = session.second_line.waiting()
        case = office.act(lambda: session.second_line.open(waiting.referral.id).value)
        if not case.interviews:
            notes = office.act(lambda: _with_paper(office, session, case.draft))
            office.act(lambda: session.second_line.close_interview(notes))
        office.settle(uplink)
        store = session.store
        office.until(lambda: not store.attachments_to_send(1))
    office.say("interviewed")


def _with_paper(office: Office, session: SignedIn, notes: InterviewDraft) -> InterviewDraft:
    """The notes with an answer and a paper; nothing is taken in twice."""
    if not notes.attachments:
        paper = Path(office.premises.paper)
        attaching = session.second_line.attach(notes, paper)
        while (taken := attaching.step()) is None:
            pass
        notes = replace(notes, attachments=(taken,))
        session.second_line.keep_interview(notes)
    question = ExchangeDraft(asked_at=office.clock(), question="Wohin?", answer=ANSWER)
    return replace(notes, language="de", exchanges=(question,), signing=Signing.SIGNED)


def _erase(office: Office, uplink: Uplink) -> None:
    """The centre made a backup: at the next sign-out the old records go."""
    if "erased" in office.said:
        return
    if "backup" not in office.said:
        _back_up(Path(office.premises.centre))
        office.say("backup")
    with office.at_work() as session:
        office.settle(uplink)
        assert session.store.mark(BACKED_UP) > 0
    with office.at_work(Role.SUPERVISOR):
        pass
    office.say("erased")


def _prove(office: Office, uplink: Uplink) -> None:
    """Chain, signatures and tables; then what stands in the journals, when all is delivered."""
    with office.at_work(Role.SUPERVISOR) as session:
        office.act(session.administration.verify)
    office.deliver(uplink)
    unlocked = office.act(lambda: office.vault.unlock(NUMBERS[Role.SUPERVISOR], PASSPHRASE))
    store = office.act(
        lambda: open_records(
            office.folder.records,
            unlocked.database_key,
            device=office.device,
            clock=office.clock_of(),
        )
    )
    with closing(store):
        office.say("workstation", store.origin.workstation)
        origins = [store.origin, *(each.origin for each in store.forerunners())]
        for origin in origins:
            entries = store.entries(0, limit=1_000_000, max_bytes=1 << 40, of=origin)
            leaves = [entry.leaf.hex() for entry in entries]
            office.say(f"journal {origin.incarnation}", json.dumps(leaves))
        office.say("waiting", str(store.waiting_checks()))


def _back_up(centre: Path) -> None:
    """As the centre's staff notes it, without waiting for the usual margin."""
    keeping.MARGIN = timedelta(0)  # type: ignore[misc]
    ledger = Ledger(CentreFolder(centre).database)
    try:
        keeping.mark_backed_up(ledger, began=datetime.now(UTC))
    finally:
        ledger.close()


def _number(name: str) -> str:
    return f"N{crc32(name.encode()) % 10_000_000:07}"
