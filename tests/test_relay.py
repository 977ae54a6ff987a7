"""What an exchange relays of headquarters' reference data: what is signed, whole, and asked for."""

import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from checkpoint_client.desk.channels import NotTaken
from checkpoint_client.settings import Folder
from sync.protocol import DeviceRole
from sync.server.relay import Relay, Told
from tests.centre import RunningCentre
from tests.follower import alert, publish
from tests.workstations import CentreHere


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    """A centre that has published a list, then one more alert."""
    centre = CentreHere(tmp_path / "centre")
    publish(running(centre), alert("A-1"))
    publish(running(centre), alert("A-1"), alert("A-2"))
    yield centre
    centre.close()


@pytest.fixture
def relay(centre: CentreHere, tmp_path: Path) -> Relay:
    return relay_of(centre, tmp_path / "exchange")


def relay_of(centre: CentreHere, path: Path) -> Relay:
    device = centre.enrol(Folder(path), role=DeviceRole.EXCHANGE)
    return Relay.at(path / "lists", device, root=centre.shelf.root(1))


def running(centre: CentreHere) -> RunningCentre:
    return RunningCentre(centre.folder.path)


def signed(centre: CentreHere) -> Mapping[str, bytes]:
    return centre.shelf.news({}).metadata


def files(centre: CentreHere) -> dict[str, bytes]:
    """The encrypted files that are signed, named as workstations ask for them."""
    names = (f"{f.hashes['sha256']}.{n}" for n, f in centre.shelf.published().files.items())
    return {name: (centre.shelf.targets / name).read_bytes() for name in names}


def test_signed_metadata_are_handed_on_as_they_came(centre: CentreHere, relay: Relay) -> None:
    relay.look(Told(signed(centre)))

    assert relay.stamp > 0
    for name, content in signed(centre).items():
        assert relay.read(name, 0).part == content


def test_metadata_of_another_headquarters_are_not_taken(relay: Relay, tmp_path: Path) -> None:
    other = CentreHere(tmp_path / "other")
    publish(running(other), alert("A-1"))

    with pytest.raises(NotTaken):
        relay.look(Told(signed(other)))

    other.close()
    assert relay.stamp == 0
    assert relay.read("timestamp.json", 0).size is None


def test_older_metadata_do_not_replace_newer_ones(centre: CentreHere, relay: Relay) -> None:
    older = signed(centre)
    publish(running(centre), alert("A-3"))
    relay.look(Told(signed(centre)))
    stamp = relay.stamp

    with pytest.raises(NotTaken):
        relay.look(Told(older))

    assert relay.stamp == stamp


def test_a_file_is_wanted_once_it_was_asked_for_and_handed_out_when_it_is_whole(
    centre: CentreHere, relay: Relay
) -> None:
    relay.look(Told(signed(centre)))
    name, content = next(iter(files(centre).items()))
    assert relay.bring(name, 0, content).size is None, "nobody has asked for it"

    assert relay.read(name, 0).part == b""
    assert relay.wanted == [name]
    relay.bring(name, 0, content[:10])
    relay.bring(name, 20, content[20:])
    assert relay.read(name, 0).held == 10
    relay.bring(name, 10, content[10:])

    assert relay.wanted == []
    assert relay.read(name, 5).part == content[5:]


def test_what_is_not_what_headquarters_signed_is_thrown_away(
    centre: CentreHere, relay: Relay
) -> None:
    relay.look(Told(signed(centre)))
    name, content = next(iter(files(centre).items()))
    relay.read(name, 0)

    assert relay.bring(name, 0, bytes(len(content))).held == 0
    assert relay.bring(name, 0, content + b"?").held == 0

    assert relay.wanted == [name]
    assert relay.bring(name, 0, content).held == 0, "it is no part any more, but the file"
    assert relay.read(name, 0).part == content


@pytest.mark.parametrize("name", ["../device.key", "root.json", "0" * 64 + ".watchlist-9.snapshot"])
def test_what_headquarters_has_not_signed_is_not_there(
    centre: CentreHere, relay: Relay, name: str
) -> None:
    relay.look(Told(signed(centre)))

    assert relay.read(name, 0).size is None
    assert relay.bring(name, 0, b"something").size is None
    assert relay.wanted == []


def test_a_full_disk_keeps_no_half_file(centre: CentreHere, relay: Relay) -> None:
    relay.look(Told(signed(centre)))
    name, content = next(iter(files(centre).items()))
    relay.read(name, 0)

    with no_file_above(10):
        assert relay.bring(name, 0, content).held == 0

    relay.bring(name, 0, content)
    assert relay.read(name, 0).part == content


def test_it_goes_on_after_a_restart_and_forgets_what_is_not_signed_any_more(
    centre: CentreHere, relay: Relay
) -> None:
    relay.look(Told(signed(centre)))
    kept = files(centre)
    for name, content in kept.items():
        relay.read(name, 0)
        relay.bring(name, 0, content)

    again = Relay.at(relay.folder, relay.device, root=centre.shelf.root(1))
    assert again.stamp == relay.stamp
    assert all(again.read(name, 0).part == content for name, content in kept.items())

    publish(running(centre), *(alert(f"A-{number}") for number in range(50)))
    again.look(Told(signed(centre)))
    left = {path.name for path in (relay.folder / "files").iterdir()}
    assert left == {*kept} & {*files(centre)}


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """As on a disk that is full: longer files cannot be written."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_neighbour_who_spoils_a_file_spoils_his_own_part_only(
    centre: CentreHere, relay: Relay
) -> None:
    relay.look(Told(signed(centre)))
    name, content = next(iter(files(centre).items()))
    relay.read(name, 0, asker="BOOTH")

    relay.bring(name, 0, bytes(len(content)), carrier="BAD")

    assert relay.wanted_from("BAD") == []
    assert relay.wanted_from("GOOD") == [name]
    relay.bring(name, 0, bytes(len(content)), carrier="BAD")
    relay.bring(name, 0, content[:10], carrier="GOOD")
    assert relay.bring(name, 0, bytes(10), carrier="BAD").held == 0
    relay.bring(name, 10, content[10:], carrier="GOOD")
    assert relay.read(name, 0).part == content


def test_a_file_is_one_neighbours_to_bring_for_a_while_only(
    centre: CentreHere, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay.look(Told(signed(centre)))
    name, content = next(iter(files(centre).items()))
    relay.read(name, 0, asker="BOOTH")
    relay.bring(name, 0, content[:10], carrier="SLOW")
    assert relay.wanted_from("OTHER") == []

    monkeypatch.setattr("sync.server.relay.TURN_SECONDS", 0.0)

    assert relay.wanted_from("OTHER") == [name]
    relay.bring(name, 0, content, carrier="OTHER")
    assert relay.read(name, 0).part == content
    assert [path.name for path in (relay.folder / "files").iterdir()] == [name]


def test_nobodys_wishes_crowd_out_anothers(centre: CentreHere, relay: Relay) -> None:
    relay.look(Told(signed(centre)))
    names = [*files(centre)]
    for name in names:
        relay.read(name, 0, asker="GREEDY")

    relay.read(names[-1], 0, asker="BOOTH")

    assert names[-1] in relay.wanted[:2]


def test_a_name_that_leads_elsewhere_brings_nothing(centre: CentreHere, relay: Relay) -> None:
    relay.look(Told(signed(centre)))
    name, content = next(iter(files(centre).items()))
    relay.read(name, 0)

    assert relay.bring(name, 0, content, carrier="../BAD").size is None
