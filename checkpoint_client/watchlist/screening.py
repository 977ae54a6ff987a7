"""Compares a traveller with all alerts and says which may concern him, and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log2, prod

from checkpoint_client.watchlist.alerts import Level, Match, MatchKind, Reason, Traveller
from checkpoint_client.watchlist.fold import fold
from checkpoint_client.watchlist.index import Card, Index, NumberKind, key, telling
from checkpoint_client.watchlist.names import (
    Fit,
    Likeness,
    Rarity,
    liken,
    spoken,
)
from checkpoint_client.watchlist.search import (
    SharedNumber,
    Spelling,
    likely,
    rarity_of,
    shared_numbers,
    spellings,
)
from checkpoint_client.watchlist.weigh import (
    Evidence,
    weigh_birth,
    weigh_nationality,
    weigh_sex,
)

STRONG_SCORE = 4.0
"""From this score on a match is strong, unless the birth dates differ; from 0 on, worth a look."""

_MARGIN_BITS = 2.3
"""What a match must weigh above chance. On the development set 3 in 100 strangers reach it."""

_LENIENT_BITS = 6.0
"""Without a birth date nobody can be told from his namesakes: more of them are shown."""

_MOST_MATCHES = 20
_HIMSELF_AGAIN = 2
"""So many alerts of one name may be one person, on several lists or with several births."""


_EXACT = {
    NumberKind.DOCUMENT: (MatchKind.DOC_EXACT, "document-same", 25.0),
    NumberKind.NATIONAL: (MatchKind.NATIONAL_ID_EXACT, "national-number-same", 30.0),
    NumberKind.VIN: (MatchKind.VIN_EXACT, "vin-same", 30.0),
    NumberKind.PLATE: (MatchKind.PLATE_EXACT, "plate-same", 20.0),
}
_AGREEING = frozenset({Fit.SAME, Fit.SPELLING, Fit.SIMILAR, Fit.JOINED})


@dataclass(frozen=True, slots=True)
class _Agreement:
    """The names of traveller and alert that agree best; `place` is among the alert's names."""

    ours: Spelling
    place: int
    likeness: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """An alert and all that speaks for and against it."""

    card: Card
    numbers: Sequence[SharedNumber]
    agreement: _Agreement | None
    birth: Evidence
    others: Sequence[Evidence]
    namesakes: int
    score: float


def screen(
    traveller: Traveller, index: Index, *, today: date, least: float = 0.0
) -> tuple[Match, ...]:
    """Alerts valid today that may concern this traveller, the strongest first, 20 at most.

    A `least` score below 0 also shows what is not worth an officer's look, for benches.
    """
    with index.unchanged():
        return _screen(traveller, index, today, least)


def _screen(traveller: Traveller, index: Index, today: date, least: float) -> tuple[Match, ...]:
    names = spellings(traveller)
    scales = _Scales(traveller, names, rarity_of(names, index), cache(index.namesakes), least)
    shared = shared_numbers(traveller, index)
    named = likely(traveller, names, scales.rarity, index, scales.needed + least)
    found = [
        weighed
        for card in index.cards(list({*shared, *named}))
        if card.alert.is_valid_on(today)
        and (weighed := scales.weigh(card, shared.get(card.number, ()), named.get(card.number, 0)))
    ]
    found.sort(key=lambda weighed: (-weighed.score, weighed.card.alert.id))
    return tuple(_match(weighed) for weighed in found[:_MOST_MATCHES])


