"""Alerts as JSON lines: our own list format, and what travels to the workstations.

One object a line, UTF-8, one alert each; members that are empty are left out. Members, as in
`Alert`: `id`, `list_id`, `category`, `action` (these four must be there), `owner`, `contact`,
`cautions`, `visibility` (FIRST_LINE if left out), `names` (the main one first; "SURNAME, Given"
where the order is known), `birth_dates` ("1974-08-12", "1974-08", "1974"), `sex` (F, M, X),
`nationalities` (ICAO codes), `documents` (pairs: issuing State or "", number),
`national_numbers`, `plates`, `vins`, `reason`, `legal_reference`, `valid_from`, `valid_until`
(days, both included), `photo` (a JPEG or PNG file in base64, 24 KiB at most). Whoever reads a
file refuses unknown members, so that a misspelt one is noticed; a workstation skips them, because
headquarters may be newer.

The changes from one version of a list to another come in the same lines: an alert that is new or
has changed, or `{"remove": [list_id, id]}`, removals first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import msgspec

from checkpoint_client.records.dates import PartialDate
from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.watchlist.alerts import Alert, Skipped, is_photo

_LONGEST_LINE = 1 << 20


class Unreadable(ValueError):
    """A line is no alert; the text says why."""


class _Removal(msgspec.Struct, frozen=True):
    remove: tuple[str, str]


class _Named(msgspec.Struct, frozen=True):
    list_id: str
    id: str


def read(path: Path) -> Iterator[Alert | Skipped]:
    """The alerts of a file; a line that is none is skipped with its reason. Raises OSError."""
    with path.open("rb") as file:
        yield from read_lines(file)


def read_lines(lines: Iterable[bytes]) -> Iterator[Alert | Skipped]:
    """The same for lines that must not touch the disk in clear text."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _taken(line)
        except Unreadable as why:
            yield Skipped(line=number, reason=str(why))


def write(alerts: Iterable[Alert]) -> bytes:
    return b"".join(encode(alert) + b"\n" for alert in alerts)


def encode(alert: Alert) -> bytes:
    """One line without its end."""
    filled = {
        field.name: value
        for field in fields(alert)
        if (value := getattr(alert, field.name)) != field.default
    }
    return _encoder.encode(filled)


def decode(line: bytes) -> Alert:
    """Skips members that are unknown. Raises `Unreadable`."""
    try:
        return _decoder.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None


def encode_removal(list_id: str, id: str) -> bytes:
    """A change that takes an alert out, one line without its end."""
    return msgspec.json.encode(_Removal(remove=(list_id, id)))


def decode_change(line: bytes) -> Alert | tuple[str, str]:
    """An alert to put in, or the `list_id` and `id` of one to take out. Raises `Unreadable`."""
    if not line.startswith(_REMOVAL):
        return decode(line)
    try:
        return _removals.decode(line).remove
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None


def lines(portions: Iterable[bytes]) -> Iterator[bytes]:
    """Whole lines, without their ends, out of a stream of any portions. Raises `Unreadable`."""
    begun = b""
    for some in portions:
        *whole, begun = (begun + some).split(b"\n")
        yield from whole
        if len(begun) > _LONGEST_LINE:
            raise Unreadable("longer than 1 MiB")
    if begun:
        yield begun


def key_of(line: bytes) -> tuple[str, str]:
    """The `list_id` and `id` of an alert, without reading the rest. Raises `Unreadable`."""
    try:
        named = _names.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    return named.list_id, named.id


def _taken(line: bytes) -> Alert:
    """What comes from outside is looked at more closely than what we wrote ourselves."""
    if len(line) > _LONGEST_LINE:
        raise Unreadable("longer than 1 MiB")
    alert = decode(line)
    try:
        unknown = msgspec.json.decode(line).keys() - _MEMBERS
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:  # in what we do not know
        raise Unreadable(str(error)) from None
    if unknown:
        raise Unreadable(f"unknown member {min(unknown)!r}")
    if not alert.id or not alert.list_id:
        raise Unreadable("id and list_id must not be empty")
    if alert.photo and not is_photo(alert.photo):
        raise Unreadable("photo is no JPEG or PNG file of at most 24 KiB")
    return alert


def _to_text(value: object) -> str:
    if isinstance(value, PartialDate):
        return str(value)
    raise TypeError(f"an alert holds no {type(value).__name__}")


def _from_text(wanted: type, value: object) -> object:
    if wanted is PartialDate and isinstance(value, str):
        return PartialDate.parse(value)
    raise ValueError(f"{value!r} is no {wanted.__name__}")


_MEMBERS = frozenset(field.name for field in fields(Alert))
_encoder = msgspec.json.Encoder(enc_hook=_to_text)
_decoder = json_decoder(Alert, _from_text)
_removals = json_decoder(_Removal)
_names = json_decoder(_Named)
_REMOVAL = b'{"remove":'
