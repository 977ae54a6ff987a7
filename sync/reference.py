"""Reference data from headquarters: verified by The Update Framework before anybody reads it.

The signed metadata ride in the contact's reply or lie on a stick; the encrypted files are fetched
in several goes if need be. Whether a signature is out of date is judged by the latest time the
centre has told, not by our clock.
"""

import errno
import logging
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

import msgspec
from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.ngclient.fetcher import FetcherInterface
from tuf.ngclient.updater import Updater

from checkpoint_client.desk.channels import Failure, NotTaken
from checkpoint_client.records.decoders import msgpack_decoder
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen
from checkpoint_client.watchlist import jsonl
from checkpoint_client.watchlist.jsonl import Unreadable
from sync import protocol
from sync.engine import told_time
from sync.link import Link, Reason, Unreachable
from sync.protocol import STICK, ContactReply, Forged, Malformed

KEPT_FREE: Final = 64 * 1024 * 1024
"""Bytes of the disk that no download may take: records come first."""

NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)

_METADATA = "metadata:/"
_MOST_METADATA = 5_000_000
_PART = 64 * 1024

AlertId = tuple[str, str]

log = logging.getLogger(__name__)


class Paused(Exception):
    """The download was put off. What has come is kept, and the next one goes on behind it."""


Watch = Callable[[str, int, int], None]
"""Is told a file's name, how many of its bytes are here, and of how many; may raise `Paused`."""


class Source(Protocol):
    """Where metadata and encrypted files come from. Nothing that it gives is trusted."""

    def metadata(self, name: str, /) -> bytes | None:
        """A file of signed metadata, None if there is none. Raises OSError."""
        ...

    def file(self, name: str, start: int, /) -> Iterator[bytes]:
        """A file from byte `start` on. Raises `Unreachable`, OSError, `NotTaken`."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A contact's reply, and the line for the files."""

    reply: ContactReply
    link: Link

    def metadata(self, name: str) -> bytes | None:
        return self.reply.metadata.get(name)

    def file(self, name: str, start: int) -> Iterator[bytes]:
        try:
            yield from self.link.fetch(name, start)
        except Unreachable as unreachable:
            if unreachable.reason is Reason.REFUSED:  # the line is there, the file is not
                raise NotTaken(Failure.NOT_THERE, file=name) from None
            raise


@dataclass(frozen=True, slots=True)
class Stick:
    """A folder that somebody carried here, as `checkpoint-server stick` writes it."""

    folder: Path

    @classmethod
    def in_folder(cls, folder: Path) -> "Stick":
        """The reference data in a folder, or in the one that `folder` holds. Raises `NotTaken`."""
        for place in (folder / STICK, folder):
            if (place / "metadata" / "timestamp.json").is_file():
                return cls(place)
        raise NotTaken(Failure.NO_STICK, folder=folder.name or str(folder))

    def metadata(self, name: str) -> bytes | None:
        try:
            with (self.folder / "metadata" / name).open("rb") as file:
                return file.read(_MOST_METADATA + 1)
        except FileNotFoundError:
            return None

    def file(self, name: str, start: int) -> Iterator[bytes]:
        try:
            with (self.folder / "targets" / name).open("rb") as file:
                file.seek(start)
                yield from iter(partial(file.read, _PART), b"")
        except FileNotFoundError:
            raise NotTaken(Failure.NOT_THERE, file=name) from None


