"""The post without its centre: three workstations, two exchanges, real processes and threads."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from time import monotonic
from typing import TypeVar

import msgspec
import pytest

from checkpoint_client.records import Outcome, Record, Referral
from checkpoint_client.records.codes import Decision, OutcomeDecision, ReferralReason
from checkpoint_client.settings import Folder
from checkpoint_client.store import Kept, Store
from checkpoint_client.store.log import LogQuery
from checkpoint_client.vault.device import DeviceKey
from sync.enrolment import enrol, line_of, read_provisioning
from sync.exchange import BadAddress, Exchange, Neighbours, Post
from tests.centre import RunningCentre
from tests.test_store import a_check
from tests.workstations import Workstation

T = TypeVar("T")

PATIENCE = 30.0
NEIGHBOURLY_SECONDS = 2.0
NAMES = ("booth", "second-line", "supervisor")


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
    heard: "Queue[None]" = field(default_factory=Queue)

    def __enter__(self) -> "Running":
        self._thread = ThreadPoolExecutor(1)
        self.here = self.do(lambda: Workstation(self.folder, self.device))
        self.neighbours = Neighbours(
            Post(device=self.device, submit=self._thread.submit, store=lambda: self.store),
            self.urls,
            on_heard=lambda: self.heard.put(None),
        )
        self.neighbours.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.neighbours.stop()
        self.do(lambda: self.here.close())
        self._thread.shutdown()

    def __post_init__(self) -> None:
        self.device = DeviceKey.load(self.folder.device_key)

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

    def sees(self, wanted: Callable[[Store], T | None]) -> T:
        """What a desk here finds, as soon as a neighbour's entries have brought it."""
        ends = monotonic() + PATIENCE
        while (found := self.do(lambda: wanted(self.store))) is None:
            self.heard.get(timeout=max(0.0, ends - monotonic()))
        return found


def contact(running: Running) -> None:
    """All that waits goes to the centre, and what it says is taken over."""
    line = line_of(read_provisioning(running.folder.provisioning), running.device)
    with closing(line):
        running.do(lambda: running.here.settle(line))


@pytest.fixture
def folders(sqlite_centre: RunningCentre, tmp_path: Path) -> list[Folder]:
    """Three workstations of a post that have been in contact once."""
    folders = [Folder(tmp_path / name) for name in NAMES]
    for folder in folders:
        here = Workstation(folder, enrol(sqlite_centre.provisioning(), folder))
        with closing(line_of(read_provisioning(folder.provisioning), here.device)) as line:
            here.settle(line)
        here.close()
    return folders


@pytest.fixture
def exchanges(sqlite_centre: RunningCentre, tmp_path: Path) -> Iterator[list[RunningExchange]]:
    made = [RunningExchange(tmp_path / name) for name in ("exchange-1", "exchange-2")]
    for exchange in made:
        exchange.folder.mkdir()
        file = exchange.folder / "post.json"
        file.write_bytes(msgspec.json.encode(sqlite_centre.provisioning()))
        exchange.start("--provisioning", str(file), "--forward-after", "0.2")
    yield made
    for exchange in made:
        exchange.kill()


@pytest.fixture
def post(
    folders: list[Folder], exchanges: list[RunningExchange], sqlite_centre: RunningCentre
) -> Iterator[list[Running]]:
    """Booth, second line and supervisor; the centre is gone."""
    sqlite_centre.stop()
    with ExitStack() as running:
        yield [
            running.enter_context(Running(folder, [each.url for each in exchanges]))
            for folder in folders
        ]


def test_a_referral_is_at_second_line_within_two_seconds_and_its_outcome_comes_back(
    post: list[Running],
) -> None:
    booth, second_line, supervisor = post
    refer(booth)  # the connections are made
    second_line.sees(waiting(1))
    began = monotonic()

    check, referral = refer(booth)
    second_line.sees(waiting(2))
    took = monotonic() - began
    second_line.record(
        Outcome(referral_id=referral.id, check_id=check.id, decision=OutcomeDecision.ADMIT)
    )

    assert took < NEIGHBOURLY_SECONDS
    assert booth.sees(outcome_of(check.id)) is OutcomeDecision.ADMIT
    assert supervisor.sees(outcome_of(check.id)) is OutcomeDecision.ADMIT


def test_one_exchange_is_enough(post: list[Running], exchanges: list[RunningExchange]) -> None:
    booth, second_line, _ = post
    refer(booth)
    second_line.sees(waiting(1))
    exchanges[0].kill()

    refer(booth)

    assert second_line.sees(waiting(2))


def test_when_the_centre_returns_it_has_every_journal_once(
    post: list[Running], exchanges: list[RunningExchange], sqlite_centre: RunningCentre
) -> None:
    booth, second_line, supervisor = post
    exchanges[0].kill()
    for _ in range(3):
        refer(booth)
    second_line.sees(waiting(3))
    second_line.record(a_check())
    supervisor.sees(lambda store: store.search(LogQuery()).total == 4 or None)
    sqlite_centre.start()

    until(lambda: held(sqlite_centre, booth) == booth.do(booth.here.leaves))
    exchanges[0].start("--forward-after", "0.2")
    for running in post:
        contact(running)

    for running in post:
        assert held(sqlite_centre, running) == running.do(running.here.leaves)
    status = sqlite_centre.run("status").splitlines()
    assert not [line for line in status if line.startswith("ALARM")]


def test_an_exchange_that_was_not_there_is_told_all_of_it(
    post: list[Running], exchanges: list[RunningExchange]
) -> None:
    booth, second_line, _ = post
    exchanges[1].kill()
    refer(booth)
    second_line.sees(waiting(1))
    exchanges[0].kill()
    exchanges[1].start("--forward-after", "3600")
    refer(booth)

    assert second_line.sees(waiting(2))


def test_an_exchange_cannot_read_what_it_holds(
    post: list[Running], exchanges: list[RunningExchange]
) -> None:
    booth, second_line, _ = post
    refer(booth)
    second_line.sees(waiting(1))

    for exchange in exchanges:
        lying = exchange.holds()
        assert booth.id.encode() in lying
        assert "ЮСУПОВ".encode() not in lying
        assert booth.device.state.post_key not in lying


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.5:8471", "https://10.0.0.5:8471", "https://10.0.0.5:8471#12", "10.0.0.5", ""],
)
def test_an_exchange_elsewhere_is_reached_by_its_pinned_key_only(url: str) -> None:
    with pytest.raises(BadAddress, match="SHA256"):
        Exchange(url)


def refer(running: Running) -> tuple[Kept[Record], Kept[Record]]:
    check = running.do(lambda: running.store.append(a_check(decision=Decision.REFERRED)))
    return check, running.record(Referral(check_id=check.id, reason=ReferralReason.STAY_DOUBT))


def waiting(number: int) -> Callable[[Store], int | None]:
    return lambda store: number if len(store.referrals_open()) == number else None


def outcome_of(check_id: str) -> Callable[[Store], OutcomeDecision | None]:
    def outcome(store: Store) -> OutcomeDecision | None:
        row = store.row(check_id)
        return row.outcome if row else None

    return outcome


def held(centre: RunningCentre, running: Running) -> list[bytes]:
    """The leaves the centre holds of a workstation, in order of position."""
    entries = centre.entries("--workstation", running.id)
    assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
    return [bytes.fromhex(str(entry["leaf"])) for entry in entries]


def until(is_so: Callable[[], bool]) -> None:
    ends = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < ends
