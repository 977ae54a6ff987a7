"""Headquarters with every key in its hands, so that tests can have anything signed, and missigned.

The metadata are made and signed by the real library (python-tuf), the files are encrypted as
`checkpoint-server publish` does it. Nothing is sent: `reply` is what a contact would be told.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Key,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from checkpoint_client.watchlist import digest, jsonl
from checkpoint_client.watchlist.alerts import Alert
from sync import protocol
from sync.link import Reason, Unreachable
from sync.protocol import (
    AttachmentPart,
    AttachmentReply,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
    Verdict,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
Role = Root | Targets | Snapshot | Timestamp
PARTIES = {role: "releases" if role == protocol.RELEASES else "lists" for role in protocol.ROLES}


def new_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def three_keys() -> list[Ed25519PrivateKey]:
    return [new_key() for _ in range(3)]


@dataclass
class Headquarters:
    """`keys` are by role or party; root and targets need two of three."""

    made: datetime = NOW
    expires: datetime = NOW + timedelta(days=3650)
    keys: dict[str, list[Ed25519PrivateKey]] = field(
        default_factory=lambda: {
            "root": three_keys(),
            "snapshot": [new_key()],
            "timestamp": [new_key()],
            "lists": [new_key()],
            "releases": [new_key()],
        }
    )
    channel_keys: dict[str, bytes] = field(
        default_factory=lambda: {channel: os.urandom(32) for channel in protocol.CHANNELS}
    )
    metadata: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    signed: dict[str, Role] = field(default_factory=dict)
    live: dict[str, int] = field(default_factory=dict)
    lines: dict[int, list[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sign_root()
        self.sign_targets()
        self.stamp()

    @property
    def root(self) -> bytes:
        return self.metadata["1.root.json"]

    # --- metadata --------------------------------------------------------------------------------

    def sign_root(self, *, leaving: Iterable[Ed25519PrivateKey] = ()) -> None:
        """The next root: who may sign from now on. `leaving` are root keys that still agree."""
        root = Root(version=self._next("root"), expires=self.expires, consistent_snapshot=True)
        for role, keys in (
            ("root", self.keys["root"]),
            ("targets", self.keys["root"]),
            ("snapshot", self.keys["snapshot"]),
            ("timestamp", self.keys["timestamp"]),
        ):
            for key in keys:
                root.add_key(CryptoSigner(key).public_key, role)
        root.roles["root"].threshold = root.roles["targets"].threshold = 2
        self.put("root", root, [*self.keys["root"][:2], *leaving])

    def sign_targets(self) -> None:
        parties = {name: CryptoSigner(self.keys[name][0]).public_key for name in PARTIES.values()}
        roles = {
            role: DelegatedRole(
                role,
                [parties[PARTIES[role]].keyid],
                1,
                terminating=True,
                paths=[f"{c}-*" for c in protocol.CHANNELS if protocol.role_of(c) == role],
            )
            for role in protocol.ROLES
        }
        keys: dict[str, Key] = {key.keyid: key for key in parties.values()}
        targets = Targets(
            version=self._next("targets"),
            expires=self.expires,
            delegations=Delegations(keys, roles),
        )
        self.put("targets", targets, self.keys["root"][:2])

    def sign_role(self, role: str, targets: Mapping[str, TargetFile]) -> None:
        signed = Targets(version=self._next(role), expires=self.expires, targets=dict(targets))
        self.put(role, signed, self.keys[PARTIES[role]])

    def stamp(self) -> None:
        """Snapshot and timestamp over all that is signed by now: it goes live."""
        meta = {
            f"{role}.json": self.described(role)
            for role in ("targets", *protocol.ROLES)
            if role in self.signed
        }
        snapshot = Snapshot(version=self._next("snapshot"), expires=self.expires, meta=meta)
        self.put("snapshot", snapshot, self.keys["snapshot"])
        self.stamp_snapshot()

    def stamp_snapshot(self) -> None:
        timestamp = Timestamp(
            version=self._next("timestamp"),
            expires=self.expires,
            snapshot_meta=self.described("snapshot"),
        )
        self.put("timestamp", timestamp, self.keys["timestamp"])

    def put(self, role: str, signed: Role, keys: Iterable[Ed25519PrivateKey]) -> None:
        metadata: Metadata[Any] = Metadata(signed)
        for key in keys:
            metadata.sign(CryptoSigner(key), append=True)
        self.signed[role] = signed
        self.metadata[self.name(role)] = metadata.to_bytes()

    def described(self, role: str) -> MetaFile:
        content = self.metadata[self.name(role)]
        hashes = {"sha256": sha256(content).hexdigest()}
        return MetaFile(self.signed[role].version, len(content), hashes)

    def name(self, role: str) -> str:
        return (
            "timestamp.json" if role == "timestamp" else f"{self.signed[role].version}.{role}.json"
        )

    def _next(self, role: str) -> int:
        return self.signed[role].version + 1 if role in self.signed else 1

    # --- files -----------------------------------------------------------------------------------

    def file(
        self,
        channel: str,
        plain: bytes,
        *,
        version: int,
        base: int | None = None,
        items: int = 1,
        result: str = "",
        issued_at: datetime = NOW,
    ) -> TargetFile:
        """Encrypt a file and lay it down; it still has to be signed."""
        name = (
            protocol.snapshot_name(channel, version)
            if base is None
            else protocol.delta_name(channel, base, version)
        )
        packed = protocol.pack_target([plain])
        locked = b"".join(protocol.lock_target(packed, self.channel_keys[channel], name=name))
        custom = {
            "channel": channel,
            "version": version,
            "items": items,
            "sha256": sha256(plain).hexdigest(),
            "size": len(plain),
            "result": result or sha256(plain).hexdigest(),
            "issued_at": issued_at.isoformat(),
        } | ({} if base is None else {"from": base})
        return self.lay(name, locked, custom)

    def lay(self, name: str, locked: bytes, custom: Mapping[str, object]) -> TargetFile:
        target = TargetFile(
            len(locked), {"sha256": sha256(locked).hexdigest()}, name, {"custom": custom}
        )
        self.files[f"{target.hashes['sha256']}.{name}"] = locked
        return target

    def publish(self, channel: str, *targets: TargetFile) -> None:
        """Sign these files in the place of the channel's earlier ones, and let them go live."""
        role = protocol.role_of(channel)
        before = self.signed.get(role)
        kept = {
            name: target
            for name, target in (before.targets if isinstance(before, Targets) else {}).items()
            if not name.startswith(f"{channel}-")
        }
        self.sign_role(role, kept | {target.path: target for target in targets})
        self.live[channel] = max(target.custom["version"] for target in targets)
        self.stamp()

    def publish_list(self, *alerts: Alert, issued_at: datetime = NOW) -> None:
        """The next version of the watch-list, whole and as changes from the version before."""
        version = self.live.get("watchlist", 0) + 1
        self.publish("watchlist", *self.list_files(version, alerts, issued_at=issued_at))

    def list_files(
        self, version: int, alerts: Iterable[Alert], *, issued_at: datetime = NOW
    ) -> list[TargetFile]:
        lines = self.lines[version] = [jsonl.encode(alert) for alert in alerts]
        plains: dict[int | None, bytes] = {None: b"".join(line + b"\n" for line in lines)}
        if before := self.lines.get(version - 1):
            plains[version - 1] = changes(before, lines)
        return [
            self.file(
                "watchlist",
                plain,
                version=version,
                base=base,
                items=len(lines),
                result=digest.text(digest.of_lines(lines)),
                issued_at=issued_at,
            )
            for base, plain in plains.items()
        ]

    # --- contacts --------------------------------------------------------------------------------

    def reply(
        self,
        have: Mapping[str, int],
        *,
        time: datetime = NOW,
        metadata: Mapping[str, bytes] | None = None,
        channels: Mapping[str, int] | None = None,
    ) -> ContactReply:
        """What a contact is told: every metadata file that `have` does not name."""
        roots = {
            f"{n}.root.json": self.metadata[f"{n}.root.json"]
            for n in range(have.get("root", 0) + 1, self.signed["root"].version + 1)
        }
        others = {
            self.name(role): self.metadata[self.name(role)]
            for role, signed in self.signed.items()
            if role != "root" and (roots or have.get(role) != signed.version)
        }
        return ContactReply(
            request_id=bytes(16),
            workstation="W",
            verdict=Verdict.HELD,
            held=0,
            head=bytes(32),
            backed_up=0,
            ratchet=bytes(16),
            counter=1,
            server_time=time.isoformat(),
            epoch=b"",
            channels=dict(self.live if channels is None else channels),
            metadata=dict(roots | others if metadata is None else metadata),
        )

    def stick(self, folder: Path) -> Path:
        """Carry all of it away in a folder."""
        for place, files in (("metadata", self.metadata), ("targets", self.files)):
            inside = folder / "checkpoint-reference" / place
            inside.mkdir(parents=True)
            for name, content in files.items():
                (inside / name).write_bytes(content)
        return folder


