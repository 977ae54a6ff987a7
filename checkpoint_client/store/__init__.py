"""The encrypted files: the journal, the tables read from it, and the lists from headquarters."""

# First of all: joins SQLCipher to sqlite-utils before anybody can import sqlite-utils without it.
from checkpoint_client.store import engine as engine
from checkpoint_client.store.crossings import CrossingTold, Known
from checkpoint_client.store.engine import Unusable
from checkpoint_client.store.kept import Kept
from checkpoint_client.store.store import (
    BACKED_UP,
    COMPARED,
    CROSSINGS,
    PREVIEWED,
    RECEIVED,
    Author,
    Forerunner,
    Proof,
    Store,
    TablesDiffer,
)

__all__ = [
    "BACKED_UP",
    "COMPARED",
    "CROSSINGS",
    "PREVIEWED",
    "RECEIVED",
    "Author",
    "CrossingTold",
    "Forerunner",
    "Kept",
    "Known",
    "Proof",
    "Store",
    "TablesDiffer",
    "Unusable",
]
