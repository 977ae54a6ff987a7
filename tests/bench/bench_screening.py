"""How many of the listed are found, how many strangers are stopped, and how long it takes.

On the development set beside the repository. Classes from published lists and generated ones are
told apart: a figure on generated names alone flatters. A third set, held out, are people of whom
the development set asks nothing, spelt otherwise by rules of ours (`variants`). Each list is
measured in a process of its own, so that its memory is not that of building the list.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.store.reference import Reference
from checkpoint_client.watchlist import Level, Traveller, screen
from checkpoint_client.watchlist.table import nationalities
from tests.bench import (
    RECALL,
    SCREEN_DELTA,
    SCREEN_MEMORY,
    SCREEN_P50,
    SCREEN_P99,
    Row,
    cold,
    comparison,
    variants,
)
from tests.bench.aliases import is_another_name
from tests.bench.crowd import DEV, alerts, table

LISTS = {"10 k": ("list_10k.tsv", 10_000), "100 k": ("list_100k.tsv.gz", 100_000)}
MILLION = {"1 M": ("list_100k.tsv.gz", 1_000_000)}
ON_REQUEST = "BENCH_MILLION"
"""The environment variable that asks for the list of a million: four minutes more."""
KEY = bytes(48)
TODAY = date(2026, 11, 24)
EVERY_PUBLISHED, EVERY_GENERATED, EVERY_STRANGER, EVERY_TIMED = 2, 8, 1, 4
"""Of each sort every second, sixth and so on is asked for, all classes in their shares."""
EVERY_COLD = 75
EACH_HELD_OUT = 30
OF_A_SHORT_LIST = 3
"""Of 10 k alerts every third of those queries is asked: its figures only show the trend."""

THOROUGH = "BENCH_THOROUGH"
"""The environment variable that asks for every query of the set: some ten minutes more."""
LEAST = -3.5
"""The score down to which matches are looked at, to see the curve up to 10 % of strangers."""
OTHER_NAMES = Path("build", "bench-other-names.tsv")

MOST_FLAGGED = 0.03
LEAST_RECALL = 0.95
LONGEST_MS = 100.0
LONGEST_BUILD_S = 60.0
LONGEST_UPDATE_S = 0.5
MOST_MIB = 150.0
HALF_WITHIN_MS = 10.0
CHANGED = 1_000
CURVE = (0.005, 0.01, 0.02, 0.03, 0.05, 0.10)
PUBLISHED = ("real_", "wd_", "yente_", "kz_")
CUT = ("ca_trunc_td1", "held-out cut to TD1")
TD1_NAME = 29
"""Characters of a TD1 document's name with one space between its identifiers."""


Scores = list[float | None]
"""One score a query: of the right alert for the listed, of the best alert for strangers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One list, measured; times in ms, those of the processor beside those of the clock."""

    published: Scores
    comparable: Scores
    other_names: list[dict[str, str]]
    generated: Scores
    held_out: Scores
    classes: dict[str, Scores]
    strong: int
    listed: int
    without_birth_date: Scores
    strangers: Scores
    strong_strangers: int
    strangers_without_birth_date: Scores
    times: list[float]
    busy_times: list[float]
    memory_mib: float


def rows() -> list[Row]:
    if not DEV.is_dir():
        return [
            Row(
                what="screening on the development set",
                goal="",
                measured="skipped: the folder ../shared is not here",
                n=0,
                met=None,
            )
        ]
    lists = LISTS | (MILLION if os.environ.get(ON_REQUEST) else {})
    return [
        row for size, (name, count) in lists.items() for row in _rows_of(size, DEV / name, count)
    ]


