"""Takes a stretch of a journal in: what fits is appended, what does not is kept beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

import msgspec
import sqlalchemy as sa

from checkpoint_client.journal import body as bodies
from checkpoint_client.journal.entry import SHA256, OfficerSignature, Origin, Tip, head_of
from checkpoint_client.journal.signatures import is_valid
from checkpoint_client.records import KINDS, VERSION
from sync.protocol import Malformed, Verdict, WireEntry, wire_leaf
from sync.server import ledger

_LONGEST_KIND = 60


class Oddity(StrEnum):
    """Why an entry that is held could not be interpreted."""

    NO_BODY = "no-body"
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

    `request` are the bytes that brought them, kept as evidence where they do not fit.
    """

    origin: Origin
    first: int
    previous: bytes
    entries: Sequence[WireEntry]
    tip: int
    head: bytes
    head_signature: bytes
    request: bytes


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
    journal = ledger.journal.c
    row = connection.execute(
        sa.select(journal.held, journal.head, journal.backed_up).where(
            journal.workstation == origin.workstation, journal.incarnation == origin.incarnation
        )
    ).one_or_none()
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
    if not new:
        return before
    _append(connection, stretch, new, now=now)
    return replace(before, tip=Tip(stretch.tip, stretch.head))


def preview(
    connection: sa.Connection, stretch: Stretch, ahead: Sequence[WireEntry], *, now: datetime
) -> None:
    """Keep urgent entries that the journal has not reached; what it held already is no news.

    Call under the workstation's lock, once `stretch` was taken.
    """
    origin, table = stretch.origin, ledger.preview
    tip = held(connection, origin).tip.position
    known = _previewed(connection, origin, tip)
    for wire in ahead:
        try:
            leaf = wire_leaf(wire)
        except Malformed:
            continue
        if wire.position <= tip:
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
    return Understood(id=str(id), kind=_printable(read.kind), month=month, oddity=_oddity(read))


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
        try:
            leaf = wire_leaf(wire)
        except Malformed:
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
    rows, odd = [], []
    for each in new:
        read = understood(each.wire.body, each.wire.algorithm, received_at=now)
        rows.append(
            _row(origin, each, now) | {"id": read.id, "kind": read.kind, "month": read.month}
        )
        if read.oddity is not None:
            odd.append(
                {
                    "workstation": origin.workstation,
                    "incarnation": origin.incarnation,
                    "position": each.wire.position,
                    "reason": read.oddity,
                    "received_at": now,
                }
            )
    ledger.insert_rows(connection, ledger.entry, rows)
    if odd:
        connection.execute(sa.insert(ledger.quarantine), odd)
    _settle_previews(connection, stretch, new, now=now)
    _move_tip(connection, stretch)


def _previewed(connection: sa.Connection, origin: Origin, behind: int) -> dict[int, bytes]:
    """The leaves that were shown ahead, by their positions."""
    ahead = ledger.preview.c
    rows = connection.execute(
        sa.select(ahead.position, ahead.leaf).where(
            ahead.workstation == origin.workstation,
            ahead.incarnation == origin.incarnation,
            ahead.position > behind,
        )
    )
    return {position: bytes(leaf) for position, leaf in rows}


def _settle_previews(
    connection: sa.Connection, stretch: Stretch, new: list[_Linked], *, now: datetime
) -> None:
    """The journal has come: what was shown ahead of it must be the same, and is needed no more."""
    origin, table = stretch.origin, ledger.preview
    shown = _previewed(connection, origin, new[0].wire.position - 1)
    if not shown:
        return
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
    journal = ledger.journal
    tip = {
        "held": stretch.tip,
        "head": stretch.head,
        "head_signature": stretch.head_signature,
    }
    moved = connection.execute(
        sa.update(journal)
        .where(
            journal.c.workstation == stretch.origin.workstation,
            journal.c.incarnation == stretch.origin.incarnation,
        )
        .values(tip)
    )
    if moved.rowcount == 0:
        connection.execute(
            sa.insert(journal).values(
                workstation=stretch.origin.workstation,
                incarnation=stretch.origin.incarnation,
                backed_up=0,
                **tip,
            )
        )


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
