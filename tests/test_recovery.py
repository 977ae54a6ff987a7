"""Headquarters' recovery key: made by two people, named to the centre, and what it opens."""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.desk.wiping import destroy
from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder
from checkpoint_client.vault import NewSlot, Vault
from checkpoint_client.vault.device import DeviceKey, Wipe
from checkpoint_client.vault.errors import CannotOpen
from sync.enrolment import accept, enrol, first_officers, request_by_file, take_reply
from sync.protocol import Provisioning
from sync.server import recovery_files
from sync.server.command import Refused
from sync.server.main import main
from tests.centre import RunningCentre, serving, set_up
from tests.workstations import NOON

PASSPHRASE = "four words are good"
HALVES = ("first half is mine", "second half is mine")
NEW = "five other words are good"


@pytest.fixture
def typed(tmp_path: Path) -> Callable[..., list[str]]:
    """Options by which a command reads these lines as if they had been typed."""

    def lines(*words: str) -> list[str]:
        path = tmp_path / "typed"
        path.write_text("\n".join(words) + "\n")
        return ["--passphrase-fd", str(os.open(path, os.O_RDONLY))]

    return lines


@pytest.fixture
def key(tmp_path: Path, typed: Callable[..., list[str]]) -> Path:
    path = tmp_path / "recovery"
    people = ["--first", "A. Aalto", "--second", "B. Berg"]
    assert main(["recovery", "new", str(path), *people, *typed(*HALVES)]) == 0
    return path


def half(key: Path, number: int) -> Path:
    return key.with_name(f"{key.name}.{number}")


def joined(key: Path) -> bytes:
    return recovery_files.join([(half(key, n + 1), words) for n, words in enumerate(HALVES)])


@pytest.fixture
def centre(tmp_path: Path, key: Path) -> RunningCentre:
    """A centre that was told the key, and that nobody can call."""
    centre = RunningCentre(tmp_path / "centre")
    centre.run("init", "--recovery", f"{key}.public")
    (centre.folder / "url").write_text("http://127.0.0.1:9")
    return centre


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "workstation")


@pytest.fixture
def enrolled(centre: RunningCentre, folder: Folder, tmp_path: Path) -> Folder:
    """A workstation with a supervisor, from a stick."""
    file = tmp_path / "post.json"
    centre.run("token", "--post", "OSH-01", "--out", str(file))
    (tmp_path / "request").write_bytes(request_by_file(str(file), folder))
    centre.run("enrol-file", str(tmp_path / "request"), "--reply", str(tmp_path / "reply"))
    device = take_reply((tmp_path / "reply").read_bytes(), folder)
    with_supervisor(folder, device)
    return folder


def with_supervisor(folder: Folder, device: DeviceKey) -> None:
    first_officers(folder, device, [NewSlot.fresh("1842", Role.SUPERVISOR, PASSPHRASE)]).wipe()


def database_key(folder: Folder) -> bytes:
    unlocked = Vault(folder.envelope).unlock("1842", PASSPHRASE)
    try:
        return bytes(unlocked.database_key)
    finally:
        unlocked.wipe()


def test_both_halves_together_open_what_the_officers_open(enrolled: Folder, key: Path) -> None:
    assert bytes(Vault(enrolled.envelope).recover(joined(key))) == database_key(enrolled)


def test_one_half_opens_nothing(key: Path) -> None:
    with pytest.raises(Refused, match="both halves"):
        recovery_files.join([(half(key, 1), HALVES[0]), (half(key, 1), HALVES[0])])


def test_the_key_is_nowhere_on_the_server_nor_at_the_workstation(
    enrolled: Folder, centre: RunningCentre, key: Path
) -> None:
    private = joined(key)

    for path in (*centre.folder.rglob("*"), *enrolled.path.rglob("*"), *key.parent.glob("rec*")):
        if path.is_file():
            assert private not in path.read_bytes()


@pytest.mark.parametrize("by", ["file", "text"])
def test_over_the_line_the_key_comes_with_the_token(
    tmp_path: Path, folder: Folder, key: Path, by: str
) -> None:
    with serving(set_up(tmp_path / "centre")) as centre:
        centre.run("recovery", "use", f"{key}.public")
        centre.stop()  # what it says of itself, it reads when it starts
        centre.start()
        provisioning = centre.provisioning() if by == "file" else accept(text_of(centre))
        device = enrol(provisioning, folder)
    with_supervisor(folder, device)

    assert bytes(Vault(folder.envelope).recover(joined(key))) == database_key(folder)


def text_of(centre: RunningCentre) -> str:
    said = centre.run("token", "--post", "OSH-01")
    return "".join(said[said.index("CP2-") : said.index("This lets")].split())


def test_without_a_recovery_key_there_is_no_slot_for_one(
    sqlite_centre: RunningCentre, folder: Folder, key: Path
) -> None:
    with_supervisor(folder, enrol(sqlite_centre.provisioning(), folder))

    assert not Vault(folder.envelope).has_recovery
    with pytest.raises(CannotOpen):
        Vault(folder.envelope).recover(joined(key))


