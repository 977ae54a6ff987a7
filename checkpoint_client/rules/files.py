"""The rules in force: what headquarters has sent, or else what came with the program."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec

from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.rules.hits import HitRules
from checkpoint_client.rules.lists import ListRules
from checkpoint_client.rules.officers import OfficersList
from checkpoint_client.rules.questions import Proposals
from checkpoint_client.rules.refusals import RefusalGrounds
from checkpoint_client.rules.requirements import Requirements
from checkpoint_client.rules.retention import RetentionRules
from checkpoint_client.rules.stay import StayRules
from checkpoint_client.settings import resource

RULES: Final = "rules"
TEMPLATES: Final = "templates"
OFFICERS: Final = "officers"
"""The channels in which headquarters sends them."""

OFFICERS_FILE: Final = "officers.json"
"""What that channel must hold."""

R = TypeVar(
    "R",
    HitRules,
    ListRules,
    OfficersList,
    Proposals,
    RefusalGrounds,
    Requirements,
    RetentionRules,
    StayRules,
)
Sent = Callable[[str, str], bytes | None]
"""Headquarters' verified file by its channel and name, None if it sent none."""


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a file comes from: its channel and name, and its folder among the program's own."""

    channel: str
    name: str
    folder: str


_HOMES: Final[Mapping[type[msgspec.Struct], _Home]] = {
    Requirements: _Home(RULES, "entry_requirements.json", "rules"),
    RefusalGrounds: _Home(RULES, "refusal_grounds.json", "rules"),
    HitRules: _Home(RULES, "hits.json", "rules"),
    ListRules: _Home(RULES, "lists.json", "rules"),
    OfficersList: _Home(OFFICERS, OFFICERS_FILE, "rules"),
    RetentionRules: _Home(RULES, "retention.json", "rules"),
    StayRules: _Home(RULES, "stay.json", "rules"),
    Proposals: _Home(TEMPLATES, "questions.json", "interviews"),
}

log = logging.getLogger(__name__)


def in_force(kind: type[R], sent: Sent) -> R:
    """What applies now. Headquarters' own comes first, if this program can read it."""
    home = _HOMES[kind]
    if content := sent(home.channel, home.name):
        try:
            return json_decoder(kind).decode(content)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            # Checked when it came, by another version of the program: work must go on.
            log.error("headquarters' %s cannot be read by this program", home.name)
    return json_decoder(kind).decode(resource(home.folder, home.name).read_bytes())


def unreadable(channel: str, files: Mapping[str, bytes]) -> str:
    """The name of a channel's file that this program could not use, "" if there is none."""
    if channel == OFFICERS and OFFICERS_FILE not in files:
        return OFFICERS_FILE
    for kind, home in _HOMES.items():
        if home.channel == channel and home.name in files:
            try:
                json_decoder(kind).decode(files[home.name])
            except (msgspec.MsgspecError, ValueError, RecursionError):
                return home.name
    return ""
