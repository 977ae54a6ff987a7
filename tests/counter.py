"""An officer at his screen: a real session on the store's own thread, and the keys he presses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.desk.session import SignedIn
from checkpoint_client.documents.formats import MrzFormat
from checkpoint_client.documents.writer import MrzFields, write
from checkpoint_client.journal.body import decode as decode_body
from checkpoint_client.journal.body import unpack
from checkpoint_client.records import Record
from checkpoint_client.records.codes import Role
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist import Alert
from tests.post import Post, entries_of, put_list
from ui.words import Words
from ui.work import Work

T = TypeVar("T")

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


@dataclass
class Counter:
    """What a screen is built with, and a way to ask the store what it holds."""

    qtbot: QtBot
    post: Post
    work: Work
    session: SignedIn
    words: Words

    def ask(self, job: Callable[[], T]) -> T:
        """Do a job on the store's thread, after all that was asked before, and wait for it."""
        answers: list[T] = []
        errors: list[BaseException] = []
        self.work.run(job, answers.append, errors.append)
        self.qtbot.waitUntil(lambda: bool(answers or errors))
        if errors:
            raise errors[0]
        return answers[0]

    def records(self, kind: type[T]) -> list[T]:
        """The records of a kind in the journal, the oldest first."""
        return [each for each in self.ask(self._recorded) if isinstance(each, kind)]

    def put_list(self, *alerts: Alert) -> None:
        self.ask(lambda: put_list(self.session, *alerts))

    def show(self, screen: QWidget) -> None:
        """Put a screen before the officer, as large as a small laptop's."""
        self.qtbot.addWidget(screen)
        screen.resize(1080, 700)
        with self.qtbot.waitActive(screen):
            screen.show()
        self.ask(lambda: None)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Strike a key where the cursor is, and let what it asks for be done."""
        QTest.keyClick(self.focused(), key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)

    def settle(self) -> None:
        """Wait until all is answered, and what the answers led to."""
        for _ in range(4):
            self.ask(lambda: None)
            self.qtbot.waitUntil(lambda: self.work.is_idle)

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def _recorded(self) -> list[Record]:
        bodies = [decode_body(each.body) for each in entries_of(self.session.store) if each.body]
        return [unpack(each) for each in bodies]


@contextmanager
def at_the_counter(qtbot: QtBot, post: Post, role: Role) -> Iterator[Counter]:
    """A session that begins and ends on the store's thread. A job that fails fails the test."""
    work = Work()
    begun: list[SignedIn] = []
    failures: list[BaseException] = []
    work.failed.connect(failures.append)
    work.run(lambda: post.sign_in(role), begun.append)
    qtbot.waitUntil(lambda: bool(begun))
    session = begun[0]
    counter = Counter(qtbot, post, work.session(), session, Words())
    try:
        yield counter
    finally:
        left: list[Any] = []
        counter.work.end()
        work.run(lambda: post.leave(counter.session), left.append)
        qtbot.waitUntil(lambda: bool(left) or bool(failures))
        work.close()
    assert failures == []


def zone(**changes: Any) -> str:
    """A passport of Anna Maria Eriksson of Utopia, as a document reader sends it."""
    fields: dict[str, Any] = {
        "format": MrzFormat.TD3,
        "document_code": "P",
        "issuing_state": "UTO",
        "number": "L898902C3",
        "nationality": "UTO",
        "birth_date": PartialDate(1974, 8, 12),
        "expiry_date": PartialDate(2032, 4, 15),
        "sex": "F",
        "primary_identifier": "ERIKSSON",
        "secondary_identifier": "ANNA MARIA",
    }
    return "\n".join(write(MrzFields(**fields | changes)))


def visa(**changes: Any) -> str:
    """A visa in that passport."""
    return zone(format=MrzFormat.MRV_A, document_code="V", number="V1234567", **changes)


def other_person(**changes: Any) -> str:
    """The passport of Ivan Testov."""
    fields: dict[str, Any] = {
        "number": "AB1234567",
        "birth_date": PartialDate(1990, 1, 2),
        "sex": "M",
        "primary_identifier": "TESTOV",
        "secondary_identifier": "IVAN",
    }
    return zone(**fields | changes)
