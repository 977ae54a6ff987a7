"""The check digits of a machine readable zone (ICAO 9303-3 §4.9)."""

from itertools import cycle

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FILLER = "<"

_VALUES = {character: value for value, character in enumerate(ALPHABET)} | {FILLER: 0}
_WEIGHTS = (7, 3, 1)


def check_digit(text: str) -> str:
    """The digit that belongs behind `text`. Raises ValueError on what is no MRZ character."""
    try:
        values = [_VALUES[character] for character in text]
    except KeyError as error:
        raise ValueError(f"{error} does not occur in a machine readable zone") from None
    total = sum(value * weight for value, weight in zip(values, cycle(_WEIGHTS), strict=False))
    return str(total % 10)


def fits(text: str, digit: str) -> bool:
    """Whether `digit` is the check digit of `text`; text that cannot stand in an MRZ has none."""
    return all(character in _VALUES for character in text) and check_digit(text) == digit
