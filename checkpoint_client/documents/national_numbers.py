"""National numbers of Central Asia repeat birth date and sex: a cross-check, never a verdict.

Genuine numbers with wrong dates exist, so a problem here is a hint for the officer and blocks
nothing. Tajik and Turkmen numbers are not checked: their rules are not public.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_client.documents.check_digits import check_digit
from checkpoint_client.documents.mrz import Mrz
from checkpoint_client.records.dates import UNKNOWN, PartialDate


class NumberProblem(StrEnum):
    """What does not agree in a national number."""

    LENGTH = "length"
    DIGITS = "digits"
    STRUCTURE = "structure"
    CHECK_DIGIT = "check-digit"
    BIRTH_DATE = "birth-date"
    SEX = "sex"


@dataclass(frozen=True, slots=True)
class NationalNumber:
    """A number and the State that gave it."""

    state: str
    value: str


def problems_of(
    number: NationalNumber, *, birth_date: PartialDate = UNKNOWN, sex: str | None = None
) -> tuple[NumberProblem, ...]:
    """What in the number contradicts itself, the birth date, or the sex (F or M).

    Unknown parts of the birth date and any other sex agree with every number.
    """
    kind = _KINDS.get(number.state)
    if kind is None:
        return ()
    if not _DIGITS.fullmatch(number.value):
        return (NumberProblem.DIGITS,)
    if len(number.value) != kind.length:
        return (NumberProblem.LENGTH,)
    try:
        said = kind.says(number.value)
    except ValueError:
        return (NumberProblem.STRUCTURE,)
    found = []
    if not kind.is_checked(number.value):
        found.append(NumberProblem.CHECK_DIGIT)
    if _contradict(said.birth_date, birth_date):
        found.append(NumberProblem.BIRTH_DATE)
    if sex in ("F", "M") and sex != said.sex:
        found.append(NumberProblem.SEX)
    return tuple(found)


def found_in(mrz: Mrz) -> NationalNumber | None:
    """The national number in a document's optional data, if the issuing State puts one there.

    Kazakh identity cards carry the IIN in line 1; other documents are searched by length.
    """
    kind = _KINDS.get(mrz.issuing_state)
    if kind is None:
        return None
    for text in mrz.optional:
        if len(text) == kind.length and _DIGITS.fullmatch(text):
            return NationalNumber(mrz.issuing_state, text)
    return None


_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a number says about its holder."""

    birth_date: PartialDate
    sex: str


@dataclass(frozen=True, slots=True)
class _Kind:
    length: int
    says: Callable[[str], _Said]
    is_checked: Callable[[str], bool]


def _iin(number: str) -> _Said:
    """YYMMDD, then one digit for century and sex, a serial and a check digit."""
    century, sex = _century_and_sex(number[6])
    return _Said(_day(century + int(number[:2]), number[2:4], number[4:6]), sex)


def _pinfl(number: str) -> _Said:
    """One digit for century and sex, then DDMMYY, area, serial and check digit."""
    century, sex = _century_and_sex(number[0])
    return _Said(_day(century + int(number[5:7]), number[3:5], number[1:3]), sex)


def _pin(number: str) -> _Said:
    """1 for a woman or 2 for a man, then DDMMYYYY and five digits."""
    sex = {"1": "F", "2": "M"}.get(number[0])
    if sex is None:
        raise ValueError("the first digit is neither 1 nor 2")
    return _Said(_day(int(number[5:9]), number[3:5], number[1:3]), sex)


def _century_and_sex(digit: str) -> tuple[int, str]:
    """1 and 2 for men and women born in the 1800s, 3 and 4 in the 1900s, 5 and 6 in the 2000s."""
    if digit not in "123456":
        raise ValueError(f"no century has the digit {digit}")
    value = int(digit)
    return 1800 + (value - 1) // 2 * 100, "M" if value % 2 else "F"


def _day(year: int, month: str, day: str) -> PartialDate:
    return PartialDate(year, int(month), int(day))


def _iin_is_checked(number: str) -> bool:
    """Weights 1 to 11 modulo 11; if that gives 10, weights 3 to 11, 1, 2; a second 10 is unused."""
    for weights in (range(1, 12), (*range(3, 12), 1, 2)):
        products = (int(digit) * weight for digit, weight in zip(number, weights, strict=False))
        rest = sum(products) % 11
        if rest < 10:
            return str(rest) == number[-1]
    return False


def _pinfl_is_checked(number: str) -> bool:
    """The same weights as in an MRZ, over thirteen digits."""
    return check_digit(number[:-1]) == number[-1]


def _pin_is_checked(_number: str) -> bool:
    """The rule of the Kyrgyz check digit is not public."""
    return True


_KINDS = {
    "KAZ": _Kind(12, _iin, _iin_is_checked),
    "UZB": _Kind(14, _pinfl, _pinfl_is_checked),
    "KGZ": _Kind(14, _pin, _pin_is_checked),
}


def _contradict(one: PartialDate, other: PartialDate) -> bool:
    parts = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return any(a is not None and b is not None and a != b for a, b in parts)
