"""The codes of States and of what is treated like one."""

import re
from importlib.resources import files

import pytest

from checkpoint_client.documents.states import (
    StateKind,
    is_known,
    is_specimen,
    name_of,
    states,
)


def codes(kind: StateKind) -> set[str]:
    return {state.code for state in states().values() if state.kind == kind}


def test_there_are_as_many_iso_codes_as_two_letter_codes_in_the_time_zone_data() -> None:
    table = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    known = [line for line in table.splitlines() if not line.startswith("#")]

    assert len(codes(StateKind.STATE)) == len(known) == 249


def test_every_code_is_three_letters_but_germanys() -> None:
    assert {code for code in states() if not re.fullmatch("[A-Z]{3}", code)} == {"D"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (StateKind.OTHER_STATE, "D RKS"),
        (StateKind.NATIONALITY, "GBD GBN GBO GBP GBS"),
        (StateKind.ORGANIZATION, "EUE UNO UNA UNK XBA XIM XCC XCE XCO XEC XPO XES XMP XOM XDC"),
        (StateKind.PERSON, "XXA XXB XXC XXX"),
        (StateKind.DEPRECATED, "ANT NTZ"),
        (StateKind.SPECIMEN, "UTO"),
        (StateKind.SIGNER, "IAO"),
    ],
)
def test_the_special_codes_are_those_of_doc_9303(kind: StateKind, expected: str) -> None:
    assert codes(kind) == set(expected.split())


@pytest.mark.parametrize("code", ["KAZ", "KGZ", "TJK", "TKM", "UZB", "D", "SSD", "MNE", "XXB"])
def test_a_code_in_use_is_known(code: str) -> None:
    assert is_known(code)


@pytest.mark.parametrize("code", ["", "ROM", "ZAR", "TMP", "YUG", "SUN", "DDR", "ZZZ", "kaz"])
def test_a_historical_or_invented_code_is_not(code: str) -> None:
    assert not is_known(code)


def test_names_are_english_and_an_unknown_code_names_itself() -> None:
    assert (name_of("KGZ"), name_of("CIV"), name_of("ZZZ")) == (
        "Kyrgyzstan",
        "Côte d'Ivoire",
        "ZZZ",
    )


def test_only_utopia_is_a_specimen() -> None:
    assert [code for code in states() if is_specimen(code)] == ["UTO"]
    assert not is_specimen("ZZZ")
