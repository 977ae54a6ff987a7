"""Attachments at the centre: which ones entries name, and their ciphertext as it comes in parts.

They lie in the ledger beside the entries: every worker sees the same, one backup holds both, and a
ledger that was put back lacks both and asks for both again. Nothing here reads a key.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from checkpoint_client.records import Attachment
from checkpoint_client.records.attachments import LARGEST_ATTACHMENT, MOST_ATTACHMENTS
from checkpoint_client.vault.pieces import locked_size
from sync.protocol import MOST_PART, MOST_WANTED, AttachmentPart, AttachmentReply, Part
from sync.server import ledger, registry
from sync.server.ledger import NO_ANSWER, Ledger, is_full

LARGEST: Final = locked_size(LARGEST_ATTACHMENT)
RESERVED_BYTES: Final = 256 * 1024 * 1024
"""What is left of a disk for journals: an attachment never takes the room of an entry."""

_HASH_BYTES: Final = 32


def answer(
    opened: Ledger, part: AttachmentPart, *, signing_key: bytes, now: datetime
) -> AttachmentReply:
    """Take a part, if it is the next one, and say how much is held. Raises `Unknown`.

    Where the disk is full nothing is taken, nothing that was taken is lost, and that is said.
    """
    try:
        with opened.writing() as connection:
            return _answer(connection, part, signing_key, now)
    except NO_ANSWER as error:
        if not is_full(error):
            raise
        return _reply(part, Part.NO_ROOM)


def name(
    connection: sa.Connection,
    *,
    workstation: str,
    incarnation: int,
    position: int,
    attachments: Iterable[Attachment],
) -> None:
    """An entry names these: from now on they are asked for. Call under the workstation's lock."""
    table = ledger.attachment
    for each in list(attachments)[:MOST_ATTACHMENTS]:
        address = _address(each.address)
        if address is None or not 0 < each.size <= LARGEST:
            continue  # the entry is kept as it is; what cannot be an attachment is not asked for
        if _row(connection, workstation, address) is None:
            connection.execute(
                sa.insert(table).values(
                    workstation=workstation,
                    address=address,
                    incarnation=incarnation,
                    position=position,
                    size=each.size,
                    held=0,
                )
            )


def lacking(connection: sa.Connection, workstation: str) -> list[bytes]:
    """Addresses that are named and not held whole, the oldest first, as many as a reply holds."""
    return [bytes(address) for address in connection.scalars(_LACKING, {"of": workstation})]


