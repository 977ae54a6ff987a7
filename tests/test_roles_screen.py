"""Notes for supervisors only, on the screen: one mark, and then no way back for their author."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from checkpoint_client.records import Interview, ReferralDraft
from checkpoint_client.records.codes import ReferralReason, Role
from checkpoint_client.vault import sealing
from checkpoint_client.vault.device import DeviceKey
from tests.counter import Counter, at_the_counter
from tests.post import Post, a_draft
from tests.test_second_line import interview_typed, words_on
from ui.second_line import CaseScreen, SecondLineScreen

ANSWER = "To my aunt in Osh."


@pytest.fixture
def counter(qtbot: QtBot, post: Post) -> Iterator[Counter]:
    with post.session(Role.OFFICER) as booth:
        booth.first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT))
    with at_the_counter(qtbot, post, Role.SECOND_LINE) as counter:
        yield counter


@pytest.fixture
def key(post: Post) -> None:
    """The first contact has brought the public keys."""
    public = sealing.public_of(sealing.new_private())
    device = DeviceKey.load(post.folder.device_key)
    device.update(centre_key=public, role_publics={0: public})


def opened(counter: Counter) -> CaseScreen:
    work, words = counter.work, counter.words
    screen = SecondLineScreen(counter.session.second_line, work, words, counter.post.clock)
    counter.show(screen)
    counter.settle()
    screen.queue.setFocus()
    counter.press(Qt.Key.Key_Return)
    assert screen.case is not None
    return screen.case


def test_without_the_key_the_mark_is_there_and_says_why_it_cannot_be_made(
    counter: Counter,
) -> None:
    notes = opened(counter).notes

    assert not notes.for_supervisors.isEnabled()
    assert "first contact with headquarters" in notes.for_supervisors_hint.text()
    assert notes.for_supervisors.accessibleDescription() == notes.for_supervisors_hint.text()


@pytest.mark.usefixtures("key")
def test_marked_by_its_letter_the_notes_are_closed_and_no_field_keeps_a_word(
    counter: Counter,
) -> None:
    case = opened(counter)
    interview_typed(case, counter)
    counter.press(Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    counter.qtbot.waitUntil(case.notes.for_supervisors.isChecked)

    counter.press(Qt.Key.Key_F10)

    [interview] = counter.records(Interview)
    assert interview.encrypted
    assert (interview.exchanges, interview.account) == ((), "")
    shown = words_on(case.closed)
    assert "Closed for supervisors" in shown
    kept = [each.text() for each in case.findChildren(QLineEdit)]
    kept += [each.toPlainText() for each in case.findChildren(QPlainTextEdit)]
    assert ANSWER not in "\n".join((shown, *kept))


@pytest.mark.usefixtures("key")
def test_notes_that_are_not_marked_are_closed_as_ever(counter: Counter) -> None:
    case = opened(counter)
    interview_typed(case, counter)

    counter.press(Qt.Key.Key_F10)

    [interview] = counter.records(Interview)
    assert interview.exchanges[0].answer == ANSWER
    assert ANSWER in words_on(case.closed)


def test_a_mark_whose_key_is_not_here_keeps_the_notes_open(counter: Counter) -> None:
    case = opened(counter)
    interview_typed(case, counter)
    case.notes.for_supervisors.setChecked(True)  # kept so in a draft of before

    counter.press(Qt.Key.Key_F10)

    assert counter.records(Interview) == []
    assert case.notes.for_supervisors.hasFocus()
    counter.press(Qt.Key.Key_Space)
    counter.press(Qt.Key.Key_F10)
    assert len(counter.records(Interview)) == 1
