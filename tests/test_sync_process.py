"""Workstation and central server as they run: a real process, real HTTP, SQLite and PostgreSQL."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from queue import Empty, Queue
from time import monotonic
from typing import TypeVar

import pytest

from checkpoint_client.desk.workstation import LineState
from checkpoint_client.settings import Folder
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist import jsonl
from sync import bundle
from sync.engine import held_tip
from sync.enrolment import enrol, line_of, read_provisioning
from sync.https import Line
from sync.uplink import Home, Pace, Uplink
from tests.centre import RunningCentre, serving
from tests.workstations import DATABASE_KEY, NOON, Workstation, an_alert

T = TypeVar("T")

PATIENCE = 30.0
SELDOM = Pace(poll=3600, first=3600, longest=3600)
OFTEN = Pace(poll=0.05, first=0.05, longest=0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "workstation")


@pytest.fixture
def device(running_centre: RunningCentre, folder: Folder) -> DeviceKey:
    return enrol(running_centre.provisioning(), folder)


@pytest.fixture
def line(device: DeviceKey, folder: Folder) -> Iterator[Line]:
    with closing(line_of(read_provisioning(folder.provisioning), device)) as line:
        yield line


@pytest.fixture
def booth(device: DeviceKey, folder: Folder) -> Iterator[Workstation]:
    booth = Workstation(folder, device)
    yield booth
    booth.close()


def held(centre: RunningCentre, booth: Workstation) -> list[bytes]:
    """The leaves the centre holds of this workstation, in order of position."""
    entries = centre.entries("--workstation", booth.id)
    assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
    return [bytes.fromhex(str(entry["leaf"])) for entry in entries]


def test_everything_arrives_in_order(
    running_centre: RunningCentre, booth: Workstation, line: Line
) -> None:
    booth.record(*(f"N{number}" for number in range(40)))

    booth.settle(line)

    assert held(running_centre, booth) == booth.leaves()
    assert booth.waiting == 0


def test_a_server_that_is_killed_and_started_again_goes_on(
    running_centre: RunningCentre, booth: Workstation, line: Line
) -> None:
    booth.record("AALTO")
    booth.settle(line)
    running_centre.kill()
    booth.record("BERG")
    assert booth.contact(line) is None
    running_centre.start()

    booth.settle(line)

    assert held(running_centre, booth) == booth.leaves()


def test_a_workstation_that_is_killed_goes_on(
    running_centre: RunningCentre, booth: Workstation, line: Line
) -> None:
    booth.record("AALTO")
    booth.settle(line)
    booth.record("BERG")
    booth.kill()

    with closing(line_of(read_provisioning(booth.folder.provisioning), booth.device)) as again:
        booth.settle(again)

    assert held(running_centre, booth) == booth.leaves()


def test_the_spool_is_delivered(
    running_centre: RunningCentre, booth: Workstation, line: Line
) -> None:
    booth.record("AALTO", "BERG")
    bundle.spool(booth.store, booth.device, booth.folder.spool)

    delivery = bundle.deliver(booth.folder.spool, line, booth.device)

    assert delivery == bundle.Delivery(answered=True, left=0)
    assert held(running_centre, booth) == booth.leaves()


def test_the_line_is_cut_and_the_number_counts_down_when_it_returns(
    running_centre: RunningCentre, device: DeviceKey, folder: Folder
) -> None:
    with Running(device, folder) as post:
        post.uplink(OFTEN)
        post.until(lambda state: state.online)

        running_centre.stop()
        post.until(lambda state: not state.online)
        post.record(*(f"N{number}" for number in range(12)))
        post.until(lambda state: not state.online and state.waiting == 12)
        running_centre.start()
        post.settles()

        assert held(running_centre, post.booth) == post.do(post.booth.leaves)


def test_a_published_list_comes_into_force(
    running_centre: RunningCentre, device: DeviceKey, folder: Folder, tmp_path: Path
) -> None:
    file = tmp_path / "list.jsonl"
    file.write_bytes(jsonl.write(an_alert(f"A-{number}") for number in range(300)))

    with Running(device, folder) as post:
        running_centre.run("publish", "--jsonl", str(file))
        post.uplink(SELDOM)
        post.lists.get(timeout=PATIENCE)

        with closing(post.reference()) as reference:
            found = [(each.list_id, each.version, each.alerts) for each in reference.lists()]
        assert found == [("watchlist", 1, 300)]


def test_over_tls_with_our_own_certificate(tmp_path: Path) -> None:
    centre = RunningCentre(tmp_path / "centre")
    centre.run("init", "--tls", "127.0.0.1")
    folder = Folder(tmp_path / "workstation")
    with serving(centre):
        provisioning = centre.provisioning()
        booth = Workstation(folder, enrol(provisioning, folder))
        booth.record("AALTO")
        with closing(line_of(provisioning, booth.device)) as line:
            booth.settle(line)

        booth.close()
        assert provisioning.url.startswith("https://")
        assert len(held(centre, booth)) == 1


def test_two_workstations_do_not_meet(tmp_path: Path, sqlite_centre: RunningCentre) -> None:
    booths = []
    for name in ("first", "second"):
        folder = Folder(tmp_path / name)
        booth = Workstation(folder, enrol(sqlite_centre.provisioning(), folder))
        booth.record(name)
        provisioning = read_provisioning(folder.provisioning)
        with closing(line_of(provisioning, booth.device)) as line:
            booth.settle(line)
        booths.append(booth)

    for booth in booths:
        assert held(sqlite_centre, booth) == booth.leaves()
        booth.close()


class Running:
    """A workstation with a store's thread and an uplink, as the program runs it."""

    def __init__(self, device: DeviceKey, folder: Folder) -> None:
        self.device = device
        self.folder = folder
        self.provisioning = read_provisioning(folder.provisioning)
        self.line = line_of(self.provisioning, device)
        self.states: Queue[LineState] = Queue()
        self.lists: Queue[None] = Queue()
        self._thread = ThreadPoolExecutor(1)
        self._uplink: Uplink | None = None
        self._seconds = count()

    def __enter__(self) -> "Running":
        self.booth = self.do(lambda: Workstation(self.folder, self.device))
        return self

    def __exit__(self, *_: object) -> None:
        if self._uplink:
            self._uplink.stop()
        self.do(self.booth.close)
        self._thread.shutdown()
        self.line.close()

    def uplink(self, pace: Pace) -> None:
        home = Home(
            device=self.device,
            submit=self._thread.submit,
            store=lambda: self.booth.store,
            reference=self.reference,
            is_locked=lambda: False,
            spool=self.folder.spool,
            attachments=self.folder.attachments,
            lists=self.folder.path / "lists",
            root=self.provisioning.tuf_root,
        )
        self._uplink = Uplink(
            home,
            self.line,
            on_state=self.states.put,
            on_list=lambda: self.lists.put(None),
            now=lambda: NOON + timedelta(seconds=next(self._seconds)),
            pace=pace,
        )
        self._uplink.start()

    def record(self, *names: str) -> None:
        self.do(lambda: self.booth.record(*names))

    def reference(self) -> Reference:
        return Reference.open(self.folder.reference, bytearray(DATABASE_KEY))

    def until(self, wanted: Callable[[LineState], bool]) -> LineState:
        while True:
            state = self.states.get(timeout=PATIENCE)
            if wanted(state):
                return state

    def settles(self) -> None:
        """All that was recorded arrives; a state may have been told before it was recorded."""
        end = monotonic() + PATIENCE
        while self.do(lambda: held_tip(self.booth.store) != self.booth.store.tip()):
            assert monotonic() < end, "it does not arrive"
            with suppress(Empty):
                self.states.get(timeout=0.05)

    def do(self, job: Callable[[], T]) -> T:
        return self._thread.submit(job).result(PATIENCE)
