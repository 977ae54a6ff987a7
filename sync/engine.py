"""Moves the journal to the centre, one batch after another, until the centre holds all of it.

A contact has three steps, because two threads take part: the store's thread makes the request and
takes the reply, the line's thread waits for the answer. Interrupted anywhere, it is made again: the
centre takes an entry once, however often it comes.
"""

import os
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import msgspec

from checkpoint_client.desk.incarnation import begin_anew, begin_with_new_key, catch_up
from checkpoint_client.journal.chain import start
from checkpoint_client.journal.entry import Entry, Origin, Tip
from checkpoint_client.records import Confirmation, Hit
from checkpoint_client.store import (
    BACKED_UP,
    CROSSINGS,
    CROSSINGS_OF,
    CROSSINGS_TOLD,
    RECEIVED,
    Kept,
    Store,
    mark_of,
)
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen
from checkpoint_client.watchlist.lost_documents import (
    KEY_BYTES,
    MAY_BE_LISTED,
    NoDocument,
    key_of,
)
from sync import crossings, previews, revocation, role_keys
from sync.batches import FIRST_BYTES
from sync.protocol import (
    MOST_PREVIEWS,
    MOST_QUESTIONS,
    MOST_WANTED,
    POST_KEY,
    AskedCrossings,
    Contact,
    ContactReply,
    DocumentQuestion,
    Forged,
    Malformed,
    Rotation,
    Verdict,
    WireEntry,
    read_certificate,
    rotation_message,
    sealed_for,
    to_wire,
    to_wire_by_leaf,
)

MOST_ENTRIES: Final = 500
CROSSINGS_SECONDS: Final = 900

_ASKED: Final = "asked"
_TAKES_FORMER: Final = "takes-former"


