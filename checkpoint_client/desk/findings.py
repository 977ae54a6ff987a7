"""What the program found about a traveller. The officer decides; nothing here decides for him."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checkpoint_client.desk.stay import StayFound
from checkpoint_client.desk.verdicts import EarlierVerdict
from checkpoint_client.documents import states
from checkpoint_client.documents.national_numbers import NationalNumber, problems_of
from checkpoint_client.records import (
    CheckDraft,
    Confirmation,
    DocumentDraft,
    Evidence,
    ListConsulted,
)
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.records.drafts import date_so_far
from checkpoint_client.rules import Remark, Requirements
from checkpoint_client.store.log import LogRow


class Weight(StrEnum):
    """How much a finding asks of the officer: nothing, a look, or an act."""

    NOTE = "NOTE"
    ATTENTION = "ATTENTION"
    ALARM = "ALARM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark on a field; `code` and `values` become a sentence on the screen.

    Codes: `expired` (date), `expires-soon` (date), `check-digit` (digit), `specimen` (state),
    `unknown-state` (state), `minor`, `national-number` (problem), `by-hand`, `no-document`,
    `names-cut`. `place` is the document's, counted from 0, or None.
    """

    field: str
    code: str
    weight: Weight
    values: dict[str, str]
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleHit:
    """An alert that may concern the traveller, as far as this role may learn of it.

    `earlier_verdicts` are what officers said before of this person and this alert;
    `acknowledged`: the officer has said that he has read it, at this level; `confirmation` is what
    headquarters answered last about a document that may be listed.
    """

    alert_id: str
    list_id: str
    name: str
    birth_dates: tuple[PartialDate, ...]
    nationalities: tuple[str, ...]
    category: str
    action: str
    cautions: tuple[str, ...]
    level: str
    match_kind: str
    score: float
    evidence: tuple[Evidence, ...]
    owner: str
    contact: str
    reason: str
    earlier_verdicts: tuple[EarlierVerdict, ...] = ()
    acknowledged: bool = False
    confirmation: Confirmation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything known at once about a draft.

    `required` are fields that the rules ask for, `questions` fields that are to be asked besides.
    """

    remarks: tuple[Finding, ...]
    hits: tuple[PossibleHit, ...]
    earlier: tuple[LogRow, ...]
    lists: tuple[ListConsulted, ...]
    required: frozenset[str]
    questions: frozenset[str] = frozenset()
    stay: StayFound | None = None

    @property
    def weight(self) -> Weight:
        """The heaviest of all findings: what the screen's one summary shows."""
        weights = [each.weight for each in self.remarks]
        if self.stay and self.stay.stay.over:
            weights.append(Weight.ATTENTION)
        weights += [
            Weight.ALARM if hit.level == "strong" else Weight.ATTENTION for hit in self.hits
        ]
        return max(weights, key=list(Weight).index, default=Weight.NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """Looks at documents and person by themselves. `training` lets Utopia's documents pass."""

    requirements: Requirements
    today: date
    training: bool

    def on(self, draft: CheckDraft) -> tuple[Finding, ...]:
        return tuple(self._on(draft))

    def _on(self, draft: CheckDraft) -> Iterator[Finding]:
        shown = draft.documents_shown()
        if not shown and draft.no_document_reason:
            yield _finding("documents", "no-document", Weight.ATTENTION)
        for place, document in enumerate(shown):
            yield from self._on_document(place, document)
        birth = date_so_far(draft.birth_date)
        if self.requirements.of_birth(birth, self.today) is Remark.MINOR:
            yield _finding("birth_date", "minor", Weight.ATTENTION)
        for code in draft.nationalities():
            if not states.is_known(code):
                yield _finding("nationality", "unknown-state", Weight.ATTENTION, state=code)
        yield from self._on_national_number(draft, birth)

    def _on_document(self, place: int, document: DocumentDraft) -> Iterator[Finding]:
        expiry = date_so_far(document.expiry_date)
        remark = self.requirements.of_expiry(expiry, self.today)
        if remark is Remark.EXPIRED:
            shown = {"date": expiry.on_screen()}
            yield _finding("expiry_date", "expired", Weight.ALARM, place=place, **shown)
        if remark is Remark.EXPIRES_SOON:
            shown = {"date": expiry.on_screen()}
            yield _finding("expiry_date", "expires-soon", Weight.NOTE, place=place, **shown)
        for digit in ("number", "birth_date", "expiry_date", "optional", "composite"):
            if getattr(document.check_digits, digit) is False:
                yield _finding(digit, "check-digit", Weight.ALARM, place=place, digit=digit)
        state = document.issuing_state.strip().upper()
        if states.is_specimen(state) and not self.training:
            yield _finding("issuing_state", "specimen", Weight.ALARM, place=place, state=state)
        if state and not states.is_known(state):
            yield _finding(
                "issuing_state", "unknown-state", Weight.ATTENTION, place=place, state=state
            )
        if not document.mrz:
            yield _finding("number", "by-hand", Weight.NOTE, place=place)
        if document.name_truncated:
            yield _finding("primary_identifier", "names-cut", Weight.NOTE, place=place)

    def _on_national_number(self, draft: CheckDraft, birth: PartialDate) -> Iterator[Finding]:
        sex = draft.sex.value if draft.sex else None
        for state in draft.nationalities():
            for value in draft.national_numbers():
                number = NationalNumber(state, value)
                for problem in problems_of(number, birth_date=birth, sex=sex):
                    yield _finding(
                        "national_number",
                        "national-number",
                        Weight.ATTENTION,
                        problem=problem.value,
                    )


def _finding(
    field: str, code: str, weight: Weight, place: int | None = None, **values: str
) -> Finding:
    return Finding(field=field, code=code, weight=weight, values=values, place=place)
