"""Putting lists into force: while somebody is signed in, and given up at once when he locks."""

from itertools import count
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import pytest

from checkpoint_client.desk.channels import Failure
from checkpoint_client.vault.errors import Locked
from tests.headquarters import Headquarters, Shelf
from tests.listpost import Post, alert
from tests.test_lost_documents import ABSENT, LISTED, delta, found, snapshot

PATIENCE = 30.0
MANY = [alert(number) for number in range(2, 3_000)]


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
    return post


@pytest.mark.parametrize("question", [1, 2, 500, 2_999, 3_005])
def test_locking_while_a_list_goes_live_leaves_the_old_one(
    headquarters: Headquarters, post: Post, question: int
) -> None:
    headquarters.publish_list(*MANY)
    post.is_locked = True
    post.contact()
    asked = count(1)
    post.is_locked = False
    post.locks_when = lambda: next(asked) >= question

    events = post.lists.put_into_force()

    assert events == []
    assert post.version() == 1
    assert post.finds(1, 2) == [True, False]
    assert (post.state().waiting, post.failure()) == (2, None)


def test_what_was_given_up_comes_into_force_at_the_next_sign_in(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(*MANY)
    post.locks_when = lambda: True
    post.contact()
    post.locks_when = lambda: False

    [event] = post.lists.put_into_force()

    assert event.details["version"] == "2"
    assert post.finds(1, 2) == [False, True]


@pytest.mark.alone
def test_locking_frees_the_key_within_the_blink_of_an_eye(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(*MANY)
    post.is_locked = True
    post.contact()
    post.is_locked = False
    under_way, locked = Event(), Event()
    asked = count()

    def is_locked() -> bool:
        if next(asked) == 1_000:
            under_way.set()
        return locked.is_set()

    post.locks_when = is_locked
    going_live = Thread(target=post.lists.put_into_force)
    going_live.start()
    under_way.wait(PATIENCE)

    began = perf_counter()
    locked.set()
    going_live.join(PATIENCE)
    took = perf_counter() - began

    post.locks_when = lambda: False
    assert took < 0.5
    assert post.version() == 1


def test_nothing_comes_into_force_while_locked(headquarters: Headquarters, post: Post) -> None:
    headquarters.publish_list(alert(2))
    post.is_locked = True
    post.contact()

    with pytest.raises(Locked):
        post.lists.put_into_force()

    assert post.state().waiting == 2
    post.is_locked = False
    assert post.version() == 1


def test_what_has_come_into_force_no_longer_lies_about(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(alert(2))

    post.contact()

    assert list(post.place.glob("watchlist-*")) == []
    assert post.state().waiting == 0


def test_a_file_of_lists_that_was_lost_is_filled_again(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish_list(alert(1), alert(2))
    post.contact()
    for path in post.folder.glob("reference.db*"):
        path.unlink()
    post.restart()
    post.lists.put_into_force()

    post.contact()

    assert post.version() == 2
    assert post.finds(1, 2) == [True, True]


def test_after_a_restart_nothing_is_asked_for_twice(headquarters: Headquarters, post: Post) -> None:
    post.restart()
    reply = headquarters.reply(post.lists.have())

    assert reply.metadata == {}
    assert post.contact(reply) == []


# lost documents, which come in the same way


def publish_documents(headquarters: Headquarters, version: int, *deltas: bytes) -> None:
    files = [headquarters.file("documents", snapshot(), version=version)]
    files += [headquarters.file("documents", d, version=version, base=version - 1) for d in deltas]
    headquarters.publish("documents", *files)


def test_lost_documents_come_whole_and_then_by_their_changes(
    headquarters: Headquarters, post: Post
) -> None:
    publish_documents(headquarters, 1)
    [whole] = post.contact()
    more = b"".join(delta((*LISTED, ABSENT[0]), added=ABSENT[:1]))
    publish_documents(headquarters, 2, more)
    line = Shelf(headquarters.files)

    [changed] = post.contact(link=line)

    assert whole.details == {"list": "documents", "version": "1", "alerts": str(len(LISTED))}
    assert changed.details["alerts"] == str(len(LISTED) + 1)
    assert [name for name, _ in line.asked] == ["documents-1-2.delta"]
    with post.opened() as reference:
        assert found(reference, [LISTED[0], ABSENT[0]]) == [LISTED[0], ABSENT[0]]
    assert post.finds(1) == [True]


def test_locking_while_lost_documents_go_live_leaves_the_old_ones(
    headquarters: Headquarters, post: Post
) -> None:
    publish_documents(headquarters, 1)
    post.is_locked = True
    post.contact()
    post.is_locked = False
    post.locks_when = lambda: True

    events = post.lists.put_into_force()

    post.locks_when = lambda: False
    assert events == []
    assert post.version("documents") == 0
    [event] = post.lists.put_into_force()
    assert event.details["list"] == "documents"


def test_changes_that_lead_to_another_list_of_documents_are_refused_and_the_whole_comes(
    headquarters: Headquarters, post: Post
) -> None:
    publish_documents(headquarters, 1)
    post.contact()
    publish_documents(headquarters, 2, b"".join(delta((*LISTED, ABSENT[0]), added=ABSENT[1:2])))

    post.contact()
    refused = post.failure("documents")
    before = post.state("documents").version
    post.contact()

    assert (refused, before) == (Failure.WRONG_RESULT, 1)
    assert (post.state("documents").version, post.failure("documents")) == (2, None)


def test_a_file_of_lost_documents_that_is_none_is_refused(
    headquarters: Headquarters, post: Post
) -> None:
    headquarters.publish("documents", headquarters.file("documents", b"none", version=1))

    post.contact()

    assert post.failure("documents") is Failure.WRONG_RESULT
    assert post.finds(1) == [True]
