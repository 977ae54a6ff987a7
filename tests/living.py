"""What may happen to a workstation and its centre, done by the product's own code.

The stateful tests draw from it in any order, the soak lives thirty days of it. The centre is either
in the same process on SQLite, or served by a process of its own on PostgreSQL.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import urlsplit

import msgspec
import psycopg
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.desk.sticks import ReadBack
from checkpoint_client.journal.entry import Origin
from checkpoint_client.records.codes import Decision
from checkpoint_client.settings import Folder
from checkpoint_client.store import Store
from checkpoint_client.store.store import Author
from checkpoint_client.vault.device import DeviceKey, Forerunner
from sync import acknowledgement, bundle, engine, enrolment
from sync.attachments import Sender, carry, to_send
from sync.batches import FIRST_BYTES
from sync.engine import Outcome, Trouble
from sync.exchange import Exchange, Neighbours, Post
from sync.https import Line
from sync.link import Link, Unreachable
from sync.post import AttachmentAnswer, AttachmentCall, PostCall, PostReply
from sync.protocol import MOST_WANTED, Contact, ContactReply, sign_request
from sync.server import attachments, ledger, post_attachments
from sync.server import exchange as keeping
from sync.server import keeping as backups
from sync.server.exchange import FORWARD_AFTER_SECONDS, Keeper
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.main import main as centre_command
from sync.server.post_attachments import PostAttachments
from tests.centre import Cluster, RunningCentre
from tests.workstations import NOON, CentreHere, Direct, Workstation, a_check

T = TypeVar("T")

DAY = timedelta(days=1)
POST = "OSH-01"
SMALL = 1
"""A batch of one entry: what is urgent behind it goes ahead."""

OFFICER = "O-1842"
_OFFICER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OFFICERS = {OFFICER: [_OFFICER.public_key().public_bytes_raw()]}
"""The keys by which the journals' acts are proved."""


class Centre(Protocol):
    """The centre as its staff and its workstations have it."""

    folder: CentreFolder

    def enrol(self, folder: Folder) -> DeviceKey: ...

    def enrol_anew(self, folder: Folder) -> DeviceKey: ...

    def link(self, workstation: Workstation) -> Link: ...

    def back_up(self) -> None:
        """Keep a copy of the database beside the others."""

    def restore(self, copy: int) -> None:
        """Put one of the copies back: a new epoch begins."""

    @property
    def copies(self) -> int: ...

    def forget_copies(self) -> None:
        """All but the newest."""

    def reading(self) -> "Held": ...


@dataclass
class Held:
    """What a ledger holds."""

    ledger: Ledger

    def leaves(self, workstation: str, incarnation: int = 1) -> list[bytes]:
        """Of one journal, in its order."""
        entry = ledger.entry.c
        rows = self._rows(
            sa.select(entry.position, entry.leaf)
            .where(entry.workstation == workstation, entry.incarnation == incarnation)
            .order_by(entry.position)
        )
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))
        return [bytes(row.leaf) for row in rows]

    def beside(self, workstation: str) -> list[bytes]:
        """The leaves of the branches that were kept beside its journals."""
        fork = ledger.fork.c
        found = self._rows(sa.select(fork.leaf).where(fork.workstation == workstation))
        return [bytes(row.leaf) for row in found]

    def everything(self) -> set[bytes]:
        """The leaves of all journals, and of the branches that were kept beside them."""
        return {
            bytes(row.leaf)
            for table in (ledger.entry, ledger.fork)
            for row in self._rows(sa.select(table.c.leaf))
        }

    def without_body(self) -> int:
        """Entries of which only the leaf is here."""
        missing = sa.select(sa.func.count()).where(ledger.entry.c.body.is_(None))
        return int(self._rows(missing)[0][0])

    def ahead(self, workstation: str, incarnation: int) -> int:
        """Urgent entries that the journal has not brought yet."""
        preview = ledger.preview.c
        waiting = sa.select(sa.func.count()).where(
            preview.workstation == workstation, preview.incarnation == incarnation
        )
        return int(self._rows(waiting)[0][0])

    def attachments_lacking(self) -> int:
        """Those that a held body names and of which not all is here.

        Of who was revoked nothing is taken any more.
        """
        owner = ledger.workstation.c
        named = (
            sa.select(sa.func.count())
            .join_from(
                ledger.attachment, ledger.workstation, ledger.attachment.c.workstation == owner.id
            )
            .where(ledger.attachment.c.received_at.is_(None), owner.revoked_at.is_(None))
        )
        return int(self._rows(named)[0][0])

    def attachments(self) -> dict[str, set[str]]:
        """Addresses that are whole here, by whose they are. Raises where one is not what it says.

        Each is read: its parts follow one another and make up what is named.
        """
        table, whole = ledger.attachment.c, dict[str, set[str]]()
        named = sa.select(table.workstation, table.address, table.size).where(
            table.received_at.is_not(None)
        )
        for workstation, address, size in self._rows(named):
            with self.ledger.reading() as connection:
                content = b"".join(attachments.content(connection, workstation, address.hex()))
            assert (len(content), sha256(content).digest()) == (size, bytes(address))
            whole.setdefault(workstation, set()).add(address.hex())
        return whole

    def alarms(self) -> list[tuple[str, str]]:
        """Workstation and reason of each."""
        alarm = ledger.alarm.c
        return [(row[0], row[1]) for row in self._rows(sa.select(alarm.workstation, alarm.reason))]

    def _rows(self, query: sa.Select[Any]) -> list[Any]:
        with self.ledger.reading() as connection:
            return list(connection.execute(query))


