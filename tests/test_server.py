"""The central server: what it takes, what it keeps beside, and what it never does."""

import hashlib
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.journal.entry import OfficerSignature
from checkpoint_client.journal.signatures import REQUEST, message
from checkpoint_client.vault import sealing
from sync.protocol import (
    BUNDLE_PATH,
    CONTACT_PATH,
    ENROL_PATH,
    HEALTH_PATH,
    MOST_COMPRESSED,
    MOST_DECOMPRESSED,
    REFERENCE_PATH,
    Contact,
    ContactReply,
    Forged,
    Malformed,
    Provisioning,
    Signed,
    Token,
    Verdict,
    compress,
    decompress,
    enrolment_mac,
    read_certificate,
    seal_entries,
    to_wire,
    unseal,
)
from sync.server import journals, ledger
from sync.server.centre import REPLIES_KEPT, Centre
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger, NotOurs
from sync.server.lost_documents import Register
from sync.server.main import main
from sync.server.migrations import NEWEST
from sync.server.registry import Gone, Unknown
from sync.server.shelf import Shelf
from tests.booth import Booth, Line, body_of, check
from tests.centre import Cluster, RunningCentre, serving, set_up


@pytest.fixture
def line(shared_centre: RunningCentre) -> Line:
    """An enrolled workstation that has written three checks."""
    line = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    line.enrol()
    line.booth.write(check("ONE"), check("TWO"), check("THREE"))
    return line


def held(centre: RunningCentre, booth: Booth) -> list[tuple[object, object]]:
    """What the centre holds of a booth's journal: incarnation 1, positions and leaves."""
    return [
        (entry["position"], entry["leaf"])
        for entry in centre.entries("--workstation", booth.id)
        if entry["incarnation"] == 1
    ]


def written(booth: Booth) -> list[tuple[object, object]]:
    return [(entry.position, entry.leaf.hex()) for entry in booth.journal]


def rows(centre: RunningCentre, table: sa.Table, workstation: str) -> list[Any]:
    """The rows of a workstation, read from the ledger itself."""
    with opened(centre) as book, book.reading() as connection:
        found = sa.select(table).where(table.c.workstation == workstation)
        return list(connection.execute(found))


@contextmanager
def opened(centre: RunningCentre) -> Iterator[Ledger]:
    book = Ledger(CentreFolder(centre.folder).database)
    try:
        yield book
    finally:
        book.close()


# --- a contact ----------------------------------------------------------------------------------


def test_what_a_workstation_sends_is_held_as_it_was_written(
    shared_centre: RunningCentre, line: Line
) -> None:
    reply = line.send(line.booth.contact())

    assert (reply.verdict, reply.held, reply.head) == (Verdict.HELD, 3, line.booth.tip().head)
    assert held(shared_centre, line.booth) == written(line.booth)
    bodies = shared_centre.entries("--workstation", line.booth.id, "--bodies", "--kind", "check")
    assert [entry["body"] for entry in bodies] == [
        (entry.body or b"").decode() for entry in line.booth.journal
    ]


def test_contacts_follow_one_another(shared_centre: RunningCentre, line: Line) -> None:
    line.send(line.booth.contact())
    line.booth.write(check("FOUR"))
    line.send(line.booth.contact(held=3))

    assert line.send(line.booth.contact(held=4)).held == 4
    assert held(shared_centre, line.booth) == written(line.booth)


def test_a_first_contact_may_have_nothing_to_say(shared_centre: RunningCentre) -> None:
    line = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    line.enrol()

    reply = line.send(line.booth.contact())

    assert (reply.verdict, reply.held) == (Verdict.HELD, 0)
    assert reply.head == line.booth.origin.first_head()


def test_a_lost_reply_is_repeated_word_for_word(shared_centre: RunningCentre, line: Line) -> None:
    outgoing = line.booth.signed(line.booth.contact())

    lost = line.post(CONTACT_PATH, outgoing.body)
    repeated = line.post(CONTACT_PATH, outgoing.body)

    assert repeated.content == lost.content
    assert held(shared_centre, line.booth) == written(line.booth)


def test_after_a_lost_reply_a_new_contact_with_the_old_ratchet_is_taken(line: Line) -> None:
    line.ask(line.booth.contact())

    reply = line.send(line.booth.contact(counter=2))

    assert (reply.verdict, reply.held) == (Verdict.HELD, 3)


def test_only_the_newest_replies_are_kept(shared_centre: RunningCentre, line: Line) -> None:
    for _ in range(REPLIES_KEPT + 3):
        line.send(line.booth.contact())

    kept = rows(shared_centre, ledger.reply, line.booth.id)
    assert sorted(row.counter for row in kept) == list(range(4, REPLIES_KEPT + 4))


def test_a_request_id_serves_one_request_only(line: Line) -> None:
    contact = line.booth.contact()
    line.send(contact)
    again = line.booth.contact(request_id=contact.request_id)

    answer = line.post(CONTACT_PATH, line.booth.signed(again).body)

    assert (answer.status_code, answer.text) == (
        400,
        "this request id belongs to another request",
    )


