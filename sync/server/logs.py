"""The server's log: one JSON object a line, which says what happened and never of whom.

Only numbers, codes and the ids of workstations get in. The text of an error stays out, since a
database quotes the failing row in it, and so does what a library has formatted; where it happened
is told instead.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from time import monotonic
from traceback import extract_tb
from typing import Final

Fact = str | int | None


class Wanted(StrEnum):
    """How much is logged: every answer, or only what went wrong."""

    ALL = "all"
    FAULTS = "faults"


_OURS: Final = "sync"
_SAYS_NOTHING_OF_ANYBODY: Final = "uvicorn"
_MOST_PLACES: Final = 12

_facts: ContextVar[dict[str, Fact] | None] = ContextVar("facts", default=None)


def begin(wanted: Wanted) -> None:
    """Write to standard error from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.captureWarnings(True)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(logging.INFO if wanted is Wanted.ALL else logging.WARNING)


def write(
    log: logging.Logger,
    level: int,
    event: str,
    noted: Mapping[str, Fact] | None = None,
    *,
    error: Exception | None = None,
    **facts: Fact,
) -> None:
    """One line. Facts are numbers, codes and ids, never what people wrote."""
    told = {name: each for name, each in {**(noted or {}), **facts}.items() if each is not None}
    log.log(level, event, extra={"facts": told}, exc_info=error)


@contextmanager
def request() -> Iterator[dict[str, Fact]]:
    """Collects what is noted while one request is in work, in its thread too."""
    facts: dict[str, Fact] = {}
    before = _facts.set(facts)
    try:
        yield facts
    finally:
        _facts.reset(before)


def note(**facts: Fact) -> None:
    """For the line of the request in work: whose it is, once that is proved, and how it ended."""
    noted = _facts.get()
    if noted is not None:
        noted |= facts


def milliseconds_since(began: float) -> int:
    return round((monotonic() - began) * 1_000)


class Lines(logging.Formatter):
    """Formats a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            **_said(record),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = type(error).__qualname__
            line["place"] = _place(error)
        return json.dumps(line | {"process": os.getpid()}, ensure_ascii=False)


def _said(record: logging.LogRecord) -> dict[str, object]:
    facts = getattr(record, "facts", None)
    if facts is not None:
        return {"event": record.msg, **facts}
    if record.name.partition(".")[0] == _OURS:
        return {"event": "said", "words": record.getMessage()}
    # What others have to say may hold anything: only how they say it, without the values.
    words = record.msg if record.name.startswith(_SAYS_NOTHING_OF_ANYBODY) else None
    return {"event": "library", "library": record.name, "words": words}


def _place(error: BaseException) -> list[str]:
    """Innermost first."""
    frames = reversed(extract_tb(error.__traceback__))
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in list(frames)[:_MOST_PLACES]
    ]
