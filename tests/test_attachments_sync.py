"""Attachments on their way: whole at the centre or said to be lacking, whatever the line does."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from queue import Empty
from time import monotonic

import pytest
import requests
import sqlalchemy as sa

from checkpoint_client.records import Attachment
from checkpoint_client.records.attachments import LARGEST_ATTACHMENT
from checkpoint_client.settings import Folder
from checkpoint_client.store import BACKED_UP, RECEIVED
from sync import acknowledgement, bundle
from sync.attachments import FIRST_PART, Parts, Sender, carry, to_send
from sync.engine import held_tip
from sync.enrolment import enrol
from sync.https import Line
from sync.link import Link, Reason, Unreachable
from sync.protocol import (
    MOST_PART,
    MOST_WANTED,
    Acknowledgement,
    AttachmentPart,
    AttachmentReply,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
    Part,
)
from sync.server import attachments, ledger
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.main import main as server
from sync.stick import BUNDLES
from tests.centre import RunningCentre
from tests.fault_proxy import FaultProxy, Faults
from tests.papers import a_png
from tests.test_uplink import OFTEN, PATIENCE, SELDOM, Booth, Switch
from tests.workstations import NOON, CentreHere, Direct, Workstation, a_check

CONTENT = a_png(noise=300_000)
DAY = timedelta(days=1)


def attach(workstation: Workstation, content: bytes = CONTENT) -> Attachment:
    """A check with a photograph, recorded; it waits."""
    writing = workstation.store.attachments.write([content], "image/png")
    while True:
        try:
            next(writing)
        except StopIteration as end:
            attachment: Attachment = end.value
            break
    workstation.store.append(a_check(), attachments=[attachment])
    return attachment


def sender(workstation: Workstation, link: Link) -> Sender:
    return Sender(
        link,
        workstation.device,
        workstation.folder.attachments,
        received=workstation.store.attachment_received,
        must_yield=lambda: False,
    )


def is_received(workstation: Workstation, attachment: Attachment) -> bool:
    """Whether the workstation says that the centre has it."""
    checks = workstation.store.crossings(since=NOON - DAY, until=NOON + DAY, most=1_000)
    kept = (each for check in checks for each in workstation.store.attachments_of(check.id))
    return any(each.is_received for each in kept if each.attachment == attachment)


# over a real line


@dataclass
class BadLine:
    """A workstation whose way to a real centre leads over a bad line."""

    centre: RunningCentre
    workstation: Workstation
    line: Line
    proxy: FaultProxy

    def send(self, attachment: Attachment, faults: Faults) -> bool:
        """Once, on a connection of its own; whether it came to its end."""
        self.proxy.faults = faults
        self.line.close()
        try:
            return sender(self.workstation, self.line).send([attachment.address])
        except Unreachable:
            return False

    def held(self, attachment: Attachment) -> tuple[int, bytes]:
        """How much the centre says to hold, and what it holds."""
        table = ledger.attachment.c
        found = sa.select(table.held).where(
            table.workstation == self.workstation.id,
            table.address == bytes.fromhex(attachment.address),
        )
        database = CentreFolder(self.centre.folder).database
        with closing(Ledger(database)) as book, book.reading() as connection:
            parts = attachments.content(connection, self.workstation.id, attachment.address)
            return connection.scalar(found) or 0, b"".join(parts)

    def ciphertext(self, attachment: Attachment) -> bytes:
        return self.workstation.store.attachments.path_of(attachment.address).read_bytes()


@pytest.fixture
def bad_line(running_centre: RunningCentre, tmp_path: Path) -> Iterator[BadLine]:
    folder = Folder(tmp_path / "workstation")
    device = enrol(running_centre.provisioning(), folder)
    workstation = Workstation(folder, device)
    port = int(running_centre.url.rpartition(":")[2])
    with FaultProxy(port).running() as proxy:
        line = Line(
            f"http://127.0.0.1:{proxy.listens_on}",
            deployment=device.state.deployment,
            server_key=device.state.server_key,
            signer=device,
        )
        yield BadLine(running_centre, workstation, line, proxy)
        line.close()
    workstation.close()


def test_what_an_entry_names_is_asked_for_and_comes_whole(
    bad_line: BadLine, tmp_path: Path
) -> None:
    workstation = bad_line.workstation
    attachment = attach(workstation)
    assert workstation.store.attachments_to_send(10) == []

    workstation.settle(bad_line.line)
    assert not is_received(workstation, attachment)
    sender(workstation, bad_line.line).send(to_send(workstation.store, [])[""])

    assert is_received(workstation, attachment)
    assert bad_line.held(attachment) == (attachment.size, bad_line.ciphertext(attachment))
    exported = tmp_path / "exported.jsonl"
    said = ("--for", "court", "--reason", "file 12", "--out", str(exported))
    bad_line.centre.run("export", *said)
    named = [json.loads(line) for line in exported.read_text().splitlines()]
    [shown] = named[-1]["attachments"]
    assert shown["held"]
    assert shown["file"] is None
    assert attachment.key not in exported.read_text()


def test_an_export_writes_attachments_in_clear_only_on_wish(
    bad_line: BadLine, tmp_path: Path
) -> None:
    attachment, other = attach(bad_line.workstation), attach(bad_line.workstation)
    bad_line.workstation.settle(bad_line.line)
    sender(bad_line.workstation, bad_line.line).send([attachment.address])
    exported, folder = tmp_path / "exported.jsonl", tmp_path / "files"

    bad_line.centre.run(
        "export",
        *("--for", "court", "--reason", "file 12"),
        *("--out", str(exported), "--attachments", str(folder)),
    )

    [path] = folder.iterdir()
    assert path.name == f"{attachment.address}.png"
    assert path.read_bytes() == CONTENT
    assert path.stat().st_mode & 0o077 == 0
    assert "with attachments" in bad_line.centre.run("export", "--past")
    assert bad_line.held(other) == (0, b"")


def test_a_line_cut_anywhere_costs_one_part_at_most(bad_line: BadLine) -> None:
    workstation = bad_line.workstation
    attachment = attach(workstation)
    workstation.settle(bad_line.line)
    bad_line.proxy.counted.reset()
    step, cuts, before = 30_011, 0, 0

    while not bad_line.send(attachment, Faults(cut_up=FIRST_PART + cuts * step)):
        cuts += 1
        held, parts = bad_line.held(attachment)
        assert parts == bad_line.ciphertext(attachment)[:held]
        assert held >= before
        before = held
        assert cuts < 100

    assert cuts > 3
    assert is_received(workstation, attachment)
    resent = bad_line.proxy.counted.up - attachment.size
    assert resent < (cuts + 1) * (FIRST_PART * 4 + 4_096)


@pytest.mark.parametrize("cut_down", [1, 100, 300])
def test_a_lost_answer_doubles_nothing(bad_line: BadLine, cut_down: int) -> None:
    attachment = attach(bad_line.workstation)
    bad_line.workstation.settle(bad_line.line)

    for _ in range(3):
        bad_line.send(attachment, Faults(cut_down=cut_down))
    bad_line.send(attachment, Faults(replays=True))
    bad_line.send(attachment, Faults())

    assert bad_line.held(attachment) == (attachment.size, bad_line.ciphertext(attachment))
    assert is_received(bad_line.workstation, attachment)


def test_the_centre_counts_what_it_holds_and_what_is_lacking(bad_line: BadLine) -> None:
    one, _other = attach(bad_line.workstation), attach(bad_line.workstation)
    bad_line.workstation.settle(bad_line.line)
    sender(bad_line.workstation, bad_line.line).send([one.address])

    figures = requests.get(f"{bad_line.centre.url}/metrics", timeout=10).text

    assert "checkpoint_attachments_held 1\n" in figures
    assert "checkpoint_attachments_lacking 1\n" in figures
    assert f"checkpoint_attachment_bytes {one.size}\n" in figures


def test_what_is_erased_at_the_centre_takes_its_attachments_with_it(bad_line: BadLine) -> None:
    attachment = attach(bad_line.workstation)
    bad_line.workstation.settle(bad_line.line)
    sender(bad_line.workstation, bad_line.line).send([attachment.address])

    bad_line.centre.run(
        "erase", "--before", "2099-01-01", "--kind", "check", "--reason", "retention"
    )

    assert bad_line.held(attachment) == (0, b"")
    reply = bad_line.workstation.contact(bad_line.line)
    assert reply is not None


# in one process: the centre's answers


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    home = CentreHere(tmp_path / "centre")
    yield home
    home.close()


@pytest.fixture
def workstation(centre: CentreHere, tmp_path: Path) -> Iterator[Workstation]:
    folder = Folder(tmp_path / "workstation")
    workstation = Workstation(folder, centre.enrol(folder))
    yield workstation
    workstation.close()


@pytest.fixture
def link(centre: CentreHere, workstation: Workstation) -> Direct:
    return Direct(centre, workstation.device)


@dataclass
class Recorded:
    """Notes what was sent and answered."""

    link: Link
    asked: list[tuple[AttachmentPart, AttachmentReply]] = field(default_factory=list)

    def contact(self, contact: Contact) -> ContactReply:
        return self.link.contact(contact)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        return self.link.deliver(delivery)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        reply = self.link.attach(part)
        self.asked.append((part, reply))
        return reply

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        return self.link.fetch(path, start)

    @property
    def answers(self) -> list[Part]:
        return [reply.answer for _part, reply in self.asked]

    def last(self) -> Part:
        return self.answers[-1]


def test_the_reply_names_what_is_lacking_until_it_is_there(
    workstation: Workstation, link: Direct
) -> None:
    attachment = attach(workstation)
    address = bytes.fromhex(attachment.address)
    replies = Replies(link)

    workstation.settle(replies)
    assert replies.last.attachments == [address]
    sender(workstation, link).send([attachment.address])
    workstation.contact(replies)

    assert replies.last.attachments == []


@dataclass
class Replies:
    """Keeps the centre's last reply."""

    link: Direct
    replies: list[ContactReply] = field(default_factory=list)

    @property
    def last(self) -> ContactReply:
        return self.replies[-1]

    def contact(self, contact: Contact) -> ContactReply:
        self.replies.append(self.link.contact(contact))
        return self.last

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        return self.link.deliver(delivery)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        return self.link.attach(part)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        return self.link.fetch(path, start)


