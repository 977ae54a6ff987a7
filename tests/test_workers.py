"""Several worker processes at one port: order and exactly-once, whichever of them is asked."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import psycopg
import pytest
import requests

from sync.protocol import (
    BUNDLE_PATH,
    CONTACT_PATH,
    HEALTH_PATH,
    BundleReply,
    ContactReply,
    Outgoing,
    Verdict,
)
from sync.server.keys import CentreFolder
from sync.server.main import main
from tests.booth import Booth, Line, check
from tests.centre import Cluster, RunningCentre, serving, set_up

PATIENCE = 30.0


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, postgres: Cluster) -> Iterator[RunningCentre]:
    folder = tmp_path_factory.mktemp("workers") / "centre"
    made = set_up(folder, database=postgres.new_database())
    made.wishes = ["--workers", "2"]
    with serving(made):
        yield made


@pytest.fixture
def line(centre: RunningCentre) -> Line:
    line = Line(Booth(centre.provisioning()), centre.url)
    line.enrol()
    line.booth.write(*(check(f"N{number}") for number in range(6)))
    return line


def test_the_same_contact_at_two_workers_at_once_gets_one_reply(
    centre: RunningCentre, line: Line
) -> None:
    contact = line.booth.signed(line.booth.contact())

    one, other = at_once(centre, line, (CONTACT_PATH, contact), (CONTACT_PATH, contact))

    assert one.content == other.content
    assert verdict(line, contact, one) == (Verdict.HELD, 6)
    assert held(centre, line) == written(line)
    assert line.post(CONTACT_PATH, contact.body).content == one.content


def test_two_contacts_at_two_workers_at_once_are_taken_one_after_the_other(
    centre: RunningCentre, line: Line
) -> None:
    first = line.booth.signed(line.booth.contact(counter=1, most=4))
    second = line.booth.signed(line.booth.contact(counter=2))

    one, other = at_once(centre, line, (CONTACT_PATH, first), (CONTACT_PATH, second))

    assert verdict(line, first, one) == (Verdict.HELD, 4)
    assert verdict(line, second, other) == (Verdict.HELD, 6)
    assert held(centre, line) == written(line)


def test_the_later_contact_may_win_and_the_earlier_one_changes_nothing(
    centre: RunningCentre, line: Line
) -> None:
    late = line.booth.signed(line.booth.contact(counter=1, most=4))
    first = line.booth.signed(line.booth.contact(counter=2))

    one, other = at_once(centre, line, (CONTACT_PATH, first), (CONTACT_PATH, late))

    assert verdict(line, first, one) == (Verdict.HELD, 6)
    assert verdict(line, late, other) == (Verdict.STALE, 6)
    assert held(centre, line) == written(line)


def test_a_contact_and_a_bundle_at_two_workers_at_once_double_nothing(
    centre: RunningCentre, line: Line
) -> None:
    contact = line.booth.signed(line.booth.contact(most=4))
    delivery = line.booth.signed(line.booth.delivery(line.booth.bundle()))

    one, other = at_once(centre, line, (CONTACT_PATH, contact), (BUNDLE_PATH, delivery))

    assert verdict(line, contact, one) == (Verdict.HELD, 4)
    taken = line.booth.read(delivery, other.content, BundleReply)
    assert (taken.verdict, taken.held) == (Verdict.HELD, 6)
    assert held(centre, line) == written(line)


def test_two_branches_at_two_workers_at_once_are_a_fork_and_both_are_kept(
    centre: RunningCentre, line: Line
) -> None:
    copy = line.booth.copy()
    copy.journal.pop()
    copy.write(check("ELSE"))
    one = line.booth.signed(line.booth.contact(counter=1))
    other = copy.signed(copy.contact(counter=2))

    answers = at_once(centre, line, (CONTACT_PATH, one), (CONTACT_PATH, other))

    assert verdict(line, one, answers[0]) == (Verdict.HELD, 6)
    assert verdict(line, other, answers[1]) == (Verdict.FORK, 6)
    assert held(centre, line) == written(line)


def test_a_worker_that_dies_is_replaced_and_nobody_notices(centre: RunningCentre) -> None:
    before = workers(centre)

    os.kill(before[0], signal.SIGKILL)
    until(lambda: before[0] not in workers(centre) and len(workers(centre)) == 2)

    assert requests.get(centre.url + HEALTH_PATH, timeout=PATIENCE).text == "ok"
    assert before[1] in workers(centre)


def test_workers_do_not_outlive_who_leads_them(tmp_path: Path, postgres: Cluster) -> None:
    centre = set_up(tmp_path / "centre", database=postgres.new_database())
    centre.wishes = ["--workers", "2"]
    centre.start()

    centre.kill()

    until(lambda: is_free(centre.url))


def test_sqlite_is_for_one_process(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = set_up(tmp_path / "centre").folder

    assert main(["serve", "--data", str(folder), "--workers", "2"]) == 2

    assert capsys.readouterr().err == (
        "checkpoint-server: Several workers need PostgreSQL; SQLite has one writer:"
        " leave out --workers.\n"
    )


# --- two requests in work at the same moment ----------------------------------------------------


def at_once(
    centre: RunningCentre, line: Line, one: tuple[str, Outgoing], other: tuple[str, Outgoing]
) -> tuple[requests.Response, requests.Response]:
    """Each in the hands of a worker of its own, queueing for the workstation in this order."""
    first, second = workers(centre)
    with ThreadPoolExecutor(2) as pool, locked(centre, line.booth.id) as waiting:
        with stopped(second):
            answer = sent(pool, line, *one)
            until(lambda: waiting() == {first})
        with stopped(first):
            answer_too = sent(pool, line, *other)
            until(lambda: waiting() == {first, second})
    return answer.result(), answer_too.result()


def sent(
    pool: ThreadPoolExecutor, line: Line, path: str, outgoing: Outgoing
) -> "Future[requests.Response]":
    return pool.submit(line.post, path, outgoing.body)


@contextmanager
def locked(centre: RunningCentre, workstation: str) -> Iterator[Callable[[], set[int]]]:
    """Hold the workstation's row; gives a look at which processes wait for it."""
    address = CentreFolder(centre.folder).database
    with psycopg.connect(address) as holder, psycopg.connect(address, autocommit=True) as looker:
        holder.execute("select id from workstation where id = %s for update", [workstation])

        def waiting() -> set[int]:
            rows = looker.execute(
                "select application_name from pg_stat_activity"
                " where datname = current_database() and wait_event_type = 'Lock'"
            )
            return {int(name.rpartition(" ")[2]) for (name,) in rows}

        yield waiting
        holder.rollback()


@contextmanager
def stopped(process: int) -> Iterator[None]:
    """It takes no connection meanwhile: another one must."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def is_free(url: str) -> bool:
    """Whether nobody listens there any more."""
    address = urlsplit(url)
    try:
        with socket.create_connection((address.hostname, address.port or 0), timeout=PATIENCE):
            return False
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:  # just now
        return False


def workers(centre: RunningCentre) -> list[int]:
    assert centre.process is not None
    leader = centre.process.pid
    return [
        int(each) for each in Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
    ]


def until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end, "it did not come"


def verdict(line: Line, outgoing: Outgoing, answer: requests.Response) -> tuple[Verdict, int]:
    assert answer.status_code == 200, answer.text
    reply = line.booth.read(outgoing, answer.content, ContactReply)
    return reply.verdict, reply.held


def held(centre: RunningCentre, line: Line) -> list[tuple[object, object]]:
    found = centre.entries("--workstation", line.booth.id)
    return [(entry["position"], entry["leaf"]) for entry in found]


def written(line: Line) -> list[tuple[object, object]]:
    return [(entry.position, entry.leaf.hex()) for entry in line.booth.journal]
