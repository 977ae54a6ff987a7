"""Ends a process at a chosen step of its work with disk, database and line, or gives it no room.

A step is a call that leaves the process: a write, fsync or rename, a statement of SQL and its
COMMIT, what is sent and received; it has a moment before, a moment after and, where something is
written, one half-way. Nothing of the product is changed for it: the calls are wrapped in the
process that is to end, and only those count that the product makes.

`python -m tests.failpoints` starts such processes in a moment, each a fork of one that has
imported everything; `Starter` speaks with it.
"""

import builtins
import errno
import importlib
import io
import os
import re
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import IO, Any, Final, NoReturn, cast

import msgspec
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.engine.default import DefaultDialect

from tests.held_calls import Watch, hand_over

ROOT: Final = Path(__file__).resolve().parents[1]
PRODUCT: Final = tuple(f"{ROOT / name}{os.sep}" for name in ("checkpoint_client", "sync", "ui"))
DEEPEST: Final = 4
"""So many functions of the product tell one place from another, unless the plan says fewer."""

_SQL = re.compile(
    r"\s*(commit|begin|savepoint|release|rollback|insert|update|delete|create|drop|alter"
    r"|pragma wal)"
)
_INSIDE = frozenset(
    {"SAVEPOINT", "RELEASE", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER"}
)
"""Of these nothing is on the disk before COMMIT, so the roughest plan takes them all together."""

_COMMITS_DEEP: Final = 3

UNSYNCED: Final = "RENAMED BEFORE FSYNC"
"""What a file's line in the trace begins with, if its bytes were not on the disk by then."""

_WRITING = frozenset("wax+")


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to happen. Without anything the steps are only counted.

    `ends_at`: a step's name and which time. `ends_at_new`: at the first step that is not among
    these. `full_at_new`: the disk has no room from each step on that is not among these, until
    somebody makes some. `trace`: where the steps go that were met, one a line, when the process
    ends by itself. `deep`: how many functions name a place. `failed`: a file that lies there while
    a system call has failed and nobody was told, see `tests.held_calls`.
    """

    ends_at: tuple[str, int] | None = None
    ends_at_new: frozenset[str] | None = None
    full_at_new: frozenset[str] | None = None
    trace: str = ""
    deep: int = DEEPEST
    failed: str = ""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """`call` is MODULE:FUNCTION, which takes the arguments; its status is the process's."""

    call: str
    arguments: list[str]
    plan: Plan = Plan()
    temporary: str = ""


class Steps:
    """The steps of this process, and what the plan has for them."""

    def __init__(self, plan: Plan, met: Callable[[str], None]) -> None:
        self._plan = plan
        self._met = met
        self._times: Counter[str] = Counter()
        self._unsynced: set[str] = set()
        self._full = set(plan.full_at_new or ())
        self.is_full = self.was_full = False

    def step(self, call: str, moment: str, half: Callable[[], object] | None = None) -> None:
        # Between two commits of one act lies what doubles or loses: those are always told apart.
        place = _place(max(self._plan.deep, _COMMITS_DEEP if call == "COMMIT" else 0))
        if not place:
            return
        if self._plan.deep == 1 and call in _INSIDE:
            call = place = "a transaction"
        name = f"{moment} {call} in {place}"
        self._times[name] += 1
        self._met(name)
        plan, this = self._plan, (name, self._times[name])
        is_new = plan.ends_at_new is not None and name not in plan.ends_at_new
        if this == plan.ends_at or is_new:
            if half:
                half()
            _end(name)

    def room(self, call: str) -> None:
        """Raise what the system would where the disk has no room for it."""
        if self._plan.full_at_new is None or not (place := _place(self._plan.deep)):
            return
        name = f"{call} in {place}"
        if not self.is_full and name not in self._full:
            self._full.add(name)
            self.is_full = self.was_full = True
            write_plainly(1, f"full\t{name}\n".encode())
        if self.is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), call)

    def has_failed(self) -> bool:
        return bool(self._plan.failed) and os.path.exists(self._plan.failed)

    def told(self) -> None:
        """The officer knows, and has made room."""
        self.was_full |= self.has_failed()
        self.is_full = False
        with suppress(FileNotFoundError):
            os.unlink(self._plan.failed)

    def written(self, path: str) -> None:
        self._unsynced.add(os.path.realpath(path))

    def synced(self, path: str) -> None:
        self._unsynced.discard(os.path.realpath(path))

    def renamed(self, before: str, after: str) -> None:
        """A name that points to bytes not yet on the disk is half a file after a power cut."""
        if os.path.realpath(before) in self._unsynced and (place := _place()):
            self._unsynced.discard(os.path.realpath(before))
            self._met(f"{UNSYNCED} {os.path.basename(after)} in {place}")