def test_a_wipe_by_order_leaves_the_way_in_for_headquarters(enrolled: Folder, key: Path) -> None:
    before = database_key(enrolled)
    device = DeviceKey.load(enrolled.device_key)
    device.update(wipe=Wipe(serial=1, ordered_at=NOON, hands_over=False))

    destroy(enrolled, device, now=NOON)

    assert Vault(enrolled.envelope).officers() == ()
    assert bytes(Vault(enrolled.envelope).recover(joined(key))) == before


# letting somebody in again


def opened(
    key: Path, folder: Folder, typed: Callable[..., list[str]], *words: str, officer: str = "1842"
) -> int:
    return main(
        [
            *("recovery", "open", str(folder.envelope)),
            *("--key", str(half(key, 1)), "--key", str(half(key, 2))),
            *("--officer", officer, "--for", "the head of post", "--reason", "all forgotten"),
            *typed(*words),
        ]
    )


def test_two_people_let_a_supervisor_in_again(
    enrolled: Folder, key: Path, typed: Callable[..., list[str]]
) -> None:
    before = database_key(enrolled)

    assert opened(key, enrolled, typed, *HALVES, NEW) == 0

    unlocked = Vault(enrolled.envelope).unlock("1842", NEW)
    assert bytes(unlocked.database_key) == before
    assert unlocked.role is Role.SUPERVISOR
    unlocked.wipe()
    note = enrolled.envelope.with_name("envelope.json.opened.json").read_text()
    for said in ("A. Aalto", "B. Berg", "the head of post", "all forgotten", "1842"):
        assert said in note


def test_after_a_wipe_somebody_new_can_be_let_in(
    enrolled: Folder, key: Path, typed: Callable[..., list[str]]
) -> None:
    before = database_key(enrolled)
    Vault(enrolled.envelope).drop_slots()

    assert opened(key, enrolled, typed, *HALVES, NEW, officer="3001") == 0

    unlocked = Vault(enrolled.envelope).unlock("3001", NEW)
    assert bytes(unlocked.database_key) == before
    unlocked.wipe()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((HALVES[0], "wrong second half", NEW), "did not open"),
        ((HALVES[1], HALVES[0], NEW), "did not open"),
        ((*HALVES, "short"), "Nothing was changed"),
        ((HALVES[0],), "is missing"),
    ],
)
def test_nobody_gets_in_alone(
    enrolled: Folder,
    key: Path,
    typed: Callable[..., list[str]],
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    why: str,
) -> None:
    before = enrolled.envelope.read_bytes()

    assert opened(key, enrolled, typed, *words) == 2

    assert why in capsys.readouterr().err
    assert enrolled.envelope.read_bytes() == before


def test_halves_of_two_keys_open_nothing(
    key: Path, typed: Callable[..., list[str]], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    people = ["--first", "C. Celik", "--second", "D. Diaz"]
    assert main(["recovery", "new", str(other), *people, *typed(*HALVES)]) == 0

    with pytest.raises(Refused, match="different keys"):
        recovery_files.join([(half(key, 1), HALVES[0]), (half(other, 2), HALVES[1])])


# making and naming it


def test_one_person_makes_no_key(
    tmp_path: Path, typed: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "recovery"
    people = ["--first", "A. Aalto", "--second", "A. Aalto"]

    assert main(["recovery", "new", str(path), *people, *typed(*HALVES)]) == 2

    assert "Two people" in capsys.readouterr().err
    assert not list(tmp_path.glob("recovery*"))


def test_a_key_is_not_written_over(
    key: Path, typed: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    before = half(key, 1).read_bytes()
    people = ["--first", "A. Aalto", "--second", "B. Berg"]

    assert main(["recovery", "new", str(key), *people, *typed(*HALVES)]) == 2

    assert "there already" in capsys.readouterr().err
    assert half(key, 1).read_bytes() == before


@pytest.mark.parametrize("ending", [".1", ""])
def test_a_half_is_not_named_to_the_centre(
    centre: RunningCentre, key: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    status = main(["recovery", "use", "--data", str(centre.folder), f"{key}{ending}"])

    assert status == 2
    assert "Traceback" not in capsys.readouterr().err


def test_no_centre_is_made_with_what_is_no_recovery_key(
    tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "another"

    assert main(["init", "--data", str(folder), "--recovery", str(half(key, 1))]) == 2

    assert "not the public part" in capsys.readouterr().err
    assert not folder.exists()


def test_the_centre_says_which_key_it_is(centre: RunningCentre, key: Path) -> None:
    fingerprint = recovery_files.read_public(Path(f"{key}.public")).fingerprint

    said = centre.run("recovery", "show")

    assert fingerprint in said
    assert "A. Aalto and B. Berg" in said


def test_an_older_provisioning_file_names_no_recovery_key(centre: RunningCentre) -> None:
    packed = msgspec.json.decode(msgspec.json.encode(centre.provisioning()))
    del packed["recovery_key"]

    assert msgspec.convert(packed, Provisioning, strict=False).recovery_key is None
