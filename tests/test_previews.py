"""Hits and refusals go ahead of a long journal, which brings their leaves and must fit them."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from checkpoint_client.records import (
    Adjudication,
    HitAction,
    Outcome,
    Record,
    WorkstationEvent,
)
from checkpoint_client.records.codes import (
    ActionTaken,
    Decision,
    HitVerdict,
    OutcomeDecision,
    WorkstationStep,
)
from checkpoint_client.settings import Folder
from checkpoint_client.store import PREVIEWED
from sync import bundle, engine
from sync.link import Link
from sync.protocol import (
    AttachmentPart,
    AttachmentReply,
    BundleDelivery,
    BundleReply,
    Contact,
    ContactReply,
    Verdict,
    WireEntry,
    to_wire,
    to_wire_by_leaf,
)
from sync.server import duty, journals, ledger, projection
from sync.server.inspection import AHEAD_AT_MOST
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from tests.booth import Booth, Line, body_of, check
from tests.centre import RunningCentre
from tests.workstations import NOON, CentreHere, Direct, LostReply, Workstation, a_check, a_hit


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    with closing(CentreHere(tmp_path / "centre")) as centre:
        yield centre


@pytest.fixture
def post(tmp_path: Path, centre: CentreHere) -> Iterator[Workstation]:
    folder = Folder(tmp_path / "workstation")
    with closing(Workstation(folder, centre.enrol(folder))) as post:
        yield post


@pytest.fixture
def link(centre: CentreHere, post: Workstation) -> Direct:
    return Direct(centre, post.device)


@pytest.fixture
def line(shared_centre: RunningCentre) -> Line:
    """A workstation of whose five checks the last came ahead of the others."""
    line = Line(Booth(shared_centre.provisioning()), shared_centre.url)
    line.enrol()
    line.booth.write(*(check(f"N{number}") for number in range(5)))
    ahead = [to_wire(line.booth.journal[4])]
    assert line.send(line.booth.contact(most=1, previews=ahead)).verdict is Verdict.HELD
    return line


def long_journal(post: Workstation) -> None:
    """More than one batch, and a refusal at its end."""
    with post.store.together():
        for _ in range(engine.MOST_ENTRIES + 10):
            post.store.append(a_check())
        post.store.append(replace(a_check(), decision=Decision.REFUSED))


def step(post: Workstation, link: Link) -> engine.Outcome:
    """A contact that brings the next entry only, and what goes ahead."""
    request = engine.next_request(
        post.store, post.device, have={}, wanted=post.wanted, most_bytes=1
    )
    outcome = engine.confirm(post.store, post.device, link.contact(request.contact))
    post.wanted = outcome.wanted
    return outcome


def refuse(post: Workstation) -> None:
    post.store.append(replace(a_check("REFUSED"), decision=Decision.REFUSED))


def kept_bodies(centre: CentreHere, post: Workstation) -> list[bytes | None]:
    entry = ledger.entry.c
    with centre.ledger.reading() as connection:
        found = sa.select(entry.body).where(entry.workstation == post.id).order_by(entry.position)
        return [None if body is None else bytes(body) for body in connection.scalars(found)]


def forget_previews(centre: CentreHere) -> None:
    with centre.ledger.writing() as connection:
        connection.execute(sa.delete(ledger.preview))


def by_leaf(entry: WireEntry, leaf: bytes) -> WireEntry:
    return msgspec.structs.replace(entry, salt=None, body=None, leaf=leaf)


@dataclass
class Older:
    """A centre that keeps what comes ahead and does not complete an entry from it."""

    link: Link

    def contact(self, contact: Contact) -> ContactReply:
        reply = self.link.contact(contact)
        return msgspec.structs.replace(reply, completes=False)

    def deliver(self, delivery: BundleDelivery) -> BundleReply:
        return self.link.deliver(delivery)

    def attach(self, part: AttachmentPart) -> AttachmentReply:
        return self.link.attach(part)

    def fetch(self, path: str, start: int) -> Iterator[bytes]:
        return self.link.fetch(path, start)


@contextmanager
def opened(centre: RunningCentre) -> Iterator[Ledger]:
    with closing(Ledger(CentreFolder(centre.folder).database)) as book:
        yield book


def rows(centre: RunningCentre, table: sa.Table, line: Line) -> list[Any]:
    with opened(centre) as book, book.reading() as connection:
        found = sa.select(table).where(table.c.workstation == line.booth.id)
        return list(connection.execute(found))


CONFIRMED = Adjudication(hit_id="H-1", verdict=HitVerdict.SAME, reasons=())
REFUSED_LATER = Outcome(referral_id="R-1", check_id="C-1", decision=OutcomeDecision.REFUSE)


@pytest.mark.parametrize(
    "fact",
    [
        a_hit(),
        CONFIRMED,
        REFUSED_LATER,
        HitAction(hit_id="H-1", action=ActionTaken.DETAINED, taken_at=NOON),
        WorkstationEvent(step=WorkstationStep.JOURNAL_BEGUN, details={}),
        replace(a_check(), decision=Decision.REFUSED),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_what_others_should_know_at_once_is_urgent(post: Workstation, fact: Record) -> None:
    urgent = post.store.append(fact)
    post.record("SOMEBODY")

    assert [each.position for each in post.store.urgent(0, most=9)] == [urgent.position]


@pytest.mark.parametrize(
    "fact",
    [
        replace(CONFIRMED, verdict=HitVerdict.NOT_SAME),
        replace(REFUSED_LATER, decision=OutcomeDecision.ADMIT),
        HitAction(hit_id="H-1", action=ActionTaken.LET_GO_ON, taken_at=NOON),
        WorkstationEvent(step=WorkstationStep.STARTED, details={}),
        a_check(),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_what_can_wait_is_not(post: Workstation, fact: Record) -> None:
    post.store.append(fact)

    assert post.store.urgent(0, most=9) == []


def test_a_refusal_goes_with_the_first_batch(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.settle(link)
    long_journal(post)

    post.contact(link)

    last = post.store.tip().position
    assert [each.position for each in link.contacts[-1].previews] == [last]
    assert len(centre.leaves(post.id)) < last
    with centre.ledger.reading() as connection:
        assert connection.scalar(sa.select(ledger.preview.c.position)) == last


def test_it_goes_ahead_once(post: Workstation, link: Direct) -> None:
    long_journal(post)
    post.contact(LostReply(link))
    post.contact(link)
    assert post.store.mark(PREVIEWED) == post.store.tip().position

    post.contact(link)

    assert [len(contact.previews) for contact in link.contacts] == [1, 1, 0]


def test_a_restored_centre_is_shown_it_once_more(
    tmp_path: Path, centre: CentreHere, post: Workstation, link: Direct
) -> None:
    centre.back_up(tmp_path / "copy.db")
    long_journal(post)
    post.contact(link)
    centre.restore(tmp_path / "copy.db")

    post.contact(link)
    post.contact(link)

    assert len(link.contacts[-1].previews) == 1
    post.settle(link)
    assert centre.leaves(post.id) == post.leaves()
    assert centre.alarms() == []


def test_the_journal_brings_its_leaf_and_the_centre_has_it_whole(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("FIRST", "SECOND")
    refuse(post)
    post.record("LAST")
    step(post, link)

    post.settle(link)

    [second, refused, last] = link.contacts[-1].entries
    assert (refused.body, link.contacts[-1].previewed) == (None, [3])
    assert second.body
    assert last.body
    assert kept_bodies(centre, post) == [entry.body for entry in post.entries()]
    assert centre.leaves(post.id) == post.leaves()
    assert centre.alarms() == []


def test_what_was_urgent_in_a_batch_that_did_not_fit_comes_whole(
    tmp_path: Path, centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("FIRST")
    centre.back_up(tmp_path / "copy.db")
    step(post, link)
    refuse(post)
    post.record("THIRD")
    refuse(post)
    centre.restore(tmp_path / "copy.db")
    assert step(post, link).held == 0  # a gap; the fourth entry came ahead all the same

    post.settle(link)

    assert link.contacts[-1].previewed == [4]
    assert kept_bodies(centre, post) == [entry.body for entry in post.entries()]
    assert centre.alarms() == []


def test_a_body_that_the_centre_has_lost_is_asked_for_and_comes(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("FIRST")
    refuse(post)
    step(post, link)
    forget_previews(centre)
    outcome = step(post, link)
    projection.catch_up(centre.ledger)
    assert outcome.wanted == engine.Wanted(incarnation=1, positions=(2,))
    assert outcome.more
    assert kept_bodies(centre, post)[1] is None

    outcome = step(post, link)

    assert (outcome.wanted, outcome.more) == (None, False)
    assert kept_bodies(centre, post) == [entry.body for entry in post.entries()]
    with centre.ledger.reading() as connection:
        assert connection.scalars(sa.select(ledger.quarantine.c.position)).all() == []
        kind = sa.select(ledger.entry.c.kind).where(ledger.entry.c.position == 2)
        assert connection.scalar(kind) == "check"
        counted = sa.select(ledger.volume.c.count).where(ledger.volume.c.what == Decision.REFUSED)
        assert connection.scalar(counted) == 1
    assert centre.alarms() == []


def test_one_of_an_earlier_journal_is_asked_for_too(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("FIRST")
    refuse(post)
    step(post, link)
    forget_previews(centre)
    step(post, link)
    copy = post.back_up()
    post.record("THIRD")
    post.wanted = None  # ended before it could answer
    step(post, link)
    post.put_back(copy)
    post.wanted = None
    assert post.incarnation == 2
    assert kept_bodies(centre, post)[1] is None

    post.settle(link)

    assert all(kept_bodies(centre, post))
    assert centre.alarms() == []


def test_a_centre_that_does_not_complete_is_sent_everything_whole(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("FIRST")
    refuse(post)
    step(post, Older(link))
    assert link.contacts[-1].previews

    post.settle(Older(link))

    assert [contact.previewed for contact in link.contacts] == [[], []]
    assert all(kept_bodies(centre, post))


def test_a_bundle_brings_everything_whole(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("FIRST")
    refuse(post)
    step(post, link)
    forget_previews(centre)
    bundle.spool(post.store, post.device, post.folder.spool)

    bundle.deliver(post.folder.spool, link, post.device)

    assert kept_bodies(centre, post) == [entry.body for entry in post.entries()]


def test_a_bundle_brings_a_body_that_is_awaited(
    centre: CentreHere, post: Workstation, link: Direct
) -> None:
    post.record("FIRST")
    refuse(post)
    step(post, link)
    bundle.spool(post.store, post.device, post.folder.spool)
    forget_previews(centre)
    step(post, link)

    bundle.deliver(post.folder.spool, link, post.device)

    assert all(kept_bodies(centre, post))
    assert step(post, link).wanted is None


def test_the_centre_keeps_it_until_the_journal_has_come(
    shared_centre: RunningCentre, line: Line
) -> None:
    [ahead] = rows(shared_centre, ledger.preview, line)
    assert (ahead.position, bytes(ahead.body)) == (5, line.booth.journal[4].body)

    line.send(line.booth.contact(held=1))

    assert rows(shared_centre, ledger.preview, line) == []
    assert rows(shared_centre, ledger.alarm, line) == []


def test_a_journal_that_brings_another_one_is_an_alarm(
    shared_centre: RunningCentre, line: Line
) -> None:
    del line.booth.journal[4]
    line.booth.write_body(body_of(check("SOMEBODY ELSE")))

    reply = line.send(line.booth.contact(held=1))

    assert (reply.verdict, reply.held) == (Verdict.HELD, 5)
    [alarm] = rows(shared_centre, ledger.alarm, line)
    assert alarm.reason == journals.Reason.UNLIKE_PREVIEW
    assert len(rows(shared_centre, ledger.preview, line)) == 1


def test_a_leaf_is_completed_from_what_came_ahead(shared_centre: RunningCentre, line: Line) -> None:
    contact = line.booth.contact(held=1, previewed=[5])
    last = by_leaf(contact.entries[-1], line.booth.journal[4].leaf)

    reply = line.send(msgspec.structs.replace(contact, entries=[*contact.entries[:-1], last]))

    assert (reply.verdict, reply.held, reply.wanted) == (Verdict.HELD, 5, [])
    held = rows(shared_centre, ledger.entry, line)[4]
    assert (bytes(held.body), held.kind) == (line.booth.journal[4].body, "check")
    assert rows(shared_centre, ledger.preview, line) == []
    assert rows(shared_centre, ledger.quarantine, line) == []


def wanted(line: Line) -> list[int]:
    """An entry comes by its leaf, which the centre was never shown."""
    line.booth.write(check("NEVER AHEAD"))
    contact = line.booth.contact(held=1, previewed=[6])
    last = by_leaf(contact.entries[-1], line.booth.journal[5].leaf)
    entries = [*contact.entries[:-1], last]
    return line.send(msgspec.structs.replace(contact, entries=entries)).wanted


def test_a_body_that_is_not_there_is_asked_for_until_it_comes(
    shared_centre: RunningCentre, line: Line
) -> None:
    assert wanted(line) == [6]
    assert line.send(line.booth.contact(held=6)).wanted == [6]
    assert "the workstation is asked for" in shared_centre.run("quarantine")
    lacking = to_wire(line.booth.journal[5])

    reply = line.send(line.booth.contact(held=6, previews=[lacking]))

    assert reply.wanted == []
    assert bytes(rows(shared_centre, ledger.entry, line)[5].body) == lacking.body
    assert rows(shared_centre, ledger.quarantine, line) == []
    assert [each["kind"] for each in shared_centre.entries("--workstation", line.booth.id)] == [
        "check"
    ] * 6


def test_a_body_that_was_erased_is_asked_for_no_more(
    shared_centre: RunningCentre, line: Line
) -> None:
    assert wanted(line) == [6]
    erased = to_wire_by_leaf(line.booth.journal[5])

    reply = line.send(line.booth.contact(held=6, previews=[erased]))

    assert reply.wanted == []
    [odd] = rows(shared_centre, ledger.quarantine, line)
    assert odd.reason == journals.Oddity.NO_BODY


def test_another_body_than_the_journals_is_an_alarm_and_not_taken(
    shared_centre: RunningCentre, line: Line
) -> None:
    assert wanted(line) == [6]
    other = msgspec.structs.replace(to_wire(line.booth.journal[0]), position=6)

    reply = line.send(line.booth.contact(held=6, previews=[other]))

    assert reply.wanted == []
    assert rows(shared_centre, ledger.entry, line)[5].body is None
    [alarm] = rows(shared_centre, ledger.alarm, line)
    assert alarm.reason == journals.Reason.UNLIKE_PREVIEW


def test_a_leaf_unlike_the_one_that_came_ahead_is_an_alarm_and_its_body_is_asked_for(
    shared_centre: RunningCentre, line: Line
) -> None:
    del line.booth.journal[4]
    line.booth.write_body(body_of(check("SOMEBODY ELSE")))
    contact = line.booth.contact(held=1, previewed=[5])
    last = by_leaf(contact.entries[-1], line.booth.journal[4].leaf)

    reply = line.send(msgspec.structs.replace(contact, entries=[*contact.entries[:-1], last]))

    assert (reply.verdict, reply.wanted) == (Verdict.HELD, [5])
    [alarm] = rows(shared_centre, ledger.alarm, line)
    assert alarm.reason == journals.Reason.UNLIKE_PREVIEW
    assert len(rows(shared_centre, ledger.preview, line)) == 1


def test_one_that_the_journal_never_brings_is_said(
    shared_centre: RunningCentre, line: Line
) -> None:
    words = f"{line.booth.id}  urgent entry 5 of journal 1"
    assert words not in shared_centre.run("status")
    with opened(shared_centre) as book, book.writing() as connection:
        connection.execute(
            sa.update(ledger.preview)
            .where(ledger.preview.c.workstation == line.booth.id)
            .values(received_at=datetime.now(UTC) - AHEAD_AT_MOST - timedelta(hours=1))
        )

    assert words in shared_centre.run("status")
    with opened(shared_centre) as book, book.reading() as connection:
        alarms = duty.tonight(
            connection, newest_list=0, issued_at=lambda _version: None, now=datetime.now(UTC)
        ).alarms
    said = [alarm for alarm in alarms if alarm.workstation == line.booth.id]
    assert [(alarm.post, alarm.position) for alarm in said] == [("OSH-01", 5)]
