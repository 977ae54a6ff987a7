"""What a machine wrote before it enrolled anew, at a centre that was put back and lost it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.journal.entry import Tip
from sync.engine import next_request
from sync.protocol import Contact, ContactReply, Verdict
from sync.server import registry
from tests.living import InOneProcess, Living, begun
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


def ask(centre: InOneProcess, here: Workstation, contact: Contact) -> ContactReply:
    return centre.inside.ask(here.device, centre.inside.centre.contact, contact, ContactReply)


def revoke(centre: InOneProcess, workstation: str) -> None:
    with centre.inside.ledger.writing() as connection:
        registry.revoke(connection, workstation, reason="stolen", now=datetime.now(UTC))
