"""The workstation's own key, and what it must remember even when its database is put back.

`device.key` lies outside database and backups and is readable while the database is locked: with
it alone the uplink delivers the spool and fetches reference data.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Annotated, Final, TypedDict, Unpack

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.vault import sealing
from checkpoint_client.vault.errors import AlreadyThere, CannotOpen, Damaged
from checkpoint_client.vault.private_file import PrivateFile

EARLIER_KEPT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Forerunner:
    """The journal that the present one goes on from, and how far it is known to have come.

    `head` is the one behind `position`, empty where nobody here knows it. Where the workstation's
    key changed from that journal to the present one, `key` is the one before (Ed25519, raw) and
    `handover` its signature that the present one goes on in its place.
    """

    workstation: str
    incarnation: int
    position: int
    head: bytes = b""
    key: bytes = b""
    handover: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wipe:
    """Headquarters' order to wipe this workstation, and how far it has been carried out.

    `hands_over`: what was never sent is to be left for the centre first; `is_handed_over`: all that
    was recorded here lies in the spool or at the centre. `done_at` is None until it is done.
    """

    serial: int
    ordered_at: datetime
    hands_over: bool = True
    is_handed_over: bool = False
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """An officer whom headquarters' list does not let work, or not from a day on."""

    service_number: str
    suspended_on: date | None
    left_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceState:
    """What the workstation knows of itself and of its server.

    `workstation` is empty until the centre has named it.
    `contact_counter` and `ratchet` (as the server issued it last) tell a cloned disk from this
    one. `journal_position` is the highest position known to be committed in this incarnation. It
    may lag behind the database, so that a crash after a commit does not look like a restore; it
    never leads it: write it after the commit, and before those entries leave the machine. A
    database that holds less was put back from a backup. `journal_head` is the head behind it.
    `forerunner` is the journal before this incarnation, None for the first.
    Keys are raw 32 bytes, empty until enrolled: `server_key` (Ed25519) signs replies, bundles are
    encrypted for `centre_key` (X25519). `channel_keys` open reference data, by channel name;
    `post_key` (X25519, private) opens what the workstations of the post tell each other;
    `post_keys` are the later ones, by generation, and `revoked` the centre's signed word on whom of
    the post not to believe any more. `last_order` is the serial number of the newest order taken.
    `dictionary` is the newest that the centre has said to read, 0 for none. `asked` is a request to
    be enrolled that is carried to the centre and not answered yet; what stands in it, sync knows.
    `certified_at` is when the centre certified the present keys, None where that is not known.
    `recovery_key` (X25519, public) is headquarters', empty where it has none.
    `role_publics` are the public keys of the supervisor's role at this post, by generation;
    `role_keys` the private ones, by generation and by the slot that each is sealed to (its receive
    key in hexadecimal): nothing here opens them. `role_holders` are the slots to have them, and
    `asks_role_keys` says that one of them has not. `away` are officers of this workstation who are
    not let in, as headquarters' list says; noted here, it counts while nobody is signed in too.
    `rekeyed` is how often the files were given another key: an envelope of before opens nothing.
    """

    deployment: str
    workstation: str
    post: str
    incarnation: int = 1
    journal_position: int = 0
    journal_head: bytes = b""
    forerunner: Forerunner | None = None
    contact_counter: int = 0
    ratchet: bytes = field(default=b"", repr=False)
    epoch: bytes = b""
    server_key: bytes = b""
    centre_key: bytes = b""
    certificate: bytes = field(default=b"", repr=False)
    channel_keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    post_key: bytes = field(default=b"", repr=False)
    post_keys: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    revoked: bytes = field(default=b"", repr=False)
    last_server_time: datetime | None = None
    dictionary: int = 0
    asked: bytes = field(default=b"", repr=False)
    certified_at: datetime | None = None
    recovery_key: bytes = b""
    last_order: int = 0
    wipe: Wipe | None = None
    role_publics: Mapping[int, bytes] = field(default_factory=dict)
    role_keys: Mapping[int, Mapping[str, bytes]] = field(default_factory=dict, repr=False)
    role_holders: tuple[bytes, ...] = ()
    asks_role_keys: bool = False
    away: tuple[Away, ...] = ()
    rekeyed: int = 0


class DeviceChanges(TypedDict, total=False):
    """What may change after the key was made: enrolment says who the workstation is."""

    workstation: str
    post: str
    incarnation: int
    journal_position: int
    journal_head: bytes
    forerunner: Forerunner | None
    contact_counter: int
    ratchet: bytes
    epoch: bytes
    server_key: bytes
    centre_key: bytes
    certificate: bytes
    channel_keys: Mapping[str, bytes]
    post_key: bytes
    post_keys: Mapping[int, bytes]
    revoked: bytes
    last_server_time: datetime | None
    dictionary: int
    asked: bytes
    certified_at: datetime | None
    recovery_key: bytes
    last_order: int
    wipe: Wipe | None
    role_publics: Mapping[int, bytes]
    role_keys: Mapping[int, Mapping[str, bytes]]
    role_holders: tuple[bytes, ...]
    asks_role_keys: bool
    away: tuple[Away, ...]
    rekeyed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingKeys:
    """Keys that are to follow the present ones. `public` (Ed25519) and `receive_public` (X25519)
    are raw.
    """

    public: bytes
    receive_public: bytes
    sign: Callable[[bytes], bytes] = field(repr=False)