def test_what_was_altered_on_the_disk_is_not_taken_for_it(
    workstation: Workstation, link: Direct
) -> None:
    attachment = attach(workstation)
    workstation.settle(link)
    path = workstation.store.attachments.path_of(attachment.address)
    good = path.read_bytes()
    path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    recorded = Recorded(link)
    sending = sender(workstation, recorded)

    sending.send([attachment.address])
    assert recorded.last() is Part.DIFFERS
    assert not is_received(workstation, attachment)
    count = len(recorded.asked)
    sending.send([attachment.address])
    assert len(recorded.asked) == count  # not again and again
    path.write_bytes(good)
    sender(workstation, recorded).send([attachment.address])

    assert recorded.last() is Part.COMPLETE
    assert is_received(workstation, attachment)


def test_more_than_an_entry_names_is_thrown_away(workstation: Workstation, link: Direct) -> None:
    attachment = attach(workstation)
    workstation.settle(link)
    path = workstation.store.attachments.path_of(attachment.address)
    path.write_bytes(path.read_bytes() + b"more")
    recorded = Recorded(link)

    sender(workstation, recorded).send([attachment.address])

    assert recorded.last() is Part.DIFFERS


def test_an_entry_that_names_too_much_is_kept_and_nothing_asked_for(
    workstation: Workstation, link: Direct, centre: CentreHere
) -> None:
    huge = LARGEST_ATTACHMENT * 2
    path = workstation.folder.attachments
    path.mkdir()
    with (path / ("ab" * 32)).open("wb") as file:
        file.truncate(huge)
    named = Attachment(address="ab" * 32, size=huge, media_type="image/png", key="00" * 32)
    (path / "no-address").write_bytes(b"x")
    odd = Attachment(address="no-address", size=1, media_type="", key="")
    workstation.store.append(a_check(), attachments=[named, odd])
    replies = Replies(link)

    workstation.settle(replies)

    assert replies.last.attachments == []
    assert centre.leaves(workstation.id) == workstation.leaves()


