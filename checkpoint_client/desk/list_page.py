"""The list page: what of headquarters' lists is in force here, how old it is, and what failed.

For supervisors and IT administrators; it shows no alert and no record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from checkpoint_client.desk.channels import ChannelStates, Failure
from checkpoint_client.desk.late_hits import LateHits, Rescreening
from checkpoint_client.desk.lists import WATCHLIST
from checkpoint_client.desk.powers import Power
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.records.codes import ListState
from checkpoint_client.rules import Limits

CHANNELS: Final = ("watchlist", "documents", "officers", "rules", "templates", "releases")
"""All that headquarters publishes, in the order of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One list, or one other thing that headquarters publishes.

    `version` is in force, 0 for none; `items` are its alerts, documents or files. `age_hours`,
    `state` and `limits` are of lists that a check consults, None for everything else. `waiting`
    lies here but is not in force yet, `announced` is the newest that headquarters has told of, 0
    for none.
    """

    channel: str
    version: int
    items: int
    issued_at: datetime | None
    age_hours: int | None
    state: ListState | None
    limits: Limits | None
    got_at: datetime | None
    waiting: int
    announced: int
    failure: Failure | None
    values: Mapping[str, str]
    failed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """All lists; when headquarters was last asked; since when it has signed nothing new, if that
    is longer than a list is fresh; how far crossings have been compared again.
    """

    lines: tuple[ListLine, ...]
    looked_at: datetime | None
    silent_since: datetime | None
    rescreening: Rescreening


class ListDesk:
    def __init__(
        self, workplace: Workplace, late_hits: LateHits, states: Callable[[], ChannelStates]
    ) -> None:
        """`states`: what the line has written down of each channel."""
        self._at = workplace
        self._late_hits = late_hits
        self._states = states

    def page(self) -> ListPage:
        self._at.must(Power.READ_LISTS)
        states, limits = self._states(), self._at.lists.rules.limits_of(WATCHLIST)
        return ListPage(
            lines=tuple(self._lines(states)),
            looked_at=states.looked_at,
            silent_since=states.silent_since(timedelta(hours=limits.fresh_hours)),
            rescreening=self._late_hits.progress(),
        )

    def _lines(self, states: ChannelStates) -> list[ListLine]:
        lists = self._at.lists
        aged = {each.list_id: each for each in lists.consulted(self._at.likely_now())}
        in_force = {each.list_id: each for each in lists.in_force()}
        lines = []
        for channel in CHANNELS:
            if channel not in aged and channel not in states.channels:
                continue
            state = states.of(channel)
            consulted, version = aged.get(channel), in_force.get(channel)
            lines.append(
                ListLine(
                    channel=channel,
                    version=version.version if version else state.version,
                    items=version.alerts if version else state.items,
                    issued_at=version.issued_at if version else state.issued_at,
                    age_hours=consulted.age_hours if consulted else None,
                    state=consulted.state if consulted else None,
                    limits=lists.rules.limits_of(channel) if consulted else None,
                    got_at=state.got_at,
                    waiting=state.waiting,
                    announced=state.announced,
                    failure=state.failure,
                    values=state.values,
                    failed_at=state.failed_at,
                )
            )
        return lines
