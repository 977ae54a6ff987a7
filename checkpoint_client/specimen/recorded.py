"""Complete records as a post writes them, for measuring: two scripts, hits and notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from checkpoint_client.records import BorderCheck, CheckDraft, Evidence, Hit, ListConsulted
from checkpoint_client.records.codes import (
    Decision,
    Direction,
    EntryBasis,
    ListState,
    Purpose,
    TransportMode,
)
from checkpoint_client.records.travellers import Vehicle
from checkpoint_client.specimen import people, post

HITS = 0.03
NOTES = 0.08


@dataclass(frozen=True, slots=True)
class Crossing:
    """A check and, for three in a hundred, the alert that may concern the traveller."""

    check: BorderCheck
    alert_id: str

    def hit(self, check_id: str) -> Hit | None:
        """The hit as it is recorded beside the check, once that has its id."""
        if not self.alert_id:
            return None
        person = self.check.person
        names = {"part": "surname", "traveller": person.primary_identifier}
        return Hit(
            check_id=check_id,
            list_id="UTO",
            list_version=7,
            alert_id=self.alert_id,
            category="REFUSE_ENTRY",
            action="REFUSE",
            visibility="FIRST_LINE",
            match_kind="NAME_DOB",
            level="strong",
            score=6.4,
            name=person.name_native or person.primary_identifier,
            evidence=(
                Evidence(code="name-spelling", values=names),
                Evidence(code="birth-same", values={"date": str(person.birth_date)}),
            ),
        )


def crossings(chance: Random, now: datetime) -> Iterator[Crossing]:
    """Without end. The caller's `chance` makes them repeatable."""
    while True:
        check = _check(chance, now)
        has_hit = chance.random() < HITS
        yield Crossing(check, f"UTO-{chance.randint(0, 5_000):06}" if has_hit else "")


def _check(chance: Random, now: datetime) -> BorderCheck:
    who = people.traveller(chance, now.date())
    draft = who.put_in(CheckDraft(), now.date())
    by_car = chance.random() < 0.45
    is_foreign = who.person.nationality != ("UTO",)
    return BorderCheck(
        direction=chance.choice((Direction.ENTRY, Direction.EXIT)),
        transport=TransportMode.ROAD if by_car else TransportMode.PEDESTRIAN,
        post=post.POST,
        lane="2",
        person=draft.person(),
        documents=tuple(each.document() for each in draft.documents),
        vehicle=Vehicle(plate=people.plate(chance), plate_country="UTO") if by_car else None,
        purpose=chance.choice(tuple(Purpose)) if is_foreign else None,
        entry_basis=EntryBasis.VISA_FREE if is_foreign else None,
        destination=chance.choice(_PLACES) if is_foreign else "",
        lists=(ListConsulted(list_id="watchlist", version=7, age_hours=5, state=ListState.FRESH),),
        decision=Decision.ADMITTED,
        started_at=now,
        duration_ms=chance.randint(9_000, 95_000),
        remarks=chance.choice(_NOTES) if chance.random() < NOTES else "",
    )


_PLACES = ("Amaurot", "Anyder", "Upper Mill", "Lakeside")

_NOTES = (
    "Travels with two children of the family, the father waits beyond the gate.",
    "Едет на похороны родственника, справка показана.",
    "Carries market goods, shown to customs; nothing to declare.",
    "Просил вызвать врача, помощь оказана на месте.",
)
