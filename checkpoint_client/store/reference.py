"""The lists from headquarters on this workstation: one encrypted file, replaceable at any time.

A list goes live in one transaction or not at all; whoever is reading goes on reading the one
before. Postings are kept in the order in which they are read, because a random read costs ten
times more in an encrypted file.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import msgspec
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from checkpoint_client.store.engine import (
    FileError,
    NewerFile,
    Unusable,
    as_unusable,
    connect,
    explained,
)
from checkpoint_client.store.lost_documents import LostDocuments
from checkpoint_client.watchlist import digest
from checkpoint_client.watchlist.alerts import Alert
from checkpoint_client.watchlist.index import (
    FOLDING,
    Card,
    NumberKind,
    Posting,
    Traces,
    is_day,
    traces,
    unpacked,
)
from checkpoint_client.watchlist.jsonl import decode, encode
from checkpoint_client.watchlist.lost_documents import DOCUMENTS, alert_of

_FEW_AT_ONCE, _AT_ONCE = 1_000, 10_000
_STEPS_BETWEEN_QUESTIONS = 10_000

steps = Migrations("checkpoint_client.reference")


@steps()
def m001_lists(db: Database) -> None:
    db.execute(
        "create table lists (number integer primary key, list_id text not null unique,"
        " version integer not null, issued_at text not null, alerts integer not null,"
        " people integer not null, folding integer not null) strict"
    )
    db.execute(
        "create table alerts (number integer primary key, list integer not null,"
        " list_id text not null, alert_id text not null, body blob not null,"
        " names text not null) strict"
    )
    db.execute("create unique index alerts_by_id on alerts (list_id, alert_id, list)")
    db.execute(
        "create table forms (form text not null, list integer not null, alerts integer not null,"
        " primary key (form, list)) strict, without rowid"
    )
    db.execute(
        "create table births (day integer not null, alert integer not null,"
        " sketch integer not null, primary key (day, alert)) strict, without rowid"
    )
    db.execute(
        "create table words (key integer not null, year integer not null,"
        " alert integer not null, sketch integer not null,"
        " primary key (key, year, alert)) strict, without rowid"
    )
    db.execute(
        "create table numbers (kind integer not null, number text not null,"
        " alert integer not null, state text not null,"
        " primary key (kind, number, alert, state)) strict, without rowid"
    )


@steps()
def m002_results_and_files(db: Database) -> None:
    db.execute("alter table lists add column result text not null default ''")
    db.execute(
        "create table folders (channel text primary key, version integer not null,"
        " issued_at text not null) strict, without rowid"
    )
    db.execute(
        "create table files (channel text not null, name text not null, content blob not null,"
        " primary key (channel, name)) strict, without rowid"
    )


@steps()
def m003_words_by_birth_date(db: Database) -> None:
    db.execute("drop table words")
    db.execute(
        "create table words (key integer not null, born integer not null,"
        " alert integer not null, sketch integer not null,"
        " primary key (key, born, alert)) strict, without rowid"
    )
    db.execute("update lists set folding = 0")  # so that they are folded again


class BrokenOff(Exception):
    """Writing was no longer wanted. The lists are as they were before it."""


class TwiceListed(Unusable):
    def __init__(self) -> None:
        super().__init__(
            "The list names one alert twice (same list_id and id) and was not taken. The list"
            " before it stays in force; ask the publisher for a corrected one."
        )


class NoSuchList(Unusable):
    def __init__(self, list_id: str) -> None:
        super().__init__(
            f"Changes came for the list {list_id}, which is not here. Nothing was changed;"
            " it comes as a whole with the next contact."
        )


class WrongBase(Unusable):
    def __init__(self, list_id: str, *, here: int, wanted: int) -> None:
        super().__init__(
            f"Changes came for version {wanted} of the list {list_id}, but version {here} is here."
            " Nothing was changed; it comes as a whole with the next contact."
        )


class WrongResult(Unusable):
    def __init__(self, list_id: str) -> None:
        super().__init__(
            f"The list {list_id} did not come out as headquarters signed it and was not taken. The"
            " list before it stays in force; it comes as a whole with the next contact."
        )


AlertId = tuple[str, str]
"""An alert's `list_id` and `id`."""

