"""Reduces a name to what its spellings have in common, whatever the script it came in.

A name folds to words. Each word has *readings*: the sound it has in Latin letters, one for every
spelling system that its letters allow (German `ch` is our `x`, French `ch` our `š`). The alphabet
of a reading is `a b č d e f g i k l m n o p r s š t u v x z ž`: `x` stands for h and kh, `ž` for
zh, j and dzh. A reading folds to itself.

From a reading follow its *flat* form, in which all vowels are one, and its *skeleton*: classes of
consonants only, without the endings that States add to or take from a surname.

Sources: ICAO 9303-3 §6 (Cyrillic, Arabic, Latin tables), national Latin alphabets of Kazakhstan,
Uzbekistan, Turkmenistan and Azerbaijan, and the usual English, German, French and Turkish
spellings of Russian and Arabic names.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from anyascii import anyascii

LONGEST_NAME = 200
"""Characters of a name that are looked at; no State issues longer ones."""

MOST_READINGS = 5

_System = tuple[tuple[re.Pattern[str], str], ...]


class Role(Enum):
    """What a word does in a name."""

    NAME = auto()
    PATRONYMIC = auto()
    PARTICLE = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: as it was written, and how it may be read, the likeliest first.

    `letters` are the Latin letters of the document, a to z: where fingers and readers err.
    """

    written: str
    readings: tuple[str, ...]
    letters: str
    role: Role = Role.NAME


def fold(name: str) -> tuple[Word, ...]:
    """The words of a name in their order; empty when it holds no letter of any script."""
    text = unicodedata.normalize("NFC", name[:LONGEST_NAME])
    words = [word for part in _SEPARATORS.split(text) for word in _read(part)]
    return tuple(_as_patronymic(_join_arabic_names(words)))


def flat(reading: str) -> str:
    """The reading with every run of vowels as one `a`: KARIMOV and KERYMEV flatten alike."""
    return _VOWELS.sub("a", reading)


def sound(stem: str) -> str:
    """The stem as a foreign ear hears it: one vowel, no voice, one hiss; `*xasa` for хоҷа, khoza.

    Alphabets and ears differ most in voice (b/p, d/t, z/s, zh/sh) and in vowels. The star tells
    it from a reading.
    """
    return "*" + flat(stem).translate(_UNVOICED)


def stem(reading: str) -> str:
    """The reading without the ending of a surname or a father's name: karim for karimovič."""
    for ending in _ENDINGS:
        found = ending.search(reading)
        if found and len(_CONSONANTS.findall(reading, 0, found.start())) >= 2:
            return reading[: found.start()]
    return reading


def shape(letters: str) -> str:
    """The letters as a worn document shows them: MARUF and NARNF are one."""
    return letters.replace("rn", "m").replace("vv", "w").replace("cl", "d").translate(_WORN)


def skeleton(stem: str) -> str:
    """Classes of the stem's consonants, e.g. `KRM` for karim, kerim and qarym; `-` for none.

    Voiced and unvoiced fall together, and all sibilants, because no two alphabets agree on them;
    v is kept only at the beginning, since it is as often written u, w or not at all.
    """
    first = "V" if stem.startswith("v") else ""
    return first + _UNSOUNDED.sub("", stem).translate(_CLASSES) or "-"


def fold_number(number: str) -> str:
    """A document number, plate or VIN without spaces and signs, look-alikes made one.

    Cyrillic letters become the Latin ones they look like; O reads as 0 and I as 1, as in a VIN.
    """
    text = unicodedata.normalize("NFKC", number).upper().translate(_NUMBER_LOOKALIKES)
    return "".join(sign for sign in text if sign.isalnum())


@lru_cache(maxsize=1 << 14)  # single words, the common ones: they tell nobody's name
def _read(part: str) -> tuple[Word, ...]:
    """The words in what stands between two spaces: one, or the Arabic article and its noun."""
    if not any(sign.isalpha() for sign in part):
        return ()
    letters = _one_script(part.lower())
    article = _ARABIC_ARTICLE.match(letters)
    if article:
        return (Word(article[0], ("al",), "al", Role.PARTICLE), *_read(letters[article.end() :]))
    latin = _NO_LETTER.sub("", anyascii(letters).lower())
    if _ARABIC.search(letters):
        spoken = letters.translate(_AS_IN_PERSIAN)
        heard = [_romanised(each) for each in (letters, spoken, _ARABIC_MIDDLE_W.sub("v", spoken))]
        readings = tuple(dict.fromkeys(r for each in heard for r in _readings(each, _SYSTEMS[:1])))
    else:
        is_cyrillic = _CYRILLIC.search(letters)
        systems = (
            _SYSTEMS[:1] if is_cyrillic else _OF_CHINESE if _PINYIN.fullmatch(latin) else _SYSTEMS
        )
        readings = _readings(_romanised(letters), systems)
    if not readings:
        return ()
    role = Role.PARTICLE if readings[0] in _PARTICLES else Role.NAME
    return (Word(part, readings, latin, role),)