def test_what_no_entry_names_is_not_taken(workstation: Workstation, link: Direct) -> None:
    recorded = Recorded(link)
    workstation.folder.attachments.mkdir()
    (workstation.folder.attachments / ("cd" * 32)).write_bytes(b"x" * 100)
    sending = sender(workstation, recorded)

    sending.send(["cd" * 32])
    sending.send(["cd" * 32])

    assert recorded.answers == [Part.UNKNOWN]


def test_a_part_that_is_not_the_next_one_changes_nothing(
    workstation: Workstation, link: Direct
) -> None:
    attachment = attach(workstation)
    workstation.settle(link)
    content = workstation.store.attachments.path_of(attachment.address).read_bytes()

    def told(offset: int, size: int) -> AttachmentReply:
        state = workstation.device.state
        return link.attach(
            AttachmentPart(
                request_id=os.urandom(16),
                deployment=state.deployment,
                workstation=state.workstation,
                address=bytes.fromhex(attachment.address),
                offset=offset,
                content=content[offset : offset + size],
            )
        )

    assert told(0, 1_000).held == 1_000
    assert told(0, 1_000).held == 1_000
    assert told(500, 1_000).held == 1_000
    assert told(5_000, 1_000).held == 1_000
    last = told(1_000, len(content))

    assert last.answer is Part.COMPLETE
    assert told(0, 10).answer is Part.COMPLETE


