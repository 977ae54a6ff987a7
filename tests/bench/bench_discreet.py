"""Whether a discreet hit can be told by how long the screen takes.

Travellers with a discreet alert and without take turns, in one window, in an order drawn by lot.
"""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from math import exp, sqrt
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from checkpoint_client.settings import Folder
from checkpoint_client.specimen.alerts import watchlist
from checkpoint_client.watchlist import Alert, AlertAction, AlertCategory, Visibility
from tests.bench import Row
from tests.bench.bench_ui import Booth, settings_of_bench, zones
from tests.post import an_alert, set_up
from ui.main import make_application

PAIRS = 200
LEAST_CHANCE = 0.01


def rows() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    settings = replace(settings_of_bench(), questions_percent=100)
    application = make_application(settings)
    order = list(range(2 * PAIRS))
    Random(20261124).shuffle(order)
    with TemporaryDirectory() as path:
        booth = Booth(Folder(set_up(Path(path, "data")).path), settings)
        listed = [*watchlist(date.today()), *(_discreet(place) for place in range(PAIRS))]
        booth.sign_in(listed, issued_at=datetime.now(UTC))
        passports = zones(2 * PAIRS)
        booth.check(passports[0])  # the first one pays for what is built once
        timings = [(place < PAIRS, booth.check(passports[place])) for place in order]
        booth.close()
        application.processEvents()
    return [
        _row("document read to findings", [(hit, each.findings_ms) for hit, each in timings]),
        _row("key to recorded", [(hit, each.decision_ms) for hit, each in timings]),
    ]


def _row(what: str, timed: list[tuple[bool, float]]) -> Row:
    with_hit = [taken for hit, taken in timed if hit]
    without = [taken for hit, taken in timed if not hit]
    chance = same_distribution(with_hit, without)
    return Row(
        what=f"discreet hit or none, {what}: told apart (Kolmogorov-Smirnov)",
        goal=f"p ≥ {LEAST_CHANCE}",
        measured=f"p = {chance:.2f}; median {median(with_hit):.0f} and {median(without):.0f} ms",
        n=len(timed),
        met=chance >= LEAST_CHANCE,
    )


def same_distribution(ones: list[float], others: list[float]) -> float:
    """How likely samples of one distribution lie this far apart, by Kolmogorov and Smirnov."""
    distance = max(abs(_below(ones, value) - _below(others, value)) for value in {*ones, *others})
    size = sqrt(len(ones) * len(others) / (len(ones) + len(others)))
    scaled = (size + 0.12 + 0.11 / size) * distance
    if scaled < 0.2:  # the series does not settle there, and the chance is 1 to ten digits
        return 1.0
    terms = ((1 if k % 2 else -1) * exp(-2 * (k * scaled) ** 2) for k in range(1, 101))
    return min(1.0, 2 * sum(terms))


def _below(sample: list[float], value: float) -> float:
    return sum(each <= value for each in sample) / len(sample)


def _discreet(place: int) -> Alert:
    """An alert for the document of one of the bench's travellers."""
    return an_alert(
        f"D-{place}",
        Visibility.SECOND_LINE,
        category=AlertCategory.DISCREET_CHECK,
        action=AlertAction.DO_NOT_ALERT_COLLECT,
        names=(f"BENCH, {place}",),
        documents=(("UTO", f"ZZ{place:07}"),),
    )