class Trouble(StrEnum):
    """What a person has to look at. Work goes on meanwhile, and nothing is overwritten."""

    FORKED = "forked"
    RE_ENROL = "re-enrol"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One contact to make, and how many checks waited when it was made."""

    contact: Contact
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Positions of a journal whose bodies the centre asks for; it repeats that until they came."""

    incarnation: int
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a contact came to.

    `held`: the position up to which the centre has this journal, as far as we agree with it;
    `more`: entries still wait, so the next contact may follow at once; `unsure`: how many entries
    of earlier journals the centre lacks, as far as it has not said otherwise; `wanted`: bodies for
    the next contact; `told`: how far it has told of crossings at all posts.
    """

    held: int
    waiting: int
    more: bool
    unsure: int = 0
    told: int = 0
    trouble: Trouble | None = None
    wanted: Wanted | None = None


def next_request(
    store: Store,
    device: DeviceKey,
    *,
    have: Mapping[str, int],
    told: Tip | None = None,
    wanted: Wanted | None = None,
    most_bytes: int = FIRST_BYTES,
    state: str = "",
) -> Request:
    """The next batch behind what the centre holds; an empty one asks what is new.

    `have`: versions of reference data, see `Contact`; `told`: what the centre has said of this
    journal while it was closed; `wanted`: of the last outcome; `most_bytes` of bodies go at once,
    but one entry always; `state`: who runs the post, and does not count the stay of its own. On
    the store's thread.
    """
    catch_up(store, device)
    if told and told.position > store.mark(RECEIVED) and store.head_at(told.position) == told.head:
        store.set_mark(RECEIVED, told.position)
    refill = _of_earlier(store, wanted) or next(_refills(store, device, most_bytes), None)
    origin, held, entries = refill or _batch(store, most_bytes)
    last = Tip(entries[-1].position, entries[-1].head) if entries else held
    asked = wanted.positions if wanted and wanted.incarnation == origin.incarnation else ()
    resent = list(previews.resent(store, origin, asked))
    ahead: list[Entry] = []
    known: Container[int] = ()
    if origin == store.origin:
        known = previews.known(store, device, entries)
        ahead = previews.ahead(store, device, last.position, most=MOST_PREVIEWS - len(resent))
        furthest = ahead[-1] if ahead else last
        # Before they leave the machine: a database with less was put back from a backup.
        device.reached(furthest.position, furthest.head)
        here = last.position
    else:
        here = held_tip(store).position
    waiting = store.tip().position - here
    contact = _contact(
        device,
        held,
        incarnation=origin.incarnation,
        have=have,
        now=store.clock.now(),
        entries=[
            to_wire_by_leaf(entry) if entry.position in known else to_wire(entry)
            for entry in entries
        ],
        tip=last,
        signature=_signature_at(store, origin, last.position),
        documents=_questions(store),
        waiting=waiting,
        waiting_checks=store.waiting_checks(after=here),
        previews=[to_wire(entry) for entry in (*resent, *ahead)],
        previewed=[entry.position for entry in entries if entry.position in known],
        crossings=None if waiting else _asked_crossings(store, device, state, entries),
        former="" if origin.workstation == store.origin.workstation else origin.workstation,
        rotation=_coming_keys(device),
    )
    return Request(contact=contact, waiting=store.waiting_checks())


def is_pressing(store: Store, device: DeviceKey, *, behind: int) -> bool:
    """Whether something behind a position cannot wait for the next contact that is due."""
    known = max(behind, store.mark(RECEIVED), previews.shown_to(store, device))
    return store.is_pressing(known)


def inquiry(
    device: DeviceKey, *, have: Mapping[str, int], now: datetime, report: bytes = b""
) -> Contact:
    """A contact without the journal, by the device key alone: what is new, and what is held?

    `report`: how far an order has been carried out.
    """
    state = device.state
    empty = start(Origin(state.deployment, state.workstation, state.incarnation))
    return _contact(
        device,
        empty,
        incarnation=state.incarnation,
        have=have,
        now=now,
        entries=[],
        tip=empty,
        signature=b"",
        report=report,
    )


def confirm(
    store: Store,
    device: DeviceKey,
    reply: ContactReply,
    *,
    incarnation: int | None = None,
    former: str = "",
    tip: int = 0,
) -> Outcome:
    """Take over what the centre says it holds, also if that is less. On the store's thread.

    `incarnation`: that of the request, unless it is the present one; `former`: its name, if that
    was another than now; `tip`: how far it came.
    """
    trouble = hear(device, reply)
    if told := told_time(reply):
        store.clock.heard(told)
    if reply.takes_former:
        store.set_mark(_TAKES_FORMER, previews.memory_of(reply.epoch))
    asked = replace(
        store.origin,
        workstation=former or store.origin.workstation,
        incarnation=incarnation or store.origin.incarnation,
    )
    if asked == store.origin:
        trouble = _take_over(store, device, reply, trouble)
    else:
        trouble = _take_over_earlier(store, device, reply, asked, tip, trouble)
    if reply.verdict in (Verdict.HELD, Verdict.GAP):
        _take_answers(store, reply)
        _take_crossings(store, reply)
    wanted = None if former else _wanted(store, reply, asked.incarnation)
    if reply.certificate and trouble is None:
        _take_keys(store, device, reply.certificate)
    held, unsure = held_tip(store).position, _unsure(store, device)
    is_overtaken = reply.verdict is Verdict.STALE  # made again at once, or a copy could starve us
    is_told_all = reply.crossings is None or reply.crossings.is_all
    return Outcome(
        held=held,
        waiting=store.waiting_checks(),
        more=trouble is None
        and (
            is_overtaken
            or held < store.tip().position
            or unsure > 0
            or wanted is not None
            or not is_told_all
        ),
        unsure=unsure,
        told=store.mark(CROSSINGS),
        trouble=trouble,
        wanted=wanted,
    )


def hear(device: DeviceKey, reply: ContactReply) -> Trouble | None:
    """Take over what a reply says to the workstation itself, the journal being closed or not."""
    # A machine that is out of step may be a copy of ours: it must not get in step by being told.
    in_step = reply.verdict in (Verdict.HELD, Verdict.GAP, Verdict.FORK)
    device.update(
        ratchet=reply.ratchet if in_step else device.state.ratchet,
        epoch=reply.epoch if in_step else device.state.epoch,
        contact_counter=max(reply.counter, device.state.contact_counter),
        last_server_time=told_time(reply) or device.state.last_server_time,
        dictionary=reply.dictionary,
    )
    if reply.post_key and in_step:
        take_post_key(device, reply.post_key)
    if reply.revoked and in_step:
        revocation.take(device, reply.revoked, reply.post_keys)
    if reply.role_keys and in_step:
        role_keys.take(device, reply.role_keys)
    return _TROUBLES.get(reply.verdict)


def take_post_key(device: DeviceKey, sealed: bytes) -> None:
    with suppress(CannotOpen):  # of an earlier key of this workstation: it asks again
        device.update(post_key=device.open(sealed_for(POST_KEY), sealed))


def _coming_keys(device: DeviceKey) -> Rotation | None:
    """What to ask the centre to certify, if anything."""
    state, coming = device.state, device.coming
    if coming is None:
        return None
    unproved = Rotation(coming.public, coming.receive_public, state.incarnation + 1, b"")
    message = rotation_message(
        unproved,
        deployment=state.deployment,
        workstation=state.workstation,
        signing_key=device.public,
    )
    return msgspec.structs.replace(unproved, proof=coming.sign(message))


def _take_keys(store: Store, device: DeviceKey, statement: bytes) -> None:
    """The keys that were prepared are certified; whatever else it says is asked for again."""
    state, coming = device.state, device.coming
    if coming is None:
        return
    try:
        said = read_certificate(statement, server_key=state.server_key)
        issued_at = datetime.fromisoformat(said.issued_at).astimezone(UTC)
    except (Malformed, Forged, ValueError):
        return
    is_ours = (said.deployment, said.workstation) == (state.deployment, state.workstation)
    keys = (coming.public, coming.receive_public, state.incarnation + 1)
    if is_ours and (said.signing_key, said.receive_key, said.since) == keys:
        begin_with_new_key(store, device, statement, issued_at)


def told_time(reply: ContactReply) -> datetime | None:
    """The centre's clock, UTC."""
    try:
        return datetime.fromisoformat(reply.server_time).astimezone(UTC)
    except ValueError:
        return None


