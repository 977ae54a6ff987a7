"""The whole window of a post, with whoever signs in, and the keys that are pressed in it."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_client.records.codes import Role
from tests.post import NUMBERS, PASSPHRASE, Post
from ui.lists import Sources
from ui.main import Troubles
from ui.places import Places
from ui.window import Window
from ui.words import Words
from ui.work import Work

HAND_MS = 60


@dataclass
class Premises:
    """A window on a real workstation's folder; `bugs` are errors nobody had a sentence for."""

    qtbot: QtBot
    post: Post
    work: Work
    window: Window
    bugs: list[BaseException] = field(default_factory=list)

    def sign_in(self, role: Role) -> None:
        entrance = self.window.entrance
        self.qtbot.waitUntil(lambda: entrance.number.count() > 0)
        entrance.number.choose(NUMBERS[role])
        entrance.passphrase.setFocus()
        QTest.keyClicks(entrance.passphrase, PASSPHRASE)
        QTest.keyClick(entrance.passphrase, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.session is not None)
        self.settle()

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        """Type as a hand does: faster would be a document reader."""
        no_modifier = Qt.KeyboardModifier.NoModifier
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text, no_modifier, HAND_MS)

    def settle(self) -> None:
        """Wait until all is answered, and what the answers led to."""
        for _ in range(4):
            self.ask(lambda: None)
            self.qtbot.waitUntil(lambda: self.work.is_idle)

    def ask(self, job: Callable[[], object]) -> None:
        """Do a job on the store's thread, and wait for it."""
        answered: list[object] = []
        self.work.run(job, answered.append)
        self.qtbot.waitUntil(lambda: bool(answered))


@contextmanager
def at_work(qtbot: QtBot, post: Post) -> Iterator[Premises]:
    """The window, closed in the end as an officer closes it. An unexpected error fails the test."""
    work, words = Work(), Words()
    sources = Sources(
        look=lambda: None,
        sticks=list,
        take_stick=lambda _folder, _watch: Future(),
        read_word=lambda _folder: Future(),
        write_stick=lambda _folder, _watch: Future(),
    )
    places = Places(words, post.settings, sources, work)
    window = Window(
        post.door(),
        work,
        words,
        post.settings,
        places=places.of,
        say=Troubles(words, work).sentence,
        now=post.clock,
        version="0.1.0",
    )
    places.wanted.connect(window.show_screen)
    premises = Premises(qtbot, post, work, window)
    work.failed.connect(premises.bugs.append)
    with qtbot.waitActive(window):
        window.show()
    yield premises
    window.close()
    premises.settle()
    window.deleteLater()
    work.close()
    assert premises.bugs == []
