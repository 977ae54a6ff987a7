"""Hostile and careless callers before a real server process: refused in a sentence, in bounds."""

import os
import socket
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
import requests
import zstandard

from sync.protocol import (
    CONTACT_PATH,
    ENROL_PATH,
    HEALTH_PATH,
    MOST_COMPRESSED,
    MOST_DECOMPRESSED,
    REFERENCE_PATH,
)
from sync.server import registry
from sync.server.door import HEAD_BYTES
from sync.server.main import main
from sync.server.shelf import Shelf
from tests.booth import Booth, Line, check
from tests.centre import RunningCentre, serving, set_up

PATIENCE = 60.0
CONNECTIONS = 30
IN_WORK = 300_000
IMPATIENT = f"""
import sys
from sync.server import door, incoming
door.HEAD_SECONDS, door.TAKING_SECONDS, door.MOST_CONNECTIONS = 1.0, 1.0, {CONNECTIONS}
incoming.STALL_SECONDS, incoming.PATIENCE_SECONDS = 1.0, 2.0
from sync.server.main import main
sys.exit(main())
"""
"""The same server with limits that a test can wait for."""

CRAMPED = f"""
import sys
from sync.server import incoming
incoming.MOST_IN_WORK, incoming.STALL_SECONDS = {IN_WORK}, 300.0
from sync.server.main import main
sys.exit(main())
"""

MOST_RESIDENT = 900
"""MiB: eight requests unpacked to 64 MiB each, what they came in, and the server itself."""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    centre = set_up(tmp_path_factory.mktemp("limits") / "centre")
    centre.program = ("-c", IMPATIENT)
    with serving(centre):
        yield centre


@pytest.fixture(scope="module")
def as_shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    with serving(set_up(tmp_path_factory.mktemp("shipped") / "centre")) as centre:
        yield centre


# --- heads --------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [b"", b"POST /v1/contact HTTP/1.1\r\nx-slow: "])
def test_a_head_that_does_not_come_is_not_waited_for(centre: RunningCentre, said: bytes) -> None:
    with caller(centre) as line:
        line.sendall(said)

        answer = all_of(line)

    assert status_of(answer) == 408
    assert answer.endswith(b"\r\n\r\nthe head of the request did not come in 1 seconds")


def test_a_head_that_drips_is_not_waited_for(centre: RunningCentre) -> None:
    with caller(centre) as line:
        answer = dripped(line, b"GET / HTTP/1.1\r\nx-slow: ", b"a")

    assert status_of(answer) == 408


def test_who_was_answered_once_may_not_drip_afterwards(centre: RunningCentre) -> None:
    with caller(centre) as line:
        line.sendall(b"GET /v1/health HTTP/1.1\r\nhost: x\r\n\r\n")
        assert said_until(line, b"ok")

        answer = dripped(line, b"GET / HTTP/1.1\r\nx-slow: ", b"a")

    assert status_of(answer) == 408


def test_a_head_without_end_is_refused(centre: RunningCentre) -> None:
    with caller(centre) as line:
        line.sendall(b"GET / HTTP/1.1\r\nx-long: " + b"a" * HEAD_BYTES)

        answer = all_of(line)

    assert status_of(answer) == 431
    assert b"longer than 16384 bytes" in answer


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(64)),
        b"GET /\r\n\r\n",
        b"POST /v1/contact HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"POST /v1/contact HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nfish\r\n",
    ],
)
def test_what_is_no_http_is_told_so(centre: RunningCentre, said: bytes) -> None:
    with caller(centre) as line:
        line.sendall(said)

        answer = all_of(line)

    assert status_of(answer) == 400
    assert answer.endswith(b"this is not HTTP as it is written")


# --- bodies -------------------------------------------------------------------------------------


def test_a_body_that_stops_on_its_way_is_given_up(centre: RunningCentre) -> None:
    with caller(centre) as line:
        line.sendall(post_of(1_000) + b"half")

        answer = all_of(line)

    assert status_of(answer) == 408
    assert b"the request came too slowly" in answer


def test_a_body_that_drips_is_given_up(centre: RunningCentre) -> None:
    with caller(centre) as line:
        answer = dripped(line, post_of(1_000), b"a")

    assert status_of(answer) == 408


def test_a_body_over_the_cap_is_refused_while_it_comes(centre: RunningCentre) -> None:
    with caller(centre) as line:
        line.sendall(post_of(10**12))
        sent = 0
        while sent <= MOST_COMPRESSED:
            sent += line.send(bytes(65_536))

        assert said_until(line, b"more than 8388608 bytes").startswith(b"HTTP/1.1 413 ")


def test_more_than_there_is_room_for_at_the_same_time_has_to_wait(tmp_path: Path) -> None:
    centre = set_up(tmp_path / "centre")
    centre.program = ("-c", CRAMPED)
    with serving(centre):

        def answer() -> requests.Response:
            return requests.post(centre.url + CONTACT_PATH, data=bytes(90_000), timeout=PATIENCE)

        with ExitStack() as stack:

            def is_full() -> bool:
                """Whoever holds the room may himself have come while it was taken: once more."""
                held = stack.enter_context(caller(centre))
                held.sendall(post_of(IN_WORK) + bytes(IN_WORK - 60_000))
                return answer().status_code == 503

            until(is_full)
            assert answer().text == "too much comes in at the same time: try again in a minute"

        until(lambda: answer().status_code == 400)


