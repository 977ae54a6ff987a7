"""How many entries a second the server takes in on PostgreSQL, and how long each contact takes.

Everything is on this machine and shares its cores: database (fsync on), server, and workstations,
whose requests were signed before the clock starts. Each contact is unpacked, its chain and both
signatures are checked, every record is read, and the commit is on the disk before the answer. The
machine's load (of the last minute, ours included) stands in the row, and beside it what a core
would do that the server's processes had for themselves, by the processor time they took.
"""

import os
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
WORKERS = 2
GOAL = 10_000
_WHAT = "server on PostgreSQL"
BATCHES = {1: 100, 100: 50, 1_000: 8}
"""Entries a contact, and how many contacts each workstation makes."""


def rows() -> list[Row]:
    found = []
    with running_cluster() as cluster, TemporaryDirectory() as folder:
        for workers in (1, WORKERS):
            centre = set_up(Path(folder) / f"centre-{workers}", database=cluster.new_database())
            centre.wishes = ["--workers", str(workers), "--log", "faults"]
            with serving(centre):
                found += [_measure(centre, batch, workers) for batch in BATCHES]
    return found


def _measure(centre: RunningCentre, batch: int, workers: int) -> Row:
    booths = [_enrolled(centre) for _ in range(WORKSTATIONS)]
    requests = [_contacts(booth, batch) for booth in booths]
    took, start = _processor_seconds(centre), perf_counter()
    with ThreadPoolExecutor(WORKSTATIONS) as pool:
        times = list(pool.map(_send, [centre.url] * WORKSTATIONS, booths, requests))
    elapsed, took = perf_counter() - start, _processor_seconds(centre) - took
    contacts = BATCHES[batch] * WORKSTATIONS
    rate = contacts * batch / elapsed
    hundredths = quantiles([each * 1_000 for some in times for each in some], n=100)
    is_promise = (batch, workers) == (100, 1)
    who = "one process" if workers == 1 else f"{workers} workers"
    promise = SERVER_RATE if is_promise else Promise(f"{_WHAT}, {batch:,} a batch, {who}", "")
    return Row(
        what=promise.what,
        goal=promise.goal,
        measured=f"{rate:,.0f} entries/s, contact p50 {hundredths[49]:.0f}, p99"
        f" {hundredths[98]:.0f} ms, load {os.getloadavg()[0]:.1f};"
        f" {contacts * batch / took:,.0f} a second of processor",
        n=contacts,
        met=rate >= GOAL if is_promise else None,
    )


def _processor_seconds(centre: RunningCentre) -> float:
    """What the server's processes have taken so far."""
    assert centre.process is not None
    leader = centre.process.pid
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
    ticks = 0
    for process in (str(leader), *children):
        stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(stat[11]) + int(stat[12])
    return ticks / os.sysconf("SC_CLK_TCK")


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