def test_an_overlap_doubles_nothing(shared_centre: RunningCentre, line: Line) -> None:
    line.send(line.booth.contact(most=2))

    reply = line.send(line.booth.contact(held=0))

    assert (reply.verdict, reply.held) == (Verdict.HELD, 3)
    assert held(shared_centre, line.booth) == written(line.booth)


def test_an_overlap_that_brings_nothing_new_changes_nothing(line: Line) -> None:
    line.send(line.booth.contact())

    reply = line.send(line.booth.contact(held=1, most=1))

    assert (reply.verdict, reply.held, reply.head) == (Verdict.HELD, 3, line.booth.tip().head)


def test_a_gap_is_answered_with_what_is_held(shared_centre: RunningCentre, line: Line) -> None:
    line.send(line.booth.contact(most=1))

    reply = line.send(line.booth.contact(held=2))

    assert (reply.verdict, reply.held, reply.head) == (Verdict.GAP, 1, line.booth.tip(1).head)
    assert held(shared_centre, line.booth) == written(line.booth)[:1]


def test_a_contact_that_was_overtaken_is_stale(shared_centre: RunningCentre, line: Line) -> None:
    late = line.booth.contact(most=1)
    line.send(line.booth.contact(counter=2, most=2))

    reply = line.ask(late)

    assert (reply.verdict, reply.counter, reply.held) == (Verdict.STALE, 2, 2)
    assert reply.ratchet == late.ratchet
    assert held(shared_centre, line.booth) == written(line.booth)[:2]


def test_officers_signatures_are_kept_beside_the_entry(
    shared_centre: RunningCentre, line: Line
) -> None:
    line.booth.write_body(body_of(check("REFUSED")), OfficerSignature("1842", 1, b"s" * 64))

    line.send(line.booth.contact())

    kept = rows(shared_centre, ledger.entry, line.booth.id)[-1].signatures
    assert msgspec.msgpack.decode(bytes(kept)) == [["1842", 1, b"s" * 64]]


def test_two_racing_contacts_are_taken_one_after_the_other(
    shared_centre: RunningCentre, line: Line
) -> None:
    bodies = [
        line.booth.signed(line.booth.contact(counter=counter, most=counter)).body
        for counter in (1, 2, 3)
    ]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda body: line.post(CONTACT_PATH, body), bodies * 2))

    assert {answer.status_code for answer in answers} == {200}
    assert held(shared_centre, line.booth) == written(line.booth)


def test_workstations_do_not_hold_each_other_up(shared_centre: RunningCentre) -> None:
    lines = [Line(Booth(shared_centre.provisioning()), shared_centre.url) for _ in range(4)]
    for line in lines:
        line.enrol()
        line.booth.write(check())

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda each: each.send(each.booth.contact()), lines))

    assert [(reply.verdict, reply.held) for reply in replies] == [(Verdict.HELD, 1)] * 4


def test_a_new_incarnation_is_a_journal_of_its_own(
    shared_centre: RunningCentre, line: Line
) -> None:
    line.send(line.booth.contact())
    bodies = [entry.body or b"" for entry in line.booth.journal]
    line.booth.incarnation = 2
    line.booth.journal = []
    for body in bodies:
        line.booth.write_body(body)

    reply = line.send(line.booth.contact())

    assert (reply.verdict, reply.held) == (Verdict.HELD, 3)
    assert len(shared_centre.entries("--workstation", line.booth.id)) == 6


# --- what does not fit --------------------------------------------------------------------------


def test_a_fork_is_refused_and_both_branches_are_kept(
    shared_centre: RunningCentre, line: Line
) -> None:
    line.send(line.booth.contact())
    before = written(line.booth)
    other = line.booth.copy()
    del other.journal[1:]
    other.write(check("ANOTHER TWO"), check("ANOTHER THREE"), check("FOUR"))
    branch = Line(other, line.url)

    reply = branch.send(other.contact(held=1))
    again = branch.send(other.contact(held=0))

    assert (reply.verdict, reply.fork_at, reply.held) == (Verdict.FORK, 2, 3)
    assert (again.verdict, again.fork_at) == (Verdict.FORK, 2)
    assert reply.head == line.booth.tip().head
    assert held(shared_centre, line.booth) == before
    forked = rows(shared_centre, ledger.fork, line.booth.id)
    assert sorted((row.position, bytes(row.leaf).hex()) for row in forked) == written(other)[1:]
    assert len(rows(shared_centre, ledger.alarm, line.booth.id)) == 1
    assert "ALARM" in shared_centre.run("status")


