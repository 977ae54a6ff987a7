"""The workstation's records: each goes into the journal and the tables together, or nowhere.

One `Store`, one connection, one thread.
"""

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TypeVar, cast

from sqlite_utils import Database

from checkpoint_client.journal import body as bodies
from checkpoint_client.journal.chain import Broken, again, extend, start, verify
from checkpoint_client.journal.clock import Clock
from checkpoint_client.journal.entry import (
    SALT_BYTES,
    Entry,
    OfficerSignature,
    Origin,
    Tip,
    leaf_of,
)
from checkpoint_client.journal.signatures import ED25519, act_message, is_valid
from checkpoint_client.records import (
    KINDS,
    Attachment,
    BorderCheck,
    Confirmation,
    Hit,
    Outcome,
    Person,
    Record,
    SessionEvent,
    WorkstationEvent,
    is_of_weight,
    word_of,
)
from checkpoint_client.records.adjudication import Step
from checkpoint_client.records.codes import WorkstationStep
from checkpoint_client.store import attachments as attached
from checkpoint_client.store import crossings as stays
from checkpoint_client.store import hits as hit_lists
from checkpoint_client.store import log, schema, tables
from checkpoint_client.store.attachments import AttachmentFiles, KeptAttachment, NotHere
from checkpoint_client.store.crossings import CrossingTold, Known
from checkpoint_client.store.engine import FileError, InUse, connect, explained
from checkpoint_client.store.erasure import Due, erase
from checkpoint_client.store.hits import HitQuery, HitRow, HitShow
from checkpoint_client.store.journal import Journals
from checkpoint_client.store.kept import Kept
from checkpoint_client.watchlist.lost_documents import DOCUMENTS

R = TypeVar("R", bound=Record)

RECEIVED = "received"
"""The mark up to which the centre has said it holds this journal."""

BACKED_UP = "backed-up"
"""The mark up to which the centre has said that what it holds is in a verified backup."""

PREVIEWED = "previewed"
"""The mark up to which urgent entries of this journal were sent ahead of their turn."""

CROSSINGS = "crossings"
"""The mark up to which the centre has told this workstation of crossings at all posts."""

CROSSINGS_OF = "crossings-of"
"""Which of the centre's epochs told them, see `sync.previews.memory_of`."""

CROSSINGS_TOLD = "crossings-told"
"""The mark of when that was all there was, in seconds since 1970."""

COMPARED = "late-amended"
"""The mark up to which corrections in this journal have been compared with the lists."""

ATTACHMENTS = "attachments"
"""The folder beside the records' file."""

