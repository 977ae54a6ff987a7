"""Takes what workstations send and gives the one signed answer, a transaction each."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Final

import msgspec
import sqlalchemy as sa

from checkpoint_client.desk.wiping import WipeState
from checkpoint_client.journal.entry import Origin, Tip
from checkpoint_client.journal.signatures import is_valid
from sync import dictionaries
from sync.orders import unproved
from sync.protocol import (
    DOCUMENTS,
    POST_KEY,
    Acknowledgement,
    AskedCrossings,
    AttachmentPart,
    Bundle,
    BundleDelivery,
    BundleReply,
    Certificate,
    Contact,
    ContactReply,
    Crossings,
    DeviceRole,
    DocumentAnswer,
    EnrolReply,
    EnrolRequest,
    Forged,
    Incoming,
    Introduction,
    Malformed,
    Message,
    Part,
    Rotation,
    SheetCall,
    SheetReply,
    Signed,
    Verdict,
    bundle_message,
    decode,
    open_entries,
    read_certificate,
    read_request,
    rotation_message,
    seal,
    unfolded,
    write_acknowledgement,
    write_certificate,
    write_reply,
)
from sync.server import (
    attachments,
    crossings,
    journals,
    ledger,
    logs,
    orders,
    registry,
    revocation,
    role_keys,
)
from sync.server.attachments import Lacked
from sync.server.journals import Held, Reason, Stretch
from sync.server.keys import Keys
from sync.server.ledger import EpochCause, Ledger
from sync.server.lost_documents import Register
from sync.server.registry import Workstation
from sync.server.shelf import Shelf

log = logging.getLogger(__name__)

REPLIES_KEPT: Final = 8
MOST_SHEETS: Final = 4_000
"""On a stick for one post; a few million crossings."""

_IN_STEP: Final = (Verdict.HELD, Verdict.GAP, Verdict.FORK)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Centre:
    """Answers one request at a time; many threads may ask. Raises what `app` has a status for."""

    def __init__(
        self,
        *,
        deployment: str,
        ledger: Ledger,
        keys: Keys,
        shelf: Shelf,
        documents: Register,
        now: Callable[[], datetime] = utc_now,
        retry_after: Callable[[], int] = lambda: 0,
    ) -> None:
        """`retry_after`: how many seconds a workstation is asked to stay away by now."""
        self._deployment = deployment
        self._ledger = ledger
        self._keys = keys
        self._shelf = shelf
        self._documents = documents
        self._now = now
        self._retry_after = retry_after

    def enrol(self, body: bytes) -> bytes:
        """Raises `Malformed`, `Forged`, `Unknown`, `Gone`."""
        incoming = read_request(body, deployment=self._deployment)
        request = decode(incoming.payload, EnrolRequest)
        self._is_for_us(request.deployment)
        if incoming.key != request.signing_key:
            raise Forged("a workstation signs its enrolment with the key it enrols")
        now = self._now()
        with self._ledger.writing() as connection:
            token = self._keys.token(request.token_id)
            workstation = registry.enrol(connection, request, token, now=now)
            logs.note(workstation=workstation.id)
            return self._sign(self._welcome(request, workstation, now), incoming)

    def introduction(self) -> bytes:
        """What this centre says of itself: see `Introduction`."""
        return msgspec.msgpack.encode(
            Introduction(
                deployment=self._deployment,
                server_key=self._keys.reply_public,
                centre_key=self._keys.centre_public,
                certificate=self._keys.certificate,
                tuf_root=self._shelf.newest_root(),
                recovery_key=self._keys.recovery,
            )
        )

    def contact(self, body: bytes) -> bytes:
        """Raises `Malformed`, `Forged`, `Unknown`."""
        incoming = read_request(body, deployment=self._deployment)
        contact = unfolded(decode(incoming.payload, Contact))
        self._is_for_us(contact.deployment)
        with self._ledger.writing() as connection:
            self._remember(connection, contact.workstation, contact.certificate)
            workstation = registry.find(connection, contact.workstation, signing_key=incoming.key)
            logs.note(workstation=workstation.id, entries=len(contact.entries), verdict="repeated")
            answered = _answered(connection, contact, incoming)
            if answered is not None:
                return answered
            return self._answer(connection, contact, workstation, incoming, body)

    def bundle(self, body: bytes) -> bytes:
        """Raises `Malformed`, `Forged`, `Unknown`."""
        incoming = read_request(body, deployment=self._deployment)
        delivery = decode(incoming.payload, BundleDelivery)
        self._is_for_us(delivery.deployment)
        bundle, stretch = self._opened(delivery.bundle, request=body)
        now = self._now()
        with self._ledger.writing() as connection:
            self._remember(connection, delivery.workstation, delivery.certificate)
            registry.recognise(connection, delivery.workstation, signing_key=incoming.key)
            origin = registry.find(connection, bundle.workstation, signing_key=bundle.key)
            logs.note(workstation=origin.id, entries=len(stretch.entries))
            held = _bundle_taken(connection, stretch, origin, now)
        receipt = _receipt(delivery, bundle, held, now)
        if delivery.workstation != bundle.workstation:
            word = self.acknowledgement(
                bundle.workstation,
                bundle.incarnation,
                signing_key=bundle.key,
                fork_at=held.fork_at,
            )
            receipt = msgspec.structs.replace(receipt, acknowledgement=word)
        return self._sign(receipt, incoming)

    def sheet(self, body: bytes) -> bytes:
        """Crossings for a post whose workstations may have no line: whoever asks only carries them.

        Raises `Malformed`, `Forged`, `Unknown`.
        """
        incoming = read_request(body, deployment=self._deployment)
        call = decode(incoming.payload, SheetCall)
        self._is_for_us(call.deployment)
        with self._ledger.writing() as connection:
            self._remember(connection, call.workstation, call.certificate)
            carrier = registry.find(connection, call.workstation, signing_key=incoming.key)
            logs.note(workstation=carrier.id)
            told = b""
            if not (carrier.is_revoked or carrier.is_ordered):
                told = self._teller(carrier.post, carrier.centre_epoch).sheet(
                    connection, call.asked
                )
        reply = SheetReply(request_id=call.request_id, workstation=carrier.id, sheet=told)
        return self._sign(reply, incoming)

    def sheets(self, workstations: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The same for a stick: all that is told to the posts of workstations, post by post."""
        owner = ledger.workstation.c
        asked = sa.select(owner.post).where(owner.id.in_([*workstations])).distinct()
        with self._ledger.reading() as connection:
            posts = connection.scalars(asked).all()
            epoch = ledger.newest_epoch(connection)
        for post in sorted(posts):
            told = self._teller(post, epoch).sheets(self._ledger.reading)
            yield from ((post, each) for each in islice(told, MOST_SHEETS))

    def _teller(self, post: str, epoch: bytes) -> crossings.Teller:
        return crossings.Teller(
            keys=self._keys,
            deployment=self._deployment,
            post=post,
            epoch=epoch,
            now=self._now(),
        )

    def attachment(self, body: bytes) -> bytes:
        """Raises `Malformed`, `Forged`, `Unknown`."""
        incoming = read_request(body, deployment=self._deployment)
        part = decode(incoming.payload, AttachmentPart)
        self._is_for_us(part.deployment)
        said = attachments.answer(self._ledger, part, signing_key=incoming.key, now=self._now())
        if part.origin and said.answer is Part.COMPLETE:
            said = msgspec.structs.replace(said, acknowledgement=self._word_to(part.origin))
        return self._sign(said, incoming)

    def carried(self, content: bytes) -> tuple[int, Held]:
        """Take a bundle that came on a stick: the position held before, and what is held now.

        Raises as `bundle`.
        """
        bundle, stretch = self._opened(content, request=content)
        now = self._now()
        with self._ledger.writing() as connection:
            origin = registry.find(connection, bundle.workstation, signing_key=bundle.key)
            before = journals.held(connection, stretch.origin).tip.position
            return before, _bundle_taken(connection, stretch, origin, now)

    def attachment_carried(self, content: bytes) -> list[Lacked]:
        """Take an attachment that came on a stick: for whom it was lacking, or is held already."""
        with self._ledger.writing() as connection:
            return attachments.take_whole(connection, content, now=self._now())

    def _word_to(self, workstation: str) -> bytes:
        """What is held of its newest journal, for a workstation whose entries are here."""
        owner, journal = ledger.workstation.c, ledger.journal.c
        newest = (
            sa.select(owner.signing_key, sa.func.max(journal.incarnation).label("incarnation"))
            .join_from(ledger.workstation, ledger.journal, journal.workstation == owner.id)
            .where(owner.id == workstation)
            .group_by(owner.signing_key)
        )
        with self._ledger.reading() as connection:
            row = connection.execute(newest).one()
        return self.acknowledgement(
            workstation, row.incarnation, signing_key=bytes(row.signing_key), fork_at=None
        )

    def acknowledgement(
        self, workstation: str, incarnation: int, *, signing_key: bytes, fork_at: int | None
    ) -> bytes:
        """What is held of a journal, signed and sealed for its workstation. Raises `Unknown`."""
        with self._ledger.writing() as connection:
            found = registry.find(connection, workstation, signing_key=signing_key)
            origin = Origin(self._deployment, workstation, incarnation)
            held = journals.held(connection, origin)
            standing = orders.standing(connection, workstation)
            revoked, post_keys = revocation.news(connection, found, self._keys, generation=0)
            lacking = attachments.lacking(connection, workstation)
            known = role_keys.told(connection, found, self._keys, holders=())
        return write_acknowledgement(
            Acknowledgement(
                deployment=self._deployment,
                workstation=workstation,
                incarnation=incarnation,
                held=held.tip.position,
                head=held.tip.head,
                backed_up=held.backed_up,
                server_time=self._now().isoformat(),
                epoch=found.centre_epoch,
                fork_at=fork_at,
                order=standing.carried if standing else b"",
                revoked=revoked,
                post_keys={} if standing else post_keys,
                role_keys={} if standing else known,
                lacking=lacking,
                post_key=b"" if standing else self._post_key(found),
            ),
            self._keys.reply,
            receive_key=found.receive_key,
        )

    def reported(self, content: bytes) -> WipeState | None:
        """A report on an order that came on a stick; None if it is on none of ours.

        Raises `Malformed`, `Forged`, `Unknown`.
        """
        with self._ledger.writing() as connection:
            said, key = unproved(content), decode(content, Signed).key
            origin = registry.find(connection, said.workstation, signing_key=key)
            return orders.note(
                connection, origin, content, deployment=self._deployment, now=self._now()
            )

    def stretch_in(self, request: bytes) -> Stretch:
        """The entries in what was kept as evidence: a contact, a delivery, or a bundle by itself.

        Raises `Malformed`, `Forged`.
        """
        try:
            incoming = read_request(request, deployment=self._deployment)
        except Malformed:
            return self._opened(request, request=request)[1]
        try:
            contact = unfolded(decode(incoming.payload, Contact))
        except Malformed:
            delivery = decode(incoming.payload, BundleDelivery)
            return self._opened(delivery.bundle, request=request)[1]
        name = contact.former or contact.workstation
        return _stretch(contact, Origin(self._deployment, name, contact.incarnation), request)

    def _opened(self, content: bytes, *, request: bytes) -> tuple[Bundle, Stretch]:
        bundle = decode(content, Bundle)
        self._is_for_us(bundle.deployment)
        if not is_valid(bundle.key, bundle.signature, bundle_message(bundle)):
            raise Forged("the bundle's signature is not its workstation's")
        stretch = Stretch(
            origin=Origin(bundle.deployment, bundle.workstation, bundle.incarnation),
            first=bundle.first,
            previous=bundle.previous,
            entries=open_entries(bundle.sealed, self._keys.centre),
            tip=bundle.last,
            head=bundle.head,
            head_signature=bundle.head_signature,
            request=request,
        )
        return bundle, stretch

    def _answer(
        self,
        connection: sa.Connection,
        contact: Contact,
        workstation: Workstation,
        incoming: Incoming,
        body: bytes,
    ) -> bytes:
        origin = Origin(self._deployment, workstation.id, contact.incarnation)
        now = self._now()
        if workstation.is_revoked:
            away = self._turned_away(connection, contact, workstation, origin, body, now)
            return self._told(connection, contact, workstation, away, incoming, now)
        if contact.counter <= workstation.counter:
            # Overtaken by a later one; the ratchet is not told, or a copied disk would learn it.
            held = journals.held(connection, origin)
            stale = _Answer(Verdict.STALE, held, contact.ratchet, workstation.counter)
            reply = self._reply(contact, workstation, stale, now)
            return self._told(connection, contact, workstation, reply, incoming, now)
        stretch = _stretch(contact, origin, body)
        if self._was_forgotten(contact, workstation):
            workstation = _in_new_epoch(connection, workstation, now)
        if workstation.speaks_with_old_key or not self._has_right_ratchet(contact, workstation):
            journals.set_aside(connection, stretch, Reason.WRONG_RATCHET, now=now)
            held = journals.held(connection, origin)
            other = _Answer(Verdict.RE_ENROL, held, contact.ratchet, workstation.counter)
            reply = self._reply(contact, workstation, other, now)
            return self._told(connection, contact, workstation, reply, incoming, now)
        if contact.former:
            held = self._of_former_name(connection, contact, body, now)
        else:
            key = registry.key_of_journal(connection, workstation, contact.incarnation)
            held = journals.take(connection, stretch, key, now=now)
            if contact.previews and held.verdict in (Verdict.HELD, Verdict.GAP):
                journals.preview(connection, stretch, contact.previews, now=now)
        answer = _Answer(
            held.verdict,
            held,
            self._keys.ratchet(workstation.id, contact.counter, incoming.digest),
            contact.counter,
            wanted=[] if contact.former else journals.awaited(connection, origin),
            attachments=attachments.lacking(connection, contact.former or workstation.id),
            crossings=self._crossings(connection, contact, workstation, now),
        )
        reply = self._reply(contact, workstation, answer, now)
        if contact.rotation and held.verdict in (Verdict.HELD, Verdict.GAP):
            word = self._certified(connection, workstation, contact.rotation, now)
            reply = msgspec.structs.replace(reply, certificate=word)
        packed = self._told(connection, contact, workstation, reply, incoming, now)
        registry.turn_ratchet(
            connection,
            workstation,
            presented=contact.ratchet,
            issued=answer.ratchet,
            counter=contact.counter,
            epoch=contact.epoch if contact.epoch == workstation.centre_epoch else workstation.epoch,
            client=contact.client,
            waiting=contact.waiting,
            waiting_checks=contact.waiting_checks,
            have=contact.have,
            now=now,
        )
        _keep_reply(connection, contact, incoming, packed)
        return packed

    def _of_former_name(
        self, connection: sa.Connection, contact: Contact, body: bytes, now: datetime
    ) -> Held:
        """Entries that this machine wrote before it enrolled anew: a centre that was put back may
        lack them. They prove themselves, by the key that was that name's.

        What a revoked workstation wrote is kept as evidence, and so is safe here.
        """
        origin = Origin(self._deployment, contact.former, contact.incarnation)
        stretch = _stretch(contact, origin, body)
        writer = registry.named(connection, contact.former)
        held = journals.held(connection, origin)
        if writer is None:
            return replace(
                held,
                verdict=Verdict.FORK,
                fork_at=contact.first,
                message="this centre does not know the name under which that was recorded",
            )
        if writer.is_revoked and contact.entries:
            journals.set_aside(connection, stretch, Reason.REVOKED, now=now)
            return replace(held, tip=Tip(contact.tip, contact.head))
        key = registry.key_of_journal(connection, writer, contact.incarnation)
        return journals.take(connection, stretch, key, now=now)

    def _told(
        self,
        connection: sa.Connection,
        contact: Contact,
        workstation: Workstation,
        reply: ContactReply,
        incoming: Incoming,
        now: datetime,
    ) -> bytes:
        """The reply, signed; who is to be wiped is told so, and gets no lists and no keys."""
        if contact.report:
            orders.note(
                connection, workstation, contact.report, deployment=self._deployment, now=now
            )
        if workstation.is_ordered and (standing := orders.standing(connection, workstation.id)):
            reply = msgspec.structs.replace(
                reply,
                order=standing.carried,
                channels={},
                metadata={},
                channel_keys={},
                post_key=b"",
                certificate=b"",
                crossings=None,
            )
        elif workstation.generation > contact.generation:
            revoked, post_keys = revocation.news(
                connection, workstation, self._keys, generation=contact.generation
            )
            reply = msgspec.structs.replace(reply, revoked=revoked, post_keys=post_keys)
        if contact.role_holders is not None and not reply.order and reply.verdict in _IN_STEP:
            told = role_keys.told(connection, workstation, self._keys, holders=contact.role_holders)
            reply = msgspec.structs.replace(reply, role_keys=told)
        return self._sign(reply, incoming)

    def _turned_away(
        self,
        connection: sa.Connection,
        contact: Contact,
        workstation: Workstation,
        origin: Origin,
        body: bytes,
        now: datetime,
    ) -> ContactReply:
        """For a revoked workstation: what it brought is kept as evidence; it is told nothing."""
        if contact.entries:
            journals.set_aside(connection, _stretch(contact, origin, body), Reason.REVOKED, now=now)
        held = journals.held(connection, origin)
        return ContactReply(
            request_id=contact.request_id,
            workstation=contact.workstation,
            verdict=Verdict.RE_ENROL,
            held=held.tip.position,
            head=held.tip.head,
            backed_up=held.backed_up,
            ratchet=contact.ratchet,
            counter=contact.counter,
            server_time=now.isoformat(),
            epoch=workstation.centre_epoch,
            message="this workstation was revoked",
        )

    def _has_right_ratchet(self, contact: Contact, workstation: Workstation) -> bool:
        """Not judged in a new epoch until the workstation has heard of it: our memory went back."""
        if workstation.epoch != workstation.centre_epoch:
            return True
        return contact.ratchet in (workstation.ratchet_issued, workstation.ratchet_presented)

    def _was_forgotten(self, contact: Contact, workstation: Workstation) -> bool:
        """Whether the ledger is older than what we have said: the workstation shows our own answer
        to a contact that the ledger knows nothing of.

        No copied disk can: it has what we said before. Who has not heard of the present epoch
        proves nothing new.
        """
        if workstation.centre_epoch not in (contact.epoch, workstation.epoch):
            return False
        answered = self._keys.answered(workstation.id, contact.ratchet)
        return answered is not None and answered > workstation.counter

    def _reply(
        self, contact: Contact, workstation: Workstation, answer: "_Answer", now: datetime
    ) -> ContactReply:
        news = self._shelf.news(contact.have)
        return ContactReply(
            request_id=contact.request_id,
            workstation=workstation.id,
            verdict=answer.verdict,
            held=answer.held.tip.position,
            head=answer.held.tip.head,
            backed_up=answer.held.backed_up,
            ratchet=answer.ratchet,
            counter=answer.counter,
            server_time=now.isoformat(),
            epoch=workstation.centre_epoch,
            channels=news.channels,
            metadata=news.metadata,
            channel_keys=self._channel_keys(workstation, news.channels) if news.metadata else {},
            fork_at=answer.held.fork_at,
            message=answer.held.message,
            documents=self._answers(contact, news.channels.get(DOCUMENTS, 0)),
            dictionary=dictionaries.NEWEST,
            post_key=self._post_key(workstation) if contact.asks_post_key else b"",
            completes=True,
            takes_former=contact.epoch != workstation.centre_epoch,
            retry_after=self._retry_after(),
            wanted=list(answer.wanted),
            attachments=list(answer.attachments),
            crossings=answer.crossings,
        )

    def _crossings(
        self,
        connection: sa.Connection,
        contact: Contact,
        workstation: Workstation,
        now: datetime,
    ) -> Crossings | None:
        asked = contact.crossings
        if asked is None or workstation.role is not DeviceRole.WORKSTATION:
            return None
        if contact.epoch != workstation.centre_epoch:
            # Our words were others then, and are told from the first.
            asked = AskedCrossings(0, asked.state)
        return crossings.tell(connection, asked, now=now)

    def _post_key(self, workstation: Workstation) -> bytes:
        if workstation.role is not DeviceRole.WORKSTATION:
            return b""
        key = self._keys.post_key(workstation.post)
        return seal(key, workstation.receive_key, purpose=POST_KEY)

    def _answers(self, contact: Contact, version: int) -> list[DocumentAnswer]:
        """By the list in force here, to the last number; nothing where that is not at hand."""
        asked = {each.hit_id: int.from_bytes(each.key, "little") for each in contact.documents}
        listed = self._documents.listed(version, asked.values()) if asked else {}
        return [
            DocumentAnswer(hit_id, listed[key], version)
            for hit_id, key in asked.items()
            if key in listed
        ]

    def _certified(
        self, connection: sa.Connection, workstation: Workstation, rotation: Rotation, now: datetime
    ) -> bytes:
        """Our word on keys that are to follow; none where they do not prove themselves.

        That never keeps the records back that came with them.
        """
        message = rotation_message(
            rotation,
            deployment=self._deployment,
            workstation=workstation.id,
            signing_key=workstation.signing_key,
        )
        if not is_valid(rotation.signing_key, rotation.proof, message):
            return b""
        try:
            seal(b"", rotation.receive_key, purpose=POST_KEY)
        except Malformed:
            return b""
        issued_at = registry.certify(connection, workstation, rotation, now=now)
        if issued_at is None:
            return b""
        return self._certificate(workstation, rotation, issued_at, since=rotation.since)

    def _certificate(
        self,
        workstation: Workstation,
        keys: Workstation | Rotation,
        issued_at: datetime,
        *,
        since: int = 0,
    ) -> bytes:
        """The centre's word for these keys, from the journal `since` on."""
        certificate = Certificate(
            deployment=self._deployment,
            workstation=workstation.id,
            post=workstation.post,
            signing_key=keys.signing_key,
            receive_key=keys.receive_key,
            issued_at=issued_at.isoformat(),
            role=workstation.role,
            since=since,
        )
        return write_certificate(certificate, self._keys.reply)

    def _remember(self, connection: sa.Connection, workstation: str, statement: bytes) -> None:
        if not statement:
            return
        certificate = read_certificate(statement, server_key=self._keys.reply_public)
        if (certificate.deployment, certificate.workstation) == (self._deployment, workstation):
            registry.remember(connection, certificate)

    def _welcome(
        self, request: EnrolRequest, workstation: Workstation, now: datetime
    ) -> EnrolReply:
        return EnrolReply(
            request_id=request.request_id,
            workstation=workstation.id,
            deployment=self._deployment,
            post=workstation.post,
            post_name=workstation.post_name,
            certificate=self._certificate(workstation, workstation, now),
            server_key=self._keys.reply_public,
            centre_key=self._keys.centre_public,
            tuf_root=self._shelf.newest_root(),
            ratchet=workstation.ratchet_issued,
            channel_keys=self._channel_keys(workstation, self._keys.channels),
            recovery_key=self._keys.recovery,
        )

    def _channel_keys(self, workstation: Workstation, channels: Iterable[str]) -> dict[str, bytes]:
        if workstation.role is not DeviceRole.WORKSTATION:
            return {}
        return {
            channel: seal(
                self._keys.channels[channel],
                workstation.receive_key,
                purpose=f"channel-key/{channel}",
            )
            for channel in channels
        }

    def _sign(self, message: Message, incoming: Incoming) -> bytes:
        logs.note(verdict=getattr(message, "verdict", None))
        return write_reply(
            message, self._keys.reply, answers=incoming.digest, dictionary=incoming.dictionary
        )

    def _is_for_us(self, deployment: str) -> None:
        if deployment != self._deployment:
            raise Malformed("for another deployment")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the reply to a contact says about the journal and the next contact."""

    verdict: Verdict
    held: Held
    ratchet: bytes
    counter: int
    wanted: Sequence[int] = ()
    attachments: Sequence[bytes] = ()
    crossings: Crossings | None = None


def _stretch(contact: Contact, origin: Origin, body: bytes) -> Stretch:
    return Stretch(
        origin=origin,
        first=contact.first,
        previous=contact.previous,
        entries=contact.entries,
        tip=contact.tip,
        head=contact.head,
        head_signature=contact.head_signature,
        request=body,
        previewed=frozenset(contact.previewed),
    )


def _in_new_epoch(
    connection: sa.Connection, workstation: Workstation, now: datetime
) -> Workstation:
    """The database was put back, or a replica that lagged took over, and nobody told us."""
    logs.write(log, logging.WARNING, "ledger-is-older", workstation=workstation.id)
    begun = ledger.begin_epoch(
        connection, EpochCause.NOTICED, after=workstation.centre_epoch, now=now
    )
    return replace(workstation, centre_epoch=begun)


def _bundle_taken(
    connection: sa.Connection, stretch: Stretch, origin: Workstation, now: datetime
) -> Held:
    """What a revoked workstation left behind is kept as evidence, beside the journal."""
    if origin.is_revoked:
        journals.set_aside(connection, stretch, Reason.REVOKED, now=now)
        held = journals.held(connection, stretch.origin)
        return replace(held, message="this workstation was revoked: kept as evidence only")
    key = registry.key_of_journal(connection, origin, stretch.origin.incarnation)
    return journals.take(connection, stretch, key, now=now)


def _receipt(delivery: BundleDelivery, bundle: Bundle, held: Held, now: datetime) -> BundleReply:
    return BundleReply(
        request_id=delivery.request_id,
        workstation=bundle.workstation,
        incarnation=bundle.incarnation,
        verdict=held.verdict,
        held=held.tip.position,
        head=held.tip.head,
        server_time=now.isoformat(),
        fork_at=held.fork_at,
        message=held.message,
    )


def _answered(connection: sa.Connection, contact: Contact, incoming: Incoming) -> bytes | None:
    """The reply that this very request had already: it was lost on the way."""
    asked = {"of": contact.workstation, "asked": contact.request_id}
    row = connection.execute(_REPLY, asked).one_or_none()
    if row is None:
        return None
    if bytes(row.digest) != incoming.digest:
        raise Malformed("this request id belongs to another request")
    return bytes(row.body)


def _keep_reply(
    connection: sa.Connection, contact: Contact, incoming: Incoming, reply: bytes
) -> None:
    kept = {
        "workstation": contact.workstation,
        "request_id": contact.request_id,
        "counter": contact.counter,
        "digest": incoming.digest,
        "body": reply,
    }
    connection.execute(_KEEP, kept)
    connection.execute(_FORGET, {"of": contact.workstation})


# Put together once: that takes longer than the database's answer.
_OF_WORKSTATION: Final = ledger.reply.c.workstation == sa.bindparam("of")
_REPLY: Final = sa.select(ledger.reply.c.digest, ledger.reply.c.body).where(
    _OF_WORKSTATION, ledger.reply.c.request_id == sa.bindparam("asked")
)
_KEEP: Final = sa.insert(ledger.reply)
_OLDEST_KEPT: Final = (
    sa.select(ledger.reply.c.counter)
    .where(_OF_WORKSTATION)
    .order_by(ledger.reply.c.counter.desc())
    .offset(REPLIES_KEPT - 1)
    .limit(1)
    .scalar_subquery()
)
_FORGET: Final = sa.delete(ledger.reply).where(
    _OF_WORKSTATION, ledger.reply.c.counter < _OLDEST_KEPT
)