def test_a_fork_behind_the_last_entry_held_is_noticed(line: Line) -> None:
    line.send(line.booth.contact())
    other = line.booth.copy()
    del other.journal[2:]
    other.write(check("ANOTHER THREE"), check("FOUR"))

    reply = Line(other, line.url).send(other.contact(held=3))

    assert (reply.verdict, reply.fork_at, reply.held) == (Verdict.FORK, 3, 3)


def test_after_a_fork_the_true_journal_goes_on(shared_centre: RunningCentre, line: Line) -> None:
    line.send(line.booth.contact())
    other = line.booth.copy()
    del other.journal[2:]
    other.write(check("ANOTHER THREE"))
    branch = Line(other, line.url)
    branch.send(other.contact(held=2))
    line.booth.counter, line.booth.ratchet = other.counter, other.ratchet
    line.booth.write(check("FOUR"))

    reply = line.send(line.booth.contact(held=3))

    assert (reply.verdict, reply.held) == (Verdict.HELD, 4)
    assert held(shared_centre, line.booth) == written(line.booth)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda wire: replaced(wire, body=b'{"kind":"check"}'), id="body"),
        pytest.param(lambda wire: replaced(wire, salt=bytes(16)), id="salt"),
        pytest.param(lambda wire: replaced(wire, leaf=bytes(32)), id="leaf"),
        pytest.param(lambda wire: replaced(wire, position=9), id="position"),
        pytest.param(lambda wire: replaced(wire, body=None), id="neither body nor leaf"),
    ],
)
def test_an_altered_entry_is_kept_as_evidence_and_not_as_journal(
    shared_centre: RunningCentre, line: Line, change: Any
) -> None:
    contact = line.booth.contact()
    entries = [contact.entries[0], change(contact.entries[1]), contact.entries[2]]
    altered = msgspec.structs.replace(contact, entries=entries)

    reply = line.send(altered)

    assert (reply.verdict, reply.fork_at, reply.held) == (Verdict.FORK, 1, 0)
    assert held(shared_centre, line.booth) == []
    [kept] = rows(shared_centre, ledger.evidence, line.booth.id)
    evidence = msgspec.msgpack.decode(decompress(bytes(kept.request)), type=Signed)
    assert evidence.payload == msgspec.msgpack.encode(altered)
    assert kept.reason == journals.Reason.BROKEN_CHAIN


def replaced(wire: Any, **changes: Any) -> Any:
    return msgspec.structs.replace(wire, **changes)


def test_a_head_that_the_workstation_did_not_sign_is_not_taken(
    shared_centre: RunningCentre, line: Line
) -> None:
    reply = line.send(line.booth.contact(head_signature=bytes(64)))

    assert (reply.verdict, reply.held) == (Verdict.FORK, 0)
    assert held(shared_centre, line.booth) == []


def test_a_wrong_signature_is_refused(shared_centre: RunningCentre, line: Line) -> None:
    signed = msgspec.msgpack.decode(
        decompress(line.booth.signed(line.booth.contact()).body), type=Signed
    )
    forged = msgspec.structs.replace(signed, signature=bytes(64))

    answer = line.post(CONTACT_PATH, compress(msgspec.msgpack.encode(forged)))

    assert answer.status_code == 401
    assert held(shared_centre, line.booth) == []


def test_another_workstations_key_is_refused(shared_centre: RunningCentre, line: Line) -> None:
    stranger = Booth(shared_centre.provisioning())
    stranger.id = line.booth.id
    stranger.write(check())

    answer = line.post(CONTACT_PATH, stranger.signed(stranger.contact()).body)

    assert answer.status_code == 401
    assert held(shared_centre, line.booth) == []


def test_an_unknown_workstation_is_refused(line: Line) -> None:
    line.booth.id = "OSH-01-NOBODY"

    answer = line.post(CONTACT_PATH, line.booth.signed(line.booth.contact()).body)

    assert answer.status_code == 401


def test_a_message_to_another_deployment_is_refused(line: Line) -> None:
    elsewhere = msgspec.structs.replace(line.booth.provisioning, deployment="elsewhere")
    line.booth.provisioning = elsewhere

    answer = line.post(CONTACT_PATH, line.booth.signed(line.booth.contact()).body)

    assert answer.status_code == 401


def test_a_copied_disk_is_told_to_enrol_again_and_kept_as_evidence(
    shared_centre: RunningCentre, line: Line
) -> None:
    line.send(line.booth.contact())
    clone = line.booth.copy()
    for _ in range(2):
        line.send(line.booth.contact(held=3))
    clone.write(check("FROM THE COPY"))

    reply = Line(clone, line.url).ask(clone.contact(held=3, counter=line.booth.counter + 1))

    assert (reply.verdict, reply.held) == (Verdict.RE_ENROL, 3)
    assert reply.ratchet == clone.ratchet
    assert held(shared_centre, line.booth) == written(line.booth)
    assert [row.reason for row in rows(shared_centre, ledger.alarm, clone.id)] == [
        journals.Reason.WRONG_RATCHET
    ]
    assert line.send(line.booth.contact(held=3)).verdict == Verdict.HELD


