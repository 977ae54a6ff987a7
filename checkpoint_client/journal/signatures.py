"""What is signed and how: every message carries its purpose and the algorithm in front.

A message is `tag ‖ 0x00 ‖ algorithm ‖ (length ‖ field)…` with lengths of four bytes, big endian, so
that no two different lists of fields give the same bytes and no signature serves two purposes.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 1

HEAD = b"checkpoint/head/1"
ACT = b"checkpoint/act/1"
SESSION = b"checkpoint/session/1"
REQUEST = b"checkpoint/request/1"
REPLY = b"checkpoint/reply/1"
BUNDLE = b"checkpoint/bundle/1"
ACKNOWLEDGEMENT = b"checkpoint/acknowledgement/1"
CERTIFICATE = b"checkpoint/certificate/1"
ENROL = b"checkpoint/enrol/1"
ROTATION = b"checkpoint/rotation/1"
HANDOVER = b"checkpoint/handover/1"
ORDER = b"checkpoint/order/1"
ORDER_REPORT = b"checkpoint/order-report/1"
REVOKED = b"checkpoint/revoked/1"
CROSSINGS = b"checkpoint/crossings/1"

_LENGTH_BYTES = 4
_NUMBER_BYTES = 8


def message(tag: bytes, *fields: bytes) -> bytes:
    """The exact bytes to sign for a purpose."""
    return tag + b"\x00" + bytes([ED25519]) + joined(*fields)


def joined(*fields: bytes) -> bytes:
    """Fields behind one another, each after its length, so that their borders cannot move."""
    return b"".join(len(field).to_bytes(_LENGTH_BYTES, "big") + field for field in fields)


def number(value: int) -> bytes:
    """A position, count or incarnation as eight bytes, big endian."""
    return value.to_bytes(_NUMBER_BYTES, "big")


def act_message(deployment: str, leaf: bytes) -> bytes:
    """What an officer signs for an act of weight: the entry's leaf, wherever it is chained."""
    return message(ACT, deployment.encode(), leaf)


def sign(key: Ed25519PrivateKey, signed: bytes) -> bytes:
    """64 bytes."""
    return key.sign(signed)


def is_valid(public: bytes, signature: bytes, signed: bytes) -> bool:
    """Whether the holder of `public` (32 raw bytes) signed exactly this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
