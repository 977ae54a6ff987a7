"""Reference data by way of the post's exchange, as by a stick: proved, never trusted."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checkpoint_client.desk.channels import Failure, NotTaken
from checkpoint_client.vault.device import DeviceKey
from sync.exchange import Exchange
from sync.link import Link, Reason, Unreachable
from sync.post import MOST_PART_BYTES, FileCall, FileReply
from sync.reference import Channels, Paused

__all__ = ["OnExchange", "Paused", "bring", "newer"]

_STAMP: Final = "timestamp"


@dataclass(frozen=True, slots=True)
class OnExchange:
    """What an exchange holds, for who has no line."""

    exchange: Exchange
    device: DeviceKey

    def metadata(self, name: str) -> bytes | None:
        try:
            reply = _asked(self.exchange, self.device, name, 0)
        except Unreachable as unreachable:
            raise OSError(5, str(unreachable)) from None
        return reply.part if reply.size is not None else None

    def file(self, name: str, start: int) -> Iterator[bytes]:
        """Raises `Unreachable` where the exchange is still waiting for it itself."""
        while True:
            reply = _asked(self.exchange, self.device, name, start)
            if reply.size is None:
                raise NotTaken(Failure.NOT_THERE, file=name)
            if reply.held < reply.size:
                raise Unreachable(Reason.NO_LINE)
            if not reply.part:
                return
            yield reply.part
            start += len(reply.part)


def newer(lists: Path, root: bytes, *, than: int) -> dict[str, bytes]:
    """What headquarters has signed and is here, if its timestamp is newer than that version."""
    channels = Channels(lists, root)
    return channels.metadata() if channels.have().get(_STAMP, 0) > than else {}


def bring(name: str, exchange: Exchange, link: Link, device: DeviceKey) -> None:
    """Fetch an encrypted file from the centre for the exchange, which has come so far with it.

    Raises `Unreachable`.
    """
    held = _asked(exchange, device, name, 0).held
    for part in _portions(link.fetch(name, held)):
        reached = exchange.file(_call(device, name, held, part), device).held
        if reached <= held:
            return  # it has it by now, or no room
        held = reached


def _portions(pieces: Iterator[bytes]) -> Iterator[bytes]:
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        while len(gathered) >= MOST_PART_BYTES:
            yield bytes(gathered[:MOST_PART_BYTES])
            del gathered[:MOST_PART_BYTES]
    if gathered:
        yield bytes(gathered)


def _asked(exchange: Exchange, device: DeviceKey, name: str, start: int) -> FileReply:
    return exchange.file(_call(device, name, start, None), device)


def _call(device: DeviceKey, name: str, start: int, part: bytes | None) -> FileCall:
    state = device.state
    return FileCall(
        request_id=os.urandom(16),
        deployment=state.deployment,
        workstation=state.workstation,
        certificate=state.certificate,
        name=name,
        start=start,
        part=part,
    )
