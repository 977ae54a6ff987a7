"""The centre's word by another way: what it holds, for a workstation that no line reaches.

It comes on a stick or through the post's exchange, is proved with the workstation's own key and
kept; the journal's mark moves at the next sign-in, and only where the centre's head is our own. One
that comes late changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from checkpoint_client.desk.incarnation import begin_anew
from checkpoint_client.desk.sticks import Acknowledged, Effect, Flaw, ReadBack
from checkpoint_client.journal.entry import Tip
from checkpoint_client.store import BACKED_UP, RECEIVED, Store
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen
from sync import bundle, crossings, protocol, revocation, role_keys, stick
from sync.engine import take_post_key
from sync.protocol import (
    MOST_ACKNOWLEDGEMENT,
    MOST_WANTED,
    Acknowledgement,
    Forged,
    Malformed,
    SealedAcknowledgement,
    TooLarge,
)
from sync.stick import ACKNOWLEDGEMENT, BadFile


def bring(folder: Path, spool: Path, device: DeviceKey) -> ReadBack:
    """Take what a stick acknowledges, with the workstation's own key alone.

    What is genuine and new waits in the spool for `settle`, and so do the sheets of crossings that
    lie beside. Raises `StickFailed`; OSError where the spool cannot be written.
    """
    files = stick.files_on(folder, ACKNOWLEDGEMENT)
    named = ((each.name, partial(stick.read, each, most=MOST_ACKNOWLEDGEMENT)) for each in files)
    read = _all(named, spool, device)
    sheets, refused = crossings.bring(folder, spool, device)
    return replace(read, sheets=sheets, refused={**read.refused, **refused})


def take(words: Sequence[bytes], spool: Path, device: DeviceKey) -> ReadBack:
    """The same of those that came through an exchange, named by their numbers. Raises OSError."""
    named = ((str(number), partial(bytes, word)) for number, word in enumerate(words, start=1))
    return _all(named, spool, device)


def settle(store: Store, spool: Path, device: DeviceKey) -> Acknowledged | None:
    """Move the marks as far as the kept word goes; None if there is none. On the store's thread."""
    kept = _kept_at(spool)
    acknowledgement = _read_kept(kept, device)
    if acknowledgement is None:
        return None
    effect = _effect(store, acknowledgement, device)
    if effect in (Effect.TAKEN, Effect.TAKEN_BACK):
        with store.together():
            store.set_mark(RECEIVED, acknowledgement.held)
            backed_up = min(acknowledgement.backed_up, acknowledgement.held)
            if effect is Effect.TAKEN:
                backed_up = max(backed_up, store.mark(BACKED_UP))
            store.set_mark(BACKED_UP, backed_up)
        bundle.forget(spool, acknowledgement.incarnation, acknowledgement.held)
    if effect is not Effect.EARLIER_JOURNAL and _is_news(acknowledgement, device):
        _take_attachments(store, acknowledgement, device)
    if effect is Effect.BEGUN_ANEW:
        begin_anew(store, device, Tip(acknowledgement.held, acknowledgement.head))
    _heard(acknowledgement, device)
    kept.unlink(missing_ok=True)
    return _said(acknowledgement, effect)


def _take_attachments(store: Store, acknowledgement: Acknowledgement, device: DeviceKey) -> None:
    """What entries up to there name is at the centre, but for what it says to lack."""
    lacking = acknowledgement.lacking
    is_whole = lacking is not None and len(lacking) < MOST_WANTED
    if lacking is None or store.head_at(acknowledgement.held) != acknowledgement.head:
        return
    with store.together():
        named = {each.hex() for each in lacking}
        if _is_newest(acknowledgement, device):  # a late one knows of less
            store.attachments_wanted(named)
        if is_whole:
            for address in store.attachments_named(acknowledgement.held):
                if address not in named:
                    store.attachment_received(address)


def opened(content: bytes, device: DeviceKey) -> Acknowledgement | None:
    """A genuine word of our centre to us, None if it is to another workstation. Raises `BadFile`"""
    state = device.state
    try:
        outer = protocol.decode(content, SealedAcknowledgement)
    except Malformed:
        raise BadFile(Flaw.UNREADABLE) from None
    if outer.deployment != state.deployment:
        raise BadFile(Flaw.FOREIGN)
    if outer.workstation != state.workstation:
        return None
    acknowledgement = _unsealed(outer.sealed, device)
    if acknowledgement.deployment != state.deployment:
        raise BadFile(Flaw.FOREIGN)
    if acknowledgement.workstation != state.workstation:
        raise BadFile(Flaw.SWAPPED)
    if _time(acknowledgement) is None:
        raise BadFile(Flaw.UNREADABLE)
    return acknowledgement


