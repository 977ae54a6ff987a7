"""Fields beside each other, on as many lines as the size of the letters asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from ui.theme import NEAR

FRAME = 24  # what an editor needs around its letters, in pixels


@dataclass(frozen=True, slots=True)
class _Part:
    item: QLayoutItem
    letters: int

    def least(self) -> int:
        """The width it needs, for its letters or for what it says itself."""
        widget = self.item.widget()
        hinted = self.item.minimumSize().width()
        if widget is None or not self.letters:
            return hinted
        return max(hinted, self.letters * widget.fontMetrics().averageCharWidth() + FRAME)


class Rows(QLayout):
    """Each part is as wide as its letters at least; what is left of a line is shared by them.

    A part without letters keeps its own width.
    """

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[_Part] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(NEAR)

    def add(self, widget: QWidget, letters: int = 0) -> None:
        self.addChildWidget(widget)
        self._parts.append(_Part(QWidgetItem(widget), letters))

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(_Part(item, 0))

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index].item if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index).item if 0 <= index < len(self._parts) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        frame = self._frame()
        inside = width - frame.width()
        heights = [self._height(line, inside) for line in self._lines(inside)]
        return sum(heights) + self.spacing() * max(len(heights) - 1, 0) + frame.height()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        shown = [part for part in self._parts if not part.item.isEmpty()]
        width = max((part.least() for part in shown), default=0)
        height = max((part.item.minimumSize().height() for part in shown), default=0)
        return QSize(width, height) + self._frame()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        rect = rect.marginsRemoved(self.contentsMargins())
        top = rect.top()
        for line in self._lines(rect.width()):
            height = self._height(line, rect.width())
            left = rect.left()
            for part, width in zip(line, self._widths(line, rect.width()), strict=True):
                part.item.setGeometry(QRect(left, top, width, height))
                left += width + self.spacing()
            top += height + self.spacing()

    def _frame(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lines(self, width: int) -> Iterator[list[_Part]]:
        line: list[_Part] = []
        used = 0
        for part in self._parts:
            if part.item.isEmpty():
                continue
            needed = part.least() + self.spacing()
            if line and used + needed - self.spacing() > width:
                yield line
                line, used = [], 0
            line.append(part)
            used += needed
        if line:
            yield line

    def _widths(self, line: list[_Part], width: int) -> list[int]:
        least = [part.least() for part in line]
        left = width - sum(least) - self.spacing() * (len(line) - 1)
        letters = sum(part.letters for part in line)
        if left <= 0 or not letters:
            return least
        widths = [
            each + left * part.letters // letters for each, part in zip(least, line, strict=True)
        ]
        widths[-1] += left - (sum(widths) - sum(least))
        return widths

    def _height(self, line: list[_Part], width: int) -> int:
        return max(
            part.item.heightForWidth(each)
            if part.item.hasHeightForWidth()
            else part.item.sizeHint().height()
            for part, each in zip(line, self._widths(line, width), strict=True)
        )
