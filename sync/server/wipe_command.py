"""`checkpoint-server wipe`: takes a lost workstation's keys away from afar, by two people."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from checkpoint_client.desk.wiping import WipeState
from sync import orders as shared
from sync.protocol import Malformed
from sync.server import disk, key_files, ledger, orders
from sync.server.command import (
    Parser,
    Passphrases,
    Refused,
    add_data,
    at_minute,
    is_agreed,
    now,
    reason_in,
)
from sync.server.keys import CentreFolder
from sync.server.orders import OrderFile
from sync.server.shelf import Shelf

WORD: Final = "WIPE"

_WIPE: Final = """\
Take a workstation's keys away from afar: it was stolen, or is lost, or must not be used any more.

An example, for the workstation that `devices` shows as OSH-01-K7QD:

  1. Here:   checkpoint-server wipe OSH-01-K7QD --data DIR --reason "stolen, case 4711"
  2. Two root holders, each on his own machine, so that nobody does it alone:
             checkpoint-server keys sign wipe-OSH-01-K7QD.json --key FILE
     (Where the root keys still lie in DIR, step 1 signs for them: see `keys`.)
  3. Here:   checkpoint-server wipe --data DIR --file wipe-OSH-01-K7QD.json
  4. Later:  checkpoint-server devices --data DIR        says when it was done.

What it does: at its next contact, or when the post's exchange or a stick brings it the order, the
workstation locks. What it recorded and never sent is left as a bundle that only this centre opens,
and comes here if it can. Then every officer's pass-phrase, the lists and the keys of lists and post
are destroyed there. From step 3 on it gets no lists and no keys.

What it does not do: it deletes no record. What is held here stays; the records on its disk stay
encrypted, and only headquarters' recovery key opens them. It does not reach a workstation that is
never in contact again: its disk is then as safe as its officers' pass-phrases. It does not make the
centre distrust what the workstation sends: where it is in strange hands, `revoke` it as well. An
order that is still out when the root holders change is good for nothing: make it anew.

How to take it back: before step 3, delete the file. After it, and until `devices` shows that it was
begun:  checkpoint-server wipe --data DIR --withdraw OSH-01-K7QD  (a stick that carries the order
already is not called back). Once done, nothing brings the pass-phrases back: headquarters lets
somebody in with the recovery key (`recovery open`), and the PC enrols anew with a new `token`.

