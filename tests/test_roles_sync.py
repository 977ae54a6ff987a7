"""Notes for supervisors only, from PC to PC: who gets the key, and what lies elsewhere."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from checkpoint_client.desk.second_line import ClosedInterview, Readers
from checkpoint_client.desk.session import SignedIn, SignIn
from checkpoint_client.records import ExchangeDraft, Grant, Interview, InterviewDraft, ReferralDraft
from checkpoint_client.records.codes import ConsultReason, ReferralReason, Role, Signing
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.store import Kept, Store
from checkpoint_client.vault import Vault
from checkpoint_client.vault.device import DeviceKey
from sync import role_keys
from sync.enrolment import enrol, line_of, read_provisioning
from sync.protocol import RoleKey
from sync.server import ledger
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.main import main
from tests.centre import RunningCentre
from tests.exchanges import Running, RunningExchange, cut_off, started
from tests.post import CHEAP, NOON, NUMBERS, PASSPHRASE, a_draft, people
from tests.workstations import CentreHere, Direct, Workstation

POST = "OSH-01"
SECRET = "Zubayr paid the driver"


class Manned(Workstation):
    """A workstation at which somebody has signed in; closing it signs him out."""

    def __init__(self, folder: Folder, device: DeviceKey, *, who: Role) -> None:
        self.who = who
        super().__init__(folder, device)

    def close(self) -> None:
        self._door().sign_out(self.session)

    def closes_notes(self) -> Kept[Interview]:
        first_line, second_line = self.session.first_line, self.session.second_line
        check = first_line.refer(a_draft(), ReferralDraft(reason=ReferralReason.STAY_DOUBT)).value
        [waiting] = [each for each in second_line.waiting() if each.check.id == check.id]
        draft = second_line.open(waiting.referral.id).value.draft
        return second_line.close_interview(noted(draft)).value

    def reads(self, interview: Kept[Interview]) -> ClosedInterview:
        opened = self.session.log.open(interview.record.check_id, ConsultReason.SUPERVISION)
        [closed] = opened.value.interviews
        return closed

    def _open(self) -> Store:
        self.session: SignedIn = self._door().sign_in(NUMBERS[self.who], PASSPHRASE)
        return self.session.store

    def _door(self) -> SignIn:
        return SignIn(
            folder=self.folder,
            vault=Vault(self.folder.envelope, kdf=CHEAP),
            device=self.device,
            settings=Settings(post=POST, questions_percent=0, find_exchanges=False),
            clock=self.clock,
            is_online=lambda: False,
            spool=lambda _store: None,
        )


def noted(draft: InterviewDraft) -> InterviewDraft:
    question = ExchangeDraft(asked_at=NOON, question="Who paid?", answer=SECRET)
    return replace(
        draft,
        language="uz",
        exchanges=(question,),
        account=SECRET,
        signing=Signing.SIGNED,
        for_supervisors=True,
    )


def let_people_in(folder: Folder, device: DeviceKey) -> None:
    first, *others = people()
    Vault.create(
        folder.envelope,
        deployment=device.state.deployment,
        workstation=device.state.workstation,
        recovery_key=None,
        first=first,
        others=others,
        kdf=CHEAP,
    ).wipe()


# --- in one process ------------------------------------------------------------------------------


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    centre = CentreHere(tmp_path / "centre")
    yield centre
    centre.close()


@pytest.fixture
def man(centre: CentreHere, tmp_path: Path) -> Iterator[Callable[[str, Role], Manned]]:
    """Signs somebody in at a PC of the post, which is enrolled when it is first named."""
    manned: list[Manned] = []

    def sign_in(name: str, who: Role) -> Manned:
        folder = Folder(tmp_path / name)
        if not folder.envelope.exists():
            let_people_in(folder, centre.enrol(folder))
        here = Manned(folder, DeviceKey.load(folder.device_key), who=who)
        manned.append(here)
        return here

    yield sign_in
    for here in manned:
        if any(here.session.unlocked.database_key):
            here.close()


def say(centre: CentreHere, *words: str) -> None:
    assert main([words[0], "--data", str(centre.folder.path), *words[1:]]) == 0


def contact(centre: CentreHere, here: Workstation) -> Direct:
    link = Direct(centre, here.device)
    here.settle(link)
    return link


def test_the_first_contact_brings_the_public_key_to_every_pc_and_it_is_asked_for_once(
    centre: CentreHere, man: Callable[[str, Role], Manned]
) -> None:
    booth = man("booth", Role.OFFICER)
    assert not booth.session.workplace.role_keys.can_close()

    asked = contact(centre, booth).contacts + contact(centre, booth).contacts

    assert booth.session.workplace.role_keys.can_close()
    first, *later = [each.role_holders for each in asked]
    assert first is not None
    assert later
    assert not any(later)


def test_a_supervisor_gets_the_key_where_headquarters_says_that_supervisors_work(
    centre: CentreHere, man: Callable[[str, Role], Manned], capsys: pytest.CaptureFixture[str]
) -> None:
    here = man("supervisor", Role.SUPERVISOR)
    say(centre, "supervisors", here.id)
    contact(centre, here)

    interview = here.closes_notes()

    assert here.reads(interview).readers is Readers.SUPERVISORS
    say(centre, "supervisors")
    assert f"{POST}  {here.id}" in capsys.readouterr().out


def test_a_booth_gets_no_key_though_a_supervisor_signs_in_there(
    centre: CentreHere, man: Callable[[str, Role], Manned]
) -> None:
    booth = man("booth", Role.SUPERVISOR)

    asked = contact(centre, booth).contacts[0].role_holders
    contact(centre, booth)

    assert asked is not None
    assert len(asked) == 1
    assert not any(booth.device.state.role_keys.values())
    assert not booth.device.state.asks_role_keys  # until the next supervisor signs in
    assert booth.reads(booth.closes_notes()).readers is Readers.OTHERS


def test_whom_headquarters_takes_off_gets_no_later_key(
    centre: CentreHere, man: Callable[[str, Role], Manned]
) -> None:
    here, lost = man("supervisor", Role.SUPERVISOR), man("lost", Role.OFFICER)
    say(centre, "supervisors", here.id)
    contact(centre, here)
    contact(centre, lost)
    say(centre, "supervisors", here.id, "--withdraw")
    say(centre, "revoke", lost.id, "--reason", "stolen")
    contact(centre, here)
    contact(centre, here)

    assert here.reads(here.closes_notes()).readers is Readers.OTHERS


def test_a_revocation_begins_a_new_key_and_notes_of_before_are_still_read(
    centre: CentreHere, man: Callable[[str, Role], Manned]
) -> None:
    here, lost = man("supervisor", Role.SUPERVISOR), man("lost", Role.SUPERVISOR)
    for each in (here, lost):
        say(centre, "supervisors", each.id)
        contact(centre, each)
    before = here.closes_notes()
    say(centre, "revoke", lost.id, "--reason", "stolen")
    contact(centre, here)
    contact(centre, here)
    lost.contact(Direct(centre, lost.device))
    after = here.closes_notes()

    first, second = (here.store.about(each.id, Grant)[0].record for each in (before, after))
    assert first.generation == 0 < second.generation
    assert here.reads(before).readers is here.reads(after).readers is Readers.SUPERVISORS
    assert second.generation not in lost.device.state.role_keys
    assert second.generation not in lost.device.state.role_publics


def test_an_unknown_workstation_is_named_to_the_staff(
    centre: CentreHere, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["supervisors", "--data", str(centre.folder.path), "OSH-01-XXXX"]) != 0
    assert "There is no workstation OSH-01-XXXX" in capsys.readouterr().err


def test_keys_for_slots_that_nobody_asked_for_are_not_kept(
    man: Callable[[str, Role], Manned],
) -> None:
    here = man("supervisor", Role.SUPERVISOR)

    role_keys.take(here.device, {0: RoleKey(bytes(32), {bytes([7] * 32): b"sealed"})})

    assert here.device.state.role_keys == {0: {}}


def test_what_is_no_key_of_a_slot_keeps_no_record_back(
    centre: CentreHere, man: Callable[[str, Role], Manned]
) -> None:
    here = man("supervisor", Role.SUPERVISOR)
    say(centre, "supervisors", here.id)
    here.device.update(role_holders=(bytes(32), *here.device.state.role_holders))

    contact(centre, here)

    [sealed] = here.device.state.role_keys.values()
    assert len(sealed) == 1
    assert len(centre.leaves(here.id)) == here.store.tip().position


def test_headquarters_exports_the_words_and_the_ledger_holds_ciphertext(
    centre: CentreHere, man: Callable[[str, Role], Manned], tmp_path: Path
) -> None:
    author = man("second-line", Role.SECOND_LINE)
    contact(centre, author)
    author.closes_notes()
    contact(centre, author)

    to = tmp_path / "export.jsonl"
    say(centre, "export", "--for", "Court", "--reason", "Order 7", "--out", str(to))

    written = [json.loads(line) for line in to.read_text().splitlines()]
    [interview] = [each["record"] for each in written if each["kind"] == "interview"]
    assert (interview["account"], interview["encrypted"]) == (SECRET, "")
    assert not any("leaf" in each for each in written)
    assert nothing_said_in(centre.ledger)
    say(centre, "erase", "--before", "2036-01-01", "--kind", "interview", "--reason", "Law 5")
    with centre.ledger.reading() as connection:
        kinds = connection.execute(
            sa.select(ledger.entry.c.kind).where(ledger.entry.c.body.is_not(None))
        )
        assert {"interview", "grant"}.isdisjoint(kinds.scalars())


def nothing_said_in(book: Ledger) -> bool:
    with book.reading() as connection:
        return not any(
            SECRET.encode() in repr(row).encode()
            for table in ledger.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
        )


# --- over the post's exchange, the centre away ---------------------------------------------------


@pytest.fixture
def exchange(sqlite_centre: RunningCentre, tmp_path: Path) -> Iterator[RunningExchange]:
    exchange = started(sqlite_centre, tmp_path / "exchange")
    yield exchange
    exchange.kill()


def enrolled_as(centre: RunningCentre, folder: Folder, who: Role) -> Folder:
    device = enrol(centre.provisioning(), folder)
    let_people_in(folder, device)
    here = Manned(folder, device, who=who)
    if who is Role.SUPERVISOR:
        centre.run("supervisors", here.id)
    with closing(line_of(read_provisioning(folder.provisioning), device)) as line:
        here.settle(line)
    here.close()
    cut_off(folder)
    return folder


def test_a_supervisor_at_another_pc_reads_them_while_the_centre_is_away(
    sqlite_centre: RunningCentre, exchange: RunningExchange, tmp_path: Path
) -> None:
    second_line, supervisor, booth = (
        enrolled_as(sqlite_centre, Folder(tmp_path / name), who)
        for name, who in (
            ("second-line", Role.SECOND_LINE),
            ("supervisor", Role.SUPERVISOR),
            ("booth", Role.OFFICER),
        )
    )
    sqlite_centre.stop()
    an_author = partial(Manned, who=Role.SECOND_LINE)
    a_supervisor = partial(Manned, who=Role.SUPERVISOR)

    with (
        Running(second_line, [exchange.url], at=an_author) as author,
        Running(supervisor, [exchange.url], at=a_supervisor) as reader,
        Running(booth, [exchange.url], at=a_supervisor) as beside,
    ):
        writing, reading, looking = author.here, reader.here, beside.here
        assert isinstance(writing, Manned)
        assert isinstance(reading, Manned)
        assert isinstance(looking, Manned)
        interview = author.do(writing.closes_notes)
        author.neighbours.recorded()
        granted = partial(_granted, interview)
        reader.sees(granted)
        beside.sees(granted)

        closed = reader.do(lambda: reading.reads(interview))
        assert closed.readers is Readers.SUPERVISORS
        assert closed.interview.record.account == SECRET
        assert author.do(lambda: writing.reads(interview)).readers is Readers.OTHERS
        assert beside.do(lambda: looking.reads(interview)).readers is Readers.OTHERS
        for running in (reader, beside):
            assert not running.do(partial(_says, running))
    assert SECRET.encode() not in exchange.holds()


def _says(running: Running) -> bool:
    """Whether an SQL query finds the words in any table."""
    tables = ("entries", "records", "checks", "search", "drafts", "attachments")
    found = (running.store._db.execute(f"select * from {table}").fetchall() for table in tables)  # noqa: S608
    return any(SECRET.encode() in repr(row).encode() for rows in found for row in rows)


def _granted(interview: Kept[Interview], store: Store) -> Grant | None:
    return next((each.record for each in store.about(interview.id, Grant)), None)


def test_the_centre_keeps_keys_apart_by_post_and_by_generation(centre: CentreHere) -> None:
    keys = CentreFolder(centre.folder.path).keys()
    made = {
        keys.role_key(post, Role.SUPERVISOR, generation)
        for post in (POST, "OSH-02")
        for generation in (0, 1, 2)
    }
    assert len(made | {keys.post_key(POST), keys.post_key(POST, 1)}) == 8
