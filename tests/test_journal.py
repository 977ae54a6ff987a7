"""The journal's format: frozen to the byte, and no change of it goes unnoticed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st

from checkpoint_client.journal import body as bodies
from checkpoint_client.journal.body import Body, ClockReading, Unreadable
from checkpoint_client.journal.chain import Broken, extend, follow, start, verify
from checkpoint_client.journal.clock import Clock, local_now
from checkpoint_client.journal.entry import Entry, OfficerSignature, Origin, Tip, head_of, leaf_of
from checkpoint_client.journal.signatures import ED25519, act_message, is_valid, joined, message
from checkpoint_client.records import BorderCheck, Document, Person
from checkpoint_client.records.codes import (
    ClockState,
    Decision,
    Direction,
    DocumentClass,
    DocumentSource,
    TransportMode,
)
from checkpoint_client.records.dates import PartialDate

ORIGIN = Origin("utopia", "osh-01", 3)
WORKSTATION = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OFFICER = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
PUBLIC = WORKSTATION.public_key().public_bytes_raw()
SALT = bytes(range(16))
NOON = datetime(2026, 11, 24, 12, 0, 0, 250_000, tzinfo=timezone(timedelta(hours=5)))

BODY = '{"id":"01a20c7c-1400-7000-8000-000000000001","kind":"check","name":"ИВАНОВ"}'.encode()
FIRST_HEAD = "713ea752bcc4c1863ca7325a3f4d0010b07072b69c1293a950dc16971c89e6c0"
LEAF = "a6f07ad8cac22da718c9be3924690e44651974a75b050a041c1bb5ca01644e40"
OFFICER_SIGNATURE = (
    "50341b03391f72768ba4dc20e942342595a61f80657c390dfc22224caa2ed534"
    "21e71d846f2252b5a16f560b8a98fcf20da21772d1b773dd6f3ac37dbdecb803"
)
HEAD = "34d8c7da051601db57cfd28eae273d935cf2c29235c097edc9c567a8e179e41e"
HEAD_WITHOUT_OFFICER = "c39f526ad262cd4d50dea28123d4bda0bed70bd4bc15a25f6160aa817519232c"
SIGNATURE = (
    "e8e9a184700dcc287f5c0db880115364c20186770eac056bc9c27b7bd80692d5"
    "b02df3834f0b6caf5bf61f55b3b8217f3a8a561d3a0ad57737c66ef8651f0601"
)
ACT_MESSAGE = "636865636b706f696e742f6163742f31 00 01 00000006 75746f706961 00000020" + LEAF
IN_THE_NAME_OF_THE_JOURNAL = (
    "00000020 00000006 75746f706961 00000006 6f73682d3031 00000008 0000000000000003"
)
HEAD_MESSAGE = (
    "636865636b706f696e742f686561642f31 00 01"
    + IN_THE_NAME_OF_THE_JOURNAL
    + "00000008 0000000000000001 00000020"
    + HEAD
)
SESSION_MESSAGE = (
    "636865636b706f696e742f73657373696f6e2f31 00 01"
    + IN_THE_NAME_OF_THE_JOURNAL
    + "00000008 0000000000000001 00000008 0000000000000009 00000020"
    + HEAD
)
BODY_OF_A_CHECK = (
    '{"id":"01a20c7c-1400-7000-8000-000000000001","kind":"check","version":1,'
    '"happened_at":"2026-11-24T12:00:00.250000+05:00",'
    '"recorded_at":"2026-11-24T12:00:00.250000+05:00",'
    '"clock":{"state":"drift","boot":"b-1","monotonic_ms":7,'
    '"last_server_time":"2026-11-24T06:00:00Z"},'
    '"officer":"O-1842","shift":"OSH-01/2026-11-24","refers_to":["ab"],"attachments":[],'
    '"record":{"direction":"ENTRY","transport":"3","post":"OSH-01","person":'
    '{"primary_identifier":"ИВАНОВ","secondary_identifier":"","patronymic":"","name_native":"",'
    '"birth_date":"1974-08","sex":"X","nationality":[],"national_numbers":[]},'
    '"decision":"ADMITTED","lane":"","documents":[{"document_class":"PASSPORT",'
    '"issuing_state":"UTO","number":"L898902C3","source":"READER","document_code":"","format":"",'
    '"mrz":[],"check_digits":{"number":null,"birth_date":null,"expiry_date":null,"optional":null,'
    '"composite":null},"expiry_date":"","name_truncated":false,"optional":[]}],'
    '"no_document_reason":null,"vehicle":null,"route":"","purpose":null,"entry_basis":null,'
    '"destination":"","check_level":"MINIMUM","lists":[],"grounds":[],"national_ground":"",'
    '"started_at":null,"duration_ms":null,"offline":false,"remarks":"","register_reference":"",'
    '"companions":""}}'
)


def an_entry() -> Entry:
    leaf = leaf_of(BODY, SALT)
    signature = OfficerSignature("O-1842", ED25519, OFFICER.sign(act_message("utopia", leaf)))
    return extend(
        ORIGIN,
        start(ORIGIN),
        body=BODY,
        salt=SALT,
        signatures=[signature],
        sign=WORKSTATION.sign,
    )


def a_check_body() -> Body:
    check = BorderCheck(
        direction=Direction.ENTRY,
        transport=TransportMode.ROAD,
        post="OSH-01",
        person=Person(primary_identifier="ИВАНОВ", birth_date=PartialDate(1974, 8)),
        decision=Decision.ADMITTED,
        documents=(
            Document(
                document_class=DocumentClass.PASSPORT,
                issuing_state="UTO",
                number="L898902C3",
                source=DocumentSource.READER,
            ),
        ),
    )
    return bodies.body_of(
        check,
        id="01a20c7c-1400-7000-8000-000000000001",
        happened_at=NOON,
        recorded_at=NOON,
        clock=ClockReading(
            state=ClockState.DRIFT,
            boot="b-1",
            monotonic_ms=7,
            last_server_time=datetime(2026, 11, 24, 6, tzinfo=UTC),
        ),
        officer="O-1842",
        shift="OSH-01/2026-11-24",
        refers_to=("ab",),
    )


# format 1, frozen


def test_the_leaf_of_format_1() -> None:
    assert leaf_of(BODY, SALT).hex() == LEAF


def test_the_head_before_the_first_entry_of_format_1() -> None:
    assert ORIGIN.first_head().hex() == FIRST_HEAD


def test_the_head_and_signatures_of_format_1() -> None:
    entry = an_entry()

    assert entry.head.hex() == HEAD
    assert entry.signatures[0].value.hex() == OFFICER_SIGNATURE
    assert entry.signature.hex() == SIGNATURE


def test_the_head_of_an_entry_that_no_officer_signed() -> None:
    assert head_of(ORIGIN.first_head(), leaf_of(BODY, SALT), ()).hex() == HEAD_WITHOUT_OFFICER


def test_what_is_signed_in_format_1() -> None:
    assert act_message("utopia", bytes.fromhex(LEAF)) == bytes.fromhex(ACT_MESSAGE)
    assert ORIGIN.head_message(1, bytes.fromhex(HEAD)) == bytes.fromhex(HEAD_MESSAGE)
    assert ORIGIN.session_message(1, 9, bytes.fromhex(HEAD)) == bytes.fromhex(SESSION_MESSAGE)


def test_the_body_of_format_1() -> None:
    assert bodies.encode(a_check_body()).decode() == BODY_OF_A_CHECK


def test_a_body_of_format_1_can_be_read_for_ever() -> None:
    body = bodies.decode(BODY_OF_A_CHECK.encode())

    assert body == a_check_body()
    assert bodies.pack(bodies.unpack(body)) == body.record


# bodies


def test_fields_of_a_later_version_do_not_keep_a_body_from_being_read() -> None:
    later = BODY_OF_A_CHECK.replace('"kind"', '"mood":"calm","kind"')

    assert bodies.decode(later.encode()).kind == "check"


@pytest.mark.parametrize(
    "change",
    [('"version":1', '"version":2'), ('"kind":"check"', '"kind":"dream"')],
    ids=["version", "kind"],
)
def test_what_a_later_version_writes_is_not_taken_for_something_else(
    change: tuple[str, str],
) -> None:
    body = bodies.decode(BODY_OF_A_CHECK.replace(*change).encode())

    with pytest.raises(Unreadable):
        bodies.unpack(body)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_body_are_unreadable(stored: bytes) -> None:
    with pytest.raises(Unreadable):
        bodies.decode(stored)


def test_a_record_with_a_wrong_value_is_unreadable() -> None:
    wrong = BODY_OF_A_CHECK.replace('"decision":"ADMITTED"', '"decision":"PERHAPS"')

    with pytest.raises(Unreadable):
        bodies.unpack(bodies.decode(wrong.encode()))


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)), st.binary(min_size=10, max_size=10)
)
def test_an_id_is_a_uuid_of_version_7_that_tells_its_millisecond(
    at: datetime, chance: bytes
) -> None:
    at = at.replace(tzinfo=UTC, microsecond=at.microsecond // 1000 * 1000)

    made = UUID(bodies.new_id(at, lambda _size: chance))

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == round(at.timestamp() * 1000)


# messages


@given(st.lists(st.binary(max_size=8), max_size=4), st.lists(st.binary(max_size=8), max_size=4))
def test_different_fields_never_give_the_same_bytes(one: list[bytes], other: list[bytes]) -> None:
    assume(one != other)

    assert joined(*one) != joined(*other)


def test_a_signature_serves_one_purpose_only() -> None:
    signature = OFFICER.sign(message(b"checkpoint/act/1", b"leaf"))
    public = OFFICER.public_key().public_bytes_raw()

    assert is_valid(public, signature, message(b"checkpoint/act/1", b"leaf"))
    assert not is_valid(public, signature, message(b"checkpoint/session/1", b"leaf"))


def test_a_key_or_signature_of_wrong_length_is_not_valid() -> None:
    assert not is_valid(b"", bytes(64), b"message")
    assert not is_valid(PUBLIC, b"", b"message")


# the chain


@st.composite
def journals(draw: st.DrawFn, least: int = 1) -> list[Entry]:
    """A genuine journal of a few entries, some of them signed by an officer."""
    tip = start(ORIGIN)
    entries = []
    for body in draw(st.lists(st.binary(min_size=1, max_size=40), min_size=least, max_size=5)):
        salt = draw(st.binary(min_size=16, max_size=16))
        act = act_message("utopia", leaf_of(body, salt))
        signed = [OfficerSignature("O-1842", ED25519, OFFICER.sign(act))] * draw(st.integers(0, 1))
        entry = extend(ORIGIN, tip, body=body, salt=salt, signatures=signed, sign=WORKSTATION.sign)
        tip = Tip(entry.position, entry.head)
        entries.append(entry)
    return entries


def proved(entries: list[Entry]) -> Tip:
    return verify(ORIGIN, start(ORIGIN), entries, PUBLIC)


def changed(draw: st.DrawFn, value: bytes) -> bytes:
    """The bytes with one of them changed, put in or taken out."""
    place = draw(st.integers(0, max(0, len(value) - 1)))
    new = bytes([draw(st.integers(0, 255))])
    keep = draw(st.sampled_from([0, 1]))  # 1: put in before the byte there, or else replace it
    after = place + 1 - keep
    result = draw(
        st.sampled_from([value[:place] + new + value[after:], value[:place] + value[place + 1 :]])
    )
    assume(result != value)
    return result


@st.composite
def tampered(draw: st.DrawFn) -> list[Entry]:
    """A genuine journal in which one thing is no longer as it was written."""
    entries = draw(journals())
    place = draw(st.integers(0, len(entries) - 1))
    entry = entries[place]
    field = draw(st.sampled_from(["body", "salt", "leaf", "head", "signature"]))
    change: dict[str, Any] = {field: changed(draw, getattr(entry, field))}
    entries[place] = replace(entry, **change)
    return entries


@given(journals())
def test_a_genuine_journal_is_proved(entries: list[Entry]) -> None:
    assert proved(entries) == Tip(len(entries), entries[-1].head)


@given(tampered())
def test_any_byte_changed_put_in_or_taken_out_is_noticed(entries: list[Entry]) -> None:
    with pytest.raises(Broken):
        proved(entries)


@given(journals(least=2), st.data())
def test_an_entry_moved_left_out_or_repeated_is_noticed(
    entries: list[Entry], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(entries) - 2))
    one, other = entries[place : place + 2]
    pair = data.draw(
        st.sampled_from([[other, one], [other], [one, one, other], [one, other, other]])
    )

    with pytest.raises(Broken):
        proved([*entries[:place], *pair, *entries[place + 2 :]])


@given(journals(), st.data())
def test_an_officers_signature_taken_away_changed_or_put_in_is_noticed(
    entries: list[Entry], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    genuine = entries[place].signatures
    other = OfficerSignature("O-2077", ED25519, bytes(64))
    forged = data.draw(st.sampled_from([(), (other,), (*genuine, other), (other, *genuine)]))
    assume(forged != genuine)
    entries[place] = replace(entries[place], signatures=forged)

    with pytest.raises(Broken):
        proved(entries)


@given(journals(), st.data())
def test_erased_bodies_leave_the_chain_whole(entries: list[Entry], data: st.DataObject) -> None:
    for place in data.draw(st.sets(st.integers(0, len(entries) - 1), min_size=1)):
        entries[place] = replace(entries[place], body=None, salt=None)

    assert proved(entries).position == len(entries)


def test_an_unknown_algorithm_is_noticed_even_where_the_body_is_erased() -> None:
    with pytest.raises(Broken, match="body"):
        proved([replace(an_entry(), algorithm=9, body=None, salt=None)])


@pytest.mark.parametrize(
    "other",
    [Origin("utopia", "osh-02", 3), Origin("utopia", "osh-01", 4), Origin("u", "osh-01", 3)],
)
def test_a_journal_is_bound_to_its_workstation_and_incarnation(other: Origin) -> None:
    with pytest.raises(Broken, match="head"):
        verify(other, start(other), [an_entry()], PUBLIC)


def test_another_workstations_signature_is_noticed() -> None:
    forged = replace(an_entry(), signature=OFFICER.sign(b"something"))

    with pytest.raises(Broken) as broken:
        proved([forged])

    assert (broken.value.position, broken.value.reason) == (1, "workstation-signature")


def test_hashes_can_be_followed_without_any_key() -> None:
    assert follow(start(ORIGIN), [an_entry()]) == Tip(1, bytes.fromhex(HEAD))


# the clock


def test_a_clock_that_never_heard_the_server_is_unsynced() -> None:
    assert Clock(lambda: NOON).state() is ClockState.UNSYNCED


@pytest.mark.parametrize(
    ("ahead", "state"),
    [
        (timedelta(seconds=90), ClockState.TRUSTED),
        (timedelta(minutes=3), ClockState.DRIFT),
        (timedelta(minutes=-3), ClockState.DRIFT),
    ],
)
def test_a_clock_is_trusted_while_it_agrees_with_the_server(
    ahead: timedelta, state: ClockState
) -> None:
    clock = Clock(lambda: NOON)

    clock.heard(NOON - ahead)

    assert clock.state() is state


def test_a_clock_before_the_last_server_time_is_known_to_be_wrong() -> None:
    clock = Clock(lambda: NOON, last_server_time=NOON + timedelta(hours=1))

    assert clock.reading().state is ClockState.DRIFT


def test_a_clock_behind_the_last_server_time_is_not_believed() -> None:
    clock = Clock(lambda: datetime(1980, 1, 1, tzinfo=UTC), last_server_time=NOON)

    assert clock.likely() == NOON
    assert clock.now().year == 1980


@pytest.mark.parametrize("year", [1980, 2038])
def test_a_wrong_clock_is_put_right_by_what_the_server_told_last(year: int) -> None:
    times = iter(datetime(year, 1, 1, hour, tzinfo=UTC) for hour in (1, 3))
    clock = Clock(lambda: next(times))
    clock.heard(NOON)

    assert clock.likely() == NOON + timedelta(hours=2)


def test_a_clock_that_agrees_is_believed() -> None:
    clock = Clock(lambda: NOON)
    clock.heard(NOON - timedelta(seconds=90))

    assert clock.likely() == NOON


def test_the_time_carries_the_posts_offset_to_the_millisecond() -> None:
    now = local_now(300)

    assert now.utcoffset() == timedelta(hours=5)
    assert now.microsecond % 1000 == 0


def test_a_partial_date_is_text_in_a_body() -> None:
    assert msgspec.json.decode(bodies.pack(a_check_record()))["person"]["birth_date"] == "1974-08"


def a_check_record() -> BorderCheck:
    record = bodies.unpack(a_check_body())
    assert isinstance(record, BorderCheck)
    return record
