"""Who crosses, with which documents and in which vehicle."""

from dataclasses import dataclass

from checkpoint_client.records.codes import (
    DocumentClass,
    DocumentSource,
    Sex,
    VehicleType,
)
from checkpoint_client.records.dates import UNKNOWN, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A traveller as read or typed. Names in NFC; `nationality` are State codes of ICAO 9303-3."""

    primary_identifier: str
    secondary_identifier: str = ""
    patronymic: str = ""
    name_native: str = ""
    birth_date: PartialDate = UNKNOWN
    sex: Sex = Sex.UNSPECIFIED
    nationality: tuple[str, ...] = ()
    national_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDigitStates:
    """What each check digit of the machine readable zone said; None where there is none."""

    number: bool | None = None
    birth_date: bool | None = None
    expiry_date: bool | None = None
    optional: bool | None = None
    composite: bool | None = None


NO_CHECK_DIGITS = CheckDigitStates()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document shown. `mrz` are its lines exactly as read, empty where it has none."""

    document_class: DocumentClass
    issuing_state: str
    number: str
    source: DocumentSource
    document_code: str = ""
    format: str = ""
    mrz: tuple[str, ...] = ()
    check_digits: CheckDigitStates = NO_CHECK_DIGITS
    expiry_date: PartialDate = UNKNOWN
    name_truncated: bool = False
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """The vehicle a traveller came in: a reference, not a customs record."""

    plate: str
    plate_country: str = ""
    vehicle_type: VehicleType = VehicleType.CAR
    vin: str = ""
