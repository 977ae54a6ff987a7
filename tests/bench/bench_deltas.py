"""What a new list costs on the line and on the workstation: whole, and as changes of some size.

The centre publishes as `checkpoint-server publish` does and the workstation takes it as the uplink
does. Of what changes, a third is new, a third is gone and a third has another text. The line is a
2G one at 20 kbit/s; a day that changes one alert in a thousand is to pass it in five minutes.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter

import msgspec

from checkpoint_client.settings import Folder
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Locked
from checkpoint_client.watchlist import Alert
from sync import engine, protocol
from sync.lists import Lists, Place
from sync.server import publisher
from tests.bench import Row
from tests.bench.crowd import DEV, alerts
from tests.workstations import CentreHere, Direct

ALERTS = 100_000
SHARES = {"1 %": ALERTS // 100, "0.1 %": ALERTS // 1_000, "10 alerts": 10}
A_DAY = "0.1 %"
BITS_A_SECOND = 20_000
MOST_SECONDS = 300
PHOTOS = 50
PHOTO_BYTES = 12_000
LOCKED_TIMES = 6
KEY = bytes(range(48))


@dataclass
class Bench:
    """A centre and a workstation. `fetched` are the bytes of the last file that came."""

    centre: CentreHere
    folder: Folder
    device: DeviceKey
    is_locked: bool = False
    fetched: int = 0
    told: int = 0

    def __post_init__(self) -> None:
        self.direct = Direct(self.centre, self.device)
        self.lists = Lists(
            Place(
                folder=self.folder.lists,
                root=self.centre.shelf.newest_root(),
                device=self.device,
                reference=self._reference,
                is_locked=lambda: self.is_locked,
            ),
            now=lambda: datetime.now(UTC),
        )

    def publish(self, listed: Sequence[Alert]) -> None:
        folder = self.centre.folder
        publisher.publish_watchlist(
            self.centre.shelf,
            folder.publishing_keys(),
            folder.keys().channels["watchlist"],
            listed,
            now=datetime.now(UTC),
        )

    def bring(self) -> None:
        """A contact: metadata in the reply, then the file, still encrypted."""
        reply = self.direct.contact(
            engine.inquiry(self.device, have=self.lists.have(), now=datetime.now(UTC))
        )
        engine.hear(self.device, reply)
        self.told = _bytes_of(reply) - _bytes_of(
            msgspec.structs.replace(reply, metadata={}, channel_keys={})
        )
        self.lists.take(reply, self.direct, self._watch)

    def _watch(self, _name: str, here: int, _of: int) -> None:
        self.fetched = here

    def _reference(self) -> Reference:
        if self.is_locked:
            raise Locked
        return Reference.open(self.folder.reference, bytearray(KEY))


def rows() -> list[Row]:
    if not DEV.is_dir():
        return []
    with TemporaryDirectory() as folder:
        centre = CentreHere(Path(folder, "centre"))
        with closing(centre):
            home = Folder(Path(folder, "workstation"))
            return list(_measured(Bench(centre, home, centre.enrol(home))))


def _measured(bench: Bench) -> Iterator[Row]:
    made = alerts(DEV / "list_100k.tsv.gz", ALERTS + 2 * sum(SHARES.values()))
    listed, new = list(islice(made, ALERTS)), made
    bench.publish(listed)
    bench.bring()
    whole = bench.fetched
    yield _freed(bench)
    began = perf_counter()
    [applied] = bench.lists.put_into_force()
    assert applied.details["alerts"] == str(ALERTS)
    yield _row("whole list", whole, bench.told, perf_counter() - began)
    for share, count in SHARES.items():
        listed = _changed(listed, count, new)
        yield _brought(bench, listed, f"{share} changed")
        assert bench.fetched < whole
    pictured = [
        replace(each, photo=Random(n).randbytes(PHOTO_BYTES)) if n < PHOTOS else each
        for n, each in enumerate(listed)
    ]
    yield _brought(bench, pictured, f"{PHOTOS} alerts get a photograph of {PHOTO_BYTES:,} bytes")


def _brought(bench: Bench, listed: Sequence[Alert], what: str) -> Row:
    bench.publish(listed)
    bench.bring()
    began = perf_counter()
    [applied] = bench.lists.put_into_force()
    assert applied.details["alerts"] == str(len(listed))
    return _row(what, bench.fetched, bench.told, perf_counter() - began)


def _row(what: str, size: int, told: int, seconds: float) -> Row:
    on_the_line = (size + told) * 8 / BITS_A_SECOND
    is_the_day = what.startswith(A_DAY)
    return Row(
        what=f"a new list of {ALERTS // 1_000} k alerts: {what}",
        goal=f"≤ {MOST_SECONDS} s on 2G (20 kbit/s)" if is_the_day else "",
        measured=(
            f"{size:,} bytes and {told:,} of signatures, {on_the_line:,.0f} s on 2G,"
            f" in force in {seconds:.2f} s"
        ),
        n=1,
        met=on_the_line <= MOST_SECONDS if is_the_day else None,
    )


def _freed(bench: Bench) -> Row:
    """How long the key is still in use after somebody has locked while a list goes live."""
    chance = Random(20261124)
    longest = 0.0
    for _ in range(LOCKED_TIMES):
        bench.is_locked = False
        going_live = Thread(target=bench.lists.put_into_force)
        going_live.start()
        Event().wait(chance.uniform(0.2, 4.0))
        began = perf_counter()
        bench.is_locked = True
        going_live.join()
        longest = max(longest, perf_counter() - began)
    bench.is_locked = False
    return Row(
        what=f"locking while a list of {ALERTS // 1_000} k alerts goes live: key freed, longest",
        goal="≤ 0.5 s",
        measured=f"{longest:.2f} s",
        n=LOCKED_TIMES,
        met=longest <= 0.5,
    )


def _changed(listed: list[Alert], count: int, new: Iterator[Alert]) -> list[Alert]:
    chance = Random(count)
    touched = chance.sample(range(len(listed)), count - count // 3)
    gone = set(touched[: count // 3])
    reworded = set(touched[count // 3 :])
    kept = [
        replace(each, reason="Changed by the owner") if number in reworded else each
        for number, each in enumerate(listed)
        if number not in gone
    ]
    return [*kept, *islice(new, count // 3)]


def _bytes_of(reply: protocol.ContactReply) -> int:
    return len(protocol.compress(msgspec.msgpack.encode(reply)))