@dataclass(frozen=True, slots=True)
class Nowhere:
    """No source at all: only what is here already."""

    def metadata(self, _name: str) -> bytes | None:
        return None

    def file(self, name: str, _start: int) -> Iterator[bytes]:
        raise NotTaken(Failure.NOT_THERE, file=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A file that headquarters has signed: a whole version, or what leads to it from `base`.

    `length` in bytes as it is fetched, `size` when it is opened and unpacked, `items` after it.
    `digest` is the SHA-256 of the opened file, `result` what the channel must come to (both hex).
    """

    channel: str
    version: int
    base: int | None
    target: TargetFile
    issued_at: datetime
    items: int
    size: int
    digest: str
    result: str

    @property
    def name(self) -> str:
        return self.target.path

    @property
    def length(self) -> int:
        return self.target.length


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A genuine file, still encrypted in `path`, and the key that opens it."""

    offer: Offer
    path: Path
    key: bytes = field(repr=False)


# --- what a genuine file holds ------------------------------------------------------------------


def plain(fetched: Fetched) -> Iterator[bytes]:
    """What is in a file, in portions. Whether all of it is right is known behind the last one.

    Raises `NotTaken`.
    """
    offer, digest = fetched.offer, sha256()
    try:
        with fetched.path.open("rb") as file:
            locked = iter(partial(file.read, _PART), b"")
            packed = protocol.unlock_target(locked, fetched.key, name=offer.name)
            for portion in protocol.unpack_target(packed, size=offer.size):
                digest.update(portion)
                yield portion
    except Malformed:
        raise NotTaken(Failure.NOT_OPENED, file=offer.name) from None
    if digest.hexdigest() != offer.digest:
        raise NotTaken(Failure.ALTERED, file=offer.name)


def lines(fetched: Fetched) -> Iterator[bytes]:
    """The lines of a list without their ends. Raises `NotTaken`."""
    try:
        yield from jsonl.lines(plain(fetched))
    except Unreadable:
        raise NotTaken(Failure.UNREADABLE, file=fetched.offer.name) from None


def changes(fetched: Fetched) -> tuple[Iterator[AlertId], Iterator[bytes]]:
    """What leaves a list and what comes in, to be read in this order. Both raise `NotTaken`."""
    remaining = lines(fetched)
    first: list[bytes] = []

    def removals() -> Iterator[AlertId]:
        for line in remaining:
            try:
                change = jsonl.decode_change(line)
            except Unreadable:
                raise NotTaken(Failure.UNREADABLE, file=fetched.offer.name) from None
            if not isinstance(change, tuple):
                first.append(line)
                return
            yield change

    def upserts() -> Iterator[bytes]:
        yield from first
        yield from remaining

    return removals(), upserts()


def files(fetched: Fetched) -> dict[str, bytes]:
    """The files of a channel that consists of files, by their names. Raises `NotTaken`."""
    offer = fetched.offer
    unreadable = NotTaken(Failure.UNREADABLE, file=offer.name)
    if offer.size > 2 * protocol.MOST_FILES_BYTES:
        raise unreadable
    packed = b"".join(plain(fetched))
    try:
        unpacked = msgpack_decoder(dict[str, bytes]).decode(packed)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise unreadable from None
    if len(unpacked) > protocol.MOST_FILES or not all(map(protocol.FILE_NAME.fullmatch, unpacked)):
        raise unreadable
    return unpacked


# --- what is genuine ----------------------------------------------------------------------------


class Channels:
    """What is known of headquarters' reference data; lives in a folder of its own."""

    def __init__(self, folder: Path, root: bytes) -> None:
        """`root`: the first `root.json` to trust, pinned at enrolment."""
        self._folder = folder
        self._root = root

    def have(self) -> dict[str, int]:
        """Versions of the signed metadata we have, so that none is sent twice.

        What the newest root does not vouch for is not named: it must come again.
        """
        root = self._newest_root()
        versions = {Root.type: root.version}
        with suppress(*_UNTRUSTED):
            for role in (Timestamp.type, Snapshot.type):
                versions[role] = self._kept(role, root).version
        with suppress(*_UNTRUSTED):
            targets = self._kept(Targets.type, root)
            versions[Targets.type] = targets.version
            for role in _delegated(targets):
                with suppress(*_UNTRUSTED):
                    versions[role] = self._kept(role, targets).version
        return versions

    def metadata(self) -> dict[str, bytes]:
        """The signed files that we have, under the names that headquarters gives them."""
        found = {path.name: path.read_bytes() for path in self._folder.glob("root_history/*")}
        for role, version in self.have().items():
            if role != Root.type:
                name = role if role == Timestamp.type else f"{version}.{role}"
                found[f"{name}.json"] = (self._folder / f"{role}.json").read_bytes()
        return found

    def look(self, source: Source, *, time: datetime) -> "Verified":
        """Take over newer metadata, if they are genuine. Raises `NotTaken`, OSError.

        `time`: the latest that the centre has told, for what is out of date.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()
        fetcher = _Fetcher(source, self._folder)
        with fetcher.explained():
            updater = Updater(str(self._folder), _METADATA, fetcher=fetcher, bootstrap=self._root)
            updater._trusted_set.reference_time = time
            updater.refresh()
        return Verified(updater, fetcher)

    def bring(
        self, offer: Offer, source: Source, device: DeviceKey, watch: Watch = lambda *_: None
    ) -> Fetched:
        """The offered file; begun downloads go on where they stopped.

        Raises `NotTaken`, `Unreachable`, `Paused`, OSError.
        """
        key = _key(offer.channel, device)
        path = self._folder / offer.name
        if not _is_genuine(path, offer):
            self._download(offer, source, watch)
        self._forget_others(offer.channel, path)
        return Fetched(offer=offer, path=path, key=key)

    def here(self, offer: Offer, device: DeviceKey) -> Fetched | None:
        """The offered file if it was brought before. Raises `NotTaken`."""
        path = self._folder / offer.name
        if not _is_genuine(path, offer):
            return None
        return Fetched(offer=offer, path=path, key=_key(offer.channel, device))

    def waiting(self) -> frozenset[str]:
        """Names of the files that were brought and lie here, to be put into force."""
        found = (path.name for path in self._folder.glob("*-*"))
        return frozenset(name for name in found if name.endswith((".snapshot", ".delta")))

    def forget(self, fetched: Fetched) -> None:
        """It is in force, or of no use."""
        fetched.path.unlink(missing_ok=True)

    def drop(self, offer: Offer) -> None:
        """The file of a list that is in force by now."""
        (self._folder / offer.name).unlink(missing_ok=True)

    def _download(self, offer: Offer, source: Source, watch: Watch) -> None:
        part = self._folder / f"{offer.name}.{_hash(offer)[:16]}.part"
        self._forget_parts(offer.channel, but=part)
        begun = part.stat().st_size if part.exists() else 0
        if begun > offer.length:
            part.unlink()
            begun = 0
        self._must_have_room(offer.length - begun)
        self._grow(part, begun, offer, source, watch)
        if begun and not _is_genuine(part, offer):
            # What had come before may have been the bad part: once more, from the beginning.
            part.unlink()
            self._grow(part, 0, offer, source, watch)
        if not _is_genuine(part, offer):
            part.unlink()
            raise NotTaken(Failure.ALTERED, file=offer.name)
        part.replace(self._folder / offer.name)

    def _grow(self, part: Path, begun: int, offer: Offer, source: Source, watch: Watch) -> None:
        """Add what is still to come. Raises as `bring`."""
        here = begun
        watch(offer.name, here, offer.length)
        if here == offer.length:
            return
        try:
            with part.open("ab") as growing:
                for piece in source.file(f"{_hash(offer)}.{offer.name}", begun):
                    here += len(piece)
                    if here > offer.length:
                        raise NotTaken(Failure.ENDLESS, file=offer.name)
                    growing.write(piece)
                    watch(offer.name, here, offer.length)
        except NotTaken:
            part.unlink(missing_ok=True)
            raise
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            part.unlink(missing_ok=True)  # the room is the records'
            raise NotTaken(Failure.DISK_FULL, needed=str(offer.length)) from None

    def _must_have_room(self, needed: int) -> None:
        if shutil.disk_usage(self._folder).free < needed + KEPT_FREE:
            raise NotTaken(Failure.DISK_FULL, needed=str(needed + KEPT_FREE))

    def _forget_others(self, channel: str, kept: Path) -> None:
        for path in self._folder.glob(f"{channel}-*"):
            if path != kept:
                path.unlink()

    def _forget_parts(self, channel: str, *, but: Path) -> None:
        for path in self._folder.glob(f"{channel}-*.part"):
            if path != but:
                path.unlink()

    def _sweep(self) -> None:
        """What python-tuf was just writing when the power went."""
        for path in self._folder.glob("tmp*"):
            path.unlink(missing_ok=True)

    def _newest_root(self) -> Root:
        """The root we last took over. A hint for the server: it is verified at each look."""
        root = Metadata[Root].from_bytes(self._root).signed
        while True:
            path = self._folder / "root_history" / f"{root.version + 1}.root.json"
            try:
                root = Metadata[Root].from_bytes(path.read_bytes()).signed
            except (OSError, DeserializationError):
                return root

    def _kept(self, role: str, delegator: Root | Targets) -> Targets:
        """Raises `_UNTRUSTED`."""
        content = (self._folder / f"{role}.json").read_bytes()
        metadata: Metadata[Targets] = Metadata.from_bytes(content)
        delegator.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
        return metadata.signed


class Verified:
    """Metadata that are genuine, complete and of one publication."""

    def __init__(self, updater: Updater, fetcher: "_Fetcher") -> None:
        self._updater = updater
        self._fetcher = fetcher

    @property
    def stamp(self) -> int:
        """The version of the signature on the whole."""
        return self._updater._trusted_set.timestamp.version

    def newest(self, channel: str) -> int:
        """The newest version that is signed, 0 for none. Raises `NotTaken`, OSError."""
        return max((offer.version for offer in self.offers(channel)), default=0)

    def offer(self, channel: str, *, base: int | None) -> Offer | None:
        """The smallest file that leads to the newest version, from `base` or from nothing.

        None if there is no newer one than `base`. Raises `NotTaken`, OSError.
        """
        offers = self.offers(channel)
        newest = max((offer.version for offer in offers), default=0)
        if newest <= (base or 0):
            return None
        fitting = [each for each in offers if each.version == newest and each.base in (None, base)]
        return min(fitting, key=lambda each: each.length, default=None)

    def offers(self, channel: str) -> list[Offer]:
        """Every file of a channel that is signed. Raises `NotTaken`, OSError."""
        role, trusted = protocol.role_of(channel), self._updater._trusted_set
        if f"{role}.json" not in trusted.snapshot.meta:
            return []  # it has not signed anything yet
        with self._fetcher.explained():
            # Loads the role, and only if it may sign for this channel.
            self._updater.get_targetinfo(protocol.snapshot_name(channel, 0))
            signed = trusted.get(role)
            if not isinstance(signed, Targets):
                raise NotTaken(Failure.WRONG_SIGNATURE, role=role)
            names = re.compile(rf"{channel}-[0-9]{{1,18}}(\.snapshot|-[0-9]{{1,18}}\.delta)")
            return [
                _offer(channel, name, target)
                for name, target in signed.targets.items()
                if names.fullmatch(name) and self._updater.get_targetinfo(name) == target
            ]


class _Custom(msgspec.Struct, frozen=True):
    """What headquarters says of a file, signed with it."""

    channel: str
    version: int
    items: int
    sha256: str
    size: int
    result: str
    issued_at: str
    start: int | None = msgspec.field(default=None, name="from")


def _offer(channel: str, name: str, target: TargetFile) -> Offer:
    try:
        custom = msgspec.convert(target.custom, _Custom)
        issued_at = datetime.fromisoformat(custom.issued_at).astimezone(UTC)
    except (msgspec.ValidationError, ValueError):
        raise NotTaken(Failure.MALFORMED, role=protocol.role_of(channel)) from None
    told = (
        protocol.snapshot_name(channel, custom.version)
        if custom.start is None
        else protocol.delta_name(channel, custom.start, custom.version)
    )
    if (custom.channel, told) != (channel, name) or "sha256" not in target.hashes:
        raise NotTaken(Failure.MALFORMED, role=protocol.role_of(channel))
    return Offer(
        channel=channel,
        version=custom.version,
        base=custom.start,
        target=target,
        issued_at=issued_at,
        items=custom.items,
        size=custom.size,
        digest=custom.sha256,
        result=custom.result,
    )


def opened_keys(device: DeviceKey, sealed: Mapping[str, bytes]) -> dict[str, bytes]:
    """The keys of the channels, which were encrypted for this workstation. Raises `NotTaken`."""
    try:
        return {
            channel: device.open(protocol.sealed_for(f"channel-key/{channel}"), key)
            for channel, key in sealed.items()
        }
    except CannotOpen:
        raise NotTaken(Failure.NO_KEY) from None


def take_keys(device: DeviceKey, reply: ContactReply) -> None:
    """Keep the keys that came with a reply, beside those that did not. Raises `NotTaken`."""
    if reply.channel_keys:
        opened = opened_keys(device, reply.channel_keys)
        device.update(channel_keys={**device.state.channel_keys, **opened})


def latest_known(device: DeviceKey, reply: ContactReply | None = None) -> datetime:
    """The latest time that the centre has told; never our clock's, which may be at 1980 or 2038."""
    told = (told_time(reply) if reply else None, device.state.last_server_time, _enrolled(device))
    return max((time for time in told if time), default=datetime.min.replace(tzinfo=UTC))


class _Fetcher(FetcherInterface):
    """Serves metadata from a source, and says what was wrong with which of them."""

    def __init__(self, source: Source, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self._asked = Root.type

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Inside, what python-tuf refuses becomes `NotTaken`."""
        try:
            yield
        except (RepositoryError, DownloadError, DeserializationError) as error:
            raise self._what_is_wrong(error) from None

    def _what_is_wrong(self, error: Exception) -> NotTaken:
        role = self._asked
        match error:
            case DownloadHTTPError():
                return NotTaken(Failure.MISSING, file=f"{role}.json")
            case DownloadLengthMismatchError():
                return NotTaken(Failure.ENDLESS, file=f"{role}.json")
            case DownloadError(__cause__=OSError() as cause):
                return NotTaken(Failure.FILE_FAILED, why=cause.strerror or str(cause.errno))
            case BadVersionNumberError():
                return NotTaken(Failure.ROLLED_BACK, role=role)
            case ExpiredMetadataError():
                return NotTaken(Failure.EXPIRED, role=role)
            case UnsignedMetadataError():
                return NotTaken(Failure.WRONG_SIGNATURE, role=role)
            case LengthOrHashMismatchError():
                return NotTaken(Failure.MIXED, role=role)
        return NotTaken(Failure.MALFORMED, role=role)

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = url.removeprefix(_METADATA)
        self._asked = name.removesuffix(".json").rpartition(".")[2]
        content = self._source.metadata(name)
        if content is None and name == "timestamp.json":  # not sent again to who has the newest
            with suppress(FileNotFoundError):
                content = (self._folder / name).read_bytes()
        if content is None:
            raise DownloadHTTPError(name, 404)
        return iter([content])


def _delegated(targets: Targets) -> Iterable[str]:
    delegations = targets.delegations
    return delegations.roles if delegations and delegations.roles else ()


def _is_genuine(path: Path, offer: Offer) -> bool:
    try:
        with path.open("rb") as file:
            offer.target.verify_length_and_hashes(file)
    except (OSError, LengthOrHashMismatchError):
        return False
    return True


def _hash(offer: Offer) -> str:
    return offer.target.hashes["sha256"]


def _enrolled(device: DeviceKey) -> datetime | None:
    state = device.state
    try:
        certificate = protocol.read_certificate(state.certificate, server_key=state.server_key)
        return datetime.fromisoformat(certificate.issued_at).astimezone(UTC)
    except (Malformed, Forged, ValueError):
        return None


def _key(channel: str, device: DeviceKey) -> bytes:
    try:
        return device.state.channel_keys[channel]
    except KeyError:
        raise NotTaken(Failure.NO_KEY) from None


_UNTRUSTED = (OSError, RepositoryError, DeserializationError, ValueError)
"""What may be wrong with metadata that lie here."""