def _rows_of(size: str, source: Path, count: int) -> list[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "reference.db")
        began = perf_counter()
        reference = Reference.open(path, bytearray(KEY))
        reference.replace("DEV", 1, datetime.now(UTC), alerts(source, count))
        people = reference.people()
        build = perf_counter() - began
        changed = [
            replace(each, reason="changed") for each in islice(alerts(source, count), CHANGED)
        ]
        began = perf_counter()
        reference.change("DEV", 2, datetime.now(UTC), upserts=changed, removals=[])
        update = perf_counter() - began
        further = [replace(each, id=f"{each.id}-further") for each in changed]
        began = perf_counter()
        reference.change("DEV", 3, datetime.now(UTC), upserts=further, removals=[])
        added = perf_counter() - began
        leaving = [(each.list_id, each.id) for each in further]
        reference.change("DEV", 4, datetime.now(UTC), upserts=[], removals=leaving)
        reference.close()
        mib = path.stat().st_size / 2**20
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_screening", str(path), str(people)],
            cwd=Path(__file__).resolve().parents[2],
            check=True,
            capture_output=True,
        )
        asked_cold = [_traveller(row) for row in table(DEV / "negatives.tsv")[::EVERY_COLD]]
        asked_once = cold.rows(f"screening a {size} list", path, KEY, asked_cold, TODAY)
        is_compared = size == "100 k"
        compared = comparison.rows(source, path, KEY, _traveller) if is_compared else []
    measured = Measured(**json.loads(told.stdout))
    what, is_million = f"screening a {size} list", size in MILLION
    if size == "100 k":
        _write_other_names(measured)
    return [
        _recall_row(what, size, measured),
        _strong_row(what, measured),
        *(_curve_row(what, kind, scores, measured) for kind, scores in _kinds(measured)),
        _other_names_row(what, measured),
        _undated_row(what, measured),
        _classes_row(what, measured),
        *_time_rows(what, measured, is_million=is_million),
        Row(
            what=SCREEN_MEMORY.what if is_million else f"{what}: memory added",
            goal=f"≤ {MOST_MIB:.0f} MiB",
            measured=f"{measured.memory_mib:.0f} MiB",
            n=1,
            met=measured.memory_mib <= MOST_MIB,
        ),
        Row(
            what=f"{what}: build",
            goal="" if is_million else f"≤ {LONGEST_BUILD_S:.0f} s",
            measured=f"{build:.1f} s, {mib:.0f} MiB on disk",
            n=people,
            met=None if is_million else build <= LONGEST_BUILD_S,
        ),
        Row(
            what=SCREEN_DELTA.what if is_million else f"{what}: 1,000 alerts added",
            goal=f"≤ {LONGEST_UPDATE_S} s",
            measured=f"{added:.2f} s; as many changed {update:.2f} s",
            n=CHANGED,
            met=added <= LONGEST_UPDATE_S,
        ),
        *asked_once,
        *compared,
    ]


def _strong_row(what: str, measured: Measured) -> Row:
    strangers = len(measured.strangers)
    return Row(
        what=f"{what}: flagged strong",
        goal="",
        measured=(
            f"{measured.strong / measured.listed:.3f} of the listed (n={measured.listed}),"
            f" {measured.strong_strangers / strangers:.2%} of strangers"
        ),
        n=strangers,
        met=None,
    )


def _kinds(measured: Measured) -> list[tuple[str, Scores]]:
    return [
        ("published classes", measured.published),
        ("published classes without other names", measured.comparable),
        ("generated classes", measured.generated),
        ("held-out people", measured.held_out),
    ]


def _curve_row(what: str, kind: str, scores: Scores, measured: Measured) -> Row:
    """Recall over the share of strangers flagged, as far as scores down to `LEAST` reach."""
    points = []
    for share in CURVE:
        cut = cut_at(measured.strangers, share)
        points.append(f"{share_of(measured.strangers, cut):.1%}: {share_of(scores, cut):.3f}")
    return Row(
        what=f"{what}: recall by strangers flagged, {kind}",
        goal="",
        measured=", ".join(dict.fromkeys(points)),
        n=len(scores),
        met=None,
    )


def _other_names_row(what: str, measured: Measured) -> Row:
    cut = cut_at(measured.strangers, MOST_FLAGGED)
    return Row(
        what=f"{what}: aliases that are simply other names (tests/bench/aliases.py)",
        goal="",
        measured=(
            f"{len(measured.other_names)} of {len(measured.published)}; recall at 3 % flagged"
            f" {share_of(measured.published, cut):.3f} with them,"
            f" {share_of(measured.comparable, cut):.3f} without; listed in {OTHER_NAMES}"
        ),
        n=len(measured.published),
        met=None,
    )


