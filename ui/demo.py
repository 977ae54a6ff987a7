"""The demonstration: Utopia's post with a central server of its own, in a folder thrown away."""

import argparse
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import gettempdir
from time import monotonic
from typing import Any, Final

from PySide6.QtCore import (
    QLockFile,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.journal.clock import local_now
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.specimen import alerts as specimen_alerts
from checkpoint_client.specimen import earlier_days, post
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import NewSlot, Unlocked, Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist import Alert, jsonl
from ui.main import Program, display_problem, keep_log, make_application
from ui.sign_in import Hint
from ui.theme import GAP, TIGHT, WIDE, Card, KeyButton, Text, Tone, centred, logo
from ui.work import Work

PREFIX: Final = "checkpoint-demonstration-"
LONGEST_COMMAND: Final = 60
"""Seconds that a command of the central server may take, with much to spare."""
FAREWELL: Final = 5
"""Seconds that the central server is given to end by itself."""

Told = Callable[["Stage"], None]


class Stage(StrEnum):
    """What the set-up is at."""

    CENTRE = "CENTRE"
    LIST = "LIST"
    ENROLMENT = "ENROLMENT"
    STAFF = "STAFF"
    EARLIER_DAYS = "EARLIER_DAYS"
    READY = "READY"


class NotSetUp(Exception):
    """The demonstration could not be set up; the text is one sentence."""


def main(argv: Sequence[str] | None = None) -> int:
    """The window, or the walk without a display; everything is gone afterwards."""
    is_headless = _arguments(argv).headless
    if not is_headless and display_problem():
        print("There is no display: the demonstration walks without one.", file=sys.stderr)
        is_headless = True
    if is_headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with throw_away_folder() as path:
        demonstration = Demonstration(path)
        try:
            return _walk(demonstration) if is_headless else _show(demonstration)
        finally:
            demonstration.close()


def make_program(demonstration: "Demonstration", application: QApplication) -> Program:
    """The program itself, with Utopia's people on its sign-in page."""
    hints = [Hint(each.service_number, each.name, each.passphrase) for each in post.STAFF]
    return Program(application, demonstration.folder, demonstration.settings, hints=hints)


@contextmanager
def throw_away_folder() -> Iterator[Path]:
    """A folder that is gone afterwards; so are those that killed demonstrations left behind."""
    for left_over in Path(gettempdir()).glob(f"{PREFIX}*"):
        lock = _lock_of(left_over)
        if left_over.is_dir() and not left_over.is_symlink() and lock.tryLock(0):
            shutil.rmtree(left_over, ignore_errors=True)
            lock.unlock()
    path = Path(gettempdir(), PREFIX + secrets.token_hex(4))
    lock = _lock_of(path)
    lock.lock()  # before there is a folder that another start could take for a left-over one
    try:
        path.mkdir(mode=0o700)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        lock.unlock()


class CentralServer:
    """The central server as a process of its own. It ends when we do, however we end.

    `url` is where it listens, or last listened.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def init(self) -> None:
        self._run("init", "--deployment", post.DEPLOYMENT)

    def publish(self, alerts: Sequence[Alert]) -> None:
        """Publish a watch-list; the file it comes in is of Utopia only, and gone at once."""
        file = self._folder.with_suffix(".jsonl")
        file.write_bytes(jsonl.write(alerts))
        try:
            self._run("publish", "--jsonl", str(file))
        finally:
            file.unlink()

    def let_in(self, provisioning: Path) -> None:
        """Write a provisioning file that lets one workstation enrol."""
        post_name = ("--post-name", post.POST_NAME)
        self._run("token", "--post", post.POST, *post_name, "--out", str(provisioning))

    def supervise(self, workstation: str) -> None:
        """Say that supervisors work there, so that it gets the key of notes for them only."""
        self._run("supervisors", workstation)

    def entries(self) -> list[dict[str, Any]]:
        """What it holds, one journal entry after the other, as it tells the duty officer."""
        return [json.loads(line) for line in self._run("entries", "--bodies").splitlines()]

    def start(self) -> None:
        """Serve, at the same address as before. It reads its input, whose end is its own."""
        port = self.url.rpartition(":")[2] or "0"
        self._process = subprocess.Popen(  # noqa: S603  our own program
            [
                *(*_SERVER, "serve", "--data", str(self._folder), "--until-closed"),
                *("--port", port, "--log", "faults"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        said = self._process.stdout.readline().strip() if self._process.stdout else ""
        if not said.startswith("listening on "):
            raise NotSetUp("The central server of the demonstration did not start.")
        self.url = said.removeprefix("listening on ")

    def cut(self) -> None:
        """Be gone in the middle of whatever it is doing, as a line is."""
        if process := self._process:
            process.kill()
            self._let_go(process)

    def close(self) -> None:
        if process := self._process:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(FAREWELL)
            process.kill()
            self._let_go(process)

    def _let_go(self, process: "subprocess.Popen[str]") -> None:
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
        self._process = None

    def _run(self, command: str, *arguments: str) -> str:
        """What a command of the server printed. Raises `NotSetUp` with its last word."""
        done = subprocess.run(  # noqa: S603  our own program
            [*_SERVER, command, "--data", str(self._folder), *arguments],
            capture_output=True,
            text=True,
            timeout=LONGEST_COMMAND,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise NotSetUp(said[-1] if said else f"checkpoint-server {command} failed.")
        return done.stdout


class Demonstration:
    """An enrolled workstation with staff, list and earlier days, and its central server."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = Folder(path / "post")
        self.settings: Settings = post.settings()
        self.server = CentralServer(path / "centre")

    def set_up(self, told: Told) -> None:
        """Make everything. `told` is called before each stage. Raises `NotSetUp`."""
        now = local_now()
        told(Stage.CENTRE)
        self.server.init()
        told(Stage.LIST)
        alerts = specimen_alerts.watchlist(now.date())
        with ThreadPoolExecutor(max_workers=1) as beside:
            publication = beside.submit(self.server.publish, alerts)
            self.server.start()
            told(Stage.ENROLMENT)
            device = self._enrol()
            supervised = beside.submit(self.server.supervise, device.state.workstation)
            told(Stage.STAFF)
            unlocked = self._let_in_staff(device)
            # The list as it stood in those days; today's comes over the line, as everywhere.
            reference = Reference.open(self.folder.reference, unlocked.database_key)
            issued = now - timedelta(days=earlier_days.DAYS, hours=12)
            reference.replace("watchlist", 0, issued, alerts)
            reference.close()
            unlocked.wipe()
            told(Stage.EARLIER_DAYS)
            earlier_days.write(self._home(device), now, alerts)
            publication.result()
            supervised.result()
        self.settings.write(self.folder.settings)
        keep_log(self.folder)
        told(Stage.READY)

    def close(self) -> None:
        self.server.close()

    def _enrol(self) -> DeviceKey:
        from sync import (
            enrolment,
        )  # it brings the line along, which the first page need not wait for

        provisioning = self.path / "provisioning.json"
        self.server.let_in(provisioning)
        try:
            return enrolment.enrol(enrolment.read_provisioning(provisioning), self.folder)
        except enrolment.NotEnrolled as error:
            raise NotSetUp(str(error)) from error
        finally:
            provisioning.unlink()

    def _let_in_staff(self, device: DeviceKey) -> Unlocked:
        from sync import enrolment

        slots = [
            NewSlot.fresh(each.service_number, each.role, each.passphrase) for each in post.STAFF
        ]
        return enrolment.first_officers(self.folder, device, slots)

    def _home(self, device: DeviceKey) -> earlier_days.Home:
        return earlier_days.Home(
            folder=self.folder,
            vault=Vault(self.folder.envelope),
            device=device,
            settings=self.settings,
        )


class StageWords(QObject):
    """What is being made, in words."""

    def of(self, stage: Stage) -> str:
        return {
            Stage.CENTRE: self.tr("Setting up a central server …"),
            Stage.LIST: self.tr("Publishing a watch-list …"),
            Stage.ENROLMENT: self.tr("Enrolling this workstation …"),
            Stage.STAFF: self.tr("Letting the staff in …"),
            Stage.EARLIER_DAYS: self.tr("Recording the days before …"),
            Stage.READY: self.tr("Ready."),
        }[stage]


class Curtain(QWidget):
    """What is on the screen while the demonstration is being made."""

    reached = Signal(Stage)

    def __init__(self) -> None:
        super().__init__()
        self._words = StageWords(self)
        self.stage = Text()
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, len(Stage) - 1)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.setWindowTitle(self.tr("Checkpoint Client"))
        self.resize(1280, 800)
        self._lay_out()

        self.reached.connect(self._show_stage, Qt.ConnectionType.QueuedConnection)

    def tell(self, words: str) -> None:
        self.stage.say(words, Tone.ALARM)

    @Slot(Stage)
    def _show_stage(self, stage: Stage) -> None:
        self.stage.say(self._words.of(stage), Tone.NEUTRAL)
        self.progress.setValue(list(Stage).index(stage))

    def _lay_out(self) -> None:
        card = Card()
        card.setFixedWidth(self.fontMetrics().averageCharWidth() * 62)
        card.body.setContentsMargins(2 * WIDE, 2 * WIDE, 2 * WIDE, 2 * WIDE)
        card.body.setSpacing(GAP)
        mark = QLabel()
        mark.setPixmap(logo(48))
        title = Text(self.tr("The demonstration is being made ready"), role="title")
        for part in (mark, title, self.stage, self.progress):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(centred(card))
        column.addStretch(3)


