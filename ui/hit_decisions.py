"""The panels of the hit desk: verdict, second opinion, action, report, information, closing."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from checkpoint_client.desk.hits import HitCase
from checkpoint_client.records import (
    ActionDraft,
    AdjudicationDraft,
    CollectionDraft,
    OpinionDraft,
    Problem,
    ReportDraft,
)
from checkpoint_client.records.adjudication import REASONS, CollectedItem
from checkpoint_client.records.codes import (
    ActionTaken,
    AloneReason,
    Collecting,
    HitVerdict,
    Information,
    Opinion,
    ReportMeans,
)
from ui.attachments import AttachmentList
from ui.decisions import (
    DIGITS,
    DecisionPanel,
    OneOf,
    Option,
    Options,
    beside,
    column_of,
    short_note,
)
from ui.form import Choice, Field
from ui.theme import NEAR, TIGHT, KeyButton, Text, Tone
from ui.words import Words, at_moment

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class HitPanel(DecisionPanel):
    """One step on a hit. `edited` says that something was typed; problems stand beside it."""

    edited = Signal()

    def __init__(
        self, words: Words, draft: Callable[[], object], *, icon: str, tone: Tone, key: str
    ) -> None:
        super().__init__(words, draft, icon=icon, tone=tone)
        self.problem = Text(role="problem")
        self.problem.hide()
        self.record = KeyButton("", key, tone, icon=icon)
        self.record.clicked.connect(self.decide)
        self.top.addWidget(self.back)
        self.top.addWidget(self.record)
        self._fields: dict[str, Field] = {}

    def show_case(self, _case: HitCase) -> None:
        """Begin with what was half typed about a hit."""
        self.clear_problems()

    def add(self, name: str, field: Field) -> Field:
        """A field under the name that its draft uses."""
        self._fields[name] = field
        field.edited.connect(self.edited)
        return field

    def watch(self, *choices: Options[Any]) -> None:
        """Choices by keys: what is chosen is kept, and what was wrong is no longer said."""
        for each in choices:
            each.changed.connect(self.problem.hide)
            each.changed.connect(self.edited)

    def say_on_key(self, words: str) -> None:
        self.record.setText(words)
        self.record.setAccessibleName(words)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Words beside the fields, or above the buttons, and the cursor in the first field."""
        self.clear_problems()
        rest: list[str] = []
        for problem in reversed(problems):
            if field := self._fields.get(problem.field):
                field.show_problem(self.words.problem(problem))
                field.setFocus()
            else:
                rest.insert(0, self.words.problem(problem))
        if rest:
            self.problem.setText(" ".join(rest))
            self.problem.show()

    def clear_problems(self) -> None:
        self.problem.hide()
        for field in self._fields.values():
            field.clear_problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class VerdictPanel(HitPanel):
    """Whether they are the same: a digit for the verdict, letters for its reasons."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, self.draft, icon="hit", tone=Tone.ACCENT, key="F6")
        self._needs_second = False
        self.say_on_key(self.tr("Record the verdict"))
        self.verdicts = OneOf(
            (
                Option(code, digit, words.label(code))
                for digit, code in zip(DIGITS, HitVerdict, strict=False)
            ),
            columns=3,
        )
        self.verdicts.setAccessibleName(self.tr("Verdict"))
        self.reasons = {
            verdict: Options(
                Option(code, letter, words.label(code))
                for letter, code in zip(LETTERS, reasons, strict=False)
            )
            for verdict, reasons in REASONS.items()
        }
        self.second = Text(role="strong")
        self.alone_choice = Choice(words.choices(AloneReason), none=self.tr("a colleague will say"))
        self.alone = self.add("alone", Field(self.tr("Nobody &else is here"), self.alone_choice))
        self.note_text = short_note()
        self.note = self.add("note", Field(self.tr("&Comment"), self.note_text))
        self.attachments = AttachmentList(key="F2")
        self.attachments.edited.connect(self.edited)
        self.setFocusProxy(self.verdicts)
        self._lay_out()

        self.verdicts.changed.connect(self._on_verdict)
        self.watch(self.verdicts, *self.reasons.values())

    def show_case(self, case: HitCase) -> None:
        super().show_case(case)
        draft = case.work.adjudication
        self._needs_second = case.needs_second
        self.verdicts.choose(() if draft.verdict is None else (draft.verdict,))
        for verdict, options in self.reasons.items():
            options.choose(draft.reasons if verdict is draft.verdict else ())
        self.alone_choice.choose(draft.alone)
        self.note_text.setPlainText(draft.note)
        self.attachments.show_attachments(draft.attachments)
        self._on_verdict()

    def draft(self) -> AdjudicationDraft:
        verdict = self.verdicts.code()
        is_alone = verdict is HitVerdict.SAME and self._needs_second
        return AdjudicationDraft(
            verdict=verdict,
            reasons=self.reasons[verdict].chosen() if verdict else (),
            note=self.note_text.toPlainText(),
            alone=self.alone_choice.code() if is_alone else None,
            attachments=self.attachments.attachments(),
        )

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Those of attachments stand beside them."""
        attached = [each for each in problems if each.field.startswith("attachments")]
        super().show_problems([each for each in problems if each not in attached])
        for each in attached[:1]:
            self.attachments.show_problem(each)

    @Slot()
    def _on_verdict(self) -> None:
        verdict = self.verdicts.code()
        for each, options in self.reasons.items():
            options.setVisible(each is verdict)
        needs_second = verdict is HitVerdict.SAME and self._needs_second
        self.second.setVisible(needs_second)
        self.second.say(
            self.tr("A second person must agree. If nobody is here, say why: it is reviewed."),
            Tone.ATTENTION,
        )
        self.alone.setVisible(needs_second)

    def _lay_out(self) -> None:
        self.body.addWidget(self.verdicts)
        self.body.addWidget(self.second)
        reasons = column_of(*self.reasons.values())
        written = column_of(self.alone, self.note, self.attachments, self.problem)
        self.body.addLayout(beside(reasons, written))


