"""Brings what headquarters has signed here and into force, and notes how it went.

Fetching needs only the workstation's own key; putting into force needs the records' key, so it
waits for a sign-in. What was not taken leaves what is in force as it is, and is tried again.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, Final

from checkpoint_client.desk.channels import (
    Brought,
    ChannelState,
    ChannelStates,
    Failure,
    NotTaken,
)
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.records.codes import WorkstationStep
from checkpoint_client.records.decoders import json_decoder
from checkpoint_client.rules import OFFICERS_FILE, OfficersList, unreadable
from checkpoint_client.store.engine import DiskFull, FileError, Unusable
from checkpoint_client.store.lost_documents import WrongFile
from checkpoint_client.store.reference import (
    BrokenOff,
    NoSuchList,
    Reference,
    TwiceListed,
    WrongBase,
    WrongResult,
)
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.watchlist.jsonl import Unreadable
from sync import protocol, reference
from sync.link import Link
from sync.protocol import (
    DOCUMENTS,
    OFFICERS,
    RELEASES,
    RULES,
    TEMPLATES,
    WATCHLIST,
    ContactReply,
)
from sync.reference import (
    KEPT_FREE,
    NO_ROOM,
    Answer,
    Channels,
    Fetched,
    Nowhere,
    Source,
    Stick,
    Verified,
    Watch,
    latest_known,
)

SUSPICIOUS: Final = frozenset(
    {
        Failure.ROLLED_BACK,
        Failure.MIXED,
        Failure.WRONG_SIGNATURE,
        Failure.MALFORMED,
        Failure.ENDLESS,
        Failure.ALTERED,
        Failure.NOT_OPENED,
        Failure.WRONG_RESULT,
    }
)
"""What an honest line and an honest headquarters do not bring about: the status line says so."""

_ORDER = (WATCHLIST, RULES, OFFICERS, TEMPLATES, DOCUMENTS, RELEASES)  # the large ones last
_NEEDS_THE_WHOLE = (Failure.WRONG_RESULT, Failure.WRONG_BASE)
_SHORTEST_REST = 300.0
_LONGEST_REST = 6 * 3600.0
_MOST_DOUBLINGS = 16

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the lists of a workstation are. `root` is the first `root.json`, pinned at enrolment.

    `reference` opens the lists' file for the calling thread, and raises `Locked` while nobody is
    signed in; `is_locked` says from any thread whether that is so by now.
    """

    folder: Path
    root: bytes
    device: DeviceKey
    reference: Callable[[], Reference]
    is_locked: Callable[[], bool]


