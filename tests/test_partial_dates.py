"""Dates of which a part may be unknown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.records.dates import UNKNOWN, PartialDate

DATES = st.dates().flatmap(
    lambda day: st.sampled_from(
        [
            PartialDate.of(day),
            PartialDate(day.year, day.month),
            PartialDate(day.year),
            UNKNOWN,
        ]
    )
)


@pytest.mark.parametrize(
    ("iso", "screen", "parts"),
    [
        ("1974-08-12", "12.08.1974", (1974, 8, 12)),
        ("1974-08", "08.1974", (1974, 8, None)),
        ("1974", "1974", (1974, None, None)),
        ("", "", (None, None, None)),
        ("0987-01-02", "02.01.0987", (987, 1, 2)),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(
    iso: str, screen: str, parts: tuple[int | None, int | None, int | None]
) -> None:
    day = PartialDate(*parts)

    assert (str(day), day.on_screen()) == (iso, screen)
    assert PartialDate.parse(iso) == PartialDate.from_screen(screen) == day


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        (" 12.08.1974 ", "1974-08-12"),
        ("1.8.1974", "1974-08-01"),
        ("12081974", "1974-08-12"),
        ("1974-08-12", "1974-08-12"),
        ("8.1974", "1974-08"),
        ("", ""),
    ],
)
def test_an_officer_may_type_a_date_in_several_ways(typed: str, iso: str) -> None:
    assert str(PartialDate.from_screen(typed)) == iso


@pytest.mark.parametrize(
    "typed",
    [
        "12.08.74",
        "31.02.2001",
        "00.08.1974",
        "12.13.1974",
        "12.08",
        "12/08/1974",
        "x",
        "120874",
        "1974-8-12",
        "٠١٠١١٩٧٤",
        "0000",
        "29.02.1900",
        "12.08.1974\n12",
    ],
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|no day|no month|no year"):
        PartialDate.from_screen(typed)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((None, 8, None), "a month without its year"),
        ((None, None, 12), "a day without its month"),
        ((1974, None, 12), "a day without its month"),
        ((1974, 13, None), "no month 13"),
        ((2001, 2, 29), "no day 29"),
        ((0, None, None), "no year 0"),
        ((10_000, None, None), "no year 10000"),
    ],
)
def test_parts_that_make_no_date_are_refused_with_the_reason(
    parts: tuple[int | None, int | None, int | None], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        PartialDate(*parts)


@pytest.mark.parametrize(
    ("iso", "earliest", "latest"),
    [
        ("1974-08-12", date(1974, 8, 12), date(1974, 8, 12)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("1974-12", date(1974, 12, 1), date(1974, 12, 31)),
        ("1974", date(1974, 1, 1), date(1974, 12, 31)),
        ("", None, None),
    ],
)
def test_a_date_lies_between_its_earliest_and_latest_day(
    iso: str, earliest: date | None, latest: date | None
) -> None:
    day = PartialDate.parse(iso)

    assert (day.earliest(), day.latest()) == (earliest, latest)
    assert (day.is_known, day.is_complete) == (bool(iso), len(iso) == 10)


@given(DATES)
def test_every_date_comes_back_from_storage_and_screen(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day
    assert PartialDate.from_screen(day.on_screen()) == day
    assert hash(PartialDate.parse(str(day))) == hash(day)


@given(st.text(max_size=12))
def test_no_text_makes_a_date_stumble(text: str) -> None:
    try:
        day = PartialDate.from_screen(text)
    except ValueError:
        return
    assert day.is_known is bool(text.strip())


def test_a_date_never_changes() -> None:
    with pytest.raises(AttributeError):
        UNKNOWN.year = 1974
