"""Keeps contact with the centre: sends while something waits, backs off, notices the line.

A thread of its own, and the only one that waits for the line. It asks the store's thread for
entries; while nobody is signed in it delivers what was left in the spool. Nothing of this is ever
seen at the booth but the state of the line.
"""

import errno
import logging
import traceback
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from random import SystemRandom
from threading import Condition, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from checkpoint_client.desk import leaving
from checkpoint_client.desk.channels import Brought
from checkpoint_client.desk.sticks import Effect, ReadBack, StickFailed, Written
from checkpoint_client.desk.wiping import WipeState
from checkpoint_client.desk.workstation import LineState
from checkpoint_client.journal.entry import Tip
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.rules import OfficersList
from checkpoint_client.settings import Folder
from checkpoint_client.store import Store
from checkpoint_client.store.engine import DiskFull
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Damaged, Locked, NewerFile
from sync import acknowledgement, attachments, bundle, crossings, engine, network
from sync.batches import Batches
from sync.engine import Outcome, Trouble
from sync.link import Link, Reason, Unreachable
from sync.protocol import MOST_RETRY_SECONDS, MOST_WANTED, Contact, ContactReply

if TYPE_CHECKING:
    from sync.lists import Lists
    from sync.reference import Source, Watch

T = TypeVar("T")

FAULT: Final = "fault"
DISK_FULL: Final = "disk-full"
NOT_GENUINE: Final = "list-not-genuine"
FALSE_ORDER: Final = "false-order"
WIPED: Final = "wipe-ordered"

_STOP_SECONDS = 1.0
_SHORTEST_SLICE_SECONDS = 10.0
_MOST_DOUBLINGS = 16
_PLAIN = (Reason.NO_LINE, Reason.NO_ANSWER, Reason.CUT)  # a line that is simply not there

log = logging.getLogger(__name__)


class Submit(Protocol):
    """Does a job on the store's thread."""

    def __call__(self, job: Callable[[], T], /) -> "Future[T]": ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often the centre is asked, in seconds.

    After a failure the pause is drawn between `first` and a bound that doubles up to `longest`, so
    that a hundred posts whose satellite comes back do not all call at once. Nor do they where all
    see a network come back at the same moment, or where the centre asks all of them to wait. While
    there is no contact the machine's own network is looked at every `look`.
    """

    poll: float = 60.0
    first: float = 5.0
    longest: float = 900.0
    look: float = 3.0
    draw: Callable[[float, float], float] = SystemRandom().uniform

    def after(self, failures: int) -> float:
        bound = self.first * 2.0 ** min(failures, _MOST_DOUBLINGS)
        return self.draw(self.first, min(bound, self.longest))

    def at_return(self) -> float:
        return self.draw(0.0, self.first)

    def asked(self, seconds: int) -> float:
        """What the centre asked for is heeded up to an hour."""
        wait = float(min(seconds, MOST_RETRY_SECONDS))
        return self.draw(wait, 1.5 * wait)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What of the workstation the uplink works with.

    `store` is called on the store's thread and `reference` on the line's, where it opens a
    connection of its own; both raise `Locked` while nobody is signed in. `is_locked` says from any
    thread whether that is so by now: a list that is just going live is then given up, and its key.
    `attachments` is their folder; `root` is the first `root.json`, pinned at enrolment; `state` is
    who runs the post.
    """

    device: DeviceKey
    submit: Submit
    store: Callable[[], Store]
    reference: Callable[[], Reference]
    is_locked: Callable[[], bool]
    spool: Path
    attachments: Path
    lists: Path
    root: bytes
    state: str = ""

    @property
    def folder(self) -> Folder:
        """All that the workstation keeps."""
        return Folder(self.spool.parent)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """Something to do with a stick, on the line's thread."""

    work: Callable[[], object]
    done: "Future[Any]" = field(default_factory=Future)


