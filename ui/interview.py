"""Interview notes: timed questions and answers while they are taken, and as they were closed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.desk.second_line import ClosedInterview, Readers
from checkpoint_client.records import (
    ExchangeDraft,
    Interview,
    InterviewDraft,
    Problem,
)
from checkpoint_client.records.codes import InterviewType, Signing
from ui.attachments import AttachmentList, AttachmentsOf
from ui.form import Choice, Field, NoteEdit
from ui.scroll import Scroll
from ui.theme import GAP, NEAR, TIGHT, Card, Chip, KeyButton, Quiet, SectionTitle, Text, Tone, row
from ui.words import Words

# BCP 47. Whatever is spoken at our borders; "und" where the officer finds it in no list.
LANGUAGES = ("ru", "kk", "ky", "uz", "tg", "tk", "en", "tr", "fa", "ps", "zh", "ug", "mn", "und")


class InterviewNotes(QWidget):
    """Notes being taken. Enter in a question sets its time; Ctrl+Enter begins the next one."""

    edited = Signal()

    def __init__(self, words: Words, now: Callable[[], datetime], proposals: Sequence[str]) -> None:
        """`proposals` are questions that may be taken over with the down key."""
        super().__init__()
        self._words = words
        self._now = now
        self._draft: InterviewDraft | None = None
        self._is_showing = False
        self.questions = QStringListModel(list(proposals), self)

        self.kind_choice = Choice(words.choices(InterviewType))
        self.kind = Field(self.tr("&Kind of interview"), self.kind_choice)
        self.language_choice = Choice(self._languages(), none=self.tr("choose"))
        self.language = Field(self.tr("&Language"), self.language_choice)
        self.persons_text = QLineEdit()
        self.persons = Field(self.tr("&Persons present"), self.persons_text)
        self.interpreter_text = QLineEdit()
        self.interpreter = Field(self.tr("&Interpreter"), self.interpreter_text)
        self.exchanges: list[ExchangeRow] = []
        self.exchange_column = QVBoxLayout()
        self.exchange_problem = Text(role="problem")
        self.add = KeyButton(self.tr("Next &question"), "Ctrl+Return", icon="question")
        self.account_text = NoteEdit(lines=4)
        self.account = Field(self.tr("&Account in the person's own words"), self.account_text)
        self.attachments = AttachmentList()
        self.read_back = QCheckBox(self.tr("The notes were read &back to the person"))
        self.signing_choice = Choice(words.choices(Signing), none=self.tr("choose"))
        self.signing = Field(self.tr("The person's &signature"), self.signing_choice)
        self.signing_note_text = QLineEdit()
        self.signing_note = Field(self.tr("&Reason given"), self.signing_note_text)
        self.for_supervisors = QCheckBox(self.tr("&For supervisors only"))
        self.for_supervisors_hint = Text(role="quiet")
        self.let_close_for_supervisors(can_close=False)
        self._lay_out()

        for field in self._fields():
            field.edited.connect(self._on_edited)
            field.editor.installEventFilter(self)
        self.read_back.clicked.connect(self._on_edited)
        self.for_supervisors.clicked.connect(self._on_edited)
        self.add.clicked.connect(self.next_question)
        self.attachments.edited.connect(self._on_edited)
        self.signing_choice.currentIndexChanged.connect(self._on_signing)

    def show_draft(self, draft: InterviewDraft) -> None:
        """Go on with notes as they were left."""
        self._draft = draft
        self._is_showing = True
        self.kind_choice.choose(draft.interview_type)
        self.language_choice.choose(draft.language or None)
        self.persons_text.setText(draft.persons_present)
        self.interpreter_text.setText(draft.interpreter)
        self.account_text.setPlainText(draft.account)
        self.read_back.setChecked(draft.read_back)
        self.signing_choice.choose(draft.signing)
        self.signing_note_text.setText(draft.signing_note)
        self.for_supervisors.setChecked(draft.for_supervisors)
        self.attachments.show_attachments(draft.attachments)
        for exchange in self.exchanges:
            exchange.deleteLater()
        self.exchanges = []
        for exchange_draft in draft.exchanges or (ExchangeDraft(asked_at=self._now()),):
            self._append(exchange_draft)
        self._on_signing()
        self.show_problems(())
        self._is_showing = False

    def draft(self) -> InterviewDraft | None:
        """The notes as they stand; None before any were begun."""
        if self._draft is None:
            return None
        return replace(
            self._draft,
            interview_type=self.kind_choice.code() or InterviewType.SECOND_LINE,
            language=self.language_choice.code() or "",
            persons_present=self.persons_text.text(),
            interpreter=self.interpreter_text.text(),
            exchanges=tuple(each.draft() for each in self.exchanges),
            account=self.account_text.toPlainText(),
            read_back=self.read_back.isChecked(),
            signing=self.signing_choice.code(),
            signing_note=self.signing_note_text.text(),
            attachments=self.attachments.attachments(),
            for_supervisors=self.for_supervisors.isChecked(),
        )

    def forget(self) -> None:
        """Keep nothing of notes that were closed, not even unseen."""
        nothing = InterviewDraft(check_id="", referral_id="", started_at=self._now())
        self.show_draft(nothing)
        self._draft = None

    def let_close_for_supervisors(self, *, can_close: bool) -> None:
        """Offer it, or say why not: the notes can be encrypted once the key is here."""
        said = (
            self.tr("Encrypted when you close them: afterwards you cannot read them either.")
            if can_close
            else self.tr(
                "Not possible yet: the key of the supervisors comes with the first contact with"
                " headquarters."
            )
        )
        self.for_supervisors.setEnabled(can_close or self.for_supervisors.isChecked())
        self.for_supervisors.setAccessibleDescription(said)
        self.for_supervisors_hint.setText(said)

    def start(self) -> None:
        """Put the cursor where the notes go on."""
        if self.language_choice.code() is None:
            self.language.setFocus()
            return
        self.exchanges[-1].question.setFocus()

    @Slot()
    def next_question(self) -> None:
        """Begin another question, unless an empty one waits already."""
        if not self.exchanges or not self.exchanges[-1].draft().is_empty():
            self._append(ExchangeDraft(asked_at=self._now()))
        self.exchanges[-1].question.setFocus()
        self._on_edited()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Words beside what keeps the notes from being closed, the cursor in the first."""
        named = {
            "language": self.language,
            "signing": self.signing,
            "signing_note": self.signing_note,
            "account": self.account,
        }
        for field in named.values():
            field.clear_problem()
        self.exchange_problem.hide()
        for problem in reversed(problems):
            if problem.field in named:
                named[problem.field].show_problem(self._say(problem))
                named[problem.field].setFocus()
                continue
            if problem.field == "for_supervisors":
                self.let_close_for_supervisors(can_close=False)
                self.for_supervisors.setFocus()
                continue
            if problem.field.startswith("attachments"):
                self.attachments.show_problem(problem)
                continue
            self.exchange_problem.setText(self._say(problem))
            self.exchange_problem.show()
            self._exchange_of(problem).question.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field, as everywhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and not event.modifiers() and not isinstance(watched, NoteEdit):
                self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    def _append(self, draft: ExchangeDraft) -> None:
        exchange = ExchangeRow(draft, self.questions, self._now)
        exchange.edited.connect(self._on_edited)
        self.exchange_column.addWidget(exchange)
        exchange.show()  # only what is shown takes the cursor
        self.exchanges.append(exchange)
        QWidget.setTabOrder(exchange.answer, self.add)
        for before, after in zip(self.exchanges, self.exchanges[1:], strict=False):
            QWidget.setTabOrder(before.answer, after.question)
            QWidget.setTabOrder(after.question, after.answer)

    def _exchange_of(self, problem: Problem) -> "ExchangeRow":
        noted = [each for each in self.exchanges if not each.draft().is_empty()]
        place = problem.field.split(".")[1:2]
        return noted[int(place[0])] if place and noted else self.exchanges[-1]

    def _say(self, problem: Problem) -> str:
        if (problem.field, problem.code) == ("exchanges", "missing"):
            return self.tr("Write at least one question and its answer.")
        if (problem.field, problem.code) == ("language", "missing"):
            return self.tr("Choose the language that was spoken.")
        if (problem.field, problem.code) == ("signing", "missing"):
            return self.tr("Choose whether the person signed the notes.")
        if (problem.field, problem.code) == ("signing_note", "missing"):
            return self.tr("Write why the person did not sign.")
        return self._words.problem(problem)

    @Slot()
    def _on_edited(self) -> None:
        if not self._is_showing:
            self.edited.emit()

    @Slot()
    def _on_signing(self) -> None:
        self.signing_note.setVisible(self.signing_choice.code() is Signing.REFUSED)

    def _languages(self) -> list[tuple[str, str]]:
        return list(zip(LANGUAGES, self._language_names(), strict=True))

    def _language_names(self) -> tuple[str, ...]:
        return (
            self.tr("Russian"),
            self.tr("Kazakh"),
            self.tr("Kyrgyz"),
            self.tr("Uzbek"),
            self.tr("Tajik"),
            self.tr("Turkmen"),
            self.tr("English"),
            self.tr("Turkish"),
            self.tr("Persian, Dari"),
            self.tr("Pashto"),
            self.tr("Chinese"),
            self.tr("Uyghur"),
            self.tr("Mongolian"),
            self.tr("Another language"),
        )

    def _fields(self) -> tuple[Field, ...]:
        return (
            self.kind,
            self.language,
            self.persons,
            self.interpreter,
            self.account,
            self.signing,
            self.signing_note,
        )

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, NEAR, 0)
        column.setSpacing(GAP)
        head = QGridLayout()
        head.setSpacing(NEAR)
        for place, field in enumerate((self.language, self.kind, self.persons, self.interpreter)):
            head.addWidget(field, place // 2, place % 2)
        column.addLayout(head)
        column.addWidget(SectionTitle(self.tr("Questions and answers")))
        self.exchange_column.setSpacing(NEAR)
        column.addLayout(self.exchange_column)
        column.addWidget(self.exchange_problem)
        column.addLayout(row(self.add))
        column.addWidget(self.account)
        column.addWidget(self.attachments)
        column.addWidget(self.read_back)
        ending = QHBoxLayout()
        ending.setSpacing(NEAR)
        ending.addWidget(self.signing, 1)
        ending.addWidget(self.signing_note, 2)
        column.addLayout(ending)
        closing = QVBoxLayout()
        closing.setSpacing(TIGHT)
        closing.addWidget(self.for_supervisors)
        closing.addWidget(self.for_supervisors_hint)
        column.addLayout(closing)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(content), 1)


