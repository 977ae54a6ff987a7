"""`checkpoint-admin`: what the IT staff does at a workstation without the window."""

import argparse
import sys
from typing import Protocol

from sync.admin import (
    bundles,
    enrol,
    import_crossings,
    lists,
    mrz,
    officer,
    rebuild,
    rotate_key,
    screen,
    verify,
)


class Command(Protocol):
    """A module of this package: it adds its own sub-command, which calls its `run`."""

    def add_to(self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None: ...


COMMANDS: tuple[Command, ...] = (
    *(enrol, lists, bundles, mrz),
    *(screen, import_crossings, verify, rebuild, rotate_key, officer),
)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="checkpoint-admin", description=__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_to(commands)
    arguments = parser.parse_args(argv)
    code: int = arguments.run(arguments)
    return code


if __name__ == "__main__":
    sys.exit(main())
