"""Thirty days of five posts in minutes, on a line that breaks: nothing lost, nothing doubled.

`python -m tests.soak` runs real workstations against a real server process on PostgreSQL,
over a line that cuts, resets and repeats. Workstations are killed, locked and left without a line
for days; the server is killed and put back from last night's backup. In the end every journal must
be at the centre as it was written, and no alarm may have been raised.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit

import psycopg

from checkpoint_client.settings import Folder
from sync import bundle
from sync.enrolment import enrol
from sync.https import Line
from sync.link import Unreachable
from tests.centre import Cluster, RunningCentre, running_cluster, serving, set_up
from tests.fault_proxy import FaultProxy, Faults
from tests.workstations import Workstation

MOST_CHECKS_A_DAY = 24
CONTACTS_A_DAY = 3
DAYS_WITHOUT_LINE = 4


@dataclass
class Post:
    """One workstation and its bad line. `silent_until` is the day on which its line returns."""

    workstation: Workstation
    proxy: FaultProxy
    line: Line
    silent_until: int = 0

    def contact(self, faults: Faults) -> None:
        self.proxy.faults = faults
        self.line.close()
        self.workstation.contact(self.line)

    def settle(self) -> None:
        self.proxy.faults = Faults()
        self.line.close()
        self.workstation.settle(self.line)


@dataclass
class Backup:
    """Last night's database, kept beside the one in use."""

    cluster: Cluster
    address: str
    copy: str = ""

    def make(self) -> None:
        """With the server stopped: PostgreSQL copies only a database that nobody uses."""
        old, self.copy = self.copy, f"{self._name}_night"
        if old:
            self._ask(f"drop database {old}")
        self._ask(f"create database {self.copy} template {self._name}")

    def put_back(self) -> None:
        self._ask(f"drop database {self._name} with (force)")
        self._ask(f"create database {self._name} template {self.copy}")

    @property
    def _name(self) -> str:
        return urlsplit(self.address).path.removeprefix("/")

    def _ask(self, statement: str) -> None:
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # our own names only


