"""Invented names: family names built from words for stones, trees and waters, in two scripts."""

from dataclasses import dataclass
from random import Random

from checkpoint_client.documents.transliteration import transliterate
from checkpoint_client.records.codes import Sex


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its own script and as a passport spells it in A to Z."""

    primary_identifier: str
    secondary_identifier: str
    patronymic: str
    native: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How the people of a State are called. `feminine` is added to a woman's family name.

    Family names are a stem and an ending; `patronymics` are the endings for a man and a woman,
    empty where none is used.
    """

    stems: tuple[str, ...]
    endings: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    feminine: str = ""
    patronymics: tuple[str, str] = ("", "")

    def draw(self, chance: Random, state: str, sex: Sex) -> Name:
        woman = sex is Sex.FEMALE
        ending = chance.choice(self.endings)
        family = chance.choice(self.stems) + ending
        if woman and not ending.endswith(("зода", "й", "o", "a")):
            family += self.feminine
        given = chance.choice(self.women if woman else self.men)
        patronymic = self.patronymics[woman]
        if patronymic:
            patronymic = chance.choice(self.men) + patronymic
        return named(state, family, given, patronymic)


def named(state: str, family: str, given: str, patronymic: str = "") -> Name:
    """The name of a person of a State, from its own script."""
    return Name(
        primary_identifier=transliterate(family, for_state=state),
        secondary_identifier=transliterate(given, for_state=state),
        patronymic=transliterate(patronymic, for_state=state).capitalize(),
        native=" ".join(part for part in (family, given, patronymic) if part),
    )


_KAZAKH = Naming(
    stems=(
        *("Жусан", "Арша", "Тасқұм", "Бұлақ", "Қайыңды", "Тобылғы", "Сексеуіл", "Көктас"),
        *("Өзенді", "Шыңды", "Ақжота", "Қарағаш", "Ыстықбұлақ", "Үшарал", "Әнет", "Теректі"),
    ),
    endings=("баев", "беков", "ев", "құлов", "нов"),
    men=(
        *("Ержан", "Асқар", "Дәулет", "Қуаныш", "Бауыржан", "Сәкен", "Мұрат", "Ғалым"),
        *("Нұрбол", "Айдос", "Олжас", "Темірхан", "Рүстем", "Дархан", "Ерлан", "Ілияс"),
    ),
    women=(
        *("Айгүл", "Сәуле", "Жанар", "Гүлнұр", "Мөлдір", "Қарлығаш", "Динара", "Әсел"),
        *("Алтынай", "Назгүл", "Раушан", "Шолпан", "Ұлжан", "Балжан", "Меруерт", "Толқын"),
    ),
    feminine="а",
    patronymics=("ұлы", "қызы"),
)

_KYRGYZ = Naming(
    stems=(
        *("Арчалы", "Ташбулак", "Көкжайык", "Карагай", "Чеңгел", "Сууту", "Бөксө", "Жылгын"),
        *("Күңгөй", "Тескей", "Ысыкташ", "Сарыөзөн", "Үчкемпир", "Аюутөр", "Жаңгак", "Беделик"),
    ),
    endings=("баев", "беков", "ев", "кулов", "алиев"),
    men=(
        *("Азамат", "Бакыт", "Чынгыз", "Эрмек", "Жээнбек", "Канат", "Мирлан", "Нурлан"),
        *("Өмүрбек", "Тилек", "Улан", "Эркин", "Үсөн", "Талант", "Самат", "Болот"),
    ),
    women=(
        *("Айнура", "Бермет", "Чолпон", "Гүлзат", "Жылдыз", "Кыял", "Мээрим", "Назира"),
        *("Сезим", "Токтогүл", "Упел", "Элиза", "Асел", "Бурул", "Нургүл", "Айжан"),
    ),
    feminine="а",
    patronymics=("ович", "овна"),
)

_UZBEK = Naming(
    stems=(
        *("Тоғбулоқ", "Чинорзор", "Ўрикзор", "Қизилтош", "Ғозғон", "Ҳовузли", "Янтоқ", "Сойқум"),
        *("Бодомзор", "Гилосли", "Қамишкўл", "Олмазор", "Терактош", "Шўрбулоқ", "Ёнғоқ", "Жийда"),
    ),
    endings=("ов", "боев", "қулов", "хўжаев", "муродов"),
    men=(
        *("Алишер", "Баҳодир", "Жасур", "Ғайрат", "Даврон", "Илҳом", "Камол", "Отабек"),
        *("Рустам", "Санжар", "Улуғбек", "Фарҳод", "Шерзод", "Элёр", "Ўткир", "Ҳасан"),
    ),
    women=(
        *("Барно", "Гулчеҳра", "Дилфуза", "Зебо", "Лола", "Мадина", "Нилуфар", "Озода"),
        *("Раъно", "Севара", "Умида", "Феруза", "Чарос", "Шаҳноза", "Юлдуз", "Ҳулкар"),
    ),
    feminine="а",
    patronymics=("ович", "овна"),
)

