"""What must be said to judge a hit or follow it, and where a hit stands after all of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.journal.body import from_json, to_json
from checkpoint_client.records import (
    ActionDraft,
    Adjudication,
    AdjudicationDraft,
    AlertChanged,
    CollectedInformation,
    CollectedItem,
    CollectionDraft,
    Consultation,
    Hit,
    HitAction,
    HitClosure,
    HitWork,
    OpinionDraft,
    OwnerReport,
    Problem,
    Record,
    ReportDraft,
    Review,
    SecondOpinion,
    is_of_weight,
)
from checkpoint_client.records.adjudication import REASONS, HitStep, Progress, Step, progress_of
from checkpoint_client.records.codes import (
    ActionTaken,
    AdjudicationReason,
    AlertChange,
    AloneReason,
    Collecting,
    ConsultAction,
    ConsultReason,
    HitOrigin,
    HitState,
    HitVerdict,
    Information,
    Opinion,
    ReportMeans,
    Verdict,
)
from checkpoint_client.records.dates import moment_typed
from checkpoint_client.records.drafts import LONGEST_LINE, LONGEST_TEXT
from tests.post import NOON

LATER = NOON + timedelta(hours=2, minutes=5)
TOO_LONG = "x" * (LONGEST_TEXT + 1)

OPENED = Consultation(target_id="h", action=ConsultAction.OPENED, reason=ConsultReason.HIT_WORK)
PROPOSAL = Adjudication(
    hit_id="h",
    verdict=HitVerdict.SAME,
    reasons=(AdjudicationReason.SAME_PHOTO,),
    second_person=True,
)
ALONE = replace(PROPOSAL, alone=AloneReason.ALONE_ON_SHIFT)
SAME = replace(PROPOSAL, second_person=False)
NOT_SAME = replace(SAME, verdict=HitVerdict.NOT_SAME, reasons=(AdjudicationReason.DIFFERENT_PHOTO,))
CANNOT_SAY = replace(
    SAME, verdict=HitVerdict.CANNOT_SAY, reasons=(AdjudicationReason.TRAVELLER_GONE,)
)
AGREED = SecondOpinion(adjudication_id="1", hit_id="h", agrees=Opinion.AGREES)
DISAGREED = replace(AGREED, agrees=Opinion.DISAGREES, note="Another nose.")
DETAINED = HitAction(hit_id="h", action=ActionTaken.DETAINED, taken_at=NOON)
REPORTED = OwnerReport(hit_id="h", means=ReportMeans.PHONE, reported_at=NOON, reported_to="Line")
COLLECTED = CollectedInformation(hit_id="h", items=())
CLOSED = HitClosure(hit_id="h")
COUNTERSIGNED = Review(target_id="h", verdict=Verdict.COUNTERSIGNED, seen=())
WITHDRAWN = AlertChanged(hit_id="h", list_id="T", list_version=2, change=AlertChange.WITHDRAWN)


def told(*said: tuple[str, HitStep]) -> list[Step]:
    """Entries one minute apart, each with who made it; their ids count from 1."""
    return [
        Step(id=str(place), at=NOON + timedelta(minutes=place), officer=officer, record=record)
        for place, (officer, record) in enumerate(said, start=1)
    ]


def progress(*said: tuple[str, HitStep]) -> Progress:
    return progress_of(told(*said))


# verdicts being typed


def test_an_empty_verdict_says_what_is_needed() -> None:
    assert AdjudicationDraft().problems() == [
        Problem("verdict", "missing"),
        Problem("reasons", "missing"),
    ]


@pytest.mark.parametrize("verdict", HitVerdict)
def test_every_reason_of_a_verdict_will_do_and_no_other(verdict: HitVerdict) -> None:
    for reason in AdjudicationReason:
        draft = AdjudicationDraft(verdict=verdict, reasons=(reason,), note="In words.")

        fits = reason in REASONS[verdict]
        assert draft.problems() == ([] if fits else [Problem("reasons", "not-for-this-verdict")])


def test_every_reason_serves_a_verdict() -> None:
    assert {each for reasons in REASONS.values() for each in reasons} == set(AdjudicationReason)


@pytest.mark.parametrize(
    "changes",
    [{"reasons": (AdjudicationReason.OTHER,)}, {"alone": AloneReason.OTHER}],
    ids=["another reason", "another reason to be alone"],
)
def test_another_reason_needs_words(changes: dict[str, object]) -> None:
    draft = AdjudicationDraft(
        verdict=HitVerdict.SAME, reasons=(AdjudicationReason.SAME_PHOTO,), note=" "
    )

    assert draft.problems() == []
    assert replace(draft, **changes).problems() == [  # type: ignore[arg-type]  # fields by name
        Problem("note", "missing")
    ]


def test_whoever_disagrees_says_why() -> None:
    assert OpinionDraft().problems() == [Problem("opinion", "missing")]
    assert OpinionDraft(opinion=Opinion.AGREES).problems() == []
    assert OpinionDraft(opinion=Opinion.DISAGREES).problems() == [Problem("note", "missing")]


# what is done, typed


def test_an_empty_action_needs_only_its_kind() -> None:
    assert ActionDraft().problems(NOON) == [Problem("action", "missing")]
    assert ActionDraft(action=ActionTaken.DETAINED).problems(NOON) == []


@pytest.mark.parametrize("action", [ActionTaken.OTHER, ActionTaken.NOT_POSSIBLE])
def test_what_no_code_explains_needs_words(action: ActionTaken) -> None:
    assert ActionDraft(action=action).problems(NOON) == [Problem("note", "missing")]


def test_an_action_stands_as_it_was_typed_or_now() -> None:
    draft = ActionDraft(action=ActionTaken.DETAINED, taken_at="11:40", place=" Room  2 ")

    assert draft.recorded("h", NOON) == HitAction(
        hit_id="h",
        action=ActionTaken.DETAINED,
        taken_at=NOON - timedelta(minutes=20),
        place="Room 2",
    )
    assert replace(draft, taken_at="").recorded("h", NOON).taken_at == NOON


@pytest.mark.parametrize(
    ("typed", "code"), [("noon", "not-a-time"), ("24.11.2026 12:01", "in-the-future")]
)
def test_a_time_that_is_none_or_has_not_come_is_a_problem(typed: str, code: str) -> None:
    action = ActionDraft(action=ActionTaken.DETAINED, taken_at=typed)
    report = ReportDraft(means=ReportMeans.PHONE, reported_to="Line 112", reported_at=typed)

    assert action.problems(NOON) == [Problem("taken_at", code)]
    assert report.problems(NOON) == [Problem("reported_at", code)]


def test_a_report_needs_its_means_and_to_whom() -> None:
    assert ReportDraft().problems(NOON) == [
        Problem("means", "missing"),
        Problem("reported_to", "missing"),
    ]
    assert ReportDraft(means=ReportMeans.OTHER, reported_to="Line 112").problems(NOON) == [
        Problem("note", "missing")
    ]


def test_what_is_too_long_is_a_problem_of_its_field() -> None:
    long = "x" * (LONGEST_LINE + 1)
    action = ActionDraft(action=ActionTaken.DETAINED, place=long, note=TOO_LONG)
    report = ReportDraft(means=ReportMeans.PHONE, reported_to=long, reply=TOO_LONG)

    assert action.problems(NOON) == [Problem("place", "too-long"), Problem("note", "too-long")]
    assert report.problems(NOON) == [
        Problem("reported_to", "too-long"),
        Problem("reply", "too-long"),
    ]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", LATER),
        ("14:05", LATER),
        ("1405", LATER),
        ("9:30", NOON - timedelta(hours=2, minutes=30)),
        ("23:10", NOON - timedelta(hours=12, minutes=50)),
        ("23.11.2026  08:15", NOON - timedelta(days=1, hours=3, minutes=45)),
        ("2026-11-24T08:15", NOON - timedelta(hours=3, minutes=45)),
        ("2026-11-24T03:15+00:00", NOON - timedelta(hours=3, minutes=45)),
    ],
)
def test_a_time_may_be_typed_as_officers_write_it(typed: str, wanted: datetime) -> None:
    assert moment_typed(typed, LATER) == wanted


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_a_time(typed: str) -> None:
    ReportDraft(means=ReportMeans.PHONE, reported_to="A", reported_at=typed).problems(NOON)


# collected information


def item(
    information: Information, state: Collecting = Collecting.COLLECTED, text: str = ""
) -> CollectedItem:
    return CollectedItem(item=information, state=state, text=text)


def test_the_list_is_recorded_in_its_order_with_what_nobody_asked_for() -> None:
    draft = CollectionDraft(
        items=(
            item(Information.ROUTE_DESTINATION, text=" Osh to Amaurot "),
            item(Information.LOCATED),
        )
    )

    recorded = draft.recorded("h").items
    assert draft.problems() == []
    assert [each.item for each in recorded] == list(Information)
    assert recorded[0] == item(Information.LOCATED)
    assert recorded[2] == item(Information.ROUTE_DESTINATION, text="Osh to Amaurot")
    assert recorded[3] == item(Information.COMPANIONS, Collecting.NOT_ASKED)


def test_nothing_collected_is_no_list() -> None:
    nothing = CollectionDraft(items=(item(Information.COMPANIONS, Collecting.NOT_ASKED),))

    assert CollectionDraft().problems() == [Problem("items", "missing")]
    assert nothing.problems() == [Problem("items", "missing")]


@pytest.mark.parametrize("state", [Collecting.COLLECTED, Collecting.NOT_POSSIBLE])
def test_what_was_found_or_why_not_needs_words(state: Collecting) -> None:
    draft = CollectionDraft(items=(item(Information.COMPANIONS, state),))

    assert draft.problems() == [Problem("items.COMPANIONS", "missing")]


def test_an_item_is_noted_once() -> None:
    twice = (item(Information.LOCATED), item(Information.LOCATED))

    assert CollectionDraft(items=twice).problems() == [Problem("items", "twice")]


# where a hit stands


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([], HitState.NEW),
        ([("", WITHDRAWN)], HitState.NEW),
        ([("A", OPENED)], HitState.OPENED),
        ([("A", replace(OPENED, reason=ConsultReason.AUDIT))], HitState.NEW),
        ([("A", REPORTED)], HitState.OPENED),
        ([("A", PROPOSAL)], HitState.PROPOSED),
        ([("A", PROPOSAL), ("B", AGREED)], HitState.CONFIRMED),
        ([("A", PROPOSAL), ("A", AGREED)], HitState.PROPOSED),
        ([("A", PROPOSAL), ("B", DISAGREED)], HitState.OPENED),
        ([("A", PROPOSAL), ("B", PROPOSAL)], HitState.CONFIRMED),
        ([("A", PROPOSAL), ("A", PROPOSAL)], HitState.PROPOSED),
        ([("A", ALONE)], HitState.CONFIRMED),
        ([("A", SAME)], HitState.CONFIRMED),
        ([("A", NOT_SAME)], HitState.NOT_SAME),
        ([("A", CANNOT_SAY)], HitState.INCONCLUSIVE),
        ([("A", SAME), ("A", DETAINED)], HitState.ACTION_TAKEN),
        ([("A", SAME), ("A", REPORTED)], HitState.CONFIRMED),
        ([("A", SAME), ("A", REPORTED), ("A", DETAINED)], HitState.REPORTED),
        ([("A", SAME), ("A", DETAINED), ("A", REPORTED), ("A", CLOSED)], HitState.CLOSED),
        ([("A", SAME), ("B", replace(NOT_SAME, supersedes=("1",)))], HitState.NOT_SAME),
        ([("A", SAME), ("B", NOT_SAME)], HitState.OPENED),
    ],
)
def test_a_hit_stands_where_its_entries_brought_it(
    said: Sequence[tuple[str, HitStep]], state: HitState
) -> None:
    assert progress(*said).state is state


def test_two_people_confirm_when_the_second_agrees() -> None:
    confirmed = progress(("A", PROPOSAL), ("A", DETAINED), ("B", AGREED))

    assert confirmed.confirmed_at == NOON + timedelta(minutes=3)
    assert confirmed.judges == ("A", "B")
    assert confirmed.judgements == ("1",)


def test_verdicts_that_know_nothing_of_each_other_and_differ_are_a_dispute() -> None:
    disputed = progress(("A", SAME), ("B", NOT_SAME))

    assert disputed.is_disputed
    assert disputed.verdict is None
    assert disputed.judgements == ("1", "2")


def test_a_dispute_ends_with_a_verdict_that_replaces_both() -> None:
    ended = progress(("A", SAME), ("B", NOT_SAME), ("C", replace(SAME, supersedes=("1", "2"))))

    assert (ended.is_disputed, ended.verdict, ended.judges) == (False, HitVerdict.SAME, ("C",))


def test_who_disagrees_takes_the_verdict_down_whoever_agreed_before() -> None:
    assert progress(("A", ALONE), ("B", DISAGREED)).verdict is None
    assert progress(("A", PROPOSAL), ("B", AGREED), ("C", DISAGREED)).verdict is None


@pytest.mark.parametrize(
    ("said", "is_alone"),
    [
        ([("A", ALONE)], True),
        ([("A", PROPOSAL), ("B", AGREED)], False),
        ([("A", SAME)], False),
        ([("A", ALONE), ("A", COUNTERSIGNED)], True),
        ([("A", ALONE), ("S", COUNTERSIGNED)], False),
        ([("A", ALONE), ("S", replace(COUNTERSIGNED, verdict=Verdict.QUESTIONED))], True),
        ([("A", ALONE), ("B", AGREED)], False),
        ([("A", ALONE), ("A", CLOSED)], True),
    ],
)
def test_what_one_confirmed_alone_waits_for_another(
    said: Sequence[tuple[str, HitStep]], is_alone: bool
) -> None:
    assert progress(*said).is_alone is is_alone


def test_what_the_owner_was_asked_before_is_not_the_report() -> None:
    before = progress(("A", REPORTED), ("A", SAME))
    after = progress(("A", SAME), ("A", REPORTED))

    assert (before.is_reported, after.is_reported) == (False, True)


@pytest.mark.parametrize(
    ("changes", "is_withdrawn"),
    [
        ([], False),
        ([AlertChange.WITHDRAWN], True),
        ([AlertChange.EXPIRED], True),
        ([AlertChange.CHANGED], False),
        ([AlertChange.WITHDRAWN, AlertChange.CHANGED], False),
    ],
)
def test_the_last_change_says_whether_the_alert_is_gone(
    changes: list[AlertChange], is_withdrawn: bool
) -> None:
    said = [("", replace(WITHDRAWN, change=change)) for change in changes]

    assert progress(*said).is_withdrawn is is_withdrawn


STORIES = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.sampled_from(
            (
                OPENED,
                PROPOSAL,
                ALONE,
                SAME,
                NOT_SAME,
                CANNOT_SAY,
                AGREED,
                DISAGREED,
                replace(NOT_SAME, supersedes=("1", "2")),
                DETAINED,
                REPORTED,
                COLLECTED,
                COUNTERSIGNED,
                WITHDRAWN,
                CLOSED,
            )
        ),
    ),
    max_size=8,
)


@given(STORIES, st.randoms(use_true_random=False))
def test_entries_may_come_in_any_order(said: list[tuple[str, HitStep]], chance: Random) -> None:
    steps = told(*said)
    shuffled = list(steps)
    chance.shuffle(shuffled)

    assert progress_of(shuffled) == progress_of(steps)


@given(STORIES)
def test_nobody_confirms_by_himself_what_takes_two_without_a_reason(
    said: list[tuple[str, HitStep]],
) -> None:
    reached = progress(*(each for each in said if each[1] not in (SAME, ALONE)))

    assert reached.confirmed_at is None or len(reached.judges) > 1
    assert not reached.is_alone


# kinds


@pytest.mark.parametrize(
    ("record", "weighs"),
    [
        (SAME, True),
        (NOT_SAME, True),
        (AGREED, True),
        (CLOSED, True),
        (DETAINED, False),
        (REPORTED, False),
        (COLLECTED, False),
        (WITHDRAWN, False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_verdicts_opinions_and_closings_are_signed(record: Record, weighs: bool) -> None:
    assert is_of_weight(record) is weighs


def test_a_hit_recorded_before_there_were_late_ones_was_found_at_the_check() -> None:
    old = (
        b'{"check_id":"c","list_id":"T","list_version":1,"alert_id":"A","category":"ARREST",'
        b'"action":"DETAIN","visibility":"FIRST_LINE","match_kind":"DOC_EXACT","level":"strong",'
        b'"score":25.0,"name":"A"}'
    )

    assert from_json(Hit, old).origin is HitOrigin.AT_CHECK


def test_what_is_half_typed_survives_being_kept() -> None:
    work = HitWork(
        adjudication=AdjudicationDraft(verdict=HitVerdict.SAME),
        action=ActionDraft(taken_at="14:0"),
        collection=CollectionDraft(items=(item(Information.LOCATED),)),
        closing_note="Half a sen",
    )

    assert from_json(HitWork, to_json(work)) == work