def test_a_revoked_workstation_brings_no_attachment(
    workstation: Workstation, link: Direct, centre: CentreHere
) -> None:
    attachment = attach(workstation)
    workstation.settle(link)
    with centre.ledger.writing() as connection:
        table = ledger.workstation
        connection.execute(sa.update(table).values(revoked_at=workstation.clock.now()))
    recorded = Recorded(link)

    sender(workstation, recorded).send([attachment.address])

    assert recorded.answers == [Part.RE_ENROL]
    assert not is_received(workstation, attachment)


def test_a_restored_centre_asks_again_and_gets_it(
    workstation: Workstation, link: Direct, centre: CentreHere, tmp_path: Path
) -> None:
    workstation.record("BEFORE")
    workstation.settle(link)
    centre.back_up(tmp_path / "night.db")
    attachment = attach(workstation)
    workstation.settle(link)
    sender(workstation, link).send(to_send(workstation.store, [])[""])
    assert is_received(workstation, attachment)
    centre.restore(tmp_path / "night.db")
    replies = Replies(link)

    workstation.settle(replies)
    wanted = [each.hex() for each in replies.last.attachments]
    assert wanted == [attachment.address]
    addresses = to_send(workstation.store, wanted)[""]
    assert not is_received(workstation, attachment)
    sender(workstation, link).send(addresses)

    assert is_received(workstation, attachment)
    workstation.contact(replies)
    assert replies.last.attachments == []


def test_records_put_back_from_a_backup_leave_no_attachment_behind(
    workstation: Workstation, link: Direct
) -> None:
    """The centre has the entry; only the folder still has what it names."""
    copy = workstation.back_up()
    attachment = attach(workstation)
    workstation.settle(link)
    workstation.put_back(copy)
    replies = Replies(link)
    workstation.settle(replies)
    workstation.store.sweep_attachments()

    wanted = [each.hex() for each in replies.last.attachments]
    recorded = Recorded(link)
    sender(workstation, recorded).send(to_send(workstation.store, wanted)[""])

    assert wanted == [attachment.address]
    assert recorded.last() is Part.COMPLETE


def test_what_came_again_in_a_new_journal_is_sent_once(
    workstation: Workstation, link: Direct
) -> None:
    workstation.record("FIRST")
    workstation.settle(link)
    attachment = attach(workstation)
    workstation.device.update(journal_position=99)
    workstation.kill()
    assert workstation.incarnation == 2
    assert workstation.store.attachments_to_send(10) == []

    workstation.settle(link)
    recorded = Recorded(link)
    sender(workstation, recorded).send(to_send(workstation.store, [])[""])

    assert recorded.answers.count(Part.COMPLETE) == 1
    assert is_received(workstation, attachment)


def test_a_full_disk_at_the_centre_is_said_and_loses_nothing(
    workstation: Workstation, link: Direct, centre: CentreHere, request: pytest.FixtureRequest
) -> None:
    attachment = attach(workstation)
    workstation.settle(link)
    room = [0]

    def narrow(connection: object, _record: object, _proxy: object) -> None:
        limit = room[0] or 1 << 30
        connection.execute(f"pragma max_page_count = {limit}")  # type: ignore[attr-defined]

    sa.event.listen(sa.pool.Pool, "checkout", narrow)
    request.addfinalizer(lambda: sa.event.remove(sa.pool.Pool, "checkout", narrow))
    with centre.ledger.reading() as connection:
        room[0] = int(connection.exec_driver_sql("pragma page_count").scalar_one()) + 20
    recorded = Recorded(link)

    sender(workstation, recorded).send([attachment.address])
    assert recorded.last() is Part.NO_ROOM
    assert not is_received(workstation, attachment)
    room[0] = 0
    sender(workstation, recorded).send([attachment.address])

    assert recorded.last() is Part.COMPLETE
    assert is_received(workstation, attachment)


