"""The hit desk: what waits, both persons side by side, and each step to the end by its key."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from checkpoint_client.desk import Changed, Done, Refused
from checkpoint_client.desk.attaching import Attaching
from checkpoint_client.desk.hits import HitCase, HitDesk, HitLine, HitShow
from checkpoint_client.desk.powers import Power
from checkpoint_client.records import (
    HitWork,
    Problem,
)
from checkpoint_client.records.codes import HitState, HitVerdict
from ui.attachments import Choose, TakingIn, Viewing
from ui.findings import FindingWords
from ui.hit_decisions import (
    ActionPanel,
    AlonePanel,
    ClosingPanel,
    CollectionPanel,
    HitPanel,
    OpinionPanel,
    ReportPanel,
    VerdictPanel,
)
from ui.hit_facts import STATE_TONES, HitFacts, HitWords, Track
from ui.rows import Rows
from ui.second_line import name_of
from ui.table import Column, RecordList, Table
from ui.theme import GAP, NEAR, Chip, KeyButton, Quiet, ScreenTitle, Text, Tone
from ui.words import Words
from ui.work import Work

KEEP_AFTER_MS = 2000  # what is half typed is never older than this on disk
TICK_MS = 10_000  # time limits are told in minutes
LETTERS_OF_BOTH = 130
"""Narrower than this, in letters, an open hit takes the place of the list beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The rows of one list, and how many each list holds."""

    show: HitShow
    lines: list[HitLine]
    counts: dict[HitShow, int]


class Shows(QWidget):
    """Which hits are listed, each choice with how many there are."""

    chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.buttons: dict[HitShow, QPushButton] = {}
        laid = Rows()
        for show in HitShow:
            button = QPushButton(words.label(show))
            button.setCheckable(True)
            button.setProperty("role", "tab")
            button.clicked.connect(lambda _checked, show=show: self.choose(show))
            self.buttons[show] = button
            laid.add(button)
        self.setLayout(laid)
        self.buttons[HitShow.OPEN].setChecked(True)

    def choose(self, show: HitShow) -> None:
        for each, button in self.buttons.items():
            button.setChecked(each is show)
        self.chosen.emit(show)

    @Slot()
    def choose_next(self) -> None:
        self._step(1)

    @Slot()
    def choose_previous(self) -> None:
        self._step(-1)

    def show_counts(self, counts: dict[HitShow, int]) -> None:
        for show, button in self.buttons.items():
            words = f"{self._words.label(show)}  {counts[show]}"
            button.setText(words)
            button.setAccessibleName(words)

    def _step(self, by: int) -> None:
        shows = list(self.buttons)
        [chosen] = [place for place, show in enumerate(shows) if self.buttons[show].isChecked()]
        self.choose(shows[(chosen + by) % len(shows)])


class HitDeskScreen(QWidget):
    """On the left what waits, on the right the hit that is open. Opening it is recorded."""

    def __init__(
        self,
        desk: HitDesk,
        work: Work,
        words: Words,
        now: Callable[[], datetime],
        *,
        officer: str,
        powers: frozenset[Power],
        choose: Choose | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._work = work
        self._words = words
        self._now = now
        self._said = HitWords(words, self)
        self._sentences = FindingWords(words, self)
        self._show = HitShow.OPEN
        self._edition = 0

        self.title = ScreenTitle(self.tr("Hits"))
        self.notice = Chip()
        self.notice.hide()
        self.shows = Shows(words)
        self.list = self._make_list()
        self.hint = Quiet(self.tr("Enter opens the hit. That it was opened is recorded."))
        self.hit = HitScreen(
            desk, work, words, now, officer=officer, powers=powers, choose=choose or Choose()
        )
        self.hit.hide()
        self.left_side = QWidget()
        self._lay_out()

        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._tell_limits)
        self._tick.start()
        self.shows.chosen.connect(self.show_list)
        for keys, step, purpose in (
            ("Ctrl+PgDown", self.shows.choose_next, self.tr("Next list of hits")),
            ("Ctrl+PgUp", self.shows.choose_previous, self.tr("List of hits before")),
        ):
            QShortcut(keys, self.shows, step).setWhatsThis(purpose)
        self.list.opened.connect(self._open)
        self.hit.left.connect(self.back)
        work.changed.connect(self._on_changed)
        self.setFocusProxy(self.list)
        self.reload()

    @Slot()
    def keep_now(self) -> None:
        """Keep what is half typed, so that neither a lock nor a power cut loses it."""
        self.hit.keep_now()

    @Slot(object)
    def show_list(self, show: HitShow) -> None:
        """List other hits."""
        self._show = show
        self.reload()

    def reload(self) -> None:
        """Ask again what waits."""
        self._edition += 1
        edition, show = self._edition, self._show

        def ask() -> Loaded:
            return Loaded(show=show, lines=self._desk.queue(show), counts=self._desk.counts())

        self._work.run(ask, lambda loaded: self._show_loaded(edition, loaded))

    @Slot()
    def back(self) -> None:
        """From the hit to the list; what is half typed is kept."""
        self.hit.keep_now()
        self.hit.hide()
        self._share_room()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._share_room()

    @Slot(object)
    def _open(self, line: HitLine) -> None:
        self.hit.keep_now()
        self._work.run(lambda: self._desk.open(line.hit.id), self._opened, self._not_opened)

    def _opened(self, done: Done[HitCase]) -> None:
        self.notice.hide()
        self.hit.show_case(done.value)
        self.hit.show()
        self._share_room()
        self.hit.start()

    def _not_opened(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        self.notice.show_state(self._words.problem(error.problems[0]), Tone.ATTENTION)
        self.notice.show()
        self.reload()

    def _show_loaded(self, edition: int, loaded: Loaded) -> None:
        if edition != self._edition:
            return  # asked again meanwhile
        self.shows.show_counts(loaded.counts)
        self.list.show_empty(self._empty(loaded.show))
        self.list.show_rows(loaded.lines)

    @Slot()
    def _tell_limits(self) -> None:
        self.list.show_rows(self.list.table.records())
        self.hit.tell_limit()

    @Slot(Changed)
    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.HITS | Changed.CHECKS):
            self.reload()
            self.hit.look_again()

    def _share_room(self) -> None:
        """List and hit beside each other where there is room, else the one that is worked on."""
        is_open = not self.hit.isHidden()
        letters = self.width() // max(self.fontMetrics().averageCharWidth(), 1)
        self.left_side.setVisible(not is_open or letters >= LETTERS_OF_BOTH)
        self.shows.setVisible(not is_open)
        self.title.setVisible(not is_open)
        self.hint.setVisible(not is_open)

    def _empty(self, show: HitShow) -> str:
        return {
            HitShow.OPEN: self.tr(
                "No hit waits. Hits of the booths and late hits appear here by themselves."
            ),
            HitShow.SECOND_PERSON: self.tr("No verdict waits for a second person."),
            HitShow.TO_REPORT: self.tr("No owner is still to be told."),
            HitShow.TO_REVIEW: self.tr("Nothing was confirmed by one person alone."),
            HitShow.POSSIBLE: self.tr("No possible matches on which the booth decided."),
            HitShow.CLOSED: self.tr("No hit has been closed here yet."),
            HitShow.ALL: self.tr("There are no hits."),
        }[show]

    def _make_list(self) -> RecordList[HitLine]:
        table: Table[HitLine] = Table(
            [
                Column(
                    self.tr("Traveller"),
                    lambda each: each.traveller or each.hit.record.name,
                    tone=lambda each: (
                        Tone.ALARM if each.hit.record.level == "strong" else Tone.NEUTRAL
                    ),
                    icon=lambda each: "hit" if each.hit.record.level == "strong" else "question",
                    tooltip=lambda each: " · ".join(
                        part
                        for part in (each.traveller, self._sentences.level(each.hit.record.level))
                        if part
                    ),
                ),
                Column(
                    self.tr("How far"),
                    self._said.state,
                    24,
                    tone=lambda each: STATE_TONES[each.state],
                    tooltip=self._said.state,
                    spare=1,
                ),
                Column(
                    self.tr("Report"),
                    lambda each: self._said.short_limit(each, self._now()),
                    16,
                    tone=lambda each: Tone.ALARM if each.overdue else Tone.NEUTRAL,
                    icon=lambda each: (
                        "warning" if each.overdue else "clock" if each.report_due else ""
                    ),
                ),
                Column(
                    self.tr("Asked for"),
                    lambda each: self._sentences.action(each.hit.record.action),
                    22,
                    tooltip=lambda each: self._sentences.action(each.hit.record.action),
                    spare=2,
                ),
                Column(
                    self.tr("Alert"),
                    lambda each: self._sentences.category(each.hit.record.category),
                    20,
                    tooltip=lambda each: self._sentences.category(each.hit.record.category),
                    spare=4,
                ),
                Column(self.tr("Found"), lambda each: f"{each.since:%d.%m. %H:%M}", 11, spare=3),
            ]
        )
        return RecordList(
            table,
            name=self.tr("Hits"),
            empty=self._empty(HitShow.OPEN),
            key=lambda each: each.hit.id,
        )

    def _lay_out(self) -> None:
        self.title.setWordWrap(False)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.title)
        head.addWidget(self.shows, 1)
        head.addWidget(self.notice)
        left = QVBoxLayout(self.left_side)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.list, 1)
        left.addWidget(self.hint)
        both = QHBoxLayout()
        both.setSpacing(GAP)
        both.addWidget(self.left_side, 2)
        both.addWidget(self.hit, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, NEAR, GAP, NEAR)
        column.setSpacing(NEAR)
        column.addLayout(head)
        column.addLayout(both, 1)
        walk: list[QWidget] = [self.list, *self.shows.buttons.values()]
        for before, after in pairwise(walk):
            self.setTabOrder(before, after)  # the cursor begins in the list


class HitScreen(QWidget):
    """One hit. What can be done has a key; the next thing to do is the coloured one."""

    left = Signal()

    def __init__(
        self,
        desk: HitDesk,
        work: Work,
        words: Words,
        now: Callable[[], datetime],
        *,
        officer: str,
        powers: frozenset[Power],
        choose: Choose,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._work = work
        self._words = words
        self._now = now
        self._officer = officer
        self._powers = powers
        self._said = HitWords(words, self)
        self._case: HitCase | None = None
        self._half_typed = HitWork()
        self._is_recording = False

        self.name = ScreenTitle()
        self.state = Chip()
        self.limit = Chip("", icon="clock")
        self.news = Chip()
        self.news.hide()
        self.track = Track(words)
        self.facts = HitFacts(words)
        self.problem = Text(role="problem")
        self.problem.hide()
        self.back = KeyButton(self.tr("Back"), "Esc", icon="back")
        self.judge = KeyButton(self.tr("Verdict"), "F6", icon="hit")
        self.opinion = KeyButton(self.tr("Second opinion"), "F7", icon="person")
        self.act = KeyButton(self.tr("Action"), "F8", icon="stop")
        self.collect = KeyButton(self.tr("Information"), "F5", icon="note")
        self.report = KeyButton(self.tr("Tell the owner"), "F4", icon="linked")
        self.review = KeyButton(self.tr("Review"), "F10", icon="check")
        self.close_hit = KeyButton(self.tr("Close"), "F9", icon="lock")
        self.bar = QWidget()
        self.verdict_panel = VerdictPanel(words)
        self.opinion_panel = OpinionPanel(words)
        self.action_panel = ActionPanel(words)
        self.report_panel = ReportPanel(words)
        self.collection_panel = CollectionPanel(words)
        self.closing_panel = ClosingPanel(words)
        self.alone_panel = AlonePanel(words)
        self.viewing = Viewing(QWidget(), work, words, desk.content_of)
        self.taking_in = TakingIn(
            self.verdict_panel.attachments, self.viewing, work, desk, self._attaching, choose
        )
        self._lay_out()

        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep.timeout.connect(self.keep_now)
        self._connect()

    @property
    def case(self) -> HitCase | None:
        """What is shown."""
        return self._case

    def panels(self) -> dict[KeyButton, HitPanel]:
        """Each key of the bar, and what it opens."""
        return {
            self.judge: self.verdict_panel,
            self.opinion: self.opinion_panel,
            self.act: self.action_panel,
            self.collect: self.collection_panel,
            self.report: self.report_panel,
            self.review: self.alone_panel,
            self.close_hit: self.closing_panel,
        }

    def show_case(self, case: HitCase) -> None:
        self._half_typed = case.work
        self._keep.stop()
        self.news.hide()
        self._show(case)
        self._close_panels()

    @Slot()
    def look_again(self) -> None:
        """Another PC may have added to the hit: show it, and leave alone what is half typed."""
        case = self._case
        if case is None or self.isHidden() or self._is_recording:
            return
        self._work.run(lambda: self._desk.look_again(case.hit.id), self._show_news)

    def start(self) -> None:
        """Put the cursor where the work goes on."""
        self.facts.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep_now(self) -> None:
        """Keep what is half typed in the open panel."""
        if not self._keep.isActive() or self._case is None:
            return
        self._keep.stop()
        self._take_from_panel()
        hit_id, work = self._case.hit.id, self._half_typed
        self._work.run(lambda: self._desk.keep(hit_id, work), lambda _kept: None)

    @Slot()
    def tell_limit(self) -> None:
        """Say again how long the owner may still wait."""
        case = self._case
        if case is None:
            return
        now = self._now()
        words = self._said.limit(case.report_due, now)
        is_late = case.report_due is not None and now > case.report_due
        tone = Tone.ALARM if is_late else Tone.ATTENTION
        self.limit.setVisible(bool(words))
        self.limit.show_state(words, tone, icon="warning" if is_late else "clock")
        self.report_panel.show_limit(words, tone)

    def _show_news(self, case: HitCase) -> None:
        shown = self._case
        if shown is None or self._is_recording or shown.hit.id != case.hit.id:
            return  # gone on meanwhile
        if replace(case, work=shown.work) == shown:
            return
        self._show(case)
        words = self.tr("Changed elsewhere while it was open here.")
        self.news.show_state(words, Tone.ATTENTION, icon="info")
        self.news.show()

    def _show(self, case: HitCase) -> None:
        self._case = case
        self.name.setText(name_of(case.current))
        self.state.show_state(self._words.label(case.state), STATE_TONES[case.state], icon="info")
        self.track.show_case(case)
        self.facts.show_case(case)
        self.tell_limit()
        self._show_keys(case)

    def _show_keys(self, case: HitCase) -> None:
        progress = case.progress
        is_over = case.state is HitState.CLOSED or case.taken_back
        is_mine = self._officer in progress.judges
        waits = case.state is HitState.PROPOSED or progress.is_alone
        is_settled = bool(progress.confirmed_at) or progress.verdict is HitVerdict.CANNOT_SAY
        shown = {
            self.judge: not (case.state is HitState.PROPOSED and not is_mine),
            self.opinion: waits and not is_mine,
            self.act: is_settled,
            self.collect: case.needs_collection,
            self.report: True,
            self.review: progress.is_alone and not is_mine and Power.REVIEW in self._powers,
            self.close_hit: True,
        }
        following = self._next(case)
        for button, is_shown in shown.items():
            button.setVisible(is_shown and not is_over)
            button.show_tone(Tone.ACCENT if button is following else Tone.NEUTRAL)

    def _next(self, case: HitCase) -> KeyButton | None:
        """The key of what is to be done next, by whoever sits here."""
        progress = case.progress
        if self._officer not in progress.judges and case.state is HitState.PROPOSED:
            return self.opinion
        missing = {each.field for each in case.missing}
        for field, button in (
            ("verdict", self.judge),
            ("opinion", None),
            ("collection", self.collect),
            ("action", self.act),
            ("report", self.report),
        ):
            if field in missing:
                return button
        return self.close_hit

    def _open_panel(self, button: KeyButton) -> None:
        case = self._case
        if case is None:
            return
        self._close_panels()
        panel = self.panels()[button]
        panel.show_case(replace(case, work=self._half_typed))
        self.taking_in.draw(self.verdict_panel.attachments.attachments())
        panel.open_for(button.accessibleName(), "")
        self.bar.hide()
        self.track.hide()
        panel.show()
        self.facts.show_comparison()
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_panels(self) -> None:
        for panel in self.panels().values():
            panel.hide()
        self.problem.hide()
        self.bar.show()
        self.track.show()

    @Slot()
    def _leave_panel(self) -> None:
        self._take_from_panel()
        self._close_panels()
        self.facts.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_edited(self) -> None:
        panel = self._open_one()
        if panel is not None:
            self._keep.start()

    def _open_one(self) -> HitPanel | None:
        return next((each for each in self.panels().values() if not each.isHidden()), None)

    def _take_from_panel(self) -> None:
        """Half typed stays half typed, also when another panel is opened."""
        work = self._half_typed
        match self._open_one():
            case VerdictPanel() as panel:
                work = replace(work, adjudication=panel.draft())
            case OpinionPanel() as panel:
                work = replace(work, opinion=panel.draft())
            case ActionPanel() as panel:
                work = replace(work, action=panel.draft())
            case ReportPanel() as panel:
                work = replace(work, report=panel.draft())
            case CollectionPanel() as panel:
                work = replace(work, collection=panel.draft())
            case ClosingPanel() as panel:
                work = replace(work, closing_note=panel.draft())
        self._half_typed = work

    def _attaching(self, path: Path) -> Callable[[], Attaching]:
        case, draft = self._case, self.verdict_panel.draft()
        assert case is not None  # noqa: S101  nothing is attached where no hit is open
        return lambda: self._desk.attach(case.hit.id, draft, path)

    def _record(self, job: Callable[[str], Done[HitCase]]) -> None:
        """Have one step recorded, once, however often the key is pressed meanwhile."""
        case = self._case
        if case is None or self._is_recording:
            return
        self._is_recording = True
        self._keep.stop()
        self._take_from_panel()
        work = self._half_typed

        def record() -> Done[HitCase]:
            self._desk.keep(case.hit.id, work)
            return job(case.hit.id)

        self._work.run(record, self._recorded, self._refused)

    def _recorded(self, done: Done[HitCase]) -> None:
        self._is_recording = False
        self.show_case(done.value)
        self.facts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: BaseException) -> None:
        self._is_recording = False
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        if panel := self._open_one():
            panel.show_problems(error.problems)
            return
        self._say(error.problems)

    def _say(self, problems: Sequence[Problem]) -> None:
        self.problem.setText(" ".join(self._words.problem(each) for each in problems))
        self.problem.show()

    def _steps(self) -> Iterator[tuple[HitPanel, Callable[[str, Any], Done[HitCase]]]]:
        """What is recorded when a panel is decided."""
        desk = self._desk
        yield self.verdict_panel, desk.adjudicate
        yield self.opinion_panel, desk.give_opinion
        yield self.action_panel, desk.take_action
        yield self.report_panel, desk.report
        yield self.collection_panel, desk.collect
        yield self.alone_panel, desk.review_alone
        yield self.closing_panel, desk.close

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.facts.opened.connect(self.viewing.open)
        self.taking_in.changed.connect(self.keep_now)
        self.taking_in.busy.connect(self.verdict_panel.record.setDisabled)
        for panel, step in self._steps():
            panel.decided.connect(lambda said, step=step: self._record(lambda hit: step(hit, said)))
        for button, panel in self.panels().items():
            button.clicked.connect(lambda _checked, button=button: self._open_panel(button))
            panel.left.connect(self._leave_panel)
            panel.edited.connect(self._on_edited)

    def _lay_out(self) -> None:
        head = Rows()
        head.add(self.name, 20)
        head.add(self.state)
        head.add(self.limit)
        head.add(self.news)
        keys = Rows()
        keys.add(self.back)
        for button in self.panels():
            keys.add(button, 1)
        self.bar.setLayout(keys)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.viewing)
        column = QVBoxLayout(self.viewing.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        column.addLayout(head)
        column.addWidget(self.track)
        column.addWidget(self.facts, 1)
        column.addWidget(self.problem)
        column.addWidget(self.bar)
        for panel in self.panels().values():
            panel.hide()
            column.addWidget(panel)
