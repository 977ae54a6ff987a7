"""Late hits: who crossed before he was listed is found when the list comes, once, and quietly."""

import shutil
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import AlertChanged, AmendmentDraft, BorderCheck, Change, Hit
from checkpoint_client.records.codes import AlertChange, AmendReason, HitOrigin, Role
from checkpoint_client.settings import Folder
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogQuery
from checkpoint_client.watchlist import Alert, AlertAction, Visibility
from tests.post import Post, a_document, a_draft, an_alert, put_list, read_hits
from tests.test_lost_documents import snapshot

AT_ONCE = 3
NAMES = ("SOMEBODY", "BERGSTROEM", "CASTELLANI", "DUBROVSKY", "ERIKSSON", "FITZGERALD", "GUTIERREZ")


def listed(name: str, id: str = "A-1", **changes: Any) -> Alert:
    """An alert for the document of whoever has this name, and for nobody else."""
    return an_alert(id, names=(), documents=(("UTO", _number(name)),), **changes)


def crossed(session: SignedIn, name: str = "ERIKSSON") -> Kept[BorderCheck]:
    document = a_document(number=_number(name))
    draft = a_draft(primary_identifier=name, documents=(document,))
    read_hits(session, draft)
    return session.first_line.admit(draft).value


def _number(name: str) -> str:
    return f"{NAMES.index(name):07}{name[0]}"


def look(session: SignedIn, *, at_once: int = AT_ONCE, batches: int = 1_000) -> int:
    """Compare what is due, as the screen does it, and say how many late hits it brought."""
    found = 0
    while batches and (batch := session.late_hits.due(at_once)):
        answers = session.screening.ask_for_all(batch.travellers()).result()
        found += session.late_hits.record(batch, answers).value
        batches -= 1
    return found


def hits(session: SignedIn, check: Kept[BorderCheck]) -> list[Hit]:
    return [each.record for each in session.store.about(check.id, Hit)]


def test_who_crossed_before_he_was_listed_is_found_once(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, listed("SOMEBODY"))
        check = crossed(officer)
        assert look(officer) == 0
    post.clock.forward(days=3)

    with post.session(Role.OFFICER) as officer:
        put_list(officer, listed("SOMEBODY"), listed("ERIKSSON", "A-2"), version=2)
        assert look(officer) == 1
        assert look(officer) == 0
    with post.session(Role.OFFICER) as officer:
        assert look(officer) == 0
        put_list(officer, listed("ERIKSSON", "A-2"), version=3)
        assert look(officer) == 0
        [late] = officer.store.about(check.id, Hit)

    assert (late.officer, late.record.origin) == ("", HitOrigin.LATE)
    assert (late.record.alert_id, late.record.list_version) == ("A-2", 2)


@pytest.mark.parametrize(("days", "found"), [(29, 1), (31, 0)])
def test_only_crossings_of_the_last_days_are_compared(post: Post, days: int, found: int) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer)
        crossed(officer)
    post.clock.forward(days=days)

    with post.session(Role.OFFICER) as officer:
        put_list(officer, listed("ERIKSSON"), version=2)
        assert look(officer) == found


def test_a_crossing_without_any_list_is_compared_with_the_first_that_comes(
    officer: SignedIn,
) -> None:
    check = crossed(officer)
    assert look(officer) == 0

    put_list(officer, listed("ERIKSSON"))

    assert look(officer) == 1
    assert [each.origin for each in hits(officer, check)] == [HitOrigin.LATE]


def test_a_document_listed_as_lost_after_the_crossing_is_found(officer: SignedIn) -> None:
    put_list(officer)
    lost = officer.reference.lost_documents
    lost.take_base(4, post_time(officer), [snapshot(["X1234567"])])
    check = crossed(officer)
    assert look(officer) == 0

    lost.take_base(5, post_time(officer), [snapshot(["X1234567", _number("ERIKSSON")])])

    assert look(officer) == 1
    [hit] = hits(officer, check)
    assert (hit.list_id, hit.list_version, hit.origin) == ("documents", 5, HitOrigin.LATE)


def post_time(session: SignedIn) -> datetime:
    return session.store.clock.now()


