"""Runs work off the UI thread. One thread owns the store, so work is done in order."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from checkpoint_client.desk.done import Changed, Done

T = TypeVar("T")
Then = Callable[[T], None]
Failed = Callable[[BaseException], None]


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
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, job: Callable[[], T], then: Then[T], failed: Failed | None = None) -> None:
        """Do `job` on the thread, then call `then` here with what it gave.

        An error goes to `failed`, or to the signal of that name. A `Done` tells every screen.
        """
        if self._ended:
            return

        def answer(future: "Future[T]") -> None:
            self._answered.emit((future, then, failed))

        self._thread.submit(job).add_done_callback(answer)

    def run_behind(
        self, start: Callable[[], "Future[Any]"], job: Callable[[], T], then: Then[T]
    ) -> None:
        """As `run`, once another thread is done with what `start` gives it to do, well or not.

        What was cancelled there is not done here either.
        """
        if self._ended:
            return

        def go_on(before: "Future[Any]") -> None:
            if not before.cancelled():
                self.run(job, then)

        start().add_done_callback(go_on)

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

    @Slot(object)
    def _deliver(self, answer: tuple["Future[object]", Then[object], Failed | None]) -> None:
        if self._ended:
            return
        future, then, failed = answer
        if error := future.exception():
            (failed or self.failed.emit)(error)
            return
        value = future.result()
        then(value)
        if isinstance(value, Done):
            self.changed.emit(value.changed)
