"""What stands on a watch-list, who is compared with it, and what the comparison found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import UNKNOWN, PartialDate

LARGEST_PHOTO = 24 * 1024
"""Bytes: a face fits, and a list of thousands still fits through a narrow line."""

_PHOTOS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How JPEG and PNG files begin."""


class AlertCategory(StrEnum):
    """Why the person is sought. After the alert categories of SIS, Regulations 2018/1860-1862."""

    ARREST = "ARREST"
    EXTRADITION = "EXTRADITION"
    REFUSE_ENTRY = "REFUSE_ENTRY"
    BAN_EXIT = "BAN_EXIT"
    MISSING_ADULT = "MISSING_ADULT"
    MISSING_CHILD = "MISSING_CHILD"
    CHILD_AT_RISK = "CHILD_AT_RISK"
    VULNERABLE = "VULNERABLE"
    JUDICIAL_SOUGHT = "JUDICIAL_SOUGHT"
    DISCREET_CHECK = "DISCREET_CHECK"
    INQUIRY_CHECK = "INQUIRY_CHECK"
    SPECIFIC_CHECK = "SPECIFIC_CHECK"
    OBJECT_SEIZE = "OBJECT_SEIZE"
    DOCUMENT_INVALID = "DOCUMENT_INVALID"
    STOLEN_VEHICLE = "STOLEN_VEHICLE"
    RETURN_DECISION = "RETURN_DECISION"
    HEALTH = "HEALTH"
    CUSTOMS_INTEREST = "CUSTOMS_INTEREST"
    DEBTOR_EXIT_BAN = "DEBTOR_EXIT_BAN"
    SANCTIONS = "SANCTIONS"


class AlertAction(StrEnum):
    """What the owner of the alert asks for."""

    DETAIN = "DETAIN"
    REFUSE = "REFUSE"
    DO_NOT_ALERT_COLLECT = "DO_NOT_ALERT_COLLECT"
    INTERVIEW_COLLECT = "INTERVIEW_COLLECT"
    SEARCH_PERSON_VEHICLE = "SEARCH_PERSON_VEHICLE"
    SEIZE_OBJECT = "SEIZE_OBJECT"
    SEIZE_DOCUMENT = "SEIZE_DOCUMENT"
    PLACE_UNDER_PROTECTION = "PLACE_UNDER_PROTECTION"
    COMMUNICATE_WHEREABOUTS = "COMMUNICATE_WHEREABOUTS"
    NOTIFY_ONLY = "NOTIFY_ONLY"
    CONTACT_OWNER_FIRST = "CONTACT_OWNER_FIRST"


class Caution(StrEnum):
    """What the officer must know before he comes near."""

    ARMED = "ARMED"
    VIOLENT = "VIOLENT"
    ESCAPE_RISK = "ESCAPE_RISK"
    SUICIDE_RISK = "SUICIDE_RISK"
    CONTAGIOUS = "CONTAGIOUS"
    DRUGS = "DRUGS"
    MINOR = "MINOR"


class Visibility(StrEnum):
    """The lowest role that may learn of a hit."""

    FIRST_LINE = "FIRST_LINE"
    SECOND_LINE = "SECOND_LINE"
    SUPERVISOR_ONLY = "SUPERVISOR_ONLY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One item of a watch-list.

    `names` holds every spelling in every script, the main one first; a comma parts surname and
    given names where the publisher does so. States are ICAO codes (9303-3 §5), "" if not known.
    `documents` are pairs of issuing State and number. Birth dates are alternatives: one of them
    is right. `photo` is a JPEG or PNG file of `LARGEST_PHOTO` bytes at most, empty where there is
    none; it travels with the list, so that it is there without a line.
    """

    id: str
    list_id: str
    owner: str = ""
    contact: str = ""
    category: AlertCategory
    action: AlertAction
    cautions: tuple[Caution, ...] = ()
    visibility: Visibility = Visibility.FIRST_LINE
    names: tuple[str, ...] = ()
    birth_dates: tuple[PartialDate, ...] = ()
    sex: Sex = Sex.UNSPECIFIED
    nationalities: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    national_numbers: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    vins: tuple[str, ...] = ()
    reason: str = ""
    legal_reference: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    photo: bytes = b""

    def is_valid_on(self, day: date) -> bool:
        if self.valid_from and day < self.valid_from:
            return False
        return self.valid_until is None or day <= self.valid_until


def is_photo(content: bytes) -> bool:
    """Whether the bytes can travel as an alert's photograph: by their signature and size."""
    return content.startswith(_PHOTOS) and len(content) <= LARGEST_PHOTO


class UnreadableList(ValueError):
    """A published file is not what it should be, so none of it is taken; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A line of a published list that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """Who stands at the counter, as far as documents and keyboard tell.

    `documents` are pairs of issuing State and number. With `name_truncated` the last word of the
    name may be the beginning of a longer one (ICAO 9303-3 §4.6).
    """

    primary_identifier: str = ""
    secondary_identifier: str = ""
    patronymic: str = ""
    name_native: str = ""
    other_names: tuple[str, ...] = ()
    name_truncated: bool = False
    birth_date: PartialDate = UNKNOWN
    sex: Sex = Sex.UNSPECIFIED
    nationalities: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    national_numbers: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    vins: tuple[str, ...] = ()


class Level(StrEnum):
    """How much weight a match carries: look at it, or act on it."""

    CHECK = "check"
    STRONG = "strong"


class MatchKind(StrEnum):
    """What the match rests on first of all."""

    DOC_EXACT = "DOC_EXACT"
    DOC_FILTER = "DOC_FILTER"
    NATIONAL_ID_EXACT = "NATIONAL_ID_EXACT"
    PLATE_EXACT = "PLATE_EXACT"
    VIN_EXACT = "VIN_EXACT"
    NAME_DOB = "NAME_DOB"
    NAME_FUZZY = "NAME_FUZZY"
    ALIAS = "ALIAS"


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence, for or against. Its code and values become a sentence on the screen.

    The codes and their values are listed in `checkpoint_client.watchlist.weigh`.
    """

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An alert that may concern the traveller; `score` is in bits of evidence, 0 is the least."""

    alert: Alert
    kind: MatchKind
    level: Level
    score: float
    reasons: tuple[Reason, ...]
