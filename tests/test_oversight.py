"""What the central staff sees and does at night: devices, alarms, quarantine, revocation."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from sync.protocol import Verdict
from sync.server.keys import CentreFolder
from sync.server.main import main
from sync.server.readers import Readers
from tests.booth import Booth, Line, body_of, check
from tests.centre import RunningCentre
from tests.post import CHEAP


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


# --- what a revoked workstation recorded before -------------------------------------------------

WORDS = "four good words of {}"


@pytest.fixture
def readers(running_centre: RunningCentre) -> tuple[str, str]:
    """Two people who read the duty page."""
    book = Readers(CentreFolder(running_centre.folder).readers)
    for name in ("Aida", "Bolat"):
        book.add(name, WORDS.format(name), kdf=CHEAP)
    return "Aida", "Bolat"


def accepting(
    workstation: str, *people: str, words: str = WORDS, reason: str = "seen by the post's chief"
) -> list[str]:
    """Options of `quarantine`, with the pass-phrases in a pipe."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as pipe:
        pipe.writelines(words.format(each) + "\n" for each in people)
    first, second = people
    who = ["--by", first, "--and", second, "--passphrase-fd", str(reading)]
    return ["--accept", workstation, *who, "--reason", reason]


def test_what_was_recorded_before_the_revocation_is_taken_in_by_two_people(
    running_centre: RunningCentre, line: Line, readers: tuple[str, str]
) -> None:
    line.send(line.booth.contact(most=1))
    running_centre.run("revoke", line.booth.id, "--reason", "stolen")
    line.ask(line.booth.contact(held=1))
    assert len(running_centre.entries("--workstation", line.booth.id)) == 1

    said = running_centre.run("quarantine", *accepting(line.booth.id, *readers))

    assert "Journal 1, entries 2 to 2: taken in." in said
    assert len(running_centre.entries("--workstation", line.booth.id)) == 2
    told = running_centre.run("devices")
    assert "Aida and Bolat answer for it: seen by the post's chief" in told
    again = running_centre.run("quarantine", *accepting(line.booth.id, *readers))
    assert "held already" in again


def test_bundles_that_came_in_its_place_are_taken_in_too(
    running_centre: RunningCentre, line: Line, readers: tuple[str, str]
) -> None:
    running_centre.run("revoke", line.booth.id, "--reason", "stolen")
    line.deliver(line.booth.bundle())

    running_centre.run("quarantine", *accepting(line.booth.id, *readers))

    assert len(running_centre.entries("--workstation", line.booth.id)) == 2


def test_what_is_dated_later_stays_evidence(
    running_centre: RunningCentre, line: Line, readers: tuple[str, str]
) -> None:
    running_centre.run("revoke", line.booth.id, "--reason", "stolen")
    line.booth.write_body(body_of(check("LATE"), at=datetime.now(UTC) + timedelta(minutes=1)))
    line.deliver(line.booth.bundle())

    said = running_centre.run("quarantine", *accepting(line.booth.id, *readers))

    assert "left as evidence, entry 3 is not dated before the revocation" in said
    assert running_centre.entries("--workstation", line.booth.id) == []


def test_nobody_accepts_alone_or_in_anothers_name(
    running_centre: RunningCentre,
    line: Line,
    readers: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    aida, bolat = readers
    data = ["--data", str(running_centre.folder)]
    running_centre.run("revoke", line.booth.id, "--reason", "stolen")
    line.deliver(line.booth.bundle())
    id = line.booth.id

    for wishes, said in (
        (accepting(id, aida, aida), "Two different people"),
        (accepting(id, aida, "Daniyar"), "Daniyar is no reader"),
        (accepting(id, aida, bolat, words="something else, {}"), "Aida is no reader"),
        (accepting(id, aida, bolat, reason=""), "Say why"),
        (accepting("OSH-01-XXXX", aida, bolat), "see `devices`"),
    ):
        assert main(["quarantine", *data, *wishes]) == 2
        assert said in capsys.readouterr().err
    assert running_centre.entries("--workstation", id) == []


def test_who_is_believed_needs_nobodys_word(
    running_centre: RunningCentre,
    line: Line,
    readers: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    wishes = accepting(line.booth.id, *readers)

    assert main(["quarantine", "--data", str(running_centre.folder), *wishes]) == 2
    assert "is not revoked" in capsys.readouterr().err


def test_a_revocation_says_why_in_one_line(
    running_centre: RunningCentre, line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    for reason in ("", "   ", "two\nlines", "x" * 201):
        wishes = ["--data", str(running_centre.folder), "--reason", reason]
        assert main(["revoke", line.booth.id, *wishes]) == 2
        assert "Say why: --reason TEXT" in capsys.readouterr().err

    assert "REVOKED" not in running_centre.run("devices")


@pytest.mark.parametrize("command", ["devices", "forks", "quarantine", "revoke", "wipe"])
def test_every_command_of_the_night_tells_what_it_does_not_do(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])

    said = capsys.readouterr().out
    assert f"checkpoint-server {command}" in said
    assert "An example" in said
    assert "nothing is changed" in said or "does not do" in said
