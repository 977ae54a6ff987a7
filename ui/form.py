"""Fields to be typed in: label, editor, and beside it what is wrong with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.records import Problem
from checkpoint_client.records.dates import PartialDate
from ui.theme import TIGHT, Text, mark

C = TypeVar("C")


class Choice(QComboBox, Generic[C]):
    """One of a list of codes, chosen by typing the first letters of its label.

    `none` is the label of having chosen nothing; without it the first choice stands.
    """

    def __init__(self, choices: Iterable[tuple[C, str]], *, none: str | None = None) -> None:
        super().__init__()
        self._codes: list[C | None] = []
        self.offer(choices, none=none)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def offer(self, choices: Iterable[tuple[C, str]], *, none: str | None = None) -> None:
        """Offer other codes; the first of them stands."""
        offered: list[tuple[C | None, str]] = [] if none is None else [(None, none)]
        offered.extend(choices)
        self._codes = [code for code, _label in offered]
        self.clear()
        self.addItems([label for _code, label in offered])

    def code(self) -> C | None:
        place = self.currentIndex()
        return self._codes[place] if place >= 0 else None

    def choose(self, code: C | None) -> None:
        if code in self._codes:
            self.setCurrentIndex(self._codes.index(code))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel turned over the screen must not change what is recorded."""
        event.ignore()


class DateEdit(QLineEdit):
    """A date as `dd.MM.yyyy`; also a month and year, a year, or `?` for an unknown one."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(self.tr("dd.mm.yyyy"))
        self.editingFinished.connect(self._tidy)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def _tidy(self) -> None:
        try:
            date = PartialDate.from_screen(self.text())
        except ValueError:
            return
        if date.is_known:
            self.setText(date.on_screen())


class NoteEdit(QPlainTextEdit):
    """Several lines of text. Enter makes a line, Tab goes on."""

    def __init__(self, *, lines: int = 4) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self._height())

    def _height(self) -> int:
        return self.fontMetrics().lineSpacing() * self._lines + 20


class Field(QWidget):
    """A label with its key (Alt and the letter after &), an editor, and room for a problem."""

    edited = Signal()

    def __init__(self, label: str, editor: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self.editor = editor
        self.label = QLabel(label)
        self.label.setProperty("role", "label")
        self.label.setBuddy(editor)
        self.hint = Text(hint, role="quiet")
        if not hint:
            self.hint.hide()
        self.problem = Text(role="problem")
        self.problem.hide()
        editor.setAccessibleName(label.replace("&", ""))
        editor.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        for part in (self.label, editor, self.hint, self.problem):
            column.addWidget(part)
        if not isinstance(editor, QPlainTextEdit):
            column.addStretch(1)
        _edited(editor, self._on_edited)
        self.setFocusProxy(editor)

    @property
    def is_wrong(self) -> bool:
        return not self.problem.isHidden()

    def show_problem(self, words: str) -> None:
        """Put `words` beside the field and a border around it."""
        self.problem.setText(words)
        self.problem.show()
        self.editor.setAccessibleDescription(words)
        mark(self.editor, wrong="true")

    def clear_problem(self) -> None:
        if not self.is_wrong:
            return
        self.problem.hide()
        self.editor.setAccessibleDescription(self.hint.text())
        mark(self.editor, wrong="")

    def _on_edited(self) -> None:
        self.clear_problem()
        self.edited.emit()


class Form(QObject):
    """Fields in the order in which Enter walks them, each under the name its draft uses."""

    edited = Signal(str)
    finished = Signal()

    def __init__(self, say: Callable[[Problem], str], parent: QObject | None = None) -> None:
        """`say` gives the words for a problem: `Words.problem`."""
        super().__init__(parent)
        self._say = say
        self._fields: dict[str, Field] = {}

    def add(self, name: str, field: Field) -> Field:
        """Put a field at the end of the walk. Where it stands is the screen's own layout."""
        self._fields[name] = field
        field.editor.installEventFilter(self)
        field.edited.connect(lambda: self.edited.emit(name))
        return field

    def remove(self, name: str) -> None:
        """Take a field out of the walk; its widget stays the screen's."""
        field = self._fields.pop(name)
        field.editor.removeEventFilter(self)

    def field(self, name: str) -> Field:
        return self._fields[name]

    def names(self) -> tuple[str, ...]:
        return tuple(self._fields)

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Words beside each field, the cursor in the first; what has no field is given back."""
        self.clear_problems()
        for problem in reversed(problems):
            if field := self._fields.get(problem.field):
                field.show_problem(self._say(problem))
        wrong = next((each for each in self._fields.values() if each.is_wrong), None)
        if wrong:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return [each for each in problems if each.field not in self._fields]

    def clear_problems(self) -> None:
        for field in self._fields.values():
            field.clear_problem()

    def start(self) -> None:
        """Put the cursor in the first field."""
        if first := next(self._open_fields(), None):
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._walk(watched, event)
        return super().eventFilter(watched, event)

    def _walk(self, editor: QObject, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if isinstance(editor, QPlainTextEdit) and not modifiers:
            return False
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        order = [each.editor for each in self._open_fields()]
        if editor not in order:
            return False
        step = -1 if modifiers else 1
        place = order.index(editor) + step
        if place == len(order):
            self.finished.emit()
        elif place >= 0:
            reason = Qt.FocusReason.TabFocusReason
            order[place].setFocus(reason if step > 0 else Qt.FocusReason.BacktabFocusReason)
        return True

    def _open_fields(self) -> Iterator[Field]:
        return (
            each
            for each in self._fields.values()
            if each.editor.isEnabled() and not each.isHidden()
        )


def _edited(editor: QWidget, then: Callable[[], None]) -> None:
    if isinstance(editor, QLineEdit):
        editor.textEdited.connect(lambda _text: then())
    elif isinstance(editor, QPlainTextEdit):
        editor.textChanged.connect(then)
    elif isinstance(editor, QComboBox):
        editor.activated.connect(lambda _place: then())
    elif isinstance(editor, QCheckBox):
        editor.clicked.connect(lambda _checked: then())