def _write_other_names(measured: Measured) -> None:
    OTHER_NAMES.parent.mkdir(exist_ok=True)
    lines = ["\t".join(("class", "alert", "asked", "listed"))]
    lines += ["\t".join(each.values()) for each in measured.other_names]
    OTHER_NAMES.write_text("\n".join(lines) + "\n")


def _undated_row(what: str, measured: Measured) -> Row:
    found, flagged = measured.without_birth_date, measured.strangers_without_birth_date
    return Row(
        what=f"{what}: without a birth date",
        goal="",
        measured=(
            f"{share_of(found, 0.0):.3f} found (n={len(found)}, all in the recall above),"
            f" {share_of(flagged, 0.0):.0%} of strangers flagged"
        ),
        n=len(flagged),
        met=None,
    )


def _time_rows(what: str, measured: Measured, *, is_million: bool) -> list[Row]:
    p50, p99 = quantile(measured.times, 50), quantile(measured.times, 99)
    busy50, busy99 = quantile(measured.busy_times, 50), quantile(measured.busy_times, 99)
    return [
        Row(
            what=SCREEN_P50.what if is_million else f"{what}: p50",
            goal=f"≤ {HALF_WITHIN_MS:.0f} ms" if is_million else "",
            measured=f"{p50:.1f} ms; {busy50:.1f} ms of the processor",
            n=len(measured.times),
            met=p50 <= HALF_WITHIN_MS if is_million else None,
        ),
        Row(
            what=SCREEN_P99.what if is_million else f"{what}: p99",
            goal=f"≤ {LONGEST_MS:.0f} ms" if is_million else "",
            measured=f"{p99:.1f} ms; {busy99:.1f} ms of the processor",
            n=len(measured.times),
            met=p99 <= LONGEST_MS if is_million else None,
        ),
    ]


def _classes_row(what: str, measured: Measured) -> Row:
    cut = cut_at(measured.strangers, MOST_FLAGGED)
    found = {name: (share_of(each, cut), len(each)) for name, each in measured.classes.items()}
    weakest = sorted(found.items(), key=lambda item: item[1])
    return Row(
        what=f"{what}: recall by class at 3 % flagged, the weakest first",
        goal="",
        measured=", ".join(f"{name} {share:.2f} (n={n})" for name, (share, n) in weakest),
        n=sum(n for _, n in found.values()),
        met=None,
    )


def _recall_row(what: str, size: str, measured: Measured) -> Row:
    cut = cut_at(measured.strangers, MOST_FLAGGED)
    published = share_of(measured.published, cut)
    return Row(
        what=RECALL.what if size == "100 k" else f"{what}: recall",
        goal=RECALL.goal,
        measured=(
            f"published {published:.3f} (n={len(measured.published)}),"
            f" generated {share_of(measured.generated, cut):.3f} (n={len(measured.generated)}),"
            f" held-out {share_of(measured.held_out, cut):.3f} (n={len(measured.held_out)});"
            f" {share_of(measured.strangers, cut):.1%} flagged at score {cut:.1f}"
            f" ({share_of(measured.strangers, 0.0):.1%} at 0, where officers' begin)"
        ),
        n=len(measured.strangers),
        met=published >= LEAST_RECALL,
    )


def cut_at(strangers: Scores, share: float) -> float:
    """The least score at which no more than this share of strangers is flagged."""
    allowed = int(len(strangers) * share)
    scores = sorted((score for score in strangers if score is not None), reverse=True)
    return LEAST if len(scores) <= allowed else scores[allowed] + 0.1


def share_of(scores: Scores, cut: float) -> float:
    return sum(score is not None and score >= cut for score in scores) / max(len(scores), 1)


