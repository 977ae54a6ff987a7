"""The field for a machine-readable zone: counts its lines and shows every check digit's state."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from checkpoint_client.documents.formats import LAYOUTS
from checkpoint_client.documents.mrz import Mrz, MrzProblem, NotAnMrz, clean, read
from checkpoint_client.records import CheckDigitStates
from ui.rows import Rows
from ui.theme import NEAR, TIGHT, Chip, Text, Tone, mono

WIDTHS = tuple(sorted({layout.width for layout in LAYOUTS.values()}))
DIGITS = ("number", "birth_date", "expiry_date", "optional", "composite")


_MOVING = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
    }
)


class MrzWords(QObject):
    """What is wrong with a reading, and what to do about it."""

    def problem(self, problem: MrzProblem) -> str:
        match problem.code:
            case "check-digit":
                return self.tr("Check digit does not fit: compare.")
            case "alphabet":
                return self.tr("“{0}” cannot stand here. Compare with the document.").format(
                    problem.detail
                )
            case "missing":
                return self.tr("Not in the zone. Write it as the document says.")
            case "date":
                return self.tr("“{0}” is no date. Compare with the document.").format(
                    problem.detail
                )
            case "unknown-state":
                return self.tr("“{0}” is no State code we know. Compare with the document.").format(
                    problem.detail
                )
            case "name":
                return self.tr("The fillers between the names look misread. Compare them.")
            case "document-code":
                return self.tr("“{0}” is no kind of document. Compare with the document.").format(
                    problem.detail
                )
        return self.tr("Compare this with the document.")

    def digit(self, name: str) -> str:
        return {
            "number": self.tr("Number"),
            "birth_date": self.tr("Birth"),
            "expiry_date": self.tr("Expiry"),
            "optional": self.tr("Optional"),
            "composite": self.tr("Whole"),
        }[name]


class MrzEdit(QPlainTextEdit):
    """Two or three lines in letters of one width, in capitals as they are typed."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        mono(self)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferUppercase)
        self.is_fresh = True
        self.textChanged.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a zone. What is typed next begins another one, unless the cursor was moved."""
        self.setPlainText(text)
        self.is_fresh = True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.is_fresh = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._wants_another_line():
                super().keyPressEvent(event)
                return
            self.entered.emit()
            return
        is_written = bool(event.text()) and event.text().isprintable()
        if self.is_fresh and is_written:
            self.clear()
        if is_written or event.key() in _MOVING:
            self.is_fresh = False
        if is_written and event.text() != event.text().upper():
            self.insertPlainText(event.text().upper())
            return
        super().keyPressEvent(event)

    def _wants_another_line(self) -> bool:
        """Enter ends a full line of a zone that has more of them."""
        lines = clean(self.toPlainText())
        if not lines or len(lines) >= 3 or len(lines[-1]) not in WIDTHS:
            return False
        shapes = [layout.shape for layout in LAYOUTS.values()]
        so_far = tuple(len(line) for line in lines)
        return any(shape[: len(so_far)] == so_far and shape != so_far for shape in shapes)

    def _fit(self) -> None:
        """Room for the widest line and for all of them, whatever the size of the letters."""
        metrics = self.fontMetrics()
        frame = 2 * round(self.document().documentMargin()) + 2 * NEAR
        lines = min(3, max(2, self.document().blockCount()))
        self.setFixedHeight(metrics.lineSpacing() * lines + frame)
        self.setMinimumWidth(metrics.horizontalAdvance("<") * WIDTHS[-1] + frame + NEAR)


class DigitStates(QObject):
    """The five check digits, each with its own state in an icon and words."""

    def __init__(self, words: MrzWords) -> None:
        super().__init__(words)
        self._words = words
        self.chips = {name: Chip() for name in DIGITS}
        self.show_states(CheckDigitStates())

    def show_states(self, states: CheckDigitStates) -> None:
        for name, chip in self.chips.items():
            word = self._words.digit(name)
            match getattr(states, name):
                case True:
                    chip.show_state(word, Tone.OK)
                    said = self.tr("fits")
                case False:
                    chip.show_state(word, Tone.ALARM)
                    said = self.tr("does not fit")
                case _:
                    chip.show_state(word, Tone.NEUTRAL, icon="question")
                    said = self.tr("none")
            chip.setAccessibleName(self.tr("Check digit {0}: {1}").format(word, said))
            chip.setToolTip(chip.accessibleName())


class MrzField(QWidget):
    """The zone of the document at hand, read, pasted or typed. It is taken when it is complete.

    `typed` carries a whole zone: at once when all its check digits fit, else with Enter.
    `left` is Enter in an empty field.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._is_showing = False
        self.is_new = True
        self.words = MrzWords(self)
        self.edit = MrzEdit()
        self.edit.setPlaceholderText(
            self.tr("Read a document, or type or paste its machine-readable zone")
        )
        self.edit.setAccessibleName(self.tr("Machine-readable zone"))
        self.counter = QLabel()
        self.counter.setProperty("role", "quiet")
        self.digits = DigitStates(self.words)
        self.problem = Text(role="problem")
        self.problem.hide()
        self.setFocusProxy(self.edit)
        self._lay_out()

        self.edit.textChanged.connect(self._on_text)
        self.edit.entered.connect(self._on_entered)

    def show_lines(self, lines: Sequence[str], states: CheckDigitStates) -> None:
        """Show the zone of a document as it was read; empty for one without."""
        self._is_showing = True
        self.edit.show_text("\n".join(lines))
        self._is_showing = False
        self.is_new = not lines
        self.problem.hide()
        self._count(tuple(lines))
        self.digits.show_states(states)

    def show_rejected(self, text: str, error: NotAnMrz) -> None:
        """Keep what was read though it is no document, and say what is wrong with it."""
        self._is_showing = True
        self.edit.show_text(text)
        self._is_showing = False
        self.is_new = True
        self._count(clean(text))
        self.say_what_is_wrong(self._rejected(error))

    def say_what_is_wrong(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        self.edit.setAccessibleDescription(words)

    def select(self) -> None:
        """Put the cursor here, so that typing replaces what stands."""
        self.edit.setFocus()
        self.edit.selectAll()

    @Slot()
    def _on_text(self) -> None:
        if self._is_showing:
            return
        self.problem.hide()
        self.edit.setAccessibleDescription("")
        lines = clean(self.edit.toPlainText())
        if sum(len(line) for line in lines) < WIDTHS[0] // 2:
            self.is_new = True
        self._count(lines)
        reading = self._reading()
        self.digits.show_states(_states(reading) if reading else CheckDigitStates())
        if reading and reading.valid:
            self.typed.emit("\n".join(lines))

    @Slot()
    def _on_entered(self) -> None:
        text = self.edit.toPlainText()
        if not text.strip():
            self.left.emit()
            return
        try:
            read(text, today=self._today())
        except NotAnMrz as error:
            self.say_what_is_wrong(self._rejected(error))
            return
        self.typed.emit("\n".join(clean(text)))

    def _reading(self) -> Mrz | None:
        try:
            return read(self.edit.toPlainText(), today=self._today())
        except NotAnMrz:
            return None

    def _count(self, lines: Sequence[str]) -> None:
        wanted = _width_of(lines)
        counts = [f"{len(line)}/{wanted}" for line in lines]
        self.counter.setText(" · ".join(counts) if counts else self.tr("no lines yet"))

    def _rejected(self, error: NotAnMrz) -> str:
        """What is wrong with the lines: how many characters each has, and how many it should."""
        lines = clean(self.edit.toPlainText())
        if not lines:
            return self.tr("Nothing was read. Read the document again.")
        wanted = _width_of(lines)
        for place, line in enumerate(lines, start=1):
            if len(line) != wanted:
                return self.tr(
                    "Line {0} has {1} characters, {2} are needed. "
                    "Correct it, or read the document again."
                ).format(place, len(line), wanted)
        if error.problems and error.problems[0].code == "length":
            return self.tr(
                "A machine-readable zone has two or three lines. Read the document again."
            )
        return self.tr("This is no machine-readable zone. Read the document again.")

    def _lay_out(self) -> None:
        states = Rows()
        states.setSpacing(TIGHT)
        for chip in self.digits.chips.values():
            states.add(chip)
        states.add(self.counter, letters=10)
        self.counter.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(self.edit)
        column.addLayout(states)
        column.addWidget(self.problem)


def _states(reading: Mrz) -> CheckDigitStates:
    digits = reading.check_digits
    return CheckDigitStates(
        number=digits.number,
        birth_date=digits.birth_date,
        expiry_date=digits.expiry_date,
        optional=digits.optional,
        composite=digits.composite,
    )


def _width_of(lines: Sequence[str]) -> int:
    """The width that the lines are meant to have: the nearest of the formats' to the longest."""
    longest = max((len(line) for line in lines), default=0)
    nearest = min(WIDTHS, key=lambda width: abs(width - longest))
    return nearest if longest >= WIDTHS[0] - 2 else WIDTHS[-1]
