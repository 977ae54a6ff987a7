"""Holds a process up at each of its calls to the disk, and ends it there or lets the call fail.

Below Python and below SQLite: what is held is the system call itself, of every thread, in one
order. Linux asks another process about it (seccomp's user notification); that one counts, notes
what is written where, and answers. `python -m tests.held_calls` tells whether this can be had here.
"""

import ctypes
import errno
import os
import platform
import select
import signal
import socket
import struct
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from fcntl import ioctl
from pathlib import Path
from threading import Thread
from typing import Final

NOWHERE: Final = "no system call of another process can be held up here"

_CALLS: Final = {
    1: "write",
    18: "pwrite",
    40: "sendfile",
    74: "fsync",
    75: "fdatasync",
    77: "ftruncate",
    82: "rename",
    83: "mkdir",
    84: "rmdir",
    87: "unlink",
    257: "open",
    263: "unlinkat",
    264: "renameat",
}
"""Numbers of x86-64. Of `open` only what makes or empties a file."""

_OPEN: Final = 257
_MACHINE: Final = 0xC000003E
_MAKES: Final = os.O_CREAT | os.O_TRUNC

_NOTICE: Final = struct.Struct("=QII iIQ6Q")
_REPLY: Final = struct.Struct("=QqiI")
_RECEIVE: Final = 3 << 30 | _NOTICE.size << 16 | ord("!") << 8
_SEND: Final = 3 << 30 | _REPLY.size << 16 | ord("!") << 8 | 1
_GO_ON: Final = 1
_ASK, _ALLOW = 0x7FC00000, 0x7FFF0000
_NO_NEW_PRIVILEGES, _SECCOMP, _SET_FILTER, _NEW_LISTENER = 38, 317, 1, 8
_LONGEST_PATH: Final = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One that is about to happen. `to`: the new name; `size`: what a file is cut to."""

    name: str
    path: str
    offset: int = 0
    data: bytes = b""
    to: str = ""
    size: int = 0
    empties: bool = False


class Answer(Enum):
    GO_ON = auto()
    END = auto()
    """`kill -9` instead of the call."""

    END_HALF_WAY = auto()
    """Half of what was to be written, then `kill -9`."""

    NO_ROOM = errno.ENOSPC
    DISK_FAILS = errno.EIO


Rule = Callable[[Call], Answer]


@dataclass
class Watch:
    """Asks `rule` about each call of one process, on a thread of its own."""

    rule: Rule
    _thread: Thread | None = None
    _failed: list[BaseException] = field(default_factory=list)

    def begin(self) -> socket.socket:
        """What the process is to hand its calls over by, see `hand_over`."""
        ours, theirs = socket.socketpair()
        self._thread = Thread(target=self._listen, args=(ours,), daemon=True)
        self._thread.start()
        return theirs

    def end(self) -> None:
        """Once the process has ended. Raises what its thread did."""
        assert self._thread
        self._thread.join()
        for error in self._failed:
            raise error

    def _listen(self, door: socket.socket) -> None:
        try:
            with door:
                _, [listener], _, _ = socket.recv_fds(door, 1, 1)
            with closing(os.fdopen(listener, "rb", buffering=0)):
                while notice := _next_notice(listener):
                    self._answer(listener, *notice)
        except BaseException as error:
            self._failed.append(error)

    def _answer(self, listener: int, id: int, thread: int, number: int, given: list[int]) -> None:
        try:
            call = _read(thread, number, given)
        except ProcessLookupError:
            return  # it was ended from elsewhere
        answer = self.rule(call)
        if answer is Answer.END_HALF_WAY:
            _write_half(call)
        if answer in (Answer.END, Answer.END_HALF_WAY):
            os.kill(_process_of(thread), signal.SIGKILL)
            return
        is_good = answer is Answer.GO_ON
        reply = (id, 0, 0, _GO_ON) if is_good else (id, 0, -int(answer.value), 0)
        with suppress(FileNotFoundError):
            ioctl(listener, _SEND, _REPLY.pack(*reply))


def hand_over(door: socket.socket) -> None:
    """From now on this process's calls to the disk are asked about at the other end of `door`."""
    listener = _listener()
    with door:
        socket.send_fds(door, [b"!"], [listener])
    os.close(listener)  # where nobody answers any more, the calls are to fail


def _listener() -> int:
    ret = struct.Struct("=HBBI")
    steps = [
        ret.pack(0x20, 0, 0, 4),  # the machine
        ret.pack(0x15, 1, 0, _MACHINE),
        ret.pack(0x06, 0, 0, _ALLOW),
        ret.pack(0x20, 0, 0, 0),  # the number
    ]
    for number in _CALLS:
        if number != _OPEN:
            steps += [ret.pack(0x15, 0, 1, number), ret.pack(0x06, 0, 0, _ASK)]
    steps += [
        ret.pack(0x15, 1, 0, _OPEN),
        ret.pack(0x06, 0, 0, _ALLOW),
        ret.pack(0x20, 0, 0, 32),  # how it is opened
        ret.pack(0x45, 1, 0, _MAKES),
        ret.pack(0x06, 0, 0, _ALLOW),
        ret.pack(0x06, 0, 0, _ASK),
    ]
    code = ctypes.create_string_buffer(b"".join(steps))
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    listener: int = library.syscall(_SECCOMP, _SET_FILTER, _NEW_LISTENER, program)
    if listener < 0:
        raise OSError(ctypes.get_errno(), NOWHERE)
    return listener


