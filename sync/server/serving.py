"""Runs the centre's application until it is told to stop."""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from types import FrameType
from typing import Final, Never

import uvicorn
from starlette.types import ASGIApp

from sync.server import logs
from sync.server.door import HEAD_BYTES, Door

GRACE_SECONDS: Final = 10
"""For what is in work when the server is told to end; what is cut off is sent again."""

log = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """Take the address now, so that a port that is in use is told at once. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay off (40 ms an answer) only where the protocol is said.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def when_input_ends(act: Callable[[], None]) -> None:
    """Do this when the process that holds our standard input closes it, or dies."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        act()

    threading.Thread(target=wait, daemon=True).start()


class Chores:
    """Work beside the answers, each in a thread of its own; what fails is tried again."""

    def __init__(self) -> None:
        self._ended = threading.Event()

    def repeat(self, job: Callable[[], object], *, seconds: float) -> None:
        """Do this now and every so often."""
        threading.Thread(target=self._repeat, args=(job, seconds), daemon=True).start()

    def close(self) -> None:
        self._ended.set()

    def _repeat(self, job: Callable[[], object], seconds: float) -> None:
        while not self._ended.wait(0):
            try:
                job()
            except Exception as error:  # the server serves on
                logs.write(log, logging.ERROR, "chore-failed", error=error)
            self._ended.wait(seconds)


class CentreProcess(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, app: ASGIApp, *, certificate: Path | None, key: Path) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=Door,
                ws="none",
                h11_max_incomplete_event_size=HEAD_BYTES,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
                ssl_certfile=certificate,
                ssl_keyfile=key if certificate else None,
            )
        )
        self._on_ready: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let nobody in, finish what is in work; leave when its time is over, come what may."""
        await super().shutdown(sockets)
        if cut_off := self.server_state.tasks:
            # Their threads may wait for the database and cannot be called back; it takes back
            # what they began.
            logs.write(log, logging.ERROR, "cut-off", requests=len(cut_off))
            os._exit(0)

    def stop_when_input_ends(self) -> None:
        """End with the process that holds our standard input, however it dies."""
        when_input_ends(self._stop)

    def run_on(self, listener: socket.socket, on_ready: Callable[[], None]) -> None:
        """Serve until told to stop; being told (SIGTERM, Ctrl+C) is a good end."""
        self._on_ready = on_ready
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, _end_well)
        self.run(sockets=[listener])

    def _stop(self) -> None:
        self.should_exit = True


def _end_well(_signal: int, _frame: FrameType | None) -> Never:
    sys.exit(0)
