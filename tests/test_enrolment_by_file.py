"""Enrolment without any line: a request and its answer, carried on a stick."""

import io
from functools import partial
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_client.settings import Folder, Settings
from checkpoint_client.vault import Vault
from checkpoint_client.vault.device import DeviceKey
from sync import protocol
from sync.admin.main import main
from sync.enrolment import NotEnrolled, request_by_file, take_reply
from sync.protocol import CarriedReply
from sync.server.main import main as server
from tests.centre import RunningCentre, serving, set_up
from tests.failpoints import Job, Plan, Starter, starting
from tests.test_enrolment import make_contacts

PASSPHRASE = "four words are good"


@pytest.fixture
def centre(tmp_path: Path) -> RunningCentre:
    """A centre that nobody can call."""
    return quiet(set_up(tmp_path / "centre"))


def quiet(centre: RunningCentre) -> RunningCentre:
    (centre.folder / "url").write_text("http://127.0.0.1:9")
    return centre


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "workstation")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "stick"
    path.mkdir()
    return path


@pytest.fixture
def token(centre: RunningCentre, tmp_path: Path) -> str:
    """A provisioning file's path."""
    path = tmp_path / "post.json"
    centre.run("token", "--post", "OSH-01", "--post-name", "Osh road", "--out", str(path))
    return str(path)


def text_of(centre: RunningCentre) -> str:
    said = centre.run("token", "--post", "OSH-01", "--post-name", "Osh road")
    return "".join(said[said.index("CP2-") : said.index("This lets")].split())


def answered(centre: RunningCentre, stick: Path, request: bytes) -> bytes:
    """What the centre's staff brings back."""
    (stick / "request").write_bytes(request)
    centre.run("enrol-file", str(stick / "request"), "--reply", str(stick / "reply"))
    return (stick / "reply").read_bytes()


