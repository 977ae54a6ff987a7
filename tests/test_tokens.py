"""Tokens as text and QR code: what is printed, typed, believed, and what is kept of them."""

import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.journal.entry import Origin
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.vault import Vault
from checkpoint_client.vault.device import DeviceKey
from sync import enrolment, protocol
from sync.admin.main import main
from sync.enrolment import NotEnrolled, accept, enrol
from sync.invitation import Invitation
from sync.protocol import (
    ContactReply,
    DeviceRole,
    Malformed,
    Provisioning,
    key_digits,
    read_certificate,
)
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.main import main as server
from tests.centre import RunningCentre, serving, set_up
from tests.workstations import CentreHere, Direct

PASSPHRASE = "four words are good"


@pytest.fixture
def tls_centre(tmp_path: Path) -> Iterator[RunningCentre]:
    with serving(set_up(tmp_path / "centre", tls="127.0.0.1")) as centre:
        yield centre


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "workstation")


def text_of(centre: RunningCentre, *options: str) -> str:
    """The token as it is printed below its QR code."""
    said = centre.run("token", "--post", "OSH-01", "--post-name", "Osh road", *options)
    return "".join(said[said.index("CP2-") : said.index("This lets")].split())


def quiet_centre(tmp_path: Path) -> RunningCentre:
    """A centre that does not serve, and says it does."""
    centre = set_up(tmp_path / "quiet")
    (centre.folder / "url").write_text("http://127.0.0.1:9")
    return centre


def test_a_typed_token_finds_its_centre_and_needs_no_file(
    tls_centre: RunningCentre, folder: Folder
) -> None:
    typed = text_of(tls_centre).lower().replace("-", " ")

    enrol(accept(typed.upper().replace("CP2 ", "CP2-")), folder)

    device = DeviceKey.load(folder.device_key)
    assert device.state.post == "OSH-01"
    assert Settings.read(folder.settings).post_name == "Osh road"
    assert enrolment.read_provisioning(folder.provisioning).certificate


def test_the_command_asks_for_the_token_and_both_ends_show_the_same_digits(
    tls_centre: RunningCentre,
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{text_of(tls_centre)}\n{PASSPHRASE}\n"))
    capsys.readouterr()

    status = main(
        [
            *("enrol", "--data", str(folder.path), "--token"),
            *("--officer", "1842:SUPERVISOR", "--passphrase-stdin"),
        ]
    )

    assert status == 0
    device = DeviceKey.load(folder.device_key)
    digits = key_digits(device.public, device.receive_public)
    assert digits in capsys.readouterr().out
    assert f"workstation, digits of its keys: {digits}" in tls_centre.run("devices")
    Vault(folder.envelope).unlock("1842", PASSPHRASE).wipe()


def test_another_centre_at_the_address_is_not_believed(
    tls_centre: RunningCentre, folder: Folder, tmp_path: Path
) -> None:
    other = quiet_centre(tmp_path)
    typed = text_of(other, "--url", tls_centre.url)

    with pytest.raises(NotEnrolled, match="another server"):
        accept(typed)
    assert not folder.path.exists()


def test_without_a_line_the_token_stays_good(tmp_path: Path) -> None:
    with pytest.raises(NotEnrolled, match="stays good"):
        accept(text_of(quiet_centre(tmp_path)))


def test_a_token_without_a_certificate_is_for_this_machine_only(tmp_path: Path) -> None:
    typed = text_of(quiet_centre(tmp_path), "--url", "http://centre.example:80")

    with pytest.raises(NotEnrolled, match="https://"):
        accept(typed)


INVITATION = Invitation(
    "https://centre.utopia.example:8443",
    "utopia",
    "OSH-01",
    DeviceRole.WORKSTATION,
    bytes(range(8)),
    bytes(range(16)),
    bytes(range(16)),
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("СЗ2-" + str(INVITATION)[4:], "switch the keyboard"),
        ("XP2-AAAA", "begin with CP2-"),
        ("CP2-", "wrong or missing"),
        ("CP2-A", "wrong or missing"),
        (str(INVITATION) + "0", "never stands in a token"),
        (str(INVITATION)[:-1], "wrong or missing"),
        ("CP1-AAAA", "begin with CP2-"),
    ],
    ids=repr,
)
def test_what_was_mistyped_is_told_before_anybody_is_asked(typed: str, said: str) -> None:
    with pytest.raises(NotEnrolled, match=said):
        accept(typed)


