"""Attachments: durable before an entry names them, nothing in clear, nothing left behind."""

import os
import resource
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from checkpoint_client.desk import Refused
from checkpoint_client.desk.media import MOST_PIXELS, MOST_SCANS
from checkpoint_client.desk.second_line import Case
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.journal.body import decode
from checkpoint_client.records import (
    AdjudicationDraft,
    Attachment,
    Consultation,
    ExchangeDraft,
    HitWork,
    Interview,
    InterviewDraft,
    OutcomeDraft,
    Problem,
    ReferralDraft,
)
from checkpoint_client.records.attachments import LARGEST_ATTACHMENT, MOST_ATTACHMENTS
from checkpoint_client.records.codes import (
    AdjudicationReason,
    ConsultAction,
    ConsultReason,
    HitVerdict,
    OutcomeDecision,
    ReferralReason,
    Role,
    Signing,
)
from checkpoint_client.store import BACKED_UP, RECEIVED, Kept, NotHere, Unusable
from checkpoint_client.vault import pieces
from checkpoint_client.vault.errors import CannotOpen
from tests.papers import PDF_TEXT, a_jpeg, a_pdf, a_png, a_png_that_claims, put
from tests.post import NOON, Post, a_draft, an_alert, entries_of, put_list, read_hits, set_up

DOUBT = ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT)
DAYS_KEPT = 366 * 5
SECRET = b"ERIKSSON ANNA MARIA, passport page"


@pytest.fixture
def second_line(post: Post) -> Iterator[SignedIn]:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), DOUBT)
    with post.session(Role.SECOND_LINE) as session:
        yield session


@pytest.fixture
def case(second_line: SignedIn) -> Case:
    return opened(second_line)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def opened(session: SignedIn) -> Case:
    [waiting] = session.second_line.waiting()
    return session.second_line.open(waiting.referral.id).value


def noted(draft: InterviewDraft, *attachments: Attachment) -> InterviewDraft:
    question = ExchangeDraft(asked_at=NOON, question="Where to?", answer="To Osh.")
    return replace(
        draft,
        language="uz",
        exchanges=(question,),
        signing=Signing.SIGNED,
        attachments=attachments,
    )


def taken(session: SignedIn, draft: InterviewDraft, path: Path) -> Attachment:
    """A file taken in, all its steps."""
    attaching = session.second_line.attach(draft, path)
    while (attachment := attaching.step()) is None:
        pass
    return attachment


def closed_with(session: SignedIn, draft: InterviewDraft, *paths: Path) -> Kept[Interview]:
    attachments = [taken(session, draft, path) for path in paths]
    return session.second_line.close_interview(noted(draft, *attachments)).value


def files_of(session: SignedIn) -> set[str]:
    folder = session.store.attachments.folder
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    [problem] = refused.value.problems
    return problem.code


# taken in


