"""Second line: takes over a referred traveller, writes down the interview, sends the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from checkpoint_client.desk import closed_notes
from checkpoint_client.desk.attaching import Attaching, attaching, content_of, titled
from checkpoint_client.desk.done import Changed, Done, Refused
from checkpoint_client.desk.powers import Power
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.records import (
    AddendumDraft,
    Amendment,
    Attachment,
    BorderCheck,
    Confirmation,
    Consultation,
    Hit,
    Interview,
    InterviewDraft,
    Outcome,
    OutcomeDraft,
    Problem,
    Referral,
    Withdrawal,
)
from checkpoint_client.records.codes import (
    AmendReason,
    ConsultAction,
    ConsultReason,
    OutcomeDecision,
    ReferralReason,
)
from checkpoint_client.records.drafts import nfc, tidy
from checkpoint_client.rules import Ground
from checkpoint_client.store import Kept, KeptAttachment, NotHere
from checkpoint_client.store.log import LogRow
from checkpoint_client.watchlist import Visibility

_DRAFT = "interview"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReferral:
    """A traveller who waits. `opened_by` is who opened the case last, empty if nobody has."""

    referral: Kept[Referral]
    check: Kept[BorderCheck]
    opened_by: str

    @property
    def since(self) -> datetime:
        return self.referral.happened_at


class Readers(StrEnum):
    """Whom a closed interview is for, and whether it is open before the one who looks."""

    SECOND_LINE = "SECOND_LINE"
    SUPERVISORS = "SUPERVISORS"
    OTHERS = "OTHERS"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedInterview:
    """A closed interview, what was attached to it, and the words added since.

    `readers` is `SUPERVISORS` where it is for them and they have it open, `OTHERS` where its text
    is not to be read here: then there is none, and no attachment.
    """

    interview: Kept[Interview]
    addenda: tuple[Kept[Amendment], ...]
    attachments: tuple[KeptAttachment, ...] = ()
    readers: Readers = Readers.SECOND_LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All about one referral: nothing needs to be typed again. `draft` are the open notes."""

    referral: Kept[Referral]
    check: Kept[BorderCheck]
    current: BorderCheck
    hits: tuple[Kept[Hit], ...]
    confirmations: tuple[Kept[Confirmation], ...]
    earlier: tuple[LogRow, ...]
    interviews: tuple[ClosedInterview, ...]
    outcome: Kept[Outcome] | None
    draft: InterviewDraft


