"""Reference data from headquarters: verified by The Update Framework before anybody reads it.

The signed metadata ride in the contact's reply, the encrypted file is fetched and may be fetched in
several goes. Whether a list is out of date is judged by the time the reply tells, not by our clock.
"""

import io
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import zstandard
from tuf.api.exceptions import DownloadError, DownloadHTTPError, RepositoryError
from tuf.ngclient.fetcher import FetcherInterface
from tuf.ngclient.updater import Updater

from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen
from checkpoint_client.watchlist.alerts import Alert
from checkpoint_client.watchlist.jsonl import Unreadable, decode
from sync import protocol
from sync.link import Link, Unreachable
from sync.protocol import ContactReply, Malformed

_METADATA = "metadata:/"
_TARGETS = "targets:/"
_PART = 64 * 1024

log = logging.getLogger(__name__)


class NotGenuine(Exception):
    """Headquarters did not sign this, or it cannot be opened. The lists in force stay in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewList:
    """A verified list, still encrypted in `path`. `issued_at` is headquarters' time."""

    channel: str
    version: int
    issued_at: datetime
    path: Path
    name: str
    key: bytes = field(repr=False)


def read(new: NewList) -> Iterator[Alert]:
    """The alerts of a list, one after another. Raises `NotGenuine`."""
    try:
        packed = protocol.unlock_target(new.path.read_bytes(), new.key, name=new.name)
        plain = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed))
        for line in io.BufferedReader(plain, _PART):
            yield decode(line)
    except (Malformed, Unreadable, zstandard.ZstdError) as error:
        raise NotGenuine(f"{new.name}: {error}") from None


class Channels:
    """What is known of headquarters' reference data; lives in a folder of its own."""

    def __init__(self, folder: Path, root: bytes) -> None:
        """`root`: the first `root.json` to trust, pinned at enrolment."""
        self._folder = folder
        self._root = root

    def have(self) -> dict[str, int]:
        """Versions of the signed metadata we have, so that none is sent twice."""
        return {"root": self._newest_root(), "timestamp": self._timestamp()}

    def fetch(self, channel: str, reply: ContactReply, link: Link, device: DeviceKey) -> NewList:
        """The newest list of a channel. Raises `NotGenuine`, `Unreachable`, OSError."""
        name = f"{channel}-{reply.channels[channel]}.snapshot"
        key = self._key(channel, reply, device)
        fetcher = _Fetcher(reply.metadata, link, self._folder)
        try:
            issued_at, path = self._download(name, fetcher, _time(reply.server_time))
        except (DownloadError, RepositoryError) as error:
            if fetcher.unreachable:
                raise fetcher.unreachable from None
            fetcher.forget_parts()
            raise NotGenuine(str(error)) from None
        fetcher.forget_parts()
        self._forget_others(channel, path)
        return NewList(
            channel=channel,
            version=reply.channels[channel],
            issued_at=issued_at,
            path=path,
            name=name,
            key=key,
        )

    def _download(self, name: str, fetcher: "_Fetcher", time: datetime) -> tuple[datetime, Path]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        updater = Updater(
            str(self._folder),
            _METADATA,
            target_dir=str(self._folder),
            target_base_url=_TARGETS,
            fetcher=fetcher,
            bootstrap=self._root,
        )
        # A clock at 2038 would find everything expired; the reply is signed and of this moment.
        updater._trusted_set.reference_time = time
        updater.refresh()
        target = updater.get_targetinfo(name)
        if target is None:
            raise NotGenuine(f"{name} was never signed")
        path = updater.find_cached_target(target) or updater.download_target(target)
        return _issued_at(name, target.custom), Path(path)

    def _forget_others(self, channel: str, kept: Path) -> None:
        """The newest stays, encrypted: who has it need not fetch it after a restart."""
        for path in self._folder.glob(f"{channel}-*.snapshot"):
            if path != kept:
                path.unlink()

    def _key(self, channel: str, reply: ContactReply, device: DeviceKey) -> bytes:
        if reply.channel_keys:
            device.update(channel_keys=opened_keys(device, reply.channel_keys))
        try:
            return device.state.channel_keys[channel]
        except KeyError:
            raise NotGenuine(f"there is no key for {channel}") from None

    def _newest_root(self) -> int:
        kept = self._folder.glob("root_history/*.root.json")
        versions = [int(path.name.partition(".")[0]) for path in kept]
        return max(versions, default=_version(self._root))

    def _timestamp(self) -> int:
        try:
            return _version((self._folder / "timestamp.json").read_bytes())
        except OSError:
            return 0


def opened_keys(device: DeviceKey, sealed: dict[str, bytes]) -> dict[str, bytes]:
    """The keys of the channels, which were encrypted for this workstation. Raises `NotGenuine`."""
    try:
        return {
            channel: device.open(protocol.sealed_for(f"channel-key/{channel}"), key)
            for channel, key in sealed.items()
        }
    except CannotOpen:
        raise NotGenuine("the channels' keys were encrypted for another workstation") from None


class _Fetcher(FetcherInterface):
    """Serves metadata from the reply at hand, and files over the line, going on where it broke."""

    def __init__(self, metadata: dict[str, bytes], link: Link, folder: Path) -> None:
        self._metadata = metadata
        self._link = link
        self._folder = folder
        self._parts: list[Path] = []
        self.unreachable: Unreachable | None = None

    def forget_parts(self) -> None:
        for path in self._parts:
            path.unlink(missing_ok=True)

    def _fetch(self, url: str) -> Iterator[bytes]:
        if url.startswith(_METADATA):
            return iter([self._piece(url.removeprefix(_METADATA))])
        return self._file(url.removeprefix(_TARGETS))

    def _piece(self, name: str) -> bytes:
        if name in self._metadata:
            return self._metadata[name]
        if name == "timestamp.json":  # not sent again to who has the newest
            return (self._folder / name).read_bytes()
        raise DownloadHTTPError(f"{name} is not in the reply", 404)

    def _file(self, name: str) -> Iterator[bytes]:
        part = self._folder / f"{name}.part"
        self._parts.append(part)
        if part.exists():
            with part.open("rb") as kept:
                yield from iter(lambda: kept.read(_PART), b"")
        start = part.stat().st_size if part.exists() else 0
        try:
            with part.open("ab") as growing:
                for piece in self._link.fetch(name, start):
                    growing.write(piece)
                    yield piece
        except Unreachable as unreachable:
            self.unreachable = unreachable
            raise DownloadError(str(unreachable)) from None


def _version(metadata: bytes) -> int:
    """What the metadata say of themselves: a hint for the server, nothing is trusted by it."""
    try:
        return int(msgspec.json.decode(metadata)["signed"]["version"])
    except (msgspec.DecodeError, KeyError, TypeError, ValueError):
        return 0


def _issued_at(name: str, signed: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(signed["issued_at"])).astimezone(UTC)
    except (KeyError, ValueError):
        raise NotGenuine(f"{name} does not say when it was issued") from None


def _time(told: str) -> datetime:
    try:
        return datetime.fromisoformat(told).astimezone(UTC)
    except ValueError:
        raise NotGenuine("the reply does not tell the time") from None
