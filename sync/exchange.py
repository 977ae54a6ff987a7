"""The post without its centre: tells the post's exchanges what is recorded, hears the neighbours.

Four threads for each exchange, so that one that is gone holds nobody up: one brings what is new
here as soon as it is recorded, its attachments last, one waits there for what the neighbours bring,
one fetches their attachments, one carries between exchange and centre while there is a line, and
brings what headquarters has signed while there is none. The first three ask the store's thread, and
rest while nobody is signed in: nothing new is recorded then.
"""

import logging
import os
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from pathlib import Path
from shutil import disk_usage
from threading import Condition, Lock, Thread
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol, TypeVar
from urllib.parse import SplitResult, urlsplit

from checkpoint_client.desk.channels import Brought, Failure, NotTaken
from checkpoint_client.desk.sticks import ReadBack
from checkpoint_client.journal.chain import Broken
from checkpoint_client.journal.entry import Entry, Origin, Tip
from checkpoint_client.store import RECEIVED, AttachmentFiles, NotHere, Store, Unusable
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen, Locked
from sync import bundle, crossings, post, protocol, revocation
from sync.attachments import Sender
from sync.https import Line
from sync.link import Reason, Unreachable
from sync.post import (
    AttachmentAnswer,
    AttachmentCall,
    Carried,
    CarriedAttachment,
    FileCall,
    FileReply,
    LyingAttachment,
    PostCall,
    PostReply,
    Reach,
)
from sync.protocol import (
    CONTENT_TYPE,
    AskedSheet,
    BundleDelivery,
    Forged,
    Malformed,
    Verdict,
)

if TYPE_CHECKING:
    from sync.reference import Source

T = TypeVar("T")
R = TypeVar("R", PostReply, FileReply, AttachmentAnswer)

CONNECT_SECONDS: Final = 5.0
FIRST_SECONDS: Final = 1.0
LONGEST_SECONDS: Final = 15.0
LOOK_SECONDS: Final = 5.0

LONGEST_ANSWER_SECONDS: Final = 30.0
MOST_EXCHANGES: Final = 8
MOST_FAILURES: Final = 20
"""In a row, several minutes; then one that was only found is looked for anew."""

FETCHED_BYTES: Final = 2 * 1024 * 1024
"""A neighbour's attachment up to that comes by itself, a larger one when somebody opens it."""

FETCHED: Final = 200
"""So many of the newest come by themselves."""

VAIN_SECONDS: Final = 60.0
"""The longest until an exchange is asked again for one it had not, unless somebody waits for it."""

KEPT_FREE: Final = 256 * 1024 * 1024
"""Bytes of the disk that neighbours' attachments leave for records."""

