"""Lost and stolen documents by the million: what they take, and how long a look-up lasts.

Centre and workstation are measured in a process each, so that the memory of one is not that of the
other. The numbers are made: nine digits of fifty States, none twice.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import TypeVar

import msgspec

from checkpoint_client.documents.states import states
from checkpoint_client.store.lost_documents import LostDocuments
from checkpoint_client.store.reference import Reference
from sync.server.lost_documents import Register
from tests.bench import DOCUMENTS_ALARM, DOCUMENTS_SIZE, DOCUMENTS_TIME, Row

ON_REQUEST = "BENCH_DOCUMENTS"
"""The environment variable that asks for another count of documents: 100000000 takes 20 minutes."""
USUALLY = 10_000_000

CHANGED = 5_000
ASKED = 20_000
ASKED_COLD = 300
ABSENT = 3_000_000
KEY = bytes(48)

MOST_BYTES = 2.3
LONGEST_MS = 1.0
ONE_ALARM_IN = 50_000

M = TypeVar("M", bound="Made | Kept")

_ISSUERS = sorted(code for code in states() if len(code) == 3)[:50]
_STRIDE, _NUMBERS = 700_000_001, 10**9  # without a common divisor: every number comes once


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What the centre took to make a list, and the changes to the next. Seconds, MiB, bytes."""

    seconds: float
    mib: float
    change_seconds: float
    change_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One look-up: ms on the clock, ms on the processor (which others' work leaves alone)."""

    took: float
    worked: float
    is_listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the workstation has of it: bytes on its disk, seconds and MiB, and look-ups."""

    size: int
    seconds: float
    change_seconds: float
    mib: float
    warm: list[Asked]
    cold: list[Asked]
    alarms: int


def rows() -> list[Row]:
    count = int(os.environ.get(ON_REQUEST, USUALLY))
    with TemporaryDirectory() as folder:
        made = _measured("centre", Path(folder), count, Made)
        kept = _measured("workstation", Path(folder), count, Kept)
    size, alarms = kept.size / count, f"{kept.alarms} of {ABSENT:,}"
    missed = sum(not asked.is_listed for asked in (*kept.warm, *kept.cold))
    return [
        Row(
            what=DOCUMENTS_SIZE.what,
            goal=DOCUMENTS_SIZE.goal,
            measured=f"{size:.3f} ({count:,} documents, {kept.size / 1e6:.1f} MB)",
            n=count,
            met=size <= MOST_BYTES,
        ),
        *(
            _time_row(how, asked)
            for how, asked in (("warm", kept.warm), ("cold", kept.cold))
            if asked
        ),
        Row(
            what=DOCUMENTS_ALARM.what,
            goal=DOCUMENTS_ALARM.goal,
            measured=f"{alarms}, 1 in {ABSENT // max(kept.alarms, 1):,}",
            n=ABSENT,
            met=kept.alarms * ONE_ALARM_IN <= ABSENT,
        ),
        Row(
            what="lost documents: listed ones that a look-up missed",
            goal="0",
            measured=str(missed),
            n=len(kept.warm) + len(kept.cold),
            met=missed == 0,
        ),
        _further("made at the centre", f"{made.seconds:.0f} s, {made.mib:.0f} MiB", count),
        _further(
            "taken at the workstation",
            f"{kept.seconds:.1f} s; with all look-ups {kept.mib:.0f} MiB more",
            count,
        ),
        _further(
            f"{CHANGED:,} added, {CHANGED:,} removed",
            f"{made.change_bytes / 1e3:.0f} kB, made in {made.change_seconds:.0f} s,"
            f" taken in {kept.change_seconds:.2f} s",
            2 * CHANGED,
        ),
    ]


def _time_row(how: str, asked: list[Asked]) -> Row:
    took = sorted(each.took for each in asked)
    worked = sorted(each.worked for each in asked)
    p99 = len(asked) * 99 // 100
    return Row(
        what=DOCUMENTS_TIME.what,
        goal=DOCUMENTS_TIME.goal,
        measured=f"{how}: p50 {median(took):.3f} ms, p99 {took[p99]:.3f} ms"
        f" (of the processor {worked[p99]:.3f} ms)",
        n=len(asked),
        met=took[p99] <= LONGEST_MS,
    )


def _further(what: str, measured: str, n: int) -> Row:
    return Row(what=f"lost documents: {what}", goal="–", measured=measured, n=n, met=None)


def _measured(who: str, folder: Path, count: int, kind: type[M]) -> M:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_documents", who, str(folder), str(count)],
        check=True,
        stdout=subprocess.PIPE,
    )
    return msgspec.json.decode(done.stdout, type=kind)


def _centre(folder: Path, count: int) -> Made:
    register = Register(folder / "centre")
    began = perf_counter()
    register.take(_lines(0, count), version=1)
    _lay(folder / "snapshot", register.snapshot(1))
    taken, mib = perf_counter() - began, _peak_mib()
    began = perf_counter()
    register.take(_lines(CHANGED, count + CHANGED), version=2)
    [(_, delta)] = register.deltas(2, most=1)
    size = _lay(folder / "delta", delta)
    return Made(seconds=taken, mib=mib, change_seconds=perf_counter() - began, change_bytes=size)


def _workstation(folder: Path, count: int) -> Kept:
    before = _peak_mib()
    now, random = datetime.now(UTC), Random(20261124)
    with closing(Reference.open(folder / "reference.db", bytearray(KEY))) as reference:
        documents = reference.lost_documents
        began = perf_counter()
        documents.take_base(1, now, _portions(folder / "snapshot"))
        taken = perf_counter() - began
        size = sum(path.stat().st_size for path in folder.glob("*.cells"))
        listed = [random.randrange(CHANGED, count) for _ in range(ASKED)]
        warm = [_look_up(documents, number) for number in chain(listed[:500], listed)][500:]
        cold = list(_cold(folder, documents, random, count))
        began = perf_counter()
        documents.take_delta(2, now, _portions(folder / "delta"), since=1)
        changed = perf_counter() - began
        first = count + CHANGED
        absent = range(first, first + ABSENT)
        alarms = sum(documents.look_up(*_document(number)) is not None for number in absent)
    return Kept(
        size=size,
        seconds=taken,
        change_seconds=changed,
        mib=_peak_mib() - before,
        warm=warm,
        cold=cold,
        alarms=alarms,
    )


def _look_up(documents: LostDocuments, number: int) -> Asked:
    document = _document(number)
    began, work = perf_counter(), thread_time()
    listing = documents.look_up(*document)
    worked, took = thread_time() - work, perf_counter() - began
    return Asked(took=took * 1_000, worked=worked * 1_000, is_listed=listing is not None)


def _cold(folder: Path, documents: LostDocuments, random: Random, count: int) -> Iterator[Asked]:
    """Each with nothing of the file in the system's memory; none where it cannot be asked to."""
    if not hasattr(os, "posix_fadvise"):
        return
    [cells] = folder.glob("*.cells")
    with cells.open("rb") as file:
        for _ in range(ASKED_COLD):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            yield _look_up(documents, random.randrange(CHANGED, count))


def _document(number: int) -> tuple[str, str]:
    return _ISSUERS[number % len(_ISSUERS)], f"{number * _STRIDE % _NUMBERS:09}"


def _lines(first: int, end: int) -> Iterator[bytes]:
    for number in range(first, end):
        yield b"%b;%b\n" % tuple(part.encode() for part in _document(number))


def _lay(path: Path, portions: Iterator[bytes]) -> int:
    with path.open("wb") as file:
        for portion in portions:
            file.write(portion)
    return path.stat().st_size


def _portions(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while portion := file.read(1 << 16):
            yield portion


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _MEASURE: dict[str, Callable[[Path, int], Made | Kept]] = {
        "centre": _centre,
        "workstation": _workstation,
    }
    who, folder, count = islice(sys.argv, 1, None)
    print(msgspec.json.encode(_MEASURE[who](Path(folder), int(count))).decode())
