"""What we promised and what we measured, one row a promise.

Each `bench_*.py` beside this file has a function `rows() -> list[Row]`. A row answers the promise
whose `what` it repeats to the letter; whatever answers none is printed below as a further figure.
"""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure; `n` tells over how many runs, `met` is None where no limit was set."""

    what: str
    goal: str
    measured: str
    n: int
    met: bool | None


@dataclass(frozen=True, slots=True)
class Promise:
    what: str
    goal: str


COMMIT_RATIO = Promise("durable commit of a border check, against plain SQLite", "≤ 1.6 ×")
COMMIT_P99 = Promise("durable commit of a border check, p99", "≤ 10 ms")
POINT_READ = Promise("point read, against plain SQLite", "≤ 2.6 ×")
RANGE_READ = Promise("range read, against plain SQLite", "≤ 2.2 ×")
TEXT_READ = Promise("full-text read, against plain SQLite", "≤ 1.2 ×")
UNLOCK = Promise("unlock: Argon2id, open, first query", "≤ 0.6 s")
FINDINGS = Promise("document read to full findings, 1 M persons, 5 M documents, p99", "≤ 100 ms")
RECALL = Promise("screening a 100 k list: recall at ≤ 3 % of travellers flagged", "≥ 0.95")
SCREEN_P50 = Promise("screening a 1 M list, p50", "≤ 10 ms")
SCREEN_P99 = Promise("screening a 1 M list, p99", "≤ 100 ms")
SCREEN_MEMORY = Promise("screening a 1 M list, memory added", "≤ 150 MiB")
SCREEN_DELTA = Promise("1,000 alerts added to a 1 M list", "≤ 0.5 s")
DOCUMENTS_SIZE = Promise("100 M documents offline, bytes a document", "≤ 2.3")
DOCUMENTS_TIME = Promise("100 M documents offline, one look-up", "≤ 1 ms")
DOCUMENTS_ALARM = Promise("100 M documents offline, false alarms", "≤ 1 in 50,000")
PAYLOAD_100 = Promise("payload a crossing, 100 a batch", "≤ 155 bytes")
PAYLOAD_10 = Promise("payload a crossing, 10 a batch", "≤ 195 bytes")
SERVER_RATE = Promise("server on PostgreSQL, 100 a batch, one process", "≥ 10,000 entries/s")
NEIGHBOUR = Promise("neighbour's entry visible at second line, centre away", "≤ 2 s")
START = Promise("start to sign-in painted", "≤ 1.0 s")
MEMORY = Promise("memory, signed in", "≤ 150 MB")
UI_GAP = Promise("store call holding up the UI thread, longest", "≤ 50 ms")
KILLED = Promise("kill -9, 1,000 rounds: entries lost, doubled, files unreadable", "0, 0, 0")

PROMISES = (
    COMMIT_RATIO,
    COMMIT_P99,
    POINT_READ,
    RANGE_READ,
    TEXT_READ,
    UNLOCK,
    FINDINGS,
    RECALL,
    SCREEN_P50,
    SCREEN_P99,
    SCREEN_MEMORY,
    SCREEN_DELTA,
    DOCUMENTS_SIZE,
    DOCUMENTS_TIME,
    DOCUMENTS_ALARM,
    PAYLOAD_100,
    PAYLOAD_10,
    SERVER_RATE,
    NEIGHBOUR,
    START,
    MEMORY,
    UI_GAP,
    KILLED,
)


def table(rows: Sequence[Row]) -> str:
    """Every promise with its figures or "not measured", then the further figures; Markdown."""
    lines = ["| what | goal | measured | n | met |", "|---|---|---|---|---|"]
    for promise in PROMISES:
        answers = [row for row in rows if row.what == promise.what]
        if not answers:
            lines.append(f"| {promise.what} | {promise.goal} | not measured | | |")
        lines.extend(_line(row) for row in answers)
    promised = {promise.what for promise in PROMISES}
    lines.extend(_line(row) for row in rows if row.what not in promised)
    return "\n".join(lines)


def machine() -> str:
    """The processor, its cores and the Python that the figures belong to."""
    cpuinfo = Path("/proc/cpuinfo")
    models = [
        line.partition(":")[2].strip()
        for line in (cpuinfo.read_text().splitlines() if cpuinfo.exists() else [])
        if line.startswith("model name")
    ]
    model = models[0] if models else platform.processor() or platform.machine()
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _line(row: Row) -> str:
    met = {True: "yes", False: "NO", None: ""}[row.met]
    return f"| {row.what} | {row.goal} | {row.measured} | {row.n} | {met} |"
