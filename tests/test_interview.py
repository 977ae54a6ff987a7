"""Interview notes on the screen: what is typed is what the draft says."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from checkpoint_client.records import ExchangeDraft, InterviewDraft
from checkpoint_client.records.codes import InterviewType, Signing
from checkpoint_client.rules import Proposals, in_force
from checkpoint_client.settings import LANGUAGES
from tests.post import NOON
from ui.interview import InterviewNotes
from ui.words import Words

PROPOSALS = in_force(Proposals, lambda _channel, _name: None)
KEPT = InterviewDraft(
    check_id="check",
    referral_id="referral",
    started_at=NOON,
    interview_type=InterviewType.CHILD,
    language="kk",
    persons_present="guardian",
    interpreter="no. 7",
    exchanges=(
        ExchangeDraft(asked_at=NOON, question="Who meets you?", answer="My grandmother."),
        ExchangeDraft(asked_at=NOON + timedelta(minutes=2), question="Where?", answer="In Osh."),
    ),
    account="We came by bus.",
    read_back=True,
    signing=Signing.REFUSED,
    signing_note="Wants to wait for her father.",
)


@pytest.fixture
def notes(qtbot: QtBot) -> InterviewNotes:
    notes = InterviewNotes(Words(), lambda: NOON, PROPOSALS.worded("en"))
    qtbot.addWidget(notes)
    with qtbot.waitActive(notes):
        notes.show()
    return notes


def test_notes_are_given_back_as_they_were_kept(notes: InterviewNotes) -> None:
    notes.show_draft(KEPT)

    assert notes.draft() == KEPT


def test_showing_notes_is_no_editing(qtbot: QtBot, notes: InterviewNotes) -> None:
    with qtbot.assertNotEmitted(notes.edited):
        notes.show_draft(KEPT)


def test_a_question_once_put_keeps_its_time(notes: InterviewNotes) -> None:
    notes.show_draft(KEPT)
    second = notes.exchanges[1]
    second.question.setFocus()

    QTest.keyClick(second.question, Qt.Key.Key_Return)

    assert second.draft().asked_at == NOON + timedelta(minutes=2)


def test_an_empty_question_waits_already(notes: InterviewNotes) -> None:
    notes.show_draft(KEPT)

    notes.next_question()
    notes.next_question()

    assert len(notes.exchanges) == 3


def test_the_reason_for_not_signing_is_asked_only_then(notes: InterviewNotes) -> None:
    notes.show_draft(KEPT)
    assert notes.signing_note.isVisible()

    notes.signing_choice.choose(Signing.SIGNED)

    assert not notes.signing_note.isVisible()


def test_the_down_key_proposes_questions(notes: InterviewNotes, qtbot: QtBot) -> None:
    notes.show_draft(InterviewDraft(check_id="c", referral_id="r", started_at=NOON))
    question = notes.exchanges[0].question
    question.setFocus()

    QTest.keyClick(question, Qt.Key.Key_Down)

    popup = question.proposals.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().rowCount() == len(PROPOSALS.questions)
    popup.hide()


@pytest.mark.parametrize("language", LANGUAGES)
def test_proposed_questions_are_open_ones_in_every_language(language: str) -> None:
    questions = PROPOSALS.worded(language)

    assert len(set(questions)) == len(PROPOSALS.questions)
    assert all(each.endswith(("?", ".")) for each in questions)
