"""The centre's folder: its name, its keys (readable by nobody else), its TLS certificate."""

import hmac
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from checkpoint_client.journal import signatures
from checkpoint_client.records.codes import Role
from checkpoint_client.records.decoders import json_decoder
from sync.protocol import CHANNELS, TOKEN_ID_BYTES, TOKEN_SECRET_BYTES, WATCHLIST, Token, role_of
from sync.server import certificates, disk
from sync.server.recovery_files import read_public
from sync.server.roles import Holder, Parties, holder_of
from sync.server.shelf import Shelf

_POST_KEY: Final = b"checkpoint/post-key/1"
_ROLE_KEY: Final = b"checkpoint/role-key/1"
_TOKEN: Final = b"checkpoint/token/1"
_RATCHET: Final = b"checkpoint/ratchet/1"
_COUNTER_BYTES: Final = 4
_REQUEST_BYTES: Final = 4
_PROOF_BYTES: Final = 8
_COUNTERS: Final = 1 << 8 * _COUNTER_BYTES
_OWNER_ONLY: Final = 0o600
_OWNER_FOLDER: Final = 0o700


class NotReady(Exception):
    """The folder is not that of a centre: one plain sentence and what to do."""


class Deployment(msgspec.Struct, frozen=True, kw_only=True):
    """Which centre this is. `database` None means SQLite in the folder."""

    name: str
    database: str | None
    tls_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What a serving process needs: to sign replies, to open bundles, to hand on the channels."""

    reply: Ed25519PrivateKey
    centre: X25519PrivateKey
    channels: dict[str, bytes]
    certificate: str | None
    """What workstations pin for TLS (PEM), None on loopback."""
    recovery: bytes | None
    """Headquarters' public recovery key (X25519, raw), None while there is none."""

    @property
    def reply_public(self) -> bytes:
        return self.reply.public_key().public_bytes_raw()

    @property
    def centre_public(self) -> bytes:
        return self.centre.public_key().public_bytes_raw()

    def new_token(self) -> Token:
        return self.token(os.urandom(TOKEN_ID_BYTES))

    def token(self, id: bytes) -> Token:
        """The token with this id: its secret is made from our key again, and kept nowhere."""
        info = signatures.message(_TOKEN, id)
        derived = HKDF(algorithm=SHA256(), length=TOKEN_SECRET_BYTES, salt=None, info=info)
        return Token(id=id, secret=derived.derive(self.centre.private_bytes_raw()))

    def post_key(self, post: str, generation: int = 0) -> bytes:
        """What the workstations of one post share, X25519 private; it tells nothing of ours.

        Each revocation at the post begins a generation. The first one is 0.
        """
        counted = (signatures.number(generation),) if generation else ()
        return self._derived(signatures.message(_POST_KEY, post.encode(), *counted))

    def role_key(self, post: str, role: Role, generation: int) -> bytes:
        """What the holders of a role at one post share, X25519 private; generations as above."""
        about = (post.encode(), role.encode(), signatures.number(generation))
        return self._derived(signatures.message(_ROLE_KEY, *about))

    def ratchet(self, workstation: str, counter: int, request: bytes) -> bytes:
        """What answers the contact of this number: ours alone can be, and is the same each time.

        `request` is the contact's digest.
        """
        told = (counter % _COUNTERS).to_bytes(_COUNTER_BYTES, "big") + request[:_REQUEST_BYTES]
        return told + self._proof(workstation, told)

    def answered(self, workstation: str, ratchet: bytes) -> int | None:
        """The number of the contact that this ratchet of ours answered; None if it is not ours."""
        told = ratchet[: _COUNTER_BYTES + _REQUEST_BYTES]
        if not hmac.compare_digest(ratchet[len(told) :], self._proof(workstation, told)):
            return None
        return int.from_bytes(told[:_COUNTER_BYTES], "big")

    def _proof(self, workstation: str, told: bytes) -> bytes:
        said = signatures.message(_RATCHET, workstation.encode(), told)
        return hmac.digest(self._derived(_RATCHET), said, "sha256")[:_PROOF_BYTES]

    def _derived(self, info: bytes) -> bytes:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
        return derived.derive(self.centre.private_bytes_raw())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingKeys:
    """What signs a publication: the key of the channel's role, and the server's own."""

    role: Ed25519PrivateKey
    online: Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class CentreFolder:
    """Where everything of a centre lies."""

    path: Path

    def claim(self) -> None:
        """Make the folder. Raises `NotReady` if a centre is there already."""
        if self._description.exists():
            raise NotReady(f"{self.path} holds a centre already.")
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(_OWNER_FOLDER)  # journals will lie here, readable

    def begin(self, deployment: Deployment) -> None:
        """Remember whose tables are made now, until `name`."""
        write_private(self._begun, msgspec.json.encode(deployment))

    def has_begun(self, deployment: Deployment) -> bool:
        """Whether an `init` with the same database broke off here."""
        if not self._begun.exists():
            return False
        begun = json_decoder(Deployment).decode(self._begun.read_bytes())
        return begun.database == deployment.database

    def create(self, tls_name: str | None, *, now: datetime) -> None:
        """Write keys and certificate; `name` makes it a centre when all else is there too."""
        rmtree(self.authority.parent, ignore_errors=True)  # of an attempt that broke off
        self.recovery.unlink(missing_ok=True)
        self._keys.mkdir(mode=_OWNER_FOLDER, exist_ok=True)
        for name, make in _NEW_KEYS.items():
            write_private(self._keys / name, make())
        if tls_name:
            self._create_certificates(tls_name, now)

    def name(self, deployment: Deployment) -> None:
        write_private(self._description, msgspec.json.format(msgspec.json.encode(deployment)))
        self._begun.unlink(missing_ok=True)

    def renew_certificate(self, tls_name: str, *, now: datetime) -> None:
        """Give the server another certificate of the same authority. Raises `NotReady`.

        Broken off between the two files, it is simply done again.
        """
        key = self.authority.with_suffix(".key")
        try:
            certificate, server_key = certificates.renew(
                tls_name, now, authority=self.authority.read_bytes(), key=key.read_bytes()
            )
        except OSError as error:
            raise NotReady(
                f"{error.filename} cannot be read: bring the authority back from the safe."
            ) from None
        except ValueError:
            raise NotReady(f"{key} is not the key of {self.authority}.") from None
        write_private(self.certificate_key, server_key)
        write_private(self.certificate, certificate)
        self.name(msgspec.structs.replace(self.deployment(), tls_name=tls_name))

    def deployment(self) -> Deployment:
        try:
            stored = self._description.read_bytes()
        except OSError as error:
            raise NotReady(
                f"{self.path} holds no centre: run `checkpoint-server init --data {self.path}`."
            ) from error
        return json_decoder(Deployment).decode(stored)

    def keys(self) -> Keys:
        return Keys(
            reply=Ed25519PrivateKey.from_private_bytes(self._key("reply")),
            centre=X25519PrivateKey.from_private_bytes(self._key("centre")),
            channels={channel: self._key(_of_channel(channel)) for channel in CHANNELS},
            certificate=self.authority.read_text() if self.authority.exists() else None,
            recovery=read_public(self.recovery).public if self.recovery.exists() else None,
        )

    def publishing_keys(
        self, channel: str = WATCHLIST, lent: Ed25519PrivateKey | None = None
    ) -> PublishingKeys:
        """What signs for a channel; `lent` is the party's key where it is not in this folder.

        Raises `NotReady` if a key is missing or may not sign for this channel.
        """
        published = Shelf(self.reference).published()
        parties = Parties.of(published.root, published.targets)
        party = parties.of_role(role_of(channel))
        role = lent or self.signing_key(party)
        if role is None:
            raise NotReady(
                f"The key that signs for {channel} is not in this folder, {party.name} has it"
                f" ({party.fingerprint}): add --key FILE."
            )
        if holder_of("", role).public != party.public:
            raise NotReady(
                f"This key may not sign for {channel}, only that of {party.name} may"
                f" ({party.fingerprint})."
            )
        return PublishingKeys(role=role, online=self.online_key(parties.online))

    def online_key(self, holder: Holder) -> Ed25519PrivateKey:
        """The server's own key. Raises `NotReady` if it is gone."""
        key = self.signing_key(holder)
        if key is None:
            raise NotReady(
                f"The server's own key {holder.fingerprint} is not in {self._signing}: bring it"
                " back from the backup, or have the root holders name a new one"
                " (`checkpoint-server keys propose --new-online`)."
            )
        return key

    def signing_key(self, holder: Holder) -> Ed25519PrivateKey | None:
        """The private key, if it lies in this folder."""
        try:
            return Ed25519PrivateKey.from_private_bytes(
                (self._signing / holder.fingerprint).read_bytes()
            )
        except FileNotFoundError:
            return None

    def keep_signing_key(self, key: Ed25519PrivateKey) -> None:
        self._signing.mkdir(mode=_OWNER_FOLDER, exist_ok=True)
        path = self._signing / holder_of("", key).fingerprint
        write_private(path, key.private_bytes_raw())

    def drop_signing_keys(self, *, but: Iterable[Holder]) -> list[str]:
        """Delete every private key but these; the fingerprints of those that are gone."""
        kept = {holder.fingerprint for holder in but}
        gone = sorted(path.name for path in self._signing.iterdir() if path.name not in kept)
        for name in gone:
            (self._signing / name).unlink()
        disk.settle(self._signing)
        return gone

    @property
    def database(self) -> str:
        """The address of the ledger as `init` was told."""
        return self.database_of(self.deployment())

    def database_of(self, deployment: Deployment) -> str:
        return deployment.database or f"sqlite:///{self.path / 'ledger.db'}"

    @property
    def reference(self) -> Path:
        return self.path / "reference"

    @property
    def documents(self) -> Path:
        """The centre's own list of lost documents."""
        return self.path / "documents"

    @property
    def authority(self) -> Path:
        """The certificate that workstations pin (PEM)."""
        return self.path / "tls" / "authority.pem"

    @property
    def certificate(self) -> Path:
        return self.path / "tls" / "server.pem"

    @property
    def certificate_key(self) -> Path:
        return self.path / "tls" / "server.key"

    @property
    def readers(self) -> Path:
        """Who may read the duty page."""
        return self.path / "readers.json"

    @property
    def calm(self) -> Path:
        """The staff's wish that workstations come less often; see `pressure`."""
        return self.path / "calm.json"

    @property
    def recovery(self) -> Path:
        """The public part of headquarters' recovery key, if one was named."""
        return self.path / "recovery.public"

    @property
    def url(self) -> Path:
        """Holds the address at which the server last listened."""
        return self.path / "url"

    @property
    def _description(self) -> Path:
        return self.path / "centre.json"

    @property
    def _begun(self) -> Path:
        """What `init` was told, until the centre is there."""
        return self.path / "init.json"

    @property
    def _keys(self) -> Path:
        return self.path / "keys"

    @property
    def _signing(self) -> Path:
        """Private keys that sign reference data, each named by its fingerprint."""
        return self._keys / "signing"

    def _key(self, name: str) -> bytes:
        try:
            return (self._keys / name).read_bytes()
        except OSError as error:
            self.deployment()  # says so where there is no centre at all
            raise NotReady(
                f"The key {self._keys / name} cannot be read: bring it back from the backup."
            ) from error

    def _create_certificates(self, tls_name: str, now: datetime) -> None:
        issued = certificates.issue(tls_name, now)
        self.authority.parent.mkdir(mode=_OWNER_FOLDER, exist_ok=True)
        write_private(self.authority, issued.authority)
        write_private(self.authority.with_suffix(".key"), issued.authority_key)
        write_private(self.certificate, issued.server)
        write_private(self.certificate_key, issued.server_key)


def write_private(path: Path, content: bytes) -> None:
    """A whole file or none, for its owner only, on the disk when this returns."""
    disk.write(path, [content], mode=_OWNER_ONLY)


def _of_channel(channel: str) -> str:
    return f"channel-{channel}"


def _ed25519() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _x25519() -> bytes:
    return X25519PrivateKey.generate().private_bytes_raw()


def _aes256() -> bytes:
    return os.urandom(32)


_NEW_KEYS: Final[dict[str, Callable[[], bytes]]] = {
    "reply": _ed25519,
    "centre": _x25519,
    **{_of_channel(channel): _aes256 for channel in CHANNELS},
}
