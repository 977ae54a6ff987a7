"""Publishing a watch-list: read, signed, encrypted, and handed on by a running server.

What workstations do with it is checked by python-tuf's own updater, not by our client.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copytree
from urllib.parse import urlsplit

import pytest
import requests
from tuf.api.exceptions import DownloadHTTPError, RepositoryError
from tuf.ngclient.fetcher import FetcherInterface
from tuf.ngclient.updater import Updater

from checkpoint_client.watchlist import Alert, AlertAction, AlertCategory, jsonl
from sync.protocol import REFERENCE_PATH, Malformed, unlock_target, unpack_target, unseal
from sync.server.keys import CentreFolder
from sync.server.main import main
from sync.server.shelf import Shelf
from tests.booth import Booth, Line
from tests.centre import RunningCentre, set_up

DATA = Path(__file__).parent / "data" / "watchlist"
OWN = DATA / "own.jsonl"


def alert(id: str, name: str = "INVENTED, Person") -> Alert:
    return Alert(
        id=id,
        list_id="UTO",
        category=AlertCategory.ARREST,
        action=AlertAction.DETAIN,
        names=(name,),
    )


def publish(centre: RunningCentre, *alerts: Alert) -> str:
    listed = centre.folder / "list.jsonl"
    listed.write_bytes(jsonl.write(alerts))
    return centre.run("publish", "--jsonl", str(listed))


class Shelved(FetcherInterface):
    """Hands out what a contact's reply brought, and targets from the folder."""

    def __init__(self, metadata: Mapping[str, bytes], targets: Path) -> None:
        self._metadata = metadata
        self._targets = targets

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = urlsplit(url).path.rpartition("/")[2]
        if (self._targets / name).is_file():
            return iter([(self._targets / name).read_bytes()])
        if name not in self._metadata:
            raise DownloadHTTPError(name, 404)
        return iter([self._metadata[name]])


class Post:
    """A post's copy of reference data: what it trusts lies in its folder."""

    def __init__(self, folder: Path, centre: RunningCentre) -> None:
        self._folder = folder
        self._centre = CentreFolder(centre.folder)
        self.shelf = Shelf(self._centre.reference)
        (folder / "targets").mkdir(parents=True)

    def update(self, metadata: Mapping[str, bytes], target: str) -> list[Alert]:
        """Verify and open a whole list. Raises what python-tuf raises."""
        return [jsonl.decode(line) for line in self.fetch(metadata, target).splitlines()]

    def newest(self) -> list[Alert]:
        """The list that is in force at headquarters."""
        news = self.shelf.news({})
        return self.update(news.metadata, f"watchlist-{news.channels['watchlist']}.snapshot")

    def fetch(self, metadata: Mapping[str, bytes], target: str) -> bytes:
        """Verify and open a file. Raises what python-tuf raises."""
        updater = Updater(
            str(self._folder),
            "https://invented/metadata/",
            target_dir=str(self._folder / "targets"),
            target_base_url="https://invented/targets/",
            fetcher=Shelved(metadata, self.shelf.targets),
            bootstrap=self.shelf.first_root(),
        )
        info = updater.get_targetinfo(target)
        assert info is not None, target
        locked = Path(updater.download_target(info)).read_bytes()
        key = self._centre.keys().channels[info.custom["channel"]]
        packed = unlock_target([locked], key, name=target)
        plain = b"".join(unpack_target(packed, size=info.custom["size"]))
        assert info.custom["sha256"] == hashlib.sha256(plain).hexdigest()
        return plain


@pytest.fixture
def centre(tmp_path: Path) -> RunningCentre:
    return set_up(tmp_path / "centre")


@pytest.fixture
def post(tmp_path: Path, centre: RunningCentre) -> Post:
    return Post(tmp_path / "post", centre)


def test_what_was_published_arrives_verified_and_whole(centre: RunningCentre, post: Post) -> None:
    alerts = [alert("A-1"), alert("A-2", "ВЫДУМАНА, Анна")]

    said = publish(centre, *alerts)

    assert "Published watch-list version 1: 2 alerts" in said
    assert post.update(post.shelf.news({}).metadata, "watchlist-1.snapshot") == alerts


def test_a_new_list_takes_the_place_of_the_old(centre: RunningCentre, post: Post) -> None:
    publish(centre, alert("A-1"), alert("A-2"))
    post.update(post.shelf.news({}).metadata, "watchlist-1.snapshot")
    publish(centre, alert("A-3"))

    news = post.shelf.news({"root": 1, "timestamp": 2, "snapshot": 2, "targets": 1, "watchlist": 1})

    assert news.channels == {"watchlist": 2}
    assert sorted(news.metadata) == ["2.watchlist.json", "3.snapshot.json", "timestamp.json"]
    assert post.update(news.metadata, "watchlist-2.snapshot") == [alert("A-3")]


def test_an_old_list_is_not_taken_for_new(centre: RunningCentre, post: Post) -> None:
    publish(centre, alert("A-1"))
    old = post.shelf.news({}).metadata
    publish(centre, alert("A-2"))
    post.update(post.shelf.news({}).metadata, "watchlist-2.snapshot")

    with pytest.raises(RepositoryError):
        post.update(old, "watchlist-1.snapshot")


@pytest.mark.parametrize(
    "role", ["timestamp.json", "2.snapshot.json", "1.targets.json", "1.watchlist.json"]
)
def test_altered_metadata_are_not_taken(centre: RunningCentre, post: Post, role: str) -> None:
    publish(centre, alert("A-1"))
    news = post.shelf.news({}).metadata
    altered = news | {role: news[role].replace(b'"expires":"20', b'"expires":"21')}
    assert altered != news

    with pytest.raises(RepositoryError):
        post.update(altered, "watchlist-1.snapshot")


