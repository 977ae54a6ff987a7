"""Signs reference data and puts it on the shelf, as encrypted snapshots and changes.

Expiries are years: a post without a line goes on with what it has, and the age of each list is on
its screen. Every function here is for who holds the shelf alone (`Shelf.alone`).
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tuf.api.metadata import MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from checkpoint_client.watchlist import digest, jsonl
from checkpoint_client.watchlist.alerts import Alert
from sync.protocol import (
    WATCHLIST,
    Malformed,
    delta_name,
    lock_target,
    pack_target,
    role_of,
    snapshot_name,
    unlock_target,
    unpack_target,
)
from sync.server import disk
from sync.server.keys import PublishingKeys
from sync.server.roles import Parties, make_root, make_targets, signed
from sync.server.shelf import ROOT_VERSION, Published, Shelf, version_of

LIFE: Final = timedelta(days=10 * 365)
VERSIONS_WITH_CHANGES: Final = 8
"""From this many versions before it one file of changes leads to the newest."""

_PORTION = 64 * 1024
_LINES_AT_ONCE = 500

AlertId = tuple[str, str]
Watch = Callable[[str, int], None]


class TwiceListed(ValueError):
    """One alert stands in the list more than once; the text says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was put on the shelf. `size` in bytes, as it is downloaded; `changes` from version."""

    version: int
    items: int
    size: int
    changes: dict[int, int]


def prepare(
    shelf: Shelf,
    parties: Parties,
    root_keys: Sequence[Ed25519PrivateKey],
    online: Ed25519PrivateKey,
    *,
    now: datetime,
) -> None:
    """Lay the first root, which every workstation is given at enrolment, and nothing else yet."""
    shelf.metadata.mkdir(parents=True, exist_ok=True)
    shelf.targets.mkdir(parents=True, exist_ok=True)
    root = make_root(parties, version=1, expires=expiry(now))
    targets = signed(make_targets(parties, version=1, expires=expiry(now)), root_keys)
    _write(shelf, "1.root.json", signed(root, root_keys))
    _write(shelf, "1.targets.json", targets)
    meta = {"targets.json": _file(1, targets)}
    _make_live(shelf, newest_said(online, root=root.version, version=1, meta=meta, now=now))


def publish(
    shelf: Shelf,
    keys: PublishingKeys,
    channel: str,
    channel_key: bytes,
    plain: Iterable[bytes],
    *,
    items: int,
    now: datetime,
    result: str = "",
    changes: Iterable[tuple[int, Iterable[bytes]]] = (),
    version: int = 0,
    watch: Watch = lambda _name, _size: None,
) -> Publication:
    """Put a new version of a channel on the shelf; all in portions, nothing whole in memory.

    `changes`: pairs of an earlier version and what leads from it to this one; they are kept where
    they are smaller than the whole. `result`: what the receiver must come to, by default SHA-256
    of the whole. `version` if it is not the next, see `next_version`. `watch` is told a file's
    name and how many bytes have gone into it.
    """
    before = shelf.published()
    number = version or next_version(before, channel)
    # Now, or a later one would take what was left of a publication cut short for a version.
    _clear(shelf, channel, [before], next_version(before, channel) - 1)
    content = _watched(plain, snapshot_name(channel, number), watch)
    told = {
        "channel": channel,
        "version": number,
        "items": items,
        "issued_at": now.isoformat(),
    }
    whole = _put(shelf, channel_key, snapshot_name(channel, number), content, told)
    told["result"] = whole.custom["result"] = result or whole.custom["sha256"]
    files = {whole.path: whole}
    sizes: dict[int, int] = {}
    for start, lines in changes:
        name = delta_name(channel, start, number)
        content = _watched(lines, name, watch)
        delta = _put(shelf, channel_key, name, content, told | {"from": start})
        if delta.length < whole.length:
            files[name], sizes[start] = delta, delta.length
    _sign_role(shelf, before, keys, channel, files, now)
    _clear(shelf, channel, [before, shelf.published()], number)
    return Publication(version=number, items=items, size=whole.length, changes=sizes)


def next_version(published: Published, channel: str) -> int:
    live = published.channels.get(channel)
    return live.version + 1 if live else 1


def publish_watchlist(
    shelf: Shelf,
    keys: PublishingKeys,
    channel_key: bytes,
    alerts: Iterable[Alert],
    *,
    now: datetime,
) -> Publication:
    """Publish these alerts as the whole list, see `publish_lines`. Raises `TwiceListed`."""
    return publish_lines(shelf, keys, channel_key, lines_by_alert(alerts), now=now)


def publish_lines(
    shelf: Shelf,
    keys: PublishingKeys,
    channel_key: bytes,
    lines: Mapping[AlertId, bytes],
    *,
    now: datetime,
    version: int = 0,
    watch: Watch = lambda _name, _size: None,
) -> Publication:
    """Publish these lines as the whole watch-list, with changes from its last versions."""
    number = version or next_version(shelf.published(), WATCHLIST)
    return publish(
        shelf,
        keys,
        WATCHLIST,
        channel_key,
        _joined(lines.values()),
        items=len(lines),
        now=now,
        result=digest.text(digest.of_lines(lines.values())),
        changes=_changes(shelf, channel_key, lines, before=number),
        version=number,
        watch=watch,
    )


def lines_by_alert(alerts: Iterable[Alert]) -> dict[AlertId, bytes]:
    """Each alert as its line, which is what travels. Raises `TwiceListed`."""
    lines: dict[AlertId, bytes] = {}
    for alert in alerts:
        id = (alert.list_id, alert.id)
        if id in lines:
            raise TwiceListed(f"Alert {alert.id} of {alert.list_id} stands more than once")
        lines[id] = jsonl.encode(alert)
    return lines


def changes_between(before: Iterable[bytes], after: Mapping[AlertId, bytes]) -> Iterator[bytes]:
    """Lines that lead from one list to the other, removals first."""
    same: set[AlertId] = set()
    gone: list[AlertId] = []
    for line in before:
        alert = jsonl.key_of(line)
        now = after.get(alert)
        if now is None:
            gone.append(alert)
        elif now == line:
            same.add(alert)
    for list_id, id in gone:
        yield jsonl.encode_removal(list_id, id)
    for alert, line in after.items():
        if alert not in same:
            yield line


def expiry(now: datetime, life: timedelta = LIFE) -> datetime:
    return (now + life).replace(microsecond=0)


def install(
    shelf: Shelf,
    online: Ed25519PrivateKey,
    metadata: Mapping[str, bytes],
    *,
    root: int,
    now: datetime,
) -> None:
    """Let signed metadata (by role: root, targets or delegated ones) go live together."""
    before = shelf.published()
    meta = dict(before.snapshot.meta)
    for role, content in metadata.items():
        number = version_of(content)
        _write(shelf, f"{number}.{role}.json", content)
        if role != Root.type:
            meta[f"{role}.json"] = _file(number, content)
    version = before.timestamp.version + 1
    _make_live(shelf, newest_said(online, root=root, version=version, meta=meta, now=now))


def _watched(portions: Iterable[bytes], name: str, watch: Watch) -> Iterator[bytes]:
    passed = 0
    for some in portions:
        yield some
        passed += len(some)
        watch(name, passed)


class _Counted:
    """Portions on their way, counted and hashed as they pass."""

    def __init__(self, portions: Iterable[bytes]) -> None:
        self._portions = portions
        self._hash = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for some in self._portions:
            self._hash.update(some)
            self.size += len(some)
            yield some

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def _put(
    shelf: Shelf, key: bytes, name: str, content: Iterable[bytes], told: Mapping[str, Any]
) -> TargetFile:
    """Pack, lock and lay down a file; nobody is told of it yet."""
    plain = _Counted(content)
    locked = _Counted(lock_target(pack_target(plain), key, name=name))
    partial = shelf.targets / f"{name}{disk.PARTIAL}"
    disk.write_partial(partial, locked)
    disk.move(partial, shelf.targets / f"{locked.digest}.{name}")
    custom = {**told, "sha256": plain.digest, "size": plain.size}
    return TargetFile(locked.size, {"sha256": locked.digest}, name, {"custom": custom})


def _sign_role(
    shelf: Shelf,
    before: Published,
    keys: PublishingKeys,
    channel: str,
    files: Mapping[str, TargetFile],
    now: datetime,
) -> None:
    """The files take the place of all others of their channel."""
    role = role_of(channel)
    said = before.roles.get(role)
    others = {
        name: file
        for name, file in (said.targets if said else {}).items()
        if file.custom["channel"] != channel
    }
    targets = Targets(
        version=said.version + 1 if said else 1, expires=expiry(now), targets={**others, **files}
    )
    content = signed(targets, [keys.role])
    install(shelf, keys.online, {role: content}, root=before.root.version, now=now)


def newest_said(
    online: Ed25519PrivateKey,
    *,
    root: int,
    version: int,
    meta: dict[str, MetaFile],
    now: datetime,
) -> dict[str, bytes]:
    """What the server's own key says is newest: snapshot and timestamp, by file name, in order."""
    snapshot = signed(Snapshot(version=version, expires=expiry(now), meta=meta), [online])
    timestamp = Timestamp(
        version=version,
        expires=expiry(now),
        snapshot_meta=_file(version, snapshot),
        unrecognized_fields={ROOT_VERSION: root},
    )
    return {
        f"{version}.snapshot.json": snapshot,
        "timestamp.json": signed(timestamp, [online]),
    }


