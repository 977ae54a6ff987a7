"""Brings a ledger from the version it was made in to this program's, one step at a time.

A released step is never changed: it works on the tables as they were then. Each runs in a
transaction of its own with the new version number, so one that breaks off is simply run again.
"""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

Step = Callable[[sa.Connection], None]


def _months_and_what_was_said(connection: sa.Connection) -> None:
    """Entries by months, what workstations say of themselves, and who was given data."""
    is_postgresql = connection.dialect.name == "postgresql"
    blob, moment = ("bytea", "timestamptz") if is_postgresql else ("blob", "datetime")
    parted = " partition by range (month)" if is_postgresql else ""
    connection.exec_driver_sql("alter table entry rename to entry_before")
    connection.exec_driver_sql(
        "create table entry (workstation text not null, incarnation bigint not null,"
        " position bigint not null, month integer not null, id text, kind text,"
        f" algorithm smallint not null, leaf {blob} not null, head {blob} not null,"
        f" salt {blob}, body {blob}, signatures {blob} not null,"
        f" received_at {moment} not null,"
        f" primary key (workstation, incarnation, position, month)){parted}"
    )
    if is_postgresql:
        connection.exec_driver_sql("create table entry_other partition of entry default")
    columns = (
        "workstation, incarnation, position, month, id, kind, algorithm, leaf, head, salt, body,"
        " signatures, received_at"
    )
    connection.exec_driver_sql(
        f"insert into entry ({columns}) select {columns} from entry_before"  # noqa: S608
    )
    connection.exec_driver_sql("drop table entry_before")
    for column in ("waiting bigint", f"have {blob}"):
        connection.exec_driver_sql(f"alter table workstation add column {column}")
    connection.exec_driver_sql(
        f"create table disclosure (number integer not null primary key, at {moment} not null,"
        " recipient text not null, reason text not null, what text not null,"
        " entries bigint not null)"
    )


def _volumes_and_revocation(connection: sa.Connection) -> None:
    """How much each workstation recorded by days, and which ones may speak no more."""
    moment = "timestamptz" if connection.dialect.name == "postgresql" else "datetime"
    connection.exec_driver_sql(
        "create table volume (workstation text not null, day text not null, what text not null,"
        " count bigint not null, primary key (workstation, day, what))"
    )
    connection.exec_driver_sql(
        "create table projected (workstation text not null, incarnation bigint not null,"
        " position bigint not null, primary key (workstation, incarnation))"
    )
    connection.exec_driver_sql(f"alter table workstation add column revoked_at {moment}")
    connection.exec_driver_sql("alter table workstation add column revoked_because text")


def _erasures(connection: sa.Connection) -> None:
    """What was erased, when and why."""
    moment = "timestamptz" if connection.dialect.name == "postgresql" else "datetime"
    connection.exec_driver_sql(
        f"create table erasure (number integer not null primary key, at {moment} not null,"
        " reason text not null, what text not null, entries bigint not null)"
    )


def _previews(connection: sa.Connection) -> None:
    """Urgent entries that came ahead of their journal."""
    is_postgresql = connection.dialect.name == "postgresql"
    blob, moment = ("bytea", "timestamptz") if is_postgresql else ("blob", "datetime")
    connection.exec_driver_sql(
        "create table preview (workstation text not null, incarnation bigint not null,"
        f" position bigint not null, leaf {blob} not null, salt {blob}, body {blob},"
        f" received_at {moment} not null, primary key (workstation, incarnation, position))"
    )


def _crossings_told(connection: sa.Connection) -> None:
    """Where documents crossed, to be told to all posts: followed from the first entry on."""
    is_postgresql = connection.dialect.name == "postgresql"
    blob, moment = ("bytea", "timestamptz") if is_postgresql else ("blob", "datetime")
    connection.exec_driver_sql(
        "create table crossing (workstation text not null, check_id text not null,"
        " place integer not null, state text not null, document text not null,"
        " day integer not null, enters boolean not null, decision text not null,"
        " stands boolean not null, number bigint not null, word bigint not null,"
        " primary key (workstation, check_id, place))"
    )
    connection.exec_driver_sql("create index crossing_by_word on crossing (word)")
    connection.exec_driver_sql("create index crossing_by_check on crossing (check_id)")
    connection.exec_driver_sql(
        "create table crossing_effect (workstation text not null, id text not null,"
        f" check_id text not null, at {moment} not null, said {blob} not null,"
        " primary key (workstation, id))"
    )
    connection.exec_driver_sql(
        "create index crossing_effect_by_check on crossing_effect (check_id)"
    )
    for table in ("volume", "projected"):
        connection.exec_driver_sql(f"delete from {table}")  # noqa: S608  our own names


