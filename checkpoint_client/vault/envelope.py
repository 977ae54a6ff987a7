"""The vault: an envelope file with one slot for each officer, and one for headquarters.

The envelope lies beside the database in two copies and holds nothing readable but service numbers,
roles and public keys. It is trusted only after unlocking: a MAC under a key derived from the
database key covers every byte of it, and its counter rises with every change, so that an old
envelope put back (a removed officer let in again) shows against the counter kept in the database.
"""

import hmac
import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.records.codes import Role
from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.vault import sealing, slots
from checkpoint_client.vault.errors import (
    AlreadyThere,
    CannotOpen,
    Damaged,
    Locked,
    NoSuchOfficer,
    OwnSlot,
    SupervisorNeeded,
    WrongPassphrase,
)
from checkpoint_client.vault.private_file import PrivateFile
from checkpoint_client.vault.slots import Kdf, NewSlot, Slot, SlotName, Workstation
from checkpoint_client.vault.throttle import Throttle

STANDARD = Kdf()


@dataclass(slots=True, kw_only=True)
class Unlocked:
    """What one officer's pass-phrase opened, until `wipe`.

    `database_key`: 48 bytes, 32 of key and 16 of salt, as SQLCipher takes them. `draft_key`: 32
    bytes, the officer's own, so that half-typed records open for their author only; `receive_key`
    (X25519, private) opens the role keys that were sealed to his slot.
    `envelope_counter`: if the database remembers a higher one, an old envelope was put back.
    """

    service_number: str
    role: Role
    database_key: bytearray = field(repr=False)
    signing_key: Ed25519PrivateKey = field(repr=False)
    draft_key: bytearray = field(repr=False)
    receive_key: bytearray = field(repr=False)
    envelope_counter: int

    def wipe(self) -> None:
        """Zero the keys. The signing key is dropped; OpenSSL zeroes it with its last holder."""
        slots.wipe(self.database_key)
        slots.wipe(self.draft_key)
        slots.wipe(self.receive_key)
        with suppress(AttributeError):  # wiped before
            del self.signing_key


class _Recovery(msgspec.Struct, frozen=True):
    """The database key encrypted for headquarters: `public` says for which of its keys."""

    public: bytes
    sealed: bytes


class Removed(msgspec.Struct, frozen=True, kw_only=True):
    """A slot that was taken away. `by`: the supervisor's number, empty for headquarters' list."""

    service_number: str
    by: str


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    """`removed`: all slots ever taken away, in order. `rekeyed`: how often the key was changed;
    `is_rekeying_due`: somebody left since, who may have kept it.
    """

    place: Workstation
    counter: int
    slots: tuple[Slot, ...]
    recovery: _Recovery | None
    removed: tuple[Removed, ...] = ()
    rekeyed: int = 0
    is_rekeying_due: bool = False


class _Envelope(msgspec.Struct, frozen=True):
    """`body`: its exact bytes, which the MAC covers."""

    body: msgspec.Raw
    mac: bytes

    def is_genuine(self, database_key: bytearray) -> bool:
        return hmac.compare_digest(self.mac, _mac(database_key, self.body))