class DeviceKey:
    """Signs and opens for the workstation. May be used from any thread."""

    def __init__(self, file: PrivateFile, stored: "_Stored") -> None:
        self._file = file
        self._one_writer = Lock()
        self._take(stored)

    @classmethod
    def create(cls, path: Path, *, deployment: str, workstation: str, post: str) -> "DeviceKey":
        """Make new keys and keep them in `path`. Raises `AlreadyThere`, OSError."""
        if path.exists():
            raise AlreadyThere(path.name)
        device = cls(
            _file(path),
            _Stored(
                state=DeviceState(deployment=deployment, workstation=workstation, post=post),
                signing_seed=Ed25519PrivateKey.generate().private_bytes_raw(),
                receive_seed=sealing.new_private(),
            ),
        )
        device._file.write(msgspec.json.encode(device._stored))
        return device

    @classmethod
    def load(cls, path: Path) -> "DeviceKey":
        """Raises `Damaged`, `NewerFile`, OSError."""
        file = _file(path)
        return cls(file, _read(file))

    @property
    def state(self) -> DeviceState:
        return self._stored.state

    @property
    def public(self) -> bytes:
        """Ed25519, raw: proves what this workstation signed."""
        return self._signing_key.public_key().public_bytes_raw()

    @property
    def receive_public(self) -> bytes:
        """X25519, raw: others `seal` for this workstation with it."""
        return sealing.public_of(self._stored.receive_seed)

    @property
    def coming(self) -> ComingKeys | None:
        """Keys that were made to follow these, and that the centre has not certified yet."""
        coming = self._stored.coming
        if coming is None:
            return None
        signing_key = Ed25519PrivateKey.from_private_bytes(coming.signing_seed)
        return ComingKeys(
            public=signing_key.public_key().public_bytes_raw(),
            receive_public=sealing.public_of(coming.receive_seed),
            sign=signing_key.sign,
        )

    @property
    def signer(self) -> Callable[[bytes], bytes]:
        """Signs with the present key also when another one has followed it."""
        return self._signing_key.sign

    def sign(self, message: bytes) -> bytes:
        return self._signing_key.sign(message)

    def is_own(self, public: bytes) -> bool:
        """Whether this workstation signs with that key, or did so not long ago."""
        return public == self.public or any(each.public == public for each in self._stored.earlier)

    def open(self, info: bytes, sealed: bytes) -> bytes:
        """What was sealed for this workstation, or for its keys before. Raises `CannotOpen`."""
        earlier = (each.receive_seed for each in self._stored.earlier)
        for seed in (self._stored.receive_seed, *earlier):
            with suppress(CannotOpen):
                return sealing.open_sealed(seed, info, sealed)
        raise CannotOpen

    def prepare_keys(self) -> None:
        """Make the keys that are to follow, unless they are there; the present ones go on."""
        with self._one_writer:
            stored = _read(self._file)
            if stored.coming is None:
                coming = _Seeds(
                    signing_seed=Ed25519PrivateKey.generate().private_bytes_raw(),
                    receive_seed=sealing.new_private(),
                )
                stored = msgspec.structs.replace(stored, coming=coming)
                self._file.write(msgspec.json.encode(stored))
            self._take(stored)

    def change_keys(self, **changes: Unpack[DeviceChanges]) -> None:
        """Put the coming keys in the place of the present ones and change these facts, in one step.

        What was sealed for the keys before can be opened until `EARLIER_KEPT` others have followed.
        """
        with self._one_writer:
            stored = _read(self._file)
            if stored.coming is None:
                raise ValueError("no keys were prepared")
            before = _Earlier(public=self.public, receive_seed=stored.receive_seed)
            stored = _Stored(
                state=replace(stored.state, **changes),
                signing_seed=stored.coming.signing_seed,
                receive_seed=stored.coming.receive_seed,
                earlier=(before, *stored.earlier)[:EARLIER_KEPT],
            )
            self._file.write(msgspec.json.encode(stored))
            self._take(stored)

    def reached(self, position: int, head: bytes) -> None:
        """Note how far the journal has come, before any of it leaves the machine; never less."""
        known = self.state.journal_position, self.state.journal_head
        if position >= known[0] and (position, head) != known:
            self.update(journal_position=position, journal_head=head)

    def update(self, **changes: Unpack[DeviceChanges]) -> DeviceState:
        """Change these facts on disk, then here; on an OSError neither has changed.

        The file is read again first: the command line may have changed other facts meanwhile.
        """
        with self._one_writer:
            stored = _read(self._file)
            stored = msgspec.structs.replace(stored, state=replace(stored.state, **changes))
            self._file.write(msgspec.json.encode(stored))
            self._take(stored)
            return stored.state

    def _take(self, stored: "_Stored") -> None:
        self._stored = stored
        self._signing_key = Ed25519PrivateKey.from_private_bytes(stored.signing_seed)


_Seed = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class _Seeds(msgspec.Struct, frozen=True, kw_only=True):
    signing_seed: _Seed
    receive_seed: _Seed


class _Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """Of the keys before: who signed, and what was sealed meanwhile."""

    public: bytes
    receive_seed: _Seed


class _Stored(msgspec.Struct, frozen=True, kw_only=True):
    state: DeviceState
    signing_seed: _Seed
    receive_seed: _Seed
    coming: _Seeds | None = None
    earlier: tuple[_Earlier, ...] = ()


def _file(path: Path) -> PrivateFile:
    return PrivateFile(path, "device-key")


def _read(file: PrivateFile) -> _Stored:
    try:
        return json_decoder(_Stored).decode(file.read())
    except (msgspec.DecodeError, RecursionError) as unreadable:
        raise Damaged(file.path.name, "altered") from unreadable
