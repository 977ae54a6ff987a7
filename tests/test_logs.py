"""The server's log: one JSON object a line, and nobody's name in it whatever is sent."""

import json
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
import requests
import sqlalchemy as sa

from sync.protocol import (
    BUNDLE_PATH,
    CONTACT_PATH,
    ENROL_PATH,
    Contact,
    compress,
)
from sync.server import ledger, logs
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from tests.booth import Booth, Line, body_of, check
from tests.centre import RunningCentre, serving, set_up

NAME = "YUSSUPOVA-ТАЙНАЯ"
NUMBER = "AX7731902"
SECRETS = (NAME, NUMBER, "YUSSUPOVA", "ТАЙНАЯ", NAME.lower())


@pytest.fixture
def line(running_centre: RunningCentre) -> Line:
    line = Line(Booth(running_centre.provisioning()), running_centre.url)
    line.enrol()
    line.booth.write(check(NAME), check(NUMBER))
    return line


def lines(centre: RunningCentre) -> list[dict[str, object]]:
    """Every line the server wrote; each has to be JSON."""
    return [json.loads(each) for each in centre.log.splitlines()]


def of(centre: RunningCentre, event: str) -> dict[str, object]:
    """The last line of an event."""
    return [line for line in lines(centre) if line["event"] == event][-1]


def test_a_contact_is_one_line_with_its_workstation_and_verdict(
    running_centre: RunningCentre, line: Line
) -> None:
    outgoing = line.booth.signed(line.booth.contact())
    answer = line.post(CONTACT_PATH, outgoing.body)

    said = of(running_centre, "contact")
    assert said.pop("time")
    assert isinstance(said.pop("milliseconds"), int)
    assert running_centre.process is not None
    assert said == {
        "level": "info",
        "event": "contact",
        "workstation": line.booth.id,
        "entries": 2,
        "verdict": "held",
        "status": 200,
        "bytes": len(outgoing.body),
        "bytes_back": len(answer.content),
        "process": running_centre.process.pid,
    }


def test_a_repeated_reply_and_a_bundle_are_told_as_such(
    running_centre: RunningCentre, line: Line
) -> None:
    outgoing = line.booth.signed(line.booth.contact())
    line.post(CONTACT_PATH, outgoing.body)
    line.post(CONTACT_PATH, outgoing.body)
    line.deliver(line.booth.bundle())

    assert of(running_centre, "contact")["verdict"] == "repeated"
    bundle = of(running_centre, "bundle")
    assert (bundle["workstation"], bundle["entries"], bundle["verdict"]) == (
        line.booth.id,
        2,
        "held",
    )


def test_nobody_can_write_his_name_into_the_log(running_centre: RunningCentre, line: Line) -> None:
    for path, body in hostile(line.booth):
        answer = line.post(path, body)
        assert answer.status_code in (200, 400, 401, 410, 413)
    url = running_centre.url
    requests.post(url + f"/v1/{NAME}", data=NAME.encode(), timeout=30)
    requests.get(url + f"/v1/reference/{NAME}", params={"q": NAME}, timeout=30)
    requests.get(
        url, headers={"x-name": NUMBER, "cookie": f"checkpoint-reader={NUMBER}"}, timeout=30
    )
    form = {"name": NAME, "passphrase": NUMBER + NAME}
    assert requests.post(url + "/sign-in", data=form, timeout=30).status_code == 401
    raw(url, f"GET /{NUMBER} HTTP/9.9\r\n{NUMBER}\r\n\r\n".encode())
    raw(url, NAME.encode() * 2_000)

    assert lines(running_centre)
    assert told(running_centre.log) == []