class Lists:
    """What is here of each channel. Used by one thread at a time."""

    def __init__(
        self,
        place: Place,
        *,
        now: Callable[[], datetime],
        seconds: Callable[[], float] = monotonic,
        on_officers: Callable[[OfficersList], None] = lambda _listed: None,
    ) -> None:
        """`on_officers` is told of a genuine list of officers as soon as it is here: who has left
        must not be let in until somebody signs in and puts it into force. It may raise OSError.
        """
        self._place = place
        self._now = now
        self._on_officers = on_officers
        self._channels = Channels(place.folder, place.root)
        self._states = ChannelStates.read(place.folder)
        self._in_force: dict[str, int] | None = None  # not known before somebody has signed in
        self._brought: dict[str, Fetched] = {}
        self._looked_at: frozenset[str] = frozenset()
        self._rests = _Rests(seconds)

    @property
    def is_suspicious(self) -> bool:
        """Whether something came that honest people do not send."""
        return any(state.failure in SUSPICIOUS for state in self._states.channels.values())

    def have(self) -> dict[str, int]:
        """What a contact tells of the signed metadata that are here."""
        return self._channels.have()

    def take(self, reply: ContactReply, link: Link, watch: Watch) -> None:
        """Bring here what a contact has told of, still encrypted. Raises `Unreachable`, `Paused`.

        What is not right is noted, and tried again after a rest that grows.
        """
        time = latest_known(self._place.device, reply)
        self._states = replace(self._states, looked_at=time)
        for channel in _ORDER:
            self._announced(channel, reply.channels.get(channel, 0))
            if reply.metadata:  # something is new: perhaps it is right now
                self._rests.end(channel)
        try:
            reference.take_keys(self._place.device, reply)
            if reply.metadata or any(map(self._is_wanted, _ORDER)):
                verified = self._channels.look(Answer(reply, link), time=time)
                self._heard(verified.stamp, time)
                self._bring(verified, Answer(reply, link), watch)
        except NotTaken as why:
            self._all_failed(reply.channels, why)
        except OSError as error:
            self._all_failed(reply.channels, _file_failed(error))
        finally:
            self._states.write(self._place.folder)

    def take_stick(self, folder: Path, watch: Watch) -> tuple[Brought, ...]:
        """Bring here what is newer on a stick, still encrypted; what is on it of each channel.

        Raises `NotTaken` where nothing of the stick is of use, `Paused`, OSError.
        """
        return self.take_from(Stick.in_folder(folder), watch)

    def take_from(self, source: Source, watch: Watch) -> tuple[Brought, ...]:
        """The same from whatever holds what headquarters published. Raises `Unreachable` too."""
        try:
            verified = self._channels.look(source, time=latest_known(self._place.device))
        except NotTaken as why:
            raise NotTaken(Failure.OLDER) if why.failure is Failure.ROLLED_BACK else why from None
        try:
            return tuple(
                self._from_carrier(channel, newest, verified, source, watch)
                for channel in _ORDER
                if (newest := verified.newest(channel))
            )
        finally:
            self._states.write(self._place.folder)

    def put_into_force(self) -> list[WorkstationEvent]:
        """Put what was brought here into force; the record of each, if it was not locked meanwhile.

        Raises `Locked`, `Unusable`.
        """
        if self._in_force is not None and not self._channels.waiting():
            return []
        applied = []
        with closing(self._place.reference()) as opened:
            self._learn(opened)
            opened.stop_when(self._place.is_locked)
            try:
                for fetched in self._here():
                    if event := self._apply(opened, fetched):
                        applied.append(event)
            except BrokenOff:
                log.info("locked while a list was going live")
            finally:
                self._states.write(self._place.folder)
        return applied

    def settled(self, brought: Iterable[Brought]) -> tuple[Brought, ...]:
        """What became of a stick's channels when they were put into force."""
        return tuple(map(self._settled, brought))

    # --- bringing --------------------------------------------------------------------------------

    def _bring(self, verified: Verified, source: Source, watch: Watch) -> None:
        newest = self._newest(verified)  # of all first: else their metadata are sent once more
        for channel, signed in newest.items():
            announced = self._state(channel).announced
            try:
                self._bring_channel(channel, signed, verified, source, watch)
                if announced > signed:
                    raise NotTaken(
                        Failure.STOPPED_SHORT, announced=str(announced), signed=str(signed)
                    )
            except NotTaken as why:
                self._failed(channel, why)
            except OSError as error:
                self._failed(channel, _file_failed(error))

    def _bring_channel(
        self, channel: str, newest: int, verified: Verified, source: Source, watch: Watch
    ) -> None:
        mine = self._live(channel)
        if 0 < newest < mine:
            raise NotTaken(Failure.OLDER, offered=str(newest), ours=str(mine))
        if newest > self._latest_here(channel) and not self._rests.is_resting(channel):
            is_whole = self._state(channel).failure in _NEEDS_THE_WHOLE
            offer = verified.offer(channel, base=None if is_whole else mine or None)
            if offer:
                fetched = self._channels.bring(offer, source, self._place.device, watch)
                if channel == OFFICERS:
                    self._heed(fetched)
                self._brought[channel] = fetched
                self._note(channel, waiting=newest)
        if newest <= self._latest_here(channel):
            self._well(channel)

    def _heed(self, fetched: Fetched) -> None:
        """Raises `NotTaken`, and whoever was let in before is let in still."""
        files = reference.files(fetched)
        if name := unreadable(fetched.offer.channel, files):
            self._channels.forget(fetched)
            raise NotTaken(Failure.UNREADABLE, file=name)
        self._on_officers(json_decoder(OfficersList).decode(files[OFFICERS_FILE]))

    def _from_carrier(
        self, channel: str, newest: int, verified: Verified, source: Source, watch: Watch
    ) -> Brought:
        self._rests.end(channel)
        brought = Brought(channel=channel, version=newest)
        try:
            self._bring_channel(channel, newest, verified, source, watch)
        except NotTaken as why:
            return replace(brought, failure=why.failure, values=why.values)
        except OSError as error:
            failed = _file_failed(error)
            return replace(brought, failure=failed.failure, values=failed.values)
        if fetched := self._brought.get(channel):
            return replace(brought, issued_at=fetched.offer.issued_at)
        return replace(brought, issued_at=self._state(channel).issued_at)

    def _settled(self, brought: Brought) -> Brought:
        state = self._state(brought.channel)
        if brought.failure is None and state.version >= brought.version:
            return replace(brought, in_force=True)
        return replace(
            brought,
            failure=brought.failure or state.failure,
            values=brought.values or state.values,
        )

    def _newest(self, verified: Verified) -> dict[str, int]:
        """The newest signed version of every channel whose signatures are right, 0 for none."""
        newest = {}
        for channel in _ORDER:
            try:
                newest[channel] = verified.newest(channel)
            except NotTaken as why:
                if self._state(channel).announced:
                    self._failed(channel, why)
        return newest

    def _is_wanted(self, channel: str) -> bool:
        is_newer = self._state(channel).announced > self._latest_here(channel)
        return is_newer and not self._rests.is_resting(channel)

    def _latest_here(self, channel: str) -> int:
        fetched = self._brought.get(channel)
        return max(self._live(channel), fetched.offer.version if fetched else 0)

    def _live(self, channel: str) -> int:
        """The version in force; before a sign-in, the one that was when it was last known."""
        if self._in_force is None:
            return self._state(channel).version
        return self._in_force.get(channel, 0)

    # --- putting into force ----------------------------------------------------------------------

    def _learn(self, opened: Reference) -> None:
        """What is in force, by the lists themselves."""
        lists = [
            (each.list_id, each.version, each.issued_at, each.alerts) for each in opened.lists()
        ]
        files = [
            (each.channel, each.version, each.issued_at, len(each.names)) for each in opened.files()
        ]
        self._in_force = {}
        for channel, version, issued_at, items in [*lists, *files]:
            self._in_force[channel] = version
            self._note(channel, version=version, issued_at=issued_at, items=items)
        for channel in _ORDER:
            if channel not in self._in_force:
                self._note(channel, version=0, issued_at=None, items=0)

    def _here(self) -> list[Fetched]:
        """What was brought here and is newer than what is in force, also before a restart."""
        names = self._channels.waiting()
        if names - {each.offer.name for each in self._brought.values()} - self._looked_at:
            self._looked_at = names
            self._recall(names)
        for channel, known in list(self._brought.items()):
            if known.offer.version <= self._live(channel):  # the power went before `forget`
                self._channels.forget(known)
                del self._brought[channel]
        return [
            fetched
            for channel in _ORDER
            if (fetched := self._brought.get(channel))
            and not (self._rests.is_resting(channel) and self._is_short_of_room(channel))
        ]

    def _recall(self, names: frozenset[str]) -> None:
        device = self._place.device
        try:
            verified = self._channels.look(Nowhere(), time=latest_known(device))
            for channel in _ORDER:
                bases = (None, self._live(channel))
                for offer in verified.offers(channel):
                    if offer.name not in names:
                        continue
                    if offer.version <= self._live(channel):
                        self._channels.drop(offer)  # the power went before `forget`
                    elif offer.base in bases and (fetched := self._channels.here(offer, device)):
                        self._brought[channel] = fetched
        except NotTaken as why:
            log.info("what was brought here cannot be used yet: %s", why)

    def _is_short_of_room(self, channel: str) -> bool:
        return self._state(channel).failure is Failure.DISK_FULL

    def _apply(self, opened: Reference, fetched: Fetched) -> WorkstationEvent | None:
        """Raises `BrokenOff`."""
        offer = fetched.offer
        try:
            if offer.channel == OFFICERS:  # brought before the power went, perhaps not heeded
                self._heed(fetched)
            _put(opened, fetched)
        except NotTaken as why:
            if why.failure is not Failure.DISK_FULL:
                self._channels.forget(fetched)
                del self._brought[offer.channel]
                self._note(offer.channel, waiting=0)
            self._failed(offer.channel, why)
            if offer.base and why.failure in _NEEDS_THE_WHOLE:
                self._rests.end(offer.channel)  # the whole may come at once
            return None
        self._channels.forget(fetched)
        del self._brought[offer.channel]
        self._learn(opened)
        self._note(offer.channel, waiting=0, got_at=self._now())
        self._well(offer.channel)
        return WorkstationEvent(
            step=WorkstationStep.LIST_APPLIED,
            details={
                "list": offer.channel,
                "version": str(offer.version),
                "alerts": str(self._state(offer.channel).items),
            },
        )

    # --- noting ----------------------------------------------------------------------------------

    def _state(self, channel: str) -> ChannelState:
        return self._states.of(channel)

    def _note(self, channel: str, **changes: Any) -> None:
        self._states = self._states.having(channel, replace(self._state(channel), **changes))

    def _announced(self, channel: str, version: int) -> None:
        if version != self._state(channel).announced:
            self._rests.end(channel)
            self._note(channel, announced=version)

    def _failed(self, channel: str, why: NotTaken) -> None:
        state = self._state(channel)
        self._rests.begin(channel)
        if (state.failure, state.values) != (why.failure, why.values):
            log.error("%s was not taken: %s", channel, why)
        self._states = self._states.having(
            channel, state.failed(why.failure, why.values, at=self._now())
        )

    def _all_failed(self, announced: Iterable[str], why: NotTaken) -> None:
        for channel in set(_ORDER).intersection(announced) or {WATCHLIST}:
            self._failed(channel, why)

    def _well(self, channel: str) -> None:
        self._rests.end(channel)
        self._states = self._states.having(channel, self._state(channel).well())

    def _heard(self, stamp: int, time: datetime) -> None:
        if stamp != self._states.stamp:
            self._states = replace(self._states, stamp=stamp, stamped_at=time)


class _Rests:
    """How long a channel is left alone that was not right, so that a slow line does other work."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._until: dict[str, float] = {}
        self._times: dict[str, int] = {}

    def is_resting(self, channel: str) -> bool:
        return self._seconds() < self._until.get(channel, 0.0)

    def begin(self, channel: str) -> None:
        times = self._times[channel] = self._times.get(channel, 0) + 1
        rest = min(_SHORTEST_REST * 2.0 ** min(times - 1, _MOST_DOUBLINGS), _LONGEST_REST)
        self._until[channel] = self._seconds() + rest

    def end(self, channel: str) -> None:
        self._until.pop(channel, None)
        self._times.pop(channel, None)


def _put(opened: Reference, fetched: Fetched) -> None:
    """Put a file into force, wholly or not at all. Raises `NotTaken`, `BrokenOff`."""
    offer = fetched.offer
    try:
        match offer.channel:
            case protocol.WATCHLIST:
                _put_alerts(opened, fetched)
            case protocol.DOCUMENTS:
                _put_documents(opened, fetched)
            case _:
                _put_files(opened, fetched)
    except (WrongResult, WrongFile):
        raise NotTaken(Failure.WRONG_RESULT, file=offer.name) from None
    except (WrongBase, NoSuchList):
        raise NotTaken(Failure.WRONG_BASE, file=offer.name) from None
    except TwiceListed:
        raise NotTaken(Failure.TWICE_LISTED, file=offer.name) from None
    except Unreadable:
        raise NotTaken(Failure.UNREADABLE, file=offer.name) from None
    except DiskFull:
        raise NotTaken(Failure.DISK_FULL, needed=str(offer.size)) from None
    except Unusable as error:
        raise NotTaken(Failure.FILE_FAILED, why=str(error)) from None
    except OSError as error:
        raise _file_failed(error) from None


def _put_alerts(opened: Reference, fetched: Fetched) -> None:
    offer = fetched.offer
    if offer.base is None:
        opened.replace(
            offer.channel,
            offer.version,
            offer.issued_at,
            reference.lines(fetched),
            result=offer.result,
        )
        return
    removals, upserts = reference.changes(fetched)
    opened.change(
        offer.channel,
        offer.version,
        offer.issued_at,
        base=offer.base,
        removals=removals,
        upserts=upserts,
        result=offer.result,
    )


def _put_documents(opened: Reference, fetched: Fetched) -> None:
    offer, portions = fetched.offer, opened.while_wanted(reference.plain(fetched))
    documents = opened.lost_documents
    try:
        if offer.base is None:
            documents.take_base(offer.version, offer.issued_at, portions)
        else:
            documents.take_delta(offer.version, offer.issued_at, portions, since=offer.base)
    except FileError as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT":
            raise BrokenOff from None
        raise


def _put_files(opened: Reference, fetched: Fetched) -> None:
    offer, files = fetched.offer, reference.files(fetched)
    if name := unreadable(offer.channel, files):
        raise NotTaken(Failure.UNREADABLE, file=name)
    opened.keep_files(offer.channel, offer.version, offer.issued_at, files)


def _file_failed(error: OSError) -> NotTaken:
    if error.errno in NO_ROOM:
        return NotTaken(Failure.DISK_FULL, needed=str(KEPT_FREE))
    return NotTaken(Failure.FILE_FAILED, why=error.strerror or type(error).__name__)
