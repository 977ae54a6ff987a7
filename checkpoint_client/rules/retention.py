"""For how long a workstation keeps what the centre has in a verified backup."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import msgspec

Days = Annotated[int, msgspec.Meta(ge=1, le=36_500)]


class RetentionRules(msgspec.Struct, frozen=True, kw_only=True):
    """Days since a record was made, of every kind, and of single ones; None keeps a kind."""

    source: str
    seen_on: date
    valid_from: date
    valid_to: date | None
    confidence: str
    signed_by: str | None
    days: Days
    days_by_kind: Mapping[str, Days | None]

    def days_of(self, kind: str) -> int | None:
        kind = _KEPT_LIKE.get(kind, kind)
        return self.days_by_kind.get(kind, self.days)


_KEPT_LIKE = {"grant": "interview"}
"""What opens a record stays as long as the record."""
