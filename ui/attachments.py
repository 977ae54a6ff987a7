"""Attachments on the screen: taken in, listed, looked at inside the window, exported for a reason.

A picture is only ever drawn from memory: no file in clear is made to show one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten
from typing import Protocol

from PySide6.QtCore import QBuffer, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.desk import Changed, Refused
from checkpoint_client.desk.attaching import Attaching, KeptAttachment
from checkpoint_client.records import Attachment, Problem
from checkpoint_client.records.attachments import (
    LARGEST_ATTACHMENT,
    MOST_ATTACHMENTS,
    SUFFIXES,
    MediaType,
)
from checkpoint_client.records.codes import ConsultReason
from ui.reasons import ReasonPanel
from ui.theme import (
    GAP,
    NEAR,
    TIGHT,
    Chip,
    KeyButton,
    Quiet,
    ScreenTitle,
    SectionTitle,
    Text,
    Tone,
    colours_of,
    pixmap,
    row,
)
from ui.words import Words
from ui.work import Work

THUMBNAIL = 72
LONGEST_SIDE = 2_400
"""Of a picture as it is shown, in pixels: a passport's smallest print can be read."""

LONGEST_LABEL = 48
ON_ITS_WAY = "on-its-way"
"""Of a neighbour's attachment that is being fetched."""

_MEGABYTE = 1024 * 1024


def choose_files(parent: QWidget, heading: str) -> list[Path]:
    """Ask for files; none where the officer thinks better of it."""
    patterns = " ".join(f"*{suffix}" for suffixes in SUFFIXES.values() for suffix in suffixes)
    chosen, _filter = QFileDialog.getOpenFileNames(parent, heading, "", patterns)
    return [Path(each) for each in chosen]


def choose_folder(parent: QWidget, heading: str) -> Path | None:
    """Ask for a folder to write into."""
    chosen = QFileDialog.getExistingDirectory(parent, heading)
    return Path(chosen) if chosen else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """How files and folders are asked for."""

    files: Callable[[QWidget, str], list[Path]] = choose_files
    folder: Callable[[QWidget, str], Path | None] = choose_folder


