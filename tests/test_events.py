"""The table of events and reactions (DESIGN.md, Sync), row by row, on SQLite and PostgreSQL.

What one row needs of each part is tested beside that part; here whole workstations live through it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
import sqlalchemy as sa

from checkpoint_client.journal.body import decode, unpack
from checkpoint_client.journal.clock import Clock
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.records.codes import ClockState, Decision, WorkstationStep
from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey
from sync import engine
from sync.engine import Trouble
from sync.link import Link
from sync.protocol import Contact, ContactReply
from sync.server import ledger, projection
from sync.server.journals import Reason
from tests.centre import Cluster, running_replica
from tests.workstations import CentreHere, Direct, LostReply, Workstation, a_check

FLEET, FEW = 50, 8
REFUSED = replace(a_check("REFUSED"), decision=Decision.REFUSED)


@pytest.fixture
def centre(tmp_path: Path, new_database: Callable[[], str | None]) -> Iterator[CentreHere]:
    with closing(CentreHere(tmp_path / "centre", database=new_database())) as centre:
        yield centre


@pytest.fixture
def post(tmp_path: Path, centre: CentreHere) -> Iterator[Workstation]:
    folder = Folder(tmp_path / "workstation")
    with closing(Workstation(folder, centre.enrol(folder))) as post:
        yield post


@pytest.fixture
def link(centre: CentreHere, post: Workstation) -> Direct:
    return Direct(centre, post.device)


def step(post: Workstation, link: Link) -> None:
    """A contact that brings one entry, and ahead of the others what is urgent."""
    request = engine.next_request(
        post.store, post.device, have={}, wanted=post.wanted, most_bytes=1
    )
    post.wanted = engine.confirm(post.store, post.device, link.contact(request.contact)).wanted


def held(centre: CentreHere, column: "sa.Column[bytes]") -> list[bytes | None]:
    with centre.ledger.reading() as connection:
        return list(connection.scalars(sa.select(column)))


def alarms(centre: CentreHere) -> set[tuple[str, str]]:
    """Of which workstation, and why."""
    alarm = ledger.alarm.c
    with centre.ledger.reading() as connection:
        return {
            (row[0], row[1])
            for row in connection.execute(sa.select(alarm.workstation, alarm.reason))
        }


def is_whole(centre: CentreHere, post: Workstation) -> bool:
    """Whether the centre has all of a journal, its words included."""
    entry = ledger.entry.c
    with centre.ledger.reading() as connection:
        rows = connection.execute(
            sa.select(entry.leaf, entry.body)
            .where(entry.workstation == post.id, entry.incarnation == post.store.origin.incarnation)
            .order_by(entry.position)
        ).all()
    ours = [(entry.leaf, entry.body) for entry in post.entries()]
    return [(bytes(row.leaf), bytes(row.body or b"")) for row in rows] == ours


# reply lost, any number of times


@dataclass
class Twice:
    """The line brings every request twice."""

    link: Direct
    replies: list[tuple[ContactReply, ContactReply]] = field(default_factory=list)

    def contact(self, contact: Contact) -> ContactReply:
        both = self.link.contact(contact), self.link.contact(contact)
        self.replies.append(both)
        return both[1]


@pytest.mark.parametrize("times", [1, 2, 9])
def test_replies_are_lost_in_a_row(
    centre: CentreHere, post: Workstation, link: Direct, times: int
) -> None:
    post.settle(link)
    for number in range(times):
        post.record(f"N{number}")
        post.contact(LostReply(link))

    post.settle(link)

    assert is_whole(centre, post)
    assert alarms(centre) == set()


def test_every_request_comes_twice(centre: CentreHere, post: Workstation, link: Direct) -> None:
    twice = Twice(link)
    for name in ("AALTO", "BERG", "CELIK"):
        post.record(name)
        request = engine.next_request(post.store, post.device, have={})
        engine.confirm(post.store, post.device, twice.contact(request.contact))

    assert all(first == second for first, second in twice.replies)
    assert is_whole(centre, post)
    assert alarms(centre) == set()


# server restored, or failed over to a lagging replica


class Memory(Protocol):
    """What will be left of the centre's memory."""

    def keep(self) -> None:
        """Until here it is safe; what comes now will be forgotten."""

    def come_back(self) -> None: ...


@dataclass
class File:
    """SQLite: a copy of the file."""

    centre: CentreHere
    copy: Path

    def keep(self) -> None:
        self.centre.back_up(self.copy)

    def come_back(self) -> None:
        self.centre.go_on_with(f"sqlite:///{self.copy}")


@dataclass
class Backup:
    """PostgreSQL: a copy of the database."""

    centre: CentreHere
    cluster: Cluster
    copy: str = ""

    def keep(self) -> None:
        self.centre.ledger.close()
        self.copy = self.cluster.copy(self.centre.folder.database)

    def come_back(self) -> None:
        self.centre.go_on_with(self.copy)


