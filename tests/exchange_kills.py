"""Kills a post's exchange at every step of its work, and leaves it without room at every write.

Workstations, exchange and centre are real; the exchange is a process that goes on in the same
folder after each death. `make kills` runs all of it, the tests a part.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from signal import SIGKILL, SIGTERM
from time import monotonic, perf_counter
from typing import TypeVar

import msgspec

from checkpoint_client.desk.channels import Brought
from checkpoint_client.desk.sticks import ReadBack
from checkpoint_client.records import BorderCheck, Document
from checkpoint_client.records.codes import DocumentClass, DocumentSource
from checkpoint_client.settings import Folder
from checkpoint_client.store import CROSSINGS, RECEIVED
from checkpoint_client.vault.device import DeviceKey, DeviceState
from sync import acknowledgement, post
from sync.enrolment import line_of, read_provisioning
from sync.exchange import LONGEST_SECONDS, Exchange, Neighbours, Post
from sync.link import Unreachable
from sync.protocol import Forged, Malformed
from sync.reference import Source
from sync.server import disk
from tests.centre import RunningCentre, serving, set_up
from tests.exchanges import enrolled
from tests.failpoints import Job, Plan, Started, Starter
from tests.workstations import Workstation, a_check

T = TypeVar("T")

PATIENCE = 60.0
SERVER = "sync.server.main:main"
_ENDED, _FULL = "ended\t", "full\t"


@dataclass
class Killed:
    """An exchange that dies at each step that is new, or has no room from there on."""

    starter: Starter
    folder: Path
    deep: int
    is_full: bool = False
    met: list[str] = field(default_factory=list)
    port: int = 0
    process: Started | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def until(self, is_so: Callable[[], bool], work: Callable[[], object]) -> None:
        """Do some work until its fact is there, however often the exchange ends of it."""
        ends = monotonic() + PATIENCE
        while True:
            self.serve()
            with suppress(Unreachable):
                work()
            if is_so():
                return
            if self._has_met_one():
                ends = monotonic() + PATIENCE
            assert monotonic() < ends, self.starter.errors.read_text()[-5_000:]

    def serve(self) -> None:
        while self.process is None:
            call = ["serve", "--post", "--data", str(self.folder), "--port", str(self.port)]
            call += ["--provisioning", str(self.folder / "post.json"), "--forward-after", "0.2"]
            job = Job(call=SERVER, arguments=call, plan=self._plan())
            self.process = self.starter.start(job)
            said = self.process.line()
            if said.startswith("listening on "):
                self.port = int(said.rpartition(":")[2])
                said = self.process.line()  # what to write into the settings
            if not said.startswith("In settings.toml"):
                self._bury(said)

    def stop(self) -> None:
        if self.process:
            self.process.kill(SIGTERM)
            self.process.end()
            self.process = None

    def _plan(self) -> Plan:
        known = frozenset(self.met)
        if self.is_full:
            return Plan(full_at_new=known, deep=self.deep)
        return Plan(ends_at_new=known, deep=self.deep)

    def _has_met_one(self) -> bool:
        assert self.process
        if self.process.lives(0.1):
            return False
        self._bury(self.process.line())
        return True

    def _bury(self, said: str) -> None:
        assert self.process
        if self.is_full:
            self.process.kill()
        status, lines = self.process.end()
        new = [
            line.partition("\t")[2]
            for line in (said.strip("\n"), *lines)
            if line.startswith((_ENDED, _FULL))
        ]
        assert new, (status, self.starter.errors.read_text()[-5_000:])
        assert self.is_full or status == -SIGKILL
        self.met += new
        self.process = None


class Member:
    """A workstation of the post, whose own code does one thing at a time, on this thread."""

    def __init__(self, folder: Folder) -> None:
        self.here = Workstation(folder, DeviceKey.load(folder.device_key))
        provisioning = read_provisioning(folder.provisioning)
        self.neighbours = Neighbours(
            Post(
                device=self.here.device,
                submit=_at_once,
                store=lambda: self.here.store,
                attachments=folder.attachments,
                link=lambda: line_of(provisioning, self.here.device),
                is_online=lambda: False,
                lists=folder.lists,
                root=provisioning.tuf_root,
                read_words=lambda words: _at_once(lambda: self._read(list(words))),
                import_lists=_no_lists,
            ),
            [],
            on_heard=lambda: None,
        )

    def tell(self, url: str) -> bool:
        """Whether all of it is there."""
        with closing(Exchange(url)) as exchange:
            return self.neighbours._tell(exchange) < LONGEST_SECONDS

    def hear(self, url: str) -> None:
        with closing(Exchange(url)) as exchange:
            self.neighbours._hear(exchange)

    def hear_of_other_posts(self, url: str) -> None:
        with closing(Exchange(url)) as exchange:
            self.neighbours._bring_crossings_here(exchange)

    @property
    def told(self) -> int:
        """How many of the centre's words on crossings are here."""
        return self.here.store.mark(CROSSINGS)

    def knows(self, other: "Member") -> bool:
        theirs = self.here.store.foreign_tips().get(other.here.store.origin, 0)
        return theirs == other.here.store.tip().position

    def is_acknowledged(self) -> bool:
        return self.here.store.mark(RECEIVED) == self.here.store.tip().position

    def _read(self, words: list[bytes]) -> ReadBack:
        here = self.here
        read = acknowledgement.take(words, here.folder.spool, here.device)
        acknowledgement.settle(here.store, here.folder.spool, here.device)
        return read


