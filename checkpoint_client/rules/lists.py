"""How long a list is fresh, when it is no longer current, and for how long back it is compared."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import msgspec

Hours = Annotated[int, msgspec.Meta(ge=1, le=8_760)]
Days = Annotated[int, msgspec.Meta(ge=0, le=365)]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Up to `fresh_hours` a list is fresh, up to `old_hours` old, and then not current."""

    fresh_hours: Hours
    old_hours: Hours


class ListRules(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of every list, and of single ones by their ids.

    Crossings of the last `late_hit_days` are compared again when a new list is in force.
    """

    source: str
    seen_on: date
    valid_from: date
    valid_to: date | None
    confidence: str
    signed_by: str | None
    limits: Limits
    limits_by_list: Mapping[str, Limits]
    late_hit_days: Days

    def limits_of(self, list_id: str) -> Limits:
        return self.limits_by_list.get(list_id, self.limits)
