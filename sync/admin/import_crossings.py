"""`checkpoint-admin import-crossings`: takes over the register that a post kept before."""

import argparse
import csv
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checkpoint_client.desk import Refused
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.journal.body import to_json
from checkpoint_client.records import Problem
from checkpoint_client.records.register import NEEDED, RegisterLine, columns
from sync.admin import opening

HELP = """\
Takes over a post's earlier register from a CSV file: UTF-8, one line a crossing, fields parted by
commas or semicolons, in quotes where they hold one. The first line names the columns, in any order:

{columns}

Each crossing is recorded by itself; when it is safe on disk, its line number and the record's id
are printed, parted by a tab. Running the same file again takes only what is missing: a line is
known again by its register_no and day, or else by all that it says, and lines that say the same
are told apart by their order. A bad line is reported with its number and the reason, the others are
taken. IT administrators and supervisors may do this.

Exit codes: 0 every line is recorded, 1 some lines are bad, 2 the file or the records cannot be
opened or used.
"""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "import-crossings",
        help="take over a post's earlier register",
        description=HELP.format(columns="\n".join(_columns_in_words())),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    opening.add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        register = Register.read(arguments.file)
    except OSError as error:
        print(f"{arguments.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return opening.NOT_OPENED
    except NotARegister as error:
        print(f"{arguments.file.name}: {error}", file=sys.stderr)
        return opening.NOT_OPENED
    return opening.with_session(arguments, lambda session: _take_over(session, register))


class NotARegister(Exception):
    """The file's first line is not the header of a register. The text says why."""


class BadLine(Exception):
    """A line cannot be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register's file: its lines as bytes, so that one broken line does not hide the others."""

    names: tuple[str, ...]
    delimiter: str
    lines: tuple[bytes, ...]

    @classmethod
    def read(cls, path: Path) -> "Register":
        """Raises `NotARegister`, OSError."""
        first, *others = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
        delimiter = ";" if b";" in first else ","
        try:
            names = tuple(name.strip() for name in _fields(first, delimiter))
        except BadLine as error:
            raise NotARegister(f"the first line {error}") from None
        _must_be_columns(names)
        return cls(names, delimiter, tuple(others))

    def numbered(self) -> Iterator[tuple[int, bytes]]:
        """The lines that say something, counted as an editor does: the header is line 1."""
        for number, line in enumerate(self.lines, start=2):
            if line.strip(b"\r \t" + self.delimiter.encode()):
                yield number, line

    def crossing(self, line: bytes) -> RegisterLine:
        """Raises `BadLine`."""
        found = _fields(line, self.delimiter)
        if len(found) != len(self.names):
            raise BadLine(f"has {len(found)} fields, the first line names {len(self.names)}")
        return RegisterLine(**dict(zip(self.names, found, strict=True)))


def _take_over(session: SignedIn, register: Register) -> int:
    alike: Counter[bytes] = Counter()
    taken = known = bad = 0
    for number, line in register.numbered():
        try:
            crossing = register.crossing(line)
            said = to_json(crossing.said())
            alike[said] += 1
            imported = session.administration.take_over(crossing, occurrence=alike[said])
        except (BadLine, Refused) as reason:
            print(f"line {number} {_in_words(reason)}", file=sys.stderr)
            bad += 1
            continue
        if imported.is_new:
            print(f"{number}\t{imported.id}", flush=True)
            taken += 1
        else:
            known += 1
    print(f"taken: {taken}, already there: {known}, bad: {bad}", file=sys.stderr)
    return 1 if bad else 0


def _columns_in_words() -> Iterator[str]:
    width = max(map(len, columns()))
    for name, words in columns().items():
        yield textwrap.fill(
            words,
            width=100,
            initial_indent=f"  {name:{width}}  ",
            subsequent_indent=" " * (width + 4),
        )


def _must_be_columns(names: tuple[str, ...]) -> None:
    if unknown := [name for name in names if name not in columns()]:
        raise NotARegister(
            f"there is no column called {', '.join(map(repr, unknown))}; see --help for those that"
            " there are."
        )
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise NotARegister(f"the column {', '.join(twice)} stands there twice.")
    if missing := sorted(NEEDED.difference(names)):
        raise NotARegister(f"the first line must also name {', '.join(missing)}.")


def _fields(line: bytes, delimiter: str) -> list[str]:
    try:
        text = line.decode().rstrip("\r")
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except UnicodeDecodeError:
        raise BadLine("is not in UTF-8") from None
    except csv.Error:
        raise BadLine("has a quotation mark without its other one") from None


def _in_words(reason: BadLine | Refused) -> str:
    if isinstance(reason, BadLine):
        return str(reason)
    return "; ".join(map(_problem_in_words, reason.problems))


def _problem_in_words(problem: Problem) -> str:
    if problem.code in _WORDS:
        return f"{problem.field} {_WORDS[problem.code]}"
    return f"{problem.field} does not say what it should: {columns()[problem.field]}"


_WORDS = {
    "missing": "is missing",
    "too-long": "is too long",
    "taken-otherwise": (
        "was taken over before for the same day, but the line said something else then: correct"
        " the record in the log"
    ),
}
