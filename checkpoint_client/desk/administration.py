"""What is done about the workstation itself: prove, rebuild, import a register, let people go."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from checkpoint_client.desk.done import Refused
from checkpoint_client.desk.leaving import Leaving, OfficerHere
from checkpoint_client.desk.powers import Power
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.journal.body import to_json
from checkpoint_client.records import Problem, Record
from checkpoint_client.records.drafts import nfc
from checkpoint_client.records.register import RegisterLine
from checkpoint_client.rules import OfficersList
from checkpoint_client.store import Kept, Proof
from checkpoint_client.vault import Unlocked
from checkpoint_client.vault.errors import NoSuchOfficer, OwnSlot


@dataclass(frozen=True, slots=True)
class Imported:
    """The record of a register's line; `is_new` is False where an earlier run had taken it."""

    id: str
    is_new: bool


class Administration:
    def __init__(
        self,
        workplace: Workplace,
        officer_keys: Mapping[str, bytes],
        *,
        leaving: Leaving,
        unlocked: Unlocked,
        listed: OfficersList,
    ) -> None:
        """`officer_keys`: the public keys of the slots, by service number. `listed`: headquarters'
        list, which certifies others.
        """
        self._at = workplace
        self._officer_keys = officer_keys
        self._leaving = leaving
        self._unlocked = unlocked
        self._listed = listed

    def verify(self) -> Proof:
        """Prove journals, signatures and tables. Raises `journal.chain.Broken`, `TablesDiffer`."""
        self._at.must(Power.VERIFY)
        keys = self._at.store.session_keys()
        for officer, key in self._officer_keys.items():
            keys.setdefault(officer, set()).add(key)
        for officer, certified in self._listed.keys().items():
            keys.setdefault(officer, set()).update(certified)
        return self._at.store.verify(keys)

    def after_leaving(self) -> list[Kept[Record]]:
        """What was recorded in the name of officers who had left: somebody used their keys."""
        self._at.must(Power.VERIFY)
        return self._at.store.after_leaving(
            self._listed.left(), here={each.service_number for each in self._leaving.officers()}
        )

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

    def officers(self) -> tuple[OfficerHere, ...]:
        """Everybody with a slot here, and how each stands by headquarters' list."""
        self._at.must(Power.REMOVE_OFFICER)
        return self._leaving.officers()

    def remove_officer(self, service_number: str, reason: str) -> None:
        """Let an officer in no more: his slot goes now, the key he knew at the next sign-in.

        Raises `Refused`: without a reason, for oneself, and where there is no such slot.
        """
        self._at.must(Power.REMOVE_OFFICER)
        if not reason.strip():
            raise Refused([Problem("why", "missing")])
        try:
            self._leaving.remove(
                self._unlocked,
                service_number,
                store=self._at.store,
                author=self._at.author,
                reason=nfc(reason),
            )
        except OwnSlot:
            raise Refused([Problem("officer", "own-slot")]) from None
        except NoSuchOfficer:
            raise Refused([Problem("officer", "unknown")]) from None

    def _offset_minutes(self) -> int:
        offset = self._at.now().utcoffset() or timedelta(0)
        return offset // timedelta(minutes=1)


def _reference(line: RegisterLine, crossed: datetime, occurrence: int) -> str:
    """How a line is known again: by number and day, since registers begin anew; or all it says."""
    if number := line.register_no.strip():
        return f"no:{number}/{crossed.date()}"
    said = to_json([line.said(), occurrence])
    return "said:" + hashlib.sha256(said).hexdigest()
