"""What stands in an entry: one record, who made it, when, and how far the clock is to be trusted.

Bodies are JSON so that a court can read them without our program. They are written once; what is
stored and hashed are these bytes. Unknown fields of a later version are kept, being bytes.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from checkpoint_client.records import KINDS, VERSION, Attachment, Record, kind_of
from checkpoint_client.records.codes import ClockState
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.records.decoders import json_decoder

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Unreadable(Exception):
    """The bytes are not a body, or a record of a kind or version that this program knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReading:
    """What the clock was worth: monotonic time since boot tells a jump from a night off."""

    state: ClockState
    boot: str
    monotonic_ms: int
    last_server_time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """`id` is a UUIDv7; times carry the local offset; `refers_to` are leaves in hexadecimal.

    `officer` is a service number, None where the workstation itself records. The position is not
    here, so that a new incarnation can append the same bytes again.
    """

    id: str
    kind: str
    version: int
    happened_at: datetime
    recorded_at: datetime
    clock: ClockReading
    officer: str | None
    shift: str | None
    refers_to: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    record: msgspec.Raw


def encode(body: Body) -> bytes:
    """The bytes to store and hash."""
    return _encoder.encode(body)


def decode(stored: bytes) -> Body:
    try:
        return _decoder.decode(stored)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None


def pack(record: Record) -> msgspec.Raw:
    return msgspec.Raw(_encoder.encode(record))


def unpack(body: Body) -> Record:
    """The record in a body, every field checked against its class."""
    if body.version > VERSION:
        raise Unreadable(f"version {body.version} of {body.kind}")
    if body.kind not in KINDS:
        raise Unreadable(f"kind {body.kind}")
    return from_json(KINDS[body.kind], bytes(body.record))


def from_json(wanted: type[T], packed: bytes) -> T:
    """Any of our values from its JSON: records, and drafts while they are kept."""
    try:
        return json_decoder(wanted, _read).decode(packed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None


def to_json(value: object) -> bytes:
    """A record or draft as JSON, for whatever is not an entry's body."""
    return _encoder.encode(value)


def new_id(at: datetime, random: Callable[[int], bytes] = os.urandom) -> str:
    """A UUID of version 7: milliseconds since 1970, then randomness (RFC 9562 §5.7)."""
    # In whole numbers: a float is one millisecond off at times.
    milliseconds = max(0, (at - _EPOCH) // timedelta(milliseconds=1))  # a dead clock may show less
    chance = int.from_bytes(random(10), "big")
    high = chance >> 68  # 12 bits
    low = chance & ((1 << 62) - 1)
    value = (milliseconds << 80) | (7 << 76) | (high << 64) | (0b10 << 62) | low
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def body_of(
    record: Record,
    *,
    id: str,
    happened_at: datetime,
    recorded_at: datetime,
    clock: ClockReading,
    officer: str | None,
    shift: str | None,
    refers_to: tuple[str, ...] = (),
    attachments: tuple[Attachment, ...] = (),
) -> Body:
    """A body around a record of ours, in today's version."""
    return Body(
        id=id,
        kind=kind_of(record),
        version=VERSION,
        happened_at=happened_at,
        recorded_at=recorded_at,
        clock=clock,
        officer=officer,
        shift=shift,
        refers_to=refers_to,
        attachments=attachments,
        record=pack(record),
    )


def _write(value: object) -> str:
    if isinstance(value, PartialDate):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in a body")


def _read(wanted: type[Any], value: object) -> Any:
    if wanted is PartialDate and isinstance(value, str):
        return PartialDate.parse(value)
    raise ValueError(f"not a {wanted.__name__}")


_encoder = msgspec.json.Encoder(enc_hook=_write)
_decoder = json_decoder(Body)
