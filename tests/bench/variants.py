"""Other spellings of listed people of whom the development set asks nothing: the held-out ones.

What happens to a name here is written anew and drawn by another chance than the set's own
variants, so that rules which only fit those show.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from tests.bench.crowd import Row

SEED = 907
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MISREAD = (
    *(("O", "0"), ("O", "Q"), ("I", "1"), ("I", "L"), ("S", "5"), ("B", "8"), ("Z", "2")),
    *(("G", "6"), ("E", "F"), ("M", "N"), ("U", "V"), ("RN", "M"), ("N", "H"), ("D", "O")),
)
_GERMAN = (
    *(("ZH", "SCH"), ("KH", "CH"), ("CH", "TSCH"), ("SH", "SCH"), ("YA", "JA"), ("YU", "JU")),
    *(("Y", "J"), ("V", "W"), ("Z", "S")),
)
_FRENCH = (
    *(("ZH", "J"), ("CH", "TCH"), ("SH", "CH"), ("U", "OU"), ("YU", "IOU"), ("YA", "IA")),
    *(("J", "DJ"), ("G", "GU")),
)
_TURKISH = (("ZH", "J"), ("KH", "H"), ("CH", "Ç"), ("SH", "Ş"), ("J", "C"), ("Y", "I"))
_CYRILLIC = (
    *(("SHCH", "Щ"), ("ZH", "Ж"), ("KH", "Х"), ("CH", "Ч"), ("SH", "Ш"), ("TS", "Ц")),
    *(("YA", "Я"), ("YU", "Ю"), ("YO", "Ё"), ("J", "ДЖ"), ("H", "Х"), ("W", "В"), ("Q", "К")),
    *zip("ABCDEFGIKLMNOPRSTUVXYZ", "АБКДЕФГИКЛМНОПРСТУВХЙЗ", strict=True),
)
_VOWELS = ("AEO", "OUA", "IEY", "UO", "EAI")
_TD1_NAME = 29

Change = Callable[[str, Random], str]


def rows(listed: Sequence[Row], asked: set[str], each: int) -> list[Row]:
    """Up to `each` queries of every kind of change; `asked` are the set's own persons."""
    chance = Random(SEED)
    others = [row for row in listed if row["kind"] != "fill" and row["id"] not in asked]
    latin = [row for row in others if _first(row).isascii() and len(_first(row)) > 6]
    return [
        query
        for kind, change in CHANGES.items()
        for query in _changed(chance.sample(latin, len(latin)), kind, change, chance, each)
    ]


def _changed(
    people: list[Row], kind: str, change: Change, chance: Random, each: int
) -> Iterator[Row]:
    made = 0
    for person in people:
        plain = _first(person)
        name = change(plain, chance)
        if name == plain and kind != "as listed":
            continue
        yield {
            "class": f"held-out {kind}",
            "target_id": person["id"],
            "name": name,
            "born": _born(person["born"], chance),
            "nationality": person["nationality"],
            "sex": person["sex"],
        }
        made += 1
        if made == each:
            return


def _first(person: Row) -> str:
    """A listed person's first name as a document shows it: A to Z, no comma."""
    name = person["names"].split(" | ")[0].upper()
    return " ".join("".join(c if c.isalnum() else " " for c in name.replace("'", "")).split())


def _mistyped(name: str, chance: Random) -> str:
    letters = list(name)
    for _ in range(2):
        place = chance.choice([i for i, sign in enumerate(letters) if sign.isalpha()])
        error = chance.randrange(4)
        if error == 0:
            letters[place] = _beside(letters[place], chance)
        elif error == 1:
            del letters[place]
        elif error == 2:
            letters.insert(place, letters[place])
        elif place + 1 < len(letters) and letters[place + 1] != " ":
            letters[place : place + 2] = letters[place + 1], letters[place]
    return "".join(letters)


def _beside(letter: str, chance: Random) -> str:
    for row in _KEYS:
        if letter.lower() in row:
            place = row.index(letter.lower())
            return chance.choice(row[max(place - 1, 0) : place + 2]).upper()
    return letter


def _misread(name: str, chance: Random) -> str:
    for seen, read in chance.sample(_MISREAD, len(_MISREAD)):
        if seen in name and chance.random() < 0.25:
            name = name.replace(seen, read, chance.randint(1, 2))
    return name


def _revowelled(name: str, chance: Random) -> str:
    return "".join(_vowel(sign, chance) if chance.random() < 0.3 else sign for sign in name)


def _vowel(sign: str, chance: Random) -> str:
    others = [group for group in _VOWELS if group[0] == sign]
    return chance.choice(others[0]) if others else sign


def _joined(name: str, chance: Random) -> str:
    words = name.split()
    place = chance.randrange(max(len(words) - 1, 1))
    return " ".join([*words[:place], "".join(words[place : place + 2]), *words[place + 2 :]])


def _split(name: str, chance: Random) -> str:
    words = name.split()
    longest = max(words, key=len)
    place = chance.randint(3, max(len(longest) - 3, 3))
    parts = (f"{longest[:place]} {longest[place:]}" if w == longest else w for w in words)
    return " ".join(parts).strip()


def _reordered(name: str, chance: Random) -> str:
    words = name.split()
    return " ".join(chance.sample(words, len(words)))


def _shortened(name: str, _chance: Random) -> str:
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 2 else name


def _cut(name: str, _chance: Random) -> str:
    return name[:_TD1_NAME] if name[_TD1_NAME - 1 : _TD1_NAME].isalpha() else name


def _spelt(*table: tuple[str, str]) -> Change:
    """Respells from left to right, the longer groups first."""
    longest_first = sorted(table, key=lambda pair: -len(pair[0]))

    def spell(name: str, _chance: Random) -> str:
        spelt, rest = "", name
        while rest:
            old, new = next(
                (pair for pair in longest_first if rest.startswith(pair[0])), (rest[0], rest[0])
            )
            spelt += new
            rest = rest[len(old) :]
        return spelt

    return spell


CHANGES: dict[str, Change] = {
    "as listed": lambda name, _chance: name,
    "two typing errors": _mistyped,
    "misread": _misread,
    "other vowels": _revowelled,
    "joined": _joined,
    "split": _split,
    "reordered": _reordered,
    "last word missing": _shortened,
    "cut to TD1": _cut,
    "German": _spelt(*_GERMAN),
    "French": _spelt(*_FRENCH),
    "Turkish": _spelt(*_TURKISH),
    "Cyrillic": _spelt(*_CYRILLIC),
}


def _born(listed: str, chance: Random) -> str:
    """What another register may say: mostly the same."""
    draw = chance.random()
    if not listed or draw < 0.6:
        return listed
    year, *day = listed.split("-")
    if draw < 0.7 or not day:
        return "-".join([str(int(year) + chance.choice((-1, 1))), *day])
    if draw < 0.78:
        return year
    if draw < 0.84:
        return f"{year}-01-01"
    if draw < 0.92 and len(day) == 2 and int(day[1]) <= 12:
        return f"{year}-{day[1]}-{day[0]}"
    return "" if draw > 0.97 else listed
