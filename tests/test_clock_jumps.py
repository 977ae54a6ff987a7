"""Whatever clocks show, nothing is refused, and entries stay in the order they were made in."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from checkpoint_client.journal import clock as clocks
from checkpoint_client.journal.body import Body, decode
from checkpoint_client.journal.clock import Clock
from checkpoint_client.records.codes import ClockState, Role
from checkpoint_client.settings import Folder
from checkpoint_client.store.log import LogQuery
from sync.engine import confirm, next_request
from sync.enrolment import enrol, line_of
from sync.https import Line
from sync.server.centre import Centre
from sync.server.lost_documents import Register
from tests.centre import RunningCentre
from tests.post import Post, a_draft
from tests.workstations import CentreHere, Direct, Workstation

AGREES = frozenset({"right again", "right at last"})


def jumps() -> dict[str, datetime]:
    """What the clock shows, one after another; the test takes less than the tolerated minutes."""
    now = datetime.now(UTC).replace(microsecond=0)
    return {
        "an hour ahead": now + timedelta(hours=1),
        "an hour behind": now - timedelta(hours=1),
        "1980": datetime(1980, 1, 1, tzinfo=UTC),
        "right again": now,
        "the end of 32 bits": datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
        "before 1970": datetime(1969, 12, 31, 19, 0, tzinfo=UTC),
        "2106": datetime(2106, 2, 7, 6, 28, 16, tzinfo=UTC),
        "right at last": now + timedelta(minutes=1),
    }


class SetClock:
    def __init__(self) -> None:
        self.time = datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def time() -> SetClock:
    return SetClock()


@pytest.fixture
def booth(
    shared_centre: RunningCentre, tmp_path: Path, time: SetClock
) -> Iterator[tuple[Workstation, Line]]:
    """A workstation with a clock that we set, and its line to a real server."""
    provisioning = shared_centre.provisioning()
    folder = Folder(tmp_path / "workstation")
    device = enrol(provisioning, folder)
    here = Workstation(folder, device)
    restarted(here, time)
    with closing(here), closing(line_of(provisioning, device)) as line:
        yield here, line


def restarted(here: Workstation, time: SetClock, *, monotonic: float = 0.0) -> None:
    """The machine starts again, with this clock."""
    told = here.device.state.last_server_time
    here.clock = Clock(time, monotonic=lambda: monotonic, last_server_time=told)
    here.kill()


def bodies(here: Workstation) -> list[Body]:
    return [decode(entry.body or b"") for entry in here.entries()]


def held(centre: RunningCentre, here: Workstation) -> list[str]:
    return [str(each["leaf"]) for each in centre.entries("--workstation", here.id)]


def test_a_clock_that_jumps_between_contacts_keeps_the_order(
    shared_centre: RunningCentre, booth: tuple[Workstation, Line], time: SetClock
) -> None:
    here, line = booth
    shown = jumps()

    for place, (jump, then) in enumerate(shown.items()):
        time.time = then
        here.record(f"JUMP {place}")
        outcome = here.settle(line)
        here.record(f"KNOWN {place}")
        jumped, known = bodies(here)[-2:]
        assert (outcome.trouble, outcome.waiting) == (None, 0), jump
        assert (jumped.recorded_at, known.recorded_at) == (then, then)
        expected = ClockState.TRUSTED if jump in AGREES else ClockState.DRIFT
        assert known.clock.state == expected, jump
        assert known.clock.last_server_time is not None
    here.settle(line)

    assert held(shared_centre, here) == [leaf.hex() for leaf in here.leaves()]
    assert len(here.leaves()) == 2 * len(shown)


def test_a_clock_that_jumps_during_a_contact_changes_nothing(
    shared_centre: RunningCentre, booth: tuple[Workstation, Line], time: SetClock
) -> None:
    here, line = booth

    for place, then in enumerate(jumps().values()):
        here.record(f"BEFORE {place}")
        request = next_request(here.store, here.device, have={})
        time.time = then
        here.record(f"DURING {place}")
        outcome = confirm(here.store, here.device, line.contact(request.contact))
        assert outcome.trouble is None

    here.settle(line)
    assert here.waiting == 0
    assert held(shared_centre, here) == [leaf.hex() for leaf in here.leaves()]


def test_a_machine_that_starts_again_says_so_in_every_entry(
    shared_centre: RunningCentre,
    booth: tuple[Workstation, Line],
    time: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, line = booth
    boot = tmp_path / "boot_id"
    monkeypatch.setattr(clocks, "_BOOT_ID", boot)

    for start, then in enumerate(jumps().values()):
        boot.write_text(f"boot-{start}\n")
        time.time = then
        restarted(here, time, monotonic=float(start % 3))
        here.record(f"START {start}")
        here.settle(line)

    said = bodies(here)
    assert [body.clock.boot for body in said] == [f"boot-{n}" for n in range(len(jumps()))]
    assert [body.clock.monotonic_ms for body in said] == [
        n % 3 * 1_000 for n in range(len(jumps()))
    ]
    assert held(shared_centre, here) == [leaf.hex() for leaf in here.leaves()]


def test_officers_go_on_whatever_the_clock_shows(post: Post) -> None:
    recorded: list[str] = []
    zone = post.clock.time.tzinfo

    for then in jumps().values():
        post.clock.time = then.astimezone(zone)
        with post.session(Role.OFFICER) as session:
            draft = a_draft(primary_identifier=f"CLOCK{'ABCDEFGH'[len(recorded) // 2]}")
            session.first_line.keep_draft(draft)
            post.clock.time -= timedelta(hours=1)
            recorded.append(session.first_line.admit(draft).value.id)
            session.first_line.take_back()
            recorded.append(session.first_line.admit(draft).value.id)

    post.clock.time = datetime.now(zone)
    with post.session(Role.SUPERVISOR) as session:
        rows = session.store.search(LogQuery(limit=1_000)).rows
        assert {row.id for row in rows} >= set(recorded[1::2])
        positions = [session.store.position_of(id) or 0 for id in recorded]
        assert all(earlier < later for earlier, later in pairwise(positions))
        assert session.administration.verify().journals == 1


def test_a_centre_whose_clock_jumps_refuses_nothing(tmp_path: Path) -> None:
    home, time = CentreHere(tmp_path / "centre"), SetClock()
    with closing(home):
        folder = Folder(tmp_path / "workstation")
        device = home.enrol(folder)
        home.centre = Centre(
            deployment=home.deployment,
            ledger=home.ledger,
            keys=home.folder.keys(),
            shelf=home.shelf,
            documents=Register(home.folder.documents),
            now=time,
        )
        with closing(Workstation(folder, device)) as here:
            here.clock = Clock(lambda: datetime.now(UTC))
            here.kill()
            for place, then in enumerate(jumps().values()):
                time.time = then
                here.record(f"JUMP {place}")
                assert here.settle(Direct(home, device)).trouble is None
                assert here.waiting == 0
            here.record("LAST")
            assert bodies(here)[-1].clock.state is ClockState.TRUSTED
            here.settle(Direct(home, device))

            assert home.leaves(here.id) == here.leaves()
            assert home.alarms() == []
