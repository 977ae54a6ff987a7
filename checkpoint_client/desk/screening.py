"""Compares travellers with the lists on a thread of its own, before the desk asks.

So nothing that is recorded waits for a comparison, and no comparison for what is being recorded.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime

from checkpoint_client.store.reference import ListVersion, Reference
from checkpoint_client.watchlist import Match, Traveller, screen
from checkpoint_client.watchlist.lost_documents import match_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the lists say of a traveller on a day; `lists` are the versions that were asked."""

    traveller: Traveller
    day: date
    lists: tuple[ListVersion, ...]
    matches: tuple[Match, ...]


def compare(traveller: Traveller, reference: Reference, day: date) -> Answer:
    """Compare a traveller with the lists in force, all of them as they are at one moment."""
    while True:
        lists = reference.lists()
        matches = _matches(traveller, reference, day)
        if lists == reference.lists():  # else a new one has gone live meanwhile
            return Answer(traveller=traveller, day=day, lists=lists, matches=matches)


def _matches(traveller: Traveller, reference: Reference, day: date) -> tuple[Match, ...]:
    """Alerts, and behind them documents that may be listed as stolen or lost."""
    if traveller == Traveller():
        return ()
    looked_up = (reference.lost_documents.look_up(*each) for each in traveller.documents)
    lost = (match_of(listing) for listing in looked_up if listing)
    return (*screen(traveller, reference, today=day), *lost)


class Screening:
    """The screening thread of one session, with a connection of its own to the lists.

    `latest` is what was answered last; the store's thread reads it, and keeps its own there.
    """

    def __init__(self, open_lists: Callable[[], Reference], now: Callable[[], datetime]) -> None:
        """`open_lists` is called on the screening thread."""
        self._open_lists = open_lists
        self._now = now
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="screening")
        self._reference: Reference | None = None
        self._asked: tuple[Traveller, Future[None]] | None = None
        self._is_closing = False
        self.latest: Answer | None = None

    def ask(self, traveller: Traveller) -> "Future[None]":
        """Compare a traveller at the counter; one thread asks, and it may be any.

        Whoever was asked for before and is not being compared yet is cancelled.
        """
        if self._asked:
            asked, answered = self._asked
            if asked == traveller and not answered.done():
                return answered
            answered.cancel()
        self._asked = (traveller, Future())
        self._thread.submit(self._serve)
        return self._asked[1]

    def ask_for_all(self, travellers: Sequence[Traveller]) -> "Future[tuple[Answer, ...]]":
        """Compare earlier travellers; one at the counter comes first, whenever he is asked for."""
        return self._thread.submit(self._answers, travellers)

    def close(self) -> None:
        """Let go of the lists and end the thread; what is not being compared yet never is."""
        self._is_closing = True
        if self._asked:
            self._asked[1].cancel()
        self._thread.submit(self._close)
        self._thread.shutdown()

    def _serve(self) -> None:
        """Compare the traveller at the counter, unless it has been done or is not wanted."""
        if self._asked is None:
            return
        traveller, answered = self._asked
        if answered.done() or not answered.set_running_or_notify_cancel():
            return
        try:
            self.latest = self._compare(traveller)
        except Exception as error:  # it is told to whoever asked
            answered.set_exception(error)
            return
        answered.set_result(None)

    def _answers(self, travellers: Sequence[Traveller]) -> tuple[Answer, ...]:
        answers: list[Answer] = []
        for traveller in travellers:
            if self._is_closing:
                raise CancelledError
            self._serve()
            answers.append(self._compare(traveller))
        return tuple(answers)

    def _compare(self, traveller: Traveller) -> Answer:
        if self._reference is None:
            self._reference = self._open_lists()
        return compare(traveller, self._reference, self._now().date())

    def _close(self) -> None:
        if self._reference:
            self._reference.close()
