"""Whatever happens between a workstation and its centre: nothing is lost, doubled or reordered.

The real store and engine against the real centre, step by step in any order: lost, late and doubled
requests, lost replies, kills, a centre put back from backup, spooled bundles, a database put back.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from checkpoint_client.settings import Folder
from checkpoint_client.store import RECEIVED
from checkpoint_client.store.log import LogQuery
from sync import bundle, engine
from sync.protocol import Contact, ContactReply
from tests.workstations import CentreHere, Direct, LostReply, NoLink, Workstation


class Contacts(RuleBasedStateMachine):
    """One workstation, one centre, and a line that does its worst."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        folder = Path(self.opened.enter_context(TemporaryDirectory(prefix="model-")))
        self.folder = folder
        self.centre = CentreHere(folder / "centre")
        self.opened.callback(self.centre.close)
        data = Folder(folder / "workstation")
        self.post = Workstation(data, self.centre.enrol(data))
        self.opened.callback(lambda: self.post.close())
        self.link = Direct(self.centre, self.post.device)
        self.written: list[bytes] = []
        self.under_way: list[Contact] = []
        self.reply: ContactReply | None = None
        self.asked = b""
        self.backups = 0

    def teardown(self) -> None:
        """However it went, a few contacts in a row bring everything to the centre, in order."""
        with self.opened:
            self.contact_until_nothing_waits()
            assert self.centre.leaves(self.post.id) == self.written
            assert self.post.waiting == 0
            assert self.centre.alarms() == []

    @rule(count=st.integers(1, 4))
    def record(self, count: int) -> None:
        self.post.record(*(f"N{len(self.written) + each}" for each in range(count)))
        self.written = self.post.leaves()

    @rule()
    def send(self) -> None:
        """A request leaves; when it arrives, if ever, is another matter."""
        request = engine.next_request(self.post.store, self.post.device, have={})
        self.under_way.append(request.contact)
        self.asked, self.reply = request.contact.request_id, None

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), stays=st.booleans())
    def deliver(self, data: st.DataObject, stays: bool) -> None:
        """A request arrives, perhaps late, perhaps not for the last time.

        Its reply finds the workstation only if that still waits for it: HTTP knows no other way.
        """
        which = data.draw(st.integers(0, len(self.under_way) - 1))
        contact = self.under_way[which] if stays else self.under_way.pop(which)
        reply = self.link.contact(contact)
        if contact.request_id == self.asked:
            self.reply = reply

    @precondition(lambda self: self.under_way)
    @rule()
    def lose_request(self) -> None:
        self.under_way.pop()

    @precondition(lambda self: self.reply)
    @rule()
    def take_reply(self) -> None:
        assert self.reply
        engine.confirm(self.post.store, self.post.device, self.reply)
        self.give_up()

    @precondition(lambda self: self.asked)
    @rule()
    def give_up(self) -> None:
        """The line waits no longer for the reply."""
        self.asked, self.reply = b"", None

    @rule()
    def kill(self) -> None:
        """The workstation dies and starts again; what it waited for is forgotten."""
        self.post.kill()
        self.link.device = self.post.device
        self.give_up()

    @rule()
    def spool(self) -> None:
        bundle.spool(self.post.store, self.post.device, self.post.folder.spool)

    @rule()
    def deliver_spool(self) -> None:
        bundle.deliver(self.post.folder.spool, self.link, self.post.device)

    @rule()
    def back_centre_up(self) -> None:
        self.backups += 1
        self.centre.back_up(self.folder / f"{self.backups}.db")

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def restore_centre(self, data: st.DataObject) -> None:
        which = data.draw(st.integers(1, self.backups))
        self.centre.restore(self.folder / f"{which}.db")

    @rule()
    def contact_until_nothing_waits(self) -> None:
        self.give_up()
        self.post.settle(self.link)

    @invariant()
    def the_centre_holds_a_beginning_of_what_was_written(self) -> None:
        held = self.centre.leaves(self.post.id)
        assert held == self.written[: len(held)]

    @invariant()
    def waiting_is_counted(self) -> None:
        assert self.post.waiting == len(self.written) - self.post.store.mark(RECEIVED)

    @invariant()
    def nobody_was_alarmed(self) -> None:
        assert self.centre.alarms() == []


class PutBack(RuleBasedStateMachine):
    """A workstation and a centre whose databases are put back from backups, the keys are not."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        folder = Path(self.opened.enter_context(TemporaryDirectory(prefix="model-")))
        self.folder = folder
        self.centre = CentreHere(folder / "centre")
        self.opened.callback(self.centre.close)
        data = Folder(folder / "workstation")
        self.post = Workstation(data, self.centre.enrol(data))
        self.opened.callback(self.post.close)
        self.link = Direct(self.centre, self.post.device)
        self.copies = [self.post.back_up()]
        self.backups = 0
        self.names = count(1)

    def teardown(self) -> None:
        """However it went, all that the workstation has is at the centre, and shown once."""
        with self.opened:
            outcome = self.post.settle(self.link)
            assert outcome.trouble is None
            assert self.centre.alarms() == []
            assert self.post.waiting == 0
            assert self.post.leaves() == self.held(self.post.incarnation)
            at_centre = {leaf for each in self.incarnations() for leaf in self.held(each)}
            mine = {leaf for each in self.journals() for leaf in each}
            assert mine <= at_centre
            shown = self.post.store.search(LogQuery(limit=10_000))
            assert shown.total == len({row.name for row in shown.rows})
            self.post.store.verify({})

    def held(self, incarnation: int) -> list[bytes]:
        return self.centre.leaves(self.post.id, incarnation)

    def incarnations(self) -> range:
        return range(1, self.post.incarnation + 1)

    def journals(self) -> Iterator[list[bytes]]:
        """The leaves of each journal in the workstation's database."""
        store = self.post.store
        for origin in [store.origin, *(each.origin for each in store.forerunners())]:
            entries = store.entries(0, limit=100_000, max_bytes=1 << 40, of=origin)
            yield [entry.leaf for entry in entries]

    @rule(times=st.integers(1, 3))
    def record(self, times: int) -> None:
        self.post.record(*(f"N{next(self.names)}" for _ in range(times)))

    @rule()
    def contact(self) -> None:
        self.post.contact(self.link)

    @rule()
    def send_in_vain(self) -> None:
        self.post.contact(NoLink())

    @rule()
    def lose_reply(self) -> None:
        self.post.contact(LostReply(self.link))

    @rule()
    def deliver_spool(self) -> None:
        bundle.spool(self.post.store, self.post.device, self.post.folder.spool)
        bundle.deliver(self.post.folder.spool, self.link, self.post.device)

    @rule()
    def back_up(self) -> None:
        self.copies.append(self.post.back_up())

    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        which = data.draw(st.integers(0, len(self.copies) - 1))
        self.post.put_back(self.copies[which])

    @rule()
    def back_centre_up(self) -> None:
        self.backups += 1
        self.centre.back_up(self.folder / f"{self.backups}.db")

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def restore_centre(self, data: st.DataObject) -> None:
        which = data.draw(st.integers(1, self.backups))
        self.centre.restore(self.folder / f"{which}.db")

    @invariant()
    def nobody_was_alarmed(self) -> None:
        assert self.centre.alarms() == []


Contacts.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
PutBack.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
test_nothing_is_lost_doubled_or_reordered = Contacts.TestCase
test_databases_put_back_lose_nothing_and_alarm_nobody = PutBack.TestCase