def _all(
    named: Iterable[tuple[str, Callable[[], bytes]]], spool: Path, device: DeviceKey
) -> ReadBack:
    read = ReadBack()
    for name, content_of in named:
        try:
            content = content_of()
            acknowledgement = opened(content, device)
        except BadFile as bad:
            read = replace(read, refused={**read.refused, name: bad.flaw})
            continue
        if acknowledgement is None:
            read = replace(read, others=read.others + 1)
            continue
        revocation.take(device, acknowledgement.revoked, acknowledgement.post_keys)
        role_keys.take_publics(device, acknowledgement.role_keys)
        if acknowledgement.post_key and not (device.state.post_key or device.state.wipe):
            take_post_key(device, acknowledgement.post_key)
        taken = _taken(acknowledgement, content, spool, device)
        read = replace(read, acknowledged=(*read.acknowledged, taken))
    return read


def _unsealed(sealed: bytes, device: DeviceKey) -> Acknowledgement:
    try:
        signed = device.open(protocol.sealed_for("acknowledgement"), sealed)
        return protocol.read_acknowledgement(signed, server_key=device.state.server_key)
    except CannotOpen:
        raise BadFile(Flaw.CLOSED) from None
    except TooLarge:
        raise BadFile(Flaw.TOO_LARGE) from None
    except Malformed:
        raise BadFile(Flaw.UNREADABLE) from None
    except Forged:
        raise BadFile(Flaw.FORGED) from None


def _taken(
    acknowledgement: Acknowledgement, content: bytes, spool: Path, device: DeviceKey
) -> Acknowledged:
    if acknowledgement.incarnation != device.state.incarnation:
        return _said(acknowledgement, Effect.EARLIER_JOURNAL)
    kept = _kept_at(spool)
    waiting = _read_kept(kept, device)
    is_late = waiting is not None and _is_before(acknowledgement, _time(waiting))
    if is_late or not _is_news(acknowledgement, device):
        return _said(acknowledgement, Effect.KNOWN)
    spool.mkdir(mode=0o700, parents=True, exist_ok=True)
    coming = kept.with_suffix(".new")
    coming.write_bytes(content)
    coming.replace(kept)
    return _said(acknowledgement, Effect.WAITS)


def _effect(store: Store, acknowledgement: Acknowledgement, device: DeviceKey) -> Effect:
    if acknowledgement.incarnation != store.origin.incarnation:
        return Effect.EARLIER_JOURNAL
    if not _is_news(acknowledgement, device):
        return Effect.KNOWN
    if store.head_at(acknowledgement.held) != acknowledgement.head:
        return Effect.BEGUN_ANEW
    mark = store.mark(RECEIVED)
    if acknowledgement.held > mark:
        return Effect.TAKEN
    # A newer word that says less is only believed of a centre whose memory went back.
    is_restored = acknowledgement.epoch != device.state.epoch
    if acknowledgement.held < mark and is_restored and _is_newest(acknowledgement, device):
        return Effect.TAKEN_BACK
    return Effect.KNOWN


def _is_news(acknowledgement: Acknowledgement, device: DeviceKey) -> bool:
    """A word of before the centre came back from a backup would promise what it no longer has."""
    is_same_memory = acknowledgement.epoch == device.state.epoch
    return is_same_memory or _is_newest(acknowledgement, device)


def _is_newest(acknowledgement: Acknowledgement, device: DeviceKey) -> bool:
    return not _is_before(acknowledgement, device.state.last_server_time)


def _is_before(acknowledgement: Acknowledgement, other: datetime | None) -> bool:
    time = _time(acknowledgement)
    return time is not None and other is not None and time < other


def _heard(acknowledgement: Acknowledgement, device: DeviceKey) -> None:
    time, known = _time(acknowledgement), device.state.last_server_time
    if time and (known is None or time > known):
        device.update(last_server_time=time)


def _time(acknowledgement: Acknowledgement) -> datetime | None:
    """The centre's clock when it was written, UTC."""
    with suppress(ValueError, OverflowError):
        time = datetime.fromisoformat(acknowledgement.server_time)
        return time.astimezone(UTC) if time.tzinfo else None
    return None


def _kept_at(spool: Path) -> Path:
    return spool / f"kept{ACKNOWLEDGEMENT}"


def _read_kept(kept: Path, device: DeviceKey) -> Acknowledgement | None:
    """What waits there and is genuine; proved anew, since the spool is not encrypted."""
    with suppress(BadFile):
        return opened(stick.read(kept, most=MOST_ACKNOWLEDGEMENT), device)
    return None


def _said(acknowledgement: Acknowledgement, effect: Effect) -> Acknowledged:
    return Acknowledged(
        effect=effect,
        held=acknowledgement.held,
        forked_at=acknowledgement.fork_at,
        order=acknowledgement.order,
    )