Without anything but --data it shows all orders and how far they are."""


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = commands.add_parser(
        "wipe",
        help="Take a lost workstation's keys away from afar; two root holders must sign.",
        description=_WIPE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=wipe)
    add_data(parser)
    parser.add_argument(
        "workstation", nargs="?", metavar="ID", help="prepare an order: as `devices` shows it"
    )
    parser.add_argument(
        "--reason", metavar="TEXT", help="with ID: for the signers and the files; stays here"
    )
    parser.add_argument(
        "--without-hand-over",
        action="store_true",
        help="with ID: do not wait for what was never sent. Without this, a workstation that"
        " headquarters cannot open waits until an officer has signed in once more",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="with ID: where to write it (DIR/wipe-ID.json)"
    )
    parser.add_argument(
        "--file",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="put out a signed order; several signed copies of it may be named",
    )
    parser.add_argument("--withdraw", metavar="ID", help="take an order back that was not begun")


def wipe(given: argparse.Namespace) -> None:
    wishes = [given.workstation, given.file, given.withdraw]
    if sum(map(bool, wishes)) > 1:
        raise Refused("One thing at a time: an ID, --file or --withdraw.")
    if given.workstation:
        prepare(given)
    elif given.file:
        put_out(given)
    elif given.withdraw:
        withdraw(given)
    else:
        show(given)


def prepare(given: argparse.Namespace) -> None:
    reason = reason_in(given.reason)
    folder = CentreFolder(given.data)
    with ledger.opened(folder.database) as book, book.reading() as connection:
        file = orders.prepare(
            folder,
            Shelf(folder.reference),
            connection,
            given.workstation,
            reason=reason,
            hands_over=not given.without_hand_over,
            now=now(),
        )
    path = given.out or given.data / f"wipe-{given.workstation}.json"
    disk.write(path, [orders.encode(file)])
    for line in (*_words(file), "", *_signatures(file)):
        print(line)
    print()
    if orders.signing_of(file).missing:
        print(f"{path} is written. Nothing happens yet. Next: carry it to the root holders, for")
        print(f"  checkpoint-server keys sign {path.name} --key FILE")
    else:
        print(f"{path} is written and signed by keys of this folder. Nothing happens yet. Next:")
        print(f"  checkpoint-server wipe --data {given.data} --file {path}")


def sign(given: argparse.Namespace, content: bytes) -> None:
    """`keys sign` of an order: show it, ask, sign."""
    file = orders.decode(content)
    for line in _words(file):
        print(line)
    print("Telephone the post and headquarters' duty officer before you sign: it is done at once.")
    print()
    if not given.yes and not is_agreed(WORD):
        raise Refused("Nothing was signed.")
    holder = key_files.holder_in(given.key)
    key = key_files.open_key(given.key, Passphrases(given.passphrase_fd).ask(holder.name))
    signed = orders.sign(file, key)
    disk.write(given.file, [orders.encode(signed)])
    print(f"Signed by {holder.name} ({holder.fingerprint}).")
    for line in _signatures(signed):
        print(line)
    if orders.signing_of(signed).missing:
        print(f"Next: carry {given.file} to the next root holder.")
    else:
        print("Nothing is missing. Next, at the centre: wipe --file.")


def put_out(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    file = orders.merge([_read(path) for path in given.file])
    with ledger.opened(folder.database) as book, book.writing() as connection:
        said = orders.put_out(
            connection,
            Shelf(folder.reference),
            file,
            deployment=folder.deployment().name,
            now=now(),
        )
    print(f"The order is out: {said.workstation} is wiped at its next contact, and gets no lists")
    print("and no keys from now on. `devices` says when it was done.")
    print(f"To take it back before that: wipe --data {given.data} --withdraw {said.workstation}")


def withdraw(given: argparse.Namespace) -> None:
    with ledger.opened(CentreFolder(given.data).database) as book, book.writing() as connection:
        step = orders.withdraw(connection, given.withdraw, now=now())
    if step in (WipeState.BEGUN, WipeState.DONE):
        print(f"Withdrawn, but too late: {given.withdraw} has reported that it was {_STEPS[step]}.")
        print("The PC enrols anew with a new `token`.")
    else:
        print(f"Withdrawn: {given.withdraw} is not told of it any more, and gets lists again.")
        print("If it has had the order already, or a stick with it, it is wiped all the same.")


def show(given: argparse.Namespace) -> None:
    with ledger.opened(CentreFolder(given.data).database) as book, book.reading() as connection:
        lines = list(states(connection))
    print("\n".join(lines) or "No workstation was ordered to be wiped. See `wipe --help`.")


def states(connection: sa.Connection, workstation: str | None = None) -> Iterator[str]:
    """Every order, of one workstation or of all, and how far it is."""
    table = ledger.wipe
    found = sa.select(table).order_by(table.c.workstation, table.c.serial)
    if workstation is not None:
        found = found.where(table.c.workstation == workstation)
    for row in connection.execute(found):
        prefix = "" if workstation else f"{row.workstation}: "
        yield f"{prefix}WIPE ordered {at_minute(row.put_out_at)}: {row.reason}"
        yield f"    {_state(row.step, row.told_at, row.withdrawn_at)}"
        if row.report is not None and row.step == WipeState.DONE:
            yield f"    {_left(bytes(row.report))}"


def _state(step: str | None, told_at: datetime | None, withdrawn_at: datetime | None) -> str:
    words = f"{_STEPS[WipeState(step)]} {at_minute(told_at)}" if step else "not heard of yet"
    if withdrawn_at is None:
        return words
    return f"withdrawn {at_minute(withdrawn_at)}; {words}"


def _left(report: bytes) -> str:
    said = shared.unproved(report)
    opens = (
        "headquarters' recovery key opens its records"
        if said.opens
        else "it has no recovery slot: nothing opens the records on its disk any more"
    )
    if not said.left:
        return f"Nothing is left there that was not brought here; {opens}."
    return f"Bundles that still lie there, closed for all but this centre: {said.left}; {opens}."


def _words(file: OrderFile) -> Iterator[str]:
    """What whoever signs agrees to; nothing is left out."""
    try:
        said = orders.said_in(file)
    except Malformed:  # proved when it was read
        return
    yield f"Order of {said.deployment}, {at_minute(file.made_at)}, number {said.serial}:"
    yield f"  WIPE the workstation {said.workstation} ({file.place})"
    yield f"  because: {file.reason}"
    if said.hands_over:
        yield "  What was never sent is handed over first."
    else:
        yield "  WITHOUT waiting for what was never sent: it may be lost."
    yield "  Every officer's pass-phrase there is destroyed, and the lists; no record is deleted."


def _signatures(file: OrderFile) -> Iterator[str]:
    signing = orders.signing_of(file)
    names = ", ".join(holder.name for holder in signing.signed) or "nobody yet"
    missing = f"{signing.missing} more must sign" if signing.missing else "enough"
    yield f"Of the root holders have signed: {names} ({missing})."


def _read(path: Path) -> OrderFile:
    try:
        return orders.decode(path.read_bytes())
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None


_STEPS: Final = {
    WipeState.WAITS: "waits there until an officer has signed in once more, since",
    WipeState.BEGUN: "begun",
    WipeState.DONE: "DONE",
}
