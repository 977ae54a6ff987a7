"""Draws the photographs of people who do not exist: ovals on a plain ground, as PNG files."""

import zlib
from math import sqrt
from random import Random
from struct import pack

WIDTH, HEIGHT = 120, 150

_GROUND, _SKIN, _SHADE, _HAIR, _COAT, _WHITE, _EYE, _MOUTH = range(8)
_MIDDLE = WIDTH // 2

_SKINS = ((236, 205, 178), (219, 178, 145), (198, 152, 116), (160, 116, 84), (120, 84, 62))
_HAIRS = ((34, 30, 28), (66, 46, 34), (104, 72, 44), (150, 120, 76), (128, 128, 128))
_COATS = ((58, 70, 92), (84, 84, 84), (92, 62, 58), (60, 88, 74), (112, 104, 88))

_Colour = tuple[int, int, int]


def face(seed: str) -> bytes:
    """A PNG file of some hundred bytes; the same for the same seed."""
    chance = Random(seed)  # noqa: S311  a play, no secret
    rows = [bytearray([_GROUND]) * WIDTH for _ in range(HEIGHT)]
    head = chance.randint(30, 36), chance.randint(40, 46)
    _draw(rows, chance, *head)
    skin = chance.choice(_SKINS)
    palette = (
        (222, 226, 230),
        skin,
        _darker(skin),
        chance.choice(_HAIRS),
        chance.choice(_COATS),
        (246, 246, 246),
        chance.choice(((52, 38, 28), (70, 92, 110), (78, 92, 60))),
        (164, 92, 88),
    )
    return _png(rows, palette)


def _draw(rows: list[bytearray], chance: Random, wide: int, high: int) -> None:
    top = 66
    is_long = chance.random() < 0.45
    if is_long:
        _oval(rows, (_MIDDLE, top + 18), (wide + 9, high + 22), _HAIR)
    _oval(rows, (_MIDDLE, HEIGHT + 8), (54, 38), _COAT)
    _oval(rows, (_MIDDLE, top + high), (14, 22), _SHADE)
    _oval(rows, (_MIDDLE, top - 8), (wide + 4, high - 2), _HAIR)
    _oval(rows, (_MIDDLE, top + 4), (wide, high - 4), _SKIN)
    brow = top - chance.randint(4, 7)
    apart = chance.randint(12, 15)
    for side in (-1, 1):
        eye = _MIDDLE + side * apart
        _oval(rows, (eye, brow - 6), (7, 2), _HAIR)
        _oval(rows, (eye, brow + 2), (6, 4), _WHITE)
        _oval(rows, (eye, brow + 2), (3, 3), _EYE)
    _oval(rows, (_MIDDLE, top + 12), (chance.randint(3, 5), 8), _SHADE)
    mouth = top + 28
    if not is_long and chance.random() < 0.4:
        _oval(rows, (_MIDDLE, mouth + 4), (18, 12), _HAIR)
    _oval(rows, (_MIDDLE, mouth), (chance.randint(8, 12), 3), _MOUTH)


def _oval(
    rows: list[bytearray], middle: tuple[int, int], radii: tuple[int, int], colour: int
) -> None:
    (x, y), (wide, high) = middle, radii
    for line in range(max(0, y - high), min(HEIGHT, y + high + 1)):
        half = int(wide * sqrt(1 - ((line - y) / high) ** 2))
        left, right = max(0, x - half), min(WIDTH, x + half + 1)
        rows[line][left:right] = bytes([colour]) * (right - left)


def _darker(colour: _Colour) -> _Colour:
    red, green, blue = (part * 7 // 8 for part in colour)
    return red, green, blue


def _png(rows: list[bytearray], palette: tuple[_Colour, ...]) -> bytes:
    """One byte a pixel, which points into the palette (ISO/IEC 15948)."""
    pixels = b"".join(b"\x00" + row for row in rows)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(part for colour in palette for part in colour)),
            _chunk(b"IDAT", zlib.compress(pixels, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))