def held_tip(store: Store) -> Tip:
    """Where the part ends that the centre has, as far as it has told us."""
    position = store.mark(RECEIVED)
    head = store.head_at(position)
    return Tip(position, head) if head else start(store.origin)


def client_version() -> str:
    try:
        return version("checkpoint-client")
    except PackageNotFoundError:  # frozen without its metadata
        return ""


def _contact(
    device: DeviceKey,
    held: Tip,
    *,
    incarnation: int,
    have: Mapping[str, int],
    now: datetime,
    entries: list[WireEntry],
    tip: Tip,
    signature: bytes,
    documents: Sequence[DocumentQuestion] = (),
    waiting: int | None = None,
    waiting_checks: int = 0,
    previews: Sequence[WireEntry] = (),
    previewed: Sequence[int] = (),
    crossings: AskedCrossings | None = None,
    former: str = "",
    report: bytes = b"",
    rotation: Rotation | None = None,
) -> Contact:
    """Counted on disk before anything of it is sent."""
    state = device.update(contact_counter=device.state.contact_counter + 1)
    return Contact(
        request_id=os.urandom(16),
        deployment=state.deployment,
        workstation=state.workstation,
        incarnation=incarnation,
        counter=state.contact_counter,
        ratchet=state.ratchet,
        first=held.position + 1,
        previous=held.head,
        entries=entries,
        tip=tip.position,
        head=tip.head,
        head_signature=signature,
        have=dict(have),
        client=client_version(),
        clock=now.astimezone(UTC).isoformat(timespec="seconds"),
        epoch=state.epoch,
        documents=list(documents),
        waiting=waiting,
        waiting_checks=waiting_checks,
        asks_post_key=not state.post_key and not state.wipe,
        generation=max(state.post_keys, default=0),
        role_holders=role_keys.asked(state),
        previews=list(previews),
        previewed=list(previewed),
        crossings=crossings,
        former=former,
        report=report,
        rotation=rotation,
    )


def _wanted(store: Store, reply: ContactReply, incarnation: int) -> Wanted | None:
    """What the centre asks for of this journal, as far as it is here."""
    origin = _journal(store, incarnation)
    here = [each for each in reply.wanted if origin and store.head_at(each, of=origin)]
    return Wanted(incarnation=incarnation, positions=tuple(here)) if here else None


