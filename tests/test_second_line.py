"""Second line: who waits, the whole case without typing again, signed notes, the outcome."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.records import (
    Amendment,
    Consultation,
    Interview,
    InterviewDraft,
    Outcome,
    ReferralDraft,
    RefusalDraft,
)
from checkpoint_client.records.codes import (
    ConsultReason,
    InterviewType,
    OutcomeDecision,
    ReferralReason,
    RefusalGround,
    Role,
    Signing,
)
from tests.counter import Counter, at_the_counter
from tests.post import Post, a_draft, an_alert, put_list, read_hits
from ui.second_line import CaseScreen, SecondLineScreen

NOTE = "The photo looks replaced."


@pytest.fixture
def counter(qtbot: QtBot, post: Post) -> Iterator[Counter]:
    with post.session(Role.OFFICER) as booth:
        put_list(booth, an_alert("A1"))
        read_hits(booth, a_draft())
        booth.first_line.refer(
            a_draft(), ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT, note=NOTE)
        )
        post.clock.forward(minutes=12)
    with at_the_counter(qtbot, post, Role.SECOND_LINE) as counter:
        yield counter


@pytest.fixture
def screen(counter: Counter) -> SecondLineScreen:
    screen = SecondLineScreen(
        counter.session.second_line,
        counter.work,
        counter.words,
        counter.post.clock,
    )
    counter.show(screen)
    counter.settle()
    screen.queue.setFocus()
    return screen


@pytest.fixture
def case(screen: SecondLineScreen, counter: Counter) -> CaseScreen:
    counter.press(Qt.Key.Key_Return)
    assert screen.case is not None
    return screen.case


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def interview_typed(case: CaseScreen, counter: Counter) -> None:
    """Notes typed on the keyboard: one question, one answer, and all that closing asks for."""
    case.notes.language_choice.choose("ru")
    case.notes.exchanges[0].question.setFocus()
    counter.type("Where are you going?")
    counter.press(Qt.Key.Key_Return)
    counter.type("To my aunt in Osh.")
    case.notes.signing_choice.choose(Signing.SIGNED)


def test_who_waits_is_listed_with_time_and_reason(screen: SecondLineScreen) -> None:
    table = screen.queue.table
    row = [table.index(0, column).data() for column in range(table.columnCount())]

    assert row[:5] == [
        "12 min",
        "ERIKSSON ANNA MARIA",
        "12.08.1974",
        "SWE",
        "Doubt about the document",
    ]


def test_an_opened_case_shows_all_that_the_booth_recorded(
    case: CaseScreen, counter: Counter
) -> None:
    shown = words_on(case.known)

    for known in (NOTE, "ERIKSSON", "12.08.1974", "L898902C3", "Osh", "is the same as"):
        assert known in shown
    reasons = [each.reason for each in counter.records(Consultation)]
    assert reasons == [ConsultReason.SECOND_LINE]


def test_enter_in_a_question_sets_its_time_and_goes_to_the_answer(
    case: CaseScreen, counter: Counter
) -> None:
    exchange = case.notes.exchanges[0]
    exchange.question.setFocus()
    counter.type("Where are you going?")
    counter.post.clock.forward(seconds=30)

    counter.press(Qt.Key.Key_Return)

    assert exchange.draft().asked_at == counter.post.clock()
    assert counter.focused() is exchange.answer


def test_ctrl_enter_begins_the_next_question(case: CaseScreen, counter: Counter) -> None:
    interview_typed(case, counter)
    case.notes.exchanges[0].answer.setFocus()

    counter.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert len(case.notes.exchanges) == 2
    assert counter.focused() is case.notes.exchanges[1].question


def test_open_notes_are_kept_by_themselves(case: CaseScreen, counter: Counter) -> None:
    interview_typed(case, counter)
    desk, referral = counter.session.second_line, case.notes.draft()
    assert referral is not None

    def kept() -> InterviewDraft:
        return desk.open(referral.referral_id).value.draft

    counter.qtbot.waitUntil(lambda: bool(counter.ask(kept).exchanges))
    assert counter.ask(kept).exchanges[0].answer == "To my aunt in Osh."


def test_notes_are_closed_signed_and_then_only_read(case: CaseScreen, counter: Counter) -> None:
    interview_typed(case, counter)

    counter.press(Qt.Key.Key_F10)

    [interview] = counter.records(Interview)
    assert interview.interview_type is InterviewType.SECOND_LINE
    assert [each.answer for each in interview.exchanges] == ["To my aunt in Osh."]
    assert not case.notes.isVisible()
    assert "To my aunt in Osh." in words_on(case.closed)


def test_notes_that_lack_something_stay_open_and_say_what(
    case: CaseScreen, counter: Counter
) -> None:
    counter.press(Qt.Key.Key_F10)

    assert counter.records(Interview) == []
    assert case.notes.language.is_wrong
    assert counter.focused() is case.notes.language_choice


def test_closed_notes_take_an_addendum(case: CaseScreen, counter: Counter) -> None:
    interview_typed(case, counter)
    counter.press(Qt.Key.Key_F10)
    case.closed.addendum_text.setFocus()
    counter.type("The aunt confirmed by telephone.")

    counter.press(Qt.Key.Key_F10)

    assert [each.note for each in counter.records(Amendment)] == [
        "The aunt confirmed by telephone."
    ]
    assert "The aunt confirmed by telephone." in words_on(case.closed)
    assert len(counter.records(Interview)) == 1


@pytest.mark.usefixtures("case")
def test_the_outcome_goes_back_with_one_number(screen: SecondLineScreen, counter: Counter) -> None:
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_1)
    counter.press(Qt.Key.Key_F9)

    assert [each.decision for each in counter.records(Outcome)] == [OutcomeDecision.ADMIT]
    assert screen.case is None
    assert screen.queue.table.rowCount() == 0


@pytest.mark.usefixtures("case")
def test_a_refusal_names_its_grounds(counter: Counter) -> None:
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_2)
    counter.press(Qt.Key.Key_F9)
    assert counter.records(Outcome) == []

    counter.press(Qt.Key.Key_E)
    counter.press(Qt.Key.Key_F9)

    [outcome] = counter.records(Outcome)
    assert (outcome.decision, outcome.grounds) == (OutcomeDecision.REFUSE, (RefusalGround.E,))


def test_open_notes_are_closed_before_the_outcome(case: CaseScreen, counter: Counter) -> None:
    interview_typed(case, counter)
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_1)

    counter.press(Qt.Key.Key_F9)

    assert counter.records(Outcome) == []
    assert case.problem.text() == "Close and sign the notes first (F10)."


def test_escape_leads_back_to_the_queue_and_keeps_the_notes(
    screen: SecondLineScreen, case: CaseScreen, counter: Counter
) -> None:
    interview_typed(case, counter)

    counter.press(Qt.Key.Key_Escape)
    counter.press(Qt.Key.Key_Return)

    assert screen.case is not None
    assert screen.case.notes.exchanges[0].answer.toPlainText() == "To my aunt in Osh."


def test_a_proposed_refusal_comes_with_its_grounds(qtbot: QtBot, post: Post) -> None:
    with post.session(Role.OFFICER) as booth:
        booth.first_line.refuse(a_draft(), RefusalDraft(grounds=(RefusalGround.C,)))
    with at_the_counter(qtbot, post, Role.SECOND_LINE) as counter:
        screen = SecondLineScreen(
            counter.session.second_line, counter.work, counter.words, post.clock
        )
        counter.show(screen)
        counter.settle()
        screen.queue.setFocus()
        counter.press(Qt.Key.Key_Return)
        counter.press(Qt.Key.Key_F9)
        counter.press(Qt.Key.Key_2)
        counter.press(Qt.Key.Key_F9)

        [outcome] = counter.records(Outcome)

    assert outcome.grounds == (RefusalGround.C,)