_LACKING: Final = (
    sa.select(ledger.attachment.c.address)
    .where(
        ledger.attachment.c.workstation == sa.bindparam("of"),
        ledger.attachment.c.received_at.is_(None),
    )
    .order_by(ledger.attachment.c.incarnation, ledger.attachment.c.position)
    .limit(MOST_WANTED)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacked:
    """Whose attachment it is, and the journal he writes now; `is_new` if it was lacking."""

    workstation: str
    incarnation: int
    signing_key: bytes
    is_new: bool


def take_whole(connection: sa.Connection, content: bytes, *, now: datetime) -> list[Lacked]:
    """Take a whole ciphertext by what it is, whoever brings it; empty if no entry names it.

    Nothing of a revoked workstation's.
    """
    address, table = hashlib.sha256(content).digest(), ledger.attachment
    owner, journal = ledger.workstation.c, ledger.journal.c
    newest = sa.func.max(journal.incarnation).label("incarnation")
    named = (
        sa.select(table.c.workstation, table.c.size, table.c.received_at, owner.signing_key, newest)
        .join_from(table, ledger.workstation, table.c.workstation == owner.id)
        .join(ledger.journal, journal.workstation == owner.id)
        .where(table.c.address == address, owner.revoked_at.is_(None))
        .group_by(table.c.workstation, table.c.size, table.c.received_at, owner.signing_key)
    )
    found = []
    for row in connection.execute(named).all():
        is_new = row.received_at is None and row.size == len(content)
        if is_new:
            _keep_whole(connection, row.workstation, address, content, now)
        found.append(
            Lacked(
                workstation=row.workstation,
                incarnation=row.incarnation,
                signing_key=bytes(row.signing_key),
                is_new=is_new,
            )
        )
    return found


def forget(connection: sa.Connection, *, workstation: str, incarnation: int, position: int) -> None:
    """The entry's body is erased: what it named goes with it."""
    table, parts = ledger.attachment, ledger.attachment_part
    named = sa.select(table.c.address).where(
        table.c.workstation == workstation,
        table.c.incarnation == incarnation,
        table.c.position == position,
    )
    addresses = list(connection.scalars(named))
    for each in (parts, table):
        connection.execute(
            sa.delete(each).where(each.c.workstation == workstation, each.c.address.in_(addresses))
        )


def held(connection: sa.Connection, workstation: str, addresses: Sequence[str]) -> dict[str, bool]:
    """Whether each of these is held whole."""
    table = ledger.attachment.c
    wanted = [found for each in addresses if (found := _address(each))]
    rows = connection.execute(
        sa.select(table.address, table.received_at).where(
            table.workstation == workstation, table.address.in_(wanted)
        )
    )
    whole = {bytes(row.address).hex() for row in rows if row.received_at is not None}
    return {each: each in whole for each in addresses}


def content(connection: sa.Connection, workstation: str, address: str) -> Iterator[bytes]:
    """The ciphertext as far as it has come, part by part."""
    parts = ledger.attachment_part.c
    starts = sa.select(parts.start).where(
        parts.workstation == workstation, parts.address == _address(address)
    )
    for start in connection.scalars(starts.order_by(parts.start)).all():
        found = sa.select(parts.content).where(
            parts.workstation == workstation,
            parts.address == _address(address),
            parts.start == start,
        )
        yield bytes(connection.execute(found).scalar_one())


def figures(connection: sa.Connection) -> tuple[int, int, int]:
    """How many attachments are held whole, how many are lacking, and bytes held."""
    table = ledger.attachment.c
    row = connection.execute(
        sa.select(
            sa.func.count(table.received_at),
            sa.func.count() - sa.func.count(table.received_at),
            sa.func.coalesce(sa.func.sum(table.held), 0),
        )
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def _answer(
    connection: sa.Connection, part: AttachmentPart, signing_key: bytes, now: datetime
) -> AttachmentReply:
    if part.origin:
        registry.recognise(connection, part.workstation, signing_key=signing_key)
        bringer_is_revoked = registry.is_revoked(connection, part.workstation)
        owner = registry.named(connection, part.origin)
    else:
        owner = registry.find(connection, part.workstation, signing_key=signing_key)
        bringer_is_revoked = owner.is_revoked
    if bringer_is_revoked:
        return _reply(part, Part.RE_ENROL)
    row = None
    if owner and not owner.is_revoked:
        row = _row(connection, owner.id, part.address)
    if row is None:
        return _reply(part, Part.UNKNOWN)
    if row.received_at is not None:
        return _reply(part, Part.COMPLETE, held=row.size)
    if not part.content or part.offset != row.held:  # a question, or not the next part
        return _reply(part, Part.GO_ON, held=row.held)
    if not _has_room(connection, len(part.content)):
        return _reply(part, Part.NO_ROOM, held=row.held)
    return _take(connection, part, row.size, now)


def _take(
    connection: sa.Connection, part: AttachmentPart, size: int, now: datetime
) -> AttachmentReply:
    reached = part.offset + len(part.content)
    if reached > size:
        return _start_again(connection, part)
    connection.execute(
        sa.insert(ledger.attachment_part).values(
            workstation=_owner(part),
            address=part.address,
            start=part.offset,
            content=part.content,
        )
    )
    if reached < size:
        _set(connection, part, held=reached)
        return _reply(part, Part.GO_ON, held=reached)
    digest = hashlib.sha256()
    for some in content(connection, _owner(part), part.address.hex()):
        digest.update(some)
    if digest.digest() != part.address:
        return _start_again(connection, part)
    _set(connection, part, held=reached, received_at=now)
    return _reply(part, Part.COMPLETE, held=reached)


def _keep_whole(
    connection: sa.Connection, workstation: str, address: bytes, content: bytes, now: datetime
) -> None:
    parts, table = ledger.attachment_part, ledger.attachment
    connection.execute(
        sa.delete(parts).where(parts.c.workstation == workstation, parts.c.address == address)
    )
    for start in range(0, len(content), MOST_PART):
        connection.execute(
            sa.insert(parts).values(
                workstation=workstation,
                address=address,
                start=start,
                content=content[start : start + MOST_PART],
            )
        )
    connection.execute(
        sa.update(table)
        .where(table.c.workstation == workstation, table.c.address == address)
        .values(held=len(content), received_at=now)
    )


def _start_again(connection: sa.Connection, part: AttachmentPart) -> AttachmentReply:
    """What came is not what the entry names: it was altered on its way, or at its origin."""
    parts = ledger.attachment_part
    connection.execute(
        sa.delete(parts).where(parts.c.workstation == _owner(part), parts.c.address == part.address)
    )
    _set(connection, part, held=0)
    return _reply(part, Part.DIFFERS)


def _set(connection: sa.Connection, part: AttachmentPart, **values: object) -> None:
    table = ledger.attachment
    connection.execute(
        sa.update(table)
        .where(table.c.workstation == _owner(part), table.c.address == part.address)
        .values(values)
    )


def _owner(part: AttachmentPart) -> str:
    return part.origin or part.workstation


def _row(
    connection: sa.Connection, workstation: str, address: bytes
) -> sa.Row[Any, Any, Any] | None:
    table = ledger.attachment.c
    return connection.execute(
        sa.select(table.size, table.held, table.received_at).where(
            table.workstation == workstation, table.address == address
        )
    ).one_or_none()


def _reply(part: AttachmentPart, said: Part, *, held: int = 0) -> AttachmentReply:
    return AttachmentReply(
        request_id=part.request_id,
        workstation=part.workstation,
        address=part.address,
        answer=said,
        held=held,
    )


def _address(text: str) -> bytes | None:
    try:
        address = bytes.fromhex(text)
    except ValueError:
        return None
    return address if len(address) == _HASH_BYTES else None


def _has_room(connection: sa.Connection, needed: int) -> bool:
    """Of a database elsewhere only it can tell, and it does: see `ledger.is_full`."""
    database = connection.engine.url.database
    if connection.dialect.name != "sqlite" or not database:
        return True
    return shutil.disk_usage(Path(database).parent).free > RESERVED_BYTES + needed
