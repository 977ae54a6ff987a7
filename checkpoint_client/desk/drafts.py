"""Keeps what is half typed, sealed by its author's own key until he comes back."""

import os
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from checkpoint_client.journal.body import Unreadable, from_json, to_json
from checkpoint_client.store import Store

T = TypeVar("T")

_NONCE_BYTES = 12


class Drafts:
    """One officer's drafts. Nobody else's session can open them, nor an SQL query."""

    def __init__(self, store: Store, author: str, key: bytearray) -> None:
        self._store = store
        self._author = author
        self._cipher = AESGCM(key)

    def keep(self, kind: str, subject: str, draft: object) -> None:
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, to_json(draft), self._place(kind, subject))
        self._store.keep_draft(self._author, kind, subject, sealed)

    def kept(self, kind: str, subject: str, wanted: type[T]) -> T | None:
        """The draft, or None: also where it was kept under a slot the officer no longer has, or
        by an older version of the program in a form that does not fit.
        """
        sealed = self._store.draft(self._author, kind, subject)
        if sealed is None:
            return None
        nonce, box = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return from_json(wanted, self._cipher.decrypt(nonce, box, self._place(kind, subject)))
        except (InvalidTag, Unreadable):
            return None

    def forget(self, kind: str, subject: str) -> None:
        self._store.forget_draft(self._author, kind, subject)

    def _place(self, kind: str, subject: str) -> bytes:
        return "\x00".join((self._author, kind, subject)).encode()
