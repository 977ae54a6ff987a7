"""From an empty computer to a workstation of its post."""

import io
import json
from contextlib import closing
from pathlib import Path
from shutil import copytree

import msgspec
import pytest

from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.vault import NewSlot, Vault
from checkpoint_client.vault.device import DeviceKey
from sync import protocol
from sync.admin.main import main
from sync.engine import Trouble
from sync.enrolment import (
    NotEnrolled,
    enrol,
    first_officers,
    line_of,
    read_provisioning,
)
from tests.centre import RunningCentre
from tests.workstations import Workstation

PASSPHRASE = "four words are good"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "workstation")


def supervisor() -> NewSlot:
    return NewSlot.fresh("1842", Role.SUPERVISOR, PASSPHRASE)


def written(centre: RunningCentre, path: Path) -> Path:
    path.write_bytes(msgspec.json.encode(centre.provisioning()))
    return path


def test_the_centre_names_the_workstation_and_vouches_for_its_keys(
    sqlite_centre: RunningCentre, folder: Folder
) -> None:
    provisioning = sqlite_centre.provisioning(post="OSH-01", post_name="Osh road")

    enrol(provisioning, folder, name="booth 2")

    device = DeviceKey.load(folder.device_key)
    state = device.state
    certificate = protocol.read_certificate(state.certificate, server_key=provisioning.server_key)
    assert certificate.workstation == state.workstation != ""
    assert (certificate.signing_key, certificate.receive_key) == (
        device.public,
        device.receive_public,
    )
    assert (state.server_key, state.centre_key) == (
        provisioning.server_key,
        provisioning.centre_key,
    )
    assert set(state.channel_keys) == set(protocol.CHANNELS)
    settings = Settings.read(folder.settings)
    assert (settings.post, settings.post_name) == ("OSH-01", "Osh road")


def test_an_enrolled_workstation_makes_contact(
    sqlite_centre: RunningCentre, folder: Folder
) -> None:
    enrol(sqlite_centre.provisioning(), folder)
    kept = read_provisioning(folder.provisioning)
    post = Workstation(folder, DeviceKey.load(folder.device_key))
    post.record("AALTO")

    with closing(line_of(kept, post.device)) as line:
        post.settle(line)

    post.close()
    [entry] = sqlite_centre.entries("--workstation", post.id)
    assert entry["kind"] == "check"


def test_the_token_is_not_kept(sqlite_centre: RunningCentre, folder: Folder) -> None:
    provisioning = sqlite_centre.provisioning()

    enrol(provisioning, folder)

    for path in folder.path.iterdir():
        if path.is_file():
            assert provisioning.token.encode() not in path.read_bytes()


def test_a_token_serves_one_computer(
    sqlite_centre: RunningCentre, folder: Folder, tmp_path: Path
) -> None:
    provisioning = sqlite_centre.provisioning()
    enrol(provisioning, folder)

    with pytest.raises(NotEnrolled, match="used already"):
        enrol(provisioning, Folder(tmp_path / "another"))


def test_an_enrolment_whose_answer_was_lost_is_made_again(
    sqlite_centre: RunningCentre, folder: Folder
) -> None:
    provisioning = sqlite_centre.provisioning()
    first = enrol(provisioning, folder).state.workstation
    DeviceKey.load(folder.device_key).update(workstation="")  # as before the answer

    again = enrol(provisioning, folder).state.workstation

    assert again == first


def test_with_the_first_officers_missing_the_token_is_not_asked_for_again(
    sqlite_centre: RunningCentre, folder: Folder
) -> None:
    provisioning = sqlite_centre.provisioning()
    first = enrol(provisioning, folder).state.workstation
    sqlite_centre.stop()

    device = enrol(provisioning, folder)

    assert device.state.workstation == first


def test_a_workstation_in_use_is_not_enrolled_again(
    sqlite_centre: RunningCentre, folder: Folder
) -> None:
    device = enrol(sqlite_centre.provisioning(), folder)
    first_officers(folder, device, [supervisor()]).wipe()

    with pytest.raises(NotEnrolled, match="already enrolled"):
        enrol(sqlite_centre.provisioning(), folder)


def test_without_a_line_the_provisioning_file_stays_good(
    sqlite_centre: RunningCentre, folder: Folder
) -> None:
    provisioning = sqlite_centre.provisioning()
    sqlite_centre.stop()
    with pytest.raises(NotEnrolled, match="stays good"):
        enrol(provisioning, folder)
    sqlite_centre.start()

    assert enrol(provisioning, folder).state.workstation


def test_another_centre_at_the_same_address_is_not_believed(
    sqlite_centre: RunningCentre, folder: Folder
) -> None:
    provisioning = sqlite_centre.provisioning()
    ours = msgspec.structs.replace(provisioning, server_key=bytes(32))

    with pytest.raises(NotEnrolled, match="not-our-server"):
        enrol(ours, folder)


