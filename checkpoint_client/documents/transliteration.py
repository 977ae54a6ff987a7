"""Spells names of other scripts with the letters A to Z, as passports do (ICAO 9303-3 §6)."""

import unicodedata
from functools import cache


class NoSpelling(ValueError):
    """Letters that no table knows: a person has to spell them."""

    def __init__(self, letters: tuple[str, ...]) -> None:
        super().__init__(f"no spelling in A to Z is known for {' '.join(letters)}")
        self.letters = letters


def transliterate(text: str, *, for_state: str = "") -> str:
    """`text` in capital letters A to Z; other ASCII characters stay, apostrophes go.

    `for_state` is the issuing State's code: some spell a letter in their own way (9303-3 §6.B names
    them by language). Letters of Central Asia that the ICAO tables do not have are spelled as
    ticket offices do, which is practice and not a rule. Of the choices in §6.A, Ä Å Ö Ü become AE
    AA OE UE, and A AA O U for the States of Turkic Latin scripts. Raises NoSpelling; no letter is
    ever dropped silently.
    """
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).upper())
    spellings = _spellings(for_state)
    initial = _FIRST_OF_STATE.get(for_state, {})
    written: list[str] = []
    unknown: list[str] = []
    for index, letter in enumerate(letters):
        if letter == _SHADDA and written:
            written.append(written[-1])
        elif letter in initial and _starts_component(letters, index):
            written.append(initial[letter])
        elif letter == _TEH_MARBUTA and _ends_component(letters, index):
            written.append("XAH")
        elif letter in _NOT_WRITTEN:
            continue
        elif spelling := spellings.get(letter) or _plain(letter):
            written.append(spelling)
        elif letter not in unknown:
            unknown.append(letter)
    if unknown:
        raise NoSpelling(tuple(unknown))
    return "".join(written)


_SHADDA = "\u0651"
_TEH_MARBUTA = "\u0629"
_TATWEEL_AND_HARAKAT = "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0652\u0670"
_APOSTROPHES = "'`´\u02b9\u02bb\u02bc\u02bd\u2018\u2019\u201b\u2032"
_SOFT_SIGN = "Ь"
"""Not in the ICAO table, and left out in practice."""
_NOT_WRITTEN = frozenset(_TATWEEL_AND_HARAKAT + _APOSTROPHES + _SOFT_SIGN)

_ICAO_CYRILLIC = {
    "Ё": "E",
    "Ђ": "D",
    "Є": "IE",
    "Ѕ": "DZ",
    "І": "I",
    "Ї": "I",
    "Ј": "J",
    "Љ": "LJ",
    "Њ": "NJ",
    "Ќ": "K",
    "Ў": "U",
    "Џ": "DZ",
    "А": "A",
    "Б": "B",
    "В": "V",
    "Г": "G",
    "Д": "D",
    "Е": "E",
    "Ж": "ZH",
    "З": "Z",
    "И": "I",
    "Й": "I",
    "К": "K",
    "Л": "L",
    "М": "M",
    "Н": "N",
    "О": "O",
    "П": "P",
    "Р": "R",
    "С": "S",
    "Т": "T",
    "У": "U",
    "Ф": "F",
    "Х": "KH",
    "Ц": "TS",
    "Ч": "CH",
    "Ш": "SH",
    "Щ": "SHCH",
    "Ъ": "IE",
    "Ы": "Y",
    "Э": "E",
    "Ю": "IU",
    "Я": "IA",
    "Ѫ": "U",
    "Ѵ": "Y",
    "Ґ": "G",
    "Ғ": "G",
    "Һ": "C",
}
"""9303-3 §6.B, by code point: its print shows the wrong glyph at U+0402."""

_PRACTICE = {
    "Ә": "A",
    "Җ": "ZH",
    "Қ": "K",
    "Ң": "N",
    "Ө": "O",
    "Ұ": "U",
    "Ү": "U",
    "Ҳ": "KH",
    "Ҷ": "CH",
    "Ӣ": "I",
    "Ӯ": "U",
    "Ѓ": "G",
    "Ћ": "C",
    "Ə": "A",
}
"""Letters outside the ICAO tables, as they are spelled in practice."""

