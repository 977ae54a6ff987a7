"""Orders to be wiped at the centre: prepared here, signed by two root holders, put out to one PC.

An order under way among the signers is a file. It tells in words what it is about, and what is
signed is bound to these words; the words themselves never travel to the workstation.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, Literal

import msgspec
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root
from tuf.api.serialization import DeserializationError

from checkpoint_client.desk.wiping import WipeState
from checkpoint_client.journal import signatures
from checkpoint_client.records.decoders import json_decoder
from sync import orders, protocol
from sync.orders import MOST_ROOTS, OrderSignature, SignedOrder, WipeOrder
from sync.protocol import DeviceRole, Forged, Malformed
from sync.server import ledger
from sync.server.ceremony import NotGood
from sync.server.keys import CentreFolder
from sync.server.registry import Workstation
from sync.server.roles import Holder, holder_of, root_holders
from sync.server.shelf import Shelf

KIND: Final = "checkpoint-wipe-order"

log = logging.getLogger(__name__)


class OrderFile(msgspec.Struct, frozen=True, kw_only=True):
    """What travels among the root holders (JSON).

    `place` and `reason` are for their eyes; `payload` is a `WipeOrder` as msgpack, and `root` the
    signed root that was in force when it was made: it says whose signatures are asked for.
    """

    kind: Literal["checkpoint-wipe-order"] = KIND
    version: Literal[1] = 1
    made_at: datetime
    place: str
    reason: str
    root: bytes
    payload: bytes
    signatures: list[OrderSignature] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who has signed an order, of whom, and how many must."""

    holders: tuple[Holder, ...]
    signed: tuple[Holder, ...]
    needed: int

    @property
    def missing(self) -> int:
        return max(self.needed - len(self.signed), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A workstation's newest order that was not withdrawn. `carried`: empty once it is done."""

    serial: int
    carried: bytes


def prepare(
    folder: CentreFolder,
    shelf: Shelf,
    connection: sa.Connection,
    workstation: str,
    *,
    reason: str,
    hands_over: bool,
    now: datetime,
) -> OrderFile:
    """An order, with the signatures of the root keys that lie in this folder. Raises `NotGood`."""
    table = ledger.workstation
    row = connection.execute(sa.select(table).where(table.c.id == workstation)).one_or_none()
    if row is None:
        raise NotGood(f"There is no workstation {workstation}: see `devices`.")
    if row.role != DeviceRole.WORKSTATION:
        raise NotGood(f"{workstation} is an exchange and holds no key to wipe: `revoke` it.")
    place = ", ".join(part for part in (row.post_name, row.name or "no name") if part)
    order = WipeOrder(
        deployment=row.deployment,
        workstation=workstation,
        serial=max(int(f"{now:%Y%m%d%H%M%S}"), _last_serial(connection, workstation) + 1),
        hands_over=hands_over,
        about=_about(place, reason),
    )
    published = shelf.published()
    file = OrderFile(
        made_at=now,
        place=place,
        reason=reason,
        root=shelf.root(published.root.version),
        payload=msgspec.msgpack.encode(order),
    )
    for holder in root_holders(published.root):
        if key := folder.signing_key(holder):
            file = sign(file, key)
    return file


def encode(file: OrderFile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(file))


def decode(content: bytes) -> OrderFile:
    """Raises `NotGood`."""
    damaged = NotGood("This is no order, or not a whole one: ask the centre for it again.")
    try:
        file = json_decoder(OrderFile).decode(content)
        said, root = said_in(file), Metadata[Root].from_bytes(file.root)
        root.signed.verify_delegate(Root.type, root.signed_bytes, root.signatures)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, Malformed):
        raise damaged from None
    except (RepositoryError, DeserializationError, ValueError, KeyError):
        raise damaged from None
    if said.about != _about(file.place, file.reason):
        raise NotGood("The words of this order are not those it was made with. Do not sign it.")
    return file


def is_order(content: bytes) -> bool:
    """Whether a file says that it is an order; nothing of it is proved."""
    return KIND.encode() in content


def said_in(file: OrderFile) -> WipeOrder:
    """What is signed. Raises `Malformed`."""
    return protocol.decode(file.payload, WipeOrder)


def signing_of(file: OrderFile, root: Root | None = None) -> Signing:
    """By the root in the file, or by another one."""
    asked = root or Metadata[Root].from_bytes(file.root).signed
    rules, holders = orders.rules_of(asked), root_holders(asked)
    signed = orders.signers(file.payload, file.signatures, rules.keys)
    return Signing(
        holders=holders,
        signed=tuple(holder for holder in holders if holder.public in signed),
        needed=rules.needed,
    )