def test_a_fault_of_the_database_names_nobody(running_centre: RunningCentre, line: Line) -> None:
    refusing = ledger.entry.to_metadata(sa.MetaData())
    refusing.append_constraint(sa.CheckConstraint("position < 0"))
    with (
        closing(Ledger(CentreFolder(running_centre.folder).database)) as book,
        book.writing() as connection,
    ):
        ledger.entry.drop(connection)
        refusing.create(connection)

    answer = line.post(CONTACT_PATH, line.booth.signed(line.booth.contact()).body)

    assert (answer.status_code, answer.text) == (500, "a fault of the server, which is in its log")
    fault = of(running_centre, "fault")
    assert fault["error"] in ("IntegrityError", "CheckViolation")
    assert any("journals.py" in str(place) for place in msgspec.convert(fault["place"], list[str]))
    assert told(running_centre.log) == []


def test_only_faults_are_told_where_that_is_wanted(tmp_path: Path) -> None:
    centre = set_up(tmp_path / "centre")
    centre.wishes = ["--log", "faults"]
    with serving(centre):
        line = Line(Booth(centre.provisioning()), centre.url)
        line.enrol()
        line.send(line.booth.contact())
        assert centre.log == ""

        line.post(CONTACT_PATH, b"x")
        assert [each["status"] for each in lines(centre)] == [400]


@pytest.mark.parametrize("name", ["asyncio", "sqlalchemy.pool", "uvicorn.error", "py.warnings"])
def test_what_a_library_has_to_say_is_told_without_its_values(name: str) -> None:
    record = logging.getLogger(name).makeRecord(
        name, logging.ERROR, "somewhere.py", 1, "the row %s is wrong", (NAME,), None
    )

    assert told(logs.Lines().format(record)) == []


def test_an_error_is_told_by_its_kind_and_place(request: pytest.FixtureRequest) -> None:
    try:
        raise ValueError(NAME)
    except ValueError as error:
        record = logging.getLogger("asyncio").makeRecord(
            "asyncio", logging.ERROR, "x.py", 1, NAME, (), (ValueError, error, error.__traceback__)
        )

    line = json.loads(logs.Lines().format(record))

    assert line["error"] == "ValueError"
    assert line["place"][0].endswith(request.node.originalname)
    assert told(json.dumps(line)) == []


def told(text: str) -> list[str]:
    """The secrets that stand in it, also as JSON or Python would escape them."""
    escaped = {
        secret: (secret, json.dumps(secret)[1:-1], repr(secret.encode())[2:-1])
        for secret in SECRETS
    }
    return [secret for secret, forms in escaped.items() if any(form in text for form in forms)]


def hostile(booth: Booth) -> Iterator[tuple[str, bytes]]:
    """Requests that bear the name where none is expected, signed and unsigned."""
    for path in (CONTACT_PATH, ENROL_PATH, BUNDLE_PATH):
        yield path, NAME.encode()
        yield path, compress(NAME.encode())
        yield path, compress(msgspec.msgpack.encode({"payload": NAME, NAME: NUMBER}))
    yield CONTACT_PATH, booth.signed(booth.contact(workstation=NAME)).body
    yield CONTACT_PATH, booth.signed(booth.contact(deployment=NAME)).body
    yield CONTACT_PATH, booth.signed(booth.contact(client=NAME, clock=NAME)).body
    yield CONTACT_PATH, booth.signed(booth.contact(have={NAME: 7})).body
    yield ENROL_PATH, booth.enrol_request(name=NAME, deployment=NAME).body
    yield ENROL_PATH, booth.enrol_request(name=NAME, client=NUMBER).body
    odd = body_of(check(NAME)).replace(b'"kind":"check"', f'"kind":"{NUMBER}"'.encode())
    booth.write_body(odd)
    booth.write_body(NAME.encode())
    yield CONTACT_PATH, booth.signed(booth.contact(counter=booth.counter + 9)).body
    altered: Contact = booth.contact(counter=booth.counter + 10)
    yield CONTACT_PATH, booth.signed(msgspec.structs.replace(altered, head=os.urandom(32))).body


def raw(url: str, sent: bytes) -> None:
    """Bytes that may be no HTTP at all; the answer is not looked at."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port or 0), timeout=30) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass
