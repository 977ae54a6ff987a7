"""The log of checks: searched, filtered, ordered and paged by SQL, never in memory."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from anyascii import anyascii
from sqlite_utils import Database

from checkpoint_client.records.codes import Decision, Direction, OutcomeDecision, Verdict
from checkpoint_client.records.dates import PartialDate


class Show(StrEnum):
    """Which checks of the log one wants to see."""

    ALL = "ALL"
    STANDING = "STANDING"
    WITHDRAWN = "WITHDRAWN"
    AMENDED = "AMENDED"
    AT_SECOND_LINE = "AT_SECOND_LINE"
    TO_REVIEW = "TO_REVIEW"
    QUESTIONED = "QUESTIONED"


class Order(StrEnum):
    TIME = "TIME"
    NAME = "NAME"
    DOCUMENT = "DOCUMENT"
    DECISION = "DECISION"
    OFFICER = "OFFICER"


class Sorting(StrEnum):
    ASCENDING = "ASCENDING"
    DESCENDING = "DESCENDING"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """What to show. Days are those of the post's own time, both included; None is no limit."""

    text: str = ""
    day_from: date | None = None
    day_to: date | None = None
    direction: Direction | None = None
    decision: Decision | None = None
    officer: str = ""
    show: Show = Show.ALL
    order: Order = Order.TIME
    sorting: Sorting = Sorting.DESCENDING
    limit: int = 200
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One line of the log: the check as it reads today and what has happened to it."""

    id: str
    origin: str
    happened_at: datetime
    direction: Direction
    decision: Decision
    name: str
    birth_date: PartialDate
    nationality: str
    document: str
    plate: str
    officer: str
    withdrawn: bool
    amendments: int
    reviewed: Verdict | None
    outcome: OutcomeDecision | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some rows of the log, and how many there are in all."""

    rows: tuple[LogRow, ...]
    total: int


def search(db: Database, query: LogQuery) -> LogPage:
    conditions, values = _conditions(query)
    where = " and ".join(conditions) or "1"
    [total] = db.execute(f"select count(*) from checks where {where}", values).fetchone()  # noqa: S608
    found = db.execute(
        f"select {_COLUMNS} from checks where {where}"  # noqa: S608  conditions are our own
        f" order by {_ORDERS[query.order]} {_SORTINGS[query.sorting]}, id limit ? offset ?",
        [*values, query.limit, query.offset],
    )
    return LogPage(tuple(_row(*row) for row in found.fetchall()), total)


def row_of(db: Database, check_id: str) -> LogRow | None:
    """The log's line of one check."""
    found = db.execute(f"select {_COLUMNS} from checks where id = ?", [check_id])  # noqa: S608
    row = found.fetchone()
    return _row(*row) if row else None


def _conditions(query: LogQuery) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def add(condition: str, value: object) -> None:
        conditions.append(condition)
        values.append(value)

    if words := _words(query.text):
        add("id in (select id from search where words match ?)", words)
    if query.day_from:
        add("substr(happened_at, 1, 10) >= ?", query.day_from.isoformat())
    if query.day_to:
        add("substr(happened_at, 1, 10) <= ?", query.day_to.isoformat())
    if query.direction:
        add("direction = ?", query.direction.value)
    if query.decision:
        add("decision = ?", query.decision.value)
    if query.officer:
        add("officer = ?", query.officer)
    if query.show is not Show.ALL:
        conditions.append(_SHOWN[query.show])
    return conditions, values


def _words(typed: str) -> str:
    """The search box as an FTS5 query: every word as typed or in Latin, its beginning enough.

    A date or number may be typed with its dots, dashes or blanks: it is looked for without, too.
    """
    words = re.findall(r"[^\W_]+", typed)
    if not words:
        return ""
    every = " AND ".join(f"({_spelled(word)})" for word in words)
    return f"({every}) OR {_spelled(''.join(words))}"


def _spelled(word: str) -> str:
    latin = re.sub(r"[\W_]+", "", anyascii(word))
    return " OR ".join(f'"{each}"*' for each in dict.fromkeys((word, latin)) if each)


def _row(
    id: str,
    origin: str,
    happened_at: str,
    direction: str,
    decision: str,
    name: str,
    birth_date: str,
    nationality: str,
    document: str,
    plate: str,
    officer: str | None,
    withdrawn: int,
    amended: int,
    reviewed: str,
    outcome: str,
) -> LogRow:
    return LogRow(
        id=id,
        origin=origin,
        happened_at=datetime.fromisoformat(happened_at),
        direction=Direction(direction),
        decision=Decision(decision),
        name=name,
        birth_date=PartialDate.parse(birth_date),
        nationality=nationality,
        document=document,
        plate=plate,
        officer=officer or "",
        withdrawn=bool(withdrawn),
        amendments=amended,
        reviewed=Verdict(reviewed) if reviewed else None,
        outcome=OutcomeDecision(outcome) if outcome else None,
    )


_COLUMNS = (
    "id, origin, happened_at, direction, decision, name, birth_date, nationality, document, plate,"
    " officer, withdrawn, amended, reviewed, outcome"
)

_SHOWN = {
    Show.STANDING: "withdrawn = 0",
    Show.WITHDRAWN: "withdrawn = 1",
    Show.AMENDED: "amended > 0",
    Show.AT_SECOND_LINE: (
        "decision = 'REFERRED' and outcome = '' and withdrawn = 0 and register_reference is null"
    ),
    Show.TO_REVIEW: "reviewed = '' and withdrawn = 0 and register_reference is null",
    Show.QUESTIONED: "reviewed = 'QUESTIONED'",
}

_ORDERS = {
    Order.TIME: "at",
    Order.NAME: "name",
    Order.DOCUMENT: "document",
    Order.DECISION: "decision",
    Order.OFFICER: "officer",
}

_SORTINGS = {Sorting.ASCENDING: "asc", Sorting.DESCENDING: "desc"}
