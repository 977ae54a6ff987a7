"""The journal that a workstation writes, and the new one it begins when its records went back.

A database that was put back from a backup holds less than has left the machine. To go on behind its
end would give one position two entries, so the workstation begins a new incarnation: its first
entry says how far the old one had come, and behind it comes again what the centre lacks.
"""

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
        sign=device.sign,
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


def _begin(store: Store, device: DeviceKey) -> None:
    before = device.state.forerunner
    details = {}
    if before:
        details = {
            "workstation": before.workstation,
            "incarnation": str(before.incarnation),
            "position": str(before.position),
            "head": before.head.hex(),
        }
    store.begin(
        _origin(device), WorkstationEvent(step=WorkstationStep.JOURNAL_BEGUN, details=details)
    )


def _origin(device: DeviceKey) -> Origin:
    state = device.state
    return Origin(state.deployment, state.workstation, state.incarnation)
