"""The first line's desk: findings, one decision a traveller, taken back within its minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from checkpoint_client.desk import Changed, Refused
from checkpoint_client.desk.findings import Weight
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import (
    BorderCheck,
    CheckDraft,
    Hit,
    OutcomeDraft,
    Problem,
    Referral,
    ReferralDraft,
    RefusalDraft,
    VehicleDraft,
    Withdrawal,
)
from checkpoint_client.records.codes import (
    Decision,
    Direction,
    EntryBasis,
    ListState,
    NoDocumentReason,
    OutcomeDecision,
    Purpose,
    ReferralReason,
    RefusalGround,
    Role,
)
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogQuery
from checkpoint_client.watchlist import Visibility
from tests.post import (
    NOON,
    SECOND_OFFICER,
    Post,
    a_document,
    a_draft,
    an_alert,
    entries_of,
    put_list,
    read_hits,
)

DOUBT = ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT, note="Photo differs.")


def codes(session: SignedIn, draft: CheckDraft) -> list[str]:
    return [each.code for each in session.first_line.findings(draft).remarks]


def standing(session: SignedIn) -> list[str]:
    rows = session.store.search(LogQuery()).rows
    return [row.name for row in rows if not row.withdrawn]


def refused(session: SignedIn, draft: CheckDraft) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        session.first_line.admit(draft)
    return list(refusal.value.problems)


# deciding


def test_an_admitted_traveller_is_recorded_with_all_that_was_typed(officer: SignedIn) -> None:
    draft = a_draft(vehicle=VehicleDraft(plate="01a777bc"), route="M41", remarks="Calm.")

    done = officer.first_line.admit(draft)

    check = done.value.record
    assert (check.decision, check.post, check.lane) == (Decision.ADMITTED, "OSH-01", "3")
    assert (check.person, check.documents) == (draft.person(), (a_document().document(),))
    assert (check.vehicle and check.vehicle.plate, check.route) == ("01A777BC", "M41")
    assert (check.started_at, check.duration_ms) == (NOON - timedelta(seconds=20), 20_000)
    assert check.offline
    assert done.value.officer == "O-1842"
    assert done.changed == Changed.CHECKS | Changed.WAITING | Changed.HITS


def test_one_check_is_one_entry(officer: SignedIn) -> None:
    before = officer.store.tip().position

    officer.first_line.admit(a_draft())

    assert officer.store.tip().position == before + 1


def test_a_decision_with_something_missing_records_nothing(officer: SignedIn) -> None:
    before = officer.store.tip()

    assert refused(officer, a_draft(purpose=None, birth_date="31.02.1974")) == [
        Problem("birth_date", "not-a-date"),
        Problem("purpose", "missing"),
    ]
    assert officer.store.tip() == before


def test_the_states_own_nationals_are_not_asked_for_their_purpose(officer: SignedIn) -> None:
    draft = a_draft(nationality="KAZ, UTO", purpose=None, entry_basis=None, destination="")

    assert officer.first_line.missing(draft) == []


def test_a_traveller_without_a_document_is_recorded_with_the_reason(officer: SignedIn) -> None:
    done = officer.first_line.admit(a_draft(documents=(), no_document_reason=NoDocumentReason.LOST))

    assert (done.value.record.documents, done.value.record.no_document_reason) == (
        (),
        NoDocumentReason.LOST,
    )


def test_a_reason_for_no_document_is_dropped_once_there_is_one(officer: SignedIn) -> None:
    done = officer.first_line.admit(a_draft(no_document_reason=NoDocumentReason.LOST))

    assert done.value.record.no_document_reason is None


def test_a_referral_is_an_entry_beside_its_check(officer: SignedIn) -> None:
    done = officer.first_line.refer(a_draft(), DOUBT)

    [referral] = officer.store.about(done.value.id, Referral)
    assert (referral.record.reason, referral.record.note) == (DOUBT.reason, "Photo differs.")
    assert done.value.record.decision is Decision.REFERRED
    assert Changed.REFERRALS in done.changed


def test_a_referral_without_a_reason_records_nothing(officer: SignedIn) -> None:
    with pytest.raises(Refused, match="reason: missing"):
        officer.first_line.refer(a_draft(), ReferralDraft())

    assert officer.store.search(LogQuery()).total == 0


def test_a_refusal_that_needs_approval_becomes_a_referral_with_the_proposal(
    officer: SignedIn,
) -> None:
    refusal = RefusalDraft(grounds=(RefusalGround.C, RefusalGround.E), note="No visa.")

    done = officer.first_line.refuse(a_draft(), refusal)

    check = done.value.record
    assert (check.decision, check.grounds) == (Decision.REFERRED, ())
    [referral] = officer.store.about(done.value.id, Referral)
    assert referral.record.reason is ReferralReason.PROPOSED_REFUSAL
    assert referral.record.grounds == (RefusalGround.C, RefusalGround.E)


def test_where_no_approval_is_asked_the_officer_refuses_and_signs(post: Post) -> None:
    post.settings = replace(post.settings, refusal_needs_approval=False)
    refusal = RefusalDraft(grounds=(RefusalGround.NATIONAL,), national_ground="Article 51")

    with post.session(Role.OFFICER) as officer:
        done = officer.first_line.refuse(a_draft(), refusal)

        check = done.value.record
        assert (check.decision, check.national_ground) == (Decision.REFUSED, "Article 51")
        assert officer.store.about(done.value.id, Referral) == []
        [signature] = entries_of(officer.store)[-1].signatures
        assert signature.officer == "O-1842"


def test_the_lists_consulted_are_in_the_check_and_what_they_gave_is_not(officer: SignedIn) -> None:
    put_list(officer, an_alert("A-1"), version=7)
    read_hits(officer, a_draft())

    done = officer.first_line.admit(a_draft())

    [consulted] = done.value.record.lists
    assert (consulted.list_id, consulted.version, consulted.age_hours) == ("watchlist", 7, 1)
    assert b"A-1" not in (entries_of(officer.store)[done.value.position - 1].body or b"")


# findings


def test_findings_record_nothing(officer: SignedIn) -> None:
    put_list(officer, an_alert("A-1"))
    before = officer.store.tip()

    officer.first_line.findings(a_draft())

    assert officer.store.tip() == before


@pytest.mark.parametrize("draft", [CheckDraft(), CheckDraft(birth_date="1", nationality="?")])
def test_findings_about_a_half_typed_traveller_are_no_error(
    officer: SignedIn, draft: CheckDraft
) -> None:
    assert officer.first_line.findings(draft).hits == ()


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (a_draft(documents=(a_document(expiry_date="23.11.2026"),)), "expired"),
        (a_draft(documents=(a_document(expiry_date="30.11.2026"),)), "expires-soon"),
        (a_draft(documents=(a_document(issuing_state="QQQ"),)), "unknown-state"),
        (a_draft(documents=(a_document(name_truncated=True),)), "names-cut"),
        (a_draft(nationality="QQQ"), "unknown-state"),
        (a_draft(birth_date="2015"), "minor"),
        (a_draft(documents=(), no_document_reason=NoDocumentReason.LOST), "no-document"),
        (a_draft(nationality="KAZ", national_number="740812400124"), "national-number"),
    ],
)
def test_what_is_worth_a_look_is_a_finding(officer: SignedIn, draft: CheckDraft, code: str) -> None:
    assert code in codes(officer, draft)


def test_a_document_that_is_valid_gives_no_alarm(officer: SignedIn) -> None:
    assert officer.first_line.findings(a_draft()).weight is Weight.NOTE


def test_utopias_documents_alarm_everywhere_but_in_utopia(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        assert "specimen" not in codes(officer, a_draft())

    post.settings = replace(post.settings, state="KGZ")
    with post.session(Role.OFFICER) as officer:
        assert "specimen" in codes(officer, a_draft())
        assert officer.first_line.findings(a_draft()).weight is Weight.ALARM


def test_a_hit_comes_with_its_evidence(officer: SignedIn) -> None:
    put_list(officer, an_alert("A-1", documents=(("UTO", "L898902C3"),)))

    [hit] = officer.first_line.findings(a_draft()).hits

    assert (hit.alert_id, hit.match_kind, hit.level) == ("A-1", "DOC_EXACT", "strong")
    assert hit.evidence
    assert officer.first_line.findings(a_draft()).weight is Weight.ALARM


def test_a_discreet_alert_leaves_no_sign_at_the_booth(officer: SignedIn) -> None:
    put_list(officer)
    without = officer.first_line.findings(a_draft())
    put_list(officer, an_alert("A-1", Visibility.SUPERVISOR_ONLY, names=("ERIKSSON, ANNA MARIA",)))

    assert officer.first_line.findings(a_draft()) == without


def test_a_discreet_hit_is_recorded_all_the_same_by_the_workstation(officer: SignedIn) -> None:
    put_list(officer, an_alert("A-1", Visibility.SUPERVISOR_ONLY))

    done = officer.first_line.admit(a_draft())

    [hit] = officer.store.about(done.value.id, Hit)
    assert (hit.officer, hit.record.alert_id, hit.record.list_version) == ("", "A-1", 1)
    assert done.changed == Changed.CHECKS | Changed.WAITING | Changed.HITS
    assert officer.store.waiting_checks() == 1


def test_a_new_list_is_asked_at_once(officer: SignedIn) -> None:
    draft = a_draft()
    put_list(officer)
    assert officer.first_line.findings(draft).hits == ()

    put_list(officer, an_alert("A-1"), version=2)

    assert len(officer.first_line.findings(draft).hits) == 1


def test_every_nationality_and_number_typed_is_screened(officer: SignedIn) -> None:
    put_list(officer, an_alert("A-1", names=("OTHER, NAME",), national_numbers=("740812400123",)))

    draft = a_draft(nationality="UZB,KAZ", national_number="1, 740812400123")

    assert [hit.alert_id for hit in officer.first_line.findings(draft).hits] == ["A-1"]


@pytest.mark.parametrize(
    ("hours", "state"),
    [(0, ListState.FRESH), (30, ListState.OLD), (200, ListState.NOT_CURRENT)],
)
def test_the_age_of_the_list_is_shown_and_blocks_nothing(
    post: Post, officer: SignedIn, hours: int, state: ListState
) -> None:
    put_list(officer, an_alert("A-1", names=("NOBODY",)))
    post.clock.forward(hours=hours)

    [consulted] = officer.first_line.findings(a_draft()).lists

    assert (consulted.age_hours, consulted.state) == (hours + 1, state)
    officer.first_line.admit(a_draft())


@pytest.mark.parametrize("year", [1980, 2038])
def test_a_dead_clock_makes_no_list_young_and_no_alert_invalid(
    post: Post, officer: SignedIn, year: int
) -> None:
    alert = an_alert("A-1", valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))
    put_list(officer, alert)
    true_time = post.clock.time + timedelta(hours=30)
    post.clock.time = datetime(year, 1, 1, tzinfo=UTC)
    officer.store.clock.heard(true_time)

    findings = officer.first_line.findings(a_draft())

    assert [hit.alert_id for hit in findings.hits] == ["A-1"]
    assert [each.age_hours for each in findings.lists] == [31]


def test_a_missing_list_is_shown_as_missing(officer: SignedIn) -> None:
    [consulted] = officer.first_line.findings(a_draft()).lists

    assert consulted.state is ListState.MISSING


def test_earlier_crossings_of_person_or_document_are_found(post: Post, officer: SignedIn) -> None:
    officer.first_line.admit(a_draft())
    post.clock.forward(days=29)

    same_person = a_draft(documents=(a_document(number="OTHER"),))
    same_document = a_draft(primary_identifier="SOMEBODY", birth_date="1980")
    stranger = a_draft(primary_identifier="SOMEBODY", documents=(a_document(number="OTHER"),))
    found = [
        len(officer.first_line.findings(draft).earlier)
        for draft in (same_person, same_document, stranger)
    ]
    assert found == [1, 1, 0]


def test_crossings_longer_ago_are_not_shown(post: Post, officer: SignedIn) -> None:
    officer.first_line.admit(a_draft())

    post.clock.forward(days=31)

    assert officer.first_line.findings(a_draft()).earlier == ()


# taking back


def test_a_check_is_taken_back_and_the_traveller_returns_to_the_screen(
    post: Post, officer: SignedIn
) -> None:
    draft = a_draft(vehicle=VehicleDraft(plate="01A777BC"), national_number="740812400123")
    check = officer.first_line.admit(draft).value
    post.clock.forward(seconds=59)

    given_back = officer.first_line.take_back().value

    assert given_back.person() == draft.person()
    assert (given_back.documents, given_back.vehicle) == (draft.documents, draft.vehicle)
    assert standing(officer) == []
    assert [each.record.check_id for each in officer.store.about(check.id, Withdrawal)] == [
        check.id
    ]
    assert officer.first_line.kept_draft() == given_back
    assert officer.first_line.missing(given_back) == []


def test_after_its_minute_a_check_stands(post: Post, officer: SignedIn) -> None:
    officer.first_line.admit(a_draft())
    post.clock.forward(seconds=61)

    with pytest.raises(Refused, match="last_check: too-late"):
        officer.first_line.take_back()
    assert standing(officer) == ["ERIKSSON ANNA MARIA"]


def test_only_the_last_check_is_taken_back_and_only_once(officer: SignedIn) -> None:
    officer.first_line.admit(a_draft(primary_identifier="FIRST"))
    officer.first_line.admit(a_draft(primary_identifier="SECOND"))
    officer.first_line.take_back()

    with pytest.raises(Refused, match="last_check: nothing"):
        officer.first_line.take_back()
    assert standing(officer) == ["FIRST ANNA MARIA"]


def test_nobody_takes_back_anothers_check(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.admit(a_draft())

    with post.session(SECOND_OFFICER) as other, pytest.raises(Refused, match="nothing"):
        other.first_line.take_back()


def test_a_referral_that_was_taken_back_no_longer_waits(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), DOUBT)
        officer.first_line.take_back()

    with post.session(Role.SECOND_LINE) as second_line:
        assert second_line.second_line.waiting() == []


def test_what_second_line_has_decided_is_not_taken_back(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), DOUBT)
    with post.session(Role.SECOND_LINE) as second_line:
        [waiting] = second_line.second_line.waiting()
        second_line.second_line.send_outcome(
            waiting.referral.id, OutcomeDraft(decision=OutcomeDecision.ADMIT)
        )

    with post.session(Role.OFFICER) as officer, pytest.raises(Refused, match="already-decided"):
        officer.first_line.take_back()


def test_a_clock_set_back_does_not_lose_the_minute(post: Post, officer: SignedIn) -> None:
    officer.first_line.admit(a_draft())
    post.clock.forward(hours=-2)

    officer.first_line.take_back()

    assert standing(officer) == []


# what stays on the screen


def test_direction_lane_vehicle_and_route_stay_as_set_within_the_shift(
    officer: SignedIn,
) -> None:
    bus = VehicleDraft(plate="01A777BC")
    officer.first_line.admit(
        a_draft(direction=Direction.TRANSIT_ENTRY, lane="5", vehicle=bus, route="M41")
    )

    defaults = officer.first_line.defaults()

    assert (defaults.direction, defaults.lane, defaults.vehicle, defaults.route) == (
        Direction.TRANSIT_ENTRY,
        "5",
        bus,
        "M41",
    )
    assert (defaults.purpose, defaults.entry_basis, defaults.destination) == (
        Purpose.TOURISM,
        EntryBasis.VISA_FREE,
        "Osh",
    )
    assert not defaults.has_traveller()


def test_the_next_shift_begins_without_the_last_ones_vehicle(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.admit(a_draft(lane="5", vehicle=VehicleDraft(plate="01A777BC")))
    post.clock.forward(days=1)

    with post.session(Role.OFFICER) as officer:
        defaults = officer.first_line.defaults()
        assert (defaults.lane, defaults.vehicle.plate) == ("3", "")
        assert defaults.purpose is Purpose.TOURISM


def test_a_half_typed_traveller_is_there_again_and_goes_with_the_decision(post: Post) -> None:
    half = a_draft(birth_date="12.0")
    with post.session(Role.OFFICER) as officer:
        officer.first_line.keep_draft(half)

    with post.session(Role.OFFICER) as officer:
        assert officer.first_line.kept_draft() == half
        officer.first_line.admit(a_draft())
        assert officer.first_line.kept_draft() is None


def test_who_waits_at_the_booth_is_there_again_in_order(post: Post) -> None:
    waiting = (a_draft(primary_identifier="FIRST"), a_draft(primary_identifier="SECOND"))
    with post.session(Role.OFFICER) as officer:
        officer.first_line.keep_queue(waiting)

    with post.session(SECOND_OFFICER) as other:
        assert other.first_line.kept_queue() == ()
    with post.session(Role.OFFICER) as officer:
        assert officer.first_line.kept_queue() == waiting
        officer.first_line.keep_queue(())
        assert officer.first_line.kept_queue() == ()


def test_an_empty_screen_keeps_nothing(officer: SignedIn) -> None:
    officer.first_line.keep_draft(a_draft())

    officer.first_line.keep_draft(CheckDraft(lane="3"))

    assert officer.first_line.kept_draft() is None


def test_outcomes_come_back_to_the_officer_who_referred(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        check: Kept[BorderCheck] = officer.first_line.refer(a_draft(), DOUBT).value
    with post.session(Role.SECOND_LINE) as second_line:
        [waiting] = second_line.second_line.waiting()
        second_line.second_line.send_outcome(
            waiting.referral.id, OutcomeDraft(decision=OutcomeDecision.REFER_POLICE, note="Taken.")
        )

    with post.session(Role.OFFICER) as officer:
        [result] = officer.first_line.results()
        assert result.check == check
        assert (result.outcome.record.decision, result.outcome.record.note) == (
            OutcomeDecision.REFER_POLICE,
            "Taken.",
        )
    with post.session(SECOND_OFFICER) as other:
        assert other.first_line.results() == []
