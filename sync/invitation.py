"""A provisioning file as one line of text: for a QR code, a keyboard scanner, or patient fingers.

It holds where the centre is, the token, and the fingerprint by which the centre is recognised; the
keys themselves are fetched, and believed only where they give that fingerprint.
"""

import hashlib
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from typing import Annotated, Final

import msgspec

from sync.protocol import (
    DeviceRole,
    Introduction,
    Malformed,
    Name,
    Provisioning,
    Token,
    decode,
    fingerprint,
)

PREFIX: Final = "CP2-"

_CHECK_BYTES = 3
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_LATER = "-\u2010\u2011\u2013\u2014 \t\r\n"


class Invitation(msgspec.Struct, frozen=True, array_like=True):
    """Leave for one computer to enrol, and all it needs to find and recognise its centre."""

    url: Annotated[str, msgspec.Meta(max_length=300)]
    deployment: Name
    post: Name
    role: DeviceRole
    token_id: bytes
    token_secret: bytes
    fingerprint: bytes

    @classmethod
    def read(cls, text: str) -> "Invitation":
        """Takes what `str` gives, in any case, with any blanks or dashes.

        Raises `Malformed` with a sentence for who typed it.
        """
        letters = "".join(c for c in text.upper() if c not in _LATER)
        if any(c.isalpha() and not c.isascii() for c in letters):
            raise Malformed("It has letters that are not Latin: switch the keyboard to English.")
        if not letters.startswith(PREFIX.rstrip("-")):
            raise Malformed(f"It does not begin with {PREFIX}.")
        packed = letters[len(PREFIX) - 1 :]
        if strange := sorted(set(packed) - _LETTERS):
            raise Malformed(f"It has {', '.join(strange)}, which never stands in a token.")
        try:
            raw = b32decode(packed + "=" * (-len(packed) % 8))
        except NotBase32:
            raw = b""
        payload, check = raw[:-_CHECK_BYTES], raw[-_CHECK_BYTES:]
        if not payload or check != _check(payload):
            raise Malformed("A character is wrong or missing: scan it again, or compare it.")
        return decode(payload, cls)

    def __str__(self) -> str:
        payload = msgspec.msgpack.encode(self)
        return PREFIX + b32encode(payload + _check(payload)).decode().rstrip("=")

    def accept(self, introduction: bytes) -> Provisioning:
        """The provisioning file that this stands for, once the centre has said who it is.

        Raises `Malformed` if it is another centre, or this one with other keys.
        """
        if fingerprint(introduction) != self.fingerprint:
            raise Malformed("not the centre that gave out this token")
        centre = decode(introduction, Introduction)
        return Provisioning(
            url=self.url,
            deployment=self.deployment,
            post=self.post,
            post_name=self.post,
            token=str(Token(id=self.token_id, secret=self.token_secret)),
            server_key=centre.server_key,
            centre_key=centre.centre_key,
            certificate=centre.certificate,
            tuf_root=centre.tuf_root,
            role=self.role,
            recovery_key=centre.recovery_key,
        )


def is_invitation(text: str) -> bool:
    """Whether this is meant as one, typed well or not; a path begins otherwise."""
    return text.strip().upper().startswith(PREFIX)


def _check(payload: bytes) -> bytes:
    return hashlib.sha256(payload).digest()[:_CHECK_BYTES]
