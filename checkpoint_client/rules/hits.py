"""How hits are followed today: who must agree, when the owner is told, what is collected."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from checkpoint_client.records.decoders import json_decoder

Hours = Annotated[int, msgspec.Meta(ge=1, le=8_760)]


class Kinds(msgspec.Struct, frozen=True):
    """Alerts meant by their category or by the action asked for, as codes of the watch-list."""

    categories: frozenset[str]
    actions: frozenset[str]

    def has(self, category: str, action: str) -> bool:
        return category in self.categories or action in self.actions


class HitRules(msgspec.Struct, frozen=True, kw_only=True):
    """`acknowledge` are the levels of match that the first line must acknowledge to decide."""

    source: str
    seen_on: date
    valid_from: date
    valid_to: date | None
    confidence: str
    signed_by: str | None
    second_person: Kinds
    collect: Kinds
    report_hours: Hours
    report_hours_by_category: Mapping[str, Hours]
    acknowledge: frozenset[Literal["check", "strong"]]

    @classmethod
    def read(cls, path: Path) -> "HitRules":
        return json_decoder(cls).decode(path.read_bytes())

    def needs_second_person(self, category: str, action: str) -> bool:
        """Whether "the same" is confirmed only when another person agrees."""
        return self.second_person.has(category, action)

    def needs_collection(self, category: str, action: str) -> bool:
        """Whether information is collected for the owner (Regulation (EU) 2018/1862, Art. 37)."""
        return self.collect.has(category, action)

    def report_within(self, category: str) -> timedelta:
        """The time from confirmation until the alert's owner must have been told."""
        return timedelta(hours=self.report_hours_by_category.get(category, self.report_hours))
