"""Every way in which one person's name, birth date and document come to differ, case by case.

Each case goes through the whole of screening, on an encrypted list of thousands of others. The
names are invented or stand in old books.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.specimen.alerts import watchlist
from checkpoint_client.store.reference import Reference
from checkpoint_client.watchlist import (
    Alert,
    AlertAction,
    AlertCategory,
    Level,
    Match,
    MatchKind,
    Traveller,
    screen,
)

TODAY = date(2026, 11, 24)
OTHERS = 3_000
BORN = "1984-03-05"


@dataclass(frozen=True, slots=True)
class Sought:
    """An alert of the cases: names in the publisher's spelling, the main one first."""

    names: tuple[str, ...]
    born: str = BORN
    sex: Sex = Sex.UNSPECIFIED
    state: str = ""
    document: tuple[str, str] | None = None


def _cases(*groups: tuple[str, Sequence[tuple[str, str, str]]]) -> list[object]:
    """One test for each spelling: listed name, the traveller's surname and given names."""
    return [
        pytest.param(Sought((listed,)), surname, given, id=f"{group}-{surname} {given}")
        for group, spellings in groups
        for listed, surname, given in spellings
    ]


SPELLINGS = _cases(
    (
        "kazakh",
        [
            ("Құнанбаев Шәкәрім", "KUNANBAYEV", "SHAKARIM"),
            ("Құнанбаев Шәкәрім", "QUNANBAEV", "SHAKERIM"),
            ("Құнанбаев Шәкәрім", "Кунанбаев", "Шакарим"),
            ("Тоғжанова Ұлбосын", "TOGZHANOVA", "ULBOSYN"),
            ("Тоғжанова Ұлбосын", "TOĞJANOVA", "ŪLBOSYN"),
            ("Жиреншеев Өтеген", "ZHIRENSHEYEV", "OTEGEN"),
            ("Жиреншеев Өтеген", "JIRENSHEEV", "UTEGEN"),
            ("Әнетов Іңкәрбек", "ANETOV", "INKARBEK"),
            ("QOBYLANDIN Qaraqypshaq", "КОБЫЛАНДИН", "КАРАКЫПШАК"),
        ],
    ),
    (
        "kyrgyz",
        [
            ("Көкөтөев Бөгөнбай", "KOKOTOEV", "BOGONBAY"),
            ("Көкөтөев Бөгөнбай", "KOKETEEV", "BÖGÖNBAI"),
            ("Үмөтаалиев Чубак", "UMOTAALIEV", "CHUBAK"),
            ("Үмөтаалиев Чубак", "UMETALIEV", "TCHOUBAK"),
            ("DZHAKYPOV, Kanykei", "Жакыпов", "Каныкей"),
            ("Жолоев Сыргак", "DJOLOEV", "SYRGAK"),
        ],
    ),
    (
        "tajik",
        [
            ("Ҷайҳунов Суҳроб", "JAYHUNOV", "SUHROB"),
            ("Ҷайҳунов Суҳроб", "DZHAIKHUNOV", "SUKHROB"),
            ("Ҷайҳунов Суҳроб", "Джайхунов", "Сухроб"),
            ("Ғуломӣ Зебунисо", "GULOMI", "ZEBUNISO"),
            ("Ғуломӣ Зебунисо", "GHULOMI", "ZEBUNNISO"),
            ("Қосимӣ Манижа", "KOSIMI", "MANIZHA"),
            ("Қосимӣ Манижа", "QOSIMI", "MANIJA"),
            ("Нӯшиннов Хусрав", "NUSHINNOV", "KHUSRAV"),
        ],
    ),
    (
        "uzbek",
        [
            ("Ўтбосаров Ғофур", "UTBOSAROV", "GOFUR"),
            ("Ўтбосаров Ғофур", "O‘TBOSAROV", "G‘OFUR"),
            ("Ўтбосаров Ғофур", "O'TBOSAROV", "G'OFUR"),
            ("Ўтбосаров Ғофур", "OʻTBOSAROV", "GʻOFUR"),
            ("Ўтбосаров Ғофур", "O`TBOSAROV", "G`OFUR"),
            ("Ўтбосаров Ғофур", "OTBOSAROV", "GHOFUR"),
            ("Alpomishev Hakimbek", "АЛПОМИШЕВ", "ҲАКИМБЕК"),
            ("Alpomishev Hakimbek", "ALPAMYSHEV", "KHAKIMBEK"),
            ("Boychiborova Oyxon", "БОЙЧИБОРОВА", "ОЙХОН"),
            ("Boychiborova Oyxon", "BAYCHIBAROVA", "AYKHAN"),
            ("Jahongirova Tantiya’", "ЖАҲОНГИРОВА", "ТАНТИЯ"),
        ],
    ),
    (
        "turkmen",
        [
            ("Görogly Öwezow", "OVEZOV", "GOROGLY"),
            ("Şasenemow Garyp", "SHASENEMOV", "GARYP"),
            ("Şasenemow Garyp", "SASENEMOW", "GARYP"),
            ("Şasenemow Garyp", "Шасенемов", "Гарып"),
            ("Žöhreýew Täçmyrat", "ZHOKHREEV", "TACHMYRAT"),
            ("Žöhreýew Täçmyrat", "ZOHREYEW", "TACMYRAT"),
            ("Ýazberdiýew Baýram", "YAZBERDIYEV", "BAYRAM"),
            ("Ýazberdiýew Baýram", "IAZBERDIEV", "BAIRAM"),
        ],
    ),
    (
        "english-french-german-turkish",
        [
            ("Чичиков Павлуша", "CHICHIKOV", "PAVLUSHA"),
            ("Чичиков Павлуша", "TCHITCHIKOV", "PAVLOUCHA"),
            ("Чичиков Павлуша", "TSCHITSCHIKOW", "PAWLUSCHA"),
            ("Чичиков Павлуша", "ÇİÇİKOV", "PAVLUŞA"),
            ("Чичиков Павлуша", "TSJITSJIKOV", "PAVLOESJA"),
            ("Чичиков Павлуша", "CZICZIKOW", "PAWLUSZA"),
            ("Хлестаков Евгений", "KHLESTAKOV", "EVGENY"),
            ("Хлестаков Евгений", "CHLESTAKOW", "JEWGENIJ"),
            ("Хлестаков Евгений", "KHLESTAKOV", "EVGUENI"),
            ("Хлестаков Евгений", "HLESTAKOV", "YEVGENİ"),
            ("Жуковская Юлия", "ZHUKOVSKAYA", "YULIA"),
            ("Жуковская Юлия", "SCHUKOWSKAJA", "JULIJA"),
            ("Жуковская Юлия", "JOUKOVSKAÏA", "IOULIA"),
            ("Жуковская Юлия", "JUKOVSKAYA", "YULİYA"),
            ("Щукарёв Цезарь", "SHCHUKAREV", "TSEZAR"),
            ("Щукарёв Цезарь", "SCHTSCHUKARJOW", "ZESAR"),
            ("Щукарёв Цезарь", "CHTCHOUKAREV", "TSEZAR"),
            ("Мышкин Лев", "MYSHKIN", "LEV"),
            ("Мышкин Лев", "MYCHKINE", "LEV"),
        ],
    ),
    (
        "endings",
        [
            ("Таңатаров Ерсайын", "TANATAR", "ERSAYYN"),
            ("Таңатаров Ерсайын", "TANATARULY", "ERSAYYN"),
            ("Құлжабекұлы Серғазы", "KULZHABEKOV", "SERGAZY"),
            ("Манасов Байбагыш", "MANAS UULU", "BAIBAGYSH"),
            ("Манас уулу Байбагыш", "MANASOV", "BAIBAGYSH"),
            ("Шаҳрёров Баҳманёр", "SHAHRYORZODA", "BAHMANYOR"),
            ("Шаҳрёрзода Баҳманёр", "SHAKHRYOROV", "BAKHMANYOR"),
            ("Шаҳрёрзода Баҳманёр", "SHAHRIYARZADE", "BAHMANYAR"),
            ("Gülşirin Ýedigärowa", "YADIGAR GYZY", "GULSHIRIN"),
            ("Xurramov Elbek", "XURRAM OGʻLI", "ELBEK"),
            ("Rustamoğlu Araz", "RUSTAMOV", "ARAZ"),
            ("Сармановна Бегимай", "SARMAN KYZY", "BEGIMAI"),
            ("Назарбекова Толғанай", "NAZARBEK", "TOLGANAI"),
        ],
    ),
    (
        "patronymic",
        [
            ("Лугалов Ясон Фирсович", "LUGALOV", "YASON"),
            ("Лугалов Ясон", "LUGALOV", "YASON FIRSOVICH"),
            ("Лугалов Ясон Фирсович", "YASON FIRSOVICH", "LUGALOV"),
            ("Лугалов Ясон Фирсович", "LUGALOV FIRSOVICH", "YASON"),
            ("Лугалов Ясон Фирсович", "FIRSOVICH", "LUGALOV YASON"),
            ("Bekmirzayev Sanam Tohir oʻgʻli", "BEKMIRZAEV", "SANAM TOKHIROVICH"),
            ("Bekmirzayev Sanam Tohir oʻgʻli", "TOHIR OGLI BEKMIRZAYEV", "SANAM"),
            ("Есенғұлов Қамбар Мерекеұлы", "ESENGULOV", "KAMBAR MEREKEEVICH"),
        ],
    ),
    (
        "swapped",
        [
            ("ALMAGAMBETOV, Zhirenshe", "ZHIRENSHE", "ALMAGAMBETOV"),
            ("Уразмедова Огулджан", "OGULJAN", "URAZMEDOVA"),
            ("Дубровский Троекур", "TROEKUR", "DUBROVSKII"),
        ],
    ),
    (
        "merged-and-split",
        [
            ("Mirza Galib Khan Asad", "MIRZAGALIB", "KHAN ASAD"),
            ("Абдул Қаюм Шоҳназаров", "SHOHNAZAROV", "ABDULQAYUM"),
            ("Nur Jahon Begimova", "BEGIMOVA", "NURJAHON"),
            ("Нуржаҳон Бегимқулова", "BEGIMKULOVA", "NUR ZHAHON"),
            ("Gul Andom Sarvinozova", "SARVI NOZOVA", "GULANDOM"),
            ("TEMIRMALIKOV Jaloliddin", "TEMIR MALIKOV", "JALOLIDDIN"),
            ("Шер Али Худойназаров", "KHUDOY NAZAROV", "SHERALI"),
        ],
    ),
    (
        "two-typing-errors",
        [
            ("ONEGUINOV, Lenskibek", "ONEGIUNOV", "LENSKBEK"),
            ("SHAHRIZODOVA, Dunyozod", "SHAHRIZPDOVA", "DUNYOZID"),
            ("KHALILMURODOV, Sinbadjon", "KHALILMUROOV", "SINBDAJON"),
            ("PECHORINOV, Grushnitbek", "PECHPRINOV", "GRUSHNITBKE"),
            ("Қозыбаев Баянсұлу", "KOZIYBAEV", "BAYANSULLU"),
            ("SHARIPOVICHEV, Ghiyosiddin", "SGARIPOVICHEV", "GHIYOSDDIN"),
            ("Манилов Ноздрёвбек", "Мнаилов", "Ноздрёвбкк"),
        ],
    ),
    (
        "misread",
        [
            ("BOLKONSKIY, Pierbek", "B0LKONSKIY", "P1ERBEK"),
            ("SOBAKEVICH, Silvester", "50BAKEV1CH", "S1LVESTER"),
            ("BAZAROVSKIY, Arkadiy", "8AZAROVSKIY", "ARKAD1Y"),
            ("ZHURNAMOV, Sernigul", "ZHUMAMOV", "SEMIGUL"),
            ("MARMELADOV, Semyonbek", "MAPMELADOV", "SEHYONBEK"),
            ("GULIZAROV, Zafarmirzo", "6ULIZAR0V", "2AFARMIRZO"),
            ("CLEOPATROVA, Clavdiya", "DEOPATROVA", "CLAVDIYA"),
            ("LIZAVETIN, Illarion", "L1ZAVET1N", "1LLAR10N"),
        ],
    ),
    (
        "homoglyphs",
        [
            ("СВИДРИГАЙЛОВ Порфирий", "CBИДРИГАЙЛОB", "ПOPФИPИЙ"),
            ("Ростова Катерина", "РOCТOВА", "КATEPИНА"),
            ("KURAGIN, Anatole", "КURАGІN", "АNАTОLЕ"),
            ("Тўхтамишев Камар", "TЎXTAMИШEB", "KAMAP"),
        ],
    ),
    (
        "arabic-script",
        [
            ("شهریار سمرقندی", "SAMARQANDI", "SHAHRIYAR"),
            ("شهریار سمرقندی", "SAMARKANDI", "SHAHRYAR"),
            ("علاء الدين القصاص", "AL QASSAS", "ALA UD DIN"),
            ("علاء الدين القصاص", "AL-KASSAS", "ALAADDIN"),
            ("هارون الرشيد", "AL RASHID", "HAROUN"),
            ("هارون الرشيد", "RASHEED", "HARUN"),
            ("عبد القادر الجوهري", "AL JAWHARI", "ABDELKADER"),
            ("عبد القادر الجوهري", "ALJOHARI", "ABD AL QADIR"),
            ("شهرزاد الوزير", "AL WAZIR", "SHAHRAZAD"),
            ("نور الدين البصري", "AL BASRI", "NOUREDDINE"),
            ("Abu al-Hasan Mukhtar", "MOKHTAR", "ABOUL HASSAN"),
            ("Шамсуддин Ибн Ҷавҳар", "JAWHAR", "SHAMS AL DIN"),
            ("MUHAMMAD, Qamar al-Zaman", "MOHAMED", "KAMAR EZZAMAN"),
        ],
    ),
    (
        "persian-and-dari",
        [
            ("بیژن گودرزی", "GOODARZI", "BIJAN"),
            ("بیژن گودرزی", "GUDARZI", "BIZHAN"),
            ("فریدون جمشیدی", "JAMSHIDI", "FEREYDOUN"),
            ("فریدون جمشیدی", "DZHAMSHIDI", "FARIDUN"),
            ("منیژه افراسیابی", "AFRASIABI", "MANIZHEH"),
            ("رستم زابلی", "ZABULI", "RUSTAM"),
            ("رستم زابلی", "ZABOLI", "ROSTAM"),
            ("گل آغا نورستانی", "NURISTANI", "GUL AGHA"),
            ("Tahmineh Rakhshani", "Рахшони", "Таҳмина"),
        ],
    ),
    (
        "chinese",
        [
            ("JIA Baoyu", "JIA", "BAO YU"),
            ("JIA, Bao Yu", "BAOYU", "JIA"),
            ("JIA Baoyu", "CHIA", "PAO-YÜ"),
            ("LIN Daiyu", "LIN", "TAI-YÜ"),
            ("XUE Baochai", "HSUEH", "PAO-CH'AI"),
            ("SONG Jiang", "SUNG", "CHIANG"),
            ("ZHUGE Liang", "CHUKO", "LIANG"),
            ("CAO Xueqin", "TS'AO", "HSUEH-CH'IN"),
            ("ZHANG Fei Yide", "YIDE", "ZHANG FEI"),
            ("LU Zhishen", "LU", "ZHI SHEN"),
            ("XIMEN Qing", "HSIMEN", "CH'ING"),
        ],
    ),
)


