"""Signs reference data and puts it on the shelf: the watch-list, as encrypted snapshots.

After The Update Framework (TUF 1.0): root, targets, snapshot and timestamp, a key each. Expiries
are years: a post without a line goes on with what it has, and the age of the list is on its screen.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from checkpoint_client.watchlist import jsonl
from checkpoint_client.watchlist.alerts import Alert
from sync.protocol import lock_target
from sync.server.keys import PublishingKeys
from sync.server.shelf import Shelf

WATCHLIST: Final = "watchlist"
LIFE: Final = timedelta(days=10 * 365)
OLD_FILES_KEPT: Final = 1  # for who is in the middle of a download

S = TypeVar("S", Root, Targets, Snapshot, Timestamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was put on the shelf. `size` in bytes, as it is downloaded."""

    version: int
    alerts: int
    size: int


def prepare(
    shelf: Shelf, root_key: Ed25519PrivateKey, keys: PublishingKeys, *, now: datetime
) -> None:
    """Lay the first root, which every workstation is given at enrolment."""
    root = Root(version=1, expires=_expiry(now), consistent_snapshot=True)
    for role, key in (
        (Root.type, root_key),
        (Targets.type, keys.targets),
        (Snapshot.type, keys.snapshot),
        (Timestamp.type, keys.timestamp),
    ):
        root.add_key(CryptoSigner(key).public_key, role)
    shelf.metadata.mkdir(parents=True, exist_ok=True)
    shelf.targets.mkdir(parents=True, exist_ok=True)
    _write(shelf.metadata / "1.root.json", _signed(root, root_key))


def publish_watchlist(
    shelf: Shelf,
    keys: PublishingKeys,
    channel_key: bytes,
    alerts: Iterable[Alert],
    *,
    now: datetime,
) -> Publication:
    """Publish these alerts as the whole list, in the version after the newest."""
    listed = list(alerts)
    before = shelf.published()
    version = before.channels[WATCHLIST].version + 1 if before else 1
    name = f"{WATCHLIST}-{version}.snapshot"
    plain = jsonl.write(listed)
    locked = lock_target(zstandard.ZstdCompressor(level=12).compress(plain), channel_key, name=name)
    digest = hashlib.sha256(locked).hexdigest()
    custom = {
        "channel": WATCHLIST,
        "version": version,
        "alerts": len(listed),
        "sha256": hashlib.sha256(plain).hexdigest(),
        "issued_at": now.isoformat(),
    }
    target = TargetFile(len(locked), {"sha256": digest}, name, {"custom": custom})
    _write(shelf.targets / f"{digest}.{name}", locked)
    _release(shelf, keys, target, 1 + (before.version if before else 0), now)
    _clear_targets(shelf, newest=version)
    return Publication(version=version, alerts=len(listed), size=len(locked))


def _release(
    shelf: Shelf, keys: PublishingKeys, target: TargetFile, version: int, now: datetime
) -> None:
    """Write the three roles anew; all carry one version. The timestamp last makes it live."""
    expires = _expiry(now)
    targets = _signed(
        Targets(version=version, expires=expires, targets={target.path: target}), keys.targets
    )
    snapshot = _signed(
        Snapshot(version=version, expires=expires, meta={"targets.json": _file(version, targets)}),
        keys.snapshot,
    )
    timestamp = _signed(
        Timestamp(version=version, expires=expires, snapshot_meta=_file(version, snapshot)),
        keys.timestamp,
    )
    _write(shelf.metadata / f"{version}.targets.json", targets)
    _write(shelf.metadata / f"{version}.snapshot.json", snapshot)
    _write(shelf.metadata / "timestamp.json", timestamp)


def _signed(role: S, key: Ed25519PrivateKey) -> bytes:
    metadata = Metadata(role)
    metadata.sign(CryptoSigner(key))
    return metadata.to_bytes(JSONSerializer(compact=True))


def _file(version: int, content: bytes) -> MetaFile:
    return MetaFile(version, len(content), {"sha256": hashlib.sha256(content).hexdigest()})


def _expiry(now: datetime) -> datetime:
    return (now + LIFE).replace(microsecond=0)


def _clear_targets(shelf: Shelf, *, newest: int) -> None:
    for path in shelf.targets.glob(f"*.{WATCHLIST}-*.snapshot"):
        version = int(path.name.rpartition("-")[2].removesuffix(".snapshot"))
        if version < newest - OLD_FILES_KEPT:
            path.unlink()


def _write(path: Path, content: bytes) -> None:
    """A whole file or none, on the disk when this returns."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
