"""Screening: who is found, who is not, and the reasons that the officer reads."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
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
Listing = Callable[..., Reference]


@pytest.fixture
def crowd() -> list[Alert]:
    """Three hundred others on the list, so that common and rare names are told apart."""
    surnames = ["Каримов", "Усмонов", "Бердиев", "Сатыбалдиев", "Рахмонов", "Жумабаев"]
    given = ["Анвар", "Шерзод", "Бахтиёр", "Нурлан", "Фарход", "Айбек", "Тимур", "Жасур"]
    return [
        alert(
            f"{surnames[n % 6]} {given[(n // 6) % 8]}",
            id=f"crowd-{n}",
            born=str(date(1950 + n % 50, 1 + n % 12, 1 + n % 28)),
        )
        for n in range(300)
    ]


@pytest.fixture
def listing(tmp_path: Path, crowd: list[Alert]) -> Iterator[Listing]:
    """Puts alerts on a list, in the midst of the crowd."""
    reference = Reference.open(tmp_path / "reference.db", bytearray(48))
    versions = count(1)

    def put(*alerts: Alert) -> Reference:
        now = datetime(2026, 11, 24, tzinfo=UTC)
        reference.replace("UTO", next(versions), now, [*crowd, *alerts])
        return reference

    yield put
    reference.close()


@pytest.fixture
def a_list(listing: Listing) -> Reference:
    return listing(alert("ZIYADULLAEV, Ikrom"))


def alert(*names: str, id: str = "sought", born: str = "1984-03-05", **values: Any) -> Alert:
    return Alert(
        id=id,
        list_id="UTO",
        category=AlertCategory.ARREST,
        action=AlertAction.DETAIN,
        names=names,
        birth_dates=(PartialDate.parse(born),) if born else (),
        **values,
    )


def traveller(surname: str, given: str = "", born: str = "1984-03-05", **values: Any) -> Traveller:
    return Traveller(
        primary_identifier=surname,
        secondary_identifier=given,
        birth_date=PartialDate.parse(born),
        **values,
    )


def found(matches: tuple[Match, ...], id: str = "sought") -> Match:
    [match] = [match for match in matches if match.alert.id == id]
    return match


def codes(match: Match) -> list[str]:
    return [str(reason.code) for reason in match.reasons]


def values(match: Match, code: str) -> dict[str, str]:
    [reason] = [reason for reason in match.reasons if reason.code == code]
    return dict(reason.values)


@pytest.mark.parametrize(
    ("listed", "surname", "given"),
    [
        ("Юсупов Илҳом", "YUSSUPOV", "ILKHOM"),
        ("Юсупов Илҳом", "Ioussoupov", "Ilkhom"),
        ("Юсупов Илҳом", "Jussupow", "Ilchom"),
        ("Жўраев Ғайрат", "JURAYEV", "GAYRAT"),
        ("Жўраев Ғайрат", "JO'RAYEV", "G'AYRAT"),
        ("Жўраев Ғайрат", "DZHURAEV", "GHAIRAT"),
        ("Amantäçmyradow Begenç", "АМАНТАЧМЫРАДОВ", "БЕГЕНЧ"),
        ("Amantäçmyradow Begenç", "AMANTACMYRADOW", "BEGENC"),
        ("Өтегенов Қуаныш", "UTEGENOV", "KUANYSH"),
        ("Турсунзода Фаррух", "TURSUNOV", "FARRUKH"),
        ("Турсунов Фаррух", "TURSUN", "FARRUH"),
        ("ABDUL RAHMAN QODIROV", "КАДЫРОВ", "АБДУРАХМОН"),
        ("محمود رضايي", "REZAEI", "MAHMOUD"),
        ("TURSUNOV, Farrukh Saidovich", "TURSUNOV", "FARRUKH SAID UGLI"),
        ("TURSUNOV, Farrukh Saidovich", "TURSUNOV", "FARRUKH"),
        ("TURSUNOV, Farrukh", "FARRUKH", "TURSUNOV"),
        ("TURSUNOV, Farrukh", "TURSUNVO", "FARUKH"),
        ("TURSUNOV, Farrukh", "ТУPCУНOВ", "ФAPPУХ"),
        ("NURMUHAMMEDOV, Nur Ali", "NURMUKHAMEDOV", "NURALI"),
    ],
)
def test_a_person_is_found_behind_every_spelling(
    listing: Listing, listed: str, surname: str, given: str
) -> None:
    index = listing(alert(listed))

    assert found(screen(traveller(surname, given), index, today=TODAY)).level is Level.STRONG


@pytest.mark.parametrize(
    ("born", "listed", "code"),
    [
        ("1984-03-05", "1984-03-05", "birth-same"),
        ("1984-03-05", "1984", "birth-agrees"),
        ("1984-03", "1984-03-05", "birth-agrees"),
        ("1984-03-05", "1984-05-03", "birth-swapped"),
        ("1984-03-05", "1984-01-01", "birth-first-january"),
        ("1985-03-05", "1984-03-05", "birth-year-beside"),
        ("1984-03-15", "1984-03-05", "birth-one-digit"),
        ("1984-03-05", "1984-03-27", "birth-same-month"),
        ("1984-03-05", "1984-11-27", "birth-same-year"),
    ],
)
def test_birth_dates_that_err_as_registers_err_do_not_hide_a_person(
    listing: Listing, born: str, listed: str, code: str
) -> None:
    index = listing(alert("ZIYADULLAEV, Ikrom", born=listed))

    match = found(screen(traveller("ZIYADULLAEV", "IKROM", born), index, today=TODAY))

    assert code in codes(match)


def test_the_closer_birth_date_weighs_more(listing: Listing) -> None:
    index = listing(alert("ZIYADULLAEV, Ikrom"))

    scores = [
        found(screen(traveller("ZIYADULLAEV", "IKROM", born), index, today=TODAY)).score
        for born in ("1984-03-05", "1984-03", "1984-05-03", "1984", "1984-11-27")
    ]

    assert scores == sorted(scores, reverse=True)


def test_a_stranger_of_the_same_name_and_another_age_is_not_stopped(listing: Listing) -> None:
    index = listing(alert("Каримов Анвар"))

    assert screen(traveller("KARIMOV", "ANVAR", "1931-06-17"), index, today=TODAY) == ()


def test_a_rare_name_with_another_birth_date_is_no_strong_match(listing: Listing) -> None:
    index = listing(alert("ZIYADULLAEV, Ikrom"))

    match = found(screen(traveller("ZIYADULLAEV", "IKROM", "1985-08-19"), index, today=TODAY))

    assert match.level is Level.CHECK
    assert "birth-differs" in codes(match)


@pytest.mark.parametrize(
    ("surname", "given"), [("OLSEN", "INGRID"), ("TANAKA", "HIROSHI"), ("", ""), ("-", "-")]
)
def test_who_is_on_no_list_is_not_stopped(listing: Listing, surname: str, given: str) -> None:
    assert screen(traveller(surname, given), listing(), today=TODAY) == ()


def test_an_empty_list_stops_nobody(tmp_path: Path) -> None:
    index = Reference.open(tmp_path / "reference.db", bytearray(48))

    assert screen(traveller("KARIMOV", "ANVAR"), index, today=TODAY) == ()
    index.close()


def test_a_name_cut_by_the_document_is_found_by_its_beginning(listing: Listing) -> None:
    index = listing(alert("ABDURAKHMONOV, Khurshidbek Nasriddinovich"))
    cut = traveller("ABDURAKHMONOV", "KHURSHIDB", name_truncated=True)

    match = found(screen(cut, index, today=TODAY))

    assert values(match, "name-begins") == {
        "part": "given",
        "traveller": "KHURSHIDB",
        "alert": "Khurshidbek",
    }


def test_without_a_birth_date_namesakes_are_shown(listing: Listing) -> None:
    index = listing(alert("ZIYADULLAEV, Ikrom"))

    match = found(screen(traveller("ZIYADULLAEV", "IKROM", ""), index, today=TODAY))

    assert match.kind is MatchKind.NAME_FUZZY
    assert "birth-unknown" in codes(match)


def test_no_more_is_shown_than_can_be_read(listing: Listing) -> None:
    twins = [alert("ZIYADULLAEV, Ikrom", id=f"twin-{n}") for n in range(60)]

    assert len(screen(traveller("ZIYADULLAEV", "IKROM"), listing(*twins), today=TODAY)) == 20


def test_the_strongest_match_comes_first(listing: Listing) -> None:
    index = listing(
        alert("ZIYADULLAEV, Ikrom", id="later", born="1984-05-03"),
        alert("ZIYADULLAEV, Ikrom"),
    )

    matches = screen(traveller("ZIYADULLAEV", "IKROM"), index, today=TODAY)

    assert [match.alert.id for match in matches] == ["sought", "later"]


def test_the_reasons_say_what_agrees_and_what_does_not(listing: Listing) -> None:
    index = listing(
        alert(
            "Зиядуллаев Икром Саидович",
            born="1984-05-03",
            sex=Sex.MALE,
            nationalities=("UZB",),
        )
    )
    person = traveller("ZIJADULLAJEW", "IKROM", nationalities=("TJK",), sex=Sex.MALE)

    match = found(screen(person, index, today=TODAY))

    assert codes(match) == [
        "name-spelling",
        "name-spelling",
        "name-only-there",
        "birth-swapped",
        "nationality-differs",
    ]
    assert dict(match.reasons[0].values) == {
        "part": "surname",
        "traveller": "ZIJADULLAJEW",
        "alert": "Зиядуллаев",
    }
    assert values(match, "name-only-there") == {"alert": "Саидович"}
    assert values(match, "birth-swapped") == {"traveller": "1984-03-05", "alert": "1984-05-03"}
    assert values(match, "nationality-differs") == {"traveller": "TJK", "alert": "UZB"}


def test_namesakes_on_the_list_are_counted(listing: Listing) -> None:
    index = listing(
        alert("ZIYADULLAEV, Ikrom"),
        *(alert("Зиядуллаев Икром", id=f"other-{n}", born=f"19{n}0-07-09") for n in range(5, 9)),
    )

    match = found(screen(traveller("ZIYADULLAEV", "IKROM"), index, today=TODAY))

    assert values(match, "namesakes") == {"count": "4"}


def test_the_same_letters_are_called_the_same(a_list: Reference) -> None:
    match = found(screen(traveller("ZIYADULLAEV", "IKRAM"), a_list, today=TODAY))

    assert codes(match)[:2] == ["name-same", "name-spelling"]


def test_words_in_another_order_are_said_to_be(listing: Listing) -> None:
    index = listing(alert("ZIYADULLAEV, Ikrom"))

    match = found(screen(traveller("IKROM", "ZIYADULLAEV"), index, today=TODAY))

    assert "name-order" in codes(match)


def test_a_further_name_is_named_with_the_first(listing: Listing) -> None:
    index = listing(alert("PETROV, Ivan", "ZIYADULLAEV, Ikrom"))

    match = found(screen(traveller("ZIYADULLAEV", "IKROM"), index, today=TODAY))

    assert match.kind is MatchKind.ALIAS
    assert values(match, "alias") == {"alert": "ZIYADULLAEV, Ikrom", "name": "PETROV, Ivan"}


def test_the_native_name_finds_what_the_latin_one_does_not(listing: Listing) -> None:
    index = listing(alert("Зиядуллаев Икром"))
    person = traveller("SMITH", "JOHN", name_native="Зиядуллаев Икром")

    assert found(screen(person, index, today=TODAY)).level is Level.STRONG


def test_a_fathers_name_typed_apart_weighs_like_one_in_the_name(listing: Listing) -> None:
    index = listing(alert("ZIYADULLAEV, Ikrom Saidovich"))

    together, apart = (
        found(screen(person, index, today=TODAY))
        for person in (
            traveller("ZIYADULLAEV", "IKROM SAIDOVICH"),
            traveller("ZIYADULLAEV", "IKROM", patronymic="Саидович"),
        )
    )

    assert apart.score == together.score
    assert dict(apart.reasons[2].values)["part"] == "father"


def test_another_sex_speaks_against(listing: Listing) -> None:
    index = listing(alert("ZIYADULLAEV, Ikrom", sex=Sex.MALE))

    same, other = (
        found(screen(traveller("ZIYADULLAEV", "IKROM", sex=sex), index, today=TODAY))
        for sex in (Sex.MALE, Sex.FEMALE)
    )

    assert other.score < same.score
    assert "sex-differs" in codes(other)


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        (("UZB", "AA1234567"), ("UZB", "АА 1234567")),
        (("", "AA1234567"), ("UZB", "AA1234567")),
        (("UZB", "AA1234567"), ("", "AA1234567")),
        (("UZB", "A0I23"), ("UZB", "AO123")),
    ],
)
def test_a_document_is_found_whoever_shows_it(
    listing: Listing, listed: tuple[str, str], shown: tuple[str, str]
) -> None:
    index = listing(alert("PETROV, Ivan", documents=(listed,)))
    person = traveller("OLSEN", "INGRID", "1999-09-09", documents=(shown,))

    match = found(screen(person, index, today=TODAY))

    assert (match.kind, match.level) == (MatchKind.DOC_EXACT, Level.STRONG)
    assert codes(match)[0] == "document-same"


@pytest.mark.parametrize("shown", [("TJK", "AA1234567"), ("UZB", "AA1234568"), ("UZB", "")])
def test_another_document_is_not_found(listing: Listing, shown: tuple[str, str]) -> None:
    index = listing(alert("PETROV, Ivan", documents=(("UZB", "AA1234567"),)))
    person = traveller("OLSEN", "INGRID", "1999-09-09", documents=(shown,))

    assert screen(person, index, today=TODAY) == ()


@pytest.mark.parametrize(
    ("listed", "shown", "kind"),
    [
        (
            {"national_numbers": ("523-33-8386",)},
            {"national_numbers": ("523338386",)},
            MatchKind.NATIONAL_ID_EXACT,
        ),
        ({"plates": ("01 A 123 BC",)}, {"plates": ("01А123ВС",)}, MatchKind.PLATE_EXACT),
        ({"vins": ("WVWZZZ1JZXW000001",)}, {"vins": ("wvwzzz1jzxw000001",)}, MatchKind.VIN_EXACT),
    ],
)
def test_numbers_of_persons_and_vehicles_match_exactly(
    listing: Listing, listed: dict[str, Any], shown: dict[str, Any], kind: MatchKind
) -> None:
    index = listing(alert(**listed))

    match = found(screen(traveller("OLSEN", "INGRID", **shown), index, today=TODAY))

    assert (match.kind, match.level) == (kind, Level.STRONG)


def test_the_same_number_of_another_kind_says_nothing(listing: Listing) -> None:
    index = listing(alert(plates=("AA1234567",)))
    person = traveller("OLSEN", "INGRID", documents=(("UZB", "AA1234567"),))

    assert screen(person, index, today=TODAY) == ()


@pytest.mark.parametrize(
    ("days", "is_shown"),
    [
        ({}, True),
        ({"valid_until": TODAY}, True),
        ({"valid_until": date(2026, 11, 23)}, False),
        ({"valid_from": TODAY}, True),
        ({"valid_from": date(2026, 11, 25)}, False),
    ],
)
def test_an_alert_counts_only_while_it_is_valid(
    listing: Listing, days: dict[str, Any], is_shown: bool
) -> None:
    index = listing(alert("ZIYADULLAEV, Ikrom", documents=(("", "AA1"),), **days))
    person = traveller("ZIYADULLAEV", "IKROM", documents=(("UZB", "AA1"),))

    assert bool(screen(person, index, today=TODAY)) is is_shown


@given(
    surname=st.text(max_size=40),
    given_name=st.text(max_size=40),
    born=st.none() | st.dates(),
    number=st.text(max_size=20),
    is_cut=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_traveller_breaks_screening(
    a_list: Reference, surname: str, given_name: str, born: date | None, number: str, is_cut: bool
) -> None:
    person = traveller(
        surname,
        given_name,
        str(born or ""),
        documents=(("", number),),
        name_truncated=is_cut,
        name_native=given_name,
    )

    assert all(match.score >= 0 for match in screen(person, a_list, today=TODAY))