@dataclass(frozen=True, slots=True)
class BirthCase:
    listed: str
    shown: str
    level: Level | None


BIRTHS = (
    BirthCase("1984-03-05", "1984-03-05", Level.STRONG),
    BirthCase("1984-05-03", "1984-03-05", Level.STRONG),
    BirthCase("1983-03-05", "1984-03-05", Level.STRONG),
    BirthCase("1985-03-05", "1984-03-05", Level.STRONG),
    BirthCase("1984-01-01", "1984-03-05", Level.STRONG),
    BirthCase("1984-03-05", "1984-01-01", Level.STRONG),
    BirthCase("1984-03", "1984-03-05", Level.STRONG),
    BirthCase("1984-03-05", "1984-03", Level.STRONG),
    BirthCase("1984", "1984-03-05", Level.STRONG),
    BirthCase("1984-03-05", "1984", Level.STRONG),
    BirthCase("1984-03-05", "1984-03-15", Level.STRONG),
    BirthCase("1984-03-05", "1934-03-05", Level.STRONG),
    BirthCase("", "1984-03-05", Level.CHECK),
    BirthCase("1984-03-05", "", Level.CHECK),
)

PEOPLE_OF_BIRTHS = (
    ("KARAMAZOVBEKOV", "SMERDYAKHON"),
    ("Лопахинзода", "Раневзоҳир"),
    ("OBLOMKULOV", "ZAKHARBOY"),
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody whom nothing but a likeness joins to the alert."""

    listed: Sought
    surname: str
    given: str
    born: str
    why: str
    sex: Sex = Sex.UNSPECIFIED
    state: str = ""


_BROTHERS = Sought(("СЕРЕБРЯНКУЛОВ Вязембек Никитич",), "1984-03-05", Sex.MALE, "KAZ")
_COMMON = Sought(("Жусанбаев Ерлан",), "1979-08-12", Sex.MALE, "KAZ")
_TWO_WORDS = Sought(("ALADDINOV, Badrulbudur",), "1990-10-11", Sex.FEMALE, "UZB")

STRANGERS = (
    Stranger(
        _BROTHERS, "SEREBRYANKULOV", "MAKSIMBEK NIKITICH", "1987-09-21", "brother", Sex.MALE, "KAZ"
    ),
    Stranger(
        _BROTHERS, "SEREBRYANKULOVA", "ELENA NIKITICHNA", "1981-06-30", "sister", Sex.FEMALE, "KAZ"
    ),
    Stranger(_BROTHERS, "SEREBRYANKULOV", "NIKITA", "1956-12-02", "father", Sex.MALE, "KAZ"),
    Stranger(
        _BROTHERS,
        "SEREBRYANKULOV",
        "GLEB VYAZEMBEKOVICH",
        "2008-04-19",
        "son",
        Sex.MALE,
        "KAZ",
    ),
    Stranger(_COMMON, "ZHUSANBAEV", "ERLAN", "1962-02-27", "namesake", Sex.MALE, "TJK"),
    Stranger(_COMMON, "JUSANBAYEV", "YERLAN", "2001-11-03", "namesake", Sex.MALE, "RUS"),
    Stranger(_COMMON, "ZHUSANBAEV", "ASKAR", "1979-08-30", "same-month", Sex.MALE, "KAZ"),
    Stranger(_COMMON, "MARMARIDZE", "ERLAN", "1979-08-30", "same-month", Sex.MALE, "GEO"),
    Stranger(_TWO_WORDS, "SULAYMONOVA", "BADRULBUDUR", "1971-01-24", "given", Sex.FEMALE, "UZB"),
    Stranger(_TWO_WORDS, "ALADDINOV", "SINBAD", "1990-03-29", "same-year", Sex.MALE, "UZB"),
    Stranger(_TWO_WORDS, "NILSDOTTER", "SELMA", "1990-10-11", "same-day", Sex.FEMALE, "SWE"),
)

ALIASES = (
    (
        Sought(("AYVAZOVIN, Bedreddin", "Хасан Чудодей", "TARIKOV, Zumurrad")),
        ("KHASSAN", "CHUDODEY"),
        "Хасан Чудодей",
    ),
    (
        Sought(("AYVAZOVIN, Bedreddin", "Хасан Чудодей", "TARIKOV, Zumurrad")),
        ("TARIQOW", "ZUMURRAD"),
        "TARIKOV, Zumurrad",
    ),
    (Sought(("LEVSHIN, Tulabek", "BLOCHIN, Stalbek")), ("STALBEK", "BLOCHIN"), "BLOCHIN, Stalbek"),
)

DOCUMENTS = (
    ("N0123456", "NO123456"),
    ("NI234S67", "N1234S67"),
    ("АВ7654321", "AB7654321"),
    ("AB7654321", "АВ 765-4321"),
    ("СТ00112О", "CT001120"),
    ("X О1I", "XO11"),
)

CUT = (
    ("ABDURAHMONQULOV, Muhammadyorbek Jaloliddinovich", "ABDURAHMONQULOV", "MUHAMMADYORB"),
    ("Тоқтарғазинов Әлімқожа Нұрмағанбетұлы", "TOKTARGAZINOV", "ALIMKHOZHA NU"),
    ("Khojamyradberdiyev Gurbannazar", "KHOJAMYRADBERDIYEV", "GURBANN"),
    ("Раҷабмуҳаммадзода Сайфиддини Хусрав", "RADZHABMUKHAMMADZODA", "SAIFI"),
    ("Сорокинамарфенькова Василиса", "SOROKINAMARFENKOVA", "VASI"),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """All that is sought in the cases, by its alert's id, on one list with the others."""

    reference: Reference
    ids: dict[Sought, str]

    def found(self, sought: Sought, traveller: Traveller) -> Match | None:
        matches = screen(traveller, self.reference, today=TODAY)
        return next((m for m in matches if m.alert.id == self.ids[sought]), None)


@pytest.fixture(scope="module")
def listing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listing]:
    sought = dict.fromkeys(
        [
            *(case.values[0] for case in SPELLINGS),  # type: ignore[attr-defined]
            *(stranger.listed for stranger in STRANGERS),
            *(each for each, _, _ in ALIASES),
            *(_born(people, case.listed) for people in PEOPLE_OF_BIRTHS for case in BIRTHS),
            *(Sought((listed,)) for listed, _, _ in CUT),
            *(_documented(listed) for listed, _ in DOCUMENTS),
            *(_of_sex(sex) for sex in Sex),
        ]
    )
    ids = {each: f"case-{number}" for number, each in enumerate(sought)}
    folder = tmp_path_factory.mktemp("cases")
    reference = Reference.open(folder / "reference.db", bytearray(48))
    others = watchlist(TODAY, count=OTHERS)
    issued = datetime(2026, 11, 24, tzinfo=UTC)
    reference.replace("UTO", 1, issued, [*others, *(_alert(s, id) for s, id in ids.items())])
    yield Listing(reference, ids)
    reference.close()


