"""Tells every post where a document crossed and when: documents and dates, nothing else.

A workstation counts a traveller's stay by it. This follows the journals behind the ingest, like the
volumes. Every word has a number, given in the order in which words are kept, so that a workstation
names the last one it has and misses none.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from checkpoint_client.journal.body import Body
from checkpoint_client.records import Amendment, BorderCheck, Outcome, Record, Withdrawal
from checkpoint_client.records.codes import Decision, Direction, OutcomeDecision
from checkpoint_client.records.decoders import msgpack_decoder
from sync import previews
from sync.crossings import Sheet, write
from sync.protocol import MOST_CROSSINGS, AskedCrossings, AskedSheet, Crossings, ToldCrossing
from sync.server import ledger, revocation
from sync.server.keys import Keys

OLDEST: Final = timedelta(days=400)
"""No stay is counted over a longer time; what is older is told to nobody."""

_LOCK: Final = 20_261_125  # any number, the same in every worker
_FIRST_DAY: Final = date(1970, 1, 1)
_INWARD: Final = {Direction.ENTRY, Direction.TRANSIT_ENTRY, Direction.RETURNED_BY_NEIGHBOUR}
_WITHDRAWN: Final = "withdrawn"
_OUTCOME: Final = "outcome"

Said = dict[str, str]
"""What later records say of a check: fields by their paths, an outcome, that it was withdrawn."""


def follow(connection: sa.Connection, workstation: str, body: Body, record: Record) -> None:
    """Take over what a record says about where a document crossed; most say nothing.

    Call under the lock on the workstation, once for each record.
    """
    if isinstance(record, BorderCheck):
        if _insert(connection, workstation, body, record):
            _settle(connection, body.id)
    elif said := _said(record):
        check_id = record.target_id if isinstance(record, Amendment) else _check_of(record)
        connection.execute(
            sa.insert(ledger.crossing_effect).values(
                workstation=workstation,
                id=body.id,
                check_id=check_id,
                at=body.happened_at,
                said=msgspec.msgpack.encode(said),
            )
        )
        _settle(connection, check_id)


def tell(connection: sa.Connection, asked: AskedCrossings, *, now: datetime) -> Crossings:
    """What is new behind the last word that a workstation has, as much as fits."""
    crossing = ledger.crossing.c
    newest = connection.scalar(sa.select(sa.func.max(crossing.word))) or 0
    rows = connection.execute(
        sa.select(ledger.crossing)
        .where(
            crossing.word > asked.after,
            crossing.word <= newest,
            crossing.state != asked.state,
            crossing.day >= _day(now.date() - OLDEST),
            *([] if asked.after else [crossing.stands]),
        )
        .order_by(crossing.word)
        .limit(MOST_CROSSINGS + 1)
    ).all()
    told = [
        ToldCrossing(
            number=row.number,
            state=row.state,
            document=row.document if row.stands else "",
            day=row.day,
            enters=row.enters,
            stands=row.stands,
        )
        for row in rows[:MOST_CROSSINGS]
    ]
    is_all = len(rows) <= MOST_CROSSINGS
    upto = newest if is_all else rows[MOST_CROSSINGS - 1].word
    return Crossings(after=asked.after, upto=upto, is_all=is_all, told=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Tells one post by another way than a line: signed, and closed for the post."""

    keys: Keys
    deployment: str
    post: str
    epoch: bytes
    now: datetime

    def sheet(self, connection: sa.Connection, asked: AskedSheet) -> bytes:
        """What is new behind the last word that is known there, from the first in a new epoch."""
        return self._written(connection, self._told(connection, asked), asked.state)

    def sheets(
        self, reading: Callable[[], AbstractContextManager[sa.Connection]]
    ) -> Iterator[bytes]:
        """All there is to tell, for a stick; a transaction each."""
        asked, is_all = AskedSheet(0, self._memory, ""), False
        while not is_all:
            with reading() as connection:
                told = self._told(connection, asked)
                written = self._written(connection, told, asked.state)
            yield written
            asked, is_all = AskedSheet(told.upto, self._memory, ""), told.is_all

    @property
    def _memory(self) -> int:
        return previews.memory_of(self.epoch)

    def _told(self, connection: sa.Connection, asked: AskedSheet) -> Crossings:
        after = asked.after if asked.memory == self._memory else 0
        return tell(connection, AskedCrossings(after, asked.state), now=self.now)

    def _written(self, connection: sa.Connection, told: Crossings, state: str) -> bytes:
        generation, post_key = revocation.newest_key(connection, self.keys, self.post)
        sheet = Sheet(
            deployment=self.deployment,
            post=self.post,
            memory=self._memory,
            server_time=self.now.isoformat(),
            state=state,
            generation=generation,
        )
        return write(sheet, told, self.keys.reply, post_key=post_key)


