"""The State of Utopia: the same every time, true to the formats, and with something to find."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from checkpoint_client.desk.hits import HitShow
from checkpoint_client.desk.log import LogQuery, Show
from checkpoint_client.desk.session import SignedIn, SignIn
from checkpoint_client.documents import mrz
from checkpoint_client.documents.formats import MrzFormat
from checkpoint_client.documents.national_numbers import NationalNumber, problems_of
from checkpoint_client.journal.clock import Clock
from checkpoint_client.records import CheckDraft, Hit
from checkpoint_client.records.codes import Decision, HitState, OutcomeDecision
from checkpoint_client.settings import Folder
from checkpoint_client.specimen import earlier_days, people, post, recorded
from checkpoint_client.specimen.alerts import COUNT, watchlist
from checkpoint_client.specimen.cast import Cast, cast
from checkpoint_client.specimen.people import Traveller
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import NewSlot, Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist import Alert, Visibility, jsonl
from tests.post import CHEAP

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=5)))
TODAY = NOW.date()
CROSSINGS_A_DAY = 24


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> earlier_days.Home:
    """Utopia's workstation after its earlier days."""
    folder = Folder(tmp_path_factory.mktemp("utopia") / "data")
    folder.make()
    device = DeviceKey.create(
        folder.device_key, deployment=post.DEPLOYMENT, workstation="uto-07-1", post=post.POST
    )
    alerts = watchlist(TODAY, count=400)
    _let_in(folder, alerts)
    vault = Vault(folder.envelope, kdf=CHEAP, now=lambda: NOW)
    home = earlier_days.Home(
        folder=folder, vault=vault, device=device, settings=post.settings(offset_minutes=300)
    )
    assert earlier_days.write(home, NOW, alerts, crossings_a_day=CROSSINGS_A_DAY) == 72
    return home


@pytest.fixture
def supervisor(home: earlier_days.Home) -> Iterator[SignedIn]:
    sign_in = SignIn(
        folder=home.folder,
        vault=home.vault,
        device=home.device,
        settings=home.settings,
        clock=Clock(lambda: NOW),
        is_online=lambda: True,
        spool=lambda _store: None,
    )
    session = sign_in.sign_in(post.SUPERVISOR.service_number, post.SUPERVISOR.passphrase)
    yield session
    sign_in.sign_out(session)


@pytest.fixture(scope="module")
def crowd() -> list[Traveller]:
    chance = Random(1)
    return [people.traveller(chance, TODAY) for _ in range(300)]


def test_every_zone_in_utopia_is_read_without_a_problem(crowd: list[Traveller]) -> None:
    read = [mrz.read(text, today=TODAY) for who in crowd for text in who.texts()]

    assert {each.format for each in read} == set(MrzFormat)
    assert [each.problems for each in read if each.problems] == []


def test_national_numbers_fit_their_holders(crowd: list[Traveller]) -> None:
    numbered = [who.person for who in crowd if who.person.national_numbers]

    assert len(numbered) > 50
    for person in numbered:
        number = NationalNumber(person.nationality[0], person.national_numbers[0])
        assert problems_of(number, birth_date=person.birth_date, sex=person.sex.value) == ()


def test_the_same_seed_brings_the_same_people() -> None:
    first, second = Random(7), Random(7)

    assert people.traveller(first, TODAY) == people.traveller(second, TODAY)
    assert cast(TODAY) == cast(TODAY)


def test_the_watch_list_is_the_same_every_time_and_long_enough() -> None:
    alerts = watchlist(TODAY)

    assert alerts == watchlist(TODAY)
    assert len(alerts) == COUNT >= 5_000
    assert len({alert.id for alert in alerts}) == COUNT


def test_the_watch_list_has_all_that_can_be_sought() -> None:
    alerts = watchlist(TODAY, count=1_500)

    assert {alert.visibility for alert in alerts} == set(Visibility)
    assert any(len(alert.names) > 2 for alert in alerts)
    assert any(day.year and not day.month for alert in alerts for day in alert.birth_dates)
    for sought in ("documents", "plates", "vins", "national_numbers", "cautions", "photo"):
        assert any(getattr(alert, sought) for alert in alerts), sought


