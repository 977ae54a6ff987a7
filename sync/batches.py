"""How much one contact carries: what the line takes in a few seconds, learnt from the line itself.

Kept in memory only: tomorrow's line is another one.
"""

from collections.abc import Sequence
from typing import Final

from sync.link import Reason
from sync.protocol import WireEntry

AIM_SECONDS: Final = 20.0
FIRST_BYTES: Final = 256 * 1024
"""Of bodies before they are packed, to about a tenth."""

MOST_BYTES: Final = 1024 * 1024
LEAST_BYTES: Final = 1
"""A batch holds one entry at least, however long."""

_GROWTH = 1.5
_TOO_MUCH = (Reason.TOO_LARGE, Reason.NO_ANSWER, Reason.CUT)


class Batches:
    """The size of the next batch, in bytes of bodies, as the last ones fared."""

    def __init__(self) -> None:
        self.most_bytes = FIRST_BYTES

    def passed(self, entries: Sequence[WireEntry], seconds: float) -> None:
        """A contact with these came through and was answered after so long."""
        carried = _bytes_of(entries)
        if 2 * carried < self.most_bytes:
            return  # a small one tells how far away the centre is, not how wide the line
        in_time = carried * AIM_SECONDS / max(seconds, 0.001)
        self.most_bytes = _within(min(self.most_bytes * _GROWTH, in_time))

    def failed(self, entries: Sequence[WireEntry], reason: Reason) -> bool:
        """A contact with these did not; whether a smaller one, at once, could fare better."""
        if reason not in _TOO_MUCH or not entries:
            return False
        self.most_bytes = _within(min(self.most_bytes, _bytes_of(entries)) / 2)
        # Only where the server itself was there to say so: a dead line is not asked again at once.
        return reason is Reason.TOO_LARGE and len(entries) > 1


def _bytes_of(entries: Sequence[WireEntry]) -> int:
    return sum(len(each.body or b"") for each in entries)


def _within(wished: float) -> int:
    return int(max(LEAST_BYTES, min(wished, MOST_BYTES)))
