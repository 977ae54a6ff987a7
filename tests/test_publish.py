"""Publishing: lists read, signed, encrypted, and handed on by a running server or on a stick.

What workstations do with it is checked by python-tuf's own updater, not by our client.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import msgspec
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from tuf.api.exceptions import RepositoryError

from checkpoint_client.watchlist import Alert, jsonl
from sync.protocol import (
    REFERENCE_PATH,
    STICK,
    Malformed,
    TooLarge,
    lock_target,
    pack_target,
    unlock_target,
    unpack_target,
    unseal,
)
from sync.server.keys import CentreFolder
from sync.server.main import main
from sync.server.publisher import VERSIONS_WITH_CHANGES, changes_between, lines_by_alert
from sync.server.shelf import TARGET_NAME, Shelf
from tests.booth import Booth, Line
from tests.centre import RunningCentre, set_up
from tests.follower import Post, alert, publish
from tests.power_cut import killed_at_each_step

PUBLISH = [sys.executable, "-m", "sync.server.main", "publish"]
DATA = Path(__file__).parent / "data" / "watchlist"
OWN = DATA / "own.jsonl"


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


# --- changes ------------------------------------------------------------------------------------


def test_who_has_an_earlier_version_loads_what_changed(centre: RunningCentre, post: Post) -> None:
    before = [alert(f"A-{number}") for number in range(200)]
    after = [*before[10:], alert("A-3", "CHANGED, Name"), alert("B-1")]
    publish(centre, *before)

    said = publish(centre, *after)

    changed = post.change(1, before, "watchlist-1-2.delta")
    assert sorted(map(repr, changed)) == sorted(map(repr, after))
    assert "who has version 1 loads" in said


def test_changes_lead_from_each_of_the_last_versions_to_the_newest(
    centre: RunningCentre, post: Post
) -> None:
    lists = [
        [alert(f"A-{number}") for number in range(first, first + 100)]
        for first in range(VERSIONS_WITH_CHANGES + 3)
    ]
    for each in lists:
        publish(centre, *each)

    newest = len(lists)
    starts = range(newest - VERSIONS_WITH_CHANGES, newest)
    names = {name for name in post.shelf.published().files if name.endswith(".delta")}
    assert names == {f"watchlist-{start}-{newest}.delta" for start in starts}
    for start in starts:
        changed = post.change(start, lists[start - 1], f"watchlist-{start}-{newest}.delta")
        assert sorted(map(repr, changed)) == sorted(map(repr, lists[-1]))


def test_changes_that_are_larger_than_the_whole_are_not_kept(
    centre: RunningCentre, post: Post
) -> None:
    publish(centre, *(alert(f"A-{number}") for number in range(100)))

    publish(centre, alert("B-1"))

    assert set(post.shelf.published().files) == {"watchlist-2.snapshot"}


def test_a_damaged_old_file_costs_its_changes_only(centre: RunningCentre, post: Post) -> None:
    alerts = [alert(f"A-{number}") for number in range(100)]
    publish(centre, *alerts)
    [old] = post.shelf.targets.iterdir()
    old.write_bytes(old.read_bytes()[:-1])

    publish(centre, *alerts, alert("B-1"))

    assert set(post.shelf.published().files) == {"watchlist-2.snapshot"}
    assert len(post.newest()) == 101


def test_files_that_nobody_loads_any_more_are_removed(centre: RunningCentre, post: Post) -> None:
    alerts = [alert(f"A-{number}") for number in range(100)]
    newest = VERSIONS_WITH_CHANGES + 4
    for number in range(newest):
        publish(centre, *alerts, alert(f"B-{number}"))

    names = [path.name.partition(".")[2] for path in post.shelf.targets.iterdir()]
    whole = sorted(int(n.split("-")[1].split(".")[0]) for n in names if n.endswith("snapshot"))
    deltas = {n.rpartition("-")[2] for n in names if n.endswith("delta")}
    assert whole == list(range(newest - VERSIONS_WITH_CHANGES, newest + 1))
    assert deltas == {f"{newest - 1}.delta", f"{newest}.delta"}  # for who is still loading it
    assert len(list(post.shelf.metadata.glob("*.snapshot.json"))) == 2
    assert len(list(post.shelf.metadata.glob("*.watchlist.json"))) == newest  # when each was issued


lists = st.dictionaries(st.integers(1, 8), st.sampled_from(["one", "two"]), max_size=8)


@given(lists, lists)
def test_changes_lead_from_any_list_to_any_other(old: dict[int, str], new: dict[int, str]) -> None:
    before = lines_by_alert(alert(f"A-{id}", name) for id, name in old.items())
    after = lines_by_alert(alert(f"A-{id}", name) for id, name in new.items())

    changed = dict(before)
    kinds = []
    for line in changes_between(before.values(), after):
        change = jsonl.decode_change(line)
        kinds.append(isinstance(change, Alert))
        if isinstance(change, Alert):
            changed[change.list_id, change.id] = line
        else:
            del changed[change]

    assert changed == after
    assert kinds == sorted(kinds)  # removals first


# --- the other channels -------------------------------------------------------------------------


def test_files_of_another_channel_arrive_as_they_are(
    centre: RunningCentre, post: Post, tmp_path: Path
) -> None:
    publish(centre, alert("A-1"))
    rules = {"stay.json": b"{}", "fees.json": os.urandom(100_000)}
    for name, content in rules.items():
        (tmp_path / name).write_bytes(content)

    said = centre.run("publish", "--channel", "rules", *(str(tmp_path / name) for name in rules))

    packed = post.fetch(post.shelf.news({}).metadata, "rules-1.snapshot")
    assert msgspec.msgpack.decode(packed) == rules
    assert "Published rules version 1: 2 files" in said
    assert post.shelf.news({}).channels == {"watchlist": 1, "rules": 1}
    assert post.newest() == [alert("A-1")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rules"], "Name the files of rules"),
        (["rules", "nowhere.json"], "nowhere.json cannot be read"),
        (["rules", "Stay Rules.json"], "Stay Rules.json is no name for a file here"),
        (["rules", "stay.json", "other/stay.json"], "Two files are called stay.json"),
        (["rules", "--un", "stay.json"], "--un and --jsonl are for the watch-list"),
        (["rules", "stay.json", "--version", "-1"], "The next version of rules is 1"),
        (["rules", "stay.json", "--key", "stay.json"], "stay.json is not a key file"),
    ],
)
def test_what_cannot_be_published_is_told_in_one_sentence(
    centre: RunningCentre,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    (tmp_path / "other").mkdir()
    for name in ("stay.json", "Stay Rules.json", "other/stay.json"):
        (tmp_path / name).write_text("{}")
    monkeypatch.chdir(tmp_path)

    status = main(["publish", "--data", str(centre.folder), "--channel", *arguments])

    assert (status, said in capsys.readouterr().err) == (2, True)
    assert Shelf(CentreFolder(centre.folder).reference).news({}).channels == {}


# --- two at once, and power cuts ----------------------------------------------------------------


def test_a_second_publication_waits_for_the_first(centre: RunningCentre, post: Post) -> None:
    listed = centre.folder / "list.jsonl"
    listed.write_bytes(jsonl.write([alert("A-1")]))

    with post.shelf.alone():
        second = subprocess.Popen(
            [*PUBLISH, "--data", str(centre.folder), str(listed)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr is not None
        assert "Somebody else is publishing" in second.stderr.readline()
        assert post.shelf.news({}).channels == {}
    with second:
        assert second.wait(60) == 0

    assert post.newest() == [alert("A-1")]


def test_a_power_cut_at_any_step_leaves_the_old_publication_or_the_new(
    centre: RunningCentre, post: Post
) -> None:
    old = [alert(f"A-{number}") for number in range(50)]
    new = [*old, alert("B-1")]
    publish(centre, *old)
    listed = centre.folder / "list.jsonl"
    listed.write_bytes(jsonl.write(new))
    found = []

    def look() -> None:
        found.append(post.newest())
        for name in post.shelf.published().files:
            post.fetch(post.shelf.news({}).metadata, name)

    killed = killed_at_each_step(["publish", "--data", str(centre.folder), str(listed)], look)

    assert killed > 8
    assert found[-1] == new
    assert [each for each in found if each not in (old, new)] == []


# --- the locked file ----------------------------------------------------------------------------

KEY = bytes(range(32))


def locked(plain: bytes, name: str = "watchlist-1.snapshot") -> bytes:
    return b"".join(lock_target([plain], KEY, name=name))


def opened(content: bytes, name: str = "watchlist-1.snapshot") -> bytes:
    return b"".join(unlock_target([content], KEY, name=name))


@given(
    st.sampled_from([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]),
    st.integers(1, 70_000),
)
def test_a_file_opens_as_it_was_locked_in_whatever_portions(size: int, portion: int) -> None:
    plain = os.urandom(size)
    portions = [plain[i : i + portion] for i in range(0, size, portion)]
    content = b"".join(lock_target(portions, KEY, name="rules-1.snapshot"))
    parts = [content[i : i + portion] for i in range(0, len(content), portion)]

    assert b"".join(unlock_target(parts, KEY, name="rules-1.snapshot")) == plain


@given(st.integers(0, 200_000), st.binary(max_size=3))
def test_a_locked_file_that_was_cut_or_lengthened_does_not_open(cut: int, more: bytes) -> None:
    content = locked(bytes(150_000))
    altered = content[:cut] + more
    if altered == content:
        return

    with pytest.raises(Malformed):
        opened(altered)


@given(st.data())
def test_no_altered_bit_goes_unnoticed(data: st.DataObject) -> None:
    content = bytearray(locked(bytes(100_000)))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(Malformed):
        opened(bytes(content))


def test_pieces_in_another_order_do_not_open() -> None:
    content = locked(bytes(65_536) + bytes([1]) * 65_536 + b"end")
    header, first, second, rest = (
        content[:16],
        content[16:][:65_552],
        content[16 + 65_552 :][:65_552],
        content[16 + 2 * 65_552 :],
    )
    assert opened(header + first + second + rest)

    with pytest.raises(Malformed):
        opened(header + second + first + rest)
    with pytest.raises(Malformed):
        opened(header + first + rest)


def test_a_file_opens_under_its_own_name_only() -> None:
    with pytest.raises(Malformed):
        opened(locked(b"{}", name="rules-2.snapshot"), name="rules-1.snapshot")


def test_what_unpacks_to_another_size_than_was_signed_is_refused() -> None:
    packed = list(pack_target([bytes(1_000_000)]))

    assert b"".join(unpack_target(packed, size=1_000_000)) == bytes(1_000_000)
    with pytest.raises(TooLarge):
        list(unpack_target(packed, size=999_999))
    with pytest.raises(Malformed):
        list(unpack_target(packed, size=1_000_001))
    with pytest.raises(Malformed):
        list(unpack_target([b"no zstd"], size=7))


def test_every_file_that_was_published_is_served(centre: RunningCentre, post: Post) -> None:
    alerts = [alert(f"A-{number}") for number in range(100)]
    publish(centre, *alerts)
    publish(centre, *alerts, alert("B-1"))

    files = post.shelf.published().files
    served = [post.shelf.target(f"{file.hashes['sha256']}.{name}") for name, file in files.items()]
    assert set(files) == {"watchlist-2.snapshot", "watchlist-1-2.delta"}
    assert None not in served


@pytest.mark.parametrize(
    "name",
    [
        "timestamp.json",
        f"{'0' * 64}.watchlist-1.key",
        f"{'0' * 63}.watchlist-1.snapshot",
        f"{'0' * 64}.secrets-1.snapshot",
        f"{'0' * 64}.watchlist-1.delta",
        f"{'0' * 64}.watchlist-../../keys-1.snapshot",
        f"{'0' * 64}.watchlist-1.snapshot.partial",
    ],
)
def test_only_names_that_can_have_been_published_are_served(name: str) -> None:
    assert TARGET_NAME.fullmatch(name) is None


# --- the stick ----------------------------------------------------------------------------------


def test_a_stick_carries_all_that_a_post_needs(
    tmp_path: Path, centre: RunningCentre, post: Post
) -> None:
    alerts = [alert(f"A-{number}") for number in range(100)]
    publish(centre, *alerts)
    publish(centre, *alerts, alert("B-1"))
    stick = tmp_path / "stick"
    stick.mkdir()

    said = centre.run("stick", "--to", str(stick))

    carried = stick / STICK
    metadata = {path.name: path.read_bytes() for path in (carried / "metadata").iterdir()}
    assert metadata == post.shelf.news({}).metadata
    there = {path.name: path.read_bytes() for path in (carried / "targets").iterdir()}
    assert sorted(name.partition(".")[2] for name in there) == [
        "watchlist-1-2.delta",
        "watchlist-2.snapshot",
    ]
    assert all(path.read_bytes() == there[path.name] for path in post.shelf.targets.glob("*2.*"))
    assert "watchlist version 2" in said


def test_a_stick_is_written_over_an_older_one(tmp_path: Path, centre: RunningCentre) -> None:
    for number in range(2):
        publish(centre, alert(f"A-{number}"))
        centre.run("stick", "--to", str(tmp_path))

    [target] = (tmp_path / STICK / "targets").iterdir()
    assert target.name.endswith("watchlist-2.snapshot")
    assert [path.name for path in tmp_path.glob(f"{STICK}*")] == [STICK]


def test_a_stick_that_cannot_be_written_is_told_in_one_sentence(
    tmp_path: Path, centre: RunningCentre, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["stick", "--data", str(centre.folder), "--to"]

    assert main([*command, str(tmp_path)]) == 2
    assert "Nothing has been published yet" in capsys.readouterr().err
    publish(centre, alert("A-1"))
    assert main([*command, str(tmp_path / "nowhere")]) == 2
    assert "put the stick in" in capsys.readouterr().err
