"""Runs work off the UI thread. One thread owns the store, so work is done in order."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock
from time import monotonic
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from checkpoint_client.desk.done import Changed, Done

T = TypeVar("T")
Then = Callable[[T], None]
Failed = Callable[[BaseException], None]

STEP_MS: Final = 50
"""Longer than nearly every look-up or decision takes, and too short for a person to wait for."""


class Work(QObject):
    """Hands jobs to a thread of its own and their answers back to the UI thread.

    The store's thread is one of them.
    """

    changed = Signal(Changed)
    failed = Signal(object)
    _answered = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, thread: ThreadPoolExecutor | None = None
    ) -> None:
        super().__init__(parent)
        self._thread = thread or ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._ended = False
        self._under_way = 0
        self._counting = Lock()  # what runs behind another thread is asked for from there
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, job: Callable[[], T], then: Then[T], failed: Failed | None = None) -> None:
        """Do `job` on the thread, then call `then` here with what it gave.

        An error goes to `failed`, or to the signal of that name. A `Done` tells every screen.
        """
        self._run(job, then, failed, asked_at=None)

    def run_in_step(
        self, job: Callable[[], T], then: Then[T], failed: Failed | None = None
    ) -> None:
        """As `run`, and what it gave comes whole steps of time after it was asked for.

        So the time an answer takes does not tell that a discreet hit was found, or recorded.
        """
        self._run(job, then, failed, asked_at=monotonic())

    def run_behind(
        self,
        start: Callable[[], "Future[Any]"],
        job: Callable[[], T],
        then: Then[T],
        failed: Failed | None = None,
    ) -> None:
        """As `run_in_step`, once another thread is done with what `start` gives it, well or not.

        What was cancelled there is not done here either.
        """
        if self._ended:
            return
        self._count(1)
        asked_at = monotonic()

        def go_on(before: "Future[Any]") -> None:
            if not before.cancelled():
                self._run(job, then, failed, asked_at=asked_at)
            self._count(-1)

        start().add_done_callback(go_on)

    @property
    def is_idle(self) -> bool:
        """Whether every answer asked for, here and by sessions, has been handed over."""
        return not self._under_way and all(each.is_idle for each in self.findChildren(Work))

    def submit(self, job: Callable[[], T]) -> "Future[T]":
        """Do `job` on the thread for another thread that waits for it, as the line does."""
        return self._thread.submit(job)

    def session(self) -> "Work":
        """The same thread for the screens of one officer, until `end`."""
        session = Work(self, thread=self._thread)
        session.failed.connect(self.failed)
        session.changed.connect(self.changed)
        return session

    def end(self) -> None:
        """The officer has left: what he asked for is done, but his screens hear no more."""
        self._ended = True

    def close(self) -> None:
        """Finish what was asked for, then stop; nobody hears of it any more."""
        self._thread.shutdown(wait=True)
        self._ended = True

    def _run(
        self,
        job: Callable[[], T],
        then: Then[T],
        failed: Failed | None,
        *,
        asked_at: float | None,
    ) -> None:
        if self._ended:
            return
        self._count(1)

        def answer(future: "Future[T]") -> None:
            self._answered.emit((partial(self._hand_over, future, then, failed), asked_at))

        self._thread.submit(job).add_done_callback(answer)

    def _count(self, more: int) -> None:
        with self._counting:
            self._under_way += more

    @Slot(object)
    def _deliver(self, answer: tuple[Callable[[], None], float | None]) -> None:
        hand_over, asked_at = answer
        if asked_at is None:
            hand_over()
            return
        taken_ms = int((monotonic() - asked_at) * 1000)
        timer = QTimer(self, singleShot=True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)  # the usual one is up to 5 % early or late
        timer.timeout.connect(hand_over)
        timer.timeout.connect(timer.deleteLater)
        timer.start(STEP_MS - taken_ms % STEP_MS)

    def _hand_over(self, future: "Future[T]", then: Then[T], failed: Failed | None) -> None:
        self._count(-1)
        if self._ended:
            return
        if error := future.exception():
            (failed or self.failed.emit)(error)
            return
        value = future.result()
        then(value)
        if isinstance(value, Done):
            self.changed.emit(value.changed)
