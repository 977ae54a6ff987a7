"""A workstation as the product builds it, and a centre in the same process to talk to."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec
import sqlalchemy as sa

from checkpoint_client.desk.incarnation import open_records
from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import Entry
from checkpoint_client.records import BorderCheck, Hit, Person
from checkpoint_client.records.codes import Decision, Direction, TransportMode
from checkpoint_client.settings import Folder
from checkpoint_client.store import Store
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist.alerts import Alert, AlertAction, AlertCategory
from sync import engine, protocol
from sync.engine import Outcome, Wanted
from sync.link import Link, Reason, Unreachable
from sync.protocol import (
    AttachmentPart,
    AttachmentReply,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
    DeviceRole,
    EnrolReply,
    EnrolRequest,
    Forged,
    Malformed,
    Message,
    Token,
)
from sync.reference import opened_keys
from sync.server import ledger, registry
from sync.server.centre import Centre
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.lost_documents import Register
from sync.server.shelf import Shelf
from tests.centre import set_up

M = TypeVar("M", bound=Message)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DATABASE_KEY = bytes(range(48))


def a_check(name: str = "TESTOVA") -> BorderCheck:
    return BorderCheck(
        direction=Direction.ENTRY,
        transport=TransportMode.ROAD,
        post="OSH-01",
        person=Person(primary_identifier=name),
        decision=Decision.ADMITTED,
    )


def a_hit() -> Hit:
    return Hit(
        check_id="C-1",
        list_id="UT",
        list_version=1,
        alert_id="A-1",
        category="REFUSE_ENTRY",
        action="REFUSE",
        visibility="FIRST_LINE",
        match_kind="NAME",
        level="strong",
        score=20.0,
        name="TESTOV",
    )


def an_alert(id: str, name: str = "TESTOV, Test") -> Alert:
    return Alert(
        id=id,
        list_id="UT",
        category=AlertCategory.REFUSE_ENTRY,
        action=AlertAction.REFUSE,
        names=(name,),
    )


class CentreHere:
    """A whole centre in its folder, without a process or a line."""

    def __init__(self, path: Path, *, database: str | None = None) -> None:
        set_up(path, database=database)
        self.folder = CentreFolder(path)
        self.deployment = self.folder.deployment().name
        self.shelf = Shelf(self.folder.reference)
        self.ledger = Ledger(self.folder.database)
        self.centre = self._open()

    def close(self) -> None:
        self.ledger.close()

    @property
    def server_key(self) -> bytes:
        return self.folder.keys().reply_public

    def enrol(self, folder: Folder, *, role: DeviceRole = DeviceRole.WORKSTATION) -> DeviceKey:
        """A new workstation, enrolled as the product does it, but without a line."""
        folder.make()
        device = DeviceKey.create(
            folder.device_key, deployment=self.deployment, workstation="", post=""
        )
        token = self.folder.keys().new_token()
        with self.ledger.writing() as connection:
            registry.issue_token(
                connection, token, post="OSH-01", post_name="Osh", role=role, now=_now()
            )
        request = _enrol_request(device, token, role)
        reply = self.ask(device, self.centre.enrol, request, EnrolReply)
        device.update(
            workstation=reply.workstation,
            post=reply.post,
            ratchet=reply.ratchet,
            server_key=reply.server_key,
            centre_key=reply.centre_key,
            certificate=reply.certificate,
            channel_keys=opened_keys(device, reply.channel_keys),
        )
        return device

    def ask(
        self, device: DeviceKey, answer: Callable[[bytes], bytes], message: Message, kind: type[M]
    ) -> M:
        """One signed request and its signed reply, as over the line."""
        outgoing = protocol.sign_request(message, device, deployment=self.deployment)
        try:
            body = answer(outgoing.body)
        except registry.Unknown as unknown:
            raise Unreachable(Reason.UNKNOWN_HERE, str(unknown)) from None
        except (Malformed, Forged) as refused:
            raise Unreachable(Reason.REFUSED, str(refused)) from None
        return protocol.read_reply(body, kind, answers=outgoing.digest, server_key=self.server_key)

    def leaves(self, workstation: str, incarnation: int = 1) -> list[bytes]:
        """What is held of a workstation's journal, the first unless told, in its order."""
        entry = ledger.entry.c
        with self.ledger.reading() as connection:
            rows = connection.execute(
                sa.select(entry.position, entry.leaf)
                .where(entry.workstation == workstation, entry.incarnation == incarnation)
                .order_by(entry.position)
            ).all()
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))
        return [bytes(row.leaf) for row in rows]

    def alarms(self) -> list[str]:
        with self.ledger.reading() as connection:
            return list(connection.scalars(sa.select(ledger.alarm.c.reason)))

    def back_up(self, to: Path) -> None:
        with closing(sqlite3.connect(self._file)) as ours, closing(sqlite3.connect(to)) as copy:
            ours.backup(copy)

    def restore(self, copy: Path) -> None:
        """Put a backup back, as the centre's staff does it: a new epoch begins."""
        self.ledger.close()
        with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(self._file)) as ours:
            old.backup(ours)
        self.go_on_with(self.folder.database)
        self.ledger.begin_epoch(now=_now())

    def go_on_with(self, database: str) -> None:
        """Serve from a database that knows less than this one did, and tell nobody."""
        self.ledger.close()
        self.ledger = Ledger(database)
        self.centre = self._open()

    @property
    def _file(self) -> str:
        return self.folder.database.removeprefix("sqlite:///")

    def _open(self) -> Centre:
        return Centre(
            deployment=self.deployment,
            ledger=self.ledger,
            keys=self.folder.keys(),
            shelf=self.shelf,
            documents=Register(self.folder.documents),
        )


