"""What the workstation does by itself, and what its status line shows."""

from dataclasses import dataclass
from datetime import datetime

from checkpoint_client.desk.lists import Lists
from checkpoint_client.records import ListConsulted
from checkpoint_client.records.codes import ClockState
from checkpoint_client.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """What the uplink knows of the line. `since` is when it last changed between on and off.

    `waiting` counts checks; `problem` is a code of sync's, empty while all is well.
    """

    online: bool
    since: datetime
    waiting: int
    problem: str = ""
    last_contact: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the status line shows beside the line's own state."""

    waiting: int
    lists: tuple[ListConsulted, ...]
    clock: ClockState


class Workstation:
    def __init__(self, store: Store, lists: Lists) -> None:
        self._store = store
        self._lists = lists

    def status(self) -> Status:
        now = self._store.clock.likely()
        return Status(
            waiting=self._store.waiting_checks(),
            lists=self._lists.consulted(now),
            clock=self._store.clock.state(),
        )
