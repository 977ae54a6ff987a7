"""What the workstations of one post and its exchanges say to each other; both import this file.

A workstation's entries lie at an exchange twice: for the centre, as a bundle like any other, and
for the post's other workstations, encrypted for the key that they share. The exchange has neither
key. All that it hands out proves itself by the keys of who wrote it, so its replies need no
signature: it can keep something back, which another exchange makes good, and nothing else.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

from checkpoint_client.journal import signatures
from checkpoint_client.journal.entry import Entry, OfficerSignature, Origin, head_of
from checkpoint_client.records.decoders import msgpack_decoder
from checkpoint_client.vault import sealing
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen
from sync import protocol
from sync.protocol import (
    MOST_ACKNOWLEDGEMENT,
    MOST_ENTRIES,
    MOST_ORDER,
    MOST_SHEET,
    AskedSheet,
    Bundle,
    Certificate,
    Count,
    DeviceRole,
    Forged,
    Hash,
    Malformed,
    Message,
    Name,
    RequestId,
    Signature,
    WireEntry,
)

POST_PATH: Final = "/v1/post"
FILE_PATH: Final = "/v1/post/file"
ATTACHMENT_PATH: Final = "/v1/post/attachment"
PROOF_PATH: Final = "/v1/post/proof"
LONGEST_HOLD_SECONDS: Final = 25
MOST_BUNDLES: Final = 200
MOST_JOURNALS: Final = 1_000
MOST_BUNDLE_BYTES: Final = 4 * 1024 * 1024
MOST_REPLY_BYTES: Final = 6 * 1024 * 1024
MOST_METADATA: Final = 300
MOST_PART_BYTES: Final = 1024 * 1024
MOST_WANTED: Final = 20
MOST_WISHES: Final = 20

_TAG: Final = b"checkpoint/post/1"
_PROOF_TAG: Final = b"checkpoint/post-proof/1"


MOST_ATTACHMENTS: Final = 10
"""Asked for at once by an exchange without a line."""

_Acknowledged = Annotated[bytes, msgspec.Meta(max_length=MOST_ACKNOWLEDGEMENT)]
_Sheet = Annotated[bytes, msgspec.Meta(max_length=MOST_SHEET)]


class PostEntry(msgspec.Struct, frozen=True, array_like=True):
    """An entry with the workstation's signature over its head, which a neighbour keeps too."""

    entry: WireEntry
    signature: Signature


_Entries = Annotated[list[PostEntry], msgspec.Meta(max_length=MOST_ENTRIES)]
"""Counted before any of them is made: a few bytes may claim to be millions."""


class Reach(msgspec.Struct, frozen=True, array_like=True):
    """How far somebody has a journal."""

    workstation: Name
    incarnation: Count
    position: Count


