"""Asks for a stick, and says what was written to it, what the centre says on it, what is wrong."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QFileSystemModel, QLineEdit

from checkpoint_client.desk.sticks import (
    Acknowledged,
    Effect,
    Flaw,
    ReadBack,
    StickFailed,
    StickTrouble,
    Written,
)
from checkpoint_client.records import Problem
from ui.form import Field, Form
from ui.theme import Card, KeyButton, Quiet, Tone, row
from ui.words import Words

Said = tuple[str, Tone]


class StickPanel(Card):
    """Asks in which folder the stick is; one that was used before is proposed."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, words: Words, *, title: str, note: str, go: str, icon: str) -> None:
        super().__init__(title)
        self._note = Quiet(note)
        self.folder = QLineEdit()
        self.form = Form(words.problem, self)
        self.field = self.form.add("folder", Field(self.tr("F&older of the stick"), self.folder))
        self.start = KeyButton(go, "F9", Tone.ACCENT, icon=icon)
        self.back = KeyButton(self.tr("Leave it"), "Esc", icon="back")
        self._lay_out()

        self.form.finished.connect(self.submit)
        self.start.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)

    def open_with(self, sticks: Sequence[Path]) -> None:
        """Ask, with the first of `sticks` in the field."""
        self.form.clear_problems()
        if sticks:
            self.folder.setText(str(sticks[0]))
        self.show()
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)
        self.folder.selectAll()

    @Slot()
    def submit(self) -> None:
        typed = self.folder.text().strip()
        if not typed:
            self.form.show_problems([Problem("folder", "missing")])
            return
        self.wanted.emit(Path(typed).expanduser())

    def _lay_out(self) -> None:
        completer = QCompleter(self)
        folders = QFileSystemModel(completer)
        folders.setFilter(QDir.Filter.AllDirs | QDir.Filter.NoDotAndDotDot)
        folders.setRootPath("")
        completer.setModel(folders)
        self.folder.setCompleter(completer)
        self.body.addWidget(self._note)
        self.body.addWidget(self.field)
        self.body.addLayout(row(self.back, self.start, stretch=self.start))


class StickWords(QObject):
    """Sentences for a stick, each with how much it asks to be looked at."""

    def written(self, written: Written) -> Said:
        if written.trouble:
            how_much = self.tr("{0} bundle(s) are on the stick and good, {1} are not.").format(
                written.bundles, written.left
            )
            return f"{how_much} {self._trouble(written.trouble, written.why)}", Tone.ALARM
        if not written.bundles:
            return self.tr("Nothing waits, so nothing was written."), Tone.OK
        said = self.tr(
            "%n record(s) are on the stick, encrypted, read back and found good. They count as"
            " waiting until the centre's answer comes back on a stick or over the line.",
            "",
            written.entries,
        )
        return said, Tone.OK

    def failed(self, failed: StickFailed) -> Said:
        return self._trouble(failed.trouble, failed.why), Tone.ALARM

    def read(self, read: ReadBack) -> Iterator[Said]:
        """Nothing at all where the stick holds no answer of the centre."""
        for each in read.acknowledged:
            if each.forked_at is not None:
                said = self.tr(
                    "The centre was given two different entries at position {0} and keeps both."
                    " Call headquarters."
                )
                yield said.format(each.forked_at), Tone.ALARM
            yield self._effect(each)
        if read.others:
            said = self.tr("%n answer(s) for other workstations stay on it.", "", read.others)
            yield said, Tone.OK
        for name, flaw in read.refused.items():
            printable = "".join(c if c.isprintable() else "?" for c in name)
            yield f"{printable}: {self._flaw(flaw)}", Tone.ALARM

    def _effect(self, said: Acknowledged) -> Said:
        words = {
            Effect.TAKEN: self.tr("The centre holds the first {0} records of this workstation."),
            Effect.KNOWN: self.tr(
                "The centre's answer is older than what is known here: nothing changes."
            ),
            Effect.TAKEN_BACK: self.tr(
                "The centre came back from a backup and holds {0} records: the rest is sent again."
            ),
            Effect.WAITS: self.tr(
                "The centre holds the first {0} records: they count as received from the next"
                " sign-in on."
            ),
            Effect.BEGUN_ANEW: self.tr(
                "The centre holds records that are not here any more: these were put back from a"
                " backup. Nothing is lost, and work goes on in a new journal."
            ),
            Effect.EARLIER_JOURNAL: self.tr(
                "The centre's answer is on an earlier journal of this workstation: nothing changes."
            ),
        }
        tone = Tone.ATTENTION if said.effect is Effect.BEGUN_ANEW else Tone.OK
        return words[said.effect].format(said.held), tone

    def _trouble(self, trouble: StickTrouble, why: str) -> str:
        words = {
            StickTrouble.NOT_THERE: self.tr(
                "This folder is not there. Put the stick in, and choose its folder."
            ),
            StickTrouble.NOT_A_FOLDER: self.tr(
                "What is called checkpoint-bundles on this stick is no folder of ours. Remove it,"
                " or take another stick."
            ),
            StickTrouble.TOO_MANY: self.tr(
                "There are far too many files on this stick. Take another one."
            ),
            StickTrouble.FULL: self.tr("The stick is full. Take another one for the rest."),
            StickTrouble.WRITE_PROTECTED: self.tr(
                "The stick is write-protected. Take its lock off, or take another one."
            ),
            StickTrouble.GONE: self.tr(
                "The stick is gone. Put it in and begin again: nothing was lost here."
            ),
            StickTrouble.BAD_MEDIUM: self.tr(
                "The stick does not give back what was written to it. Take another one."
            ),
            StickTrouble.FAILED: self.tr("The stick cannot be used ({0}). Take another one."),
        }
        return words[trouble].format(why)

    def _flaw(self, flaw: Flaw) -> str:
        words = {
            Flaw.NOT_A_FILE: self.tr("not taken, it is a link, a folder or a device."),
            Flaw.TOO_LARGE: self.tr("not taken, it is larger than any answer of the centre."),
            Flaw.UNREADABLE: self.tr("not taken, it was cut or is no answer of the centre."),
            Flaw.CLOSED: self.tr("not taken, it was encrypted for somebody else or altered."),
            Flaw.FORGED: self.tr(
                "not taken, the centre did not sign it. Somebody may be trying to make records"
                " look received. Call headquarters."
            ),
            Flaw.SWAPPED: self.tr(
                "not taken, it is the answer to another workstation under this one's name. Call"
                " headquarters."
            ),
            Flaw.FOREIGN: self.tr("not taken, it is of another service."),
            Flaw.UNKNOWN: self.tr("not taken, its workstation is not known."),
            Flaw.FAILED: self.tr("not taken, the stick does not give it out."),
        }
        return words[flaw]


def worst(tones: list[Tone]) -> Tone:
    """How much several sentences together ask to be looked at."""
    for tone in (Tone.ALARM, Tone.ATTENTION):
        if tone in tones:
            return tone
    return Tone.OK
