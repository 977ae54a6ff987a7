"""The log of checks: search it, narrow it, open a record with a reason."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_client.desk.done import Changed, Done
from checkpoint_client.desk.log import (
    Log,
    LogPage,
    LogQuery,
    LogRow,
    Order,
    RecordView,
    Show,
    Sorting,
)
from checkpoint_client.desk.powers import Power
from checkpoint_client.records.codes import ConsultReason, Decision, Direction, Verdict
from ui.attachments import Choose
from ui.form import Choice, Field
from ui.reasons import ReasonPanel
from ui.record import DECISION_ICONS, DECISION_TONES, RecordScreen
from ui.rows import Rows
from ui.table import Column, RecordList, Table
from ui.theme import GAP, NEAR, WIDE, KeyButton, Quiet, ScreenTitle, Tone
from ui.words import Words, at_moment, at_time
from ui.work import Work

SEARCH_AFTER_MS = 150  # a pause in typing
PAGE = 200

REASONS = {
    Power.REVIEW: (ConsultReason.SUPERVISION,),
    Power.INTERVIEW: (ConsultReason.SECOND_LINE, ConsultReason.HIT_WORK),
    Power.VERIFY: (ConsultReason.AUDIT,),
}
ALWAYS = (
    ConsultReason.CORRECTION,
    ConsultReason.COMPLAINT,
    ConsultReason.COURT,
    ConsultReason.DATA_SUBJECT,
)


class Days(StrEnum):
    """Which days of the log are looked at."""

    TODAY = "TODAY"
    YESTERDAY = "YESTERDAY"
    WEEK = "WEEK"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Ordering:
    """A column and a direction: one choice on the screen."""

    order: Order
    sorting: Sorting


NEWEST = Ordering(Order.TIME, Sorting.DESCENDING)
ORDERINGS = (
    NEWEST,
    Ordering(Order.TIME, Sorting.ASCENDING),
    *(
        Ordering(order, Sorting.ASCENDING)
        for order in (Order.NAME, Order.DOCUMENT, Order.DECISION, Order.OFFICER)
    ),
)


class LogScreen(QWidget):
    """Whoever may read the log finds a check here, opens it and, if it is his, corrects it."""

    def __init__(
        self,
        desk: Log,
        work: Work,
        words: Words,
        powers: frozenset[Power],
        choose: Choose | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._work = work
        self._words = words
        self._offset = 0
        self._total = 0
        self._edition = 0
        self._row: LogRow | None = None

        self.title = ScreenTitle(self.tr("Log"))
        self.count = Quiet()
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(self.tr("Name, document number, plate, nationality"))
        self.days = Choice(self._days())
        self.direction = Choice(words.choices(Direction), none=self.tr("All"))
        self.decision = Choice(words.choices(Decision), none=self.tr("All"))
        self.state = Choice(words.choices(Show))
        self.order = Choice((each, self._ordering(each)) for each in ORDERINGS)
        self.list = RecordList(
            Table[LogRow](columns(words)),
            name=self.tr("Log"),
            empty=self.tr("No check fits. Widen the search or the days."),
            key=lambda each: each.id,
        )
        self.earlier = KeyButton(self.tr("Page before"), "Ctrl+PgUp", icon="back")
        self.later = KeyButton(self.tr("Next page"), "Ctrl+PgDown")
        self.back = KeyButton(self.tr("Back"), "Esc", icon="back")
        self.reasons = ReasonPanel(
            words,
            reasons_for(powers),
            rule=self.tr("Whoever opens a record says why; the reason is recorded."),
            question=self.tr("&Why do you open it?"),
            go=KeyButton(self.tr("Open"), "Ctrl+Return", Tone.ACCENT),
            back=self.back,
        )
        self.record = RecordScreen(desk, work, words, reasons_for(powers), choose)
        self.pages = QStackedWidget()
        self._lay_out()

        self._pause = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._pause.timeout.connect(self._search_anew)
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self.search.installEventFilter(self)
        for choice in (self.days, self.direction, self.decision, self.state, self.order):
            choice.currentIndexChanged.connect(self._search_anew)
        find = QShortcut("Ctrl+F", self, self._find)
        find.setWhatsThis(self.tr("Search"))
        self.list.opened.connect(self._ask_why)
        self.earlier.clicked.connect(lambda: self._turn(-PAGE))
        self.later.clicked.connect(lambda: self._turn(PAGE))
        self.back.clicked.connect(self._back)
        self.reasons.given.connect(self._open)
        self.record.left.connect(self._back)
        work.changed.connect(self._on_changed)
        self.setFocusProxy(self.search)
        self.reload()

    def reload(self) -> None:
        """Ask for the rows of this page again."""
        self._edition += 1
        edition, query = self._edition, self.query()
        self._work.run(
            lambda: self._desk.search(query), lambda page: self._show_page(edition, page)
        )

    def query(self) -> LogQuery:
        """What the boxes of the screen ask for."""
        first, last = self._day_range()
        ordering = self.order.code() or NEWEST
        return LogQuery(
            text=self.search.text(),
            day_from=first,
            day_to=last,
            direction=self.direction.code(),
            decision=self.decision.code(),
            show=self.state.code() or Show.ALL,
            order=ordering.order,
            sorting=ordering.sorting,
            limit=PAGE,
            offset=self._offset,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search box Enter and the down key go to what was found."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            return False
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _show_page(self, edition: int, page: LogPage) -> None:
        if edition != self._edition:
            return  # asked again meanwhile
        self._total = page.total
        self.list.show_rows(page.rows)
        self.count.setText(self._count(len(page.rows)))
        self.earlier.setEnabled(self._offset > 0)
        self.later.setEnabled(self._offset + len(page.rows) < page.total)

    def _count(self, shown: int) -> str:
        total = self.tr("%n check(s)", "", self._total)
        if shown == self._total:
            return total
        return self.tr("{0}: {1} to {2}").format(total, self._offset + 1, self._offset + shown)

    @Slot()
    def _search_anew(self) -> None:
        self._offset = 0
        self.reload()

    def _turn(self, by: int) -> None:
        self._offset = max(0, self._offset + by)
        self.reload()

    @Slot()
    def _find(self) -> None:
        self.pages.setCurrentIndex(0)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot(object)
    def _ask_why(self, row: LogRow) -> None:
        self._row = row
        self.pages.setCurrentWidget(self.reasons)
        self.reasons.ask(f"{row.name}, {at_moment(row.happened_at)}")

    @Slot(object, str)
    def _open(self, reason: ConsultReason, note: str) -> None:
        if row := self._row:
            self._work.run(lambda: self._desk.open(row.id, reason, note), self._opened)

    def _opened(self, done: Done[RecordView]) -> None:
        self.pages.setCurrentWidget(self.record)
        self.record.show_record(done.value)

    @Slot()
    def _back(self) -> None:
        self.pages.setCurrentIndex(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(Changed)
    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.CHECKS | Changed.REVIEWS | Changed.REFERRALS):
            self.reload()

    def _days(self) -> list[tuple[Days, str]]:
        return [
            (Days.TODAY, self.tr("Today")),
            (Days.YESTERDAY, self.tr("Yesterday")),
            (Days.WEEK, self.tr("Last 7 days")),
            (Days.ALL, self.tr("All days")),
        ]

    def _day_range(self) -> tuple[date | None, date | None]:
        today = date.today()
        match self.days.code():
            case Days.YESTERDAY:
                yesterday = today - timedelta(days=1)
                return yesterday, yesterday
            case Days.WEEK:
                return today - timedelta(days=6), today
            case Days.ALL:
                return None, None
        return today, today

    def _ordering(self, ordering: Ordering) -> str:
        if ordering.order is not Order.TIME:
            return self._words.label(ordering.order)
        if ordering.sorting is Sorting.DESCENDING:
            return self.tr("Newest first")
        return self.tr("Oldest first")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.count)
        self.title.setWordWrap(False)
        self.count.setWordWrap(False)
        filters = Rows()
        for label, editor, letters in (
            (self.tr("&Search"), self.search, 24),
            (self.tr("Da&ys"), self.days, 12),
            (self.tr("&Direction"), self.direction, 12),
            (self.tr("D&ecision"), self.decision, 14),
            (self.tr("S&tate"), self.state, 18),
            (self.tr("&Order"), self.order, 18),
        ):
            filters.add(Field(label, editor), letters)
        turning = QHBoxLayout()
        turning.addStretch(1)
        turning.addWidget(self.earlier)
        turning.addWidget(self.later)
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        column.addLayout(turning)
        self.reasons.body.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        self.reasons.body.addStretch(1)
        for page in (found, self.reasons, self.record):
            self.pages.addWidget(page)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(GAP + NEAR, NEAR, GAP + NEAR, GAP)
        frame.addWidget(self.pages)


class RowWords(QObject):
    """What the cells of a log say."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def decision(self, row: LogRow) -> str:
        if row.outcome:
            return f"{self._words.label(row.decision)} → {self._words.label(row.outcome)}"
        return self._words.label(row.decision)

    def state(self, row: LogRow) -> str:
        parts = []
        if row.withdrawn:
            parts.append(self.tr("taken back"))
        if row.amendments:
            parts.append(self.tr("corrected"))
        if row.reviewed:
            parts.append(self._words.label(row.reviewed).lower())
        return ", ".join(parts)

    def state_tone(self, row: LogRow) -> Tone:
        if row.reviewed is Verdict.QUESTIONED or row.withdrawn:
            return Tone.ATTENTION
        return Tone.OK if row.reviewed else Tone.NEUTRAL

    def state_icon(self, row: LogRow) -> str:
        if row.withdrawn:
            return "undo"
        if row.reviewed:
            return "check" if row.reviewed is Verdict.COUNTERSIGNED else "question"
        return "note" if row.amendments else ""

    def headings(self) -> tuple[str, ...]:
        return (
            self.tr("Time"),
            self.tr("Name"),
            self.tr("Born"),
            self.tr("State"),
            self.tr("Document"),
            self.tr("Plate"),
            self.tr("Direction"),
            self.tr("Decision"),
            self.tr("What followed"),
            self.tr("Officer"),
        )


