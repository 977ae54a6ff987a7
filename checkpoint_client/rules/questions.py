"""Questions that the program proposes in an interview: open ones that suggest no answer."""

from collections.abc import Mapping

import msgspec


class Proposals(msgspec.Struct, frozen=True, kw_only=True):
    """Each question in several languages, English among them."""

    version: str
    note: str = ""
    questions: tuple[Mapping[str, str], ...]

    def __post_init__(self) -> None:
        if not all("en" in each for each in self.questions):
            raise ValueError("a question has no English words")

    def worded(self, language: str) -> tuple[str, ...]:
        """In the officer's language or else in English."""
        return tuple(each.get(language) or each["en"] for each in self.questions)