class OpinionPanel(HitPanel):
    """What a second person says of a colleague's verdict."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, self.draft, icon="person", tone=Tone.ACCENT, key="F7")
        self.say_on_key(self.tr("Record the opinion"))
        self.said = Text()
        self.opinions = OneOf(
            Option(code, digit, words.label(code))
            for digit, code in zip(DIGITS, Opinion, strict=False)
        )
        self.opinions.setAccessibleName(self.tr("Opinion"))
        self.note_text = short_note()
        self.note = self.add("note", Field(self.tr("&Comment"), self.note_text))
        self.setFocusProxy(self.opinions)
        choice = column_of(self.said, self.opinions)
        written = column_of(self.note, self.problem)
        self.body.addLayout(beside(choice, written))

        self.watch(self.opinions)

    def show_case(self, case: HitCase) -> None:
        super().show_case(case)
        draft = case.work.opinion
        self.said.setText(self._said(case))
        self.opinions.choose(() if draft.opinion is None else (draft.opinion,))
        self.note_text.setPlainText(draft.note)

    def draft(self) -> OpinionDraft:
        return OpinionDraft(opinion=self.opinions.code(), note=self.note_text.toPlainText())

    def _said(self, case: HitCase) -> str:
        if not case.adjudications:
            return ""
        last = case.adjudications[-1]
        reasons = ", ".join(self.words.label(each) for each in last.record.reasons)
        said = self.words.label(last.record.verdict)
        return self.tr("Officer {0} says: {1} ({2})").format(last.officer, said, reasons)


class ActionPanel(HitPanel):
    """What was done, when and where."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, self.draft, icon="stop", tone=Tone.ACCENT, key="F8")
        self.say_on_key(self.tr("Record the action"))
        self.choice = OneOf(
            Option(code, letter, words.label(code))
            for letter, code in zip(LETTERS, ActionTaken, strict=False)
        )
        self.choice.setAccessibleName(self.tr("Action"))
        self.time_text = QLineEdit()
        self.time_text.setPlaceholderText(self.tr("now"))
        self.time = self.add(
            "taken_at",
            Field(self.tr("&When"), self.time_text),
        )
        self.place_text = QLineEdit()
        self.place = self.add("place", Field(self.tr("&Where, if not here"), self.place_text))
        self.note_text = short_note()
        self.note = self.add("note", Field(self.tr("&Comment"), self.note_text))
        self.setFocusProxy(self.choice)
        written = column_of(_in_a_row((self.time, 1), (self.place, 2)), self.note, self.problem)
        self.body.addLayout(beside(column_of(self.choice), written))

        self.watch(self.choice)

    def show_case(self, case: HitCase) -> None:
        super().show_case(case)
        draft = case.work.action
        self.choice.choose(() if draft.action is None else (draft.action,))
        self.time_text.setText(draft.taken_at)
        self.place_text.setText(draft.place)
        self.note_text.setPlainText(draft.note)

    def draft(self) -> ActionDraft:
        return ActionDraft(
            action=self.choice.code(),
            taken_at=self.time_text.text(),
            place=self.place_text.text(),
            note=self.note_text.toPlainText(),
        )