Listed = Alert | bytes
"""An alert, or the JSON line in which it travelled: that one is kept to the byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListVersion:
    """A list that is in force here, and from when it is."""

    list_id: str
    version: int
    issued_at: datetime
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesVersion:
    """The files of a channel that are in force here: rules, templates and the like."""

    channel: str
    version: int
    issued_at: datetime
    names: tuple[str, ...]


class Reference:
    """The lists on this workstation, on one connection: for the thread that opened it."""

    def __init__(self, path: Path, key: bytearray) -> None:
        self._path = path
        self._db = connect(path, key)
        self.lost_documents = LostDocuments(self._db, path)
        self._is_unwanted: Callable[[], bool] = lambda: False

    @classmethod
    def open(cls, path: Path, key: bytearray) -> "Reference":
        """Open the file, or make an empty one. `key` as in `engine.connect`; it is not kept.

        Raises `NotEncrypted`, `WrongKey`, `NewerFile`.
        """
        reference = cls(path, key)
        try:
            with explained():
                reference._bring_up_to_date()
        except BaseException:
            reference.close()
            raise
        return reference

    def close(self) -> None:
        self._db.close()

    def stop_when(self, is_unwanted: Callable[[], bool]) -> None:
        """From now on writing breaks off, wherever it is, once `is_unwanted()`: `BrokenOff`.

        Whoever locks need not wait for a list that is just going live, nor its key stay for it.
        `is_unwanted` is called often, and on this connection's thread.
        """
        self._is_unwanted = is_unwanted
        self._db.conn.set_progress_handler(is_unwanted, _STEPS_BETWEEN_QUESTIONS)

    def while_wanted(self, portions: Iterable[bytes]) -> Iterator[bytes]:
        """The same portions, until writing is no longer wanted. Raises `BrokenOff`."""
        for portion in portions:
            if self._is_unwanted():
                raise BrokenOff
            yield portion

    def replace(
        self,
        list_id: str,
        version: int,
        issued_at: datetime,
        alerts: Iterable[Listed],
        *,
        result: str | None = None,
    ) -> None:
        """Put a list in the place of its earlier version: wholly, or not at all.

        Alerts keep their own `list_id`, so that several publishers' alerts can come as one list.
        `result` is the `digest` that its lines must come to, None where nobody signed one. Raises
        `TwiceListed`, `WrongResult`, `BrokenOff`, `Unusable`, and what `alerts` raises.
        """
        with self._writing():
            self._take_out(list_id)
            number = self._db.execute(
                "insert into lists (list_id, version, issued_at, alerts, people, folding)"
                " values (?, ?, ?, 0, 0, ?) returning number",
                [list_id, version, issued_at.astimezone(UTC).isoformat(), FOLDING],
            ).fetchone()[0]
            total = 0
            for batch in _batches(alerts):
                self._put_in(number, batch)
                total = digest.changed(total, added=(line for line, _ in batch), removed=())
            self._settle(number, list_id, total, result)

    def change(
        self,
        list_id: str,
        version: int,
        issued_at: datetime,
        *,
        upserts: Iterable[Listed],
        removals: Iterable[AlertId],
        base: int | None = None,
        result: str | None = None,
    ) -> None:
        """Bring a list to its next version: wholly, or not at all.

        `upserts` are alerts that are new or have changed; `removals` are taken out first, and one
        that is not there is no error. The outcome is that of `replace` with the whole new list,
        and so is `result`. `base` is the version that the changes were made from, if it is known.
        Raises `NoSuchList`, `WrongBase`, and what `replace` raises.
        """
        with self._writing():
            row = self._db.execute(
                "select number, version, result from lists where list_id = ?", [list_id]
            ).fetchone()
            if not row:
                raise NoSuchList(list_id)
            number, here, before = row
            if base is not None and base != here:
                raise WrongBase(list_id, here=here, wanted=base)
            total = int(before, 16) if before else self._sum_of(number)
            leaving = iter(removals)
            while ids := list(islice(leaving, _AT_ONCE)):
                total = digest.changed(total, added=(), removed=self._take_away(number, ids))
            taken: set[AlertId] = set()
            for batch in _batches(upserts):
                ids = [(alert.list_id, alert.id) for _, alert in batch]
                if len(taken.union(ids)) < len(taken) + len(ids):
                    raise TwiceListed
                taken.update(ids)
                replaced = self._take_away(number, ids)
                self._put_in(number, batch)
                total = digest.changed(total, added=(line for line, _ in batch), removed=replaced)
            self._db.execute(
                "update lists set version = ?, issued_at = ? where number = ?",
                [version, issued_at.astimezone(UTC).isoformat(), number],
            )
            self._settle(number, list_id, total, result)

    def keep_files(
        self, channel: str, version: int, issued_at: datetime, files: Mapping[str, bytes]
    ) -> None:
        """Put a channel's files in the place of all its earlier ones: wholly, or not at all."""
        with self._writing():
            self._db.execute("delete from files where channel = ?", [channel])
            self._db.execute(
                "insert or replace into folders (channel, version, issued_at) values (?, ?, ?)",
                [channel, version, issued_at.astimezone(UTC).isoformat()],
            )
            self._each(
                "insert into files (channel, name, content) values (?, ?, ?)",
                [(channel, name, content) for name, content in files.items()],
            )

    def file(self, channel: str, name: str) -> bytes | None:
        """A file of a channel as headquarters signed it, None if it sent none of that name."""
        row = self._db.execute(
            "select content from files where channel = ? and name = ?", [channel, name]
        ).fetchone()
        return bytes(row[0]) if row else None

    def files(self) -> tuple[FilesVersion, ...]:
        """What is in force of each channel that consists of files."""
        rows = self._db.execute(
            "select channel, version, issued_at from folders order by channel"
        ).fetchall()
        return tuple(
            FilesVersion(
                channel=channel,
                version=version,
                issued_at=datetime.fromisoformat(issued_at),
                names=tuple(
                    name
                    for (name,) in self._db.execute(
                        "select name from files where channel = ? order by name", [channel]
                    )
                ),
            )
            for channel, version, issued_at in rows
        )

    def lists(self) -> tuple[ListVersion, ...]:
        """Every list in force; that of lost documents, if there is one, comes last."""
        rows = self._db.execute(
            "select list_id, version, issued_at, alerts from lists order by list_id"
        )
        lists = [
            ListVersion(
                list_id=list_id,
                version=version,
                issued_at=datetime.fromisoformat(issued_at),
                alerts=alerts,
            )
            for list_id, version, issued_at, alerts in rows
        ]
        if documents := self.lost_documents.in_force():
            lists.append(
                ListVersion(
                    list_id=DOCUMENTS,
                    version=documents.version,
                    issued_at=documents.issued_at,
                    alerts=documents.numbers,
                )
            )
        return tuple(lists)

    def alert(self, list_id: str, alert_id: str) -> Alert | None:
        if list_id == DOCUMENTS:
            state, _, number = alert_id.partition("-")
            is_gone = self.lost_documents.in_force() and not self.lost_documents.look_up(
                state, number
            )
            return None if is_gone else alert_of(state, number)
        row = self._db.execute(
            "select body from alerts where list_id = ? and alert_id = ?",
            [list_id, alert_id],
        ).fetchone()
        return decode(row[0]) if row else None

    # What screening looks up: `checkpoint_client.watchlist.index.Index`.

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        self._db.conn.execute("begin")
        try:
            yield
        finally:
            self._db.conn.rollback()

    def people(self) -> int:
        return int(self._db.execute("select coalesce(sum(people), 0) from lists").fetchone()[0])

    def bearers(self, forms: Collection[str]) -> dict[str, int]:
        rows = self._db.execute(
            "select form, sum(alerts) from forms"
            " where form in (select value from json_each(?)) group by form",
            [_array(forms)],
        )
        return dict(rows.fetchall())

    def numbered(self, kind: NumberKind, number: str) -> list[tuple[int, str]]:
        return list(
            self._db.execute(
                "select alert, state from numbers where kind = ? and number = ?", [kind, number]
            ).fetchall()
        )

    def born_on(self, days: Collection[int]) -> list[Posting]:
        return list(
            self._db.execute(
                "select 0, day, alert, sketch from births"
                " where day in (select value from json_each(?))",
                [_array(days)],
            )
        )

    def named(self, keys: Collection[int], births: Collection[range]) -> list[Posting]:
        return list(
            self._db.execute(
                "select words.key, born, alert, sketch from json_each(?1) as wanted"
                " cross join json_each(?2) as births cross join words"
                " where words.key = wanted.value"
                " and born between births.value ->> 0 and births.value ->> 1",
                [_array(keys), _array([(each.start, each.stop - 1) for each in births])],
            )
        )

    def begins(self, first: int, last: int, births: range) -> list[Posting]:
        return list(
            self._db.execute(
                "select key, born, alert, sketch from words where key between ? and ?"
                " and born between ? and ?",
                [first, last, births.start, births.stop - 1],
            )
        )

    def namesakes(self, key: int, other: int) -> int:
        row = self._db.execute(
            "select count(distinct alert) from words where key = ?2"
            " and alert in (select alert from words where key = ?1)",
            [key, other],
        ).fetchone()
        return int(row[0])

    def cards(self, numbers: Sequence[int]) -> list[Card]:
        rows = self._db.execute(
            "select number, body, names from alerts"
            " where number in (select value from json_each(?))",
            [_array(numbers)],
        )
        return [Card(number, decode(body), unpacked(names)) for number, body, names in rows]

    def _bring_up_to_date(self) -> None:
        known = {
            step.__name__ for step in (m001_lists, m002_results_and_files, m003_words_by_birth_date)
        }
        if {step.name for step in steps.applied(self._db)} - known:
            raise NewerFile(self._path)
        steps.apply(self._db)
        self.lost_documents.bring_up_to_date()
        self._fold_again()

    def _fold_again(self) -> None:
        """Lists folded by another version of the program would not be found by this one."""
        stale = self._db.execute("select number from lists where folding != ?", [FOLDING])
        for (list_number,) in stale.fetchall():
            with self._db.atomic():
                self._take_traces(list_number)
                last = 0
                while rows := self._db.execute(
                    "select number, body from alerts where list = ? and number > ?"
                    " order by number limit ?",
                    [list_number, last, _AT_ONCE],
                ).fetchall():
                    found = [(n, traces(decode(body))) for n, body in rows]
                    self._each(
                        "update alerts set names = ? where number = ?",
                        [(of.names, n) for n, of in found],
                    )
                    self._put_traces(list_number, found)
                    last = rows[-1][0]
                self._db.execute(
                    "update lists set folding = ? where number = ?", [FOLDING, list_number]
                )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with self._db.atomic():
                yield
        except FileError as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                raise BrokenOff from None
            unusable = as_unusable(error)
            if unusable is error:
                raise
            raise unusable from None

    def _settle(self, list_number: int, list_id: str, total: int, result: str | None) -> None:
        """The last step before a list goes live: is it the one that was signed?"""
        came_out = digest.text(total)
        if result is not None and came_out != result:
            raise WrongResult(list_id)
        self._db.execute("update lists set result = ? where number = ?", [came_out, list_number])

    def _sum_of(self, list_number: int) -> int:
        """Of a list that came before results were kept."""
        rows = self._db.execute("select body from alerts where list = ?", [list_number])
        return digest.of_lines(bytes(body) for (body,) in rows)

    def _take_out(self, list_id: str) -> None:
        row = self._db.execute("select number from lists where list_id = ?", [list_id]).fetchone()
        if not row:
            return
        self._take_traces(row[0])
        self._db.execute("delete from alerts where list = ?", row)
        self._db.execute("delete from lists where number = ?", row)

    def _take_traces(self, list_number: int) -> None:
        for statement in (
            "delete from births where alert in (select number from alerts where list = ?)",
            "delete from words where alert in (select number from alerts where list = ?)",
            "delete from numbers where alert in (select number from alerts where list = ?)",
            "delete from forms where list = ?",
        ):
            self._db.execute(statement, [list_number])

    def _take_away(self, list_number: int, ids: Iterable[AlertId]) -> list[bytes]:
        """Single alerts of a list with all their traces, which their lines tell; these lines."""
        rows = self._db.execute(
            "select number, body from json_each(?) as ids cross join alerts"
            " where list_id = ids.value ->> 0 and alert_id = ids.value ->> 1 and list = ?",
            [_array(dict.fromkeys(ids)), list_number],
        ).fetchall()
        alerts = [(number, decode(body)) for number, body in rows]
        found = [(number, traces(alert)) for number, alert in alerts]
        self._each(
            "delete from births where day = ? and alert = ?",
            sorted((day, n) for n, of in found for day in filter(is_day, of.births)),
        )
        self._each(
            "delete from words where key = ? and born = ? and alert = ?",
            sorted((key, born, n) for n, of in found for key in of.keys for born in of.births),
        )
        self._each(
            "delete from numbers where kind = ? and number = ? and alert = ?",
            sorted((int(kind), written, n) for n, of in found for kind, written, _ in of.numbers),
        )
        bearers = Counter(form for _, of in found for form in of.forms)
        fewer = sorted((form, list_number, count) for form, count in bearers.items())
        self._each("update forms set alerts = alerts - ?3 where form = ?1 and list = ?2", fewer)
        self._each(
            "delete from forms where form = ? and list = ? and alerts = 0",
            [(form, list_number) for form, list_number, _ in fewer],
        )
        self._each("delete from alerts where number = ?", [(n,) for n, _ in found])
        people = sum(1 for _, alert in alerts if alert.names)
        self._db.execute(
            "update lists set alerts = alerts - ?, people = people - ? where number = ?",
            [len(found), people, list_number],
        )
        return [bytes(body) for _, body in rows]

    def _put_in(self, list_number: int, listed: list[tuple[bytes, Alert]]) -> None:
        first = self._db.execute("select coalesce(max(number), 0) + 1 from alerts").fetchone()[0]
        found = [(n, self._traces(alert)) for n, (_, alert) in enumerate(listed, first)]
        try:
            self._each(
                "insert into alerts (number, list, list_id, alert_id, body, names)"
                " values (?, ?, ?, ?, ?, ?)",
                [
                    (n, list_number, alert.list_id, alert.id, line, of.names)
                    for (n, of), (line, alert) in zip(found, listed, strict=True)
                ],
            )
        except FileError as error:
            if "UNIQUE" in str(error):
                raise TwiceListed from None
            raise
        self._put_traces(list_number, found)
        people = sum(1 for _, alert in listed if alert.names)
        self._db.execute(
            "update lists set alerts = alerts + ?, people = people + ? where number = ?",
            [len(listed), people, list_number],
        )

    def _traces(self, alert: Alert) -> Traces:
        """Most of the time goes here, where SQLite cannot ask whether to go on."""
        if self._is_unwanted():
            raise BrokenOff
        return traces(alert)

    def _put_traces(self, list_number: int, found: list[tuple[int, Traces]]) -> None:
        """Sorted, because a tree in an encrypted file grows fastest from one side."""
        self._each(
            "insert into births values (?, ?, ?)",
            sorted(
                (day, n, _signed(of.sketch)) for n, of in found for day in filter(is_day, of.births)
            ),
        )
        self._each(
            "insert into words values (?, ?, ?, ?)",
            sorted(
                (key, born, n, _signed(of.sketch))
                for n, of in found
                for key in of.keys
                for born in of.births
            ),
        )
        self._each(
            "insert into numbers values (?, ?, ?, ?)",
            sorted(
                (int(kind), written, n, state)
                for n, of in found
                for kind, written, state in of.numbers
            ),
        )
        bearers = Counter(form for _, of in found for form in of.forms)
        self._each(
            "insert into forms (form, list, alerts) values (?, ?, ?)"
            " on conflict (form, list) do update set alerts = alerts + excluded.alerts",
            sorted((form, list_number, alerts) for form, alerts in bearers.items()),
        )

    def _each(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        self._db.conn.executemany(statement, rows)


def _batches(alerts: Iterable[Listed]) -> Iterator[list[tuple[bytes, Alert]]]:
    """A short list must not fill the memory, a long one is built fastest from large batches."""
    remaining, count = iter(alerts), _FEW_AT_ONCE
    while batch := [_as_listed(each) for each in islice(remaining, count)]:
        yield batch
        count = min(2 * count, _AT_ONCE)


def _as_listed(each: Listed) -> tuple[bytes, Alert]:
    return (each, decode(each)) if isinstance(each, bytes) else (encode(each), each)


def _signed(sketch: int) -> int:
    """SQLite has no unsigned 64 bits. Reading needs no way back: `&` with a mask gives the same."""
    return sketch - (1 << 64) if sketch >> 63 else sketch


def _array(values: Collection[object]) -> str:
    """For `json_each`: SQLite takes no list as a parameter."""
    return msgspec.json.encode(list(values)).decode()
