"""What IT staff and auditors do on the command line: prove, rebuild, take over a register."""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from checkpoint_client.desk.done import Refused
from checkpoint_client.desk.powers import Power
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.records.register import RegisterLine


@dataclass(frozen=True, slots=True)
class Imported:
    """The record of a register's line; `is_new` is False where an earlier run had taken it."""

    id: str
    is_new: bool


class Administration:
    def __init__(self, workplace: Workplace, officer_keys: Mapping[str, bytes]) -> None:
        """`officer_keys`: the public keys of the slots, by service number."""
        self._at = workplace
        self._officer_keys = officer_keys

    def verify(self) -> int:
        """Prove journal, signatures and tables; returns how many entries were proved.

        Raises `journal.chain.Broken` or `store.TablesDiffer`.
        """
        self._at.must(Power.VERIFY)
        keys = {**self._at.store.session_keys(), **self._officer_keys}
        return self._at.store.verify(keys)

    def rebuild(self) -> int:
        """Build the tables anew; returns how many entries were read."""
        self._at.must(Power.VERIFY)
        return self._at.store.rebuild()

    def take_over(self, line: RegisterLine) -> Imported:
        """Record one line of an earlier register, once. When this returns it is safe on disk."""
        self._at.must(Power.IMPORT)
        if problems := line.problems():
            raise Refused(problems)
        reference = _reference(line)
        if known := self._at.store.register_reference_is_kept(reference):
            return Imported(known, False)
        offset = self._at.now().utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        kept = self._at.store.append(
            line.check(post=self._at.settings.post, reference=reference),
            author=self._at.author,
            happened_at=line.crossed(minutes),
        )
        return Imported(kept.id, True)


def _reference(line: RegisterLine) -> str:
    """How a line is known again: its number in the register, or all that it says."""
    if line.register_no.strip():
        return f"no:{line.register_no.strip()}"
    said = "\x1f".join(part.strip() for part in astuple(line))
    return "said:" + hashlib.sha256(said.encode()).hexdigest()