def changes(before: list[bytes], after: list[bytes]) -> bytes:
    """The lines that lead from one list to the next, removals first."""
    here = {jsonl.key_of(line) for line in after}
    gone = [jsonl.encode_removal(*id) for id in map(jsonl.key_of, before) if id not in here]
    new = [line for line in after if line not in before]
    return b"".join(line + b"\n" for line in [*gone, *new])


@dataclass
class Shelf:
    """A line over which files come, in pieces; `asked` are the names and where each began."""

    files: Mapping[str, bytes]
    piece: int = 1 << 16
    asked: list[tuple[str, int]] = field(default_factory=list)

    def contact(self, _contact: Contact) -> ContactReply:
        raise Unreachable(Reason.NO_LINE)

    def deliver(self, _delivery: BundleDelivery) -> BundleReply:
        raise Unreachable(Reason.NO_LINE)

    def attach(self, _part: AttachmentPart) -> AttachmentReply:
        raise Unreachable(Reason.NO_LINE)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        self.asked.append((path.partition(".")[2], start))
        if path not in self.files:
            raise Unreachable(Reason.REFUSED, "no such file")
        content = self.files[path]
        for at in range(start, len(content), self.piece):
            yield content[at : at + self.piece]


@dataclass
class Endless(Shelf):
    """Whatever is asked for, it never ends."""

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        yield from super().fetch(path, start)
        for _ in count():
            yield bytes(self.piece)


@dataclass
class Breaking(Shelf):
    """The line breaks after so many pieces."""

    pieces: int = 1

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        for number, piece in enumerate(super().fetch(path, start)):
            if number == self.pieces:
                raise Unreachable(Reason.CUT)
            yield piece
