"""`checkpoint-admin mrz`, run as the IT staff runs it."""

import json
import subprocess
import sys
from typing import Any

import pytest

PASSPORT = (
    b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"
)
VISA = b"V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<\n"
CARD = (
    b"I<UTOD231458907<<<<<<<<<<<<<<<\n"
    b"74<<<<8<1204159UTO<<<<<<<<<<<8\n"
    b"ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n"
)


def run(given: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sync.admin.main", "mrz", *options],
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
    )


def printed(given: bytes, *options: str) -> list[dict[str, Any]]:
    done = run(given, *options)

    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.decode("ascii").splitlines()]


def test_a_document_is_one_object_with_everything_in_it() -> None:
    [found] = printed(PASSPORT)

    assert found == {
        "format": "TD3",
        "document_code": "P",
        "issuing_state": "UTO",
        "number": "L898902C3",
        "nationality": "UTO",
        "birth_date": "1974-08-12",
        "expiry_date": "2012-04-15",
        "sex": "F",
        "primary_identifier": "ERIKSSON",
        "secondary_identifier": "ANNA MARIA",
        "name_truncated": False,
        "optional": ["ZE184226B"],
        "check_digits": {
            "number": True,
            "birth_date": True,
            "expiry_date": True,
            "optional": True,
            "composite": True,
        },
        "valid": True,
        "problems": [],
    }


def test_blank_lines_part_the_documents() -> None:
    found = printed(b"\n\n" + PASSPORT + b"\n  \t\n\n" + VISA + b"\n" + CARD)

    assert [each["format"] for each in found] == ["TD3", "MRV-B", "TD1"]


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\r\r\n"])
def test_the_line_ends_of_every_system_are_taken(end: bytes) -> None:
    found = printed((PASSPORT + b"\n" + VISA).replace(b"\n", end))

    assert [each["valid"] for each in found] == [True, True]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_that_windows_has_marked_is_read(encoding: str) -> None:
    [found] = printed(PASSPORT.decode().encode(encoding))

    assert found["valid"]


def test_what_a_document_has_not_is_null() -> None:
    card, visa = printed(CARD + b"\n" + VISA)

    assert (card["birth_date"], card["sex"], card["optional"]) == ("1974", "X", [])
    assert visa["check_digits"] == {
        "number": True,
        "birth_date": True,
        "expiry_date": True,
        "optional": None,
        "composite": None,
    }


def test_what_is_no_zone_is_an_object_that_says_why() -> None:
    found = printed(b"hello\n\n" + PASSPORT + b"\n\xff\xfeA\n")

    assert [each["format"] for each in found] == [None, "TD3", None]
    assert found[0].keys() == found[1].keys()
    assert found[0]["valid"] is False
    assert found[0]["optional"] == []
    assert set(found[0]["check_digits"].values()) == {None}
    assert [problem["code"] for problem in found[0]["problems"]] == ["not-an-mrz"]


def test_a_wrong_check_digit_is_false_and_has_a_problem() -> None:
    [found] = printed(PASSPORT.replace(b"L898902C36", b"L898902C37"))

    assert found["valid"] is False
    assert found["check_digits"]["number"] is False
    assert {(each["field"], each["code"]) for each in found["problems"]} == {
        ("number", "check-digit"),
        ("composite", "check-digit"),
    }


def test_the_century_is_that_of_the_given_day() -> None:
    [found] = printed(PASSPORT, "--today", "2080-01-01")

    assert (found["birth_date"], found["expiry_date"]) == ("2074-08-12", "2112-04-15")


def test_nothing_on_standard_input_is_said() -> None:
    done = run(b"\n \n")

    assert (done.returncode, done.stdout) == (0, b"")
    assert b"No document came in" in done.stderr
