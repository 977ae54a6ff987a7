"""Thirty days of five posts in minutes, on a line that breaks: nothing lost, nothing doubled.

`python -m tests.soak` runs real workstations against a real server process on PostgreSQL,
over a line that cuts, resets and repeats. Workstations are killed, locked, cloned, revoked and left
without a line for days, when sticks and the post's exchange carry for them; the server is killed
and put back from last night's backup. In the end every journal must be at the centre as it was
written, and nobody may have been alarmed but for those that were cloned or revoked.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import msgspec

from checkpoint_client.settings import Folder
from sync import bundle, enrolment
from sync.attachments import FIRST_PART
from sync.batches import FIRST_BYTES
from sync.engine import Trouble
from sync.https import Line
from sync.link import Link, Unreachable
from tests.centre import Cluster, RunningCentre, running_cluster, serving, set_up
from tests.fault_proxy import FaultProxy, Faults
from tests.living import (
    OFFICERS,
    SMALL,
    AsServed,
    KeepsAll,
    Living,
    keeper_of,
    note_backup,
    take_stick_in,
)
from tests.workstations import Workstation

MOST_CHECKS_A_DAY = 24
CONTACTS_A_DAY = 3
DAYS_WITHOUT_LINE = 4
MOST_CLONES = 4
MOST_REVOKED = 2


class DistantCentre(AsServed):
    """Every workstation has a bad line of its own to it."""

    def __init__(self, running: RunningCentre, cluster: Cluster, stack: ExitStack) -> None:
        super().__init__(running, cluster)
        self._port = int(running.url.rpartition(":")[2])
        self._stack = stack
        self.proxies: dict[Path, FaultProxy] = {}

    def link(self, workstation: Workstation) -> Link:
        path = workstation.folder.path
        if path not in self.proxies:
            self.proxies[path] = self._stack.enter_context(FaultProxy(self._port).running())
        provisioning = msgspec.structs.replace(
            enrolment.read_provisioning(workstation.folder.provisioning),
            url=f"http://127.0.0.1:{self.proxies[path].listens_on}",
        )
        line = enrolment.line_of(provisioning, workstation.device)
        self._lines.append(line)
        return line


@dataclass
class Booth:
    """A workstation, its bad line, its post's exchange. `silent_until`: the line returns then."""

    living: Living
    proxy: FaultProxy
    keeper: KeepsAll
    silent_until: int = 0

    def on(self, faults: Faults) -> Living:
        self.proxy.faults = faults
        assert isinstance(self.living.link, Line)
        self.living.link.close()
        return self.living