class DemonstrationBar(QFrame):
    """Says that nothing here is real, and cuts the line or gives it back."""

    def __init__(self, server: CentralServer, line_is_back: Callable[[], None]) -> None:
        super().__init__()
        self._server = server
        self._line_is_back = line_is_back
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="server")
        self._work = Work(self, thread=self._thread)
        self.line = KeyButton("", "Ctrl+Shift+X", icon="unlinked")
        self.setProperty("role", "demonstration")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        said = Text(self.tr("Demonstration: an invented post, invented people, nothing is kept."))
        row.addWidget(said, 1)
        row.addWidget(self.line)
        self._show_line()

        self.line.clicked.connect(self.switch)

    @Slot()
    def switch(self) -> None:
        """Cut the line if it is there, give it back if not."""
        self.line.setEnabled(False)
        job = self._server.cut if self._server.is_running else self._server.start
        self._work.run(job, lambda _nothing: self._switched(), lambda _error: self._switched())

    def end(self) -> None:
        """Wait for a server that is just being started."""
        self._work.end()
        self._work.close()

    def _switched(self) -> None:
        self.line.setEnabled(True)
        self._show_line()
        if self._server.is_running:
            self._line_is_back()

    def _show_line(self) -> None:
        is_there = self._server.is_running
        words = self.tr("Cut the line") if is_there else self.tr("Give the line back")
        self.line.setText(words)
        self.line.setAccessibleName(words)


