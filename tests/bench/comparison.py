"""Other ways of screening the same travellers against the same list, in the same run.

RapidFuzz without an index compares every name of the list with the traveller's, and takes those of
about his age, with a premium on the same year or day of birth. nomenklatura's logic-v2 would need
hours for that: it weighs our matches, those of RapidFuzz and the right alert, which flatters it,
since further false matches are not looked for; its time is that of a pair, times the list.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time

from anyascii import anyascii
from rapidfuzz import fuzz, process

from checkpoint_client.store.reference import Reference
from checkpoint_client.watchlist import Traveller, fold, screen
from tests.bench import Row
from tests.bench.crowd import DEV, table

SHARES = (0.01, 0.03, 0.05)
PUBLISHED = ("real_", "wd_", "yente_", "kz_")
OF_A_KIND, STRANGERS = 100, 300
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv-bench"
PACKAGE = "nomenklatura==4.17.4"
LONGEST_INSTALL_S = 300
_LEAST_RATIO, _MOST_CANDIDATES = 70.0, 30
_SAME_BIRTH, _SAME_YEAR = 10.0, 5.0

Person = dict[str, str]
Found = dict[str, float]
"""Scores by the alert's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What a way of screening found for each of the travellers, and the processor's ms for one."""

    what: str
    found: Sequence[Found]
    ms: float


@dataclass(frozen=True, slots=True)
class Travellers:
    """Those on the list, half from published lists and half generated, then strangers."""

    listed: Sequence[Person]
    strangers: Sequence[Person]

    @property
    def all(self) -> list[Person]:
        return [*self.listed, *self.strangers]


def rows(
    source: Path, reference: Path, key: bytes, as_traveller: Callable[[Person], Traveller]
) -> list[Row]:
    """`reference` is the file, under `key`, that holds the list of `source`."""
    people, travellers = table(source), _travellers()
    ours = _ours(reference, key, travellers, as_traveller)
    plain = _brute("RapidFuzz token_sort_ratio, plain letters", people, travellers, _plain)
    folded = _brute("RapidFuzz token_sort_ratio, our folding", people, travellers, _folded)
    by_sets = _brute(
        "RapidFuzz token_set_ratio, our folding", people, travellers, _folded, fuzz.token_set_ratio
    )
    ways = [ours, plain, folded, by_sets]
    if os.environ.get("BENCH_THOROUGH"):
        ways.append(
            _brute("RapidFuzz WRatio, our folding", people, travellers, _folded, fuzz.WRatio)
        )
    logic = _logic_v2(people, travellers, [ours.found, by_sets.found])
    return [
        *(_row(way, travellers) for way in ways),
        logic if isinstance(logic, Row) else _row(logic, travellers),
    ]


def _travellers() -> Travellers:
    positives = table(DEV / "positives.tsv")
    kinds: list[list[Person]] = [[], []]
    for row in positives:
        kinds[row["class"].startswith(PUBLISHED)].append(row)
    listed = [row for kind in kinds for row in kind[:: max(len(kind) // OF_A_KIND, 1)]]
    strangers = table(DEV / "negatives.tsv")
    return Travellers(listed, strangers[:: len(strangers) // STRANGERS])


def _row(way: Screened, travellers: Travellers) -> Row:
    """Recall where no more than a share of strangers is flagged, by each way's own scale."""
    listed, others = way.found[: len(travellers.listed)], way.found[len(travellers.listed) :]
    best = sorted((max(found.values()) for found in others if found), reverse=True)
    points = []
    for share in SHARES:
        allowed = int(len(others) * share)
        cut = best[allowed] if len(best) > allowed else float("-inf")
        right = [
            found.get(row["target_id"], float("-inf")) > cut
            for row, found in zip(travellers.listed, listed, strict=True)
        ]
        published = [r for r, row in zip(right, travellers.listed, strict=True) if _is_real(row)]
        generated = [
            r for r, row in zip(right, travellers.listed, strict=True) if not _is_real(row)
        ]
        points.append(
            f"{share:.0%}: {sum(published) / len(published):.3f}"
            f" and {sum(generated) / len(generated):.3f}"
        )
    return Row(
        what=f"side by side, 100 k: {way.what}",
        goal="",
        measured=(
            "recall of published and generated classes by strangers flagged "
            + ", ".join(points)
            + f"; {way.ms:.1f} ms of the processor a traveller"
        ),
        n=len(way.found),
        met=None,
    )


