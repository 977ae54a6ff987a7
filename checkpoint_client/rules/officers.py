"""Headquarters' list of officers: whose keys sign, who is suspended, and who has left."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

ServiceNumber = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
PublicKey = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Standing(StrEnum):
    """Whether an officer may work."""

    IN_SERVICE = "in-service"
    SUSPENDED = "suspended"
    LEFT = "left"


def standing(day: date, *, suspended_on: date | None, left_on: date | None) -> Standing:
    """On a day: from the date on, the whole day."""
    if left_on and left_on <= day:
        return Standing.LEFT
    if suspended_on and suspended_on <= day:
        return Standing.SUSPENDED
    return Standing.IN_SERVICE


class ListedOfficer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`keys`: the public keys (Ed25519, hexadecimal) that headquarters certifies as his."""

    service_number: ServiceNumber
    keys: tuple[PublicKey, ...] = ()
    suspended_on: date | None = None
    left_on: date | None = None


class OfficersList(msgspec.Struct, frozen=True, kw_only=True):
    """Who is not named is nobody's concern: the slots at a workstation say who works there.

    ValueError where a number is named twice or with blanks round it.
    """

    source: str
    seen_on: date
    valid_from: date
    valid_to: date | None
    confidence: str
    signed_by: str | None
    officers: tuple[ListedOfficer, ...]

    def __post_init__(self) -> None:
        numbers = [each.service_number for each in self.officers]
        if len(set(numbers)) < len(numbers):
            raise ValueError("an officer is named twice")
        if any(each != each.strip() for each in numbers):
            raise ValueError("a service number has blanks round it")

    def keys(self) -> Mapping[str, frozenset[bytes]]:
        """The certified keys, raw, by service number."""
        return {
            each.service_number: frozenset(map(bytes.fromhex, each.keys))
            for each in self.officers
            if each.keys
        }

    def left(self) -> Mapping[str, date]:
        """From which day each has left who has, or will."""
        return {each.service_number: each.left_on for each in self.officers if each.left_on}
