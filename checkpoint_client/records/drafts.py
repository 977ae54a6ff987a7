"""What is still being typed. A draft holds the text as typed and lists its own problems."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from checkpoint_client.records.attachments import MOST_ATTACHMENTS, Attachment
from checkpoint_client.records.codes import (
    AmendReason,
    Direction,
    DocumentClass,
    DocumentSource,
    EntryBasis,
    InterviewType,
    NoDocumentReason,
    OutcomeDecision,
    Purpose,
    ReferralReason,
    RefusalGround,
    Sex,
    Signing,
    TransportMode,
    VehicleType,
)
from checkpoint_client.records.dates import UNKNOWN, PartialDate
from checkpoint_client.records.interviews import Exchange, Interview
from checkpoint_client.records.oversight import Change
from checkpoint_client.records.problems import Problem
from checkpoint_client.records.travellers import (
    NO_CHECK_DIGITS,
    CheckDigitStates,
    Document,
    Person,
    Vehicle,
)

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
LONGEST_NUMBER = 22  # ICAO 9303-5 §4.2.4: nine characters and their continuation

_UNKNOWN_MARKS = frozenset({"?", "X", "x", "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDraft:
    """A document on the screen, read or typed. `expiry_date` is the text of the field."""

    document_class: DocumentClass = DocumentClass.PASSPORT
    issuing_state: str = ""
    number: str = ""
    expiry_date: str = ""
    source: DocumentSource = DocumentSource.BY_HAND
    document_code: str = ""
    format: str = ""
    mrz: tuple[str, ...] = ()
    check_digits: CheckDigitStates = NO_CHECK_DIGITS
    name_truncated: bool = False
    optional: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        return not (self.number.strip() or self.issuing_state.strip() or self.mrz)

    def problems(self) -> Iterator[Problem]:
        if not self.issuing_state.strip():
            yield Problem("issuing_state", "missing")
        yield from _line("number", self.number, longest=LONGEST_NUMBER, missing="missing")
        yield from _date("expiry_date", self.expiry_date)

    def document(self) -> Document:
        """The document as it is recorded. Only when there are no problems."""
        return Document(
            document_class=self.document_class,
            issuing_state=self.issuing_state.strip().upper(),
            number=self.number.strip().upper(),
            source=self.source,
            document_code=self.document_code,
            format=self.format,
            mrz=self.mrz,
            check_digits=self.check_digits,
            expiry_date=date_typed(self.expiry_date),
            name_truncated=self.name_truncated,
            optional=self.optional,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleDraft:
    plate: str = ""
    plate_country: str = ""
    vehicle_type: VehicleType = VehicleType.CAR
    vin: str = ""

    def vehicle(self) -> Vehicle | None:
        """The vehicle as it is recorded, or None where no plate was typed."""
        if not self.plate.strip():
            return None
        return Vehicle(
            plate=tidy(self.plate).upper(),
            plate_country=self.plate_country.strip().upper(),
            vehicle_type=self.vehicle_type,
            vin=self.vin.strip().upper(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDraft:
    """The first line's screen as it stands. Dates are the texts of their fields."""

    started_at: datetime | None = None
    direction: Direction = Direction.ENTRY
    transport: TransportMode = TransportMode.PEDESTRIAN
    lane: str = ""
    vehicle: VehicleDraft = VehicleDraft()
    route: str = ""
    primary_identifier: str = ""
    secondary_identifier: str = ""
    patronymic: str = ""
    name_native: str = ""
    birth_date: str = ""
    sex: Sex | None = None
    nationality: str = ""
    national_number: str = ""
    documents: tuple[DocumentDraft, ...] = ()
    no_document_reason: NoDocumentReason | None = None
    purpose: Purpose | None = None
    entry_basis: EntryBasis | None = None
    destination: str = ""
    companions: str = ""
    remarks: str = ""

    def has_traveller(self) -> bool:
        """Whether anything of a traveller stands on the screen."""
        typed = (
            self.primary_identifier,
            self.secondary_identifier,
            self.patronymic,
            self.name_native,
            self.birth_date,
            self.nationality,
            self.national_number,
            self.remarks,
        )
        return any(text.strip() for text in typed) or bool(self.documents_shown())

    def documents_shown(self) -> tuple[DocumentDraft, ...]:
        return tuple(each for each in self.documents if not each.is_empty())

    def nationalities(self) -> tuple[str, ...]:
        """The State codes typed, parted by blanks or commas."""
        return tuple(self.nationality.upper().replace(",", " ").split())

    def national_numbers(self) -> tuple[str, ...]:
        return tuple(self.national_number.replace(",", " ").split())

    def problems(self, required: Collection[str] = ()) -> list[Problem]:
        """What keeps this from being recorded; `required` are fields that the rules ask for."""
        return list(self._problems(required))

    def person(self) -> Person:
        """The traveller as recorded. Only when there are no problems."""
        return Person(
            primary_identifier=tidy(self.primary_identifier),
            secondary_identifier=tidy(self.secondary_identifier),
            patronymic=tidy(self.patronymic),
            name_native=tidy(self.name_native),
            birth_date=date_typed(self.birth_date),
            sex=self.sex or Sex.UNSPECIFIED,
            nationality=self.nationalities(),
            national_numbers=self.national_numbers(),
        )

    def _problems(self, required: Collection[str]) -> Iterator[Problem]:
        yield from self._document_problems()
        yield from _line("primary_identifier", self.primary_identifier, missing="missing")
        for field in (
            "secondary_identifier",
            "patronymic",
            "name_native",
            "destination",
            "companions",
        ):
            yield from _line(field, getattr(self, field))
        if not self.birth_date.strip():
            yield Problem("birth_date", "missing")
        yield from _date("birth_date", self.birth_date)
        if self.sex is None:
            yield Problem("sex", "missing")
        if not self.nationalities():
            yield Problem("nationality", "missing")
        for each in fields(self):
            if each.name in required and not str(getattr(self, each.name) or "").strip():
                yield Problem(each.name, "missing")
        if len(self.remarks) > LONGEST_TEXT:
            yield Problem("remarks", "too-long")

    def _document_problems(self) -> Iterator[Problem]:
        shown = self.documents_shown()
        if not shown and self.no_document_reason is None:
            yield Problem("documents", "missing")
        for place, document in enumerate(shown):
            for problem in document.problems():
                yield Problem(f"documents.{place}.{problem.field}", problem.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDraft:
    reason: ReferralReason | None = None
    note: str = ""

    def problems(self) -> list[Problem]:
        found = [] if self.reason else [Problem("reason", "missing")]
        if self.reason is ReferralReason.OTHER and not self.note.strip():
            found.append(Problem("note", "missing"))
        return found + list(_text("note", self.note))


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalDraft:
    """Grounds ticked for a refusal; a national ground stands in words."""

    grounds: tuple[RefusalGround, ...] = ()
    national_ground: str = ""
    note: str = ""

    def problems(self) -> list[Problem]:
        found = [] if self.grounds else [Problem("grounds", "missing")]
        if RefusalGround.NATIONAL in self.grounds and not self.national_ground.strip():
            found.append(Problem("national_ground", "missing"))
        return found + list(_text("note", self.note))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDraft:
    """What second line sends back to the booth."""

    decision: OutcomeDecision | None = None
    grounds: tuple[RefusalGround, ...] = ()
    national_ground: str = ""
    note: str = ""

    def problems(self) -> list[Problem]:
        if self.decision is None:
            return [Problem("decision", "missing")]
        if self.decision is not OutcomeDecision.REFUSE:
            return list(_text("note", self.note))
        refusal = RefusalDraft(
            grounds=self.grounds, national_ground=self.national_ground, note=self.note
        )
        return refusal.problems()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeDraft:
    """`asked_at` is set by the screen when the question is begun."""

    asked_at: datetime
    question: str = ""
    answer: str = ""

    def is_empty(self) -> bool:
        return not (self.question.strip() or self.answer.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewDraft:
    """Interview notes while they are taken. They stay with their author until closed."""

    check_id: str
    referral_id: str
    started_at: datetime
    interview_type: InterviewType = InterviewType.SECOND_LINE
    language: str = ""
    persons_present: str = ""
    interpreter: str = ""
    exchanges: tuple[ExchangeDraft, ...] = ()
    account: str = ""
    read_back: bool = False
    signing: Signing | None = None
    signing_note: str = ""
    attachments: tuple[Attachment, ...] = ()
    for_supervisors: bool = False

    def exchanges_noted(self) -> tuple[ExchangeDraft, ...]:
        return tuple(each for each in self.exchanges if not each.is_empty())

    def problems(self) -> list[Problem]:
        """What keeps the notes from being closed and signed."""
        return list(self._problems())

    def interview(self, ended_at: datetime) -> Interview:
        """The notes as closed. Only when there are no problems."""
        return Interview(
            check_id=self.check_id,
            referral_id=self.referral_id,
            interview_type=self.interview_type,
            language=self.language.strip(),
            started_at=self.started_at,
            ended_at=ended_at,
            exchanges=tuple(
                Exchange(
                    asked_at=each.asked_at, question=nfc(each.question), answer=nfc(each.answer)
                )
                for each in self.exchanges_noted()
            ),
            persons_present=nfc(self.persons_present),
            interpreter=nfc(self.interpreter),
            account=nfc(self.account),
            read_back=self.read_back,
            signing=self.signing or Signing.UNABLE,
            signing_note=nfc(self.signing_note),
        )

    def _problems(self) -> Iterator[Problem]:
        if not self.language.strip():
            yield Problem("language", "missing")
        noted = self.exchanges_noted()
        if not noted:
            yield Problem("exchanges", "missing")
        for place, each in enumerate(noted):
            if not each.question.strip():
                yield Problem(f"exchanges.{place}.question", "missing")
            yield from _text(f"exchanges.{place}.answer", each.answer)
        yield from _text("account", self.account)
        yield from attachment_problems(self.attachments)
        if self.signing is None:
            yield Problem("signing", "missing")
        if self.signing is Signing.REFUSED and not self.signing_note.strip():
            yield Problem("signing_note", "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddendumDraft:
    """Words added to a closed interview."""

    note: str = ""

    def problems(self) -> list[Problem]:
        if not self.note.strip():
            return [Problem("note", "missing")]
        return list(_text("note", self.note))


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentDraft:
    """A correction being typed: which fields, what they should read, and why."""

    changes: tuple[Change, ...] = ()
    reason: AmendReason | None = None
    note: str = ""

    def problems(self) -> list[Problem]:
        found = [] if self.changes else [Problem("changes", "missing")]
        if self.reason is None:
            found.append(Problem("reason", "missing"))
        if self.reason is AmendReason.OTHER and not self.note.strip():
            found.append(Problem("note", "missing"))
        return found + list(_text("note", self.note))


def attachment_problems(attachments: Sequence[Attachment]) -> Iterator[Problem]:
    """What keeps these from being recorded."""
    for place, each in enumerate(attachments):
        yield from _line(f"attachments.{place}", each.title, missing="missing")
    if len(attachments) > MOST_ATTACHMENTS:
        yield Problem("attachments", "too-many")


def nfc(text: str) -> str:
    """Text as it is stored: composed (NFC), without blanks at its ends."""
    return unicodedata.normalize("NFC", text).strip()


def tidy(text: str) -> str:
    """One line as it is stored: as `nfc`, inner blanks single."""
    return " ".join(nfc(text).split())


def date_typed(text: str) -> PartialDate:
    """The date in a field, unknown where it is empty or says so ("?"). ValueError if it is none."""
    typed = text.strip()
    if not typed or typed in _UNKNOWN_MARKS:
        return UNKNOWN
    return PartialDate.from_screen(typed)


def date_so_far(text: str) -> PartialDate:
    """As `date_typed`, and unknown while what stands in the field is no date yet."""
    try:
        return date_typed(text)
    except ValueError:
        return UNKNOWN


def _line(
    field: str, text: str, *, longest: int = LONGEST_LINE, missing: str = ""
) -> Iterator[Problem]:
    if missing and not text.strip():
        yield Problem(field, missing)
    if len(text.strip()) > longest:
        yield Problem(field, "too-long")


def _text(field: str, text: str) -> Iterator[Problem]:
    if len(text) > LONGEST_TEXT:
        yield Problem(field, "too-long")


def _date(field: str, text: str) -> Iterator[Problem]:
    try:
        date_typed(text)
    except ValueError:
        yield Problem(field, "not-a-date")
