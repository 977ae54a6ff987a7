"""What the centre keeps: workstations, their journals entry by entry, and what is odd beside them.

Nothing that a workstation sent is ever overwritten. Every key begins with the workstation, so that
the tables can be spread over several machines by it (as Citus does), and on PostgreSQL entries are
parted by the month in their id, so that old months can be moved or detached.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from sqlite3 import Connection as SqliteConnection
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from sync.server.migrations import NEWEST, STEPS

EPOCH_BYTES: Final = 16
CONNECTIONS: Final = 10
"""That a process keeps open, and half as many more for a moment."""

MONTHS_AHEAD: Final = 3

NO_ANSWER: Final = (sa.exc.OperationalError, sa.exc.TimeoutError, psycopg.OperationalError)
"""What is raised while the database is away; a stream of rows raises the driver's own."""


def is_full(error: BaseException | None) -> bool:
    """Whether one of `NO_ANSWER` says that the database has no room left on its disk."""
    while error is not None:
        if isinstance(error, psycopg.errors.DiskFull):
            return True
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
            return True
        error = error.__cause__
    return False


class NotOurs(Exception):
    """The database holds no ledger, or one that this version cannot read: one plain sentence."""


class EpochCause(StrEnum):
    """Why the ledger's memory is not that of before."""

    NEW = "new"
    TOLD = "told"
    """The staff said that the database had been put back."""
    NOTICED = "noticed"
    """A workstation has an answer of ours that the ledger knows nothing of."""


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, whole microseconds; SQLite would forget the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData()

ledger_version = sa.Table(
    "ledger_version", metadata, sa.Column("version", sa.Integer, primary_key=True)
)

epoch = sa.Table(
    "epoch",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("because", sa.Text),  # see EpochCause
)

NEWEST_EPOCH: Final = sa.select(epoch.c.value).order_by(epoch.c.number.desc()).limit(1)

