"""The post's exchange: keeps and hands on what the workstations of one post tell each other.

It runs on any PC of the post, also on several, while the centre is gone. It reads nothing of it:
the entries are encrypted for the post's key and for the centre's, and it has neither. Whatever the
centre lacks it takes there when it has a line.
"""

import asyncio
import logging
import os
import re
from bisect import bisect_right, insort
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from http import HTTPStatus
from itertools import chain, repeat
from pathlib import Path
from threading import Lock
from time import monotonic, time
from typing import Final, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from checkpoint_client.desk.channels import NotTaken
from checkpoint_client.journal.entry import Origin
from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Damaged, NewerFile
from sync import engine, enrolment, nearby, post, protocol, revocation
from sync.https import BadAddress, Line
from sync.link import Link, Unreachable
from sync.post import (
    AttachmentAnswer,
    AttachmentCall,
    FileCall,
    FileReply,
    PostCall,
    PostReply,
    Reach,
)
from sync.protocol import (
    CONTENT_TYPE,
    HEALTH_PATH,
    BundleDelivery,
    DeviceRole,
    Forged,
    Malformed,
    TooLarge,
    Verdict,
)
from sync.revocation import Revoked
from sync.server import certificates, disk, logs, post_attachments
from sync.server.carriers import Carriers
from sync.server.carriers import Journal as _Journal
from sync.server.command import Refused, now
from sync.server.incoming import body_of
from sync.server.keys import write_private
from sync.server.post_attachments import PostAttachments
from sync.server.relay import Relay, Told
from sync.server.serving import CentreProcess, Chores, is_loopback, listen
from sync.server.sheets import REFRESH_SECONDS, Sheets

FORWARD_AFTER_SECONDS: Final = 120.0
"""A workstation that has a line itself brings its entries before that."""

MOST_BYTES: Final = 2_000_000_000
MOST_FILES: Final = 200_000
SHARES: Final = 4
"""No workstation gets more than one of so many parts of the room."""

_NAME = re.compile(r"(\d+)-(\d+)-(\d+)\.post")
_WORKSTATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_REVOKED = "revoked"
_LOOK_SECONDS = 5.0
_SLICE_SECONDS = 10.0

log = logging.getLogger(__name__)


class Wishes(StrEnum):
    """Whether workstations find the exchange by themselves, or by its address in their settings."""

    ANNOUNCED = "announced"
    QUIET = "quiet"


