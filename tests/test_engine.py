"""One contact after another: what the centre says it holds is what counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.journal.body import decode, unpack
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.records.codes import WorkstationStep
from checkpoint_client.settings import Folder
from checkpoint_client.store import BACKED_UP, mark_of
from checkpoint_client.store.log import LogQuery
from checkpoint_client.vault.device import DeviceKey
from sync import bundle, engine
from sync.batches import FIRST_BYTES
from sync.engine import MOST_ENTRIES, Trouble
from sync.protocol import WireEntry
from sync.server.keeping import mark_backed_up
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


def test_a_contact_says_how_many_checks_stay_behind_after_it(post: Workstation) -> None:
    post.record("AALTO", "BERG", "CELIK")

    one = engine.next_request(post.store, post.device, have={}, most_bytes=1).contact
    everything = engine.next_request(post.store, post.device, have={}).contact

    assert (one.tip, one.waiting, one.waiting_checks) == (1, 2, 2)
    assert (everything.tip, everything.waiting, everything.waiting_checks) == (3, 0, 0)


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
    assert max(sizes) <= FIRST_BYTES


def test_an_entry_larger_than_a_batch_goes_alone(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("SMALL", "L" * 2 * FIRST_BYTES, "SMALL")

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


def test_a_contact_that_was_overtaken_is_made_again_at_once(
    post: Workstation, link: Direct
) -> None:
    """Else a copy of the disk that counts faster would be heard instead of us, for ever."""
    post.settle(link)
    late = engine.next_request(post.store, post.device, have={})
    post.contact(link)

    outcome = engine.confirm(post.store, post.device, link.contact(late.contact))

    assert outcome.more


def test_a_database_put_back_goes_on_in_a_new_journal(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    post.settle(link)
    earlier = post.back_up()
    post.record("BERG")
    post.settle(link)
    held = centre.leaves(post.id)
    post.put_back(earlier)
    post.record("CELIK")

    outcome = post.settle(link)

    assert outcome.trouble is None
    assert centre.leaves(post.id) == held
    assert centre.leaves(post.id, 2) == post.leaves()
    assert names(post) == ["AALTO", "CELIK"]
    assert centre.alarms() == []


def test_the_new_journal_says_how_far_the_old_one_had_come(post: Workstation, link: Direct) -> None:
    post.record("AALTO")
    earlier = post.back_up()
    post.record("BERG")
    post.settle(link)
    head = post.store.tip().head
    post.put_back(earlier)

    begun = begun_by(post)

    assert begun.step is WorkstationStep.JOURNAL_BEGUN
    assert begun.details == {
        "workstation": post.id,
        "incarnation": "1",
        "position": "2",
        "head": head.hex(),
    }


def test_what_the_centre_lacks_comes_again_with_the_same_bytes(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO", "BERG")
    bodies = [entry.body for entry in post.entries()]
    leaves = post.leaves()
    earlier = post.back_up()
    post.record("CELIK")
    engine.next_request(post.store, post.device, have={})  # it left the machine, and was lost
    post.put_back(earlier)
    assert post.waiting == 2

    post.settle(link)

    assert [entry.body for entry in post.entries()[1:]] == bodies
    assert centre.leaves(post.id, 2)[1:] == leaves
    assert post.waiting == 0
    assert names(post) == ["AALTO", "BERG"]
    assert post.store.verify({}).journals == 2


def test_what_was_written_behind_a_backup_of_all_files_is_kept_in_a_new_journal(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    """Database and device key went back together, by less than two contacts."""
    post.settle(link)
    post.record("AALTO")
    post.close()
    files = {path: path.read_bytes() for path in (post.folder.records, post.folder.device_key)}
    post.kill()
    link.device = post.device
    post.record("BERG")
    post.contact(link)
    post.close()
    for path, content in files.items():
        path.write_bytes(content)
    post.kill()
    link.device = post.device
    post.record("CELIK", "DIAZ")

    outcome = post.settle(link)

    assert outcome.trouble is None
    assert centre.alarms() == ["fork"]
    assert len(centre.leaves(post.id)) == 2
    assert centre.leaves(post.id, 2) == post.leaves()
    assert names(post) == ["AALTO", "CELIK", "DIAZ"]
    assert post.waiting == 0


def test_a_damaged_entry_is_reported_and_not_written_anew(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO")
    request = engine.next_request(post.store, post.device, have={})
    [entry] = request.contact.entries
    damaged = WireEntry(1, entry.algorithm, entry.salt, b"{}", None, entry.signatures)
    sent = msgspec.structs.replace(request.contact, entries=[damaged])

    outcome = engine.confirm(post.store, post.device, link.contact(sent))

    assert outcome.trouble is Trouble.FORKED
    assert post.incarnation == 1
    assert centre.alarms() == ["broken-chain"]


def test_a_restored_centre_is_filled_up_with_earlier_journals_too(
    tmp_path: Path, centre: CentreHere, post: Workstation, link: Direct
) -> None:
    centre.back_up(tmp_path / "empty.db")
    post.record("AALTO", "BERG")
    post.settle(link)
    first = centre.leaves(post.id)
    earlier = post.back_up()
    post.record("CELIK")
    post.settle(link)
    post.put_back(earlier)
    post.settle(link)

    centre.restore(tmp_path / "empty.db")
    post.record("DIAZ")
    post.settle(link)

    assert centre.leaves(post.id) == first
    assert centre.leaves(post.id, 2) == post.leaves()
    assert centre.alarms() == []


def test_a_new_backup_of_the_centre_counts_for_earlier_journals_too(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("AALTO", "BERG")
    post.settle(link)
    copy = post.back_up()
    post.record("CELIK")
    post.settle(link)
    post.put_back(copy)
    post.settle(link)
    assert post.store.mark(mark_of(BACKED_UP, replace(post.store.origin, incarnation=1))) == 0
    asked = len(link.contacts)

    mark_backed_up(centre.ledger, began=datetime.now(UTC) + timedelta(hours=1))
    post.settle(link)

    assert post.store.mark(mark_of(BACKED_UP, replace(post.store.origin, incarnation=1))) == 2
    assert post.store.mark(BACKED_UP) == post.store.tip().position
    mark_backed_up(centre.ledger, began=datetime.now(UTC) + timedelta(hours=2))
    post.settle(link)
    assert [each.incarnation for each in link.contacts[asked:]] == [2, 1, 2]


def test_a_bundle_that_must_wait_keeps_no_later_journal_back(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    empty = post.back_up()
    for name in ("AALTO", "BERG"):
        post.record(name)
        written = bundle.spool(post.store, post.device, post.folder.spool)
    next(path for path in post.folder.spool.iterdir() if path not in written).unlink()
    post.put_back(empty)
    post.record("CELIK")
    bundle.spool(post.store, post.device, post.folder.spool)

    delivery = bundle.deliver(post.folder.spool, link, post.device)

    assert centre.leaves(post.id, 2) == post.leaves()
    assert delivery.left == 1


def names(post: Workstation) -> list[str]:
    """Who is shown in the log, each line of it, in the order of recording."""
    return sorted(row.name for row in post.store.search(LogQuery()).rows)


def begun_by(post: Workstation) -> WorkstationEvent:
    event = unpack(decode(post.entries()[0].body or b""))
    assert isinstance(event, WorkstationEvent)
    return event


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
