"""The list page: what of headquarters' lists is in force, how old it is, and why something is not.

For supervisors and IT administrators. It shows no alert and no record.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.desk import Changed
from checkpoint_client.desk.channels import Brought, Failure, NotTaken
from checkpoint_client.desk.list_page import ListDesk, ListLine, ListPage
from checkpoint_client.desk.lists import WATCHLIST
from checkpoint_client.desk.sticks import ReadBack, StickFailed, Written
from checkpoint_client.records.codes import ListState
from ui.rows import Rows
from ui.scroll import Scroll
from ui.status_line import LIST_TONES
from ui.sticks import Said, StickPanel, StickWords, worst
from ui.table import RIGHT, Column, RecordList, Table
from ui.theme import GAP, NEAR, Card, Chip, KeyButton, Quiet, ScreenTitle, Text, Tone
from ui.words import Words, at_moment
from ui.work import Work

RELOAD_MS: Final = 5_000  # what the line has written down meanwhile
POLL_MS: Final = 200  # how far a stick has been read


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where new lists come from.

    `look` asks headquarters now. `sticks` are the folders in which lists were found, and
    `take_stick` brings them from one; its watch is told of each file's name, how many bytes are
    here and of how many, on another thread. The future raises `NotTaken`, OSError. `read_word`
    takes the centre's answer to what was carried there, and `write_stick` writes what waits; its
    watch is told how many bundles are written and of how many. Both raise `StickFailed`, OSError.
    """

    look: Callable[[], None]
    sticks: Callable[[], Sequence[Path]]
    take_stick: Callable[[Path, Callable[[str, int, int], None]], "Future[tuple[Brought, ...]]"]
    read_word: Callable[[Path], "Future[ReadBack]"]
    write_stick: Callable[[Path, Callable[[int, int], None]], "Future[Written]"]


