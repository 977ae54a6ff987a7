"""`kill -9` at any moment loses no acknowledged crossing, doubles none and leaves a usable file."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

from checkpoint_client.records import BorderCheck
from checkpoint_client.records.codes import Role
from checkpoint_client.store.log import LogQuery
from tests.post import NUMBERS, PASSPHRASE, Post

ROUNDS = 20
MOST_A_ROUND = 15
LONGEST_START_S = 1.2
LINES = (ROUNDS + 2) * MOST_A_ROUND


def test_kill_at_any_moment_loses_and_doubles_nothing(post: Post, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("crossed_at,direction,primary_identifier\n" + "\n".join(lines()) + "\n")
    random = Random(9303)
    acknowledged: Counter[int] = Counter()
    ids = set[str]()

    for _ in range(ROUNDS):
        taken = killed_import(post, register, random)
        acknowledged.update(taken.keys())
        ids.update(taken.values())
    last = importing(post, register)
    said, _ = last.communicate(PASSPHRASE + "\n")
    taken = acknowledgements(said)
    acknowledged.update(taken.keys())
    ids.update(taken.values())

    assert last.returncode == 0
    assert 0 < len(ids) <= LINES
    assert set(acknowledged.values()) == {1}  # no line was taken a second time
    with post.session(Role.AUDITOR) as auditor:
        checks = [auditor.store.kept_as(BorderCheck, id) for id in ids]
        assert None not in checks
        names = [row.name for row in auditor.log.search(LogQuery(limit=10 * LINES)).rows]
        assert Counter(names) == Counter(line.rpartition(",")[2] for line in lines())
        assert auditor.administration.verify().journals == 1


def lines() -> list[str]:
    """Crossings of which every tenth says the same as the one before it."""
    numbers = [number - 1 if number % 10 == 9 else number for number in range(LINES)]
    return [f"2026-11-20T08:{number % 60:02},ENTRY,TRAVELLER {number}" for number in numbers]


def killed_import(post: Post, register: Path, random: Random) -> dict[int, str]:
    """Import until some lines are acknowledged, or for some time, then kill; what was said."""
    process = importing(post, register)
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        process.stdin.write(PASSPHRASE + "\n")
        process.stdin.flush()
        said = ""
        if random.random() < 0.3:
            wait(process, random.uniform(0, LONGEST_START_S))
        else:
            for _ in range(random.randrange(1, MOST_A_ROUND)):
                said += process.stdout.readline()
        process.kill()
        said += process.stdout.read()
    return acknowledgements(said)


def wait(process: "subprocess.Popen[str]", seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def importing(post: Post, register: Path) -> "subprocess.Popen[str]":
    command = ["import-crossings", str(register), "--data", str(post.folder.path)]
    who = ["--as", NUMBERS[Role.IT_ADMINISTRATOR], "--passphrase-stdin"]
    return subprocess.Popen(
        [sys.executable, "-m", "sync.admin.main", *command, *who],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def acknowledgements(said: str) -> dict[int, str]:
    """Line numbers and ids; a line cut off by the kill is not yet an acknowledgement."""
    whole = said[: said.rfind("\n") + 1].splitlines()
    return {int(number): id for number, id in (line.split("\t") for line in whole)}