class SecondLine:
    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    def proposed_questions(self) -> tuple[str, ...]:
        """Open questions that may be put, in the workstation's language."""
        return self._at.proposals.worded(self._at.settings.language)

    def waiting(self) -> list[WaitingReferral]:
        """Everybody who waits, the longest first."""
        self._at.must(Power.INTERVIEW)
        found = []
        for referral_id, check_id in self._at.store.referrals_open():
            referral = self._at.store.kept_as(Referral, referral_id)
            check = self._at.store.kept_as(BorderCheck, check_id)
            if referral and check:
                found.append(
                    WaitingReferral(
                        referral=referral, check=check, opened_by=self._opened_by(check_id)
                    )
                )
        return found

    def open(self, referral_id: str) -> Done[Case]:
        """Open a case; that it was opened is recorded."""
        self._at.must(Power.INTERVIEW)
        case = self._case(referral_id)
        self._at.store.append(
            Consultation(
                target_id=case.check.id,
                action=ConsultAction.OPENED,
                reason=ConsultReason.SECOND_LINE,
            ),
            author=self._at.author,
            refers_to=[case.check.leaf, case.referral.leaf],
        )
        record_reading(self._at, case.interviews, ConsultReason.SECOND_LINE)
        return Done(case, Changed.REFERRALS)

    def keep_interview(self, draft: InterviewDraft) -> None:
        """Keep open notes, for their author only."""
        self._at.must(Power.INTERVIEW)
        self._at.drafts.keep(_DRAFT, draft.referral_id, draft)

    def can_close_for_supervisors(self) -> bool:
        """Whether notes can be encrypted for supervisors: the centre has told their key."""
        self._at.must(Power.INTERVIEW)
        return self._at.role_keys.can_close()

    def close_interview(self, draft: InterviewDraft) -> Done[Kept[Interview]]:
        """Close the notes and sign them. From here on only addenda.

        Notes for supervisors only are encrypted: nobody else opens them, nor does their author.
        """
        self._at.must(Power.INTERVIEW)
        if problems := draft.problems():
            raise Refused(problems)
        if draft.for_supervisors and not self.can_close_for_supervisors():
            raise Refused([Problem("for_supervisors", "no-role-key")])
        case = self._case(draft.referral_id)
        close = closed_notes.close if draft.for_supervisors else _closed
        try:
            with self._at.store.together():
                kept = close(
                    self._at,
                    draft.interview(self._at.now()),
                    refers_to=[case.check.leaf, case.referral.leaf],
                    attachments=titled(draft.attachments),
                )
                self._at.drafts.forget(_DRAFT, draft.referral_id)
        except NotHere:
            raise Refused([Problem("attachments", "not-here")]) from None
        return Done(kept, Changed.INTERVIEWS)

    def attach(self, draft: InterviewDraft, path: Path) -> Attaching:
        """Begin to take a file into open notes; it is theirs when they are kept with it."""
        self._at.must(Power.INTERVIEW)
        return attaching(self._at, _DRAFT, draft.referral_id, path, beside=draft.attachments)

    def take_out(self, attachment: Attachment) -> None:
        """Take an attachment out of open notes; nothing of it stays."""
        self._at.must(Power.INTERVIEW)
        self._at.store.drop_attachment(self._at.officer, attachment)

    def closed(self, interview_id: str) -> ClosedInterview:
        """A closed interview with all that belongs to it. Supervisors open theirs with a reason:
        in the log, or with the case.
        """
        self._at.must(Power.INTERVIEW)
        interview = self._at.store.kept_as(Interview, interview_id)
        if interview is None:
            raise Refused([Problem("interview", "not-found")])
        if interview.record.encrypted:
            return _unopened(self._at, interview)
        return closed_interview(self._at, interview)

    def content_of(self, attachment: Attachment) -> bytes:
        """An attachment of open or closed notes, as it was taken in."""
        self._at.must(Power.INTERVIEW)
        return content_of(self._at.store, attachment)

    def add_addendum(self, interview_id: str, draft: AddendumDraft) -> Done[Kept[Amendment]]:
        """Add words to a closed interview, which stays as it was signed."""
        self._at.must(Power.INTERVIEW)
        if problems := draft.problems():
            raise Refused(problems)
        interview = self._at.store.kept_as(Interview, interview_id)
        if interview is None:
            raise Refused([Problem("interview", "not-found")])
        addendum = Amendment(
            target_id=interview_id, reason=AmendReason.ADDENDUM, note=nfc(draft.note)
        )
        kept = self._at.store.append(addendum, author=self._at.author, refers_to=[interview.leaf])
        return Done(kept, Changed.INTERVIEWS)

    def send_outcome(self, referral_id: str, draft: OutcomeDraft) -> Done[Kept[Outcome]]:
        """Send the outcome back to the booth. Whoever proposed a refusal does not approve it."""
        self._at.must(Power.DECIDE_REFERRAL)
        case = self._case(referral_id)
        if problems := [*draft.problems(), *self._outcome_problems(case)]:
            raise Refused(problems)
        assert draft.decision is not None  # noqa: S101  problems() has asked for it
        refused = draft.decision is OutcomeDecision.REFUSE
        outcome = Outcome(
            referral_id=referral_id,
            check_id=case.check.id,
            decision=draft.decision,
            grounds=draft.grounds if refused else (),
            national_ground=tidy(draft.national_ground) if refused else "",
            note=nfc(draft.note),
        )
        kept = self._at.store.append(
            outcome,
            author=self._at.author,
            refers_to=[
                case.check.leaf,
                case.referral.leaf,
                *(each.interview.leaf for each in case.interviews),
            ],
        )
        return Done(kept, Changed.REFERRALS | Changed.CHECKS)

    def grounds(self) -> tuple[Ground, ...]:
        """The grounds of refusal, worded in the workstation's language."""
        return self._at.refusal_grounds.worded(self._at.settings.language)

    def _outcome_problems(self, case: Case) -> list[Problem]:
        if case.outcome:
            return [Problem("decision", "already-decided")]
        if self._at.store.about(case.check.id, Withdrawal):
            return [Problem("decision", "taken-back")]
        if case.draft.exchanges_noted():
            return [Problem("interview", "not-closed")]
        proposed = case.referral.record.reason is ReferralReason.PROPOSED_REFUSAL
        if proposed and case.referral.officer == self._at.officer:
            return [Problem("decision", "second-person")]
        return []

    def _case(self, referral_id: str) -> Case:
        store = self._at.store
        referral = store.kept_as(Referral, referral_id)
        check = store.kept_as(BorderCheck, referral.record.check_id) if referral else None
        if referral is None or check is None:
            raise Refused([Problem("referral", "not-found")])
        current = store.current(check)
        hits = tuple(
            hit
            for hit in store.about(check.id, Hit)
            if self._at.sees(Visibility(hit.record.visibility))
        )
        return Case(
            referral=referral,
            check=check,
            current=current,
            hits=hits,
            confirmations=tuple(each for hit in hits for each in store.about(hit.id, Confirmation)),
            earlier=tuple(row for row in self._earlier(current) if row.id != check.id),
            interviews=tuple(
                closed_interview(self._at, interview)
                for interview in store.about(referral_id, Interview)
            ),
            outcome=next(iter(store.about(referral_id, Outcome)), None),
            draft=self._at.drafts.kept(_DRAFT, referral_id, InterviewDraft)
            or InterviewDraft(
                check_id=check.id, referral_id=referral_id, started_at=self._at.now()
            ),
        )

    def _earlier(self, check: BorderCheck) -> list[LogRow]:
        numbers = [(document.issuing_state, document.number) for document in check.documents]
        since = self._at.known_since(self._at.now())
        return self._at.store.earlier(check.person, numbers, since)

    def _opened_by(self, check_id: str) -> str:
        opened = [
            each.officer
            for each in self._at.store.about(check_id, Consultation)
            if each.record.reason is ConsultReason.SECOND_LINE
        ]
        return opened[-1] if opened else ""


