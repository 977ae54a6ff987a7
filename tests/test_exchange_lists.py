"""By way of the post's exchange: what the centre holds, and what headquarters has published."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkpoint_client.desk.channels import Failure
from checkpoint_client.records.codes import Direction
from checkpoint_client.settings import Folder
from checkpoint_client.store import RECEIVED
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault.device import DeviceKey
from sync.enrolment import read_provisioning
from sync.exchange import Exchange
from sync.lists import Lists, Place
from sync.post_lists import OnExchange
from tests.centre import RunningCentre, serving, set_up
from tests.exchanges import Running, RunningExchange, cut_off, enrolled, refer, started
from tests.follower import alert, publish
from tests.test_crossings import IN, OUT, THEIRS, crossing
from tests.test_exchange import held
from tests.workstations import DATABASE_KEY, NOON

FORWARDING = ("--forward-after", "0.2")


@dataclass
class Carried:
    """A booth that no line reaches, the post's exchange, and `desk` who may have a line."""

    centre: RunningCentre
    exchange: RunningExchange
    booth: Running
    desk: Running


@pytest.fixture(params=["the exchange", "a neighbour"])
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Carried]:
    """Who has a line is the exchange, or a neighbour while the exchange has none."""
    with ExitStack() as stack:
        centre = stack.enter_context(serving(set_up(tmp_path / "centre")))
        booth = enrolled(centre, Folder(tmp_path / "booth"))
        desk = enrolled(centre, Folder(tmp_path / "desk"))
        exchange = started(centre, tmp_path / "exchange", *FORWARDING)
        stack.callback(exchange.kill)
        cut_off(booth)
        if request.param == "the exchange":
            cut_off(desk)
        else:
            exchange.kill()
            cut_off(Folder(exchange.folder))
            exchange.start(*FORWARDING)
        here, there = (stack.enter_context(Running(each, [exchange.url])) for each in (booth, desk))
        here.uplink()
        there.uplink()
        yield Carried(centre, exchange, here, there)


def test_what_the_centre_holds_no_longer_waits_at_a_booth_without_a_line(post: Carried) -> None:
    booth = post.booth

    refer(booth)

    booth.sees(lambda store: store.waiting_checks() == 0 or None)
    assert not booth.is_online
    assert held(post.centre, booth) == booth.do(booth.here.leaves)
    assert booth.do(lambda: booth.store.mark(RECEIVED)) == 2


def test_a_new_list_comes_into_force_at_a_booth_without_a_line(post: Carried) -> None:
    publish(post.centre, alert("A-1"))
    post.booth.sees(lambda _store: versions(post.booth) == [1] or None)

    publish(post.centre, alert("A-1"), alert("A-2"))

    post.booth.sees(lambda _store: versions(post.booth) == [2] or None)
    assert not post.booth.is_online


def test_what_an_exchange_has_altered_is_not_taken(post: Carried, tmp_path: Path) -> None:
    publish(post.centre, alert("A-1"))
    post.booth.sees(lambda _store: versions(post.booth) == [1] or None)
    altered = [*(post.exchange.folder / "lists" / "files").glob("*.snapshot")]
    for file in altered:
        file.write_bytes(file.read_bytes()[:-1] + b"?")

    folder = enrolled(post.centre, Folder(tmp_path / "new"))
    device = DeviceKey.load(folder.device_key)
    lists = lists_of(folder, device)
    with closing(Exchange(post.exchange.url)) as exchange:
        brought = lists.take_from(OnExchange(exchange, device), watch=lambda *_: None)

    assert altered
    assert [each.failure for each in brought] == [Failure.ALTERED]
    assert lists.put_into_force() == []


def lists_of(folder: Folder, device: DeviceKey) -> Lists:
    return Lists(
        Place(
            folder=folder.lists,
            root=read_provisioning(folder.provisioning).tuf_root,
            device=device,
            reference=lambda: Reference.open(folder.reference, bytearray(DATABASE_KEY)),
            is_locked=lambda: False,
        ),
        now=lambda: NOON,
    )


def versions(running: Running) -> list[int]:
    with closing(running.reference()) as reference:
        return [each.version for each in reference.lists()]


def test_what_crossed_at_other_posts_is_known_at_a_booth_without_a_line(
    post: Carried, tmp_path: Path
) -> None:
    elsewhere = enrolled(post.centre, Folder(tmp_path / "elsewhere"))
    with Running(elsewhere, []) as far_away:
        far_away.uplink()
        far_away.do(lambda: far_away.store.append(crossing()))

        post.booth.until(lambda store: store.known_crossings([THEIRS]).told == Counter([IN]))
        assert post.booth.do(lambda: post.booth.store.known_crossings([THEIRS]).told_at)

        far_away.do(lambda: far_away.store.append(crossing(Direction.EXIT)))
        post.booth.until(lambda store: store.known_crossings([THEIRS]).told == Counter([IN, OUT]))
    assert not post.booth.is_online
    assert THEIRS[1].encode() not in post.exchange.holds()
