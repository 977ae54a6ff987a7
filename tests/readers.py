"""Everything of ours that reads what came from outside: how it may refuse, and honest examples."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from checkpoint_client.journal import body as bodies
from checkpoint_client.journal import signatures
from checkpoint_client.journal.chain import start
from checkpoint_client.journal.entry import SALT_BYTES, Entry
from checkpoint_client.settings import Folder, Settings, Unsuitable
from checkpoint_client.vault import Vault, sealing
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Damaged, NewerFile
from checkpoint_client.vault.private_file import PrivateFile
from checkpoint_client.watchlist import jsonl
from sync import acknowledgement, engine, enrolment, invitation, orders, post, protocol, rows
from sync.bundle import bundled
from sync.enrolment import NotEnrolled
from sync.post import (
    AttachmentAnswer,
    AttachmentCall,
    FileCall,
    FileReply,
    PostCall,
    PostEntry,
    PostReply,
)
from sync.protocol import (
    AttachmentPart,
    AttachmentReply,
    Bundle,
    BundleDelivery,
    BundleReply,
    Certificate,
    Columns,
    Contact,
    ContactReply,
    EnrolReply,
    EnrolRequest,
    Forged,
    Malformed,
    Provisioning,
    SealedAcknowledgement,
    Signed,
    decode,
)
from sync.server.journals import understood
from sync.stick import BadFile
from tests.fuzz import Reader
from tests.post import set_up
from tests.workstations import NOON, CentreHere, Direct, Workstation, an_alert

WIRE = Path(__file__).with_name("wire")
REFUSED = (Malformed, Forged)
CENTRE = X25519PrivateKey.from_private_bytes(bytes([4] * 32))
SERVER = Ed25519PrivateKey.from_private_bytes(bytes([2] * 32))
SERVER_PUBLIC = SERVER.public_key().public_bytes_raw()


def frozen(name: str) -> list[bytes]:
    """A message as every released version wrote it."""
    return [path.read_bytes() for path in sorted(WIRE.glob(f"*/{name}.bin"))]


def payloads(name: str) -> list[bytes]:
    """What is inside their envelopes."""
    return [decode(protocol.decompress(each), Signed).payload for each in frozen(name)]


def request() -> Reader:
    return Reader(
        name="a request",
        honest=frozen("contact") + frozen("enrol-request") + frozen("bundle-delivery"),
        read=lambda content: protocol.read_request(content, deployment="utopia"),
        refuses=REFUSED,
    )


def contact() -> Reader:
    def read(content: bytes) -> None:
        unfolded = protocol.unfolded(decode(content, Contact))
        for each in (*unfolded.entries, *unfolded.previews):
            with suppress(Malformed):
                protocol.wire_leaf(each)

    honest = payloads("contact")
    folded = [protocol.folded(decode(each, Contact), dictionary=1) for each in honest]
    return Reader(
        name="a contact",
        honest=honest + [msgspec.msgpack.encode(each) for each in folded],
        read=read,
        refuses=REFUSED,
    )


def columns() -> Reader:
    """What the columns say, without the packing, which hardly anything spoiled survives."""
    begun = decode(payloads("contact")[0], Contact)

    def read(content: bytes) -> None:
        count = min(content.count(b"\x00"), protocol.MOST_ENTRIES)
        sent = msgspec.structs.replace(
            begun,
            entries=[],
            head=b"",
            columns=Columns(
                bytes(count * SALT_BYTES), bytes(count * 10), protocol.compress(content), {}, {}
            ),
        )
        protocol.unfolded(sent)

    rests = [(each.body or b"")[45:] + b"\x00" for each in _home().entries]
    return Reader(name="columns", honest=[*rests, b"".join(rests)], read=read, refuses=REFUSED)


def forms_and_rows() -> Reader:
    """What bodies say where it is set apart, without the packing."""
    rests = [(each.body or b"")[45:] for each in _home().entries]
    apart = [rows.set_apart(some) or b"" for some in ([], rests[:1], rests)]
    return Reader(
        name="forms and rows",
        honest=apart,
        read=lambda content: rows.put_together(content, most=protocol.MOST_DECOMPRESSED),
        refuses=(ValueError,),
    )


def reply() -> Reader:
    """With the right signature: the payload is what is spoiled."""
    answers = bytes(32)

    def read(content: bytes) -> None:
        signed = Signed(
            payload=content,
            key=SERVER_PUBLIC,
            signature=SERVER.sign(
                signatures.message(signatures.REPLY, answers, hashlib.sha256(content).digest())
            ),
        )
        packed = protocol.compress(msgspec.msgpack.encode(signed))
        told = protocol.read_reply(packed, ContactReply, answers=answers, server_key=SERVER_PUBLIC)
        engine.told_time(told)

    return Reader(name="a reply", honest=payloads("contact-reply"), read=read, refuses=REFUSED)


def other_messages() -> Reader:
    """The first byte says which."""
    kinds = (
        *(EnrolRequest, EnrolReply, BundleDelivery, BundleReply, Certificate),
        *(AttachmentPart, AttachmentReply, PostCall, FileCall, orders.SignedOrder),
        AttachmentCall,
    )
    honest = [
        bytes([number]) + payload
        for number, name in enumerate(
            (
                *("enrol-request", "enrol-reply", "bundle-delivery", "bundle-reply"),
                *("certificate", "attachment-part", "attachment-reply", "post-call", "file-call"),
            )
        )
        if name != "certificate"  # it has a reader of its own
        for payload in payloads(name)
    ]
    honest += [bytes([number]) + b"\x80" for number in range(len(kinds))]
    return Reader(
        name="other messages",
        honest=honest,
        read=lambda content: decode(content[1:], kinds[(content[:1] or b"\0")[0] % len(kinds)]),
        refuses=REFUSED,
    )


def frame() -> Reader:
    packed = [protocol.compress(b"words " * 50, dictionary=number) for number in (0, 1, 2)]
    return Reader(
        name="a frame",
        honest=[*packed, *frozen("contact")],
        read=protocol.decompress,
        refuses=REFUSED,
    )


def bundle() -> Reader:
    def read(content: bytes) -> None:
        found = decode(content, Bundle)
        protocol.open_entries(found.sealed, CENTRE)
        if not signatures.is_valid(found.key, found.signature, protocol.bundle_message(found)):
            raise Forged

    return Reader(name="a bundle", honest=frozen("bundle"), read=read, refuses=REFUSED)


def entries_of_a_bundle() -> Reader:
    """Sealed for the centre as they are: by a workstation that was taken over."""

    def read(content: bytes) -> None:
        sealed = protocol.seal(
            protocol.compress(content), CENTRE.public_key().public_bytes_raw(), purpose="bundle"
        )
        for each in protocol.open_entries(sealed, CENTRE):
            with suppress(Malformed):
                protocol.wire_leaf(each)
            understood(each.body, each.algorithm, received_at=NOON)

    entries = [protocol.to_wire(each) for each in _home().entries]
    honest = msgspec.msgpack.encode(entries)
    return Reader(name="a bundle's entries", honest=[honest], read=read, refuses=REFUSED)


def post_bundle() -> Reader:
    home = _home()
    return Reader(
        name="a neighbour's bundle",
        honest=[home.packed],
        read=lambda content: post.read(
            content, deployment=home.deployment, post=home.post, server_key=home.server_key
        ),
        refuses=REFUSED,
    )


def entries_of_a_neighbour() -> Reader:
    """Encrypted for the post as they are: by a workstation of it that was taken over."""
    home = _home()
    carried = post.read(
        home.packed, deployment=home.deployment, post=home.post, server_key=home.server_key
    )
    public = sealing.public_of(home.post_key)

    def read(content: bytes) -> None:
        sealed = protocol.seal(
            protocol.compress(content), public, purpose=f"post/{carried.origin.workstation}"
        )
        packed = msgspec.structs.replace(carried.packed, for_post=sealed)
        post.opened(replace(carried, packed=packed), home.post_key)

    entries = [PostEntry(protocol.to_wire(each), each.signature) for each in home.entries]
    return Reader(
        name="a neighbour's entries",
        honest=[msgspec.msgpack.encode(entries)],
        read=read,
        refuses=REFUSED,
    )


def exchange_reply() -> Reader:
    """Nobody signs it."""
    home = _home()
    honest = [
        PostReply(held=3, bundles=[home.packed], for_centre=[b"x"], wanted=["1.root.json"]),
        FileReply(held=3, size=3, part=b"abc"),
        AttachmentAnswer(held=3, part=b"abc", full=True),
    ]

    def read(content: bytes) -> None:
        decode(content, PostReply)
        decode(content, FileReply)
        decode(content, AttachmentAnswer)

    return Reader(
        name="an exchange's reply",
        honest=[msgspec.msgpack.encode(each) for each in honest],
        read=read,
        refuses=REFUSED,
    )


def word() -> Reader:
    home = _home()
    return Reader(
        name="an acknowledgement",
        honest=[home.word],
        read=lambda content: acknowledgement.opened(content, home.device),
        refuses=(BadFile,),
    )


def inside_of_a_word() -> Reader:
    """With the right signature."""
    home = _home()
    opened = home.device.open(
        protocol.sealed_for("acknowledgement"),
        decode(home.word, SealedAcknowledgement).sealed,
    )

    def read(content: bytes) -> None:
        message = signatures.message(signatures.ACKNOWLEDGEMENT, hashlib.sha256(content).digest())
        signed = Signed(payload=content, key=SERVER_PUBLIC, signature=SERVER.sign(message))
        protocol.read_acknowledgement(
            protocol.compress(msgspec.msgpack.encode(signed)), server_key=SERVER_PUBLIC
        )

    payload = decode(protocol.decompress(opened), Signed).payload
    return Reader(name="inside of an acknowledgement", honest=[payload], read=read, refuses=REFUSED)


def certificate() -> Reader:
    def read(content: bytes) -> None:
        with suppress(*REFUSED):
            protocol.read_certificate(content, server_key=SERVER_PUBLIC)
        message = signatures.message(signatures.CERTIFICATE, content)
        signed = Signed(payload=content, key=SERVER_PUBLIC, signature=SERVER.sign(message))
        protocol.read_certificate(msgspec.msgpack.encode(signed), server_key=SERVER_PUBLIC)

    whole = frozen("certificate")
    inside = [decode(each, Signed).payload for each in whole]
    return Reader(name="a certificate", honest=[*inside, *whole], read=read, refuses=REFUSED)


def order() -> Reader:
    """To wipe this workstation; nobody's signature is on it."""
    home = _home()
    payload = orders.WipeOrder(
        deployment=home.deployment,
        workstation=home.device.state.workstation,
        serial=1,
        hands_over=True,
        about=bytes(32),
    )
    whole = orders.SignedOrder(
        payload=msgspec.msgpack.encode(payload),
        signatures=[orders.OrderSignature(bytes(32), bytes(64))],
        roots=[home.root],
    )
    return Reader(
        name="an order to wipe",
        honest=[msgspec.msgpack.encode(whole)],
        read=lambda content: orders.take(
            content, home.folder, home.device, root=home.root, now=NOON
        ),
        refuses=(orders.NotObeyed,),
    )


