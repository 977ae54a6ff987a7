"""Files that belong to a record: photographs of documents, scans, PDFs."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_ATTACHMENTS: Final = 20
"""To one record."""

LARGEST_ATTACHMENT: Final = 10 * 1024 * 1024
"""Bytes of the file as it was taken in."""


class MediaType(StrEnum):
    """What a file is, by its content (RFC 2046)."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file beside an entry, as its body names it.

    `address` is the SHA-256 of the ciphertext in hexadecimal, `size` the ciphertext's in bytes,
    `key` (AES-256, hexadecimal) opens it. `title` is what its officer calls it.
    """

    address: str
    size: int
    media_type: str
    key: str
    title: str = ""
