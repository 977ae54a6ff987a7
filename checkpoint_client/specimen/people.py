"""Invented travellers: who they are and the papers they carry."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from checkpoint_client.desk.reading import take
from checkpoint_client.documents import mrz
from checkpoint_client.documents.formats import MrzFormat
from checkpoint_client.documents.national_numbers import NationalNumber, problems_of
from checkpoint_client.documents.writer import MrzFields, write
from checkpoint_client.records import CheckDraft, DocumentDraft, Person, VehicleDraft
from checkpoint_client.records.codes import DocumentClass, DocumentSource, Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.specimen.names import NAMINGS, Name
from checkpoint_client.watchlist import Alert

STATES = ("UTO", "UTO", "UZB", "KGZ", "TJK", "KAZ", "TKM", "RUS")
"""Utopia's own people are the most frequent at its post."""


_NO_VEHICLE = VehicleDraft()


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """Somebody at the counter. `zones` are the machine readable ones of his documents in turn;
    `papers` are documents that have none.
    """

    person: Person
    zones: tuple[tuple[str, ...], ...] = ()
    papers: tuple[DocumentDraft, ...] = ()
    vehicle: VehicleDraft = _NO_VEHICLE

    def texts(self) -> tuple[str, ...]:
        """The zones as a document reader sends them or a person types them."""
        return tuple("\n".join(zone) for zone in self.zones)

    def put_in(self, draft: CheckDraft, today: date) -> CheckDraft:
        """The draft as it stands after an officer has put everything in."""
        for text in self.texts():
            draft = take(draft, mrz.read(text, today=today), DocumentSource.READER).draft
        person = self.person
        return replace(
            draft,
            primary_identifier=draft.primary_identifier or person.primary_identifier,
            secondary_identifier=draft.secondary_identifier or person.secondary_identifier,
            patronymic=person.patronymic,
            name_native=person.name_native,
            birth_date=draft.birth_date or person.birth_date.on_screen() or "?",
            sex=draft.sex or person.sex,
            nationality=draft.nationality or " ".join(person.nationality),
            national_number=draft.national_number or " ".join(person.national_numbers),
            documents=(*draft.documents_shown(), *self.papers),
            vehicle=self.vehicle,
        )


def traveller(chance: Random, today: date) -> Traveller:
    """Anybody: a citizen of some State with a passport, an identity card, perhaps a visa."""
    somebody = person(chance, chance.choice(STATES), today)
    draw = chance.random()
    if draw < 0.15:
        return Traveller(person=somebody, zones=(card(chance, somebody, MrzFormat.TD1, today),))
    if draw < 0.2:
        return Traveller(person=somebody, zones=(card(chance, somebody, MrzFormat.TD2, today),))
    zones = [passport(chance, somebody, today)]
    if draw > 0.9 and somebody.nationality != ("UTO",):
        zones.append(visa(chance, somebody, chance.choice(_VISAS), today))
    return Traveller(person=somebody, zones=tuple(zones))


def bearer(chance: Random, alert: Alert, today: date) -> Traveller:
    """Somebody who is called like the person of an alert and was born when it says; anybody where
    the alert names nobody.
    """
    if not (alert.names and alert.birth_dates and alert.nationalities):
        return traveller(chance, today)
    passport_name = next(name for name in alert.names if name.isascii())
    family, given = passport_name.split(", ")
    holder = Person(
        primary_identifier=family,
        secondary_identifier=given.upper(),
        birth_date=alert.birth_dates[0],
        sex=alert.sex,
        nationality=alert.nationalities,
    )
    return Traveller(person=holder, zones=(passport(chance, holder, today),))


def person(chance: Random, state: str, today: date, *, youngest: int = 18) -> Person:
    """Somebody of a State, at least `youngest` years old."""
    sex = chance.choice((Sex.MALE, Sex.FEMALE))
    born = birth_date(chance, today.year - youngest - 1)
    return citizen(state, NAMINGS[state].draw(chance, state, sex), sex, born, chance)


def citizen(state: str, name: Name, sex: Sex, born: PartialDate, chance: Random) -> Person:
    number = national_number(chance, state, born, sex)
    is_latin = state == "UTO"
    return Person(
        primary_identifier=name.primary_identifier,
        secondary_identifier=name.secondary_identifier,
        patronymic=name.patronymic,
        name_native="" if is_latin else name.native,
        birth_date=born,
        sex=sex,
        nationality=(state,),
        national_numbers=(number,) if number else (),
    )


def birth_date(chance: Random, latest_year: int) -> PartialDate:
    """A day, and for two people in a hundred only a year, as their documents say."""
    year = chance.randint(latest_year - 60, latest_year)
    if chance.random() < 0.02:
        return PartialDate(year)
    month = chance.randint(1, 12)
    return PartialDate(year, month, chance.randint(1, monthrange(year, month)[1]))


