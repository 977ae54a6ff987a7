"""Kills workstation and server at every step of their work, and holds them to what must be true.

`make kills` runs all of it and prints what came of it; the tests run a part.
"""

import argparse
import json
import select
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from shutil import rmtree
from signal import SIGKILL, SIGTERM
from tempfile import TemporaryDirectory
from time import perf_counter
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
from tests import exchange_kills
from tests.centre import RunningCentre, running_cluster, serving, set_up
from tests.failpoints import DEEPEST, UNSYNCED, Job, Plan, Started, Starter, starting
from tests.held_calls import Answer, Call, EachOnce, Often, Watch, never
from tests.papers import a_jpeg, put
from tests.post import PASSPHRASE
from tests.power_cuts import after_a_cut, moments
from tests.workday import ANSWER, EVERY_KILLED, EVERYBODY, START_AGAIN, WANTED, Premises
from tests.workstations import Workstation, a_check, an_alert

T = TypeVar("T")
Look = Callable[[], object]

LIVES = "tests.workday:live"
SERVER = "sync.server.main:main"
ENDED, FULL, TOLD = "ended", "full", "told"
PATIENCE = 20.0
LONGEST_MS = 300
AT_WORK = 0.75
"""So many of the kills come after the sign-in, the others at any time from the start on."""