def _one_script(text: str) -> str:
    """Letters of another alphabet and digits that only look right, brought home."""
    text = "".join(sign for sign in text if sign.isalpha() or sign.isdigit() or _is_mark(sign))
    if _CYRILLIC.search(text):
        if any(sign not in _TO_LATIN for sign in _CYRILLIC.findall(text)):
            return text.translate(_LATIN_TO_CYRILLIC).translate(_DIGITS)
        if _LATIN.search(text) and any(s not in _TO_CYRILLIC for s in _LATIN.findall(text)):
            text = text.translate(_CYRILLIC_TO_LATIN)
    return text.translate(_DIGITS)


def _is_mark(sign: str) -> bool:
    return unicodedata.combining(sign) != 0


def _romanised(text: str) -> str:
    if _CYRILLIC.search(text):
        text = text.translate(_CYRILLIC_SOUNDS)
    if _ARABIC.search(text):
        text = _ARABIC_LAST_H.sub("a", _ARABIC_FIRST_W.sub("v", text))
        text = _ARABIC_TWO_SOUNDS.sub("ti", text).translate(_ARABIC_SOUNDS)
    text = text.translate(_LATIN_LETTERS)
    return "".join(s if s in _OWN_LETTERS else anyascii(s).lower() for s in text)


def _readings(latin: str, systems: tuple[_System, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for system in systems if _READ_VARIOUSLY.search(latin) else systems[:1]:
        spelled = latin
        for pattern, sound in system:
            spelled = pattern.sub(sound, spelled)
        if reading := _settled(spelled):
            found[reading] = None
    return tuple(found)[:MOST_READINGS]


def _settled(spelled: str) -> str:
    """The rules that all systems share, until nothing changes any more."""
    text = _NOT_OURS.sub("", spelled)
    while True:
        after = text
        for pattern, sound in _SHARED:
            after = pattern.sub(sound, after)
        if after == text:
            return text
        text = after


def _join_arabic_names(words: list[Word]) -> list[Word]:
    """Names of two words that are as often written as one, with the article or without.

    `Abd al-Rahman`, `Abdul Rahman`, `Abdurrahman` are one word, and `Rahman` is short for it;
    `Nur ad-Din` is `Nuruddin`, and `Hamd Allah` is `Hamdullah`.
    """
    joined: list[Word] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        follow = 1 if rest and rest[0].readings[0] in _ARTICLES and len(rest) > 1 else 0
        if len(rest) <= follow:
            joined.append(word)
            continue
        second = rest[follow].readings[0]
        readings = _as_one(word.readings[0], second)
        if not readings:
            joined.append(word)
            continue
        parts = (word, *rest[: follow + 1])
        written = " ".join(part.written for part in parts)
        joined.append(Word(written, readings, "".join(part.letters for part in parts)))
        rest = rest[follow + 1 :]
    return joined


def _as_one(first: str, second: str) -> tuple[str, ...]:
    """The readings of two words that make one name, or nothing if they make none."""
    if _GOD.fullmatch(second):
        return (_settled(first + "ula"),)
    if _FAITH.fullmatch(second):
        return (_settled(first + "udin"),)
    if _SERVANT.fullmatch(first):
        return (_settled("abdul" + second), second)
    return ()


def _as_patronymic(words: list[Word]) -> list[Word]:
    """Marks fathers' names: by their ending, or by the word for son or daughter beside them."""
    marked = list(words)
    for place, word in enumerate(words):
        if word.role is Role.NAME and _PATRONYMIC.search(word.readings[0]):
            marked[place] = replace(word, role=Role.PATRONYMIC)
        if word.readings[0] in _CHILD_AFTER and place and marked[place - 1].role is Role.NAME:
            father = marked[place - 1]
            marked[place - 1] = replace(father, role=Role.PATRONYMIC)
    return marked


def _rules(*pairs: tuple[str, str]) -> _System:
    return tuple((re.compile(pattern), sound) for pattern, sound in pairs)


_SEPARATORS = re.compile(r"[\s,;<\-‐‑–—./\\|_()\[\]\"«»“”]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-z]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_VOWELS = re.compile(r"[aeiou]+")
_CONSONANTS = re.compile(r"[^aeiou]")
_OWN_LETTERS = frozenset("abcčdefghijklmnopqrsštuvwxyzž")
_NO_LETTER = re.compile(r"[^a-z]")
_PINYIN = re.compile(
    r"(?:(?:[zcs]h|hs|t[sz]|[bpmfdtnlgkhjqxzcsrwy])?"
    r"(?:[iu]?[aeo]ng?|i?ong|ing?|un|u?ai|i?ao|ou|ei|er|[iu][aeou]h?|[aeiouv]h?))+"
)
_NOT_OURS = re.compile(r"[^abčdefgiklmnoprsštuvxzž]")

# Letters of two alphabets that look the same, small letters; used in words of mixed script only.
_PAIRS = "aаeеoоpрcсxхyуiіkкmмtтbвhнjјsѕ"
_TO_CYRILLIC = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_TO_LATIN = {cyrillic: latin for latin, cyrillic in _TO_CYRILLIC.items()}
_LATIN_TO_CYRILLIC = str.maketrans(_TO_CYRILLIC)
_CYRILLIC_TO_LATIN = str.maketrans(_TO_LATIN)
_DIGITS = str.maketrans("012345689", "oizeasgbg")

_NUMBER_LOOKALIKES = str.maketrans(
    {
        **dict(zip("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS", strict=True)),
        **{"O": "0", "О": "0", "I": "1", "І": "1"},
    }
)

_CYRILLIC_SOUNDS = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуф", "abvgdeziiklmnoprstuf", strict=True)),
        **dict(zip("хцчшщыэёђѓєѕіїјљњћќўџ", "xcčššieodgezii" + "ilnčku" + "ž", strict=True)),
        **dict(zip("ґғҕҙқҝҡңөұүҳһҷҹҗәӣӯӧӱӓӑӗҫ", "gggzkkknouuxxžčžaiuouaaes", strict=True)),
        **{"ж": "ž", "ӂ": "ž", "ц": "ts", "ю": "iu", "я": "ia", "ъ": "", "ь": ""},
    }
)

# Short vowels are not written; the letters that serve as long ones become vowels.
_ARABIC_ARTICLE = re.compile(r"^ال(?!له)(?=\w{2})")
_ARABIC_FIRST_W = re.compile(r"^و")
_ARABIC_MIDDLE_W = re.compile(r"(?<=.)و(?=.)")
_ARABIC_TWO_SOUNDS = re.compile(r"[تط](?=[سص])")
_AS_IN_PERSIAN = str.maketrans({"ث": "س", "ذ": "ز", "ض": "ز"})
_ARABIC_LAST_H = re.compile(r"[هةہھۀ]$")
_ARABIC_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("اآأعىٱ", "a"),
        **dict.fromkeys("إئيیېےۍ", "i"),
        **dict.fromkeys("ؤوۇۆ", "u"),
        **dict.fromkeys("بٻ", "b"),
        **dict.fromkeys("تطٹټثة", "t"),
        **dict.fromkeys("جژ", "ž"),
        **dict.fromkeys("چځ", "č"),
        **dict.fromkeys("حخهھہۀ", "x"),
        **dict.fromkeys("دذڈډض", "d"),
        **dict.fromkeys("رړڑ", "r"),
        **dict.fromkeys("زظږ", "z"),
        **dict.fromkeys("سصڅ", "s"),
        **dict.fromkeys("شښ", "š"),
        **dict.fromkeys("غگګ", "g"),
        **dict.fromkeys("قكکڪ", "k"),
        **dict.fromkeys("نںڼ", "n"),
        **dict(zip("پفلم", "pflm", strict=True)),
    }
)

