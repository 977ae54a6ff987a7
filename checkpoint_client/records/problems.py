"""Why something typed cannot be recorded yet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` says where to put the cursor; `code` is what the screen has words for."""

    field: str
    code: str