class Play(QObject):
    """The curtain, then the program with the demonstration's bar over it."""

    def __init__(self, demonstration: Demonstration, application: QApplication) -> None:
        super().__init__()
        self._demonstration = demonstration
        self._application = application
        self._work = Work(self)
        self.curtain = Curtain()
        self.program: Program | None = None
        self.bar: DemonstrationBar | None = None

    def start(self) -> None:
        self.curtain.show()
        told = self.curtain.reached.emit
        self._work.run(lambda: self._demonstration.set_up(told), self._ready, self._failed)

    def open(self) -> Program:
        """Open the program on what has been set up."""
        program = make_program(self._demonstration, self._application)
        program.start()
        self.program = program
        if window := program.window:
            self.bar = DemonstrationBar(self._demonstration.server, self._line_is_back)
            window.setMenuWidget(self.bar)
        self.curtain.close()
        return program

    def close(self) -> None:
        """End the bar, then the program, then what may still be setting up."""
        if self.bar:
            self.bar.end()
        if self.program:
            self.program.close()
        self._work.close()

    def _ready(self, _nothing: None) -> None:
        self.open()

    def _line_is_back(self) -> None:
        """As a system tells a program that its network has come back."""
        if self.program and self.program.uplink:
            self.program.uplink.wake()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, NotSetUp):
            raise error
        self.curtain.tell(str(error))


def _show(demonstration: Demonstration) -> int:
    application = make_application(demonstration.settings)
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda _number, _frame: application.quit())
    play = Play(demonstration, application)
    play.start()
    code = QApplication.exec()
    play.close()
    return code


def _walk(demonstration: Demonstration) -> int:
    """Set up and take every step, a line each. Zero if all hold."""
    from ui.walk import Walk, tell  # with Qt's test library, which the window does without

    qInstallMessageHandler(_without_noise)
    application = make_application(demonstration.settings)
    words, began = StageWords(), monotonic()

    def told(stage: Stage) -> None:
        print(f"{monotonic() - began:4.1f} s  {words.of(stage)}", file=sys.stderr, flush=True)

    try:
        demonstration.set_up(told)
    except NotSetUp as error:
        print(f"FAILED  Set-up: {error}", file=sys.stderr)
        return 1
    play = Play(demonstration, application)
    walk = Walk(play.open(), demonstration.folder, demonstration.server.entries)
    try:
        holds = tell(walk.steps())
    finally:
        play.close()
    return 0 if holds and tell([("Nothing in clear text afterwards", walk.seek_clear_text)]) else 1


def _without_noise(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Qt's warnings, but not what its platform without a display says of every window."""
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)


def _lock_of(path: Path) -> QLockFile:
    """Held as long as somebody lives in the folder; free again when he was killed."""
    lock = QLockFile(f"{path}.lock")
    lock.setStaleLockTime(0)
    return lock


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ui.demo", description=__doc__)
    parser.add_argument(
        "--headless",
        action="store_true",
        help="walk the seven steps of the main job without a display, and prove each",
    )
    return parser.parse_args(argv)


_SERVER: Final = (sys.executable, "-m", "sync.server.main")

if __name__ == "__main__":
    sys.exit(main())
