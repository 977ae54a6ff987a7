"""A column that scrolls by itself to where the cursor is."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from ui.theme import WIDE


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

    @Slot(QWidget, QWidget)
    def _follow(self, _left: QWidget | None, focused: QWidget | None) -> None:
        content = self.widget()
        if focused is not None and content is not None and content.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, WIDE * 2)
