"""Messages as released versions wrote them, byte for byte, are read for as long as they live.

`wire/VERSION` holds them, and `messages.json` beside them what they say. A version's are never
changed; a release adds a folder of its own.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from checkpoint_client.journal import chain, signatures
from checkpoint_client.journal.entry import Origin
from checkpoint_client.vault.errors import CannotOpen
from checkpoint_client.vault.sealing import open_sealed
from sync import crossings, post
from sync.crossings import PURPOSE, Sheet
from sync.post import (
    AttachmentAnswer,
    AttachmentCall,
    FileCall,
    FileReply,
    PostBundle,
    PostCall,
    PostReply,
)
from sync.protocol import (
    AttachmentPart,
    AttachmentReply,
    Bundle,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
    EnrolReply,
    EnrolRequest,
    Forged,
    Malformed,
    Message,
    SealedAcknowledgement,
    SheetCall,
    SheetReply,
    Signed,
    ToldCrossing,
    bundle_message,
    decode,
    decompress,
    open_entries,
    read_acknowledgement,
    read_certificate,
    read_reply,
    read_request,
    sealed_for,
    unfolded,
    wire_leaf,
)

VERSIONS = sorted(Path(__file__).with_name("wire").iterdir())
SERVER = Ed25519PrivateKey.from_private_bytes(bytes([2] * 32)).public_key().public_bytes_raw()
CENTRE = X25519PrivateKey.from_private_bytes(bytes([4] * 32))
REQUESTS: dict[str, type[Message]] = {
    "contact": Contact,
    "contact-folded": Contact,
    "contact-set-apart": Contact,
    "attachment-part": AttachmentPart,
    "sheet-call": SheetCall,
    "post-call": PostCall,
    "file-call": FileCall,
    "attachment-call": AttachmentCall,
    "enrol-request": EnrolRequest,
    "bundle-delivery": BundleDelivery,
}
REPLIES: dict[str, type[Message]] = {
    "contact-reply": ContactReply,
    "enrol-reply": EnrolReply,
    "bundle-reply": BundleReply,
    "attachment-reply": AttachmentReply,
    "sheet-reply": SheetReply,
}
PACKED: dict[str, type[Message]] = {
    "post-reply": PostReply,
    "file-reply": FileReply,
    "attachment-answer": AttachmentAnswer,
}
"""An exchange's replies: nobody signs them."""

RECEIVE_SEED = bytes([3] * 32)
POST_SEED = bytes([5] * 32)
M = TypeVar("M", bound=Message)


since_0_2_0 = pytest.mark.parametrize("released", VERSIONS[1:], ids=lambda path: path.name)
"""For what the first version had not got."""

