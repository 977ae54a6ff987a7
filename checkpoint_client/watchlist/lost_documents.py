"""Documents reported stolen or lost, by the hundred million: what is published, and how it is read.

A number is known here by its *key* alone: 64 bits of a hash over the issuing State and the number
with look-alikes made one. What travels is a *snapshot* (filters over all keys of some day, the
base, and the exact keys that changed since) or a *delta* (exact keys from one version to another).
All integers are little-endian, keys in rising order.

    snapshot   "CPLOST1\\n"  numbers u64, total u64, added u32, removed u32, filters u32
               added u64 each, removed u64 each
               for each filter: seed u64, segment u32, segments u32, then its cells u16 each
    delta      "CPLOSD1\\n"  numbers u64, total u64, added u32, removed u32
               added u64 each, removed u64 each

`numbers` are those listed once this is taken, `total` is the sum of their keys modulo 2^64. Filter
f of n holds the keys with key * n >> 64 = f.

Whoever has the plain file can try all numbers that a State may have printed: a thousand million
are tried in an hour, and those listed stand out among 15,000 others. A key to the hash would not
help, since it would lie beside the filter. The list is secret because it is encrypted, on the way
and at rest.
"""

import struct
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Final

from checkpoint_client.watchlist.alerts import (
    Alert,
    AlertAction,
    AlertCategory,
    Level,
    Match,
    MatchKind,
    Reason,
    UnreadableList,
)
from checkpoint_client.watchlist.fuse import CELL_BYTES, MOST_SEGMENT, Plan

DOCUMENTS: Final = "documents"
"""The list's id, and its channel's."""

MAY_BE_LISTED: Final = "document-may-be-listed"
"""The reason's code; its values are `state` and `number`."""

KEY_BYTES: Final = 8
MOST_CHANGES: Final = 4_000_000

_SNAPSHOT: Final = b"CPLOST1\n"
_DELTA: Final = b"CPLOSD1\n"
_COUNTS: Final = struct.Struct("<QQII")
_FILTERS: Final = struct.Struct("<I")
_PLAN: Final = struct.Struct("<QII")
_MOST_FILTERS: Final = 10_000
_MOST_CELLS: Final = 1 << 24  # of one filter
_SHORTEST, _LONGEST = 4, 30

# Not `fold.fold_number`: filters cannot be folded again, so this stays as it is in format 1.
_LOOK_ALIKES: Final = str.maketrans(
    {
        **dict(zip("АВЕКМНОРСТУХІЈЅ", "ABEKMH0PCTYX1JS", strict=True)),
        **{"O": "0", "I": "1"},
    }
)
_GERMANY: Final = {"DEU": "D"}  # as its documents say it (9303-3 §5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A document that may be reported stolen or lost, by the list of this version."""

    state: str
    number: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Keys newly listed and no longer listed, and what the list comes to with them."""

    numbers: int
    total: int
    added: "array[int]"
    removed: "array[int]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A whole list. Each filter's cells come in pieces and are used up before the next filter."""

    changes: Changes
    filters: Iterator[tuple[Plan, Iterator[bytes]]]


class NoDocument(ValueError):
    """State and number cannot be those of a document; the text says why."""


def key_of(state: str, number: str) -> int:
    """The key, 64 bits. Raises `NoDocument`."""
    issuer = _issuer(state)
    folded = folded_number(number)
    if not _SHORTEST <= len(folded) <= _LONGEST:
        raise NoDocument(f"the number has not {_SHORTEST} to {_LONGEST} letters and digits")
    hashed = blake2b(f"{issuer}|{folded}".encode(), digest_size=KEY_BYTES)
    return int.from_bytes(hashed.digest(), "little")


def folded_number(number: str) -> str:
    """Letters and digits alone, Cyrillic ones as the Latin that look so, O as 0 and I as 1."""
    text = number if number.isascii() else unicodedata.normalize("NFKC", number)
    text = text.upper().translate(_LOOK_ALIKES)
    return text if text.isalnum() else "".join(sign for sign in text if sign.isalnum())


@lru_cache
def _issuer(state: str) -> str:
    """The State's code. Raises `NoDocument`."""
    code = state.strip(" <").upper()
    if not (code.isascii() and code.isalpha() and len(code) <= 3):
        raise NoDocument("the State is no code of ICAO 9303-3")
    return _GERMANY.get(code, code)


def filter_of(key: int, filters: int) -> int:
    """Which of so many filters holds a key, from 0."""
    return key * filters >> 64


def total_of(keys: Iterable[int], start: int = 0) -> int:
    return sum(keys, start) % (1 << 64)


def alert_of(state: str, number: str) -> Alert:
    """The finding as an alert: who has to be asked before anything is done about it."""
    return Alert(
        id=f"{state}-{number}",
        list_id=DOCUMENTS,
        category=AlertCategory.DOCUMENT_INVALID,
        action=AlertAction.CONTACT_OWNER_FIRST,
        documents=((state, number),),
    )


