"""Brings attachments to the centre, part by part, when nothing else is to be said to it.

The centre says how far it is, so a cut line costs one part at most. It has one when it says so in a
signed reply, and not before.
"""

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Final

from checkpoint_client.store import Store
from checkpoint_client.vault.device import DeviceKey
from sync import stick
from sync.link import Link, Unreachable
from sync.protocol import MOST_PART, MOST_WANTED, AttachmentPart, AttachmentReply, Part

FIRST_PART: Final = 64 * 1024
LEAST_PART: Final = 4 * 1024
AIM_SECONDS: Final = 5.0
"""For one part: so long an entry may have to wait for it."""

_GROWTH: Final = 2.0

log = logging.getLogger(__name__)


def to_send(store: Store, wanted: Sequence[str]) -> Mapping[str, list[str]]:
    """What the centre asks for, and what else it has not said to have: addresses by the former
    name under which they were written, "" for the present one. On the store's thread.
    """
    store.attachments_wanted(wanted)
    found: dict[str, list[str]] = {"": list(wanted)}
    for address in store.attachments_to_send(MOST_WANTED):
        for name in store.attachment_names(address):
            of_name = found.setdefault("" if name == store.origin.workstation else name, [])
            if address not in of_name:
                of_name.append(address)
    return found


def carry(folder: Path, addresses: Iterable[str], to: Path) -> int:
    """Write attachments to a stick, each under its hash; how many are there. Raises `StickFailed`.

    They are ciphertext, and the centre knows them by what they are: nothing is to be signed.
    """
    here = [folder / address for address in addresses]
    present = [path for path in here if path.exists()]
    if not present:
        return 0
    place = stick.make_place(to)
    for path in present:
        stick.write(place / f"{path.name}{stick.ATTACHMENT}", path.read_bytes())
    return len(present)


class Parts:
    """How large the next part is, as the last ones fared."""

    def __init__(self) -> None:
        self.size = FIRST_PART

    def passed(self, sent: int, seconds: float) -> None:
        if sent < self.size:
            return  # the last part of a file tells nothing
        in_time = sent * AIM_SECONDS / max(seconds, 0.001)
        self.size = int(max(LEAST_PART, min(self.size * _GROWTH, in_time, MOST_PART)))

    def failed(self) -> None:
        self.size = max(LEAST_PART, self.size // 2)


class Sender:
    """Sends attachments over a link. `received` is told each one that the centre has whole, and
    `heard` the centre's word on it, where it was of another name than our own.
    """

    def __init__(
        self,
        link: Link,
        device: DeviceKey,
        folder: Path,
        *,
        received: Callable[[str], None],
        must_yield: Callable[[], bool],
        heard: Callable[[str, bytes], None] = lambda _address, _word: None,
        parts: Parts | None = None,
    ) -> None:
        """`must_yield` is asked after each part: an entry waits, or the program is to end.

        `parts`: as others fared on the same line.
        """
        self._link = link
        self._device = device
        self._folder = folder
        self._received = received
        self._must_yield = must_yield
        self._heard = heard
        self._parts = parts or Parts()
        self._refused: set[tuple[str, str]] = set()
        self._epoch = device.state.epoch

    def send(self, addresses: Iterable[str], *, origin: str = "") -> bool:
        """Whether all was sent that can be; False where it had to yield. Raises `Unreachable`.

        `origin`: of whose entries they are, unless they are of this workstation's present name.
        """
        if self._epoch != self._device.state.epoch:  # it was put back, and may think otherwise
            self._epoch = self._device.state.epoch
            self._refused.clear()
        for address in addresses:
            path = self._folder / address
            if (origin, address) in self._refused or not path.exists():
                continue
            if not self._send_one(path, address, origin):
                return False
        return True

    def _send_one(self, path: Path, address: str, origin: str) -> bool:
        reply = self._ask(address, origin, offset=0, content=b"")
        with path.open("rb") as file:
            while reply.answer is Part.GO_ON:
                file.seek(reply.held)
                content = file.read(self._parts.size)
                if not content:
                    break  # the entry names more bytes than lie here
                reply = self._ask(address, origin, offset=reply.held, content=content)
                if reply.answer is Part.GO_ON and self._must_yield():
                    return False
        if reply.answer is Part.COMPLETE:
            self._received(address)
            if reply.acknowledgement:
                self._heard(address, reply.acknowledgement)
            return not self._must_yield()
        # Not sent again before the program is started anew: it would be refused as before.
        log.warning("an attachment was not taken: %s", reply.answer.value)
        if reply.answer is not Part.NO_ROOM:
            self._refused.add((origin, address))
        return True

    def _ask(self, address: str, origin: str, *, offset: int, content: bytes) -> AttachmentReply:
        state = self._device.state
        part = AttachmentPart(
            request_id=os.urandom(16),
            deployment=state.deployment,
            workstation=state.workstation,
            address=bytes.fromhex(address),
            offset=offset,
            content=content,
            origin=origin,
        )
        began = monotonic()
        try:
            reply = self._link.attach(part)
        except Unreachable:
            self._parts.failed()
            raise
        self._parts.passed(len(content), monotonic() - began)
        return reply
