"""Who may speak to the centre: one-time tokens, and the workstations that enrolled with them."""

import hmac
import os
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from sync.protocol import (
    Certificate,
    DeviceRole,
    EnrolRequest,
    Rotation,
    Token,
    enrolment_mac,
)
from sync.server import ledger

TOKEN_LIFE: Final = timedelta(hours=24)
RATCHET_BYTES: Final = 16
MOST_OPEN_TOKENS: Final = 500
"""Of one post, unused and not yet over."""


class Unknown(Exception):
    """Nobody we know, or not with the key we know."""


class TooManyOpen(Exception):
    """A post has more tokens than computers could want: one plain sentence."""


class Gone(Exception):
    """The token served its purpose, or its time is over: one plain sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstation:
    """A workstation as the registry knows it, or an exchange: it enrols as they do.

    Its present keys sign the journals from incarnation `key_since` on. A revoked one is heard and
    no more believed. `is_ordered`: it is to be wiped, or was. `generation` is the number of its
    post's newest key. `centre_epoch` is the one in which the centre answers now.
    """

    id: str
    role: DeviceRole
    post: str
    post_name: str
    signing_key: bytes
    receive_key: bytes
    epoch: bytes
    counter: int
    ratchet_issued: bytes
    ratchet_presented: bytes
    key_since: int = 0
    is_revoked: bool = False
    speaks_with_old_key: bool = False
    is_ordered: bool = False
    generation: int = 0
    centre_epoch: bytes = b""


def new_ratchet() -> bytes:
    return os.urandom(RATCHET_BYTES)


def issue_token(
    connection: sa.Connection,
    token: Token,
    *,
    post: str,
    post_name: str,
    now: datetime,
    role: DeviceRole = DeviceRole.WORKSTATION,
) -> None:
    """Let whoever shows this token first enrol within 24 hours, at this post and in this role.

    Raises `TooManyOpen`.
    """
    open_ones = sa.select(sa.func.count()).where(
        ledger.token.c.post == post,
        ledger.token.c.used_at.is_(None),
        ledger.token.c.expires_at > now,
    )
    if (connection.scalar(open_ones) or 0) >= MOST_OPEN_TOKENS:
        raise TooManyOpen(
            f"{MOST_OPEN_TOKENS} tokens of {post} wait to be used: each is a way in. Use them, or"
            " wait until they end, 24 hours after they were made."
        )
    connection.execute(
        sa.insert(ledger.token).values(
            id=token.id,
            role=role,
            post=post,
            post_name=post_name,
            issued_at=now,
            expires_at=now + TOKEN_LIFE,
        )
    )


def enrol(
    connection: sa.Connection, request: EnrolRequest, token: Token, *, now: datetime
) -> Workstation:
    """Trade a token, as the centre makes it from its id, for a place in the registry.

    The same workstation may ask again until it has made its first contact: its reply was lost.
    Raises `Unknown`, `Gone`.
    """
    table = ledger.token
    row = connection.execute(
        sa.select(table).where(table.c.id == request.token_id).with_for_update()
    ).one_or_none()
    if row is None or not _knows_secret(request, token):
        raise Unknown("no such token")
    if row.workstation is not None:
        return _enrolled_again(connection, request, row.workstation)
    if now >= row.expires_at:
        raise Gone("this token is more than 24 hours old: ask for a new one")
    if row.role != request.role:
        raise Gone(f"this token lets {_ROLES[DeviceRole(row.role)]} in, nothing else")
    workstation = _register(connection, request, row.post, row.post_name, now)
    connection.execute(
        sa.update(table)
        .where(table.c.id == request.token_id)
        .values(used_at=now, workstation=workstation.id)
    )
    return workstation


def recognise(connection: sa.Connection, workstation: str, *, signing_key: bytes) -> None:
    """Whether this is one of ours, by any of its keys. Raises `Unknown`."""
    if _by_key(connection, workstation, signing_key) is None:
        raise Unknown("no such workstation, or not its key")


def is_revoked(connection: sa.Connection, workstation: str) -> bool:
    """Of one that was recognised; nobody is kept waiting by the question."""
    table = ledger.workstation.c
    found = sa.select(table.revoked_at).where(table.id == workstation)
    return connection.scalar(found) is not None


def named(connection: sa.Connection, workstation: str) -> Workstation | None:
    """The workstation of this name, locked until the transaction ends, whoever speaks of it."""
    row = connection.execute(_LOCKED, {"of": workstation}).one_or_none()
    return None if row is None else _workstation(row)


def find(connection: sa.Connection, workstation: str, *, signing_key: bytes) -> Workstation:
    """The workstation, locked until the transaction ends; by what was signed with any of its keys.

    Keys that were certified become its present ones when they are used first. Raises `Unknown`.
    """
    found = named(connection, workstation)
    if found is None:
        raise Unknown("no such workstation, or not its key")
    if found.signing_key == signing_key:
        return found
    key = _by_key(connection, workstation, signing_key)
    if key is None:
        raise Unknown("no such workstation, or not its key")
    if key.heard:
        return replace(found, speaks_with_old_key=True)
    return _turn_keys(connection, found, key)


def key_of_journal(connection: sa.Connection, workstation: Workstation, incarnation: int) -> bytes:
    """With which the heads of this journal must be signed."""
    if incarnation >= workstation.key_since:
        return workstation.signing_key
    table = ledger.device_key
    key = connection.scalar(
        sa.select(table.c.signing_key)
        .where(table.c.workstation == workstation.id, table.c.heard, table.c.since <= incarnation)
        .order_by(table.c.since.desc())
        .limit(1)
    )
    return bytes(key or b"")


def certify(
    connection: sa.Connection, workstation: Workstation, rotation: Rotation, *, now: datetime
) -> datetime | None:
    """Let these keys follow the present ones, which go on until the new ones are used.

    When that was certified, the first time it was asked for; None if it cannot be.
    """
    table = ledger.device_key
    known = connection.execute(sa.select(table).where(table.c.workstation == workstation.id)).all()
    if rotation.since <= workstation.key_since:
        return None
    if any(row.heard and bytes(row.signing_key) == rotation.signing_key for row in known):
        return None
    asked = (rotation.since, rotation.signing_key, rotation.receive_key)
    for row in known:
        if not row.heard and (row.since, bytes(row.signing_key), bytes(row.receive_key)) == asked:
            issued_at: datetime = row.issued_at
            return issued_at
    _let_follow(connection, workstation.id, *asked, issued_at=now)
    return now


def remember(connection: sa.Connection, certificate: Certificate) -> None:
    """Believe our own word on keys that we have forgotten: this database was put back.

    Also on a whole workstation, unless it has renewed its keys since: it goes on under its name, so
    that all of its journal comes again.
    """
    table = ledger.workstation
    since = connection.scalar(
        sa.select(table.c.key_since).where(table.c.id == certificate.workstation).with_for_update()
    )
    if since is None and not certificate.since:
        _readmit(connection, certificate)
        return
    is_known = _by_key(connection, certificate.workstation, certificate.signing_key) is not None
    if since is None or is_known or certificate.since <= since:
        return
    _let_follow(
        connection,
        certificate.workstation,
        certificate.since,
        certificate.signing_key,
        certificate.receive_key,
        issued_at=datetime.fromisoformat(certificate.issued_at),
    )


def _workstation(row: Any) -> Workstation:
    return Workstation(
        id=row.id,
        role=DeviceRole(row.role),
        post=row.post,
        post_name=row.post_name,
        signing_key=bytes(row.signing_key),
        receive_key=bytes(row.receive_key),
        epoch=bytes(row.epoch),
        counter=row.counter,
        ratchet_issued=bytes(row.ratchet_issued),
        ratchet_presented=bytes(row.ratchet_presented),
        key_since=row.key_since,
        is_revoked=row.revoked_at is not None,
        is_ordered=row.order_serial is not None,
        generation=row.generation or 0,
        centre_epoch=bytes(row.centre_epoch),
    )


def revoke(connection: sa.Connection, workstation: str, *, reason: str, now: datetime) -> bool:
    """From now on what it sends is kept as evidence only; whether there is such a workstation."""
    table = ledger.workstation
    revoked = connection.execute(
        sa.update(table)
        .where(table.c.id == workstation)
        .values(revoked_at=sa.func.coalesce(table.c.revoked_at, now), revoked_because=reason)
    )
    return bool(revoked.rowcount)


def turn_ratchet(
    connection: sa.Connection,
    workstation: Workstation,
    *,
    presented: bytes,
    issued: bytes,
    counter: int,
    epoch: bytes,
    client: str,
    waiting: int | None,
    waiting_checks: int,
    have: Mapping[str, int],
    now: datetime,
) -> None:
    """A contact was taken: remember what was presented, what is issued now, and what was said."""
    said = {
        "ratchet_presented": presented,
        "ratchet_issued": issued,
        "counter": counter,
        "epoch": epoch,
        "client": client,
        "have": msgspec.msgpack.encode(have),
        "last_contact": now,
    }
    if waiting is not None:
        said |= {"waiting": waiting, "waiting_checks": waiting_checks}
    connection.execute(_TURN, {"of": workstation.id, **said})


# Put together once: that takes longer than the database's answer.
_OF_WORKSTATION: Final = ledger.workstation.c.id == sa.bindparam("of")
_ORDER: Final = sa.select(sa.func.max(ledger.wipe.c.serial)).where(
    ledger.wipe.c.workstation == ledger.workstation.c.id, ledger.wipe.c.withdrawn_at.is_(None)
)
_GENERATION: Final = sa.select(sa.func.max(ledger.generation.c.number)).where(
    ledger.generation.c.post == ledger.workstation.c.post
)
_LOCKED: Final = (
    sa.select(
        ledger.workstation,
        _ORDER.scalar_subquery().label("order_serial"),
        _GENERATION.scalar_subquery().label("generation"),
        ledger.NEWEST_EPOCH.scalar_subquery().label("centre_epoch"),
    )
    .where(_OF_WORKSTATION)
    .with_for_update(of=ledger.workstation)
)
_TURN: Final = sa.update(ledger.workstation).where(_OF_WORKSTATION)


def _by_key(connection: sa.Connection, workstation: str, signing_key: bytes) -> Any:
    table = ledger.device_key
    return connection.execute(
        sa.select(table).where(
            table.c.workstation == workstation, table.c.signing_key == signing_key
        )
    ).one_or_none()


def _turn_keys(connection: sa.Connection, workstation: Workstation, key: Any) -> Workstation:
    """The new keys are in use: those before prove no more than what they signed until now."""
    turned = replace(
        workstation,
        signing_key=bytes(key.signing_key),
        receive_key=bytes(key.receive_key),
        key_since=key.since,
    )
    table, keys = ledger.workstation, ledger.device_key
    connection.execute(
        sa.update(table)
        .where(table.c.id == workstation.id)
        .values(
            signing_key=turned.signing_key,
            receive_key=turned.receive_key,
            key_since=turned.key_since,
        )
    )
    connection.execute(
        sa.update(keys)
        .where(keys.c.workstation == workstation.id, keys.c.since == key.since)
        .values(heard=True)
    )
    return turned


def _let_follow(
    connection: sa.Connection,
    workstation: str,
    since: int,
    signing_key: bytes,
    receive_key: bytes,
    *,
    issued_at: datetime,
) -> None:
    """In the place of whatever else was to follow."""
    table = ledger.device_key
    connection.execute(
        sa.delete(table).where(table.c.workstation == workstation, sa.not_(table.c.heard))
    )
    connection.execute(
        sa.insert(table).values(
            workstation=workstation,
            since=since,
            signing_key=signing_key,
            receive_key=receive_key,
            issued_at=issued_at,
            heard=False,
        )
    )


def _knows_secret(request: EnrolRequest, token: Token) -> bool:
    expected = enrolment_mac(
        token,
        deployment=request.deployment,
        signing_key=request.signing_key,
        receive_key=request.receive_key,
    )
    return hmac.compare_digest(expected, request.mac)


def _enrolled_again(
    connection: sa.Connection, request: EnrolRequest, workstation: str
) -> Workstation:
    used = Gone("this token was used already: ask for a new one")
    try:
        known = find(connection, workstation, signing_key=request.signing_key)
    except Unknown:
        raise used from None
    if known.receive_key != request.receive_key or known.counter > 0:
        raise used
    return known


def _register(
    connection: sa.Connection,
    request: EnrolRequest,
    post: str,
    post_name: str,
    now: datetime,
) -> Workstation:
    ratchet = new_ratchet()
    workstation = Workstation(
        id=_free_id(connection, post),
        role=request.role,
        post=post,
        post_name=post_name,
        signing_key=request.signing_key,
        receive_key=request.receive_key,
        epoch=connection.execute(ledger.NEWEST_EPOCH).scalar_one(),
        counter=0,
        ratchet_issued=ratchet,
        ratchet_presented=ratchet,
    )
    _admit(
        connection,
        workstation,
        deployment=request.deployment,
        at=now,
        name=request.name,
        client=request.client,
    )
    return workstation


def _readmit(connection: sa.Connection, certificate: Certificate) -> None:
    """As at its enrolment; its ratchet is not judged until it has heard of the present epoch."""
    table = ledger.workstation
    named = sa.select(table.c.post_name).where(table.c.post == certificate.post).limit(1)
    ratchet = new_ratchet()
    _admit(
        connection,
        Workstation(
            id=certificate.workstation,
            role=certificate.role,
            post=certificate.post,
            post_name=connection.scalar(named) or certificate.post,
            signing_key=certificate.signing_key,
            receive_key=certificate.receive_key,
            epoch=b"",
            counter=0,
            ratchet_issued=ratchet,
            ratchet_presented=ratchet,
        ),
        deployment=certificate.deployment,
        at=datetime.fromisoformat(certificate.issued_at),
    )


def _admit(
    connection: sa.Connection,
    workstation: Workstation,
    *,
    deployment: str,
    at: datetime,
    name: str = "",
    client: str = "",
) -> None:
    connection.execute(
        sa.insert(ledger.workstation).values(
            id=workstation.id,
            role=workstation.role,
            deployment=deployment,
            post=workstation.post,
            post_name=workstation.post_name,
            name=name,
            signing_key=workstation.signing_key,
            receive_key=workstation.receive_key,
            epoch=workstation.epoch,
            counter=workstation.counter,
            ratchet_issued=workstation.ratchet_issued,
            ratchet_presented=workstation.ratchet_presented,
            enrolled_at=at,
            client=client,
            key_since=0,
        )
    )
    connection.execute(
        sa.insert(ledger.device_key).values(
            workstation=workstation.id,
            since=0,
            signing_key=workstation.signing_key,
            receive_key=workstation.receive_key,
            issued_at=at,
            heard=True,
        )
    )


def _free_id(connection: sa.Connection, post: str) -> str:
    """Short enough to be read out on the telephone: OSH-01-K7QD."""
    while True:
        id = f"{post}-{b32encode(os.urandom(5)).decode()[:4]}"
        taken = sa.select(sa.literal(1)).where(ledger.workstation.c.id == id)
        if not connection.scalar(taken):
            return id


_ROLES: Final = {
    DeviceRole.WORKSTATION: "a workstation",
    DeviceRole.EXCHANGE: "the exchange of a post",
}
