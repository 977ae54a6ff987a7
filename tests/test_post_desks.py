"""The desks of a whole post: what a neighbour recorded counts here, for whom it may concern."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_client.desk import Refused
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import (
    AdjudicationDraft,
    BorderCheck,
    ExchangeDraft,
    InterviewDraft,
    OpinionDraft,
    OutcomeDraft,
    Problem,
    ReferralDraft,
    RefusalDraft,
)
from checkpoint_client.records.codes import (
    AdjudicationReason,
    ConsultReason,
    HitState,
    HitVerdict,
    Opinion,
    OutcomeDecision,
    ReferralReason,
    RefusalGround,
    Role,
    Signing,
)
from checkpoint_client.settings import Folder
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogQuery, Show
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist import AlertAction, AlertCategory, Visibility
from tests.post import NOON, SECOND_OFFICER, Post, a_draft, an_alert, entries_of, put_list, set_up

DOUBT = ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT)
ADMIT = OutcomeDraft(decision=OutcomeDecision.ADMIT)
REFUSE = OutcomeDraft(decision=OutcomeDecision.REFUSE, grounds=(RefusalGround.C,))
SAME = AdjudicationDraft(verdict=HitVerdict.SAME, reasons=(AdjudicationReason.SAME_DOCUMENT,))
PASSPORT = (("UTO", "L898902C3"),)
SOUGHT = an_alert(
    "A-1", category=AlertCategory.ARREST, action=AlertAction.DETAIN, documents=PASSPORT
)
DISCREET = an_alert(
    "A-2",
    Visibility.SECOND_LINE,
    category=AlertCategory.DISCREET_CHECK,
    action=AlertAction.DO_NOT_ALERT_COLLECT,
    documents=PASSPORT,
)
IDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|position=\d+")


@pytest.fixture
def booth(tmp_path: Path) -> Post:
    return Post(set_up(tmp_path / "booth"))


@pytest.fixture
def desk(booth: Post) -> Post:
    """Another PC of the post, with the same people and a journal of its own."""
    return beside(booth, "desk")


def beside(post: Post, name: str) -> Post:
    folder = Folder(post.folder.path.with_name(name))
    shutil.copytree(post.folder.path, folder.path)
    folder.device_key.unlink()
    DeviceKey.create(folder.device_key, deployment="utopia", workstation=name, post="OSH-01")
    return Post(folder, clock=post.clock)


def tell(post: Post, teller: Post) -> None:
    """Hand over the teller's journal, as the exchange does, to whoever is signed in or not."""
    with teller.session(Role.IT_ADMINISTRATOR) as theirs:
        entries, origin = entries_of(theirs.store), theirs.store.origin
    key = DeviceKey.load(teller.folder.device_key).public
    with post.session(Role.IT_ADMINISTRATOR) as ours:
        ours.store.take_foreign(origin, key, entries)


@pytest.fixture
def referred(booth: Post) -> Kept[BorderCheck]:
    with booth.session(Role.OFFICER) as officer:
        return officer.first_line.refer(a_draft(), DOUBT).value


def test_a_referral_waits_at_the_other_pc_and_its_outcome_comes_back(
    booth: Post, desk: Post, referred: Kept[BorderCheck]
) -> None:
    tell(desk, booth)
    with desk.session(Role.SECOND_LINE) as second_line:
        [waiting] = second_line.second_line.waiting()
        second_line.second_line.send_outcome(waiting.referral.id, ADMIT)
        assert second_line.second_line.waiting() == []

    tell(booth, desk)

    with booth.session(Role.OFFICER) as officer:
        [result] = officer.first_line.results()
        assert result.check.id == referred.id
        [row] = officer.log.search(LogQuery()).rows
        assert row.outcome is OutcomeDecision.ADMIT


def test_who_proposed_a_refusal_does_not_approve_it_at_another_pc(booth: Post, desk: Post) -> None:
    with booth.session(Role.SECOND_LINE) as proposer:
        proposer.first_line.refuse(a_draft(), RefusalDraft(grounds=(RefusalGround.C,)))
    tell(desk, booth)

    with desk.session(Role.SECOND_LINE) as proposer:
        [waiting] = proposer.second_line.waiting()
        with pytest.raises(Refused) as refused:
            proposer.second_line.send_outcome(waiting.referral.id, REFUSE)
    with desk.session(Role.SUPERVISOR) as supervisor:
        supervisor.second_line.send_outcome(waiting.referral.id, REFUSE)
        supervisor.administration.verify()

    assert refused.value.problems == (Problem("decision", "second-person"),)


