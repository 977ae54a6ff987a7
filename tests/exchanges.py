"""A post for tests: workstations with their store's threads, and exchanges as real processes."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from time import monotonic
from typing import TypeVar

import msgspec

from checkpoint_client.desk.workstation import LineState
from checkpoint_client.records import Record, Referral
from checkpoint_client.records.codes import Decision, ReferralReason
from checkpoint_client.settings import Folder
from checkpoint_client.store import Kept, Store
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault.device import DeviceKey
from sync.enrolment import enrol, line_of, read_provisioning
from sync.exchange import Neighbours, Post
from sync.uplink import Home, Pace, Uplink
from tests.centre import RunningCentre
from tests.test_store import a_check
from tests.workstations import DATABASE_KEY, NOON, Workstation

T = TypeVar("T")

PATIENCE = 90.0
"""Longer than the longest pause behind what was asked for in vain."""

NEIGHBOURLY_SECONDS = 2.0
NOWHERE = "http://127.0.0.1:9"


@dataclass
class RunningExchange:
    """An exchange in its folder and the process that serves it."""

    folder: Path
    url: str = ""
    process: subprocess.Popen[str] | None = None

    def start(self, *options: str) -> None:
        with (self.folder / "exchange.log").open("a") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "sync.server.main", "serve", "--post"),
                    *("--data", str(self.folder), "--until-closed", *options),
                    *("--port", self.url.rpartition(":")[2] or "0"),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said.startswith("listening on "), (self.folder / "exchange.log").read_text()
        self.url = said.removeprefix("listening on ").strip()

    def kill(self) -> None:
        if self.process is not None:
            with self.process as process:
                process.kill()
        self.process = None

    def holds(self) -> bytes:
        """Whatever lies on its disk."""
        return b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())


@dataclass
class Running:
    """A workstation with its store's thread and its place in the post, as the program runs it."""

    folder: Folder
    urls: list[str]
    is_online: bool = False
    is_seeking: bool = False
    at: Callable[[Folder, DeviceKey], Workstation] = Workstation
    heard: "Queue[None]" = field(default_factory=Queue)

    def __enter__(self) -> "Running":
        self._thread = ThreadPoolExecutor(1)
        self.here = self.do(lambda: self.at(self.folder, self.device))
        provisioning = read_provisioning(self.folder.provisioning)
        home = self._home(provisioning.tuf_root)
        self._uplink = Uplink(
            home,
            line_of(provisioning, self.device),
            on_state=self._on_state,
            on_list=lambda: self.heard.put(None),
            now=lambda: NOON,
            pace=Pace(poll=0.2, first=0.1, longest=0.3),
        )
        self.neighbours = Neighbours(
            Post(
                device=self.device,
                submit=home.submit,
                store=home.store,
                attachments=home.attachments,
                link=lambda: line_of(provisioning, self.device),
                is_online=lambda: self.is_online,
                lists=home.lists,
                root=home.root,
                read_words=self._uplink.read_words,
                import_lists=self._uplink.import_lists,
            ),
            self.urls,
            on_heard=lambda: self.heard.put(None),
            look_seconds=0.2,
        )
        self.neighbours.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.neighbours.stop()
        if self.is_seeking:
            self._uplink.stop()
        self.do(lambda: self.here.close())
        self._thread.shutdown()

    def __post_init__(self) -> None:
        self.device = DeviceKey.load(self.folder.device_key)

    def uplink(self) -> None:
        """Seek the centre all the time, as the program does once a minute."""
        self.is_seeking = True
        self._uplink.start()

    def reference(self) -> Reference:
        return Reference.open(self.folder.reference, bytearray(DATABASE_KEY))

    def _home(self, root: bytes) -> Home:
        return Home(
            device=self.device,
            submit=self._thread.submit,
            store=lambda: self.store,
            reference=self.reference,
            is_locked=lambda: False,
            spool=self.folder.spool,
            attachments=self.folder.attachments,
            lists=self.folder.lists,
            root=root,
        )

    def _on_state(self, state: LineState) -> None:
        self.is_online = state.online
        self.heard.put(None)

    @property
    def id(self) -> str:
        return self.device.state.workstation

    @property
    def store(self) -> Store:
        return self.here.store

    def do(self, job: Callable[[], T]) -> T:
        return self._thread.submit(job).result(PATIENCE)

    def record(self, record: Record) -> Kept[Record]:
        kept = self.do(lambda: self.store.append(record))
        self.neighbours.recorded()
        return kept

    def until(self, is_so: Callable[[Store], bool]) -> None:
        """Wait for what the store holds, whoever brings it."""
        ends = monotonic() + PATIENCE
        while not self.do(lambda: is_so(self.store)):
            assert monotonic() < ends
            with suppress(Empty):
                self.heard.get(timeout=0.1)

    def sees(self, wanted: Callable[[Store], T | None]) -> T:
        """What a desk here finds, as soon as anything that was heard has brought it."""
        ends = monotonic() + PATIENCE
        while (found := self.do(lambda: wanted(self.store))) is None:
            self.heard.get(timeout=max(0.0, ends - monotonic()))
        return found


def enrolled(centre: RunningCentre, folder: Folder) -> Folder:
    """A workstation of the post that has been in contact once."""
    here = Workstation(folder, enrol(centre.provisioning(), folder))
    with closing(line_of(read_provisioning(folder.provisioning), here.device)) as line:
        here.settle(line)
    here.close()
    return folder


def cut_off(folder: Folder) -> None:
    """From now on nobody answers where this computer looks for the centre."""
    nowhere = msgspec.structs.replace(read_provisioning(folder.provisioning), url=NOWHERE)
    folder.provisioning.write_bytes(msgspec.json.encode(nowhere))


def started(
    centre: RunningCentre, folder: Path, *options: str, url: str | None = None
) -> RunningExchange:
    """An exchange of the post, enrolled and serving. `url`: where it reaches the centre."""
    provisioning = centre.provisioning(role="exchange")
    folder.mkdir()
    file = folder / "post.json"
    provisioning = msgspec.structs.replace(provisioning, url=url or provisioning.url)
    file.write_bytes(msgspec.json.encode(provisioning))
    exchange = RunningExchange(folder)
    exchange.start("--provisioning", str(file), *options)
    return exchange


def refer(running: Running) -> tuple[Kept[Record], Kept[Record]]:
    check = running.do(lambda: running.store.append(a_check(decision=Decision.REFERRED)))
    return check, running.record(Referral(check_id=check.id, reason=ReferralReason.STAY_DOUBT))


def waiting(number: int) -> Callable[[Store], int | None]:
    return lambda store: number if len(store.referrals_open()) == number else None
