"""Sessions: who may do what, what stays with its author, and what locking leaves behind."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checkpoint_client.desk import NotAllowed, Power, Refused
from checkpoint_client.desk.log import RecordView
from checkpoint_client.desk.powers import POWERS, SEES
from checkpoint_client.desk.session import OldEnvelope, SignedIn
from checkpoint_client.journal.body import decode, unpack
from checkpoint_client.journal.entry import Origin
from checkpoint_client.journal.signatures import is_valid
from checkpoint_client.records import (
    ActionDraft,
    AddendumDraft,
    AdjudicationDraft,
    AmendmentDraft,
    Attachment,
    CheckDraft,
    CollectionDraft,
    HitWork,
    InterviewDraft,
    OpinionDraft,
    OutcomeDraft,
    ReferralDraft,
    RefusalDraft,
    ReportDraft,
    SessionEvent,
    WorkstationEvent,
)
from checkpoint_client.records.codes import (
    ClockState,
    ConsultReason,
    Decision,
    ListState,
    OutcomeDecision,
    ReferralReason,
    RefusalGround,
    Role,
    SessionStep,
    WorkstationStep,
)
from checkpoint_client.records.register import RegisterLine
from checkpoint_client.store.engine import NotEncrypted
from checkpoint_client.store.log import LogQuery
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import NewSlot
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Damaged, NoSuchOfficer, Throttled, WrongPassphrase
from checkpoint_client.watchlist import Visibility
from tests.post import (
    NOON,
    NUMBERS,
    PASSPHRASE,
    SECOND_OFFICER,
    Post,
    a_draft,
    an_alert,
    entries_of,
    put_list,
    read_hits,
)


@dataclass
class Case:
    """A referred check, and a session that tries something with it."""

    session: SignedIn
    check: str
    referral: str
    view: RecordView


ATTACHMENT = Attachment(address="00" * 32, size=1, media_type="image/png", key="00" * 32)
LINE = RegisterLine(crossed_at="2025-01-01T08:00", direction="ENTRY", primary_identifier="OLD")

ACTIONS: dict[str, tuple[Power, Callable[[Case], object]]] = {
    "FirstLine.findings": (Power.CHECK, lambda c: c.session.first_line.findings(CheckDraft())),
    "FirstLine.ask_ahead": (Power.CHECK, lambda c: c.session.first_line.ask_ahead(CheckDraft())),
    "FirstLine.admit": (Power.CHECK, lambda c: c.session.first_line.admit(a_draft())),
    "FirstLine.refer": (
        Power.CHECK,
        lambda c: c.session.first_line.refer(
            a_draft(), ReferralDraft(reason=ReferralReason.STAY_DOUBT)
        ),
    ),
    "FirstLine.refuse": (
        Power.CHECK,
        lambda c: c.session.first_line.refuse(a_draft(), RefusalDraft()),
    ),
    "FirstLine.take_back": (Power.CHECK, lambda c: c.session.first_line.take_back()),
    "FirstLine.last_check": (Power.CHECK, lambda c: c.session.first_line.last_check()),
    "FirstLine.defaults": (Power.CHECK, lambda c: c.session.first_line.defaults()),
    "FirstLine.keep_draft": (Power.CHECK, lambda c: c.session.first_line.keep_draft(a_draft())),
    "FirstLine.kept_draft": (Power.CHECK, lambda c: c.session.first_line.kept_draft()),
    "FirstLine.keep_queue": (Power.CHECK, lambda c: c.session.first_line.keep_queue([a_draft()])),
    "FirstLine.kept_queue": (Power.CHECK, lambda c: c.session.first_line.kept_queue()),
    "FirstLine.results": (Power.CHECK, lambda c: c.session.first_line.results()),
    "FirstLine.acknowledge": (Power.CHECK, lambda c: c.session.first_line.acknowledge("none")),
    "FirstLine.acknowledge_hits": (
        Power.CHECK,
        lambda c: c.session.first_line.acknowledge_hits([]),
    ),
    "SecondLine.waiting": (Power.INTERVIEW, lambda c: c.session.second_line.waiting()),
    "SecondLine.can_close_for_supervisors": (
        Power.INTERVIEW,
        lambda c: c.session.second_line.can_close_for_supervisors(),
    ),
    "SecondLine.open": (Power.INTERVIEW, lambda c: c.session.second_line.open(c.referral)),
    "SecondLine.keep_interview": (
        Power.INTERVIEW,
        lambda c: c.session.second_line.keep_interview(notes(c)),
    ),
    "SecondLine.close_interview": (
        Power.INTERVIEW,
        lambda c: c.session.second_line.close_interview(notes(c)),
    ),
    "SecondLine.attach": (
        Power.INTERVIEW,
        lambda c: c.session.second_line.attach(notes(c), Path("none.pdf")),
    ),
    "SecondLine.take_out": (
        Power.INTERVIEW,
        lambda c: c.session.second_line.take_out(ATTACHMENT),
    ),
    "SecondLine.content_of": (
        Power.INTERVIEW,
        lambda c: c.session.second_line.content_of(ATTACHMENT),
    ),
    "SecondLine.closed": (
        Power.INTERVIEW,
        lambda c: c.session.second_line.closed("none"),
    ),
    "SecondLine.add_addendum": (
        Power.INTERVIEW,
        lambda c: c.session.second_line.add_addendum("none", AddendumDraft(note="Words.")),
    ),
    "SecondLine.send_outcome": (
        Power.DECIDE_REFERRAL,
        lambda c: c.session.second_line.send_outcome(
            c.referral, OutcomeDraft(decision=OutcomeDecision.ADMIT)
        ),
    ),
    "HitDesk.queue": (Power.WORK_HITS, lambda c: c.session.hits.queue()),
    "HitDesk.counts": (Power.WORK_HITS, lambda c: c.session.hits.counts()),
    "HitDesk.open": (Power.WORK_HITS, lambda c: c.session.hits.open("none")),
    "HitDesk.look_again": (Power.WORK_HITS, lambda c: c.session.hits.look_again("none")),
    "HitDesk.keep": (Power.WORK_HITS, lambda c: c.session.hits.keep("none", HitWork())),
    "HitDesk.adjudicate": (
        Power.WORK_HITS,
        lambda c: c.session.hits.adjudicate("none", AdjudicationDraft()),
    ),
    "HitDesk.attach": (
        Power.WORK_HITS,
        lambda c: c.session.hits.attach("none", AdjudicationDraft(), Path("none.pdf")),
    ),
    "HitDesk.take_out": (Power.WORK_HITS, lambda c: c.session.hits.take_out(ATTACHMENT)),
    "HitDesk.content_of": (Power.WORK_HITS, lambda c: c.session.hits.content_of(ATTACHMENT)),
    "HitDesk.give_opinion": (
        Power.WORK_HITS,
        lambda c: c.session.hits.give_opinion("none", OpinionDraft()),
    ),
    "HitDesk.take_action": (
        Power.WORK_HITS,
        lambda c: c.session.hits.take_action("none", ActionDraft()),
    ),
    "HitDesk.report": (Power.WORK_HITS, lambda c: c.session.hits.report("none", ReportDraft())),
    "HitDesk.collect": (
        Power.WORK_HITS,
        lambda c: c.session.hits.collect("none", CollectionDraft()),
    ),
    "HitDesk.close": (Power.WORK_HITS, lambda c: c.session.hits.close("none")),
    "HitDesk.review_alone": (Power.REVIEW, lambda c: c.session.hits.review_alone("none")),
    "Log.search": (Power.READ_LOG, lambda c: c.session.log.search(LogQuery())),
    "Log.view": (Power.READ_LOG, lambda c: c.session.log.view(c.check)),
    "Log.open": (
        Power.READ_LOG,
        lambda c: c.session.log.open(c.check, ConsultReason.COMPLAINT),
    ),
    "Log.content_of": (Power.READ_LOG, lambda c: c.session.log.content_of(ATTACHMENT)),
    "Log.export_attachment": (
        Power.READ_LOG,
        lambda c: c.session.log.export_attachment(
            c.view, ATTACHMENT, Path(), reason=ConsultReason.COURT, note=""
        ),
    ),
    "Log.amend": (Power.AMEND_OWN, lambda c: c.session.log.amend(c.check, AmendmentDraft())),
    "Supervisor.to_review": (
        Power.REVIEW,
        lambda c: c.session.supervisor.to_review(date(2026, 1, 1)),
    ),
    "Supervisor.questioned": (Power.REVIEW, lambda c: c.session.supervisor.questioned()),
    "Supervisor.look_at": (Power.REVIEW, lambda c: c.session.supervisor.look_at(c.check)),
    "Supervisor.content_of": (
        Power.REVIEW,
        lambda c: c.session.supervisor.content_of(ATTACHMENT),
    ),
    "Supervisor.countersign": (Power.REVIEW, lambda c: c.session.supervisor.countersign(c.view)),
    "Supervisor.question": (Power.REVIEW, lambda c: c.session.supervisor.question(c.view, "Why?")),
    "ListDesk.page": (Power.READ_LISTS, lambda c: c.session.lists.page()),
    "Administration.verify": (Power.VERIFY, lambda c: c.session.administration.verify()),
    "Administration.after_leaving": (
        Power.VERIFY,
        lambda c: c.session.administration.after_leaving(),
    ),
    "Administration.rebuild": (Power.VERIFY, lambda c: c.session.administration.rebuild()),
    "Administration.officers": (
        Power.REMOVE_OFFICER,
        lambda c: c.session.administration.officers(),
    ),
    "Administration.remove_officer": (
        Power.REMOVE_OFFICER,
        lambda c: c.session.administration.remove_officer(SECOND_OFFICER, "left the service"),
    ),
    "Administration.take_over": (Power.IMPORT, lambda c: c.session.administration.take_over(LINE)),
}
"""Everything that a desk does, and the power it takes."""


HARMLESS = {
    "missing",
    "grounds",
    "refusal_needs_approval",
    "can_take_back_until",
    "may_amend",
    "proposed_questions",
}
"""These tell what may be done, or what the rules say: they read no record and change none."""


def notes(case: Case) -> InterviewDraft:
    return InterviewDraft(check_id=case.check, referral_id=case.referral, started_at=NOON)


# powers


@pytest.mark.parametrize("role", Role)
def test_each_role_does_what_its_powers_allow_and_nothing_else(post: Post, role: Role) -> None:
    with post.session(SECOND_OFFICER) as officer:
        check = officer.first_line.refer(
            a_draft(), ReferralDraft(reason=ReferralReason.STAY_DOUBT)
        ).value
        view = officer.log.view(check.id)
    with post.session(role) as session:
        case = Case(session, check.id, view.referrals[0].id, view)

        allowed = {name for name, (_, act) in ACTIONS.items() if is_allowed(act, case)}

    wanted = {name for name, (power, _) in ACTIONS.items() if power in POWERS[role]}
    assert allowed == wanted


def is_allowed(act: Callable[[Case], object], case: Case) -> bool:
    before = case.session.store.tip()
    try:
        act(case)
    except NotAllowed:
        assert case.session.store.tip() == before
        return False
    except Refused:
        return True  # the role may, this time something else was wrong
    return True


def test_every_public_action_of_the_desks_is_in_the_table(officer: SignedIn) -> None:
    desks: list[Any] = [
        officer.first_line,
        officer.second_line,
        officer.hits,
        officer.log,
        officer.supervisor,
        officer.lists,
        officer.administration,
    ]
    found = {
        f"{type(desk).__name__}.{name}"
        for desk in desks
        for name in vars(type(desk))
        if not name.startswith("_") and name not in HARMLESS
    }

    assert found == set(ACTIONS)


def test_no_role_without_need_holds_a_power() -> None:
    assert Power.CHECK not in POWERS[Role.IT_ADMINISTRATOR] | POWERS[Role.AUDITOR]
    assert Power.READ_LOG not in POWERS[Role.IT_ADMINISTRATOR]
    assert not POWERS[Role.AUDITOR] - {Power.READ_LOG, Power.VERIFY}
    assert SEES[Role.OFFICER] == {Visibility.FIRST_LINE}
    assert not SEES[Role.IT_ADMINISTRATOR]


# signing in


def test_the_people_of_the_workstation_are_listed(post: Post) -> None:
    listed = {each.service_number: each.role for each in post.door().officers()}

    assert listed == {
        **{number: role for role, number in NUMBERS.items()},
        SECOND_OFFICER: Role.OFFICER,
    }


def test_a_session_knows_who_works_here(officer: SignedIn) -> None:
    assert (officer.officer, officer.role, officer.shift) == (
        "O-1842",
        Role.OFFICER,
        "OSH-01/2026-11-24",
    )
    assert officer.powers == POWERS[Role.OFFICER]


def test_the_first_session_records_that_the_workstation_began(officer: SignedIn) -> None:
    steps = [unpack(decode(entry.body or b"")) for entry in entries_of(officer.store)]

    assert isinstance(steps[0], WorkstationEvent)
    assert isinstance(steps[1], SessionEvent)
    assert officer.first == 2


@pytest.mark.parametrize(
    ("number", "passphrase", "error"),
    [
        ("O-1842", "something else entirely", WrongPassphrase),
        ("O-0000", PASSPHRASE, NoSuchOfficer),
    ],
)
def test_nobody_else_gets_in_and_nothing_is_recorded(
    post: Post, number: str, passphrase: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        post.door().sign_in(number, passphrase)

    assert not post.folder.records.exists()


def test_guessing_makes_wait(post: Post) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            post.door().sign_in("O-1842", "something else entirely")

    with pytest.raises(Throttled):
        post.sign_in(Role.OFFICER)
    post.clock.forward(minutes=1)
    with post.session(Role.OFFICER):
        pass


def test_an_old_envelope_put_back_lets_nobody_in(post: Post) -> None:
    old = post.folder.envelope.read_bytes()
    with post.session(Role.SUPERVISOR) as supervisor:
        post.vault.remove(supervisor.unlocked, SECOND_OFFICER)
    with post.session(Role.SUPERVISOR):
        pass
    for copy in (post.folder.envelope, post.folder.envelope.with_name("envelope.json.bak")):
        copy.write_bytes(old)

    with pytest.raises(OldEnvelope, match="put the newest"):
        post.sign_in_as(SECOND_OFFICER)


def test_what_keeps_a_session_from_opening_leaves_no_file_open(post: Post) -> None:
    post.folder.reference.write_bytes(b"SQLite format 3\x00" + bytes(4096))

    with pytest.raises(NotEncrypted):
        post.sign_in(Role.OFFICER)

    assert open_files(post.folder.path) == []


def test_a_damaged_list_is_put_aside_and_keeps_nobody_out(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, an_alert("A-1"))
    damaged = bytes(8192) + post.folder.reference.read_bytes()[8192:]
    post.folder.reference.write_bytes(damaged)

    with post.session(Role.OFFICER) as officer:
        [list_state] = officer.workstation.status().lists
        assert list_state.state is ListState.MISSING
        officer.first_line.admit(a_draft())
    assert (post.folder.path / "reference.db.damaged").read_bytes() == damaged


def open_files(folder: Path) -> list[str]:
    """What this process holds open in a folder."""
    links = [Path("/proc/self/fd", name) for name in os.listdir("/proc/self/fd")]
    held = [os.readlink(link) for link in links if link.is_symlink()]
    return [path for path in held if path.startswith(str(folder))]


# drafts


def test_a_half_typed_traveller_stays_with_his_author(post: Post) -> None:
    draft = a_draft(remarks="Half a sentence")
    with post.session(Role.OFFICER) as officer:
        officer.first_line.keep_draft(draft)

    with post.session(SECOND_OFFICER) as other:
        assert other.first_line.kept_draft() is None
        sealed = other.store.draft("O-1842", "check", "")
        assert sealed is not None
        assert b"Half a sentence" not in sealed
        other.store.keep_draft(SECOND_OFFICER, "check", "", sealed)
        assert other.first_line.kept_draft() is None
    with post.session(Role.OFFICER) as officer:
        assert officer.first_line.kept_draft() == draft


def test_a_draft_kept_under_an_earlier_slot_does_not_keep_its_author_out(post: Post) -> None:
    with post.session(SECOND_OFFICER) as officer:
        officer.first_line.keep_draft(a_draft())
    with post.session(Role.SUPERVISOR) as supervisor:
        post.vault.remove(supervisor.unlocked, SECOND_OFFICER)
        again = NewSlot.fresh(SECOND_OFFICER, Role.OFFICER, PASSPHRASE)
        post.vault.add(supervisor.unlocked, again)

    with post.session(SECOND_OFFICER) as officer:
        assert officer.first_line.kept_draft() is None
        officer.first_line.admit(a_draft())
    with post.session(Role.AUDITOR) as auditor:
        assert auditor.administration.verify().sessions == 3


def test_after_a_crash_the_half_typed_traveller_is_there(post: Post, tmp_path: Path) -> None:
    session = post.sign_in(Role.OFFICER)
    session.first_line.keep_draft(a_draft())
    crashed = tmp_path / "crashed"
    shutil.copytree(post.folder.path, crashed)  # what the disk holds if the power fails now
    post.leave(session)

    with Post(type(post.folder)(crashed)).session(Role.OFFICER) as officer:
        assert officer.first_line.kept_draft() == a_draft()


# ending


@pytest.mark.parametrize("end", ["lock", "sign_out"])
def test_ending_a_session_signs_spools_closes_and_wipes(post: Post, end: str) -> None:
    session = post.sign_in(Role.OFFICER)
    session.first_line.admit(a_draft())
    keys = session.unlocked.database_key, session.unlocked.draft_key

    getattr(post.door(), end)(session)

    assert not any(map(any, keys))
    assert not hasattr(session.unlocked, "signing_key")
    assert open_files(post.folder.path) == []
    assert not list(post.folder.path.glob("*-wal"))
    assert post.spooled == [4]  # begun, signed in, check, signed out: all of it
    assert DeviceKey.load(post.folder.device_key).state.journal_position == 4


def test_the_officer_signs_the_range_of_his_session(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        public = officer.unlocked.signing_key.public_key().public_bytes_raw()
        officer.first_line.admit(a_draft())
        first, last = officer.first, officer.store.tip()

    with post.session(Role.AUDITOR) as auditor:
        ended = auditor.store.newest(SessionEvent, "O-1842")
        assert ended is not None
        event = ended.record
        assert (event.step, event.first, event.last) == (
            SessionStep.SIGNED_OUT,
            first,
            last.position,
        )
        signed = Origin("utopia", "osh-01", 1).session_message(first, last.position, last.head)
        assert is_valid(public, bytes.fromhex(event.signature), signed)
        assert auditor.administration.verify().sessions == 1


def test_keys_are_wiped_and_files_closed_even_when_ending_fails(post: Post) -> None:
    session = post.sign_in(Role.OFFICER)
    door = post.door()
    post.folder.device_key.write_text("damaged")

    with pytest.raises(Damaged, match=r"device\.key was damaged"):
        door.lock(session)

    assert not any(session.unlocked.database_key)
    assert open_files(post.folder.path) == []


def test_an_old_copy_of_the_records_put_back_begins_a_new_journal(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.admit(a_draft())
    copy = post.folder.records.read_bytes()
    with post.session(Role.OFFICER) as officer:
        officer.first_line.admit(a_draft())
    known = DeviceKey.load(post.folder.device_key).state
    post.folder.records.write_bytes(copy)

    with post.session(Role.AUDITOR) as auditor:
        proof = auditor.administration.verify()
        first = auditor.store.entries(0, limit=1, max_bytes=1)[0]
        assert auditor.log.search(LogQuery()).total == 1

    begun = unpack(decode(first.body or b""))
    assert isinstance(begun, WorkstationEvent)
    assert begun.step is WorkstationStep.JOURNAL_BEGUN
    assert begun.details == {
        "workstation": known.workstation,
        "incarnation": "1",
        "position": str(known.journal_position),
        "head": known.journal_head.hex(),
    }
    assert (proof.journals, proof.sessions) == (2, 1)


def test_a_new_journal_is_begun_once(post: Post) -> None:
    with post.session(Role.OFFICER):
        pass
    DeviceKey.load(post.folder.device_key).update(journal_position=99)

    for _ in range(2):
        with post.session(Role.AUDITOR) as auditor:
            assert auditor.store.origin.incarnation == 2
            assert auditor.administration.verify().journals == 2
            assert auditor.administration.rebuild() == auditor.administration.verify().entries


def test_a_session_that_was_cut_off_is_followed_by_the_next(post: Post) -> None:
    cut_off = post.sign_in(Role.OFFICER)
    cut_off.first_line.admit(a_draft())
    cut_off.store.close()
    cut_off.reference.close()

    with post.session(Role.SUPERVISOR) as supervisor:
        assert supervisor.store.search(LogQuery()).total == 1
        assert supervisor.administration.verify().sessions == 0


def test_a_whole_shift_of_several_people_is_proved(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, an_alert("A-1"))
        read_hits(officer, a_draft())
        officer.first_line.admit(a_draft())
        read_hits(officer, a_draft())
        officer.first_line.refuse(a_draft(), refusal())
    with post.session(Role.SUPERVISOR) as supervisor:
        [waiting] = supervisor.second_line.waiting()
        supervisor.second_line.send_outcome(
            waiting.referral.id,
            OutcomeDraft(decision=OutcomeDecision.REFUSE, grounds=refusal().grounds),
        )
        view = supervisor.supervisor.look_at(waiting.check.id).value
        supervisor.supervisor.countersign(view)

    with post.session(Role.IT_ADMINISTRATOR) as administrator:
        proof = administrator.administration.verify()
        assert (proof.acts, proof.sessions) == (2, 2)


def refusal() -> RefusalDraft:
    return RefusalDraft(grounds=(RefusalGround.C,))


# the workstation itself


def test_the_status_line_shows_lists_clock_and_what_waits(officer: SignedIn) -> None:
    officer.first_line.admit(a_draft())

    status = officer.workstation.status()

    assert (status.waiting, status.clock) == (1, ClockState.UNSYNCED)
    assert [each.list_id for each in status.lists] == ["watchlist"]


def test_reference_data_is_encrypted_with_the_same_key(post: Post, officer: SignedIn) -> None:
    put_list(officer, an_alert("A-1"))
    key = bytearray(officer.unlocked.database_key)
    post.leave(officer)

    reference = Reference.open(post.folder.reference, key)
    assert [each.list_id for each in reference.lists()] == ["watchlist"]
    reference.close()


# an earlier register


def test_a_line_is_taken_over_once(supervisor: SignedIn) -> None:
    first = supervisor.administration.take_over(LINE)
    again = supervisor.administration.take_over(LINE)
    alike = supervisor.administration.take_over(LINE, occurrence=2)

    assert (first.is_new, again.is_new, alike.is_new) == (True, False, True)
    assert first.id == again.id != alike.id
    assert supervisor.store.search(LogQuery()).total == 2


def test_a_number_used_for_something_else_the_same_day_is_refused(supervisor: SignedIn) -> None:
    def numbered(name: str, day: str = "2025-01-01") -> RegisterLine:
        return RegisterLine(
            crossed_at=f"{day}T08:00", direction="ENTRY", primary_identifier=name, register_no="17"
        )

    supervisor.administration.take_over(numbered("IVANOV"))

    assert not supervisor.administration.take_over(numbered(" IVANOV ")).is_new
    assert supervisor.administration.take_over(numbered("PETROV", "2026-01-01")).is_new
    with pytest.raises(Refused, match="register_no: taken-otherwise"):
        supervisor.administration.take_over(numbered("PETROV"))


def test_a_line_with_problems_is_refused(supervisor: SignedIn) -> None:
    with pytest.raises(Refused, match="direction: not-a-code"):
        supervisor.administration.take_over(
            RegisterLine(crossed_at="2025-01-01T08:00", direction="UP", primary_identifier="A")
        )


def test_a_crossing_taken_over_is_not_taken_back_and_sets_no_defaults(
    supervisor: SignedIn,
) -> None:
    supervisor.administration.take_over(LINE)

    assert supervisor.first_line.last_check() is None
    assert supervisor.first_line.defaults() == CheckDraft(lane="3")


def test_a_crossing_happened_when_the_register_says(supervisor: SignedIn) -> None:
    supervisor.administration.take_over(LINE)

    [row] = supervisor.store.search(LogQuery()).rows
    assert row.happened_at.isoformat() == "2025-01-01T08:00:00+05:00"
    assert (row.name, row.decision) == ("OLD", Decision.ADMITTED)
