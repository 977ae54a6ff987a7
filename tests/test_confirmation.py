"""A document that may be listed as stolen or lost: shown, recorded, and confirmed by the centre.

With the real server process, real HTTP, and what `checkpoint-server publish` makes.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from checkpoint_client.desk.findings import Weight
from checkpoint_client.desk.first_line import hits_of
from checkpoint_client.desk.hits import HitShow
from checkpoint_client.desk.screening import Answer
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import CheckDraft, Confirmation, Hit
from checkpoint_client.records.codes import HitOrigin, Role
from checkpoint_client.settings import Folder
from checkpoint_client.store import Kept
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist import Match, MatchKind, Traveller
from checkpoint_client.watchlist.lost_documents import Listing, match_of
from sync import engine
from sync.enrolment import enrol, line_of
from sync.https import Line
from sync.lists import Lists, Place
from sync.protocol import Contact, ContactReply, DocumentAnswer, DocumentQuestion, Provisioning
from tests.centre import RunningCentre
from tests.post import CHEAP, NOON, Post, a_document, a_draft, people
from ui.findings import FindingWords, RecordedHit
from ui.words import Words

LISTED = [f"A{number:07}" for number in range(400)]
STOLEN = LISTED[7]


def publish(centre: RunningCentre, numbers: Iterable[str]) -> None:
    file = centre.folder / "lost.txt"
    file.write_text("".join(f"UTO;{number}\n" for number in numbers))
    centre.run("publish", "--channel", "documents", str(file))


@dataclass
class Booth:
    """A session at an enrolled workstation, and its line to the centre."""

    session: SignedIn
    device: DeviceKey
    line: Line
    lists: Lists

    def contact(self) -> ContactReply:
        """One whole contact, and what it brings into force."""
        store = self.session.store
        request = engine.next_request(store, self.device, have=self.lists.have())
        reply = self.line.contact(request.contact)
        engine.confirm(store, self.device, reply)
        self.lists.take(reply, self.line, lambda *_: None)
        self.lists.put_into_force()
        return reply

    def admit(self, draft: CheckDraft) -> Kept[Hit]:
        """Let the traveller pass, who has one hit."""
        check = self.session.first_line.admit(draft).value
        [hit] = self.session.store.about(check.id, Hit)
        return hit

    def confirmations(self, hit: Kept[Hit]) -> list[Confirmation]:
        return [each.record for each in self.session.store.about(hit.id, Confirmation)]

    def shown(self, show: HitShow) -> list[str]:
        return [line.hit.id for line in self.session.hits.queue(show)]


@pytest.fixture
def provisioning(sqlite_centre: RunningCentre) -> Provisioning:
    return sqlite_centre.provisioning()


@pytest.fixture
def post(provisioning: Provisioning, tmp_path: Path) -> Post:
    folder = Folder(tmp_path / "workstation")
    state = enrol(provisioning, folder).state
    first, *others = people()
    Vault.create(
        folder.envelope,
        deployment=state.deployment,
        workstation=state.workstation,
        recovery_key=None,
        first=first,
        others=others,
        kdf=CHEAP,
    ).wipe()
    return Post(folder)


@pytest.fixture
def booth(post: Post, provisioning: Provisioning) -> Iterator[Booth]:
    device = DeviceKey.load(post.folder.device_key)
    with (
        post.session(Role.SUPERVISOR) as session,
        closing(line_of(provisioning, device)) as line,
    ):
        place = Place(
            folder=post.folder.path / "lists",
            root=provisioning.tuf_root,
            device=device,
            reference=lambda: Reference.open(post.folder.reference, session.unlocked.database_key),
            is_locked=lambda: False,
        )
        yield Booth(session, device, line, Lists(place, now=post.clock))


@pytest.fixture
def with_list(sqlite_centre: RunningCentre, booth: Booth) -> Booth:
    publish(sqlite_centre, LISTED)
    booth.contact()
    return booth


def stolen() -> CheckDraft:
    return a_draft(documents=(a_document(number=STOLEN),))


def test_a_published_list_is_in_force_after_a_contact(with_list: Booth) -> None:
    assert with_list.session.workplace.lists.versions() == {"documents": 1}


def test_a_listed_document_is_shown_as_something_to_confirm(with_list: Booth) -> None:
    findings = with_list.session.first_line.findings(stolen())

    [hit] = findings.hits
    assert (hit.match_kind, hit.level) == (MatchKind.DOC_FILTER.value, "check")
    assert (hit.list_id, hit.action) == ("documents", "CONTACT_OWNER_FIRST")
    [reason] = hit.evidence
    assert reason.code == "document-may-be-listed"
    assert reason.values == {"state": "UTO", "number": STOLEN}
    assert findings.weight is Weight.ATTENTION


def test_a_document_that_is_not_listed_shows_nothing(with_list: Booth) -> None:
    assert with_list.session.first_line.findings(a_draft()).hits == ()


def test_it_keeps_nobody_from_deciding_and_is_recorded(with_list: Booth) -> None:
    hit = with_list.admit(stolen())

    assert hit.record.match_kind == "DOC_FILTER"
    assert hit.record.visibility == "FIRST_LINE"
    assert (hit.record.list_id, hit.record.list_version) == ("documents", 1)
    assert with_list.shown(HitShow.POSSIBLE) == [hit.id]


def test_the_next_contact_confirms_it_and_somebody_has_work(with_list: Booth) -> None:
    hit = with_list.admit(stolen())

    with_list.contact()

    assert with_list.confirmations(hit) == [
        Confirmation(hit_id=hit.id, listed=True, list_version=1)
    ]
    assert with_list.shown(HitShow.OPEN) == [hit.id]
    assert with_list.shown(HitShow.POSSIBLE) == []


def test_what_was_answered_stands_beside_the_hit(with_list: Booth) -> None:
    hit = with_list.admit(stolen())
    with_list.contact()

    view = with_list.session.log.view(hit.record.check_id)
    case = with_list.session.hits.open(hit.id).value

    assert [each.record.listed for each in view.confirmations] == [True]
    assert case.confirmation
    assert case.confirmation.record.listed
    assert case.alert  # it is still listed


def test_the_next_officer_is_told_what_headquarters_said_of_this_document(
    with_list: Booth,
) -> None:
    first_line = with_list.session.first_line
    [before] = first_line.findings(stolen()).hits
    with_list.admit(stolen())
    with_list.contact()

    [now] = first_line.findings(stolen()).hits

    assert before.confirmation is None
    assert now.confirmation
    assert now.confirmation.listed


def test_a_number_that_is_listed_no_more_is_denied_and_waits_for_nobody(
    with_list: Booth, sqlite_centre: RunningCentre
) -> None:
    hit = with_list.admit(stolen())
    publish(sqlite_centre, [number for number in LISTED if number != STOLEN])

    with_list.contact()

    assert with_list.confirmations(hit) == [
        Confirmation(hit_id=hit.id, listed=False, list_version=2)
    ]
    assert with_list.shown(HitShow.POSSIBLE) == [hit.id]


def test_a_question_is_asked_until_it_is_answered_and_then_no_more(with_list: Booth) -> None:
    hit = with_list.admit(stolen())
    store, device = with_list.session.store, with_list.device
    unanswered = engine.next_request(store, device, have={}).contact
    asked_again = engine.next_request(store, device, have={}).contact

    with_list.contact()

    assert [each.hit_id for each in unanswered.documents] == [hit.id]
    assert asked_again.documents == unanswered.documents
    assert engine.next_request(store, device, have={}).contact.documents == []


def test_an_answer_that_comes_twice_is_recorded_once(with_list: Booth) -> None:
    hit = with_list.admit(stolen())

    reply = with_list.contact()
    engine.confirm(with_list.session.store, with_list.device, reply)

    assert len(with_list.confirmations(hit)) == 1


def test_the_answer_travels_in_the_journal(with_list: Booth, sqlite_centre: RunningCentre) -> None:
    with_list.admit(stolen())
    with_list.contact()

    with_list.contact()

    [entry] = sqlite_centre.entries("--kind", "confirmation")
    assert entry["workstation"] == with_list.device.state.workstation


def test_a_centre_without_the_list_answers_nothing(
    with_list: Booth, sqlite_centre: RunningCentre
) -> None:
    for path in (sqlite_centre.folder / "documents").iterdir():
        path.unlink()
    hit = with_list.admit(stolen())

    reply = with_list.contact()

    assert reply.documents == []
    assert with_list.confirmations(hit) == []


def test_answers_to_what_nobody_asked_are_not_recorded(with_list: Booth) -> None:
    reply = with_list.contact()
    foreign = msgspec.structs.replace(reply, documents=[DocumentAnswer("another", True, 1)])
    before = with_list.session.store.tip()

    engine.confirm(with_list.session.store, with_list.device, foreign)

    assert with_list.session.store.tip() == before


def test_programs_of_before_and_after_understand_each_other(with_list: Booth) -> None:
    """Members that one side does not know are passed over, those that are missing are empty."""
    with_list.admit(stolen())
    contact = engine.next_request(with_list.session.store, with_list.device, have={}).contact
    reply = msgspec.structs.replace(with_list.contact(), documents=[DocumentAnswer("hit", True, 1)])
    for message in (contact, reply):
        assert message.documents
        before = _of_before(type(message))

        packed = msgspec.msgpack.encode(message)
        read = msgspec.msgpack.decode(packed, type=before)
        again = msgspec.msgpack.decode(msgspec.msgpack.encode(read), type=type(message))

        assert again == msgspec.structs.replace(message, documents=[])


def test_a_question_holds_no_number(with_list: Booth) -> None:
    with_list.admit(stolen())

    [question] = engine.next_request(
        with_list.session.store, with_list.device, have={}
    ).contact.documents

    assert isinstance(question, DocumentQuestion)
    assert len(question.key) == 8
    assert STOLEN.encode() not in msgspec.msgpack.encode(question)


def _of_before(kind: type[Contact] | type[ContactReply]) -> type[msgspec.Struct]:
    """The same message before it could speak of documents."""
    known = [
        (each.encode_name, each.type, msgspec.field(default=each.default))
        if each.default is not msgspec.NODEFAULT
        else (each.encode_name, each.type, msgspec.field(default_factory=each.default_factory))
        if each.default_factory is not msgspec.NODEFAULT
        else (each.encode_name, each.type)
        for each in msgspec.structs.fields(kind)
        if each.encode_name != "documents"
    ]
    return msgspec.defstruct("Before", known, kw_only=True)


@pytest.mark.parametrize(
    ("listed", "said"),
    [(None, "has not confirmed"), (True, "confirms: stolen or lost"), (False, "says: not stolen")],
)
def test_the_card_of_a_hit_says_what_headquarters_said(
    qtbot: QtBot, listed: bool | None, said: str
) -> None:
    confirmation = (
        None if listed is None else Confirmation(hit_id="hit", listed=listed, list_version=3)
    )

    card = RecordedHit(hit_of(match_of(a_listing())), FindingWords(Words()), confirmation)
    qtbot.addWidget(card)

    words = [label.text() for label in card.findChildren(QLabel)]
    assert any(f"document {STOLEN} of UTO may be listed" in each for each in words)
    assert any(said in each for each in words)


def a_listing() -> Listing:
    return Listing(state="UTO", number=STOLEN, version=3)


def hit_of(match: Match) -> Hit:
    answer = Answer(traveller=Traveller(), day=NOON.date(), lists=(), matches=(match,))
    [hit] = hits_of("check", answer, HitOrigin.AT_CHECK)
    return hit
