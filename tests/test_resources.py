"""What the screens are drawn with: fonts that hold every letter, icons that can be drawn."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
ICONS = sorted((RESOURCES / "icons").glob("*.svg"))
LETTERS = {
    "English": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "Russian": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя№«»—",
    "Kazakh": "ӘәҒғҚқҢңӨөҰұҮүҺһІі₸",
    "Kyrgyz": "ҢңӨөҮү",
    "Tajik": "ҒғӢӣҚқӮӯҲҳҶҷ",
    "Uzbek": "ʻʼ‘’ЎўҚқҒғҲҳ",
    "Turkmen": "ÇçÄäŇňÖöŞşÜüÝýŽž",
    "signs": "←↑→↓⇄↵✓✗⚠▲▼●…•·≤≥−×°",
}
MRZ = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
@pytest.mark.parametrize("language", LETTERS)
def test_the_font_holds_the_letters(weight: str, language: str) -> None:
    held = TTFont(RESOURCES / "fonts" / f"NotoSans-{weight}.ttf").getBestCmap()

    assert [letter for letter in LETTERS[language] if ord(letter) not in held] == []


def test_the_zone_is_written_in_letters_of_one_width() -> None:
    font = TTFont(RESOURCES / "fonts" / "NotoSansMono-Regular.ttf")
    glyphs = font.getBestCmap()

    assert len({font["hmtx"][glyphs[ord(letter)]][0] for letter in MRZ}) == 1


def test_the_licence_of_the_fonts_travels_with_them() -> None:
    assert "SIL Open Font License, Version 1.1" in (RESOURCES / "fonts" / "OFL.txt").read_text()


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_draws_something_inside_its_square(path: Path, qapp: object) -> None:
    assert qapp is not None
    renderer = QSvgRenderer(str(path))
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)

    renderer.render(painter, QRectF(0, 0, 24, 24))
    painter.end()

    assert renderer.viewBox().width() == renderer.viewBox().height()
    assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))
