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

GRACE_SECONDS: Final = 3  # what is cut off is sent again

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


class CentreProcess(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(
        self, app: ASGIApp, on_ready: Callable[[], None], *, certificate: Path | None, key: Path
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
                ssl_certfile=certificate,
                ssl_keyfile=key if certificate else None,
            )
        )
        self._on_ready = on_ready
        self._ended = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    def repeat(self, job: Callable[[], object], *, seconds: float) -> None:
        """Do this now and every so often from a thread of its own; what fails is tried again."""
        threading.Thread(target=self._repeat, args=(job, seconds), daemon=True).start()

    def stop_when_input_ends(self) -> None:
        """End with the process that holds our standard input, however it dies."""
        threading.Thread(target=self._wait_for_end_of_input, daemon=True).start()

    def run_on(self, listener: socket.socket) -> None:
        """Serve until told to stop; being told (SIGTERM) is a good end."""
        signal.signal(signal.SIGTERM, _end_well)
        try:
            self.run(sockets=[listener])
        finally:
            self._ended.set()

    def _repeat(self, job: Callable[[], object], seconds: float) -> None:
        while not self._ended.wait(0):
            try:
                job()
            except Exception as error:  # the server serves on
                log.error("work beside the answers failed: %s", type(error).__qualname__)
            self._ended.wait(seconds)

    def _wait_for_end_of_input(self) -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        self.should_exit = True


def _end_well(_signal: int, _frame: FrameType | None) -> Never:
    sys.exit(0)
