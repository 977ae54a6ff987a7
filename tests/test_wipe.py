"""A workstation is wiped from afar: by two people's word, once, and nothing recorded is lost."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from queue import Queue
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.desk import wiping
from checkpoint_client.desk.session import SignedIn, SignIn
from checkpoint_client.desk.wiping import Ordered, WipeState
from checkpoint_client.journal import signatures
from checkpoint_client.journal.clock import Clock
from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.store import Store
from checkpoint_client.store.log import LogQuery
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import NewSlot, Vault, sealing
from checkpoint_client.vault.device import DeviceKey, Forerunner
from checkpoint_client.vault.errors import Locked
from sync import bundle, orders
from sync.admin.main import main as admin
from sync.link import Link
from sync.orders import Flaw, NotObeyed, OrderSignature, SignedOrder, WipeOrder
from sync.protocol import Contact, ContactReply, DeviceRole, Provisioning
from sync.server import ceremony, key_files, ledger
from sync.server.ceremony import Wish
from sync.server.main import main
from sync.server.roles import holder_of, root_holders
from sync.uplink import Home, Pace, Uplink
from tests.post import CHEAP, PASSPHRASE
from tests.workstations import NOON, CentreHere, Direct, NoLink, a_check

NUMBER = "O-1842"
PATIENCE = 30.0
OFTEN = Pace(poll=0.01, first=0.01, longest=0.02)
WORDS = "four good words of {}"
RECOVERY = sealing.new_private()


@dataclass
class Told(Direct):
    """A line that tells of each contact."""

    made: "Queue[ContactReply]" = field(default_factory=Queue)

    def contact(self, contact: Contact) -> ContactReply:
        reply = super().contact(contact)
        self.made.put(reply)
        return reply


@dataclass
class Program:
    """A workstation as the program runs it: a store's thread, an uplink, and a door."""

    centre: CentreHere
    folder: Folder
    device: DeviceKey
    link: Link
    has_recovery: bool = True
    session: SignedIn | None = None
    steps: "Queue[WipeState | None]" = field(default_factory=Queue)
    uplink: Uplink | None = None

    def __post_init__(self) -> None:
        self.thread = ThreadPoolExecutor(1)
        self.root = self.centre.shelf.newest_root()
        Vault.create(
            self.folder.envelope,
            deployment=self.device.state.deployment,
            workstation=self.id,
            recovery_key=sealing.public_of(RECOVERY) if self.has_recovery else None,
            first=NewSlot.fresh(NUMBER, Role.OFFICER, PASSPHRASE),
            kdf=CHEAP,
        ).wipe()

    @property
    def id(self) -> str:
        return self.device.state.workstation

    @property
    def vault(self) -> Vault:
        return Vault(self.folder.envelope, kdf=CHEAP)

    @property
    def door(self) -> SignIn:
        return SignIn(
            folder=self.folder,
            vault=self.vault,
            device=self.device,
            settings=Settings(post="OSH-01", state="UTO", utc_offset_minutes=0),
            clock=Clock(lambda: NOON),
            is_online=lambda: False,
            spool=lambda store: _spool(store, self.device, self.folder),
        )

    def sign_in(self) -> None:
        self.session = self.thread.submit(self.door.sign_in, NUMBER, PASSPHRASE).result(PATIENCE)

    def record(self, *names: str) -> None:
        for name in names:
            self.thread.submit(self._store().append, a_check(name)).result(PATIENCE)

    def lock(self) -> None:
        session, self.session = self.session, None
        if session:
            self.thread.submit(self.door.lock, session).result(PATIENCE)

    def begin(self) -> None:
        home = Home(
            device=self.device,
            submit=self.thread.submit,
            store=self._store,
            reference=self._reference,
            is_locked=lambda: self.session is None,
            spool=self.folder.spool,
            attachments=self.folder.attachments,
            lists=self.folder.lists,
            root=self.root,
        )
        self.uplink = Uplink(
            home,
            self.link,
            on_state=lambda _state: None,
            on_list=lambda: None,
            now=lambda: NOON,
            pace=OFTEN,
            on_order=self._on_order,
        )
        self.uplink.start()

    def until(self, wanted: WipeState) -> None:
        while self.steps.get(timeout=PATIENCE) is not wanted:
            pass

    def uplink_rests(self) -> None:
        """Until two more contacts have been made from their beginning to their end."""
        assert isinstance(self.link, Told)
        self.link.made = Queue()
        for _ in range(3):
            self.link.made.get(timeout=PATIENCE)

    def end(self) -> None:
        if self.uplink:
            self.uplink.stop()
        self.lock()
        self.thread.shutdown()

    def held(self) -> int:
        return len(self.centre.leaves(self.id))

    def _on_order(self) -> None:
        """As the window: whoever is signed in is locked out."""
        self.lock()
        self.steps.put(self.door.wipe())
        if self.uplink:
            self.uplink.wake()

    def _store(self) -> Store:
        if self.session is None:
            raise Locked
        return self.session.store

    def _reference(self) -> Reference:
        if self.session is None:
            raise Locked
        return Reference.open(self.folder.reference, self.session.unlocked.database_key)