write_plainly = os.write

current: Steps | None = None
"""Those of this process, once `arm` was called."""


def make_room() -> None:
    if current:
        current.told()


def is_full() -> bool:
    """Whether the disk has no room now, or failed and nobody was told."""
    return current is not None and (current.is_full or current.has_failed())


def was_full() -> bool:
    """Whether there was no room, or the disk failed, at any time in this process."""
    return current is not None and (current.was_full or current.has_failed())


def arm(plan: Plan, met: Callable[[str], None]) -> None:
    """From now on this process's steps are counted, and the plan holds."""
    global current
    current = steps = Steps(plan, met)
    _arm_disk(steps)
    _arm_databases(steps)
    _arm_line(steps)


def _end(name: str) -> NoReturn:
    write_plainly(1, f"ended\t{name}\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _place(deep: int = 1) -> str:
    """The product's functions that lead here, the nearest first; empty where there is none."""
    found: list[str] = []
    frame: FrameType | None = sys._getframe(2)
    while frame and len(found) < deep:
        name = _name_of(frame.f_code.co_filename, frame.f_code.co_name)
        if name and name not in found:
            found.append(name)
        frame = frame.f_back
    return " < ".join(found)


@cache
def _name_of(file: str, function: str) -> str:
    if not file.startswith(PRODUCT) or function.startswith("<"):
        return ""
    return f"{Path(file).stem}.{function}"


# the disk


def _arm_disk(steps: Steps) -> None:
    for name in ("unlink", "remove", "mkdir", "rmdir", "truncate", "link"):
        setattr(os, name, _stepped(steps, name, getattr(os, name)))
    for name in ("replace", "rename"):
        setattr(os, name, _renamed(steps, getattr(os, name)))
    for name, wrapped in (("fsync", _synced), ("write", _written), ("fdopen", _opened)):
        setattr(os, name, wrapped(steps, getattr(os, name)))
    builtins.open = io.open = _opened(steps, builtins.open)


def _stepped(steps: Steps, call: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*arguments: Any, **named: Any) -> Any:
        steps.step(call, "before")
        if call == "mkdir":
            steps.room(call)
        result = real(*arguments, **named)
        steps.step(call, "after")
        return result

    return wrapped


def _renamed(steps: Steps, real: Callable[..., None]) -> Callable[..., None]:
    def wrapped(before: Any, after: Any, **named: Any) -> None:
        steps.renamed(os.fspath(before), os.fspath(after))
        steps.step("rename", "before")
        real(before, after, **named)
        steps.step("rename", "after")

    return wrapped


def _synced(steps: Steps, real: Callable[[int], None]) -> Callable[[int], None]:
    def wrapped(descriptor: int) -> None:
        steps.step("fsync", "before")
        steps.room("fsync")
        real(descriptor)
        steps.synced(_path_of(descriptor))
        steps.step("fsync", "after")

    return wrapped


def _written(steps: Steps, real: Callable[[int, Any], int]) -> Callable[[int, Any], int]:
    def wrapped(descriptor: int, data: Any) -> int:
        if not os.path.isfile(_path_of(descriptor)):  # a pipe or a terminal
            return real(descriptor, data)
        steps.step("write", "before")
        steps.room("write")
        steps.step("write", "half-way", lambda: real(descriptor, data[: len(data) // 2]))
        steps.written(_path_of(descriptor))
        count = real(descriptor, data)
        steps.step("write", "after")
        return count

    return wrapped


def _opened(steps: Steps, real: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if not _WRITING & set(mode) or not _place():
            return real(file, mode, *arguments, **named)
        if isinstance(file, int):
            return _Written(steps, real(file, mode, *arguments, **named))
        steps.step("open", "before")
        if not os.path.exists(file):
            steps.room("open")
        opened = real(file, mode, *arguments, **named)
        steps.step("open", "after")
        return _Written(steps, opened)

    return wrapped


def _path_of(descriptor: int) -> str:
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return ""


class _Written:
    """A file that is written, and counts it."""

    def __init__(self, steps: Steps, file: IO[Any]) -> None:
        self._steps = steps
        self._file = file
        self._path = _path_of(file.fileno())

    def write(self, data: Any) -> int:
        self._steps.step("write", "before")
        self._steps.room("write")
        self._steps.step("write", "half-way", lambda: self._half(data))
        self._steps.written(self._path)
        count = self._file.write(data)
        self._steps.step("write", "after")
        return count

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def _half(self, data: Any) -> None:
        self._file.write(data[: len(data) // 2])
        self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()


# the databases


def _arm_databases(steps: Steps) -> None:
    connect = sqlcipher.connect

    class Stepping(sqlcipher.Connection):  # type: ignore[misc]
        def execute(self, sql: str, *arguments: Any) -> Any:
            call = _sql_call(sql)
            if not call:
                return super().execute(sql, *arguments)
            steps.step(call, "before")
            _room_in_database(steps, call)
            result = super().execute(sql, *arguments)
            steps.step(call, "after")
            return result

        def executemany(self, sql: str, *arguments: Any) -> Any:
            call = _sql_call(sql)
            steps.step(call, "before")
            _room_in_database(steps, call)
            result = super().executemany(sql, *arguments)
            steps.step(call, "after")
            return result

        def commit(self) -> None:
            steps.step("commit()", "before")
            super().commit()
            steps.step("commit()", "after")

    def connected(path: str, *arguments: Any, **named: Any) -> Any:
        return connect(path, *arguments, factory=Stepping, **named)

    sqlcipher.connect = connected
    for kind in [DefaultDialect, *_below(DefaultDialect)]:
        if "do_commit" in vars(kind):
            _arm_commit(steps, kind)
        for name in ("do_execute", "do_executemany", "do_execute_no_params"):
            if name in vars(kind):
                _arm_statements(steps, kind, name)


def _sql_call(sql: str) -> str:
    found = _SQL.match(sql.lower())
    return found[1].upper() if found else ""


def _room_in_database(steps: Steps, call: str) -> None:
    if call in ("ROLLBACK", "BEGIN", "RELEASE", "SAVEPOINT"):
        return
    try:
        steps.room(call)
    except OSError:
        full = sqlcipher.OperationalError("database or disk is full")
        full.sqlite_errorname = "SQLITE_FULL"
        raise full from None


def _arm_commit(steps: Steps, kind: Any) -> None:
    real = vars(kind)["do_commit"]

    def committed(self: Any, connection: Any) -> None:
        steps.step("COMMIT", "before")
        real(self, connection)
        steps.step("COMMIT", "after")

    kind.do_commit = committed


def _arm_statements(steps: Steps, kind: Any, name: str) -> None:
    real = vars(kind)[name]

    def executed(self: Any, cursor: Any, statement: str, *arguments: Any, **named: Any) -> None:
        if call := _sql_call(statement):
            steps.step(call, "before")
        real(self, cursor, statement, *arguments, **named)
        if call:
            steps.step(call, "after")

    setattr(kind, name, executed)


def _below(kind: Any) -> Iterator[Any]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


# the line


def _arm_line(steps: Steps) -> None:
    kind = cast(Any, socket.socket)
    for name in ("send", "sendall", "recv", "recv_into", "connect"):
        setattr(kind, name, _on_line(steps, name, getattr(kind, name)))


def _on_line(steps: Steps, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    is_sending = name.startswith("send")

    def wrapped(self: socket.socket, *arguments: Any) -> Any:
        if self.family not in (socket.AF_INET, socket.AF_INET6):
            return real(self, *arguments)
        steps.step(name, "before")
        if is_sending:
            data = bytes(arguments[0])
            steps.step(name, "half-way", lambda: real(self, data[: len(data) // 2]))
        result = real(self, *arguments)
        steps.step(name, "after")
        return result

    return wrapped


# starting processes


@dataclass
class Started:
    """A process, what it says, and how it ended."""

    pid: int
    said: IO[str]
    _starter: "Starter"

    def line(self) -> str:
        """The next line it says; empty once it has ended."""
        return self.said.readline()

    def lives(self, seconds: float) -> bool:
        """Wait so long, or until it says something or ends; whether the time went by."""
        return not select.select([self.said], [], [], seconds)[0]

    def kill(self, by: signal.Signals = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, by)

    def end(self) -> tuple[int, list[str]]:
        """Its status (negative: the signal that ended it) and the lines it still said."""
        with self.said:
            lines = self.said.read().splitlines()
        return self._starter.status_of(self.pid), lines


class Starter:
    """Asks a process that has imported everything to fork. For one thread."""

    def __init__(self, errors: Path) -> None:
        self.errors = errors
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line = ours
        with theirs, errors.open("ab") as error:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.failpoints", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=error,
                cwd=ROOT,
            )

    def start(self, job: Job, watch: Watch | None = None) -> Started:
        """`watch` is asked about each of its system calls, from before it does anything."""
        reading, writing = os.pipe()
        doors = [watch.begin()] if watch else []
        handed = [writing, *(door.fileno() for door in doors)]
        socket.send_fds(self._line, [msgspec.json.encode(job)], handed)
        os.close(writing)
        for door in doors:
            door.close()
        return Started(int(self._line.recv(64)), os.fdopen(reading), self)

    def status_of(self, pid: int) -> int:
        self._line.send(msgspec.json.encode(pid))
        return int(self._line.recv(64))

    def close(self) -> None:
        self._line.close()
        self._process.wait()


@contextmanager
def starting(folder: Path) -> Iterator[Starter]:
    starter = Starter(folder / "errors.log")
    try:
        yield starter
    finally:
        starter.close()


def _serve(line: socket.socket) -> None:
    """Fork for every job until the other end goes, then end what is left."""
    children: set[int] = set()
    while True:
        asked, descriptors, _, _ = socket.recv_fds(line, 1 << 20, 2)
        if not asked:
            break
        if not descriptors:
            pid = int(asked)
            _, status = os.waitpid(pid, 0)
            children.discard(pid)
            line.send(str(os.waitstatus_to_exitcode(status)).encode())
            continue
        pid = os.fork()
        if not pid:
            line.close()
            _live(msgspec.json.decode(asked, type=Job), *descriptors)
        for each in descriptors:
            os.close(each)
        children.add(pid)
        line.send(str(pid).encode())
    for pid in children:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _live(job: Job, said: int, door: int | None = None) -> NoReturn:
    status = 1
    names: list[str] = []
    open_plainly = builtins.open
    try:
        os.dup2(said, 1)
        os.close(said)
        sys.stdout = open_plainly(1, "w", buffering=1, closefd=False)
        if job.temporary:
            os.environ["TMPDIR"] = job.temporary
        module, _, function = job.call.partition(":")
        call = getattr(importlib.import_module(module), function)
        arm(job.plan, names.append)
        if door is not None:
            hand_over(socket.socket(fileno=door))
        status = call(job.arguments) or 0
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:
        write_plainly(2, traceback.format_exc().encode())
    finally:
        if job.plan.trace:
            with open_plainly(job.plan.trace, "w") as trace:
                trace.writelines(f"{name}\n" for name in names)
        os._exit(status)


def _import_everything() -> None:
    for name in ("tests.workday", "sync.lists", "sync.server.main", "sync.admin.main"):
        importlib.import_module(name)


if __name__ == "__main__":
    sys.modules["tests.failpoints"] = sys.modules["__main__"]
    with socket.socket(fileno=int(sys.argv[1])) as _line:
        _import_everything()
        _serve(_line)
