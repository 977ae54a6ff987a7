"""An officer leaves: he is let in no more, his key opens nothing, and it is written down."""

import io
import os
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from checkpoint_client.desk import Refused
from checkpoint_client.desk.channels import Failure
from checkpoint_client.desk.leaving import BrokenOff, NotInService, heed
from checkpoint_client.desk.session import OldEnvelope, SignedIn
from checkpoint_client.journal.body import decode, unpack
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.records.codes import Role, WorkstationStep
from checkpoint_client.rules import ListedOfficer, OfficersList, Standing, unreadable
from checkpoint_client.store import rekeying
from checkpoint_client.store.engine import InUse, WrongKey, connect
from checkpoint_client.vault import Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import NoSuchOfficer
from sync.admin.main import main
from sync.protocol import pack_files
from tests.headquarters import Headquarters
from tests.listpost import Post as ListPost
from tests.post import (
    CHEAP,
    NUMBERS,
    PASSPHRASE,
    SECOND_OFFICER,
    Post,
    a_draft,
    entries_of,
    people,
    set_up,
)
from tests.test_wipe import NUMBER as LEAVER
from tests.test_wipe import PATIENCE, new_program, run
from tests.workstations import CentreHere, a_check

SUPERVISOR = NUMBERS[Role.SUPERVISOR]
OFFICER = NUMBERS[Role.OFFICER]
TODAY = date(2026, 11, 24)


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(set_up(tmp_path / "data"))


def a_list(*officers: ListedOfficer) -> OfficersList:
    return OfficersList(
        source="headquarters",
        seen_on=TODAY,
        valid_from=TODAY,
        valid_to=None,
        confidence="V",
        signed_by="headquarters",
        officers=officers,
    )


def left(service_number: str, on: date = TODAY) -> ListedOfficer:
    return ListedOfficer(service_number=service_number, left_on=on)


def hears(post: Post, *officers: ListedOfficer) -> None:
    """What the uplink does with a verified list, locked or not."""
    heed(DeviceKey.load(post.folder.device_key), post.vault, a_list(*officers))


def events(session: SignedIn, step: WorkstationStep) -> list[WorkstationEvent]:
    said = [unpack(decode(entry.body or b"")) for entry in entries_of(session.store)]
    return [each for each in said if isinstance(each, WorkstationEvent) and each.step is step]


def key_of(session: SignedIn) -> bytearray:
    return bytearray(session.unlocked.database_key)


def test_a_removed_officer_is_let_in_no_more_and_the_files_get_a_key_he_never_had(
    post: Post,
) -> None:
    with post.session(OFFICER) as session:
        kept = session.first_line.admit(a_draft())
        known_to_him = key_of(session)
    with post.session(Role.SUPERVISOR) as session:
        session.administration.remove_officer(OFFICER, "left the service")
        assert key_of(session) == known_to_him

    with pytest.raises(NoSuchOfficer):
        post.sign_in_as(OFFICER)
    with post.session(SECOND_OFFICER) as session:
        assert key_of(session) != known_to_him
        assert session.store.kept(kept.value.id)
        assert not post.vault.is_rekeying_due
    for file in (post.folder.records, post.folder.reference):
        with pytest.raises(WrongKey):
            connect(file, known_to_him)
    for number in (SUPERVISOR, NUMBERS[Role.SECOND_LINE], NUMBERS[Role.AUDITOR]):
        with post.session(number) as session:
            assert session.store.kept(kept.value.id)


def test_who_removed_whom_and_why_stands_in_the_journal_once(post: Post) -> None:
    with post.session(Role.SUPERVISOR) as session:
        session.administration.remove_officer(OFFICER, " left the service ")
    for _ in range(2):
        with post.session(Role.SUPERVISOR):
            pass
    with post.session(Role.AUDITOR) as session:
        [removed] = events(session, WorkstationStep.OFFICER_REMOVED)
        [rekeyed] = events(session, WorkstationStep.REKEYED)
        session.administration.verify()

    assert (removed.details["officer"], removed.details["by"]) == (OFFICER, SUPERVISOR)
    assert removed.details["reason"].strip() == "left the service"
    assert rekeyed.details == {"times": "1"}


