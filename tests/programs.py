"""A whole post's programs, each a process of its own: three workstations and two exchanges."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

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
        """When it was so, or was begun if it is to be done, and what came of it.

        In seconds of the machine's monotonic clock. Raises `Refused`.
        """
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
    """Booth, second line and supervisor; `line` is theirs to the centre, all of them use it."""

    centre: RunningCentre
    line: FaultProxy
    exchanges_line: FaultProxy
    exchanges: Sequence[RunningExchange]
    booth: Client
    second_line: Client
    supervisor: Client

    @property
    def clients(self) -> tuple[Client, ...]:
        return self.booth, self.second_line, self.supervisor

    @contextmanager
    def returned(self, *lines: FaultProxy) -> Iterator[None]:
        """Inside, these lines are there again."""
        for line in lines:
            line.faults = Faults()
        try:
            yield
        finally:
            self.cut()

    def cut(self) -> None:
        for line in (self.line, self.exchanges_line):
            line.faults = CUT
            line.hang_up()

    def held(self, client: Client) -> list[object]:
        """The leaves at the centre, in their order."""
        return [each["leaf"] for each in self.centre.entries("--workstation", client.workstation)]


@contextmanager
def whole_post(path: Path) -> Iterator[WholePost]:
    """All have been in contact with the centre and follow its list; then the line is cut."""
    with ExitStack() as stack:
        centre = stack.enter_context(serving(set_up(path / "centre")))
        publish(centre, LISTED)
        port = int(centre.url.rpartition(":")[2])
        line, exchanges_line = (
            stack.enter_context(FaultProxy(port).running()) for _ in ("theirs", "the exchanges'")
        )
        exchanges = [
            started(centre, path / name, *FORWARDING, url=_end_of(exchanges_line))
            for name in ("exchange-1", "exchange-2")
        ]
        for exchange in exchanges:
            stack.callback(exchange.kill)
        urls = tuple(each.url for each in exchanges)
        clients = []
        for role in (Role.OFFICER, Role.SECOND_LINE, Role.SUPERVISOR):
            provisioning = msgspec.structs.replace(centre.provisioning(), url=_end_of(line))
            clients.append(program(provisioning, Folder(path / role), exchanges=urls))
            stack.callback(clients[-1].close)
            clients[-1].tell("sign in", NUMBERS[role])
        for client in clients:
            client.hear()
            client.do("lists", until=[1])
        post = WholePost(centre, line, exchanges_line, exchanges, *clients)
        post.cut()
        yield post


def program(provisioning: Provisioning, folder: Folder, *, exchanges: tuple[str, ...]) -> Client:
    """A new workstation with its people, and its program started.

    Without `exchanges` it looks for them in the network.
    """
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
        post="OSH-01",
        state="UTO",
        lane="3",
        questions_percent=0,
        poll_seconds=1,
        exchanges=exchanges,
        find_exchanges=not exchanges,
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


def _end_of(line: FaultProxy) -> str:
    return f"http://127.0.0.1:{line.listens_on}"


def new_traveller() -> tuple[str, str]:
    name = next(NEW_NAMES)
    return name, f"N{name.rpartition(' ')[2]:0>7}"
