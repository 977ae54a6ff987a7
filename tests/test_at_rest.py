"""What a thief finds in the files after a whole session: none of what was typed."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import (
    AddendumDraft,
    AmendmentDraft,
    Change,
    ExchangeDraft,
    OutcomeDraft,
    ReferralDraft,
    RefusalDraft,
    VehicleDraft,
)
from checkpoint_client.records.codes import (
    AmendReason,
    ConsultReason,
    OutcomeDecision,
    ReferralReason,
    RefusalGround,
    Role,
    Signing,
)
from checkpoint_client.records.register import RegisterLine
from checkpoint_client.settings import Folder
from checkpoint_client.store import Store
from checkpoint_client.store.log import LogQuery
from checkpoint_client.vault.device import DeviceKey
from sync import bundle
from tests.post import (
    PASSPHRASE,
    Post,
    a_document,
    a_draft,
    an_alert,
    entries_of,
    put_list,
    read_hits,
)

TYPED = {
    "surname": "ZAVERTYAEVSKY",
    "native name": "ЗАВЕРТЯЕВСКИЙ",
    "half-typed surname": "QUARTERMAINE",
    "document number": "ZX7719024",
    "national number": "740812400123",
    "plate": "07KBZ331",
    "destination": "Arslanbob village",
    "remarks": "Hands were trembling noticeably",
    "referral note": "Photograph shows somebody else",
    "national ground": "Paragraph fifty-one, clause seven",
    "question": "Whose suitcase is it?",
    "answer": "Берёзовый чемодан брата",
    "half-typed answer": "He whispers about the bridge",
    "account": "Walked across the mountain pass",
    "addendum": "Returned for his umbrella",
    "outcome note": "Brother was telephoned",
    "amended surname": "ZAVERTYAYEVSKAYA",
    "amendment note": "Misheard at the window",
    "consultation note": "Complaint from his employer",
    "search": "trembling umbrella",
    "review note": "Where is the suitcase now?",
    "register name": "OLDREGISTERMAN",
    "alert name": "BLACKMOREWANTED",
    "pass-phrase": PASSPHRASE,
}
"""Everything that people type in the session below, and names from the list."""


@dataclass
class SpoolingPost(Post):
    """A post whose tail is spooled for the centre, as in the product."""

    def _spool(self, store: Store) -> None:
        assert bundle.spool(store, DeviceKey.load(self.folder.device_key), self.folder.spool)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process and SQLite put their temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def post(tmp_path: Path, new_workstation: Path, temporary: Path) -> Iterator[Post]:
    """A workstation that knows its centre's key, with every log message in its log file."""
    assert temporary.is_dir()
    folder = Folder(tmp_path / "data")
    shutil.copytree(new_workstation, folder.path)
    centre = X25519PrivateKey.generate().public_key().public_bytes_raw()
    DeviceKey.load(folder.device_key).update(centre_key=centre)
    handler = logging.FileHandler(folder.log, encoding="utf-8")
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield SpoolingPost(folder)
    root.setLevel(level)
    root.removeHandler(handler)
    handler.close()


def test_nothing_typed_is_readable_in_any_file(post: Post, temporary: Path) -> None:
    officer = at_the_booth(post)
    during = readable(post.folder.path, temporary)
    recorded = b"".join(entry.body or b"" for entry in entries_of(officer.store)).decode()
    post.door().lock(officer)
    at_second_line(post)
    at_the_supervisors_desk(post)

    assert TYPED["native name"] in recorded  # so it was there to be found
    assert list(post.folder.spool.iterdir())
    assert during == {}
    assert readable(post.folder.path, temporary) == {}


def test_a_clear_text_anywhere_would_be_noticed(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        (tmp_path / encoding).write_bytes(b"\x01" + TYPED["native name"].lower().encode(encoding))

    assert readable(tmp_path) == {
        encoding: {"native name"} for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }


def at_the_booth(post: Post) -> SignedIn:
    """An officer's session, still open, with the write-ahead log on the disk."""
    officer = post.sign_in(Role.OFFICER)
    put_list(officer, an_alert("A-1", names=(f"{TYPED['alert name']}, JOHN", TYPED["surname"])))
    draft = a_draft(
        primary_identifier=TYPED["surname"],
        name_native=TYPED["native name"],
        national_number=TYPED["national number"],
        documents=(a_document(number=TYPED["document number"]),),
        vehicle=VehicleDraft(plate=TYPED["plate"]),
        destination=TYPED["destination"],
        remarks=TYPED["remarks"],
    )
    officer.first_line.keep_draft(draft)
    read_hits(officer, draft)
    check = officer.first_line.refer(
        draft, ReferralDraft(reason=ReferralReason.POSSIBLE_HIT, note=TYPED["referral note"])
    ).value
    read_hits(officer, draft)
    officer.first_line.refuse(
        draft,
        RefusalDraft(grounds=(RefusalGround.NATIONAL,), national_ground=TYPED["national ground"]),
    )
    officer.log.search(LogQuery(text=TYPED["search"]))
    officer.log.amend(
        check.id,
        AmendmentDraft(
            changes=(
                Change(
                    field="person.primary_identifier",
                    before=TYPED["surname"],
                    after=TYPED["amended surname"],
                ),
            ),
            reason=AmendReason.TYPING_ERROR,
            note=TYPED["amendment note"],
        ),
    )
    officer.first_line.keep_draft(a_draft(primary_identifier=TYPED["half-typed surname"]))
    return officer


def at_second_line(post: Post) -> None:
    with post.session(Role.SECOND_LINE) as session:
        first, second = session.second_line.waiting()
        case = session.second_line.open(first.referral.id).value
        notes = replace(
            case.draft,
            language="ru",
            exchanges=(
                ExchangeDraft(
                    asked_at=post.clock.time, question=TYPED["question"], answer=TYPED["answer"]
                ),
            ),
            account=TYPED["account"],
            signing=Signing.SIGNED,
        )
        session.second_line.keep_interview(notes)
        interview = session.second_line.close_interview(notes).value
        session.second_line.add_addendum(interview.id, AddendumDraft(note=TYPED["addendum"]))
        session.second_line.send_outcome(
            first.referral.id,
            OutcomeDraft(decision=OutcomeDecision.REFER_POLICE, note=TYPED["outcome note"]),
        )
        other = session.second_line.open(second.referral.id).value.draft
        half = ExchangeDraft(asked_at=post.clock.time, answer=TYPED["half-typed answer"])
        session.second_line.keep_interview(replace(other, exchanges=(half,)))


def at_the_supervisors_desk(post: Post) -> None:
    with post.session(Role.SUPERVISOR) as session:
        [row, *_] = session.supervisor.to_review().rows
        view = session.log.open(row.id, ConsultReason.COMPLAINT, TYPED["consultation note"]).value
        session.supervisor.question(view, TYPED["review note"])
        session.administration.take_over(
            RegisterLine(
                crossed_at="2025-01-01T08:00",
                direction="ENTRY",
                primary_identifier=TYPED["register name"],
            )
        )
        session.administration.rebuild()
        session.administration.verify()


def readable(*folders: Path) -> dict[str, set[str]]:
    """By file: what of the typed can be read in it, in any case and usual encoding of text."""
    found = {}
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        there = {what for what, text in TYPED.items() if any(c in content for c in forms(text))}
        if there:
            found[path.name] = there
    return found


def forms(text: str) -> Iterator[bytes]:
    for spelled in {text, text.upper(), text.lower()}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield spelled.encode(encoding)
