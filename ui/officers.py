"""The supervisor's page of who may sign in at this workstation, and of letting somebody go."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from checkpoint_client.desk.administration import Administration
from checkpoint_client.desk.done import Refused
from checkpoint_client.desk.leaving import OfficerHere, Standing
from ui.form import Field, Form
from ui.table import Column, RecordList, Table
from ui.theme import GAP, NEAR, KeyButton, Quiet, ScreenTitle, Text, Tone, row
from ui.words import Words
from ui.work import Work


class OfficersScreen(QWidget):
    """`F8` asks, `F9` confirms; whatever is chosen or typed in between takes the question back."""

    def __init__(self, desk: Administration, work: Work, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._work = work
        self._words = words

        self.list = RecordList(
            Table[OfficerHere](self._columns()),
            name=self.tr("Officers of this workstation"),
            empty=self.tr("Nobody has a slot here."),
            key=lambda each: each.service_number,
        )
        self.form = Form(words.problem, self)
        self.why = QLineEdit()
        self.why_field = self.form.add("why", Field(self.tr("&Why he leaves"), self.why))
        self.message = Text(role="problem")
        self.remove = KeyButton(self.tr("Remove"), "F8", Tone.ATTENTION, icon="stop")
        self.confirm = KeyButton(self.tr("Yes, let him in no more"), "F9", Tone.ALARM)
        self._lay_out()

        self.list.chosen.connect(self._take_back)
        self.why.textEdited.connect(self._take_back)
        self.remove.clicked.connect(self._ask)
        self.confirm.clicked.connect(self._remove)
        self.setFocusProxy(self.list)
        self._take_back()
        self.reload()

    def reload(self) -> None:
        """Ask again who has a slot here."""
        self._work.run(self._desk.officers, self.list.show_rows)

    @Slot()
    def _ask(self) -> None:
        if officer := self.list.current():
            self.message.setText(
                self.tr("Remove {0}? He is let in no more, at once.").format(officer.service_number)
            )
            self.confirm.setEnabled(True)

    @Slot()
    def _take_back(self) -> None:
        self.message.clear()
        self.confirm.setEnabled(False)
        self.remove.setEnabled(self.list.current() is not None)

    @Slot()
    def _remove(self) -> None:
        if officer := self.list.current():
            number, why = officer.service_number, self.why.text()
            self._work.run(
                lambda: self._desk.remove_officer(number, why),
                lambda _done: self._removed(number),
                self._refused,
            )

    def _removed(self, number: str) -> None:
        said = self.tr("{0} is let in no more. The files are given a new key at the next sign-in.")

        def show(officers: Sequence[OfficerHere]) -> None:
            self.list.show_rows(officers)
            self._take_back()
            self.message.setText(said.format(number))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self.why.clear()
        self._work.run(self._desk.officers, show)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        self._take_back()
        if rest := self.form.show_problems(error.problems):
            self.message.setText(self._words.problem(rest[0]))

    def _columns(self) -> list[Column[OfficerHere]]:
        return [
            Column(self.tr("Service number"), lambda each: each.service_number, 16),
            Column(self.tr("Role"), lambda each: self._words.label(each.role), 30),
            Column(self.tr("By headquarters' list"), self._standing),
        ]

    def _standing(self, officer: OfficerHere) -> str:
        if officer.is_kept:
            return self.tr("left; kept, because nobody else could open this workstation")
        return {
            Standing.IN_SERVICE: "",
            Standing.SUSPENDED: self.tr("suspended"),
            Standing.LEFT: self.tr("left; removed at the next sign-in"),
        }[officer.standing]

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP + NEAR, NEAR, GAP + NEAR, GAP)
        outer.setSpacing(NEAR)
        outer.addWidget(ScreenTitle(self.tr("Officers")))
        outer.addWidget(self.list, 1)
        outer.addWidget(self.why_field)
        outer.addWidget(
            Quiet(self.tr("What he recorded stays. Nobody removes himself: so one remains."))
        )
        outer.addWidget(self.message)
        outer.addLayout(row(self.remove, self.confirm, stretch=self.confirm))
