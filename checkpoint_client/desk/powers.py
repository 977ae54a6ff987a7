"""Who may do what: the one place. Desks ask here; screens only hide what would be refused."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from checkpoint_client.records.codes import Role
from checkpoint_client.watchlist import Visibility


class Power(StrEnum):
    """Something a role may do."""

    CHECK = "CHECK"
    INTERVIEW = "INTERVIEW"
    DECIDE_REFERRAL = "DECIDE_REFERRAL"
    WORK_HITS = "WORK_HITS"
    READ_LOG = "READ_LOG"
    AMEND_OWN = "AMEND_OWN"
    AMEND_ANY = "AMEND_ANY"
    REVIEW = "REVIEW"
    READ_LISTS = "READ_LISTS"
    VERIFY = "VERIFY"
    IMPORT = "IMPORT"
    REMOVE_OFFICER = "REMOVE_OFFICER"


class NotAllowed(Exception):
    """The role does not hold this power."""

    def __init__(self, power: Power) -> None:
        super().__init__(power.value)
        self.power = power


_OFFICER = frozenset({Power.CHECK, Power.READ_LOG, Power.AMEND_OWN})
_SECOND_LINE = _OFFICER | {Power.INTERVIEW, Power.DECIDE_REFERRAL, Power.WORK_HITS}

POWERS: Mapping[Role, frozenset[Power]] = MappingProxyType(
    {
        Role.OFFICER: _OFFICER,
        Role.SECOND_LINE: _SECOND_LINE,
        Role.SUPERVISOR: _SECOND_LINE
        | {
            *(Power.AMEND_ANY, Power.REVIEW, Power.READ_LISTS, Power.VERIFY, Power.IMPORT),
            Power.REMOVE_OFFICER,
        },
        Role.IT_ADMINISTRATOR: frozenset({Power.READ_LISTS, Power.VERIFY, Power.IMPORT}),
        Role.AUDITOR: frozenset({Power.READ_LOG, Power.VERIFY}),
    }
)

SEES: Mapping[Role, frozenset[Visibility]] = MappingProxyType(
    {
        Role.OFFICER: frozenset({Visibility.FIRST_LINE}),
        Role.SECOND_LINE: frozenset({Visibility.FIRST_LINE, Visibility.SECOND_LINE}),
        Role.SUPERVISOR: frozenset(Visibility),
        Role.IT_ADMINISTRATOR: frozenset(),
        Role.AUDITOR: frozenset(Visibility),
    }
)
"""Which hits a role may learn of."""
