"""Erases at this workstation what is past its time, and writes down that it did."""

from datetime import datetime, timedelta
from typing import Final

from checkpoint_client.records import KINDS, WorkstationEvent
from checkpoint_client.records.codes import WorkstationStep
from checkpoint_client.rules import RetentionRules, StayRules
from checkpoint_client.store import Store

AT_ONCE: Final = 1_000


class Retention:
    def __init__(self, store: Store, rules: RetentionRules, stay_rules: StayRules) -> None:
        self._store = store
        self._rules = rules
        self._stay_rules = stay_rules

    def erase(self) -> int:
        """Erase some of what is due, so that nobody waits; how many records went.

        By the time that the centre told last: a clock that is ahead must not erase too early.
        """
        told = self._store.clock.reading().last_server_time
        erased = self._erase(told) if told else 0
        self._store.sweep_attachments()
        return erased

    def _erase(self, told: datetime) -> int:
        days = {kind: found for kind in KINDS if (found := self._rules.days_of(kind))}
        with self._store.together():
            self._store.forget_crossings(
                before=told.date() - timedelta(days=self._stay_rules.keep_days)
            )
            erased = self._store.erase(days, now=told, most=AT_ONCE)
            if erased:
                details = {kind: str(count) for kind, count in sorted(erased.items())}
                self._store.append(WorkstationEvent(step=WorkstationStep.ERASED, details=details))
        return sum(erased.values())
