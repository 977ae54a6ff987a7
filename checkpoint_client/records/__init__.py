"""The facts that officers write down: plain frozen values that know nothing of files or lines."""

from checkpoint_client.records.adjudication import (
    ActionDraft,
    Adjudication,
    AdjudicationDraft,
    AlertChanged,
    CollectedInformation,
    CollectedItem,
    CollectionDraft,
    HitAction,
    HitClosure,
    HitSeen,
    HitWork,
    OpinionDraft,
    OwnerReport,
    ReportDraft,
    SecondOpinion,
    SeenHit,
)
from checkpoint_client.records.attachments import Attachment
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
from checkpoint_client.records.hits import Confirmation, Evidence, Hit
from checkpoint_client.records.interviews import Exchange, Grant, Interview, InterviewText
from checkpoint_client.records.oversight import Amendment, Change, Consultation, Review, Seen
from checkpoint_client.records.problems import Problem
from checkpoint_client.records.travellers import CheckDigitStates, Document, Person, Vehicle

__all__ = [
    "KINDS",
    "VERSION",
    "ActionDraft",
    "AddendumDraft",
    "Adjudication",
    "AdjudicationDraft",
    "AlertChanged",
    "Amendment",
    "AmendmentDraft",
    "Attachment",
    "BorderCheck",
    "Change",
    "CheckDigitStates",
    "CheckDraft",
    "CollectedInformation",
    "CollectedItem",
    "CollectionDraft",
    "Confirmation",
    "Consultation",
    "Document",
    "DocumentDraft",
    "Evidence",
    "Exchange",
    "ExchangeDraft",
    "Grant",
    "Hit",
    "HitAction",
    "HitClosure",
    "HitSeen",
    "HitWork",
    "Interview",
    "InterviewDraft",
    "InterviewText",
    "ListConsulted",
    "OpinionDraft",
    "Outcome",
    "OutcomeDraft",
    "OwnerReport",
    "Person",
    "Problem",
    "Record",
    "Referral",
    "ReferralDraft",
    "RefusalDraft",
    "ReportDraft",
    "Review",
    "SecondOpinion",
    "Seen",
    "SeenHit",
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
    | Confirmation
    | HitSeen
    | Adjudication
    | SecondOpinion
    | HitAction
    | OwnerReport
    | CollectedInformation
    | HitClosure
    | AlertChanged
    | Interview
    | Grant
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
    "confirmation": Confirmation,
    "hit-seen": HitSeen,
    "adjudication": Adjudication,
    "second-opinion": SecondOpinion,
    "hit-action": HitAction,
    "owner-report": OwnerReport,
    "collected": CollectedInformation,
    "hit-closure": HitClosure,
    "alert-changed": AlertChanged,
    "interview": Interview,
    "grant": Grant,
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
    return isinstance(record, Interview | Review | Adjudication | SecondOpinion | HitClosure)
