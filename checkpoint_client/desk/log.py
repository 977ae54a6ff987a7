"""The log: find a check, open it with a reason, correct it beside the original."""

from dataclasses import dataclass, replace
from pathlib import Path

from checkpoint_client.desk.attaching import content_of, exported
from checkpoint_client.desk.done import Changed, Done, Refused
from checkpoint_client.desk.powers import POWERS, Power
from checkpoint_client.desk.second_line import ClosedInterview, closed_interview, record_reading
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.journal.body import Unreadable
from checkpoint_client.records import (
    Amendment,
    AmendmentDraft,
    Attachment,
    BorderCheck,
    Change,
    Confirmation,
    Consultation,
    Hit,
    Interview,
    Outcome,
    Problem,
    Record,
    Referral,
    Review,
    Withdrawal,
)
from checkpoint_client.records.codes import ConsultAction, ConsultReason
from checkpoint_client.records.drafts import date_typed, nfc, tidy
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogPage, LogQuery, LogRow, Order, Show, Sorting
from checkpoint_client.store.tables import text_of, with_changes
from checkpoint_client.watchlist import Visibility

__all__ = [
    "AMENDABLE",
    "Kept",
    "Log",
    "LogPage",
    "LogQuery",
    "LogRow",
    "Order",
    "RecordView",
    "Show",
    "Sorting",
]

_DATES = frozenset({"person.birth_date", "documents.0.expiry_date"})
_CODES = frozenset({"person.nationality.0", "documents.0.issuing_state", "documents.0.number"})

