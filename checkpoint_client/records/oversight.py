"""Corrections, reviews and consultations: what people did with records already made."""

from dataclasses import dataclass

from checkpoint_client.records.codes import AmendReason, ConsultAction, ConsultReason, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of a record and what it should read. Values as in the record's JSON, as text.

    `field` is a dotted path (`person.birth_date`); `before` is what the amender saw.
    """

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A correction beside the record it corrects; of a closed interview only an addendum."""

    target_id: str
    reason: AmendReason
    note: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An entry that lay before the reviewer, by its leaf in hexadecimal."""

    id: str
    leaf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A supervisor's verdict over exactly what was seen: the record and all that belongs to it."""

    target_id: str
    verdict: Verdict
    seen: tuple[Seen, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A record was opened, printed or exported: by whom is in the entry, why is here."""

    target_id: str
    action: ConsultAction
    reason: ConsultReason
    note: str = ""