@pytest.mark.parametrize(
    ("number", "reason", "problem"),
    [
        (OFFICER, "  ", ("why", "missing")),
        (SUPERVISOR, "tired", ("officer", "own-slot")),
        ("9999", "left", ("officer", "unknown")),
    ],
)
def test_a_removal_that_must_not_be_changes_nothing(
    post: Post, number: str, reason: str, problem: tuple[str, str]
) -> None:
    with post.session(Role.SUPERVISOR) as session:
        with pytest.raises(Refused) as refused:
            session.administration.remove_officer(number, reason)
        [said] = refused.value.problems
        assert (said.field, said.code) == problem
        assert len(session.administration.officers()) == len(people())


def test_headquarters_list_keeps_an_officer_out_before_anybody_has_signed_in(post: Post) -> None:
    with post.session(OFFICER) as session:
        known_to_him = key_of(session)

    hears(post, left(OFFICER))

    with pytest.raises(NotInService):
        post.sign_in_as(OFFICER)
    assert OFFICER not in {each.service_number for each in post.door().officers()}
    with post.session(SECOND_OFFICER) as session:
        assert key_of(session) != known_to_him
        [removed] = events(session, WorkstationStep.OFFICER_REMOVED)
        assert removed.details == {"officer": OFFICER, "by": "", "reason": ""}
    assert OFFICER not in {each.service_number for each in post.vault.officers()}


def test_who_will_leave_works_until_that_day(post: Post) -> None:
    hears(post, left(OFFICER, date(2026, 11, 26)))
    with post.session(OFFICER):
        pass
    post.clock.forward(days=2)
    with pytest.raises(NotInService):
        post.sign_in_as(OFFICER)


def test_a_suspended_officer_comes_back_with_his_slot(post: Post) -> None:
    hears(post, ListedOfficer(service_number=OFFICER, suspended_on=TODAY))
    with pytest.raises(NotInService) as kept_out:
        post.sign_in_as(OFFICER)
    assert kept_out.value.standing is Standing.SUSPENDED
    with post.session(SECOND_OFFICER):
        pass

    hears(post)

    with post.session(OFFICER):
        pass


def test_an_old_backup_lets_nobody_in_who_has_left_by_the_list(post: Post, tmp_path: Path) -> None:
    with post.session(OFFICER):
        pass
    old = tmp_path / "old"
    shutil.copytree(post.folder.path, old)
    hears(post, left(OFFICER))
    with post.session(SECOND_OFFICER):
        pass

    for name in ("envelope.json", "envelope.json.bak", "records.db", "reference.db"):
        shutil.copy(old / name, post.folder.path / name)

    with pytest.raises(NotInService):
        post.sign_in_as(OFFICER)


@pytest.mark.parametrize(
    ("names", "refusal"),
    [(["envelope.json", "envelope.json.bak"], OldEnvelope), (["records.db"], WrongKey)],
)
def test_an_old_envelope_or_old_records_alone_are_refused_with_one_sentence(
    post: Post, tmp_path: Path, names: list[str], refusal: type[Exception]
) -> None:
    with post.session(Role.SUPERVISOR) as session:
        session.administration.remove_officer(OFFICER, "left the service")
    old = tmp_path / "old"
    shutil.copytree(post.folder.path, old)
    with post.session(SECOND_OFFICER):
        pass
    for name in names:
        shutil.copy(old / name, post.folder.path / name)
    before = (post.folder.path / "records.db").read_bytes()

    with pytest.raises(refusal):
        post.sign_in_as(SECOND_OFFICER)

    assert (post.folder.path / "records.db").read_bytes() == before


def test_the_last_supervisor_stays_where_headquarters_could_let_nobody_in(post: Post) -> None:
    hears(post, left(SUPERVISOR))
    with post.session(Role.SUPERVISOR) as session:
        [own] = [o for o in session.administration.officers() if o.service_number == SUPERVISOR]
    assert (own.standing, own.is_kept) == (Standing.IN_SERVICE, True)


def test_the_last_supervisor_goes_where_headquarters_can_let_another_in(tmp_path: Path) -> None:
    folder = set_up(tmp_path / "data")
    for name in ("envelope.json", "envelope.json.bak"):
        (folder.path / name).unlink()
    private = X25519PrivateKey.generate()
    first, *others = people()
    Vault.create(
        folder.envelope,
        deployment="utopia",
        workstation="osh-01",
        recovery_key=private.public_key().public_bytes_raw(),
        first=first,
        others=others,
        kdf=CHEAP,
    ).wipe()
    post = Post(folder)
    hears(post, left(SUPERVISOR))
    with pytest.raises(NotInService):
        post.sign_in_as(SUPERVISOR)
    with post.session(OFFICER) as session:
        now = key_of(session)

    assert post.vault.recover(private.private_bytes_raw()) == now


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        msgspec.json.encode(a_list(left(OFFICER))).replace(b"2026-11-24", b"yesterday"),
        msgspec.json.encode(a_list(left(OFFICER))).replace(b'"officers":[', b'"officers":[{},'),
        msgspec.json.encode(a_list(left(OFFICER))).replace(b"left_on", b"leftt_on"),
    ],
)
def test_a_broken_list_is_named_and_taken_nowhere(content: bytes) -> None:
    assert unreadable("officers", {"officers.json": content}) == "officers.json"
    assert unreadable("officers", {"other.json": b"{}"}) == "officers.json"


