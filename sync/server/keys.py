"""The centre's folder: its name, its keys (readable by nobody else), its TLS certificate."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.server import certificates

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
    """What a serving process needs: to sign replies, to open bundles, to hand on the channel."""

    reply: Ed25519PrivateKey
    centre: X25519PrivateKey
    channels: dict[str, bytes]

    @property
    def reply_public(self) -> bytes:
        return self.reply.public_key().public_bytes_raw()

    @property
    def centre_public(self) -> bytes:
        return self.centre.public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingKeys:
    """What signs reference data, one key a role of The Update Framework."""

    targets: Ed25519PrivateKey
    snapshot: Ed25519PrivateKey
    timestamp: Ed25519PrivateKey


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

    def create(self, deployment: Deployment, *, now: datetime) -> None:
        """Write keys and certificate and, when all is there, the name."""
        self._keys.mkdir(mode=_OWNER_FOLDER, exist_ok=True)
        for name, make in _NEW_KEYS.items():
            write_private(self._keys / name, make())
        if deployment.tls_name:
            self._create_certificates(deployment.tls_name, now)
        write_private(self._description, msgspec.json.format(msgspec.json.encode(deployment)))

    def deployment(self) -> Deployment:
        try:
            stored = self._description.read_bytes()
        except OSError as error:
            raise NotReady(
                f"{self.path} holds no centre: run `checkpoint-server init --data {self.path}`."
            ) from error
        return msgspec.json.decode(stored, type=Deployment)

    def keys(self) -> Keys:
        return Keys(
            reply=self._signing_key("reply"),
            centre=X25519PrivateKey.from_private_bytes(self._key("centre")),
            channels={"watchlist": self._key("watchlist")},
        )

    def publishing_keys(self) -> PublishingKeys:
        return PublishingKeys(
            targets=self._signing_key("targets"),
            snapshot=self._signing_key("snapshot"),
            timestamp=self._signing_key("timestamp"),
        )

    def root_key(self) -> Ed25519PrivateKey:
        """Signs who may sign: needed once at the start, then only when a key is changed."""
        return self._signing_key("root")

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
    def url(self) -> Path:
        """Holds the address at which the server last listened."""
        return self.path / "url"

    @property
    def _description(self) -> Path:
        return self.path / "centre.json"

    @property
    def _keys(self) -> Path:
        return self.path / "keys"

    def _signing_key(self, name: str) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._key(name))

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
    partial = path.with_name(path.name + ".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _ed25519() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _x25519() -> bytes:
    return X25519PrivateKey.generate().private_bytes_raw()


def _aes256() -> bytes:
    return os.urandom(32)


_NEW_KEYS: Final[dict[str, Callable[[], bytes]]] = {
    "reply": _ed25519,
    "centre": _x25519,
    "watchlist": _aes256,
    "root": _ed25519,
    "targets": _ed25519,
    "snapshot": _ed25519,
    "timestamp": _ed25519,
}
