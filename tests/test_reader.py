"""Document readers type like a keyboard: a burst is a document, everything else stays typing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.records.codes import DocumentSource
from ui.keys import POSITIONS
from ui.reader import Reader

PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
CODES = {character: code for code, character in POSITIONS.items() if code < 0x40}
RUSSIAN = dict(
    zip(
        "QWERTYUIOPASDFGHJKLZXCVBNM",
        "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ",
        strict=True,
    )
) | {"<": "Б"}
KAZAKH = RUSSIAN | dict(zip("1234567890", '"ӘІҢҒ,.ҮҰҚ', strict=True))
SHIFT, NOTHING = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
LINE_KEYS = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}


class Booth(QWidget):
    """A field and a button that Return would press."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.pressed: list[str] = []
        self.button = QPushButton("Admit")
        self.button.clicked.connect(lambda: self.pressed.append("button"))
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        QShortcut(Qt.Key.Key_Return, self, lambda: self.pressed.append("return"))


class Keyboard:
    """Strikes keys with a given pause, in a layout, and carries the system's time stamps."""

    def __init__(self) -> None:
        self.now = 1_000_000

    def type(self, text: str, *, pause_ms: int, layout: dict[str, str] | None = None) -> None:
        for character in text:
            typed = (layout or {}).get(character, character)
            is_shifted = character.isalpha() or character == "<"
            scan_code = 0x33 if character == "<" else CODES.get(character, 0)
            key = LINE_KEYS.get(character) or Qt.Key(ord(typed))
            self.now += pause_ms
            self.strike(key, typed, scan_code, SHIFT if is_shifted else NOTHING)

    def strike(
        self,
        key: Qt.Key,
        typed: str = "",
        scan_code: int = 0,
        modifiers: Qt.KeyboardModifier = NOTHING,
    ) -> None:
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, scan_code + 8, 0, 0, typed)
            event.setTimestamp(self.now)
            receiver = QApplication.focusWidget()
            assert receiver is not None
            QApplication.sendEvent(receiver, event)


@pytest.fixture
def booth(qtbot: QtBot) -> Booth:
    booth = Booth()
    qtbot.addWidget(booth)
    with qtbot.waitActive(booth):
        booth.show()
    booth.field.setFocus()
    return booth


@pytest.fixture
def reader(booth: Booth) -> Iterator[Reader]:
    reader = Reader(platform="xcb", parent=booth)
    reader.start()
    yield reader
    reader.stop()


@pytest.fixture
def documents(reader: Reader) -> list[tuple[str, DocumentSource]]:
    read: list[tuple[str, DocumentSource]] = []
    reader.document_read.connect(lambda text, source: read.append((text, source)))
    return read


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.mark.parametrize("line_end", ["\r", "\t"])
@pytest.mark.parametrize("lines", [PASSPORT, CARD])
def test_a_burst_is_a_document_and_touches_no_field(
    booth: Booth,
    documents: list[tuple[str, DocumentSource]],
    keyboard: Keyboard,
    lines: tuple[str, ...],
    line_end: str,
) -> None:
    keyboard.type(line_end.join(lines) + line_end, pause_ms=4)

    assert documents == [("\n".join(lines), DocumentSource.READER)]
    assert booth.field.text() == ""
    assert booth.pressed == []


@pytest.mark.parametrize("layout", [RUSSIAN, KAZAKH])
def test_a_cyrillic_layout_does_not_corrupt_a_document(
    documents: list[tuple[str, DocumentSource]], keyboard: Keyboard, layout: dict[str, str]
) -> None:
    keyboard.type("\r".join(PASSPORT) + "\r", pause_ms=4, layout=layout)

    assert documents == [("\n".join(PASSPORT), DocumentSource.READER)]


def test_a_document_in_one_piece_ends_with_a_pause(
    qtbot: QtBot, documents: list[tuple[str, DocumentSource]], keyboard: Keyboard
) -> None:
    keyboard.type("".join(CARD), pause_ms=4)

    qtbot.waitUntil(lambda: documents == [("\n".join(CARD), DocumentSource.READER)])


