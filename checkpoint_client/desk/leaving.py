"""An officer leaves: he is let in no more, his slot goes, and the files get a key he never had.

A supervisor takes his slot away, or headquarters' list of officers says from which day he has left.
The list is noted in `device.key` as soon as it is here, locked or not, and from then on honoured at
sign-in. To take his slot out of the envelope and to change the key needs an open slot, so the next
officer who signs in does both without being asked.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checkpoint_client.journal.clock import Clock
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.records.codes import Role, WorkstationStep
from checkpoint_client.rules import OfficersList, Standing, standing
from checkpoint_client.store import Author, Store, Unusable, rekeying
from checkpoint_client.vault import SlotName, Unlocked, Vault
from checkpoint_client.vault.device import Away, DeviceKey

__all__ = ["BrokenOff", "Leaving", "NotInService", "OfficerHere", "Standing", "heed"]

REMOVED = "removed"
"""The mark up to which the slots that were taken away have their entries."""

REKEYED = "rekeyed"
"""How many changes of the key have their entries."""

log = logging.getLogger(__name__)


class NotInService(Exception):
    """Whatever his pass-phrase: headquarters' list does not let him work."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(_SENTENCES[standing])
        self.standing = standing


class BrokenOff(Exception):
    """The new key can wait: raised by who watches, the session begins with the one of before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerHere:
    """A slot and how its officer stands. `is_kept`: he left by the list, but nobody else could open
    this workstation, headquarters neither.
    """

    service_number: str
    role: Role
    standing: Standing
    is_kept: bool


def heed(device: DeviceKey, vault: Vault, listed: OfficersList) -> None:
    """Note whom of this workstation the list does not let work; who is no more named may again.

    Raises `Damaged`, `NewerFile`, OSError.
    """
    ever_here = {each.service_number for each in vault.officers()}
    ever_here.update(each.service_number for each in vault.removed)
    away = tuple(
        Away(
            service_number=each.service_number,
            suspended_on=each.suspended_on,
            left_on=each.left_on,
        )
        for each in listed.officers
        if each.service_number in ever_here and (each.suspended_on or each.left_on)
    )
    if away != device.state.away:
        device.update(away=away)


class Leaving:
    """Who may work here today."""

    def __init__(self, device: DeviceKey, vault: Vault, clock: Clock) -> None:
        self._device = device
        self._vault = vault
        self._clock = clock

    def officers(self) -> tuple[OfficerHere, ...]:
        """Everybody with a slot. Raises `Damaged`, `NewerFile`."""
        slots, today = self._vault.officers(), self._clock.likely().date()
        kept = self._kept(slots, today)
        return tuple(
            OfficerHere(
                service_number=each.service_number,
                role=each.role,
                standing=Standing.IN_SERVICE if each in kept else self._listed(each, today),
                is_kept=each in kept,
            )
            for each in slots
        )

    def standing(self, service_number: str) -> Standing:
        found = (each for each in self.officers() if each.service_number == service_number.strip())
        return next((each.standing for each in found), Standing.IN_SERVICE)

    def must_be_in_service(self, service_number: str) -> None:
        """Raises `NotInService`."""
        if (standing := self.standing(service_number)) is not Standing.IN_SERVICE:
            raise NotInService(standing)

    def is_older_envelope(self) -> bool:
        """Whether the files were given another key since this envelope was put aside."""
        return self._vault.rekeyed < self._device.state.rekeyed

    def is_open(self, unlocked: Unlocked) -> bool:
        """Whether the key that was unlocked is still the one of these files."""
        return self._vault.is_as_unlocked(unlocked)

    def settle(self, unlocked: Unlocked, files: Sequence[Path], watch: rekeying.Watch) -> None:
        """Take away the slots of those who left, and give the files a new key if somebody has.

        Before the files are opened. What cannot be done now is done at a later sign-in: nobody is
        kept from work by it. Raises OSError where a change of the key that was cut off cannot be
        finished.
        """
        for path in files:
            rekeying.settle(path, unlocked.database_key)
        gone = [each.service_number for each in self.officers() if each.standing is Standing.LEFT]
        try:
            if gone:
                unlocked.envelope_counter = self._vault.remove_listed(unlocked, gone)
            if self._vault.is_rekeying_due:
                self._rekey(unlocked, files, watch)
        except (Unusable, BrokenOff, OSError) as why:
            log.warning("the new key waits: %s", why)

    def _rekey(self, unlocked: Unlocked, files: Sequence[Path], watch: rekeying.Watch) -> None:
        if waiting := self._vault.not_to_be_sealed_to():
            log.warning("the new key waits until %d more have signed in once", len(waiting))
            return
        coming = bytearray(os.urandom(len(unlocked.database_key)))
        try:
            with rekeying.copied(files, unlocked.database_key, coming, watch=watch):
                self._vault.rekey(unlocked, coming)
        finally:
            coming[:] = bytes(len(coming))
        for path in files:
            rekeying.settle(path, unlocked.database_key)

    def note(self, store: Store) -> None:
        """Write entries for what was done to the envelope since the last one, once each."""
        for each in self._vault.removed[store.mark(REMOVED) :]:
            store.append(_removed(each.service_number, each.by))
        store.set_mark(REMOVED, len(self._vault.removed))
        if (times := self._vault.rekeyed) > store.mark(REKEYED):
            details = {"times": str(times)}
            store.append(WorkstationEvent(step=WorkstationStep.REKEYED, details=details))
            store.set_mark(REKEYED, times)
        if times != self._device.state.rekeyed:
            self._device.update(rekeyed=times)

    def remove(
        self, unlocked: Unlocked, service_number: str, *, store: Store, author: Author, reason: str
    ) -> None:
        """A supervisor takes a slot away; from the next sign-in on the files have another key.

        Raises the vault's errors.
        """
        with store.together():
            self.note(store)
        number = service_number.strip()
        unlocked.envelope_counter = self._vault.remove(unlocked, number)
        with store.together():
            store.append(_removed(number, author.officer, reason), author=author)
            store.set_mark(REMOVED, len(self._vault.removed))

    def _listed(self, slot: SlotName, today: date) -> Standing:
        for each in self._device.state.away:
            if each.service_number == slot.service_number:
                return standing(today, suspended_on=each.suspended_on, left_on=each.left_on)
        return Standing.IN_SERVICE

    def _kept(self, slots: Sequence[SlotName], today: date) -> tuple[SlotName, ...]:
        """The supervisors, where a list would leave none and headquarters could let none in."""
        supervisors = tuple(each for each in slots if each.role is Role.SUPERVISOR)
        if self._vault.has_recovery or any(
            self._listed(each, today) is Standing.IN_SERVICE for each in supervisors
        ):
            return ()
        return supervisors


def _removed(service_number: str, by: str, reason: str = "") -> WorkstationEvent:
    details = {"officer": service_number, "by": by, "reason": reason}
    return WorkstationEvent(step=WorkstationStep.OFFICER_REMOVED, details=details)


_SENTENCES = {
    Standing.SUSPENDED: "Headquarters has suspended this officer: he is not let in. Ask your"
    " supervisor.",
    Standing.LEFT: "By headquarters' list this officer has left: he is not let in any more. Ask"
    " your supervisor.",
}
