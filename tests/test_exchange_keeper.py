"""What an exchange takes and keeps: what is proved, within its limits, never the only copy."""

import os
import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import time

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_client.journal.entry import Tip
from checkpoint_client.settings import Folder
from checkpoint_client.vault import sealing
from checkpoint_client.vault.device import DeviceKey
from sync import bundle, post, protocol
from sync.post import PostBundle, PostCall, PostReply, Reach
from sync.protocol import MOST_ENTRIES, DeviceRole, Forged, Malformed, TooLarge
from sync.server.carriers import Carriers
from sync.server.exchange import FORWARD_AFTER_SECONDS, Keeper
from tests.workstations import CentreHere, Workstation

POST = "OSH-01"
LATER_SECONDS = FORWARD_AFTER_SECONDS + 1


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    centre = CentreHere(tmp_path / "centre")
    yield centre
    centre.close()


@dataclass
class Booth:
    """A workstation that speaks to a keeper in the same process."""

    here: Workstation

    @property
    def device(self) -> DeviceKey:
        return self.here.device

    def packed(self, first: int, last: int) -> bytes:
        """A bundle of these positions."""
        store = self.here.store
        entries = store.entries(first - 1, limit=last - first + 1, max_bytes=1 << 30)
        before = Tip(first - 1, store.head_at(first - 1) or b"")
        return post.pack(
            bundle.bundled(self.device, store.origin, before, entries), entries, self.device
        )

    def call(self, *bundles: bytes, have: list[Reach] | None = None, received: int = 0) -> PostCall:
        state = self.device.state
        return PostCall(
            request_id=os.urandom(16),
            deployment=state.deployment,
            workstation=state.workstation,
            incarnation=state.incarnation,
            certificate=state.certificate,
            received=received,
            bundles=list(bundles),
            have=have,
        )

    def ask(self, keeper: Keeper, call: PostCall) -> PostReply:
        outgoing = protocol.sign_request(call, self.device, deployment=call.deployment)
        return keeper.answer(outgoing.body)[1]

    def bring(self, keeper: Keeper, first: int, last: int) -> PostReply:
        return self.ask(keeper, self.call(self.packed(first, last)))

    def hear(self, keeper: Keeper, *, have: list[Reach]) -> list[tuple[int, int]]:
        """The ranges that a keeper hands out behind `have`."""
        bundles = self.ask(keeper, self.call(have=have)).bundles
        outsides = [protocol.decode(each, PostBundle).bundle for each in bundles]
        read = [protocol.decode(each, protocol.Bundle) for each in outsides]
        return [(each.first, each.last) for each in read]


def enrolled(centre: CentreHere, path: Path, *, role: DeviceRole = DeviceRole.WORKSTATION) -> Booth:
    folder = Folder(path)
    device = centre.enrol(folder, role=role)
    device.update(post_key=centre.folder.keys().post_key(POST))
    return Booth(Workstation(folder, device))


@pytest.fixture
def booth(centre: CentreHere, tmp_path: Path) -> Iterator[Booth]:
    booth = enrolled(centre, tmp_path / "booth")
    booth.here.record(*"ABCDEF")
    yield booth
    booth.here.close()


@pytest.fixture
def desk(centre: CentreHere, tmp_path: Path) -> Iterator[Booth]:
    desk = enrolled(centre, tmp_path / "desk")
    yield desk
    desk.here.close()


def keeper_of(centre: CentreHere, folder: Path, **limits: int) -> Keeper:
    return Keeper(
        folder,
        deployment=centre.deployment,
        post_code=POST,
        server_key=centre.server_key,
        **limits,
    )


@pytest.fixture
def keeper(centre: CentreHere, tmp_path: Path) -> Keeper:
    return keeper_of(centre, tmp_path / "post")


def test_what_is_brought_twice_is_kept_once(booth: Booth, desk: Booth, keeper: Keeper) -> None:
    booth.bring(keeper, 1, 2)

    assert booth.bring(keeper, 1, 2).held == 2
    assert desk.hear(keeper, have=[]) == [(1, 2)]


