"""Watch-lists: who is sought, and whether the traveller at the counter may be that person."""

from checkpoint_client.watchlist.alerts import (
    Alert,
    AlertAction,
    AlertCategory,
    Caution,
    Level,
    Match,
    MatchKind,
    Reason,
    Skipped,
    Traveller,
    Visibility,
)
from checkpoint_client.watchlist.fold import fold
from checkpoint_client.watchlist.index import Index
from checkpoint_client.watchlist.screening import screen

__all__ = [
    "Alert",
    "AlertAction",
    "AlertCategory",
    "Caution",
    "Index",
    "Level",
    "Match",
    "MatchKind",
    "Reason",
    "Skipped",
    "Traveller",
    "Visibility",
    "fold",
    "screen",
]
