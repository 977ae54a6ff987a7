"""Kills workstation and server at every step of their work, and holds them to what must be true.

`make kills` runs all of it and prints what came of it; the tests run a part.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import TypeVar

import msgspec
import sqlalchemy as sa

from checkpoint_client.records.codes import Decision
from checkpoint_client.settings import Folder
from checkpoint_client.watchlist import jsonl
from sync import bundle
from sync.engine import confirm, next_request
from sync.enrolment import NotEnrolled, enrol, line_of
from sync.https import Line
from sync.link import Unreachable
from sync.server import ledger
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from tests.centre import RunningCentre
from tests.failpoints import Job, Plan, Started, Starter
from tests.post import PASSPHRASE
from tests.workday import EVERYBODY, WANTED, Premises
from tests.workstations import Workstation, a_check, an_alert

T = TypeVar("T")
Look = Callable[[], object]

LIVES = "tests.workday:live"
SERVER = "sync.server.main:main"
PATIENCE = 20.0
LEFT = frozenset(
    {
        "device.key",
        "envelope.json",
        "envelope.json.bak",
        "lists",
        "provisioning.json",
        "envelope.json.tries",
        "records.db",
        "reference.db",
        "settings.toml",
        "spool",
    }
)
"""What lies in a workstation's folder when nothing is under way."""

_TRIED = b"blat"
"""What Python's tempfile writes to find out whether it may write there."""


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def publish_lists(centre: RunningCentre, stick: Path) -> bytes:
    """Version 1 to the stick, version 2 over the line: with another alert; the lines of that."""
    lines = centre.folder / "list.jsonl"
    for version, alerts in enumerate(([WANTED], [WANTED, "NOBODY"]), start=1):
        lines.write_bytes(
            jsonl.write(
                an_alert(f"A-{number}", f"{name}, ANNA MARIA") for number, name in enumerate(alerts)
            )
        )
        centre.run("publish", "--jsonl", str(lines))
        if version == 1:
            stick.mkdir()
            centre.run("stick", "--to", str(stick))
    newest = lines.read_bytes()
    lines.unlink()
    return newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a life came to; good where everything but `entries` is nothing."""

    entries: int
    lost: int
    doubled: int
    differing: int
    waiting: int
    alarms: int
    left_behind: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        ill = self.lost or self.doubled or self.differing or self.waiting or self.alarms
        return not (ill or self.left_behind)


@dataclass
class Life:
    """One workstation's life in as many processes as it takes. `said` is all it showed as saved."""

    starter: Starter
    premises: Premises
    temporary: Path
    said: dict[str, str] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)

    def go_on(self, plan: Plan = Plan()) -> int:  # noqa: B008  frozen
        """Until the process ends, by itself or as planned; its status."""
        process = self.starter.start(
            Job(
                call=LIVES,
                arguments=[msgspec.json.encode(self.premises).decode(), json.dumps(self.said)],
                plan=plan,
                temporary=str(self.temporary),
            )
        )
        status, lines = process.end()
        for line in lines:
            name, _, value = line.partition("\t")
            if name == "ended":
                self.ended.append(value)
                continue
            if name.startswith("recorded "):
                assert self.said.get(name, value) == value, f"{name} a second time"
            self.said[name] = value
        self._must_be_private()
        return status

    def through_every_step(self, deep: int) -> int:
        """Killed at every step that it meets, each once; how often that was."""
        while status := self.go_on(Plan(ends_at_new=frozenset(self.ended), deep=deep)):
            assert status == -SIGKILL, self.starter.errors.read_text()
        return len(self.ended)

    def _must_be_private(self) -> None:
        """No name and no pass-phrase is to be read in any file, whenever the power went."""
        words = [word.encode() for word in (*EVERYBODY, PASSPHRASE)]
        for path in [*_files(Path(self.premises.folder)), *_files(self.temporary)]:
            content = path.read_bytes()
            assert not any(word in content for word in words), path


@dataclass
class Place:
    """A centre that has published, and room for one workstation after another."""

    centre: RunningCentre
    starter: Starter
    folder: Path
    _lives: int = 0

    def __post_init__(self) -> None:
        self.newest_list = publish_lists(self.centre, self.folder / "stick")

    def life(self) -> Life:
        self._lives += 1
        folder = self.folder / f"life-{self._lives}"
        temporary = folder / "temporary"
        temporary.mkdir(parents=True)
        token = folder / "post.json"
        self.centre.run("token", "--post", "OSH-01", "--out", str(token))
        premises = Premises(
            folder=str(folder / "data"),
            centre=str(self.centre.folder),
            provisioning=str(token),
            stick=str(self.folder / "stick"),
            copy=str(folder / "records-at-noon.db"),
        )
        return Life(self.starter, premises, temporary)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        opened = Ledger(CentreFolder(self.centre.folder).database)
        try:
            yield opened
        finally:
            opened.close()

    def judged(self, life: Life) -> Verdict:
        with self.ledger() as opened:
            return judge(life, opened)


