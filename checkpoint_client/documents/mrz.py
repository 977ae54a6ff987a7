"""Reads the machine readable zone of a passport, an identity card or a visa (ICAO Doc 9303).

Reading never repairs: what does not fit is named in `problems` and may be offered as a suggestion.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from checkpoint_client.documents import states
from checkpoint_client.documents.check_digits import FILLER, check_digit, fits
from checkpoint_client.documents.formats import LAYOUTS, Layout, LongNumber, MrzFormat, Place
from checkpoint_client.records.dates import UNKNOWN, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class MrzProblem:
    """What is wrong with one field; `field` is named as in `Mrz`, `lines` is the whole zone.

    Codes: `not-an-mrz`, `length`, `alphabet` (a character that cannot stand there),
    `document-code`, `missing`, `name` (fillers between the parts of the name), `date` (not in the
    calendar), `check-digit`, `unknown-state`.
    """

    field: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDigits:
    """Whether each check digit fits; None where the document has none."""

    number: bool | None = None
    birth_date: bool | None = None
    expiry_date: bool | None = None
    optional: bool | None = None
    composite: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mrz:
    """What a machine readable zone says.

    Codes stand without fillers, names with a space between their components. `number` is joined
    with its continuation (9303-5 and -6, note j). `optional` holds what is left of the optional
    fields without the fillers around it; empty fields are left out, and a filler inside stays,
    since Doc 9303 does not say which character it replaced. `sex` is F, M, X (a filler) or None
    when unreadable. `name_truncated` follows 9303-4, -5, -6 §4.2.3: a letter in the last place of
    the name means that it must be assumed cut.
    """

    format: MrzFormat
    document_code: str
    issuing_state: str
    number: str
    nationality: str
    birth_date: PartialDate
    expiry_date: PartialDate
    sex: str | None
    primary_identifier: str
    secondary_identifier: str
    name_truncated: bool
    optional: tuple[str, ...]
    check_digits: CheckDigits
    problems: tuple[MrzProblem, ...]
    lines: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """Structure and all present check digits are right. Neither an expired document nor a State
        code that our list does not know makes it invalid.
        """
        return all(problem.code == "unknown-state" for problem in self.problems)


class NotAnMrz(ValueError):
    """The text has the lines of no format."""

    def __init__(self, problems: tuple[MrzProblem, ...]) -> None:
        super().__init__("; ".join(problem.detail for problem in problems))
        self.problems = problems


def read(text: str, *, today: date) -> Mrz:
    """Read what a person typed or a document reader sent. Raises NotAnMrz.

    The lines' lengths decide the format, the first character between a visa and its size's other
    document. Doc 9303 leaves the century open: a birth date is the latest that is not after
    `today`, an expiry date lies between 50 years before and 49 years after this year.
    """
    lines = clean(text)
    layout = _layout_of(lines)
    return _Reading(layout, lines, today).mrz()


def clean(text: str) -> tuple[str, ...]:
    """The lines of a machine readable zone in whatever way they came in.

    Takes any line end or a tab between lines, or none at all (a zone of 88, 72 or 90 characters is
    cut into its lines), drops spaces and the control characters of document readers, raises a-z,
    and takes quotation marks that look like fillers (‹ «) for fillers.
    """
    text = text.translate(_READ_AS)
    lines = _lines_of(text.replace(DOUBLE, FILLER))
    if DOUBLE in text and not _layouts_of(lines):
        return _lines_of(text.replace(DOUBLE, FILLER * 2))
    return lines


class _Reading:
    """One reading in progress: collects the problems while the fields are taken out."""

    def __init__(self, layout: Layout, lines: tuple[str, ...], today: date) -> None:
        self._layout = layout
        self._lines = lines
        self._today = today
        self._problems: list[MrzProblem] = []

    def mrz(self) -> Mrz:
        layout = self._layout
        document_code = self._document_code()
        issuing_state = self._state("issuing_state", layout.issuing_state)
        primary, secondary = self._name()
        number, number_fits, optional = self._number()
        nationality = self._state("nationality", layout.nationality)
        birth_date, birth_fits = self._date(
            "birth_date", layout.birth_date, layout.birth_check, self._birth_years
        )
        sex = self._sex()
        expiry_date, expiry_fits = self._date(
            "expiry_date", layout.expiry_date, layout.expiry_check, self._expiry_years
        )
        optional_fits = self._optional()
        composite_fits = self._composite()
        return Mrz(
            format=layout.format,
            document_code=document_code,
            issuing_state=issuing_state,
            number=number,
            nationality=nationality,
            birth_date=birth_date,
            expiry_date=expiry_date,
            sex=sex,
            primary_identifier=primary,
            secondary_identifier=secondary,
            name_truncated=layout.name.of(self._lines)[-1] in LETTERS,
            optional=optional,
            check_digits=CheckDigits(
                number=number_fits,
                birth_date=birth_fits,
                expiry_date=expiry_fits,
                optional=optional_fits,
                composite=composite_fits,
            ),
            problems=tuple(self._problems),
            lines=self._lines,
        )

    def _document_code(self) -> str:
        """Old passport codes (P<, PN, PA …) circulate until 2038 and are as good (9303-4 §4.4)."""
        found = self._layout.document_code.of(self._lines)
        if not _DOCUMENT_CODE.fullmatch(found):
            self._report("document_code", "alphabet", found)
        elif found[0] not in self._layout.first_letters or found in self._layout.forbidden_codes:
            self._report("document_code", "document-code", found)
        return found.rstrip(FILLER)

    def _state(self, field: str, place: Place) -> str:
        found = place.of(self._lines)
        code = found.rstrip(FILLER)
        if not code:
            self._report(field, "missing")
        elif not _STATE.fullmatch(found):
            self._report(field, "alphabet", found)
        elif not states.is_known(code):
            self._report(field, "unknown-state", code)
        return code

    def _name(self) -> tuple[str, str]:
        """Primary and secondary identifier (9303-3 §4.6). Without `<<` all of it is primary."""
        found = self._layout.name.of(self._lines)
        if not _NAME.fullmatch(found):
            self._report("primary_identifier", "alphabet", found)
        primary, _, secondary = found.rstrip(FILLER).partition(FILLER * 2)
        if not primary:
            self._report("primary_identifier", "missing", found)
        if primary.startswith(FILLER) or _STRAY_FILLERS.search(secondary):
            self._report("secondary_identifier", "name", found)
        return _components(primary), _components(secondary)

    def _number(self) -> tuple[str, bool, tuple[str, ...]]:
        """The joined number, whether its check digit fits, and the rest of the optional fields.

        A filler in the check digit's place says that the number goes on in the optional data, up to
        the next filler, the last character before it being the check digit over both parts without
        that filler (9303-5 §4.2.4 and note j, 9303-6 note j). Visas cut the number and passports
        have no such rule (9303-7 note j, 9303-4).
        """
        layout = self._layout
        principal, digit = layout.number.of(self._lines), layout.number_check.of(self._lines)
        optional = [place.of(self._lines) for place in layout.optional]
        number, checked = principal.rstrip(FILLER), principal
        goes_on = digit == FILLER and layout.long_number == LongNumber.GOES_ON
        continuation, _, rest = optional[0].partition(FILLER)
        if goes_on and len(continuation) > 1 and len(number) == len(principal):
            optional[0] = rest
            number = checked = principal + continuation[:-1]
            digit = continuation[-1]
        left = tuple(text for field in optional if (text := field.strip(FILLER)))
        if not number:
            self._report("number", "missing")
        if not _NUMBER.fullmatch(checked) or digit not in DIGITS + FILLER:
            self._report("number", "alphabet", checked + digit)
            return number, False, left
        return number, self._check("number", checked, digit), left

    def _date(
        self, field: str, place: Place, check: Place, years: Callable[[int], tuple[int, ...]]
    ) -> tuple[PartialDate, bool]:
        """The date and whether its check digit fits. Unknown parts are fillers (9303-3 §4.8)."""
        found, digit = place.of(self._lines), check.of(self._lines)
        if not _DATE_CHARACTERS.fullmatch(found) or digit not in DIGITS + FILLER:
            self._report(field, "alphabet", found + digit)
            return UNKNOWN, False
        value = _date_of(found, years, self._today)
        if value is None:
            self._report(field, "date", found)
        return value or UNKNOWN, self._check(field, found, digit)

    def _birth_years(self, short: int) -> tuple[int, ...]:
        century = self._today.year // 100 * 100
        return century + short, century - 100 + short

    def _expiry_years(self, short: int) -> tuple[int, ...]:
        first = self._today.year - 50
        return (first + (short - first) % 100,)

    def _sex(self) -> str | None:
        """F, M, or a filler for unspecified, which the visual zone prints as X (9303-4 note p)."""
        found = self._layout.sex.of(self._lines)
        if found not in _SEXES:
            self._report("sex", "alphabet", found)
        return _SEXES.get(found, "X" if found == "X" else None)

    def _optional(self) -> bool | None:
        """Only passports check the optional data. Where it is empty the digit may be a 0 or, which
        means that there is none, a filler (9303-4 §4.2.2.2).
        """
        layout = self._layout
        for place in layout.optional:
            if not _NUMBER.fullmatch(found := place.of(self._lines)):
                self._report("optional", "alphabet", found)
        if layout.optional_check is None:
            return None
        found, digit = layout.optional[0].of(self._lines), layout.optional_check.of(self._lines)
        if digit == FILLER and not found.strip(FILLER):
            return None
        return self._check("optional", found, digit)

    def _composite(self) -> bool | None:
        """Over the characters as they stand, so over a long number's filler too (9303-5 §4.2.4)."""
        layout = self._layout
        if layout.composite_check is None:
            return None
        checked = "".join(place.of(self._lines) for place in layout.composite)
        return self._check("composite", checked, layout.composite_check.of(self._lines))

    def _check(self, field: str, text: str, digit: str) -> bool:
        if fits(text, digit):
            return True
        self._report(field, "check-digit", digit)
        return False

    def _report(self, field: str, code: str, detail: str = "") -> None:
        self._problems.append(MrzProblem(field=field, code=code, detail=detail))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A likely misreading, for the officer to accept or not.

    `found` and `proposed` are the field as it stands in the zone, with its check digit where it
    has one; `lines` is the zone with the proposal in it. `look-alike`: the position allows only
    this reading, and the field's check digit or list agrees. `several-could-fit`: the check digit
    agrees, but other characters could make it agree too, so compare with the printed number.
    """

    field: str
    found: str
    proposed: str
    code: str
    lines: tuple[str, ...]


def suggestions(mrz: Mrz) -> tuple[Suggestion, ...]:
    """What a document reader or a tired eye may have mistaken: 0 for O, 1 for I and the like."""
    layout = LAYOUTS[mrz.format]
    return (
        *_letters_for_digits(mrz, layout),
        *_digits_for_letters(mrz, "birth_date", layout.birth_date, layout.birth_check),
        *_digits_for_letters(mrz, "expiry_date", layout.expiry_date, layout.expiry_check),
        *_other_numbers(mrz, layout),
    )


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
DOUBLE = "«"

_SEXES = {"F": "F", "M": "M", FILLER: "X"}
_DOCUMENT_CODE = re.compile("[A-Z][A-Z<]")
_STATE = re.compile("[A-Z]{1,3}<*")
_NAME = re.compile("[A-Z<]+")
_NUMBER = re.compile("[A-Z0-9<]+")
_DATE_CHARACTERS = re.compile("[0-9<]+")
_DATE = re.compile("([0-9]{2}|<<)([0-9]{2}|<<)([0-9]{2}|<<)")
_STRAY_FILLERS = re.compile("^<|<<")
_LINE_END = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_READ_AS = (
    dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), 0x1F, 0x7F])
    | dict.fromkeys(map(ord, " \u00a0\u00ad\u2007\u200b\u200c\u200d\u2060\u202f\ufeff"))
    | dict.fromkeys(map(ord, "‹˂‹〈⟨❮＜ᐸ"), FILLER)
    | dict.fromkeys(map(ord, "≪《⟪"), DOUBLE)
    | {ord(letter.lower()): letter for letter in LETTERS}
)
_DIGIT_FOR = str.maketrans("OQDILZSBG", "000112586")
_LETTER_FOR = str.maketrans("012568", "OIZSGB")
_ALIKE = ("0ODQ", "1IL", "2Z", "5S", "6G", "8B")


def _lines_of(text: str) -> tuple[str, ...]:
    lines = tuple(line for line in _LINE_END.split(text) if line)
    if len(lines) != 1:
        return lines
    [line] = lines
    for layout in LAYOUTS.values():
        if len(line) == layout.lines * layout.width:
            starts = range(0, len(line), layout.width)
            return tuple(line[start : start + layout.width] for start in starts)
    return lines


def _layouts_of(lines: tuple[str, ...]) -> list[Layout]:
    lengths = tuple(map(len, lines))
    return [layout for layout in LAYOUTS.values() if layout.shape == lengths]


def _layout_of(lines: tuple[str, ...]) -> Layout:
    """The format of these lines. Raises NotAnMrz, which names the lines of a wrong length."""
    fitting = _layouts_of(lines)
    if not fitting:
        raise NotAnMrz(tuple(_why_not(lines)))
    for layout in fitting:
        if lines[0][0] in layout.first_letters:
            return layout
    return fitting[0]


def _why_not(lines: tuple[str, ...]) -> list[MrzProblem]:
    if not lines:
        return [MrzProblem(field="lines", code="not-an-mrz", detail="there is nothing to read")]
    lengths = list(map(len, lines))
    alike = [layout for layout in LAYOUTS.values() if layout.lines == len(lines)]
    distances = {layout: sum(abs(layout.width - length) for length in lengths) for layout in alike}
    near = [layout for layout in alike if distances[layout] <= _NEAR]
    if not near:
        shape = " + ".join(map(str, lengths))
        detail = f"{shape} characters; 30 + 30 + 30, 36 + 36 or 44 + 44 are expected"
        return [MrzProblem(field="lines", code="not-an-mrz", detail=detail)]
    width = min(near, key=distances.__getitem__).width
    return [
        MrzProblem(
            field="lines",
            code="length",
            detail=f"line {number} has {length} characters; {width} are expected",
        )
        for number, length in enumerate(lengths, start=1)
        if length != width
    ]


_NEAR = 8
"""So many characters too many or too few in all, and the lines still look like a format's."""


