"""A hit followed by keys alone: from the machine-readable zone to "closed", by three people."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.desk.hits import HitCase, HitShow
from checkpoint_client.journal.body import decode as decode_body
from checkpoint_client.journal.body import unpack
from checkpoint_client.records import (
    Adjudication,
    BorderCheck,
    CollectedInformation,
    Consultation,
    Hit,
    HitAction,
    HitClosure,
    HitSeen,
    OwnerReport,
    Record,
    ReferralDraft,
    ReportDraft,
    Review,
    SecondOpinion,
)
from checkpoint_client.records.codes import (
    ActionTaken,
    AdjudicationReason,
    AloneReason,
    Collecting,
    Decision,
    DocumentSource,
    HitState,
    HitVerdict,
    Information,
    Opinion,
    ReferralReason,
    ReportMeans,
    Role,
    Verdict,
)
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist import Alert, AlertAction, AlertCategory, Caution, Visibility
from tests.counter import zone
from tests.post import NUMBERS, Post, a_draft, an_alert, entries_of, put_list
from tests.premises import Premises, at_work
from tests.test_accessibility import nameless, unreachable
from ui.decisions import OptionButton
from ui.first_line import FirstLineScreen
from ui.hits import HitDeskScreen, HitScreen
from ui.theme import Tone

CTRL = Qt.KeyboardModifier.ControlModifier
R = TypeVar("R", bound=Record)

BORN = PartialDate(1974, 8, 12)


def wanted() -> Alert:
    """Sought for arrest, with the name and birth date of Anna Maria Eriksson."""
    return an_alert(
        "A1",
        category=AlertCategory.ARREST,
        action=AlertAction.DETAIN,
        cautions=(Caution.ARMED,),
        birth_dates=(BORN,),
        owner="Utopia, Criminal Police",
        contact="line 112",
        reason="Sought for robbery.",
    )


@pytest.fixture
def premises(qtbot: QtBot, post: Post) -> Iterator[Premises]:
    with at_work(qtbot, post) as premises:
        premises.window.resize(1366, 768)
        yield premises


def put(post: Post, alert: Alert) -> None:
    with post.session(Role.OFFICER) as booth:
        put_list(booth, alert)


def refer(post: Post, alert: Alert) -> None:
    """A match that the booth has read and passed on."""
    put(post, alert)
    with post.session(Role.OFFICER) as booth:
        draft = a_draft()
        booth.first_line.acknowledge_hits(booth.first_line.findings(draft).hits)
        booth.first_line.refer(draft, ReferralDraft(reason=ReferralReason.POSSIBLE_HIT))


def admit(post: Post, alert: Alert) -> None:
    put(post, alert)
    with post.session(Role.OFFICER) as booth:
        booth.first_line.admit(a_draft())


def change_to(premises: Premises, role: Role) -> None:
    """Lock, and let somebody else in."""
    premises.press(Qt.Key.Key_L, CTRL)
    premises.qtbot.waitUntil(lambda: premises.window.session is None)
    premises.settle()
    premises.sign_in(role)


def desk_of(premises: Premises) -> HitDeskScreen:
    screen = premises.window.screen_of(HitDeskScreen)
    assert isinstance(screen, HitDeskScreen)
    return screen


def open_hit(premises: Premises) -> HitScreen:
    premises.press(Qt.Key.Key_3, CTRL)
    premises.press(Qt.Key.Key_Return)
    screen = desk_of(premises).hit
    assert screen.isVisible()
    return screen


def strike(premises: Premises, *keys: Qt.Key | str) -> None:
    """Keys one after the other; a text is typed."""
    for key in keys:
        if isinstance(key, str):
            premises.type(key)
            premises.settle()
        else:
            premises.press(key)


def case(premises: Premises) -> HitCase:
    shown = desk_of(premises).hit.case
    assert shown is not None
    return shown


def records(premises: Premises, kind: type[R]) -> list[R]:
    """The records of a kind in the journal, the oldest first."""
    session = premises.window.session
    assert session is not None
    found: list[R] = []

    def look() -> None:
        bodies = [decode_body(each.body) for each in entries_of(session.store) if each.body]
        found.extend(each for each in map(unpack, bodies) if isinstance(each, kind))

    premises.ask(look)
    return found


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_hit_is_followed_by_keys_from_the_zone_to_closed(premises: Premises, post: Post) -> None:
    put(post, wanted())
    premises.sign_in(Role.OFFICER)
    booth = premises.window.screen_of(FirstLineScreen)
    assert isinstance(booth, FirstLineScreen)
    first, second = zone().split("\n")

    strike(premises, first, Qt.Key.Key_Return, second)
    premises.qtbot.waitUntil(lambda: bool(booth.findings.hits))
    assert booth.form.zone.edit.hasFocus()
    assert "Armed" in words_on(booth.findings)
    assert "Detain" in words_on(booth.findings)

    strike(premises, Qt.Key.Key_F11, Qt.Key.Key_F7, "1", Qt.Key.Key_F7)

    [check], [hit] = records(premises, BorderCheck), records(premises, Hit)
    [seen] = records(premises, HitSeen)
    assert (check.person.primary_identifier, hit.alert_id) == ("ERIKSSON", "A1")
    assert [each.level for each in seen.hits] == ["strong"]

    change_to(premises, Role.SECOND_LINE)
    open_hit(premises)
    assert case(premises).state is HitState.OPENED
    strike(premises, Qt.Key.Key_F6, "1", "C", Qt.Key.Key_F6)
    assert case(premises).state is HitState.PROPOSED
    assert not desk_of(premises).hit.opinion.isVisible()

    change_to(premises, Role.SUPERVISOR)
    open_hit(premises)
    strike(premises, Qt.Key.Key_F7, "1", Qt.Key.Key_F7)
    assert case(premises).state is HitState.CONFIRMED
    assert "12 h 0 min left" in desk_of(premises).hit.limit.accessibleName()
    strike(premises, Qt.Key.Key_F8, "A", Qt.Key.Key_F8)
    assert case(premises).state is HitState.ACTION_TAKEN
    strike(premises, Qt.Key.Key_F4, "1", Qt.Key.Key_F4)
    assert case(premises).state is HitState.REPORTED
    strike(premises, Qt.Key.Key_F9, Qt.Key.Key_F9)

    assert case(premises).state is HitState.CLOSED
    [judged], [opinion] = records(premises, Adjudication), records(premises, SecondOpinion)
    [action], [report] = records(premises, HitAction), records(premises, OwnerReport)
    assert judged.verdict is HitVerdict.SAME
    assert judged.reasons == (AdjudicationReason.SAME_NAME_AND_BIRTH,)
    assert opinion.agrees is Opinion.AGREES
    assert action.action is ActionTaken.DETAINED
    assert (report.means, report.reported_to) == (
        ReportMeans.PHONE,
        "Utopia, Criminal Police, line 112",
    )
    assert len(records(premises, HitClosure)) == 1
    followed = case(premises)
    judges = [each.officer for each in followed.adjudications]
    judges += [each.officer for each in followed.opinions]
    assert judges == [NUMBERS[Role.SECOND_LINE], NUMBERS[Role.SUPERVISOR]]
    assert [chip.accessibleName() for chip in desk_of(premises).hit.track.steps] == [
        "Found: done",
        "Judged: done",
        "Second person: done",
        "Action: done",
        "Owner told: done",
        "Closed: done",
    ]

    premises.press(Qt.Key.Key_Escape)

    assert desk_of(premises).list.hasFocus()
    assert list(desk_of(premises).list.table.records()) == []
    counts = {show: button.text() for show, button in desk_of(premises).shows.buttons.items()}
    assert (counts[HitShow.OPEN], counts[HitShow.CLOSED]) == ("Open  0", "Closed  1")


def test_what_another_pc_adds_appears_and_what_is_half_typed_stays(
    premises: Premises, post: Post
) -> None:
    refer(post, wanted())
    premises.sign_in(Role.SECOND_LINE)
    screen = open_hit(premises)
    session = premises.window.session
    assert session is not None
    opened = case(premises)
    strike(premises, Qt.Key.Key_F6, "1", "B")
    reasons = screen.verdict_panel.draft().reasons
    report = ReportDraft(means=ReportMeans.PHONE, reported_to="line 112")

    premises.ask(lambda: session.hits.report(opened.hit.id, report))
    premises.window.show_neighbours()
    premises.settle()

    assert len(case(premises).reports) == 1
    assert screen.news.isVisible()
    assert "line 112" in "\n".join(screen.facts.events)
    assert screen.verdict_panel.isVisible()
    assert screen.verdict_panel.draft().reasons == reasons != ()
    assert len(records(premises, Consultation)) == 1
    strike(premises, Qt.Key.Key_F6)
    assert case(premises).state is HitState.PROPOSED
    assert not screen.news.isVisible()


def test_a_strong_match_is_read_before_it_is_decided_on(premises: Premises, post: Post) -> None:
    put(post, wanted())
    premises.sign_in(Role.OFFICER)
    booth = premises.window.screen_of(FirstLineScreen)
    assert isinstance(booth, FirstLineScreen)
    booth.take_document(zone(), DocumentSource.READER)
    premises.settle()

    for key in (Qt.Key.Key_F9, Qt.Key.Key_F7, Qt.Key.Key_F8):
        premises.press(key)
        assert "F11" in booth.notice.words.text()
        assert booth.bar.isVisible()
    strike(premises, Qt.Key.Key_F11, Qt.Key.Key_F7, "1", Qt.Key.Key_F7)

    [check] = records(premises, BorderCheck)
    assert check.decision is Decision.REFERRED


def test_several_hits_are_stepped_through_and_the_cursor_stays(
    premises: Premises, post: Post
) -> None:
    with post.session(Role.OFFICER) as booth:
        put_list(booth, wanted(), replace(wanted(), id="A2"), replace(wanted(), id="A3"))
    premises.sign_in(Role.OFFICER)
    screen = premises.window.screen_of(FirstLineScreen)
    assert isinstance(screen, FirstLineScreen)
    screen.take_document(zone(), DocumentSource.READER)
    premises.settle()
    cursor = QApplication.focusWidget()

    read = []
    for _ in range(3):
        read.append([card.state.accessibleName() for card in screen.findings.hits])
        premises.press(Qt.Key.Key_F11)

    assert read == [
        ["Not read yet", "Not read yet", "Not read yet"],
        ["Read", "Not read yet", "Not read yet"],
        ["Read", "Read", "Not read yet"],
    ]
    assert screen.findings.unread() == []
    assert screen.findings.acknowledge.accessibleName() == "Next hit"
    assert QApplication.focusWidget() is cursor


def test_what_a_colleague_said_before_is_shown_and_not_applied(
    premises: Premises, post: Post
) -> None:
    refer(post, wanted())
    premises.sign_in(Role.SECOND_LINE)
    open_hit(premises)
    strike(premises, Qt.Key.Key_F6, "2", "B", Qt.Key.Key_F6)
    assert case(premises).state is HitState.NOT_SAME

    change_to(premises, Role.OFFICER)
    booth = premises.window.screen_of(FirstLineScreen)
    assert isinstance(booth, FirstLineScreen)
    booth.take_document(zone(), DocumentSource.READER)
    premises.settle()

    said = words_on(booth.findings)
    assert "Officer L-0310 said on 24.11.2026: not the same (Another date of birth)" in said
    assert "Strong match" in said


def test_both_persons_stand_side_by_side_and_what_differs_says_so(
    premises: Premises, post: Post
) -> None:
    refer(post, replace(wanted(), birth_dates=(PartialDate(1974, 12, 8),), nationalities=("NOR",)))
    premises.sign_in(Role.SECOND_LINE)
    screen = open_hit(premises)

    said = screen.facts.comparison.accessibleName()
    assert "Date of birth: similar" in said
    assert "Nationality: different" in said
    shown = words_on(screen.facts.comparison)
    assert "≈  similar" in shown
    assert "≠  different" in shown
    assert "12.08.1974" in shown
    assert "08.12.1974" in shown


def test_one_person_alone_says_why_and_a_supervisor_looks_again(
    premises: Premises, post: Post
) -> None:
    refer(post, wanted())
    premises.sign_in(Role.SECOND_LINE)
    screen = open_hit(premises)
    strike(premises, Qt.Key.Key_F6, "1", "A")
    screen.verdict_panel.alone_choice.choose(AloneReason.ALONE_ON_SHIFT)
    premises.press(Qt.Key.Key_F6)
    assert case(premises).state is HitState.CONFIRMED
    assert not screen.review.isVisible()

    change_to(premises, Role.SUPERVISOR)
    premises.press(Qt.Key.Key_3, CTRL)
    desk_of(premises).shows.choose(HitShow.TO_REVIEW)
    premises.settle()
    premises.press(Qt.Key.Key_Return)
    assert "Alone on shift" in "\n".join(desk_of(premises).hit.facts.events)
    strike(premises, Qt.Key.Key_F10, Qt.Key.Key_F10)

    [review] = records(premises, Review)
    assert review.verdict is Verdict.COUNTERSIGNED
    assert not case(premises).progress.is_alone


def test_what_is_missing_is_told_beside_the_field(premises: Premises, post: Post) -> None:
    refer(post, wanted())
    premises.sign_in(Role.SECOND_LINE)
    screen = open_hit(premises)

    strike(premises, Qt.Key.Key_F6, Qt.Key.Key_F6)
    assert "Choose whether they are the same." in screen.verdict_panel.problem.text()
    strike(premises, "1", "I", Qt.Key.Key_F6)
    assert screen.verdict_panel.note.is_wrong
    assert screen.verdict_panel.note_text.hasFocus()
    assert records(premises, Adjudication) == []
    strike(premises, "He knows the photograph.", Qt.Key.Key_F6)

    [judged] = records(premises, Adjudication)
    assert judged.note == "He knows the photograph."


def test_a_hit_is_not_closed_before_its_end(premises: Premises, post: Post) -> None:
    refer(post, wanted())
    premises.sign_in(Role.SECOND_LINE)
    screen = open_hit(premises)

    strike(premises, Qt.Key.Key_F9, Qt.Key.Key_F9)

    assert "Choose whether they are the same." in words_on(screen.closing_panel)
    assert records(premises, HitClosure) == []


def test_escape_and_locking_lose_nothing_that_was_typed(premises: Premises, post: Post) -> None:
    refer(post, wanted())
    premises.sign_in(Role.SECOND_LINE)
    screen = open_hit(premises)
    strike(premises, Qt.Key.Key_F6, "1", "C")
    screen.verdict_panel.note_text.setFocus()
    strike(premises, "The scar fits.", Qt.Key.Key_Escape)
    assert screen.bar.isVisible()

    change_to(premises, Role.SECOND_LINE)
    screen = open_hit(premises)
    premises.press(Qt.Key.Key_F6)

    draft = screen.verdict_panel.draft()
    assert (draft.verdict, draft.note) == (HitVerdict.SAME, "The scar fits.")
    assert draft.reasons == (AdjudicationReason.SAME_NAME_AND_BIRTH,)


def test_the_information_of_a_discreet_check_begins_with_what_the_booth_wrote(
    premises: Premises, post: Post
) -> None:
    admit(
        post,
        replace(
            wanted(),
            category=AlertCategory.DISCREET_CHECK,
            action=AlertAction.DO_NOT_ALERT_COLLECT,
            visibility=Visibility.SUPERVISOR_ONLY,
        ),
    )
    premises.sign_in(Role.SUPERVISOR)
    screen = open_hit(premises)
    strike(premises, Qt.Key.Key_F6, "1", "C", Qt.Key.Key_F6)
    premises.press(Qt.Key.Key_F5)
    [circumstances] = [
        row for row in screen.collection_panel.rows if row.item is Information.CIRCUMSTANCES
    ]
    circumstances.text.setFocus()
    strike(premises, "Calm, in a hurry.", Qt.Key.Key_F5)

    [collected] = records(premises, CollectedInformation)
    noted = {each.item: each for each in collected.items}
    assert noted[Information.LOCATED].state is Collecting.COLLECTED
    assert noted[Information.ROUTE_DESTINATION].text == "Osh"
    assert noted[Information.CIRCUMSTANCES].text == "Calm, in a hurry."
    assert noted[Information.COMPANIONS].state is Collecting.NOT_ASKED
    assert case(premises).progress.is_collected


def test_an_owner_who_was_not_told_in_time_is_marked_in_words(
    premises: Premises, post: Post
) -> None:
    refer(
        post,
        replace(wanted(), category=AlertCategory.MISSING_ADULT, action=AlertAction.NOTIFY_ONLY),
    )
    premises.sign_in(Role.SECOND_LINE)
    open_hit(premises)
    strike(premises, Qt.Key.Key_F6, "1", "C", Qt.Key.Key_F6, Qt.Key.Key_Escape)

    post.clock.forward(hours=13)
    desk_of(premises).reload()
    premises.settle()

    table = desk_of(premises).list.table
    [row] = table.records()
    [report] = [column for column in table.columns if column.title == "Report"]
    assert report.text(row) == "1 h overdue"
    assert report.tone is not None
    assert report.tone(row) is Tone.ALARM


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F9], ids=lambda key: key.name
)
def test_every_control_of_a_panel_has_a_name_and_is_reached_by_key(
    premises: Premises, post: Post, key: Qt.Key
) -> None:
    refer(post, replace(wanted(), action=AlertAction.INTERVIEW_COLLECT))
    premises.sign_in(Role.SECOND_LINE)
    open_hit(premises)

    premises.press(key)

    assert not desk_of(premises).hit.bar.isVisible()
    options = premises.window.findChildren(OptionButton)
    by_their_own_keys = {each.accessibleName() for each in options}
    assert nameless(premises.window) == []
    assert set(unreachable(premises.window)) <= by_their_own_keys


def test_an_empty_list_says_what_would_stand_there(premises: Premises) -> None:
    premises.sign_in(Role.SUPERVISOR)
    premises.press(Qt.Key.Key_3, CTRL)
    said = []
    for _ in HitShow:
        said.append(desk_of(premises).list.accessibleDescription())
        premises.press(Qt.Key.Key_PageDown, CTRL)

    assert len(set(said)) == len(HitShow)
    assert desk_of(premises).shows.buttons[HitShow.OPEN].isChecked()
