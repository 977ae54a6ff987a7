"""The first line: one traveller after another, decided with one key, taken back with another."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from checkpoint_client.desk.done import Changed, Done, Refused
from checkpoint_client.desk.findings import Findings, PossibleHit, Remarks
from checkpoint_client.desk.lists import version_of
from checkpoint_client.desk.powers import Power
from checkpoint_client.desk.questions import questions_for
from checkpoint_client.desk.screening import Answer
from checkpoint_client.desk.stay import stay_found
from checkpoint_client.desk.verdicts import earlier_verdicts
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.records import (
    BorderCheck,
    CheckDraft,
    DocumentDraft,
    Evidence,
    Hit,
    HitSeen,
    ListConsulted,
    Outcome,
    Person,
    Problem,
    Referral,
    ReferralDraft,
    RefusalDraft,
    SeenHit,
    VehicleDraft,
    Withdrawal,
)
from checkpoint_client.records.codes import Decision, HitOrigin, ReferralReason, RefusalGround
from checkpoint_client.records.drafts import date_so_far, nfc, tidy
from checkpoint_client.rules import Ground
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogRow
from checkpoint_client.watchlist import Match, Visibility

_DRAFT = "check"
_QUEUE = "queue"
_SEEN = "seen"
_ACKNOWLEDGED = "acknowledged"
_MOST_SEEN = 500  # outcomes of a shift, with room to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralResult:
    """What second line sent back on a referral of this officer."""

    outcome: Kept[Outcome]
    check: Kept[BorderCheck]


@dataclass(frozen=True, slots=True)
class Queue:
    """Travellers whose documents were read while another was undecided, in their order."""

    travellers: tuple[CheckDraft, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Outcomes, by their ids, that the officer has read."""

    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """Alerts as (`list_id`, `id`, level) that the officer has read; `at` is when he last did."""

    at: datetime
    hits: frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """How a check ends: what was decided and, where it goes on, how."""

    decision: Decision
    grounds: tuple[RefusalGround, ...] = ()
    national_ground: str = ""
    referral: ReferralDraft | None = None


