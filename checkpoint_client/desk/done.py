"""What an action gives back: its value and what it touched, or what must be corrected first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto
from typing import Generic, TypeVar

from checkpoint_client.records import Problem

T = TypeVar("T", covariant=True)


class Changed(Flag):
    """What an action touched, so that screens know whether to look again."""

    CHECKS = auto()
    REFERRALS = auto()
    INTERVIEWS = auto()
    REVIEWS = auto()
    LISTS = auto()
    WAITING = auto()
    HITS = auto()


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    value: T
    changed: Changed


class Refused(Exception):
    """The officer must correct something first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(f"{each.field}: {each.code}" for each in problems))
        self.problems = tuple(problems)
