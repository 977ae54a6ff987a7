"""Files as an officer finds them: photographs, scans, PDFs, and some that are not what they say."""

import os
import struct
import zlib
from pathlib import Path

PDF_TEXT = b"Certificate of Utopia"


def a_png(width: int = 40, height: int = 30, *, noise: int = 0) -> bytes:
    """A grey picture; `noise` bytes that do not shrink stand in a chunk of their own."""
    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            _chunk(b"prVt", os.urandom(noise)) if noise else b"",
            _chunk(b"IDAT", zlib.compress(rows)),
            _chunk(b"IEND", b""),
        )
    )


def a_png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that would unpack to a picture of this size."""
    return b"\x89PNG\r\n\x1a\n" + _chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    )


def a_jpeg(width: int = 40, height: int = 30, *, scans: int = 1) -> bytes:
    """As much of a JPEG as its headers: two segments before the frame, then its scans."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34"
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\x00"),
            _segment(0xE1, os.urandom(60_000).replace(b"\xff", b"\x00")),
            b"\xff",  # a fill byte
            _segment(0xC2, frame),
            scan * scans,
            b"\xff\xd9",
        )
    )


def a_pdf() -> bytes:
    return b"%PDF-1.7\n" + PDF_TEXT + b"\n%%EOF\n"


def put(folder: Path, name: str, content: bytes) -> Path:
    """The file as it lies on a stick."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + checksum


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content