since_0_3_0 = pytest.mark.parametrize("released", VERSIONS[2:], ids=lambda path: path.name)


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def released(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_every_message_of_a_released_version_says_what_it_said(released: Path) -> None:
    read = dict(messages(released))

    assert {f"{name}.bin" for name in read} == set(said(released))
    for name, message in read.items():
        now = {
            name: msgspec.to_builtins(getattr(message, name), str_keys=True)
            for name in message.__struct_fields__
        }
        then = said(released)[f"{name}.bin"]
        assert {member: now[member] for member in then} == then, name


def test_signatures_of_a_released_version_hold(released: Path) -> None:
    bundle = decode((released / "bundle.bin").read_bytes(), Bundle)

    assert signatures.is_valid(bundle.key, bundle.signature, bundle_message(bundle))
    with pytest.raises(Forged):
        read_request((released / "contact.bin").read_bytes(), deployment="another")


def test_a_reply_is_the_centres_and_to_this_request(released: Path) -> None:
    body = (released / "contact-reply.bin").read_bytes()
    digest = read_request((released / "contact.bin").read_bytes(), deployment="utopia").digest

    with pytest.raises(Forged):
        read_reply(body, ContactReply, answers=bytes(32), server_key=SERVER)
    with pytest.raises(Forged):
        read_reply(body, ContactReply, answers=digest, server_key=bytes(32))


def test_nobody_certifies_himself(released: Path) -> None:
    statement = decode((released / "certificate.bin").read_bytes(), Signed)
    key = Ed25519PrivateKey.generate()
    own = signatures.sign(key, signatures.message(signatures.CERTIFICATE, statement.payload))
    claims = msgspec.structs.replace(statement, signature=own)
    honest = msgspec.structs.replace(claims, key=key.public_key().public_bytes_raw())

    for forged in (claims, honest):
        with pytest.raises(Forged):
            read_certificate(msgspec.msgpack.encode(forged), server_key=SERVER)


def test_entries_of_a_released_version_form_their_chain(released: Path) -> None:
    bundle = decode((released / "bundle.bin").read_bytes(), Bundle)
    contact = dict(messages(released))["contact"]
    assert isinstance(contact, Contact)

    entries = open_entries(bundle.sealed, CENTRE)

    assert entries == contact.entries
    assert [each.position for each in entries] == [1, 2, 3]
    assert all(len(wire_leaf(each)) == 32 for each in entries)
    assert bundle.previous == chain.start(Origin("utopia", "osh-01-1", 1)).head


@pytest.mark.parametrize("kind", sorted({*REQUESTS.values(), *REPLIES.values()}, key=repr))
def test_what_a_later_version_adds_is_not_minded(released: Path, kind: type[Message]) -> None:
    for message in dict(messages(released)).values():
        if isinstance(message, kind):
            later = msgspec.to_builtins(message, builtin_types=(bytes,)) | {"mood": "calm"}

            assert decode(msgspec.msgpack.encode(later), kind) == message


@pytest.mark.parametrize("name", ["contact", "bundle-delivery", "enrol-request"])
def test_a_message_cut_short_is_malformed_wherever_it_is_cut(released: Path, name: str) -> None:
    whole = (released / f"{name}.bin").read_bytes()

    for length in range(len(whole)):
        with pytest.raises(Malformed):
            read_request(whole[:length], deployment="utopia")


@since_0_2_0
def test_a_word_of_the_centre_is_opened_by_its_workstation_alone(released: Path) -> None:
    outer = decode((released / "acknowledgement.bin").read_bytes(), SealedAcknowledgement)

    with pytest.raises(CannotOpen):
        open_sealed(POST_SEED, sealed_for("acknowledgement"), outer.sealed)


@since_0_2_0
def test_neighbours_read_what_a_released_version_told_them(released: Path) -> None:
    contact = dict(messages(released))["contact"]
    assert isinstance(contact, Contact)

    carried = post.read(
        (released / "post-bundle.bin").read_bytes(),
        deployment="utopia",
        post="OSH-01",
        server_key=SERVER,
    )
    entries = post.opened(carried, POST_SEED)

    assert [each.body for each in entries] == [each.body for each in contact.entries]
    assert entries[-1].head == carried.bundle.head


@since_0_2_0
def test_what_travels_in_columns_is_what_travels_whole(released: Path) -> None:
    read = dict(messages(released))

    for folded in (read[name] for name in ("contact-folded", "contact-set-apart") if name in read):
        assert isinstance(folded, Contact)
        assert unfolded(folded) == read["contact"]


@since_0_3_0
def test_a_posts_crossings_are_opened_by_its_key_alone(released: Path) -> None:
    sheet = dict(messages(released))["sheet"]
    assert isinstance(sheet, Sheet)

    told = decompress(open_sealed(POST_SEED, sealed_for(PURPOSE), sheet.sealed))

    assert [each.document for each in msgspec.msgpack.decode(told, type=list[ToldCrossing])] == [
        "P123"
    ]
    with pytest.raises(CannotOpen):
        open_sealed(RECEIVE_SEED, sealed_for(PURPOSE), sheet.sealed)


def test_the_present_program_can_be_frozen_and_read(tmp_path: Path) -> None:
    from tests.freeze import written

    for name, _message, content in written():
        (tmp_path / f"{name}.bin").write_bytes(content)

    read = dict(messages(tmp_path))
    assert {name for name, _message, _content in written()} == set(read)
    packed_anew = {"post-bundle", "post-reply", "contact-folded", "contact-set-apart"}
    encrypted_anew = {"sheet", "sheet-reply"}
    assert read == {name: message for name, message, _content in written()} | {
        name: read[name] for name in packed_anew | encrypted_anew
    }


def messages(released: Path) -> Iterator[tuple[str, Message]]:
    """Every message that lies there, proved and opened."""
    there = {path.stem: path.read_bytes() for path in released.glob("*.bin")}
    digest = read_request(there["contact"], deployment="utopia").digest
    for name, request in REQUESTS.items():
        if name in there:
            incoming = read_request(there[name], deployment="utopia")
            yield name, decode(incoming.payload, request)
    for name, reply in REPLIES.items():
        if name in there:
            yield name, read_reply(there[name], reply, answers=digest, server_key=SERVER)
    for name, plain in PACKED.items():
        if name in there:
            yield name, decode(decompress(there[name]), plain)
    yield "certificate", read_certificate(there["certificate"], server_key=SERVER)
    yield "bundle", decode(there["bundle"], Bundle)
    if "post-bundle" in there:
        yield "post-bundle", decode(there["post-bundle"], PostBundle)
    if "sheet" in there:
        yield "sheet", read_sheet(there["sheet"])
    if "acknowledgement" in there:
        outer = decode(there["acknowledgement"], SealedAcknowledgement)
        inner = open_sealed(RECEIVE_SEED, sealed_for("acknowledgement"), outer.sealed)
        yield "acknowledgement", read_acknowledgement(inner, server_key=SERVER)


def read_sheet(packed: bytes) -> Sheet:
    return crossings.read(packed, deployment="utopia", post="OSH-01", server_key=SERVER)


def read_first(read: dict[str, Message], kind: type[M]) -> M:
    """The message of this kind."""
    return next(each for each in read.values() if isinstance(each, kind))


def said(released: Path) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = msgspec.json.decode((released / "messages.json").read_bytes())
    return told
