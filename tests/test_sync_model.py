"""Whatever happens between workstation, exchange and centre: nothing is lost, doubled, reordered.

The rules stand here once. They are drawn in any order against the real store, engine, bundles and
exchange: with the centre in the same process on SQLite, and with fewer examples against a server of
its own on PostgreSQL.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from checkpoint_client.journal.entry import Origin
from checkpoint_client.store import BACKED_UP, RECEIVED
from checkpoint_client.store.log import LogQuery
from sync.attachments import FIRST_PART
from sync.batches import FIRST_BYTES
from sync.engine import Trouble
from sync.link import Unreachable
from tests.centre import Cluster, serving, set_up
from tests.living import (
    OFFICERS,
    SMALL,
    AsServed,
    Centre,
    InOneProcess,
    Living,
    begun,
    keeper_of,
    note_backup,
    take_stick_in,
)
from tests.workstations import LostReply

BOOTHS = st.integers(0, 1)


class Life(RuleBasedStateMachine):
    """Two workstations of a post, their exchange, their sticks, and a line that does its worst."""

    def __init__(self, open_centre: Callable[[ExitStack, Path], Centre]) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.path = Path(self.opened.enter_context(TemporaryDirectory(prefix="model-")))
        self.centre = open_centre(self.opened, self.path)
        self.booths = [begun(self.centre, self.path / name) for name in ("booth", "desk")]
        self.keeper = keeper_of(self.centre, self.path / "exchange")
        self.names = count(1)
        self.sticks = 0
        self.copied = ""

    def teardown(self) -> None:
        """However it went, a few contacts bring everything to the centre, and to the neighbours."""
        with self.opened:
            try:
                self.come_to_rest()
                self.everything_is_at_the_centre()
                self.every_attachment_is_whole()
                if not self.copied:
                    self.the_neighbours_know_each_other()
            finally:
                for booth in self.booths:
                    booth.close()

    def name(self) -> str:
        return f"N{next(self.names)}"

    # records

    @rule(which=BOOTHS, times=st.integers(1, 3))
    def record(self, which: int, times: int) -> None:
        self.booths[which].here.record(*(self.name() for _ in range(times)))

    @rule(which=BOOTHS)
    def refuse(self, which: int) -> None:
        self.booths[which].refuse(self.name())

    @rule(which=BOOTHS, size=st.sampled_from([3_000, FIRST_PART + 30_000]))
    def photograph(self, which: int, size: int) -> None:
        self.booths[which].photograph(self.name(), size)

    @rule(which=BOOTHS, parts=st.integers(1, 3))
    def bring_attachments(self, which: int, parts: int) -> None:
        with suppress(Unreachable):  # a centre that was put back and knows older keys
            self.booths[which].bring_attachments(parts=parts)

    # contacts

    @rule(which=BOOTHS, most_bytes=st.sampled_from([SMALL, FIRST_BYTES]))
    def send(self, which: int, most_bytes: int) -> None:
        self.booths[which].send(most_bytes)

    @rule(which=BOOTHS, place=st.integers(0, 9), repeats=st.integers(1, 2))
    def deliver(self, which: int, place: int, repeats: int) -> None:
        """Perhaps late, perhaps twice."""
        booth = self.booths[which]
        if booth.under_way:
            booth.deliver(place % len(booth.under_way), repeats=repeats)

    @rule(which=BOOTHS)
    def lose_request(self, which: int) -> None:
        if self.booths[which].under_way:
            self.booths[which].under_way.pop()

    @rule(which=BOOTHS)
    def take_reply(self, which: int) -> None:
        self.booths[which].take_reply()

    @rule(which=BOOTHS)
    def give_up(self, which: int) -> None:
        self.booths[which].give_up()

    @rule(which=BOOTHS, most_bytes=st.sampled_from([SMALL, FIRST_BYTES]))
    def contact(self, which: int, most_bytes: int) -> None:
        self.booths[which].contact(most_bytes)

    # the machines

    @rule(which=BOOTHS)
    def kill(self, which: int) -> None:
        self.booths[which].kill()

    @rule(which=BOOTHS)
    def copy_database(self, which: int) -> None:
        booth = self.booths[which]
        booth.database_copies.append(booth.here.back_up())

    @rule(which=BOOTHS, copy=st.integers(0, 9))
    def put_database_back(self, which: int, copy: int) -> None:
        booth = self.booths[which]
        if booth.database_copies:
            booth.put_back(booth.database_copies[copy % len(booth.database_copies)])

    @precondition(lambda self: not self.copied)
    @rule(which=BOOTHS)
    def clone(self, which: int) -> None:
        """A disk is copied, and both machines live on."""
        self.copied = self.booths[which].id
        self.booths.append(self.booths[which].cloned(self.path / "clone"))

    @precondition(lambda self: self.copied)
    @rule()
    def the_clone_works(self) -> None:
        self.booths[-1].here.record(self.name())
        self.booths[-1].contact()

    @rule()
    def back_centre_up(self) -> None:
        self.centre.back_up()

    @rule()
    def note_backup(self) -> None:
        note_backup(self.centre)

    @precondition(lambda self: self.centre.copies)
    @rule(copy=st.integers(0, 9))
    def restore_centre(self, copy: int) -> None:
        self.centre.restore(copy % self.centre.copies)

    @rule(which=BOOTHS)
    def erase(self, which: int) -> None:
        self.booths[which].erase()

    @rule(which=BOOTHS)
    def renew_keys(self, which: int) -> None:
        self.booths[which].renew_keys()

    # bundles

    @rule(which=BOOTHS)
    def spool(self, which: int) -> None:
        self.booths[which].spool()

    @rule(which=BOOTHS, is_lost=st.booleans())
    def deliver_spool(self, which: int, is_lost: bool) -> None:
        booth = self.booths[which]
        booth.deliver_spool(LostReply(booth.link) if is_lost else None)

    @rule(which=BOOTHS, same=st.booleans())
    def write_stick(self, which: int, same: bool) -> None:
        self.sticks += not (same and self.sticks)
        self.booths[which].write_stick(self.path / f"stick-{self.sticks}")

    @precondition(lambda self: self.sticks)
    @rule(stick=st.integers(0, 9))
    def carry_stick(self, stick: int) -> None:
        """To the centre: perhaps much later, perhaps more than once."""
        take_stick_in(self.centre, self.path / f"stick-{stick % self.sticks + 1}")

    @precondition(lambda self: self.sticks)
    @rule(which=BOOTHS, stick=st.integers(0, 9))
    def bring_stick_back(self, which: int, stick: int) -> None:
        self.booths[which].read_word(self.path / f"stick-{stick % self.sticks + 1}")

    # the post's exchange

    @rule(which=BOOTHS)
    def tell(self, which: int) -> None:
        self.booths[which].tell(self.keeper)

    @rule(which=BOOTHS)
    def hear(self, which: int) -> None:
        self.booths[which].hear(self.keeper)

    @rule(which=BOOTHS)
    def forward(self, which: int) -> None:
        self.booths[which].forward(self.keeper)

    @rule()
    def restart_exchange(self) -> None:
        self.keeper = keeper_of(self.centre, self.path / "exchange")

    # what must hold at every moment

    @invariant()
    def the_centre_holds_a_beginning_of_what_was_written(self) -> None:
        held = self.centre.reading()
        for booth in self.true_ones():
            at_centre = held.leaves(booth.id, booth.here.incarnation)
            assert at_centre == booth.here.leaves()[: len(at_centre)]

    @invariant()
    def waiting_is_counted(self) -> None:
        for booth in self.booths:
            behind = booth.store.entries(booth.store.mark(RECEIVED), limit=9_999, max_bytes=1 << 40)
            assert booth.here.waiting == sum(
                b'"kind":"check"' in (each.body or b"") for each in behind
            )

    @invariant()
    def only_what_the_centre_has_twice_may_be_erased(self) -> None:
        for booth in self.booths:
            assert booth.store.mark(BACKED_UP) <= booth.store.mark(RECEIVED)

    @invariant()
    def nobody_was_alarmed_without_a_clone(self) -> None:
        assert {who for who, _why in self.centre.reading().alarms()} <= {self.copied}

    # what must hold in the end

    def true_ones(self) -> list[Living]:
        """Those of whom there is no second one."""
        return [booth for booth in self.booths if booth.id != self.copied]

    def come_to_rest(self) -> None:
        if self.copied:
            self.the_clone_is_noticed()
        for booth in self.booths:
            booth.settle()
            if self.copied and booth.trouble is Trouble.FORKED:  # said once of each earlier journal
                booth.settle()
            assert booth.trouble is None
            assert booth.here.waiting == 0

    def the_clone_is_noticed(self) -> None:
        """Within two contacts of each; then one becomes a workstation of its own."""
        pair = [booth for booth in self.booths if booth.id == self.copied]
        for _ in range(2):
            for booth in pair:
                booth.here.record(self.name())
                booth.settle()
        assert self.copied in {who for who, _why in self.centre.reading().alarms()}
        for _ in range(5):
            for booth in pair:
                booth.settle()
                if booth.trouble is Trouble.RE_ENROL:
                    booth.enrol_anew()
                    return
        raise AssertionError("both copies live on under one name")

    def everything_is_at_the_centre(self) -> None:
        held = self.centre.reading()
        everything = held.everything()
        for booth in self.booths:
            for origin in booth.journals():
                assert set(booth.leaves_of(origin)) <= everything
            shown = booth.store.search(LogQuery(limit=10_000))
            assert shown.total == len({row.name for row in shown.rows})
            booth.store.verify(OFFICERS)
        for booth in self.true_ones():
            present = booth.store.origin
            assert held.leaves(booth.id, present.incarnation) == booth.leaves_of(present)
            assert held.ahead(booth.id, present.incarnation) == 0
        assert held.without_body() == 0

    def every_attachment_is_whole(self) -> None:
        """At the centre what its entries name, and nobody thinks that it has more than it has."""
        for _ in range(2):
            for booth in self.booths:
                booth.bring_attachments()
                booth.settle()
        held = self.centre.reading()
        whole = set[str]().union(*held.attachments().values())
        assert held.attachments_lacking() == 0
        for booth in self.booths:
            assert booth.said_to_be_there() <= whole

    def the_neighbours_know_each_other(self) -> None:
        for booth in self.booths:
            booth.tell(self.keeper)
        for booth in self.booths:
            for _ in range(3):
                booth.hear(self.keeper)
        for booth in self.booths:
            for other in self.booths:
                origin: Origin = other.store.origin
                if other is not booth:
                    assert booth.foreign(origin) == other.store.tip().position


class LifeInOneProcess(Life):
    def __init__(self) -> None:
        super().__init__(in_one_process)


def in_one_process(opened: ExitStack, path: Path) -> Centre:
    centre = InOneProcess(path)
    opened.callback(centre.close)
    return centre


LifeInOneProcess.TestCase.settings = settings(
    max_examples=30, stateful_step_count=40, deadline=None
)
test_whatever_happens_nothing_is_lost_doubled_or_reordered = LifeInOneProcess.TestCase


def test_nor_with_a_server_of_its_own_on_postgresql(postgres: Cluster) -> None:
    def as_served(opened: ExitStack, path: Path) -> Centre:
        running = set_up(path / "centre", database=postgres.new_database())
        centre = AsServed(opened.enter_context(serving(running)), postgres)
        opened.callback(centre.close)
        return centre

    class LifeAsServed(Life):
        def __init__(self) -> None:
            super().__init__(as_served)

    run_state_machine_as_test(
        LifeAsServed,
        settings=settings(
            max_examples=2,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