class ListsScreen(QWidget):
    def __init__(
        self,
        desk: ListDesk,
        work: Work,
        words: Words,
        sources: Sources,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._work = work
        self._words = words
        self._sources = sources
        self._now = now
        self._page: ListPage | None = None
        self._taking: Future[tuple[Brought, ...]] = Future()
        self._word: Future[ReadBack] = Future()
        self._writing: Future[Written] = Future()
        self._copied = ("", 0, 0)
        self._written = (0, 0)
        self._sticks = StickWords(self)

        self.title = ScreenTitle(self.tr("Lists"))
        self.asked = Quiet()
        self.silence = Text(role="problem")
        self.list = RecordList(
            Table[ListLine](self._columns()),
            name=self.tr("Lists"),
            empty=self.tr("Nothing has come from headquarters yet."),
            key=lambda each: each.channel,
        )
        self.pane = ListPane(words, now)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(self.tr("Crossings compared again"))
        self.progress_words = Quiet()
        self.message = Text()
        self.look = KeyButton(self.tr("Look for new lists now"), "F5", icon="linked")
        self.bring = KeyButton(self.tr("Read a stick"), "F6", icon="arrow-in")
        self.carry = KeyButton(self.tr("Write what waits to a stick"), "F7", icon="arrow-out")
        self.panel = StickPanel(
            words,
            title=self.tr("Lists and answers from a stick"),
            note=self.tr(
                "Headquarters' own signatures are checked, whoever carried the stick. What is"
                " older than what is here is not taken."
            ),
            go=self.tr("Bring them here"),
            icon="arrow-in",
        )
        self.out_panel = StickPanel(
            words,
            title=self.tr("Records to a stick"),
            note=self.tr(
                "What waits is written encrypted: only the centre can read it. It also stays here,"
                " and waits until the centre has answered."
            ),
            go=self.tr("Write them"),
            icon="arrow-out",
        )
        self._lay_out()

        self.list.chosen.connect(self._on_chosen)
        self.look.clicked.connect(self._look)
        self.bring.clicked.connect(lambda: self._open_panel(self.panel))
        self.carry.clicked.connect(lambda: self._open_panel(self.out_panel))
        self.panel.wanted.connect(self._take_stick)
        self.out_panel.wanted.connect(self._write_stick)
        self.panel.left.connect(self._close_panels)
        self.out_panel.left.connect(self._close_panels)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._look_at_stick)
        self._poll_writing = QTimer(self, interval=POLL_MS)
        self._poll_writing.timeout.connect(self._look_at_writing)
        self._reload = QTimer(self, interval=RELOAD_MS)
        self._reload.timeout.connect(self.reload)
        work.changed.connect(self._on_changed)
        self.setFocusProxy(self.list)
        self.reload()

    @Slot()
    def reload(self) -> None:
        self._work.run(self._desk.page, self._show_page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()
        self._reload.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reload.stop()

    def _show_page(self, page: ListPage) -> None:
        if page == self._page:
            return
        self._page = page
        self.list.show_rows(page.lines)
        self.asked.setText(
            self.tr("Headquarters was last asked on {0}.").format(self._at(page.looked_at))
            if page.looked_at
            else self.tr("Headquarters has not been asked yet.")
        )
        self.silence.setVisible(page.silent_since is not None)
        if page.silent_since:
            self.silence.setText(
                self.tr(
                    "Headquarters has signed nothing new since {0}, although it was asked. If this"
                    " goes on, call headquarters: somebody may be holding newer lists back."
                ).format(self._at(page.silent_since))
            )
        self._show_progress(page)
        self._on_chosen(self.list.current())

    def _show_progress(self, page: ListPage) -> None:
        again = page.rescreening
        self.progress.setRange(0, max(again.crossings, 1))
        self.progress.setValue(again.compared if again.crossings else 1)
        self.progress_words.setText(
            self.tr(
                "Crossings of the last %n day(s) compared with these lists: {0} of {1}",
                "",
                again.days,
            ).format(again.compared, again.crossings)
        )

    @Slot(object)
    def _on_chosen(self, line: ListLine | None) -> None:
        if line:
            self.pane.show_line(line)

    @Slot(Changed)
    def _on_changed(self, changed: Changed) -> None:
        if Changed.LISTS in changed and self.isVisible():
            self.reload()

    @Slot()
    def _look(self) -> None:
        self._sources.look()
        self._say(
            self.tr("Headquarters is being asked. What is new appears here by itself."),
            Tone.NEUTRAL,
        )

    def _open_panel(self, panel: StickPanel) -> None:
        self.message.hide()
        self.bring.hide()
        self.carry.hide()
        panel.open_with(self._sources.sticks())

    @Slot()
    def _close_panels(self) -> None:
        self.panel.hide()
        self.out_panel.hide()
        self.bring.show()
        self.carry.show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _take_stick(self, folder: Path) -> None:
        self._close_panels()
        self._begin(self.tr("Looking at the stick …"))
        self._copied = ("", 0, 0)
        self._word = self._sources.read_word(folder)
        self._taking = self._sources.take_stick(folder, self._watch)
        self._poll.start()

    @Slot(object)
    def _write_stick(self, folder: Path) -> None:
        self._close_panels()
        self._begin(self.tr("Writing to the stick …"))
        self._written = (0, 0)
        self._writing = self._sources.write_stick(folder, self._watch_writing)
        self._poll_writing.start()

    def _begin(self, words: str) -> None:
        """One stick at a time."""
        for button in (self.bring, self.carry):
            button.setEnabled(False)
        self._say(words, Tone.NEUTRAL)

    def _end(self, said: Sequence[Said]) -> None:
        for button in (self.bring, self.carry):
            button.setEnabled(True)
        once = dict(said)  # both halves of a stick may fail for the same reason
        self._say("\n".join(once), worst(list(once.values())))

    def _watch_writing(self, done: int, whole: int) -> None:
        """On another thread, and perhaps when this screen is long gone."""
        self._written = (done, whole)

    @Slot()
    def _look_at_writing(self) -> None:
        if not self._writing.done():
            done, whole = self._written
            if whole:
                said = self.tr("Writing to the stick: {0} of {1} bundles").format(done, whole)
                self._say(said, Tone.NEUTRAL)
            return
        self._poll_writing.stop()
        error = self._writing.exception()
        self._end(self._wrong(error) if error else [self._sticks.written(self._writing.result())])

    def _watch(self, file: str, here: int, whole: int) -> None:
        """On another thread, and perhaps when this screen is long gone."""
        self._copied = (file, here, whole)

    @Slot()
    def _look_at_stick(self) -> None:
        file, here, whole = self._copied
        if not (self._taking.done() and self._word.done()):
            if file:
                megabytes = (f"{each / 1e6:.1f}" for each in (here, whole))
                said = self.tr("Bringing {0}: {1} of {2} MB").format(file, *megabytes)
                self._say(said, Tone.NEUTRAL)
            return
        self._poll.stop()
        word = self._of_word()
        self._end([*word, *self._of_lists(word)])
        self.reload()

    def _of_word(self) -> list[Said]:
        if error := self._word.exception():
            return self._wrong(error)
        return list(self._sticks.read(self._word.result()))

    def _of_lists(self, word: Sequence[Said]) -> list[Said]:
        error = self._taking.exception()
        if error is None:
            brought = self._taking.result()
            return [(self._said(each), _tone([each])) for each in brought]
        if isinstance(error, NotTaken) and error.failure is Failure.NO_STICK and word:
            return []  # the stick was not for lists
        return self._wrong(error)

    def _wrong(self, error: BaseException) -> list[Said]:
        if isinstance(error, StickFailed):
            return [self._sticks.failed(error)]
        if isinstance(error, NotTaken):
            return [(self.pane.words.failure(error.failure, error.values), Tone.ALARM)]
        if isinstance(error, OSError):
            values = {"why": error.strerror or type(error).__name__}
            return [(self.pane.words.failure(Failure.FILE_FAILED, values), Tone.ALARM)]
        self._work.failed.emit(error)
        return []

    def _say(self, words: str, tone: Tone) -> None:
        self.message.say(words, tone)
        self.message.setVisible(bool(words))

    def _said(self, brought: Brought) -> str:
        name = self._words.list_name(brought.channel)
        if brought.failure:
            return f"{name}: {self.pane.words.failure(brought.failure, brought.values)}"
        if brought.in_force:
            return self.tr("{0}: version {1} is in force.").format(name, brought.version)
        return self.tr("{0}: version {1} is here and comes into force at the next sign-in.").format(
            name, brought.version
        )

    def _at(self, moment: datetime) -> str:
        return at_moment(moment.astimezone(self._now().tzinfo))

    def _columns(self) -> list[Column[ListLine]]:
        return [
            Column(self.tr("List"), lambda each: self._words.list_name(each.channel), 20),
            Column(
                self.tr("State"),
                lambda each: self.pane.words.state(each),
                24,
                tone=tone_of,
                icon=lambda each: _ICONS[tone_of(each)],
            ),
            Column(self.tr("Version"), lambda each: str(each.version or "–"), 8, alignment=RIGHT),
            Column(self.tr("Age"), self._age, 18),
            Column(
                self.tr("Content"),
                lambda each: f"{each.items:,}" if each.version else "",
                12,
                RIGHT,
                spare=1,
            ),
        ]

    def _age(self, line: ListLine) -> str:
        return "" if line.age_hours is None or not line.version else self._words.age(line.age_hours)

    def _lay_out(self) -> None:
        for each in (self.asked, self.progress_words):
            each.setWordWrap(False)
        self.title.setWordWrap(False)
        self.progress.setMaximumWidth(self.fontMetrics().averageCharWidth() * 24)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.asked)
        both = QHBoxLayout()
        both.setSpacing(GAP)
        both.addWidget(self.list, 6)
        both.addWidget(self.pane, 5)
        below = QHBoxLayout()
        below.setSpacing(NEAR)
        below.addWidget(self.progress)
        below.addWidget(self.progress_words)
        below.addStretch(1)
        keys = Rows()
        for key in (self.look, self.bring, self.carry):
            keys.add(key)
        for hidden in (self.panel, self.out_panel, self.silence, self.message):
            hidden.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP + NEAR, NEAR, GAP + NEAR, GAP)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self.silence)
        column.addLayout(both, 1)
        column.addLayout(below)
        column.addWidget(self.message)
        column.addWidget(self.panel)
        column.addWidget(self.out_panel)
        column.addLayout(keys)