_MOST_ENTRIES = 500
_MOST_BYTES = 512 * 1024
_AT_ONCE = 40
_PIN_DIGITS = 64
_ALL = 2**53
_PIECE = 64 * 1024
_NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})

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
    `lists` and `root` as the uplink has them; it takes over what came by another way than its line:
    `read_words` what the centre acknowledges, `import_lists` what headquarters has signed.
    """

    device: DeviceKey
    submit: Submit
    store: Callable[[], Store]
    attachments: Path
    link: Callable[[], Line]
    is_online: Callable[[], bool]
    lists: Path
    root: bytes
    read_words: Callable[[Sequence[bytes]], "Future[ReadBack]"]
    import_lists: Callable[["Source"], "Future[tuple[Brought, ...]]"]
    state: str = ""


class Exchange:
    """One connection to an exchange, for one thread."""

    def __init__(self, url: str) -> None:
        """`url`: `https://HOST:PORT#SHA256`, with the digest of the exchange's certificate, or
        http on this machine only. Raises `BadAddress`.
        """
        self.url = url
        self._address, self._pin = _checked(url)
        self._connection: HTTPConnection | None = None

    def call(self, call: PostCall, device: DeviceKey) -> PostReply:
        """Raises `Unreachable`."""
        return self._ask(post.POST_PATH, call, device, PostReply, seconds=call.seconds)

    def file(self, call: FileCall, device: DeviceKey) -> FileReply:
        """Raises `Unreachable`."""
        return self._ask(post.FILE_PATH, call, device, FileReply)

    def attachment(self, call: AttachmentCall, device: DeviceKey) -> AttachmentAnswer:
        """Raises `Unreachable`."""
        return self._ask(post.ATTACHMENT_PATH, call, device, AttachmentAnswer)

    def _ask(
        self,
        path: str,
        call: PostCall | FileCall | AttachmentCall,
        device: DeviceKey,
        kind: type[R],
        *,
        seconds: int = 0,
    ) -> R:
        outgoing = protocol.sign_request(call, device, deployment=call.deployment)
        try:
            connection = self._connected()
            connection.sock.settimeout(CONNECT_SECONDS + seconds)
            connection.request("POST", path, outgoing.body, {"Content-Type": CONTENT_TYPE})
            response = connection.getresponse()
            return protocol.decode(_content(response), kind)
        except (OSError, HTTPException):
            self.close()
            raise Unreachable(Reason.NO_ANSWER) from None
        except Malformed:
            self.close()
            raise Unreachable(Reason.NOT_OUR_SERVER) from None
        except Unreachable:
            self.close()
            raise

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connected(self) -> HTTPConnection:
        # One that the other side has closed is not opened again unseen: it may be another's now.
        if self._connection is not None and self._connection.sock is not None:
            return self._connection
        host, port = self._address.hostname or "", self._address.port or 0
        if not self._pin:
            connection = HTTPConnection(host, port, timeout=CONNECT_SECONDS)
            connection.connect()
        else:
            connection, shown = _secured(host, port)
            if shown.hex() != self._pin:
                connection.close()
                raise Unreachable(Reason.WRONG_CERTIFICATE)
        self._connection = connection
        return connection


def proved(host: str, port: int, must_be_ours: Callable[[bytes, bytes], None]) -> Exchange:
    """The exchange at an address that anybody may have named, pinned if it proves itself.

    `must_be_ours` is given what it shows and the digest of its certificate, and raises `Malformed`,
    `Forged`. Raises `Unreachable`.
    """
    try:
        connection, tls = _secured(host, port)
        with closing(connection):
            connection.request("GET", post.PROOF_PATH)
            must_be_ours(_content(connection.getresponse()), tls)
    except (OSError, HTTPException):
        raise Unreachable(Reason.NO_ANSWER) from None
    except (Malformed, Forged):
        raise Unreachable(Reason.NOT_OUR_SERVER) from None
    name = f"[{host}]" if ":" in host else host
    return Exchange(f"https://{name}:{port}#{tls.hex()}")


def _secured(host: str, port: int) -> tuple[HTTPSConnection, bytes]:
    """A connection, and the digest of the certificate that is shown on it. Raises OSError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # a pin or a proof decides, and no date or name
    connection = HTTPSConnection(host, port, timeout=CONNECT_SECONDS, context=context)
    try:
        connection.connect()
        shown = connection.sock.getpeercert(binary_form=True) or b""
    except OSError:  # also of one that hung up before a word was said: its socket is still open
        connection.close()
        raise
    return connection, sha256(shown).digest()