_ORPHANED_AFTER = timedelta(days=30)
_JOURNAL = "journal"
_PAGE = 1_000
_EDITION = "tables"
_KNOWLEDGE = "knowledge"
_UNREAD = "unread"
_OLDEST_FIRST = "r.at, o.workstation, o.incarnation, r.position"
_PRESSING = (
    "c.decision = 'REFUSED'"
    " or r.kind = 'outcome' and json_extract(r.record, '$.decision') = 'REFUSE'"
    " or r.kind = 'adjudication' and json_extract(r.record, '$.verdict') = 'SAME'"
    " or r.kind = 'hit-action'"
    " and json_extract(r.record, '$.action') in ('DETAINED', 'HANDED_OVER')"
)
_URGENT = (
    "r.kind = 'hit'"
    " or r.kind = 'workstation' and json_extract(r.record, '$.step') = 'JOURNAL_BEGUN'"
)
_MADE_HERE = "origin = ? and withdrawn = 0 and at >= ? and at < ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who records: a service number, the shift, and the signature under acts of weight."""

    officer: str
    shift: str
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was proved: how many journals and entries, and how many officers' signatures.

    `acts` are signatures under single acts of weight, `sessions` those over a whole session.
    """

    journals: int = 0
    entries: int = 0
    acts: int = 0
    sessions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forerunner:
    """An earlier journal of this file. Behind `shared`, its entries came again in the next one;
    up to there the centre had them.
    """

    origin: Origin
    shared: int


def mark_of(name: str, origin: Origin) -> str:
    """A mark of an earlier journal, which may bear a former name of this workstation."""
    return f"{name}/{origin.workstation}/{origin.incarnation}"


class TablesDiffer(Exception):
    """The tables are not what the journals give. `rebuild` builds them anew."""


class _LookedAtEnough(Exception):
    """Takes a trial building of the tables back."""


class Store:
    def __init__(
        self,
        path: Path,
        key: bytearray,
        *,
        origin: Origin,
        public: bytes,
        sign: Callable[[bytes], bytes],
        clock: Clock,
    ) -> None:
        """Open or make the file. `public` and `sign` are the workstation's Ed25519 key."""
        self.origin = origin
        self.clock = clock
        self._public = public
        self._sign = sign
        self.attachments = AttachmentFiles(path.with_name(ATTACHMENTS))
        self._db: Database = connect(path, key)
        try:
            with explained():
                schema.bring_up_to_date(self._db, path)
                self._journals = Journals(self._db)
                self._number = self._journals.number_of(origin, public)
                self._own = self._line_of(self._number)
                if not self.mark(_JOURNAL):
                    self.set_mark(_JOURNAL, self._number)
                self._renew_tables()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Put everything into the main file and let go of it."""
        with suppress(FileError):  # on a full disk it stays in the file beside, which is as safe
            self._db.execute("pragma wal_checkpoint(truncate)").fetchall()
        self._db.close()

    # writing

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several records in one transaction: all of them are kept, or none."""
        with explained(), self._db.atomic():
            yield

    def append(
        self,
        record: R,
        *,
        author: Author | None = None,
        refers_to: Sequence[str] = (),
        attachments: Sequence[Attachment] = (),
        happened_at: datetime | None = None,
    ) -> Kept[R]:
        """Record a fact. When this returns outside `together`, it survives a power cut.

        `author` is None where the workstation itself records; `refers_to` are leaves in
        hexadecimal of the entries it speaks of; it happened now unless told otherwise. Raises
        `NotHere` where one of `attachments` is not on the disk: no entry names what is not there.
        """
        for each in attachments:
            if not self.attachments.has(each):
                raise NotHere(each.address)
        now = self.clock.now()
        body = bodies.body_of(
            record,
            id=bodies.new_id(now),
            happened_at=happened_at or now,
            recorded_at=now,
            clock=self.clock.reading(),
            officer=author.officer if author else None,
            shift=author.shift if author else None,
            refers_to=tuple(refers_to),
            attachments=tuple(attachments),
        )
        encoded = bodies.encode(body)
        salt = os.urandom(SALT_BYTES)
        signatures = self._officer_signatures(record, author, leaf_of(encoded, salt))
        with self.together():
            if not self.is_current():
                raise InUse
            entry = extend(
                self.origin,
                self.tip(),
                body=encoded,
                salt=salt,
                signatures=signatures,
                sign=self._sign,
            )
            self._keep(self._number, self.origin, entry)
            attached.no_longer_drafted(self._db, attachments)
        return _kept(body, record, entry, self.origin)

    def is_current(self) -> bool:
        """Whether this journal is the one that was written last in this file."""
        return self.mark(_JOURNAL) == self._number

    def begin(
        self,
        origin: Origin,
        event: Record,
        *,
        public: bytes | None = None,
        sign: Callable[[bytes], bytes] | None = None,
    ) -> None:
        """Go on in another journal of this workstation, whose first entry is `event`.

        `public` and `sign` are its Ed25519 key, if that is another one from now on.
        Behind it comes again what the centre lacks of the journal written last: body, salt and
        officers' signatures as they are, so that leaves and ids stay and every record is there
        once. Does nothing where that journal is already the one that was written last.
        """
        now = self.clock.now()
        body = bodies.encode(
            bodies.body_of(
                event,
                id=bodies.new_id(now),
                happened_at=now,
                recorded_at=now,
                clock=self.clock.reading(),
                officer=None,
                shift=None,
            )
        )
        with self.together():
            before = self.mark(_JOURNAL)
            number = self._journals.number_of(origin, public or self._public)
            if before != number:
                self._begin(number, origin, before, body, sign or self._sign)
        self.origin, self._number = origin, number
        self._public, self._sign = public or self._public, sign or self._sign
        self._own = self._line_of(number)

    def _begin(
        self,
        number: int,
        origin: Origin,
        before: int,
        body: bytes,
        sign: Callable[[bytes], bytes],
    ) -> None:
        shared = self.mark(RECEIVED)
        self._journals.follow(number, before, shared)
        salt = os.urandom(SALT_BYTES)
        first = extend(origin, start(origin), body=body, salt=salt, signatures=(), sign=sign)
        self._keep(number, origin, first)
        tip = Tip(first.position, first.head)
        for page in self._pages(before, behind=shared):
            for entry in page:
                repeated = again(origin, tip, entry, sign=sign)
                self._keep(number, origin, repeated)
                tip = Tip(repeated.position, repeated.head)
        for name in (RECEIVED, BACKED_UP, PREVIEWED, COMPARED):
            self.set_mark(name, 0)
        self.set_mark(_JOURNAL, number)

    def _keep(self, number: int, origin: Origin, entry: Entry) -> None:
        self._journals.append(number, entry)
        self._read_in(number, origin, entry)

    def _read_in(self, number: int, origin: Origin, entry: Entry) -> None:
        if not tables.apply(self._db, number, origin.workstation, entry):
            self.set_mark(_UNREAD, 1)

    def _line_of(self, number: int) -> str:
        """The numbers of this workstation's journals, as SQL wants them."""
        before = (other for other, _origin, _shared in self._journals.forerunners(number))
        return ", ".join(map(str, [number, *before]))

    def take_foreign(self, origin: Origin, key: bytes, entries: Sequence[Entry]) -> int:
        """Take over what another workstation of the post recorded; how much of it was new.

        `key` (Ed25519, raw) is what the centre certified as that workstation's. Entries that are
        here already must be the same. Raises `Broken`; nothing of them is taken then.
        """
        if origin.workstation == self.origin.workstation:
            raise Broken(0, "own-journal")
        with self.together():
            number = self._journals.number_of(origin, key)
            if self._journals.key_of(number) != key:
                raise Broken(0, "workstation-key")
            tip = self._journals.tip(number, origin)
            for entry in entries:
                if entry.position <= tip.position:
                    self._must_be_the_same(number, origin, entry)
            new = [entry for entry in entries if entry.position > tip.position]
            verify(origin, tip, new, key)
            for entry in new:
                self._keep(number, origin, entry)
        return len(new)

    # reading

    def kept(self, id: str) -> Kept[Record] | None:
        """One record by its id."""
        return next(self._read("r.id = ?", [id]), None)

    def kept_as(self, kind: type[R], id: str) -> Kept[R] | None:
        """One record by its id, if it is of this kind."""
        found = self._read("r.id = ? and r.kind = ?", [id, word_of(kind)])
        return cast("Kept[R] | None", next(found, None))

    def about(self, target: str, kind: type[R]) -> list[Kept[R]]:
        """All records of a kind about another one, oldest first."""
        found = self._read("r.target = ? and r.kind = ?", [target, word_of(kind)])
        return cast(list[Kept[R]], list(found))

    def newest(self, kind: type[R], officer: str) -> Kept[R] | None:
        """The last record of a kind that an officer made on this workstation."""
        found = self._read(
            f"r.origin in ({self._own}) and r.kind = ? and r.officer = ?",
            [word_of(kind), officer],
            order="r.origin desc, r.position desc limit 1",
        )
        return cast("Kept[R] | None", next(found, None))

    def current(self, kept: Kept[R]) -> R:
        """A record as it reads today, with its amendments."""
        return cast(R, tables.current(kept.record, tables.amendments_of(self._db, kept.id)))

    def search(self, query: log.LogQuery) -> log.LogPage:
        return log.search(self._db, query)

    def row(self, check_id: str) -> log.LogRow | None:
        return log.row_of(self._db, check_id)

    def earlier(
        self, person: Person, numbers: Iterable[tuple[str, str]], since: datetime
    ) -> list[log.LogRow]:
        """Standing checks of the same person or document (State, number), newest first."""
        same, values = [], []
        if names := tables.person_key(person):
            same.append("person_key = ?")
            values.append(names)
        for state, number in numbers:
            if key := tables.number_key(number):
                same.append(
                    "id in (select check_id from documents where number = ? and state in (?, ''))"
                )
                values += [key, state]
        if not same:
            return []
        found = self._db.execute(
            "select id from checks"  # noqa: S608  conditions are our own
            f" where ({' or '.join(same)}) and withdrawn = 0 and at >= ? order by at desc limit 20",
            [*values, tables.utc_text(since)],
        )
        rows = (log.row_of(self._db, row[0]) for row in found.fetchall())
        return [row for row in rows if row]

    # what late hits are looked for in: the own workstation's crossings, since every one does so

    def crossings(self, *, since: datetime, until: datetime, most: int) -> list[Kept[BorderCheck]]:
        """Standing checks made here in this span of time (`until` not in it), newest first.

        About `most` of them: all those of one moment come together.
        """
        found = self._read(
            f"r.id in (select id from checks where {_MADE_HERE} and at >= coalesce((select min(at)"  # noqa: S608
            f" from (select at from checks where {_MADE_HERE} order by at desc limit ?)), ''))",
            [*self._span(since, until), *self._span(since, until), most],
            order="r.at desc, r.id desc",
        )
        return cast(list[Kept[BorderCheck]], list(found))

    def count_crossings(self, *, since: datetime, until: datetime) -> int:
        found = self._db.execute(
            f"select count(*) from checks where {_MADE_HERE}",  # noqa: S608  our own words
            self._span(since, until),
        )
        return int(found.fetchone()[0])

    def amended(self, *, after: int, since: datetime) -> list[tuple[int, Kept[BorderCheck]]]:
        """Standing checks made since then that were corrected here behind a position, each with
        the position of its last correction.
        """
        rows = self._db.execute(
            "select a.target, max(a.position) from records a join checks c on c.id = a.target"
            " where a.kind = 'amendment' and a.origin = ? and a.position > ?"
            " and c.withdrawn = 0 and c.at >= ? group by a.target",
            [self._number, after, tables.utc_text(since)],
        )
        found = ((row[1], self.kept_as(BorderCheck, row[0])) for row in rows.fetchall())
        return [(position, check) for position, check in found if check]

    def open_hits(self) -> list[Kept[Hit]]:
        """Hits recorded here of which something may still come."""
        found = self._read(
            f"r.origin in ({self._own}) and r.id in"  # noqa: S608  numbers of our own
            " (select id from hits where state not in ('NOT_SAME', 'CLOSED'))",
            [],
        )
        return cast(list[Kept[Hit]], list(found))

    def unconfirmed(self, most: int) -> list[Kept[Hit]]:
        """Hits recorded here on documents that look listed, to which headquarters has not yet
        said whether they are; oldest first.
        """
        found = self._read(
            f"r.origin in ({self._own}) and r.id in (select id from hits where list_id = ?)"  # noqa: S608
            " and not exists"
            " (select 1 from records c where c.target = r.id and c.kind = 'confirmation')",
            [DOCUMENTS],
            order=f"r.origin, r.position limit {most:d}",
        )
        return cast(list[Kept[Hit]], list(found))

    def confirmed(self, alert: tuple[str, str]) -> Kept[Confirmation] | None:
        """What headquarters said last of an alert (`list_id`, `id`), if it has been asked."""
        found = self._read(
            "r.kind = 'confirmation' and r.target in"
            " (select id from hits where list_id = ? and alert_id = ?)",
            [*alert],
            order="r.at desc, r.id desc limit 1",
        )
        return cast("Kept[Confirmation] | None", next(found, None))

    def _span(self, since: datetime, until: datetime) -> list[str]:
        return [self.origin.workstation, tables.utc_text(since), tables.utc_text(until)]

    def referrals_open(self) -> list[tuple[str, str]]:
        """Referral id and check id of every traveller who waits at second line, longest first."""
        found = self._db.execute(
            "select r.id, c.id from records r join checks c on c.id = r.target"
            " where r.kind = 'referral' and c.outcome = '' and c.withdrawn = 0 order by r.at, r.id"
        )
        return [(row[0], row[1]) for row in found.fetchall()]

    def hits(self, query: HitQuery) -> list[tuple[Kept[Hit], HitRow]]:
        """Hits of one list of the hit desk, each with where it stands."""
        rows = hit_lists.queue(self._db, query)
        marks = ", ".join("?" for _ in rows)
        found = self._read(f"r.id in ({marks})", [row.id for row in rows])
        kept = {each.id: each for each in cast("Iterator[Kept[Hit]]", found)}
        return [(kept[row.id], row) for row in rows]

    def hit_counts(self, visibilities: Collection[str]) -> dict[HitShow, int]:
        """How many hits each list of the hit desk holds."""
        return hit_lists.counts(self._db, visibilities)

    def steps_of(self, hit_id: str) -> list[Step]:
        """Whatever followed a hit, from every journal here."""
        return tables.steps_of(self._db, hit_id)

    def judged(
        self,
        alert: tuple[str, str],
        visibilities: Collection[str],
        person: Person,
        numbers: Iterable[tuple[str, str]],
    ) -> list[str]:
        """Ids of hits on one alert (`list_id`, `id`) that were judged and concern this person, as
        known by names with birth date, document (State, number) or national number; newest first.
        """
        return hit_lists.judged(
            self._db,
            alert,
            visibilities,
            person_key=tables.person_key(person),
            documents=[
                (state, key) for state, number in numbers if (key := tables.number_key(number))
            ],
            national_numbers=[
                key for number in person.national_numbers if (key := tables.number_key(number))
            ],
        )

    def outcomes_for(self, officer: str, shift: str) -> list[Kept[Outcome]]:
        """What came back on an officer's referrals of a shift, newest first."""
        found = self._read(
            "r.kind = 'outcome' and r.target in"
            " (select id from records where kind = 'referral' and officer = ? and shift = ?)",
            [officer, shift],
            order="r.at desc, r.id desc",
        )
        return cast(list[Kept[Outcome]], list(found))

    def taken_over(self, reference: str) -> Kept[BorderCheck] | None:
        """The check taken over from an earlier register under this reference."""
        found = self._read(
            "r.id in (select id from checks where register_reference = ?)", [reference]
        )
        return cast("Kept[BorderCheck] | None", next(found, None))

    def session_keys(self) -> dict[str, set[bytes]]:
        """The public keys with which each officer signed in here, also of those long gone.

        Several, where an officer was given a new slot.
        """
        keys: dict[str, set[bytes]] = {}
        for each in cast("Iterator[Kept[SessionEvent]]", self._read("r.kind = 'session'", [])):
            keys.setdefault(each.officer, set()).add(_from_hex(each.record.key))
        return keys

    # drafts: sealed by their author's key before they come here

    def keep_draft(self, author: str, kind: str, subject: str, sealed: bytes) -> None:
        with self.together():
            self._db.execute(
                "insert into drafts values (?, ?, ?, ?, ?) on conflict do update set"
                " kept_at = excluded.kept_at, sealed = excluded.sealed",
                [author, kind, subject, tables.utc_text(self.clock.now()), sealed],
            )

    def draft(self, author: str, kind: str, subject: str) -> bytes | None:
        found = self._db.execute(
            "select sealed from drafts where author = ? and kind = ? and subject = ?",
            [author, kind, subject],
        ).fetchone()
        return found[0] if found else None

    def forget_draft(self, author: str, kind: str, subject: str) -> None:
        with self.together():
            self._db.execute(
                "delete from drafts where author = ? and kind = ? and subject = ?",
                [author, kind, subject],
            )

    # attachments: the files lie beside, what is said of them here

    def attachments_of(self, id: str) -> list[KeptAttachment]:
        """What belongs to a record, in the order in which it was attached."""
        own = {self._number, *(number for number, *_ in self._journals.forerunners(self._number))}
        return [
            KeptAttachment(
                attachment=each,
                is_here=self.attachments.has(each),
                is_received=is_received,
                is_own=origin in own,
                come=self.attachments.begun(each.address),
            )
            for each, is_received, origin in attached.of_record(self._db, id)
        ]

    def hold_attachment(self, author: str, kind: str, subject: str, held: Attachment) -> None:
        """A draft names it from now on, so that it is not swept."""
        with self.together():
            attached.draft(self._db, held.address, author, kind, subject)

    def drop_attachment(self, author: str, held: Attachment) -> None:
        """Its author took it out of his draft: it goes at once."""
        with self.together():
            is_gone = attached.undraft(self._db, held.address, author)
        if is_gone:
            self.attachments.remove(held.address)

    def sweep_attachments(self) -> None:
        """Remove the files of erased entries, and what a power cut left without an entry."""
        for address in attached.left(self._db):
            if self.attachments.remove(address):
                with self.together():
                    attached.is_removed(self._db, address)
        if not self.mark(_UNREAD):  # else an entry that only a later program reads may name it
            self.attachments.sweep(
                attached.named(self._db), before=self.clock.likely() - _ORPHANED_AFTER
            )

    def attachments_to_send(self, most: int) -> list[str]:
        """Addresses that own entries at the centre name and of which it has not said that it has
        them, the oldest first; only of files that lie here.
        """
        found = attached.not_received(self._db, self._line_of(self._number), self._number)
        here = (
            address
            for address, position in found
            if position <= self.mark(RECEIVED) and self.attachments.path_of(address).exists()
        )
        return list(islice(here, most))

    def ask_for_attachment(self, attachment: Attachment) -> bool:
        """Have a neighbour's attachment fetched that is not here as it was written; whether it is
        a neighbour's.
        """
        if not attached.is_neighbours(self._db, self._line_of(self._number), attachment.address):
            return False
        self.attachments.remove(attachment.address)
        self.attachments.asked_for[attachment.address] = attachment
        return True

    def attachments_to_fetch(self, *, most_bytes: int, most: int) -> dict[str, int]:
        """Sizes of neighbours' attachments that are to come here, by address: those asked for, then
        the newest `most` that are no larger than `most_bytes`.
        """
        files = self.attachments
        files.asked_for = {k: one for k, one in files.asked_for.items() if not files.has(one)}
        wanted = {each.address: each.size for each in files.asked_for.values()}
        newest = attached.neighbours(
            self._db, self._line_of(self._number), most_bytes=most_bytes, most=most
        )
        missing = {k: size for k, size in newest if not files.path_of(k).exists()}
        return {**wanted, **missing}

    def attachment_names(self, address: str) -> list[str]:
        """This workstation's names under which it was written, the present one or former ones."""
        return attached.written_as(self._db, self._line_of(self._number), address)

    def attachments_to_carry(self) -> list[str]:
        """The same of entries that are still to go there, too: for a way that takes both."""
        found = attached.not_received(self._db, self._line_of(self._number), self._number)
        return [address for address, _ in found if self.attachments.path_of(address).exists()]

    def attachments_named(self, until: int) -> list[str]:
        """Addresses that own entries up to a position name and the centre has not said to have."""
        found = attached.not_received(self._db, self._line_of(self._number), self._number)
        return [address for address, position in found if position <= until]

    def attachment_received(self, address: str) -> None:
        """The centre has said, signed, that it has all of it."""
        with self.together():
            attached.received(self._db, address)

    def attachments_wanted(self, addresses: Collection[str]) -> None:
        """The centre has said, signed, that it lacks these: also what it had before a restore."""
        if not addresses:
            return
        with self.together():
            for address in addresses:
                attached.wanted(self._db, address)

    def attachments_doubted(self, of: Origin, *, behind: int) -> None:
        """The centre may lack what a forerunner's entries behind a position name: it is asked."""
        with self.together():
            attached.doubted(self._db, self._number_of(of), behind)

    # what sync asks for

    def tip(self) -> Tip:
        """Where the own journal ends: asked of the file, since IT's command line writes too."""
        return self._journals.tip(self._number, self.origin)

    def head_at(self, position: int, *, of: Origin | None = None) -> bytes | None:
        """The head behind a position of the own journal, None where it does not reach it.

        `of`: a forerunner of it instead.
        """
        origin = of or self.origin
        return self._journals.head_at(self._number_of(origin), origin, position)

    def position_of(self, id: str) -> int | None:
        """Where a record stands in the own journal, None if it does not."""
        found = self._db.execute(
            "select position from records where id = ? and origin = ?", [id, self._number]
        ).fetchone()
        return int(found[0]) if found else None

    def forerunners(self) -> list[Forerunner]:
        """The journals that the own one goes on from, the nearest first."""
        found = self._journals.forerunners(self._number)
        return [Forerunner(origin=origin, shared=shared) for _, origin, shared in found]

    def entries(
        self, after: int, *, limit: int, max_bytes: int, of: Origin | None = None
    ) -> list[Entry]:
        """Own entries behind a position: `limit` and about `max_bytes` at most, one at least.

        `of`: of a forerunner instead.
        """
        taken: list[Entry] = []
        size = 0
        for entry in self._journals.after(self._number_of(of or self.origin), after, limit):
            size += len(entry.body or b"")
            if taken and size > max_bytes:
                break
            taken.append(entry)
        return taken

    def urgent(self, after: int, *, most: int) -> list[Entry]:
        """Own entries behind a position that others should know at once: hits, refusals, alarms.

        Alarms: a hit is confirmed, somebody was held, the records were put back from a backup.
        """
        found = self._db.execute(
            "select r.position from records r left join checks c on c.id = r.id"  # noqa: S608
            f" where r.origin = ? and r.position > ? and ({_PRESSING} or {_URGENT})"
            " order by r.position limit ?",
            [self._number, after, most],
        )
        return [
            entry
            for row in found.fetchall()
            for entry in self._journals.after(self._number, row[0] - 1, 1)
        ]

    def is_pressing(self, after: int) -> bool:
        """Whether an officer refused, confirmed or acted behind a position.

        A hit by itself is not meant: nobody may see by the line that there is one.
        """
        found = self._db.execute(
            "select 1 from records r left join checks c on c.id = r.id"  # noqa: S608
            f" where r.origin = ? and r.position > ? and ({_PRESSING}) limit 1",
            [self._number, after],
        )
        return found.fetchone() is not None

    def foreign_tips(self) -> dict[Origin, int]:
        """How far the journals of other workstations are here."""
        return {
            origin: self._journals.tip(number, origin).position
            for number, origin, _key in self._journals.origins()
            if origin.workstation != self.origin.workstation
        }

    def mark(self, name: str) -> int:
        found = self._db.execute("select value from marks where name = ?", [name]).fetchone()
        return found[0] if found else 0

    def set_mark(self, name: str, value: int) -> None:
        """Move a mark, also backwards: a restored server needs what it held before once more."""
        with self.together():
            self._db.execute(
                "insert into marks values (?, ?) on conflict do update set value = excluded.value",
                [name, value],
            )

    def waiting_checks(self, *, after: int | None = None) -> int:
        """Checks that the centre does not hold yet, or those behind a position of our journal.
        Counted, never kept as a number.
        """
        [waiting] = self._db.execute(
            "select count(*) from records where origin = ? and kind = 'check' and position > ?",
            [self._number, self.mark(RECEIVED) if after is None else after],
        ).fetchone()
        return int(waiting)

    # crossings at other posts, by which a stay is counted

    def known_crossings(self, documents: Sequence[tuple[str, str]]) -> Known:
        """What is known here of documents (State, number), whoever carried them."""
        return stays.known(self._db, documents, self.mark(CROSSINGS_TOLD))

    def take_crossings(
        self, told: Iterable[CrossingTold], *, after: int, upto: int, told_at: datetime | None
    ) -> None:
        """Take over what the centre tells behind `after`, 0 where it begins anew.

        `told_at` where that is all there is. A word that does not follow the last one is late.
        """
        if after not in (0, self.mark(CROSSINGS)):
            return
        with self.together():
            if after == 0:
                stays.forget(self._db)
            stays.take(self._db, told)
            self.set_mark(CROSSINGS, upto)
            if told_at:
                self.set_mark(CROSSINGS_TOLD, int(told_at.timestamp()))

    def forget_crossings(self, *, before: date) -> int:
        """Forget what was told of the days before one; how many crossings went."""
        with self.together():
            return stays.forget(self._db, before)

    # what is past its time

    def erase(self, days: Mapping[str, int], *, now: datetime, most: int) -> dict[str, int]:
        """Erase bodies, salts and rows of records older than so many days by kind; kinds that are
        not named stay. How many of each kind went.

        Only below what the centre has in a verified backup, and only what nobody works on. The
        file's own pages are overwritten at once, those beside it when the store is closed.
        """
        own = {self._number: min(self.mark(BACKED_UP), self.mark(RECEIVED))}
        for number, origin, _shared in self._journals.forerunners(self._number):
            own[number] = self.mark(mark_of(BACKED_UP, origin))
        before = {kind: now - timedelta(days=each) for kind, each in days.items()}
        due = Due(
            made={kind: bodies.new_id(moment, bytes) for kind, moment in before.items()},
            at={kind: tables.utc_text(moment) for kind, moment in before.items()},
            own=own,
        )
        with self.together():
            return erase(self._db, due, most=most)

    # proofs

    def verify(self, officer_keys: Mapping[str, Collection[bytes]]) -> Proof:
        """Prove every journal here from its first entry, then that the tables say the same.

        `officer_keys` are public keys by service number, an officer's earlier ones too. Raises
        `Broken` at the first entry that does not fit, and `TablesDiffer` if the tables are not
        what the journals give.
        """
        proof = Proof()
        for number, origin, key in self._journals.origins():
            proof = replace(proof, journals=proof.journals + 1)
            self._must_be_handed_over(number, origin, key)
            repeated = self._journals.repeated(number)
            for page in self._pages(number):
                tip = Tip(page[0].position - 1, self._previous_head(number, origin, page[0]))
                verify(origin, tip, page, key)
                for entry in page:
                    proof = replace(proof, entries=proof.entries + 1)
                    if entry.position in repeated:
                        continue  # said and signed where it stood first
                    acts, sessions = self._officers_signed(number, origin, entry, officer_keys)
                    proof = replace(
                        proof,
                        acts=proof.acts + acts,
                        sessions=proof.sessions + sessions,
                    )
        self._must_equal_tables()
        return proof

    def after_leaving(
        self, left: Mapping[str, date], *, here: Collection[str]
    ) -> list[Kept[Record]]:
        """What was recorded in the name of somebody who had left: from the day on that
        headquarters' list says, or in the same journal behind the entry that took his slot away.

        `here` are the numbers that have a slot: they may have come back.
        """
        by_list = " or ".join("r.officer = ? and substr(r.recorded_at, 1, 10) >= ?" for _ in left)
        removed = (
            "exists (select 1 from records e where e.origin = r.origin and e.position < r.position"
            " and e.kind = 'workstation' and json_extract(e.record, '$.step') = ?"
            " and json_extract(e.record, '$.details.officer') = r.officer)"
            " and r.officer not in (select value from json_each(?))"
        )
        values: list[object] = [WorkstationStep.OFFICER_REMOVED.value, json.dumps(sorted(here))]
        for officer, day in left.items():
            values += [officer, day.isoformat()]
        return list(self._read(" or ".join(filter(None, (removed, by_list))), values))

    def rebuild(self) -> int:
        """Build the tables anew from the journals; returns how many entries were read."""
        with self.together():
            return self._rebuild()

    def _renew_tables(self) -> None:
        """Build the tables anew once, where another version of the program built others, or could
        not read all that this one can.
        """
        knowledge = tables.knowledge()
        is_other = self.mark(_KNOWLEDGE) != knowledge
        is_built = self.mark(_EDITION) == tables.EDITION and not (is_other and self.mark(_UNREAD))
        if is_built and not is_other:
            return
        with self.together():
            self.set_mark(_KNOWLEDGE, knowledge)
            self.set_mark(_EDITION, tables.EDITION)
            if not is_built:
                self.set_mark(_UNREAD, 0)
                self._rebuild()

    def _rebuild(self) -> int:
        tables.empty(self._db)
        count = 0
        for number, origin, _key in self._journals.origins():
            for page in self._pages(number):
                for entry in page:
                    self._read_in(number, origin, entry)
                count += len(page)
        return count

    def _must_be_handed_over(self, number: int, origin: Origin, key: bytes) -> None:
        """A journal that begins with another key names the one before, which signed for it."""
        first = next(self._journals.after(number, 0, 1), None)
        try:
            event = bodies.unpack(bodies.decode(first.body or b"")) if first else None
        except bodies.Unreadable:
            return
        if not isinstance(event, WorkstationEvent) or event.step != WorkstationStep.KEY_ROTATED:
            return
        if not self._is_handed_over(origin, key, event.details):
            raise Broken(1, "handover")

    def _is_handed_over(self, origin: Origin, key: bytes, said: Mapping[str, str]) -> bool:
        try:
            before = Origin(origin.deployment, said["workstation"], int(said["incarnation"]))
            position, head = int(said["position"]), bytes.fromhex(said["head"])
            earlier, signature = bytes.fromhex(said["key"]), bytes.fromhex(said["handover"])
        except (KeyError, ValueError):
            return False
        known = {each: known for _number, each, known in self._journals.origins()}
        message = origin.handover_message(before, position, head, key)
        return known.get(before, earlier) == earlier and is_valid(earlier, signature, message)

    def _officers_signed(
        self,
        number: int,
        origin: Origin,
        entry: Entry,
        officer_keys: Mapping[str, Collection[bytes]],
    ) -> tuple[int, int]:
        """How many acts and sessions the officers signed in this entry; `Broken` if not truly."""

        def signed(officer: str, value: bytes, message: bytes) -> bool:
            return any(is_valid(key, value, message) for key in officer_keys.get(officer, ()))

        act = act_message(origin.deployment, entry.leaf)
        for each in entry.signatures:
            if each.algorithm != ED25519 or not signed(each.officer, each.value, act):
                raise Broken(entry.position, "officer-signature")
        acts = len(entry.signatures)
        try:
            body = bodies.decode(entry.body or b"")
            record = bodies.unpack(body)
        except bodies.Unreadable:
            return acts, 0  # erased, or of a later version: leaf and head are proved all the same
        officer = body.officer or ""
        if is_of_weight(record) and officer not in {each.officer for each in entry.signatures}:
            raise Broken(entry.position, "officer-signature")
        if not isinstance(record, SessionEvent) or not record.signature:
            return acts, 0
        head = self._journals.head_at(number, origin, record.last)
        session = origin.session_message(record.first, record.last, head or b"")
        if not signed(officer, _from_hex(record.signature), session):
            raise Broken(entry.position, "session-signature")
        return acts, 1

    def _must_equal_tables(self) -> None:
        before = self._digest()
        try:
            with self.together():
                self._rebuild()
                after = self._digest()
                raise _LookedAtEnough
        except _LookedAtEnough:
            pass
        if before != after:
            raise TablesDiffer

    def _digest(self) -> bytes:
        digest = sha256()
        for row in tables.rows(self._db):
            digest.update(repr(row).encode())
        return digest.digest()

    def _must_be_the_same(self, number: int, origin: Origin, entry: Entry) -> None:
        if self._journals.head_at(number, origin, entry.position) != entry.head:
            raise Broken(entry.position, "fork")

    def _number_of(self, origin: Origin) -> int:
        if origin == self.origin:
            return self._number
        return self._journals.number_of(origin, self._public)

    def _pages(self, number: int, *, behind: int = 0) -> Iterator[list[Entry]]:
        position = behind
        while page := list(self._journals.after(number, position, _PAGE)):
            yield page
            position = page[-1].position

    def _previous_head(self, number: int, origin: Origin, entry: Entry) -> bytes:
        head = self._journals.head_at(number, origin, entry.position - 1)
        if head is None:
            raise Broken(entry.position, "position")
        return head

    def _officer_signatures(
        self, record: Record, author: Author | None, leaf: bytes
    ) -> tuple[OfficerSignature, ...]:
        if author is None or not is_of_weight(record):
            return ()
        value = author.sign(act_message(self.origin.deployment, leaf))
        return (OfficerSignature(author.officer, ED25519, value),)

    def _read(
        self, where: str, values: Sequence[object], order: str = _OLDEST_FIRST
    ) -> Iterator[Kept[Record]]:
        found = self._db.execute(
            "select r.id, r.kind, r.leaf, o.workstation, r.position, r.happened_at, r.recorded_at,"  # noqa: S608
            " r.officer, r.shift, r.record from records r join origins o on o.id = r.origin"
            f" where {where} order by {order}",
            list(values),
        )
        for row in found.fetchall():
            yield _from_row(*row)


def _from_hex(text: str) -> bytes:
    """The bytes; none where a hostile journal says something else, so that nothing is proved."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _kept(body: bodies.Body, record: R, entry: Entry, origin: Origin) -> Kept[R]:
    return Kept(
        id=body.id,
        kind=body.kind,
        leaf=entry.leaf.hex(),
        origin=origin.workstation,
        position=entry.position,
        happened_at=body.happened_at,
        recorded_at=body.recorded_at,
        officer=body.officer or "",
        shift=body.shift or "",
        record=record,
    )


def _from_row(
    id: str,
    kind: str,
    leaf: str,
    origin: str,
    position: int,
    happened_at: str,
    recorded_at: str,
    officer: str | None,
    shift: str | None,
    record: str,
) -> Kept[Record]:
    return Kept(
        id=id,
        kind=kind,
        leaf=leaf,
        origin=origin,
        position=position,
        happened_at=datetime.fromisoformat(happened_at),
        recorded_at=datetime.fromisoformat(recorded_at),
        officer=officer or "",
        shift=shift or "",
        record=bodies.from_json(KINDS[kind], record.encode()),
    )
