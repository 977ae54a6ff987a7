"""The encrypted store: one transaction, nothing lost, every tampering noticed, plain sentences."""

import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlcipher

from checkpoint_client.journal import body as bodies
from checkpoint_client.journal.chain import Broken, extend, start
from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import Entry, Origin
from checkpoint_client.records import (
    Amendment,
    BorderCheck,
    Change,
    Document,
    Outcome,
    Person,
    Record,
    Referral,
    Review,
    SessionEvent,
    Vehicle,
    Withdrawal,
    WorkstationEvent,
)
from checkpoint_client.records.codes import (
    AmendReason,
    Decision,
    Direction,
    DocumentClass,
    DocumentSource,
    OutcomeDecision,
    ReferralReason,
    Role,
    SessionStep,
    TransportMode,
    Verdict,
    WorkstationStep,
)
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.store import RECEIVED, Author, Proof, Store, TablesDiffer, Unusable, tables
from checkpoint_client.store.engine import (
    DiskFailed,
    DiskFull,
    FileError,
    InUse,
    NewerFile,
    NotEncrypted,
    OutOfReach,
    WrongKey,
    connect,
)
from checkpoint_client.store.log import LogQuery, Order, Show, Sorting
from checkpoint_client.store.reference import Reference
from tests.post import NOON, SetClock, entries_of

KEY = bytes(range(48))
ORIGIN = Origin("utopia", "osh-01", 1)
WORKSTATION = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OFFICER = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
AUTHOR = Author(officer="O-1842", shift="OSH-01/2026-11-24", sign=OFFICER.sign)
KEYS = {"O-1842": {OFFICER.public_key().public_bytes_raw()}}
STARTED = WorkstationEvent(step=WorkstationStep.STARTED, details={})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def store(path: Path, clock: SetClock) -> Iterator[Store]:
    with closing(opened(path, clock)) as store:
        yield store


def opened(path: Path, clock: Callable[[], datetime] = lambda: NOON, key: bytes = KEY) -> Store:
    return Store(
        path,
        bytearray(key),
        origin=ORIGIN,
        public=WORKSTATION.public_key().public_bytes_raw(),
        sign=WORKSTATION.sign,
        clock=Clock(clock),
    )


def a_check(**changes: Any) -> BorderCheck:
    check = BorderCheck(
        direction=Direction.ENTRY,
        transport=TransportMode.ROAD,
        post="OSH-01",
        person=Person(
            primary_identifier="ЮСУПОВ",
            secondary_identifier="Тимур",
            birth_date=PartialDate(1984, 3, 5),
            nationality=("UZB",),
        ),
        decision=Decision.ADMITTED,
        documents=(
            Document(
                document_class=DocumentClass.PASSPORT,
                issuing_state="UZB",
                number="AB 123-4567",
                source=DocumentSource.KEYBOARD,
            ),
        ),
        vehicle=Vehicle(plate="01 A 777 BC"),
    )
    return replace(check, **changes)


def named(name: str, **changes: Any) -> BorderCheck:
    return a_check(person=Person(primary_identifier=name), documents=(), vehicle=None, **changes)


@contextmanager
def raw(path: Path) -> Iterator[sqlcipher.Connection]:
    """The file as somebody sees it who has the key and does not use our program."""
    with closing(connect(path, bytearray(KEY))) as db:
        yield db.conn
        db.conn.commit()


def found(store: Store, text: str) -> list[str]:
    return [row.name for row in store.search(LogQuery(text=text)).rows]


def names(store: Store, **query: Any) -> list[str]:
    return [row.name for row in store.search(LogQuery(**query)).rows]


# opening


def test_sqlite_utils_must_not_come_before_the_encrypted_engine() -> None:
    program = "import sqlite_utils\nimport checkpoint_client.store"

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert ended.returncode != 0
    assert "import checkpoint_client.store before sqlite_utils" in ended.stderr


def test_a_plain_sqlite_file_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("create table notes (words text)")
    before = path.read_bytes()

    with pytest.raises(NotEncrypted, match=r"records\.db is not encrypted.*call your IT staff"):
        opened(path)

    assert path.read_bytes() == before


