"""The code lists: stable ASCII words for what officers choose. Screens have the labels."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is employed as; what each may do is in `desk.powers`."""

    OFFICER = "OFFICER"
    SECOND_LINE = "SECOND_LINE"
    SUPERVISOR = "SUPERVISOR"
    IT_ADMINISTRATOR = "IT_ADMINISTRATOR"
    AUDITOR = "AUDITOR"


class Direction(StrEnum):
    ENTRY = "ENTRY"
    EXIT = "EXIT"
    TRANSIT_ENTRY = "TRANSIT_ENTRY"
    TRANSIT_EXIT = "TRANSIT_EXIT"
    RETURNED_BY_NEIGHBOUR = "RETURNED_BY_NEIGHBOUR"


class TransportMode(StrEnum):
    """How the traveller comes; the digits are UNECE Recommendation 19, PED is ours."""

    PEDESTRIAN = "PED"
    ROAD = "3"
    RAIL = "2"
    AIR = "4"
    INLAND_WATER = "8"


class Purpose(StrEnum):
    TOURISM = "TOURISM"
    VISIT = "VISIT"
    BUSINESS = "BUSINESS"
    WORK = "WORK"
    STUDY = "STUDY"
    TRANSIT = "TRANSIT"
    MEDICAL = "MEDICAL"
    OFFICIAL = "OFFICIAL"
    CREW_DRIVER = "CREW_DRIVER"
    LOCAL_TRAFFIC = "LOCAL_TRAFFIC"
    RETURN_HOME = "RETURN_HOME"
    ASYLUM = "ASYLUM"
    OTHER = "OTHER"


class EntryBasis(StrEnum):
    VISA_FREE = "VISA_FREE"
    VISA = "VISA"
    E_VISA = "E_VISA"
    VISA_AT_BORDER = "VISA_AT_BORDER"
    RES_PERMIT = "RES_PERMIT"
    BILATERAL = "BILATERAL"
    DIPLOMATIC = "DIPLOMATIC"
    LOCAL_BORDER = "LOCAL_BORDER"
    REFUGEE = "REFUGEE"
    NATIONAL = "NATIONAL"


class CheckLevel(StrEnum):
    MINIMUM = "MINIMUM"
    THOROUGH = "THOROUGH"
    RELAXED = "RELAXED"


class Decision(StrEnum):
    ADMITTED = "ADMITTED"
    REFERRED = "REFERRED"
    REFUSED = "REFUSED"


class Sex(StrEnum):
    """As in a travel document: X is unspecified (the filler of an MRZ)."""

    FEMALE = "F"
    MALE = "M"
    UNSPECIFIED = "X"


class DocumentClass(StrEnum):
    PASSPORT = "PASSPORT"
    ID_CARD = "ID_CARD"
    VISA = "VISA"
    RES_PERMIT = "RES_PERMIT"
    REFUGEE_TD = "REFUGEE_TD"
    STATELESS_TD = "STATELESS_TD"
    DIPLOMATIC = "DIPLOMATIC"
    SERVICE = "SERVICE"
    ETD = "ETD"
    LAISSEZ_PASSER = "LAISSEZ_PASSER"
    SEAFARER = "SEAFARER"
    CREW_CERT = "CREW_CERT"
    RETURN_CERT = "RETURN_CERT"
    BIRTH_CERT = "BIRTH_CERT"
    OTHER = "OTHER"


class DocumentSource(StrEnum):
    """Where the data of a document came from."""

    READER = "READER"
    KEYBOARD = "KEYBOARD"
    PASTED = "PASTED"
    BY_HAND = "BY_HAND"
    REGISTER = "REGISTER"


class NoDocumentReason(StrEnum):
    LOST = "LOST"
    STOLEN = "STOLEN"
    LEFT_BEHIND = "LEFT_BEHIND"
    TAKEN_BY_OTHERS = "TAKEN_BY_OTHERS"
    CHILD_IN_PARENTS_DOCUMENT = "CHILD_IN_PARENTS_DOCUMENT"
    ASKS_PROTECTION = "ASKS_PROTECTION"
    DESTROYED = "DESTROYED"
    OTHER = "OTHER"


class VehicleType(StrEnum):
    CAR = "CAR"
    MINIBUS = "MINIBUS"
    BUS = "BUS"
    TRUCK = "TRUCK"
    MOTORCYCLE = "MOTORCYCLE"
    TRAIN = "TRAIN"
    OTHER = "OTHER"


