"""Headquarters' reference data at a post's exchange, for workstations that no line reaches.

The exchange proves the signatures before it hands anything on, and opens nothing: it has no key of
a channel. An encrypted file is kept only once somebody has asked for it. Neighbours bring what
they have, and the exchange itself fetches the rest when it has a line.
"""

import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from tuf.api.exceptions import LengthOrHashMismatchError

from checkpoint_client.desk.channels import NotTaken
from checkpoint_client.vault.device import DeviceKey
from sync.link import Link, Reason, Unreachable
from sync.post import MOST_PART_BYTES, MOST_WANTED, FileReply
from sync.protocol import CHANNELS
from sync.reference import KEPT_FREE, Channels, Nowhere, Offer, Source, Verified, latest_known
from sync.server import logs

_PART: Final = ".part"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """Signed metadata as a neighbour brings them. Nothing of it is trusted."""

    files: Mapping[str, bytes]

    def metadata(self, name: str) -> bytes | None:
        return self.files.get(name)

    def file(self, _name: str, _start: int) -> Iterator[bytes]:
        return iter(())


@dataclass(slots=True)
class Relay:
    """What is here. May be asked from any thread."""

    folder: Path
    device: DeviceKey
    channels: Channels
    _offers: dict[str, Offer] = field(default_factory=dict)
    _metadata: dict[str, bytes] = field(default_factory=dict)
    _stamp: int = 0
    _wanted: tuple[str, ...] = ()
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
        """The files that somebody has asked for and that are not here."""
        return list(self._wanted)

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
            self._wanted = tuple(name for name in self._wanted if name in self._offers)
            for path in self._files.iterdir():
                if path.name.removesuffix(_PART) not in self._offers:
                    path.unlink()

    def read(self, name: str, start: int) -> FileReply:
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
                if name not in self._wanted and len(self._wanted) < MOST_WANTED:
                    self._wanted = (*self._wanted, name)
                return FileReply(held=self._begun(name), size=offer.length)
            with path.open("rb") as file:
                file.seek(start)
                part = file.read(MOST_PART_BYTES)
            return FileReply(held=offer.length, size=offer.length, part=part)

    def bring(self, name: str, start: int, part: bytes) -> FileReply:
        """A part of a wanted file, which counts only behind what is here already.

        A whole that is not what headquarters signed is thrown away, and what finds no room.
        """
        with self._one_at_a_time:
            offer = self._offers.get(name)
            if offer is None or name not in self._wanted:
                return FileReply()
            begun = self._begun(name)
            is_next = start == begun and len(part) <= offer.length - begun
            if not is_next or shutil.disk_usage(self._files).free < len(part) + KEPT_FREE:
                return FileReply(held=begun, size=offer.length)
            coming = self._files / f"{name}{_PART}"
            try:
                with coming.open("ab") as growing:
                    growing.write(part)
                if begun + len(part) == offer.length:
                    self._finish(name, coming, offer)
            except OSError as error:
                logs.write(log, logging.ERROR, "list-not-kept", error=error)
                coming.unlink(missing_ok=True)
            return FileReply(held=self._begun(name), size=offer.length)

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

    def _begun(self, name: str) -> int:
        with suppress(FileNotFoundError):
            return (self._files / f"{name}{_PART}").stat().st_size
        return 0

    def _finish(self, name: str, coming: Path, offer: Offer) -> None:
        try:
            with coming.open("rb") as file:
                offer.target.verify_length_and_hashes(file)
        except LengthOrHashMismatchError:
            coming.unlink()
            return
        coming.replace(self._files / name)
        self._wanted = tuple(each for each in self._wanted if each != name)


def _signed(verified: Verified, channel: str) -> list[Offer]:
    """The files of a channel, none where whoever told us has not got it himself."""
    with suppress(NotTaken):
        return verified.offers(channel)
    return []