# Before anyascii, which would lose the mark that makes the sound.
_LATIN_LETTERS = str.maketrans(
    {
        **dict.fromkeys("şșŝ", "š"),
        **dict.fromkeys("çć", "č"),
        **dict.fromkeys("ĉ", "č"),
        **dict.fromkeys("źżƶ", "z"),
        **{"ğ": "g", "ı": "i", "ə": "a", "ñ": "n", "þ": "th", "ð": "d", "đ": "d", "ß": "s"},
    }
)

# Each system in the order of its rules: longer spellings before those they contain.
_SIBILANTS = _rules(
    (r"(?<=[oeiy][vw])i(?:ch|tch|tsch|c)$", "ič"),
    (r"schtsch|shch|chtch|stsch", "š"),
    (r"dzh|dsch|dj|xh", "ž"),
    (r"tsch|tch|cz", "č"),
    (r"sch|sh", "š"),
    (r"zh", "ž"),
)
_ENGLISH = _SIBILANTS + _rules(
    (r"(?<=[aeiouy])h$", ""),
    (r"ch", "č"),
    (r"kh", "x"),
    (r"gh", "g"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"dh", "d"),
    (r"j(?=[aeiouy])", "ž"),
    (r"[jy]", "i"),
    (r"c(?=[eiy])", "s"),
    (r"[cq]", "k"),
    (r"h", "x"),
    (r"w", "v"),
)
_GERMAN = _SIBILANTS + _rules((r"ch", "x"), (r"j", "i"))
_FRENCH = _SIBILANTS + _rules((r"ch", "š"), (r"(?<=[aeiouy])x", "ks"))
_TURKISH = _SIBILANTS + _rules((r"c(?!h)", "ž"))
_WITHOUT_MARKS = _SIBILANTS + _rules((r"c(?!h)", "č"))
_SLAVIC = (
    _rules((r"szcz", "š"), (r"sz", "š"), (r"d[zż]", "ž")) + _SIBILANTS + _rules((r"c(?!h)", "ts"))
)
_DUTCH = (
    _rules(
        (r"stsj", "š"),
        (r"t[sz]?j", "č"),
        (r"sj", "š"),
        (r"d?zj", "ž"),
        (r"oe", "u"),
    )
    + _SIBILANTS
    + _rules((r"ch", "x"), (r"j", "i"))
)
_CHINESE = _rules((r"hs|x", "š"), (r"q", "č")) + _SIBILANTS + _rules((r"c(?!h)", "ts"))
_READ_VARIOUSLY = re.compile(r"[cjqx]|hs|sz|d[zż]|oe")
"""What systems after the first have rules of their own for."""

