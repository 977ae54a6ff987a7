"""How long a foreigner may stay without a visa, counted from the crossings that are known."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

import msgspec

Days = Annotated[int, msgspec.Meta(ge=1, le=730)]
State = Annotated[str, msgspec.Meta(pattern=r"\A[A-Z]{3}\Z")]

_DAY = timedelta(days=1)


class WindowKind(StrEnum):
    """Where the days of a window are counted: back from each day, or on from the first entry."""

    ROLLING = "ROLLING"
    FROM_FIRST_ENTRY = "FROM_FIRST_ENTRY"


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """`days` of stay in any `length` days. The days of entry and exit both count."""

    kind: WindowKind
    days: Days
    length: Days


class StayRule(msgspec.Struct, frozen=True, kw_only=True):
    """What one State grants the nationals of others. `days_a_stay` counts each stay anew."""

    host: State
    nationalities: frozenset[State]
    days_a_stay: Days | None
    window: Window | None
    valid_from: date
    valid_to: date | None
    source: str
    confidence: str

    def applies(self, host: str, nationalities: Collection[str], on: date) -> bool:
        return (
            self.host == host
            and not self.nationalities.isdisjoint(nationalities)
            and self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class Crossing:
    """That somebody came in or went out, and on which day."""

    day: date
    enters: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """What a rule makes of the crossings on one day, that day included.

    `used`: days of the window, or of this stay where the rule has no window. `until`: the last day
    that is granted, None if that was before the day. `over`: days beyond what is granted.
    `gaps`: entries or exits that must have been and are not known.
    """

    rule: StayRule
    used: int
    until: date | None
    over: int
    gaps: int


class StayRules(msgspec.Struct, frozen=True, kw_only=True):
    """All rules of this kind; crossings older than `keep_days` are of no use to any of them."""

    source: str
    seen_on: date
    valid_from: date
    valid_to: date | None
    confidence: str
    signed_by: str | None
    keep_days: Days
    rules: tuple[StayRule, ...]

    def rule_for(self, host: str, nationalities: Collection[str], on: date) -> StayRule | None:
        """The rule for a foreigner in this State on a day; the later one where two apply."""
        if host in nationalities:
            return None
        found = (rule for rule in self.rules if rule.applies(host, nationalities, on))
        return max(found, key=lambda rule: rule.valid_from, default=None)


def stay_of(rule: StayRule, crossings: Counter[Crossing], on: date) -> Stay:
    """What is used and left on a day, the traveller being here on it.

    An entry whose exit is not known counts for its own day if another entry follows it, and up to
    `on` if none does; an exit without its entry counts for its own day.
    """
    stays, gaps = _stays(crossings, on)
    present = {day for first, last in stays for day in _days(first, last)}
    began = stays[-1][0] if stays and stays[-1][1] == on else on
    return Stay(
        rule=rule,
        used=_used(rule, present | {on}, began, on),
        until=_until(rule, present, began, on),
        over=_over(rule, present, began, on),
        gaps=gaps,
    )


def _stays(crossings: Counter[Crossing], on: date) -> tuple[list[tuple[date, date]], int]:
    """First and last day of each stay, the last one perhaps still going on, and the gaps.

    Of one day only the number of crossings is known, not their order: they alternate.
    """
    stays: list[tuple[date, date]] = []
    gaps = 0
    entered: date | None = None
    for day in sorted({each.day for each in crossings if each.day <= on}):
        into, out = (crossings[Crossing(day, enters=enters)] for enters in (True, False))
        inside = (entered is not None) + into - out
        gaps += max(0, -inside, inside - 1)
        if entered is not None:
            stays.append((entered, day if out else entered))
        if inside > 0:
            entered = day
        else:
            if entered is None or into:
                stays.append((day, day))
            entered = None
    if entered is not None:
        stays.append((entered, on))
    return stays, gaps


def _used(rule: StayRule, present: Collection[date], began: date, on: date) -> int:
    if rule.window is None:
        return (on - began).days + 1
    first = _window_begins(rule.window, present, on)
    return sum(first <= day <= on for day in present)


def _window_begins(window: Window, present: Collection[date], on: date) -> date:
    """The first day that counts for `on` (90 in any 180: presence in [on - 179, on])."""
    if window.kind is WindowKind.ROLLING:
        return on - (window.length - 1) * _DAY
    begins = min(present)
    for day in sorted(present):
        if day >= begins + window.length * _DAY:
            begins = day
    return begins


def _is_granted(rule: StayRule, present: Collection[date], began: date, on: date) -> bool:
    if rule.days_a_stay is not None and (on - began).days + 1 > rule.days_a_stay:
        return False
    window = rule.window
    return window is None or _used(rule, present, began, on) <= window.days


def _until(rule: StayRule, present: set[date], began: date, on: date) -> date | None:
    """The last day of staying on from `on` without a break that is granted."""
    staying, until, day = set(present), None, on
    for _ in range(_longest(rule) + 1):
        staying.add(day)
        if not _is_granted(rule, staying, began, day):
            return until
        until, day = day, day + _DAY
    return until


def _longest(rule: StayRule) -> int:
    """No stay without a break is longer: where both limits stand, the shorter one ends it."""
    limits = [rule.days_a_stay, rule.window and rule.window.days]
    return min(limit for limit in (*limits, 730) if limit)


def _over(rule: StayRule, present: set[date], began: date, on: date) -> int:
    """How many days of this stay, `on` included, were not granted."""
    staying = present | {on}
    return sum(
        not _is_granted(rule, [d for d in staying if d <= day], began, day)
        for day in _days(began, on)
    )


def _days(first: date, last: date) -> Iterator[date]:
    for count in range((last - first).days + 1):
        yield first + count * _DAY
