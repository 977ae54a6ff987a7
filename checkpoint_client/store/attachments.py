"""Attachments as they lie beside `records.db`: ciphertext, under the hash of what it is.

A folder and not a table: the line sends them while nobody is signed in, with the device key alone;
the journal's file and its backups stay small; and a photograph that is written keeps no border
check waiting. The key of each stands in its entry's body, inside the encrypted file, so that
erasing the body leaves bytes that nobody can open, wherever the disk has kept them.
"""

import errno
import os
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from checkpoint_client.journal.body import Body
from checkpoint_client.journal.entry import Entry
from checkpoint_client.records import Attachment
from checkpoint_client.store.engine import DiskFailed, DiskFull
from checkpoint_client.vault import pieces
from checkpoint_client.vault.errors import CannotOpen
from checkpoint_client.vault.private_file import for_this_account, settle

KEY_BYTES: Final = 32

_COMING = ".new"
_PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAttachment:
    """An attachment of a record. `is_received`: the centre has all of it, as it said signed.

    `is_own`: of a record made here; a neighbour's attachments lie at his workstation and come by
    the post's exchange. `come`: bytes of one that is on its way.
    """

    attachment: Attachment
    is_here: bool
    is_received: bool
    is_own: bool
    come: int = 0


class NotHere(Exception):
    """An attachment is not in the folder, or not as it was written."""


class AttachmentFiles:
    """The folder. What has a name there is on the disk for good; what has none yet is swept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked_for: dict[str, Attachment] = {}
        """Neighbours' attachments that somebody would look at, by their addresses."""

    def write(self, plain: Iterable[bytes], media_type: str) -> Generator[int, None, Attachment]:
        """Encrypt a file into the folder, a piece at each step; gives what to name it by.

        Yields the bytes written so far. Given up in between, it leaves nothing. Raises `Unusable`,
        and whatever `plain` raises.
        """
        key, digest, size = os.urandom(KEY_BYTES), sha256(), 0
        coming = self.folder / f"{os.urandom(8).hex()}{_COMING}"
        locked = pieces.lock(plain, key, mark=pieces.ATTACHMENT)
        try:
            with _in_words():
                self.folder.mkdir(mode=0o700, exist_ok=True)
                with open(coming, "xb", opener=for_this_account) as file:
                    for piece in locked:
                        digest.update(piece)
                        size += file.write(piece)
                        yield size
                    file.flush()
                    os.fsync(file.fileno())
                coming.replace(self.path_of(digest.hexdigest()))
                settle(self.folder)
        finally:
            with suppress(OSError):
                coming.unlink(missing_ok=True)
        return Attachment(
            address=digest.hexdigest(), size=size, media_type=media_type, key=key.hex()
        )

    def read(self, attachment: Attachment) -> Iterator[bytes]:
        """The file as it was taken in, in portions; none that is not genuine. Raises `NotHere`."""
        try:
            with self.path_of(attachment.address).open("rb") as file:
                portions = iter(lambda: file.read(pieces.PIECE), b"")
                key = bytes.fromhex(attachment.key)
                yield from pieces.unlock(portions, key, mark=pieces.ATTACHMENT)
        except (OSError, CannotOpen, ValueError) as error:
            raise NotHere(attachment.address) from error

    def begun(self, address: str) -> int:
        """How many bytes of a neighbour's attachment have come so far."""
        with suppress(FileNotFoundError):
            return self._part_of(address).stat().st_size
        return 0

    def take_part(self, address: str, part: bytes, *, size: int) -> bool:
        """Put the next part behind what has come of `size` bytes; whether it is whole by that.

        Raises `NotHere` where the whole is not what its address says: it was thrown away. Raises
        `Unusable`. For one thread at a time.
        """
        coming = self._part_of(address)
        with _in_words():
            self.folder.mkdir(mode=0o700, exist_ok=True)
            with open(coming, "ab", opener=for_this_account) as file:
                reached = file.tell() + file.write(part)
                file.flush()
                os.fsync(file.fileno())
            if reached < size:
                return False
            with coming.open("rb") as file:
                is_it = file_digest(file, "sha256").hexdigest() == address
            if not is_it:
                coming.unlink()
                raise NotHere(address)
            coming.replace(self.path_of(address))
            settle(self.folder)
        return True

    def has(self, attachment: Attachment) -> bool:
        """Whether it lies there whole, as far as its size tells."""
        try:
            return self.path_of(attachment.address).stat().st_size == attachment.size
        except OSError:
            return False

    def path_of(self, address: str) -> Path:
        return self.folder / address

    def _part_of(self, address: str) -> Path:
        return self.folder / f"{address}{_PART}"

    def remove(self, address: str) -> bool:
        """Whether the file is gone: somebody may be reading it, and Windows then keeps it."""
        with suppress(OSError):
            self.path_of(address).unlink(missing_ok=True)
        return not self.path_of(address).exists()

    def sweep(self, named: Collection[str], *, before: datetime) -> None:
        """Remove what lies there unnamed since `before`: a power cut came between file and entry.

        Not at once: of records put back from a backup the centre may still ask for an attachment
        that only the lost entries named.
        """
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path.name not in named and path.stat().st_mtime < before.timestamp():
                self.remove(path.name)


