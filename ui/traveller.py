"""The form of one check: the documents shown, the traveller, the crossing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.desk import reading
from checkpoint_client.desk.reading import Taken
from checkpoint_client.documents import mrz
from checkpoint_client.documents.mrz import Mrz, Suggestion
from checkpoint_client.records import CheckDraft, DocumentDraft, Problem, VehicleDraft
from checkpoint_client.records.codes import (
    Direction,
    DocumentClass,
    DocumentSource,
    EntryBasis,
    NoDocumentReason,
    Purpose,
    Sex,
    TransportMode,
    VehicleType,
)
from ui.form import Choice, DateEdit, Field, Form
from ui.mrz_field import MrzField
from ui.rows import Rows
from ui.scroll import Scroll
from ui.theme import GAP, NEAR, TIGHT, Card, KeyButton, Quiet, Text, Tone
from ui.words import Words

PERSON = (
    "primary_identifier",
    "secondary_identifier",
    "patronymic",
    "name_native",
    "birth_date",
    "nationality",
    "national_number",
)
DOCUMENT = ("document_class", "issuing_state", "number", "expiry_date")
JOURNEY = ("purpose", "entry_basis", "destination", "companions")
"""Asked for only where the rules say so, or as neutral questions."""


class TravellerForm(QWidget):
    """Gives out a draft and takes one back. It knows no desk and decides nothing."""

    edited = Signal()
    document_typed = Signal(str)

    def __init__(
        self, words: Words, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._now = now
        self._basis = CheckDraft()
        self._place = 0
        self._asked: frozenset[str] = frozenset()
        self._is_showing = False

        self.zone = MrzField(self._today)
        self.documents = DocumentTabs(words)
        self.proposals = Proposals()
        self.questions = Quiet(
            self.tr("Ask in passing where the traveller is going, why and with whom.")
        )
        self.by_hand = KeyButton(self.tr("By hand"), "F4", icon="note")
        self.by_hand.setAccessibleName(self.tr("Enter a document by hand"))
        self._make_fields()
        self.form = Form(words.problem, self)
        self._name_fields()
        self._lay_out()

        self.zone.typed.connect(self._on_zone_typed)
        self.zone.left.connect(self._leave_zone)
        self.documents.chosen.connect(self._choose)
        self.by_hand.clicked.connect(self.add_document)
        self.documents.remove.clicked.connect(self.remove_document)
        remove = QShortcut("Shift+F4", self, self.remove_document)
        remove.setWhatsThis(self.tr("Take the document away"))
        self.proposals.taken.connect(self._take_proposal)
        self.form.edited.connect(self._on_edited)

    def show_draft(self, draft: CheckDraft, place: int = 0) -> None:
        """Show a draft with one of its documents; nobody has typed anything by that."""
        self._is_showing = True
        self._basis = draft
        self._place = min(place, max(len(draft.documents) - 1, 0))
        for name in PERSON:
            if self._text(name).text() != getattr(draft, name):
                self._text(name).setText(getattr(draft, name))
        self.sex.choose(draft.sex)
        self.direction.choose(draft.direction)
        self.transport.choose(draft.transport)
        self.vehicle_type.choose(draft.vehicle.vehicle_type)
        self.purpose.choose(draft.purpose)
        self.entry_basis.choose(draft.entry_basis)
        self.no_document.choose(draft.no_document_reason)
        for name, text in self._crossing_texts(draft).items():
            self._text(name).setText(text)
        self.form.clear_problems()
        self._show_document()
        self._is_showing = False

    def draft(self) -> CheckDraft:
        """What stands on the screen, and of the journey only what the rules ask for."""
        everything, asked = self._everything(), self._asked
        return replace(
            everything,
            purpose=everything.purpose if "purpose" in asked else None,
            entry_basis=everything.entry_basis if "entry_basis" in asked else None,
            destination=everything.destination if "destination" in asked else "",
            companions=everything.companions if "companions" in asked else "",
        )

    def standing(self) -> CheckDraft:
        """What stays for the next traveller: the crossing, and purpose, basis, destination."""
        draft = self.draft()
        return CheckDraft(
            direction=draft.direction,
            transport=draft.transport,
            lane=draft.lane,
            vehicle=draft.vehicle,
            route=draft.route,
            purpose=self.purpose.code(),
            entry_basis=self.entry_basis.code(),
            destination=self.destination.text(),
        )

    def ask_for(self, required: frozenset[str], questions: frozenset[str] = frozenset()) -> None:
        """Show the fields that the rules ask for and those of the questions, and only those."""
        self._asked = required | questions
        for name in JOURNEY:
            self.form.field(name).setVisible(name in self._asked)
        self.questions.setVisible(bool(questions))

    def take(self, read: Mrz, source: DocumentSource) -> Taken:
        """Put a reading into the draft; with `Taken.NEXT` nothing here has changed."""
        draft = self._everything()
        result = reading.take(draft, read, source)
        if result.taken is Taken.NEXT:
            return result.taken
        place = _place_of(result.draft, read)
        self._show_new(replace(result.draft, started_at=draft.started_at or self._now()), place)
        self._show_reading(read)
        return result.taken

    def reject(self, text: str, error: mrz.NotAnMrz) -> None:
        """Show what was read though it is no document, and what is wrong with it."""
        self.zone.show_rejected(text, error)
        self.zone.setFocus()

    @Slot()
    def add_document(self) -> None:
        """Begin a document that has no machine-readable zone."""
        draft = self._everything()
        shown = draft.documents_shown()
        added = replace(draft, documents=(*shown, DocumentDraft()))
        self._show_new(added, len(shown))
        self.form.field("document_class").setFocus()

    @Slot()
    def remove_document(self) -> None:
        """Take away the document at hand, and what it alone had filled in: it was another's."""
        draft = self._everything()
        if not draft.documents:
            return
        self._show_new(_without(draft, self._place, self._today()), 0)
        self.zone.setFocus()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Words beside each field, the cursor in the first that needs something."""
        place = next((_place_in(each) for each in problems if _place_in(each) is not None), None)
        if place is not None and place != self._place:
            self.show_draft(self._everything(), place)
        shown = [_on_this_document(each, self._place) for each in problems]
        if any(each == Problem("documents", "missing") for each in shown):
            self.form.clear_problems()
            self.form.field("no_document_reason").show_problem(
                self.tr("Read a document, enter one with F4, or say here why there is none.")
            )
            self.zone.setFocus()
            return
        self.form.show_problems(shown)

    def start(self) -> None:
        """Ready for a document; not while the officer is somewhere else."""
        if self.isVisible():
            self.zone.setFocus()

    @Slot()
    def go_to_zone(self) -> None:
        """Put the cursor into the zone; what is typed there replaces what stands."""
        self.zone.select()

    def _everything(self) -> CheckDraft:
        """Also the journey that is not asked for at the moment: it is the next one's default."""
        return replace(
            self._basis,
            direction=self.direction.code() or Direction.ENTRY,
            transport=self.transport.code() or TransportMode.PEDESTRIAN,
            lane=self.lane.text(),
            vehicle=VehicleDraft(
                plate=self.plate.text(),
                plate_country=self.plate_country.text(),
                vehicle_type=self.vehicle_type.code() or VehicleType.CAR,
                vin=self.vin.text(),
            ),
            route=self.route.text(),
            sex=self.sex.code(),
            documents=self._documents(),
            no_document_reason=self.no_document.code(),
            purpose=self.purpose.code(),
            entry_basis=self.entry_basis.code(),
            destination=self.destination.text(),
            companions=self.companions.text(),
            remarks=self.remarks.text(),
            primary_identifier=self.primary_identifier.text(),
            secondary_identifier=self.secondary_identifier.text(),
            patronymic=self.patronymic.text(),
            name_native=self.name_native.text(),
            birth_date=self.birth_date.text(),
            nationality=self.nationality.text(),
            national_number=self.national_number.text(),
        )

    def _show_new(self, draft: CheckDraft, place: int) -> None:
        self.show_draft(draft, place)
        self.edited.emit()

    def _show_reading(self, read: Mrz) -> None:
        """What is wrong with a reading stands beside the field it is wrong in."""
        for problem in read.problems:
            if problem.field in self.form.names():
                self.form.field(problem.field).show_problem(self.zone.words.problem(problem))
        self.proposals.show_proposals(mrz.suggestions(read))

    def _show_document(self) -> None:
        documents = self._basis.documents
        self.documents.show_documents(documents, self._place)
        document = documents[self._place] if documents else DocumentDraft()
        self.document_class.choose(document.document_class)
        for name in DOCUMENT[1:]:
            self._text(name).setText(getattr(document, name))
        for name in DOCUMENT:
            self.form.field(name).setVisible(bool(documents))
        self.form.field("no_document_reason").setVisible(not documents)
        self.zone.show_lines(document.mrz, document.check_digits)
        self.proposals.show_proposals(self._proposals_for(document))

    def _proposals_for(self, document: DocumentDraft) -> tuple[Suggestion, ...]:
        if not document.mrz:
            return ()
        return mrz.suggestions(mrz.read("\n".join(document.mrz), today=self._today()))

    def _documents(self) -> tuple[DocumentDraft, ...]:
        documents = list(self._basis.documents)
        if documents:
            documents[self._place] = replace(
                documents[self._place],
                document_class=self.document_class.code() or DocumentClass.OTHER,
                issuing_state=self.issuing_state.text(),
                number=self.number.text(),
                expiry_date=self.expiry_date.text(),
            )
        return tuple(documents)

    @Slot(int)
    def _choose(self, place: int) -> None:
        self.show_draft(self._everything(), place)

    @Slot(str)
    def _on_zone_typed(self, text: str) -> None:
        """A whole zone was typed: a document of its own, or the one shown, corrected."""
        if self.zone.is_new or not self._basis.documents:
            self.document_typed.emit(text)
            return
        lines = tuple(text.split("\n"))
        if lines == self._basis.documents[self._place].mrz:
            self._leave_zone()
            return
        self._read_again(lines)

    @Slot(object)
    def _take_proposal(self, proposal: Suggestion) -> None:
        self._read_again(proposal.lines)
        self.zone.setFocus()

    def _read_again(self, lines: tuple[str, ...]) -> None:
        """Put a corrected zone in the place of the one shown, and what follows from it."""
        draft, today = self._everything(), self._today()
        read = mrz.read("\n".join(lines), today=today)
        source = draft.documents[self._place].source
        result = reading.take(_without(draft, self._place, today), read, source)
        if result.taken is Taken.NEXT:
            self.document_typed.emit("\n".join(lines))
            return
        self._show_new(result.draft, _place_of(result.draft, read))
        self._show_reading(read)

    @Slot()
    def _leave_zone(self) -> None:
        self.form.start()

    @Slot(str)
    def _on_edited(self, _name: str) -> None:
        if self._is_showing:
            return
        if self._basis.started_at is None and self.draft().has_traveller():
            self._basis = replace(self._basis, started_at=self._now())
        self.documents.show_documents(self._documents(), self._place)
        self.edited.emit()

    def _today(self) -> date:
        return self._now().date()

    def _text(self, name: str) -> QLineEdit:
        editor = getattr(self, name)
        if not isinstance(editor, QLineEdit):
            raise TypeError(f"{name} is not typed as text")
        return editor

    def _crossing_texts(self, draft: CheckDraft) -> dict[str, str]:
        return {
            "lane": draft.lane,
            "plate": draft.vehicle.plate,
            "plate_country": draft.vehicle.plate_country,
            "vin": draft.vehicle.vin,
            "route": draft.route,
            "destination": draft.destination,
            "companions": draft.companions,
            "remarks": draft.remarks,
        }

    def _make_fields(self) -> None:
        words, choose = self._words, self.tr("choose")
        self.document_class = Choice(words.choices(DocumentClass))
        self.issuing_state = Capitals(longest=3)
        self.number = Capitals()
        self.expiry_date = DateEdit()
        self.no_document = Choice(words.choices(NoDocumentReason), none=self.tr("has a document"))
        self.primary_identifier = QLineEdit()
        self.secondary_identifier = QLineEdit()
        self.patronymic = QLineEdit()
        self.name_native = QLineEdit()
        self.birth_date = DateEdit()
        self.sex = Choice(words.choices(Sex), none=choose)
        self.nationality = Capitals()
        self.national_number = QLineEdit()
        self.direction = Choice(words.choices(Direction))
        self.transport = Choice(words.choices(TransportMode))
        self.lane = QLineEdit()
        self.plate = Capitals()
        self.plate_country = Capitals(longest=3)
        self.vehicle_type = Choice(words.choices(VehicleType))
        self.vin = Capitals(longest=17)
        self.route = QLineEdit()
        self.purpose = Choice(words.choices(Purpose), none=choose)
        self.entry_basis = Choice(words.choices(EntryBasis), none=choose)
        self.destination = QLineEdit()
        self.companions = QLineEdit()
        self.remarks = QLineEdit()

    def _name_fields(self) -> None:
        for name, label, editor in (
            ("document_class", self.tr("Document"), self.document_class),
            ("issuing_state", self.tr("Issuing State"), self.issuing_state),
            ("number", self.tr("Document &number"), self.number),
            ("expiry_date", self.tr("Valid &until"), self.expiry_date),
            ("no_document_reason", self.tr("Wh&y there is no document"), self.no_document),
            ("primary_identifier", self.tr("&Surname"), self.primary_identifier),
            ("secondary_identifier", self.tr("&Given names"), self.secondary_identifier),
            ("patronymic", self.tr("Patronymic"), self.patronymic),
            ("birth_date", self.tr("&Born"), self.birth_date),
            ("sex", self.tr("Se&x"), self.sex),
            ("nationality", self.tr("Nati&onality"), self.nationality),
            ("national_number", self.tr("Personal number"), self.national_number),
            ("name_native", self.tr("Name in own script"), self.name_native),
            ("purpose", self.tr("&Purpose"), self.purpose),
            ("entry_basis", self.tr("Bas&is"), self.entry_basis),
            ("destination", self.tr("&Destination"), self.destination),
            ("companions", self.tr("Travels wit&h"), self.companions),
            ("direction", self.tr("Di&rection"), self.direction),
            ("transport", self.tr("&Way"), self.transport),
            ("lane", self.tr("&Lane"), self.lane),
            ("plate", self.tr("Plat&e"), self.plate),
            ("plate_country", self.tr("State"), self.plate_country),
            ("vehicle_type", self.tr("&Vehicle"), self.vehicle_type),
            ("vin", self.tr("VIN"), self.vin),
            ("route", self.tr("Rou&te"), self.route),
            ("remarks", self.tr("Re&marks"), self.remarks),
        ):
            editor.setMinimumWidth(0)
            if isinstance(editor, Choice):
                editor.setMinimumContentsLength(5)
            self.form.add(name, Field(label, editor))
        self.ask_for(frozenset())

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, NEAR, 0)
        column.setSpacing(NEAR)
        document = Card()
        document.body.addWidget(self.zone)
        document.body.addWidget(self.proposals)
        document.body.addWidget(self.documents)
        documents = self._rows(
            document_class=10, issuing_state=5, number=10, expiry_date=9, no_document_reason=30
        )
        documents.add(_below_label(self.by_hand))
        document.body.addLayout(documents)
        person = Card()
        person.body.addLayout(
            self._rows(primary_identifier=14, secondary_identifier=14, patronymic=11)
        )
        person.body.addLayout(
            self._rows(birth_date=9, sex=8, nationality=5, national_number=10, name_native=11)
        )
        crossing = Card()
        crossing.body.addWidget(self.questions)
        crossing.body.addLayout(
            self._rows(purpose=16, entry_basis=16, destination=16, companions=16)
        )
        crossing.body.addLayout(self._rows(direction=14, transport=12, lane=5, route=14))
        crossing.body.addLayout(
            self._rows(plate=9, plate_country=5, vehicle_type=8, vin=12, remarks=12)
        )
        for card in (document, person, crossing):
            card.body.setContentsMargins(GAP - TIGHT, NEAR + 2, GAP - TIGHT, GAP - TIGHT)
            column.addWidget(card)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(content))

    def _rows(self, **letters: int) -> Rows:
        """Fields by their names, each with the letters that it must have room for."""
        rows = Rows()
        for name, count in letters.items():
            rows.add(self.form.field(name), count)
        return rows