class ListPane(QWidget):
    """All about one list, in words."""

    def __init__(self, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._words = words
        self._now = now
        self.words = ListWords(self)
        self.title = ScreenTitle()
        self.state = Chip()
        self.facts = Card(self.tr("In force"))
        self.trouble = Card(self.tr("What was not taken"))
        self.trouble_words = Text()
        self._grid = QGridLayout()
        self._lay_out()

    def show_line(self, line: ListLine) -> None:
        self.title.setText(self._words.list_name(line.channel))
        tone = tone_of(line)
        self.state.show_state(self.words.state(line), tone, icon=_ICONS[tone])
        self._show_facts(self._facts(line))
        self.trouble.setVisible(line.failure is not None)
        if line.failure:
            said = [self.words.failure(line.failure, line.values)]
            if line.failed_at:
                said.append(self.tr("Noticed on {0}.").format(self._at(line.failed_at)))
            if line.version:
                said.append(self.tr("Version {0} stays in force.").format(line.version))
            self.trouble_words.say(" ".join(said), Tone.ALARM)

    def _facts(self, line: ListLine) -> Iterable[tuple[str, str]]:
        if line.version:
            yield self.tr("Version"), str(line.version)
            yield self.tr("Content"), self.words.content(line)
        if line.issued_at and line.version:
            yield self.tr("Issued by headquarters"), self._at(line.issued_at)
        if line.age_hours is not None and line.version:
            yield self.tr("Age"), self._words.age(line.age_hours)
        if line.limits is not None:
            yield (
                self.tr("Headquarters' limits"),
                self.tr("fresh up to {0} hours, not current after {1} hours").format(
                    line.limits.fresh_hours, line.limits.old_hours
                ),
            )
        if line.got_at:
            yield self.tr("Came here"), self._at(line.got_at)
        if line.waiting > line.version:
            yield (
                self.tr("Waits"),
                self.tr("version {0} is here and is being put into force").format(line.waiting),
            )
        if line.announced > max(line.version, line.waiting):
            yield (
                self.tr("Announced"),
                self.tr("version {0}, it is not here yet").format(line.announced),
            )
        if line.state is not None and line.state is not ListState.FRESH:
            yield (
                self.tr("Checks"),
                self.tr("go on; each records how old the list was"),
            )

    def _show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for place, (name, value) in enumerate(facts):
            label = Quiet(name)
            label.setWordWrap(False)
            self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(value), place, 1)

    def _at(self, moment: datetime) -> str:
        return at_moment(moment.astimezone(self._now().tzinfo))

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(NEAR // 2)
        self._grid.setColumnStretch(1, 1)
        self.facts.body.addLayout(self._grid)
        self.trouble.body.addWidget(self.trouble_words)
        self.trouble.hide()
        content = QWidget()
        cards = QVBoxLayout(content)
        cards.setContentsMargins(0, 0, NEAR, 0)
        cards.setSpacing(NEAR)
        cards.addWidget(self.facts)
        cards.addWidget(self.trouble)
        cards.addStretch(1)
        reading = Scroll(content)
        reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        reading.setAccessibleName(self.tr("The list in words"))
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        column.addLayout(head)
        column.addWidget(reading, 1)


class ListWords(QObject):
    """What a list's codes say, and what to do where something was not taken."""

    def state(self, line: ListLine) -> str:
        states = {
            ListState.FRESH: self.tr("fresh"),
            ListState.OLD: self.tr("old"),
            ListState.NOT_CURRENT: self.tr("not current"),
            ListState.MISSING: self.tr("missing"),
        }
        in_force = self.tr("in force") if line.version else self.tr("none yet")
        said = states[line.state] if line.state else in_force
        return self.tr("{0}, new one not taken").format(said) if line.failure else said

    def content(self, line: ListLine) -> str:
        if line.channel == WATCHLIST:
            return self.tr("%n alert(s)", "", line.items)
        if line.state is not None:
            return self.tr("%n document(s)", "", line.items)
        return self.tr("%n file(s)", "", line.items)

    def failure(self, code: Failure, values: Mapping[str, str]) -> str:
        """Why something was not taken, and what to do."""
        sentence = self._of_headquarters().get(code) or self._of_this_place()[code]
        return sentence.format_map(_Told(values))

    def _of_headquarters(self) -> dict[Failure, str]:
        """What came is not what it should be."""
        call = self.tr("Call headquarters, and give them this sentence.")
        return {
            Failure.ROLLED_BACK: self.tr(
                "What came is older than what has been here before ({role}). Somebody may be"
                " holding old lists up to this workstation."
            )
            + f" {call}",
            Failure.STOPPED_SHORT: self.tr(
                "Headquarters tells of version {announced}, but what it signed reaches only to"
                " version {signed}. It is tried again by itself."
            ),
            Failure.MISSING: self.tr(
                "{file} did not come along, so the signatures are not complete. It is tried again"
                " by itself; from a stick, have it written anew."
            ),
            Failure.MIXED: self.tr(
                "Parts of different publications came together ({role}). It is tried again by"
                " itself; from a stick, have it written anew."
            ),
            Failure.WRONG_SIGNATURE: self.tr(
                "{role} was not signed by those who may sign it. Somebody may be trying to slip a"
                " false list in."
            )
            + f" {call}",
            Failure.EXPIRED: self.tr("The signature of {role} is no longer valid.") + f" {call}",
            Failure.MALFORMED: self.tr("{role} is not what signed lists look like.") + f" {call}",
            Failure.ENDLESS: self.tr("{file} is longer than what was signed, so it was broken off.")
            + f" {call}",
            Failure.ALTERED: self.tr(
                "{file} is not what was signed: it was altered or damaged on the way. It is tried"
                " again by itself; from a stick, have it written anew."
            ),
            Failure.NOT_THERE: self.tr(
                "{file} was signed, but it is not there. It is tried again by itself; from a"
                " stick, have it written anew."
            ),
            Failure.NOT_OPENED: self.tr("{file} cannot be decrypted here.") + f" {call}",
            Failure.UNREADABLE: self.tr(
                "This version of the program cannot read {file}. Install the newest version."
            ),
            Failure.WRONG_RESULT: self.tr(
                "{file} did not give the list that was signed. The whole list is fetched instead."
            ),
            Failure.WRONG_BASE: self.tr(
                "{file} changes another version than the one here. The whole list is fetched"
                " instead."
            ),
            Failure.TWICE_LISTED: self.tr("{file} names one alert twice.") + f" {call}",
        }

    def _of_this_place(self) -> dict[Failure, str]:
        """What is missing at this workstation, or on the stick."""
        return {
            Failure.NO_KEY: self.tr(
                "This workstation has not been given the key to it. It comes with a contact over"
                " the line; if it does not, call headquarters."
            ),
            Failure.DISK_FULL: self.tr(
                "The disk is too full: {needed} bytes are needed. Free some space; it is tried"
                " again by itself."
            ),
            Failure.FILE_FAILED: self.tr("A file could not be read or written: {why}."),
            Failure.OLDER: self.tr(
                "What it brings is older than what is here, so nothing was taken from it."
            ),
            Failure.NO_STICK: self.tr(
                "There are no lists of headquarters in this folder. Choose the folder that holds"
                " them, or have the stick written anew."
            ),
        }


class _Told(dict[str, str]):
    def __missing__(self, _name: str) -> str:
        return "?"


def tone_of(line: ListLine) -> Tone:
    """How much a list asks to be looked at."""
    tone = LIST_TONES[line.state] if line.state else Tone.OK if line.version else Tone.NEUTRAL
    return Tone.ATTENTION if line.failure and tone is not Tone.ALARM else tone


def _tone(brought: Sequence[Brought]) -> Tone:
    return Tone.ALARM if any(each.failure for each in brought) else Tone.OK


_ICONS = {
    Tone.OK: "check",
    Tone.NEUTRAL: "info",
    Tone.ATTENTION: "warning",
    Tone.ALARM: "stop",
}