def test_parts_grow_on_a_wide_line_and_shrink_on_a_narrow_one() -> None:
    parts = Parts()
    for _ in range(10):
        parts.passed(parts.size, 0.01)
    assert parts.size == MOST_PART

    parts.passed(parts.size, 50.0)
    assert parts.size == MOST_PART // 10
    for _ in range(20):
        parts.failed()
    assert 0 < parts.size < FIRST_PART


# by itself


@pytest.fixture
def booth(centre: CentreHere, tmp_path: Path) -> Iterator[Booth]:
    folder = Folder(tmp_path / "workstation")
    device = centre.enrol(folder)
    booth = Booth(centre, folder, device, Switch(Direct(centre, device)))
    booth.sign_in()
    yield booth
    booth.close()


@dataclass
class Between:
    """Records an entry while the first part is under way; `order` is what came to the centre."""

    link: Link
    booth: Booth
    order: list[str] = field(default_factory=list)

    def contact(self, contact: Contact) -> ContactReply:
        self.order += ["entry"] * len(contact.entries)
        return self.link.contact(contact)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        return self.link.deliver(delivery)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        if part.content and "part" not in self.order:
            self.booth.record("URGENT")
            assert self.booth.uplink
            self.booth.uplink.recorded()
        self.order += ["part"] if part.content else []
        return self.link.attach(part)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        return self.link.fetch(path, start)


def until_received(booth: Booth, attachment: Attachment) -> None:
    until(booth, lambda: is_received(booth.at_work, attachment))


def until_all_is_held(booth: Booth) -> None:
    until(booth, lambda: held_tip(booth.at_work.store) == booth.at_work.store.tip())


def until(booth: Booth, holds: Callable[[], bool]) -> None:
    """A state may have been told before what it is asked for: so it is looked at itself."""
    end = monotonic() + PATIENCE
    while not booth.do(holds):
        assert monotonic() < end, "it does not come"
        with suppress(Empty):
            booth.states.get(timeout=0.05)


def test_attachments_go_by_themselves_and_let_every_entry_pass(booth: Booth) -> None:
    between = Between(booth.line.link, booth)
    booth.line.link = between
    attachment = booth.do(lambda: attach(booth.at_work))

    booth.begin(OFTEN)
    until_received(booth, attachment)

    assert between.order[:3] == ["entry", "part", "entry"]
    assert between.order.count("part") > 2


def test_a_part_that_never_passes_keeps_no_entry_back(booth: Booth) -> None:
    """As a proxy that takes no large bodies would."""
    booth.line.link = Closed(booth.line.link)
    booth.do(lambda: attach(booth.at_work))
    booth.begin(OFTEN)
    booth.until(lambda state: state.online and not state.waiting)

    for name in ("AALTO", "BERG", "COHN"):
        booth.record(name)
        assert booth.uplink
        booth.uplink.recorded()
        until_all_is_held(booth)

    assert all(state.online for state in booth.seen)
    assert booth.held() == booth.do(booth.at_work.leaves)


@dataclass
class Closed:
    """Contacts pass, attachments do not."""

    link: Link

    def contact(self, contact: Contact) -> ContactReply:
        return self.link.contact(contact)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        return self.link.deliver(delivery)

    def attach(self, _part: AttachmentPart) -> AttachmentReply:
        raise Unreachable(Reason.TOO_LARGE)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        return self.link.fetch(path, start)


def test_attachments_go_while_nobody_is_signed_in_and_count_from_the_next_session_on(
    booth: Booth,
) -> None:
    attachment = booth.do(lambda: attach(booth.at_work))
    booth.lock()
    booth.begin(OFTEN)
    while not is_whole(booth.centre, attachment):
        booth.states.get(timeout=PATIENCE)
    booth.restart()

    booth.sign_in()
    assert booth.do(lambda: booth.at_work.store.mark(RECEIVED)) == 0
    booth.begin(OFTEN)

    until_received(booth, attachment)
    assert booth.do(lambda: booth.at_work.store.mark(BACKED_UP)) == 0


