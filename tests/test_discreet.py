"""A discreet hit leaves no trace where the first line can look: a world with, one without."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from checkpoint_client.desk.questions import QUESTIONS, Lot
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.journal.body import decode, unpack
from checkpoint_client.records import CheckDraft, Hit
from checkpoint_client.records.codes import ConsultReason, ReferralReason, Role
from checkpoint_client.records.drafts import ReferralDraft
from checkpoint_client.store.log import LogQuery
from checkpoint_client.watchlist import Alert, AlertAction, AlertCategory, Visibility
from tests.post import NOON, Post, a_document, a_draft, an_alert, entries_of, put_list, set_up

ALWAYS, NEVER = 100, 0
IDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|position=\d+")


def discreet(**changes: object) -> Alert:
    return an_alert(
        "A-1",
        Visibility.SECOND_LINE,
        category=AlertCategory.DISCREET_CHECK,
        action=AlertAction.DO_NOT_ALERT_COLLECT,
        documents=(("UTO", "L898902C3"),),
        **changes,
    )


def somebody_else() -> Alert:
    return replace(discreet(), names=("NOBODY, AT ALL",), documents=(("UTO", "X0000001"),))


@dataclass
class World:
    """A workstation and what its list holds: one alert, of our traveller or of another."""

    post: Post
    alert: Alert

    def session(self, role: Role) -> SignedIn:
        session = self.post.sign_in(role)
        put_list(session, self.alert)
        return session


@pytest.fixture
def worlds(tmp_path: Path) -> tuple[World, World]:
    """Without the traveller on the list, and with; every traveller is asked the questions."""
    posts = []
    for name in ("without", "with"):
        post = Post(set_up(tmp_path / name))
        post.settings = replace(post.settings, questions_percent=ALWAYS)
        posts.append(post)
    return World(posts[0], somebody_else()), World(posts[1], discreet())


@pytest.fixture
def both(worlds: tuple[World, World]) -> Iterator[tuple[SignedIn, SignedIn]]:
    """The same officer in both worlds."""
    with ExitStack() as after:
        sessions = []
        for world in worlds:
            session = world.session(Role.OFFICER)
            after.callback(world.post.leave, session)
            sessions.append(session)
        yield sessions[0], sessions[1]


def test_the_screen_is_told_the_same(both: tuple[SignedIn, SignedIn]) -> None:
    without, with_hit = (each.first_line.findings(a_draft()) for each in both)

    assert without == with_hit
    assert with_hit.questions == QUESTIONS


@pytest.mark.parametrize("decide", ["admit", "refer"])
def test_all_that_the_first_line_can_open_reads_the_same(
    both: tuple[SignedIn, SignedIn], decide: str
) -> None:
    without, with_hit = ([*everything_readable(each, decide)] for each in both)

    assert without == with_hit
    assert [len(hits_in(each)) for each in both] == [0, 1], "the hit itself is recorded"


def test_the_work_announces_no_other_change(both: tuple[SignedIn, SignedIn]) -> None:
    without, with_hit = (each.first_line.admit(a_draft()).changed for each in both)

    assert without == with_hit


def test_second_line_sees_what_the_booth_does_not(worlds: tuple[World, World]) -> None:
    _, world = worlds
    with world.post.session(Role.OFFICER) as officer:
        put_list(officer, world.alert)
        check = officer.first_line.admit(a_draft()).value
        assert officer.log.open(check.id, ConsultReason.CORRECTION).value.hits == ()

    with world.post.session(Role.SECOND_LINE) as second_line:
        [hit] = second_line.log.open(check.id, ConsultReason.HIT_WORK).value.hits
        assert hit.record.alert_id == "A-1"


def test_the_questions_come_for_a_discreet_alert_whatever_the_lot(tmp_path: Path) -> None:
    post = Post(set_up(tmp_path / "ws"))
    post.settings = replace(post.settings, questions_percent=NEVER)
    with post.session(Role.OFFICER) as officer:
        put_list(officer, somebody_else())
        assert officer.first_line.findings(a_draft()).questions == frozenset()

        put_list(officer, discreet(), version=2)
        assert officer.first_line.findings(a_draft()).questions == QUESTIONS


def test_the_lot_falls_on_the_share_that_headquarters_sets() -> None:
    lot, travellers = Lot(bytes(32), 10), [traveller(number) for number in range(4_000)]

    drawn = sum(lot.falls_on(each, NOON.date()) for each in travellers)

    assert 320 <= drawn <= 480  # four standard deviations around 400


def test_a_document_read_again_is_drawn_again_the_same_way_all_week() -> None:
    lot = Lot(bytes(32), 50)
    monday = NOON.date().fromisocalendar(2026, 48, 1)
    sunday = NOON.date().fromisocalendar(2026, 48, 7)

    for number in range(200):
        draft = traveller(number)
        typed = replace(draft, remarks="looks tired", documents=draft.documents * 2)
        assert lot.falls_on(draft, monday) == lot.falls_on(typed, sunday)


def test_another_key_draws_others() -> None:
    drawn = {
        key: [Lot(bytes([key] * 32), 50).falls_on(traveller(n), NOON.date()) for n in range(200)]
        for key in (1, 2)
    }

    assert drawn[1] != drawn[2]


def traveller(number: int) -> CheckDraft:
    return a_draft(documents=(a_document(number=f"P{number:07}"),))


def hits_in(session: SignedIn) -> list[Hit]:
    bodies = [decode(each.body) for each in entries_of(session.store) if each.body]
    return [record for each in bodies if isinstance(record := unpack(each), Hit)]


def everything_readable(session: SignedIn, decide: str) -> Iterator[str]:
    """Whatever the desks show the first line before, at and after a check, ids left out."""
    desk, draft = session.first_line, a_draft(companions="her sister")
    yield blank(desk.findings(draft))
    yield blank(desk.missing(draft))
    done = (
        desk.admit(draft)
        if decide == "admit"
        else desk.refer(draft, ReferralDraft(reason=ReferralReason.DOCUMENT_DOUBT))
    )
    yield blank(done)
    yield blank(desk.last_check())
    yield blank(desk.defaults())
    yield blank(desk.results())
    yield blank((desk.kept_draft(), desk.kept_queue()))
    yield blank(session.log.search(LogQuery()))
    yield blank(session.log.open(done.value.id, ConsultReason.CORRECTION))
    yield blank(session.workstation.status())
    yield blank(desk.findings(draft))
    yield blank(desk.take_back())
    yield blank(session.log.search(LogQuery()))
    yield blank(session.workstation.status())


def blank(value: object) -> str:
    """As text, without what differs between any two runs."""
    return IDS.sub("·", repr(value))