def passport(
    chance: Random,
    holder: Person,
    today: date,
    *,
    number: str = "",
    expiry_date: PartialDate | None = None,
) -> tuple[str, ...]:
    """The zone of a TD3 passport."""
    state = holder.nationality[0]
    optional = holder.national_numbers[:1] if state in ("UZB", "KGZ", "KAZ") else ()
    return _zone(
        holder,
        format=MrzFormat.TD3,
        document_code="P",
        number=number or document_number(chance, state),
        expiry_date=expiry_date or _expiry(chance, today),
        optional=optional,
    )


def card(
    chance: Random,
    holder: Person,
    format: MrzFormat,
    today: date,
    *,
    expiry_date: PartialDate | None = None,
) -> tuple[str, ...]:
    """The zone of an identity card, TD1 or TD2."""
    state = holder.nationality[0]
    optional = holder.national_numbers[:1] if format is MrzFormat.TD1 else ()
    return _zone(
        holder,
        format=format,
        document_code="I" if format is MrzFormat.TD2 else "ID",
        number=document_number(chance, state),
        expiry_date=expiry_date or _expiry(chance, today),
        optional=optional,
    )


def visa(chance: Random, holder: Person, format: MrzFormat, today: date) -> tuple[str, ...]:
    """The zone of Utopia's visa for a holder of a foreign passport, MRV-A or MRV-B."""
    return _zone(
        holder,
        format=format,
        document_code="V",
        issuing_state="UTO",
        number=f"V{chance.randint(10_000_000, 99_999_999)}",
        expiry_date=PartialDate(today.year + 1, chance.randint(1, 12), 28),
    )


def birth_certificate(chance: Random, state: str) -> DocumentDraft:
    return DocumentDraft(
        document_class=DocumentClass.BIRTH_CERT,
        issuing_state=state,
        number=f"BC{chance.randint(100_000, 999_999)}",
        source=DocumentSource.BY_HAND,
    )


def document_number(chance: Random, state: str) -> str:
    """In the style of a State; no more than a style."""
    letters, digits = _NUMBER_STYLES[state]
    return letters + "".join(chance.choice("0123456789") for _ in range(digits))


def national_number(chance: Random, state: str, born: PartialDate, sex: Sex) -> str:
    """A number that fits birth date and sex, empty where the State has none that we check."""
    if not born.is_complete:
        return ""
    for candidate in _candidates(chance, state, born, sex):
        number = NationalNumber(state, candidate)
        if not problems_of(number, birth_date=born, sex=sex.value):
            return candidate
    return ""


def plate(chance: Random) -> str:
    """In Utopia's style: two letters, three digits, two letters that no script confuses."""
    pair = "".join(chance.choice("DFGJLNRSUVWZ") for _ in range(2))
    end = "".join(chance.choice("DFGJLNRSUVWZ") for _ in range(2))
    return f"{pair}{chance.randint(100, 999)}{end}"


def vin(chance: Random) -> str:
    return "UT0" + "".join(chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(14))


def _zone(
    holder: Person,
    *,
    format: MrzFormat,
    document_code: str,
    number: str,
    expiry_date: PartialDate,
    issuing_state: str = "",
    optional: tuple[str, ...] = (),
) -> tuple[str, ...]:
    [state] = holder.nationality
    return write(
        MrzFields(
            format=format,
            document_code=document_code,
            issuing_state=issuing_state or state,
            number=number,
            nationality=state,
            birth_date=holder.birth_date,
            expiry_date=expiry_date,
            sex=holder.sex.value,
            primary_identifier=holder.primary_identifier,
            secondary_identifier=holder.secondary_identifier,
            optional=optional,
        )
    )


def _expiry(chance: Random, today: date) -> PartialDate:
    """Within ten years; one document in fifty has expired."""
    years = -1 if chance.random() < 0.02 else chance.randint(1, 9)
    return PartialDate(today.year + years, chance.randint(1, 12), chance.randint(1, 28))


def _candidates(chance: Random, state: str, born: PartialDate, sex: Sex) -> Iterator[str]:
    """Numbers of the right build; their last digit is tried until it fits (see
    `documents.national_numbers` for the builds).
    """
    day = born.earliest()
    if day is None:
        return
    century = (3 if day.year < 2000 else 5) + (sex is Sex.FEMALE)
    serial = chance.randint(1, 9999)
    for attempt in range(200):
        end, digit = f"{(serial + attempt // 10) % 10_000:04}", attempt % 10
        if state == "KAZ":
            yield f"{day:%y%m%d}{century}{end}{digit}"
        elif state == "UZB":
            yield f"{century}{day:%d%m%y}10{end}{digit}"
        elif state == "KGZ":
            yield f"{1 if sex is Sex.FEMALE else 2}{day:%d%m%Y}{end}{digit}"


_VISAS = (MrzFormat.MRV_A, MrzFormat.MRV_B)

_NUMBER_STYLES = {
    "UTO": ("U", 8),
    "KAZ": ("N", 8),
    "KGZ": ("AC", 7),
    "UZB": ("FA", 7),
    "TJK": ("4", 8),
    "TKM": ("A", 8),
    "RUS": ("7", 8),
}
