"""Who may sign which reference data, after The Update Framework (TUF 1.0).

Three parties: the root holders, two of whom must agree, say who may sign; the holder of the lists
key signs watch-list, documents, officers, rules and templates; that of the releases key signs
programs. One key more stays with the server, so that it can say what is newest: who has it can
hold an update back, but never make one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.signer import CryptoSigner, SSlibKey
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Key,
    Metadata,
    Root,
    Snapshot,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from sync.protocol import CHANNELS, RELEASES, ROLES, role_of

ROOTS_NEEDED: Final = 2
HOLDER: Final = "x-holder"
"""A member of each key in the metadata: who holds it."""

S = TypeVar("S", Root, Targets, Snapshot, Timestamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A public key (Ed25519, raw) and who holds the private one."""

    name: str
    public: bytes

    @property
    def fingerprint(self) -> str:
        """Short enough to be compared on the telephone, long enough to be nobody else's."""
        return in_groups(self.key.keyid[:24])

    @property
    def key(self) -> Key:
        key = SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(self.public))
        key.unrecognized_fields[HOLDER] = self.name
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Every key that may sign something."""

    roots: tuple[Holder, ...]
    lists: Holder
    releases: Holder
    online: Holder

    @classmethod
    def of(cls, root: Root, targets: Targets) -> "Parties":
        """As the metadata say."""
        [releases] = _holders(targets, RELEASES)
        [lists] = _holders(targets, next(role for role in ROLES if role != RELEASES))
        [online] = _holders(root, Timestamp.type)
        return cls(roots=_holders(root, Root.type), lists=lists, releases=releases, online=online)

    @property
    def everybody(self) -> tuple[Holder, ...]:
        return (*self.roots, self.lists, self.releases, self.online)

    def of_role(self, role: str) -> Holder:
        return self.releases if role == RELEASES else self.lists


def root_holders(root: Root) -> tuple[Holder, ...]:
    return _holders(root, Root.type)


def make_root(parties: Parties, *, version: int, expires: datetime) -> Root:
    root = Root(version=version, expires=expires, consistent_snapshot=True)
    for holder in parties.roots:
        root.add_key(holder.key, Root.type)
        root.add_key(holder.key, Targets.type)
    root.add_key(parties.online.key, Snapshot.type)
    root.add_key(parties.online.key, Timestamp.type)
    for role in (Root.type, Targets.type):
        root.roles[role].threshold = ROOTS_NEEDED
    return root


def make_targets(parties: Parties, *, version: int, expires: datetime) -> Targets:
    """No file of its own: it says which key signs which channels."""
    keys = {holder.key.keyid: holder.key for holder in (parties.lists, parties.releases)}
    roles = {
        role: DelegatedRole(
            role,
            [parties.of_role(role).key.keyid],
            1,
            terminating=True,
            paths=[f"{channel}-*" for channel in CHANNELS if role_of(channel) == role],
        )
        for role in ROLES
    }
    return Targets(version=version, expires=expires, delegations=Delegations(keys, roles))


def in_groups(letters: str) -> str:
    """For the telephone."""
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def holder_of(name: str, key: Ed25519PrivateKey) -> Holder:
    return Holder(name=name, public=key.public_key().public_bytes_raw())


def signed(role: S, keys: Iterable[Ed25519PrivateKey]) -> bytes:
    metadata = Metadata(role)
    for key in keys:
        metadata.sign(CryptoSigner(key), append=True)
    return to_bytes(metadata)


def to_bytes(metadata: "Metadata[S]") -> bytes:
    return metadata.to_bytes(JSONSerializer(compact=True))


def _holders(delegator: Root | Targets, role: str) -> tuple[Holder, ...]:
    keys: Mapping[str, Key] = (
        delegator.keys if isinstance(delegator, Root) else _delegated(delegator).keys
    )
    return tuple(_holder(keys[keyid]) for keyid in delegator.get_delegated_role(role).keyids)


def _holder(key: Key) -> Holder:
    return Holder(
        name=str(key.unrecognized_fields.get(HOLDER, "?")),
        public=bytes.fromhex(key.keyval["public"]),
    )


def _delegated(targets: Targets) -> Delegations:
    if targets.delegations is None:
        raise ValueError("the targets name no delegated roles")
    return targets.delegations
