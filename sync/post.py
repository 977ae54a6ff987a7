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
from checkpoint_client.vault import sealing
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen
from sync import protocol
from sync.protocol import (
    Bundle,
    Certificate,
    Count,
    Forged,
    Malformed,
    Message,
    Name,
    RequestId,
    Signature,
    WireEntry,
)

POST_PATH: Final = "/v1/post"
LONGEST_HOLD_SECONDS: Final = 25
MOST_BUNDLES: Final = 200
MOST_JOURNALS: Final = 1_000
MOST_BUNDLE_BYTES: Final = 4 * 1024 * 1024
MOST_REPLY_BYTES: Final = 6 * 1024 * 1024

_TAG: Final = b"checkpoint/post/1"


class PostEntry(msgspec.Struct, frozen=True, array_like=True):
    """An entry with the workstation's signature over its head, which a neighbour keeps too."""

    entry: WireEntry
    signature: Signature


class Reach(msgspec.Struct, frozen=True, array_like=True):
    """How far somebody has a journal."""

    workstation: Name
    incarnation: Count
    position: Count


class PostBundle(Message, frozen=True, kw_only=True):
    """Entries under way to the neighbours and to the centre.

    `bundle` is a whole `Bundle` for the centre. `for_post`: sealed for the post's key, one zstd
    frame of msgpack `list[PostEntry]`, the same entries. `certificate` says whose it is, and
    `signature` ties the two together: see `post_message`.
    """

    bundle: bytes
    for_post: bytes
    certificate: bytes
    signature: Signature


class PostCall(Message, frozen=True, kw_only=True):
    """A workstation brings `bundles` of its journal and asks what is new behind `have`.

    `received`: how far the centre is known to have the caller's journal `incarnation`. The answer
    may be held back for `seconds` until there is something new. `carries`: the caller has a line to
    the centre and would take there what it lacks; `carried`: how far it has said to have others'
    journals by that.
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


class PostReply(Message, frozen=True, kw_only=True):
    """`held`: the caller's journal is here up to this position, without a gap that anybody needs.

    `bundles` are others', each journal's in order. `full`: what was brought could not be kept.
    `for_centre` is what the centre seems to lack, each a `Bundle`.
    """

    held: Count
    bundles: list[bytes] = []
    full: bool = False
    for_centre: list[bytes] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What is written on the outside of a bundle whose signatures have been proved."""

    origin: Origin
    first: int
    last: int
    certificate: Certificate
    packed: PostBundle
    bundle: Bundle


def post_message(bundle: bytes, for_post: bytes) -> bytes:
    """What the workstation signs: both parts, as they are carried."""
    return signatures.message(
        _TAG, hashlib.sha256(bundle).digest(), hashlib.sha256(for_post).digest()
    )


def pack(bundle: Bundle, entries: Sequence[Entry], device: DeviceKey) -> bytes:
    """A bundle for the centre together with the same entries for the post."""
    for_centre = msgspec.msgpack.encode(bundle)
    plain = msgspec.msgpack.encode(
        [PostEntry(protocol.to_wire(each), each.signature) for each in entries]
    )
    public = sealing.public_of(device.state.post_key)
    for_post = protocol.seal(protocol.compress(plain), public, purpose=_purpose(bundle.workstation))
    return msgspec.msgpack.encode(
        PostBundle(
            bundle=for_centre,
            for_post=for_post,
            certificate=device.state.certificate,
            signature=device.sign(post_message(for_centre, for_post)),
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
        (outer.signature, post_message(outer.bundle, outer.for_post)),
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


def opened(carried: Carried, post_key: bytes) -> list[Entry]:
    """The entries, whose chain is still to be proved. Raises `Malformed`."""
    purpose = protocol.sealed_for(_purpose(carried.origin.workstation))
    try:
        packed = sealing.open_sealed(post_key, purpose, carried.packed.for_post)
    except CannotOpen as error:
        raise Malformed("encrypted for another key of the post, or altered") from error
    try:
        found = msgspec.msgpack.decode(protocol.decompress(packed), type=list[PostEntry])
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


def _purpose(workstation: str) -> str:
    return f"post/{workstation}"
