"""Finds the alerts worth reading for a traveller: few enough to read, and the right one among them.

Three ways lead to an alert: a number they share; the same or a commonly mistaken day of birth; a
word of the name that sounds the same, with about the same year of birth. Sketches then tell which
of the alerts found resemble the name at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2

from checkpoint_client.watchlist.alerts import Traveller
from checkpoint_client.watchlist.fold import Role, Word, fold, fold_number
from checkpoint_client.watchlist.index import (
    UNKNOWN_YEAR,
    Index,
    NumberKind,
    day,
    folded,
    key,
    keys_from,
    sketch,
    telling,
)
from checkpoint_client.watchlist.names import Rarity, Spoken, spoken, together
from checkpoint_client.watchlist.weigh import swapped

_MOST_OF_SAME_BIRTH = 60
_MOST_OTHERS = 90
_LEAST_LIKE = 0.4
_LEAST_LIKE_OF_SAME_BIRTH = 0.2
_MOST_POSTINGS = 20_000
_RARE = 300
"""Alerts with a word up to which they are looked at whatever their year of birth."""

_BITS_OF_LIKENESS = 10.0
EVERY_YEAR = range(UNKNOWN_YEAR, 10_000)
_NO_YEAR = range(UNKNOWN_YEAR, UNKNOWN_YEAR + 1)
_LEAST_BEGINNING = 3
"""Signs of a cut word's skeleton from which on looking for its continuation is worth while."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One of the traveller's names, ready to be looked up and compared."""

    words: tuple[Word, ...]
    parts: tuple[str, ...]
    spoken: tuple[Spoken, ...]
    sketch: int


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """A number that an alert and the traveller have in common."""

    kind: NumberKind
    number: str
    state: str


def spellings(traveller: Traveller) -> list[Spelling]:
    """The name of the documents first, then the native and the other ones."""
    surname = telling(fold(traveller.primary_identifier))
    given = telling(fold(traveller.secondary_identifier))
    known = {word.readings[0] for word in given}
    father = [w for w in telling(fold(traveller.patronymic)) if w.readings[0] not in known]
    parts = (
        *(("surname" if given else "name") for _ in surname),
        *("given" for _ in given),
        *("father" for _ in father),
    )
    cut = len(surname + given) - 1 if traveller.name_truncated else None
    names = [_spelling((*surname, *given, *father), parts, cut)]
    for other in (traveller.name_native, *traveller.other_names):
        words = telling(fold(other))
        names.append(_spelling(words, ("name",) * len(words), None))
    return [spelling for spelling in names if spelling.words]


def rarity_of(names: Iterable[Spelling], index: Index) -> Rarity:
    words = [word for name in names for word in name.spoken]
    joined = [together(*two) for name in names for two in pairwise(name.spoken)]
    forms = {
        form
        for word in (*words, *joined)
        for form in (*word.readings, *word.sounds, *word.skeletons)
    }
    return Rarity(index.people(), index.bearers(forms))


def shared_numbers(traveller: Traveller, index: Index) -> dict[int, list[SharedNumber]]:
    """Alerts with a number of the traveller; where both name the issuing State, it agrees."""
    shown = [
        *((NumberKind.DOCUMENT, number, state) for state, number in traveller.documents),
        *((NumberKind.NATIONAL, number, "") for number in traveller.national_numbers),
        *((NumberKind.PLATE, number, "") for number in traveller.plates),
        *((NumberKind.VIN, number, "") for number in traveller.vins),
    ]
    shared: dict[int, list[SharedNumber]] = {}
    for kind, number, state in shown:
        written = fold_number(number)
        for alert, alert_state in index.numbered(kind, written) if written else ():
            if not state or not alert_state or state == alert_state:
                shared.setdefault(alert, []).append(
                    SharedNumber(kind, number, alert_state or state)
                )
    return shared


def likely(
    traveller: Traveller, names: Sequence[Spelling], rarity: Rarity, index: Index
) -> list[int]:
    """Numbers of the alerts whose names resemble the traveller's, the closest first."""
    if not names:
        return []
    same_birth = dict(index.born_on(_days(traveller)))
    others, told = _by_words(traveller, names, rarity, index)
    return list(
        dict.fromkeys(
            _closest(same_birth, {}, names, _LEAST_LIKE_OF_SAME_BIRTH, _MOST_OF_SAME_BIRTH)
            + _closest(others, told, names, _LEAST_LIKE, _MOST_OTHERS)
        )
    )


def _closest(
    found: dict[int, int],
    told: dict[int, float],
    names: Sequence[Spelling],
    least: float,
    most: int,
) -> list[int]:
    like = [
        (told.get(alert, 0.0) + _BITS_OF_LIKENESS * likeness, alert)
        for alert, bits in found.items()
        if (likeness := _like(names, bits)) >= least
    ]
    return [alert for _, alert in sorted(like, reverse=True)[:most]]


def _spelling(words: tuple[Word, ...], parts: tuple[str, ...], cut: int | None) -> Spelling:
    forms = tuple(spoken(word, is_cut=place == cut) for place, word in enumerate(folded(words)))
    return Spelling(
        words=words,
        parts=tuple(
            "father" if word.role is Role.PATRONYMIC else part
            for word, part in zip(words, parts, strict=True)
        ),
        spoken=forms,
        sketch=sketch(skeleton for word in forms for skeleton in word.skeletons),
    )


def _days(traveller: Traveller) -> set[int]:
    """The birth date and those it is mistaken for: day and month changed, a year off."""
    born = traveller.birth_date
    if not born.is_complete:
        return set()
    exact = day(born)
    first_january = exact // 10_000 * 10_000 + 101
    return {exact, exact - 10_000, exact + 10_000, first_january, day(swapped(born))}


def _by_words(
    traveller: Traveller, names: Sequence[Spelling], rarity: Rarity, index: Index
) -> tuple[dict[int, int], dict[int, float]]:
    """Alerts with a word in common: their sketches, and how many bits those words tell.

    The rarest words are looked for first and whatever the year of birth, the commonest only with
    a year.
    """
    year = traveller.birth_date.year
    spans = [range(year - 1, year + 2), _NO_YEAR] if year else [EVERY_YEAR]
    words = {word for name in names for word in name.spoken}
    rarest = {each: rarity.bearers.get(each, 0) for word in words for each in word.skeletons}
    found: dict[int, int] = {}
    told: dict[int, float] = {}
    for skeleton, bearers in sorted(rarest.items(), key=lambda item: item[1]):
        if not year and found and bearers > _MOST_POSTINGS:
            break
        bits = -log2(rarity.chance([skeleton]))
        for years in [EVERY_YEAR] if bearers <= _RARE else spans:
            postings = index.named(key(skeleton), years)
            found.update(postings)
            for alert, _ in postings:
                told[alert] = told.get(alert, 0.0) + bits
    for skeleton in {each for word in words if word.is_cut for each in word.skeletons}:
        if len(skeleton) >= _LEAST_BEGINNING:
            found.update(index.begins(*keys_from(skeleton), spans[0]))
    return found, told


def _like(names: Sequence[Spelling], bits: int) -> float:
    """How much of the smaller sketch is in the larger one; less for very small ones."""
    size = bits.bit_count()
    return max(
        (name.sketch & bits).bit_count() / (min(name.sketch.bit_count(), size) + 2)
        for name in names
    )
