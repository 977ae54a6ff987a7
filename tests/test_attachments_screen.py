"""Attachments on the screen: taken in by keys, looked at in the window, exported for a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.desk import Changed, Refused
from checkpoint_client.desk.attaching import KeptAttachment
from checkpoint_client.desk.powers import POWERS
from checkpoint_client.records import (
    Attachment,
    Consultation,
    Interview,
    InterviewDraft,
    Problem,
    ReferralDraft,
)
from checkpoint_client.records.codes import (
    AdjudicationReason,
    ConsultAction,
    ConsultReason,
    HitVerdict,
    ReferralReason,
    Role,
    Signing,
)
from tests.counter import Counter, at_the_counter
from tests.papers import PDF_TEXT, a_pdf, a_png, put
from tests.post import Post, a_draft, an_alert, put_list, read_hits
from ui.attachments import AttachmentsOf, Choose, Viewing, picture_of
from ui.hits import HitDeskScreen
from ui.log import LogScreen
from ui.review import ReviewScreen
from ui.second_line import CaseScreen, SecondLineScreen

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Dialog:
    """What the officer chooses when he is asked."""

    files: list[Path] = field(default_factory=list)
    folder: Path | None = None

    def choose(self) -> Choose:
        return Choose(
            files=lambda _parent, _heading: self.files,
            folder=lambda _parent, _heading: self.folder,
        )


@pytest.fixture
def dialog() -> Dialog:
    return Dialog()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def counter(qtbot: QtBot, post: Post) -> Iterator[Counter]:
    with post.session(Role.OFFICER) as booth:
        booth.first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT))
    with at_the_counter(qtbot, post, Role.SUPERVISOR) as counter:
        yield counter


@pytest.fixture
def screen(counter: Counter, dialog: Dialog) -> SecondLineScreen:
    screen = SecondLineScreen(
        counter.session.second_line,
        counter.work,
        counter.words,
        counter.post.clock,
        dialog.choose(),
    )
    counter.show(screen)
    counter.settle()
    screen.queue.setFocus()
    return screen


@pytest.fixture
def case(screen: SecondLineScreen, counter: Counter) -> CaseScreen:
    counter.press(Qt.Key.Key_Return)
    assert screen.case is not None
    return screen.case


def a_photograph(folder: Path, name: str = "page.jpg", *, width: int = 800) -> Path:
    """A JPEG that can be drawn: red above, blue below."""
    folder.mkdir(exist_ok=True)
    picture = QImage(width, width // 2, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    for y in range(width // 4, width // 2):
        for x in range(width):
            picture.setPixelColor(x, y, QColor("blue"))
    assert picture.save(str(folder / name))
    return folder / name


def attach(counter: Counter, dialog: Dialog, *paths: Path) -> None:
    """By key, to the end."""
    dialog.files = list(paths)
    counter.press(Qt.Key.Key_F6)
    for _ in range(20):
        counter.settle()


def close_notes(case: CaseScreen, counter: Counter) -> None:
    case.notes.language_choice.choose("ru")
    case.notes.exchanges[0].question.setFocus()
    counter.type("Whose is it?")
    counter.press(Qt.Key.Key_Return)
    counter.type("My brother's.")
    case.notes.signing_choice.choose(Signing.SIGNED)
    counter.press(Qt.Key.Key_F10)


def words_on(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def kept_draft(counter: Counter, case: CaseScreen) -> InterviewDraft:
    """The open notes as they are on the disk."""
    referral = case._case.referral.id
    workplace = counter.session.workplace
    kept = counter.ask(lambda: workplace.drafts.kept("interview", referral, InterviewDraft))
    assert kept is not None
    return kept


def drawn(viewing: Viewing) -> QImage:
    return viewing.viewer.sheet.pixmap().toImage()


# taken in


def test_files_are_attached_by_key_and_shown_small(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, a_photograph(stick), put(stick, "letter.pdf", a_pdf()))

    first, second = case.notes.attachments.rows
    assert (first.title.text(), second.title.text()) == ("page", "letter")
    assert "picture" in first.about.text()
    assert "PDF" in second.about.text()
    small = first.picture.pixmap().toImage()
    assert small.pixelColor(10, 5) == small.pixelColor(20, 5)
    assert small.pixelColor(10, 5).red() > 200
    assert counter.focused() is second.title


def test_a_title_is_typed_over_and_kept_with_the_notes(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, a_photograph(stick))
    counter.type("Page of the passport with the photograph")

    case.keep_now()
    counter.settle()

    [kept] = kept_draft(counter, case).attachments
    assert kept.title == "Page of the passport with the photograph"


def test_one_is_taken_out_by_keys_and_nothing_of_it_stays(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, a_photograph(stick), put(stick, "letter.pdf", a_pdf()))

    case.notes.attachments.rows[0].take_out.setFocus()
    counter.press(Qt.Key.Key_Space)

    [left] = case.notes.attachments.rows
    assert left.title.text() == "letter"
    assert counter.focused() is case.notes.attachments.attach
    files = counter.session.store.attachments.folder
    assert [each.name for each in files.iterdir()] == [left.attachment().address]
    assert kept_draft(counter, case).attachments == (left.attachment(),)


def test_what_is_refused_is_said_and_the_others_are_taken(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(
        counter,
        dialog,
        put(stick, "program.jpg", b"MZ"),
        put(stick, "empty.pdf", b""),
        put(stick, "page.png", a_png()),
    )

    assert [each.title.text() for each in case.notes.attachments.rows] == ["page"]
    said = case.notes.attachments.problem.text().splitlines()
    assert [each.partition(":")[0] for each in said] == ["program.jpg", "empty.pdf"]
    assert case.notes.attachments.problem.isVisible()


def test_why_a_file_is_refused_stands_beside_it(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, put(stick, "program.jpg", b"MZ"))

    assert case.notes.attachments.problem.isVisible()
    assert case.notes.attachments.problem.text() == (
        "program.jpg: not taken, only JPEG and PNG pictures and PDF are."
    )


def test_notes_are_not_closed_while_a_file_is_taken_in(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    dialog.files = [put(stick, "page.png", a_png(noise=2_000_000))]
    case.taking_in.attach()
    assert not case.close_notes.isEnabled()

    for _ in range(20):
        counter.settle()

    assert case.close_notes.isEnabled()
    assert len(case.notes.attachments.rows) == 1


def test_an_attachment_without_a_title_gets_the_cursor(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, a_photograph(stick))
    case.notes.attachments.rows[0].title.clear()

    close_notes(case, counter)

    assert counter.focused() is case.notes.attachments.rows[0].title
    assert case.notes.attachments.problem.text() == "Write what it shows."
    assert counter.records(Interview) == []


# looked at


def test_a_picture_is_looked_at_inside_the_window_and_escape_goes_back(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, a_photograph(stick))
    row = case.notes.attachments.rows[0]

    row.show_it.setFocus()
    counter.press(Qt.Key.Key_Space)
    assert case.viewing.currentWidget() is case.viewing.viewer
    picture = drawn(case.viewing)
    assert picture.width() > 200
    assert picture.pixelColor(5, 5).red() > 200
    counter.press(Qt.Key.Key_Escape)

    assert case.viewing.currentWidget() is case.viewing.content
    assert counter.focused() is row.show_it
    assert drawn(case.viewing).isNull()


def test_a_picture_is_shown_whole_or_in_full_size(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, a_photograph(stick, width=2_000))
    case.viewing.open(case.notes.attachments.rows[0].attachment())
    counter.settle()
    whole = drawn(case.viewing).width()

    counter.press(Qt.Key.Key_F4)

    assert whole < 1_100
    assert drawn(case.viewing).width() == 2_000


def test_a_pdf_is_not_drawn_and_that_is_said(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, put(stick, "letter.pdf", a_pdf()))

    case.viewing.open(case.notes.attachments.rows[0].attachment())

    assert "A PDF cannot be shown in this window." in words_on(case.viewing.viewer)
    assert not case.viewing.viewer.export.isVisible()


def test_what_is_missing_on_the_disk_is_said(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, a_photograph(stick))
    attachment = case.notes.attachments.rows[0].attachment()
    counter.session.store.attachments.remove(attachment.address)

    case.viewing.open(attachment)
    counter.settle()

    assert "missing or damaged" in words_on(case.viewing.viewer)


def test_closed_notes_show_how_many_attachments_are_at_the_centre(
    case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    attach(counter, dialog, a_photograph(stick), put(stick, "letter.pdf", a_pdf()))

    close_notes(case, counter)
    counter.settle()

    [shown] = case.closed.findChildren(AttachmentsOf)
    assert shown.count.words.text() == "attachments: 0 of 2 at the centre"
    shown.buttons[0].setFocus()
    counter.press(Qt.Key.Key_Space)
    assert drawn(case.viewing).pixelColor(5, 5).red() > 200


def test_a_large_picture_is_drawn_small_enough_for_memory(tmp_path: Path) -> None:
    content = a_photograph(tmp_path, width=1_200).read_bytes()

    assert picture_of(content, 300).width() == 300
    assert picture_of(content, 3_000).width() == 1_200
    assert picture_of(b"no picture", 300).isNull()


# in the log


@pytest.fixture
def log(case: CaseScreen, counter: Counter, dialog: Dialog, stick: Path) -> LogScreen:
    """The log, with the record opened to which two files are attached."""
    attach(counter, dialog, a_photograph(stick), put(stick, "letter.pdf", a_pdf()))
    close_notes(case, counter)
    counter.settle()
    screen = LogScreen(
        counter.session.log,
        counter.work,
        counter.words,
        POWERS[Role.SUPERVISOR],
        dialog.choose(),
    )
    screen.days.setCurrentIndex(3)
    counter.show(screen)
    counter.settle()
    screen.list.setFocus()
    screen.list.choose(0)
    counter.press(Qt.Key.Key_Return)
    screen.reasons.reason.choose(ConsultReason.COURT)
    counter.press(Qt.Key.Key_Return, CTRL)
    counter.settle()
    return screen


def attached(screen: QWidget) -> AttachmentsOf:
    [shown] = screen.findChildren(AttachmentsOf)
    return shown


def test_a_record_opened_from_the_log_shows_its_attachments(
    log: LogScreen, counter: Counter
) -> None:
    shown = attached(log)
    names = [each.accessibleName() for each in shown.buttons]

    shown.buttons[0].setFocus()
    counter.press(Qt.Key.Key_Space)

    assert names == ["Show page", "Show letter"]
    assert drawn(log.record.viewing).pixelColor(5, 5).red() > 200


def test_a_pdf_is_exported_by_keys_with_a_reason(
    log: LogScreen, counter: Counter, dialog: Dialog, stick: Path
) -> None:
    dialog.folder = stick / "for the court"
    dialog.folder.mkdir()
    attached(log).buttons[1].setFocus()
    counter.press(Qt.Key.Key_Space)
    viewer = log.record.viewing.viewer

    counter.press(Qt.Key.Key_F8)
    counter.press(Qt.Key.Key_F9)
    assert list(dialog.folder.iterdir()) == []  # a reason is needed
    viewer.panel.reason.choose(ConsultReason.COURT)
    viewer.panel.note.setText("file 12")
    counter.press(Qt.Key.Key_F9)

    [written] = dialog.folder.iterdir()
    assert PDF_TEXT in written.read_bytes()
    last = counter.records(Consultation)[-1]
    assert (last.action, last.note) == (ConsultAction.EXPORTED, "letter. file 12")
    assert "readable for anybody" in words_on(viewer)


def test_an_export_that_is_thought_better_of_writes_nothing(
    log: LogScreen, counter: Counter, dialog: Dialog
) -> None:
    before = len(counter.records(Consultation))
    attached(log).buttons[1].setFocus()
    counter.press(Qt.Key.Key_Space)
    viewer = log.record.viewing.viewer
    counter.press(Qt.Key.Key_F8)
    viewer.panel.reason.choose(ConsultReason.COURT)
    dialog.folder = None

    counter.press(Qt.Key.Key_F9)

    assert len(counter.records(Consultation)) == before


def test_a_supervisor_sees_attachments_where_he_reviews(log: LogScreen, counter: Counter) -> None:
    log.close()
    screen = ReviewScreen(counter.session.supervisor, counter.work, counter.words)
    counter.show(screen)
    counter.settle()
    screen.list.choose(0)
    counter.press(Qt.Key.Key_F4)
    counter.settle()

    attached(screen).buttons[0].setFocus()
    counter.press(Qt.Key.Key_Space)

    assert drawn(screen.viewing).pixelColor(5, 5).red() > 200


def test_an_attachment_that_lies_elsewhere_says_where(qtbot: QtBot) -> None:
    elsewhere = KeptAttachment(
        attachment=Attachment(
            address="00" * 32, size=9, media_type="image/png", key="", title="page"
        ),
        is_here=False,
        is_received=False,
        is_own=False,
    )

    shown = AttachmentsOf([elsewhere], "OSH-01-K7QD")
    qtbot.addWidget(shown)
    shown.show()

    assert "workstation OSH-01-K7QD" in words_on(shown)
    assert shown.buttons[0].isEnabled()
    assert not shown.count.isVisible()


def test_one_that_is_on_its_way_says_how_far_it_has_come(qtbot: QtBot) -> None:
    coming = KeptAttachment(
        attachment=Attachment(
            address="00" * 32, size=3 << 20, media_type="image/png", key="", title="page"
        ),
        is_here=False,
        is_received=False,
        is_own=False,
        come=1 << 20,
    )

    shown = AttachmentsOf([coming], "OSH-01-K7QD")
    qtbot.addWidget(shown)
    shown.show()

    assert "from workstation OSH-01-K7QD: 1.0 MB of 3.0 MB" in words_on(shown)


def test_a_picture_that_is_fetched_is_shown_as_soon_as_it_has_come(
    counter: Counter, tmp_path: Path
) -> None:
    page = a_photograph(tmp_path / "later")
    here: list[bytes] = []

    def content_of(_attachment: Attachment) -> bytes:
        if not here:
            raise Refused([Problem("attachments", "on-its-way")])
        return here[0]

    viewing = Viewing(QWidget(), counter.work, counter.words, content_of)
    counter.show(viewing)
    viewing.open(
        Attachment(address="00" * 32, size=9, media_type="image/jpeg", key="", title="page")
    )
    counter.settle()
    assert "Not here yet" in words_on(viewing.viewer)

    here.append(page.read_bytes())
    counter.work.changed.emit(Changed(0))
    counter.settle()

    assert drawn(viewing).pixelColor(5, 5).red() > 200
    assert "Not here yet" not in words_on(viewing.viewer)


@pytest.fixture
def hit(qtbot: QtBot, post: Post, dialog: Dialog) -> Iterator[tuple[Counter, HitDeskScreen]]:
    """A hit that a supervisor has opened at his desk."""
    with post.session(Role.OFFICER) as booth:
        put_list(booth, an_alert("A1"))
        read_hits(booth, a_draft())
        booth.first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.POSSIBLE_HIT))
    with at_the_counter(qtbot, post, Role.SUPERVISOR) as counter:
        screen = HitDeskScreen(
            counter.session.hits,
            counter.work,
            counter.words,
            counter.post.clock,
            officer=counter.session.officer,
            powers=counter.session.powers,
            choose=dialog.choose(),
        )
        counter.show(screen)
        counter.settle()
        screen.setFocus()
        counter.press(Qt.Key.Key_Return)
        counter.settle()
        yield counter, screen


def test_a_verdict_takes_attachments_by_key_and_shows_them_afterwards(
    hit: tuple[Counter, HitDeskScreen], dialog: Dialog, stick: Path
) -> None:
    counter, screen = hit
    dialog.files = [a_photograph(stick)]
    counter.press(Qt.Key.Key_F6)
    panel = screen.hit.verdict_panel
    panel.verdicts.choose((HitVerdict.NOT_SAME,))
    panel.reasons[HitVerdict.NOT_SAME].choose((AdjudicationReason.DIFFERENT_PHOTO,))

    counter.press(Qt.Key.Key_F2)
    for _ in range(20):
        counter.settle()
    assert [each.title.text() for each in panel.attachments.rows] == ["page"]
    counter.press(Qt.Key.Key_F6)
    counter.settle()

    shown = attached(screen)
    shown.buttons[0].setFocus()
    counter.press(Qt.Key.Key_Space)
    assert drawn(screen.hit.viewing).pixelColor(5, 5).red() > 200
    counter.press(Qt.Key.Key_Escape)
    assert screen.hit.viewing.currentWidget() is screen.hit.viewing.content
