"""`checkpoint-server init`, ended at every step and simply run again."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sync.server.keys import CentreFolder, NotReady
from sync.server.ledger import Ledger
from sync.server.main import main
from tests.booth import Booth, Line, check
from tests.centre import RunningCentre, serving

STEPS = frozenset({"os.mkdir", "os.rename", "sqlite3.connect"})
KILLED = 9


def killed_at(step: int, arguments: list[str]) -> int:
    """Run it in a process that ends, without a word, before that step; how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = step

    def count(event: str, _arguments: object) -> None:
        nonlocal left
        if event in STEPS:
            left -= 1
            if left < 0:
                os._exit(KILLED)

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.addaudithook(count)
    os._exit(main(arguments))


def test_ended_at_every_step_it_is_simply_run_again(tmp_path: Path) -> None:
    """In one folder: each attempt begins with what the last one left, and comes a step further."""
    arguments = ["init", "--data", str(tmp_path), "--tls", "localhost"]
    centre = CentreFolder(tmp_path)
    step = 0
    while killed_at(step, arguments) == KILLED and not (tmp_path / "centre.json").exists():
        with pytest.raises(NotReady, match="holds no centre"):
            centre.deployment()  # what `serve` asks first
        step += 1

    assert step > 15
    assert centre.keys().certificate
    with closing(Ledger(centre.database)) as book:
        book.check()


def test_what_was_begun_on_postgresql_serves_after_the_second_attempt(
    tmp_path: Path, new_database: Callable[[], str | None]
) -> None:
    folder = tmp_path / "centre"
    database = new_database()
    arguments = ["init", "--data", str(folder), *(["--database", database] if database else [])]
    address = database or f"sqlite:///{folder / 'ledger.db'}"
    for step in (3, 9, 15):
        assert killed_at(step, arguments) == KILLED
    with closing(Ledger(address)) as book:
        assert book.is_untouched()

    assert main(arguments) == 0

    with serving(RunningCentre(folder)) as centre:
        line = Line(Booth(centre.provisioning()), centre.url)
        line.enrol()
        line.booth.write(check())
        assert line.send(line.booth.contact()).held == 1


def test_another_folder_does_not_take_over_the_tables_of_a_centre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = f"sqlite:///{tmp_path / 'shared.db'}"
    assert main(["init", "--data", str(tmp_path / "one"), "--database", database]) == 0

    for _ in range(2):
        assert main(["init", "--data", str(tmp_path / "two"), "--database", database]) == 2

        assert "holds a ledger already" in capsys.readouterr().err
