"""One officer's slot: what his pass-phrase opens, and nobody else's.

    pass-phrase ── Argon2id ──► wrapping key ── AES-256-GCM ──► database key ‖ his signing key
                                                his signing key ── HKDF ──► his receive key

Role keys lie outside, each sealed to a slot's receive key, so that they can be handed in while
nobody is signed in. So does a later database key, since those who are not here cannot type their
pass-phrases: the one in the box counts only where there is no other. The header stands in the
clear, for the list at sign-in and for checking signatures; its exact bytes go into both steps, so
that a changed header opens nothing.
"""

import os
import unicodedata
from dataclasses import dataclass, field

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from checkpoint_client.records.codes import Role
from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.vault import sealing
from checkpoint_client.vault.errors import WeakPassphrase

DATABASE_KEY_BYTES = 48  # 32 of key and 16 of salt, as SQLCipher takes them
SHORTEST_PASSPHRASE = 12
FEWEST_CHARACTERS = 5

_PURPOSE = b"checkpoint/vault/slot/1"
_SEED_BYTES = 32
_KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Kdf:
    """How costly one guess is. `memory_kib` in KiB.

    The floor is OWASP's least for Argon2id (19 MiB, 2 iterations); the cap keeps a forged file
    from stopping the machine. ValueError outside of them, also when read from a file.
    """

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        is_within = (
            19 * 1024 <= self.memory_kib <= 1024 * 1024
            and 2 <= self.iterations <= 16
            and 1 <= self.lanes <= 16
        )
        if not is_within:
            raise ValueError(f"Argon2id parameters out of bounds: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotName:
    """Who may sign in here. `public` (Ed25519, raw) checks what this officer signed.

    `receive` (X25519, raw) is what role keys are sealed to for him; empty in a slot from before
    there were any, until its officer unlocks it.
    """

    service_number: str
    role: Role
    public: bytes
    receive: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSlot:
    """An officer to be let in. Blanks round the number are dropped; `WeakPassphrase` if it is."""

    service_number: str
    role: Role
    passphrase: str = field(repr=False)
    signing_key: Ed25519PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "service_number", self.service_number.strip())
        if not self.service_number:
            raise ValueError("A service number is needed.")
        require_strong(self.passphrase)

    @classmethod
    def fresh(cls, service_number: str, role: Role, passphrase: str) -> "NewSlot":
        """With a signing key made now."""
        return cls(
            service_number=service_number,
            role=role,
            passphrase=passphrase,
            signing_key=Ed25519PrivateKey.generate(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstation:
    """Where a slot belongs: it opens nothing elsewhere."""

    deployment: str
    workstation: str


class Header(msgspec.Struct, frozen=True, kw_only=True):
    place: Workstation
    service_number: str
    role: Role
    public: bytes
    kdf: Kdf
    salt: bytes
    with_device_secret: bool


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """`header`: its exact bytes, never serialised again. `receive`: as in `SlotName`.

    `later_key`: the database key that followed the one in the box, sealed to `receive`.
    """

    header: msgspec.Raw
    nonce: bytes
    box: bytes
    receive: bytes = b""
    later_key: bytes = b""

    def read_header(self) -> Header:
        return json_decoder(Header).decode(self.header)

    def name(self) -> SlotName:
        header = self.read_header()
        return SlotName(
            service_number=header.service_number,
            role=header.role,
            public=header.public,
            receive=self.receive,
        )


def require_strong(passphrase: str) -> None:
    """Raise `WeakPassphrase`: twelve characters, blanks counted, are the least (four short words).

    Nothing is asked of the kind of characters: people answer such rules with predictable endings.
    """
    characters = _canonical(passphrase)
    if len(characters) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase(
            "too-short", f"Take at least {SHORTEST_PASSPHRASE} characters: four words are good."
        )
    if len(set(characters)) < FEWEST_CHARACTERS:
        raise WeakPassphrase("too-plain", "Take more different characters: four words are good.")


def wrap(
    place: Workstation, new: NewSlot, database_key: bytearray, *, kdf: Kdf, secret: bytes
) -> Slot:
    """Make the slot that `new.passphrase` opens, with a salt of its own."""
    header = Header(
        place=place,
        service_number=new.service_number,
        role=new.role,
        public=new.signing_key.public_key().public_bytes_raw(),
        kdf=kdf,
        salt=os.urandom(_SALT_BYTES),
        with_device_secret=bool(secret),
    )
    exact = msgspec.json.encode(header)
    wrapping_key = _derive(new.passphrase, header, exact, secret)
    nonce = os.urandom(_NONCE_BYTES)
    held = database_key + bytearray(new.signing_key.private_bytes_raw())
    try:
        box = AESGCM(wrapping_key).encrypt(nonce, held, _PURPOSE + exact)
    finally:
        wipe(wrapping_key)
        wipe(held)
    receive_key = receive_key_of(new.signing_key)
    try:
        receive = sealing.public_of(bytes(receive_key))
    finally:
        wipe(receive_key)
    return Slot(header=msgspec.Raw(exact), nonce=nonce, box=box, receive=receive)


def unwrap(
    slot: Slot, passphrase: str, *, secret: bytes
) -> tuple[bytearray, Ed25519PrivateKey] | None:
    """Database key and signing key, or None when the pass-phrase is wrong.

    Raises `CannotOpen` where the later key was not sealed to this slot.
    """
    header = slot.read_header()
    exact = bytes(slot.header)
    wrapping_key = _derive(passphrase, header, exact, secret)
    held = bytearray(max(0, len(slot.box) - _TAG_BYTES))
    try:
        AESGCM(wrapping_key).decrypt_into(slot.nonce, slot.box, _PURPOSE + exact, held)
        seed = held[DATABASE_KEY_BYTES : DATABASE_KEY_BYTES + _SEED_BYTES]
        signing_key = Ed25519PrivateKey.from_private_bytes(seed)
        wipe(seed)
        if slot.later_key:
            return _later_key(slot, header.place, signing_key), signing_key
        return held[:DATABASE_KEY_BYTES], signing_key
    except InvalidTag:
        return None
    finally:
        wipe(wrapping_key)
        wipe(held)


def with_later_key(slot: Slot, database_key: bytearray) -> Slot:
    """The slot with another database key. ValueError if there is nothing to seal it to."""
    info = _later_key_info(slot.read_header().place)
    return msgspec.structs.replace(
        slot, later_key=sealing.seal(slot.receive, info, bytes(database_key))
    )


def receive_key_of(signing_key: Ed25519PrivateKey) -> bytearray:
    """What opens the role keys that were sealed to a slot (X25519, private)."""
    return derived(signing_key.private_bytes_raw(), b"checkpoint/vault/receive/1")


def derived(secret: bytes | bytearray, purpose: bytes) -> bytearray:
    key = bytearray(32)
    HKDF(algorithm=SHA256(), length=len(key), salt=None, info=purpose).derive_into(secret, key)
    return key


def wipe(key: bytearray) -> None:
    key[:] = bytes(len(key))


def _later_key(slot: Slot, place: Workstation, signing_key: Ed25519PrivateKey) -> bytearray:
    receive_key = receive_key_of(signing_key)
    try:
        info = _later_key_info(place)
        return bytearray(sealing.open_sealed(bytes(receive_key), info, slot.later_key))
    finally:
        wipe(receive_key)


def _later_key_info(place: Workstation) -> bytes:
    return b"checkpoint/vault/database-key/1" + msgspec.json.encode(place)


def _derive(passphrase: str, header: Header, exact: bytes, secret: bytes) -> bytearray:
    key = bytearray(_KEY_BYTES)
    Argon2id(
        salt=header.salt,
        length=_KEY_BYTES,
        iterations=header.kdf.iterations,
        lanes=header.kdf.lanes,
        memory_cost=header.kdf.memory_kib,
        ad=_PURPOSE + exact,
        secret=secret if header.with_device_secret else None,
    ).derive_into(_canonical(passphrase).encode("utf-8", "surrogatepass"), key)
    return key


def _canonical(passphrase: str) -> str:
    """NFC, because keyboards write й in one or two characters. Blanks at the ends count: typed."""
    return unicodedata.normalize("NFC", passphrase)
