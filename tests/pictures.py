"""Takes the pictures of the README: `xvfb-run -a python -m tests.pictures DIR`.

Drives the demonstration by keys, as its walk does, once for each look, and looks at every screen.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtTest import QTest

from checkpoint_client.records.codes import (
    EntryBasis,
    HitState,
    Purpose,
    ReferralReason,
    RefusalGround,
)
from checkpoint_client.settings import Settings
from checkpoint_client.specimen import post
from checkpoint_client.specimen.people import Traveller
from ui.demo import Demonstration, Play, throw_away_folder
from ui.hits import HitDeskScreen
from ui.interview import QuestionEdit
from ui.keyboard import focused
from ui.log import Days, LogScreen
from ui.main import make_application
from ui.review import ReviewScreen
from ui.second_line import SecondLineScreen
from ui.walk import QUESTIONS, Walk, name_of_traveller


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the program looks while its pictures are taken."""

    language: str = "en"
    theme: str = "light"
    font_percent: int = 100

    @property
    def name(self) -> str:
        return f"{self.language}-{self.theme}-{self.font_percent}"

    def worn_by(self, settings: Settings) -> Settings:
        return replace(
            settings,
            language=self.language,
            theme=self.theme,
            font_percent=self.font_percent,
        )


# Each language is spoken over the one before it, so that English comes first.
LOOKS = (
    Look(),
    Look(theme="dark"),
    Look(font_percent=150),
    Look(language="ru"),
    Look(language="kk"),
    Look(language="kk", theme="dark", font_percent=150),
)


