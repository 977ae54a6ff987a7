"""What every desk of one session shares: who works here, where it is recorded, what applies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_client.desk.drafts import Drafts
from checkpoint_client.desk.lists import Lists
from checkpoint_client.desk.powers import POWERS, SEES, NotAllowed, Power
from checkpoint_client.desk.questions import Lot
from checkpoint_client.records import Hit
from checkpoint_client.records.codes import HitOrigin, Role
from checkpoint_client.rules import (
    HitRules,
    Proposals,
    RefusalGrounds,
    Requirements,
    StayRules,
)
from checkpoint_client.settings import Settings
from checkpoint_client.store import Author, Store
from checkpoint_client.vault.roles import RoleKeys
from checkpoint_client.watchlist import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """One signed-in session. `is_online` asks the uplink, for the record only."""

    store: Store
    lists: Lists
    lot: Lot
    drafts: Drafts
    role_keys: RoleKeys
    settings: Settings
    requirements: Requirements
    refusal_grounds: RefusalGrounds
    hit_rules: HitRules
    stay_rules: StayRules
    proposals: Proposals
    role: Role
    author: Author
    is_online: Callable[[], bool]
    training: bool

    @property
    def officer(self) -> str:
        return self.author.officer

    def now(self) -> datetime:
        return self.store.clock.now()

    def likely_now(self) -> datetime:
        """For what is compared with lists: a dead battery makes no list young or alert invalid."""
        return self.store.clock.likely()

    def must(self, power: Power) -> None:
        """Raises `NotAllowed` unless the session's role holds this power."""
        if power not in POWERS[self.role]:
            raise NotAllowed(power)

    def known_since(self, now: datetime) -> datetime:
        """How far back earlier crossings are shown."""
        return now - timedelta(days=self.settings.known_here_days)

    def sees(self, visibility: Visibility) -> bool:
        return visibility in SEES[self.role]

    def learns_of(self, hit: Hit) -> bool:
        """Late hits are not the first line's, whatever their visibility."""
        is_late = hit.origin is HitOrigin.LATE
        return self.sees(Visibility(hit.visibility)) and (
            not is_late or self.sees(Visibility.SECOND_LINE)
        )

    def visibilities(self) -> tuple[str, ...]:
        """Whose hits this role may learn of, as they stand in the records."""
        return tuple(sorted(each.value for each in SEES[self.role]))