@dataclass
class Direct:
    """A link that never fails: the centre is in the same process."""

    home: CentreHere
    device: DeviceKey
    contacts: list[Contact] = field(default_factory=list)

    def contact(self, contact: Contact) -> ContactReply:
        self.contacts.append(contact)
        try:
            return self._ask(contact)
        except Unreachable as unreachable:
            word = self.device.state.certificate
            if unreachable.reason is not Reason.UNKNOWN_HERE or not word:
                raise
        return self._ask(msgspec.structs.replace(contact, certificate=word))

    def _ask(self, contact: Contact) -> ContactReply:
        return self.home.ask(self.device, self.home.centre.contact, contact, ContactReply)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        return self.home.ask(self.device, self.home.centre.bundle, delivery, BundleReply)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        return self.home.ask(self.device, self.home.centre.attachment, part, AttachmentReply)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        target = self.home.shelf.target(path)
        if target is None:
            raise Unreachable(Reason.REFUSED, "no such file")
        yield target.read_bytes()[start:]


class NoLink:
    """There is no line at all."""

    def contact(self, _contact: Contact) -> ContactReply:
        raise Unreachable(Reason.NO_LINE)

    def deliver(self, _delivery: BundleDelivery) -> BundleReply:
        raise Unreachable(Reason.NO_LINE)

    def attach(self, _part: AttachmentPart) -> AttachmentReply:
        raise Unreachable(Reason.NO_LINE)

    def fetch(self, _path: str, _start: int) -> Iterator[bytes]:
        raise Unreachable(Reason.NO_LINE)


@dataclass
class LostReply:
    """The centre gets every request, the workstation never hears of it."""

    link: Link

    def contact(self, contact: Contact) -> ContactReply:
        self.link.contact(contact)
        raise Unreachable(Reason.NO_ANSWER)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        self.link.deliver(delivery)
        raise Unreachable(Reason.NO_ANSWER)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        self.link.attach(part)
        raise Unreachable(Reason.NO_ANSWER)

    def fetch(self, _path: str, _start: int) -> Iterator[bytes]:
        raise Unreachable(Reason.NO_ANSWER)


@dataclass
class CutLink:
    """Files come through only as far as `bytes_left`, then the line is cut."""

    link: Link
    bytes_left: int

    def contact(self, contact: Contact) -> ContactReply:
        return self.link.contact(contact)

    def deliver(self, _delivery: BundleDelivery) -> BundleReply:
        raise Unreachable(Reason.CUT)

    def attach(self, _part: AttachmentPart) -> AttachmentReply:
        raise Unreachable(Reason.CUT)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        for part in self.link.fetch(path, start):
            yield part[: self.bytes_left]
            raise Unreachable(Reason.CUT)


class Workstation:
    """A workstation's files, with the store opened on this thread as at sign-in."""

    def __init__(self, folder: Folder, device: DeviceKey) -> None:
        self.folder = folder
        self.device = device
        self.clock = Clock(lambda: NOON)
        self.wanted: Wanted | None = None
        self.store = self._open()

    @property
    def id(self) -> str:
        return self.device.state.workstation

    @property
    def waiting(self) -> int:
        return self.store.waiting_checks()

    def record(self, *names: str) -> None:
        for name in names:
            self.store.append(a_check(name))

    def entries(self) -> list[Entry]:
        return self.store.entries(0, limit=100_000, max_bytes=1 << 40)

    @property
    def incarnation(self) -> int:
        return self.store.origin.incarnation

    def leaves(self) -> list[bytes]:
        return [entry.leaf for entry in self.entries()]

    def contact(self, link: Link) -> Outcome | None:
        """One whole contact on one thread; None when no reply came."""
        request = engine.next_request(self.store, self.device, have={}, wanted=self.wanted)
        try:
            reply = link.contact(request.contact)
        except Unreachable:
            return None
        outcome = engine.confirm(
            self.store,
            self.device,
            reply,
            incarnation=request.contact.incarnation,
            former=request.contact.former,
            tip=request.contact.tip,
        )
        self.wanted = outcome.wanted
        return outcome

    def settle(self, link: Link) -> Outcome:
        """Contacts until nothing is left to say; what the last one came to."""
        for _ in range(50):
            outcome = self.contact(link)
            if outcome and not outcome.more:
                return outcome
        raise AssertionError("the contacts do not come to an end")

    def kill(self) -> None:
        """End without any farewell, then start again from what is on the disk."""
        self.close()
        self.device = DeviceKey.load(self.folder.device_key)
        self.store = self._open()

    def back_up(self) -> bytes:
        """The database as a copy of the disk would have it, without the device key."""
        self.close()
        copy = self.folder.records.read_bytes()
        self.store = self._open()
        return copy

    def put_back(self, copy: bytes) -> None:
        self.close()
        self.folder.records.write_bytes(copy)
        self.store = self._open()

    def close(self) -> None:
        self.store.close()

    def _open(self) -> Store:
        return open_records(
            self.folder.records,
            bytearray(DATABASE_KEY),
            device=self.device,
            clock=self.clock,
        )


def _enrol_request(device: DeviceKey, token: Token, role: DeviceRole) -> EnrolRequest:
    mac = protocol.enrolment_mac(
        token,
        deployment=device.state.deployment,
        signing_key=device.public,
        receive_key=device.receive_public,
    )
    return EnrolRequest(
        request_id=os.urandom(16),
        deployment=device.state.deployment,
        token_id=token.id,
        name="",
        signing_key=device.public,
        receive_key=device.receive_public,
        client="test",
        mac=mac,
        role=role,
    )


def _now() -> datetime:
    return datetime.now(UTC)
