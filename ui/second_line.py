"""Second line: who waits, the whole case without typing anything again, notes, and the outcome."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.desk import Changed, Done, Refused
from checkpoint_client.desk.attaching import Attaching
from checkpoint_client.desk.log import Kept, LogRow
from checkpoint_client.desk.second_line import Case, ClosedInterview, SecondLine, WaitingReferral
from checkpoint_client.records import (
    AddendumDraft,
    Amendment,
    BorderCheck,
    Document,
    Interview,
    InterviewDraft,
    Outcome,
    OutcomeDraft,
    Referral,
)
from checkpoint_client.records.codes import RefusalGround
from ui.attachments import Choose, TakingIn, Viewing
from ui.decisions import OutcomePanel
from ui.findings import FindingWords, RecordedHit, line
from ui.interview import ClosedNotes, InterviewNotes
from ui.scroll import Scroll
from ui.table import Column, RecordList, Table
from ui.theme import GAP, NEAR, TIGHT, Card, Chip, KeyButton, Quiet, ScreenTitle, Text, Tone, mono
from ui.words import Words
from ui.work import Work

KEEP_AFTER_MS = 2000  # what is half typed is never older than this on disk
TICK_MS = 10_000  # waiting times are told in minutes
LONG_WAIT_MINUTES = 30


class SecondLineScreen(QWidget):
    """The queue, and in its place one opened case."""

    def __init__(
        self,
        desk: SecondLine,
        work: Work,
        words: Words,
        now: Callable[[], datetime],
        choose: Choose | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._work = work
        self._words = words
        self._now = now
        self._choose = choose or Choose()
        self._waiting: list[WaitingReferral] = []
        self._grounds: tuple[tuple[RefusalGround, str], ...] = ()

        self.title = ScreenTitle(self.tr("Waiting for second line"))
        self.notice = Chip()
        self.notice.hide()
        self.queue = self._make_queue()
        self.case: CaseScreen | None = None
        self.pages = QStackedWidget()
        self._lay_out()

        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._tell_waiting_times)
        self._tick.start()
        self.queue.opened.connect(self._open)
        work.changed.connect(self._on_changed)
        self._work.run(
            lambda: tuple((each.code, each.text) for each in desk.grounds()), self._take_grounds
        )
        self._reload()

    @Slot()
    def keep_now(self) -> None:
        """Keep open notes, so that neither a lock nor a power cut loses them."""
        if self.case:
            self.case.keep_now()

    @Slot()
    def back(self) -> None:
        """From the case to the queue; the notes stay open as they are."""
        if self.case is None:
            return
        case, self.case = self.case, None
        case.keep_now()
        self.pages.setCurrentIndex(0)
        self.queue.setFocus()
        self.pages.removeWidget(case)
        case.deleteLater()
        self._reload()

    @Slot(object)
    def _open(self, waiting: WaitingReferral) -> None:
        self._work.run(lambda: self._desk.open(waiting.referral.id), self._opened, self._refused)

    def _opened(self, done: Done[Case]) -> None:
        self.notice.hide()
        case = CaseScreen(done.value, self._desk, self._work, self._words, self._now, self._choose)
        case.make_panel(self._grounds)
        case.left.connect(self.back)
        case.sent.connect(self._sent)
        self.case = case
        self.pages.addWidget(case)
        self.pages.setCurrentWidget(case)
        case.start()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        self._say(self.tr("This referral is no longer here."), Tone.ATTENTION)
        self._reload()

    @Slot(object)
    def _sent(self, outcome: Kept[Outcome]) -> None:
        name = self.case.name if self.case else ""
        self.back()
        decision = self._words.label(outcome.record.decision)
        self._say(self.tr("Sent to the booth: {0} · {1}").format(decision, name), Tone.OK)

    def _say(self, words: str, tone: Tone) -> None:
        self.notice.show_state(words, tone)
        self.notice.show()

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if Changed.REFERRALS in changed and self.case is None:
            self._reload()

    def _reload(self) -> None:
        self._work.run(self._desk.waiting, self._show_waiting)

    def _show_waiting(self, waiting: list[WaitingReferral]) -> None:
        self._waiting = waiting
        self.queue.show_rows(waiting)
        if waiting and self.queue.current() is None:
            self.queue.choose(0)

    @Slot()
    def _tell_waiting_times(self) -> None:
        if self.case is None:
            self.queue.show_rows(self._waiting)

    def _take_grounds(self, grounds: tuple[tuple[RefusalGround, str], ...]) -> None:
        self._grounds = grounds

    def _minutes(self, waiting: WaitingReferral) -> int:
        return int((self._now() - waiting.since).total_seconds() // 60)

    def _make_queue(self) -> RecordList[WaitingReferral]:
        words = self._words
        table: Table[WaitingReferral] = Table(
            [
                Column(
                    self.tr("Waiting"),
                    lambda each: self.tr("%n min", "", self._minutes(each)),
                    width=12,
                    tone=lambda each: (
                        Tone.ATTENTION if self._minutes(each) >= LONG_WAIT_MINUTES else Tone.NEUTRAL
                    ),
                    icon=lambda _each: "clock",
                ),
                Column(self.tr("Name"), lambda each: name_of(each.check.record)),
                Column(
                    self.tr("Born"),
                    lambda each: each.check.record.person.birth_date.on_screen(),
                    width=12,
                ),
                Column(
                    self.tr("Nationality"),
                    lambda each: " ".join(each.check.record.person.nationality),
                    width=12,
                ),
                Column(self.tr("Reason"), lambda each: words.label(each.referral.record.reason)),
                Column(self.tr("Referred by"), lambda each: each.referral.officer, width=14),
                Column(self.tr("Opened by"), lambda each: each.opened_by, width=14),
            ]
        )
        return RecordList(
            table,
            name=self.tr("Waiting for second line"),
            empty=self.tr("Nobody waits. Referrals from the booths appear here by themselves."),
            key=lambda each: each.referral.id,
        )

    def _lay_out(self) -> None:
        queue = QWidget()
        column = QVBoxLayout(queue)
        column.setContentsMargins(GAP, NEAR, GAP, NEAR)
        column.setSpacing(NEAR)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.notice)
        column.addLayout(head)
        column.addWidget(self.queue, 1)
        column.addWidget(Quiet(self.tr("Enter opens the case. That it was opened is recorded.")))
        self.pages.addWidget(queue)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        self.setFocusProxy(self.queue)


class CaseScreen(QWidget):
    """One referral: on the left what is known, on the right the interview."""

    left = Signal()
    sent = Signal(object)

    def __init__(
        self,
        case: Case,
        desk: SecondLine,
        work: Work,
        words: Words,
        now: Callable[[], datetime],
        choose: Choose,
    ) -> None:
        super().__init__()
        self._case = case
        self._desk = desk
        self._work = work
        self._words = words
        self._now = now
        self._closed = list(case.interviews)
        self._is_signing = False
        self.name = name_of(case.current)

        self.title = ScreenTitle(self.name)
        self.reason = Chip(words.label(case.referral.record.reason), Tone.ATTENTION, icon="queue")
        self.known = CaseFacts(case, words)
        self.notes = InterviewNotes(words, now, desk.proposed_questions())
        self.closed = ClosedNotes(words)
        self.problem = Text(role="problem")
        self.problem.hide()
        self.panel: OutcomePanel | None = None
        self.back = KeyButton(self.tr("Back"), "Esc", icon="back")
        self.again = KeyButton(self.tr("Another interview"), "Ctrl+N", icon="note")
        self.close_notes = KeyButton(self.tr("Close and sign"), "F10", icon="lock")
        self.add_words = KeyButton(self.tr("Add to the notes"), "F10", icon="note")
        self.outcome = KeyButton(self.tr("Outcome"), "F9", Tone.ACCENT, icon="check")
        self.bar = QWidget()
        self.viewing = Viewing(QWidget(), work, words, desk.content_of)
        self.taking_in = TakingIn(
            self.notes.attachments, self.viewing, work, desk, self._attaching, choose
        )
        self._lay_out()

        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep.timeout.connect(self.keep_now)
        self.notes.edited.connect(self._keep.start)
        self.taking_in.changed.connect(self.keep_now)
        self.taking_in.busy.connect(self.close_notes.setDisabled)
        self.closed.opened.connect(self.viewing.open)
        self.back.clicked.connect(self.left)
        self.again.clicked.connect(self.another_interview)
        self.close_notes.clicked.connect(self.close_interview)
        self.add_words.clicked.connect(self.add_addendum)
        self.outcome.clicked.connect(self.word_outcome)
        self._show_interviews()

    def make_panel(self, grounds: tuple[tuple[RefusalGround, str], ...]) -> None:
        """The panel for the outcome; it begins with what the booth proposed."""
        panel = OutcomePanel(self._words, grounds)
        panel.start()
        referral = self._case.referral.record
        panel.propose(referral.grounds, referral.national_ground)
        panel.hide()
        panel.decided.connect(self._send)
        panel.left.connect(self._leave_panel)
        self._column.addWidget(panel)
        self.panel = panel

    def start(self) -> None:
        """Put the cursor where the work goes on."""
        if not self.notes.isHidden():
            self.notes.start()
            return
        self.closed.addendum.setFocus()

    @Slot()
    def keep_now(self) -> None:
        self._keep.stop()
        draft = self.notes.draft()
        if draft is None or self.notes.isHidden():
            return
        self._work.run(lambda: self._desk.keep_interview(draft), lambda _kept: None)

    @Slot()
    def close_interview(self) -> None:
        """Close the notes and sign them. From here on they are only added to."""
        draft = self.notes.draft()
        if draft is None or self._is_signing:
            return
        self._is_signing = True
        self._keep.stop()
        self._work.run(
            lambda: self._desk.close_interview(draft), self._interview_closed, self._not_closed
        )

    @Slot()
    def add_addendum(self) -> None:
        if self._is_signing:
            return
        self._is_signing = True
        interview = self._closed[-1].interview
        addendum = AddendumDraft(note=self.closed.addendum_text.toPlainText())
        self._work.run(
            lambda: self._desk.add_addendum(interview.id, addendum), self._added, self._not_added
        )

    @Slot()
    def another_interview(self) -> None:
        """Begin notes of another interview in the same case."""
        self._show_notes(
            InterviewDraft(
                check_id=self._case.check.id,
                referral_id=self._case.referral.id,
                started_at=self._now(),
            )
        )
        self.notes.start()

    @Slot()
    def word_outcome(self) -> None:
        """Open the panel for the outcome; notes that are open stay as they are."""
        if self.panel is None:
            return
        self.keep_now()
        self.bar.hide()
        self.problem.hide()
        self.panel.open_for(self.tr("Outcome for"), self.name)
        self.panel.show()
        self.panel.setFocus()

    def _attaching(self, path: Path) -> Callable[[], Attaching]:
        draft = self.notes.draft()
        assert draft is not None  # noqa: S101  nothing is attached before notes are begun
        return lambda: self._desk.attach(draft, path)

    def _interview_closed(self, done: Done[Kept[Interview]]) -> None:
        self._is_signing = False
        self.notes.forget()
        self._work.run(lambda: self._desk.closed(done.value.id), self._append_closed)

    def _append_closed(self, closed: ClosedInterview) -> None:
        self._closed.append(closed)
        self._show_closed()
        self.outcome.setFocus()

    def _not_closed(self, error: BaseException) -> None:
        self._is_signing = False
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        self.notes.show_problems(error.problems)

    def _added(self, done: Done[Kept[Amendment]]) -> None:
        self._is_signing = False
        last = self._closed[-1]
        self._closed[-1] = replace(last, addenda=(*last.addenda, done.value))
        self._show_closed()
        self.closed.addendum.setFocus()

    def _not_added(self, error: BaseException) -> None:
        self._is_signing = False
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        self.closed.addendum.show_problem(self.tr("Write what is to be added."))
        self.closed.addendum.setFocus()

    @Slot(object)
    def _send(self, outcome: OutcomeDraft) -> None:
        self._work.run(
            lambda: self._desk.send_outcome(self._case.referral.id, outcome),
            lambda done: self.sent.emit(done.value),
            self._not_sent,
        )

    def _not_sent(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        said = {
            "not-closed": self.tr("Close and sign the notes first (F10)."),
            "already-decided": self.tr("Somebody has sent an outcome already."),
            "taken-back": self.tr("The booth has taken this check back: nobody waits any more."),
            "second-person": self.tr("You proposed this refusal: somebody else must decide on it."),
        }
        found = [said[each.code] for each in error.problems if each.code in said]
        if not found:
            if self.panel:
                self.panel.show_problems(error.problems)
            return
        self._leave_panel()
        self.problem.setText(" ".join(found))
        self.problem.show()

    @Slot()
    def _leave_panel(self) -> None:
        if self.panel:
            self.panel.hide()
        self.bar.show()
        self.start()

    def _show_interviews(self) -> None:
        draft = self._case.draft
        has_open_notes = bool(draft.exchanges_noted() or draft.account or draft.attachments)
        if self._closed and not has_open_notes:
            self._show_closed()
            return
        self._show_notes(self._case.draft)

    def _show_notes(self, draft: InterviewDraft) -> None:
        self.notes.show_draft(draft)
        self._work.run(
            self._desk.can_close_for_supervisors,
            lambda can_close: self.notes.let_close_for_supervisors(can_close=can_close),
        )
        self.taking_in.draw(draft.attachments)
        self.notes.show()
        self.closed.hide()
        self.close_notes.show()
        self.add_words.hide()
        self.again.hide()

    def _show_closed(self) -> None:
        self.closed.show_interviews(self._closed)
        self.closed.show()
        self.notes.hide()
        self.close_notes.hide()
        self.add_words.show()
        self.again.show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(NEAR)
        head.addWidget(self.title, 1)
        head.addWidget(self.reason)
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addWidget(self.known, 2)
        middle.addWidget(self.notes, 3)
        middle.addWidget(self.closed, 3)
        keys = QHBoxLayout(self.bar)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(NEAR)
        keys.addWidget(self.back)
        keys.addStretch(1)
        for button in (self.again, self.close_notes, self.add_words, self.outcome):
            keys.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.viewing)
        self._column = QVBoxLayout(self.viewing.content)
        self._column.setContentsMargins(GAP, NEAR, GAP, NEAR)
        self._column.setSpacing(NEAR)
        self._column.addLayout(head)
        self._column.addLayout(middle, 1)
        self._column.addWidget(self.problem)
        self._column.addWidget(self.bar)


class CaseFacts(QWidget):
    """All that is known of a case, to be read beside the interview."""

    def __init__(self, case: Case, words: Words) -> None:
        super().__init__()
        self._words = words
        content = QWidget()
        self._cards = QVBoxLayout(content)
        self._cards.setContentsMargins(0, 0, NEAR, 0)
        self._cards.setSpacing(NEAR)
        self.reading = Scroll(content)
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reading.setAccessibleName(self.tr("What is known"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.reading)
        self._show(case)

    def _show(self, case: Case) -> None:
        self._cards.addWidget(self._referral(case.referral))
        sentences = FindingWords(self._words, self)
        confirmed = {each.record.hit_id: each.record for each in case.confirmations}
        for hit in case.hits:
            self._cards.addWidget(RecordedHit(hit.record, sentences, confirmed.get(hit.id)))
        self._cards.addWidget(self._person(case.current))
        for document in case.current.documents:
            self._cards.addWidget(self._document(document))
        self._cards.addWidget(self._crossing(case.current))
        self._cards.addWidget(self._earlier(case.earlier))
        self._cards.addStretch(1)

    def _referral(self, referral: Kept[Referral]) -> Card:
        record = referral.record
        grounds = " ".join(record.grounds)
        return self._card(
            self.tr("Referral"),
            (
                (self._words.field("reason"), self._words.label(record.reason)),
                (self.tr("By"), f"{referral.officer} · {referral.happened_at:%H:%M}"),
                (self._words.field("grounds"), f"{grounds} {record.national_ground}".strip()),
                (self._words.field("note"), record.note),
            ),
        )

    def _person(self, check: BorderCheck) -> Card:
        person = check.person
        names = ("primary_identifier", "secondary_identifier", "patronymic", "name_native")
        return self._card(
            self.tr("Traveller"),
            (
                *((self._words.field(name), getattr(person, name)) for name in names),
                (self._words.field("birth_date"), person.birth_date.on_screen()),
                (self._words.field("sex"), self._words.label(person.sex)),
                (self._words.field("nationality"), " ".join(person.nationality)),
                (self._words.field("national_number"), " ".join(person.national_numbers)),
            ),
        )

    def _document(self, document: Document) -> Card:
        card = self._card(
            self._words.label(document.document_class),
            (
                (self._words.field("number"), document.number),
                (self._words.field("issuing_state"), document.issuing_state),
                (self._words.field("expiry_date"), document.expiry_date.on_screen()),
                (self._words.field("source"), self._words.label(document.source)),
            ),
        )
        if document.mrz:
            zone = Text("\n".join(document.mrz), role="quiet")
            zone.setWordWrap(False)
            zone.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            mono(zone)
            card.body.addWidget(zone)
        return card

    def _crossing(self, check: BorderCheck) -> Card:
        vehicle = check.vehicle
        plate = f"{vehicle.plate} {vehicle.plate_country}".strip() if vehicle else ""
        return self._card(
            self.tr("Crossing"),
            (
                (self._words.field("direction"), self._words.label(check.direction)),
                (self._words.field("transport"), self._words.label(check.transport)),
                (self._words.field("lane"), check.lane),
                (self._words.field("plate"), plate),
                (self._words.field("route"), check.route),
                (self._words.field("purpose"), self._words.label(check.purpose)),
                (self._words.field("entry_basis"), self._words.label(check.entry_basis)),
                (self._words.field("destination"), check.destination),
                (self._words.field("companions"), check.companions),
                (
                    self._words.field("no_document_reason"),
                    self._words.label(check.no_document_reason),
                ),
                (self._words.field("remarks"), check.remarks),
            ),
        )

    def _earlier(self, earlier: Iterable[LogRow]) -> Card:
        card = Card(self.tr("Earlier crossings known here"))
        for crossing in earlier:
            said = " · ".join(
                (
                    f"{crossing.happened_at:%d.%m.%Y %H:%M}",
                    self._words.label(crossing.direction),
                    self._words.label(crossing.outcome or crossing.decision),
                )
            )
            card.body.addWidget(line(said, Tone.NEUTRAL, icon="clock"))
        if not earlier:
            card.body.addWidget(Quiet(self.tr("None.")))
        return card

    def _card(self, title: str, facts: Iterable[tuple[str, str]]) -> Card:
        card = Card(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(1, 1)
        for place, (label, text) in enumerate(each for each in facts if each[1]):
            name = Quiet(label)
            name.setMinimumWidth(name.fontMetrics().averageCharWidth() * 12)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(text), place, 1)
        card.body.addLayout(grid)
        return card


def name_of(check: BorderCheck) -> str:
    person = check.person
    return f"{person.primary_identifier} {person.secondary_identifier}".strip()
