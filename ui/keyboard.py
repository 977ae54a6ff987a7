"""Strikes keys on the focused widget, as a hand or a document reader does."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QEventLoop, QKeyCombination, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

HAND_MS = 60  # between two keys; a reader is told from a hand by this
READER_MS = 3
HEARTBEAT_MS = 10

_SHIFT, _NOTHING = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
_LINE_END = "\n"


class Late(Exception):
    """Something that was waited for did not happen in time."""


class Keyboard:
    """Every key goes to the widget that has the cursor. `typed` is all that a hand has typed."""

    def __init__(self) -> None:
        self.typed: list[str] = []
        self._now = 0
        self._heartbeat = QTimer(interval=HEARTBEAT_MS)
        self._heartbeat.start()

    def type(self, text: str) -> None:
        """Type as a hand does; a line end is the Enter key."""
        self.typed.append(text)
        for character in text:
            self._strike(character, HAND_MS)

    def burst(self, text: str) -> None:
        """Send a document as a reader does, line ends included."""
        self.typed.append(text)
        for character in text + _LINE_END:
            self._strike(character, READER_MS)

    def press(self, keys: str, *, times: int = 1) -> None:
        """Press keys that are no text: `F9`, `Ctrl+L`, `Shift+Tab`."""
        combination = _combination(keys)
        for _ in range(times):
            QTest.keyClick(focused(), combination.key(), combination.keyboardModifiers())

    def until(self, holds: Callable[[], bool], what: str, *, seconds: float = 15) -> None:
        """Let the program work until something holds. Raises `Late` with `what`."""
        end = monotonic() + seconds
        while not holds():
            if monotonic() > end:
                raise Late(f"{what}, waited {seconds:.0f} s")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            # No main loop runs that would delete what was put away.
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _strike(self, character: str, pause_ms: int) -> None:
        # Time stamps as from the system, so that nobody has to wait as long as a hand takes.
        self._now = max(self._now + pause_ms, round(monotonic() * 1000))
        is_line_end = character == _LINE_END
        key = Qt.Key.Key_Return if is_line_end else _key_of(character)
        modifiers = _SHIFT if character.isupper() or character == "<" else _NOTHING
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, 0, 0, 0, "\r" if is_line_end else character)
            event.setTimestamp(self._now)
            QApplication.sendEvent(focused(), event)


def focused() -> QWidget:
    """Where the cursor is. Raises `Late` if nothing of ours has it."""
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    if widget is None:
        raise Late("no widget has the cursor")
    return widget


def _key_of(character: str) -> Qt.Key:
    """The key of a Latin letter, digit or sign; others are known by their text alone."""
    if character.isascii():
        return Qt.Key(ord(character.upper()))
    return Qt.Key.Key_unknown


def _combination(keys: str) -> QKeyCombination:
    combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]  # not in the stubs
    return combination