def _make_live(shelf: Shelf, said: Mapping[str, bytes]) -> None:
    """The timestamp comes last: with it everything is there at once."""
    for name, content in said.items():
        _write(shelf, name, content)


def _file(version: int, content: bytes) -> MetaFile:
    return MetaFile(version, len(content), {"sha256": hashlib.sha256(content).hexdigest()})


def _write(shelf: Shelf, name: str, content: bytes) -> None:
    disk.write(shelf.metadata / name, [content])


def _changes(
    shelf: Shelf, channel_key: bytes, lines: Mapping[AlertId, bytes], *, before: int
) -> Iterator[tuple[int, Iterator[bytes]]]:
    """From each of the last versions that still lies here whole and unhurt."""
    for start in range(before - 1, max(before - 1 - VERSIONS_WITH_CHANGES, 0), -1):
        name = snapshot_name(WATCHLIST, start)
        for path in shelf.targets.glob(f"*.{name}"):
            # A damaged old file costs its changes, which is better than no publication.
            with suppress(Malformed, jsonl.Unreadable):
                opened = _opened(path, channel_key, name)
                changes = list(changes_between(jsonl.lines(opened), lines))
                yield start, _joined(changes)


def _opened(path: Path, channel_key: bytes, name: str) -> Iterator[bytes]:
    with path.open("rb") as file:
        portions = iter(lambda: file.read(_PORTION), b"")
        locked = unlock_target(portions, channel_key, name=name)
        yield from unpack_target(locked, size=None)