def sign(file: OrderFile, key: Ed25519PrivateKey) -> OrderFile:
    """With one signature more. Raises `NotGood` if this key is not asked for."""
    public = holder_of("", key).public
    if public not in {holder.public for holder in signing_of(file).holders}:
        raise NotGood("The order does not ask for this key: only root holders sign it.")
    others = [each for each in file.signatures if each.key != public]
    value = signatures.sign(key, orders.order_message(file.payload))
    return msgspec.structs.replace(file, signatures=[*others, OrderSignature(public, value)])


def merge(files: Sequence[OrderFile]) -> OrderFile:
    """One order with the signatures of all copies. Raises `NotGood` if they are not of one."""
    first = files[0]
    if any(each.payload != first.payload for each in files):
        raise NotGood("These are different orders: name copies of one.")
    given = {each.key: each for file in files for each in file.signatures}
    return msgspec.structs.replace(first, signatures=list(given.values()))


def put_out(
    connection: sa.Connection, shelf: Shelf, file: OrderFile, *, deployment: str, now: datetime
) -> WipeOrder:
    """From now on the workstation is told. Done again, nothing changes. Raises `NotGood`."""
    said, root = said_in(file), shelf.published().root
    if said.deployment != deployment:
        raise NotGood(f"The order is for a workstation of {said.deployment}, not of this centre.")
    missing = signing_of(file, root).missing
    if missing:
        raise NotGood(
            f"The order still lacks {missing} of the {orders.SIGNATURES_NEEDED} signatures of those"
            " who may sign now: carry it to the next root holder, for `keys sign`."
        )
    last = _last_serial(connection, said.workstation)
    if said.serial < last:
        raise NotGood("A later order was put out for this workstation: prepare a new one.")
    if said.serial == last:
        return said
    roots = [shelf.root(version) for version in range(2, root.version + 1)][-MOST_ROOTS:]
    signed = SignedOrder(payload=file.payload, signatures=file.signatures, roots=roots)
    connection.execute(
        sa.insert(ledger.wipe).values(
            workstation=said.workstation,
            serial=said.serial,
            signed=msgspec.msgpack.encode(signed),
            reason=file.reason,
            put_out_at=now,
        )
    )
    return said


def withdraw(connection: sa.Connection, workstation: str, *, now: datetime) -> WipeState | None:
    """Tell it no more of its order; how far it had reported to be. Raises `NotGood`."""
    wipe = ledger.wipe
    row = connection.execute(
        sa.select(wipe.c.serial, wipe.c.step)
        .where(wipe.c.workstation == workstation, wipe.c.withdrawn_at.is_(None))
        .order_by(wipe.c.serial.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NotGood(f"No order is out for {workstation}: see `wipe` and `devices`.")
    connection.execute(
        sa.update(wipe)
        .where(wipe.c.workstation == workstation, wipe.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    return WipeState(row.step) if row.step else None


_STANDING: Final = (
    sa.select(ledger.wipe.c.serial, ledger.wipe.c.signed, ledger.wipe.c.step)
    .where(ledger.wipe.c.workstation == sa.bindparam("of"), ledger.wipe.c.withdrawn_at.is_(None))
    .order_by(ledger.wipe.c.serial.desc())
    .limit(1)
)


def standing(connection: sa.Connection, workstation: str) -> Standing | None:
    """What a workstation is to be told; None where nothing was ordered, or it was withdrawn."""
    row = connection.execute(_STANDING, {"of": workstation}).one_or_none()
    if row is None:
        return None
    is_done = row.step == WipeState.DONE
    return Standing(serial=row.serial, carried=b"" if is_done else bytes(row.signed))


def note(
    connection: sa.Connection,
    workstation: Workstation,
    content: bytes,
    *,
    deployment: str,
    now: datetime,
) -> WipeState | None:
    """Keep a workstation's word on its order; None where it is not its word, or on none of ours."""
    try:
        said = orders.read_report(
            content,
            deployment=deployment,
            workstation=workstation.id,
            key=workstation.signing_key,
        )
    except (Malformed, Forged) as error:
        log.error("a report on an order was not taken: %s", type(error).__qualname__)
        return None
    wipe = ledger.wipe
    is_it = (wipe.c.workstation == workstation.id) & (wipe.c.serial == said.serial)
    row = connection.execute(sa.select(wipe.c.step, wipe.c.report).where(is_it)).one_or_none()
    if row is None:
        return None
    if row.report is None or bytes(row.report) != content:
        changes: dict[str, object] = {"report": content}
        if row.step != said.step:
            changes |= {"step": said.step, "told_at": now}
        connection.execute(sa.update(wipe).where(is_it).values(changes))
    return said.step


def _last_serial(connection: sa.Connection, workstation: str) -> int:
    wipe = ledger.wipe.c
    last = sa.select(sa.func.max(wipe.serial)).where(wipe.workstation == workstation)
    return connection.scalar(last) or 0


def _about(place: str, reason: str) -> bytes:
    return sha256(signatures.joined(place.encode(), reason.encode())).digest()
