"""`checkpoint-server reader`: who at headquarters may read the duty page in a browser."""

import argparse

from sync.server.command import Parser, Passphrases, add_data, add_passphrase
from sync.server.keys import CentreFolder
from sync.server.readers import Readers


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    what = "Say who may read the duty page of this centre in a browser."
    parser = commands.add_parser(
        "reader",
        help=what,
        description=what,
        epilog="The page is read-only and shows posts, alarms and volumes, never a traveller.",
    )
    steps = parser.add_subparsers(required=True, metavar="STEP")
    added = steps.add_parser("add", help="let somebody read, or give him another pass-phrase")
    added.add_argument("name", metavar="NAME")
    add_passphrase(added)
    removed = steps.add_parser("remove", help="he is out at his next click")
    removed.add_argument("name", metavar="NAME")
    listed = steps.add_parser("list", help="who may read")
    for step, command in ((added, add), (removed, remove), (listed, show)):
        add_data(step)
        step.set_defaults(command=command)


def add(given: argparse.Namespace) -> None:
    readers = _readers(given)
    readers.add(given.name, Passphrases(given.passphrase_fd).ask_twice(given.name))
    print(f"{given.name} may read the duty page.")


def remove(given: argparse.Namespace) -> None:
    _readers(given).remove(given.name)
    print(f"{given.name} may read no more.")


def show(given: argparse.Namespace) -> None:
    names = _readers(given).names()
    print(
        "\n".join(names) if names else "Nobody may read yet: `checkpoint-server reader add NAME`."
    )


def _readers(given: argparse.Namespace) -> Readers:
    folder = CentreFolder(given.data)
    folder.deployment()  # says so where there is no centre
    return Readers(folder.readers)
