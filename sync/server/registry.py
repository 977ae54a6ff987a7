"""Who may speak to the centre: one-time tokens, and the workstations that enrolled with them."""

import hmac
import os
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec
import sqlalchemy as sa

from sync.protocol import DeviceRole, EnrolRequest, Token, enrolment_mac
from sync.server import ledger

TOKEN_LIFE: Final = timedelta(hours=24)
RATCHET_BYTES: Final = 16


class Unknown(Exception):
    """Nobody we know, or not with the key we know."""


class Gone(Exception):
    """The token served its purpose, or its time is over: one plain sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstation:
    """A workstation as the registry knows it, or an exchange: it enrols as they do.

    A revoked one is heard and no more believed.
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
    is_revoked: bool = False


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
    """Let whoever shows this token first enrol within 24 hours, at this post and in this role."""
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
    connection: sa.Connection, request: EnrolRequest, token: Token, *, epoch: bytes, now: datetime
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
    workstation = _register(connection, request, row.post, row.post_name, epoch, now)
    connection.execute(
        sa.update(table)
        .where(table.c.id == request.token_id)
        .values(used_at=now, workstation=workstation.id)
    )
    return workstation


def recognise(connection: sa.Connection, workstation: str, *, signing_key: bytes) -> None:
    """Whether this is one of ours. Raises `Unknown`."""
    known = connection.scalar(
        sa.select(ledger.workstation.c.signing_key).where(ledger.workstation.c.id == workstation)
    )
    if known is None or bytes(known) != signing_key:
        raise Unknown("no such workstation, or not its key")


def find(connection: sa.Connection, workstation: str, *, signing_key: bytes) -> Workstation:
    """The workstation, locked until the transaction ends. Raises `Unknown`."""
    row = connection.execute(
        sa.select(ledger.workstation)
        .where(ledger.workstation.c.id == workstation)
        .with_for_update()
    ).one_or_none()
    if row is None or bytes(row.signing_key) != signing_key:
        raise Unknown("no such workstation, or not its key")
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
        is_revoked=row.revoked_at is not None,
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
    have: Mapping[str, int],
    now: datetime,
) -> None:
    """A contact was taken: remember what was presented, what is issued now, and what was said."""
    said = {"client": client, "have": msgspec.msgpack.encode(have), "last_contact": now}
    if waiting is not None:
        said["waiting"] = waiting
    connection.execute(
        sa.update(ledger.workstation)
        .where(ledger.workstation.c.id == workstation.id)
        .values(
            ratchet_presented=presented,
            ratchet_issued=issued,
            counter=counter,
            epoch=epoch,
            **said,
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
    epoch: bytes,
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
        epoch=epoch,
        counter=0,
        ratchet_issued=ratchet,
        ratchet_presented=ratchet,
    )
    connection.execute(
        sa.insert(ledger.workstation).values(
            id=workstation.id,
            role=workstation.role,
            deployment=request.deployment,
            post=post,
            post_name=post_name,
            name=request.name,
            signing_key=workstation.signing_key,
            receive_key=workstation.receive_key,
            epoch=epoch,
            counter=0,
            ratchet_issued=ratchet,
            ratchet_presented=ratchet,
            enrolled_at=now,
            client=request.client,
        )
    )
    return workstation


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
