"""Finds the alerts worth reading for a traveller: few enough to read, and the right one among them.

Three ways lead to an alert: a number they share; the same or a commonly mistaken day of birth; a
word of the name that sounds the same. Traces tell much about an alert before it is read: which of
the traveller's words were heard in it, what its sketch has in common with the others, when its
person was born. So only alerts are read that can still come to the bits that are needed, and only
words and births are looked up that can lead to such an alert.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log2

from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist.alerts import Traveller
from checkpoint_client.watchlist.fold import Role, Word, fold, fold_number
from checkpoint_client.watchlist.index import (
    ANY_BIRTH,
    SKETCH_BITS,
    Index,
    NumberKind,
    Posting,
    birth_date,
    born,
    folded,
    key,
    keys_from,
    sketch,
    telling,
)
from checkpoint_client.watchlist.names import Rarity, Spoken, most_bits, spoken, together
from checkpoint_client.watchlist.weigh import (
    BIRTH_DIFFERS,
    ONE_DIGIT,
    SAME_NATIONALITY,
    birth_bits,
    swapped,
)

_MOST_READ = 60
_UNREAD = 4.0
"""Bits that reading a name may add to what its traces tell."""

_UNHEARD, _UNLIKE = 9.0, -1.0
"""Bits of a word that does not sound the same, at most and at least."""

_RARE = 300
"""Alerts with a word up to which they are looked at whatever their year of birth."""

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
    traveller: Traveller, names: Sequence[Spelling], rarity: Rarity, index: Index, needed: float
) -> dict[int, float]:
    """Numbers of the alerts that may come to `needed` bits, and to how many their names may."""
    if not names:
        return {}
    traced = _Traced(traveller.birth_date, names, rarity)
    traced.add(index.born_on(_days(traveller.birth_date)))
    for births, bits in _periods(traveller.birth_date):
        most = _RARE if births == [ANY_BIRTH] and bits < 0 else rarity.people
        if keys := traced.worth_asking(needed - SAME_NATIONALITY - bits, most):
            traced.add(index.named(keys, births), None if bits > 0 else bits)
    for skeleton in {each for name in names for each in _beginnings(name)}:
        around = _years_around(traveller.birth_date)
        traced.add(index.begins(*keys_from(skeleton), around))
    return traced.likeliest(needed - SAME_NATIONALITY)


class _Heard:
    """A word of the traveller: where alerts with it are found, and what hearing it tells."""

    def __init__(self, word: Spoken, bit: int, rarity: Rarity) -> None:
        self.bit = bit
        self.keys = {key(skeleton) for skeleton in word.skeletons}
        self.most = most_bits([word], rarity)
        self.bearers = sum(rarity.bearers.get(skeleton, 0) for skeleton in word.skeletons)
        self._sketches = [sketch([skeleton]) for skeleton in word.skeletons]
        self.mask = bit | sketch(word.skeletons)
        self._bits = -log2(rarity.chance(word.skeletons))
        self.bits = cache(self._weigh)

    def _weigh(self, seen: int) -> float:
        """Its bits for an alert of which this was `seen`: heard, or as far as sketches agree."""
        if seen & self.bit:
            return self._bits
        missing, size = min(
            ((each & ~seen).bit_count(), each.bit_count()) for each in self._sketches
        )
        share = 1 - max(missing, 1) / size
        return max(min(self._bits, _UNHEARD) * (2 * share - 1), _UNLIKE)


class _Traced:
    """The alerts that traces led to, and what they tell.

    Of each alert the bits of its sketch that the traveller's names have too, and above them a bit
    for each of his words that was heard in it.
    """

    def __init__(self, birth: PartialDate, names: Sequence[Spelling], rarity: Rarity) -> None:
        words = dict.fromkeys(word for name in names for word in name.spoken)
        heard = {
            word: _Heard(word, 1 << bit, rarity) for bit, word in enumerate(words, SKETCH_BITS)
        }
        self._names = [[heard[word] for word in name.spoken] for name in names]
        self._sketch = sketch(skeleton for word in words for skeleton in word.skeletons)
        self._heard_by = {0: 0}
        self._joined = set()
        for word in heard.values():
            self._hear(word.keys, word.bit)
        for name in names:
            for one, other in pairwise(name.spoken):
                keys = {key(skeleton) for skeleton in together(one, other).skeletons}
                self._joined |= keys
                self._hear(keys, heard[one].bit | heard[other].bit)
        self._birth = cache(lambda theirs: birth_bits(birth, birth_date(theirs)))
        self._seen: dict[int, int] = {}
        self._births: dict[int, float] = {}

    def worth_asking(self, needed: float, bearers: int) -> set[int]:
        """Keys with which an alert could still come to so many bits by its names.

        The rarest words first: an alert that was not found by them has at most what words weigh
        that do not sound the same. Words that more alerts have than `bearers` are left out.
        """
        keys = set()
        for name in self._names:
            most = sum(word.most for word in name)
            if most >= needed:
                keys |= self._joined
            for word in sorted(name, key=lambda word: word.most, reverse=True):
                if most < needed:
                    break
                if word.bearers <= bearers:
                    keys |= word.keys
                most -= max(word.most - _UNHEARD, 0)
        return keys

    def add(self, postings: Iterable[Posting], bits: float | None = None) -> None:
        """Alerts found; `bits` is what their births weigh, None where that is to be seen."""
        seen, births, heard_by = self._seen, self._births, self._heard_by
        for word, theirs, alert, their_sketch in postings:
            seen[alert] = seen.get(alert, 0) | their_sketch & self._sketch | heard_by.get(word, 0)
            if alert not in births:
                births[alert] = self._birth(theirs) if bits is None else bits

    def likeliest(self, least: float) -> dict[int, float]:
        """The alerts that may come to so many bits, and the bits of their names at most."""
        name = cache(self._name)
        found = [
            (bits, alert)
            for alert, seen in self._seen.items()
            if (bits := self._births[alert] + name(seen)) >= least
        ]
        found.sort(reverse=True)
        return {alert: bits - self._births[alert] for bits, alert in found[:_MOST_READ]}

    def _hear(self, keys: Iterable[int], bits: int) -> None:
        for each in keys:
            self._heard_by[each] = self._heard_by.get(each, 0) | bits

    def _name(self, seen: int) -> float:
        heard = max(sum(word.bits(seen & word.mask) for word in name) for name in self._names)
        return heard + _UNREAD


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


def _beginnings(name: Spelling) -> Iterator[str]:
    for word in name.spoken:
        if word.is_cut:
            yield from (each for each in word.skeletons if len(each) >= _LEAST_BEGINNING)


def _days(birth: PartialDate) -> set[int]:
    """The birth date and those it is mistaken for: day and month changed, a year off."""
    if not birth.is_complete:
        return set()
    exact = born(birth)
    first_january = exact // 10_000 * 10_000 + 101
    return {exact, exact - 10_000, exact + 10_000, first_january, born(swapped(birth))}


def _periods(birth: PartialDate) -> list[tuple[list[range], float]]:
    """Births that an alert may have, the closest first, with the most bits that they weigh."""
    if birth.year is None:
        return [([ANY_BIRTH], 0.0)]
    unknown, year = range(1), _year(birth.year)
    beside = [_year(birth.year - 1), _year(birth.year + 1)]
    if birth.month is None:
        return [
            ([year, *beside], birth_bits(birth, birth)),
            ([unknown], 0.0),
            ([ANY_BIRTH], BIRTH_DIFFERS),
        ]
    month = year.start + birth.month * 100
    near = [
        range(month, month + 100),
        *(range(day, day + 1) for day in _days(birth) if not month <= day < month + 100),
        *(each[:1] for each in (year, *beside)),
    ]
    other_month = PartialDate(birth.year, birth.month % 12 + 1, 27 if birth.day == 28 else 28)
    return [
        (near, birth_bits(birth, birth)),
        (_one_digit_away(birth), ONE_DIGIT),
        ([unknown], 0.0),
        ([year], birth_bits(birth, other_month)),
        (beside, BIRTH_DIFFERS),
        ([ANY_BIRTH], BIRTH_DIFFERS),
    ]


def _one_digit_away(birth: PartialDate) -> list[range]:
    """Complete births of the same century that differ in one digit."""
    written = born(birth)
    places = [10**place for place in range(6)] if birth.is_complete else []
    changed = [
        written - written // place % 10 * place + digit * place
        for place in places
        for digit in range(10)
    ]
    return [range(n, n + 1) for n in changed if n != written and 0 < n // 100 % 100 < 13]


def _years_around(birth: PartialDate) -> range:
    if birth.year is None:
        return ANY_BIRTH
    return range(_year(birth.year - 1).start, _year(birth.year + 1).stop)


def _year(year: int) -> range:
    return range(year * 10_000, (year + 1) * 10_000)