def match_of(listing: Listing) -> Match:
    """The finding as a match. Never strong: by chance alone, one number in 65,536 looks listed."""
    return Match(
        alert=alert_of(listing.state, listing.number),
        kind=MatchKind.DOC_FILTER,
        level=Level.CHECK,
        score=0.0,
        reasons=(Reason(MAY_BE_LISTED, {"state": listing.state, "number": listing.number}),),
    )


def keys_from(packed: bytes) -> "array[int]":
    """Keys as they stand in a file."""
    keys = array("Q", packed)
    if sys.byteorder == "big":
        keys.byteswap()
    return keys


def as_bytes(numbers: "array[int]") -> bytes:
    """Keys or cells as they stand in a file."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def write_snapshot(changes: Changes, filters: int, packed: Iterable[bytes]) -> Iterator[bytes]:
    """`packed` are the pieces that `pack` gave for each of the filters, one after another."""
    yield _SNAPSHOT + _counts(changes) + _FILTERS.pack(filters)
    yield from _keys_written(changes)
    yield from packed


def pack(plan: Plan, cells: "array[int]") -> bytes:
    """A filter as it stands in a snapshot."""
    return plan_bytes(plan) + as_bytes(cells)


def plan_bytes(plan: Plan) -> bytes:
    return _PLAN.pack(plan.seed, plan.segment, plan.segments)


def read_plans(packed: bytes) -> tuple[Plan, ...]:
    """Reads back what `plan_bytes` gave, several in a row. Raises `UnreadableList`."""
    plans = [Plan(seed=a, segment=b, segments=c) for a, b, c in _PLAN.iter_unpack(packed)]
    for plan in plans:
        is_power = plan.segment.bit_count() == 1 and plan.segment <= MOST_SEGMENT
        if not (is_power and plan.segments and plan.seed & 1 and plan.cells <= _MOST_CELLS):
            raise UnreadableList("a filter has a shape that is none of ours")
    return tuple(plans)


def write_delta(changes: Changes) -> Iterator[bytes]:
    yield _DELTA + _counts(changes)
    yield from _keys_written(changes)


def read_snapshot(pieces: Iterable[bytes]) -> Snapshot:
    """Reads as far as the filters, which follow on demand. Raises `UnreadableList`, then too."""
    source = _Source(pieces)
    counts = source.begin(_SNAPSHOT, _COUNTS.size + _FILTERS.size)
    [filters] = _FILTERS.unpack(counts[_COUNTS.size :])
    if not 0 < filters <= _MOST_FILTERS:
        raise UnreadableList(f"it has {filters} filters")
    return Snapshot(
        changes=_changes_read(source, counts[: _COUNTS.size]),
        filters=_read_filters(source, filters),
    )


def read_delta(pieces: Iterable[bytes]) -> Changes:
    """Raises `UnreadableList`."""
    source = _Source(pieces)
    changes = _changes_read(source, source.begin(_DELTA, _COUNTS.size))
    source.must_end()
    return changes


class _Source:
    """Bytes that come in pieces of any size, taken in sizes that we wish."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = b""

    def begin(self, magic: bytes, size: int) -> bytes:
        if self.take(len(magic)) != magic:
            raise UnreadableList("it is no list of lost documents, or one of a newer format")
        return self.take(size)

    def take(self, size: int) -> bytes:
        return b"".join(self.each(size))

    def each(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes, in pieces as they come."""
        while size:
            piece = self._rest or next(self._pieces, None)
            if piece is None:
                raise UnreadableList("it ends too early")
            self._rest = piece[size:]
            size -= len(piece) - len(self._rest)
            yield piece[: len(piece) - len(self._rest)]

    def must_end(self) -> None:
        if any(chain((self._rest,), self._pieces)):
            raise UnreadableList("something follows behind its end")


def _changes_read(source: _Source, packed: bytes) -> Changes:
    numbers, total, added, removed = _COUNTS.unpack(packed)
    if max(added, removed) > MOST_CHANGES:
        raise UnreadableList(f"more than {MOST_CHANGES} numbers changed")
    return Changes(
        numbers=numbers,
        total=total,
        added=keys_from(source.take(added * KEY_BYTES)),
        removed=keys_from(source.take(removed * KEY_BYTES)),
    )


def _read_filters(source: _Source, filters: int) -> Iterator[tuple[Plan, Iterator[bytes]]]:
    for _ in range(filters):
        [plan] = read_plans(source.take(_PLAN.size))
        yield plan, source.each(plan.cells * CELL_BYTES)
    source.must_end()


def _counts(changes: Changes) -> bytes:
    added, removed = len(changes.added), len(changes.removed)
    return _COUNTS.pack(changes.numbers, changes.total, added, removed)


def _keys_written(changes: Changes) -> Iterator[bytes]:
    for keys in (changes.added, changes.removed):
        yield as_bytes(keys)