def test_a_list_that_names_somebody_twice_is_no_list() -> None:
    with pytest.raises(ValueError, match="twice"):
        a_list(left(OFFICER), left(OFFICER))


# the channel


def publish(headquarters: Headquarters, version: int, content: bytes) -> None:
    packed = pack_files({"officers.json": content})
    headquarters.publish("officers", headquarters.file("officers", packed, version=version))


@pytest.fixture
def heard() -> list[OfficersList]:
    return []


@pytest.fixture
def list_post(tmp_path: Path, heard: list[OfficersList]) -> ListPost:
    post = ListPost(tmp_path / "booth", Headquarters())
    post.on_officers = heard.append
    post.restart()
    return post


def test_the_list_is_heard_while_nobody_is_signed_in_and_in_force_at_the_next_sign_in(
    list_post: ListPost, heard: list[OfficersList]
) -> None:
    said = a_list(left(OFFICER))
    publish(list_post.headquarters, 1, msgspec.json.encode(said))
    list_post.is_locked = True
    list_post.contact()
    assert heard == [said]

    list_post.is_locked = False
    list_post.contact()
    assert list_post.state("officers").version == 1


def test_a_broken_list_changes_nothing_and_is_told(
    list_post: ListPost, heard: list[OfficersList]
) -> None:
    publish(list_post.headquarters, 1, b'{"officers": "all"}')

    list_post.contact()

    assert heard == []
    assert list_post.failure("officers") is Failure.UNREADABLE
    assert list_post.state("officers").version == 0


def test_whoever_is_signed_in_is_locked_out_when_the_list_comes_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    centre = CentreHere(tmp_path / "centre")
    program = new_program(centre, tmp_path / "workstation")
    program.sign_in()
    program.record("AALTO", "BERG")
    file = tmp_path / "officers.json"
    file.write_bytes(msgspec.json.encode(a_list(left(LEAVER, date(2026, 11, 23)))))
    run(centre, "publish", "--channel", "officers", str(file))

    program.begin()
    program.steps.get(timeout=PATIENCE)

    with pytest.raises(NotInService):
        program.door.sign_in(LEAVER, PASSPHRASE)
    program.uplink_rests()
    assert program.held() == program.device.state.journal_position >= 5
    program.end()
    centre.close()


def test_a_new_key_can_wait_and_is_tried_at_the_next_sign_in(post: Post) -> None:
    with post.session(Role.SUPERVISOR) as session:
        session.administration.remove_officer(OFFICER, "left the service")
        before = key_of(session)

    def not_now(_done: int, _of: int) -> None:
        raise BrokenOff

    session = post.door().sign_in(SECOND_OFFICER, PASSPHRASE, not_now)
    assert key_of(session) == before
    session.first_line.admit(a_draft())
    post.leave(session)
    with post.session(SECOND_OFFICER) as session:
        assert key_of(session) != before


