"""Crossings at all posts by another way than a line: sheets that the centre signed.

A sheet comes through the post's exchange or on a stick. It is closed to whoever has not got the
post's key, is good for every workstation of the post, and is taken over by whoever is signed in.
One that is late, repeated or ahead of its turn changes nothing.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.desk.sticks import Flaw
from checkpoint_client.journal import signatures
from checkpoint_client.records.decoders import msgpack_decoder
from checkpoint_client.store import CROSSINGS, CROSSINGS_OF, CROSSINGS_TOLD, CrossingTold, Store
from checkpoint_client.vault import sealing
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen
from sync import previews, protocol, stick
from sync.link import Reason, Unreachable
from sync.protocol import (
    MOST_CROSSINGS,
    MOST_SHEET,
    AskedSheet,
    Count,
    Crossings,
    Forged,
    Malformed,
    Message,
    Name,
    SheetCall,
    Text,
    ToldCrossing,
)
from sync.stick import SHEET, BadFile

if TYPE_CHECKING:
    from sync.https import Line

PURPOSE: Final = "crossings"

MOST_AT_ONCE: Final = 50

_KEPT: Final = "crossings"
_STATE: Final = re.compile(r"[A-Z]{1,3}")

_Told = Annotated[list[ToldCrossing], msgspec.Meta(max_length=MOST_CROSSINGS)]


class Sheet(Message, frozen=True, kw_only=True):
    """What is new of crossings behind the word `after`, up to `upto`, for one post.

    `memory` names the centre's epoch, see `previews.memory_of`; `is_all`: that was all there was at
    `server_time`. Documents of `state` were left out. `sealed`: for the post's key number
    `generation`, one zstd frame of msgpack `list[ToldCrossing]`.
    """

    deployment: Name
    post: Name
    memory: Count
    server_time: Text
    state: Text
    generation: Count
    after: Count = 0
    upto: Count = 0
    is_all: bool = False
    sealed: bytes = b""

    @property
    def told_at(self) -> datetime:
        """The centre's clock when it was written, UTC."""
        return datetime.fromisoformat(self.server_time).astimezone(UTC)


def write(sheet: Sheet, crossings: Crossings, key: Ed25519PrivateKey, *, post_key: bytes) -> bytes:
    """`sheet` with what it tells, closed for the post and signed by the centre."""
    packed = protocol.compress(msgspec.msgpack.encode(crossings.told))
    closed = msgspec.structs.replace(
        sheet,
        after=crossings.after,
        upto=crossings.upto,
        is_all=crossings.is_all,
        sealed=protocol.seal(packed, sealing.public_of(post_key), purpose=PURPOSE),
    )
    return protocol.write_statement(closed, key, signatures.CROSSINGS)


def read(packed: bytes, *, deployment: str, post: str, server_key: bytes) -> Sheet:
    """A genuine sheet for this post. Raises `Malformed`, `Forged`; `Elsewhere` if for another."""
    if len(packed) > MOST_SHEET:
        raise protocol.TooLarge(f"a sheet of more than {MOST_SHEET} bytes")
    sheet = protocol.read_statement(packed, Sheet, signatures.CROSSINGS, server_key=server_key)
    if sheet.deployment != deployment:
        raise Forged("crossings told to another service")
    if sheet.post != post:
        raise Elsewhere("crossings told to another post")
    try:
        _ = sheet.told_at
    except (ValueError, OverflowError) as error:
        raise Malformed("a sheet without a time") from error
    if sheet.upto < sheet.after:
        raise Malformed("a sheet ends before it begins")
    return sheet


class Elsewhere(Forged):
    """Genuine, and for another post."""


def is_for(sheet: Sheet, *, after: int, memory: int, state: str, told_at: int) -> bool:
    """Whether a sheet tells something new to who has the words up to `after` of `memory`.

    `told_at`: what is known so far is of that time, in seconds since 1970. Words behind a gap and
    those of a centre's earlier epoch tell nothing.
    """
    is_newer = int(sheet.told_at.timestamp()) > told_at
    if sheet.state not in ("", state):
        return False
    if sheet.memory != memory:
        return sheet.after == 0 and is_newer
    if not sheet.after <= after <= sheet.upto:
        return False
    return after < sheet.upto or (sheet.is_all and is_newer)


def take(store: Store, sheet: Sheet, device: DeviceKey, *, state: str) -> bool:
    """Take over what a sheet tells, if it is next; whether it was. On the store's thread.

    Raises `Malformed`; `CannotOpen` while the post's key that it is closed with is not here.
    """
    mark, told_at = store.mark(CROSSINGS), store.mark(CROSSINGS_TOLD)
    memory = store.mark(CROSSINGS_OF)
    if not is_for(sheet, after=mark, memory=memory, state=state, told_at=told_at):
        return False
    if sheet.memory != memory and _is_of_earlier_epoch(sheet, device):
        return False
    told = _opened(sheet, device)
    is_anew = sheet.memory != memory or (sheet.after == 0 and mark < sheet.upto)
    is_newer = sheet.told_at.timestamp() > told_at
    with store.together():
        store.take_crossings(
            as_kept(told if is_anew or mark < sheet.upto else (), but=state),
            after=0 if is_anew else mark,
            upto=sheet.upto,
            told_at=sheet.told_at if sheet.is_all and is_newer else None,
        )
        store.set_mark(CROSSINGS_OF, sheet.memory)
    return True


