"""The supervisor's review: one check after another, questioned or countersigned as it was seen."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_client.desk.done import Changed, Done, Refused
from checkpoint_client.desk.log import LogPage, LogRow, RecordView
from checkpoint_client.desk.supervisor import Supervisor
from ui.attachments import Viewing
from ui.form import Field, Form, NoteEdit
from ui.record import DECISION_ICONS, DECISION_TONES, RecordPane
from ui.table import Column, RecordList, Table
from ui.theme import GAP, NEAR, KeyButton, Quiet, ScreenTitle, Text, Tone, row
from ui.words import Words
from ui.work import Work


class ReviewScreen(QWidget):
    """Opening a record for review is recorded; a verdict binds everything that was in view."""

    def __init__(self, desk: Supervisor, work: Work, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._work = work
        self._words = words
        self._view: RecordView | None = None
        self._done = 0

        self.title = ScreenTitle(self.tr("Review"))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(self.tr("Reviewed"))
        self.progress_words = Quiet()
        self.list = RecordList(
            Table[LogRow](self._columns()),
            name=self.tr("To review"),
            empty=self.tr("Everything is reviewed."),
            key=lambda each: each.id,
        )
        self.pane = RecordPane(words)
        self.viewing = Viewing(QWidget(), work, words, desk.content_of)
        self.form = Form(words.problem, self)
        self.note = NoteEdit(lines=2)
        self.note_field = self.form.add("note", Field(self.tr("&Note to the author"), self.note))
        self.message = Text(role="problem")
        self.open = KeyButton(self.tr("Open"), "F4", icon="search")
        self.question = KeyButton(self.tr("Question"), "F8", Tone.ATTENTION, icon="question")
        self.countersign = KeyButton(self.tr("Countersign"), "F9", Tone.OK, icon="check")
        self._lay_out()

        self.pane.opened.connect(self.viewing.open)
        self.list.opened.connect(self._open)
        self.list.chosen.connect(self._on_chosen)
        self.open.clicked.connect(lambda: self._open(self.list.current()))
        self.countersign.clicked.connect(self._countersign)
        self.question.clicked.connect(self._question)
        work.changed.connect(self._on_changed)
        self.setFocusProxy(self.list)
        self._show_view(None)
        self.reload()

    def reload(self) -> None:
        """Ask again what nobody has reviewed yet."""
        self._work.run(self._desk.to_review, self._show_page)

    def _show_page(self, page: LogPage) -> None:
        self.list.show_rows(page.rows)
        whole = self._done + page.total
        self.progress.setRange(0, max(whole, 1))
        self.progress.setValue(self._done if whole else 1)
        self.progress_words.setText(
            self.tr("{0} of {1} reviewed").format(self._done, whole)
            if whole
            else self.tr("Everything is reviewed.")
        )

    @Slot(object)
    def _on_chosen(self, row: LogRow | None) -> None:
        if self._view and (row is None or row.id != self._view.kept.id):
            self._show_view(None)
        self.open.setEnabled(row is not None)

    @Slot(object)
    def _open(self, row: LogRow | None) -> None:
        if row is not None:
            self._work.run(
                lambda: self._desk.look_at(row.id),
                lambda done: self._show_view(done.value),
                self._refused,
            )

    def _show_view(self, view: RecordView | None) -> None:
        self._view = view
        self.message.clear()
        self.form.clear_problems()
        if view:
            self.pane.show_record(view)
        else:
            self.pane.clear()
            self.pane.title.setText(self.tr("Enter opens the record chosen"))
        for part in (self.note, self.question, self.countersign):
            part.setEnabled(view is not None)

    @Slot()
    def _countersign(self) -> None:
        if view := self._view:
            note = self.note.toPlainText()
            self._work.run(
                lambda: self._desk.countersign(view, note), self._reviewed, self._refused
            )

    @Slot()
    def _question(self) -> None:
        if view := self._view:
            note = self.note.toPlainText()
            self._work.run(lambda: self._desk.question(view, note), self._reviewed, self._refused)

    def _reviewed(self, _done: Done[object]) -> None:
        self._done += 1
        self.note.clear()
        place = self.list.currentIndex().row()
        self._work.run(self._desk.to_review, lambda page: self._go_on(place, page))

    def _go_on(self, place: int, page: LogPage) -> None:
        self._show_view(None)
        self._show_page(page)
        if page.rows:
            self.list.choose(min(place, len(page.rows) - 1))
            self._open(self.list.current())
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        if rest := self.form.show_problems(error.problems):
            self.message.setText(self._words.problem(rest[0]))
            if rest[0].code == "changed-meanwhile" and self._view:
                self._look_again(self._view)

    def _look_again(self, view: RecordView) -> None:
        said = self.message.text()

        def show(done: Done[RecordView]) -> None:
            self._show_view(done.value)
            self.message.setText(said)

        self._work.run(lambda: self._desk.look_at(view.kept.id), show)

    @Slot(Changed)
    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.CHECKS | Changed.REFERRALS) and Changed.REVIEWS not in changed:
            self.reload()

    def _columns(self) -> list[Column[LogRow]]:
        return [
            Column(self.tr("Time"), lambda each: f"{each.happened_at:%d.%m. %H:%M}", 11),
            Column(self.tr("Name"), lambda each: each.name, tooltip=lambda each: each.name),
            Column(
                self.tr("Decision"),
                lambda each: self._words.label(each.decision),
                12,
                tone=lambda each: DECISION_TONES[each.decision],
                icon=lambda each: DECISION_ICONS[each.decision],
            ),
            Column(self.tr("Officer"), lambda each: each.officer, 8),
        ]

    def _lay_out(self) -> None:
        self.title.setWordWrap(False)
        self.progress_words.setWordWrap(False)
        self.progress.setFixedWidth(self.fontMetrics().averageCharWidth() * 24)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.progress_words)
        top.addWidget(self.progress)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addLayout(row(self.open))
        right = QVBoxLayout()
        right.setSpacing(NEAR)
        right.addWidget(self.pane, 1)
        right.addWidget(self.note_field)
        self.note_field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        right.addWidget(self.message)
        right.addLayout(row(self.question, self.countersign, stretch=self.countersign))
        both = QHBoxLayout()
        both.setSpacing(GAP)
        both.addLayout(left, 5)
        both.addLayout(right, 6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.viewing)
        frame = QVBoxLayout(self.viewing.content)
        frame.setContentsMargins(GAP + NEAR, NEAR, GAP + NEAR, GAP)
        frame.setSpacing(GAP)
        frame.addLayout(top)
        frame.addLayout(both, 1)