def _components(identifier: str) -> str:
    return " ".join(filter(None, identifier.split(FILLER)))


def _date_of(text: str, years: Callable[[int], tuple[int, ...]], today: date) -> PartialDate | None:
    """The date of `YYMMDD` as far as it is known, or None when it is not in the calendar.

    A day or month whose month or year is unknown cannot be said as a date: only what is before it
    counts. The first of `years` that makes a date, and for a birth one not after today, is taken.
    """
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = (None if part == FILLER * 2 else int(part) for part in found.groups())
    if year is None or month is None:
        if not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= 31 or 0 in (month, day):
            return None
        month = day = None
    if year is None:
        return UNKNOWN
    candidates = years(year)
    for candidate in candidates:
        try:
            value = PartialDate(candidate, month, day)
        except ValueError:
            continue
        earliest = value.earliest()
        if len(candidates) == 1 or (earliest and earliest <= today):
            return value
    return None


def _letters_for_digits(mrz: Mrz, layout: Layout) -> list[Suggestion]:
    fields = (
        ("document_code", layout.document_code, lambda text: text[0] in layout.first_letters),
        ("issuing_state", layout.issuing_state, lambda text: states.is_known(text.rstrip(FILLER))),
        ("primary_identifier", layout.name, _NAME.fullmatch),
        ("nationality", layout.nationality, lambda text: states.is_known(text.rstrip(FILLER))),
    )
    offered = []
    for field, place, agrees in fields:
        found = place.of(mrz.lines)
        proposed = found.translate(_LETTER_FOR)
        if proposed != found and agrees(proposed):
            offered.append(_suggestion(mrz, field, place, proposed, "look-alike"))
    return offered