_TAJIK = Naming(
    stems=(
        *("Санг", "Дарё", "Кӯҳистон", "Чашма", "Биҳишт", "Арча", "Ҷӯйбор", "Зардолу"),
        *("Сафедор", "Қаротеппа", "Шаршара", "Писта", "Найзор", "Ғӯза", "Ангурзор", "Тӯтӣ"),
    ),
    endings=("зода", "ев", "иён", "ӣ"),
    men=(
        *("Беҳрӯз", "Ҷамшед", "Далер", "Фаррух", "Сӯҳроб", "Парвиз", "Рустам", "Хуршед"),
        *("Шаҳром", "Ғафур", "Фирдавс", "Искандар", "Қобил", "Муҳаммад", "Некрӯз", "Зафар"),
    ),
    women=(
        *("Гулноз", "Дилбар", "Зарина", "Лайло", "Манижа", "Нигина", "Парвина", "Рухшона"),
        *("Ситора", "Тахмина", "Фотима", "Шаҳло", "Ҷамила", "Мавҷуда", "Моҳира", "Озода"),
    ),
    feminine="а",
)

_TURKMEN = Naming(
    stems=(
        *("Гумлы", "Сазак", "Дашлы", "Чешме", "Гарагум", "Ыкбал", "Өвез", "Гөкдепе"),
        *("Әнев", "Хожа", "Үзүмли", "Көрпе", "Җейхун", "Байыр", "Нарлы", "Тозанлы"),
    ),
    endings=("ев", "мырадов", "гулыев", "бердиев"),
    men=(
        *("Аман", "Батыр", "Гуванч", "Довлет", "Мерген", "Оразмырат", "Сердар", "Тиркиш"),
        *("Чары", "Шохрат", "Эзиз", "Ягмыр", "Хемра", "Пена", "Көмек", "Бегенч"),
    ),
    women=(
        *("Айнабат", "Бахар", "Говхер", "Дүрли", "Энеҗан", "Җемал", "Лале", "Майса"),
        *("Нартәч", "Огулҗан", "Селби", "Тазегүл", "Хатыҗа", "Шемшат", "Ягмур", "Гүлшат"),
    ),
    feminine="а",
    patronymics=("ович", "овна"),
)

_RUSSIAN = Naming(
    stems=(
        *("Камышат", "Песчан", "Родничк", "Можжевел", "Ольховск", "Заречн", "Крутояр", "Туманск"),
        *("Березин", "Солончак", "Ковыльн", "Перевальск", "Ущельн", "Полынк", "Ивняк", "Щебнев"),
    ),
    endings=("ов", "ев", "цев", "инов"),
    men=(
        *("Алексей", "Борис", "Виктор", "Геннадий", "Дмитрий", "Егор", "Илья", "Кирилл"),
        *("Леонид", "Матвей", "Павел", "Роман", "Сергей", "Тимофей", "Фёдор", "Юрий"),
    ),
    women=(
        *("Анна", "Вера", "Галина", "Дарья", "Елена", "Жанна", "Ирина", "Ксения"),
        *("Лидия", "Марина", "Надежда", "Ольга", "Полина", "Светлана", "Татьяна", "Юлия"),
    ),
    feminine="а",
)

_UTOPIAN = Naming(
    stems=("Anydr", "Amaur", "Rivel", "Montar", "Valdr", "Selvik", "Marenz", "Tiliar", "Corvin"),
    endings=("sson", "ano", "elin", "este", "ia", "or", "und"),
    men=("Anders", "Bruno", "Cosmo", "Dario", "Emil", "Fabrin", "Gaspard", "Hilar", "Ivo", "Jory"),
    women=("Alma", "Beata", "Clea", "Dorea", "Elin", "Fiora", "Greta", "Hella", "Ina", "Junia"),
)

NAMINGS = {
    "KAZ": _KAZAKH,
    "KGZ": _KYRGYZ,
    "UZB": _UZBEK,
    "TJK": _TAJIK,
    "TKM": _TURKMEN,
    "RUS": _RUSSIAN,
    "UTO": _UTOPIAN,
}
