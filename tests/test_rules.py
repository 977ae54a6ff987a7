"""What law and headquarters ask for, read from dated data."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from checkpoint_client.records import CheckDraft
from checkpoint_client.records.codes import Direction, RefusalGround
from checkpoint_client.records.dates import UNKNOWN, PartialDate
from checkpoint_client.rules import HitRules, RefusalGrounds, Remark, Requirements
from checkpoint_client.rules.files import RULES, unreadable
from checkpoint_client.settings import LANGUAGES, resource

TODAY = date(2026, 11, 24)
REQUIREMENTS = Requirements.read(resource("rules", "entry_requirements.json"))
GROUNDS = RefusalGrounds.read(resource("rules", "refusal_grounds.json"))
HITS = HitRules.read(resource("rules", "hits.json"))
ENTRY = {"purpose", "entry_basis", "destination"}


@pytest.mark.parametrize("direction", Direction)
def test_every_direction_has_its_requirements_and_each_is_a_field(direction: Direction) -> None:
    draft = CheckDraft()

    for nationalities in (("UTO",), ("KAZ",)):
        asked = REQUIREMENTS.fields_for(direction, nationalities, "UTO")
        assert all(hasattr(draft, field) for field in asked)


def test_foreigners_who_enter_are_asked_and_nationals_are_not() -> None:
    assert REQUIREMENTS.fields_for(Direction.ENTRY, ("KAZ",), "UTO") == ENTRY
    assert REQUIREMENTS.fields_for(Direction.ENTRY, (), "UTO") == ENTRY
    assert REQUIREMENTS.fields_for(Direction.ENTRY, ("UTO",), "UTO") == frozenset()


def test_who_also_holds_the_states_own_nationality_is_a_national() -> None:
    assert REQUIREMENTS.fields_for(Direction.ENTRY, ("KAZ", "UTO"), "UTO") == frozenset()


def test_who_leaves_is_asked_nothing_more() -> None:
    assert REQUIREMENTS.fields_for(Direction.EXIT, ("KAZ",), "UTO") == frozenset()


@pytest.mark.parametrize(
    ("expiry", "remark"),
    [
        (PartialDate(2026, 11, 23), Remark.EXPIRED),
        (PartialDate(2026, 11, 24), Remark.EXPIRES_SOON),
        (PartialDate(2026, 12, 23), Remark.EXPIRES_SOON),
        (PartialDate(2026, 12, 24), None),
        (PartialDate(2026, 10), Remark.EXPIRED),
        (PartialDate(2026, 11), Remark.EXPIRES_SOON),
        (PartialDate(2025), Remark.EXPIRED),
        (UNKNOWN, None),
    ],
    ids=str,
)
def test_a_document_is_valid_until_the_last_day_its_date_can_mean(
    expiry: PartialDate, remark: Remark | None
) -> None:
    assert REQUIREMENTS.of_expiry(expiry, TODAY) is remark


@pytest.mark.parametrize(
    ("birth", "remark"),
    [
        (PartialDate(2008, 11, 24), None),
        (PartialDate(2008, 11, 25), Remark.MINOR),
        (PartialDate(2008, 11), Remark.MINOR),
        (PartialDate(2008, 10), None),
        (PartialDate(2008), Remark.MINOR),
        (PartialDate(2007), None),
        (UNKNOWN, None),
    ],
    ids=str,
)
def test_whoever_may_be_a_minor_is_taken_for_one(birth: PartialDate, remark: Remark | None) -> None:
    assert REQUIREMENTS.of_birth(birth, TODAY) is remark


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_nobody_born_on_29_february_waits_longer_than_others(today: date) -> None:
    born = PartialDate(2008, 2, 29)
    is_minor = REQUIREMENTS.of_birth(born, today) is Remark.MINOR

    assert is_minor == (today < date(2026, 3, 1))


def test_grounds_a_to_i_and_the_national_one_are_worded_in_every_language() -> None:
    for language in LANGUAGES:
        worded = GROUNDS.worded(language)
        assert [each.code for each in worded] == list(RefusalGround)
        assert all(each.text.strip() for each in worded)


def test_an_unknown_language_reads_english() -> None:
    assert GROUNDS.worded("fr") == GROUNDS.worded("en")


def test_working_texts_say_that_they_are_not_confirmed() -> None:
    assert {each.is_confirmed for each in GROUNDS.worded("en")} == {GROUNDS.confidence == "V"}


def test_arrest_extradition_and_refusal_take_two_people() -> None:
    assert HITS.needs_second_person("ARREST", "CONTACT_OWNER_FIRST")
    assert HITS.needs_second_person("EXTRADITION", "NOTIFY_ONLY")
    assert HITS.needs_second_person("REFUSE_ENTRY", "REFUSE")
    assert HITS.needs_second_person("SANCTIONS", "DETAIN")
    assert not HITS.needs_second_person("MISSING_ADULT", "PLACE_UNDER_PROTECTION")


def test_discreet_inquiry_and_specific_checks_collect() -> None:
    assert HITS.needs_collection("DISCREET_CHECK", "NOTIFY_ONLY")
    assert HITS.needs_collection("CUSTOMS_INTEREST", "INTERVIEW_COLLECT")
    assert not HITS.needs_collection("ARREST", "DETAIN")


def test_the_owner_is_told_within_the_hours_of_the_category() -> None:
    urgent = structs.replace(HITS, report_hours_by_category={"MISSING_CHILD": 1})

    assert urgent.report_within("ARREST") == timedelta(hours=12)
    assert urgent.report_within("MISSING_CHILD") == timedelta(hours=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("report_hours", 0),
        ("report_hours", 10**12),
        ("report_hours_by_category", {"ARREST": -1}),
        ("acknowledge", ["storng"]),
    ],
)
def test_rules_of_hits_that_nobody_can_keep_are_unreadable(field: str, value: object) -> None:
    file = json.loads(resource("rules", "hits.json").read_bytes())
    file[field] = value

    assert unreadable(RULES, {"hits.json": json.dumps(file).encode()}) == "hits.json"


def test_rules_say_where_they_come_from_and_since_when() -> None:
    for rules in (REQUIREMENTS, GROUNDS, HITS):
        assert rules.source
        assert rules.seen_on <= rules.valid_from + timedelta(days=1)
