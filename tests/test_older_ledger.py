"""A database that was put back, or a replica that lagged, and nobody told the centre."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from checkpoint_client.settings import Folder
from sync import engine
from sync.server import duty, inspection, ledger
from sync.server.ledger import EpochCause, Ledger
from sync.server.main import main
from sync.server.pages import duty_page
from sync.server.words import ENGLISH, Say
from tests.test_events import second_machine
from tests.workstations import CentreHere, Direct, LostReply, Workstation

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    with closing(CentreHere(tmp_path / "centre")) as centre:
        yield centre


@pytest.fixture
def post(tmp_path: Path, centre: CentreHere) -> Iterator[Workstation]:
    folder = Folder(tmp_path / "workstation")
    with closing(Workstation(folder, centre.enrol(folder))) as post:
        post.record("AALTO")
        post.settle(Direct(centre, post.device))
        yield post


@pytest.fixture
def link(centre: CentreHere, post: Workstation) -> Direct:
    return Direct(centre, post.device)


@pytest.fixture
def put_back(centre: CentreHere, post: Workstation, tmp_path: Path) -> Callable[[], None]:
    """The database as it was when the test began."""
    assert post.entries()
    copy = tmp_path / "copy.db"
    centre.back_up(copy)
    number = count()

    def go_back() -> None:
        again = tmp_path / f"again-{next(number)}.db"
        shutil.copyfile(copy, again)
        centre.go_on_with(f"sqlite:///{again}")

    return go_back


def epochs(book: Ledger) -> list[str]:
    """Why each began."""
    with book.reading() as connection:
        because = sa.select(ledger.epoch.c.because).order_by(ledger.epoch.c.number)
        return [str(each) for each in connection.scalars(because)]


def begun_at(centre: CentreHere) -> datetime:
    with centre.ledger.reading() as connection:
        began = sa.select(ledger.epoch.c.started_at).order_by(ledger.epoch.c.number)
        times: list[datetime] = list(connection.scalars(began))
    return times[-1]


def status(centre: CentreHere) -> list[str]:
    with centre.ledger.reading() as connection:
        return [*inspection.status(connection, now=datetime.now(UTC))]


def page(centre: CentreHere) -> str:
    with centre.ledger.reading() as connection:
        seen = duty.tonight(
            connection, newest_list=0, issued_at=lambda _version: None, now=datetime.now(UTC)
        )
    return duty_page("utopia", Say(ENGLISH), "DUTY", seen)


def is_whole(centre: CentreHere, post: Workstation) -> bool:
    return centre.leaves(post.id, post.incarnation) == post.leaves()


def test_it_is_noticed_at_the_first_contact(
    centre: CentreHere,
    post: Workstation,
    link: Direct,
    put_back: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    post.record("BERG")
    post.settle(link)
    put_back()

    with caplog.at_level(logging.WARNING):
        post.settle(link)

    assert epochs(centre.ledger) == [EpochCause.NEW, EpochCause.NOTICED]
    assert "ledger-is-older" in caplog.messages
    assert "NOTE  " in [*status(centre)][-1]
    assert f"Since {begun_at(centre):%Y-%m-%d %H:%M} UTC the database is" in page(centre)
    assert is_whole(centre, post)
    assert centre.alarms() == []


def test_a_database_that_forgot_nothing_begins_no_epoch(
    centre: CentreHere, post: Workstation, link: Direct, put_back: Callable[[], None]
) -> None:
    put_back()

    post.record("BERG")
    post.settle(link)

    assert epochs(centre.ledger) == [EpochCause.NEW]
    assert is_whole(centre, post)


def test_a_late_copy_of_a_request_is_answered_as_it_was(
    centre: CentreHere, post: Workstation, link: Direct, put_back: Callable[[], None]
) -> None:
    """Its answer is forgotten, the workstation works with it, and the ledger knows it again."""
    post.record("BERG")
    request = engine.next_request(post.store, post.device, have={})
    engine.confirm(post.store, post.device, link.contact(request.contact))
    put_back()

    link.contact(request.contact)
    post.record("CELIK")
    post.settle(link)

    assert centre.alarms() == []
    assert is_whole(centre, post)


def test_a_database_put_back_twice_is_noticed_twice(
    centre: CentreHere, post: Workstation, link: Direct, put_back: Callable[[], None]
) -> None:
    for name in ("BERG", "CELIK"):
        post.record(name)
        post.contact(LostReply(link))
        post.settle(link)
        put_back()

        post.settle(link)

        assert epochs(centre.ledger) == [EpochCause.NEW, EpochCause.NOTICED]
        assert is_whole(centre, post)
    assert centre.alarms() == []


def test_a_copied_disk_does_not_pass_for_a_database_put_back(
    centre: CentreHere, post: Workstation, link: Direct, tmp_path: Path
) -> None:
    with closing(second_machine(post, tmp_path)) as copy:
        for _ in range(2):
            post.record("OURS")
            post.settle(link)
            copy.record("THEIRS")
            copy.settle(Direct(centre, copy.device))

    assert "wrong-ratchet" in centre.alarms()
    assert epochs(centre.ledger) == [EpochCause.NEW]


def test_two_processes_that_notice_it_begin_one_epoch(
    new_database: Callable[[], str | None], tmp_path: Path
) -> None:
    address = new_database() or f"sqlite:///{tmp_path / 'ledger.db'}"
    with closing(Ledger(address)) as one, closing(Ledger(address)) as other:
        one.create(now=NOW)
        known = one.epoch()
        begun = []
        for book in (one, other):
            with book.writing() as connection:
                begun.append(
                    ledger.begin_epoch(connection, EpochCause.NOTICED, after=known, now=NOW)
                )

        assert begun[0] == begun[1] == one.epoch()
        assert len(epochs(other)) == 2


def test_saying_so_twice_does_no_harm(
    centre: CentreHere, post: Workstation, link: Direct, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for _ in range(2):
        assert main(["restored", "--data", str(centre.folder.path)]) == 0
        said.append(capsys.readouterr().out)
    post.record("BERG")
    post.settle(link)

    assert epochs(centre.ledger) == [EpochCause.NEW, EpochCause.TOLD]
    assert [each.partition(" ")[0] for each in said] == ["Noted.", "It"]
    assert is_whole(centre, post)
    assert centre.alarms() == []