@given(
    at=st.integers(min_value=4, max_value=len(str(INVITATION)) - 1), letter=st.sampled_from("A7")
)
def test_a_wrong_character_anywhere_is_noticed(at: int, letter: str) -> None:
    text = str(INVITATION)
    wrong = text[:at] + letter + text[at + 1 :]

    try:
        read = Invitation.read(wrong)
    except Malformed:
        return
    assert read == INVITATION


@given(text=st.text(max_size=80))
def test_whatever_is_typed_gives_a_sentence(text: str) -> None:
    for typed in (text, f"CP2-{text}"):
        with pytest.raises(Malformed, match=r"\.$"):
            Invitation.read(typed)


def test_the_code_is_a_picture_and_a_drawing_too(tmp_path: Path) -> None:
    centre = quiet_centre(tmp_path)
    svg, png = tmp_path / "token.svg", tmp_path / "token.png"

    said = centre.run(
        *("token", "--post", "OSH-01", "--svg", str(svg), "--png", str(png)),
    )

    assert svg.read_bytes().startswith(b"<?xml")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert "█" in said
    for path in (svg, png):
        assert path.stat().st_mode & 0o077 == 0


def test_the_centre_keeps_nothing_with_which_one_could_enrol(tmp_path: Path) -> None:
    centre = quiet_centre(tmp_path)

    token = protocol.Token.read(centre.provisioning().token)

    with closing(Ledger(CentreFolder(centre.folder).database)) as book, book.reading() as rows:
        [row] = rows.execute(sa.text("select * from token")).all()
    assert token.id in row
    for path in centre.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert token.secret not in content
            assert str(token).encode() not in content


# workstation or exchange


def test_a_token_for_an_exchange_makes_no_workstation(tmp_path: Path, folder: Folder) -> None:
    provisioning = quiet_centre(tmp_path).provisioning(role="exchange")

    with pytest.raises(NotEnrolled, match="serve --post"):
        enrol(provisioning, folder)
    with pytest.raises(NotEnrolled, match="--role exchange"):
        enrol(
            msgspec.structs.replace(provisioning, role=DeviceRole.WORKSTATION),
            folder,
            role=DeviceRole.EXCHANGE,
        )


def test_the_centre_refuses_another_role_than_the_tokens(
    sqlite_centre: RunningCentre, folder: Folder
) -> None:
    provisioning = sqlite_centre.provisioning(role="exchange")
    forged = msgspec.structs.replace(provisioning, role=DeviceRole.WORKSTATION)

    with pytest.raises(NotEnrolled, match="exchange of a post in, nothing else"):
        enrol(forged, folder)
    assert enrol(provisioning, folder, role=DeviceRole.EXCHANGE).state.workstation


def test_an_exchange_gets_no_key_that_opens_its_posts_records(tmp_path: Path) -> None:
    with closing(CentreHere(tmp_path / "centre")) as home:
        keys = {role: said_to(home, Folder(tmp_path / role), role).post_key for role in DeviceRole}

    assert keys[DeviceRole.WORKSTATION]
    assert not keys[DeviceRole.EXCHANGE]


def said_to(home: CentreHere, folder: Folder, role: DeviceRole) -> ContactReply:
    """The reply to its first contact, which asks for the post's key."""
    device = home.enrol(folder, role=role)
    certificate = read_certificate(device.state.certificate, server_key=home.server_key)
    assert certificate.role is role
    assert bool(device.state.channel_keys) == (role is DeviceRole.WORKSTATION)
    inquiry = protocol.Contact(
        request_id=bytes(16),
        deployment=home.deployment,
        workstation=device.state.workstation,
        incarnation=1,
        counter=1,
        ratchet=device.state.ratchet,
        first=1,
        previous=origin_of(device),
        entries=[],
        tip=0,
        head=origin_of(device),
        head_signature=b"",
        asks_post_key=True,
    )
    return Direct(home, device).contact(inquiry)


def origin_of(device: DeviceKey) -> bytes:
    state = device.state
    return Origin(state.deployment, state.workstation, 1).first_head()


def test_an_older_provisioning_file_is_for_a_workstation(tmp_path: Path) -> None:
    packed = json.loads(msgspec.json.encode(quiet_centre(tmp_path).provisioning()))
    del packed["role"]

    assert msgspec.convert(packed, Provisioning).role is DeviceRole.WORKSTATION


def test_the_command_says_what_a_post_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    centre = quiet_centre(tmp_path)

    status = server(["token", "--data", str(centre.folder), "--post", "OSH 01"])

    assert status == 2
    assert "letters, digits and dashes" in capsys.readouterr().err