@dataclass
class Soak:
    """The whole run. `injected` counts what was done to it, by name."""

    centre: RunningCentre
    backup: Backup
    posts: list[Post]
    chance: Random
    injected: Counter[str] = field(default_factory=Counter)

    def run(self, days: int, say: Callable[[str], None]) -> None:
        for day in range(days):
            for post in self.posts:
                self._work_a_day(post, day)
            self._night()
            say(f"day {day + 1} of {days}: {self._written()} entries, {self._done()} faults")
        for post in self.posts:
            post.settle()

    def _work_a_day(self, post: Post, day: int) -> None:
        for _ in range(CONTACTS_A_DAY):
            count = self.chance.randint(0, MOST_CHECKS_A_DAY // CONTACTS_A_DAY)
            post.workstation.record(*(f"T{self.chance.getrandbits(40)}" for _ in range(count)))
            if day >= post.silent_until:
                self._try_the_line(post)
        if self.chance.random() < 0.1:
            self._note("workstation killed")
            post.workstation.kill()
        if self.chance.random() < 0.2:
            self._lock(post)
        if self.chance.random() < 0.05:
            self._note("line gone for days")
            post.silent_until = day + self.chance.randint(1, DAYS_WITHOUT_LINE)

    def _try_the_line(self, post: Post) -> None:
        name, faults = self.chance.choice(self._ways_to_fail())
        if name:
            self._note(name)
        if self.chance.random() < 0.01:
            self._note("server killed")
            self.centre.kill()
            post.contact(faults)
            self.centre.start()
        post.contact(faults)

    def _ways_to_fail(self) -> list[tuple[str, Faults]]:
        at = self.chance.randint(0, 1_500)
        return [
            ("", Faults()),
            ("", Faults()),
            ("request cut", Faults(cut_up=at)),
            ("request reset", Faults(cut_up=at, resets=True)),
            ("reply cut", Faults(cut_down=at)),
            ("reply reset", Faults(cut_down=at, resets=True)),
            ("connection repeated", Faults(replays=True)),
            ("repeated, reply lost", Faults(replays=True, cut_down=0)),
            ("sliced", Faults(slice_bytes=self.chance.randint(20, 200))),
        ]

    def _lock(self, post: Post) -> None:
        """The tail goes into the spool, and is delivered late, more than once, or not at all."""
        booth = post.workstation
        self._note("locked, spooled")
        bundle.spool(booth.store, booth.device, booth.folder.spool)
        kept = {each.path: each.path.read_bytes() for each in bundle.spooled_in(booth.folder.spool)}
        for again in range(self.chance.randint(0, 2)):
            post.proxy.faults = Faults(cut_down=0) if self.chance.random() < 0.5 else Faults()
            post.line.close()
            try:
                bundle.deliver(booth.folder.spool, post.line, booth.device)
            except Unreachable:
                self._note("bundle's reply lost")
            if again == 0 and kept:
                self._note("bundle brought twice")
                for path, content in kept.items():
                    path.write_bytes(content)

    def _night(self) -> None:
        if self.backup.copy and self.chance.random() < 0.12:
            self._note("server put back from last night")
            self.centre.stop()
            self.backup.put_back()
            self.centre.run("restored")
        else:
            self.centre.stop()
            self.backup.make()
        self.centre.start()

    def _note(self, fault: str) -> None:
        self.injected[fault] += 1

    def _written(self) -> int:
        return sum(post.workstation.store.tip().position for post in self.posts)

    def _done(self) -> int:
        return sum(self.injected.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    entries: int
    losses: int
    doubles: int
    out_of_order: int
    alarms: int

    @property
    def is_good(self) -> bool:
        return not (self.losses or self.doubles or self.out_of_order or self.alarms)


def judge(soak: Soak) -> Verdict:
    """Compare every journal with what the centre holds of it."""
    entries = losses = doubles = out_of_order = 0
    for post in soak.posts:
        ours = post.workstation.leaves()
        theirs = [
            bytes.fromhex(str(each["leaf"]))
            for each in soak.centre.entries("--workstation", post.workstation.id)
        ]
        entries += len(ours)
        losses += len({*ours} - {*theirs})
        doubles += len(theirs) - len({*theirs})
        out_of_order += ours != theirs
    return Verdict(
        entries=entries,
        losses=losses,
        doubles=doubles,
        out_of_order=out_of_order,
        alarms=soak.centre.run("status").count("ALARM"),
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--posts", type=int, default=5)
    parser.add_argument("--workstations", type=int, default=4, help="of each post")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    began = perf_counter()
    with ExitStack() as stack:
        path = Path(stack.enter_context(TemporaryDirectory()))
        cluster = stack.enter_context(running_cluster("fsync=off", "max_connections=50"))
        address = cluster.new_database()
        centre = stack.enter_context(serving(set_up(path / "centre", database=address)))
        posts = list(_posts(stack, centre, path, given.posts, given.workstations))
        soak = Soak(centre, Backup(cluster, address), posts, Random(given.seed))
        soak.run(given.days, say=lambda words: print(words, file=sys.stderr))
        verdict = judge(soak)
    for fault, count in sorted(soak.injected.items()):
        print(f"{count:6} {fault}")
    print(
        f"{len(posts)} workstations, {given.days} days, seed {given.seed}:"
        f" {sum(soak.injected.values())} faults, {verdict.entries} entries,"
        f" losses {verdict.losses}, doubles {verdict.doubles},"
        f" journals out of order {verdict.out_of_order}, alarms {verdict.alarms},"
        f" {perf_counter() - began:.0f} s"
    )
    return 0 if verdict.is_good else 1


def _posts(
    stack: ExitStack, centre: RunningCentre, path: Path, posts: int, workstations: int
) -> Iterator[Post]:
    port = int(centre.url.rpartition(":")[2])
    for place in range(posts * workstations):
        code = f"POST-{place // workstations + 1:02}"
        folder = Folder(path / f"workstation-{place}")
        device = enrol(centre.provisioning(code, code), folder)
        proxy = stack.enter_context(FaultProxy(port).running())
        line = Line(
            f"http://127.0.0.1:{proxy.listens_on}",
            deployment=device.state.deployment,
            server_key=device.state.server_key,
            signer=device,
        )
        stack.callback(line.close)
        workstation = Workstation(folder, device)
        stack.callback(workstation.close)
        yield Post(workstation, proxy, line)


if __name__ == "__main__":
    sys.exit(main())
