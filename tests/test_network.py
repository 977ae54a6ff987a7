"""A network that returns is seen by the machine itself: a real one, of the kernel's own making."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from sync import network

LOOKING = """
import sys
from sync.network import seen
print("looking", flush=True)
for _ in sys.stdin:
    print(",".join(sorted(seen("https://10.9.0.1:8443"))), flush=True)
"""


class Machine:
    """A machine with a cable of its own, in a name space without any network."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def plug_in(self, address: str) -> None:
        self.ip("link", "add", "post", "type", "veth", "peer", "name", "modem")
        self.ip("address", "add", address, "dev", "post")
        self.ip("link", "set", "post", "up")
        self.ip("link", "set", "modem", "up")

    def ip(self, *arguments: str) -> None:
        inside = ["nsenter", "--net", "--user", "--preserve-credentials"]
        target = ["--target", str(self._process.pid)]
        subprocess.run([*inside, *target, "ip", *arguments], check=True, timeout=30)

    def seen(self) -> set[str]:
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return set(filter(None, self.heard().split(",")))

    def heard(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@pytest.fixture
def looking() -> Iterator[Machine]:
    with subprocess.Popen(
        ["unshare", "-rn", sys.executable, "-c", LOOKING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        machine = Machine(process)
        try:
            if machine.heard() != "looking":
                pytest.skip("no network of one's own can be had here")
            yield machine
        finally:
            process.terminate()


def test_a_cable_that_is_put_back_is_seen(looking: Machine) -> None:
    looking.plug_in("10.9.0.2/24")
    assert "10.9.0.2" in looking.seen()

    looking.ip("link", "set", "post", "down")
    without = looking.seen()
    looking.ip("link", "set", "post", "up")

    assert "10.9.0.2" not in without
    assert "10.9.0.2" in looking.seen()


def test_a_way_into_the_world_is_seen_where_the_server_has_a_name(looking: Machine) -> None:
    looking.plug_in("10.7.0.2/24")
    without = looking.seen()

    looking.ip("route", "add", "default", "via", "10.7.0.1", "dev", "post")

    assert looking.seen() - without == {"10.7.0.2"}


@pytest.mark.parametrize("server", ["", "https://centre.example", "no address", "http://[::1"])
def test_a_server_without_an_address_of_its_own_upsets_nobody(server: str) -> None:
    assert network.seen(server) == network.seen()
