"""Hits and refusals go ahead of a long journal, and the journal must bring the same ones."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from checkpoint_client.records.codes import Decision
from checkpoint_client.settings import Folder
from checkpoint_client.store import PREVIEWED
from sync import engine
from sync.protocol import Verdict, to_wire
from sync.server import journals, ledger
from sync.server.inspection import AHEAD_AT_MOST
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from tests.booth import Booth, Line, body_of, check
from tests.centre import RunningCentre
from tests.workstations import CentreHere, Direct, LostReply, Workstation, a_check


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    with closing(CentreHere(tmp_path / "centre")) as centre:
        yield centre


@pytest.fixture
def post(tmp_path: Path, centre: CentreHere) -> Iterator[Workstation]:
    folder = Folder(tmp_path / "workstation")
    with closing(Workstation(folder, centre.enrol(folder))) as post:
        yield post


@pytest.fixture
def link(centre: CentreHere, post: Workstation) -> Direct:
    return Direct(centre, post.device)


@pytest.fixture
def line(shared_centre: RunningCentre) -> Line:
    """A workstation of whose five checks the last came ahead of the others."""
    line = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    line.enrol()
    line.booth.write(*(check(f"N{number}") for number in range(5)))
    ahead = [to_wire(line.booth.journal[4])]
    assert line.send(line.booth.contact(most=1, previews=ahead)).verdict is Verdict.HELD
    return line


def long_journal(post: Workstation) -> None:
    """More than one batch, and a refusal at its end."""
    with post.store.together():
        for _ in range(engine.MOST_ENTRIES + 10):
            post.store.append(a_check())
        post.store.append(replace(a_check(), decision=Decision.REFUSED))


@contextmanager
def opened(centre: RunningCentre) -> Iterator[Ledger]:
    with closing(Ledger(CentreFolder(centre.folder).database)) as book:
        yield book


def rows(centre: RunningCentre, table: sa.Table, line: Line) -> list[Any]:
    with opened(centre) as book, book.reading() as connection:
        found = sa.select(table).where(table.c.workstation == line.booth.id)
        return list(connection.execute(found))


def test_a_refusal_goes_with_the_first_batch(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.settle(link)
    long_journal(post)

    post.contact(link)

    last = post.store.tip().position
    assert [each.position for each in link.contacts[-1].previews] == [last]
    assert len(centre.leaves(post.id)) < last
    with centre.ledger.reading() as connection:
        assert connection.scalar(sa.select(ledger.preview.c.position)) == last


def test_it_goes_ahead_once(post: Workstation, link: Direct) -> None:
    long_journal(post)
    post.contact(LostReply(link))
    post.contact(link)
    assert post.store.mark(PREVIEWED) == post.store.tip().position

    post.contact(link)

    assert [len(contact.previews) for contact in link.contacts] == [1, 1, 0]


def test_a_restored_centre_is_shown_it_once_more(
    tmp_path: Path, centre: CentreHere, post: Workstation, link: Direct
) -> None:
    centre.back_up(tmp_path / "copy.db")
    long_journal(post)
    post.contact(link)
    centre.restore(tmp_path / "copy.db")

    post.contact(link)
    post.contact(link)

    assert len(link.contacts[-1].previews) == 1
    post.settle(link)
    assert centre.leaves(post.id) == post.leaves()
    assert centre.alarms() == []


def test_the_centre_keeps_it_until_the_journal_has_come(
    shared_centre: RunningCentre, line: Line
) -> None:
    [ahead] = rows(shared_centre, ledger.preview, line)
    assert (ahead.position, bytes(ahead.body)) == (5, line.booth.journal[4].body)

    line.send(line.booth.contact(held=1))

    assert rows(shared_centre, ledger.preview, line) == []
    assert rows(shared_centre, ledger.alarm, line) == []


def test_a_journal_that_brings_another_one_is_an_alarm(
    shared_centre: RunningCentre, line: Line
) -> None:
    del line.booth.journal[4]
    line.booth.write_body(body_of(check("SOMEBODY ELSE")))

    reply = line.send(line.booth.contact(held=1))

    assert (reply.verdict, reply.held) == (Verdict.HELD, 5)
    [alarm] = rows(shared_centre, ledger.alarm, line)
    assert alarm.reason == journals.Reason.UNLIKE_PREVIEW
    assert len(rows(shared_centre, ledger.preview, line)) == 1


def test_one_that_the_journal_never_brings_is_said(
    shared_centre: RunningCentre, line: Line
) -> None:
    words = f"{line.booth.id}  urgent entry 5 of journal 1"
    assert words not in shared_centre.run("status")
    with opened(shared_centre) as book, book.writing() as connection:
        connection.execute(
            sa.update(ledger.preview)
            .where(ledger.preview.c.workstation == line.booth.id)
            .values(received_at=datetime.now(UTC) - AHEAD_AT_MOST - timedelta(hours=1))
        )

    assert words in shared_centre.run("status")