def test_what_was_found_at_the_check_is_not_found_again(officer: SignedIn) -> None:
    put_list(officer, listed("ERIKSSON"))
    check = crossed(officer)

    put_list(officer, listed("ERIKSSON"), version=2)

    assert look(officer) == 0
    assert [each.origin for each in hits(officer, check)] == [HitOrigin.AT_CHECK]


@settings(max_examples=10)
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=8),
    sought=st.sets(st.sampled_from(NAMES), max_size=3),
    cuts=st.lists(st.integers(1, 3), max_size=3),
)
def test_however_often_it_is_broken_off_each_is_found_once(
    new_workstation: Path, names: list[str], sought: set[str], cuts: list[int]
) -> None:
    with TemporaryDirectory() as path:
        post = Post(Folder(Path(shutil.copytree(new_workstation, Path(path, "data")))))
        with post.session(Role.OFFICER) as officer:
            put_list(officer)
            checks = []
            for name in names:
                checks.append((name, crossed(officer, name)))
                post.clock.forward(minutes=1)
            put_list(officer, *(listed(name, name) for name in sorted(sought)), version=2)
        for batches in cuts:
            with post.session(Role.OFFICER) as officer:
                look(officer, at_once=2, batches=batches)

        with post.session(Role.OFFICER) as officer:
            look(officer)

            for name, check in checks:
                found = [each.alert_id for each in hits(officer, check)]
                assert found == ([name] if name in sought else [])


def test_crossings_of_one_moment_are_compared_together(officer: SignedIn) -> None:
    put_list(officer)
    for _ in range(AT_ONCE + 2):
        crossed(officer)

    put_list(officer, listed("ERIKSSON"), version=2)

    batch = officer.late_hits.due(AT_ONCE)
    assert batch
    assert len(batch.crossings) == AT_ONCE + 2
    assert look(officer) == AT_ONCE + 2


def test_a_check_taken_back_is_not_compared(officer: SignedIn) -> None:
    put_list(officer)
    check = crossed(officer)
    officer.first_line.take_back()

    put_list(officer, listed("ERIKSSON"), version=2)

    assert look(officer) == 0
    assert hits(officer, check) == []


def test_a_check_taken_back_while_it_was_compared_gets_no_hit(officer: SignedIn) -> None:
    put_list(officer)
    check = crossed(officer)
    put_list(officer, listed("ERIKSSON"), version=2)
    batch = officer.late_hits.due(AT_ONCE)
    assert batch
    answers = officer.screening.ask_for_all(batch.travellers()).result()

    officer.first_line.take_back()

    assert officer.late_hits.record(batch, answers).value == 0
    assert hits(officer, check) == []


def test_a_corrected_check_is_compared_as_it_reads_now(officer: SignedIn) -> None:
    put_list(officer, listed("BERGSTROEM"))
    check = crossed(officer)
    assert look(officer) == 0
    was, now = (check.record.documents[0].number, "0000001B")
    change = Change(field="documents.0.number", before=was, after=now)

    officer.log.amend(check.id, AmendmentDraft(reason=AmendReason.TYPING_ERROR, changes=(change,)))

    assert look(officer) == 1
    assert look(officer) == 0
    assert [each.origin for each in hits(officer, check)] == [HitOrigin.LATE]


def test_crossings_of_a_clock_that_was_far_ahead_are_compared_too(post: Post) -> None:
    post.clock.forward(days=4_000)
    with post.session(Role.OFFICER) as officer:
        put_list(officer)
        check = crossed(officer)
    post.clock.forward(days=-4_000)

    with post.session(Role.OFFICER) as officer:
        put_list(officer, listed("ERIKSSON"), version=2)
        assert look(officer) == 1
        assert [each.origin for each in hits(officer, check)] == [HitOrigin.LATE]


def test_each_workstation_compares_its_own_crossings(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer)
        crossed(officer)
        own = officer.store.crossings(
            since=post.clock() - timedelta(days=1), until=post.clock() + timedelta(1), most=9
        )
        assert [each.origin for each in own] == ["osh-01"]


# alerts that change


def changes(session: SignedIn) -> list[AlertChange]:
    session.late_hits.due(AT_ONCE)
    [hit] = session.store.open_hits()
    return [each.record.change for each in session.store.about(hit.id, AlertChanged)]


