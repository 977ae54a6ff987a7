"""The keys of a post's supervisors, and `checkpoint-server supervisors`: at which PCs they work.

Every workstation is told the public keys. The private ones go where the staff says that
supervisors work, and only sealed to the slots of supervisors there.
"""

import argparse
from collections.abc import Sequence
from contextlib import suppress

import sqlalchemy as sa

from checkpoint_client.records.codes import Role
from checkpoint_client.vault import roles, sealing
from sync.protocol import DeviceRole, RoleKey
from sync.server import ledger, registry
from sync.server.command import Parser, Refused, add_data, now
from sync.server.keys import CentreFolder, Keys
from sync.server.ledger import Ledger
from sync.server.registry import Workstation
from sync.server.revocation import MOST_GENERATIONS


def told(
    connection: sa.Connection, workstation: Workstation, keys: Keys, *, holders: Sequence[bytes]
) -> dict[int, RoleKey]:
    """By generation: the newest and those before, so that old notes are read too.

    Who is revoked is told nothing, an exchange neither.
    """
    if workstation.is_revoked or workstation.role is not DeviceRole.WORKSTATION:
        return {}
    generation = ledger.generation.c
    later = connection.scalars(
        sa.select(generation.number)
        .where(generation.post == workstation.post)
        .order_by(generation.number.desc())
        .limit(MOST_GENERATIONS)
    ).all()
    sealed_to = holders if holders and _is_supervised(connection, workstation.id) else ()
    return {
        number: _told(keys.role_key(workstation.post, Role.SUPERVISOR, number), number, sealed_to)
        for number in (0, *later)
    }


def _told(private: bytes, generation: int, holders: Sequence[bytes]) -> RoleKey:
    sealed = {}
    for each in holders:
        with suppress(ValueError):  # no key of a slot; that must not keep the records back
            sealed[each] = roles.seal_private(private, each, generation=generation)
    return RoleKey(sealing.public_of(private), sealed)


def _is_supervised(connection: sa.Connection, workstation: str) -> bool:
    table = ledger.supervised.c
    found = sa.select(table.workstation).where(table.workstation == workstation)
    return connection.scalar(found) is not None


def allow(connection: sa.Connection, workstation: str) -> None:
    """Supervisors work there from now on. Raises `registry.Unknown`."""
    found = sa.select(ledger.workstation.c.id).where(ledger.workstation.c.id == workstation)
    if connection.scalar(found) is None:
        raise registry.Unknown(workstation)
    if not _is_supervised(connection, workstation):
        values = {"workstation": workstation, "since": now()}
        connection.execute(sa.insert(ledger.supervised).values(values))


def withdraw(connection: sa.Connection, workstation: str) -> bool:
    """Whether supervisors worked there until now."""
    table = ledger.supervised
    gone = connection.execute(sa.delete(table).where(table.c.workstation == workstation))
    return bool(gone.rowcount)


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    what = "Show or say at which workstations supervisors work."
    parser = commands.add_parser(
        "supervisors",
        help=what,
        description=what,
        epilog="Interview notes for supervisors only are opened by a key of the post that goes to"
        " these workstations, encrypted for the supervisors who have a slot there, at the next"
        " contact after one of them has signed in. --withdraw keeps later keys from a workstation;"
        " the one that it has it keeps, until a workstation of the post is revoked: then a new one"
        " begins.",
    )
    add_data(parser)
    parser.set_defaults(command=supervisors)
    parser.add_argument("workstation", nargs="?", metavar="ID", help="without it, all are shown")
    parser.add_argument("--withdraw", action="store_true", help="no longer at this one")


def supervisors(given: argparse.Namespace) -> None:
    opened = Ledger(CentreFolder(given.data).database)
    try:
        opened.check()
        with opened.writing() as connection:
            _say(connection, given)
    finally:
        opened.close()


def _say(connection: sa.Connection, given: argparse.Namespace) -> None:
    if given.workstation is None:
        _show(connection)
        return
    if given.withdraw:
        is_news = withdraw(connection, given.workstation)
        print("Noted." if is_news else f"Supervisors do not work at {given.workstation}.")
        return
    try:
        allow(connection, given.workstation)
    except registry.Unknown:
        raise Refused(
            f"There is no workstation {given.workstation}: `checkpoint-server status` shows all."
        ) from None
    print("Noted: it gets the key at its next contact after a supervisor has signed in there.")


def _show(connection: sa.Connection) -> None:
    workstation, table = ledger.workstation.c, ledger.supervised.c
    found = (
        sa.select(workstation.post, workstation.id, table.since)
        .join_from(ledger.supervised, ledger.workstation, workstation.id == table.workstation)
        .order_by(workstation.post, workstation.id)
    )
    rows = connection.execute(found).all()
    for row in rows:
        print(f"{row.post}  {row.id}  since {row.since:%Y-%m-%d}")
    if not rows:
        print("At none: notes for supervisors only can be opened at headquarters alone.")
