"""A post's exchange dies, or has no room, in the middle of its work: nobody loses anything."""

from pathlib import Path

import pytest

from tests.centre import RunningCentre
from tests.exchange_kills import Killed, live
from tests.failpoints import starting


@pytest.mark.parametrize("is_full", [False, True], ids=["killed", "without room"])
def test_whatever_step_an_exchange_ends_at_nothing_is_lost_or_doubled(
    sqlite_centre: RunningCentre, tmp_path: Path, is_full: bool
) -> None:
    with starting(tmp_path) as starter:
        killed = Killed(starter, tmp_path / "exchange", deep=1, is_full=is_full)
        verdict = live(sqlite_centre, killed, tmp_path)

    assert verdict.is_good, verdict
    assert any("disk.write_partial" in step for step in killed.met)
    assert any("fsync in disk" in step for step in killed.met)