@pytest.mark.parametrize(
    ("body", "oddity"),
    [
        (b"\xff\xfe not JSON at all", journals.Oddity.UNREADABLE_BODY),
        (b'{"id":"x"}', journals.Oddity.UNREADABLE_BODY),
        (body_of(check()).replace(b'"check"', b'"teleport"'), journals.Oddity.UNKNOWN_KIND),
        (body_of(check()).replace(b'"check"', b'"te\\u0000le"'), journals.Oddity.UNKNOWN_KIND),
        (
            body_of(check()).replace(b'"version":1', b'"version":7'),
            journals.Oddity.NEWER_VERSION,
        ),
        (body_of(check()).replace(b"ENTRY", b"UPWARD"), journals.Oddity.UNREADABLE_RECORD),
        (body_of(check()).replace(b'"id":"', b'"id":"\\u0000'), journals.Oddity.UNREADABLE_BODY),
        (b"[" * 100_000, journals.Oddity.UNREADABLE_BODY),
    ],
)
def test_what_cannot_be_interpreted_is_held_and_noted(
    shared_centre: RunningCentre, line: Line, body: bytes, oddity: journals.Oddity
) -> None:
    line.booth.write_body(body)
    line.booth.write(check("AFTER IT"))

    reply = line.send(line.booth.contact())

    assert (reply.verdict, reply.held) == (Verdict.HELD, 5)
    assert held(shared_centre, line.booth) == written(line.booth)
    noted = rows(shared_centre, ledger.quarantine, line.booth.id)
    assert [(row.position, row.reason) for row in noted] == [(4, oddity)]
    assert bytes(rows(shared_centre, ledger.entry, line.booth.id)[3].body) == body


def test_an_entry_whose_body_was_erased_is_held_by_its_leaf(
    shared_centre: RunningCentre, line: Line
) -> None:
    contact = line.booth.contact()
    erased = replaced(contact.entries[0], body=None, salt=None, leaf=line.booth.journal[0].leaf)

    reply = line.send(msgspec.structs.replace(contact, entries=[erased, *contact.entries[1:]]))

    assert (reply.verdict, reply.held) == (Verdict.HELD, 3)
    assert held(shared_centre, line.booth) == written(line.booth)


# --- caps and garbage ---------------------------------------------------------------------------


def test_a_body_over_the_cap_is_refused(line: Line) -> None:
    answer = line.post(CONTACT_PATH, bytes(MOST_COMPRESSED + 1))

    assert answer.status_code == 413


def test_a_decompression_bomb_is_refused(line: Line) -> None:
    bomb = compress(bytes(MOST_DECOMPRESSED + 1))

    assert len(bomb) < 100_000
    assert line.post(CONTACT_PATH, bomb).status_code == 413


def test_too_many_entries_are_refused(line: Line) -> None:
    [wire, *_] = line.booth.contact().entries
    crowded = line.booth.contact(entries=[wire] * 5_001)

    assert line.post(CONTACT_PATH, line.booth.signed(crowded).body).status_code == 400


@pytest.mark.parametrize("path", [CONTACT_PATH, ENROL_PATH, BUNDLE_PATH])
def test_garbage_is_refused_in_plain_words(shared_centre: RunningCentre, path: str) -> None:
    answer = requests.post(shared_centre.url + path, data=os.urandom(400), timeout=60)

    assert (answer.status_code, answer.text) == (400, "not a zstd frame")


@pytest.mark.parametrize(
    "name", ["..%2f..%2fcentre.json", "1.root.json", "x" * 300, "%00", f"{'0' * 64}.a-1.snapshot"]
)
def test_nothing_but_published_files_is_lent(shared_centre: RunningCentre, name: str) -> None:
    answer = requests.get(shared_centre.url + REFERENCE_PATH + name, timeout=60)

    assert answer.status_code == 404


class Direct:
    """The centre without HTTP, with a clock that the test sets."""

    def __init__(self, folder: Path, database: str | None = None) -> None:
        self.running = set_up(folder / "centre", database=database)
        self.folder = CentreFolder(self.running.folder)
        self.ledger = Ledger(self.folder.database)
        self.now = datetime.now(UTC)
        self.provisioning = msgspec.structs.replace(
            msgspec.json.decode(
                self.running.run(
                    *("token", "--post", "OSH-01", "--url", "http://127.0.0.1", "--out", "-")
                ),
                type=Provisioning,
            )
        )
        self.centre = self.restarted()

    def restarted(self) -> Centre:
        return Centre(
            deployment=self.folder.deployment().name,
            ledger=self.ledger,
            keys=self.folder.keys(),
            shelf=Shelf(self.folder.reference),
            documents=Register(self.folder.documents),
            now=lambda: self.now,
        )

    def enrol(self, booth: Booth) -> Booth:
        outgoing = booth.enrol_request()
        booth.take_enrolment(outgoing, self.centre.enrol(outgoing.body))
        return booth

    def send(self, booth: Booth, contact: Contact) -> ContactReply:
        outgoing = booth.signed(contact)
        reply = booth.read(outgoing, self.centre.contact(outgoing.body), ContactReply)
        booth.take_reply(reply)
        return reply

    def held(self, booth: Booth) -> list[tuple[int, bytes]]:
        with self.ledger.reading() as connection:
            entry = ledger.entry.c
            found = sa.select(entry.position, entry.leaf).where(entry.workstation == booth.id)
            return [
                (position, bytes(leaf))
                for position, leaf in connection.execute(found.order_by(entry.position))
            ]