_SYSTEMS: tuple[_System, ...] = (
    _ENGLISH,
    _GERMAN + _ENGLISH,
    _FRENCH + _ENGLISH,
    _WITHOUT_MARKS + _ENGLISH,
    _TURKISH + _ENGLISH,
    _SLAVIC + _ENGLISH,
    _DUTCH + _ENGLISH,
)
_OF_CHINESE = (_ENGLISH, _CHINESE + _ENGLISH, *_SYSTEMS[1:])

_SHARED = _rules(
    (r"dž", "ž"),
    (r"t[sz]", "z"),
    (r"ie", "e"),
    (r"ou", "u"),
    (r"(.)\1+", r"\1"),
    (r"^abd[aeiou]*(?:l?(?=[^aeioulv].{3})|l(?=[aeiou][^aeiou].))", "abdul"),
)

_SERVANT = re.compile(r"abd[aeiou]*[lrsšnzdt]?")
_GOD = re.compile(r"[aeiou]la")
_FAITH = re.compile(r"[aeiou]?din")
_ARTICLES = frozenset({"al", "el", "ul", "ar", "as", "aš", "ad", "an", "at", "az", "ur"})
_CHILD_AFTER = frozenset({"uli", "ulu", "ogli", "oglu", "ugli", "ugul", "kizi", "gizi", "kzi"})
_PARTICLES = (
    _ARTICLES
    | _CHILD_AFTER
    | {"bin", "bint", "ben", "ibn", "bn", "uld", "vld", "de", "da", "di", "du", "la", "van", "von"}
)
_PATRONYMIC = re.compile(r"[oeiau]vi[čt]s?$|ič$|[oeau][vu]na$|ična$|.{3}(?:[ou]g?li|ulu|[kg]izi)$")
_ENDINGS = (
    re.compile(r"(?:[oeia]?vič|[oeiau][vu]na|ična|ič)$"),
    re.compile(r"(?:ogli|oglu|ugli|uli|ulu|kizi|gizi|zoda|zada|zade)$"),
    re.compile(r"(?:[oe]v)?sk(?:i|ai?a|oi)$"),
    re.compile(r"(?:[oeai][vf]a?)$"),
)

_UNSOUNDED = re.compile(r"[aeiouv]|(?<=n)g|t(?=s)")
_WORN = str.maketrans(
    {
        **dict.fromkeys("qd", "o"),
        **dict.fromkeys("ljt", "i"),
        **dict.fromkeys("mh", "n"),
        **dict.fromkeys("vy", "u"),
        **{"f": "e", "r": "p", "x": "k", "g": "c"},
    }
)
_UNVOICED = str.maketrans("bdgvzžšč", "ptkfssss")
_CLASSES = str.maketrans("bpfdtszšžčgkxmnlr", "PPPTTSSSSSKKKMNLR")
