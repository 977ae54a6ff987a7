"""Looks for late hits behind the screens, a few crossings at a time, with rests between."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkpoint_client.desk import Changed, Done
from checkpoint_client.desk.late_hits import Batch
from checkpoint_client.desk.session import SignedIn
from ui.work import Work

AT_ONCE: Final = 5
"""Crossings compared in a row: at 100,000 alerts a tenth of a second's work."""
REST_MS: Final = 300


class LateHitSearch(QObject):
    """While one officer is signed in. `found` says that late hits were recorded."""

    found = Signal()

    def __init__(self, session: SignedIn, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._late_hits = session.late_hits
        self._screening = session.screening
        self._work = work
        self._is_looking = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._go_on)
        work.changed.connect(self._on_changed)

    @Slot()
    def look(self) -> None:
        """Go on until everything is compared: somebody signed in, or a new list is in force."""
        if not self._is_looking:
            self._is_looking = True
            self._go_on()

    @Slot(Changed)
    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.CHECKS | Changed.LISTS):
            self.look()

    @Slot()
    def _go_on(self) -> None:
        self._work.run(lambda: self._late_hits.due(AT_ONCE), self._compare, self._failed)

    def _compare(self, batch: Batch | None) -> None:
        if batch is None:
            self._is_looking = False
            return
        answers = self._screening.ask_for_all(batch.travellers())
        self._work.run_behind(
            lambda: answers,
            lambda: self._late_hits.record(batch, answers.result()),
            self._recorded,
            self._failed,
        )

    def _recorded(self, done: Done[int]) -> None:
        if done.value:
            self.found.emit()
        self._rest.start()

    def _failed(self, error: BaseException) -> None:
        """It is gone on with after the next check, or the next list."""
        self._is_looking = False
        self._work.failed.emit(error)
