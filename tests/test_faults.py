"""A bad line loses nothing and doubles nothing, wherever it breaks: real processes and sockets."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkpoint_client.settings import Folder
from sync.enrolment import enrol
from sync.https import Line
from tests.centre import RunningCentre
from tests.fault_proxy import FaultProxy, Faults
from tests.workstations import Workstation

SHORTEST, LONGEST = 300, 20_000
RECORDED_EVERY = 199
"""Bytes of the cut between two new records: seldom, so that the exchange stays small."""


@dataclass
class BadLine:
    """A workstation whose way to the centre leads over the proxy."""

    centre: RunningCentre
    booth: Workstation
    line: Line
    proxy: FaultProxy

    def contact(self, faults: Faults) -> bool:
        """One contact on a connection of its own; whether a reply came back."""
        self.proxy.faults = faults
        self.line.close()
        return self.booth.contact(self.line) is not None

    def settle(self) -> None:
        self.proxy.faults = Faults()
        self.line.close()
        self.booth.settle(self.line)

    def held(self) -> list[bytes]:
        entries = self.centre.entries("--workstation", self.booth.id)
        assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
        return [bytes.fromhex(str(entry["leaf"])) for entry in entries]

    def is_whole(self) -> bool:
        """Nothing lost, nothing doubled, nobody alarmed."""
        self.settle()
        return self.held() == self.booth.leaves() and "ALARM" not in self.centre.run("status")


@pytest.fixture
def bad_line(running_centre: RunningCentre, tmp_path: Path) -> Iterator[BadLine]:
    folder = Folder(tmp_path / "workstation")
    device = enrol(running_centre.provisioning(), folder)
    booth = Workstation(folder, device)
    port = int(running_centre.url.rpartition(":")[2])
    with FaultProxy(port).running() as proxy:
        line = Line(
            f"http://127.0.0.1:{proxy.listens_on}",
            deployment=device.state.deployment,
            server_key=device.state.server_key,
            signer=device,
            dictionary=lambda: device.state.dictionary,
        )
        with closing(line), closing(booth):
            yield BadLine(running_centre, booth, line, proxy)


@pytest.mark.parametrize(
    ("cut_after", "every"),
    [
        (lambda at: Faults(cut_up=at), 1),
        (lambda at: Faults(cut_down=at), 1),
        (lambda at: Faults(cut_up=at, resets=True), 13),
        (lambda at: Faults(cut_down=at, resets=True), 13),
    ],
    ids=["up", "down", "up, reset", "down, reset"],
)
def test_a_small_exchange_may_be_cut_after_any_byte(
    bad_line: BadLine, cut_after: Callable[[int], Faults], every: int
) -> None:
    bad_line.settle()
    cut = answered = 0

    while answered < 3:
        if cut % (RECORDED_EVERY * every) == 0:
            bad_line.booth.record(f"N{cut}")
        answered = answered + 1 if bad_line.contact(cut_after(cut)) else 0
        cut += every
        assert cut < LONGEST, "the exchange is longer than any cut"

    assert cut > SHORTEST, "so few bytes were no exchange"
    assert bad_line.is_whole()


@pytest.mark.parametrize(
    "faults",
    [
        Faults(latency_s=0.2),
        Faults(bytes_per_s=2_500, slice_bytes=250),
        Faults(slice_bytes=1),
        Faults(replays=True),
        Faults(replays=True, slice_bytes=7),
    ],
    ids=["600 ms away", "20 kbit/s", "byte by byte", "replayed", "sliced and replayed"],
)
def test_a_slow_or_repeating_line_delivers(bad_line: BadLine, faults: Faults) -> None:
    bad_line.booth.record(*(f"N{number}" for number in range(12)))

    assert bad_line.contact(faults)
    bad_line.booth.record("LATER")
    assert bad_line.contact(faults)

    assert bad_line.is_whole()


def test_an_old_request_that_arrives_late_changes_nothing(bad_line: BadLine) -> None:
    """The replay comes after the workstation has moved on: reordered connections."""
    for number in range(5):
        bad_line.booth.record(f"N{number}")
        bad_line.contact(Faults(replays=True, cut_down=number * 40))

    assert bad_line.is_whole()