def closed_interview(at: Workplace, interview: Kept[Interview]) -> ClosedInterview:
    """A closed interview with all that belongs to it, open as far as this session may read it."""
    if not interview.record.encrypted:
        return ClosedInterview(
            interview=interview,
            addenda=_addenda(at, interview),
            attachments=tuple(at.store.attachments_of(interview.id)),
        )
    text = closed_notes.opened(at, interview)
    if text is None:
        return _unopened(at, interview)
    inside = {each.address: each for each in text.attachments}
    return ClosedInterview(
        interview=replace(interview, record=text.interview),
        addenda=_addenda(at, interview),
        attachments=tuple(
            replace(each, attachment=inside.get(each.attachment.address, each.attachment))
            for each in at.store.attachments_of(interview.id)
        ),
        readers=Readers.SUPERVISORS,
    )


def record_reading(
    at: Workplace, interviews: Sequence[ClosedInterview], reason: ConsultReason, note: str = ""
) -> None:
    """Record that a supervisor opened what is for supervisors only."""
    for each in interviews:
        if each.readers is Readers.SUPERVISORS:
            at.store.append(
                Consultation(
                    target_id=each.interview.id,
                    action=ConsultAction.OPENED,
                    reason=reason,
                    note=note,
                ),
                author=at.author,
                refers_to=[each.interview.leaf],
            )


def _unopened(at: Workplace, interview: Kept[Interview]) -> ClosedInterview:
    return ClosedInterview(
        interview=interview, addenda=_addenda(at, interview), readers=Readers.OTHERS
    )


def _addenda(at: Workplace, interview: Kept[Interview]) -> tuple[Kept[Amendment], ...]:
    return tuple(at.store.about(interview.id, Amendment))


def _closed(
    at: Workplace,
    interview: Interview,
    *,
    refers_to: Sequence[str],
    attachments: Sequence[Attachment],
) -> Kept[Interview]:
    return at.store.append(
        interview,
        author=at.author,
        refers_to=refers_to,
        attachments=attachments,
        happened_at=interview.started_at,
    )
