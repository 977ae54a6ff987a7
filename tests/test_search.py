"""The search: few alerts are read for a traveller, and the right one is among them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from checkpoint_client.records.dates import PartialDate
from checkpoint_client.store.engine import connect
from checkpoint_client.store.reference import Reference
from checkpoint_client.watchlist import Alert, AlertAction, AlertCategory, Traveller, screen
from checkpoint_client.watchlist.index import ANY_BIRTH, Card, key

KEY = bytes(48)
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SURNAMES = ("Каримов", "Усмонов", "Бердиев", "Сатыбалдиев", "Рахмонов", "Жумабаев")
GIVEN = ("Анвар", "Шерзод", "Бахтиёр", "Нурлан", "Фарход", "Айбек", "Тимур", "Жасур")
MOST_READ = 60


class Counting(Reference):
    """Remembers how many alerts were read."""

    read = 0

    def cards(self, numbers: Sequence[int]) -> list[Card]:
        self.read += len(numbers)
        return super().cards(numbers)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reference.db"


@pytest.fixture
def index(path: Path) -> Iterator[Counting]:
    index = Counting.open(path, bytearray(KEY))
    assert isinstance(index, Counting)
    yield index
    index.close()


def alert(id: str, name: str, *born: str) -> Alert:
    return Alert(
        id=id,
        list_id="UTO",
        category=AlertCategory.ARREST,
        action=AlertAction.DETAIN,
        names=(name,),
        birth_dates=tuple(map(PartialDate.parse, born)),
    )


def crowd(count: int = 2_400) -> list[Alert]:
    """Everybody's surname and given name are common; 48 names, one as common as the other."""
    return [
        alert(
            f"crowd-{n}",
            f"{SURNAMES[n % 6]} {GIVEN[n // 6 % 8]}",
            str(date(1950 + n % 50, 1 + n % 12, 1 + n % 28)),
        )
        for n in range(count)
    ]


def traveller(surname: str, given: str, born: str = "1984-03-05") -> Traveller:
    return Traveller(
        primary_identifier=surname,
        secondary_identifier=given,
        birth_date=PartialDate.parse(born),
    )


def ids(traveller: Traveller, index: Reference) -> list[str]:
    return [match.alert.id for match in screen(traveller, index, today=TODAY)]


def score(traveller: Traveller, index: Reference, id: str = "sought") -> float:
    [match] = [m for m in screen(traveller, index, today=TODAY) if m.alert.id == id]
    return match.score


def test_a_common_name_of_another_birth_costs_no_reading(index: Counting) -> None:
    index.replace("UTO", 1, NOW, crowd())

    assert ids(traveller("KARIMOV", "ANVAR", "1931-06-17"), index) == []
    assert index.read == 0


def test_of_many_who_may_be_meant_the_likeliest_are_read(index: Counting) -> None:
    twins = [alert(f"twin-{n}", "Зиядуллаев Икром", f"1984-03-{1 + n % 28:02}") for n in range(500)]
    index.replace("UTO", 1, NOW, [*twins, alert("sought", "Зиядуллаев Икром", "1984-03-05")])

    found = ids(traveller("ZIYADULLAEV", "IKROM"), index)

    assert "sought" in found
    assert index.read == MOST_READ


def test_a_name_that_many_bear_together_tells_less(index: Counting) -> None:
    """In both lists each of the two words is as common; only in one they belong together."""
    person, sought = traveller("TAGHOYMURODOV", "ZIKRULLO"), "Тағоймуродов Зикрулло"
    together = [alert(f"both-{n}", sought, f"19{n}-07-09") for n in range(50, 90)]
    apart = [
        each
        for n in range(50, 90)
        for each in (
            alert(f"one-{n}", "Тағоймуродов Анвар", f"19{n}-07-09"),
            alert(f"other-{n}", "Бердиев Зикрулло", f"19{n}-07-09"),
        )
    ]
    others = crowd()

    index.replace("UTO", 1, NOW, [*others, *apart, alert("sought", sought, "1984-03-05")])
    rare = score(person, index)
    index.replace("UTO", 2, NOW, [*others, *together, alert("sought", sought, "1984-03-05")])

    assert score(person, index) < rare - 3


def test_somebody_listed_twice_weighs_nearly_as_before(index: Counting) -> None:
    person, sought = traveller("ZIYADULLAEV", "IKROM"), alert("sought", "Зиядуллаев Икром")
    sought = replace(sought, birth_dates=(PartialDate(1984, 3, 5),))

    index.replace("UTO", 1, NOW, [*crowd(), sought])
    once = score(person, index)
    index.replace("UTO", 2, NOW, [*crowd(), sought, replace(sought, id="again")])

    assert score(person, index) > once - 2


def test_a_name_parted_by_mistake_is_looked_up_as_one(index: Counting) -> None:
    index.replace("UTO", 1, NOW, [*crowd(), alert("sought", "Зиядуллаева Мадина")])

    assert ids(traveller("ZIYADULLAEVA", "MAD INA"), index) == ["sought"]


@pytest.mark.parametrize("shown", ["1974-03-05", "1984-08-05", "1984-03-15", "1987-03-05"])
def test_a_birth_that_errs_in_one_digit_is_looked_up(index: Counting, shown: str) -> None:
    index.replace("UTO", 1, NOW, [*crowd(), alert("sought", "Зиядуллаев Икром", "1984-03-05")])

    assert ids(traveller("ZIYADULLAEV", "IKROM", shown), index) == ["sought"]


def test_a_rare_name_is_found_whatever_the_birth(index: Counting) -> None:
    sought = alert("sought", "Зиядуллаев Икром Саидхонович", "1951-11-30")
    index.replace("UTO", 1, NOW, [*crowd(), sought])

    assert ids(traveller("ZIYADULLAEV", "IKROM SAIDKHONOVICH"), index) == ["sought"]


def test_an_alert_with_two_births_is_one_namesake(index: Counting) -> None:
    index.replace("UTO", 1, NOW, [alert("sought", "Зиядуллаев Икром", "1984", "1985-03-05")])

    assert index.namesakes(key("STL"), key("KRM")) == 1


def test_a_file_that_kept_words_by_year_is_brought_up_to_date(path: Path, index: Counting) -> None:
    index.replace("UTO", 1, NOW, [alert("sought", "Зиядуллаев Икром", "1984-03-05")])
    index.close()
    db = connect(path, bytearray(KEY))
    db.execute("drop table words")
    db.execute(
        "create table words (key integer not null, year integer not null, alert integer not null,"
        " sketch integer not null, primary key (key, year, alert)) strict, without rowid"
    )
    db.execute("delete from _sqlite_migrations where name = 'm003_words_by_birth_date'")
    db.close()

    reopened = Reference.open(path, bytearray(KEY))

    assert len(reopened.named([key("KRM")], [ANY_BIRTH])) == 1
    assert len(reopened.born_on([19840305])) == 1
    reopened.close()
