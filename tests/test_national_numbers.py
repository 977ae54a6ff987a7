"""National numbers repeat the birth date and the sex: a hint when they do not agree."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.documents.formats import MrzFormat
from checkpoint_client.documents.mrz import read
from checkpoint_client.documents.national_numbers import (
    NationalNumber,
    NumberProblem,
    found_in,
    problems_of,
)
from checkpoint_client.documents.writer import MrzFields, write
from checkpoint_client.records.dates import UNKNOWN, PartialDate

KAZAKH = NationalNumber("KAZ", "791028302728")
UZBEK = NationalNumber("UZB", "31208740120017")
KYRGYZ = NationalNumber("KGZ", "21208197400123")


@pytest.mark.parametrize("number", ["061211600012", "791028302728"])
def test_these_kazakh_numbers_are_right(number: str) -> None:
    assert problems_of(NationalNumber("KAZ", number)) == ()


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        (KAZAKH, "1979-10-28", "M"),
        (NationalNumber("KAZ", "061211600012"), "2006-12-11", "F"),
        (KYRGYZ, "1974-08-12", "M"),
        (UZBEK, "1974-08-12", "M"),
    ],
)
def test_a_number_agrees_with_its_holder(number: NationalNumber, birth: str, sex: str) -> None:
    assert problems_of(number, birth_date=PartialDate.parse(birth), sex=sex) == ()


@pytest.mark.parametrize("known", ["1979-10", "1979", ""])
def test_unknown_parts_of_a_birth_date_agree_with_every_number(known: str) -> None:
    assert problems_of(KAZAKH, birth_date=PartialDate.parse(known), sex="X") == ()


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (NationalNumber("KAZ", "791028302729"), NumberProblem.CHECK_DIGIT),
        (NationalNumber("KAZ", "79102830272"), NumberProblem.LENGTH),
        (NationalNumber("KAZ", "79102830272X"), NumberProblem.DIGITS),
        (NationalNumber("KAZ", ""), NumberProblem.DIGITS),
        (NationalNumber("KAZ", "791328302728"), NumberProblem.STRUCTURE),
        (NationalNumber("KAZ", "791028902728"), NumberProblem.STRUCTURE),
        (NationalNumber("UZB", "31208740120018"), NumberProblem.CHECK_DIGIT),
        (NationalNumber("UZB", "73108740120017"), NumberProblem.STRUCTURE),
        (NationalNumber("KGZ", "31208197400123"), NumberProblem.STRUCTURE),
        (NationalNumber("KGZ", "23002197400123"), NumberProblem.STRUCTURE),
    ],
)
def test_a_number_that_contradicts_itself_is_named(
    number: NationalNumber, problem: NumberProblem
) -> None:
    assert problems_of(number) == (problem,)


@pytest.mark.parametrize("number", [KAZAKH, UZBEK, KYRGYZ])
def test_another_birth_date_and_another_sex_are_named(number: NationalNumber) -> None:
    assert problems_of(number, birth_date=PartialDate(1990), sex="F") == (
        NumberProblem.BIRTH_DATE,
        NumberProblem.SEX,
    )


def test_numbers_whose_rule_we_do_not_know_are_not_judged() -> None:
    assert problems_of(NationalNumber("TJK", "anything")) == ()


@given(st.sampled_from(["KAZ", "UZB", "KGZ", "TKM"]), st.text(max_size=16))
def test_no_number_makes_the_check_stumble(state: str, value: str) -> None:
    assert isinstance(problems_of(NationalNumber(state, value), birth_date=UNKNOWN), tuple)


def card(state: str, optional: tuple[str, ...]) -> str:
    fields = MrzFields(
        format=MrzFormat.TD1,
        document_code="ID",
        issuing_state=state,
        number="012345678",
        nationality=state,
        birth_date=PartialDate(1979, 10, 28),
        expiry_date=PartialDate(2031, 1, 1),
        sex="M",
        primary_identifier="AKHMETOV",
        optional=optional,
    )
    return "\n".join(write(fields))


def test_a_kazakh_card_carries_the_number_in_its_first_line() -> None:
    mrz = read(card("KAZ", (KAZAKH.value,)), today=date(2026, 11, 24))

    assert found_in(mrz) == KAZAKH


@pytest.mark.parametrize(
    ("state", "optional"), [("KAZ", ()), ("KAZ", ("7910283027A8",)), ("TJK", ("791028302728",))]
)
def test_other_optional_data_is_no_national_number(state: str, optional: tuple[str, ...]) -> None:
    mrz = read(card(state, optional), today=date(2026, 11, 24))

    assert found_in(mrz) is None