class DocumentTabs(QWidget):
    """The documents shown, one beside the other, and the keys to add one or take one away."""

    chosen = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._shown: tuple[tuple[str, ...], int] = ((), 0)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._tabs = Rows()
        self.remove = KeyButton(self.tr("Take away"))
        self.remove.setToolTip("Shift+F4")
        self.remove.setAccessibleName(self.tr("Take the document away"))
        laid = QHBoxLayout(self)
        laid.setContentsMargins(0, 0, 0, 0)
        laid.setSpacing(NEAR)
        laid.addLayout(self._tabs, 1)
        laid.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_documents(self, documents: Sequence[DocumentDraft], place: int) -> None:
        labels = tuple(self._label(each) for each in documents)
        if (labels, place) == self._shown:
            return
        self._shown = (labels, place)
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        for number, label in enumerate(labels):
            tab = QPushButton(label)
            tab.setCheckable(True)
            tab.setProperty("role", "tab")
            tab.setAccessibleName(self.tr("Document {0}: {1}").format(number + 1, label))
            self._group.addButton(tab, number)
            self._tabs.add(tab)
        if labels:
            self._group.button(place).setChecked(True)
        self.setVisible(len(labels) > 1)

    def _label(self, document: DocumentDraft) -> str:
        parts = (
            self._words.label(document.document_class),
            document.issuing_state.strip().upper(),
            document.number.strip().upper(),
        )
        return " ".join(part for part in parts if part)


