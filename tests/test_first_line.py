"""The first line: document in, findings, one key to decide, and nothing typed is lost."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.records import BorderCheck, OutcomeDraft, Referral, ReferralDraft, Withdrawal
from checkpoint_client.records.codes import (
    Decision,
    Direction,
    DocumentClass,
    DocumentSource,
    NoDocumentReason,
    OutcomeDecision,
    Purpose,
    ReferralReason,
    RefusalGround,
    Role,
    Sex,
)
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist import Visibility
from tests.counter import Counter, at_the_counter, other_person, visa, zone
from tests.post import Post, a_draft, an_alert
from tests.test_reader import RUSSIAN, Keyboard
from ui.first_line import FirstLineScreen
from ui.reader import Reader

READER = DocumentSource.READER


@pytest.fixture
def counter(qtbot: QtBot, post: Post) -> Iterator[Counter]:
    with at_the_counter(qtbot, post, Role.OFFICER) as counter:
        yield counter


@pytest.fixture
def screen(counter: Counter) -> FirstLineScreen:
    return opened(counter)


def opened(counter: Counter) -> FirstLineScreen:
    screen = opening(counter)
    counter.settle()
    return screen


def opening(counter: Counter) -> FirstLineScreen:
    screen = FirstLineScreen(
        counter.session.first_line,
        counter.work,
        counter.words,
        counter.post.settings,
        counter.post.clock,
    )
    counter.show(screen)
    return screen


def read(screen: FirstLineScreen, counter: Counter, text: str) -> None:
    screen.take_document(text, READER)
    counter.settle()


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_passport_is_read_and_admitted_with_one_key(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())

    counter.press(Qt.Key.Key_F9)

    [check] = counter.records(BorderCheck)
    assert check.decision is Decision.ADMITTED
    assert check.person.primary_identifier == "ERIKSSON"
    assert check.person.birth_date == PartialDate(1974, 8, 12)
    assert [each.mrz for each in check.documents] == [tuple(zone().split("\n"))]


def test_after_a_decision_the_screen_is_ready_and_the_crossing_stays(
    screen: FirstLineScreen, counter: Counter
) -> None:
    screen.form.direction.choose(Direction.EXIT)
    screen.form.plate.setText("01KG777ABC")
    screen.form.route.setText("Osh – Andijan")
    read(screen, counter, zone())

    counter.press(Qt.Key.Key_F9)

    draft = screen.form.draft()
    assert not draft.has_traveller()
    assert (draft.direction, draft.lane) == (Direction.EXIT, "3")
    assert (draft.vehicle.plate, draft.route) == ("01KG777ABC", "Osh – Andijan")
    assert counter.focused() is screen.form.zone.edit


def test_a_zone_can_be_typed_line_by_line(screen: FirstLineScreen, counter: Counter) -> None:
    first, second = zone().split("\n")

    counter.type(first.lower())
    counter.press(Qt.Key.Key_Return)
    counter.type(second)

    draft = screen.form.draft()
    assert draft.primary_identifier == "ERIKSSON"
    assert [each.source for each in draft.documents] == [DocumentSource.KEYBOARD]


def test_each_check_digit_shows_its_own_state(screen: FirstLineScreen, counter: Counter) -> None:
    first, second = zone().split("\n")

    read(screen, counter, first + "\n" + second.replace("7408122", "7408123"))

    said = {name: chip.accessibleName() for name, chip in screen.form.zone.digits.chips.items()}
    assert said["number"] == "Check digit Number: fits"
    assert said["birth_date"] == "Check digit Birth: does not fit"
    assert screen.form.form.field("birth_date").is_wrong


def test_a_proposal_is_taken_by_its_key_and_never_by_itself(
    screen: FirstLineScreen, counter: Counter
) -> None:
    first, second = zone().split("\n")
    read(screen, counter, first + "\n" + second.replace("L898902C3", "L8989O2C3"))
    assert screen.form.draft().documents[0].number == "L8989O2C3"

    counter.press(Qt.Key.Key_F2)

    [document] = screen.form.draft().documents
    assert document.number == "L898902C3"
    assert document.check_digits.number


def test_a_line_with_a_lost_character_is_kept_and_the_words_say_what_to_do(
    screen: FirstLineScreen, counter: Counter
) -> None:
    first, second = zone().split("\n")

    read(screen, counter, first[:-1] + "\n" + second)

    assert screen.form.zone.edit.toPlainText() == first[:-1] + "\n" + second
    assert screen.form.zone.problem.text().startswith("Line 1 has 43 characters, 44 are needed.")


def test_a_visa_joins_the_passport_of_the_same_person(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())

    read(screen, counter, visa())

    classes = [each.document_class for each in screen.form.draft().documents]
    assert classes == [DocumentClass.PASSPORT, DocumentClass.VISA]


def test_another_persons_document_waits_and_nothing_is_overwritten(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())
    before = screen.form.draft()

    read(screen, counter, other_person())

    assert screen.form.draft() == before
    assert screen.waiting.isVisible()
    assert screen.waiting.text() == "1 waiting: TESTOV IVAN"


def test_who_waits_comes_to_the_screen_after_the_decision(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())
    read(screen, counter, other_person())
    read(screen, counter, other_person(format="MRV-A", document_code="V", number="V7654321"))

    counter.press(Qt.Key.Key_F9)

    draft = screen.form.draft()
    assert draft.primary_identifier == "TESTOV"
    assert len(draft.documents) == 2
    assert not screen.waiting.isVisible()


def test_the_next_key_exchanges_the_travellers(screen: FirstLineScreen, counter: Counter) -> None:
    read(screen, counter, zone())
    read(screen, counter, other_person())

    counter.press(Qt.Key.Key_F6)

    assert screen.form.draft().primary_identifier == "TESTOV"
    assert screen.waiting.text() == "1 waiting: ERIKSSON ANNA MARIA"


def test_a_decision_with_something_missing_puts_the_cursor_there(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone(nationality="SWE"))

    counter.press(Qt.Key.Key_F9)

    assert counter.focused() is screen.form.purpose
    assert screen.form.form.field("purpose").is_wrong
    assert counter.records(BorderCheck) == []


def test_purpose_basis_and_destination_are_asked_of_foreigners_only(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone(nationality="SWE"))
    assert screen.form.purpose.isVisible()
    screen.form.purpose.choose(Purpose.TOURISM)

    screen.form.nationality.setText("UTO")
    screen.form.nationality.textEdited.emit("UTO")
    counter.qtbot.waitUntil(lambda: not screen.form.purpose.isVisible())

    assert screen.form.draft().purpose is None


def test_a_document_without_a_zone_is_entered_by_hand(
    screen: FirstLineScreen, counter: Counter
) -> None:
    counter.press(Qt.Key.Key_F4)
    screen.form.document_class.choose(DocumentClass.BIRTH_CERT)
    for text in ("", "uto", "I-77 1234", ""):
        counter.type(text)
        counter.press(Qt.Key.Key_Return)
    for text in ("Testova", "Aigul", "", "05032020"):
        counter.type(text)
        counter.press(Qt.Key.Key_Return)
    screen.form.sex.choose(Sex.FEMALE)
    screen.form.nationality.setText("UTO")

    counter.press(Qt.Key.Key_F9)

    [check] = counter.records(BorderCheck)
    [document] = check.documents
    assert (document.document_class, document.number) == (DocumentClass.BIRTH_CERT, "I-77 1234")
    assert document.source is DocumentSource.BY_HAND
    assert check.person.birth_date == PartialDate(2020, 3, 5)


def test_a_document_taken_away_takes_with_it_what_it_had_filled_in(
    screen: FirstLineScreen, counter: Counter
) -> None:
    screen.form.name_native.setText("Эрикссон")
    read(screen, counter, zone())

    counter.press(Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)

    draft = screen.form.draft()
    assert (draft.documents, draft.primary_identifier, draft.birth_date) == ((), "", "")
    assert draft.name_native == "Эрикссон"


def test_a_burst_of_keys_is_a_document_wherever_the_cursor_is(
    screen: FirstLineScreen, counter: Counter
) -> None:
    reader = Reader(platform="xcb", parent=screen)
    reader.document_read.connect(screen.take_document)
    reader.start()
    screen.form.remarks.setFocus()

    Keyboard().type(zone().replace("\n", "\r") + "\r", pause_ms=4, layout=RUSSIAN)
    counter.settle()
    reader.stop()
    counter.press(Qt.Key.Key_F9)

    [check] = counter.records(BorderCheck)
    assert [each.source for each in check.documents] == [DocumentSource.READER]
    assert check.remarks == ""


def test_nobody_passes_without_a_document_or_its_reason(
    screen: FirstLineScreen, counter: Counter
) -> None:
    screen.form.show_draft(a_draft(documents=(), nationality="UTO"))
    screen.form.edited.emit()
    counter.press(Qt.Key.Key_F9)
    assert screen.form.form.field("no_document_reason").is_wrong

    screen.form.no_document.choose(NoDocumentReason.STOLEN)
    counter.press(Qt.Key.Key_F9)

    [check] = counter.records(BorderCheck)
    assert check.no_document_reason is NoDocumentReason.STOLEN


def test_a_traveller_is_referred_with_a_reason_by_number(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())

    counter.press(Qt.Key.Key_F7)
    counter.press(Qt.Key.Key_2)
    counter.press(Qt.Key.Key_Return)

    [referral] = counter.records(Referral)
    assert referral.reason is ReferralReason.IDENTITY_DOUBT
    assert [each.decision for each in counter.records(BorderCheck)] == [Decision.REFERRED]
    assert counter.focused() is screen.form.zone.edit


def test_a_referral_without_a_reason_asks_for_one(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())
    counter.press(Qt.Key.Key_F7)

    counter.press(Qt.Key.Key_F7)

    assert screen.refer_panel.reason_problem.isVisible()
    assert counter.records(Referral) == []


def test_a_refusal_that_needs_approval_says_so_and_becomes_a_referral(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())

    counter.press(Qt.Key.Key_F8)
    assert screen.refuse_panel is not None
    assert "second line" in screen.refuse_panel.consequence.text()
    counter.press(Qt.Key.Key_A)
    counter.press(Qt.Key.Key_N)
    screen.refuse_panel.grounds.national_text.setText("Law 7, article 3")
    counter.press(Qt.Key.Key_F8)

    [referral] = counter.records(Referral)
    assert referral.reason is ReferralReason.PROPOSED_REFUSAL
    assert referral.grounds == (RefusalGround.A, RefusalGround.NATIONAL)
    assert referral.national_ground == "Law 7, article 3"


def test_a_national_ground_without_words_keeps_the_panel_open(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())
    counter.press(Qt.Key.Key_F8)
    counter.press(Qt.Key.Key_N)

    counter.press(Qt.Key.Key_F8)

    assert screen.refuse_panel is not None
    assert counter.focused() is screen.refuse_panel.grounds.national_text
    assert counter.records(BorderCheck) == []


def test_escape_closes_a_panel_and_keeps_the_traveller(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())
    before = screen.form.draft()
    counter.press(Qt.Key.Key_F8)

    counter.press(Qt.Key.Key_Escape)

    assert screen.refuse_panel is not None
    assert not screen.refuse_panel.isVisible()
    assert screen.form.draft() == before


def test_a_key_pressed_twice_records_one_check(screen: FirstLineScreen, counter: Counter) -> None:
    read(screen, counter, zone())
    read(screen, counter, other_person())

    QTest.keyClick(counter.focused(), Qt.Key.Key_F9)
    QTest.keyClick(counter.focused(), Qt.Key.Key_F9)
    QTest.keyClick(counter.focused(), Qt.Key.Key_F9)
    counter.settle()

    names = [each.person.primary_identifier for each in counter.records(BorderCheck)]
    assert names == ["ERIKSSON"]
    assert screen.form.draft().primary_identifier == "TESTOV"


def test_a_document_that_comes_during_a_decision_is_the_next_travellers(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())
    counter.press(Qt.Key.Key_F7)
    counter.press(Qt.Key.Key_1)
    QTest.keyClick(counter.focused(), Qt.Key.Key_F7)
    screen.take_document(zone(number="X1234567"), READER)

    counter.settle()

    [check] = counter.records(BorderCheck)
    assert [each.number for each in check.documents] == ["L898902C3"]
    assert [each.number for each in screen.form.draft().documents] == ["X1234567"]


def test_the_last_check_is_taken_back_with_one_key(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())
    counter.press(Qt.Key.Key_F9)
    counter.post.clock.forward(seconds=59)

    counter.press(Qt.Key.Key_F12)

    assert len(counter.records(Withdrawal)) == 1
    assert screen.form.draft().primary_identifier == "ERIKSSON"
    assert screen.form.draft().documents[0].mrz == tuple(zone().split("\n"))


def test_taking_back_does_not_overwrite_the_traveller_on_the_screen(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())
    counter.press(Qt.Key.Key_F9)
    read(screen, counter, other_person())

    counter.press(Qt.Key.Key_F12)

    assert screen.form.draft().primary_identifier == "ERIKSSON"
    assert screen.waiting.text() == "1 waiting: TESTOV IVAN"


def test_after_its_minute_a_check_stands(screen: FirstLineScreen, counter: Counter) -> None:
    read(screen, counter, zone())
    counter.press(Qt.Key.Key_F9)
    counter.post.clock.forward(seconds=61)

    screen.take_back()
    counter.settle()

    assert counter.records(Withdrawal) == []
    assert "Correct the check in the log" in screen.notice.words.text()


def test_a_strong_match_is_admitted_only_with_a_second_key_press(
    screen: FirstLineScreen, counter: Counter
) -> None:
    counter.put_list(an_alert("A1", birth_dates=(PartialDate(1974, 8, 12),)))
    read(screen, counter, zone())
    assert "Strong match" in words_on(screen.findings)
    counter.press(Qt.Key.Key_F11)

    counter.press(Qt.Key.Key_F9)
    assert counter.records(BorderCheck) == []
    counter.press(Qt.Key.Key_F9)

    assert len(counter.records(BorderCheck)) == 1


def test_a_discreet_hit_leaves_no_sign_at_the_booth(
    screen: FirstLineScreen, counter: Counter
) -> None:
    read(screen, counter, zone())
    without = words_on(screen)
    screen.form.show_draft(screen.form.standing())
    counter.put_list(
        an_alert("A1", Visibility.SUPERVISOR_ONLY, birth_dates=(PartialDate(1974, 8, 12),))
    )

    read(screen, counter, zone())

    assert "ERIKSSON, ANNA" not in words_on(screen)
    assert [line for line in words_on(screen).split("\n") if "atch-list" not in line] == [
        line for line in without.split("\n") if "atch-list" not in line
    ]


def test_findings_never_take_the_cursor(screen: FirstLineScreen, counter: Counter) -> None:
    counter.put_list(an_alert("A1"))
    read(screen, counter, zone())

    assert counter.focused() is screen.form.zone.edit


def test_a_late_answer_about_an_earlier_traveller_is_dropped(
    screen: FirstLineScreen, counter: Counter
) -> None:
    counter.put_list(an_alert("A1", birth_dates=(PartialDate(1974, 8, 12),)))
    go_on = Event()
    counter.work.run(go_on.wait, lambda _went_on: None)
    screen.take_document(zone(), READER)
    screen.form.show_draft(screen.form.standing())
    screen.form.edited.emit()

    go_on.set()
    counter.settle()

    assert "ERIKSSON" not in words_on(screen.findings)


def test_a_decision_waits_for_findings_that_were_not_yet_seen(
    screen: FirstLineScreen, counter: Counter
) -> None:
    counter.put_list(an_alert("A1"))
    go_on = Event()
    counter.work.run(go_on.wait, lambda _went_on: None)
    screen.take_document(zone(), READER)
    screen.admit()

    go_on.set()
    counter.settle()

    assert counter.records(BorderCheck) == []
    assert "New findings" in screen.notice.words.text()


def test_what_was_half_typed_is_there_again(counter: Counter) -> None:
    first = opened(counter)
    first.form.primary_identifier.setText("TESTOVA")
    first.form.primary_identifier.textEdited.emit("TESTOVA")
    drafts = counter.session.first_line
    counter.qtbot.waitUntil(lambda: counter.ask(drafts.kept_draft) is not None)

    again = opened(counter)

    assert again.form.draft().primary_identifier == "TESTOVA"
    assert "what you had typed" in again.notice.words.text()


def test_a_document_read_while_the_screen_opens_is_not_lost_nor_what_was_half_typed(
    counter: Counter,
) -> None:
    first = opened(counter)
    first.form.primary_identifier.setText("HALF")
    counter.settle()
    first.keep_now()
    counter.settle()

    screen = opening(counter)
    screen.keep_now()
    screen.take_document(zone(), READER)
    screen.admit()
    counter.settle()

    assert screen.form.draft().primary_identifier == "HALF"
    assert screen.waiting.isVisible()
    screen.next_traveller()
    assert screen.form.draft().primary_identifier == "ERIKSSON"
    assert counter.records(BorderCheck) == []


def test_who_waited_still_waits_after_a_lock(counter: Counter) -> None:
    first = opened(counter)
    read(first, counter, zone())
    read(first, counter, other_person())
    first.keep_now()
    counter.settle()

    again = opened(counter)

    assert again.form.draft().primary_identifier == "ERIKSSON"
    assert again.waiting.text() == "1 waiting: TESTOV IVAN"


def test_an_outcome_that_came_back_is_shown_until_it_is_acknowledged(counter: Counter) -> None:
    session = counter.session

    def refer() -> str:
        session.first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT))
        [(referral, _check)] = session.store.referrals_open()
        return referral

    referral = counter.ask(refer)
    counter.ask(lambda: counter.post.leave(session))
    counter.session = counter.ask(lambda: counter.post.sign_in(Role.SECOND_LINE))
    counter.ask(
        lambda: counter.session.second_line.send_outcome(
            referral, OutcomeDraft(decision=OutcomeDecision.ADMIT)
        )
    )
    counter.ask(lambda: counter.post.leave(counter.session))
    counter.session = counter.ask(lambda: counter.post.sign_in(Role.OFFICER))
    booth = opened(counter)
    assert booth.result.text() == "Second line: Admit · ERIKSSON ANNA MARIA"

    counter.press(Qt.Key.Key_F5)

    assert not booth.result.isVisible()
    assert counter.ask(counter.session.first_line.results) == []


def test_every_place_for_the_cursor_has_a_name(screen: FirstLineScreen, counter: Counter) -> None:
    read(screen, counter, zone())
    unnamed = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]

    assert unnamed == []
