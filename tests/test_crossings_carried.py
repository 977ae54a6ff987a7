"""Crossings of other posts on sheets that somebody carries: proved, in order, and never lost."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.desk.sticks import Flaw
from checkpoint_client.records.codes import Direction
from checkpoint_client.settings import Folder
from checkpoint_client.store import CROSSINGS, CROSSINGS_OF, CROSSINGS_TOLD
from sync import acknowledgement, bundle, crossings, previews, protocol
from sync import stick as sticks
from sync.protocol import AskedSheet, DeviceRole, Forged, Malformed, SheetCall, SheetReply, Signed
from sync.server import crossings as told_by_centre
from sync.server import projection
from sync.server.main import main
from tests.test_crossings import IN, NONE, OUT, THEIRS, Place, crossing
from tests.workstations import CentreHere

LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    here = CentreHere(tmp_path / "centre")
    yield here
    here.close()


@pytest.fixture
def booth(centre: CentreHere, tmp_path: Path) -> Iterator[Place]:
    place = Place(centre, tmp_path / "booth")
    yield place
    place.workstation.close()


@pytest.fixture
def far_away(centre: CentreHere, tmp_path: Path) -> Iterator[Place]:
    """A workstation that has had its post's key, and has no line any more."""
    place = Place(centre, tmp_path / "far-away")
    place.call()
    yield place
    place.workstation.close()


def sheets(centre: CentreHere, *, now: datetime | None = None) -> list[bytes]:
    """As a stick would bring them, all there is to tell."""
    projection.catch_up(centre.ledger)
    teller = told_by_centre.Teller(
        keys=centre.folder.keys(),
        deployment=centre.deployment,
        post="OSH-01",
        epoch=centre.ledger.epoch(),
        now=now or datetime.now(UTC),
    )
    return list(teller.sheets(centre.ledger.reading))


def read(place: Place, packed: bytes) -> crossings.Sheet:
    state = place.workstation.device.state
    return crossings.read(
        packed, deployment=state.deployment, post=state.post, server_key=state.server_key
    )


def take(place: Place, packed: bytes, *, state: str = "") -> bool:
    here = place.workstation
    return crossings.take(here.store, read(place, packed), here.device, state=state)


def known(place: Place, document: tuple[str, str] = THEIRS) -> Counter[object]:
    return Counter(place.workstation.store.known_crossings([document]).told)


def told_at(place: Place) -> datetime | None:
    return place.workstation.store.known_crossings([THEIRS]).told_at


def write_stick(place: Place, stick: Path) -> None:
    here = place.workstation
    bundle.spool(here.store, here.device, here.folder.spool)
    bundle.export(here.folder.spool, stick, here.device, lambda *_: None)


def import_at_centre(centre: CentreHere, stick: Path) -> None:
    projection.catch_up(centre.ledger)
    assert main(["bundle", "import", str(stick), "--data", str(centre.folder.path)]) == 0


def settle(place: Place) -> None:
    here = place.workstation
    while crossings.settle(here.store, here.folder.spool, here.device, state=""):
        pass


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_stick_brings_back_what_crossed_at_other_posts(
    centre: CentreHere, booth: Place, far_away: Place, stick: Path
) -> None:
    booth.record(crossing(), crossing(Direction.EXIT))
    booth.call()
    far_away.record(crossing(document=("KGZ", "AN7")))
    write_stick(far_away, stick)
    import_at_centre(centre, stick)
    here = far_away.workstation

    brought = acknowledgement.bring(stick, here.folder.spool, here.device)
    assert known(far_away) == NONE, "nobody has signed in yet"
    settle(far_away)

    assert (brought.sheets, brought.refused) == (1, {})
    assert known(far_away) == Counter([IN, OUT])
    assert told_at(far_away) is not None
    assert not here.folder.spool.with_name("crossings").exists()


