"""What this machine can see of its network by itself, without sending a byte.

A cable that was put back, a modem that has an address again: a new address, or another state of an
interface. What returns behind a router of the post's shows nowhere here.
"""

import socket
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_FAR: Final = ("192.0.2.1", "2001:db8::1")  # nobody's (RFC 5737, RFC 3849): only routes are asked
_ANY_PORT: Final = 9
_INTERFACES: Final = Path("/sys/class/net")  # on Linux; elsewhere addresses come and go by the link


def seen(server: str = "") -> frozenset[str]:
    """The addresses from which this machine would reach the world and a server (by its URL).

    On Linux also which interfaces work: without a manager a pulled cable takes no address away.
    """
    return frozenset((*_addresses(server), *_working()))


def _addresses(server: str) -> Iterator[str]:
    for far in (*_FAR, *_literal(server)):
        family = socket.AF_INET6 if ":" in far else socket.AF_INET
        # Connecting a datagram socket looks a route up and sends nothing.
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, _ANY_PORT))
            yield str(probe.getsockname()[0])


def _literal(server: str) -> Iterator[str]:
    """Its host where that is an address: asking for a name would take seconds without a line."""
    with suppress(ValueError):
        yield str(ip_address(urlsplit(server).hostname or ""))


def _working() -> Iterator[str]:
    for state in _INTERFACES.glob("*/operstate"):
        with suppress(OSError):
            if state.read_text().strip() == "up":
                yield state.parent.name