_LATIN = {
    "Ä": "AE",
    "Å": "AA",
    "Æ": "AE",
    "Ð": "D",
    "Đ": "D",
    "Ħ": "H",
    "Ŀ": "L",
    "Ł": "L",
    "Ŋ": "N",
    "Ö": "OE",
    "Ø": "OE",
    "Œ": "OE",
    "Ŧ": "T",
    "Ü": "UE",
    "Þ": "TH",
    "Ĳ": "IJ",
    "ẞ": "SS",
}
"""9303-3 §6.A where it is not the letter without its marks."""

_ARABIC = {
    "ء": "XE",
    "آ": "XAA",
    "أ": "XAE",
    "ؤ": "U",
    "إ": "I",
    "ئ": "XI",
    "ا": "A",
    "ب": "B",
    "ة": "XTA",
    "ت": "T",
    "ث": "XTH",
    "ج": "J",
    "ح": "XH",
    "خ": "XKH",
    "د": "D",
    "ذ": "XDH",
    "ر": "R",
    "ز": "Z",
    "س": "S",
    "ش": "XSH",
    "ص": "XSS",
    "ض": "XDZ",
    "ط": "XTT",
    "ظ": "XZZ",
    "ع": "E",
    "غ": "G",
    "ف": "F",
    "ق": "Q",
    "ك": "K",
    "ل": "L",
    "م": "M",
    "ن": "N",
    "ه": "H",
    "و": "W",
    "ى": "XAY",
    "ي": "Y",
    "ٱ": "XXA",
    "ٹ": "XXT",
    "ټ": "XRT",
    "پ": "P",
    "ځ": "XKE",
    "څ": "XXH",
    "چ": "XC",
    "ڈ": "XXD",
    "ډ": "XDR",
    "ڑ": "XXR",
    "ړ": "XRR",
    "ږ": "XRX",
    "ژ": "XJ",
    "ښ": "XXS",
    "ک": "XKK",
    "ګ": "XXK",
    "ڭ": "XNG",
    "گ": "XGG",
    "ں": "XNN",
    "ڼ": "XXN",
    "ھ": "XDO",
    "ۀ": "XYH",
    "ہ": "XXG",
    "ۂ": "XGE",
    "ۃ": "XTG",
    "ی": "XYA",
    "ۍ": "XXY",
    "ې": "Y",
    "ے": "XYB",
    "ۓ": "XBE",
}
"""9303-3 §6.C; the X spellings can be read back."""

_TURKIC_LATIN = {"Ä": "A", "Ö": "O", "Ü": "U"}
_SERBIAN = {"Г": "H", "Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S"}
_OF_STATE = {
    "BLR": {"Ё": "IO", "Г": "H"},
    "SRB": _SERBIAN,
    "UKR": {"Г": "H", "И": "Y"},
    "MKD": {"Ќ": "KJ", "Џ": "DJ", "Х": "H", "Ц": "C", "Ғ": "GJ", "Ѓ": "GJ"},
    "BGR": {"Щ": "SHT"},
    "KAZ": {"Һ": "KH"},
    "TKM": _TURKIC_LATIN | {"Җ": "J"},
    "AZE": _TURKIC_LATIN,
    "TUR": _TURKIC_LATIN,
}
_FIRST_OF_STATE = {"UKR": {"Є": "YE", "Ї": "YI", "Й": "Y", "Ю": "YU", "Я": "YA"}}
"""A letter at the beginning of a name's component."""


@cache
def _spellings(state: str) -> dict[str, str]:
    return _ICAO_CYRILLIC | _PRACTICE | _LATIN | _ARABIC | _OF_STATE.get(state, {})


def _plain(letter: str) -> str:
    """What an ASCII character or a Latin letter with marks is without the marks, or nothing."""
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    if base.isascii() and base.isprintable() and all(map(unicodedata.combining, marks)):
        return base
    return ""


def _starts_component(text: str, index: int) -> bool:
    return index == 0 or not _is_letter(text[index - 1])


def _ends_component(text: str, index: int) -> bool:
    rest = text[index + 1 :].lstrip(_TATWEEL_AND_HARAKAT + _SHADDA)
    return not rest or not _is_letter(rest[0])


def _is_letter(character: str) -> bool:
    return character.isalpha() or character in _NOT_WRITTEN
