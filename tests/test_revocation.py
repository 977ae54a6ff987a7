"""A workstation is revoked: its post believes what was held of it, and nothing that comes later."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.journal.entry import Origin, Tip
from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey
from sync import acknowledgement, bundle, post, protocol, revocation
from sync.post import PostBundle, PostCall, PostReply, Reach
from sync.protocol import Forged, Malformed
from sync.revocation import Revoked
from sync.server.exchange import Keeper
from sync.server.main import main
from tests.centre import RunningCentre
from tests.exchanges import Running, enrolled, refer, started, waiting
from tests.workstations import CentreHere, Direct, Workstation

POST = "OSH-01"


@dataclass
class Booth:
    """A workstation with a line to the centre and one to an exchange, both in this process."""

    centre: CentreHere
    here: Workstation

    @property
    def device(self) -> DeviceKey:
        return self.here.device

    def contact(self) -> None:
        self.here.settle(Direct(self.centre, self.device))

    def packed(self, first: int, last: int) -> bytes:
        store = self.here.store
        entries = store.entries(first - 1, limit=last - first + 1, max_bytes=1 << 30)
        before = Tip(first - 1, store.head_at(first - 1) or b"")
        made = bundle.bundled(self.device, store.origin, before, entries)
        return post.pack(made, entries, self.device)

    def ask(self, keeper: Keeper, *bundles: bytes, have: list[Reach] | None = None) -> PostReply:
        state = self.device.state
        call = PostCall(
            request_id=os.urandom(16),
            deployment=state.deployment,
            workstation=state.workstation,
            incarnation=state.incarnation,
            certificate=state.certificate,
            bundles=list(bundles),
            have=have,
            revoked=state.revoked,
        )
        outgoing = protocol.sign_request(call, self.device, deployment=call.deployment)
        return keeper.answer(outgoing.body)[1]

    def ranges(self, keeper: Keeper) -> list[tuple[int, int]]:
        """What the exchange hands out of others' journals."""
        packed = self.ask(keeper, have=[]).bundles
        inside = [
            protocol.decode(protocol.decode(each, PostBundle).bundle, protocol.Bundle)
            for each in packed
        ]
        return [(each.first, each.last) for each in inside]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    centre = CentreHere(tmp_path / "centre")
    yield centre
    centre.close()


def new_booth(centre: CentreHere, path: Path) -> Booth:
    folder = Folder(path)
    booth = Booth(centre, Workstation(folder, centre.enrol(folder)))
    booth.contact()
    return booth


@pytest.fixture
def stolen(centre: CentreHere, tmp_path: Path) -> Iterator[Booth]:
    """It has recorded two checks that the centre holds, and two more since."""
    booth = new_booth(centre, tmp_path / "stolen")
    booth.here.record("AALTO", "BERG")
    booth.contact()
    booth.here.record("CRUZ", "DIAZ")
    yield booth
    booth.here.close()


@pytest.fixture
def desk(centre: CentreHere, tmp_path: Path) -> Iterator[Booth]:
    booth = new_booth(centre, tmp_path / "desk")
    yield booth
    booth.here.close()


@pytest.fixture
def keeper(centre: CentreHere, tmp_path: Path) -> Keeper:
    return new_keeper(centre, tmp_path / "post")


def new_keeper(centre: CentreHere, folder: Path) -> Keeper:
    return Keeper(
        folder,
        deployment=centre.deployment,
        post_code=POST,
        server_key=centre.server_key,
    )


def revoke(centre: CentreHere, workstation: str) -> None:
    wishes = ["--data", str(centre.folder.path), "--reason", "stolen"]
    assert main(["revoke", workstation, *wishes]) == 0


def held(centre: CentreHere, booth: Booth) -> int:
    return len(centre.leaves(booth.here.id))


def test_the_post_hears_whom_not_to_believe_and_from_where_on(
    centre: CentreHere, stolen: Booth, desk: Booth
) -> None:
    assert revocation.known(desk.device).until == {}

    revoke(centre, stolen.here.id)
    desk.contact()

    known = revocation.known(desk.device)
    assert known.believed(stolen.here.store.origin) == held(centre, stolen) == 2
    assert known.believed(desk.here.store.origin) is None
    assert known.believed(Origin(centre.deployment, stolen.here.id, 9)) == 0


def test_the_post_gets_a_key_that_the_revoked_one_has_not(
    centre: CentreHere, stolen: Booth, desk: Booth
) -> None:
    before = stolen.packed(1, 2)
    revoke(centre, stolen.here.id)
    desk.contact()
    stolen.here.contact(Direct(centre, stolen.device))
    desk.here.record("EVANS")

    [number] = desk.device.state.post_keys
    assert desk.device.state.post_keys[number] != desk.device.state.post_key
    assert stolen.device.state.post_keys == {}
    after = _read(desk.packed(1, 1), centre)
    assert post.key_for(after, stolen.device) is None
    with pytest.raises(Malformed):
        post.opened(after, stolen.device.state.post_key)
    for packed, wanted in ((before, 2), (desk.packed(1, 1), 1)):
        carried = _read(packed, centre)
        key = post.key_for(carried, desk.device)
        assert key is not None
        assert len(post.opened(carried, key)) == wanted


