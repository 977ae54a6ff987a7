"""How soon the sign-in page stands there, what it takes in memory, and whether it stays alive."""

import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import Origin
from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder
from checkpoint_client.specimen.alerts import watchlist
from checkpoint_client.specimen.recorded import crossings
from checkpoint_client.store import Store
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import NewSlot
from sync import enrolment
from tests.bench import MEMORY, START, UI_GAP, Row
from tests.centre import RunningCentre, serving, set_up

STARTS = 7
CHECKS = 5_000
OFFICER = ("S-0007", "yellow lorry, cold tea")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def rows() -> list[Row]:
    with TemporaryDirectory() as folder, serving(set_up(Path(folder, "centre"))) as centre:
        post = _post(Path(folder, "post"), centre)
        starts = sorted(_run(post, "start")["painted"] for _ in range(STARTS))
        work = _run(post, "work")
    start, memory, silence = median(starts), work["memory"], work["silence"] * 1e3
    return [
        Row(
            what=START.what,
            goal=START.goal,
            measured=f"{start:.2f} s, slowest {starts[-1]:.2f} s",
            n=STARTS,
            met=starts[-1] <= 1.0,
        ),
        Row(
            what=MEMORY.what,
            goal=MEMORY.goal,
            measured=f"{memory:.0f} MB",
            n=1,
            met=memory <= 150,
        ),
        Row(
            what=UI_GAP.what,
            goal=UI_GAP.goal,
            measured=f"{silence:.0f} ms",
            n=1,
            met=silence <= 50,
        ),
    ]


def _run(post: Path, what: str) -> dict[str, float]:
    """What the window says of itself; `painted` in seconds since the program was called."""
    called = monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.at_the_window", str(post), what, *OFFICER],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**found, "painted": found["painted"] - called}


def _post(path: Path, centre: RunningCentre) -> Path:
    """An enrolled workstation with some days of work and the invented watch-list in it."""
    folder = Folder(path)
    device = enrolment.enrol(centre.provisioning(), folder)
    slot = NewSlot.fresh(OFFICER[0], Role.SUPERVISOR, OFFICER[1])
    unlocked = enrolment.first_officers(folder, device, [slot])
    state = device.state
    with closing(Reference.open(folder.reference, unlocked.database_key)) as reference:
        reference.replace("watchlist", 1, NOON, watchlist(NOON.date()))
    with (
        closing(
            Store(
                folder.records,
                unlocked.database_key,
                origin=Origin(state.deployment, state.workstation, state.incarnation),
                public=device.public,
                sign=device.sign,
                clock=Clock(),
            )
        ) as store,
        store.together(),
    ):
        for crossing in islice(crossings(Random(9303), NOON), CHECKS):
            store.append(crossing.check)
    unlocked.wipe()
    return path
