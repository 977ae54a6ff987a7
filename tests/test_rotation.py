"""New keys for a workstation: nothing lost, nothing doubled, whatever ends in between."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.desk.incarnation import prepare_new_key
from checkpoint_client.journal import body as bodies
from checkpoint_client.journal.chain import Broken
from checkpoint_client.journal.entry import Origin, Tip
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.records.codes import Role, WorkstationStep
from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey, Forerunner
from sync import bundle, post, protocol
from sync.admin.main import main
from sync.bundle import deliver, spool, spooled_in
from sync.engine import Trouble, confirm, inquiry, next_request
from sync.enrolment import enrol, line_of, read_provisioning
from sync.protocol import Contact, ContactReply, Verdict, key_digits, read_certificate
from tests.centre import RunningCentre
from tests.failpoints import Job, Plan, starting
from tests.post import Post, set_up
from tests.workstations import CentreHere, Direct, LostReply, Workstation

ON_BOTH = pytest.mark.parametrize("home", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def home(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[CentreHere]:
    """A centre on SQLite, unless the test asks for both."""
    is_postgresql = getattr(request, "param", "sqlite") == "postgresql"
    database = request.getfixturevalue("postgres").new_database() if is_postgresql else None
    with closing(CentreHere(tmp_path / "centre", database=database)) as home:
        yield home


@pytest.fixture
def booth(tmp_path: Path, home: CentreHere) -> Iterator[Workstation]:
    folder = Folder(tmp_path / "workstation")
    with closing(Workstation(folder, home.enrol(folder))) as booth:
        yield booth


def everything_held(home: CentreHere, booth: Workstation) -> bool:
    """Every entry recorded here is at the centre, and no journal has one twice."""
    ours = set(booth.leaves())
    held = home.leaves(booth.id, booth.incarnation)
    return set(held) == ours and len(held) == len(set(held)) and not home.alarms()


def begun(booth: Workstation) -> WorkstationEvent:
    [first] = booth.store.entries(0, limit=1, max_bytes=1)
    assert first.body is not None
    record = bodies.unpack(bodies.decode(first.body))
    assert isinstance(record, WorkstationEvent)
    return record


@ON_BOTH
def test_new_keys_sign_a_new_journal_and_the_old_ones_vouch_for_it(
    home: CentreHere, booth: Workstation
) -> None:
    booth.record("AALTO")
    booth.settle(Direct(home, booth.device))
    before = booth.device.public, booth.device.receive_public
    booth.device.prepare_keys()
    booth.record("BERG")

    booth.settle(Direct(home, booth.device))

    device = booth.device
    assert device.public != before[0]
    assert device.receive_public != before[1]
    assert booth.incarnation == 2
    assert begun(booth).step is WorkstationStep.KEY_ROTATED
    assert begun(booth).details["key"] == before[0].hex()
    certificate = read_certificate(device.state.certificate, server_key=home.server_key)
    assert (certificate.signing_key, certificate.since) == (device.public, 2)
    assert booth.store.verify({}).journals == 2
    assert len(home.leaves(booth.id, 1)) == 2
    assert everything_held(home, booth)


def test_without_a_line_the_old_keys_go_on(home: CentreHere, booth: Workstation) -> None:
    booth.device.prepare_keys()

    booth.record("AALTO", "BERG")

    assert booth.incarnation == 1
    assert booth.store.verify({}).entries == 2
    booth.settle(Direct(home, booth.device))
    assert everything_held(home, booth)


def test_keys_that_were_prepared_are_made_once(booth: Workstation) -> None:
    booth.device.prepare_keys()
    first = booth.device.coming
    assert first is not None

    DeviceKey.load(booth.folder.device_key).prepare_keys()

    again = DeviceKey.load(booth.folder.device_key).coming
    assert again is not None
    assert again.public == first.public


@ON_BOTH
def test_a_lost_reply_gives_the_same_certificate_again(
    home: CentreHere, booth: Workstation
) -> None:
    booth.device.prepare_keys()
    link = Direct(home, booth.device)
    said = [link.contact(asked(booth)).certificate for _ in range(3)]

    assert said[0]
    assert said == [said[0]] * 3


def asked(booth: Workstation) -> Contact:
    return next_request(booth.store, booth.device, have={}).contact


@ON_BOTH
def test_replies_lost_again_and_again_lose_nothing(home: CentreHere, booth: Workstation) -> None:
    booth.device.prepare_keys()
    link = Direct(home, booth.device)
    for name in ("AALTO", "BERG", "CELIK"):
        booth.record(name)
        assert booth.contact(LostReply(link)) is None
        booth.kill()
        link = Direct(home, booth.device)

    booth.settle(link)

    assert booth.incarnation == 2
    assert everything_held(home, booth)


def test_a_program_of_before_that_answers_nothing_changes_nothing(
    home: CentreHere, booth: Workstation
) -> None:
    """A centre of version 0.1.0 knows no rotation: it leaves the certificate out."""
    booth.device.prepare_keys()
    booth.record("AALTO")

    booth.settle(OldCentre(home, booth.device))

    assert booth.incarnation == 1
    assert booth.device.coming
    assert everything_held(home, booth)


class OldCentre(Direct):
    def contact(self, contact: Contact) -> ContactReply:
        return super().contact(msgspec.structs.replace(contact, rotation=None))


@ON_BOTH
def test_records_put_back_in_between_do_not_confuse_the_journals(
    home: CentreHere, booth: Workstation
) -> None:
    """The new keys were asked for the second journal, which begins under the old ones after all."""
    copy = booth.back_up()
    booth.record("AALTO")
    booth.settle(Direct(home, booth.device))
    booth.device.prepare_keys()
    assert booth.contact(LostReply(Direct(home, booth.device))) is None
    booth.put_back(copy)
    assert booth.incarnation == 2
    booth.record("BERG")

    booth.settle(Direct(home, booth.device))

    assert booth.incarnation == 3
    assert booth.device.coming is None
    assert everything_held(home, booth)


@ON_BOTH
def test_records_put_back_after_it_begin_a_journal_with_the_new_keys(
    home: CentreHere, booth: Workstation
) -> None:
    booth.record("AALTO")
    copy = booth.back_up()
    booth.settle(Direct(home, booth.device))
    booth.device.prepare_keys()
    booth.settle(Direct(home, booth.device))
    booth.record("BERG")
    booth.settle(Direct(home, booth.device))

    booth.put_back(copy)
    booth.record("CELIK")
    booth.settle(Direct(home, booth.device))

    assert booth.incarnation == 3
    assert begun(booth).step is WorkstationStep.JOURNAL_BEGUN
    booth.store.verify({})
    assert everything_held(home, booth)


def test_a_word_on_keys_that_comes_late_is_asked_for_again(
    home: CentreHere, booth: Workstation
) -> None:
    """It certifies the new keys from the second journal on; that one began under the old ones."""
    copy = booth.back_up()
    booth.record("AALTO")
    booth.settle(Direct(home, booth.device))
    booth.device.prepare_keys()
    reply = Direct(home, booth.device).contact(asked(booth))
    booth.put_back(copy)

    confirm(booth.store, booth.device, reply, incarnation=1)

    assert (booth.incarnation, booth.device.coming is None) == (2, False)
    booth.settle(Direct(home, booth.device))
    assert (booth.incarnation, booth.device.coming is None) == (3, True)
    assert everything_held(home, booth)


def test_what_is_recorded_before_the_new_journal_could_be_begun_is_in_it(
    home: CentreHere, booth: Workstation
) -> None:
    """The disk was full when the new keys were already in force."""
    booth.record("AALTO")
    booth.device.prepare_keys()
    take_keys_without_a_journal(home, booth)

    booth.record("BERG")

    booth.store.verify({})
    booth.settle(Direct(home, booth.device))
    assert booth.incarnation == 2
    assert booth.store.verify({}).journals == 2
    assert everything_held(home, booth)


def take_keys_without_a_journal(home: CentreHere, booth: Workstation) -> None:
    certificate = Direct(home, booth.device).contact(asked(booth)).certificate
    coming, before, tip = booth.device.coming, booth.store.origin, booth.store.tip()
    assert coming
    origin = Origin(before.deployment, before.workstation, 2)
    message = origin.handover_message(before, tip.position, tip.head, coming.public)
    booth.device.change_keys(
        certificate=certificate,
        incarnation=2,
        journal_position=0,
        journal_head=b"",
        forerunner=Forerunner(
            workstation=before.workstation,
            incarnation=1,
            position=tip.position,
            head=tip.head,
            key=booth.device.public,
            handover=booth.device.sign(message),
        ),
    )


@ON_BOTH
def test_keys_are_renewed_as_often_as_one_likes(home: CentreHere, booth: Workstation) -> None:
    for name in ("AALTO", "BERG", "CELIK", "DIAZ"):
        booth.record(name)
        booth.device.prepare_keys()
        booth.settle(Direct(home, booth.device))

    assert booth.incarnation == 5
    assert booth.store.verify({}).journals == 5
    assert everything_held(home, booth)


def test_a_handover_that_the_old_key_did_not_sign_is_found(
    home: CentreHere, booth: Workstation
) -> None:
    booth.record("AALTO")
    booth.settle(Direct(home, booth.device))
    booth.device.prepare_keys()
    reply = Direct(home, booth.device).contact(asked(booth))
    forged = replace_handover(booth, reply)

    with pytest.raises(Broken, match="handover"):
        forged.store.verify({})


def replace_handover(booth: Workstation, reply: ContactReply) -> Workstation:
    """As if who took the disk had chosen the new keys, without the old one."""
    booth.device.change_keys(
        certificate=reply.certificate, incarnation=2, journal_position=0, journal_head=b""
    )
    booth.device.update(
        forerunner=Forerunner(
            workstation=booth.id,
            incarnation=1,
            position=1,
            head=booth.store.tip().head,
            key=bytes(32),
            handover=bytes(64),
        )
    )
    booth.kill()
    return booth


def test_new_keys_that_do_not_prove_themselves_hold_no_record_back(
    home: CentreHere, booth: Workstation
) -> None:
    booth.device.prepare_keys()
    booth.record("AALTO")
    contact = asked(booth)
    assert contact.rotation
    rotation = msgspec.structs.replace(contact.rotation, proof=bytes(64))

    reply = Direct(home, booth.device).contact(msgspec.structs.replace(contact, rotation=rotation))

    assert (reply.verdict, reply.held, reply.certificate) == (Verdict.HELD, 1, b"")


@ON_BOTH
def test_new_keys_never_judge_older_journals(home: CentreHere, booth: Workstation) -> None:
    """Whoever has the present key cannot make it the key of what was signed before."""
    booth.device.prepare_keys()
    booth.settle(Direct(home, booth.device))
    booth.device.prepare_keys()
    contact, coming = asked(booth), booth.device.coming
    assert contact.rotation
    assert coming
    rotation = msgspec.structs.replace(contact.rotation, since=2)
    message = protocol.rotation_message(
        rotation,
        deployment=home.deployment,
        workstation=booth.id,
        signing_key=booth.device.public,
    )
    rotation = msgspec.structs.replace(rotation, proof=coming.sign(message))

    reply = Direct(home, booth.device).contact(msgspec.structs.replace(contact, rotation=rotation))

    assert (reply.verdict, reply.certificate) == (Verdict.HELD, b"")


@ON_BOTH
def test_the_old_key_is_not_heard_even_with_the_newest_ratchet(
    home: CentreHere, booth: Workstation, tmp_path: Path
) -> None:
    shutil.copytree(booth.folder.path, tmp_path / "copy")
    booth.device.prepare_keys()
    booth.settle(Direct(home, booth.device))
    known = booth.device.state
    thief = DeviceKey.load(Folder(tmp_path / "copy").device_key)
    thief.update(ratchet=known.ratchet, epoch=known.epoch, contact_counter=known.contact_counter)

    contact = inquiry(thief, have={}, now=datetime(2026, 11, 24, tzinfo=UTC))

    assert Direct(home, thief).contact(contact).verdict is Verdict.RE_ENROL
    assert home.alarms() == ["wrong-ratchet"]


def test_a_disk_copied_before_it_is_noticed_by_its_old_key(
    home: CentreHere, booth: Workstation, tmp_path: Path
) -> None:
    booth.record("AALTO")
    booth.settle(Direct(home, booth.device))
    shutil.copytree(booth.folder.path, tmp_path / "copy")
    booth.device.prepare_keys()
    booth.settle(Direct(home, booth.device))
    copied = Folder(tmp_path / "copy")

    with closing(Workstation(copied, DeviceKey.load(copied.device_key))) as copy:
        copy.record("MALLORY")
        trouble = copy.settle(Direct(home, copy.device)).trouble

    assert trouble is Trouble.RE_ENROL
    assert home.alarms() == ["wrong-ratchet"]


@ON_BOTH
def test_the_old_key_begins_no_journal_any_more(
    home: CentreHere, booth: Workstation, tmp_path: Path
) -> None:
    """A stolen copy of the old key signs a bundle of the newest journal, and of the next."""
    shutil.copytree(booth.folder.path, tmp_path / "copy")
    booth.device.prepare_keys()
    booth.settle(Direct(home, booth.device))
    copied = Folder(tmp_path / "copy")
    thief = DeviceKey.load(copied.device_key)
    thief.update(incarnation=3)

    with closing(Workstation(copied, thief)) as copy:
        copy.record("MALLORY")
        spool(copy.store, thief, copied.spool)
    delivery = deliver(copied.spool, Direct(home, booth.device), thief)

    assert delivery.trouble is Trouble.FORKED
    assert home.leaves(booth.id, 3) == []
    assert home.alarms() == ["broken-chain"]


# what was under way for the old keys


@ON_BOTH
def test_bundles_left_in_the_spool_are_delivered_afterwards(
    home: CentreHere, booth: Workstation
) -> None:
    booth.record("AALTO")
    spool(booth.store, booth.device, booth.folder.spool)
    booth.device.prepare_keys()
    booth.settle(Direct(home, booth.device))
    assert spooled_in(booth.folder.spool)

    delivery = deliver(booth.folder.spool, Direct(home, booth.device), booth.device)

    assert (delivery.answered, delivery.left, delivery.trouble) == (True, 0, None)
    assert not home.alarms()


def test_what_was_sealed_for_the_old_key_can_still_be_opened(
    home: CentreHere, booth: Workstation
) -> None:
    sealed = protocol.seal(b"a word", booth.device.receive_public, purpose="test")
    for _ in range(3):
        booth.device.prepare_keys()
        booth.settle(Direct(home, booth.device))

    assert booth.device.open(protocol.sealed_for("test"), sealed) == b"a word"


def test_neighbours_follow_from_the_old_key_to_the_new_one(
    home: CentreHere, booth: Workstation, tmp_path: Path
) -> None:
    other = Folder(tmp_path / "other")
    key = home.folder.keys().post_key("OSH-01")
    booth.device.update(post_key=key)
    booth.record("AALTO")
    first = packed(booth)
    booth.settle(Direct(home, booth.device))
    booth.device.prepare_keys()
    booth.settle(Direct(home, booth.device))
    booth.record("BERG")
    second = packed(booth)

    with closing(Workstation(other, home.enrol(other))) as neighbour:
        for each in (first, second):
            carried = post.read(
                each, deployment=home.deployment, post="OSH-01", server_key=home.server_key
            )
            entries = post.opened(carried, key)
            neighbour.store.take_foreign(carried.origin, carried.certificate.signing_key, entries)
        assert neighbour.store.verify({}).journals == 3


def packed(booth: Workstation) -> bytes:
    origin = booth.store.origin
    start = Tip(0, origin.first_head())
    entries = booth.entries()
    return post.pack(bundle.bundled(booth.device, origin, start, entries), entries, booth.device)


# a centre that forgot


def test_a_centre_put_back_from_before_is_told_its_own_word(
    sqlite_centre: RunningCentre, tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "workstation")
    enrol(sqlite_centre.provisioning(), folder)
    settled(folder, "AALTO")
    sqlite_centre.stop()
    shutil.copy(sqlite_centre.folder / "ledger.db", tmp_path / "backup.db")
    sqlite_centre.start()
    DeviceKey.load(folder.device_key).prepare_keys()
    settled(folder, "BERG")
    sqlite_centre.stop()
    for beside in ("-wal", "-shm"):
        (sqlite_centre.folder / f"ledger.db{beside}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", sqlite_centre.folder / "ledger.db")
    sqlite_centre.run("restored")
    sqlite_centre.start()

    settled(folder, "CELIK")

    device = DeviceKey.load(folder.device_key)
    assert device.state.incarnation == 2
    digits = key_digits(device.public, device.receive_public)
    assert digits in sqlite_centre.run("devices")
    assert "ALARM" not in sqlite_centre.run("status")
    names = sqlite_centre.entries("--workstation", device.state.workstation, "--kind", "check")
    assert len({each["id"] for each in names}) == 3


def test_a_centre_that_forgot_a_whole_workstation_gets_all_of_its_journal_again(
    sqlite_centre: RunningCentre, tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "workstation")
    sqlite_centre.stop()
    shutil.copy(sqlite_centre.folder / "ledger.db", tmp_path / "backup.db")
    sqlite_centre.start()
    enrol(sqlite_centre.provisioning(), folder)
    settled(folder, "AALTO")
    id = DeviceKey.load(folder.device_key).state.workstation
    sqlite_centre.stop()
    for beside in ("-wal", "-shm"):
        (sqlite_centre.folder / f"ledger.db{beside}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", sqlite_centre.folder / "ledger.db")
    sqlite_centre.run("restored")
    sqlite_centre.start()

    settled(folder, "BERG")

    assert len(sqlite_centre.entries("--workstation", id, "--kind", "check")) == 2
    assert "ALARM" not in sqlite_centre.run("status")
    settled(folder, "CELIK")
    assert len(sqlite_centre.entries("--workstation", id, "--kind", "check")) == 3


def settled(folder: Folder, *names: str) -> None:
    with (
        closing(Workstation(folder, DeviceKey.load(folder.device_key))) as booth,
        closing(line_of(read_provisioning(folder.provisioning), booth.device)) as line,
    ):
        booth.record(*names)
        assert booth.settle(line).trouble is None


# ended at every step


def renew(arguments: list[str]) -> None:
    """A life that asks for new keys, gets them and says so."""
    settled(Folder(Path(arguments[0])))


def test_a_renewal_ended_at_any_step_goes_on(running_centre: RunningCentre, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "workstation")
    enrol(running_centre.provisioning(), folder)
    settled(folder, "AALTO")
    DeviceKey.load(folder.device_key).prepare_keys()
    ends: set[str] = set()

    with starting(tmp_path) as starter:
        while True:
            plan = Plan(ends_at_new=frozenset(ends), deep=1)
            job = Job(call=f"{__name__}:renew", arguments=[str(folder.path)], plan=plan)
            status, said = starter.start(job).end()
            if status == 0:
                break
            ended = {line.partition("\t")[2] for line in said if line.startswith("ended\t")}
            assert ended, starter.errors.read_text()
            ends |= ended

    assert len(ends) > 20
    device = DeviceKey.load(folder.device_key)
    assert (device.state.incarnation, device.coming) == (2, None)
    settled(folder, "BERG")
    assert "ALARM" not in running_centre.run("status")
    checks = running_centre.entries("--workstation", device.state.workstation, "--kind", "check")
    assert len({each["id"] for each in checks}) == 2
    with closing(Workstation(folder, device)) as booth:
        assert booth.store.verify({}).journals == 2


# when


def test_keys_are_renewed_by_themselves_once_they_are_old(booth: Workstation) -> None:
    certified = datetime(2026, 11, 24, tzinfo=UTC)
    booth.device.update(certified_at=certified, last_server_time=certified + timedelta(days=364))
    prepare_new_key(booth.device, days=365)
    assert booth.device.coming is None
    booth.device.update(last_server_time=certified + timedelta(days=365))
    prepare_new_key(booth.device, days=0)
    assert booth.device.coming is None

    prepare_new_key(booth.device, days=365)

    assert booth.device.coming


def test_signing_in_looks_whether_the_keys_are_old(tmp_path: Path) -> None:
    premises = Post(set_up(tmp_path / "post"))
    certified = datetime(2026, 11, 24, tzinfo=UTC)
    DeviceKey.load(premises.folder.device_key).update(
        certified_at=certified, last_server_time=certified + timedelta(days=400)
    )

    with premises.session(Role.SUPERVISOR):
        assert DeviceKey.load(premises.folder.device_key).coming


def test_a_dead_clock_renews_no_key(booth: Workstation) -> None:
    """Only the centre's time counts."""
    booth.device.update(certified_at=datetime(2026, 11, 24, tzinfo=UTC), last_server_time=None)

    prepare_new_key(booth.device, days=1)

    assert booth.device.coming is None


def test_the_command_asks_for_new_keys_and_says_how_far_it_is(
    home: CentreHere, booth: Workstation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rotate-key", "--data", str(booth.folder.path)]) == 0
    device = DeviceKey.load(booth.folder.device_key)
    coming = device.coming
    assert coming
    said = capsys.readouterr().out
    assert key_digits(device.public, device.receive_public) in said
    assert key_digits(coming.public, coming.receive_public) in said

    booth.settle(Direct(home, booth.device))
    assert main(["rotate-key", "--data", str(booth.folder.path), "--show"]) == 0

    said = capsys.readouterr().out
    assert key_digits(coming.public, coming.receive_public) in said
    assert "New keys" not in said


def test_the_command_says_where_there_is_no_workstation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rotate-key", "--data", str(tmp_path)]) == 1
    assert "no workstation" in capsys.readouterr().err


def test_a_locked_workstation_asks_for_nothing(home: CentreHere, booth: Workstation) -> None:
    """What certifies new keys would come where no journal can be begun."""
    booth.device.prepare_keys()

    contact = inquiry(booth.device, have={}, now=datetime(2026, 11, 24, tzinfo=UTC))

    assert contact.rotation is None
    assert Direct(home, booth.device).contact(contact).verdict is Verdict.HELD
