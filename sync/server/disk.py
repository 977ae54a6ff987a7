"""Files that are there whole or not at all, also after a power cut, and one writer at a time."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

PARTIAL: Final = ".partial"
_READABLE: Final = 0o644


def write(path: Path, portions: Iterable[bytes], *, mode: int = _READABLE) -> None:
    """On the disk under its name when this returns; before that, what was there stays there."""
    partial = path.with_name(path.name + PARTIAL)
    partial.unlink(missing_ok=True)
    try:
        write_partial(partial, portions, mode=mode)
    except OSError:
        partial.unlink(missing_ok=True)  # a full disk needs the room
        raise
    move(partial, path)


def write_partial(path: Path, portions: Iterable[bytes], *, mode: int = _READABLE) -> None:
    """Write a file that has no name to be found under yet."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, mode)
    with os.fdopen(descriptor, "wb") as file:
        for some in portions:
            file.write(some)
        file.flush()
        os.fsync(file.fileno())


def move(path: Path, to: Path) -> None:
    """Give a file or folder its name, for good."""
    path.replace(to)
    settle(to.parent)


def settle(folder: Path) -> None:
    """Make renames durable. Windows does so without being asked, and cannot be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock that this file is. It ends with the process, however that ends.

    `on_wait` is called if somebody else holds it.
    """
    with path.open("ab") as file:
        if not _try_lock(file.fileno()):
            on_wait()
            _lock(file.fileno())
        yield


if sys.platform == "win32":
    import msvcrt

    _BINARY: Final = os.O_BINARY

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _lock(descriptor: int) -> None:
        while True:
            with suppress(OSError):  # it tries for ten seconds, and then is asked again
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return

else:
    import fcntl

    _BINARY: Final = 0

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