def test_a_wrong_key_opens_nothing_and_changes_nothing(path: Path, store: Store) -> None:
    store.append(a_check())
    store.close()
    before = path.read_bytes()

    with pytest.raises(WrongKey, match="Nothing was changed"):
        opened(path, key=bytes(48))

    assert path.read_bytes() == before


def test_a_file_of_a_newer_version_is_refused(path: Path, store: Store) -> None:
    store.close()
    with raw(path) as connection:
        connection.execute("pragma user_version = 99")

    with pytest.raises(NewerFile, match=r"newer version of this program\. Install that version"):
        opened(path)


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutOfReach, match="see that its folder is there"):
        opened(tmp_path / "nowhere" / "records.db")


def test_only_this_account_may_read_the_files(path: Path, store: Store) -> None:
    store.append(STARTED)

    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}


def test_a_key_of_another_length_is_a_mistake_of_ours(path: Path) -> None:
    with pytest.raises(ValueError, match="48 bytes"):
        opened(path, key=bytes(32))


def test_settings_of_the_file_are_those_that_survive_a_power_cut(path: Path, store: Store) -> None:
    store.append(STARTED)

    with closing(connect(path, bytearray(KEY))) as db:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert {name: db.execute(f"pragma {name}").fetchone()[0] for name in wanted} == wanted


# appending


def test_what_was_appended_is_there_after_opening_again(path: Path, store: Store) -> None:
    kept = store.append(a_check(), author=AUTHOR)
    store.close()

    with closing(opened(path)) as again:
        assert again.kept(kept.id) == kept
        assert again.tip().position == 1


def test_a_record_knows_when_it_happened_and_when_it_was_recorded(store: Store) -> None:
    kept = store.append(a_check(), author=AUTHOR, happened_at=NOON - timedelta(hours=3))

    assert (kept.recorded_at, kept.happened_at) == (NOON, NOON - timedelta(hours=3))
    assert kept.happened_at.utcoffset() == timedelta(hours=5)


