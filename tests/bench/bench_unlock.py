"""How long an officer waits between his pass-phrase and the first answer of his records."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from checkpoint_client.records.codes import Role
from checkpoint_client.store.engine import connect
from checkpoint_client.vault import NewSlot, Vault
from tests.bench import UNLOCK, Row

RUNS = 15
LONGEST = 0.6
OFFICER = ("O-1842", "yellow lorry, cold tea")


def rows() -> list[Row]:
    with TemporaryDirectory() as folder:
        envelope, records = Path(folder, "envelope.json"), Path(folder, "records.db")
        made = Vault.create(
            envelope,
            deployment="utopia",
            workstation="osh-01",
            recovery_key=None,
            first=NewSlot.fresh(OFFICER[0], Role.OFFICER, OFFICER[1]),
        )
        _fill(records, made.database_key)
        times = sorted(_unlock(envelope, records) for _ in range(RUNS))
    return [
        Row(
            what=UNLOCK.what,
            goal=UNLOCK.goal,
            measured=f"{median(times):.2f} s, slowest {times[-1]:.2f} s",
            n=RUNS,
            met=times[-1] <= LONGEST,
        )
    ]


def _fill(records: Path, key: bytearray) -> None:
    """A file of some 10 MB, as a busy post has after a few weeks."""
    db = connect(records, key)
    with db.atomic():
        db.execute("create table checks (id integer primary key, body text not null) strict")
        db.conn.executemany(
            "insert into checks (body) values (?)", (("x" * 1_000,) for _ in range(10_000))
        )
    db.close()


def _unlock(envelope: Path, records: Path) -> float:
    began = perf_counter()
    unlocked = Vault(envelope).unlock(*OFFICER)
    db = connect(records, unlocked.database_key)
    db.execute("select body from checks order by id desc limit 1").fetchone()
    took = perf_counter() - began
    db.close()
    unlocked.wipe()
    return took
