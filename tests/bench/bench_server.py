"""How many entries a second one server process takes in on PostgreSQL, and how long each takes.

Everything is on this machine and shares its cores: database (fsync on), server, and workstations,
whose requests were signed before the clock starts. Each contact is unpacked, its chain and both
signatures are checked, every record is read, and the commit is on the disk before the answer.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit

from sync.protocol import CONTACT_PATH, CONTENT_TYPE, ContactReply, Outgoing, Verdict
from tests.bench import SERVER_RATE, Promise, Row
from tests.booth import Booth, Line, check
from tests.centre import RunningCentre, running_cluster, serving, set_up

WORKSTATIONS = 4
GOAL = 10_000
BATCHES = {1: 100, 100: 50, 1_000: 8}
"""Entries a contact, and how many contacts each workstation makes."""


def rows() -> list[Row]:
    with running_cluster() as cluster, TemporaryDirectory() as folder:
        centre = set_up(Path(folder) / "centre", database=cluster.new_database())
        with serving(centre):
            return [row for batch in BATCHES for row in _measure(centre, batch)]


def _measure(centre: RunningCentre, batch: int) -> list[Row]:
    booths = [_enrolled(centre) for _ in range(WORKSTATIONS)]
    requests = [_contacts(booth, batch) for booth in booths]
    start = perf_counter()
    with ThreadPoolExecutor(WORKSTATIONS) as pool:
        times = list(pool.map(_send, [centre.url] * WORKSTATIONS, booths, requests))
    elapsed = perf_counter() - start
    contacts = BATCHES[batch] * WORKSTATIONS
    rate = contacts * batch / elapsed
    slowest = quantiles([each for some in times for each in some], n=100)[98] * 1_000
    is_promise = batch == 100
    what = f"server on PostgreSQL, {batch:,} a batch, one process"
    promise = SERVER_RATE if is_promise else Promise(what, "")
    return [
        Row(
            what=promise.what,
            goal=promise.goal,
            measured=f"{rate:,.0f} entries/s, contact p99 {slowest:.0f} ms",
            n=contacts,
            met=rate >= GOAL if is_promise else None,
        )
    ]


def _enrolled(centre: RunningCentre) -> Booth:
    booth = Booth(centre.provisioning())
    Line(booth, centre.url).enrol()
    return booth


def _contacts(booth: Booth, batch: int) -> list[Outgoing]:
    """All contacts at once: the ratchet presented last stays good."""
    count = BATCHES[batch]
    booth.write(*(check(f"TRAVELLER {number}") for number in range(count * batch)))
    return [
        booth.signed(booth.contact(held=number * batch, most=batch, counter=number + 1))
        for number in range(count)
    ]


def _send(url: str, booth: Booth, requests: Sequence[Outgoing]) -> list[float]:
    """Seconds each contact took."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    times = []
    for request in requests:
        start = perf_counter()
        connection.request("POST", CONTACT_PATH, request.body, {"content-type": CONTENT_TYPE})
        answer = connection.getresponse().read()
        times.append(perf_counter() - start)
    connection.close()
    last = booth.read(requests[-1], answer, ContactReply)
    if (last.verdict, last.held) != (Verdict.HELD, len(booth.journal)):
        raise AssertionError(f"{last.verdict} {last.held}: not everything was taken")
    return times
