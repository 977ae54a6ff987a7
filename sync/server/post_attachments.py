"""Attachments at a post's exchange: ciphertext under its hash, for neighbours and for the centre.

Each workstation brings its own, a part after the other, and has a share of the room. What the
centre has makes room first, then the bringer's own oldest: nobody pushes out a neighbour's. Nothing
is lost by that, since a workstation keeps its attachments until it has the centre's signed word.
"""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from threading import Lock
from time import time
from typing import Final

from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.private_file import for_this_account
from sync.attachments import Parts, Sender
from sync.link import Link
from sync.post import (
    MOST_ATTACHMENTS,
    MOST_PART_BYTES,
    AttachmentAnswer,
    AttachmentCall,
    CarriedAttachment,
    LyingAttachment,
)
from sync.protocol import Malformed, TooLarge
from sync.reference import KEPT_FREE
from sync.server import disk, logs
from sync.server.attachments import LARGEST

MOST_BYTES: Final = 2_000_000_000
MOST_OF_ONE_BYTES: Final = 500_000_000
MOST_OF_ONE: Final = 5_000

_PART: Final = ".part"
_MEMORY_BYTES: Final = 8
_ADDRESS_DIGITS: Final = 64

log = logging.getLogger(__name__)

_Key = tuple[str, str]
"""A workstation and an address in hexadecimal digits."""


@dataclass(slots=True)
class _Lying:
    """An attachment, whole or begun: of how many bytes, and since when (seconds since 1970)."""

    workstation: str
    address: str
    size: int
    came: float
    is_whole: bool
    tried: float = 0.0
    offered: float = 0.0

    @property
    def key(self) -> _Key:
        return self.workstation, self.address