AMENDABLE = (
    "direction",
    "person.primary_identifier",
    "person.secondary_identifier",
    "person.patronymic",
    "person.name_native",
    "person.birth_date",
    "person.sex",
    "person.nationality.0",
    "documents.0.issuing_state",
    "documents.0.number",
    "documents.0.expiry_date",
    "vehicle.plate",
    "purpose",
    "entry_basis",
    "destination",
    "route",
    "companions",
    "remarks",
)
"""Fields of a check that can be corrected. A decision is never amended, but followed by another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """A check with all that belongs to it, as far as the role may see it.

    The first line sees no interviews. Who opened the record and its `position` in the journal are
    for supervisors and auditors, since they can tell of a hit that others may not learn of.
    """

    kept: Kept[BorderCheck]
    current: BorderCheck
    row: LogRow
    amendments: tuple[Kept[Amendment], ...]
    reviews: tuple[Kept[Review], ...]
    withdrawal: Kept[Withdrawal] | None
    hits: tuple[Kept[Hit], ...]
    confirmations: tuple[Kept[Confirmation], ...]
    referrals: tuple[Kept[Referral], ...]
    outcomes: tuple[Kept[Outcome], ...]
    interviews: tuple[ClosedInterview, ...]
    consultations: tuple[Kept[Consultation], ...]
    position: int | None

    def amendable(self) -> dict[str, str]:
        """The fields that can be corrected, each with what it reads now."""
        found = {}
        for field in AMENDABLE:
            try:
                found[field] = text_of(self.current, field)
            except (IndexError, KeyError, TypeError):
                continue  # no such document, vehicle or nationality in this check
        return found

    def attachments(self) -> tuple[Attachment, ...]:
        """Whatever is attached to what is in view."""
        return tuple(each.attachment for closed in self.interviews for each in closed.attachments)

    def entries(self) -> tuple[Kept[Record], ...]:
        """Every entry in view but consultations: what a review is about."""
        interviews: list[Kept[Record]] = []
        for closed in self.interviews:
            interviews += [closed.interview, *closed.addenda]
        withdrawal = [self.withdrawal] if self.withdrawal else []
        return (
            self.kept,
            *self.amendments,
            *withdrawal,
            *self.hits,
            *self.confirmations,
            *self.referrals,
            *self.outcomes,
            *interviews,
        )


class Log:
    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    def search(self, query: LogQuery) -> LogPage:
        """One page of the log. Names in a list are not yet an opened record."""
        self._at.must(Power.READ_LOG)
        return self._at.store.search(query)

    def open(self, check_id: str, reason: ConsultReason, note: str = "") -> Done[RecordView]:
        """Open a record; who opened it and why is recorded."""
        self._at.must(Power.READ_LOG)
        view = self.view(check_id)
        self._at.store.append(
            Consultation(
                target_id=check_id, action=ConsultAction.OPENED, reason=reason, note=nfc(note)
            ),
            author=self._at.author,
            refers_to=[view.kept.leaf],
        )
        record_reading(self._at, view.interviews, reason, nfc(note))
        return Done(view, Changed(0))

    def amend(self, check_id: str, draft: AmendmentDraft) -> Done[Kept[Amendment]]:
        """Put a correction beside the record: its author within his shift, supervisors always."""
        view = self.view(check_id)
        self._must_be_allowed_to_amend(view)
        changes, problems = _checked(view.current, draft.changes)
        if found := [*draft.problems(), *problems]:
            raise Refused(found)
        assert draft.reason is not None  # noqa: S101  problems() has asked for it
        amendment = Amendment(
            target_id=check_id, reason=draft.reason, note=nfc(draft.note), changes=changes
        )
        kept = self._at.store.append(amendment, author=self._at.author, refers_to=[view.kept.leaf])
        return Done(kept, Changed.CHECKS)

    def view(self, check_id: str) -> RecordView:
        """The record with all that belongs to it. Recording that it was opened is `open`'s."""
        self._at.must(Power.READ_LOG)
        store = self._at.store
        kept, row = store.kept_as(BorderCheck, check_id), store.row(check_id)
        if kept is None or row is None:
            raise Refused([Problem("record", "not-found")])
        referrals = tuple(store.about(check_id, Referral))
        hits = tuple(hit for hit in store.about(check_id, Hit) if self._at.learns_of(hit.record))
        return RecordView(
            kept=kept,
            current=store.current(kept),
            row=row,
            amendments=tuple(store.about(check_id, Amendment)),
            reviews=tuple(store.about(check_id, Review)),
            withdrawal=next(iter(store.about(check_id, Withdrawal)), None),
            hits=hits,
            confirmations=tuple(each for hit in hits for each in store.about(hit.id, Confirmation)),
            referrals=referrals,
            outcomes=tuple(each for r in referrals for each in store.about(r.id, Outcome)),
            interviews=tuple(
                closed_interview(self._at, each)
                for referral in referrals
                for each in store.about(referral.id, Interview)
                if self._at.sees(Visibility.SECOND_LINE)
            ),
            consultations=tuple(
                each
                for each in store.about(check_id, Consultation)
                if self._at.sees(Visibility.SUPERVISOR_ONLY)
            ),
            position=kept.position if self._at.sees(Visibility.SUPERVISOR_ONLY) else None,
        )

    def content_of(self, attachment: Attachment) -> bytes:
        """An attachment of a record that was opened, as it was taken in."""
        self._at.must(Power.READ_LOG)
        return content_of(self._at.store, attachment)

    def export_attachment(
        self,
        view: RecordView,
        attachment: Attachment,
        to: Path,
        *,
        reason: ConsultReason,
        note: str,
    ) -> Done[Path]:
        """Write an attachment into a folder as a file that anybody can read; who did and why is
        recorded first.
        """
        self._at.must(Power.READ_LOG)
        if attachment not in view.attachments():
            raise Refused([Problem("attachments", "not-found")])
        content = content_of(self._at.store, attachment)
        self._at.store.append(
            Consultation(
                target_id=view.kept.id,
                action=ConsultAction.EXPORTED,
                reason=reason,
                note=nfc(f"{attachment.title}. {note}"),
            ),
            author=self._at.author,
            refers_to=[view.kept.leaf],
        )
        return Done(exported(content, attachment, to), Changed(0))

    def may_amend(self, view: RecordView) -> bool:
        """Whether this session may correct the record."""
        powers = POWERS[self._at.role]
        is_own = view.kept.officer == self._at.officer and view.kept.shift == self._at.author.shift
        return Power.AMEND_ANY in powers or (Power.AMEND_OWN in powers and is_own)

    def _must_be_allowed_to_amend(self, view: RecordView) -> None:
        if self.may_amend(view):
            return
        self._at.must(Power.AMEND_OWN)
        raise Refused([Problem("record", "not-yours")])


def _checked(
    check: BorderCheck, changes: tuple[Change, ...]
) -> tuple[tuple[Change, ...], list[Problem]]:
    """The changes as they are recorded, and what is wrong with them."""
    taken: list[Change] = []
    problems: list[Problem] = []
    for change in changes:
        try:
            change = replace(change, after=_normal(change.field, change.after))
            now_reads = text_of(check, change.field)
        except ValueError:
            problems.append(Problem(change.field, "not-a-date"))
            continue
        except (IndexError, KeyError, TypeError):
            problems.append(Problem(change.field, "not-amendable"))
            continue
        if change.field not in AMENDABLE:
            problems.append(Problem(change.field, "not-amendable"))
        elif change.before != now_reads:
            problems.append(Problem(change.field, "changed-meanwhile"))
        elif change.after == now_reads:
            problems.append(Problem(change.field, "unchanged"))
        elif not _fits(check, change):
            problems.append(Problem(change.field, "not-a-value"))
        taken.append(change)
    return tuple(taken), problems


def _normal(field: str, typed: str) -> str:
    if field in _DATES:
        return str(date_typed(typed))
    if field in _CODES:
        return tidy(typed).upper()
    return nfc(typed) if field == "remarks" else tidy(typed)


def _fits(check: BorderCheck, change: Change) -> bool:
    if change.field == "person.primary_identifier" and not change.after:
        return False
    try:
        with_changes(check, [change])
    except Unreadable:
        return False
    return True
