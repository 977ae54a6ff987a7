"""One Qt model for every list of records, and its view. They hold rows; they never fetch them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.theme import NEAR, WIDE, Tone, colours_of, icon

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

LEAST = 12
SHARED = 40
"""Letters: what a column keeps of a long cell, and what one that shares keeps, as of a name."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A heading and how to read its cell from a record.

    `width` is in letters; 0 shares what is left. `tone` and `icon` mark a cell whose words say
    the same. `tooltip` is shown where a cell says more than it has room for. Where there is no
    room for all columns, the one that is `spare` most is left out first; 0 stays.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    alignment: Qt.AlignmentFlag = LEFT
    tone: Callable[[R], Tone] | None = None
    icon: Callable[[R], str] | None = None
    tooltip: Callable[[R], str] | None = None
    spare: int = 0


class Table(QAbstractTableModel, Generic[R]):
    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self.columns = columns
        self._rows: Sequence[R] = ()
        self._icons: Callable[[str, Tone], QIcon] = lambda _name, _tone: QIcon()
        self._colour: Callable[[Tone], str] = lambda _tone: "#000000"

    def show(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def record(self, index: Index) -> R:
        return self._rows[index.row()]

    def records(self) -> Sequence[R]:
        return self._rows

    def dress(self, colour: Callable[[Tone], str], icons: Callable[[str, Tone], QIcon]) -> None:
        """Take the colours and icons of the theme that the view is in."""
        self._colour = colour
        self._icons = icons

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, record = self.columns[index.column()], self.record(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(record)
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.alignment
            case Qt.ItemDataRole.ToolTipRole if column.tooltip:
                return column.tooltip(record)
            case Qt.ItemDataRole.ForegroundRole if column.tone:
                return QBrush(QColor(self._colour(column.tone(record))))
            case Qt.ItemDataRole.DecorationRole if column.icon:
                tone = column.tone(record) if column.tone else Tone.NEUTRAL
                name = column.icon(record)
                return self._icons(name, tone) if name else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].alignment
        return None


class RecordList(QTableView, Generic[R]):
    """A table on the screen: arrows walk it, Enter opens, and an empty one says why."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self,
        table: Table[R],
        *,
        name: str,
        empty: str,
        key: Callable[[R], object] = lambda record: record,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is what a screen reader says; `key` knows a record again after a reload."""
        super().__init__(parent)
        self.table = table
        self._empty = empty
        self._key = key
        self.setAccessibleName(name)
        self.setModel(table)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.dress(
            lambda tone: colours_of(self).tone(tone),
            lambda name, tone: icon(name, colours_of(self).tone(tone)),
        )
        self.doubleClicked.connect(lambda index: self.opened.emit(table.record(index)))
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show other rows; the one chosen stays chosen, or the one that took its place."""
        current = self.current()
        place = max(self.currentIndex().row(), 0)
        known = self._key(current) if current is not None else None
        self.table.show(rows)
        self._share_width()
        if not rows:
            self.chosen.emit(None)
            return
        keys = [self._key(each) for each in rows]
        self.choose(keys.index(known) if known in keys else min(place, len(rows) - 1))

    def show_empty(self, words: str) -> None:
        """Say `words` where there are no rows."""
        self._empty = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def current(self) -> R | None:
        index = self.currentIndex()
        if not index.isValid() or index.row() >= len(self.table.records()):
            return None
        return self.table.record(index)

    def choose(self, place: int) -> None:
        self.selectRow(place)
        self.scrollTo(self.table.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.opened.emit(current)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.table.records():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(colours_of(self).quiet))
        painter.drawText(
            self.viewport().rect().adjusted(WIDE, WIDE, -WIDE, -WIDE),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
            self._empty,
        )

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.table.record(current) if current.isValid() else None)

    def _share_width(self) -> None:
        """Each column as wide as what it says; what is too much for the room is left out."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.9))
        room, columns = self.viewport().width(), self.table.columns
        wanted = [self._wanted(place) for place in range(len(columns))]
        few = LEAST * metrics.averageCharWidth() + WIDE
        least = [
            min(each, few) if column.width else each
            for each, column in zip(wanted, columns, strict=True)
        ]
        shown = list(range(len(columns)))
        spare = sorted((place for place in shown if columns[place].spare), key=self._spare)
        while spare and sum(least[place] for place in shown) > room:
            shown.remove(spare.pop())
        if sum(least[place] for place in shown) > room:
            least = [min(each, few) for each in wanted]
        for place in range(len(columns)):
            self.setColumnHidden(place, place not in shown)
        for place, width in zip(shown, self._fitted(shown, wanted, least, room), strict=True):
            self.setColumnWidth(place, width)

    def _fitted(
        self, shown: Sequence[int], wanted: Sequence[int], least: Sequence[int], room: int
    ) -> Iterator[int]:
        """Widths that fill the room: long cells give way, and sharing columns get the rest."""
        left = room - sum(wanted[place] for place in shown)
        slack = sum(wanted[place] - least[place] for place in shown)
        sharing = sum(not self.table.columns[place].width for place in shown)
        for place in shown:
            if left >= 0:
                takes_rest = not self.table.columns[place].width if sharing else place == shown[-1]
                yield wanted[place] + (left // max(sharing, 1) if takes_rest else 0)
                continue
            gives = (wanted[place] - least[place]) * min(-left, slack)
            yield wanted[place] - (-(-gives // slack) if slack else 0)

    def _spare(self, place: int) -> int:
        return self.table.columns[place].spare

    def _wanted(self, place: int) -> int:
        column, metrics = self.table.columns[place], self.fontMetrics()
        texts = [column.title, *(column.text(each) for each in self.table.records())]
        widest = max(metrics.horizontalAdvance(each) for each in texts)
        icon = metrics.height() + NEAR if column.icon else 0
        most = column.width or SHARED
        return min(widest, most * metrics.averageCharWidth()) + icon + WIDE
