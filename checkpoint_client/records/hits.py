"""An alert that may concern a traveller."""

from dataclasses import dataclass

from checkpoint_client.records.codes import HitOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason for a match: a code and the values that its sentence speaks of."""

    code: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A match found at a check, or later. Codes are the watch-list's own; `visibility` who may
    see it.
    """

    check_id: str
    list_id: str
    list_version: int
    alert_id: str
    category: str
    action: str
    visibility: str
    match_kind: str
    level: str
    score: float
    name: str
    evidence: tuple[Evidence, ...] = ()
    origin: HitOrigin = HitOrigin.AT_CHECK


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Headquarters' answer about a document that looked listed as stolen or lost: whether it is,
    by its own list of this version.
    """

    hit_id: str
    listed: bool
    list_version: int