def _spool(store: Store, device: DeviceKey, folder: Folder) -> None:
    bundle.spool(store, device, folder.spool)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    centre = CentreHere(tmp_path / "centre")
    yield centre
    centre.close()


def new_program(centre: CentreHere, path: Path, **wishes: Any) -> Program:
    folder = Folder(path)
    device = centre.enrol(folder)
    return Program(centre, folder, device, Told(centre, device), **wishes)


@pytest.fixture
def program(centre: CentreHere, tmp_path: Path) -> Iterator[Program]:
    program = new_program(centre, tmp_path / "workstation")
    yield program
    program.end()


def run(centre: CentreHere, command: str, *arguments: str) -> str:
    printed = StringIO()
    with redirect_stdout(printed):
        assert main([command, *arguments, "--data", str(centre.folder.path)]) == 0
    return printed.getvalue()


def order(centre: CentreHere, workstation: str, *wishes: str) -> Path:
    """Prepared, and signed by the root keys, which still lie in the centre's folder."""
    run(centre, "wipe", workstation, "--reason", "stolen, case 4711", *wishes)
    return centre.folder.path / f"wipe-{workstation}.json"


def put_out(centre: CentreHere, workstation: str, *wishes: str) -> None:
    run(centre, "wipe", "--file", str(order(centre, workstation, *wishes)))


def root_keys(centre: CentreHere) -> list[Ed25519PrivateKey]:
    holders = root_holders(centre.shelf.published().root)
    return [key for holder in holders if (key := centre.folder.signing_key(holder))]


def signed(said: WipeOrder, *keys: Ed25519PrivateKey, roots: tuple[bytes, ...] = ()) -> bytes:
    payload = msgspec.msgpack.encode(said)
    given = [
        OrderSignature(
            key.public_key().public_bytes_raw(),
            signatures.sign(key, orders.order_message(payload)),
        )
        for key in keys
    ]
    return msgspec.msgpack.encode(SignedOrder(payload=payload, signatures=given, roots=list(roots)))


def said_to(program: Program, **changes: Any) -> WipeOrder:
    genuine = WipeOrder(
        deployment=program.device.state.deployment,
        workstation=program.id,
        serial=20261124120000,
        hands_over=True,
        about=bytes(32),
    )
    return msgspec.structs.replace(genuine, **changes)


def take(program: Program, content: bytes) -> None:
    orders.take(content, program.folder, program.device, root=program.root, now=NOON)


# --- what happens -------------------------------------------------------------------------------


