"""One line of a post's earlier register, as somebody wrote it down before this program came."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import TypeVar

from checkpoint_client.records.checks import BorderCheck
from checkpoint_client.records.codes import (
    Decision,
    Direction,
    DocumentClass,
    DocumentSource,
    NoDocumentReason,
    Sex,
    TransportMode,
)
from checkpoint_client.records.drafts import LONGEST_LINE, date_typed, tidy
from checkpoint_client.records.problems import Problem
from checkpoint_client.records.travellers import Document, Person, Vehicle

C = TypeVar("C", bound=StrEnum)

_FIRST_YEAR, _LAST_YEAR = 1900, 2100

_TIMES = (
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
)


NEEDED = frozenset({"crossed_at", "direction", "primary_identifier"})
"""Columns that must say something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """A crossing as the register has it: every field is text, most may be empty.

    `register_no` is the line's own number in the register. Without one, a line is known again by
    all that it says.
    """

    crossed_at: str
    direction: str
    primary_identifier: str
    register_no: str = ""
    secondary_identifier: str = ""
    birth_date: str = ""
    sex: str = ""
    nationality: str = ""
    document_class: str = ""
    document_state: str = ""
    document_number: str = ""
    document_expiry: str = ""
    decision: str = ""
    transport: str = ""
    plate: str = ""
    route: str = ""
    remarks: str = ""

    def said(self) -> dict[str, str]:
        """All that the line says; a column that a later version adds does not change it."""
        return {name: text for name, text in _texts(self) if text}

    def problems(self) -> list[Problem]:
        return list(self._problems())

    def crossed(self, offset_minutes: int) -> datetime:
        """When it happened; a time without an offset is the post's own. ValueError if none."""
        typed = self.crossed_at.strip()
        for form in _TIMES:
            try:
                read = datetime.strptime(typed, form)
            except ValueError:
                continue
            if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
                break
            if read.tzinfo:
                return read
            return read.replace(tzinfo=timezone(timedelta(minutes=offset_minutes)))
        raise ValueError(f"{typed!r} is no time like 2026-11-20T08:15 or 20.11.2026 08:15")

    def check(self, *, post: str, reference: str) -> BorderCheck:
        """The crossing as a record. Only when there are no problems."""
        documents = self._documents()
        return BorderCheck(
            direction=Direction(self.direction.strip().upper()),
            transport=_code(TransportMode, self.transport) or TransportMode.PEDESTRIAN,
            post=post,
            person=Person(
                primary_identifier=tidy(self.primary_identifier),
                secondary_identifier=tidy(self.secondary_identifier),
                birth_date=date_typed(self.birth_date),
                sex=_code(Sex, self.sex) or Sex.UNSPECIFIED,
                nationality=tuple(self.nationality.upper().split()),
            ),
            decision=_code(Decision, self.decision) or Decision.ADMITTED,
            documents=documents,
            no_document_reason=None if documents else NoDocumentReason.OTHER,
            vehicle=Vehicle(plate=tidy(self.plate).upper()) if self.plate.strip() else None,
            route=tidy(self.route),
            remarks=tidy(self.remarks),
            register_reference=reference,
        )

    def _documents(self) -> tuple[Document, ...]:
        if not self.document_number.strip():
            return ()
        document = Document(
            document_class=_code(DocumentClass, self.document_class) or DocumentClass.PASSPORT,
            issuing_state=self.document_state.strip().upper(),
            number=self.document_number.strip().upper(),
            source=DocumentSource.REGISTER,
            expiry_date=date_typed(self.document_expiry),
        )
        return (document,)

    def _problems(self) -> Iterator[Problem]:
        for field, text in _texts(self):
            if field in NEEDED and not text:
                yield Problem(field, "missing")
            if len(text) > LONGEST_LINE:
                yield Problem(field, "too-long")
        if self.crossed_at.strip():
            try:
                self.crossed(0)
            except ValueError:
                yield Problem("crossed_at", "not-a-time")
        for field in ("birth_date", "document_expiry"):
            try:
                date_typed(getattr(self, field))
            except ValueError:
                yield Problem(field, "not-a-date")
        for field, codes in _CODES.items():
            typed = getattr(self, field).strip().upper()
            if typed and typed not in codes.__members__.values():
                yield Problem(field, "not-a-code")


def columns() -> dict[str, str]:
    """Every column of the file, and what may stand in it."""
    return {each.name: _MEANINGS[each.name] for each in fields(RegisterLine)}


def _texts(line: RegisterLine) -> Iterator[tuple[str, str]]:
    for each in fields(line):
        yield each.name, getattr(line, each.name).strip()


def _code(codes: type[C], typed: str) -> C | None:
    return codes(typed.strip().upper()) if typed.strip() else None


_CODES: dict[str, type[StrEnum]] = {
    "direction": Direction,
    "sex": Sex,
    "document_class": DocumentClass,
    "decision": Decision,
    "transport": TransportMode,
}

_MEANINGS = {
    "crossed_at": "when: 2026-11-20T08:15, with or without +05:00, or 20.11.2026 08:15 (needed)",
    "direction": "one of " + ", ".join(Direction) + " (needed)",
    "primary_identifier": "surname, or the only name (needed)",
    "register_no": "the line's own number in the register; known again by it and the day",
    "secondary_identifier": "given names",
    "birth_date": "12.08.1974, 08.1974, 1974 or 1974-08-12; empty if not known",
    "sex": "F, M or X",
    "nationality": "State code of ICAO 9303-3, for example UZB",
    "document_class": "one of " + ", ".join(DocumentClass) + "; PASSPORT if empty",
    "document_state": "State code of the issuer",
    "document_number": "the document's number",
    "document_expiry": "a date as for birth_date",
    "decision": "one of " + ", ".join(Decision) + "; ADMITTED if empty",
    "transport": "PED, or by UNECE Recommendation 19: 3 road, 2 rail, 4 air, 8 inland water",
    "plate": "registration plate",
    "route": "route or line",
    "remarks": "anything else",
}
