"""Starting: the sign-in page at once, plain words where it cannot be, and no data in the log."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_client.desk import NotAllowed, Power, Refused
from checkpoint_client.records import Problem
from checkpoint_client.records.codes import DocumentSource
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.store import engine
from checkpoint_client.vault import errors
from checkpoint_client.vault.device import DeviceKey
from sync.enrolment import digits_of
from tests.centre import RunningCentre
from tests.counter import zone
from tests.post import PASSPHRASE, Post, a_draft, an_alert, put_list
from ui.first_line import FirstLineScreen
from ui.main import Program, Troubles, display_problem, is_enrolled, keep_log
from ui.words import Words

SECRET = "ERIKSSON ANNA MARIA"


@pytest.fixture
def troubles(qapp: QApplication) -> Troubles:
    return Troubles(Words(), qapp)


def started(post: Post) -> Program:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    program = Program(application, post.folder, post.settings)
    program.start()
    return program


@pytest.fixture
def program(qtbot: QtBot, post: Post) -> Iterator[Program]:
    program = started(post)
    assert program.window is not None
    with qtbot.waitActive(program.window):
        program.window.show()
    yield program
    program.close()
    program.window.deleteLater()


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "ui.main", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")} | environment,
    )


def test_without_a_display_the_program_says_what_to_do(tmp_path: Path) -> None:
    ended = run("--data", str(tmp_path / "data"))

    assert ended.returncode == 2
    assert ended.stderr.startswith("There is no display")
    assert not (tmp_path / "data").exists()


def test_settings_that_cannot_be_used_are_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("font_percent = 900\n")

    ended = run("--data", str(tmp_path), QT_QPA_PLATFORM="offscreen")

    assert ended.returncode == 2
    assert "font_percent" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_device_key_that_is_damaged_is_told_in_a_sentence(post: Post) -> None:
    for file in post.folder.path.glob("device.key*"):
        file.write_bytes(b"{}")

    ended = run("--data", str(post.folder.path), QT_QPA_PLATFORM="offscreen")

    assert ended.returncode == 2
    assert "device.key is missing or damaged" in ended.stderr


def test_the_version_is_told() -> None:
    assert run("--version").stdout.strip().count(".") == 2


def test_a_second_start_on_the_same_folder_is_refused(post: Post) -> None:
    lock = QLockFile(str(post.folder.path / "running.lock"))
    assert lock.tryLock(0)

    ended = run("--data", str(post.folder.path), QT_QPA_PLATFORM="offscreen")

    lock.unlock()
    assert ended.returncode == 2
    assert "already running" in ended.stderr


def test_a_platform_that_is_chosen_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    assert display_problem() == ""


def test_a_workstation_starts_with_its_sign_in_page(program: Program, qtbot: QtBot) -> None:
    window = program.window
    assert window is not None

    qtbot.waitUntil(lambda: window.entrance.number.count() > 0)

    assert program.first_start is None
    assert window.pages.currentWidget() is window.entrance


def test_a_workstation_without_its_provisioning_says_that_the_line_is_not_set_up(
    program: Program, qtbot: QtBot
) -> None:
    window = program.window
    assert window is not None

    qtbot.waitUntil(lambda: "the line is not set up" in window.status.line.words.text())


def test_what_an_officer_records_is_told_to_the_line(program: Program, qtbot: QtBot) -> None:
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: window.entrance.number.count() > 0)
    window.entrance.number.choose("O-1842")
    QTest.keyClicks(window.entrance.passphrase, PASSPHRASE)
    QTest.keyClick(window.entrance.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session is not None)
    screen = window.screen_of(FirstLineScreen)
    assert isinstance(screen, FirstLineScreen)
    screen.take_document(zone(), DocumentSource.READER)
    qtbot.waitUntil(lambda: screen.is_looked_at and screen.form.draft().has_traveller())

    with qtbot.waitSignal(program.work.changed):
        screen.admit()


def test_a_new_list_is_compared_with_whoever_crossed_before(program: Program, qtbot: QtBot) -> None:
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: window.entrance.number.count() > 0)
    window.entrance.number.choose("O-1842")
    QTest.keyClicks(window.entrance.passphrase, PASSPHRASE)
    QTest.keyClick(window.entrance.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session is not None)
    session = window.session
    assert session is not None
    found: list[int] = []

    def a_list_comes() -> None:
        put_list(session)
        session.first_line.admit(a_draft())
        put_list(session, an_alert("A-1"), version=2)

    def is_found() -> bool:
        program.work.run(lambda: len(session.store.open_hits()), found.append)
        return bool(found and found[-1])

    program.work.run(a_list_comes, lambda _come: program.list_applied.emit())

    qtbot.waitUntil(is_found)


def test_a_new_computer_asks_for_its_provisioning_file(qtbot: QtBot, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    folder.make()
    program = started(Post(folder))
    page = program.first_start
    assert page is not None

    page.file.setText(str(tmp_path / "nothing.json"))
    page.number.setText("S-0007")
    page.passphrase.setText(PASSPHRASE)
    page.again.setText(PASSPHRASE)
    page.submit()

    qtbot.waitUntil(lambda: "nothing.json cannot be read" in page.message.text())
    page.close()
    program.close()


def test_a_new_computer_becomes_a_workstation_and_goes_online(
    sqlite_centre: RunningCentre, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "provisioning.json"
    file.write_bytes(msgspec.json.encode(sqlite_centre.provisioning()))
    folder = Folder(tmp_path / "data")
    folder.make()
    program = started(Post(folder, settings=Settings()))
    page = program.first_start
    assert page is not None
    page.file.setText(str(file))
    page.number.setText("S-0007")
    page.passphrase.setText(PASSPHRASE)
    page.again.setText(PASSPHRASE)

    page.start.click()
    qtbot.waitUntil(lambda: "Digits of its keys" in page.message.text())
    device = DeviceKey.load(folder.device_key)
    assert digits_of(device) in page.message.text()
    page.start.click()

    qtbot.waitUntil(lambda: program.window is not None)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: window.status.line.words.text() == "Online")
    assert Settings.read(folder.settings).post_name == "Osh road"
    assert window.entrance.number.itemText(0) == "S-0007 · Shift supervisor"
    program.close()
    window.deleteLater()
    page.deleteLater()


def test_a_new_computer_without_a_line_asks_and_is_answered_by_a_stick(
    sqlite_centre: RunningCentre, qtbot: QtBot, tmp_path: Path
) -> None:
    file, stick = tmp_path / "provisioning.json", tmp_path / "stick"
    file.write_bytes(msgspec.json.encode(sqlite_centre.provisioning()))
    sqlite_centre.stop()
    folder = Folder(tmp_path / "data")
    folder.make()
    program = started(Post(folder, settings=Settings()))
    page = program.first_start
    assert page is not None
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()

    QTest.keyClick(page, Qt.Key.Key_F7)
    assert page.form.field("provisioning").is_wrong
    page.file.setText(str(file))
    QTest.keyClick(page, Qt.Key.Key_F7)
    page.panel.folder.setText(str(stick))
    QTest.keyClick(page.panel, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "This folder is not there" in page.message.text())
    assert page.file.text() == str(file)

    stick.mkdir()
    QTest.keyClick(page, Qt.Key.Key_F7)
    page.panel.folder.setText(str(stick))
    QTest.keyClick(page.panel, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "The request is at" in page.message.text())
    assert page.file.text() == str(stick / "checkpoint-reply")
    for field in (page.passphrase, page.again):
        field.setText(PASSPHRASE)
    page.number.setText("S-0007")
    page.start.click()
    qtbot.waitUntil(lambda: "cannot be read" in page.message.text())

    sqlite_centre.run(
        "enrol-file",
        str(stick / "checkpoint-request"),
        "--reply",
        str(stick / "checkpoint-reply"),
    )
    page.start.click()

    qtbot.waitUntil(lambda: "Digits of its keys" in page.message.text())
    assert digits_of(DeviceKey.load(folder.device_key)) in page.message.text()
    assert is_enrolled(folder)
    program.close()


def test_two_pass_phrases_that_differ_are_told_beside_the_field(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "data")
    folder.make()
    program = started(Post(folder))
    page = program.first_start
    assert page is not None
    qtbot.addWidget(page)

    page.number.setText("S-0007")
    page.passphrase.setText(PASSPHRASE)
    page.again.setText(PASSPHRASE + "!")
    page.add.click()

    assert page.form.field("again").is_wrong
    program.close()


def test_a_mistake_of_the_program_is_logged_without_data(
    program: Program, post: Post, qtbot: QtBot
) -> None:
    keep_log(post.folder)
    window = program.window
    assert window is not None

    def job() -> None:
        raise ValueError(SECRET)

    program.work.run(job, lambda _nothing: None)
    qtbot.waitUntil(lambda: window.trouble.isVisible())

    logged = post.folder.log.read_text(encoding="utf-8")
    for handler in [each for each in logging.getLogger().handlers if hasattr(each, "baseFilename")]:
        logging.getLogger().removeHandler(handler)
        handler.close()
    assert "ValueError" in logged
    assert "test_start.py" in logged
    assert SECRET not in logged
    assert SECRET not in window.trouble.words.text()
    assert "ValueError, test_start.py" in window.trouble.words.text()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.WrongPassphrase(3), "Wrong pass-phrase"),
        (errors.NoSuchOfficer("X-1"), "not known here"),
        (errors.Damaged("envelope.json", "altered"), "envelope.json is missing or damaged"),
        (errors.Damaged("envelope.json", "other-device"), "made on another machine"),
        (errors.NewerFile("records.db"), "A newer version"),
        (engine.NewerFile(Path("records.db")), "A newer version"),
        (engine.DiskFull(), "The disk is full"),
        (engine.WrongKey(Path("records.db")), "cannot be opened with this workstation's key"),
        (engine.NotEncrypted(Path("records.db")), "cannot be opened with this workstation's key"),
        (engine.Damaged(), "is damaged"),
        (OSError(28, "No space left on device"), "The disk is full"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (NotAllowed(Power.REVIEW), "Your role does not allow this."),
        (Refused([Problem("last_check", "nothing")]), "There is no check to take back."),
    ],
)
def test_what_keeps_the_program_from_working_is_told_in_a_sentence(
    troubles: Troubles, error: BaseException, words: str
) -> None:
    assert words in troubles.sentence(error)


def test_a_mistake_of_the_program_has_no_sentence_of_its_own(troubles: Troubles) -> None:
    assert troubles.sentence(ValueError("x")) == ""


def test_a_folder_is_a_workstation_only_with_key_and_envelope(post: Post) -> None:
    assert is_enrolled(post.folder)

    post.folder.envelope.unlink()

    assert not is_enrolled(post.folder)
