"""A workstation with its people, as a post has it: real files, real keys, a clock that we set."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

from checkpoint_client.desk.session import SignedIn, SignIn
from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import Entry
from checkpoint_client.records import CheckDraft, DocumentDraft
from checkpoint_client.records.codes import (
    DocumentSource,
    EntryBasis,
    Purpose,
    Role,
    Sex,
)
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.store import Store
from checkpoint_client.vault import Kdf, NewSlot, Vault
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist import Alert, AlertAction, AlertCategory, Visibility

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=5)))

CHEAP = Kdf(memory_kib=19 * 1024, iterations=2, lanes=1)
"""The least that the vault takes, so that tests do not wait."""

NUMBERS: Mapping[Role, str] = MappingProxyType(
    {
        Role.OFFICER: "O-1842",
        Role.SECOND_LINE: "L-0310",
        Role.SUPERVISOR: "S-0007",
        Role.IT_ADMINISTRATOR: "I-0001",
        Role.AUDITOR: "A-0090",
    }
)
SECOND_OFFICER = "O-2077"
PASSPHRASE = "yellow lorry, cold tea"


class SetClock:
    """A clock that people set."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@dataclass
class Post:
    """One workstation. `spooled` says how far the journal reached when something was spooled."""

    folder: Folder
    clock: SetClock = field(default_factory=SetClock)
    settings: Settings = field(
        default_factory=lambda: Settings(
            post="OSH-01",
            state="UTO",
            lane="3",
            utc_offset_minutes=300,
            questions_percent=0,
            find_exchanges=False,
        )
    )
    spooled: list[int] = field(default_factory=list)

    @property
    def vault(self) -> Vault:
        return Vault(self.folder.envelope, kdf=CHEAP, now=self.clock)

    def door(self) -> SignIn:
        return SignIn(
            folder=self.folder,
            vault=self.vault,
            device=DeviceKey.load(self.folder.device_key),
            settings=self.settings,
            clock=Clock(self.clock, monotonic=lambda: 0.0),
            is_online=lambda: False,
            spool=self._spool,
        )

    def sign_in(self, role: Role) -> SignedIn:
        return self.sign_in_as(NUMBERS[role])

    def sign_in_as(self, service_number: str) -> SignedIn:
        return self.door().sign_in(service_number, PASSPHRASE)

    def leave(self, session: SignedIn) -> None:
        self.door().sign_out(session)

    @contextmanager
    def session(self, who: Role | str) -> Iterator[SignedIn]:
        """A session that ends by signing out, if it has not been ended by then."""
        session = self.sign_in(who) if isinstance(who, Role) else self.sign_in_as(who)
        try:
            yield session
        finally:
            if any(session.unlocked.database_key):
                self.leave(session)

    def _spool(self, store: Store) -> None:
        self.spooled.append(store.tip().position)


def people() -> list[NewSlot]:
    """A slot for each role, the supervisor first, and for a second officer."""
    wanted = [(number, role) for role, number in NUMBERS.items()]
    wanted.sort(key=lambda each: each[1] is not Role.SUPERVISOR)
    wanted.append((SECOND_OFFICER, Role.OFFICER))
    return [NewSlot.fresh(number, role, PASSPHRASE) for number, role in wanted]


def set_up(path: Path) -> Folder:
    """An enrolled workstation's folder, with its people and without records."""
    folder = Folder(path)
    folder.make()
    DeviceKey.create(folder.device_key, deployment="utopia", workstation="osh-01", post="OSH-01")
    first, *others = people()
    Vault.create(
        folder.envelope,
        deployment="utopia",
        workstation="osh-01",
        recovery_key=None,
        first=first,
        others=others,
        kdf=CHEAP,
    ).wipe()
    return folder


def a_document(**changes: Any) -> DocumentDraft:
    document = DocumentDraft(
        issuing_state="UTO",
        number="L898902C3",
        expiry_date="15.04.2032",
        source=DocumentSource.KEYBOARD,
        document_code="P",
    )
    return replace(document, **changes)


def a_draft(**changes: Any) -> CheckDraft:
    """A traveller of whom everything needed has been typed."""
    draft = CheckDraft(
        started_at=NOON - timedelta(seconds=20),
        lane="3",
        primary_identifier="ERIKSSON",
        secondary_identifier="ANNA MARIA",
        birth_date="12.08.1974",
        sex=Sex.FEMALE,
        nationality="SWE",
        documents=(a_document(),),
        purpose=Purpose.TOURISM,
        entry_basis=EntryBasis.VISA_FREE,
        destination="Osh",
    )
    return replace(draft, **changes)


def an_alert(id: str, visibility: Visibility = Visibility.FIRST_LINE, **changes: Any) -> Alert:
    alert = Alert(
        id=id,
        list_id="TEST",
        category=AlertCategory.MISSING_ADULT,
        action=AlertAction.CONTACT_OWNER_FIRST,
        visibility=visibility,
        names=("ERIKSSON, ANNA MARIA",),
    )
    return replace(alert, **changes)


def put_list(session: SignedIn, *alerts: Alert, version: int = 1) -> None:
    """Put a watch-list live that was issued an hour ago."""
    issued = session.store.clock.now() - timedelta(hours=1)
    session.reference.replace("watchlist", version, issued, alerts)


def read_hits(session: SignedIn, draft: CheckDraft) -> None:
    """Read and acknowledge, as the officer does with a key, what the booth is shown."""
    session.first_line.acknowledge_hits(session.first_line.findings(draft).hits)


def entries_of(store: Store) -> list[Entry]:
    return store.entries(0, limit=100_000, max_bytes=1 << 40)
