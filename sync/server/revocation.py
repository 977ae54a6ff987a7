"""A workstation's word is taken away: its post hears of it, and gets a new key without it."""

from datetime import datetime

import sqlalchemy as sa

from sync import revocation
from sync.protocol import POST_KEY, DeviceRole, seal
from sync.revocation import Revoked
from sync.server import ledger, registry
from sync.server.keys import Keys
from sync.server.registry import Workstation

MOST_GENERATIONS = 20
"""How many of a post's keys a workstation is given: what lies at an exchange is younger."""


def revoke(
    connection: sa.Connection,
    keys: Keys,
    workstation: str,
    *,
    deployment: str,
    reason: str,
    now: datetime,
) -> bool:
    """From now on it is not believed; whether it was until now. Raises `registry.Unknown`."""
    table = ledger.workstation
    row = connection.execute(
        sa.select(table.c.post, table.c.revoked_at).where(table.c.id == workstation)
    ).one_or_none()
    if row is None:
        raise registry.Unknown(workstation)
    registry.revoke(connection, workstation, reason=reason, now=now)
    if row.revoked_at is not None:
        return False
    number = max(int(now.timestamp()), _newest(connection, row.post) + 1)
    said = Revoked(
        deployment=deployment, post=row.post, number=number, until=_until(connection, row.post)
    )
    connection.execute(
        sa.insert(ledger.generation).values(
            post=row.post, number=number, revoked=revocation.write(said, keys.reply)
        )
    )
    return True


def news(
    connection: sa.Connection, workstation: Workstation, keys: Keys, *, generation: int
) -> tuple[bytes, dict[int, bytes]]:
    """The newest statement and the keys behind `generation`, sealed; nothing if it is the newest.

    Who is revoked himself is told nothing.
    """
    if workstation.is_revoked:
        return b"", {}
    table = ledger.generation.c
    rows = connection.execute(
        sa.select(table.number, table.revoked)
        .where(table.post == workstation.post, table.number > generation)
        .order_by(table.number.desc())
        .limit(MOST_GENERATIONS)
    ).all()
    if not rows:
        return b"", {}
    is_workstation = workstation.role is DeviceRole.WORKSTATION
    post_keys = {
        row.number: seal(
            keys.post_key(workstation.post, row.number), workstation.receive_key, purpose=POST_KEY
        )
        for row in rows
        if is_workstation
    }
    return bytes(rows[0].revoked), post_keys


def newest_key(connection: sa.Connection, keys: Keys, post: str) -> tuple[int, bytes]:
    """The number of a post's newest key, and the key."""
    number = _newest(connection, post)
    return number, keys.post_key(post, number)


def _newest(connection: sa.Connection, post: str) -> int:
    table = ledger.generation.c
    newest = sa.select(sa.func.max(table.number)).where(table.post == post)
    return connection.scalar(newest) or 0


def _until(connection: sa.Connection, post: str) -> dict[str, dict[int, int]]:
    """What is held here of the journals of all who are revoked at this post."""
    workstation, journal = ledger.workstation.c, ledger.journal.c
    revoked = connection.scalars(
        sa.select(workstation.id).where(
            workstation.post == post, workstation.revoked_at.is_not(None)
        )
    ).all()
    until: dict[str, dict[int, int]] = {each: {} for each in revoked}
    rows = connection.execute(
        sa.select(journal.workstation, journal.incarnation, journal.held).where(
            journal.workstation.in_(revoked)
        )
    )
    for row in rows:
        until[row.workstation][row.incarnation] = row.held
    return until
