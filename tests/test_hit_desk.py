"""The hit desk: side by side, two pairs of eyes, nothing closed before its time, all recorded."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from checkpoint_client.desk import NotAllowed, Refused
from checkpoint_client.desk.done import Changed
from checkpoint_client.desk.first_line import FirstLine
from checkpoint_client.desk.hits import Compared, HitCase, HitLine, HitShow, Likeness, SeenBy
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import (
    ActionDraft,
    AdjudicationDraft,
    AlertChanged,
    AmendmentDraft,
    BorderCheck,
    Change,
    CheckDraft,
    CollectedItem,
    CollectionDraft,
    Consultation,
    Evidence,
    Hit,
    HitClosure,
    HitSeen,
    HitWork,
    OpinionDraft,
    Problem,
    ReferralDraft,
    ReportDraft,
    VehicleDraft,
)
from checkpoint_client.records.codes import (
    ActionTaken,
    AdjudicationReason,
    AlertChange,
    AloneReason,
    AmendReason,
    Collecting,
    ConsultReason,
    HitOrigin,
    HitState,
    HitVerdict,
    Information,
    Opinion,
    ReferralReason,
    ReportMeans,
    Role,
    Sex,
)
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.records.drafts import LONGEST_TEXT
from checkpoint_client.rules import HitRules
from checkpoint_client.settings import Folder, resource
from checkpoint_client.specimen.faces import face
from checkpoint_client.store import Kept, tables
from checkpoint_client.store.engine import connect
from checkpoint_client.store.journal import Journals
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist import Alert, AlertAction, AlertCategory, Visibility
from tests.post import (
    NOON,
    NUMBERS,
    SECOND_OFFICER,
    Post,
    a_document,
    a_draft,
    an_alert,
    entries_of,
    put_list,
    read_hits,
)

SECOND_LINE, SUPERVISOR = NUMBERS[Role.SECOND_LINE], NUMBERS[Role.SUPERVISOR]

POSSIBLE_HIT = ReferralDraft(reason=ReferralReason.POSSIBLE_HIT)
SAME = AdjudicationDraft(verdict=HitVerdict.SAME, reasons=(AdjudicationReason.SAME_DOCUMENT,))
ALONE = replace(SAME, alone=AloneReason.ALONE_ON_SHIFT)
NOT_SAME = AdjudicationDraft(
    verdict=HitVerdict.NOT_SAME, reasons=(AdjudicationReason.DIFFERENT_PHOTO,)
)
CANNOT_SAY = AdjudicationDraft(
    verdict=HitVerdict.CANNOT_SAY, reasons=(AdjudicationReason.TRAVELLER_GONE,)
)
AGREE = OpinionDraft(opinion=Opinion.AGREES)
DISAGREE = OpinionDraft(opinion=Opinion.DISAGREES, note="Another nose.")
DETAINED = ActionDraft(action=ActionTaken.DETAINED)
TOLD = ReportDraft(means=ReportMeans.PHONE, reported_to="Duty desk, line 112")
NOTED = CollectionDraft(
    items=(
        CollectedItem(
            item=Information.COMPANIONS, state=Collecting.COLLECTED, text="A man in a grey coat."
        ),
    )
)


def sought(id: str = "A-1", visibility: Visibility = Visibility.FIRST_LINE) -> Alert:
    """An alert on the traveller's passport: a strong hit that needs two people."""
    return an_alert(
        id,
        visibility,
        category=AlertCategory.ARREST,
        action=AlertAction.DETAIN,
        documents=(("UTO", "L898902C3"),),
    )


def missed(id: str = "M-1", visibility: Visibility = Visibility.FIRST_LINE) -> Alert:
    """An alert on the traveller's passport that one person may confirm."""
    return replace(
        sought(id, visibility),
        category=AlertCategory.MISSING_ADULT,
        action=AlertAction.COMMUNICATE_WHEREABOUTS,
    )


def watched(id: str = "D-1") -> Alert:
    """A discreet alert on the traveller's passport."""
    return replace(
        sought(id, Visibility.SUPERVISOR_ONLY),
        category=AlertCategory.DISCREET_CHECK,
        action=AlertAction.DO_NOT_ALERT_COLLECT,
    )


def cross(post: Post, *alerts: Alert, draft: CheckDraft | None = None) -> list[Kept[Hit]]:
    """An officer refers a traveller with these alerts in force; the hits of the check."""
    with post.session(Role.OFFICER) as officer:
        if alerts:
            put_list(officer, *alerts)
        read_hits(officer, draft or a_draft())
        check = officer.first_line.refer(draft or a_draft(), POSSIBLE_HIT).value
        hits = officer.store.about(check.id, Hit)
    post.clock.forward(minutes=1)
    return hits


@pytest.fixture
def hit(post: Post) -> str:
    [found] = cross(post, sought())
    return found.id


@pytest.fixture
def missing_person(post: Post) -> str:
    [found] = cross(post, missed())
    return found.id


@pytest.fixture
def discreet(post: Post) -> str:
    [found] = cross(post, watched())
    return found.id


@pytest.fixture
def desk(post: Post) -> Iterator[SignedIn]:
    """Second line, after the hits of the fixtures named before it."""
    with post.session(Role.SECOND_LINE) as session:
        yield session


def proposed(post: Post, hit: str) -> HitCase:
    with post.session(Role.SECOND_LINE) as session:
        case = session.hits.adjudicate(hit, SAME).value
    post.clock.forward(minutes=1)
    return case


