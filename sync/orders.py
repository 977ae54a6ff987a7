"""Headquarters' orders to one workstation: two root holders sign, the workstation obeys once.

There is one so far: to be wiped. An order names its workstation and a serial number that rises, so
that it is good for no other workstation and for no second time. Who may sign it is said by the root
of The Update Framework that was pinned at enrolment, and by the roots that followed from it.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from checkpoint_client.desk import wiping
from checkpoint_client.desk.wiping import WipeState
from checkpoint_client.journal import signatures
from checkpoint_client.settings import Folder
from checkpoint_client.vault import Vault
from checkpoint_client.vault.device import DeviceKey, DeviceState
from sync import bundle, protocol, stick
from sync.protocol import (
    MOST_REPORT,
    Count,
    Forged,
    Hash,
    Key,
    Malformed,
    Message,
    Name,
    Position,
    Signature,
    Signed,
    Text,
)

if TYPE_CHECKING:
    from tuf.api.metadata import Root

SIGNATURES_NEEDED: Final = 2
MOST_SIGNERS: Final = 10
MOST_ROOTS: Final = 16


class Flaw(StrEnum):
    """Why an order is not obeyed."""

    UNREADABLE = "unreadable"
    FOREIGN = "foreign"
    """For another workstation or another service."""
    USED = "used"
    """Its serial number has been used here, or a later one has."""
    UNSIGNED = "unsigned"
    """Not by two of those who may sign now."""


class NotObeyed(Exception):
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(f"the order is not obeyed: {flaw}")
        self.flaw = flaw


class WipeOrder(Message, frozen=True, kw_only=True):
    """What is signed, as msgpack: see `order_message`.

    `hands_over`: what was never sent goes to the centre first. `about` is the SHA-256 of the words
    in which the signers were told what it is about, which do not travel: see `about`.
    """

    deployment: Name
    workstation: Name
    serial: Position
    hands_over: bool
    about: Hash


class OrderSignature(msgspec.Struct, frozen=True, array_like=True):
    """A root holder's."""

    key: Key
    value: Signature


class SignedOrder(Message, frozen=True, kw_only=True):
    """An order under way. `roots` are those after the first, for who has not heard of them yet."""

    payload: bytes
    signatures: Annotated[list[OrderSignature], msgspec.Meta(max_length=MOST_SIGNERS)]
    roots: Annotated[list[bytes], msgspec.Meta(max_length=MOST_ROOTS)] = []


class WipeReport(Message, frozen=True, kw_only=True):
    """A workstation's word on its order: how far it is, and since when by its own clock.

    `left` bundles for the centre still lie in its spool; `opens`: headquarters' recovery slot is
    there, which opens the records.
    """

    deployment: Name
    workstation: Name
    serial: Position
    step: WipeState
    at: Text
    left: Count
    opens: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """Whose signatures an order needs: root keys, Ed25519, raw."""

    keys: frozenset[bytes]
    needed: int


def order_message(payload: bytes) -> bytes:
    """What a root holder signs."""
    return signatures.message(signatures.ORDER, payload)


def signers(payload: bytes, given: Iterable[OrderSignature], keys: Iterable[bytes]) -> set[bytes]:
    """Those of `keys` that signed, each counted once."""
    message, known = order_message(payload), frozenset(keys)
    return {
        each.key
        for each in given
        if each.key in known and signatures.is_valid(each.key, each.value, message)
    }


def rules_of(root: "Root") -> Rules:
    """Who may sign by this root."""
    role = root.roles["root"]
    keys = frozenset(bytes.fromhex(root.keys[keyid].keyval["public"]) for keyid in role.keyids)
    return Rules(keys=keys, needed=max(role.threshold, SIGNATURES_NEEDED))


def rules_in_force(pinned: bytes, lists: Path, carried: Sequence[bytes] = ()) -> Rules:
    """By the newest root that follows from the pinned one.

    Roots that were taken over lie in the folder `lists`, later ones may come with the order: each
    counts only if the one before it signed it.
    """
    from tuf.api.exceptions import RepositoryError
    from tuf.api.metadata import Metadata, Root
    from tuf.api.serialization import DeserializationError

    root = Metadata[Root].from_bytes(pinned).signed
    for content in (*_taken_over(lists, root.version), *carried):
        with suppress(RepositoryError, DeserializationError, ValueError, KeyError, TypeError):
            following = Metadata[Root].from_bytes(content)
            if following.signed.version == root.version + 1:
                for signing in (root, following.signed):
                    signing.verify_delegate(Root.type, following.signed_bytes, following.signatures)
                root = following.signed
    return rules_of(root)