class ReportPanel(HitPanel):
    """How the owner of the alert was told, and what he answered."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, self.draft, icon="linked", tone=Tone.ACCENT, key="F4")
        self.say_on_key(self.tr("Record the report"))
        self.limit = Text(role="strong")
        self.means = OneOf(
            Option(code, digit, words.label(code))
            for digit, code in zip(DIGITS, ReportMeans, strict=False)
        )
        self.means.setAccessibleName(self.tr("How"))
        self.to_text = QLineEdit()
        self.to = self.add("reported_to", Field(self.tr("&To whom"), self.to_text))
        self.time_text = QLineEdit()
        self.time_text.setPlaceholderText(self.tr("now"))
        self.time = self.add(
            "reported_at",
            Field(self.tr("&When"), self.time_text),
        )
        self.reply_text = short_note()
        self.reply = self.add("reply", Field(self.tr("&Answer"), self.reply_text))
        self.note_text = short_note()
        self.note = self.add("note", Field(self.tr("&Comment"), self.note_text))
        self.setFocusProxy(self.means)
        choice = column_of(self.limit, self.means, _in_a_row((self.to, 4), (self.time, 1)))
        written = column_of(self.reply, self.note, self.problem)
        self.body.addLayout(beside(choice, written))

        self.watch(self.means)

    def show_case(self, case: HitCase) -> None:
        super().show_case(case)
        draft = case.work.report
        self.means.choose(() if draft.means is None else (draft.means,))
        self.to_text.setText(draft.reported_to or _owner(case))
        self.to_text.setCursorPosition(0)
        self.time_text.setText(draft.reported_at)
        self.reply_text.setPlainText(draft.reply)
        self.note_text.setPlainText(draft.note)

    def show_limit(self, words: str, tone: Tone) -> None:
        """Until when the owner must be told, counting down."""
        self.limit.setVisible(bool(words))
        self.limit.say(words, tone)

    def draft(self) -> ReportDraft:
        return ReportDraft(
            means=self.means.code(),
            reported_at=self.time_text.text(),
            reported_to=self.to_text.text(),
            reply=self.reply_text.toPlainText(),
            note=self.note_text.toPlainText(),
        )


class ItemRow(QWidget):
    """One item of the list: what came of it, and what was noted."""

    edited = Signal()

    def __init__(self, item: Information, words: Words) -> None:
        super().__init__()
        self.item = item
        self.state = Choice(words.choices(Collecting))
        self.text = QLineEdit()
        self.problem = Text(role="problem")
        self.problem.hide()
        label = words.label(item)
        self.state.setAccessibleName(label)
        self.text.setAccessibleName(self.tr("{0}: what was noted").format(label))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(NEAR)
        grid.setVerticalSpacing(TIGHT)
        for column, share in enumerate((5, 3, 8)):
            grid.setColumnStretch(column, share)
        for column, part in enumerate((Text(label), self.state, self.text)):
            grid.addWidget(part, 0, column)
        grid.addWidget(self.problem, 1, 2)

        self.text.textEdited.connect(self._on_text)
        self.state.activated.connect(lambda _place: self._on_edited())

    def show_item(self, item: CollectedItem) -> None:
        self.state.choose(item.state)
        self.text.setText(item.text)
        self.problem.hide()

    def noted(self) -> CollectedItem:
        state = self.state.code() or Collecting.NOT_ASKED
        return CollectedItem(item=self.item, state=state, text=self.text.text())

    def show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        self.text.setFocus()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        """Whoever writes something down has asked."""
        if text.strip() and self.state.code() is Collecting.NOT_ASKED:
            self.state.choose(Collecting.COLLECTED)
        self._on_edited()

    def _on_edited(self) -> None:
        self.problem.hide()
        self.edited.emit()


class CollectionPanel(HitPanel):
    """The information that a discreet, inquiry or specific check asks for, item by item."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, self.draft, icon="note", tone=Tone.ACCENT, key="F5")
        self.say_on_key(self.tr("Record the information"))
        self.rows = [ItemRow(item, words) for item in Information]
        self.note_text = short_note()
        self.note = self.add("note", Field(self.tr("&Comment"), self.note_text))
        self.setFocusProxy(self.rows[0].state)
        rows = column_of(*self.rows, self.note)
        self.body.addWidget(rows)
        self.body.addWidget(self.problem)

        for row in self.rows:
            row.edited.connect(self.problem.hide)
            row.edited.connect(self.edited)

    def show_case(self, case: HitCase) -> None:
        super().show_case(case)
        draft = case.work.collection
        known = {each.item: each for each in draft.items or _known(case)}
        for row in self.rows:
            nothing = CollectedItem(item=row.item, state=Collecting.NOT_ASKED)
            row.show_item(known.get(row.item, nothing))
        self.note_text.setPlainText(draft.note)

    def draft(self) -> CollectionDraft:
        return CollectionDraft(
            items=tuple(row.noted() for row in self.rows), note=self.note_text.toPlainText()
        )

    def show_problems(self, problems: Sequence[Problem]) -> None:
        rows = {f"items.{row.item}": row for row in self.rows}
        super().show_problems([each for each in problems if each.field not in rows])
        for problem in reversed(problems):
            if row := rows.get(problem.field):
                row.show_problem(self.words.problem(problem))


