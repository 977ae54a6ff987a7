"""Lays two names side by side and says word by word how well they agree.

Agreement is counted in bits: how much likelier it is between two spellings of one person's name
than between the names of two strangers. A rare word tells more than a common one, so the number
of alerts that bear a reading, or sound like it, goes in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from math import log2

from rapidfuzz.distance import OSA

from checkpoint_client.watchlist.fold import flat, shape, skeleton, sound, stem
from checkpoint_client.watchlist.index import FATHER, letters, plain

# Chances of what happens to a word between two records of one person. Our judgement from published
# lists and the usual slips of registers; the bench on the development set shows what they do.
_STAYS, _HEARD, _RESPELT, _CUT, _JOINED = 0.6, 0.15, 0.12, 0.5, 0.1
_SLIPS = (0.2, 0.1, 0.04, 0.01)
"""Chances of no, one, two and three wrong letters; a fourth makes it another word."""

_NEAR, _RARER_A_LETTER, _NEAREST = (0.001, 0.0005, 0.004, 0.032), (0.3, 0.2, 0.9, 1.2), 0.0002
"""How often words of five letters come so near to a stranger's, and by what it halves a letter."""

_LETTERS_A_SLIP = 3
"""A word must have so many letters for each wrong one, or everything would resemble it."""

# Bits of what speaks against, or says little.
_DIFFERS, _FATHER_DIFFERS, _GAP, _REORDERED, _INITIAL = -5.0, -3.0, -0.7, -1.0, 2.0
_OF_ANOTHER = -3.0
"""A name left over where the other side's name was found to be the father's."""


_LEAST_LIKE_FOR_SOUND, _LEAST_LIKE_FOR_JOINT = 0.6, 0.75
_BITS_A_LETTER, _MOST_BITS_OF_A_BEGINNING = 2.5, 12.0
_LONGER, _LEAST_BEGINNING, _MOST_BITS_OF_A_PART = 0.03, 4, 6.0
"""A name with another grown onto it: its chance, its letters, what it may weigh at most."""
_LONGEST_JOINT = 3
"""Letters that may be lost or won where two words become one."""

_ARTICLE = re.compile(r"^[ae]l(?=[^aeiou].{3})")


