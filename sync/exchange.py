"""The post without its centre: tells the post's exchanges what is recorded, hears the neighbours.

Three threads for each exchange, so that one that is gone holds nobody up: one brings what is new
here as soon as it is recorded, one waits there for what the neighbours bring, one takes to the
centre what others have no line for. The first two ask the store's thread, and rest while nobody is
signed in: nothing new is recorded then.
"""

import logging
import os
import ssl
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from threading import Condition, Thread
from typing import Final, Protocol, TypeVar
from urllib.parse import SplitResult, urlsplit

from checkpoint_client.journal.chain import Broken
from checkpoint_client.journal.entry import Entry, Origin, Tip
from checkpoint_client.store import RECEIVED, Store
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Locked
from sync import bundle, post, protocol
from sync.https import Line
from sync.link import Reason, Unreachable
from sync.post import Carried, PostCall, PostReply, Reach
from sync.protocol import CONTENT_TYPE, BundleDelivery, Forged, Malformed, Verdict

T = TypeVar("T")

CONNECT_SECONDS: Final = 5.0
FIRST_SECONDS: Final = 1.0
LONGEST_SECONDS: Final = 15.0
LOOK_SECONDS: Final = 5.0
"""How long something recorded that nobody told of waits at most."""

_MOST_ENTRIES = 500
_MOST_BYTES = 512 * 1024
_AT_ONCE = 40
_PIN_DIGITS = 64
_ALL = 2**53

log = logging.getLogger(__name__)


class BadAddress(ValueError):
    """An exchange's address cannot be used. The text says what to do."""