class FirstLine:
    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    # before the decision

    def ask_ahead(self, draft: CheckDraft) -> "Future[None]":
        """Have the traveller compared with the lists before `findings`; from the screen's thread.

        Cancelled when another traveller is asked for before it began.
        """
        self._at.must(Power.CHECK)
        return self._at.lists.ask_ahead(draft)

    def findings(self, draft: CheckDraft) -> Findings:
        """All that is known here about the traveller as typed so far. Records nothing."""
        self._at.must(Power.CHECK)
        now = self._at.now()
        remarks = Remarks(
            requirements=self._at.requirements, today=now.date(), training=self._at.training
        )
        answer = self._at.lists.ask(draft, self._at.likely_now())
        visible = [match for match in answer.matches if self._at.sees(match.alert.visibility)]
        return Findings(
            remarks=remarks.on(draft),
            hits=self._possible_hits(draft, visible),
            earlier=self._earlier(draft, now),
            lists=self._at.lists.aged(answer.lists, self._at.likely_now()),
            required=self._required(draft),
            questions=questions_for(draft, answer.matches, self._at.lot, now.date()),
            stay=stay_found(self._at, draft, self._at.likely_now().date()),
        )

    def acknowledge_hits(self, hits: Sequence[PossibleHit]) -> None:
        """The officer has read these hits at their levels: recorded with the check he decides."""
        self._at.must(Power.CHECK)
        read = {(hit.list_id, hit.alert_id, hit.level) for hit in hits}
        before = self._acknowledged()
        self._keep_acknowledged(read | before.hits if before else read)

    def missing(self, draft: CheckDraft) -> list[Problem]:
        """What keeps the draft from being decided on, in the order of the screen."""
        return draft.problems(self._required(draft))

    def grounds(self) -> tuple[Ground, ...]:
        """The grounds of refusal, worded in the workstation's language."""
        return self._at.refusal_grounds.worded(self._at.settings.language)

    def refusal_needs_approval(self) -> bool:
        return self._at.settings.refusal_needs_approval

    # decisions

    def admit(self, draft: CheckDraft) -> Done[Kept[BorderCheck]]:
        return self._decide(draft, _Path(decision=Decision.ADMITTED))

    def refer(self, draft: CheckDraft, referral: ReferralDraft) -> Done[Kept[BorderCheck]]:
        """Send the traveller to second line with a coded reason."""
        return self._decide(
            draft, _Path(decision=Decision.REFERRED, referral=referral), referral.problems()
        )

    def refuse(self, draft: CheckDraft, refusal: RefusalDraft) -> Done[Kept[BorderCheck]]:
        """Refuse entry; where headquarters wants it approved, refer with a proposed refusal."""
        approval = ReferralDraft(reason=ReferralReason.PROPOSED_REFUSAL, note=refusal.note)
        path = _Path(
            decision=Decision.REFUSED,
            grounds=refusal.grounds,
            national_ground=tidy(refusal.national_ground),
        )
        if self.refusal_needs_approval():
            path = replace(path, decision=Decision.REFERRED, referral=approval)
        return self._decide(draft, path, refusal.problems())

    def take_back(self) -> Done[CheckDraft]:
        """Withdraw the last check within its minute and give the traveller back to the screen."""
        self._at.must(Power.CHECK)
        last = self.last_check()
        if last is None:
            raise Refused([Problem("last_check", "nothing")])
        if self._at.now() > self.can_take_back_until(last):
            raise Refused([Problem("last_check", "too-late")])
        row = self._at.store.row(last.id)
        if row and row.outcome:
            raise Refused([Problem("last_check", "already-decided")])
        draft = draft_of(last.record)
        with self._at.store.together():
            self._at.store.append(
                Withdrawal(check_id=last.id), author=self._at.author, refers_to=[last.leaf]
            )
            self.keep_draft(draft)
            self._keep_acknowledged(self._acknowledged_at(last))
        return Done(draft, Changed.CHECKS | Changed.REFERRALS | Changed.WAITING | Changed.HITS)

    def last_check(self) -> Kept[BorderCheck] | None:
        """The officer's last check that stands, of this shift."""
        self._at.must(Power.CHECK)
        newest = self._newest()
        if newest is None or newest.shift != self._at.author.shift:
            return None
        return None if self._at.store.about(newest.id, Withdrawal) else newest

    def can_take_back_until(self, check: Kept[BorderCheck]) -> datetime:
        return check.recorded_at + timedelta(seconds=self._at.settings.take_back_seconds)

    # what stays on the screen

    def keep_draft(self, draft: CheckDraft) -> None:
        """Keep what is half typed, for its author only; an empty screen keeps nothing."""
        self._at.must(Power.CHECK)
        if draft.has_traveller():
            self._at.drafts.keep(_DRAFT, "", draft)
            return
        self._at.drafts.forget(_DRAFT, "")
        self._at.drafts.forget(_ACKNOWLEDGED, "")

    def kept_draft(self) -> CheckDraft | None:
        """What the officer had typed when he last locked, or the power failed."""
        self._at.must(Power.CHECK)
        return self._at.drafts.kept(_DRAFT, "", CheckDraft)

    def keep_queue(self, travellers: Sequence[CheckDraft]) -> None:
        """Keep who was read while another traveller was undecided, for the officer only."""
        self._at.must(Power.CHECK)
        if travellers:
            self._at.drafts.keep(_QUEUE, "", Queue(tuple(travellers)))
            return
        self._at.drafts.forget(_QUEUE, "")

    def kept_queue(self) -> tuple[CheckDraft, ...]:
        """Who still waited when the officer last locked, in their order."""
        self._at.must(Power.CHECK)
        kept = self._at.drafts.kept(_QUEUE, "", Queue)
        return kept.travellers if kept else ()

    def defaults(self) -> CheckDraft:
        """An empty screen with the last used purpose, basis and destination.

        Direction, lane, vehicle and route stay as set only within the shift.
        """
        self._at.must(Power.CHECK)
        newest = self._newest()
        if newest is None:
            return CheckDraft(lane=self._at.settings.lane)
        last = draft_of(newest.record)
        empty = CheckDraft(
            purpose=last.purpose,
            entry_basis=last.entry_basis,
            destination=last.destination,
            lane=self._at.settings.lane,
        )
        if newest.shift != self._at.author.shift:
            return empty
        return replace(
            empty,
            direction=last.direction,
            transport=last.transport,
            lane=last.lane,
            vehicle=last.vehicle,
            route=last.route,
        )

    def results(self) -> list[ReferralResult]:
        """Outcomes of this officer's referrals of the shift that he has not seen, newest first."""
        self._at.must(Power.CHECK)
        seen = self._seen()
        outcomes = self._at.store.outcomes_for(self._at.officer, self._at.author.shift)
        return [
            ReferralResult(outcome=outcome, check=check)
            for outcome in outcomes
            if outcome.id not in seen
            and (check := self._at.store.kept_as(BorderCheck, outcome.record.check_id))
        ]

    def acknowledge(self, outcome_id: str) -> None:
        """The officer has read an outcome: it is not shown again."""
        self._at.must(Power.CHECK)
        seen = (*self._seen(), outcome_id)
        self._at.drafts.keep(_SEEN, "", Seen(seen[-_MOST_SEEN:]))

    def _seen(self) -> tuple[str, ...]:
        kept = self._at.drafts.kept(_SEEN, "", Seen)
        return kept.outcomes if kept else ()

    def _decide(
        self, draft: CheckDraft, path: _Path, problems: Sequence[Problem] = ()
    ) -> Done[Kept[BorderCheck]]:
        self._at.must(Power.CHECK)
        if found := [*self.missing(draft), *problems]:
            raise Refused(found)
        now = self._at.now()
        answer = self._at.lists.ask(draft, self._at.likely_now())
        acknowledged = self._must_be_acknowledged(answer)
        lists = self._at.lists.aged(answer.lists, self._at.likely_now())
        check = self._check(draft, path, lists, now)
        with self._at.store.together():
            kept = self._at.store.append(check, author=self._at.author)
            hits = [
                self._at.store.append(hit, author=None, refers_to=[kept.leaf])
                for hit in hits_of(kept.id, answer)
            ]
            self._record_seen(kept, hits, acknowledged)
            if path.referral:
                self._at.store.append(
                    _referral(kept.id, path, path.referral),
                    author=self._at.author,
                    refers_to=[kept.leaf],
                )
            self._at.drafts.forget(_DRAFT, "")
            self._at.drafts.forget(_ACKNOWLEDGED, "")
        # Hits too, whether there are any or none: what screens do then must not tell.
        changed = Changed.CHECKS | Changed.WAITING | Changed.HITS
        return Done(kept, changed | Changed.REFERRALS if path.referral else changed)

    def _possible_hits(
        self, draft: CheckDraft, matches: Sequence[Match]
    ) -> tuple[PossibleHit, ...]:
        if not matches:
            return ()
        read = self._acknowledged()
        person, numbers = _person(draft), _numbers(draft)
        found = []
        for match in matches:
            alert = (match.alert.list_id, match.alert.id)
            confirmed = self._at.store.confirmed(alert)
            found.append(
                replace(
                    possible_hit(match),
                    earlier_verdicts=earlier_verdicts(self._at, alert, person, numbers),
                    confirmation=confirmed.record if confirmed else None,
                    acknowledged=read is not None and (*alert, match.level.value) in read.hits,
                )
            )
        return tuple(found)

    def _must_be_acknowledged(self, answer: Answer) -> Acknowledged | None:
        """What the officer has read; raises `Refused` where he must have read more to decide."""
        read = self._acknowledged()
        for match in answer.matches:
            hit = (match.alert.list_id, match.alert.id, match.level.value)
            if (
                match.alert.visibility is Visibility.FIRST_LINE
                and match.level.value in self._at.hit_rules.acknowledge
                and not (read and hit in read.hits)
            ):
                raise Refused([Problem("hits", "not-acknowledged")])
        return read

    def _record_seen(
        self, check: Kept[BorderCheck], hits: Sequence[Kept[Hit]], read: Acknowledged | None
    ) -> None:
        """Record which hits the officer has read, if any; never of one that others may see."""
        seen = [
            hit
            for hit in hits
            if read
            and hit.record.visibility == Visibility.FIRST_LINE
            and (hit.record.list_id, hit.record.alert_id, hit.record.level) in read.hits
        ]
        if not read or not seen:
            return
        self._at.store.append(
            HitSeen(
                check_id=check.id,
                hits=tuple(SeenHit(hit_id=hit.id, level=hit.record.level) for hit in seen),
            ),
            author=self._at.author,
            refers_to=[check.leaf, *(hit.leaf for hit in seen)],
            happened_at=read.at,
        )

    def _acknowledged(self) -> Acknowledged | None:
        return self._at.drafts.kept(_ACKNOWLEDGED, "", Acknowledged)

    def _keep_acknowledged(self, hits: Iterable[tuple[str, str, str]]) -> None:
        if kept := frozenset(hits):
            self._at.drafts.keep(_ACKNOWLEDGED, "", Acknowledged(at=self._at.now(), hits=kept))

    def _acknowledged_at(self, check: Kept[BorderCheck]) -> Iterator[tuple[str, str, str]]:
        """What the officer had read when he decided on a check."""
        for kept in self._at.store.about(check.id, HitSeen):
            for seen in kept.record.hits:
                if hit := self._at.store.kept_as(Hit, seen.hit_id):
                    yield hit.record.list_id, hit.record.alert_id, seen.level

    def _newest(self) -> Kept[BorderCheck] | None:
        """The officer's newest check here, unless it comes from an earlier register."""
        newest = self._at.store.newest(BorderCheck, self._at.officer)
        return None if newest is None or newest.record.register_reference else newest

    def _check(
        self, draft: CheckDraft, path: _Path, lists: tuple[ListConsulted, ...], now: datetime
    ) -> BorderCheck:
        started = draft.started_at or now
        shown = draft.documents_shown()
        return BorderCheck(
            direction=draft.direction,
            transport=draft.transport,
            post=self._at.settings.post,
            lane=tidy(draft.lane),
            person=draft.person(),
            documents=tuple(document.document() for document in shown),
            no_document_reason=None if shown else draft.no_document_reason,
            vehicle=draft.vehicle.vehicle(),
            route=tidy(draft.route),
            purpose=draft.purpose,
            entry_basis=draft.entry_basis,
            destination=tidy(draft.destination),
            lists=lists,
            decision=path.decision,
            grounds=path.grounds if path.decision is Decision.REFUSED else (),
            national_ground=path.national_ground if path.decision is Decision.REFUSED else "",
            started_at=started,
            duration_ms=max(0, (now - started) // timedelta(milliseconds=1)),
            offline=not self._at.is_online(),
            remarks=nfc(draft.remarks),
            companions=tidy(draft.companions),
        )

    def _required(self, draft: CheckDraft) -> frozenset[str]:
        return self._at.requirements.fields_for(
            draft.direction, draft.nationalities(), self._at.settings.state
        )

    def _earlier(self, draft: CheckDraft, now: datetime) -> tuple[LogRow, ...]:
        since = self._at.known_since(now)
        return tuple(self._at.store.earlier(_person(draft), _numbers(draft), since))


def _person(draft: CheckDraft) -> Person:
    """Who is at the counter, as far as an earlier crossing can be known by it."""
    return Person(
        primary_identifier=draft.primary_identifier,
        secondary_identifier=draft.secondary_identifier,
        birth_date=date_so_far(draft.birth_date),
        national_numbers=draft.national_numbers(),
    )


def _numbers(draft: CheckDraft) -> list[tuple[str, str]]:
    return [(each.issuing_state.strip().upper(), each.number) for each in draft.documents_shown()]


def possible_hit(match: Match) -> PossibleHit:
    """A match in codes and values, for screens."""
    alert = match.alert
    return PossibleHit(
        alert_id=alert.id,
        list_id=alert.list_id,
        name=alert.names[0] if alert.names else "",
        birth_dates=alert.birth_dates,
        nationalities=alert.nationalities,
        category=alert.category.value,
        action=alert.action.value,
        cautions=tuple(each.value for each in alert.cautions),
        level=match.level.value,
        match_kind=match.kind.value,
        score=match.score,
        evidence=evidence_of(match),
        owner=alert.owner,
        contact=alert.contact,
        reason=alert.reason,
    )


def hits_of(check_id: str, answer: Answer, origin: HitOrigin = HitOrigin.AT_CHECK) -> Iterator[Hit]:
    """What is recorded of a check's matches, whoever may see them."""
    versions = {each.list_id: each.version for each in answer.lists}
    for match in answer.matches:
        yield _hit(check_id, match, version_of(match.alert.list_id, versions), origin)


def evidence_of(match: Match) -> tuple[Evidence, ...]:
    """The reasons for a match as they are recorded with the hit."""
    return tuple(Evidence(code=each.code, values=dict(each.values)) for each in match.reasons)


def draft_of(check: BorderCheck) -> CheckDraft:
    """A recorded check as it stood on the screen."""
    person, vehicle = check.person, check.vehicle
    return CheckDraft(
        direction=check.direction,
        transport=check.transport,
        lane=check.lane,
        vehicle=VehicleDraft(
            plate=vehicle.plate,
            plate_country=vehicle.plate_country,
            vehicle_type=vehicle.vehicle_type,
            vin=vehicle.vin,
        )
        if vehicle
        else VehicleDraft(),
        route=check.route,
        primary_identifier=person.primary_identifier,
        secondary_identifier=person.secondary_identifier,
        patronymic=person.patronymic,
        name_native=person.name_native,
        birth_date=person.birth_date.on_screen() or "?",
        sex=person.sex,
        nationality=" ".join(person.nationality),
        national_number=" ".join(person.national_numbers),
        documents=tuple(
            DocumentDraft(
                document_class=document.document_class,
                issuing_state=document.issuing_state,
                number=document.number,
                expiry_date=document.expiry_date.on_screen(),
                source=document.source,
                document_code=document.document_code,
                format=document.format,
                mrz=document.mrz,
                check_digits=document.check_digits,
                name_truncated=document.name_truncated,
                optional=document.optional,
            )
            for document in check.documents
        ),
        no_document_reason=check.no_document_reason,
        purpose=check.purpose,
        entry_basis=check.entry_basis,
        destination=check.destination,
        remarks=check.remarks,
        companions=check.companions,
    )


def _hit(check_id: str, match: Match, version: int, origin: HitOrigin) -> Hit:
    alert = match.alert
    return Hit(
        check_id=check_id,
        list_id=alert.list_id,
        list_version=version,
        alert_id=alert.id,
        category=alert.category.value,
        action=alert.action.value,
        visibility=alert.visibility.value,
        match_kind=match.kind.value,
        level=match.level.value,
        score=round(match.score, 2),
        name=alert.names[0] if alert.names else "",
        evidence=evidence_of(match),
        origin=origin,
    )


def _referral(check_id: str, path: _Path, draft: ReferralDraft) -> Referral:
    return Referral(
        check_id=check_id,
        reason=draft.reason or ReferralReason.OTHER,
        note=nfc(draft.note),
        grounds=path.grounds,
        national_ground=path.national_ground,
    )
