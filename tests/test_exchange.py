"""The post without its centre: three workstations, two exchanges, real processes and threads."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from time import monotonic

import pytest

from checkpoint_client.records import Outcome
from checkpoint_client.records.codes import OutcomeDecision
from checkpoint_client.settings import Folder
from checkpoint_client.store import Store
from checkpoint_client.store.log import LogQuery
from checkpoint_client.vault.device import DeviceKey
from sync import engine
from sync.enrolment import line_of, read_provisioning
from sync.exchange import BadAddress, Exchange
from sync.link import Unreachable
from sync.post import PostCall
from sync.protocol import Verdict
from sync.server.main import main
from tests.centre import RunningCentre
from tests.exchanges import (
    NEIGHBOURLY_SECONDS,
    PATIENCE,
    Running,
    RunningExchange,
    cut_off,
    enrolled,
    refer,
    started,
    waiting,
)
from tests.test_store import a_check
from tests.workstations import DATABASE_KEY, NOON

NAMES = ("booth", "second-line", "supervisor")


@pytest.fixture
def folders(sqlite_centre: RunningCentre, tmp_path: Path) -> list[Folder]:
    """Three workstations of a post that have been in contact once."""
    return [enrolled(sqlite_centre, Folder(tmp_path / name)) for name in NAMES]


@pytest.fixture
def exchanges(sqlite_centre: RunningCentre, tmp_path: Path) -> Iterator[list[RunningExchange]]:
    made = [
        started(sqlite_centre, tmp_path / name, "--forward-after", "0.2")
        for name in ("exchange-1", "exchange-2")
    ]
    yield made
    for exchange in made:
        exchange.kill()


@pytest.fixture
def post(
    folders: list[Folder], exchanges: list[RunningExchange], sqlite_centre: RunningCentre
) -> Iterator[list[Running]]:
    """Booth, second line and supervisor; the centre is gone."""
    sqlite_centre.stop()
    with ExitStack() as running:
        yield [
            running.enter_context(Running(folder, [each.url for each in exchanges]))
            for folder in folders
        ]


@pytest.mark.alone
def test_a_referral_is_at_second_line_within_two_seconds_and_its_outcome_comes_back(
    post: list[Running],
) -> None:
    booth, second_line, supervisor = post
    refer(booth)  # the connections are made
    second_line.sees(waiting(1))
    began = monotonic()

    check, referral = refer(booth)
    second_line.sees(waiting(2))
    took = monotonic() - began
    second_line.record(
        Outcome(referral_id=referral.id, check_id=check.id, decision=OutcomeDecision.ADMIT)
    )

    assert took < NEIGHBOURLY_SECONDS
    assert booth.sees(outcome_of(check.id)) is OutcomeDecision.ADMIT
    assert supervisor.sees(outcome_of(check.id)) is OutcomeDecision.ADMIT


def test_one_exchange_is_enough(post: list[Running], exchanges: list[RunningExchange]) -> None:
    booth, second_line, _ = post
    refer(booth)
    second_line.sees(waiting(1))
    exchanges[0].kill()

    refer(booth)

    assert second_line.sees(waiting(2))


def test_when_the_centre_returns_it_has_every_journal_once(
    post: list[Running], exchanges: list[RunningExchange], sqlite_centre: RunningCentre
) -> None:
    booth, second_line, supervisor = post
    for running in post:
        running.uplink()
    exchanges[0].kill()
    for _ in range(3):
        refer(booth)
    second_line.sees(waiting(3))
    second_line.record(a_check())
    supervisor.sees(lambda store: store.search(LogQuery()).total == 4 or None)
    sqlite_centre.start()

    exchanges[0].start("--forward-after", "0.2")
    supervisor.record(a_check())

    for running in post:
        until(lambda: held(sqlite_centre, running) == running.do(running.here.leaves))  # noqa: B023
    status = sqlite_centre.run("status").splitlines()
    assert not [line for line in status if line.startswith("ALARM")]


def test_what_the_exchange_brought_to_the_centre_no_longer_waits(
    post: list[Running], sqlite_centre: RunningCentre
) -> None:
    booth, second_line, _ = post
    refer(booth)
    second_line.sees(waiting(1))
    sqlite_centre.start()
    until(lambda: held(sqlite_centre, booth) == booth.do(booth.here.leaves))

    booth.uplink()

    until(lambda: booth.do(lambda: booth.store.waiting_checks()) == 0)
    assert held(sqlite_centre, booth) == booth.do(booth.here.leaves)


def test_an_exchange_that_was_not_there_is_told_all_of_it(
    post: list[Running], exchanges: list[RunningExchange]
) -> None:
    booth, second_line, _ = post
    exchanges[1].kill()
    refer(booth)
    second_line.sees(waiting(1))
    exchanges[0].kill()
    exchanges[1].start("--forward-after", "3600")
    refer(booth)

    assert second_line.sees(waiting(2))


def test_a_workstation_with_a_line_carries_for_those_without(
    folders: list[Folder], sqlite_centre: RunningCentre, tmp_path: Path
) -> None:
    """The exchange itself reaches no centre: its provisioning names an address where none is."""
    exchange = started(sqlite_centre, tmp_path / "exchange", "--forward-after", "0.2")
    exchange.kill()
    cut_off(Folder(exchange.folder))
    exchange.start("--forward-after", "0.2")
    try:
        with ExitStack() as running:
            booth, desk = (
                running.enter_context(Running(each, [exchange.url])) for each in folders[:2]
            )
            refer(booth)
            desk.sees(waiting(1))

            desk.is_online = True
            desk.neighbours.recorded()

            until(lambda: held(sqlite_centre, booth) == booth.do(booth.here.leaves))
    finally:
        exchange.kill()


def test_a_journal_that_is_refused_holds_nobody_elses_back(
    post: list[Running], tmp_path: Path
) -> None:
    """Second line has heard another story of the booth's, as of a copied disk."""
    booth, second_line, supervisor = post
    (tmp_path / "copy").mkdir()
    copy = Store(
        tmp_path / "copy" / "records.db",
        bytearray(DATABASE_KEY),
        origin=booth.store.origin,
        public=booth.device.public,
        sign=booth.device.sign,
        clock=booth.here.clock,
    )
    with closing(copy):
        copy.append(a_check())
        told = copy.entries(0, limit=1, max_bytes=1)
    origin, key = booth.store.origin, booth.device.public
    second_line.do(lambda: second_line.store.take_foreign(origin, key, told))

    refer(booth)
    refer(supervisor)

    assert second_line.sees(waiting(1))
    assert second_line.do(second_line.store.foreign_tips)[origin] == 1


