"""The workstation's clock, and how far it is to be believed. A dead battery blocks nobody."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

from checkpoint_client.journal.body import ClockReading
from checkpoint_client.records.codes import ClockState

TOLERATED = timedelta(minutes=2)

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def local_now(offset_minutes: int | None = None) -> datetime:
    """Now, to the millisecond, in the workstation's zone or at a fixed offset from UTC."""
    zone = None if offset_minutes is None else timezone(timedelta(minutes=offset_minutes))
    now = datetime.now(UTC).astimezone(zone)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class Clock:
    """Tells the time and what it is worth beside the last time heard from the server."""

    def __init__(
        self,
        now: Callable[[], datetime] = local_now,
        monotonic: Callable[[], float] = time.monotonic,
        last_server_time: datetime | None = None,
    ) -> None:
        self.now = now
        self._monotonic = monotonic
        self._boot = _boot_id()
        self._server_time = last_server_time
        self._ahead = timedelta(0)

    def heard(self, server_time: datetime) -> None:
        """The server told its time in a signed reply."""
        self._server_time = server_time
        self._ahead = self.now() - server_time

    def likely(self) -> datetime:
        """The time that it most probably is: ours, put right by what the server told last.

        For how old a list is and what is valid today. Records keep the clock's own reading.
        """
        now = self.now()
        if abs(self._ahead) > TOLERATED:
            now -= self._ahead
        return max(now, self._server_time.astimezone(now.tzinfo)) if self._server_time else now

    def reading(self) -> ClockReading:
        return ClockReading(
            state=self.state(),
            boot=self._boot,
            monotonic_ms=int(self._monotonic() * 1000),
            last_server_time=self._server_time,
        )

    def state(self) -> ClockState:
        """Unsynced before the first contact; drift when it disagrees with what was heard."""
        if self._server_time is None:
            return ClockState.UNSYNCED
        if abs(self._ahead) > TOLERATED or self.now() < self._server_time - TOLERATED:
            return ClockState.DRIFT
        return ClockState.TRUSTED


def _boot_id() -> str:
    if _BOOT_ID.exists():
        return _BOOT_ID.read_text().strip()
    return str(uuid4())  # where the system names no boot, a start of the program stands for it
