"""What happened to the workstation and its sessions."""

from dataclasses import dataclass

from checkpoint_client.records.codes import Role, SessionStep, WorkstationStep


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEvent:
    """A session begins, is locked or ends.

    At its end `first` and `last` are the positions of its entries before this one, `head` the
    head behind them, and `signature` the officer's over that range; hexadecimal, empty before.
    """

    step: SessionStep
    role: Role
    first: int = 0
    last: int = 0
    head: str = ""
    signature: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkstationEvent:
    """Something nobody does by hand. `details` never names a traveller."""

    step: WorkstationStep
    details: dict[str, str]
