"""Ended inside SQLite's own writes or failed by the disk there, a workstation loses nothing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.centre import RunningCentre
from tests.failpoints import starting
from tests.held_calls import NOWHERE, Answer
from tests.kills import Place
from tests.power_cuts import after_a_cut, moments

SOME = frozenset({1, 30})
"""Of each kind of call these; `make kills` takes all."""

EVERY = 30
"""Of the moments round an fsync these, and of the others a tenth as many."""


def in_the_records(kind: str, number: int) -> bool:
    """What Python writes itself is cut off in `test_failpoints`."""
    return "records.db" in kind and number in SOME


def anywhere(_kind: str, number: int) -> bool:
    return number in SOME


@pytest.fixture(scope="module", autouse=True)
def _can_be_had() -> None:
    asking = [sys.executable, "-m", "tests.held_calls"]
    if subprocess.run(asking, check=False, cwd=Path(__file__).parents[1]).returncode:
        pytest.skip(NOWHERE)


@pytest.fixture
def place(tmp_path: Path, sqlite_centre: RunningCentre) -> Iterator[Place]:
    with starting(tmp_path) as starter:
        yield Place(sqlite_centre, starter, tmp_path)


def test_killed_inside_its_writes_a_workstation_loses_and_doubles_nothing(place: Place) -> None:
    life = place.life()

    killed = life.through_every_call(in_the_records, half_way=in_the_records)

    assert killed > 20
    verdict = place.judged(life)
    assert verdict.is_good, verdict


@pytest.mark.parametrize("how", [Answer.DISK_FAILS, Answer.NO_ROOM], ids=lambda how: how.name)
def test_where_a_write_fails_the_officer_is_told_and_nothing_is_lost(
    place: Place, how: Answer
) -> None:
    life = place.life()

    failed = life.failing_at_every_call(how, anywhere)

    assert failed > 50
    assert life.told
    verdict = place.judged(life)
    assert verdict.is_good, verdict


def test_whatever_a_power_cut_leaves_holds_all_that_was_shown_as_saved(
    place: Place, tmp_path: Path
) -> None:
    life, chance = place.life(), Random(1)

    opened = [
        after_a_cut(life.premises, moment, chance, tmp_path)
        for number, moment in enumerate(moments(life.premises, life.calls()))
        if number % (EVERY if moment.synced else 10 * EVERY) == 0
    ]

    assert sum(opened) > 10