def _alert(sought: Sought, id: str) -> Alert:
    return Alert(
        id=id,
        list_id="CASES",
        category=AlertCategory.ARREST,
        action=AlertAction.DETAIN,
        names=sought.names,
        birth_dates=(PartialDate.parse(sought.born),) if sought.born else (),
        sex=sought.sex,
        nationalities=(sought.state,) if sought.state else (),
        documents=(sought.document,) if sought.document else (),
    )


def _born(people: tuple[str, str], born: str) -> Sought:
    return Sought((", ".join(people),), born)


def _documented(number: str) -> Sought:
    return Sought(("PLYUSHKINOV, Stepan",), "1951-07-07", document=("UTO", number))


def _of_sex(sex: Sex) -> Sought:
    return Sought((f"KOROBOCHKINA, Nastasya {sex.name}",), sex=sex)


def _traveller(surname: str, given: str, born: str = BORN, **values: object) -> Traveller:
    return Traveller(
        primary_identifier=surname,
        secondary_identifier=given,
        birth_date=PartialDate.parse(born),
        **values,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(("sought", "surname", "given"), SPELLINGS)
def test_a_person_is_found_behind_every_spelling(
    listing: Listing, sought: Sought, surname: str, given: str
) -> None:
    match = listing.found(sought, _traveller(surname, given))

    assert match
    assert match.level is Level.STRONG


@pytest.mark.parametrize("people", PEOPLE_OF_BIRTHS, ids=lambda people: people[0])
@pytest.mark.parametrize("case", BIRTHS, ids=lambda case: f"{case.listed}-as-{case.shown}")
def test_a_partial_or_shifted_birth_date_hides_nobody(
    listing: Listing, case: BirthCase, people: tuple[str, str]
) -> None:
    match = listing.found(_born(people, case.listed), _traveller(*people, born=case.shown))

    assert match
    assert match.level is case.level or case.level is Level.CHECK


@pytest.mark.parametrize(("listed", "surname", "given"), CUT, ids=lambda text: text[:20])
def test_a_name_cut_by_the_document_is_found_by_its_beginning(
    listing: Listing, listed: str, surname: str, given: str
) -> None:
    match = listing.found(Sought((listed,)), _traveller(surname, given, name_truncated=True))

    assert match
    assert match.level is Level.STRONG
    assert "name-differs" not in [reason.code for reason in match.reasons]


@pytest.mark.parametrize("shown", list(Sex))
@pytest.mark.parametrize("listed", list(Sex))
def test_an_unknown_sex_speaks_neither_for_nor_against(
    listing: Listing, listed: Sex, shown: Sex
) -> None:
    sought = _of_sex(listed)
    surname, given = sought.names[0].split(", ")

    match = listing.found(sought, _traveller(surname, given, sex=shown))

    assert match
    differs = {listed, shown} == {Sex.FEMALE, Sex.MALE}
    assert ("sex-differs" in [reason.code for reason in match.reasons]) is differs


@pytest.mark.parametrize(("sought", "shown", "alias"), ALIASES)
def test_a_person_is_found_under_every_further_name(
    listing: Listing, sought: Sought, shown: tuple[str, str], alias: str
) -> None:
    match = listing.found(sought, _traveller(*shown))

    assert match
    assert (match.kind, match.level) == (MatchKind.ALIAS, Level.STRONG)
    assert dict(match.reasons[0].values) == {"alert": alias, "name": sought.names[0]}


@pytest.mark.parametrize(("listed", "shown"), DOCUMENTS)
def test_a_document_is_found_behind_its_look_alikes(
    listing: Listing, listed: str, shown: str
) -> None:
    stranger = _traveller("NILSDOTTER", "SELMA", "1999-09-09", documents=(("UTO", shown),))

    match = listing.found(_documented(listed), stranger)

    assert match
    assert (match.kind, match.level) == (MatchKind.DOC_EXACT, Level.STRONG)


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda each: f"{each.why}-{each.given}")
def test_somebody_else_is_left_alone(listing: Listing, stranger: Stranger) -> None:
    traveller = _traveller(
        stranger.surname,
        stranger.given,
        stranger.born,
        sex=stranger.sex,
        nationalities=(stranger.state,) if stranger.state else (),
    )

    assert listing.found(stranger.listed, traveller) is None


def test_hardly_anyone_of_another_list_is_flagged(listing: Listing) -> None:
    """People of the same names as those on the list, drawn by another chance, born otherwise."""
    drawn = watchlist(date(2026, 5, 1), count=OTHERS + 700)[OTHERS:]
    others = [alert for alert in drawn if alert.names and alert.birth_dates]
    travellers = [
        Traveller(
            primary_identifier=alert.names[0],
            birth_date=alert.birth_dates[0],
            sex=alert.sex,
            nationalities=alert.nationalities,
        )
        for alert in others
    ]

    flagged = [each for each in travellers if screen(each, listing.reference, today=TODAY)]

    assert len(flagged) <= 0.05 * len(travellers)
