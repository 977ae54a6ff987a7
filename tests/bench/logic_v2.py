"""Scores pairs with nomenklatura's logic-v2; started in an environment that has it, by path.

Reads one JSON object from standard input, `{"alerts": {id: person}, "asked": [{"person": person,
"alerts": [id]}]}` with persons as `{"names": [..], "born": "", "nationality": "", "sex": ""}`, and
writes `{"scores": [{id: score}], "seconds": s, "pairs": n}`.
"""

import json
import sys
from time import process_time
from typing import Any

from followthemoney import model  # type: ignore[import-not-found]
from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found]
from nomenklatura.matching.types import ScoringConfig  # type: ignore[import-not-found]

_SEXES = {"F": "female", "M": "male"}


def main() -> None:
    told = json.load(sys.stdin)
    algorithm, config = get_algorithm("logic-v2"), ScoringConfig.defaults()
    alerts = {id: _entity(f"alert-{id}", person) for id, person in told["alerts"].items()}
    scores, seconds, pairs = [], 0.0, 0
    for number, asked in enumerate(told["asked"]):
        query = _entity(f"query-{number}", asked["person"])
        began = process_time()
        scores.append(
            {id: algorithm.compare(query, alerts[id], config).score for id in asked["alerts"]}
        )
        seconds += process_time() - began
        pairs += len(asked["alerts"])
    json.dump({"scores": scores, "seconds": seconds, "pairs": pairs}, sys.stdout)


def _entity(id: str, person: dict[str, Any]) -> Any:
    """Each with an id of its own: names are cached by it."""
    entity = model.make_entity("Person")
    entity.id = id
    entity.add("name", person["names"])
    if person["born"]:
        entity.add("birthDate", person["born"])
    if person["nationality"]:
        entity.add("nationality", person["nationality"])
    if person["sex"] in _SEXES:
        entity.add("gender", _SEXES[person["sex"]])
    return entity


main()
