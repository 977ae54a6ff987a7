"""The lost and stolen documents on this workstation: cells on the disk, changes in the lists' file.

The cells of all filters stand encrypted in a file of their own, beside the lists' file that holds
its key: a look-up reads and opens three pieces of it, and a new base leaves no hole in a database.
What is in force is one row; a base that is still being written is no base.
"""

import errno
import logging
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from checkpoint_client.store.engine import (
    DiskFailed,
    DiskFull,
    FileError,
    NewerFile,
    Unusable,
    as_unusable,
)
from checkpoint_client.watchlist.alerts import UnreadableList
from checkpoint_client.watchlist.fuse import CELL_BYTES, Plan
from checkpoint_client.watchlist.lost_documents import (
    Changes,
    Listing,
    NoDocument,
    Snapshot,
    filter_of,
    key_of,
    plan_bytes,
    read_delta,
    read_plans,
    read_snapshot,
)

_PIECE: Final = 4_096  # on the disk: the encrypted cells and their tag
_PLAIN: Final = _PIECE - 16
_CELL: Final = struct.Struct("<H")
_WORD: Final = 1 << 64

log = logging.getLogger(__name__)
steps = Migrations("checkpoint_client.lost_documents")


@steps()
def m001_lost_documents(db: Database) -> None:
    db.execute(
        "create table lost_documents (number integer primary key check (number = 1),"
        " version integer not null, issued_at text not null, numbers integer not null,"
        " total blob not null, file text not null, key blob not null, plans blob not null) strict"
    )
    db.execute(
        "create table lost_documents_changed (key integer primary key,"
        " listed integer not null) strict"
    )


