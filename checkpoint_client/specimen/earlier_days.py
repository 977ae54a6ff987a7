"""The days before: crossings as Utopia's officers recorded them, with all that followed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from checkpoint_client.desk.drafts import Drafts
from checkpoint_client.desk.findings import Weight
from checkpoint_client.desk.hits import HitDesk
from checkpoint_client.desk.log import Log
from checkpoint_client.desk.second_line import SecondLine
from checkpoint_client.desk.session import SignedIn, SignIn
from checkpoint_client.desk.supervisor import Supervisor
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.journal.clock import Clock
from checkpoint_client.records import (
    AddendumDraft,
    AmendmentDraft,
    Change,
    CheckDraft,
    ExchangeDraft,
    InterviewDraft,
    OutcomeDraft,
    Referral,
    ReferralDraft,
    RefusalDraft,
)
from checkpoint_client.records.codes import (
    AmendReason,
    ConsultReason,
    Decision,
    Direction,
    EntryBasis,
    OutcomeDecision,
    Purpose,
    ReferralReason,
    RefusalGround,
    Signing,
    TransportMode,
)
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.specimen import people, post
from checkpoint_client.specimen.cast import cast
from checkpoint_client.specimen.people import Traveller
from checkpoint_client.specimen.pursuit import Left, Pursuit
from checkpoint_client.store import Author
from checkpoint_client.vault import Unlocked, Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist import Alert, AlertAction, Visibility

DAYS = 3
CROSSINGS_A_DAY = 80

_SEED = 2230
_OPENS, _SHUTS = time(7, 5), time(18, 40)
_SOUGHT = 0.025
_SOUGHT_A_DAY = 4
_TAKING_TWO = (AlertAction.DETAIN, AlertAction.REFUSE)
_LEFT_OF_YESTERDAY = (Left.PROPOSED, Left.CONFIRMED_ALONE, Left.OPENED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where the days are written: an enrolled workstation with Utopia's staff in its envelope."""

    folder: Folder
    vault: Vault
    device: DeviceKey
    settings: Settings


def write(
    home: Home,
    now: datetime,
    alerts: Sequence[Alert],
    *,
    crossings_a_day: int = CROSSINGS_A_DAY,
    told: Callable[[date], None] = lambda _day: None,
) -> int:
    """Let the post work through the days before `now`; returns how many checks they recorded.

    Everything goes through the desks, as it did then; a few travellers bear the names of `alerts`.
    The last day is not yet reviewed. `told` is called before each day.
    """
    chance = Random(_SEED)  # noqa: S311  a play, no secret
    hands = _Hands(now)
    checks = 0
    with _colleagues(home.vault) as (second_line, supervisor):
        for back in range(DAYS, 0, -1):
            day = now.date() - timedelta(days=back)
            told(day)
            with _shift(home, hands, day) as session:
                staff = _Staff.of(session, second_line, supervisor)
                queue = _Queue(chance, alerts, day, back).draw(crossings_a_day)
                checks += _Day(staff, chance, hands, day).pass_by(queue, back)
    return checks