class PostBundle(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Entries under way to the neighbours and to the centre.

    `bundle` is a whole `Bundle` for the centre. `for_post`: sealed for the post's key, one zstd
    frame of msgpack `list[PostEntry]`, the same entries. `certificate` says whose it is, and
    `signature` ties the two together: see `post_message`. `generation` says for which of the post's
    keys.
    """

    bundle: bytes
    for_post: bytes
    certificate: bytes
    signature: Signature
    generation: Count = 0


class LyingAttachment(msgspec.Struct, frozen=True, array_like=True):
    """The ciphertext of an attachment at an exchange, and the workstation that brought it."""

    workstation: Name
    address: Hash
    size: Count


class CarriedAttachment(msgspec.Struct, frozen=True, array_like=True):
    """That the centre has it, and its word to the workstation."""

    workstation: Name
    address: Hash
    acknowledgement: _Acknowledged


_CarriedAttachments = Annotated[list[CarriedAttachment], msgspec.Meta(max_length=MOST_ATTACHMENTS)]


class PostCall(Message, frozen=True, kw_only=True):
    """A workstation brings `bundles` of its journal and asks what is new behind `have`.

    `received`: how far the centre is known to have the caller's journal `incarnation`. The answer
    may be held back for `seconds` until there is something new. `carries`: the caller has a line to
    the centre and would take there what it lacks; `carried`: how far it has said to have others'
    journals by that, and `acknowledgements` its word on each of these, for their workstations.
    `asks_word`: what does the centre say of the caller's journal behind `received`?
    `metadata`: what headquarters has signed, by file names as in `ContactReply`, for who has no
    line. `revoked` is the centre's newest word on whom to believe that is known, see `revocation`.
    `lacks_word`: of how many of its attachments has the caller not heard that the centre has them?
    `carried_attachments`: what the caller took there of `PostReply.attachments_for_centre`.
    `asks_sheet`: what crossed at other posts? `sheets`: of these, one of `PostReply.wanted_sheets`.
    """

    request_id: RequestId
    deployment: Name
    workstation: Name
    incarnation: Count
    certificate: bytes
    received: Count = 0
    bundles: Annotated[list[bytes], msgspec.Meta(max_length=MOST_BUNDLES)] = []
    have: Annotated[list[Reach], msgspec.Meta(max_length=MOST_JOURNALS)] | None = None
    seconds: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_HOLD_SECONDS)] = 0
    carries: bool = False
    carried: Annotated[list[Reach], msgspec.Meta(max_length=MOST_JOURNALS)] = []
    asks_word: bool = False
    acknowledgements: Annotated[list[_Acknowledged], msgspec.Meta(max_length=MOST_JOURNALS)] = []
    metadata: Annotated[dict[Name, bytes], msgspec.Meta(max_length=MOST_METADATA)] = {}
    revoked: Annotated[bytes, msgspec.Meta(max_length=MOST_ORDER)] = b""
    lacks_word: Count = 0
    carried_attachments: _CarriedAttachments = []
    asks_sheet: AskedSheet | None = None
    sheets: Annotated[list[_Sheet], msgspec.Meta(max_length=1)] = []


class PostReply(Message, frozen=True, kw_only=True):
    """`held`: the caller's journal is here up to this position, without a gap that anybody needs.

    `bundles` are others', each journal's in order. `full`: what was brought could not be kept.
    `for_centre` is what the centre seems to lack, each a `Bundle`. `acknowledgements`: the centre's
    word to the caller, each a `SealedAcknowledgement`. `stamp`: the version of the newest timestamp
    that headquarters has signed and that is here, 0 for none; `wanted`: its encrypted files that
    workstations without a line have asked for, and that are not here. `revoked` as in a `PostCall`.
    `memory` is another one whenever attachments that were here may be so no longer. `sheet`: of
    crossings, the next for the caller, see `sync.crossings`; `wanted_sheets`: what the caller might
    bring of them.
    """

    held: Count
    bundles: list[bytes] = []
    full: bool = False
    for_centre: list[bytes] = []
    acknowledgements: list[_Acknowledged] = []
    stamp: Count = 0
    revoked: Annotated[bytes, msgspec.Meta(max_length=MOST_ORDER)] = b""
    wanted: Annotated[list[Name], msgspec.Meta(max_length=MOST_WANTED)] = []
    attachments_for_centre: Annotated[
        list[LyingAttachment], msgspec.Meta(max_length=MOST_ATTACHMENTS)
    ] = []
    memory: Annotated[bytes, msgspec.Meta(max_length=16)] = b""
    sheet: _Sheet = b""
    wanted_sheets: Annotated[list[AskedSheet], msgspec.Meta(max_length=MOST_WISHES)] = []


class FileCall(Message, frozen=True, kw_only=True):
    """A workstation asks for a file of reference data from byte `start` on, or brings a part of it.

    Signed metadata are called as in `ContactReply`, encrypted files as the centre calls them.
    """

    request_id: RequestId
    deployment: Name
    workstation: Name
    certificate: bytes
    name: Name
    start: Count = 0
    part: Annotated[bytes, msgspec.Meta(max_length=MOST_PART_BYTES)] | None = None


class FileReply(Message, frozen=True, kw_only=True):
    """`held`: how many bytes of it are here; `size`: of how many, None for what is not here at all.

    `part` is what was asked for, as much as fits; an encrypted file is handed out only when all of
    it is here.
    """

    held: Count = 0
    size: Count | None = None
    part: bytes = b""


class AttachmentCall(Message, frozen=True, kw_only=True):
    """A workstation asks for an attachment from byte `start` on, or brings a part of its own.

    `address` is the SHA-256 of the ciphertext, of `size` bytes.
    """

    request_id: RequestId
    deployment: Name
    workstation: Name
    certificate: bytes
    address: Hash
    size: Count
    start: Count = 0
    part: Annotated[bytes, msgspec.Meta(max_length=MOST_PART_BYTES)] | None = None


class AttachmentAnswer(Message, frozen=True, kw_only=True):
    """`held`: how many bytes of it are here from its beginning, of the caller's own or whole.

    `part` is what was asked for, as much as fits; none before all of it is here. `full`: it is not
    kept now, and need not be brought before the exchange's `memory` is another one.
    """

    held: Count = 0
    part: bytes = b""
    full: bool = False


class Proof(Message, frozen=True, kw_only=True):
    """That an exchange is the post's: the centre's certificate, and by its key the TLS certificate.

    `tls` is the SHA-256 of the one that it shows, so that nobody else can show this proof.
    """

    certificate: bytes
    tls: Hash
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What is written on the outside of a bundle whose signatures have been proved."""

    origin: Origin
    first: int
    last: int
    certificate: Certificate
    packed: PostBundle
    bundle: Bundle


def post_message(bundle: bytes, for_post: bytes, generation: int = 0) -> bytes:
    """What the workstation signs: both parts, as they are carried, and for which key."""
    counted = (signatures.number(generation),) if generation else ()
    return signatures.message(
        _TAG, hashlib.sha256(bundle).digest(), hashlib.sha256(for_post).digest(), *counted
    )


def pack(bundle: Bundle, entries: Sequence[Entry], device: DeviceKey) -> bytes:
    """A bundle for the centre together with the same entries for the post."""
    for_centre = msgspec.msgpack.encode(bundle)
    plain = msgspec.msgpack.encode(
        [PostEntry(protocol.to_wire(each), each.signature) for each in entries]
    )
    keys = {0: device.state.post_key, **device.state.post_keys}
    generation = max(keys)
    public = sealing.public_of(keys[generation])
    for_post = protocol.seal(protocol.compress(plain), public, purpose=_purpose(bundle.workstation))
    return msgspec.msgpack.encode(
        PostBundle(
            bundle=for_centre,
            for_post=for_post,
            certificate=device.state.certificate,
            signature=device.sign(post_message(for_centre, for_post, generation)),
            generation=generation,
        )
    )


def read(packed: bytes, *, deployment: str, post: str, server_key: bytes) -> Carried:
    """What a bundle says of itself, once it is proved to come from a workstation of this post.

    Raises `Malformed`, `Forged`.
    """
    outer = protocol.decode(packed, PostBundle)
    certificate = recognised(
        outer.certificate, deployment=deployment, post=post, server_key=server_key
    )
    bundle = protocol.decode(outer.bundle, Bundle)
    named = (bundle.deployment, bundle.workstation, bundle.key)
    if named != (deployment, certificate.workstation, certificate.signing_key):
        raise Forged("the bundle is not that of the certified workstation")
    for signature, message in (
        (outer.signature, post_message(outer.bundle, outer.for_post, outer.generation)),
        (bundle.signature, protocol.bundle_message(bundle)),
    ):
        if not signatures.is_valid(certificate.signing_key, signature, message):
            raise Forged("the bundle's signature is not its workstation's")
    if bundle.last < bundle.first:
        raise Malformed("a bundle ends before it begins")
    return Carried(
        origin=Origin(bundle.deployment, bundle.workstation, bundle.incarnation),
        first=bundle.first,
        last=bundle.last,
        certificate=certificate,
        packed=outer,
        bundle=bundle,
    )


def recognised(statement: bytes, *, deployment: str, post: str, server_key: bytes) -> Certificate:
    """The centre's word that somebody is of this post. Raises `Malformed`, `Forged`."""
    certificate = protocol.read_certificate(statement, server_key=server_key)
    if (certificate.deployment, certificate.post) != (deployment, post):
        raise Forged("certified for another post")
    return certificate


def proof(device: DeviceKey, tls: bytes) -> bytes:
    """What an exchange shows of itself. `tls`: the digest of its certificate, 32 bytes."""
    return msgspec.msgpack.encode(
        Proof(
            certificate=device.state.certificate,
            tls=tls,
            signature=device.sign(_proof_message(tls)),
        )
    )


def must_be_exchange(
    shown: bytes, tls: bytes, *, deployment: str, post: str, server_key: bytes
) -> str:
    """Which exchange of this post it is that shows the certificate with digest `tls`.

    Raises `Malformed`, `Forged`.
    """
    proof = protocol.decode(shown, Proof)
    certificate = recognised(
        proof.certificate, deployment=deployment, post=post, server_key=server_key
    )
    if certificate.role is not DeviceRole.EXCHANGE:
        raise Forged("certified as a workstation, not as an exchange")
    if proof.tls != tls:
        raise Forged("the proof of another exchange")
    if not signatures.is_valid(certificate.signing_key, proof.signature, _proof_message(tls)):
        raise Forged("not signed by the certified exchange")
    return certificate.workstation


def key_for(carried: Carried, device: DeviceKey) -> bytes | None:
    """The post's key that a bundle is encrypted for; None until the centre has given it."""
    state = device.state
    return {0: state.post_key, **state.post_keys}.get(carried.packed.generation)


def opened(carried: Carried, post_key: bytes) -> list[Entry]:
    """The entries, whose chain is still to be proved. Raises `Malformed`."""
    purpose = protocol.sealed_for(_purpose(carried.origin.workstation))
    try:
        packed = sealing.open_sealed(post_key, purpose, carried.packed.for_post)
    except CannotOpen as error:
        raise Malformed("encrypted for another key of the post, or altered") from error
    try:
        found = msgpack_decoder(_Entries).decode(protocol.decompress(packed))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Malformed("not journal entries") from error
    if [each.entry.position for each in found] != list(range(carried.first, carried.last + 1)):
        raise Malformed("not the entries that stand on the bundle")
    return _chained(carried.bundle.previous, found)


def _chained(head: bytes, found: Sequence[PostEntry]) -> list[Entry]:
    entries = []
    for each in found:
        leaf = protocol.wire_leaf(each.entry)
        officers = tuple(
            OfficerSignature(one.officer, one.algorithm, one.value) for one in each.entry.signatures
        )
        head = head_of(head, leaf, officers)
        entries.append(
            Entry(
                position=each.entry.position,
                algorithm=each.entry.algorithm,
                salt=each.entry.salt,
                body=each.entry.body,
                leaf=leaf,
                signatures=officers,
                head=head,
                signature=each.signature,
            )
        )
    return entries


def _proof_message(tls: bytes) -> bytes:
    return signatures.message(_PROOF_TAG, tls)


def _purpose(workstation: str) -> str:
    return f"post/{workstation}"
