"""Who of a post takes to the centre what its exchange cannot take there, and what they say of it.

Nobody's word counts for another's: one who says that he carried, and did not, keeps a journal from
nobody else. Where several have a line they are asked in turn, so that each one that does nothing
costs one turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

Journal = tuple[str, int]
"""A workstation and its incarnation."""


@dataclass(slots=True)
class Carriers:
    """`turn`: how long a journal is one's to carry, in seconds."""

    turn: float
    _seen: dict[str, float] = field(default_factory=dict)
    _asked: dict[Journal, dict[str, float]] = field(default_factory=dict)
    _said: dict[Journal, dict[str, tuple[int, bytes]]] = field(default_factory=dict)

    def note(self, carrier: str, when: float) -> None:
        """That he has a line."""
        self._seen[carrier] = when

    def may_ask(self, carrier: str, journal: Journal, when: float) -> bool:
        """Whether it is nobody's turn, and of those who have a line he had his longest ago."""
        turns = self._asked.get(journal, {})
        if any(when - each < self.turn for each in turns.values()):
            return False
        at_hand = [each for each, seen in self._seen.items() if when - seen < self.turn]
        return all(turns.get(carrier, 0.0) <= turns.get(each, 0.0) for each in at_hand)

    def ask(self, carrier: str, journal: Journal, when: float) -> None:
        self._asked.setdefault(journal, {})[carrier] = when

    def hear(self, carrier: str, journal: Journal, position: int, word: bytes) -> None:
        """How far he says the centre has it, and the centre's word on that to its workstation."""
        said = self._said.setdefault(journal, {})
        said[carrier] = position, word or said.get(carrier, (0, b""))[1]

    def reached(self, carrier: str, journal: Journal) -> int:
        """How far he himself says to have carried it."""
        return self._said.get(journal, {}).get(carrier, (0, b""))[0]

    def words(self, journal: Journal, behind: int) -> Iterator[bytes]:
        """All that was said: its workstation knows which of it is the centre's."""
        for position, word in self._said.get(journal, {}).values():
            if word and position > behind:
                yield word
