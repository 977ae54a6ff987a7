"""The program's own window, run by `bench_window` in a process of its own.

    python -m tests.bench.at_the_window FOLDER start|work SERVICE_NUMBER PASSPHRASE

Prints one JSON object: when the sign-in page was painted, the memory, the longest silence.
"""

import json
import sys
from collections.abc import Callable
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from checkpoint_client.settings import Folder, Settings
from ui.main import Program, make_application

SEARCHES = 200
RECORDED_AT_ONCE = 500
BEAT_MS = 5
PATIENCE_S = 60.0


class Painted(QObject):
    """Notes when a widget first draws itself."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.at:
            self.at = monotonic()
        return False


def main(folder: Path, what: str, service_number: str, passphrase: str) -> None:
    settings = Settings.read(Folder(folder).settings)
    application = make_application(settings)
    program = Program(application, Folder(folder), settings)
    program.start()
    window = program.window
    assert window is not None
    entrance = window.entrance
    painted = Painted()
    entrance.number.installEventFilter(painted)
    wait(application, lambda: entrance.number.count() > 0 and painted.at > 0)
    found = {"painted": painted.at}
    if what == "work":
        entrance.number.choose(service_number)
        entrance.passphrase.setText(passphrase)
        entrance.submit()
        wait(application, lambda: window.session is not None)
        found["memory"] = memory_mb()
        found["silence"] = longest_silence(application, program)
    program.close()
    print(json.dumps(found))


def longest_silence(application: QApplication, program: Program) -> float:
    """Seconds in which the window could not have answered a key, while the store works hard."""
    from checkpoint_client.desk.log import LogQuery
    from checkpoint_client.specimen.recorded import crossings

    session = program.window.session if program.window else None
    assert session is not None
    chance = Random(9303)
    now = session.store.clock.now()
    beats: list[float] = []
    done: list[object] = []
    timer = QTimer(interval=BEAT_MS)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: beats.append(monotonic()))

    def record() -> None:
        with session.store.together():
            for crossing in islice(crossings(chance, now), RECORDED_AT_ONCE):
                session.store.append(crossing.check)

    def search() -> None:
        session.log.search(LogQuery(text=chance.choice("АБВГДЕКЛМНОП"), limit=200))

    timer.start()
    program.work.run(record, done.append)
    for _ in range(SEARCHES):
        program.work.run(search, done.append)
    wait(application, lambda: len(done) > SEARCHES)
    timer.stop()
    return max(late - early for early, late in pairwise(beats))


def wait(application: QApplication, happened: Callable[[], bool]) -> None:
    until = monotonic() + PATIENCE_S
    while not happened():
        assert monotonic() < until, "it never happened"
        application.processEvents()


def memory_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1_000
    raise OSError("this system does not tell how much memory a process has")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:5])