def test_several_records_together_are_kept_or_none(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        append_and_fail(store, a_check(), Withdrawal(check_id="x"))

    assert store.tip().position == 0
    assert store.search(LogQuery()).total == 0


def test_after_a_transaction_that_failed_the_chain_goes_on(store: Store) -> None:
    store.append(STARTED)
    with pytest.raises(ZeroDivisionError):
        append_and_fail(store, a_check())
    store.append(a_check())

    assert store.verify({}) == Proof(journals=1, entries=2)


def test_a_failure_inside_that_is_caught_leaves_the_rest_of_the_transaction(store: Store) -> None:
    with store.together():
        store.append(named("FIRST"))
        with pytest.raises(ZeroDivisionError):
            append_and_fail(store, named("SECOND"))
        store.append(named("THIRD"))

    assert sorted(names(store)) == ["FIRST", "THIRD"]
    assert store.verify({}).entries == 2


def append_and_fail(store: Store, *records: Record) -> None:
    with store.together():
        for record in records:
            store.append(record)
        raise ZeroDivisionError


def test_two_programs_may_write_into_one_journal(path: Path, store: Store) -> None:
    with closing(opened(path)) as other:
        for number in range(3):
            store.append(named(f"WINDOW {number}"))
            other.append(named(f"IMPORT {number}"))

        assert store.tip() == other.tip()
        assert store.verify({}).entries == 6


def test_a_program_that_writes_for_long_is_one_sentence_to_the_other(
    path: Path, store: Store
) -> None:
    with closing(opened(path)) as other, other.together():
        other.append(named("FIRST"))
        store_connection(store).execute("pragma busy_timeout = 0")

        with pytest.raises(InUse, match="try again"):
            store.append(named("SECOND"))


def store_connection(store: Store) -> Any:
    """For settings of its connection that only a test changes."""
    return store._db


def test_an_entry_never_refers_to_time_alone(store: Store, clock: SetClock) -> None:
    first = store.append(named("FIRST"))
    clock.forward(hours=-5)
    second = store.append(named("SECOND"))

    assert second.position == first.position + 1
    assert store.verify({}).entries == 2


# a full disk


def test_a_full_disk_is_one_sentence_and_loses_nothing(store: Store) -> None:
    kept = store.append(a_check())
    [[pages]] = store_connection(store).execute("pragma page_count").fetchall()
    store_connection(store).execute(f"pragma max_page_count = {pages}")

    with pytest.raises(DiskFull, match=r"The disk is full.*What was shown as recorded is safe"):
        fill(store)
    store_connection(store).execute("pragma max_page_count = 1000000")

    assert store.kept(kept.id) == kept
    store.append(named("AFTER"))
    assert store.verify({}).entries == store.tip().position


def test_a_disk_that_takes_no_more_is_one_sentence_and_loses_nothing(
    path: Path, store: Store
) -> None:
    kept = store.append(a_check())
    with largest_file(path.with_name("records.db-wal").stat().st_size + 20_000):
        with pytest.raises(DiskFailed, match="nothing was recorded"):
            fill(store)
        store.close()

    with closing(opened(path)) as again:
        assert again.kept(kept.id) == kept
        again.append(named("AFTER"))
        assert again.verify({}).entries == again.tip().position


def fill(store: Store) -> None:
    for _ in range(1_000):
        store.append(named("A" * 2_000))


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# guard-rails and proofs


@pytest.mark.parametrize(
    "statement",
    [
        "delete from entries where position = 1",
        "update entries set body = x'00' where position = 1",
        "update entries set head = x'00' where position = 1",
        "insert into entries select origin, 9, algorithm, salt, body, leaf, signatures, head,"
        " signature from entries where position = 1",
        "insert or replace into entries select origin, 1, algorithm, salt, x'00', leaf, signatures,"
        " head, signature from entries where position = 1",
    ],
)
def test_our_own_mistakes_cannot_change_the_journal(
    path: Path, store: Store, statement: str
) -> None:
    store.append(a_check())

    with raw(path) as connection, pytest.raises(FileError, match="an entry "):
        connection.execute(statement)


def test_a_body_may_be_erased_and_the_journal_still_holds(path: Path, store: Store) -> None:
    store.append(a_check())
    store.append(a_check())
    with raw(path) as connection:
        connection.execute("update entries set body = null, salt = null where position = 1")
    store.rebuild()

    assert store.verify({}).entries == 2
    assert store.search(LogQuery()).total == 1


def test_everything_that_was_proved_is_counted(store: Store) -> None:
    refusal = a_check(decision=Decision.REFUSED)
    began = store.append(session(SessionStep.SIGNED_IN), author=AUTHOR)
    store.append(refusal, author=AUTHOR)
    tip = store.tip()
    signature = OFFICER.sign(store.origin.session_message(began.position, tip.position, tip.head))
    store.append(
        session(
            SessionStep.SIGNED_OUT, first=began.position, last=tip.position, signature=signature
        ),
        author=AUTHOR,
    )

    assert store.verify(store.session_keys()) == Proof(journals=1, entries=3, acts=1, sessions=1)


def session(
    step: SessionStep, *, first: int = 0, last: int = 0, signature: bytes = b""
) -> SessionEvent:
    return SessionEvent(
        step=step,
        role=Role.OFFICER,
        first=first,
        last=last,
        signature=signature.hex(),
        key=OFFICER.public_key().public_bytes_raw().hex(),
    )


def test_an_officer_with_a_new_slot_leaves_his_earlier_signatures_good(store: Store) -> None:
    again = Ed25519PrivateKey.generate()
    store.append(session(SessionStep.SIGNED_IN), author=AUTHOR)
    store.append(a_check(decision=Decision.REFUSED), author=AUTHOR)
    new_key = replace(
        session(SessionStep.SIGNED_IN), key=again.public_key().public_bytes_raw().hex()
    )
    author = replace(AUTHOR, sign=again.sign)
    store.append(new_key, author=author)
    store.append(a_check(decision=Decision.REFUSED), author=author)

    assert store.verify(store.session_keys()).acts == 2


TAMPERINGS = {
    "body": "update entries set body = cast(replace(cast(body as text), 'ADMITTED', 'REFERRED')"
    " as blob) where position = 2",
    "head": "update entries set leaf = (select leaf from entries where position = 1),"
    " body = null, salt = null where position = 2",
    "workstation-signature": "update entries set signature = x'00' where position = 2",
    "position": "delete from entries where position = 2",
    "officer-signature": "update entries set signatures = '[]' where position = 3",
}


@pytest.mark.parametrize("reason", TAMPERINGS)
def test_a_tampered_entry_is_found(path: Path, store: Store, reason: str) -> None:
    store.append(a_check())
    store.append(a_check())
    store.append(a_check(decision=Decision.REFUSED), author=AUTHOR)
    store.append(a_check())
    tamper(path, TAMPERINGS[reason])

    with pytest.raises(Broken) as broken:
        store.verify(KEYS)

    expected = {"position": ("position", 3), "officer-signature": ("head", 3)}
    assert (broken.value.reason, broken.value.position) == expected.get(reason, (reason, 2))


def tamper(path: Path, statement: str) -> None:
    """What somebody with the key does: first away with the guards."""
    with raw(path) as connection:
        for guard in ("entries_follow", "entries_stay", "entries_keep"):
            connection.execute(f"drop trigger {guard}")
        connection.execute(statement)


def test_an_act_that_another_officer_signed_is_found(store: Store) -> None:
    other = Ed25519PrivateKey.generate()
    store.append(a_check(decision=Decision.REFUSED), author=replace(AUTHOR, sign=other.sign))

    with pytest.raises(Broken, match="officer-signature"):
        store.verify(KEYS)


def test_an_act_of_weight_that_nobody_signed_is_found(store: Store) -> None:
    store.append(a_check(decision=Decision.REFUSED))

    with pytest.raises(Broken, match="officer-signature"):
        store.verify(KEYS)


def test_a_session_signed_over_another_range_is_found(store: Store) -> None:
    store.append(session(SessionStep.SIGNED_IN), author=AUTHOR)
    tip = store.tip()
    signature = OFFICER.sign(store.origin.session_message(1, 9, tip.head))
    store.append(
        session(SessionStep.SIGNED_OUT, first=1, last=1, signature=signature), author=AUTHOR
    )

    with pytest.raises(Broken, match="session-signature"):
        store.verify(KEYS)


def test_a_session_signature_that_is_no_signature_is_found(store: Store) -> None:
    event = replace(session(SessionStep.SIGNED_OUT), signature="not hexadecimal", key="neither")
    store.append(event, author=AUTHOR)

    with pytest.raises(Broken, match="session-signature"):
        store.verify(store.session_keys())


@pytest.mark.parametrize(
    "statement",
    [
        "update checks set decision = 'REFUSED'",
        "update checks set withdrawn = 1",
        "update records set officer = 'O-9999'",
        "delete from documents",
        "update search set words = 'SOMEBODY ELSE'",
        "delete from search",
    ],
)
def test_tables_that_say_something_else_are_found_and_can_be_rebuilt(
    path: Path, store: Store, statement: str
) -> None:
    store.append(a_check(), author=AUTHOR)
    with raw(path) as connection:
        connection.execute(statement)

    with pytest.raises(TablesDiffer):
        store.verify({})
    assert store.rebuild() == 1
    assert store.verify({}).entries == 1


def test_proving_changes_nothing(path: Path, store: Store) -> None:
    store.append(a_check(), author=AUTHOR)
    with raw(path) as connection:
        connection.execute("update checks set decision = 'REFUSED'")
    with pytest.raises(TablesDiffer):
        store.verify({})

    assert names(store, decision=Decision.REFUSED) == ["ЮСУПОВ Тимур"]


def test_tables_built_step_by_step_are_those_built_at_once(store: Store, clock: SetClock) -> None:
    check = store.append(a_check(decision=Decision.REFERRED), author=AUTHOR)
    referral = store.append(Referral(check_id=check.id, reason=ReferralReason.STAY_DOUBT))
    store.append(
        Outcome(referral_id=referral.id, check_id=check.id, decision=OutcomeDecision.ADMIT)
    )
    for after in ("05", "06"):
        clock.forward(seconds=1)
        store.append(amendment(check.id, "person.birth_date", f"1984-03-{after}"))
    store.append(Review(target_id=check.id, verdict=Verdict.COUNTERSIGNED, seen=()), author=AUTHOR)
    store.append(Withdrawal(check_id=store.append(named("SLIP"), author=AUTHOR).id))

    assert store.verify(KEYS).entries == 8


def amendment(target: str, field: str, after: str) -> Amendment:
    return Amendment(
        target_id=target,
        reason=AmendReason.TYPING_ERROR,
        note="",
        changes=(Change(field=field, before="", after=after),),
    )


def test_a_record_of_a_later_version_stays_in_the_journal_and_out_of_the_tables(
    path: Path, store: Store
) -> None:
    store.append(a_check())
    entry = from_the_future(store)
    put_in(path, entry)

    assert store.verify({}).entries == 2
    assert store.search(LogQuery()).total == 1
    assert entries_of(store)[-1] == entry
    store.append(a_check())
    assert store.verify({}).entries == 3


def from_the_future(store: Store) -> Entry:
    body = replace(bodies.decode(entries_of(store)[0].body or b""), id="later", kind="dream")
    return extend(
        ORIGIN,
        store.tip(),
        body=bodies.encode(body),
        salt=bytes(16),
        signatures=(),
        sign=WORKSTATION.sign,
    )


def put_in(path: Path, entry: Entry) -> None:
    row = (1, entry.position, entry.algorithm, entry.salt, entry.body, entry.leaf, "[]", entry.head)
    with raw(path) as connection:
        connection.execute(
            "insert into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, entry.signature)
        )


# amendments


def test_amendments_read_in_the_order_they_were_made(store: Store) -> None:
    kept = store.append(a_check())
    for after in ("1984-03-06", "1984-03-07"):  # within one millisecond, as the clock stands
        store.append(amendment(kept.id, "person.birth_date", after))

    assert store.current(kept).person.birth_date == PartialDate(1984, 3, 7)
    assert kept.record.person.birth_date == PartialDate(1984, 3, 5)
    [row] = store.search(LogQuery()).rows
    assert (row.birth_date, row.amendments) == (PartialDate(1984, 3, 7), 2)


@pytest.mark.parametrize("field", ["vehicle.mood", "documents.7.number", "documents.x", "a.b.c"])
def test_an_amendment_that_this_version_does_not_understand_leaves_the_record(
    store: Store, field: str
) -> None:
    kept = store.append(a_check())

    store.append(amendment(kept.id, field, "?"))

    assert store.current(kept) == kept.record
    assert store.verify({}).entries == 2


def test_an_amended_name_is_found_and_the_old_one_no_more(store: Store) -> None:
    kept = store.append(a_check())

    store.append(amendment(kept.id, "person.primary_identifier", "ЮНУСОВ"))

    assert found(store, "юнусов") == ["ЮНУСОВ Тимур"]
    assert found(store, "юсупов") == []


# search


@pytest.mark.parametrize(
    "typed",
    [
        "ЮСУПОВ",
        "юсуп",
        "YUSUPOV",
        "yusu",
        "тимур юсупов",
        "AB 123-4567",
        "AB1234567",
        "ab123",
        "05.03.1984",
        "05031984",
        "01A777",
        "01 a 777 bc",
        "uzb",
    ],
)
def test_a_check_is_found_by_what_an_officer_types(store: Store, typed: str) -> None:
    store.append(a_check())
    store.append(named("KARIMOVA"))

    assert found(store, typed) == ["ЮСУПОВ Тимур"]


@pytest.mark.parametrize("typed", ["ИВАНОВ", "юсупов иван", "AB 999"])
def test_a_check_is_not_found_by_what_it_does_not_say(store: Store, typed: str) -> None:
    store.append(a_check())

    assert found(store, typed) == []


@given(st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_into_the_search_box_is_an_error(store: Store, typed: str) -> None:
    store.search(LogQuery(text=typed))


@given(st.text(min_size=1, max_size=30).filter(str.strip))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_name_can_be_recorded_and_the_tables_still_equal_the_journal(
    store: Store, name: str
) -> None:
    store.append(named(name))

    assert store.verify({}).entries == store.tip().position


def test_a_day_is_the_posts_own_day(store: Store) -> None:
    midnight = NOON.replace(hour=0, minute=0)
    for name, minutes in (("BEFORE", -1), ("FIRST", 0), ("LAST", 24 * 60 - 1), ("AFTER", 24 * 60)):
        store.append(named(name), happened_at=midnight + timedelta(minutes=minutes))

    day = date(2026, 11, 24)
    assert names(store, day_from=day, day_to=day) == ["LAST", "FIRST"]


def test_the_log_filters_orders_and_pages(store: Store, clock: SetClock) -> None:
    for name, decision in (("B", Decision.ADMITTED), ("C", Decision.REFERRED), ("A", None)):
        clock.forward(minutes=1)
        store.append(named(name, decision=decision or Decision.ADMITTED), author=AUTHOR)

    assert names(store) == ["A", "C", "B"]
    assert names(store, order=Order.NAME, sorting=Sorting.ASCENDING) == ["A", "B", "C"]
    assert names(store, decision=Decision.REFERRED) == ["C"]
    assert names(store, show=Show.AT_SECOND_LINE) == ["C"]
    assert names(store, officer="O-9999") == []
    page = store.search(LogQuery(limit=1, offset=1))
    assert ([row.name for row in page.rows], page.total) == (["C"], 3)


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("show", Show)
def test_every_order_and_view_of_the_log_can_be_asked_for(
    store: Store, order: Order, show: Show
) -> None:
    store.append(a_check())

    assert store.search(LogQuery(order=order, show=show)).total in (0, 1)


# earlier crossings


def test_the_same_person_or_document_is_known_here(store: Store) -> None:
    store.append(a_check())
    since = NOON - timedelta(days=1)

    same_name = Person(
        primary_identifier="Yusupov",
        secondary_identifier="TIMUR",
        birth_date=PartialDate(1984, 3, 5),
    )
    stranger = Person(primary_identifier="SOMEBODY")
    assert len(store.earlier(same_name, [], since)) == 1
    assert len(store.earlier(stranger, [("UZB", "AB1234567")], since)) == 1
    assert store.earlier(stranger, [("KAZ", "AB1234567")], since) == []
    assert store.earlier(same_name, [], NOON + timedelta(seconds=1)) == []


def test_a_withdrawn_check_is_no_earlier_crossing(store: Store) -> None:
    kept = store.append(a_check())
    store.append(Withdrawal(check_id=kept.id))

    assert store.earlier(kept.record.person, [], NOON - timedelta(days=1)) == []


def test_signs_without_letters_make_nobody_known(store: Store) -> None:
    store.append(named("???"))
    store.append(a_check(documents=(replace(a_check().documents[0], number="---"),)))

    nobody = Person(primary_identifier="***")
    assert store.earlier(nobody, [("UZB", "/")], NOON - timedelta(days=1)) == []


# marks, drafts, waiting


def test_waiting_counts_checks_above_the_mark_and_nothing_else(store: Store) -> None:
    first = store.append(a_check())
    store.append(STARTED)
    store.append(Referral(check_id=first.id, reason=ReferralReason.STAY_DOUBT))
    store.append(a_check())

    assert store.waiting_checks() == 2
    store.set_mark(RECEIVED, first.position)
    assert store.waiting_checks() == 1
    store.set_mark(RECEIVED, store.tip().position)
    assert store.waiting_checks() == 0


def test_a_mark_moves_backwards_too(store: Store) -> None:
    store.append(a_check())
    store.set_mark(RECEIVED, 1)

    store.set_mark(RECEIVED, 0)

    assert (store.mark(RECEIVED), store.waiting_checks()) == (0, 1)


def test_entries_come_in_batches_of_one_at_least(store: Store) -> None:
    for _ in range(4):
        store.append(a_check())

    assert len(store.entries(0, limit=3, max_bytes=1 << 20)) == 3
    assert len(store.entries(0, limit=3, max_bytes=1)) == 1
    assert [entry.position for entry in store.entries(2, limit=9, max_bytes=1 << 20)] == [3, 4]


def test_the_head_is_known_at_every_position_of_the_journal(store: Store) -> None:
    store.append(a_check())

    assert store.head_at(0) == ORIGIN.first_head()
    assert store.head_at(1) == store.tip().head
    assert store.head_at(2) is None


def test_a_draft_is_replaced_and_forgotten(store: Store) -> None:
    store.keep_draft("O-1842", "check", "", b"one")
    store.keep_draft("O-1842", "check", "", b"two")
    store.keep_draft("O-2077", "check", "", b"other")

    store.forget_draft("O-2077", "check", "")

    assert (store.draft("O-1842", "check", ""), store.draft("O-2077", "check", "")) == (
        b"two",
        None,
    )
    assert store.tip().position == 0


# asking for records


def test_records_are_found_by_what_they_are_about(store: Store) -> None:
    check = store.append(a_check(decision=Decision.REFERRED), author=AUTHOR)
    referral = store.append(
        Referral(check_id=check.id, reason=ReferralReason.STAY_DOUBT), author=AUTHOR
    )

    assert store.about(check.id, Referral) == [referral]
    assert store.kept_as(BorderCheck, referral.id) is None
    assert store.newest(BorderCheck, "O-1842") == check
    assert store.newest(BorderCheck, "O-2077") is None
    assert store.referrals_open() == [(referral.id, check.id)]


@pytest.mark.parametrize(
    "closing_record",
    [
        lambda check, _referral: Withdrawal(check_id=check),
        lambda check, referral: Outcome(
            referral_id=referral, check_id=check, decision=OutcomeDecision.ADMIT
        ),
    ],
    ids=["withdrawn", "decided"],
)
def test_a_referral_no_longer_waits_once_it_is_withdrawn_or_decided(
    store: Store, closing_record: Callable[[str, str], Record]
) -> None:
    check = store.append(a_check(decision=Decision.REFERRED))
    referral = store.append(Referral(check_id=check.id, reason=ReferralReason.STAY_DOUBT))

    store.append(closing_record(check.id, referral.id))

    assert store.referrals_open() == []


# the reference file


def test_the_reference_file_has_the_same_sentences(tmp_path: Path) -> None:
    path = tmp_path / "reference.db"
    path.write_bytes(b"SQLite format 3\x00" + bytes(4096))

    with pytest.raises(Unusable, match=r"reference\.db is not encrypted"):
        Reference.open(path, bytearray(KEY))


# what a later program can read


def test_what_could_not_be_read_is_read_by_a_program_that_knows_more(path: Path) -> None:
    neighbour = Origin("utopia", "osh-02", 1)
    with closing(opened(path)) as store:
        kept = store.append(a_check())
        [entry] = store.entries(0, limit=1, max_bytes=1 << 20)
        song = (entry.body or b"").replace(b'"kind":"check"', b'"kind":"song"')
        foreign = extend(
            neighbour,
            start(neighbour),
            body=song,
            salt=bytes(16),
            signatures=(),
            sign=WORKSTATION.sign,
        )
        store.take_foreign(neighbour, WORKSTATION.public_key().public_bytes_raw(), [foreign])
        store.set_mark("knowledge", 1)
        with closing(connect(path, bytearray(KEY))) as file, file.atomic():
            tables.empty(file)

    with closing(opened(path)) as store:
        assert store.kept(kept.id) == kept
    with closing(opened(path)) as store:
        assert store.verify(KEYS).journals == 2


def test_tables_are_not_built_anew_where_all_was_read(path: Path) -> None:
    with closing(opened(path)) as store:
        kept = store.append(a_check())
        store.set_mark("knowledge", 1)
        with closing(connect(path, bytearray(KEY))) as file, file.atomic():
            tables.empty(file)

    with closing(opened(path)) as store:
        assert store.kept(kept.id) is None
