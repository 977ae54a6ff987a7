"""The duty page's words: English in the code, Russian here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ENGLISH: Final = "en"
RUSSIAN: Final = "ru"


@dataclass(frozen=True, slots=True)
class Say:
    """Gives the words of a language for English ones; where {} stands, something is filled in."""

    language: str

    def __call__(self, words: str) -> str:
        return _RUSSIAN.get(words, words) if self.language == RUSSIAN else words


def wished(accepted: str) -> Say:
    """The first of our languages in what a browser accepts: `ru-RU,ru;q=0.9,en;q=0.8`."""
    tags = []
    for place, part in enumerate(accepted.split(",")):
        tag, _, weight = part.partition(";q=")
        tags.append((-_number(weight), place, tag.strip().lower().partition("-")[0]))
    known = [language for _, _, language in sorted(tags) if language in (ENGLISH, RUSSIAN)]
    return Say(known[0] if known else ENGLISH)


def _number(weight: str) -> float:
    try:
        return float(weight or 1)
    except ValueError:
        return 0.0


_RUSSIAN: Final[Mapping[str, str]] = {
    "Sign in": "Войти",
    "Sign out": "Выйти",
    "{}: sign in": "{}: вход",
    "{}: duty page": "{}: страница дежурного",
    "Name": "Имя",
    "Pass-phrase": "Парольная фраза",
    "Who may read is set by {}.": "Кому можно читать, задаёт {}.",
    "Name or pass-phrase is wrong.": "Имя или парольная фраза неверны.",
    "Too many wrong pass-phrases: wait {} seconds.": (
        "Слишком много неверных парольных фраз: подождите {} с."
    ),
    "Too many sign in at this moment.": "Сейчас входит слишком много людей. Повторите.",
    "The database does not answer. The page tries again by itself.": (
        "База данных не отвечает. Страница повторит попытку сама."
    ),
    "posts": "постов",
    "silent for a day": "молчат больше суток",
    "checks waiting": "проверок ждут на постах",
    "alarms": "тревог",
    "late hits in {} days": "поздних совпадений за {} дней",
    "Alarms": "Тревоги",
    "Posts": "Посты",
    "Checks a day, the last {} days": "Проверки по дням, последние {} дней",
    "None. Journals and workstations agree with what is held here.": (
        "Нет. Журналы и рабочие места согласуются с тем, что хранится здесь."
    ),
    "Since {} UTC the database is an older one than before. Workstations bring again what it"
    " lacks; nothing is to be done.": (
        "С {} (всемирное время) база данных старее прежней. Рабочие места сами приносят"
        " недостающее; делать ничего не нужно."
    ),
    "Workstation {}, post {}, entry {}, {} UTC.": (
        "Рабочее место {}, пост {}, запись {}, {} (всемирное время)."
    ),
    "No workstation has enrolled yet: {} lets one in.": (
        "Ни одно рабочее место ещё не подключено: впускает {}."
    ),
    "Post": "Пост",
    "Workstations": "Рабочие места",
    "Last contact": "Последняя связь",
    "Checks waiting": "Проверок ждёт",
    "{} entries": "записей: {}",
    "Watch-list": "Список розыска",
    "Late hits": "Поздние совпадения",
    "never heard": "связи не было",
    "{} ago": "{} назад",
    "{} min": "{} мин",
    "{} h": "{} ч",
    "{} days": "{} сут",
    "{} days old": "возраст {} сут",
    "{} versions behind": "отстаёт на версий: {}",
    "newest": "последний",
    "none yet": "ещё нет",
    "{} not understood yet": "ещё не понятых: {}",
    "Checks a day from {} to {}, at most {}": "Проверки по дням с {} по {}, не более {}",
    "admitted": "пропущены",
    "referred": "направлены дальше",
    "refused": "отказано",
    "The same as a table": "То же таблицей",
    "day": "день",
    # what alarms mean
    "Ask IT to look at the PC.": "Попросите ИТ-службу осмотреть компьютер.",
    "Two different journals came from one workstation.": (
        "С одного рабочего места пришли два разных журнала."
    ),
    "A disk was copied or put back. Both are kept. Ask IT which machine is the true one.": (
        "Диск скопирован или возвращён из копии. Сохранены оба журнала. Узнайте у ИТ-службы,"
        " какая машина настоящая."
    ),
    "Entries came that do not follow from each other.": (
        "Пришли записи, которые не следуют одна из другой."
    ),
    "They were altered or damaged on the way; what came is kept. Ask IT to look at the PC.": (
        "Они изменены или повреждены в пути; пришедшее сохранено. Попросите ИТ-службу осмотреть"
        " компьютер."
    ),
    "A revoked workstation still sends.": "Отозванное рабочее место всё ещё передаёт.",
    "What it sends is kept as evidence and not taken in. Find the machine.": (
        "Переданное хранится как улика и в журнал не принято. Найдите машину."
    ),
    "An urgent record came first in one form, and in its journal in another.": (
        "Срочная запись пришла сначала в одном виде, а в журнале в другом."
    ),
    "Both are kept. Somebody changed the workstation's file: ask IT to secure the machine.": (
        "Сохранены обе. Кто-то изменил файл рабочего места: попросите ИТ-службу изъять машину."
    ),
    "A second machine speaks as this workstation.": (
        "От имени этого рабочего места говорит вторая машина."
    ),
    "Find out whether a copy of its disk is in use; the second machine must enrol anew.": (
        "Выясните, не работает ли копия его диска; вторую машину нужно подключить заново."
    ),
    "An urgent record came ahead, and its journal has not come so far for a week.": (
        "Срочная запись пришла вперёд, а её журнал за неделю до неё не дошёл."
    ),
    "The urgent record is kept. Telephone the post: is the PC there, and a line?"
    " If it has sent others since, ask IT to secure the machine.": (
        "Срочная запись сохранена. Позвоните на пост: на месте ли компьютер, есть ли связь? Если"
        " с тех пор от него приходили другие, попросите ИТ-службу изъять машину."
    ),
}