def columns(words: Words) -> list[Column[LogRow]]:
    """The log's columns, as every list of checks shows them."""
    say = RowWords(words, words)
    time, name, born, state, document, plate, direction, decision, followed, officer = (
        say.headings()
    )
    return [
        Column(time, lambda row: _when(row), 13),
        Column(name, lambda row: row.name, tooltip=lambda row: row.name),
        Column(born, lambda row: row.birth_date.on_screen(), 11, spare=2),
        Column(state, lambda row: row.nationality, 7, spare=4),
        Column(document, lambda row: row.document, 14, tooltip=lambda row: row.document, spare=1),
        Column(plate, lambda row: row.plate, 12, spare=3),
        Column(
            direction,
            lambda row: words.label(row.direction),
            11,
            icon=lambda row: "arrow-out" if "EXIT" in row.direction else "arrow-in",
        ),
        Column(
            decision,
            say.decision,
            17,
            tone=lambda row: DECISION_TONES[row.decision],
            icon=lambda row: DECISION_ICONS[row.decision],
            tooltip=say.decision,
        ),
        Column(
            followed, say.state, 17, tone=say.state_tone, icon=say.state_icon, tooltip=say.state
        ),
        Column(officer, lambda row: row.officer, 9, spare=5),
    ]


def reasons_for(powers: frozenset[Power]) -> tuple[ConsultReason, ...]:
    """Reasons that fit the work of a role, its own first."""
    own = [reason for power, reasons in REASONS.items() if power in powers for reason in reasons]
    return (*own, *ALWAYS)


def _when(row: LogRow) -> str:
    if row.happened_at.date() == date.today():
        return at_time(row.happened_at)
    return f"{row.happened_at:%d.%m.%y %H:%M}"
