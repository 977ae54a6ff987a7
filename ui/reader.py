"""Document readers that type: a burst of keys is taken as a document, whatever has the focus."""

from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from checkpoint_client.documents import mrz
from checkpoint_client.documents.formats import LAYOUTS
from checkpoint_client.records.codes import DocumentSource
from ui.keys import placed

QUICK_MS = 35  # no hand strikes two keys faster for long
PAUSE_MS = 150  # a loaded machine delivers the keys of one burst with such gaps
SURELY_KEYS = 6  # that many quick keys are no hand
DELIVERY_MS = 10  # a key struck in time may still be on its way to us
PREFIX_MS = 1000  # after a prefix the document follows, however slow the reader

FIRST_LETTERS = frozenset("".join(layout.first_letters for layout in LAYOUTS.values()))
SHAPES = frozenset(layout.shape for layout in LAYOUTS.values())
LIKELY_LENGTH = 20  # so much of a document, fillers included, is no name that somebody types

START, END = "\x02", "\x03"
LINE_ENDS = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}
CONTROLS = {Qt.Key.Key_B: START, Qt.Key.Key_C: END, Qt.Key.Key_J: "\n", Qt.Key.Key_M: "\r"}
MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)


@dataclass(frozen=True, slots=True)
class _Key:
    """One key held back: its event, the character it types and the one its place would type."""

    event: QKeyEvent
    typed: str
    placed: str


