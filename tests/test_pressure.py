"""The centre asks workstations to come less often while it is crowded, or while the staff wish."""

from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from sync.protocol import (
    CONTACT_PATH,
    CONTENT_TYPE,
    MOST_RETRY_SECONDS,
    ContactReply,
    Verdict,
)
from sync.server.keys import CentreFolder
from sync.server.pressure import CROWD, EACH_SECONDS, Pressure
from tests.booth import Booth, Line, check
from tests.centre import RunningCentre, serving, set_up


def crowded(pressure: Pressure, count: int) -> int:
    with ExitStack() as stack:
        for _ in range(count):
            stack.enter_context(pressure.one_more())
        return pressure.retry_after()


def test_a_few_at_once_are_not_asked_to_wait(tmp_path: Path) -> None:
    assert crowded(Pressure(tmp_path / "calm.json"), CROWD) == 0


def test_a_crowd_is_asked_to_come_ten_a_second(tmp_path: Path) -> None:
    pressure = Pressure(tmp_path / "calm.json")

    assert crowded(pressure, 300) == 30
    assert pressure.retry_after() == 0


def test_nobody_is_asked_for_longer_than_is_heeded(tmp_path: Path) -> None:
    assert crowded(Pressure(tmp_path / "calm.json"), 50_000) == MOST_RETRY_SECONDS


def test_the_staffs_wish_goes_with_every_reply_and_ends(tmp_path: Path) -> None:
    with serving(set_up(tmp_path / "centre")) as centre:
        said = centre.run("calm", "--seconds", "300", "--hours", "1")
        line = Line(Booth(centre.provisioning()), centre.url)
        line.enrol()

        reply = line.send(line.booth.contact())

        assert "every 300 s" in said
        assert reply.retry_after == 300
        centre.run("calm", "--off")
        assert Pressure(CentreFolder(centre.folder).calm).retry_after() == 0


def test_who_comes_in_a_crowd_is_asked_to_come_later(tmp_path: Path) -> None:
    with serving(set_up(tmp_path / "centre")) as centre, ExitStack() as opened:
        line = Line(Booth(centre.provisioning()), centre.url)
        line.enrol()
        line.booth.write(check())
        asked = [line.booth.signed(line.booth.contact()) for _ in range(5 * CROWD)]
        address = centre.url.removeprefix("http://")
        connections = [opened.enter_context(closing(HTTPConnection(address))) for _ in asked]
        for connection in connections:
            connection.connect()

        for outgoing, connection in zip(asked, connections, strict=True):
            headers = {"Content-Type": CONTENT_TYPE}
            connection.request("POST", CONTACT_PATH, outgoing.body, headers)
        bodies = [connection.getresponse().read() for connection in connections]

        replies = [
            line.booth.read(outgoing, body, ContactReply)
            for outgoing, body in zip(asked, bodies, strict=True)
        ]
        assert [reply.verdict for reply in replies].count(Verdict.HELD) == 1
        assert {reply.held for reply in replies} == {1}
        assert max(reply.retry_after for reply in replies) > CROWD * EACH_SECONDS
        assert min(reply.retry_after for reply in replies) == 0
        assert line.ask(line.booth.contact(held=1, counter=99)).retry_after == 0


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (["--seconds", "0"], "--seconds N, from 1 to"),
        (["--seconds", "86400"], "--seconds N, from 1 to"),
        ([], "--seconds N, from 1 to"),
        (["--seconds", "60", "--hours", "1000"], "--hours N, 48 at most"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_in_a_sentence(
    tmp_path: Path, wish: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    centre: RunningCentre = set_up(tmp_path / "centre")

    with pytest.raises(AssertionError):
        centre.run("calm", *wish)

    assert words in capsys.readouterr().err


def test_a_damaged_wish_keeps_nobody_away(tmp_path: Path) -> None:
    (tmp_path / "calm.json").write_text("{")

    assert Pressure(tmp_path / "calm.json").retry_after() == 0
