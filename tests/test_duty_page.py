"""The duty page of headquarters: closed to strangers, true to the ledger, fetching nothing."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
import requests

from checkpoint_client.records import Hit
from checkpoint_client.records.codes import HitOrigin
from checkpoint_client.vault import Kdf
from checkpoint_client.watchlist import jsonl
from sync.server import duty, pages, projection, words
from sync.server.command import Refused
from sync.server.journals import Reason
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.main import main
from sync.server.readers import SESSION, TRIES, Paused, Readers, Throttle
from sync.server.shelf import Shelf
from sync.server.words import Say
from tests.booth import NOON, Booth, Line, body_of, check
from tests.centre import RunningCentre, serving, set_up
from tests.post import SetClock
from tests.workstations import an_alert

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


RUSSIAN_BROWSER = "ru-RU,ru;q=0.9,en;q=0.8"


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
    line.send(line.booth.contact(waiting=9, waiting_checks=7))
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
    assert re.search(r"7\s+checks waiting", told)
    assert re.search(r"7 \(9 entries\)", told)
    assert re.search(r"1\s+late hits", told)
    assert "A second machine speaks as this workstation." in told
    assert "0 min ago" in told
    assert "TRAVELLER" not in page.text
    today = datetime.now(UTC).date()
    assert re.search(rf"{today}\s+5\s+0\s+0", re.sub(r"\s+", " ", told))


def test_the_page_tells_how_old_the_lists_of_a_post_are(
    centre: RunningCentre, browser: Browser, tmp_path: Path
) -> None:
    shelf = Shelf(CentreFolder(centre.folder).reference)
    line = Line(Booth(centre.provisioning("OSH-01", "Osh road")), centre.url)
    line.enrol()
    line.send(line.booth.contact())
    assert "none yet" in text_of(browser.sign_in())
    for number in range(3):
        file = tmp_path / "list.jsonl"
        file.write_bytes(jsonl.write([an_alert(f"A-{each}") for each in range(number + 1)]))
        centre.run("publish", "--jsonl", str(file))
    newest = shelf.published().versions()["watchlist"]

    line.send(line.booth.contact(have={"watchlist": newest}))
    assert re.search(r"OSH-01\s+Osh road\s+1\s+0 min ago\s+0\s+0 days old, newest", shown(browser))
    line.send(line.booth.contact(have={"watchlist": newest - 2}))
    assert "0 days old, 2 versions behind" in shown(browser)
    assert shelf.watchlist_issued_at(newest - 2) is not None


def test_days_are_counted_from_when_headquarters_issued_the_list(centre: RunningCentre) -> None:
    line = Line(Booth(centre.provisioning()), centre.url)
    line.enrol()
    line.send(line.booth.contact(have={"watchlist": 4}))
    now = datetime.now(UTC)
    with (
        closing(Ledger(CentreFolder(centre.folder).database)) as book,
        book.reading() as connection,
    ):
        seen = duty.tonight(
            connection,
            newest_list=6,
            issued_at={4: now - timedelta(days=12, hours=3)}.get,
            now=now,
        )

    told = re.sub(r"<[^>]+>", " ", pages.duty_page("utopia", Say("en"), "Desk", seen))
    assert "12 days old, 2 versions behind" in told


def test_who_reads_russian_gets_the_page_in_russian(
    centre: RunningCentre, browser: Browser
) -> None:
    browser.session.headers["accept-language"] = RUSSIAN_BROWSER
    a_post_at_work(centre)
    assert "Парольная фраза" in browser.page().text
    assert "неверны" in browser.sign_in("wrong lorry, cold tea").text

    page = browser.sign_in()

    assert '<html lang="ru">' in page.text
    told = text_of(page)
    assert re.search(r"7\s+проверок ждут на постах", told)
    assert "От имени этого рабочего места говорит вторая машина." in told
    for ours in (NAME, "Osh <road>", "utopia", "UTC"):
        told = told.replace(ours, "")
    assert re.findall(r"[A-Za-z]{3,}", re.sub(r"OSH-01(-\w+)?", "", told)) == []


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("ru", "ru"),
        (RUSSIAN_BROWSER, "ru"),
        ("en;q=0.5, ru;q=0.9", "ru"),
        ("kk,ru;q=0.8,en;q=0.7", "ru"),
        ("de-DE,de;q=0.9", "en"),
        (";q=,,x;q=nan", "en"),
    ],
)
def test_the_language_is_the_browsers(accepted: str, language: str) -> None:
    assert words.wished(accepted).language == language


def test_every_alarm_is_told_in_russian_too() -> None:
    say = Say("ru")
    for reason in Reason:
        for english in duty.MEANINGS[reason]:
            assert say(english) != english


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


def text_of(page: requests.Response) -> str:
    """What a reader sees, without the style."""
    body = page.text.partition("</style>")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def shown(browser: Browser) -> str:
    return text_of(browser.page())


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
