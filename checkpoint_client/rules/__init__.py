"""What law and headquarters ask for: read from dated data, evaluated here, decided by officers."""

from checkpoint_client.rules.files import (
    OFFICERS,
    OFFICERS_FILE,
    RULES,
    TEMPLATES,
    Sent,
    in_force,
    unreadable,
)
from checkpoint_client.rules.hits import HitRules
from checkpoint_client.rules.lists import Limits, ListRules
from checkpoint_client.rules.officers import ListedOfficer, OfficersList, Standing, standing
from checkpoint_client.rules.questions import Proposals
from checkpoint_client.rules.refusals import Ground, RefusalGrounds
from checkpoint_client.rules.requirements import Remark, Requirements
from checkpoint_client.rules.retention import RetentionRules
from checkpoint_client.rules.stay import Crossing, Stay, StayRule, StayRules, WindowKind, stay_of

__all__ = [
    "OFFICERS",
    "OFFICERS_FILE",
    "RULES",
    "TEMPLATES",
    "Crossing",
    "Ground",
    "HitRules",
    "Limits",
    "ListRules",
    "ListedOfficer",
    "OfficersList",
    "Proposals",
    "RefusalGrounds",
    "Remark",
    "Requirements",
    "RetentionRules",
    "Sent",
    "Standing",
    "Stay",
    "StayRule",
    "StayRules",
    "WindowKind",
    "in_force",
    "standing",
    "stay_of",
    "unreadable",
]