def confirmed_alone(post: Post, hit: str) -> HitCase:
    with post.session(Role.SECOND_LINE) as session:
        case = session.hits.adjudicate(hit, ALONE).value
    post.clock.forward(minutes=1)
    return case


def problems(refused: pytest.ExceptionInfo[Refused]) -> list[Problem]:
    return list(refused.value.problems)


def ids(lines: list[HitLine]) -> list[str]:
    return [line.hit.id for line in lines]


# the queue


def test_a_new_hit_waits_with_the_travellers_name(hit: str, desk: SignedIn) -> None:
    [line] = desk.hits.queue()

    assert (line.hit.id, line.traveller, line.state) == (
        hit,
        "ERIKSSON ANNA MARIA",
        HitState.NEW,
    )
    assert (line.since, line.origin, line.report_due, line.mine) == (
        NOON,
        HitOrigin.AT_CHECK,
        None,
        False,
    )


def test_strong_hits_come_first_then_whoever_waits_longest(post: Post, desk: SignedIn) -> None:
    [weak] = cross(post, an_alert("W-1", birth_dates=(PartialDate(1990, 1, 1),)))
    [first] = cross(post, sought())
    [second] = cross(post)

    assert ids(desk.hits.queue()) == [first.id, second.id, weak.id]


def test_the_queue_comes_in_pages(post: Post, desk: SignedIn) -> None:
    found = [hit.id for hit in (*cross(post, sought()), *cross(post), *cross(post))]

    pages = [ids(desk.hits.queue(limit=2, offset=offset)) for offset in (0, 2, 4)]

    assert pages == [found[:2], found[2:], []]


def test_a_possible_match_that_the_booth_decided_on_waits_for_nobody(
    post: Post, desk: SignedIn
) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, an_alert("W-1", birth_dates=(PartialDate(1990, 1, 1),)))
        check = officer.first_line.admit(a_draft()).value
        [weak] = officer.store.about(check.id, Hit)
    assert weak.record.level == "check"

    assert desk.hits.queue() == []
    assert ids(desk.hits.queue(HitShow.POSSIBLE)) == [weak.id]
    desk.hits.open(weak.id)
    assert ids(desk.hits.queue()) == [weak.id]


def test_a_late_possible_match_waits_for_the_desk(post: Post, desk: SignedIn) -> None:
    with post.session(Role.OFFICER) as officer:
        check = officer.first_line.admit(a_draft()).value
        late = officer.store.append(a_hit(check, level="check", origin=HitOrigin.LATE))

    [line] = desk.hits.queue()
    assert (line.hit.id, line.origin) == (late.id, HitOrigin.LATE)


def a_hit(check: Kept[BorderCheck], **changes: object) -> Hit:
    hit = Hit(
        check_id=check.id,
        list_id="TEST",
        list_version=1,
        alert_id="A-1",
        category="ARREST",
        action="DETAIN",
        visibility="FIRST_LINE",
        match_kind="NAME_DOB",
        level="strong",
        score=9.0,
        name="ERIKSSON, ANNA MARIA",
    )
    return replace(hit, **changes)  # type: ignore[arg-type]  # fields by name


def test_a_check_taken_back_takes_its_hits_with_it(post: Post) -> None:
    with post.session(Role.SUPERVISOR) as session:
        put_list(session, sought())
        read_hits(session, a_draft())
        check = session.first_line.admit(a_draft()).value
        [hit] = session.store.about(check.id, Hit)
        done = session.first_line.take_back()

        assert Changed.HITS in done.changed
        assert not any(session.hits.counts().values())
        with pytest.raises(Refused) as refused:
            session.hits.adjudicate(hit.id, SAME)
        assert problems(refused) == [Problem("hit", "taken-back")]


def test_every_list_is_counted(post: Post, hit: str) -> None:
    [closed] = cross(post, missed())
    confirmed_alone(post, hit)
    with post.session(Role.SUPERVISOR) as session:
        session.hits.adjudicate(closed.id, NOT_SAME)
        session.hits.close(closed.id)

        counts = session.hits.counts()
        listed = {show: len(session.hits.queue(show)) for show in HitShow}

    assert counts == listed
    assert counts == {
        HitShow.OPEN: 1,
        HitShow.SECOND_PERSON: 0,
        HitShow.TO_REPORT: 1,
        HitShow.TO_REVIEW: 1,
        HitShow.POSSIBLE: 0,
        HitShow.CLOSED: 1,
        HitShow.ALL: 2,
    }


# who may see it


def test_the_desk_is_for_second_line_and_supervisors(post: Post) -> None:
    for role in (Role.OFFICER, Role.IT_ADMINISTRATOR, Role.AUDITOR):
        with post.session(role) as session, pytest.raises(NotAllowed):
            session.hits.queue()


def test_a_hit_for_supervisors_is_not_there_for_second_line(
    discreet: str, post: Post, desk: SignedIn
) -> None:
    assert desk.hits.queue(HitShow.ALL) == []
    assert not any(desk.hits.counts().values())
    with pytest.raises(Refused) as refused:
        desk.hits.open(discreet)
    assert problems(refused) == [Problem("hit", "not-found")]
    with post.session(Role.SUPERVISOR) as supervisor:
        assert ids(supervisor.hits.queue()) == [discreet]


def test_an_unknown_hit_is_said_not_to_be_there(desk: SignedIn) -> None:
    with pytest.raises(Refused) as refused:
        desk.hits.open("none")

    assert problems(refused) == [Problem("hit", "not-found")]


# side by side


