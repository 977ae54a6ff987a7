"""How soon what a booth records is in the tables of second line's desk while the centre is away.

Three workstations and two exchanges on this machine share its cores: a referral is committed at the
booth (check and referral), pushed to both exchanges, fetched, proved and committed at second line.
"""

from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from checkpoint_client.settings import Folder
from tests.bench import NEIGHBOUR, Row
from tests.centre import serving, set_up
from tests.exchanges import Running, enrolled, refer, started, waiting

REFERRALS = 200
GOAL_SECONDS = 2.0


def rows() -> list[Row]:
    with TemporaryDirectory() as folder, ExitStack() as after:
        times = _measured(Path(folder), after)
    hundredths = quantiles(times, n=100)
    p50, p99 = hundredths[49], hundredths[98]
    return [
        Row(
            what=NEIGHBOUR.what,
            goal=NEIGHBOUR.goal,
            measured=f"p50 {p50 * 1_000:.0f} ms, p99 {p99 * 1_000:.0f} ms",
            n=len(times),
            met=p99 <= GOAL_SECONDS,
        )
    ]


def _measured(folder: Path, after: ExitStack) -> list[float]:
    """Seconds from before the append to the referral in second line's queue."""
    with serving(set_up(folder / "centre")) as centre:
        folders = [enrolled(centre, Folder(folder / name)) for name in ("booth", "desk", "third")]
        exchanges = [started(centre, folder / f"exchange-{number}") for number in (1, 2)]
    for exchange in exchanges:
        after.callback(exchange.kill)
    urls = [exchange.url for exchange in exchanges]
    booth, desk, _ = (after.enter_context(Running(each, urls)) for each in folders)
    refer(booth)  # the connections are made
    desk.sees(waiting(1))
    times = []
    for number in range(REFERRALS):
        began = perf_counter()
        refer(booth)
        desk.sees(waiting(number + 2))
        times.append(perf_counter() - began)
    return times
