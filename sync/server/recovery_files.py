"""Headquarters' recovery key: two halves, each in a file that its holder's pass-phrase opens.

It opens every workstation's records, so nobody holds it alone: one half is random, the other is the
key with the first taken from it (exclusive or), and neither says anything without the other. The
public part goes to the centre, and from there to every new workstation.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.vault import Kdf, sealing
from sync.server import disk
from sync.server.command import Refused
from sync.server.key_files import (
    OWNER_ONLY,
    PUBLIC,
    content_of,
    lock,
    named,
    new_salt,
    read_locked,
    require_new,
    unlock,
)
from sync.server.roles import in_groups

_KEY_BYTES = 32

_Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class RecoveryPart(msgspec.Struct, frozen=True, kw_only=True):
    """The public part (JSON), as the centre keeps it. `holders`: who has the halves."""

    kind: Literal["checkpoint-recovery-public"] = "checkpoint-recovery-public"
    version: Literal[1] = 1
    holders: list[str]
    public: _Key

    @property
    def fingerprint(self) -> str:
        return in_groups(self.public.hex()[:24])


class _Half(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the clear on a half; its exact bytes go into opening it."""

    kind: Literal["checkpoint-recovery-half"] = "checkpoint-recovery-half"
    holder: str
    half: Literal[1, 2]
    public: _Key
    kdf: Kdf
    salt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who is to hold a half, in which file, under which pass-phrase."""

    name: str
    path: Path
    passphrase: str


def create(path: Path, holdings: Sequence[Holding]) -> RecoveryPart:
    """Make a key, its halves and `path`.public. Raises `Refused`, OSError."""
    first, second = holdings
    require_new(path.with_name(path.name + PUBLIC), first.path, second.path)
    if len({first.path, second.path}) < 2 or named(first.name) == named(second.name):
        raise Refused("Two people hold the halves, each in a file of his own: nothing was made.")
    private, half = sealing.new_private(), os.urandom(_KEY_BYTES)
    public = sealing.public_of(private)
    other = _without(private, half)
    packed = [_locked(first, 1, half, public), _locked(second, 2, other, public)]
    for each, content in zip(holdings, packed, strict=True):
        disk.write(each.path, [content], mode=OWNER_ONLY)
    part = RecoveryPart(holders=[named(first.name), named(second.name)], public=public)
    disk.write(path.with_name(path.name + PUBLIC), [encode(part)])
    return part


def encode(part: RecoveryPart) -> bytes:
    return msgspec.json.format(msgspec.json.encode(part))


def read_public(path: Path) -> RecoveryPart:
    """Raises `Refused`."""
    try:
        return json_decoder(RecoveryPart).decode(content_of(path))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(
            f"{path} is not the public part of a recovery key, as `recovery new` writes it"
            f" (FILE{PUBLIC})."
        ) from None


def holder_in(path: Path) -> str:
    """Whose half the file says it is. Raises `Refused`."""
    about, _ = read_locked(path, _Half)
    return about.holder


def join(halves: Sequence[tuple[Path, str]]) -> bytes:
    """The private key, from both files and their pass-phrases. Raises `Refused`."""
    opened = {}
    for path, passphrase in halves:
        about, file = read_locked(path, _Half)
        opened[about.half] = about, unlock(path, file, passphrase)
    if set(opened) != {1, 2}:
        raise Refused("It takes both halves: name the files of both holders.")
    (one, half), (two, other) = opened[1], opened[2]
    private = _without(half, other)
    if {one.public, two.public} != {sealing.public_of(private)}:
        raise Refused("These are halves of different keys, or one was altered: see the safes.")
    return private


def _locked(holding: Holding, half: Literal[1, 2], secret: bytes, public: bytes) -> bytes:
    header = _Half(holder=named(holding.name), half=half, public=public, kdf=Kdf(), salt=new_salt())
    return lock(msgspec.json.encode(header), secret, holding.passphrase)


def _without(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