def test_both_persons_stand_side_by_side(post: Post, desk: SignedIn) -> None:
    alert = replace(
        sought(),
        names=("ЭРИКССОН, АННА", "ERIKSON, ANNA MARIA"),
        birth_dates=(PartialDate(1974, 12, 8),),
        sex=Sex.MALE,
        nationalities=("SWE",),
        national_numbers=("19740812-1234",),
        plates=("01 777 ABC",),
    )
    vehicle = VehicleDraft(plate="01A777BC")
    [hit] = cross(post, alert, draft=a_draft(vehicle=vehicle))

    compared = {each.field: each for each in desk.hits.open(hit.id).value.compared}

    assert list(compared) == [
        "name",
        "other_names",
        "birth_date",
        "sex",
        "nationality",
        "documents",
        "national_numbers",
        "plate",
    ]
    assert compared["name"] == Compared(
        field="name",
        traveller="ERIKSSON ANNA MARIA",
        alert="ERIKSON, ANNA MARIA",
        likeness=Likeness.SIMILAR,
    )
    assert compared["other_names"].alert == "ЭРИКССОН, АННА"
    assert compared["birth_date"] == Compared(
        field="birth_date",
        traveller="12.08.1974",
        alert="08.12.1974",
        likeness=Likeness.SIMILAR,
    )
    assert {field: each.likeness for field, each in compared.items()} == {
        "name": Likeness.SIMILAR,
        "other_names": Likeness.ONE_SIDED,
        "birth_date": Likeness.SIMILAR,
        "sex": Likeness.DIFFERENT,
        "nationality": Likeness.SAME,
        "documents": Likeness.SAME,
        "national_numbers": Likeness.ONE_SIDED,
        "plate": Likeness.DIFFERENT,
    }


def test_a_partial_birth_date_agrees_and_is_not_called_the_same(post: Post) -> None:
    [hit] = cross(post, replace(sought(), birth_dates=(PartialDate(1974),)))
    with post.session(Role.SECOND_LINE) as session:
        [born] = [
            each for each in session.hits.open(hit.id).value.compared if each.field == "birth_date"
        ]

    assert (born.alert, born.likeness) == ("1974", Likeness.SIMILAR)


def test_a_document_that_may_be_listed_is_not_called_the_same(post: Post) -> None:
    with post.session(Role.SECOND_LINE) as session:
        check = session.first_line.admit(a_draft()).value
        listed = Evidence(
            code="document-may-be-listed", values={"state": "UTO", "number": "L898902C3"}
        )
        hit = session.store.append(
            a_hit(check, list_id="documents", alert_id="UTO-L898902C3", evidence=(listed,))
        )
        compared = session.hits.open(hit.id).value.compared

    [document] = [each for each in compared if each.field == "documents"]
    assert document == Compared(
        field="documents",
        traveller="UTO L898902C3",
        alert="UTO L898902C3",
        likeness=Likeness.SIMILAR,
    )


def test_what_was_compared_stands_in_the_verdict(post: Post, desk: SignedIn) -> None:
    [hit] = cross(post, replace(sought(), sex=Sex.MALE))

    [judged] = desk.hits.adjudicate(hit.id, SAME).value.adjudications

    assert judged.record.matching == ("name", "documents")
    assert judged.record.differing == ("sex",)


def test_a_corrected_person_is_compared_as_corrected(post: Post, desk: SignedIn) -> None:
    [hit] = cross(post, replace(sought(), birth_dates=(PartialDate(1974, 8, 21),)))
    before = {each.field: each for each in desk.hits.open(hit.id).value.compared}
    with post.session(Role.SUPERVISOR) as supervisor:
        change = Change(field="person.birth_date", before="1974-08-12", after="21.08.1974")
        supervisor.log.amend(
            hit.record.check_id,
            AmendmentDraft(changes=(change,), reason=AmendReason.TYPING_ERROR),
        )

    after = {each.field: each for each in desk.hits.open(hit.id).value.compared}

    assert before["birth_date"].likeness is Likeness.SIMILAR
    assert after["birth_date"] == Compared(
        field="birth_date", traveller="21.08.1974", alert="21.08.1974", likeness=Likeness.SAME
    )


def test_without_the_alert_the_evidence_remembers_its_side(post: Post) -> None:
    alert = replace(sought(), birth_dates=(PartialDate(1974, 12, 8),), nationalities=("SWE",))
    [hit] = cross(post, alert)
    with post.session(Role.SECOND_LINE) as session:
        put_list(session, an_alert("OTHER", names=("SOMEBODY, ELSE",)), version=2)
        case = session.hits.open(hit.id).value

    assert (case.alert, case.photo) == (None, None)
    assert {each.field: each.alert for each in case.compared if each.alert} == {
        "name": "ERIKSSON, ANNA MARIA",
        "birth_date": "08.12.1974",
        "nationality": "SWE",
        "documents": "UTO L898902C3",
    }


def test_the_photograph_comes_with_the_alert(post: Post, desk: SignedIn) -> None:
    [hit] = cross(post, replace(sought(), photo=face("A")))

    assert desk.hits.open(hit.id).value.photo == face("A")


def test_bytes_that_are_no_photograph_are_not_shown(post: Post, desk: SignedIn) -> None:
    [hit] = cross(post, replace(sought(), photo=b"<svg/>"))

    assert desk.hits.open(hit.id).value.photo is None


# opening


def test_who_opened_a_hit_is_recorded(hit: str, desk: SignedIn) -> None:
    done = desk.hits.open(hit)

    [opened] = desk.store.about(hit, Consultation)
    assert (opened.officer, opened.record.reason) == (SECOND_LINE, ConsultReason.HIT_WORK)
    assert done.value.state is HitState.OPENED
    assert done.value.seen_by == (
        SeenBy(officer=NUMBERS[Role.OFFICER], at=NOON, level="strong"),
        SeenBy(officer=SECOND_LINE, at=opened.happened_at, level="strong"),
    )
    assert done.changed == Changed.HITS