class Submit(Protocol):
    """Does a job on the store's thread."""

    def __call__(self, job: Callable[[], T], /) -> "Future[T]": ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What of the workstation the exchange works with, as `uplink.Home` has it.

    `link` gives a way to the centre for one thread, `is_online` whether there is one at present.
    """

    device: DeviceKey
    submit: Submit
    store: Callable[[], Store]
    link: Callable[[], Line]
    is_online: Callable[[], bool]


class Exchange:
    """One connection to an exchange, for one thread."""

    def __init__(self, url: str) -> None:
        """`url`: `https://HOST:PORT#SHA256`, with the digest of the exchange's certificate, or
        http on this machine only. Raises `BadAddress`.
        """
        self._url, self._pin = _checked(url)
        self._connection: HTTPConnection | None = None

    def call(self, call: PostCall, device: DeviceKey) -> PostReply:
        """Raises `Unreachable`."""
        outgoing = protocol.sign_request(call, device, deployment=call.deployment)
        try:
            connection = self._connected()
            if connection.sock is not None:
                connection.sock.settimeout(CONNECT_SECONDS + call.seconds)
            connection.request(
                "POST", post.POST_PATH, outgoing.body, {"Content-Type": CONTENT_TYPE}
            )
            return _read(connection.getresponse())
        except (OSError, HTTPException):
            self.close()
            raise Unreachable(Reason.NO_ANSWER) from None
        except (Malformed, Unreachable) as error:
            self.close()
            if isinstance(error, Unreachable):
                raise
            raise Unreachable(Reason.NOT_OUR_SERVER) from None

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connected(self) -> HTTPConnection:
        if self._connection is not None:
            return self._connection
        host, port = self._url.hostname or "", self._url.port
        if not self._pin:
            connection = HTTPConnection(host, port, timeout=CONNECT_SECONDS)
            connection.connect()
        else:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE  # the pin below decides, and no date or name
            secure = HTTPSConnection(host, port, timeout=CONNECT_SECONDS, context=context)
            secure.connect()
            shown = secure.sock.getpeercert(binary_form=True) or b""
            if sha256(shown).hexdigest() != self._pin:
                secure.close()
                raise Unreachable(Reason.WRONG_CERTIFICATE)
            connection = secure
        self._connection = connection
        return connection


class Neighbours:
    """Everything this workstation tells its neighbours and hears of them."""

    def __init__(self, post_: Post, urls: Sequence[str], *, on_heard: Callable[[], None]) -> None:
        """`on_heard` is called on a thread of ours when a neighbour's entries are in the tables.

        Raises `BadAddress`.
        """
        self._post = post_
        self._on_heard = on_heard
        self._changed = Condition()
        self._recorded = 0
        self._refused: frozenset[Origin] = frozenset()
        self._stopping = False
        self._threads = [
            Thread(target=self._keep_at, args=(work, Exchange(url)), name=name, daemon=True)
            for url in urls
            for name, work in (
                ("telling", self._tell),
                ("hearing", self._hear),
                ("carrying", self._carry),
            )
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def recorded(self) -> None:
        """Something was recorded here, or somebody signed in."""
        with self._changed:
            self._recorded += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """End within a second; what an exchange has not got it gets after the next start."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def _keep_at(self, work: Callable[[Exchange], float], exchange: Exchange) -> None:
        failures = 0
        while not self._stopping:
            seen = self._recorded
            try:
                pause = work(exchange)
                failures = 0
            except Locked:
                pause = LOOK_SECONDS
            except Unreachable as away:
                failures += 1
                pause = min(FIRST_SECONDS * failures, LONGEST_SECONDS)
                log.info("exchange: %s", away.reason)
            except Exception as error:  # whatever it is, the neighbours must not be lost by it
                pause = LONGEST_SECONDS
                log.error("the exchange stumbled: %s", type(error).__name__)
            self._rest(pause, seen)
        exchange.close()

    def _rest(self, seconds: float, seen: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._recorded != seen, seconds)

    # telling

    def _tell(self, exchange: Exchange) -> float:
        """Bring what the exchange lacks; how long to rest behind it, in seconds."""
        if not self._post.device.state.post_key:
            return LOOK_SECONDS  # the centre gives it at the first contact
        store = self._ask(lambda store: (store.origin.incarnation, store.mark(RECEIVED)))
        reply = exchange.call(self._call(*store), self._post.device)
        while packed := self._ask(lambda store: self._packed(store, reply.held)):  # noqa: B023
            held = reply.held
            call = self._call(*store, bundles=[packed])
            reply = exchange.call(call, self._post.device)
            if reply.full or reply.held <= held:
                log.error("exchange: it does not keep what is brought")
                return LONGEST_SECONDS
        return LOOK_SECONDS

    def _packed(self, store: Store, held: int) -> bytes | None:
        """The next entries as a bundle. On the store's thread."""
        entries = store.entries(held, limit=_MOST_ENTRIES, max_bytes=_MOST_BYTES)
        before = store.head_at(held)
        if not entries or before is None:
            return None
        device, last = self._post.device, entries[-1]
        device.reached(last.position, last.head)
        made = bundle.bundled(device, store.origin, Tip(held, before), entries)
        return post.pack(made, entries, device)

    # hearing

    def _hear(self, exchange: Exchange) -> float:
        """Wait for what the neighbours bring, and take it over."""
        if not self._post.device.state.post_key:
            return LOOK_SECONDS
        incarnation, have = self._ask(
            lambda store: (
                store.origin.incarnation,
                [
                    Reach(origin.workstation, origin.incarnation, position)
                    for origin, position in store.foreign_tips().items()
                    if origin not in self._refused
                ],
            )
        )
        have += [Reach(each.workstation, each.incarnation, _ALL) for each in self._refused]
        call = self._call(incarnation, 0, have=have, seconds=post.LONGEST_HOLD_SECONDS)
        reply = exchange.call(call, self._post.device)
        new = sum(self._take(packed) for packed in reply.bundles)
        if new:
            self._on_heard()
        return 0.0 if new or not reply.bundles else FIRST_SECONDS

    def _take(self, packed: bytes) -> int:
        """How many entries were new; none of what does not prove itself.

        A journal of which something was refused is not asked for again until the next start, so
        that it keeps nobody else's back.
        """
        state = self._post.device.state
        try:
            carried = post.read(
                packed,
                deployment=state.deployment,
                post=state.post,
                server_key=state.server_key,
            )
        except (Malformed, Forged) as error:
            log.error("an exchange gave out what is no bundle: %s", type(error).__name__)
            return 0
        try:
            entries: list[Entry] = post.opened(carried, state.post_key)
            return sum(self._take_over(carried, some) for some in _slices(entries))
        except (Malformed, Broken) as error:
            log.error("the journal of %s was refused: %s", carried.origin.workstation, error)
            self._refused |= {carried.origin}
            return 0

    def _take_over(self, carried: Carried, some: Sequence[Entry]) -> int:
        origin, key = carried.origin, carried.certificate.signing_key
        return self._ask(lambda store: store.take_foreign(origin, key, some))

    # carrying

    def _carry(self, exchange: Exchange) -> float:
        """Take to the centre what the exchange has no line for itself. Needs no key but our own."""
        state = self._post.device.state
        if not self._post.is_online():
            return LOOK_SECONDS
        reply = exchange.call(self._call(state.incarnation, 0, carries=True), self._post.device)
        if not reply.for_centre:
            return LOOK_SECONDS
        with closing(self._post.link()) as link:
            answers = [
                link.deliver(
                    BundleDelivery(
                        request_id=os.urandom(16),
                        deployment=state.deployment,
                        workstation=state.workstation,
                        bundle=each,
                    )
                )
                for each in reply.for_centre
            ]
        carried = [
            Reach(each.workstation, each.incarnation, each.held)
            for each in answers
            if each.verdict is Verdict.HELD
        ]
        exchange.call(self._call(state.incarnation, 0, carried=carried), self._post.device)
        return LOOK_SECONDS

    def _call(
        self,
        incarnation: int,
        received: int,
        *,
        bundles: Sequence[bytes] = (),
        have: list[Reach] | None = None,
        seconds: int = 0,
        carries: bool = False,
        carried: Sequence[Reach] = (),
    ) -> PostCall:
        state = self._post.device.state
        return PostCall(
            request_id=os.urandom(16),
            deployment=state.deployment,
            workstation=state.workstation,
            incarnation=incarnation,
            certificate=state.certificate,
            received=received,
            bundles=list(bundles),
            have=have,
            seconds=seconds,
            carries=carries,
            carried=list(carried),
        )

    def _ask(self, job: Callable[[Store], T]) -> T:
        """What `job` gives on the store's thread. Raises what it raises, and `Locked`."""
        if self._stopping:
            raise Locked
        try:
            future = self._post.submit(lambda: job(self._post.store()))
        except RuntimeError:  # the store's thread has ended: so does the program
            raise Locked from None
        return future.result()


def _slices(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """In parts, so that an officer need not wait for the store's thread while much comes."""
    for start in range(0, len(entries), _AT_ONCE):
        yield entries[start : start + _AT_ONCE]


def _read(response: HTTPResponse) -> PostReply:
    """Raises `Unreachable`, `Malformed`."""
    body = response.read(protocol.MOST_COMPRESSED + 1)
    if response.status != 200 or response.getheader("Content-Type") != CONTENT_TYPE:
        raise Unreachable(Reason.REFUSED, f"status {response.status}")
    return protocol.decode(protocol.decompress(body), PostReply)


def _checked(url: str) -> tuple[SplitResult, str]:
    """The address, and the pinned digest where there is one. Raises `BadAddress`."""
    advice = f"{url!r} is no exchange's address: write https://HOST:PORT#SHA256, as it prints it."
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:
        raise BadAddress(advice) from None
    pin = address.fragment.lower()
    if not address.hostname or port is None:
        raise BadAddress(advice)
    if address.scheme == "http" and not pin and _is_here(address.hostname):
        return address, ""
    is_pin = len(pin) == _PIN_DIGITS and set(pin) <= set("0123456789abcdef")
    if address.scheme != "https" or not is_pin:
        raise BadAddress(advice)
    return address, pin


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
