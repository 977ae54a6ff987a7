"""A workstation that headquarters ordered to be wiped: what it recorded goes to the centre first,
then no pass-phrase opens anything here any more.

The order is noted in `device.key` before anything else, so that it is carried on after a power cut.
The records themselves stay, and headquarters' recovery slot with them: it alone opens them then.
"""

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from checkpoint_client.settings import Folder
from checkpoint_client.vault import Vault
from checkpoint_client.vault.device import DeviceKey, Wipe
from checkpoint_client.vault.errors import Damaged


class WipeState(StrEnum):
    """How far the order has been carried out."""

    WAITS = "waits"
    """Somebody must sign in once: what was never sent would be lost, and only his slot opens it."""
    BEGUN = "begun"
    DONE = "done"


class Ordered(Exception):
    """Nobody works here any more, whatever his pass-phrase."""

    def __init__(self, state: WipeState) -> None:
        super().__init__(_SENTENCES[state])
        self.state = state


def begin(device: DeviceKey, *, serial: int, hands_over: bool, now: datetime) -> None:
    """Note the order: from now on it will be carried out, and nobody is let in."""
    wipe = Wipe(serial=serial, ordered_at=now, hands_over=hands_over)
    device.update(last_order=serial, wipe=wipe)


def state_of(device: DeviceKey, vault: Vault) -> WipeState | None:
    """None where nothing was ordered. Raises `NewerFile`."""
    wipe = device.state.wipe
    if wipe is None:
        return None
    if wipe.done_at:
        return WipeState.DONE
    if wipe.is_handed_over or not wipe.hands_over:
        return WipeState.BEGUN
    try:
        return WipeState.BEGUN if vault.has_recovery else WipeState.WAITS
    except Damaged:
        return WipeState.BEGUN  # no officer's slot opens it either: there is nothing to wait for


def handed_over(device: DeviceKey) -> None:
    """All that was recorded here lies in the spool, closed for everybody but the centre."""
    if wipe := device.state.wipe:
        device.update(wipe=replace(wipe, is_handed_over=True))


def opens_for_headquarters(vault: Vault) -> bool:
    """Whether the recovery slot would let headquarters in. Raises `NewerFile`."""
    with suppress(Damaged):
        return vault.has_recovery
    return False


def destroy(folder: Folder, device: DeviceKey, *, now: datetime) -> None:
    """Take away what opens anything: slots, keys of lists and post, and the lists themselves.

    Nobody may be signed in. Interrupted anywhere, it is done again. Raises OSError where a file
    cannot be removed.
    """
    wipe = device.state.wipe
    if wipe is None or wipe.done_at:
        return
    with suppress(Damaged):  # there is nothing in it that opens anything
        Vault(folder.envelope).drop_slots()
    device.update(channel_keys={}, post_key=b"", post_keys={}, role_keys={})
    if folder.lists.exists():
        shutil.rmtree(folder.lists)
    for path in (
        *folder.path.glob(f"{folder.reference.name}*"),
        *folder.path.glob("lost-documents-*"),
    ):
        path.unlink()
    device.update(wipe=replace(wipe, done_at=now))


_SENTENCES = {
    WipeState.WAITS: "Headquarters has ordered this workstation to be wiped. What was recorded here"
    " and never sent is handed over first: one officer signs in once more, then nobody.",
    WipeState.BEGUN: "Headquarters has ordered this workstation to be wiped: nobody signs in here"
    " any more. What was recorded is kept for headquarters; call them.",
    WipeState.DONE: "This workstation was wiped by order of headquarters: nobody signs in here any"
    " more. What was recorded is kept for headquarters; call them.",
}
