"""The spool: what waits when the screen locks reaches the centre without the database's key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey
from sync import bundle
from sync.engine import Trouble
from sync.link import Reason, Unreachable
from tests.workstations import CentreHere, Direct, LostReply, NoLink, Workstation


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    centre = CentreHere(tmp_path / "centre")
    yield centre
    centre.close()


@pytest.fixture
def post(tmp_path: Path, centre: CentreHere) -> Iterator[Workstation]:
    folder = Folder(tmp_path / "workstation")
    post = Workstation(folder, centre.enrol(folder))
    yield post
    post.close()


@pytest.fixture
def link(centre: CentreHere, post: Workstation) -> Direct:
    return Direct(centre, post.device)


def spool(post: Workstation) -> list[Path]:
    return bundle.spool(post.store, post.device, post.folder.spool)


def deliver(post: Workstation, link: Direct | LostReply) -> bundle.Delivery:
    return bundle.deliver(post.folder.spool, link, post.device)


def names(post: Workstation) -> list[str]:
    return sorted(path.name for path in post.folder.spool.iterdir())


def test_the_spool_reaches_the_centre_with_the_device_key_alone(
    centre: CentreHere, post: Workstation
) -> None:
    post.record("AALTO", "BERG")
    spool(post)
    alone = DeviceKey.load(post.folder.device_key)

    bundle.deliver(post.folder.spool, Direct(centre, alone), alone)

    assert centre.leaves(post.id) == post.leaves()
    assert names(post) == []


def test_nothing_that_was_typed_stands_in_the_spool(post: Workstation) -> None:
    post.record("AALTO-YUSSUPOVA")

    [path] = spool(post)

    assert b"YUSSUPOVA" not in path.read_bytes()


def test_with_nothing_waiting_nothing_is_spooled(post: Workstation, link: Direct) -> None:
    post.record("AALTO")
    post.settle(link)

    assert spool(post) == []


def test_each_lock_spools_only_what_is_new(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    spool(post)
    post.record("BERG")
    spool(post)

    assert names(post) == [
        "1-000000000001-000000000001.bundle",
        "1-000000000002-000000000002.bundle",
    ]
    deliver(post, link)
    assert centre.leaves(post.id) == post.leaves()


def test_a_long_tail_goes_in_several_files(
    centre: CentreHere, post: Workstation, link: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST_ENTRIES", 2)
    post.record("AALTO", "BERG", "CELIK", "DIAZ", "EKLUND")

    assert len(spool(post)) == 3
    assert deliver(post, link) == bundle.Delivery(answered=True, left=0)
    assert centre.leaves(post.id) == post.leaves()


def test_without_a_line_the_spool_stays(post: Workstation) -> None:
    post.record("AALTO")
    spool(post)

    with pytest.raises(Unreachable):
        bundle.deliver(post.folder.spool, NoLink(), post.device)

    assert len(names(post)) == 1


def test_a_file_goes_only_when_a_signed_reply_says_it_is_held(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    spool(post)
    with pytest.raises(Unreachable):
        deliver(post, LostReply(link))
    assert len(names(post)) == 1

    deliver(post, link)

    assert names(post) == []
    assert centre.leaves(post.id) == post.leaves()


def test_what_was_spooled_may_come_by_a_contact_as_well(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO", "BERG")
    spool(post)
    post.record("CELIK")
    post.settle(link)

    deliver(post, link)

    assert centre.leaves(post.id) == post.leaves()
    assert centre.alarms() == []
    assert names(post) == []


def test_one_that_a_longer_one_has_in_it_is_forgotten_with_that(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    [short] = spool(post)
    content = short.read_bytes()
    short.unlink()
    post.record("BERG")
    spool(post)
    short.write_bytes(content)

    deliver(post, link)

    assert names(post) == []
    assert centre.leaves(post.id) == post.leaves()


def test_a_contact_knows_what_the_spool_has_brought(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO", "BERG")
    spool(post)
    deliver(post, link)

    post.settle(link)

    assert post.waiting == 0
    assert centre.leaves(post.id) == post.leaves()


@pytest.mark.parametrize("kept", [0, 1, 50, 200, -1], ids=str)
def test_a_truncated_file_is_set_aside(post: Workstation, link: Direct, kept: int) -> None:
    post.record("AALTO")
    [path] = spool(post)
    path.write_bytes(path.read_bytes()[:kept])

    deliver(post, link)

    assert names(post) == [f"{path.name}.unreadable.bad"]


def test_an_altered_file_is_set_aside_and_the_database_still_has_all(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    [path] = spool(post)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    deliver(post, link)
    post.settle(link)

    assert names(post) in ([f"{path.name}.not-ours.bad"], [f"{path.name}.unreadable.bad"])
    assert centre.leaves(post.id) == post.leaves()


def test_a_bundle_of_another_workstation_is_set_aside(
    centre: CentreHere, post: Workstation, link: Direct, tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "neighbour")
    neighbour = Workstation(folder, centre.enrol(folder))
    neighbour.record("AALTO")
    [foreign] = spool(neighbour)
    neighbour.close()
    (post.folder.spool / foreign.name).write_bytes(foreign.read_bytes())

    deliver(post, link)

    assert names(post) == [f"{foreign.name}.not-ours.bad"]


def test_a_bundle_under_another_name_is_set_aside(post: Workstation, link: Direct) -> None:
    post.record("AALTO", "BERG")
    [path] = spool(post)
    renamed = path.rename(path.with_name("1-000000000001-000000000001.bundle"))

    deliver(post, link)

    assert names(post) == [f"{renamed.name}.not-ours.bad"]


def test_a_huge_file_is_not_read(post: Workstation, link: Direct) -> None:
    huge = post.folder.spool / "1-000000000001-000000000001.bundle"
    with huge.open("wb") as file:
        file.truncate(10 << 30)

    deliver(post, link)

    assert names(post) == [f"{huge.name}.too-large.bad"]


def test_a_bad_file_does_not_keep_the_others(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    (post.folder.spool / "0-000000000001-000000000009.bundle").write_bytes(b"junk")
    spool(post)

    deliver(post, link)

    assert centre.leaves(post.id) == post.leaves()


def test_a_half_written_file_is_not_taken_for_a_bundle(post: Workstation, link: Direct) -> None:
    (post.folder.spool / "1-000000000001-000000000001.new").write_bytes(b"half")

    assert deliver(post, link) == bundle.Delivery(answered=False, left=0)


def test_with_one_file_missing_the_next_waits_for_a_contact(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    [missing] = spool(post)
    post.record("BERG")
    spool(post)
    missing.unlink()

    delivery = deliver(post, link)

    assert delivery == bundle.Delivery(answered=True, left=1)
    post.settle(link)
    deliver(post, link)
    assert centre.leaves(post.id) == post.leaves()
    assert names(post) == []


def test_a_fork_in_the_spool_is_kept_and_reported(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    earlier = post.back_up()
    post.record("AALTO")
    post.settle(link)
    held = centre.leaves(post.id)
    post.device.update(journal_position=0, journal_head=b"")  # nothing here tells of it
    post.put_back(earlier)
    post.record("BERG")
    [path] = spool(post)

    delivery = deliver(post, link)

    assert delivery.trouble is Trouble.FORKED
    assert names(post) == [f"{path.name}.forked.bad"]
    assert centre.leaves(post.id) == held


def test_a_refused_delivery_stays(post: Workstation, link: Direct) -> None:
    post.record("AALTO")
    spool(post)
    stranger = DeviceKey.create(
        post.folder.path / "stranger.key",
        deployment="utopia",
        workstation=post.id,
        post="OSH-01",
    )

    with pytest.raises(Unreachable, match=Reason.UNKNOWN_HERE):
        bundle.deliver(post.folder.spool, Direct(link.home, stranger), post.device)

    assert len(names(post)) == 1
