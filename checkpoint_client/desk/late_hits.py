"""Late hits: crossings of the last days are compared again when a new list is in force.

Each workstation does so for its own crossings, the newest first, a few at a time, so that nobody
waits and none is compared twice at a post. What it found goes to the hit desk. The first line hears
nothing of it. A correction of a check is compared too, whatever list is in force.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from checkpoint_client.desk.done import Changed, Done
from checkpoint_client.desk.first_line import draft_of, hits_of
from checkpoint_client.desk.lists import WATCHLIST, Lists, traveller_of, version_of
from checkpoint_client.desk.screening import Answer
from checkpoint_client.records import AlertChanged, BorderCheck, Hit
from checkpoint_client.records.codes import AlertChange, HitOrigin
from checkpoint_client.store import COMPARED, Kept, Store
from checkpoint_client.watchlist import Alert, Traveller

_LIST: Final = "late-list/"
"""Before a list's id: the version with which crossings are compared, or all have been."""
_UNTIL: Final = "late-until"
"""Crossings since this moment have been compared with them (milliseconds since 1970)."""
_FOLLOWED: Final = "late-followed"
"""The day on which the alerts of open hits were last looked up (days since the year 1)."""

_NONE_YET: Final = 253_402_300_799_000
"""Behind every crossing, also of a clock that was far ahead: the last second of the year 9999."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A check, and its traveller as far as he can be compared."""

    kept: Kept[BorderCheck]
    traveller: Traveller


@dataclass(frozen=True, slots=True)
class Batch:
    """Crossings to be compared; behind them, the marks stand at `marks`."""

    crossings: tuple[Crossing, ...]
    marks: Mapping[str, int]

    def travellers(self) -> tuple[Traveller, ...]:
        return tuple(each.traveller for each in self.crossings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescreening:
    """How many crossings of the last `days` have been compared with the lists in force."""

    days: int
    crossings: int
    compared: int


class LateHits:
    """For the store's thread, but for the comparing itself, which may be done on another."""

    def __init__(self, store: Store, lists: Lists) -> None:
        self._store = store
        self._lists = lists
        self._days = lists.rules.late_hit_days

    def due(self, most: int) -> Batch | None:
        """What is to be compared next, about `most` crossings; None when all have been.

        With a new list, or on a new day, the alerts of open hits are looked up first.
        """
        lists = self._lists.versions()
        if WATCHLIST not in lists:
            return None
        self._begin(lists, self._store.clock.likely().date())
        since = self._since()
        corrected = self._store.amended(after=self._store.mark(COMPARED), since=since)
        if corrected:
            last = max(position for position, _ in corrected)
            return self._batch([check for _, check in corrected], {COMPARED: last})
        crossings = self._store.crossings(since=since, until=self._until(), most=most)
        if not crossings:
            return None
        marks = {_UNTIL: _milliseconds(crossings[-1].happened_at)}
        return self._batch([each for each in crossings if not _knew(each, lists)], marks)

    def record(self, batch: Batch, answers: Sequence[Answer]) -> Done[int]:
        """Record what was found, and that it was looked for; returns how many hits are new."""
        found = 0
        with self._store.together():
            for crossing, answer in zip(batch.crossings, answers, strict=True):
                found += self._record(crossing.kept, answer)
            for name, value in batch.marks.items():
                self._store.set_mark(name, value)
        return Done(found, Changed.HITS if found else Changed(0))

    def progress(self) -> Rescreening:
        since = self._since()
        crossings = self._store.count_crossings(since=since, until=_moment(_NONE_YET))
        left = self._store.count_crossings(since=since, until=self._until())
        return Rescreening(days=self._days, crossings=crossings, compared=crossings - left)

    def _begin(self, lists: Mapping[str, int], today: date) -> None:
        is_new = any(version != self._store.mark(_LIST + name) for name, version in lists.items())
        if not is_new and today.toordinal() == self._store.mark(_FOLLOWED):
            return
        with self._store.together():
            self._follow_alerts(lists, today)
            self._store.set_mark(_FOLLOWED, today.toordinal())
            if is_new:
                for name, version in lists.items():
                    self._store.set_mark(_LIST + name, version)
                self._store.set_mark(_UNTIL, _NONE_YET)
                self._store.set_mark(COMPARED, self._store.tip().position)

    def _until(self) -> datetime:
        return _moment(self._store.mark(_UNTIL) or _NONE_YET)

    def _since(self) -> datetime:
        """Rather too far back, where our clock and the server's disagree."""
        clock = self._store.clock
        return min(clock.now(), clock.likely()) - timedelta(days=self._days)

    def _batch(self, checks: Sequence[Kept[BorderCheck]], marks: Mapping[str, int]) -> Batch:
        crossings = (
            Crossing(each, traveller_of(draft_of(self._store.current(each)))) for each in checks
        )
        return Batch(tuple(crossings), marks)

    def _record(self, check: Kept[BorderCheck], answer: Answer) -> int:
        row = self._store.row(check.id)
        if row is None or row.withdrawn:
            return 0
        known = {_alert_of(each.record) for each in self._store.about(check.id, Hit)}
        late = [
            hit for hit in hits_of(check.id, answer, HitOrigin.LATE) if _alert_of(hit) not in known
        ]
        for hit in late:
            self._store.append(hit, author=None, refers_to=[check.leaf])
        return len(late)

    def _follow_alerts(self, lists: Mapping[str, int], today: date) -> None:
        for hit in self._store.open_hits():
            change = self._change(hit, today)
            told = [each.record.change for each in self._store.about(hit.id, AlertChanged)]
            if change is None and told and told[-1] is not AlertChange.CHANGED:
                change = AlertChange.CHANGED  # it was gone, and is in force once more
            if change is None or change in told[-1:]:
                continue
            list_id = hit.record.list_id
            changed = AlertChanged(
                hit_id=hit.id,
                list_id=list_id,
                list_version=version_of(list_id, lists),
                change=change,
            )
            self._store.append(changed, author=None, refers_to=[hit.leaf])

    def _change(self, hit: Kept[Hit], today: date) -> AlertChange | None:
        alert = self._lists.alert(hit.record.list_id, hit.record.alert_id)
        if alert is None:
            return AlertChange.WITHDRAWN
        if alert.valid_until and alert.valid_until < today:
            return AlertChange.EXPIRED
        return None if _says(alert) == _said(hit.record) else AlertChange.CHANGED


def _knew(check: Kept[BorderCheck], lists: Mapping[str, int]) -> bool:
    """Whether the check itself was made with these versions of the lists."""
    consulted = {each.list_id: each.version for each in check.record.lists}
    return consulted.items() >= lists.items()


def _alert_of(hit: Hit) -> tuple[str, str]:
    return (hit.list_id, hit.alert_id)


def _said(hit: Hit) -> tuple[str, ...]:
    return (hit.name, hit.category, hit.action, hit.visibility)


def _says(alert: Alert) -> tuple[str, ...]:
    """What a hit repeats of its alert."""
    name = alert.names[0] if alert.names else ""
    return (name, alert.category.value, alert.action.value, alert.visibility.value)


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND


def _moment(milliseconds: int) -> datetime:
    return _EPOCH + milliseconds * _MILLISECOND
