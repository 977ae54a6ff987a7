"""A checksum of a list as a set: whole or brought by changes, in any order, it comes to the same.

It tells a list that was put together wrongly. That nobody forged it, signatures tell.
"""

from collections.abc import Iterable
from hashlib import sha256

_MODULUS = 1 << 256


def of_line(line: bytes) -> int:
    """What one alert adds: SHA-256 of its line (without the end), as a number."""
    return int.from_bytes(sha256(line).digest(), "big")


def of_lines(lines: Iterable[bytes]) -> int:
    """The sum over all alerts, modulo 2^256."""
    return sum(map(of_line, lines)) % _MODULUS


def changed(total: int, *, added: Iterable[bytes], removed: Iterable[bytes]) -> int:
    """The sum after some alerts came and others went."""
    return (total + of_lines(added) - of_lines(removed)) % _MODULUS


def text(total: int) -> str:
    """As publications tell it: 64 hexadecimal digits."""
    return f"{total:064x}"
