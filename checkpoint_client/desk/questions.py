"""Neutral questions: what a discreet check wants to know, asked so that they tell nothing.

Information is to be collected within routine work, and the person must in no way learn of the
alert (Regulation (EU) 2018/1862, Article 37). So the same questions also come up for a share of
travellers of whom nothing is known, drawn by lot, and why they were asked is not recorded.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from checkpoint_client.records import CheckDraft
from checkpoint_client.records.drafts import date_so_far
from checkpoint_client.watchlist import AlertAction, Match

QUESTIONS: Final = frozenset({"purpose", "destination", "companions"})
"""Fields of a check that take the answers; the route is asked of everybody who comes by road."""

_COLLECTING: Final = frozenset({AlertAction.DO_NOT_ALERT_COLLECT, AlertAction.INTERVIEW_COLLECT})
_ALL: Final = 1 << 64


class Lot:
    """Draws whom to ask. A draw stands for a week: reading a document again tells nothing.

    Who does not know `key` cannot tell a traveller drawn from one with an alert.
    """

    def __init__(self, key: bytes | bytearray, percent: int) -> None:
        """`key`: at least 32 secret bytes, of which only a derived key is kept."""
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"checkpoint/lot/1")
        self._key = derive.derive(key)
        self._below = _ALL * percent // 100

    def falls_on(self, draft: CheckDraft, day: date) -> bool:
        drawn = hmac.digest(self._key, f"{day:%G-%V} {_person(draft)}".encode(), hashlib.sha256)
        return int.from_bytes(drawn[:8], "big") < self._below


def questions_for(
    draft: CheckDraft, matches: Iterable[Match], lot: Lot, day: date
) -> frozenset[str]:
    """The fields to ask for, or none; whether by lot or for an alert cannot be seen."""
    drawn = lot.falls_on(draft, day)  # always, so that an alert saves no time
    wanted = any([match.alert.action in _COLLECTING for match in matches])
    return QUESTIONS if drawn or wanted else frozenset()


def _person(draft: CheckDraft) -> str:
    """By the first document; without one by name and birth date."""
    for document in draft.documents_shown():
        return f"{document.issuing_state} {document.number}".strip().upper()
    names = f"{draft.primary_identifier} {draft.secondary_identifier}".upper()
    return f"{' '.join(names.split())} {date_so_far(draft.birth_date)}"