def _is_real(row: Person) -> bool:
    return row["class"].startswith(PUBLISHED)


def _ours(
    path: Path, key: bytes, travellers: Travellers, as_traveller: Callable[[Person], Traveller]
) -> Screened:
    reference = Reference.open(path, bytearray(key))
    today = date(2026, 11, 24)
    people = [as_traveller(row) for row in travellers.all]
    began = process_time()
    for person in people:
        screen(person, reference, today=today)
    ms = (process_time() - began) * 1_000 / len(people)
    found = [
        {match.alert.id: match.score for match in screen(each, reference, today=today, least=-3.5)}
        for each in people
    ]
    reference.close()
    return Screened(what="ours", found=found, ms=ms)


def _brute(
    what: str,
    people: Sequence[Person],
    travellers: Travellers,
    prepare: Callable[[str], str],
    scorer: Callable[..., float] = fuzz.ratio,
) -> Screened:
    """Names with their words sorted beforehand, so that `ratio` is `token_sort_ratio`."""
    names = [(prepare(name), row) for row in people for name in row["names"].split(" | ")]
    prepared = [name for name, _ in names]
    found, seconds = [], 0.0
    for traveller in travellers.all:
        began = process_time()
        asked = prepare(traveller["name"])
        alike = process.extract(
            asked, prepared, scorer=scorer, score_cutoff=_LEAST_RATIO, limit=None
        )
        scores: Found = {}
        for _, score, place in alike:
            row = names[place][1]
            age = _age(traveller["born"], row["born"])
            if age is not None:
                scores[row["id"]] = max(score + age, scores.get(row["id"], 0.0))
        seconds += process_time() - began
        found.append(scores)
    return Screened(what=what, found=found, ms=seconds * 1_000 / len(found))


def _plain(name: str) -> str:
    letters = anyascii(name).lower()
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in letters).split()))


def _folded(name: str) -> str:
    return " ".join(sorted(word.readings[0] for word in fold(name)))


def _age(born: str, listed: str) -> float | None:
    """What birth dates add to a ratio of names: None where they are more than a year apart."""
    if not born or not listed:
        return 0.0
    if abs(int(born[:4]) - int(listed[:4])) > 1:
        return None
    return _SAME_BIRTH if born == listed else _SAME_YEAR if born[:4] == listed[:4] else 0.0


def _logic_v2(
    people: Sequence[Person], travellers: Travellers, found: Sequence[Sequence[Found]]
) -> Screened | Row:
    what = "nomenklatura logic-v2, on our and RapidFuzz's candidates"
    try:
        python = _environment()
    except (subprocess.SubprocessError, OSError) as problem:
        return Row(
            what=f"side by side, 100 k: {what}",
            goal="",
            measured=f"not measured: {PACKAGE} could not be installed ({type(problem).__name__})",
            n=0,
            met=None,
        )
    by_id = {row["id"]: row for row in people}
    asked = []
    for number, traveller in enumerate(travellers.all):
        candidates = {id for each in found for id in _best(each[number])}
        candidates |= {traveller["target_id"]} & by_id.keys()
        asked.append({"person": _person(traveller), "alerts": sorted(candidates)})
    needed = {id for each in asked for id in each["alerts"]}
    told = {"alerts": {id: _person(by_id[id]) for id in needed}, "asked": asked}
    answer = subprocess.run(
        [str(python), str(ROOT / "tests" / "bench" / "logic_v2.py")],
        input=json.dumps(told),
        check=True,
        capture_output=True,
        text=True,
    )
    answered = json.loads(answer.stdout)
    ms = answered["seconds"] * 1_000 / answered["pairs"] * len(people)
    return Screened(what=what, found=answered["scores"], ms=ms)


def _best(found: Found) -> list[str]:
    return sorted(found, key=lambda id: -found[id])[:_MOST_CANDIDATES]


def _person(row: Person) -> dict[str, object]:
    names = row["names"].split(" | ") if "names" in row else [row["name"]]
    return {
        "names": names,
        "born": row["born"],
        "nationality": row["nationality"],
        "sex": row["sex"],
    }


def _environment() -> Path:
    """The Python of an environment with nomenklatura, made when it is not there yet."""
    python = ENVIRONMENT / "bin" / "python"
    ready = ENVIRONMENT / ".ready"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "-q", PACKAGE],
            check=True,
            capture_output=True,
            timeout=LONGEST_INSTALL_S,
        )
        ready.touch()
    return python
