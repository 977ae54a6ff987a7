"""`checkpoint-server`: the command line of the central server."""

import argparse
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from sync.server import (
    carrying,
    ceremony,
    certificate_command,
    certificates,
    exporting,
    inspection,
    keeping,
    key_commands,
    oversight,
    pressure,
    publishing,
    reader_commands,
    recovery_commands,
    recovery_files,
    role_keys,
    serve,
    tokens,
    wipe_command,
)
from sync.server.command import Parser, Refused, now
from sync.server.keys import CentreFolder, Deployment, NotReady
from sync.server.ledger import Ledger, NotOurs
from sync.server.shelf import Shelf

POST_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    try:
        given.command(given)
    except (Refused, NotReady, NotOurs, ceremony.NotGood) as refused:
        print(f"checkpoint-server: {refused}", file=sys.stderr)
        return 2
    except SQLAlchemyError as error:
        said = _first_line(error)
        print(f"checkpoint-server: the database does not answer: {said}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def init(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    if given.recovery:
        recovery_files.read_public(given.recovery)  # refuses what is none before anything is made
    deployment = Deployment(name=given.deployment, database=given.database, tls_name=given.tls)
    folder.claim()
    with _ledger(folder.database_of(deployment)) as ledger:
        if not (folder.has_begun(deployment) and ledger.is_untouched()):
            ledger.require_empty()
            folder.begin(deployment)
            ledger.create(now=now())
    folder.create(deployment.tls_name, now=now())
    ceremony.begin(folder, Shelf(folder.reference), now=now())
    if given.recovery:
        recovery_commands.name_recovery(folder, given.recovery)
    folder.name(deployment)
    print(f"The centre of {given.deployment} is ready in {given.data}.")
    print("Keep a copy of its folder keys/ in a safe: without it no workstation knows this centre.")
    print("Whoever copies it can publish, too: `checkpoint-server keys` says what to do about it.")
    if given.tls:
        print(f"Certificate: {certificates.fingerprint(folder.authority.read_bytes())}")


def restored(given: argparse.Namespace) -> None:
    with _opened(CentreFolder(given.data), None) as ledger:
        if not ledger.begin_epoch(now=now()):
            print("It is known already: no workstation was heard since.")
            return
    print("Noted. Every workstation will be asked for what is missing; nothing is to be restarted.")


def upgrade(given: argparse.Namespace) -> None:
    with _ledger(CentreFolder(given.data).database) as ledger:
        steps = ledger.upgrade(now=now())
        print(f"{steps} steps taken." if steps else "The tables are those of this program already.")
        keeping.say_reread(ledger)


def status(given: argparse.Namespace) -> None:
    with _opened(CentreFolder(given.data), None) as ledger, ledger.reading() as connection:
        for line in inspection.status(connection, now=now()):
            print(line)


def entries(given: argparse.Namespace) -> None:
    with _opened(CentreFolder(given.data), None) as ledger, ledger.reading() as connection:
        found = inspection.entries(connection, workstation=given.workstation, kind=given.kind)
        for entry in found:
            shown = {name: value for name, value in entry.items() if given.bodies or name != "body"}
            print(json.dumps(shown, ensure_ascii=False))


@contextmanager
def _ledger(url: str) -> Iterator[Ledger]:
    ledger = Ledger(url)
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def _opened(folder: CentreFolder, database: str | None) -> Iterator[Ledger]:
    """The ledger of this centre, or the one said on the command line."""
    with _ledger(database or folder.database) as ledger:
        ledger.check()
        yield ledger


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="checkpoint-server",
        description="The central server of Checkpoint Client.",
        epilog="First `init`, then `serve`; a `token` for each new workstation. Every command"
        " explains itself with --help.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    centre = argparse.ArgumentParser(add_help=False)
    centre.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the folder of this centre"
    )

    def add(name: str, command: Callable[[argparse.Namespace], None], what: str) -> Parser:
        added = commands.add_parser(name, parents=[centre], help=what, description=what)
        added.set_defaults(command=command)
        return added

    _describe_init(add("init", init, "Set up a new centre: its keys, its tables, its certificate."))
    tokens.add_to(commands)
    serve.add_to(commands)
    publishing.add_to(commands)
    key_commands.add_to(commands)
    recovery_commands.add_to(commands)
    add(
        "restored",
        restored,
        "Say that the database came back from a backup. The server notices by itself at the first"
        " contact of a workstation that remembers more; saying so, also twice, does no harm.",
    )
    add(
        "upgrade",
        upgrade,
        "Bring the tables to this version of the program. Stop every `serve` and make a backup"
        " first.",
    )
    add("status", status, "Show each workstation, when it was last heard, and every alarm.")
    _describe_entries(
        add("entries", entries, "Print what is held as JSON lines, one journal entry a line.")
    )
    exporting.add_to(commands)
    keeping.add_to(commands)
    carrying.add_to(commands)
    reader_commands.add_to(commands)
    certificate_command.add_to(commands)
    oversight.add_to(commands)
    pressure.add_to(commands)
    wipe_command.add_to(commands)
    role_keys.add_to(commands)
    return parser


def _describe_init(parser: Parser) -> None:
    parser.add_argument("--deployment", default="utopia", metavar="NAME", help="the service's name")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="postgresql://USER:PASSWORD@HOST/NAME; without it, SQLite in the folder",
    )
    parser.add_argument(
        "--recovery",
        type=Path,
        metavar="FILE",
        help="the public part of headquarters' recovery key, see `recovery --help`; it can be named"
        " later, but workstations that enrolled before then have no slot for it",
    )
    parser.add_argument(
        "--tls",
        metavar="NAME",
        help="host name or IP address of this server: makes a certificate for it, which"
        " provisioning files carry; without it the server serves this machine only",
    )


def _describe_entries(parser: Parser) -> None:
    parser.add_argument("--workstation", metavar="ID", help="of this workstation only")
    parser.add_argument("--kind", metavar="K", help="of this kind only: check, referral, hit, ...")
    parser.add_argument("--bodies", action="store_true", help="with the records themselves")


if __name__ == "__main__":
    sys.exit(main())
