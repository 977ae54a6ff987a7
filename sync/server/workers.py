"""Several processes that answer at one port. They share nothing but the database and the folder.

The one that leads them listens, starts them, and puts another in the place of one that died. A
worker is a `serve` of its own that lives by its standard input: it ends, well, when the leader
closes it, and also when the leader is killed.
"""

import logging
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from threading import Event
from types import FrameType
from typing import Final

from sync.server import logs
from sync.server.command import Refused
from sync.server.serving import GRACE_SECONDS, when_input_ends

MOST_WORKERS: Final = 64
READY: Final = "ready"
CAN_SHARE_A_PORT: Final = sys.platform != "win32"

_LOOK_SECONDS: Final = 1.0
_FAREWELL_SECONDS: Final = GRACE_SECONDS + 5

log = logging.getLogger(__name__)


class Workers:
    """`wishes` are the words after `serve` that every worker gets."""

    def __init__(self, wishes: Sequence[str], listener: socket.socket, *, count: int) -> None:
        self._command = [
            *(sys.executable, "-m", "sync.server.main", "serve", *wishes),
            *("--until-closed", "--worker", str(listener.fileno())),
        ]
        self._listener = listener
        self._count = count
        self._told = Event()
        self._crew: list[subprocess.Popen[str]] = []

    def stop_when_input_ends(self) -> None:
        when_input_ends(self._told.set)

    def run(self, on_ready: Callable[[], None]) -> None:
        """Serve until told to stop; being told is a good end. Raises `Refused`."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        try:
            self._crew = [self._hire() for _ in range(self._count)]
            if not all(_is_ready(worker) for worker in self._crew):
                raise Refused("A worker did not start: what it said stands above.")
            on_ready()
            while not self._told.wait(_LOOK_SECONDS):
                self._crew = [self._present(worker) for worker in self._crew]
        finally:
            self._dismiss()

    def _hire(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S603  our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=[self._listener.fileno()],
            start_new_session=True,  # Ctrl+C is for the leader, who tells the others
        )

    def _present(self, worker: "subprocess.Popen[str]") -> "subprocess.Popen[str]":
        """The worker, or another one in the place of one that died."""
        if worker.poll() is None:
            return worker
        logs.write(log, logging.ERROR, "worker-died", status=worker.returncode)
        _let_go(worker)
        return self._hire()

    def _dismiss(self) -> None:
        """Nobody is let in any more, and everybody may finish what he has in hand."""
        self._listener.close()
        for worker in self._crew:
            if worker.stdin:
                worker.stdin.close()
        for worker in self._crew:
            try:
                worker.wait(_FAREWELL_SECONDS)
            except subprocess.TimeoutExpired:
                worker.kill()
            _let_go(worker)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._told.set()


def _is_ready(worker: "subprocess.Popen[str]") -> bool:
    return worker.stdout is not None and worker.stdout.readline().strip() == READY


def _let_go(worker: "subprocess.Popen[str]") -> None:
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            pipe.close()