class Fit(StrEnum):
    """How two words agree. The values are the reasons' codes."""

    SAME = "name-same"
    SPELLING = "name-spelling"
    SIMILAR = "name-similar"
    BEGINS = "name-begins"
    JOINED = "name-joined"
    DIFFERS = "name-differs"
    ONLY_HERE = "name-only-here"
    ONLY_THERE = "name-only-there"


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A word of a name in all the forms in which it is compared; the same word is one object."""

    readings: tuple[str, ...]
    stems: tuple[str, ...]
    flats: tuple[str, ...]
    sounds: tuple[str, ...]
    skeletons: tuple[str, ...]
    sounded: tuple[str, ...]
    letters: str
    shape: str
    is_father: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Words that were laid side by side, by their places; one side may have none, or two."""

    fit: Fit
    here: tuple[int, ...]
    there: tuple[int, ...]
    bits: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """What came of laying two names side by side."""

    bits: float
    pairs: tuple[Pair, ...]
    is_reordered: bool


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many of `people` alerts bear a reading or have a word with a skeleton."""

    people: int
    bearers: Mapping[str, int]

    def chance(self, forms: Iterable[str]) -> float:
        """The chance that a stranger bears one of these forms."""
        bearers = sum(self.bearers.get(form, 0) for form in forms)
        return (bearers + 1) / (self.people + 1_000)


@lru_cache(maxsize=1 << 14)  # single words, the common ones: they tell nobody's name
def spoken(word: tuple[str, ...], *, is_cut: bool = False) -> Spoken:
    readings = plain(word)
    # An Arabic article may have grown onto its noun, and on the other side not.
    without = [_ARTICLE.sub("", reading) for reading in readings]
    stems = tuple(dict.fromkeys([stem(reading) for reading in (*readings, *without)]))
    written = letters(word)
    return Spoken(
        readings=readings,
        stems=stems,
        flats=tuple(dict.fromkeys([flat(each) for each in stems])),
        sounds=tuple(dict.fromkeys([sound(each) for each in stems])),
        skeletons=tuple(dict.fromkeys([skeleton(each) for each in stems])),
        sounded=tuple(dict.fromkeys([*readings, *map(flat, readings), written])),
        letters=written,
        shape=shape(written),
        is_father=word[0].startswith(FATHER),
        is_cut=is_cut,
    )


def together(first: Spoken, second: Spoken) -> Spoken:
    """Two words written as one."""
    return spoken((first.readings[0] + second.readings[0],))


def liken(here: Sequence[Spoken], there: Sequence[Spoken], rarity: Rarity) -> Likeness:
    """Compare the traveller's name with one of an alert's; `rarity` knows the traveller's words."""
    found = [
        Pair(fit[0], (i,), (j,), fit[1])
        for i, one in enumerate(here)
        for j, other in enumerate(there)
        if (fit := _fit(one, other, rarity))
    ]
    pairs = _best(found)
    left_here, left_there = _left(pairs, here, there)
    if len(here) != len(there) or len(left_here) > 1:
        pairs = _best((*found, *_joined(here, there, rarity)))
        left_here, left_there = _left(pairs, here, there)
    if left_here and left_there:
        pairs += _best(
            Pair(fit, (i,), (j,), bits)
            for i in left_here
            for j in left_there
            for fit, bits in _grown(here[i], there[j], is_last=i == len(here) - 1)
        )
        left_here, left_there = _left(pairs, here, there)
    is_reordered = _is_reordered(pairs)
    pairs += _leftover(here, there, left_here, left_there, _crossed(pairs, here, there))
    bits = sum(pair.bits for pair in pairs) + (_REORDERED if is_reordered else 0)
    return Likeness(bits, tuple(pairs), is_reordered)


def most_bits(here: Iterable[Spoken], rarity: Rarity) -> float:
    """What a name can weigh at best: every word the same."""
    return sum(log2(_STAYS / min(rarity.chance([each]) for each in word.readings)) for word in here)


def _best(found: Iterable[Pair]) -> list[Pair]:
    """The weightiest pairs of which no two share a word."""
    chosen: list[Pair] = []
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    for pair in sorted(found, key=lambda pair: pair.bits, reverse=True):
        if taken_here.isdisjoint(pair.here) and taken_there.isdisjoint(pair.there):
            taken_here.update(pair.here)
            taken_there.update(pair.there)
            chosen.append(pair)
    return chosen


def _fit(one: Spoken, other: Spoken, rarity: Rarity) -> tuple[Fit, float] | None:
    """How these two words agree, if they do."""
    same = [reading for reading in one.readings if reading in other.readings]
    if same:
        return Fit.SAME, log2(_STAYS / rarity.chance(same))
    found = [
        *_spelt(one, other, rarity),
        *_mistaken(one, other, rarity),
    ]
    if one.is_cut and (begins := _beginning(one, other)):
        bits = log2(_CUT) + _BITS_A_LETTER * begins
        found.append((Fit.BEGINS, min(bits, _MOST_BITS_OF_A_BEGINNING)))
    return max(found, key=lambda each: each[1], default=None)


def _spelt(one: Spoken, other: Spoken, rarity: Rarity) -> list[tuple[Fit, float]]:
    """Other spellings of the same sounds."""
    if heard := [each for each in one.sounds if each in other.sounds]:
        return [(Fit.SPELLING, log2(_HEARD / rarity.chance(heard)))]
    sounds = [each for each in one.skeletons if each in other.skeletons]
    if not sounds:
        return []
    likeness = max(_similarity(one.stems, other.stems), _similarity(one.flats, other.flats))
    weight = _RESPELT
    if _has_no_vowels(one) or _has_no_vowels(other):
        likeness = _similarity(_consonants(one), _consonants(other))
        weight = _STAYS if likeness == 1 else _RESPELT
    if likeness < _LEAST_LIKE_FOR_SOUND:
        return []
    return [(Fit.SPELLING, log2(weight / rarity.chance(sounds)))]


