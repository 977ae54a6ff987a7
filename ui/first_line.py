"""The first line: document in, findings, one key to decide, and the next traveller."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_client.desk import Changed, Done, Refused
from checkpoint_client.desk.findings import Findings, PossibleHit
from checkpoint_client.desk.first_line import FirstLine, ReferralResult
from checkpoint_client.desk.log import Kept
from checkpoint_client.desk.reading import Taken, take
from checkpoint_client.documents.mrz import Mrz, NotAnMrz, read
from checkpoint_client.records import (
    BorderCheck,
    CheckDraft,
    Problem,
    ReferralDraft,
    RefusalDraft,
)
from checkpoint_client.records.codes import DocumentSource, RefusalGround
from checkpoint_client.settings import Settings
from ui.decisions import ReferPanel, RefusePanel
from ui.findings import FindingsPanel, FindingWords, key_of
from ui.record import DECISION_ICONS, DECISION_TONES
from ui.rows import Rows
from ui.theme import GAP, NEAR, Chip, KeyButton, Tone
from ui.traveller import TravellerForm
from ui.words import Words
from ui.work import Work

KEEP_AFTER_MS = 2000  # what is half typed is never older than this on disk
LONGEST_NAME = 24  # letters of a name beside other words
LOOK_AFTER_MS = 120  # a pause in typing; a document read is looked up at once


class Intent(StrEnum):
    """What the officer has asked for, while the findings are made sure of."""

    ADMIT = "ADMIT"
    REFER = "REFER"
    REFUSE = "REFUSE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the screen begins with."""

    defaults: CheckDraft
    kept: CheckDraft | None
    queue: tuple[CheckDraft, ...]
    last: Kept[BorderCheck] | None
    grounds: tuple[tuple[RefusalGround, str], ...]
    needs_approval: bool


