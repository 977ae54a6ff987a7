"""Makes the fonts in `resources/fonts` from Debian's own: the letters of our languages only.

    apt-get install fonts-noto-core fonts-noto-mono
    .venv/bin/python installer/subset_fonts.py

Noto Sans itself has no arrows, check marks or warning signs. They are added from its sister fonts
of the same design size, so that a screen never depends on which fonts a workstation happens to
have. The same packages give the same bytes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

DEBIAN = Path("/usr/share/fonts/truetype/noto")
TARGET = Path(__file__).resolve().parents[1] / "resources" / "fonts"

LETTERS = [
    (0x0020, 0x024F),  # Latin with all of Europe's, Turkish and Turkmen letters
    (0x0259, 0x0259),  # Azerbaijani schwa
    (0x02B0, 0x02FF),  # modifier letters: Uzbek o' and g' are written with them
    (0x0300, 0x036F),  # combining marks
    (0x0400, 0x052F),  # Cyrillic with Kazakh, Kyrgyz, Tajik and Uzbek letters
    (0x1E00, 0x1EFF),  # Latin with two marks
    (0x2000, 0x206F),  # dashes, quotes, spaces
    (0x20A0, 0x20BF),  # currencies: tenge, som, euro, rouble
    (0x2116, 0x2116),  # numero sign
    (0x2122, 0x2122),  # trade mark
]
ARROWS_AND_RELATIONS = "←↑→↓↔⇄↵⇥−≈≠≤≥"
SIGNS = "✓✕✗⚠⏎⌫▲▼▸▾●○■□⏱⏳☐☑"
MRZ_AND_CODES = [(0x0020, 0x007E), (0x00A0, 0x00FF), (0x2010, 0x2026), (0x2190, 0x2195)]
MEASURES = {
    "OS/2": ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
    "hhea": ("ascent", "descent", "lineGap"),
}
FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk"]


def main() -> int:
    if not DEBIAN.is_dir():
        print("Install fonts-noto-core and fonts-noto-mono first.", file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        for weight in ("Regular", "Bold"):
            parts = [
                _part(f"NotoSans-{weight}", set(_points(LETTERS)), FEATURES),
                _part("NotoSansMath-Regular", {ord(sign) for sign in ARROWS_AND_RELATIONS}, []),
                _part("NotoSansSymbols2-Regular", {ord(sign) for sign in SIGNS}, []),
            ]
            _save(_joined(parts, Path(folder)), f"NotoSans-{weight}")
    _save(_part("NotoSansMono-Regular", set(_points(MRZ_AND_CODES)), []), "NotoSansMono-Regular")
    return 0


def _part(name: str, points: set[int], features: list[str]) -> TTFont:
    options = Options()
    options.hinting = False
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    font = TTFont(DEBIAN / f"{name}.ttf", recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    return font


def _joined(parts: list[TTFont], folder: Path) -> TTFont:
    """One font of all parts; names and measures are those of the first."""
    files = []
    for number, part in enumerate(parts):
        files.append(str(folder / f"{number}.ttf"))
        part.save(files[-1])
    font = Merger(MergeOptions(drop_tables=["vhea", "vmtx", "MATH"])).merge(files)
    font["name"] = parts[0]["name"]
    for table, measures in MEASURES.items():
        for measure in measures:
            setattr(font[table], measure, getattr(parts[0][table], measure))
    font["head"].created = parts[0]["head"].created
    font["head"].modified = parts[0]["head"].modified
    font.recalcTimestamp = False
    return font


def _save(font: TTFont, name: str) -> None:
    path = TARGET / f"{name}.ttf"
    font.save(path)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def _points(ranges: list[tuple[int, int]]) -> Iterator[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


if __name__ == "__main__":
    sys.exit(main())