@pytest.fixture
def direct(tmp_path: Path, new_database: Callable[[], str | None]) -> Iterator[Direct]:
    direct = Direct(tmp_path, new_database())
    yield direct
    direct.ledger.close()


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Direct]:
    """A centre for many small questions, with one workstation that never sends."""
    quiet = Direct(tmp_path_factory.mktemp("quiet"))
    yield quiet
    quiet.ledger.close()


@pytest.fixture(scope="module")
def talker(quiet: Direct) -> Booth:
    booth = quiet.enrol(Booth(quiet.provisioning))
    booth.write(*(check(f"N{number}") for number in range(6)))
    return booth


@given(body=st.binary(max_size=300))
def test_no_bytes_upset_the_centre(quiet: Direct, body: bytes) -> None:
    for answer in (quiet.centre.contact, quiet.centre.enrol, quiet.centre.bundle):
        for sent in (body, compress(body)):
            with pytest.raises(Malformed):
                answer(sent)


PAYLOADS = st.recursive(
    st.none() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=10,
).map(msgspec.msgpack.encode)


@given(payload=st.binary(max_size=200) | PAYLOADS)
def test_no_signed_payload_upsets_the_centre(quiet: Direct, talker: Booth, payload: bytes) -> None:
    body = signed_as_it_is(talker, payload)

    for answer in (quiet.centre.contact, quiet.centre.enrol, quiet.centre.bundle):
        with pytest.raises(Malformed):
            answer(body)


def signed_as_it_is(booth: Booth, payload: bytes) -> bytes:
    digest = hashlib.sha256(payload).digest()
    signature = booth.sign(message(REQUEST, booth.deployment.encode(), digest))
    signed = Signed(payload=payload, key=booth.public, signature=signature)
    return compress(msgspec.msgpack.encode(signed))


@given(data=st.data())
def test_no_twisted_contact_enters_the_journal(
    quiet: Direct, talker: Booth, data: st.DataObject
) -> None:
    held_before = data.draw(st.integers(0, 5), "held")
    contact = talker.contact(held=held_before, most=data.draw(st.integers(0, 5), "most"))
    twists: dict[str, st.SearchStrategy[Any]] = {
        "first": st.integers(1, 9),
        "tip": st.integers(0, 9),
        "previous": st.binary(min_size=32, max_size=32),
        "head": st.binary(min_size=32, max_size=32),
        "head_signature": st.binary(max_size=70),
        "incarnation": st.integers(0, 2**53),
        "entries": st.permutations(contact.entries),
        "ratchet": st.binary(min_size=16, max_size=16),
        "counter": st.integers(0, talker.counter + 3),
    }
    names = data.draw(st.lists(st.sampled_from(sorted(twists)), max_size=2, unique=True), "twist")
    twisted = msgspec.structs.replace(
        contact, **{name: data.draw(twists[name], name) for name in names}
    )

    reply = quiet.send(talker, twisted)

    assert reply.verdict in Verdict
    assert (
        quiet.held(talker)
        == [(each.position, each.leaf) for each in talker.journal][: len(quiet.held(talker))]
    )


# --- enrolment ----------------------------------------------------------------------------------


def test_enrolment_gives_a_certificate_and_keys_that_open(direct: Direct) -> None:
    booth = Booth(direct.provisioning)
    outgoing = booth.enrol_request()

    reply = booth.take_enrolment(outgoing, direct.centre.enrol(outgoing.body))

    certificate = read_certificate(reply.certificate, server_key=reply.server_key)
    assert (certificate.workstation, certificate.signing_key) == (reply.workstation, booth.public)
    assert reply.workstation.startswith("OSH-01-")
    assert (reply.post_name, reply.tuf_root) == ("OSH-01", booth.provisioning.tuf_root)
    opened = unseal(
        reply.channel_keys["watchlist"], booth.receive_key, purpose="channel-key/watchlist"
    )
    assert opened == direct.folder.keys().channels["watchlist"]


def test_a_lost_enrolment_can_be_asked_for_again(direct: Direct) -> None:
    booth = Booth(direct.provisioning)
    direct.centre.enrol(booth.enrol_request().body)

    direct.enrol(booth)

    assert direct.send(booth, booth.contact()).verdict == Verdict.HELD


