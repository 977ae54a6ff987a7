"""Columns that scroll by themselves to where the cursor is."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from ui.theme import NEAR, WIDE


class Scroll(QScrollArea):
    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        """It takes what is left and asks for little: what it holds may be long."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As wide as what it holds: it scrolls down, never sideways."""
        content = self.widget()
        width = content.minimumSizeHint().width() if content else 0
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(width + bar, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Words that appear beside a field push it along: the cursor stays in sight."""
        if watched is self.widget() and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self._show_cursor)  # only then are the fields in their places
        return super().eventFilter(watched, event)

    @Slot()
    def _show_cursor(self) -> None:
        self._follow(None, QApplication.focusWidget())

    @Slot(QWidget, QWidget)
    def _follow(self, _left: QWidget | None, focused: QWidget | None) -> None:
        content = self.widget()
        if focused is None or content is None or not content.isAncestorOf(focused):
            return
        field = focused.parentWidget()
        if field and field is not content and field.height() < self.viewport().height():
            self.ensureWidgetVisible(field, 0, NEAR)
        self.ensureWidgetVisible(focused, 0, WIDE * 2)


class Fitting(Scroll):
    """A column as high as what it holds where there is room, and a few lines where there is not."""

    LINES = 4

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        few = self.fontMetrics().lineSpacing() * self.LINES
        return QSize(super().minimumSizeHint().width(), min(few, self._wanted()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _wanted(self) -> int:
        content = self.widget()
        if content is None:
            return 0
        height = content.heightForWidth(self.viewport().width())
        return height if height >= 0 else content.sizeHint().height()