def test_an_entry_names_its_attachments_and_the_reader_sees_what_was_taken_in(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    photograph, pdf = a_jpeg(), a_pdf()

    kept = closed_with(
        second_line,
        case.draft,
        put(stick, "page 2.JPG", photograph),
        put(stick, "letter.pdf", pdf),
    )

    found = second_line.store.attachments_of(kept.id)
    assert [each.attachment.title for each in found] == ["page 2", "letter"]
    assert [each.attachment.media_type for each in found] == ["image/jpeg", "application/pdf"]
    contents = [second_line.second_line.content_of(each.attachment) for each in found]
    assert contents == [photograph, pdf]
    [entry] = second_line.store.entries(kept.position - 1, limit=1, max_bytes=1)
    assert decode(entry.body or b"").attachments == tuple(each.attachment for each in found)


@pytest.mark.parametrize("size", [0, 1, pieces.PIECE - 1, pieces.PIECE, pieces.PIECE + 1, 200_000])
def test_every_length_comes_back_as_it_was(
    second_line: SignedIn, case: Case, stick: Path, size: int
) -> None:
    content = a_png(noise=size)

    attachment = taken(second_line, case.draft, put(stick, "page.png", content))

    assert second_line.second_line.content_of(attachment) == content
    assert attachment.size == pieces.locked_size(len(content))
    assert second_line.store.attachments.has(attachment)


def test_a_file_is_taken_in_piece_by_piece(second_line: SignedIn, case: Case, stick: Path) -> None:
    path = put(stick, "page.png", a_png(noise=10 * pieces.PIECE))
    attaching = second_line.second_line.attach(case.draft, path)

    steps = 1
    while attaching.step() is None:
        steps += 1

    assert steps > 10


def test_nothing_stands_in_clear_on_the_disk(
    second_line: SignedIn, case: Case, stick: Path, post: Post
) -> None:
    pdf = b"%PDF-1.7\n" + SECRET + b"\n%%EOF"

    closed_with(second_line, case.draft, put(stick, "letter of Eriksson.pdf", pdf))

    for path in (each for each in post.folder.path.rglob("*") if each.is_file()):
        assert SECRET not in path.read_bytes(), path
        assert "Eriksson" not in path.name


def test_an_altered_file_is_not_shown(second_line: SignedIn, case: Case, stick: Path) -> None:
    attachment = taken(second_line, case.draft, put(stick, "page.pdf", a_pdf()))
    path = second_line.store.attachments.path_of(attachment.address)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)

    assert code_of(lambda: second_line.second_line.content_of(attachment)) == "not-here"


def test_a_cut_piece_or_another_key_opens_nothing() -> None:
    key = bytes(32)
    locked = b"".join(pieces.lock([bytes(100_000)], key, mark=b"CPA1\x01", about=b"a"))

    def open_it(content: bytes, key: bytes = key, about: bytes = b"a") -> bytes:
        return b"".join(pieces.unlock([content], key, mark=b"CPA1\x01", about=about))

    assert open_it(locked) == bytes(100_000)
    for wrong in (locked[:-1], locked[: 16 + pieces.PIECE + 16], locked[:10], locked + b"0"):
        with pytest.raises(CannotOpen):
            open_it(wrong)
    with pytest.raises(CannotOpen):
        open_it(locked, bytes(31) + b"1")
    with pytest.raises(CannotOpen):
        open_it(locked, about=b"b")


# refused


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("notes.txt", b"words", "not-a-kind"),
        ("empty.pdf", b"", "not-a-kind"),
        ("program.jpg", b"MZ\x90\x00" + bytes(100), "not-a-kind"),
        ("page.jpg", a_png(), "misnamed"),
        ("page.exe", a_pdf(), "misnamed"),
        ("page.pdf", b"%PDF-1.7\ncut", "damaged"),
        ("page.png", a_png()[:20], "damaged"),
        ("page.png", a_png_that_claims(0, 10), "damaged"),
        ("page.jpg", a_jpeg()[:1000], "damaged"),
        ("page.jpg", b"\xff\xd8\xff\xe0\x00\x00" + bytes(50), "damaged"),
        ("bomb.png", a_png_that_claims(60_000, 60_000), "too-many-pixels"),
        ("bomb.jpg", a_jpeg(65_000, 65_000), "too-many-pixels"),
        ("slow.jpg", a_jpeg(scans=MOST_SCANS + 1), "too-many-pixels"),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_leaves_nothing(
    second_line: SignedIn, case: Case, stick: Path, name: str, content: bytes, code: str
) -> None:
    path = put(stick, name, content)

    assert code_of(lambda: taken(second_line, case.draft, path)) == code
    assert files_of(second_line) == set()


