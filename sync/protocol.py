"""The words workstation and centre exchange: messages, signatures, caps. Both import this file.

Every message is msgpack inside a signed envelope inside one zstd frame. A request is signed by the
workstation and names the deployment; a reply is signed by the centre and names the request, so that
neither can be played to somebody else. Fields may be added with a default, never changed or reused.
"""

import hashlib
import hmac
import io
import re
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Final, Protocol, TypeVar
from uuid import UUID

import msgspec
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from checkpoint_client.journal import signatures
from checkpoint_client.journal.entry import (
    SALT_BYTES,
    SHA256,
    Entry,
    OfficerSignature,
    Origin,
    head_of,
    leaf_of,
)
from checkpoint_client.records.decoders import msgpack_decoder
from checkpoint_client.vault import pieces, sealing
from checkpoint_client.vault.errors import CannotOpen
from sync import dictionaries, rows

VERSION: Final = 1
CONTENT_TYPE: Final = "application/vnd.checkpoint.v1"
CONTACT_PATH: Final = "/v1/contact"
ENROL_PATH: Final = "/v1/enrol"
INTRODUCTION_PATH: Final = "/v1/introduction"
BUNDLE_PATH: Final = "/v1/bundle"
ATTACHMENT_PATH: Final = "/v1/attachment"
CROSSINGS_PATH: Final = "/v1/crossings"
REFERENCE_PATH: Final = "/v1/reference/"
HEALTH_PATH: Final = "/v1/health"

MOST_COMPRESSED: Final = 8 * 1024 * 1024
MOST_DECOMPRESSED: Final = 64 * 1024 * 1024
MOST_ENTRIES: Final = 5_000
MOST_QUESTIONS: Final = 100
MOST_PREVIEWS: Final = 50
MOST_SIGNATURES: Final = 100
MOST_CERTIFICATE: Final = 8 * 1024
MOST_RETRY_SECONDS: Final = 3_600
MOST_WANTED: Final = 50
MOST_PART: Final = 1024 * 1024
MOST_CROSSINGS: Final = 1_000
MOST_ACKNOWLEDGEMENT: Final = 128 * 1024
MOST_SHEET: Final = 4 * 1024 * 1024
MOST_ORDER: Final = 96 * 1024
MOST_REPORT: Final = 1_000
MOST_HOLDERS: Final = 50

TOKEN_PREFIX: Final = "CP1-"  # noqa: S105  (how a token begins, not a token)
TOKEN_SECRET_BYTES: Final = 16
TOKEN_ID_BYTES: Final = 8
_WIDEST_WINDOW = 8 * 1024 * 1024
_WORTH_THE_TIME = 512 * 1024

WATCHLIST: Final = "watchlist"
DOCUMENTS: Final = "documents"
OFFICERS: Final = "officers"
RULES: Final = "rules"
TEMPLATES: Final = "templates"
RELEASES: Final = "releases"
CHANNELS: Final = (WATCHLIST, DOCUMENTS, OFFICERS, RULES, TEMPLATES, RELEASES)
ROLES: Final = (WATCHLIST, OFFICERS, RULES, TEMPLATES, RELEASES)

POST_KEY: Final = "post-key"
"""What the key of a post is sealed for, see `seal`."""

STICK: Final = "checkpoint-reference"
"""The folder on a stick that holds reference data, in `metadata` and `targets`."""

MOST_FILES: Final = 1_000
MOST_FILES_BYTES: Final = 64 * 1024 * 1024
FILE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}(\.[a-z0-9_-]{1,20}){1,4}")

_LOCKED = b"CPT1\x01"  # how a locked file begins: the format, and 1 for AES-256-GCM
_LEVEL_OF_TARGETS = 12

_BODY = re.compile(
    rb'\{"id":"(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"(?P<rest>[^\x00]*)'
)
_END = b"\x00"
_RECORDED = re.compile(rb'"recorded_at":"([0-9T:.Z+-]{16,40})"')
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME_BYTES, _CHANCE_BYTES = 6, 10  # of a UUID of version 7

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"\A[^\x00]+\Z")]
Text = Annotated[str, msgspec.Meta(max_length=1_000, pattern=r"\A[^\x00]*\Z")]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Position = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Hash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, msgspec.Meta(max_length=5_000)]  # room for a post-quantum algorithm
Algorithm = Annotated[int, msgspec.Meta(ge=0, le=255)]
RequestId = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Ratchet = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]

M = TypeVar("M", bound=msgspec.Struct)


class Malformed(Exception):
    """Not a message of ours: cut, garbled, or written for another protocol."""


class TooLarge(Malformed):
    """Over a cap: send less at once."""


class Forged(Exception):
    """The signature is not by the key it must be by."""


class Verdict(StrEnum):
    """The centre's one answer to a contact or a bundle."""

    HELD = "held"
    GAP = "gap"
    FORK = "fork"
    STALE = "stale"
    RE_ENROL = "re-enrol"


class DeviceRole(StrEnum):
    """As what a computer enrols. An exchange never gets a key that opens its post's records."""

    WORKSTATION = "workstation"
    EXCHANGE = "exchange"


# --- messages -----------------------------------------------------------------------------------


class Part(StrEnum):
    """The centre's one answer to a part of an attachment."""

    GO_ON = "go-on"
    COMPLETE = "complete"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    NO_ROOM = "no-room"
    RE_ENROL = "re-enrol"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What every message begins with."""

    version: int = VERSION


class WireSignature(msgspec.Struct, frozen=True, array_like=True):
    """An officer's signature over an entry."""

    officer: Name
    algorithm: Algorithm
    value: Signature


