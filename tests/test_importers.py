"""Published lists, from the publishers' files to alerts."""

import json
from base64 import b64encode
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist import (
    Alert,
    AlertAction,
    AlertCategory,
    Caution,
    Skipped,
    Visibility,
    jsonl,
    ofac,
    un,
)
from checkpoint_client.watchlist.alerts import UnreadableList
from checkpoint_client.watchlist.published import code_of, number_in, years_between

INVENTED = Path(__file__).parent / "data" / "watchlist"
JPEG = b"\xff\xd8\xff\xe0"


def alerts_of(items: list[Alert | Skipped]) -> dict[str, Alert]:
    return {item.id: item for item in items if isinstance(item, Alert)}


def reasons_of(items: list[Alert | Skipped]) -> Counter[str]:
    return Counter(item.reason for item in items if isinstance(item, Skipped))


def test_a_person_of_ofac_brings_all_that_the_remarks_say() -> None:
    alert = alerts_of(list(ofac.read(INVENTED / "ofac")))["102"]

    assert alert.names == (
        "ORZUBEKOV, Dilshodbek",
        "ORZUBEKOFF, Dilschodbek",
        "ORZUBEK, Dilshod",
        "THE FERRYMAN",
    )
    assert alert.birth_dates == (PartialDate(1984, 3, 5), PartialDate(1983))
    assert alert.sex is Sex.MALE
    assert alert.nationalities == ("UZB", "PRK")
    assert alert.documents == (("EGY", "92/664"), ("", "KZ 1234567"))
    assert alert.national_numbers == ("523-33-8386",)
    assert alert.legal_reference == "UTO, UTO2"
    assert alert.reason == "Head of the invented league"


def test_vague_birth_dates_of_ofac_stay_vague() -> None:
    born = {id: a.birth_dates for id, a in alerts_of(list(ofac.read(INVENTED / "ofac"))).items()}

    assert born["104"] == (PartialDate(1950),)
    assert born["105"] == (PartialDate(1960), PartialDate(1961), PartialDate(1962))
    assert born["106"] == ()
    assert born["109"] == (PartialDate(1971, 6),)


def test_what_is_no_person_of_ofac_is_skipped_with_its_reason() -> None:
    reasons = reasons_of(list(ofac.read(INVENTED / "ofac")))

    assert reasons == {
        "not a person: entity": 1,
        "not a person: vessel": 1,
        "not a person: aircraft": 1,
        "sdn.csv: 4 fields, not 12": 1,
        "alt.csv: 2 fields, not 5": 1,
    }


def test_a_bad_line_of_ofac_is_named_by_its_number() -> None:
    [skipped] = [
        item
        for item in ofac.read(INVENTED / "ofac")
        if isinstance(item, Skipped) and item.reason.startswith("sdn.csv")
    ]

    assert skipped.line == 7


def test_a_person_of_the_security_council_brings_names_in_all_scripts() -> None:
    alert = alerts_of(list(un.read(INVENTED / "un.xml")))["7001"]

    assert alert.names == (
        "ANVAR TESTBERDIEV",
        "Анвар Тестбердиев",
        "Anwar Testberdyew",
        "Abu Test",
    )
    assert alert.birth_dates == (
        PartialDate(1971, 4, 30),
        PartialDate(1968),
        PartialDate(1969),
        PartialDate(1975),
    )
    assert alert.nationalities == ("COD", "IRN")
    assert alert.documents == (("D", "D00000898"),)
    assert alert.national_numbers == ("1-78-09-44621-80",)
    assert alert.legal_reference == "UTi.001"
    assert alert.reason == "An invented person."


def test_organizations_and_the_nameless_are_skipped_with_their_line() -> None:
    skipped = [item for item in un.read(INVENTED / "un.xml") if isinstance(item, Skipped)]

    assert skipped == [
        Skipped(line=49, reason="no number or no name"),
        Skipped(line=55, reason="not a person: entity"),
    ]


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_a_list_that_declares_entities_is_refused(tmp_path: Path, prolog: str) -> None:
    file = tmp_path / "list.xml"
    file.write_text(f"<?xml version='1.0'?>{prolog}<CONSOLIDATED_LIST/>")

    with pytest.raises(UnreadableList, match="declares a document type"):
        list(un.read(file))


