"""Who at headquarters may read the duty page: names and pass-phrases, and the cookie of a session.

The workers share no memory, so a session is a signed cookie: a name and until when. Whoever is
taken off the list is out at his next click.
"""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.vault import Kdf
from checkpoint_client.vault.errors import WeakPassphrase
from checkpoint_client.vault.slots import require_strong
from sync.server import disk
from sync.server.command import Refused

SESSION: Final = timedelta(hours=9)
TRIES: Final = 5
PAUSE: Final = timedelta(seconds=30)

_KEY_BYTES = 32
_SALT_BYTES = 16
_OWNER_ONLY = 0o600


class _Reader(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    salt: bytes
    kdf: Kdf
    derived: bytes


class _Stored(msgspec.Struct, frozen=True, kw_only=True):
    cookie_key: bytes
    readers: list[_Reader] = []


class Paused(Exception):
    """Too many wrong pass-phrases for this name; `seconds` are left."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many wrong pass-phrases: wait {seconds} seconds.")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Readers:
    """The file of readers; read at each request, so that a change holds at once."""

    path: Path

    def names(self) -> list[str]:
        return [each.name for each in self._stored().readers]

    def add(self, name: str, passphrase: str, *, kdf: Kdf | None = None) -> None:
        """Let somebody read, or give him another pass-phrase. Raises `Refused`."""
        if not name.strip() or not name.isprintable() or len(name) > 60:
            raise Refused("Say who is to read, in at most 60 characters.")
        try:
            require_strong(passphrase)
        except WeakPassphrase as weak:
            raise Refused(str(weak)) from None
        chosen, salt = kdf or Kdf(), os.urandom(_SALT_BYTES)
        derived = _argon2(chosen, salt).derive(passphrase.encode())
        reader = _Reader(name=name, salt=salt, kdf=chosen, derived=derived)
        stored = self._stored()
        others = [each for each in stored.readers if each.name != name]
        self._keep(msgspec.structs.replace(stored, readers=[*others, reader]))

    def remove(self, name: str) -> None:
        """Raises `Refused`."""
        stored = self._stored()
        left = [each for each in stored.readers if each.name != name]
        if len(left) == len(stored.readers):
            raise Refused(f"Nobody called {name} may read.")
        self._keep(msgspec.structs.replace(stored, readers=left))

    def is_right(self, name: str, passphrase: str) -> bool:
        """Takes as long for a name that is unknown, so that names cannot be tried out."""
        known = {each.name: each for each in self._stored().readers}
        reader = known.get(name) or _Reader(
            name="", salt=bytes(_SALT_BYTES), kdf=Kdf(), derived=bytes(_KEY_BYTES)
        )
        try:
            _argon2(reader.kdf, reader.salt).verify(passphrase.encode(), reader.derived)
        except InvalidKey:
            return False
        return name in known

    def cookie(self, name: str, *, until: datetime) -> str:
        said = f"{int(until.timestamp())}|{name}".encode()
        return urlsafe_b64encode(self._mac(said) + said).decode()

    def reader_of(self, cookie: str, *, now: datetime) -> str | None:
        """Whose session it is, None for one that is over, forged, or of somebody removed."""
        try:
            packed = urlsafe_b64decode(cookie.encode())
        except ValueError:
            return None
        mac, said = packed[:_KEY_BYTES], packed[_KEY_BYTES:]
        if not hmac.compare_digest(mac, self._mac(said)):
            return None
        until, _, name = said.decode().partition("|")
        return name if now.timestamp() < int(until) and name in self.names() else None

    def _mac(self, said: bytes) -> bytes:
        return hmac.digest(self._stored().cookie_key, b"checkpoint/reader/1" + said, "sha256")

    def _stored(self) -> _Stored:
        try:
            return json_decoder(_Stored).decode(self.path.read_bytes())
        except FileNotFoundError:
            return _Stored(cookie_key=os.urandom(_KEY_BYTES))  # kept with the first reader

    def _keep(self, stored: _Stored) -> None:
        disk.write(self.path, [msgspec.json.encode(stored)], mode=_OWNER_ONLY)


class Throttle:
    """Makes guessing slow: a pause after some wrong pass-phrases for a name. Any thread may ask."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = Lock()
        self._wrong: dict[str, tuple[int, datetime]] = {}

    def check(self, name: str) -> None:
        """Raises `Paused`."""
        with self._lock:
            count, last = self._wrong.get(name, (0, self._now()))
        left = (last + PAUSE - self._now()).total_seconds()
        if count >= TRIES and left > 0:
            raise Paused(int(left) + 1)

    def note(self, name: str, *, was_right: bool) -> None:
        with self._lock:
            if was_right:
                self._wrong.pop(name, None)
                return
            if len(self._wrong) > 1_000:  # names tried at random must not fill the memory
                self._wrong.clear()
            count, _ = self._wrong.get(name, (0, self._now()))
            self._wrong[name] = (count + 1, self._now())


def _argon2(kdf: Kdf, salt: bytes) -> Argon2id:
    return Argon2id(
        salt=salt,
        length=_KEY_BYTES,
        iterations=kdf.iterations,
        lanes=kdf.lanes,
        memory_cost=kdf.memory_kib,
    )
