"""Attacks on reference data, after The Update Framework's list (TUF 1.0, §1.5.2).

Each is answered in words of its own, and the list that was in force goes on answering.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.desk.channels import ChannelStates, Failure, NotTaken
from checkpoint_client.watchlist import digest, jsonl
from sync import protocol
from sync.link import Unreachable
from tests.headquarters import NOW, Breaking, Endless, Headquarters, Shelf, new_key, three_keys
from tests.listpost import Post, alert

HOUR = timedelta(hours=1)
PIECE = 64 * 1024 + 16


@pytest.fixture
def headquarters() -> Headquarters:
    headquarters = Headquarters()
    headquarters.publish_list(alert(1))
    return headquarters


@pytest.fixture
def post(tmp_path: Path, headquarters: Headquarters) -> Post:
    """Version 1 with alert 1 is in force."""
    post = Post(tmp_path / "post", headquarters)
    post.contact()
    assert post.version() == 1
    return post


def is_as_before(post: Post) -> bool:
    """Version 1 is in force and answers."""
    return post.version() == 1 and post.finds(1, 2) == [True, False]


def test_what_is_signed_comes_into_force(headquarters: Headquarters, post: Post) -> None:
    headquarters.publish_list(alert(1), alert(2))

    [event] = post.contact()

    assert post.finds(1, 2) == [True, True]
    assert event.details == {"list": "watchlist", "version": "2", "alerts": "2"}
    assert post.failure() is None
    assert post.state().version == 2


# rollback


def test_an_old_timestamp_is_refused(headquarters: Headquarters, post: Post) -> None:
    old = headquarters.reply({})
    headquarters.publish_list(alert(1))
    post.contact()

    post.contact(old)

    assert (post.failure(), post.state().values) == (Failure.ROLLED_BACK, {"role": "timestamp"})
    assert post.version() == 2
    assert post.finds(1) == [True]


def test_an_old_snapshot_under_a_new_timestamp_is_refused(
    headquarters: Headquarters, post: Post
) -> None:
    older = headquarters.signed["snapshot"], headquarters.metadata["2.snapshot.json"]
    headquarters.publish_list(alert(1))
    post.contact()
    headquarters.signed["snapshot"] = older[0]
    headquarters.stamp_snapshot()

    post.contact()

    assert post.failure() is Failure.ROLLED_BACK
    assert post.version() == 2
    assert post.finds(1) == [True]


@pytest.mark.parametrize("role", ["watchlist", "targets"])
def test_older_files_under_a_new_snapshot_are_refused(
    headquarters: Headquarters, post: Post, role: str
) -> None:
    older = headquarters.signed[role]
    headquarters.sign_targets()
    headquarters.publish_list(alert(1), alert(3))
    post.contact()
    headquarters.signed[role] = older
    headquarters.stamp()

    post.contact()

    assert (post.failure(), post.state().values) == (Failure.ROLLED_BACK, {"role": "snapshot"})
    assert post.finds(1, 3) == [True, True]


def test_a_role_that_vanishes_is_refused(headquarters: Headquarters, post: Post) -> None:
    del headquarters.signed["watchlist"]
    headquarters.stamp()

    post.contact()

    assert post.failure() in (Failure.MALFORMED, Failure.ROLLED_BACK)
    assert is_as_before(post)


def test_a_version_below_the_one_in_force_is_refused(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(alert(1))
    post.contact()
    headquarters.publish("watchlist", *headquarters.list_files(1, [alert(2)]))

    post.contact()

    assert (post.failure(), post.state().values) == (Failure.OLDER, {"offered": "1", "ours": "2"})
    assert post.finds(1, 2) == [True, False]


# freeze


def test_signatures_that_stop_short_of_what_is_announced_show(
    headquarters: Headquarters, post: Post
) -> None:
    frozen = headquarters.reply(post.lists.have(), channels={"watchlist": 4})

    post.contact(frozen)

    assert post.failure() is Failure.STOPPED_SHORT
    assert post.state().values == {"announced": "4", "signed": "1"}
    assert is_as_before(post)


def test_a_headquarters_that_signs_nothing_new_shows_by_its_silence(
    headquarters: Headquarters, post: Post
) -> None:
    post.contact(headquarters.reply(post.lists.have(), time=NOW + 23 * HOUR))
    within = ChannelStates.read(post.place).silent_since(24 * HOUR)

    post.contact(headquarters.reply(post.lists.have(), time=NOW + 25 * HOUR))

    assert within is None
    assert ChannelStates.read(post.place).silent_since(24 * HOUR) == NOW
    assert is_as_before(post)


def test_metadata_without_the_part_they_name_are_refused(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(alert(2))
    reply = headquarters.reply(post.lists.have())
    del reply.metadata["2.watchlist.json"]

    post.contact(reply)

    assert (post.failure(), post.state().values) == (Failure.MISSING, {"file": "watchlist.json"})
    assert is_as_before(post)
    post.contact()
    assert post.version() == 2


# mix and match


@pytest.mark.parametrize("role", ["snapshot", "watchlist"])
def test_parts_of_two_publications_are_refused(
    headquarters: Headquarters, post: Post, role: str
) -> None:
    headquarters.publish_list(alert(2))
    one = headquarters.metadata[headquarters.name(role)]
    headquarters.publish_list(alert(2), alert(3))
    reply = headquarters.reply(post.lists.have())

    post.contact(
        msgspec.structs.replace(reply, metadata=reply.metadata | {headquarters.name(role): one})
    )

    assert (post.failure(), post.state().values) == (Failure.MIXED, {"role": role})
    assert is_as_before(post)


# wrong keys


def another_root(headquarters: Headquarters) -> None:
    headquarters.keys["root"] = three_keys()
    headquarters.sign_root()


def another_root_with_one_of_three(headquarters: Headquarters) -> None:
    [agreeing, *_] = headquarters.keys["root"]
    headquarters.keys["root"] = three_keys()
    headquarters.sign_root(leaving=[agreeing])


def another_targets(headquarters: Headquarters) -> None:
    headquarters.keys["root"] = three_keys()
    headquarters.sign_targets()
    headquarters.stamp()


def targets_with_one_of_three(headquarters: Headquarters) -> None:
    del headquarters.keys["root"][1:]
    headquarters.sign_targets()
    headquarters.stamp()


def another_snapshot(headquarters: Headquarters) -> None:
    headquarters.keys["snapshot"] = [new_key()]
    headquarters.publish_list(alert(2))


def another_timestamp(headquarters: Headquarters) -> None:
    headquarters.keys["timestamp"] = [new_key()]
    headquarters.publish_list(alert(2))


def another_watchlist(headquarters: Headquarters) -> None:
    headquarters.keys["lists"] = [new_key()]
    headquarters.publish_list(alert(2))


@pytest.mark.parametrize(
    ("forge", "role"),
    [
        (another_root, "root"),
        (another_root_with_one_of_three, "root"),
        (another_targets, "targets"),
        (targets_with_one_of_three, "targets"),
        (another_snapshot, "snapshot"),
        (another_timestamp, "timestamp"),
        (another_watchlist, "watchlist"),
    ],
)
def test_what_the_wrong_key_signed_is_refused(
    headquarters: Headquarters, post: Post, forge: Callable[[Headquarters], None], role: str
) -> None:
    forge(headquarters)

    post.contact()

    assert (post.failure(), post.state().values) == (Failure.WRONG_SIGNATURE, {"role": role})
    assert post.lists.is_suspicious
    assert is_as_before(post)


def test_who_signs_releases_cannot_sign_a_list(headquarters: Headquarters, post: Post) -> None:
    files = headquarters.list_files(2, [alert(2)])
    headquarters.sign_role("releases", {file.path: file for file in files})
    headquarters.stamp()
    headquarters.live["watchlist"] = 2

    post.contact()

    assert post.failure() is Failure.STOPPED_SHORT
    assert is_as_before(post)


# endless data, slow data (the line's own rule: tests/test_https.py)


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "watchlist"])
def test_metadata_that_do_not_end_are_refused(
    headquarters: Headquarters, post: Post, role: str
) -> None:
    headquarters.publish_list(alert(2))
    reply = headquarters.reply(post.lists.have())
    name = headquarters.name(role)
    reply.metadata[name] += b" " * 20_000

    post.contact(reply)

    assert (post.failure(), post.state().values) == (Failure.ENDLESS, {"file": f"{role}.json"})
    assert is_as_before(post)


def test_a_file_that_does_not_end_is_refused_and_thrown_away(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(alert(2))

    post.contact(link=Endless(headquarters.files))

    assert post.failure() is Failure.ENDLESS
    assert list(post.place.glob("*.part")) == []
    assert is_as_before(post)


# keys that are changed


def test_every_role_can_get_a_new_key(headquarters: Headquarters, post: Post) -> None:
    for number, change in enumerate((renew_root, renew_online, renew_lists, renew_all), start=2):
        change(headquarters)
        headquarters.publish_list(alert(number))

        post.contact()

        assert (post.version(), post.failure()) == (number, None), change.__name__


def test_keys_may_change_several_times_between_two_contacts(
    headquarters: Headquarters, post: Post
) -> None:
    renew_root(headquarters)
    renew_all(headquarters)
    renew_online(headquarters)
    headquarters.publish_list(alert(2))

    post.contact()

    assert post.lists.have()["root"] == 4
    assert post.finds(1, 2) == [False, True]


def test_a_new_post_follows_the_roots_from_the_first(
    headquarters: Headquarters, tmp_path: Path
) -> None:
    renew_root(headquarters)
    renew_all(headquarters)
    headquarters.publish_list(alert(2))
    post = Post(tmp_path / "new", headquarters)

    post.contact()

    assert post.finds(2) == [True]


def test_what_a_key_signed_that_is_no_longer_trusted_is_refused(
    headquarters: Headquarters, post: Post
) -> None:
    stolen = headquarters.keys["lists"]
    renew_lists(headquarters)
    headquarters.publish_list(alert(1))
    post.contact()
    headquarters.keys["lists"] = stolen
    headquarters.publish_list(alert(2))

    post.contact()

    assert (post.failure(), post.state().values) == (
        Failure.WRONG_SIGNATURE,
        {"role": "watchlist"},
    )
    assert post.finds(1, 2) == [True, False]


def renew_root(headquarters: Headquarters) -> None:
    leaving = headquarters.keys["root"][:2]
    headquarters.keys["root"] = three_keys()
    headquarters.sign_root(leaving=leaving)
    headquarters.sign_targets()
    headquarters.stamp()


def renew_online(headquarters: Headquarters) -> None:
    headquarters.keys["snapshot"], headquarters.keys["timestamp"] = [new_key()], [new_key()]
    headquarters.sign_root(leaving=headquarters.keys["root"][:1])
    headquarters.stamp()


def renew_lists(headquarters: Headquarters) -> None:
    headquarters.keys["lists"] = [new_key()]
    headquarters.sign_targets()
    headquarters.stamp()


def renew_all(headquarters: Headquarters) -> None:
    headquarters.keys["lists"] = [new_key()]
    headquarters.keys["snapshot"], headquarters.keys["timestamp"] = [new_key()], [new_key()]
    renew_root(headquarters)


# fast-forward


@pytest.mark.parametrize("roles", [("timestamp",), ("snapshot", "timestamp"), ("watchlist",)])
def test_versions_driven_up_with_a_stolen_key_are_forgotten_with_the_key(
    headquarters: Headquarters, post: Post, roles: tuple[str, ...]
) -> None:
    true_versions = {role: headquarters.signed[role].version for role in roles}
    for role in roles:
        headquarters.signed[role].version = 2**31 - 5
    if "watchlist" in roles:
        headquarters.publish("watchlist", *headquarters.list_files(1, [alert(1)]))
    elif "snapshot" in roles:
        headquarters.stamp()
    else:
        headquarters.stamp_snapshot()
    post.contact()
    assert post.lists.have()[roles[0]] > 2**30

    headquarters.keys["lists"] = [new_key()]
    headquarters.keys["snapshot"], headquarters.keys["timestamp"] = [new_key()], [new_key()]
    headquarters.sign_root(leaving=headquarters.keys["root"][:1])
    headquarters.sign_targets()
    for role, version in true_versions.items():
        headquarters.signed[role].version = version
    headquarters.live["watchlist"] = 1
    headquarters.publish_list(alert(1), alert(2))
    post.contact()

    assert (post.version(), post.failure()) == (2, None)
    assert post.finds(1, 2) == [True, True]


# arbitrary files


def test_a_file_other_than_the_signed_one_is_refused_and_comes_again(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(alert(2))
    forged = {name: os.urandom(len(content)) for name, content in headquarters.files.items()}

    post.contact(link=Shelf(forged))
    refused = post.failure()
    before = is_as_before(post)
    post.seconds += 3600
    post.contact()

    assert (refused, before) == (Failure.ALTERED, True)
    assert (post.failure(), post.finds(1, 2)) == (None, [False, True])


def test_a_file_that_is_refused_is_not_asked_for_at_every_contact(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(alert(2))
    forged = Shelf({name: bytes(len(content)) for name, content in headquarters.files.items()})

    for _ in range(60):
        post.contact(link=forged)
        post.seconds += 60

    assert 2 <= len(forged.asked) <= 6


def test_a_file_that_is_not_there_is_said_so(headquarters: Headquarters, post: Post) -> None:
    headquarters.publish_list(alert(2))

    post.contact(link=Shelf({}))

    assert post.failure() is Failure.NOT_THERE
    assert is_as_before(post)


@pytest.mark.parametrize(
    "custom",
    [
        {"channel": "rules"},
        {"version": 3},
        {"version": "two"},
        {"from": 1},
        {"issued_at": "yesterday"},
        {"size": None},
    ],
)
def test_a_file_that_is_signed_for_something_else_is_refused(
    headquarters: Headquarters, post: Post, custom: dict[str, object]
) -> None:
    [whole, _] = headquarters.list_files(2, [alert(2)])
    whole.unrecognized_fields["custom"] = {**whole.custom, **custom}
    headquarters.sign_role("watchlist", {whole.path: whole})
    headquarters.stamp()
    headquarters.live["watchlist"] = 2

    post.contact()

    assert (post.failure(), post.state().values) == (Failure.MALFORMED, {"role": "watchlist"})
    assert is_as_before(post)


# clocks


@pytest.mark.parametrize("year", [1980, 2038])
def test_a_clock_that_is_wrong_stops_no_list(
    headquarters: Headquarters, post: Post, year: int
) -> None:
    post.clock = datetime(year, 1, 19, tzinfo=UTC)
    headquarters.publish_list(alert(1), alert(2))

    post.contact()

    assert (post.version(), post.failure()) == (2, None)


def test_what_has_expired_by_the_centres_time_is_refused(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(alert(2))

    post.contact(headquarters.reply(post.lists.have(), time=headquarters.expires + HOUR))

    assert post.failure() is Failure.EXPIRED
    assert is_as_before(post)


# a stick


def test_a_stick_that_was_a_year_on_the_way_is_taken_and_shows_its_age(
    headquarters: Headquarters, post: Post, tmp_path: Path
) -> None:
    headquarters.publish_list(alert(1), alert(2))
    stick = headquarters.stick(tmp_path / "stick")
    post.device.update(last_server_time=NOW + timedelta(days=365))

    [brought] = post.stick(stick)

    assert (brought.version, brought.in_force, brought.issued_at) == (2, True, NOW)
    assert post.finds(2) == [True]


def test_a_stick_older_than_what_is_here_is_refused(
    headquarters: Headquarters, post: Post, tmp_path: Path
) -> None:
    stick = headquarters.stick(tmp_path / "stick")
    headquarters.publish_list(alert(1), alert(2))
    post.contact()

    with pytest.raises(NotTaken) as refused:
        post.stick(stick)

    assert refused.value.failure is Failure.OLDER
    assert post.finds(1, 2) == [True, True]


def test_a_stick_with_what_is_in_force_changes_nothing(
    headquarters: Headquarters, post: Post, tmp_path: Path
) -> None:
    [brought] = post.stick(headquarters.stick(tmp_path / "stick"))

    assert (brought.version, brought.in_force, brought.failure) == (1, True, None)


def test_a_stick_is_taken_while_locked_and_in_force_at_the_next_sign_in(
    headquarters: Headquarters, post: Post, tmp_path: Path
) -> None:
    headquarters.publish_list(alert(1), alert(2))
    post.is_locked = True
    [brought] = post.stick(headquarters.stick(tmp_path / "stick"))
    waits = (brought.in_force, brought.failure, post.state().waiting)
    post.restart()
    post.is_locked = False

    post.lists.put_into_force()

    assert waits == (False, None, 2)
    assert post.finds(2) == [True]
    assert post.state().waiting == 0


def test_a_forged_stick_is_refused(headquarters: Headquarters, post: Post, tmp_path: Path) -> None:
    another_watchlist(headquarters)

    with pytest.raises(NotTaken) as refused:
        post.stick(headquarters.stick(tmp_path / "stick"))

    assert refused.value.failure is Failure.WRONG_SIGNATURE
    assert is_as_before(post)


def test_a_damaged_file_on_a_stick_is_said_so(
    headquarters: Headquarters, post: Post, tmp_path: Path
) -> None:
    headquarters.publish_list(alert(2))
    stick = headquarters.stick(tmp_path / "stick")
    for path in (stick / "checkpoint-reference" / "targets").iterdir():
        path.write_bytes(path.read_bytes()[:-1])

    [brought] = post.stick(stick)

    assert (brought.in_force, brought.failure) == (False, Failure.ALTERED)
    assert is_as_before(post)


def test_a_folder_without_reference_data_is_said_so(post: Post, tmp_path: Path) -> None:
    with pytest.raises(NotTaken) as refused:
        post.stick(tmp_path)

    assert refused.value.failure is Failure.NO_STICK


# encrypted pieces


def cut(locked: bytes) -> bytes:
    return locked[: 16 + PIECE]


def reordered(locked: bytes) -> bytes:
    one, other = locked[16 : 16 + PIECE], locked[16 + PIECE : 16 + 2 * PIECE]
    return locked[:16] + other + one + locked[16 + 2 * PIECE :]


def lengthened(locked: bytes) -> bytes:
    return locked + bytes(100)


def of_another_name(locked: bytes) -> bytes:
    return locked


@pytest.mark.parametrize("spoil", [cut, reordered, lengthened, of_another_name])
def test_pieces_put_together_wrongly_are_refused_even_when_signed(
    headquarters: Headquarters, post: Post, spoil: Callable[[bytes], bytes]
) -> None:
    plain = b"".join(
        jsonl.encode(replace(alert(2), reason=os.urandom(60_000).hex())) + b"\n" for _ in range(3)
    )
    name = "watchlist-2.snapshot" if spoil is not of_another_name else "watchlist-7.snapshot"
    key = headquarters.channel_keys["watchlist"]
    locked = b"".join(protocol.lock_target(protocol.pack_target([plain]), key, name=name))
    assert len(locked) > 16 + 2 * PIECE
    honest = headquarters.file("watchlist", plain, version=2)
    target = headquarters.lay("watchlist-2.snapshot", spoil(locked), honest.custom)
    headquarters.publish("watchlist", target)

    post.contact()

    assert post.failure() is Failure.NOT_OPENED
    assert is_as_before(post)


def test_a_file_that_unpacks_to_more_than_was_signed_is_refused(
    headquarters: Headquarters, post: Post
) -> None:
    target = headquarters.file("watchlist", b"{}\n" * 1_000_000, version=2)
    target.unrecognized_fields["custom"] = {**target.custom, "size": 1_000}
    headquarters.publish("watchlist", target)

    post.contact()

    assert post.failure() is Failure.NOT_OPENED
    assert is_as_before(post)


def test_without_the_channels_key_the_list_waits(headquarters: Headquarters, post: Post) -> None:
    post.device.update(channel_keys={})
    headquarters.publish_list(alert(2))

    post.contact()

    assert post.failure() is Failure.NO_KEY
    assert is_as_before(post)


# results


def test_changes_with_another_result_are_refused_and_the_whole_list_comes(
    headquarters: Headquarters, post: Post
) -> None:
    [whole, _] = headquarters.list_files(2, [alert(1), alert(2)])
    wrong = jsonl.encode(alert(3)) + b"\n"
    delta = headquarters.file(
        "watchlist", wrong, version=2, base=1, items=2, result=whole.custom["result"]
    )
    headquarters.publish("watchlist", whole, delta)

    post.contact()
    refused = post.failure()
    before = is_as_before(post)
    post.contact()

    assert (refused, before) == (Failure.WRONG_RESULT, True)
    assert (post.version(), post.failure()) == (2, None)
    assert post.finds(1, 2, 3) == [True, True, False]


def test_a_whole_list_with_another_result_is_refused(
    headquarters: Headquarters, post: Post
) -> None:
    plain = jsonl.encode(alert(2)) + b"\n"
    headquarters.publish(
        "watchlist", headquarters.file("watchlist", plain, version=2, result="0" * 64)
    )

    post.contact()

    assert post.failure() is Failure.WRONG_RESULT
    assert is_as_before(post)


def test_changes_from_a_version_that_is_not_here_are_left_alone(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(alert(1), alert(2))
    headquarters.publish_list(alert(1), alert(2), alert(3))
    shelf = Shelf(headquarters.files)

    post.contact(link=shelf)

    assert [name for name, _ in shelf.asked] == ["watchlist-3.snapshot"]
    assert post.finds(1, 2, 3) == [True, True, True]


def test_changes_whose_list_has_gone_are_refused_and_the_whole_list_comes(
    headquarters: Headquarters, post: Post
) -> None:
    many = [alert(number) for number in range(1, 60)]
    headquarters.publish_list(*many)
    post.contact()
    headquarters.publish_list(*many, alert(60))
    post.is_locked = True
    post.contact()
    with post.opened() as reference:
        reference.replace("watchlist", 1, NOW, [alert(1)])
    post.is_locked = False

    post.lists.put_into_force()
    refused = post.failure()
    post.contact()

    assert refused is Failure.WRONG_BASE
    assert (post.version(), post.failure()) == (3, None)


def test_the_smaller_file_is_taken(headquarters: Headquarters, post: Post) -> None:
    many = [alert(number) for number in range(1, 60)]
    headquarters.publish_list(*many)
    post.contact()
    headquarters.publish_list(*many[1:], alert(60))
    shelf = Shelf(headquarters.files)

    post.contact(link=shelf)

    assert [name for name, _ in shelf.asked] == ["watchlist-2-3.delta"]
    assert post.finds(1, 2, 60) == [False, True, True]


def test_an_alert_named_twice_is_refused(headquarters: Headquarters, post: Post) -> None:
    lines = [jsonl.encode(alert(2)), jsonl.encode(replace(alert(2), reason="again"))]
    plain = b"\n".join(lines)
    headquarters.publish(
        "watchlist",
        headquarters.file(
            "watchlist", plain, version=2, result=digest.text(digest.of_lines(lines))
        ),
    )

    post.contact()

    assert post.failure() is Failure.TWICE_LISTED
    assert is_as_before(post)


def test_what_is_no_alert_is_refused(headquarters: Headquarters, post: Post) -> None:
    plain = b'{"list_id":"UTO","id":"A-2"}\n'
    headquarters.publish("watchlist", headquarters.file("watchlist", plain, version=2))

    post.contact()

    assert post.failure() is Failure.UNREADABLE
    assert is_as_before(post)


def test_members_of_an_alert_that_are_not_known_here_are_skipped(
    headquarters: Headquarters, post: Post
) -> None:
    line = jsonl.encode(alert(2)).replace(b"{", b'{"colour_of_eyes":"green",', 1)
    result = digest.text(digest.of_lines([line]))
    headquarters.publish(
        "watchlist", headquarters.file("watchlist", line + b"\n", version=2, result=result)
    )

    post.contact()

    assert (post.failure(), post.finds(2)) == (None, [True])


# broken downloads and full disks


def test_a_download_goes_on_where_it_broke_off_also_after_a_restart(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(*[alert(number) for number in range(2, 400)])
    [size] = [len(c) for name, c in headquarters.files.items() if "watchlist-2.snapshot" in name]
    with pytest.raises(Unreachable):
        post.contact(link=Breaking(headquarters.files, piece=100, pieces=3))
    post.restart()
    line = Shelf(headquarters.files)

    post.contact(link=line)

    assert line.asked == [("watchlist-2.snapshot", 300)]
    assert size > 300
    assert post.finds(399) == [True]


def test_a_poisoned_part_is_thrown_away_and_the_file_comes_whole(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(*[alert(number) for number in range(2, 400)])
    forged = {name: os.urandom(len(content)) for name, content in headquarters.files.items()}
    with pytest.raises(Unreachable):
        post.contact(link=Breaking(forged, piece=100, pieces=3))
    line = Shelf(headquarters.files)

    post.contact(link=line)

    assert [start for _, start in line.asked] == [300, 0]
    assert (post.failure(), post.finds(399)) == (None, [True])


def test_a_full_disk_is_said_plainly(headquarters: Headquarters, post: Post) -> None:
    headquarters.publish_list(alert(2))
    [whole] = [name for name in headquarters.files if "watchlist-2.snapshot" in name]
    digest_of_name = sha256(headquarters.files[whole]).hexdigest()[:16]
    part = post.place / f"watchlist-2.snapshot.{digest_of_name}.part"
    part.symlink_to("/dev/full")

    post.contact()

    assert post.failure() is Failure.DISK_FULL
    assert not part.is_symlink()
    assert is_as_before(post)


def test_a_folder_that_cannot_be_written_is_said_plainly(
    headquarters: Headquarters, post: Post
) -> None:
    (post.place / "timestamp.json").unlink()
    (post.place / "timestamp.json").mkdir()
    headquarters.publish_list(alert(2))

    post.contact()

    assert (post.failure(), post.state().values) == (
        Failure.FILE_FAILED,
        {"why": "Is a directory"},
    )
    assert is_as_before(post)


# the other channels


@pytest.mark.parametrize("channel", ["rules", "templates", "releases"])
def test_files_of_a_channel_are_kept_as_signed(
    headquarters: Headquarters, post: Post, channel: str
) -> None:
    files = {"notes.json": b"{}"}
    plain = protocol.pack_files(files)
    headquarters.publish(channel, headquarters.file(channel, plain, version=4))

    [event] = post.contact()

    assert event.details == {"list": channel, "version": "4", "alerts": "1"}
    assert (post.state(channel).version, post.state(channel).failure) == (4, None)
    with post.opened() as reference:
        assert reference.file(channel, "notes.json") == b"{}"


@pytest.mark.parametrize("name", ["../hits.json", "a/b.json", "", "HITS.json", "hits.json\x00"])
def test_a_file_with_a_name_that_leads_elsewhere_is_refused(
    headquarters: Headquarters, post: Post, name: str
) -> None:
    plain = msgspec.msgpack.encode({name: b"{}"})
    headquarters.publish("rules", headquarters.file("rules", plain, version=1))

    post.contact()

    assert post.failure("rules") is Failure.UNREADABLE
    assert is_as_before(post)


def test_rules_that_this_program_cannot_read_are_refused(
    headquarters: Headquarters, post: Post
) -> None:
    plain = protocol.pack_files({"hits.json": b'{"of another": "kind"}'})
    headquarters.publish("rules", headquarters.file("rules", plain, version=1))

    post.contact()

    assert (post.failure("rules"), post.state("rules").values) == (
        Failure.UNREADABLE,
        {"file": "hits.json"},
    )


def test_one_channels_trouble_does_not_keep_another_back(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish("rules", headquarters.file("rules", b"no map", version=1))
    headquarters.publish_list(alert(1), alert(2))

    post.contact()

    assert post.failure("rules") is Failure.UNREADABLE
    assert (post.failure(), post.version()) == (None, 2)


def test_every_answer_is_told_apart() -> None:
    assert len(set(Failure)) == len(Failure)
