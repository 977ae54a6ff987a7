"""Takes a stretch of a journal in: what fits is appended, what does not is kept beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa

from checkpoint_client.journal import body as bodies
from checkpoint_client.journal.entry import SHA256, OfficerSignature, Origin, Tip, head_of
from checkpoint_client.journal.signatures import is_valid
from checkpoint_client.records import KINDS, VERSION, Attachment
from sync.protocol import MOST_PREVIEWS, Malformed, Verdict, WireEntry, wire_leaf
from sync.server import attachments, ledger, projection

_LONGEST_KIND = 60


class Oddity(StrEnum):
    """Why an entry that is held could not be interpreted."""

    NO_BODY = "no-body"
    BODY_AWAITED = "body-awaited"
    UNKNOWN_ALGORITHM = "unknown-algorithm"
    UNREADABLE_BODY = "unreadable-body"
    UNKNOWN_KIND = "unknown-kind"
    NEWER_VERSION = "newer-version"
    UNREADABLE_RECORD = "unreadable-record"


class Reason(StrEnum):
    """Why a person at the centre has to look."""

    FORK = "fork"
    BROKEN_CHAIN = "broken-chain"
    WRONG_RATCHET = "wrong-ratchet"
    REVOKED = "revoked"
    UNLIKE_PREVIEW = "unlike-preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Consecutive entries as they came, the head before them and the signed head behind them.

    `request` are the bytes that brought them, kept as evidence where they do not fit. Of the
    positions `previewed` the leaf alone came, because the body was said to be here.
    """

    origin: Origin
    first: int
    previous: bytes
    entries: Sequence[WireEntry]
    tip: int
    head: bytes
    head_signature: bytes
    request: bytes
    previewed: Collection[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the centre holds of a journal once a stretch was looked at."""

    verdict: Verdict
    tip: Tip
    backed_up: int
    fork_at: int | None = None
    message: str = ""


def held(connection: sa.Connection, origin: Origin) -> Held:
    """Where the journal stands. Call under the workstation's lock."""
    row = connection.execute(_TIP, _place_of(origin)).one_or_none()
    if row is None:
        return Held(verdict=Verdict.HELD, tip=Tip(0, origin.first_head()), backed_up=0)
    return Held(verdict=Verdict.HELD, tip=Tip(row.held, bytes(row.head)), backed_up=row.backed_up)


def take(
    connection: sa.Connection, stretch: Stretch, workstation_key: bytes, *, now: datetime
) -> Held:
    """Append what is new; nothing that is held changes. Call under the workstation's lock."""
    before = held(connection, stretch.origin)
    if stretch.first > before.tip.position + 1:
        return replace(before, verdict=Verdict.GAP)
    linked = _link(stretch, workstation_key)
    if linked is None:
        set_aside(connection, stretch, Reason.BROKEN_CHAIN, now=now)
        return replace(
            before,
            verdict=Verdict.FORK,
            fork_at=stretch.first,
            message="the entries do not lead to the head that was signed",
        )
    fork_at = _first_difference(connection, stretch, linked, before.tip)
    if fork_at is not None:
        _keep_branch(connection, stretch, linked, fork_at, now=now)
        return replace(
            before,
            verdict=Verdict.FORK,
            fork_at=fork_at,
            message="the centre holds another entry at this position",
        )
    new = [each for each in linked if each.wire.position > before.tip.position]
    again = (each.wire for each in linked[: len(linked) - len(new)])
    _complete(connection, stretch, [wire for wire in again if wire.body is not None], now=now)
    if not new:
        return before
    _append(connection, stretch, new, now=now)
    return replace(before, tip=Tip(stretch.tip, stretch.head))


def preview(
    connection: sa.Connection, stretch: Stretch, ahead: Sequence[WireEntry], *, now: datetime
) -> None:
    """Keep urgent entries that the journal has not reached; where it has, complete what lacks its
    body.

    Call under the workstation's lock, once `stretch` was taken.
    """
    origin, table = stretch.origin, ledger.preview
    tip = held(connection, origin).tip.position
    _complete(connection, stretch, [wire for wire in ahead if wire.position <= tip], now=now)
    known = {position: row.leaf for position, row in _previewed(connection, origin, tip).items()}
    for wire in ahead:
        leaf = _leaf(wire)
        if leaf is None or wire.position <= tip:
            continue
        if wire.position in known:
            if known[wire.position] != leaf:
                set_aside(connection, stretch, Reason.UNLIKE_PREVIEW, now=now)
            continue
        known[wire.position] = leaf
        connection.execute(
            sa.insert(table).values(
                workstation=origin.workstation,
                incarnation=origin.incarnation,
                position=wire.position,
                leaf=leaf,
                salt=wire.salt,
                body=wire.body,
                received_at=now,
            )
        )


def awaited(connection: sa.Connection, origin: Origin) -> list[int]:
    """Positions whose body was said to be here, and is not: the first ones, as many as one contact
    brings. Call under the workstation's lock.
    """
    return list(connection.scalars(_AWAITED, _place_of(origin)))


def read_again(connection: sa.Connection, row: sa.Row[Any]) -> bool:
    """Try an entry in quarantine once more; whether it was read. `row`: entry and `reason`."""
    read = understood(_bytes(row.body), row.algorithm, received_at=row.received_at)
    place = {name: getattr(row, name) for name in ("workstation", "incarnation", "position")}

    def at(table: sa.Table) -> list[sa.ColumnElement[bool]]:
        return [table.c[name] == value for name, value in place.items()]

    quarantine, entry = ledger.quarantine, ledger.entry
    if read.id is not None:
        # The month stays: it is a part of the key, and of where the entry lies.
        connection.execute(
            sa.update(entry)
            .where(*at(entry), entry.c.month == row.month)
            .values(id=read.id, kind=read.kind)
        )
        attachments.name(connection, **place, attachments=read.attachments)
    if read.oddity is not None:
        if read.oddity != row.reason and read.oddity is not Oddity.NO_BODY:
            connection.execute(
                sa.update(quarantine).where(*at(quarantine)).values(reason=read.oddity)
            )
        return False
    connection.execute(sa.delete(quarantine).where(*at(quarantine)))
    projection.count_late(connection, row, read.id)
    return True


def set_aside(
    connection: sa.Connection, stretch: Stretch, reason: Reason, *, now: datetime
) -> None:
    """Keep the whole request as evidence and raise the alarm, once for each signed head."""
    evidence = ledger.evidence
    workstation = stretch.origin.workstation
    is_known = connection.scalar(
        sa.select(sa.literal(1)).where(
            evidence.c.workstation == workstation,
            evidence.c.reason == reason,
            evidence.c.head == stretch.head,
        )
    )
    if is_known:
        return
    connection.execute(
        sa.insert(evidence).values(
            workstation=workstation,
            reason=reason,
            head=stretch.head,
            request=stretch.request,
            received_at=now,
        )
    )
    alarm = ledger.alarm
    raised = connection.scalar(
        sa.select(sa.func.count()).select_from(alarm).where(alarm.c.workstation == workstation)
    )
    connection.execute(
        sa.insert(alarm).values(
            workstation=workstation,
            number=(raised or 0) + 1,
            reason=reason,
            incarnation=stretch.origin.incarnation,
            position=stretch.first,
            raised_at=now,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """As much of a body as could be understood; `month` as in the ledger."""

    id: str | None = None
    kind: str | None = None
    month: int
    oddity: Oddity | None = None
    attachments: tuple[Attachment, ...] = ()


def understood(body: bytes | None, algorithm: int, *, received_at: datetime) -> Understood:
    """What this program can make of an entry."""
    month_received = received_at.year * 100 + received_at.month
    if body is None:
        return Understood(month=month_received, oddity=Oddity.NO_BODY)
    if algorithm != SHA256:
        return Understood(month=month_received, oddity=Oddity.UNKNOWN_ALGORITHM)
    try:
        read = bodies.decode(body)
        id = UUID(read.id)
        month = _month(id)
    except (bodies.Unreadable, ValueError, OverflowError, RecursionError):
        return Understood(month=month_received, oddity=Oddity.UNREADABLE_BODY)
    return Understood(
        id=str(id),
        kind=_printable(read.kind),
        month=month,
        oddity=_oddity(read),
        attachments=read.attachments,
    )


@dataclass(frozen=True, slots=True)
class _Linked:
    """An entry with the leaf and head that it truly has."""

    wire: WireEntry
    leaf: bytes
    head: bytes


def _link(stretch: Stretch, workstation_key: bytes) -> list[_Linked] | None:
    """The entries chained from `previous`; None unless they lead to the head that was signed."""
    linked = []
    position, head = stretch.first - 1, stretch.previous
    for wire in stretch.entries:
        position += 1
        if wire.position != position:
            return None
        leaf = _leaf(wire)
        if leaf is None:
            return None
        officers = [OfficerSignature(s.officer, s.algorithm, s.value) for s in wire.signatures]
        head = head_of(head, leaf, officers)
        linked.append(_Linked(wire, leaf, head))
    if (position, head) != (stretch.tip, stretch.head):
        return None
    if position == 0:
        return linked
    message = stretch.origin.head_message(position, head)
    return linked if is_valid(workstation_key, stretch.head_signature, message) else None


def _first_difference(
    connection: sa.Connection, stretch: Stretch, linked: list[_Linked], tip: Tip
) -> int | None:
    """Where the stretch leaves the journal that is held: heads cover leaves and signatures."""
    before = stretch.first - 1
    ours = _heads(connection, stretch.origin, before, stretch.tip, tip)
    if ours[before] != stretch.previous:
        return max(before, 1)
    for each in linked:
        if ours.get(each.wire.position, each.head) != each.head:
            return each.wire.position
    return None


def _heads(
    connection: sa.Connection, origin: Origin, first: int, last: int, tip: Tip
) -> dict[int, bytes]:
    """The heads held at positions `first` to `last`, and at the tip."""
    heads = {0: origin.first_head(), tip.position: tip.head}
    if first == tip.position:
        return heads
    entry = ledger.entry.c
    rows = connection.execute(
        sa.select(entry.position, entry.head).where(
            entry.workstation == origin.workstation,
            entry.incarnation == origin.incarnation,
            entry.position.between(first, last),
        )
    )
    return heads | {position: bytes(head) for position, head in rows}


def _keep_branch(
    connection: sa.Connection,
    stretch: Stretch,
    linked: list[_Linked],
    fork_at: int,
    *,
    now: datetime,
) -> None:
    set_aside(connection, stretch, Reason.FORK, now=now)
    fork = ledger.fork
    kept = {
        (position, bytes(head))
        for position, head in connection.execute(
            sa.select(fork.c.position, fork.c.head).where(
                fork.c.workstation == stretch.origin.workstation,
                fork.c.incarnation == stretch.origin.incarnation,
            )
        )
    }
    rows = [
        _row(stretch.origin, each, now)
        for each in linked
        if each.wire.position >= fork_at and (each.wire.position, each.head) not in kept
    ]
    if rows:
        connection.execute(sa.insert(fork), rows)


def _append(
    connection: sa.Connection, stretch: Stretch, new: list[_Linked], *, now: datetime
) -> None:
    origin = stretch.origin
    shown = _previewed(connection, origin, new[0].wire.position - 1)
    new = [_filled(each, shown.get(each.wire.position)) for each in new]
    rows, odd = [], []
    for each in new:
        read = understood(each.wire.body, each.wire.algorithm, received_at=now)
        rows.append(
            _row(origin, each, now) | {"id": read.id, "kind": read.kind, "month": read.month}
        )
        attachments.name(
            connection,
            workstation=origin.workstation,
            incarnation=origin.incarnation,
            position=each.wire.position,
            attachments=read.attachments,
        )
        if read.oddity is not None:
            odd.append(
                {
                    "workstation": origin.workstation,
                    "incarnation": origin.incarnation,
                    "position": each.wire.position,
                    "reason": _awaited_or(read.oddity, each.wire.position, stretch),
                    "received_at": now,
                }
            )
    ledger.insert_rows(connection, ledger.entry, rows)
    if odd:
        connection.execute(sa.insert(ledger.quarantine), odd)
    if shown:
        leaves = {position: ahead.leaf for position, ahead in shown.items()}
        _settle_previews(connection, stretch, new, leaves, now=now)
    _move_tip(connection, stretch)


@dataclass(frozen=True, slots=True)
class _Preview:
    """What was shown ahead of the journal."""

    leaf: bytes
    salt: bytes | None
    body: bytes | None


def _previewed(connection: sa.Connection, origin: Origin, behind: int) -> dict[int, _Preview]:
    """What was shown ahead, by its position."""
    rows = connection.execute(_PREVIEWED, {**_place_of(origin), "behind": behind})
    return {
        row.position: _Preview(bytes(row.leaf), _bytes(row.salt), _bytes(row.body)) for row in rows
    }


def _filled(each: _Linked, ahead: _Preview | None) -> _Linked:
    """The entry, with body and salt of its preview where it came by its leaf alone."""
    if each.wire.body is not None or ahead is None or ahead.body is None:
        return each
    wire = msgspec.structs.replace(each.wire, salt=ahead.salt, body=ahead.body)
    return replace(each, wire=wire) if _leaf(wire) == each.leaf else each


def _awaited_or(oddity: Oddity, position: int, stretch: Stretch) -> Oddity:
    is_awaited = oddity is Oddity.NO_BODY and position in stretch.previewed
    return Oddity.BODY_AWAITED if is_awaited else oddity


def _complete(
    connection: sa.Connection, stretch: Stretch, late: Sequence[WireEntry], *, now: datetime
) -> None:
    """Give entries that are held by their leaf alone the bodies that have come for them.

    One that comes without a body was erased at the workstation: it is asked for no more.
    """
    if not late:
        return
    entry, odd = ledger.entry, ledger.quarantine
    brought = {wire.position: wire for wire in late}
    lacking = sa.select(entry, odd.c.reason).join_from(
        odd,
        entry,
        (odd.c.workstation == entry.c.workstation)
        & (odd.c.incarnation == entry.c.incarnation)
        & (odd.c.position == entry.c.position),
    )
    journal = [
        odd.c.workstation == stretch.origin.workstation,
        odd.c.incarnation == stretch.origin.incarnation,
    ]
    awaited_here = [odd.c.reason == Oddity.BODY_AWAITED, odd.c.position.in_(list(brought))]
    for row in connection.execute(lacking.where(*journal, *awaited_here)).all():
        wire, here = brought[row.position], odd.c.position == row.position
        is_same = _leaf(wire) == bytes(row.leaf)
        if not is_same:
            set_aside(connection, stretch, Reason.UNLIKE_PREVIEW, now=now)
        if not is_same or wire.body is None:
            connection.execute(sa.update(odd).where(*journal, here).values(reason=Oddity.NO_BODY))
            continue
        connection.execute(
            sa.update(entry)
            .where(
                entry.c.workstation == row.workstation,
                entry.c.incarnation == row.incarnation,
                entry.c.position == row.position,
                entry.c.month == row.month,
            )
            .values(salt=wire.salt, body=wire.body)
        )
        read_again(connection, connection.execute(lacking.where(*journal, here)).one())


def _settle_previews(
    connection: sa.Connection,
    stretch: Stretch,
    new: list[_Linked],
    shown: Mapping[int, bytes],
    *,
    now: datetime,
) -> None:
    """The journal has come: what was shown ahead of it must be the same, and is needed no more."""
    origin, table = stretch.origin, ledger.preview
    leaves = {each.wire.position: each.leaf for each in new}
    if any(leaves.get(position, leaf) != leaf for position, leaf in shown.items()):
        set_aside(connection, stretch, Reason.UNLIKE_PREVIEW, now=now)
    as_shown = [position for position, leaf in shown.items() if leaves.get(position) == leaf]
    connection.execute(
        sa.delete(table).where(
            table.c.workstation == origin.workstation,
            table.c.incarnation == origin.incarnation,
            table.c.position.in_(as_shown),
        )
    )


def _move_tip(connection: sa.Connection, stretch: Stretch) -> None:
    tip = {
        "held": stretch.tip,
        "head": stretch.head,
        "head_signature": stretch.head_signature,
    }
    moved = connection.execute(_MOVE, {**_place_of(stretch.origin), **tip})
    if moved.rowcount == 0:
        connection.execute(
            sa.insert(ledger.journal).values(
                workstation=stretch.origin.workstation,
                incarnation=stretch.origin.incarnation,
                backed_up=0,
                **tip,
            )
        )


def _of_journal(table: sa.Table) -> sa.ColumnElement[bool]:
    return (table.c.workstation == sa.bindparam("of")) & (table.c.incarnation == sa.bindparam("in"))


def _place_of(origin: Origin) -> dict[str, object]:
    return {"of": origin.workstation, "in": origin.incarnation}


# What every contact says to the database, put together once: that takes longer than its answer.
_TIP: Final = sa.select(
    ledger.journal.c.held, ledger.journal.c.head, ledger.journal.c.backed_up
).where(_of_journal(ledger.journal))
_MOVE: Final = sa.update(ledger.journal).where(_of_journal(ledger.journal))
_AWAITED: Final = (
    sa.select(ledger.quarantine.c.position)
    .where(
        _of_journal(ledger.quarantine),
        ledger.quarantine.c.reason == Oddity.BODY_AWAITED,
    )
    .order_by(ledger.quarantine.c.position)
    .limit(MOST_PREVIEWS)
)
_PREVIEWED: Final = sa.select(
    ledger.preview.c.position, ledger.preview.c.leaf, ledger.preview.c.salt, ledger.preview.c.body
).where(_of_journal(ledger.preview), ledger.preview.c.position > sa.bindparam("behind"))


def _row(origin: Origin, each: _Linked, now: datetime) -> dict[str, object]:
    return {
        "workstation": origin.workstation,
        "incarnation": origin.incarnation,
        "position": each.wire.position,
        "algorithm": each.wire.algorithm,
        "leaf": each.leaf,
        "head": each.head,
        "salt": each.wire.salt,
        "body": each.wire.body,
        "signatures": msgspec.msgpack.encode(each.wire.signatures),
        "received_at": now,
    }


def _leaf(wire: WireEntry) -> bytes | None:
    try:
        return wire_leaf(wire)
    except Malformed:
        return None


def _bytes(stored: bytes | None) -> bytes | None:
    return None if stored is None else bytes(stored)


def _oddity(body: bodies.Body) -> Oddity | None:
    if body.kind not in KINDS:
        return Oddity.UNKNOWN_KIND
    if body.version > VERSION:
        return Oddity.NEWER_VERSION
    try:
        bodies.unpack(body)
    except (bodies.Unreadable, ValueError, RecursionError):
        return Oddity.UNREADABLE_RECORD
    return None


def _month(id: UUID) -> int:
    """202611: when the record was made, by the milliseconds in its UUIDv7 (RFC 9562 §5.7)."""
    made = datetime.fromtimestamp((id.int >> 80) / 1000, UTC)
    return made.year * 100 + made.month


def _printable(kind: str) -> str | None:
    is_name = kind.isprintable() and len(kind) <= _LONGEST_KIND
    return kind if is_name else None
