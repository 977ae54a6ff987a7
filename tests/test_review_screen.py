"""The supervisor's review: exactly what was seen is countersigned or questioned, one after one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from checkpoint_client.records import (
    AmendmentDraft,
    BorderCheck,
    Change,
    Consultation,
    ReferralDraft,
    Review,
)
from checkpoint_client.records.codes import (
    AmendReason,
    ConsultReason,
    ReferralReason,
    Role,
    Verdict,
)
from tests.counter import Counter, at_the_counter
from tests.post import Post, a_draft
from ui.review import ReviewScreen

NAMES = ("ERIKSSON", "YUSUPOV", "KIM")


@pytest.fixture
def counter(qtbot: QtBot, post: Post) -> Iterator[Counter]:
    with post.session(Role.OFFICER) as booth:
        for name in NAMES:
            booth.first_line.refer(
                a_draft(primary_identifier=name),
                ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT, note="an odd stamp"),
            )
            post.clock.forward(minutes=1)
    with at_the_counter(qtbot, post, Role.SUPERVISOR) as counter:
        yield counter


@pytest.fixture
def screen(counter: Counter) -> ReviewScreen:
    screen = ReviewScreen(counter.session.supervisor, counter.work, counter.words)
    counter.show(screen)
    counter.settle()
    screen.list.setFocus()
    return screen


def left(screen: ReviewScreen) -> list[str]:
    return [row.name.split()[0] for row in screen.list.table.records()]


def test_the_oldest_check_that_nobody_reviewed_is_first(screen: ReviewScreen) -> None:
    assert left(screen) == list(NAMES)
    assert not screen.countersign.isEnabled()


def test_enter_shows_the_record_and_records_that_it_was_opened(
    screen: ReviewScreen, counter: Counter
) -> None:
    counter.press(Qt.Key.Key_Return)

    [consultation] = counter.records(Consultation)
    assert consultation.reason is ConsultReason.SUPERVISION
    assert screen.pane.title.text().startswith("ERIKSSON")
    words = {label.text() for label in screen.pane.findChildren(QLabel)}
    assert "an odd stamp" in words


def test_one_key_countersigns_all_that_was_in_view_and_goes_on(
    screen: ReviewScreen, counter: Counter
) -> None:
    counter.press(Qt.Key.Key_Return)

    counter.press(Qt.Key.Key_F9)

    [review] = counter.records(Review)
    assert review.verdict is Verdict.COUNTERSIGNED
    assert len(review.seen) == 2  # the check and its referral
    assert left(screen) == ["YUSUPOV", "KIM"]
    assert screen.pane.title.text().startswith("YUSUPOV")
    assert screen.progress_words.text() == "1 of 3 reviewed"


def test_a_question_needs_words(screen: ReviewScreen, counter: Counter) -> None:
    counter.press(Qt.Key.Key_Return)

    counter.press(Qt.Key.Key_F8)

    assert counter.records(Review) == []
    assert screen.note_field.is_wrong
    assert screen.note.hasFocus()


def test_a_question_goes_to_the_author_with_its_words(
    screen: ReviewScreen, counter: Counter
) -> None:
    counter.press(Qt.Key.Key_Return)
    screen.note.setFocus()
    counter.type("Which page was the stamp on?")

    counter.press(Qt.Key.Key_F8)

    [review] = counter.records(Review)
    assert (review.verdict, review.note) == (Verdict.QUESTIONED, "Which page was the stamp on?")
    assert screen.note.toPlainText() == ""


def test_another_line_takes_the_record_away_until_it_is_opened(
    screen: ReviewScreen, counter: Counter
) -> None:
    counter.press(Qt.Key.Key_Return)

    counter.press(Qt.Key.Key_Down)

    assert not screen.countersign.isEnabled()


def test_what_was_added_meanwhile_is_shown_before_it_is_countersigned(
    screen: ReviewScreen, counter: Counter
) -> None:
    counter.press(Qt.Key.Key_Return)
    check_id = screen.list.table.records()[0].id
    change = Change(field="person.primary_identifier", before="ERIKSSON", after="ERIKSEN")
    draft = AmendmentDraft(changes=(change,), reason=AmendReason.TYPING_ERROR)
    counter.ask(lambda: counter.session.log.amend(check_id, draft).value)

    counter.press(Qt.Key.Key_F9)

    assert counter.records(Review) == []
    assert "Something was added meanwhile" in screen.message.text()
    assert screen.pane.title.text().startswith("ERIKSEN")


def test_nobody_reviews_his_own_records(screen: ReviewScreen, counter: Counter) -> None:
    counter.ask(lambda: counter.session.first_line.admit(a_draft(primary_identifier="OWN")))
    screen.reload()
    counter.settle()
    screen.list.choose(left(screen).index("OWN"))
    counter.press(Qt.Key.Key_Return)

    counter.press(Qt.Key.Key_F9)

    assert counter.records(Review) == []
    assert "own records" in screen.message.text()


def test_when_all_is_reviewed_the_page_says_so(screen: ReviewScreen, counter: Counter) -> None:
    counter.press(Qt.Key.Key_Return)

    for _ in NAMES:
        counter.press(Qt.Key.Key_F9)

    assert left(screen) == []
    assert len(counter.records(BorderCheck)) == len(counter.records(Review)) == 3
    assert screen.progress_words.text() == "3 of 3 reviewed"
