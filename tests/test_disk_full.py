"""A disk without room is one sentence to the officer; nothing is lost, with room all goes on."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from itertools import islice
from pathlib import Path

import pytest

from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder
from checkpoint_client.store import engine
from checkpoint_client.store.log import LogQuery
from tests.centre import RunningCentre
from tests.failpoints import starting
from tests.kills import Place
from tests.post import Post, a_draft
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


def test_on_a_disk_that_is_truly_full_what_was_recorded_stays(
    tmp_path: Path, new_workstation: Path
) -> None:
    with mounted(tmp_path / "small", size="4m") as small:
        post = Post(Folder(Path(shutil.copytree(new_workstation, small / "data"))))
        ballast = small / "ballast"
        recorded: list[str] = []
        with post.session(Role.OFFICER) as session:
            ballast.write_bytes(bytes(shutil.disk_usage(small).free - 200_000))
            with pytest.raises(engine.DiskFull):
                recorded.extend(admitted(session))
            ballast.unlink()
            recorded += islice(admitted(session), 1)

        assert len(recorded) > 1
        with post.session(Role.SUPERVISOR) as session:
            rows = session.store.search(LogQuery(limit=2_000)).rows
            assert sorted(row.id for row in rows) == sorted(recorded)
            session.administration.verify()


def admitted(session: SignedIn) -> Iterator[str]:
    """One traveller after another, without end."""
    while True:
        yield session.first_line.admit(a_draft()).value.id


@contextmanager
def mounted(path: Path, *, size: str) -> Iterator[Path]:
    """A file system of its own, so small that it gets full."""
    path.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], capture_output=True, check=False)


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
