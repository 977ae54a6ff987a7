"""Takes a file into the records: looks what it truly is, then encrypts it piece by piece."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from checkpoint_client.desk import media
from checkpoint_client.desk.done import Refused
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.records import Attachment, Problem
from checkpoint_client.records.attachments import (
    LARGEST_ATTACHMENT,
    MOST_ATTACHMENTS,
    MediaType,
)
from checkpoint_client.records.drafts import LONGEST_LINE, tidy
from checkpoint_client.store import AttachmentFiles, KeptAttachment, NotHere, Store

__all__ = ["Attaching", "KeptAttachment", "attaching", "content_of", "exported", "titled"]

_AT_ONCE = 64 * 1024


class Attaching:
    """One file on its way in. Each step takes a piece, so that others may work in between."""

    def __init__(
        self, files: AttachmentFiles, path: Path, *, hold: Callable[[Attachment], None]
    ) -> None:
        """`hold` is told what to name it by as soon as it is on the disk."""
        self._steps = _steps(files, path, hold)

    def step(self) -> Attachment | None:
        """Take a piece; None while there are more. Raises `Refused`, `Unusable`."""
        try:
            next(self._steps)
        except StopIteration as end:
            taken: Attachment = end.value
            return taken
        return None

    def give_up(self) -> None:
        """Leave nothing of it behind."""
        self._steps.close()


def attaching(
    at: Workplace, kind: str, subject: str, path: Path, *, beside: Sequence[Attachment]
) -> Attaching:
    """Begin to take a file into a draft of this officer's, beside what it has already."""
    if len(beside) >= MOST_ATTACHMENTS:
        raise Refused([Problem("attachments", "too-many")])
    store, officer = at.store, at.officer
    return Attaching(
        store.attachments,
        path,
        hold=lambda taken: store.hold_attachment(officer, kind, subject, taken),
    )


def titled(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """As they are recorded."""
    return tuple(replace(each, title=tidy(each.title)) for each in attachments)


def content_of(store: Store, attachment: Attachment) -> bytes:
    """The file as it was taken in. Raises `Refused` where it is not here, or was damaged; a
    neighbour's is fetched from now on.
    """
    try:
        return b"".join(store.attachments.read(attachment))
    except NotHere:
        is_coming = store.ask_for_attachment(attachment)
        code = "on-its-way" if is_coming else "not-here"
        raise Refused([Problem("attachments", code)]) from None


def exported(content: bytes, attachment: Attachment, folder: Path) -> Path:
    """Write it in clear under a name of its own; nothing is overwritten. Raises `Refused`."""
    path = folder / f"{attachment.address[:16]}{attachment.suffix}"
    try:
        with open(path, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise Refused([Problem("folder", "already-there")]) from None
    except OSError:
        raise Refused([Problem("folder", "not-writable")]) from None
    return path


def _steps(
    files: AttachmentFiles, path: Path, hold: Callable[[Attachment], None]
) -> Generator[int, None, Attachment]:
    with _opened(path) as file:
        try:
            media_type = media.media_type_of(file, path.name)
            yield 0
            portions = _portions(file)
            if media_type is MediaType.JPEG:
                portions = media.without_many_scans(portions)
            written = yield from files.write(portions, media_type.value)
        except media.Unfit as unfit:
            raise Refused([Problem("attachments", unfit.code)]) from None
        except OSError:
            raise Refused([Problem("attachments", "unreadable")]) from None
    attachment = replace(written, title=tidy(path.stem)[:LONGEST_LINE])
    hold(attachment)
    return attachment


def _opened(path: Path) -> BinaryIO:
    try:
        if not path.is_file():  # else a pipe would keep us waiting for ever
            raise Refused([Problem("attachments", "not-a-file")])
        size = path.stat().st_size
        if size > LARGEST_ATTACHMENT:
            raise Refused([Problem("attachments", "too-large")])
        return path.open("rb")
    except OSError:
        raise Refused([Problem("attachments", "unreadable")]) from None


def _portions(file: BinaryIO) -> Iterator[bytes]:
    """The file's content, whatever its size was when it was opened."""
    read = 0
    try:
        file.seek(0)
        while portion := file.read(_AT_ONCE):
            read += len(portion)
            if read > LARGEST_ATTACHMENT:
                raise Refused([Problem("attachments", "too-large")])
            yield portion
    except OSError:
        raise Refused([Problem("attachments", "unreadable")]) from None
