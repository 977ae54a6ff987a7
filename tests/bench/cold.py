"""The first screening after the file left the computer's memory: at sign-in, on a cold morning."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from checkpoint_client.store.reference import Reference
from checkpoint_client.watchlist import Traveller, screen
from tests.bench import Row


def rows(
    what: str, path: Path, key: bytes, travellers: Sequence[Traveller], today: date
) -> list[Row]:
    """`path` is a list's file that nobody has open."""
    times = sorted(_first_ms(path, key, each, today) for each in travellers)
    return [
        Row(
            what=f"{what}: opened and asked once, file not in memory",
            goal="",
            measured=f"p50 {times[len(times) // 2]:.0f} ms, longest {times[-1]:.0f} ms",
            n=len(times),
            met=None,
        )
    ]


def _first_ms(path: Path, key: bytes, traveller: Traveller, today: date) -> float:
    _forget(path)
    began = perf_counter()
    reference = Reference.open(path, bytearray(key))
    screen(traveller, reference, today=today)
    took = (perf_counter() - began) * 1_000
    reference.close()
    return took


def _forget(path: Path) -> None:
    """Has the system drop the file's pages, which it may only once they are on disk."""
    file = os.open(path, os.O_RDONLY)
    os.fsync(file)
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(file)
