"""A batch is as large as the line is wide, and a fleet that comes back comes one after another."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from checkpoint_client.settings import Folder
from sync import engine
from sync.batches import AIM_SECONDS, FIRST_BYTES, LEAST_BYTES, MOST_BYTES, Batches
from sync.link import Reason
from sync.protocol import WireEntry
from sync.uplink import Pace
from tests.workstations import CentreHere, Workstation

FLEET = 100
HOUR = 3_600.0


def carrying(size: int) -> list[WireEntry]:
    half = size // 2
    return [WireEntry(n, 1, bytes(16), bytes(half), None, []) for n in (1, 2)]


def test_batches_grow_by_half_while_the_line_is_quick() -> None:
    batches = Batches()

    batches.passed(carrying(FIRST_BYTES), seconds=0.5)

    assert batches.most_bytes == FIRST_BYTES * 1.5


def test_batches_end_to_grow() -> None:
    batches = Batches()

    for _ in range(50):
        batches.passed(carrying(batches.most_bytes), seconds=0.01)

    assert batches.most_bytes == MOST_BYTES


@pytest.mark.parametrize("bytes_per_s", [500, 2_500, 20_000])
def test_a_batch_takes_about_twenty_seconds_on_a_slow_line(bytes_per_s: int) -> None:
    batches = Batches()

    for _ in range(20):
        batches.passed(carrying(batches.most_bytes), batches.most_bytes / bytes_per_s)

    assert batches.most_bytes / bytes_per_s == pytest.approx(AIM_SECONDS, rel=0.01)


def test_a_small_contact_says_nothing_of_the_line() -> None:
    batches = Batches()

    batches.passed(carrying(1_000), seconds=3.0)
    batches.passed([], seconds=3.0)

    assert batches.most_bytes == FIRST_BYTES


@pytest.mark.parametrize("reason", [Reason.TOO_LARGE, Reason.NO_ANSWER, Reason.CUT])
def test_what_did_not_pass_is_halved(reason: Reason) -> None:
    batches = Batches()

    batches.failed(carrying(100_000), reason)

    assert batches.most_bytes == 50_000


@pytest.mark.parametrize("reason", [Reason.NO_LINE, Reason.PROXY, Reason.SERVER_FAULT])
def test_where_the_size_is_not_to_blame_it_stays(reason: Reason) -> None:
    batches = Batches()

    assert not batches.failed(carrying(FIRST_BYTES), reason)
    assert batches.most_bytes == FIRST_BYTES


def test_halving_ends_with_one_entry() -> None:
    batches = Batches()
    tries = 0

    while batches.failed(carrying(batches.most_bytes), Reason.TOO_LARGE) and tries < 100:
        tries += 1
        if batches.most_bytes == LEAST_BYTES:
            break

    assert batches.most_bytes == LEAST_BYTES
    assert not batches.failed(carrying(2)[:1], Reason.TOO_LARGE), "one entry cannot be less"


def test_only_a_server_that_said_so_is_asked_again_at_once() -> None:
    batches = Batches()

    assert batches.failed(carrying(1_000), Reason.TOO_LARGE)
    assert not batches.failed(carrying(1_000), Reason.NO_ANSWER)
    assert not batches.failed(carrying(1_000), Reason.CUT)


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Workstation]:
    centre = CentreHere(tmp_path / "centre")
    folder = Folder(tmp_path / "workstation")
    with closing(centre), closing(Workstation(folder, centre.enrol(folder))) as booth:
        yield booth


@pytest.mark.parametrize(("most_bytes", "carried"), [(1, 1), (FIRST_BYTES, 10)])
def test_a_batch_carries_one_entry_at_least(
    booth: Workstation, most_bytes: int, carried: int
) -> None:
    booth.record(*(f"N{number}" for number in range(10)))

    request = engine.next_request(booth.store, booth.device, have={}, most_bytes=most_bytes)

    assert len(request.contact.entries) == carried


def callers_after(outage: float, *, seed: int) -> list[float]:
    """When each workstation calls first once the line is back, in seconds after that.

    They lost it within a minute, as they poll; nobody tells them that it is back.
    """
    chance = Random(seed)
    pace = replace(Pace(), draw=chance.uniform)
    calls = []
    for _ in range(FLEET):
        at, failures = chance.uniform(0, pace.poll), 0
        while at < outage:
            failures += 1
            at += pace.after(failures)
        calls.append(at - outage)
    return sorted(calls)


@pytest.mark.parametrize("outage", [2 * HOUR, 9 * HOUR, 72 * HOUR])
def test_a_fleet_whose_line_returns_does_not_storm(outage: float) -> None:
    for seed in range(5):
        calls = callers_after(outage, seed=seed)
        busiest = max(sum(start <= call < start + 10 for call in calls) for start in calls)

        assert busiest <= 12, f"{busiest} of {FLEET} within ten seconds"
        assert calls[FLEET // 2] <= 360, "half of the fleet is back within six minutes"
        assert calls[-1] <= Pace().longest
