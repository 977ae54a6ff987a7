"""Bytes that nobody of ours wrote, for everything that reads a wire, a stick or a file.

`python -m tests.fuzz` spoils honest messages again and again, keeps what reaches a new place in the
program, and goes on from there. A reader may refuse in the ways it declares and in no other; it may
take neither much memory nor long. Each reader is tried in a process of its own, so that one that
dies is told of, with the bytes that killed it.
"""

import argparse
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Timer
from time import perf_counter
from types import FrameType
from typing import Any, Final

import msgspec

HOME: Final = Path(__file__).parents[1]
TRACED: Final = (str(HOME / "sync"), str(HOME / "checkpoint_client"))

MORE_MEMORY: Final = 512 * 1024 * 1024
"""What a reader may take beside what the program has: a few copies of the largest message."""

LONGEST_SECONDS: Final = 5
SET_UP_SECONDS: Final = 60
MOST_BYTES: Final = 64 * 1024
_VALUES = re.compile(r"\d+|'[^']*'")
_ODD_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF)
_HOSTILE_PIECES = (
    b"\xdd\xff\xff\xff\xff",  # a list of four milliards
    b"\xdf\xff\xff\xff\xff",  # a map
    b"\xc6\xff\xff\xff\xff",  # bytes
    b"\x91" * 2_000,  # lists in lists
    b"[" * 2_000,
    b"\xcf" + b"\xff" * 8,
    b"\xd3\x80" + bytes(7),
    b"\xcb\x7f\xf0" + bytes(6),
    b"9" * 400,
    b"\xed\xa0\x80",  # half of a pair of surrogates
    b"\x00",
    b"\xc0",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Something that reads bytes from outside, honest ones to begin with, and how it may refuse."""

    name: str
    honest: Sequence[bytes]
    read: Callable[[bytes], object]
    refuses: tuple[type[Exception], ...] = ()


class Found(msgspec.Struct, kw_only=True):
    """What came of one reader. `places`: steps from one line to the next, and
    words of refusal, that were reached."""

    reader: str
    inputs: int = 0
    kept: int = 0
    places: int = 0
    peak_mib: int = 0
    crash: str = ""
    content: bytes = b""


class TooSlow(Exception):
    """A reader took longer than it may."""


def hunt(reader: Reader, *, seconds: float, seed: int, last: mmap | None = None) -> Found:
    """Spoil what is honest until the time is over or the reader does what it must not.

    `last` outlives this process: the bytes that are being read stand there after their length.
    """
    chance, found, reached = Random(seed), Found(reader=reader.name), set[tuple[object, int, int]]()
    pool = list(reader.honest)
    waiting = [*pool]
    ends = perf_counter() + seconds
    while perf_counter() < ends and not found.crash:
        content = waiting.pop() if waiting else _spoiled(pool, chance)
        if last is not None:
            last[: 4 + len(content)] = len(content).to_bytes(4, "big") + content
        before = len(reached)
        found.crash = _tried(reader, content, reached)
        found.inputs += 1
        if found.crash:
            found.content = content
        if len(reached) > before:
            pool.append(content)
    found.kept, found.places = len(pool), len(reached)
    found.peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def in_processes(names: Sequence[str], *, seconds: float, seed: int) -> Iterator[Found]:
    """As `hunt` for each of them, with the limits that a process can be given.

    Where one dies, that is told with the bytes that killed it, and the others go on in the next.
    """
    left = list(names)
    while left:
        with TemporaryDirectory(prefix="fuzz-") as place:
            last = Path(place) / "last"
            last.write_bytes(bytes(4 + MOST_BYTES))
            command = [sys.executable, "-m", "tests.fuzz", "--readers", *left, "--last", str(last)]
            command += ["--seconds", str(seconds), "--seed", str(seed)]
            with subprocess.Popen(
                command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            ) as child:
                watch = Timer(len(left) * (seconds + LONGEST_SECONDS) + SET_UP_SECONDS, child.kill)
                watch.start()
                assert child.stdout
                assert child.stderr
                for line in child.stdout:
                    left.pop(0)
                    yield msgspec.msgpack.decode(bytes.fromhex(line), type=Found)
                said = child.stderr.read()[-500:]
                watch.cancel()
            if left:
                crash = f"it died of {child.returncode}: {said}"
                yield Found(reader=left.pop(0), crash=crash, content=_last(last))


def _last(path: Path) -> bytes:
    content = path.read_bytes()
    return content[4 : 4 + int.from_bytes(content[:4], "big")]


def _tried(reader: Reader, content: bytes, reached: set[tuple[object, int, int]]) -> str:
    """What the reader did that it must not; nothing, if it read or refused."""
    tracer = _tracer(reached)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS)
    sys.settrace(tracer)
    try:
        reader.read(content)
    except reader.refuses as refused:
        reached.add((_kind_of(refused), 0, 0))
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:500]
    finally:
        sys.settrace(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def _kind_of(refused: Exception) -> str:
    """What a compiled decoder minded, without the values: it has no lines to be seen."""
    minded = refused.__context__
    return _VALUES.sub("", str(minded)) if isinstance(minded, msgspec.MsgspecError) else ""


def _tracer(reached: set[tuple[object, int, int]]) -> Callable[[FrameType, str, Any], Any]:
    """Notes every step from a line to the next one, in what is ours."""
    before: dict[FrameType, int] = {}

    def in_ours(frame: FrameType, event: str, _argument: object) -> Any:
        line = frame.f_lineno
        if event in ("line", "return"):
            reached.add((frame.f_code, before.get(frame, 0), line if event == "line" else -1))
            before[frame] = line
        return in_ours

    def entered(frame: FrameType, _event: str, _argument: object) -> Any:
        return in_ours if frame.f_code.co_filename.startswith(TRACED) else None

    return entered


def _spoiled(pool: Sequence[bytes], chance: Random) -> bytes:
    """One that is known to be of interest, mostly a late one, changed in a few places."""
    first = min(chance.randrange(len(pool)), chance.randrange(len(pool)))
    content = bytearray(pool[len(pool) - 1 - first])
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        _spoil(content, pool, chance)
    return bytes(content[:MOST_BYTES])


def _spoil(content: bytearray, pool: Sequence[bytes], chance: Random) -> None:
    place = chance.randrange(len(content) + 1)
    some = chance.choice((1, 1, 2, 4, 16, 64))
    match chance.randrange(8):
        case 0 if content:
            content[place % len(content)] ^= 1 << chance.randrange(8)
        case 1 if content:
            content[place % len(content)] = chance.choice(_ODD_NUMBERS)
        case 2:
            del content[place : place + some]
        case 3:
            content[place:place] = chance.randbytes(some)
        case 4:
            content[place : place + some] = chance.choice(_HOSTILE_PIECES)
        case 5:
            other = chance.choice(pool)
            start = chance.randrange(len(other) + 1)
            content[place : place + some] = other[start : start + chance.choice((4, 40, 400))]
        case 6:
            content[place:place] = content[place : place + some] * chance.choice((1, 3))
        case _:
            if content:
                at = place % len(content)
                content[at] = (content[at] + chance.choice((1, -1))) % 256


def main(arguments: Sequence[str] | None = None) -> int:
    from tests.readers import READERS

    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each reader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--readers", nargs="+", choices=[*READERS], default=[*READERS])
    parser.add_argument("--last", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.last:
        _as_child([READERS[name] for name in given.readers], given)
        return 0
    found = []
    for each in in_processes(given.readers, seconds=given.seconds, seed=given.seed):
        found.append(each)
        print(_line(each), flush=True)
    crashes = [each for each in found if each.crash]
    print(
        f"{len(found)} readers: {sum(each.inputs for each in found)} inputs,"
        f" {sum(each.places for each in found)} branches reached,"
        f" {max(each.peak_mib for each in found)} MiB at most, crashes {len(crashes)}"
    )
    return 1 if crashes else 0


def _as_child(readers: Sequence[Callable[[], Reader]], given: argparse.Namespace) -> None:
    made = [make() for make in readers]
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MORE_MEMORY, used + MORE_MEMORY))
    signal.signal(signal.SIGALRM, _too_slow)
    with given.last.open("r+b") as file, mmap(file.fileno(), 0) as last:
        for reader in made:
            found = hunt(reader, seconds=given.seconds, seed=given.seed, last=last)
            print(msgspec.msgpack.encode(found).hex(), flush=True)


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def _line(found: Found) -> str:
    said = (
        f"{found.reader:28} {found.inputs:8} inputs {found.kept:5} kept {found.places:5} branches"
        f" {found.peak_mib:4} MiB"
    )
    if found.crash:
        said += f"\n    {found.crash}\n    {found.content.hex()}"
    return said


if __name__ == "__main__":
    sys.exit(main())