def wipe_report() -> Reader:
    home = _home()
    key, name = home.device.public, home.device.state.workstation
    return Reader(
        name="a report of a wipe",
        honest=frozen("certificate"),
        read=lambda content: orders.read_report(
            content, deployment=home.deployment, workstation=name, key=key
        ),
        refuses=REFUSED,
    )


def body() -> Reader:
    """Of an entry, as the centre and as a neighbour read it."""

    def read(content: bytes) -> None:
        understood(content, 1, received_at=NOON)
        bodies.unpack(bodies.decode(content))

    honest = [each.body or b"" for each in _home().entries]
    return Reader(name="a body", honest=honest, read=read, refuses=(bodies.Unreadable,))


def token() -> Reader:
    typed = invitation.Invitation(
        url="https://centre.example:8470",
        deployment="utopia",
        post="OSH-01",
        role=protocol.DeviceRole.WORKSTATION,
        token_id=bytes(8),
        token_secret=bytes(16),
        fingerprint=bytes(16),
    )

    def read(content: bytes) -> None:
        invitation.Invitation.read(content.decode("utf-8", "replace"))

    return Reader(name="a token", honest=[str(typed).encode()], read=read, refuses=REFUSED)


def provisioning() -> Reader:
    honest = Provisioning(
        url="https://centre.example:8470",
        deployment="utopia",
        post="OSH-01",
        post_name="Osh",
        token="CP1-AAAA",
        server_key=bytes(32),
        centre_key=bytes(32),
        certificate=None,
        tuf_root=b"{}",
    )
    return _file(
        "a provisioning file",
        [msgspec.json.encode(honest)],
        enrolment.read_provisioning,
        NotEnrolled,
    )