def picture_of(content: bytes, longest: int) -> QImage:
    """The picture in a file, at most so many pixels wide and high, upright; null if there is none.

    For any thread.
    """
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class AttachmentWords(QObject):
    """What is said of attachments."""

    def about(self, attachment: Attachment) -> str:
        """What kind of file it is, and how large."""
        return f"{self._kind(attachment)}, {self._size(attachment.size)}"

    def whole(self, attachments: Sequence[KeptAttachment]) -> tuple[str, Tone]:
        """How many of them are at the centre."""
        received = sum(each.is_received for each in attachments)
        said = self.tr("attachments: {0} of {1} at the centre").format(received, len(attachments))
        return said, Tone.OK if received == len(attachments) else Tone.NEUTRAL

    def come(self, kept: KeptAttachment) -> tuple[str, str]:
        """How much of one on its way has come, and of how much."""
        return self._size(kept.come), self._size(kept.attachment.size)

    def refused(self, name: str, problem: Problem) -> str:
        return f"{name}: {self.problem(problem)}"

    def problem(self, problem: Problem) -> str:
        megabytes = LARGEST_ATTACHMENT // _MEGABYTE
        said = {
            "not-a-kind": self.tr("not taken, only JPEG and PNG pictures and PDF are."),
            "misnamed": self.tr(
                "not taken, its content is not what its name says. Look where it comes from."
            ),
            "damaged": self.tr("not taken, it is damaged or cut. Copy or scan it once more."),
            "too-many-pixels": self.tr(
                "not taken, it would unpack to an enormous picture. Scan it at a lower resolution."
            ),
            "too-large": self.tr(
                "not taken, it is larger than {0} MB. Scan it at a lower resolution."
            ).format(megabytes),
            "not-a-file": self.tr("not taken, there is no such file."),
            "unreadable": self.tr("not taken, it cannot be read. Is the stick still in?"),
            "too-many": self.tr("A record takes {0} attachments at most.").format(MOST_ATTACHMENTS),
            "missing": self.tr("Write what it shows."),
            "too-long": self.tr("These words are too long."),
            "not-here": self.tr("An attachment is missing or damaged on this disk: take it out."),
            ON_ITS_WAY: self.tr(
                "Not here yet: it lies at the computer where it was taken. It is fetched through"
                " the post's exchange; this page looks again by itself."
            ),
            "already-there": self.tr("This file is in that folder already."),
            "not-writable": self.tr("Nothing can be written into this folder. Choose another one."),
        }
        return said.get(problem.code, problem.code)

    def _kind(self, attachment: Attachment) -> str:
        if attachment.media_type == MediaType.PDF:
            return self.tr("PDF")
        return self.tr("picture")

    def _size(self, size: int) -> str:
        if size < _MEGABYTE:
            return self.tr("{0} kB").format(max(1, size // 1024))
        return self.tr("{0} MB").format(f"{size / _MEGABYTE:.1f}")


class Taking(QObject):
    """Takes files in, one after the other, a piece at a time on the store's thread."""

    taken = Signal(object)
    refused = Signal(str, object)
    ended = Signal()

    def __init__(
        self,
        work: Work,
        paths: Sequence[Path],
        begin: Callable[[Path], Callable[[], Attaching]],
        parent: QObject,
    ) -> None:
        """`begin` gives the job that begins with a file."""
        super().__init__(parent)
        self._work = work
        self._paths = list(paths)
        self._begin = begin
        self._name = ""

    def go_on(self) -> None:
        """Take the next file."""
        if not self._paths:
            self.ended.emit()
            return
        path = self._paths.pop(0)
        self._name = path.name
        self._work.run(self._begin(path), self._step, self._failed)

    def _step(self, attaching: Attaching) -> None:
        self._work.run(attaching.step, lambda taken: self._stepped(attaching, taken), self._failed)

    def _stepped(self, attaching: Attaching, taken: Attachment | None) -> None:
        if taken is None:
            self._step(attaching)
            return
        self.taken.emit(taken)
        self.go_on()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            self.ended.emit()
            return
        self.refused.emit(self._name, error.problems)
        self.go_on()


class DraftDesk(Protocol):
    """A desk where something can be attached to a draft."""

    def take_out(self, attachment: Attachment, /) -> None: ...

    def content_of(self, attachment: Attachment, /) -> bytes: ...


class TakingIn(QObject):
    """What can be done with the attachments of an open draft, at whichever desk it lies.

    `changed` says that the draft is to be kept at once; `busy` that files are under way, or not.
    """

    changed = Signal()
    busy = Signal(bool)

    def __init__(
        self,
        listed: "AttachmentList",
        viewing: "Viewing",
        work: Work,
        desk: DraftDesk,
        begin: Callable[[Path], Callable[[], Attaching]],
        choose: Choose,
    ) -> None:
        """`begin` gives the job that begins to take a file in."""
        super().__init__(listed)
        self._listed = listed
        self._work = work
        self._desk = desk
        self._begin = begin
        self._choose = choose
        listed.wanted.connect(self.attach)
        listed.opened.connect(viewing.open)
        listed.taken_out.connect(self._take_out)

    @Slot()
    def attach(self) -> None:
        """Ask for files and take them in."""
        paths = self._choose.files(self._listed, self.tr("Attach"))
        if not paths:
            return
        taking = Taking(self._work, paths, self._begin, self)
        taking.taken.connect(self._taken)
        taking.refused.connect(self._listed.say_refused)
        taking.ended.connect(self._ended)
        self._listed.begin()
        self.busy.emit(True)
        taking.go_on()

    def draw(self, attachments: Sequence[Attachment]) -> None:
        """Draw them small in their list."""
        for each in attachments:
            if each.media_type != MediaType.PDF:
                self._draw(each)

    @Slot()
    def _ended(self) -> None:
        self._listed.attach.setEnabled(True)
        self.busy.emit(False)

    @Slot(object)
    def _taken(self, attachment: Attachment) -> None:
        self._listed.add(attachment)
        self.changed.emit()
        self.draw([attachment])

    @Slot(object)
    def _take_out(self, attachment: Attachment) -> None:
        self.changed.emit()  # first: no draft may name what is not there
        self._work.run(lambda: self._desk.take_out(attachment), lambda _gone: None)

    def _draw(self, attachment: Attachment) -> None:
        self._work.run(
            lambda: picture_of(self._desk.content_of(attachment), 2 * THUMBNAIL),
            lambda picture: self._listed.show_picture(attachment, picture),
            lambda error: None if isinstance(error, Refused) else self._work.failed.emit(error),
        )


class AttachmentList(QWidget):
    """What is attached to notes that are still open: titled, looked at, taken out again."""

    edited = Signal()
    wanted = Signal()
    opened = Signal(object)
    taken_out = Signal(object)

    def __init__(self, *, key: str = "F6") -> None:
        super().__init__()
        self._say = AttachmentWords(self)
        self.rows: list[AttachmentRow] = []
        self.attach = KeyButton(self.tr("Attach pictures or PDF"), key, icon="attach")
        self.problem = Text(role="problem")
        self.problem.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(NEAR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(SectionTitle(self.tr("Attachments")))
        column.addLayout(self._column)
        column.addWidget(self.problem)
        column.addLayout(row(self.attach))
        self.attach.clicked.connect(self.wanted)

    def show_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Go on with those of a draft."""
        for each in self.rows:
            each.deleteLater()
        self.rows = []
        self.problem.hide()
        for attachment in attachments:
            self._append(attachment)

    def attachments(self) -> tuple[Attachment, ...]:
        """As they are titled now."""
        return tuple(each.attachment() for each in self.rows)

    def begin(self) -> None:
        """Files are about to be taken in."""
        self.attach.setEnabled(False)
        self.problem.clear()
        self.problem.hide()

    def add(self, attachment: Attachment) -> None:
        """One more was taken in; its title can be typed over."""
        self._append(attachment)
        self.rows[-1].title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rows[-1].title.selectAll()
        self.edited.emit()

    def show_picture(self, attachment: Attachment, picture: QImage) -> None:
        for each in self.rows:
            if each.attachment().address == attachment.address:
                each.show_picture(picture)

    def show_problem(self, problem: Problem) -> None:
        """Words, and the cursor where they are about one of them."""
        place = problem.field.partition(".")[2]
        self.say(self._say.problem(problem))
        if place.isdigit() and int(place) < len(self.rows):
            self.rows[int(place)].title.setFocus()

    def say_refused(self, name: str, problems: Sequence[Problem]) -> None:
        """Of several files each one is named."""
        said = [self.problem.text(), *(self._say.refused(name, each) for each in problems)]
        self.say("\n".join(filter(None, said)))

    def say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()

    def _append(self, attachment: Attachment) -> None:
        added = AttachmentRow(attachment, len(self.rows) + 1, self._say)
        added.edited.connect(self.edited)
        added.show_it.clicked.connect(lambda: self.opened.emit(added.attachment()))
        added.take_out.clicked.connect(lambda: self._take_out(added))
        self.rows.append(added)
        self._column.addWidget(added)

    def _take_out(self, gone: "AttachmentRow") -> None:
        self.rows.remove(gone)
        gone.hide()
        gone.deleteLater()
        self.problem.hide()
        self.attach.setFocus()
        self.edited.emit()
        self.taken_out.emit(gone.attachment())


class AttachmentRow(QWidget):
    """One attachment: a small picture, what it shows, and what can be done with it."""

    edited = Signal()

    def __init__(self, attachment: Attachment, number: int, say: AttachmentWords) -> None:
        super().__init__()
        self._attachment = attachment
        self.picture = QLabel()
        self.picture.setFixedSize(THUMBNAIL, THUMBNAIL)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setPixmap(pixmap("note", colours_of(self).quiet, THUMBNAIL // 2))
        self.title = QLineEdit(attachment.title)
        self.title.setPlaceholderText(self.tr("What it shows"))
        self.title.setAccessibleName(self.tr("What attachment {0} shows").format(number))
        self.about = Quiet(say.about(attachment))
        self.show_it = KeyButton(self.tr("Show"), icon="search")
        self.show_it.setAccessibleName(self.tr("Show attachment {0}").format(number))
        self.take_out = KeyButton(self.tr("Take out"), icon="undo")
        self.take_out.setAccessibleName(self.tr("Take attachment {0} out").format(number))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(NEAR)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.picture, 0, 0, 2, 1)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(self.show_it, 0, 2)
        grid.addWidget(self.take_out, 0, 3)
        grid.addWidget(self.about, 1, 1, 1, 3)
        self.title.textEdited.connect(lambda _text: self.edited.emit())

    def attachment(self) -> Attachment:
        return replace(self._attachment, title=self.title.text())

    def show_picture(self, picture: QImage) -> None:
        if not picture.isNull():
            self.picture.setPixmap(_within(picture, self.picture.size()))


class AttachmentsOf(QWidget):
    """What is attached to a closed record, each to be opened in the viewer."""

    opened = Signal(object)

    def __init__(self, attachments: Sequence[KeptAttachment], origin: str) -> None:
        """`origin` is the workstation where the record was made."""
        super().__init__()
        say = AttachmentWords(self)
        self.buttons: list[KeyButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        words, tone = say.whole(attachments)
        self.count = Chip(words, tone, icon="attach")
        column.addWidget(self.count)
        self.count.setVisible(all(each.is_own for each in attachments))
        for kept in attachments:
            column.addLayout(self._line(kept, say, origin))

    def _line(self, kept: KeptAttachment, say: AttachmentWords, origin: str) -> QVBoxLayout:
        attachment = kept.attachment
        both = QVBoxLayout()
        title = shorten(attachment.title, LONGEST_LABEL, placeholder="…")
        button = KeyButton(f"{title} ({say.about(attachment)})", icon="search")
        button.setAccessibleName(self.tr("Show {0}").format(attachment.title))
        button.setEnabled(kept.is_here or not kept.is_own)
        button.clicked.connect(lambda: self.opened.emit(attachment))
        self.buttons.append(button)
        both.addLayout(row(button))
        if not kept.is_here:
            where = self.tr("This file is not on this computer.")
            if not kept.is_own:
                where = self.tr("Not here yet: it lies at workstation {0}. Open it to fetch it.")
            if kept.come:
                where = self.tr("On its way from workstation {0}: {1} of {2}.")
            both.addWidget(Quiet(where.format(origin, *say.come(kept))))
        return both


class Viewing(QStackedWidget):
    """A screen that shows attachments in its own place, and comes back to where it was."""

    def __init__(
        self,
        content: QWidget,
        work: Work,
        words: Words,
        content_of: Callable[[Attachment], bytes],
        *,
        reasons: Sequence[ConsultReason] = (),
        choose: Choose | None = None,
        export: Callable[[Attachment, Path, ConsultReason, str], Callable[[], object]]
        | None = None,
    ) -> None:
        """`export` gives the job that writes one into a folder; without it nothing is exported."""
        super().__init__()
        self._work = work
        self._content_of = content_of
        self._choose = choose or Choose()
        self._export = export
        self._came_from: QWidget | None = None
        self._awaited: Attachment | None = None
        self._is_asked = False
        self.content = content
        self.viewer = Viewer(words, reasons if export else ())
        self.addWidget(content)
        self.addWidget(self.viewer)
        self.viewer.left.connect(self.go_back)
        self.viewer.export_wanted.connect(self._ask_where)
        work.changed.connect(self._look_again)

    @Slot(object)
    def open(self, attachment: Attachment) -> None:
        """Show it; it comes from the store's thread already drawn."""
        self._came_from = self.focusWidget()
        self._is_asked = False
        self.viewer.begin(attachment)
        self.setCurrentWidget(self.viewer)
        self.viewer.setFocus(Qt.FocusReason.OtherFocusReason)
        if attachment.media_type == MediaType.PDF:
            self.viewer.say_pdf()
            return
        self._draw(attachment)

    def _draw(self, attachment: Attachment) -> None:
        self._work.run(
            lambda: picture_of(self._content_of(attachment), LONGEST_SIDE),
            self.viewer.show_picture,
            lambda error: self._not_drawn(attachment, error),
        )

    def _not_drawn(self, attachment: Attachment, error: BaseException) -> None:
        self._refused(error)
        is_coming = isinstance(error, Refused) and error.problems[0].code == ON_ITS_WAY
        if not is_coming or self.currentWidget() is not self.viewer:
            return
        if not self._is_asked:
            self._is_asked = True
            self._work.changed.emit(Changed(0))  # whoever brings it looks at once
        self._awaited = attachment

    @Slot()
    def _look_again(self) -> None:
        """Something changed: what was on its way may be here by now."""
        awaited, self._awaited = self._awaited, None
        if awaited:
            self.viewer.begin(awaited)
            self._draw(awaited)

    @Slot()
    def go_back(self) -> None:
        self._awaited = None
        self.setCurrentWidget(self.content)
        self.viewer.forget()
        if came_from := self._came_from:
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, object, str)
    def _ask_where(self, attachment: Attachment, reason: ConsultReason, note: str) -> None:
        folder = self._choose.folder(self, self.tr("Export into this folder"))
        if folder is None or self._export is None:
            return
        self._work.run(
            self._export(attachment, folder, reason, note), self._is_exported, self._refused
        )

    def _is_exported(self, _done: object) -> None:
        self.viewer.say_exported()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self._work.failed.emit(error)
            return
        self.viewer.say_problem(error.problems[0])


class Viewer(QWidget):
    """One attachment, as large as the window allows."""

    left = Signal()
    export_wanted = Signal(object, object, str)

    def __init__(self, words: Words, reasons: Sequence[ConsultReason]) -> None:
        super().__init__()
        self._say = AttachmentWords(self)
        self._attachment: Attachment | None = None
        self._picture = QImage()
        self.title = ScreenTitle()
        self.about = Quiet()
        self.message = Text()
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(self.tr("The attachment"))
        self.back = KeyButton(self.tr("Back"), "Esc", icon="back")
        self.enlarge = KeyButton(self.tr("Full size"), "F4", icon="search")
        self.enlarge.setCheckable(True)
        self.export = KeyButton(self.tr("Export"), "F8", icon="arrow-out")
        self.panel = ReasonPanel(
            words,
            reasons,
            title=self.tr("Export"),
            rule=self.tr("Whoever exports says why; the reason is recorded before it is written."),
            question=self.tr("&Why do you export it?"),
            go=KeyButton(self.tr("Choose a folder and export"), "F9", Tone.ATTENTION),
        )
        self._lay_out()
        self.export.setVisible(bool(reasons))  # not before it is a part: it would be a window
        self.panel.hide()
        self.setFocusProxy(self.area)

        self.back.clicked.connect(self.left)
        self.enlarge.toggled.connect(self._draw)
        self.export.clicked.connect(self._ask_why)
        self.panel.given.connect(self._give)

    def begin(self, attachment: Attachment) -> None:
        """An attachment is about to come."""
        self.forget()
        self._attachment = attachment
        self.title.setText(attachment.title)
        self.about.setText(self._say.about(attachment))
        self.message.clear()
        self.message.hide()
        self.panel.hide()
        self.enlarge.setChecked(False)

    def show_picture(self, picture: QImage) -> None:
        if picture.isNull():
            self._tell(self.tr("This picture cannot be drawn: its content is damaged."), Tone.ALARM)
            return
        self._picture = picture
        self.enlarge.show()
        self.area.show()
        self._draw()

    def say_pdf(self) -> None:
        words = self.tr("A PDF cannot be shown in this window.")
        if not self.export.isHidden():
            words += " " + self.tr("It can be exported, with a reason, and opened elsewhere.")
        else:
            words += " " + self.tr("Once the notes are closed, it can be exported from the log.")
        self._tell(words, Tone.NEUTRAL)

    def say_problem(self, problem: Problem) -> None:
        tone = Tone.NEUTRAL if problem.code == ON_ITS_WAY else Tone.ALARM
        self._tell(self._say.problem(problem), tone)

    def say_exported(self) -> None:
        self.panel.hide()
        self._tell(
            self.tr("Written. The file is readable for anybody: that you exported it is recorded."),
            Tone.ATTENTION,
        )
        self.back.setFocus()

    def forget(self) -> None:
        """Leave no picture in memory."""
        self._picture = QImage()
        self.sheet.clear()
        self.enlarge.hide()
        self._attachment = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        if self._picture.isNull():
            return
        if self.enlarge.isChecked():
            self.sheet.setPixmap(QPixmap.fromImage(self._picture))
            return
        self.sheet.setPixmap(_within(self._picture, self.area.viewport().size()))

    def _tell(self, words: str, tone: Tone) -> None:
        self.message.say(words, tone)
        self.message.show()

    @Slot()
    def _ask_why(self) -> None:
        self.panel.show()
        self.panel.ask()

    @Slot(object, str)
    def _give(self, reason: ConsultReason, note: str) -> None:
        if self._attachment:
            self.export_wanted.emit(self._attachment, reason, note)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, NEAR, GAP, NEAR)
        column.setSpacing(NEAR)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.message)
        column.addWidget(self.area, 1)
        column.addWidget(self.panel)
        column.addLayout(row(self.back, self.enlarge, self.export))


def _within(picture: QImage, room: QSize) -> QPixmap:
    """The whole picture, no larger than it is and no larger than the room."""
    wanted = picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    if wanted.width() > picture.width():
        return QPixmap.fromImage(picture)
    smooth = Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(picture.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio, smooth))