class Full(Exception):
    """No room for more: the centre has nothing yet of what lies here."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Lying:
    """A bundle in the folder, its range, and when it came (seconds since 1970)."""

    first: int
    last: int
    path: Path = field(compare=False)
    size: int = field(compare=False)
    came: float = field(compare=False)


C = TypeVar("C", PostCall, FileCall, AttachmentCall)

Endpoint = Callable[[Request], Awaitable[Response]]


class Keeper:
    """The bundles in a folder. May be asked from any thread."""

    def __init__(
        self,
        folder: Path,
        *,
        deployment: str,
        post_code: str,
        server_key: bytes,
        most_bytes: int = MOST_BYTES,
        most_files: int = MOST_FILES,
        shares: int = SHARES,
        forward_after: float = FORWARD_AFTER_SECONDS,
    ) -> None:
        self._folder = folder
        self._deployment = deployment
        self._post = post_code
        self._server_key = server_key
        self._most_bytes = most_bytes
        self._most_files = most_files
        self._shares = shares
        self._used_by: dict[str, tuple[int, int]] = {}
        self._forward_after = forward_after
        self._lying: dict[_Journal, list[_Lying]] = {}
        self._at_centre: dict[_Journal, int] = {}
        self._words: dict[_Journal, bytes] = {}
        self._attachment_words: dict[str, bytes] = {}
        self._carried_attachment_words: dict[str, bytes] = {}
        self._carriers = Carriers(forward_after)
        self._wanted: dict[_Journal, int] = {}
        self._used = self._count = 0
        self._one_at_a_time = Lock()
        self._statement = b""
        self._revoked: Revoked | None = None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._look()
        with suppress(OSError):
            self.hear_revocation((folder / _REVOKED).read_bytes())

    def answer(self, body: bytes) -> tuple[PostCall, PostReply, bool]:
        """What to reply to a call, and whether it brought something new for others.

        Raises `Malformed`, `Forged`.
        """
        call = self.proved_call(body, PostCall)
        self.hear_revocation(call.revoked)
        journal = call.workstation, call.incarnation
        brought = [self._proved(each) for each in call.bundles]
        if any((each.origin.workstation != call.workstation) for each in brought):
            raise Forged("a workstation brings its own journal only")
        self.centre_holds(journal, call.received)
        words = chain(call.acknowledgements, repeat(b""))
        for each, word in zip(call.carried, words, strict=False):
            whose = each.workstation, each.incarnation
            with self._one_at_a_time:
                self._carriers.hear(call.workstation, whose, each.position, word)
        for attachment in call.carried_attachments:
            self._carried_attachment_words[attachment.workstation] = attachment.acknowledgement
        is_full = is_new = False
        for carried, packed in zip(brought, call.bundles, strict=True):
            try:
                is_new = self._keep(carried, packed) or is_new
            except (Full, OSError) as error:
                logs.write(log, logging.ERROR, "bundle-not-kept", error=error)
                is_full = True
        return call, self.reply_to(call, is_full=is_full), is_new

    def proved_call(self, body: bytes, kind: type[C]) -> C:
        """What a workstation of this post says, and nobody else. Raises `Malformed`, `Forged`."""
        incoming = protocol.read_request(body, deployment=self._deployment)
        call = protocol.decode(incoming.payload, kind)
        caller = self._recognised(call.certificate)
        if (caller.workstation, caller.signing_key) != (call.workstation, incoming.key):
            raise Forged("not the certified workstation's call")
        if caller.role is not DeviceRole.WORKSTATION:
            raise Forged("an exchange has nothing to ask of another one")
        if self._revoked and self._revoked.is_revoked(call.workstation):
            raise Forged("this workstation was revoked")
        return call

    def hear_revocation(self, statement: bytes) -> None:
        """The centre's word on whom to believe, whoever brings it; only a later one counts."""
        if not statement or statement == self._statement:
            return
        try:
            told = revocation.read(
                statement,
                deployment=self._deployment,
                post=self._post,
                server_key=self._server_key,
            )
        except (Malformed, Forged) as error:
            log.error("a false word on revocation: %s", type(error).__qualname__)
            return
        with self._one_at_a_time:
            if self._revoked is None or told.number > self._revoked.number:
                self._revoked, self._statement = told, statement
                disk.write(self._folder / _REVOKED, [statement], mode=0o600)

    def reply_to(self, call: PostCall, *, is_full: bool = False) -> PostReply:
        journal = call.workstation, call.incarnation
        with self._one_at_a_time:
            bundles = [] if call.have is None else list(self._news_for(call.workstation, call.have))
            held = self._held(journal)
            for_centre = list(self._offers(call.workstation, time())) if call.carries else []
            words = list(self._words_on(journal, call.received)) if call.asks_word else []
            if call.asks_word and call.lacks_word:
                words += self._words_on_attachments(call.workstation)
        return PostReply(
            held=held,
            bundles=bundles,
            full=is_full,
            for_centre=for_centre,
            acknowledgements=words,
            revoked=b"" if call.have is None else self._statement,
        )

    def centre_holds(self, journal: _Journal, position: int, word: bytes = b"") -> None:
        """Note how far the centre has a journal: of that, the oldest may make room.

        `word`: what the centre says of it to its workstation.
        """
        with self._one_at_a_time:
            self._at_centre[journal] = max(position, self._at_centre.get(journal, 0))
            if word:
                self._words[journal] = word

    def hear_word(self, workstation: str, word: bytes) -> None:
        """What the centre says to a workstation whose attachment we brought there."""
        with self._one_at_a_time:
            self._attachment_words[workstation] = word

    def for_centre(self, when: float) -> Iterator[tuple[_Journal, bytes]]:
        """The centre's part of what it lacks, each journal in order, what has lain a while."""
        with self._one_at_a_time:
            journals = list(self._lying)
        for journal in journals:
            before = -1
            # Where the centre did not take one, it will not take the next.
            while (held := self._at_centre.get(journal, 0)) > before:
                packed = self._next_for_centre(journal, held, when)
                if packed is None:
                    break
                before = held
                yield journal, protocol.decode(packed, post.PostBundle).bundle

    def _look(self) -> None:
        """Take up what an earlier run left, but not what it was just writing."""
        for path in self._folder.glob(f"*/*{disk.PARTIAL}"):
            path.unlink()
        for path in self._folder.glob("*/*.post"):
            if match := _NAME.fullmatch(path.name):
                incarnation, first, last = map(int, match.groups())
                stat = path.stat()
                lying = _Lying(
                    first=first, last=last, path=path, size=stat.st_size, came=stat.st_mtime
                )
                self._place((path.parent.name, incarnation), lying)

    def _recognised(self, statement: bytes) -> protocol.Certificate:
        return post.recognised(
            statement, deployment=self._deployment, post=self._post, server_key=self._server_key
        )

    def _proved(self, packed: bytes) -> post.Carried:
        if len(packed) > post.MOST_BUNDLE_BYTES:
            raise TooLarge(f"a bundle of more than {post.MOST_BUNDLE_BYTES} bytes")
        carried = post.read(
            packed, deployment=self._deployment, post=self._post, server_key=self._server_key
        )
        if not _WORKSTATION.fullmatch(carried.origin.workstation):
            raise Malformed("not a workstation's name")
        return carried

    def _keep(self, carried: post.Carried, packed: bytes) -> bool:
        """Whether it was new. Raises `Full`, OSError."""
        journal = carried.origin.workstation, carried.origin.incarnation
        with self._one_at_a_time:
            lying = _next(self._lying.get(journal, ()), carried.first - 1)
            if lying and carried.last <= lying.last:
                return False
            self._make_room(journal[0], len(packed))
            folder = self._folder / journal[0]
            folder.mkdir(mode=0o700, exist_ok=True)
            path = folder / f"{journal[1]}-{carried.first:012}-{carried.last:012}.post"
            disk.write(path, [packed], mode=0o600)
            self._place(
                journal,
                _Lying(
                    first=carried.first, last=carried.last, path=path, size=len(packed), came=time()
                ),
            )
            if self._wanted.get(journal, 0) >= carried.first:
                self._wanted[journal] = 0
            return True

    def _place(self, journal: _Journal, lying: _Lying) -> None:
        """Into its order; those that are wholly in it go, so that both ends rise from one on."""
        here = self._lying.setdefault(journal, [])
        for each in [
            each for each in here if lying.first <= each.first and each.last <= lying.last
        ]:
            self._drop(journal, each)
        insort(here, lying)
        self._count_in(journal[0], lying.size, 1)

    def _make_room(self, workstation: str, size: int) -> None:
        """Of what the centre has, the oldest goes; of one with all his share, only his own."""
        if not self._has_share(workstation, size):
            own = [journal for journal in self._lying if journal[0] == workstation]
            self._free(own, lambda: self._has_share(workstation, size))
        if not self._has_room(size):
            self._free([*self._lying], lambda: self._has_room(size))

    def _free(self, journals: Sequence[_Journal], is_enough: Callable[[], bool]) -> None:
        """Raises `Full`."""
        spare = [
            (journal, each)
            for journal in journals
            for each in self._lying[journal]
            if each.last <= self._at_centre.get(journal, 0)
        ]
        for journal, each in sorted(spare, key=lambda one: one[1].came):
            self._drop(journal, each)
            if is_enough():
                return
        raise Full

    def _has_share(self, workstation: str, size: int) -> bool:
        used, count = self._used_by.get(workstation, (0, 0))
        is_small = used + size <= self._most_bytes // self._shares
        return is_small and count < self._most_files // self._shares

    def _has_room(self, size: int) -> bool:
        return self._used + size <= self._most_bytes and self._count < self._most_files

    def _drop(self, journal: _Journal, lying: _Lying) -> None:
        lying.path.unlink(missing_ok=True)
        self._lying[journal].remove(lying)
        self._count_in(journal[0], -lying.size, -1)

    def _count_in(self, workstation: str, size: int, count: int) -> None:
        self._used, self._count = self._used + size, self._count + count
        used, number = self._used_by.get(workstation, (0, 0))
        self._used_by[workstation] = used + size, number + count

    def _news_for(self, caller: str, have: Sequence[Reach]) -> Iterator[bytes]:
        reached = {(each.workstation, each.incarnation): each.position for each in have}
        room = post.MOST_REPLY_BYTES
        for journal, lying in self._lying.items():
            if journal[0] == caller or not lying:
                continue
            position = reached.get(journal, 0)
            while (found := _next(lying, position)) and self._is_believed(journal, found):
                packed = self._read(journal, found)
                if packed is None:
                    continue
                room -= len(packed)
                if room < 0:
                    return
                yield packed
                position = found.last
            if lying and not found and position < lying[-1].last:
                self._wanted[journal] = position + 1

    def _offers(self, caller: str, when: float) -> Iterator[bytes]:
        """For a workstation with a line: what lay a while, each journal to one of them at a time.

        That a journal was carried is only their word: it makes no room.
        """
        self._carriers.note(caller, when)
        for journal, lying in self._lying.items():
            if not self._carriers.may_ask(caller, journal, when):
                continue
            reached = self._carriers.reached(caller, journal)
            held = max(self._at_centre.get(journal, 0), reached)
            found = _next(lying, held)
            if found is None or not self._has_lain(found, when):
                continue
            if packed := self._read(journal, found):
                self._carriers.ask(caller, journal, when)
                yield protocol.decode(packed, post.PostBundle).bundle

    def _words_on(self, journal: _Journal, received: int) -> Iterator[bytes]:
        """What neighbours carried here is beside our own: it may have been made up."""
        if journal in self._words and self._at_centre.get(journal, 0) > received:
            yield self._words[journal]
        yield from self._carriers.words(journal, received)

    def _words_on_attachments(self, workstation: str) -> Iterator[bytes]:
        for words in (self._attachment_words, self._carried_attachment_words):
            if workstation in words:
                yield words[workstation]

    def _is_believed(self, journal: _Journal, lying: _Lying) -> bool:
        """Whether any of it may still be taken over: its workstation may be revoked since."""
        if self._revoked is None:
            return True
        last = self._revoked.believed(Origin(self._deployment, *journal))
        return last is None or lying.first <= last

    def _has_lain(self, lying: _Lying, when: float) -> bool:
        """Whether nobody brought it for a while; what came in the future came by a wrong clock."""
        return not 0 <= when - lying.came < self._forward_after

    def _held(self, journal: _Journal) -> int:
        lying = self._lying.get(journal)
        if not lying:
            return 0
        position = lying[0].first - 1
        while found := _next(lying, position):
            position = found.last
        wanted = self._wanted.get(journal, 0)
        return min(position, wanted - 1) if wanted else position

    def _next_for_centre(self, journal: _Journal, held: int, when: float) -> bytes | None:
        with self._one_at_a_time:
            lying = _next(self._lying[journal], held)
            if lying is None or not self._has_lain(lying, when):
                return None
            return self._read(journal, lying)

    def _read(self, journal: _Journal, lying: _Lying) -> bytes | None:
        """The file, if it is still what was proved when it came; what is damaged comes again."""
        try:
            packed = lying.path.read_bytes()
            self._proved(packed)
        except (OSError, Malformed, Forged) as error:
            log.error("a bundle was dropped: %s", type(error).__qualname__)
            self._drop(journal, lying)
            return None
        return packed