class ReferralReason(StrEnum):
    """Why the first line asks the second to look closer."""

    DOCUMENT_DOUBT = "DOCUMENT_DOUBT"
    IDENTITY_DOUBT = "IDENTITY_DOUBT"
    POSSIBLE_HIT = "POSSIBLE_HIT"
    PURPOSE_DOUBT = "PURPOSE_DOUBT"
    STAY_DOUBT = "STAY_DOUBT"
    TRAFFICKING_SIGNS = "TRAFFICKING_SIGNS"
    UNACCOMPANIED_MINOR = "UNACCOMPANIED_MINOR"
    ASKS_PROTECTION = "ASKS_PROTECTION"
    NO_DOCUMENT = "NO_DOCUMENT"
    PROPOSED_REFUSAL = "PROPOSED_REFUSAL"
    OTHER = "OTHER"


class RefusalGround(StrEnum):
    """Letters of the standard form; their wording is dated data in resources/rules."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H = "H"
    I = "I"  # noqa: E741  the form's own letter
    NATIONAL = "NATIONAL"


class WithdrawalReason(StrEnum):
    SLIP = "SLIP"


class AmendReason(StrEnum):
    TYPING_ERROR = "TYPING_ERROR"
    NEW_INFORMATION = "NEW_INFORMATION"
    WRONG_DOCUMENT = "WRONG_DOCUMENT"
    AFTER_REVIEW = "AFTER_REVIEW"
    ADDENDUM = "ADDENDUM"
    OTHER = "OTHER"


class Verdict(StrEnum):
    COUNTERSIGNED = "COUNTERSIGNED"
    QUESTIONED = "QUESTIONED"


class ConsultReason(StrEnum):
    """Why a record was opened, as data protection law asks to be logged."""

    SECOND_LINE = "SECOND_LINE"
    HIT_WORK = "HIT_WORK"
    SUPERVISION = "SUPERVISION"
    CORRECTION = "CORRECTION"
    COMPLAINT = "COMPLAINT"
    COURT = "COURT"
    DATA_SUBJECT = "DATA_SUBJECT"
    AUDIT = "AUDIT"


class ConsultAction(StrEnum):
    OPENED = "OPENED"
    PRINTED = "PRINTED"
    EXPORTED = "EXPORTED"


class HitOrigin(StrEnum):
    """When an alert was found: at the check, or later, when a new list came."""

    AT_CHECK = "AT_CHECK"
    LATE = "LATE"


class HitState(StrEnum):
    """How far a hit has been followed. Derived from its entries, never recorded."""

    NEW = "NEW"
    OPENED = "OPENED"
    PROPOSED = "PROPOSED"
    CONFIRMED = "CONFIRMED"
    NOT_SAME = "NOT_SAME"
    INCONCLUSIVE = "INCONCLUSIVE"
    ACTION_TAKEN = "ACTION_TAKEN"
    REPORTED = "REPORTED"
    CLOSED = "CLOSED"


class HitVerdict(StrEnum):
    """Whether the traveller is the person, or the thing, that the alert speaks of."""

    SAME = "SAME"
    NOT_SAME = "NOT_SAME"
    CANNOT_SAY = "CANNOT_SAY"


class AdjudicationReason(StrEnum):
    """What a verdict rests on. Which may be given for which verdict is in `adjudication`."""

    SAME_DOCUMENT = "SAME_DOCUMENT"
    SAME_PERSONAL_NUMBER = "SAME_PERSONAL_NUMBER"
    SAME_NAME_AND_BIRTH = "SAME_NAME_AND_BIRTH"
    SAME_PHOTO = "SAME_PHOTO"
    SAME_BIOMETRICS = "SAME_BIOMETRICS"
    SAME_OBJECT = "SAME_OBJECT"
    OWN_WORDS = "OWN_WORDS"
    OWNER_SAID_YES = "OWNER_SAID_YES"
    DIFFERENT_NAME = "DIFFERENT_NAME"
    DIFFERENT_BIRTH = "DIFFERENT_BIRTH"
    DIFFERENT_SEX = "DIFFERENT_SEX"
    DIFFERENT_NATIONALITY = "DIFFERENT_NATIONALITY"
    DIFFERENT_PHOTO = "DIFFERENT_PHOTO"
    DIFFERENT_BIOMETRICS = "DIFFERENT_BIOMETRICS"
    DIFFERENT_DOC_HISTORY = "DIFFERENT_DOC_HISTORY"
    DIFFERENT_OBJECT = "DIFFERENT_OBJECT"
    OWNER_SAID_NO = "OWNER_SAID_NO"
    TOO_LITTLE_KNOWN = "TOO_LITTLE_KNOWN"
    OWNER_NOT_REACHED = "OWNER_NOT_REACHED"
    TRAVELLER_GONE = "TRAVELLER_GONE"
    OTHER = "OTHER"


class AloneReason(StrEnum):
    """Why nobody else confirmed what two people are to confirm."""

    ALONE_ON_SHIFT = "ALONE_ON_SHIFT"
    OTHERS_ENGAGED = "OTHERS_ENGAGED"
    NOBODY_REACHED = "NOBODY_REACHED"
    DANGER = "DANGER"
    OTHER = "OTHER"


class Opinion(StrEnum):
    AGREES = "AGREES"
    DISAGREES = "DISAGREES"


class ActionTaken(StrEnum):
    """What was done about a hit, beside what the owner of the alert asked for."""

    DETAINED = "DETAINED"
    HANDED_OVER = "HANDED_OVER"
    ENTRY_REFUSED = "ENTRY_REFUSED"
    EXIT_REFUSED = "EXIT_REFUSED"
    OBJECT_SEIZED = "OBJECT_SEIZED"
    DOCUMENT_SEIZED = "DOCUMENT_SEIZED"
    PROTECTED = "PROTECTED"
    WHEREABOUTS_NOTED = "WHEREABOUTS_NOTED"
    INFORMATION_COLLECTED = "INFORMATION_COLLECTED"
    INTERVIEWED = "INTERVIEWED"
    SEARCHED = "SEARCHED"
    LET_GO_ON = "LET_GO_ON"
    NOT_POSSIBLE = "NOT_POSSIBLE"
    OTHER = "OTHER"


class ReportMeans(StrEnum):
    """How the owner of an alert was told."""

    PHONE = "PHONE"
    RADIO = "RADIO"
    NETWORK = "NETWORK"
    COURIER = "COURIER"
    IN_PERSON = "IN_PERSON"
    OTHER = "OTHER"


class Information(StrEnum):
    """What a discreet, inquiry or specific check collects: Regulation (EU) 2018/1862, Art. 37(1).

    In the order of its letters (a) to (i).
    """

    LOCATED = "LOCATED"
    PLACE_TIME_REASON = "PLACE_TIME_REASON"
    ROUTE_DESTINATION = "ROUTE_DESTINATION"
    COMPANIONS = "COMPANIONS"
    IDENTITY_DESCRIPTION = "IDENTITY_DESCRIPTION"
    OBJECTS_USED = "OBJECTS_USED"
    THINGS_CARRIED = "THINGS_CARRIED"
    CIRCUMSTANCES = "CIRCUMSTANCES"
    FURTHER = "FURTHER"


class Collecting(StrEnum):
    """What came of one item: all or part of the list may be collected."""

    COLLECTED = "COLLECTED"
    NOT_POSSIBLE = "NOT_POSSIBLE"
    NOT_ASKED = "NOT_ASKED"


class AlertChange(StrEnum):
    """What became of an alert after a hit on it."""

    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"
    CHANGED = "CHANGED"


class InterviewType(StrEnum):
    SECOND_LINE = "SECOND_LINE"
    DOCUMENT_FRAUD = "DOCUMENT_FRAUD"
    TRAFFICKING = "THB_SCREEN"
    ASYLUM_INTENT = "ASYLUM_INTENT"
    WITNESS = "WITNESS"
    SMUGGLING = "SMUGGLING"
    CUSTOMS = "CUSTOMS"
    CHILD = "CHILD_SAFEGUARD"


class Signing(StrEnum):
    """Whether the person interviewed signed the notes."""

    SIGNED = "SIGNED"
    REFUSED = "REFUSED"
    UNABLE = "UNABLE"


class OutcomeDecision(StrEnum):
    ADMIT = "ADMIT"
    REFUSE = "REFUSE"
    REFER_POLICE = "REFER_POLICE"
    REFER_NRM = "REFER_NRM"
    REFER_CHILD_PROTECTION = "REFER_CHILD_PROTECTION"
    REFER_ASYLUM = "REFER_ASYLUM"
    REFER_MEDICAL = "REFER_MEDICAL"
    REFER_CUSTOMS = "REFER_CUSTOMS"


class ListState(StrEnum):
    """How old a list is against headquarters' limits."""

    FRESH = "FRESH"
    OLD = "OLD"
    NOT_CURRENT = "NOT_CURRENT"
    MISSING = "MISSING"


class ClockState(StrEnum):
    TRUSTED = "trusted"
    DRIFT = "drift"
    UNSYNCED = "unsynced"


class SessionStep(StrEnum):
    SIGNED_IN = "SIGNED_IN"
    LOCKED = "LOCKED"
    SIGNED_OUT = "SIGNED_OUT"


class WorkstationStep(StrEnum):
    """What nobody does by hand."""

    STARTED = "STARTED"
    LIST_APPLIED = "LIST_APPLIED"
    JOURNAL_BEGUN = "JOURNAL_BEGUN"
    ERASED = "ERASED"
    KEY_ROTATED = "KEY_ROTATED"
    OFFICER_REMOVED = "OFFICER_REMOVED"
    REKEYED = "REKEYED"
