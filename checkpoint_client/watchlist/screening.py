"""Compares a traveller with all alerts and says which may concern him, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log2

from checkpoint_client.watchlist.alerts import Alert, Level, Match, MatchKind, Reason, Traveller
from checkpoint_client.watchlist.fold import fold
from checkpoint_client.watchlist.index import Card, Index, NumberKind, key, telling
from checkpoint_client.watchlist.names import Fit, Likeness, Pair, Rarity, liken, spoken
from checkpoint_client.watchlist.search import (
    EVERY_YEAR,
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

CHECK_BITS = 0.0
STRONG_BITS = 6.0
"""Least weights of the two levels, in bits above what chance brings in lists of this size."""

_EXACT = {
    NumberKind.DOCUMENT: (MatchKind.DOC_EXACT, "document-same", 25.0),
    NumberKind.NATIONAL: (MatchKind.NATIONAL_ID_EXACT, "national-number-same", 30.0),
    NumberKind.VIN: (MatchKind.VIN_EXACT, "vin-same", 30.0),
    NumberKind.PLATE: (MatchKind.PLATE_EXACT, "plate-same", 20.0),
}

_FITTING = frozenset({Fit.SAME, Fit.SPELLING, Fit.SIMILAR, Fit.JOINED})
_MOST_NAMESAKES = 20_000


@dataclass(frozen=True, slots=True)
class _Agreement:
    """The two names of traveller and alert that agree best; `place` among the alert's names."""

    ours: Spelling
    place: int
    likeness: Likeness


def screen(traveller: Traveller, index: Index, *, today: date) -> tuple[Match, ...]:
    """All alerts valid today that may concern this traveller, the strongest first."""
    names = spellings(traveller)
    rarity = rarity_of(names, index)
    shared = shared_numbers(traveller, index)
    comparison = _Comparison(traveller, names, rarity, index)
    matches = [
        match
        for card in index.cards(list({*shared, *likely(traveller, names, rarity, index)}))
        if card.alert.is_valid_on(today)
        and (match := comparison.match(card, shared.get(card.number, [])))
    ]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.alert.id)))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A traveller beside one alert after the other."""

    traveller: Traveller
    names: Sequence[Spelling]
    rarity: Rarity
    index: Index

    def match(self, card: Card, numbers: Sequence[SharedNumber]) -> Match | None:
        agreement = self._best_agreement(card)
        if not agreement and not numbers:
            return None
        exact = [_weigh_number(number) for number in numbers]
        birth = weigh_birth(self.traveller, card.alert)
        others = (weigh(self.traveller, card.alert) for weigh in (weigh_nationality, weigh_sex))
        around = [birth, *(evidence for evidence in others if evidence)]
        score = sum(evidence.bits for evidence in exact + around) - log2(self.rarity.people + 1)
        score += agreement.likeness.bits if agreement else 0.0
        if score < CHECK_BITS and not numbers:
            return None
        named = self._name_reasons(card.alert, agreement) if agreement else []
        reasons = [e.reason for e in exact] + named + [e.reason for e in around]
        return Match(
            alert=card.alert,
            kind=_kind(numbers, agreement, birth),
            level=Level.STRONG if numbers or score >= STRONG_BITS else Level.CHECK,
            score=round(max(score, CHECK_BITS), 1),
            reasons=tuple(reasons),
        )

    def _best_agreement(self, card: Card) -> _Agreement | None:
        best = None
        for place, name in enumerate(card.names):
            theirs = [spoken(word) for word in name]
            for ours in self.names:
                likeness = liken(ours.spoken, theirs, self.rarity)
                if not best or likeness.bits > best.likeness.bits:
                    best = _Agreement(ours, place, likeness)
        return best

    def _name_reasons(self, alert: Alert, agreement: _Agreement) -> list[Reason]:
        ours, pairs = agreement.ours, agreement.likeness.pairs
        theirs = telling(fold(alert.names[agreement.place]))
        reasons = []
        if agreement.place:
            values = {"alert": alert.names[agreement.place], "name": alert.names[0]}
            reasons.append(Reason("alias", values))
        for pair in sorted(pairs, key=lambda pair: (not pair.here, pair.here)):
            values = {}
            if pair.here:
                values["part"] = ours.parts[pair.here[0]]
                values["traveller"] = " ".join(ours.words[i].written for i in pair.here)
            if pair.there:
                values["alert"] = " ".join(theirs[j].written for j in pair.there)
            reasons.append(Reason(pair.fit, values))
        if agreement.likeness.is_reordered:
            reasons.append(Reason("name-order"))
        others = self._namesakes(ours, pairs)
        if others:
            reasons.append(Reason("namesakes", {"count": str(others)}))
        return reasons

    def _namesakes(self, ours: Spelling, pairs: Sequence[Pair]) -> int:
        """Other alerts with the two rarest of the words that agree, in any spelling."""
        agreed = [ours.spoken[pair.here[0]].skeletons[0] for pair in pairs if pair.fit in _FITTING]
        rarest = sorted(set(agreed), key=lambda each: self.rarity.bearers.get(each, 0))[:2]
        if len(rarest) < 2 or self.rarity.bearers.get(rarest[1], 0) > _MOST_NAMESAKES:
            return 0
        bearers = [dict(self.index.named(key(each), EVERY_YEAR)).keys() for each in rarest]
        return max(len(bearers[0] & bearers[1]) - 1, 0)


def _weigh_number(shared: SharedNumber) -> Evidence:
    _, code, bits = _EXACT[shared.kind]
    values = {"number": shared.number}
    if shared.kind is NumberKind.DOCUMENT:
        values["state"] = shared.state
    return Evidence(bits, Reason(code, values))


def _kind(
    numbers: Sequence[SharedNumber], agreement: _Agreement | None, birth: Evidence
) -> MatchKind:
    shared = {number.kind for number in numbers}
    for kind, (name, _, _) in _EXACT.items():
        if kind in shared:
            return name
    if agreement and agreement.place:
        return MatchKind.ALIAS
    return MatchKind.NAME_DOB if birth.bits > 0 else MatchKind.NAME_FUZZY
