"""The centre's own authority: proper, pinned for good, and the server's certificate replaceable."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store

from sync.protocol import HEALTH_PATH
from sync.server import certificates
from sync.server.keys import CentreFolder
from sync.server.main import main
from tests.centre import RunningCentre, serving, set_up

NAME = "centre.example"


@pytest.fixture
def centre(tmp_path: Path) -> RunningCentre:
    return set_up(tmp_path / "centre", tls="127.0.0.1")


def test_a_strict_verifier_accepts_the_chain() -> None:
    """The rules of the web's authorities (CA/Browser Forum), stricter than our own client."""
    now = datetime.now(UTC)
    issued = certificates.issue(NAME, now)
    authority = x509.load_pem_x509_certificate(issued.authority)
    server = x509.load_pem_x509_certificate(issued.server)
    policy = PolicyBuilder().store(Store([authority])).time(now.replace(tzinfo=None))

    chain = policy.build_server_verifier(x509.DNSName(NAME)).verify(server, [])

    assert chain == [server, authority]


def test_the_authority_may_sign_servers_and_no_other_authority() -> None:
    issued = certificates.issue(NAME, datetime.now(UTC))
    authority = x509.load_pem_x509_certificate(issued.authority)
    server = x509.load_pem_x509_certificate(issued.server)

    limits = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (limits.ca, limits.path_length) == (True, 0)
    assert not server.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    usage = server.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert authority.not_valid_before_utc < datetime.now(UTC) - timedelta(hours=23)


def test_a_new_certificate_needs_no_new_pin(centre: RunningCentre, tmp_path: Path) -> None:
    pinned = tmp_path / "pinned.pem"
    pinned.write_bytes(CentreFolder(centre.folder).authority.read_bytes())
    before = CentreFolder(centre.folder).certificate.read_bytes()

    said = centre.run("certificate", "--renew")

    after = CentreFolder(centre.folder).certificate.read_bytes()
    assert certificates.fingerprint(after) in said
    assert certificates.fingerprint(after) != certificates.fingerprint(before)
    mode = CentreFolder(centre.folder).certificate_key.stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    with serving(centre):
        health = requests.get(centre.url + HEALTH_PATH, verify=str(pinned), timeout=60)
    assert health.text == "ok"


def test_a_server_that_moved_gets_a_certificate_for_its_new_name(centre: RunningCentre) -> None:
    centre.run("certificate", "--renew", "--tls", NAME)

    folder = CentreFolder(centre.folder)
    server = x509.load_pem_x509_certificate(folder.certificate.read_bytes())
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [NAME]
    assert folder.deployment().tls_name == NAME


def test_without_the_authority_nothing_is_changed(
    centre: RunningCentre, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = CentreFolder(centre.folder)
    before = folder.certificate.read_bytes()
    key = folder.authority.with_suffix(".key")
    key.write_bytes(folder.certificate_key.read_bytes())
    asked = ["certificate", "--renew", "--data", str(centre.folder)]

    assert main(asked) == 2
    key.unlink()
    assert main(asked) == 2

    said = capsys.readouterr().err
    assert "is not the key of" in said
    assert "bring the authority back from the safe" in said
    assert folder.certificate.read_bytes() == before


@pytest.mark.parametrize(
    ("wishes", "said"),
    [([], "set up without `init --tls NAME`"), (["--tls", NAME], "add --renew")],
)
def test_what_cannot_be_shown_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wishes: list[str], said: str
) -> None:
    folder = set_up(tmp_path / "centre", tls=NAME if wishes else None).folder

    assert main(["certificate", "--data", str(folder), *wishes]) == 2
    assert said in capsys.readouterr().err
