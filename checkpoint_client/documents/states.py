"""The codes for States, organizations and persons without a State (ICAO 9303-3 §5)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from checkpoint_client.settings import resource


class StateKind(StrEnum):
    """What a code stands for. Only STATE is in ISO 3166-1; the others are ICAO's additions."""

    STATE = "state"
    OTHER_STATE = "other-state"
    NATIONALITY = "nationality"
    ORGANIZATION = "organization"
    PERSON = "person"
    DEPRECATED = "deprecated"
    SPECIMEN = "specimen"
    SIGNER = "signer"


@dataclass(frozen=True, slots=True)
class State:
    """A code without fillers (Germany is D), its English name and what it stands for."""

    code: str
    name: str
    kind: StateKind


@cache
def states() -> Mapping[str, State]:
    """All codes, from `resources/states.json`."""
    kinds = json.loads(resource("states.json").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            code: State(code, name, StateKind(kind))
            for kind, names in kinds.items()
            for code, name in names.items()
        }
    )


def is_known(code: str) -> bool:
    return code in states()


def is_specimen(code: str) -> bool:
    """Whether it is Utopia, which issues documents for training only (9303-3 §5, part G)."""
    return code in states() and states()[code].kind == StateKind.SPECIMEN


def name_of(code: str) -> str:
    """The English name, or the code itself where we know none."""
    return states()[code].name if is_known(code) else code
