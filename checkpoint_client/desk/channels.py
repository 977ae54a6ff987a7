"""What comes from headquarters, channel by channel: what is in force, when it came, what failed.

Versions, times and codes for the list page: nothing here is secret, and nothing is trusted by it.
The lists themselves say which of them are in force.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from checkpoint_client.records.decoders import json_decoder

STATES: Final = "channels.json"
"""The file in the folder of lists."""


class Failure(StrEnum):
    """Why something new was not taken. What was in force before stays in force.

    Each with its values: `role` is who signed (root, timestamp, snapshot, targets or a channel),
    `file` a name among headquarters' files, the others are versions, bytes and times (ISO 8601).
    """

    NO_KEY = "no-key"
    """The key that opens this channel has not been given to this workstation."""
    ROLLED_BACK = "rolled-back"
    """`role`: older than what has been here before."""
    STOPPED_SHORT = "stopped-short"
    """`announced`, `signed`: headquarters tells of a version that its signatures do not reach."""
    MISSING = "missing"
    """`file` was not sent, so the signatures are not complete."""
    MIXED = "mixed"
    """`role`: of another publication than the rest."""
    WRONG_SIGNATURE = "wrong-signature"
    """`role` was not signed by who may sign it."""
    EXPIRED = "expired"
    """`role` is no longer valid."""
    MALFORMED = "malformed"
    """`role` is not what signed metadata look like."""
    ENDLESS = "endless"
    """`file` is longer than was signed."""
    ALTERED = "altered"
    """`file` is not what was signed."""
    NOT_THERE = "not-there"
    """`file` was signed, but there is none."""
    NOT_OPENED = "not-opened"
    """`file` was encrypted with another key, cut, or put together wrongly."""
    UNREADABLE = "unreadable"
    """`file` was opened, but this program cannot read it."""
    WRONG_RESULT = "wrong-result"
    """`file` did not give the list that was signed."""
    WRONG_BASE = "wrong-base"
    """`file` changes another version than the one that is here."""
    TWICE_LISTED = "twice-listed"
    """`file` names one alert twice."""
    DISK_FULL = "disk-full"
    """`needed`: bytes that must be free."""
    FILE_FAILED = "file-failed"
    """`why`: a file here, or on the stick, cannot be read or written."""
    OLDER = "older"
    """`offered`, `ours`: what the stick brings is older than what is here."""
    NO_STICK = "no-stick"
    """`folder` holds no reference data."""


class NotTaken(Exception):
    """Something of headquarters' was not taken, and what is in force stays so."""

    def __init__(self, failure: Failure, **values: str) -> None:
        told = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(f"{failure} ({told})" if told else str(failure))
        self.failure = failure
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """One channel. `version` is in force, `waiting` lies here still encrypted, 0 for none.

    `announced` is the newest that headquarters has told of. `issued_at` is headquarters' time,
    `got_at` and `failed_at` are this workstation's.
    """

    version: int = 0
    issued_at: datetime | None = None
    items: int = 0
    waiting: int = 0
    announced: int = 0
    got_at: datetime | None = None
    failure: Failure | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    failed_at: datetime | None = None

    def failed(
        self, failure: Failure, values: Mapping[str, str], *, at: datetime
    ) -> "ChannelState":
        return replace(self, failure=failure, values=dict(values), failed_at=at)

    def well(self) -> "ChannelState":
        """Nothing is wrong with it any more."""
        return replace(self, failure=None, values={}, failed_at=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStates:
    """All channels. `looked_at` and `stamped_at` are the server's time.

    `stamp` is the version of the newest signature on the whole, known here since `stamped_at`.
    """

    looked_at: datetime | None = None
    stamp: int = 0
    stamped_at: datetime | None = None
    channels: Mapping[str, ChannelState] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "ChannelStates":
        """What is known in the folder of lists; a damaged file is as good as none."""
        try:
            return json_decoder(cls).decode((folder / STATES).read_bytes())
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
            return cls()

    def write(self, folder: Path) -> None:
        """Raises OSError."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        coming = folder / (STATES + ".new")
        coming.write_bytes(msgspec.json.encode(self))
        os.replace(coming, folder / STATES)

    def of(self, channel: str) -> ChannelState:
        return self.channels.get(channel, ChannelState())

    def having(self, channel: str, state: ChannelState) -> "ChannelStates":
        return replace(self, channels={**self.channels, channel: state})

    def silent_since(self, fresh: timedelta) -> datetime | None:
        """Since when headquarters has signed nothing new although it was asked, if that is long.

        Somebody who holds old signatures up to us cannot forge new ones, so he shows by this.
        """
        if self.looked_at is None or self.stamped_at is None:
            return None
        return self.stamped_at if self.looked_at - self.stamped_at > fresh else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What is on a stick of one channel. Not in force and no failure: it waits for a sign-in."""

    channel: str
    version: int
    issued_at: datetime | None = None
    in_force: bool = False
    failure: Failure | None = None
    values: Mapping[str, str] = field(default_factory=dict)
