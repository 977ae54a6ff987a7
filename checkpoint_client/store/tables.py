"""The tables for reading, built from journals by one function, and so built again at any time.

Own and foreign journals go the same way, and in whatever order their entries come, the same tables
come of it. Nothing else writes these tables.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, cast, get_args

import msgspec
from anyascii import anyascii
from sqlite_utils import Database

from checkpoint_client.journal.body import Body, Unreadable, decode, from_json, to_json, unpack
from checkpoint_client.journal.entry import Entry
from checkpoint_client.records import (
    KINDS,
    VERSION,
    Amendment,
    BorderCheck,
    Change,
    Hit,
    Outcome,
    Person,
    Record,
    Referral,
    Review,
    Withdrawal,
    codes,
    word_of,
)
from checkpoint_client.records.adjudication import HitStep, Step, progress_of
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.store import attachments

DERIVED = ("search", "documents", "national_numbers", "hits", "checks", "records", "attachments")
"""Every table that is built here, children before parents."""

EDITION = 4
"""Raised whenever this module builds something else out of the same journals."""

_NOT_LETTERS = re.compile(r"[^A-Z]+")
_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]+")


def apply(db: Database, origin: int, workstation: str, entry: Entry) -> bool:
    """Put one entry into the tables. Call inside the transaction that appends it.

    An entry of a kind or version unknown here stays in the journal and out of the tables, and the
    answer is False: a later program may read it.
    """
    if entry.body is None:
        return True
    try:
        body = decode(entry.body)
        attachments.put_in_tables(db, origin, entry, body)
        record = unpack(body)
    except Unreadable:
        return False
    if _is_known(db, body.id):
        _move(db, origin, workstation, entry, body)
    else:
        _add(db, origin, workstation, entry, body, record)
    return True


def knowledge() -> int:
    """A number for all kinds and codes that this program can read: another program has another."""
    known = [f"version {VERSION}", *sorted(KINDS)]
    for name, value in sorted(vars(codes).items()):
        if isinstance(value, type) and issubclass(value, StrEnum):
            known.append(f"{name} {sorted(value)}")
    return int.from_bytes(sha256("\n".join(known).encode()).digest()[:6], "big")


def empty(db: Database) -> None:
    """Empty every table that `apply` fills. Call inside a transaction."""
    for table in DERIVED:
        db.execute(f"delete from {table}")  # noqa: S608  our own names


def rows(db: Database) -> Iterator[tuple[object, ...]]:
    """Every row of every table built here, in a fixed order, to compare two buildings."""
    for table in reversed(DERIVED):
        order = "id, words" if table == "search" else "1, 2"
        yield (table,)
        yield from db.execute(f"select * from {table} order by {order}")  # noqa: S608


def current(record: Record, amendments: Iterable[Amendment]) -> Record:
    """The record as it reads with its amendments, in their order."""
    for amendment in amendments:
        with suppress(Unreadable):  # a field that this version does not know stays as it was
            record = with_changes(record, amendment.changes)
    return record


def with_changes(record: Record, changes: Iterable[Change]) -> Record:
    """The record with fields replaced; raises `Unreadable` if it would be none any more."""
    plain = msgspec.json.decode(to_json(record))
    try:
        for change in changes:
            _put(plain, change.field, change.after)
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(str(error)) from None
    return from_json(type(record), msgspec.json.encode(plain))


def text_of(record: Record, field: str) -> str:
    """A field of a record (dotted path) as the text that a `Change` carries."""
    value: Any = msgspec.json.decode(to_json(record))
    for part in field.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return "" if value is None else str(value)


def person_key(person: Person) -> str:
    """What two crossings of one person share here: names in Latin letters and the birth date.

    Empty where the names hold no letter. Only for "known here"; who is on a watch-list is a
    question for the watch-list.
    """
    names = _latin(f"{person.primary_identifier} {person.secondary_identifier}")
    return f"{' '.join(names)}|{person.birth_date}" if names else ""


def number_key(number: str) -> str:
    """A document number or plate as it is compared: letters and digits alone, in Latin."""
    return _NOT_ALPHANUMERIC.sub("", anyascii(number).upper())


def steps_of(db: Database, hit_id: str) -> list[Step]:
    """Whatever followed a hit, from every journal here."""
    found = db.execute(
        "select id, happened_at, officer, kind, record from records"  # noqa: S608  our own words
        f" where target = ? and kind in ({_STEPS})",
        [hit_id],
    )
    return [
        Step(
            id=id,
            at=datetime.fromisoformat(happened_at),
            officer=officer or "",
            record=cast(HitStep, from_json(KINDS[kind], record.encode())),
        )
        for id, happened_at, officer, kind, record in found.fetchall()
    ]


def _add(
    db: Database, origin: int, workstation: str, entry: Entry, body: Body, record: Record
) -> None:
    _insert_record(db, origin, entry, body, record)
    if isinstance(record, BorderCheck):
        _insert_check(db, workstation, body, record)
    elif isinstance(record, Hit):
        _follow_hit(db, body.id)
    else:
        _follow(db, record)


def _is_known(db: Database, id: str) -> bool:
    return db.execute("select 1 from records where id = ?", [id]).fetchone() is not None


def _move(db: Database, origin: int, workstation: str, entry: Entry, body: Body) -> None:
    """The same record once more, where its journal goes on in another: it is shown once.

    Somebody else's entry under a known id stays in his journal and out of the tables.
    """
    moved = db.execute(
        "update records set origin = ?, position = ? where id = ? and leaf = ?"
        " and exists (select 1 from origins this, origins before"
        " where this.id = ? and before.id = records.origin and (this.follows = before.id or"
        " this.workstation = before.workstation and this.incarnation > before.incarnation))",
        [origin, entry.position, body.id, entry.leaf.hex(), origin],
    )
    if moved.rowcount:
        db.execute("update checks set origin = ? where id = ?", [workstation, body.id])


def _follow(db: Database, record: Record) -> None:
    """Bring what a record is about to where it has brought it."""
    if isinstance(record, Withdrawal | Referral | Outcome):
        _follow_check(db, record.check_id)
    elif isinstance(record, Review):
        _follow_check(db, record.target_id)
    elif isinstance(record, Amendment):
        _amend_check(db, record.target_id)
    if isinstance(record, HitStep):
        _follow_hit(db, _target_of(record) or "")


def _insert_record(db: Database, origin: int, entry: Entry, body: Body, record: Record) -> None:
    db.execute(
        "insert into records values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            body.id,
            origin,
            entry.position,
            body.kind,
            entry.leaf.hex(),
            _target_of(record),
            utc_text(body.happened_at),
            body.happened_at.isoformat(timespec="milliseconds"),
            body.recorded_at.isoformat(timespec="milliseconds"),
            body.officer,
            body.shift,
            bytes(body.record).decode(),
        ],
    )


def _insert_check(db: Database, workstation: str, body: Body, check: BorderCheck) -> None:
    db.execute(
        "insert into checks (id, origin, at, happened_at, direction, decision, name, person_key,"
        " birth_date, nationality, document, plate, officer, register_reference)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            body.id,
            workstation,
            utc_text(body.happened_at),
            body.happened_at.isoformat(timespec="milliseconds"),
            check.direction.value,
            check.decision.value,
            *_columns(check),
            body.officer,
            check.register_reference or None,
        ],
    )
    _insert_documents(db, body.id, check)
    _insert_words(db, body.id, check)
    if db.execute("select 1 from records where target = ? limit 1", [body.id]).fetchone():
        _amend_check(db, body.id)
        _follow_check(db, body.id)


def _follow_check(db: Database, check_id: str) -> None:
    """Put a check where later entries have brought it; they may have come before the check."""
    last = "order by r.at desc, o.workstation desc, o.incarnation desc, r.position desc limit 1"
    db.execute(
        "update checks set"  # noqa: S608  our own words
        " withdrawn = exists (select 1 from records where target = :id and kind = 'withdrawal'),"
        " reviewed = coalesce((select r.record ->> '$.verdict'"
        " from records r join origins o on o.id = r.origin"
        f" where r.target = :id and r.kind = 'review' {last}), ''),"
        " outcome = coalesce((select r.record ->> '$.decision'"
        " from records r join origins o on o.id = r.origin"
        " where r.kind = 'outcome' and r.record ->> '$.check_id' = :id and r.target in"
        f" (select id from records where target = :id and kind = 'referral') {last}), '')"
        " where id = :id",
        {"id": check_id},
    )


def _amend_check(db: Database, check_id: str) -> None:
    row = db.execute("select record from records where id = ? and kind = 'check'", [check_id])
    found = row.fetchone()
    if not found:
        return
    amendments = amendments_of(db, check_id)
    if not amendments:
        return
    check = current(from_json(BorderCheck, found[0].encode()), amendments)
    assert isinstance(check, BorderCheck)  # noqa: S101  amending keeps the class
    db.execute(
        "update checks set name = ?, person_key = ?, birth_date = ?, nationality = ?,"
        " document = ?, plate = ?, direction = ?, amended = ? where id = ?",
        [*_columns(check), check.direction.value, len(amendments), check_id],
    )
    db.execute("delete from documents where check_id = ?", [check_id])
    db.execute("delete from national_numbers where check_id = ?", [check_id])
    db.execute("delete from search where id = ?", [check_id])
    _insert_documents(db, check_id, check)
    _insert_words(db, check_id, check)


def _follow_hit(db: Database, hit_id: str) -> None:
    """Put a hit where its entries have brought it; they may have come before the hit itself."""
    found = db.execute("select record, at from records where id = ? and kind = 'hit'", [hit_id])
    row = found.fetchone()
    if not row:
        return
    hit = from_json(Hit, row[0].encode())
    progress = progress_of(steps_of(db, hit_id))
    db.execute(
        "insert or replace into hits values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            hit_id,
            hit.check_id,
            hit.list_id,
            hit.alert_id,
            hit.visibility,
            hit.level,
            hit.origin.value,
            row[1],
            progress.state.value,
            progress.verdict.value if progress.verdict else "",
            msgspec.json.encode(progress.judges).decode(),
            utc_text(progress.confirmed_at) if progress.confirmed_at else "",
            int(progress.is_alone),
            int(progress.is_reported),
            int(progress.is_withdrawn),
        ],
    )


def amendments_of(db: Database, target: str) -> list[Amendment]:
    """All amendments of a record, oldest first."""
    found = db.execute(
        "select r.record from records r join origins o on o.id = r.origin"
        " where r.target = ? and r.kind = 'amendment'"
        " order by r.at, o.workstation, o.incarnation, r.position",
        [target],
    )
    return [from_json(Amendment, row[0].encode()) for row in found.fetchall()]


def _columns(check: BorderCheck) -> list[str]:
    person = check.person
    return [
        " ".join(filter(None, (person.primary_identifier, person.secondary_identifier))),
        person_key(person),
        str(person.birth_date),
        " ".join(person.nationality),
        check.documents[0].number if check.documents else "",
        check.vehicle.plate if check.vehicle else "",
    ]


def _insert_documents(db: Database, check_id: str, check: BorderCheck) -> None:
    for place, document in enumerate(check.documents):
        db.execute(
            "insert into documents values (?, ?, ?, ?)",
            [check_id, place, document.issuing_state, number_key(document.number)],
        )
    for number in {number_key(each) for each in check.person.national_numbers} - {""}:
        db.execute("insert into national_numbers values (?, ?)", [check_id, number])


def _insert_words(db: Database, check_id: str, check: BorderCheck) -> None:
    words = " ".join(_words(check))
    db.execute("insert into search (id, words) values (?, ?)", [check_id, words])


def _words(check: BorderCheck) -> Iterator[str]:
    person = check.person
    names = f"{person.primary_identifier} {person.secondary_identifier} {person.patronymic}"
    yield names
    yield " ".join(_latin(f"{names} {person.name_native}"))
    yield person.name_native
    yield from person.national_numbers
    yield from person.nationality
    yield _on_screen(person.birth_date)
    for document in check.documents:
        yield document.number
        yield number_key(document.number)
    if check.vehicle:
        yield check.vehicle.plate
        yield number_key(check.vehicle.plate)
    yield check.destination
    yield check.companions
    yield check.remarks


def _target_of(record: Record) -> str | None:
    for name in ("target_id", "hit_id", "referral_id", "check_id"):
        if hasattr(record, name):
            return str(getattr(record, name))
    return None


def _put(plain: Any, field: str, text: str) -> None:
    *path, last = field.split(".")
    for part in path:
        plain = plain[int(part)] if isinstance(plain, list) else plain[part]
    if isinstance(plain, list):
        plain[int(last)] = text
    elif last in _OPTIONAL:
        plain[last] = text or None
    else:
        plain[last] = text


def _latin(names: str) -> list[str]:
    return [part for part in _NOT_LETTERS.split(anyascii(names).upper()) if part]


def _on_screen(day: PartialDate) -> str:
    return day.on_screen().replace(".", "")


def utc_text(moment: datetime) -> str:
    """A time that sorts as text: UTC to the millisecond."""
    return (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}"
    )


_OPTIONAL = frozenset({"purpose", "entry_basis", "no_document_reason"})
"""Fields of a check that hold a code or nothing."""

_STEPS = ", ".join(f"'{word_of(kind)}'" for kind in get_args(HitStep))
