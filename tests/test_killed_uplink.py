"""`kill -9` while checks are recorded and sent loses none, doubles none and leaves usable files."""

from pathlib import Path
from random import Random

from tests.centre import Cluster, serving, set_up
from tests.failpoints import starting
from tests.kills import Place, Rounds

ROUNDS = 15
"""`make kills` does a thousand."""


def test_killed_at_any_moment_the_centre_has_each_check_once(
    tmp_path: Path, postgres: Cluster
) -> None:
    centre = set_up(tmp_path / "centre", database=postgres.new_database())
    with serving(centre), starting(tmp_path) as starter:
        killing = Rounds(Place(centre, starter, tmp_path), Random(9303))

        killing.go(ROUNDS)
        verdict = killing.judged()

    assert killing.unreadable == 0, starter.errors.read_text()
    assert verdict.is_good, verdict
    assert sum(name.startswith("recorded ") for name in killing.life.said) > 0