class Vault:
    """Turns a service number and a pass-phrase into keys.

    What changes it returns the envelope's new counter, for the database to keep: the database's
    may lag behind the envelope's after a crash, and must never lead it.
    """

    def __init__(
        self,
        path: Path,
        *,
        kdf: Kdf = STANDARD,
        secret: bytes = b"",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`kdf` is for new slots; `secret` is the device's, if it has one. `now` gives UTC."""
        self._path = path
        self._kdf = kdf
        self._secret = secret
        self._copies = tuple(
            PrivateFile(path.with_name(path.name + end), "envelope") for end in ("", ".bak")
        )
        tries = path.with_name(path.name + ".tries")
        self._throttle = Throttle(tries, secret=secret, now=now)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        deployment: str,
        workstation: str,
        recovery_key: bytes | None,
        first: NewSlot,
        others: Sequence[NewSlot] = (),
        kdf: Kdf = STANDARD,
        secret: bytes = b"",
    ) -> Unlocked:
        """Make a new database key and its envelope, with slots for `first` and `others`.

        `recovery_key`: headquarters' public X25519 key, raw. Raises `AlreadyThere` when there is
        an envelope, or two slots have the same number; OSError.
        """
        vault = cls(path, kdf=kdf, secret=secret)
        for copy in vault._copies:
            if copy.path.exists():
                raise AlreadyThere(copy.path.name)
        place = Workstation(deployment=deployment, workstation=workstation)
        database_key = bytearray(os.urandom(slots.DATABASE_KEY_BYTES))
        body = _Body(
            place=place,
            counter=1,
            slots=(vault._wrap(place, first, database_key),),
            recovery=_recovery(place, recovery_key, database_key) if recovery_key else None,
        )
        for new in others:
            body = vault._with(body, new, database_key)
        vault._throttle.start()
        vault._write(body, database_key)
        return _unlocked(
            first.service_number, first.role, first.signing_key, database_key, body.counter
        )

    def officers(self) -> tuple[SlotName, ...]:
        """Who may sign in here, in the order added. Trustworthy only once somebody has unlocked.

        Raises `Damaged`, `NewerFile`.
        """
        return tuple(slot.name() for slot in self._read()[1].slots)

    def proved_officers(self, unlocked: Unlocked) -> tuple[SlotName, ...]:
        """The same of a genuine envelope, so that keys may be sealed to them.

        Raises `Damaged`, `NewerFile`, `Locked`.
        """
        return tuple(slot.name() for slot in self._changeable(unlocked).slots)

    def unlock(self, service_number: str, passphrase: str) -> Unlocked:
        """Takes about half a second on purpose.

        Raises `NoSuchOfficer`, `Throttled`, `WrongPassphrase`, `Damaged`, `NewerFile`, OSError.
        """
        envelope, body = self._read()
        number, slot = _slot_of(body, service_number)
        header = slot.read_header()
        if header.with_device_secret and not self._secret:
            raise Damaged(self._path.name, "other-device")
        tries_left = self._throttle.count(number)
        try:
            held = slots.unwrap(slot, passphrase, secret=self._secret)
        except CannotOpen:
            raise Damaged(self._path.name, "altered") from None
        if held is None:
            raise WrongPassphrase(tries_left)
        self._throttle.forget(number)
        database_key, signing_key = held
        if not envelope.is_genuine(database_key):
            raise Damaged(self._path.name, "altered")
        self._heal(envelope)
        unlocked = _unlocked(number, header.role, signing_key, database_key, body.counter)
        if not slot.receive:
            self._give_receive_key(unlocked, body, slot)
        return unlocked

    def _give_receive_key(self, unlocked: Unlocked, body: _Body, slot: Slot) -> None:
        """To a slot from before there were any."""
        public = sealing.public_of(bytes(unlocked.receive_key))
        given = msgspec.structs.replace(slot, receive=public)
        changed = msgspec.structs.replace(
            body,
            counter=body.counter + 1,
            slots=tuple(given if each is slot else each for each in body.slots),
        )
        with suppress(OSError):  # a full disk must not keep an officer out; the next time it goes
            unlocked.envelope_counter = self._write(changed, unlocked.database_key)

    def add(self, unlocked: Unlocked, new: NewSlot) -> int:
        """Let another officer in. Raises `SupervisorNeeded`, `AlreadyThere`, `Locked`, OSError."""
        body = self._changeable(unlocked)
        _require_supervisor(body, unlocked)
        return self._write(self._with(body, new, unlocked.database_key), unlocked.database_key)

    def change_passphrase(self, unlocked: Unlocked, new: str) -> int:
        """Wrap the officer's own slot anew.

        Raises `WeakPassphrase`, `NoSuchOfficer` when he was removed meanwhile, `Locked`, OSError.
        """
        body = self._changeable(unlocked)
        _, old = _slot_of(body, unlocked.service_number)
        own = NewSlot(
            service_number=unlocked.service_number,
            role=old.read_header().role,
            passphrase=new,
            signing_key=unlocked.signing_key,
        )
        wrapped = self._wrap(body.place, own, unlocked.database_key)
        changed = tuple(wrapped if slot is old else slot for slot in body.slots)
        return self._write(msgspec.structs.replace(body, slots=changed), unlocked.database_key)

    def remove(self, unlocked: Unlocked, service_number: str) -> int:
        """Take an officer's slot away. He may still hold the database key he once had open, so
        `is_rekeying_due` from then on.

        Raises `SupervisorNeeded`, `NoSuchOfficer`, `OwnSlot`, `Locked`, OSError.
        """
        body = self._changeable(unlocked)
        _require_supervisor(body, unlocked)
        number, _ = _slot_of(body, service_number)
        if number == unlocked.service_number:
            raise OwnSlot
        removed = Removed(service_number=number, by=unlocked.service_number)
        return self._write(_without(body, [removed]), unlocked.database_key)

    def remove_listed(self, unlocked: Unlocked, service_numbers: Collection[str]) -> int:
        """Take the slots away of those who left by headquarters' list, whoever is signed in.

        Numbers without a slot are passed over. Raises `OwnSlot`, `Locked`, OSError.
        """
        if unlocked.service_number in service_numbers:
            raise OwnSlot
        body = self._changeable(unlocked)
        gone = [each for each in _numbers(body) if each in service_numbers]
        removed = [Removed(service_number=each, by="") for each in gone]
        return self._write(_without(body, removed), unlocked.database_key)

    @property
    def removed(self) -> tuple[Removed, ...]:
        """All whose slots were taken away, in order. Trustworthy once somebody has unlocked."""
        return self._read()[1].removed

    @property
    def rekeyed(self) -> int:
        """How often the database key was changed."""
        return self._read()[1].rekeyed

    @property
    def is_rekeying_due(self) -> bool:
        """Whether somebody left who may know the present database key."""
        return self._read()[1].is_rekeying_due

    def not_to_be_sealed_to(self) -> tuple[str, ...]:
        """Whose slot takes no later key yet: it gets what it lacks when its officer signs in."""
        return tuple(each.service_number for each in self.officers() if not each.receive)

    def is_as_unlocked(self, unlocked: Unlocked) -> bool:
        """Whether the envelope's key is still the one that was unlocked."""
        return self._read()[0].is_genuine(unlocked.database_key)

    def rekey(self, unlocked: Unlocked, database_key: bytearray) -> int:
        """From now on another key opens the database: sealed to every slot and to headquarters.

        This is the one moment at which the key changes: where OSError is raised it has not, and
        `unlocked` holds the one that counts. ValueError while there is a slot that
        `not_to_be_sealed_to` names; raises `Locked`, `Damaged`.
        """
        body = self._changeable(unlocked)
        recovery = body.recovery
        changed = msgspec.structs.replace(
            body,
            slots=tuple(slots.with_later_key(each, database_key) for each in body.slots),
            recovery=recovery and _recovery(body.place, recovery.public, database_key),
            rekeyed=body.rekeyed + 1,
            is_rekeying_due=False,
        )
        try:
            self._write(changed, database_key)
        except OSError:
            if self._read()[1].counter != changed.counter:  # else only the second copy is missing
                raise
        unlocked.database_key[:] = database_key
        unlocked.envelope_counter = changed.counter
        return changed.counter

    @property
    def has_recovery(self) -> bool:
        """Whether headquarters can open it. Raises `Damaged`, `NewerFile`."""
        return self._read()[1].recovery is not None

    def drop_slots(self) -> None:
        """Take every officer's slot away, as headquarters ordered; headquarters' own stays.

        Needs nobody's key, so the envelope bears no MAC from then on: it has nothing left that one
        could vouch for. Done again, it only finishes. Raises `Damaged`, `NewerFile`, OSError.
        """
        _, body = self._read()
        emptied = msgspec.structs.replace(body, counter=body.counter + 1, slots=())
        content = msgspec.json.encode(_Envelope(msgspec.Raw(msgspec.json.encode(emptied)), b""))
        for copy in self._copies:
            copy.write(content)

    def recover(self, private: bytes) -> bytearray:
        """The database key, opened at headquarters with the recovery slot's private key.

        Raises `CannotOpen`, `Damaged`.
        """
        envelope, body = self._read()
        if body.recovery is None:
            raise CannotOpen
        opened = sealing.open_sealed(private, _recovery_info(body.place), body.recovery.sealed)
        database_key = bytearray(opened)
        if body.slots and not envelope.is_genuine(database_key):  # `drop_slots` had no key for one
            raise Damaged(self._path.name, "altered")
        return database_key

    def readmit(self, private: bytes, new: NewSlot) -> int:
        """Let somebody in where nobody can any more, with the recovery slot's private key.

        Whoever has that number already gets the new pass-phrase instead of his own; the others
        stay. Raises `CannotOpen`, `Damaged`, `NewerFile`, OSError.
        """
        database_key = self.recover(private)
        try:
            _, body = self._read()
            others = tuple(
                slot
                for slot in body.slots
                if slot.read_header().service_number != new.service_number
            )
            body = msgspec.structs.replace(body, counter=body.counter + 1, slots=others)
            return self._write(self._with(body, new, database_key), database_key)
        finally:
            slots.wipe(database_key)

    def _changeable(self, unlocked: Unlocked) -> _Body:
        if not any(unlocked.database_key):
            raise Locked
        envelope, body = self._read()
        if not envelope.is_genuine(unlocked.database_key):
            raise Damaged(self._path.name, "altered")
        return msgspec.structs.replace(body, counter=body.counter + 1)

    def _with(self, body: _Body, new: NewSlot, database_key: bytearray) -> _Body:
        if new.service_number in _numbers(body):
            raise AlreadyThere(new.service_number)
        slot = self._wrap(body.place, new, database_key)
        return msgspec.structs.replace(body, slots=(*body.slots, slot))

    def _wrap(self, place: Workstation, new: NewSlot, database_key: bytearray) -> Slot:
        return slots.wrap(place, new, database_key, kdf=self._kdf, secret=self._secret)

    def _read(self) -> tuple[_Envelope, _Body]:
        """The copy with the highest counter among those that can be read."""
        readable: list[tuple[_Envelope, _Body]] = []
        damage: list[Damaged] = []
        for copy in self._copies:
            try:
                readable.append(_decode(copy))
            except Damaged as damaged:
                damage.append(damaged)
        if not readable:
            raise damage[0]
        return max(readable, key=lambda pair: pair[1].counter)

    def _write(self, body: _Body, database_key: bytearray) -> int:
        exact = msgspec.Raw(msgspec.json.encode(body))
        content = msgspec.json.encode(_Envelope(exact, _mac(database_key, exact)))
        for copy in self._copies:
            copy.write(content)
        return body.counter

    def _heal(self, envelope: _Envelope) -> None:
        """Bring a copy that was lost or left behind by a power cut up to the genuine one."""
        content = msgspec.json.encode(envelope)
        for copy in self._copies:
            with suppress(OSError):  # a full disk must not keep an officer out
                if not _holds(copy, content):
                    copy.write(content)


