"""The places where each role works: which screens there are follows from its powers."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from checkpoint_client.desk import Power
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.settings import Settings
from ui.first_line import FirstLineScreen
from ui.hits import HitDeskScreen
from ui.lists import ListsScreen, Sources
from ui.log import LogScreen
from ui.officers import OfficersScreen
from ui.reader import Reader
from ui.review import ReviewScreen
from ui.second_line import SecondLineScreen
from ui.window import Place
from ui.words import Words
from ui.work import Work


class Places(QObject):
    """Makes the screens of one session. `wanted` says that one of them has something to show."""

    wanted = Signal(QWidget)

    def __init__(
        self,
        words: Words,
        settings: Settings,
        sources: Sources,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._settings = settings
        self._sources = sources

    def of(self, session: SignedIn, work: Work) -> list[Place]:
        """The places of whoever signed in, in the order of the rail."""
        places = []
        if Power.CHECK in session.powers:
            places.append(self._first_line(session, work))
        if Power.INTERVIEW in session.powers:
            places.append(self._second_line(session, work))
        if Power.WORK_HITS in session.powers:
            places.append(self._hits(session, work))
        if Power.READ_LOG in session.powers:
            log = LogScreen(session.log, work, self._words, session.powers)
            places.append(Place(title=self.tr("Log"), icon="log", screen=log))
        if Power.REVIEW in session.powers:
            review = ReviewScreen(session.supervisor, work, self._words)
            places.append(Place(title=self.tr("Review"), icon="check", screen=review))
        if Power.READ_LISTS in session.powers:
            lists = ListsScreen(
                session.lists, work, self._words, self._sources, session.workplace.now
            )
            places.append(Place(title=self.tr("Lists"), icon="filter", screen=lists))
        if Power.REMOVE_OFFICER in session.powers:
            officers = OfficersScreen(session.administration, work, self._words)
            places.append(Place(title=self.tr("Officers"), icon="person", screen=officers))
        return places

    def _first_line(self, session: SignedIn, work: Work) -> Place:
        screen = FirstLineScreen(
            session.first_line, work, self._words, self._settings, session.workplace.now
        )
        # A document may be read at any place; the traveller is the first line's.
        reader = Reader(self._settings.reader_prefix, parent=screen)
        reader.document_read.connect(lambda _text, _source: self.wanted.emit(screen))
        reader.document_read.connect(screen.take_document)
        reader.start()
        return Place(
            title=self.tr("First line"), icon="passport", screen=screen, leave=screen.keep_now
        )

    def _second_line(self, session: SignedIn, work: Work) -> Place:
        screen = SecondLineScreen(session.second_line, work, self._words, session.workplace.now)
        return Place(
            title=self.tr("Second line"), icon="queue", screen=screen, leave=screen.keep_now
        )

    def _hits(self, session: SignedIn, work: Work) -> Place:
        screen = HitDeskScreen(
            session.hits,
            work,
            self._words,
            session.workplace.now,
            officer=session.officer,
            powers=session.powers,
        )
        return Place(title=self.tr("Hits"), icon="hit", screen=screen, leave=screen.keep_now)
