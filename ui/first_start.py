"""The page of a computer that is no workstation yet: provisioning file, and who may sign in."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QFileSystemModel, QLineEdit, QVBoxLayout, QWidget

from checkpoint_client.desk.done import Refused
from checkpoint_client.records import Problem
from checkpoint_client.records.codes import Role
from ui.form import Choice, Field, Form
from ui.scroll import Scroll
from ui.theme import GAP, WIDE, Card, KeyButton, Quiet, ScreenTitle, Text, Tone, row
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

    `provisioning` is the path of headquarters' file, or the token's text.
    """

    provisioning: str
    name: str
    officers: tuple[NewOfficer, ...]


class CannotEnrol(Exception):
    """The text is one sentence for the IT staff and says what to do."""


class FirstStart(QWidget):
    enrolled = Signal()

    def __init__(self, enrol: Callable[[Enrolment], str], work: Work, words: Words) -> None:
        """`enrol` gives the digits of the new keys, which people compare. It may raise `Refused` or
        `CannotEnrol`, and runs on the work's thread.
        """
        super().__init__()
        self._enrol = enrol
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
        self.add = KeyButton(self.tr("Add another person"), "F8", icon="person")
        self.start = KeyButton(self.tr("Enrol this computer"), "F9", Tone.ACCENT)
        self._lay_out()

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
        if not self.file.text().strip():
            self.form.show_problems([Problem("provisioning", "missing")])
            return
        if (self.number.text() or not self._officers) and not self.add_officer():
            return
        enrolment = Enrolment(
            provisioning=self.file.text().strip(),
            name=self.name.text().strip(),
            officers=self._officers,
        )
        self.start.setEnabled(False)
        self.message.say(self.tr("Asking the centre …"), Tone.NEUTRAL)
        self._work.run(lambda: self._enrol(enrolment), self._enrolled, self._failed)

    def _enrolled(self, digits: str) -> None:
        self._is_enrolled = True
        said = self.tr("Enrolled. Digits of its keys: {0}. Compare them with headquarters.")
        self.message.say(said.format(digits), Tone.OK)
        self.add.setEnabled(False)
        self.start.setText(self.tr("Go on to sign-in"))
        self.start.setEnabled(True)
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: BaseException) -> None:
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
        card = Card()
        card.setFixedWidth(self.fontMetrics().averageCharWidth() * 80)
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
        for name, label, editor in (
            ("provisioning", self.tr("Provisioning &file, or token"), self.file),
            ("name", self.tr("&Workstation's name, if headquarters gave none"), self.name),
            ("service_number", self.tr("Service &number"), self.number),
            ("role", self.tr("&Role"), self.role),
            ("passphrase", self.tr("&Pass-phrase"), self.passphrase),
            ("again", self.tr("Pass-phrase &again"), self.again),
        ):
            card.body.addWidget(self.form.add(name, Field(label, editor)))
        card.body.addWidget(self.added)
        card.body.addWidget(self.message)
        card.body.addLayout(row(self.add, self.start, stretch=self.start))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addStretch(1)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inside))