def test_without_room_everybody_works_on_with_the_key_of_before(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    with post.session(Role.SUPERVISOR) as session:
        session.administration.remove_officer(OFFICER, "left the service")
        before = key_of(session)
    monkeypatch.setattr(rekeying, "KEPT_FREE", 1 << 60)
    with post.session(SECOND_OFFICER) as session:
        assert key_of(session) == before
        session.first_line.admit(a_draft())


def test_a_program_that_opened_the_file_before_the_change_writes_nothing_into_it(
    post: Post,
) -> None:
    door = post.door()
    unlocked = post.vault.unlock(SECOND_OFFICER, PASSPHRASE)
    coming = bytearray(os.urandom(48))
    with post.session(Role.SUPERVISOR):
        pass
    other = post.vault.unlock(SUPERVISOR, PASSPHRASE)
    with rekeying.copied(
        [post.folder.records], other.database_key, coming, watch=lambda _done, _of: None
    ):
        post.vault.rekey(other, coming)

    with pytest.raises(InUse):
        door._open(unlocked)

    assert post.vault.is_as_unlocked(other)
    assert not post.vault.is_as_unlocked(unlocked)


def test_everybody_stays_in_after_several_have_left(post: Post) -> None:
    for number in (OFFICER, SECOND_OFFICER, NUMBERS[Role.SECOND_LINE]):
        with post.session(Role.SUPERVISOR) as session:
            session.administration.remove_officer(number, "left the service")
        with post.session(Role.AUDITOR) as session:
            session.administration.verify()
    with post.session(Role.SUPERVISOR) as session:
        assert len(events(session, WorkstationStep.REKEYED)) == 3


def test_a_changed_pass_phrase_goes_with_the_later_key(post: Post) -> None:
    with post.session(Role.SUPERVISOR) as session:
        session.administration.remove_officer(OFFICER, "left the service")
    with post.session(SECOND_OFFICER) as session:
        post.vault.change_passphrase(session.unlocked, "green tram, warm milk")

    session = post.door().sign_in(SECOND_OFFICER, "green tram, warm milk")
    session.first_line.admit(a_draft())
    post.leave(session)


# what is recorded in his name afterwards


def test_what_was_recorded_in_the_name_of_who_was_removed_is_an_alarm_and_kept(
    post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    DeviceKey.load(post.folder.device_key).update(centre_key=bytes(range(32)))
    with post.session(OFFICER) as session:
        author = session.workplace.author
        session.first_line.admit(a_draft())
        sign = session.unlocked.signing_key.sign
    with post.session(Role.SUPERVISOR) as session:
        session.administration.remove_officer(OFFICER, "left the service")
        assert session.administration.after_leaving() == []
        forged = session.store.append(a_check(), author=replace(author, sign=sign))
    with post.session(Role.AUDITOR) as session:
        [found] = session.administration.after_leaving()
        assert found.id == forged.id
        session.administration.verify()

    assert at_terminal(post, monkeypatch, command="verify", who=NUMBERS[Role.AUDITOR]) == 0
    assert f"in the name of {OFFICER}, who had left" in capsys.readouterr().err


def test_from_the_day_on_that_the_list_says_his_entries_are_an_alarm(post: Post) -> None:
    with post.session(OFFICER) as session:
        session.first_line.admit(a_draft())
    with post.session(Role.AUDITOR) as session:
        on_the_day = session.store.after_leaving({OFFICER: TODAY}, here=[OFFICER])
        before = session.store.after_leaving({OFFICER: date(2026, 11, 25)}, here=[OFFICER])

    assert {each.officer for each in on_the_day} == {OFFICER}
    assert len(on_the_day) == 3
    assert before == []


# the command line


def at_terminal(
    post: Post,
    monkeypatch: pytest.MonkeyPatch,
    *deed: str,
    command: str = "officer",
    who: str = SUPERVISOR,
) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{PASSPHRASE}\n".encode())))
    place = ("--data", str(post.folder.path), "--as", who, "--passphrase-stdin")
    return main([command, *deed, *place])


def test_a_supervisor_removes_somebody_at_the_terminal(
    post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    DeviceKey.load(post.folder.device_key).update(centre_key=bytes(range(32)))

    assert at_terminal(post, monkeypatch, "remove", OFFICER, "--reason", "left the service") == 0
    assert "is let in no more" in capsys.readouterr().out
    assert at_terminal(post, monkeypatch, "list") == 0
    numbers = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert OFFICER not in numbers
    assert SUPERVISOR in numbers
    assert at_terminal(post, monkeypatch, "list", who=OFFICER) == 2
    assert "not known" in capsys.readouterr().err


def test_who_may_not_or_has_left_is_told_in_a_sentence(
    post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    DeviceKey.load(post.folder.device_key).update(centre_key=bytes(range(32)))
    removing = ("remove", OFFICER, "--reason", "left")
    assert at_terminal(post, monkeypatch, *removing, who=NUMBERS[Role.IT_ADMINISTRATOR]) == 2
    assert "SUPERVISOR" in capsys.readouterr().err
    assert at_terminal(post, monkeypatch, "remove", SUPERVISOR, "--reason", "tired") == 1
    assert "Nobody removes himself" in capsys.readouterr().err
    hears(post, left(SECOND_OFFICER))
    assert at_terminal(post, monkeypatch, "list", who=SECOND_OFFICER) == 2
    assert "has left" in capsys.readouterr().err
