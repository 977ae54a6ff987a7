"""Names of other scripts in the letters A to Z, letter by letter (ICAO 9303-3 §6)."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.documents.transliteration import NoSpelling, transliterate

ICAO_CYRILLIC = (
    "Ё E Ђ D Є IE Ѕ DZ І I Ї I Ј J Љ LJ Њ NJ Ќ K Ў U Џ DZ А A Б B В V Г G Д D Е E Ж ZH З Z И I Й I"
    " К K Л L М M Н N О O П P Р R С S Т T У U Ф F Х KH Ц TS Ч CH Ш SH Щ SHCH Ъ IE Ы Y Э E Ю IU Я IA"
    " Ѫ U Ѵ Y Ґ G Ғ G Һ C"
)
CENTRAL_ASIAN = "Ә A Ғ G Қ K Ң N Ө O Ұ U Ү U І I Ҳ KH Ҷ CH Ӣ I Ӯ U Ў U Җ ZH"
ARABIC = (
    "ء XE آ XAA أ XAE ؤ U إ I ئ XI ا A ب B ت T ث XTH ج J ح XH خ XKH د D ذ XDH ر R ز Z س S ش XSH"
    " ص XSS ض XDZ ط XTT ظ XZZ ع E غ G ف F ق Q ك K ل L م M ن N ه H و W ى XAY ي Y ٱ XXA ٹ XXT ټ XRT"
    " پ P ځ XKE څ XXH چ XC ڈ XXD ډ XDR ڑ XXR ړ XRR ږ XRX ژ XJ ښ XXS ک XKK ګ XXK ڭ XNG گ XGG ں XNN"
    " ڼ XXN ھ XDO ۀ XYH ہ XXG ۂ XGE ۃ XTG ی XYA ۍ XXY ې Y ے XYB ۓ XBE"
)
ALPHABETS = {
    "Kazakh": "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ",
    "Kyrgyz": "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ",
    "Tajik": "АБВГҒДЕЁЖЗИӢЙКҚЛМНОПРСТУӮФХҲЧҶШЪЭЮЯ",
    "Turkmen": "АБВГДЕЁЖҖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭӘЮЯ",
    "Uzbek": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЪЬЭЮЯЎҚҒҲ",
    "Karakalpak": "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҮЎФХҲЦЧШЩЪЫЬЭЮЯ",
    "Ukrainian": "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ",
    "Turkmen in Latin": "ABÇDEÄFGHIJŽKLMNŇOÖPRSŞTUÜWYÝZ",
    "Turkish": "ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ",
    "Azerbaijani": "ABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ",
}


def pairs(table: str) -> list[tuple[str, str]]:
    words = table.split()
    return list(zip(words[::2], words[1::2], strict=True))


@pytest.mark.parametrize(("letter", "spelling"), pairs(ICAO_CYRILLIC))
def test_a_cyrillic_letter_is_spelled_as_in_the_table(letter: str, spelling: str) -> None:
    assert transliterate(f"А{letter}") == f"A{spelling}"
    assert transliterate(f"А{letter.lower()}") == f"A{spelling}"


@pytest.mark.parametrize(("letter", "spelling"), pairs(CENTRAL_ASIAN))
def test_a_letter_of_central_asia_is_spelled(letter: str, spelling: str) -> None:
    assert transliterate(letter) == spelling


@pytest.mark.parametrize(("letter", "spelling"), pairs(ARABIC))
def test_an_arabic_letter_is_spelled_as_in_the_table(letter: str, spelling: str) -> None:
    assert transliterate(letter) == spelling


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS.keys())
def test_no_letter_of_a_neighbours_alphabet_is_without_a_spelling(alphabet: str) -> None:
    for text in (alphabet, alphabet.lower(), unicodedata.normalize("NFD", alphabet)):
        spelled = transliterate(text)

        assert spelled.isascii()
        assert spelled.isalpha()
        assert spelled.isupper()


@pytest.mark.parametrize(
    ("state", "name", "spelling"),
    [
        ("", "Жумагулов", "ZHUMAGULOV"),
        ("", "Нұрсұлтан", "NURSULTAN"),
        ("", "Подъячев", "PODIEIACHEV"),
        ("", "Соловьёв", "SOLOVEV"),
        ("BLR", "Соловьёв", "SOLOVIOV"),
        ("BLR", "Глушко", "HLUSHKO"),
        ("UKR", "Григорій", "HRYHORII"),
        ("UKR", "Юрій Яценюк", "YURII YATSENIUK"),
        ("UKR", "Єва Їжак", "YEVA YIZHAK"),
        ("UKR", "Мар'яна", "MARIANA"),
        ("SRB", "Живковић Хаџић", "ZIVKOVIC HADZIC"),
        ("MKD", "Ќосе Џокић", "KJOSE DJOKIC"),
        ("BGR", "Щерев", "SHTEREV"),
        ("KAZ", "Жиһанша", "ZHIKHANSHA"),
        ("", "Жиһанша", "ZHICANSHA"),
        ("", "Müller-Öztürk", "MUELLER-OEZTUERK"),
        ("TUR", "Müller-Öztürk", "MULLER-OZTURK"),
        ("TKM", "Gurbanguly Ýazmyradow", "GURBANGULY YAZMYRADOW"),
        ("", "Ångström Ærø Groß", "AANGSTROEM AEROE GROSS"),
        ("", "Þór Łukasz Ñandú", "THOR LUKASZ NANDU"),
    ],
)
def test_a_name_is_spelled_as_its_state_spells_it(state: str, name: str, spelling: str) -> None:
    assert transliterate(name, for_state=state) == spelling


@pytest.mark.parametrize("apostrophe", ["ʻ", "ʼ", "‘", "’", "'", "`"])
def test_the_uzbek_apostrophe_goes_in_every_form(apostrophe: str) -> None:
    assert transliterate(f"O{apostrophe}gʻli G{apostrophe}afur") == "OGLI GAFUR"


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("عبّاس", "EBBAS"),
        ("فضّة", "FXDZXDZXAH"),
        ("فاطمة", "FAXTTMXAH"),
        ("فاطمة الزهراء", "FAXTTMXAH ALZHRAXE"),
        ("ةب", "XTAB"),
        ("مُحَمَّد", "MXHMMD"),
        ("مــحمد", "MXHMD"),
    ],
)
def test_arabic_doubles_at_a_shadda_and_ends_in_teh_marbuta(name: str, spelling: str) -> None:
    assert transliterate(name) == spelling


def test_letters_without_a_spelling_are_named_and_never_dropped() -> None:
    with pytest.raises(NoSpelling, match="known for 王 小") as refused:
        transliterate("Wang 王小王")

    assert refused.value.letters == ("王", "小")


@pytest.mark.parametrize("text", ["\n", "Ж\u0301", "①", "𝐀", "\u0651"])
def test_marks_that_no_table_knows_are_not_dropped_either(text: str) -> None:
    with pytest.raises(NoSpelling):
        transliterate(text)


@given(st.text(max_size=40))
def test_the_spelling_is_ascii_or_refused(text: str) -> None:
    with suppress(NoSpelling):
        spelled = transliterate(text)

        assert spelled.isascii()
        assert spelled == spelled.upper()


@given(st.text("АӘБВГҒДЕЁЖЗИЙӢӮЎabc-' ", max_size=30))
def test_composed_and_decomposed_text_are_spelled_alike(text: str) -> None:
    assert transliterate(unicodedata.normalize("NFD", text)) == transliterate(text)
