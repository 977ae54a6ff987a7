"""The installed program's own test: it must pass here, and it must be able to fail."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from checkpoint_client.vault.errors import Damaged
from ui import self_test
from ui.self_test import Failed, SelfTest, colours_in, soak


def test_the_program_finds_itself_in_order(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    assert qtbot is not None

    assert self_test.main() == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["ok"] * 7


def test_a_step_that_does_not_hold_is_named(tmp_path: Path) -> None:
    test = SelfTest(tmp_path)

    with pytest.raises(Damaged, match="missing"):
        test.keep_records()


def test_twenty_thousand_signals_cost_no_reference_of_true(qtbot: QtBot) -> None:
    """PySide6 6.12.0 lost one with each, until the process aborted (on Python 3.11)."""
    assert qtbot is not None

    assert soak(20_000) == "20000 heard"


def test_lost_references_are_noticed_before_they_kill(qtbot: QtBot) -> None:
    assert qtbot is not None
    left = iter(range(1_000_000, 0, -1))

    with pytest.raises(Failed, match="51 references of True are gone after 51 signals"):
        soak(1_000, references=lambda: next(left))


def test_an_empty_picture_is_told_from_a_painted_one() -> None:
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)

    assert colours_in(picture) == 1
