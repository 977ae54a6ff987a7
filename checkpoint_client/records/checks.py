"""A border check and what follows from it: referral, outcome, withdrawal."""

from dataclasses import dataclass
from datetime import datetime

from checkpoint_client.records.codes import (
    CheckLevel,
    Decision,
    Direction,
    EntryBasis,
    ListState,
    NoDocumentReason,
    OutcomeDecision,
    Purpose,
    ReferralReason,
    RefusalGround,
    TransportMode,
    WithdrawalReason,
)
from checkpoint_client.records.travellers import Document, Person, Vehicle


@dataclass(frozen=True, slots=True, kw_only=True)
class ListConsulted:
    """A list as it stood when the traveller was compared with it: never what it gave."""

    list_id: str
    version: int
    age_hours: int
    state: ListState


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderCheck:
    """One traveller's check: what was shown, what was consulted, what was decided.

    `started_at` is when the document was put in; `duration_ms` until the decision, None where the
    check comes from an earlier register. `offline` says that the centre was out of reach.
    `companions` is who travels with the person, in the traveller's words.
    """

    direction: Direction
    transport: TransportMode
    post: str
    person: Person
    decision: Decision
    lane: str = ""
    documents: tuple[Document, ...] = ()
    no_document_reason: NoDocumentReason | None = None
    vehicle: Vehicle | None = None
    route: str = ""
    purpose: Purpose | None = None
    entry_basis: EntryBasis | None = None
    destination: str = ""
    check_level: CheckLevel = CheckLevel.MINIMUM
    lists: tuple[ListConsulted, ...] = ()
    grounds: tuple[RefusalGround, ...] = ()
    national_ground: str = ""
    started_at: datetime | None = None
    duration_ms: int | None = None
    offline: bool = False
    remarks: str = ""
    register_reference: str = ""
    companions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A traveller sent to second line. `grounds` are those of a refusal that is proposed."""

    check_id: str
    reason: ReferralReason
    note: str = ""
    grounds: tuple[RefusalGround, ...] = ()
    national_ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What second line decided on a referral."""

    referral_id: str
    check_id: str
    decision: OutcomeDecision
    grounds: tuple[RefusalGround, ...] = ()
    national_ground: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A slip taken back within its minute. The check stays readable and counts no more."""

    check_id: str
    reason: WithdrawalReason = WithdrawalReason.SLIP
