"""A fleet whose line returns, or whose centre is busy, does not call all at once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

import pytest

from sync.protocol import MOST_RETRY_SECONDS
from sync.uplink import Pace

HOUR = 3600.0


def fleet(count: int, *, seed: int) -> Iterator[Pace]:
    """The pace of each workstation; chance is drawn from the seed."""
    for number in range(count):
        yield replace(Pace(), draw=Random(f"{seed}/{number}").uniform)


def comes_at(pace: Pace, outage: float) -> float:
    """When a workstation first gets through after an outage that began at its last contact."""
    moment, failures = pace.poll, 0
    while moment < outage:
        failures += 1
        moment += pace.after(failures)
    return moment - outage


def most_within(seconds: float, moments: Iterable[float]) -> int:
    """The most that fall into one span of so many seconds, wherever it begins."""
    found = sorted(moments)
    return max(sum(start <= each < start + seconds for each in found) for start in found)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("outage", [1 * HOUR, 24 * HOUR, 240 * HOUR])
def test_workstations_whose_satellite_returns_come_one_by_one(outage: float, seed: int) -> None:
    moments = [comes_at(pace, outage) for pace in fleet(20, seed=seed)]

    assert max(moments) <= 900
    assert most_within(10, moments) <= 4


def test_a_thousand_come_a_few_in_a_second() -> None:
    moments = [comes_at(pace, 24 * HOUR) for pace in fleet(1_000, seed=1)]

    a_second = Counter(int(moment) for moment in moments)
    assert max(a_second.values()) <= 10
    assert sum(moment < 60 for moment in moments) < 200


def test_all_that_see_the_network_return_come_within_seconds_and_not_at_once() -> None:
    moments = [pace.at_return() for pace in fleet(20, seed=1)]

    assert max(moments) <= 5
    assert most_within(0.5, moments) <= 6


def test_all_that_a_busy_centre_asks_come_later_than_it_asked_and_not_at_once() -> None:
    moments = [pace.asked(120) for pace in fleet(20, seed=1)]

    assert min(moments) >= 120
    assert max(moments) <= 180
    assert most_within(5, moments) <= 5


def test_nobody_is_sent_away_for_longer_than_an_hour_and_a_half() -> None:
    assert MOST_RETRY_SECONDS == HOUR
    assert Pace().asked(10**9) <= 1.5 * HOUR
