"""How long the centre keeps what it holds, and what is safe in a backup.

`backed-up`: from then on workstations may erase their own copy when its time is over. `erase`: the
centre's own time is over. `reread`: a newer program reads what an older one could not.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from checkpoint_client.journal import body as bodies
from checkpoint_client.records import KINDS, BorderCheck, Grant, Interview, word_of
from sync.server import attachments, crossings, journals, ledger
from sync.server.command import Parser, Refused, add_data, now, tell
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger

MARGIN: Final = timedelta(minutes=10)
"""A contact that was under way when the backup began is not in it, though it had been received."""

_AT_ONCE: Final = 1_000
_UTC: Final = ZoneInfo("UTC")


def add_to(commands: "argparse._SubParsersAction[Parser]") -> None:
    _describe_backed_up(commands)
    _describe_erase(commands)
    what = "Read again what could not be read so far; `upgrade` does it by itself."
    parser = commands.add_parser("reread", help=what, description=what)
    add_data(parser)
    parser.set_defaults(command=reread)


def backed_up(given: argparse.Namespace) -> None:
    began = given.began.replace(tzinfo=given.began.tzinfo or _UTC)
    if began > now():
        raise Refused(f"{given.began.isoformat()} has not come yet: say when the backup began.")
    with _opened(given) as opened:
        moved = mark_backed_up(opened, began=began)
    print(f"Noted for {moved} journals: their workstations hear of it at their next contact.")


def mark_backed_up(opened: Ledger, *, began: datetime) -> int:
    """Everything received until `began`, but for a margin, is safe; how many marks moved."""
    entry, table = ledger.entry.c, ledger.journal
    journal = table.c
    with opened.writing() as connection:
        later = {
            (row.workstation, row.incarnation): row.first
            for row in connection.execute(
                sa.select(
                    entry.workstation, entry.incarnation, sa.func.min(entry.position).label("first")
                )
                .where(entry.received_at > began - MARGIN)
                .group_by(entry.workstation, entry.incarnation)
            )
        }
        moved = 0
        for row in connection.execute(sa.select(table)).all():
            key = (row.workstation, row.incarnation)
            safe = later.get(key, row.held + 1) - 1
            if safe <= row.backed_up:
                continue
            connection.execute(
                sa.update(table)
                .where(
                    journal.workstation == row.workstation, journal.incarnation == row.incarnation
                )
                .values(backed_up=safe)
            )
            moved += 1
    return moved


def erase(given: argparse.Namespace) -> None:
    if given.past:
        _show_past(given)
        return
    if not given.before or not given.reason or not (given.kinds or given.evidence):
        raise Refused(
            "Say --before DAY, --kind KIND (once or more) or --evidence, and --reason TEXT."
        )
    unknown = [kind for kind in given.kinds or () if kind not in KINDS]
    if unknown:
        raise Refused(f"There is no kind {unknown[0]!r}: {', '.join(KINDS)}.")
    with _opened(given) as opened:
        erased: Counter[str] = Counter()
        if given.kinds:
            kinds = {*given.kinds, *_opening(given.kinds)}
            erased = erase_before(opened, given.before, sorted(kinds), reason=given.reason)
        if given.evidence:
            gone = erase_evidence_before(opened, given.before, reason=given.reason)
            print(f"{gone} requests kept as evidence erased; their alarms stay.")
        kept = _evidence_before(opened, given.before)
    for kind, count in sorted(erased.items()):
        print(f"{count} of kind {kind} erased; their places in the journals stay.")
    if given.kinds and not erased:
        print("Nothing of that kind was left from before that day.")
    if kept:
        tell(
            f"{kept} requests from before that day are kept as evidence of alarms, with all that"
            " they said: --evidence erases them too."
        )


def erase_evidence_before(opened: Ledger, day: date, *, reason: str) -> int:
    """Empty the raw requests that came before a day (UTC) and are kept as evidence; how many."""
    evidence = ledger.evidence
    number = _note(opened, f"before={day} evidence", reason)
    with opened.writing() as connection:
        gone = connection.execute(
            sa.update(evidence).where(*_kept_before(day)).values(request=b"")
        ).rowcount
    _count(opened, number, gone)
    return gone


def erase_before(opened: Ledger, day: date, kinds: Sequence[str], *, reason: str) -> Counter[str]:
    """Erase body and salt of what happened before a day (the post's own), also in branches and
    where it came ahead of a journal.
    """
    said = f"before={day} kind={','.join(sorted(kinds))}"
    number = _note(opened, said, reason)
    erased: Counter[str] = Counter()
    for table in (ledger.entry, ledger.fork, ledger.preview):
        keys = [column for column in table.primary_key.columns]
        after: tuple[object, ...] | None = None
        while True:
            with opened.writing() as connection:
                found = sa.select(table).where(table.c.body.is_not(None)).order_by(*keys)
                if "kind" in table.c:
                    found = found.where(table.c.kind.in_(kinds))
                if after is not None:
                    found = found.where(sa.tuple_(*keys) > sa.tuple_(*after))
                rows = connection.execute(found.limit(_AT_ONCE)).all()
                for row in rows:
                    kind = _due(bytes(row.body), day, kinds)
                    if kind is None:
                        continue
                    connection.execute(
                        sa.update(table)
                        .where(*(column == getattr(row, column.name) for column in keys))
                        .values(body=None, salt=None)
                    )
                    if table is ledger.entry:
                        attachments.forget(
                            connection,
                            workstation=row.workstation,
                            incarnation=row.incarnation,
                            position=row.position,
                        )
                    erased[kind] += 1
            if len(rows) < _AT_ONCE:
                break
            after = tuple(getattr(rows[-1], column.name) for column in keys)
    if word_of(BorderCheck) in kinds:
        with opened.writing() as connection:
            crossings.erase_before(connection, day)
    _count(opened, number, erased.total())
    return erased


def reread(given: argparse.Namespace) -> None:
    with _opened(given) as opened:
        say_reread(opened)


def say_reread(opened: Ledger) -> None:
    read, left = read_again(opened)
    if read or left:
        print(f"{read} entries in quarantine are understood now, {left} are not.")
    else:
        print("Nothing is in quarantine.")


def read_again(opened: Ledger) -> tuple[int, int]:
    """Try what is in quarantine once more; how many entries were read, how many stay there."""
    quarantine, entry = ledger.quarantine, ledger.entry
    with opened.writing() as connection:
        rows = connection.execute(
            sa.select(entry, quarantine.c.reason).join_from(
                quarantine,
                entry,
                (quarantine.c.workstation == entry.c.workstation)
                & (quarantine.c.incarnation == entry.c.incarnation)
                & (quarantine.c.position == entry.c.position),
            )
        ).all()
        read = sum(journals.read_again(connection, row) for row in rows)
    return read, len(rows) - read


def _opening(kinds: Sequence[str]) -> list[str]:
    """What opens a record goes with it."""
    return [word_of(Grant)] if word_of(Interview) in kinds else []


def _due(body: bytes, day: date, kinds: Sequence[str]) -> str | None:
    """The record's kind if it may go. What cannot be read stays: nobody knows what it is."""
    try:
        read = bodies.decode(body)
    except (bodies.Unreadable, RecursionError):
        return None
    return read.kind if read.kind in kinds and read.happened_at.date() < day else None


def _evidence_before(opened: Ledger, day: date) -> int:
    counted = sa.select(sa.func.count()).select_from(ledger.evidence).where(*_kept_before(day))
    with opened.reading() as connection:
        return connection.scalar(counted) or 0


def _kept_before(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    evidence = ledger.evidence.c
    return evidence.received_at < datetime.combine(day, time(), _UTC), evidence.request != b""


def _note(opened: Ledger, what: str, reason: str) -> int:
    table = ledger.erasure
    with opened.writing() as connection:
        number = (connection.scalar(sa.select(sa.func.max(table.c.number))) or 0) + 1
        connection.execute(
            sa.insert(table).values(number=number, at=now(), reason=reason, what=what, entries=0)
        )
    return number


def _count(opened: Ledger, number: int, entries: int) -> None:
    table = ledger.erasure
    with opened.writing() as connection:
        connection.execute(sa.update(table).where(table.c.number == number).values(entries=entries))


def _show_past(given: argparse.Namespace) -> None:
    table = ledger.erasure
    with _opened(given) as opened, opened.reading() as connection:
        past = connection.execute(sa.select(table).order_by(table.c.number)).all()
    for each in past:
        print(f"{each.at:%Y-%m-%d %H:%M} UTC  {each.what}, {each.entries} ({each.reason})")
    if not past:
        print("Nothing was erased yet.")


@contextmanager
def _opened(given: argparse.Namespace) -> Iterator[Ledger]:
    opened = Ledger(CentreFolder(given.data).database)
    try:
        opened.check()
        yield opened
    finally:
        opened.close()


def _describe_backed_up(commands: "argparse._SubParsersAction[Parser]") -> None:
    what = "Say that a backup of the database is complete, verified and away from here."
    parser = commands.add_parser(
        "backed-up",
        help=what,
        description=what,
        epilog="For the job that makes the backups, after it has proved that one can be restored."
        " Workstations erase old records of their own only below this mark.",
    )
    add_data(parser)
    parser.set_defaults(command=backed_up)
    parser.add_argument(
        "--began",
        type=_moment,
        required=True,
        metavar="2026-11-24T02:00",
        help="when that backup was begun, UTC unless an offset is said",
    )


def _describe_erase(commands: "argparse._SubParsersAction[Parser]") -> None:
    what = "Erase what records of some kinds said, once the law's time for them is over."
    parser = commands.add_parser(
        "erase",
        help=what,
        description=what,
        epilog="The place, hash and signatures of an erased entry stay, so that every journal still"
        " verifies. It is written down that it was done; `erase --past` shows it. PostgreSQL gives"
        " up the bytes at its next VACUUM FULL, and backups keep them until they are replaced:"
        " after `restored`, erase once more.",
    )
    add_data(parser)
    parser.set_defaults(command=erase)
    parser.add_argument("--before", type=_day, metavar="2023-11-24", help="the post's own day")
    parser.add_argument(
        "--kind", dest="kinds", action="append", metavar="KIND", help="check, hit, interview, ..."
    )
    parser.add_argument(
        "--evidence",
        action="store_true",
        help="also the raw requests that were received before that day (UTC) and are kept as"
        " evidence of alarms: first make sure that nobody needs them any more",
    )
    parser.add_argument("--reason", metavar="TEXT", help="by which rule")
    parser.add_argument("--past", action="store_true", help="show what was erased, erase nothing")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment like 2026-11-24T02:00") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2026-11-30") from None
