"""The encrypted files: the journal, the tables read from it, and the lists from headquarters."""

# First of all: joins SQLCipher to sqlite-utils before anybody can import sqlite-utils without it.
from checkpoint_client.store import engine as engine
from checkpoint_client.store.attachments import AttachmentFiles, KeptAttachment, NotHere
from checkpoint_client.store.crossings import CrossingTold, Known
from checkpoint_client.store.engine import Unusable
from checkpoint_client.store.kept import Kept
from checkpoint_client.store.store import (
    BACKED_UP,
    COMPARED,
    CROSSINGS,
    CROSSINGS_OF,
    CROSSINGS_TOLD,
    PREVIEWED,
    RECEIVED,
    Author,
    Forerunner,
    Proof,
    Store,
    TablesDiffer,
    mark_of,
)

__all__ = [
    "BACKED_UP",
    "COMPARED",
    "CROSSINGS",
    "CROSSINGS_OF",
    "CROSSINGS_TOLD",
    "PREVIEWED",
    "RECEIVED",
    "AttachmentFiles",
    "Author",
    "CrossingTold",
    "Forerunner",
    "Kept",
    "KeptAttachment",
    "Known",
    "NotHere",
    "Proof",
    "Store",
    "TablesDiffer",
    "Unusable",
    "mark_of",
]
