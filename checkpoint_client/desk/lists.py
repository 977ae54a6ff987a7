"""The lists at work: compares a traveller with them and says how old they are."""

from datetime import datetime, timedelta

from checkpoint_client.records import CheckDraft, ListConsulted
from checkpoint_client.records.codes import ListState, Sex
from checkpoint_client.records.drafts import date_so_far
from checkpoint_client.settings import Settings
from checkpoint_client.store.reference import ListVersion, Reference
from checkpoint_client.watchlist import Match, Traveller, screen

WATCHLIST = "watchlist"

_HOUR = timedelta(hours=1)


class Lists:
    """The lists of this workstation, for the thread that opened them."""

    def __init__(self, reference: Reference, settings: Settings) -> None:
        self._reference = reference
        self._settings = settings
        self._asked: tuple[Traveller, tuple[ListVersion, ...], tuple[Match, ...]] | None = None

    def screen(self, draft: CheckDraft, now: datetime) -> tuple[Match, ...]:
        """Alerts that may concern the traveller, strongest first, whoever may see them.

        The decision asks again what the screen has just asked, so the last answer is kept.
        """
        traveller = traveller_of(draft)
        if traveller == Traveller():
            return ()
        versions = self._reference.lists()
        if self._asked and self._asked[:2] == (traveller, versions):
            return self._asked[2]
        matches = screen(traveller, self._reference, today=now.date())
        self._asked = (traveller, versions, matches)
        return matches

    def versions(self) -> dict[str, int]:
        """The version in force of every list."""
        return {each.list_id: each.version for each in self._reference.lists()}

    def consulted(self, now: datetime) -> tuple[ListConsulted, ...]:
        """Every list with its age now. Without a watch-list, that it is missing."""
        listed = tuple(self._consulted(each, now) for each in self._reference.lists())
        if listed:
            return listed
        missing = ListConsulted(list_id=WATCHLIST, version=0, age_hours=0, state=ListState.MISSING)
        return (missing,)

    def _consulted(self, version: ListVersion, now: datetime) -> ListConsulted:
        hours = max(0, (now - version.issued_at) // _HOUR)
        return ListConsulted(
            list_id=version.list_id,
            version=version.version,
            age_hours=hours,
            state=self._state(hours),
        )

    def _state(self, hours: int) -> ListState:
        if hours <= self._settings.list_fresh_hours:
            return ListState.FRESH
        if hours <= self._settings.list_old_hours:
            return ListState.OLD
        return ListState.NOT_CURRENT


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
