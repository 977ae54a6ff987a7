"""The centre's database killed, put back from an older backup, or full, while workstations work."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic

import psycopg
import pytest
import requests

from checkpoint_client.settings import Folder
from sync.enrolment import enrol
from sync.protocol import CONTACT_PATH, HEALTH_PATH
from tests.booth import Booth, Line, check
from tests.centre import (
    Cluster,
    RunningCentre,
    postgres_programs,
    running_cluster,
    serving,
    set_up,
)
from tests.test_stick_bundles import medium
from tests.test_sync_process import OFTEN, PATIENCE, Running, held

WORKSTATIONS = 3
ROUNDS = 2


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Of our own, since it is killed; what it says is kept, it keeps."""
    with running_cluster("fsync=on", "max_connections=50") as cluster:
        yield cluster


@pytest.fixture
def centre(tmp_path: Path, cluster: Cluster) -> Iterator[RunningCentre]:
    centre = set_up(tmp_path / "centre", database=cluster.new_database())
    centre.wishes = ["--workers", "2"]
    with serving(centre):
        yield centre


def test_postgresql_killed_under_load_loses_and_doubles_nothing(
    tmp_path: Path, centre: RunningCentre, cluster: Cluster
) -> None:
    with workstations_of(centre, tmp_path) as posts:
        for number in range(ROUNDS):
            for post in posts:
                post.record(*(f"BEFORE{number}-{each}" for each in range(5)))
            posts[number % WORKSTATIONS].settles()
            kill(cluster)
            for post in posts:
                post.record(f"MEANWHILE{number}")
                post.until(lambda state: not state.online and state.waiting > 0)
            start(cluster)
            for post in posts:
                post.settles()

        for post in posts:
            assert held(centre, post.booth) == post.do(post.booth.leaves)
    # Had anything that was acknowledged been lost, the centre would have asked for it again.
    assert verdicts(centre) <= {"held", "repeated"}
    assert centre.run("forks").startswith("No alarm")


def test_an_older_backup_is_filled_up_by_the_workstations_without_an_alarm(
    tmp_path: Path, centre: RunningCentre, cluster: Cluster
) -> None:
    with workstations_of(centre, tmp_path) as posts:
        for post in posts:
            post.record("BEFORE")
            post.settles()
        copy = backed_up(cluster)
        for post in posts:
            post.record("AFTER", "AFTER TOO")
            post.settles()
        centre.stop()
        for post in posts:
            post.until(lambda state: not state.online)
        kill(cluster)
        put_back(cluster, copy)
        start(cluster)
        assert [len(held(centre, post.booth)) for post in posts] == [1] * WORKSTATIONS

        centre.start()
        for post in posts:
            post.record("SINCE")
            post.settles()

        for post in posts:
            assert held(centre, post.booth) == post.do(post.booth.leaves)
    assert "gap" in verdicts(centre)
    assert '"event": "ledger-is-older"' in centre.log
    assert centre.run("forks").startswith("No alarm")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_full_disk_is_told_and_when_there_is_room_all_goes_on(
    tmp_path: Path, cluster: Cluster, kind: str
) -> None:
    with ExitStack() as stack:
        small = stack.enter_context(medium(cluster.folder / kind, "24m"))
        centre = set_up(tmp_path / "centre", database=on(small, kind, cluster))
        stack.enter_context(serving(centre))
        [post] = stack.enter_context(workstations_of(centre, tmp_path, 1))
        line = Line(Booth(centre.provisioning()), centre.url)
        line.enrol()
        fill(small)
        line.booth.write(*(check(f"N{number}" * 50) for number in range(900)))
        contact = line.booth.signed(line.booth.contact())

        refused = line.post(CONTACT_PATH, contact.body)
        assert (refused.status_code, refused.text) == (
            507,
            "the server's disk is full: nothing was taken, it comes again by itself",
        )
        assert centre.entries("--workstation", line.booth.id) == []
        assert requests.get(centre.url + HEALTH_PATH, timeout=PATIENCE).text == "ok"
        post.record(*(f"N{number}" for number in range(40)))
        post.until(lambda state: state.problem == "centre-full")

        (small / "filler").unlink()
        assert line.post(CONTACT_PATH, contact.body).status_code == 200
        end = monotonic() + PATIENCE
        while held(centre, post.booth) != post.do(post.booth.leaves):
            assert monotonic() < end, "it did not go on"

        assert len(centre.entries("--workstation", line.booth.id)) == 900
        assert '"event": "disk-full"' in centre.log
        centre.stop()
        if kind == "postgresql":
            ask(cluster, "drop database small")
            ask(cluster, "drop tablespace small")