def test_nothing_half_typed_is_lost(hit: str, post: Post) -> None:
    work = HitWork(adjudication=replace(SAME, note="The ear"), closing_note="Nothing")
    with post.session(Role.SECOND_LINE) as session:
        session.hits.keep(hit, work)
    with post.session(Role.SUPERVISOR) as other:
        assert other.hits.open(hit).value.work == HitWork()

    with post.session(Role.SECOND_LINE) as session:
        assert session.hits.open(hit).value.work == work
        left = session.hits.adjudicate(hit, work.adjudication).value.work

    assert left == HitWork(closing_note="Nothing")


# verdicts


def test_a_verdict_is_signed_by_its_officer(hit: str, desk: SignedIn) -> None:
    done = desk.hits.adjudicate(hit, NOT_SAME)

    entry = entries_of(desk.store)[-1]
    assert [each.officer for each in entry.signatures] == [SECOND_LINE]
    assert done.value.state is HitState.NOT_SAME
    assert done.changed == Changed.HITS | Changed.WAITING


def test_a_verdict_that_is_not_complete_is_refused_and_records_nothing(
    hit: str, desk: SignedIn
) -> None:
    before = desk.store.tip()

    with pytest.raises(Refused) as refused:
        desk.hits.adjudicate(hit, replace(SAME, reasons=(AdjudicationReason.OWNER_SAID_NO,)))

    assert problems(refused) == [
        Problem("reasons", "not-for-this-verdict"),
        Problem("reasons", "owner-not-asked"),
    ]
    assert desk.store.tip() == before


def test_what_the_owner_said_counts_once_he_was_asked(hit: str, desk: SignedIn) -> None:
    said_no = replace(NOT_SAME, reasons=(AdjudicationReason.OWNER_SAID_NO,))
    with pytest.raises(Refused) as refused:
        desk.hits.adjudicate(hit, said_no)
    assert problems(refused) == [Problem("reasons", "owner-not-asked")]

    desk.hits.report(hit, replace(TOLD, reply="He sits in a cell here."))

    assert desk.hits.adjudicate(hit, said_no).value.state is HitState.NOT_SAME


def test_arrest_and_refusal_wait_for_a_second_person(hit: str, desk: SignedIn) -> None:
    case = desk.hits.adjudicate(hit, SAME).value

    assert (case.needs_second, case.state, case.report_due) == (True, HitState.PROPOSED, None)
    [line] = desk.hits.queue(HitShow.SECOND_PERSON)
    assert (line.hit.id, line.mine) == (hit, True)


def test_other_alerts_are_confirmed_by_one(missing_person: str, desk: SignedIn) -> None:
    case = desk.hits.adjudicate(missing_person, ALONE).value

    assert (case.needs_second, case.state, case.progress.is_alone) == (
        False,
        HitState.CONFIRMED,
        False,
    )
    assert case.adjudications[0].record.alone is None


def test_a_second_person_confirms_and_signs(hit: str, post: Post) -> None:
    proposed(post, hit)
    with post.session(Role.SUPERVISOR) as supervisor:
        case = supervisor.hits.give_opinion(hit, AGREE).value
        entry = entries_of(supervisor.store)[-1]

    assert case.state is HitState.CONFIRMED
    assert case.progress.judges == (SECOND_LINE, SUPERVISOR)
    assert [each.officer for each in entry.signatures] == [SUPERVISOR]


def test_nobody_confirms_his_own_verdict(hit: str, desk: SignedIn) -> None:
    desk.hits.adjudicate(hit, SAME)

    with pytest.raises(Refused) as refused:
        desk.hits.give_opinion(hit, AGREE)

    assert problems(refused) == [Problem("opinion", "second-person")]


def test_an_opinion_is_given_only_where_one_is_asked_for(hit: str, desk: SignedIn) -> None:
    with pytest.raises(Refused) as refused:
        desk.hits.give_opinion(hit, OpinionDraft())

    assert problems(refused) == [
        Problem("opinion", "missing"),
        Problem("opinion", "not-asked-for"),
    ]


def test_while_a_verdict_waits_others_say_whether_they_agree(hit: str, post: Post) -> None:
    proposed(post, hit)

    with post.session(Role.SUPERVISOR) as supervisor, pytest.raises(Refused) as refused:
        supervisor.hits.adjudicate(hit, NOT_SAME)

    assert problems(refused) == [Problem("verdict", "opinion-asked-for")]


def test_who_proposed_may_think_better_of_it(hit: str, desk: SignedIn, post: Post) -> None:
    desk.hits.adjudicate(hit, SAME)
    post.clock.forward(minutes=1)

    case = desk.hits.adjudicate(hit, NOT_SAME).value

    assert case.state is HitState.NOT_SAME
    assert [each.record.supersedes for each in case.adjudications] == [
        (),
        (case.adjudications[0].id,),
    ]


def test_disagreement_opens_the_hit_again(hit: str, post: Post) -> None:
    proposed(post, hit)
    with post.session(Role.SUPERVISOR) as supervisor:
        with pytest.raises(Refused) as refused:
            supervisor.hits.give_opinion(hit, replace(DISAGREE, note=""))
        assert problems(refused) == [Problem("note", "missing")]
        case = supervisor.hits.give_opinion(hit, DISAGREE).value
        assert (case.state, case.progress.verdict) == (HitState.OPENED, None)
        post.clock.forward(minutes=1)

        assert supervisor.hits.adjudicate(hit, NOT_SAME).value.state is HitState.NOT_SAME