def test_bundles_that_overlap_are_handed_out_without_a_gap(
    booth: Booth, desk: Booth, keeper: Keeper
) -> None:
    for first, last in ((1, 1), (2, 2), (2, 4), (4, 6)):
        booth.bring(keeper, first, last)

    assert desk.hear(keeper, have=[]) == [(1, 1), (2, 4), (4, 6)]
    assert desk.hear(keeper, have=[reach(booth, 4)]) == [(4, 6)]
    assert desk.hear(keeper, have=[reach(booth, 6)]) == []


def test_a_gap_holds_back_what_is_behind_it_until_it_is_filled(
    booth: Booth, desk: Booth, keeper: Keeper
) -> None:
    booth.bring(keeper, 1, 1)

    assert booth.bring(keeper, 4, 6).held == 1
    assert desk.hear(keeper, have=[]) == [(1, 1)]
    assert booth.bring(keeper, 2, 3).held == 6
    assert desk.hear(keeper, have=[]) == [(1, 1), (2, 3), (4, 6)]


def test_nobody_is_handed_his_own(booth: Booth, keeper: Keeper) -> None:
    booth.bring(keeper, 1, 6)

    assert booth.hear(keeper, have=[]) == []


def test_an_exchange_that_was_restarted_goes_on(
    booth: Booth, desk: Booth, keeper: Keeper, centre: CentreHere, tmp_path: Path
) -> None:
    booth.bring(keeper, 1, 3)
    [whole] = (tmp_path / "post").rglob("*.post")
    half = whole.with_name("1-000000000004-000000000006.post.partial")
    half.write_bytes(b"\x82")

    again = keeper_of(centre, tmp_path / "post")

    assert not half.exists()

    assert booth.ask(again, booth.call()).held == 3
    assert desk.hear(again, have=[]) == [(1, 3)]


def test_a_damaged_file_is_dropped_and_brought_again(
    booth: Booth, desk: Booth, keeper: Keeper, tmp_path: Path
) -> None:
    booth.bring(keeper, 1, 3)
    [file] = (tmp_path / "post").rglob("*.post")
    file.write_bytes(file.read_bytes()[:-1] + b"?")

    assert desk.hear(keeper, have=[]) == []
    assert booth.ask(keeper, booth.call()).held == 0
    assert booth.bring(keeper, 1, 3).held == 3
    assert desk.hear(keeper, have=[]) == [(1, 3)]


def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    booth: Booth, desk: Booth, keeper: Keeper, tmp_path: Path
) -> None:
    with no_file_above(100):
        assert booth.bring(keeper, 1, 3).full

    assert [path for path in (tmp_path / "post").rglob("*") if path.is_file()] == []
    assert booth.bring(keeper, 1, 3).held == 3
    assert desk.hear(keeper, have=[]) == [(1, 3)]


def test_a_full_exchange_says_so_until_the_centre_has_the_oldest(
    booth: Booth, desk: Booth, centre: CentreHere, tmp_path: Path
) -> None:
    keeper = keeper_of(centre, tmp_path / "post", most_files=2, shares=1)
    booth.bring(keeper, 1, 2)
    booth.bring(keeper, 3, 4)

    assert booth.bring(keeper, 5, 6).full

    reply = booth.ask(keeper, booth.call(booth.packed(5, 6), received=2))
    assert (reply.held, reply.full) == (6, False)
    assert desk.hear(keeper, have=[reach(booth, 2)]) == [(3, 4), (5, 6)]


def test_what_made_room_is_brought_again_for_who_lacks_it(
    booth: Booth, desk: Booth, centre: CentreHere, tmp_path: Path
) -> None:
    keeper = keeper_of(centre, tmp_path / "post", most_files=2, shares=1)
    booth.bring(keeper, 1, 2)
    booth.bring(keeper, 3, 4)
    booth.ask(keeper, booth.call(booth.packed(5, 6), received=4))
    assert desk.hear(keeper, have=[]) == []

    assert booth.ask(keeper, booth.call()).held == 0

    booth.ask(keeper, booth.call(booth.packed(1, 6), received=6))
    assert desk.hear(keeper, have=[]) == [(1, 6)]


