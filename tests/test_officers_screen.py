"""The supervisor's page of officers: who leaves is asked for twice, and let in no more."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkpoint_client.records.codes import Role
from checkpoint_client.vault.errors import NoSuchOfficer
from tests.post import NUMBERS, SECOND_OFFICER, Post
from tests.premises import Premises, at_work
from ui.officers import OfficersScreen


@pytest.fixture
def premises(qtbot: QtBot, post: Post) -> Iterator[Premises]:
    with at_work(qtbot, post) as premises:
        premises.sign_in(Role.SUPERVISOR)
        yield premises


@pytest.fixture
def screen(premises: Premises) -> OfficersScreen:
    found = premises.window.screen_of(OfficersScreen)
    assert isinstance(found, OfficersScreen)
    premises.window.show_screen(found)
    premises.settle()
    return found


def choose(screen: OfficersScreen, number: str) -> None:
    rows = screen.list.model().records()  # type: ignore[attr-defined]
    screen.list.choose([each.service_number for each in rows].index(number))


def test_a_supervisor_lets_somebody_go_by_keyboard(
    premises: Premises, screen: OfficersScreen, post: Post
) -> None:
    choose(screen, SECOND_OFFICER)
    screen.why.setText("left the service")
    premises.press(Qt.Key.Key_F8)
    assert SECOND_OFFICER in screen.message.text()
    premises.press(Qt.Key.Key_F9)

    assert "no more" in screen.message.text()
    with pytest.raises(NoSuchOfficer):
        post.sign_in_as(SECOND_OFFICER)


def test_nothing_is_done_without_the_question(
    premises: Premises, screen: OfficersScreen, post: Post
) -> None:
    choose(screen, SECOND_OFFICER)
    screen.why.setText("left the service")
    premises.press(Qt.Key.Key_F9)
    assert SECOND_OFFICER in {each.service_number for each in post.vault.officers()}


@pytest.mark.parametrize(
    ("number", "why", "said"),
    [
        (SECOND_OFFICER, "", "This is needed."),
        (NUMBERS[Role.SUPERVISOR], "tired", "Nobody removes himself"),
    ],
)
def test_what_must_not_be_is_said_and_not_done(
    premises: Premises, screen: OfficersScreen, post: Post, number: str, why: str, said: str
) -> None:
    choose(screen, number)
    screen.why.setText(why)
    premises.press(Qt.Key.Key_F8)
    premises.press(Qt.Key.Key_F9)

    assert said in screen.message.text() + screen.why_field.problem.text()
    assert number in {each.service_number for each in post.vault.officers()}
