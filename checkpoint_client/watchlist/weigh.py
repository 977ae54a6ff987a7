"""Weighs birth dates, sex, nationality and numbers, each in bits and with its reason.

A *bit* says that a finding is twice as likely between two records of one person as between those
of two strangers. Chances are our judgement from the published lists; dates err as registers err:
day and month change places, a year slips by one, 1 January stands for "not known".

Reasons, code and values. `traveller` and `alert` are the words or dates as each side has them,
`part` is surname, given, father or name:

    name-same              part traveller alert   letter for letter
    name-spelling          part traveller alert   another spelling or script, the same sounds
    name-similar           part traveller alert   near enough for an error of typing or reading
    name-begins            part traveller alert   cut short, or an initial
    name-joined            part traveller alert   together on one side, apart on the other
    name-differs           part traveller alert
    name-only-here         part traveller         the alert lacks this word
    name-only-there        alert                  the traveller's name lacks this word
    name-order                                    the words stand in another order
    alias                  alert name             found under `alert`, a further name of `name`
    birth-same             traveller alert
    birth-agrees           traveller alert        the same as far as both are known
    birth-swapped          traveller alert        day and month have changed places
    birth-first-january    traveller alert        the same year, one of them 1 January
    birth-one-digit        traveller alert        one digit differs
    birth-same-month       traveller alert        another day
    birth-same-year        traveller alert        another day and month
    birth-year-beside      traveller alert        one year apart, otherwise the same
    birth-differs          traveller alert
    birth-unknown
    nationality-same       state
    nationality-differs    traveller alert
    sex-differs            traveller alert
    document-same          number state
    national-number-same   number
    plate-same             number
    vin-same               number
    namesakes              count                  other alerts that carry this name
"""

from dataclasses import dataclass
from math import log2

from rapidfuzz.distance import Hamming

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist.alerts import Alert, Reason, Traveller


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding: its weight in bits and the reason an officer reads."""

    bits: float
    reason: Reason


# Years among which travellers' births spread, and days of a year.
_YEARS, _DAYS = 55.0, 365.0
_ONE_DIGIT_AWAY = 25
"""How many dates differ from a date in one digit."""

ONE_DIGIT, BIRTH_DIFFERS = log2(0.03 * _YEARS * _DAYS / _ONE_DIGIT_AWAY), -5.5
"""Bits of birth dates that differ in one digit, and of those that have nothing in common."""

SAME_NATIONALITY = 1.5

_FIRST_JANUARY = 0.05
"""Share of birth dates that are 1 January, in registers where it stands for "not known"."""


def weigh_birth(traveller: Traveller, alert: Alert) -> Evidence:
    """The best agreement with one of the alert's dates; several dates make chance likelier."""
    known = [date for date in alert.birth_dates if date.is_known]
    if not known or not traveller.birth_date.is_known:
        return Evidence(0.0, Reason("birth-unknown"))
    best = max(
        (_weigh_dates(traveller.birth_date, date) for date in known), key=lambda found: found.bits
    )
    return Evidence(best.bits - log2(len(known)) / 2, best.reason)


def birth_bits(ours: PartialDate, theirs: PartialDate) -> float:
    """What two birth dates weigh."""
    return _compare(ours, theirs)[1]


def weigh_nationality(traveller: Traveller, alert: Alert) -> Evidence | None:
    """None where a side does not say."""
    ours, theirs = traveller.nationalities, alert.nationalities
    if not ours or not theirs:
        return None
    if shared := [state for state in ours if state in theirs]:
        return Evidence(SAME_NATIONALITY, Reason("nationality-same", {"state": shared[0]}))
    values = {"traveller": ", ".join(ours), "alert": ", ".join(theirs)}
    return Evidence(-2.5, Reason("nationality-differs", values))


def weigh_sex(traveller: Traveller, alert: Alert) -> Evidence | None:
    """None unless they differ: that half of mankind agrees is no reason to read."""
    if Sex.UNSPECIFIED in (traveller.sex, alert.sex) or traveller.sex is alert.sex:
        return None
    return Evidence(-4.5, Reason("sex-differs", {"traveller": traveller.sex, "alert": alert.sex}))


def swapped(date: PartialDate) -> PartialDate:
    """The complete date with day and month changed, or itself where that makes no date."""
    if date.month is None or date.day is None or date.day > 12:
        return date
    return PartialDate(date.year, date.day, date.month)


def _weigh_dates(ours: PartialDate, theirs: PartialDate) -> Evidence:
    values = {"traveller": str(ours), "alert": str(theirs)}
    code, bits = _compare(ours, theirs)
    return Evidence(bits, Reason(code, values))


def _compare(ours: PartialDate, theirs: PartialDate) -> tuple[str, float]:
    """The reason's code and its bits: the chance for one person over that for two strangers."""
    if ours.year is None or theirs.year is None:
        return "birth-unknown", 0.0
    if not (ours.is_complete and theirs.is_complete):
        return _compare_partial(ours, theirs, abs(ours.year - theirs.year))
    years_apart = abs(ours.year - theirs.year)
    firsts = [_is_first_january(ours), _is_first_january(theirs)]
    days = 1 / _FIRST_JANUARY if any(firsts) else _DAYS
    if ours == theirs:
        return "birth-same", log2(0.75 * _YEARS * days)
    if ours == swapped(theirs):
        return "birth-swapped", log2(0.02 * _YEARS * days)
    if years_apart == 1 and (ours.month, ours.day) == (theirs.month, theirs.day):
        return "birth-year-beside", log2(0.03 * _YEARS / 2 * days)
    if years_apart == 0 and any(firsts):
        return "birth-first-january", log2(0.05 * _YEARS / (2 * _FIRST_JANUARY))
    if Hamming.distance(str(ours), str(theirs)) == 1:
        return "birth-one-digit", ONE_DIGIT
    if years_apart == 0 and ours.month == theirs.month:
        return "birth-same-month", log2(0.01 * _YEARS * 12)
    if years_apart == 0:
        return "birth-same-year", log2(0.01 * _YEARS)
    return "birth-differs", BIRTH_DIFFERS


def _compare_partial(ours: PartialDate, theirs: PartialDate, years_apart: int) -> tuple[str, float]:
    if years_apart > 1:
        return "birth-differs", -5.0
    if years_apart == 1:
        return "birth-year-beside", log2(0.06 * _YEARS / 2)
    if ours.month is None or theirs.month is None:
        return "birth-agrees", log2(0.9 * _YEARS)
    if ours.month == theirs.month:
        return "birth-agrees", log2(0.9 * _YEARS * 12)
    return "birth-same-year", log2(0.03 * _YEARS)


def _is_first_january(date: PartialDate) -> bool:
    return (date.month, date.day) == (1, 1)
