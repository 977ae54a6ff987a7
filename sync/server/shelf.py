"""Reference data as published: signed metadata and encrypted files in one folder.

The timestamp is replaced last and everything else is named by its version, so a publication is seen
whole or not at all, and the running server sees it at the next contact.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp

from sync.protocol import CHANNELS, WATCHLIST
from sync.server import disk

TARGET_NAME: Final = re.compile(
    rf"[0-9a-f]{{64}}\.({'|'.join(CHANNELS)})-[0-9]{{1,18}}(\.snapshot|-[0-9]{{1,18}}\.delta)"
)
ROOT_VERSION: Final = "x-root"
"""A member of the timestamp: the version of the root it goes with, which so goes live with it."""

S = TypeVar("S", Root, Targets, Snapshot, Timestamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Newest version of each channel, and the metadata files that a workstation lacks."""

    channels: dict[str, int] = field(default_factory=dict)
    metadata: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """The newest version of a channel: its whole file, what is in it, and when it was issued."""

    target: str
    version: int
    items: int
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One publication: who may sign (`root`, `targets`), what was signed, the files by name.

    `roles` are the delegated roles that have signed anything yet.
    """

    root: Root
    targets: Targets
    roles: dict[str, Targets]
    snapshot: Snapshot
    timestamp: Timestamp
    channels: dict[str, Live]
    metadata: dict[str, bytes]

    @property
    def files(self) -> dict[str, TargetFile]:
        """Every file that may be fetched, by its name among the targets."""
        return {name: file for role in self.roles.values() for name, file in role.targets.items()}

    def versions(self) -> dict[str, int]:
        """Of each metadata file but the root, by its role."""
        described = {name.removesuffix(".json"): m for name, m in self.snapshot.meta.items()}
        return {
            Timestamp.type: self.timestamp.version,
            Snapshot.type: self.snapshot.version,
            **{role: file.version for role, file in described.items()},
        }


class Shelf:
    """The folder of reference data, read by the server and filled by the publisher."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._published: Published | None = None
        self._is_alone = False

    @property
    def metadata(self) -> Path:
        return self._folder / "metadata"

    @property
    def targets(self) -> Path:
        return self._folder / "targets"

    @contextmanager
    def alone(self, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Nobody else changes anything meanwhile. `on_wait` is called if somebody is at it."""
        if self._is_alone:
            yield
            return
        with disk.alone(self._folder / "lock", on_wait):
            self._is_alone = True
            try:
                yield
            finally:
                self._is_alone = False

    def root(self, version: int) -> bytes:
        return (self.metadata / f"{version}.root.json").read_bytes()

    def newest_root(self) -> bytes:
        """The root that a new workstation pins."""
        return self.root(self.published().root.version)

    def news(self, have: Mapping[str, int]) -> News:
        """`have` as in a contact. What it names in the version at hand is not sent again."""
        published = self.published()
        channels = {channel: live.version for channel, live in published.channels.items()}
        if not channels:
            return News()
        roots = self._roots(published, after=have.get(Root.type, 0))
        # Who lacks a root may have metadata of a key that this root took away: he gets all.
        known = {} if roots else have
        lacking = {
            _name(role, version): published.metadata[_name(role, version)]
            for role, version in published.versions().items()
            if known.get(role, 0) != version
        }
        return News(channels=channels, metadata=roots | lacking)

    def target(self, name: str) -> Path | None:
        """The file, if it is one that can have been published."""
        if not TARGET_NAME.fullmatch(name):
            return None
        path = self.targets / name
        return path if path.is_file() else None

    def watchlist_issued_at(self, version: int) -> datetime | None:
        """When headquarters issued what a version of the watch-list's role says is in force."""
        try:
            role = read(Targets, (self.metadata / _name(WATCHLIST, version)).read_bytes())
        except FileNotFoundError:
            return None
        live = _channels({WATCHLIST: role}).get(WATCHLIST)
        return live.issued_at if live else None

    def published(self) -> Published:
        """The newest publication."""
        stamp = (self.metadata / _name(Timestamp.type, 0)).read_bytes()
        if self._published is None or self._published.metadata["timestamp.json"] != stamp:
            self._published = self._read(stamp)
        return self._published

    def _read(self, stamp: bytes) -> Published:
        timestamp = read(Timestamp, stamp)
        root = read(Root, self.root(int(timestamp.unrecognized_fields[ROOT_VERSION])))
        files = {_name(Timestamp.type, 0): stamp}

        def take(kind: type[S], role: str, version: int) -> S:
            name = _name(role, version)
            files[name] = (self.metadata / name).read_bytes()
            return read(kind, files[name])

        snapshot = take(Snapshot, Snapshot.type, timestamp.snapshot_meta.version)
        roles = {
            name.removesuffix(".json"): take(Targets, name.removesuffix(".json"), file.version)
            for name, file in snapshot.meta.items()
        }
        return Published(
            root=root,
            targets=roles.pop(Targets.type),
            roles=roles,
            snapshot=snapshot,
            timestamp=timestamp,
            channels=_channels(roles),
            metadata=files,
        )

    def _roots(self, published: Published, *, after: int) -> dict[str, bytes]:
        """The roots that follow `after`, each of which signs for the next."""
        versions = range(after + 1, published.root.version + 1)
        return {_name(Root.type, version): self.root(version) for version in versions}


def read(kind: type[S], content: bytes) -> S:
    """What signed metadata say; the signatures are not looked at. Raises what python-tuf raises."""
    metadata: Metadata[S] = Metadata.from_bytes(content)
    if not isinstance(metadata.signed, kind):
        raise ValueError(f"not {kind.type} metadata")
    return metadata.signed


def version_of(content: bytes) -> int:
    """What signed metadata say of themselves. Raises what python-tuf raises."""
    metadata: Metadata[Any] = Metadata.from_bytes(content)
    return int(metadata.signed.version)


def _channels(roles: Mapping[str, Targets]) -> dict[str, Live]:
    return {
        str(file.custom["channel"]): Live(
            target=name,
            version=int(file.custom["version"]),
            items=int(file.custom["items"]),
            issued_at=datetime.fromisoformat(file.custom["issued_at"]),
        )
        for role in roles.values()
        for name, file in role.targets.items()
        if "from" not in file.custom
    }


def _name(role: str, version: int) -> str:
    """The timestamp alone is found without knowing its version."""
    return "timestamp.json" if role == Timestamp.type else f"{version}.{role}.json"
