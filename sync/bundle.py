"""Entries under way without a direct contact: the spool left behind at a lock, and the stick.

The database key is wiped then, so the waiting tail is encrypted for the centre beforehand, and the
uplink delivers it with the workstation's own key alone. Nothing here is the only copy: the journal
still has every entry, and a file goes only when a signed reply says that the centre holds it.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from checkpoint_client.desk.sticks import StickFailed, StickTrouble, Written
from checkpoint_client.journal import signatures
from checkpoint_client.journal.entry import Entry, Origin, Tip
from checkpoint_client.store import Store
from checkpoint_client.vault.device import DeviceKey
from sync import dictionaries, protocol, stick
from sync.engine import Trouble, held_tip
from sync.link import Link
from sync.protocol import Bundle, BundleDelivery, BundleReply, Malformed, Verdict

MOST_BYTES: Final = 6 * 1024 * 1024
MOST_ENTRIES: Final = protocol.MOST_ENTRIES

_NAME = re.compile(r"(\d+)-(\d+)-(\d+)\.bundle")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How the spool fared. `answered`: the centre was reached; `left`: files that must wait."""

    answered: bool
    left: int
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """A bundle in the spool; its name says what is in it."""

    path: Path
    incarnation: int
    first: int
    last: int


def spool(store: Store, device: DeviceKey, folder: Path) -> list[Path]:
    """Write what waits and is in no bundle yet, encrypted for the centre. On the store's thread.

    Raises OSError; what was written before stays good.
    """
    if not device.state.centre_key:
        return []
    _sweep(folder)
    origin = store.origin
    position = _covered(folder, origin.incarnation, held_tip(store).position)
    previous = store.head_at(position)
    written = []
    while previous and (
        entries := store.entries(position, limit=MOST_ENTRIES, max_bytes=MOST_BYTES)
    ):
        bundle = bundled(device, origin, Tip(position, previous), entries)
        position, previous = bundle.last, bundle.head
        device.reached(position, previous)
        written.append(_write(folder, bundle))
    return written


def export(folder: Path, to: Path, device: DeviceKey, watch: Callable[[int, int], None]) -> Written:
    """Copy to a stick what lies in the spool, and leave it there: only the centre's word ends that.

    `watch` is told how many bundles are on the stick and of how many. Raises `StickFailed` where
    nothing can be written at all, OSError where the spool cannot be read.
    """
    spooled = spooled_in(folder)
    if not spooled:
        return Written()
    place = stick.make_place(to)
    there: list[Spooled] = []
    for number, each in enumerate(spooled):
        watch(number, len(spooled))
        try:
            content = _content(each, device)
        except FileNotFoundError:
            continue  # delivered meanwhile
        if content is None:
            continue
        try:
            stick.write(place / stick.bundle_name(protocol.decode(content, Bundle)), content)
        except StickFailed as failed:
            left, trouble = len(spooled) - number, failed.trouble
            return _written(there, left=left, trouble=trouble, why=failed.why)
        there.append(each)
    watch(len(spooled), len(spooled))
    return _written(there)


def deliver(folder: Path, link: Link, device: DeviceKey) -> Delivery:
    """Bring the spool to the centre, in order. Raises `Unreachable`; nothing is lost by that."""
    answered = False
    waiting: set[int] = set()
    for spooled in spooled_in(folder):
        if spooled.incarnation in waiting or not spooled.path.exists():
            continue  # or forgotten with a longer one that has all of it
        content = _content(spooled, device)
        if content is None:
            continue
        reply = link.deliver(
            BundleDelivery(
                request_id=os.urandom(16),
                deployment=device.state.deployment,
                workstation=device.state.workstation,
                bundle=content,
            )
        )
        answered = True
        if reply.verdict is Verdict.FORK:
            set_aside(spooled.path, "forked")
            return Delivery(answered=True, left=len(spooled_in(folder)), trouble=Trouble.FORKED)
        if not _is_held(spooled, reply):
            # An entry before it is missing: only a contact from the open journal helps this one.
            waiting.add(spooled.incarnation)
            continue
        forget(folder, spooled.incarnation, spooled.last)
    return Delivery(answered=answered, left=len(spooled_in(folder)))


def forget(folder: Path, incarnation: int, held: int) -> None:
    """Remove the bundles of which a signed reply says that the centre holds every entry."""
    for spooled in spooled_in(folder):
        if spooled.incarnation == incarnation and spooled.last <= held:
            spooled.path.unlink(missing_ok=True)