def _next_notice(listener: int) -> tuple[int, int, int, list[int]] | None:
    """Which, of which thread, the call's number and what it was given; None once all has ended."""
    while True:
        waiting = select.poll()
        waiting.register(listener, select.POLLIN)
        [(_, event)] = waiting.poll()
        if not event & select.POLLIN:
            return None
        notice = bytearray(_NOTICE.size)
        with suppress(FileNotFoundError):  # it was ended in between
            ioctl(listener, _RECEIVE, notice)
            id, thread, _flags, number, _machine, _at, *given = _NOTICE.unpack(notice)
            return id, thread, number, given


def _read(thread: int, number: int, given: list[int]) -> Call:
    """Raises `ProcessLookupError` if the thread is gone."""
    name = _CALLS[number].removesuffix("at")
    try:
        match name:
            case "write":
                path, offset = _file(thread, given[0])
                return Call(name=name, path=path, offset=offset, data=_bytes(thread, *given[1:3]))
            case "pwrite":
                path, _ = _file(thread, given[0])
                data = _bytes(thread, *given[1:3])
                return Call(name=name, path=path, offset=given[3], data=data)
            case "sendfile":
                path, offset = _file(thread, given[0])
                source, start = _file(thread, given[1])
                if given[2]:
                    [start] = struct.unpack("=q", _bytes(thread, given[2], 8))
                data = Path(source).read_bytes()[start : start + given[3]]
                return Call(name=name, path=path, offset=offset, data=data)
            case "ftruncate":
                return Call(name=name, path=_file(thread, given[0])[0], size=given[1])
            case "fsync" | "fdatasync":
                return Call(name=name, path=_file(thread, given[0])[0])
            case "open":
                empties = bool(given[2] & os.O_TRUNC)
                return Call(name=name, path=_path(thread, given[1]), empties=empties)
            case "rename":
                before, after = (given[1], given[3]) if "at" in _CALLS[number] else given[:2]
                return Call(name=name, path=_path(thread, before), to=_path(thread, after))
            case _:
                at = given[1] if "at" in _CALLS[number] else given[0]
                return Call(name=name, path=_path(thread, at))
    except FileNotFoundError as gone:
        raise ProcessLookupError from gone


def _file(thread: int, descriptor: int) -> tuple[str, int]:
    """Its path, and where the next byte goes."""
    path = os.readlink(f"/proc/{thread}/fd/{descriptor}")
    [line] = Path(f"/proc/{thread}/fdinfo/{descriptor}").read_text().splitlines()[:1]
    return path, int(line.split()[1])


def _bytes(thread: int, at: int, count: int) -> bytes:
    with open(f"/proc/{thread}/mem", "rb", buffering=0) as memory:
        memory.seek(at)
        return memory.read(count)


def _path(thread: int, at: int) -> str:
    """All paths here are whole ones: nobody opens a file beside a folder's descriptor."""
    page_ends = _LONGEST_PATH - at % _LONGEST_PATH
    found = _bytes(thread, at, page_ends)
    if b"\0" not in found:
        found += _bytes(thread, at + page_ends, _LONGEST_PATH)
    return os.path.abspath(os.fsdecode(found.partition(b"\0")[0]))


def _write_half(call: Call) -> None:
    if call.data and os.path.isfile(call.path):
        with open(call.path, "r+b") as file:
            file.seek(call.offset)
            file.write(call.data[: len(call.data) // 2])


def _process_of(thread: int) -> int:
    """A signal goes to all threads of it."""
    for line in Path(f"/proc/{thread}/status").read_text().splitlines():
        if line.startswith("Tgid:"):
            return int(line.split()[1])
    raise ProcessLookupError


# rules

Often = Callable[[str, int], bool]
"""Whether the n-th call of a kind counts, from 1."""


def never(_kind: str, _number: int) -> bool:
    return False


@dataclass
class EachOnce:
    """At the first call that was not met before, of those in `folders`, `answer`; else go on.

    A call is told by its name, its kind of file, and which time in its process it is. `often`: the
    times that count; `half_way`: those that count once more, when half is written.
    """

    folders: tuple[str, ...]
    answer: Answer
    often: Often
    half_way: Often = never
    on_answer: Callable[[], None] = lambda: None
    met: set[tuple[str, int]] = field(default_factory=set)
    _times: Counter[str] = field(default_factory=Counter)

    def anew(self) -> "EachOnce":
        """For the next process."""
        self._times.clear()
        return self

    def __call__(self, call: Call) -> Answer:
        if not call.path.startswith(self.folders):
            return Answer.GO_ON
        kind = f"{call.name} {kind_of(call.path, self.folders)}"
        self._times[kind] += 1
        number = self._times[kind]
        if self.often(kind, number) and (kind, number) not in self.met:
            self.met.add((kind, number))
            self.on_answer()
            return self.answer
        half = f"half of {kind}"
        if call.data and self.half_way(kind, number) and (half, number) not in self.met:
            self.met.add((half, number))
            return Answer.END_HALF_WAY
        return Answer.GO_ON


def kind_of(path: str, folders: tuple[str, ...]) -> str:
    """A path without what is drawn by chance in it: the first of `folders` has names of its own."""
    home = f"{folders[0]}/"
    inside = path.removeprefix(home)
    if inside != path and "/" not in inside:
        return inside
    place = Path(inside).parts[0] if inside != path else "elsewhere"
    return f"{place}/…{Path(path).suffix}"


def can_be_had() -> bool:
    """Whether calls can be held here. Only for a process that ends with the answer."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return False
    try:
        os.close(_listener())
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(0 if can_be_had() else 1)
