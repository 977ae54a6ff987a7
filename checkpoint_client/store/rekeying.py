"""Gives encrypted files another key, so that what an officer who left may have kept opens nothing.

    1  each file is held: nobody else may have it open, its WAL is put into it
    2  a copy under the coming key is made beside it, page by page, and read back
    3  the envelope is changed by the caller: the one moment at which the key changes
    4  each copy takes its file's place

Killed before 3, the copies open with no key that anybody has, and are removed at the next unlock;
killed behind it, they open with the only key there is, and take their places then. A copy is never
put in the place of a file that opens by itself.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as sqlcipher

from checkpoint_client.store.engine import (
    Damaged,
    DiskFailed,
    DiskFull,
    Unusable,
    WrongKey,
    explained,
    opened,
)

Watch = Callable[[int, int], None]
"""Told how many bytes are copied and of how many; what it raises breaks off."""

KEPT_FREE: Final = 64 * 1024 * 1024
"""So many bytes stay free, or nothing is begun: the journal must go on meanwhile."""

_COMING = ".rekeyed"
_PAGE = 4096
_PAGES_AT_ONCE = 256
_BESIDE = ("-journal", "-wal", "-shm")


class NoRoom(Unusable):
    """`missing`: so many bytes."""

    def __init__(self, missing: int) -> None:
        super().__init__(
            "The files were not given a new key, because the copy has no room: free"
            f" {-(-missing // 1_000_000)} MB more on the disk; it is tried at every sign-in."
            " Everything works with the key of before."
        )
        self.missing = missing


@contextmanager
def copied(
    paths: Sequence[Path], key: bytearray, coming: bytearray, *, watch: Watch
) -> Iterator[None]:
    """Inside, there is a whole copy of every file under the coming key, and nobody else writes.

    The first file is the one that counts; others are replaceable, and skipped where they are
    damaged. Raises `NoRoom`, `InUse`, `Unusable`, and what `watch` raises; no copy is left then.
    What is raised inside leaves the copies to `settle`: the key may be in force by then.
    """
    there = [path for path in paths if path.exists()]
    with ExitStack() as held:
        sources = []
        for path in there:
            try:
                sources.append((path, held.enter_context(_held(path, key))))
            except (WrongKey, Damaged):
                if path == paths[0]:
                    raise
        total = sum(path.stat().st_size for path, _ in sources)
        _must_have_room(paths[0].parent, total)
        done = 0
        try:
            for path, source in sources:
                _copy(path, source, coming, _behind(watch, done, total))
                done += path.stat().st_size
        except BaseException:
            for path, _ in sources:
                _remove(_copy_of(path))
            raise
        yield


def settle(path: Path, key: bytearray) -> None:
    """Finish what was cut off: the copy takes the file's place, or goes. `key`: the envelope's.

    Raises OSError where the file cannot be replaced; it is tried again then.
    """
    copy = _copy_of(path)
    if not copy.exists():
        return
    if _opens(path, key) or not _opens(copy, key):
        _remove(copy)
        return
    for end in _BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)
    copy.replace(path)
    _sync(path.parent)


@contextmanager
def _held(path: Path, key: bytearray) -> Iterator[sqlcipher.Connection]:
    """The file with all that was written, so that nobody else opens it. Raises `InUse`."""
    with explained(), closing(opened(path, key)) as connection:
        connection.isolation_level = None
        connection.execute("pragma journal_mode = delete").fetchall()
        connection.execute("pragma locking_mode = exclusive").fetchall()
        connection.execute("begin exclusive")
        connection.execute("commit")  # in this mode the lock outlives it
        yield connection


def _copy(path: Path, source: sqlcipher.Connection, key: bytearray, watch: Watch) -> None:
    copy = _copy_of(path)
    _remove(copy)
    with explained(), closing(opened(copy, key)) as target:
        target.execute("pragma journal_mode = off").fetchall()  # cut off, it is made anew
        source.backup(
            target,
            pages=_PAGES_AT_ONCE,
            progress=lambda _status, left, of: watch((of - left) * _PAGE, of * _PAGE),
        )
    _sync(copy)
    _sync(copy.parent)
    with explained(), closing(opened(copy, key)) as again:
        is_whole = not again.execute("pragma cipher_integrity_check").fetchall()
        if not is_whole or _pages(again) != _pages(source):
            raise DiskFailed


def _pages(connection: sqlcipher.Connection) -> int:
    return int(connection.execute("pragma page_count").fetchone()[0])


def _behind(watch: Watch, before: int, total: int) -> Watch:
    return lambda done, _of: watch(min(before + done, total), total)


def _must_have_room(folder: Path, needed: int) -> None:
    missing = needed + KEPT_FREE - shutil.disk_usage(folder).free
    if missing > 0:
        raise NoRoom(missing)


def _opens(path: Path, key: bytearray) -> bool:
    if not path.exists() or not path.stat().st_size:
        return False
    with suppress(WrongKey, Damaged), closing(opened(path, key)):
        return True
    return False


def _copy_of(path: Path) -> Path:
    return path.with_name(path.name + _COMING)


def _remove(copy: Path) -> None:
    for end in ("", *_BESIDE):
        copy.with_name(copy.name + end).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Raises `DiskFull`, `DiskFailed`. Windows settles a folder without being asked."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise (DiskFull if error.errno == errno.ENOSPC else DiskFailed)() from None
    finally:
        os.close(descriptor)
