"""What a file truly is, by its content and not by its name; and whether it may be opened here."""

import struct
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import BinaryIO, Final

from checkpoint_client.records.attachments import SUFFIXES, MediaType

MOST_PIXELS: Final = 64_000_000
"""Of one picture: a few bytes may claim to be gigabytes once they are unpacked."""

MOST_SCANS: Final = 100
"""Of one JPEG: each is drawn over the whole picture, and a few bytes make one."""

_STARTS = {
    b"\xff\xd8\xff": MediaType.JPEG,
    b"\x89PNG\r\n\x1a\n": MediaType.PNG,
    b"%PDF-": MediaType.PDF,
}
_LONGEST_START = max(map(len, _STARTS))
_PDF_END, _PDF_TAIL = b"%%EOF", 1024  # ISO 32000-1 §7.5.5, and what readers put up with
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # ITU-T T.81, table B.1
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_SCAN = b"\xff\xda"


class Unfit(Exception):
    """It is not taken. `code`: not-a-kind, misnamed, damaged, too-many-pixels."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def media_type_of(file: BinaryIO, name: str) -> MediaType:
    """What lies in `file`, which is called `name`. Raises `Unfit`."""
    found = _by_start(file)
    if PurePath(name).suffix.lower() not in SUFFIXES[found]:
        raise Unfit("misnamed")
    if found is MediaType.PDF:
        _must_end_as_pdf(file)
        return found
    width, height = _size_of_jpeg(file) if found is MediaType.JPEG else _size_of_png(file)
    if not width or not height:
        raise Unfit("damaged")
    if width * height > MOST_PIXELS:
        raise Unfit("too-many-pixels")
    return found


def without_many_scans(portions: Iterable[bytes]) -> Iterator[bytes]:
    """The portions of a JPEG. Raises `Unfit` at the scan that is one too many."""
    scans, last = 0, b""
    for portion in portions:
        scans += (last + portion).count(_SCAN)
        if scans > MOST_SCANS:
            raise Unfit("too-many-pixels")
        last = portion[-1:]
        yield portion


def _by_start(file: BinaryIO) -> MediaType:
    file.seek(0)
    start = file.read(_LONGEST_START)
    for each, media_type in _STARTS.items():
        if start.startswith(each):
            return media_type
    raise Unfit("not-a-kind")


def _must_end_as_pdf(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    file.seek(max(0, size - _PDF_TAIL))
    if _PDF_END not in file.read(_PDF_TAIL):
        raise Unfit("damaged")


def _size_of_png(file: BinaryIO) -> tuple[int, int]:
    """Of the first chunk, which is the header (ISO/IEC 15948 §11.2.2)."""
    file.seek(8)
    header = file.read(16)
    if len(header) < 16 or header[4:8] != b"IHDR":
        raise Unfit("damaged")
    width, height = struct.unpack(">II", header[8:])
    return width, height


def _size_of_jpeg(file: BinaryIO) -> tuple[int, int]:
    """Of the first frame; what stands before it is passed over (ITU-T T.81 §B.1)."""
    file.seek(2)
    while True:
        marker = _next_marker(file)
        if marker in _ALONE:
            continue
        length = int.from_bytes(_exactly(file, 2), "big")
        if length < 2:
            raise Unfit("damaged")
        if marker in _FRAMES:
            height, width = struct.unpack(">xHH", _exactly(file, 5))
            return width, height
        file.seek(length - 2, 1)


def _next_marker(file: BinaryIO) -> int:
    if _exactly(file, 1) != b"\xff":
        raise Unfit("damaged")
    while (marker := _exactly(file, 1)) == b"\xff":
        pass  # fill bytes
    return marker[0]


def _exactly(file: BinaryIO, count: int) -> bytes:
    read = file.read(count)
    if len(read) < count:
        raise Unfit("damaged")
    return read
