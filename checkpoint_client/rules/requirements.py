"""What the first line must ask of whom, and what is worth a remark about a document's dates."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from checkpoint_client.records.codes import Direction
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.records.decoders import json_decoder


class Remark(StrEnum):
    """What a date says about a document or its holder."""

    EXPIRED = "expired"
    EXPIRES_SOON = "expires-soon"
    MINOR = "minor"


class Requirements(msgspec.Struct, frozen=True, kw_only=True):
    """Fields by direction, for foreigners and for the State's own nationals; limits in days."""

    source: str
    seen_on: date
    valid_from: date
    valid_to: date | None
    confidence: str
    signed_by: str | None
    foreigner: Mapping[Direction, frozenset[str]]
    national: Mapping[Direction, frozenset[str]]
    minor_below_years: int
    expires_soon_days: int

    @classmethod
    def read(cls, path: Path) -> "Requirements":
        return json_decoder(cls).decode(path.read_bytes())

    def fields_for(
        self, direction: Direction, nationalities: Collection[str], own_state: str
    ) -> frozenset[str]:
        """The fields of a check that must be filled in before a decision."""
        return (self.national if own_state in nationalities else self.foreigner)[direction]

    def of_expiry(self, expiry: PartialDate, today: date) -> Remark | None:
        """A document is valid until the last day that its expiry date can mean."""
        last = expiry.latest()
        if last is None:
            return None
        if last < today:
            return Remark.EXPIRED
        if last < today + timedelta(days=self.expires_soon_days):
            return Remark.EXPIRES_SOON
        return None

    def of_birth(self, birth: PartialDate, today: date) -> Remark | None:
        """A minor, if by any day that the birth date can mean he has not come of age."""
        latest = birth.latest()
        if latest is None:
            return None
        years = today.year - latest.year - ((today.month, today.day) < (latest.month, latest.day))
        return Remark.MINOR if years < self.minor_below_years else None
