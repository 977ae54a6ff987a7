"""The ledger: months of entries, upgrades of older tables, and keys that a cluster can spread."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from sync.protocol import ContactReply, EnrolReply
from sync.server import ledger
from sync.server.centre import Centre
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger, NotOurs
from sync.server.lost_documents import Register
from sync.server.migrations import NEWEST
from sync.server.shelf import Shelf
from tests.booth import NOON, Booth, Line, body_of, check
from tests.centre import RunningCentre, set_up

LEDGERS = Path(__file__).with_name("ledger")
SHARED_BY_ALL = {"token", "epoch", "ledger_version", "disclosure", "erasure", "generation"}
"""Small tables that Citus would copy to every machine."""


@pytest.fixture
def address(new_database: Callable[[], str | None], tmp_path: Path) -> str:
    return new_database() or f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def book(address: str) -> Iterator[Ledger]:
    with closing(Ledger(address)) as book:
        yield book


def as_released(book: Ledger, version: int) -> None:
    """The tables as that version made them, with a workstation and entries in them."""
    with book.writing() as connection:
        script = (LEDGERS / f"{version}.{connection.dialect.name}.sql").read_text()
        for statement in script.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        for position, month in ((1, 202611), (2, 197001), (3, 202612)):
            connection.execute(
                sa.text(
                    "insert into entry (workstation, incarnation, position, month, algorithm,"
                    " leaf, head, body, signatures, received_at)"
                    " values ('OSH-01-AAAA', 1, :position, :month, 1, :leaf, :leaf, :leaf, :leaf,"
                    " '2026-11-23 12:00:00+00:00')"
                ),
                {"position": position, "month": month, "leaf": bytes([position] * 32)},
            )


def test_an_older_ledger_is_not_served_until_it_is_upgraded(book: Ledger) -> None:
    as_released(book, 1)

    with pytest.raises(NotOurs, match="checkpoint-server upgrade"):
        book.check()
    book.upgrade(now=NOON)
    book.check()


def test_an_upgrade_keeps_every_entry_to_the_byte(book: Ledger) -> None:
    as_released(book, 1)
    with book.reading() as connection:
        before = connection.execute(
            sa.text("select position, month, leaf, body, received_at from entry order by position")
        ).all()

    assert book.upgrade(now=NOON) == NEWEST - 1

    with book.reading() as connection:
        after = connection.execute(
            sa.text("select position, month, leaf, body, received_at from entry order by position")
        ).all()
    assert [tuple(row) for row in after] == [tuple(row) for row in before]
    assert book.upgrade(now=NOON) == 0


def test_upgraded_tables_are_those_of_a_new_ledger(
    book: Ledger, new_database: Callable[[], str | None], tmp_path: Path
) -> None:
    as_released(book, 1)
    book.upgrade(now=NOON)

    with closing(Ledger(new_database() or f"sqlite:///{tmp_path / 'new.db'}")) as new:
        new.create(now=NOON)
        assert shape(book) == shape(new)


def shape(book: Ledger) -> dict[str, object]:
    """Columns, their types and keys, table by table."""
    with book.reading() as connection:
        seen = sa.inspect(connection)
        return {
            table: (
                {
                    column["name"]: (str(column["type"]), column["nullable"])
                    for column in seen.get_columns(table)
                },
                seen.get_pk_constraint(table)["constrained_columns"],
            )
            for table in ledger.metadata.tables
        }


def test_entries_lie_by_months_on_postgresql(postgres_book: Ledger) -> None:
    with postgres_book.reading() as connection:
        parts = set(
            connection.scalars(
                sa.text(
                    "select inhrelid::regclass::text from pg_inherits"
                    " where inhparent = 'entry'::regclass"
                )
            )
        )

    assert parts == {"entry_202611", "entry_202612", "entry_202701", "entry_other"}


def test_a_month_that_has_entries_among_the_others_stays_there(postgres_book: Ledger) -> None:
    row = {
        "workstation": "OSH-01-AAAA",
        "incarnation": 1,
        "position": 1,
        "month": 202703,
        "algorithm": 1,
        "leaf": bytes(32),
        "head": bytes(32),
        "signatures": b"",
        "received_at": NOON,
    }
    with postgres_book.writing() as connection:
        connection.execute(sa.insert(ledger.entry).values(row))

    postgres_book.begin_months(now=datetime(2027, 2, 1, tzinfo=UTC))

    with postgres_book.reading() as connection:
        assert connection.scalar(sa.text("select count(*) from entry_other")) == 1
        assert sa.inspect(connection).has_table("entry_202704")
        assert not sa.inspect(connection).has_table("entry_202703")


def test_a_contact_is_taken_whatever_month_its_entries_are_of(
    shared_centre: RunningCentre,
) -> None:
    """Dead clocks make ids of 1980 and 2038."""
    line = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    line.enrol()
    for year in (1980, 2026, 2038):
        line.booth.write_body(body_of(check(), at=datetime(year, 1, 5, tzinfo=UTC)))

    line.send(line.booth.contact())

    with closing(Ledger(database_of(shared_centre))) as book, book.reading() as connection:
        entry = ledger.entry.c
        months = sa.select(entry.month).where(entry.workstation == line.booth.id)
        assert list(connection.scalars(months.order_by(entry.position))) == [
            198001,
            202601,
            203801,
        ]


@pytest.fixture
def postgres_book(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    with closing(Ledger(request.getfixturevalue("postgres").new_database())) as book:
        book.create(now=NOON)
        yield book


# Citus: a distributed table's every unique key holds the distribution column, foreign keys follow
# it, and a statement that names its value goes to one machine.


def test_every_key_of_a_distributed_table_begins_with_its_workstation() -> None:
    for table in ledger.metadata.tables.values():
        if table.name in SHARED_BY_ALL:
            continue
        by = "id" if table is ledger.workstation else "workstation"
        assert next(iter(table.primary_key.columns)).name == by, table.name
        assert not [each for each in table.constraints if isinstance(each, sa.UniqueConstraint)]
        assert not table.foreign_keys, table.name
        assert not [index for index in table.indexes if index.unique], table.name


def test_a_contact_asks_one_workstations_rows_only(tmp_path: Path) -> None:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    centre = set_up(tmp_path / "centre")
    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        contacts_of_a_booth(centre)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)

    written = [each for each in said if re.match(r"(insert|update|delete|select)", each.lower())]
    assert len(written) > 10
    for statement in written:
        tables = set(re.findall(r"(?:from|into|update) (\w+)", statement.lower()))
        if tables <= SHARED_BY_ALL | {"pragma_table_info", "sqlite_master"}:
            continue
        names_it = re.search(
            r"workstation\.id = |\bworkstation = |\(workstation,|\(id, deployment", statement
        )
        assert names_it, statement


def contacts_of_a_booth(centre: RunningCentre) -> None:
    """Enrolment, two contacts and a fork, answered in this process."""
    folder = CentreFolder(centre.folder)
    (folder.path / "url").write_text("http://127.0.0.1:1")
    booth = Booth(centre.provisioning())
    with closing(Ledger(folder.database)) as book:
        answers = Centre(
            deployment=folder.deployment().name,
            ledger=book,
            keys=folder.keys(),
            shelf=Shelf(folder.reference),
            documents=Register(folder.documents),
        )
        request = booth.enrol_request()
        booth.take_enrolment(request, answers.enrol(request.body))
        assert booth.read(request, answers.enrol(request.body), EnrolReply)
        clone = booth.copy()
        for one in (booth, clone):
            one.write(check("ONE"), check("TWO"))
            contact = one.signed(one.contact())
            booth.take_reply(one.read(contact, answers.contact(contact.body), ContactReply))
            clone.take_reply(one.read(contact, answers.contact(contact.body), ContactReply))


def test_what_stays_behind_at_a_workstation_is_known(shared_centre: RunningCentre) -> None:
    line = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    line.enrol()
    line.booth.write(check("ONE"), check("TWO"), check("THREE"))

    line.send(line.booth.contact(most=1, waiting=2))

    with closing(Ledger(database_of(shared_centre))) as book, book.reading() as connection:
        workstation = ledger.workstation.c
        waiting = sa.select(workstation.waiting).where(workstation.id == line.booth.id)
        assert connection.scalar(waiting) == 2


def database_of(centre: RunningCentre) -> str:
    return CentreFolder(centre.folder).database
