"""Messages as released versions wrote them, byte for byte, are read for as long as they live.

`wire/VERSION` holds them, and `messages.json` beside them what they say. A version's are never
changed; a release adds a folder of its own.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from checkpoint_client.journal import chain, signatures
from checkpoint_client.journal.entry import Origin
from sync.protocol import (
    Bundle,
    BundleDelivery,
    BundleReply,
    Certificate,
    Contact,
    ContactReply,
    EnrolReply,
    EnrolRequest,
    Forged,
    Malformed,
    Message,
    Signed,
    bundle_message,
    decode,
    open_entries,
    read_certificate,
    read_reply,
    read_request,
    wire_leaf,
)

VERSIONS = sorted(Path(__file__).with_name("wire").iterdir())
SERVER = Ed25519PrivateKey.from_private_bytes(bytes([2] * 32)).public_key().public_bytes_raw()
CENTRE = X25519PrivateKey.from_private_bytes(bytes([4] * 32))
REQUESTS: dict[str, type[Message]] = {
    "contact": Contact,
    "enrol-request": EnrolRequest,
    "bundle-delivery": BundleDelivery,
}
REPLIES: dict[str, type[Message]] = {
    "contact-reply": ContactReply,
    "enrol-reply": EnrolReply,
    "bundle-reply": BundleReply,
}


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def released(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_every_message_of_a_released_version_says_what_it_said(released: Path) -> None:
    read = dict(messages(released))

    assert {f"{name}.bin" for name in read} == set(said(released))
    for name, message in read.items():
        now = {
            name: msgspec.to_builtins(getattr(message, name)) for name in message.__struct_fields__
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


@pytest.mark.parametrize("kind", [*REQUESTS.values(), *REPLIES.values()])
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


def messages(released: Path) -> Iterator[tuple[str, Message]]:
    digest = read_request((released / "contact.bin").read_bytes(), deployment="utopia").digest
    for name, request in REQUESTS.items():
        incoming = read_request((released / f"{name}.bin").read_bytes(), deployment="utopia")
        yield name, decode(incoming.payload, request)
    for name, reply in REPLIES.items():
        written = (released / f"{name}.bin").read_bytes()
        yield name, read_reply(written, reply, answers=digest, server_key=SERVER)
    statement = (released / "certificate.bin").read_bytes()
    certificate: Certificate = read_certificate(statement, server_key=SERVER)
    yield "certificate", certificate
    yield "bundle", decode((released / "bundle.bin").read_bytes(), Bundle)


def said(released: Path) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = msgspec.json.decode((released / "messages.json").read_bytes())
    return told
