"""Makes guessing slow: after five wrong pass-phrases an officer waits, longer each time.

The try is counted on disk before the pass-phrase is looked at, so that pulling the plug wins
nothing. A counter that is missing or altered counts as all free tries used. This stops people at
the keyboard; a copy of the files is guarded by Argon2id and the pass-phrase alone.
"""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.vault.errors import Damaged, Throttled
from checkpoint_client.vault.private_file import PrivateFile

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


class _Tries(msgspec.Struct, frozen=True):
    """Wrong pass-phrases in a row, and when the last of them was given (UTC)."""

    wrong: int
    since: datetime

    def wait_is_over(self) -> datetime:
        too_many = self.wrong - FREE_TRIES
        if too_many < 0:
            return self.since
        most = LONGEST_WAIT // FIRST_WAIT
        return self.since + FIRST_WAIT * min(1 << min(too_many, most), most)


class _Counted(msgspec.Struct, frozen=True):
    tries: msgspec.Raw
    mac: bytes


class Throttle:
    """One counter file, beside the envelope. `secret` is the device's: without it none is forged.

    The wait is counted from the last try. A clock set back starts the same wait again from the
    time it shows now: it never shortens one, and a clock that was once far ahead locks nobody out.
    """

    def __init__(self, path: Path, *, secret: bytes, now: Callable[[], datetime]) -> None:
        self._file = PrivateFile(path, "tries")
        self._secret = secret
        self._now = now

    def start(self) -> None:
        """Begin with nobody waiting."""
        self._write({})

    def count(self, officer: str) -> int:
        """Count a try before it is made; how many more are free after it. Raises `Throttled`."""
        now = self._now()
        try:
            everyone = self._read()
        except Damaged:
            everyone = {officer: _Tries(FREE_TRIES, now)}
            self._write(everyone)
        tries = everyone.get(officer, _Tries(0, now))
        if tries.since > now:
            tries = _Tries(tries.wrong, now)
            self._write({**everyone, officer: tries})
        if now < tries.wait_is_over():
            raise Throttled(tries.wait_is_over())
        tries = _Tries(tries.wrong + 1, now)
        self._write({**everyone, officer: tries})
        return max(0, FREE_TRIES - tries.wrong)

    def forget(self, officer: str) -> None:
        """The pass-phrase was right: the next wrong one is the first again."""
        others = {name: tries for name, tries in self._read().items() if name != officer}
        self._write(others)

    def _read(self) -> dict[str, _Tries]:
        name = self._file.path.name
        try:
            counted = json_decoder(_Counted).decode(self._file.read())
            if not hmac.compare_digest(counted.mac, self._mac(counted.tries)):
                raise Damaged(name, "altered")
            return json_decoder(dict[str, _Tries]).decode(counted.tries)
        except (msgspec.DecodeError, RecursionError) as unreadable:
            raise Damaged(name, "altered") from unreadable

    def _write(self, everyone: dict[str, _Tries]) -> None:
        tries = msgspec.Raw(msgspec.json.encode(everyone))
        self._file.write(msgspec.json.encode(_Counted(tries, self._mac(tries))))

    def _mac(self, tries: msgspec.Raw) -> bytes:
        return hmac.digest(self._secret, b"checkpoint/vault/tries/1" + bytes(tries), "sha256")