def test_a_token_serves_one_workstation(direct: Direct) -> None:
    direct.enrol(Booth(direct.provisioning))

    with pytest.raises(Gone, match="used already"):
        direct.enrol(Booth(direct.provisioning))


def test_a_used_token_does_not_serve_its_workstation_after_the_first_contact(
    direct: Direct,
) -> None:
    booth = direct.enrol(Booth(direct.provisioning))
    direct.send(booth, booth.contact())

    with pytest.raises(Gone, match="used already"):
        direct.enrol(booth)


def test_a_token_ends_after_a_day(direct: Direct) -> None:
    direct.now += timedelta(hours=24, minutes=1)

    with pytest.raises(Gone, match="24 hours"):
        direct.enrol(Booth(direct.provisioning))


def test_a_token_is_nothing_without_its_secret(direct: Direct) -> None:
    token = Token.read(direct.provisioning.token)
    guessed = Token(id=token.id, secret=bytes(16))
    booth = Booth(msgspec.structs.replace(direct.provisioning, token=str(guessed)))

    with pytest.raises(Unknown):
        direct.enrol(booth)


def test_nobody_enrols_a_key_that_is_not_his(direct: Direct) -> None:
    booth, other = Booth(direct.provisioning), Booth(direct.provisioning)

    with pytest.raises(Forged):
        direct.centre.enrol(booth.enrol_request(signing_key=other.public).body)


def test_a_receive_key_that_is_none_enrols_nobody(direct: Direct) -> None:
    booth = Booth(direct.provisioning)
    mac = enrolment_mac(
        Token.read(direct.provisioning.token),
        deployment=booth.deployment,
        signing_key=booth.public,
        receive_key=bytes(32),
    )

    with pytest.raises(Malformed):
        direct.centre.enrol(booth.enrol_request(receive_key=bytes(32), mac=mac).body)
    assert direct.enrol(booth).id


def test_a_used_token_is_told_over_the_line(shared_centre: RunningCentre) -> None:
    provisioning = shared_centre.provisioning()
    Line(Booth(provisioning), shared_centre.url).enrol()
    late = Line(Booth(provisioning), shared_centre.url)

    answer = late.post(ENROL_PATH, late.booth.enrol_request().body)

    assert (answer.status_code, answer.text) == (
        410,
        "this token was used already: ask for a new one",
    )


@given(id=st.binary(min_size=8, max_size=8), secret=st.binary(min_size=16, max_size=16))
def test_a_token_survives_being_typed(id: bytes, secret: bytes) -> None:
    token = Token(id=id, secret=secret)
    typed = str(token).lower()
    grouped = " ".join(typed[at : at + 4] for at in range(0, len(typed), 4))

    assert Token.read(grouped) == token


@given(text=st.text(max_size=60))
def test_what_is_no_token_is_told_so(text: str) -> None:
    with suppress(Malformed):
        assert str(Token.read(text)).startswith("CP1-")


# --- the ledger's memory ------------------------------------------------------------------------


def test_a_restored_server_judges_no_ratchet_until_the_workstation_has_heard_of_it(
    direct: Direct,
) -> None:
    booth = direct.enrol(Booth(direct.provisioning))
    booth.write(check())
    direct.send(booth, booth.contact())
    booth.ratchet = b"after the backup"
    direct.running.run("restored")
    direct.centre = direct.restarted()
    told = direct.ledger.epoch()

    late = direct.send(booth.copy(), booth.contact(held=1))
    first = direct.send(booth, booth.contact(held=1, counter=late.counter + 1))
    second = direct.send(booth, booth.contact(held=1, epoch=told))
    booth.ratchet = b"somebody's other"
    third = direct.send(booth, booth.contact(held=1, epoch=told))

    verdicts = [reply.verdict for reply in (late, first, second, third)]
    assert verdicts == [Verdict.HELD, Verdict.HELD, Verdict.HELD, Verdict.RE_ENROL]


def test_a_server_that_lost_entries_is_filled_up_again(direct: Direct) -> None:
    booth = direct.enrol(Booth(direct.provisioning))
    booth.write(*(check(name) for name in ("ONE", "TWO", "THREE")))
    direct.send(booth, booth.contact())
    with direct.ledger.writing() as connection:
        connection.execute(sa.delete(ledger.entry).where(ledger.entry.c.position > 1))
        connection.execute(sa.update(ledger.journal).values(held=1, head=booth.tip(1).head))

    gap = direct.send(booth, booth.contact(held=3))
    filled = direct.send(booth, booth.contact(held=gap.held))

    assert (gap.verdict, gap.held) == (Verdict.GAP, 1)
    assert (filled.verdict, filled.held) == (Verdict.HELD, 3)
    assert [position for position, _leaf in direct.held(booth)] == [1, 2, 3]