def settings() -> Reader:
    honest = b'post = "OSH-01"\nlanguage = "ru"\npoll_seconds = 60\nexchanges = ["https://a:1"]\n'
    return _file("settings", [honest], Settings.read, Unsuitable)


def device_key() -> Reader:
    """Its content, behind the checksum."""
    home = _home()
    inside = PrivateFile(home.folder.device_key, "device-key").read()
    return _private("a device key", "device-key", inside, DeviceKey.load)


def damaged_device_key() -> Reader:
    whole = _home().folder.device_key.read_bytes()
    return _file("a damaged device key", [whole], DeviceKey.load, Damaged, NewerFile)


def envelope() -> Reader:
    """The officers' slots, as the sign-in lists them."""
    return _file(
        "an envelope", [_home().envelope], lambda path: Vault(path).officers(), Damaged, NewerFile
    )


def alerts() -> Reader:
    """A list as somebody else publishes it; what cannot be read is skipped, and said."""
    honest = jsonl.encode(an_alert("A-1"))
    return Reader(
        name="a list of alerts",
        honest=[honest + b"\n", honest + b"\n" + honest + b"\n"],
        read=lambda content: list(jsonl.read_lines(content.splitlines())),
        refuses=(jsonl.Unreadable,),
    )


def locked_target() -> Reader:
    """A file of reference data under its channel's key, then what was packed in it."""
    key, name = bytes(32), "watchlist-1.snapshot"
    packed = b"".join(protocol.pack_target([b"words " * 100]))
    locked = b"".join(protocol.lock_target([packed], key, name=name))

    def read(content: bytes) -> None:
        with suppress(Malformed):
            list(protocol.unpack_target([content], size=600))
        list(protocol.unlock_target([content], key, name=name))

    return Reader(
        name="a file of reference data", honest=[locked, packed], read=read, refuses=REFUSED
    )


