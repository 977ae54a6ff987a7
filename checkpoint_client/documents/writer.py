"""Writes the machine readable zone of a document (ICAO Doc 9303), for specimens and tests."""

import re
from dataclasses import dataclass

from checkpoint_client.documents.check_digits import FILLER, check_digit
from checkpoint_client.documents.formats import LAYOUTS, Layout, LongNumber, MrzFormat, Place
from checkpoint_client.records.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class MrzFields:
    """What a zone is to say. Names in Latin letters (see `transliteration`), sex F, M or X,
    `optional` in the order of the format's optional fields.
    """

    format: MrzFormat
    document_code: str
    issuing_state: str
    number: str
    nationality: str
    birth_date: PartialDate
    expiry_date: PartialDate
    sex: str
    primary_identifier: str
    secondary_identifier: str = ""
    optional: tuple[str, ...] = ()


def write(fields: MrzFields) -> tuple[str, ...]:
    """The lines of the zone, with all check digits. Raises ValueError for what cannot be written.

    A document number of more than nine characters goes on in the optional data of TD1 and TD2
    (9303-5 and -6, note j) and is cut in visas (9303-7 note j). Names that are too long are cut by
    `name_field`.
    """
    layout = LAYOUTS[fields.format]
    zone = _Zone(layout)
    zone.put(layout.document_code, fields.document_code)
    zone.put(layout.issuing_state, fields.issuing_state)
    zone.put(layout.nationality, fields.nationality)
    name = name_field(fields.primary_identifier, fields.secondary_identifier, layout.name.length)
    zone.put(layout.name, name)
    zone.put(layout.sex, FILLER if fields.sex == "X" else fields.sex)
    zone.put(layout.birth_date, _six(fields.birth_date))
    zone.close(layout.birth_check, layout.birth_date)
    zone.put(layout.expiry_date, _six(fields.expiry_date))
    zone.close(layout.expiry_check, layout.expiry_date)
    continuation = _put_number(zone, layout, fields.number)
    for place, text in zip(layout.optional, _optional(fields, continuation), strict=True):
        zone.put(place, text)
    if layout.optional_check:
        zone.close(layout.optional_check, *layout.optional)
    if layout.composite_check:
        zone.close(layout.composite_check, *layout.composite)
    return zone.lines


def name_field(primary: str, secondary: str, width: int) -> str:
    """The name in `width` characters (9303-3 §4.6; 9303-4, -5, -6, -7 §4.2.3 when it is too long).

    The primary identifier is shortened from its end until `<<` and a letter of the secondary one
    fit behind it; then the field is cut. Where that would leave a filler in the last place, the
    component before it gives a letter to make room for the next, because a letter there marks the
    cut. (A name of nothing but single letters has none to give and is cut without the mark.)
    """
    first, second = _components(primary), _components(secondary)
    if not first:
        raise ValueError("a name needs a primary identifier")
    if len(_joined(first, second)) <= width:
        return _joined(first, second).ljust(width, FILLER)
    if second:
        first = _shortened(first, width - 3)
    return _cut(_joined(first, second), width)


class _Zone:
    def __init__(self, layout: Layout) -> None:
        self.lines: tuple[str, ...] = (FILLER * layout.width,) * layout.lines

    def put(self, place: Place, text: str) -> None:
        """Write `text`, filled up to the place's length, each character of the MRZ's alphabet."""
        if not _WRITABLE.fullmatch(text):
            raise ValueError(f"{text!r} has characters that a machine readable zone has not")
        if len(text) > place.length:
            raise ValueError(f"{text!r} is longer than the {place.length} characters it may have")
        self.lines = place.replaced(self.lines, text.ljust(place.length, FILLER))

    def close(self, check: Place, *checked: Place) -> None:
        """Write the check digit of what stands in `checked`."""
        text = "".join(place.of(self.lines) for place in checked)
        self.lines = check.replaced(self.lines, check_digit(text))


_WRITABLE = re.compile("[A-Z0-9<]*")
_NAME = re.compile("[A-Z]*")
_SEPARATORS = re.compile(r"[\s,<\-‐‑–]+")
_OMITTED = str.maketrans("", "", ".'`’‘ʻʼ")


def _put_number(zone: _Zone, layout: Layout, number: str) -> str:
    """Write the number and its check digit; returns what has to go on in the optional data."""
    length = layout.number.length
    if len(number) > length and layout.long_number == LongNumber.GOES_ON:
        zone.put(layout.number, number[:length])
        return number[length:] + check_digit(number) + FILLER
    zone.put(layout.number, number[:length] if layout.long_number == LongNumber.IS_CUT else number)
    zone.close(layout.number_check, layout.number)
    return ""


def _optional(fields: MrzFields, continuation: str) -> list[str]:
    layout = LAYOUTS[fields.format]
    if len(fields.optional) > len(layout.optional):
        raise ValueError(f"{layout.format} has {len(layout.optional)} optional fields")
    texts = [*fields.optional, *[""] * (len(layout.optional) - len(fields.optional))]
    return [continuation + texts[0], *texts[1:]]


def _six(day: PartialDate) -> str:
    year = FILLER * 2 if day.year is None else f"{day.year % 100:02}"
    month = FILLER * 2 if day.month is None else f"{day.month:02}"
    return year + month + (FILLER * 2 if day.day is None else f"{day.day:02}")


def _components(identifier: str) -> list[str]:
    """The parts of a name: apostrophes join, hyphens and commas part, the rest is left out."""
    parts = [part for part in _SEPARATORS.split(identifier.translate(_OMITTED).upper()) if part]
    for part in parts:
        if not _NAME.fullmatch(part):
            raise ValueError(f"{part!r} is not written in the letters A to Z")
    return parts


def _joined(first: list[str], second: list[str]) -> str:
    return (FILLER * 2).join(FILLER.join(parts) for parts in (first, second) if parts)


def _shortened(parts: list[str], width: int) -> list[str]:
    """The components cut at the end, the last one being left out when nothing remains of it."""
    return FILLER.join(parts)[:width].rstrip(FILLER).split(FILLER)


def _cut(text: str, width: int) -> str:
    """The first `width` characters, ending in a letter if some component has one to spare."""
    if text[width - 1] != FILLER:
        return text[:width]
    spare = [part.end() - 1 for part in re.finditer("[A-Z]{2,}", text[:width])]
    if not spare:
        return text[:width]
    return (text[: spare[-1]] + text[spare[-1] + 1 :])[:width]