def test_what_was_acknowledged_survives_the_servers_death(running_centre: RunningCentre) -> None:
    line = Line(Booth(running_centre.provisioning()), running_centre.url)
    line.enrol()
    line.booth.write(check("ONE"), check("TWO"))
    outgoing = line.booth.signed(line.booth.contact())
    acknowledged = line.post(CONTACT_PATH, outgoing.body)

    running_centre.kill()
    running_centre.start()

    assert held(running_centre, line.booth) == written(line.booth)
    assert line.post(CONTACT_PATH, outgoing.body).content == acknowledged.content


def test_a_database_that_comes_back_is_found_again(tmp_path: Path, postgres: Cluster) -> None:
    address = postgres.new_database()
    with serving(set_up(tmp_path / "centre", database=address)) as centre:
        line = Line(Booth(centre.provisioning()), centre.url)
        line.enrol()
        line.booth.write(check())
        outgoing = line.booth.signed(line.booth.contact())

        postgres.shut(address)
        away = line.post(CONTACT_PATH, outgoing.body)
        postgres.open(address)
        back = line.post(CONTACT_PATH, outgoing.body)

        assert (away.status_code, away.text) == (503, "the ledger is not reachable")
        assert back.status_code == 200
        assert held(centre, line.booth) == written(line.booth)


def test_the_ledger_of_a_newer_program_is_left_alone(direct: Direct) -> None:
    with direct.ledger.writing() as connection:
        connection.execute(sa.update(ledger.ledger_version).values(version=NEWEST + 1))

    with pytest.raises(NotOurs, match="install the program that belongs to it"):
        direct.ledger.check()


def test_a_fault_of_the_database_leaves_nothing_personal_in_the_log(
    running_centre: RunningCentre,
) -> None:
    line = Line(Booth(running_centre.provisioning()), running_centre.url)
    line.enrol()
    line.booth.write(check())
    refusing = ledger.entry.to_metadata(sa.MetaData())
    refusing.append_constraint(sa.CheckConstraint("position < 0"))
    with opened(running_centre) as book, book.writing() as connection:
        ledger.entry.drop(connection)
        refusing.create(connection)

    answer = line.post(CONTACT_PATH, line.booth.signed(line.booth.contact()).body)

    assert (answer.status_code, answer.text) == (500, "a fault of the server, which is in its log")
    assert re.search("IntegrityError|CheckViolation", running_centre.log)
    assert "Failing row" not in running_centre.log


# --- bundles ------------------------------------------------------------------------------------


def test_a_bundle_is_taken_like_a_contact(shared_centre: RunningCentre, line: Line) -> None:
    reply = line.deliver(line.booth.bundle())

    assert (reply.verdict, reply.held, reply.head) == (Verdict.HELD, 3, line.booth.tip().head)
    assert held(shared_centre, line.booth) == written(line.booth)


def test_a_bundle_that_comes_late_doubles_nothing(shared_centre: RunningCentre, line: Line) -> None:
    bundle = line.booth.bundle(held=1)
    line.send(line.booth.contact())
    line.booth.write(check("FOUR"))
    line.send(line.booth.contact(held=3))

    reply = line.deliver(bundle)

    assert (reply.verdict, reply.held) == (Verdict.HELD, 4)
    assert held(shared_centre, line.booth) == written(line.booth)


def test_a_bundle_that_comes_early_shows_the_gap(line: Line) -> None:
    reply = line.deliver(line.booth.bundle(held=2))

    assert (reply.verdict, reply.held) == (Verdict.GAP, 0)


def test_a_bundle_asks_for_neither_counter_nor_ratchet(line: Line) -> None:
    line.send(line.booth.contact(most=1))
    line.deliver(line.booth.bundle())

    reply = line.send(line.booth.contact(held=3))

    assert (reply.verdict, reply.held) == (Verdict.HELD, 3)


def test_a_neighbour_may_deliver_a_bundle(shared_centre: RunningCentre, line: Line) -> None:
    neighbour = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    neighbour.enrol()

    reply = neighbour.deliver(line.booth.bundle())

    assert (reply.workstation, reply.held) == (line.booth.id, 3)
    assert held(shared_centre, line.booth) == written(line.booth)


@pytest.mark.parametrize(
    "swapped", [{"first": 2}, {"last": 2}, {"previous": bytes(32)}, {"head": bytes(32)}]
)
def test_a_bundle_whose_header_is_of_another_is_not_taken(
    shared_centre: RunningCentre, line: Line, swapped: dict[str, Any]
) -> None:
    reply = line.deliver(line.booth.bundle(**swapped))

    assert reply.verdict in (Verdict.FORK, Verdict.GAP)
    assert held(shared_centre, line.booth) == []


def test_a_bundle_altered_on_its_way_is_refused(shared_centre: RunningCentre, line: Line) -> None:
    bundle = line.booth.bundle()
    other = line.booth.bundle(held=1)
    crossed = msgspec.structs.replace(bundle, sealed=other.sealed)

    answer = line.post(BUNDLE_PATH, line.booth.signed(line.booth.delivery(crossed)).body)

    assert answer.status_code == 401
    assert held(shared_centre, line.booth) == []


