"""The log: found by any word, narrowed, opened with a reason, corrected beside the original."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.desk.log import LogRow, Show
from checkpoint_client.records import Amendment, Change, Consultation, VehicleDraft
from checkpoint_client.records.codes import (
    AmendReason,
    ConsultAction,
    ConsultReason,
    Direction,
    Role,
)
from tests.counter import Counter, at_the_counter
from tests.post import SECOND_OFFICER, Post, a_document, a_draft
from ui.log import Days, LogScreen

PEOPLE = (("ERIKSSON", "ANNA MARIA"), ("YUSUPOV", "RUSTAM"), ("САДЫКОВА", "АЙГУЛЬ"))


@pytest.fixture
def counter(qtbot: QtBot, post: Post) -> Iterator[Counter]:
    with post.session(SECOND_OFFICER) as booth:
        booth.first_line.admit(a_draft(primary_identifier="NAZAROV"))
        post.clock.forward(minutes=1)
    with at_the_counter(qtbot, post, Role.OFFICER) as counter:
        yield counter


@pytest.fixture
def screen(counter: Counter) -> LogScreen:
    for place, (surname, given) in enumerate(PEOPLE):
        draft = a_draft(
            primary_identifier=surname,
            secondary_identifier=given,
            documents=(a_document(number=f"N000{place}"),),
            vehicle=VehicleDraft(plate=f"01KG{place}ABC"),
            direction=Direction.EXIT if place else Direction.ENTRY,
        )
        counter.post.clock.forward(minutes=1)
        counter.ask(partial(counter.session.first_line.admit, draft))
    screen = LogScreen(counter.session.log, counter.work, counter.words, counter.session.powers)
    screen.days.choose(Days.ALL)
    counter.show(screen)
    counter.settle()
    screen.search.setFocus()
    return screen


def names(screen: LogScreen) -> list[str]:
    return [row.name for row in screen.list.table.records()]


def search(screen: LogScreen, counter: Counter, text: str) -> None:
    counter.type(text)
    screen.reload()
    counter.settle()


def open_first(screen: LogScreen, counter: Counter, reason: ConsultReason) -> None:
    """Enter, Enter, the reason, Enter to its note, Enter."""
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)
    screen.reasons.reason.choose(reason)
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_newest_check_is_first(screen: LogScreen) -> None:
    assert names(screen) == [
        "САДЫКОВА АЙГУЛЬ",
        "YUSUPOV RUSTAM",
        "ERIKSSON ANNA MARIA",
        "NAZAROV ANNA MARIA",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rustam", ["YUSUPOV RUSTAM"]),
        ("N0002", ["САДЫКОВА АЙГУЛЬ"]),
        ("01kg0", ["ERIKSSON ANNA MARIA"]),
        ("nobody", []),
    ],
)
def test_a_check_is_found_by_any_word(
    screen: LogScreen, counter: Counter, typed: str, found: list[str]
) -> None:
    search(screen, counter, typed)

    assert names(screen) == found


def test_typing_searches_by_itself(screen: LogScreen, counter: Counter) -> None:
    counter.type("rustam")

    counter.qtbot.waitUntil(lambda: names(screen) == ["YUSUPOV RUSTAM"])


def test_the_log_is_narrowed_by_direction(screen: LogScreen, counter: Counter) -> None:
    screen.direction.choose(Direction.ENTRY)
    counter.settle()

    assert names(screen) == ["ERIKSSON ANNA MARIA", "NAZAROV ANNA MARIA"]


def test_the_log_is_ordered_by_name(screen: LogScreen, counter: Counter) -> None:
    screen.order.setCurrentText("Name")
    counter.settle()

    assert names(screen)[0] == "ERIKSSON ANNA MARIA"


def test_only_withdrawn_checks_are_shown_when_asked_for(
    screen: LogScreen, counter: Counter
) -> None:
    counter.ask(counter.session.first_line.take_back)
    screen.state.choose(Show.WITHDRAWN)
    counter.settle()

    assert names(screen) == ["САДЫКОВА АЙГУЛЬ"]


def test_a_record_is_opened_with_a_reason_that_is_recorded(
    screen: LogScreen, counter: Counter
) -> None:
    open_first(screen, counter, ConsultReason.COMPLAINT)

    [consultation] = counter.records(Consultation)
    assert consultation.action is ConsultAction.OPENED
    assert consultation.reason is ConsultReason.COMPLAINT
    assert screen.record.pane.title.text() == "САДЫКОВА АЙГУЛЬ"
    assert "12.08.1974" in words_on(screen.record)


def test_no_record_is_opened_without_a_reason(screen: LogScreen, counter: Counter) -> None:
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)

    screen.reasons.give()
    counter.settle()

    assert counter.records(Consultation) == []
    assert screen.reasons.form.field("reason").is_wrong


def test_escape_goes_back_to_the_line_that_was_chosen(screen: LogScreen, counter: Counter) -> None:
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return)

    counter.press(Qt.Key.Key_Escape)

    row: LogRow | None = screen.list.current()
    assert row is not None
    assert row.name == "YUSUPOV RUSTAM"
    assert screen.list.hasFocus()


def test_a_correction_stands_beside_what_was_written(screen: LogScreen, counter: Counter) -> None:
    open_first(screen, counter, ConsultReason.CORRECTION)
    counter.press(Qt.Key.Key_F4)
    panel = screen.record.panel
    panel.field.choose("person.primary_identifier")
    panel.after.setText("САДИКОВА")
    panel.reason.choose(AmendReason.TYPING_ERROR)

    counter.press(Qt.Key.Key_F9)

    [amendment] = counter.records(Amendment)
    assert amendment.changes == (
        Change(field="person.primary_identifier", before="САДЫКОВА", after="САДИКОВА"),
    )
    assert "САДИКОВА   (was САДЫКОВА)" in words_on(screen.record.pane)
    assert screen.record.pane.title.text() == "САДИКОВА АЙГУЛЬ"


def test_a_code_is_corrected_by_its_label(screen: LogScreen, counter: Counter) -> None:
    open_first(screen, counter, ConsultReason.CORRECTION)
    counter.press(Qt.Key.Key_F4)
    panel = screen.record.panel
    panel.field.choose("direction")
    panel.code.choose(Direction.ENTRY.value)
    panel.reason.choose(AmendReason.TYPING_ERROR)

    counter.press(Qt.Key.Key_F9)

    [amendment] = counter.records(Amendment)
    assert amendment.changes == (Change(field="direction", before="EXIT", after="ENTRY"),)
    assert "Entry   (was Exit)" in words_on(screen.record.pane)


def test_a_correction_that_does_not_fit_is_told_beside_its_field(
    screen: LogScreen, counter: Counter
) -> None:
    open_first(screen, counter, ConsultReason.CORRECTION)
    counter.press(Qt.Key.Key_F4)
    panel = screen.record.panel
    panel.field.choose("person.birth_date")
    panel.after.setText("31.02.1974")
    panel.reason.choose(AmendReason.TYPING_ERROR)

    counter.press(Qt.Key.Key_F9)

    assert counter.records(Amendment) == []
    assert "day.month.year" in panel.form.field("after").problem.text()
    assert panel.after.hasFocus()


def test_another_officers_record_is_read_but_not_corrected(
    screen: LogScreen, counter: Counter
) -> None:
    search(screen, counter, "nazarov")

    open_first(screen, counter, ConsultReason.COMPLAINT)

    assert screen.record.pane.title.text() == "NAZAROV ANNA MARIA"
    assert not screen.record.amend.isEnabled()


def test_escape_leaves_a_half_typed_correction_standing(
    screen: LogScreen, counter: Counter
) -> None:
    open_first(screen, counter, ConsultReason.CORRECTION)
    counter.press(Qt.Key.Key_F4)
    screen.record.panel.note.setPlainText("as in the visual zone")
    counter.press(Qt.Key.Key_Escape)

    counter.press(Qt.Key.Key_F4)

    assert screen.record.panel.note.toPlainText() == "as in the visual zone"
