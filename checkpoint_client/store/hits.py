"""The hit desk's lists: hits in their order of work, counted and paged by SQL, never in memory."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlite_utils import Database

from checkpoint_client.records.codes import HitState, HitVerdict
from checkpoint_client.records.decoders import json_decoder


class HitShow(StrEnum):
    """Which hits one wants to see.

    POSSIBLE are matches of the lower level that the booth was shown, decided on and passed on to
    nobody; they wait for no one, unless headquarters has confirmed them. OPEN is whatever else is
    not closed.
    """

    OPEN = "OPEN"
    SECOND_PERSON = "SECOND_PERSON"
    TO_REPORT = "TO_REPORT"
    TO_REVIEW = "TO_REVIEW"
    POSSIBLE = "POSSIBLE"
    CLOSED = "CLOSED"
    ALL = "ALL"


@dataclass(frozen=True, slots=True, kw_only=True)
class HitQuery:
    """What to show, and whose hits: those of the visibilities that a role sees."""

    show: HitShow = HitShow.OPEN
    visibilities: Collection[str]
    limit: int = 200
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """One hit as the tables have it. `traveller` is empty while the check has not arrived.

    `confirmed_at` is in UTC.
    """

    id: str
    traveller: str
    state: HitState
    verdict: HitVerdict | None
    judges: tuple[str, ...]
    confirmed_at: datetime | None
    is_alone: bool
    is_reported: bool
    is_withdrawn: bool


def queue(db: Database, query: HitQuery) -> list[HitRow]:
    """Hits of standing checks: strong ones first, then whoever waits longest."""
    where = " and ".join((_visible(query.visibilities), *_SHOWN[query.show]))
    found = db.execute(
        f"select {_COLUMNS} {_FROM} where {where}"
        f" order by {_ORDERS.get(query.show, _NEWEST)}, h.id limit ? offset ?",
        [*query.visibilities, query.limit, query.offset],
    )
    return [_row(*row) for row in found.fetchall()]


def counts(db: Database, visibilities: Collection[str]) -> dict[HitShow, int]:
    """How many hits each list holds, in one reading of the table."""
    sums = ", ".join(f"coalesce(sum({' and '.join(_SHOWN[show]) or '1'}), 0)" for show in HitShow)
    found = db.execute(
        f"select {sums} {_FROM} where {_visible(visibilities)}",
        list(visibilities),
    )
    return dict(zip(HitShow, found.fetchone(), strict=True))


def judged(
    db: Database,
    alert: tuple[str, str],
    visibilities: Collection[str],
    *,
    person_key: str,
    documents: Iterable[tuple[str, str]],
    national_numbers: Iterable[str],
) -> list[str]:
    """Ids of hits on one alert (its `list_id` and `id`) that were judged and concern one person.

    The person is known again by names with birth date, by a document (State, number) or by a
    national number, numbers as their keys. Newest first, 20 at most.
    """
    same: list[str] = []
    values: list[str] = []
    if person_key:
        same.append("c.person_key = ?")
        values.append(person_key)
    for state, number in documents:
        same.append(
            "c.id in (select check_id from documents where number = ? and state in (?, ''))"
        )
        values += [number, state]
    for number in national_numbers:
        same.append("c.id in (select check_id from national_numbers where number = ?)")
        values.append(number)
    if not same:
        return []
    found = db.execute(
        "select h.id from hits h join checks c on c.id = h.check_id"  # noqa: S608  our own names
        " where h.list_id = ? and h.alert_id = ? and c.withdrawn = 0"
        f" and h.visibility in ({_marks(visibilities)})"
        " and (h.verdict in ('NOT_SAME', 'CANNOT_SAY') or h.confirmed_at <> '')"
        f" and ({' or '.join(same)}) order by h.at desc, h.id desc limit 20",
        [*alert, *visibilities, *values],
    )
    return [row[0] for row in found.fetchall()]


def _visible(visibilities: Collection[str]) -> str:
    return f"h.visibility in ({_marks(visibilities)}) and coalesce(c.withdrawn, 0) = 0"


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" for _ in values)


def _row(
    id: str,
    traveller: str,
    state: str,
    verdict: str,
    judges: str,
    confirmed_at: str,
    is_alone: int,
    is_reported: int,
    is_withdrawn: int,
) -> HitRow:
    return HitRow(
        id=id,
        traveller=traveller,
        state=HitState(state),
        verdict=HitVerdict(verdict) if verdict else None,
        judges=json_decoder(tuple[str, ...]).decode(judges),
        confirmed_at=datetime.fromisoformat(confirmed_at).replace(tzinfo=UTC)
        if confirmed_at
        else None,
        is_alone=bool(is_alone),
        is_reported=bool(is_reported),
        is_withdrawn=bool(is_withdrawn),
    )


_COLUMNS = (
    "h.id, coalesce(c.name, ''), h.state, h.verdict, h.judges, h.confirmed_at, h.alone,"
    " h.reported, h.withdrawn"
)
_FROM = "from hits h left join checks c on c.id = h.check_id"

_POSSIBLE = (
    "(h.state = 'NEW' and h.level = 'check' and h.visibility = 'FIRST_LINE'"
    " and h.origin = 'AT_CHECK' and coalesce(c.decision, 'REFERRED') <> 'REFERRED'"
    " and not exists (select 1 from records r where r.target = h.id and r.kind = 'confirmation'"
    " and json_extract(r.record, '$.listed')))"
)
_SHOWN: dict[HitShow, Sequence[str]] = {
    HitShow.OPEN: ("h.state <> 'CLOSED'", f"not {_POSSIBLE}"),
    HitShow.SECOND_PERSON: ("h.state = 'PROPOSED'",),
    HitShow.TO_REPORT: (
        "h.state <> 'CLOSED'",
        "h.confirmed_at <> ''",
        "h.reported = 0",
        "h.withdrawn = 0",
    ),
    HitShow.TO_REVIEW: ("h.alone = 1",),
    HitShow.POSSIBLE: (_POSSIBLE,),
    HitShow.CLOSED: ("h.state = 'CLOSED'",),
    HitShow.ALL: (),
}

_NEWEST = "h.at desc"
_ORDERS = {
    HitShow.OPEN: "h.level <> 'strong', h.at",
    HitShow.SECOND_PERSON: "h.level <> 'strong', h.at",
    HitShow.TO_REPORT: "h.confirmed_at",
    HitShow.TO_REVIEW: "h.confirmed_at",
}