class Uplink:
    def __init__(
        self,
        home: Home,
        link: Link,
        *,
        on_state: Callable[[LineState], None],
        on_list: Callable[[], None],
        now: Callable[[], datetime],
        pace: Pace,
        seen: Callable[[], frozenset[str]] = network.seen,
        on_order: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_state` and `on_list` (a new list is in force) are called on the line's thread.
        `seen`: what of the network is there by now, see `network`.

        So is `on_order`, at every step of an order to be wiped: whoever is signed in must go; and
        when headquarters' list says anew who may work here: whoever may not must go.
        """
        self._home = home
        self._link = link
        self._on_state = on_state
        self._on_list = on_list
        self._on_order = on_order
        self._has_false_order = False
        self._now = now
        self._pace = pace
        self._look = seen
        self._seen = seen()
        self._changed = Condition()
        self._woken = self._recorded = self._stopping = False
        self._errands: deque[_Errand] = deque()
        self._slice_ends = 0.0
        self._has_more_to_do = False
        self._batches = Batches()
        self._is_too_much = False
        self._failures = self._cuts = 0
        self._arrived = 0
        self._retry_after = 0
        self._pressed = (0, 0)
        self._held: tuple[object, ...] = ()
        self._told: Tip | None = None
        self._wanted: engine.Wanted | None = None
        self._state = LineState(online=False, since=now(), waiting=0)
        self._is_tried = False
        self._thread = Thread(target=self._run, name="line", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Make a contact at once: the officer wishes it, something urgent waits, he signed in."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def recorded(self) -> None:
        """Count what waits once more, and say so; the next contact comes when it would have, but
        for what an officer refused or confirmed: that goes at once.
        """
        with self._changed:
            self._recorded = True
            self._changed.notify_all()

    def import_stick(self, folder: Path, watch: "Watch") -> "Future[tuple[Brought, ...]]":
        """Take over lists that somebody carried here, with or without a line.

        `watch` is told each file's name, bytes so far and of how many, on the line's thread. The
        future raises `NotTaken` where the whole stick is of no use, OSError where it is unreadable.
        """
        return self._send(lambda: self._lists_of(folder, watch))

    def import_lists(self, source: "Source") -> "Future[tuple[Brought, ...]]":
        """Take over lists from somebody at the post who has them, for as long as the line rests.

        The future raises `NotTaken` where nothing is of use, `Unreachable`, `Paused`, OSError.
        """
        return self._send(lambda: self._lists_from(source))

    def read_words(self, words: Sequence[bytes]) -> "Future[ReadBack]":
        """As `read_word`, of what came through the post's exchange. The future raises OSError."""
        return self._send(
            lambda: self._settled(acknowledgement.take(words, self._home.spool, self._home.device))
        )

    def read_word(self, folder: Path) -> "Future[ReadBack]":
        """Take over what the centre says on a stick that it holds; counted at once if possible.

        The future raises `StickFailed`, OSError.
        """
        return self._send(lambda: self._word_of(folder))

    def write_stick(self, folder: Path, watch: Callable[[int, int], None]) -> "Future[Written]":
        """Write what waits to a stick. `watch` is told how many bundles are there and of how many.

        The future raises `StickFailed` where nothing can be written, OSError.
        """
        return self._send(lambda: self._write_to(folder, watch))

    def stop(self) -> None:
        """End within a second. Whatever was under way is simply made again at the next start."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(_STOP_SECONDS)

    def _send(self, work: Callable[[], object]) -> "Future[Any]":
        errand = _Errand(work=work)
        with self._changed:
            self._errands.append(errand)
            self._changed.notify_all()
        return errand.done

    @cached_property
    def _lists(self) -> "Lists":
        # Not at the top: python-tuf takes a tenth of a second that the sign-in page need not wait.
        from sync.lists import Lists, Place

        home = self._home
        place = Place(
            folder=home.lists,
            root=home.root,
            device=home.device,
            reference=home.reference,
            is_locked=lambda: self._stopping or home.is_locked(),
        )
        return Lists(place, now=self._now, on_officers=self._heed)

    @cached_property
    def _sender(self) -> attachments.Sender:
        return attachments.Sender(
            self._link,
            self._home.device,
            self._home.attachments,
            received=self._attachment_received,
            must_yield=self._must_yield,
        )

    def _run(self) -> None:
        pause = 0.0
        while self._rest(pause):
            pause = self._heeded(self._round())

    def _rest(self, seconds: float) -> bool:
        """Wait, but not when woken; whether to go on."""
        end = monotonic() + seconds
        while True:
            with self._changed:
                left = end - monotonic()
                self._changed.wait_for(
                    self._is_called, min(left, self._pace.look) if self._failures else left
                )
                if self._stopping:
                    return False
                is_over = self._woken or monotonic() >= end
                is_recorded = self._recorded
                self._woken, self._recorded = self._woken and not is_over, False
            while self._errands:
                _run(self._errands.popleft())
            if is_over:
                return True
            if is_recorded:
                self._count()
            if self._failures and self._has_moved():
                end = min(end, monotonic() + self._pace.at_return())

    def _is_called(self) -> bool:
        return self._woken or self._recorded or bool(self._errands) or self._stopping

    def _has_moved(self) -> bool:
        """Whether the machine's network is another one than at the last look, and is there."""
        before, self._seen = self._seen, self._look()
        return bool(self._seen - before)

    def _heeded(self, pause: float) -> float:
        """As long a pause as the centre asked for, at least."""
        asked, self._retry_after = self._retry_after, 0
        return max(pause, self._pace.asked(asked)) if asked else pause

    def _round(self) -> float:
        """One contact, with the journal or without it; how long to rest behind it, in seconds."""
        if self._home.device.state.wipe:
            return self._obey()
        self._put_into_force()  # what was brought while locked, or by a stick and without a line
        self._take_sheets()
        self._has_more_to_do = self._is_too_much = False
        try:
            outcome = self._contact()
            pause = self._pause_behind(outcome) if outcome else self._contact_while_locked()
        except Unreachable as unreachable:
            return 0.0 if self._is_too_much else self._lost(unreachable)
        except Exception as error:  # whatever it is, the line must not die of it
            return self._stumbled(error)
        self._failures = 0
        if self._home.device.state.wipe:
            return 0.0
        if self._has_more_to_do:
            return 0.0
        return min(pause, self._pace.after(self._cuts)) if self._cuts else pause

    def _contact_while_locked(self) -> float:
        """Deliver the spool, ask what is new, fetch it; all with the device key alone."""
        if self._stopping:
            return 0.0
        home = self._home
        delivery = bundle.deliver(home.spool, self._link, home.device)
        reply = self._link.contact(
            engine.inquiry(home.device, have=self._lists.have(), now=self._now())
        )
        self._retry_after = reply.retry_after
        trouble = engine.hear(home.device, reply) or delivery.trouble
        self._told = Tip(reply.held, reply.head)
        self._take_order(reply.order)
        is_all_held = delivery.answered and not delivery.left
        self._reached(trouble, waiting=0 if is_all_held else self._state.waiting)
        if trouble or delivery.left:
            return self._pace.longest
        self._take_lists(reply)
        self._send_attachments(reply)
        return self._pace.poll

    def _heed(self, listed: OfficersList) -> None:
        home = self._home
        before = home.device.state.away
        with suppress(Damaged, NewerFile):  # then nobody is let in anyhow
            leaving.heed(home.device, Vault(home.folder.envelope), listed)
        if home.device.state.away != before:
            self._on_order()

    def _take_order(self, order: bytes) -> None:
        if not order:
            return
        from sync import orders  # not at the top: it comes once in a workstation's life

        home = self._home
        try:
            orders.take(order, home.folder, home.device, root=home.root, now=self._now())
        except orders.NotObeyed as why:
            log.error("%s", why)
            self._has_false_order = why.flaw is not orders.Flaw.USED
            return
        log.warning("headquarters ordered this workstation to be wiped")
        self._on_order()

    def _obey(self) -> float:
        """Carry out the order to be wiped, as far as may be by now; how long to rest behind it."""
        if not self._home.is_locked():
            self._on_order()  # the window locks: what waits goes into the spool, and we are woken
            return self._pace.first
        from sync import orders

        home, away = self._home, None
        try:
            reply = self._report_on_order()
        except Unreachable as unreachable:
            reply, away = None, unreachable
        except Exception as error:
            return self._stumbled(error)
        try:
            before = home.device.state.wipe
            state = orders.carry_out(home.folder, home.device, now=self._now())
        except OSError as error:  # a file is in use: it is tried again
            return self._stumbled(error)
        if home.device.state.wipe != before:
            self._on_order()
            return 0.0
        if away:
            return self._lost(away)
        is_over = state is WipeState.DONE and not (reply and reply.order)
        return self._pace.longest if is_over else self._pace.poll

    def _report_on_order(self) -> ContactReply:
        """Say how far the order is, then deliver what lies here, by the device key alone."""
        from sync import orders

        home = self._home
        said = orders.report(home.folder, home.device)
        inquiry = engine.inquiry(home.device, have={}, now=self._now(), report=said)
        reply = self._link.contact(inquiry)
        engine.hear(home.device, reply)
        self._failures = 0
        self._take_order(reply.order)
        delivery = bundle.deliver(home.spool, self._link, home.device)
        self._reached(None, waiting=self._state.waiting if delivery.left else 0)
        return reply

    def _pause_behind(self, outcome: Outcome) -> float:
        if outcome.trouble:
            return self._pace.longest
        if not outcome.more:
            return self._pace.poll
        reached = (outcome.held, outcome.unsure, outcome.wanted)
        is_progress, self._held = reached != self._held, reached
        return 0.0 if is_progress else self._pace.first

    def _contact(self) -> Outcome | None:
        """One whole contact, or None while nobody is signed in."""
        try:
            have, told = self._lists.have(), self._told
            request = self._ask(lambda store: self._next_request(store, have, told))
            self._told = None
            self._counted(request.waiting)
            reply = self._sent(request.contact)
            self._retry_after = reply.retry_after
            outcome = self._ask(
                lambda store: engine.confirm(
                    store,
                    self._home.device,
                    reply,
                    incarnation=request.contact.incarnation,
                    former=request.contact.former,
                    tip=request.contact.tip,
                )
            )
        except Locked:
            return None
        self._wanted = outcome.wanted
        bundle.forget(self._home.spool, self._home.device.state.incarnation, outcome.held)
        self._take_order(reply.order)
        self._reached(outcome.trouble, waiting=outcome.waiting)
        if not outcome.trouble and not outcome.more:
            self._take_lists(reply)
            self._put_into_force()
            self._send_attachments(reply)
        return outcome

    def _next_request(
        self, store: Store, have: Mapping[str, int], told: Tip | None
    ) -> engine.Request:
        """What came on a stick while nobody was signed in counts first."""
        acknowledgement.settle(store, self._home.spool, self._home.device)
        return engine.next_request(
            store,
            self._home.device,
            have=have,
            told=told,
            wanted=self._wanted,
            most_bytes=self._batches.most_bytes,
            state=self._home.state,
        )

    def _sent(self, contact: Contact) -> ContactReply:
        began = monotonic()
        try:
            reply = self._link.contact(contact)
        except Unreachable as unreachable:
            self._is_too_much = self._batches.failed(contact.entries, unreachable.reason)
            raise
        self._batches.passed(contact.entries, monotonic() - began)
        return reply

    def _take_lists(self, reply: ContactReply) -> None:
        """Fetch what is newer, for as long as nothing else is to be done on the line."""
        from sync.reference import Paused

        self._slice_ends = monotonic() + max(self._pace.poll, _SHORTEST_SLICE_SECONDS)
        try:
            self._lists.take(reply, self._link, self._watch)
        except Paused:
            self._has_more_to_do = True
        except OSError as error:  # no room even for notes: the journal goes on all the same
            self._note(error)
        if self._lists.is_suspicious:
            self._report(replace(self._state, problem=self._state.problem or NOT_GENUINE))

    def _send_attachments(self, reply: ContactReply) -> None:
        """Last of all, and for as long as nothing else is to be done on the line."""
        wanted = [address.hex() for address in reply.attachments]
        try:
            found = self._ask(lambda store: attachments.to_send(store, wanted))
        except Locked:
            found = {"": wanted}
        self._slice_ends = monotonic() + max(self._pace.poll, _SHORTEST_SLICE_SECONDS)
        before = self._arrived
        try:
            is_all = all(self._sender.send(each, origin=name) for name, each in found.items())
        except Unreachable as unreachable:
            # The contact came through: that is the line's state. This goes on where it was cut.
            log.info("an attachment was cut: %s", unreachable.reason)
            self._cuts += 1
            return
        self._cuts = 0
        may_lack_more = len(wanted) == MOST_WANTED and self._arrived > before
        self._has_more_to_do = self._has_more_to_do or not is_all or may_lack_more

    def _attachment_received(self, address: str) -> None:
        self._arrived += 1
        with suppress(Locked):  # the next session asks once more
            self._ask(lambda store: store.attachment_received(address))

    def _must_yield(self) -> bool:
        is_asked_for = self._woken or self._recorded or bool(self._errands)
        return is_asked_for or self._stopping or monotonic() > self._slice_ends

    def _watch(self, _name: str, _here: int, _of: int) -> None:
        """Between two pieces of a download that may take hours."""
        from sync.reference import Paused

        with self._changed:
            is_recorded, self._recorded = self._recorded, False
        if is_recorded:
            self._count()
        if self._must_yield():
            raise Paused

    def _lists_of(self, folder: Path, watch: "Watch") -> tuple[Brought, ...]:
        brought = self._lists.take_stick(folder, watch)
        self._put_into_force()
        return self._lists.settled(brought)

    def _lists_from(self, source: "Source") -> tuple[Brought, ...]:
        self._slice_ends = monotonic() + _SHORTEST_SLICE_SECONDS
        brought = self._lists.take_from(source, self._watch)
        self._put_into_force()
        return self._lists.settled(brought)

    def _word_of(self, folder: Path) -> ReadBack:
        home = self._home
        return self._settled(acknowledgement.bring(folder, home.spool, home.device))

    def _settled(self, read: ReadBack) -> ReadBack:
        home = self._home
        for each in read.acknowledged:
            if each.order:
                self._take_order(each.order)
                self.wake()
        try:
            settled = self._ask(
                lambda store: acknowledgement.settle(store, home.spool, home.device)
            )
        except Locked:
            return read
        self._take_sheets()
        self._count()
        said = [settled if each.effect is Effect.WAITS else each for each in read.acknowledged]
        return replace(read, acknowledged=tuple(filter(None, said)))

    def _write_to(self, folder: Path, watch: Callable[[int, int], None]) -> Written:
        home = self._home
        waiting: list[str] = []
        with suppress(Locked):  # then what was left behind goes
            self._ask(lambda store: bundle.spool(store, home.device, home.spool))
            waiting = self._ask(lambda store: store.attachments_to_carry())
        if home.device.state.wipe:
            from sync import orders

            orders.leave_report(folder, home.folder, home.device)
        written = bundle.export(home.spool, folder, home.device, watch)
        if written.trouble:
            return written
        try:
            attachments.carry(home.attachments, waiting, folder)
        except StickFailed as failed:  # the records are on it all the same
            return replace(written, trouble=failed.trouble, why=failed.why)
        return written

    def _put_into_force(self) -> None:
        """A damaged file of lists does not keep the journal here."""
        try:
            for applied in self._lists.put_into_force():
                self._record(applied)
        except Locked:
            return
        except Exception as error:
            self._note(error)

    def _take_sheets(self) -> None:
        """What a stick told of crossings, a few at a time: an officer may be at work meanwhile."""
        home = self._home
        try:
            while self._ask(
                lambda store: crossings.settle(store, home.spool, home.device, state=home.state)
            ):
                pass
        except Locked:
            return
        except Exception as error:  # no room for them: the journal goes on all the same
            self._note(error)

    def _record(self, applied: WorkstationEvent) -> None:
        # If locked meanwhile: it is in force, and every check names the version it was made with.
        with suppress(Locked):
            self._ask(lambda store: store.append(applied))
        self._on_list()

    def _ask(self, job: Callable[[Store], T]) -> T:
        """What `job` gives on the store's thread. Raises what it raises, and `Locked`."""
        if self._stopping:
            raise Locked
        future = self._home.submit(lambda: job(self._home.store()))
        future.add_done_callback(self._answered)
        with self._changed:
            self._changed.wait_for(lambda: future.done() or self._stopping)
        if not future.done():
            raise Locked
        return future.result()

    def _answered(self, _future: "Future[T]") -> None:
        with self._changed:
            self._changed.notify_all()

    def _count(self) -> None:
        try:
            waiting, is_pressing = self._ask(
                lambda store: (store.waiting_checks(), self._is_pressing(store))
            )
        except Locked:
            return
        except Exception as error:
            self._stumbled(error)
            return
        self._counted(waiting)
        if is_pressing:
            self.wake()

    def _is_pressing(self, store: Store) -> bool:
        """Whether something urgent was recorded since the last look: it is tried once at once."""
        incarnation, looked_at = self._pressed
        behind = looked_at if incarnation == store.origin.incarnation else 0
        self._pressed = (store.origin.incarnation, store.tip().position)
        return engine.is_pressing(store, self._home.device, behind=behind)

    def _reached(self, trouble: Trouble | None, *, waiting: int) -> None:
        now, last = self._now(), self._state
        problem = trouble or self._own_problem()
        self._report(
            LineState(
                online=True,
                since=last.since if last.online else now,
                waiting=waiting,
                problem=problem,
                last_contact=now,
            )
        )

    def _own_problem(self) -> str:
        """What this workstation itself has to tell beside the line's state."""
        if self._home.device.state.wipe:
            return WIPED
        if self._has_false_order:
            return FALSE_ORDER
        return NOT_GENUINE if self._lists.is_suspicious else ""

    def _lost(self, unreachable: Unreachable) -> float:
        problem = "" if unreachable.reason in _PLAIN else unreachable.reason
        log.info("no contact: %s", unreachable.reason)
        self._retry_after = unreachable.retry_after
        return self._gone(problem)

    def _stumbled(self, error: Exception) -> float:
        self._note(error)
        is_full = isinstance(error, DiskFull) or getattr(error, "errno", None) == errno.ENOSPC
        return self._gone(DISK_FULL if is_full else FAULT)

    def _note(self, error: Exception) -> None:
        # Not its text: an error may repeat what somebody typed.
        places = "".join(traceback.format_tb(error.__traceback__))
        log.error("the line stumbled: %s\n%s", type(error).__name__, places)

    def _gone(self, problem: str) -> float:
        self._failures += 1
        self._seen = self._look()
        last = self._state
        since = self._now() if last.online else last.since
        self._report(replace(last, online=False, since=since, problem=problem))
        return self._pace.after(self._failures)

    def _counted(self, waiting: int) -> None:
        state = replace(self._state, waiting=waiting)
        if self._is_tried:
            self._report(state)
        self._state = state

    def _report(self, state: LineState) -> None:
        if self._stopping or (self._is_tried and state == self._state):
            return
        self._is_tried, self._state = True, state
        self._on_state(state)


def _run(errand: _Errand) -> None:
    try:
        errand.done.set_result(errand.work())
    except Exception as error:  # it is said to who put the stick in
        errand.done.set_exception(error)