def _digits_for_letters(mrz: Mrz, field: str, place: Place, check: Place) -> list[Suggestion]:
    both = Place(place.line, place.first, check.last)
    found = both.of(mrz.lines)
    proposed = found.translate(_DIGIT_FOR)
    text, digit = proposed[:-1], proposed[-1]
    if proposed == found or not _DATE.fullmatch(text) or not fits(text, digit):
        return []
    return [_suggestion(mrz, field, both, proposed, "look-alike")]


def _other_numbers(mrz: Mrz, layout: Layout) -> list[Suggestion]:
    """Numbers that differ in one look-alike and fit, or the same number with a readable digit."""
    number, digit = layout.number.of(mrz.lines), layout.number_check.of(mrz.lines)
    both = Place(layout.number.line, layout.number.first, layout.number_check.last)
    if mrz.check_digits.number or digit == FILLER or not _NUMBER.fullmatch(number):
        return []
    if digit not in DIGITS:
        proposed = digit.translate(_DIGIT_FOR)
        if not fits(number, proposed):
            return []
        return [_suggestion(mrz, "number", both, number + proposed, "look-alike")]
    return [
        _suggestion(mrz, "number", both, other + digit, "several-could-fit")
        for other in _one_look_alike_away(number)
        if check_digit(other) == digit
    ]


def _one_look_alike_away(text: str) -> list[str]:
    return [
        text[:index] + other + text[index + 1 :]
        for index, character in enumerate(text)
        for family in _ALIKE
        if character in family
        for other in family
        if other != character
    ]


def _suggestion(mrz: Mrz, field: str, place: Place, proposed: str, code: str) -> Suggestion:
    return Suggestion(
        field=field,
        found=place.of(mrz.lines),
        proposed=proposed,
        code=code,
        lines=place.replaced(mrz.lines, proposed),
    )
