"""A server that is told to end: what is in work is answered and kept, nobody else is let in."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

import psycopg
import pytest
import requests

from sync.protocol import CONTACT_PATH, ContactReply, Verdict
from sync.server.keys import CentreFolder
from sync.server.serving import GRACE_SECONDS
from tests.booth import Booth, Line, check
from tests.centre import Cluster, RunningCentre, set_up

PATIENCE = 30.0
AT_MOST = GRACE_SECONDS + 5
IN_A_HURRY = """
import sys
from sync.server import serving
serving.GRACE_SECONDS = 1
from sync.server.main import main
sys.exit(main())
"""


@pytest.fixture(params=[1, 2], ids=["one", "two-workers"])
def centre(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: Cluster
) -> Iterator[RunningCentre]:
    centre = set_up(tmp_path / "centre", database=postgres.new_database())
    centre.wishes = ["--workers", str(request.param)]
    centre.start()
    yield centre
    centre.stop()


@pytest.fixture
def line(centre: RunningCentre) -> Line:
    return an_enrolled(centre)


def an_enrolled(centre: RunningCentre) -> Line:
    line = Line(Booth(centre.provisioning()), centre.url)
    line.enrol()
    line.booth.write(check("ONE"), check("TWO"))
    return line


def test_a_contact_in_work_is_answered_and_kept_and_nobody_else_let_in(
    centre: RunningCentre, line: Line
) -> None:
    contact = line.booth.signed(line.booth.contact())
    with ThreadPoolExecutor(1) as pool:
        with locked(centre, line.booth.id) as is_waiting:
            answer = pool.submit(line.post, CONTACT_PATH, contact.body)
            until(is_waiting)
            process = told_to_end(centre)
            until(lambda: is_shut(centre.url))
            assert process.poll() is None
        reply = line.booth.read(contact, answer.result().content, ContactReply)

    assert (reply.verdict, reply.held) == (Verdict.HELD, 2)
    assert process.wait(AT_MOST) == 0
    assert len(centre.entries("--workstation", line.booth.id)) == 2


def test_what_does_not_end_is_cut_off_in_time_and_comes_again(
    tmp_path: Path, postgres: Cluster
) -> None:
    centre = set_up(tmp_path / "centre", database=postgres.new_database())
    centre.program = ("-c", IN_A_HURRY)
    centre.start()
    line = an_enrolled(centre)
    contact = line.booth.signed(line.booth.contact())
    with ThreadPoolExecutor(1) as pool, locked(centre, line.booth.id) as is_waiting:
        answer = pool.submit(line.post, CONTACT_PATH, contact.body)
        until(is_waiting)
        began = monotonic()
        process = told_to_end(centre)

        assert process.wait(AT_MOST) == 0
        assert monotonic() - began >= 1
        assert isinstance(answer.exception(), requests.ConnectionError)
    centre.stop()
    centre.start()
    assert line.send(line.booth.contact()).held == 2
    centre.stop()


def test_under_load_every_answer_given_is_kept(centre: RunningCentre) -> None:
    lines = [Line(Booth(centre.provisioning()), centre.url) for _ in range(4)]
    for line in lines:
        line.enrol()
    busy = Event()

    def work(line: Line) -> int:
        """Contacts of one check each until the server is gone; how many were acknowledged."""
        acknowledged = 0
        while True:
            line.booth.write(check())
            try:
                acknowledged = line.send(line.booth.contact(held=acknowledged)).held
            except requests.ConnectionError:
                return acknowledged
            if acknowledged == 20:
                busy.set()

    with ThreadPoolExecutor(4) as pool:
        acknowledged = [pool.submit(work, line) for line in lines]
        until(lambda: busy.wait(0.05) or any(each.done() for each in acknowledged))
        assert busy.is_set(), [each.exception(PATIENCE) for each in acknowledged]
        process = told_to_end(centre)
        assert process.wait(AT_MOST) == 0

    for line, count in zip(lines, acknowledged, strict=True):
        held = [each["leaf"] for each in centre.entries("--workstation", line.booth.id)]
        written = [each.leaf.hex() for each in line.booth.journal]
        assert count.result() <= len(held)
        assert held == written[: len(held)]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_idle_it_ends_at_once_and_well(centre: RunningCentre, sign: signal.Signals) -> None:
    process = told_to_end(centre, sign)

    assert process.wait(5) == 0
    assert centre.log == ""


# --- what the tests do --------------------------------------------------------------------------


def told_to_end(
    centre: RunningCentre, sign: signal.Signals = signal.SIGTERM
) -> "subprocess.Popen[str]":
    assert centre.process is not None
    os.kill(centre.process.pid, sign)
    return centre.process


@contextmanager
def locked(centre: RunningCentre, workstation: str) -> Iterator[Callable[[], bool]]:
    """Hold the workstation's row; tells whether somebody waits for it."""
    address = CentreFolder(centre.folder).database
    with psycopg.connect(address) as holder, psycopg.connect(address, autocommit=True) as looker:
        holder.execute("select id from workstation where id = %s for update", [workstation])

        def is_waiting() -> bool:
            found = looker.execute(
                "select count(*) from pg_stat_activity"
                " where datname = current_database() and wait_event_type = 'Lock'"
            ).fetchone()
            return found == (1,)

        yield is_waiting
        holder.rollback()


def is_shut(url: str) -> bool:
    host, _, port = url.rpartition("//")[2].partition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=PATIENCE):
            return False
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:  # just now
        return False


def until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end, "it did not come"