def test_every_revocation_begins_a_new_key_and_older_ones_are_kept(
    centre: CentreHere, stolen: Booth, desk: Booth, tmp_path: Path
) -> None:
    other = new_booth(centre, tmp_path / "other")
    revoke(centre, stolen.here.id)
    desk.contact()
    revoke(centre, other.here.id)
    revoke(centre, other.here.id)  # only another reason
    desk.contact()

    assert len(desk.device.state.post_keys) == 2
    assert set(revocation.known(desk.device).until) == {stolen.here.id, other.here.id}
    newcomer = new_booth(centre, tmp_path / "newcomer")
    assert newcomer.device.state.post_keys == desk.device.state.post_keys
    newcomer.here.close()
    other.here.close()


def test_the_centres_word_on_a_stick_or_through_an_exchange_brings_the_new_key(
    centre: CentreHere, stolen: Booth, desk: Booth
) -> None:
    revoke(centre, stolen.here.id)
    word = centre.centre.acknowledgement(
        desk.here.id, 1, signing_key=desk.device.public, fork_at=None
    )
    to_stolen = centre.centre.acknowledgement(
        stolen.here.id, 1, signing_key=stolen.device.public, fork_at=None
    )

    acknowledgement.take([word], desk.here.folder.spool, desk.device)
    acknowledgement.take([to_stolen], stolen.here.folder.spool, stolen.device)

    assert len(desk.device.state.post_keys) == 1
    assert revocation.known(desk.device).is_revoked(stolen.here.id)
    assert stolen.device.state.post_keys == {}


def test_what_was_told_is_not_told_again(centre: CentreHere, stolen: Booth, desk: Booth) -> None:
    revoke(centre, stolen.here.id)
    desk.contact()
    said = Direct(centre, desk.device)

    desk.here.settle(said)

    assert said.contacts[-1].generation == max(desk.device.state.post_keys)


def _read(packed: bytes, centre: CentreHere) -> post.Carried:
    return post.read(packed, deployment=centre.deployment, post=POST, server_key=centre.server_key)


# --- at the exchange ----------------------------------------------------------------------------


def test_an_exchange_refuses_the_revoked_and_hands_out_what_the_centre_held(
    centre: CentreHere, stolen: Booth, desk: Booth, keeper: Keeper
) -> None:
    stolen.ask(keeper, stolen.packed(1, 2), stolen.packed(3, 4))
    assert desk.ranges(keeper) == [(1, 2), (3, 4)]
    revoke(centre, stolen.here.id)
    desk.contact()

    assert desk.ranges(keeper) == [(1, 2)]
    with pytest.raises(Forged, match="revoked"):
        stolen.ask(keeper, have=[])


def test_an_exchange_tells_those_without_a_line_and_remembers(
    centre: CentreHere, stolen: Booth, desk: Booth, keeper: Keeper, tmp_path: Path
) -> None:
    cut = new_booth(centre, tmp_path / "cut")
    revoke(centre, stolen.here.id)
    desk.contact()
    desk.ask(keeper)

    again = new_keeper(centre, tmp_path / "post")

    assert revocation.hear(cut.device, cut.ask(again, have=[]).revoked)
    assert revocation.known(cut.device).is_revoked(stolen.here.id)
    cut.here.close()


@pytest.mark.parametrize("number", [0, 2**40])
def test_a_word_that_the_centre_did_not_say_changes_nothing(
    centre: CentreHere, stolen: Booth, desk: Booth, keeper: Keeper, number: int
) -> None:
    said = Revoked(
        deployment=centre.deployment, post=POST, number=number, until={stolen.here.id: {}}
    )
    elsewhere = msgspec.structs.replace(said, post="NAR-02")
    reply_key = centre.folder.keys().reply

    for false in (
        revocation.write(said, Ed25519PrivateKey.generate()),
        revocation.write(elsewhere, reply_key),
        b"\xc1",
    ):
        keeper.hear_revocation(false)
        with pytest.raises((Forged, Malformed)):
            revocation.hear(desk.device, false)

    assert stolen.ask(keeper, stolen.packed(1, 2)).held == 2
    assert desk.device.state.revoked == b""


def test_an_earlier_word_does_not_take_a_later_one_back(
    centre: CentreHere, stolen: Booth, desk: Booth, tmp_path: Path
) -> None:
    revoke(centre, stolen.here.id)
    desk.contact()
    first = desk.device.state.revoked
    other = new_booth(centre, tmp_path / "other")
    revoke(centre, other.here.id)
    desk.contact()

    assert not revocation.hear(desk.device, first)
    assert revocation.known(desk.device).is_revoked(other.here.id)
    other.here.close()


def test_a_running_post_goes_on_without_the_revoked_one(
    sqlite_centre: RunningCentre, tmp_path: Path
) -> None:
    names = ("stolen", "desk", "booth")
    folders = [enrolled(sqlite_centre, Folder(tmp_path / name)) for name in names]
    exchange = started(sqlite_centre, tmp_path / "exchange")
    try:
        with (
            Running(folders[0], [exchange.url]) as stolen,
            Running(folders[1], [exchange.url]) as desk,
            Running(folders[2], [exchange.url]) as booth,
        ):
            refer(stolen)
            booth.sees(waiting(1))
            before = booth.do(booth.store.foreign_tips)
            sqlite_centre.run("revoke", stolen.id, "--reason", "stolen")
            for each in (desk, booth):
                each.uplink()
                each.sees(lambda _store: each.device.state.post_keys or None)  # noqa: B023

            refer(stolen)
            refer(desk)
            booth.sees(waiting(2))

            after = booth.do(booth.store.foreign_tips)
            assert {origin: after[origin] for origin in before} == before
            assert stolen.do(lambda: len(stolen.store.referrals_open())) == 2  # both its own
    finally:
        exchange.kill()