@pytest.mark.parametrize("kept", [200, 1_500, 1_900])
def test_a_list_that_was_cut_off_is_refused(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "list.xml"
    file.write_bytes((INVENTED / "un.xml").read_bytes()[:kept])

    with pytest.raises(UnreadableList, match="cut off"):
        list(un.read(file))


def test_a_list_nested_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.xml"
    file.write_text("<INDIVIDUAL>" * 100_000)

    with pytest.raises(UnreadableList, match="nested deeper"):
        list(un.read(file))


def test_our_own_lines_are_taken_and_the_bad_ones_counted() -> None:
    items = list(jsonl.read(INVENTED / "own.jsonl"))

    assert list(alerts_of(items)) == ["N-1", "N-2"]
    assert [item.line for item in items if isinstance(item, Skipped)] == [4, 5, 6, 7, 8]


def test_a_misspelt_member_is_named() -> None:
    [reason] = [r for r in reasons_of(list(jsonl.read(INVENTED / "own.jsonl"))) if "member" in r]

    assert reason == "unknown member 'nmaes'"


def test_an_alert_of_our_own_keeps_every_member() -> None:
    alert = alerts_of(list(jsonl.read(INVENTED / "own.jsonl")))["N-1"]

    assert alert.category is AlertCategory.ARREST
    assert alert.cautions == (Caution.ARMED,)
    assert alert.documents == (("UZB", "AA1234567"),)
    assert str(alert.valid_until) == "2027-12-31"
    assert alert.visibility is Visibility.FIRST_LINE


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ALERTS = st.builds(
    Alert,
    id=TEXT.filter(bool),
    list_id=TEXT.filter(bool),
    category=st.sampled_from(AlertCategory),
    action=st.sampled_from(AlertAction),
    cautions=st.lists(st.sampled_from(Caution), max_size=3).map(tuple),
    visibility=st.sampled_from(Visibility),
    names=st.lists(TEXT, max_size=4).map(tuple),
    birth_dates=st.lists(st.dates().map(PartialDate.of), max_size=2).map(tuple),
    sex=st.sampled_from(Sex),
    documents=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    valid_until=st.none() | st.dates(),
    photo=st.binary(max_size=20).map(lambda rest: JPEG + rest) | st.just(b""),
)


@given(st.lists(ALERTS, max_size=4))
def test_what_is_written_as_lines_is_read_back(alerts: list[Alert]) -> None:
    assert list(jsonl.read_lines(jsonl.write(alerts).splitlines())) == alerts


@pytest.mark.parametrize(
    ("photo", "is_taken"),
    [
        (JPEG + bytes(100), True),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), True),
        (JPEG + bytes(24 * 1024 - len(JPEG)), True),
        (JPEG + bytes(24 * 1024), False),
        (b"GIF89a" + bytes(100), False),
    ],
    ids=["jpeg", "png", "largest", "too large", "another format"],
)
def test_a_photograph_is_a_small_jpeg_or_png(photo: bytes, is_taken: bool) -> None:
    line = {"id": "P-1", "list_id": "UTO", "category": "ARREST", "action": "DETAIN"}
    line["photo"] = b64encode(photo).decode()

    [item] = jsonl.read_lines([json.dumps(line).encode()])

    if is_taken:
        assert isinstance(item, Alert)
        assert item.photo == photo
        return
    assert isinstance(item, Skipped)
    assert "photo" in item.reason


@given(st.binary(max_size=200))
def test_no_line_breaks_the_reader(line: bytes) -> None:
    for item in jsonl.read_lines([line]):
        assert isinstance(item, Alert | Skipped)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Korea, North", "PRK"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("The Gambia", "GMB"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Germany", "D"),
        ("Côte d'Ivoire", "CIV"),
        ("former Soviet Union", ""),
        ("", ""),
    ],
)
def test_states_are_known_by_the_names_publishers_give_them(name: str, code: str) -> None:
    assert code_of(name) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Libyan passport No. 513519", "513519"),
        ("Congo service passport number SA0020249", "SA0020249"),
        ("B/002210", "B/002210"),
        ("06FBO2262", "06FBO2262"),
        ("265 216 expires 18 Mar 2019", "265 216"),
        ("issued in Sarajevo", ""),
    ],
)
def test_a_number_is_found_among_words(text: str, number: str) -> None:
    assert number_in(text) == number


def test_a_span_of_years_that_tells_nothing_gives_no_birth_date() -> None:
    assert years_between(1940, 1990) == []
    assert years_between(1990, 1940) == []
    assert years_between(1970, 1971) == [PartialDate(1970), PartialDate(1971)]


def test_the_whole_list_of_ofac_is_taken(shared: Path) -> None:
    items = list(ofac.read(shared / "watchlist" / "ofac"))

    assert len(alerts_of(items)) == 4_620
    assert reasons_of(items) == {
        "not a person: entity": 3_673,
        "not a person: vessel": 406,
        "not a person: aircraft": 277,
    }


def test_the_whole_list_of_the_security_council_is_taken(shared: Path) -> None:
    items = list(un.read(shared / "watchlist" / "un" / "UN_consolidated.xml"))

    assert len(alerts_of(items)) == 730
    assert reasons_of(items) == {"not a person: entity": 273}
