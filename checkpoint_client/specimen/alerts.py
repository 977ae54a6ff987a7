"""Utopia's invented watch-list: persons, documents and vehicles of thousands of alerts."""

from collections.abc import Iterator
from datetime import date
from random import Random

from checkpoint_client.records import Person
from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.specimen import cast, people
from checkpoint_client.specimen.faces import face
from checkpoint_client.specimen.names import NAMINGS
from checkpoint_client.watchlist import Alert, Visibility
from checkpoint_client.watchlist.alerts import AlertAction, AlertCategory, Caution

LIST_ID = "UTO"
COUNT = 5_200

_SEED = 1516
_PHOTOGRAPHED = 0.08


def watchlist(today: date, *, count: int = COUNT) -> list[Alert]:
    """`count` alerts, those of the play among them; the same for the same day."""
    chance = Random(_SEED)  # noqa: S311  a play, no secret
    of_the_play = cast.alerts(LIST_ID)
    drawn = (_alert(chance, number, today) for number in range(count - len(of_the_play)))
    return [*drawn, *of_the_play]


def _alert(chance: Random, number: int, today: date) -> Alert:
    draw = chance.random()
    id = f"UTO-{number:06}"
    if draw < 0.08:
        return _lost_document(chance, id)
    if draw < 0.12:
        return _stolen_vehicle(chance, id)
    return _person(chance, id, today)


def _person(chance: Random, id: str, today: date) -> Alert:
    sought = people.person(chance, chance.choice(tuple(NAMINGS)), today, youngest=4)
    [state] = sought.nationality
    category, action = chance.choice(_PERSONS)
    is_complete = sought.birth_date.is_complete
    knows_number = sought.national_numbers and chance.random() < 0.2
    return Alert(
        id=id,
        list_id=LIST_ID,
        owner=f"Utopia, {chance.choice(_OWNERS)}",
        contact=f"Duty desk, line {chance.randint(100, 399)}",
        category=category,
        action=action,
        cautions=tuple(chance.sample(tuple(Caution), 1)) if chance.random() < 0.12 else (),
        visibility=_visibility(chance, category),
        names=tuple(_spellings(chance, sought)),
        birth_dates=(_as_known(chance, sought.birth_date) if is_complete else sought.birth_date,),
        sex=sought.sex if chance.random() < 0.95 else Sex.UNSPECIFIED,
        nationalities=(state,),
        documents=((state, people.document_number(chance, state)),)
        if chance.random() < 0.3
        else (),
        national_numbers=sought.national_numbers if knows_number else (),
        reason=_REASONS[category],
        valid_from=date(today.year - 1, 1, 1),
        valid_until=date(today.year + chance.randint(0, 4), 12, 31),
        photo=face(id) if Random(id).random() < _PHOTOGRAPHED else b"",  # noqa: S311  a play
    )


def _lost_document(chance: Random, id: str) -> Alert:
    state = chance.choice(tuple(NAMINGS))
    return Alert(
        id=id,
        list_id=LIST_ID,
        owner="Utopia, Document Office",
        contact="Duty desk, line 310",
        category=AlertCategory.DOCUMENT_INVALID,
        action=AlertAction.SEIZE_DOCUMENT,
        documents=((state, people.document_number(chance, state)),),
        reason=_REASONS[AlertCategory.DOCUMENT_INVALID],
    )


def _stolen_vehicle(chance: Random, id: str) -> Alert:
    return Alert(
        id=id,
        list_id=LIST_ID,
        owner="Utopia, Traffic Police",
        contact="Duty desk, line 220",
        category=AlertCategory.STOLEN_VEHICLE,
        action=AlertAction.SEIZE_OBJECT,
        plates=(people.plate(chance),),
        vins=(people.vin(chance),) if chance.random() < 0.7 else (),
        reason=_REASONS[AlertCategory.STOLEN_VEHICLE],
    )


def _spellings(chance: Random, sought: Person) -> Iterator[str]:
    """The name in its own script, as in a passport, and now and then as a newspaper spells it."""
    latin = f"{sought.primary_identifier}, {sought.secondary_identifier.capitalize()}"
    if sought.name_native:
        family, given, *_ = sought.name_native.split()
        yield f"{family}, {given}"
    yield latin
    if chance.random() < 0.3:
        for ours, theirs in _NEWSPAPER:
            latin = latin.replace(ours, theirs)
        yield latin


def _as_known(chance: Random, born: PartialDate) -> PartialDate:
    """Lists often know less than the document says."""
    draw = chance.random()
    if draw < 0.1:
        return PartialDate(born.year)
    return PartialDate(born.year, born.month) if draw < 0.13 else born


def _visibility(chance: Random, category: AlertCategory) -> Visibility:
    if category is AlertCategory.DISCREET_CHECK:
        return Visibility.SUPERVISOR_ONLY
    return Visibility.SECOND_LINE if chance.random() < 0.04 else Visibility.FIRST_LINE


_PERSONS = (
    *[(AlertCategory.REFUSE_ENTRY, AlertAction.REFUSE)] * 8,
    *[(AlertCategory.ARREST, AlertAction.DETAIN)] * 5,
    *[(AlertCategory.JUDICIAL_SOUGHT, AlertAction.COMMUNICATE_WHEREABOUTS)] * 4,
    *[(AlertCategory.INQUIRY_CHECK, AlertAction.INTERVIEW_COLLECT)] * 3,
    *[(AlertCategory.DEBTOR_EXIT_BAN, AlertAction.CONTACT_OWNER_FIRST)] * 3,
    *[(AlertCategory.MISSING_ADULT, AlertAction.PLACE_UNDER_PROTECTION)] * 2,
    (AlertCategory.SPECIFIC_CHECK, AlertAction.SEARCH_PERSON_VEHICLE),
    (AlertCategory.DISCREET_CHECK, AlertAction.DO_NOT_ALERT_COLLECT),
)

_OWNERS = ("Criminal Police", "Migration Office", "Court of Amaurot", "Customs Inquiry")

_REASONS = {
    AlertCategory.REFUSE_ENTRY: "Entry banned after an earlier stay.",
    AlertCategory.ARREST: "Warrant of the Court of Amaurot.",
    AlertCategory.JUDICIAL_SOUGHT: "Wanted as a witness.",
    AlertCategory.INQUIRY_CHECK: "Questions of an open inquiry.",
    AlertCategory.DEBTOR_EXIT_BAN: "May not leave before a debt is settled.",
    AlertCategory.MISSING_ADULT: "Missed by the family.",
    AlertCategory.SPECIFIC_CHECK: "Person and vehicle are to be searched.",
    AlertCategory.DISCREET_CHECK: "Route and company are to be noted.",
    AlertCategory.DOCUMENT_INVALID: "Reported lost or stolen.",
    AlertCategory.STOLEN_VEHICLE: "Reported stolen.",
}

_NEWSPAPER = (("IA", "YA"), ("IU", "YU"), ("ZH", "J"), ("KH", "H"), ("EV,", "EFF,"))
