"""The duty page of headquarters: closed to strangers, true to the ledger, fetching nothing."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from checkpoint_client.records import Hit
from checkpoint_client.records.codes import HitOrigin
from checkpoint_client.vault import Kdf
from sync.server import projection
from sync.server.command import Refused
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.main import main
from sync.server.readers import SESSION, TRIES, Paused, Readers, Throttle
from tests.booth import NOON, Booth, Line, body_of, check
from tests.centre import RunningCentre, serving, set_up
from tests.post import SetClock

CHEAP = Kdf(memory_kib=19 * 1024, iterations=2, lanes=1)
NAME, PASSPHRASE = "Night desk <b>", "yellow lorry, cold tea"


@dataclass
class Browser:
    """A session with the page, as a browser keeps it."""

    url: str
    session: requests.Session

    def page(self) -> requests.Response:
        return self.session.get(self.url, timeout=30)

    def sign_in(self, passphrase: str = PASSPHRASE) -> requests.Response:
        form = {"name": NAME, "passphrase": passphrase}
        return self.session.post(self.url + "/sign-in", data=form, timeout=30)


@pytest.fixture
def centre(tmp_path: Path, new_database: Callable[[], str | None]) -> Iterator[RunningCentre]:
    centre = set_up(tmp_path / "centre", database=new_database())
    Readers(CentreFolder(centre.folder).readers).add(NAME, PASSPHRASE, kdf=CHEAP)
    with serving(centre):
        yield centre


@pytest.fixture
def browser(centre: RunningCentre) -> Iterator[Browser]:
    with requests.Session() as session:
        session.trust_env = False
        yield Browser(centre.url, session)


def a_post_at_work(centre: RunningCentre) -> Booth:
    """A post that has sent checks and a late hit, keeps seven entries, and has a copied disk."""
    line = Line(Booth(centre.provisioning("OSH-01", "Osh <road>")), centre.url)
    line.enrol()
    now = datetime.now(UTC)
    for number in range(5):
        line.booth.write_body(body_of(check(f"TRAVELLER{number}"), at=now))
    line.booth.write_body(body_of(a_late_hit(), at=now))
    clone = line.booth.copy()
    line.send(line.booth.contact(waiting=7))
    Line(clone, centre.url).ask(clone.contact(counter=9, ratchet=b"somebody's other"))
    with closing(Ledger(CentreFolder(centre.folder).database)) as ledger:
        projection.catch_up(ledger)
    return line.booth


def a_late_hit() -> Hit:
    return Hit(
        check_id="c",
        list_id="UT",
        list_version=1,
        alert_id="A-1",
        category="ARREST",
        action="DETAIN",
        visibility="FIRST_LINE",
        match_kind="NAME_DOB",
        level="strong",
        score=9.0,
        name="TRAVELLER, Someone",
        origin=HitOrigin.LATE,
    )


def test_nothing_is_told_before_signing_in(centre: RunningCentre, browser: Browser) -> None:
    a_post_at_work(centre)

    assert "Sign in" in browser.page().text
    assert "OSH-01" not in browser.page().text
    assert browser.sign_in("wrong lorry, cold tea").status_code == 401
    assert "OSH-01" not in browser.page().text


def test_the_page_tells_how_the_posts_are_and_names_no_traveller(
    centre: RunningCentre, browser: Browser
) -> None:
    a_post_at_work(centre)

    page = browser.sign_in()

    assert page.status_code == 200
    told = re.sub(r"<[^>]+>", " ", page.text)
    assert "OSH-01" in told
    assert "Osh &lt;road&gt;" in told
    assert re.search(r"7\s+entries waiting", told)
    assert re.search(r"1\s+late hits", told)
    assert "A second machine speaks as this workstation." in told
    assert "0 min ago" in told
    assert "TRAVELLER" not in page.text
    today = datetime.now(UTC).date()
    assert re.search(rf"{today}\s+5\s+0\s+0", re.sub(r"\s+", " ", told))


def test_the_page_runs_nothing_and_fetches_nothing(centre: RunningCentre, browser: Browser) -> None:
    a_post_at_work(centre)
    page = browser.sign_in()

    assert "<script" not in page.text
    assert not re.search(r'(src|href)="(?!/)', page.text)
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["cache-control"] == "no-store"
    cookie = page.history[0].headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_who_is_removed_is_out_at_the_next_click(centre: RunningCentre, browser: Browser) -> None:
    browser.sign_in()
    assert "Sign out" in browser.page().text

    Readers(CentreFolder(centre.folder).readers).remove(NAME)

    assert "Sign out" not in browser.page().text


def test_signing_out_ends_the_session(browser: Browser) -> None:
    browser.sign_in()

    browser.session.post(browser.url + "/sign-out", timeout=30)

    assert "Sign out" not in browser.page().text


def test_a_forged_or_old_cookie_opens_nothing(tmp_path: Path) -> None:
    readers = Readers(tmp_path / "readers.json")
    readers.add(NAME, PASSPHRASE, kdf=CHEAP)
    cookie = readers.cookie(NAME, until=NOON + SESSION)

    assert readers.reader_of(cookie, now=NOON) == NAME
    assert readers.reader_of(cookie, now=NOON + SESSION) is None
    for forged in ("", "x", cookie[:-4], "A" + cookie[1:], cookie + "AAAA", "ё"):
        assert readers.reader_of(forged, now=NOON) is None


def test_guessing_is_slow(browser: Browser) -> None:
    for _ in range(TRIES):
        assert browser.sign_in("wrong lorry, cold tea").status_code == 401

    paused = browser.sign_in()

    assert paused.status_code == 429
    assert "wait" in paused.text


def test_a_pause_ends() -> None:
    clock = SetClock()
    throttle = Throttle(clock)
    for _ in range(TRIES):
        throttle.note(NAME, was_right=False)

    with pytest.raises(Paused):
        throttle.check(NAME)
    throttle.check("somebody else")
    clock.forward(minutes=1)
    throttle.check(NAME)


def test_a_weak_passphrase_lets_nobody_read(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        Readers(tmp_path / "readers.json").add(NAME, "short")
    assert not (tmp_path / "readers.json").exists()


def test_readers_are_added_and_listed_by_command(
    centre: RunningCentre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "said"
    said.write_text("purple lorry, warm tea\n")
    with said.open() as file:
        wishes = ["--data", str(centre.folder), "--passphrase-fd", str(file.fileno())]
        assert main(["reader", "add", "Day desk", *wishes]) == 0
    assert main(["reader", "list", "--data", str(centre.folder)]) == 0
    assert main(["reader", "remove", "Nobody", "--data", str(centre.folder)]) == 2

    assert f"{NAME}\nDay desk\n" in capsys.readouterr().out


def test_what_was_counted_is_not_counted_twice(centre: RunningCentre) -> None:
    a_post_at_work(centre)

    with closing(Ledger(CentreFolder(centre.folder).database)) as ledger:
        assert projection.catch_up(ledger) == 0


def test_the_page_stands_in_a_real_browser(
    centre: RunningCentre, browser: Browser, tmp_path: Path
) -> None:
    """Rendered by Chromium: the plot has its bars, and nothing lies over anything."""
    a_post_at_work(centre)
    page = tmp_path / "page.html"
    page.write_text(browser.sign_in().text)

    shown = chromium(tmp_path, "--dump-dom", page.as_uri())

    assert "<svg" in shown
    assert shown.count("<rect") >= 1
    assert "OSH-01" in shown
    chromium(tmp_path, f"--screenshot={tmp_path / 'page.png'}", page.as_uri())
    assert (tmp_path / "page.png").stat().st_size > 10_000


def chromium(profile: Path, *wishes: str) -> str:
    program = shutil.which("chromium")
    assert program, "Chromium is missing: apt-get install -y chromium"
    return subprocess.run(
        [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1200,1400",
            f"--user-data-dir={profile / 'chromium'}",
            *wishes,
        ],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=120,
        env=os.environ | {"HOME": str(profile)},
    ).stdout
