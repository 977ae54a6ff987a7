"""The key map: every key that does something just now, and what it does."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.theme import GAP, NEAR, WIDE, Card, KeyButton, KeyHint, Quiet, ScreenTitle


def keys_of(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Keys and what they do: buttons with a key, and shortcuts that say what they are for."""
    for button in widget.findChildren(KeyButton):
        if button.key and button.isVisibleTo(widget):
            yield button.key, button.accessibleName()
    for shortcut in widget.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.whatsThis() and isinstance(owner, QWidget) and owner.isVisibleTo(widget):
            sequence = shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)
            yield sequence, shortcut.whatsThis()


class KeyMap(QWidget):
    """Lies over the window without holding anything up; the next key goes where it always goes."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(NEAR)
        self._grid.setColumnStretch(1, 1)
        self.card = Card()
        self.card.body.addWidget(ScreenTitle(self.tr("Keys")))
        self.card.body.addLayout(self._grid)
        self.card.body.addStretch(1)
        self.card.body.addWidget(Quiet(self.tr("F1 closes this list.")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Keys"))
        over.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show the keys of what is on the screen, or put the list away."""
        if self.isVisible():
            self.hide()
            return
        self._fill()
        self.show()
        self.raise_()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        known = dict(keys_of(self._over.window()))
        walk = {
            "Enter": self.tr("Next field, or open"),
            "Tab": self.tr("Next part of the screen"),
            "Alt": self.tr("With an underlined letter: to that field"),
            "Esc": self.tr("Back; nothing typed is lost"),
        }
        for place, (key, words) in enumerate((known | walk).items()):
            cap, said = KeyHint(key, self.card), QLabel(words, self.card)
            self._grid.addWidget(cap, place, 0, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(said, place, 1)
            for part in (cap, said):
                part.show()  # dressed now, so that the list knows how wide it is

    def _place(self) -> None:
        if self.isHidden():
            return
        self.ensurePolished()
        wanted = self.card.body.sizeHint()
        width = min(wanted.width() + 2 * WIDE, self._over.width() - 2 * WIDE)
        height = min(wanted.height() + 2 * WIDE, self._over.height() - 2 * WIDE)
        self.setGeometry(self._over.width() - width - WIDE, WIDE, width, height)
