"""Lists from headquarters: what headquarters did not sign never comes into force."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.desk.channels import Failure, NotTaken
from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist.alerts import Alert
from checkpoint_client.watchlist.jsonl import decode
from sync import protocol
from sync.link import Link, Unreachable
from sync.protocol import ContactReply, Verdict
from sync.reference import Answer, Channels, Fetched, latest_known, lines, opened_keys, take_keys
from sync.server import publisher
from tests.workstations import CentreHere, CutLink, Direct, NoLink, an_alert

NOW = datetime.now(UTC)
METADATA = ["timestamp.json", "2.snapshot.json", "1.targets.json", "1.watchlist.json"]


@dataclass
class Headquarters:
    """A centre that publishes, and a workstation that follows."""

    centre: CentreHere
    device: DeviceKey
    channels: Channels

    def publish(self, *alerts: Alert, centre: CentreHere | None = None) -> None:
        by = centre or self.centre
        publisher.publish_watchlist(
            by.shelf,
            by.folder.publishing_keys(),
            by.folder.keys().channels["watchlist"],
            alerts,
            now=NOW,
        )

    def reply(self, **changes: object) -> ContactReply:
        """What a contact would be told now."""
        news = self.centre.shelf.news(self.channels.have())
        reply = ContactReply(
            request_id=bytes(16),
            workstation=self.device.state.workstation,
            verdict=Verdict.HELD,
            held=0,
            head=bytes(32),
            backed_up=0,
            ratchet=bytes(16),
            counter=1,
            server_time=NOW.isoformat(),
            epoch=b"",
            channels=news.channels,
            metadata=news.metadata,
        )
        return msgspec.structs.replace(reply, **changes)

    def fetch(self, reply: ContactReply | None = None, link: Link | None = None) -> Fetched:
        """The newest list, whole."""
        told = reply or self.reply()
        take_keys(self.device, told)
        answer = Answer(told, link or Direct(self.centre, self.device))
        verified = self.channels.look(answer, time=latest_known(self.device, told))
        offer = verified.offer("watchlist", base=None)
        assert offer, "never signed"
        return self.channels.bring(offer, answer, self.device)


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Headquarters]:
    centre = CentreHere(tmp_path / "centre")
    folder = Folder(tmp_path / "workstation")
    device = centre.enrol(folder)
    channels = Channels(folder.path / "lists", centre.shelf.newest_root())
    yield Headquarters(centre, device, channels)
    centre.close()


def alerts_of(new: Fetched) -> list[Alert]:
    return [decode(line) for line in lines(new)]


def ids(new: Fetched) -> list[str]:
    return [alert.id for alert in alerts_of(new)]


def test_a_published_list_is_read_as_it_was_published(headquarters: Headquarters) -> None:
    alerts = [an_alert("A-1", "ÖZTÜRK, Gül"), an_alert("A-2", "Ғабит Әлімов")]
    headquarters.publish(*alerts)

    new = headquarters.fetch()

    offer = new.offer
    assert alerts_of(new) == alerts
    assert (offer.channel, offer.version, offer.items, offer.issued_at) == ("watchlist", 1, 2, NOW)


def test_the_list_lies_here_encrypted(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1", "YUSSUPOVA"))

    new = headquarters.fetch()

    files = [path for path in new.path.parent.rglob("*") if path.is_file()]
    assert all(b"YUSSUPOVA" not in path.read_bytes() for path in files)


def test_metadata_we_have_are_not_sent_again(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))
    headquarters.fetch()

    reply = headquarters.reply()

    assert reply.metadata == {}
    assert ids(headquarters.fetch(reply)) == ["A-1"]


def test_only_the_newest_list_is_kept(headquarters: Headquarters) -> None:
    for number in (1, 2, 3):
        headquarters.publish(an_alert(f"A-{number}"))
        new = headquarters.fetch()

    kept = sorted(path.name for path in new.path.parent.glob("watchlist-*"))
    assert kept == ["watchlist-3.snapshot"]


def test_a_list_signed_by_somebody_else_is_refused(
    headquarters: Headquarters, tmp_path: Path
) -> None:
    other = CentreHere(tmp_path / "other")
    headquarters.publish(an_alert("A-1"), centre=other)
    news = other.shelf.news({})
    other.close()

    with pytest.raises(NotTaken):
        headquarters.fetch(headquarters.reply(channels=news.channels, metadata=news.metadata))


@pytest.mark.parametrize("role", METADATA)
def test_altered_metadata_are_refused(headquarters: Headquarters, role: str) -> None:
    headquarters.publish(an_alert("A-1"))
    reply = headquarters.reply()
    altered = reply.metadata[role].replace(b'"expires":"20', b'"expires":"21', 1)

    with pytest.raises(NotTaken):
        headquarters.fetch(
            msgspec.structs.replace(reply, metadata=reply.metadata | {role: altered})
        )


@pytest.mark.parametrize("role", METADATA)
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[" * 5_000], ids=repr)
def test_what_is_no_metadata_is_refused(
    headquarters: Headquarters, role: str, content: bytes
) -> None:
    headquarters.publish(an_alert("A-1"))
    reply = headquarters.reply()

    with pytest.raises(NotTaken):
        headquarters.fetch(
            msgspec.structs.replace(reply, metadata=reply.metadata | {role: content})
        )


def test_older_metadata_do_not_bring_an_older_list_back(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))
    old = headquarters.reply()
    headquarters.publish(an_alert("A-2"))
    headquarters.fetch()

    with pytest.raises(NotTaken):
        headquarters.fetch(old)


def test_an_expired_publication_is_refused_by_the_time_the_reply_tells(
    headquarters: Headquarters,
) -> None:
    headquarters.publish(an_alert("A-1"))
    late = NOW + publisher.LIFE + timedelta(days=1)

    with pytest.raises(NotTaken) as refused:
        headquarters.fetch(headquarters.reply(server_time=late.isoformat()))

    assert refused.value.failure is Failure.EXPIRED


def test_an_altered_file_is_refused_and_fetched_anew(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))
    [target] = headquarters.centre.shelf.targets.iterdir()
    genuine = target.read_bytes()
    target.write_bytes(bytes(len(genuine)))
    with pytest.raises(NotTaken):
        headquarters.fetch()

    target.write_bytes(genuine)

    assert ids(headquarters.fetch()) == ["A-1"]


def test_a_file_that_was_damaged_here_is_fetched_anew(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))
    path = headquarters.fetch().path
    path.write_bytes(b"damaged")

    assert ids(headquarters.fetch()) == ["A-1"]


def test_a_list_under_a_key_that_is_not_ours_is_refused(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))
    new = replace(headquarters.fetch(), key=bytes(32))

    with pytest.raises(NotTaken):
        ids(new)


def test_without_the_channels_key_a_list_is_refused(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))
    headquarters.device.update(channel_keys={})

    with pytest.raises(NotTaken) as refused:
        headquarters.fetch()

    assert refused.value.failure is Failure.NO_KEY


def test_a_new_channel_key_comes_with_the_reply(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))
    key = headquarters.device.state.channel_keys["watchlist"]
    headquarters.device.update(channel_keys={"watchlist": bytes(32)})
    sealed = protocol.seal(key, headquarters.device.receive_public, purpose="channel-key/watchlist")

    new = headquarters.fetch(headquarters.reply(channel_keys={"watchlist": sealed}))

    assert ids(new) == ["A-1"]


def test_a_channel_key_for_somebody_else_is_refused(headquarters: Headquarters) -> None:
    with pytest.raises(NotTaken):
        opened_keys(headquarters.device, {"watchlist": b"sealed for another"})


def test_without_a_line_the_list_is_not_called_forged(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))

    with pytest.raises(Unreachable):
        headquarters.fetch(link=NoLink())


def test_a_download_cut_after_every_byte_still_ends(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))
    direct = Direct(headquarters.centre, headquarters.device)
    reply = headquarters.reply()
    size = next(headquarters.centre.shelf.targets.iterdir()).stat().st_size

    for _ in range(size):
        with pytest.raises(Unreachable):
            headquarters.fetch(reply, CutLink(direct, bytes_left=1))

    assert ids(headquarters.fetch()) == ["A-1"]


def test_what_we_have_is_told_by_version(headquarters: Headquarters) -> None:
    headquarters.publish(an_alert("A-1"))
    headquarters.fetch()

    assert headquarters.channels.have() == {
        "root": 1,
        "timestamp": 2,
        "snapshot": 2,
        "targets": 1,
        "watchlist": 1,
    }