class ClosingPanel(HitPanel):
    """What is still missing, and a last word."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, self.draft, icon="lock", tone=Tone.ACCENT, key="F9")
        self.say_on_key(self.tr("Close the hit"))
        self.missing = Text(role="strong")
        self.note_text = short_note()
        self.note = self.add("note", Field(self.tr("&Comment"), self.note_text))
        self.setFocusProxy(self.note_text)
        written = column_of(self.note, self.problem)
        self.body.addLayout(beside(column_of(self.missing), written))

    def show_case(self, case: HitCase) -> None:
        super().show_case(case)
        missing = [self.words.problem(each) for each in case.missing]
        if missing:
            self.missing.say("\n".join(missing), Tone.ATTENTION)
        else:
            self.missing.say(self.tr("All that this hit asks for is done."), Tone.OK)
        self.note_text.setPlainText(case.work.closing_note)

    def draft(self) -> str:
        return self.note_text.toPlainText()


class AlonePanel(HitPanel):
    """A supervisor looks again at what somebody confirmed alone."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, self.draft, icon="check", tone=Tone.ACCENT, key="F10")
        self.say_on_key(self.tr("Countersign"))
        self._hit_id = ""
        self.said = Text()
        self.note_text = short_note()
        self.note = self.add("note", Field(self.tr("&Comment"), self.note_text))
        self.setFocusProxy(self.note_text)
        written = column_of(self.note, self.problem)
        self.body.addLayout(beside(column_of(self.said), written))

    def show_case(self, case: HitCase) -> None:
        super().show_case(case)
        if case.hit.id != self._hit_id:
            self._hit_id = case.hit.id
            self.note_text.clear()
        alone = [each for each in case.adjudications if each.record.alone]
        self.said.setText(
            "\n".join(
                self.tr("Officer {0} confirmed alone on {1}: {2}").format(
                    each.officer, at_moment(each.happened_at), self.words.label(each.record.alone)
                )
                for each in alone
            )
        )

    def draft(self) -> str:
        return self.note_text.toPlainText()


def _known(case: HitCase) -> Iterable[CollectedItem]:
    """What the check itself has already told; the officer strikes out what is not to be said."""
    check = case.current
    vehicle = check.vehicle
    said = {
        Information.LOCATED: "",
        Information.PLACE_TIME_REASON: ", ".join(
            part for part in (check.post, at_moment(case.check.happened_at)) if part
        ),
        Information.ROUTE_DESTINATION: ", ".join(
            part for part in (check.route, check.destination) if part
        ),
        Information.COMPANIONS: check.companions,
        Information.OBJECTS_USED: vehicle.plate if vehicle else "",
        Information.THINGS_CARRIED: ", ".join(
            f"{each.issuing_state} {each.number}".strip() for each in check.documents
        ),
    }
    for item, text in said.items():
        if text or item is Information.LOCATED:
            yield CollectedItem(item=item, state=Collecting.COLLECTED, text=text)


def _owner(case: HitCase) -> str:
    alert = case.alert
    return ", ".join(part for part in (alert.owner, alert.contact) if part) if alert else ""


def _in_a_row(*fields: tuple[Field, int]) -> QWidget:
    """Fields beside each other, each with its share."""
    widget = QWidget()
    laid = QHBoxLayout(widget)
    laid.setContentsMargins(0, 0, 0, 0)
    laid.setSpacing(NEAR)
    for field, share in fields:
        laid.addWidget(field, share)
    return widget
