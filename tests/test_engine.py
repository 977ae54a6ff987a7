"""One contact after another: what the centre says it holds is what counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_client.records import WorkstationEvent
from checkpoint_client.records.codes import WorkstationStep
from checkpoint_client.settings import Folder
from checkpoint_client.store import RECEIVED
from checkpoint_client.vault.device import DeviceKey
from sync import engine
from sync.engine import MOST_ENTRIES, Trouble
from tests.workstations import CentreHere, Direct, LostReply, NoLink, Workstation


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    centre = CentreHere(tmp_path / "centre")
    yield centre
    centre.close()


@pytest.fixture
def post(tmp_path: Path, centre: CentreHere) -> Iterator[Workstation]:
    folder = Folder(tmp_path / "workstation")
    post = Workstation(folder, centre.enrol(folder))
    yield post
    post.close()


@pytest.fixture
def link(centre: CentreHere, post: Workstation) -> Direct:
    return Direct(centre, post.device)


def test_what_waited_is_at_the_centre_in_its_order(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO", "BERG", "CELIK")

    post.contact(link)

    assert centre.leaves(post.id) == post.leaves()
    assert post.waiting == 0


def test_without_a_line_everything_waits(post: Workstation) -> None:
    post.record("AALTO", "BERG")

    assert post.contact(NoLink()) is None

    assert post.waiting == 2


def test_a_lost_reply_does_not_double_the_journal(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    for _ in range(5):
        post.contact(LostReply(link))

    outcome = post.contact(link)

    assert outcome
    assert outcome.trouble is None
    assert centre.leaves(post.id) == post.leaves()
    assert centre.alarms() == []


def test_the_contact_is_counted_on_disk_before_it_is_sent(post: Workstation) -> None:
    request = engine.next_request(post.store, post.device, have={})

    on_disk = DeviceKey.load(post.folder.device_key).state.contact_counter
    assert on_disk == request.contact.counter


def test_the_ratchet_of_the_reply_is_shown_next_time(post: Workstation, link: Direct) -> None:
    post.contact(link)
    post.kill()

    post.contact(link)

    first, second = link.contacts
    assert first.ratchet != second.ratchet


def test_a_batch_has_a_limit_and_the_next_follows(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    slip = WorkstationEvent(step=WorkstationStep.STARTED, details={})
    with post.store.together():
        for _ in range(MOST_ENTRIES + 7):
            post.store.append(slip)

    first = post.contact(link)
    second = post.contact(link)

    assert [len(contact.entries) for contact in link.contacts] == [MOST_ENTRIES, 7]
    assert first
    assert first.more
    assert second
    assert not second.more
    assert centre.leaves(post.id) == post.leaves()


def test_a_batch_is_limited_by_its_bytes(post: Workstation, link: Direct) -> None:
    post.record(*["W" * 10_000] * 60)

    post.settle(link)

    sizes = [sum(len(each.body or b"") for each in sent.entries) for sent in link.contacts]
    assert len(sizes) == 3
    assert max(sizes) <= engine.MOST_BYTES


def test_an_entry_larger_than_a_batch_goes_alone(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("SMALL", "L" * 2 * engine.MOST_BYTES, "SMALL")

    post.settle(link)

    assert [len(contact.entries) for contact in link.contacts] == [1, 1, 1]
    assert centre.leaves(post.id) == post.leaves()


def test_a_contact_with_nothing_to_send_still_tells_what_is_new(
    post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    post.settle(link)

    outcome = post.contact(link)

    assert outcome
    assert not outcome.more
    assert link.contacts[-1].entries == []


def test_a_restored_centre_is_filled_up_again_without_an_alarm(
    tmp_path: Path, centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    post.settle(link)
    centre.back_up(tmp_path / "copy.db")
    post.record("BERG", "CELIK")
    post.settle(link)
    centre.restore(tmp_path / "copy.db")

    post.record("DIAZ")
    post.settle(link)

    assert centre.leaves(post.id) == post.leaves()
    assert centre.alarms() == []


def test_a_late_request_does_not_use_up_the_restored_centres_patience(
    tmp_path: Path, centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.settle(link)
    centre.back_up(tmp_path / "copy.db")
    late = engine.next_request(post.store, post.device, have={})
    post.settle(link)
    centre.restore(tmp_path / "copy.db")
    link.contact(late.contact)

    outcome = post.settle(link)

    assert outcome.trouble is None
    assert centre.alarms() == []


def test_the_mark_goes_back_with_a_restored_centre(
    tmp_path: Path, centre: CentreHere, post: Workstation, link: Direct
) -> None:
    centre.back_up(tmp_path / "empty.db")
    post.record("AALTO", "BERG")
    post.settle(link)
    centre.restore(tmp_path / "empty.db")

    outcome = post.contact(link)

    assert outcome
    assert outcome.more
    assert outcome.waiting == 2


def test_a_contact_that_was_overtaken_changes_nothing(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    late = engine.next_request(post.store, post.device, have={})
    post.record("AALTO")
    post.settle(link)

    outcome = engine.confirm(post.store, post.device, link.contact(late.contact))

    assert outcome.trouble is None
    assert centre.leaves(post.id) == post.leaves()
    assert post.contact(link)
    assert centre.alarms() == []


def test_a_database_put_back_is_noticed_and_nothing_is_overwritten(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    post.settle(link)
    earlier = post.back_up()
    post.record("BERG")
    post.settle(link)
    held = centre.leaves(post.id)
    post.put_back(earlier)

    outcome = post.contact(link)

    assert outcome
    assert outcome.trouble is Trouble.ROLLED_BACK
    assert centre.leaves(post.id) == held
    assert post.store.mark(RECEIVED) == 1


def test_a_fork_keeps_both_branches_and_is_reported(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    post.settle(link)
    earlier = post.back_up()
    post.record("BERG")
    post.settle(link)
    held = centre.leaves(post.id)
    post.put_back(earlier)
    post.record("CELIK", "DIAZ")
    mine = post.leaves()

    outcome = post.contact(link)

    assert outcome
    assert outcome.trouble is Trouble.FORKED
    assert not outcome.more
    assert centre.leaves(post.id) == held
    assert centre.alarms() == ["fork"]
    assert post.leaves() == mine
    assert post.waiting == 2


def test_a_copied_disk_is_told_to_enrol_again_and_stays_out(
    centre: CentreHere, post: Workstation, link: Direct, tmp_path: Path
) -> None:
    post.settle(link)
    folder = Folder(tmp_path / "copy")
    folder.make()
    folder.device_key.write_bytes(post.folder.device_key.read_bytes())
    copy = Workstation(folder, DeviceKey.load(folder.device_key))
    for name in ("AALTO", "BERG"):
        post.record(name)
        post.settle(link)

    outcomes = [copy.contact(Direct(centre, copy.device)) for _ in range(6)]

    copy.close()
    assert outcomes[-1]
    assert outcomes[-1].trouble is Trouble.RE_ENROL
    assert "wrong-ratchet" in centre.alarms()
    assert centre.leaves(post.id) == post.leaves()


def test_the_time_in_the_reply_is_remembered(post: Workstation, link: Direct) -> None:
    post.contact(link)

    assert post.device.state.last_server_time is not None
    assert post.store.clock.reading().last_server_time == post.device.state.last_server_time