def test_an_exchange_cannot_read_what_it_holds(
    post: list[Running], exchanges: list[RunningExchange]
) -> None:
    booth, second_line, _ = post
    refer(booth)
    second_line.sees(waiting(1))

    for exchange in exchanges:
        until(lambda: any(exchange.folder.glob(f"post/{booth.id}/*.post")))  # noqa: B023
        exchange.kill()
        lying = exchange.holds()
        assert booth.id.encode() in lying
        assert "ЮСУПОВ".encode() not in lying
        assert booth.device.state.post_key not in lying


def test_an_exchange_never_gets_a_key_of_its_post(exchanges: list[RunningExchange]) -> None:
    folder = Folder(exchanges[0].folder)
    until(lambda: DeviceKey.load(folder.device_key).state.contact_counter > 0)
    exchanges[0].kill()
    device = DeviceKey.load(folder.device_key)
    asked = engine.inquiry(device, have={}, now=NOON)

    with closing(line_of(read_provisioning(folder.provisioning), device)) as line:
        reply = line.contact(asked)

    assert asked.asks_post_key
    assert (reply.verdict, reply.post_key, reply.channel_keys) == (Verdict.HELD, b"", {})
    assert (device.state.post_key, device.state.channel_keys) == (b"", {})


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.5:8471", "https://10.0.0.5:8471", "https://10.0.0.5:8471#12", "10.0.0.5", ""],
)
def test_an_exchange_elsewhere_is_reached_by_its_pinned_key_only(url: str) -> None:
    with pytest.raises(BadAddress, match="SHA256"):
        Exchange(url)


def outcome_of(check_id: str) -> Callable[[Store], OutcomeDecision | None]:
    def outcome(store: Store) -> OutcomeDecision | None:
        row = store.row(check_id)
        return row.outcome if row else None

    return outcome


def held(centre: RunningCentre, running: Running) -> list[bytes]:
    """The leaves the centre holds of a workstation, in order of position."""
    entries = centre.entries("--workstation", running.id)
    assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
    return [bytes.fromhex(str(entry["leaf"])) for entry in entries]


def until(is_so: Callable[[], bool]) -> None:
    ends = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < ends


def test_beyond_this_machine_the_exchange_is_known_by_its_certificate(
    sqlite_centre: RunningCentre, folders: list[Folder], tmp_path: Path
) -> None:
    exchange = started(sqlite_centre, tmp_path / "exchange", "--host", "0.0.0.0")  # noqa: S104
    try:
        url, _, pin = exchange.url.partition("#")
        with ExitStack() as running:
            booth, desk = (
                running.enter_context(Running(each, [exchange.url])) for each in folders[:2]
            )
            refer(booth)
            assert desk.sees(waiting(1))

            wrong = Exchange(f"{url}#{'0' * len(pin)}")
            with pytest.raises(Unreachable, match="wrong-certificate"):
                wrong.call(a_call(booth), booth.device)
    finally:
        exchange.kill()


def a_call(running: Running) -> PostCall:
    state = running.device.state
    return PostCall(
        request_id=bytes(16),
        deployment=state.deployment,
        workstation=state.workstation,
        incarnation=1,
        certificate=state.certificate,
    )


def test_what_keeps_an_exchange_from_starting_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Folder(tmp_path / "exchange")
    command = ["serve", "--post", "--data", str(folder.path)]

    assert main(command) == 2
    assert "add --provisioning FILE" in capsys.readouterr().err

    folder.make()
    (folder.path / "post.json").write_text("{")
    assert main([*command, "--provisioning", str(folder.path / "post.json")]) == 2
    assert "post.json is not a provisioning file" in capsys.readouterr().err

    folder.device_key.write_bytes(b"{}")
    assert main(command) == 2
    assert "start an exchange in a new folder" in capsys.readouterr().err