class FirstLineScreen(QWidget):
    """One traveller after another. What a key does is on its button; nothing steals the cursor."""

    def __init__(
        self,
        desk: FirstLine,
        work: Work,
        words: Words,
        settings: Settings,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._work = work
        self._words = words
        self._now = now
        self._take_back_seconds = settings.take_back_seconds
        self._edition = 0
        self._is_deciding = False
        self._is_open = False
        self._read_meanwhile: list[tuple[str, DocumentSource]] = []
        self._findings: Findings | None = None
        self._looked_at = -1
        self._warned_at = -1
        self._next: list[CheckDraft] = []
        self._results: list[ReferralResult] = []
        self._last: Kept[BorderCheck] | None = None
        self._needs_approval = True

        self.form = TravellerForm(words, now)
        self.findings = FindingsPanel(words, FindingWords(words, self))
        self.notice = Chip()
        self.waiting = KeyButton("", "F6", Tone.ACCENT, icon="person")
        self.result = KeyButton("", "F5", Tone.ATTENTION, icon="back")
        self.refer_panel = ReferPanel(words)
        self.refuse_panel: RefusePanel | None = None
        self.bar = DecisionBar()
        self._lay_out()

        self._keep_timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep_timer.timeout.connect(self.keep_now)
        self._look_timer = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._look_timer.timeout.connect(self._look)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)
        self._connect()
        self._load()

    @property
    def is_looked_at(self) -> bool:
        """Whether the findings in view are those of what stands on the screen."""
        return self._looked_at == self._edition

    @Slot(str, DocumentSource)
    def take_document(self, text: str, source: DocumentSource) -> None:
        """A document was read, pasted or typed: it is the traveller's, or the next one waits."""
        if self._is_deciding or not self._is_open:
            self._read_meanwhile.append((text, source))
            return
        try:
            zone = read(text, today=self._now().date())
        except NotAnMrz as error:
            self.form.reject(text, error)
            return
        taken = self.form.take(zone, source)
        if taken is Taken.NEXT:
            self._let_wait(zone, source)
            return
        self._say_what_was_read(taken, zone)
        self._look()

    @Slot()
    def admit(self) -> None:
        self._intend(Intent.ADMIT)

    @Slot()
    def refer(self) -> None:
        self._intend(Intent.REFER)

    @Slot()
    def refuse(self) -> None:
        self._intend(Intent.REFUSE)

    @Slot()
    def take_back(self) -> None:
        """Withdraw the last check and bring its traveller back; nobody on the screen is lost."""
        self._work.run_in_step(self._desk.take_back, self._taken_back, self._not_taken_back)

    @Slot()
    def next_traveller(self) -> None:
        """Bring the one who waits to the screen; one who is still undecided waits instead."""
        if not self._next:
            return
        following = self._next.pop(0)
        current = self.form.draft()
        if current.has_traveller():
            self._next.append(current)
        self._show_traveller(self._with_crossing(following))
        self._show_waiting()

    @Slot()
    def acknowledge(self) -> None:
        """The officer has read the oldest outcome that came back."""
        if not self._results:
            return
        seen = self._results.pop().outcome.id
        self._work.run(lambda: self._desk.acknowledge(seen), lambda _seen: None)
        self._show_results()

    @Slot()
    def keep_now(self) -> None:
        """Keep what is half typed, so that neither a lock nor a power cut loses it."""
        self._keep_timer.stop()
        if not self._is_open:
            return  # what was kept has not come back yet
        draft, queue = self.form.draft(), tuple(self._next)

        def keep() -> None:
            self._desk.keep_draft(draft)
            self._desk.keep_queue(queue)

        self._work.run(keep, lambda _kept: None)

    # the traveller on the screen

    def _load(self) -> None:
        self._work.run(self._opening, self._open)
        self._work.run(self._desk.results, self._take_results)

    def _opening(self) -> Opening:
        return Opening(
            defaults=self._desk.defaults(),
            kept=self._desk.kept_draft(),
            queue=self._desk.kept_queue(),
            last=self._desk.last_check(),
            grounds=tuple((each.code, each.text) for each in self._desk.grounds()),
            needs_approval=self._desk.refusal_needs_approval(),
        )

    def _open(self, opening: Opening) -> None:
        self._needs_approval = opening.needs_approval
        self._make_refuse_panel(opening.grounds)
        self._last = opening.last
        self._next = list(opening.queue)
        self._show_waiting()
        self._show_traveller(opening.kept or opening.defaults)
        if opening.kept:
            self._say(self.tr("Here is what you had typed last."), Tone.ACCENT, icon="undo")
        self._count_down()
        self._is_open = True
        self._take_what_was_read()

    def _show_traveller(self, draft: CheckDraft) -> None:
        self.form.show_draft(draft)
        self._on_edited()
        self._look()
        self.form.start()

    @Slot()
    def _on_edited(self) -> None:
        self._edition += 1
        self._keep_timer.start()
        self._look_timer.start()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.take_document(text, DocumentSource.KEYBOARD)

    def _say_what_was_read(self, taken: Taken, zone: Mrz) -> None:
        if not zone.valid:
            self._say(
                self.tr("Read, but not all of it fits: compare the red fields."), Tone.ATTENTION
            )
            return
        words = {
            Taken.FILLED: self.tr("Document read."),
            Taken.DOCUMENT_ADDED: self.tr("Document added to this traveller."),
            Taken.READ_AGAIN: self.tr("The same document, read again."),
        }
        self._say(words[taken], Tone.OK)

    def _let_wait(self, zone: Mrz, source: DocumentSource) -> None:
        """Another person's document: it joins those who wait, or the document it belongs to."""
        for place, waiting in enumerate(self._next):
            result = take(waiting, zone, source)
            if result.taken is not Taken.NEXT:
                self._next[place] = result.draft
                self._show_waiting()
                return
        standing = replace(self.form.standing(), started_at=self._now())
        self._next.append(take(standing, zone, source).draft)
        self._show_waiting()
        self._say(
            self.tr("Another person's document: it waits. Decide on this traveller first."),
            Tone.ACCENT,
            icon="person",
        )

    def _with_crossing(self, draft: CheckDraft) -> CheckDraft:
        """A waiting traveller comes with the crossing as set now, and with what was used last."""
        standing = self.form.standing()
        return replace(
            draft,
            direction=standing.direction,
            transport=standing.transport,
            lane=standing.lane,
            vehicle=standing.vehicle,
            route=standing.route,
            purpose=draft.purpose or standing.purpose,
            entry_basis=draft.entry_basis or standing.entry_basis,
            destination=draft.destination or standing.destination,
        )

    # findings

    @Slot()
    def _look(self) -> None:
        """Ask for the findings on the draft as it stands. An answer that comes late is dropped."""
        self._look_timer.stop()
        draft, edition = self.form.draft(), self._edition
        if not draft.has_traveller():
            self._show_nobody(edition)
            return
        self._work.run_behind(
            lambda: self._desk.ask_ahead(draft),
            lambda: self._desk.findings(draft),
            lambda found: self._show_findings(found, draft, edition),
        )

    def _show_nobody(self, edition: int) -> None:
        self._findings = None
        self._looked_at = edition
        self.findings.show_waiting()
        self.form.ask_for(frozenset())

    def _show_findings(self, found: Findings, draft: CheckDraft, edition: int) -> None:
        if edition != self._edition:
            return
        self._findings = found
        self._looked_at = edition
        self.form.ask_for(found.required, found.questions)
        self.findings.show_findings(found, draft)

    # the decision

    def _intend(self, intent: Intent) -> None:
        """Decide on what the officer has seen: findings not yet shown are shown first."""
        if self._is_deciding or not self._is_open:
            return
        if self._looked_at == self._edition:
            self._go_on(intent)
            return
        draft, edition = self.form.draft(), self._edition
        seen = {key_of(hit) for hit in self._findings.hits} if self._findings else set()
        self._look_timer.stop()

        def looked(found: Findings) -> None:
            self._show_findings(found, draft, edition)
            if edition != self._edition:
                return
            if not seen.issuperset(map(key_of, found.hits)):
                self._say(
                    self.tr("New findings. Read them, then decide."), Tone.ATTENTION, icon="hit"
                )
                return
            self._go_on(intent)

        self._work.run_behind(
            lambda: self._desk.ask_ahead(draft), lambda: self._desk.findings(draft), looked
        )

    def _go_on(self, intent: Intent) -> None:
        if any(hit.level == "strong" for hit in self.findings.unread()):
            self._say_unread()
            return
        draft, edition = self.form.draft(), self._edition
        self._work.run(
            lambda: self._desk.missing(draft), lambda missing: self._word(intent, missing, edition)
        )

    def _word(self, intent: Intent, missing: list[Problem], edition: int) -> None:
        if edition != self._edition:
            return  # the key was meant for a traveller who has gone, or whose data have changed
        if missing:
            self._close_panels()
            self.form.show_problems(missing)
            self._say(self.tr("Something is missing, see the red field."), Tone.ATTENTION)
            return
        match intent:
            case Intent.ADMIT:
                self._admit()
            case Intent.REFER:
                self._open_panel(self.refer_panel, self.tr("To second line:"))
            case Intent.REFUSE:
                self._open_panel(self.refuse_panel, self.tr("Refuse entry:"))

    def _admit(self) -> None:
        strong = any(hit.level == "strong" for hit in self._findings.hits) if self._findings else 0
        if strong and self._warned_at != self._edition:
            self._warned_at = self._edition
            self._say(
                self.tr("Strong match. F7 refers; F9 once more admits."), Tone.ALARM, icon="hit"
            )
            return
        draft = self.form.draft()
        self._send(lambda: self._desk.admit(draft))

    @Slot(object)
    def _send_referral(self, referral: ReferralDraft) -> None:
        draft = self.form.draft()
        self._send(lambda: self._desk.refer(draft, referral))

    @Slot(object)
    def _send_refusal(self, refusal: RefusalDraft) -> None:
        draft = self.form.draft()
        self._send(lambda: self._desk.refuse(draft, refusal))

    def _send(self, decide: Callable[[], Done[Kept[BorderCheck]]]) -> None:
        """Have it recorded, once, however often the key is pressed meanwhile."""
        if self._is_deciding:
            return
        self._is_deciding = True
        self._work.run_in_step(decide, self._decided, self._refused)

    def _decided(self, done: Done[Kept[BorderCheck]]) -> None:
        """The check is recorded: the screen is ready, and the crossing stays as it was set."""
        self._is_deciding = False
        self._last = done.value
        standing = self.form.standing()
        self._close_panels()
        for panel in self._panels():
            panel.start()
        following = self._next.pop(0) if self._next else None
        self._show_traveller(self._with_crossing(following) if following else standing)
        self._show_waiting()
        self._count_down()
        self._second.start()
        self._take_what_was_read()

    def _refused(self, error: BaseException) -> None:
        self._is_deciding = False
        self._show_refused(error)
        self._take_what_was_read()

    def _take_what_was_read(self) -> None:
        """Documents that came while the screen was opening or a decision was being recorded."""
        came, self._read_meanwhile = self._read_meanwhile, []
        for text, source in came:
            self.take_document(text, source)

    def _show_refused(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        problems = error.problems
        if any(each.field == "hits" for each in problems):
            self._say_unread()
            return
        open_panel = next((each for each in self._panels() if each.isVisible()), None)
        if open_panel is not None:
            open_panel.show_problems(problems)
            return
        self.form.show_problems(problems)

    def _taken_back(self, done: Done[CheckDraft]) -> None:
        current = self.form.draft()
        if current.has_traveller():
            self._next.insert(0, current)
        self._last = None
        self._second.stop()
        self.bar.show_take_back(0)
        self._show_traveller(replace(done.value, started_at=self._now()))
        self._show_waiting()
        self._say(self.tr("Taken back. Decide again."), Tone.ATTENTION, icon="undo")

    def _not_taken_back(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        words = {
            "nothing": self.tr("There is no check to take back."),
            "too-late": self.tr("The minute is over. Correct the check in the log."),
            "already-decided": self.tr("Second line has decided. Correct the check in the log."),
        }
        self._say(words[error.problems[0].code], Tone.ATTENTION)

    # panels and notices

    def _make_refuse_panel(self, grounds: tuple[tuple[RefusalGround, str], ...]) -> None:
        panel = RefusePanel(self._words, grounds)
        panel.hide()
        panel.decided.connect(self._send_refusal)
        panel.left.connect(self._leave_panel)
        if self._needs_approval:
            panel.say_consequence(
                self.tr("Headquarters approves refusals: the traveller goes to second line."),
                self.tr("Propose refusal"),
            )
        self._panel_column.addWidget(panel)
        panel.start()
        self.refuse_panel = panel

    def _panels(self) -> list[ReferPanel | RefusePanel]:
        panels: list[ReferPanel | RefusePanel] = [self.refer_panel]
        return [*panels, self.refuse_panel] if self.refuse_panel else panels

    def _open_panel(self, panel: ReferPanel | RefusePanel | None, heading: str) -> None:
        if panel is None:
            return
        self._close_panels()
        draft = self.form.draft()
        name = f"{draft.primary_identifier} {draft.secondary_identifier}".strip()
        panel.open_for(heading, name)
        self.bar.hide()
        panel.show()
        panel.setFocus()

    def _close_panels(self) -> None:
        for panel in self._panels():
            panel.hide()
        self.bar.show()

    @Slot()
    def _leave_panel(self) -> None:
        self._close_panels()
        self.form.start()

    def _say_unread(self) -> None:
        words = self._words.problem(Problem("hits", "not-acknowledged"))
        self._say(words, Tone.ALARM, icon="hit")

    def _say(self, words: str, tone: Tone, *, icon: str = "") -> None:
        self.notice.show_state(words, tone, icon=icon)

    def _count_down(self) -> None:
        """Say what was decided last, and how long it can still be taken back."""
        if self._last is None:
            return
        decided_at = self._last.recorded_at
        until = decided_at + timedelta(seconds=self._take_back_seconds)
        left = round((until - self._now()).total_seconds())
        self.bar.show_take_back(left)
        if left <= 0:
            self._second.stop()
        said = self._said(self._last)
        if left > 0:
            said = self.tr("{0} · F12 takes it back within {1} s").format(said, left)
            if not self._second.isActive():
                self._second.start()
        decision = self._last.record.decision
        self._say(said, DECISION_TONES[decision], icon=DECISION_ICONS[decision])

    def _said(self, check: Kept[BorderCheck]) -> str:
        person = check.record.person
        name = shortened(f"{person.primary_identifier} {person.secondary_identifier}".strip())
        decision = self._words.label(check.record.decision)
        return f"{decision} {check.recorded_at:%H:%M:%S} · {name}"

    def _show_waiting(self) -> None:
        self._keep_timer.start()
        names = [f"{each.primary_identifier} {each.secondary_identifier}" for each in self._next]
        self.waiting.setVisible(bool(names))
        if names:
            name = shortened(names[0].strip())
            text = self.tr("%n waiting: {0}", "", len(names)).format(name)
            self.waiting.setText(text)
            self.waiting.setAccessibleName(text)

    @Slot(object)
    def _keep_read(self, hits: tuple[PossibleHit, ...]) -> None:
        self._work.run(lambda: self._desk.acknowledge_hits(hits), lambda _kept: None)

    def _take_results(self, results: list[ReferralResult]) -> None:
        self._results = results
        self._show_results()

    def _show_results(self) -> None:
        self.result.setVisible(bool(self._results))
        if not self._results:
            return
        oldest = self._results[-1]
        person = oldest.check.record.person
        text = self.tr("Second line: {0} · {1}").format(
            self._words.label(oldest.outcome.record.decision),
            shortened(f"{person.primary_identifier} {person.secondary_identifier}"),
        )
        self.result.setText(text)
        self.result.setAccessibleName(text)

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if Changed.REFERRALS in changed:
            self._work.run(self._desk.results, self._take_results)
        if Changed.LISTS in changed:
            self._look()

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.form.document_typed.connect(self._on_typed)
        self.bar.admit.clicked.connect(self.admit)
        self.bar.refer.clicked.connect(self.refer)
        self.bar.refuse.clicked.connect(self.refuse)
        self.bar.take_back.clicked.connect(self.take_back)
        self.waiting.clicked.connect(self.next_traveller)
        self.result.clicked.connect(self.acknowledge)
        self.refer_panel.decided.connect(self._send_referral)
        self.refer_panel.left.connect(self._leave_panel)
        self.findings.read.connect(self._keep_read)
        self._work.changed.connect(self._on_changed)
        zone = QShortcut("F3", self, self.form.go_to_zone)
        zone.setWhatsThis(self.tr("To the machine-readable zone"))

    def _lay_out(self) -> None:
        self._say(self.tr("Ready for a document"), Tone.NEUTRAL, icon="passport")
        head = Rows()
        room = QWidget()
        left = QHBoxLayout(room)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.notice)
        left.addStretch(1)
        head.add(room, 1)
        head.add(self.result)
        head.add(self.waiting)
        self.waiting.hide()
        self.result.hide()
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addWidget(self.form, 63)
        middle.addWidget(self.findings, 37)
        self._panel_column = QVBoxLayout()
        self._panel_column.addWidget(self.bar)
        self._panel_column.addWidget(self.refer_panel)
        self.refer_panel.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, NEAR, GAP, NEAR)
        column.setSpacing(NEAR)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addLayout(self._panel_column)


