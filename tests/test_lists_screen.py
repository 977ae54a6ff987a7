"""The list page: what is in force, how old it is, what failed and why, by keyboard and in words."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from checkpoint_client.desk.channels import (
    Brought,
    ChannelState,
    ChannelStates,
    Failure,
    NotTaken,
)
from checkpoint_client.desk.sticks import (
    Acknowledged,
    Effect,
    Flaw,
    ReadBack,
    StickFailed,
    StickTrouble,
    Written,
)
from checkpoint_client.records.codes import ListState, Role
from checkpoint_client.settings import resource
from tests.counter import Counter, at_the_counter
from tests.post import NOON, Post, a_draft, an_alert, put_list
from tests.test_lost_documents import snapshot
from ui.lists import ListsScreen, ListWords, Sources
from ui.sticks import StickWords

Watch = Callable[[str, int, int], None]


@dataclass
class Line:
    """Where lists come from in these tests: `looked` counts, `taken` are the folders asked for."""

    sticks: list[Path] = field(default_factory=list)
    looked: int = 0
    taken: list[tuple[Path, Watch, "Future[tuple[Brought, ...]]"]] = field(default_factory=list)
    word: ReadBack | Exception = field(default_factory=ReadBack)
    written: list[tuple[Path, Callable[[int, int], None], "Future[Written]"]] = field(
        default_factory=list
    )

    def sources(self) -> Sources:
        return Sources(
            look=self._look,
            sticks=lambda: self.sticks,
            take_stick=self._take,
            read_word=self._read,
            write_stick=self._write,
        )

    def _look(self) -> None:
        self.looked += 1

    def _take(self, folder: Path, watch: Watch) -> "Future[tuple[Brought, ...]]":
        self.taken.append((folder, watch, Future()))
        return self.taken[-1][2]

    def _read(self, _folder: Path) -> "Future[ReadBack]":
        read: Future[ReadBack] = Future()
        if isinstance(self.word, Exception):
            read.set_exception(self.word)
        else:
            read.set_result(self.word)
        return read

    def _write(self, folder: Path, watch: Callable[[int, int], None]) -> "Future[Written]":
        self.written.append((folder, watch, Future()))
        return self.written[-1][2]


@pytest.fixture
def counter(qtbot: QtBot, post: Post) -> Iterator[Counter]:
    with at_the_counter(qtbot, post, Role.IT_ADMINISTRATOR) as counter:
        yield counter


@pytest.fixture
def line() -> Line:
    return Line()


def opened(counter: Counter, line: Line) -> ListsScreen:
    screen = ListsScreen(
        counter.session.lists, counter.work, counter.words, line.sources(), counter.post.clock
    )
    counter.show(screen)
    counter.settle()
    screen.list.setFocus()
    return screen


def note(post: Post, **channels: ChannelState) -> None:
    """Write down what the line would."""
    ChannelStates(looked_at=NOON, channels=channels).write(post.folder.lists)


def cells(screen: ListsScreen) -> list[list[str]]:
    columns, rows = screen.list.table.columns, screen.list.table.records()
    return [[column.text(row) for column in columns] for row in rows]


def words(screen: ListsScreen) -> str:
    shown = [each.text() for each in screen.pane.findChildren(QLabel) if each.isVisible()]
    return "\n".join(shown)


def test_without_any_list_the_watch_list_is_missing(counter: Counter, line: Line) -> None:
    screen = opened(counter, line)

    assert cells(screen) == [["Watch-list", "missing", "–", "", ""]]
    assert screen.asked.text() == "Headquarters has not been asked yet."


def test_a_list_shows_version_age_and_content(counter: Counter, line: Line) -> None:
    counter.put_list(an_alert("A-1"), an_alert("A-2"))
    counter.post.clock.forward(hours=30)
    note(counter.post, watchlist=ChannelState(version=1, items=2, got_at=NOON))

    screen = opened(counter, line)

    assert cells(screen) == [["Watch-list", "old", "1", "31 hour(s) old", "2"]]
    said = words(screen)
    assert "2 alert(s)" in said
    assert "24.11.2026 11:00" in said  # when headquarters issued it
    assert "fresh up to 24 hours, not current after 168 hours" in said
    assert "each records how old the list was" in said


def test_what_is_announced_and_what_waits_is_said(counter: Counter, line: Line) -> None:
    counter.put_list(an_alert("A-1"))
    note(counter.post, watchlist=ChannelState(version=1, waiting=2, announced=3))

    said = words(opened(counter, line))

    assert "version 2 is here and is being put into force" in said
    assert "version 3, it is not here yet" in said


def test_what_failed_is_said_with_what_to_do(counter: Counter, line: Line) -> None:
    counter.put_list(an_alert("A-1"))
    state = ChannelState(version=1).failed(
        Failure.WRONG_SIGNATURE, {"role": "watchlist"}, at=NOON.astimezone(UTC)
    )
    note(counter.post, watchlist=state)

    screen = opened(counter, line)

    assert cells(screen)[0][1] == "fresh, new one not taken"
    said = words(screen)
    assert "watchlist was not signed by those who may sign it" in said
    assert "Call headquarters" in said
    assert "Noticed on 24.11.2026 12:00." in said
    assert "Version 1 stays in force." in said


@pytest.mark.parametrize("failure", Failure)
@pytest.mark.usefixtures("qapp")
def test_every_failure_has_its_own_words(failure: Failure) -> None:
    told = ListWords()

    said = told.failure(failure, {})

    assert said.endswith(".")
    assert "{" not in said
    assert [each for each in Failure if told.failure(each, {}) == said] == [failure]


def test_old_signatures_held_up_to_us_are_told(counter: Counter, line: Line) -> None:
    states = ChannelStates(looked_at=NOON, stamp=7, stamped_at=NOON - timedelta(days=2))
    states.write(counter.post.folder.lists)

    screen = opened(counter, line)

    assert "has signed nothing new since 22.11.2026 12:00" in screen.silence.text()
    assert screen.silence.isVisible()


def test_new_lists_are_looked_for_by_key(counter: Counter, line: Line) -> None:
    screen = opened(counter, line)

    counter.press(Qt.Key.Key_F5)

    assert line.looked == 1
    assert screen.message.text().startswith("Headquarters is being asked.")


def test_lists_come_from_a_stick_by_keyboard_alone(
    counter: Counter, line: Line, qtbot: QtBot, tmp_path: Path
) -> None:
    line.sticks.append(tmp_path)
    screen = opened(counter, line)

    counter.press(Qt.Key.Key_F6)
    assert counter.focused() is screen.panel.folder
    counter.press(Qt.Key.Key_Return)

    [(folder, watch, future)] = line.taken
    assert folder == tmp_path
    watch("watchlist-8.snapshot", 2_000_000, 4_000_000)
    qtbot.waitUntil(lambda: screen.message.text() == "Bringing watchlist-8.snapshot: 2.0 of 4.0 MB")
    future.set_result(
        (
            Brought(channel="watchlist", version=8, in_force=True),
            Brought(channel="documents", version=3, failure=Failure.NO_KEY),
        )
    )
    qtbot.waitUntil(screen.bring.isEnabled)
    first, second = screen.message.text().split("\n")
    assert first == "Watch-list: version 8 is in force."
    assert second.startswith("Lost documents: This workstation has not been given the key")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotTaken(Failure.NO_STICK, folder="usb"), "There are no lists of headquarters"),
        (PermissionError(13, "Permission denied"), "could not be read or written: Permission"),
    ],
)
def test_a_stick_of_no_use_is_told_in_words(
    counter: Counter, line: Line, qtbot: QtBot, error: Exception, said: str
) -> None:
    screen = opened(counter, line)
    counter.press(Qt.Key.Key_F6)
    counter.type("somewhere")
    counter.press(Qt.Key.Key_Return)

    line.taken[0][2].set_exception(error)

    qtbot.waitUntil(screen.bring.isEnabled)
    assert said in screen.message.text()


def test_what_waits_goes_to_a_stick_by_keyboard_alone(
    counter: Counter, line: Line, qtbot: QtBot, tmp_path: Path
) -> None:
    line.sticks.append(tmp_path)
    screen = opened(counter, line)

    counter.press(Qt.Key.Key_F7)
    assert counter.focused() is screen.out_panel.folder
    counter.press(Qt.Key.Key_Return)

    [(folder, watch, future)] = line.written
    assert folder == tmp_path
    assert not screen.bring.isEnabled()
    watch(3, 7)
    qtbot.waitUntil(lambda: screen.message.text() == "Writing to the stick: 3 of 7 bundles")
    future.set_result(Written(bundles=7, entries=1_204))
    qtbot.waitUntil(screen.carry.isEnabled)
    assert screen.message.text().startswith("1204 record(s) are on the stick")
    assert line.taken == []


@pytest.mark.parametrize("trouble", StickTrouble)
def test_a_stick_that_fails_is_told_in_words(
    counter: Counter, line: Line, qtbot: QtBot, trouble: StickTrouble
) -> None:
    screen = opened(counter, line)
    counter.press(Qt.Key.Key_F7)
    counter.type("somewhere")
    counter.press(Qt.Key.Key_Return)

    line.written[0][2].set_result(Written(bundles=2, entries=9, left=4, trouble=trouble))

    qtbot.waitUntil(screen.carry.isEnabled)
    how_much = "2 bundle(s) are on the stick and good, 4 are not."
    why, _ = StickWords().failed(StickFailed(trouble))
    assert screen.message.text() == f"{how_much} {why}"


def test_the_centres_answer_is_read_beside_the_lists(
    counter: Counter, line: Line, qtbot: QtBot
) -> None:
    line.word = ReadBack(
        acknowledged=(Acknowledged(effect=Effect.TAKEN, held=40),),
        others=2,
        refused={"b\x1b.acknowledgement": Flaw.FORGED},
    )
    screen = opened(counter, line)
    counter.press(Qt.Key.Key_F6)
    counter.type("somewhere")
    counter.press(Qt.Key.Key_Return)

    line.taken[0][2].set_exception(NotTaken(Failure.NO_STICK, folder="usb"))

    qtbot.waitUntil(screen.bring.isEnabled)
    first, others, forged = screen.message.text().split("\n")
    assert first == "The centre holds the first 40 records of this workstation."
    assert others == "2 answer(s) for other workstations stay on it."
    assert forged.startswith("b?.acknowledgement: not taken, the centre did not sign it.")


@pytest.mark.usefixtures("qapp")
def test_every_answer_and_flaw_has_words_of_its_own() -> None:
    read = ReadBack(
        acknowledged=tuple(Acknowledged(effect=effect, held=1) for effect in Effect),
        refused={f"{number}": flaw for number, flaw in enumerate(Flaw)},
    )

    said = [words.lstrip("0123456789: ") for words, _ in StickWords().read(read)]

    assert len(set(said)) == len(Effect) + len(Flaw)
    assert all(words.endswith(".") and "{" not in words for words in said)


def test_a_folder_is_asked_for_and_esc_leaves_it(counter: Counter, line: Line) -> None:
    screen = opened(counter, line)
    counter.press(Qt.Key.Key_F6)

    counter.press(Qt.Key.Key_F9)
    assert screen.panel.field.is_wrong
    counter.press(Qt.Key.Key_Escape)

    assert not screen.panel.isVisible()
    assert counter.focused() is screen.list
    assert line.taken == []


def test_progress_of_comparing_crossings_again_is_shown(
    qtbot: QtBot, post: Post, line: Line
) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.admit(a_draft())
        put_list(officer, an_alert("A-1"))
    with at_the_counter(qtbot, post, Role.SUPERVISOR) as counter:
        counter.ask(lambda: counter.session.late_hits.due(0))

        screen = opened(counter, line)

        said = screen.progress_words.text()
        assert said == "Crossings of the last 30 day(s) compared with these lists: 0 of 1"


def test_no_record_and_no_alert_shows(qtbot: QtBot, post: Post, line: Line) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, an_alert("A-1", names=("SECRETOVA, ANNA",)))
        officer.first_line.admit(a_draft())
    with at_the_counter(qtbot, post, Role.IT_ADMINISTRATOR) as counter:
        screen = opened(counter, line)

        shown = " ".join(each.text() for each in screen.findChildren(QLabel))
        assert "SECRETOVA" not in shown
        assert "ERIKSSON" not in shown


# the age of lists, everywhere


@pytest.mark.parametrize(
    ("hours", "state"),
    [(1, ListState.FRESH), (30, ListState.OLD), (200, ListState.NOT_CURRENT)],
)
def test_every_check_records_how_old_its_lists_were_and_none_is_kept_from_going_on(
    post: Post, hours: int, state: ListState
) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, an_alert("A-1", names=("SOMEBODY, ELSE",)))
        post.clock.forward(hours=hours - 1)

        check = officer.first_line.admit(a_draft()).value

        [consulted] = check.record.lists
        assert (consulted.list_id, consulted.version) == ("watchlist", 1)
        assert (consulted.age_hours, consulted.state) == (hours, state)
        assert officer.workstation.status().lists == (consulted,)


def test_the_age_of_lost_documents_is_judged_by_itself(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, an_alert("A-1", names=("SOMEBODY, ELSE",)))
        issued = NOON - timedelta(hours=169)
        officer.reference.lost_documents.take_base(3, issued, [snapshot(["X1234567"])])

        check = officer.first_line.admit(a_draft()).value

        told = {each.list_id: (each.version, each.state) for each in check.record.lists}
        assert told == {
            "watchlist": (1, ListState.FRESH),
            "documents": (3, ListState.NOT_CURRENT),
        }
        assert officer.workstation.status().lists == check.record.lists


def test_headquarters_says_how_old_a_list_may_be_and_how_far_back_is_looked(post: Post) -> None:
    rules = msgspec.json.decode(resource("rules", "lists.json").read_bytes()) | {
        "limits_by_list": {"watchlist": {"fresh_hours": 2, "old_hours": 3}},
        "late_hit_days": 5,
    }
    with post.session(Role.OFFICER) as officer:
        put_list(officer)
        sent = {"lists.json": msgspec.json.encode(rules)}
        officer.reference.keep_files("rules", 1, NOON, sent)
    post.clock.forward(hours=1, minutes=30)

    with post.session(Role.SUPERVISOR) as supervisor:
        [consulted] = supervisor.workstation.status().lists
        assert (consulted.age_hours, consulted.state) == (2, ListState.FRESH)
        post.clock.forward(hours=1)
        [line, *_] = supervisor.lists.page().lines
        assert (line.state, line.age_hours) == (ListState.OLD, 3)
        assert supervisor.late_hits.progress().days == 5


def test_without_a_list_a_check_records_that_it_was_missing(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        [consulted] = officer.first_line.admit(a_draft()).value.record.lists

    assert consulted.state is ListState.MISSING
