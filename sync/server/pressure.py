"""When workstations are asked to come less often: where many wait here, or the staff wish it.

Whoever has something urgent comes all the same. `calm` is for the hour after a long outage, for
work on the database, for a line that others need.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

import msgspec

from checkpoint_client.records.decoders import json_decoder
from sync.protocol import MOST_RETRY_SECONDS
from sync.server.command import Parser, Refused, add_data, at_minute, now
from sync.server.keys import CentreFolder, write_private

CROWD: Final = 40
"""Requests in work in one process; up to there nobody waits longer than a second or so."""

EACH_SECONDS: Final = 0.1
"""Asked of everybody for each in work: whoever heeds it comes ten a second."""

BUSY_SECONDS: Final = 60
"""For whoever could not even be let in."""

_LOOK_SECONDS: Final = 5.0


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """The staff's: each workstation comes every so many seconds at most, until then."""

    seconds: int
    until: datetime


class Pressure:
    """How many requests this process has in work, and what their senders are asked."""

    def __init__(self, wish: Path) -> None:
        """`wish`: where `calm` leaves the staff's."""
        self._wish = wish
        self._in_work = 0
        self._looked_at = -_LOOK_SECONDS
        self._wished: Wish | None = None

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Of one thread only: the one that lets requests in."""
        self._in_work += 1
        try:
            yield
        finally:
            self._in_work -= 1

    def retry_after(self) -> int:
        """Seconds, 0 for as it pleases."""
        crowd = round(self._in_work * EACH_SECONDS) if self._in_work > CROWD else 0
        return min(max(crowd, self._wished_seconds()), MOST_RETRY_SECONDS)

    def _wished_seconds(self) -> int:
        if monotonic() - self._looked_at >= _LOOK_SECONDS:
            self._looked_at = monotonic()
            self._wished = _read(self._wish)
        return self._wished.seconds if self._wished and self._wished.until > now() else 0


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    what = "Ask all workstations to come less often for some hours."
    parser = commands.add_parser(
        "calm",
        help=what,
        description=what,
        epilog="They hear of it at their next contact. Hits, refusals and an officer's own wish"
        " come all the same, and nothing is lost: what waits only waits longer. It ends by itself."
        " Several servers with folders of their own are told one by one.",
    )
    add_data(parser)
    parser.set_defaults(command=calm)
    parser.add_argument(
        "--seconds", type=int, metavar="N", help=f"between two contacts, {MOST_RETRY_SECONDS} most"
    )
    parser.add_argument("--hours", type=float, default=2.0, metavar="N", help="2 unless told")
    parser.add_argument("--off", action="store_true", help="end it now")


def calm(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    folder.deployment()
    if given.off:
        folder.calm.unlink(missing_ok=True)
        print("Workstations come as often as usual.")
        return
    if given.seconds is None or not 1 <= given.seconds <= MOST_RETRY_SECONDS:
        raise Refused(f"Say --seconds N, from 1 to {MOST_RETRY_SECONDS}; or --off.")
    if not 0 < given.hours <= 48:
        raise Refused("Say --hours N, 48 at most: nobody remembers it longer.")
    until = now() + timedelta(hours=given.hours)
    write_private(folder.calm, msgspec.json.encode(Wish(seconds=given.seconds, until=until)))
    print(f"Until {at_minute(until)} workstations are asked to come every {given.seconds} s.")


def _read(path: Path) -> Wish | None:
    """None where there is no wish, or none that can be read: then nobody is asked to wait."""
    try:
        return json_decoder(Wish).decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None