def spooled_in(folder: Path) -> list[Spooled]:
    """The bundles in the spool in the journal's order."""
    return sorted(_listed(folder), key=lambda each: (each.incarnation, each.first, -each.last))


def set_aside(path: Path, reason: str) -> None:
    """Keep a file that cannot be delivered out of the way, its name saying why."""
    path.replace(path.with_name(f"{path.name}.{reason}.bad"))
    log.warning("spool: a bundle was set aside: %s", reason)


def _written(
    there: Sequence[Spooled], *, left: int = 0, trouble: StickTrouble | None = None, why: str = ""
) -> Written:
    entries = covered = incarnation = 0
    for each in there:  # in order; they may overlap
        if each.incarnation != incarnation:
            incarnation, covered = each.incarnation, 0
        entries += max(0, each.last - max(each.first - 1, covered))
        covered = max(covered, each.last)
    return Written(bundles=len(there), entries=entries, left=left, trouble=trouble, why=why)


def _listed(folder: Path) -> Iterator[Spooled]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if match := _NAME.fullmatch(path.name):
            incarnation, first, last = map(int, match.groups())
            yield Spooled(path=path, incarnation=incarnation, first=first, last=last)


def _covered(folder: Path, incarnation: int, received: int) -> int:
    """The last position that is at the centre or in a bundle, without a gap before it."""
    covered = received
    for spooled in spooled_in(folder):
        is_next = spooled.first <= covered + 1
        if spooled.incarnation == incarnation and is_next:
            covered = max(covered, spooled.last)
    return covered


def bundled(device: DeviceKey, origin: Origin, before: Tip, entries: Sequence[Entry]) -> Bundle:
    """Entries of a journal behind `before`, encrypted for the centre and signed."""
    state = device.state
    last = entries[-1]
    sealed = protocol.seal_entries(
        [protocol.to_wire(each) for each in entries],
        state.centre_key,
        dictionary=min(state.dictionary, dictionaries.OF_WHOLE_BODIES),
    )
    unsigned = Bundle(
        deployment=origin.deployment,
        workstation=origin.workstation,
        incarnation=origin.incarnation,
        first=before.position + 1,
        last=last.position,
        previous=before.head,
        head=last.head,
        head_signature=last.signature,
        sealed=sealed,
        key=device.public,
        signature=b"",
    )
    return msgspec.structs.replace(
        unsigned, signature=device.sign(protocol.bundle_message(unsigned))
    )


def _sweep(folder: Path) -> None:
    """What was just being written when the power went."""
    for path in folder.glob("*-*-*.new"):
        path.unlink(missing_ok=True)


def _write(folder: Path, bundle: Bundle) -> Path:
    path = folder / f"{bundle.incarnation}-{bundle.first:012}-{bundle.last:012}.bundle"
    coming = path.with_suffix(".new")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with coming.open("wb") as file:
            file.write(msgspec.msgpack.encode(bundle))
            file.flush()
            os.fsync(file.fileno())
        coming.replace(path)
    except OSError:
        coming.unlink(missing_ok=True)
        raise
    return path


def _content(spooled: Spooled, device: DeviceKey) -> bytes | None:
    """The file's bytes if it is a whole bundle of ours; otherwise it is set aside."""
    content, flaw = _examined(spooled, device)
    if flaw:
        set_aside(spooled.path, flaw)
        return None
    return content


def _examined(spooled: Spooled, device: DeviceKey) -> tuple[bytes, str]:
    """The file's bytes, and what is wrong with them, if anything is."""
    if spooled.path.stat().st_size > protocol.MOST_COMPRESSED:
        return b"", "too-large"
    content = spooled.path.read_bytes()
    try:
        bundle = protocol.decode(content, Bundle)
    except Malformed:
        return content, "unreadable"
    return content, "" if _is_own(bundle, spooled, device) else "not-ours"


def _is_own(bundle: Bundle, spooled: Spooled, device: DeviceKey) -> bool:
    named = (spooled.incarnation, spooled.first, spooled.last)
    if (bundle.incarnation, bundle.first, bundle.last) != named:
        return False
    if (bundle.deployment, bundle.workstation) != (
        device.state.deployment,
        device.state.workstation,
    ):
        return False
    return device.is_own(bundle.key) and signatures.is_valid(
        bundle.key, bundle.signature, protocol.bundle_message(bundle)
    )


def _is_held(spooled: Spooled, reply: BundleReply) -> bool:
    return (
        reply.verdict is Verdict.HELD
        and reply.incarnation == spooled.incarnation
        and reply.held >= spooled.last
    )
