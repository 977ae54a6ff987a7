"""A hit followed to its end: seen, judged, acted on, reported, closed; and how far it has come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from checkpoint_client.records.attachments import Attachment
from checkpoint_client.records.codes import (
    ActionTaken,
    AdjudicationReason,
    AlertChange,
    AloneReason,
    Collecting,
    ConsultReason,
    HitState,
    HitVerdict,
    Information,
    Opinion,
    ReportMeans,
    Verdict,
)
from checkpoint_client.records.dates import moment_typed
from checkpoint_client.records.drafts import (
    LONGEST_LINE,
    LONGEST_TEXT,
    attachment_problems,
    nfc,
    tidy,
)
from checkpoint_client.records.oversight import Consultation, Review
from checkpoint_client.records.problems import Problem

# what is recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenHit:
    """A hit and the level at which it stood on the screen."""

    hit_id: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HitSeen:
    """An officer acknowledged what the first line was shown: who is in the entry."""

    check_id: str
    hits: tuple[SeenHit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudication:
    """One officer's verdict on a hit.

    `matching` and `differing` are names of fields as they were compared. `second_person` says that
    another person must agree, by the rules in force then; `alone` why nobody could. `supersedes`
    are the verdicts, by their ids, that lay before the officer and are replaced by this one.
    """

    hit_id: str
    verdict: HitVerdict
    reasons: tuple[AdjudicationReason, ...]
    matching: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    note: str = ""
    second_person: bool = False
    alone: AloneReason | None = None
    supersedes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinion:
    """What another person says of a verdict."""

    adjudication_id: str
    hit_id: str
    agrees: Opinion
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitAction:
    """What was done. `place` is where, empty for the post itself."""

    hit_id: str
    action: ActionTaken
    taken_at: datetime
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerReport:
    """The owner of the alert was told, and what he answered."""

    hit_id: str
    means: ReportMeans
    reported_at: datetime
    reported_to: str
    reply: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedItem:
    """One item of the list, and what was noted, or why it could not be."""

    item: Information
    state: Collecting
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedInformation:
    """What a discreet, inquiry or specific check brought (Regulation (EU) 2018/1862, Art. 37)."""

    hit_id: str
    items: tuple[CollectedItem, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitClosure:
    """The hit needs nothing more."""

    hit_id: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChanged:
    """The workstation found that the alert is gone, or is another, in a newer list."""

    hit_id: str
    list_id: str
    list_version: int
    change: AlertChange


# how far a hit has come

HitStep = (
    Adjudication
    | SecondOpinion
    | HitAction
    | OwnerReport
    | CollectedInformation
    | HitClosure
    | AlertChanged
    | Consultation
    | Review
)
"""Whatever follows a hit and speaks of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An entry about a hit. `officer` is empty where the workstation itself records."""

    id: str
    at: datetime
    officer: str
    record: HitStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a hit stands.

    `verdict` is the one that stands, None while there is none or while several contradict one
    another (`is_disputed`). `judgements` are the ids of the verdicts that stand, `judges` who said
    so or agreed, in their order. `confirmed_at` is when the last person needed had agreed.
    `is_alone` asks for a review; `is_withdrawn`: the owner took the alert back, or it expired.
    """

    state: HitState
    verdict: HitVerdict | None
    judgements: tuple[str, ...]
    judges: tuple[str, ...]
    confirmed_at: datetime | None
    is_disputed: bool
    is_alone: bool
    is_acted_on: bool
    is_reported: bool
    is_collected: bool
    is_withdrawn: bool


