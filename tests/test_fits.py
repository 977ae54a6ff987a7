"""Every place fits a small laptop's screen, in every language, also with letters half as large."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.records import ReferralDraft, VehicleDraft
from checkpoint_client.records.codes import DocumentSource, ReferralReason, Role
from checkpoint_client.settings import LANGUAGES
from checkpoint_client.watchlist import AlertAction, Caution
from tests.counter import zone
from tests.post import Post, a_document, a_draft, an_alert, put_list, read_hits
from tests.premises import Premises, at_work
from ui import theme
from ui.first_line import FirstLineScreen
from ui.hits import HitDeskScreen
from ui.log import LogScreen
from ui.words import speak

LAPTOP = QSize(1366, 768)
CTRL = Qt.KeyboardModifier.ControlModifier
LONG_NAME = "KURBANGALIYEVA"


@pytest.fixture
def post(post: Post) -> Post:
    """One traveller at second line, and a strong match with everything that an alert may say."""
    alert = an_alert(
        "A-1",
        names=(f"{LONG_NAME}-YESENGELDINOVA, ANNA",),
        documents=(("UTO", "L898902C3"), ("UTO", "N12345678")),
        action=AlertAction.DO_NOT_ALERT_COLLECT,
        cautions=tuple(Caution),
        owner="Ministry of the Interior of Utopia",
        contact="+99 12 345 67 89",
        reason="Sought since the spring",
    )
    with post.session(Role.OFFICER) as booth:
        put_list(booth, alert)
        traveller = a_draft(
            primary_identifier=LONG_NAME,
            secondary_identifier="AISULUU AINURA",
            documents=(a_document(number="N12345678"),),
            vehicle=VehicleDraft(plate="01KG777ABC"),
        )
        read_hits(booth, traveller)
        booth.first_line.refer(traveller, ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT))
        booth.first_line.admit(a_draft(documents=(a_document(number="N98765432"),)))
    return post


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    translators = speak(qapp, request.param)
    yield
    for each in translators:
        qapp.removeTranslator(each)


@pytest.fixture
def premises(qtbot: QtBot, post: Post) -> Iterator[Premises]:
    with at_work(qtbot, post) as premises:
        premises.window.resize(LAPTOP)
        premises.sign_in(Role.SUPERVISOR)
        yield premises


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, font_percent=150)
    yield
    theme.apply(qapp)


def shown(premises: Premises, kind: type[QWidget]) -> QWidget:
    screen = premises.window.screen_of(kind)
    assert screen is not None
    return screen


def must_fit(premises: Premises) -> None:
    premises.settle()
    least = premises.window.minimumSizeHint()
    assert (least.width() <= LAPTOP.width(), least.height() <= LAPTOP.height()) == (True, True)
    assert premises.window.size() == LAPTOP


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("key", [Qt.Key.Key_F7, Qt.Key.Key_F8])
def test_a_panel_of_the_first_line_fits_and_leaves_the_window_as_it_was(
    premises: Premises, key: Qt.Key
) -> None:
    screen = shown(premises, FirstLineScreen)
    assert isinstance(screen, FirstLineScreen)
    screen.take_document(zone(), DocumentSource.READER)
    must_fit(premises)
    premises.press(Qt.Key.Key_F11)

    premises.press(key)

    assert any(panel and panel.isVisible() for panel in (screen.refer_panel, screen.refuse_panel))
    must_fit(premises)


@pytest.mark.usefixtures("large")
def test_every_place_fits(premises: Premises) -> None:
    for place in range(len(premises.window.rail.buttons())):
        premises.press(Qt.Key(Qt.Key.Key_1 + place), CTRL)
        must_fit(premises)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    "key", [Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F9], ids=lambda key: key.name
)
def test_a_panel_of_the_hit_desk_fits_and_leaves_the_comparison_in_view(
    premises: Premises, key: Qt.Key
) -> None:
    premises.press(Qt.Key.Key_3, CTRL)
    premises.press(Qt.Key.Key_Return)
    desk = shown(premises, HitDeskScreen)
    assert isinstance(desk, HitDeskScreen)
    assert desk.hit.isVisible()
    must_fit(premises)

    premises.press(key)

    assert not desk.hit.bar.isVisible()
    assert desk.hit.facts.height() > 3 * desk.fontMetrics().lineSpacing()
    must_fit(premises)


@pytest.mark.usefixtures("large")
def test_a_hit_is_not_cut_at_its_side(premises: Premises) -> None:
    screen = shown(premises, FirstLineScreen)
    assert isinstance(screen, FirstLineScreen)
    screen.take_document(zone(), DocumentSource.READER)
    premises.settle()

    column = screen.findings.column
    assert column.horizontalScrollBar().maximum() == 0


def test_the_log_does_not_scroll_sideways_and_names_are_whole(premises: Premises) -> None:
    premises.press(Qt.Key.Key_4, CTRL)
    log = shown(premises, LogScreen)
    assert isinstance(log, LogScreen)
    premises.settle()

    assert log.list.horizontalScrollBar().maximum() == 0
    assert _cut(log.list, column=1) == []


@pytest.mark.usefixtures("large")
def test_the_log_does_not_scroll_sideways_with_large_letters(premises: Premises) -> None:
    premises.press(Qt.Key.Key_4, CTRL)
    log = shown(premises, LogScreen)
    assert isinstance(log, LogScreen)
    premises.settle()

    assert log.list.horizontalScrollBar().maximum() == 0


def _cut(table: QTableView, column: int) -> list[str]:
    model = table.model()
    texts = [str(model.index(row, column).data()) for row in range(model.rowCount())]
    assert texts
    room = table.columnWidth(column) - 2 * 5  # the cell's padding in the style sheet
    return [each for each in texts if table.fontMetrics().horizontalAdvance(each) > room]
