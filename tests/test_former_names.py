"""What a machine wrote before it enrolled anew, at a centre that was put back and lost it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.journal.entry import Tip
from checkpoint_client.records import Attachment
from checkpoint_client.store.log import LogQuery
from sync.attachments import Sender, to_send
from sync.engine import next_request
from sync.protocol import Contact, ContactReply, Verdict
from sync.server import attachments, registry
from tests.living import OFFICERS, InOneProcess, Living, begun, keeper_of, note_backup
from tests.test_attachments_sync import attach
from tests.workstations import Direct, Workstation


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[InOneProcess]:
    centre = InOneProcess(tmp_path)
    yield centre
    centre.close()


@pytest.fixture
def booth(centre: InOneProcess, tmp_path: Path) -> Iterator[Living]:
    booth = begun(centre, tmp_path)
    yield booth
    booth.close()


def enrolled_anew(booth: Living) -> str:
    """Its journal is all at the centre; the name it had until now."""
    booth.here.record("AALTO", "BERG", "CELIK")
    booth.settle()
    before = booth.id
    booth.enrol_anew()
    booth.here.record("DIAZ")
    booth.settle()
    return before


def all_of(booth: Living) -> set[bytes]:
    return {leaf for origin in booth.journals() for leaf in booth.leaves_of(origin)}


def test_what_a_centre_lost_comes_again_under_the_name_it_was_written_with(
    centre: InOneProcess, booth: Living
) -> None:
    centre.back_up()
    before = enrolled_anew(booth)

    centre.restore(0)
    booth.settle()

    assert booth.trouble is None
    held = centre.reading()
    assert all_of(booth) <= held.everything()
    assert len(held.leaves(before)) == len(set(held.leaves(before)))
    assert held.alarms() == []


def test_what_a_centre_lost_of_one_copy_of_a_disk_is_kept_beside_the_others(
    centre: InOneProcess, booth: Living, tmp_path: Path
) -> None:
    centre.back_up()
    copy = booth.cloned(tmp_path / "copy")
    booth.here.record("AALTO", "BERG", "CELIK")
    booth.settle()
    centre.restore(0)
    copy.here.record("DIAZ")
    copy.settle()

    for _ in range(2):
        for each in (booth, copy):
            each.here.record("EVANS")
            each.settle()

    held = centre.reading()
    assert all_of(booth) <= held.everything()
    branch = held.beside(booth.id)
    assert len(branch) == len(set(branch))
    assert next_request(booth.store, booth.here.device, have={}).contact.entries == []
    copy.close()


def assert_erased_everywhere(centre: InOneProcess, living: Living) -> None:
    """Once all is old and backed up, nothing is found any more, and tables and journals agree."""
    note_backup(centre)
    living.settle()

    living.erase()

    living.store.verify(OFFICERS)
    assert living.store.search(LogQuery()).total == 0


def test_what_a_copy_of_the_disk_goes_on_with_is_erased_here_too(
    centre: InOneProcess, booth: Living, tmp_path: Path
) -> None:
    booth.here.record("AALTO", "BERG")
    before = booth.here.back_up()
    booth.settle()
    copy = booth.cloned(tmp_path / "copy")
    copy.enrol_anew()
    copy.settle()
    booth.here.record("CELIK")
    booth.settle()
    booth.put_back(before)
    booth.settle()
    keeper = keeper_of(centre, tmp_path / "exchange")
    booth.tell(keeper)
    copy.hear(keeper)

    assert_erased_everywhere(centre, copy)
    copy.close()


def test_what_a_neighbour_says_in_two_journals_is_erased_in_both(
    centre: InOneProcess, booth: Living, tmp_path: Path
) -> None:
    neighbour, keeper = begun(centre, tmp_path / "other"), keeper_of(centre, tmp_path / "exchange")
    neighbour.here.record("AALTO", "BERG")
    before = neighbour.here.back_up()
    neighbour.here.record("CELIK")
    neighbour.settle()
    neighbour.tell(keeper)
    booth.hear(keeper)
    neighbour.put_back(before)
    neighbour.settle()
    neighbour.tell(keeper)
    booth.hear(keeper)

    assert_erased_everywhere(centre, booth)
    neighbour.close()


def test_what_a_neighbour_repeats_under_a_new_name_is_erased_in_both(
    centre: InOneProcess, booth: Living, tmp_path: Path
) -> None:
    neighbour, keeper = begun(centre, tmp_path / "other"), keeper_of(centre, tmp_path / "exchange")
    neighbour.settle()
    neighbour.here.record("BERG", "CELIK")
    neighbour.tell(keeper)
    booth.hear(keeper)
    revoke(centre, neighbour.id)
    neighbour.settle()
    neighbour.enrol_anew()
    neighbour.settle()
    neighbour.tell(keeper)
    booth.hear(keeper)
    assert booth.store.search(LogQuery()).total == 2

    assert_erased_everywhere(centre, booth)
    neighbour.close()


def test_it_is_asked_for_once_in_each_epoch_of_the_centre(booth: Living) -> None:
    enrolled_anew(booth)
    link = booth.link
    assert isinstance(link, Direct)
    link.contacts.clear()

    booth.settle()
    booth.settle()

    assert [each.former for each in link.contacts if each.former] == []


def test_what_a_revoked_workstation_wrote_is_kept_as_evidence_and_asked_for_no_more(
    centre: InOneProcess, booth: Living
) -> None:
    centre.back_up()
    before = enrolled_anew(booth)
    centre.restore(0)
    revoke(centre, before)

    booth.settle()

    assert booth.trouble is None
    held = centre.reading()
    assert "revoked" in [why for who, why in held.alarms() if who == before]
    assert not all_of(booth) <= held.everything()
    request = next_request(booth.store, booth.here.device, have={})
    assert request.contact.former == ""


def test_a_centre_that_does_not_know_the_former_name_says_so(
    centre: InOneProcess, booth: Living
) -> None:
    enrolled_anew(booth)
    contact = next_request(booth.store, booth.here.device, have={}).contact

    reply = ask(centre, booth.here, msgspec.structs.replace(contact, former="NOBODY", previews=[]))

    assert reply.verdict is Verdict.FORK
    assert "does not know the name" in reply.message


def test_nobody_writes_into_anothers_journal(
    centre: InOneProcess, booth: Living, tmp_path: Path
) -> None:
    booth.here.record("AALTO")
    booth.settle()
    other = Living(centre, begun(centre, tmp_path / "other").folder, tmp_path / "other")
    other.here.record("FORGED")
    held = centre.reading().leaves(booth.id)
    tip = Tip(booth.store.tip().position, booth.store.tip().head)
    contact = next_request(other.store, other.here.device, have={}).contact
    moved = [
        msgspec.structs.replace(each, position=tip.position + number)
        for number, each in enumerate(contact.entries, start=1)
    ]

    reply = ask(
        centre,
        other.here,
        msgspec.structs.replace(
            contact,
            former=booth.id,
            first=tip.position + 1,
            previous=tip.head,
            entries=moved,
            tip=tip.position + len(moved),
            previews=[],
        ),
    )

    assert reply.verdict is Verdict.FORK
    assert centre.reading().leaves(booth.id) == held
    other.close()


def test_a_centre_that_lost_all_of_a_former_name_gets_its_attachments_too(
    centre: InOneProcess, booth: Living
) -> None:
    centre.back_up()
    attachment = attach(booth.here)
    before = enrolled_anew(booth)
    send_attachments(booth)

    centre.restore(0)
    booth.settle()
    send_attachments(booth)

    assert is_held(centre, before, attachment)


def test_an_attachment_that_was_behind_the_backup_is_asked_for_under_its_former_name(
    centre: InOneProcess, booth: Living
) -> None:
    attachment = attach(booth.here)
    booth.settle()
    centre.back_up()
    send_attachments(booth)
    before = enrolled_anew(booth)

    centre.restore(0)
    booth.settle()
    assert not is_held(centre, before, attachment)
    send_attachments(booth)

    assert is_held(centre, before, attachment)
    assert to_send(booth.store, []) == {"": []}


def send_attachments(booth: Living) -> None:
    """As the uplink does behind a contact."""
    sender = Sender(
        booth.link,
        booth.here.device,
        booth.here.folder.attachments,
        received=booth.store.attachment_received,
        must_yield=lambda: False,
    )
    for name, addresses in to_send(booth.store, []).items():
        sender.send(addresses, origin=name)


def is_held(centre: InOneProcess, workstation: str, attachment: Attachment) -> bool:
    with centre.inside.ledger.reading() as connection:
        return attachments.held(connection, workstation, [attachment.address])[attachment.address]


def ask(centre: InOneProcess, here: Workstation, contact: Contact) -> ContactReply:
    return centre.inside.ask(here.device, centre.inside.centre.contact, contact, ContactReply)


def revoke(centre: InOneProcess, workstation: str) -> None:
    with centre.inside.ledger.writing() as connection:
        registry.revoke(connection, workstation, reason="stolen", now=datetime.now(UTC))