def progress_of(steps: Iterable[Step]) -> Progress:
    """Where a hit stands after all that followed it, in whatever order the entries came.

    A verdict stands until another supersedes it or somebody disagrees with it. Two that stand and
    differ, as of two workstations without a line, are a dispute: the hit is open again.
    """
    told = sorted(steps, key=lambda step: (step.at, step.id))
    standing = _standing(told)
    verdicts = {adjudication.verdict for _, adjudication in standing}
    verdict = next(iter(verdicts)) if len(verdicts) == 1 else None
    voices = _voices(told, standing)
    confirmed_at = _confirmed_at(standing, voices) if verdict is HitVerdict.SAME else None
    is_acted_on = bool(_of(HitAction, told))
    # What was said to the owner before that was a question, not the report.
    is_reported = confirmed_at is not None and any(
        step.at >= confirmed_at for step, _ in _of(OwnerReport, told)
    )
    return Progress(
        state=_state(told, verdict, confirmed_at, is_acted_on, is_reported),
        verdict=verdict,
        judgements=tuple(step.id for step, _ in standing),
        judges=tuple(voices),
        confirmed_at=confirmed_at,
        is_disputed=len(verdicts) > 1,
        is_alone=confirmed_at is not None and _is_alone(told, standing, voices),
        is_acted_on=is_acted_on,
        is_reported=is_reported,
        is_collected=bool(_of(CollectedInformation, told)),
        is_withdrawn=_is_withdrawn(told),
    )


# what is being typed