def test_everything_goes_after_a_lock_without_a_line_and_a_restart_with_nobody_signed_in(
    booth: Booth,
) -> None:
    """More than one reply names, so the centre's wishes are asked for until there are none."""
    contents = [bytes([number]) * 100 for number in range(MOST_WANTED + 3)]
    attachments = booth.do(lambda: [attach(booth.at_work, each) for each in contents])
    leaves = booth.do(booth.at_work.leaves)
    booth.lock()
    booth.line.is_cut = True
    booth.begin(SELDOM)
    booth.until(lambda state: not state.online)
    booth.restart()

    booth.line.is_cut = False
    booth.begin(SELDOM)

    until(booth, lambda: all(is_whole(booth.centre, each) for each in attachments))
    assert booth.workstation is None
    assert booth.held() == leaves


def is_whole(centre: CentreHere, attachment: Attachment) -> bool:
    table = ledger.attachment.c
    found = sa.select(table.received_at).where(table.address == bytes.fromhex(attachment.address))
    with centre.ledger.reading() as connection:
        return connection.scalar(found) is not None


def test_nothing_is_asked_of_a_line_when_nothing_waits(booth: Booth) -> None:
    booth.begin(SELDOM)
    booth.until(lambda state: state.online)

    assert booth.line.asked == 1


# on a stick


def carried(workstation: Workstation, stick: Path) -> None:
    """What the window writes to a stick: bundles, then attachments."""
    stick.mkdir(exist_ok=True)
    folder = workstation.folder
    bundle.spool(workstation.store, workstation.device, folder.spool)
    bundle.export(folder.spool, stick, workstation.device, lambda _done, _of: None)
    carry(folder.attachments, workstation.store.attachments_to_carry(), stick)


def brought_back(workstation: Workstation, stick: Path) -> None:
    acknowledgement.bring(stick, workstation.folder.spool, workstation.device)
    acknowledgement.settle(workstation.store, workstation.folder.spool, workstation.device)


def taken_in(centre: CentreHere, stick: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert server(["bundle", "import", str(stick), "--data", str(centre.folder.path)]) == 0
    return capsys.readouterr().out


def test_a_stick_carries_attachments_and_brings_the_word_on_them_back(
    workstation: Workstation,
    centre: CentreHere,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    attachment, stick = attach(workstation), tmp_path / "stick"
    carried(workstation, stick)
    assert not is_received(workstation, attachment)

    said = taken_in(centre, stick, capsys)
    brought_back(workstation, stick)

    assert "Attachments: 1 new, 0 held already." in said
    assert is_whole(centre, attachment)
    assert is_received(workstation, attachment)
    assert "Attachments: 0 new, 1 held already." in taken_in(centre, stick, capsys)


def test_an_attachment_left_off_the_stick_is_not_taken_for_received(
    workstation: Workstation,
    centre: CentreHere,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    here, lost, stick = attach(workstation), attach(workstation), tmp_path / "stick"
    carried(workstation, stick)
    [path] = stick.glob(f"*/{lost.address}*")
    path.write_bytes(path.read_bytes()[:-1])

    said = taken_in(centre, stick, capsys)
    brought_back(workstation, stick)

    assert "1 new, 0 held already, 1 that no entry names or that were altered." in said
    assert is_received(workstation, here)
    assert not is_received(workstation, lost)
    assert workstation.store.attachments_to_carry() == [lost.address]


def test_a_stick_with_what_is_no_attachment_does_no_harm(
    workstation: Workstation,
    centre: CentreHere,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    attachment, stick = attach(workstation), tmp_path / "stick"
    carried(workstation, stick)
    folder = stick / BUNDLES
    (folder / f"{'ab' * 32}.attachment").write_bytes(b"x")
    (folder / f"{'cd' * 32}.attachment").mkdir()
    with (folder / f"{'ef' * 32}.attachment").open("wb") as file:
        file.truncate(LARGEST_ATTACHMENT * 3)

    said = taken_in(centre, stick, capsys)

    assert "1 new, 0 held already, 3 that no entry names" in said
    assert is_whole(centre, attachment)


def test_an_acknowledgement_of_an_older_centre_says_nothing_of_attachments(
    workstation: Workstation, link: Direct
) -> None:
    attachment = attach(workstation)
    workstation.settle(link)
    older = Acknowledgement(
        deployment=workstation.device.state.deployment,
        workstation=workstation.id,
        incarnation=1,
        held=workstation.store.tip().position,
        head=workstation.store.tip().head,
        backed_up=0,
        server_time="2026-11-24T12:00:00+00:00",
        epoch=workstation.device.state.epoch,
    )

    acknowledgement._take_attachments(workstation.store, older, workstation.device)

    assert not is_received(workstation, attachment)
