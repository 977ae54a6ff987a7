"""A document that was read fills the screen, joins it or waits; what was typed always stays."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.desk.reading import Taken, class_of, take
from checkpoint_client.documents.formats import MrzFormat
from checkpoint_client.documents.mrz import Mrz, read
from checkpoint_client.documents.writer import MrzFields, write
from checkpoint_client.records import CheckDraft, DocumentDraft, VehicleDraft
from checkpoint_client.records.codes import (
    Direction,
    DocumentClass,
    DocumentSource,
    Purpose,
    Sex,
)
from checkpoint_client.records.dates import PartialDate

TODAY = date(2026, 11, 24)
ANNA = MrzFields(
    format=MrzFormat.TD3,
    document_code="P",
    issuing_state="UTO",
    number="L898902C3",
    nationality="UTO",
    birth_date=PartialDate(1974, 8, 12),
    expiry_date=PartialDate(2032, 4, 15),
    sex="F",
    primary_identifier="ERIKSSON",
    secondary_identifier="ANNA MARIA",
)
VISA = replace(ANNA, format=MrzFormat.MRV_A, document_code="V", number="V1234567")
SOMEBODY = replace(
    ANNA,
    number="X1",
    primary_identifier="KARIMOV",
    secondary_identifier="TIMUR",
    birth_date=PartialDate(1990, 1, 2),
    sex="M",
)


def zone(fields: MrzFields, **changes: Any) -> Mrz:
    return read("\n".join(write(replace(fields, **changes))), today=TODAY)


def taken(draft: CheckDraft, mrz: Mrz) -> tuple[Taken, CheckDraft]:
    reading = take(draft, mrz, DocumentSource.READER)
    return reading.taken, reading.draft


def test_a_passport_fills_an_empty_screen() -> None:
    what, draft = taken(CheckDraft(lane="3", direction=Direction.EXIT), zone(ANNA))

    assert what is Taken.FILLED
    assert (draft.primary_identifier, draft.secondary_identifier) == ("ERIKSSON", "ANNA MARIA")
    assert (draft.birth_date, draft.sex, draft.nationality) == ("12.08.1974", Sex.FEMALE, "UTO")
    assert (draft.lane, draft.direction) == ("3", Direction.EXIT)
    [document] = draft.documents
    assert (document.number, document.expiry_date) == ("L898902C3", "15.04.2032")
    assert (document.document_class, document.source) == (
        DocumentClass.PASSPORT,
        DocumentSource.READER,
    )


def test_the_lines_and_check_digits_go_along_as_read() -> None:
    mrz = zone(ANNA)

    [document] = taken(CheckDraft(), mrz)[1].documents

    assert document.mrz == mrz.lines
    assert asdict(document.check_digits) == asdict(mrz.check_digits)


def test_a_visa_of_the_same_person_joins_the_passport() -> None:
    _, with_passport = taken(CheckDraft(), zone(ANNA))

    what, draft = taken(with_passport, zone(VISA))

    assert what is Taken.DOCUMENT_ADDED
    assert [each.number for each in draft.documents] == ["L898902C3", "V1234567"]
    assert draft.documents[1].document_class is DocumentClass.VISA


def test_the_same_document_read_again_stands_there_once() -> None:
    _, draft = taken(CheckDraft(), zone(ANNA))

    assert taken(draft, zone(ANNA)) == (Taken.READ_AGAIN, draft)


def test_another_persons_document_waits_and_changes_nothing() -> None:
    _, draft = taken(CheckDraft(), zone(ANNA))

    assert taken(draft, zone(SOMEBODY)) == (Taken.NEXT, draft)


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_date": PartialDate(1974, 8, 13)},
        {"secondary_identifier": "BIRGIT"},
        {"primary_identifier": "ERIKSSONS"},
    ],
    ids=["another birth date", "another given name", "a longer surname"],
)
def test_who_differs_in_one_thing_is_another_person(changes: dict[str, Any]) -> None:
    _, draft = taken(CheckDraft(), zone(ANNA))

    assert taken(draft, zone(ANNA, number="OTHER1", **changes))[0] is Taken.NEXT


@pytest.mark.parametrize(
    "changes",
    [
        {"secondary_identifier": "ANNA"},
        {"secondary_identifier": ""},
        {"primary_identifier": "ANNA MARIA", "secondary_identifier": "ERIKSSON"},
        {"birth_date": PartialDate(1974, 8)},
        {"birth_date": PartialDate()},
    ],
    ids=["fewer names", "surname only", "names in another order", "month only", "no birth date"],
)
def test_a_document_that_says_less_is_still_the_same_persons(changes: dict[str, Any]) -> None:
    _, draft = taken(CheckDraft(), zone(ANNA))

    assert taken(draft, zone(VISA, **changes))[0] is Taken.DOCUMENT_ADDED


def test_a_name_that_was_cut_is_the_beginning_of_the_whole_one() -> None:
    long = {"primary_identifier": "NILAVADHANANANDA", "secondary_identifier": "CHAYAPA DEJTHAMRONG"}
    _, draft = taken(CheckDraft(), zone(ANNA, **long))
    visa = zone(VISA, format=MrzFormat.MRV_B, **long)

    assert visa.name_truncated
    assert taken(draft, visa)[0] is Taken.DOCUMENT_ADDED


@pytest.mark.parametrize(
    ("typed", "surname", "given"),
    [
        (("ЮСУПОВ", "Тимур"), "IUSUPOV", "TIMUR"),
        (("Müller", "Jörg"), "MUELLER", "JOERG"),
        (("eriksson", "anna-maria"), "ERIKSSON", "ANNA MARIA"),
    ],
)
def test_a_name_typed_in_its_own_letters_is_the_same_persons(
    typed: tuple[str, str], surname: str, given: str
) -> None:
    draft = CheckDraft(primary_identifier=typed[0], secondary_identifier=typed[1])
    mrz = zone(ANNA, primary_identifier=surname, secondary_identifier=given)

    what, filled = taken(draft, mrz)

    assert what is Taken.FILLED
    assert (filled.primary_identifier, filled.secondary_identifier) == typed


def test_letters_that_cannot_be_spelled_are_no_error() -> None:
    draft = CheckDraft(primary_identifier="王")

    assert taken(draft, zone(ANNA))[0] is Taken.NEXT


def test_a_half_typed_birth_date_makes_nobody_another_person() -> None:
    draft = CheckDraft(primary_identifier="ERIKSSON", birth_date="12.0")

    what, filled = taken(draft, zone(ANNA))

    assert (what, filled.birth_date) == (Taken.FILLED, "12.0")


typed_drafts = st.builds(
    CheckDraft,
    primary_identifier=st.sampled_from(["", "ERIKSSON", "KARIMOV", "Э"]),
    secondary_identifier=st.sampled_from(["", "ANNA", "TIMUR"]),
    birth_date=st.sampled_from(["", "12.08.1974", "?", "1"]),
    sex=st.sampled_from([None, Sex.MALE]),
    nationality=st.sampled_from(["", "KAZ"]),
    national_number=st.sampled_from(["", "740812400123"]),
    purpose=st.sampled_from([None, Purpose.WORK]),
    vehicle=st.sampled_from([VehicleDraft(), VehicleDraft(plate="01A777BC")]),
    remarks=st.sampled_from(["", "nervous"]),
    documents=st.sampled_from(
        [(), (DocumentDraft(),), (DocumentDraft(issuing_state="KAZ", number="N1"),)]
    ),
)


@given(typed_drafts, st.sampled_from([ANNA, VISA, SOMEBODY]))
def test_no_reading_ever_changes_what_was_typed(draft: CheckDraft, fields: MrzFields) -> None:
    what, after = taken(draft, zone(fields))

    for name, before in asdict(draft).items():
        if before and name != "documents":
            assert asdict(after)[name] == before
    assert set(draft.documents_shown()) <= set(after.documents)
    assert (what is Taken.NEXT) == (after == draft)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("P", DocumentClass.PASSPORT),
        ("PM", DocumentClass.PASSPORT),
        ("PD", DocumentClass.DIPLOMATIC),
        ("PO", DocumentClass.SERVICE),
        ("V", DocumentClass.VISA),
        ("VD", DocumentClass.VISA),
        ("I", DocumentClass.ID_CARD),
        ("AC", DocumentClass.CREW_CERT),
        ("Z", DocumentClass.OTHER),
    ],
)
def test_the_class_of_a_document_follows_from_its_code(code: str, expected: DocumentClass) -> None:
    assert class_of(code) is expected
