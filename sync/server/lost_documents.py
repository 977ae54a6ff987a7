"""The centre's own list of lost documents, to the last number, and what is published of it.

Headquarters' file has one document a line, `STATE;NUMBER`: the issuing State's code (ICAO 9303-3
§5) and the number as printed, UTF-8, in any order; empty lines are passed over. Everything here is
kept by version, as sorted keys of 8 bytes: 100 million take 800 MB of disk and hardly any memory.

    V.numbers    every key listed in version V
    V.changes    what leads from version V - 1 to V, as a delta
    V.filters    u32 how many filters, then the filters over all keys of V: a base, which later
                 snapshots repeat, with what changed since
"""

import os
import shutil
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from io import FileIO
from itertools import islice
from math import ceil
from pathlib import Path
from random import SystemRandom
from typing import Final

from checkpoint_client.watchlist.fuse import fill
from checkpoint_client.watchlist.lost_documents import (
    KEY_BYTES,
    MOST_CHANGES,
    Changes,
    NoDocument,
    as_bytes,
    key_of,
    keys_from,
    pack,
    read_delta,
    total_of,
    write_delta,
    write_snapshot,
)
from sync.server import disk

NUMBERS_A_FILTER: Final = 1_500_000
SHARE_FOR_A_NEW_BASE: Final = 0.02
"""When this share of the numbers has changed since the base, snapshots get a new one."""

