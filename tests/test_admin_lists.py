"""`checkpoint-admin lists`, run as the IT staff runs it, on a stick that the centre wrote."""

from pathlib import Path

import msgspec
import pytest

from checkpoint_client.desk.channels import Failure
from checkpoint_client.settings import Folder
from checkpoint_client.watchlist import jsonl
from sync.admin.lists import SENTENCES, sentence
from sync.admin.main import main
from sync.enrolment import enrol
from sync.protocol import Provisioning
from tests.centre import RunningCentre, serving, set_up
from tests.workstations import an_alert


@pytest.fixture
def centre(tmp_path: Path) -> RunningCentre:
    return set_up(tmp_path / "centre")


@pytest.fixture
def folder(tmp_path: Path, centre: RunningCentre) -> Folder:
    """A workstation that has enrolled and never had a list."""
    folder = Folder(tmp_path / "workstation")
    with serving(centre):
        provisioning = tmp_path / "post.json"
        provisioning.write_bytes(msgspec.json.encode(centre.provisioning()))
        enrol(msgspec.json.decode(provisioning.read_bytes(), type=Provisioning), folder)
    return folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


def publish(centre: RunningCentre, *names: str) -> None:
    listed = centre.folder / "list.jsonl"
    listed.write_bytes(jsonl.write(an_alert(f"A-{n}", name) for n, name in enumerate(names)))
    centre.run("publish", "--jsonl", str(listed))


def lists(step: str, folder: Folder, *arguments: str) -> int:
    return main(["lists", step, *arguments, "--data", str(folder.path)])


def test_a_stick_is_taken_without_line_and_pass_phrase(
    centre: RunningCentre, folder: Folder, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(centre, "AALTO", "BERG")
    centre.run("stick", "--to", str(stick))

    code = lists("import", folder, str(stick))

    assert code == 0
    said = capsys.readouterr().out
    assert said.startswith("watchlist: version 1 of 20")
    assert "in force at the next sign-in" in said
    assert (folder.lists / "watchlist-1.snapshot").is_file()


def test_how_the_lists_are_is_said(
    centre: RunningCentre, folder: Folder, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(centre, "AALTO")
    centre.run("stick", "--to", str(stick))
    lists("import", folder, str(stick))
    capsys.readouterr()

    code = lists("show", folder)

    said = capsys.readouterr().out.splitlines()
    assert code == 0
    assert said == [
        "never asked yet",
        "watchlist: nothing is in force; version 1 waits for a sign-in",
    ]


def test_an_older_stick_is_refused_in_words(
    centre: RunningCentre,
    folder: Folder,
    stick: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    publish(centre, "AALTO")
    centre.run("stick", "--to", str(stick))
    newer = tmp_path / "newer"
    newer.mkdir()
    publish(centre, "BERG")
    centre.run("stick", "--to", str(newer))
    lists("import", folder, str(newer))

    code = lists("import", folder, str(stick))

    assert code == 1
    assert "older than what is here: ask for a newer stick" in capsys.readouterr().err
    assert (folder.lists / "watchlist-2.snapshot").is_file()


def test_an_empty_stick_is_refused_in_words(
    folder: Folder, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = lists("import", folder, str(stick))

    assert code == 1
    assert "no folder checkpoint-reference in stick" in capsys.readouterr().err


def test_a_folder_without_a_workstation_is_said_so(
    tmp_path: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = lists("import", Folder(tmp_path / "nothing"), str(stick))

    assert code == 1
    assert "There is no workstation in" in capsys.readouterr().err


def test_every_failure_has_a_sentence_of_its_own() -> None:
    values = dict.fromkeys(
        ("role", "file", "announced", "signed", "needed", "why", "folder", "offered", "ours"), "X"
    )

    sentences = [sentence(failure, values) for failure in Failure]

    assert len(set(sentences)) == len(Failure) == len(SENTENCES)
