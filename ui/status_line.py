"""The line at the foot of the window: the line to the centre, the lists, the clock, the version."""

from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from checkpoint_client.desk.workstation import LineState, Status
from checkpoint_client.records import ListConsulted
from checkpoint_client.records.codes import ClockState, ListState
from ui.rows import Rows
from ui.theme import GAP, TIGHT, Chip, Quiet, Tone
from ui.words import Words, at_moment, at_time

LIST_TONES = {
    ListState.FRESH: Tone.OK,
    ListState.OLD: Tone.ATTENTION,
    ListState.NOT_CURRENT: Tone.ALARM,
    ListState.MISSING: Tone.ALARM,
}


class StatusLine(QWidget):
    """What an officer wants to know of the workstation without asking. It never asks back."""

    def __init__(self, words: Words, version: str) -> None:
        super().__init__()
        self._words = words
        self.line = Chip(self.tr("Line not tried yet"), Tone.NEUTRAL, icon="unlinked")
        self.lists = Chip()
        self.clock = Chip()
        self.version = Quiet(self.tr("Version {0}").format(version))
        self.version.setWordWrap(False)
        self.version.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        parts = Rows()
        parts.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        for part in (self.line, self.lists, self.clock):
            parts.add(part)
        parts.add(self.version, 1)
        self.setLayout(parts)
        self.setAccessibleName(self.tr("State of the workstation"))
        self.show_locked()

    @Slot(object)
    def show_line(self, state: LineState) -> None:
        """How the line is, since when, and how many checks the centre does not hold yet."""
        since = self._moment(state.since)
        parts = [self.tr("Online") if state.online else self.tr("Offline since {0}").format(since)]
        if state.waiting or not state.online:
            parts.append(self.tr("%n check(s) waiting", "", state.waiting))
        if state.problem:
            parts.append(self._words.line_problem(state.problem))
        is_well = state.online and not state.problem
        self.line.show_state(
            " · ".join(parts),
            Tone.OK if is_well else Tone.ATTENTION,
            icon="linked" if state.online else "unlinked",
        )
        contact = self._moment(state.last_contact) if state.last_contact else self.tr("never")
        self.line.setToolTip(self.tr("Last contact with the centre: {0}").format(contact))

    def show_status(self, status: Status) -> None:
        """How old every list is, the one that is worst off first, and the clock."""
        order = list(ListState)
        lists = sorted(
            status.lists,
            key=lambda each: (order.index(each.state), each.age_hours),
            reverse=True,
        )
        words = " · ".join(map(self._list, lists))
        self.lists.show_state(words, LIST_TONES[lists[0].state], icon="clock")
        tone = Tone.OK if status.clock is ClockState.TRUSTED else Tone.ATTENTION
        self.clock.show_state(self._words.label(status.clock), tone, icon="clock")
        self.lists.show()
        self.clock.show()

    def show_locked(self) -> None:
        """Nobody is signed in: lists and clock cannot be asked."""
        self.lists.hide()
        self.clock.hide()

    def _list(self, consulted: ListConsulted) -> str:
        name = self._words.list_name(consulted.list_id)
        if consulted.state is ListState.MISSING:
            return self.tr("{0}: missing").format(name)
        return f"{name}: {self._words.age(consulted.age_hours)}"

    def _moment(self, moment: datetime) -> str:
        is_today = moment.date() == datetime.now(moment.tzinfo).date()
        return at_time(moment) if is_today else at_moment(moment)
