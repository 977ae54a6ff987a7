"""The page of a computer that is no workstation yet: provisioning file, and who may sign in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCompleter,
    QFileSystemModel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.desk.done import Refused
from checkpoint_client.records import Problem
from checkpoint_client.records.codes import Role
from ui.form import Choice, Field, Form
from ui.rows import Rows
from ui.scroll import Scroll
from ui.sticks import StickPanel
from ui.theme import GAP, WIDE, Card, KeyButton, Quiet, ScreenTitle, Text, Tone, centred
from ui.words import Words
from ui.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOfficer:
    """Somebody who will sign in here, with a pass-phrase nobody else has seen."""

    service_number: str
    role: Role
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What makes a computer a workstation. `name` is what people call it.

    `provisioning` is the path of headquarters' file or of its answer on a stick, or the token's
    text.
    """

    provisioning: str
    name: str
    officers: tuple[NewOfficer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that lies on a stick now.

    `digits` of the new keys; the answer is looked for at `answer`.
    """

    request: Path
    answer: Path
    digits: str


class CannotEnrol(Exception):
    """The text is one sentence for the IT staff and says what to do."""


class FirstStart(QWidget):
    enrolled = Signal()

    def __init__(
        self,
        enrol: Callable[[Enrolment], str],
        ask: Callable[[Enrolment, Path], Asked],
        sticks: Callable[[], Sequence[Path]],
        work: Work,
        words: Words,
    ) -> None:
        """`enrol` gives the digits of the new keys, which people compare. `ask` writes a request
        into a folder, for a computer without a line. Both may raise `Refused` or `CannotEnrol`, and
        run on the work's thread. `sticks`: folders to propose.
        """
        super().__init__()
        self._enrol = enrol
        self._ask = ask
        self._sticks = sticks
        self._work = work
        self._words = words
        self._officers: tuple[NewOfficer, ...] = ()
        self._is_enrolled = False

        self.form = Form(words.problem, self)
        self.file = QLineEdit()
        self.name = QLineEdit()
        self.number = QLineEdit()
        self.role = Choice(words.choices((Role.SUPERVISOR, Role.SECOND_LINE, Role.OFFICER)))
        self.passphrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.again = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.added = Quiet()
        self.message = Text(role="problem")
        self.away = KeyButton(self.tr("No line here"), "F7", icon="arrow-out")
        self.add = KeyButton(self.tr("Add another person"), "F8", icon="person")
        self.start = KeyButton(self.tr("Enrol this computer"), "F9", Tone.ACCENT)
        self.card = Card()
        self.panel = StickPanel(
            words,
            title=self.tr("Without a line: ask by a stick"),
            note=self.tr(
                "1. A request is written to the stick. 2. Headquarters answers it there. 3. Back"
                " here, give the answer's file instead of the provisioning file. Nothing on the"
                " stick is secret."
            ),
            go=self.tr("Write the request"),
            icon="arrow-out",
        )
        self._lay_out()

        self.away.clicked.connect(self._open_panel)
        self.panel.left.connect(self._close_panel)
        self.panel.wanted.connect(self._write_request)
        self.form.finished.connect(self.start.setFocus)
        self.add.clicked.connect(self.add_officer)
        self.start.clicked.connect(self.submit)
        self.form.start()

    @Slot()
    def add_officer(self) -> bool:
        """Take the person that was typed; False and words beside the field where one is wrong."""
        problems = self._officer_problems()
        self.form.show_problems(problems)
        if problems:
            return False
        officer = NewOfficer(
            service_number=self.number.text().strip(),
            role=self.role.code() or Role.OFFICER,
            passphrase=self.passphrase.text(),
        )
        self._officers = (*self._officers, officer)
        names = (self._named(each) for each in self._officers)
        self.added.setText(self.tr("May sign in: {0}").format(" · ".join(names)))
        for each in (self.number, self.passphrase, self.again):
            each.clear()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot()
    def submit(self) -> None:
        if self._is_enrolled:
            self.enrolled.emit()
            return
        if not self._is_given():
            return
        if (self.number.text() or not self._officers) and not self.add_officer():
            return
        enrolment = self._wanted()
        self.start.setEnabled(False)
        self.message.say(self.tr("Asking the centre …"), Tone.NEUTRAL)
        self._work.run(lambda: self._enrol(enrolment), self._enrolled, self._failed)

    def _is_given(self) -> bool:
        if self.file.text().strip():
            return True
        self.form.show_problems([Problem("provisioning", "missing")])
        return False

    def _wanted(self) -> Enrolment:
        return Enrolment(
            provisioning=self.file.text().strip(),
            name=self.name.text().strip(),
            officers=self._officers,
        )

    @Slot()
    def _open_panel(self) -> None:
        if not self._is_given():
            return
        self.message.clear()
        self.card.hide()
        self.panel.open_with(self._sticks())

    @Slot()
    def _close_panel(self) -> None:
        self.panel.hide()
        self.card.show()
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _write_request(self, folder: Path) -> None:
        enrolment = self._wanted()
        self._work.run(lambda: self._ask(enrolment, folder), self._asked, self._failed)

    def _asked(self, asked: Asked) -> None:
        self._close_panel()
        said = self.tr(
            "The request is at {0}. Digits of the new keys: {1}. Headquarters answers it with"
            " enrol-file; its answer is looked for at {2}, the field above says so already."
        )
        self.message.say(said.format(asked.request, asked.digits, asked.answer), Tone.OK)
        self.file.setText(str(asked.answer))

    def _enrolled(self, digits: str) -> None:
        self._is_enrolled = True
        said = self.tr("Enrolled. Digits of its keys: {0}. Compare them with headquarters.")
        self.message.say(said.format(digits), Tone.OK)
        self.add.setEnabled(False)
        self.start.setText(self.tr("Go on to sign-in"))
        self.start.setEnabled(True)
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: BaseException) -> None:
        self._close_panel()
        self.start.setEnabled(True)
        self.message.clear()
        if isinstance(error, Refused):
            self.form.show_problems(error.problems)
        elif isinstance(error, CannotEnrol):
            self.message.say(str(error), Tone.ALARM)
        else:
            self._work.failed.emit(error)

    def _named(self, officer: NewOfficer) -> str:
        return f"{officer.service_number}, {self._words.label(officer.role)}"

    def _officer_problems(self) -> list[Problem]:
        taken = {each.service_number for each in self._officers}
        number, passphrase = self.number.text().strip(), self.passphrase.text()
        if not number:
            return [Problem("service_number", "missing")]
        if number in taken:
            return [Problem("service_number", "taken")]
        if not passphrase:
            return [Problem("passphrase", "missing")]
        if passphrase != self.again.text():
            return [Problem("again", "differs")]
        return []

    def _lay_out(self) -> None:
        completer = QCompleter(self)
        files = QFileSystemModel(completer)
        files.setRootPath("")
        completer.setModel(files)
        self.file.setCompleter(completer)
        card = self.card
        for each in (card, self.panel):
            each.setFixedWidth(self.fontMetrics().averageCharWidth() * 80)
        self.panel.hide()
        card.body.setContentsMargins(2 * WIDE, 2 * WIDE, 2 * WIDE, 2 * WIDE)
        card.body.setSpacing(GAP)
        card.body.addWidget(ScreenTitle(self.tr("Make this computer a workstation")))
        card.body.addWidget(
            Quiet(
                self.tr(
                    "Headquarters gives a provisioning file for each workstation, or a token to"
                    " scan or type. Every person types a pass-phrase of at least twelve"
                    " characters; four words are good."
                )
            )
        )
        for fields in (
            [("provisioning", self.tr("Provisioning &file, or token"), self.file)],
            [("name", self.tr("&Workstation's name, if headquarters gave none"), self.name)],
            [
                ("service_number", self.tr("Service &number"), self.number),
                ("role", self.tr("&Role"), self.role),
            ],
            [
                ("passphrase", self.tr("&Pass-phrase"), self.passphrase),
                ("again", self.tr("Pass-phrase &again"), self.again),
            ],
        ):
            beside = Rows()
            for name, label, editor in fields:
                beside.add(self.form.add(name, Field(label, editor)), 24)
            card.body.addLayout(beside)
        card.body.addWidget(self.added)
        card.body.addWidget(self.message)
        keys = Rows()
        keys.add(self.start, 10)
        keys.add(self.add)
        keys.add(self.away)
        card.body.addLayout(keys)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addStretch(1)
        for each in (card, self.panel):
            column.addLayout(centred(each))
        column.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inside))
