"""`checkpoint-admin mrz`: what the machine readable zones on standard input say, as JSON."""

import argparse
import json
import re
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import asdict
from datetime import date
from typing import Any

from checkpoint_client.documents.mrz import CheckDigits, Mrz, NotAnMrz, read
from checkpoint_client.records.dates import PartialDate

HELP = """\
Reads machine readable zones (ICAO Doc 9303: TD1, TD2, TD3, MRV-A, MRV-B) from standard input,
separated by blank lines, and prints one JSON object a line for each document.
Check digits are true, false, or null where the document has none. "valid" tells whether structure
and all present check digits are right, whatever the expiry. Text that is no machine readable zone
gives an object too: its format is null and "problems" says why.
"""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "mrz",
        help="read machine readable zones from standard input",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=None,
        metavar="YYYY-MM-DD",
        help="decide centuries as on this day; the default is today",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    today = arguments.today or date.today()
    found = documents(sys.stdin.buffer.read())
    for text in found:
        print(json.dumps(as_json(text, today=today)))
    if not found:
        print("No document came in: put the lines of its zone on standard input.", file=sys.stderr)
    return 0


def documents(given: bytes) -> list[str]:
    """The texts between blank lines, whatever the line ends. UTF-8, or UTF-16 with its mark as
    PowerShell writes it; bytes that are neither become characters that no document has.
    """
    encoding = "utf-16" if given.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    text = _LINE_END.sub("\n", given.decode(encoding, errors="replace"))
    return [document for document in _BLANK_LINES.split(text) if _SOMETHING.search(document)]


def as_json(text: str, *, today: date) -> dict[str, Any]:
    try:
        return _read(read(text, today=today))
    except NotAnMrz as error:
        return _unread(error)


KEYS = (
    "format",
    "document_code",
    "issuing_state",
    "number",
    "nationality",
    "birth_date",
    "expiry_date",
    "sex",
    "primary_identifier",
    "secondary_identifier",
    "name_truncated",
    "optional",
    "check_digits",
    "valid",
    "problems",
)

_LINE_END = re.compile("\r*\n|\r")
_BLANK_LINES = re.compile(r"\n(?:[\s\0-\x1f]*\n)+")
_SOMETHING = re.compile(r"[^\s\0-\x1f]")


def _read(mrz: Mrz) -> dict[str, Any]:
    return {
        "format": mrz.format,
        "document_code": mrz.document_code,
        "issuing_state": mrz.issuing_state,
        "number": mrz.number,
        "nationality": mrz.nationality,
        "birth_date": _date(mrz.birth_date),
        "expiry_date": _date(mrz.expiry_date),
        "sex": mrz.sex,
        "primary_identifier": mrz.primary_identifier,
        "secondary_identifier": mrz.secondary_identifier,
        "name_truncated": mrz.name_truncated,
        "optional": list(mrz.optional),
        "check_digits": asdict(mrz.check_digits),
        "valid": mrz.valid,
        "problems": [asdict(problem) for problem in mrz.problems],
    }


def _unread(error: NotAnMrz) -> dict[str, Any]:
    return dict.fromkeys(KEYS) | {
        "optional": [],
        "check_digits": asdict(CheckDigits()),
        "valid": False,
        "problems": [asdict(problem) for problem in error.problems],
    }


def _date(value: PartialDate) -> str | None:
    return str(value) or None
