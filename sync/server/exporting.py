"""`checkpoint-server export`: records for those at headquarters who may have them.

Every export is a disclosure, so who it is for and why is asked, and kept in the ledger with it.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TextIO, get_type_hints

import sqlalchemy as sa

from checkpoint_client.journal import body as bodies
from checkpoint_client.records import KINDS, Attachment
from checkpoint_client.vault import pieces
from checkpoint_client.vault.errors import CannotOpen
from sync.server import attachments, disk, ledger
from sync.server.closed_notes import ClosedNotes
from sync.server.command import Parser, Refused, add_data, now, tell
from sync.server.keys import CentreFolder, Keys
from sync.server.ledger import Ledger

_ABOUT: Final = (
    "post",
    "workstation",
    "incarnation",
    "position",
    "id",
    "kind",
    "happened_at",
    "recorded_at",
    "officer",
)
_AT_ONCE: Final = 1_000
_A_MONTH: Final = timedelta(days=32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which records: empty means all. Days are those of the post, both included."""

    kind: str = ""
    post: str = ""
    first_day: date | None = None
    last_day: date | None = None

    def __str__(self) -> str:
        said = {
            "kind": self.kind,
            "post": self.post,
            "from": self.first_day,
            "to": self.last_day,
        }
        return " ".join(f"{name}={value}" for name, value in said.items() if value) or "everything"


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    what = "Write records as JSON lines or as a table, by kind, post and days."
    parser = commands.add_parser(
        "export",
        help=what,
        description=what,
        epilog="An export gives personal data away: it is written down with its reason, and"
        " `export --past` shows them all. What could not be read is counted, never left out"
        " silently.",
    )
    add_data(parser)
    parser.set_defaults(command=export)
    parser.add_argument("--kind", default="", help="check, hit, referral, ...; needed for csv")
    parser.add_argument("--post", default="", metavar="CODE", help="of this post only")
    parser.add_argument("--from", dest="first_day", type=_day, metavar="2026-11-01")
    parser.add_argument("--to", dest="last_day", type=_day, metavar="2026-11-30")
    parser.add_argument("--format", choices=("jsonl", "csv"), default="jsonl")
    parser.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    parser.add_argument("--for", dest="recipient", metavar="WHO", help="who gets it (needed)")
    parser.add_argument("--reason", metavar="TEXT", help="why, as the law wants it (needed)")
    parser.add_argument(
        "--attachments",
        type=Path,
        metavar="DIR",
        help="also write what is attached to the records, decrypted, into this folder",
    )
    parser.add_argument("--past", action="store_true", help="show earlier exports, write none")


def export(given: argparse.Namespace) -> None:
    folder = CentreFolder(given.data)
    opened = Ledger(folder.database)
    try:
        opened.check()
        if given.past:
            _show_past(opened)
            return
        _export(opened, folder.keys(), given)
    finally:
        opened.close()


def _export(opened: Ledger, keys: Keys, given: argparse.Namespace) -> None:
    if not given.recipient or not given.reason:
        raise Refused("Say who gets the records and why: --for WHO --reason TEXT.")
    if given.kind and given.kind not in KINDS:
        raise Refused(f"There is no kind {given.kind!r}: {', '.join(KINDS)}.")
    if given.format == "csv" and not given.kind:
        raise Refused("A table holds one kind of record: say which with --kind.")
    wanted = Wanted(
        kind=given.kind, post=given.post, first_day=given.first_day, last_day=given.last_day
    )
    # Written down first: an export that breaks off has given away what it had written by then.
    said = f"{wanted} with attachments" if given.attachments else str(wanted)
    number = _note(opened, said, given.recipient, given.reason)
    with _target(given.out) as target, opened.reading() as connection:
        write = _Table(target, given.kind) if given.format == "csv" else _Lines(target)
        files = _Files(connection, given.attachments)
        notes = ClosedNotes(connection, keys.centre)
        for record in records(connection, wanted):
            notes(record)
            files(record)
            write(record)
    _count(opened, number, write.written)
    tell(f"{write.written} records written, {write.unreadable} of them could not be read.")
    if notes.still_closed:
        tell(f"{notes.still_closed} interviews for supervisors could not be opened.")
    if files.named:
        tell(
            f"They name {files.named} attachments: {files.written} written, {files.lacking} not"
            " held whole or damaged."
        )


