"""A bad line between a workstation and the centre: slow, sliced, cut, half-open, replayed.

After the toxics of Toxiproxy. It forwards TCP and knows nothing of what passes.
"""

import asyncio
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

_AT_ONCE = 16 * 1024
_LINGER_AND_RESET = struct.pack("ii", 1, 0)


@dataclass
class Faults:
    """What is wrong with the line; may be changed between exchanges.

    `cut_up` and `cut_down`: after so many bytes of one connection towards the centre, or back, the
    connection is closed, with `resets` torn down. `silent`: everything is taken and nothing passed
    on, as behind a dead modem. `replays`: the centre gets every connection's bytes a second time,
    on a connection of its own, once the first has ended.
    """

    latency_s: float = 0.0
    bytes_per_s: float = 0.0
    slice_bytes: int = 0
    cut_up: int | None = None
    cut_down: int | None = None
    resets: bool = False
    silent: bool = False
    replays: bool = False


@dataclass
class Counted:
    """Bytes passed on, and connections made, since the start or the last `reset`."""

    up: int = 0
    down: int = 0
    connections: int = 0

    def reset(self) -> None:
        self.up = self.down = self.connections = 0


@dataclass
class FaultProxy:
    """Listens at `url`'s port and forwards to `port`."""

    port: int
    faults: Faults = field(default_factory=Faults)
    counted: Counted = field(default_factory=Counted)
    listens_on: int = 0
    _loop: asyncio.AbstractEventLoop | None = None
    _serving: "set[asyncio.Task[None]]" = field(default_factory=set)

    def hang_up(self) -> None:
        """End every connection there is; the faults are those of the next ones."""
        assert self._loop is not None
        for task in asyncio.all_tasks(self._loop):
            self._loop.call_soon_threadsafe(task.cancel)

    @contextmanager
    def running(self) -> Iterator["FaultProxy"]:
        loop = self._loop = asyncio.new_event_loop()
        server = loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.listens_on = server.sockets[0].getsockname()[1]
        thread = Thread(target=loop.run_forever, name="bad line")
        thread.start()
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(server.close)
            self.hang_up()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.run_until_complete(_cancelled(loop))
            loop.close()

    async def _serve(self, ours: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self.counted.connections += 1
        self._keep(asyncio.current_task())
        sent = bytearray()
        with suppress(OSError, asyncio.CancelledError):  # cancelled when the test is over
            await self._connect(ours, back, sent)
            if self.faults.replays:
                await self._replay(bytes(sent))
        back.close()

    def _keep(self, task: "asyncio.Task[None] | None") -> None:
        """The loop itself holds no task: one that waits for a silent socket would be collected."""
        assert task is not None
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _connect(
        self, ours: asyncio.StreamReader, back: asyncio.StreamWriter, sent: bytearray
    ) -> None:
        if self.faults.silent:
            while await ours.read(_AT_ONCE):
                pass
            back.close()
            return
        theirs, forth = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            await self._exchange(ours, back, theirs, forth, sent)
        finally:
            await _closed(back, forth)

    async def _exchange(
        self,
        ours: asyncio.StreamReader,
        back: asyncio.StreamWriter,
        theirs: asyncio.StreamReader,
        forth: asyncio.StreamWriter,
        sent: bytearray,
    ) -> None:
        up = asyncio.ensure_future(self._pass_on(ours, forth, self.faults.cut_up, "up", sent))
        down = asyncio.ensure_future(self._pass_on(theirs, back, self.faults.cut_down, "down"))
        done, going_on = await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        if any(each.result() for each in done):  # cut: nothing more passes either way
            for each in going_on:
                each.cancel()
            if self.faults.resets:
                _will_reset(back)
                _will_reset(forth)
            return
        if going_on:  # not where both ended together
            await asyncio.wait(going_on)

    async def _pass_on(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        cut: int | None,
        way: str,
        kept: bytearray | None = None,
    ) -> bool:
        """Whether the line was cut; False when the source had no more to say."""
        passed = 0
        with suppress(ConnectionError):
            while data := await source.read(self.faults.slice_bytes or _AT_ONCE):
                if self.faults.latency_s:
                    await asyncio.sleep(self.faults.latency_s)
                if self.faults.bytes_per_s:
                    await asyncio.sleep(len(data) / self.faults.bytes_per_s)
                allowed = data if cut is None else data[: cut - passed]
                target.write(allowed)
                await target.drain()
                passed += len(allowed)
                setattr(self.counted, way, getattr(self.counted, way) + len(allowed))
                if kept is not None:
                    kept += allowed
                if cut is not None and passed >= cut:
                    return True
        with suppress(OSError):
            if target.can_write_eof():
                target.write_eof()
        return False

    async def _replay(self, sent: bytes) -> None:
        theirs, forth = await asyncio.open_connection("127.0.0.1", self.port)
        forth.write(sent)
        forth.write_eof()
        while await theirs.read(_AT_ONCE):
            pass
        await _closed(forth)


def _will_reset(writer: asyncio.StreamWriter) -> None:
    ended: socket.socket = writer.get_extra_info("socket")
    ended.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_AND_RESET)


async def _closed(*writers: asyncio.StreamWriter) -> None:
    for writer in writers:
        writer.close()
    for writer in writers:
        with suppress(OSError):
            await writer.wait_closed()


async def _cancelled(loop: asyncio.AbstractEventLoop) -> None:
    left = [each for each in asyncio.all_tasks(loop) if each is not asyncio.current_task()]
    for each in left:
        each.cancel()
    await asyncio.gather(*left, return_exceptions=True)
