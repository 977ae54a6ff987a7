"""The lists at work: compares a traveller with them and says how old they are."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from datetime import datetime, timedelta

from checkpoint_client.desk.screening import Answer, Screening, compare
from checkpoint_client.records import CheckDraft, ListConsulted
from checkpoint_client.records.codes import ListState, Sex
from checkpoint_client.records.drafts import date_so_far
from checkpoint_client.rules import ListRules
from checkpoint_client.store.reference import ListVersion, Reference
from checkpoint_client.watchlist import Alert, Match, Traveller

WATCHLIST = "watchlist"

_HOUR = timedelta(hours=1)


class Lists:
    """The lists of this workstation, for the thread that opened them."""

    def __init__(self, reference: Reference, rules: ListRules, screening: Screening) -> None:
        self._reference = reference
        self.rules = rules
        self._screening = screening

    def ask_ahead(self, draft: CheckDraft) -> "Future[None]":
        """Have the traveller compared on the screening thread, so that `ask` need not do it."""
        return self._screening.ask(traveller_of(draft))

    def ask(self, draft: CheckDraft, now: datetime) -> Answer:
        """Alerts that may concern the traveller, strongest first, whoever may see them.

        What was answered last is taken as long as traveller, lists and day are the same.
        """
        traveller, day = traveller_of(draft), now.date()
        latest = self._screening.latest
        asked = (traveller, day, self._reference.lists())
        if latest and (latest.traveller, latest.day, latest.lists) == asked:
            return latest
        answer = compare(traveller, self._reference, day)
        self._screening.latest = answer
        return answer

    def alert(self, list_id: str, alert_id: str) -> Alert | None:
        """An alert as the list in force has it; None where it has it no more."""
        return self._reference.alert(list_id, alert_id)

    def match(self, draft: CheckDraft, alert: tuple[str, str], now: datetime) -> Match | None:
        """What speaks for one alert (`list_id`, `id`) as the traveller reads now, if anything."""
        answer = compare(traveller_of(draft), self._reference, now.date())
        found = (each for each in answer.matches if (each.alert.list_id, each.alert.id) == alert)
        return next(found, None)

    def in_force(self) -> tuple[ListVersion, ...]:
        return self._reference.lists()

    def versions(self) -> dict[str, int]:
        """The version in force of every list."""
        return {each.list_id: each.version for each in self.in_force()}

    def consulted(self, now: datetime) -> tuple[ListConsulted, ...]:
        """Every list in force with its age now. Without a watch-list, that it is missing."""
        return self.aged(self._reference.lists(), now)

    def aged(self, lists: Iterable[ListVersion], now: datetime) -> tuple[ListConsulted, ...]:
        """Lists with their age now, and the watch-list as missing if it is not among them."""
        aged = tuple(self._consulted(each, now) for each in lists)
        if any(each.list_id == WATCHLIST for each in aged):
            return aged
        missing = ListConsulted(list_id=WATCHLIST, version=0, age_hours=0, state=ListState.MISSING)
        return (missing, *aged)

    def _consulted(self, version: ListVersion, now: datetime) -> ListConsulted:
        hours = max(0, (now - version.issued_at) // _HOUR)
        return ListConsulted(
            list_id=version.list_id,
            version=version.version,
            age_hours=hours,
            state=self._state(version.list_id, hours),
        )

    def _state(self, list_id: str, hours: int) -> ListState:
        limits = self.rules.limits_of(list_id)
        if hours <= limits.fresh_hours:
            return ListState.FRESH
        if hours <= limits.old_hours:
            return ListState.OLD
        return ListState.NOT_CURRENT


def version_of(list_id: str, lists: Mapping[str, int]) -> int:
    """The version in which an alert came, by its publisher's `list_id`: most come in one list."""
    return lists.get(list_id, lists.get(WATCHLIST, 0))


def traveller_of(draft: CheckDraft) -> Traveller:
    """What of a draft, half typed as it may be, can be compared with a list."""
    shown = draft.documents_shown()
    return Traveller(
        primary_identifier=draft.primary_identifier.strip(),
        secondary_identifier=draft.secondary_identifier.strip(),
        patronymic=draft.patronymic.strip(),
        name_native=draft.name_native.strip(),
        name_truncated=any(document.name_truncated for document in shown),
        birth_date=date_so_far(draft.birth_date),
        sex=draft.sex or Sex.UNSPECIFIED,
        nationalities=draft.nationalities(),
        documents=tuple(
            (document.issuing_state.strip().upper(), document.number.strip())
            for document in shown
            if document.number.strip()
        ),
        national_numbers=draft.national_numbers(),
        plates=(draft.vehicle.plate.strip(),) if draft.vehicle.plate.strip() else (),
        vins=(draft.vehicle.vin.strip(),) if draft.vehicle.vin.strip() else (),
    )
