"""What the centre holds, told to the duty officer and to programs. Reads only."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from sync.server import ledger
from sync.server.ledger import EpochCause, alarm, entry, journal, preview, quarantine

AHEAD_AT_MOST: Final = timedelta(days=7)
"""For how long an urgent entry may be ahead of its journal before somebody must ask why."""

LATELY: Final = timedelta(days=7)


def status(connection: sa.Connection, *, now: datetime) -> Iterator[str]:
    """Lines to read: each workstation, then every alarm."""
    workstations = connection.execute(
        sa.select(ledger.workstation).order_by(ledger.workstation.c.post, ledger.workstation.c.id)
    ).all()
    if not workstations:
        yield "No workstation has enrolled yet: `checkpoint-server token` lets one in."
        return
    for row in workstations:
        yield (
            f"{row.id}  post {row.post} ({row.post_name}),"
            f" last contact {_moment(row.last_contact)},"
            f" {_held(connection, row.id)} entries held,"
            f" {_count(connection, quarantine, row.id)} in quarantine,"
            f" {_count(connection, alarm, row.id)} alarms"
        )
    alarms = connection.execute(
        sa.select(alarm).order_by(alarm.c.raised_at, alarm.c.workstation, alarm.c.number)
    )
    for row in alarms:
        yield (
            f"ALARM  {row.workstation}  {row.reason} at entry {row.position}"
            f" of journal {row.incarnation}, {_moment(row.raised_at)}"
        )
    for row in connection.execute(overdue(now)):
        yield (
            f"ALARM  {row.workstation}  urgent entry {row.position} of journal {row.incarnation}"
            f" came {_moment(row.received_at)}, and its journal has not come so far"
        )
    since = put_back_at(connection, now)
    if since is not None:
        yield (
            f"NOTE  {_moment(since)}: the database is an older one than before; workstations bring"
            " again what it lacks, and nothing is to be done"
        )


def put_back_at(connection: sa.Connection, now: datetime) -> datetime | None:
    """When the centre heard or noticed that the database was put back; None if not lately."""
    epoch = ledger.epoch.c
    last = connection.execute(
        sa.select(epoch.started_at, epoch.because).order_by(epoch.number.desc()).limit(1)
    ).one()
    is_put_back = last.because in (EpochCause.TOLD, EpochCause.NOTICED)
    return last.started_at if is_put_back and now - last.started_at < LATELY else None


def overdue(now: datetime) -> sa.Select[tuple[str, int, int, datetime]]:
    """Urgent entries whose journal should have come by now: whose, which, since when."""
    ahead = preview.c
    return (
        sa.select(ahead.workstation, ahead.incarnation, ahead.position, ahead.received_at)
        .where(ahead.received_at < now - AHEAD_AT_MOST)
        .order_by(ahead.received_at)
    )


def entries(
    connection: sa.Connection, *, workstation: str | None, kind: str | None
) -> Iterator[dict[str, object]]:
    """Every entry held, in the order of its journal: where it stands, what it is, its body."""
    found = sa.select(entry).order_by(entry.c.workstation, entry.c.incarnation, entry.c.position)
    if workstation is not None:
        found = found.where(entry.c.workstation == workstation)
    if kind is not None:
        found = found.where(entry.c.kind == kind)
    for row in connection.execute(found.execution_options(yield_per=1_000)):
        yield {
            "workstation": row.workstation,
            "incarnation": row.incarnation,
            "position": row.position,
            "kind": row.kind,
            "id": row.id,
            "leaf": bytes(row.leaf).hex(),
            "received_at": row.received_at.isoformat(),
            "body": _readable(row.body),
        }


def _count(connection: sa.Connection, table: sa.Table, of: str) -> int:
    counted = sa.select(sa.func.count()).select_from(table).where(table.c.workstation == of)
    return connection.scalar(counted) or 0


def _held(connection: sa.Connection, of: str) -> int:
    held = sa.select(sa.func.sum(journal.c.held)).where(journal.c.workstation == of)
    return int(connection.scalar(held) or 0)


def _moment(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC") if at else "never"


def _readable(body: bytes | None) -> str | None:
    return None if body is None else bytes(body).decode("utf-8", "backslashreplace")
