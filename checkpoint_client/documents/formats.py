"""Where each field stands in the five machine readable zones: ICAO 9303-4 to -7 as data."""

from dataclasses import dataclass
from enum import Enum, StrEnum


class MrzFormat(StrEnum):
    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


class LongNumber(Enum):
    """What becomes of a document number that is longer than its place."""

    GOES_ON = "goes on in the optional data"
    IS_CUT = "is cut to its principal characters"
    IS_REFUSED = "does not occur"


@dataclass(frozen=True, slots=True)
class Place:
    """A field's line and its first and last character, counted from 1 as Doc 9303 counts."""

    line: int
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def of(self, lines: tuple[str, ...]) -> str:
        return lines[self.line - 1][self.first - 1 : self.last]

    def replaced(self, lines: tuple[str, ...], text: str) -> tuple[str, ...]:
        """The lines with `text`, which has this place's length, standing here."""
        line = lines[self.line - 1]
        changed = line[: self.first - 1] + text + line[self.last :]
        return (*lines[: self.line - 1], changed, *lines[self.line :])


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One format. `forbidden_codes` are the document codes that its note on them rules out."""

    format: MrzFormat
    lines: int
    width: int
    first_letters: str
    forbidden_codes: frozenset[str] = frozenset()
    document_code: Place
    issuing_state: Place
    name: Place
    number: Place
    number_check: Place
    long_number: LongNumber
    nationality: Place
    birth_date: Place
    birth_check: Place
    sex: Place
    expiry_date: Place
    expiry_check: Place
    optional: tuple[Place, ...]
    optional_check: Place | None = None
    composite: tuple[Place, ...] = ()
    composite_check: Place | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The lengths of the lines."""
        return (self.width,) * self.lines


TD3 = Layout(  # ICAO 9303-4 §4.2.2, §4.2.4
    format=MrzFormat.TD3,
    lines=2,
    width=44,
    first_letters="P",
    document_code=Place(1, 1, 2),
    issuing_state=Place(1, 3, 5),
    name=Place(1, 6, 44),
    number=Place(2, 1, 9),
    number_check=Place(2, 10, 10),
    long_number=LongNumber.IS_REFUSED,
    nationality=Place(2, 11, 13),
    birth_date=Place(2, 14, 19),
    birth_check=Place(2, 20, 20),
    sex=Place(2, 21, 21),
    expiry_date=Place(2, 22, 27),
    expiry_check=Place(2, 28, 28),
    optional=(Place(2, 29, 42),),
    optional_check=Place(2, 43, 43),
    composite=(Place(2, 1, 10), Place(2, 14, 20), Place(2, 22, 43)),
    composite_check=Place(2, 44, 44),
)

TD1 = Layout(  # ICAO 9303-5 §4.2.2, notes j and k, §4.2.4
    format=MrzFormat.TD1,
    lines=3,
    width=30,
    first_letters="ACI",
    forbidden_codes=frozenset({"AV", "CV", "IV", "AI"}),  # AC is the crew member certificate
    document_code=Place(1, 1, 2),
    issuing_state=Place(1, 3, 5),
    number=Place(1, 6, 14),
    number_check=Place(1, 15, 15),
    long_number=LongNumber.GOES_ON,
    birth_date=Place(2, 1, 6),
    birth_check=Place(2, 7, 7),
    sex=Place(2, 8, 8),
    expiry_date=Place(2, 9, 14),
    expiry_check=Place(2, 15, 15),
    nationality=Place(2, 16, 18),
    optional=(Place(1, 16, 30), Place(2, 19, 29)),
    composite=(Place(1, 6, 30), Place(2, 1, 7), Place(2, 9, 15), Place(2, 19, 29)),
    composite_check=Place(2, 30, 30),
    name=Place(3, 1, 30),
)

TD2 = Layout(  # ICAO 9303-6 §4.2.2, notes j and k, §4.2.4
    format=MrzFormat.TD2,
    lines=2,
    width=36,
    first_letters="ACI",
    forbidden_codes=frozenset({"AV", "CV", "IV", "AC"}),
    document_code=Place(1, 1, 2),
    issuing_state=Place(1, 3, 5),
    name=Place(1, 6, 36),
    number=Place(2, 1, 9),
    number_check=Place(2, 10, 10),
    long_number=LongNumber.GOES_ON,
    nationality=Place(2, 11, 13),
    birth_date=Place(2, 14, 19),
    birth_check=Place(2, 20, 20),
    sex=Place(2, 21, 21),
    expiry_date=Place(2, 22, 27),
    expiry_check=Place(2, 28, 28),
    optional=(Place(2, 29, 35),),
    composite=(Place(2, 1, 10), Place(2, 14, 20), Place(2, 22, 35)),
    composite_check=Place(2, 36, 36),
)

MRV_A = Layout(  # ICAO 9303-7 §4.2.2: no composite check digit, a long number is cut (note j)
    format=MrzFormat.MRV_A,
    lines=2,
    width=44,
    first_letters="V",
    document_code=Place(1, 1, 2),
    issuing_state=Place(1, 3, 5),
    name=Place(1, 6, 44),
    number=Place(2, 1, 9),
    number_check=Place(2, 10, 10),
    long_number=LongNumber.IS_CUT,
    nationality=Place(2, 11, 13),
    birth_date=Place(2, 14, 19),
    birth_check=Place(2, 20, 20),
    sex=Place(2, 21, 21),
    expiry_date=Place(2, 22, 27),
    expiry_check=Place(2, 28, 28),
    optional=(Place(2, 29, 44),),
)

MRV_B = Layout(  # ICAO 9303-7 §7.2.2
    format=MrzFormat.MRV_B,
    lines=2,
    width=36,
    first_letters="V",
    document_code=Place(1, 1, 2),
    issuing_state=Place(1, 3, 5),
    name=Place(1, 6, 36),
    number=Place(2, 1, 9),
    number_check=Place(2, 10, 10),
    long_number=LongNumber.IS_CUT,
    nationality=Place(2, 11, 13),
    birth_date=Place(2, 14, 19),
    birth_check=Place(2, 20, 20),
    sex=Place(2, 21, 21),
    expiry_date=Place(2, 22, 27),
    expiry_check=Place(2, 28, 28),
    optional=(Place(2, 29, 36),),
)

LAYOUTS = {layout.format: layout for layout in (TD1, TD2, TD3, MRV_A, MRV_B)}