def forward(keeper: Keeper, link: Link, device: DeviceKey, *, when: float) -> None:
    """Take to the centre what it lacks. Raises `Unreachable`; nothing is lost by that."""
    for (workstation, incarnation), bundle in keeper.for_centre(when):
        reply = link.deliver(
            BundleDelivery(
                request_id=os.urandom(16),
                deployment=device.state.deployment,
                workstation=device.state.workstation,
                bundle=bundle,
            )
        )
        if reply.verdict is Verdict.HELD:
            keeper.centre_holds((workstation, incarnation), reply.held, reply.acknowledgement)


def look_for_lists(relay: Relay, link: Link, device: DeviceKey) -> None:
    """Ask the centre for newer reference data. Raises `Unreachable`, `NotTaken`, OSError."""
    inquiry = engine.inquiry(device, have=relay.have(), now=now())
    reply = link.contact(msgspec.structs.replace(inquiry, asks_post_key=False, role_holders=None))
    engine.hear(device, reply)
    if reply.metadata:
        relay.look(Told(reply.metadata))


def application(
    keeper: Keeper,
    relay: Relay,
    attachments: PostAttachments,
    sheets: Sheets,
    *,
    proof: bytes = b"",
) -> Starlette:
    """`proof`: what the exchange shows to who has not got its certificate's digest, if it does."""
    news = _News()

    async def tell(request: Request) -> Response:
        coming = news.coming
        body = await body_of(request)
        call, reply, is_new = await run_in_threadpool(keeper.answer, body)
        if is_new:
            news.tell()
        if call.metadata:
            await run_in_threadpool(_take_lists, relay, call)
        if call.seconds and not reply.bundles and await _is_told(coming, call.seconds):
            reply = await run_in_threadpool(keeper.reply_to, call)
        reply = msgspec.structs.replace(
            reply, stamp=relay.stamp, wanted=relay.wanted_from(call.workstation)
        )
        reply = await run_in_threadpool(_with_sheets, reply, call, sheets)
        return _reply(_with_attachments(reply, call, attachments))

    async def file(request: Request) -> Response:
        body = await body_of(request)
        call = keeper.proved_call(body, FileCall)
        if call.part is None:
            read = partial(relay.read, asker=call.workstation)
            return _reply(await run_in_threadpool(read, call.name, call.start))
        bring = partial(relay.bring, carrier=call.workstation)
        return _reply(await run_in_threadpool(bring, call.name, call.start, call.part))

    async def attachment(request: Request) -> Response:
        body = await body_of(request)
        call = keeper.proved_call(body, AttachmentCall)
        return _reply(await run_in_threadpool(attachments.answer, call))

    async def show(_request: Request) -> Response:
        if not proof:
            return PlainTextResponse("none", status_code=HTTPStatus.NOT_FOUND)
        return Response(protocol.compress(proof), media_type=CONTENT_TYPE)

    return Starlette(
        routes=[
            Route(post.POST_PATH, _in_words(tell), methods=["POST"]),
            Route(post.FILE_PATH, _in_words(file), methods=["POST"]),
            Route(post.ATTACHMENT_PATH, _in_words(attachment), methods=["POST"]),
            Route(post.PROOF_PATH, show, methods=["GET"]),
            Route(HEALTH_PATH, _health, methods=["GET"]),
        ]
    )


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok")