def test_a_full_disk_at_the_workstation_is_told_at_its_line(
    tmp_path: Path, sqlite_centre: RunningCentre
) -> None:
    with (
        medium(tmp_path / "small", "24m") as small,
        workstations_of(sqlite_centre, small, 1) as [post],
    ):
        post.until(lambda state: state.online)
        fill(small)
        post.until(lambda state: not state.online and state.problem == "disk-full")

        (small / "filler").unlink()
        post.until(lambda state: state.online and not state.problem)
        post.record("AALTO")
        post.settles()

        assert held(sqlite_centre, post.booth) == post.do(post.booth.leaves)


# --- workstations at work -----------------------------------------------------------------------


@contextmanager
def workstations_of(
    centre: RunningCentre, path: Path, count: int = WORKSTATIONS
) -> Iterator[list[Running]]:
    """Real ones, each with its uplink."""
    with ExitStack() as stack:
        posts = []
        for number in range(count):
            folder = Folder(path / f"workstation-{number}")
            running = Running(enrol(centre.provisioning(), folder), folder)
            posts.append(stack.enter_context(running))
            running.uplink(OFTEN)
        yield posts


def verdicts(centre: RunningCentre) -> set[object]:
    """Of every contact that was answered."""
    lines = [json.loads(line) for line in centre.log.splitlines()]
    return {line["verdict"] for line in lines if line["event"] == "contact" and "verdict" in line}


# --- what happens to the database ---------------------------------------------------------------


def kill(cluster: Cluster) -> None:
    """Its power is cut: no checkpoint, no good-bye."""
    pid = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)


def start(cluster: Cluster) -> None:
    """With the options of before, once the last of the old processes are gone."""
    end = monotonic() + PATIENCE
    while run(
        "pg_ctl",
        *("-D", str(cluster.folder / "data"), "-l", str(cluster.folder / "log")),
        *("-w", "restart"),
        cwd=cluster.folder,
    ):
        assert monotonic() < end, "it does not start"


def backed_up(cluster: Cluster) -> Path:
    """A base backup, taken while the workstations work."""
    copy = cluster.folder / "backup"
    source = ("-h", str(cluster.folder), "-U", "postgres", "-c", "fast")
    assert run("pg_basebackup", *source, "-D", str(copy), cwd=cluster.folder) == 0
    return copy


def put_back(cluster: Cluster, copy: Path) -> None:
    data = cluster.folder / "data"
    (data / "postmaster.opts").rename(copy / "postmaster.opts")
    shutil.rmtree(data)
    copy.rename(data)


def run(program: str, *arguments: str, cwd: Path) -> int:
    return subprocess.run(
        [postgres_programs() / program, *arguments],
        check=False,
        cwd=cwd,
        user="postgres" if os.geteuid() == 0 else None,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=PATIENCE,
    ).returncode


def on(small: Path, kind: str, cluster: Cluster) -> str:
    """A database that lies there."""
    if kind == "sqlite":
        return f"sqlite:///{small / 'ledger.db'}"
    if os.geteuid() == 0:
        shutil.chown(small, "postgres")
    ask(cluster, f"create tablespace small location '{small}'")
    ask(cluster, "create database small tablespace small")
    return cluster.url("small")


def fill(small: Path) -> None:
    """To the last byte."""
    with (small / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(65_536)):
            pass


def ask(cluster: Cluster, statement: str) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(statement)
