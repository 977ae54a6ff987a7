"""`checkpoint-admin rebuild`: builds the tables for reading anew from the journals."""

import argparse

from checkpoint_client.desk.session import SignedIn
from sync.admin import opening

HELP = """\
Builds the tables for reading (log, search, earlier crossings) anew from the journals, in one step
that is done wholly or not at all. The journals themselves stay as they are. IT administrators,
auditors and supervisors may do this.
"""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "rebuild",
        help="build the tables anew from the journals",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    opening.add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    return opening.with_session(arguments, _rebuild)


def _rebuild(session: SignedIn) -> int:
    print(f"entries read: {session.administration.rebuild()}")
    return 0