class WireEntry(msgspec.Struct, frozen=True, array_like=True):
    """A journal entry on the way. `leaf` is left out where body and salt give it."""

    position: Position
    algorithm: Algorithm
    salt: Annotated[bytes, msgspec.Meta(min_length=SALT_BYTES, max_length=SALT_BYTES)] | None
    body: bytes | None
    leaf: Hash | None
    signatures: Annotated[list[WireSignature], msgspec.Meta(max_length=MOST_SIGNATURES)]


class Columns(msgspec.Struct, frozen=True, array_like=True):
    """The entries of a contact put apart: what is random here, what repeats there.

    Their positions count on from the contact's `first`. `salts` holds 16 bytes an entry, `ids` 10:
    our bodies begin with a UUID of version 7, whose first 6 are the time of recording. `rests` is a
    frame of what the bodies say behind it, each ended by a zero byte. `signatures` are those of the
    n-th entry, from 0 on. Of an entry in `leaves` nothing else travels: it has no salt, no id, and
    an empty rest. With a dictionary from `rows.FIRST_DICTIONARY` on, the rests are set apart.
    """

    salts: bytes
    ids: bytes
    rests: bytes
    signatures: dict[
        Count, Annotated[list[WireSignature], msgspec.Meta(max_length=MOST_SIGNATURES)]
    ]
    leaves: dict[Count, Hash] = {}


class DocumentQuestion(msgspec.Struct, frozen=True, array_like=True):
    """Is this document, by its key, listed as stolen or lost? `hit_id` is whose question it is."""

    hit_id: Name
    key: Annotated[bytes, msgspec.Meta(min_length=8, max_length=8)]


class DocumentAnswer(msgspec.Struct, frozen=True, array_like=True):
    """What the centre's own list says, to the last number; `version` is that list's."""

    hit_id: Name
    listed: bool
    version: Count


class AskedCrossings(msgspec.Struct, frozen=True, array_like=True):
    """What is new of crossings behind `after`, 0 for all? Documents of `state` are not of interest:
    who runs the post does not count the stay of its own.
    """

    after: Count
    state: Text


class ToldCrossing(msgspec.Struct, frozen=True, array_like=True):
    """A document crossed on a day, counted from 1 January 1970. A later word under the same
    `number` replaces this one; where it does not stand (any more), `document` is empty.
    """

    number: Position
    state: Text
    document: Text
    day: Count
    enters: bool
    stands: bool


class Crossings(msgspec.Struct, frozen=True, array_like=True):
    """What is new behind `after` and up to `upto`, to be asked for next; all there is, or some."""

    after: Count
    upto: Count
    is_all: bool
    told: Annotated[list[ToldCrossing], msgspec.Meta(max_length=MOST_CROSSINGS)]


class Rotation(msgspec.Struct, frozen=True, array_like=True):
    """Keys that are to follow those of the workstation that asks, which signs the contact.

    `since` is the incarnation of the first journal that they sign; `proof` is by the new signing
    key: see `rotation_message`.
    """

    signing_key: Key
    receive_key: Key
    since: Position
    proof: Signature


class RoleKey(msgspec.Struct, frozen=True, array_like=True):
    """The supervisor's role of a post: its public key, and the private one as slots are to have it.

    `sealed`: by the receive key of each slot that was asked for, see `vault.roles.seal_private`;
    empty where no supervisor is to work, as the centre's staff says.
    """

    public: Key
    sealed: dict[Key, Annotated[bytes, msgspec.Meta(max_length=200)]] = {}


class Contact(Message, frozen=True, kw_only=True, omit_defaults=True):
    """One contact: the entries after what the centre is thought to hold, and what we have.

    `first` is held + 1 and `previous` the head before it; `tip`, `head` and `head_signature` belong
    to the last of `entries` (to `first` - 1 and `previous` if there are none; no signature at 0).
    `have` names the signed metadata of reference data that we have and their versions: `root`,
    `timestamp`, `snapshot`, `targets` and the delegated roles (`ROLES`), 0 or absent for nothing.
    `epoch` is that of the last reply that was taken. `documents` asks about hits that nobody has
    confirmed yet; a centre that cannot answer leaves them out, and they are asked again. `waiting`
    counts the entries that stay behind after this contact, None while the journal is closed.
    `columns` stand in the place of `entries` where the centre reads dictionaries: see `folded`;
    `head` is then left out, and only then: the signature holds what the centre computes.
    `asks_post_key` where the key is lacking that the workstations of the post share. `previews` are
    urgent entries ahead of their turn, and bodies that the centre asked for. `previewed` are the
    positions whose body it has from a preview, as it said: the journal brings their leaf alone.
    `former`: the name under which this machine wrote the entries, before it enrolled anew; only
    where the centre `takes_former`.
    `generation` is the newest key of the post that is here. `report` says how far an order has been
    carried out, see `orders.WipeReport`. `rotation`: keys to be certified. `certificate` is the
    centre's own word on the key that signs this, for one that was put back from an older backup.
    `waiting_checks`: how many of `waiting` are checks. `role_holders` asks for the keys of the
    supervisor's role: for the public ones, and for the private ones sealed to these slots.
    """

    request_id: RequestId
    deployment: Name
    workstation: Name
    incarnation: Count
    counter: Count
    ratchet: Ratchet
    first: Position
    previous: Hash
    entries: Annotated[list[WireEntry], msgspec.Meta(max_length=MOST_ENTRIES)]
    tip: Count
    head: Annotated[bytes, msgspec.Meta(max_length=32)]
    head_signature: Signature
    have: dict[Name, Count] = {}
    client: Text = ""
    clock: Text = ""
    epoch: Annotated[bytes, msgspec.Meta(max_length=16)] = b""
    documents: Annotated[list[DocumentQuestion], msgspec.Meta(max_length=MOST_QUESTIONS)] = []
    waiting: Count | None = None
    columns: Columns | None = None
    asks_post_key: bool = False
    previews: Annotated[list[WireEntry], msgspec.Meta(max_length=MOST_PREVIEWS)] = []
    previewed: Annotated[list[Position], msgspec.Meta(max_length=MOST_ENTRIES)] = []
    crossings: AskedCrossings | None = None
    former: Annotated[str, msgspec.Meta(max_length=100)] = ""
    generation: Count = 0
    report: Annotated[bytes, msgspec.Meta(max_length=MOST_REPORT)] = b""
    rotation: Rotation | None = None
    certificate: Annotated[bytes, msgspec.Meta(max_length=MOST_CERTIFICATE)] = b""
    waiting_checks: Count = 0
    role_holders: Annotated[list[Key], msgspec.Meta(max_length=MOST_HOLDERS)] | None = None


