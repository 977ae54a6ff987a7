"""The post without its centre, as it runs: three programs, two exchanges, a bad line, a centre."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import Any

import msgspec
import pytest

from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.vault import Vault
from checkpoint_client.watchlist import AlertAction, AlertCategory
from sync.enrolment import enrol
from sync.protocol import Provisioning
from tests.centre import RunningCentre, serving, set_up
from tests.exchanges import PATIENCE, RunningExchange, started
from tests.fault_proxy import FaultProxy, Faults
from tests.follower import publish
from tests.post import CHEAP, NUMBERS, an_alert, people

NEIGHBOURLY_SECONDS = 2.0
CUT = Faults(cut_up=0, cut_down=0)
FORWARDING = ("--forward-after", "0.2")
SOUGHT = ("ERIKSSON", "L898902C3")
LISTED = an_alert(
    "A-1",
    category=AlertCategory.ARREST,
    action=AlertAction.DETAIN,
    names=("SOUGHT, By Document",),
    documents=(("UTO", SOUGHT[1]),),
)
NEW_NAMES = (f"TRAVELLER {number}" for number in count(1))


class Refused(Exception):
    """A person has to correct something: the problems' codes."""


@dataclass
class Client:
    """A workstation's program in a process of its own, and who works there."""

    workstation: str
    process: "subprocess.Popen[str]"

    def do(self, act: str, *given: object, until: object = None) -> Any:
        return self.timed(act, *given, until=until)[1]

    def timed(self, act: str, *given: object, until: object = None) -> tuple[float, Any]:
        """When it was so, and what came of it. Raises `Refused`."""
        self.tell(act, *given, until=until)
        return self.hear()

    def tell(self, act: str, *given: object, until: object = None) -> None:
        assert self.process.stdin is not None
        order = {"act": act, "given": given, "until": until}
        print(json.dumps(order), file=self.process.stdin, flush=True)

    def hear(self) -> tuple[float, Any]:
        assert self.process.stdout is not None
        words = json.loads(self.process.stdout.readline())
        assert "failed" not in words, words
        if "refused" in words:
            raise Refused(*words["refused"])
        return words.get("at", 0.0), words["value"]

    def close(self) -> None:
        with self.process as process:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(PATIENCE)


@dataclass
class WholePost:
    """Booth, second line and supervisor; `line` is the one of all of them to the centre."""

    centre: RunningCentre
    line: FaultProxy
    exchanges: Sequence[RunningExchange]
    booth: Client
    second_line: Client
    supervisor: Client

    @property
    def clients(self) -> tuple[Client, ...]:
        return self.booth, self.second_line, self.supervisor

    def cut(self) -> None:
        self.line.faults = CUT
        self.line.hang_up()

    def held(self, client: Client) -> list[object]:
        """The leaves at the centre, in their order."""
        return [each["leaf"] for each in self.centre.entries("--workstation", client.workstation)]


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholePost]:
    """All have been in contact with the centre and follow its list; then the line is cut."""
    path = tmp_path_factory.mktemp("post")
    with ExitStack() as stack:
        centre = stack.enter_context(serving(set_up(path / "centre")))
        publish(centre, LISTED)
        line = FaultProxy(int(centre.url.rpartition(":")[2]))
        stack.enter_context(line.running())
        url = f"http://127.0.0.1:{line.listens_on}"
        exchanges = [
            started(centre, path / name, *FORWARDING, url=url)
            for name in ("exchange-1", "exchange-2")
        ]
        for exchange in exchanges:
            stack.callback(exchange.kill)
        urls = tuple(each.url for each in exchanges)
        clients = []
        for role in (Role.OFFICER, Role.SECOND_LINE, Role.SUPERVISOR):
            provisioning = msgspec.structs.replace(centre.provisioning(), url=url)
            clients.append(_client(provisioning, Folder(path / role), urls))
            stack.callback(clients[-1].close)
            clients[-1].tell("sign in", NUMBERS[role])
        for client in clients:
            client.hear()
            client.do("lists", until=[1])
        post = WholePost(centre, line, exchanges, *clients)
        post.cut()
        yield post