def test_a_hesitating_reader_is_still_one_burst(
    documents: list[tuple[str, DocumentSource]], keyboard: Keyboard
) -> None:
    keyboard.type(PASSPORT[0][:10], pause_ms=4)
    keyboard.type(PASSPORT[0][10], pause_ms=120)
    keyboard.type(PASSPORT[0][11:] + "\r" + PASSPORT[1], pause_ms=4)

    assert [text for text, _ in documents] == ["\n".join(PASSPORT)]


def test_a_damaged_reading_is_handed_over_and_not_typed_into_a_field(
    qtbot: QtBot, booth: Booth, documents: list[tuple[str, DocumentSource]], keyboard: Keyboard
) -> None:
    damaged = PASSPORT[0][:-1] + "\r" + PASSPORT[1]

    keyboard.type(damaged, pause_ms=4)

    qtbot.waitUntil(lambda: [text for text, _ in documents] == [damaged.replace("\r", "\n")])
    assert booth.field.text() == ""


def test_fast_typing_goes_to_the_field(
    qtbot: QtBot, booth: Booth, documents: list[tuple[str, DocumentSource]], keyboard: Keyboard
) -> None:
    keyboard.type("IVANOVA", pause_ms=20)

    qtbot.waitUntil(lambda: booth.field.text() == "IVANOVA")
    assert documents == []


def test_unhurried_typing_of_a_document_goes_to_the_field(
    qtbot: QtBot, booth: Booth, documents: list[tuple[str, DocumentSource]], keyboard: Keyboard
) -> None:
    keyboard.type(PASSPORT[0], pause_ms=160)

    qtbot.waitUntil(lambda: booth.field.text() == PASSPORT[0])
    assert documents == []


def test_a_name_and_return_reach_the_field_in_order(
    booth: Booth, documents: list[tuple[str, DocumentSource]], keyboard: Keyboard
) -> None:
    keyboard.type("PETROV\r", pause_ms=8)

    assert booth.field.text() == "PETROV"
    assert booth.pressed == ["return"]
    assert documents == []


def test_return_long_after_a_document_is_a_key_again(
    booth: Booth, documents: list[tuple[str, DocumentSource]], keyboard: Keyboard
) -> None:
    keyboard.type("\r".join(PASSPORT) + "\r", pause_ms=4)

    keyboard.type("\r", pause_ms=900)

    assert len(documents) == 1
    assert booth.pressed == ["return"]


def test_a_configured_prefix_makes_even_a_slow_reader_sure(
    booth: Booth, keyboard: Keyboard
) -> None:
    reader = Reader("~~", platform="xcb", parent=booth)
    read: list[str] = []
    reader.document_read.connect(lambda text, _source: read.append(text))
    reader.start()

    keyboard.type("~~", pause_ms=5)
    keyboard.type("\r".join(PASSPORT) + "\r", pause_ms=90)
    reader.stop()

    assert read == ["\n".join(PASSPORT)]
    assert booth.field.text() == ""


def test_a_pasted_document_is_taken_wherever_the_cursor_is(
    booth: Booth, documents: list[tuple[str, DocumentSource]]
) -> None:
    QGuiApplication.clipboard().setText("\r\n".join(PASSPORT))

    QTest.keyClick(booth.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert documents == [("\n".join(PASSPORT), DocumentSource.PASTED)]
    assert booth.field.text() == ""


def test_other_text_is_pasted_as_always(
    booth: Booth, documents: list[tuple[str, DocumentSource]]
) -> None:
    QGuiApplication.clipboard().setText("Almaty")

    QTest.keyClick(booth.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert booth.field.text() == "Almaty"
    assert documents == []


def test_a_reader_set_to_a_function_key_is_known_by_it(booth: Booth, keyboard: Keyboard) -> None:
    reader = Reader("F13", platform="xcb", parent=booth)
    read: list[str] = []
    reader.document_read.connect(lambda text, _source: read.append(text))
    reader.start()

    keyboard.strike(Qt.Key.Key_F13)
    keyboard.type("\r".join(PASSPORT) + "\r", pause_ms=4)
    reader.stop()

    assert read == ["\n".join(PASSPORT)]
