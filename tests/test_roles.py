"""Notes for supervisors only: their author cannot read them back, a supervisor's key opens them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.desk import Refused
from checkpoint_client.desk.second_line import Case, ClosedInterview, Readers
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import (
    Attachment,
    Consultation,
    ExchangeDraft,
    Grant,
    Interview,
    InterviewDraft,
    OutcomeDraft,
    ReferralDraft,
)
from checkpoint_client.records.codes import (
    ConsultReason,
    OutcomeDecision,
    ReferralReason,
    Role,
    Signing,
)
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogQuery
from checkpoint_client.vault import NewSlot, Unlocked, roles, sealing
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen
from checkpoint_client.vault.roles import Granted
from tests.papers import a_png, put
from tests.post import NOON, NUMBERS, PASSPHRASE, Post, a_draft, set_up
from tests.test_retention import DAYS_KEPT, at_centre, pages_of

SECRET = "Zubayr paid the driver"
TITLE = "Ticket of Zubayr"
CENTRE = sealing.new_private()
ROLE: Mapping[int, bytes] = {0: sealing.new_private(), 7: sealing.new_private()}


@pytest.fixture
def post(tmp_path: Path) -> Post:
    """A workstation that has been told the public keys of its centre and its role."""
    post = Post(set_up(tmp_path / "post"))
    device = DeviceKey.load(post.folder.device_key)
    device.update(
        centre_key=sealing.public_of(CENTRE), role_publics={0: sealing.public_of(ROLE[0])}
    )
    return post


def hand_in(post: Post, *generations: int) -> None:
    """What the centre sends: the role's keys, sealed to every supervisor's slot that asks."""
    device = DeviceKey.load(post.folder.device_key)
    holders = device.state.role_holders
    device.update(
        role_publics={each: sealing.public_of(ROLE[each]) for each in generations},
        role_keys={
            each: {
                holder.hex(): roles.seal_private(ROLE[each], holder, generation=each)
                for holder in holders
            }
            for each in generations
        },
    )


def hand_in_at_first_sign_in(post: Post, *generations: int) -> None:
    with post.session(Role.SUPERVISOR):
        pass
    hand_in(post, *generations)


def waiting_case(session: SignedIn) -> Case:
    [waiting] = session.second_line.waiting()
    return session.second_line.open(waiting.referral.id).value


def noted(draft: InterviewDraft, *attachments: Attachment) -> InterviewDraft:
    question = ExchangeDraft(asked_at=NOON, question="Who paid?", answer=SECRET)
    return replace(
        draft,
        language="uz",
        exchanges=(question,),
        account=SECRET,
        persons_present=SECRET,
        interpreter=SECRET,
        signing=Signing.REFUSED,
        signing_note=SECRET,
        attachments=attachments,
        for_supervisors=True,
    )


def taken(session: SignedIn, draft: InterviewDraft, path: Path) -> Attachment:
    attaching = session.second_line.attach(draft, path)
    while (attachment := attaching.step()) is None:
        pass
    return replace(attachment, title=TITLE)


def closed_by_second_line(post: Post) -> Kept[Interview]:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT))
    with post.session(Role.SECOND_LINE) as author:
        draft = noted(waiting_case(author).draft)
        author.second_line.keep_interview(draft)
        return author.second_line.close_interview(draft).value


def as_read_in_log(session: SignedIn, interview: Kept[Interview]) -> ClosedInterview:
    check = interview.record.check_id
    [closed] = session.log.open(check, ConsultReason.SUPERVISION).value.interviews
    return closed


def says_nothing(closed: ClosedInterview) -> bool:
    shown = repr(closed)
    return closed.readers is Readers.OTHERS and SECRET not in shown and TITLE not in shown


def test_the_author_cannot_read_back_what_he_closed(post: Post) -> None:
    interview = closed_by_second_line(post)

    with post.session(Role.SECOND_LINE) as author:
        assert says_nothing(author.second_line.closed(interview.id))
        assert says_nothing(as_read_in_log(author, interview))
        case = waiting_case(author)
        assert all(map(says_nothing, case.interviews))
        assert case.draft.exchanges_noted() == ()
        assert author.log.search(LogQuery(text="Zubayr")).total == 0


def test_nothing_of_it_stands_in_any_page_of_the_file_or_beside_it(
    post: Post, tmp_path: Path
) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT))
    with post.session(Role.SECOND_LINE) as author:
        draft = waiting_case(author).draft
        attachment = taken(author, draft, put(tmp_path, "ticket.png", a_png()))
        author.second_line.close_interview(noted(draft, attachment))

    pages = pages_of(post)
    assert b'"encrypted":"' in pages
    for word in (SECRET, TITLE, attachment.key):
        assert word.encode() not in pages
    for path in filter(Path.is_file, post.folder.path.rglob("*")):
        assert SECRET.encode() not in path.read_bytes()


def test_a_supervisor_who_holds_the_key_reads_all_of_it(post: Post, tmp_path: Path) -> None:
    hand_in_at_first_sign_in(post, 0)
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT))
    with post.session(Role.SECOND_LINE) as author:
        draft = waiting_case(author).draft
        attachment = taken(author, draft, put(tmp_path, "ticket.png", a_png()))
        draft = noted(draft, attachment)
        interview = author.second_line.close_interview(draft).value
        author.second_line.send_outcome(
            draft.referral_id, OutcomeDraft(decision=OutcomeDecision.ADMIT)
        )

    with post.session(Role.SUPERVISOR) as supervisor:
        closed = as_read_in_log(supervisor, interview)
        assert closed.readers is Readers.SUPERVISORS
        assert closed.interview.record == draft.interview(interview.record.ended_at)
        [kept] = closed.attachments
        assert kept.attachment == attachment
        assert supervisor.log.content_of(kept.attachment)
        [opened] = supervisor.store.about(interview.id, Consultation)
        assert (opened.officer, opened.record.reason) == (
            NUMBERS[Role.SUPERVISOR],
            ConsultReason.SUPERVISION,
        )
        assert supervisor.administration.verify().acts == 1
        supervisor.administration.rebuild()
        assert as_read_in_log(supervisor, interview).readers is Readers.SUPERVISORS


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR])
def test_a_role_alone_opens_nothing_where_the_key_never_came(post: Post, role: Role) -> None:
    interview = closed_by_second_line(post)

    with post.session(role) as session:
        assert says_nothing(as_read_in_log(session, interview))


def test_the_sealed_key_opens_nothing_for_another_slot_or_for_the_workstation(post: Post) -> None:
    hand_in_at_first_sign_in(post, 0)
    device = DeviceKey.load(post.folder.device_key)
    [[sealed]] = [keys.values() for keys in device.state.role_keys.values()]

    assert ROLE[0].hex().encode() not in post.folder.device_key.read_bytes()
    with pytest.raises(CannotOpen):
        device.open(b"", sealed)
    with post.session(Role.SECOND_LINE) as other:
        own = bytes(other.unlocked.receive_key)
        with pytest.raises(CannotOpen):
            sealing.open_sealed(own, b"", sealed)
        keys = other.workplace.role_keys
        with pytest.raises(CannotOpen):
            keys.content_key(Granted(generation=0, for_role=b"", for_centre=b""), leaf=b"")


def test_the_centre_opens_what_was_closed_for_supervisors(post: Post) -> None:
    interview = closed_by_second_line(post)

    with post.session(Role.AUDITOR) as session:
        [grant] = session.store.about(interview.id, Grant)
    leaf = bytes.fromhex(interview.leaf)
    key = roles.content_key_at_centre(CENTRE, grant.record.for_centre, leaf=leaf)
    assert SECRET.encode() in roles.open_notes(interview.record.encrypted, key)


def test_without_the_public_key_nothing_is_closed_and_nothing_lost(tmp_path: Path) -> None:
    post = Post(set_up(tmp_path / "new"))
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT))
    with post.session(Role.SECOND_LINE) as author:
        draft = noted(waiting_case(author).draft)
        author.second_line.keep_interview(draft)
        before = author.store.tip()
        assert not author.second_line.can_close_for_supervisors()

        with pytest.raises(Refused) as refused:
            author.second_line.close_interview(draft)

        assert [each.code for each in refused.value.problems] == ["no-role-key"]
        assert author.store.tip() == before
        assert waiting_case(author).draft == draft


def test_notes_of_either_generation_are_read_after_a_new_one_began(post: Post) -> None:
    hand_in_at_first_sign_in(post, 0)
    before = closed_by_second_line(post)
    with post.session(Role.SECOND_LINE) as author:
        author.second_line.send_outcome(
            before.record.referral_id, OutcomeDraft(decision=OutcomeDecision.ADMIT)
        )
    hand_in(post, 0, 7)
    after = closed_by_second_line(post)

    with post.session(Role.SUPERVISOR) as supervisor:
        grants = [supervisor.store.about(each.id, Grant)[0].record for each in (before, after)]
        assert [each.generation for each in grants] == [0, 7]
        for each in (before, after):
            assert as_read_in_log(supervisor, each).readers is Readers.SUPERVISORS


def test_a_supervisor_hands_the_key_to_one_who_came_later(post: Post) -> None:
    hand_in_at_first_sign_in(post, 0)
    interview = closed_by_second_line(post)
    new = NewSlot.fresh("S-0008", Role.SUPERVISOR, PASSPHRASE)
    with post.session(Role.SUPERVISOR) as supervisor:
        post.vault.add(supervisor.unlocked, new)
    with post.session("S-0008") as newcomer:
        assert says_nothing(as_read_in_log(newcomer, interview))
        assert DeviceKey.load(post.folder.device_key).state.asks_role_keys

    with post.session(Role.SUPERVISOR):
        pass
    with post.session("S-0008") as newcomer:
        assert as_read_in_log(newcomer, interview).readers is Readers.SUPERVISORS
    assert not DeviceKey.load(post.folder.device_key).state.asks_role_keys


def test_of_a_supervisor_who_left_no_key_stays(post: Post) -> None:
    hand_in_at_first_sign_in(post, 0)
    new = NewSlot.fresh("S-0008", Role.SUPERVISOR, PASSPHRASE)
    with post.session(Role.SUPERVISOR) as supervisor:
        post.vault.add(supervisor.unlocked, new)
    with post.session(Role.SUPERVISOR) as supervisor:
        assert len(DeviceKey.load(post.folder.device_key).state.role_keys[0]) == 2
        post.vault.remove(supervisor.unlocked, "S-0008")

    with post.session(Role.SUPERVISOR):
        pass
    assert len(DeviceKey.load(post.folder.device_key).state.role_keys[0]) == 1


def as_before_there_were_role_keys(post: Post, unlocked: Unlocked) -> None:
    """The envelope as an earlier program wrote it: no slot has a receive key."""
    vault = post.vault
    _, body = vault._read()
    before = tuple(msgspec.structs.replace(slot, receive=b"") for slot in body.slots)
    vault._write(msgspec.structs.replace(body, slots=before), unlocked.database_key)


def test_a_slot_from_before_gets_its_key_when_it_is_unlocked(post: Post) -> None:
    with post.session(Role.SUPERVISOR) as supervisor:
        as_before_there_were_role_keys(post, supervisor.unlocked)
    assert not any(each.receive for each in post.vault.officers())

    with post.session(Role.SUPERVISOR) as supervisor:
        own = sealing.public_of(bytes(supervisor.unlocked.receive_key))
        assert DeviceKey.load(post.folder.device_key).state.role_holders == (own,)
    given = {each.service_number: each.receive for each in post.vault.officers()}
    assert given.pop(NUMBERS[Role.SUPERVISOR]) == own
    assert not any(given.values())
    with post.session(Role.SUPERVISOR) as supervisor:
        assert sealing.public_of(bytes(supervisor.unlocked.receive_key)) == own


@pytest.mark.parametrize("what", ["cut", "of another note", "by nobody", "unknown generation"])
def test_a_grant_that_opens_nothing_keeps_no_other_from_it(post: Post, what: str) -> None:
    hand_in_at_first_sign_in(post, 0)
    interview = closed_by_second_line(post)
    public, leaf = sealing.public_of(ROLE[0]), bytes.fromhex(interview.leaf)
    content_key, _ = roles.close_notes(b"another")
    sealed = {
        "cut": b"\x01short",
        "of another note": sealing.seal(public, roles._of_role(0, bytes(32)), content_key),
        "by nobody": sealing.seal(public, roles._of_role(0, leaf), content_key),
        "unknown generation": sealing.seal(public, roles._of_role(99, leaf), content_key),
    }[what]
    hostile = Grant(
        target_id=interview.id,
        role=Role.SUPERVISOR,
        generation=99 if what == "unknown generation" else 0,
        for_role=sealed,
        for_centre=b"",
    )
    with post.session(Role.SECOND_LINE) as author:
        author.store.append(
            hostile, happened_at=NOON.replace(hour=1)
        )  # stands before the right one

    with post.session(Role.SUPERVISOR) as supervisor:
        first, _ = supervisor.store.about(interview.id, Grant)
        assert first.record == hostile
        assert as_read_in_log(supervisor, interview).readers is Readers.SUPERVISORS


def test_what_was_encrypted_but_is_no_interview_stays_closed(post: Post) -> None:
    hand_in_at_first_sign_in(post, 0)
    interview = closed_by_second_line(post)
    with post.session(Role.SECOND_LINE) as author:
        content_key, encrypted = roles.close_notes(b'{"interview": 7}')
        forged = author.store.append(replace(interview.record, encrypted=encrypted))
        granted = author.workplace.role_keys.grant(content_key, leaf=bytes.fromhex(forged.leaf))
        author.store.append(
            Grant(
                target_id=forged.id,
                role=Role.SUPERVISOR,
                generation=0,
                for_role=granted.for_role,
                for_centre=granted.for_centre,
            )
        )

    with post.session(Role.SUPERVISOR) as supervisor:
        view = supervisor.log.open(interview.record.check_id, ConsultReason.SUPERVISION).value
        assert [each.readers for each in view.interviews] == [Readers.SUPERVISORS, Readers.OTHERS]


def test_what_is_past_its_time_goes_with_its_grant(post: Post) -> None:
    interview = closed_by_second_line(post)
    with post.session(Role.SECOND_LINE) as author:
        author.second_line.send_outcome(
            interview.record.referral_id, OutcomeDraft(decision=OutcomeDecision.ADMIT)
        )
    assert b'"for_role":"' in pages_of(post)
    post.clock.forward(days=DAYS_KEPT + 1)
    with post.session(Role.AUDITOR) as auditor:
        at_centre(auditor)

    pages = pages_of(post)
    assert b'"for_role":"' not in pages
    assert b'"encrypted":"' not in pages
    with post.session(Role.AUDITOR) as auditor:
        assert auditor.administration.verify().journals == 1
