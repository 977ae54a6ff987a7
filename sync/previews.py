"""What goes ahead of a long journal because it is urgent, and comes in its turn by its leaf alone.

Each goes once, as long as the centre remembers it: one that was put back from a backup, or fails
over to a replica, has another epoch and is shown everything again.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from checkpoint_client.journal.entry import Entry, Origin
from checkpoint_client.store import PREVIEWED, Store
from checkpoint_client.vault.device import DeviceKey
from sync.batches import FIRST_BYTES
from sync.protocol import ContactReply

MOST_PREVIEW_BYTES: Final = 32 * 1024
_PREVIEWING: Final = "previewing"
_PREVIEWED_BY: Final = "previewed-by"
_BEHIND: Final = "previewed-behind"
_COMPLETES: Final = "previews-complete"
"""Marks of what went ahead: the last position of the request under way; which centre has them;
behind which position all urgent entries did, up to `PREVIEWED`; whether it completes from them.
"""


def ahead(store: Store, device: DeviceKey, sent: int, *, most: int) -> list[Entry]:
    """Urgent entries that this batch leaves behind, each once for what the centre remembers."""
    shown = shown_to(store, device)
    taken: list[Entry] = []
    size = 0
    for entry in store.urgent(max(sent, shown), most=most):
        size += len(entry.body or b"")
        if taken and size > MOST_PREVIEW_BYTES:
            break
        taken.append(entry)
    last = taken[-1].position if taken else 0
    if last and sent > shown:
        store.set_mark(_BEHIND, sent)  # what was urgent between them went in its turn
    if last != store.mark(_PREVIEWING):
        store.set_mark(_PREVIEWING, last)
    return taken


def known(store: Store, device: DeviceKey, entries: Sequence[Entry]) -> set[int]:
    """Which of these the centre completes from what went ahead of them."""
    shown = shown_to(store, device) if store.mark(_COMPLETES) else 0
    behind = store.mark(_BEHIND)
    if not entries or entries[0].position > shown or entries[-1].position <= behind:
        return set()
    urgent = store.urgent(max(behind, entries[0].position - 1), most=len(entries))
    return {entry.position for entry in urgent if entry.position <= shown and entry.body}


def shown_to(store: Store, device: DeviceKey) -> int:
    """Up to where urgent entries went ahead, for this centre; 0 for one that was put back."""
    is_known = store.mark(_PREVIEWED_BY) == memory_of(device.state.epoch)
    return store.mark(PREVIEWED) if is_known else 0


def arrived(store: Store, reply: ContactReply) -> None:
    """The urgent entries of the last request are at the centre."""
    if store.mark(_COMPLETES) != reply.completes:
        store.set_mark(_COMPLETES, int(reply.completes))
    if last := store.mark(_PREVIEWING):
        store.set_mark(PREVIEWED, last)
        store.set_mark(_PREVIEWED_BY, memory_of(reply.epoch))
        store.set_mark(_PREVIEWING, 0)


def resent(store: Store, origin: Origin, wanted: Sequence[int]) -> Iterator[Entry]:
    """The entries at positions asked for, some of them at a time. An erased one has no body."""
    size = 0
    for position in wanted:
        [entry] = store.entries(position - 1, limit=1, max_bytes=FIRST_BYTES, of=origin)
        size += len(entry.body or b"")
        if size > MOST_PREVIEW_BYTES and position != wanted[0]:
            return
        yield entry


def memory_of(epoch: bytes) -> int:
    """An epoch of the centre as a mark can keep it; never 0."""
    return 1 + int.from_bytes(epoch[:6], "big")
