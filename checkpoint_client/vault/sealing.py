"""Encrypting for somebody who is not here: headquarters, the centre, a workstation, a role.

HPKE (RFC 9180) in base mode: X25519, HKDF-SHA256, AES-256-GCM. It keeps secrets but names no
sender; whoever needs one signs the ciphertext. One algorithm byte stands in front, so that a
post-quantum suite can follow. Keys are raw 32 bytes.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from checkpoint_client.vault.errors import CannotOpen

_X25519 = b"\x01"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal(public: bytes, info: bytes, plaintext: bytes) -> bytes:
    """Encrypt for the holder of `public`; `info` names the purpose and must be the same to open.

    Raises ValueError when `public` is no X25519 key.
    """
    key = X25519PublicKey.from_public_bytes(public)
    return _X25519 + _SUITE.encrypt(plaintext, key, _X25519 + info)


def open_sealed(private: bytes, info: bytes, ciphertext: bytes) -> bytes:
    """What `seal` was given. Raises `CannotOpen`."""
    if ciphertext[:1] != _X25519:
        raise CannotOpen
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        return _SUITE.decrypt(ciphertext[1:], key, _X25519 + info)
    except InvalidTag as closed:
        raise CannotOpen from closed


def new_private() -> bytes:
    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