REASONS: Mapping[HitVerdict, tuple[AdjudicationReason, ...]] = MappingProxyType(
    {
        HitVerdict.SAME: (
            AdjudicationReason.SAME_DOCUMENT,
            AdjudicationReason.SAME_PERSONAL_NUMBER,
            AdjudicationReason.SAME_NAME_AND_BIRTH,
            AdjudicationReason.SAME_PHOTO,
            AdjudicationReason.SAME_BIOMETRICS,
            AdjudicationReason.SAME_OBJECT,
            AdjudicationReason.OWN_WORDS,
            AdjudicationReason.OWNER_SAID_YES,
            AdjudicationReason.OTHER,
        ),
        HitVerdict.NOT_SAME: (
            AdjudicationReason.DIFFERENT_NAME,
            AdjudicationReason.DIFFERENT_BIRTH,
            AdjudicationReason.DIFFERENT_SEX,
            AdjudicationReason.DIFFERENT_NATIONALITY,
            AdjudicationReason.DIFFERENT_PHOTO,
            AdjudicationReason.DIFFERENT_BIOMETRICS,
            AdjudicationReason.DIFFERENT_DOC_HISTORY,
            AdjudicationReason.DIFFERENT_OBJECT,
            AdjudicationReason.OWNER_SAID_NO,
            AdjudicationReason.OTHER,
        ),
        HitVerdict.CANNOT_SAY: (
            AdjudicationReason.TOO_LITTLE_KNOWN,
            AdjudicationReason.OWNER_NOT_REACHED,
            AdjudicationReason.TRAVELLER_GONE,
            AdjudicationReason.OTHER,
        ),
    }
)
"""The reasons that can be given for each verdict, in the order of the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjudicationDraft:
    verdict: HitVerdict | None = None
    reasons: tuple[AdjudicationReason, ...] = ()
    note: str = ""
    alone: AloneReason | None = None
    attachments: tuple[Attachment, ...] = ()

    def problems(self) -> list[Problem]:
        return list(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if self.verdict is None:
            yield Problem("verdict", "missing")
        if not self.reasons:
            yield Problem("reasons", "missing")
        if self.verdict and not set(self.reasons) <= set(REASONS[self.verdict]):
            yield Problem("reasons", "not-for-this-verdict")
        yield from attachment_problems(self.attachments)
        is_other = AdjudicationReason.OTHER in self.reasons or self.alone is AloneReason.OTHER
        yield from _text("note", self.note, is_needed=is_other)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionDraft:
    """Whoever disagrees says why."""

    opinion: Opinion | None = None
    note: str = ""

    def problems(self) -> list[Problem]:
        found = [] if self.opinion else [Problem("opinion", "missing")]
        disagrees = self.opinion is Opinion.DISAGREES
        return found + list(_text("note", self.note, is_needed=disagrees))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDraft:
    """`taken_at` is the text of its field (`moment_typed`); empty is now."""

    action: ActionTaken | None = None
    taken_at: str = ""
    place: str = ""
    note: str = ""

    def problems(self, now: datetime) -> list[Problem]:
        return list(self._problems(now))

    def recorded(self, hit_id: str, now: datetime) -> HitAction:
        """The action as it is recorded. Only when there are no problems."""
        return HitAction(
            hit_id=hit_id,
            action=self.action or ActionTaken.OTHER,
            taken_at=moment_typed(self.taken_at, now),
            place=tidy(self.place),
            note=nfc(self.note),
        )

    def _problems(self, now: datetime) -> Iterator[Problem]:
        if self.action is None:
            yield Problem("action", "missing")
        yield from _moment("taken_at", self.taken_at, now)
        yield from _line("place", self.place)
        is_unclear = self.action in (ActionTaken.OTHER, ActionTaken.NOT_POSSIBLE)
        yield from _text("note", self.note, is_needed=is_unclear)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDraft:
    """`reported_at` is the text of its field (`moment_typed`); empty is now."""

    means: ReportMeans | None = None
    reported_at: str = ""
    reported_to: str = ""
    reply: str = ""
    note: str = ""

    def problems(self, now: datetime) -> list[Problem]:
        return list(self._problems(now))

    def recorded(self, hit_id: str, now: datetime) -> OwnerReport:
        """The report as it is recorded. Only when there are no problems."""
        return OwnerReport(
            hit_id=hit_id,
            means=self.means or ReportMeans.OTHER,
            reported_at=moment_typed(self.reported_at, now),
            reported_to=tidy(self.reported_to),
            reply=nfc(self.reply),
            note=nfc(self.note),
        )

    def _problems(self, now: datetime) -> Iterator[Problem]:
        if self.means is None:
            yield Problem("means", "missing")
        yield from _moment("reported_at", self.reported_at, now)
        if not self.reported_to.strip():
            yield Problem("reported_to", "missing")
        yield from _line("reported_to", self.reported_to)
        yield from _text("reply", self.reply)
        yield from _text("note", self.note, is_needed=self.means is ReportMeans.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionDraft:
    """Items of which something can be said; the others were not asked for."""

    items: tuple[CollectedItem, ...] = ()
    note: str = ""

    def problems(self) -> list[Problem]:
        return list(self._problems())

    def recorded(self, hit_id: str) -> CollectedInformation:
        """The list as it is recorded, in its order. Only when there are no problems."""
        given = {each.item: each for each in self.items}
        return CollectedInformation(
            hit_id=hit_id,
            items=tuple(
                CollectedItem(item=item, state=given[item].state, text=nfc(given[item].text))
                if item in given
                else CollectedItem(item=item, state=Collecting.NOT_ASKED)
                for item in Information
            ),
            note=nfc(self.note),
        )

    def _problems(self) -> Iterator[Problem]:
        if all(each.state is Collecting.NOT_ASKED for each in self.items):
            yield Problem("items", "missing")
        if len({each.item for each in self.items}) < len(self.items):
            yield Problem("items", "twice")
        for each in self.items:
            # That somebody was located says all by itself; a reason why not does not.
            says_it_all = each.item is Information.LOCATED and each.state is Collecting.COLLECTED
            needs_words = each.state is not Collecting.NOT_ASKED and not says_it_all
            yield from _text(f"items.{each.item.value}", each.text, is_needed=needs_words)
        yield from _text("note", self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class HitWork:
    """What is half typed about one hit; it stays with its author."""

    adjudication: AdjudicationDraft = AdjudicationDraft()
    opinion: OpinionDraft = OpinionDraft()
    action: ActionDraft = ActionDraft()
    report: ReportDraft = ReportDraft()
    collection: CollectionDraft = CollectionDraft()
    closing_note: str = ""


# where it stands, in order of use

K = TypeVar("K", bound=HitStep)
_Standing = Sequence[tuple[Step, Adjudication]]


def _of(kind: type[K], told: Sequence[Step]) -> list[tuple[Step, K]]:
    return [(step, step.record) for step in told if isinstance(step.record, kind)]


def _standing(told: Sequence[Step]) -> list[tuple[Step, Adjudication]]:
    """Verdicts that nothing superseded and with which nobody disagrees."""
    fallen = {each for _, record in _of(Adjudication, told) for each in record.supersedes}
    for _, opinion in _of(SecondOpinion, told):
        if opinion.agrees is Opinion.DISAGREES:
            fallen.add(opinion.adjudication_id)
    return [(step, record) for step, record in _of(Adjudication, told) if step.id not in fallen]


def _voices(told: Sequence[Step], standing: _Standing) -> dict[str, datetime]:
    """Who stands behind a verdict that stands, each with the time he first did, in that order."""
    judgements = {step.id for step, _ in standing}
    agreed = [
        step
        for step, opinion in _of(SecondOpinion, told)
        if opinion.agrees is Opinion.AGREES and opinion.adjudication_id in judgements
    ]
    voices: dict[str, datetime] = {}
    for step in [*(step for step, _ in standing), *agreed]:
        voices.setdefault(step.officer, step.at)
    return voices


def _confirmed_at(standing: _Standing, voices: Mapping[str, datetime]) -> datetime | None:
    """When "the same" came to stand: said by two people, or by one where that is enough."""
    enough = [
        step.at for step, record in standing if not record.second_person or record.alone is not None
    ]
    if len(voices) > 1:
        enough.append(sorted(voices.values())[1])
    return min(enough, default=None)


def _is_alone(told: Sequence[Step], standing: _Standing, voices: Mapping[str, datetime]) -> bool:
    """Whether one person confirmed what two should have, and no other has looked at it since."""
    if len(voices) > 1 or not all(record.alone for _, record in standing):
        return False
    return not any(
        review.verdict is Verdict.COUNTERSIGNED and step.officer not in voices
        for step, review in _of(Review, told)
    )


def _state(
    told: Sequence[Step],
    verdict: HitVerdict | None,
    confirmed_at: datetime | None,
    is_acted_on: bool,
    is_reported: bool,
) -> HitState:
    if _of(HitClosure, told):
        return HitState.CLOSED
    if verdict is HitVerdict.NOT_SAME:
        return HitState.NOT_SAME
    if verdict is HitVerdict.CANNOT_SAY:
        return HitState.INCONCLUSIVE
    if verdict is None:
        return HitState.OPENED if any(map(_is_work, told)) else HitState.NEW
    if confirmed_at is None:
        return HitState.PROPOSED
    if not is_acted_on:
        return HitState.CONFIRMED
    return HitState.REPORTED if is_reported else HitState.ACTION_TAKEN


def _is_work(step: Step) -> bool:
    """Whether somebody took the hit up: the workstation's own entries are no work on it."""
    if isinstance(step.record, Consultation):
        return step.record.reason is ConsultReason.HIT_WORK
    return not isinstance(step.record, AlertChanged)


def _is_withdrawn(told: Sequence[Step]) -> bool:
    changes = [change.change for _, change in _of(AlertChanged, told)]
    return bool(changes) and changes[-1] is not AlertChange.CHANGED


def _moment(field: str, text: str, now: datetime) -> Iterator[Problem]:
    try:
        moment = moment_typed(text, now)
    except ValueError:
        yield Problem(field, "not-a-time")
        return
    if moment > now:
        yield Problem(field, "in-the-future")


def _line(field: str, text: str) -> Iterator[Problem]:
    if len(text.strip()) > LONGEST_LINE:
        yield Problem(field, "too-long")


def _text(field: str, text: str, *, is_needed: bool = False) -> Iterator[Problem]:
    if is_needed and not text.strip():
        yield Problem(field, "missing")
    if len(text) > LONGEST_TEXT:
        yield Problem(field, "too-long")