class ClosedNotes(QWidget):
    """Interviews as they were closed and signed, and a field to add words to the last of them."""

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._content = QWidget()
        self._cards = QVBoxLayout(self._content)
        self._cards.setContentsMargins(0, 0, NEAR, 0)
        self._cards.setSpacing(NEAR)
        self.reading = Scroll(self._content)
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reading.setAccessibleName(self.tr("Closed interviews"))
        self.addendum_text = NoteEdit(lines=3)
        self.addendum_text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addendum = Field(
            self.tr("&Addendum"),
            self.addendum_text,
            hint=self.tr("Signed notes stay as they are; words can only be added."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(self.reading, 1)
        column.addWidget(self.addendum)

    def show_interviews(self, interviews: Sequence[ClosedInterview]) -> None:
        """Show them, the oldest first, and an empty field for an addendum."""
        while item := self._cards.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for closed in interviews:
            self._cards.addWidget(self._card(closed))
        self._cards.addStretch(1)
        self.addendum_text.clear()
        self.addendum.clear_problem()

    def _card(self, closed: ClosedInterview) -> Card:
        kept, interview = closed.interview, closed.interview.record
        card = Card(self._words.label(interview.interview_type))
        signed = self.tr("Closed and signed by {0} · {1:%d.%m.%Y %H:%M}–{2:%H:%M}").format(
            kept.officer, interview.started_at, interview.ended_at
        )
        card.body.addWidget(Chip(signed, Tone.OK, icon="lock"))
        if closed.readers is not Readers.SECOND_LINE:
            card.body.addWidget(Text(self._words.label(closed.readers), role="strong"))
            card.body.addWidget(Quiet(self.tr("An addendum is not encrypted.")))
        for each in interview.exchanges:
            card.body.addWidget(Text(f"{each.asked_at:%H:%M:%S}  {each.question}", role="strong"))
            card.body.addWidget(Text(each.answer))
        if interview.account:
            card.body.addWidget(SectionTitle(self.tr("Account in the person's own words")))
            card.body.addWidget(Text(interview.account))
        card.body.addWidget(Quiet(" · ".join(self._circumstances(interview))))
        if closed.attachments:
            attached = AttachmentsOf(closed.attachments, kept.origin)
            attached.opened.connect(self.opened)
            card.body.addWidget(attached)
        for addendum in closed.addenda:
            card.body.addWidget(
                SectionTitle(
                    self.tr("Addendum, {0} {1:%d.%m.%Y %H:%M}").format(
                        addendum.officer, addendum.happened_at
                    )
                )
            )
            card.body.addWidget(Text(addendum.record.note))
        return card

    def _circumstances(self, interview: Interview) -> list[str]:
        said = [self._words.label(interview.signing)]
        if interview.signing_note:
            said.append(interview.signing_note)
        if interview.read_back:
            said.append(self.tr("read back"))
        if interview.persons_present:
            said.append(self.tr("present: {0}").format(interview.persons_present))
        if interview.interpreter:
            said.append(self.tr("interpreter: {0}").format(interview.interpreter))
        return said


class ExchangeRow(QWidget):
    """One question with its time, and the answer."""

    edited = Signal()

    def __init__(
        self, draft: ExchangeDraft, questions: QStringListModel, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._now = now
        self._asked_at = draft.asked_at
        self._is_timed = bool(draft.question.strip())
        self.time = QLabel()
        self.time.setProperty("role", "quiet")
        self.question = QuestionEdit(questions)
        self.question.setText(draft.question)
        self.question.setPlaceholderText(self.tr("Question (↓ for proposals)"))
        self.question.setAccessibleName(self.tr("Question"))
        self.answer = NoteEdit(lines=2)
        self.answer.setPlainText(draft.answer)
        self.answer.setPlaceholderText(self.tr("Answer"))
        self.answer.setAccessibleName(self.tr("Answer"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(NEAR)
        grid.setVerticalSpacing(TIGHT)
        grid.addWidget(self.time, 0, 0)
        grid.addWidget(self.question, 0, 1)
        grid.addWidget(self.answer, 1, 1)
        self._show_time()

        self.question.textEdited.connect(lambda _text: self.edited.emit())
        self.question.put.connect(self._on_put)
        self.answer.textChanged.connect(self.edited)

    def draft(self) -> ExchangeDraft:
        return ExchangeDraft(
            asked_at=self._asked_at,
            question=self.question.text(),
            answer=self.answer.toPlainText(),
        )

    @Slot()
    def _on_put(self) -> None:
        """The question is being put now: its time stands, and the answer is written."""
        if not self._is_timed and self.question.text().strip():
            self._asked_at = self._now()
            self._is_timed = True
            self._show_time()
            self.edited.emit()
        self.answer.setFocus()

    def _show_time(self) -> None:
        self.time.setText(f"{self._asked_at:%H:%M:%S}" if self._is_timed else "--:--:--")


class QuestionEdit(QLineEdit):
    """A question, typed or taken from the proposals that the down key shows."""

    put = Signal()

    def __init__(self, questions: QStringListModel) -> None:
        super().__init__()
        self.proposals = QCompleter(questions, self)
        self.proposals.setFilterMode(Qt.MatchFlag.MatchContains)
        self.proposals.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.proposals.setMaxVisibleItems(12)
        self.proposals.setWidget(self)  # not the line's own: it would open while one types
        self.proposals.activated.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.proposals.setCompletionPrefix(self.text())
            self.proposals.complete()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.put.emit()
            return
        super().keyPressEvent(event)

    @Slot(str)
    def _take(self, question: str) -> None:
        self.setText(question)
        self.textEdited.emit(question)
