"""Many signals: PySide6 6.12.0 lost one reference of True with each, until the process aborted."""

import sys

from PySide6.QtCore import QObject, Signal, Slot

EMITS = 20_000
# Whatever else runs moves the refcount of True a little; a reference lost a signal moves it far.
NOISE = 50


class Bell(QObject):
    rang = Signal(bool)


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    @Slot(bool)
    def hear(self, _loud: bool) -> None:
        self.heard += 1


def test_signals_take_no_reference_of_true_away(qapp: QObject) -> None:
    assert qapp is not None
    bell, listener = Bell(), Listener()
    bell.rang.connect(listener.hear)
    before = sys.getrefcount(True)

    for number in range(EMITS):
        bell.rang.emit(True)
        if number % 100 == 0:  # sooner than the abort, which would take the whole run with it
            assert abs(sys.getrefcount(True) - before) < NOISE

    assert listener.heard == EMITS


def test_connecting_takes_no_reference_of_true_away(qapp: QObject) -> None:
    assert qapp is not None
    bell, listener = Bell(), Listener()
    before = sys.getrefcount(True)

    for number in range(EMITS // 10):
        bell.rang.connect(listener.hear)
        bell.rang.disconnect(listener.hear)
        if number % 20 == 0:
            assert abs(sys.getrefcount(True) - before) < NOISE