def _decode(copy: PrivateFile) -> tuple[_Envelope, _Body]:
    try:
        envelope = json_decoder(_Envelope).decode(copy.read())
        body = json_decoder(_Body).decode(envelope.body)
        for slot in body.slots:
            slot.read_header()
    except (msgspec.DecodeError, RecursionError) as unreadable:
        raise Damaged(copy.path.name, "altered") from unreadable
    return envelope, body


def _holds(copy: PrivateFile, content: bytes) -> bool:
    try:
        return copy.read() == content
    except Damaged:
        return False


def _numbers(body: _Body) -> list[str]:
    return [slot.read_header().service_number for slot in body.slots]


def _slot_of(body: _Body, service_number: str) -> tuple[str, Slot]:
    wanted = service_number.strip()
    for slot in body.slots:
        if slot.read_header().service_number == wanted:
            return wanted, slot
    raise NoSuchOfficer(wanted)


def _without(body: _Body, removed: Sequence[Removed]) -> _Body:
    gone = {each.service_number for each in removed}
    return msgspec.structs.replace(
        body,
        slots=tuple(each for each in body.slots if each.read_header().service_number not in gone),
        removed=(*body.removed, *removed),
        is_rekeying_due=body.is_rekeying_due or bool(gone),
    )


def _require_supervisor(body: _Body, unlocked: Unlocked) -> None:
    """By the slot as it stands now: a supervisor removed meanwhile has no say."""
    _, slot = _slot_of(body, unlocked.service_number)
    if slot.read_header().role != Role.SUPERVISOR:
        raise SupervisorNeeded


def _unlocked(
    service_number: str,
    role: Role,
    signing_key: Ed25519PrivateKey,
    database_key: bytearray,
    counter: int,
) -> Unlocked:
    return Unlocked(
        service_number=service_number,
        role=role,
        database_key=database_key,
        signing_key=signing_key,
        draft_key=slots.derived(signing_key.private_bytes_raw(), b"checkpoint/vault/drafts/1"),
        receive_key=slots.receive_key_of(signing_key),
        envelope_counter=counter,
    )


def _recovery(place: Workstation, public: bytes, database_key: bytearray) -> _Recovery:
    sealed = sealing.seal(public, _recovery_info(place), bytes(database_key))
    return _Recovery(public, sealed)


def _recovery_info(place: Workstation) -> bytes:
    return b"checkpoint/vault/recovery/1" + msgspec.json.encode(place)


def _mac(database_key: bytearray, body: msgspec.Raw) -> bytes:
    key = slots.derived(database_key, b"checkpoint/vault/envelope-mac/1")
    try:
        return hmac.digest(key, bytes(body), "sha256")
    finally:
        slots.wipe(key)