def test_whoever_is_signed_in_is_locked_out_and_nothing_recorded_is_lost(
    centre: CentreHere, program: Program
) -> None:
    program.sign_in()
    program.record("AALTO", "BERG")
    put_out(centre, program.id)

    program.begin()
    program.until(WipeState.DONE)

    assert program.vault.officers() == ()
    assert program.device.state.channel_keys == {}
    assert not program.folder.reference.exists()
    assert not program.folder.lists.exists()
    with pytest.raises(Ordered, match="wiped by order of headquarters"):
        program.door.sign_in(NUMBER, PASSPHRASE)
    program.uplink_rests()
    assert program.held() == program.device.state.journal_position >= 4
    told = run(centre, "devices")
    assert "WIPE ordered 20" in told
    assert "DONE 20" in told
    assert "Nothing is left there" in told


def test_headquarters_still_opens_the_records(centre: CentreHere, program: Program) -> None:
    program.sign_in()
    program.record("AALTO")
    key = bytes(program.session.unlocked.database_key) if program.session else b""
    put_out(centre, program.id)

    program.begin()
    program.until(WipeState.DONE)

    assert bytes(program.vault.recover(RECOVERY)) == key
    assert program.folder.records.exists()


def test_with_the_recovery_key_and_a_new_enrolment_the_records_are_worked_with_again(
    centre: CentreHere, program: Program
) -> None:
    program.sign_in()
    program.record("AALTO")
    put_out(centre, program.id)
    program.begin()
    program.until(WipeState.DONE)
    program.vault.readmit(RECOVERY, NewSlot.fresh(NUMBER, Role.SUPERVISOR, PASSPHRASE))
    with pytest.raises(Ordered):
        program.door.sign_in(NUMBER, PASSPHRASE)
    assert program.uplink is not None
    program.uplink.stop()

    before = program.device.state
    program.folder.device_key.unlink()
    program.device = centre.enrol(program.folder)
    program.device.update(
        forerunner=Forerunner(
            workstation=before.workstation,
            incarnation=before.incarnation,
            position=before.journal_position,
            head=before.journal_head,
        )
    )
    program.sign_in()

    assert program.device.state.wipe is None
    assert program.session is not None
    found = program.thread.submit(program.session.log.search, LogQuery()).result(PATIENCE)
    assert [row.name for row in found.rows] == ["AALTO"]


def test_it_happens_while_nobody_is_signed_in(centre: CentreHere, program: Program) -> None:
    program.sign_in()
    program.record("AALTO")
    program.lock()
    put_out(centre, program.id)

    program.begin()
    program.until(WipeState.DONE)

    program.uplink_rests()
    assert program.held() == program.device.state.journal_position


def test_where_only_an_officers_slot_opens_the_records_he_signs_in_once_more(
    centre: CentreHere, tmp_path: Path
) -> None:
    program = new_program(centre, tmp_path / "workstation", has_recovery=False)
    put_out(centre, program.id)
    program.begin()
    program.until(WipeState.WAITS)
    assert len(program.vault.officers()) == 1

    with pytest.raises(Ordered, match="nobody signs in here"):
        program.thread.submit(program.door.sign_in, NUMBER, PASSPHRASE).result(PATIENCE)
    program.until(WipeState.DONE)

    assert program.vault.officers() == ()
    program.end()


def test_an_order_may_say_not_to_wait(centre: CentreHere, tmp_path: Path) -> None:
    program = new_program(centre, tmp_path / "workstation", has_recovery=False)
    put_out(centre, program.id, "--without-hand-over")

    program.begin()
    program.until(WipeState.DONE)

    program.uplink_rests()
    assert "no recovery slot" in run(centre, "devices")
    program.end()


def test_a_workstation_under_an_order_gets_no_lists_and_no_keys(
    centre: CentreHere, program: Program
) -> None:
    put_out(centre, program.id)
    program.begin()
    program.until(WipeState.DONE)

    assert isinstance(program.link, Told)
    replies = [program.link.made.get(timeout=PATIENCE) for _ in range(3)]
    assert all(reply.order for reply in replies[:2])
    assert not any(reply.channel_keys or reply.metadata or reply.post_key for reply in replies)


