"""Traveller and alert side by side, field by field, as the evidence for the match has them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_client.records import BorderCheck, Evidence
from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist import Alert
from checkpoint_client.watchlist.lost_documents import MAY_BE_LISTED


class Likeness(StrEnum):
    """How the two sides of a field compare; of ONE_SIDED, one side says nothing."""

    SAME = "SAME"
    SIMILAR = "SIMILAR"
    DIFFERENT = "DIFFERENT"
    ONE_SIDED = "ONE_SIDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One field as each side has it, in the form of the screen.

    Fields: name, other_names, birth_date, sex, nationality, documents, national_numbers, plate,
    vin. `alert` under `name` is the spelling that agrees best.
    """

    field: str
    traveller: str
    alert: str
    likeness: Likeness


def compared(
    check: BorderCheck, alert: Alert | None, name: str, evidence: Sequence[Evidence]
) -> tuple[Compared, ...]:
    """Every field of which at least one side says something.

    Likeness is what the evidence says; where it says nothing, only what is equal is the same.
    Without the alert (its owner took it back) its side is what the evidence remembers of it.
    `name` is the alert's main name.
    """
    sides = _Sides(check, alert, name, evidence)
    rows = [
        sides.name(),
        sides.other_names(),
        sides.birth_date(),
        sides.sex(),
        sides.nationality(),
        sides.documents(),
        sides.national_numbers(),
        sides.plate(),
        sides.vin(),
    ]
    return tuple(row for row in rows if row.traveller or row.alert)


class _Sides:
    """Both persons, and the evidence by its code."""

    def __init__(
        self, check: BorderCheck, alert: Alert | None, name: str, evidence: Sequence[Evidence]
    ) -> None:
        self._check = check
        self._alert = alert
        self._evidence = evidence
        alias = self._said("alias")
        self._name = alias[0].values.get("alert", name) if alias else name

    def name(self) -> Compared:
        person = self._check.person
        latin = (person.primary_identifier, person.secondary_identifier, person.patronymic)
        ours = " / ".join(filter(None, (" ".join(filter(None, latin)), person.name_native)))
        return _row("name", ours, self._name, self._name_likeness())

    def other_names(self) -> Compared:
        names = self._alert.names if self._alert else ()
        theirs = " / ".join(each for each in names if each != self._name)
        return _row("other_names", "", theirs, None)

    def birth_date(self) -> Compared:
        ours = self._check.person.birth_date.on_screen()
        said = [each for each in self._evidence if each.code in _BIRTH]
        if said:
            theirs = PartialDate.parse(said[0].values.get("alert", "")).on_screen()
            return _row("birth_date", ours, theirs, _BIRTH[said[0].code])
        dates = self._alert.birth_dates if self._alert else ()
        theirs = " / ".join(each.on_screen() for each in dates if each.is_known)
        return _row("birth_date", ours, theirs, None)

    def sex(self) -> Compared:
        theirs = _sex(self._alert.sex) if self._alert else self._remembered("sex-differs", "alert")
        differs = Likeness.DIFFERENT if self._said("sex-differs") else None
        return _row("sex", _sex(self._check.person.sex), theirs, differs)

    def nationality(self) -> Compared:
        ours = " ".join(self._check.person.nationality)
        theirs = (
            " ".join(self._alert.nationalities)
            if self._alert
            else self._remembered("nationality-same", "state")
            or self._remembered("nationality-differs", "alert")
        )
        same = Likeness.SAME if self._said("nationality-same") else None
        return _row("nationality", ours, theirs, same)

    def documents(self) -> Compared:
        ours = [(each.issuing_state, each.number) for each in self._check.documents]
        theirs = (
            self._alert.documents
            if self._alert
            else [
                (each.values.get("state", ""), each.values.get("number", ""))
                for each in (*self._said("document-same"), *self._said(MAY_BE_LISTED))
            ]
        )
        if self._said(MAY_BE_LISTED):
            return _row("documents", _joined(ours), _joined(theirs), Likeness.SIMILAR)
        return self._numbers("documents", "document-same", _joined(ours), _joined(theirs))

    def national_numbers(self) -> Compared:
        ours = ", ".join(self._check.person.national_numbers)
        theirs = self._theirs("national_numbers", "national-number-same")
        return self._numbers("national_numbers", "national-number-same", ours, theirs)

    def plate(self) -> Compared:
        ours = self._check.vehicle.plate if self._check.vehicle else ""
        return self._numbers("plate", "plate-same", ours, self._theirs("plates", "plate-same"))

    def vin(self) -> Compared:
        ours = self._check.vehicle.vin if self._check.vehicle else ""
        return self._numbers("vin", "vin-same", ours, self._theirs("vins", "vin-same"))

    def _name_likeness(self) -> Likeness | None:
        codes = [each.code for each in self._evidence if each.code.startswith("name-")]
        agreeing = sum(code in _AGREES for code in codes)
        differing = codes.count("name-differs")
        if not codes or not (agreeing or differing):
            return None
        if all(code == "name-same" for code in codes):
            return Likeness.SAME
        return Likeness.SIMILAR if agreeing > differing else Likeness.DIFFERENT

    def _numbers(self, field: str, code: str, ours: str, theirs: str) -> Compared:
        return _row(field, ours, theirs, Likeness.SAME if self._said(code) else None)

    def _theirs(self, field: str, code: str) -> str:
        if self._alert:
            return ", ".join(getattr(self._alert, field))
        return self._remembered(code, "number")

    def _said(self, code: str) -> list[Evidence]:
        return [each for each in self._evidence if each.code == code]

    def _remembered(self, code: str, value: str) -> str:
        return ", ".join(each.values.get(value, "") for each in self._said(code))


def _row(field: str, ours: str, theirs: str, said: Likeness | None) -> Compared:
    return Compared(
        field=field, traveller=ours, alert=theirs, likeness=_likeness(ours, theirs, said)
    )


def _likeness(ours: str, theirs: str, said: Likeness | None) -> Likeness:
    if not ours or not theirs:
        return Likeness.ONE_SIDED
    if said:
        return said
    return Likeness.SAME if ours.casefold() == theirs.casefold() else Likeness.DIFFERENT


def _joined(documents: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{state} {number}".strip() for state, number in documents)


def _sex(sex: Sex) -> str:
    return "" if sex is Sex.UNSPECIFIED else sex.value


_AGREES = frozenset({"name-same", "name-spelling", "name-similar", "name-begins", "name-joined"})

_BIRTH = {
    "birth-same": Likeness.SAME,
    "birth-agrees": Likeness.SIMILAR,
    "birth-swapped": Likeness.SIMILAR,
    "birth-first-january": Likeness.SIMILAR,
    "birth-one-digit": Likeness.SIMILAR,
    "birth-same-month": Likeness.SIMILAR,
    "birth-same-year": Likeness.SIMILAR,
    "birth-year-beside": Likeness.SIMILAR,
    "birth-differs": Likeness.DIFFERENT,
}
"""The codes of `watchlist.weigh` that speak of two birth dates."""