def test_a_bundle_sealed_for_somebody_else_is_refused(line: Line) -> None:
    elsewhere = sealing.public_of(sealing.new_private())
    sealed = seal_entries([to_wire(each) for each in line.booth.journal], elsewhere)

    answer = line.post(
        BUNDLE_PATH, line.booth.signed(line.booth.delivery(line.booth.bundle(sealed=sealed))).body
    )

    assert answer.status_code == 400


# --- the program --------------------------------------------------------------------------------


def test_keys_are_for_their_owner_only(shared_centre: RunningCentre) -> None:
    keys = [path for path in (shared_centre.folder / "keys").rglob("*") if path.is_file()]

    assert len(keys) == 14
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}
    assert stat.S_IMODE(shared_centre.folder.stat().st_mode) == 0o700


def test_the_server_ends_when_its_input_closes(running_centre: RunningCentre) -> None:
    process = running_centre.process
    assert process is not None

    running_centre.stop()

    assert process.returncode == 0


def test_the_server_ends_well_when_told_to(running_centre: RunningCentre) -> None:
    process = running_centre.process
    assert process is not None

    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == 0


def test_the_server_comes_back_at_its_address(running_centre: RunningCentre) -> None:
    url = running_centre.url

    running_centre.stop()
    running_centre.start()

    assert running_centre.url == url
    assert requests.get(url + HEALTH_PATH, timeout=60).text == "ok"


def test_a_port_in_use_is_told_in_one_sentence(running_centre: RunningCentre) -> None:
    port = running_centre.url.rpartition(":")[2]

    done = subprocess.run(
        [
            *(sys.executable, "-m", "sync.server.main", "serve"),
            *("--data", str(running_centre.folder), "--port", port),
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 2
    assert done.stderr == (
        f"checkpoint-server: 127.0.0.1:{port} cannot be listened on: Address already in use.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serve"], "holds no centre: run `checkpoint-server init"),
        (["token", "--post", "OSH-01"], "holds no centre"),
        (["publish", "--jsonl", "x"], "holds no centre"),
        (["status"], "holds no centre"),
    ],
)
def test_a_folder_without_a_centre_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main([*arguments, "--data", str(tmp_path)]) == 2

    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["init"], "holds a centre already"),
        (["serve", "--host", "192.0.2.1"], "this machine only"),
        (["token", "--post", "OSH 01"], "letters, digits and dashes"),
        (["token", "--post", "OSH-01"], "--url https://NAME:PORT"),
        (["publish"], "at least one list"),
        (["publish", "--jsonl", "nowhere.jsonl"], "cannot be read"),
        (["serve", "--database", "postgresql://127.0.0.1:1/none"], "the database does not answer"),
        (["serve", "--database", "mysql://127.0.0.1/none"], "in PostgreSQL (postgresql://...)"),
        (["serve", "--database", "nonsense"], "the database does not answer"),
        (["serve", "--database", "sqlite://"], "run `checkpoint-server init` first"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    set_up(tmp_path / "centre")

    assert main([*arguments, "--data", str(tmp_path / "centre")]) == 2

    assert said in capsys.readouterr().err


def test_a_failed_init_can_be_done_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "centre")]
    away = "postgresql://nobody@127.0.0.1:1/nowhere"

    assert main(["init", *data, "--database", away]) == 2
    assert main(["init", *data]) == 0

    assert "the database does not answer" in capsys.readouterr().err


def test_status_names_posts_contacts_and_quarantine(
    shared_centre: RunningCentre, line: Line
) -> None:
    line.booth.write_body(b"{}")
    line.send(line.booth.contact())

    [told] = [each for each in shared_centre.run("status").splitlines() if line.booth.id in each]

    assert "post OSH-01 (Osh road), last contact 2" in told
    assert told.endswith("4 entries held, 1 in quarantine, 0 alarms")


def test_entries_can_be_asked_for_by_kind(shared_centre: RunningCentre, line: Line) -> None:
    line.booth.write_body(b"{}")
    line.send(line.booth.contact())

    checks = shared_centre.entries("--workstation", line.booth.id, "--kind", "check")

    assert [entry["position"] for entry in checks] == [1, 2, 3]
    assert all("body" not in entry for entry in checks)


def test_over_tls_only_the_pinned_authority_is_needed(tmp_path: Path) -> None:
    centre = set_up(tmp_path / "centre", tls="127.0.0.1")
    with serving(centre):
        provisioning = centre.provisioning()
        assert provisioning.certificate is not None
        pinned = tmp_path / "pinned.pem"
        pinned.write_text(provisioning.certificate)

        assert provisioning.url.startswith("https://127.0.0.1:")
        health = requests.get(provisioning.url + HEALTH_PATH, verify=str(pinned), timeout=60)
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(provisioning.url + HEALTH_PATH, timeout=60)
    assert health.text == "ok"
