"""Who may sign reference data: the first keys, and every change that the root holders agree to."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.server import publisher
from sync.server.keys import CentreFolder
from sync.server.roles import Parties, holder_of
from sync.server.shelf import Shelf

_HERE = "this centre"


def begin(folder: CentreFolder, shelf: Shelf, *, now: datetime) -> None:
    """A centre that works by itself: every key is made here and lies in its folder."""
    roots = [Ed25519PrivateKey.generate() for _ in range(3)]
    lists, releases, online = (Ed25519PrivateKey.generate() for _ in range(3))
    for key in (*roots, lists, releases, online):
        folder.keep_signing_key(key)
    parties = Parties(
        roots=tuple(holder_of(f"{_HERE} ({n})", key) for n, key in enumerate(roots, start=1)),
        lists=holder_of(_HERE, lists),
        releases=holder_of(_HERE, releases),
        online=holder_of(_HERE, online),
    )
    folder.drop_signing_keys(but=parties.everybody)  # of an attempt that failed
    publisher.prepare(shelf, parties, roots, online, now=now)
