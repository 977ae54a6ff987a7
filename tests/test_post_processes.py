"""The post without its centre, as it runs: three programs, two exchanges, a bad line, a centre."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from time import monotonic

import pytest

from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder
from tests.centre import RunningCentre
from tests.exchanges import NEIGHBOURLY_SECONDS, PATIENCE, started
from tests.follower import publish
from tests.papers import a_png, put
from tests.post import NUMBERS, an_alert
from tests.programs import (
    FORWARDING,
    LISTED,
    SOUGHT,
    Refused,
    WholePost,
    new_traveller,
    program,
    whole_post,
)
from tests.test_attachments_post import held
from tests.test_nearby import EVERYWHERE, needs_network


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholePost]:
    with whole_post(tmp_path_factory.mktemp("post")) as post:
        yield post


@pytest.mark.alone
def test_a_referral_is_at_second_line_within_two_seconds(post: WholePost) -> None:
    assert a_referral_takes(post) <= NEIGHBOURLY_SECONDS


def a_referral_takes(post: WholePost) -> float:
    began, check = post.booth.timed("refer", *new_traveller())
    seen, _ = post.second_line.timed("who waits", until=check)
    return seen - began


@pytest.mark.alone
def test_the_outcome_comes_back_to_the_booth(post: WholePost) -> None:
    check = post.booth.do("refer", *new_traveller())
    post.second_line.do("who waits", until=check)
    began, _ = post.second_line.timed("decide", check, "ADMIT")
    seen, _ = post.booth.timed("results", until=[check, "ADMIT"])

    assert seen - began <= NEIGHBOURLY_SECONDS


def test_a_hit_is_confirmed_by_another_person_at_another_pc(post: WholePost) -> None:
    check = post.booth.do("refer", *SOUGHT)
    post.second_line.do("hits", until=[check, "NEW"])
    [hit] = post.second_line.do("hit of", check)

    assert post.second_line.do("adjudicate", hit) == "PROPOSED"

    with pytest.raises(Refused, match="second-person"):
        post.second_line.do("agree", hit)
    post.supervisor.do("hits", until=[check, "PROPOSED"])
    assert post.supervisor.do("agree", hit) == "CONFIRMED"
    post.second_line.do("hits", until=[check, "CONFIRMED"])


def test_a_refusal_is_approved_by_another_person_at_another_pc(post: WholePost) -> None:
    check = post.second_line.do("refuse", *new_traveller())

    with pytest.raises(Refused, match="second-person"):
        post.second_line.do("decide", check, "REFUSE")
    post.supervisor.do("who waits", until=check)
    post.supervisor.do("decide", check, "REFUSE")

    post.second_line.do("results", until=[check, "REFUSE"])


def test_a_traveller_is_known_at_the_whole_post(post: WholePost) -> None:
    traveller = new_traveller()
    check = post.booth.do("admit", *traveller)

    assert check in post.second_line.do("known here", *traveller, until=check)


def test_the_supervisor_sees_and_reviews_the_whole_post(post: WholePost) -> None:
    checks = [client.do("admit", *new_traveller()) for client in (post.booth, post.second_line)]

    for check in checks:
        post.supervisor.do("to review", until=check)
        post.supervisor.do("countersign", check)

    assert not {*checks} & {*post.supervisor.do("to review")}
    assert {*checks} <= {*post.supervisor.do("log")}
    post.supervisor.do("verify")


@pytest.mark.alone
def test_with_one_exchange_killed_the_other_goes_on(post: WholePost) -> None:
    first, _ = post.exchanges
    before = post.booth.do("refer", *new_traveller())
    first.kill()
    try:
        took = a_referral_takes(post)
    finally:
        first.start(*FORWARDING)

    post.second_line.do("who waits", until=before)
    assert took <= NEIGHBOURLY_SECONDS


def test_a_line_of_the_exchanges_brings_the_centres_word_and_lists_to_all(post: WholePost) -> None:
    publish(post.centre, LISTED, an_alert("A-2", names=("NOBODY, At All",)))
    checks = [client.do("admit", *new_traveller()) for client in post.clients]

    with post.returned(post.exchanges_line):
        for client in post.clients:
            client.do("waiting", until=0)
            client.do("lists", until=[2])

    assert {*checks} <= {*_ids(post.centre)}
    for client in post.clients:
        assert post.held(client) == client.do("journal")[: len(post.held(client))]


@needs_network
def test_a_program_finds_the_exchange_of_its_post_in_the_network(
    sqlite_centre: RunningCentre, tmp_path: Path
) -> None:
    exchange = started(sqlite_centre, tmp_path / "exchange", *EVERYWHERE)
    client = program(sqlite_centre.provisioning(), Folder(tmp_path / "booth"), exchanges=())
    try:
        client.do("sign in", NUMBERS[Role.OFFICER])

        until(lambda: any(exchange.folder.glob(f"post/{client.workstation}/*.post")))
    finally:
        client.close()
        exchange.kill()


def test_when_the_line_returns_everything_is_at_the_centre_exactly_once(post: WholePost) -> None:
    checks = [client.do("admit", *new_traveller()) for client in post.clients]
    assert not any(check in _ids(post.centre) for check in checks)
    with post.returned(post.line, post.exchanges_line):
        for client in post.clients:
            client.do("look")
        for client in post.clients:
            client.do("waiting", until=0)
            until(lambda: post.held(client) == client.do("journal"))  # noqa: B023

    assert {*checks} <= {*_ids(post.centre)}
    assert "ALARM" not in post.centre.run("status")


def test_a_photograph_is_seen_at_another_pc_and_comes_to_the_centre_exactly_once(
    post: WholePost, tmp_path: Path
) -> None:
    content = a_png(noise=300_000)
    check = post.booth.do("refer", *new_traveller())
    post.second_line.do("who waits", until=check)
    notes = post.second_line.do("note", check, str(put(tmp_path, "page.png", content)))

    seen = sha256(content).hexdigest()
    until(lambda: post.supervisor.do("photograph", notes) == seen)
    assert post.second_line.do("at the centre", notes) == [False]

    with post.returned(post.exchanges_line):
        until(lambda: post.second_line.do("at the centre", notes) == [True])

    [(address, ciphertext)] = held(post.centre, post.second_line.workstation).items()
    assert sha256(ciphertext).hexdigest() == address


def _ids(centre: RunningCentre) -> list[object]:
    return [each["id"] for each in centre.entries()]


def until(is_so: Callable[[], bool]) -> None:
    ends = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < ends
