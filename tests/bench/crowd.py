"""Makes a list of any length from the names of the development set, for the benches.

A made alert takes its first name's first word from one person of the set and the others from
another of the same nationality and sex, so that words are as common among a million as among a
hundred thousand.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

from checkpoint_client.watchlist import Alert
from checkpoint_client.watchlist.table import read

DEV = Path(__file__).resolve().parents[3] / "shared" / "watchlist" / "dev"
_FILLER = "fill"
_YEARS = (1945, 2008)

Row = dict[str, str]


def table(source: Path) -> list[Row]:
    packed = source.read_bytes()
    text = (gzip.decompress(packed) if source.suffix == ".gz" else packed).decode()
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def alerts(source: Path, count: int) -> Iterator[Alert]:
    """The alerts of a list of the set, then made ones until there are `count`."""
    listed = table(source)
    yield from _as_alerts(listed)
    yield from _as_alerts(made(listed, count - len(listed)))


def made(listed: list[Row], count: int) -> Iterator[Row]:
    chance = Random(20261124)
    fillers = [row for row in listed if row["kind"] == _FILLER]
    alike = defaultdict(list)
    for row in fillers:
        alike[row["nationality"], row["sex"]].append(row)
    for number in range(count):
        one = chance.choice(fillers)
        other = chance.choice(alike[one["nationality"], one["sex"]])
        words = [
            one["names"].split(" | ")[0].split()[0],
            *other["names"].split(" | ")[0].split()[1:],
        ]
        yield one | {
            "id": f"M-{number}",
            "born": _born(one["born"], chance),
            "document": f"M{chance.randrange(10**8):08}" if one["document"] else "",
            "names": " ".join(words),
        }


def _born(like: str, chance: Random) -> str:
    """As exact as the other, so that as many are only known by their year, or not at all."""
    day = f"{chance.randint(*_YEARS)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return f"{day[:4]}-01-01" if like.endswith("-01-01") else day[: len(like)]


def _as_alerts(rows: Iterator[Row] | list[Row]) -> Iterator[Alert]:
    lines = ("\t".join(row.values()) for row in rows)
    header = "\t".join(("id", "kind", "nationality", "sex", "born", "document", "names"))
    for each in read(_with(header, lines)):
        if isinstance(each, Alert):
            yield each


def _with(header: str, lines: Iterator[str]) -> Iterator[str]:
    yield header
    yield from lines
