"""Adds entries at the end of a journal and proves that none was changed, moved or left out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from checkpoint_client.journal.entry import (
    SALT_BYTES,
    SHA256,
    Entry,
    OfficerSignature,
    Origin,
    Tip,
    head_of,
    leaf_of,
)
from checkpoint_client.journal.signatures import is_valid


class Broken(Exception):
    """The journal is not what was written: `reason` is a code, `position` where it breaks."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"entry {position}: {reason}")
        self.position = position
        self.reason = reason


def start(origin: Origin) -> Tip:
    """The end of a journal in which nothing stands yet."""
    return Tip(0, origin.first_head())


def extend(
    origin: Origin,
    tip: Tip,
    *,
    body: bytes,
    salt: bytes,
    signatures: Sequence[OfficerSignature],
    sign: Callable[[bytes], bytes],
) -> Entry:
    """The next entry behind `tip`, its head signed by the workstation (`sign`)."""
    leaf = leaf_of(body, salt)
    head = head_of(tip.head, leaf, signatures)
    position = tip.position + 1
    return Entry(
        position=position,
        algorithm=SHA256,
        salt=salt,
        body=body,
        leaf=leaf,
        signatures=tuple(signatures),
        head=head,
        signature=sign(origin.head_message(position, head)),
    )


def again(origin: Origin, tip: Tip, entry: Entry, *, sign: Callable[[bytes], bytes]) -> Entry:
    """An entry of an earlier journal behind `tip`: its leaf, and so all that was said, the same."""
    head = head_of(tip.head, entry.leaf, entry.signatures)
    position = tip.position + 1
    return replace(
        entry,
        position=position,
        head=head,
        signature=sign(origin.head_message(position, head)),
    )


def follow(tip: Tip, entries: Iterable[Entry]) -> Tip:
    """The tip behind `entries` by their hashes alone; raises `Broken` where they do not fit."""
    for entry in entries:
        if entry.position != tip.position + 1:
            raise Broken(entry.position, "position")
        if not _is_its_leaf(entry):
            raise Broken(entry.position, "body")
        if entry.head != head_of(tip.head, entry.leaf, entry.signatures):
            raise Broken(entry.position, "head")
        tip = Tip(entry.position, entry.head)
    return tip


def verify(origin: Origin, tip: Tip, entries: Iterable[Entry], workstation_key: bytes) -> Tip:
    """As `follow`, and every head carries the workstation's signature (32 raw bytes Ed25519)."""
    for entry in entries:
        tip = follow(tip, [entry])
        if not is_valid(
            workstation_key, entry.signature, origin.head_message(entry.position, entry.head)
        ):
            raise Broken(entry.position, "workstation-signature")
    return tip


def _is_its_leaf(entry: Entry) -> bool:
    if entry.algorithm != SHA256:
        return False
    if entry.body is None:
        return True  # erased: the leaf is all that is left of it
    if entry.salt is None or len(entry.salt) != SALT_BYTES:
        return False
    return entry.leaf == leaf_of(entry.body, entry.salt, entry.algorithm)
