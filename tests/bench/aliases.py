"""Which aliases of published lists no comparison of names can find: they are other names.

The criterion does not ask our own screening. Two words are alike if six in ten of their letters
agree, as written or as heard (1 - edits over the longer one's length, the best of both). An alias
is *another name* if against each other name of its person fewer than two of its words have one
alike; one is enough where either name has but one word. Names that are as one word alike by three
in four letters are one name, however they are parted.
"""

import re
from collections.abc import Sequence
from itertools import product

from anyascii import anyascii
from rapidfuzz.distance import OSA

from checkpoint_client.watchlist.fold import Word, flat, fold
from checkpoint_client.watchlist.index import telling

LEAST_ALIKE, LEAST_ALIKE_AS_ONE = 0.6, 0.75
_NEEDED = 2
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def is_another_name(alias: str, others: Sequence[str]) -> bool:
    return not any(_has_enough_alike(alias, other) for other in others)


def _has_enough_alike(alias: str, other: str) -> bool:
    ours, theirs = telling(fold(alias)), telling(fold(other))
    alike = {
        (i, j)
        for (i, one), (j, another) in product(enumerate(ours), enumerate(theirs))
        if _are_alike(one, another)
    }
    together = "".join(word.readings[0] for word in ours)
    if _likeness(together, "".join(word.readings[0] for word in theirs)) >= LEAST_ALIKE_AS_ONE:
        return True
    most = min(len({i for i, _ in alike}), len({j for _, j in alike}))
    return most >= min(_NEEDED, len(ours), len(theirs))


def _are_alike(one: Word, other: Word) -> bool:
    written = _likeness(anyascii(one.written).lower(), anyascii(other.written).lower())
    heard = _consonants if _is_without_vowels(one) or _is_without_vowels(other) else flat
    sounds = (_likeness(heard(a), heard(b)) for a, b in product(one.readings, other.readings))
    return max(written, *sounds) >= LEAST_ALIKE


def _is_without_vowels(word: Word) -> bool:
    return _ARABIC.search(word.written) is not None


def _consonants(reading: str) -> str:
    return flat(reading).replace("a", "")


def _likeness(one: str, other: str) -> float:
    return float(OSA.normalized_similarity(one, other))
