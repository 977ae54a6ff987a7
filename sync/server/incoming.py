"""What comes in over HTTP, read only as far as it may be long, and as slowly as a line may be."""

import asyncio
from collections.abc import Callable
from time import monotonic
from traceback import clear_frames
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from sync.protocol import MOST_COMPRESSED, Malformed, TooLarge
from sync.server.pressure import Pressure

MOST_IN_WORK: Final = 64 * 1024 * 1024
"""Bytes of all requests together that a process holds, as they came."""

AT_ONCE: Final = 8
"""Answers in work: more would wait for the database, and each may unpack to 64 MiB."""

STALL_SECONDS: Final = 30.0
PATIENCE_SECONDS: Final = 120.0
SLOWEST: Final = 1_000
"""Bytes a second, once the first two minutes are over: the slowest line brings twice as much."""


class TooSlow(Malformed):
    """It stopped on its way, or drips."""


class Busy(Exception):
    """All the room there is for requests is taken by others."""


async def body_of(request: Request, *, most: int = MOST_COMPRESSED) -> bytes:
    """The request's body, `most` bytes of it. Raises `TooLarge`, `TooSlow`, `Malformed`."""
    return await _read(request, most, lambda _size: None)


class Intake:
    """Reads bodies and has them answered, and keeps count of what that takes together."""

    def __init__(self, pressure: Pressure) -> None:
        self._pressure = pressure
        self._free = MOST_IN_WORK
        self._places = asyncio.Semaphore(AT_ONCE)

    async def answered(self, request: Request, answer: Callable[[bytes], bytes]) -> bytes:
        """What `answer` gives for the body, in a thread. Raises as `body_of`, and `Busy`."""
        held, body = 0, b""

        def count(size: int) -> None:
            nonlocal held
            if size > self._free:
                raise Busy("too much comes in at the same time: try again in a minute")
            self._free -= size
            held += size

        try:
            body = await _read(request, MOST_COMPRESSED, count)
            with self._pressure.one_more():
                async with self._places:
                    return await run_in_threadpool(_answered, answer, body)
        finally:
            self._free += held
            body = b""  # whatever is raised holds on to what stands here


def _answered(answer: Callable[[bytes], bytes], body: bytes) -> bytes:
    try:
        return answer(body)
    except Exception as error:
        _forget_values(error)
        raise


def _forget_values(error: BaseException | None) -> None:
    """An error holds on to all that was in hand where it arose: 64 MiB, unpacked, for a while."""
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


async def _read(request: Request, most: int, count: Callable[[int], None]) -> bytes:
    read = bytearray()
    portions = aiter(request.stream())
    began = monotonic()
    try:
        while True:
            left = began + PATIENCE_SECONDS + len(read) / SLOWEST - monotonic()
            async with asyncio.timeout(min(STALL_SECONDS, left)):
                portion = await anext(portions)
            count(len(portion))
            read += portion
            if len(read) > most:
                raise TooLarge(f"more than {most} bytes")
    except StopAsyncIteration:
        return bytes(read)
    except TimeoutError:
        raise TooSlow("the request came too slowly") from None
    except ClientDisconnect as gone:
        raise Malformed("cut before its end") from gone