def test_another_centres_list_is_not_taken(
    tmp_path: Path, centre: RunningCentre, post: Post
) -> None:
    other = set_up(tmp_path / "other")
    publish(centre, alert("A-1"))
    publish(other, alert("B-1"))
    foreign = Post(tmp_path / "foreign", other)

    with pytest.raises(RepositoryError):
        post.update(foreign.shelf.news({}).metadata, "watchlist-1.snapshot")


def test_the_list_lies_encrypted_on_the_shelf(centre: RunningCentre) -> None:
    publish(centre, alert("A-1", "CLEARLY, Readable"))
    shelf = Shelf(CentreFolder(centre.folder).reference)
    [target] = shelf.targets.iterdir()

    assert b"CLEARLY" not in target.read_bytes()
    with pytest.raises(Malformed):
        list(unlock_target([target.read_bytes()], bytes(32), name="watchlist-1.snapshot"))
    key = CentreFolder(centre.folder).keys().channels["watchlist"]
    with pytest.raises(Malformed):
        list(unlock_target([target.read_bytes()], key, name="watchlist-2.snapshot"))


def test_a_publication_that_was_cut_short_is_not_seen(
    tmp_path: Path, centre: RunningCentre, post: Post
) -> None:
    publish(centre, alert("A-1"))
    before = copytree(post.shelf.metadata, tmp_path / "before")
    publish(centre, alert("A-2"))
    (before / "timestamp.json").replace(post.shelf.metadata / "timestamp.json")

    news = Shelf(CentreFolder(centre.folder).reference).news({})

    assert news.channels == {"watchlist": 1}
    assert post.update(news.metadata, "watchlist-1.snapshot") == [alert("A-1")]


def test_a_running_server_hands_a_new_list_on_at_the_next_contact(
    shared_centre: RunningCentre,
) -> None:
    line = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    line.enrol()
    before = line.send(line.booth.contact()).channels.get("watchlist", 0)

    publish(shared_centre, alert("A-1"))
    reply = line.send(line.booth.contact())

    assert reply.channels == {"watchlist": before + 1}
    assert {"timestamp.json"} < set(reply.metadata)
    sealed = reply.channel_keys["watchlist"]
    opened = unseal(sealed, line.booth.receive_key, purpose="channel-key/watchlist")
    assert opened == CentreFolder(shared_centre.folder).keys().channels["watchlist"]


def test_who_has_the_newest_list_is_not_told_again(shared_centre: RunningCentre) -> None:
    publish(shared_centre, alert("A-1"))
    line = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    line.enrol()
    version = line.send(line.booth.contact()).channels["watchlist"]

    shelf = Shelf(CentreFolder(shared_centre.folder).reference)
    have = {"root": 1, **shelf.published().versions()}
    reply = line.send(line.booth.contact(have=have))

    assert reply.channels == {"watchlist": version}
    assert (reply.metadata, reply.channel_keys) == ({}, {})


def test_a_file_can_be_fetched_in_parts(shared_centre: RunningCentre) -> None:
    publish(shared_centre, *(alert(f"A-{number}") for number in range(50)))
    shelf = Shelf(CentreFolder(shared_centre.folder).reference)
    [path] = shelf.targets.glob(f"*.{shelf.published().channels['watchlist'].target}")
    address = shared_centre.url + REFERENCE_PATH + path.name

    begun = requests.get(address, headers={"range": "bytes=0-99"}, timeout=60)
    rest = requests.get(address, headers={"range": "bytes=100-"}, timeout=60)

    assert (begun.status_code, rest.status_code) == (206, 206)
    assert begun.content + rest.content == path.read_bytes()


def test_what_is_skipped_is_counted_with_its_reason(centre: RunningCentre) -> None:
    said = centre.run(
        *("publish", "--ofac", str(DATA / "ofac")),
        *("--un", str(DATA / "un.xml"), "--jsonl", str(OWN)),
    )

    assert f"{DATA / 'ofac'}: 5 alerts read, 5 skipped" in said
    assert "  1 x not a person: vessel (first in line 3)" in said
    assert f"{DATA / 'un.xml'}: 1 alerts read, 2 skipped" in said
    assert f"{OWN}: 2 alerts read, 5 skipped" in said
    assert "Published watch-list version 1: 8 alerts" in said


def test_the_publishers_own_files_are_taken_whole(
    centre: RunningCentre, post: Post, shared: Path
) -> None:
    lists = shared / "watchlist"

    said = centre.run(
        *("publish", "--ofac", str(lists / "ofac")),
        *("--un", str(lists / "un" / "UN_consolidated.xml")),
    )

    alerts = post.update(post.shelf.news({}).metadata, "watchlist-1.snapshot")
    assert f"version 1: {len(alerts)} alerts" in said
    assert {each.list_id for each in alerts} == {"OFAC-SDN", "UN-SC"}
    assert len(alerts) > 5_000


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ([alert("A-1"), alert("A-1")], "A-1 of UTO stands more than once: nothing was published."),
        ([], "No alert could be read: nothing was published"),
    ],
)
def test_a_list_that_cannot_be_right_is_not_published(
    centre: RunningCentre,
    post: Post,
    capsys: pytest.CaptureFixture[str],
    listed: list[Alert],
    said: str,
) -> None:
    publish(centre, alert("A-0"))
    wrong = centre.folder / "wrong.jsonl"
    wrong.write_bytes(jsonl.write(listed))

    status = main(["publish", "--data", str(centre.folder), "--jsonl", str(wrong)])

    assert (status, said in capsys.readouterr().err) == (2, True)
    assert post.update(post.shelf.news({}).metadata, "watchlist-1.snapshot") == [alert("A-0")]
