"""Sessions: a pass-phrase opens the files, locking closes them and wipes the keys."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from checkpoint_client.desk import wiping
from checkpoint_client.desk.administration import Administration
from checkpoint_client.desk.channels import ChannelStates
from checkpoint_client.desk.drafts import Drafts
from checkpoint_client.desk.first_line import FirstLine
from checkpoint_client.desk.hits import HitDesk
from checkpoint_client.desk.incarnation import open_records, prepare_new_key
from checkpoint_client.desk.late_hits import LateHits
from checkpoint_client.desk.leaving import Leaving
from checkpoint_client.desk.list_page import ListDesk
from checkpoint_client.desk.lists import WATCHLIST, Lists
from checkpoint_client.desk.log import Log
from checkpoint_client.desk.powers import POWERS, Power
from checkpoint_client.desk.questions import Lot
from checkpoint_client.desk.retention import Retention
from checkpoint_client.desk.screening import Screening
from checkpoint_client.desk.second_line import SecondLine
from checkpoint_client.desk.supervisor import Supervisor
from checkpoint_client.desk.wiping import WipeState
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.desk.workstation import Workstation
from checkpoint_client.documents.states import is_specimen
from checkpoint_client.journal.clock import Clock
from checkpoint_client.records import SessionEvent, WorkstationEvent
from checkpoint_client.records.codes import Role, SessionStep, WorkstationStep
from checkpoint_client.rules import (
    HitRules,
    ListRules,
    OfficersList,
    Proposals,
    RefusalGrounds,
    Requirements,
    RetentionRules,
    Sent,
    Standing,
    StayRules,
    in_force,
)
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.store import Author, Store
from checkpoint_client.store.engine import Damaged, InUse, WrongKey
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import SlotName, Unlocked, Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.roles import RoleKeys

__all__ = ["OldEnvelope", "SignIn", "SignedIn", "SlotName"]

_ENVELOPE = "envelope"


class OldEnvelope(Exception):
    """The envelope is older than the one this database has seen: a removed officer's copy."""

    def __init__(self) -> None:
        super().__init__(
            "An older list of officers was put back, so nobody is let in: put the newest"
            " envelope.json back, or call headquarters."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """One session and its desks. Everything here belongs to the store's thread."""

    officer: str
    role: Role
    powers: frozenset[Power]
    shift: str
    began: str
    workplace: Workplace
    first_line: FirstLine
    second_line: SecondLine
    hits: HitDesk
    log: Log
    supervisor: Supervisor
    lists: ListDesk
    administration: Administration
    workstation: Workstation
    late_hits: LateHits
    unlocked: Unlocked
    reference: Reference
    screening: Screening
    retention: Retention

    @property
    def store(self) -> Store:
        return self.workplace.store

    @property
    def first(self) -> int:
        """Where the session begins in the present journal: at its start, if that is younger."""
        return self.store.position_of(self.began) or 1


class SignIn:
    """Opens and ends sessions at this workstation."""

    def __init__(
        self,
        *,
        folder: Folder,
        vault: Vault,
        device: DeviceKey,
        settings: Settings,
        clock: Clock,
        is_online: Callable[[], bool],
        spool: Callable[[Store], None],
    ) -> None:
        """`spool` puts what waits into a bundle that the uplink delivers without these keys."""
        self._folder = folder
        self._vault = vault
        self._device = device
        self._settings = settings
        self._clock = clock
        self._is_online = is_online
        self._spool = spool
        self._leaving = Leaving(device, vault, clock)

    def officers(self) -> tuple[SlotName, ...]:
        """Who may sign in here, and who could but for a suspension."""
        left = {
            each.service_number
            for each in self._leaving.officers()
            if each.standing is Standing.LEFT
        }
        return tuple(each for each in self._vault.officers() if each.service_number not in left)

    def may_go_on(self, session: SignedIn) -> bool:
        """Whether headquarters lets whoever is signed in work here, as far as its word has come."""
        standing = self._leaving.standing(session.officer)
        return self.wipe() is None and standing is Standing.IN_SERVICE

    def wipe(self) -> WipeState | None:
        """How far headquarters' order to wipe this workstation is carried out, None without one."""
        return wiping.state_of(self._device, self._vault)

    def sign_in(
        self,
        service_number: str,
        passphrase: str,
        watch: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> SignedIn:
        """Takes about half a second on purpose, and longer where somebody has left: then the files
        get another key, and `watch` is told how many bytes are done and of how many; what it raises
        breaks that off, see `leaving.BrokenOff`.

        Under an order to be wiped a right pass-phrase only hands over what was recorded. Raises the
        vault's errors, `Unusable`, `Ordered`, `NotInService`, OSError.
        """
        if self.wipe() is WipeState.DONE:
            raise wiping.Ordered(WipeState.DONE)
        self._leaving.must_be_in_service(service_number)
        unlocked = self._vault.unlock(service_number, passphrase)
        try:
            files = (self._folder.records, self._folder.reference)
            self._leaving.settle(unlocked, files, watch)
            if self._device.state.wipe:
                self._hand_over(unlocked)
                raise wiping.Ordered(WipeState.BEGUN)
            return self._open(unlocked)
        except BaseException:
            unlocked.wipe()
            raise

    def lock(self, session: SignedIn) -> None:
        """Leave the workplace: sign the session, spool what waits, close, wipe."""
        self._end(session, SessionStep.LOCKED)

    def sign_out(self, session: SignedIn) -> None:
        self._end(session, SessionStep.SIGNED_OUT)

    def _hand_over(self, unlocked: Unlocked) -> None:
        with closing(self._records(unlocked)) as store:
            self._leave_for_centre(store)
        unlocked.wipe()

    def _records(self, unlocked: Unlocked) -> Store:
        try:
            return open_records(
                self._folder.records,
                unlocked.database_key,
                device=self._device,
                clock=self._clock,
            )
        except WrongKey:
            if self._leaving.is_older_envelope():
                raise OldEnvelope from None
            raise

    def _leave_for_centre(self, store: Store) -> None:
        """What waits goes into the spool, which only the centre opens."""
        end = store.tip()
        self._device.reached(end.position, end.head)
        self._spool(store)
        wiping.handed_over(self._device)

    def _open(self, unlocked: Unlocked) -> SignedIn:
        store = self._records(unlocked)
        with ExitStack() as on_failure:
            on_failure.callback(store.close)
            _must_not_be_older(store, unlocked)
            if not self._leaving.is_open(unlocked):
                raise InUse  # another program changed the key since: this file is its past
            reference = _lists_at(self._folder.reference, unlocked.database_key)
            on_failure.callback(reference.close)
            path, key = self._folder.reference, unlocked.database_key
            screening = Screening(lambda: Reference.open(path, key), self._clock.likely)
            on_failure.callback(screening.close)
            session = self._begin(unlocked, store, reference, screening)
            prepare_new_key(self._device, days=self._settings.key_days)
            session.workplace.role_keys.share(
                slot.receive
                for slot in self._vault.proved_officers(unlocked)
                if slot.role is Role.SUPERVISOR
            )
            on_failure.pop_all()
            return session

    def _begin(
        self, unlocked: Unlocked, store: Store, reference: Reference, screening: Screening
    ) -> SignedIn:
        lists = Lists(reference, in_force(ListRules, reference.file), screening)
        workplace = self._workplace(unlocked, store, lists, reference.file)
        event = SessionEvent(
            step=SessionStep.SIGNED_IN,
            role=unlocked.role,
            key=unlocked.signing_key.public_key().public_bytes_raw().hex(),
        )
        with store.together():
            if store.tip().position == 0:
                store.append(WorkstationEvent(step=WorkstationStep.STARTED, details={}))
            self._leaving.note(store)
            began = store.append(event, author=workplace.author)
        log = Log(workplace)
        late_hits = LateHits(store, lists)
        return SignedIn(
            officer=unlocked.service_number,
            role=unlocked.role,
            powers=POWERS[unlocked.role],
            shift=workplace.author.shift,
            began=began.id,
            workplace=workplace,
            first_line=FirstLine(workplace),
            second_line=SecondLine(workplace),
            hits=HitDesk(workplace),
            log=log,
            supervisor=Supervisor(workplace, log),
            lists=ListDesk(workplace, late_hits, lambda: ChannelStates.read(self._folder.lists)),
            administration=Administration(
                workplace,
                {slot.service_number: slot.public for slot in self._vault.officers()},
                leaving=self._leaving,
                unlocked=unlocked,
                listed=in_force(OfficersList, reference.file),
            ),
            workstation=Workstation(store, lists),
            late_hits=late_hits,
            unlocked=unlocked,
            reference=reference,
            screening=screening,
            retention=Retention(
                store, in_force(RetentionRules, reference.file), workplace.stay_rules
            ),
        )

    def _workplace(
        self,
        unlocked: Unlocked,
        store: Store,
        lists: Lists,
        sent: Sent,
    ) -> Workplace:
        settings = self._settings
        return Workplace(
            store=store,
            lists=lists,
            lot=self._lot(unlocked),
            drafts=Drafts(store, unlocked.service_number, unlocked.draft_key),
            role_keys=RoleKeys(self._device, role=unlocked.role, receive_key=unlocked.receive_key),
            settings=settings,
            requirements=in_force(Requirements, sent),
            refusal_grounds=in_force(RefusalGrounds, sent),
            hit_rules=in_force(HitRules, sent),
            stay_rules=in_force(StayRules, sent),
            proposals=in_force(Proposals, sent),
            role=unlocked.role,
            author=Author(
                officer=unlocked.service_number,
                shift=f"{settings.post}/{self._clock.now():%Y-%m-%d}",
                sign=unlocked.signing_key.sign,
            ),
            is_online=self._is_online,
            training=is_specimen(settings.state),
        )

    def _lot(self, unlocked: Unlocked) -> Lot:
        """With the list's key, which all workstations share: one draw at every booth."""
        shared = self._device.state.channel_keys.get(WATCHLIST)
        return Lot(shared or unlocked.database_key, self._settings.questions_percent)

    def _end(self, session: SignedIn, step: SessionStep) -> None:
        with ExitStack() as always:
            always.callback(session.unlocked.wipe)
            always.callback(session.reference.close)
            always.callback(session.store.close)
            always.callback(session.screening.close)
            self._sign(session, step)
            self._leave_for_centre(session.store)
            session.retention.erase()

    def _sign(self, session: SignedIn, step: SessionStep) -> None:
        store, tip = session.store, session.store.tip()
        first = session.first
        signed = store.origin.session_message(first, tip.position, tip.head)
        event = SessionEvent(
            step=step,
            role=session.role,
            first=first,
            last=tip.position,
            head=tip.head.hex(),
            signature=session.workplace.author.sign(signed).hex(),
            key=session.unlocked.signing_key.public_key().public_bytes_raw().hex(),
        )
        store.append(event, author=session.workplace.author)


def _lists_at(path: Path, key: bytearray) -> Reference:
    """The lists. A file that is damaged is put aside: the centre sends its lists once more."""
    try:
        return Reference.open(path, key)
    except (WrongKey, Damaged):
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        path.replace(path.with_name(path.name + ".damaged"))
        return Reference.open(path, key)


def _must_not_be_older(store: Store, unlocked: Unlocked) -> None:
    known = store.mark(_ENVELOPE)
    if unlocked.envelope_counter < known:
        raise OldEnvelope
    if unlocked.envelope_counter > known:
        store.set_mark(_ENVELOPE, unlocked.envelope_counter)
