"""Headquarters' reference data at a post's exchange, for workstations that no line reaches.

The exchange proves the signatures before it hands anything on, and opens nothing: it has no key of
a channel. An encrypted file is kept only once somebody has asked for it. Neighbours bring what
they have, and the exchange itself fetches the rest when it has a line. Each one's wishes and parts
are kept apart from the others', so that nobody spoils what another one brings.
"""

import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from tuf.api.exceptions import LengthOrHashMismatchError

from checkpoint_client.desk.channels import NotTaken
from checkpoint_client.vault.device import DeviceKey
from sync.link import Link, Reason, Unreachable
from sync.post import MOST_PART_BYTES, MOST_WANTED, FileReply
from sync.protocol import CHANNELS
from sync.reference import KEPT_FREE, Channels, Nowhere, Offer, Source, Verified, latest_known
from sync.server import logs

TURN_SECONDS: Final = 1_800.0
"""So long a file is one neighbour's to bring, as long as he does not pause."""

PAUSE_SECONDS: Final = 60.0

_PART: Final = ".part"
_BY: Final = "@"
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """Signed metadata as a neighbour brings them. Nothing of it is trusted."""

    files: Mapping[str, bytes]

    def metadata(self, name: str) -> bytes | None:
        return self.files.get(name)

    def file(self, _name: str, _start: int) -> Iterator[bytes]:
        return iter(())


@dataclass(slots=True, kw_only=True)
class _Turn:
    """Whose it is to bring a file; `began` and `moved` by the clock that only runs on."""

    carrier: str
    began: float
    moved: float

    def is_over(self, now: float) -> bool:
        return now - self.moved > PAUSE_SECONDS or now - self.began > TURN_SECONDS


