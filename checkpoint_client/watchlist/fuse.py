"""A filter over numbers of 64 bits: answers "surely not listed" or "probably listed".

A binary fuse filter of three places with cells of 16 bits (Graf and Lemire, "Binary Fuse Filters",
2022): 2.26 bytes a number, one number in 65,536 that is not listed takes a listed one's looks, and
no listed one is ever missed. An answer needs three cells, so the filter can stay on the disk.
"""

from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import ceil, floor, log
from typing import Final

CELL_BYTES: Final = 2
MOST_SEGMENT: Final = 1 << 18

_WORD: Final = (1 << 64) - 1
_MOST_TRIES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one filter is laid out: `segment` cells (a power of two) to a segment.

    `segments` are those where a number's first place can lie; two more follow. `seed` is odd, of
    64 bits: with another one, other unlisted numbers look listed.
    """

    seed: int
    segment: int
    segments: int

    @property
    def cells(self) -> int:
        return (self.segments + 2) * self.segment

    def places(self, key: int) -> tuple[int, int, int]:
        """Where the three cells of a number lie."""
        mixed = key * self.seed & _WORD
        first = mixed * self.segments * self.segment >> 64
        second = first + self.segment ^ mixed >> 18 & self.segment - 1
        third = first + 2 * self.segment ^ mixed & self.segment - 1
        return first, second, third

    def mark(self, key: int) -> int:
        """What a listed number's three cells give when they are combined by exclusive or."""
        mixed = key * self.seed & _WORD
        return (mixed ^ mixed >> 32) & 0xFFFF


class CannotFill(ValueError):
    """These numbers make no filter: one of them stands there twice."""


def fill(keys: Collection[int], seeds: Iterator[int]) -> tuple[Plan, "array[int]"]:
    """A filter over these numbers, each given once. Raises `CannotFill`.

    The numbers are hashes, spread evenly, and the seeds are drawn at random: one in some hundred
    does not work out, then the next one is taken.
    """
    for _ in range(_MOST_TRIES):
        plan = _plan(len(keys), next(seeds) & _WORD | 1)
        if (order := _peel(plan, keys)) is not None:
            return plan, _cells(plan, *order)
    raise CannotFill


def _plan(count: int, seed: int) -> Plan:
    """The sizes of the paper's table for three places."""
    count = max(count, 2)
    segment = min(1 << floor(log(count) / log(3.33) + 2.25), MOST_SEGMENT)
    spare = max(1.125, 0.875 + 0.25 * log(1_000_000) / log(count))
    segments = max(1, ceil(round(count * spare) / segment) - 2)
    return Plan(seed=seed, segment=segment, segments=segments)


def _peel(plan: Plan, keys: Collection[int]) -> "tuple[array[int], array[int]] | None":
    """Mixed numbers in the order in which each is alone in a cell once those before are gone.

    None if some share all their cells. Written out in one place: it runs for every number of the
    world's lost documents.
    """
    seed, segment = plan.seed, plan.segment
    span, mask = plan.segments * segment, plan.segment - 1
    waiting = bytearray(plan.cells)
    mixes = array("Q", bytes(8 * plan.cells))
    try:
        for key in keys:
            mixed = key * seed & _WORD
            first = mixed * span >> 64
            second = first + segment ^ mixed >> 18 & mask
            third = first + 2 * segment ^ mixed & mask
            waiting[first] += 1
            waiting[second] += 1
            waiting[third] += 1
            mixes[first] ^= mixed
            mixes[second] ^= mixed
            mixes[third] ^= mixed
    except ValueError:  # more than 255 in one cell
        return None
    order, alone_in = array("Q"), array("I")
    alone = [place for place, count in enumerate(waiting) if count == 1]
    while alone:
        place = alone.pop()
        if waiting[place] != 1:
            continue
        mixed = mixes[place]
        order.append(mixed)
        alone_in.append(place)
        first = mixed * span >> 64
        for other in (
            first,
            first + segment ^ mixed >> 18 & mask,
            first + 2 * segment ^ mixed & mask,
        ):
            mixes[other] ^= mixed
            waiting[other] -= 1
            if waiting[other] == 1:
                alone.append(other)
    return (order, alone_in) if len(order) == len(keys) else None


def _cells(plan: Plan, order: "array[int]", alone_in: "array[int]") -> "array[int]":
    """Backwards, each number sets the one cell that is its own; the others are set by then."""
    segment = plan.segment
    span, mask = plan.segments * segment, plan.segment - 1
    cells = array("H", bytes(CELL_BYTES * plan.cells))
    for mixed, place in zip(reversed(order), reversed(alone_in), strict=True):
        first = mixed * span >> 64
        cells[place] = (
            (mixed ^ mixed >> 32) & 0xFFFF
            ^ cells[first]
            ^ cells[first + segment ^ mixed >> 18 & mask]
            ^ cells[first + 2 * segment ^ mixed & mask]
        )
    return cells
