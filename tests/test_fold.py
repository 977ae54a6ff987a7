"""Names folded to what their spellings have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.watchlist.fold import (
    Role,
    flat,
    fold,
    fold_number,
    shape,
    skeleton,
    sound,
    stem,
)

ANY_TEXT = st.text(max_size=60)
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіҳҷӣўӯ"
LATIN = "abcdefghijklmnopqrstuvwxyzçşžýňäöüğıəčš"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگک"
NAMES = st.lists(
    st.one_of(
        *[st.text(alphabet, min_size=1, max_size=14) for alphabet in (CYRILLIC, LATIN, ARABIC)]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


def readings_of(name: str) -> list[tuple[str, ...]]:
    return [word.readings for word in fold(name)]


def first_readings(name: str) -> str:
    return " ".join(word.readings[0] for word in fold(name))


def sound_alike(one: str, other: str) -> bool:
    """Whether word for word some readings leave the same skeleton."""
    ours, theirs = fold(one), fold(other)
    return len(ours) == len(theirs) and all(
        {skeleton(stem(r)) for r in a.readings} & {skeleton(stem(r)) for r in b.readings}
        for a, b in zip(ours, theirs, strict=True)
    )


@pytest.mark.parametrize(
    "spellings",
    [
        ["Жусупов", "ZHUSUPOV", "JUSUPOV", "DJUSUPOV", "DZHUSUPOV", "Schusupow"],
        ["Хамидов", "KHAMIDOV", "HAMIDOV", "XAMIDOV", "Chamidow", "Ҳамидов"],
        ["Чоршанбе", "CHORSHANBE", "Tschorschanbe", "Tchorchanbe", "Çorşanbe"],
        ["Шерзод", "SHERZOD", "Scherzod", "Cherzod", "Şerzod"],
        ["Ғайрат", "GHAIRAT", "GAYRAT", "Gʻayrat", "G'AYRAT", "G‘ayrat"],
        ["Үсенбаев", "USENBAYEV", "Ousenbaiev", "Üsenbaev"],
        ["Amantäçmyradow", "AMANTACMYRADOW", "Амантачмырадов", "AMANTACHMYRADOV"],
        ["Qodirov", "KODIROV", "Қодиров", "KADYROV"],
        ["Абдурахмон", "ABD AL-RAHMAN", "Abdurrahman", "ABDUL RAHMAN", "عبد الرحمن"],
        ["محمد", "MUHAMMAD", "Мухаммад", "MOHAMED", "Muxammad"],
        ["Сатыбалдиев", "SATYBALDIEV", "Satıbaldıyev", "Satybaldiew"],
        ["Юнусов", "YUNUSOV", "IUNUSOV", "Younoussov", "Junusow"],
        ["Цой", "TSOI", "Zoj", "TSOY"],
        ["Nuruddin", "NUR AD-DIN", "Нуриддин", "Noureddine", "نور الدين"],
        ["Hamdullah", "HAMD ALLAH", "Хамдулла", "Hamd Ullah", "حمد الله"],
        ["Abdullah", "ABD ALLAH", "Абдулло", "Abd Ulla", "عبد الله"],
        ["Шишкин", "SHISHKIN", "Sjisjkin", "Sziszkin", "Chichkine", "Schischkin"],
        ["Цыбин", "TSYBIN", "Cybin", "Zybin"],
        ["Чудов", "CHUDOV", "Tsjoedov", "Czudow", "Tchoudov"],
        ["Xue", "HSUEH", "HSÜEH"],
        ["Qing", "CH'ING", "Цин"],
        ["Cao", "TS'AO", "Цао"],
    ],
    ids=lambda spellings: spellings[1],
)
def test_spellings_of_one_name_sound_alike(spellings: list[str]) -> None:
    first, *others = spellings

    assert [other for other in others if not sound_alike(first, other)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("KARIMOV", "NURMATOV"), ("SHERZOD", "RUSTAM"), ("ALIEV", "KADYROV"), ("MURAT", "KAYRAT")],
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert not sound_alike(one, other)


@pytest.mark.parametrize(
    ("russian", "own"),
    [
        ("КАРИМОВ", "Karim"),
        ("КАРИМОВА", "Karimzoda"),
        ("НАЗАРБАЕВ", "Nazarbay"),
        ("РАХМОНОВ", "Rahmonzoda"),
        ("МАМЫРОВ", "Mamyruulu"),
        ("БЕРДИЕВА", "Berdiqizi"),
    ],
)
def test_a_surname_is_found_without_its_ending(russian: str, own: str) -> None:
    assert sound_alike(russian, own)


@pytest.mark.parametrize(
    ("mixed", "pure"),
    [("УЛYКБЕКБAЕB", "УЛУКБЕКБАЕВ"), ("CAPДOР", "САРДОР"), ("KARІMOV", "KARIMOV")],
)
def test_letters_of_another_alphabet_are_brought_home(mixed: str, pure: str) -> None:
    assert readings_of(mixed) == readings_of(pure)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Хоҷа", "KHOZHA"),
        ("ХОҶА", "Chodscha"),
        ("Зокир", "SOKIR"),
        ("DENG", "TENG"),
        ("BAI", "PAI"),
    ],
)
def test_voice_and_vowels_do_not_change_the_sound(one: str, other: str) -> None:
    ours, theirs = ({sound(reading) for reading in fold(name)[0].readings} for name in (one, other))

    assert ours & theirs


@pytest.mark.parametrize(
    ("one", "other"), [("BAKIR", "NAKIR"), ("SAMAT", "SABIT"), ("ALI", "ALIM")]
)
def test_another_consonant_changes_the_sound(one: str, other: str) -> None:
    ours, theirs = ({sound(reading) for reading in fold(name)[0].readings} for name in (one, other))

    assert not ours & theirs


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("MARUF", "NARVE"),
        ("SERNI", "SEMI"),
        ("CLARA", "DARA"),
        ("QODIR", "OODLP"),
        ("VVALI", "WALI"),
    ],
)
def test_letters_that_look_alike_have_one_shape(read: str, meant: str) -> None:
    assert shape(read.lower()) == shape(meant.lower())


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Жүсіп", "zhusip"), ("G‘ayrat", "gayrat"), ("5ARDOR", "sardor"), ("Çoş", "cos")],
)
def test_a_word_keeps_its_letters_from_a_to_z(name: str, letters: str) -> None:
    assert [word.letters for word in fold(name)] == [letters]


@pytest.mark.parametrize(
    ("read", "meant"),
    [("NOD1R", "NODIR"), ("5ARDOR", "SARDOR"), ("6ULNAR", "GULNAR"), ("2AFAR", "ZAFAR")],
)
def test_digits_in_a_word_are_read_as_the_letters_they_look_like(read: str, meant: str) -> None:
    assert readings_of(read) == readings_of(meant)


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("Каримов Анвар Бахтиёрович", "NAME NAME PATRONYMIC"),
        ("KARIMOV ANVAR BAXTIYOR O'G'LI", "NAME NAME PATRONYMIC PARTICLE"),
        ("Алмазова Айгүл Тилек кызы", "NAME NAME PATRONYMIC PARTICLE"),
        ("Өтежанұлы", "PATRONYMIC"),
        ("Ахмедова Нигора Саидовна", "NAME NAME PATRONYMIC"),
        ("MADINA DIANA ELENA", "NAME NAME NAME"),
        ("Usama bin Muhammad al-Amduni", "NAME PARTICLE NAME PARTICLE NAME"),
    ],
)
def test_fathers_names_and_particles_are_told_apart(name: str, roles: str) -> None:
    assert [word.role for word in fold(name)] == [Role[role] for role in roles.split()]


def test_a_word_keeps_how_it_was_written() -> None:
    assert [word.written for word in fold("Abd al-Rahman  Юсупов")] == ["Abd al Rahman", "Юсупов"]


def test_ambiguous_letters_keep_all_their_readings() -> None:
    [readings] = readings_of("Chajrullo")

    assert {"xairulo", "čairulo", "šairulo"} <= set(readings)


@pytest.mark.parametrize("name", ["", "  ", "---", "123", "<<<<", "'", "\u200b", "\ud7ff"])
def test_what_is_no_name_folds_to_nothing(name: str) -> None:
    assert fold(name) == ()


@given(ANY_TEXT | NAMES)
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    once = first_readings(name)

    assert first_readings(once) == once


@given(ANY_TEXT)
def test_no_text_breaks_folding(name: str) -> None:
    for word in fold(name):
        for reading in word.readings:
            assert reading
            assert set(reading) <= set("abčdefgiklmnoprsštuvxzž")
            assert skeleton(stem(reading))
            assert flat(reading)


@given(NAMES)
def test_capitals_and_spaces_mean_nothing(name: str) -> None:
    assert readings_of(f"  {name.upper()} ".replace(" ", "  ")) == readings_of(name.upper().lower())


CONSONANTS = {
    **dict(zip("бвгдзклмнпрстф", "BVGDZKLMNPRSTF", strict=True)),
    **{"ж": "ZH", "х": "KH", "ч": "CH", "ш": "SH"},
}
VOWELS = {**dict(zip("аеиоуыэ", "AEIOUYE", strict=True)), "ю": "IU", "я": "IA"}
SYLLABLES = st.tuples(st.sampled_from(sorted(CONSONANTS)), st.sampled_from(sorted(VOWELS)))


@given(st.lists(SYLLABLES, min_size=1, max_size=5))
def test_icao_transliteration_is_read_like_the_cyrillic_it_came_from(
    syllables: list[tuple[str, str]],
) -> None:
    cyrillic = "".join(consonant + vowel for consonant, vowel in syllables)
    latin = "".join(CONSONANTS[consonant] + VOWELS[vowel] for consonant, vowel in syllables)

    assert sound_alike(cyrillic, latin)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AA 123-4567", "АА1234567"),
        ("0A1234I", "OA12341"),
        ("01 A 123 BC", "01А123ВС"),
        ("wvwzzz1jzxw000001", "WVWZZZIJZXWOOOOO1"),
        ("N°235/MIS", "N235MIS"),
    ],
)
def test_look_alikes_of_numbers_are_one(one: str, other: str) -> None:
    assert fold_number(one) == fold_number(other)


def test_other_numbers_stay_other() -> None:
    assert fold_number("AA1234567") != fold_number("AA1234568")


@given(ANY_TEXT)
def test_folding_a_folded_number_changes_nothing(number: str) -> None:
    assert fold_number(fold_number(number)) == fold_number(number)