# alone


def test_alone_with_a_reason_is_confirmed_and_waits_for_review(hit: str, post: Post) -> None:
    case = confirmed_alone(post, hit)

    assert (case.state, case.progress.is_alone) == (HitState.CONFIRMED, True)
    with post.session(Role.SUPERVISOR) as supervisor:
        [line] = supervisor.hits.queue(HitShow.TO_REVIEW)
        assert (line.hit.id, line.alone, line.mine) == (hit, True, False)
        done = supervisor.hits.review_alone(hit, "Seen, rightly so.")
        assert supervisor.hits.queue(HitShow.TO_REVIEW) == []

    [review] = done.value.reviews
    assert [each.leaf for each in review.record.seen] == [each.leaf for each in case.entries()]
    assert not done.value.progress.is_alone


def test_what_was_confirmed_alone_is_reviewed_after_it_was_closed_too(hit: str, post: Post) -> None:
    confirmed_alone(post, hit)
    with post.session(Role.SECOND_LINE) as session:
        session.hits.take_action(hit, DETAINED)
        session.hits.report(hit, TOLD)
        session.hits.close(hit)
    with post.session(Role.SUPERVISOR) as supervisor:
        assert ids(supervisor.hits.queue(HitShow.TO_REVIEW)) == [hit]

        case = supervisor.hits.review_alone(hit).value

    assert (case.state, case.progress.is_alone) == (HitState.CLOSED, False)


def test_nobody_reviews_himself_or_what_needs_none(hit: str, post: Post) -> None:
    with post.session(Role.SUPERVISOR) as supervisor:
        with pytest.raises(Refused) as refused:
            supervisor.hits.review_alone(hit)
        assert problems(refused) == [Problem("hit", "nothing-to-review")]
        supervisor.hits.adjudicate(hit, ALONE)
        with pytest.raises(Refused) as refused:
            supervisor.hits.review_alone(hit)

    assert problems(refused) == [Problem("hit", "own-record")]


def test_who_disagrees_with_what_was_confirmed_alone_opens_it_again(hit: str, post: Post) -> None:
    confirmed_alone(post, hit)
    with post.session(Role.SUPERVISOR) as supervisor:
        assert supervisor.hits.give_opinion(hit, DISAGREE).value.state is HitState.OPENED
        assert supervisor.hits.queue(HitShow.TO_REVIEW) == []


# what follows


def test_a_hit_is_followed_to_its_end(hit: str, post: Post) -> None:
    proposed(post, hit)
    states = []
    with post.session(Role.SUPERVISOR) as supervisor:
        desk = supervisor.hits
        states.append(desk.give_opinion(hit, AGREE).value.state)
        states.append(desk.take_action(hit, DETAINED).value.state)
        states.append(desk.report(hit, TOLD).value.state)
        case = desk.close(hit, "Handed to the criminal police.").value
        supervisor.administration.verify()

    assert states == [HitState.CONFIRMED, HitState.ACTION_TAKEN, HitState.REPORTED]
    assert (case.state, case.missing) == (HitState.CLOSED, ())
    assert case.closure is not None
    assert case.closure.record == HitClosure(hit_id=hit, note="Handed to the criminal police.")


@pytest.mark.parametrize(
    "verdict", [None, SAME, NOT_SAME], ids=["none", "proposed", "not the same"]
)
def test_nothing_is_done_to_a_traveller_before_it_is_settled_who_he_is(
    hit: str, desk: SignedIn, verdict: AdjudicationDraft | None
) -> None:
    if verdict:
        desk.hits.adjudicate(hit, verdict)

    with pytest.raises(Refused) as refused:
        desk.hits.take_action(hit, DETAINED)

    assert problems(refused) == [Problem("action", "not-confirmed")]


def test_where_nobody_can_say_what_was_done_is_recorded_all_the_same(
    hit: str, desk: SignedIn
) -> None:
    desk.hits.adjudicate(hit, CANNOT_SAY)

    case = desk.hits.take_action(hit, ActionDraft(action=ActionTaken.LET_GO_ON)).value

    assert (case.state, len(case.actions)) == (HitState.INCONCLUSIVE, 1)


def test_a_time_long_before_the_check_is_a_slip(missing_person: str, desk: SignedIn) -> None:
    desk.hits.adjudicate(missing_person, SAME)

    with pytest.raises(Refused) as action:
        desk.hits.take_action(missing_person, replace(DETAINED, taken_at="24.10.2026 12:00"))
    with pytest.raises(Refused) as report:
        desk.hits.report(missing_person, replace(TOLD, reported_at="24.10.2026 12:00"))

    assert problems(action) == [Problem("taken_at", "before-the-check")]
    assert problems(report) == [Problem("reported_at", "before-the-check")]


def test_the_owner_is_told_within_twelve_hours_of_confirmation(hit: str, post: Post) -> None:
    proposed(post, hit)
    post.clock.forward(hours=3)
    with post.session(Role.SUPERVISOR) as supervisor:
        due = supervisor.hits.give_opinion(hit, AGREE).value.report_due
        [line] = supervisor.hits.queue(HitShow.TO_REPORT)
        assert due == post.clock.time + timedelta(hours=12)
        assert (line.report_due, line.overdue) == (due, False)

        post.clock.forward(hours=12, seconds=1)

        assert supervisor.hits.queue(HitShow.TO_REPORT)[0].overdue
        case = supervisor.hits.report(hit, TOLD).value
        assert (case.report_due, case.overdue) == (None, False)
        assert supervisor.hits.queue(HitShow.TO_REPORT) == []


