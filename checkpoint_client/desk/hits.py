"""The hit desk: both persons side by side, a verdict with reasons, and all that must follow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from checkpoint_client.desk.attaching import Attaching, attaching, content_of, titled
from checkpoint_client.desk.comparison import Compared, Likeness, compared
from checkpoint_client.desk.done import Changed, Done, Refused
from checkpoint_client.desk.first_line import draft_of, evidence_of
from checkpoint_client.desk.powers import Power
from checkpoint_client.desk.verdicts import EarlierVerdict, earlier_verdicts
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.records import (
    ActionDraft,
    Adjudication,
    AdjudicationDraft,
    AlertChanged,
    Attachment,
    BorderCheck,
    CollectedInformation,
    CollectionDraft,
    Confirmation,
    Consultation,
    Hit,
    HitAction,
    HitClosure,
    HitSeen,
    HitWork,
    OpinionDraft,
    OwnerReport,
    Problem,
    Record,
    ReportDraft,
    Review,
    SecondOpinion,
    Seen,
    Withdrawal,
)
from checkpoint_client.records.adjudication import Progress, progress_of
from checkpoint_client.records.codes import (
    AdjudicationReason,
    ConsultAction,
    ConsultReason,
    HitOrigin,
    HitState,
    HitVerdict,
    Information,
    Opinion,
    Verdict,
)
from checkpoint_client.records.drafts import LONGEST_TEXT, nfc
from checkpoint_client.store import Kept, KeptAttachment, NotHere
from checkpoint_client.store.hits import HitQuery, HitShow
from checkpoint_client.watchlist import Alert, Visibility
from checkpoint_client.watchlist.alerts import is_photo

__all__ = [
    "Compared",
    "EarlierVerdict",
    "HitCase",
    "HitDesk",
    "HitLine",
    "HitShow",
    "Likeness",
    "SeenBy",
]

R = TypeVar("R", bound=Record)

_DRAFT = "hit"
_CHANGED = Changed.HITS | Changed.WAITING
_TOLERATED = timedelta(days=1)
_ASKED_THE_OWNER = frozenset({AdjudicationReason.OWNER_SAID_YES, AdjudicationReason.OWNER_SAID_NO})


@dataclass(frozen=True, slots=True, kw_only=True)
class HitLine:
    """One hit in a list of the desk.

    `traveller` is the name as it reads today, empty while the check has not arrived; `since` when
    the hit was found; `report_due` until when the owner must be told, None where that is done or
    not yet asked for; `mine` that this officer is among those who judged it.
    """

    hit: Kept[Hit]
    traveller: str
    state: HitState
    verdict: HitVerdict | None
    origin: HitOrigin
    since: datetime
    report_due: datetime | None
    overdue: bool
    mine: bool
    alone: bool
    withdrawn_by_owner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBy:
    """Who saw the hit, when, and at which level."""

    officer: str
    at: datetime
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HitCase:
    """All about one hit.

    `current` is the check as it reads today; `alert` is None where the list no longer has it.
    `state` and `progress` are derived from the entries. `needs_second`: "the same" asks for another
    person than those in `progress.judges`.
    `missing` is what keeps the hit from being closed, `questions` what is to be collected.
    `attachments` by the id of the verdict to which they belong.
    `confirmation` is headquarters' answer about a document that looked listed.
    """

    hit: Kept[Hit]
    check: Kept[BorderCheck]
    current: BorderCheck
    alert: Alert | None
    compared: tuple[Compared, ...]
    photo: bytes | None
    seen_by: tuple[SeenBy, ...]
    adjudications: tuple[Kept[Adjudication], ...]
    attachments: Mapping[str, tuple[KeptAttachment, ...]]
    opinions: tuple[Kept[SecondOpinion], ...]
    actions: tuple[Kept[HitAction], ...]
    reports: tuple[Kept[OwnerReport], ...]
    collected: tuple[Kept[CollectedInformation], ...]
    reviews: tuple[Kept[Review], ...]
    changes: tuple[Kept[AlertChanged], ...]
    confirmation: Kept[Confirmation] | None
    closure: Kept[HitClosure] | None
    progress: Progress
    needs_second: bool
    needs_collection: bool
    report_due: datetime | None
    overdue: bool
    taken_back: bool
    earlier_verdicts: tuple[EarlierVerdict, ...]
    questions: tuple[Information, ...]
    missing: tuple[Problem, ...]
    work: HitWork

    @property
    def state(self) -> HitState:
        return self.progress.state

    def entries(self) -> tuple[Kept[Record], ...]:
        """The hit and all that followed it but consultations: what a review is about."""
        closure = [self.closure] if self.closure else []
        confirmation = [self.confirmation] if self.confirmation else []
        return (
            self.hit,
            *confirmation,
            *self.adjudications,
            *self.opinions,
            *self.actions,
            *self.reports,
            *self.collected,
            *self.changes,
            *closure,
        )


class HitDesk:
    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._opened: set[str] = set()

    def queue(
        self, show: HitShow = HitShow.OPEN, *, limit: int = 200, offset: int = 0
    ) -> list[HitLine]:
        """Hits of one list, in the order of their work: strong ones first, then the oldest."""
        self._at.must(Power.WORK_HITS)
        query = HitQuery(
            show=show, visibilities=self._at.visibilities(), limit=limit, offset=offset
        )
        lines = []
        for hit, row in self._at.store.hits(query):
            is_due = not (row.is_reported or row.is_withdrawn or row.state is HitState.CLOSED)
            due = self._due(hit.record, row.confirmed_at) if is_due else None
            lines.append(
                HitLine(
                    hit=hit,
                    traveller=row.traveller,
                    state=row.state,
                    verdict=row.verdict,
                    origin=hit.record.origin,
                    since=hit.happened_at,
                    report_due=due,
                    overdue=self._is_over(due),
                    mine=self._at.officer in row.judges,
                    alone=row.is_alone,
                    withdrawn_by_owner=row.is_withdrawn,
                )
            )
        return lines

    def counts(self) -> dict[HitShow, int]:
        """How many hits each list holds for this role."""
        self._at.must(Power.WORK_HITS)
        return self._at.store.hit_counts(self._at.visibilities())

    def open(self, hit_id: str) -> Done[HitCase]:
        """Open a hit; that it was opened is recorded."""
        self._at.must(Power.WORK_HITS)
        case = self._case(hit_id)
        self._at.store.append(
            Consultation(
                target_id=hit_id, action=ConsultAction.OPENED, reason=ConsultReason.HIT_WORK
            ),
            author=self._at.author,
            refers_to=[case.hit.leaf, case.check.leaf],
        )
        self._opened.add(hit_id)
        return Done(self._case(hit_id), Changed.HITS)

    def look_again(self, hit_id: str) -> HitCase:
        """A hit that was opened in this session, as it stands now; that is not recorded again."""
        self._at.must(Power.WORK_HITS)
        if hit_id not in self._opened:
            raise Refused([Problem("hit", "not-found")])
        return self._case(hit_id)

    def keep(self, hit_id: str, work: HitWork) -> None:
        """Keep what is half typed about a hit, for its author only."""
        self._at.must(Power.WORK_HITS)
        if work == HitWork():
            self._at.drafts.forget(_DRAFT, hit_id)
            return
        self._at.drafts.keep(_DRAFT, hit_id, work)

    def adjudicate(self, hit_id: str, draft: AdjudicationDraft) -> Done[HitCase]:
        """Say whether they are the same, with reasons, and sign it.

        Where the rules ask for a second person, "the same" waits for another's opinion, unless the
        draft says why nobody else is there; then a supervisor reviews it later.
        """
        self._at.must(Power.WORK_HITS)
        case = self._case(hit_id)
        self._must_be_right(case, [*draft.problems(), *self._judging_problems(case, draft)])
        assert draft.verdict is not None  # noqa: S101  problems() has asked for it
        two = draft.verdict is HitVerdict.SAME and case.needs_second
        record = Adjudication(
            hit_id=hit_id,
            verdict=draft.verdict,
            reasons=draft.reasons,
            matching=_fields(case, Likeness.SAME, Likeness.SIMILAR),
            differing=_fields(case, Likeness.DIFFERENT),
            note=nfc(draft.note),
            second_person=two,
            alone=draft.alone if two else None,
            supersedes=case.progress.judgements,
        )
        left = replace(case.work, adjudication=AdjudicationDraft())
        return self._record(case, record, left, attachments=titled(draft.attachments))

    def attach(self, hit_id: str, draft: AdjudicationDraft, path: Path) -> Attaching:
        """Begin to take a file into a verdict; it is its own when it is kept with it."""
        self._at.must(Power.WORK_HITS)
        return attaching(self._at, _DRAFT, hit_id, path, beside=draft.attachments)

    def take_out(self, attachment: Attachment) -> None:
        """Take an attachment out of a verdict not yet recorded; nothing of it stays."""
        self._at.must(Power.WORK_HITS)
        self._at.store.drop_attachment(self._at.officer, attachment)

    def content_of(self, attachment: Attachment) -> bytes:
        """An attachment of a hit that was opened, as it was taken in."""
        self._at.must(Power.WORK_HITS)
        return content_of(self._at.store, attachment)

    def give_opinion(self, hit_id: str, draft: OpinionDraft) -> Done[HitCase]:
        """Agree or disagree with another's "the same", and sign it. To disagree opens it again."""
        self._at.must(Power.WORK_HITS)
        case = self._case(hit_id)
        self._must_be_right(case, [*draft.problems(), *self._opinion_problems(case)])
        record = SecondOpinion(
            adjudication_id=case.progress.judgements[-1],
            hit_id=hit_id,
            agrees=draft.opinion or Opinion.DISAGREES,
            note=nfc(draft.note),
        )
        return self._record(case, record, replace(case.work, opinion=OpinionDraft()))

    def take_action(self, hit_id: str, draft: ActionDraft) -> Done[HitCase]:
        """Record what was done, once it is settled whom one has before one."""
        self._at.must(Power.WORK_HITS)
        case = self._case(hit_id)
        problems = draft.problems(self._at.now())
        may_act = case.progress.confirmed_at or case.progress.verdict is HitVerdict.CANNOT_SAY
        if not may_act:
            problems.append(Problem("action", "not-confirmed"))
        self._must_be_right(case, problems)
        record = draft.recorded(hit_id, self._at.now())
        if record.taken_at < _earliest(case):
            raise Refused([Problem("taken_at", "before-the-check")])
        return self._record(case, record, replace(case.work, action=ActionDraft()))

    def report(self, hit_id: str, draft: ReportDraft) -> Done[HitCase]:
        """Record that the owner was told, or asked while nothing is settled yet."""
        self._at.must(Power.WORK_HITS)
        case = self._case(hit_id)
        self._must_be_right(case, draft.problems(self._at.now()))
        record = draft.recorded(hit_id, self._at.now())
        if record.reported_at < _earliest(case):
            raise Refused([Problem("reported_at", "before-the-check")])
        return self._record(case, record, replace(case.work, report=ReportDraft()))

    def collect(self, hit_id: str, draft: CollectionDraft) -> Done[HitCase]:
        """Record the information that the alert asks for, and only where it does."""
        self._at.must(Power.WORK_HITS)
        case = self._case(hit_id)
        problems = draft.problems()
        if not case.needs_collection:
            problems.append(Problem("items", "not-asked-for"))
        self._must_be_right(case, problems)
        record = draft.recorded(hit_id)
        return self._record(case, record, replace(case.work, collection=CollectionDraft()))

    def close(self, hit_id: str, note: str = "") -> Done[HitCase]:
        """Close the hit and sign it, when all that it asks for is done."""
        self._at.must(Power.WORK_HITS)
        case = self._case(hit_id)
        problems = list(case.missing)
        is_open_end = case.progress.is_withdrawn or case.state is HitState.INCONCLUSIVE
        if is_open_end and not note.strip():
            problems.append(Problem("note", "missing"))
        if len(note) > LONGEST_TEXT:
            problems.append(Problem("note", "too-long"))
        self._must_be_right(case, problems)
        return self._record(case, HitClosure(hit_id=hit_id, note=nfc(note)), HitWork())

    def review_alone(self, hit_id: str, note: str = "") -> Done[HitCase]:
        """Countersign what somebody confirmed alone. Whoever disagrees gives his opinion."""
        self._at.must(Power.REVIEW)
        case = self._case(hit_id)
        if not case.progress.is_alone:
            raise Refused([Problem("hit", "nothing-to-review")])
        if self._at.officer in case.progress.judges:
            raise Refused([Problem("hit", "own-record")])
        entries = case.entries()
        review = Review(
            target_id=hit_id,
            verdict=Verdict.COUNTERSIGNED,
            seen=tuple(Seen(id=each.id, leaf=each.leaf) for each in entries),
            note=nfc(note),
        )
        return self._record(case, review, case.work)

    # what must be right first

    def _must_be_right(self, case: HitCase, problems: Sequence[Problem]) -> None:
        if case.taken_back:
            raise Refused([Problem("hit", "taken-back")])
        if case.state is HitState.CLOSED:
            raise Refused([Problem("hit", "closed")])
        if problems:
            raise Refused(problems)

    def _judging_problems(self, case: HitCase, draft: AdjudicationDraft) -> list[Problem]:
        found = []
        if case.state is HitState.PROPOSED and self._at.officer not in case.progress.judges:
            found.append(Problem("verdict", "opinion-asked-for"))
        if _ASKED_THE_OWNER.intersection(draft.reasons) and not case.reports:
            found.append(Problem("reasons", "owner-not-asked"))
        return found

    def _opinion_problems(self, case: HitCase) -> list[Problem]:
        if case.state is not HitState.PROPOSED and not case.progress.is_alone:
            return [Problem("opinion", "not-asked-for")]
        if self._at.officer in case.progress.judges:
            return [Problem("opinion", "second-person")]
        return []

    def _record(
        self,
        case: HitCase,
        record: R,
        left: HitWork,
        *,
        attachments: Sequence[Attachment] = (),
    ) -> Done[HitCase]:
        """Record one step; what of the officer's drafts is `left` stays with him."""
        leaves = [each.leaf for each in case.entries()]
        try:
            with self._at.store.together():
                self._at.store.append(
                    record, author=self._at.author, refers_to=leaves, attachments=attachments
                )
                self.keep(case.hit.id, left)
        except NotHere:
            raise Refused([Problem("attachments", "not-here")]) from None
        return Done(self._case(case.hit.id), _CHANGED)

    # the case

    def _case(self, hit_id: str) -> HitCase:
        store = self._at.store
        hit = store.kept_as(Hit, hit_id)
        if hit is None or not self._at.sees(Visibility(hit.record.visibility)):
            raise Refused([Problem("hit", "not-found")])
        check = store.kept_as(BorderCheck, hit.record.check_id)
        if check is None:
            raise Refused([Problem("hit", "check-not-here")])
        current, progress = store.current(check), progress_of(store.steps_of(hit_id))
        rules, record = self._at.hit_rules, hit.record
        alert = self._at.lists.alert(record.list_id, record.alert_id)
        is_due = not (
            progress.is_reported or progress.is_withdrawn or progress.state is HitState.CLOSED
        )
        due = self._due(record, progress.confirmed_at) if is_due else None
        collects = rules.needs_collection(record.category, record.action)
        documents = [(each.issuing_state, each.number) for each in current.documents]
        adjudications = tuple(store.about(hit_id, Adjudication))
        return HitCase(
            hit=hit,
            check=check,
            current=current,
            alert=alert,
            compared=self._compared(hit.record, check.record, current, alert),
            photo=alert.photo if alert and is_photo(alert.photo) else None,
            seen_by=self._seen_by(hit),
            adjudications=adjudications,
            attachments={each.id: tuple(store.attachments_of(each.id)) for each in adjudications},
            opinions=tuple(store.about(hit_id, SecondOpinion)),
            actions=tuple(store.about(hit_id, HitAction)),
            reports=tuple(store.about(hit_id, OwnerReport)),
            collected=tuple(store.about(hit_id, CollectedInformation)),
            reviews=tuple(store.about(hit_id, Review)),
            changes=tuple(store.about(hit_id, AlertChanged)),
            confirmation=next(iter(store.about(hit_id, Confirmation)), None),
            closure=next(iter(store.about(hit_id, HitClosure)), None),
            progress=progress,
            needs_second=rules.needs_second_person(record.category, record.action),
            needs_collection=collects,
            report_due=due,
            overdue=self._is_over(due),
            taken_back=bool(store.about(check.id, Withdrawal)),
            earlier_verdicts=earlier_verdicts(
                self._at,
                (record.list_id, record.alert_id),
                current.person,
                documents,
                but=hit_id,
            ),
            questions=tuple(Information) if collects else (),
            missing=tuple(_missing(progress, collects)),
            work=self._at.drafts.kept(_DRAFT, hit_id, HitWork) or HitWork(),
        )

    def _compared(
        self, hit: Hit, recorded: BorderCheck, current: BorderCheck, alert: Alert | None
    ) -> tuple[Compared, ...]:
        """By the evidence of the hit; of a corrected person, by what is found now."""
        evidence = hit.evidence
        if _is_another(recorded, current):
            match = self._at.lists.match(
                draft_of(current), (hit.list_id, hit.alert_id), self._at.now()
            )
            evidence = evidence_of(match) if match else ()
        return compared(current, alert, hit.name, evidence)

    def _seen_by(self, hit: Kept[Hit]) -> tuple[SeenBy, ...]:
        store = self._at.store
        booth = [
            SeenBy(officer=kept.officer, at=kept.happened_at, level=seen.level)
            for kept in store.about(hit.record.check_id, HitSeen)
            for seen in kept.record.hits
            if seen.hit_id == hit.id
        ]
        desk = [
            SeenBy(officer=kept.officer, at=kept.happened_at, level=hit.record.level)
            for kept in store.about(hit.id, Consultation)
        ]
        return tuple(sorted((*booth, *desk), key=lambda seen: seen.at))

    def _due(self, hit: Hit, confirmed_at: datetime | None) -> datetime | None:
        if confirmed_at is None:
            return None
        local = confirmed_at.astimezone(self._at.now().tzinfo)
        return local + self._at.hit_rules.report_within(hit.category)

    def _is_over(self, due: datetime | None) -> bool:
        return due is not None and self._at.now() > due


def _missing(progress: Progress, collects: bool) -> list[Problem]:
    """What must be done before the hit can be closed."""
    if progress.is_withdrawn or progress.state is HitState.CLOSED:
        return []
    if progress.verdict is None:
        return [Problem("verdict", "disputed" if progress.is_disputed else "missing")]
    if progress.verdict is not HitVerdict.SAME:
        return []
    if progress.confirmed_at is None:
        return [Problem("opinion", "missing")]
    found = []
    if collects and not progress.is_collected:
        found.append(Problem("collection", "missing"))
    if not progress.is_acted_on:
        found.append(Problem("action", "missing"))
    if not progress.is_reported:
        found.append(Problem("report", "missing"))
    return found


def _earliest(case: HitCase) -> datetime:
    """What is said to have happened before this has a slip in its date."""
    return case.check.happened_at - _TOLERATED


def _fields(case: HitCase, *likenesses: Likeness) -> tuple[str, ...]:
    return tuple(each.field for each in case.compared if each.likeness in likenesses)


def _is_another(recorded: BorderCheck, current: BorderCheck) -> bool:
    """Whether a correction touched what is compared."""
    return (recorded.person, recorded.documents, recorded.vehicle) != (
        current.person,
        current.documents,
        current.vehicle,
    )
