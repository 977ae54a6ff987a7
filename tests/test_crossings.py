"""What crossed elsewhere, told by the centre as documents and dates: a stay is counted by them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from checkpoint_client.records import (
    Amendment,
    BorderCheck,
    Change,
    Document,
    Outcome,
    Record,
    Referral,
    Withdrawal,
)
from checkpoint_client.records.codes import (
    AmendReason,
    Decision,
    Direction,
    DocumentClass,
    DocumentSource,
    OutcomeDecision,
    ReferralReason,
)
from checkpoint_client.rules import Crossing
from checkpoint_client.settings import Folder
from checkpoint_client.store import CROSSINGS, CROSSINGS_TOLD
from sync.engine import CROSSINGS_SECONDS, next_request
from sync.server import crossings, keeping, projection
from tests.workstations import CentreHere, Direct, Workstation, a_check

pytest_plugins = ["tests.centre"]

TODAY = date(2026, 11, 23)
THEIRS = ("KGZ", "AN1234567")
IN, OUT = Crossing(TODAY, enters=True), Crossing(TODAY, enters=False)
NONE: Counter[Crossing] = Counter()


@pytest.fixture
def centre(tmp_path: Path, new_database: Callable[[], str | None]) -> Iterator[CentreHere]:
    here = CentreHere(tmp_path / "centre", database=new_database())
    yield here
    here.close()


class Place:
    """A workstation at some post, and its line."""

    def __init__(self, centre: CentreHere, path: Path) -> None:
        self._centre = centre
        folder = Folder(path)
        device = centre.enrol(folder)
        self.workstation = Workstation(folder, device)
        self.link = Direct(centre, device)

    def record(self, *records: Record) -> list[str]:
        return [self.workstation.store.append(each).id for each in records]

    def call(self) -> None:
        """Contacts until nothing is left to say; the centre reads what came."""
        self.workstation.settle(self.link)
        projection.catch_up(self._centre.ledger)

    def told(self, document: tuple[str, str] = THEIRS) -> Counter[Crossing]:
        self.call()
        return self.workstation.store.known_crossings([document]).told


@pytest.fixture
def booth(centre: CentreHere, tmp_path: Path) -> Iterator[Place]:
    place = Place(centre, tmp_path / "booth")
    yield place
    place.workstation.close()


@pytest.fixture
def far_away(centre: CentreHere, tmp_path: Path) -> Iterator[Place]:
    place = Place(centre, tmp_path / "far-away")
    yield place
    place.workstation.close()


def crossing(
    direction: Direction = Direction.ENTRY,
    decision: Decision = Decision.ADMITTED,
    document: tuple[str, str] = THEIRS,
) -> BorderCheck:
    state, number = document
    shown = Document(
        document_class=DocumentClass.PASSPORT,
        issuing_state=state,
        number=number,
        source=DocumentSource.KEYBOARD,
    )
    return replace(a_check(), direction=direction, decision=decision, documents=(shown,))


def referral(check_id: str) -> Referral:
    return Referral(check_id=check_id, reason=ReferralReason.STAY_DOUBT)


def outcome(
    referral_id: str, check_id: str, decision: OutcomeDecision = OutcomeDecision.ADMIT
) -> Outcome:
    return Outcome(referral_id=referral_id, check_id=check_id, decision=decision)


def number_read_anew(check_id: str, number: str) -> Amendment:
    return Amendment(
        target_id=check_id,
        reason=AmendReason.TYPING_ERROR,
        note="",
        changes=(Change(field="documents.0.number", before=THEIRS[1], after=number),),
    )


def test_a_crossing_at_one_post_is_known_at_the_others(booth: Place, far_away: Place) -> None:
    booth.record(crossing(), crossing(Direction.EXIT))
    booth.call()

    assert far_away.told() == Counter([IN, OUT])
    assert far_away.workstation.store.known_crossings([THEIRS]).here == NONE


def test_only_documents_and_dates_travel(booth: Place, far_away: Place) -> None:
    booth.record(crossing())
    booth.call()
    request = next_request(far_away.workstation.store, far_away.workstation.device, have={})

    told = far_away.link.contact(request.contact).crossings

    assert told is not None
    [word] = told.told
    assert (word.state, word.document, word.enters, word.stands) == (*THEIRS, True, True)
    assert len(word.__struct_fields__) == 6


@pytest.mark.parametrize("decision", [Decision.REFUSED, Decision.REFERRED])
def test_who_was_not_let_through_has_not_crossed(
    booth: Place, far_away: Place, decision: Decision
) -> None:
    booth.record(crossing(decision=decision))
    booth.call()

    assert far_away.told() == NONE


def test_who_was_let_through_at_second_line_has(booth: Place, far_away: Place) -> None:
    [check] = booth.record(crossing(decision=Decision.REFERRED))
    [referred] = booth.record(referral(check))
    booth.record(outcome(referred, check))
    booth.call()

    assert far_away.told() == Counter([IN])


def test_an_outcome_may_come_before_its_check(
    booth: Place, far_away: Place, centre: CentreHere, tmp_path: Path
) -> None:
    second_line = Place(centre, tmp_path / "second-line")
    [check] = booth.record(crossing(decision=Decision.REFERRED))
    [referred] = booth.record(referral(check))
    second_line.record(outcome(referred, check))
    second_line.call()
    second_line.workstation.close()
    assert far_away.told() == NONE

    booth.call()

    assert far_away.told() == Counter([IN])


def test_what_is_taken_back_is_taken_back_everywhere(booth: Place, far_away: Place) -> None:
    [check] = booth.record(crossing())
    booth.call()
    assert far_away.told() == Counter([IN])

    booth.record(Withdrawal(check_id=check))
    booth.call()

    assert far_away.told() == NONE


def test_a_corrected_number_takes_the_place_of_the_wrong_one(booth: Place, far_away: Place) -> None:
    [check] = booth.record(crossing())
    booth.call()
    assert far_away.told() == Counter([IN])

    booth.record(number_read_anew(check, "AN7654321"))
    booth.call()

    assert far_away.told() == NONE
    assert far_away.told(("KGZ", "AN7654321")) == Counter([IN])


def test_the_same_record_in_a_new_journal_is_told_once(booth: Place, far_away: Place) -> None:
    booth.call()
    copy = booth.workstation.back_up()
    booth.record(crossing())
    booth.call()
    booth.workstation.put_back(copy)
    booth.record(crossing(Direction.EXIT))
    booth.call()

    assert far_away.told() == Counter([IN, OUT])


def test_a_workstation_gets_its_own_back_once_its_records_are_erased(booth: Place) -> None:
    booth.record(crossing())
    booth.call()

    assert booth.told() == Counter([IN])


def test_the_states_own_documents_are_of_no_interest(booth: Place, far_away: Place) -> None:
    booth.record(crossing(document=("UTO", "U1")))
    booth.call()
    store, device = far_away.workstation.store, far_away.workstation.device

    request = next_request(store, device, have={}, state="UTO")
    told = far_away.link.contact(request.contact).crossings

    assert told is not None
    assert told.told == []
    assert told.upto > 0


def test_much_news_comes_in_several_contacts(
    booth: Place, far_away: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crossings, "MOST_CROSSINGS", 2)
    booth.record(*(crossing() for _ in range(5)))
    booth.call()

    assert far_away.told() == Counter({IN: 5})
    asked = [contact.crossings for contact in far_away.link.contacts if contact.crossings]
    assert [each.after for each in asked] == [0, 2, 4]


def test_nothing_is_asked_while_records_wait(booth: Place, far_away: Place) -> None:
    booth.record(crossing())
    booth.call()
    far_away.record(*(a_check() for _ in range(3)))
    store, device = far_away.workstation.store, far_away.workstation.device

    first = next_request(store, device, have={}, most_bytes=1).contact

    assert first.waiting
    assert first.crossings is None


def test_a_busy_booth_asks_beside_its_records_now_and_then(booth: Place) -> None:
    booth.call()
    store, device = booth.workstation.store, booth.workstation.device
    booth.record(crossing())
    busy = next_request(store, device, have={}).contact

    store.set_mark(CROSSINGS_TOLD, store.mark(CROSSINGS_TOLD) - CROSSINGS_SECONDS)

    assert busy.entries
    assert busy.crossings is None
    assert next_request(store, device, have={}).contact.crossings is not None


def test_a_restored_centre_tells_everything_anew(
    tmp_path: Path,
) -> None:
    centre = CentreHere(tmp_path / "restored")
    here, there = Place(centre, tmp_path / "here"), Place(centre, tmp_path / "there")
    here.record(crossing())
    here.call()
    centre.back_up(tmp_path / "copy")
    here.record(crossing(Direction.EXIT))
    here.call()
    assert there.told() == Counter([IN, OUT])

    centre.restore(tmp_path / "copy")
    forgotten = there.told()
    here.call()

    assert forgotten == Counter([IN])
    assert there.told() == Counter([IN, OUT])
    here.workstation.close()
    there.workstation.close()
    centre.close()


def test_a_late_word_changes_nothing(booth: Place) -> None:
    store = booth.workstation.store
    store.take_crossings([], after=0, upto=7, told_at=None)

    store.take_crossings([], after=3, upto=5, told_at=datetime(2026, 11, 23, tzinfo=UTC))

    assert store.mark(CROSSINGS) == 7
    assert store.known_crossings([THEIRS]).told_at is None


def test_what_is_erased_at_the_centre_is_told_to_nobody(
    booth: Place, far_away: Place, centre: CentreHere
) -> None:
    booth.record(crossing())
    booth.call()

    keeping.erase_before(centre.ledger, TODAY + timedelta(days=1), ["check"], reason="a test")

    assert far_away.told() == NONE


def test_what_is_too_old_for_any_stay_is_forgotten(booth: Place) -> None:
    booth.record(crossing())
    booth.call()
    assert booth.told() == Counter([IN])

    booth.workstation.store.forget_crossings(before=TODAY + timedelta(days=1))

    assert booth.workstation.store.known_crossings([THEIRS]).told == NONE


def test_a_number_counts_however_it_is_written(booth: Place, far_away: Place) -> None:
    booth.record(crossing(document=("KGZ", "an 123-4567")))
    booth.call()

    assert far_away.told() == Counter([IN])