ROUNDS_OF_A_SERVER = 50
FIRST_CALLS = 10
RECENT = 40
LEFT = frozenset(
    {
        "attachments",
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
    steps: dict[str, list[str]] = field(default_factory=dict)

    @property
    def ended(self) -> list[str]:
        """Where it was killed."""
        return self.steps.get(ENDED, [])

    @property
    def full(self) -> list[str]:
        """Where the disk had no more room."""
        return self.steps.get(FULL, [])

    @property
    def told(self) -> list[str]:
        """What the officer was told of that."""
        return self.steps.get(TOLD, [])

    def go_on(
        self,
        plan: Plan = Plan(),  # noqa: B008  frozen
        *,
        call: str = LIVES,
        told: Mapping[str, str] | None = None,
        watch: Watch | None = None,
    ) -> int:
        """Until the process ends, by itself or as planned; its status. `told`: else all of it."""
        status, lines = self.start(call, self.said if told is None else told, plan, watch).end()
        if watch:
            watch.end()
        self.hear(lines)
        self.must_be_private()
        return status

    def start(
        self,
        call: str,
        told: Mapping[str, str],
        plan: Plan = Plan(),  # noqa: B008  frozen
        watch: Watch | None = None,
    ) -> Started:
        return self.starter.start(
            Job(
                call=call,
                arguments=[msgspec.json.encode(self.premises).decode(), json.dumps(told)],
                plan=plan,
                temporary=str(self.temporary),
            ),
            watch,
        )

    def hear(self, lines: Iterable[str]) -> None:
        """What the process showed as saved; nothing of it may be said otherwise later."""
        for line in lines:
            name, _, value = line.partition("\t")
            if name in (ENDED, FULL, TOLD):
                self.steps.setdefault(name, []).append(value)
                continue
            if name.startswith("recorded "):
                assert self.said.get(name, value) == value, f"{name} a second time"
            self.said[name] = value

    def through_every_step(self, deep: int) -> int:
        """Killed at every step that it meets, each once; how often that was."""
        while status := self.go_on(Plan(ends_at_new=frozenset(self.ended), deep=deep)):
            assert status == -SIGKILL, self.starter.errors.read_text()
        return len(self.ended)

    def without_room(self, deep: int) -> int:
        """Without room at every step that needs some, each once; how often that was."""
        while status := self.go_on(Plan(full_at_new=frozenset(self.full), deep=deep)):
            assert status == START_AGAIN, self.starter.errors.read_text()[-5_000:]
        return len(self.full)

    def through_every_call(self, often: Often, *, half_way: Often = never) -> int:
        """Killed at every system call that changes a file, each once; how often that was.

        At those `half_way` once more, when half is written.
        """
        rule = EachOnce(self.folders, Answer.END, often, half_way=half_way)
        while status := self.go_on(watch=Watch(rule.anew())):
            assert status == -SIGKILL, self.starter.errors.read_text()[-5_000:]
        return len(rule.met)

    def calls(self) -> list[Call]:
        """All of a whole life, in the order in which the system took them."""
        calls: list[Call] = []

        def note(call: Call) -> Answer:
            calls.append(call)
            return Answer.GO_ON

        assert self.go_on(watch=Watch(note)) == 0, self.starter.errors.read_text()[-5_000:]
        return calls

    def failing_at_every_call(self, how: Answer, often: Often) -> int:
        """Every such call fails once; how many did."""
        failed = self.temporary.parent / "failed"
        rule = EachOnce(self.folders, how, often, on_answer=failed.touch)
        while status := self.go_on(Plan(failed=str(failed)), watch=Watch(rule.anew())):
            assert status == START_AGAIN, self.starter.errors.read_text()[-5_000:]
            failed.unlink(missing_ok=True)
        return len(rule.met)

    @property
    def folders(self) -> tuple[str, ...]:
        """Where the workstation's own files lie."""
        return (self.premises.folder, str(self.temporary))

    def clear(self) -> None:
        """Nobody needs its files any more."""
        rmtree(self.temporary.parent)

    def must_be_private(self) -> None:
        """No name and no pass-phrase is to be read in any file, whenever the power went."""
        words = [word.encode() for word in (*EVERYBODY, EVERY_KILLED, ANSWER, PASSPHRASE)]
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
            paper=str(put(folder, "paper.jpg", a_jpeg())),
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
        attached = ledger.attachment.c
        attachments = connection.scalars(
            sa.select(attached.received_at).where(attached.workstation == said["workstation"])
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
        lost=len(recorded - set(leaves)) + attachments.count(None),
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
    """Files that nobody needs any more: half-written ones, delivered bundles, temporary ones.

    An attachment without an entry lies there for days on purpose, see `AttachmentFiles.sweep`.
    """
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
class Rounds:
    """One workstation that records and sends all the while, killed at any millisecond, again and
    again. `unreadable`: how often it could not go on; the centre dies too now and then.
    """

    place: Place
    chance: Random
    life: Life = field(init=False)
    done: int = 0
    unreadable: int = 0

    def __post_init__(self) -> None:
        self.life = self.place.life()

    def go(self, rounds: int) -> None:
        for _ in range(rounds):
            self.done += 1
            self._go_once(
                is_open=self.chance.random() < AT_WORK,
                milliseconds=self.chance.randrange(LONGEST_MS),
            )
            if self.done % ROUNDS_OF_A_SERVER == 0:
                self.place.centre.kill()
                self.place.centre.start()
                self.life.must_be_private()

    def judged(self) -> Verdict:
        """After all that waited has been delivered and proved."""
        status = self.life.go_on(call="tests.workday:finish", told=self._recent())
        assert status == 0, self.life.starter.errors.read_text()[-5_000:]
        return self.place.judged(self.life)

    def _go_once(self, *, is_open: bool, milliseconds: int) -> None:
        """So long after it was started, or after somebody signed in."""
        process = self.life.start("tests.workday:work", self._recent())
        if is_open:
            process.line()
        select.select([], [], [], milliseconds / 1_000)
        process.kill()
        status, lines = process.end()
        self.life.hear(lines)
        self.unreadable += status != -SIGKILL

    def _recent(self) -> dict[str, str]:
        """What the last rounds said: the process holds the records to that."""
        names = [name for name in self.life.said if name.startswith("typed ")]
        recent = {}
        for name in names[-RECENT:]:
            who = name.removeprefix("typed ")
            recent[name] = ""
            if id := self.life.said.get(f"recorded {who}"):
                recent[f"recorded {who}"] = id
        return {**recent, "next": str(len(names))}


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


def every_step(place: Place, trace: Path, thinning: int) -> list[tuple[str, int]]:
    """The steps of one life: of each name the first, the last and every `thinning`-th time."""
    life = place.life()
    assert life.go_on(Plan(trace=str(trace))) == 0
    times: Counter[str] = Counter(trace.read_text().splitlines())
    return [
        (name, time)
        for name, last in times.items()
        if not name.startswith(UNSYNCED)
        for time in range(1, last + 1)
        if time in (1, last) or time % thinning == 0
    ]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1_000, help="at random moments")
    parser.add_argument(
        "--lives",
        type=int,
        default=0,
        metavar="N",
        help="also a life of its own for each step's first, last and every N-th time; takes hours",
    )
    parser.add_argument(
        "--calls",
        type=int,
        default=10,
        metavar="N",
        help="of each kind of system call the first ten and every N-th; 1 for all",
    )
    parser.add_argument("--cuts", type=int, default=1, help="of the power, round each fsync")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        cluster = stack.enter_context(running_cluster("fsync=off", "max_connections=50"))
        starter = stack.enter_context(starting(folder))
        good = [
            _server_at_every_step(starter, folder / name, name, database)
            for name, database in (("SQLite", None), ("PostgreSQL", cluster.new_database()))
        ]
        (folder / "exchanges").mkdir()
        database = cluster.new_database
        good.append(exchange_kills.every_step(starter, folder / "exchanges", database, DEEPEST))
        centre = stack.enter_context(
            serving(set_up(folder / "centre", database=cluster.new_database()))
        )
        place = Place(centre, starter, folder)
        good.append(_at_random(place, given.rounds, Random(given.seed)))
        good.append(_one_life(place, Life.through_every_step, "killed at every step"))
        good.append(_one_life(place, Life.without_room, "without room at every step"))
        good += _at_every_call(place, given.calls)
        good.append(_power_cuts(place, given.cuts, Random(given.seed)))
        if given.lives:
            good.append(_workstation_at_every_step(place, folder / "trace", given.lives))
    return 0 if all(good) else 1


def _server_at_every_step(
    starter: Starter, folder: Path, database: str, address: str | None
) -> bool:
    folder.mkdir()
    began = perf_counter()
    centre = set_up(folder / "centre", database=address)
    served = Served(starter, centre.folder, DEEPEST)
    booth = serve_a_workstation(served, centre, Folder(folder / "workstation"))
    written = booth.leaves()
    booth.close()
    served.stop()
    held = [bytes.fromhex(str(each["leaf"])) for each in centre.entries("--workstation", booth.id)]
    alarms = centre.run("status").count("ALARM")
    print(
        f"server on {database}, killed at every step of enrolment, contacts, previews and a bundle:"
        f" {len(served.ended)} kills, {len(written)} entries, lost {len({*written} - {*held})},"
        f" doubled {len(held) - len({*held})}, alarms {alarms}, {perf_counter() - began:.0f} s"
    )
    return held == written and not alarms


def _at_random(place: Place, rounds: int, chance: Random) -> bool:
    began = perf_counter()
    killing = Rounds(place, chance)
    killing.go(rounds)
    verdict = killing.judged()
    acknowledged = sum(name.startswith("recorded ") for name in killing.life.said)
    print(
        f"kill -9 at random milliseconds: {killing.done} rounds, {acknowledged} acknowledged"
        f" checks, {verdict.entries} entries, lost {verdict.lost}, doubled {verdict.doubled},"
        f" unreadable files {killing.unreadable}, journals differing {verdict.differing},"
        f" alarms {verdict.alarms}, {perf_counter() - began:.0f} s"
    )
    return verdict.is_good and not killing.unreadable


def _one_life(place: Place, live: Callable[[Life, int], int], how: str) -> bool:
    began = perf_counter()
    life = place.life()
    steps = live(life, DEEPEST)
    verdict = place.judged(life)
    print(
        f"workstation {how}, each in turn: {steps} times, {verdict.entries} entries, lost"
        f" {verdict.lost}, doubled {verdict.doubled}, journals differing {verdict.differing}, still"
        f" waiting {verdict.waiting}, alarms {verdict.alarms}, files left behind"
        f" {len(verdict.left_behind)}, {perf_counter() - began:.0f} s",
        flush=True,
    )
    return verdict.is_good


def _at_every_call(place: Place, thinning: int) -> list[bool]:
    def often(_kind: str, number: int) -> bool:
        return number <= FIRST_CALLS or number % thinning == 0

    return [
        _one_life(place, live, f"{how} at system calls")
        for how, live in (
            ("killed", lambda life, _deep: life.through_every_call(often)),
            ("killed half-way", lambda life, _deep: life.through_every_call(never, half_way=often)),
            (
                "with a failing disk",
                lambda life, _deep: life.failing_at_every_call(Answer.DISK_FAILS, often),
            ),
            (
                "without room",
                lambda life, _deep: life.failing_at_every_call(Answer.NO_ROOM, often),
            ),
        )
    ]


def _power_cuts(place: Place, times: int, chance: Random) -> bool:
    """Before and behind every fsync of a life, so often."""
    began, sums, life = perf_counter(), Counter[str](), place.life()
    for moment in moments(life.premises, life.calls()):
        for _ in range(times if moment.synced else 0):
            sums["cuts"] += 1
            try:
                sums["opened"] += after_a_cut(life.premises, moment, chance, place.folder)
            except Exception as error:
                sums["bad"] += 1
                print(f"behind {[*moment.said][-1:]}: {error!r}", file=sys.stderr)
    print(
        f"power cut round every fsync, files made from what was written: {sums['cuts']} cuts,"
        f" {sums['opened']} of them of an enrolled workstation, lost, doubled or unreadable"
        f" {sums['bad']}, {perf_counter() - began:.0f} s"
    )
    return not sums["bad"]


def _workstation_at_every_step(place: Place, trace: Path, thinning: int) -> bool:
    began = perf_counter()
    steps = every_step(place, trace, thinning)
    sums: Counter[str] = Counter()
    for number, step in enumerate(steps):
        life = place.life()
        killed = life.go_on(Plan(ends_at=step)) == -SIGKILL
        unreadable = life.go_on() != 0
        verdict = None if unreadable else place.judged(life)
        sums["killed"] += killed
        sums["unreadable"] += unreadable
        if verdict:
            for name in ("entries", "lost", "doubled", "differing", "waiting", "alarms"):
                sums[name] += getattr(verdict, name)
            sums["left behind"] += len(verdict.left_behind)
        if unreadable or (verdict and not verdict.is_good):
            print(f"at {step}: {verdict or 'it did not go on'}", file=sys.stderr)
        life.clear()
        if number % 100 == 0:
            print(f"{number} of {len(steps)} steps", file=sys.stderr)
    print(
        f"workstation, killed at each of {len(steps)} steps ({len({name for name, _ in steps})}"
        f" different ones) of a life, each in a life of its own: {sums['killed']} kills,"
        f" {sums['entries']} entries, lost {sums['lost']}, doubled {sums['doubled']},"
        f" unreadable {sums['unreadable']}, journals differing {sums['differing']},"
        f" still waiting {sums['waiting']}, alarms {sums['alarms']},"
        f" files left behind {sums['left behind']}, {perf_counter() - began:.0f} s"
    )
    names = ("lost", "doubled", "unreadable", "differing", "waiting", "alarms", "left behind")
    return not any(sums[name] for name in names)


if __name__ == "__main__":
    sys.exit(main())