@dataclass
class Replica:
    """PostgreSQL: a second server that follows the first, is cut off and takes its place."""

    centre: CentreHere
    primary: Cluster
    stack: ExitStack
    follower: Cluster | None = None

    def keep(self) -> None:
        self.follower = self.stack.enter_context(running_replica(self.primary))
        self.follower.stop_following(self.primary)

    def come_back(self) -> None:
        assert self.follower
        self.follower.promote()
        self.centre.go_on_with(self.follower.same(self.centre.folder.database))


@pytest.fixture(params=["file", "backup", "replica"])
def remembering(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[CentreHere, Memory]]:
    """A centre, and what is left of it when it comes back."""
    with ExitStack() as stack:
        if request.param == "file":
            centre = stack.enter_context(closing(CentreHere(tmp_path / "centre")))
            yield centre, File(centre, tmp_path / "copy.db")
            return
        cluster: Cluster = request.getfixturevalue("postgres")
        home = CentreHere(tmp_path / "centre", database=cluster.new_database())
        if request.param == "backup":
            centre = stack.enter_context(closing(home))
            yield centre, Backup(centre, cluster)
            return
        followed = Replica(home, cluster, stack)
        stack.callback(home.close)
        yield home, followed


@pytest.fixture(params=[FLEET])
def fleet(
    request: pytest.FixtureRequest, remembering: tuple[CentreHere, Memory], tmp_path: Path
) -> Iterator[list[tuple[Workstation, Direct]]]:
    """Workstations with something at the centre already."""
    centre, _memory = remembering
    with ExitStack() as opened:
        fleet = []
        for number in range(request.param):
            folder = Folder(tmp_path / f"workstation-{number}")
            post = Workstation(folder, centre.enrol(folder))
            opened.callback(post.close)
            fleet.append((post, Direct(centre, post.device)))
            post.record(*["BEFORE"] * (number % 3))
            post.settle(fleet[-1][1])
        yield fleet


def live_on(fleet: list[tuple[Workstation, Direct]]) -> list[tuple[Direct, Contact]]:
    """What the centre will not remember; requests that are still under way, some of them made
    for a centre that has the urgent entries.
    """
    under_way = []
    for number, (post, link) in enumerate(fleet):
        post.record(*["AFTER"] * (number % 4))
        if number % 3 == 0:
            post.store.append(REFUSED)
        step(post, link)
        if number % 5 == 0:
            post.contact(LostReply(link))
        late = engine.next_request(post.store, post.device, have={})
        if number % 7 == 0:
            under_way.append((link, late.contact))
        if number % 2 == 0:
            post.settle(link)
    return under_way


def test_a_fleet_fills_a_centre_that_forgot_without_any_alarm(
    remembering: tuple[CentreHere, Memory], fleet: list[tuple[Workstation, Direct]]
) -> None:
    centre, memory = remembering
    memory.keep()
    under_way = live_on(fleet)
    assert any(contact.previewed for _link, contact in under_way)
    memory.come_back()

    for link, contact in under_way:
        link.contact(contact)  # the first that it hears of some is late
    for post, link in fleet:
        post.settle(link)

    assert alarms(centre) == set()
    assert all(is_whole(centre, post) for post, _link in fleet)
    assert None not in held(centre, ledger.entry.c.body)
    assert sum(post.waiting for post, _link in fleet) == 0
    projection.catch_up(centre.ledger)
    with centre.ledger.reading() as connection:
        counted = connection.scalar(sa.select(sa.func.sum(ledger.volume.c.count)))
    assert counted == sum(len(post.entries()) for post, _link in fleet)
    assert held(centre, ledger.preview.c.leaf) == []


@pytest.mark.parametrize("fleet", [FEW], indirect=True)
def test_in_a_fleet_whose_centre_forgot_only_the_copied_disk_is_an_alarm(
    remembering: tuple[CentreHere, Memory],
    fleet: list[tuple[Workstation, Direct]],
    tmp_path: Path,
) -> None:
    centre, memory = remembering
    memory.keep()
    under_way = live_on(fleet)
    memory.come_back()
    copied, _link = fleet[7]
    with closing(second_machine(copied, tmp_path)) as copy:
        for link, contact in under_way:
            link.contact(contact)
        for _ in range(2):
            copy.settle(Direct(centre, copy.device))
            for post, link in fleet:
                post.settle(link)

    assert {workstation for workstation, _reason in alarms(centre)} == {copied.id}


# workstation restored from backup


