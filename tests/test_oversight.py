"""What the central staff sees and does at night: devices, alarms, quarantine, revocation."""

import pytest

from sync.protocol import Verdict
from sync.server.main import main
from tests.booth import Booth, Line, body_of, check
from tests.centre import RunningCentre


@pytest.fixture
def line(running_centre: RunningCentre) -> Line:
    line = Line(Booth(running_centre.provisioning()), running_centre.url)
    line.enrol()
    line.booth.write(check("ONE"), check("TWO"))
    return line


def test_every_device_is_told_with_what_waits_there(
    running_centre: RunningCentre, line: Line
) -> None:
    assert "last heard never" in running_centre.run("devices")

    line.send(line.booth.contact(waiting=5))

    told = running_centre.run("devices")
    assert f"{line.booth.id}  Osh road, booth 2: enrolled" in told
    assert "2 entries held, 5 waiting there, program " in told


def test_an_empty_centre_says_what_to_do(running_centre: RunningCentre) -> None:
    assert "`token` lets one in" in running_centre.run("devices")
    assert "No alarm" in running_centre.run("forks")
    assert "Nothing is in quarantine" in running_centre.run("quarantine")


def test_an_alarm_is_told_with_what_to_do(running_centre: RunningCentre, line: Line) -> None:
    copied = line.booth.copy()
    line.send(line.booth.contact())

    Line(copied, running_centre.url).ask(copied.contact(counter=9, ratchet=b"somebody's other"))

    told = running_centre.run("forks")
    assert f"{line.booth.id}, 20" in told
    assert "A second machine speaks as this workstation." in told
    assert "must enrol anew" in told


def test_what_could_not_be_read_is_told_with_why(running_centre: RunningCentre, line: Line) -> None:
    song = body_of(check()).replace(b'"kind":"check"', b'"kind":"song"')
    line.booth.write_body(song)
    line.send(line.booth.contact())

    told = running_centre.run("quarantine")

    assert "entry 3 (song): is of a kind that this program does not know" in told


def test_what_a_revoked_workstation_sends_is_kept_and_not_believed(
    running_centre: RunningCentre, line: Line
) -> None:
    line.send(line.booth.contact(most=1))
    running_centre.run("revoke", line.booth.id, "--reason", "stolen at the night shift")

    reply = line.ask(line.booth.contact(held=1, have={}))
    bundled = line.deliver(line.booth.bundle(held=1))

    assert (reply.verdict, reply.held) == (Verdict.RE_ENROL, 1)
    assert (reply.channel_keys, reply.metadata) == ({}, {})
    assert bundled.held == 1
    assert len(running_centre.entries("--workstation", line.booth.id)) == 1
    assert "A revoked workstation still sends." in running_centre.run("forks")
    assert "REVOKED" in running_centre.run("devices")
    assert "stolen at the night shift" in running_centre.run("devices")


def test_revoking_nobody_is_said(
    running_centre: RunningCentre, capsys: pytest.CaptureFixture[str]
) -> None:
    wishes = ["--data", str(running_centre.folder), "--reason", "lost"]

    assert main(["revoke", "OSH-01-XXXX", *wishes]) == 2
    assert "see `devices`" in capsys.readouterr().err