class InOneProcess:
    """A centre on SQLite in the same process: no line, no waiting."""

    def __init__(self, path: Path) -> None:
        self.inside = CentreHere(path / "centre")
        self._path = path
        self._copies: list[Path] = []
        self.folder = self.inside.folder

    def close(self) -> None:
        self.inside.close()

    def enrol(self, folder: Folder) -> DeviceKey:
        return self.inside.enrol(folder)

    def enrol_anew(self, folder: Folder) -> DeviceKey:
        """As `sync.enrolment.enrol_anew` does over a line."""
        before = DeviceKey.load(folder.device_key).state
        coming = Folder(folder.path / "coming")
        self.inside.enrol(coming).update(
            forerunner=Forerunner(
                workstation=before.workstation,
                incarnation=before.incarnation,
                position=before.journal_position,
                head=before.journal_head,
            )
        )
        coming.device_key.replace(folder.device_key)
        shutil.rmtree(coming.path)
        return DeviceKey.load(folder.device_key)

    def link(self, workstation: Workstation) -> Link:
        return Direct(self.inside, workstation.device)

    def back_up(self) -> None:
        self._copies.append(self._path / f"{len(list(self._path.glob('*.copy')))}.copy")
        self.inside.back_up(self._copies[-1])

    def restore(self, copy: int) -> None:
        self.inside.restore(self._copies[copy])

    @property
    def copies(self) -> int:
        return len(self._copies)

    def forget_copies(self) -> None:
        self._copies = self._copies[-1:]

    def reading(self) -> Held:
        return Held(self.inside.ledger)


