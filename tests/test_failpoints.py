"""Whatever moment the power chooses, nothing shown as saved is lost, doubled or spoilt.

Which test proves which of the fifteen invariants I1 to I15:

I1   what was shown as saved survives: here, test_held_calls, test_kill, test_disk_full
I2   every entry reaches the centre or waits in view: here, test_killed_uplink, soak
I3   a record has its effect once: here, test_killed_uplink, test_engine, test_sync_model
I4   the centre's order is the workstation's, no gap: here, test_clock_jumps, test_sync_model
I5   acknowledged is committed, erased is backed up: here, test_retention, test_keeping
I6   a restore of either end heals or alarms: here (records put back), test_engine, soak
I7   two entries at one place: both kept, an alarm: test_server, test_sync_model
I8   a clone is found in two contacts, nothing else is: test_engine, test_sync_model; here
I9   no list goes back to an older version: here, test_kill_lists, test_lists
I10  a bad record delays others by a batch at most: test_server, test_engine
I11  a hit goes ahead of what was queued before it: test_previews; that it survives: here
I12  what is shown as waiting is counted: here (at each end), test_store, test_window
I13  nothing plain in any file or on the line: here (after every kill), test_at_rest
I14  the screen never waits for the line: bench_ui, test_uplink
I15  bytes of a crossing: bench_wire, test_batches

Not proved: I1 where a disk lies about fsync. A kill leaves what the system had taken over; what a
power cut may leave is made from what was written and synced, see `tests.power_cuts`. That every
file is synced before it takes its name is proved here.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from checkpoint_client.settings import Folder
from sync.server import ledger
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.shelf import Shelf
from tests.centre import Cluster, RunningCentre, serving, set_up
from tests.failpoints import UNSYNCED, Plan, Starter, starting
from tests.kills import Place, Served, serve_a_workstation, through_every_step_of

ROUGHLY = 1
"""A step is told by its call and the nearest function of ours; `make kills` looks deeper."""

LEDGERS = Path(__file__).parent / "ledger"
LEAF = bytes(32)

PROVES_ITSELF = frozenset({"reference.look", "reference.offers", "channels.write"})
"""Signed metadata and a note of them, verified at each use and fetched again where they are not."""


@pytest.fixture
def starter(tmp_path: Path) -> Iterator[Starter]:
    with starting(tmp_path) as starter:
        yield starter


@pytest.fixture
def place(tmp_path: Path, starter: Starter, postgres: Cluster) -> Iterator[Place]:
    centre = set_up(tmp_path / "centre", database=postgres.new_database())
    with serving(centre):
        yield Place(centre, starter, tmp_path)


@pytest.fixture
def idle_centre(tmp_path: Path, new_database: Callable[[], str | None]) -> RunningCentre:
    return set_up(tmp_path / "centre", database=new_database())


def test_a_workstation_killed_at_every_step_loses_and_doubles_nothing(place: Place) -> None:
    life = place.life()

    killed = life.through_every_step(ROUGHLY)

    assert killed > 100
    verdict = place.judged(life)
    assert verdict.is_good, verdict


def test_every_file_is_on_the_disk_before_it_takes_its_name(place: Place, tmp_path: Path) -> None:
    life, trace = place.life(), tmp_path / "trace"

    assert life.go_on(Plan(trace=str(trace))) == 0

    early = [line for line in trace.read_text().splitlines() if line.startswith(UNSYNCED)]
    places = {line.partition(" in ")[2].split(" < ")[0] for line in early}
    assert places <= PROVES_ITSELF | {"reference._download"}
    assert "after fsync in bundle._write" in trace.read_text()


def test_a_server_killed_at_every_step_acknowledges_only_what_it_has(
    starter: Starter, idle_centre: RunningCentre, tmp_path: Path
) -> None:
    served = Served(starter, idle_centre.folder, 2)

    with closing(
        serve_a_workstation(served, idle_centre, Folder(tmp_path / "workstation"))
    ) as booth:
        served.stop()
        written, workstation = booth.leaves(), booth.id

    assert len(served.ended) > 50
    with closing(Ledger(CentreFolder(idle_centre.folder).database)) as opened:
        entry, alarm = ledger.entry.c, ledger.alarm.c
        with opened.reading() as connection:
            held = connection.execute(
                sa.select(entry.position, entry.leaf)
                .where(entry.workstation == workstation)
                .order_by(entry.position)
            ).all()
            alarms = connection.scalars(sa.select(alarm.reason)).all()
    assert [bytes(row.leaf) for row in held] == written
    assert [row.position for row in held] == list(range(1, len(written) + 1))
    assert alarms == []


def test_a_command_of_the_centre_killed_at_every_step_can_be_given_again(
    starter: Starter, idle_centre: RunningCentre
) -> None:
    def killed(name: str, *words: str) -> int:
        command = [name, "--data", str(idle_centre.folder), *words]
        return len(
            through_every_step_of(starter, command, ROUGHLY, lambda: idle_centre.run("status"))
        )

    assert killed("token", "--post", "OSH-01", "--url", "http://127.0.0.1:8470") > 3
    assert killed("backed-up", "--began", "2026-11-24T00:00:00") > 3
    assert killed("erase", "--before", "2026-11-24", "--kind", "check", "--reason", "old") > 3
    assert killed("restored") > 3


def test_an_upgrade_killed_at_every_step_keeps_every_entry(
    starter: Starter, idle_centre: RunningCentre
) -> None:
    with closing(Ledger(CentreFolder(idle_centre.folder).database)) as opened:
        as_first_released(opened)
        versions = []

        killed = through_every_step_of(
            starter,
            ["upgrade", "--data", str(idle_centre.folder)],
            2,
            lambda: versions.append(opened.version()),
        )

        assert len(killed) > 10
        assert versions == sorted(versions)
        opened.check()
        with opened.reading() as connection:
            held = connection.scalars(sa.select(ledger.entry.c.leaf)).all()
        assert [bytes(leaf) for leaf in held] == [LEAF]


def as_first_released(opened: Ledger) -> None:
    """The tables of the first version, with one entry."""
    with opened.writing() as connection:
        ledger.metadata.drop_all(connection)
        script = (LEDGERS / f"1.{connection.dialect.name}.sql").read_text()
        for statement in filter(str.strip, script.split(";\n")):
            connection.exec_driver_sql(statement)
        connection.execute(
            sa.text(
                "insert into entry (workstation, incarnation, position, month, algorithm, leaf,"
                " head, body, signatures, received_at) values ('OSH-01-AAAA', 1, 1, 202611, 1,"
                " :leaf, :leaf, :leaf, :leaf, '2026-11-23 12:00:00+00:00')"
            ),
            {"leaf": LEAF},
        )


def test_publishing_killed_at_every_step_leaves_the_old_list_or_the_new(
    starter: Starter, sqlite_centre: RunningCentre, tmp_path: Path
) -> None:
    place = Place(sqlite_centre, starter, tmp_path)
    shelf = Shelf(CentreFolder(sqlite_centre.folder).reference)
    listed = tmp_path / "list.jsonl"
    listed.write_bytes(place.newest_list)
    found = set[int]()

    def look() -> None:
        published = shelf.published()
        found.add(published.channels["watchlist"].version)
        for name, file in published.files.items():
            target = shelf.target(f"{file.hashes['sha256']}.{name}")
            assert target
            assert target.stat().st_size == file.length

    command = ["publish", "--data", str(sqlite_centre.folder), "--jsonl", str(listed)]
    killed = through_every_step_of(starter, command, ROUGHLY, look)

    assert len(killed) > 10
    assert min(found) == 2
    assert max(found) > 2
