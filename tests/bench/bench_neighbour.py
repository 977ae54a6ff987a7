"""How soon what is decided at one PC of a post is on the others' desks while the centre is away.

Three programs, two exchanges and this one are processes that share this machine's cores. A referral
is committed at the booth (check and referral), pushed to both exchanges, fetched, proved and
committed at second line, and found by the desk there; the outcome goes the same way back.
"""

import os
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tests.bench import NEIGHBOUR, Row
from tests.programs import WholePost, new_traveller, whole_post

REFERRALS = 200
GOAL_SECONDS = 2.0


def rows() -> list[Row]:
    load = os.getloadavg()[0]
    with TemporaryDirectory() as folder, whole_post(Path(folder)) as post:
        _there_and_back(post)  # the connections are made
        times = [_there_and_back(post) for _ in range(REFERRALS)]
    there, back = ([each[way] for each in times] for way in (0, 1))
    busy = f"load {load:.1f} before"
    return [
        _row(NEIGHBOUR.what, there, f"real processes, {busy}"),
        _row("second line's outcome back at the booth, centre away", back, busy),
    ]


def _row(what: str, times: list[float], how: str) -> Row:
    hundredths = quantiles(times, n=100)
    p50, p99 = hundredths[49], hundredths[98]
    return Row(
        what=what,
        goal=NEIGHBOUR.goal,
        measured=f"p50 {p50 * 1_000:.0f} ms, p99 {p99 * 1_000:.0f} ms ({how})",
        n=len(times),
        met=p99 <= GOAL_SECONDS,
    )


def _there_and_back(post: WholePost) -> tuple[float, float]:
    """Seconds from before the decision to the neighbour's desk, each way."""
    referred, check = post.booth.timed("refer", *new_traveller())
    seen, _ = post.second_line.timed("who waits", until=check)
    decided, _ = post.second_line.timed("decide", check, "ADMIT")
    known, _ = post.booth.timed("results", until=[check, "ADMIT"])
    return seen - referred, known - decided