def put_in_tables(db: Database, origin: int, entry: Entry, body: Body) -> None:
    """The rows of what an entry names, whether its record can be read or not."""
    for place, each in enumerate(body.attachments):
        db.execute(
            "insert into attachments values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(origin, entry.position, place, each.address, each.size),
                *(each.media_type, each.title, each.key),
            ],
        )


def of_record(db: Database, id: str) -> list[tuple[Attachment, bool, int]]:
    """The attachments of a record, whether the centre has them, and the number of its journal."""
    found = db.execute(
        "select a.address, a.size, a.media_type, a.title, a.key, a.origin,"
        " exists (select 1 from attachments_received where address = a.address)"
        " from attachments a join records r on r.origin = a.origin and r.position = a.position"
        " where r.id = ? order by a.place",
        [id],
    )
    return [
        (
            Attachment(address=address, size=size, media_type=media_type, title=title, key=key),
            bool(is_received),
            origin,
        )
        for address, size, media_type, title, key, origin, is_received in found.fetchall()
    ]


def named(db: Database) -> set[str]:
    """Every address that an entry or a draft here names."""
    found = db.execute(
        "select address from attachments union select address from attachments_drafted"
    )
    return {row[0] for row in found.fetchall()}


def not_received(db: Database, own: str, number: int) -> list[tuple[str, int]]:
    """Addresses of own entries that are not at the centre, each with the position that decides.

    `own` are the numbers of this workstation's journals, `number` the present one's. What earlier
    ones hold was at the centre before that one was begun: 0.
    """
    found = db.execute(
        "select address, max(case origin when ? then position else 0 end) as position"  # noqa: S608  numbers of our own
        f" from attachments a where origin in ({own}) and not exists"
        " (select 1 from attachments_received where address = a.address)"
        " group by address order by position",
        [number],
    )
    return [(row[0], row[1]) for row in found.fetchall()]


def neighbours(db: Database, own: str, *, most_bytes: int, most: int) -> list[tuple[str, int]]:
    """Address and size of others' attachments that are no larger, the newest first."""
    found = db.execute(
        "select a.address, a.size from attachments a join records r"  # noqa: S608  numbers of our own
        " on r.origin = a.origin and r.position = a.position"
        f" where a.origin not in ({own}) and a.size <= ? order by r.id desc limit ?",
        [most_bytes, most],
    )
    return [(row[0], row[1]) for row in found.fetchall()]


def is_neighbours(db: Database, own: str, address: str) -> bool:
    """Whether only other workstations' entries name it."""
    found = db.execute(
        f"select max(origin in ({own})) from attachments where address = ?",  # noqa: S608  numbers of our own
        [address],
    )
    return bool(found.fetchone()[0] == 0)


def written_as(db: Database, own: str, address: str) -> list[str]:
    """The names of the workstations in whose journals it is named, of those that `own` numbers."""
    found = db.execute(
        "select distinct o.workstation from attachments a join origins o on o.id = a.origin"  # noqa: S608  numbers of our own
        f" where a.address = ? and a.origin in ({own}) order by o.id desc",
        [address],
    )
    return [row[0] for row in found.fetchall()]


def doubted(db: Database, origin: int, behind: int) -> None:
    db.execute(
        "delete from attachments_received where address in"
        " (select address from attachments where origin = ? and position > ?)",
        [origin, behind],
    )


def received(db: Database, address: str) -> None:
    db.execute("insert or ignore into attachments_received values (?)", [address])


def wanted(db: Database, address: str) -> None:
    db.execute("delete from attachments_received where address = ?", [address])


def draft(db: Database, address: str, author: str, kind: str, subject: str) -> None:
    db.execute(
        "insert into attachments_drafted values (?, ?, ?, ?)", [address, author, kind, subject]
    )


def undraft(db: Database, address: str, author: str) -> bool:
    """Whether it was this author's, and no entry names it."""
    return bool(
        db.execute(
            "delete from attachments_drafted where address = ? and author = ?"
            " and address not in (select address from attachments)",
            [address, author],
        ).rowcount
    )


def no_longer_drafted(db: Database, attachments: Sequence[Attachment]) -> None:
    """An entry names them from now on."""
    for each in attachments:
        db.execute("delete from attachments_drafted where address = ?", [each.address])


def left(db: Database) -> list[str]:
    """What is to go."""
    return [row[0] for row in db.execute("select address from attachments_left").fetchall()]


def is_removed(db: Database, address: str) -> None:
    db.execute("delete from attachments_left where address = ?", [address])
    db.execute("delete from attachments_received where address = ?", [address])


def let_go(db: Database, origin: int, position: int) -> None:
    """The entry's body is erased: what it named is to go too, once that is on the disk."""
    place = [origin, position]
    db.execute(
        "insert or ignore into attachments_left select address from attachments"
        " where origin = ? and position = ?",
        place,
    )
    db.execute("delete from attachments where origin = ? and position = ?", place)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (DiskFull if is_full else DiskFailed)() from None