class ContactReply(Message, frozen=True, kw_only=True, omit_defaults=True):
    """What the centre holds now, and what is new for the workstation.

    `counter` is the last one the centre took: the next contact counts on from it. `channels` are
    the newest versions. `metadata` maps file names of The Update Framework (`2.root.json`,
    `timestamp.json`, `7.snapshot.json`, `1.targets.json`, `5.watchlist.json`) to bytes, as far as
    `have` does not name them; `channel_keys` come with it, sealed to the receive key. `dictionary`
    is the newest that the centre reads, and it reads all before it and `Columns`; 0 for none.
    `post_key` is sealed to the receive key, empty unless it was asked for. `completes`: the centre
    takes the body of an entry from its preview. `wanted` are positions of this journal of which it
    holds the leaf alone and asks for the body, as a preview. `retry_after`: for so many seconds it
    would rather not be asked again, unless there is something urgent.
    `attachments` are addresses that its entries name and the centre lacks, some of many.
    `takes_former`, said where its `epoch` is news: it takes journals under former names.
    `order` is a `SignedOrder` of headquarters to this workstation, until it has reported that it is
    carried out. `revoked` is a `Signed` statement, see `post.Revoked`, and `post_keys` the keys of
    the post by generation, sealed to the receive key: both as far as `generation` is behind.
    `certificate`: the keys that were asked for may be used from now on. `role_keys`, by the
    generation of the post's keys that they began with, only where they were asked for.
    """

    request_id: RequestId
    workstation: Name
    verdict: Verdict
    held: Count
    head: Hash
    backed_up: Count
    ratchet: Ratchet
    counter: Count
    server_time: Text
    epoch: bytes
    channels: dict[Name, Count] = {}
    metadata: dict[Name, bytes] = {}
    channel_keys: dict[Name, bytes] = {}
    fork_at: Position | None = None
    message: Text = ""
    documents: list[DocumentAnswer] = []
    dictionary: Count = 0
    post_key: Annotated[bytes, msgspec.Meta(max_length=200)] = b""
    completes: bool = False
    retry_after: Count = 0
    wanted: Annotated[list[Position], msgspec.Meta(max_length=MOST_PREVIEWS)] = []
    attachments: Annotated[list[Hash], msgspec.Meta(max_length=MOST_WANTED)] = []
    crossings: Crossings | None = None
    takes_former: bool = False
    order: Annotated[bytes, msgspec.Meta(max_length=MOST_ORDER)] = b""
    revoked: Annotated[bytes, msgspec.Meta(max_length=MOST_ORDER)] = b""
    certificate: Annotated[bytes, msgspec.Meta(max_length=MOST_CERTIFICATE)] = b""
    post_keys: dict[Count, bytes] = {}
    role_keys: dict[Count, RoleKey] = {}


class EnrolRequest(Message, frozen=True, kw_only=True):
    """A new workstation shows its token and both its public keys. Signed by the new key itself.

    `mac` proves that the token's secret is known without sending it: see `enrolment_mac`.
    """

    request_id: RequestId
    deployment: Name
    token_id: Annotated[bytes, msgspec.Meta(min_length=8, max_length=8)]
    name: Text
    signing_key: Key
    receive_key: Key
    client: Text
    mac: Hash
    role: DeviceRole = DeviceRole.WORKSTATION


class EnrolReply(Message, frozen=True, kw_only=True):
    """Who the workstation is from now on. `certificate` is a `Signed` statement to keep.

    `tuf_root` is the first `root.json` to trust; `channel_keys` are sealed to the receive key, and
    an exchange gets none. `recovery_key` (X25519) is headquarters', as in the provisioning file.
    """

    request_id: RequestId
    workstation: Name
    deployment: Name
    post: Name
    post_name: Text
    certificate: bytes
    server_key: Key
    centre_key: Key
    tuf_root: bytes
    ratchet: Ratchet
    channel_keys: dict[Name, bytes] = {}
    settings: dict[Name, str | int | bool] = {}
    recovery_key: Key | None = None


class Certificate(Message, frozen=True, kw_only=True):
    """The centre's statement that these keys are this workstation's.

    `since` is the incarnation of the first journal that they sign.
    """

    deployment: Name
    workstation: Name
    post: Name
    signing_key: Key
    receive_key: Key
    issued_at: Text
    role: DeviceRole = DeviceRole.WORKSTATION
    since: Count = 0