@dataclass(slots=True)
class PostAttachments:
    """What lies in a folder. May be asked from any thread."""

    folder: Path
    forward_after: float
    most_bytes: int = MOST_BYTES
    most_of_one: int = MOST_OF_ONE_BYTES
    parts: Parts = field(default_factory=Parts)
    _lying: dict[_Key, _Lying] = field(default_factory=dict)
    _at_centre: set[_Key] = field(default_factory=set)
    _carried: set[_Key] = field(default_factory=set)
    _let_go: set[_Key] = field(default_factory=set)
    _memory: bytes = b""
    _one_at_a_time: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Take up what an earlier run left."""
        self._memory = os.urandom(_MEMORY_BYTES)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in self.folder.glob("*/*"):
            address, stat = path.name.removesuffix(_PART), path.stat()
            if len(address) == _ADDRESS_DIGITS:
                is_whole = path.suffix != _PART
                self._lying[path.parent.name, address] = _Lying(
                    path.parent.name, address, stat.st_size, stat.st_mtime, is_whole
                )

    @property
    def memory(self) -> bytes:
        """Another one whenever something that was here may have to be brought again."""
        return self._memory

    def answer(self, call: AttachmentCall) -> AttachmentAnswer:
        """To a proved call. Raises `Malformed`, `TooLarge`."""
        if not 0 < call.size <= LARGEST:
            raise TooLarge(f"an attachment of more than {LARGEST} bytes, or of none")
        with self._one_at_a_time:
            if call.part is None:
                return self._read(call)
            return self._bring(call, call.part)

    def for_centre(self, when: float) -> list[LyingAttachment]:
        """What nobody took there for a while, the oldest first."""
        with self._one_at_a_time:
            return [_named(each) for each in self._due(when) if self._is_past(each.tried, when)]

    def tried(self, each: LyingAttachment, when: float) -> None:
        """The centre has answered: if it did not take it, it is named again after a while only."""
        with self._one_at_a_time:
            if lying := self._lying.get((each.workstation, each.address.hex())):
                lying.tried = when

    def offers(self, when: float) -> list[LyingAttachment]:
        """The same for a workstation with a line, some of many, each to one at a time."""
        with self._one_at_a_time:
            due = [
                each
                for each in self._due(when)
                if self._is_past(each.offered, when) and each.key not in self._carried
            ]
            for each in due[:MOST_ATTACHMENTS]:
                each.offered = when
            return [_named(each) for each in due[:MOST_ATTACHMENTS]]

    def is_sound(self, each: LyingAttachment) -> bool:
        """Whether it is still what its address says; what the disk has spoilt comes again."""
        with self._one_at_a_time:
            lying = self._lying.get((each.workstation, each.address.hex()))
            if lying is None:
                return False
            with suppress(OSError), self._path(lying).open("rb") as file:
                if file_digest(file, "sha256").digest() == each.address:
                    return True
            logs.write(log, logging.ERROR, "attachment-damaged", workstation=each.workstation)
            self._drop(lying)
            self._memory = os.urandom(_MEMORY_BYTES)
            return False

    def centre_has(self, workstation: str, address: str) -> None:
        """It may make room from now on, and what found none may be brought again."""
        with self._one_at_a_time:
            self._at_centre.add((workstation, address))
            if self._let_go:
                self._let_go.clear()
                self._memory = os.urandom(_MEMORY_BYTES)

    def note_carried(self, each: CarriedAttachment) -> None:
        """A neighbour says to have taken it to the centre: that is his word, which makes no room,
        and keeps nobody but other neighbours from taking it there.
        """
        with self._one_at_a_time:
            self._carried.add((each.workstation, each.address.hex()))

    def folder_of(self, workstation: str) -> Path:
        return self.folder / workstation

    def _due(self, when: float) -> list[_Lying]:
        due = [
            each
            for each in self._lying.values()
            if each.is_whole and not self._is_at_centre(each) and self._is_past(each.came, when)
        ]
        return sorted(due, key=lambda each: each.came)

    def _is_past(self, since: float, when: float) -> bool:
        """Whether that is a while ago; what lies in the future was told by a wrong clock."""
        return not 0 <= when - since < self.forward_after

    def _read(self, call: AttachmentCall) -> AttachmentAnswer:
        address = call.address.hex()
        for lying in self._lying.values():
            if lying.address != address or not lying.is_whole:
                continue
            with suppress(OSError), self._path(lying).open("rb") as file:
                file.seek(call.start)
                return AttachmentAnswer(held=lying.size, part=file.read(MOST_PART_BYTES))
        key = call.workstation, address
        return AttachmentAnswer(held=self._begun(key), full=key in self._let_go)

    def _bring(self, call: AttachmentCall, part: bytes) -> AttachmentAnswer:
        key = call.workstation, call.address.hex()
        lying, begun = self._lying.get(key), self._begun(key)
        if lying and lying.is_whole:
            return AttachmentAnswer(held=lying.size)
        if call.start != begun:
            return AttachmentAnswer(held=begun)
        if begun + len(part) > call.size:
            raise Malformed("more of an attachment than there is")
        if key in self._let_go or not self._make_room(call.workstation, key, len(part)):
            self._let_go.add(key)
            return AttachmentAnswer(held=begun, full=True)
        try:
            lying = self._add(key, part)
            if lying.size == call.size:
                self._finish(lying)
        except OSError as error:  # as a full disk: half a part may be there
            logs.write(log, logging.ERROR, "attachment-not-kept", error=error)
            with suppress(OSError):
                self._drop(self._lying[key])
            return AttachmentAnswer(full=True)
        return AttachmentAnswer(held=self._begun(key))

    def _add(self, key: _Key, part: bytes) -> _Lying:
        begun = _Lying(*key, size=0, came=time(), is_whole=False)
        lying = self._lying.setdefault(key, begun)
        self.folder_of(key[0]).mkdir(mode=0o700, exist_ok=True)
        with open(self._path(lying), "ab", opener=for_this_account) as growing:
            growing.write(part)
        lying.size += len(part)
        return lying

    def _finish(self, lying: _Lying) -> None:
        """Under its name if it is what its address says; else it is thrown away, and may come
        again.
        """
        coming = self._path(lying)
        with coming.open("rb") as file:
            os.fsync(file.fileno())
            is_it = file_digest(file, "sha256").hexdigest() == lying.address
        if not is_it:
            logs.write(log, logging.WARNING, "attachment-differs", workstation=lying.workstation)
            self._drop(lying)
            return
        disk.move(coming, self.folder_of(lying.workstation) / lying.address)
        lying.is_whole = True

    def _begun(self, key: _Key) -> int:
        lying = self._lying.get(key)
        return lying.size if lying else 0

    def _path(self, lying: _Lying) -> Path:
        name = lying.address if lying.is_whole else f"{lying.address}{_PART}"
        return self.folder_of(lying.workstation) / name

    # room

    def _make_room(self, workstation: str, key: _Key, size: int) -> bool:
        if shutil.disk_usage(self.folder).free < size + KEPT_FREE:
            logs.write(log, logging.WARNING, "attachment-no-room", workstation=workstation)
            return False
        while not self._has_room(workstation, size):
            spare = [
                each for each in self._spare(workstation, size) if each is not self._lying.get(key)
            ]
            if not spare:
                logs.write(log, logging.WARNING, "attachment-no-room", workstation=workstation)
                return False
            self._let(min(spare, key=lambda each: (not self._is_at_centre(each), each.came)))
        return True

    def _has_room(self, workstation: str, size: int) -> bool:
        return self._used() + size <= self.most_bytes and self._has_share(workstation, size)

    def _has_share(self, workstation: str, size: int) -> bool:
        own = [each.size for each in self._lying.values() if each.workstation == workstation]
        return sum(own) + size <= self.most_of_one and len(own) < MOST_OF_ONE

    def _used(self) -> int:
        return sum(each.size for each in self._lying.values())

    def _spare(self, workstation: str, size: int) -> Iterator[_Lying]:
        """The bringer's own, and where all are too many, others' that the centre has."""
        is_shared = self._has_share(workstation, size)
        for each in self._lying.values():
            if each.workstation == workstation or (is_shared and self._is_at_centre(each)):
                yield each

    def _is_at_centre(self, lying: _Lying) -> bool:
        return lying.key in self._at_centre

    def _let(self, lying: _Lying) -> None:
        if not self._is_at_centre(lying):
            logs.write(log, logging.WARNING, "attachment-let-go", workstation=lying.workstation)
        self._let_go.add(lying.key)
        self._drop(lying)

    def _drop(self, lying: _Lying) -> None:
        del self._lying[lying.key]
        self._path(lying).unlink(missing_ok=True)


def _named(lying: _Lying) -> LyingAttachment:
    return LyingAttachment(lying.workstation, bytes.fromhex(lying.address), lying.size)


def forward(
    here: PostAttachments,
    link: Link,
    device: DeviceKey,
    *,
    when: float,
    must_yield: Callable[[], bool],
    heard: Callable[[str, bytes], None],
) -> None:
    """Take to the centre what nobody took there. Raises `Unreachable`; nothing is lost by that.

    `heard` is told a workstation and the centre's word to it.
    """
    for each in here.for_centre(when):
        if not here.is_sound(each):
            continue
        origin = each.workstation
        sender = Sender(
            link,
            device,
            here.folder_of(origin),
            received=lambda address: here.centre_has(origin, address),  # noqa: B023
            heard=lambda _address, word: heard(origin, word),  # noqa: B023
            must_yield=must_yield,
            parts=here.parts,
        )
        if not sender.send([each.address.hex()], origin=origin):
            return
        here.tried(each, when)
