"""What goes to a stick and comes back on it, where no line reaches: codes, counts and positions.

Nothing here names a person, and nothing that is on a stick is trusted before it has been proved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class StickTrouble(StrEnum):
    """Why a stick cannot be read or written. What is on it and proved stays good."""

    NOT_THERE = "not-there"
    """The folder is not there: no stick, or another name."""
    NOT_A_FOLDER = "not-a-folder"
    """Where the folder of bundles should be, there is a link or a file."""
    TOO_MANY = "too-many"
    """More files than a stick of ours can hold."""
    FULL = "full"
    WRITE_PROTECTED = "write-protected"
    GONE = "gone"
    """It was pulled out, or does not answer any more."""
    BAD_MEDIUM = "bad-medium"
    """What was written does not read back as it was written."""
    FAILED = "failed"
    """Something else; the system's own words go with it."""


class StickFailed(Exception):
    """Nothing more can be done with this stick now. `why`: the system's own words, or nothing."""

    def __init__(self, trouble: StickTrouble, why: str = "") -> None:
        super().__init__(f"{trouble}: {why}" if why else str(trouble))
        self.trouble = trouble
        self.why = why


class Flaw(StrEnum):
    """What is wrong with one file on a stick. It is left where it is."""

    NOT_A_FILE = "not-a-file"
    """A link, a folder, a pipe or a device."""
    TOO_LARGE = "too-large"
    """Larger than any of ours, packed or unpacked."""
    UNREADABLE = "unreadable"
    """Cut, half written, or never a file of ours."""
    CLOSED = "closed"
    """Encrypted for somebody else, or altered."""
    FORGED = "forged"
    """Not signed by who must have signed it."""
    SWAPPED = "swapped"
    """Genuine, but put into the envelope of another one."""
    FOREIGN = "foreign"
    """Of another service."""
    UNKNOWN = "unknown"
    """Of a workstation that is not enrolled, or not with this key."""
    FAILED = "failed"
    """The stick does not give it out."""


class Effect(StrEnum):
    """What the centre's acknowledgement came to."""

    TAKEN = "taken"
    """The centre holds more than was known here."""
    KNOWN = "known"
    """An older one, or nothing new: nothing changes."""
    TAKEN_BACK = "taken-back"
    """The centre came back from a backup and holds less: the rest is sent once more."""
    WAITS = "waits"
    """It is genuine, and is taken at the next sign-in."""
    BEGUN_ANEW = "begun-anew"
    """The centre holds entries of ours that we have not: these records were put back from a backup,
    and a new journal was begun behind them."""
    EARLIER_JOURNAL = "earlier-journal"
    """Of a journal that this workstation has ended since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What of this workstation is on the stick now, read back and found good.

    `bundles` files with `entries` journal entries together; `left` bundles did not get there,
    for `trouble`.
    """

    bundles: int = 0
    entries: int = 0
    left: int = 0
    trouble: StickTrouble | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """The centre's word: it holds this journal up to position `held`.

    `forked_at` is where it was given two different entries, None in peace. `order` is headquarters'
    order that came with it, still to be proved.
    """

    effect: Effect
    held: int
    forked_at: int | None = None
    order: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """The acknowledgements on a stick. `others` are for other workstations: left alone.

    `refused` says of each file that is of no use what is wrong with it. `sheets`: how many of
    crossings at all posts came along; they count as soon as somebody is signed in.
    """

    acknowledged: tuple[Acknowledged, ...] = ()
    others: int = 0
    sheets: int = 0
    refused: Mapping[str, Flaw] = field(default_factory=dict)
