"""The travellers that the demonstration is written for, each with what is to be found."""

from dataclasses import dataclass
from datetime import date
from random import Random

from checkpoint_client.documents.formats import MrzFormat
from checkpoint_client.records import Person, VehicleDraft
from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.specimen import people
from checkpoint_client.specimen.faces import face
from checkpoint_client.specimen.names import named
from checkpoint_client.specimen.people import Traveller
from checkpoint_client.watchlist import Alert, Visibility
from checkpoint_client.watchlist.alerts import AlertAction, AlertCategory, Caution

STOLEN_PASSPORT = "FA7310846"
SOUGHT_PLATE = "ZR417DN"

_SEED = 4107


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who comes to the counter, and why he is in the play."""

    tourist: Traveller
    """Passport (TD3) and a visa (MRV-A) in it; nothing is found."""
    worker: Traveller
    """Identity card (TD1); left through this post two days ago."""
    trader: Traveller
    """Identity card (TD2) of Utopia itself: nothing is asked."""
    student: Traveller
    """Passport (TD3) and a visa (MRV-B)."""
    with_stolen_passport: Traveller
    """His passport's number is on the list."""
    namesake: Traveller
    """Sought under another spelling, day and month of birth swapped."""
    driver: Traveller
    """The plate of his car is on the list."""
    watched: Traveller
    """Sought discreetly: the booth is to notice nothing."""
    child: Traveller
    """Has a birth certificate and no zone to read."""
    without_documents: Traveller
    """Nothing but his word."""


def cast(today: date) -> Cast:
    """The same people every time; only the years of their documents follow the calendar."""
    chance = Random(_SEED)  # noqa: S311  a play, no secret

    def someone(
        state: str, family: str, given: str, born: tuple[int, int, int], sex: Sex
    ) -> Person:
        name = named(state, family, given)
        return people.citizen(state, name, sex, PartialDate(*born), chance)

    tourist = someone("RUS", "Камышатова", "Полина", (1991, 4, 17), Sex.FEMALE)
    worker = someone("KGZ", "Арчалыев", "Тилек", (1988, 11, 2), Sex.MALE)
    trader = someone("UTO", "Marenzano", "Clea", (1969, 7, 30), Sex.FEMALE)
    student = someone("TJK", "Шаршаразода", "Ситора", (2004, 2, 9), Sex.FEMALE)
    thief = someone("UZB", "Чинорзоров", "Жасур", (1979, 9, 21), Sex.MALE)
    namesake = someone("KGZ", "Жылгынбаев", "Эрмек", (1984, 3, 5), Sex.MALE)
    driver = someone("UTO", "Corvinelin", "Hilar", (1975, 1, 12), Sex.MALE)
    watched = someone("TKM", "Сазакгулыев", "Мерген", (1986, 6, 23), Sex.MALE)
    child = someone("UTO", "Anydria", "Junia", (today.year - 9, 5, 14), Sex.FEMALE)
    lost = someone("KAZ", "Тасқұмбеков", "Дәулет", (1995, 8, 8), Sex.MALE)

    valid = PartialDate(today.year + 4, 8, 31)

    def passport(holder: Person, number: str = "") -> tuple[str, ...]:
        return people.passport(chance, holder, today, number=number, expiry_date=valid)

    def card(holder: Person, format: MrzFormat) -> tuple[str, ...]:
        return people.card(chance, holder, format, today, expiry_date=valid)

    return Cast(
        tourist=Traveller(
            person=tourist,
            zones=(passport(tourist), people.visa(chance, tourist, MrzFormat.MRV_A, today)),
        ),
        worker=Traveller(person=worker, zones=(card(worker, MrzFormat.TD1),)),
        trader=Traveller(person=trader, zones=(card(trader, MrzFormat.TD2),)),
        student=Traveller(
            person=student,
            zones=(passport(student), people.visa(chance, student, MrzFormat.MRV_B, today)),
        ),
        with_stolen_passport=Traveller(person=thief, zones=(passport(thief, STOLEN_PASSPORT),)),
        namesake=Traveller(person=namesake, zones=(passport(namesake),)),
        driver=Traveller(
            person=driver,
            zones=(passport(driver),),
            vehicle=VehicleDraft(plate=SOUGHT_PLATE, plate_country="UTO"),
        ),
        watched=Traveller(person=watched, zones=(passport(watched),)),
        child=Traveller(person=child, papers=(people.birth_certificate(chance, "UTO"),)),
        without_documents=Traveller(person=lost),
    )


def alerts(list_id: str) -> tuple[Alert, ...]:
    """The alerts that the play turns on."""
    return (
        Alert(
            id="UTO-PLAY-1",
            list_id=list_id,
            owner="Utopia, Document Office",
            contact="Duty desk, line 310",
            category=AlertCategory.DOCUMENT_INVALID,
            action=AlertAction.SEIZE_DOCUMENT,
            documents=(("UZB", STOLEN_PASSPORT),),
            reason="Blank passport, stolen with others of its series.",
        ),
        Alert(
            id="UTO-PLAY-2",
            list_id=list_id,
            owner="Utopia, Criminal Police",
            contact="Duty desk, line 112",
            category=AlertCategory.ARREST,
            action=AlertAction.DETAIN,
            cautions=(Caution.ESCAPE_RISK, Caution.VIOLENT),
            names=("Джылгынбаев, Эрмек", "JYLGINBAYEV, Ermek"),
            birth_dates=(PartialDate(1984, 5, 3),),
            sex=Sex.MALE,
            nationalities=("KGZ",),
            reason="Sought for robbery.",
            photo=face("UTO-PLAY-2"),
        ),
        Alert(
            id="UTO-PLAY-3",
            list_id=list_id,
            owner="Utopia, Traffic Police",
            contact="Duty desk, line 220",
            category=AlertCategory.STOLEN_VEHICLE,
            action=AlertAction.SEIZE_OBJECT,
            plates=(SOUGHT_PLATE,),
            reason="Car reported stolen in Amaurot.",
        ),
        Alert(
            id="UTO-PLAY-4",
            list_id=list_id,
            owner="Utopia, Customs Inquiry",
            contact="Through the supervisor only",
            category=AlertCategory.DISCREET_CHECK,
            action=AlertAction.DO_NOT_ALERT_COLLECT,
            visibility=Visibility.SUPERVISOR_ONLY,
            names=("Сазакгулыев, Мерген", "SAZAKGULYYEV, Mergen"),
            birth_dates=(PartialDate(1986, 6, 23),),
            sex=Sex.MALE,
            nationalities=("TKM",),
            reason="Route and company are to be noted, nothing else.",
            photo=face("UTO-PLAY-4"),
        ),
    )
