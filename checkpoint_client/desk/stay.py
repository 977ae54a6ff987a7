"""How long this foreigner may stay, and on what the count is based: for the officer to judge."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.records import CheckDraft
from checkpoint_client.records.codes import Direction, DocumentClass, EntryBasis
from checkpoint_client.rules import Crossing, Stay, WindowKind, stay_of

__all__ = ["Stay", "StayFound", "WindowKind", "stay_found"]

_GRANTING = {DocumentClass.VISA, DocumentClass.RES_PERMIT}
_INWARD = {Direction.ENTRY, Direction.TRANSIT_ENTRY, Direction.RETURNED_BY_NEIGHBOUR}


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFound:
    """A stay as counted today, the present crossing included, and what it was counted from.

    `here`: crossings in this post's own records, `elsewhere`: others that the centre told, the
    last time at `told_at` (the post's own time, None for never). `signed_by` is who at headquarters
    vouches for the rule, None for working values.
    """

    stay: Stay
    here: int
    elsewhere: int
    told_at: datetime | None
    signed_by: str | None


def stay_found(at: Workplace, draft: CheckDraft, today: date) -> StayFound | None:
    """None where no rule is known, or the traveller enters on something else than it."""
    if draft.entry_basis not in (None, EntryBasis.VISA_FREE, EntryBasis.BILATERAL):
        return None
    if any(each.document_class in _GRANTING for each in draft.documents_shown()):
        return None
    rule = at.stay_rules.rule_for(at.settings.state, draft.nationalities(), today)
    documents = [
        (each.issuing_state.strip().upper(), each.number)
        for each in draft.documents_shown()
        if each.number.strip()
    ]
    if rule is None or not documents:
        return None
    known = at.store.known_crossings(documents)
    total = known.here | known.told
    now = Counter([Crossing(today, enters=draft.direction in _INWARD)])
    return StayFound(
        stay=stay_of(rule, total + now, today),
        here=known.here.total(),
        elsewhere=total.total() - known.here.total(),
        told_at=known.told_at and known.told_at.astimezone(at.now().tzinfo),
        signed_by=at.stay_rules.signed_by,
    )
