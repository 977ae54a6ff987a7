"""The journal that a workstation writes, and when it begins a new one.

A database that was put back from a backup holds less than has left the machine. To go on behind its
end would give one position two entries, so the workstation begins a new incarnation: its first
entry says how far the old one had come, and behind it comes again what the centre lacks. So it does
when its key is renewed: a journal is signed by one key from its first entry to its last.
"""

from datetime import datetime, timedelta
from pathlib import Path

from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import Origin, Tip
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.records.codes import WorkstationStep
from checkpoint_client.store import Store
from checkpoint_client.vault.device import DeviceKey, Forerunner


def open_records(path: Path, key: bytearray, *, device: DeviceKey, clock: Clock) -> Store:
    """The records, ready to be written: in a new journal, if these were put back from a backup."""
    state = device.state
    store = Store(
        path,
        key,
        origin=_origin(device),
        public=device.public,
        sign=device.signer,
        clock=clock,
    )
    try:
        if store.tip().position < state.journal_position:
            begin_anew(store, device, Tip(state.journal_position, state.journal_head))
        elif not store.is_current():
            _begin(store, device)
    except BaseException:
        store.close()
        raise
    return store


def begin_anew(store: Store, device: DeviceKey, known: Tip) -> None:
    """Give up the present journal, which had come to `known` as others remember it."""
    state = device.state
    # First on disk here: the number of a journal that was given up must never be used again.
    device.update(
        incarnation=state.incarnation + 1,
        journal_position=0,
        journal_head=b"",
        forerunner=Forerunner(
            workstation=state.workstation,
            incarnation=state.incarnation,
            position=known.position,
            head=known.head,
        ),
    )
    _begin(store, device)


def begin_with_new_key(store: Store, device: DeviceKey, certificate: bytes, at: datetime) -> None:
    """Go on with the coming keys, which the centre has certified; a key has a journal of its own.

    The key that signs now signs, as its last deed, that the other one follows.
    """
    state, coming = device.state, device.coming
    if coming is None:
        raise ValueError("no keys were prepared")
    before, tip = store.origin, store.tip()
    origin = Origin(before.deployment, before.workstation, state.incarnation + 1)
    message = origin.handover_message(before, tip.position, tip.head, coming.public)
    device.change_keys(
        certificate=certificate,
        certified_at=at,
        incarnation=origin.incarnation,
        journal_position=0,
        journal_head=b"",
        forerunner=Forerunner(
            workstation=before.workstation,
            incarnation=before.incarnation,
            position=tip.position,
            head=tip.head,
            key=device.public,
            handover=device.sign(message),
        ),
    )
    _begin(store, device)


def catch_up(store: Store, device: DeviceKey) -> None:
    """Begin the journal that the device key speaks of already: the disk was full just then."""
    if store.origin.incarnation < device.state.incarnation:
        _begin(store, device)


def prepare_new_key(device: DeviceKey, *, days: int) -> None:
    """Ask for new keys once the present ones are so old by the centre's time; 0 for never."""
    certified, now = device.state.certified_at, device.state.last_server_time
    if days and certified and now and now - certified >= timedelta(days=days):
        device.prepare_keys()


def _begin(store: Store, device: DeviceKey) -> None:
    before, step = device.state.forerunner, WorkstationStep.JOURNAL_BEGUN
    details = {}
    if before:
        details = {
            "workstation": before.workstation,
            "incarnation": str(before.incarnation),
            "position": str(before.position),
            "head": before.head.hex(),
        }
    if before and before.key:
        step = WorkstationStep.KEY_ROTATED
        details |= {"key": before.key.hex(), "handover": before.handover.hex()}
    event = WorkstationEvent(step=step, details=details)
    store.begin(_origin(device), event, public=device.public, sign=device.signer)


def _origin(device: DeviceKey) -> Origin:
    state = device.state
    return Origin(state.deployment, state.workstation, state.incarnation)
