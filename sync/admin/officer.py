"""`checkpoint-admin officer`: who may sign in at this workstation, and letting somebody go."""

import argparse
import sys
from functools import partial

from checkpoint_client.desk import Refused
from checkpoint_client.desk.leaving import OfficerHere
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.rules import Standing
from sync.admin import opening

HELP = """\
Shows everybody who has a slot at this workstation, or takes one away. A supervisor signs in for
both; nobody takes his own away, so that one always remains.

Who is removed is let in no more at once. The records and lists are given a new key at the next
sign-in, because he may have kept the present one; that needs as much free disk as they are large,
takes seconds to minutes, and may be cut off at any moment without loss. What he recorded stays.
Every removal is an entry in the journal, with its reason.

Somebody who left the whole service is removed everywhere by headquarters:
checkpoint-server publish --channel officers officers.json
"""

_WORDS = {
    Standing.IN_SERVICE: "",
    Standing.SUSPENDED: "suspended by headquarters' list",
    Standing.LEFT: "has left by headquarters' list; his slot goes at the next sign-in",
}
_KEPT = "has left by headquarters' list, kept: nobody else could open this workstation"
_REFUSED = {
    "missing": "Say why: --reason TEXT.",
    "own-slot": "Nobody removes himself: ask another supervisor.",
    "unknown": "Nobody with this service number has a slot here: see `officer list`.",
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "officer",
        help="who may sign in here, and letting somebody go",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    listing = deeds.add_parser("list", help="everybody who has a slot here")
    opening.add_arguments(listing)
    listing.set_defaults(run=lambda given: opening.with_session(given, _list))
    removing = deeds.add_parser("remove", help="take somebody's slot away")
    removing.add_argument("number", metavar="SERVICE_NUMBER", help="who leaves")
    removing.add_argument("--reason", required=True, metavar="TEXT", help="for the journal")
    opening.add_arguments(removing)
    removing.set_defaults(run=_run_remove)


def _run_remove(given: argparse.Namespace) -> int:
    return opening.with_session(given, partial(_remove, given.number, given.reason))


def _list(session: SignedIn) -> int:
    for each in session.administration.officers():
        print(f"{each.service_number}\t{each.role}\t{_said(each)}".rstrip())
    return 0


def _said(officer: OfficerHere) -> str:
    return _KEPT if officer.is_kept else _WORDS[officer.standing]


def _remove(number: str, reason: str, session: SignedIn) -> int:
    try:
        session.administration.remove_officer(number, reason)
    except Refused as refused:
        print(_REFUSED[refused.problems[0].code], file=sys.stderr)
        return 1
    print(f"{number} is let in no more. The files are given a new key at the next sign-in.")
    return 0
