"""The files of a stick: named by workstation and positions, written whole, read without trust.

Whoever carries a stick may change it. So its files are opened only if they are plain ones of a
bearable size, nothing follows a link, and a name decides nothing but where to look.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from checkpoint_client.desk.sticks import Flaw, StickFailed, StickTrouble
from sync.protocol import MOST_COMPRESSED, Bundle

BUNDLES: Final = "checkpoint-bundles"
"""The folder on a stick that holds bundles and acknowledgements."""

BUNDLE: Final = ".bundle"
ACKNOWLEDGEMENT: Final = ".acknowledgement"
ATTACHMENT: Final = ".attachment"
SHEET: Final = ".crossings"
REPORT: Final = ".report"
"""A workstation's word on an order."""

MOST_FILES: Final = 10_000

_PARTIAL: Final = ".partial"
_OURS: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9-]{0,120}\.(bundle|acknowledgement|report|attachment|crossings)"
)

_TROUBLES: Final = {
    errno.ENOSPC: StickTrouble.FULL,
    errno.EDQUOT: StickTrouble.FULL,
    errno.EFBIG: StickTrouble.FULL,
    errno.EROFS: StickTrouble.WRITE_PROTECTED,
    errno.EACCES: StickTrouble.WRITE_PROTECTED,
    errno.EPERM: StickTrouble.WRITE_PROTECTED,
    errno.ENOENT: StickTrouble.GONE,
    errno.ENOTDIR: StickTrouble.GONE,
    errno.ENODEV: StickTrouble.GONE,
    errno.ENXIO: StickTrouble.GONE,
    errno.EIO: StickTrouble.GONE,
}

_NOT_ALLOWED: Final = dict.fromkeys((errno.EACCES, errno.EPERM), StickTrouble.FAILED)

SENTENCES: Final = {
    StickTrouble.NOT_THERE: "the folder is not there: put the stick in, and name its folder",
    StickTrouble.NOT_A_FOLDER: f"{BUNDLES} on it is no folder of ours: remove it, or take another",
    StickTrouble.TOO_MANY: f"more than {MOST_FILES:,} files lie on it: part them over several",
    StickTrouble.FULL: "the stick is full: take another one for the rest",
    StickTrouble.WRITE_PROTECTED: "the stick is write-protected: take its lock off, or another one",
    StickTrouble.GONE: "the stick is gone: put it in and begin again",
    StickTrouble.BAD_MEDIUM: "the stick does not give back what was written: take another one",
    StickTrouble.FAILED: "the stick cannot be used",
}

FLAWS: Final = {
    Flaw.NOT_A_FILE: "it is a link, a folder or a device, not a file",
    Flaw.TOO_LARGE: "it is larger than any of ours",
    Flaw.UNREADABLE: "it was cut, half written, or is none of ours",
    Flaw.CLOSED: "it was encrypted for somebody else, or altered",
    Flaw.FORGED: "its signature is not genuine",
    Flaw.SWAPPED: "it lies in the envelope of another one",
    Flaw.FOREIGN: "it is of another service",
    Flaw.UNKNOWN: "its workstation is not enrolled here, or not with this key",
    Flaw.FAILED: "the stick does not give it out",
}


