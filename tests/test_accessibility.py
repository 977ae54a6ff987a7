"""Every screen can be worked by keys alone and is read aloud by a screen reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from checkpoint_client.records import ReferralDraft
from checkpoint_client.records.codes import ReferralReason, Role
from tests.post import Post, a_draft
from tests.premises import Premises, at_work
from ui import theme
from ui.first_start import Asked, Enrolment, FirstStart
from ui.theme import KeyButton
from ui.words import Words
from ui.work import Work

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QTableView)
CTRL = Qt.KeyboardModifier.ControlModifier
PLACES = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)


@pytest.fixture
def premises(qtbot: QtBot, post: Post) -> Iterator[Premises]:
    with post.session(Role.OFFICER) as booth:
        booth.first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT))
    with at_work(qtbot, post) as premises:
        yield premises


def controls(page: QWidget) -> list[QWidget]:
    """What an officer can do something with on a page, as it is shown now."""
    found = [
        each
        for kind in CONTROLS
        for each in page.findChildren(kind)
        if each.isVisible() and each.isEnabled() and not _is_part_of_another(each)
    ]
    assert len(found) > 2
    return found


def nameless(page: QWidget) -> list[str]:
    return [
        f"{type(each).__name__} {each.objectName()}"
        for each in controls(page)
        if not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name).strip()
    ]


def unreachable(page: QWidget) -> list[str]:
    """Controls that neither Tab nor a key of their own leads to."""
    reached = set()
    widget: QWidget | None = page.window()
    for _ in range(2000):
        widget = widget.nextInFocusChain() if widget else None
        reached.add(widget)
    return [
        each.accessibleName()
        for each in controls(page)
        if not (each in reached and each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not (isinstance(each, KeyButton) and each.key)
    ]


def walked_into(premises: Premises, place: Qt.Key, *keys: Qt.Key) -> QWidget:
    premises.sign_in(Role.SUPERVISOR)
    premises.press(place, CTRL)
    for key in keys:
        premises.press(key)
    return premises.window


@pytest.mark.parametrize("place", PLACES)
def test_every_control_of_a_place_has_a_name(premises: Premises, place: Qt.Key) -> None:
    assert nameless(walked_into(premises, place)) == []


@pytest.mark.parametrize("place", PLACES)
def test_every_control_of_a_place_is_reached_by_key(premises: Premises, place: Qt.Key) -> None:
    assert unreachable(walked_into(premises, place)) == []


@pytest.mark.parametrize("place", PLACES[1:])
def test_what_enter_opens_has_names_and_is_reached_by_key(
    premises: Premises, place: Qt.Key
) -> None:
    window = walked_into(premises, place, Qt.Key.Key_Return, Qt.Key.Key_Return)

    assert (nameless(window), unreachable(window)) == ([], [])


def test_the_sign_in_page_has_names_and_is_reached_by_key(premises: Premises) -> None:
    premises.qtbot.waitUntil(lambda: premises.window.entrance.number.count() > 0)

    assert (nameless(premises.window), unreachable(premises.window)) == ([], [])


def test_the_page_of_a_new_computer_has_names_and_is_reached_by_key(qtbot: QtBot) -> None:
    def enrol(_wanted: Enrolment) -> str:
        raise AssertionError("nobody asked for it")

    def ask(_wanted: Enrolment, _folder: Path) -> Asked:
        raise AssertionError("nobody asked for it")

    work = Work()
    page = FirstStart(enrol, ask, list, work, Words())
    qtbot.addWidget(page)
    page.show()

    assert (nameless(page), unreachable(page)) == ([], [])
    page.file.setText("token")
    page.away.click()
    assert page.panel.isVisible()
    assert (nameless(page), unreachable(page)) == ([], [])
    work.close()


@pytest.mark.parametrize("place", PLACES)
def test_a_place_opens_with_the_cursor_in_it(premises: Premises, place: Qt.Key) -> None:
    walked_into(premises, place)

    focused, screen = QApplication.focusWidget(), premises.window.stack.currentWidget()
    assert focused is not None
    assert screen is not None
    assert screen.isAncestorOf(focused)


@pytest.mark.parametrize("place", PLACES)
def test_no_label_is_cut_at_double_size(
    premises: Premises, qapp: QApplication, place: Qt.Key
) -> None:
    theme.apply(qapp, font_percent=200)
    window = walked_into(premises, place)
    window.resize(1920, 1080)
    premises.settle()

    try:
        assert _cut(window) == []
    finally:
        theme.apply(qapp)


def _cut(page: QWidget) -> list[str]:
    return [
        label.text()
        for label in page.findChildren(QLabel)
        if label.isVisible()
        and label.text()
        and not label.wordWrap()
        and label.width() < label.sizeHint().width() - 1
    ]


def _is_part_of_another(widget: QWidget) -> bool:
    """The line inside a combo box, a clear button inside a line."""
    return isinstance(widget.parentWidget(), CONTROLS)