def test_a_centre_with_another_key_for_bundles_is_not_believed(
    sqlite_centre: RunningCentre, folder: Folder
) -> None:
    provisioning = sqlite_centre.provisioning()
    ours = msgspec.structs.replace(provisioning, centre_key=bytes(32))

    with pytest.raises(NotEnrolled, match="does not fit"):
        enrol(ours, folder)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"url": 1}', b"[" * 5000], ids=repr)
def test_a_file_that_is_no_provisioning_file_is_told_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "provisioning.json"
    path.write_bytes(content)

    with pytest.raises(NotEnrolled, match=r"not a provisioning file.*new one\."):
        read_provisioning(path)


def test_a_missing_provisioning_file_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(NotEnrolled, match="cannot be read"):
        read_provisioning(tmp_path / "provisioning.json")


# checkpoint-admin enrol


def command(folder: Folder, provisioning: Path, *officers: str) -> list[str]:
    named = [part for officer in officers for part in ("--officer", officer)]
    return [
        *("enrol", "--data", str(folder.path), "--provisioning", str(provisioning)),
        *(*named, "--passphrase-stdin"),
    ]


def test_the_command_lets_the_first_officers_in(
    sqlite_centre: RunningCentre,
    folder: Folder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = written(sqlite_centre, tmp_path / "provisioning.json")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\nand so are five words\n"))

    status = main(command(folder, file, "1842:SUPERVISOR", "2077:second-line"))

    assert status == 0
    assert "of OSH-01." in capsys.readouterr().out
    vault = Vault(folder.envelope)
    assert [(each.service_number, each.role) for each in vault.officers()] == [
        ("1842", Role.SUPERVISOR),
        ("2077", Role.SECOND_LINE),
    ]
    vault.unlock("2077", "and so are five words").wipe()


@pytest.mark.parametrize(
    ("officers", "typed", "said"),
    [
        (["1842:OFFICER"], PASSPHRASE, "SUPERVISOR"),
        (["1842:SUPERVISOR", "1842:OFFICER"], PASSPHRASE, "number of his own"),
        (["1842:SUPERVISOR"], "short", "pass-phrase of 1842"),
        (["1842:SUPERVISOR"], "", "pass-phrase of 1842"),
    ],
)
def test_the_command_looks_at_everything_before_it_uses_the_token(
    sqlite_centre: RunningCentre,
    folder: Folder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    officers: list[str],
    typed: str,
    said: str,
) -> None:
    file = written(sqlite_centre, tmp_path / "provisioning.json")
    monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))

    status = main(command(folder, file, *officers))

    assert status == 1
    assert said in capsys.readouterr().err
    assert enrol(read_provisioning(file), folder).state.workstation


def test_a_copied_workstation_becomes_one_of_its_own_and_keeps_what_it_had_not_sent(
    running_centre: RunningCentre, tmp_path: Path
) -> None:
    folders = Folder(tmp_path / "workstation"), Folder(tmp_path / "copy")
    enrol(running_centre.provisioning(), folders[0])
    make_contacts(folders[0], "AALTO")
    copytree(folders[0].path, folders[1].path)
    rounds = [make_contacts(folder, "BERG") for _ in range(2) for folder in folders]
    told = folders[rounds.index(Trouble.RE_ENROL) % 2]
    make_contacts(told, "CELIK")
    anew = written(running_centre, tmp_path / "anew.json")
    id_before = DeviceKey.load(told.device_key).state.workstation

    status = main(["enrol", "--data", str(told.path), "--provisioning", str(anew), "--anew"])

    assert status == 0
    assert "wrong-ratchet" in running_centre.run("status")
    assert make_contacts(told, "DIAZ") is None
    with closing(Workstation(told, DeviceKey.load(told.device_key))) as workstation:
        assert workstation.id != id_before
        assert workstation.waiting == 0
        assert workstation.store.verify({}).journals == 2
        sent = running_centre.entries("--workstation", workstation.id, "--kind", "check")
        assert {"CELIK", "DIAZ"} <= {
            json.loads(str(entry["body"]))["record"]["person"]["primary_identifier"]
            for entry in running_centre.entries("--workstation", workstation.id, "--bodies")
            if entry["kind"] == "check"
        }
        assert len({entry["id"] for entry in sent}) == len(sent)


def make_contacts(folder: Folder, name: str) -> Trouble | None:
    """Record a check and make contacts until nothing is left to say, or a person must look."""
    with (
        closing(Workstation(folder, DeviceKey.load(folder.device_key))) as post,
        closing(line_of(read_provisioning(folder.provisioning), post.device)) as line,
    ):
        post.record(name)
        return post.settle(line).trouble
