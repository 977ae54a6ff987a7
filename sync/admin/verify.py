"""`checkpoint-admin verify`: proves that the records are what was written."""

import argparse
import sys

from checkpoint_client.desk.session import SignedIn
from checkpoint_client.journal.chain import Broken
from checkpoint_client.store import TablesDiffer
from sync.admin import opening

HELP = """\
Proves every journal in the records' file from its first entry: that no entry was changed, moved,
put in or left out, that the workstation signed each, that officers signed their acts of weight and
their sessions, and that the tables say what the journals say. Prints what was proved, or the first
thing that is wrong (exit code 1). What was recorded in the name of somebody who had left is named
as an alarm. IT administrators, auditors and supervisors may do this.
"""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "verify",
        help="prove that the records are what was written",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    opening.add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    return opening.with_session(arguments, _verify)


def _verify(session: SignedIn) -> int:
    try:
        proof = session.administration.verify()
    except Broken as broken:
        words = _BROKEN.get(broken.reason, broken.reason)
        print(
            f"Entry {broken.position}: {words}. Copy the data folder as it is and tell"
            " headquarters.",
            file=sys.stderr,
        )
        return 1
    except TablesDiffer:
        print(
            "The journals are whole, but the tables do not say the same: run"
            " `checkpoint-admin rebuild`.",
            file=sys.stderr,
        )
        return 1
    print(f"journals proved: {proof.journals}")
    print(f"entries in their places, unchanged and signed by the workstation: {proof.entries}")
    print(f"officers' signatures under acts of weight: {proof.acts}")
    print(f"officers' signatures under their sessions: {proof.sessions}")
    print("tables equal to the journals: yes")
    for each in session.administration.after_leaving():
        print(
            f"ALARM: entry {each.position} of {each.origin}, {each.recorded_at:%Y-%m-%d %H:%M}, was"
            f" recorded in the name of {each.officer}, who had left. Keep the data folder as it is"
            " and tell headquarters.",
            file=sys.stderr,
        )
    return 0


_BROKEN = {
    "position": "an entry before it is missing, or it stands in the wrong place",
    "body": "what it says was changed after it was written",
    "head": "it does not follow from the entry before it",
    "workstation-signature": "the workstation's signature is not genuine",
    "officer-signature": "the officer's signature is missing or not genuine",
    "session-signature": "the officer's signature under the session is not genuine",
}
