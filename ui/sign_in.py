"""The first page: who you are and your pass-phrase, which opens the encrypted file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from checkpoint_client.desk.session import SignedIn, SignIn, SlotName
from checkpoint_client.desk.wiping import WipeState
from checkpoint_client.records import Problem
from ui.form import Choice, Field, Form
from ui.scroll import Scroll
from ui.theme import GAP, NEAR, WIDE, Card, KeyButton, Quiet, Text, Tone, centred, logo, mono, row
from ui.words import Words
from ui.work import Work


@dataclass(frozen=True, slots=True)
class Hint:
    """An invented person of the demonstration, pass-phrase and all."""

    service_number: str
    name: str
    passphrase: str


class SignInScreen(QWidget):
    signed_in = Signal(object)

    def __init__(
        self,
        sign_in: SignIn,
        work: Work,
        words: Words,
        say: Callable[[BaseException], str],
        *,
        post: str,
        hints: Sequence[Hint] = (),
    ) -> None:
        """`say` has the sentence for an error that keeps somebody out; empty if it is a bug."""
        super().__init__()
        self._sign_in = sign_in
        self._work = work
        self._words = words
        self._say = say
        self._hint_roles: dict[str, QLabel] = {}

        self.form = Form(words.problem, self)
        self.number = Choice[str]([])
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.number_field = self.form.add("number", Field(self.tr("Service &number"), self.number))
        self.passphrase_field = self.form.add(
            "passphrase", Field(self.tr("&Pass-phrase"), self.passphrase)
        )
        self.layout_hint = Quiet()
        self.message = Text(role="problem")
        self.enter = KeyButton(self.tr("Sign in"), tone=Tone.ACCENT)
        self.reveal = KeyButton(self.tr("Show"), "F2")
        self._lay_out(post, hints)

        self.passphrase.installEventFilter(self)
        self.form.finished.connect(self.submit)
        self.enter.clicked.connect(self.submit)
        self.reveal.clicked.connect(self._reveal)
        self.number.activated.connect(lambda _place: self.message.clear())
        self.reload()

    def reload(self) -> None:
        """Ask again who may sign in here, and whether anybody may."""
        self._work.run(self._sign_in.officers, self._show_officers, self._failed)
        self._work.run(self._sign_in.wipe, self._show_order, self._failed)

    @Slot()
    def submit(self) -> None:
        number = self.number.code()
        if number is None:
            return
        if not self.passphrase.text():
            self.form.show_problems([Problem("passphrase", "missing")])
            return
        passphrase = self.passphrase.text()
        self.passphrase.clear()
        self._wait(self.tr("Opening the encrypted file …"))
        self._work.run(
            lambda: self._sign_in.sign_in(number, passphrase), self._signed_in, self._failed
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._hint_at_layout(event)
        return super().eventFilter(watched, event)

    def _show_officers(self, officers: Sequence[SlotName]) -> None:
        chosen = self.number.code()
        self.number.offer((each.service_number, self._officer(each)) for each in officers)
        self.number.choose(chosen)
        for each in officers:
            if role := self._hint_roles.get(each.service_number):
                role.setText(self._words.label(each.role))
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_order(self, state: WipeState | None) -> None:
        if state is None:
            return
        self._ready(self._words.wipe(state))
        if state is not WipeState.WAITS:
            for part in (self.number, self.passphrase, self.enter):
                part.setEnabled(False)

    def _officer(self, slot: SlotName) -> str:
        return f"{slot.service_number} · {self._words.label(slot.role)}"

    def _signed_in(self, signed_in: SignedIn) -> None:
        self._ready("")
        self.layout_hint.clear()
        self.signed_in.emit(signed_in)

    def _failed(self, error: BaseException) -> None:
        sentence = self._say(error)
        self._ready(sentence)
        if not sentence:
            self._work.failed.emit(error)

    def _wait(self, words: str) -> None:
        self.message.say(words, Tone.NEUTRAL)
        for part in (self.number, self.passphrase, self.enter):
            part.setEnabled(False)

    def _ready(self, problem: str) -> None:
        for part in (self.number, self.passphrase, self.enter):
            part.setEnabled(True)
        self.message.say(problem, Tone.ALARM)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reveal(self) -> None:
        hidden = self.passphrase.echoMode() is QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.reveal.setText(self.tr("Hide") if hidden else self.tr("Show"))

    def _hint_at_layout(self, event: QKeyEvent) -> None:
        letter = event.text()
        if not letter.isalpha():
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        parts = [self.tr("Latin letters") if letter.isascii() else self.tr("Cyrillic letters")]
        if letter.isupper() != shift:
            parts.append(self.tr("Caps Lock is on"))
        self.layout_hint.setText(" · ".join(parts))

    def _lay_out(self, post: str, hints: Sequence[Hint]) -> None:
        self.card = Card()
        self.card.setFixedWidth(self.fontMetrics().averageCharWidth() * 62)
        self.card.body.setContentsMargins(2 * WIDE, 2 * WIDE, 2 * WIDE, 2 * WIDE)
        self.card.body.setSpacing(GAP)
        mark = QLabel()
        mark.setPixmap(logo(48))
        heading = QVBoxLayout()
        heading.setSpacing(0)
        heading.addWidget(Text(self.tr("Checkpoint Client"), role="title"))
        heading.addWidget(Quiet(post))
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(mark)
        top.addLayout(heading, 1)
        self.card.body.addLayout(top)
        self.card.body.addSpacing(NEAR)
        self.card.body.addWidget(self.number_field)
        self.card.body.addWidget(self.passphrase_field)
        self.card.body.addWidget(self.layout_hint)
        self.card.body.addWidget(self.message)
        self.card.body.addLayout(row(self.enter, self.reveal, stretch=self.enter))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addStretch(2)
        column.addLayout(centred(self.card))
        if hints:
            column.addSpacing(GAP)
            column.addLayout(centred(self._people(hints)))
        column.addStretch(3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inside))

    def _people(self, hints: Sequence[Hint]) -> Card:
        people = Card(self.tr("Demonstration: invented people and their pass-phrases"))
        people.setMinimumWidth(self.card.width())
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        for place, hint in enumerate(hints):
            phrase = QLabel(hint.passphrase)
            mono(phrase)
            role = self._hint_roles[hint.service_number] = Quiet()
            parts = (QLabel(hint.service_number), QLabel(hint.name), role, phrase)
            for column, part in enumerate(parts):
                part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(part, place, column)
        grid.setColumnStretch(2, 1)
        people.body.addLayout(grid)
        return people