def test_who_never_had_a_line_gets_the_posts_key_and_the_crossings_by_a_stick(
    centre: CentreHere, booth: Place, tmp_path: Path, stick: Path
) -> None:
    booth.record(crossing())
    booth.call()
    alone = Place(centre, tmp_path / "alone")
    alone.record(crossing(document=("KGZ", "AN7")))
    write_stick(alone, stick)
    import_at_centre(centre, stick)
    here = alone.workstation
    assert not here.device.state.post_key

    acknowledgement.bring(stick, here.folder.spool, here.device)
    settle(alone)

    assert known(alone) == Counter([IN])
    here.close()


def test_nobody_but_the_post_reads_a_sheet(
    centre: CentreHere, booth: Place, far_away: Place
) -> None:
    booth.record(crossing())
    booth.call()
    [packed] = sheets(centre)

    sheet = read(far_away, packed)

    assert THEIRS[1].encode() not in packed
    here = far_away.workstation
    here.device.update(post_key=centre.folder.keys().post_key("TASH-02"))
    with pytest.raises(Malformed, match="another key"):
        crossings.take(here.store, sheet, here.device, state="")


def test_an_exchange_is_told_nothing_that_it_could_read(
    centre: CentreHere, booth: Place, far_away: Place, tmp_path: Path
) -> None:
    booth.record(crossing())
    booth.call()
    projection.catch_up(centre.ledger)
    device = centre.enrol(Folder(tmp_path / "exchange"), role=DeviceRole.EXCHANGE)
    call = SheetCall(
        request_id=bytes(16),
        deployment=centre.deployment,
        workstation=device.state.workstation,
        asked=AskedSheet(0, 0, ""),
    )

    reply = centre.ask(device, centre.centre.sheet, call, SheetReply)

    assert THEIRS[1].encode() not in reply.sheet
    assert take(far_away, reply.sheet)
    assert known(far_away) == Counter([IN])


def test_sheets_count_in_their_order_only(
    centre: CentreHere, booth: Place, far_away: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told_by_centre, "MOST_CROSSINGS", 2)
    booth.record(*(crossing() for _ in range(5)))
    booth.call()
    first, second, third = sheets(centre, now=LATER)
    before = told_at(far_away)

    assert [take(far_away, each) for each in (third, second, first)] == [False, False, True]
    assert told_at(far_away) == before, "not all of it is known yet"
    assert [take(far_away, each) for each in (first, second, second, third)] == [
        False,
        True,
        False,
        True,
    ]

    assert known(far_away) == Counter({IN: 5})
    assert told_at(far_away) == read(far_away, third).told_at.replace(microsecond=0)


def test_a_late_sheet_changes_nothing(centre: CentreHere, booth: Place, far_away: Place) -> None:
    booth.record(crossing())
    booth.call()
    [early] = sheets(centre)
    booth.record(crossing(Direction.EXIT))
    booth.call()
    [late] = sheets(centre, now=LATER)
    assert take(far_away, late)
    before = told_at(far_away)

    assert not take(far_away, early)

    assert known(far_away) == Counter([IN, OUT])
    assert told_at(far_away) == before


def test_a_sheet_without_news_says_how_fresh_it_all_is(
    centre: CentreHere, booth: Place, far_away: Place
) -> None:
    booth.record(crossing())
    booth.call()
    [packed] = sheets(centre)
    take(far_away, packed)

    [again] = sheets(centre, now=LATER)
    assert take(far_away, again)

    assert told_at(far_away) == LATER.replace(microsecond=0)
    assert known(far_away) == Counter([IN])


def test_the_states_own_documents_are_not_kept(
    centre: CentreHere, booth: Place, far_away: Place
) -> None:
    own = ("UTO", "U1")
    booth.record(crossing(document=own), crossing())
    booth.call()
    [packed] = sheets(centre)

    take(far_away, packed, state="UTO")

    assert known(far_away, own) == NONE
    assert known(far_away) == Counter([IN])


