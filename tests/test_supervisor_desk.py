"""The supervisor's desk: a verdict over exactly what was seen, and never on one's own record."""

import pytest

from checkpoint_client.desk import Changed, Refused
from checkpoint_client.desk.log import RecordView
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import (
    AmendmentDraft,
    Change,
    Consultation,
    Problem,
    Record,
    Review,
)
from checkpoint_client.records.codes import AmendReason, ConsultReason, Role, Verdict
from checkpoint_client.records.register import RegisterLine
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogQuery
from checkpoint_client.watchlist import Visibility
from tests.post import NOON, Post, a_draft, an_alert, entries_of, put_list


@pytest.fixture
def view(post: Post, supervisor: SignedIn) -> RecordView:
    """A check with a discreet hit, as the supervisor looks at it."""
    with post.session(Role.OFFICER) as officer:
        put_list(officer, an_alert("SECRET", Visibility.SUPERVISOR_ONLY))
        check = officer.first_line.admit(a_draft()).value
    return supervisor.supervisor.look_at(check.id).value


def to_review(session: SignedIn) -> list[str]:
    return [row.id for row in session.supervisor.to_review().rows]


def test_checks_wait_for_review_the_oldest_first(post: Post, supervisor: SignedIn) -> None:
    with post.session(Role.OFFICER) as officer:
        first = officer.first_line.admit(a_draft(primary_identifier="FIRST")).value
        post.clock.forward(minutes=1)
        second = officer.first_line.admit(a_draft(primary_identifier="SECOND")).value

    assert to_review(supervisor) == [first.id, second.id]
    assert supervisor.supervisor.to_review(NOON.date()).total == 2
    assert supervisor.supervisor.to_review(NOON.date().replace(day=1)).total == 0


def test_looking_at_a_record_for_review_is_recorded(supervisor: SignedIn, view: RecordView) -> None:
    [consultation] = supervisor.store.about(view.kept.id, Consultation)

    assert (consultation.officer, consultation.record.reason) == (
        "S-0007",
        ConsultReason.SUPERVISION,
    )


def test_a_countersigned_record_waits_no_more(supervisor: SignedIn, view: RecordView) -> None:
    done = supervisor.supervisor.countersign(view)

    assert to_review(supervisor) == []
    assert done.value.record.verdict is Verdict.COUNTERSIGNED
    assert done.changed == Changed.REVIEWS | Changed.CHECKS
    [row] = supervisor.store.search(LogQuery()).rows
    assert row.reviewed is Verdict.COUNTERSIGNED


def test_a_review_binds_the_leaves_of_everything_that_was_seen(
    supervisor: SignedIn, view: RecordView
) -> None:
    review = supervisor.supervisor.countersign(view).value

    entries: list[Kept[Record]] = [view.kept, *view.hits]
    assert [(seen.id, seen.leaf) for seen in review.record.seen] == [
        (each.id, each.leaf) for each in entries
    ]
    entry = entries_of(supervisor.store)[review.position - 1]
    assert [each.officer for each in entry.signatures] == ["S-0007"]
    assert all(each.leaf.encode() in (entry.body or b"") for each in entries)


def test_a_question_needs_words(supervisor: SignedIn, view: RecordView) -> None:
    with pytest.raises(Refused, match="note: missing"):
        supervisor.supervisor.question(view, "  ")

    assert supervisor.store.about(view.kept.id, Review) == []


def test_a_questioned_record_is_listed_until_it_is_countersigned(
    supervisor: SignedIn, view: RecordView
) -> None:
    supervisor.supervisor.question(view, "Why no visa?")
    assert [row.id for row in supervisor.supervisor.questioned().rows] == [view.kept.id]

    supervisor.supervisor.countersign(view, "Explained.")

    assert supervisor.supervisor.questioned().total == 0
    verdicts = [each.record.verdict for each in supervisor.store.about(view.kept.id, Review)]
    assert verdicts == [Verdict.QUESTIONED, Verdict.COUNTERSIGNED]


def test_what_has_changed_since_it_was_seen_is_not_signed(
    supervisor: SignedIn, view: RecordView
) -> None:
    change = Change(field="person.sex", before="F", after="M")
    supervisor.log.amend(
        view.kept.id, AmendmentDraft(changes=(change,), reason=AmendReason.TYPING_ERROR)
    )

    with pytest.raises(Refused) as refused:
        supervisor.supervisor.countersign(view)
    assert refused.value.problems == (Problem("record", "changed-meanwhile"),)

    again = supervisor.supervisor.look_at(view.kept.id).value
    assert len(supervisor.supervisor.countersign(again).value.record.seen) == 3


def test_nobody_reviews_his_own_record(supervisor: SignedIn) -> None:
    check = supervisor.first_line.admit(a_draft()).value
    view = supervisor.supervisor.look_at(check.id).value

    with pytest.raises(Refused, match="record: own-record"):
        supervisor.supervisor.countersign(view)
    with pytest.raises(Refused, match="record: own-record"):
        supervisor.supervisor.question(view, "Me?")


def test_a_withdrawn_slip_waits_for_nobody(post: Post, supervisor: SignedIn) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.admit(a_draft())
        officer.first_line.take_back()

    assert to_review(supervisor) == []


def test_an_earlier_register_is_not_put_before_the_supervisor(supervisor: SignedIn) -> None:
    line = RegisterLine(crossed_at="2025-01-01T08:00", direction="ENTRY", primary_identifier="OLD")
    supervisor.administration.take_over(line)

    assert to_review(supervisor) == []