def test_what_is_just_within_the_limits_is_taken(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    largest = a_png(noise=LARGEST_ATTACHMENT - len(a_png(noise=1)) + 1)
    assert len(largest) == LARGEST_ATTACHMENT

    assert taken(second_line, case.draft, put(stick, "large.png", largest))
    widest = a_jpeg(8_000, MOST_PIXELS // 8_000, scans=MOST_SCANS)
    assert taken(second_line, case.draft, put(stick, "wide.jpeg", widest))


def test_what_is_too_large_is_refused_before_it_is_read(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    path = put(stick, "large.png", a_png())
    os.truncate(path, LARGEST_ATTACHMENT + 1)

    assert code_of(lambda: taken(second_line, case.draft, path)) == "too-large"


def test_a_file_that_grows_while_it_is_read_is_refused(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    path = put(stick, "page.png", a_png(noise=200_000))
    attaching = second_line.second_line.attach(case.draft, path)
    attaching.step()
    with path.open("ab") as file:
        file.write(bytes(LARGEST_ATTACHMENT))

    def all_steps() -> None:
        while attaching.step() is None:
            pass

    assert code_of(all_steps) == "too-large"
    assert files_of(second_line) == set()


def test_what_is_no_file_is_refused_and_keeps_nobody_waiting(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    stick.mkdir()
    os.mkfifo(stick / "pipe.png")

    for name in ("pipe.png", "not-there.png", "."):
        assert code_of(lambda name=name: taken(second_line, case.draft, stick / name)) == (  # type: ignore[misc]
            "not-a-file"
        )


def test_a_record_takes_so_many_and_no_more(second_line: SignedIn, case: Case, stick: Path) -> None:
    path = put(stick, "page.png", a_png())
    attachments = [taken(second_line, case.draft, path) for _ in range(MOST_ATTACHMENTS)]
    full = noted(case.draft, *attachments)

    assert code_of(lambda: second_line.second_line.attach(full, path)) == "too-many"
    one_more = replace(full, attachments=(*full.attachments, attachments[0]))
    assert Problem("attachments", "too-many") in one_more.problems()


def test_an_attachment_needs_a_title(second_line: SignedIn, case: Case, stick: Path) -> None:
    attachment = taken(second_line, case.draft, put(stick, "page.png", a_png()))

    draft = noted(case.draft, replace(attachment, title=" "))

    assert draft.problems() == [Problem("attachments.0", "missing")]


def test_a_disk_that_takes_no_more_is_said_and_nothing_is_left(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    path = put(stick, "page.png", a_png(noise=500_000))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(Unusable):
            taken(second_line, case.draft, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert files_of(second_line) == set()
    assert taken(second_line, case.draft, path)


def test_a_folder_that_cannot_be_made_is_said(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    second_line.store.attachments.folder.write_bytes(b"")  # a file where the folder should be

    with pytest.raises(Unusable):
        taken(second_line, case.draft, put(stick, "page.png", a_png()))


# durable before it is named


def test_no_entry_names_what_is_not_on_the_disk(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    attachment = taken(second_line, case.draft, put(stick, "page.png", a_png()))
    second_line.store.attachments.remove(attachment.address)
    before = second_line.store.tip()

    draft = noted(case.draft, attachment)

    assert code_of(lambda: second_line.second_line.close_interview(draft)) == "not-here"
    assert second_line.store.tip() == before
    record = case.check.record
    with pytest.raises(NotHere):
        second_line.store.append(record, attachments=[attachment])


def test_what_was_given_up_leaves_nothing(second_line: SignedIn, case: Case, stick: Path) -> None:
    attaching = second_line.second_line.attach(
        case.draft, put(stick, "page.png", a_png(noise=500_000))
    )
    attaching.step()
    attaching.step()
    assert len(files_of(second_line)) == 1

    attaching.give_up()

    assert files_of(second_line) == set()


def test_what_is_taken_out_of_open_notes_goes_at_once(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    attachment = taken(second_line, case.draft, put(stick, "page.png", a_png()))

    second_line.second_line.take_out(attachment)

    assert files_of(second_line) == set()


def test_what_an_entry_names_is_not_taken_out(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    kept = closed_with(second_line, case.draft, put(stick, "page.png", a_png()))
    [found] = second_line.store.attachments_of(kept.id)

    second_line.second_line.take_out(found.attachment)

    assert files_of(second_line) == {found.attachment.address}


def test_open_notes_keep_their_attachments_over_a_lock(post: Post, stick: Path) -> None:
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), DOUBT)
    with post.session(Role.SECOND_LINE) as session:
        draft = opened(session).draft
        attachment = taken(session, draft, put(stick, "page.png", a_png()))
        session.second_line.keep_interview(noted(draft, attachment))
    post.clock.forward(days=400)

    with post.session(Role.SECOND_LINE) as session:
        draft = opened(session).draft
        assert draft.attachments == (attachment,)
        assert session.second_line.close_interview(draft)


def test_what_a_power_cut_left_without_an_entry_is_swept_in_time(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    """Not at once: of records put back from a backup the centre may still ask for it."""
    kept = closed_with(second_line, case.draft, put(stick, "page.png", a_png()))
    [named] = second_line.store.attachments_of(kept.id)
    folder = second_line.store.attachments.folder
    now = second_line.store.clock.now()
    for name, age in {"ab" * 8 + ".new": 31, "cd" * 32: 31, "ef" * 32: 29}.items():
        lost = put(folder, name, b"")
        at = (now - timedelta(days=age)).timestamp()
        os.utime(lost, (at, at))
    os.utime(folder / named.attachment.address, (0, 0))

    second_line.store.sweep_attachments()

    assert files_of(second_line) == {named.attachment.address, "ef" * 32}


def test_the_tables_say_what_the_journal_says(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    paths = [put(stick, f"{number}.png", a_png()) for number in range(3)]
    kept = closed_with(second_line, case.draft, *paths)
    before = second_line.store.attachments_of(kept.id)

    second_line.store.rebuild()

    assert second_line.store.attachments_of(kept.id) == before
    assert second_line.store.verify(second_line.store.session_keys()).journals == 1


# sent and erased


def at_centre(session: SignedIn, *addresses: str) -> None:
    """The centre has said what time it is and that it holds all entries and these attachments."""
    tip = session.store.tip().position
    session.store.set_mark(RECEIVED, tip)
    session.store.set_mark(BACKED_UP, tip)
    session.store.clock.heard(session.store.clock.now())
    for address in addresses:
        session.store.attachment_received(address)


def test_an_attachment_waits_until_its_entry_is_at_the_centre(
    second_line: SignedIn, case: Case, stick: Path
) -> None:
    store = second_line.store
    kept = closed_with(second_line, case.draft, put(stick, "page.png", a_png()))
    [found] = store.attachments_of(kept.id)
    address = found.attachment.address

    assert store.attachments_to_send(10) == []
    store.set_mark(RECEIVED, kept.position)
    assert store.attachments_to_send(10) == [address]
    store.attachment_received(address)
    assert store.attachments_to_send(10) == []
    [found] = store.attachments_of(kept.id)
    assert found.is_received
    store.attachments_wanted([address])
    assert store.attachments_to_send(10) == [address]


@pytest.fixture
def old_post(tmp_path: Path) -> Post:
    return Post(set_up(tmp_path / "post"))


def long_ago(post: Post, stick: Path) -> str:
    """An interview with an attachment, its outcome sent; the address, years later."""
    with post.session(Role.OFFICER) as officer:
        officer.first_line.refer(a_draft(), DOUBT)
    with post.session(Role.SUPERVISOR) as session:
        case = opened(session)
        kept = closed_with(session, case.draft, put(stick, "page.png", a_png()))
        admit = OutcomeDraft(decision=OutcomeDecision.ADMIT)
        session.second_line.send_outcome(case.referral.id, admit)
        [found] = session.store.attachments_of(kept.id)
    post.clock.forward(days=DAYS_KEPT)
    return found.attachment.address


def test_what_is_past_its_time_takes_its_attachments_with_it(old_post: Post, stick: Path) -> None:
    address = long_ago(old_post, stick)
    with old_post.session(Role.AUDITOR) as auditor:
        at_centre(auditor, address)

    with old_post.session(Role.AUDITOR) as auditor:
        assert files_of(auditor) == set()
        assert auditor.store.attachments_to_send(10) == []
        assert auditor.administration.verify().journals == 1
        bodies = [entry.body for entry in entries_of(auditor.store) if entry.body]
    assert not any(address.encode() in body for body in bodies)


def test_what_the_centre_has_not_whole_stays_with_its_attachments(
    old_post: Post, stick: Path
) -> None:
    address = long_ago(old_post, stick)
    with old_post.session(Role.AUDITOR) as auditor:
        at_centre(auditor)

    with old_post.session(Role.AUDITOR) as auditor:
        assert files_of(auditor) == {address}
        assert auditor.store.attachments_to_send(10) == [address]


def test_a_file_that_a_power_cut_kept_from_being_removed_goes_the_next_time(
    old_post: Post, stick: Path
) -> None:
    address = long_ago(old_post, stick)
    with old_post.session(Role.AUDITOR) as auditor:
        at_centre(auditor, address)
        told = auditor.store.clock.now()
        days = {kind: 1 for kind in ("check", "referral", "interview", "outcome", "consultation")}
        auditor.store.erase(days, now=told, most=100)  # and here the power is cut
        assert files_of(auditor) == {address}

    assert not (old_post.folder.attachments / address).exists()


# shown and given away


def test_a_record_shows_its_attachments_to_who_may_see_interviews(post: Post, stick: Path) -> None:
    with post.session(Role.OFFICER) as officer:
        check = officer.first_line.refer(a_draft(), DOUBT).value
    with post.session(Role.SECOND_LINE) as session:
        closed_with(session, opened(session).draft, put(stick, "page.png", a_png()))

    with post.session(Role.SUPERVISOR) as session:
        [attachment] = session.log.view(check.id).attachments()
        assert session.log.content_of(attachment)
    with post.session(Role.OFFICER) as officer:
        assert officer.log.view(check.id).attachments() == ()


def test_an_export_is_written_down_with_its_reason(post: Post, stick: Path) -> None:
    with post.session(Role.OFFICER) as officer:
        check = officer.first_line.refer(a_draft(), DOUBT).value
    with post.session(Role.SECOND_LINE) as session:
        closed_with(session, opened(session).draft, put(stick, "letter.pdf", a_pdf()))
    with post.session(Role.SUPERVISOR) as session:
        view = session.log.view(check.id)
        [attachment] = view.attachments()

        path = session.log.export_attachment(
            view, attachment, stick, reason=ConsultReason.COURT, note="file 12"
        ).value

        assert PDF_TEXT in path.read_bytes()
        assert path.suffix == ".pdf"
        last = session.store.about(check.id, Consultation)[-1].record
        assert (last.action, last.reason) == (ConsultAction.EXPORTED, ConsultReason.COURT)
        assert last.note == "letter. file 12"

        def once_more() -> object:
            return session.log.export_attachment(
                view, attachment, stick, reason=ConsultReason.COURT, note=""
            )

        assert code_of(once_more) == "already-there"


def test_a_verdict_on_a_hit_names_what_was_attached_to_it(post: Post, stick: Path) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, an_alert("A1"))
        read_hits(officer, a_draft())
        officer.first_line.refer(a_draft(), DOUBT)
    with post.session(Role.SUPERVISOR) as session:
        [waiting] = session.hits.queue()
        hit_id = waiting.hit.id
        session.hits.open(hit_id)
        draft = AdjudicationDraft(
            verdict=HitVerdict.NOT_SAME, reasons=(AdjudicationReason.DIFFERENT_PHOTO,)
        )
        attaching = session.hits.attach(hit_id, draft, put(stick, "page.png", a_png()))
        while (attachment := attaching.step()) is None:
            pass
        session.hits.keep(hit_id, HitWork(adjudication=replace(draft, attachments=(attachment,))))
        case = session.hits.open(hit_id).value
        assert case.work.adjudication.attachments == (attachment,)

        judged = session.hits.adjudicate(hit_id, case.work.adjudication).value

        [verdict] = judged.adjudications
        [kept] = judged.attachments[verdict.id]
        assert kept.attachment == attachment
        assert session.hits.content_of(attachment)
        assert judged.work.adjudication.attachments == ()