def _client(provisioning: Provisioning, folder: Folder, urls: tuple[str, ...]) -> Client:
    """A new workstation with its people, and its program started."""
    device = enrol(provisioning, folder)
    first, *others = people()
    Vault.create(
        folder.envelope,
        deployment=device.state.deployment,
        workstation=device.state.workstation,
        recovery_key=None,
        first=first,
        others=others,
        kdf=CHEAP,
    ).wipe()
    Settings(
        post="OSH-01", state="UTO", lane="3", questions_percent=0, poll_seconds=1, exchanges=urls
    ).write(folder.settings)
    with (folder.path / "said.log").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.client_process", str(folder.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
    return Client(device.state.workstation, process)


def new_traveller() -> tuple[str, str]:
    name = next(NEW_NAMES)
    return name, f"N{name.rpartition(' ')[2]:0>7}"


def test_a_referral_is_at_second_line_within_two_seconds(post: WholePost) -> None:
    began, check = post.booth.timed("refer", *new_traveller())
    seen, _ = post.second_line.timed("who waits", until=check)

    assert seen - began <= NEIGHBOURLY_SECONDS


def test_the_outcome_comes_back_to_the_booth(post: WholePost) -> None:
    check = post.booth.do("refer", *new_traveller())
    post.second_line.do("who waits", until=check)

    began, _ = post.second_line.timed("decide", check, "ADMIT")
    seen, _ = post.booth.timed("results", until=[check, "ADMIT"])

    assert seen - began <= NEIGHBOURLY_SECONDS


def test_a_hit_is_confirmed_by_another_person_at_another_pc(post: WholePost) -> None:
    check = post.booth.do("refer", *SOUGHT)
    post.second_line.do("hits", until=[check, "NEW"])
    [hit] = post.second_line.do("hit of", check)

    assert post.second_line.do("adjudicate", hit) == "PROPOSED"

    with pytest.raises(Refused, match="second-person"):
        post.second_line.do("agree", hit)
    post.supervisor.do("hits", until=[check, "PROPOSED"])
    assert post.supervisor.do("agree", hit) == "CONFIRMED"
    post.second_line.do("hits", until=[check, "CONFIRMED"])


def test_a_refusal_is_approved_by_another_person_at_another_pc(post: WholePost) -> None:
    check = post.second_line.do("refuse", *new_traveller())

    with pytest.raises(Refused, match="second-person"):
        post.second_line.do("decide", check, "REFUSE")
    post.supervisor.do("who waits", until=check)
    post.supervisor.do("decide", check, "REFUSE")

    post.second_line.do("results", until=[check, "REFUSE"])


def test_a_traveller_is_known_at_the_whole_post(post: WholePost) -> None:
    traveller = new_traveller()
    check = post.booth.do("admit", *traveller)

    assert check in post.second_line.do("known here", *traveller, until=check)


def test_the_supervisor_sees_and_reviews_the_whole_post(post: WholePost) -> None:
    checks = [client.do("admit", *new_traveller()) for client in (post.booth, post.second_line)]

    for check in checks:
        post.supervisor.do("to review", until=check)
        post.supervisor.do("countersign", check)

    assert not {*checks} & {*post.supervisor.do("to review")}
    assert {*checks} <= {*post.supervisor.do("log")}
    post.supervisor.do("verify")


def test_with_one_exchange_killed_the_other_goes_on(post: WholePost) -> None:
    first, _ = post.exchanges
    before = post.booth.do("refer", *new_traveller())
    first.kill()
    try:
        began, check = post.booth.timed("refer", *new_traveller())
        seen, _ = post.second_line.timed("who waits", until=check)
    finally:
        first.start(*FORWARDING)

    assert seen - began <= NEIGHBOURLY_SECONDS
    post.second_line.do("who waits", until=before)


def test_when_the_line_returns_everything_is_at_the_centre_exactly_once(post: WholePost) -> None:
    checks = [client.do("admit", *new_traveller()) for client in post.clients]
    assert not any(check in _ids(post.centre) for check in checks)
    post.line.faults = Faults()
    try:
        for client in post.clients:
            client.do("look")
        for client in post.clients:
            client.do("waiting", until=0)
            until(lambda: post.held(client) == client.do("journal"))  # noqa: B023
    finally:
        post.cut()

    assert {*checks} <= {*_ids(post.centre)}
    assert "ALARM" not in post.centre.run("status")


def _ids(centre: RunningCentre) -> list[object]:
    return [each["id"] for each in centre.entries()]


def until(is_so: Callable[[], bool]) -> None:
    ends = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < ends