def quantile(times: list[float], percent: int) -> float:
    return sorted(times)[len(times) * percent // 100]


def _queries(people: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Those on a list of so many people, and those on none."""
    every = os.environ.get(THOROUGH) is not None
    positives = table(DEV / "positives.tsv")
    published = [row for row in positives if row["class"].startswith(PUBLISHED)]
    generated = [row for row in positives if not row["class"].startswith(PUBLISHED)]
    asked = {row["target_id"] for row in positives}
    smallest, _ = LISTS["10 k"]
    held_out = variants.rows(table(DEV / smallest), asked, EACH_HELD_OUT * (5 if every else 1))
    listed = [
        *published[:: 1 if every else EVERY_PUBLISHED],
        *generated[:: 1 if every else EVERY_GENERATED],
        *held_out,
    ]
    strangers = table(DEV / "negatives.tsv")[::EVERY_STRANGER]
    if every or people > LISTS["10 k"][1]:
        return listed, strangers
    return listed[::OF_A_SHORT_LIST], strangers[::OF_A_SHORT_LIST]


def _measure(path: Path, people: int) -> Measured:
    """In the process of its own: times first, then the listed, then the strangers."""
    listed, others = _queries(people)
    smallest, _ = LISTS["10 k"]
    names = {row["id"]: row["names"].split(" | ") for row in table(DEV / smallest)}
    before = _resident_mib()
    reference = Reference.open(path, bytearray(KEY))
    times, busy_times = [], []
    for row in (*listed[::EVERY_TIMED], *others[::EVERY_TIMED]):
        began, busy = perf_counter(), process_time()
        screen(_traveller(row), reference, today=TODAY)
        times.append((perf_counter() - began) * 1_000)
        busy_times.append((process_time() - busy) * 1_000)
    memory = _resident_mib() - before
    scores: list[float | None] = []
    strong = 0
    for row in listed:
        matches = screen(_traveller(row), reference, today=TODAY, least=LEAST)
        right = [match for match in matches if match.alert.id == row["target_id"]]
        scores.append(right[0].score if right else None)
        strong += any(match.level is Level.STRONG for match in right)
    best = [screen(_traveller(row), reference, today=TODAY, least=LEAST) for row in others]
    undated = [
        screen(_traveller({**row, "born": ""}), reference, today=TODAY)
        for row in others[::EVERY_TIMED]
    ]
    reference.close()
    asked = list(zip(listed, scores, strict=True))
    published = [(row, score) for row, score in asked if row["class"].startswith(PUBLISHED)]
    other_names = {
        number
        for number, (row, _) in enumerate(published)
        if is_another_name(row["name"], names[row["target_id"]])
    }
    classes: dict[str, Scores] = defaultdict(list)
    for row, score in asked:
        classes[row["class"]].append(score)
    return Measured(
        published=[score for _, score in published],
        comparable=[s for number, (_, s) in enumerate(published) if number not in other_names],
        other_names=[
            {
                "class": row["class"],
                "alert": row["target_id"],
                "asked": row["name"],
                "listed": " | ".join(names[row["target_id"]]),
            }
            for number, (row, _) in enumerate(published)
            if number in other_names
        ],
        generated=[score for row, score in asked if row["class"].startswith("ca_")],
        held_out=[score for row, score in asked if row["class"].startswith("held-out")],
        classes=dict(classes),
        strong=strong,
        listed=len(listed),
        without_birth_date=[score for row, score in asked if not row["born"]],
        strangers=[matches[0].score if matches else None for matches in best],
        strong_strangers=sum(any(m.level is Level.STRONG for m in matches) for matches in best),
        strangers_without_birth_date=[m[0].score if m else None for m in undated],
        times=times,
        busy_times=busy_times,
        memory_mib=memory,
    )


def _traveller(row: dict[str, str]) -> Traveller:
    """Without the document: names are measured, not numbers."""
    return Traveller(
        primary_identifier=row["name"],
        name_truncated=row["class"] in CUT and len(row["name"]) >= TD1_NAME,
        birth_date=PartialDate.parse(row["born"]),
        sex=Sex(row["sex"] or "X"),
        nationalities=nationalities(row),
    )


def _resident_mib() -> float:
    """Linux only, as the bench is."""
    status = Path("/proc/self/status").read_text()
    [kib] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    return int(kib) / 1024


if __name__ == "__main__":
    print(json.dumps(asdict(_measure(Path(sys.argv[1]), int(sys.argv[2])))))
