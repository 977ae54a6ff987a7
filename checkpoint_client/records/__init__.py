"""The facts that officers write down: plain frozen values that know nothing of files or lines."""

from checkpoint_client.records.checks import (
    BorderCheck,
    ListConsulted,
    Outcome,
    Referral,
    Withdrawal,
)
from checkpoint_client.records.codes import Decision, OutcomeDecision
from checkpoint_client.records.drafts import (
    AddendumDraft,
    AmendmentDraft,
    CheckDraft,
    DocumentDraft,
    ExchangeDraft,
    InterviewDraft,
    OutcomeDraft,
    ReferralDraft,
    RefusalDraft,
    VehicleDraft,
)
from checkpoint_client.records.events import SessionEvent, WorkstationEvent
from checkpoint_client.records.hits import Evidence, Hit
from checkpoint_client.records.interviews import Exchange, Interview
from checkpoint_client.records.oversight import Amendment, Change, Consultation, Review, Seen
from checkpoint_client.records.problems import Problem
from checkpoint_client.records.travellers import CheckDigitStates, Document, Person, Vehicle

__all__ = [
    "KINDS",
    "VERSION",
    "AddendumDraft",
    "Amendment",
    "AmendmentDraft",
    "BorderCheck",
    "Change",
    "CheckDigitStates",
    "CheckDraft",
    "Consultation",
    "Document",
    "DocumentDraft",
    "Evidence",
    "Exchange",
    "ExchangeDraft",
    "Hit",
    "Interview",
    "InterviewDraft",
    "ListConsulted",
    "Outcome",
    "OutcomeDraft",
    "Person",
    "Problem",
    "Record",
    "Referral",
    "ReferralDraft",
    "RefusalDraft",
    "Review",
    "Seen",
    "SessionEvent",
    "Vehicle",
    "VehicleDraft",
    "Withdrawal",
    "WorkstationEvent",
    "is_of_weight",
    "kind_of",
    "word_of",
]

Record = (
    BorderCheck
    | Referral
    | Outcome
    | Withdrawal
    | Hit
    | Interview
    | Amendment
    | Review
    | Consultation
    | SessionEvent
    | WorkstationEvent
)

VERSION = 1

KINDS: dict[str, type[Record]] = {
    "check": BorderCheck,
    "referral": Referral,
    "outcome": Outcome,
    "withdrawal": Withdrawal,
    "hit": Hit,
    "interview": Interview,
    "amendment": Amendment,
    "review": Review,
    "consultation": Consultation,
    "session": SessionEvent,
    "workstation": WorkstationEvent,
}

_NAMES: dict[type[object], str] = {record: kind for kind, record in KINDS.items()}


def kind_of(record: Record) -> str:
    """The word for a record in its entry."""
    return word_of(type(record))


def word_of(kind: type[object]) -> str:
    """The word for a kind of record."""
    return _NAMES[kind]


def is_of_weight(record: Record) -> bool:
    """Whether the officer signs this with his own key, beside the workstation's signature."""
    if isinstance(record, BorderCheck):
        return record.decision is Decision.REFUSED
    if isinstance(record, Outcome):
        return record.decision is OutcomeDecision.REFUSE
    return isinstance(record, Interview | Review)
