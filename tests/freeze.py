"""Writes every message as the present program says it, for a release to freeze.

`python -m tests.freeze 0.2.0` makes the folder `wire/0.2.0`, once. Keys and entries are those of
0.1.0, the first version; what came later is filled in here.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.vault import sealing
from sync import crossings, post, protocol
from sync.crossings import Sheet
from sync.post import (
    AttachmentAnswer,
    AttachmentCall,
    CarriedAttachment,
    FileCall,
    FileReply,
    LyingAttachment,
    PostBundle,
    PostCall,
    PostEntry,
    PostReply,
    Reach,
)
from sync.protocol import (
    Acknowledgement,
    AskedCrossings,
    AskedSheet,
    AttachmentPart,
    AttachmentReply,
    Bundle,
    Certificate,
    Contact,
    ContactReply,
    Crossings,
    DocumentAnswer,
    DocumentQuestion,
    Message,
    Part,
    RoleKey,
    Rotation,
    SheetCall,
    SheetReply,
    ToldCrossing,
    WireEntry,
)
from tests.test_wire_fixtures import (
    POST_SEED,
    RECEIVE_SEED,
    messages,
    read_first,
    read_sheet,
)

WIRE = Path(__file__).with_name("wire")
DEPLOYMENT, WORKSTATION, POST = "utopia", "osh-01-1", "OSH-01"
REQUEST_ID = bytes(range(16))


@dataclass(frozen=True, slots=True)
class Key:
    """The workstation's."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


ASKED = AskedSheet(12, 7, "UTO", 1_795_000_000)
SIGNER = Key(Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)))
SERVER = Ed25519PrivateKey.from_private_bytes(bytes([2] * 32))


def written() -> Iterator[tuple[str, Message, bytes]]:
    """The name of each, what it says, and its bytes."""
    first = dict(messages(WIRE / "0.1.0"))
    contact, digest = _contact(first), b""
    for name, request in _requests(first, contact):
        outgoing = protocol.sign_request(request, SIGNER, deployment=DEPLOYMENT)
        digest = digest or outgoing.digest
        yield name, request, outgoing.body
    for name, reply in _replies(first):
        yield name, reply, protocol.write_reply(reply, SERVER, answers=digest)
    certificate, bundle = read_first(first, Certificate), read_first(first, Bundle)
    yield "certificate", certificate, protocol.write_certificate(certificate, SERVER)
    yield "bundle", bundle, msgspec.msgpack.encode(bundle)
    word = _acknowledgement(bundle)
    receiver = sealing.public_of(RECEIVE_SEED)
    yield (
        "acknowledgement",
        word,
        protocol.write_acknowledgement(word, SERVER, receive_key=receiver),
    )
    sheet = _sheet()
    yield "sheet", read_sheet(sheet), sheet
    carried = _post_bundle(bundle, certificate, contact.entries)
    yield "post-bundle", carried, msgspec.msgpack.encode(carried)
    for name, plain in (
        ("post-reply", _post_reply(carried)),
        ("file-reply", FileReply(held=3, size=3, part=b"abc")),
        ("attachment-answer", AttachmentAnswer(held=3, part=b"abc", full=True)),
    ):
        yield name, plain, protocol.compress(msgspec.msgpack.encode(plain))


def _requests(first: dict[str, Message], contact: Contact) -> Iterator[tuple[str, Message]]:
    yield "contact", contact
    yield "contact-folded", protocol.folded(contact, dictionary=1)
    yield "contact-set-apart", protocol.folded(contact, dictionary=2)
    yield "enrol-request", first["enrol-request"]
    yield "bundle-delivery", first["bundle-delivery"]
    yield (
        "attachment-part",
        AttachmentPart(
            request_id=REQUEST_ID,
            deployment=DEPLOYMENT,
            workstation=WORKSTATION,
            address=bytes([6] * 32),
            offset=65_536,
            content=b"ciphertext",
            origin="osh-01-2",
        ),
    )
    statement = protocol.write_certificate(read_first(first, Certificate), SERVER)
    yield (
        "post-call",
        PostCall(
            request_id=REQUEST_ID,
            deployment=DEPLOYMENT,
            workstation=WORKSTATION,
            incarnation=1,
            certificate=statement,
            received=2,
            have=[Reach("osh-01-2", 1, 40)],
            seconds=25,
            carries=True,
            carried=[Reach("osh-01-3", 2, 7)],
            asks_word=True,
            lacks_word=1,
            carried_attachments=[CarriedAttachment("osh-01-3", bytes([6] * 32), b"its word")],
            asks_sheet=ASKED,
            sheets=[b"a sheet"],
        ),
    )
    yield (
        "attachment-call",
        AttachmentCall(
            request_id=REQUEST_ID,
            deployment=DEPLOYMENT,
            workstation=WORKSTATION,
            certificate=statement,
            address=bytes([6] * 32),
            size=65_546,
            start=65_536,
            part=b"ciphertext",
        ),
    )
    yield (
        "sheet-call",
        SheetCall(
            request_id=REQUEST_ID,
            deployment=DEPLOYMENT,
            workstation=WORKSTATION,
            asked=ASKED,
            certificate=statement,
        ),
    )
    yield (
        "file-call",
        FileCall(
            request_id=REQUEST_ID,
            deployment=DEPLOYMENT,
            workstation=WORKSTATION,
            certificate=statement,
            name="timestamp.json",
            start=3,
        ),
    )