def _in_words(answer: Endpoint) -> Endpoint:
    """The same, where what is refused and what fails gets an answer too."""

    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except TooLarge as refused:
            return _refusal(refused, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except Malformed as refused:
            return _refusal(refused, HTTPStatus.BAD_REQUEST)
        except Forged as refused:
            return _refusal(refused, HTTPStatus.UNAUTHORIZED)
        except Exception as bug:
            logs.write(log, logging.ERROR, "fault", error=bug)
            return PlainTextResponse(
                "a fault of the exchange, which is in its log",
                status_code=HTTPStatus.INTERNAL_SERVER_ERROR,
            )

    return answered


def _take_lists(relay: Relay, call: PostCall) -> None:
    try:
        relay.look(Told(call.metadata))
    except (NotTaken, OSError) as error:
        logs.write(
            log, logging.WARNING, "lists-not-taken", error=error, workstation=call.workstation
        )


def _with_attachments(reply: PostReply, call: PostCall, here: PostAttachments) -> PostReply:
    for each in call.carried_attachments:
        here.note_carried(each)
    offers = here.offers(time()) if call.carries else []
    return msgspec.structs.replace(reply, attachments_for_centre=offers, memory=here.memory)


def _with_sheets(reply: PostReply, call: PostCall, here: Sheets) -> PostReply:
    for packed in call.sheets:
        try:
            here.bring(packed, carrier=call.workstation)
        except (Malformed, Forged, OSError) as error:
            logs.write(
                log,
                logging.WARNING,
                "crossings-not-kept",
                error=error,
                workstation=call.workstation,
            )
    return msgspec.structs.replace(
        reply,
        sheet=here.answer(call.workstation, call.asks_sheet) if call.asks_sheet else b"",
        wanted_sheets=here.wanted(call.workstation) if call.carries else [],
    )


def _reply(reply: PostReply | FileReply | AttachmentAnswer) -> Response:
    return Response(protocol.compress(msgspec.msgpack.encode(reply)), media_type=CONTENT_TYPE)


class _News:
    """Wakes whoever waits for something new. Used by the loop's thread alone."""

    def __init__(self) -> None:
        self.coming = asyncio.Event()

    def tell(self) -> None:
        told, self.coming = self.coming, asyncio.Event()
        told.set()


async def _is_told(coming: asyncio.Event, seconds: int) -> bool:
    try:
        await asyncio.wait_for(coming.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _refusal(refused: Exception, status: HTTPStatus) -> Response:
    return PlainTextResponse(str(refused), status_code=status)


def _next(lying: Sequence[_Lying], position: int) -> _Lying | None:
    """Of the bundles that go on behind a position, the one that goes farthest."""
    behind = bisect_right(lying, position + 1, key=lambda each: each.first)
    return lying[behind - 1] if behind and lying[behind - 1].last > position else None


# --- the command --------------------------------------------------------------------------------


def serve(
    data: Path,
    *,
    host: str,
    port: int,
    provisioning: Path | None,
    until_closed: bool,
    forward_after: float = FORWARD_AFTER_SECONDS,
    wishes: Wishes = Wishes.ANNOUNCED,
) -> None:
    """Run an exchange in the folder `data`. Raises `Refused`."""
    folder = Folder(data)
    device = _enrolled(folder, provisioning)
    keeper = Keeper(
        data / "post",
        deployment=device.state.deployment,
        post_code=device.state.post,
        server_key=device.state.server_key,
        forward_after=forward_after,
    )
    relay = _relay(folder, device)
    attachments = PostAttachments(data / "post-attachments", forward_after)
    refresh = min(REFRESH_SECONDS, 7.5 * forward_after)
    sheets = Sheets(data / "post-crossings", device, refresh=refresh)
    certificate, key = (None, data) if is_loopback(host) else _certificate(data, host)
    try:
        listener = listen(host, port)
    except OSError as error:
        raise Refused(f"{host}:{port} cannot be listened on: {error.strerror}.") from error
    name = f"[{host}]" if ":" in host else host
    address = f"{name}:{listener.getsockname()[1]}"
    url = f"https://{address}#{_pin(certificate)}" if certificate else f"http://{address}"

    def say_ready() -> None:
        print(f"listening on {url}", flush=True)
        print(
            f'In settings.toml of each workstation of the post: exchanges = ["{url}"]', flush=True
        )

    tls = bytes.fromhex(_pin(certificate)) if certificate else b""
    proof = post.proof(device, tls) if tls else b""
    process = CentreProcess(
        application(keeper, relay, attachments, sheets, proof=proof),
        certificate=certificate,
        key=key,
    )
    line = _line(folder, device)
    chore = _ToCentre(
        keeper, relay, attachments, sheets, line, device, lists_every=forward_after / 2
    )
    with closing(line), closing(Chores()) as chores, ExitStack() as until_the_end:
        chores.repeat(chore.go, seconds=min(_LOOK_SECONDS, max(forward_after, 0.1)))
        if tls and wishes is Wishes.ANNOUNCED:
            sign = nearby.Sign(
                name=tls.hex(),
                place=nearby.place_of(device.state.deployment, device.state.post),
                host=host,
                port=listener.getsockname()[1],
            )
            until_the_end.enter_context(nearby.announced(sign))
        if until_closed:
            process.stop_when_input_ends()
        process.run_on(listener, say_ready)


@dataclass(slots=True)
class _ToCentre:
    """What an exchange does whenever it has a line. Used by one thread."""

    keeper: Keeper
    relay: Relay
    attachments: PostAttachments
    sheets: Sheets
    link: Line
    device: DeviceKey
    lists_every: float
    _look_at: float = 0.0

    def go(self) -> None:
        try:
            forward(self.keeper, self.link, self.device, when=time())
            if monotonic() >= self._look_at:
                look_for_lists(self.relay, self.link, self.device)
                self.keeper.hear_revocation(self.device.state.revoked)
                self._look_at = monotonic() + self.lists_every
            self.sheets.fetch(self.link)
            self.relay.fetch(self.link)
            self._forward_attachments()
        except Unreachable as away:
            log.info("no line to the centre: %s", away.reason)

    def _forward_attachments(self) -> None:
        """Last of all, and entries that came meanwhile go before the rest."""
        ends = monotonic() + _SLICE_SECONDS
        post_attachments.forward(
            self.attachments,
            self.link,
            self.device,
            when=time(),
            must_yield=lambda: monotonic() > ends,
            heard=self.keeper.hear_word,
        )


def _enrolled(folder: Folder, provisioning: Path | None) -> DeviceKey:
    """The exchange's own key: it is enrolled like a workstation, and never asks for the post's."""
    if folder.device_key.exists():
        device = _loaded(folder)
        if device.state.workstation:
            return device
    if provisioning is None:
        raise Refused(
            "An exchange is enrolled at its first start: add --provisioning FILE, from"
            " `checkpoint-server token --role exchange` for this post."
        )
    try:
        return enrolment.enrol(
            enrolment.read_provisioning(provisioning),
            folder,
            name="exchange",
            role=DeviceRole.EXCHANGE,
        )
    except enrolment.NotEnrolled as error:
        raise Refused(str(error)) from None
    except OSError as error:
        raise Refused(f"{folder.path} cannot be written: {error.strerror}.") from None


def _loaded(folder: Folder) -> DeviceKey:
    try:
        return DeviceKey.load(folder.device_key)
    except (Damaged, NewerFile, OSError):
        raise Refused(
            f"{folder.device_key} cannot be read: start an exchange in a new folder with"
            " --provisioning FILE; the workstations tell it everything again."
        ) from None


def _relay(folder: Folder, device: DeviceKey) -> Relay:
    try:
        root = enrolment.read_provisioning(folder.provisioning).tuf_root
        return Relay.at(folder.lists, device, root=root)
    except enrolment.NotEnrolled as error:
        raise Refused(str(error)) from None
    except OSError as error:
        raise Refused(f"{folder.lists} cannot be written: {error.strerror}.") from None


def _line(folder: Folder, device: DeviceKey) -> Line:
    try:
        return enrolment.line_of(enrolment.read_provisioning(folder.provisioning), device)
    except (enrolment.NotEnrolled, BadAddress) as error:
        raise Refused(str(error)) from None


def _certificate(data: Path, host: str) -> tuple[Path, Path]:
    """The exchange's certificate and its key, made at the first start on this address."""
    certificate, key = data / "tls" / f"{host}.pem", data / "tls" / f"{host}.key"
    if not certificate.exists():
        certificate.parent.mkdir(mode=0o700, exist_ok=True)
        issued = certificates.issue(host, now())
        write_private(key, issued.server_key)
        write_private(certificate, issued.server)
    return certificate, key


def _pin(certificate: Path) -> str:
    return certificates.fingerprint(certificate.read_bytes()).replace(":", "")
