"""`devices`, `forks`, `quarantine`, `revoke`: for whoever is on duty at the centre at night."""

import argparse
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from sync.protocol import key_digits
from sync.server import acceptance, ledger, registry, revocation, wipe_command
from sync.server.acceptance import Answering
from sync.server.centre import Centre
from sync.server.command import (
    Parser,
    Passphrases,
    Refused,
    add_data,
    add_passphrase,
    now,
    reason_in,
)
from sync.server.duty import MEANINGS
from sync.server.journals import Oddity
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.lost_documents import Register
from sync.server.readers import Readers
from sync.server.shelf import Shelf

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


_DEVICES: Final = """\
Show every workstation: its post, when it was heard, what is held of it, what waits there, and
whether it was revoked or ordered to be wiped.

An example:  checkpoint-server devices --data DIR

What to make of it: a workstation that was not heard for a day may have no line: telephone the
post. "Waiting there" is safe there, but only there: if it grows, send a stick (`bundle --help`).
It only shows; nothing is changed by it."""

_FORKS: Final = """\
Show every alarm: what happened, what is kept, what to do now.

An example:  checkpoint-server forks --data DIR

What to make of it: nothing was lost or overwritten by any of these, both sides are kept: there is
time. Telephone the post before you do anything; then `revoke` if a machine is in strange hands.
It only shows; nothing is changed by it, and an alarm stays in the list for good."""

_QUARANTINE: Final = """\
Show the entries that are held but could not be read, and why.

An example:  checkpoint-server quarantine --data DIR

What to make of it: they are safe and were acknowledged; nothing is to be done. A newer program
reads them again after `upgrade`.

With --accept: take in what a revoked workstation recorded before it was revoked. Until then such
entries are evidence only. Two readers of the duty page answer for it, each with his pass-phrase:

  checkpoint-server quarantine --data DIR --accept OSH-01-K7QD --by NAME --and NAME --reason TEXT

What it does: stretches of its journal of which every entry is dated before the revocation are taken
in, as if they had come in time; who answered and why is kept. What it does not do: the dates are
the workstation's own word, so ask yourselves who had it in his hands. Stretches with a later entry
stay evidence as a whole. The workstation stays revoked. It cannot be taken back."""

_REVOKE: Final = """\
Take a workstation's word away: stolen, lost, or its disk was copied.

An example:  checkpoint-server revoke OSH-01-K7QD --data DIR --reason "stolen, case 4711"

What it does, at once: what it sends from now on is kept as evidence and not taken in; it gets no
lists and no keys. Its post hears of it at the next contact: the others take over nothing more of
it, their exchanges refuse it, and what they tell each other is encrypted with a new key.

What it does not do: what it sent before stays as it is. Its officers' pass-phrases still open what
lies on its disk: `wipe` takes them away from afar, and whoever used them should choose new ones.

How to take it back: not at all. The same PC enrols anew with a new `token`, and goes on under a new
name; what it had recorded before it was revoked is taken in with `quarantine --accept`. After the
centre came back from a backup, look at `devices`, and revoke again who is missing there."""


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    def add(name: str, command: Callable[[argparse.Namespace], None], what: str) -> Parser:
        first, _, _ = " ".join(what.split()).partition(". ")
        added = commands.add_parser(
            name,
            help=first.removesuffix(".") + ".",
            description=what,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_data(added)
        added.set_defaults(command=command)
        return added

    add("devices", devices, _DEVICES)
    add("forks", forks, _FORKS)
    _describe_quarantine(add("quarantine", quarantine, _QUARANTINE))
    revoking = add("revoke", revoke, _REVOKE)
    revoking.add_argument("workstation", metavar="ID", help="as `devices` shows it: OSH-01-K7QD")
    revoking.add_argument("--reason", metavar="TEXT", help="needed; kept with it")


def devices(given: argparse.Namespace) -> None:
    _print(given, _devices, "No workstation has enrolled yet: `token` lets one in.")


def forks(given: argparse.Namespace) -> None:
    _print(given, _forks, "No alarm: journals and workstations agree with what is held here.")


def quarantine(given: argparse.Namespace) -> None:
    if given.accept:
        accept(given)
        return
    _print(given, _quarantine, "Nothing is in quarantine: every entry could be read.")


def accept(given: argparse.Namespace) -> None:
    answering = _answering(given)
    folder = CentreFolder(given.data)
    _must_be_readers(Readers(folder.readers), answering, Passphrases(given.passphrase_fd))
    with ledger.opened(folder.database) as book:
        centre = Centre(
            deployment=folder.deployment().name,
            ledger=book,
            keys=folder.keys(),
            shelf=Shelf(folder.reference),
            documents=Register(folder.documents),
        )
        with book.writing() as connection:
            looked = acceptance.accept(connection, centre, given.accept, answering, now=now())
    if not looked:
        print(f"Nothing lies here as evidence of {given.accept}.")
    for each in looked:
        where = f"Journal {each.incarnation}, entries {each.first} to {each.last}"
        if each.left:
            print(f"{where}: left as evidence, {each.left}.")
        else:
            print(f"{where}: {'taken in' if each.new else 'held already'}.")


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


def _answering(given: argparse.Namespace) -> Answering:
    first, second = (given.first or "").strip(), (given.second or "").strip()
    if not first or not second or first == second:
        raise Refused("Two different people answer for this: --by NAME --and NAME.")
    return Answering(first=first, second=second, reason=reason_in(given.reason))


def _must_be_readers(readers: Readers, answering: Answering, passphrases: Passphrases) -> None:
    for name in (answering.first, answering.second):
        if not readers.is_right(name, passphrases.ask(name)):
            raise Refused(f"{name} is no reader, or the pass-phrase is wrong: see `reader --help`.")


def _describe_quarantine(parser: Parser) -> None:
    parser.add_argument("--accept", metavar="ID", help="take in what this revoked one recorded")
    parser.add_argument("--by", dest="first", metavar="NAME", help="who answers for it")
    parser.add_argument("--and", dest="second", metavar="NAME", help="who else does")
    parser.add_argument("--reason", metavar="TEXT", help="why it may be believed; kept with it")
    add_passphrase(parser)


def _devices(connection: sa.Connection) -> Iterator[str]:
    workstation, journal, acceptances = ledger.workstation, ledger.journal, ledger.acceptance
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
        for taken in connection.execute(
            sa.select(acceptances)
            .where(acceptances.c.workstation == row.id)
            .order_by(acceptances.c.number)
        ):
            yield (
                f"    taken in after all {_at(taken.at)}: journal {taken.incarnation}, entries"
                f" {taken.first} to {taken.last}; {taken.first_person} and {taken.second_person}"
                f" answer for it: {taken.reason}"
            )
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