def _of_earlier(store: Store, wanted: Wanted | None) -> tuple[Origin, Tip, list[Entry]] | None:
    """A contact about the earlier journal of which bodies are asked for; it brings no others."""
    origin = _journal(store, wanted.incarnation) if wanted else None
    if wanted is None or origin is None or origin == store.origin:
        return None
    last = wanted.positions[-1]
    return origin, Tip(last, store.head_at(last, of=origin) or b""), []


def _journal(store: Store, incarnation: int) -> Origin | None:
    """The journal of that number under the present name, if it is here."""
    lines = (store.origin, *(each.origin for each in store.forerunners()))
    wanted = replace(store.origin, incarnation=incarnation)
    return wanted if wanted in lines else None


def _questions(store: Store) -> list[DocumentQuestion]:
    """What to ask about documents that only look listed so far."""
    asked = ((hit, _key_asked(hit)) for hit in store.unconfirmed(MOST_QUESTIONS))
    return [DocumentQuestion(hit.id, key) for hit, key in asked if key]


def _key_asked(hit: Kept[Hit]) -> bytes | None:
    for evidence in hit.record.evidence:
        if evidence.code == MAY_BE_LISTED:
            with suppress(KeyError, NoDocument):
                key = key_of(evidence.values["state"], evidence.values["number"])
                return key.to_bytes(KEY_BYTES, "little")
    return None


def _take_answers(store: Store, reply: ContactReply) -> None:
    """Record each answer once, however often the reply comes."""
    if not reply.documents:
        return
    waiting = {hit.id: hit for hit in store.unconfirmed(MOST_QUESTIONS)}
    with store.together():
        for answer in reply.documents:
            if hit := waiting.pop(answer.hit_id, None):
                confirmation = Confirmation(
                    hit_id=hit.id, listed=answer.listed, list_version=answer.version
                )
                store.append(confirmation, refers_to=[hit.leaf])


def _asked_crossings(
    store: Store, device: DeviceKey, state: str, entries: Sequence[Entry]
) -> AskedCrossings | None:
    """What is new of crossings; beside records only now and then, since asking costs bytes."""
    passed = store.clock.likely().timestamp() - store.mark(CROSSINGS_TOLD)
    if entries and abs(passed) < CROSSINGS_SECONDS:
        return None
    # What a centre told before it came back from a backup were other words.
    is_same = store.mark(CROSSINGS_OF) == previews.memory_of(device.state.epoch)
    return AskedCrossings(store.mark(CROSSINGS) if is_same else 0, state)


def _take_crossings(store: Store, reply: ContactReply) -> None:
    news = reply.crossings
    if news is None:
        return
    with store.together():
        store.take_crossings(
            crossings.as_kept(news.told),
            after=news.after,
            upto=news.upto,
            told_at=told_time(reply) if news.is_all else None,
        )
        if store.mark(CROSSINGS_OF) != previews.memory_of(reply.epoch):
            store.set_mark(CROSSINGS_OF, previews.memory_of(reply.epoch))


def _take_over(
    store: Store, device: DeviceKey, reply: ContactReply, trouble: Trouble | None
) -> Trouble | None:
    if reply.verdict in (Verdict.STALE, Verdict.RE_ENROL):
        return trouble
    if store.head_at(reply.held) != reply.head:
        # It has entries of ours that we have not: this database was put back from a backup.
        begin_anew(store, device, Tip(reply.held, reply.head))
        return None
    if reply.verdict is Verdict.FORK:
        return trouble  # not by its end: these entries themselves are damaged
    with store.together():
        if reply.backed_up > store.mark(BACKED_UP):
            _ask_again(store, device)
        store.set_mark(RECEIVED, reply.held)
        store.set_mark(BACKED_UP, min(reply.backed_up, reply.held))
        previews.arrived(store, reply)
    return None


# Earlier journals of this workstation: up to where the next one repeats them, they were at the
# centre. A centre that was put back from a backup is asked whether they still are.


def _refills(
    store: Store, device: DeviceKey, most_bytes: int
) -> Iterator[tuple[Origin, Tip, list[Entry]]]:
    """What to ask of earlier journals or to send of them, the nearest first."""
    memory = previews.memory_of(device.state.epoch)
    for origin, shared in _earlier(store, device):
        if store.mark(mark_of(_ASKED, origin)) != memory:
            yield origin, Tip(shared, store.head_at(shared, of=origin) or b""), []
        elif (held := store.mark(mark_of(RECEIVED, origin))) < shared:
            entries = store.entries(
                held, limit=min(MOST_ENTRIES, shared - held), max_bytes=most_bytes, of=origin
            )
            yield origin, Tip(held, store.head_at(held, of=origin) or b""), entries


