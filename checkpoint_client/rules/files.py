"""The rules in force: what headquarters has sent, or else what came with the program."""

import logging
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

import msgspec

from checkpoint_client.rules.hits import HitRules
from checkpoint_client.rules.refusals import RefusalGrounds
from checkpoint_client.rules.requirements import Requirements
from checkpoint_client.settings import resource

RULES: Final = "rules"
"""The channel in which headquarters sends them, and the folder of those that came along."""

R = TypeVar("R", HitRules, RefusalGrounds, Requirements)

NAMES: Final[Mapping[type[msgspec.Struct], str]] = {
    Requirements: "entry_requirements.json",
    RefusalGrounds: "refusal_grounds.json",
    HitRules: "hits.json",
}

log = logging.getLogger(__name__)


def in_force(kind: type[R], sent: Callable[[str], bytes | None]) -> R:
    """`sent` gives headquarters' verified file of a name, None where it sent none."""
    name = NAMES[kind]
    if content := sent(name):
        try:
            return msgspec.json.decode(content, type=kind)
        except (msgspec.MsgspecError, ValueError):
            # Checked when it came, by another version of the program: work must go on.
            log.error("headquarters' %s cannot be read by this program", name)
    return msgspec.json.decode(resource(RULES, name).read_bytes(), type=kind)


def unreadable(files: Mapping[str, bytes]) -> str:
    """The name of a file of rules that this program could not use, "" if there is none."""
    for kind, name in NAMES.items():
        if name in files:
            try:
                msgspec.json.decode(files[name], type=kind)
            except (msgspec.MsgspecError, ValueError):
                return name
    return ""
