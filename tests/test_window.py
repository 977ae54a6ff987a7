"""The window: what a role may do, locking, the key map, and how the post stands."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from checkpoint_client.desk.workstation import LineState, Status
from checkpoint_client.records import ListConsulted
from checkpoint_client.records.codes import ClockState, ListState, Role
from tests.post import NOON, Post, a_draft
from tests.premises import Premises, at_work
from ui.first_line import FirstLineScreen
from ui.log import LogScreen
from ui.review import ReviewScreen
from ui.status_line import StatusLine
from ui.words import Words

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def premises(qtbot: QtBot, post: Post) -> Iterator[Premises]:
    with at_work(qtbot, post) as premises:
        yield premises


def places(premises: Premises) -> list[str]:
    return [each.accessibleName() for each in premises.window.rail.buttons()]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.OFFICER, ["First line", "Log"]),
        (Role.SECOND_LINE, ["First line", "Second line", "Hits", "Log"]),
        (
            Role.SUPERVISOR,
            ["First line", "Second line", "Hits", "Log", "Review", "Lists", "Officers"],
        ),
        (Role.AUDITOR, ["Log"]),
        (Role.IT_ADMINISTRATOR, ["Lists"]),
    ],
)
def test_each_role_sees_the_places_that_its_powers_open(
    premises: Premises, role: Role, expected: list[str]
) -> None:
    premises.sign_in(role)

    assert places(premises) == expected


def test_the_header_says_who_works_here(premises: Premises) -> None:
    premises.sign_in(Role.SUPERVISOR)

    header = premises.window.header
    assert header.officer.text() == "S-0007"
    assert header.role.text() == "Shift supervisor"
    assert header.post.text() == "OSH-01 · lane 3"
    assert (header.day.text(), header.time.text()) == ("24.11.2026", "12:00")


def test_a_key_goes_to_each_place(premises: Premises) -> None:
    premises.sign_in(Role.SUPERVISOR)

    premises.press(Qt.Key.Key_4, CTRL)
    assert isinstance(premises.window.stack.currentWidget(), LogScreen)

    premises.press(Qt.Key.Key_5, CTRL)

    assert isinstance(premises.window.stack.currentWidget(), ReviewScreen)
    assert premises.window.rail.buttons()[4].isChecked()


def test_the_cursor_is_where_it_was_when_one_comes_back_to_a_place(premises: Premises) -> None:
    premises.sign_in(Role.SUPERVISOR)
    premises.press(Qt.Key.Key_4, CTRL)
    log = premises.window.screen_of(LogScreen)
    assert isinstance(log, LogScreen)
    log.order.setFocus()

    premises.press(Qt.Key.Key_5, CTRL)
    premises.press(Qt.Key.Key_4, CTRL)

    assert log.order.hasFocus()


def test_locking_wipes_the_key_and_shows_the_sign_in_page(premises: Premises) -> None:
    premises.sign_in(Role.OFFICER)
    session = premises.window.session
    assert session is not None

    premises.press(Qt.Key.Key_L, CTRL)

    assert not any(session.unlocked.database_key)
    assert premises.window.session is None
    assert premises.window.entrance.passphrase.hasFocus()
    assert premises.post.spooled


def test_what_is_half_typed_comes_back_after_locking(premises: Premises) -> None:
    premises.sign_in(Role.OFFICER)
    screen = premises.window.screen_of(FirstLineScreen)
    assert isinstance(screen, FirstLineScreen)
    screen.form.form.field("primary_identifier").editor.setFocus()
    premises.type("ERIKS")
    premises.press(Qt.Key.Key_L, CTRL)

    premises.sign_in(Role.OFFICER)

    screen = premises.window.screen_of(FirstLineScreen)
    assert isinstance(screen, FirstLineScreen)
    assert screen.form.draft().primary_identifier == "ERIKS"


def test_nobody_else_sees_what_is_half_typed(premises: Premises) -> None:
    premises.sign_in(Role.OFFICER)
    screen = premises.window.screen_of(FirstLineScreen)
    assert isinstance(screen, FirstLineScreen)
    screen.form.form.field("primary_identifier").editor.setFocus()
    premises.type("ERIKS")
    premises.press(Qt.Key.Key_L, CTRL)

    premises.sign_in(Role.SUPERVISOR)

    screen = premises.window.screen_of(FirstLineScreen)
    assert isinstance(screen, FirstLineScreen)
    assert not screen.form.draft().has_traveller()


def test_the_window_locks_when_nobody_touches_it(premises: Premises) -> None:
    premises.sign_in(Role.OFFICER)
    premises.window.idle.setInterval(20)

    premises.press(Qt.Key.Key_Shift)

    premises.qtbot.waitUntil(lambda: premises.window.session is None)


def test_closing_the_window_ends_the_session(premises: Premises) -> None:
    premises.sign_in(Role.OFFICER)
    session = premises.window.session
    assert session is not None

    premises.window.close()
    premises.settle()

    assert not any(session.unlocked.database_key)


def test_the_key_map_lists_the_keys_of_the_place_and_holds_nothing_up(premises: Premises) -> None:
    premises.sign_in(Role.OFFICER)
    premises.press(Qt.Key.Key_F1)
    words = {label.text() for label in premises.window.keys.findChildren(QLabel)}
    assert {"F9", "Admit", "Ctrl+L", "Lock", "F1"} <= words

    premises.type("E")
    premises.press(Qt.Key.Key_F1)

    assert premises.window.keys.isHidden()


def test_a_document_read_at_the_log_is_shown_at_the_first_line(premises: Premises) -> None:
    premises.sign_in(Role.SUPERVISOR)
    premises.press(Qt.Key.Key_4, CTRL)
    first_line = premises.window.screen_of(FirstLineScreen)
    assert first_line is not None

    premises.window.show_screen(first_line)

    assert premises.window.stack.currentWidget() is first_line


def test_trouble_stands_in_the_window_until_it_is_put_away(premises: Premises) -> None:
    premises.window.trouble.tell("The disk is full.")
    assert premises.window.trouble.isVisible()

    premises.press(Qt.Key.Key_W, CTRL)

    assert premises.window.trouble.isHidden()


@pytest.fixture
def status(qtbot: QtBot) -> StatusLine:
    status = StatusLine(Words(), "0.1.0")
    qtbot.addWidget(status)
    return status


def test_the_line_says_since_when_it_is_gone_and_what_waits(status: StatusLine) -> None:
    since = (NOON - timedelta(days=400)).replace(hour=14, minute=10)
    status.show_line(LineState(online=False, since=since, waiting=37))

    assert status.line.words.text().startswith("Offline since 20.10.2025 14:10 · 37 check")


def test_a_line_that_is_there_says_so(status: StatusLine) -> None:
    status.show_line(LineState(online=True, since=NOON, waiting=0))

    assert status.line.words.text() == "Online"


def test_trouble_with_the_line_is_told_in_words(status: StatusLine) -> None:
    status.show_line(LineState(online=True, since=NOON, waiting=2, problem="forked"))

    assert "the centre holds another journal" in status.line.words.text()


def test_every_list_shows_its_age_the_worst_first(status: StatusLine) -> None:
    fresh = ListConsulted(list_id="watchlist", version=3, age_hours=2, state=ListState.FRESH)
    old = ListConsulted(list_id="plates", version=1, age_hours=72, state=ListState.OLD)

    status.show_status(Status(waiting=0, lists=(fresh, old), clock=ClockState.TRUSTED))

    words = Words()
    assert status.lists.words.text() == f"plates: {words.age(72)} · Watch-list: {words.age(2)}"
    assert status.lists.property("tone") == "attention"


def test_the_count_of_what_waits_is_of_checks(premises: Premises) -> None:
    premises.sign_in(Role.OFFICER)
    session = premises.window.session
    assert session is not None
    premises.work.submit(lambda: session.first_line.admit(a_draft())).result()

    waiting = premises.work.submit(lambda: session.workstation.status().waiting).result()

    assert waiting == 1