def test_the_second_pair_of_eyes_may_sit_at_another_pc(booth: Post, desk: Post) -> None:
    with booth.session(Role.OFFICER) as officer:
        put_list(officer, SOUGHT)
        officer.first_line.acknowledge_hits(officer.first_line.findings(a_draft()).hits)
        officer.first_line.refer(a_draft(), DOUBT)
    with booth.session(Role.SECOND_LINE) as session:
        [line] = session.hits.queue()
        assert session.hits.adjudicate(line.hit.id, SAME).value.state is HitState.PROPOSED

    tell(desk, booth)

    agree = OpinionDraft(opinion=Opinion.AGREES)
    with desk.session(Role.SECOND_LINE) as same_person, pytest.raises(Refused):
        same_person.hits.give_opinion(line.hit.id, agree)
    with desk.session(Role.SUPERVISOR) as another:
        case = another.hits.give_opinion(line.hit.id, agree).value
        assert case.state is HitState.CONFIRMED
    tell(booth, desk)
    with booth.session(Role.SECOND_LINE) as session:
        [line] = session.hits.queue()
        assert line.state is HitState.CONFIRMED


def test_a_traveller_is_known_here_by_a_crossing_at_another_booth(
    booth: Post, desk: Post, referred: Kept[BorderCheck]
) -> None:
    tell(desk, booth)

    with desk.session(Role.OFFICER) as officer:
        [row] = officer.first_line.findings(a_draft()).earlier

    assert (row.id, row.origin) == (referred.id, "osh-01")


def test_the_supervisors_log_covers_the_post(booth: Post, desk: Post) -> None:
    with booth.session(Role.OFFICER) as officer:
        theirs = officer.first_line.admit(a_draft()).value
    with desk.session(SECOND_OFFICER) as officer:
        ours = officer.first_line.admit(a_draft(primary_identifier="OTHER")).value
    tell(desk, booth)

    with desk.session(Role.SUPERVISOR) as supervisor:
        rows = supervisor.supervisor.to_review().rows
        view = supervisor.supervisor.look_at(theirs.id).value
        supervisor.supervisor.countersign(view)
        left = supervisor.supervisor.to_review().rows
        supervisor.administration.verify()

    assert {row.id for row in rows} == {theirs.id, ours.id}
    assert [row.id for row in left] == [ours.id]
    tell(booth, desk)
    with booth.session(Role.SUPERVISOR) as supervisor:
        shown = supervisor.log.search(LogQuery(show=Show.TO_REVIEW)).rows
        assert [row.id for row in shown] == [ours.id]


def test_a_neighbours_interview_is_shown_to_second_line_only(
    booth: Post, desk: Post, referred: Kept[BorderCheck]
) -> None:
    with booth.session(Role.SECOND_LINE) as second_line:
        [waiting] = second_line.second_line.waiting()
        case = second_line.second_line.open(waiting.referral.id).value
        second_line.second_line.close_interview(noted(case.draft))

    tell(desk, booth)

    with desk.session(Role.SECOND_LINE) as second_line:
        assert second_line.log.open(referred.id, ConsultReason.SUPERVISION).value.interviews
    with desk.session(Role.OFFICER) as officer:
        assert not officer.log.open(referred.id, ConsultReason.CORRECTION).value.interviews


def test_the_first_line_learns_nothing_of_a_neighbours_discreet_hit(tmp_path: Path) -> None:
    """Two worlds, in one of which the neighbour's traveller is watched: they read the same."""
    nobody = replace(DISCREET, names=("NOBODY, AT ALL",), documents=(("UTO", "X0000001"),))
    worlds = []
    for name, alert in (("without", nobody), ("with", DISCREET)):
        (tmp_path / name).mkdir()
        booth = Post(set_up(tmp_path / name / "booth"))
        desk = beside(booth, "desk")
        with booth.session(Role.OFFICER) as officer:
            put_list(officer, alert)
            check = officer.first_line.admit(a_draft()).value
        tell(desk, booth)
        with desk.session(Role.OFFICER) as officer:
            put_list(officer, nobody)
            read = [*readable(officer, check.id)]
        with desk.session(Role.SECOND_LINE) as second_line:
            worlds.append((read, len(second_line.hits.queue())))

    (without, none), (with_hit, one) = worlds
    assert without == with_hit
    assert (none, one) == (0, 1), "second line sees the hit itself"


def readable(session: SignedIn, check_id: str) -> Iterator[str]:
    """Whatever the desks show the first line of a neighbour's check, ids left out."""
    yield blank(session.first_line.findings(a_draft()))
    yield blank(session.log.search(LogQuery()))
    yield blank(session.log.search(LogQuery(text="eriksson")))
    yield blank(session.log.open(check_id, ConsultReason.CORRECTION))
    yield blank(session.first_line.results())
    yield blank(session.workstation.status())


def blank(value: object) -> str:
    """As text, without what differs between any two runs."""
    return IDS.sub("·", repr(value))


def noted(draft: InterviewDraft) -> InterviewDraft:
    question = ExchangeDraft(asked_at=NOON, question="Where to?", answer="To Osh.")
    return replace(draft, language="uz", exchanges=(question,), signing=Signing.SIGNED)