def test_a_workstation_is_put_back_from_a_backup_again_and_again(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    post.settle(link)
    copy = post.back_up()
    names = {"AALTO"}
    for times in range(3):
        post.record(f"SEEN {times}")
        post.settle(link)
        names.add(f"SEEN {times}")
        before = post.entries()[-1]
        post.put_back(copy)
        post.record(f"BEHIND {times}")
        names.add(f"BEHIND {times}")

        post.settle(link)

        begun = unpack(decode(post.entries()[0].body or b""))
        assert isinstance(begun, WorkstationEvent)
        assert begun.step is WorkstationStep.JOURNAL_BEGUN
        assert begun.details["head"] == before.head.hex()
        copy = post.back_up()

    assert is_whole(centre, post)
    assert alarms(centre) == set()
    ids = held(centre, ledger.entry.c.id)
    assert len(ids) == len(set(ids))
    told = [decode(bytes(body or b"")) for body in held(centre, ledger.entry.c.body)]
    checks = [unpack(body) for body in told if body.kind == "check"]
    assert {check.person.primary_identifier for check in checks} == names  # type: ignore[union-attr]
    assert post.waiting == 0


# disk image cloned, both alive


def second_machine(post: Workstation, tmp_path: Path) -> Workstation:
    """A copy of the whole disk, started elsewhere."""
    copy = post.back_up()
    folder = Folder(tmp_path / "copy")
    folder.make()
    folder.records.write_bytes(copy)
    folder.device_key.write_bytes(post.folder.device_key.read_bytes())
    return Workstation(folder, DeviceKey.load(folder.device_key))


@pytest.mark.parametrize(
    ("records", "before"), [("both", 0), ("neither", 0), ("first", 3), ("second", 3)]
)
def test_a_copied_disk_is_an_alarm_within_two_contacts(
    centre: CentreHere,
    post: Workstation,
    link: Direct,
    tmp_path: Path,
    records: str,
    before: int,
) -> None:
    post.record("AALTO")
    post.settle(link)
    with closing(second_machine(post, tmp_path)) as copy:
        for number in range(before):  # the copy lay in a drawer meanwhile
            post.record(f"N{number}")
            post.settle(link)
        if records in ("both", "first"):
            post.record("OURS")
        if records in ("both", "second"):
            copy.record("THEIRS")
        theirs = Direct(centre, copy.device)

        for _ in range(2):
            copy.settle(theirs)
            post.settle(link)

    assert {workstation for workstation, _reason in alarms(centre)} == {post.id}
    kept = held(centre, ledger.evidence.c.request)
    assert kept
    assert all(kept)


def test_the_second_machine_goes_on_under_a_new_name_and_nothing_of_it_is_lost(
    centre: CentreHere, post: Workstation, link: Direct, tmp_path: Path
) -> None:
    post.record("AALTO")
    post.settle(link)
    copy = second_machine(post, tmp_path)
    for name in ("OURS", "OURS TOO"):
        post.record(name)
        post.settle(link)
    copy.record("THEIRS")
    assert copy.settle(Direct(centre, copy.device)).trouble is Trouble.RE_ENROL
    copy.close()
    copy.folder.device_key.unlink()

    with closing(Workstation(copy.folder, centre.enrol(copy.folder))) as renamed:
        renamed.settle(Direct(centre, renamed.device))
        post.settle(link)

        assert renamed.id != post.id
        assert is_whole(centre, renamed)
        assert is_whole(centre, post)
        assert alarms(centre) == {(post.id, Reason.WRONG_RATCHET)}


# clock dead or wrong


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        (lambda: datetime(1980, 1, 1, tzinfo=UTC), ClockState.DRIFT),
        (lambda: datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC), ClockState.DRIFT),
        (lambda: datetime.now(UTC) - timedelta(hours=1), ClockState.DRIFT),
        (lambda: datetime.now(UTC) + timedelta(hours=1), ClockState.DRIFT),
        (lambda: datetime.now(UTC), ClockState.TRUSTED),
    ],
    ids=["dead", "2038", "an hour behind", "an hour ahead", "right"],
)
def test_a_clock_keeps_nobody_away_and_is_in_every_entry(
    centre: CentreHere, tmp_path: Path, clock: Callable[[], datetime], state: ClockState
) -> None:
    now = clock().replace(microsecond=0)
    folder = Folder(tmp_path / "workstation")
    with closing(Workstation(folder, centre.enrol(folder))) as post:
        link = Direct(centre, post.device)
        post.close()
        post.clock = Clock(lambda: now)
        post.kill()
        link.device = post.device
        post.contact(link)  # it hears the time
        post.record("AALTO")

        outcome = post.settle(link)

        assert outcome.waiting == 0
        assert is_whole(centre, post)
        said = decode(post.entries()[-1].body or b"")
        assert said.clock.state is state
        assert said.clock.last_server_time is not None
        assert alarms(centre) == set()
