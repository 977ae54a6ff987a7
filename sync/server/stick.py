"""Reference data on a stick, for a post that no line reaches: the same signatures, the same files.

Everything on it is encrypted or signed, so it need not be watched on its way.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Final

from sync.protocol import STICK
from sync.server import disk
from sync.server.shelf import Shelf

_COMING: Final = f"{STICK}.coming"
_OLD: Final = f"{STICK}.old"
_PORTION = 256 * 1024


class NotWritten(Exception):
    """The stick does not hold what it should: one plain sentence and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """`channels`: the newest version of each; `size` in bytes, all files together."""

    channels: dict[str, int]
    files: int
    size: int


def write(shelf: Shelf, to: Path, watch: Callable[[str, int], None]) -> Written:
    """Write all that a workstation may need, read it back, and only then let it replace the old.

    For who holds the shelf alone. `watch` is told a file's name and how many bytes of it are
    written. Raises `NotWritten`, OSError.
    """
    if not to.is_dir():
        raise NotWritten(f"{to} is not there: put the stick in, and name its folder.")
    published = shelf.published()
    coming = to / _COMING
    _clear(coming)
    (coming / "metadata").mkdir(parents=True)
    (coming / "targets").mkdir()
    for name, content in _metadata(shelf).items():
        disk.write(coming / "metadata" / name, [content])
    files = {f"{file.hashes['sha256']}.{name}": file for name, file in published.files.items()}
    for stored, file in files.items():
        _copy(shelf.targets / stored, coming / "targets" / stored, file.path, watch)
    for stored, file in files.items():
        if _digest(coming / "targets" / stored) != file.hashes["sha256"]:
            raise NotWritten(
                f"{file.path} did not reach the stick unhurt: take another stick. What was on it"
                " before is still there."
            )
    _put_in_place(to)
    return Written(
        channels={channel: live.version for channel, live in published.channels.items()},
        files=len(files),
        size=sum(file.length for file in files.values()),
    )


def _metadata(shelf: Shelf) -> dict[str, bytes]:
    """Every root, so that a workstation follows however long it was away, and the newest rest."""
    published = shelf.published()
    roots = {f"{n}.root.json": shelf.root(n) for n in range(1, published.root.version + 1)}
    return roots | published.metadata


def _copy(source: Path, to: Path, name: str, watch: Callable[[str, int], None]) -> None:
    def watched() -> Iterator[bytes]:
        written = 0
        for portion in _portions(source):
            yield portion
            written += len(portion)
            watch(name, written)

    disk.write(to, watched())


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for portion in _portions(path):
        digest.update(portion)
    return digest.hexdigest()


def _portions(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(_PORTION), b"")


def _clear(path: Path) -> None:
    """Somebody may have put a link there that leads off the stick."""
    if path.is_symlink():
        path.unlink()
    rmtree(path, ignore_errors=True)


def _put_in_place(to: Path) -> None:
    """The old folder goes aside first: a folder cannot replace one that is not empty."""
    _clear(to / _OLD)
    if (to / STICK).exists():
        disk.move(to / STICK, to / _OLD)
    disk.move(to / _COMING, to / STICK)
    rmtree(to / _OLD, ignore_errors=True)
