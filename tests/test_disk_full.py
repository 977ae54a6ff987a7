"""A disk without room is one sentence to the officer; nothing is lost, with room all goes on."""

from collections.abc import Iterator
from errno import ENOSPC
from pathlib import Path

import pytest

from checkpoint_client.store import engine
from tests.centre import RunningCentre
from tests.failpoints import starting
from tests.kills import Place
from ui.main import Troubles
from ui.words import Words

ROUGHLY = 1


@pytest.fixture
def place(tmp_path: Path, sqlite_centre: RunningCentre) -> Iterator[Place]:
    with starting(tmp_path) as starter:
        yield Place(sqlite_centre, starter, tmp_path)


def test_without_room_at_every_step_the_officer_is_told_and_nothing_is_lost(place: Place) -> None:
    life = place.life()

    steps = life.without_room(ROUGHLY)

    assert steps > 25
    assert len(life.told) >= steps / 2  # where it is the screen's own work; notes go without a word
    verdict = place.judged(life)
    assert verdict.is_good, verdict


@pytest.mark.parametrize(
    "error",
    [
        engine.DiskFull(),
        engine.DiskFailed(),
        engine.InUse(),
        engine.OutOfReach(),
        OSError(ENOSPC, "No space left on device"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.usefixtures("qapp")
def test_what_is_wrong_with_the_disk_is_told_as_it_is(error: Exception) -> None:
    troubles = Troubles(Words())

    said = troubles.sentence(error)

    assert said
    assert "damaged" not in said
    assert "IT staff" not in said