def test_the_line_goes_on_where_a_sheet_has_ended(
    centre: CentreHere, booth: Place, far_away: Place
) -> None:
    booth.record(crossing())
    booth.call()
    [packed] = sheets(centre)
    take(far_away, packed)
    booth.record(crossing(Direction.EXIT))
    booth.call()
    upto = far_away.workstation.store.mark(CROSSINGS)

    assert far_away.told() == Counter([IN, OUT])

    asked = [contact.crossings.after for contact in far_away.link.contacts if contact.crossings]
    assert upto in asked


def test_what_a_centre_told_before_it_was_put_back_is_replaced_by_what_it_tells_now(
    centre: CentreHere, booth: Place, far_away: Place, tmp_path: Path
) -> None:
    booth.record(crossing())
    booth.call()
    centre.back_up(tmp_path / "copy")
    booth.record(crossing(Direction.EXIT))
    booth.call()
    [before] = sheets(centre)
    take(far_away, before)
    centre.restore(tmp_path / "copy")
    [after] = sheets(centre, now=LATER)

    assert take(far_away, after)
    assert known(far_away) == Counter([IN])
    assert far_away.workstation.store.mark(CROSSINGS_OF) == previews.memory_of(
        centre.ledger.epoch()
    )
    assert not take(far_away, before), "it was written before"


def test_another_posts_sheet_is_left_alone(
    centre: CentreHere, booth: Place, far_away: Place, stick: Path
) -> None:
    booth.record(crossing())
    booth.call()
    put_on(stick, *sheets(centre))
    here = far_away.workstation
    here.device.update(post="TASH-02")

    brought = acknowledgement.bring(stick, here.folder.spool, here.device)

    assert (brought.sheets, brought.refused) == (0, {})


def test_what_is_cut_altered_or_made_up_is_refused_in_words(
    centre: CentreHere, booth: Place, far_away: Place, stick: Path
) -> None:
    booth.record(crossing())
    booth.call()
    [good] = sheets(centre)
    signed = protocol.decode(good, Signed)
    forged = msgspec.msgpack.encode(msgspec.structs.replace(signed, signature=bytes(64)))
    put_on(stick, good[:-1], forged, bytes(protocol.MOST_SHEET + 1), good)
    here = far_away.workstation

    brought = acknowledgement.bring(stick, here.folder.spool, here.device)
    settle(far_away)

    assert sorted(brought.refused.values()) == sorted(
        [Flaw.UNREADABLE, Flaw.FORGED, Flaw.TOO_LARGE]
    )
    assert known(far_away) == Counter([IN])


def test_a_sheet_cut_or_altered_at_any_byte_is_not_believed(
    centre: CentreHere, booth: Place, far_away: Place
) -> None:
    booth.record(crossing())
    booth.call()
    [good] = sheets(centre)

    for at in range(len(good)):
        for spoilt in (good[:at], good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]):
            with pytest.raises((Malformed, Forged)):
                read(far_away, spoilt)


def test_a_sheet_waits_for_the_key_that_it_is_closed_with(
    centre: CentreHere, booth: Place, far_away: Place, stick: Path
) -> None:
    booth.record(crossing())
    booth.call()
    put_on(stick, *sheets(centre))
    here, key = far_away.workstation, far_away.workstation.device.state.post_key
    here.device.update(post_key=b"")
    acknowledgement.bring(stick, here.folder.spool, here.device)
    settle(far_away)
    assert known(far_away) == NONE

    here.device.update(post_key=key)
    settle(far_away)

    assert known(far_away) == Counter([IN])
    assert here.store.mark(CROSSINGS_TOLD) > 0


def put_on(stick: Path, *contents: bytes) -> None:
    place = sticks.make_place(stick)
    for number, content in enumerate(contents, start=1):
        (place / sticks.sheet_name("OSH-01", number)).write_bytes(content)
