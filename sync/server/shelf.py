"""Reference data as published: signed metadata and encrypted files in one folder.

The timestamp is replaced last and everything else is named by its version, so a publication is seen
whole or not at all, and the running server sees it at the next contact.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

from tuf.api.metadata import Metadata, Snapshot, Targets, Timestamp

TARGET_NAME: Final = re.compile(r"[0-9a-f]{64}\.[a-z]+-[0-9]+\.snapshot")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Newest version of each channel, and the metadata files that a workstation lacks."""

    channels: dict[str, int] = field(default_factory=dict)
    metadata: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The live file of a channel: its name among the targets, its version, how many alerts."""

    target: str
    version: int
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One publication: the version of its timestamp, its channels, its metadata files by name."""

    version: int
    channels: dict[str, Channel]
    metadata: dict[str, bytes]


class Shelf:
    """The folder of reference data, read by the server and filled by `publish`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._published: Published | None = None

    @property
    def metadata(self) -> Path:
        return self._folder / "metadata"

    @property
    def targets(self) -> Path:
        return self._folder / "targets"

    def first_root(self) -> bytes:
        return (self.metadata / "1.root.json").read_bytes()

    def news(self, have: Mapping[str, int]) -> News:
        """`have` as in a contact. Nothing is repeated to who has the newest already."""
        published = self.published()
        if published is None:
            return News()
        channels = {channel: file.version for channel, file in published.channels.items()}
        if have.get("timestamp", 0) >= published.version:
            return News(channels=channels)
        roots = self._roots(after=have.get("root", 0))
        return News(channels=channels, metadata=roots | published.metadata)

    def target(self, name: str) -> Path | None:
        """The file, if it is one that can have been published."""
        if not TARGET_NAME.fullmatch(name):
            return None
        path = self.targets / name
        return path if path.is_file() else None

    def published(self) -> Published | None:
        """The newest publication, None before the first."""
        try:
            stamp = (self.metadata / "timestamp.json").read_bytes()
        except FileNotFoundError:
            return None
        if self._published is None or self._published.metadata["timestamp.json"] != stamp:
            self._published = self._read(stamp)
        return self._published

    def _read(self, stamp: bytes) -> Published:
        timestamp = Metadata[Timestamp].from_bytes(stamp).signed
        snapshot_name = f"{timestamp.snapshot_meta.version}.snapshot.json"
        snapshot_bytes = (self.metadata / snapshot_name).read_bytes()
        snapshot = Metadata[Snapshot].from_bytes(snapshot_bytes).signed
        targets_name = f"{snapshot.meta['targets.json'].version}.targets.json"
        targets_bytes = (self.metadata / targets_name).read_bytes()
        targets = Metadata[Targets].from_bytes(targets_bytes).signed
        return Published(
            version=timestamp.version,
            channels=_channels(targets),
            metadata={
                "timestamp.json": stamp,
                snapshot_name: snapshot_bytes,
                targets_name: targets_bytes,
            },
        )

    def _roots(self, *, after: int) -> dict[str, bytes]:
        """The roots that follow `after`, each of which signs for the next."""
        roots: dict[str, bytes] = {}
        for version in count(after + 1):
            path = self.metadata / f"{version}.root.json"
            if not path.exists():
                return roots
            roots[path.name] = path.read_bytes()
        return roots


def _channels(targets: Targets) -> dict[str, Channel]:
    channels = {}
    for path, file in targets.targets.items():
        if file.custom is not None:
            version, alerts = int(file.custom["version"]), int(file.custom["alerts"])
            channels[str(file.custom["channel"])] = Channel(
                target=path, version=version, alerts=alerts
            )
    return channels
