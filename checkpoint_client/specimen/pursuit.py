"""Hits of the days before, followed as second line and supervisor did; the last are still open."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from random import Random

from checkpoint_client.desk.hits import HitCase, HitDesk
from checkpoint_client.records import (
    ActionDraft,
    AdjudicationDraft,
    CollectedItem,
    CollectionDraft,
    Hit,
    OpinionDraft,
    ReportDraft,
)
from checkpoint_client.records.codes import (
    ActionTaken,
    AdjudicationReason,
    AloneReason,
    Collecting,
    HitVerdict,
    Information,
    Opinion,
    ReportMeans,
)
from checkpoint_client.store import Kept
from checkpoint_client.watchlist import AlertAction


class Left(StrEnum):
    """How far those on duty came with a hit."""

    CLOSED = "CLOSED"
    PROPOSED = "PROPOSED"
    CONFIRMED_ALONE = "CONFIRMED_ALONE"
    OPENED = "OPENED"


class Pursuit:
    def __init__(
        self,
        second_line: HitDesk,
        supervisor: HitDesk,
        chance: Random,
        pass_by: Callable[[int], None],
    ) -> None:
        """`pass_by` lets so many minutes go by."""
        self._second_line = second_line
        self._supervisor = supervisor
        self._chance = chance
        self._pass_by = pass_by

    def strangers(self, hits: Iterable[Kept[Hit]]) -> None:
        """None of the alerts was about this traveller."""
        for hit in hits:
            case = self._open(hit)
            reason = (
                AdjudicationReason.DIFFERENT_BIRTH
                if "birth_date" in _differing(case)
                else AdjudicationReason.DIFFERENT_PHOTO
            )
            self._second_line.adjudicate(
                hit.id, AdjudicationDraft(verdict=HitVerdict.NOT_SAME, reasons=(reason,))
            )
            self._second_line.close(hit.id)

    def persons(self, hits: Iterable[Kept[Hit]], left: Left) -> None:
        """The traveller is whom the alerts seek."""
        for hit in hits:
            case = self._open(hit)
            if left is Left.OPENED:
                continue
            self._confirm(case, left)
            if left is Left.CLOSED:
                self._carry_out(case)

    def _open(self, hit: Kept[Hit]) -> HitCase:
        self._pass_by(1)
        case = self._second_line.open(hit.id).value
        self._pass_by(self._chance.randint(2, 6))
        return case

    def _confirm(self, case: HitCase, left: Left) -> None:
        alone = AloneReason.OTHERS_ENGAGED if left is Left.CONFIRMED_ALONE else None
        draft = AdjudicationDraft(
            verdict=HitVerdict.SAME,
            reasons=(AdjudicationReason.SAME_NAME_AND_BIRTH, AdjudicationReason.OWN_WORDS),
            note="Says himself that he is looked for.",
            alone=alone,
        )
        self._second_line.adjudicate(case.hit.id, draft)
        if left is Left.CLOSED and case.needs_second:
            self._pass_by(3)
            self._supervisor.give_opinion(case.hit.id, OpinionDraft(opinion=Opinion.AGREES))

    def _carry_out(self, case: HitCase) -> None:
        desk, id = self._second_line, case.hit.id
        self._pass_by(4)
        if case.needs_collection:
            desk.collect(id, _COLLECTED)
        action = _ACTIONS.get(case.hit.record.action, ActionTaken.HANDED_OVER)
        desk.take_action(id, ActionDraft(action=action, place="Second line, room 1"))
        self._pass_by(self._chance.randint(3, 40))
        contact = case.alert.contact if case.alert else "Duty desk"
        report = ReportDraft(means=ReportMeans.PHONE, reported_to=contact, reply="Understood.")
        desk.report(id, report)
        desk.close(id, "The owner has been told and takes it from here.")


def _differing(case: HitCase) -> set[str]:
    return {each.field for each in case.compared if each.likeness == "DIFFERENT"}


_COLLECTED = CollectionDraft(
    items=(
        CollectedItem(item=Information.LOCATED, state=Collecting.COLLECTED),
        CollectedItem(
            item=Information.ROUTE_DESTINATION,
            state=Collecting.COLLECTED,
            text="From the lake to Amaurot, by coach.",
        ),
        CollectedItem(
            item=Information.COMPANIONS,
            state=Collecting.NOT_POSSIBLE,
            text="Stood alone in the queue.",
        ),
    )
)

_ACTIONS = {
    AlertAction.REFUSE.value: ActionTaken.ENTRY_REFUSED,
    AlertAction.DETAIN.value: ActionTaken.DETAINED,
    AlertAction.SEIZE_DOCUMENT.value: ActionTaken.DOCUMENT_SEIZED,
    AlertAction.SEIZE_OBJECT.value: ActionTaken.OBJECT_SEIZED,
    AlertAction.COMMUNICATE_WHEREABOUTS.value: ActionTaken.WHEREABOUTS_NOTED,
    AlertAction.PLACE_UNDER_PROTECTION.value: ActionTaken.PROTECTED,
    AlertAction.INTERVIEW_COLLECT.value: ActionTaken.INTERVIEWED,
}
