"""The window: sign-in first, then the places where an officer works, and how the post stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.desk import Changed
from checkpoint_client.desk.session import SignedIn, SignIn
from checkpoint_client.settings import Settings
from ui.help import KeyMap
from ui.sign_in import Hint, SignInScreen
from ui.status_line import StatusLine
from ui.theme import GAP, NEAR, Card, Icon, KeyButton, Quiet, Text, Tone, colours_of, logo
from ui.words import Words, at_time, on_day
from ui.work import Work

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an officer works: one entry of the rail. `leave` keeps what is half typed."""

    title: str
    icon: str
    screen: QWidget
    leave: Callable[[], None] = lambda: None


class Window(QMainWindow):
    """Shows the places that `places` gives for whoever signed in; locks when nobody is there.

    `left` is said at once, `locked` when the files are closed and what waits is in the spool.
    """

    signed_in = Signal(object)
    left = Signal()
    locked = Signal()

    def __init__(
        self,
        sign_in: SignIn,
        work: Work,
        words: Words,
        settings: Settings,
        *,
        places: Callable[[SignedIn, Work], Sequence[Place]],
        say: Callable[[BaseException], str],
        now: Callable[[], datetime],
        version: str,
        hints: Sequence[Hint] = (),
    ) -> None:
        """`say` has a sentence for what keeps the program from working; empty if it is a bug."""
        super().__init__()
        self._sign_in = sign_in
        self._work = work
        self._words = words
        self._settings = settings
        self._places_of = places
        self._session: SignedIn | None = None
        self._session_work: Work | None = None
        self._places: Sequence[Place] = ()

        self.entrance = SignInScreen(sign_in, work, words, say, post=self._post(), hints=hints)
        self.rail = Rail()
        self.header = Header(words, self._post(), now)
        self.trouble = Trouble()
        self.stack = QStackedWidget()
        self.status = StatusLine(words, version)
        self.pages = QStackedWidget()
        self._lay_out()
        self.keys = KeyMap(self.pages)

        self.entrance.signed_in.connect(self._enter)
        self.rail.chosen.connect(self.go_to)
        self.header.lock.clicked.connect(self.lock)
        self.header.help.clicked.connect(self.keys.toggle)
        help_key = QShortcut("F1", self, self.keys.toggle)
        help_key.setWhatsThis(self.tr("Show the keys"))
        away = QShortcut("Ctrl+Shift+L", self, self.sign_out)
        away.setWhatsThis(self.tr("Sign out: the shift is over"))
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(self.show_status)
        self.idle = QTimer(self, singleShot=True)
        self.idle.setInterval(settings.idle_lock_minutes * 60_000)
        self.idle.timeout.connect(self.lock)
        if application := QApplication.instance():
            application.installEventFilter(self)

    @property
    def session(self) -> SignedIn | None:
        """Whoever is signed in."""
        return self._session

    @property
    def session_work(self) -> Work | None:
        """The store's thread for whoever is signed in."""
        return self._session_work

    def screen_of(self, kind: type[QWidget]) -> QWidget | None:
        """The screen of a kind that whoever is signed in has."""
        return next((each.screen for each in self._places if isinstance(each.screen, kind)), None)

    @Slot(QWidget)
    def show_screen(self, screen: QWidget) -> None:
        """Show the place of a screen, unless it is in view already."""
        if screen is not self.stack.currentWidget():
            self.go_to([each.screen for each in self._places].index(screen))

    @Slot(int)
    def go_to(self, place: int) -> None:
        """Show a place; the cursor is where it was there."""
        screen = self._places[place].screen
        self.stack.setCurrentWidget(screen)
        self.rail.show_chosen(place)
        (screen.focusWidget() or screen).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_status(self) -> None:
        """Ask again how old the lists are and what the clock is worth."""
        session, work = self._session, self._session_work
        if session and work:
            work.run(session.workstation.status, self.status.show_status)

    @Slot()
    def show_new_list(self) -> None:
        """A new list is in force: its age, and whatever screens have asked of the one before."""
        if work := self._session_work:
            work.changed.emit(Changed.LISTS)
        self.show_status()

    @Slot()
    def show_neighbours(self) -> None:
        """A neighbour's entries are in the tables: every screen looks again."""
        if work := self._session_work:
            work.changed.emit(
                Changed.CHECKS | Changed.REFERRALS | Changed.HITS | Changed.INTERVIEWS
            )

    @Slot()
    def show_order(self) -> None:
        """Headquarters says who works here: nobody where it is to be wiped, and none who left."""
        if self._session and not self._sign_in.may_go_on(self._session):
            self.lock()
        self.entrance.reload()

    @Slot()
    def lock(self) -> None:
        """Keep what is half typed, wipe the key and show the sign-in page."""
        self._leave(self._sign_in.lock)

    @Slot()
    def sign_out(self) -> None:
        """As `lock`; the officer signs for his session as a whole."""
        self._leave(self._sign_in.sign_out)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.sign_out()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._session and event.type() in _SIGNS_OF_LIFE:
            self.idle.start()
        return super().eventFilter(watched, event)

    @Slot(object)
    def _enter(self, session: SignedIn) -> None:
        self._session = session
        self._session_work = self._work.session()
        self._places = self._places_of(session, self._session_work)
        for place in self._places:
            self.stack.addWidget(place.screen)
        self.rail.show_places(self._places)
        self.header.show_officer(session)
        self.pages.setCurrentIndex(1)
        if self._places:
            self.go_to(0)
        self.idle.start()
        self._minute.start()
        self.show_status()
        self.signed_in.emit(session)

    def _leave(self, how: Callable[[SignedIn], object]) -> None:
        session, work = self._session, self._session_work
        if session is None or work is None:
            return
        for place in self._places:
            place.leave()
        work.end()
        self.idle.stop()
        self._minute.stop()
        self.status.show_locked()
        self._session = self._session_work = None
        self._work.run(lambda: how(session), lambda _done: self._locked())
        self.keys.hide()
        self.pages.setCurrentIndex(0)
        for place in self._places:
            self.stack.removeWidget(place.screen)
            place.screen.deleteLater()
        self._places = ()
        self.rail.show_places(())
        self.entrance.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit()

    def _locked(self) -> None:
        self.entrance.reload()
        self.locked.emit()

    def _post(self) -> str:
        settings = self._settings
        parts = [settings.post_name or settings.post]
        if settings.lane:
            parts.append(self.tr("lane {0}").format(settings.lane))
        return " · ".join(each for each in parts if each)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.pages.addWidget(self.entrance)
        self.pages.addWidget(inside)
        whole = QWidget()
        frame = QVBoxLayout(whole)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        frame.addWidget(self.trouble)
        frame.addWidget(self.pages, 1)
        frame.addWidget(self.status)
        self.setCentralWidget(whole)
        self.setWindowTitle(self.tr("Checkpoint Client"))
        self.resize(1280, 800)