@dataclass
class _Hands:
    """The hands of a clock that are put where the play needs them."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def put(self, day: date, at: time) -> None:
        self.now = datetime.combine(day, at, self.now.tzinfo)

    def pass_by(self, **units: int) -> None:
        self.now += timedelta(**units)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Staff:
    """One officer's session, and his colleagues' desks over the same records."""

    officer: SignedIn
    second_line: SecondLine
    supervisor: Supervisor
    hits: HitDesk
    supervisors_hits: HitDesk

    @classmethod
    def of(cls, session: SignedIn, second_line: Unlocked, supervisor: Unlocked) -> "_Staff":
        room = _place(session.workplace, second_line)
        office = _place(session.workplace, supervisor)
        return cls(
            officer=session,
            second_line=SecondLine(room),
            supervisor=Supervisor(office, Log(office)),
            hits=HitDesk(room),
            supervisors_hits=HitDesk(office),
        )


@dataclass(frozen=True, slots=True)
class _Queue:
    """Who comes on a day that is `back` days ago."""

    chance: Random
    alerts: Sequence[Alert]
    day: date
    back: int

    def draw(self, crossings: int) -> list[Traveller]:
        queue = [self._anybody() for _ in range(crossings)]
        for hour, alert in enumerate(self.chance.sample(self._arrests(), _SOUGHT_A_DAY), start=1):
            place = crossings * hour // (_SOUGHT_A_DAY + 2)
            queue[place] = people.bearer(self.chance, alert, self.day)
        if self.back == 2:
            queue[crossings // 2] = cast(self.day).worker
        return queue

    def _arrests(self) -> list[Alert]:
        """Alerts that the booth sees, on people whose birth date is known."""
        return [
            alert
            for alert in self.alerts
            if alert.action in _TAKING_TWO
            and alert.visibility is Visibility.FIRST_LINE
            and all(day.is_complete for day in alert.birth_dates)
            and alert.nationalities
            and not alert.id.startswith("UTO-PLAY")
        ]

    def _anybody(self) -> Traveller:
        if self.chance.random() < _SOUGHT:
            return people.bearer(self.chance, self.chance.choice(self.alerts), self.day)
        return people.traveller(self.chance, self.day)


class _Day:
    """One day at the post."""

    def __init__(self, staff: _Staff, chance: Random, hands: _Hands, day: date) -> None:
        self._staff = staff
        self._chance = chance
        self._hands = hands
        self._day = day
        self._pursuit = Pursuit(
            staff.hits,
            staff.supervisors_hits,
            chance,
            lambda minutes: hands.pass_by(minutes=minutes),
        )
        self._left: Iterator[Left] = iter(())

    def pass_by(self, queue: Sequence[Traveller], back: int) -> int:
        """Everybody of the day crosses; `back` says how many days ago it is."""
        self._left = iter(_LEFT_OF_YESTERDAY if back == 1 else ())
        recorded = []
        opens = datetime.combine(self._day, _OPENS)
        open_for = datetime.combine(self._day, _SHUTS) - opens
        for place, who in enumerate(queue):
            jitter = timedelta(seconds=self._chance.randint(0, 180))
            self._hands.put(self._day, (opens + open_for * place / len(queue) + jitter).time())
            recorded.append(self._cross(who))
        self._amend(recorded)
        if back > 1:
            self._review(recorded)
        return len(recorded)

    def _cross(self, who: Traveller) -> str:
        """One check with what follows from it; returns its id."""
        booth = self._staff.officer.first_line
        draft = self._at_the_counter(who)
        self._hands.pass_by(seconds=self._chance.randint(14, 95))
        if reason := self._doubt(draft):
            kept = booth.refer(draft, ReferralDraft(reason=reason)).value
            self._at_second_line()
            return kept.id
        if self._chance.random() < 0.012:
            refusal = RefusalDraft(grounds=(RefusalGround.E,), note="No means for the stay.")
            kept = booth.refuse(draft, refusal).value
            self._at_second_line()
            return kept.id
        kept = booth.admit(draft).value
        if self._chance.random() < 0.02:
            self._hands.pass_by(seconds=20)
            draft = booth.take_back().value
            self._hands.pass_by(seconds=25)
            kept = booth.admit(draft).value
        return kept.id

    def _at_the_counter(self, who: Traveller) -> CheckDraft:
        is_entry = self._chance.random() < 0.55
        is_foreign = who.person.nationality != ("UTO",)
        by_car = self._chance.random() < 0.45
        draft = CheckDraft(
            started_at=self._hands.now,
            direction=Direction.ENTRY if is_entry else Direction.EXIT,
            transport=TransportMode.ROAD if by_car else TransportMode.PEDESTRIAN,
            lane="2",
            route=self._chance.choice(_ROUTES),
        )
        draft = who.put_in(draft, self._day)
        if by_car:
            vehicle = replace(draft.vehicle, plate=people.plate(self._chance), plate_country="UTO")
            draft = replace(draft, vehicle=vehicle)
        if is_entry and is_foreign:
            has_visa = len(who.zones) > 1
            draft = replace(
                draft,
                purpose=self._chance.choice(_PURPOSES),
                entry_basis=EntryBasis.VISA if has_visa else EntryBasis.VISA_FREE,
                destination=self._chance.choice(_PLACES),
            )
        if self._chance.random() < 0.08:
            draft = replace(draft, remarks=self._chance.choice(_REMARKS))
        return draft

    def _doubt(self, draft: CheckDraft) -> ReferralReason | None:
        findings = self._staff.officer.first_line.findings(draft)
        self._staff.officer.first_line.acknowledge_hits(findings.hits)
        if any(hit.level == "strong" for hit in findings.hits):
            return ReferralReason.POSSIBLE_HIT
        if findings.weight is Weight.ALARM:
            return ReferralReason.DOCUMENT_DOUBT
        return self._chance.choice(_DOUBTS) if self._chance.random() < 0.03 else None

    def _at_second_line(self) -> None:
        desk, chance = self._staff.second_line, self._chance
        self._hands.pass_by(minutes=2)
        case = desk.open(desk.waiting()[0].referral.id).value
        begun = self._hands.now
        exchanges = []
        for question, answer in chance.sample(_QUESTIONS, 3):
            self._hands.pass_by(seconds=chance.randint(30, 90))
            exchanges.append(
                ExchangeDraft(asked_at=self._hands.now, question=question, answer=answer)
            )
        notes = InterviewDraft(
            check_id=case.check.id,
            referral_id=case.referral.id,
            started_at=begun,
            language=chance.choice(("ru", "en", "uz", "ky")),
            exchanges=tuple(exchanges),
            account="Calm, answers without delay.",
            read_back=True,
            signing=Signing.SIGNED,
        )
        interview = desk.close_interview(notes).value
        if chance.random() < 0.2:
            desk.add_addendum(interview.id, AddendumDraft(note="The hotel confirms the booking."))
        takes_two = any(hit.record.action in _TAKING_TWO for hit in case.hits)
        left = next(self._left, Left.CLOSED) if takes_two else Left.CLOSED
        outcome = self._outcome(case.referral.record, left)
        if outcome.decision is OutcomeDecision.REFER_POLICE:
            self._pursuit.persons(case.hits, left)
        else:
            self._pursuit.strangers(case.hits)
        desk.send_outcome(case.referral.id, outcome)

    def _outcome(self, referral: Referral, left: Left) -> OutcomeDraft:
        if referral.grounds:
            return OutcomeDraft(decision=OutcomeDecision.REFUSE, grounds=referral.grounds)
        is_him = left is not Left.CLOSED or self._chance.random() < 0.5
        if referral.reason is ReferralReason.POSSIBLE_HIT and is_him:
            return OutcomeDraft(decision=OutcomeDecision.REFER_POLICE, note="The owner was told.")
        return OutcomeDraft(decision=OutcomeDecision.ADMIT)

    def _amend(self, recorded: list[str]) -> None:
        log = self._staff.officer.log
        self._hands.put(self._day, time(19, 50))
        for check_id in self._chance.sample(recorded, min(3, len(recorded))):
            view = log.open(check_id, ConsultReason.CORRECTION).value
            before = view.current.route
            after = self._chance.choice([each for each in _ROUTES if each != before])
            self._hands.pass_by(seconds=40)
            log.amend(
                check_id,
                AmendmentDraft(
                    changes=(Change(field="route", before=before, after=after),),
                    reason=AmendReason.TYPING_ERROR,
                ),
            )

    def _review(self, recorded: list[str]) -> None:
        desk = self._staff.supervisor
        self._hands.put(self._day, time(20, 30))
        for number, check_id in enumerate(recorded):
            self._hands.pass_by(seconds=15)
            view = desk.look_at(check_id).value
            is_questioned = view.kept.record.decision is Decision.REFERRED and number % 4 == 0
            if is_questioned:
                desk.question(view, "Why was the second document not asked for?")
            else:
                desk.countersign(view)


@contextmanager
def _shift(home: Home, hands: _Hands, day: date) -> Iterator[SignedIn]:
    """The officer's session of one day, in one transaction, so that the play is set up fast."""
    hands.put(day, time(7))
    sign_in = SignIn(
        folder=home.folder,
        vault=home.vault,
        device=home.device,
        settings=home.settings,
        clock=Clock(hands, last_server_time=hands.now),
        is_online=lambda: hands.now.hour not in range(12, 15),
        spool=lambda _store: None,
    )
    session = sign_in.sign_in(post.OFFICER.service_number, post.OFFICER.passphrase)
    try:
        with session.store.together():
            yield session
    finally:
        hands.put(day, time(21, 30))
        sign_in.sign_out(session)