def test_what_was_destroyed_does_not_come_again_though_the_order_was_withdrawn(
    centre: CentreHere, program: Program
) -> None:
    put_out(centre, program.id)
    program.begin()
    program.until(WipeState.DONE)

    assert "too late" in run(centre, "wipe", "--withdraw", program.id)
    run(
        centre,
        "revoke",
        centre.enrol(Folder(program.folder.path / "x")).state.workstation,
        "--reason",
        "lost",
    )
    program.uplink_rests()

    state = program.device.state
    assert (state.post_key, state.post_keys, state.channel_keys) == (b"", {}, {})
    assert not program.folder.lists.exists()


def test_a_revoked_workstation_is_wiped_too(centre: CentreHere, program: Program) -> None:
    run(centre, "revoke", program.id, "--reason", "stolen")
    put_out(centre, program.id)

    program.begin()
    program.until(WipeState.DONE)

    program.uplink_rests()
    assert "DONE" in run(centre, "devices")


def test_killed_at_any_step_it_goes_on(program: Program) -> None:
    program.folder.lists.mkdir()
    program.folder.reference.write_bytes(b"lists")
    wiping.begin(program.device, serial=1, hands_over=True, now=NOON)

    killed = 0
    while _ended_at(killed + 1, program):
        killed += 1
        vault = program.vault
        assert vault.has_recovery

    device = DeviceKey.load(program.folder.device_key)
    assert killed > 6
    assert wiping.state_of(device, program.vault) is WipeState.DONE
    assert program.vault.officers() == ()
    assert any(program.vault.recover(RECOVERY))


