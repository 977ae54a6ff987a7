"""The two themes are readable, and everything on the screen follows them."""

import re
from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.settings import resource
from ui import theme
from ui.theme import DARK, LIGHT, THEMES, Chip, Colours, KeyButton, Text, Tone, contrast

TEXT = 4.5
"""WCAG 2.2 §1.4.3: text against what it stands on."""
PART = 3.0
"""WCAG 2.2 §1.4.11: borders and rings that a control is known by."""

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> object:
    yield
    theme.apply(qapp)


@BOTH
@pytest.mark.parametrize("words", ["text", "quiet", *(each.value for each in Tone)])
@pytest.mark.parametrize("ground", ["window", "card", "field", "stripe"])
def test_words_can_be_read_on_every_ground(colours: Colours, words: str, ground: str) -> None:
    assert contrast(getattr(colours, words), getattr(colours, ground)) >= TEXT


@BOTH
@pytest.mark.parametrize("tone", list(Tone))
def test_words_can_be_read_on_the_fill_of_their_tone(colours: Colours, tone: Tone) -> None:
    assert contrast(colours.tone(tone), colours.fill(tone)) >= TEXT


@BOTH
def test_chosen_things_can_be_read(colours: Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= TEXT
    assert contrast(colours.text, colours.accent_fill) >= TEXT
    assert contrast(colours.rail_text, colours.rail) >= TEXT
    assert contrast(colours.rail_strong, colours.rail_chosen) >= TEXT


@BOTH
@pytest.mark.parametrize("ground", ["window", "card", "field"])
def test_borders_and_focus_can_be_seen(colours: Colours, ground: str) -> None:
    for part in ("edge", "focus", "accent", "alarm"):
        assert contrast(getattr(colours, part), getattr(colours, ground)) >= PART


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_style_sheet_is_short_and_names_only_colours_there_are() -> None:
    sheet = resource("style", "checkpoint.qss").read_text(encoding="utf-8")
    known = {each.name for each in fields(Colours)} | {"small", "title", "display", "style", "tick"}

    assert len(sheet.splitlines()) <= 40
    assert set(re.findall(r"\$\{?(\w+)", sheet)) <= known


@pytest.mark.parametrize("percent", [80, 150, 300])
def test_every_part_follows_the_font_size(qapp: QApplication, qtbot: QtBot, percent: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    mono = QLineEdit()
    theme.mono(mono)
    parts = [QLabel("x"), QLineEdit(), Text("x", role="quiet"), KeyButton("x", "F9"), Chip("x")]
    column = QVBoxLayout(page)
    for part in (*parts, mono):
        column.addWidget(part)
    page.show()
    before = [part.sizeHint().height() for part in (*parts, mono)]

    theme.apply(qapp, font_percent=percent)

    after = [part.sizeHint().height() for part in (*parts, mono)]
    for small, large in zip(before, after, strict=True):
        assert (large > small) == (percent > 100)


@pytest.mark.parametrize("name", list(THEMES))
def test_a_chip_is_drawn_in_the_colours_of_the_theme(
    qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    theme.apply(qapp, theme=name)
    chip = Chip("Refused", Tone.ALARM)
    qtbot.addWidget(chip)
    chip.show()

    ground = QColor(chip.grab().toImage().pixel(chip.width() // 2, 3))

    assert ground.name() == THEMES[name].alarm_fill


@pytest.mark.usefixtures("qapp")
def test_an_icon_has_the_colour_that_is_asked_for() -> None:
    drawn = theme.pixmap("check", "#ab221b", 24).toImage()

    assert _colours(drawn) == {"#ab221b"}


def test_a_state_has_words_and_an_icon_beside_its_colour(qtbot: QtBot) -> None:
    chip = Chip("Refused", Tone.ALARM)
    qtbot.addWidget(chip)

    assert chip.accessibleName() == "Refused"
    assert not chip.icon.pixmap().isNull()


def _colours(image: QImage) -> set[str]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {each.name() for each in pixels if each.alpha() == 255}