def test_what_the_centre_has_not_got_after_a_while_is_for_the_centre(
    booth: Booth, keeper: Keeper
) -> None:
    booth.bring(keeper, 1, 2)
    booth.bring(keeper, 3, 6)
    journal = booth.device.state.workstation, 1

    assert list(keeper.for_centre(time())) == []
    taken = []
    for whose, content in keeper.for_centre(time() + LATER_SECONDS):
        taken.append(protocol.decode(content, protocol.Bundle).last)
        keeper.centre_holds(whose, taken[-1])
    assert taken == [2, 6]
    keeper.centre_holds(journal, 6)
    assert list(keeper.for_centre(time() + LATER_SECONDS)) == []


def test_what_came_by_a_clock_that_was_ahead_does_not_lie_for_ever(
    booth: Booth, keeper: Keeper
) -> None:
    booth.bring(keeper, 1, 2)

    assert len(list(keeper.for_centre(time() - 86_400))) == 1


def test_what_the_centre_does_not_take_is_not_offered_over_and_over(
    booth: Booth, keeper: Keeper
) -> None:
    booth.bring(keeper, 1, 2)
    booth.bring(keeper, 3, 6)

    assert len(list(keeper.for_centre(time() + LATER_SECONDS))) == 1


@pytest.mark.parametrize("part", ["bundle", "for_post"])
def test_a_part_of_another_bundle_is_not_taken(
    booth: Booth, desk: Booth, keeper: Keeper, part: str
) -> None:
    one, other = (protocol.decode(booth.packed(n, n), PostBundle) for n in (1, 2))
    swapped = msgspec.structs.replace(one, **{part: getattr(other, part)})

    with pytest.raises(Forged):
        booth.ask(keeper, booth.call(msgspec.msgpack.encode(swapped)))

    assert desk.hear(keeper, have=[]) == []


def test_a_workstation_brings_its_own_journal_only(
    booth: Booth, desk: Booth, keeper: Keeper
) -> None:
    with pytest.raises(Forged):
        desk.ask(keeper, desk.call(booth.packed(1, 2)))


def test_nobody_calls_in_anothers_name(booth: Booth, desk: Booth, keeper: Keeper) -> None:
    call = msgspec.structs.replace(
        desk.call(have=[]),
        workstation=booth.device.state.workstation,
        certificate=booth.device.state.certificate,
    )

    with pytest.raises(Forged):
        desk.ask(keeper, call)


def test_a_workstation_of_another_post_is_turned_away(
    booth: Booth, centre: CentreHere, tmp_path: Path
) -> None:
    elsewhere = Keeper(
        tmp_path / "elsewhere",
        deployment=centre.deployment,
        post_code="TASH-02",
        server_key=centre.server_key,
    )

    with pytest.raises(Forged, match="another post"):
        booth.bring(elsewhere, 1, 2)


def test_a_workstation_that_another_centre_has_certified_is_turned_away(
    keeper: Keeper, tmp_path: Path
) -> None:
    other = CentreHere(tmp_path / "other centre")
    stranger = enrolled(other, tmp_path / "stranger")

    with closing(other), closing(stranger.here), pytest.raises(Forged):
        stranger.ask(keeper, stranger.call(have=[]))


def test_an_exchange_is_told_nothing_by_another_one(
    booth: Booth, keeper: Keeper, centre: CentreHere, tmp_path: Path
) -> None:
    booth.bring(keeper, 1, 6)
    exchange = enrolled(centre, tmp_path / "exchange", role=DeviceRole.EXCHANGE)

    with closing(exchange.here), pytest.raises(Forged, match="an exchange"):
        exchange.ask(keeper, exchange.call(have=[]))


def test_a_call_that_unpacks_without_end_is_refused(keeper: Keeper) -> None:
    with pytest.raises(TooLarge):
        keeper.answer(protocol.compress(bytes(1 << 27)))


def test_a_neighbours_endless_entries_are_not_opened(booth: Booth) -> None:
    """The bundle is genuine, of a workstation that somebody has taken over."""
    state = booth.device.state
    carried = post.read(
        booth.packed(1, 1), deployment=state.deployment, post=POST, server_key=state.server_key
    )
    [entry, *_] = booth.here.entries()
    many = [post.PostEntry(protocol.to_wire(entry), entry.signature)] * (MOST_ENTRIES + 1)
    sealed = protocol.seal(
        protocol.compress(msgspec.msgpack.encode(many)),
        sealing.public_of(state.post_key),
        purpose=f"post/{state.workstation}",
    )
    packed = msgspec.structs.replace(carried.packed, for_post=sealed)

    with pytest.raises(Malformed, match="not journal entries"):
        post.opened(replace(carried, packed=packed, last=len(many)), state.post_key)