def records(connection: sa.Connection, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """The records, each with where it comes from and its `leaf`; one that is unreadable has no
    `record`.
    """
    entry, workstation = ledger.entry.c, ledger.workstation.c
    found = (
        sa.select(ledger.entry, workstation.post)
        .join_from(ledger.entry, ledger.workstation, entry.workstation == workstation.id)
        .order_by(entry.workstation, entry.incarnation, entry.position)
    )
    if wanted.kind:
        found = found.where(entry.kind == wanted.kind)
    if wanted.post:
        found = found.where(workstation.post == wanted.post)
    if wanted.first_day:
        # Made no sooner than it happened. A clock may be wrong, so the days are looked at below.
        found = found.where(entry.month >= _month(wanted.first_day - _A_MONTH))
    several = _with_several_journals(connection)
    seen: set[tuple[str, str]] = set()
    for row in connection.execute(found.execution_options(yield_per=_AT_ONCE)):
        if row.workstation in several and row.id is not None:
            if (row.workstation, row.id) in seen:
                continue  # it came again in the journal begun after a backup was put back
            seen.add((row.workstation, row.id))
        record = _record(row)
        if _is_within(record, wanted):
            yield record | {"leaf": bytes(row.leaf)}


def _with_several_journals(connection: sa.Connection) -> set[str]:
    journal = ledger.journal.c
    found = sa.select(journal.workstation).where(journal.incarnation > 1)
    return set(connection.scalars(found))


def _record(row: sa.Row[Any]) -> dict[str, Any]:
    about = {name: getattr(row, name, None) for name in _ABOUT}
    if row.body is None:
        return about
    try:
        body = bodies.decode(bytes(row.body))
    except bodies.Unreadable:
        return about
    named = {"attachments": list(body.attachments)} if body.attachments else {}
    return (
        about
        | named
        | {
            "happened_at": body.happened_at,
            "recorded_at": body.recorded_at,
            "officer": body.officer,
            "record": json.loads(bytes(body.record)),
        }
    )


def _is_within(record: dict[str, Any], wanted: Wanted) -> bool:
    happened: datetime | None = record["happened_at"]
    if happened is None:
        return True
    day = happened.date()
    return (wanted.first_day or day) <= day <= (wanted.last_day or day)


class _Files:
    """Names what is attached to each record and, where that is wished, writes it in clear."""

    def __init__(self, connection: sa.Connection, folder: Path | None) -> None:
        self._connection = connection
        self._folder = folder
        self.named = self.written = self.lacking = 0
        if folder:
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise Refused(f"{folder} cannot be made: {error.strerror}.") from None

    def __call__(self, record: dict[str, Any]) -> None:
        """Put words in the place of what opens them."""
        found: list[Attachment] = record.get("attachments", [])
        if not found:
            return
        workstation = record["workstation"]
        whole = attachments.held(self._connection, workstation, [each.address for each in found])
        record["attachments"] = [
            {
                "title": each.title,
                "media_type": each.media_type,
                "address": each.address,
                "held": whole[each.address],
                "file": self._write(workstation, each) if whole[each.address] else None,
            }
            for each in found
        ]
        self.named += len(found)
        self.lacking += sum(not each for each in whole.values())

    def _write(self, workstation: str, attachment: Attachment) -> str | None:
        if self._folder is None:
            return None
        path = self._folder / f"{attachment.address}{attachment.suffix}"
        locked = attachments.content(self._connection, workstation, attachment.address)
        try:
            key = bytes.fromhex(attachment.key)
            disk.write(path, pieces.unlock(locked, key, mark=pieces.ATTACHMENT), mode=0o600)
        except (CannotOpen, ValueError):
            self.lacking += 1
            path.with_name(path.name + disk.PARTIAL).unlink(missing_ok=True)
            return None
        except OSError as error:
            raise Refused(f"{path} cannot be written: {error.strerror}.") from None
        self.written += 1
        return path.name


class _Lines:
    """JSON, one record a line."""

    def __init__(self, target: TextIO) -> None:
        self._target = target
        self.written = self.unreadable = 0

    def __call__(self, record: dict[str, Any]) -> None:
        self._target.write(json.dumps(record, ensure_ascii=False, default=_text) + "\n")
        self.written += 1
        self.unreadable += "record" not in record


class _Table:
    """A table for spreadsheets: a column a field, inner fields as `person.birth_date`."""

    def __init__(self, target: TextIO, kind: str) -> None:
        self._columns = columns(kind)
        self._writer = csv.DictWriter(target, [*_ABOUT, *self._columns], restval="")
        self._writer.writeheader()
        self.written = self.unreadable = 0

    def __call__(self, record: dict[str, Any]) -> None:
        about = {name: _cell(record[name]) for name in _ABOUT}
        said = {name: _cell(_at(record.get("record"), name)) for name in self._columns}
        self._writer.writerow(about | said)
        self.written += 1
        self.unreadable += "record" not in record


def columns(kind: str) -> list[str]:
    """The fields of a kind of record, by their dotted names; lists stay in one cell."""
    return list(_names(KINDS[kind]))


def _names(record: Any) -> Iterator[str]:
    hints = get_type_hints(record)
    for field in fields(record):
        inner = hints[field.name]
        if is_dataclass(inner):
            yield from (f"{field.name}.{name}" for name in _names(inner))
        else:
            yield field.name


def _at(record: Any, name: str) -> object:
    for part in name.split("."):
        record = record.get(part) if isinstance(record, dict) else None
    return record


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else _text(value)
    # A spreadsheet takes a cell that begins so for a formula, and a traveller may choose his words.
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _note(opened: Ledger, what: str, recipient: str, reason: str) -> int:
    table = ledger.disclosure
    with opened.writing() as connection:
        number = (connection.scalar(sa.select(sa.func.max(table.c.number))) or 0) + 1
        connection.execute(
            sa.insert(table).values(
                number=number,
                at=now(),
                recipient=recipient,
                reason=reason,
                what=what,
                entries=0,
            )
        )
    return number


def _count(opened: Ledger, number: int, written: int) -> None:
    table = ledger.disclosure
    with opened.writing() as connection:
        connection.execute(sa.update(table).where(table.c.number == number).values(entries=written))


def _show_past(opened: Ledger) -> None:
    with opened.reading() as connection:
        past: Sequence[Any] = connection.execute(
            sa.select(ledger.disclosure).order_by(ledger.disclosure.c.number)
        ).all()
    for each in past:
        print(
            f"{each.at:%Y-%m-%d %H:%M} UTC  {each.recipient}: {each.what},"
            f" {each.entries} records ({each.reason})"
        )
    if not past:
        print("Nothing was exported yet.")


@contextmanager
def _target(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("x", encoding="utf-8", newline="") as file:
            partial.chmod(0o600)
            yield file
        partial.replace(path)
    except FileExistsError:
        raise Refused(f"{partial} is there already: another export runs, or remove it.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2026-11-30") from None


def _month(day: date) -> int:
    return day.year * 100 + day.month