@dataclass(slots=True)
class Relay:
    """What is here. May be asked from any thread."""

    folder: Path
    device: DeviceKey
    channels: Channels
    _offers: dict[str, Offer] = field(default_factory=dict)
    _metadata: dict[str, bytes] = field(default_factory=dict)
    _stamp: int = 0
    _wanted: dict[str, list[str]] = field(default_factory=dict)
    _turns: dict[str, _Turn] = field(default_factory=dict)
    _spoilt: set[tuple[str, str]] = field(default_factory=set)
    _one_at_a_time: Lock = field(default_factory=Lock)

    @classmethod
    def at(cls, folder: Path, device: DeviceKey, *, root: bytes) -> "Relay":
        """What an earlier run left in `folder`. `root`: pinned at enrolment."""
        (folder / "files").mkdir(mode=0o700, parents=True, exist_ok=True)
        relay = cls(folder, device, Channels(folder / "signed", root))
        with suppress(NotTaken):  # nothing has been brought yet
            relay.look(Nowhere())
        return relay

    @property
    def stamp(self) -> int:
        """The version of headquarters' newest timestamp here, 0 for none."""
        return self._stamp

    @property
    def wanted(self) -> list[str]:
        """The files that are asked for and not here, one of each asker's in turn."""
        rounds = zip_longest(*self._wanted.values())
        return list(dict.fromkeys(name for each in rounds for name in each if name))[:MOST_WANTED]

    def wanted_from(self, carrier: str) -> list[str]:
        """The same, without what it is another one's turn to bring, or what he has spoilt."""
        with self._one_at_a_time:
            return [name for name in self.wanted if self._may_bring(carrier, name)]

    def have(self) -> dict[str, int]:
        """As in a contact."""
        with self._one_at_a_time:
            return self.channels.have()

    def look(self, source: Source) -> None:
        """Take over newer metadata if they are genuine. Raises `NotTaken`, OSError."""
        with self._one_at_a_time:
            verified = self.channels.look(source, time=latest_known(self.device))
            self._offers = {
                f"{offer.target.hashes['sha256']}.{offer.name}": offer
                for channel in CHANNELS
                for offer in _signed(verified, channel)
            }
            self._metadata = self.channels.metadata()
            self._stamp = verified.stamp
            self._wanted = {
                asker: [name for name in names if name in self._offers]
                for asker, names in self._wanted.items()
            }
            for path in self._files.iterdir():
                if path.name.removesuffix(_PART).partition(_BY)[0] not in self._offers:
                    path.unlink()

    def read(self, name: str, start: int, *, asker: str = "") -> FileReply:
        """What somebody asks for; an encrypted file that is not here is wanted from now on."""
        with self._one_at_a_time:
            if content := self._metadata.get(name):
                return FileReply(
                    held=len(content),
                    size=len(content),
                    part=content[start : start + MOST_PART_BYTES],
                )
            offer = self._offers.get(name)
            if offer is None:
                return FileReply()
            path = self._files / name
            if not path.is_file():
                wishes = self._wanted.setdefault(asker, [])
                if name not in wishes and len(wishes) < MOST_WANTED:
                    wishes.append(name)
                return FileReply(held=self._begun(name, asker), size=offer.length)
            with path.open("rb") as file:
                file.seek(start)
                part = file.read(MOST_PART_BYTES)
            return FileReply(held=offer.length, size=offer.length, part=part)

    def bring(self, name: str, start: int, part: bytes, *, carrier: str = "") -> FileReply:
        """A part of a wanted file, which counts only behind what he has brought already.

        A whole that is not what headquarters signed is thrown away, and what finds no room; who has
        brought one brings no more of it. Empty is our own line, whose turn it always is.
        """
        with self._one_at_a_time:
            offer = self._offers.get(name)
            if offer is None or name not in self.wanted or not _NAME.fullmatch(carrier):
                return FileReply()
            begun = self._begun(name, carrier)
            is_next = start == begun and len(part) <= offer.length - begun
            if not (is_next and self._may_bring(carrier, name)):
                return FileReply(held=begun, size=offer.length)
            if shutil.disk_usage(self._files).free < len(part) + KEPT_FREE:
                return FileReply(held=begun, size=offer.length)
            self._note_turn(carrier, name)
            coming = self._coming(name, carrier)
            try:
                with coming.open("ab") as growing:
                    growing.write(part)
                if begun + len(part) == offer.length:
                    self._finish(name, carrier, offer)
            except OSError as error:
                logs.write(log, logging.ERROR, "list-not-kept", error=error)
                coming.unlink(missing_ok=True)
            return FileReply(held=self._begun(name, carrier), size=offer.length)

    def fetch(self, link: Link) -> None:
        """Bring here over our own line what is wanted. Raises `Unreachable`."""
        for name in self.wanted:
            held = self.read(name, 0).held
            try:
                for part in link.fetch(name, held):
                    reached = self.bring(name, held, part).held
                    if reached <= held:
                        break
                    held = reached
            except Unreachable as unreachable:
                if unreachable.reason is not Reason.REFUSED:
                    raise

    @property
    def _files(self) -> Path:
        return self.folder / "files"

    def _coming(self, name: str, carrier: str) -> Path:
        return self._files / (f"{name}{_BY}{carrier}{_PART}" if carrier else f"{name}{_PART}")

    def _begun(self, name: str, carrier: str) -> int:
        with suppress(FileNotFoundError):
            return self._coming(name, carrier).stat().st_size
        return 0

    def _may_bring(self, carrier: str, name: str) -> bool:
        turn = self._turns.get(name)
        is_his = not turn or turn.carrier == carrier or turn.is_over(monotonic())
        return not carrier or (is_his and (carrier, name) not in self._spoilt)

    def _note_turn(self, carrier: str, name: str) -> None:
        now, turn = monotonic(), self._turns.get(name)
        if turn is None or turn.carrier != carrier or turn.is_over(now):
            self._turns[name] = _Turn(carrier=carrier, began=now, moved=now)
        else:
            turn.moved = now

    def _finish(self, name: str, carrier: str, offer: Offer) -> None:
        coming = self._coming(name, carrier)
        try:
            with coming.open("rb") as file:
                offer.target.verify_length_and_hashes(file)
        except LengthOrHashMismatchError:
            coming.unlink()
            self._turns.pop(name, None)
            if carrier:
                self._spoilt.add((carrier, name))
            return
        coming.replace(self._files / name)
        for path in self._files.glob(f"{name}{_BY}*"):
            path.unlink()
        for names in self._wanted.values():
            if name in names:
                names.remove(name)


def _signed(verified: Verified, channel: str) -> list[Offer]:
    """The files of a channel, none where whoever told us has not got it himself."""
    with suppress(NotTaken):
        return verified.offers(channel)
    return []
