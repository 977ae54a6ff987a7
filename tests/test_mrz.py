"""The machine readable zone, read and written exactly as ICAO Doc 9303 has it."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.documents.check_digits import ALPHABET, check_digit, fits
from checkpoint_client.documents.formats import LAYOUTS, MrzFormat
from checkpoint_client.documents.mrz import (
    CheckDigits,
    Mrz,
    MrzProblem,
    NotAnMrz,
    clean,
    read,
    suggestions,
)
from checkpoint_client.documents.writer import MrzFields, name_field, write
from checkpoint_client.records.dates import UNKNOWN, PartialDate

TODAY = date(2026, 11, 24)

PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
PAPER = (
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "D231458907UTO7408122F1204159<<<<<<<6",
)
VISA = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
SMALL_VISA = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "L8988901C4XXX4009078F9612109<<<<<<<<",
)
SPECIMENS = (PASSPORT, CARD, PAPER, VISA, SMALL_VISA)
ANNA = MrzFields(
    format=MrzFormat.TD1,
    document_code="ID",
    issuing_state="UTO",
    number="D23145890",
    nationality="UTO",
    birth_date=PartialDate(1974, 8, 12),
    expiry_date=PartialDate(2032, 4, 15),
    sex="F",
    primary_identifier="ERIKSSON",
    secondary_identifier="ANNA MARIA",
)


def seen(*lines: str) -> Mrz:
    return read("\n".join(lines), today=TODAY)


def problems(*lines: str) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in seen(*lines).problems}


def passport(number: int, first: int, text: str) -> tuple[str, str]:
    """The specimen passport with `text` standing at a position of one line, counted from 1."""
    lines = list(PASSPORT)
    line = lines[number - 1]
    lines[number - 1] = line[: first - 1] + text + line[first - 1 + len(text) :]
    return lines[0], lines[1]


def with_birth(six: str) -> Mrz:
    """The specimen passport with another birth date and all its check digits."""
    first, second = passport(2, 14, six + check_digit(six))
    second = second[:43] + check_digit(second[:10] + second[13:20] + second[21:43])
    return seen(first, second)


def with_expiry(six: str) -> Mrz:
    first, second = passport(2, 22, six + check_digit(six))
    second = second[:43] + check_digit(second[:10] + second[13:20] + second[21:43])
    return seen(first, second)


# Check digits


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("520727", "3"),
        ("AB2134<<<", "5"),
        ("L898902C3", "6"),
        ("ZE184226B<<<<<", "1"),
        ("<<<<<<", "0"),
        ("90<<<<", "3"),
        ("000590696101", "5"),
        ("1234567890", "7"),
        ("HA672242<658022549601086<<<<<<<<<<<<<<0", "8"),
        ("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<", "2"),
        ("HA672242<658022549601086<<<<<<<", "8"),
    ],
)
def test_check_digits_are_those_of_doc_9303(text: str, digit: str) -> None:
    assert check_digit(text) == digit


def test_a_character_from_outside_the_zone_has_no_check_digit() -> None:
    with pytest.raises(ValueError, match="does not occur"):
        check_digit("Ж12")

    assert not fits("Ж12", "0")


@given(st.text(ALPHABET, min_size=1, max_size=20), st.data())
def test_a_digit_mistaken_for_another_digit_never_passes(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    wrong = text[:place] + other + text[place + 1 :]

    same = ALPHABET.index(text[place]) % 10 == int(other)
    assert fits(wrong, check_digit(text)) == same


# The specimens


def test_the_passport_of_utopia_is_read_completely() -> None:
    assert seen(*PASSPORT) == Mrz(
        format=MrzFormat.TD3,
        document_code="P",
        issuing_state="UTO",
        number="L898902C3",
        nationality="UTO",
        birth_date=PartialDate(1974, 8, 12),
        expiry_date=PartialDate(2012, 4, 15),
        sex="F",
        primary_identifier="ERIKSSON",
        secondary_identifier="ANNA MARIA",
        name_truncated=False,
        optional=("ZE184226B",),
        check_digits=CheckDigits(
            number=True, birth_date=True, expiry_date=True, optional=True, composite=True
        ),
        problems=(),
        lines=PASSPORT,
    )


@pytest.mark.parametrize("lines", SPECIMENS)
def test_every_specimen_is_valid_whatever_its_expiry(lines: tuple[str, ...]) -> None:
    mrz = seen(*lines)

    assert mrz.valid
    assert (mrz.primary_identifier, mrz.secondary_identifier) == ("ERIKSSON", "ANNA MARIA")


@pytest.mark.parametrize(
    ("lines", "format_", "optional", "composite"),
    [
        (PASSPORT, MrzFormat.TD3, True, True),
        (CARD, MrzFormat.TD1, None, True),
        (PAPER, MrzFormat.TD2, None, True),
        (VISA, MrzFormat.MRV_A, None, None),
        (SMALL_VISA, MrzFormat.MRV_B, None, None),
    ],
)
def test_a_check_digit_that_the_format_has_not_is_none(
    lines: tuple[str, ...], format_: MrzFormat, optional: bool | None, composite: bool | None
) -> None:
    mrz = seen(*lines)

    assert mrz.format == format_
    assert (mrz.check_digits.optional, mrz.check_digits.composite) == (optional, composite)


def test_a_visa_says_its_number_nationality_and_optional_data() -> None:
    mrz = seen(*VISA)

    assert (mrz.number, mrz.nationality, mrz.optional) == ("L8988901C", "XXX", ("6ZE184226B",))
    assert mrz.birth_date == PartialDate(1940, 9, 7)


@pytest.mark.parametrize(
    ("second", "birth"),
    [
        ("HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<08", "1958-02-25"),
        ("HA672242<6YTO5802254M9601086<<<<<<<8", "1958-02-25"),
    ],
)
def test_the_examples_of_the_check_digit_appendix_are_valid(second: str, birth: str) -> None:
    first = ("P" if len(second) == 44 else "I") + "<UTOERIKSSON<<ANNA"
    mrz = seen(first.ljust(len(second), "<"), second)

    assert (mrz.valid, mrz.number, str(mrz.birth_date)) == (True, "HA672242", birth)


# Detection


@pytest.mark.parametrize("lines", SPECIMENS)
def test_a_zone_without_line_ends_is_cut_into_its_lines(lines: tuple[str, ...]) -> None:
    assert clean("".join(lines)) == lines


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\t", "\n\n", "\r\n\r\n", "\u2028"])
def test_any_line_end_is_taken(end: str) -> None:
    assert clean(end.join(PASSPORT) + end) == PASSPORT


def test_what_document_readers_send_around_the_lines_is_dropped() -> None:
    assert clean("\x02" + "\r".join(PASSPORT) + "\r\x03\x1b") == PASSPORT


def test_lower_case_spaces_and_quotation_marks_are_understood() -> None:
    typed = "  p‹utoeriksson  ‹‹ anna‹maria" + "‹" * 19 + "\n" + PASSPORT[1].replace("<", " <")

    assert clean(typed) == PASSPORT


def test_a_double_quotation_mark_is_one_filler_or_two_as_the_line_needs() -> None:
    single = PASSPORT[0].replace("<", "«")
    double = PASSPORT[0].replace("<<", "«")

    assert clean(f"{single}\n{PASSPORT[1]}") == clean(f"{double}\n{PASSPORT[1]}") == PASSPORT


@pytest.mark.parametrize("text", ["", " \n\t", "hello", "<", "P<UTO", "A" * 89, "\x00\x1b"])
def test_what_has_no_formats_lines_is_no_zone(text: str) -> None:
    with pytest.raises(NotAnMrz) as refused:
        read(text, today=TODAY)

    assert [problem.code for problem in refused.value.problems] == ["not-an-mrz"]


def test_a_line_that_is_too_short_is_named() -> None:
    with pytest.raises(NotAnMrz) as refused:
        seen(PASSPORT[0], PASSPORT[1][:-1])

    assert refused.value.problems == (
        MrzProblem(
            field="lines", code="length", detail="line 2 has 43 characters; 44 are expected"
        ),
    )


# Document codes


@pytest.mark.parametrize("code", ["P<", "PP", "PN", "PA", "PD", "PU", "PM"])
def test_old_and_new_passport_codes_are_accepted(code: str) -> None:
    mrz = seen(*passport(1, 1, code))

    assert (mrz.valid, mrz.document_code) == (True, code.rstrip("<"))


@pytest.mark.parametrize("code", ["AC", "ID", "IP", "IR", "C<", "A<", "CA"])
def test_a_cards_second_letter_is_the_issuers_choice(code: str) -> None:
    assert seen(code + CARD[0][2:], *CARD[1:]).valid


@pytest.mark.parametrize("code", ["IV", "AV", "CV", "AI", "P<", "X<"])
def test_codes_that_note_k_forbids_are_reported(code: str) -> None:
    assert problems(code + CARD[0][2:], *CARD[1:]) == {("document_code", "document-code")}


def test_a_crew_certificate_has_the_size_of_a_card_only() -> None:
    assert problems("AC" + PAPER[0][2:], PAPER[1]) == {("document_code", "document-code")}


def test_a_digit_is_no_document_code() -> None:
    assert problems(*passport(1, 2, "1")) == {("document_code", "alphabet")}


# States


@pytest.mark.parametrize(
    "code", ["D<<", "KAZ", "KGZ", "TJK", "TKM", "UZB", "RKS", "XXA", "XXB", "UNO", "EUE", "GBD"]
)
def test_special_codes_are_known_and_stand_without_fillers(code: str) -> None:
    mrz = seen(*passport(2, 11, code))

    assert (mrz.valid, mrz.problems, mrz.nationality) == (True, (), code.rstrip("<"))


def test_an_unknown_state_is_reported_and_the_zone_still_valid() -> None:
    mrz = seen(*passport(1, 3, "ZZZ"))

    assert mrz.valid
    assert mrz.problems == (MrzProblem(field="issuing_state", code="unknown-state", detail="ZZZ"),)


@pytest.mark.parametrize("code", ["K4Z", "<AZ", "K<Z", "UT0"])
def test_a_state_is_letters_with_fillers_behind(code: str) -> None:
    assert problems(*passport(2, 11, code)) == {("nationality", "alphabet")}


# Names


@pytest.mark.parametrize(
    ("field", "primary", "secondary"),
    [
        ("SMITH<JONES<<SUSIE<MARGARET", "SMITH JONES", "SUSIE MARGARET"),
        ("OCONNOR<<ENYA<SIOBHAN", "OCONNOR", "ENYA SIOBHAN"),
        ("VAN<DER<MUELLEN<<MARTIN", "VAN DER MUELLEN", "MARTIN"),
        ("ARKFREITH", "ARKFREITH", ""),
        ("SATRIYA<SUDARPA", "SATRIYA SUDARPA", ""),
    ],
)
def test_names_part_at_two_fillers_and_mononyms_are_primary(
    field: str, primary: str, secondary: str
) -> None:
    mrz = seen(*passport(1, 6, field.ljust(39, "<")))

    assert mrz.valid
    assert (mrz.primary_identifier, mrz.secondary_identifier) == (primary, secondary)


@pytest.mark.parametrize(
    ("field", "truncated"),
    [
        ("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", True),
        ("PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR", True),
        ("PAPANDROPOULOUS<<JONATHON<WARREN<TREVO<", False),
    ],
)
def test_a_letter_in_the_last_place_says_that_the_name_may_be_cut(
    field: str, truncated: bool
) -> None:
    assert seen(*passport(1, 6, field)).name_truncated is truncated


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("ER1KSSON<<ANNA", ("primary_identifier", "alphabet")),
        ("<<ANNA", ("primary_identifier", "missing")),
        ("", ("primary_identifier", "missing")),
        ("<ERIKSSON<<ANNA", ("secondary_identifier", "name")),
        ("ERIKSSON<<<ANNA", ("secondary_identifier", "name")),
        ("ERIKSSON<<ANNA<MARIA<<<<<K", ("secondary_identifier", "name")),
    ],
)
def test_a_name_field_that_is_not_built_as_one_is_reported(
    field: str, problem: tuple[str, str]
) -> None:
    found = problems(*passport(1, 6, field.ljust(39, "<")))

    assert found == {problem}


# Numbers


def test_a_belgian_cards_number_goes_on_in_the_optional_data() -> None:
    first = "IDBEL000590696<1015<<<<<<<<<<<"
    second = "8512017F2301012BEL<<<<<<<<<<<"
    composite = check_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
    mrz = seen(first, second + composite, "REINARTZ<<ULRIKE<KATIA<E<<<<<<")

    assert (mrz.number, mrz.optional) == ("000590696101", ())
    assert (mrz.check_digits.number, mrz.check_digits.composite) == (True, True)


def test_the_filler_in_the_check_digits_place_is_not_counted() -> None:
    assert check_digit("000590696<101") == "7"

    assert "number" not in {
        problem.field for problem in seen("IDBEL000590696<1015<<<<<<<<<<<", *CARD[1:]).problems
    }
    assert ("number", "check-digit") in problems("IDBEL000590696<1017<<<<<<<<<<<", *CARD[1:])


@pytest.mark.parametrize("length", range(10, 23))
def test_a_card_number_may_have_up_to_22_characters(length: int) -> None:
    number = "D23145890X12345678901Z"[:length]
    mrz = seen(*write(replace(ANNA, number=number)))

    assert (mrz.valid, mrz.number, mrz.check_digits.number) == (True, number, True)


def test_what_stands_behind_a_long_number_is_still_optional_data() -> None:
    lines = write(replace(ANNA, number="1234567890", optional=("AB<12", "Q")))

    assert lines[0] == "IDUTO123456789<07<AB<12<<<<<<<"
    assert seen(*lines).optional == ("AB<12", "Q")


def test_a_td2_number_goes_on_too() -> None:
    lines = write(replace(ANNA, format=MrzFormat.TD2, number="D2314589012345"))

    assert lines[1].startswith("D23145890<")
    assert lines[1][28:35] == "123456<"
    assert seen(*lines).number == "D2314589012345"


@pytest.mark.parametrize("optional", ["<<<<<", "5<<<<", "<1234"])
def test_a_filler_for_the_check_digit_without_a_continuation_does_not_fit(optional: str) -> None:
    first = "I<UTOD23145890<" + optional.ljust(15, "<")

    assert ("number", "check-digit") in problems(first, *CARD[1:])
    assert seen(first, *CARD[1:]).check_digits.number is False


def test_a_number_that_does_not_fill_its_place_does_not_go_on() -> None:
    mrz = seen("I<UTOD2314589<<015<<<<<<<<<<<<", *CARD[1:])

    assert (mrz.number, mrz.check_digits.number, mrz.optional) == ("D2314589", False, ("015",))


def test_a_passport_number_never_goes_on() -> None:
    mrz = seen(*passport(2, 10, "<"))

    assert (mrz.number, mrz.check_digits.number) == ("L898902C3", False)


def test_a_kazakh_card_keeps_its_iin_as_optional_data() -> None:
    lines = write(replace(ANNA, issuing_state="KAZ", nationality="KAZ", optional=("740812402724",)))

    assert seen(*lines).optional == ("740812402724",)


def test_a_document_without_a_number_is_not_valid() -> None:
    first = "I<UTO<<<<<<<<<0" + "<" * 15

    assert ("number", "missing") in problems(first, *CARD[1:])


# The passport's optional data


def test_an_empty_personal_number_may_have_a_zero_or_no_check_digit() -> None:
    zero = seen(*passport(2, 29, "<<<<<<<<<<<<<<08"))
    none = seen(*passport(2, 29, "<<<<<<<<<<<<<<<8"))

    assert (zero.valid, zero.check_digits.optional, zero.optional) == (True, True, ())
    assert (none.valid, none.check_digits.optional, none.optional) == (True, None, ())


def test_a_personal_number_needs_its_check_digit() -> None:
    mrz = seen(*passport(2, 43, "<"))

    assert (mrz.valid, mrz.check_digits.optional) == (False, False)


# Dates


@pytest.mark.parametrize(
    ("six", "birth"),
    [
        ("740812", "1974-08-12"),
        ("7408<<", "1974-08"),
        ("74<<<<", "1974"),
        ("90<<<<", "1990"),
        ("<<<<<<", ""),
        ("<<0812", ""),
        ("74<<12", "1974"),
        ("000229", "2000-02-29"),
        ("261124", "2026-11-24"),
        ("261125", "1926-11-25"),
        ("27<<<<", "1927"),
        ("26<<<<", "2026"),
        ("2612<<", "1926-12"),
    ],
)
def test_a_birth_date_is_the_latest_that_is_not_after_today(six: str, birth: str) -> None:
    mrz = with_birth(six)

    assert mrz.valid
    assert (str(mrz.birth_date), mrz.check_digits.birth_date) == (birth, True)


@pytest.mark.parametrize(
    ("six", "expiry"),
    [
        ("120415", "2012-04-15"),
        ("751231", "2075-12-31"),
        ("760101", "1976-01-01"),
        ("991231", "1999-12-31"),
        ("280229", "2028-02-29"),
        ("<<<<<<", ""),
    ],
)
def test_an_expiry_date_lies_from_50_years_back_to_49_ahead(six: str, expiry: str) -> None:
    mrz = with_expiry(six)

    assert (mrz.valid, str(mrz.expiry_date)) == (True, expiry)


@pytest.mark.parametrize(
    "six",
    ["741312", "740012", "740832", "740800", "750229", "290229", "7<0812", "740<<2", "<<1301"],
)
def test_a_day_that_no_calendar_has_is_reported_and_not_guessed(six: str) -> None:
    mrz = with_birth(six)

    assert not mrz.valid
    assert mrz.birth_date == UNKNOWN
    assert [(problem.field, problem.code) for problem in mrz.problems] == [("birth_date", "date")]


def test_a_letter_in_a_date_is_wrong_even_where_the_check_digit_fits() -> None:
    mrz = with_birth("74K812")

    assert fits("74K812", check_digit("740812"))
    assert (mrz.valid, mrz.check_digits.birth_date, mrz.birth_date) == (False, False, UNKNOWN)
    assert [(problem.field, problem.code) for problem in mrz.problems] == [
        ("birth_date", "alphabet")
    ]


def test_only_a_digit_checks_a_date() -> None:
    mrz = seen(*passport(2, 14, "<<<<<<<"))

    assert (mrz.birth_date, mrz.check_digits.birth_date) == (UNKNOWN, False)


# Sex


@pytest.mark.parametrize(("letter", "sex"), [("F", "F"), ("M", "M"), ("<", "X")])
def test_a_filler_is_the_unspecified_sex(letter: str, sex: str) -> None:
    mrz = seen(*passport(2, 21, letter))

    assert (mrz.valid, mrz.sex) == (True, sex)


@pytest.mark.parametrize(("letter", "sex"), [("X", "X"), ("H", None), ("1", None)])
def test_any_other_character_for_the_sex_is_reported(letter: str, sex: str | None) -> None:
    mrz = seen(*passport(2, 21, letter))

    assert (mrz.valid, mrz.sex) == (False, sex)
    assert problems(*passport(2, 21, letter)) == {("sex", "alphabet")}


# Wrong characters anywhere


@pytest.mark.parametrize("lines", SPECIMENS)
def test_every_single_wrong_digit_is_noticed(lines: tuple[str, ...]) -> None:
    layout = LAYOUTS[seen(*lines).format]
    places = (layout.number, layout.number_check, layout.birth_date, layout.expiry_date)

    for place in (*places, *layout.composite):
        for position in range(place.first, place.last + 1):
            line = lines[place.line - 1]
            old = line[position - 1]
            if not old.isdigit():
                continue
            changed = line[: position - 1] + str((int(old) + 1) % 10) + line[position:]
            wrong = [changed if i == place.line - 1 else each for i, each in enumerate(lines)]
            assert not seen(*wrong).valid, (position, wrong)


@pytest.mark.parametrize("character", ["Ж", "-", "é", "０", "٣"])
@pytest.mark.parametrize("lines", SPECIMENS)
def test_a_character_from_outside_the_zone_is_noticed_at_every_place(
    lines: tuple[str, ...], character: str
) -> None:
    for index, line in enumerate(lines):
        for position in range(len(line)):
            changed = line[:position] + character + line[position + 1 :]
            wrong = [changed if i == index else each for i, each in enumerate(lines)]
            assert not seen(*wrong).valid, wrong


# Suggestions


def proposed(*lines: str) -> set[tuple[str, str, str]]:
    return {(each.field, each.proposed, each.code) for each in suggestions(seen(*lines))}


def test_a_valid_zone_has_no_suggestions() -> None:
    assert [suggestions(seen(*lines)) for lines in SPECIMENS] == [(), (), (), (), ()]


def test_letters_in_a_date_are_read_as_the_digits_they_resemble() -> None:
    lines = passport(2, 14, "74O8I2")
    [offered] = suggestions(seen(*lines))

    assert (offered.field, offered.found, offered.proposed) == ("birth_date", "74O8I22", "7408122")
    assert offered.lines == PASSPORT
    assert seen(*lines).birth_date == UNKNOWN


def test_digits_in_states_and_names_are_read_as_letters() -> None:
    assert proposed(*passport(1, 3, "UT0")) == {("issuing_state", "UTO", "look-alike")}
    assert proposed(*passport(1, 6, "ER1KSS0N")) == {
        ("primary_identifier", PASSPORT[0][5:], "look-alike")
    }


def test_a_state_that_becomes_no_known_one_is_not_proposed() -> None:
    assert proposed(*passport(1, 3, "Q0Q")) == set()


def test_a_date_whose_check_digit_would_not_fit_is_not_proposed() -> None:
    assert proposed(*passport(2, 14, "74O813")) == set()


def test_a_number_is_proposed_with_the_warning_that_others_could_fit() -> None:
    lines = passport(2, 1, "L8989O2C3")

    assert ("number", "L898902C36", "several-could-fit") in proposed(*lines)
    assert seen(*lines).number == "L8989O2C3"


def test_a_letter_for_the_numbers_check_digit_can_only_be_a_digit() -> None:
    assert proposed(*passport(2, 10, "G")) == {("number", "L898902C36", "look-alike")}


# Writing


@pytest.mark.parametrize(
    ("primary", "secondary", "width", "field"),
    [
        ("Eriksson", "Anna Maria", 30, "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"),
        ("D'Artagnan", "Marie-Elise", 30, "DARTAGNAN<<MARIE<ELISE<<<<<<<<"),
        ("Van der Muellen", "Martin", 30, "VAN<DER<MUELLEN<<MARTIN<<<<<<<"),
        ("Arkfreith", "", 20, "ARKFREITH<<<<<<<<<<<"),
        ("Smith, Jr.", "John", 20, "SMITH<JR<<JOHN<<<<<<"),
        (
            "Nilavadhanananda",
            "Arnpol Petch Charonguang",
            39,
            "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU",
        ),
        (
            "Papandropoulous",
            "Jonathon Warren Trevor",
            39,
            "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR",
        ),
        ("Vilarchao Fernandez", "Jose Ramon", 30, "VILARCHAO<FERNANDEZ<<JOSE<RAMO"),
        ("Bennelong Wooloomooloo Warrandyte", "Dingo", 30, "BENNELONG<WOOLOOMOOLOO<WARR<<D"),
        ("Abdurakhmonov", "Muhammadali Olim", 26, "ABDURAKHMONOV<<MUHAMMADALI"),
    ],
)
def test_names_are_written_and_cut_as_doc_9303_shows(
    primary: str, secondary: str, width: int, field: str
) -> None:
    assert len(name_field(primary, secondary, width)) == width

    assert name_field(primary, secondary, width) == field


def test_a_cut_that_would_end_in_a_filler_shortens_an_earlier_component() -> None:
    assert name_field("Abdurakhmonov", "Muhammadali Olim", 27) == "ABDURAKHMONOV<<MUHAMMADAL<O"


def test_a_long_visa_number_is_cut_to_nine_characters() -> None:
    fields = replace(ANNA, format=MrzFormat.MRV_B, document_code="V", number="D23145890123")

    assert seen(*write(fields)).number == "D23145890"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"primary_identifier": ""}, "primary identifier"),
        ({"primary_identifier": "Әлиев"}, "A to Z"),
        ({"number": "D-1"}, "has not"),
        ({"number": "D23145890123456789012345"}, "longer"),
        ({"format": MrzFormat.TD3, "number": "D231458901"}, "longer"),
        ({"optional": ("A", "B", "C")}, "optional fields"),
        ({"issuing_state": "UTOP"}, "longer"),
    ],
)
def test_what_a_zone_cannot_hold_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        write(replace(ANNA, **changes))  # type: ignore[arg-type]


LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=14)
NAMES = st.lists(LETTERS, min_size=1, max_size=4).map(" ".join)
NUMBER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
CODES = {
    MrzFormat.TD1: ["I", "ID", "AC", "C", "IR"],
    MrzFormat.TD2: ["I", "ID", "A", "CA"],
    MrzFormat.TD3: ["P", "PP", "PN", "PD"],
    MrzFormat.MRV_A: ["V", "VC"],
    MrzFormat.MRV_B: ["V", "VC"],
}
LONGEST = {MrzFormat.TD1: 22, MrzFormat.TD2: 14}


def partial(first: date, last: date) -> st.SearchStrategy[PartialDate]:
    days = st.dates(first, last)
    return st.one_of(
        days.map(PartialDate.of),
        days.map(lambda day: PartialDate(day.year, day.month)),
        days.map(lambda day: PartialDate(day.year)),
        st.just(UNKNOWN),
    )


@st.composite
def documents(draw: st.DrawFn) -> MrzFields:
    format_ = draw(st.sampled_from(MrzFormat))
    longest = LONGEST.get(format_, 9)
    number = draw(st.text(NUMBER, min_size=1, max_size=longest))
    room = [place.length for place in LAYOUTS[format_].optional]
    if len(number) > 9:
        room[0] -= len(number) - 9 + 2
    return MrzFields(
        format=format_,
        document_code=draw(st.sampled_from(CODES[format_])),
        issuing_state=draw(st.sampled_from(["UTO", "KAZ", "D", "XOM"])),
        number=number,
        nationality=draw(st.sampled_from(["UTO", "KGZ", "D", "XXB"])),
        birth_date=draw(partial(date(1928, 1, 1), TODAY)),
        expiry_date=draw(partial(date(1976, 1, 1), date(2075, 12, 31))),
        sex=draw(st.sampled_from("FMX")),
        primary_identifier=draw(NAMES),
        secondary_identifier=draw(st.one_of(NAMES, st.just(""))),
        optional=tuple(draw(st.text(NUMBER, max_size=length)) for length in room),
    )


@given(documents())
def test_what_is_written_is_read_back(fields: MrzFields) -> None:
    mrz = seen(*write(fields))

    assert (mrz.valid, mrz.problems, mrz.format) == (True, (), fields.format)
    assert mrz.document_code == fields.document_code
    assert (mrz.issuing_state, mrz.nationality) == (fields.issuing_state, fields.nationality)
    assert mrz.number == fields.number
    assert (mrz.birth_date, mrz.expiry_date) == (fields.birth_date, fields.expiry_date)
    assert mrz.sex == fields.sex
    assert mrz.optional == tuple(filter(None, fields.optional))
    if not mrz.name_truncated:
        assert mrz.primary_identifier == fields.primary_identifier
        assert mrz.secondary_identifier == fields.secondary_identifier


@given(NAMES, st.one_of(NAMES, st.just("")), st.sampled_from([30, 31, 39]))
def test_a_cut_name_ends_in_a_letter_and_keeps_both_identifiers(
    primary: str, secondary: str, width: int
) -> None:
    field = name_field(primary, secondary, width)
    whole = len(primary) + (len(secondary) + 2 if secondary else 0)

    assert len(field) == width
    assert ("<<" in field.rstrip("<")) is bool(secondary)
    assert field[0] == primary[0]
    if whole >= width:
        assert field[-1] != "<"


@given(st.text(max_size=120))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    with suppress(NotAnMrz):
        suggestions(read(text, today=TODAY))


@given(
    st.sampled_from([(30, 3), (36, 2), (44, 2)]).flatmap(
        lambda shape: st.lists(
            st.text(NUMBER + "<<<<<Ж-", min_size=shape[0], max_size=shape[0]),
            min_size=shape[1],
            max_size=shape[1],
        )
    )
)
def test_no_lines_of_the_right_length_make_it_stumble(lines: list[str]) -> None:
    mrz = seen(*lines)

    assert mrz.lines == tuple(lines)
    assert mrz.valid == all(problem.code == "unknown-state" for problem in mrz.problems)
    for each in suggestions(mrz):
        assert len(each.lines) == len(lines)
