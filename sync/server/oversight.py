"""`devices`, `forks`, `quarantine`, `revoke`: for whoever is on duty at the centre at night."""

import argparse
from collections.abc import Callable, Iterator
from datetime import datetime

import sqlalchemy as sa

from sync.protocol import key_digits
from sync.server import ledger, registry, revocation, wipe_command
from sync.server.command import Parser, Refused, add_data, now, reason_in
from sync.server.duty import MEANINGS
from sync.server.journals import Oddity
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger

Lines = Callable[[sa.Connection], Iterator[str]]

_ODDITIES = {
    Oddity.NO_BODY: "came without its words: they were erased",
    Oddity.BODY_AWAITED: "came without its words, which the workstation is asked for",
    Oddity.UNKNOWN_ALGORITHM: "was hashed in a way this program does not know",
    Oddity.UNREADABLE_BODY: "is no record that this program can read",
    Oddity.UNKNOWN_KIND: "is of a kind that this program does not know",
    Oddity.NEWER_VERSION: "was written by a newer program",
    Oddity.UNREADABLE_RECORD: "has fields that this program cannot read",
}


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    for name, command, what, more in (
        (
            "devices",
            devices,
            "Show every workstation: its post, when it was heard, what waits there.",
            "A workstation that was not heard for a day may have no line: telephone the post.",
        ),
        (
            "forks",
            forks,
            "Show every alarm: what happened, what is kept, what to do now.",
            "Nothing was lost or overwritten by any of these: both sides are kept. There is time.",
        ),
        (
            "quarantine",
            quarantine,
            "Show the entries that are held but could not be read, and why.",
            "They are safe and were acknowledged; a newer program reads them again.",
        ),
    ):
        parser = commands.add_parser(name, help=what, description=what, epilog=more)
        add_data(parser)
        parser.set_defaults(command=command)
    what = "Take a workstation's word away: stolen, lost, or its disk was copied."
    parser = commands.add_parser(
        "revoke",
        help=what,
        description=what,
        epilog="What it sends from now on is kept as evidence, and it gets no lists and no keys."
        " What it sent before stays as it is. This cannot be taken back: the PC enrols anew with a"
        " new token. Its officers' pass-phrases are not touched: change them if it was stolen.",
    )
    add_data(parser)
    parser.set_defaults(command=revoke)
    parser.add_argument("workstation", metavar="ID", help="as `devices` shows it: OSH-01-K7QD")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="kept with it")


def devices(given: argparse.Namespace) -> None:
    _print(given, _devices, "No workstation has enrolled yet: `token` lets one in.")


def forks(given: argparse.Namespace) -> None:
    _print(given, _forks, "No alarm: journals and workstations agree with what is held here.")


def quarantine(given: argparse.Namespace) -> None:
    _print(given, _quarantine, "Nothing is in quarantine: every entry could be read.")


def revoke(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    with ledger.opened(folder.database) as book, book.writing() as connection:
        try:
            is_new = revocation.revoke(
                connection,
                folder.keys(),
                given.workstation,
                deployment=folder.deployment().name,
                reason=reason_in(given.reason),
                now=now(),
            )
        except registry.Unknown:
            raise Refused(f"There is no workstation {given.workstation}: see `devices`.") from None
    if not is_new:
        print(f"{given.workstation} was revoked already; only the reason was written anew.")
        return
    print(f"{given.workstation} is revoked. What it sends is kept as evidence only.")
    print("Its post hears of it at the next contact, and encrypts with a new key from then on.")


def _devices(connection: sa.Connection) -> Iterator[str]:
    workstation, journal = ledger.workstation, ledger.journal
    held = {
        row.workstation: row.held
        for row in connection.execute(
            sa.select(journal.c.workstation, sa.func.sum(journal.c.held).label("held")).group_by(
                journal.c.workstation
            )
        )
    }
    for row in connection.execute(
        sa.select(workstation).order_by(workstation.c.post, workstation.c.id)
    ):
        waiting = "not told yet" if row.waiting is None else f"{row.waiting} waiting there"
        yield (
            f"{row.id}  {row.post_name}, {row.name or 'no name'}: enrolled {_at(row.enrolled_at)},"
            f" last heard {_at(row.last_contact)}, {held.get(row.id, 0)} entries held, {waiting},"
            f" program {row.client or 'unknown'}"
        )
        digits = key_digits(bytes(row.signing_key), bytes(row.receive_key))
        yield f"    {row.role}, digits of its keys: {digits}"
        if row.revoked_at is not None:
            yield f"    REVOKED {_at(row.revoked_at)}: {row.revoked_because}"
        for line in wipe_command.states(connection, row.id):
            yield f"    {line}"


def _forks(connection: sa.Connection) -> Iterator[str]:
    alarm = ledger.alarm
    for row in connection.execute(sa.select(alarm).order_by(alarm.c.raised_at.desc())):
        meaning, advice = MEANINGS.get(row.reason, (row.reason, "Ask IT to look at the PC."))
        yield f"{row.workstation}, {_at(row.raised_at)}: {meaning}"
        yield f"    Journal {row.incarnation}, entry {row.position}. {advice}"


def _quarantine(connection: sa.Connection) -> Iterator[str]:
    odd, entry = ledger.quarantine, ledger.entry
    rows = connection.execute(
        sa.select(odd, entry.c.kind)
        .join_from(
            odd,
            entry,
            (odd.c.workstation == entry.c.workstation)
            & (odd.c.incarnation == entry.c.incarnation)
            & (odd.c.position == entry.c.position),
        )
        .order_by(odd.c.received_at)
    )
    for row in rows:
        kind = f" ({row.kind})" if row.kind else ""
        why = _ODDITIES.get(row.reason, row.reason)
        yield (
            f"{row.workstation}, journal {row.incarnation}, entry {row.position}{kind}:"
            f" {why}; received {_at(row.received_at)}"
        )


def _print(given: argparse.Namespace, lines: Lines, nothing: str) -> None:
    opened = _open(given)
    try:
        with opened.reading() as connection:
            said = list(lines(connection))
    finally:
        opened.close()
    print("\n".join(said) or nothing)


def _open(given: argparse.Namespace) -> Ledger:
    opened = Ledger(CentreFolder(given.data).database)
    opened.check()
    return opened


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"