def test_an_alert_that_is_gone_is_marked_on_its_open_hits(officer: SignedIn) -> None:
    put_list(officer, listed("ERIKSSON"))
    crossed(officer)
    assert changes(officer) == []

    put_list(officer, version=2)

    assert changes(officer) == [AlertChange.WITHDRAWN]
    put_list(officer, version=3)
    assert changes(officer) == [AlertChange.WITHDRAWN]
    put_list(officer, listed("ERIKSSON"), version=4)
    assert changes(officer) == [AlertChange.WITHDRAWN, AlertChange.CHANGED]


def test_an_alert_that_asks_for_something_else_is_marked(officer: SignedIn) -> None:
    put_list(officer, listed("ERIKSSON"))
    crossed(officer)

    put_list(officer, listed("ERIKSSON", action=AlertAction.DETAIN), version=2)

    assert changes(officer) == [AlertChange.CHANGED]
    put_list(officer, listed("ERIKSSON", action=AlertAction.DETAIN), version=3)
    assert changes(officer) == [AlertChange.CHANGED]


def test_an_alert_expires_without_a_new_list(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, listed("ERIKSSON", valid_until=post.clock().date()))
        crossed(officer)
        assert changes(officer) == []
    post.clock.forward(days=1)

    with post.session(Role.OFFICER) as officer:
        assert changes(officer) == [AlertChange.EXPIRED]


def test_without_a_list_nothing_is_taken_for_withdrawn(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer, listed("ERIKSSON"))
        crossed(officer)
        look(officer)
    post.folder.reference.unlink()

    with post.session(Role.OFFICER) as officer:
        assert changes(officer) == []


# who hears of it


@pytest.mark.parametrize("visibility", Visibility)
def test_the_first_line_hears_nothing_of_a_late_hit(post: Post, visibility: Visibility) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer)
        check = crossed(officer)
        put_list(officer, listed("ERIKSSON", visibility=visibility), version=2)
        before = shown(officer, check)

        assert look(officer) == 1

        assert shown(officer, check) == before


def shown(session: SignedIn, check: Kept[BorderCheck]) -> tuple[object, ...]:
    """All that the first line can ask for: status, results, findings, log and record."""
    return (
        session.workstation.status(),
        session.first_line.results(),
        session.first_line.findings(a_draft()),
        session.log.search(LogQuery()),
        session.log.view(check.id),
    )


def test_a_late_hit_stands_in_the_supervisors_queue(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer)
        crossed(officer)
        put_list(officer, listed("ERIKSSON", visibility=Visibility.SUPERVISOR_ONLY), version=2)
        look(officer)

    with post.session(Role.SUPERVISOR) as supervisor:
        [line] = supervisor.hits.queue()
        assert (line.traveller, line.origin) == ("ERIKSSON ANNA MARIA", HitOrigin.LATE)


def test_progress_counts_the_crossings_of_the_last_days(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer)
        for name in NAMES:
            crossed(officer, name)
            post.clock.forward(minutes=1)
        put_list(officer, version=2)
        look(officer, at_once=2, batches=2)

        progress = officer.late_hits.progress()

    assert (progress.crossings, progress.compared, progress.days) == (7, 4, 30)


# power cuts


def test_killed_in_the_middle_it_goes_on_and_finds_each_once(post: Post) -> None:
    with post.session(Role.OFFICER) as officer:
        put_list(officer)
        checks = []
        for name in NAMES * 3:
            checks.append(crossed(officer, name))
            post.clock.forward(seconds=1)
        put_list(officer, *(listed(name, f"A-{name}") for name in NAMES), version=2)
        first = officer.late_hits.due(0)
        assert first

    for compared in (1, 2, 3, 4):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.test_late_hits", str(post.folder.path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        for _ in range(compared):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()

    with post.session(Role.OFFICER) as officer:
        look(officer)
        for check in checks:
            [late] = hits(officer, check)
            assert late.alert_id == f"A-{check.record.person.primary_identifier}"
    with post.session(Role.SUPERVISOR) as supervisor:
        supervisor.administration.verify()


def _look_until_killed(folder: Path) -> None:
    post = Post(Folder(folder))
    post.clock.forward(minutes=5)
    session = post.sign_in(Role.OFFICER)
    while look(session, at_once=1, batches=1) or session.late_hits.due(1):
        print("compared", flush=True)
    signal.pause()


if __name__ == "__main__":
    _look_until_killed(Path(sys.argv[1]))
