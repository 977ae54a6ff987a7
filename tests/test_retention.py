"""What is past its time is erased where it lay, and nothing that the centre could still lose."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from checkpoint_client.desk.session import SignedIn
from checkpoint_client.journal.body import decode, unpack
from checkpoint_client.records import ReferralDraft, WorkstationEvent
from checkpoint_client.records.codes import ReferralReason, Role, WorkstationStep
from checkpoint_client.store import BACKED_UP, RECEIVED
from checkpoint_client.store.log import LogQuery
from checkpoint_client.vault.device import DeviceKey
from tests.post import Post, a_draft, set_up

NAME = "KVYXTOROV"
PAGE, RESERVED = 4096, 80
DAYS_KEPT = 90


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(set_up(tmp_path / "post"))


def admit(post: Post, name: str = NAME) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.admit(a_draft(primary_identifier=name))


def at_centre(session: SignedIn, *, backed_up: bool = True) -> None:
    """The centre has said that it holds the journal, and what time it is."""
    tip = session.store.tip().position
    session.store.set_mark(RECEIVED, tip)
    session.store.set_mark(BACKED_UP, tip if backed_up else 0)
    session.store.clock.heard(session.store.clock.now())


def pages_of(post: Post) -> bytes:
    """The decrypted pages of the records' file, free ones too (SQLCipher 4: AES-256-CBC)."""
    with post.session(Role.AUDITOR) as auditor:
        key = bytes(auditor.unlocked.database_key[:32])
    content = post.folder.records.read_bytes()
    plain = bytearray()
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        decryptor = Cipher(AES256(key), CBC(vector)).decryptor()
        plain += decryptor.update(page[16 if start == 0 else 0 : PAGE - RESERVED])
    return bytes(plain)


def logged(session: SignedIn) -> int:
    return session.log.search(LogQuery()).total


def test_what_is_old_and_backed_up_is_found_nowhere_in_the_file(post: Post) -> None:
    admit(post)
    assert NAME.encode() in pages_of(post)
    post.clock.forward(days=DAYS_KEPT + 1)
    with post.session(Role.AUDITOR) as auditor:
        at_centre(auditor)

    assert NAME.encode() not in pages_of(post)
    assert NAME.lower().encode() not in pages_of(post)
    with post.session(Role.AUDITOR) as auditor:
        assert logged(auditor) == 0
        assert auditor.administration.verify().journals == 1


def test_that_it_was_erased_is_written_down(post: Post) -> None:
    admit(post)
    post.clock.forward(days=DAYS_KEPT + 1)
    with post.session(Role.AUDITOR) as auditor:
        at_centre(auditor)

    with post.session(Role.AUDITOR) as auditor:
        entries = auditor.store.entries(0, limit=100, max_bytes=1_000_000)
    events = [unpack(decode(entry.body)) for entry in entries if entry.body]
    assert WorkstationEvent(step=WorkstationStep.ERASED, details={"check": "1"}) in events


@pytest.mark.parametrize(
    ("days", "backed_up"), [(DAYS_KEPT + 1, False), (DAYS_KEPT - 1, True)], ids=["alone", "young"]
)
def test_what_is_not_backed_up_or_young_stays(post: Post, days: int, backed_up: bool) -> None:
    admit(post)
    post.clock.forward(days=days)
    with post.session(Role.AUDITOR) as auditor:
        at_centre(auditor, backed_up=backed_up)

    with post.session(Role.AUDITOR) as auditor:
        assert logged(auditor) == 1


def test_a_clock_that_runs_ahead_erases_nothing(post: Post) -> None:
    admit(post)
    with post.session(Role.AUDITOR) as auditor:
        at_centre(auditor)
        post.clock.forward(days=DAYS_KEPT + 1)

    with post.session(Role.AUDITOR) as auditor:
        assert logged(auditor) == 1


def test_a_traveller_who_still_waits_stays(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(
            a_draft(primary_identifier=NAME), ReferralDraft(reason=ReferralReason.STAY_DOUBT)
        )
    post.clock.forward(days=DAYS_KEPT + 1)
    with post.session(Role.AUDITOR) as auditor:
        at_centre(auditor)

    with post.session(Role.AUDITOR) as auditor:
        assert logged(auditor) == 1


def test_a_withdrawn_check_goes_with_its_withdrawal(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.admit(a_draft(primary_identifier=NAME))
        officer.first_line.take_back()
    post.clock.forward(days=DAYS_KEPT + 1)
    with post.session(Role.AUDITOR) as auditor:
        at_centre(auditor)

    with post.session(Role.AUDITOR) as auditor:
        assert auditor.administration.verify().journals == 1
        entries = auditor.store.entries(0, limit=100, max_bytes=1_000_000)
    assert sum(entry.body is None for entry in entries) == 2


def test_what_came_again_in_a_new_journal_is_erased_in_both(post: Post) -> None:
    admit(post)
    DeviceKey.load(post.folder.device_key).update(journal_position=99)
    post.clock.forward(days=DAYS_KEPT + 1)
    with post.session(Role.AUDITOR) as auditor:
        assert auditor.store.origin.incarnation == 2
        at_centre(auditor)

    assert NAME.encode() not in pages_of(post)
    with post.session(Role.AUDITOR) as auditor:
        assert auditor.administration.verify().journals == 2
