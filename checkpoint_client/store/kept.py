"""A record together with its place in a journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from checkpoint_client.records import Record

R = TypeVar("R", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Generic[R]):
    """What the store hands out: `origin` is the workstation's id, `leaf` hexadecimal.

    `officer` is a service number, empty where the workstation itself recorded.
    """

    id: str
    kind: str
    leaf: str
    origin: str
    position: int
    happened_at: datetime
    recorded_at: datetime
    officer: str
    shift: str
    record: R