def shortened(name: str) -> str:
    """A name that has to share a line with others; nothing is decided by it."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


class DecisionBar(QWidget):
    """The keys that decide, far from each other by what they do."""

    def __init__(self) -> None:
        super().__init__()
        self.admit = KeyButton(self.tr("Admit"), "F9", Tone.ACCENT, icon="check")
        self.refer = KeyButton(self.tr("Refer"), "F7", Tone.ATTENTION, icon="queue")
        self.refuse = KeyButton(self.tr("Refuse"), "F8", Tone.ALARM, icon="stop")
        self.take_back = KeyButton(self.tr("Take back"), "F12", icon="undo")
        self.take_back.setEnabled(False)
        laid = QHBoxLayout(self)
        laid.setContentsMargins(0, 0, 0, 0)
        laid.setSpacing(NEAR)
        laid.addWidget(self.admit, 3)
        laid.addWidget(self.refer, 2)
        laid.addWidget(self.refuse, 2)
        laid.addSpacing(GAP)
        laid.addWidget(self.take_back, 1)

    def show_take_back(self, seconds: int) -> None:
        """How long the last check can still be taken back; not at all from 0 on."""
        self.take_back.setEnabled(seconds > 0)
        words = self.tr("Take back ({0} s)").format(seconds) if seconds > 0 else ""
        self.take_back.setText(words or self.tr("Take back"))
