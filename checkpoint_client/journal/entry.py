"""One entry of the journal, and the hashes that tie it to its body and to the entry before.

Format 1 (‖ is concatenation; variable fields stand after their length, see `signatures.joined`):

    leaf_i = SHA-256(0x00 ‖ algorithm ‖ salt ‖ body)
    head_i = SHA-256(0x01 ‖ head_{i-1} ‖ leaf_i ‖ SHA-256(officer signatures of i))
    head_0 = SHA-256(0x02 ‖ deployment ‖ workstation ‖ incarnation)

The body is the exact UTF-8 JSON stored and is never serialised again. Salt and body can be erased
when their time is over: the leaf stays and the chain still verifies.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from checkpoint_client.journal.signatures import HANDOVER, HEAD, SESSION, joined, message, number

SHA256 = 1
SALT_BYTES = 16

_LEAF = b"\x00"
_HEAD = b"\x01"
_START = b"\x02"


@dataclass(frozen=True, slots=True)
class OfficerSignature:
    """An officer's own signature under an act of weight, beside the entry and inside its head."""

    officer: str
    algorithm: int
    value: bytes


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose journal it is. A new incarnation is a new journal of the same workstation."""

    deployment: str
    workstation: str
    incarnation: int

    def first_head(self) -> bytes:
        """The head before the first entry: ties the journal to its place."""
        return hashlib.sha256(_START + self.fields()).digest()

    def head_message(self, position: int, head: bytes) -> bytes:
        """What the workstation signs at each append."""
        return message(HEAD, self.fields(), number(position), head)

    def session_message(self, first: int, last: int, head: bytes) -> bytes:
        """What the officer signs when his session ends: its range and the head behind it."""
        return message(SESSION, self.fields(), number(first), number(last), head)

    def handover_message(self, before: "Origin", position: int, head: bytes, key: bytes) -> bytes:
        """What the workstation's earlier key signs: that journal `before`, as far as it has come,
        is followed by this one, under `key` (Ed25519, raw).
        """
        return message(HANDOVER, before.fields(), number(position), head, self.fields(), key)

    def fields(self) -> bytes:
        """The three names as bytes, for whatever is signed in the name of this journal."""
        return joined(self.deployment.encode(), self.workstation.encode(), number(self.incarnation))


@dataclass(frozen=True, slots=True)
class Tip:
    """Where a journal ends: the position of its last entry and the head behind it."""

    position: int
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as it is stored and as it travels. `salt` and `body` are None once erased."""

    position: int
    algorithm: int
    salt: bytes | None
    body: bytes | None
    leaf: bytes
    signatures: tuple[OfficerSignature, ...]
    head: bytes
    signature: bytes


def leaf_of(body: bytes, salt: bytes, algorithm: int = SHA256) -> bytes:
    """The body's commitment, 32 bytes. The salt keeps an erased body from being guessed."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(_LEAF + bytes([algorithm]) + salt + body).digest()


def head_of(previous: bytes, leaf: bytes, signatures: Sequence[OfficerSignature]) -> bytes:
    """The head behind an entry, 32 bytes."""
    return hashlib.sha256(_HEAD + previous + leaf + _digest(signatures)).digest()


def _digest(signatures: Sequence[OfficerSignature]) -> bytes:
    fields = (
        joined(each.officer.encode(), bytes([each.algorithm]), each.value) for each in signatures
    )
    return hashlib.sha256(b"".join(fields)).digest()