class AsServed:
    """A centre on PostgreSQL, served by a process over HTTP."""

    def __init__(self, running: RunningCentre, cluster: Cluster) -> None:
        self._running = running
        self._cluster = cluster
        self._lines: list[Line] = []
        self._made = 0
        self._copies: list[str] = []
        self.folder = CentreFolder(running.folder)
        self._ledger = Ledger(self.folder.database)

    def close(self) -> None:
        for line in self._lines:
            line.close()
        self._ledger.close()

    def enrol(self, folder: Folder, *, post: str = POST) -> DeviceKey:
        return enrolment.enrol(self._running.provisioning(post, post), folder)

    def enrol_anew(self, folder: Folder) -> DeviceKey:
        post = DeviceKey.load(folder.device_key).state.post
        return enrolment.enrol_anew(self._running.provisioning(post, post), folder)

    def link(self, workstation: Workstation) -> Link:
        provisioning = enrolment.read_provisioning(workstation.folder.provisioning)
        self._lines.append(enrolment.line_of(provisioning, workstation.device))
        return self._lines[-1]

    def back_up(self) -> None:
        """With nobody at the database: PostgreSQL copies only one that is not in use."""
        self._made += 1
        self._copies.append(f"{self._name}_{self._made}")
        self._ledger.close()
        self._cluster.shut(self.folder.database)
        self._ask(f"create database {self._copies[-1]} template {self._name}")
        self._cluster.open(self.folder.database)
        self._ledger = Ledger(self.folder.database)

    def kill(self) -> None:
        self._running.kill()

    def start(self) -> None:
        self._running.start()

    def revoke(self, workstation: str) -> None:
        self._running.run("revoke", workstation, "--reason", "stolen")

    def restore(self, copy: int) -> None:
        with self._stopped():
            self._ask(f"drop database {self._name} with (force)")
            self._ask(f"create database {self._name} template {self._copies[copy]}")
            self._running.run("restored")

    @property
    def copies(self) -> int:
        return len(self._copies)

    def forget_copies(self) -> None:
        for name in self._copies[:-1]:
            self._ask(f"drop database {name}")
        self._copies = self._copies[-1:]

    def reading(self) -> Held:
        return Held(self._ledger)

    @property
    def _name(self) -> str:
        return urlsplit(self.folder.database).path.removeprefix("/")

    @contextmanager
    def _stopped(self) -> Iterator[None]:
        self._ledger.close()
        self._running.stop()
        yield
        self._running.start()
        self._ledger = Ledger(self.folder.database)
        for line in self._lines:
            line.close()

    def _ask(self, statement: str) -> None:
        with psycopg.connect(self._cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # our own names only


class KeepsAll(Keeper):
    """An exchange with its bundles and, beside them, the post's attachments."""

    def __init__(self, folder: Path, *, deployment: str, post_code: str, server_key: bytes) -> None:
        super().__init__(folder, deployment=deployment, post_code=post_code, server_key=server_key)
        beside = folder.with_name(f"{folder.name}-attachments")
        self.attachments = PostAttachments(beside, FORWARD_AFTER_SECONDS)


class AtKeeper(Exchange):
    """A way to an exchange in the same process; it answers at once, also if there is no news."""

    def __init__(self, keeper: KeepsAll) -> None:
        super().__init__("http://127.0.0.1:1")
        self.keeper = keeper

    def call(self, call: PostCall, device: DeviceKey) -> PostReply:
        body = sign_request(call, device, deployment=call.deployment).body
        reply = self.keeper.answer(body)[1]
        return msgspec.structs.replace(reply, memory=self.keeper.attachments.memory)

    def attachment(self, call: AttachmentCall, device: DeviceKey) -> AttachmentAnswer:
        body = sign_request(call, device, deployment=call.deployment).body
        return self.keeper.attachments.answer(self.keeper.proved_call(body, AttachmentCall))


@dataclass
class Living:
    """A workstation with all its ways to the centre and to its neighbours."""

    centre: Centre
    folder: Folder
    path: Path
    under_way: list[Contact] = field(default_factory=list)
    asked: Contact | None = None
    reply: ContactReply | None = None
    database_copies: list[bytes] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    trouble: Trouble | None = None

    def __post_init__(self) -> None:
        self.here = Workstation(self.folder, DeviceKey.load(self.folder.device_key))
        self.link = self.centre.link(self.here)
        self.neighbours = self._neighbours()

    def close(self) -> None:
        self.here.close()

    @property
    def id(self) -> str:
        return self.here.id

    @property
    def store(self) -> Store:
        return self.here.store

    def refuse(self, name: str) -> None:
        """Urgent: it goes ahead of what waits. An act of weight: the officer signs it."""
        refusal = replace(a_check(name), decision=Decision.REFUSED)
        self.store.append(refusal, author=Author(officer=OFFICER, shift="1", sign=_OFFICER.sign))

    def photograph(self, name: str, size: int) -> None:
        """A check with a photograph of so many bytes."""
        writing = self.store.attachments.write([os.urandom(size)], "image/png")
        try:
            while True:
                next(writing)
        except StopIteration as end:
            self.store.append(a_check(name), attachments=[end.value])

    # contacts

    def send(self, most_bytes: int = FIRST_BYTES) -> None:
        """A request leaves; when it arrives, if ever, is another matter."""
        request = engine.next_request(
            self.store,
            self.here.device,
            have={},
            wanted=self.here.wanted,
            most_bytes=most_bytes,
        )
        self.under_way.append(request.contact)
        self.asked, self.reply = request.contact, None

    def deliver(self, which: int, *, repeats: int = 1) -> None:
        """A request arrives; its reply finds only who still waits for it."""
        contact = self.under_way.pop(which)
        for _ in range(repeats):
            reply = self.link.contact(contact)
            if contact is self.asked:
                self.reply = reply

    def take_reply(self) -> Outcome | None:
        if self.reply is None or self.asked is None:
            return None
        reply = self.reply
        outcome = engine.confirm(
            self.store,
            self.here.device,
            reply,
            incarnation=self.asked.incarnation,
            former=self.asked.former,
            tip=self.asked.tip,
        )
        self.asked = self.reply = None
        self.trouble = outcome.trouble
        self.lacking = [address.hex() for address in reply.attachments]
        self.here.wanted = outcome.wanted
        return outcome

    def give_up(self) -> None:
        self.asked = self.reply = None

    def contact(self, most_bytes: int = FIRST_BYTES) -> Outcome | None:
        """One that comes through."""
        self.send(most_bytes)
        self.deliver(len(self.under_way) - 1)
        return self.take_reply()

    def settle(self) -> None:
        """Contacts until nothing is left to say, or a person must look."""
        for _ in range(100):
            outcome = self.contact()
            if outcome is None or not outcome.more:
                return
        raise AssertionError("the contacts do not come to an end")

    def try_contact(self, most_bytes: int = FIRST_BYTES) -> None:
        """One contact over whatever line there is, and attachments behind it."""
        try:
            self.contact(most_bytes)
            self.bring_attachments()
        except Unreachable:
            self.give_up()

    def bring_attachments(self, *, parts: int = 1_000) -> None:
        """What the centre lacks, until so many parts are sent. Raises `Unreachable`."""
        sent = count(1)
        sender = Sender(
            self.link,
            self.here.device,
            self.folder.attachments,
            received=self.store.attachment_received,
            must_yield=lambda: next(sent) >= parts,
        )
        for name, addresses in to_send(self.store, self.lacking).items():
            if not sender.send(addresses, origin=name):
                return

    def said_to_be_there(self) -> set[str]:
        """Addresses of attachments that the centre has, as far as is known here."""
        checks = self.store.crossings(since=NOON - DAY, until=NOON + DAY, most=100_000)
        kept = (each for check in checks for each in self.store.attachments_of(check.id))
        return {each.attachment.address for each in kept if each.is_received}

    def renew_keys(self) -> None:
        """The next contact asks for them."""
        self.here.device.prepare_keys()

    # the machine

    def kill(self) -> None:
        self.here.kill()
        self._reopened()

    def put_back(self, copy: bytes) -> None:
        """The database from a backup; the device key beside it stays."""
        self.here.put_back(copy)
        self._reopened()

    def cloned(self, path: Path) -> "Living":
        """The whole disk copied, and both alive."""
        self.here.close()
        shutil.copytree(self.folder.path, path)
        self.kill()
        return Living(self.centre, Folder(path), self.path)

    def enrol_anew(self) -> None:
        self.here.close()
        self.here = Workstation(self.folder, self.centre.enrol_anew(self.folder))
        self.under_way.clear()
        self.trouble = None
        self._reopened()

    def _reopened(self) -> None:
        self.here.wanted = None
        self.give_up()
        self.link = self.centre.link(self.here)
        self.neighbours = self._neighbours()

    # bundles

    def spool(self) -> None:
        bundle.spool(self.store, self.here.device, self.folder.spool)

    def deliver_spool(self, link: Link | None = None) -> None:
        with suppress(Unreachable):
            bundle.deliver(self.folder.spool, link or self.link, self.here.device)

    def write_stick(self, stick: Path) -> None:
        self.spool()
        stick.mkdir(exist_ok=True)
        bundle.export(self.folder.spool, stick, self.here.device, lambda _done, _of: None)
        carry(self.folder.attachments, self.store.attachments_to_send(MOST_WANTED), stick)

    def read_word(self, stick: Path) -> None:
        """What the centre acknowledged on a stick, then somebody signs in."""
        acknowledgement.bring(stick, self.folder.spool, self.here.device)
        self._settle_word()

    def _settle_word(self) -> None:
        incarnation = self.here.incarnation
        acknowledgement.settle(self.store, self.folder.spool, self.here.device)
        if self.here.incarnation != incarnation:
            self.give_up()

    def _read(self, words: Sequence[bytes]) -> ReadBack:
        read = acknowledgement.take(words, self.folder.spool, self.here.device)
        self._settle_word()
        return read

    # the post's exchange

    def tell(self, keeper: KeepsAll) -> None:
        self.neighbours._tell(AtKeeper(keeper))

    def hear(self, keeper: KeepsAll) -> None:
        self.neighbours._hear(AtKeeper(keeper))

    def forward(self, keeper: KeepsAll) -> None:
        """As an exchange that has this workstation's line: what the centre lacks, hours later."""
        later = (datetime.now(UTC) + timedelta(hours=1)).timestamp()
        with suppress(Unreachable):
            keeping.forward(keeper, self.link, self.here.device, when=later)
            post_attachments.forward(
                keeper.attachments,
                self.link,
                self.here.device,
                when=later,
                must_yield=lambda: False,
                heard=keeper.hear_word,
            )

    def foreign(self, origin: Origin) -> int:
        """How far a neighbour's journal is here."""
        return self.store.foreign_tips().get(origin, 0)

    # what is kept and for how long

    def erase(self) -> None:
        """All checks are past their time, as the centre's clock says."""
        self.store.erase({"check": 1}, now=NOON + timedelta(days=2), most=1_000)

    def leaves_of(self, origin: Origin) -> list[bytes]:
        entries = self.store.entries(0, limit=100_000, max_bytes=1 << 40, of=origin)
        return [entry.leaf for entry in entries]

    def journals(self) -> list[Origin]:
        """The present one and those that it goes on from."""
        return [self.store.origin, *(each.origin for each in self.store.forerunners())]

    def _neighbours(self) -> Neighbours:
        def at_once(job: Callable[[], T], /) -> "Future[T]":
            done: Future[T] = Future()
            try:
                done.set_result(job())
            except BaseException as error:
                done.set_exception(error)
            return done

        post = Post(
            device=self.here.device,
            submit=at_once,
            store=lambda: self.here.store,
            attachments=self.folder.attachments,
            link=lambda: cast(Line, self.link),
            is_online=lambda: True,
            lists=self.folder.lists,
            root=b"",
            read_words=lambda words: at_once(lambda: self._read(words)),
            import_lists=lambda _source: at_once(tuple),
        )
        return Neighbours(post, [], on_heard=lambda: None)


def begun(centre: Centre, path: Path) -> Living:
    """A new workstation of the post, and its first contact."""
    folder = Folder(path)
    centre.enrol(folder)
    living = Living(centre, folder, path)
    living.settle()
    return living


def take_stick_in(centre: Centre, stick: Path) -> None:
    """As the centre's staff does it; what is of no use is said and left."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        centre_command(["bundle", "import", str(stick), "--data", str(centre.folder.path)])


def note_backup(centre: Centre) -> None:
    """All that is held now is in a verified backup, which the newest copy stands for."""
    centre.back_up()
    centre.forget_copies()
    backups.mark_backed_up(centre.reading().ledger, began=datetime.now(UTC) + timedelta(days=1))


def keeper_of(centre: Centre, folder: Path, *, post: str = POST) -> KeepsAll:
    """An exchange of the post that keeps its bundles in `folder`."""
    return KeepsAll(
        folder,
        deployment=centre.folder.deployment().name,
        post_code=post,
        server_key=centre.folder.keys().reply_public,
    )