token = sa.Table(
    "token",
    metadata,
    sa.Column("id", sa.LargeBinary, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),  # the secret is derived, see Keys.token
    sa.Column("post", sa.Text, nullable=False),
    sa.Column("post_name", sa.Text, nullable=False),
    sa.Column("issued_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("used_at", Moment),
    sa.Column("workstation", sa.Text),
)

workstation = sa.Table(
    "workstation",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("deployment", sa.Text, nullable=False),
    sa.Column("post", sa.Text, nullable=False),
    sa.Column("post_name", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("signing_key", sa.LargeBinary, nullable=False),
    sa.Column("receive_key", sa.LargeBinary, nullable=False),
    sa.Column("epoch", sa.LargeBinary, nullable=False),
    sa.Column("counter", sa.BigInteger, nullable=False),
    sa.Column("ratchet_issued", sa.LargeBinary, nullable=False),
    sa.Column("ratchet_presented", sa.LargeBinary, nullable=False),
    sa.Column("enrolled_at", Moment, nullable=False),
    sa.Column("last_contact", Moment),
    sa.Column("client", sa.Text, nullable=False),
    sa.Column("waiting", sa.BigInteger),  # entries, as the last contact left them there
    sa.Column("waiting_checks", sa.BigInteger),  # among them
    sa.Column("have", sa.LargeBinary),  # msgpack: versions of reference data it has
    sa.Column("revoked_at", Moment),
    sa.Column("revoked_because", sa.Text),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("key_since", sa.BigInteger, nullable=False),  # as of its present keys
)

device_key = sa.Table(
    "device_key",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    # The incarnation of the first journal that they sign.
    sa.Column("since", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("signing_key", sa.LargeBinary, nullable=False),
    sa.Column("receive_key", sa.LargeBinary, nullable=False),
    sa.Column("issued_at", Moment, nullable=False),
    sa.Column("heard", sa.Boolean, nullable=False),  # whether they have been used
)

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("incarnation", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("held", sa.BigInteger, nullable=False),
    sa.Column("head", sa.LargeBinary, nullable=False),
    sa.Column("head_signature", sa.LargeBinary, nullable=False),
    sa.Column("backed_up", sa.BigInteger, nullable=False),
)

entry = sa.Table(
    "entry",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("incarnation", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    # Of the id: 202611. In the key because PostgreSQL wants it there; one position has one month.
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("algorithm", sa.SmallInteger, nullable=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
    sa.Column("head", sa.LargeBinary, nullable=False),
    sa.Column("salt", sa.LargeBinary),
    sa.Column("body", sa.LargeBinary),
    sa.Column("signatures", sa.LargeBinary, nullable=False),  # msgpack list[WireSignature]
    sa.Column("received_at", Moment, nullable=False),
    postgresql_partition_by="range (month)",
)

reply = sa.Table(
    "reply",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("request_id", sa.LargeBinary, primary_key=True),
    sa.Column("counter", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

preview = sa.Table(
    "preview",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("incarnation", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
    sa.Column("salt", sa.LargeBinary),
    sa.Column("body", sa.LargeBinary),
    sa.Column("received_at", Moment, nullable=False),
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("incarnation", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
)

fork = sa.Table(
    "fork",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("incarnation", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("head", sa.LargeBinary, primary_key=True),
    sa.Column("algorithm", sa.SmallInteger, nullable=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
    sa.Column("salt", sa.LargeBinary),
    sa.Column("body", sa.LargeBinary),
    sa.Column("signatures", sa.LargeBinary, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
)

evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, primary_key=True),
    sa.Column("head", sa.LargeBinary, primary_key=True),
    sa.Column("request", sa.LargeBinary, nullable=False),  # as received, signature included
    sa.Column("received_at", Moment, nullable=False),
)

alarm = sa.Table(
    "alarm",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("incarnation", sa.BigInteger, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("raised_at", Moment, nullable=False),
)

volume = sa.Table(
    "volume",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("day", sa.Text, primary_key=True),  # 2026-11-24, the post's own
    sa.Column("what", sa.Text, primary_key=True),  # a kind, or of a check its decision
    sa.Column("count", sa.BigInteger, nullable=False),
)

projected = sa.Table(
    "projected",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("incarnation", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("position", sa.BigInteger, nullable=False),
)

crossing = sa.Table(
    "crossing",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("check_id", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),  # of the document
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("day", sa.Integer, nullable=False),  # from 1970-01-01 on, the post's own
    sa.Column("enters", sa.Boolean, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("stands", sa.Boolean, nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False),  # of the first word about it, 0 for none
    sa.Column("word", sa.BigInteger, nullable=False),  # of the last one
    sa.Index("crossing_by_word", "word"),
    sa.Index("crossing_by_check", "check_id"),
)

crossing_effect = sa.Table(
    "crossing_effect",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("check_id", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("said", sa.LargeBinary, nullable=False),  # msgpack: what it says of the check
    sa.Index("crossing_effect_by_check", "check_id"),
)

attachment = sa.Table(
    "attachment",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("incarnation", sa.BigInteger, nullable=False),  # of the entry that names it
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("held", sa.BigInteger, nullable=False),  # bytes from its beginning
    sa.Column("received_at", Moment),  # when the last byte came and the hash was right
    sa.Index("attachment_by_received", "workstation", "received_at"),
)

attachment_part = sa.Table(
    "attachment_part",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("start", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("content", sa.LargeBinary, nullable=False),  # ciphertext
)

wipe = sa.Table(
    "wipe",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("serial", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("signed", sa.LargeBinary, nullable=False),  # a SignedOrder, as it travels
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("put_out_at", Moment, nullable=False),
    sa.Column("withdrawn_at", Moment),
    sa.Column("step", sa.Text),  # as the workstation last reported it, see WipeState
    sa.Column("told_at", Moment),  # when its last report came
    sa.Column("report", sa.LargeBinary),  # signed by the workstation, kept as evidence
)

generation = sa.Table(
    "generation",
    metadata,
    sa.Column("post", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("revoked", sa.LargeBinary, nullable=False),  # a statement of ours, see post.Revoked
)

supervised = sa.Table(  # where a supervisor may work, as the staff says: see role_keys
    "supervised",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("since", Moment, nullable=False),
)

acceptance = sa.Table(
    "acceptance",
    metadata,
    sa.Column("workstation", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("first_person", sa.Text, nullable=False),
    sa.Column("second_person", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("incarnation", sa.BigInteger, nullable=False),
    sa.Column("first", sa.BigInteger, nullable=False),
    sa.Column("last", sa.BigInteger, nullable=False),
)

erasure = sa.Table(
    "erasure",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("entries", sa.BigInteger, nullable=False),
)

disclosure = sa.Table(
    "disclosure",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("entries", sa.BigInteger, nullable=False),
)


class Ledger:
    """The database, SQLite or PostgreSQL by its address."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    @property
    def takes_many_writers(self) -> bool:
        """Whether several processes may write at the same time without waiting in one queue."""
        return self._engine.dialect.name == "postgresql"

    def require_empty(self) -> None:
        """Raises `NotOurs` if a ledger is there already."""
        if sa.inspect(self._engine).has_table(workstation.name):
            raise NotOurs("This database holds a ledger already.")

    def create(self, *, now: datetime) -> None:
        """Make the tables in an empty database, all or none. Raises `NotOurs`."""
        self.require_empty()
        with self.writing() as connection:
            metadata.create_all(connection)
            connection.execute(sa.insert(ledger_version).values(version=NEWEST))
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("create table entry_other partition of entry default")
            begin_epoch(connection, EpochCause.NEW, after=b"", now=now)
        self.begin_months(now=now)

    def is_untouched(self) -> bool:
        """Whether the tables are those of this program, and nobody was ever let in."""
        if not sa.inspect(self._engine).has_table(workstation.name):
            return False
        self.check()
        with self.reading() as connection:
            return not any(
                connection.scalar(sa.select(sa.literal(1)).select_from(table).limit(1))
                for table in (token, workstation)
            )

    def check(self) -> None:
        """Raises `NotOurs` unless the tables are there, in the version of this program."""
        version = self.version()
        if version < NEWEST:
            raise NotOurs(
                f"The ledger has version {version}, this program works with {NEWEST}: make a backup"
                " and run `checkpoint-server upgrade`."
            )

    def version(self) -> int:
        """Raises `NotOurs` where there is no ledger, or a later program's."""
        if not sa.inspect(self._engine).has_table(ledger_version.name):
            raise NotOurs("This database holds no ledger: run `checkpoint-server init` first.")
        with self.reading() as connection:
            version = connection.scalar(sa.select(sa.func.max(ledger_version.c.version))) or 0
        if version > NEWEST:
            raise NotOurs(
                f"The ledger has version {version}, this program knows {NEWEST}:"
                " install the program that belongs to it."
            )
        return version

    def upgrade(self, *, now: datetime) -> int:
        """Bring the tables to this program's version; how many steps it took."""
        before = self.version()
        for number, step in enumerate(STEPS[before - 1 :], start=before + 1):
            with self.writing() as connection:
                step(connection)
                connection.execute(sa.insert(ledger_version).values(version=number))
        self.begin_months(now=now)
        return NEWEST - before

    def begin_months(self, *, now: datetime) -> None:
        """Make room for this month's entries and the next ones'; the others share a table."""
        with self.writing() as connection:
            if connection.dialect.name != "postgresql":
                return
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({_MONTHS_LOCK})")
            for month, after in _months_from(now):
                shared = sa.select(sa.literal(1)).where(entry.c.month == month).limit(1)
                if connection.scalar(shared) is None:
                    connection.exec_driver_sql(
                        f"create table if not exists entry_{month} partition of entry"
                        f" for values from ({month}) to ({after})"
                    )

    def begin_epoch(self, *, now: datetime) -> bool:
        """The staff say that the database was put back; False if nobody was heard since they or
        a workstation said so last.
        """
        with self.writing() as connection:
            newest = newest_epoch(connection)
            since = connection.scalar(sa.select(epoch.c.because).where(epoch.c.value == newest))
            heard = sa.select(sa.literal(1)).where(workstation.c.epoch == newest).limit(1)
            if since in (EpochCause.TOLD, EpochCause.NOTICED) and not connection.scalar(heard):
                return False
            begin_epoch(connection, EpochCause.TOLD, after=newest, now=now)
        return True

    def epoch(self) -> bytes:
        with self.reading() as connection:
            return newest_epoch(connection)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction: all of it is kept, or nothing."""
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view that keeps no writer waiting."""
        with self._engine.execution_options(checkpoint_reading=True).begin() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()


def newest_epoch(connection: sa.Connection) -> bytes:
    return bytes(connection.execute(NEWEST_EPOCH).scalar_one())


def begin_epoch(
    connection: sa.Connection, cause: EpochCause, *, after: bytes, now: datetime
) -> bytes:
    """From now on the ledger's memory is not that of before; the epoch that has begun.

    Another process that found the same may have begun it meanwhile: `after` is the one known here.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_EPOCH_LOCK})")
    newest = connection.execute(
        sa.select(epoch.c.number, epoch.c.value).order_by(epoch.c.number.desc()).limit(1)
    ).one_or_none()
    if newest is not None and bytes(newest.value) != after:
        return bytes(newest.value)
    value = os.urandom(EPOCH_BYTES)
    number = newest.number + 1 if newest else 1
    connection.execute(
        sa.insert(epoch).values(number=number, value=value, started_at=now, because=cause)
    )
    return value


@contextmanager
def opened(url: str) -> Iterator[Ledger]:
    """A ledger of this program's version, for as long as a command works. Raises `NotOurs`."""
    book = Ledger(url)
    try:
        book.check()
        yield book
    finally:
        book.close()


def _months_from(now: datetime) -> Iterator[tuple[int, int]]:
    """Months as in an entry, each with the one after it."""
    for ahead in range(MONTHS_AHEAD):
        years, month = divmod(now.month - 1 + ahead, 12)
        later, after = divmod(now.month + ahead, 12)
        yield (now.year + years) * 100 + month + 1, (now.year + later) * 100 + after + 1


def insert_rows(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]
) -> None:
    """Many rows with the same columns. PostgreSQL takes a stream: a third of the time."""
    if connection.dialect.name != "postgresql":
        connection.execute(sa.insert(table), rows)
        return
    columns = list(rows[0])
    names = ", ".join(columns)
    driver: Any = connection.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"copy {table.name} ({names}) from stdin (format binary)") as stream,
    ):
        stream.set_types([_COPIED_AS[type(table.c[column].type)] for column in columns])
        for row in rows:
            stream.write_row([row[column] for column in columns])


_SESSION: Final = " ".join(
    f"-c {each}"
    for each in (
        "lock_timeout=15s",  # a workstation's row that somebody forgot to let go
        "tcp_keepalives_idle=30",  # a server that lost its power holds no lock for hours
        "tcp_keepalives_interval=10",
        "tcp_keepalives_count=3",
    )
)

_MONTHS_LOCK: Final = 20_261_124  # any number, the same in every worker
_EPOCH_LOCK: Final = 20_261_125

_COPIED_AS: Final = {
    sa.Text: "text",
    sa.LargeBinary: "bytea",
    sa.BigInteger: "int8",
    sa.Integer: "int4",
    sa.SmallInteger: "int2",
    Moment: "timestamptz",
}


def _engine(url: str) -> sa.Engine:
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise NotOurs("A ledger lies in PostgreSQL (postgresql://...) or, without one, in SQLite.")
    return sa.create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS // 2,
        connect_args={
            "application_name": f"checkpoint-server {os.getpid()}",
            "options": _SESSION,
        },
        pool_pre_ping=True,  # a restarted database costs one look, not one refused contact
        hide_parameters=True,  # an error's text must not carry what officers wrote
    )


def _sqlite(address: sa.URL) -> sa.Engine:
    engine = sa.create_engine(address, hide_parameters=True, connect_args={"timeout": 30})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma secure_delete = on")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # Writers take the one lock at once: two contacts of a workstation follow each other.
        is_reading = connection.get_execution_options().get("checkpoint_reading", False)
        connection.exec_driver_sql("begin" if is_reading else "begin immediate")

    return engine
