"""What a way to the centre offers, and why there may be none at the moment."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from sync.protocol import (
    AttachmentPart,
    AttachmentReply,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
)


class Reason(StrEnum):
    """Why a contact did not happen. Codes for the status line and the log."""

    NO_LINE = "no-line"
    NO_ANSWER = "no-answer"
    CUT = "cut"
    PROXY = "proxy"
    WRONG_CERTIFICATE = "wrong-certificate"
    NOT_OUR_SERVER = "not-our-server"
    UNKNOWN_HERE = "unknown-here"
    REFUSED = "refused"
    TOO_LARGE = "too-large"
    CENTRE_FULL = "centre-full"
    SERVER_FAULT = "server-fault"


class Unreachable(Exception):
    """No signed answer of ours came back: normal life, try again later."""

    def __init__(self, reason: Reason, words: str = "", *, retry_after: int = 0) -> None:
        """`retry_after`: in how many seconds whoever answered would rather be asked again."""
        super().__init__(f"{reason}: {words}" if words else str(reason))
        self.reason = reason
        self.words = words
        self.retry_after = retry_after


class Link(Protocol):
    """A way to the centre. Every method raises `Unreachable`."""

    def contact(self, contact: Contact, /) -> ContactReply: ...

    def deliver(self, delivery: BundleDelivery, /) -> BundleReply: ...

    def attach(self, part: AttachmentPart, /) -> AttachmentReply: ...

    def fetch(self, path: str, start: int, /) -> Iterator[bytes]:
        """A file of reference data from byte `start` on."""
        ...