def test_three_commands_and_a_stick_make_a_workstation(
    centre: RunningCentre,
    folder: Folder,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    admin = partial(admin_says, folder, monkeypatch, capsys)

    first = admin("--token", "--request", str(stick / "request"), typed=text_of(centre))
    second = centre.run("enrol-file", str(stick / "request"), "--reply", str(stick / "reply"))
    third = admin("--reply", str(stick / "reply"), "--officer", "1842:SUPERVISOR", typed=PASSPHRASE)

    device = DeviceKey.load(folder.device_key)
    assert f"{device.state.workstation} of OSH-01" in third
    digits = protocol.key_digits(device.public, device.receive_public)
    assert [digits in said for said in (first, second, third)] == [True] * 3
    assert Settings.read(folder.settings).post_name == "Osh road"
    Vault(folder.envelope).unlock("1842", PASSPHRASE).wipe()


def admin_says(
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *arguments: str,
    typed: str,
) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    status = main(["enrol", "--data", str(folder.path), "--passphrase-stdin", *arguments])
    said = capsys.readouterr()
    assert status == 0, said.err
    return said.out


@pytest.mark.parametrize("by", ["file", "text"])
def test_the_request_made_again_is_the_same_and_holds_no_secret(
    centre: RunningCentre, folder: Folder, token: str, by: str
) -> None:
    what = token if by == "file" else text_of(centre)

    request = request_by_file(what, folder)

    assert request_by_file(what, folder) == request
    secret = protocol.Token.read(centre_token(token)).secret
    for path in folder.path.rglob("*"):
        if path.is_file():
            assert centre_token(token).encode() not in path.read_bytes()
            assert secret not in path.read_bytes()


def centre_token(path: str) -> str:
    return msgspec.json.decode(Path(path).read_bytes(), type=protocol.Provisioning).token


def test_the_request_brought_twice_gives_the_same_workstation(
    centre: RunningCentre, folder: Folder, stick: Path, token: str
) -> None:
    request = request_by_file(token, folder)
    answered(centre, stick, request)

    first = take_reply(answered(centre, stick, request), folder).state.workstation

    assert first
    assert centre.run("devices").count("digits of its keys") == 1


def test_the_answer_is_of_use_to_its_own_computer_only(
    centre: RunningCentre, folder: Folder, stick: Path, token: str, tmp_path: Path
) -> None:
    other = Folder(tmp_path / "other")
    request_by_file(text_of(centre), other)

    reply = answered(centre, stick, request_by_file(token, folder))

    with pytest.raises(NotEnrolled, match="answers another request"):
        take_reply(reply, other)
    assert not DeviceKey.load(other.device_key).state.workstation


def test_a_used_token_lets_no_second_computer_in(
    centre: RunningCentre,
    folder: Folder,
    stick: Path,
    token: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answered(centre, stick, request_by_file(token, folder))
    (stick / "second").write_bytes(request_by_file(token, Folder(tmp_path / "other")))

    assert refused(centre, stick / "second", stick, capsys, "used already")


def test_a_request_to_another_centre_is_refused(
    centre: RunningCentre,
    folder: Folder,
    stick: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = quiet(set_up(tmp_path / "elsewhere"))
    (stick / "request").write_bytes(request_by_file(text_of(other), folder))

    assert refused(centre, stick / "request", stick, capsys, "not one of this centre")


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_a_request_that_was_cut_is_refused(
    centre: RunningCentre,
    folder: Folder,
    stick: Path,
    token: str,
    capsys: pytest.CaptureFixture[str],
    cut: int,
) -> None:
    (stick / "request").write_bytes(request_by_file(token, folder)[:cut])

    assert refused(centre, stick / "request", stick, capsys, "not a whole one")


def test_a_file_that_does_not_end_is_refused(
    centre: RunningCentre, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (stick / "request").open("wb") as file:
        file.truncate(1 << 40)

    assert refused(centre, stick / "request", stick, capsys, "larger than any request")


def refused(
    centre: RunningCentre,
    request: Path,
    stick: Path,
    capsys: pytest.CaptureFixture[str],
    why: str,
) -> bool:
    (stick / "reply").unlink(missing_ok=True)
    arguments = ["enrol-file", "--data", str(centre.folder), str(request)]
    status = server([*arguments, "--reply", str(stick / "reply")])
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return status == 2 and why in said and not (stick / "reply").exists()


def test_an_answer_of_another_centre_is_refused(
    centre: RunningCentre, folder: Folder, stick: Path, token: str, tmp_path: Path
) -> None:
    request = request_by_file(token, folder)
    genuine = protocol.decode(answered(centre, stick, request), CarriedReply)
    other = quiet(set_up(tmp_path / "elsewhere"))
    foreign = answered(other, stick, request_by_file(text_of(other), Folder(tmp_path / "other")))
    swapped = msgspec.structs.replace(genuine, reply=protocol.decode(foreign, CarriedReply).reply)

    for reply in (foreign, msgspec.msgpack.encode(swapped)):
        with pytest.raises(NotEnrolled, match="another centre's"):
            take_reply(reply, folder)
    assert take_reply(msgspec.msgpack.encode(genuine), folder).state.workstation


def test_what_introduces_another_centre_is_refused(
    centre: RunningCentre, folder: Folder, stick: Path, tmp_path: Path
) -> None:
    """By text alone the keys come with the answer: they must be those of the fingerprint."""
    genuine = protocol.decode(
        answered(centre, stick, request_by_file(text_of(centre), folder)), CarriedReply
    )
    other = quiet(set_up(tmp_path / "elsewhere"))
    foreign = protocol.decode(
        answered(other, stick, request_by_file(text_of(other), Folder(tmp_path / "other"))),
        CarriedReply,
    )
    swapped = msgspec.structs.replace(genuine, introduction=foreign.introduction)

    with pytest.raises(NotEnrolled, match="another centre's"):
        take_reply(msgspec.msgpack.encode(swapped), folder)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.binary(max_size=200))
def test_whatever_is_brought_back_gives_a_sentence(folder: Folder, junk: bytes) -> None:
    with pytest.raises(NotEnrolled, match=r"\.$"):
        take_reply(junk, folder)


def test_an_answer_without_a_request_says_what_comes_first(folder: Folder) -> None:
    with pytest.raises(NotEnrolled, match="--request"):
        take_reply(b"", folder)


def test_a_second_answer_changes_nothing(
    centre: RunningCentre, folder: Folder, stick: Path, token: str
) -> None:
    reply = answered(centre, stick, request_by_file(token, folder))
    workstation = take_reply(reply, folder).state.workstation

    assert take_reply(reply, folder).state.workstation == workstation
    with pytest.raises(NotEnrolled, match="already"):
        request_by_file(token, folder)


def test_a_new_token_goes_with_the_keys_that_were_made(
    centre: RunningCentre, folder: Folder, stick: Path, token: str
) -> None:
    before = request_by_file(token, folder)
    public = DeviceKey.load(folder.device_key).public

    request = request_by_file(text_of(centre), folder)

    assert request != before
    device = take_reply(answered(centre, stick, request), folder)
    assert device.public == public


def test_a_workstation_from_a_stick_makes_contact_when_a_line_comes(
    tmp_path: Path, folder: Folder, stick: Path
) -> None:
    with serving(set_up(tmp_path / "centre")) as centre:
        request = request_by_file(text_of(centre), folder)
        device = take_reply(answered(centre, stick, request), folder)
        assert make_contacts(folder, "AALTO") is None
        [check] = centre.entries("--workstation", device.state.workstation, "--kind", "check")
    assert check["position"] == 1


# ended at every step


def ask(arguments: list[str]) -> None:
    what, folder, to = arguments
    request = request_by_file(what, Folder(Path(folder)))
    Path(to).write_bytes(request)


def take(arguments: list[str]) -> None:
    reply, folder = arguments
    take_reply(Path(reply).read_bytes(), Folder(Path(folder)))


def test_an_enrolment_ended_at_any_step_is_run_again(
    centre: RunningCentre, folder: Folder, stick: Path, token: str
) -> None:
    here = f"{__name__}:"
    asking = [token, str(folder.path), str(stick / "request")]
    taking = [str(stick / "reply"), str(folder.path)]
    answering = [
        *("enrol-file", "--data", str(centre.folder)),
        *(str(stick / "request"), "--reply", str(stick / "reply")),
    ]

    with starting(stick.parent) as starter:
        ends = [
            *ended_everywhere(starter, Job(call=f"{here}ask", arguments=asking)),
            *ended_everywhere(starter, Job(call="sync.server.main:main", arguments=answering)),
            *ended_everywhere(starter, Job(call=f"{here}take", arguments=taking)),
        ]

    assert len(ends) > 40
    assert DeviceKey.load(folder.device_key).state.workstation
    assert centre.run("devices").count("digits of its keys") == 1


def ended_everywhere(starter: Starter, job: Job) -> set[str]:
    """Run it until it comes to its end, killed at each step once; what it was killed at."""
    met: set[str] = set()
    while True:
        plan = Plan(ends_at_new=frozenset(met), deep=2)
        status, said = starter.start(msgspec.structs.replace(job, plan=plan)).end()
        if status == 0:
            return met
        ended = [line.partition("\t")[2] for line in said if line.startswith("ended\t")]
        assert ended, starter.errors.read_text()
        met.update(ended)
