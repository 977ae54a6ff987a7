"""The panels in which a traveller is referred or refused; they open in place."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.records import OutcomeDraft, Problem, ReferralDraft, RefusalDraft
from checkpoint_client.records.codes import OutcomeDecision, ReferralReason, RefusalGround
from ui.form import Field, NoteEdit
from ui.keys import struck
from ui.rows import Rows
from ui.scroll import Fitting
from ui.theme import (
    GAP,
    NEAR,
    TIGHT,
    Card,
    Icon,
    KeyButton,
    KeyHint,
    SectionTitle,
    Text,
    Tone,
)
from ui.words import Words

C = TypeVar("C")

# A refusal that is only proposed follows from "refuse", and is no reason to choose.
REASONS = tuple(each for each in ReferralReason if each is not ReferralReason.PROPOSED_REFUSAL)
DIGITS = "1234567890"


@dataclass(frozen=True, slots=True)
class Option(Generic[C]):
    """A code that is chosen by one key."""

    code: C
    key: str
    label: str


class OptionButton(QPushButton):
    """One option with the cap of its key before it."""

    def __init__(self, key: str, label: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setProperty("role", "option")
        self.setAccessibleName(label)
        self.setAccessibleDescription(self.tr("Key {0}").format(key))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        laid = QHBoxLayout(self)
        laid.setContentsMargins(NEAR, TIGHT, NEAR, TIGHT)
        laid.setSpacing(NEAR)
        self._laid = laid
        for part, share in ((KeyHint(key), 0), (Text(label), 1)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            laid.addWidget(part, share)

    def sizeHint(self) -> QSize:
        return self._laid.sizeHint().expandedTo(self.minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self._laid.heightForWidth(self.width()))
        self._laid.setGeometry(self.rect())

    def minimumSizeHint(self) -> QSize:
        """Room for two lines of words."""
        two_lines = 2 * self.fontMetrics().lineSpacing() + TIGHT
        return QSize(self._laid.minimumSize().width(), two_lines)


class Options(QWidget, Generic[C]):
    """Codes beside each other, each chosen by its own key, by arrows and Space, or by a click."""

    changed = Signal()

    def __init__(self, options: Iterable[Option[C]], *, columns: int = 2) -> None:
        super().__init__()
        self._buttons: dict[C, OptionButton] = {}
        self._by_key: dict[str, OptionButton] = {}
        options = list(options)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(TIGHT)
        rows = -(-len(options) // columns)
        for place, option in enumerate(options):
            button = OptionButton(option.key, option.label)
            button.toggled.connect(lambda _checked: self.changed.emit())
            self._buttons[option.code] = button
            self._by_key[option.key] = button
            grid.addWidget(button, place % rows, place // rows)
        self.setFocusProxy(next(iter(self._buttons.values())))

    def chosen(self) -> tuple[C, ...]:
        return tuple(code for code, button in self._buttons.items() if button.isChecked())

    def choose(self, codes: Iterable[C]) -> None:
        wanted = set(codes)
        for code, button in self._buttons.items():
            button.setChecked(code in wanted)

    def strike(self, key: str) -> bool:
        """Choose the option of a key, if there is one."""
        button = self._by_key.get(key)
        if button is None:
            return False
        button.click()
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True


class OneOf(Options[C]):
    """One of the codes, or none yet."""

    def __init__(self, options: Iterable[Option[C]], *, columns: int = 2) -> None:
        super().__init__(options, columns=columns)
        self._group = QButtonGroup(self)
        for button in self._buttons.values():
            self._group.addButton(button)

    def code(self) -> C | None:
        return next(iter(self.chosen()), None)

    def choose(self, codes: Iterable[C]) -> None:
        self._group.setExclusive(False)
        super().choose(codes)
        self._group.setExclusive(True)


class DecisionPanel(Card):
    """Where one decision is worded. Its key decides, Esc goes back and keeps what was typed."""

    decided = Signal(object)
    left = Signal()

    def __init__(self, words: Words, draft: Callable[[], object], *, icon: str, tone: Tone) -> None:
        super().__init__()
        self.words = words
        self._draft = draft
        self.heading = SectionTitle()
        self.traveller = Text(role="title")
        self.traveller.setWordWrap(False)
        self.back = KeyButton(self.tr("Back"), "Esc", icon="back")
        self.back.clicked.connect(self.left)
        self.top = QHBoxLayout()
        self.top.setSpacing(NEAR)
        self.top.addWidget(Icon(icon, tone, scale=1.6))
        self.top.addWidget(self.heading)
        self.top.addWidget(self.traveller, 1)
        self.body.addLayout(self.top)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @Slot()
    def decide(self) -> None:
        """Hand out the decision as it stands; the desk says what is missing."""
        self.decided.emit(self._draft())

    def open_for(self, heading: str, traveller: str) -> None:
        self.heading.setText(heading)
        self.traveller.setText(traveller)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if any(options.strike(struck(event)) for options in self._keyed()):
            return
        super().keyPressEvent(event)

    def _keyed(self) -> Sequence[Options[object]]:
        return [each for each in self.findChildren(Options) if each.isVisible()]


class ReferPanel(DecisionPanel):
    """Why a traveller goes to second line."""

    def __init__(self, words: Words, *, key: str = "F7") -> None:
        super().__init__(words, self.draft, icon="queue", tone=Tone.ATTENTION)
        self.reasons = OneOf(
            Option(code, digit, words.label(code))
            for digit, code in zip(DIGITS, REASONS, strict=True)
        )
        self.reasons.setAccessibleName(self.tr("Reason"))
        self.setFocusProxy(self.reasons)
        self.reason_problem = Text(role="problem")
        self.note_text = short_note()
        self.note = Field(self.tr("&Comment for second line"), self.note_text)
        self.send = KeyButton(self.tr("Send to second line"), key, Tone.ATTENTION, icon="queue")
        self._lay_out()

        self.reasons.changed.connect(self.reason_problem.hide)
        self.send.clicked.connect(self.decide)

    def start(self) -> None:
        """Empty the panel for another traveller."""
        self.reasons.choose(())
        self.note_text.clear()
        self.reason_problem.hide()
        self.note.clear_problem()

    def draft(self) -> ReferralDraft:
        return ReferralDraft(reason=self.reasons.code(), note=self.note_text.toPlainText())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            if problem.field == "note":
                self.note.show_problem(self.words.problem(problem))
                self.note.setFocus()
            if problem.field == "reason":
                self.reason_problem.setText(self.tr("Choose a reason by its number."))
                self.reason_problem.show()
                self.reasons.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decide()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        choice = column_of(self.reasons, self.reason_problem)
        self.body.addLayout(beside(choice, column_of(self.note), Buttons(self.back, self.send)))


class RefusePanel(DecisionPanel):
    """On which grounds a traveller is refused."""

    def __init__(
        self, words: Words, grounds: Sequence[tuple[RefusalGround, str]], *, key: str = "F8"
    ) -> None:
        super().__init__(words, self.draft, icon="stop", tone=Tone.ALARM)
        self.grounds = GroundsChoice(grounds)
        self.setFocusProxy(self.grounds)
        self.note_text = short_note()
        self.note = Field(self.tr("&Comment"), self.note_text)
        self.consequence = Text(role="strong")
        self.refuse = KeyButton(self.tr("Refuse entry"), key, Tone.ALARM, icon="stop")
        self._lay_out()

        self.refuse.clicked.connect(self.decide)

    def start(self) -> None:
        self.grounds.start()
        self.note_text.clear()
        self.note.clear_problem()

    def say_consequence(self, words: str, button: str) -> None:
        """Say before the decision what it leads to, and on the button."""
        self.consequence.say(words, Tone.ATTENTION)
        self.refuse.setText(button)

    def draft(self) -> RefusalDraft:
        return RefusalDraft(
            grounds=self.grounds.letters.chosen(),
            national_ground=self.grounds.national_text.text(),
            note=self.note_text.toPlainText(),
        )

    def show_problems(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            if problem.field == "note":
                self.note.show_problem(self.words.problem(problem))
                self.note.setFocus()
        self.grounds.show_problems(problems)

    def _lay_out(self) -> None:
        words = column_of(self.grounds.national, self.note, self.consequence)
        self.body.addLayout(beside(column_of(self.grounds), words, Buttons(self.back, self.refuse)))


class GroundsChoice(QWidget):
    """Grounds of refusal, toggled by their letters, and the words of a national one."""

    def __init__(self, grounds: Sequence[tuple[RefusalGround, str]]) -> None:
        super().__init__()
        self.letters = Options(Option(code, _letter(code), text) for code, text in grounds)
        self.letters.setAccessibleName(self.tr("Grounds"))
        self.problem = Text(role="problem")
        self.national_text = QLineEdit()
        self.national = Field(self.tr("National ground in &full"), self.national_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.letters)
        column.addWidget(self.problem)
        self.setFocusProxy(self.letters)

        self.letters.changed.connect(self._on_changed)

    def start(self) -> None:
        self.letters.choose(())
        self.national_text.clear()
        self.problem.hide()
        self.national.clear_problem()
        self._on_changed()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            if problem.field == "national_ground":
                self.national.show_problem(self.tr("Write the national ground in words."))
                self.national.setFocus()
            if problem.field == "grounds":
                self.problem.setText(self.tr("Choose at least one ground by its letter."))
                self.problem.show()
                self.letters.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        self.problem.hide()
        self.national.setVisible(RefusalGround.NATIONAL in self.letters.chosen())


class OutcomePanel(DecisionPanel):
    """What second line decides on a referral."""

    def __init__(
        self, words: Words, grounds: Sequence[tuple[RefusalGround, str]], *, key: str = "F9"
    ) -> None:
        super().__init__(words, self.draft, icon="check", tone=Tone.ACCENT)
        self.decisions = OneOf(
            (
                Option(code, digit, words.label(code))
                for digit, code in zip(DIGITS, OutcomeDecision, strict=False)
            ),
            columns=4,
        )
        self.decisions.setAccessibleName(self.tr("Outcome"))
        self.setFocusProxy(self.decisions)
        self.problem = Text(role="problem")
        self.grounds = GroundsChoice(grounds)
        self.note_text = short_note()
        self.note = Field(self.tr("&Comment for the booth"), self.note_text)
        self.send = KeyButton(self.tr("Send the outcome"), key, Tone.ACCENT, icon="check")
        self._lay_out()

        self.decisions.changed.connect(self._on_decision)
        self.send.clicked.connect(self.decide)

    def start(self) -> None:
        self.decisions.choose(())
        self.grounds.start()
        self.note_text.clear()
        self.note.clear_problem()
        self.problem.hide()
        self._on_decision()

    def propose(self, grounds: Iterable[RefusalGround], national_ground: str) -> None:
        """Begin with the grounds that the booth proposed."""
        self.grounds.letters.choose(grounds)
        self.grounds.national_text.setText(national_ground)

    def draft(self) -> OutcomeDraft:
        decision = self.decisions.code()
        is_refusal = decision is OutcomeDecision.REFUSE
        return OutcomeDraft(
            decision=decision,
            grounds=self.grounds.letters.chosen() if is_refusal else (),
            national_ground=self.grounds.national_text.text() if is_refusal else "",
            note=self.note_text.toPlainText(),
        )

    def show_problems(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            if problem.field == "note":
                self.note.show_problem(self.words.problem(problem))
                self.note.setFocus()
            if problem.field == "decision":
                self.problem.setText(self.tr("Choose an outcome by its number."))
                self.problem.show()
                self.decisions.setFocus()
        self.grounds.show_problems(problems)

    @Slot()
    def _on_decision(self) -> None:
        self.problem.hide()
        is_refusal = self.decisions.code() is OutcomeDecision.REFUSE
        self.grounds.setVisible(is_refusal)
        chosen = self.grounds.letters.chosen()
        self.grounds.national.setVisible(is_refusal and RefusalGround.NATIONAL in chosen)

    def _lay_out(self) -> None:
        self.body.addWidget(column_of(self.decisions, self.problem))
        words = column_of(self.grounds.national, self.note)
        self.body.addLayout(beside(column_of(self.grounds), words, Buttons(self.back, self.send)))


def short_note() -> NoteEdit:
    note = NoteEdit(lines=2)
    note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return note


def _letter(ground: RefusalGround) -> str:
    return "N" if ground is RefusalGround.NATIONAL else ground.value


def column_of(*parts: QWidget) -> Fitting:
    """Parts below each other, in a column that scrolls where the screen is small."""
    content = QWidget()
    laid = QVBoxLayout(content)
    laid.setContentsMargins(0, 0, 0, 0)
    laid.setSpacing(NEAR)
    for part in parts:
        laid.addWidget(part)
    laid.addStretch(1)
    return Fitting(content)


def beside(left: Fitting, right: Fitting, buttons: QWidget | None = None) -> QHBoxLayout:
    """What is chosen on the left; on the right what is written, above the buttons."""
    written = QVBoxLayout()
    written.setSpacing(NEAR)
    written.addWidget(right, 1)
    if buttons:
        written.addWidget(buttons)
    laid = QHBoxLayout()
    laid.setSpacing(GAP)
    laid.addWidget(left, 5)
    laid.addLayout(written, 3)
    return laid


class Buttons(QWidget):
    """Back and the key that decides, below each other where the words are long."""

    def __init__(self, back: KeyButton, decide: KeyButton) -> None:
        super().__init__()
        laid = Rows()
        laid.add(back, 1)
        laid.add(decide, 2)
        self.setLayout(laid)
