"""Encrypts what is long in pieces, so that never more than one of them is in memory.

Header (16 bytes): a mark of 5 bytes, whose last names the algorithm; 7 random bytes; 4 zero bytes.
Then AES-256-GCM pieces of 64 KiB plain, the last one shorter or empty; nonce: the 7 random bytes,
the piece's number (4 bytes, big endian), 1 for the last piece and 0 for all others. What it is
about is authenticated with every piece; nothing where each has a key of its own.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from checkpoint_client.vault.errors import CannotOpen

PIECE: Final = 64 * 1024

ATTACHMENT: Final = b"CPA1\x01"
"""The mark of an attachment: the format, and 1 for AES-256-GCM."""

_MARK_BYTES = 5
_RANDOM_BYTES = 7
_PADDING = bytes(4)
_TAG_BYTES = 16
_HEADER = _MARK_BYTES + _RANDOM_BYTES + len(_PADDING)
_LOCKED_PIECE = PIECE + _TAG_BYTES
_MORE, _LAST = b"\x00", b"\x01"


def lock(plain: Iterable[bytes], key: bytes, *, mark: bytes, about: bytes = b"") -> Iterator[bytes]:
    """The ciphertext, piece by piece."""
    cipher, random = AESGCM(key), os.urandom(_RANDOM_BYTES)
    yield mark + random + _PADDING
    number = 0
    waiting = bytearray()
    for some in plain:
        waiting += some
        while len(waiting) > PIECE:
            piece = bytes(waiting[:PIECE])
            del waiting[:PIECE]
            yield cipher.encrypt(_nonce(random, number, _MORE), piece, about)
            number += 1
    yield cipher.encrypt(_nonce(random, number, _LAST), bytes(waiting), about)


def unlock(
    locked: Iterable[bytes], key: bytes, *, mark: bytes, about: bytes = b""
) -> Iterator[bytes]:
    """What was locked, piece by piece; no piece is given out that is not genuine.

    Raises `CannotOpen` under another key or for something else, and where it was cut, altered or
    reordered: at the piece where that shows.
    """
    cipher, waiting, rest = AESGCM(key), bytearray(), iter(locked)
    for some in rest:
        waiting += some
        if len(waiting) > _HEADER:
            break
    header = bytes(waiting[:_HEADER])
    random = header[_MARK_BYTES:][:_RANDOM_BYTES]
    if header != mark + random + _PADDING:
        raise CannotOpen
    del waiting[:_HEADER]
    number = 0
    for some in chain((b"",), rest):
        waiting += some
        while len(waiting) > _LOCKED_PIECE:
            piece = bytes(waiting[:_LOCKED_PIECE])
            del waiting[:_LOCKED_PIECE]
            yield _unlocked(cipher, _nonce(random, number, _MORE), piece, about)
            number += 1
    yield _unlocked(cipher, _nonce(random, number, _LAST), bytes(waiting), about)


def locked_size(plain: int) -> int:
    """How many bytes the ciphertext of so many has."""
    pieces = max(1, -(-plain // PIECE))
    return _HEADER + plain + pieces * _TAG_BYTES


def _nonce(random: bytes, number: int, place: bytes) -> bytes:
    return random + number.to_bytes(4, "big") + place


def _unlocked(cipher: AESGCM, nonce: bytes, piece: bytes, about: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, piece, about)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error