class Bundle(Message, frozen=True, kw_only=True):
    """Entries under way other than by a contact. `sealed` is for the centre alone.

    `sealed`: sealed to the centre's key, one zstd frame of msgpack `list[WireEntry]`, positions
    `first` to `last`. The signature binds range and ciphertext: see `bundle_message`.
    """

    deployment: Name
    workstation: Name
    incarnation: Count
    first: Position
    last: Position
    previous: Hash
    head: Hash
    head_signature: Signature
    sealed: bytes
    key: Key
    signature: Signature


class BundleDelivery(Message, frozen=True, kw_only=True):
    """A bundle handed over by `workstation`, its own or a neighbour's.

    `certificate`: of whoever hands it over, as in `Contact`.
    """

    request_id: RequestId
    deployment: Name
    workstation: Name
    bundle: bytes
    certificate: Annotated[bytes, msgspec.Meta(max_length=MOST_CERTIFICATE)] = b""


class BundleReply(Message, frozen=True, kw_only=True):
    """What the centre holds now of the journal the bundle belongs to (its origin is named).

    `acknowledgement`: the same to that workstation, where another one brought the bundle.
    """

    request_id: RequestId
    workstation: Name
    incarnation: Count
    verdict: Verdict
    held: Count
    head: Hash
    server_time: Text
    fork_at: Position | None = None
    message: Text = ""
    acknowledgement: Annotated[bytes, msgspec.Meta(max_length=MOST_ACKNOWLEDGEMENT)] = b""


class Acknowledgement(Message, frozen=True, kw_only=True):
    """The centre's word on a journal, for a workstation that no line reaches.

    It holds the entries up to `held`, whose head is `head`; `server_time` and `epoch` tell a late
    one from the newest. `fork_at` is set where it was given two different entries. `order`,
    `revoked`, `post_key` and `post_keys` as in a `ContactReply`. `lacking`: attachments that its
    entries name and it has not whole, all of them if there are few; None where it does not say.
    `role_keys` bring the public ones alone: no slot asks by this way.
    """

    deployment: Name
    workstation: Name
    incarnation: Count
    held: Count
    head: Hash
    backed_up: Count
    server_time: Text
    epoch: Annotated[bytes, msgspec.Meta(max_length=16)]
    fork_at: Position | None = None
    order: Annotated[bytes, msgspec.Meta(max_length=MOST_ORDER)] = b""
    revoked: Annotated[bytes, msgspec.Meta(max_length=MOST_ORDER)] = b""
    post_keys: dict[Count, bytes] = {}
    lacking: Annotated[list[Hash], msgspec.Meta(max_length=MOST_WANTED)] | None = None
    role_keys: dict[Count, RoleKey] = {}
    post_key: bytes = b""


class SealedAcknowledgement(Message, frozen=True, kw_only=True):
    """An acknowledgement under way: to whom, and the rest for its receive key alone."""

    deployment: Name
    workstation: Name
    sealed: bytes


class AskedSheet(msgspec.Struct, frozen=True, array_like=True):
    """What is new of crossings behind the word `after`, which the centre's epoch `memory` told
    (see `sync.previews.memory_of`), but for documents of `state`? `told_at`: of which time that is
    what is known, in seconds since 1970.
    """

    after: Count
    memory: Count
    state: Annotated[str, msgspec.Meta(max_length=3, pattern=r"\A[A-Z]*\Z")]
    told_at: Count = 0


class SheetCall(Message, frozen=True, kw_only=True):
    """Whoever carries for a post asks for a sheet of crossings, which he need not be able to read.

    `certificate`: of whoever asks, as in `Contact`.
    """

    request_id: RequestId
    deployment: Name
    workstation: Name
    asked: AskedSheet
    certificate: Annotated[bytes, msgspec.Meta(max_length=MOST_CERTIFICATE)] = b""


class SheetReply(Message, frozen=True, kw_only=True):
    """`sheet` is closed for the post: see `sync.crossings`. Empty for who was revoked."""

    request_id: RequestId
    workstation: Name
    sheet: Annotated[bytes, msgspec.Meta(max_length=MOST_SHEET)]


class AttachmentPart(Message, frozen=True, kw_only=True):
    """Ciphertext of an attachment from byte `offset` on; none of it asks how far the centre is.

    `address` is the SHA-256 of the whole ciphertext, as an entry of this workstation names it, or
    one of `origin`: a neighbour's or an exchange brings it, or it was written under a former name.
    """

    request_id: RequestId
    deployment: Name
    workstation: Name
    address: Hash
    offset: Count
    content: Annotated[bytes, msgspec.Meta(max_length=MOST_PART)] = b""
    origin: Annotated[str, msgspec.Meta(max_length=100)] = ""


