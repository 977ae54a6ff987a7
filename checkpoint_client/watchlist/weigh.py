"""Weighs what speaks for and against an alert meaning this traveller, and says it in reasons.

Evidence is counted in bits: how much likelier a finding is if both are the same person than if
the traveller is somebody else. A rare surname weighs more than a common one, because it is known
how many alerts bear each name. From the sum the size of the lists is taken off, log2 of the
alerts: the more people are listed, the more of them agree by chance. So 0 means that one chance
agreement of this weight is to be expected for each traveller.

Reasons, code and values (`part`: surname, given, father or name; `traveller` and `alert`: the
words or dates as each side has them):

    name-same           part traveller alert      letter for letter, or in another script
    name-spelling       part traveller alert      another spelling of the same sounds
    name-similar        part traveller alert      close enough for a typing or reading error
    name-begins         part traveller alert      the document has cut the word
    name-joined         part traveller alert      words written together or apart
    name-differs        part traveller alert
    name-only-here      part traveller            the alert lacks this word
    name-only-there     alert                     the traveller's name lacks this word
    name-order                                    the words stand in another order
    alias               alert name                found under a further name of the alert
    birth-same          traveller alert
    birth-agrees        traveller alert           the same as far as both are known
    birth-swapped       traveller alert           day and month changed places
    birth-first-january traveller alert           the same year, one of them 1 January
    birth-same-month    traveller alert           another day
    birth-same-year     traveller alert           another day and month
    birth-year-beside   traveller alert           one year apart
    birth-differs       traveller alert
    birth-unknown
    nationality-same    state
    nationality-differs traveller alert
    sex-same            sex
    sex-differs         traveller alert
    document-same       number state
    national-number-same number
    plate-same          number
    vin-same            number
    namesakes           count                     other alerts that carry this name
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from rapidfuzz.distance import OSA

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist.alerts import Alert, Reason, Traveller
from checkpoint_client.watchlist.fold import flat, skeleton, stem
from checkpoint_client.watchlist.index import FoldedName, plain

LONGEST_LIFE = 55
"""Years of birth among which travellers spread, for the chance that two agree."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of a name in every form in which it is compared."""

    written: str
    part: str
    readings: tuple[str, ...]
    stems: tuple[str, ...]
    flats: tuple[str, ...]
    skeletons: tuple[str, ...]
    is_cut: bool = False

    @classmethod
    def of(
        cls, readings: tuple[str, ...], written: str = "", part: str = "", is_cut: bool = False
    ) -> "Spoken":
        stems = tuple(dict.fromkeys(stem(reading) for reading in readings))
        return cls(
            written,
            part,
            readings,
            stems,
            tuple(dict.fromkeys(flat(each) for each in stems)),
            tuple(dict.fromkeys(skeleton(each) for each in stems)),
            is_cut,
        )