def take(content: bytes, folder: Folder, device: DeviceKey, *, root: bytes, now: datetime) -> None:
    """Note a genuine order, to be carried out from now on. Raises `NotObeyed`, OSError."""
    try:
        order = protocol.decode(content, SignedOrder)
        said = protocol.decode(order.payload, WipeOrder)
    except Malformed:
        raise NotObeyed(Flaw.UNREADABLE) from None
    _must_be_for(said, device.state)
    rules = rules_in_force(root, folder.lists, order.roots)
    if len(signers(order.payload, order.signatures, rules.keys)) < rules.needed:
        raise NotObeyed(Flaw.UNSIGNED)
    wiping.begin(device, serial=said.serial, hands_over=said.hands_over, now=now)


def carry_out(folder: Folder, device: DeviceKey, *, now: datetime) -> WipeState | None:
    """Destroy what is to be destroyed, if that may be done by now; how far it is then.

    Nobody may be signed in. Raises `NewerFile`, OSError.
    """
    state = wiping.state_of(device, Vault(folder.envelope))
    if state is WipeState.BEGUN:
        wiping.destroy(folder, device, now=now)
        return WipeState.DONE
    return state


def report(folder: Folder, device: DeviceKey) -> bytes:
    """The workstation's signed word on its order, empty without one."""
    wipe, vault, state = device.state.wipe, Vault(folder.envelope), device.state
    step = wiping.state_of(device, vault)
    if wipe is None or step is None:
        return b""
    payload = msgspec.msgpack.encode(
        WipeReport(
            deployment=state.deployment,
            workstation=state.workstation,
            serial=wipe.serial,
            step=step,
            at=(wipe.done_at or wipe.ordered_at).isoformat(),
            left=len(bundle.spooled_in(folder.spool)),
            opens=wiping.opens_for_headquarters(vault),
        )
    )
    signed = Signed(
        payload=payload, key=device.public, signature=device.sign(_report_message(payload))
    )
    return msgspec.msgpack.encode(signed)


def leave_report(to: Path, folder: Folder, device: DeviceKey) -> None:
    """Write the report to a stick, for a centre that no line reaches. Raises `StickFailed`."""
    if said := report(folder, device):
        place = stick.make_place(to)
        stick.write(place / f"{device.state.workstation}{stick.REPORT}", said)


def read_report(content: bytes, *, deployment: str, workstation: str, key: bytes) -> WipeReport:
    """A report that this workstation signed. Raises `Malformed`, `Forged`."""
    if len(content) > MOST_REPORT:
        raise Malformed("larger than a report")
    signed = protocol.decode(content, Signed)
    message = _report_message(signed.payload)
    if signed.key != key or not signatures.is_valid(key, signed.signature, message):
        raise Forged("the report's signature is not its workstation's")
    said = protocol.decode(signed.payload, WipeReport)
    if (said.deployment, said.workstation) != (deployment, workstation):
        raise Forged("the report of another workstation")
    return said


def unproved(content: bytes) -> WipeReport:
    """What a report says; whose it is, is not proved. Raises `Malformed`."""
    return protocol.decode(protocol.decode(content, Signed).payload, WipeReport)


def _must_be_for(order: WipeOrder, state: DeviceState) -> None:
    """Raises `NotObeyed`."""
    if (order.deployment, order.workstation) != (state.deployment, state.workstation):
        raise NotObeyed(Flaw.FOREIGN)
    if order.serial <= state.last_order:
        raise NotObeyed(Flaw.USED)


def _taken_over(lists: Path, version: int) -> Iterable[bytes]:
    """The roots that python-tuf has kept, in order."""
    while True:
        version += 1
        try:
            yield (lists / "root_history" / f"{version}.root.json").read_bytes()
        except OSError:
            return


def _report_message(payload: bytes) -> bytes:
    return signatures.message(signatures.ORDER_REPORT, payload)