class Proposals(QWidget):
    """Likely misreadings. One key takes a proposal; none is ever taken by itself."""

    taken = Signal(object)
    KEYS = ("F2", "Shift+F2")

    def __init__(self) -> None:
        super().__init__()
        self._proposals: tuple[Suggestion, ...] = ()
        self.buttons = [KeyButton("", key, Tone.ATTENTION) for key in self.KEYS]
        laid = QGridLayout(self)
        laid.setContentsMargins(0, 0, 0, 0)
        laid.setSpacing(NEAR)
        laid.addWidget(Text(self.tr("Perhaps misread. Compare with the document:")), 0, 0)
        for place, button in enumerate(self.buttons, start=1):
            laid.addWidget(button, place, 0)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, place=place: self._take(place - 1))
        self.hide()

    def show_proposals(self, proposals: tuple[Suggestion, ...]) -> None:
        self._proposals = proposals[: len(self.buttons)]
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(self._proposals))
            if place < len(self._proposals):
                button.setText(self._words(self._proposals[place]))
                button.setAccessibleName(button.text())
        self.setVisible(bool(self._proposals))

    def _take(self, place: int) -> None:
        self.taken.emit(self._proposals[place])

    def _words(self, proposal: Suggestion) -> str:
        return self.tr("{1}, not {0}").format(proposal.found, proposal.proposed)