def test_an_answer_that_nobody_takes_is_given_up(centre: RunningCentre) -> None:
    name = f"{'a' * 64}.watchlist-1.snapshot"
    with (Shelf(centre.folder / "reference").targets / name).open("wb") as file:
        file.truncate(50_000_000)
    before = sockets(centre)
    with caller(centre) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.sendall(f"GET {REFERENCE_PATH}{name} HTTP/1.1\r\nhost: x\r\n\r\n".encode())

        until(lambda: sockets(centre) > before)
        until(lambda: sockets(centre) == before)


# --- many at once -------------------------------------------------------------------------------


def test_who_is_one_too_many_is_told_to_come_later(centre: RunningCentre) -> None:
    with ExitStack() as stack:
        for _ in range(CONNECTIONS):
            stack.enter_context(caller(centre))
        with caller(centre) as line:
            answer = all_of(line)

        assert status_of(answer) == 503
        assert b"too many connections at the same time" in answer
        until(lambda: is_well(centre))


@pytest.mark.alone
def test_the_slow_do_not_keep_a_workstation_waiting(as_shipped: RunningCentre) -> None:
    line = Line(Booth(as_shipped.provisioning()), as_shipped.url)
    line.enrol()
    line.booth.write(check())
    with ExitStack() as stack:
        for number in range(400):
            slow = stack.enter_context(caller(as_shipped))
            slow.sendall(
                [b"P", b"POST /v1/contact HTTP/1.1\r\n", post_of(1_000) + b"a"][number % 3]
            )
        began = monotonic()

        assert line.send(line.booth.contact()).held == 1
        assert monotonic() - began < 5


def test_memory_stays_in_bounds_whatever_comes(as_shipped: RunningCentre) -> None:
    """Forty at once, over and over: bombs, bodies of the largest size, guesses at the sign-in."""
    bomb = zstandard.ZstdCompressor(level=3).compress(bytes(MOST_DECOMPRESSED + 1))
    nested = zstandard.ZstdCompressor(level=3).compress(b"\x91" * MOST_DECOMPRESSED)
    many = zstandard.ZstdCompressor(level=3).compress(
        b"\xdd" + struct.pack(">I", MOST_DECOMPRESSED - 5) + bytes(MOST_DECOMPRESSED - 5)
    )
    url = as_shipped.url

    def attack(number: int) -> int:
        path = (CONTACT_PATH, ENROL_PATH)[number % 2]
        body = (bomb, nested, many, os.urandom(MOST_COMPRESSED))[number % 4]
        if number % 5 == 0:
            form = {"name": f"N{number}", "passphrase": "x" * 2_000}
            return requests.post(url + "/sign-in", data=form, timeout=120).status_code
        return requests.post(url + path, data=body, timeout=120).status_code

    with ThreadPoolExecutor(40) as pool:
        answers = set(pool.map(attack, range(120)))

    assert answers <= {400, 401, 413, 503}
    assert is_well(as_shipped)
    print(f"at most {resident(as_shipped)} MiB resident")
    assert resident(as_shipped) < MOST_RESIDENT


def test_a_post_has_only_so_many_open_ways_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(registry, "MOST_OPEN_TOKENS", 2)
    folder = set_up(tmp_path / "centre").folder
    token = ["token", "--data", str(folder), "--url", "http://127.0.0.1:1", "--post"]

    assert [main([*token, "OSH-01"]) for _ in range(3)] == [0, 0, 2]
    assert "2 tokens of OSH-01 wait to be used" in capsys.readouterr().err
    assert main([*token, "OSH-02"]) == 0


# --- what the tests do --------------------------------------------------------------------------


@contextmanager
def caller(centre: RunningCentre) -> Iterator[socket.socket]:
    address = urlsplit(centre.url)
    with closing(
        socket.create_connection((address.hostname, address.port or 0), timeout=PATIENCE)
    ) as line:
        yield line


def post_of(length: int) -> bytes:
    return f"POST {CONTACT_PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n".encode()


def all_of(line: socket.socket) -> bytes:
    """Everything that is said until the other end closes."""
    read = b""
    while some := line.recv(65_536):
        read += some
    return read


def said_until(line: socket.socket, words: bytes) -> bytes:
    read = b""
    while words not in read:
        some = line.recv(65_536)
        assert some, read
        read += some
    return read


def dripped(line: socket.socket, first: bytes, drop: bytes) -> bytes:
    """What is answered to somebody who goes on and on, a byte at a time."""
    line.sendall(first)
    line.settimeout(0.2)
    end = monotonic() + PATIENCE
    while monotonic() < end:
        try:
            return line.recv(65_536)
        except TimeoutError:
            line.sendall(drop)
    raise AssertionError("it was waited for")


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def is_well(centre: RunningCentre) -> bool:
    return requests.get(centre.url + HEALTH_PATH, timeout=PATIENCE).text == "ok"


def sockets(centre: RunningCentre) -> int:
    """How many the server process has open."""
    assert centre.process is not None
    folder = f"/proc/{centre.process.pid}/fd"
    return sum(1 for each in os.listdir(folder) if leads_to_a_socket(f"{folder}/{each}"))


def leads_to_a_socket(link: str) -> bool:
    try:
        return os.readlink(link).startswith("socket:")
    except FileNotFoundError:
        return False


def resident(centre: RunningCentre) -> int:
    """The most memory the process has had, MiB."""
    assert centre.process is not None
    for line in Path(f"/proc/{centre.process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    raise AssertionError("no such line")


def until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end, "it did not come"
