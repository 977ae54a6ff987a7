"""Sheets of crossings at a post's exchange, for workstations that no line reaches.

They are closed for the post, and the exchange has no key of it. Each workstation has one wish; who
carries for the others brings what is wished for, once in a while, and nobody's word on that counts
for another's.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

import msgspec

from checkpoint_client.vault.device import DeviceKey
from sync import crossings
from sync.crossings import Sheet
from sync.https import Line
from sync.post import MOST_WISHES
from sync.protocol import AskedSheet, Forged, Malformed
from sync.server import disk, logs

MOST: Final = 500
MOST_BYTES: Final = 64 * 1024 * 1024
REFRESH_SECONDS: Final = 900.0
"""So long what was fetched counts as new; the same as a workstation with a line is asked for."""

_SUFFIX: Final = ".sheet"

log = logging.getLogger(__name__)

_Place = tuple[str, int]
"""Whose documents were left out, and behind which word it begins."""

_Wish = tuple[str, int, int]
"""The same, and of which of the centre's epochs."""


@dataclass(slots=True)
class Sheets:
    """What lies in a folder. May be asked from any thread."""

    folder: Path
    device: DeviceKey
    refresh: float = REFRESH_SECONDS
    most: int = MOST
    _lying: dict[_Place, Sheet] = field(default_factory=dict)
    _sizes: dict[_Place, int] = field(default_factory=dict)
    _wishes: dict[str, AskedSheet] = field(default_factory=dict)
    _brought: dict[tuple[str, _Wish], float] = field(default_factory=dict)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Take up what an earlier run left, but not what it was just writing."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in sorted(self.folder.iterdir()):
            content = path.read_bytes() if path.suffix == _SUFFIX else b""
            try:
                sheet = self._proved(content)
            except (Malformed, Forged):
                path.unlink()
            else:
                self._place(sheet, len(content))

    def answer(self, workstation: str, asked: AskedSheet) -> bytes:
        """The sheet that is next for a workstation, empty while there is none. What it asks for is
        wished for from now on.
        """
        with self._one_at_a_time:
            self._wishes[workstation] = asked
            fitting = [
                place
                for place, sheet in self._lying.items()
                if crossings.is_for(
                    sheet,
                    after=asked.after,
                    memory=asked.memory,
                    state=asked.state,
                    told_at=asked.told_at,
                )
            ]
            farthest = max(fitting, key=self._reach_of, default=None)
            return self._read(farthest) if farthest else b""

    def wanted(self, carrier: str) -> list[AskedSheet]:
        """What a carrier has not brought for a while; empty is our own name."""
        now = monotonic()
        with self._one_at_a_time:
            wishes = {_wish(each): each for each in self._wishes.values()}
            due = [
                asked
                for wish, asked in wishes.items()
                if now - self._brought.get((carrier, wish), -self.refresh) >= self.refresh
            ]
        return due[:MOST_WISHES]

    def bring(self, packed: bytes, *, carrier: str) -> None:
        """Keep a sheet that somebody wished for, or the next behind one. Raises `Malformed`,
        `Forged`, OSError.
        """
        sheet = self._proved(packed)
        with self._one_at_a_time:
            wishes = [_wish(each) for each in self._wishes.values() if _answers(sheet, each)]
            for wish in wishes:
                self._brought[carrier, wish] = monotonic()
            if not (wishes or self._is_next(sheet)) or not self._is_newer(sheet):
                return
            for place in [each for each, one in self._lying.items() if one.memory != sheet.memory]:
                self._drop(place)
            disk.write(self._path(_place(sheet)), [packed], mode=0o600)
            self._place(sheet, len(packed))
            self._make_room()

    def fetch(self, line: Line) -> None:
        """Bring here over our own line what is wished for. Raises `Unreachable`."""
        for asked in self.wanted(""):
            for packed in crossings.fetched(line, self.device, asked):
                try:
                    self.bring(packed, carrier="")
                except (Malformed, Forged, OSError) as error:
                    logs.write(log, logging.ERROR, "crossings-not-kept", error=error)
                    return

    def _proved(self, packed: bytes) -> Sheet:
        """Without what it tells. Raises `Malformed`, `Forged`."""
        state = self.device.state
        sheet = crossings.read(
            packed, deployment=state.deployment, post=state.post, server_key=state.server_key
        )
        return msgspec.structs.replace(sheet, sealed=b"")

    def _read(self, place: _Place) -> bytes:
        """The file, if it is still what was proved when it came."""
        with suppress(OSError, Malformed, Forged):
            content = self._path(place).read_bytes()
            self._proved(content)
            return content
        self._drop(place)
        self._brought.clear()
        return b""

    def _is_next(self, sheet: Sheet) -> bool:
        return any(
            (each.state, each.memory, each.upto) == (sheet.state, sheet.memory, sheet.after)
            for each in self._lying.values()
        )

    def _is_newer(self, sheet: Sheet) -> bool:
        """Than what lies in its place, and than all of another of the centre's epochs."""
        others = [each for each in self._lying.values() if each.memory != sheet.memory]
        same = self._lying.get(_place(sheet))
        return all(each.told_at < sheet.told_at for each in (*others, *([same] if same else [])))

    def _reach_of(self, place: _Place) -> tuple[int, float]:
        sheet = self._lying[place]
        return sheet.upto, sheet.told_at.timestamp()

    def _place(self, sheet: Sheet, size: int) -> None:
        self._lying[_place(sheet)], self._sizes[_place(sheet)] = sheet, size

    def _make_room(self) -> None:
        while len(self._lying) > self.most or sum(self._sizes.values()) > MOST_BYTES:
            self._drop(min(self._lying, key=lambda place: self._lying[place].told_at))

    def _drop(self, place: _Place) -> None:
        self._path(place).unlink(missing_ok=True)
        del self._lying[place], self._sizes[place]

    def _path(self, place: _Place) -> Path:
        state, after = place
        return self.folder / f"{state or '-'}-{after:016}{_SUFFIX}"


def _place(sheet: Sheet) -> _Place:
    return sheet.state, sheet.after


def _wish(asked: AskedSheet) -> _Wish:
    return asked.state, asked.after, asked.memory


def _answers(sheet: Sheet, asked: AskedSheet) -> bool:
    """Whether the centre answers so to what was asked."""
    after = asked.after if sheet.memory == asked.memory else 0
    return (sheet.state, sheet.after) == (asked.state, after)
