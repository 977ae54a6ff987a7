"""Where an alert leaves its traces, so that a traveller's data lead to it.

Every alert gets a number. Its *traces* are what can be looked up: days and years of birth,
skeletons of its names, numbers of documents and vehicles. Beside each trace stands a *sketch* of
all its names, 64 bits, which tells most strangers apart before an alert is read.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Protocol

from checkpoint_client.records.dates import UNKNOWN, PartialDate
from checkpoint_client.watchlist.alerts import Alert
from checkpoint_client.watchlist.fold import Role, Word, fold, fold_number, skeleton, sound, stem

FOLDING = 4
"""The version of folding, skeletons and sketches. Stored lists of another one are folded again."""

ANY_BIRTH = range(100_000_000)
"""All that `born` can be, the unknown date too."""

SKETCH_BITS = 64
_SKELETON_SIGNS = "-PTSKMNLRV"
_SIGNS_PER_KEY = 12
_WORDS_OF_A_NAME = 8

FATHER = "~"
"""Marks a folded word as a father's name."""

LETTERS = "="
"""Marks the letters of a folded word, which come last where they are not its first reading."""

FoldedName = tuple[tuple[str, ...], ...]
"""A name's words without particles, each with its readings; fathers' names begin with `~`."""


class NumberKind(IntEnum):
    """What is numbered. The values are stored."""

    DOCUMENT = 1
    NATIONAL = 2
    PLATE = 3
    VIN = 4


Posting = tuple[int, int, int, int]
"""One trace: its key or 0, a birth date as in `born`, the alert's number, its names' sketch."""


@dataclass(frozen=True, slots=True)
class Card:
    """An alert with its names already folded, in the order of `alert.names`."""

    number: int
    alert: Alert
    names: tuple[FoldedName, ...]


@dataclass(frozen=True, slots=True)
class Traces:
    """All that is stored about an alert beside the alert itself."""

    names: str
    forms: frozenset[str]
    sketch: int
    keys: frozenset[int]
    births: frozenset[int]
    numbers: frozenset[tuple[NumberKind, str, str]]


class Index(Protocol):
    """What screening looks up in the lists that are in force."""

    def unchanged(self) -> AbstractContextManager[None]:
        """While this lasts, all answers come from the same lists, even if a new one goes live."""

    def people(self) -> int:
        """How many alerts have a name."""

    def bearers(self, forms: Collection[str]) -> dict[str, int]:
        """How many alerts hold each of these readings or skeletons; absent ones are left out."""

    def numbered(self, kind: NumberKind, number: str) -> list[tuple[int, str]]:
        """Alerts with this folded number, each with the issuing State or ""."""

    def born_on(self, days: Collection[int]) -> list[Posting]:
        """Alerts with one of these complete birth dates, as in `born`."""

    def named(self, keys: Collection[int], births: Collection[range]) -> list[Posting]:
        """Alerts that have a word with one of these skeletons and a birth date in a range."""

    def begins(self, first: int, last: int, births: range) -> list[Posting]:
        """Alerts that have a word whose skeleton's key is within these two."""

    def namesakes(self, key: int, other: int) -> int:
        """How many alerts have words with both skeletons; fastest with the rarer one first."""

    def cards(self, numbers: Sequence[int]) -> list[Card]:
        """The alerts themselves."""


def traces(alert: Alert) -> Traces:
    names = [folded(fold(name)) for name in alert.names]
    words = [_forms(word) for name in names for word in name]
    skeletons = {each for word in words for each in word.skeletons}
    return Traces(
        names="\n".join(" ".join("/".join(word) for word in name) for name in names),
        forms=frozenset(form for word in words for form in word.all),
        sketch=sketch(skeletons),
        keys=frozenset(key(s) for s in skeletons),
        births=frozenset(map(born, alert.birth_dates or (UNKNOWN,))),
        numbers=frozenset(_numbers(alert)),
    )


def telling(words: Iterable[Word]) -> tuple[Word, ...]:
    """The words that tell people apart; all of them, where a name has nothing but particles."""
    words = tuple(words)
    plain_words = [word for word in words if word.role is not Role.PARTICLE]
    return tuple(plain_words or words)[:_WORDS_OF_A_NAME]


