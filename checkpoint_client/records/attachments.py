"""Files that belong to a record: photographs of documents, scans, PDFs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
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


SUFFIXES: Mapping[MediaType, tuple[str, ...]] = MappingProxyType(
    {
        MediaType.JPEG: (".jpg", ".jpeg"),
        MediaType.PNG: (".png",),
        MediaType.PDF: (".pdf",),
    }
)
"""The first of each is given to exported files."""


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

    @property
    def suffix(self) -> str:
        """How a file of this kind is called; empty for a kind that this version does not know."""
        known = {each.value: suffixes[0] for each, suffixes in SUFFIXES.items()}
        return known.get(self.media_type, "")
