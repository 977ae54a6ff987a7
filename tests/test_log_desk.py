"""The log's desk: found, opened with a reason, corrected beside the original."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from checkpoint_client.desk import Refused
from checkpoint_client.desk.log import AMENDABLE, RecordView
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import (
    AmendmentDraft,
    BorderCheck,
    Change,
    Consultation,
    ExchangeDraft,
    OutcomeDraft,
    Problem,
    ReferralDraft,
    VehicleDraft,
)
from checkpoint_client.records.codes import (
    AmendReason,
    ConsultReason,
    OutcomeDecision,
    Purpose,
    ReferralReason,
    Role,
    Sex,
    Signing,
)
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogQuery
from checkpoint_client.watchlist import Visibility
from tests.post import SECOND_OFFICER, Post, a_draft, an_alert, put_list, read_hits


@pytest.fixture
def check(officer: SignedIn) -> Kept[BorderCheck]:
    return officer.first_line.admit(a_draft(vehicle=VehicleDraft(plate="01A777BC"))).value


def amendment(*changes: tuple[str, str, str]) -> AmendmentDraft:
    return AmendmentDraft(
        changes=tuple(Change(field=f, before=b, after=a) for f, b, a in changes),
        reason=AmendReason.TYPING_ERROR,
    )


def problems(session: SignedIn, check: Kept[BorderCheck], draft: AmendmentDraft) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        session.log.amend(check.id, draft)
    return list(refused.value.problems)


@contextmanager
def by_then(post: Post, who: Role | str) -> Iterator[SignedIn]:
    """Somebody comes the next day."""
    post.clock.forward(days=1)
    with post.session(who) as session:
        yield session


# opening


def test_opening_a_record_is_recorded_with_its_reason(
    officer: SignedIn, check: Kept[BorderCheck]
) -> None:
    officer.log.open(check.id, ConsultReason.COMPLAINT, "Letter of 3 May")

    [consultation] = officer.store.about(check.id, Consultation)
    assert (consultation.record.reason, consultation.record.note) == (
        ConsultReason.COMPLAINT,
        "Letter of 3 May",
    )
    assert consultation.officer == "O-1842"


def test_searching_opens_nothing(officer: SignedIn, check: Kept[BorderCheck]) -> None:
    assert officer.log.search(LogQuery(text="eriksson")).total == 1
    assert officer.store.about(check.id, Consultation) == []


@pytest.mark.parametrize("id", ["nothing", ""])
def test_what_is_no_check_cannot_be_opened(officer: SignedIn, id: str) -> None:
    with pytest.raises(Refused, match="record: not-found"):
        officer.log.open(id, ConsultReason.AUDIT)


def test_a_record_comes_with_all_that_belongs_to_it(post: Post) -> None:
    view = with_everything(post, Role.SUPERVISOR)

    assert [hit.record.alert_id for hit in view.hits] == ["BOOTH", "SECOND", "SECRET"]
    assert len(view.referrals) == len(view.outcomes) == len(view.interviews) == 1
    assert view.withdrawal is None
    assert len(view.consultations) == 1  # second line's


def test_the_first_line_sees_no_interviews_and_no_trace_of_hits_it_may_not_know(
    post: Post,
) -> None:
    view = with_everything(post, Role.OFFICER)

    assert [hit.record.alert_id for hit in view.hits] == ["BOOTH"]
    assert (view.interviews, view.consultations) == ((), ())
    assert len(view.outcomes) == 1


def test_second_line_sees_interviews_but_not_who_looked_for_a_hit(post: Post) -> None:
    view = with_everything(post, Role.SECOND_LINE)

    assert len(view.interviews) == 1
    assert [hit.record.alert_id for hit in view.hits] == ["BOOTH", "SECOND"]
    assert view.consultations == ()


def with_everything(post: Post, viewer: Role) -> RecordView:
    """A check with hits, referral, interview and outcome, as a role sees it."""
    with post.session(Role.OFFICER) as officer:
        put_list(
            officer,
            an_alert("BOOTH", names=("ERIKSSON, ANNA MARIA",)),
            an_alert("SECOND", Visibility.SECOND_LINE),
            an_alert("SECRET", Visibility.SUPERVISOR_ONLY),
        )
        read_hits(officer, a_draft())
        check = officer.first_line.refer(
            a_draft(), ReferralDraft(reason=ReferralReason.STAY_DOUBT)
        ).value
    with post.session(Role.SECOND_LINE) as session:
        [waiting] = session.second_line.waiting()
        case = session.second_line.open(waiting.referral.id).value
        question = ExchangeDraft(asked_at=post.clock.time, question="Where to?")
        session.second_line.close_interview(
            type(case.draft)(
                check_id=check.id,
                referral_id=waiting.referral.id,
                started_at=post.clock.time,
                language="uz",
                exchanges=(question,),
                signing=Signing.SIGNED,
            )
        )
        session.second_line.send_outcome(
            waiting.referral.id, OutcomeDraft(decision=OutcomeDecision.ADMIT)
        )
    with post.session(viewer) as session:
        view = session.log.view(check.id)
        return view


# amending


def test_a_correction_stands_beside_the_original(
    officer: SignedIn, check: Kept[BorderCheck]
) -> None:
    officer.log.amend(
        check.id,
        amendment(
            ("person.birth_date", "1974-08-12", "12.03.1975"),
            ("person.primary_identifier", "ERIKSSON", "  erikson "),
            ("documents.0.number", "L898902C3", "l898902c4"),
        ),
    )

    view = officer.log.view(check.id)
    assert view.kept == check
    assert view.current.person.birth_date == PartialDate(1975, 3, 12)
    assert view.current.person.primary_identifier == "erikson"
    assert view.current.documents[0].number == "L898902C4"
    assert [len(each.record.changes) for each in view.amendments] == [3]
    assert view.row.amendments == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("person.birth_date", "1974-08-12", "31.02.1975"), "not-a-date"),
        (("person.birth_date", "1974-08-12", "12.08.1974"), "unchanged"),
        (("person.birth_date", "1974-08-13", "12.03.1975"), "changed-meanwhile"),
        (("person.sex", "F", "Q"), "not-a-value"),
        (("person.primary_identifier", "ERIKSSON", " "), "not-a-value"),
        (("decision", "ADMITTED", "REFUSED"), "not-amendable"),
        (("documents.3.number", "", "X"), "not-amendable"),
        (("register_reference", "", "X"), "not-amendable"),
        (("no.such.field", "", "X"), "not-amendable"),
    ],
)
def test_a_correction_that_does_not_fit_is_named_by_its_field(
    officer: SignedIn, check: Kept[BorderCheck], change: tuple[str, str, str], code: str
) -> None:
    before = officer.store.tip()

    assert problems(officer, check, amendment(change)) == [Problem(change[0], code)]
    assert officer.store.tip() == before


def test_a_correction_needs_changes_and_a_reason(
    officer: SignedIn, check: Kept[BorderCheck]
) -> None:
    assert problems(officer, check, AmendmentDraft()) == [
        Problem("changes", "missing"),
        Problem("reason", "missing"),
    ]


def test_two_who_correct_the_same_field_do_not_overwrite_each_other(
    officer: SignedIn, check: Kept[BorderCheck]
) -> None:
    change = ("person.sex", "F", "M")
    officer.log.amend(check.id, amendment(change))

    assert problems(officer, check, amendment(change)) == [
        Problem("person.sex", "changed-meanwhile")
    ]


def test_an_optional_code_can_be_taken_away(officer: SignedIn, check: Kept[BorderCheck]) -> None:
    officer.log.amend(check.id, amendment(("purpose", Purpose.TOURISM, "")))

    assert officer.log.view(check.id).current.purpose is None


def test_every_field_offered_for_correction_can_be_corrected(
    officer: SignedIn, check: Kept[BorderCheck]
) -> None:
    view = officer.log.view(check.id)
    values = {
        "direction": "EXIT",
        "person.birth_date": "01.01.1980",
        "person.sex": Sex.MALE,
        "documents.0.expiry_date": "01.01.2030",
        "purpose": Purpose.WORK,
        "entry_basis": "VISA",
    }
    changes = [(field, now, values.get(field, "NEW")) for field, now in view.amendable().items()]

    officer.log.amend(check.id, amendment(*changes))

    assert set(view.amendable()) == set(AMENDABLE)
    assert officer.store.verify(officer.store.session_keys()).entries > 0


def test_what_a_check_does_not_have_is_not_offered(officer: SignedIn) -> None:
    check = officer.first_line.admit(a_draft()).value

    assert "vehicle.plate" not in officer.log.view(check.id).amendable()


def test_the_author_corrects_within_his_shift_and_no_longer(
    post: Post, officer: SignedIn, check: Kept[BorderCheck]
) -> None:
    change = amendment(("person.sex", "F", "M"))
    assert officer.log.may_amend(officer.log.view(check.id))
    post.leave(officer)

    with by_then(post, Role.OFFICER) as author:
        assert problems(author, check, change) == [Problem("record", "not-yours")]
    with by_then(post, Role.SUPERVISOR) as supervisor:
        supervisor.log.amend(check.id, change)


def test_nobody_but_a_supervisor_corrects_anothers_record(
    post: Post, officer: SignedIn, check: Kept[BorderCheck]
) -> None:
    post.leave(officer)

    with post.session(SECOND_OFFICER) as other:
        assert not other.log.may_amend(other.log.view(check.id))
        assert problems(other, check, amendment(("person.sex", "F", "M"))) == [
            Problem("record", "not-yours")
        ]