def folded(words: Iterable[Word]) -> FoldedName:
    return tuple(
        (
            (FATHER if word.role is Role.PATRONYMIC else "") + word.readings[0],
            *word.readings[1:],
            *((LETTERS + word.letters,) if word.letters != word.readings[0] else ()),
        )
        for word in telling(words)
    )


def unpacked(names: str) -> tuple[FoldedName, ...]:
    """Reads back `Traces.names`."""
    return tuple(
        tuple(tuple(word.split("/")) for word in name.split(" ") if word)
        for name in names.split("\n")
    )


def plain(word: tuple[str, ...]) -> tuple[str, ...]:
    """A folded word's readings without the mark of a father's name, and without its letters."""
    readings = word[:-1] if word[-1].startswith(LETTERS) else word
    return (readings[0].removeprefix(FATHER), *readings[1:])


def letters(word: tuple[str, ...]) -> str:
    """A folded word's letters, a to z."""
    return word[-1].removeprefix(LETTERS) if word[-1].startswith(LETTERS) else plain(word)[0]


@lru_cache(maxsize=1 << 14)  # skeletons, not names
def key(skeleton: str) -> int:
    """The skeleton as a number of 48 bits, four a sign, so that keys sort as skeletons do."""
    return int("".join(_hex(sign) for sign in skeleton[:_SIGNS_PER_KEY]).ljust(12, "0"), 16)


def keys_from(skeleton: str) -> tuple[int, int]:
    """The first and last key of all skeletons that begin with this one."""
    first = "".join(_hex(sign) for sign in skeleton[:_SIGNS_PER_KEY])
    return int(first.ljust(12, "0"), 16), int(first.ljust(12, "f"), 16)


def sketch(skeletons: Iterable[str]) -> int:
    """`SKETCH_BITS` bits, one for each two signs that follow each other in a skeleton."""
    bits = 0
    for each in skeletons:
        bits |= _sketch_of(each)
    return bits


def born(birth_date: PartialDate) -> int:
    """The date as 19840305; 19840300 or 19840000 where less is known of it, 0 for nothing."""
    year, month, day = birth_date.year or 0, birth_date.month or 0, birth_date.day or 0
    return year * 10_000 + month * 100 + day


def birth_date(born: int) -> PartialDate:
    """Reads back `born`."""
    return PartialDate(born // 10_000 or None, born // 100 % 100 or None, born % 100 or None)


def is_day(born: int) -> bool:
    return born % 100 != 0


@dataclass(frozen=True, slots=True)
class _Forms:
    """A word as it is counted, and its skeletons among them."""

    all: frozenset[str]
    skeletons: frozenset[str]


@lru_cache(maxsize=1 << 14)  # single words, the common ones: they tell nobody's name
def _forms(word: tuple[str, ...]) -> _Forms:
    readings = plain(word)
    stems = [stem(reading) for reading in readings]
    skeletons = frozenset(map(skeleton, stems))
    return _Forms(skeletons.union(readings, map(sound, stems)), skeletons)


@lru_cache(maxsize=1 << 14)  # skeletons, not names
def _sketch_of(skeleton: str) -> int:
    bits, before = 0, 0
    for sign in skeleton:
        now = _SKELETON_SIGNS.index(sign) + 1
        bits |= 1 << (before * 37 + now * 5) % SKETCH_BITS
        before = now
    return bits


def _hex(sign: str) -> str:
    return f"{_SKELETON_SIGNS.index(sign) + 1:x}"


def _numbers(alert: Alert) -> Iterable[tuple[NumberKind, str, str]]:
    listed = [
        *((NumberKind.DOCUMENT, number, state) for state, number in alert.documents),
        *((NumberKind.NATIONAL, number, "") for number in alert.national_numbers),
        *((NumberKind.PLATE, number, "") for number in alert.plates),
        *((NumberKind.VIN, number, "") for number in alert.vins),
    ]
    for kind, number, state in listed:
        if written := fold_number(number):
            yield kind, written, state
