"""What the duty officer at headquarters has to know tonight, read from the ledger."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from checkpoint_client.records.codes import Decision
from sync.protocol import WATCHLIST
from sync.server import ledger
from sync.server.inspection import overdue, put_back_at
from sync.server.journals import Reason

DAYS: Final = 30
LATE_DAYS: Final = 7
SILENT_AFTER: Final = timedelta(hours=24)
DECISIONS: Final = (Decision.ADMITTED, Decision.REFERRED, Decision.REFUSED)
LATE_HIT: Final = "late-hit"

Issued = Callable[[int], datetime | None]

MEANINGS: Final[Mapping[str, tuple[str, str]]] = {
    Reason.FORK: (
        "Two different journals came from one workstation.",
        "A disk was copied or put back. Both are kept. Ask IT which machine is the true one.",
    ),
    Reason.BROKEN_CHAIN: (
        "Entries came that do not follow from each other.",
        "They were altered or damaged on the way; what came is kept. Ask IT to look at the PC.",
    ),
    Reason.REVOKED: (
        "A revoked workstation still sends.",
        "What it sends is kept as evidence and not taken in. Find the machine.",
    ),
    Reason.UNLIKE_PREVIEW: (
        "An urgent record came first in one form, and in its journal in another.",
        "Both are kept. Somebody changed the workstation's file: ask IT to secure the machine.",
    ),
    Reason.WRONG_RATCHET: (
        "A second machine speaks as this workstation.",
        "Find out whether a copy of its disk is in use; the second machine must enrol anew.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTonight:
    """One post. `waiting` are checks left there by the last contacts, `waiting_entries` all.

    Of its workstations' watch-lists the oldest counts: when headquarters issued it (None where
    that is not known any more), and how many versions it is behind.
    """

    code: str
    name: str
    workstations: int
    last_contact: datetime | None
    waiting: int
    waiting_entries: int
    quarantined: int
    has_list: bool
    list_issued_at: datetime | None
    lists_behind: int
    late_hits: int

    def is_silent(self, now: datetime) -> bool:
        return self.last_contact is None or now - self.last_contact > SILENT_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something a person has to look at: what it means and what to do."""

    workstation: str
    post: str
    raised_at: datetime
    position: int
    meaning: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """The whole page. `volumes` counts checks by day and decision, the days without gaps.

    `put_back_at`: when the database was found to be an older one, if that was lately.
    """

    now: datetime
    posts: Sequence[PostTonight]
    alarms: Sequence[Alarm]
    volumes: Sequence[tuple[date, Mapping[Decision, int]]]
    put_back_at: datetime | None


def tonight(
    connection: sa.Connection, *, newest_list: int, issued_at: Issued, now: datetime
) -> Tonight:
    """`newest_list` is the version of the signed watch-list role that is published; `issued_at`
    tells when one was.
    """
    return Tonight(
        now=now,
        posts=_posts(connection, newest_list, issued_at, now),
        alarms=[*_overdue(connection, now), *_alarms(connection)],
        volumes=_volumes(connection, now.date()),
        put_back_at=put_back_at(connection, now),
    )


def _posts(
    connection: sa.Connection, newest_list: int, issued_at: Issued, now: datetime
) -> list[PostTonight]:
    workstation = ledger.workstation
    rows = connection.execute(
        sa.select(workstation)
        .where(workstation.c.revoked_at.is_(None))
        .order_by(workstation.c.post, workstation.c.id)
    ).all()
    odd = _counts(connection, sa.select(ledger.quarantine.c.workstation, sa.func.count()))
    late = _late_hits(connection, now.date())
    posts = defaultdict(list)
    for row in rows:
        posts[row.post].append(row)
    oldest = {code: min(_list_of(row.have) for row in members) for code, members in posts.items()}
    return [
        PostTonight(
            code=code,
            name=members[0].post_name,
            workstations=len(members),
            last_contact=max(
                (row.last_contact for row in members if row.last_contact), default=None
            ),
            waiting=sum(row.waiting_checks or 0 for row in members),
            waiting_entries=sum(row.waiting or 0 for row in members),
            quarantined=sum(odd.get(row.id, 0) for row in members),
            has_list=oldest[code] > 0,
            list_issued_at=issued_at(oldest[code]),
            lists_behind=newest_list - oldest[code],
            late_hits=sum(late.get(row.id, 0) for row in members),
        )
        for code, members in posts.items()
    ]


def _overdue(connection: sa.Connection, now: datetime) -> list[Alarm]:
    post = dict(
        connection.execute(sa.select(ledger.workstation.c.id, ledger.workstation.c.post)).all()
    )
    return [
        Alarm(
            workstation=row.workstation,
            post=post[row.workstation],
            raised_at=row.received_at,
            position=row.position,
            meaning="An urgent record came ahead, and its journal has not come so far for a week.",
            advice="The urgent record is kept. Telephone the post: is the PC there, and a line?"
            " If it has sent others since, ask IT to secure the machine.",
        )
        for row in connection.execute(overdue(now))
    ]


def _alarms(connection: sa.Connection) -> list[Alarm]:
    alarm, workstation = ledger.alarm, ledger.workstation
    rows = connection.execute(
        sa.select(alarm, workstation.c.post)
        .join_from(alarm, workstation, alarm.c.workstation == workstation.c.id)
        .order_by(alarm.c.raised_at.desc())
    )
    found = []
    for row in rows:
        meaning, advice = MEANINGS.get(row.reason, (row.reason, "Ask IT to look at the PC."))
        found.append(
            Alarm(
                workstation=row.workstation,
                post=row.post,
                raised_at=row.raised_at,
                position=row.position,
                meaning=meaning,
                advice=advice,
            )
        )
    return found


def _volumes(connection: sa.Connection, today: date) -> list[tuple[date, Mapping[Decision, int]]]:
    days = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    volume = ledger.volume.c
    rows = connection.execute(
        sa.select(volume.day, volume.what, sa.func.sum(volume.count).label("total"))
        .where(volume.day >= days[0].isoformat(), volume.what.in_(DECISIONS))
        .group_by(volume.day, volume.what)
    )
    counted: dict[str, dict[Decision, int]] = defaultdict(dict)
    for row in rows:
        counted[row.day][Decision(row.what)] = int(row.total)
    return [(day, counted.get(day.isoformat(), {})) for day in days]


def _late_hits(connection: sa.Connection, today: date) -> dict[str, int]:
    volume = ledger.volume.c
    since = (today - timedelta(days=LATE_DAYS)).isoformat()
    return _counts(
        connection,
        sa.select(volume.workstation, sa.func.sum(volume.count)).where(
            volume.what == LATE_HIT, volume.day >= since
        ),
    )


def _counts(connection: sa.Connection, by: sa.Select[Any]) -> dict[str, int]:
    """By workstation, the first column."""
    grouped = by.group_by(by.selected_columns[0])
    return {workstation: int(count) for workstation, count in connection.execute(grouped)}


def _list_of(have: bytes | None) -> int:
    if not have:
        return 0
    told = msgspec.msgpack.decode(bytes(have))
    return int(told.get(WATCHLIST, 0)) if isinstance(told, dict) else 0