class _Scales:
    """One traveller, against whom one alert after the other is weighed."""

    def __init__(
        self,
        traveller: Traveller,
        names: Sequence[Spelling],
        rarity: Rarity,
        bearers_of_both: Callable[[int, int], int],
        least: float,
    ) -> None:
        self.rarity = rarity
        self._least = least
        self._traveller = traveller
        self._names = names
        self._bearers_of_both = bearers_of_both
        lenience = 0.0 if traveller.birth_date.is_known else _LENIENT_BITS
        self.needed = log2(rarity.people + 1) + _MARGIN_BITS - lenience

    def weigh(
        self, card: Card, numbers: Sequence[SharedNumber], most_by_name: float
    ) -> _Weighed | None:
        """None for an alert that no number and not enough else speaks for.

        `most_by_name` are the bits that its names may come to, as far as traces tell.
        """
        birth = weigh_birth(self._traveller, card.alert)
        weighers = (weigh_nationality, weigh_sex)
        others = [e for weigh in weighers if (e := weigh(self._traveller, card.alert))]
        exact = [_weigh_number(number) for number in numbers]
        bits = sum(evidence.bits for evidence in (birth, *others, *exact)) - self.needed
        if not numbers and bits + most_by_name < self._least:
            return None
        agreement = self._best_agreement(card)
        bits += agreement.likeness.bits if agreement else 0.0
        if not numbers and (bits < self._least or not agreement):
            return None
        namesakes, too_many = self._namesakes(card, agreement) if agreement else (0, 0.0)
        bits -= too_many
        if not numbers and bits < self._least:
            return None
        return _Weighed(
            card=card,
            numbers=numbers,
            agreement=agreement,
            birth=birth,
            others=others,
            namesakes=namesakes,
            score=round(max(bits, self._least), 1),
        )

    def _best_agreement(self, card: Card) -> _Agreement | None:
        best = None
        for place, name in enumerate(card.names):
            theirs = [spoken(word) for word in name]
            for ours in self._names if theirs else ():
                likeness = liken(ours.spoken, theirs, self.rarity)
                if not best or likeness.bits > best.likeness.bits:
                    best = _Agreement(ours, place, likeness)
        return best

    def _namesakes(self, card: Card, agreement: _Agreement) -> tuple[int, float]:
        """Other alerts with the two rarest of the words that agree, and the bits that cost.

        Words weigh as if chance had put them together. Peoples, times and families do, so that
        more alerts may bear a name than its words let expect: by so much the less it tells.
        """
        ours, pairs = agreement.ours, agreement.likeness.pairs
        sounds = {ours.spoken[pair.here[0]].skeletons[0] for pair in pairs if pair.fit in _AGREEING}
        rarest = sorted(sounds, key=lambda each: (self.rarity.bearers.get(each, 0), each))[:2]
        if len(rarest) < 2:
            return 0, 0.0
        first, second = map(key, rarest)
        own = {key(s) for name in card.names for word in name for s in spoken(word).skeletons}
        others = self._bearers_of_both(first, second) - int(own.issuperset((first, second)))
        expected = self.rarity.people * prod(self.rarity.chance([sound]) for sound in rarest)
        return others, max(log2((others + _HIMSELF_AGAIN) / (expected + _HIMSELF_AGAIN)), 0.0)


def _match(weighed: _Weighed) -> Match:
    is_strong = weighed.score >= STRONG_SCORE and weighed.birth.bits >= 0
    return Match(
        alert=weighed.card.alert,
        kind=_kind(weighed),
        level=Level.STRONG if weighed.numbers or is_strong else Level.CHECK,
        score=weighed.score,
        reasons=(
            *(_weigh_number(number).reason for number in weighed.numbers),
            *_name_reasons(weighed),
            weighed.birth.reason,
            *(evidence.reason for evidence in weighed.others),
            *_namesakes(weighed),
        ),
    )


def _kind(weighed: _Weighed) -> MatchKind:
    shared = {number.kind for number in weighed.numbers}
    for number_kind, (kind, _, _) in _EXACT.items():
        if number_kind in shared:
            return kind
    if weighed.agreement and weighed.agreement.place:
        return MatchKind.ALIAS
    return MatchKind.NAME_DOB if weighed.birth.bits > 0 else MatchKind.NAME_FUZZY


def _name_reasons(weighed: _Weighed) -> list[Reason]:
    if not weighed.agreement:
        return []
    agreement, names = weighed.agreement, weighed.card.alert.names
    ours, place, likeness = agreement.ours, agreement.place, agreement.likeness
    theirs = telling(fold(names[place]))
    reasons = [Reason("alias", {"alert": names[place], "name": names[0]})] if place else []
    for pair in sorted(likeness.pairs, key=lambda pair: (not pair.here, pair.here)):
        values = {}
        if pair.here:
            values["part"] = ours.parts[pair.here[0]]
            values["traveller"] = " ".join(ours.words[i].written for i in pair.here)
        if pair.there:
            values["alert"] = " ".join(theirs[j].written for j in pair.there)
        reasons.append(Reason(_code(pair.fit, values), values))
    if likeness.is_reordered:
        reasons.append(Reason("name-order"))
    return reasons


def _code(fit: Fit, values: Mapping[str, str]) -> str:
    """Words that sound the same are the same only if they are also written so."""
    if fit is Fit.SAME and values["traveller"].casefold() != values["alert"].casefold():
        return Fit.SPELLING.value
    return fit.value


def _namesakes(weighed: _Weighed) -> list[Reason]:
    count = weighed.namesakes
    return [Reason("namesakes", {"count": str(count)})] if count else []


def _weigh_number(shared: SharedNumber) -> Evidence:
    _, code, bits = _EXACT[shared.kind]
    values = {"number": shared.number}
    if shared.kind is NumberKind.DOCUMENT:
        values["state"] = shared.state
    return Evidence(bits, Reason(code, values))
