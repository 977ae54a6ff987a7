"""What officers said before of this traveller and this alert: shown to the next, never applied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.records import Adjudication, Person
from checkpoint_client.records.adjudication import progress_of
from checkpoint_client.records.codes import AdjudicationReason, HitVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierVerdict:
    """A verdict that stands, on an earlier hit of the same person on the same alert."""

    verdict: HitVerdict
    reasons: tuple[AdjudicationReason, ...]
    officer: str
    at: datetime


def earlier_verdicts(
    at: Workplace,
    alert: tuple[str, str],
    person: Person,
    numbers: Iterable[tuple[str, str]],
    *,
    but: str = "",
) -> tuple[EarlierVerdict, ...]:
    """Verdicts on one alert (`list_id`, `id`) about this person, newest first.

    `numbers` are his documents (State, number); `but` is a hit not to be looked at. Only what this
    role may learn of.
    """
    found = at.store.judged(alert, at.visibilities(), person, numbers)
    return tuple(verdict for id in found if id != but for verdict in _standing(at, id))


def _standing(at: Workplace, hit_id: str) -> Iterable[EarlierVerdict]:
    steps = at.store.steps_of(hit_id)
    judgements = progress_of(steps).judgements
    for step in steps:
        if isinstance(step.record, Adjudication) and step.id in judgements:
            yield EarlierVerdict(
                verdict=step.record.verdict,
                reasons=step.record.reasons,
                officer=step.officer,
                at=step.at,
            )