def _at_once(job: Callable[[], T]) -> "Future[T]":
    done: Future[T] = Future()
    try:
        done.set_result(job())
    except Exception as error:
        done.set_exception(error)
    return done


def _no_lists(_source: Source) -> "Future[tuple[Brought, ...]]":
    return _at_once(tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an exchange's life came to."""

    met: int
    entries: int
    lost: int
    doubled: int
    differing: int
    torn: int

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.differing or self.torn)


def live(centre: RunningCentre, killed: Killed, folder: Path) -> Verdict:
    """Record, tell, hear, be acknowledged and be told what crossed, until no step is new."""
    booth, desk = (Member(enrolled(centre, Folder(folder / name))) for name in ("booth", "desk"))
    killed.folder.mkdir()
    token = msgspec.json.encode(centre.provisioning(role="exchange"))
    (killed.folder / "post.json").write_bytes(token)
    before = -1
    while before < len(killed.met):
        before = len(killed.met)
        for one, other in ((booth, desk), (desk, booth)):
            one.here.record("FIRST")
            one.here.store.append(_with_passport())
            killed.until(lambda: other.knows(one), lambda: _pass_on(killed, one, other))  # noqa: B023
            killed.until(one.is_acknowledged, lambda: one.tell(killed.url))  # noqa: B023
        if not desk.told:
            killed.until(lambda: desk.told > 0, lambda: desk.hear_of_other_posts(killed.url))
    killed.stop()
    return _judged(centre, killed, booth, desk)


def _with_passport() -> BorderCheck:
    """A crossing that the other posts are told of."""
    shown = Document(
        document_class=DocumentClass.PASSPORT,
        issuing_state="KGZ",
        number="AN1234567",
        source=DocumentSource.KEYBOARD,
    )
    return replace(a_check(), documents=(shown,))


def _pass_on(killed: Killed, one: Member, other: Member) -> None:
    if one.tell(killed.url):
        other.hear(killed.url)


def _judged(centre: RunningCentre, killed: Killed, *members: Member) -> Verdict:
    entries = lost = doubled = differing = 0
    for each, neighbour in (members, members[::-1]):
        ours = each.here.leaves()
        held = [
            bytes.fromhex(str(one["leaf"])) for one in centre.entries("--workstation", each.here.id)
        ]
        entries += len(ours)
        lost += len({*ours} - {*held})
        doubled += len(held) - len({*held})
        differing += (held != ours) + (not neighbour.knows(each))
    assert "ALARM" not in centre.run("status")
    exchange = DeviceKey.load(Folder(killed.folder).device_key).state
    torn = sum(not _is_whole(path, exchange) for path in (killed.folder / "post").glob("*/*"))
    for each in members:
        each.here.close()
    return Verdict(
        met=len(killed.met),
        entries=entries,
        lost=lost,
        doubled=doubled,
        differing=differing,
        torn=torn,
    )


def _is_whole(path: Path, exchange: DeviceState) -> bool:
    """Under its name a file is whole; what was being written has another, which goes at a start."""
    if path.name.endswith(disk.PARTIAL):
        return True
    try:
        post.read(
            path.read_bytes(),
            deployment=exchange.deployment,
            post=exchange.post,
            server_key=exchange.server_key,
        )
    except (Malformed, Forged):
        return False
    return True


def every_step(starter: Starter, folder: Path, new_database: Callable[[], str], deep: int) -> bool:
    """All of it, printed; whether nothing was lost."""
    good = []
    for is_full, how in ((False, "killed at every step"), (True, "without room at every write")):
        with ExitStack() as stack:
            place = folder / ("full" if is_full else "killed")
            place.mkdir()
            centre = stack.enter_context(serving(set_up(place / "centre", database=new_database())))
            killed = Killed(starter, place / "exchange", deep, is_full=is_full)
            began = perf_counter()
            verdict = live(centre, killed, place)
            good.append(verdict.is_good)
            print(
                f"the post's exchange {how}, each in turn: {verdict.met} times, {verdict.entries}"
                f" entries, lost {verdict.lost}, doubled {verdict.doubled}, journals differing"
                f" {verdict.differing}, torn files {verdict.torn}, {perf_counter() - began:.0f} s",
                flush=True,
            )
    return all(good)
