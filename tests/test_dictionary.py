"""What both ends know beforehand makes messages small, and changes nothing of what they say."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.journal.entry import OfficerSignature, head_of, leaf_of
from checkpoint_client.settings import Folder, resource
from checkpoint_client.specimen import names
from sync import dictionaries, engine, protocol, rows
from sync.protocol import (
    Columns,
    Contact,
    ContactReply,
    Malformed,
    TooLarge,
    WireEntry,
    WireSignature,
    folded,
    unfolded,
)
from tests.workstations import CentreHere, Workstation

RELEASED = {
    1: "ed01531a2b9b6732442b4faabd340400f1723fcc11288a60f3afcd2e6f0c3df0",
    2: "a3d56d22624abc28e053ec1457c410ba2e90720d88dda4839987130bbbc1f00e",
}
OLDEST = Path(__file__).with_name("wire") / "0.1.0"
SALT = bytes(range(16))
BODY = (
    b'{"id":"01a20d6d-92d2-7c9c-973b-e7bc26ed2dfb","kind":"check","version":1,'
    b'"happened_at":"2026-11-24T17:00:14.546+05:00","recorded_at":"2026-11-24T17:00:14.546+05:00"}'
)


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Workstation]:
    centre = CentreHere(tmp_path / "centre")
    folder = Folder(tmp_path / "workstation")
    booth = Workstation(folder, centre.enrol(folder))
    booth.record(*(f"NAME{number}" for number in range(20)))
    yield booth
    booth.close()
    centre.close()


@pytest.fixture
def contact(booth: Workstation) -> Contact:
    return engine.next_request(booth.store, booth.device, have={}).contact


def carrying(contact: Contact, *entries: WireEntry) -> Contact:
    """The contact with other entries, and the head behind them."""
    head = contact.previous
    for each in entries:
        leaf = each.leaf or leaf_of(each.body or b"", each.salt or SALT)
        officers = [OfficerSignature(s.officer, s.algorithm, s.value) for s in each.signatures]
        head = head_of(head, leaf, officers)
    return msgspec.structs.replace(contact, entries=list(entries), head=head)


def entry(position: int, body: bytes | None, salt: bytes | None = SALT) -> WireEntry:
    return WireEntry(position, 1, salt, body, None, [])


@pytest.mark.parametrize("dictionary", RELEASED)
def test_real_entries_are_folded_and_come_out_the_same(contact: Contact, dictionary: int) -> None:
    sent = folded(contact, dictionary=dictionary)

    assert (len(contact.entries), sent.entries, sent.head) == (20, [], b"")
    assert unfolded(sent) == contact


def test_a_dictionary_makes_a_message_small(booth: Workstation, contact: Contact) -> None:
    def size(dictionary: int) -> int:
        sent = folded(contact, dictionary=dictionary)
        return len(
            protocol.sign_request(
                sent, booth.device, deployment="utopia", dictionary=dictionary
            ).body
        )

    assert size(1) < 0.7 * size(0)
    assert size(2) < size(1)


def test_officers_signatures_stay_with_their_entries(contact: Contact) -> None:
    signed = WireSignature("O-1", 1, bytes(64))
    entries = [entry(contact.first + n, BODY) for n in range(3)]
    entries[1] = msgspec.structs.replace(entries[1], signatures=[signed])
    whole = carrying(contact, *entries)

    sent = folded(whole, dictionary=1)

    assert columns_of(whole).signatures == {1: [signed]}
    assert unfolded(sent) == whole


def test_an_entry_that_was_previewed_travels_as_its_leaf_alone(contact: Contact) -> None:
    by_leaf = WireEntry(contact.first + 1, 1, None, None, bytes(range(32)), [])
    whole = carrying(
        contact, entry(contact.first, BODY), by_leaf, entry(contact.first + 2, BODY, bytes(16))
    )

    assert columns_of(whole).leaves == {1: by_leaf.leaf}
    for dictionary in RELEASED:
        assert unfolded(folded(whole, dictionary=dictionary)) == whole


@pytest.mark.parametrize(
    "odd",
    [
        lambda first: entry(first, None, None),
        lambda first: entry(first, b""),
        lambda first: entry(first, b'{"kind":"check"}'),
        lambda first: entry(first, BODY + b"\0"),
        lambda first: entry(first, BODY.replace(b"01a20d6d", b"01A20D6D")),
        lambda first: entry(first, BODY.replace(b"01a20d6d", b"01a20d6e")),
        lambda first: entry(first, BODY.replace(b"546+05:00", b"546")),
        lambda first: entry(first, BODY.replace(b"2026", b"1926")),
        lambda first: entry(first + 1, BODY),
        lambda first: msgspec.structs.replace(entry(first, BODY), algorithm=2, leaf=bytes(32)),
    ],
    ids=[
        *("erased", "empty", "no id", "zero byte", "capitals", "id of another time"),
        *("no offset", "before 1970", "not in a row", "another algorithm"),
    ],
)
def test_an_entry_unlike_ours_travels_as_it_is(contact: Contact, odd: object) -> None:
    assert callable(odd)
    as_it_is = carrying(contact, odd(contact.first))

    for dictionary in RELEASED:
        assert folded(as_it_is, dictionary=dictionary) == as_it_is


@given(bodies=st.lists(st.one_of(st.binary(max_size=40), st.just(BODY)), max_size=4))
def test_whatever_is_folded_comes_out_the_same(bodies: list[bytes]) -> None:
    message = protocol.read_request(
        (OLDEST / "contact.bin").read_bytes(), deployment="utopia"
    ).payload
    contact = protocol.decode(message, Contact)
    carried = carrying(contact, *(entry(contact.first + n, b) for n, b in enumerate(bodies)))

    for dictionary in RELEASED:
        assert unfolded(folded(carried, dictionary=dictionary)) == carried


def columns_of(contact: Contact, dictionary: int = 1) -> Columns:
    columns = folded(contact, dictionary=dictionary).columns
    assert columns is not None
    return columns


@pytest.mark.parametrize(
    "changes",
    [
        {"salts": bytes(15)},
        {"ids": bytes(11)},
        {"rests": protocol.compress(b"")},
        {"rests": protocol.compress(b"no end")},
        {"rests": protocol.compress(b"no time\0" * 20)},
        {"rests": protocol.compress(b'"recorded_at":"2026-99-99T00:00:00Z"\0' * 20)},
        {"rests": b"no frame"},
        {"signatures": {20: []}},
        {"leaves": {20: bytes(32)}},
        {"leaves": {0: bytes(32)}},
        {"leaves": {0: bytes(32)}, "salts": bytes(19 * 16), "ids": bytes(19 * 10)},
    ],
    ids=[
        "salts",
        "ids",
        "nothing",
        "no end",
        "no time",
        "no such time",
        "no frame",
        "signature",
        "leaf of none",
        "too many leaves",
        "leaf and body",
    ],
)
def test_columns_that_do_not_fit_are_malformed(
    contact: Contact, changes: dict[str, object]
) -> None:
    columns = msgspec.structs.replace(columns_of(contact), **changes)

    with pytest.raises(Malformed):
        unfolded(msgspec.structs.replace(contact, entries=[], columns=columns))


@pytest.mark.parametrize(
    "apart",
    [
        b"",
        b"no end",
        b"one part\0",
        b"\x01\x01\0one value\0",
        b"no gap\0a value\0",
        b"\x01" * 10_001 + b"\0" + b"\n" * 10_000 + b"\0",
        bytes(2 * protocol.MOST_ENTRIES + 2),
        b"\x01" * 1_000 + b"\0" + bytes([65]) * 100_000 + b"\n" * 999 + b"\0",
    ],
    ids=[
        *("nothing", "no end", "no row", "too few values", "no gap"),
        *("too many gaps", "too many entries", "too much"),
    ],
)
def test_forms_and_rows_that_do_not_fit_are_malformed(contact: Contact, apart: bytes) -> None:
    columns = columns_of(contact, 2)
    rests = protocol.compress(apart, dictionary=2)

    with pytest.raises(Malformed):
        unfolded(
            msgspec.structs.replace(
                contact, entries=[], columns=msgspec.structs.replace(columns, rests=rests)
            )
        )


@given(rests=st.lists(st.from_regex(rb"[^\x00\x01\n]*", fullmatch=True)))
def test_what_is_set_apart_is_put_together_again(rests: list[bytes]) -> None:
    apart = rows.set_apart(rests)

    assert apart is not None
    assert rows.put_together(apart, most=protocol.MOST_DECOMPRESSED) == rests


def test_of_bodies_alike_the_form_is_the_same() -> None:
    rests = [
        b',"kind":"check","birth_date":"%s","number":%d,"optional":["A","A"],"purpose":null' % each
        for each in ((b"1984-03-05", 7), (b"2001", -1))
    ]

    assert rows.set_apart(rests) == (
        b',"kind":"check","birth_date":"\x01","number":\x01,"optional":["\x01","\x01"],"purpose":null\0'
        * 2
        + b"1984-03-05\n7\nA\n\0"
        + b"2001\n-1\nA\n\0"
    )


def test_a_contact_without_columns_names_its_head(contact: Contact) -> None:
    with pytest.raises(Malformed):
        unfolded(msgspec.structs.replace(contact, head=b""))


def test_entries_come_in_one_way_only(contact: Contact) -> None:
    with pytest.raises(Malformed):
        unfolded(msgspec.structs.replace(contact, columns=columns_of(contact)))


def test_columns_are_counted_before_they_are_unfolded(contact: Contact) -> None:
    bomb = protocol.compress(bytes(protocol.MOST_DECOMPRESSED))
    columns = msgspec.structs.replace(columns_of(contact), rests=bomb)

    with pytest.raises(TooLarge):
        unfolded(msgspec.structs.replace(contact, entries=[], columns=columns))


def test_a_dictionary_that_is_not_known_here_is_malformed() -> None:
    content = bytearray(resource("wire", "dictionary-1.bin").read_bytes())
    content[4:8] = dictionaries.id_of(dictionaries.NEWEST + 1).to_bytes(4, "little")
    later = zstandard.ZstdCompressionDict(bytes(content))
    frame = zstandard.ZstdCompressor(dict_data=later).compress(b"words")

    with pytest.raises(Malformed, match="not known here"):
        protocol.decompress(frame)


@pytest.mark.parametrize("number", range(1, dictionaries.NEWEST + 1))
def test_a_released_dictionary_never_changes(number: int) -> None:
    content = resource("wire", f"dictionary-{number}.bin").read_bytes()

    assert hashlib.sha256(content).hexdigest() == RELEASED[number]
    assert zstandard.ZstdCompressionDict(content).dict_id() == dictionaries.id_of(number)


@pytest.mark.parametrize("number", range(1, dictionaries.NEWEST + 1))
def test_a_dictionary_knows_nobody(number: int) -> None:
    """Nobody of the specimen, whom the benches send; and so it was trained from invented people."""
    content = resource("wire", f"dictionary-{number}.bin").read_bytes().decode(errors="ignore")
    known = {
        word
        for naming in names.NAMINGS.values()
        for word in (*naming.stems, *naming.men, *naming.women)
        if len(word) > 4 and word in content
    }

    assert known == set()


def test_an_older_centre_is_known_by_its_reply() -> None:
    written = (OLDEST / "contact-reply.bin").read_bytes()
    payload = protocol.decode(protocol.decompress(written), protocol.Signed).payload

    assert protocol.decode(payload, ContactReply).dictionary == dictionaries.NONE


@pytest.mark.parametrize("dictionary", [0, *RELEASED])
def test_a_reply_is_packed_as_its_request_was(tmp_path: Path, dictionary: int) -> None:
    centre = CentreHere(tmp_path / "centre")
    folder = Folder(tmp_path / "workstation")
    with closing(centre), closing(Workstation(folder, centre.enrol(folder))) as booth:
        booth.record("NAME", "OTHER")
        contact = engine.next_request(booth.store, booth.device, have={}).contact
        sent = protocol.sign_request(
            folded(contact, dictionary=dictionary),
            booth.device,
            deployment=centre.deployment,
            dictionary=dictionary,
        )

        reply = centre.centre.contact(sent.body)

        assert dictionaries.number_in(sent.body) == dictionaries.number_in(reply) == dictionary
        assert centre.leaves(booth.id) == booth.leaves()


def test_a_bundle_is_opened_whatever_it_was_packed_with(contact: Contact) -> None:
    centre = X25519PrivateKey.generate()
    public = centre.public_key().public_bytes_raw()
    plain, known = (
        protocol.seal_entries(contact.entries, public, dictionary=number) for number in (0, 1)
    )

    assert len(known) < len(plain)
    for sealed in (plain, known):
        assert protocol.open_entries(sealed, centre) == contact.entries