_PARTS: Final = 256
_AT_ONCE: Final = 4_096
_PORTION: Final = 1 << 20
_KEYS: Final = 1 << 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file held. `broken`: for each reason how many lines, and the first of them."""

    listed: int
    twice: int
    broken: dict[str, tuple[int, int]]


class Register:
    """The list in its folder. Who writes holds the shelf alone; many may read meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, lines: Iterable[bytes], *, version: int) -> Taken:
        """Make a version of headquarters' file. It is the live one when it has been published.

        Raises OSError.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._forget(path for path, of in self._files() if of >= version)
        with self._parts() as parts:
            read, broken = _spread(lines, parts)
            disk.write(self._path(version, "numbers"), _sorted(parts))
        listed = self._path(version, "numbers").stat().st_size // KEY_BYTES
        if listed:
            self._compare(version)
        return Taken(listed=listed, twice=read - listed, broken=broken)

    def snapshot(self, version: int) -> Iterator[bytes]:
        """The whole list, as it is published."""
        base = self._base_of(version) or version
        with self._path(base, "filters").open("rb") as file:
            filters = int.from_bytes(file.read(4), "little")
            packed = iter(partial(file.read, _PORTION), b"")
            yield from write_snapshot(self._changes(version, base), filters, packed)

    def deltas(self, version: int, most: int) -> Iterator[tuple[int, Iterator[bytes]]]:
        """What leads to this version from each of so many before it, as far as it is known."""
        for since in range(version - 1, version - 1 - most, -1):
            if not self._path(since + 1, "changes").exists():
                return
            changes = self._changes(version, since)
            if _is_too_much(changes):
                return
            yield since, write_delta(changes)

    def listed(self, version: int, keys: Iterable[int]) -> dict[int, bool]:
        """Whether each of these is listed, beyond doubt; empty if that version is not here."""
        with suppress(FileNotFoundError), self._open(version) as numbers:
            return {key: key in numbers for key in keys}
        return {}

    def keep_only(self, version: int, most: int) -> None:
        """Remove what neither this version nor changes from `most` versions before it need."""
        base = self._base_of(version) or version
        needed = {self._path(version, "numbers"), self._path(base, "filters")}
        for changed in range(min(base, version - most) + 1, version + 1):
            needed.add(self._path(changed, "changes"))
        self._forget(path for path, _ in self._files() if path not in needed)

    def _compare(self, version: int) -> None:
        with self._open(version) as now:
            with suppress(FileNotFoundError), self._open(version - 1) as before:
                if changes := _difference(before, now):
                    disk.write(self._path(version, "changes"), write_delta(changes))
            base = self._base_of(version)
            if base is None or self._has_moved_on(version, base):
                disk.write(self._path(version, "filters"), _filters(now))

    def _has_moved_on(self, version: int, base: int) -> bool:
        changes = self._changes(version, base)
        changed = len(changes.added) + len(changes.removed)
        return changed > changes.numbers * SHARE_FOR_A_NEW_BASE or _is_too_much(changes)

    def _base_of(self, version: int) -> int | None:
        """The newest version that has filters and from which changes lead to this one."""
        while not self._path(version, "filters").exists():
            if not self._path(version, "changes").exists():
                return None
            version -= 1
        return version

    def _changes(self, version: int, since: int) -> Changes:
        """All that changed between two versions: what came and went again did not."""
        net: dict[int, int] = {}
        changes = None
        for each in range(since + 1, version + 1):
            changes = read_delta([self._path(each, "changes").read_bytes()])
            for keys, step in ((changes.removed, -1), (changes.added, 1)):
                for key in keys:
                    net[key] = net.get(key, 0) + step
        numbers, total = (changes.numbers, changes.total) if changes else self._sums(version)
        return Changes(
            numbers=numbers,
            total=total,
            added=array("Q", sorted(key for key, step in net.items() if step > 0)),
            removed=array("Q", sorted(key for key, step in net.items() if step < 0)),
        )

    def _sums(self, version: int) -> tuple[int, int]:
        with self._open(version) as numbers:
            return len(numbers), _total(numbers)

    def _files(self) -> list[tuple[Path, int]]:
        """Every file here, half written ones too, with its version."""
        return [(path, int(path.name.partition(".")[0])) for path in self._folder.glob("*.*")]

    def _forget(self, paths: Iterable[Path]) -> None:
        for path in paths:
            with suppress(PermissionError):  # Windows, while the server reads it
                path.unlink()

    def _path(self, version: int, what: str) -> Path:
        return self._folder / f"{version}.{what}"

    @contextmanager
    def _parts(self) -> Iterator[Path]:
        """An empty folder to sort in; what a power cut left of an earlier one is removed."""
        parts = self._folder / "parts"
        shutil.rmtree(parts, ignore_errors=True)
        parts.mkdir()
        yield parts
        shutil.rmtree(parts)

    @contextmanager
    def _open(self, version: int) -> "Iterator[_Numbers]":
        """Raises FileNotFoundError."""
        with self._path(version, "numbers").open("rb", buffering=0) as file:
            yield _Numbers(file)


class _Numbers:
    """Sorted keys in a file, of which no more is in memory than is looked at."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._count = os.fstat(file.fileno()).st_size // KEY_BYTES

    def __len__(self) -> int:
        return self._count

    def __contains__(self, key: int) -> bool:
        return bool(self.between(key, key + 1))

    def between(self, first: int, end: int) -> "array[int]":
        """The keys from `first` on that are below `end`."""
        start, stop = self._place(first), self._place(end)
        return keys_from(self._read(start, stop - start))

    def parts(self) -> "Iterator[array[int]]":
        """All keys, a small range at a time; the ranges are the same for every file."""
        for part in range(_PARTS):
            yield self.between(part * _KEYS // _PARTS, (part + 1) * _KEYS // _PARTS)

    def _place(self, key: int) -> int:
        return bisect_left(range(len(self)), key, key=self._at)

    def _at(self, place: int) -> int:
        return int.from_bytes(self._read(place, 1), "little")

    def _read(self, place: int, count: int) -> bytes:
        self._file.seek(place * KEY_BYTES)
        return self._file.read(count * KEY_BYTES)


def _spread(lines: Iterable[bytes], folder: Path) -> tuple[int, dict[str, tuple[int, int]]]:
    """Put the lines' keys into a file for each small range; how many, and what was broken."""
    read = 0
    broken: dict[str, tuple[int, int]] = {}
    parts = [array("Q") for _ in range(_PARTS)]
    for number, line in enumerate(lines, start=1):
        try:
            state, semicolon, document = line.decode().strip().partition(";")
            if not state and not semicolon:
                continue
            if not semicolon:
                raise NoDocument("there is no semicolon between State and number")
            key = key_of(state, document)
        except (NoDocument, UnicodeDecodeError) as error:
            why = str(error) if isinstance(error, NoDocument) else "it is not UTF-8"
            times, first = broken.get(why, (0, number))
            broken[why] = (times + 1, first)
            continue
        read += 1
        part = parts[key * _PARTS >> 64]
        part.append(key)
        if len(part) == _AT_ONCE:
            _add(folder, key * _PARTS >> 64, part)
    for place, part in enumerate(parts):
        _add(folder, place, part)
    return read, broken


def _add(folder: Path, place: int, part: "array[int]") -> None:
    with (folder / str(place)).open("ab") as file:
        file.write(as_bytes(part))
    del part[:]


def _sorted(folder: Path) -> Iterator[bytes]:
    """The keys of all ranges in order, each once."""
    for place in range(_PARTS):
        keys = keys_from((folder / str(place)).read_bytes())
        yield as_bytes(array("Q", sorted(set(keys))))


def _difference(before: _Numbers, now: _Numbers) -> Changes | None:
    """None where so much has changed that nobody would take it as changes."""
    changes = Changes(numbers=len(now), total=0, added=array("Q"), removed=array("Q"))
    for old, new in zip(before.parts(), now.parts(), strict=True):
        was, is_now = set(old), set(new)
        changes.added.extend(sorted(is_now - was))
        changes.removed.extend(sorted(was - is_now))
        if _is_too_much(changes):
            return None
    return replace(changes, total=_total(now))


def _total(numbers: _Numbers) -> int:
    return total_of(total_of(part) for part in numbers.parts())


def _is_too_much(changes: Changes) -> bool:
    return len(changes.added) + len(changes.removed) > MOST_CHANGES


def _filters(numbers: _Numbers) -> Iterator[bytes]:
    count = ceil(len(numbers) / NUMBERS_A_FILTER)
    yield count.to_bytes(4, "little")
    draw = SystemRandom()
    seeds = iter(partial(draw.getrandbits, 64), None)
    bounds = [-(-each * _KEYS // count) for each in range(count + 1)]
    for first, end in zip(bounds, islice(bounds, 1, None), strict=False):
        yield pack(*fill(numbers.between(first, end), seeds))