def _joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    remaining = iter(lines)
    while some := list(islice(remaining, _LINES_AT_ONCE)):
        yield b"\n".join([*some, b""])


def _clear(shelf: Shelf, channel: str, kept: Sequence[Published], newest: int) -> None:
    """Remove what nobody is loading any more, and what was left of publications cut short.

    `kept` stay whole; of the watch-list stay also the versions before `newest` that changes are
    made from.
    """
    files = {name: file for published in kept for name, file in published.files.items()}
    names = {f"{file.hashes['sha256']}.{name}" for name, file in files.items()}
    if channel == WATCHLIST:
        names |= {
            path.name
            for version in range(newest - VERSIONS_WITH_CHANGES, newest)
            for path in shelf.targets.glob(f"*.{snapshot_name(channel, version)}")
        }
    for path in (*shelf.targets.glob(f"*.{channel}-*"), *shelf.targets.glob(f"*{disk.PARTIAL}")):
        if path.name not in names:
            path.unlink()
    live = {name for published in kept for name in published.metadata}
    # Of the watch-list's role all stay: they tell how old the list is that a post has still.
    history = (".root.json", f".{WATCHLIST}.json")
    for path in shelf.metadata.iterdir():
        if path.name not in live and not path.name.endswith(history):
            path.unlink()
