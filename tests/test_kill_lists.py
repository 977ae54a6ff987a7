"""`kill -9` while a list is brought or goes live leaves the old list or the new one, whole."""

import subprocess
import sys
from pathlib import Path
from random import Random
from shutil import rmtree

from tests.headquarters import Headquarters
from tests.listpost import Post, alert

ROUNDS = 8
CONSTANT = [alert(number) for number in range(1_000, 3_000)]
LONGEST_S = 1.0


def test_a_list_is_the_old_or_the_new_one_whenever_power_goes(tmp_path: Path) -> None:
    headquarters = Headquarters()
    post = Post(tmp_path / "post", headquarters)
    random = Random(2028)
    stick = tmp_path / "stick"
    outcomes = set[str]()
    publish(headquarters, 1)
    post.contact()

    for version in range(2, ROUNDS + 2):
        publish(headquarters, version)
        rmtree(stick, ignore_errors=True)
        headquarters.stick(stick)
        before = post.version()
        said = killed(post, stick, random)
        now = post.version()
        outcomes.add("old" if now == before else "new")
        assert before <= now <= version, said
        assert post.finds(1_000, 2_999) == [True, True]
        assert [n for n in range(1, version + 1) if post.finds(n) == [True]] == [now]
    finished = taking(post, stick)
    said, _ = finished.communicate()

    assert (finished.returncode, said.split()[-1]) == (0, "force")
    assert post.version() == ROUNDS + 1
    assert outcomes == {"old", "new"}


def publish(headquarters: Headquarters, version: int) -> None:
    """A list with one alert of its own, only as a whole so that it takes its time."""
    [whole, *_] = headquarters.list_files(version, [*CONSTANT, alert(version)])
    headquarters.publish("watchlist", whole)


def killed(post: Post, stick: Path, random: Random) -> str:
    """What the process said before it was killed: soon after it began, or after it brought it."""
    process = taking(post, stick)
    assert process.stdout is not None
    with process:
        said = process.stdout.readline()
        if random.random() < 0.6:
            said += process.stdout.readline()
        try:
            process.wait(random.uniform(0, LONGEST_S))
        except subprocess.TimeoutExpired:
            process.kill()
        return said


def taking(post: Post, stick: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.taking_lists", str(post.folder), str(stick)],
        stdout=subprocess.PIPE,
        text=True,
    )
