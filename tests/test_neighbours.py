"""Neighbours' journals: proved before they are taken, and the same tables in whatever order."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_client.journal.chain import Broken
from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import Entry, Origin
from checkpoint_client.records import (
    Amendment,
    BorderCheck,
    Change,
    Outcome,
    Referral,
    Review,
    Withdrawal,
    WorkstationEvent,
)
from checkpoint_client.records.codes import (
    AmendReason,
    Decision,
    OutcomeDecision,
    ReferralReason,
    Verdict,
    WorkstationStep,
)
from checkpoint_client.store import Store
from checkpoint_client.store.log import LogQuery
from tests.post import NOON, entries_of
from tests.test_store import a_check

KEY = bytes(range(48))
NAMES = ("booth", "second-line", "supervisor")
SIGNING = {
    name: Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))
    for number, name in enumerate(NAMES, 1)
}
STEPS = ("check", "referral", "outcome", "review", "amendment", "withdrawal")


def opened(folder: Path, name: str) -> Store:
    """A workstation of the post. Its clock goes on by a second each time it is asked."""
    seconds = count()
    return Store(
        folder / f"{name}.db",
        bytearray(KEY),
        origin=Origin("utopia", name, 1),
        public=public(name),
        sign=SIGNING[name].sign,
        clock=Clock(lambda: NOON + timedelta(seconds=next(seconds) // 8)),
    )


def public(name: str) -> bytes:
    return SIGNING[name].public_key().public_bytes_raw()


def tell(store: Store, name: str, entries: Sequence[Entry]) -> int:
    return store.take_foreign(Origin("utopia", name, 1), public(name), entries)


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Store]:
    with closing(opened(tmp_path, "booth")) as store:
        yield store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    with closing(opened(tmp_path, "second-line")) as store:
        yield store


def test_a_neighbours_check_is_found_here_under_its_origin(booth: Store, desk: Store) -> None:
    check = booth.append(a_check())

    taken = tell(desk, "booth", entries_of(booth))

    assert taken == 1
    assert desk.kept(check.id) == check
    [row] = desk.search(LogQuery(text="yusupov")).rows
    assert (row.id, row.origin) == (check.id, "booth")
    assert desk.waiting_checks() == 0


def test_what_is_here_already_is_not_taken_twice(booth: Store, desk: Store) -> None:
    booth.append(a_check())
    tell(desk, "booth", entries_of(booth))
    booth.append(a_check())

    assert tell(desk, "booth", entries_of(booth)) == 1
    assert tell(desk, "booth", entries_of(booth)) == 0
    assert desk.foreign_tips() == {Origin("utopia", "booth", 1): 2}


@pytest.mark.parametrize(
    ("reason", "take"),
    [
        ("position", lambda desk, entries: tell(desk, "booth", entries[1:])),
        ("workstation-signature", lambda desk, entries: tell_as(desk, entries, "supervisor")),
        ("head", lambda desk, entries: tell(desk, "supervisor", entries)),
        ("own-journal", lambda desk, entries: tell(desk, "second-line", entries)),
    ],
    ids=["gap", "another's key", "another's name", "our own name"],
)
def test_nothing_is_taken_of_a_journal_that_is_not_proved(
    booth: Store, desk: Store, reason: str, take: Callable[[Store, list[Entry]], int]
) -> None:
    booth.append(a_check())
    booth.append(a_check())

    with pytest.raises(Broken) as broken:
        take(desk, entries_of(booth))

    assert broken.value.reason == reason
    assert desk.foreign_tips() == {}


def tell_as(desk: Store, entries: Sequence[Entry], key: str) -> int:
    return desk.take_foreign(Origin("utopia", "booth", 1), public(key), entries)


def test_a_neighbour_that_tells_another_story_is_not_believed(
    booth: Store, desk: Store, tmp_path: Path
) -> None:
    booth.append(a_check())
    tell(desk, "booth", entries_of(booth))
    (tmp_path / "copy").mkdir()
    with closing(opened(tmp_path / "copy", "booth")) as copy:
        copy.append(a_check())
        copy.append(a_check())

        with pytest.raises(Broken) as broken:
            tell(desk, "booth", entries_of(copy))

    assert broken.value.reason == "fork"
    assert desk.foreign_tips() == {Origin("utopia", "booth", 1): 1}


def test_an_outcome_that_comes_before_its_check_counts_all_the_same(
    booth: Store, desk: Store, tmp_path: Path
) -> None:
    check = booth.append(a_check(decision=Decision.REFERRED))
    referral = booth.append(Referral(check_id=check.id, reason=ReferralReason.STAY_DOUBT))
    tell(desk, "booth", entries_of(booth))
    desk.append(Outcome(referral_id=referral.id, check_id=check.id, decision=OutcomeDecision.ADMIT))
    with closing(opened(tmp_path, "supervisor")) as supervisor:
        tell(supervisor, "second-line", entries_of(desk))

        tell(supervisor, "booth", entries_of(booth))

        assert supervisor.referrals_open() == []
        row = supervisor.row(check.id)
        assert row
        assert row.outcome is OutcomeDecision.ADMIT


def act(store: Store, step: str, number: int, *, offset: int) -> None:
    """One step about one of the checks that this workstation knows."""
    known = [row.id for row in store.search(LogQuery(limit=1_000)).rows]
    if step == "check" or not known:
        store.append(a_check(decision=Decision.REFERRED, remarks=f"{offset + number}"))
        return
    check_id = sorted(known)[number % len(known)]
    referrals = store.about(check_id, Referral)
    if step == "outcome" and referrals:
        store.append(
            Outcome(
                referral_id=referrals[number % len(referrals)].id,
                check_id=check_id,
                decision=tuple(OutcomeDecision)[number % len(OutcomeDecision)],
            )
        )
    elif step in ("outcome", "referral"):
        store.append(Referral(check_id=check_id, reason=ReferralReason.STAY_DOUBT))
    elif step == "review":
        verdict = tuple(Verdict)[number % len(Verdict)]
        store.append(Review(target_id=check_id, verdict=verdict, seen=()))
    elif step == "amendment":
        change = Change(field="remarks", before="", after=f"n{number}")
        store.append(
            Amendment(
                target_id=check_id, reason=AmendReason.TYPING_ERROR, note="", changes=(change,)
            )
        )
    else:
        store.append(Withdrawal(check_id=check_id))


def shown(store: Store) -> list[tuple[object, ...]]:
    """Whatever the tables say, with origins by name instead of number."""
    kept = sorted(
        (each.id, each.origin, each.position, each.kind)
        for row in store.search(LogQuery(limit=1_000)).rows
        for each in [store.kept(row.id), *store.about(row.id, Referral)]
        if each
    )
    rows = [
        (row, tuple(store.about(row.id, Amendment)))
        for row in store.search(LogQuery(limit=1_000)).rows
    ]
    return [*kept, *rows, *store.referrals_open()]


@settings(max_examples=20)
@given(
    story=st.lists(
        st.tuples(st.sampled_from(NAMES[:2]), st.sampled_from(STEPS), st.integers(0, 9)),
        min_size=1,
        max_size=14,
    ),
    order=st.randoms(use_true_random=False),
)
def test_in_whatever_order_two_journals_come_the_tables_are_the_same(
    story: list[tuple[str, str, int]], order: Random
) -> None:
    with TemporaryDirectory() as folder, Shift(Path(folder)) as shift:
        for who, step, number in story:
            shift.does(who, step, number)
        one_after_another = shift.heard("one", lambda: 0)
        shuffled = shift.heard("two", lambda: order.randrange(2))

        assert shown(one_after_another) == shown(shuffled)
        before = shown(shuffled)
        shuffled.rebuild()
        assert shown(shuffled) == before


class Shift:
    """Two workstations that hear of each other, and a third that hears of both later."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stores = {name: opened(folder, name) for name in NAMES[:2]}
        self.listeners: list[Store] = []

    def __enter__(self) -> "Shift":
        return self

    def __exit__(self, *_: object) -> None:
        for store in (*self.stores.values(), *self.listeners):
            store.close()

    def does(self, who: str, step: str, number: int) -> None:
        act(self.stores[who], step, number, offset=len(entries_of(self.stores[who])))
        other = next(name for name in self.stores if name != who)
        tell(self.stores[other], who, entries_of(self.stores[who]))

    def heard(self, name: str, choose: Callable[[], int]) -> Store:
        """A workstation that is told of both, entry by entry, whichever `choose` says."""
        (self.folder / name).mkdir()
        store = opened(self.folder / name, "supervisor")
        self.listeners.append(store)
        left = {who: list(entries_of(theirs)) for who, theirs in self.stores.items()}
        while waiting := [who for who, entries in left.items() if entries]:
            who = waiting[choose() % len(waiting)]
            tell(store, who, [left[who].pop(0)])
        return store