class WrongFile(Unusable):
    def __init__(self, why: str) -> None:
        super().__init__(
            f"The new list of lost documents was not taken: {why}. The one before it stays in"
            " force; a good one comes with a later contact."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsVersion:
    """The list in force: its version, when it was issued, how many numbers it has."""

    version: int
    issued_at: datetime
    numbers: int


@dataclass(frozen=True, slots=True)
class _Base:
    """A file of cells: the filters in it, and where the cells of each begin."""

    path: Path
    key: bytes = field(repr=False)
    plans: tuple[Plan, ...]
    firsts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        firsts = accumulate((plan.cells for plan in self.plans), initial=0)
        object.__setattr__(self, "firsts", tuple(firsts))

    def has(self, key: int) -> bool:
        """Whether the number is listed, or looks so. Raises OSError, InvalidTag."""
        number = filter_of(key, len(self.plans))
        plan, first = self.plans[number], self.firsts[number]
        cipher = AESGCM(self.key)
        mark = plan.mark(key)
        with self.path.open("rb", buffering=0) as file:
            for place in plan.places(key):
                mark ^= _cell(file, cipher, first + place)
        return mark == 0


class LostDocuments:
    """On the connection of the lists' file, for the thread that opened it."""

    def __init__(self, db: Database, path: Path) -> None:
        """`path` is the lists' file; the cells lie beside it."""
        self._db = db
        self._path = path
        self._base: _Base | None = None

    def bring_up_to_date(self) -> None:
        """Raises `NewerFile`."""
        if {step.name for step in steps.applied(self._db)} - {m001_lost_documents.__name__}:
            raise NewerFile(self._path)
        steps.apply(self._db)

    def in_force(self) -> DocumentsVersion | None:
        row = self._db.execute("select version, issued_at, numbers from lost_documents").fetchone()
        if not row:
            return None
        version, issued_at, numbers = row
        return DocumentsVersion(
            version=version, issued_at=datetime.fromisoformat(issued_at), numbers=numbers
        )

    def look_up(self, state: str, number: str) -> Listing | None:
        """What is known of a document. A listed one is always found, and now and then another.

        A damaged file of cells is given up, so that it comes anew: no check waits for it.
        """
        try:
            key = key_of(state, number)
        except NoDocument:
            return None
        while row := self._row(key):
            version, changed, name, secret, plans = row
            try:
                base = self._opened(name, secret, plans)
                is_listed = base.has(key) if changed is None else bool(changed)
            except (OSError, InvalidTag) as error:
                self._give_up(name, error)
                continue
            return Listing(state=state, number=number, version=version) if is_listed else None
        return None

    def take_base(self, version: int, issued_at: datetime, pieces: Iterable[bytes]) -> None:
        """Put a whole list in the place of the one in force: wholly, or not at all.

        Takes pieces of any size as they come. Raises `WrongFile`, `DiskFull`, `DiskFailed`, and
        whatever `pieces` raises.
        """
        self._sweep()
        name = f"lost-documents-{os.urandom(8).hex()}.cells"
        path = self._path.with_name(name)
        try:
            snapshot = read_snapshot(pieces)
            key = AESGCM.generate_key(256)
            plans = _write(path, key, snapshot)
            with self._db.atomic():
                self._db.execute("delete from lost_documents_changed")
                self._db.execute("delete from lost_documents")
                self._db.execute(
                    "insert into lost_documents values (1, ?, ?, 0, ?, ?, ?, ?)",
                    [version, "", b"", name, key, b"".join(map(plan_bytes, plans))],
                )
                self._put(version, issued_at, snapshot.changes)
        except BaseException as error:
            path.unlink(missing_ok=True)
            raise _as_sentence(error) from None
        self._sweep()

    def take_delta(
        self, version: int, issued_at: datetime, pieces: Iterable[bytes], *, since: int
    ) -> None:
        """Bring the list from the version `since` to its next: wholly, or not at all.

        Raises `WrongFile` where another version is in force or the outcome would not be the
        publisher's list, `DiskFull`, and whatever `pieces` raises.
        """
        try:
            changes = read_delta(pieces)
        except UnreadableList as error:
            raise _as_sentence(error) from None
        with self._db.atomic():
            row = self._db.execute("select version, numbers, total from lost_documents").fetchone()
            if not row or row[0] != since:
                raise WrongFile(f"it continues version {since}, which is not in force here")
            numbers = row[1] + len(changes.added) - len(changes.removed)
            total = int.from_bytes(row[2], "little") + sum(changes.added) - sum(changes.removed)
            if (numbers, total % _WORD) != (changes.numbers, changes.total):
                raise WrongFile("its changes do not lead to the list that was published")
            self._put(version, issued_at, changes)

    def _put(self, version: int, issued_at: datetime, changes: Changes) -> None:
        for keys, is_listed in ((changes.added, 1), (changes.removed, 0)):
            self._db.conn.executemany(
                "insert into lost_documents_changed values (?, ?)"
                " on conflict (key) do update set listed = excluded.listed",
                ((_signed(key), is_listed) for key in keys),
            )
        self._db.execute(
            "update lost_documents set version = ?, issued_at = ?, numbers = ?, total = ?",
            [
                version,
                issued_at.astimezone(UTC).isoformat(),
                changes.numbers,
                changes.total.to_bytes(8, "little"),
            ],
        )

    def _row(self, key: int) -> tuple[int, int | None, str, bytes, bytes] | None:
        """One answer from one moment: a list that goes live meanwhile is seen wholly or not."""
        row: tuple[int, int | None, str, bytes, bytes] | None = self._db.execute(
            "select version, (select listed from lost_documents_changed where key = ?),"
            " file, key, plans from lost_documents",
            [_signed(key)],
        ).fetchone()
        return row

    def _opened(self, name: str, key: bytes, plans: bytes) -> _Base:
        path = self._path.with_name(name)
        if self._base is None or self._base.path != path:
            self._base = _Base(path, key, read_plans(plans))
        return self._base

    def _give_up(self, name: str, why: Exception) -> None:
        """Unless another base took its place just now."""
        with self._db.atomic():
            given_up = self._db.execute("delete from lost_documents where file = ?", [name])
        if given_up.rowcount:
            log.error("the lost documents cannot be read and come anew: %s", type(why).__name__)

    def _sweep(self) -> None:
        """Remove the cells that are not in force: of an earlier base, or cut off by a power cut."""
        row = self._db.execute("select file from lost_documents").fetchone()
        for path in self._path.parent.glob("lost-documents-*.cells"):
            if not row or path.name != row[0]:
                _remove(path)


def _write(path: Path, key: bytes, snapshot: Snapshot) -> list[Plan]:
    """Encrypt the cells of all filters into a new file, which is on the disk when this returns."""
    plans: list[Plan] = []

    def cells() -> Iterator[bytes]:
        for plan, pieces in snapshot.filters:
            plans.append(plan)
            yield from pieces

    cipher = AESGCM(key)
    with open(path, "xb", opener=_for_this_account) as file:
        for place, plain in enumerate(_even(cells())):
            file.write(cipher.encrypt(_nonce(place), plain, None))
        file.flush()
        os.fsync(file.fileno())
    return plans


def _even(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size; the last is filled up."""
    rest = bytearray()
    for piece in pieces:
        rest += piece
        whole = len(rest) - len(rest) % _PLAIN
        for start in range(0, whole, _PLAIN):
            yield bytes(rest[start : start + _PLAIN])
        del rest[:whole]
    if rest:
        yield bytes(rest.ljust(_PLAIN, b"\0"))


def _cell(file: BinaryIO, cipher: AESGCM, number: int) -> int:
    place, within = divmod(number * CELL_BYTES, _PLAIN)
    file.seek(place * _PIECE)
    plain = cipher.decrypt(_nonce(place), file.read(_PIECE), None)
    [cell] = _CELL.unpack_from(plain, within)
    return int(cell)


def _nonce(place: int) -> bytes:
    """Each key encrypts one file once, so that a piece's place is used once under it."""
    return place.to_bytes(12, "little")


def _for_this_account(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except PermissionError:  # Windows, while somebody reads it: the next base removes it
        log.info("%s is still in use", path.name)


def _as_sentence(error: BaseException) -> BaseException:
    if isinstance(error, FileError):
        return as_unusable(error)
    if isinstance(error, UnreadableList):
        return WrongFile(str(error))
    if isinstance(error, OSError):
        return DiskFull() if error.errno == errno.ENOSPC else DiskFailed()
    return error


def _signed(key: int) -> int:
    """SQLite has no unsigned 64 bits."""
    return key - _WORD if key >> 63 else key
