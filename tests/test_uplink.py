"""The uplink: contacts come by themselves, and nothing of it disturbs anybody."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from queue import Queue
from threading import Event
from time import monotonic, perf_counter
from typing import TypeVar

import msgspec
import pytest

from checkpoint_client.desk.channels import Brought, ChannelStates, Failure, NotTaken
from checkpoint_client.desk.sticks import Effect, StickFailed, StickTrouble
from checkpoint_client.desk.workstation import LineState
from checkpoint_client.journal.body import decode, unpack
from checkpoint_client.records import BorderCheck, Hit, WorkstationEvent
from checkpoint_client.records.codes import Decision, WorkstationStep
from checkpoint_client.settings import Folder
from checkpoint_client.store import Store
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Locked
from checkpoint_client.watchlist.alerts import Alert
from sync import bundle
from sync.link import Link, Reason, Unreachable
from sync.protocol import (
    AttachmentPart,
    AttachmentReply,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
    pack_files,
)
from sync.server import publisher, stick
from sync.server.main import main as server
from sync.uplink import FAULT, NOT_GENUINE, Home, Pace, Uplink
from tests.workstations import (
    DATABASE_KEY,
    NOON,
    CentreHere,
    CutLink,
    Direct,
    NoLink,
    Workstation,
    a_check,
    a_hit,
    an_alert,
)

T = TypeVar("T")

PATIENCE = 30.0
SELDOM = Pace(poll=3600, first=3600, longest=3600)
OFTEN = Pace(poll=0.01, first=0.01, longest=0.02)
WATCHFUL = replace(SELDOM, look=0.01, draw=lambda least, most: most if least else 0.0)
"""Rests as long as it may, but for a network that returns: then it does not wait at all."""


@dataclass
class Switch:
    """A line that can be cut, mended and half-opened; `asked` counts what came over it."""

    link: Link
    is_cut: bool = False
    reason: Reason = Reason.NO_LINE
    silence: Event | None = None
    asked: int = 0
    fetched: int = 0

    def contact(self, contact: Contact) -> ContactReply:
        self._pass()
        return self.link.contact(contact)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        self._pass()
        return self.link.deliver(delivery)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        self._pass()
        return self.link.attach(part)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        self._pass()
        self.fetched += 1
        return self.link.fetch(path, start)

    def _pass(self) -> None:
        self.asked += 1
        if self.silence:
            self.silence.wait(PATIENCE)
        if self.is_cut:
            raise Unreachable(self.reason)


@dataclass
class Booth:
    """A workstation whose store has a thread of its own, as in the program."""

    centre: CentreHere
    folder: Folder
    device: DeviceKey
    line: Switch
    store_thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="store")
    )
    workstation: Workstation | None = None
    states: "Queue[LineState]" = field(default_factory=Queue)
    seen: list[LineState] = field(default_factory=list)
    lists: "Queue[None]" = field(default_factory=Queue)
    uplink: Uplink | None = None
    seconds: Iterator[int] = field(default_factory=count)
    network: frozenset[str] = frozenset({"lo"})

    def sign_in(self) -> None:
        def opened() -> None:
            self.workstation = Workstation(self.folder, self.device)

        self.do(opened)

    def lock(self) -> None:
        """As the desk does: leave what waits in the spool, close, wipe."""

        def closed() -> None:
            assert self.workstation
            bundle.spool(self.workstation.store, self.device, self.folder.spool)
            self.workstation.close()
            self.workstation = None

        self.do(closed)

    def restart(self) -> None:
        """The program ends and starts again; nobody has signed in yet."""
        assert self.uplink
        self.uplink.stop()
        self.states = Queue()
        self.line.fetched = 0

    def record(self, *names: str) -> None:
        self.do(lambda: self.at_work.record(*names))

    @property
    def at_work(self) -> Workstation:
        assert self.workstation
        return self.workstation

    def do(self, job: Callable[[], T]) -> T:
        return self.store_thread.submit(job).result(PATIENCE)

    def begin(self, pace: Pace) -> Uplink:
        home = Home(
            device=self.device,
            submit=self.store_thread.submit,
            store=self._store,
            reference=self._reference,
            is_locked=lambda: self.workstation is None,
            spool=self.folder.spool,
            attachments=self.folder.attachments,
            lists=self.folder.path / "lists",
            root=self.centre.shelf.newest_root(),
        )
        self.uplink = Uplink(
            home,
            self.line,
            on_state=self.states.put,
            on_list=lambda: self.lists.put(None),
            now=self._tick,
            pace=pace,
            seen=lambda: self.network,
        )
        self.uplink.start()
        return self.uplink

    def until(self, wanted: Callable[[LineState], bool]) -> LineState:
        """The first state told from now on that is as wanted."""
        while True:
            state = self.states.get(timeout=PATIENCE)
            self.seen.append(state)
            if wanted(state):
                return state

    @property
    def direct(self) -> Direct:
        assert isinstance(self.line.link, Direct)
        return self.line.link

    def held(self) -> list[bytes]:
        return self.centre.leaves(self.device.state.workstation)

    def close(self) -> None:
        if self.uplink:
            self.uplink.stop()
        if self.workstation:
            self.do(self.workstation.close)
        self.store_thread.shutdown()

    def _tick(self) -> datetime:
        """A second later at each look."""
        return NOON + timedelta(seconds=next(self.seconds))

    def _store(self) -> Store:
        if self.workstation is None:
            raise Locked
        return self.workstation.store

    def _reference(self) -> Reference:
        if self.workstation is None:
            raise Locked
        return Reference.open(self.folder.reference, bytearray(DATABASE_KEY))


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Booth]:
    centre = CentreHere(tmp_path / "centre")
    folder = Folder(tmp_path / "workstation")
    device = centre.enrol(folder)
    booth = Booth(centre, folder, device, Switch(Direct(centre, device)))
    booth.sign_in()
    yield booth
    booth.close()
    centre.close()


def is_online(state: LineState) -> bool:
    return state.online


def test_what_waits_goes_to_the_centre_by_itself(booth: Booth) -> None:
    booth.record("AALTO", "BERG")

    booth.begin(SELDOM)
    state = booth.until(lambda state: state.online and not state.waiting)

    assert state.problem == ""
    assert state.last_contact == state.since > NOON
    assert booth.held() == booth.do(booth.at_work.leaves)


def test_a_long_tail_goes_without_a_pause_between_the_batches(booth: Booth) -> None:
    booth.record(*["W" * 20_000] * 50)

    booth.begin(SELDOM)
    booth.until(lambda state: state.online and not state.waiting)

    counts = [state.waiting for state in booth.seen if state.online]
    assert counts == sorted(counts, reverse=True)
    assert booth.line.asked > 2


@dataclass
class Narrow:
    """A proxy on the way refuses what is large, and says so."""

    link: Link
    most_bytes: int
    refused: list[int] = field(default_factory=list)

    def contact(self, contact: Contact) -> ContactReply:
        size = sum(len(entry.body or b"") for entry in contact.entries)
        if size > self.most_bytes:
            self.refused.append(size)
            raise Unreachable(Reason.TOO_LARGE)
        return self.link.contact(contact)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        return self.link.deliver(delivery)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        return self.link.attach(part)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        return self.link.fetch(path, start)


def test_what_is_too_large_goes_in_smaller_batches_at_once(booth: Booth) -> None:
    narrow = Narrow(booth.line.link, most_bytes=50_000)
    booth.line.link = narrow
    booth.record(*["W" * 20_000] * 20)

    booth.begin(SELDOM)
    booth.until(lambda state: state.online and not state.waiting)

    assert booth.held() == booth.do(booth.at_work.leaves)
    assert narrow.refused[:2] == sorted(narrow.refused[:2], reverse=True)
    assert all(state.online for state in booth.seen), "nobody is told of it"


def test_an_entry_that_is_too_large_by_itself_is_not_sent_in_a_tight_loop(booth: Booth) -> None:
    narrow = Narrow(booth.line.link, most_bytes=10_000)
    booth.line.link = narrow
    booth.record(*["W" * 20_000] * 8)

    booth.begin(SELDOM)
    state = booth.until(lambda state: not state.online)

    assert state.problem == Reason.TOO_LARGE
    assert len(narrow.refused) <= 5


def test_without_a_line_the_number_grows_and_counts_down_when_it_returns(booth: Booth) -> None:
    booth.line.is_cut = True
    booth.record("AALTO")
    uplink = booth.begin(SELDOM)
    first = booth.until(lambda state: not state.online)
    booth.record("BERG")
    uplink.recorded()

    second = booth.until(lambda state: state.waiting == 2)
    booth.line.is_cut = False
    uplink.wake()
    third = booth.until(is_online)

    assert first.waiting == 1
    assert not second.online
    assert third.waiting == 0
    assert booth.line.asked == 2


def test_counting_makes_no_contact(booth: Booth) -> None:
    uplink = booth.begin(SELDOM)
    booth.until(is_online)
    booth.record("AALTO")

    uplink.recorded()
    booth.until(lambda state: state.waiting == 1)

    assert booth.line.asked == 1


def test_the_line_is_tried_again_without_being_asked(booth: Booth) -> None:
    booth.line.is_cut = True
    booth.begin(OFTEN)
    booth.until(lambda state: not state.online)

    booth.line.is_cut = False

    assert booth.until(is_online)


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        (Reason.NO_LINE, ""),
        (Reason.NO_ANSWER, ""),
        (Reason.NOT_OUR_SERVER, "not-our-server"),
        (Reason.WRONG_CERTIFICATE, "wrong-certificate"),
    ],
)
def test_a_line_that_is_not_there_is_no_problem_but_a_wrong_one_is(
    booth: Booth, reason: Reason, problem: str
) -> None:
    booth.line.is_cut, booth.line.reason = True, reason

    booth.begin(SELDOM)

    assert booth.until(lambda state: not state.online).problem == problem


def test_while_locked_the_spool_is_delivered(booth: Booth) -> None:
    booth.line.is_cut = True
    booth.record("AALTO", "BERG")
    expected = booth.do(booth.at_work.leaves)
    uplink = booth.begin(SELDOM)
    booth.until(lambda state: state.waiting == 2)
    booth.lock()
    booth.line.is_cut = False

    uplink.wake()
    booth.until(lambda state: state.online and not state.waiting)

    assert booth.held() == expected
    assert list(booth.folder.spool.iterdir()) == []


def test_at_the_sign_in_page_the_line_is_known(booth: Booth) -> None:
    booth.lock()

    booth.begin(SELDOM)

    assert booth.until(lambda _: True).online


def test_what_the_spool_brought_is_not_sent_again_at_the_next_sign_in(booth: Booth) -> None:
    booth.record("AALTO", "BERG")
    booth.lock()
    uplink = booth.begin(SELDOM)
    booth.until(is_online)
    booth.sign_in()
    sent = booth.direct.contacts

    uplink.wake()
    booth.until(lambda _: len(sent) == 2)

    assert [len(contact.entries) for contact in sent] == [0, 0]
    assert booth.do(lambda: booth.at_work.waiting) == 0


def test_locking_in_the_middle_of_a_contact_loses_nothing(booth: Booth) -> None:
    booth.line.silence = Event()
    booth.record("AALTO")
    expected = booth.do(booth.at_work.leaves)
    uplink = booth.begin(SELDOM)
    booth.lock()

    booth.line.silence.set()
    uplink.wake()
    booth.until(is_online)

    assert booth.held() == expected


def test_what_a_contact_brought_leaves_the_spool(booth: Booth) -> None:
    booth.record("AALTO")
    booth.lock()
    booth.sign_in()

    booth.begin(SELDOM)
    booth.until(is_online)

    assert list(booth.folder.spool.iterdir()) == []
    assert booth.line.asked == 1


def test_a_copy_is_told_so_and_the_contacts_rest(booth: Booth) -> None:
    booth.record("AALTO")
    uplink = booth.begin(SELDOM)
    booth.until(is_online)
    asked = booth.line.asked
    booth.device.update(ratchet=bytes(16))
    booth.record("BERG")

    uplink.wake()
    state = booth.until(lambda state: bool(state.problem))

    assert (state.problem, state.online, state.waiting) == ("re-enrol", True, 1)
    assert booth.line.asked == asked + 1


def test_records_put_back_from_a_backup_trouble_nobody(booth: Booth) -> None:
    earlier = booth.do(booth.at_work.back_up)
    booth.record("AALTO")
    uplink = booth.begin(SELDOM)
    booth.until(is_online)
    booth.do(lambda: booth.at_work.put_back(earlier))
    booth.record("BERG", "CELIK")

    uplink.wake()
    booth.until(lambda state: state.online and state.waiting == 2)
    state = booth.until(lambda state: state.waiting == 0)

    assert state.problem == ""
    assert booth.centre.alarms() == []
    assert booth.centre.leaves(booth.at_work.id, 2) == booth.do(booth.at_work.leaves)


@pytest.mark.alone
def test_stopping_does_not_wait_for_a_silent_line(booth: Booth) -> None:
    booth.line.silence = Event()
    uplink = booth.begin(SELDOM)

    began = perf_counter()
    uplink.stop()
    took = perf_counter() - began

    booth.line.silence.set()
    assert took < 1.5


@pytest.mark.alone
def test_stopping_at_rest_is_immediate(booth: Booth) -> None:
    uplink = booth.begin(SELDOM)
    booth.until(is_online)

    began = perf_counter()
    uplink.stop()

    assert perf_counter() - began < 0.5


def test_an_error_in_the_store_does_not_end_the_line(
    booth: Booth, caplog: pytest.LogCaptureFixture
) -> None:
    store = booth.at_work.store
    booth.do(store.close)
    uplink = booth.begin(SELDOM)
    assert booth.until(lambda state: bool(state.problem)).problem == FAULT

    booth.sign_in()
    uplink.wake()

    assert booth.until(is_online).problem == ""
    assert "the line stumbled" in caplog.text


# what ends a pause, and what makes it longer

REFUSED = replace(a_check("REFUSED"), decision=Decision.REFUSED)


def record(booth: Booth, fact: BorderCheck | Hit) -> None:
    booth.do(lambda: booth.at_work.store.append(fact))


def test_a_refusal_does_not_wait_for_its_turn(booth: Booth) -> None:
    uplink = booth.begin(SELDOM)
    booth.until(is_online)

    record(booth, REFUSED)
    uplink.recorded()

    booth.until(lambda state: state.waiting == 1)
    booth.until(lambda state: state.waiting == 0)


def test_by_the_line_nobody_sees_that_there_is_a_hit(booth: Booth) -> None:
    uplink = booth.begin(SELDOM)
    booth.until(is_online)

    record(booth, a_hit())
    booth.record("AALTO")
    uplink.recorded()
    booth.until(lambda state: state.waiting == 1)
    booth.record("BERG")
    uplink.recorded()
    booth.until(lambda state: state.waiting == 2)

    assert booth.line.asked == 1


def test_without_a_line_a_refusal_is_tried_once(booth: Booth) -> None:
    booth.line.is_cut = True
    uplink = booth.begin(SELDOM)
    booth.until(lambda state: not state.online)
    booth.line.reason = Reason.PROXY

    record(booth, REFUSED)
    uplink.recorded()
    booth.until(lambda state: state.problem == Reason.PROXY)
    booth.record("AALTO")
    uplink.recorded()
    booth.until(lambda state: state.waiting == 2)

    assert booth.line.asked == 2


def test_a_network_that_is_there_again_ends_the_pause(booth: Booth) -> None:
    booth.line.is_cut = True
    booth.begin(WATCHFUL)
    booth.until(lambda state: not state.online)
    booth.line.is_cut = False
    assert booth.line.asked == 1

    booth.network |= {"10.0.0.7"}

    assert booth.until(is_online)


def test_a_network_that_goes_ends_no_pause(booth: Booth) -> None:
    booth.line.is_cut = True
    booth.network |= {"10.0.0.7"}
    uplink = booth.begin(replace(WATCHFUL, look=0.001))
    booth.until(lambda state: not state.online)

    booth.network = frozenset()
    for number in range(1, 11):
        booth.record("AALTO")
        uplink.recorded()
        booth.until(lambda state, number=number: state.waiting == number)  # type: ignore[misc]

    assert booth.line.asked == 1


@dataclass
class Asking(Switch):
    """A centre that asks everybody to stay away for an hour, or says so and does not answer."""

    is_full: bool = False

    def contact(self, contact: Contact) -> ContactReply:
        self._pass()
        if self.is_full:
            raise Unreachable(Reason.SERVER_FAULT, retry_after=3600)
        return msgspec.structs.replace(self.link.contact(contact), retry_after=3600)


@pytest.mark.parametrize("is_full", [False, True])
def test_who_is_asked_to_come_later_comes_later_or_when_it_is_urgent(
    booth: Booth, is_full: bool
) -> None:
    line = Asking(booth.direct, is_full=is_full)
    booth.line = line
    uplink = booth.begin(OFTEN)
    booth.until(lambda state: state.online is not is_full)
    for number in range(1, 11):
        booth.record("AALTO")
        uplink.recorded()
        booth.until(lambda state, number=number: state.waiting == number)  # type: ignore[misc]
    assert line.asked == 1

    line.is_full = False
    uplink.wake()

    assert booth.until(lambda state: state.waiting == 0)


def test_pauses_grow_up_to_a_quarter_of_an_hour() -> None:
    pace = replace(Pace(), draw=lambda _shortest, longest: longest)

    pauses = [pace.after(failures) for failures in (1, 2, 3, 8, 1_000)]

    assert pauses == [10, 20, 40, 900, 900]


def test_posts_do_not_all_call_at_once() -> None:
    pauses = [Pace().after(5) for _ in range(200)]

    assert min(pauses) >= 5
    assert max(pauses) <= 160
    assert max(pauses) - min(pauses) > 60


# lists from headquarters


def publish(booth: Booth, *alerts: Alert) -> None:
    folder = booth.centre.folder
    publisher.publish_watchlist(
        booth.centre.shelf,
        folder.publishing_keys(),
        folder.keys().channels["watchlist"],
        alerts,
        now=datetime.now(UTC),
    )


def versions(booth: Booth) -> dict[str, tuple[int, int]]:
    reference = booth._reference()
    found = {each.list_id: (each.version, each.alerts) for each in reference.lists()}
    reference.close()
    return found


def test_a_new_list_comes_into_force_and_is_recorded(booth: Booth) -> None:
    publish(booth, an_alert("A-1"), an_alert("A-2"))

    booth.begin(SELDOM)
    booth.lists.get(timeout=PATIENCE)

    assert versions(booth) == {"watchlist": (1, 2)}
    [body] = booth.do(lambda: [decode(entry.body or b"") for entry in booth.at_work.entries()])
    assert unpack(body) == WorkstationEvent(
        step=WorkstationStep.LIST_APPLIED,
        details={"list": "watchlist", "version": "1", "alerts": "2"},
    )


def test_the_next_list_takes_the_place_of_the_first(booth: Booth) -> None:
    publish(booth, an_alert("A-1"), an_alert("A-2"))
    uplink = booth.begin(SELDOM)
    booth.lists.get(timeout=PATIENCE)
    publish(booth, an_alert("A-3"))

    uplink.wake()
    booth.lists.get(timeout=PATIENCE)

    assert versions(booth) == {"watchlist": (2, 1)}


def test_a_list_in_force_is_not_fetched_again(booth: Booth) -> None:
    publish(booth, an_alert("A-1"))
    uplink = booth.begin(SELDOM)
    booth.lists.get(timeout=PATIENCE)
    booth.record("AALTO")
    uplink.wake()
    booth.until(lambda state: state.waiting == 1)
    booth.until(lambda state: state.waiting == 0)

    assert booth.line.fetched == 1


def test_a_list_that_came_while_locked_is_in_force_at_the_next_sign_in(booth: Booth) -> None:
    booth.lock()
    publish(booth, an_alert("A-1"))
    uplink = booth.begin(SELDOM)
    end = monotonic() + PATIENCE
    while not (booth.folder.lists / "watchlist-1.snapshot").exists():
        assert monotonic() < end, "it does not come"
    booth.sign_in()

    uplink.wake()
    booth.lists.get(timeout=PATIENCE)

    assert versions(booth) == {"watchlist": (1, 1)}
    assert booth.line.fetched == 1


def test_a_list_that_is_here_is_not_fetched_again_after_a_restart(booth: Booth) -> None:
    publish(booth, an_alert("A-1"))
    booth.begin(SELDOM)
    booth.lists.get(timeout=PATIENCE)
    booth.lock()
    booth.restart()

    uplink = booth.begin(SELDOM)
    first = booth.until(is_online)
    uplink.wake()
    booth.until(lambda state: state.last_contact != first.last_contact)

    assert booth.line.fetched == 0


def test_a_download_that_was_cut_goes_on_where_it_stopped(booth: Booth) -> None:
    publish(booth, an_alert("A-1"))
    direct = booth.line.link
    booth.line.link = CutLink(direct, bytes_left=100)
    uplink = booth.begin(SELDOM)
    booth.until(lambda state: bool(state.last_contact) and not state.online)
    [part] = (booth.folder.path / "lists").glob("*.part")
    begun = part.stat().st_size

    booth.line.link = direct
    uplink.wake()
    booth.lists.get(timeout=PATIENCE)

    assert begun == 100
    assert versions(booth) == {"watchlist": (1, 1)}


def test_a_forged_list_is_refused_and_the_one_in_force_stays(booth: Booth) -> None:
    publish(booth, an_alert("A-1"))
    uplink = booth.begin(SELDOM)
    booth.lists.get(timeout=PATIENCE)
    publish(booth, an_alert("A-2"), an_alert("A-3"))
    [target] = booth.centre.shelf.targets.glob("*.watchlist-2.snapshot")
    target.write_bytes(os.urandom(target.stat().st_size))
    booth.record("AALTO")

    uplink.wake()
    state = booth.until(lambda state: bool(state.problem))

    assert (state.problem, state.online, state.waiting) == (NOT_GENUINE, True, 0)
    assert versions(booth) == {"watchlist": (1, 1)}


@dataclass
class Pieces:
    """Hands files out in small pieces, and says when so many have gone."""

    link: Link
    after: int
    reached: Callable[[], None]
    starts: list[int] = field(default_factory=list)

    def contact(self, contact: Contact) -> ContactReply:
        return self.link.contact(contact)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        return self.link.deliver(delivery)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        return self.link.attach(part)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        self.starts.append(start)
        whole = b"".join(self.link.fetch(path, start))
        for number, at in enumerate(range(0, len(whole), 100), start=1):
            yield whole[at : at + 100]
            if number == self.after:
                self.reached()


def test_a_long_download_lets_what_is_urgent_pass_and_goes_on(booth: Booth) -> None:
    publish(booth, *[an_alert(f"A-{number}", os.urandom(20).hex()) for number in range(50)])
    booth.line.is_cut = True
    uplink = booth.begin(SELDOM)
    booth.until(lambda state: not state.online)
    pieces = Pieces(booth.line.link, after=3, reached=uplink.wake)
    direct = booth.direct
    booth.line.link, booth.line.is_cut = pieces, False
    uplink.wake()

    booth.lists.get(timeout=PATIENCE)

    assert pieces.starts[:2] == [0, 400]
    assert len(direct.contacts) >= 2
    assert versions(booth) == {"watchlist": (1, 50)}


def test_what_is_recorded_during_a_long_download_is_counted_at_once(booth: Booth) -> None:
    publish(booth, *[an_alert(f"A-{number}", os.urandom(20).hex()) for number in range(50)])
    booth.line.is_cut = True
    uplink = booth.begin(SELDOM)
    booth.until(lambda state: not state.online)

    def recorded() -> None:
        booth.record("AALTO")
        uplink.recorded()

    booth.line.link = Pieces(booth.line.link, after=3, reached=recorded)
    booth.line.is_cut = False
    uplink.wake()

    assert booth.until(lambda state: state.waiting == 1).online


def stick_of(booth: Booth, folder: Path) -> Path:
    folder.mkdir()
    with booth.centre.shelf.alone():
        stick.write(booth.centre.shelf, folder, lambda _name, _size: None)
    return folder


def test_a_stick_is_in_force_without_any_line(booth: Booth, tmp_path: Path) -> None:
    publish(booth, an_alert("A-1"), an_alert("A-2"))
    carried = stick_of(booth, tmp_path / "stick")
    booth.line.is_cut = True
    uplink = booth.begin(SELDOM)
    seen: list[tuple[str, int, int]] = []

    [brought] = uplink.import_stick(carried, lambda *told: seen.append(told)).result(PATIENCE)

    assert (brought.channel, brought.version, brought.in_force) == ("watchlist", 1, True)
    assert versions(booth) == {"watchlist": (1, 2)}
    assert [name for name, here, of in seen if here == of] == ["watchlist-1.snapshot"]
    booth.lists.get(timeout=PATIENCE)


def test_a_stick_interrupts_a_download_that_takes_hours(booth: Booth, tmp_path: Path) -> None:
    publish(booth, *[an_alert(f"A-{number}", os.urandom(20).hex()) for number in range(50)])
    carried = stick_of(booth, tmp_path / "stick")
    booth.line.is_cut = True
    uplink = booth.begin(SELDOM)
    booth.until(lambda state: not state.online)
    brought: Queue[Future[tuple[Brought, ...]]] = Queue()
    booth.line.link = Pieces(
        booth.line.link,
        after=3,
        reached=lambda: brought.put(uplink.import_stick(carried, lambda *_: None)),
    )
    booth.line.is_cut = False
    uplink.wake()

    [taken] = brought.get(timeout=PATIENCE).result(PATIENCE)

    assert taken.in_force
    assert versions(booth) == {"watchlist": (1, 50)}


def test_a_stick_of_no_use_is_said_to_who_put_it_in(booth: Booth, tmp_path: Path) -> None:
    uplink = booth.begin(SELDOM)

    with pytest.raises(NotTaken) as refused:
        uplink.import_stick(tmp_path, lambda *_: None).result(PATIENCE)

    assert refused.value.failure is Failure.NO_STICK
    booth.until(is_online)


def carried_to(booth: Booth, folder: Path) -> None:
    """The centre takes what lies on a stick, and answers on it."""
    arguments = ["bundle", "import", str(folder), "--data", str(booth.centre.folder.path)]
    assert server(arguments) == 0


def test_what_waits_goes_on_a_stick_and_the_answer_counts_at_once(
    booth: Booth, tmp_path: Path
) -> None:
    booth.line.is_cut = True
    uplink = booth.begin(SELDOM)
    booth.record("AALTO", "BERG")
    seen: list[tuple[int, int]] = []

    written = uplink.write_stick(tmp_path, lambda *told: seen.append(told)).result(PATIENCE)
    carried_to(booth, tmp_path)
    read = uplink.read_word(tmp_path).result(PATIENCE)

    assert (written.bundles, written.entries, written.trouble) == (1, 2, None)
    assert seen == [(0, 1), (1, 1)]
    assert [(each.effect, each.held) for each in read.acknowledged] == [(Effect.TAKEN, 2)]
    assert booth.until(lambda state: state.waiting == 0).online is False
    assert booth.held() == booth.do(booth.at_work.leaves)


def test_while_locked_the_spool_goes_and_the_answer_waits_for_the_sign_in(
    booth: Booth, tmp_path: Path
) -> None:
    booth.line.is_cut = True
    uplink = booth.begin(SELDOM)
    booth.record("AALTO")
    uplink.recorded()
    booth.until(lambda state: state.waiting == 1)
    booth.lock()

    written = uplink.write_stick(tmp_path, lambda *_: None).result(PATIENCE)
    carried_to(booth, tmp_path)
    read = uplink.read_word(tmp_path).result(PATIENCE)
    booth.sign_in()
    uplink.wake()

    assert written.entries == 1
    assert [each.effect for each in read.acknowledged] == [Effect.WAITS]
    booth.until(lambda state: state.waiting == 0)
    assert booth.do(lambda: booth.at_work.waiting) == 0


def test_a_stick_that_is_not_there_is_said_to_who_wanted_to_write(
    booth: Booth, tmp_path: Path
) -> None:
    booth.line.is_cut = True
    uplink = booth.begin(SELDOM)
    booth.record("AALTO")

    with pytest.raises(StickFailed) as failed:
        uplink.write_stick(tmp_path / "none", lambda *_: None).result(PATIENCE)

    assert failed.value.trouble is StickTrouble.NOT_THERE


def test_rules_come_beside_the_list(booth: Booth) -> None:
    folder = booth.centre.folder
    publish(booth, an_alert("A-1"))
    publisher.publish(
        booth.centre.shelf,
        folder.publishing_keys("rules"),
        "rules",
        folder.keys().channels["rules"],
        [pack_files({"hits_of_utopia.json": b"{}"})],
        items=1,
        now=datetime.now(UTC),
    )

    booth.begin(SELDOM)
    for _ in range(2):
        booth.lists.get(timeout=PATIENCE)

    reference = booth._reference()
    assert reference.file("rules", "hits_of_utopia.json") == b"{}"
    reference.close()
    states = ChannelStates.read(booth.folder.path / "lists")
    assert {c: s.version for c, s in states.channels.items() if s.version} == {
        "watchlist": 1,
        "rules": 1,
    }


def test_a_damaged_file_of_lists_does_not_keep_the_journal_here(booth: Booth) -> None:
    booth.folder.reference.write_bytes(b"not a database" * 1000)
    booth.record("AALTO")

    booth.begin(SELDOM)

    assert booth.until(is_online).waiting == 0


def test_with_no_line_at_all_the_window_is_told_so(booth: Booth) -> None:
    booth.line.link = NoLink()

    booth.begin(SELDOM)

    assert not booth.until(lambda _: True).online
