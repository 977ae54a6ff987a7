"""The central server for tests: a real process on loopback, on SQLite and on a real PostgreSQL.

Use it as a plugin: `pytest_plugins = ["tests.centre"]`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import msgspec
import psycopg
import pytest

from sync.protocol import Provisioning
from sync.server.main import main

WAIT_SECONDS = 60
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")


@dataclass
class RunningCentre:
    """A centre in its folder and the process that serves it, which can be stopped and started."""

    folder: Path
    url: str = ""
    process: subprocess.Popen[str] | None = None
    wishes: Sequence[str] = ()
    """More words behind `serve`."""
    program: Sequence[str] = ("-m", "sync.server.main")

    @property
    def log(self) -> str:
        """What the server said beside its address."""
        return self._log.read_text()

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def start(self) -> None:
        """Serve, at the address of the last time if there was one."""
        port = self.url.rpartition(":")[2] or "0"
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, *self.program, "serve"),
                    *("--data", str(self.folder), "--port", port, "--until-closed"),
                    *self.wishes,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said.startswith("listening on "), self.log
        self.url = said.removeprefix("listening on ").strip()

    def stop(self) -> None:
        """Close its standard input, as a client that died would."""
        if self.process is None:
            return
        with self.process as process:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(WAIT_SECONDS)
        self.process = None

    def kill(self) -> None:
        """Power cut: no time to finish anything."""
        assert self.process is not None
        with self.process as process:
            process.kill()
        self.process = None

    def run(self, command: str, *arguments: str) -> str:
        """What `checkpoint-server COMMAND --data … ARGUMENTS` prints."""
        printed = StringIO()
        with redirect_stdout(printed):
            status = main([command, "--data", str(self.folder), *arguments])
        assert status == 0, printed.getvalue()
        return printed.getvalue()

    def provisioning(
        self, post: str = "OSH-01", post_name: str = "Osh road", *, role: str = "workstation"
    ) -> Provisioning:
        """A new one-time token with all that a workstation needs to enrol."""
        named = ("--post", post, "--post-name", post_name, "--role", role)
        printed = self.run("token", *named, "--out", "-")
        return msgspec.json.decode(printed, type=Provisioning)

    def entries(self, *arguments: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.run("entries", *arguments).splitlines()]


def set_up(folder: Path, *, database: str | None = None, tls: str | None = None) -> RunningCentre:
    """A new centre, not yet serving."""
    centre = RunningCentre(folder)
    wishes = [*(["--database", database] if database else []), *(["--tls", tls] if tls else [])]
    centre.run("init", *wishes)
    return centre


@contextmanager
def serving(centre: RunningCentre) -> Iterator[RunningCentre]:
    centre.start()
    try:
        yield centre
    finally:
        centre.stop()


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL of our own, reached by a socket in a private folder."""

    folder: Path

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"centre_{os.urandom(6).hex()}"
        self._ask("postgres", f"create database {name}")
        return self.url(name)

    def copy(self, address: str) -> str:
        """The address of a copy of a database, to which nobody may be connected."""
        name = f"copy_{os.urandom(6).hex()}"
        self._ask("postgres", f"create database {name} template {_database_in(address)}")
        return self.url(name)

    def same(self, address: str) -> str:
        """The database of that name on this server."""
        return self.url(_database_in(address))

    def stop_following(self, primary: "Cluster") -> None:
        """From now on this replica does not hear what the primary writes."""
        written = primary._told("select pg_current_wal_lsn()")
        caught_up = f"select pg_last_wal_replay_lsn() >= '{written}'::pg_lsn"
        self._wait_for(caught_up)
        self._ask("postgres", "alter system set primary_conninfo = ''")
        self._ask("postgres", "select pg_reload_conf()")
        self._wait_for("select not exists (select 1 from pg_stat_wal_receiver)")

    def promote(self) -> None:
        assert self._told("select pg_promote()")

    def shut(self, address: str) -> None:
        """Cut every connection to a database and take no new one."""
        name = _database_in(address)
        self._ask("postgres", f"alter database {name} allow_connections false")
        self._ask(
            "postgres",
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s",
            name,
        )

    def open(self, address: str) -> None:
        self._ask("postgres", f"alter database {_database_in(address)} allow_connections true")

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def _told(self, question: str) -> object:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            [told] = connection.execute(question).fetchone() or [None]
            return told

    def _wait_for(self, question: str) -> None:
        end = monotonic() + WAIT_SECONDS
        while not self._told(question):
            assert monotonic() < end, question
            self._told("select pg_sleep(0.02)")

    def _ask(self, database: str, statement: str, *values: str) -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement, values)


SETTINGS = ("fsync=off", "max_connections=50")


@contextmanager
def running_cluster(*settings: str) -> Iterator[Cluster]:
    """Start a cluster of our own."""
    made = ("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    with _running(made, settings) as cluster:
        yield cluster


@contextmanager
def running_replica(primary: Cluster) -> Iterator[Cluster]:
    """Start another server that follows the cluster of the tests."""
    source = ("-h", str(primary.folder), "-U", "postgres", "-R", "-c", "fast", "--no-sync")
    with _running(("pg_basebackup", *source), SETTINGS) as cluster:
        yield cluster


@contextmanager
def _running(made: Sequence[str], settings: Sequence[str]) -> Iterator[Cluster]:
    """`initdb` refuses root, so root hands all of it to the user postgres."""
    programs = postgres_programs()
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        if user:
            shutil.chown(folder, user)
        data = folder / "data"

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [programs / program, *arguments],
                check=True,
                cwd=folder,
                user=user,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                stdout=subprocess.DEVNULL,
                timeout=WAIT_SECONDS,
            )

        run(*made, "-D", str(data))
        options = " ".join(
            ["-c listen_addresses=", f"-k {folder}", *(f"-c {each}" for each in settings)]
        )
        log = str(folder / "log")
        run("pg_ctl", "-D", str(data), "-o", options, "-l", log, "-w", "start")
        try:
            yield Cluster(folder)
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with running_cluster(*SETTINGS) as cluster:
        yield cluster


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> Callable[[], str | None]:
    """Where a ledger may lie, once on each kind; None is the centre's own SQLite."""
    if request.param == "sqlite":
        return lambda: None
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.new_database


@pytest.fixture
def running_centre(
    tmp_path: Path, new_database: Callable[[], str | None]
) -> Iterator[RunningCentre]:
    """A real server process of the test's own, on SQLite and on PostgreSQL."""
    with serving(set_up(tmp_path / "centre", database=new_database())) as centre:
        yield centre


@pytest.fixture(scope="session")
def shared_centre(
    tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str | None]
) -> Iterator[RunningCentre]:
    """One server process for all tests that bring workstations of their own."""
    folder = tmp_path_factory.mktemp("shared") / "centre"
    with serving(set_up(folder, database=new_database())) as centre:
        yield centre


@pytest.fixture
def sqlite_centre(tmp_path: Path) -> Iterator[RunningCentre]:
    """A real server process on loopback, on SQLite only."""
    with serving(set_up(tmp_path / "centre")) as centre:
        yield centre


def _database_in(address: str) -> str:
    return urlsplit(address).path.removeprefix("/")


def postgres_programs() -> Path:
    """Where initdb lies: in the path, or where Debian hides it."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(DEBIAN_POSTGRES.glob("*/bin/initdb"))
    assert versions, "PostgreSQL is missing: apt-get install -y postgresql"
    return versions[-1].parent
