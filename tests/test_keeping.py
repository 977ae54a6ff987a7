"""What the centre has in a backup, what it erases, and what it reads again after an upgrade."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from checkpoint_client.journal.body import decode
from sync.protocol import Verdict, to_wire
from sync.server import journals, ledger, projection
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.main import main
from tests.booth import Booth, Line, body_of, check
from tests.centre import RunningCentre

LONG_AGO = datetime.now(UTC) - timedelta(hours=2)
REASON = ("--reason", "Three years after the crossing")


@pytest.fixture
def line(shared_centre: RunningCentre) -> Line:
    """A workstation that has sent three checks."""
    line = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    line.enrol()
    line.booth.write(check("KVYXTOROV"), check("BERG"), check("CELIK"))
    line.send(line.booth.contact())
    return line


@contextmanager
def opened(centre: RunningCentre) -> Iterator[Ledger]:
    book = Ledger(CentreFolder(centre.folder).database)
    try:
        yield book
    finally:
        book.close()


def rows(centre: RunningCentre, table: sa.Table, workstation: str) -> list[Any]:
    with opened(centre) as book, book.reading() as connection:
        return list(connection.execute(sa.select(table).where(table.c.workstation == workstation)))


def received(centre: RunningCentre, line: Line, position: int, at: datetime) -> None:
    """As if the entries up to a position had come at another time."""
    entry = ledger.entry
    with opened(centre) as book, book.writing() as connection:
        connection.execute(
            sa.update(entry)
            .where(entry.c.workstation == line.booth.id, entry.c.position <= position)
            .values(received_at=at)
        )


def test_the_workstation_hears_what_is_in_a_backup(
    shared_centre: RunningCentre, line: Line
) -> None:
    received(shared_centre, line, 2, LONG_AGO)

    shared_centre.run("backed-up", "--began", (LONG_AGO + timedelta(hours=1)).isoformat())

    assert line.send(line.booth.contact(held=3)).backed_up == 2


def test_what_came_just_before_the_backup_began_does_not_count(
    shared_centre: RunningCentre, line: Line
) -> None:
    shared_centre.run("backed-up", "--began", datetime.now(UTC).isoformat())

    assert line.send(line.booth.contact(held=3)).backed_up == 0


def test_an_older_backup_moves_no_mark_back(shared_centre: RunningCentre, line: Line) -> None:
    received(shared_centre, line, 3, LONG_AGO)
    shared_centre.run("backed-up", "--began", (LONG_AGO + timedelta(hours=1)).isoformat())

    shared_centre.run("backed-up", "--began", (LONG_AGO - timedelta(hours=1)).isoformat())

    assert line.send(line.booth.contact(held=3)).backed_up == 3


def test_a_backup_of_tomorrow_is_refused(
    shared_centre: RunningCentre, capsys: pytest.CaptureFixture[str]
) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()

    assert main(["backed-up", "--data", str(shared_centre.folder), "--began", tomorrow]) == 2

    assert "has not come yet" in capsys.readouterr().err


def test_what_is_erased_leaves_its_place_in_the_journal(
    shared_centre: RunningCentre, line: Line
) -> None:
    shared_centre.run("erase", "--before", "2026-11-24", "--kind", "check", *REASON)

    kept = rows(shared_centre, ledger.entry, line.booth.id)
    assert [(row.body, row.salt) for row in kept] == [(None, None)] * 3
    assert [bytes(row.leaf) for row in kept] == [entry.leaf for entry in line.booth.journal]
    line.booth.write(check("AFTER"))
    reply = line.send(line.booth.contact(held=2))
    assert (reply.verdict, reply.held) == (Verdict.HELD, 4)
    assert "Three years after the crossing" in shared_centre.run("erase", "--past")


def test_branches_of_a_fork_are_erased_too(shared_centre: RunningCentre, line: Line) -> None:
    copy = line.booth.copy()
    del copy.journal[2:]
    copy.write(check("KVYXTOROV"))
    assert line.ask(copy.contact()).verdict is Verdict.FORK

    shared_centre.run("erase", "--before", "2026-11-24", "--kind", "check", *REASON)

    assert [row.body for row in rows(shared_centre, ledger.fork, line.booth.id)] == [None]


def test_what_came_ahead_of_its_journal_is_erased_too(
    shared_centre: RunningCentre, line: Line
) -> None:
    line.booth.write(check("FOURTH"), check("KVYXTOROV"))
    ahead = to_wire(line.booth.journal[4])
    line.send(line.booth.contact(held=3, most=1, previews=[ahead]))

    shared_centre.run("erase", "--before", "2026-11-24", "--kind", "check", *REASON)

    [kept] = rows(shared_centre, ledger.preview, line.booth.id)
    assert (kept.body, kept.salt) == (None, None)


def test_evidence_is_erased_only_when_that_is_said(
    shared_centre: RunningCentre, line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = line.booth.copy()
    del copy.journal[2:]
    copy.write(check("KVYXTOROV"))
    line.ask(copy.contact())
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}"

    shared_centre.run("erase", "--before", tomorrow, "--kind", "check", *REASON)

    [kept] = rows(shared_centre, ledger.evidence, line.booth.id)
    assert kept.request
    assert "--evidence erases them too" in capsys.readouterr().err
    said = shared_centre.run("erase", "--before", tomorrow, "--evidence", *REASON)
    [kept] = rows(shared_centre, ledger.evidence, line.booth.id)
    assert (kept.request, kept.reason) == (b"", journals.Reason.FORK)
    assert "their alarms stay" in said
    assert len(rows(shared_centre, ledger.alarm, line.booth.id)) == 1
    assert f"before={tomorrow} evidence" in shared_centre.run("erase", "--past")


@pytest.mark.parametrize(
    "wish", [("2026-11-23", "check"), ("2026-11-24", "hit")], ids=["younger", "another kind"]
)
def test_other_days_and_kinds_stay(
    shared_centre: RunningCentre, line: Line, wish: tuple[str, str]
) -> None:
    day, kind = wish

    shared_centre.run("erase", "--before", day, "--kind", kind, *REASON)

    assert all(row.body for row in rows(shared_centre, ledger.entry, line.booth.id))


def test_what_an_older_program_could_not_read_is_read_after_the_upgrade(
    shared_centre: RunningCentre, line: Line
) -> None:
    with opened(shared_centre) as book:
        projection.catch_up(book)
    as_an_older_program_left_it(shared_centre, line, 2)

    told = shared_centre.run("reread")

    assert told.startswith("1 entries in quarantine are understood now")
    assert rows(shared_centre, ledger.quarantine, line.booth.id) == []
    second = next(
        row for row in rows(shared_centre, ledger.entry, line.booth.id) if row.position == 2
    )
    assert (second.kind, second.id) == ("check", id_of(line, 2))
    [volume] = rows(shared_centre, ledger.volume, line.booth.id)
    assert volume.count == 3


def test_what_nobody_can_read_stays_in_quarantine(shared_centre: RunningCentre, line: Line) -> None:
    line.booth.write_body(body_of(check()).replace(b'"kind":"check"', b'"kind":"song"'))
    line.send(line.booth.contact(held=3))

    shared_centre.run("reread")

    [noted] = rows(shared_centre, ledger.quarantine, line.booth.id)
    assert (noted.position, noted.reason) == (4, journals.Oddity.UNKNOWN_KIND)


def as_an_older_program_left_it(centre: RunningCentre, line: Line, position: int) -> None:
    """An entry of a kind that it did not know, and so did not count."""
    entry, volume = ledger.entry, ledger.volume
    with opened(centre) as book, book.writing() as connection:
        connection.execute(
            sa.update(entry)
            .where(entry.c.workstation == line.booth.id, entry.c.position == position)
            .values(id=None, kind=None)
        )
        connection.execute(
            sa.insert(ledger.quarantine).values(
                workstation=line.booth.id,
                incarnation=1,
                position=position,
                reason=journals.Oddity.UNREADABLE_BODY,
                received_at=LONG_AGO,
            )
        )
        connection.execute(
            sa.update(volume)
            .where(volume.c.workstation == line.booth.id)
            .values(count=volume.c.count - 1)
        )


def id_of(line: Line, position: int) -> str:
    return decode(line.booth.journal[position - 1].body or b"").id
