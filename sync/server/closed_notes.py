"""Interview notes for supervisors only, as headquarters reads them: with the centre's own key."""

import json
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from checkpoint_client.journal import body as bodies
from checkpoint_client.records import Grant, Interview, InterviewText, word_of
from checkpoint_client.vault import roles
from checkpoint_client.vault.errors import CannotOpen
from sync.server import ledger


class ClosedNotes:
    """Puts the words in the place of the ciphertext; `still_closed` counts what did not open."""

    def __init__(self, connection: sa.Connection, key: X25519PrivateKey) -> None:
        self._private = key.private_bytes_raw()
        self._grants = _grants(connection)
        self.still_closed = 0

    def __call__(self, record: dict[str, Any]) -> None:
        """`record` as it is exported; `leaf` goes."""
        leaf: bytes = record.pop("leaf")
        if record["kind"] != word_of(Interview) or not record.get("record", {}).get("encrypted"):
            return
        text = self._opened(json.dumps(record["record"]).encode(), leaf)
        if text is None:
            self.still_closed += 1
            return
        record["record"] = json.loads(bodies.to_json(text.interview))
        if text.attachments:
            record["attachments"] = list(text.attachments)

    def _opened(self, packed: bytes, leaf: bytes) -> InterviewText | None:
        for for_centre in self._grants.get(leaf.hex(), ()):
            with suppress(CannotOpen, bodies.Unreadable):
                encrypted = bodies.from_json(Interview, packed).encrypted
                key = roles.content_key_at_centre(self._private, for_centre, leaf=leaf)
                return bodies.from_json(InterviewText, roles.open_notes(encrypted, key))
        return None


def _grants(connection: sa.Connection) -> dict[str, list[bytes]]:
    """What is sealed for the centre, by the leaf that it is about."""
    entry = ledger.entry.c
    found: dict[str, list[bytes]] = {}
    rows = connection.scalars(
        sa.select(entry.body).where(entry.kind == word_of(Grant), entry.body.is_not(None))
    )
    for row in rows:
        with suppress(bodies.Unreadable):
            body = bodies.decode(bytes(row))
            grant = bodies.from_json(Grant, bytes(body.record))
            for leaf in body.refers_to:
                found.setdefault(leaf, []).append(grant.for_centre)
    return found