def test_the_limit_of_a_report_is_data() -> None:
    rules = HitRules.read(resource("rules", "hits.json"))

    assert rules.report_within("ARREST") == timedelta(hours=12)
    assert {"ARREST", "EXTRADITION", "REFUSE_ENTRY"} <= rules.second_person.categories
    assert rules.source
    assert rules.confidence


# discreet checks


def test_a_discreet_check_asks_for_its_list(discreet: str, post: Post) -> None:
    with post.session(Role.SUPERVISOR) as supervisor:
        case = supervisor.hits.open(discreet).value
        assert (case.needs_collection, case.questions) == (True, tuple(Information))
        supervisor.hits.adjudicate(discreet, SAME)
        with pytest.raises(Refused) as refused:
            supervisor.hits.close(discreet)
        assert [each.field for each in problems(refused)] == ["collection", "action", "report"]

        case = supervisor.hits.collect(discreet, NOTED).value
        supervisor.hits.take_action(discreet, ActionDraft(action=ActionTaken.INFORMATION_COLLECTED))
        supervisor.hits.report(discreet, TOLD)
        closed = supervisor.hits.close(discreet).value

    [collected] = case.collected
    assert [each.item for each in collected.record.items] == list(Information)
    assert closed.state is HitState.CLOSED


def test_nothing_is_collected_that_no_alert_asks_for(hit: str, desk: SignedIn) -> None:
    with pytest.raises(Refused) as refused:
        desk.hits.collect(hit, NOTED)

    assert problems(refused) == [Problem("items", "not-asked-for")]


# closing


def test_what_must_be_done_is_named_when_closing_is_too_early(hit: str, post: Post) -> None:
    missing = []

    def try_to_close(desk: SignedIn) -> None:
        with pytest.raises(Refused) as refused:
            desk.hits.close(hit)
        missing.append([(each.field, each.code) for each in problems(refused)])

    with post.session(Role.SECOND_LINE) as session:
        try_to_close(session)
        session.hits.adjudicate(hit, SAME)
        try_to_close(session)
        session.hits.adjudicate(hit, ALONE)
        try_to_close(session)
        session.hits.take_action(hit, DETAINED)
        try_to_close(session)

    assert missing == [
        [("verdict", "missing")],
        [("opinion", "missing")],
        [("action", "missing"), ("report", "missing")],
        [("report", "missing")],
    ]


def test_where_nobody_can_say_closing_needs_words(hit: str, desk: SignedIn) -> None:
    desk.hits.adjudicate(hit, CANNOT_SAY)
    with pytest.raises(Refused) as refused:
        desk.hits.close(hit, " ")
    assert problems(refused) == [Problem("note", "missing")]
    with pytest.raises(Refused) as refused:
        desk.hits.close(hit, "x" * (LONGEST_TEXT + 1))
    assert problems(refused) == [Problem("note", "too-long")]

    assert desk.hits.close(hit, "Went back before anybody came.").value.closure