def test_the_log_of_a_neighbour_can_be_amended_and_reviewed_here(booth: Store, desk: Store) -> None:
    check = booth.append(a_check())
    tell(desk, "booth", entries_of(booth))
    change = Change(field="remarks", before="", after="seen")
    desk.append(
        Amendment(target_id=check.id, reason=AmendReason.TYPING_ERROR, note="", changes=(change,))
    )

    tell(booth, "second-line", entries_of(desk))

    kept = booth.kept_as(BorderCheck, check.id)
    assert kept
    assert booth.current(kept).remarks == "seen"


def test_a_journal_that_goes_on_in_another_is_shown_once_in_whatever_order(
    booth: Store, tmp_path: Path
) -> None:
    """The booth's records were put back from a backup: it says again what the centre lacks."""
    check = booth.append(a_check())
    first = entries_of(booth)
    again = Origin("utopia", "booth", 2)
    booth.begin(again, WorkstationEvent(step=WorkstationStep.STARTED, details={}))
    second = booth.entries(0, limit=10, max_bytes=1 << 20)

    for name, order in (("one", (1, 2)), ("two", (2, 1))):
        (tmp_path / name).mkdir()
        with closing(opened(tmp_path / name, "supervisor")) as store:
            for incarnation in order:
                origin = Origin("utopia", "booth", incarnation)
                store.take_foreign(origin, public("booth"), first if incarnation == 1 else second)

            [row] = store.search(LogQuery()).rows
            kept = store.kept(check.id)
            assert kept
            assert (row.id, row.origin, kept.position) == (check.id, "booth", 2)
            store.verify({})