@dataclass
class Soak:
    """The whole run. `injected` counts what was done to it, by name."""

    centre: DistantCentre
    booths: list[Booth]
    path: Path
    chance: Random
    injected: Counter[str] = field(default_factory=Counter)
    suspect: set[str] = field(default_factory=set)
    unnoticed: int = 0
    photographs: int = 0

    def run(self, days: int, say: Callable[[str], None]) -> None:
        for day in range(days):
            for booth in list(self.booths):
                self._work_a_day(booth, day)
            self._night()
            say(f"day {day + 1} of {days}: {self._done()} faults")
        for _ in range(3):
            for booth in self.booths:
                booth.on(Faults()).settle()
                booth.living.bring_attachments()

    def _work_a_day(self, booth: Booth, day: int) -> None:
        is_silent = day < booth.silent_until
        self._record(booth, is_silent=is_silent)
        self._tell_the_post(booth, is_silent=is_silent)
        if is_silent and self.chance.random() < 0.3:
            self._carry_a_stick(booth)
        self._spoil(booth)
        if self.chance.random() < 0.2:
            self._lock(booth)
        if self.chance.random() < 0.05:
            self._note("line gone for days")
            booth.silent_until = day + self.chance.randint(1, DAYS_WITHOUT_LINE)
        if self.injected["disk cloned"] < MOST_CLONES and self.chance.random() < 0.01:
            self._clone(booth)
        if self.injected["workstation revoked"] < MOST_REVOKED and self.chance.random() < 0.01:
            self._revoke(booth)

    def _record(self, booth: Booth, *, is_silent: bool) -> None:
        """Checks, now and then a refusal or a photograph, and contacts in between."""
        living = booth.living
        for _ in range(CONTACTS_A_DAY):
            count = self.chance.randint(0, MOST_CHECKS_A_DAY // CONTACTS_A_DAY)
            living.here.record(*(self._name() for _ in range(count)))
            if self.chance.random() < 0.05:
                living.refuse(self._name())
            if self.chance.random() < 0.1:
                self.photographs += 1
                size = self.chance.choice((3_000, 20_000, FIRST_PART * 3))
                living.photograph(self._name(), size)
            if not is_silent:
                self._try_the_line(booth)

    def _spoil(self, booth: Booth) -> None:
        """What happens to a machine and its records."""
        living = booth.living
        if self.chance.random() < 0.1:
            self._note("workstation killed")
            living.kill()
        if self.chance.random() < 0.03:
            living.database_copies.append(living.here.back_up())
        if living.database_copies and self.chance.random() < 0.03:
            self._note("records put back")
            living.put_back(self.chance.choice(living.database_copies))
        if self.chance.random() < 0.02:
            self._note("new keys")
            living.renew_keys()
        if self.chance.random() < 0.1:
            living.erase()

    def _try_the_line(self, booth: Booth) -> None:
        name, faults = self.chance.choice(self._ways_to_fail())
        if name:
            self._note(name)
        if self.chance.random() < 0.01:
            self._note("server killed")
            self.centre.kill()
            booth.on(faults).try_contact()
            self.centre.start()
        booth.on(faults).try_contact(self.chance.choice((SMALL, FIRST_BYTES)))

    def _ways_to_fail(self) -> list[tuple[str, Faults]]:
        at = self.chance.choice((self.chance.randint(0, 1_500), self.chance.randint(0, 200_000)))
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

    def _tell_the_post(self, booth: Booth, *, is_silent: bool) -> None:
        """Neighbours hear of it; whoever has a line takes along what the others have told."""
        booth.living.tell(booth.keeper)
        booth.living.hear(booth.keeper)
        if is_silent:
            self._note("told the exchange without a line")
        elif self.chance.random() < 0.2:
            self._note("exchange forwarded")
            booth.on(Faults()).forward(booth.keeper)

    def _carry_a_stick(self, booth: Booth) -> None:
        """To the centre, some of them twice, and its word back, some of them never."""
        self._note("stick carried")
        stick = self.path / f"stick-{self.injected['stick carried']}"
        booth.living.write_stick(stick)
        for _ in range(self.chance.choice((1, 1, 2))):
            take_stick_in(self.centre, stick)
        if self.chance.random() < 0.7:
            booth.living.read_word(stick)

    def _lock(self, booth: Booth) -> None:
        """The tail goes into the spool, and is delivered late, more than once, or not at all."""
        living = booth.living
        self._note("locked, spooled")
        living.spool()
        kept = {
            each.path: each.path.read_bytes() for each in bundle.spooled_in(living.folder.spool)
        }
        for again in range(self.chance.randint(0, 2)):
            booth.on(Faults(cut_down=0) if self.chance.random() < 0.5 else Faults())
            try:
                bundle.deliver(living.folder.spool, living.link, living.here.device)
            except Unreachable:
                self._note("bundle's reply lost")
            if again == 0 and kept:
                self._note("bundle brought twice")
                for path, content in kept.items():
                    path.write_bytes(content)

    def _clone(self, booth: Booth) -> None:
        """A disk is copied and both live: noticed within two contacts, one enrols anew."""
        self._note("disk cloned")
        name = booth.living.id
        self.suspect.add(name)
        living = booth.living.cloned(self.path / f"clone-{self.injected['disk cloned']}")
        clone = Booth(living, self.centre.proxies[living.folder.path], booth.keeper)
        for _ in range(2):
            for each in (booth, clone):
                each.living.here.record(self._name())
                each.on(Faults()).settle()
        self.unnoticed += not any(who == name for who, _ in self.centre.reading().alarms())
        told = next(
            each for each in (booth, clone) * 5 if self._trouble_of(each) is Trouble.RE_ENROL
        )
        told.living.enrol_anew()
        self.booths.append(clone)

    def _trouble_of(self, booth: Booth) -> Trouble | None:
        booth.on(Faults()).settle()
        return booth.living.trouble

    def _revoke(self, booth: Booth) -> None:
        """What it sends then is evidence; enrolled anew, it brings all that had not been taken."""
        self._note("workstation revoked")
        self.suspect.add(booth.living.id)
        self.centre.revoke(booth.living.id)
        booth.living.here.record(self._name(), self._name())
        if self._trouble_of(booth) is not Trouble.RE_ENROL:
            self.unnoticed += 1
        booth.living.enrol_anew()

    def _night(self) -> None:
        if self.centre.copies and self.chance.random() < 0.12:
            self._note("server put back from last night")
            self.centre.restore(0)
            return
        note_backup(self.centre)

    def _name(self) -> str:
        return f"T{self.chance.getrandbits(40)}"

    def _note(self, fault: str) -> None:
        self.injected[fault] += 1

    def _done(self) -> int:
        return sum(self.injected.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    entries: int
    losses: int
    doubles: int
    out_of_order: int
    alarms: int
    unnoticed: int
    attachments: int
    lacking: int
    mistaken: int

    @property
    def is_good(self) -> bool:
        ill = self.losses or self.doubles or self.out_of_order or self.alarms or self.unnoticed
        return not (ill or self.lacking or self.mistaken)


def judge(soak: Soak) -> Verdict:
    """Compare every journal with what the centre holds of it."""
    held = soak.centre.reading()
    everything = held.everything()
    written: set[bytes] = set()
    doubles = out_of_order = 0
    for booth in soak.booths:
        living = booth.living
        living.store.verify(OFFICERS)
        for origin in living.journals():
            written |= set(living.leaves_of(origin))
        ours = living.leaves_of(living.store.origin)
        theirs = held.leaves(living.id, living.here.incarnation)
        doubles += len(theirs) - len(set(theirs))
        out_of_order += ours != theirs
    whole = set[str]().union(*held.attachments().values())
    said = [booth.living.said_to_be_there() for booth in soak.booths]
    alarmed = {who for who, _why in held.alarms()}
    return Verdict(
        entries=len(written),
        losses=len(written - everything),
        doubles=doubles,
        out_of_order=out_of_order,
        alarms=len(alarmed - soak.suspect),
        unnoticed=soak.unnoticed,
        attachments=len(whole),
        lacking=held.attachments_lacking(),
        mistaken=len(set[str]().union(*said) - whole),
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
        running = set_up(path / "centre", database=cluster.new_database())
        centre = DistantCentre(stack.enter_context(serving(running)), cluster, stack)
        stack.callback(centre.close)
        booths = _booths(centre, path, given.posts, given.workstations)
        soak = Soak(centre, booths, path, Random(given.seed))
        soak.run(given.days, say=lambda words: print(words, file=sys.stderr))
        verdict = judge(soak)
        for booth in soak.booths:
            booth.living.close()
    for fault, count in sorted(soak.injected.items()):
        print(f"{count:6} {fault}")
    print(
        f"{len(soak.booths)} workstations, {given.days} days, seed {given.seed}:"
        f" {sum(soak.injected.values())} faults, {verdict.entries} entries,"
        f" losses {verdict.losses}, doubles {verdict.doubles},"
        f" journals out of order {verdict.out_of_order}, false alarms {verdict.alarms},"
        f" clones and revoked not noticed {verdict.unnoticed}; {soak.photographs} photographs"
        f" taken, {verdict.attachments} whole at the centre, lacking there {verdict.lacking},"
        f" said to be there and not {verdict.mistaken}, {perf_counter() - began:.0f} s"
    )
    return 0 if verdict.is_good else 1


def _booths(centre: DistantCentre, path: Path, posts: int, workstations: int) -> list[Booth]:
    booths = []
    for post in range(posts):
        code = f"POST-{post + 1:02}"
        keeper = keeper_of(centre, path / f"exchange-{post}", post=code)
        for place in range(workstations):
            folder = Folder(path / f"workstation-{post}-{place}")
            centre.enrol(folder, post=code)
            living = Living(centre, folder, path)
            booths.append(Booth(living, centre.proxies[folder.path], keeper))
            living.settle()
    return booths


if __name__ == "__main__":
    sys.exit(main())