class BadFile(Exception):
    """This file is of no use; the others may be."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(FLAWS[flaw])
        self.flaw = flaw


def bundle_name(bundle: Bundle) -> str:
    positions = f"{bundle.first:012}-{bundle.last:012}"
    return f"{bundle.workstation}-{bundle.incarnation}-{positions}{BUNDLE}"


def acknowledgement_name(workstation: str, incarnation: int) -> str:
    return f"{workstation}-{incarnation}{ACKNOWLEDGEMENT}"


def sheet_name(post: str, number: int) -> str:
    return f"{post}-{number:06}{SHEET}"


def sentence(failed: StickFailed) -> str:
    """For the command line, without a capital and a full stop."""
    said = SENTENCES[failed.trouble]
    return f"{said} ({failed.why})" if failed.why else said


def bundles(number: int) -> str:
    """For the command line: how many of them."""
    return "1 bundle" if number == 1 else f"{number:,} bundles"


def sheets(number: int) -> str:
    """For the command line: how many of them."""
    return "1 sheet" if number == 1 else f"{number:,} sheets"


def entries(number: int) -> str:
    """For the command line: how many of them."""
    return "1 entry" if number == 1 else f"{number:,} entries"


def files_on(folder: Path, suffix: str) -> list[Path]:
    """The files of one sort on a stick, by name; none of them looked at yet.

    `folder` is the stick, or its folder of bundles itself. Raises `StickFailed`.
    """
    place = _place(folder)
    if place is None:
        return []
    found = []
    with _explained_reading(), os.scandir(place) as listed:
        for number, each in enumerate(listed, start=1):
            if number > MOST_FILES:
                raise StickFailed(StickTrouble.TOO_MANY)
            if each.name.endswith(suffix) and not each.name.startswith("."):
                found.append(place / each.name)
    return sorted(found)


def read(path: Path, *, most: int = MOST_COMPRESSED) -> bytes:
    """A plain file's bytes. Raises `BadFile`."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise BadFile(Flaw.NOT_A_FILE)
        descriptor = os.open(path, os.O_RDONLY | _AS_IT_IS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise BadFile(Flaw.NOT_A_FILE)
            content = file.read(most + 1)
    except OSError:
        raise BadFile(Flaw.FAILED) from None
    if len(content) > most:
        raise BadFile(Flaw.TOO_LARGE)
    return content


def make_place(folder: Path) -> Path:
    """The folder of bundles on a stick, made if need be. Raises `StickFailed`."""
    place = _place(folder)
    if place is not None:
        _sweep(place)
        return place
    with _explained():
        (folder / BUNDLES).mkdir()
        _settle(folder)
    return folder / BUNDLES


def write(path: Path, content: bytes) -> None:
    """There whole and read back when this returns, or else as before. Raises `StickFailed`."""
    with suppress(BadFile):
        if read(path) == content:
            return
    partial = path.with_name(path.name + _PARTIAL)
    with _explained():
        try:
            partial.unlink(missing_ok=True)
            _write_anew(partial, content)
            if _read_from_medium(partial) != content:
                raise StickFailed(StickTrouble.BAD_MEDIUM)
            partial.replace(path)
            _settle(path.parent)
        except (OSError, StickFailed):
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise


def _place(folder: Path) -> Path | None:
    """The folder of bundles, None if there is none yet. Raises `StickFailed`."""
    if folder.name == BUNDLES:
        folder = folder.parent
    if not folder.is_dir():
        raise StickFailed(StickTrouble.NOT_THERE)
    place = folder / BUNDLES
    with _explained_reading():
        try:
            is_folder = stat.S_ISDIR(place.lstat().st_mode)
        except FileNotFoundError:
            return None
    if not is_folder:
        raise StickFailed(StickTrouble.NOT_A_FOLDER)
    return place


@contextmanager
def _explained() -> Iterator[None]:
    """Inside, what the system says of a stick becomes `StickFailed`."""
    try:
        yield
    except OSError as error:
        raise _failed(error, _TROUBLES) from None


@contextmanager
def _explained_reading() -> Iterator[None]:
    """The same where nothing is written: who may not look has no write-protected stick."""
    try:
        yield
    except OSError as error:
        raise _failed(error, {**_TROUBLES, **_NOT_ALLOWED}) from None


def _failed(error: OSError, troubles: Mapping[int, StickTrouble]) -> StickFailed:
    trouble = troubles.get(error.errno or 0, StickTrouble.FAILED)
    return StickFailed(trouble, (error.strerror or "") if trouble is StickTrouble.FAILED else "")


def _sweep(place: Path) -> None:
    """What was being written when the stick was pulled out."""
    with suppress(OSError):
        for path in place.glob(f"*{_PARTIAL}"):
            if _OURS.fullmatch(path.name.removesuffix(_PARTIAL)):
                path.unlink()


def _write_anew(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _AS_IT_IS, 0o644)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _read_from_medium(path: Path) -> bytes:
    """Not out of the system's memory, where it lets us say so: a worn stick lies."""
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()


def _settle(folder: Path) -> None:
    """Make a new name durable. Windows does so without being asked, and cannot be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_AS_IT_IS: Final = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
"""No link is followed, no pipe is waited for."""
