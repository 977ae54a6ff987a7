"""What a neighbour recorded stands on the screens without anybody asking for it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkpoint_client.journal.entry import Entry, Origin
from checkpoint_client.records import ReferralDraft
from checkpoint_client.records.codes import ReferralReason, Role
from checkpoint_client.vault.device import DeviceKey
from tests.post import Post, a_draft, entries_of
from tests.premises import Premises, at_work
from tests.test_post_desks import beside
from ui.log import LogScreen
from ui.second_line import SecondLineScreen

DOUBT = ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT)


@pytest.fixture
def told(post: Post) -> tuple[Origin, bytes, list[Entry]]:
    """The journal of another booth that has referred a traveller."""
    booth = beside(post, "neighbour")
    with booth.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), DOUBT)
        entries, origin = entries_of(officer.store), officer.store.origin
    return origin, DeviceKey.load(booth.folder.device_key).public, entries


@pytest.fixture
def premises(qtbot: QtBot, post: Post) -> Iterator[Premises]:
    with at_work(qtbot, post) as premises:
        yield premises


def hear(premises: Premises, told: tuple[Origin, bytes, list[Entry]]) -> None:
    session = premises.window.session
    assert session
    taken: list[int] = []
    premises.ask(lambda: taken.append(session.store.take_foreign(*told)))
    premises.window.show_neighbours()
    premises.settle()


def test_a_neighbours_traveller_comes_into_second_lines_queue(
    premises: Premises, told: tuple[Origin, bytes, list[Entry]]
) -> None:
    premises.sign_in(Role.SECOND_LINE)
    premises.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    screen = premises.window.screen_of(SecondLineScreen)
    assert isinstance(screen, SecondLineScreen)
    assert screen.queue.table.rowCount() == 0

    hear(premises, told)

    assert screen.queue.table.index(0, 1).data() == "ERIKSSON ANNA MARIA"
    assert premises.bugs == []


def test_a_neighbours_check_comes_into_the_log(
    premises: Premises, told: tuple[Origin, bytes, list[Entry]]
) -> None:
    premises.sign_in(Role.OFFICER)
    premises.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    screen = premises.window.screen_of(LogScreen)
    assert isinstance(screen, LogScreen)

    hear(premises, told)

    assert screen.list.table.rowCount() == 1
    assert premises.bugs == []