class Reader(QObject):
    """Watches all keys of the program for bursts of a document reader, and for pasted documents.

    A burst is swallowed whole, line ends included, so that none presses a button or moves the
    cursor. What turns out to be no document goes to the focused field as it was typed. Keys are
    read by their place on the keyboard where their characters make no document: readers send the
    keys of a US keyboard, which a Russian or Kazakh layout turns into other letters.

    `prefix` is what the reader is set to send first: characters, or a key such as "F13".
    """

    document_read = Signal(str, DocumentSource)

    def __init__(
        self, prefix: str = "", *, platform: str = "", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._prefix = prefix
        self._prefix_key = _named_key(prefix)
        self._platform = platform
        self._held: list[_Key] = []
        self._swallowed: set[int] = set()
        self._is_sure = False
        self._is_behind = False
        self._is_giving_back = False
        self._last = 0.0
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self._end)

    def start(self) -> None:
        """Watch the keys of the whole program."""
        if (application := QApplication.instance()) is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """Let all keys through again."""
        if (application := QApplication.instance()) is not None:
            application.removeEventFilter(self)
        self._give_back()

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        if self._is_giving_back or not isinstance(event, QKeyEvent):
            return False
        if receiver is not _focused():
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._override(event)
        if event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        return self._release(event)

    def _override(self, event: QKeyEvent) -> bool:
        """While a burst runs its keys are no shortcuts, and neither are the line ends behind it."""
        is_trailing = self._is_trailing(event, self._now(event) - self._last)
        if not is_trailing and not (self._held and self._belongs(event)):
            return False
        event.accept()
        return True

    def _release(self, event: QKeyEvent) -> bool:
        if event.key() not in self._swallowed:
            return False
        self._swallowed.discard(event.key())
        return True

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in MODIFIERS:
            return False
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._paste()
        now = self._now(event)
        gap, self._last = now - self._last, now
        if self._is_trailing(event, gap):
            return self._swallow(event)
        self._is_behind = False
        if self._held and gap > self._patience():
            self._end()
        if not self._belongs(event):
            self._give_back()
            return False
        return self._take(event)

    def _take(self, event: QKeyEvent) -> bool:
        key = _Key(event.clone(), _typed(event), self._placed(event))
        if not self._held and not self._begins(key):
            return False
        self._held.append(key)
        self._swallow(event)
        if self._text().endswith(END) or self._is_whole():
            self._end()
        elif self._is_hopeless():
            self._give_back()
        elif len(self._held) >= SURELY_KEYS:
            self._is_sure = True
        if self._held:
            self._quiet.start(self._patience() + DELIVERY_MS)
        return True

    def _begins(self, key: _Key) -> bool:
        if self._is_prefix(key):
            return True
        letters = {key.typed.upper(), key.placed}
        return bool(letters & FIRST_LETTERS) or key.typed == START

    def _is_prefix(self, key: _Key) -> bool:
        if self._prefix_key is not None:
            return key.event.key() == self._prefix_key
        return bool(self._prefix) and key.typed == self._prefix[0]

    def _has_prefix(self) -> bool:
        if not self._prefix or not self._held:
            return False
        if self._prefix_key is not None:
            return self._held[0].event.key() == self._prefix_key
        return "".join(key.typed for key in self._held).startswith(self._prefix)

    def _patience(self) -> int:
        """How long the next key may take, in milliseconds."""
        if self._is_sure:
            return PAUSE_MS
        return PREFIX_MS if self._has_prefix() else QUICK_MS

    def _belongs(self, event: QKeyEvent) -> bool:
        """Whether a reader may send this key at all."""
        if event.isAutoRepeat():
            return False
        if self._prefix_key is not None and event.key() == self._prefix_key:
            return True
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control:
            return event.key() in CONTROLS and (bool(self._held) or event.key() == Qt.Key.Key_B)
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
            return False
        return bool(_typed(event).strip(" ")) or self._is_line_end(event)

    def _is_line_end(self, event: QKeyEvent) -> bool:
        return event.key() in LINE_ENDS or _typed(event) in ("\r", "\n", "\t", END)

    def _is_hopeless(self) -> bool:
        """Whether no document can begin like this: a line that ends far too early."""
        if self._has_prefix():
            return False
        text = self._text().lstrip(START)
        return text[-1:] in ("\r", "\n", "\t") and not _is_likely(text)

    def _is_whole(self) -> bool:
        """Whether the last line is complete. A document in one piece ends with a pause instead: 72
        of its characters may be two lines of 36, or the beginning of three lines of 30.
        """
        text = self._text()
        has_line_ends = any(end in text for end in "\r\n\t")
        return has_line_ends and tuple(len(line) for line in mrz.clean(text)) in SHAPES

    def _end(self) -> None:
        """The burst is over: a document, or keys that somebody typed."""
        if not self._held:
            return
        text = self._text().strip(START + END)
        if not (text and self._has_prefix()) and not _is_document(text) and not _is_likely(text):
            self._give_back()
            return
        self._forget()
        self._is_behind = True
        self.document_read.emit("\n".join(mrz.clean(text)), DocumentSource.READER)

    def _give_back(self) -> None:
        """Hand the keys held so far to the focused field, as if nothing had been between."""
        held = [key.event for key in self._held]
        self._forget()
        self._is_giving_back = True
        try:
            for event in held:
                self._swallowed.discard(event.key())
                if (receiver := _focused()) is not None:
                    QApplication.sendEvent(receiver, event)
        finally:
            self._is_giving_back = False

    def _forget(self) -> None:
        self._held = []
        self._is_sure = False
        self._quiet.stop()

    def _paste(self) -> bool:
        text = QGuiApplication.clipboard().text()
        if not _is_document(text):
            return False
        self.document_read.emit("\n".join(mrz.clean(text)), DocumentSource.PASTED)
        return True

    def _swallow(self, event: QKeyEvent) -> bool:
        self._swallowed.add(event.key())
        return True

    def _is_trailing(self, event: QKeyEvent, gap: float) -> bool:
        """Whether this is a line end that a reader sends behind a document."""
        return self._is_behind and gap <= PAUSE_MS and self._is_line_end(event)

    def _now(self, event: QKeyEvent) -> float:
        """Milliseconds on the system's own time stamps, or on our clock where there are none."""
        return float(event.timestamp()) or monotonic() * 1000

    def _text(self) -> str:
        """The burst by its characters if they make a document, else by the places of the keys."""
        held = self._held[1:] if self._prefix_key is not None and self._has_prefix() else self._held
        if self._prefix_key is None and self._has_prefix():
            held = held[len(self._prefix) :]
        by_character = "".join(key.typed for key in held)
        by_place = "".join(key.placed for key in held)
        return by_place if _is_likely(by_place) and not _is_likely(by_character) else by_character

    def _placed(self, event: QKeyEvent) -> str:
        typed = _typed(event)
        return (placed(event, self._platform) or typed) if typed.isprintable() else typed


def _is_document(text: str) -> bool:
    """Whether these are the lines of a travel document, by their lengths and first letter."""
    lines = mrz.clean(text)
    shape = tuple(len(line) for line in lines)
    return shape in SHAPES and lines[0][0] in FIRST_LETTERS and "<" in "".join(lines)


def _is_likely(text: str) -> bool:
    """Whether this reads like a travel document, perhaps with a character lost."""
    text = text.lstrip(START).upper()
    return len(text) >= LIKELY_LENGTH and text[0] in FIRST_LETTERS and "<" in text


def _typed(event: QKeyEvent) -> str:
    """The character of a key: a line end, a reader's control character, or what it types."""
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return CONTROLS.get(Qt.Key(event.key()), "")
    return LINE_ENDS.get(Qt.Key(event.key()), event.text())


def _named_key(name: str) -> int | None:
    """The key that a setting names ("F13"), None where it stands for characters."""
    if len(name) < 2:
        return None
    key = QKeySequence.fromString(name)
    if key.count() != 1 or key.toString() == "":
        return None
    return next((each.value for each in Qt.Key if QKeySequence(each) == key), None)


def _focused() -> QWidget | None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    return QApplication.focusWidget() or QApplication.activeWindow()
