"""What encryption, chain and signatures cost beside the same library without any of them.

A range is read in both shapes the program has: short lines (the log) and whole entries, as sync and
proofs read them. Encryption shows most in the bytes alone: a page decrypted carries one at most.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import Origin
from checkpoint_client.specimen import recorded
from checkpoint_client.specimen.recorded import Crossing
from checkpoint_client.store import Store
from checkpoint_client.store.engine import KEY_BYTES, connect
from checkpoint_client.store.journal import Journals
from tests.bench import COMMIT_P99, COMMIT_RATIO, POINT_READ, RANGE_READ, TEXT_READ, Promise, Row

KEY = bytearray(range(KEY_BYTES))
EARLIER = 10_000
COMMITS = 500
READS = 2_000
RANGES = 200
RANGE_ROWS = 1_000
# Smaller than the file, or nothing would be decrypted after the first round.
CACHE_KIB = 2_000
TABLES = ("entries", "records", "checks", "documents", "national_numbers")
LETTERS = 3
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same rows twice: encrypted, and in the same library without a key."""

    store: Store
    encrypted: sqlcipher.Connection
    plain: sqlcipher.Connection


def rows() -> list[Row]:
    random = Random(9303)
    crossings = recorded.crossings(random, NOON)
    with TemporaryDirectory() as folder:
        records = Path(folder, "records.db")
        with (
            closing(_store(records)) as store,
            closing(connect(records, KEY).conn) as encrypted,
            closing(_plain(Path(folder, "plain.db"), encrypted)) as plain,
        ):
            pair = Pair(store, encrypted, plain)
            with store.together():
                for crossing in islice(crossings, EARLIER):
                    store.append(crossing.check)
            _copy(pair, 0)
            commits = _commit_rows(pair, islice(crossings, COMMITS))
            return [*commits, *_read_rows(pair, random)]