class Neighbours:
    """Everything this workstation tells its neighbours and hears of them."""

    def __init__(
        self,
        post_: Post,
        urls: Sequence[str],
        *,
        on_heard: Callable[[], None],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        """`on_heard` is called on a thread of ours when a neighbour's entries are in the tables.

        `look_seconds`: how long anything waits at most that nobody told of. Raises `BadAddress`.
        """
        self._look_seconds = look_seconds
        self._post = post_
        self._on_heard = on_heard
        self._changed = Condition()
        self._importing = Lock()
        self._fetching = Lock()
        self._files = AttachmentFiles(post_.attachments)
        self._memories: dict[str, bytes] = {}
        self._brought: dict[str, set[str]] = {}
        self._damaged: set[tuple[str, str]] = set()
        self._asked: dict[tuple[str, str], tuple[float, float]] = {}
        self._reading: Future[ReadBack] | None = None
        self._stamps: dict[str, int] = {}
        self._recorded = 0
        self._refused: frozenset[Origin] = frozenset()
        self._unopened: frozenset[Origin] = frozenset()
        self._keys = 0
        self._stopping = False
        self._told_of = [Exchange(url).url for url in urls]
        self._at_work: frozenset[str] = frozenset()
        self._silent: set[str] = set()

    def start(self) -> None:
        for url in self._told_of:
            self._work_with(url)

    def found(self, host: str, port: int) -> None:
        """Somebody announced an exchange: work with it, if it proves to be the post's."""
        if len(self._at_work) >= MOST_EXCHANGES or self._stopping:
            return
        try:
            exchange = proved(host, port, self._must_be_ours)
        except Unreachable as not_ours:
            log.info("what was announced is no exchange of this post: %s", not_ours.reason)
            return
        self._work_with(exchange.url)

    @property
    def at_work(self) -> frozenset[str]:
        """The exchanges that are worked with, by their addresses and pins."""
        return self._at_work

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

    def _must_be_ours(self, shown: bytes, tls: bytes) -> None:
        """Raises `Malformed`, `Forged`."""
        device, state = self._post.device, self._post.device.state
        exchange = post.must_be_exchange(
            shown,
            tls,
            deployment=state.deployment,
            post=state.post,
            server_key=state.server_key,
        )
        if revocation.known(device).is_revoked(exchange):
            raise Forged("this exchange was revoked")

    def _work_with(self, url: str) -> None:
        pin = _pin_in(url)
        with self._changed:
            same = {each for each in self._at_work if pin and pin == _pin_in(each)}
            if same - self._silent or same & {*self._told_of}:
                return  # it has several addresses
            self._at_work = (self._at_work - same) | {url}
        for name, work in (
            ("telling", self._tell),
            ("hearing", self._hear),
            ("fetching", self._fetch),
            ("carrying", self._carry),
        ):
            Thread(target=self._keep_at, args=(work, Exchange(url)), name=name, daemon=True).start()

    def _leave(self, url: str) -> None:
        with self._changed:
            self._at_work -= {url}

    def _keep_at(self, work: Callable[[Exchange], float], exchange: Exchange) -> None:
        failures = 0
        while not self._stopping and exchange.url in self._at_work:
            seen = self._recorded
            try:
                pause = work(exchange)
                failures = 0
                self._silent.discard(exchange.url)
            except Locked:
                pause = self._look_seconds
            except Unreachable as away:
                failures += 1
                self._silent.add(exchange.url)
                pause = min(FIRST_SECONDS * failures, LONGEST_SECONDS)
                log.info("exchange: %s", away.reason)
                if failures >= MOST_FAILURES and exchange.url not in self._told_of:
                    self._leave(exchange.url)  # until it announces itself again
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
            return self._look_seconds  # the centre gives it at the first contact
        seen = self._recorded
        store = self._ask(lambda store: (store.origin.incarnation, store.mark(RECEIVED)))
        lacking = self._ask(lambda store: store.attachments_to_carry())
        reply = exchange.call(
            self._call(*store, asks_word=True, lacks_word=len(lacking)), self._post.device
        )
        self._remember(exchange, reply.memory)
        if reply.acknowledgements and (self._reading is None or self._reading.done()):
            self._reading = self._post.read_words(reply.acknowledgements)
            self._reading.add_done_callback(_say_refused)
        while packed := self._ask(lambda store: self._packed(store, reply.held)):  # noqa: B023
            held = reply.held
            call = self._call(*store, bundles=[packed])
            reply = exchange.call(call, self._post.device)
            if reply.full or reply.held <= held:
                log.error("exchange: it does not keep what is brought")
                return LONGEST_SECONDS
        if not reply.memory:
            return self._look_seconds  # an exchange from before it kept attachments
        for address in self._ask(lambda store: store.attachments_to_carry()):
            self._bring(exchange, address)
            if self._recorded != seen or self._stopping:
                return 0.0  # entries go first
        return self._look_seconds

    def _remember(self, exchange: Exchange, memory: bytes) -> None:
        """What was brought there is brought again where it may be gone."""
        if self._memories.get(exchange.url) != memory:
            self._memories[exchange.url] = memory
            self._brought[exchange.url] = set()

    def _bring(self, exchange: Exchange, address: str) -> None:
        """An attachment of ours, behind what of it is there; unless there is no room for it."""
        brought = self._brought[exchange.url]
        if address in brought:
            return
        path = self._files.path_of(address)
        with suppress(FileNotFoundError), path.open("rb") as file:
            size = path.stat().st_size
            answer = exchange.attachment(self._about(address, size), self._post.device)
            while answer.held < size and not answer.full:
                before = answer.held
                file.seek(before)
                part = file.read(post.MOST_PART_BYTES)
                call = self._about(address, size, start=before, part=part)
                answer = exchange.attachment(call, self._post.device)
                if answer.held <= before:
                    break
            if answer.held < size:
                log.warning("exchange: it does not keep an attachment")
        brought.add(address)

    def _about(
        self, address: str, size: int, *, start: int = 0, part: bytes | None = None
    ) -> AttachmentCall:
        state = self._post.device.state
        return AttachmentCall(
            request_id=os.urandom(16),
            deployment=state.deployment,
            workstation=state.workstation,
            certificate=state.certificate,
            address=bytes.fromhex(address),
            size=size,
            start=start,
            part=part,
        )

    # fetching

    def _fetch(self, exchange: Exchange) -> float:
        """Bring here what neighbours attached, as far as it is there; small ones unasked."""
        if not self._memories.get(exchange.url):
            return self._look_seconds  # it has not been heard yet, or keeps none
        wanted, awaited = self._ask(
            lambda store: (
                store.attachments_to_fetch(most_bytes=FETCHED_BYTES, most=FETCHED),
                {*store.attachments.asked_for},
            )
        )
        come = False
        for address, size in wanted.items():
            place, now = (exchange.url, address), monotonic()
            again, pause = self._asked.get(place, (0.0, self._look_seconds))
            if address in awaited or now >= again:
                self._asked[place] = (now + pause, min(2 * pause, VAIN_SECONDS))
                come = self._fetch_one(exchange, address, size) or come
        if come:
            self._on_heard()
        return self._look_seconds

    def _fetch_one(self, exchange: Exchange, address: str, size: int) -> bool:
        """Whether it has come whole by that. What is not what its address says is not asked for
        there again before the next start.
        """
        if (exchange.url, address) in self._damaged:
            return False
        with self._fetching:  # two exchanges may have it
            if self._files.path_of(address).exists():
                return False
            try:
                return self._fetch_parts(exchange, address, size)
            except NotHere:
                log.error("an exchange gave out what is not the attachment")
                self._damaged.add((exchange.url, address))
            except Unusable as error:
                log.error("an attachment cannot be kept here: %s", type(error).__name__)
        return False

    def _fetch_parts(self, exchange: Exchange, address: str, size: int) -> bool:
        if disk_usage(self._post.attachments.parent).free < size + KEPT_FREE:
            return False
        while not self._stopping:
            start = self._files.begun(address)
            answer = exchange.attachment(self._about(address, size, start=start), self._post.device)
            part = answer.part[: size - start]
            if not part and start < size:
                return False
            if self._files.take_part(address, part, size=size):
                return True
        return False

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
        state = self._post.device.state
        if not state.post_key:
            return self._look_seconds
        if len(state.post_keys) != self._keys:  # what was closed may be opened by now
            self._keys, self._unopened = len(state.post_keys), frozenset()
        unwanted = self._refused | self._unopened
        incarnation, have = self._ask(
            lambda store: (
                store.origin.incarnation,
                [
                    Reach(origin.workstation, origin.incarnation, position)
                    for origin, position in store.foreign_tips().items()
                    if origin not in unwanted
                ],
            )
        )
        have += [Reach(each.workstation, each.incarnation, _ALL) for each in unwanted]
        call = self._call(incarnation, 0, have=have, seconds=post.LONGEST_HOLD_SECONDS)
        reply = exchange.call(call, self._post.device)
        self._hear_revocation(reply.revoked)
        new = sum(self._take(packed) for packed in reply.bundles)
        if new:
            self._on_heard()
        return 0.0 if new or not reply.bundles else FIRST_SECONDS

    def _take(self, packed: bytes) -> int:
        """How many entries were new; none of what does not prove itself.

        A journal of which something was refused is not asked for again until the next start, so
        that it keeps nobody else's back; nor is that of a revoked workstation, behind what the
        centre held of it.
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
        key = post.key_for(carried, self._post.device)
        if key is None:
            self._unopened |= {carried.origin}
            return 0
        believed = revocation.known(self._post.device).believed(carried.origin)
        if believed is not None and carried.last >= believed:
            self._refused |= {carried.origin}
        try:
            entries: list[Entry] = post.opened(carried, key)
            if believed is not None:
                entries = [each for each in entries if each.position <= believed]
            return sum(self._take_over(carried, some) for some in _slices(entries))
        except (Malformed, Broken) as error:
            log.error("the journal of %s was refused: %s", carried.origin.workstation, error)
            self._refused |= {carried.origin}
            return 0

    def _hear_revocation(self, statement: bytes) -> None:
        try:
            revocation.hear(self._post.device, statement)
        except (Malformed, Forged) as error:
            log.error("an exchange told a false word on revocation: %s", type(error).__name__)

    def _take_over(self, carried: Carried, some: Sequence[Entry]) -> int:
        origin, key = carried.origin, carried.certificate.signing_key
        return self._ask(lambda store: store.take_foreign(origin, key, some))

    # carrying

    def _carry(self, exchange: Exchange) -> float:
        """Between exchange and centre. Needs no key but our own."""
        if self._post.is_online():
            self._bring_to_both(exchange)
        else:
            self._bring_crossings_here(exchange)
            self._bring_lists_here(exchange)
        return self._look_seconds

    def _bring_to_both(self, exchange: Exchange) -> None:
        """What others have no line for, to the centre; what headquarters has signed, from there."""
        from sync import post_lists  # with python-tuf, which no start need wait for

        state, device = self._post.device.state, self._post.device
        reply = exchange.call(self._call(state.incarnation, 0, carries=True), device)
        metadata = post_lists.newer(self._post.lists, self._post.root, than=reply.stamp)
        offered = reply.attachments_for_centre
        wanted = reply.wanted or reply.wanted_sheets
        if not (reply.for_centre or wanted or metadata or offered):
            return
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
            held = [each for each in answers if each.verdict is Verdict.HELD]
            carried = [Reach(each.workstation, each.incarnation, each.held) for each in held]
            words = [each.acknowledgement for each in held]
            call = self._call(
                state.incarnation, 0, carried=carried, acknowledgements=words, metadata=metadata
            )
            exchange.call(call, device)
            self._carry_sheets(exchange, reply.wanted_sheets, link)
            for name in reply.wanted:
                post_lists.bring(name, exchange, link, device)
            if done := list(self._take_to_centre(exchange, offered, link)):
                exchange.call(self._call(state.incarnation, 0, carried_attachments=done), device)

    def _take_to_centre(
        self, exchange: Exchange, offered: Sequence[LyingAttachment], link: Line
    ) -> Iterator[CarriedAttachment]:
        """What the centre has by now of neighbours' attachments, with its word to each of them."""
        words: dict[str, bytes] = {}
        seen = self._recorded
        sender = Sender(
            link,
            self._post.device,
            self._post.attachments,
            received=lambda _address: None,
            heard=words.__setitem__,
            must_yield=lambda: self._stopping or self._recorded != seen,
        )
        for each in offered:
            address = each.address.hex()
            self._fetch_one(exchange, address, each.size)
            is_all = sender.send([address], origin=each.workstation)
            if address in words:
                yield CarriedAttachment(each.workstation, each.address, words[address])
            if not is_all:
                return

    def _bring_crossings_here(self, exchange: Exchange) -> None:
        """What crossed at other posts, a good many sheets at a time; nothing while locked."""
        post_, device = self._post, self._post.device
        own = device.state
        with suppress(Locked):
            for _ in range(crossings.MOST_AT_ONCE):
                asked = self._ask(lambda store: crossings.asked(store, state=post_.state))
                reply = exchange.call(self._call(own.incarnation, 0, asks_sheet=asked), device)
                if not reply.sheet or not self._take_sheet(reply.sheet):
                    return

    def _take_sheet(self, packed: bytes) -> bool:
        """Whether it was news."""
        post_, device = self._post, self._post.device
        own = device.state
        try:
            sheet = crossings.read(
                packed, deployment=own.deployment, post=own.post, server_key=own.server_key
            )
            return self._ask(lambda store: crossings.take(store, sheet, device, state=post_.state))
        except CannotOpen:
            return False  # the centre's word brings the key
        except (Malformed, Forged) as error:
            log.error("an exchange gave out what is no sheet: %s", type(error).__name__)
            return False

    def _carry_sheets(self, exchange: Exchange, wanted: Sequence[AskedSheet], link: Line) -> None:
        device = self._post.device
        for asked in wanted:
            for packed in crossings.fetched(link, device, asked):
                exchange.call(self._call(device.state.incarnation, 0, sheets=[packed]), device)

    def _bring_lists_here(self, exchange: Exchange) -> None:
        """What is newer there than what was looked at last."""
        from sync import post_lists

        state, device = self._post.device.state, self._post.device
        stamp = exchange.call(self._call(state.incarnation, 0), device).stamp
        if stamp <= self._stamps.get(exchange.url, 0):
            return
        if not self._importing.acquire(blocking=False):
            return  # another exchange is just giving it
        try:
            self._wait_for(self._post.import_lists(post_lists.OnExchange(exchange, device)))
            self._stamps[exchange.url] = stamp
        except NotTaken as why:
            log.info("the exchange's lists are not taken: %s", why)
            if why.failure is not Failure.FILE_FAILED:
                self._stamps[exchange.url] = stamp
        except post_lists.Paused:
            log.info("the exchange's lists are taken later")
        finally:
            self._importing.release()

    def _wait_for(self, future: "Future[T]") -> T:
        """Raises what it raises, and `Locked` where the program ends meanwhile."""
        while not self._stopping:
            with suppress(TimeoutError):
                return future.result(FIRST_SECONDS)
        raise Locked

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
        asks_word: bool = False,
        asks_sheet: AskedSheet | None = None,
        sheets: Sequence[bytes] = (),
        lacks_word: int = 0,
        acknowledgements: Sequence[bytes] = (),
        carried_attachments: Sequence[CarriedAttachment] = (),
        metadata: Mapping[str, bytes] = _NOTHING,
    ) -> PostCall:
        state = self._post.device.state
        return PostCall(
            request_id=os.urandom(16),
            deployment=state.deployment,
            workstation=state.workstation,
            incarnation=incarnation,
            certificate=state.certificate,
            revoked=state.revoked,
            received=received,
            bundles=list(bundles),
            have=have,
            seconds=seconds,
            carries=carries,
            carried=list(carried),
            asks_word=asks_word,
            asks_sheet=asks_sheet,
            sheets=list(sheets),
            lacks_word=lacks_word,
            carried_attachments=list(carried_attachments),
            acknowledgements=list(acknowledgements),
            metadata=dict(metadata),
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


def _say_refused(read: "Future[ReadBack]") -> None:
    if error := read.exception():
        log.error("the centre's word could not be kept: %s", type(error).__name__)
        return
    for flaw in read.result().refused.values():
        log.error("an exchange gave out a word that is not the centre's: %s", flaw)


def _slices(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """In parts, so that an officer need not wait for the store's thread while much comes."""
    for start in range(0, len(entries), _AT_ONCE):
        yield entries[start : start + _AT_ONCE]


def _content(response: HTTPResponse) -> bytes:
    """What came, unpacked. Raises `Unreachable`, `Malformed`, OSError."""
    ends = monotonic() + LONGEST_ANSWER_SECONDS
    body = bytearray()
    with closing(response):
        while part := response.read1(_PIECE):
            body += part
            if len(body) > protocol.MOST_COMPRESSED or monotonic() > ends:
                raise Unreachable(Reason.TOO_LARGE)
    if response.status != HTTPStatus.OK or response.getheader("Content-Type") != CONTENT_TYPE:
        raise Unreachable(Reason.REFUSED, f"status {response.status}")
    return protocol.decompress(bytes(body))


def _pin_in(url: str) -> str:
    return urlsplit(url).fragment.lower()


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