def _replies(first: dict[str, Message]) -> Iterator[tuple[str, Message]]:
    yield "contact-reply", _contact_reply(first)
    yield "enrol-reply", first["enrol-reply"]
    yield "bundle-reply", first["bundle-reply"]
    yield (
        "attachment-reply",
        AttachmentReply(
            request_id=REQUEST_ID,
            workstation=WORKSTATION,
            address=bytes([6] * 32),
            answer=Part.GO_ON,
            held=65_546,
            acknowledgement=b"the centre's word",
        ),
    )
    yield (
        "sheet-reply",
        SheetReply(request_id=REQUEST_ID, workstation=WORKSTATION, sheet=_sheet()),
    )


def _contact(first: dict[str, Message]) -> Contact:
    was = read_first(first, Contact)
    ahead = WireEntry(9, 1, bytes([9] * 16), b'{"id":"later"}', None, [])
    return msgspec.structs.replace(
        was,
        documents=[DocumentQuestion("hit-1", bytes(8))],
        waiting=2,
        asks_post_key=True,
        previews=[ahead],
        previewed=[8],
        crossings=AskedCrossings(12, "UTO"),
        generation=1,
        rotation=Rotation(bytes([7] * 32), bytes([8] * 32), 2, bytes(64)),
        role_holders=[bytes([12] * 32)],
    )


def _contact_reply(first: dict[str, Message]) -> ContactReply:
    was = read_first(first, ContactReply)
    return msgspec.structs.replace(
        was,
        documents=[DocumentAnswer("hit-1", True, 3)],
        dictionary=1,
        completes=True,
        retry_after=30,
        wanted=[2],
        attachments=[bytes([6] * 32)],
        crossings=Crossings(12, 13, True, [ToldCrossing(13, "UTO", "P123", 20_781, True, True)]),
        post_keys={1: b"sealed"},
        role_keys={1: RoleKey(bytes([11] * 32), {bytes([12] * 32): b"sealed"})},
    )


def _acknowledgement(bundle: Bundle) -> Acknowledgement:
    return Acknowledgement(
        deployment=DEPLOYMENT,
        workstation=WORKSTATION,
        incarnation=1,
        held=bundle.last,
        head=bundle.head,
        backed_up=2,
        server_time="2026-11-24T12:00:00+00:00",
        epoch=bytes([9] * 16),
        post_keys={1: b"sealed"},
        lacking=[bytes([6] * 32)],
        role_keys={1: RoleKey(bytes([11] * 32))},
        post_key=b"sealed",
    )


def _sheet() -> bytes:
    sheet = Sheet(
        deployment=DEPLOYMENT,
        post=POST,
        memory=7,
        server_time="2026-11-24T12:00:00+00:00",
        state="UTO",
        generation=1,
    )
    told = [ToldCrossing(13, "UTO", "P123", 20_781, True, True)]
    return crossings.write(sheet, Crossings(12, 13, True, told), SERVER, post_key=POST_SEED)


def _post_reply(carried: PostBundle) -> PostReply:
    return PostReply(
        held=3,
        bundles=[msgspec.msgpack.encode(carried)],
        stamp=4,
        attachments_for_centre=[LyingAttachment("osh-01-3", bytes([6] * 32), 65_546)],
        memory=bytes([10] * 16),
        sheet=b"a sheet",
        wanted_sheets=[ASKED],
    )


def _post_bundle(
    bundle: Bundle, certificate: Certificate, entries: Sequence[WireEntry]
) -> PostBundle:
    for_centre = msgspec.msgpack.encode(bundle)
    plain = msgspec.msgpack.encode([PostEntry(each, bytes(64)) for each in entries])
    for_post = protocol.seal(
        protocol.compress(plain), sealing.public_of(POST_SEED), purpose=f"post/{WORKSTATION}"
    )
    return PostBundle(
        bundle=for_centre,
        for_post=for_post,
        certificate=protocol.write_certificate(certificate, SERVER),
        signature=SIGNER.sign(post.post_message(for_centre, for_post)),
    )


def main(arguments: Sequence[str]) -> None:
    [version] = arguments
    folder = WIRE / version
    folder.mkdir()
    told = {}
    for name, message, content in written():
        (folder / f"{name}.bin").write_bytes(content)
        told[f"{name}.bin"] = msgspec.to_builtins(message, str_keys=True)
    told_bytes = msgspec.json.format(msgspec.json.encode(told), indent=1)
    (folder / "messages.json").write_bytes(told_bytes + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
