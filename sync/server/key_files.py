"""A party's key: a file that its pass-phrase opens, and the public part that is handed over.

pass-phrase ── Argon2id ──► wrapping key ── AES-256-GCM ──► Ed25519 key
"""

import os
import unicodedata
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.vault.errors import WeakPassphrase
from checkpoint_client.vault.slots import Kdf, require_strong
from sync.server import disk
from sync.server.command import Refused
from sync.server.roles import Holder, holder_of

PUBLIC: Final = ".public"
LONGEST_NAME: Final = 80
OWNER_ONLY: Final = 0o600

_PRIVATE_KIND: Final = "checkpoint-signing-key"
_PUBLIC_KIND: Final = "checkpoint-public-key"
_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32

_Name = Annotated[
    str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME, pattern=r"\A[^\x00-\x1f]+\Z")
]
_Public = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


H = TypeVar("H", bound=msgspec.Struct)


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


class _Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What every header says, whatever else stands in it."""

    kdf: Kdf
    salt: bytes


class LockedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A secret under a pass-phrase. `header`: its exact bytes, JSON."""

    header: msgspec.Raw
    nonce: bytes
    box: bytes


def create(path: Path, name: str, passphrase: str) -> Holder:
    """Make a key in `path` and its public part in `path`.public. Raises `Refused`, OSError."""
    public = path.with_name(path.name + PUBLIC)
    require_new(path, public)
    key = Ed25519PrivateKey.generate()
    holder = holder_of(named(name), key)
    header = _Header(holder=holder.name, public=holder.public, kdf=Kdf(), salt=new_salt())
    packed = lock(msgspec.json.encode(header), key.private_bytes_raw(), passphrase)
    disk.write(path, [packed], mode=OWNER_ONLY)
    part = msgspec.json.encode(_PublicPart(holder=holder.name, public=holder.public))
    disk.write(public, [msgspec.json.format(part)])
    return holder


def read_public(path: Path) -> Holder:
    """What a party handed over. Raises `Refused`."""
    content = content_of(path)
    try:
        part = json_decoder(_PublicPart).decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
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
    header, _ = read_locked(path, _Header)
    return Holder(name=header.holder, public=header.public)


def open_key(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """Raises `Refused`."""
    header, file = read_locked(path, _Header)
    key = Ed25519PrivateKey.from_private_bytes(unlock(path, file, passphrase))
    if holder_of(header.holder, key).public != header.public:
        raise Refused(f"{path} was altered: bring it back from the copy in the safe.")
    return key


def require_new(*paths: Path) -> None:
    """Nothing that was made before is written over. Raises `Refused`."""
    for path in paths:
        if path.exists():
            raise Refused(f"{path} is there already: nothing was made. Choose another name.")


def new_salt() -> bytes:
    return os.urandom(_SALT_BYTES)


def lock(header: bytes, secret: bytes, passphrase: str) -> bytes:
    """A `LockedFile`'s content. `header` says `kdf` and `salt`. Raises `Refused`."""
    try:
        require_strong(passphrase)
    except WeakPassphrase as weak:
        raise Refused(f"{weak} Nothing was made.") from None
    nonce = os.urandom(_NONCE_BYTES)
    box = AESGCM(_wrapping_key(passphrase, header)).encrypt(nonce, secret, header)
    return msgspec.json.encode(LockedFile(header=msgspec.Raw(header), nonce=nonce, box=box))


def unlock(path: Path, file: LockedFile, passphrase: str) -> bytes:
    """Raises `Refused`; `path` is only told."""
    exact = bytes(file.header)
    try:
        return AESGCM(_wrapping_key(passphrase, exact)).decrypt(file.nonce, file.box, exact)
    except (InvalidTag, ValueError):
        raise Refused(
            f"{path} did not open: the pass-phrase is wrong, or the file was altered."
        ) from None


def read_locked(path: Path, header: type[H]) -> tuple[H, LockedFile]:
    """A file and what stands on it, not proved by anything yet. Raises `Refused`."""
    try:
        file = json_decoder(LockedFile).decode(content_of(path))
        json_decoder(_Cost).decode(file.header)
        return json_decoder(header).decode(file.header), file
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(f"{path} is not a key file of this kind, or not a whole one.") from None


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None


def named(name: str) -> str:
    try:
        return msgspec.convert(name.strip(), _Name)
    except msgspec.ValidationError:
        raise Refused(f"Say who holds the key, in at most {LONGEST_NAME} characters.") from None


def _wrapping_key(passphrase: str, header: bytes) -> bytes:
    cost = json_decoder(_Cost).decode(header)
    typed = unicodedata.normalize("NFC", passphrase)  # keyboards write й in one or two characters
    return Argon2id(
        salt=cost.salt,
        length=_KEY_BYTES,
        iterations=cost.kdf.iterations,
        lanes=cost.kdf.lanes,
        memory_cost=cost.kdf.memory_kib,
        ad=header,
    ).derive(typed.encode())
