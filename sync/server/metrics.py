"""Figures for the monitoring of the central staff: how many, how old, how long; never who.

Prometheus text format, version 0.0.4. Counters are this process's own, which of several workers
answers is said by `process`, and begin at 0 with it, as Prometheus expects; gauges are read from
the ledger when asked.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from threading import Lock
from typing import Final

import sqlalchemy as sa

from sync.server import attachments, ledger

CONTENT_TYPE: Final = "text/plain; version=0.0.4"
_BOUNDS: Final = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0)


class Requests:
    """Counts requests by address and status, and how long they took. Any thread may count."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counted: Counter[tuple[str, int]] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0

    def count(self, path: str, status: int, seconds: float) -> None:
        with self._lock:
            self._counted[path, status] += 1
            self._seconds += seconds
            for bound in _BOUNDS:
                self._within[bound] += seconds <= bound

    def lines(self) -> Iterator[str]:
        with self._lock:
            counted, within, seconds = dict(self._counted), dict(self._within), self._seconds
        process = f'process="{os.getpid()}"'
        yield "# HELP checkpoint_requests_total Requests answered, by address and status."
        yield "# TYPE checkpoint_requests_total counter"
        for (path, status), count in sorted(counted.items()):
            named = f'path="{path}",status="{status}",{process}'
            yield f"checkpoint_requests_total{{{named}}} {count}"
        total = sum(counted.values())
        yield "# HELP checkpoint_request_seconds How long requests took."
        yield "# TYPE checkpoint_request_seconds histogram"
        for bound in _BOUNDS:
            count = within.get(bound, 0)
            yield f'checkpoint_request_seconds_bucket{{le="{bound}",{process}}} {count}'
        yield f'checkpoint_request_seconds_bucket{{le="+Inf",{process}}} {total}'
        yield f"checkpoint_request_seconds_sum{{{process}}} {seconds:.6f}"
        yield f"checkpoint_request_seconds_count{{{process}}} {total}"


def gauges(connection: sa.Connection, *, now: datetime) -> Iterator[str]:
    """What the ledger says at this moment."""
    workstation = ledger.workstation.c
    yield "# HELP checkpoint_workstations Workstations enrolled, by post."
    yield "# TYPE checkpoint_workstations gauge"
    posts = connection.execute(
        sa.select(
            workstation.post,
            sa.func.count().label("count"),
            sa.func.sum(workstation.waiting).label("waiting"),
            sa.func.max(workstation.last_contact).label("last"),
        )
        .group_by(workstation.post)
        .order_by(workstation.post)
    ).all()
    for row in posts:
        yield f'checkpoint_workstations{{post="{row.post}"}} {row.count}'
    yield "# HELP checkpoint_waiting_entries Entries left at workstations by their last contacts."
    yield "# TYPE checkpoint_waiting_entries gauge"
    for row in posts:
        yield f'checkpoint_waiting_entries{{post="{row.post}"}} {row.waiting or 0}'
    yield "# HELP checkpoint_silent_seconds Since any workstation of the post was heard."
    yield "# TYPE checkpoint_silent_seconds gauge"
    for row in posts:
        if row.last is not None:
            silent = (now - row.last).total_seconds()
            yield f'checkpoint_silent_seconds{{post="{row.post}"}} {silent:.0f}'
    for name, table, words in (
        ("alarms", ledger.alarm, "Forks, broken chains and copied disks."),
        ("quarantined_entries", ledger.quarantine, "Entries held that could not be interpreted."),
    ):
        count = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        yield f"# HELP checkpoint_{name} {words}"
        yield f"# TYPE checkpoint_{name} gauge"
        yield f"checkpoint_{name} {count}"
    whole, lacking, size = attachments.figures(connection)
    for name, value, words in (
        ("attachments_held", whole, "Attachments held whole."),
        ("attachments_lacking", lacking, "Attachments that entries name and that have not come."),
        ("attachment_bytes", size, "Bytes of attachments held."),
    ):
        yield f"# HELP checkpoint_{name} {words}"
        yield f"# TYPE checkpoint_{name} gauge"
        yield f"checkpoint_{name} {value}"
    held = connection.scalar(sa.select(sa.func.sum(ledger.journal.c.held))) or 0
    yield "# HELP checkpoint_entries_held Journal entries held."
    yield "# TYPE checkpoint_entries_held gauge"
    yield f"checkpoint_entries_held {held}"
