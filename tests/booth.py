"""A workstation for tests of the centre: it writes a journal and says whatever a test wants."""

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from checkpoint_client.journal import body as bodies
from checkpoint_client.journal import chain
from checkpoint_client.journal.entry import Entry, OfficerSignature, Origin, Tip
from checkpoint_client.records import BorderCheck, Person, Record
from checkpoint_client.records.codes import ClockState, Decision, Direction, TransportMode
from sync.protocol import (
    BUNDLE_PATH,
    CONTACT_PATH,
    CONTENT_TYPE,
    ENROL_PATH,
    Bundle,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
    EnrolReply,
    EnrolRequest,
    Message,
    Outgoing,
    Provisioning,
    Token,
    bundle_message,
    enrolment_mac,
    read_reply,
    seal_entries,
    sign_request,
    to_wire,
)

M = TypeVar("M", bound=Message)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def check(name: str = "ТЕСТОВА") -> BorderCheck:
    return BorderCheck(
        direction=Direction.ENTRY,
        transport=TransportMode.ROAD,
        post="OSH-01",
        person=Person(primary_identifier=name),
        decision=Decision.ADMITTED,
    )


@dataclass
class Booth:
    """`journal` is what it wrote; `counter` and `ratchet` what it would send next."""

    provisioning: Provisioning
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    receive_key: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    id: str = ""
    incarnation: int = 1
    journal: list[Entry] = field(default_factory=list)
    counter: int = 0
    ratchet: bytes = bytes(16)

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    @property
    def receive_public(self) -> bytes:
        return self.receive_key.public_key().public_bytes_raw()

    @property
    def deployment(self) -> str:
        return self.provisioning.deployment

    @property
    def origin(self) -> Origin:
        return Origin(self.deployment, self.id, self.incarnation)

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)

    def tip(self, position: int | None = None) -> Tip:
        """The journal's end, or the head at a position."""
        at = len(self.journal) if position is None else position
        return Tip(at, self.journal[at - 1].head) if at else chain.start(self.origin)

    def write(self, *records: Record) -> list[Entry]:
        """Append records as an officer of this workstation would."""
        return [self.write_body(body_of(record)) for record in records]

    def write_body(self, body: bytes, *officers: OfficerSignature) -> Entry:
        entry = chain.extend(
            self.origin,
            self.tip(),
            body=body,
            salt=os.urandom(16),
            signatures=officers,
            sign=self.key.sign,
        )
        self.journal.append(entry)
        return entry

    def copy(self) -> "Booth":
        """The same disk, in a second machine."""
        return replace(self, journal=list(self.journal))

    def enrol_request(self, **changes: Any) -> Outgoing:
        token = Token.read(self.provisioning.token)
        request = EnrolRequest(
            request_id=os.urandom(16),
            deployment=self.deployment,
            token_id=token.id,
            name="booth 2",
            signing_key=self.public,
            receive_key=self.receive_public,
            client="test",
            mac=enrolment_mac(
                token,
                deployment=self.deployment,
                signing_key=self.public,
                receive_key=self.receive_public,
            ),
        )
        return self.signed(msgspec.structs.replace(request, **changes))

    def take_enrolment(self, outgoing: Outgoing, body: bytes) -> EnrolReply:
        reply = self.read(outgoing, body, EnrolReply)
        self.id, self.ratchet = reply.workstation, reply.ratchet
        return reply

    def contact(self, *, held: int = 0, most: int = 1_000, **changes: Any) -> Contact:
        """The entries after `held`; `changes` replace single fields."""
        sent = self.journal[held : held + most]
        tip = self.tip(held + len(sent))
        contact = Contact(
            request_id=os.urandom(16),
            deployment=self.deployment,
            workstation=self.id,
            incarnation=self.incarnation,
            counter=self.counter + 1,
            ratchet=self.ratchet,
            first=held + 1,
            previous=self.tip(held).head,
            entries=[to_wire(entry) for entry in sent],
            tip=tip.position,
            head=tip.head,
            head_signature=self.journal[tip.position - 1].signature if tip.position else b"",
            clock=NOON.isoformat(),
        )
        return msgspec.structs.replace(contact, **changes)

    def take_reply(self, reply: ContactReply) -> None:
        self.counter, self.ratchet = reply.counter, reply.ratchet

    def bundle(self, *, held: int = 0, **changes: Any) -> Bundle:
        """The entries after `held`, sealed for the centre; signed after `changes`."""
        sent = self.journal[held:]
        tip = self.tip()
        bundle = Bundle(
            deployment=self.deployment,
            workstation=self.id,
            incarnation=self.incarnation,
            first=held + 1,
            last=tip.position,
            previous=self.tip(held).head,
            head=tip.head,
            head_signature=self.journal[-1].signature,
            sealed=seal_entries([to_wire(each) for each in sent], self.provisioning.centre_key),
            key=self.public,
            signature=b"",
        )
        changed = msgspec.structs.replace(bundle, **changes)
        return msgspec.structs.replace(changed, signature=self.key.sign(bundle_message(changed)))

    def delivery(self, bundle: Bundle) -> BundleDelivery:
        return BundleDelivery(
            request_id=os.urandom(16),
            deployment=self.deployment,
            workstation=self.id,
            bundle=msgspec.msgpack.encode(bundle),
        )

    def signed(self, message: Message) -> Outgoing:
        return sign_request(message, self, deployment=self.deployment)

    def read(self, outgoing: Outgoing, body: bytes, kind: type[M]) -> M:
        return read_reply(
            body, kind, answers=outgoing.digest, server_key=self.provisioning.server_key
        )


@dataclass
class Line:
    """Brings a booth's messages to a running centre and keeps the last answer."""

    booth: Booth
    url: str

    def enrol(self) -> EnrolReply:
        outgoing = self.booth.enrol_request()
        return self.booth.take_enrolment(outgoing, self.post(ENROL_PATH, outgoing.body).content)

    def send(self, contact: Contact) -> ContactReply:
        """One contact whose reply arrives and is taken."""
        reply = self.ask(contact)
        self.booth.take_reply(reply)
        return reply

    def ask(self, contact: Contact) -> ContactReply:
        """One contact whose reply the booth does not act on."""
        outgoing = self.booth.signed(contact)
        answer = self.post(CONTACT_PATH, outgoing.body)
        assert answer.status_code == 200, answer.text
        return self.booth.read(outgoing, answer.content, ContactReply)

    def deliver(self, bundle: Bundle) -> BundleReply:
        outgoing = self.booth.signed(self.booth.delivery(bundle))
        answer = self.post(BUNDLE_PATH, outgoing.body)
        assert answer.status_code == 200, answer.text
        return self.booth.read(outgoing, answer.content, BundleReply)

    def post(self, path: str, body: bytes) -> requests.Response:
        return requests.post(
            self.url + path, data=body, headers={"content-type": CONTENT_TYPE}, timeout=60
        )


def body_of(record: Record, *, at: datetime = NOON) -> bytes:
    """The record as the bytes of an entry."""
    clock = bodies.ClockReading(state=ClockState.TRUSTED, boot="b-1", monotonic_ms=1)
    return bodies.encode(
        bodies.body_of(
            record,
            id=bodies.new_id(at),
            happened_at=at,
            recorded_at=at,
            clock=clock,
            officer="1842",
            shift=None,
        )
    )