def test_the_watch_list_survives_its_own_file_format(tmp_path: Path) -> None:
    alerts = watchlist(TODAY, count=300)
    file = tmp_path / "utopia.jsonl"
    file.write_bytes(jsonl.write(alerts))

    assert list(jsonl.read(file)) == alerts


def test_the_cast_finds_what_it_is_written_for(supervisor: SignedIn) -> None:
    found = {
        name: [hit.alert_id for hit in hits]
        for name, who in _members(cast(TODAY))
        if (hits := supervisor.first_line.findings(who.put_in(CheckDraft(), TODAY)).hits)
    }

    assert found == {
        "with_stolen_passport": ["UTO-PLAY-1"],
        "namesake": ["UTO-PLAY-2"],
        "driver": ["UTO-PLAY-3"],
        "watched": ["UTO-PLAY-4"],
    }


def test_a_worker_of_the_cast_is_known_here(supervisor: SignedIn) -> None:
    worker = cast(TODAY).worker.put_in(CheckDraft(), TODAY)

    [earlier] = supervisor.first_line.findings(worker).earlier
    assert earlier.happened_at.date() == TODAY - timedelta(days=2)


def test_the_earlier_days_have_something_of_everything(supervisor: SignedIn) -> None:
    log = supervisor.log
    rows = log.search(LogQuery()).rows
    shown = {show: log.search(LogQuery(show=show)).total for show in Show}

    assert {row.happened_at.date() for row in rows} == {
        TODAY - timedelta(days=back) for back in (1, 2, 3)
    }
    assert shown[Show.AMENDED] >= 3
    assert shown[Show.TO_REVIEW] == CROSSINGS_A_DAY
    assert shown[Show.AT_SECOND_LINE] == 0
    outcomes = [row.outcome for row in rows if row.decision is Decision.REFERRED]
    assert outcomes
    assert set(outcomes) <= set(OutcomeDecision)


def test_hits_of_the_earlier_days_were_followed_and_some_are_left(supervisor: SignedIn) -> None:
    counts = supervisor.hits.counts()
    states = {line.state for line in supervisor.hits.queue()}

    assert {HitState.OPENED, HitState.PROPOSED, HitState.CONFIRMED} <= states
    assert counts[HitShow.CLOSED] >= 5
    for show in (HitShow.SECOND_PERSON, HitShow.TO_REPORT, HitShow.TO_REVIEW):
        assert counts[show] >= 1, show


def test_the_earlier_days_stand_every_proof(supervisor: SignedIn) -> None:
    proof = supervisor.administration.verify()

    assert proof.entries == supervisor.store.tip().position
    assert proof.sessions >= 3


def test_records_to_measure_have_hits_and_notes_as_often_as_promised() -> None:
    crossings = list(islice(recorded.crossings(Random(3), NOW), 3_000))

    hits = [each.hit("check") for each in crossings]
    noted = sum(bool(each.check.remarks) for each in crossings)
    two_scripts = sum(bool(each.check.person.name_native) for each in crossings)
    assert len([hit for hit in hits if isinstance(hit, Hit)]) == pytest.approx(90, abs=30)
    assert noted == pytest.approx(240, abs=60)
    assert two_scripts > 1_500


def _members(play: Cast) -> list[tuple[str, Traveller]]:
    return [(field.name, getattr(play, field.name)) for field in fields(play)]


def _let_in(folder: Folder, alerts: list[Alert]) -> None:
    slots = [NewSlot.fresh(each.service_number, each.role, each.passphrase) for each in post.STAFF]
    unlocked = Vault.create(
        folder.envelope,
        deployment=post.DEPLOYMENT,
        workstation="uto-07-1",
        recovery_key=None,
        first=slots[0],
        others=slots[1:],
        kdf=CHEAP,
    )
    reference = Reference.open(folder.reference, unlocked.database_key)
    reference.replace("watchlist", 1, NOW - timedelta(days=4), alerts)
    reference.close()
    unlocked.wipe()
