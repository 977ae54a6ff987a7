"""Finds the post's exchanges in its network by mDNS, so that nobody has to type an address.

Nothing of it is trusted: anybody in the network may announce anything. An exchange that was found
is worked with only when it has proved by the centre's certificate that it is the post's.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, ServiceStateChange, Zeroconf

SERVICE: Final = "_checkpoint-post._tcp.local."
MOST_ANNOUNCED: Final = 32

_ANY_HOST: Final = "0.0.0.0"  # noqa: S104  (what to look for, not to listen on)
_AGAIN_SECONDS: Final = 60.0
_ANSWER_MS: Final = 2_000
_PLACE: Final = b"place"
_NAME_DIGITS: Final = 32

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What an exchange announces of itself: its name, of which post it says to be, where it is."""

    name: str
    place: str
    host: str
    port: int


def has_network() -> bool:
    """Whether this machine has any network in which exchanges could be found."""
    return bool(_addresses(_ANY_HOST))


def place_of(deployment: str, post: str) -> str:
    """By which the workstations of a post know what is meant for them; it proves nothing."""
    return hashlib.sha256(f"{deployment}\0{post}".encode()).hexdigest()[:16]


@contextmanager
def announced(sign: Sign) -> Iterator[None]:
    """Inside, the exchange is announced wherever the machine has a network."""
    ended = Event()
    thread = Thread(target=_keep_announcing, args=(sign, ended), name="announcing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_ANSWER_MS / 1_000)


class Finder:
    """Listens for exchanges that announce themselves for this post."""

    def __init__(self, place: str, on_found: Callable[[str, int], None]) -> None:
        """`on_found` is told an address and a port, on a thread of ours, perhaps repeatedly."""
        self._place = place
        self._on_found = on_found
        self._ended = Event()
        self._thread = Thread(target=self._run, name="finding", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()

    def _run(self) -> None:
        # Again and again: the network may have come, or become another one.
        from zeroconf import ServiceBrowser

        while not self._ended.is_set():
            with _network() as network:
                if network:
                    ServiceBrowser(network, SERVICE, handlers=[self._heard])
                self._ended.wait(_AGAIN_SECONDS)

    def _heard(
        self,
        zeroconf: "Zeroconf",
        service_type: str,
        name: str,
        state_change: "ServiceStateChange",
    ) -> None:
        from zeroconf import ServiceStateChange

        if state_change is ServiceStateChange.Removed or self._ended.is_set():
            return
        found = zeroconf.get_service_info(service_type, name, _ANSWER_MS)
        if found and found.port and found.properties.get(_PLACE) == self._place.encode():
            for address in found.parsed_addresses()[:MOST_ANNOUNCED]:
                self._on_found(address, found.port)


def _keep_announcing(sign: Sign, ended: Event) -> None:
    while not ended.is_set():
        with _network() as network:
            addresses = _addresses(sign.host)
            if network and addresses:
                _register(network, _service(sign, addresses))
            while not ended.wait(_AGAIN_SECONDS) and addresses == _addresses(sign.host):
                pass


def _register(network: "Zeroconf", service: "ServiceInfo") -> None:
    from zeroconf import Error

    try:
        network.register_service(service, allow_name_change=True)
    except (Error, OSError) as error:  # tried again when the addresses change
        log.error("the exchange is not announced: %s", type(error).__name__)


@contextmanager
def _network() -> "Iterator[Zeroconf | None]":
    """The machine's networks as they are now; None where mDNS cannot be spoken."""
    from zeroconf import IPVersion, Zeroconf

    try:
        network = Zeroconf(ip_version=IPVersion.V4Only)
    except OSError as error:
        log.info("no exchange can be found or announced: %s", error.strerror)
        yield None
        return
    with closing(network):
        yield network


def _service(sign: Sign, addresses: list[str]) -> "ServiceInfo":
    from zeroconf import ServiceInfo

    name = sign.name[:_NAME_DIGITS]
    return ServiceInfo(
        SERVICE,
        f"{name}.{SERVICE}",
        port=sign.port,
        properties={_PLACE: sign.place.encode()},
        server=f"{name}.local.",
        parsed_addresses=addresses,
    )


def _addresses(host: str) -> list[str]:
    """Where others reach what listens on `host`."""
    from ifaddr import get_adapters

    if host != _ANY_HOST:
        return [host]
    here = {str(ip.ip) for adapter in get_adapters() for ip in adapter.ips if ip.is_IPv4}
    return sorted(each for each in here if not ip_address(each).is_loopback)
