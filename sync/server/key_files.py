"""A party's key: a file that its pass-phrase opens, and the public part that is handed over.

pass-phrase ── Argon2id ──► wrapping key ── AES-256-GCM ──► Ed25519 key
"""

import os
import unicodedata
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from checkpoint_client.vault.errors import WeakPassphrase
from checkpoint_client.vault.slots import Kdf, require_strong
from sync.server import disk
from sync.server.command import Refused
from sync.server.roles import Holder, holder_of

PUBLIC: Final = ".public"
LONGEST_NAME: Final = 80

_PRIVATE_KIND: Final = "checkpoint-signing-key"
_PUBLIC_KIND: Final = "checkpoint-public-key"
_OWNER_ONLY = 0o600
_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32

_Name = Annotated[
    str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME, pattern=r"\A[^\x00-\x1f]+\Z")
]
_Public = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class _PublicPart(msgspec.Struct, frozen=True, kw_only=True):
    kind: Literal["checkpoint-public-key"] = _PUBLIC_KIND
    version: Literal[1] = 1
    holder: _Name
    public: _Public


class _Header(msgspec.Struct, frozen=True, kw_only=True):
    """Stands in the clear; its exact bytes go into both steps, so a changed one opens nothing."""

    kind: Literal["checkpoint-signing-key"] = _PRIVATE_KIND
    version: Literal[1] = 1
    holder: _Name
    public: _Public
    kdf: Kdf
    salt: bytes


class _KeyFile(msgspec.Struct, frozen=True, kw_only=True):
    header: msgspec.Raw
    nonce: bytes
    box: bytes


def create(path: Path, name: str, passphrase: str) -> Holder:
    """Make a key in `path` and its public part in `path`.public. Raises `Refused`, OSError."""
    public = path.with_name(path.name + PUBLIC)
    for taken in (path, public):
        if taken.exists():
            raise Refused(f"{taken} is there already: nothing was made. Choose another name.")
    try:
        require_strong(passphrase)
    except WeakPassphrase as weak:
        raise Refused(f"{weak} Nothing was made.") from None
    key = Ed25519PrivateKey.generate()
    holder = holder_of(_checked(name), key)
    header = msgspec.json.encode(
        _Header(holder=holder.name, public=holder.public, kdf=Kdf(), salt=os.urandom(_SALT_BYTES))
    )
    nonce = os.urandom(_NONCE_BYTES)
    box = AESGCM(_wrapping_key(passphrase, header)).encrypt(nonce, key.private_bytes_raw(), header)
    packed = msgspec.json.encode(_KeyFile(header=msgspec.Raw(header), nonce=nonce, box=box))
    disk.write(path, [packed], mode=_OWNER_ONLY)
    part = msgspec.json.encode(_PublicPart(holder=holder.name, public=holder.public))
    disk.write(public, [msgspec.json.format(part)])
    return holder


def read_public(path: Path) -> Holder:
    """What a party handed over. Raises `Refused`."""
    content = _content(path)
    try:
        part = msgspec.json.decode(content, type=_PublicPart)
    except (msgspec.DecodeError, UnicodeDecodeError):
        if _PRIVATE_KIND.encode() in content:
            raise Refused(
                f"{path} is a private key: its holder keeps it. Hand over {path.name}{PUBLIC}."
            ) from None
        raise Refused(
            f"{path} is not the public part of a key, as `keys new` writes it (FILE{PUBLIC})."
        ) from None
    return Holder(name=part.holder, public=part.public)


def holder_in(path: Path) -> Holder:
    """Whose key the file says it is; opening it proves that. Raises `Refused`."""
    header, _ = _read(path)
    return Holder(name=header.holder, public=header.public)


def open_key(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """Raises `Refused`."""
    header, file = _read(path)
    exact = bytes(file.header)
    try:
        opened = AESGCM(_wrapping_key(passphrase, exact)).decrypt(file.nonce, file.box, exact)
        key = Ed25519PrivateKey.from_private_bytes(opened)
    except (InvalidTag, ValueError):
        raise Refused(
            f"{path} did not open: the pass-phrase is wrong, or the file was altered."
        ) from None
    if holder_of(header.holder, key).public != header.public:
        raise Refused(f"{path} was altered: bring it back from the copy in the safe.")
    return key


def _read(path: Path) -> tuple[_Header, _KeyFile]:
    try:
        file = msgspec.json.decode(_content(path), type=_KeyFile)
        return msgspec.json.decode(file.header, type=_Header), file
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused(f"{path} is not a key file, or not a whole one.") from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None


def _checked(name: str) -> str:
    try:
        return msgspec.convert(name.strip(), _Name)
    except msgspec.ValidationError:
        raise Refused(f"Say who holds the key, in at most {LONGEST_NAME} characters.") from None


def _wrapping_key(passphrase: str, header: bytes) -> bytes:
    kdf = msgspec.json.decode(header, type=_Header)
    typed = unicodedata.normalize("NFC", passphrase)  # keyboards write й in one or two characters
    return Argon2id(
        salt=kdf.salt,
        length=_KEY_BYTES,
        iterations=kdf.kdf.iterations,
        lanes=kdf.kdf.lanes,
        memory_cost=kdf.kdf.memory_kib,
        ad=header,
    ).derive(typed.encode())
