"""Dates as travel documents state them: sometimes only the year is known, sometimes nothing."""

import re
from datetime import date, datetime, timedelta
from typing import NoReturn, Self

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SCREEN = re.compile(r"(?:(?:([0-9]{1,2})\.)?([0-9]{1,2})\.)?([0-9]{4})")
_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})")
_DAY_AND_CLOCK = "%d.%m.%Y %H:%M"


class PartialDate:
    """A day, a month, a year, or an unknown date (ICAO 9303-3 §3.8); never a made-up 1 January.

    A value: equal by its parts and never changed. No dataclass, because the journal's codec would
    write one as an object, and a date in a body is to read `1974-08`.
    Raises ValueError with the reason when the parts do not make a date of the calendar.
    """

    __slots__ = ("day", "month", "year")

    year: int | None
    month: int | None
    day: int | None

    def __init__(
        self, year: int | None = None, month: int | None = None, day: int | None = None
    ) -> None:
        for name, part in (("year", year), ("month", month), ("day", day)):
            object.__setattr__(self, name, part)
        self._must_be_of_the_calendar()

    def __setattr__(self, name: str, _value: object) -> NoReturn:
        raise AttributeError(f"a date's {name} never changes")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1974-08-12`, `1974-08`, `1974` or nothing, which is the unknown date."""
        if not text:
            return cls()
        found = _ISO.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a date like 1974-08-12, 1974-08 or 1974")
        return cls(*(int(part) if part else None for part in found.groups()))

    @classmethod
    def from_screen(cls, text: str) -> Self:
        """Read what an officer types: `12.08.1974`, `12081974`, `08.1974`, `1974`, or ISO 8601."""
        text = text.strip()
        found = _SCREEN.fullmatch(text) or _DIGITS.fullmatch(text)
        if not found:
            return cls.parse(text)
        day, month, year = (int(part) if part else None for part in found.groups())
        return cls(year, month, day)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        """ISO 8601, cut where knowledge ends; empty when nothing is known."""
        return "-".join(self._known_parts())

    def on_screen(self) -> str:
        """`12.08.1974`, `08.1974`, `1974` or empty, whatever the language of the screen."""
        return ".".join(reversed(self._known_parts()))

    @property
    def is_known(self) -> bool:
        """Whether at least the year is known."""
        return self.year is not None

    @property
    def is_complete(self) -> bool:
        return self.day is not None

    def earliest(self) -> date | None:
        """The first day that this can mean, or None for the unknown date."""
        if self.year is None:
            return None
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date | None:
        """The last day that this can mean, or None for the unknown date."""
        if self.year is None:
            return None
        return date(self.year, self.month or 12, self.day or self._last_day())

    def _must_be_of_the_calendar(self) -> None:
        if self.year is None and self.month is not None:
            raise ValueError("a month without its year")
        if self.month is None and self.day is not None:
            raise ValueError("a day without its month")
        if self.year is not None and not date.min.year <= self.year <= date.max.year:
            raise ValueError(f"no year {self.year} in the calendar")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"no month {self.month} in the calendar")
        if self.day is not None and not 1 <= self.day <= self._last_day():
            raise ValueError(f"no day {self.day} in month {self.month} of {self.year}")

    def _known_parts(self) -> list[str]:
        parts = []
        if self.year is not None:
            parts.append(f"{self.year:04}")
        if self.month is not None:
            parts.append(f"{self.month:02}")
        if self.day is not None:
            parts.append(f"{self.day:02}")
        return parts

    def _last_day(self) -> int:
        year, month = self.year or date.min.year, self.month or 12
        if month == 12:
            return 31
        return (date(year, month + 1, 1) - timedelta(days=1)).day


UNKNOWN = PartialDate()
"""The date of which nothing is known."""


def moment_typed(text: str, now: datetime) -> datetime:
    """The time in a field, in the zone of `now`: `14:05` (the last time it was that late),
    `24.11.2026 14:05`, ISO 8601, or nothing, which is now. ValueError if it is none.
    """
    typed = " ".join(text.split())
    if not typed:
        return now
    if found := _CLOCK.fullmatch(typed):
        at = now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        return at if at <= now else at - timedelta(days=1)
    try:
        read = datetime.strptime(typed, _DAY_AND_CLOCK)
    except ValueError:
        read = datetime.fromisoformat(typed)
    return read if read.tzinfo else read.replace(tzinfo=now.tzinfo)
