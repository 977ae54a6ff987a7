"""One record as it stands: what was noted, what was corrected, and what others did with it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_client.desk.done import Done, Refused
from checkpoint_client.desk.log import Log, RecordView
from checkpoint_client.desk.second_line import ClosedInterview, Readers
from checkpoint_client.records import (
    Amendment,
    AmendmentDraft,
    Attachment,
    BorderCheck,
    Change,
    Document,
    Outcome,
    Problem,
    Referral,
)
from checkpoint_client.records.codes import (
    AmendReason,
    ConsultReason,
    Decision,
    Direction,
    EntryBasis,
    Purpose,
    Sex,
    Verdict,
)
from checkpoint_client.records.dates import PartialDate
from ui.attachments import AttachmentsOf, Choose, Viewing
from ui.findings import FindingWords, RecordedHit
from ui.form import Choice, Field, Form, NoteEdit
from ui.scroll import Scroll
from ui.theme import (
    GAP,
    NEAR,
    Card,
    Chip,
    KeyButton,
    Quiet,
    ScreenTitle,
    SectionTitle,
    Text,
    Tone,
    mono,
    row,
)
from ui.words import Words, at_moment, at_time
from ui.work import Work

DECISION_TONES = {
    Decision.ADMITTED: Tone.OK,
    Decision.REFERRED: Tone.ATTENTION,
    Decision.REFUSED: Tone.ALARM,
}
DECISION_ICONS = {
    Decision.ADMITTED: "check",
    Decision.REFERRED: "queue",
    Decision.REFUSED: "stop",
}
CODED: dict[str, type[Direction | Sex | Purpose | EntryBasis]] = {
    "direction": Direction,
    "person.sex": Sex,
    "purpose": Purpose,
    "entry_basis": EntryBasis,
}


class RecordPane(QWidget):
    """Shows a record and all that belongs to it. It is read, never typed in.

    `opened` says that an attachment is to be seen.
    """

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._sentences = FindingWords(words, self)
        self.title = ScreenTitle()
        self.origin = Quiet()
        self.chips = QHBoxLayout()
        self.chips.setSpacing(NEAR)
        self._content = QWidget()
        self._cards = QVBoxLayout(self._content)
        self._cards.setContentsMargins(0, 0, NEAR, 0)
        self._cards.setSpacing(NEAR)
        self.reading = Scroll(self._content)
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reading.setAccessibleName(self.tr("Record"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(self.title)
        column.addLayout(self.chips)
        column.addWidget(self.origin)
        column.addWidget(self.reading, 1)
        self.setFocusProxy(self.reading)

    def clear(self) -> None:
        self.title.clear()
        self.origin.clear()
        _empty(self.chips)
        _empty(self._cards)

    def show_record(self, view: RecordView) -> None:
        """Everything in view: the check as it reads now, and the entries about it."""
        self.clear()
        check = view.current
        names = (check.person.primary_identifier, check.person.secondary_identifier)
        self.title.setText(" ".join(each for each in names if each))
        told = [
            at_moment(view.kept.happened_at),
            self.tr("officer {0}").format(view.kept.officer or "–"),
            self.tr("workstation {0}").format(view.kept.origin),
        ]
        if view.position is not None:
            told.append(self.tr("entry {0}").format(view.position))
        self.origin.setText(" · ".join(told))
        self._show_chips(view)
        amended = {
            change.field: change.before
            for amendment in reversed(view.amendments)
            for change in amendment.record.changes
        }
        self._add(self._traveller(check, amended))
        for place, document in enumerate(check.documents):
            self._add(self._document(document, place, amended))
        self._add(self._crossing(check, amended))
        for amendment in view.amendments:
            self._add(self._amendment(amendment.record, amendment.officer, amendment.happened_at))
        confirmed = {each.record.hit_id: each.record for each in view.confirmations}
        for hit in view.hits:
            self._add(RecordedHit(hit.record, self._sentences, confirmed.get(hit.id)))
        for referral in view.referrals:
            self._add(self._referral(referral.record, referral.officer, referral.happened_at))
        for interview in view.interviews:
            self._add(self._interview(interview))
        for outcome in view.outcomes:
            self._add(self._outcome(outcome.record, outcome.officer, outcome.happened_at))
        if view.reviews:
            self._add(self._reviews(view))
        if view.consultations:
            self._add(self._consultations(view))
        self._cards.addStretch(1)
        self.reading.verticalScrollBar().setValue(0)

    def _show_chips(self, view: RecordView) -> None:
        decision = view.current.decision
        chips = [
            Chip(
                self._words.label(decision), DECISION_TONES[decision], icon=DECISION_ICONS[decision]
            )
        ]
        if view.withdrawal:
            at = at_time(view.withdrawal.happened_at)
            chips.append(Chip(self.tr("Taken back at {0}").format(at), Tone.ATTENTION, icon="undo"))
        if view.amendments:
            words = self.tr("%n correction(s)", "", len(view.amendments))
            chips.append(Chip(words, Tone.ACCENT, icon="note"))
        if view.row.reviewed:
            chips.append(verdict_chip(self._words, view.row.reviewed))
        for chip in chips:
            self.chips.addWidget(chip)
        self.chips.addStretch(1)

    def _traveller(self, check: BorderCheck, amended: dict[str, str]) -> Card:
        person = check.person
        return self._facts(
            self.tr("Traveller"),
            (
                ("person.primary_identifier", person.primary_identifier),
                ("person.secondary_identifier", person.secondary_identifier),
                ("person.patronymic", person.patronymic),
                ("person.name_native", person.name_native),
                ("person.birth_date", person.birth_date.on_screen()),
                ("person.sex", self._words.label(person.sex)),
                ("person.nationality.0", " ".join(person.nationality)),
                ("person.national_numbers", " ".join(person.national_numbers)),
            ),
            amended,
        )

    def _document(self, document: Document, place: int, amended: dict[str, str]) -> Card:
        card = self._facts(
            self._words.label(document.document_class),
            (
                (f"documents.{place}.number", document.number),
                (f"documents.{place}.issuing_state", document.issuing_state),
                (f"documents.{place}.expiry_date", document.expiry_date.on_screen()),
                (f"documents.{place}.source", self._words.label(document.source)),
            ),
            amended,
        )
        if document.mrz:
            lines = Text("\n".join(document.mrz))
            lines.setWordWrap(False)
            mono(lines)
            card.body.addWidget(lines)
        return card

    def _crossing(self, check: BorderCheck, amended: dict[str, str]) -> Card:
        vehicle = check.vehicle
        lists = (
            f"{self._words.list_name(each.list_id)} {each.version}, "
            f"{self._words.age(each.age_hours)}"
            for each in check.lists
        )
        return self._facts(
            self.tr("Crossing"),
            (
                ("direction", self._words.label(check.direction)),
                ("transport", self._words.label(check.transport)),
                ("lane", check.lane),
                ("vehicle.plate", f"{vehicle.plate} {vehicle.plate_country}" if vehicle else ""),
                ("route", check.route),
                ("purpose", self._words.label(check.purpose)),
                ("entry_basis", self._words.label(check.entry_basis)),
                ("destination", check.destination),
                ("companions", check.companions),
                ("no_document_reason", self._words.label(check.no_document_reason)),
                ("grounds", self._grounds(check.grounds, check.national_ground)),
                ("lists", "; ".join(lists)),
                ("remarks", check.remarks),
            ),
            amended,
        )

    def _amendment(self, amendment: Amendment, officer: str, at: datetime) -> Card:
        card = Card(self.tr("Correction"))
        card.body.addWidget(Quiet(_by(at, officer, self._words.label(amendment.reason))))
        for change in amendment.changes:
            words = self.tr("{0}: was “{1}”, reads “{2}”").format(
                self._words.field(change.field),
                self.value(change.field, change.before),
                self.value(change.field, change.after),
            )
            card.body.addWidget(Text(words))
        if amendment.note:
            card.body.addWidget(Text(amendment.note))
        return card

    def value(self, field: str, text: str) -> str:
        """A change's text as the screen shows it: codes by their labels, dates as dd.MM.yyyy."""
        if field in CODED and text:
            return self._words.label(CODED[field](text))
        if field.endswith("_date"):
            return PartialDate.parse(text).on_screen()
        return text or "–"

    def _referral(self, referral: Referral, officer: str, at: datetime) -> Card:
        card = Card(self.tr("Referred to second line"))
        card.body.addWidget(Quiet(_by(at, officer, self._words.label(referral.reason))))
        if referral.grounds:
            card.body.addWidget(Text(self._grounds(referral.grounds, referral.national_ground)))
        if referral.note:
            card.body.addWidget(Text(referral.note))
        return card

    def _outcome(self, outcome: Outcome, officer: str, at: datetime) -> Card:
        card = Card(self.tr("Outcome of second line"))
        card.body.addWidget(Quiet(_by(at, officer, "")))
        card.body.addWidget(Text(self._words.label(outcome.decision)))
        if outcome.grounds:
            card.body.addWidget(Text(self._grounds(outcome.grounds, outcome.national_ground)))
        if outcome.note:
            card.body.addWidget(Text(outcome.note))
        return card

    def _interview(self, closed: ClosedInterview) -> Card:
        interview = closed.interview.record
        card = Card(self.tr("Interview"))
        card.body.addWidget(
            Quiet(
                _by(
                    closed.interview.happened_at,
                    closed.interview.officer,
                    self._words.label(interview.interview_type),
                )
            )
        )
        if closed.readers is not Readers.SECOND_LINE:
            card.body.addWidget(Text(self._words.label(closed.readers), role="strong"))
        for each in interview.exchanges:
            card.body.addWidget(SectionTitle(f"{at_time(each.asked_at)}  {each.question}"))
            card.body.addWidget(Text(each.answer))
        if interview.account:
            card.body.addWidget(Text(interview.account))
        card.body.addWidget(Quiet(self._words.label(interview.signing)))
        if closed.attachments:
            attached = AttachmentsOf(closed.attachments, closed.interview.origin)
            attached.opened.connect(self.opened)
            card.body.addWidget(attached)
        for addendum in closed.addenda:
            card.body.addWidget(
                Quiet(_by(addendum.happened_at, addendum.officer, self.tr("addendum")))
            )
            card.body.addWidget(Text(addendum.record.note))
        return card

    def _reviews(self, view: RecordView) -> Card:
        card = Card(self.tr("Reviews"))
        for review in view.reviews:
            chip = verdict_chip(self._words, review.record.verdict)
            card.body.addLayout(row(chip, Quiet(_by(review.happened_at, review.officer, ""))))
            if review.record.note:
                card.body.addWidget(Text(review.record.note))
        return card

    def _consultations(self, view: RecordView) -> Card:
        card = Card(self.tr("Opened by"))
        for each in view.consultations:
            reason = self._words.label(each.record.reason)
            card.body.addWidget(Quiet(_by(each.happened_at, each.officer, reason)))
        return card

    def _facts(self, title: str, facts: Iterable[tuple[str, str]], amended: dict[str, str]) -> Card:
        card = Card(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(NEAR // 2)
        grid.setColumnStretch(1, 1)
        for place, (field, text) in enumerate(each for each in facts if each[1]):
            name = Quiet(self._words.field(field))
            name.setWordWrap(False)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            shown = Text(text)
            if field in amended:
                before = self.value(field, amended[field])
                shown.setText(self.tr("{0}   (was {1})").format(text, before))
                shown.setProperty("tone", Tone.ACCENT.value)
            grid.addWidget(shown, place, 1)
        card.body.addLayout(grid)
        return card

    def _grounds(self, grounds: Sequence[str], national: str) -> str:
        letters = " ".join(grounds)
        return f"{letters}: {national}" if national else letters

    def _add(self, card: QWidget) -> None:
        self._cards.addWidget(card)


class AmendPanel(Card):
    """A correction beside the record: the old stays readable."""

    recorded = Signal()
    left = Signal()

    def __init__(
        self, desk: Log, work: Work, words: Words, value: Callable[[str, str], str]
    ) -> None:
        super().__init__(self.tr("Correct a field"))
        self._desk = desk
        self._work = work
        self._words = words
        self._value = value
        self._view: RecordView | None = None
        self._fields: dict[str, str] = {}

        self.form = Form(words.problem, self)
        self.field = Choice[str]([])
        self.before = Text()
        self.after = QLineEdit()
        self.code = Choice[str]([])
        reasons = [each for each in AmendReason if each is not AmendReason.ADDENDUM]
        self.reason = Choice(words.choices(reasons), none=self.tr("choose"))
        self.note = NoteEdit(lines=3)
        self.message = Text(role="problem")
        self.record = KeyButton(self.tr("Record the correction"), "F9", Tone.ACCENT, icon="note")
        self.back = KeyButton(self.tr("Back"), "Esc", icon="back")
        self._lay_out()

        self.field.currentIndexChanged.connect(self._on_field)
        self.record.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)
        self.form.finished.connect(self.submit)

    def start(self, view: RecordView) -> None:
        """Offer the fields of a record; what is half typed for the same record stays."""
        if self._view and self._view.kept.id == view.kept.id:
            self._view = view
            self._fields = view.amendable()
            self._on_field()
            self.form.start()
            return
        self._view = view
        self._fields = view.amendable()
        self.field.offer((path, self._words.field(path)) for path in self._fields)
        self.reason.choose(None)
        self.note.clear()
        self.form.clear_problems()
        self.form.start()

    @Slot()
    def submit(self) -> None:
        view, path = self._view, self.field.code()
        if view is None or path is None:
            return
        change = Change(field=path, before=self._fields[path], after=self._typed(path))
        draft = AmendmentDraft(
            changes=(change,), reason=self.reason.code(), note=self.note.toPlainText()
        )
        self.message.clear()
        self._work.run(lambda: self._desk.amend(view.kept.id, draft), self._recorded, self._refused)

    def _recorded(self, _done: Done[object]) -> None:
        self._view = None
        self.recorded.emit()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        editor = "code" if self.field.code() in CODED else "after"
        problems = [
            Problem(editor, each.code) if each.field == self.field.code() else each
            for each in error.problems
        ]
        if rest := self.form.show_problems(problems):
            self.message.setText(self._words.problem(rest[0]))

    def _typed(self, path: str) -> str:
        return (self.code.code() or "") if path in CODED else self.after.text()

    @Slot()
    def _on_field(self) -> None:
        path = self.field.code()
        if path is None:
            return
        before = self._fields[path]
        self.before.setText(self.tr("Reads now: {0}").format(self._value(path, before)))
        is_coded = path in CODED
        self.form.field("after").setVisible(not is_coded)
        self.form.field("code").setVisible(is_coded)
        if is_coded:
            codes = CODED[path]
            self.code.offer((each.value, self._words.label(each)) for each in codes)
            self.code.choose(before)
            return
        self.after.setText(
            PartialDate.parse(before).on_screen() if path.endswith("_date") else before
        )

    def _lay_out(self) -> None:
        for name, label, editor in (
            ("changes", self.tr("&Field"), self.field),
            ("after", self.tr("&Should read"), self.after),
            ("code", self.tr("&Should read"), self.code),
            ("reason", self.tr("&Reason"), self.reason),
            ("note", self.tr("&Note"), self.note),
        ):
            self.body.addWidget(self.form.add(name, Field(label, editor)))
            if name == "changes":
                self.body.addWidget(self.before)
        self.body.addWidget(self.message)
        self.body.addStretch(1)
        self.body.addLayout(row(self.back, self.record, stretch=self.record))


class RecordScreen(QWidget):
    """A record opened from the log: read it, and correct it beside the original."""

    left = Signal()

    def __init__(
        self,
        desk: Log,
        work: Work,
        words: Words,
        reasons: Sequence[ConsultReason],
        choose: Choose | None = None,
    ) -> None:
        """`reasons` for which an attachment may be exported."""
        super().__init__()
        self._desk = desk
        self._work = work
        self._words = words
        self._check_id = ""
        self._view: RecordView | None = None

        self.pane = RecordPane(words)
        self.panel = AmendPanel(desk, work, words, self.pane.value)
        self.panel.hide()
        self.amend = KeyButton(self.tr("Correct"), "F4", icon="note")
        self.back = KeyButton(self.tr("Back to the log"), "Esc", icon="back")
        self.viewing = Viewing(
            QWidget(),
            work,
            words,
            desk.content_of,
            reasons=reasons,
            choose=choose,
            export=self._export,
        )
        self._lay_out()

        self.amend.clicked.connect(self._start_amending)
        self.panel.recorded.connect(self._on_recorded)
        self.panel.left.connect(self._stop_amending)
        self.back.clicked.connect(self.left)
        self.pane.opened.connect(self.viewing.open)

    def show_record(self, view: RecordView) -> None:
        self._view = view
        self.pane.show_record(view)
        self.panel.hide()
        self.back.show()
        self._work.run(lambda: self._desk.may_amend(view), self.amend.setEnabled)
        self.pane.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _start_amending(self) -> None:
        if self._view is None:
            return
        self.panel.show()
        self.back.hide()
        self.panel.start(self._view)

    @Slot()
    def _stop_amending(self) -> None:
        self.panel.hide()
        self.back.show()
        self.pane.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_recorded(self) -> None:
        self._stop_amending()
        if view := self._view:
            self._work.run(lambda: self._desk.view(view.kept.id), self.show_record)

    def _export(
        self, attachment: Attachment, folder: Path, reason: ConsultReason, note: str
    ) -> Callable[[], object]:
        view = self._view
        assert view is not None  # noqa: S101  an attachment was opened from it
        return lambda: self._desk.export_attachment(
            view, attachment, folder, reason=reason, note=note
        )

    def _lay_out(self) -> None:
        whole = QHBoxLayout()
        whole.setSpacing(GAP)
        whole.addWidget(self.pane, 3)
        whole.addWidget(self.panel, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.viewing)
        column = QVBoxLayout(self.viewing.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(whole, 1)
        column.addLayout(row(self.back, self.amend))


def verdict_chip(words: Words, verdict: Verdict) -> Chip:
    """A supervisor's verdict."""
    if verdict is Verdict.COUNTERSIGNED:
        return Chip(words.label(verdict), Tone.OK, icon="check")
    return Chip(words.label(verdict), Tone.ATTENTION, icon="question")


def _by(at: datetime, officer: str, what: str) -> str:
    return " · ".join(each for each in (at_moment(at), officer, what) if each)


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while item := layout.takeAt(0):
        if old := item.widget():
            old.setParent(None)
            old.deleteLater()
