"""Fields: Enter walks them, words stand beside what is wrong, and a wheel changes nothing."""

from enum import StrEnum

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.records import Problem
from ui.form import Choice, DateEdit, Field, Form, NoteEdit


class Fruit(StrEnum):
    APPLE = "APPLE"
    PEAR = "PEAR"
    PLUM = "PLUM"


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.form = Form(lambda problem: f"{problem.code}!")
        self.name = QLineEdit()
        self.born = DateEdit()
        self.fruit = Choice(((each, each.value.title()) for each in Fruit), none="choose")
        self.note = NoteEdit(lines=2)
        column = QVBoxLayout(self)
        for key, label, editor in (
            ("name", "&Name", self.name),
            ("born", "&Born", self.born),
            ("fruit", "&Fruit", self.fruit),
            ("note", "N&ote", self.note),
        ):
            column.addWidget(self.form.add(key, Field(label, editor)))


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.form.start()
    return page


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def test_enter_goes_to_the_next_field_and_shift_enter_back(page: Page) -> None:
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.fruit.hasFocus()

    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert page.born.hasFocus()


def test_enter_passes_by_a_field_that_is_hidden_or_closed(page: Page) -> None:
    page.form.field("born").hide()
    page.fruit.setEnabled(False)

    press(Qt.Key.Key_Return)

    assert page.note.hasFocus()


def test_enter_in_the_last_field_finishes(page: Page, qtbot: QtBot) -> None:
    page.form.remove("note")
    page.fruit.setFocus()

    with qtbot.waitSignal(page.form.finished):
        press(Qt.Key.Key_Return)


def test_enter_in_a_note_makes_a_line(page: Page) -> None:
    page.note.setFocus()

    QTest.keyClicks(page.note, "one")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(page.note, "two")

    assert page.note.toPlainText() == "one\ntwo"


def test_words_stand_beside_what_is_wrong_and_the_cursor_is_in_the_first(page: Page) -> None:
    left = page.form.show_problems(
        [Problem("fruit", "missing"), Problem("born", "not-a-date"), Problem("record", "late")]
    )

    assert page.form.field("fruit").problem.text() == "missing!"
    assert page.born.accessibleDescription() == "not-a-date!"
    assert page.born.hasFocus()
    assert left == [Problem("record", "late")]


def test_typing_takes_the_words_away(page: Page) -> None:
    page.form.show_problems([Problem("name", "missing")])

    QTest.keyClicks(page.name, "E")

    assert not page.form.field("name").is_wrong


def test_a_choice_is_made_by_typing_its_first_letters(page: Page) -> None:
    page.fruit.setFocus()

    QTest.keyClicks(page.fruit, "pl")

    assert page.fruit.code() is Fruit.PLUM


def test_what_an_officer_chooses_is_told_and_what_the_program_chooses_is_not(
    page: Page, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(page.form.edited):
        page.fruit.choose(Fruit.PEAR)
    page.fruit.setFocus()

    with qtbot.waitSignal(page.form.edited, check_params_cb=lambda name: name == "fruit"):
        press(Qt.Key.Key_Down)


def test_a_wheel_over_a_choice_changes_nothing(page: Page) -> None:
    page.fruit.choose(Fruit.APPLE)
    centre = QPointF(page.fruit.rect().center())
    turned = QWheelEvent(
        centre,
        page.fruit.mapToGlobal(centre),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(page.fruit, turned)

    assert page.fruit.code() is Fruit.APPLE


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("12081974", "12.08.1974"), ("5.3.1984", "05.03.1984"), ("1974", "1974"), ("?", "?")],
)
def test_a_date_is_tidied_when_the_cursor_leaves(page: Page, typed: str, shown: str) -> None:
    page.born.setFocus()
    QTest.keyClicks(page.born, typed)

    press(Qt.Key.Key_Return)

    assert page.born.text() == shown


def test_a_mnemonic_takes_the_cursor_to_its_field(page: Page) -> None:
    press(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)

    assert page.note.hasFocus()
