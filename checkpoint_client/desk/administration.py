"""What IT staff and auditors do on the command line: prove, rebuild, take over a register."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from checkpoint_client.desk.done import Refused
from checkpoint_client.desk.powers import Power
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.journal.body import to_json
from checkpoint_client.records import Problem
from checkpoint_client.records.register import RegisterLine
from checkpoint_client.store import Proof


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

    def verify(self) -> Proof:
        """Prove journals, signatures and tables. Raises `journal.chain.Broken`, `TablesDiffer`."""
        self._at.must(Power.VERIFY)
        keys = self._at.store.session_keys()
        for officer, key in self._officer_keys.items():
            keys.setdefault(officer, set()).add(key)
        return self._at.store.verify(keys)

    def rebuild(self) -> int:
        """Build the tables anew; returns how many entries were read."""
        self._at.must(Power.VERIFY)
        return self._at.store.rebuild()

    def take_over(self, line: RegisterLine, *, occurrence: int = 1) -> Imported:
        """Record one line of an earlier register, once. When this returns it is safe on disk.

        `occurrence` counts lines of one register that say exactly the same. Raises `Refused`, also
        where another line was taken under the same number and day.
        """
        self._at.must(Power.IMPORT)
        if problems := line.problems():
            raise Refused(problems)
        crossed = line.crossed(self._offset_minutes())
        reference = _reference(line, crossed, occurrence)
        check = line.check(post=self._at.settings.post, reference=reference)
        if known := self._at.store.taken_over(reference):
            same = replace(check, post=known.record.post)
            if (known.record, known.happened_at) != (same, crossed):
                raise Refused([Problem("register_no", "taken-otherwise")])
            return Imported(known.id, False)
        kept = self._at.store.append(check, author=self._at.author, happened_at=crossed)
        return Imported(kept.id, True)

    def _offset_minutes(self) -> int:
        offset = self._at.now().utcoffset() or timedelta(0)
        return offset // timedelta(minutes=1)


def _reference(line: RegisterLine, crossed: datetime, occurrence: int) -> str:
    """How a line is known again: by number and day, since registers begin anew; or all it says."""
    if number := line.register_no.strip():
        return f"no:{number}/{crossed.date()}"
    said = to_json([line.said(), occurrence])
    return "said:" + hashlib.sha256(said).hexdigest()
