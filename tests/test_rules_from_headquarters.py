"""Rules that headquarters sends take the place of those that came with the program."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from checkpoint_client.records.codes import Role
from checkpoint_client.rules import (
    RULES,
    TEMPLATES,
    Proposals,
    RefusalGrounds,
    Requirements,
    in_force,
    unreadable,
)
from checkpoint_client.settings import resource
from tests.post import Post, set_up

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def nothing(_channel: str, _name: str) -> None:
    """Headquarters has sent no file."""


def shipped(name: str) -> bytes:
    return resource(RULES, name).read_bytes()


def hits_reported_within(hours: int) -> bytes:
    rules = msgspec.json.decode(shipped("hits.json"))
    return msgspec.json.encode({**rules, "report_hours": hours, "report_hours_by_category": {}})


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(set_up(tmp_path / "post"))


def test_without_any_sent_the_programs_own_rules_apply() -> None:
    own = Requirements.read(resource(RULES, "entry_requirements.json"))
    grounds = RefusalGrounds.read(resource(RULES, "refusal_grounds.json"))

    assert in_force(Requirements, nothing) == own
    assert in_force(RefusalGrounds, nothing) == grounds


def test_rules_that_were_sent_apply_from_the_next_sign_in(post: Post) -> None:
    with post.session(Role.SUPERVISOR) as session:
        before = session.workplace.hit_rules.report_within("ARREST")
        session.reference.keep_files(RULES, 1, NOW, {"hits.json": hits_reported_within(3)})
        meanwhile = session.workplace.hit_rules.report_within("ARREST")

    with post.session(Role.SUPERVISOR) as session:
        after = session.workplace.hit_rules.report_within("ARREST")
        others = session.workplace.requirements

    assert before == meanwhile != timedelta(hours=3)
    assert after == timedelta(hours=3)
    assert others == Requirements.read(resource(RULES, "entry_requirements.json"))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"scheme": 1}', b"\xff"])
def test_rules_that_cannot_be_read_keep_nobody_from_work(post: Post, content: bytes) -> None:
    with post.session(Role.OFFICER) as session:
        before = session.workplace.requirements
        session.reference.keep_files(RULES, 1, NOW, {"entry_requirements.json": content})

    with post.session(Role.OFFICER) as session:
        assert session.workplace.requirements == before


def test_questions_that_were_sent_are_proposed_in_the_next_interview(post: Post) -> None:
    sent = b'{"version": "2", "questions": [{"en": "Who drove?"}, {"en": "Why?", "kk": "Nege?"}]}'
    with post.session(Role.SECOND_LINE) as session:
        before = session.second_line.proposed_questions()
        session.reference.keep_files(TEMPLATES, 2, NOW, {"questions.json": sent})

    with post.session(Role.SECOND_LINE) as session:
        after = session.second_line.proposed_questions()

    assert before == in_force(Proposals, nothing).worded("en")
    assert after == ("Who drove?", "Why?")


def test_what_the_program_could_not_use_is_named_before_it_is_taken() -> None:
    usable = {"hits.json": shipped("hits.json"), "of_tomorrow.json": b"?"}
    nobodys = {"questions.json": b'{"version": "2", "questions": [{"kk": "Nege?"}]}'}

    assert unreadable(RULES, usable) == ""
    assert unreadable(RULES, {"hits.json": shipped("refusal_grounds.json")}) == "hits.json"
    assert unreadable(TEMPLATES, nobodys) == "questions.json"
    assert unreadable("releases", nobodys) == ""