def as_kept(told: Iterable[ToldCrossing], *, but: str = "") -> Iterator[CrossingTold]:
    """As the store takes them; those of the State `but` do not stand."""
    for each in told:
        yield CrossingTold(
            number=each.number,
            state=each.state,
            document=each.document,
            day=each.day,
            enters=each.enters,
            stands=each.stands and each.state != but,
        )


def asked(store: Store, *, state: str) -> AskedSheet:
    """What to ask for next. `state`: who runs the post. On the store's thread."""
    return AskedSheet(
        after=store.mark(CROSSINGS),
        memory=store.mark(CROSSINGS_OF),
        state=state if _STATE.fullmatch(state) else "",
        told_at=store.mark(CROSSINGS_TOLD),
    )


def fetched(line: "Line", device: DeviceKey, asked: AskedSheet) -> Iterator[bytes]:
    """What the centre tells behind what was asked, a good many sheets at most, for who carries it.

    Nothing at a centre that knows of no sheets yet. Raises `Unreachable`.
    """
    own = device.state
    for _ in range(MOST_AT_ONCE):
        call = SheetCall(
            request_id=os.urandom(16),
            deployment=own.deployment,
            workstation=own.workstation,
            asked=asked,
        )
        try:
            packed = line.sheet(call).sheet
        except Unreachable as unreachable:
            if unreachable.reason is Reason.REFUSED:
                return
            raise
        if not packed:
            return
        try:
            sheet = read(
                packed, deployment=own.deployment, post=own.post, server_key=own.server_key
            )
        except (Malformed, Forged):
            return
        yield packed
        if sheet.is_all:
            return
        asked = AskedSheet(sheet.upto, sheet.memory, asked.state)


def bring(folder: Path, spool: Path, device: DeviceKey) -> tuple[int, dict[str, Flaw]]:
    """Keep beside the spool what a stick tells this post, until somebody is signed in.

    How many sheets, and what is wrong with those that are of no use. Raises `StickFailed`, OSError
    where they cannot be kept.
    """
    kept = spool.with_name(_KEPT)
    refused: dict[str, Flaw] = {}
    number = 0
    for path in stick.files_on(folder, SHEET):
        try:
            content = stick.read(path, most=MOST_SHEET)
            sheet = _read(content, device)
        except Elsewhere:
            continue
        except BadFile as bad:
            refused[path.name] = bad.flaw
            continue
        number += 1
        name = f"{sheet.told_at:%Y%m%d%H%M%S%f}-{sheet.after:016}{SHEET}"
        _keep(kept / name, content)
    return number, refused


def settle(store: Store, spool: Path, device: DeviceKey, *, state: str) -> bool:
    """Take over the next of what a stick brought; whether there was one. On the store's thread.

    What cannot be opened yet waits; what is of no use any more goes.
    """
    kept = spool.with_name(_KEPT)
    path = min(kept.glob(f"*{SHEET}"), default=None)
    if path is None:
        with suppress(OSError):
            kept.rmdir()
        return False
    with suppress(BadFile, Malformed, Forged):
        try:
            take(store, _read(stick.read(path, most=MOST_SHEET), device), device, state=state)
        except CannotOpen:
            return False
    path.unlink(missing_ok=True)
    return True


def _opened(sheet: Sheet, device: DeviceKey) -> list[ToldCrossing]:
    state = device.state
    key = {0: state.post_key, **state.post_keys}.get(sheet.generation)
    if not key:
        raise CannotOpen
    try:
        packed = sealing.open_sealed(key, protocol.sealed_for(PURPOSE), sheet.sealed)
    except CannotOpen as error:
        raise Malformed("closed with another key of the post, or altered") from error
    try:
        return msgpack_decoder(_Told).decode(protocol.decompress(packed, most=MOST_SHEET))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Malformed("not crossings") from error


def _read(content: bytes, device: DeviceKey) -> Sheet:
    """Raises `BadFile`, `Elsewhere`."""
    state = device.state
    try:
        return read(
            content, deployment=state.deployment, post=state.post, server_key=state.server_key
        )
    except protocol.TooLarge:
        raise BadFile(Flaw.TOO_LARGE) from None
    except Malformed:
        raise BadFile(Flaw.UNREADABLE) from None
    except Elsewhere:
        raise
    except Forged:
        raise BadFile(Flaw.FORGED) from None


def _is_of_earlier_epoch(sheet: Sheet, device: DeviceKey) -> bool:
    """Whether it was written before the centre came back from a backup."""
    epoch, heard = device.state.epoch, device.state.last_server_time
    if not epoch or heard is None or sheet.memory == previews.memory_of(epoch):
        return False
    return sheet.told_at < heard


def _keep(path: Path, content: bytes) -> None:
    """By a name that says when it is its turn."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    coming = path.with_suffix(".new")
    try:
        coming.write_bytes(content)
        coming.replace(path)
    except OSError:
        coming.unlink(missing_ok=True)
        raise
