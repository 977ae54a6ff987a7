"""The demonstration: it walks by itself, leaves nothing behind, and its server ends with it."""

import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.demo import PREFIX, CentralServer, DemonstrationBar, throw_away_folder
from ui.keyboard import Keyboard, Late
from ui.walk import Unlike, found_in, tell

STEPS = (
    "1 Sign in",
    "2 Documents in",
    "3 Findings",
    "4 Decisions",
    "5 Second line",
    "6 Log and review",
    "A hit to its end",
    "7 Line cut and back",
    "The journal stands every proof",
    "Nothing in clear text",
    "Nothing in clear text afterwards",
)
LONGEST_WALK = 300
LONGEST_FAREWELL = 20


def without_display(tmp: Path) -> dict[str, str]:
    """An environment with a folder of its own for what is thrown away, and no display."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ours = {name: value for name, value in os.environ.items() if name not in hidden}
    return ours | {"TMPDIR": str(tmp)}


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """A demonstration started without a display and killed: what it said, its server's pidfd."""
    with subprocess.Popen(
        [sys.executable, "-m", "ui.demo"],
        env=without_display(tmp_path),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        said = ""
        while "Enrolling" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        server = os.pidfd_open(_server_of(process.pid))
        process.kill()
    yield said, server
    os.close(server)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    server = CentralServer(tmp_path / "centre")
    server.init()
    server.start()
    yield server
    server.close()


def test_the_demonstration_walks_its_seven_steps_and_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.demo", "--headless"],
        env=without_display(tmp_path),
        capture_output=True,
        text=True,
        timeout=LONGEST_WALK,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line[:8].strip() for line in lines] == ["ok"] * len(STEPS)
    assert tuple(line[8:].partition(":")[0] for line in lines) == STEPS
    assert list(tmp_path.iterdir()) == []


def test_without_a_display_it_says_so(killed: tuple[str, int]) -> None:
    said, _server = killed

    assert said.startswith("There is no display: the demonstration walks without one.\n")


def test_the_server_ends_with_a_killed_client(killed: tuple[str, int]) -> None:
    _said, server = killed

    assert select.select([server], [], [], LONGEST_FAREWELL)[0] == [server]


@pytest.mark.usefixtures("killed")
def test_what_a_killed_demonstration_left_is_gone_after_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert any(path.is_dir() for path in tmp_path.glob(f"{PREFIX}*"))

    with throw_away_folder() as path:
        assert [each for each in tmp_path.iterdir() if each.is_dir()] == [path]
    assert list(tmp_path.iterdir()) == []


def test_a_running_demonstration_keeps_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with throw_away_folder() as first, throw_away_folder() as second:
        assert first.is_dir()
        assert second.is_dir()


def test_one_key_cuts_the_line_and_gives_it_back(qtbot: QtBot, server: CentralServer) -> None:
    heard: list[str] = []
    bar = DemonstrationBar(server, lambda: heard.append("the line is back"))
    qtbot.addWidget(bar)
    with qtbot.waitActive(bar):
        bar.show()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

    QTest.keyClick(bar, Qt.Key.Key_X, modifiers)
    qtbot.waitUntil(lambda: not server.is_running)
    qtbot.waitUntil(lambda: bar.line.text() == "Give the line back")
    QTest.keyClick(bar, Qt.Key.Key_X, modifiers)
    qtbot.waitUntil(lambda: bool(heard), timeout=LONGEST_FAREWELL * 1000)

    assert server.is_running
    assert bar.line.text() == "Cut the line"
    bar.end()


def test_a_server_that_comes_back_has_its_address_and_its_memory(server: CentralServer) -> None:
    address = server.url

    server.cut()
    server.start()

    assert server.url == address
    assert server.entries() == []


def test_a_step_that_does_not_hold_is_told_with_what_was_expected_and_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def step() -> str:
        raise Unlike("checks at the server", expected=5, found=4)

    assert not tell([("7 Line cut and back", step), ("never reached", lambda: "nothing")])
    said = capsys.readouterr().out
    assert said == "FAILED  7 Line cut and back: checks at the server: expected 5, found 4\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_name_in_clear_text_would_be_found(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "records.db-wal"
    file.write_bytes(b"\x00\x17" + "Камышатова".encode(encoding) + b"\x99")

    assert found_in(file, {"Камышатова", "Арчалыев"}) == ["Камышатова"]


def test_what_is_typed_arrives_letter_by_letter(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    field.setFocus()

    Keyboard().type("P<UTO Шолпан 17:4")

    assert field.text() == "P<UTO Шолпан 17:4"


@pytest.mark.usefixtures("qtbot")
def test_what_never_happens_is_late() -> None:
    with pytest.raises(Late, match="the cows come home"):
        Keyboard().until(lambda: False, "the cows come home", seconds=0.05)


def _server_of(client: int) -> int:
    """The process that serves, among the children of a demonstration."""
    children = Path(f"/proc/{client}/task/{client}/children").read_text().split()
    [server] = [
        int(child)
        for child in children
        if b"\0serve\0" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    return server