@pytest.mark.parametrize("length", [0, 1, 100, -1])
def test_a_bundle_that_was_cut_is_not_taken(booth: Booth, keeper: Keeper, length: int) -> None:
    whole = booth.packed(1, 2)

    with pytest.raises((Malformed, Forged)):
        booth.ask(keeper, booth.call(whole[:length]))


def test_the_neighbours_read_what_the_exchange_cannot(
    booth: Booth, desk: Booth, keeper: Keeper, centre: CentreHere
) -> None:
    booth.bring(keeper, 1, 6)
    [packed] = desk.ask(keeper, desk.call(have=[])).bundles
    carried = post.read(
        packed, deployment=centre.deployment, post=POST, server_key=centre.server_key
    )

    entries = post.opened(carried, desk.device.state.post_key)

    assert entries == booth.here.entries()
    with pytest.raises(Malformed):
        post.opened(carried, centre.folder.keys().post_key("TASH-02"))


@given(garbage=st.binary(max_size=400), where=st.integers(0, 5_000))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_is_refused_in_words(
    booth: Booth, keeper: Keeper, garbage: bytes, where: int
) -> None:
    call = booth.call(booth.packed(1, 2))
    whole = protocol.sign_request(call, booth.device, deployment=call.deployment).body
    at = where % len(whole)

    for sent in (garbage, whole[:at] + garbage, whole[:at] + garbage + whole[at + 1 :]):
        with suppress(Malformed, Forged):
            keeper.answer(sent)
    with suppress(Malformed, Forged):
        booth.ask(keeper, booth.call(garbage))


def test_who_only_says_that_he_carried_keeps_it_from_nobody_else(
    booth: Booth, desk: Booth, centre: CentreHere, tmp_path: Path
) -> None:
    keeper = keeper_of(centre, tmp_path / "post", forward_after=0)
    honest = enrolled(centre, tmp_path / "honest")
    booth.bring(keeper, 1, 6)
    lie = msgspec.structs.replace(
        desk.call(), carries=True, carried=[reach(booth, 2**53)], acknowledgements=[b"made up"]
    )

    desk.ask(keeper, lie)
    offered = honest.ask(keeper, msgspec.structs.replace(honest.call(), carries=True)).for_centre
    said = msgspec.structs.replace(
        honest.call(), carried=[reach(booth, 6)], acknowledgements=[b"word"]
    )
    honest.ask(keeper, said)
    desk.ask(keeper, lie)
    heard = booth.ask(keeper, msgspec.structs.replace(booth.call(), asks_word=True))

    assert [protocol.decode(each, protocol.Bundle).last for each in offered] == [6]
    assert set(heard.acknowledgements) == {b"made up", b"word"}
    honest.here.close()


def test_those_with_a_line_are_asked_in_turn() -> None:
    carriers = Carriers(turn=10.0)
    journal = ("BOOTH", 1)
    asked = []
    for second in range(1_000, 1_100):
        for each in ("BAD", "GOOD"):
            carriers.note(each, float(second))
            if carriers.may_ask(each, journal, float(second)):
                carriers.ask(each, journal, float(second))
                asked.append(each)

    assert asked[:4] == ["BAD", "GOOD", "BAD", "GOOD"]
    assert len(asked) == 10


def test_nobody_gets_more_than_his_share_of_the_room(
    booth: Booth, desk: Booth, centre: CentreHere, tmp_path: Path
) -> None:
    keeper = keeper_of(centre, tmp_path / "post", most_files=8)
    desk.here.record(*"ABC")
    for position in range(1, 3):
        assert not booth.bring(keeper, position, position).full

    assert booth.bring(keeper, 3, 3).full

    assert not desk.bring(keeper, 1, 3).full
    assert not booth.ask(keeper, booth.call(booth.packed(3, 3), received=1)).full


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """As on a disk that is full: longer files cannot be written."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def reach(booth: Booth, position: int) -> Reach:
    return Reach(booth.device.state.workstation, 1, position)
