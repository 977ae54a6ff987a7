"""Reads what arrived, behind the ingest: so many checks, refusals and hits a day and workstation,
and where documents crossed.

Ingest only appends. This follows at its own pace, each journal from where it was counted last, and
can be made anew at any time; several workers may run it, for one journal one after the other.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from checkpoint_client.journal import body as bodies
from checkpoint_client.records import BorderCheck, Hit, Record
from checkpoint_client.records.codes import HitOrigin
from sync.server import crossings, ledger
from sync.server.ledger import Ledger

AT_ONCE: Final = 2_000


def catch_up(opened: Ledger) -> int:
    """Count what has not been counted; how many entries it took."""
    journal, done = ledger.journal.c, ledger.projected.c
    with opened.reading() as connection:
        behind = connection.execute(
            sa.select(journal.workstation, journal.incarnation)
            .join_from(
                ledger.journal,
                ledger.projected,
                (journal.workstation == done.workstation)
                & (journal.incarnation == done.incarnation),
                isouter=True,
            )
            .where(journal.held > sa.func.coalesce(done.position, 0))
        ).all()
    return sum(_follow(opened, row.workstation, row.incarnation) for row in behind)


def count_late(connection: sa.Connection, row: sa.Row[Any], id: str | None) -> None:
    """Count an entry that could not be read when its turn came; `row` is one of the entries."""
    read = _read(row.body)
    if read and row.position <= _position(connection, row.workstation, row.incarnation):
        again = _counted_before(connection, row.workstation, row.incarnation, [id])
        if not again:
            _add(connection, row.workstation, *_said(*read), 1)
            crossings.follow(connection, row.workstation, *read)


def _follow(opened: Ledger, workstation: str, incarnation: int) -> int:
    taken = 0
    while count := _some(opened, workstation, incarnation):
        taken += count
    return taken


def _some(opened: Ledger, workstation: str, incarnation: int) -> int:
    """The next entries of one journal, under the lock on its workstation."""
    entry = ledger.entry.c
    with opened.writing() as connection:
        connection.execute(
            sa.select(ledger.workstation.c.id)
            .where(ledger.workstation.c.id == workstation)
            .with_for_update()
        )
        before = _position(connection, workstation, incarnation)
        rows = connection.execute(
            sa.select(entry.position, entry.id, entry.body)
            .where(
                entry.workstation == workstation,
                entry.incarnation == incarnation,
                entry.position > before,
            )
            .order_by(entry.position)
            .limit(AT_ONCE)
        ).all()
        if not rows:
            return 0
        again = _counted_before(connection, workstation, incarnation, [row.id for row in rows])
        new = [read for row in rows if row.id not in again and (read := _read(row.body))]
        for read in new:
            crossings.follow(connection, workstation, *read)
        counted = Counter(_said(*read) for read in new)
        for (day, what), count in counted.items():
            _add(connection, workstation, day, what, count)
        _move(connection, workstation, incarnation, rows[-1].position)
        return len(rows)


def _counted_before(
    connection: sa.Connection, workstation: str, incarnation: int, ids: Sequence[str | None]
) -> set[str]:
    """Records that another journal of the workstation brought too: it began anew after a backup."""
    entry, done = ledger.entry.c, ledger.projected.c
    found = connection.scalars(
        sa.select(entry.id)
        .join_from(
            ledger.entry,
            ledger.projected,
            (entry.workstation == done.workstation) & (entry.incarnation == done.incarnation),
        )
        .where(
            entry.workstation == workstation,
            entry.incarnation != incarnation,
            entry.position <= done.position,
            entry.id.in_([id for id in ids if id is not None]),
        )
    )
    return {id for id in found if id is not None}


def _read(body: bytes | None) -> tuple[bodies.Body, Record] | None:
    """Nothing for what cannot be read."""
    if body is None:
        return None
    try:
        read = bodies.decode(bytes(body))
        return read, bodies.unpack(read)
    except (bodies.Unreadable, ValueError, RecursionError):
        return None


def _said(body: bodies.Body, record: Record) -> tuple[str, str]:
    """The day and what is counted there."""
    what = body.kind
    if isinstance(record, BorderCheck):
        what = record.decision.value
    elif isinstance(record, Hit) and record.origin is HitOrigin.LATE:
        what = "late-hit"
    return body.happened_at.date().isoformat(), what


def _position(connection: sa.Connection, workstation: str, incarnation: int) -> int:
    done = ledger.projected.c
    found = connection.scalar(
        sa.select(done.position).where(
            done.workstation == workstation, done.incarnation == incarnation
        )
    )
    return found or 0


def _add(connection: sa.Connection, workstation: str, day: str, what: str, count: int) -> None:
    volume = ledger.volume
    key = {"workstation": workstation, "day": day, "what": what}
    found = [volume.c[name] == value for name, value in key.items()]
    changed = connection.execute(
        sa.update(volume).where(*found).values(count=volume.c.count + count)
    )
    if not changed.rowcount:
        connection.execute(sa.insert(volume).values(**key, count=count))


def _move(connection: sa.Connection, workstation: str, incarnation: int, position: int) -> None:
    projected = ledger.projected
    key: dict[str, Any] = {"workstation": workstation, "incarnation": incarnation}
    found = [projected.c[name] == value for name, value in key.items()]
    changed = connection.execute(sa.update(projected).where(*found).values(position=position))
    if not changed.rowcount:
        connection.execute(sa.insert(projected).values(**key, position=position))