def erase_before(connection: sa.Connection, day: date) -> int:
    """Erase what happened before a day; how many crossings went."""
    crossing, effect = ledger.crossing, ledger.crossing_effect
    connection.execute(
        sa.delete(effect).where(
            effect.c.check_id.in_(sa.select(crossing.c.check_id).where(crossing.c.day < _day(day)))
        )
    )
    return connection.execute(sa.delete(crossing).where(crossing.c.day < _day(day))).rowcount


def _insert(
    connection: sa.Connection, workstation: str, body: Body, check: BorderCheck
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "workstation": workstation,
            "check_id": body.id,
            "place": place,
            "state": document.issuing_state,
            "document": document.number,
            "day": _day(body.happened_at.date()),
            "enters": check.direction in _INWARD,
            "decision": check.decision.value,
            "stands": False,
            "number": 0,
            "word": 0,
        }
        for place, document in enumerate(check.documents)
        if document.number
    ]
    if rows:
        connection.execute(sa.insert(ledger.crossing), rows)
    return rows


def _settle(connection: sa.Connection, check_id: str) -> None:
    """Put a check's crossings where all that is known of it has brought them."""
    crossing, effect = ledger.crossing.c, ledger.crossing_effect.c
    rows = connection.execute(sa.select(ledger.crossing).where(crossing.check_id == check_id)).all()
    if not rows:
        return  # the check itself is still on its way
    later = connection.scalars(
        sa.select(effect.said).where(effect.check_id == check_id).order_by(effect.at, effect.id)
    )
    said: Said = {}
    for each in later:
        said |= msgpack_decoder(Said).decode(each)
    words = _words(connection)
    for row in rows:
        now = _as_said(row, said)
        before = {name: getattr(row, name) for name in now}
        if now == before or not (row.number or now["stands"]):
            continue
        word = next(words)
        connection.execute(
            sa.update(ledger.crossing)
            .where(
                crossing.workstation == row.workstation,
                crossing.check_id == check_id,
                crossing.place == row.place,
            )
            .values(**now, word=word, number=row.number or word)
        )


def _as_said(row: sa.Row[Any], said: Said) -> dict[str, Any]:
    decision = said.get("decision", row.decision)
    is_let_through = (
        decision == Decision.ADMITTED or said.get(_OUTCOME) == OutcomeDecision.ADMIT.value
    )
    direction = said.get("direction")
    return {
        "state": said.get(f"documents.{row.place}.issuing_state", row.state),
        "document": said.get(f"documents.{row.place}.number", row.document),
        "enters": direction in _INWARD if direction else row.enters,
        "stands": is_let_through and _WITHDRAWN not in said,
    }


def _said(record: Record) -> Said:
    if isinstance(record, Withdrawal):
        return {_WITHDRAWN: "yes"}
    if isinstance(record, Outcome):
        return {_OUTCOME: record.decision.value}
    if isinstance(record, Amendment):
        return {
            change.field: change.after
            for change in record.changes
            if change.field in ("direction", "decision") or change.field.startswith("documents.")
        }
    return {}


def _check_of(record: Record) -> str:
    return record.check_id if isinstance(record, Withdrawal | Outcome) else ""


def _words(connection: sa.Connection) -> Iterator[int]:
    """Numbers for new words; kept in their order, since one transaction at a time gives them."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
    last = connection.scalar(sa.select(sa.func.max(ledger.crossing.c.word))) or 0
    while True:
        last += 1
        yield last


def _day(day: date) -> int:
    return (day - _FIRST_DAY).days
