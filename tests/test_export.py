"""Records and figures for headquarters: who got them and why is kept; figures name nobody."""

import csv
import json
import os
from contextlib import closing
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from checkpoint_client.journal import chain
from checkpoint_client.records import KINDS
from sync.server import ledger, projection
from sync.server.exporting import columns
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.main import main
from tests.booth import Booth, Line, body_of, check
from tests.centre import RunningCentre

FOR = ("--for", "Migration service", "--reason", "Statistics law, article 5")


@pytest.fixture
def line(shared_centre: RunningCentre) -> Line:
    """A workstation of a post of its own that has sent three checks."""
    post = f"P{os.urandom(4).hex().upper()}"
    line = Line(Booth(shared_centre.provisioning(post, post)), shared_centre.url)
    line.enrol()
    line.booth.write(check("ИВАНОВА"), check("=HYPERLINK"), check("THREE"))
    line.booth.write_body(body_of(check("DEAD CLOCK")).replace(b'"kind":"check"', b'"kind":"song"'))
    line.send(line.booth.contact())
    return line


def post_of(line: Line) -> str:
    return line.booth.id.rpartition("-")[0]


def test_records_are_written_as_lines_of_json(shared_centre: RunningCentre, line: Line) -> None:
    written = shared_centre.run("export", *FOR, "--post", post_of(line), "--kind", "check")

    records = [json.loads(each) for each in written.splitlines()]
    assert [each["position"] for each in records] == [1, 2, 3]
    assert records[0]["record"]["person"]["primary_identifier"] == "ИВАНОВА"
    assert records[0]["happened_at"] == "2026-11-23T12:00:00+00:00"


def test_a_table_has_a_column_for_every_field_and_no_formulas(
    shared_centre: RunningCentre, line: Line
) -> None:
    written = shared_centre.run(
        "export", *FOR, "--post", post_of(line), "--kind", "check", "--format", "csv"
    )

    rows = list(csv.DictReader(StringIO(written)))
    assert [row["person.primary_identifier"] for row in rows] == ["ИВАНОВА", "'=HYPERLINK", "THREE"]
    assert rows[0]["decision"] == "ADMITTED"
    assert {"documents", "vehicle", "person.birth_date", "officer"} <= set(rows[0])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written_as_a_table(kind: str) -> None:
    assert len(columns(kind)) == len(set(columns(kind))) > 0


def test_days_are_those_of_the_post(shared_centre: RunningCentre, line: Line) -> None:
    def count(first: str, last: str) -> int:
        days = ("--from", first, "--to", last)
        return len(shared_centre.run("export", *FOR, "--post", post_of(line), *days).splitlines())

    assert count("2026-11-23", "2026-11-23") == 4
    assert count("2026-11-24", "2026-12-31") == 0
    assert count("2026-01-01", "2026-11-22") == 0


def test_a_record_that_came_again_in_a_new_journal_is_exported_and_counted_once(
    shared_centre: RunningCentre, line: Line
) -> None:
    before = line.booth
    anew = replace(before, incarnation=2, journal=[])
    anew.journal.append(chain.again(anew.origin, anew.tip(), before.journal[2], sign=anew.sign))
    anew.write(check("FOUR"))
    Line(anew, line.url).send(anew.contact())

    written = shared_centre.run("export", *FOR, "--post", post_of(line), "--kind", "check")
    said = [
        json.loads(each)["record"]["person"]["primary_identifier"] for each in written.splitlines()
    ]
    assert said == ["ИВАНОВА", "=HYPERLINK", "THREE", "FOUR"]
    with closing(Ledger(CentreFolder(shared_centre.folder).database)) as book:
        projection.catch_up(book)
        with book.reading() as connection:
            counted = connection.execute(
                sa.select(ledger.volume.c.what, ledger.volume.c.count).where(
                    ledger.volume.c.workstation == anew.id
                )
            ).all()
    assert [tuple(each) for each in counted] == [("ADMITTED", 4)]


def test_what_could_not_be_read_is_written_and_counted(
    shared_centre: RunningCentre, line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    line.booth.write_body(b"no record at all")
    line.send(line.booth.contact(held=4))

    written = shared_centre.run("export", *FOR, "--post", post_of(line))

    assert len(written.splitlines()) == 5
    assert "5 records written, 1 of them could not be read" in capsys.readouterr().err


def test_an_export_is_kept_with_its_reason(shared_centre: RunningCentre, line: Line) -> None:
    shared_centre.run("export", *FOR, "--post", post_of(line), "--kind", "check")

    past = shared_centre.run("export", "--past").splitlines()

    assert past[-1].endswith(
        f"Migration service: kind=check post={post_of(line)}, 3 records (Statistics law, article 5)"
    )


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ([], "--for WHO --reason TEXT"),
        ([*FOR, "--kind", "song"], "There is no kind 'song'"),
        ([*FOR, "--format", "csv"], "--kind"),
    ],
)
def test_what_is_missing_is_said(
    shared_centre: RunningCentre,
    wishes: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["export", "--data", str(shared_centre.folder), *wishes]) == 2
    assert sentence in capsys.readouterr().err


def test_a_file_is_whole_or_not_there(
    shared_centre: RunningCentre, line: Line, tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"

    shared_centre.run("export", *FOR, "--post", post_of(line), "--out", str(target))

    assert len(target.read_text().splitlines()) == 4
    assert target.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["out.jsonl"]


def test_figures_are_there_for_monitoring_and_name_nobody(
    shared_centre: RunningCentre, line: Line
) -> None:
    answer = requests.get(shared_centre.url + "/metrics", timeout=10)

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    figures = dict(
        each.rsplit(" ", 1) for each in answer.text.splitlines() if not each.startswith("#")
    )
    assert figures[f'checkpoint_workstations{{post="{post_of(line)}"}}'] == "1"
    assert int(figures["checkpoint_entries_held"]) >= 4
    assert shared_centre.process is not None
    contacts = f'path="/v1/contact",status="200",process="{shared_centre.process.pid}"'
    assert int(figures[f"checkpoint_requests_total{{{contacts}}}"]) >= 1
    assert "ИВАНОВА" not in answer.text


def test_health_says_whether_the_database_answers(shared_centre: RunningCentre) -> None:
    assert requests.get(shared_centre.url + "/v1/health", timeout=10).text == "ok"
