"""`checkpoint-admin screen`, run as the IT staff runs it."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from checkpoint_client.watchlist import Reason, weigh
from sync.admin.reasons import SENTENCES, sentence
from sync.admin.screen import parts_of

TABLE = (
    "id\tkind\tnationality\tsex\tborn\tdocument\tnames\n"
    "A-1\tx\tUZ\tM\t1984-03-05\tAB1234567\tЮСУПОВ Камол | YUSUPOV, Kamol\n"
    "A-2\tx\tGermany\tF\t1970\t\tSCHNEIDER, Adelheid\n"
)
TRAVELLERS = (
    "class\ttarget_id\tname\tborn\tnationality\tsex\tdocument\n"
    "x\tA-1\tYUSSUPOV KAMOL\t1984-05-03\tUZB\tM\t\n"
    "x\t\tKIPCHOGE ELIUD\t1984-11-05\tKEN\tM\t\n"
    "x\tA-1\tKIPCHOGE ELIUD\t\t\t\tab 1234567\n"
)
JSON_LINE = (
    '{"id":"J-1","list_id":"OWN","category":"ARREST","action":"DETAIN",'
    '"names":["YUSUPOV, Kamol"],"birth_dates":["1984-03-05"]}\n'
)
SDN = (
    '1,"YUSUPOV, Kamol","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 05 Mar 1984; nationality Uzbekistan."\n'
)
UN = (
    "<?xml version='1.0'?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>7</DATAID>"
    "<FIRST_NAME>Kamol</FIRST_NAME><SECOND_NAME>Yusupov</SECOND_NAME>"
    "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1984-03-05</DATE>"
    "</INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"
)


def run(folder: Path, listed: str, travellers: str, *options: str) -> Any:
    (folder / "travellers.tsv").write_text(travellers, encoding="utf-8")
    return subprocess.run(
        [
            *(sys.executable, "-m", "sync.admin.main", "screen"),
            *("--list", str(folder / listed), "--travellers", str(folder / "travellers.tsv")),
            *options,
        ],
        capture_output=True,
        check=False,
        timeout=60,
    )


def answers(folder: Path, listed: str, travellers: str, *options: str) -> list[dict[str, Any]]:
    done = run(folder, listed, travellers, *options)

    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_one_object_a_traveller_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text(TABLE, encoding="utf-8")

    found = answers(tmp_path, "list.tsv", TRAVELLERS)

    assert [each["row"] for each in found] == [1, 2, 3]
    assert [[hit["alert"] for hit in each["hits"]] for each in found] == [["A-1"], [], ["A-1"]]
    assert all(each.keys() == {"row", "hits", "ms"} and each["ms"] > 0 for each in found)


def test_reasons_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text(TABLE, encoding="utf-8")

    [hit] = answers(tmp_path, "list.tsv", TRAVELLERS)[0]["hits"]

    assert hit["level"] == "strong"
    assert "name YUSSUPOV is a spelling of ЮСУПОВ" in hit["reasons"]
    assert "born 1984-05-03, alert says 1984-03-05: day and month swapped" in hit["reasons"]
    assert "the same nationality, UZB" in hit["reasons"]


def test_a_document_alone_is_a_strong_match(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text(TABLE, encoding="utf-8")

    [hit] = answers(tmp_path, "list.tsv", TRAVELLERS)[2]["hits"]

    assert hit["level"] == "strong"
    assert "document ab 1234567 is in the alert" in hit["reasons"]


@pytest.mark.parametrize(
    ("name", "content", "alert"),
    [
        ("list.tsv.gz", gzip.compress(TABLE.encode()), "A-1"),
        ("list.jsonl", JSON_LINE.encode(), "J-1"),
        ("list.gz", gzip.compress(JSON_LINE.encode()), "J-1"),
        ("list.xml", UN.encode(), "7"),
        ("sdn.csv", SDN.encode(), "1"),
        (".", SDN.encode(), "1"),
    ],
)
def test_every_published_form_is_told_by_itself(
    tmp_path: Path, name: str, content: bytes, alert: str
) -> None:
    (tmp_path / ("sdn.csv" if name == "." else name)).write_bytes(content)
    (tmp_path / "alt.csv").touch()

    found = answers(tmp_path, name, "name\tborn\nYUSUPOV<<KAMOL\t1984-03-05\n")

    assert [hit["alert"] for hit in found[0]["hits"]] == [alert]


def test_progress_and_summary_go_to_standard_error(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text(TABLE + "A-3\t\t\t\t\t\t\n", encoding="utf-8")

    told = run(tmp_path, "list.tsv", TRAVELLERS).stderr.decode()

    assert "2 alerts taken" in told
    assert "1 lines skipped: no id or no name" in told
    assert re.search(r"3 travellers: 2 \(66\.67%\) with a strong match, 0 ", told)


def test_a_birth_date_that_is_none_loses_no_traveller(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text(TABLE, encoding="utf-8")

    done = run(tmp_path, "list.tsv", "name\tborn\nYUSUPOV KAMOL\t31.31.1984\n")

    assert json.loads(done.stdout)["row"] == 1
    assert b"1 birth dates could not be read" in done.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is none of the lists we know"),
        ("hello", "is none of the lists we know"),
        ("id\tborn\n1\t1984\n", "names no column 'names'"),
        ('{"id": 1}\n', "holds no alert"),
        ("<a>", "cut off or damaged"),
        (TABLE + TABLE.splitlines()[1], "names one alert twice"),
    ],
)
def test_what_is_no_list_is_one_sentence(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "list").write_text(content, encoding="utf-8")

    done = run(tmp_path, "list", TRAVELLERS)

    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, "nowhere.tsv", TRAVELLERS)

    assert done.returncode == 2
    assert b"nowhere.tsv cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("YUSUPOV<<KAMOL<ALI", ("YUSUPOV", "KAMOL ALI")),
        ("YUSUPOV<ZADE<<KAMOL<<<<<", ("YUSUPOV ZADE", "KAMOL")),
        ("Yusupov, Kamol", ("Yusupov", "Kamol")),
        ("YUSUPOV<KAMOL", ("YUSUPOV KAMOL", "")),
        ("YUSUPOV<<<<<<", ("YUSUPOV", "")),
        ("Yusupov,", ("Yusupov,", "")),
        ("Камол Юсупов", ("Камол Юсупов", "")),
    ],
)
def test_surname_and_given_names_are_parted_where_the_name_says_so(
    name: str, parts: tuple[str, str]
) -> None:
    assert parts_of(name) == parts


def test_every_reason_has_a_sentence() -> None:
    listed = re.findall(r"^    ([a-z]+(?:-[a-z]+)*)(?:  |$)", weigh.__doc__ or "", re.MULTILINE)

    assert set(listed) == set(SENTENCES)


def test_one_namesake_is_one() -> None:
    assert sentence(Reason("namesakes", {"count": "1"})) == "1 other alert carries this name"
