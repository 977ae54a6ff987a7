"""Hears from the operating system that a network is there again."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QNetworkInformation

_THERE = (
    QNetworkInformation.Reachability.Local,
    QNetworkInformation.Reachability.Site,
    QNetworkInformation.Reachability.Online,
)


class Network(QObject):
    """Emits `returned`. Silent where the system tells nothing; `sync.network` looks by itself."""

    returned = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self._on_changed)

    @Slot(QNetworkInformation.Reachability)
    def _on_changed(self, now: QNetworkInformation.Reachability) -> None:
        if now in _THERE:
            self.returned.emit()