class Capitals(QLineEdit):
    """A line in capitals, as codes and numbers of documents are written."""

    def __init__(self, *, longest: int = 0) -> None:
        super().__init__()
        if longest:
            self.setMaxLength(longest)
        self.textEdited.connect(self._raise)

    def _raise(self, text: str) -> None:
        place = self.cursorPosition()
        if text != text.upper():
            self.setText(text.upper())
            self.setCursorPosition(place)


def _below_label(button: KeyButton) -> QWidget:
    """A button in a row of fields, as high as their editors."""
    label = QLabel(" ")
    label.setProperty("role", "label")
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(TIGHT)
    column.addWidget(label)
    column.addWidget(button)
    column.addStretch(1)
    return widget


def _without(draft: CheckDraft, place: int, today: date) -> CheckDraft:
    """The draft as if a document had not been read: what it alone had filled in is empty again."""
    document = draft.documents[place]
    left = tuple(each for each in draft.documents if each is not document)
    if not document.mrz:
        return replace(draft, documents=left)
    read = mrz.read("\n".join(document.mrz), today=today)
    said = reading.take(CheckDraft(), read, document.source).draft

    def typed(name: str) -> str:
        text: str = getattr(draft, name)
        return "" if text == getattr(said, name) else text

    return replace(
        draft,
        documents=left,
        sex=None if draft.sex is said.sex else draft.sex,
        primary_identifier=typed("primary_identifier"),
        secondary_identifier=typed("secondary_identifier"),
        birth_date=typed("birth_date"),
        nationality=typed("nationality"),
        national_number=typed("national_number"),
    )


def _place_of(draft: CheckDraft, read: Mrz) -> int:
    return next(
        place for place, document in enumerate(draft.documents) if document.mrz == read.lines
    )


def _place_in(problem: Problem) -> int | None:
    parts = problem.field.split(".")
    return int(parts[1]) if parts[0] == "documents" and len(parts) > 1 else None


def _on_this_document(problem: Problem, place: int) -> Problem:
    if _place_in(problem) == place:
        return Problem(problem.field.rpartition(".")[2], problem.code)
    return problem
