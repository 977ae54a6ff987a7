"""Screening on a thread of its own: asked ahead, answered once, and never in anybody's way."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_client.desk.lists import traveller_of
from checkpoint_client.desk.screening import Screening
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import Hit
from checkpoint_client.records.codes import HitOrigin, Role
from checkpoint_client.specimen.alerts import watchlist
from checkpoint_client.store.reference import Reference
from checkpoint_client.watchlist import Traveller, Visibility
from tests.counter import at_the_counter
from tests.post import NOON, Post, a_draft, an_alert, put_list, read_hits
from tests.test_sessions import open_files
from ui.late_hits import LateHitSearch

PATIENCE = 30
MANY = 300


def named(name: str) -> Traveller:
    return traveller_of(a_draft(primary_identifier=name))


class Waiting:
    """A screening thread that cannot open its lists before it is let go on."""

    def __init__(self, path: Path) -> None:
        self.go_on = Event()
        self.screening = Screening(self._open, lambda: NOON)
        self._path = path

    def _open(self) -> Reference:
        self.go_on.wait(PATIENCE)
        return Reference.open(self._path, bytearray(range(48)))


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Waiting]:
    waiting = Waiting(tmp_path / "reference.db")
    yield waiting
    waiting.go_on.set()
    waiting.screening.close()


def test_findings_take_what_was_asked_ahead(officer: SignedIn) -> None:
    put_list(officer, an_alert("A-1"))
    officer.first_line.ask_ahead(a_draft()).result(PATIENCE)
    ahead = officer.screening.latest

    [hit] = officer.first_line.findings(a_draft()).hits

    assert hit.alert_id == "A-1"
    assert officer.screening.latest is ahead


def test_the_decision_takes_what_the_findings_asked(officer: SignedIn) -> None:
    put_list(officer, an_alert("A-1"))
    read_hits(officer, a_draft())
    asked = officer.screening.latest

    check = officer.first_line.admit(a_draft(remarks="nothing to do with names")).value

    assert officer.screening.latest is asked
    assert [each.record.alert_id for each in officer.store.about(check.id, Hit)] == ["A-1"]


def test_a_new_list_is_asked_anew_and_the_check_says_which_it_was(officer: SignedIn) -> None:
    put_list(officer)
    officer.first_line.ask_ahead(a_draft()).result(PATIENCE)

    put_list(officer, an_alert("A-1", Visibility.SECOND_LINE), version=2)

    check = officer.first_line.admit(a_draft()).value
    assert [each.version for each in check.record.lists] == [2]
    assert [each.record.list_version for each in officer.store.about(check.id, Hit)] == [2]


def test_on_another_day_other_alerts_are_valid(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, an_alert("A-1", valid_until=NOON.date()))
        assert officer.first_line.findings(a_draft()).hits
        post.clock.forward(days=1)

        assert not officer.first_line.findings(a_draft()).hits


def test_who_is_asked_for_in_vain_is_dropped(waiting: Waiting) -> None:
    first = waiting.screening.ask(named("ERIKSSON"))
    second = waiting.screening.ask(named("ERIKSSOM"))
    third = waiting.screening.ask(named("ERIKSSON"))

    waiting.go_on.set()

    third.result(PATIENCE)
    assert second.cancelled()
    assert waiting.screening.latest
    assert waiting.screening.latest.traveller == named("ERIKSSON")
    assert first.cancelled() or first.done()


def test_the_same_traveller_is_compared_once_for_all_who_ask(waiting: Waiting) -> None:
    first = waiting.screening.ask(named("ERIKSSON"))

    assert waiting.screening.ask(named("ERIKSSON")) is first


def test_whoever_stands_at_the_counter_goes_before_earlier_crossings(officer: SignedIn) -> None:
    officer.reference.replace("watchlist", 1, NOON, watchlist(NOON.date()))
    earlier = officer.screening.ask_for_all([named(f"ERIKSSON{n}") for n in range(MANY)])

    officer.first_line.ask_ahead(a_draft()).result(PATIENCE)

    assert not earlier.done()
    assert len(earlier.result(PATIENCE)) == MANY


def test_locking_does_not_wait_for_earlier_crossings(post: Post) -> None:
    session = post.sign_in(Role.OFFICER)
    put_list(session, an_alert("A-1"))
    earlier = session.screening.ask_for_all([named(f"ERIKSSON{n}") for n in range(20_000)])

    post.leave(session)

    assert isinstance(earlier.exception(), CancelledError)
    assert open_files(post.folder.path) == []


def test_what_goes_wrong_there_is_told_by_the_findings(officer: SignedIn) -> None:
    put_list(officer, an_alert("A-1"))
    officer.reference._db.execute("drop table words")

    asked = officer.first_line.ask_ahead(a_draft())

    assert asked.exception(PATIENCE)
    with pytest.raises(Exception, match="words"):
        officer.first_line.findings(a_draft())


def test_late_hits_are_looked_for_behind_the_screens(qtbot: QtBot, post: Post) -> None:
    with at_the_counter(qtbot, post, Role.SUPERVISOR) as counter:
        session = counter.session
        for _ in range(12):
            counter.ask(lambda: session.first_line.admit(a_draft()))
            post.clock.forward(seconds=1)
        search = LateHitSearch(session, counter.work)
        counter.put_list(an_alert("A-1"))

        with qtbot.waitSignal(search.found):
            search.look()

        qtbot.waitUntil(lambda: len(counter.records(Hit)) == 12)
        assert {each.origin for each in counter.records(Hit)} == {HitOrigin.LATE}