READERS: dict[str, Callable[[], Reader]] = {
    make.__name__: make
    for make in (
        *(
            request,
            contact,
            columns,
            forms_and_rows,
            reply,
            other_messages,
            frame,
            bundle,
            entries_of_a_bundle,
        ),
        *(post_bundle, entries_of_a_neighbour, exchange_reply, word, inside_of_a_word),
        *(certificate, order, wipe_report, body, token, provisioning, settings),
        *(device_key, damaged_device_key, envelope, alerts, locked_target),
    )
}


@dataclass(frozen=True, kw_only=True)
class _Home:
    """A workstation that has written three checks, with its centre, and what they say of them."""

    place: "TemporaryDirectory[str]"
    deployment: str
    post: str
    server_key: bytes
    post_key: bytes
    root: bytes
    folder: Folder
    device: DeviceKey
    entries: list[Entry]
    packed: bytes
    word: bytes
    envelope: bytes


@cache
def _home() -> _Home:
    place = TemporaryDirectory(prefix="readers-")
    path = Path(place.name)
    with closing(CentreHere(path / "centre")) as centre:
        folder = Folder(path / "workstation")
        with closing(Workstation(folder, centre.enrol(folder))) as here:
            here.settle(Direct(centre, here.device))
            here.record("AALTO", "BERG", "CELIK")
            entries = here.entries()
            made = bundled(here.device, here.store.origin, start(here.store.origin), entries)
            word = centre.centre.acknowledgement(
                here.id, 1, signing_key=here.device.public, fork_at=None
            )
            return _Home(
                place=place,
                deployment=centre.deployment,
                post=here.device.state.post,
                server_key=centre.server_key,
                post_key=here.device.state.post_key,
                root=centre.shelf.newest_root(),
                folder=folder,
                device=here.device,
                entries=entries,
                packed=post.pack(made, entries, here.device),
                word=word,
                envelope=set_up(path / "signed-in").envelope.read_bytes(),
            )


def _file(
    name: str, honest: Sequence[bytes], load: Callable[[Path], object], *refuses: type[Exception]
) -> Reader:
    """Something that is read from a file of its own."""
    path = Path(_home().place.name) / name.replace(" ", "-")

    def read(content: bytes) -> None:
        path.write_bytes(content)
        load(path)

    return Reader(name=name, honest=honest, read=read, refuses=refuses)


def _private(name: str, kind: str, inside: bytes, load: Callable[[Path], object]) -> Reader:
    def load_with_checksum(path: Path) -> None:
        content = path.read_bytes()
        try:
            msgspec.json.decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Damaged(path.name, "altered") from None  # has no place behind a checksum
        PrivateFile(path, kind).write(content)
        load(path)

    return _file(name, [inside], load_with_checksum, Damaged, NewerFile)
