"""A small file that only this account may read, always replaced whole.

After a power cut or on a full disk there is the old content or the new, never half of one. Every
bit is under a checksum, so that damage is told from a wrong pass-phrase. This is also the one
place where keys meet the disk: protection by DPAPI or a TPM goes round `content` here.
"""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.vault.errors import Damaged, NewerFile


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The frame round the content. It stays as it is in every version, so old programs can tell."""

    kind: str
    version: int
    content: msgspec.Raw
    sha256: str


@dataclass(frozen=True, slots=True)
class PrivateFile:
    path: Path
    kind: str
    version: int = 1

    def read(self) -> bytes:
        """The JSON content. Raises `Damaged` or `NewerFile`."""
        try:
            kept = json_decoder(_Kept).decode(self.path.read_bytes())
        except FileNotFoundError as missing:
            raise Damaged(self.path.name, "missing") from missing
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as unreadable:
            raise Damaged(self.path.name, "altered") from unreadable
        content = bytes(kept.content)
        if kept.kind != self.kind or kept.sha256 != _checksum(kept.kind, kept.version, content):
            raise Damaged(self.path.name, "altered")
        if kept.version > self.version:
            raise NewerFile(self.path.name)
        return content

    def write(self, content: bytes) -> None:
        """Put the JSON `content` in place in one step. Raises OSError and leaves the old file."""
        checksum = _checksum(self.kind, self.version, content)
        kept = _Kept(self.kind, self.version, msgspec.Raw(content), checksum)
        _write_private(self.path, msgspec.json.encode(kept))


def _write_private(path: Path, content: bytes) -> None:
    coming = path.with_name(path.name + ".new")
    coming.unlink(missing_ok=True)
    try:
        with open(coming, "xb", opener=for_this_account) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        coming.replace(path)
    except OSError:
        coming.unlink(missing_ok=True)
        raise
    settle(path.parent)


def for_this_account(path: str, flags: int) -> int:
    """For `open`: a new file that no other account may read."""
    return os.open(path, flags, 0o600)


def settle(folder: Path) -> None:
    """Make the rename itself durable. Windows does so without being asked, and cannot be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checksum(kind: str, version: int, content: bytes) -> str:
    return sha256(msgspec.json.encode([kind, version]) + content).hexdigest()
