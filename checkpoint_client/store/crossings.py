"""Where a document crossed and when: at this post by its own records, elsewhere as told.

The centre tells documents and dates, no more; they are no records of this workstation, and can be
asked for again at any time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlite_utils import Database

from checkpoint_client.rules import Crossing
from checkpoint_client.store import tables

_FIRST_DAY = date(1970, 1, 1)
_INWARD = ("ENTRY", "TRANSIT_ENTRY", "RETURNED_BY_NEIGHBOUR")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingTold:
    """One crossing as the centre tells it: `day` counted from 1 January 1970, in the post's time.

    A later word under the same `number` takes the place of an earlier one; `stands` is False where
    nothing is left of it.
    """

    number: int
    state: str
    document: str
    day: int
    enters: bool
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Crossings of a traveller's documents: `here` from this post's own journals, `told` by the
    centre for all posts, the last time at `told_at`, UTC, None if it never did. Several documents
    of one crossing count once.
    """

    here: Counter[Crossing]
    told: Counter[Crossing]
    told_at: datetime | None


def take(db: Database, told: Iterable[CrossingTold]) -> None:
    """Call inside a transaction."""
    for each in told:
        if each.stands:
            db.execute(
                "insert into crossings_told values (?, ?, ?, ?, ?)"
                " on conflict (number) do update set state = excluded.state,"
                " document = excluded.document, day = excluded.day, enters = excluded.enters",
                [
                    each.number,
                    each.state,
                    tables.number_key(each.document),
                    each.day,
                    int(each.enters),
                ],
            )
        else:
            db.execute("delete from crossings_told where number = ?", [each.number])


def forget(db: Database, before: date | None = None) -> int:
    """Forget what was told of the days before one, or all of it; how many crossings went."""
    day = (before - _FIRST_DAY).days if before else None
    return db.execute(
        "delete from crossings_told where :day is null or day < :day", {"day": day}
    ).rowcount


def known(db: Database, documents: Sequence[tuple[str, str]], told_at: int) -> Known:
    """What is known of documents (State, number); `told_at` in seconds since 1970, 0 for never."""
    here: Counter[Crossing] = Counter()
    told: Counter[Crossing] = Counter()
    for state, number in documents:
        if key := tables.number_key(number):
            here |= Counter(_here(db, state, key))
            told |= Counter(_told(db, state, key))
    return Known(
        here=here,
        told=told,
        told_at=datetime.fromtimestamp(told_at, UTC) if told_at else None,
    )


def _here(db: Database, state: str, key: str) -> Iterable[Crossing]:
    found = db.execute(
        "select c.happened_at, c.direction from documents d join checks c on c.id = d.check_id"
        " where d.number = ? and d.state in (?, '') and c.withdrawn = 0"
        " and (c.decision = 'ADMITTED' or c.outcome = 'ADMIT')",
        [key, state],
    )
    for happened_at, direction in found.fetchall():
        yield Crossing(date.fromisoformat(happened_at[:10]), enters=direction in _INWARD)


def _told(db: Database, state: str, key: str) -> Iterable[Crossing]:
    found = db.execute(
        "select day, enters from crossings_told where document = ? and state in (?, '')",
        [key, state],
    )
    for day, enters in found.fetchall():
        yield Crossing(_FIRST_DAY + timedelta(days=day), enters=bool(enters))