def _unsure(store: Store, device: DeviceKey) -> int:
    memory = previews.memory_of(device.state.epoch)
    unsure = 0
    for origin, shared in _earlier(store, device):
        is_asked = store.mark(mark_of(_ASKED, origin)) == memory
        unsure += shared - (store.mark(mark_of(RECEIVED, origin)) if is_asked else 0)
    return unsure


def _ask_again(store: Store, device: DeviceKey) -> None:
    """There is a new backup: earlier journals, which came before this one, may be in it too."""
    for origin, shared in _earlier(store, device):
        if store.mark(mark_of(BACKED_UP, origin)) < shared:
            store.set_mark(mark_of(_ASKED, origin), 0)


def _take_over_earlier(
    store: Store,
    device: DeviceKey,
    reply: ContactReply,
    origin: Origin,
    tip: int,
    trouble: Trouble | None,
) -> Trouble | None:
    shared = dict(_earlier(store, device)).get(origin)
    if shared is None or reply.verdict in (Verdict.STALE, Verdict.RE_ENROL):
        return trouble
    is_ours = reply.held >= shared or store.head_at(reply.held, of=origin) == reply.head
    differs = reply.verdict is Verdict.FORK or not is_ours
    is_former = origin.workstation != store.origin.workstation
    with store.together():
        if differs:
            told = _told_of_branch(store, reply, origin, min(tip, shared))
        else:
            told = min(reply.held, shared)
            if is_former:
                _doubt_attachments(store, reply, origin)
            store.set_mark(mark_of(BACKED_UP, origin), min(reply.backed_up, shared))
        store.set_mark(mark_of(RECEIVED, origin), told)
        store.set_mark(mark_of(_ASKED, origin), previews.memory_of(reply.epoch))
    return Trouble.FORKED if differs and told == shared else None


def _told_of_branch(store: Store, reply: ContactReply, origin: Origin, tip: int) -> int:
    """How far the centre was told of a journal of which it holds another one: a copied disk's.

    It had ours once and lost it when it was put back. It gets all of ours once more, to keep it
    beside the other; then that is said, and not asked again.
    """
    is_asked = store.mark(mark_of(_ASKED, origin)) == previews.memory_of(reply.epoch)
    return max(tip, store.mark(mark_of(RECEIVED, origin))) if is_asked else 0


def _doubt_attachments(store: Store, reply: ContactReply, origin: Origin) -> None:
    """What the centre lacks under a former name is asked about by that name, and sent.

    All behind what it holds when it is asked first, and what it names itself; where it may lack
    more than it can name, all.
    """
    if store.mark(mark_of(_ASKED, origin)) != previews.memory_of(reply.epoch):
        is_named_all = len(reply.attachments) < MOST_WANTED
        store.attachments_doubted(origin, behind=reply.held if is_named_all else 0)
    store.attachments_wanted([address.hex() for address in reply.attachments])


def _earlier(store: Store, device: DeviceKey) -> Iterator[tuple[Origin, int]]:
    """The earlier journals, and how far they count; those from before this machine enrolled anew
    only where the centre has said to take them under their former name.
    """
    takes_former = store.mark(_TAKES_FORMER) == previews.memory_of(device.state.epoch)
    for each in store.forerunners():
        is_former = each.origin.workstation != store.origin.workstation
        if each.shared and (takes_former or not is_former):
            yield each.origin, each.shared


def _batch(store: Store, most_bytes: int) -> tuple[Origin, Tip, list[Entry]]:
    held = held_tip(store)
    entries = store.entries(held.position, limit=MOST_ENTRIES, max_bytes=most_bytes)
    return store.origin, held, entries


def _signature_at(store: Store, origin: Origin, position: int) -> bytes:
    if position == 0:
        return b""
    [entry] = store.entries(position - 1, limit=1, max_bytes=FIRST_BYTES, of=origin)
    return entry.signature


_TROUBLES = {
    Verdict.FORK: Trouble.FORKED,
    Verdict.RE_ENROL: Trouble.RE_ENROL,
}