def _roles(connection: sa.Connection) -> None:
    """Workstation or exchange; and of a token nothing that would let somebody in."""
    for table in ("token", "workstation"):
        connection.exec_driver_sql(
            f"alter table {table} add column role text not null default 'workstation'"
        )
    connection.exec_driver_sql("alter table token drop column secret")


def _attachments(connection: sa.Connection) -> None:
    """Files that entries name, and as much of their ciphertext as has come."""
    is_postgresql = connection.dialect.name == "postgresql"
    blob, moment = ("bytea", "timestamptz") if is_postgresql else ("blob", "datetime")
    connection.exec_driver_sql(
        f"create table attachment (workstation text not null, address {blob} not null,"
        " incarnation bigint not null, position bigint not null, size bigint not null,"
        f" held bigint not null, received_at {moment}, primary key (workstation, address))"
    )
    connection.exec_driver_sql(
        "create index attachment_by_received on attachment (workstation, received_at)"
    )
    connection.exec_driver_sql(
        f"create table attachment_part (workstation text not null, address {blob} not null,"
        f" start bigint not null, content {blob} not null,"
        " primary key (workstation, address, start))"
    )


def _orders_and_revocations(connection: sa.Connection) -> None:
    """Orders to be wiped, new keys of posts, and what was taken in of the revoked after all."""
    is_postgresql = connection.dialect.name == "postgresql"
    blob, moment = ("bytea", "timestamptz") if is_postgresql else ("blob", "datetime")
    connection.exec_driver_sql(
        f"create table wipe (workstation text not null, serial bigint not null, signed {blob}"
        f" not null, reason text not null, put_out_at {moment} not null, withdrawn_at {moment},"
        f" step text, told_at {moment}, report {blob}, primary key (workstation, serial))"
    )
    connection.exec_driver_sql(
        "create table generation (post text not null, number bigint not null,"
        f" revoked {blob} not null, primary key (post, number))"
    )
    connection.exec_driver_sql(
        "create table acceptance (workstation text not null, number integer not null,"
        f" at {moment} not null, first_person text not null, second_person text not null,"
        " reason text not null, incarnation bigint not null, first bigint not null,"
        " last bigint not null, primary key (workstation, number))"
    )


def _keys_that_follow(connection: sa.Connection) -> None:
    """Every workstation's keys, the present ones and those before."""
    blob, moment = (
        ("bytea", "timestamptz")
        if connection.dialect.name == "postgresql"
        else ("blob", "datetime")
    )
    connection.exec_driver_sql(
        "create table device_key (workstation text not null, since bigint not null,"
        f" signing_key {blob} not null, receive_key {blob} not null,"
        f" issued_at {moment} not null, heard boolean not null,"
        " primary key (workstation, since))"
    )
    connection.exec_driver_sql(
        "insert into device_key select id, 0, signing_key, receive_key, enrolled_at, true"
        " from workstation"
    )
    connection.exec_driver_sql(
        "alter table workstation add column key_since bigint not null default 0"
    )


def _waiting_checks(connection: sa.Connection) -> None:
    """How many of the entries that wait at a workstation are checks."""
    connection.exec_driver_sql("alter table workstation add column waiting_checks bigint")


def _supervised(connection: sa.Connection) -> None:
    """At which workstations a supervisor may work."""
    moment = "timestamptz" if connection.dialect.name == "postgresql" else "datetime"
    connection.exec_driver_sql(
        f"create table supervised (workstation text not null primary key, since {moment} not null)"
    )


def _why_epochs_began(connection: sa.Connection) -> None:
    """Whether somebody said that the database was put back, or it was noticed."""
    connection.exec_driver_sql("alter table epoch add column because text")


STEPS: Final[tuple[Step, ...]] = (
    _months_and_what_was_said,
    _volumes_and_revocation,
    _erasures,
    _previews,
    _crossings_told,
    _roles,
    _attachments,
    _orders_and_revocations,
    _keys_that_follow,
    _waiting_checks,
    _supervised,
    _why_epochs_began,
)
"""The first leads from version 1 to version 2."""

NEWEST: Final = len(STEPS) + 1
