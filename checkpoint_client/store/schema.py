"""The tables of `records.db`. Migrations go forward only and never import today's records."""

from pathlib import Path

from sqlite_utils import Database, Migrations

from checkpoint_client.store.engine import NewerFile

steps = Migrations("records")

VERSION = 6
"""The newest step below. A file with a higher one comes from a later version of the program."""


def bring_up_to_date(db: Database, path: Path) -> None:
    """Apply the steps that this file lacks; refuse a file from the future."""
    [[version]] = db.execute("pragma user_version").fetchall()
    if version > VERSION:
        raise NewerFile(path)
    steps.apply(db)
    if version < VERSION:
        db.execute(f"pragma user_version = {VERSION:d}")


@steps()
def m001_first_tables(db: Database) -> None:
    for statement in _FIRST:
        db.execute(statement)


@steps()
def m002_hits_followed(db: Database) -> None:
    for statement in _HITS_FOLLOWED:
        db.execute(statement)


@steps()
def m003_journals_follow(db: Database) -> None:
    """A workstation's journal may go on in another; entries behind `shared` came again there."""
    for statement in _JOURNALS_FOLLOW:
        db.execute(statement)


@steps()
def m004_crossings_told(db: Database) -> None:
    """Crossings of other posts, as far as a stay is counted by them."""
    for statement in _CROSSINGS_TOLD:
        db.execute(statement)


@steps()
def m005_attachments(db: Database) -> None:
    """Files beside entries: which there are, which a draft holds, which the centre has."""
    for statement in _ATTACHMENTS:
        db.execute(statement)


@steps()
def m006_repeated_entries(db: Database) -> None:
    """By its leaf an entry is found in every journal that repeats it. A workstation's first journal
    is left out: each of its commits would write to the index.
    """
    db.execute("create index entries_repeated on entries (leaf) where origin > 1")


_FIRST = (
    """
    create table origins (
        id integer primary key,
        deployment text not null,
        workstation text not null,
        incarnation integer not null,
        key blob not null,
        unique (deployment, workstation, incarnation)
    ) strict
    """,
    """
    create table entries (
        origin integer not null references origins (id),
        position integer not null,
        algorithm integer not null,
        salt blob,
        body blob,
        leaf blob not null,
        signatures text not null,
        head blob not null,
        signature blob not null,
        primary key (origin, position)
    ) strict, without rowid
    """,
    # Guard-rails against mistakes of ours; the evidence is the signed chain and the server's copy.
    """
    create trigger entries_follow before insert on entries
    when new.position <> 1 + (
        select coalesce(max(position), 0) from entries where origin = new.origin
    )
    begin select raise(abort, 'an entry goes behind the last one'); end
    """,
    """
    create trigger entries_stay before delete on entries
    begin select raise(abort, 'an entry is never deleted'); end
    """,
    """
    create trigger entries_keep before update on entries
    when new.origin is not old.origin or new.position is not old.position
        or new.algorithm is not old.algorithm or new.leaf is not old.leaf
        or new.signatures is not old.signatures or new.head is not old.head
        or new.signature is not old.signature
        or new.salt is not null or new.body is not null
    begin select raise(abort, 'an entry is never changed'); end
    """,
    """
    create table records (
        id text primary key,
        origin integer not null,
        position integer not null,
        kind text not null,
        leaf text not null,
        target text,
        at text not null,
        happened_at text not null,
        recorded_at text not null,
        officer text,
        shift text,
        record text not null
    ) strict
    """,
    "create index records_by_kind on records (kind, origin, position, officer)",
    "create index records_by_target on records (target, kind) where target is not null",
    """
    create table checks (
        id text primary key references records (id),
        origin text not null,
        at text not null,
        happened_at text not null,
        direction text not null,
        decision text not null,
        name text not null,
        person_key text not null,
        birth_date text not null,
        nationality text not null,
        document text not null,
        plate text not null,
        officer text,
        register_reference text,
        withdrawn integer not null default 0,
        amended integer not null default 0,
        reviewed text not null default '',
        outcome text not null default ''
    ) strict
    """,
    "create index checks_by_time on checks (at)",
    "create index checks_by_person on checks (person_key, at)",
    "create index checks_by_register on checks (register_reference)"
    " where register_reference is not null",
    """
    create table documents (
        check_id text not null references checks (id),
        place integer not null,
        state text not null,
        number text not null,
        primary key (check_id, place)
    ) strict, without rowid
    """,
    "create index documents_by_number on documents (number, state)",
    """
    create virtual table search using fts5 (
        id unindexed, words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
    )
    """,
    "insert into search (search, rank) values ('secure-delete', 1)",
    "create table marks (name text primary key, value integer not null) strict",
    """
    create table drafts (
        author text not null,
        kind text not null,
        subject text not null,
        kept_at text not null,
        sealed blob not null,
        primary key (author, kind, subject)
    ) strict
    """,
)

_HITS_FOLLOWED = (
    """
    create table hits (
        id text primary key references records (id),
        check_id text not null,
        list_id text not null,
        alert_id text not null,
        visibility text not null,
        level text not null,
        origin text not null,
        at text not null,
        state text not null,
        verdict text not null,
        judges text not null,
        confirmed_at text not null,
        alone integer not null,
        reported integer not null,
        withdrawn integer not null
    ) strict
    """,
    "create index hits_by_state on hits (state, level, at)",
    "create index hits_by_time on hits (at)",
    "create index hits_by_check on hits (check_id)",
    "create index hits_by_alert on hits (list_id, alert_id)",
    "create index hits_to_review on hits (confirmed_at) where alone = 1",
    """
    create table national_numbers (
        check_id text not null references checks (id),
        number text not null,
        primary key (check_id, number)
    ) strict, without rowid
    """,
    "create index national_numbers_by_number on national_numbers (number)",
)

_JOURNALS_FOLLOW = (
    "alter table origins add column follows integer references origins (id)",
    "alter table origins add column shared integer not null default 0",
    # Until now a file held the journal of its workstation and no other.
    "insert into marks select 'journal', id from origins order by id desc limit 1",
)

_CROSSINGS_TOLD = (
    """
    create table crossings_told (
        number integer primary key,
        state text not null,
        document text not null,
        day integer not null,
        enters integer not null
    ) strict
    """,
    "create index crossings_told_by_document on crossings_told (document)",
)

_ATTACHMENTS = (
    """
    create table attachments (
        origin integer not null,
        position integer not null,
        place integer not null,
        address text not null,
        size integer not null,
        media_type text not null,
        title text not null,
        key text not null,
        primary key (origin, position, place)
    ) strict, without rowid
    """,
    "create index attachments_by_address on attachments (address)",
    """
    create table attachments_drafted (
        address text primary key,
        author text not null,
        kind text not null,
        subject text not null
    ) strict
    """,
    "create table attachments_received (address text primary key) strict",
    "create table attachments_left (address text primary key) strict",
)
