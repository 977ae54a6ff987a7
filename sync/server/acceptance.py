"""What a revoked workstation recorded before it was revoked, taken in after all by two people.

Its dates are its own word, so no program believes them by itself: two readers of the duty page
answer for it, each with his pass-phrase, and that stands with the entries for good.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from checkpoint_client.journal import body as bodies
from sync.protocol import Forged, Malformed, Verdict, WireEntry
from sync.server import journals, ledger, registry
from sync.server.centre import Centre
from sync.server.command import Refused
from sync.server.journals import Reason, Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers for it, and why."""

    first: str
    second: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What became of one stretch of evidence: `new` entries of `first` to `last` were taken in.

    `left` says why none were; empty where they are held by now.
    """

    incarnation: int
    first: int
    last: int
    new: int
    left: str = ""


def accept(
    connection: sa.Connection,
    centre: Centre,
    workstation: str,
    answering: Answering,
    *,
    now: datetime,
) -> list[Looked]:
    """Take in what the evidence holds of before the revocation. Raises `Refused`."""
    table = ledger.workstation
    row = connection.execute(
        sa.select(table).where(table.c.id == workstation).with_for_update()
    ).one_or_none()
    if row is None:
        raise Refused(f"There is no workstation {workstation}: see `devices`.")
    if row.revoked_at is None:
        raise Refused(f"{workstation} is not revoked: what it sends is taken in anyway.")
    origin = registry.find(connection, workstation, signing_key=bytes(row.signing_key))
    looked = []
    for stretch in _stretches(connection, centre, workstation):
        key = registry.key_of_journal(connection, origin, stretch.origin.incarnation)
        looked.append(_taken(connection, stretch, key, revoked_at=row.revoked_at, now=now))
    for each in looked:
        if each.new:
            _note(connection, workstation, each, answering, now=now)
    return looked


def _stretches(connection: sa.Connection, centre: Centre, workstation: str) -> list[Stretch]:
    """What was set aside, in the journals' order."""
    evidence = ledger.evidence.c
    rows = connection.scalars(
        sa.select(evidence.request).where(
            evidence.workstation == workstation, evidence.reason == Reason.REVOKED
        )
    )
    found = []
    for request in rows.all():
        try:
            found.append(centre.stretch_in(bytes(request)))
        except (Malformed, Forged):
            continue
    return sorted(found, key=lambda each: (each.origin.incarnation, each.first, -each.tip))


def _taken(
    connection: sa.Connection, stretch: Stretch, key: bytes, *, revoked_at: datetime, now: datetime
) -> Looked:
    before = journals.held(connection, stretch.origin).tip.position
    incarnation, first, last = stretch.origin.incarnation, stretch.first, stretch.tip
    if last <= before:
        return Looked(incarnation=incarnation, first=first, last=last, new=0)
    if late := next(_undated(stretch.entries, revoked_at), None):
        left = f"entry {late} is not dated before the revocation"
        return Looked(incarnation=incarnation, first=first, last=last, new=0, left=left)
    held = journals.take(connection, stretch, key, now=now)
    left = _LEFT.get(held.verdict, "")
    return Looked(
        incarnation=incarnation,
        first=max(first, before + 1),
        last=last,
        new=held.tip.position - before,
        left=left,
    )


def _undated(entries: Sequence[WireEntry], revoked_at: datetime) -> Iterator[int]:
    """The positions that do not say themselves that they were recorded before that."""
    for each in entries:
        try:
            recorded = bodies.decode(each.body or b"").recorded_at
        except bodies.Unreadable:
            yield each.position
            continue
        if recorded >= revoked_at:
            yield each.position


def _note(
    connection: sa.Connection,
    workstation: str,
    looked: Looked,
    answering: Answering,
    *,
    now: datetime,
) -> None:
    table = ledger.acceptance
    last = connection.scalar(
        sa.select(sa.func.max(table.c.number)).where(table.c.workstation == workstation)
    )
    connection.execute(
        sa.insert(table).values(
            workstation=workstation,
            number=(last or 0) + 1,
            at=now,
            first_person=answering.first,
            second_person=answering.second,
            reason=answering.reason,
            incarnation=looked.incarnation,
            first=looked.first,
            last=looked.last,
        )
    )


_LEFT = {
    Verdict.GAP: "entries before it are missing: bring the stick or the spool that has them",
    Verdict.FORK: "it does not fit what is held: see `forks`",
}
