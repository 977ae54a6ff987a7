"""What a power cut leaves of a workstation's files, made from what its process wrote and synced.

A life is lived once, and every write, cut, rename and fsync of it is kept in its order. From that
the files come as a disk may hold them when the power goes at some moment. What was synced is there.
Of what was not, any part is there, in any order, and a piece of it may end at a sector. Names keep
the order of the file system's journal, which goes to the disk with every fsync: as ext4 and XFS do.

Left out: a disk that lies about fsync or swaps what it was given before one, a sector that is
itself torn, a file system whose names have no order, and `-shm`, which SQLite makes anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import rmtree

import msgspec

from checkpoint_client.records.codes import Role
from checkpoint_client.vault.device import DeviceKey
from tests.held_calls import Call
from tests.workday import Office, Premises, found

SECTOR = 512
SYNCS = frozenset({"fsync", "fdatasync"})
ANEW = "-shm"


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes at a place; without any, the file is cut there."""

    offset: int
    data: bytes | None

    def put_in(self, content: bytearray) -> None:
        if self.data is None:
            del content[self.offset :]
        lacking = self.offset - len(content)
        content.extend(bytes(max(lacking, 0)))
        if self.data is not None:
            content[self.offset : self.offset + len(self.data)] = self.data


@dataclass(slots=True)
class File:
    """What is on the disk for sure, and what was written since."""

    synced: bytearray = field(default_factory=bytearray)
    since: list[Piece] = field(default_factory=list)

    def sync(self) -> None:
        for piece in self.since:
            piece.put_in(self.synced)
        self.since.clear()

    def left(self, chance: Random) -> bytes:
        """As a cut may leave it."""
        content = bytearray(self.synced)
        share = chance.choice((0.0, 0.5, 1.0))
        arrived = [piece for piece in self.since if chance.random() < share]
        for piece in chance.choice((arrived, chance.sample(arrived, len(arrived)))):
            _torn(piece, chance).put_in(content)
        return bytes(content)


def _torn(piece: Piece, chance: Random) -> Piece:
    if piece.data is None or chance.random() < 0.8:
        return piece
    return Piece(
        piece.offset, piece.data[: chance.randrange(len(piece.data) + 1) // SECTOR * SECTOR]
    )


Names = dict[str, File]


@dataclass(slots=True)
class Disk:
    """The files of `folder` as the calls made them; `states`: their names since the last fsync."""

    folder: str
    names: Names = field(default_factory=dict)
    states: list[Names] = field(default_factory=lambda: [{}])

    def take(self, call: Call) -> None:
        """Do what the call does, for all that will be asked of it."""
        file = self.names.get(call.path)
        match call.name:
            case "open" if file is None and call.path.startswith(self.folder):
                self._name(self.names | {call.path: File()})
            case "open" if file and call.empties:
                file.since.append(Piece(0, None))
            case "write" | "pwrite" | "sendfile" if file:
                file.since.append(Piece(call.offset, call.data))
            case "ftruncate" if file:
                file.since.append(Piece(call.size, None))
            case "fsync" | "fdatasync":
                if file:
                    file.sync()
                self.states = [self.names]
            case "rename" if file:
                others = {path: each for path, each in self.names.items() if path != call.path}
                self._name(others | {call.to: file})
            case "unlink" if file:
                self._name({path: each for path, each in self.names.items() if path != call.path})

    def settle(self) -> None:
        """All of it is on the disk."""
        for file in self.names.values():
            file.sync()
        self.states = [self.names]

    def left(self, chance: Random) -> dict[str, bytes]:
        """Paths and contents, as a cut may leave them."""
        names = chance.choice((self.states[0], self.states[-1], chance.choice(self.states)))
        return {path: file.left(chance) for path, file in names.items() if not path.endswith(ANEW)}

    def _name(self, names: Names) -> None:
        self.names = names
        self.states.append(names)


@dataclass(frozen=True, slots=True)
class Moment:
    """`synced`: an fsync comes next, or has just been."""

    said: dict[str, str]
    synced: bool
    disk: Disk


def moments(premises: Premises, calls: list[Call]) -> Iterator[Moment]:
    """The life call by call, from when the workstation was enrolled; for each as it is just then.

    Not while somebody puts records back: he waits until they are on the disk.
    """
    disk, said, before = Disk(premises.folder), dict[str, str](), ""
    for call in calls:
        if call.path.startswith("pipe:"):
            for line in call.data.decode(errors="replace").splitlines():
                name, tab, value = line.partition("\t")
                if tab:
                    said[name] = value
                if name == "put back":
                    disk.settle()
            continue
        if not ("evening" in said and "put back" not in said):
            yield Moment(said, bool(SYNCS & {call.name, before}), disk)
        disk.take(call)
        before = call.name


@dataclass
class Looked(Office):
    """Says nothing: what it finds is held against what was said."""

    def say(self, name: str, value: str = "") -> None:
        self.said[name] = value


def after_a_cut(premises: Premises, moment: Moment, chance: Random, place: Path) -> bool:
    """Open what a cut at this moment leaves, and hold it to what was said; False if it was not a
    workstation yet. Raises `AssertionError` and whatever cannot be read.
    """
    left, home = moment.disk.left(chance), place / "after"
    for path, content in left.items():
        target = home / Path(path).relative_to(premises.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    try:
        return _opened(msgspec.structs.replace(premises, folder=str(home)), moment.said)
    finally:
        if home.exists():
            rmtree(home)


def _opened(premises: Premises, said: dict[str, str]) -> bool:
    office = Looked(premises, dict(said))
    is_workstation = office.folder.device_key.exists() and office.folder.envelope.exists()
    if not is_workstation:
        assert not said, "a workstation was there, and is gone"
        return False
    before = DeviceKey.load(office.folder.device_key).state.incarnation
    office.open()
    with office.at_work() as session:  # holds all to it that was said
        draft = session.first_line.kept_draft()
        for name in (key.removeprefix("typed ") for key in said if key.startswith("typed ")):
            if f"recorded {name}" not in said:
                is_typed = draft is not None and draft.primary_identifier == name
                assert is_typed or len(found(session, name)) == 1, name
    with office.at_work(Role.SUPERVISOR) as session:
        session.administration.verify()
    for path in office.folder.attachments.glob("*"):
        assert path.suffix or sha256(path.read_bytes()).hexdigest() == path.name
    is_put_back = "put back" in said and "together" not in said
    assert is_put_back or office.device.state.incarnation == before, "a journal was given up"
    return True