def _commit_rows(pair: Pair, crossings: Iterator[Crossing]) -> list[Row]:
    signed, bare = [], []
    for number, crossing in enumerate(crossings):
        signed.append(_took(partial(pair.store.append, crossing.check)))
        bare.append(_copy(pair, EARLIER + number))
    ratio = median(signed) / median(bare)
    slow = sorted(signed)[COMMITS * 99 // 100]
    return [
        _row(COMMIT_RATIO, f"{ratio:.2f} × ({median(signed) * 1e3:.2f} ms)", COMMITS, ratio <= 1.6),
        _row(COMMIT_P99, f"{slow * 1e3:.2f} ms", COMMITS, slow <= 0.010),
    ]


def _read_rows(pair: Pair, random: Random) -> list[Row]:
    ids = [row[0] for row in pair.plain.execute("select id from checks")]
    for connection in (pair.encrypted, pair.plain):
        connection.execute(f"pragma cache_size = -{CACHE_KIB}")
    point = _ratio(
        pair,
        "select record from records where id = ?",
        [[random.choice(ids)] for _ in range(READS)],
    )
    times = [row[0] for row in pair.plain.execute("select at from checks order by at")]
    lines = _ratio(
        pair,
        f"select * from checks where at >= ? order by at limit {RANGE_ROWS}",  # noqa: S608
        [[random.choice(times[:-RANGE_ROWS])] for _ in range(RANGES)],
    )
    bodies = _ratio(
        pair,
        f"select body from entries where origin = 1 and position > ? limit {RANGE_ROWS}",  # noqa: S608
        [[random.randrange(EARLIER - RANGE_ROWS)] for _ in range(RANGES)],
    )
    entries = _in_turn(
        pair, _entries, [[random.randrange(EARLIER - RANGE_ROWS)] for _ in range(RANGES)]
    )
    names = [row[0] for row in pair.plain.execute("select name from checks")]
    words = _ratio(
        pair,
        "select id from search where words match ? limit 50",
        [[f'"{random.choice(names)[:LETTERS]}"*'] for _ in range(READS // 4)],
    )
    return [
        _row(POINT_READ, f"{point:.2f} ×", READS, point <= 2.6),
        _row(RANGE_READ, f"lines of the log: {lines:.2f} ×", RANGES, lines <= 2.2),
        _row(RANGE_READ, f"whole entries: {entries:.2f} ×", RANGES, entries <= 2.2),
        _row(RANGE_READ, f"bytes of bodies: {bodies:.2f} ×", RANGES, bodies <= 2.2),
        _row(TEXT_READ, f"{words:.2f} ×", READS // 4, words <= 1.2),
    ]


def _ratio(pair: Pair, query: str, asked: list[list[Any]]) -> float:
    return _in_turn(pair, partial(_ask, query), asked)


def _in_turn(
    pair: Pair, read: Callable[[sqlcipher.Connection, list[Any]], None], asked: list[list[Any]]
) -> float:
    """How much longer the encrypted file takes, both asked the same in turn."""
    times: dict[sqlcipher.Connection, list[float]] = {pair.encrypted: [], pair.plain: []}
    for values in asked:
        for connection, taken in times.items():
            taken.append(_took(partial(read, connection, values)))
    return median(times[pair.encrypted]) / median(times[pair.plain])


def _ask(query: str, connection: sqlcipher.Connection, values: list[Any]) -> None:
    connection.execute(query, values).fetchall()


def _entries(connection: sqlcipher.Connection, values: list[Any]) -> None:
    from sqlite_utils import Database  # only behind the store, see its engine

    journals = Journals(Database(connection, execute_plugins=False))
    for _entry in journals.after(1, values[0], RANGE_ROWS):
        pass


def _copy(pair: Pair, after: int) -> float:
    """Write the rows behind a position into the plain file, durably; how long that took."""
    new = [(table, _new_rows(pair.encrypted, table, after)) for table in TABLES]
    words = pair.encrypted.execute(
        "select id, words from search where id in (select id from records where position > ?)",
        [after],
    ).fetchall()

    def write() -> None:
        with pair.plain:
            pair.plain.execute("begin immediate")
            for table, found in new:
                for row in found:
                    marks = ", ".join("?" * len(row))
                    pair.plain.execute(f"insert into {table} values ({marks})", row)  # noqa: S608
            for row in words:
                pair.plain.execute("insert into search values (?, ?)", row)

    return _took(write)


def _new_rows(connection: sqlcipher.Connection, table: str, after: int) -> list[tuple[object, ...]]:
    conditions = {
        "entries": "position > ?",
        "records": "position > ?",
        "checks": "id in (select id from records where position > ?)",
        "documents": "check_id in (select id from records where position > ?)",
        "national_numbers": "check_id in (select id from records where position > ?)",
    }
    query = f"select * from {table} where {conditions[table]}"  # noqa: S608  our own names
    found: list[tuple[object, ...]] = connection.execute(query, [after]).fetchall()
    return found


def _store(path: Path) -> Store:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    return Store(
        path,
        KEY,
        origin=Origin("utopia", "osh-01", 1),
        public=key.public_key().public_bytes_raw(),
        sign=key.sign,
        clock=Clock(),
    )


def _plain(path: Path, like: sqlcipher.Connection) -> sqlcipher.Connection:
    """The same tables, indexes and settings, without triggers, key, chain and signatures."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    for setting in ("journal_mode", "synchronous", "cache_size", "temp_store", "secure_delete"):
        [value] = like.execute(f"pragma {setting}").fetchone()
        connection.execute(f"pragma {setting} = {value}")
    for statement in _schema(like):
        connection.execute(statement)
    return connection


def _schema(connection: sqlcipher.Connection) -> Iterator[str]:
    found = connection.execute(
        "select sql from sqlite_master where sql is not null and type <> 'trigger'"
        " and name not like 'search\\_%' escape '\\'"
        " and tbl_name not like '%sqlite%' order by rowid"
    )
    for (statement,) in found.fetchall():
        yield statement
    yield "insert into search (search, rank) values ('secure-delete', 1)"


def _took(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _row(promise: Promise, measured: str, n: int, met: bool) -> Row:
    return Row(what=promise.what, goal=promise.goal, measured=measured, n=n, met=met)
