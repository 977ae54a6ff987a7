"""The installed program tests itself: server, enrolment, encrypted file, signatures, line, window.

For IT after an installation, and for us after freezing: `checkpoint-client --self-test` prints a
line a step and needs no display, no network and nothing of the workstation's own data.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from checkpoint_client.journal.chain import start, verify
from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import Origin
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.records.codes import Role, WorkstationStep
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.store import Store
from checkpoint_client.vault import NewSlot, Vault
from checkpoint_client.vault.device import DeviceKey
from sync import engine, enrolment

OFFICER = "0001"
EMITS = 20_000
# Other code moves the count of True a little; PySide6 6.12.0 took one away with every signal.
STRAY_REFERENCES = 50
START_SECONDS = 60
FEW_COLOURS = 10
PLAIN_HEADER = b"SQLite format 3\x00"


class Failed(Exception):
    """What did not hold."""


def main() -> int:
    """Zero if every step holds; the first that does not is the last."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with (
        TemporaryDirectory(prefix="checkpoint-self-test-") as folder,
        closing(SelfTest(Path(folder))) as test,
    ):
        for what, step in test.steps():
            try:
                found = step()
            except Exception as error:
                print(f"FAILED  {what}: {type(error).__name__}: {error}", flush=True)
                return 1
            print(f"ok      {what}: {found}", flush=True)
    return 0


class SelfTest:
    """A centre, a workstation and a window of its own, in a folder that is thrown away."""

    def __init__(self, folder: Path) -> None:
        self._folder = Folder(folder / "post")
        self._centre = folder / "centre"
        self._passphrase = secrets.token_urlsafe(24)
        self._to_close = ExitStack()

    def steps(self) -> tuple[tuple[str, Callable[[], str]], ...]:
        return (
            ("a server on this machine", self.start_server),
            ("enrolment with it", self.enrol),
            ("an encrypted file, closed and opened again", self.keep_records),
            ("the signatures of its journal", self.verify_journal),
            ("contact with the server", self.contact),
            ("a window", self.paint_window),
            ("signals of the window system's binding", lambda: soak(EMITS)),
        )

    def close(self) -> None:
        self._to_close.close()

    def start_server(self) -> str:
        self._server("init")
        process = subprocess.Popen(  # noqa: S603  our own program beside this one
            [*_server_command(), "serve", "--data", str(self._centre), "--until-closed"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        # It ends when its standard input is closed, which leaving this does.
        self._to_close.enter_context(process)
        said = process.stdout.readline().strip() if process.stdout else ""
        if not said.startswith("listening on"):
            raise Failed(f"the server did not start: {said}")
        return said

    def enrol(self) -> str:
        provisioning = self._centre / "provisioning.json"
        self._server("token", "--post", "TEST-01", "--out", str(provisioning))
        device = enrolment.enrol(enrolment.read_provisioning(provisioning), self._folder)
        slot = NewSlot.fresh(OFFICER, Role.SUPERVISOR, self._passphrase)
        enrolment.first_officers(self._folder, device, [slot]).wipe()
        return f"this is {device.state.workstation}"

    def keep_records(self) -> str:
        with closing(self._opened()) as store:
            store.append(WorkstationEvent(step=WorkstationStep.STARTED, details={}))
        if self._folder.records.read_bytes().startswith(PLAIN_HEADER):
            raise Failed("the file is not encrypted")
        with closing(self._opened()) as store:
            return f"{store.tip().position} entry, read with the pass-phrase"

    def verify_journal(self) -> str:
        with closing(self._opened()) as store:
            entries = store.entries(0, limit=10, max_bytes=1_000_000)
            tip = verify(store.origin, start(store.origin), entries, self._device().public)
        return f"head {tip.head.hex()[:16]}"

    def contact(self) -> str:
        device = self._device()
        provisioning = enrolment.read_provisioning(self._centre / "provisioning.json")
        with (
            closing(self._opened()) as store,
            closing(enrolment.line_of(provisioning, device)) as line,
        ):
            request = engine.next_request(store, device, have={})
            outcome = engine.confirm(store, device, line.contact(request.contact))
            if outcome.trouble or outcome.held != store.tip().position:
                raise Failed(f"the server holds {outcome.held}: {outcome.trouble}")
        return f"{outcome.held} entry held"

    def paint_window(self) -> str:
        from ui.main import Program, make_application  # it imports us

        settings = Settings()
        application = make_application(settings)
        program = Program(application, self._folder, settings)
        program.start()
        try:
            if program.window is None:
                raise Failed("there is none for this workstation")
            application.processEvents()
            picture = program.window.grab().toImage()
        finally:
            program.close()
        if colours_in(picture) < FEW_COLOURS:
            raise Failed("it stayed empty")
        return f"{picture.width()} × {picture.height()} in {application.font().family()}"

    def _opened(self) -> Store:
        device = self._device()
        unlocked = Vault(self._folder.envelope).unlock(OFFICER, self._passphrase)
        try:
            return Store(
                self._folder.records,
                unlocked.database_key,
                origin=Origin(
                    device.state.deployment, device.state.workstation, device.state.incarnation
                ),
                public=device.public,
                sign=device.sign,
                clock=Clock(),
            )
        finally:
            unlocked.wipe()

    def _device(self) -> DeviceKey:
        return DeviceKey.load(self._folder.device_key)

    def _server(self, command: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603  our own program beside this one
            [*_server_command(), command, "--data", str(self._centre), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=START_SECONDS,
        )


class Bell(QObject):
    """Rings, and counts how often it was heard."""

    rang = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    @Slot(bool)
    def hear(self, _loud: bool) -> None:
        self.heard += 1


def references_of_true() -> int:
    return sys.getrefcount(True)


def soak(emits: int, references: Callable[[], int] = references_of_true) -> str:
    """Signals and connections by the thousand. Raises `Failed` where they cost references of True.

    Sooner than the abort that a lost reference ends in, which no program survives to tell of.
    """
    bell = Bell()
    bell.rang.connect(bell.hear)
    before = references()
    for number in range(emits):
        bell.rang.emit(True)
        if number % 10 == 0:
            bell.rang.disconnect(bell.hear)
            bell.rang.connect(bell.hear)
        lost = before - references()
        # The fault costs one with each signal; other threads take and give back some meanwhile.
        if lost > max(STRAY_REFERENCES, number // 2):
            raise Failed(f"{lost} references of True are gone after {number + 1} signals")
    if bell.heard != emits:
        raise Failed(f"{bell.heard} of {emits} signals were heard")
    return f"{bell.heard} heard"


def colours_in(picture: QImage) -> int:
    """How many different colours a picture shows, looking at each second point."""
    return len(
        {
            picture.pixel(x, y)
            for x in range(0, picture.width(), 2)
            for y in range(0, picture.height(), 2)
        }
    )


def _server_command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name("checkpoint-server"))]
    return [sys.executable, "-m", "sync.server.main"]