class Pictures(Walk):
    """The walk of a photographer."""

    def take(self, to: Path) -> None:
        """One picture of each screen, into the folder `to`."""
        self._to = to
        to.mkdir(parents=True, exist_ok=True)
        window = self._window
        window.resize(1366, 768)
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        self._sign_in()
        self._first_line_pictures()
        self._second_line_pictures()
        self._oversight_pictures()

    def _sign_in(self) -> None:
        entrance = self._window.entrance
        self._keys.until(lambda: entrance.number.count() > 0, "the people are listed")
        self._shoot("sign-in")
        self._sign_in_as(post.OFFICER)
        self._wait_for_list()
        self._wait_for_server()

    def _first_line_pictures(self) -> None:
        play, screen = self._cast, self._first_line
        self._put_in(play.tourist)
        self._put_beside(play.worker)
        self._fill_journey(Purpose.TOURISM, EntryBasis.VISA, "Amaurot")
        self._shoot("first-line")
        self._admit(play.tourist)
        self._admit(play.worker)
        self._put_in(play.namesake)
        self._keys.until(lambda: bool(screen.findings.hits), "the findings are shown")
        self._shoot("hit-panel")
        self._read_hits()
        self._keys.press("F7")
        self._keys.until(screen.refer_panel.isVisible, "the panel is open")
        self._shoot("refer")
        self._keys.press("Esc")
        self._sought = self._refer(play.namesake, ReferralReason.POSSIBLE_HIT).id
        self._put_in(play.student)
        self._keys.until(lambda: screen.is_looked_at, "the findings are shown")
        self._keys.press("F8")
        self._let_store_finish()
        self._shoot("refuse")
        self._keys.press("Esc")
        self._refuse(play.student, RefusalGround.C)
        self._go_offline()
        for who in (play.trader, play.watched):
            self._put_in(who)
            self._admit(who)
        self._put_in(play.with_stolen_passport)
        self._keys.until(lambda: screen.is_looked_at, "the findings are shown")
        self._let_store_finish()
        self._shoot("offline")
        self._refer(play.with_stolen_passport, ReferralReason.POSSIBLE_HIT)
        self._keys.press("Ctrl+Shift+X")
        self._wait_for_server()

    def _fill_journey(self, purpose: Purpose, basis: EntryBasis, destination: str) -> None:
        """Without the fields' letters, which are others in each language."""
        form = self._first_line.form
        self._keys.until(form.purpose.isVisible, "the purpose is asked for")
        form.purpose.setFocus()
        self._choose(form.purpose, self._label(purpose))
        form.entry_basis.setFocus()
        self._choose(form.entry_basis, self._label(basis))
        form.destination.setFocus()
        self._replace(destination)

    def _wait_for_list(self) -> None:
        window = self._window
        self._keys.until(
            lambda: self._ask(lambda at: at.workplace.lists.versions()) == {"watchlist": 1},
            "the watch-list has come over the line",
            seconds=60,
        )
        window.show_status()

    def _put_beside(self, who: Traveller) -> None:
        for text in who.texts():
            self._keys.burst(text)
        self._keys.until(self._first_line.waiting.isVisible, "the next one waits")

    def _go_offline(self) -> None:
        states: list[bool] = []
        self._program.line_changed.connect(lambda state: states.append(state.online))
        self._keys.press("Ctrl+Shift+X")
        self._keys.until(lambda: False in states, "the line is gone")

    def _second_line_pictures(self) -> None:
        self._change_to(post.SECOND_LINE)
        self._keys.press("Ctrl+2")
        screen = self._screen(SecondLineScreen)
        self._keys.until(lambda: focused() is screen.queue, "the queue has the cursor")
        self._shoot("second-line")
        self._open_case(name_of_traveller(self._cast.namesake))
        notes = self._case.notes
        self._keys.until(lambda: notes.isAncestorOf(focused()), "the cursor is in the notes")
        if focused() is notes.language_choice:
            self._take_notes()
        self._shoot("interview")
        notes.for_supervisors.setFocus()
        notes.for_supervisors.setChecked(True)
        self._shoot("interview-closing")
        self._keys.press("F9")
        self._let_store_finish()
        self._shoot("outcome")
        self._keys.press("Esc")
        self._judge()

    def _judge(self) -> None:
        """Second line compares and says who it is; what follows is the supervisor's."""
        self._keys.press("Ctrl+3")
        desk = self._screen(HitDeskScreen)
        self._keys.until(lambda: bool(desk.list.table.records()), "there are hits")
        self._shoot("hits")
        self._open_hit(self._sought)
        self._shoot("hit-desk")
        self._keys.press("F6")
        self._keys.type("1C")
        self._keys.until(lambda: self._has_chosen(2), "verdict and reason are chosen")
        self._shoot("hit-verdict")
        self._keys.press("F6")
        self._until_hit_is(HitState.PROPOSED)

    def _finish_hit(self) -> None:
        self._open_hit(self._sought)
        self._step("F7", "1", HitState.CONFIRMED)
        self._keys.press("F4")
        self._keys.type("1")
        self._shoot("hit-report")
        self._keys.press("Esc")
        self._step("F8", "A", HitState.ACTION_TAKEN)
        self._step("F4", HitState.REPORTED)
        self._step("F9", HitState.CLOSED)
        self._shoot("hit-closed")

    def _until_hit_is(self, state: HitState) -> None:
        screen = self._screen(HitDeskScreen).hit
        self._keys.until(lambda: bool(screen.case and screen.case.state is state), f"it is {state}")

    def _take_notes(self) -> None:
        """Only for the first look: the others find the notes as they were kept."""
        self._keys.press("Down")
        while not isinstance(focused(), QuestionEdit):
            self._keys.press("Tab")
        for place, (question, answer) in enumerate(QUESTIONS):
            if place:
                self._keys.press("Ctrl+Return")
            self._keys.type(f"{question}\n{answer}")

    def _oversight_pictures(self) -> None:
        self._change_to(post.SUPERVISOR)
        self._finish_hit()
        self._keys.press("Ctrl+4")
        log = self._screen(LogScreen)
        self._keys.until(lambda: focused() is log.search, "the log is open")
        log.days.choose(Days.WEEK)
        self._let_store_finish()
        self._shoot("log")
        self._keys.press("Ctrl+5")
        review = self._screen(ReviewScreen)
        self._keys.until(lambda: review.list.current() is not None, "there is a list")
        self._go_to_row(2)
        self._keys.type("\n")
        self._keys.until(review.countersign.isEnabled, "a record is open")
        self._shoot("review")
        self._keys.press("Ctrl+6")
        self._let_store_finish()
        self._shoot("lists")
        self._keys.press("Ctrl+7")
        self._let_store_finish()
        self._shoot("officers")

    def _shoot(self, name: str) -> None:
        for _ in ("what was asked", "what that laid out anew"):
            self._let_store_finish()
        self._window.grab().save(str(self._to / f"{name}.png"))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tests.pictures", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go, a folder for each look")
    parser.add_argument(
        "--look", choices=[each.name for each in LOOKS], help="take the pictures of one look only"
    )
    given = parser.parse_args(arguments)
    with throw_away_folder() as path:
        demonstration = Demonstration(path)
        usual = demonstration.settings
        try:
            make_application(usual)
            demonstration.set_up(lambda stage: print(stage, file=sys.stderr))
            for look in LOOKS:
                if given.look in (None, look.name):
                    demonstration.settings = look.worn_by(usual)
                    _take(demonstration, given.folder / look.name)
        finally:
            demonstration.close()
    return 0


def _take(demonstration: Demonstration, to: Path) -> None:
    play = Play(demonstration, make_application(demonstration.settings))
    try:
        program = play.open()
        Pictures(program, demonstration.folder, demonstration.server.entries).take(to)
    finally:
        play.close()
    print(to)


if __name__ == "__main__":
    sys.exit(main())
