"""The screen with a discreet hit and without: the same pictures, the same steps of time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_client.records.codes import DocumentSource, Role
from checkpoint_client.watchlist import Alert
from tests.counter import zone
from tests.post import Post, put_list, set_up
from tests.premises import Premises, at_work
from tests.test_discreet import discreet, somebody_else
from ui.first_line import FirstLineScreen
from ui.work import STEP_MS, Work

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def _still_cursor() -> Iterator[None]:
    flash = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(flash)


@contextmanager
def a_booth(qtbot: QtBot, post: Post, alert: Alert) -> Iterator[Premises]:
    """An officer at the window, with one alert on the list."""
    with at_work(qtbot, post) as premises:
        premises.window.resize(1366, 768)
        premises.sign_in(Role.OFFICER)
        session = premises.window.session
        assert session is not None
        premises.ask(lambda: put_list(session, alert))
        yield premises


@pytest.mark.usefixtures("_still_cursor")
def test_every_picture_on_the_way_is_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    without = the_way(qtbot, tmp_path / "without", somebody_else())
    with_hit = the_way(qtbot, tmp_path / "with", discreet())

    assert list(without) == list(with_hit)
    differing = [step for step in without if without[step] != with_hit[step]]
    assert differing == []
    assert len({picture.cacheKey() for picture in with_hit.values()}) == len(with_hit)
    assert with_hit["read"] != with_hit["admitted"], "pictures that show nothing prove nothing"


def the_way(qtbot: QtBot, folder: Path, alert: Alert) -> dict[str, QImage]:
    """What the officer sees from the document to the log, step by step."""
    post = Post(set_up(folder))
    post.settings = replace(post.settings, questions_percent=100)
    pictures = {}
    with a_booth(qtbot, post, alert) as booth:
        screen = booth.window.screen_of(FirstLineScreen)
        assert isinstance(screen, FirstLineScreen)
        screen.take_document(zone(nationality="UTO"), DocumentSource.READER)
        booth.settle()
        pictures["read"] = picture(booth)
        for step, key in (
            ("admitted", Qt.Key.Key_F9),
            ("taken back", Qt.Key.Key_F12),
            ("to be referred", Qt.Key.Key_F7),
            ("back", Qt.Key.Key_Escape),
            ("admitted again", Qt.Key.Key_F9),
        ):
            post.clock.forward(seconds=5)  # two checks of one moment have no order
            booth.press(key)
            pictures[step] = picture(booth)
        booth.press(Qt.Key.Key_2, CTRL)
        pictures["log"] = picture(booth)
    return pictures


def picture(booth: Premises) -> QImage:
    booth.settle()
    return booth.window.grab().toImage()


@pytest.mark.parametrize("pause", [0.0, 0.02], ids=["quick", "slow"])
def test_an_answer_comes_at_a_whole_step_of_time(qtbot: QtBot, pause: float) -> None:
    work = Work()
    taken: list[float] = []
    asked_at = monotonic()

    work.run_in_step(
        lambda: Event().wait(pause), lambda _waited: taken.append(monotonic() - asked_at)
    )

    qtbot.waitUntil(lambda: bool(taken))
    work.close()
    assert taken[0] * 1000 >= STEP_MS - 1
