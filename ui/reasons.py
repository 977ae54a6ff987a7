"""Asks why a record is opened or taken out of the program; the answer is recorded."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from checkpoint_client.records import Problem
from checkpoint_client.records.codes import ConsultReason
from ui.form import Choice, Field, Form
from ui.theme import Card, KeyButton, Quiet, ScreenTitle, row
from ui.words import Words


class ReasonPanel(Card):
    """A reason out of a list, and a note."""

    given = Signal(object, str)

    def __init__(
        self,
        words: Words,
        reasons: Sequence[ConsultReason],
        *,
        rule: str,
        question: str,
        go: KeyButton,
        back: KeyButton | None = None,
        title: str = "",
    ) -> None:
        """`rule` says what becomes of the answer to `question`, `go` gives it."""
        super().__init__(title)
        self.form = Form(words.problem, self)
        self.reason = Choice(words.choices(reasons), none=self.tr("choose"))
        self.note = QLineEdit()
        self.heading = ScreenTitle()
        self.heading.hide()
        self.body.addWidget(self.heading)
        self.body.addWidget(Quiet(rule))
        self.body.addWidget(self.form.add("reason", Field(question, self.reason)))
        self.body.addWidget(
            self.form.add("note", Field(self.tr("&Note, such as a file number"), self.note))
        )
        self.body.addLayout(row(back, go, stretch=go) if back else row(go))

        self.form.finished.connect(self.give)
        go.clicked.connect(self.give)

    def ask(self, about: str = "") -> None:
        """Ask anew; the reason given last is offered."""
        self.heading.setText(about)
        self.heading.setVisible(bool(about))
        self.note.clear()
        self.form.clear_problems()
        self.form.start()

    @Slot()
    def give(self) -> None:
        reason = self.reason.code()
        if reason is None:
            self.form.show_problems([Problem("reason", "missing")])
            return
        self.given.emit(reason, self.note.text())
