"""Signing in: the pass-phrase opens the file, a wrong one says how many tries are left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from checkpoint_client.desk import wiping
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records.codes import Role
from checkpoint_client.vault.device import DeviceKey
from tests.post import NOON, NUMBERS, PASSPHRASE, Post
from ui.main import Troubles
from ui.sign_in import Hint, SignInScreen
from ui.words import Words
from ui.work import Work


@dataclass
class Door:
    """The sign-in page of a post, and who came in."""

    page: SignInScreen
    work: Work
    qtbot: QtBot
    sessions: list[SignedIn] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)

    def enter(self, role: Role, passphrase: str) -> None:
        self.page.number.choose(NUMBERS[role])
        QTest.keyClicks(self.page.passphrase, passphrase)
        QTest.keyClick(self.page.passphrase, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.page.passphrase.isEnabled())


def strike(editor: QLineEdit, letter: str) -> None:
    """A letter key as the system delivers it, in whatever layout."""
    no_modifier = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, no_modifier, letter))


@pytest.fixture
def door(qtbot: QtBot, post: Post) -> Iterator[Door]:
    work, words = Work(), Words()
    hints = [Hint("O-1842", "Aibek Nurlanov", PASSPHRASE)]
    page = SignInScreen(
        post.door(), work, words, Troubles(words).sentence, post="Dostuk", hints=hints
    )
    qtbot.addWidget(page)
    door = Door(page, work, qtbot)
    page.signed_in.connect(door.sessions.append)
    work.failed.connect(door.bugs.append)
    with qtbot.waitActive(page):
        page.show()
    qtbot.waitUntil(lambda: page.number.count() > 0)
    yield door
    for session in door.sessions:
        work.submit(partial(post.leave, session)).result()
    work.close()
    assert door.bugs == []


def test_everybody_with_a_slot_is_offered_with_his_role(door: Door) -> None:
    offered = [door.page.number.itemText(each) for each in range(door.page.number.count())]

    assert offered[0] == "S-0007 · Shift supervisor"
    assert len(offered) == len(NUMBERS) + 1


def test_the_cursor_waits_for_the_pass_phrase(door: Door) -> None:
    assert door.page.passphrase.hasFocus()


def test_the_right_pass_phrase_opens_a_session(door: Door) -> None:
    door.enter(Role.OFFICER, PASSPHRASE)

    [session] = door.sessions
    assert (session.officer, session.role) == ("O-1842", Role.OFFICER)
    assert door.page.message.text() == ""


def test_a_wrong_pass_phrase_says_how_many_tries_are_left(door: Door) -> None:
    door.enter(Role.OFFICER, "not the one at all")

    assert "Wrong pass-phrase" in door.page.message.text()
    assert door.sessions == []
    assert door.page.passphrase.hasFocus()


def test_after_too_many_wrong_ones_it_says_until_when_to_wait(door: Door) -> None:
    for _ in range(6):
        door.enter(Role.OFFICER, "not the one at all")

    assert "Too many wrong pass-phrases. Try again after" in door.page.message.text()


def test_an_empty_pass_phrase_is_asked_for(door: Door) -> None:
    QTest.keyClick(door.page.passphrase, Qt.Key.Key_Return)

    assert door.page.passphrase_field.is_wrong


def test_the_pass_phrase_never_stays_in_the_field(door: Door) -> None:
    door.enter(Role.OFFICER, "not the one at all")

    assert door.page.passphrase.text() == ""


def test_a_key_shows_and_hides_what_is_typed(door: Door) -> None:
    QTest.keyClick(door.page.passphrase, Qt.Key.Key_F2)
    assert door.page.passphrase.echoMode() is QLineEdit.EchoMode.Normal

    QTest.keyClick(door.page.passphrase, Qt.Key.Key_F2)

    assert door.page.passphrase.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("typed", "said"),
    [("a", "Latin letters"), ("ж", "Cyrillic letters")],
)
def test_the_page_says_which_letters_are_typed(door: Door, typed: str, said: str) -> None:
    strike(door.page.passphrase, typed)

    assert door.page.layout_hint.text().startswith(said)


def test_capitals_without_shift_are_told(door: Door) -> None:
    strike(door.page.passphrase, "A")

    assert "Caps Lock is on" in door.page.layout_hint.text()


def test_the_demonstration_shows_its_invented_people(door: Door) -> None:
    shown = {label.text() for label in door.page.findChildren(QLabel)}

    assert {"O-1842", "Aibek Nurlanov", "Officer, first line", PASSPHRASE} <= shown


def test_a_damaged_envelope_is_told_in_one_sentence(door: Door, post: Post) -> None:
    for each in post.folder.path.glob("envelope.json*"):
        if not each.name.endswith(".tries"):
            each.write_bytes(b"{}")

    door.enter(Role.OFFICER, PASSPHRASE)

    assert "envelope.json is missing or damaged" in door.page.message.text()


@pytest.mark.parametrize(
    ("hands_over", "may_sign_in"), [(True, True), (False, False)], ids=["waits", "begun"]
)
def test_an_order_to_be_wiped_is_said_to_whoever_stands_there(
    post: Post, qtbot: QtBot, hands_over: bool, may_sign_in: bool
) -> None:
    device = DeviceKey.load(post.folder.device_key)
    wiping.begin(device, serial=1, hands_over=hands_over, now=NOON)
    work, words = Work(), Words()
    page = SignInScreen(post.door(), work, words, Troubles(words).sentence, post="Dostuk")
    qtbot.addWidget(page)

    qtbot.waitUntil(lambda: "to be wiped" in page.message.text())
    assert page.passphrase.isEnabled() is may_sign_in
    work.close()


def test_a_right_pass_phrase_under_an_order_hands_over_and_lets_nobody_in(
    door: Door, post: Post
) -> None:
    wiping.begin(DeviceKey.load(post.folder.device_key), serial=1, hands_over=True, now=NOON)
    page = SignInScreen(post.door(), door.work, Words(), Troubles(Words()).sentence, post="Dostuk")
    door.qtbot.addWidget(page)
    door.page = page
    door.qtbot.waitUntil(lambda: "one officer signs in" in page.message.text())

    door.enter(Role.OFFICER, PASSPHRASE)

    assert "nobody signs in here" in page.message.text()
    assert len(post.spooled) == 1
    assert (door.sessions, door.bugs) == ([], [])
