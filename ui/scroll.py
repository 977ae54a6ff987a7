"""A column that scrolls by itself to where the cursor is."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
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