class AttachmentReply(Message, frozen=True, kw_only=True):
    """How far the centre has an attachment: `held` bytes from its beginning, all where complete.

    `differs`: what came has another hash and was thrown away. `unknown`: no entry that is held
    names it. `no-room`: not now; nothing of it is lost. `acknowledgement`: the centre's word to its
    workstation, where another one brought what is complete.
    """

    request_id: RequestId
    workstation: Name
    address: Hash
    answer: Part
    held: Count = 0
    acknowledgement: Annotated[bytes, msgspec.Meta(max_length=MOST_ACKNOWLEDGEMENT)] = b""


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A message as msgpack, by whose key, and the signature."""

    payload: bytes
    key: Key
    signature: Signature


class Provisioning(Message, frozen=True, kw_only=True):
    """The file IT carries to a new workstation (JSON). `certificate` is PEM, None on loopback.

    `recovery_key` (X25519, raw) is headquarters', for whom the database key is sealed too; None
    where there is none.
    """

    url: str
    deployment: Name
    post: Name
    post_name: Text
    token: str
    server_key: Key
    centre_key: Key
    certificate: str | None
    tuf_root: bytes
    role: DeviceRole = DeviceRole.WORKSTATION
    recovery_key: Key | None = None


class Introduction(Message, frozen=True, kw_only=True):
    """What a centre says of itself to who does not know it yet, as in a provisioning file.

    It is believed by its fingerprint alone, which stands in an `Invitation`.
    """

    deployment: Name
    server_key: Key
    centre_key: Key
    certificate: str | None
    tuf_root: bytes
    recovery_key: Key | None = None


class CarriedReply(Message, frozen=True, kw_only=True):
    """The answer to an enrolment that was carried to the centre: a whole reply as over the line."""

    introduction: bytes
    reply: bytes


# --- requests and replies -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A request as it goes over the line, and the digest its reply must answer."""

    body: bytes
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request whose signature is by `key`; who that is, the registry knows.

    `dictionary`: what it was packed with, so that the reply may be too.
    """

    payload: bytes
    key: bytes
    digest: bytes
    dictionary: int


class Signer(Protocol):
    """The workstation's key, which stays in the vault. `public` is Ed25519, raw."""

    @property
    def public(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


def sign_request(
    message: Message, signer: Signer, *, deployment: str, dictionary: int = dictionaries.NONE
) -> Outgoing:
    """`dictionary`: one that the centre has said to read."""
    payload = msgspec.msgpack.encode(message)
    digest = hashlib.sha256(payload).digest()
    signed = Signed(
        payload=payload,
        key=signer.public,
        signature=signer.sign(_request_message(deployment, digest)),
    )
    packed = compress(msgspec.msgpack.encode(signed), dictionary=dictionary)
    return Outgoing(body=packed, digest=digest)


def read_request(body: bytes, *, deployment: str) -> Incoming:
    """Raises `TooLarge`, `Malformed`, `Forged`."""
    signed = decode(decompress(body), Signed)
    digest = hashlib.sha256(signed.payload).digest()
    _check(signed, _request_message(deployment, digest))
    return Incoming(
        payload=signed.payload,
        key=signed.key,
        digest=digest,
        dictionary=dictionaries.number_in(body),
    )


def write_reply(
    message: Message,
    key: Ed25519PrivateKey,
    *,
    answers: bytes,
    dictionary: int = dictionaries.NONE,
) -> bytes:
    """`answers` is the digest of the request, `dictionary` what it was packed with."""
    payload = msgspec.msgpack.encode(message)
    return _envelope(payload, key, _reply_message(answers, payload), dictionary=dictionary)


def read_reply(body: bytes, kind: type[M], *, answers: bytes, server_key: bytes) -> M:
    """Raises `Malformed` if it is no reply of ours, `Forged` if it is not the centre's to this."""
    signed = decode(decompress(body), Signed)
    if signed.key != server_key:
        raise Forged("signed by another key than the centre's")
    _check(signed, _reply_message(answers, signed.payload))
    return decode(signed.payload, kind)


def write_certificate(certificate: Certificate, key: Ed25519PrivateKey) -> bytes:
    return write_statement(certificate, key, signatures.CERTIFICATE)


def read_certificate(statement: bytes, *, server_key: bytes) -> Certificate:
    """Raises `Malformed`, `Forged`."""
    return read_statement(statement, Certificate, signatures.CERTIFICATE, server_key=server_key)


def write_statement(message: Message, key: Ed25519PrivateKey, tag: bytes) -> bytes:
    """What the centre says to whoever asks: anybody may hand it on."""
    payload = msgspec.msgpack.encode(message)
    return msgspec.msgpack.encode(_sign(payload, key, signatures.message(tag, payload)))


def read_statement(statement: bytes, kind: type[M], tag: bytes, *, server_key: bytes) -> M:
    """Raises `Malformed`, `Forged`."""
    signed = decode(statement, Signed)
    if signed.key != server_key:
        raise Forged("signed by another key than the centre's")
    _check(signed, signatures.message(tag, signed.payload))
    return decode(signed.payload, kind)


def decode(data: bytes, kind: type[M]) -> M:
    """Raises `Malformed`."""
    try:
        return msgpack_decoder(kind).decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Malformed(f"not a {kind.__name__}") from error


# --- entries ------------------------------------------------------------------------------------


def to_wire(entry: Entry) -> WireEntry:
    has_body = entry.body is not None and entry.salt is not None
    gives_leaf = has_body and entry.algorithm == SHA256
    return WireEntry(
        entry.position,
        entry.algorithm,
        entry.salt,
        entry.body,
        None if gives_leaf else entry.leaf,
        [WireSignature(s.officer, s.algorithm, s.value) for s in entry.signatures],
    )


def to_wire_by_leaf(entry: Entry) -> WireEntry:
    """For a centre that has the body already."""
    return msgspec.structs.replace(to_wire(entry), salt=None, body=None, leaf=entry.leaf)


def wire_leaf(entry: WireEntry) -> bytes:
    """The entry's leaf. Raises `Malformed` where nothing gives it, or body and leaf disagree."""
    leaf = entry.leaf
    if entry.algorithm == SHA256 and entry.body is not None and entry.salt is not None:
        leaf = leaf_of(entry.body, entry.salt)
    if leaf is None or entry.leaf not in (None, leaf):
        raise Malformed(f"entry {entry.position} and its leaf do not belong together")
    return leaf


def folded(contact: Contact, *, dictionary: int) -> Contact:
    """The contact with its entries as `Columns`, for a centre that reads `dictionary`.

    As it is where that is none, or where an entry is not as ours are: those go as they are.
    """
    columns = _columns(contact.entries, dictionary) if dictionary and contact.entries else None
    if columns is None:
        return contact
    try:
        sent = msgspec.structs.replace(contact, entries=[], columns=columns, head=b"")
        return sent if unfolded(sent) == contact else contact
    except Malformed:
        return contact


def unfolded(contact: Contact) -> Contact:
    """What `folded` was given. Raises `Malformed`, `TooLarge`."""
    if contact.columns is None:
        if not contact.head:
            raise Malformed("a contact without its head")
        return contact
    if contact.entries:
        raise Malformed("entries and columns in one contact")
    entries = _entries(contact.columns, contact.first)
    head = _head_behind(contact.previous, entries)
    return msgspec.structs.replace(contact, entries=entries, columns=None, head=head)


def _head_behind(head: bytes, entries: Iterable[WireEntry]) -> bytes:
    for entry in entries:
        officers = [OfficerSignature(s.officer, s.algorithm, s.value) for s in entry.signatures]
        head = head_of(head, wire_leaf(entry), officers)
    return head


def _columns(entries: list[WireEntry], dictionary: int) -> Columns | None:
    salts, ids, rests = bytearray(), bytearray(), list[bytes]()
    leaves = {n: each.leaf for n, each in enumerate(entries) if each.leaf and not each.body}
    for n, entry in enumerate(entries):
        if n in leaves:
            rests.append(b"")
            continue
        body = _BODY.fullmatch(entry.body or b"")
        if body is None or entry.salt is None:
            return None
        salts += entry.salt
        ids += UUID(body["id"].decode()).bytes[_TIME_BYTES:]
        rests.append(body["rest"])
    signatures = {n: entry.signatures for n, entry in enumerate(entries) if entry.signatures}
    is_apart = dictionary >= rows.FIRST_DICTIONARY
    plain = rows.set_apart(rests) if is_apart else b"".join(rest + _END for rest in rests)
    if plain is None:
        return None
    packed = compress(plain, dictionary=dictionary)
    return Columns(bytes(salts), bytes(ids), packed, signatures, leaves)


def _entries(columns: Columns, first: int) -> list[WireEntry]:
    rests = _rests(columns.rests)
    whole = len(rests) - len(columns.leaves)
    lengths = (len(columns.salts), len(columns.ids))
    if lengths != (whole * SALT_BYTES, whole * _CHANCE_BYTES):
        raise Malformed("columns of different lengths")
    if max((*columns.signatures, *columns.leaves), default=0) >= len(rests):
        raise Malformed("signatures or a leaf without their entry")
    salts, ids = io.BytesIO(columns.salts), io.BytesIO(columns.ids)
    entries = []
    for n, rest in enumerate(rests):
        leaf = columns.leaves.get(n)
        if leaf and rest:
            raise Malformed("an entry by its leaf and by its body")
        salt = None if leaf else salts.read(SALT_BYTES)
        body = None if leaf else _body(ids.read(_CHANCE_BYTES), rest)
        signed = columns.signatures.get(n, [])
        entries.append(WireEntry(first + n, SHA256, salt, body, leaf, signed))
    return entries


def _rests(packed: bytes) -> list[bytes]:
    """What the bodies say behind their ids, one at least."""
    plain = decompress(packed)
    is_apart = dictionaries.number_in(packed) >= rows.FIRST_DICTIONARY
    if plain.count(_END) > MOST_ENTRIES * (2 if is_apart else 1):  # before any of them is made
        raise TooLarge(f"more than {MOST_ENTRIES} entries")
    if plain[-1:] != _END:
        raise Malformed("columns of different lengths")
    if not is_apart:
        return plain.split(_END)[:-1]
    try:
        return rows.put_together(plain, most=MOST_DECOMPRESSED)
    except ValueError as error:
        raise Malformed("forms and rows that do not belong together") from error


def _body(chance: bytes, rest: bytes) -> bytes:
    recorded = _RECORDED.search(rest)
    if recorded is None:
        raise Malformed("a body without a time")
    try:
        passed = datetime.fromisoformat(recorded[1].decode()) - _EPOCH
        time = (passed // timedelta(milliseconds=1)).to_bytes(_TIME_BYTES, "big")
    except (ValueError, TypeError, OverflowError) as error:
        raise Malformed("a body without a proper time") from error
    return b'{"id":"%s"%s' % (str(UUID(bytes=time + chance)).encode(), rest)


# --- bundles ------------------------------------------------------------------------------------

_Entries = Annotated[list[WireEntry], msgspec.Meta(max_length=MOST_ENTRIES)]
"""Counted before any of them is made: a few bytes may claim to be millions."""


def seal_entries(
    entries: list[WireEntry], centre_key: bytes, *, dictionary: int = dictionaries.NONE
) -> bytes:
    packed = compress(msgspec.msgpack.encode(entries), dictionary=dictionary)
    return seal(packed, centre_key, purpose="bundle")


def open_entries(sealed: bytes, centre_key: X25519PrivateKey) -> list[WireEntry]:
    """Raises `Malformed`, `TooLarge`."""
    packed = decompress(unseal(sealed, centre_key, purpose="bundle"))
    try:
        return msgpack_decoder(_Entries).decode(packed)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Malformed("not journal entries, or too many") from error


def bundle_message(bundle: Bundle) -> bytes:
    """What the workstation's key signs: origin, range, heads and the ciphertext."""
    return signatures.message(
        signatures.BUNDLE,
        Origin(bundle.deployment, bundle.workstation, bundle.incarnation).fields(),
        signatures.number(bundle.first),
        signatures.number(bundle.last),
        bundle.previous,
        bundle.head,
        bundle.head_signature,
        hashlib.sha256(bundle.sealed).digest(),
    )


def write_acknowledgement(
    acknowledgement: Acknowledgement, key: Ed25519PrivateKey, *, receive_key: bytes
) -> bytes:
    """Signed by the centre like a reply, then sealed to the workstation it is for."""
    payload = msgspec.msgpack.encode(acknowledgement)
    signed = _envelope(payload, key, _acknowledgement_message(payload))
    return msgspec.msgpack.encode(
        SealedAcknowledgement(
            deployment=acknowledgement.deployment,
            workstation=acknowledgement.workstation,
            sealed=seal(signed, receive_key, purpose="acknowledgement"),
        )
    )


def read_acknowledgement(opened: bytes, *, server_key: bytes) -> Acknowledgement:
    """What was sealed, once it is opened. Raises `Malformed`, `TooLarge`, `Forged`."""
    signed = decode(decompress(opened, most=MOST_ACKNOWLEDGEMENT), Signed)
    if signed.key != server_key:
        raise Forged("signed by another key than the centre's")
    _check(signed, _acknowledgement_message(signed.payload))
    return decode(signed.payload, Acknowledgement)


# --- enrolment ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One-time leave to enrol: `id` is sent, `secret` (16 bytes) only proves itself."""

    id: bytes
    secret: bytes

    @classmethod
    def read(cls, text: str) -> "Token":
        """Takes what `str` gives, in any case, with any blanks or dashes. Raises `Malformed`."""
        letters = "".join(c for c in text.strip().upper() if c not in " -\t\r\n")
        prefix = TOKEN_PREFIX.rstrip("-")
        if not letters.startswith(prefix):
            raise Malformed(f"a token begins with {TOKEN_PREFIX}")
        try:
            raw = b32decode(letters.removeprefix(prefix) + "=")
        except (NotBase32, ValueError) as error:
            raise Malformed("not a whole token") from error
        if len(raw) != TOKEN_ID_BYTES + TOKEN_SECRET_BYTES:
            raise Malformed("not a whole token")
        return cls(id=raw[:TOKEN_ID_BYTES], secret=raw[TOKEN_ID_BYTES:])

    def __str__(self) -> str:
        return TOKEN_PREFIX + b32encode(self.id + self.secret).decode().rstrip("=")


def enrolment_mac(
    token: Token, *, deployment: str, signing_key: bytes, receive_key: bytes
) -> bytes:
    """Binds both public keys to the token's secret."""
    message = signatures.message(
        signatures.ENROL, deployment.encode(), token.id, signing_key, receive_key
    )
    return hmac.digest(token.secret, message, "sha256")


def rotation_message(
    rotation: Rotation, *, deployment: str, workstation: str, signing_key: bytes
) -> bytes:
    """What the new signing key signs: whose it is to be, and that `signing_key` goes before it."""
    return signatures.message(
        signatures.ROTATION,
        Origin(deployment, workstation, rotation.since).fields(),
        signing_key,
        rotation.signing_key,
        rotation.receive_key,
    )


def fingerprint(introduction: bytes) -> bytes:
    """By which an introduction is believed: 16 bytes that nobody else's can have."""
    return hashlib.sha256(b"checkpoint/introduction/1" + introduction).digest()[:16]


def key_digits(signing_key: bytes, receive_key: bytes) -> str:
    """Twelve digits that people compare at both ends: whether these are the same two keys."""
    digest = hashlib.sha256(b"checkpoint/key-digits/1" + signing_key + receive_key).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10**12:012}"
    return " ".join(digits[start : start + 4] for start in range(0, 12, 4))


# --- sealing ------------------------------------------------------------------------------------


def seal(plain: bytes, receive_key: bytes, *, purpose: str) -> bytes:
    """Encrypt for one reader (see `vault.sealing`). Raises `Malformed` if it is no key."""
    try:
        return sealing.seal(receive_key, sealed_for(purpose), plain)
    except ValueError as error:
        raise Malformed("not a key to encrypt for") from error


def unseal(sealed: bytes, receive_key: X25519PrivateKey, *, purpose: str) -> bytes:
    """Raises `Malformed` if it was sealed for another reader or purpose, or altered."""
    try:
        return sealing.open_sealed(receive_key.private_bytes_raw(), sealed_for(purpose), sealed)
    except CannotOpen as error:
        raise Malformed("sealed for somebody else, or altered") from error


def sealed_for(purpose: str) -> bytes:
    """What `seal` ties to the purpose, for a reader whose key stays in the vault."""
    return b"checkpoint/v1/" + purpose.encode()


# --- reference data -----------------------------------------------------------------------------


def role_of(channel: str) -> str:
    """The delegated role of The Update Framework that signs for a channel."""
    return WATCHLIST if channel == DOCUMENTS else channel


def snapshot_name(channel: str, version: int) -> str:
    """The target that holds a whole version."""
    return f"{channel}-{version}.snapshot"


def delta_name(channel: str, start: int, version: int) -> str:
    """The target that brings version `start` to `version`."""
    return f"{channel}-{start}-{version}.delta"


def lock_target(packed: Iterable[bytes], channel_key: bytes, *, name: str) -> Iterator[bytes]:
    """Encrypt a file of reference data under its channel's key, bound to its name.

    In pieces, see `vault.pieces`.
    """
    return pieces.lock(packed, channel_key, mark=_LOCKED, about=name.encode())


def unlock_target(locked: Iterable[bytes], channel_key: bytes, *, name: str) -> Iterator[bytes]:
    """What was locked, piece by piece; no piece is given out that is not genuine.

    Raises `Malformed` under another key or name, and where it was cut, altered or reordered: at
    the piece where that shows.
    """
    try:
        yield from pieces.unlock(locked, channel_key, mark=_LOCKED, about=name.encode())
    except CannotOpen as error:
        raise Malformed("locked under another key, cut or altered") from error


def pack_target(plain: Iterable[bytes]) -> Iterator[bytes]:
    """One zstd stream, to be locked."""
    packer = zstandard.ZstdCompressor(level=_LEVEL_OF_TARGETS).compressobj()
    for some in plain:
        if packed := packer.compress(some):
            yield packed
    yield packer.flush()


def unpack_target(packed: Iterable[bytes], *, size: int | None) -> Iterator[bytes]:
    """What was packed, of which there are `size` bytes (None only for a file of one's own).

    Raises `TooLarge` as soon as there are more, `Malformed` if there are fewer.
    """
    reader = zstandard.ZstdDecompressor(max_window_size=_WIDEST_WINDOW).stream_reader(
        io.BufferedReader(_Stream(packed), pieces.PIECE)
    )
    unpacked = 0
    try:
        while some := reader.read(pieces.PIECE):
            unpacked += len(some)
            if size is not None and unpacked > size:
                raise TooLarge(f"more than {size} bytes when unpacked")
            yield some
    except zstandard.ZstdError as error:
        raise Malformed("not a zstd stream") from error
    if size not in (None, unpacked):
        raise Malformed(f"{unpacked} bytes when unpacked, not {size}")


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """The content of a channel that consists of files: a msgpack map from names to contents.

    Raises `Malformed`, `TooLarge`; the text says what is wrong with which file.
    """
    for name in files:
        if not FILE_NAME.fullmatch(name):
            raise Malformed(f"{name} is no name for a file here: small letters, digits, - and _")
    if len(files) > MOST_FILES:
        raise TooLarge(f"more than {MOST_FILES} files")
    if sum(map(len, files.values())) > MOST_FILES_BYTES:
        raise TooLarge(f"more than {MOST_FILES_BYTES} bytes together")
    return msgspec.msgpack.encode(files)


# --- packing ------------------------------------------------------------------------------------


def compress(data: bytes, *, dictionary: int = dictionaries.NONE) -> bytes:
    """One zstd frame: small where a slow line waits, quick where it is much."""
    level = 19 if len(data) <= _WORTH_THE_TIME else 9
    known = dictionaries.for_packing(dictionary, level) if dictionary else None
    packer = zstandard.ZstdCompressor(level=level, dict_data=known, write_content_size=False)
    return packer.compress(data)


def decompress(data: bytes, *, most: int = MOST_DECOMPRESSED) -> bytes:
    """Raises `TooLarge` as soon as the result would exceed `most` bytes, `Malformed`."""
    if len(data) > MOST_COMPRESSED:
        raise TooLarge(f"more than {MOST_COMPRESSED} bytes")
    try:
        dictionary = dictionaries.number_in(data)
        known = dictionaries.for_unpacking(dictionary) if dictionary else None
        reader = zstandard.ZstdDecompressor(dict_data=known, max_window_size=_WIDEST_WINDOW)
        plain = reader.stream_reader(io.BytesIO(data)).read(most + 1)
    except zstandard.ZstdError as error:
        raise Malformed("not a zstd frame") from error
    except KeyError:
        raise Malformed("packed with a dictionary that is not known here") from None
    if len(plain) > most:
        raise TooLarge(f"more than {most} bytes when unpacked")
    return plain


class _Stream(io.RawIOBase):
    """Bytes that come in portions, for who reads from a file."""

    def __init__(self, portions: Iterable[bytes]) -> None:
        self._portions = iter(portions)
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._waiting:
            self._waiting = next((some for some in self._portions if some), b"")
        room = memoryview(buffer)
        given = self._waiting[: len(room)]
        room[: len(given)] = given
        self._waiting = self._waiting[len(given) :]
        return len(given)


def _request_message(deployment: str, digest: bytes) -> bytes:
    return signatures.message(signatures.REQUEST, deployment.encode(), digest)


def _reply_message(answers: bytes, payload: bytes) -> bytes:
    return signatures.message(signatures.REPLY, answers, hashlib.sha256(payload).digest())


def _acknowledgement_message(payload: bytes) -> bytes:
    return signatures.message(signatures.ACKNOWLEDGEMENT, hashlib.sha256(payload).digest())


def _envelope(
    payload: bytes,
    key: Ed25519PrivateKey,
    message: bytes,
    *,
    dictionary: int = dictionaries.NONE,
) -> bytes:
    return compress(msgspec.msgpack.encode(_sign(payload, key, message)), dictionary=dictionary)


def _sign(payload: bytes, key: Ed25519PrivateKey, message: bytes) -> Signed:
    return Signed(
        payload=payload,
        key=key.public_key().public_bytes_raw(),
        signature=signatures.sign(key, message),
    )


def _check(signed: Signed, message: bytes) -> None:
    if not signatures.is_valid(signed.key, signed.signature, message):
        raise Forged("the signature does not belong to this message and key")