def _ended_at(step: int, program: Program) -> bool:
    """Carry the order out in a process that dies behind its n-th write to the disk."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            _die_after(step)
            device = DeviceKey.load(program.folder.device_key)
            orders.carry_out(program.folder, device, now=NOON)
            os._exit(0)
        os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL)
    return status != 0


def _die_after(step: int) -> None:
    left, write = [step], os.fsync

    def fsync(descriptor: int) -> None:
        write(descriptor)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    os.fsync = fsync  # type: ignore[assignment]


def test_without_a_line_it_is_carried_out_all_the_same_and_reported_later(
    centre: CentreHere, program: Program
) -> None:
    program.sign_in()
    program.record("AALTO")
    program.lock()
    take(program, signed(said_to(program), *root_keys(centre)[:2]))
    program.link = NoLink()

    program.begin()
    program.until(WipeState.DONE)

    assert len(bundle.spooled_in(program.folder.spool)) == 1


# --- by a stick ---------------------------------------------------------------------------------


def test_a_stick_brings_the_order_and_takes_the_report_back(
    centre: CentreHere, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program.sign_in()
    program.record("AALTO")
    program.lock()
    program.folder.provisioning.write_bytes(msgspec.json.encode(_provisioning(program)))
    stick, data = tmp_path / "stick", str(program.folder.path)
    stick.mkdir()
    put_out(centre, program.id)

    assert admin(["bundle", "export", str(stick), "--data", data]) == 0
    run(centre, "bundle", "import", str(stick))
    assert admin(["bundle", "import", str(stick), "--data", data]) == 0
    assert "This workstation was wiped" in capsys.readouterr().out
    assert program.vault.officers() == ()
    assert admin(["bundle", "export", str(stick), "--data", data]) == 0

    assert "reports on its order" in run(centre, "bundle", "import", str(stick))
    assert "DONE" in run(centre, "devices")


def _provisioning(program: Program) -> Provisioning:
    state = program.device.state
    return Provisioning(
        url="http://127.0.0.1:1",
        deployment=state.deployment,
        post=state.post,
        post_name="Osh",
        token="",
        server_key=state.server_key,
        centre_key=state.centre_key,
        certificate=None,
        tuf_root=program.root,
    )


# --- what is not obeyed -------------------------------------------------------------------------


def test_only_two_different_root_holders_order(centre: CentreHere, program: Program) -> None:
    one, other, _third = root_keys(centre)
    stranger = Ed25519PrivateKey.generate()
    said = said_to(program)

    for keys in ((), (one,), (one, one), (one, stranger), (stranger, stranger)):
        with pytest.raises(NotObeyed) as why:
            take(program, signed(said, *keys))
        assert why.value.flaw is Flaw.UNSIGNED
    assert program.device.state.wipe is None

    take(program, signed(said, one, other))
    assert program.device.state.wipe is not None


def test_a_signature_is_good_for_what_was_signed(centre: CentreHere, program: Program) -> None:
    genuine = msgspec.msgpack.decode(
        signed(said_to(program), *root_keys(centre)[:2]), type=SignedOrder
    )
    altered = msgspec.msgpack.encode(said_to(program, serial=20261124120001))
    forged = msgspec.structs.replace(genuine, payload=altered)

    with pytest.raises(NotObeyed, match="unsigned"):
        take(program, msgspec.msgpack.encode(forged))


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"workstation": "OSH-01-AAAA"}, Flaw.FOREIGN),
        ({"deployment": "another"}, Flaw.FOREIGN),
    ],
)
def test_an_order_to_somebody_else_is_not_obeyed(
    centre: CentreHere, program: Program, changes: dict[str, str], flaw: Flaw
) -> None:
    with pytest.raises(NotObeyed) as why:
        take(program, signed(said_to(program, **changes), *root_keys(centre)[:2]))

    assert why.value.flaw is flaw


def test_a_serial_number_is_good_once(centre: CentreHere, program: Program) -> None:
    keys = root_keys(centre)[:2]
    take(program, signed(said_to(program), *keys))
    program.device.update(wipe=None)

    for serial in (20261124120000, 20261124115959, 1):
        with pytest.raises(NotObeyed, match="used"):
            take(program, signed(said_to(program, serial=serial), *keys))


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x80", bytes(1000)])
def test_what_is_no_order_is_not_obeyed(program: Program, content: bytes) -> None:
    with pytest.raises(NotObeyed, match="unreadable"):
        take(program, content)


def test_new_root_holders_order_and_old_ones_no_more(centre: CentreHere, program: Program) -> None:
    old = root_keys(centre)
    keys = [Ed25519PrivateKey.generate() for _ in range(3)]
    holders = [holder_of(f"holder {n}", key) for n, key in enumerate(keys)]
    proposal = ceremony.propose(
        centre.folder, centre.shelf, Wish(roots=tuple(holders)), now=datetime.now(UTC)
    )
    for key in keys[:2]:
        proposal = ceremony.sign(proposal, key)
    ceremony.install(centre.folder, centre.shelf, proposal, [], now=datetime.now(UTC))
    followed = (centre.shelf.root(2),)

    with pytest.raises(NotObeyed, match="unsigned"):
        take(program, signed(said_to(program), *keys[:2]))  # it has not heard of them
    with pytest.raises(NotObeyed, match="unsigned"):
        take(program, signed(said_to(program), *old[:2], roots=followed))

    take(program, signed(said_to(program), *keys[:2], roots=followed))
    assert program.device.state.wipe is not None


def test_a_root_that_nobody_signed_for_is_not_followed(program: Program, tmp_path: Path) -> None:
    other = CentreHere(tmp_path / "other")
    false = other.shelf.newest_root().replace(b'"version":1', b'"version":2')

    with pytest.raises(NotObeyed, match="unsigned"):
        take(program, signed(said_to(program), *root_keys(other)[:2], roots=(false,)))
    other.close()


# --- at headquarters ----------------------------------------------------------------------------


def refused(
    centre: CentreHere, capsys: pytest.CaptureFixture[str], command: str, *arguments: str
) -> str:
    capsys.readouterr()
    assert main([command, "--data", str(centre.folder.path), *arguments]) == 2
    return capsys.readouterr().err


def test_two_root_holders_sign_on_machines_of_their_own(
    centre: CentreHere, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in "ABC"]
    holders = [key_files.create(file, file.name, WORDS.format(file.name)) for file in files]
    proposal = ceremony.propose(
        centre.folder, centre.shelf, Wish(roots=tuple(holders)), now=datetime.now(UTC)
    )
    for file in files[:2]:
        key = key_files.open_key(file, WORDS.format(file.name))
        proposal = ceremony.sign(proposal, key)
    ceremony.install(centre.folder, centre.shelf, proposal, [], now=datetime.now(UTC))

    file = order(centre, program.id)
    assert "still lacks 2" in refused(centre, capsys, "wipe", "--file", str(file))
    said = _sign(file, files[0])
    assert f"WIPE the workstation {program.id} (Osh, no name)" in said
    assert "because: stolen, case 4711" in said
    _sign(file, files[0])
    assert "still lacks 1" in refused(centre, capsys, "wipe", "--file", str(file))
    assert "Nothing is missing" in _sign(file, files[2])

    assert "is wiped at its next contact" in run(centre, "wipe", "--file", str(file))
    program.begin()
    program.until(WipeState.DONE)


def _sign(file: Path, key: Path) -> str:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as pipe:
        pipe.write(WORDS.format(key.name) + "\n")
    printed = StringIO()
    with redirect_stdout(printed):
        wishes = ["--key", str(key), "--passphrase-fd", str(reading), "--yes"]
        assert main(["keys", "sign", str(file), *wishes]) == 0
    return printed.getvalue()


def test_bad_wishes_are_refused_in_a_sentence(
    centre: CentreHere, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    why = ("--reason", "lost")
    garbled = tmp_path / "garbled"
    garbled.write_bytes(b"\xff{")
    file = order(centre, program.id)
    altered = tmp_path / "altered.json"
    altered.write_bytes(file.read_bytes().replace(b"case 4711", b"case 4712"))

    assert "see `devices`" in refused(centre, capsys, "wipe", "OSH-01-XXXX", *why)
    assert "Say why" in refused(centre, capsys, "wipe", program.id)
    assert "Say why" in refused(centre, capsys, "wipe", program.id, "--reason", "two\nlines")
    assert "One thing" in refused(centre, capsys, "wipe", program.id, "--withdraw", program.id)
    assert "No order is out" in refused(centre, capsys, "wipe", "--withdraw", program.id)
    assert "cannot be read" in refused(centre, capsys, "wipe", "--file", str(tmp_path / "none"))
    assert "no order" in refused(centre, capsys, "wipe", "--file", str(garbled))
    assert "Do not sign it" in refused(centre, capsys, "wipe", "--file", str(altered))


def test_an_exchange_is_revoked_not_wiped(
    centre: CentreHere, program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    with centre.ledger.writing() as connection:
        connection.execute(sa.update(ledger.workstation).values(role=DeviceRole.EXCHANGE))

    assert "`revoke` it" in refused(centre, capsys, "wipe", program.id, "--reason", "lost")


def test_a_withdrawn_order_is_not_told(centre: CentreHere, program: Program) -> None:
    put_out(centre, program.id)

    assert "gets lists again" in run(centre, "wipe", "--withdraw", program.id)

    program.begin()
    program.sign_in()
    program.record("AALTO")
    program.uplink_rests()
    assert program.device.state.wipe is None
    assert "withdrawn 20" in run(centre, "devices")


def test_every_order_is_shown_with_how_far_it_is(centre: CentreHere, program: Program) -> None:
    assert "No workstation was ordered" in run(centre, "wipe")

    put_out(centre, program.id)

    assert f"{program.id}: WIPE ordered" in run(centre, "wipe")
    assert "not heard of yet" in run(centre, "wipe")