def judge(life: Life, opened: Ledger) -> Verdict:
    """What the workstation said of itself at its end beside what the centre holds of it."""
    said = life.said
    ours = {
        int(name.removeprefix("journal ")): [bytes.fromhex(leaf) for leaf in json.loads(value)]
        for name, value in said.items()
        if name.startswith("journal ")
    }
    entry, alarm = ledger.entry.c, ledger.alarm.c
    with opened.reading() as connection:
        rows = connection.execute(
            sa.select(entry.incarnation, entry.position, entry.leaf, entry.id, entry.kind)
            .where(entry.workstation == said["workstation"])
            .order_by(entry.incarnation, entry.position)
        ).all()
        alarms = connection.scalars(
            sa.select(alarm.reason).where(alarm.workstation == said["workstation"])
        ).all()
    theirs: dict[int, list[bytes]] = {}
    for row in rows:
        held = theirs.setdefault(row.incarnation, [])
        assert row.position == len(held) + 1, "a gap in a journal at the centre"
        held.append(bytes(row.leaf))
    newest = max(ours)
    recorded = {value for name, value in said.items() if name.startswith("recorded ")}
    leaves = {row.id: set[bytes]() for row in rows if row.kind == "check"}
    for row in rows:
        if row.kind == "check":
            leaves[row.id].add(bytes(row.leaf))
    return Verdict(
        entries=sum(map(len, theirs.values())),
        lost=len(recorded - set(leaves)),
        doubled=len(set(leaves) - recorded)
        + sum(len(each) - 1 for each in leaves.values())
        + sum(len(each) - len(set(each)) for each in theirs.values()),
        differing=(ours[newest] != theirs.get(newest))
        + sum(theirs.get(number, [])[: len(each)] != each for number, each in ours.items()),
        waiting=int(said["waiting"]),
        alarms=len(alarms),
        left_behind=tuple(sorted(_left_behind(life))),
    )


def _left_behind(life: Life) -> Iterator[str]:
    """Files that nobody needs any more: half-written ones, delivered bundles, temporary ones."""
    folder = Path(life.premises.folder)
    for path in folder.iterdir():
        if path.name not in LEFT:
            yield path.name
    for path in (*_files(folder / "spool"), *life.temporary.iterdir()):
        if path.read_bytes() not in (b"", _TRIED):
            yield str(path.relative_to(path.parents[1]))
    for path in _files(folder / "lists"):
        if path.suffix != ".json":
            yield path.name


@dataclass
class Served:
    """A server that is killed at every step of its work, each once, and started again each time."""

    starter: Starter
    folder: Path
    deep: int
    port: int = 0
    ended: list[str] = field(default_factory=list)
    process: Started | None = None

    def through(self, work: Callable[[], T]) -> T:
        """What `work` gives, tried again whenever the server died of it."""
        while True:
            self._must_serve()
            try:
                return work()
            except (Unreachable, NotEnrolled):
                assert self.process
                assert not self.process.lives(PATIENCE), "it did not answer, and lives"
                self._bury()

    def stop(self) -> None:
        if self.process:
            self.process.kill(SIGTERM)
            status, _ = self.process.end()
            assert status in (0, -SIGKILL), self.starter.errors.read_text()

    def _must_serve(self) -> None:
        while self.process is None:
            plan = Plan(ends_at_new=frozenset(self.ended), deep=self.deep)
            call = ["serve", "--data", str(self.folder), "--port", str(self.port)]
            self.process = self.starter.start(Job(call=SERVER, arguments=call, plan=plan))
            said = self.process.line()
            if said.startswith("listening on "):
                self.port = int(said.rpartition(":")[2])
            else:
                self._bury(said)

    def _bury(self, said: str = "") -> None:
        assert self.process
        status, lines = self.process.end()
        assert status == -SIGKILL, self.starter.errors.read_text()
        self.ended += [line.partition("\t")[2] for line in [said.strip(), *lines] if line]
        self.process = None


def through_every_step_of(starter: Starter, command: list[str], deep: int, look: Look) -> list[str]:
    """End a command of the server at each step in turn until it gets through; the steps."""
    ended: list[str] = []
    while True:
        plan = Plan(ends_at_new=frozenset(ended), deep=deep)
        status, lines = starter.start(Job(call=SERVER, arguments=command, plan=plan)).end()
        look()
        if status != -SIGKILL:
            assert status == 0, starter.errors.read_text()
            return ended
        ended.append(lines[-1].partition("\t")[2])


def serve_a_workstation(served: Served, centre: RunningCentre, folder: Folder) -> Workstation:
    """Enrolment, contacts with previews, a lost spool and a late one; all that the centre does."""
    provisioning = served.through(lambda: centre.provisioning())
    at = msgspec.structs.replace(provisioning, url=f"http://127.0.0.1:{served.port}")
    device = served.through(lambda: enrol(at, folder))
    booth = Workstation(folder, device)
    with closing(line_of(at, device)) as line:
        for name in ("FIRST", "SECOND", "THIRD"):
            booth.record(name)
        booth.store.append(replace(a_check("REFUSED"), decision=Decision.REFUSED))
        served.through(lambda: _settle(booth, line))
        booth.record("FOURTH", "FIFTH")
        bundle.spool(booth.store, device, folder.spool)
        while bundle.spooled_in(folder.spool):
            served.through(lambda: bundle.deliver(folder.spool, line, device))
        served.through(lambda: _settle(booth, line))
    return booth


def _settle(booth: Workstation, line: Line) -> None:
    """Contacts of one entry each, so that urgent ones go ahead."""
    while True:
        request = next_request(booth.store, booth.device, have={}, most_bytes=1)
        if not confirm(booth.store, booth.device, line.contact(request.contact)).more:
            return