def _mistaken(one: Spoken, other: Spoken, rarity: Rarity) -> list[tuple[Fit, float]]:
    """The same word with wrong letters."""
    slips, length = _slips(one, other)
    if slips >= len(_SLIPS):
        return []
    bits = log2(_SLIPS[slips] / (rarity.chance(one.skeletons) + _chance_of(slips, length)))
    return [(Fit.SIMILAR, bits)] if bits > 0 else []


def _grown(one: Spoken, other: Spoken, *, is_last: bool) -> list[tuple[Fit, float]]:
    """An initial, or a name onto which another has grown."""
    if _is_initial(one, other) or _is_initial(other, one):
        return [(Fit.BEGINS, _INITIAL)]
    shorter = min(len(one.readings[0]), len(other.readings[0]))
    if is_last and 1 < shorter < _LEAST_BEGINNING and _beginning(one, other):
        return [(Fit.BEGINS, max(log2(_LONGER) + _BITS_A_LETTER * shorter, 0.0))]
    if shorter >= _LEAST_BEGINNING and (_beginning(one, other) or _beginning(other, one)):
        return [(Fit.BEGINS, min(log2(_LONGER) + _BITS_A_LETTER * shorter, _MOST_BITS_OF_A_PART))]
    return []


@lru_cache(maxsize=1 << 15)
def _slips(one: Spoken, other: Spoken) -> tuple[int, int]:
    """The fewest wrong letters between any two forms of the words, and the letters they have.

    More wrong letters than a word of its length can bear count as too many. Without its vowels'
    differences a word has one wrong letter more.
    """
    best = (len(_SLIPS), 0)
    forms = (
        ((one.letters,), (other.letters,), 0),
        (one.readings, other.readings, 0),
        (one.stems, other.stems, 0),
        ((one.shape,), (other.shape,), 1),
        (one.flats, other.flats, 1),
    )
    for ours, theirs, besides in forms:
        for word in ours:
            for counterpart in theirs:
                length = min(len(word), len(counterpart))
                most = min(length // _LETTERS_A_SLIP, best[0] - 1) - besides
                if abs(len(word) - len(counterpart)) > most:
                    continue
                slips = OSA.distance(word, counterpart, score_cutoff=most)
                if slips <= most:
                    best = slips + besides, length
    return best


def _chance_of(slips: int, length: int) -> float:
    """The chance that two strangers' words are so near: counted among words of the dev lists."""
    return float(_NEAR[slips] * 2 ** (-_RARER_A_LETTER[slips] * max(length - 5, 0))) + _NEAREST


def _joined(here: Sequence[Spoken], there: Sequence[Spoken], rarity: Rarity) -> Iterator[Pair]:
    """Neighbouring words of one side that the other side writes as one."""
    for i, whole in enumerate(here):
        for j, (first, second) in enumerate(pairwise(there)):
            if bits := _together(whole, first, second, rarity):
                yield Pair(Fit.JOINED, (i,), (j, j + 1), bits)
    for j, whole in enumerate(there):
        for i, (first, second) in enumerate(pairwise(here)):
            if bits := _together(whole, first, second, rarity):
                yield Pair(Fit.JOINED, (i, i + 1), (j,), bits)


def _together(whole: Spoken, first: Spoken, second: Spoken, rarity: Rarity) -> float:
    """Bits for two words that together are a third; 0 where they are not."""
    length = len(whole.readings[0]) - len(first.readings[0])
    if abs(len(second.readings[0]) - length) <= _LONGEST_JOINT:
        joined = together(first, second)
    elif abs(len(second.stems[0]) - length) <= _LONGEST_JOINT:
        joined = spoken((first.readings[0] + second.stems[0],))
    else:
        return 0.0
    if heard := [each for each in joined.sounds if each in whole.sounds]:
        return max(log2(_JOINED / rarity.chance(heard)), 0.0)
    likeness = max(_similarity(whole.stems, joined.stems), _similarity(whole.flats, joined.flats))
    if likeness < _LEAST_LIKE_FOR_JOINT:
        return 0.0
    strangers = min(rarity.chance(first.skeletons), rarity.chance(second.skeletons))
    return max(log2(_JOINED / (strangers + _chance_likeness(likeness))), 0.0)


def _crossed(pairs: list[Pair], here: Sequence[Spoken], there: Sequence[Spoken]) -> tuple[int, int]:
    """How many words are a name on the one side and the father's name on the other, and back."""
    roles = [
        (here[pair.here[0]].is_father, there[pair.there[0]].is_father)
        for pair in pairs
        if len(pair.here) == len(pair.there)
    ]
    return roles.count((True, False)), roles.count((False, True))


def _leftover(
    here: Sequence[Spoken],
    there: Sequence[Spoken],
    left_here: list[int],
    left_there: list[int],
    crossed: tuple[int, int],
) -> list[Pair]:
    """Words without a counterpart: what stands against what is a contradiction, the rest a gap.

    Where a name was found as the father's name of the other side, a name that is left over there
    belongs to somebody else: the father, or the son.
    """
    pairs = []
    for fathers in (True, False):
        ours = [i for i in left_here if here[i].is_father is fathers]
        theirs = [j for j in left_there if there[j].is_father is fathers]
        against = _FATHER_DIFFERS if fathers else _DIFFERS
        pairs += [
            Pair(Fit.DIFFERS, (i,), (j,), against) for i, j in zip(ours, theirs, strict=False)
        ]
        gap, others = (0.0, (0, 0)) if fathers else (_GAP, crossed)
        pairs += [
            Pair(Fit.ONLY_HERE, (i,), (), gap if place >= others[0] else _OF_ANOTHER)
            for place, i in enumerate(ours[len(theirs) :])
        ]
        pairs += [
            Pair(Fit.ONLY_THERE, (), (j,), gap if place >= others[1] else _OF_ANOTHER)
            for place, j in enumerate(theirs[len(ours) :])
        ]
    return pairs


def _left(
    pairs: list[Pair], here: Sequence[Spoken], there: Sequence[Spoken]
) -> tuple[list[int], list[int]]:
    taken_here = {i for pair in pairs for i in pair.here}
    taken_there = {j for pair in pairs for j in pair.there}
    return (
        [i for i in range(len(here)) if i not in taken_here],
        [j for j in range(len(there)) if j not in taken_there],
    )


def _is_reordered(pairs: list[Pair]) -> bool:
    places = [pair.there[0] for pair in sorted(pairs, key=lambda pair: pair.here)]
    return any(later < earlier for earlier, later in pairwise(places))


def _similarity(ones: Sequence[str], others: Sequence[str]) -> float:
    """1.0 for equal words; a swap of two neighbouring letters counts as one error."""
    return max(OSA.normalized_similarity(one, other) for one in ones for other in others)


def _chance_likeness(likeness: float) -> float:
    """The chance that two strangers' words are as like: 1 in 2,500 for equal, 1 in 10 at 0.6."""
    return float(0.0004 * 2 ** (20 * (1 - likeness)))


def _has_no_vowels(word: Spoken) -> bool:
    """Whether it comes from a script that leaves short vowels out."""
    return word.flats[0].count("a") * 3 < len(word.flats[0])


def _consonants(word: Spoken) -> tuple[str, ...]:
    return tuple(each.replace("a", "") for each in word.flats)


def _beginning(cut: Spoken, whole: Spoken) -> int:
    """Letters of a cut word with which the whole one begins; 0 if it begins otherwise."""
    for beginning in cut.sounded:
        for sounded in whole.sounded:
            if sounded.startswith(beginning):
                return len(beginning)
    return 0


def _is_initial(short: Spoken, long: Spoken) -> bool:
    return len(short.readings[0]) == 1 and long.readings[0].startswith(short.readings[0])