def test_a_closed_hit_stays_as_it_is(hit: str, desk: SignedIn) -> None:
    desk.hits.adjudicate(hit, NOT_SAME)
    desk.hits.close(hit)
    before = desk.store.tip()

    acts: tuple[Callable[[], object], ...] = (
        lambda: desk.hits.adjudicate(hit, SAME),
        lambda: desk.hits.give_opinion(hit, AGREE),
        lambda: desk.hits.take_action(hit, DETAINED),
        lambda: desk.hits.report(hit, TOLD),
        lambda: desk.hits.collect(hit, NOTED),
        lambda: desk.hits.close(hit),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert problems(refused) == [Problem("hit", "closed")]
    assert desk.store.tip() == before


def test_an_alert_that_its_owner_took_back_may_be_closed_with_words(
    hit: str, desk: SignedIn
) -> None:
    desk.hits.adjudicate(hit, ALONE)
    desk.store.append(
        AlertChanged(hit_id=hit, list_id="TEST", list_version=2, change=AlertChange.WITHDRAWN)
    )
    [line] = desk.hits.queue()
    assert (line.withdrawn_by_owner, line.report_due) == (True, None)
    assert desk.hits.queue(HitShow.TO_REPORT) == []
    with pytest.raises(Refused) as refused:
        desk.hits.close(hit)
    assert problems(refused) == [Problem("note", "missing")]

    assert desk.hits.close(hit, "Taken back at noon.").value.state is HitState.CLOSED


# remembered


def test_not_the_same_is_shown_to_the_next_officer_and_never_applied(
    hit: str, post: Post, desk: SignedIn
) -> None:
    desk.hits.adjudicate(hit, NOT_SAME)
    with post.session(SECOND_OFFICER) as officer:
        [possible] = officer.first_line.findings(a_draft()).hits
    [again] = cross(post)

    [verdict] = possible.earlier_verdicts
    assert (verdict.verdict, verdict.reasons, verdict.officer) == (
        HitVerdict.NOT_SAME,
        (AdjudicationReason.DIFFERENT_PHOTO,),
        SECOND_LINE,
    )
    case = desk.hits.open(again.id).value
    assert case.earlier_verdicts == (verdict,)
    assert case.state is HitState.OPENED


@pytest.mark.parametrize(
    ("traveller", "is_known"),
    [
        ({"primary_identifier": "ERIXON"}, True),
        ({"documents": (a_document(number="X1111111"),)}, True),
        ({"documents": (a_document(number="X1111111"),), "birth_date": "1970"}, False),
        (
            {
                "documents": (a_document(number="X1111111"),),
                "birth_date": "1970",
                "national_number": "4711-0815",
            },
            True,
        ),
    ],
    ids=["document", "name and birth", "neither", "national number"],
)
def test_a_person_is_known_by_document_number_or_name_with_birth(
    post: Post, desk: SignedIn, traveller: dict[str, object], is_known: bool
) -> None:
    alert = replace(sought(), documents=(("UTO", "L898902C3"), ("UTO", "X1111111")))
    [hit] = cross(post, alert, draft=a_draft(national_number="47110815"))
    desk.hits.adjudicate(hit.id, NOT_SAME)

    with post.session(Role.OFFICER) as officer:
        draft = replace(a_draft(), **traveller)  # type: ignore[arg-type]  # fields by name
        [possible] = officer.first_line.findings(draft).hits

    assert bool(possible.earlier_verdicts) is is_known


def test_a_hits_own_verdict_is_none_of_the_earlier(hit: str, desk: SignedIn) -> None:
    assert desk.hits.adjudicate(hit, NOT_SAME).value.earlier_verdicts == ()


def test_another_alert_has_no_verdict_yet(hit: str, post: Post, desk: SignedIn) -> None:
    desk.hits.adjudicate(hit, NOT_SAME)
    with post.session(Role.OFFICER) as officer:
        put_list(officer, sought("A-2"), version=2)
        [possible] = officer.first_line.findings(a_draft()).hits

    assert possible.earlier_verdicts == ()


def test_a_verdict_that_waits_or_fell_is_no_verdict_yet(hit: str, post: Post) -> None:
    proposed(post, hit)
    with post.session(Role.SUPERVISOR) as supervisor:
        [possible] = supervisor.first_line.findings(a_draft()).hits
        assert possible.earlier_verdicts == ()
        supervisor.hits.give_opinion(hit, DISAGREE)

        [possible] = supervisor.first_line.findings(a_draft()).hits
        assert possible.earlier_verdicts == ()


def test_a_verdict_on_a_hit_that_others_may_not_see_is_not_told(discreet: str, post: Post) -> None:
    with post.session(Role.SUPERVISOR) as supervisor:
        supervisor.hits.adjudicate(discreet, NOT_SAME)
        put_list(supervisor, missed("D-1"), version=2)  # the same alert, for everybody now
        [told] = supervisor.first_line.findings(a_draft()).hits
    with post.session(Role.OFFICER) as officer:
        [shown] = officer.first_line.findings(a_draft()).hits

    assert len(told.earlier_verdicts) == 1
    assert shown.earlier_verdicts == ()


# the first line


def test_what_the_officer_read_is_recorded_with_the_check(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        weak = an_alert("W-1", birth_dates=(PartialDate(1990, 1, 1),))
        put_list(officer, sought(), weak, watched())
        possible = officer.first_line.findings(a_draft()).hits
        assert [each.acknowledged for each in possible] == [False, False]
        officer.first_line.acknowledge_hits(possible[:1])
        assert [each.acknowledged for each in officer.first_line.findings(a_draft()).hits] == [
            True,
            False,
        ]
        read_at = post.clock.time
        post.clock.forward(seconds=9)
        check = officer.first_line.refer(a_draft(), POSSIBLE_HIT).value

        [seen] = officer.store.about(check.id, HitSeen)
        hits = {hit.id: hit for hit in officer.store.about(check.id, Hit)}
    assert (seen.officer, seen.happened_at) == (NUMBERS[Role.OFFICER], read_at)
    [noted] = seen.record.hits
    assert (hits[noted.hit_id].record.alert_id, noted.level) == (
        possible[0].alert_id,
        "strong",
    )
    with post.session(Role.SECOND_LINE) as session:
        [by] = session.hits.open(noted.hit_id).value.seen_by[:1]
    assert by == SeenBy(officer=NUMBERS[Role.OFFICER], at=read_at, level="strong")


def test_a_supervisor_at_the_booth_leaves_no_trace_of_what_others_may_not_see(
    post: Post,
) -> None:
    with post.session(Role.SUPERVISOR) as supervisor:
        put_list(supervisor, watched())
        read_hits(supervisor, a_draft())
        check = supervisor.first_line.admit(a_draft()).value

        assert supervisor.store.about(check.id, HitSeen) == []


def test_what_was_read_counts_for_one_traveller_only(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, sought())
        read_hits(officer, a_draft())
        officer.first_line.admit(a_draft())

        [possible] = officer.first_line.findings(a_draft()).hits
        assert not possible.acknowledged
        officer.first_line.acknowledge_hits([possible])
        officer.first_line.keep_draft(CheckDraft())
        assert not officer.first_line.findings(a_draft()).hits[0].acknowledged


def test_a_check_taken_back_comes_with_what_was_read(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, sought())
        read_hits(officer, a_draft())
        officer.first_line.admit(a_draft())

        draft = officer.first_line.take_back().value

        assert officer.first_line.findings(draft).hits[0].acknowledged


def test_where_the_rules_ask_for_it_a_strong_hit_is_read_before_it_is_decided(
    post: Post,
) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, sought(), watched())
        rules = structs.replace(officer.workplace.hit_rules, acknowledge=frozenset({"strong"}))
        booth = FirstLine(replace(officer.workplace, hit_rules=rules))
        before = officer.store.tip()
        with pytest.raises(Refused) as refused:
            booth.admit(a_draft())
        assert problems(refused) == [Problem("hits", "not-acknowledged")]
        assert officer.store.tip() == before

        booth.acknowledge_hits(booth.findings(a_draft()).hits)

        assert booth.admit(a_draft()).value


# other workstations of the post


@pytest.fixture
def neighbour(tmp_path: Path, new_workstation: Path) -> Post:
    """A second workstation of the post, with the same people and a journal of its own."""
    folder = Folder(tmp_path / "neighbour")
    shutil.copytree(new_workstation, folder.path)
    folder.device_key.unlink()
    DeviceKey.create(folder.device_key, deployment="utopia", workstation="osh-02", post="OSH-01")
    return Post(folder)


def hear(post: Post, neighbour: Post) -> None:
    """Put the neighbour's journal, as far as it is not here yet, into this workstation's file."""
    with neighbour.session(Role.SUPERVISOR) as theirs:
        entries, origin = entries_of(theirs.store), theirs.store.origin
        public = DeviceKey.load(neighbour.folder.device_key).public
    with post.session(Role.SUPERVISOR) as ours:
        key = bytearray(ours.unlocked.database_key)
        with closing(connect(post.folder.records, key)) as db, db.atomic():
            journals = Journals(db)
            number = journals.number_of(origin, public)
            for entry in entries[journals.tip(number, origin).position :]:
                journals.append(number, entry)
                tables.apply(db, number, origin.workstation, entry)


def test_a_verdict_of_another_booth_counts_here(post: Post, neighbour: Post) -> None:
    [hit] = cross(neighbour, sought())
    with neighbour.session(Role.SECOND_LINE) as session:
        session.hits.adjudicate(hit.id, NOT_SAME)

    hear(post, neighbour)

    with post.session(Role.OFFICER) as officer:
        put_list(officer, sought())
        [possible] = officer.first_line.findings(a_draft()).hits
    assert [each.verdict for each in possible.earlier_verdicts] == [HitVerdict.NOT_SAME]
    with post.session(Role.SECOND_LINE) as session:
        [line] = session.hits.queue()
        assert (line.hit.id, line.state, line.traveller) == (
            hit.id,
            HitState.NOT_SAME,
            "ERIKSSON ANNA MARIA",
        )
        assert line.hit.origin == "osh-02"


def test_the_second_person_may_sit_at_another_workstation(post: Post, neighbour: Post) -> None:
    [hit] = cross(post, sought())
    hear(neighbour, post)
    with neighbour.session(Role.SECOND_LINE) as session:
        session.hits.adjudicate(hit.id, SAME)
    hear(post, neighbour)
    post.clock.forward(minutes=5)
    with post.session(Role.SUPERVISOR) as supervisor:
        case = supervisor.hits.give_opinion(hit.id, AGREE).value
        supervisor.store.rebuild()
        [line] = supervisor.hits.queue()

    assert case.state is HitState.CONFIRMED
    assert line.state is HitState.CONFIRMED


def test_what_two_workstations_say_apart_and_differs_is_open_again(
    post: Post, neighbour: Post
) -> None:
    [hit] = cross(post, missed())
    hear(neighbour, post)
    with neighbour.session(Role.SUPERVISOR) as supervisor:
        supervisor.hits.adjudicate(hit.id, SAME)
    with post.session(Role.SECOND_LINE) as session:
        session.hits.adjudicate(hit.id, NOT_SAME)

    hear(post, neighbour)

    with post.session(Role.SECOND_LINE) as session:
        case = session.hits.open(hit.id).value
        assert (case.state, case.progress.is_disputed) == (HitState.OPENED, True)
        assert case.missing == (Problem("verdict", "disputed"),)
        assert session.hits.adjudicate(hit.id, NOT_SAME).value.state is HitState.NOT_SAME


def test_entries_about_a_hit_may_come_before_the_hit(post: Post, neighbour: Post) -> None:
    [hit] = cross(post, missed())
    hear(neighbour, post)
    with neighbour.session(Role.SUPERVISOR) as supervisor:
        supervisor.hits.adjudicate(hit.id, SAME)
    third = Post(Folder(post.folder.path.with_name("third")))
    shutil.copytree(neighbour.folder.path, third.folder.path)
    with third.session(Role.SUPERVISOR) as session:
        assert session.hits.queue()[0].state is HitState.CONFIRMED
        session.store.rebuild()  # the own journal first: the verdict comes before the hit

        assert session.hits.queue()[0].state is HitState.CONFIRMED


def test_the_tables_of_hits_equal_the_journals(post: Post, neighbour: Post) -> None:
    [ours] = cross(post, sought(), draft=a_draft(national_number="4711-0815"))
    [theirs] = cross(neighbour, missed())
    confirmed_alone(post, ours.id)
    hear(post, neighbour)
    with post.session(Role.SUPERVISOR) as supervisor:
        supervisor.hits.review_alone(ours.id)
        supervisor.hits.adjudicate(theirs.id, NOT_SAME)

        supervisor.administration.verify()


# an earlier version of the program


def test_a_file_of_the_first_version_gets_its_tables_from_the_journal(hit: str, post: Post) -> None:
    confirmed_alone(post, hit)
    with post.session(Role.SUPERVISOR) as session:
        key = bytearray(session.unlocked.database_key)
    with closing(connect(post.folder.records, key)) as db, db.atomic():
        db.execute("drop table hits")
        db.execute("drop table national_numbers")
        db.execute("delete from _sqlite_migrations where name = 'm002_hits_followed'")
        db.execute("delete from marks where name = 'tables'")
        db.execute("pragma user_version = 1")

    with post.session(Role.SUPERVISOR) as session:
        assert ids(session.hits.queue(HitShow.TO_REVIEW)) == [hit]
        session.administration.verify()
