"""Second line's desk: the case without retyping, signed notes, the outcome, two pairs of eyes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from checkpoint_client.desk import Refused
from checkpoint_client.desk.second_line import Case
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import (
    AddendumDraft,
    BorderCheck,
    Consultation,
    ExchangeDraft,
    Interview,
    InterviewDraft,
    OutcomeDraft,
    Problem,
    ReferralDraft,
    RefusalDraft,
)
from checkpoint_client.records.codes import (
    AmendReason,
    ConsultReason,
    OutcomeDecision,
    ReferralReason,
    RefusalGround,
    Role,
    Signing,
)
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogQuery, Show
from checkpoint_client.watchlist import Visibility
from tests.post import NOON, NUMBERS, Post, a_draft, an_alert, entries_of, put_list, read_hits

DOUBT = ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT)
ADMIT = OutcomeDraft(decision=OutcomeDecision.ADMIT)


@pytest.fixture
def referred(post: Post) -> Kept[BorderCheck]:
    with post.session(Role.OFFICER) as officer:
        return officer.first_line.refer(a_draft(), DOUBT).value


@pytest.fixture
def second_line(post: Post, referred: Kept[BorderCheck]) -> Iterator[SignedIn]:
    assert referred
    post.clock.forward(minutes=5)
    with post.session(Role.SECOND_LINE) as session:
        yield session


@pytest.fixture
def case(second_line: SignedIn) -> Case:
    [waiting] = second_line.second_line.waiting()
    return second_line.second_line.open(waiting.referral.id).value


def noted(draft: InterviewDraft) -> InterviewDraft:
    """Open notes with a question and its answer, ready to be closed."""
    question = ExchangeDraft(asked_at=NOON, question="Where to?", answer="To Osh.")
    return replace(draft, language="uz", exchanges=(question,), signing=Signing.SIGNED)


def test_a_referred_traveller_waits_since_he_was_referred(
    second_line: SignedIn, referred: Kept[BorderCheck]
) -> None:
    [waiting] = second_line.second_line.waiting()

    assert (waiting.check, waiting.since, waiting.opened_by) == (referred, NOON, "")


def test_who_waits_longest_comes_first(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        for name in ("FIRST", "SECOND"):
            officer.first_line.refer(a_draft(primary_identifier=name), DOUBT)
            post.clock.forward(minutes=1)

    with post.session(Role.SECOND_LINE) as session:
        waiting = session.second_line.waiting()
        assert [each.check.record.person.primary_identifier for each in waiting] == [
            "FIRST",
            "SECOND",
        ]


def test_a_case_brings_everything_without_retyping(case: Case, referred: Kept[BorderCheck]) -> None:
    assert (case.check, case.current) == (referred, referred.record)
    assert (case.draft.check_id, case.draft.referral_id) == (referred.id, case.referral.id)
    assert (case.interviews, case.outcome, case.earlier) == ((), None, ())


def test_opening_a_case_is_recorded_and_seen_by_others(second_line: SignedIn, case: Case) -> None:
    [opened] = second_line.store.about(case.check.id, Consultation)

    assert (opened.officer, opened.record.reason) == ("L-0310", ConsultReason.SECOND_LINE)
    [waiting] = second_line.second_line.waiting()
    assert waiting.opened_by == "L-0310"


def test_second_line_sees_hits_that_the_booth_did_not(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(
            officer,
            an_alert("BOOTH"),
            an_alert("SECOND", Visibility.SECOND_LINE),
            an_alert("SECRET", Visibility.SUPERVISOR_ONLY),
        )
        read_hits(officer, a_draft())
        officer.first_line.refer(a_draft(), DOUBT)

    with post.session(Role.SECOND_LINE) as session:
        [waiting] = session.second_line.waiting()
        hits = session.second_line.open(waiting.referral.id).value.hits
        assert {hit.record.alert_id for hit in hits} == {"BOOTH", "SECOND"}


def test_a_referral_that_does_not_exist_is_refused(second_line: SignedIn) -> None:
    with pytest.raises(Refused, match="referral: not-found"):
        second_line.second_line.open("nothing")


# interviews


def test_open_notes_are_there_again_for_their_author_only(
    post: Post, second_line: SignedIn, case: Case
) -> None:
    draft = noted(case.draft)
    second_line.second_line.keep_interview(draft)

    assert second_line.second_line.open(case.referral.id).value.draft == draft
    post.leave(second_line)
    with post.session(Role.SUPERVISOR) as other:
        assert other.second_line.open(case.referral.id).value.draft.exchanges == ()


def test_closed_notes_are_signed_by_the_officer(
    post: Post, second_line: SignedIn, case: Case
) -> None:
    post.clock.forward(minutes=10)

    interview = second_line.second_line.close_interview(noted(case.draft)).value

    assert interview.record.ended_at - interview.record.started_at == timedelta(minutes=10)
    assert (interview.happened_at, interview.recorded_at) == (
        case.draft.started_at,
        post.clock.time,
    )
    [signature] = entries_of(second_line.store)[interview.position - 1].signatures
    assert signature.officer == "L-0310"


def test_notes_that_are_not_complete_stay_open(second_line: SignedIn, case: Case) -> None:
    with pytest.raises(Refused, match="signing: missing"):
        second_line.second_line.close_interview(replace(noted(case.draft), signing=None))

    assert second_line.store.about(case.referral.id, Interview) == []


def test_after_closing_the_next_interview_begins_empty(second_line: SignedIn, case: Case) -> None:
    second_line.second_line.keep_interview(noted(case.draft))
    second_line.second_line.close_interview(noted(case.draft))

    again = second_line.second_line.open(case.referral.id).value

    assert again.draft.exchanges == ()
    assert len(again.interviews) == 1


def test_after_closing_only_addenda_follow(second_line: SignedIn, case: Case) -> None:
    interview = second_line.second_line.close_interview(noted(case.draft)).value

    second_line.second_line.add_addendum(interview.id, AddendumDraft(note="He came back."))

    [closed] = second_line.second_line.open(case.referral.id).value.interviews
    assert closed.interview == interview
    [addendum] = closed.addenda
    assert (addendum.record.reason, addendum.record.note, addendum.record.changes) == (
        AmendReason.ADDENDUM,
        "He came back.",
        (),
    )


@pytest.mark.parametrize(
    ("interview_id", "note", "problem"),
    [("nothing", "Words.", "interview: not-found"), ("nothing", " ", "note: missing")],
)
def test_an_addendum_needs_an_interview_and_words(
    second_line: SignedIn, interview_id: str, note: str, problem: str
) -> None:
    with pytest.raises(Refused, match=problem):
        second_line.second_line.add_addendum(interview_id, AddendumDraft(note=note))


# outcomes


def test_an_outcome_ends_the_waiting(second_line: SignedIn, case: Case) -> None:
    outcome = second_line.second_line.send_outcome(case.referral.id, ADMIT).value

    assert second_line.second_line.waiting() == []
    [row] = second_line.store.search(LogQuery()).rows
    assert row.outcome is OutcomeDecision.ADMIT
    assert second_line.store.search(LogQuery(show=Show.AT_SECOND_LINE)).total == 0
    assert second_line.second_line.open(case.referral.id).value.outcome == outcome


def test_a_refusal_by_second_line_is_signed_and_says_its_grounds(
    second_line: SignedIn, case: Case
) -> None:
    refusal = OutcomeDraft(
        decision=OutcomeDecision.REFUSE,
        grounds=(RefusalGround.NATIONAL,),
        national_ground="Article 51",
    )

    outcome = second_line.second_line.send_outcome(case.referral.id, refusal).value

    assert outcome.record.national_ground == "Article 51"
    assert len(entries_of(second_line.store)[outcome.position - 1].signatures) == 1


def test_grounds_left_ticked_do_not_go_with_an_admission(second_line: SignedIn, case: Case) -> None:
    admitted = replace(ADMIT, grounds=(RefusalGround.A,), national_ground="Article 51")

    outcome = second_line.second_line.send_outcome(case.referral.id, admitted).value

    assert (outcome.record.grounds, outcome.record.national_ground) == ((), "")


def test_an_outcome_is_sent_once(second_line: SignedIn, case: Case) -> None:
    second_line.second_line.send_outcome(case.referral.id, ADMIT)

    with pytest.raises(Refused, match="decision: already-decided"):
        second_line.second_line.send_outcome(case.referral.id, ADMIT)


def test_notes_still_open_hold_the_outcome_back(second_line: SignedIn, case: Case) -> None:
    second_line.second_line.keep_interview(noted(case.draft))

    with pytest.raises(Refused, match="interview: not-closed"):
        second_line.second_line.send_outcome(case.referral.id, ADMIT)


def test_a_traveller_taken_back_at_the_booth_gets_no_outcome(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), DOUBT)
        with post.session(Role.SECOND_LINE) as second_line:
            [waiting] = second_line.second_line.waiting()
            officer.first_line.take_back()

            with pytest.raises(Refused, match="decision: taken-back"):
                second_line.second_line.send_outcome(waiting.referral.id, ADMIT)


def test_who_proposed_a_refusal_does_not_decide_on_it(post: Post) -> None:
    with post.session(Role.SECOND_LINE) as proposer:
        proposer.first_line.refuse(a_draft(), RefusalDraft(grounds=(RefusalGround.C,)))
        [waiting] = proposer.second_line.waiting()

        with pytest.raises(Refused) as refused:
            proposer.second_line.send_outcome(waiting.referral.id, ADMIT)
        assert refused.value.problems == (Problem("decision", "second-person"),)

    with post.session(Role.SUPERVISOR) as approver:
        outcome = approver.second_line.send_outcome(
            waiting.referral.id,
            OutcomeDraft(decision=OutcomeDecision.REFUSE, grounds=(RefusalGround.C,)),
        )
        assert outcome.value.officer == NUMBERS[Role.SUPERVISOR]


def test_an_outcome_refers_to_all_that_it_rests_on(second_line: SignedIn, case: Case) -> None:
    interview = second_line.second_line.close_interview(noted(case.draft)).value
    second_line.second_line.send_outcome(case.referral.id, ADMIT)

    body = entries_of(second_line.store)[-1].body or b""
    for leaf in (case.check.leaf, case.referral.leaf, interview.leaf):
        assert leaf.encode() in body