@contextmanager
def _colleagues(vault: Vault) -> Iterator[tuple[Unlocked, Unlocked]]:
    unlocked: list[Unlocked] = []
    try:
        for whose in (post.SECOND_LINE, post.SUPERVISOR):
            unlocked.append(vault.unlock(whose.service_number, whose.passphrase))
        second_line, supervisor = unlocked
        yield second_line, supervisor
    finally:
        for opened in unlocked:
            opened.wipe()


def _place(workplace: Workplace, whose: Unlocked) -> Workplace:
    """A colleague's working place over the same records."""
    return replace(
        workplace,
        role=whose.role,
        drafts=Drafts(workplace.store, whose.service_number, whose.draft_key),
        author=Author(
            officer=whose.service_number,
            shift=workplace.author.shift,
            sign=whose.signing_key.sign,
        ),
    )


_ROUTES = ("Amaurot coach 12", "Anyder valley", "On foot", "Market bus", "Mill road")
_PURPOSES = (Purpose.VISIT, Purpose.WORK, Purpose.TOURISM, Purpose.BUSINESS, Purpose.STUDY)
_PLACES = ("Amaurot", "Anyder", "Upper Mill", "Lakeside")
_DOUBTS = (ReferralReason.PURPOSE_DOUBT, ReferralReason.IDENTITY_DOUBT, ReferralReason.STAY_DOUBT)

_REMARKS = (
    "Travels with two children of the family.",
    "Едет на похороны родственника.",
    "Carries market goods, shown to customs.",
    "Просил вызвать врача, помощь оказана.",
    "Second crossing of the day.",
)

_QUESTIONS = (
    ("Where are you going?", "To my brother in Amaurot."),
    ("How long will you stay?", "Ten days, until the fair is over."),
    ("Who paid for the journey?", "I paid for it myself."),
    ("Куда вы едете?", "К сестре, она живёт у озера."),
    ("Кто вас встречает?", "Двоюродный брат, у него мастерская."),
    ("When were you here last?", "In spring, for two weeks."),
)