class RailButton(KeyButton):
    """A place of the rail; its icon has the rail's colour."""

    def __init__(self, place: Place, key: str) -> None:
        super().__init__(place.title, key, icon=place.icon)
        self.setCheckable(True)

    def icon_colour(self) -> str:
        return colours_of(self).rail_text


class Rail(QFrame):
    """The places of whoever is signed in, one below the other, each with its key."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setAccessibleName(self.tr("Places"))
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, GAP)
        mark = QHBoxLayout()
        mark.setContentsMargins(GAP, 0, GAP, GAP)
        picture = QLabel()
        picture.setPixmap(logo(36))
        mark.addWidget(picture)
        mark.addStretch(1)
        column.addLayout(mark)
        column.addLayout(self._buttons)
        column.addStretch(1)

    def show_places(self, places: Sequence[Place]) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.setParent(None)
            old.deleteLater()
        for place, each in enumerate(places):
            button = RailButton(each, f"Ctrl+{place + 1}")
            self._group.addButton(button, place)
            self._buttons.addWidget(button)

    def buttons(self) -> list[QAbstractButton]:
        return self._group.buttons()

    def show_chosen(self, place: int) -> None:
        self._group.button(place).setChecked(True)


class Header(QWidget):
    """Where and who: post, lane, officer, role, time of day, and the key that locks."""

    def __init__(self, words: Words, post: str, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._words = words
        self._now = now
        self.post = Text(post, role="strong")
        self.officer = QLabel()
        self.role = Quiet()
        self.time = QLabel()
        self.day = Quiet()
        self.help = KeyButton(self.tr("Keys"), "F1", icon="question")
        self.help.setShortcut("")  # the window has the key, so that it works at sign-in too
        self.lock = KeyButton(self.tr("Lock"), "Ctrl+L", icon="lock")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP + NEAR, NEAR, GAP, NEAR)
        row.setSpacing(GAP)
        row.addWidget(self.post, 1)
        for picture, large, small in (
            (Icon("person"), self.officer, self.role),
            (Icon("clock"), self.time, self.day),
        ):
            small.setWordWrap(False)
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(large)
            both.addWidget(small)
            row.addWidget(picture)
            row.addLayout(both)
        row.addWidget(self.help)
        row.addWidget(self.lock)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tell_time)
        self._second.start()
        self._tell_time()

    def show_officer(self, session: SignedIn) -> None:
        self.officer.setText(session.officer)
        self.role.setText(self._words.label(session.role))

    def _tell_time(self) -> None:
        now = self._now()
        self.time.setText(at_time(now))
        self.day.setText(on_day(now.date()))


class Trouble(Card):
    """What stands in the way of the program itself, in one plain sentence, until it is put away."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Text()
        self.away = KeyButton(self.tr("Put away"), "Ctrl+W")
        line = QHBoxLayout()
        line.addWidget(Icon("warning", Tone.ALARM))
        line.addWidget(self.words, 1)
        line.addWidget(self.away)
        self.body.addLayout(line)
        self.away.clicked.connect(self.hide)
        self.hide()

    def tell(self, words: str) -> None:
        self.words.say(words, Tone.ALARM)
        self.show()
