"""Takes out of the file what is past its time: bodies, salts and every row that was made of them.

Leaves and heads stay, so that the journal still verifies. A record goes together with all that is
about it, or not at all: else a withdrawn check would stand there as if nothing had happened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from checkpoint_client.store.attachments import let_go

_FOLLOWED_TO_ITS_END = ("NOT_SAME", "CLOSED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What may go: records made before `made` and of before `at`, by kind (as `records` has them).

    `own`: up to which position of each own journal, by its number, the centre has a backup.
    Neighbours' journals are copies here.
    """

    made: Mapping[str, str]
    at: Mapping[str, str]
    own: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Member:
    id: str
    kind: str
    origin: int
    position: int
    at: str


def erase(db: Database, due: Due, *, most: int) -> dict[str, int]:
    """Erase about `most` records, oldest first; how many of each kind. Call in a transaction."""
    erased: dict[str, int] = {}
    gone: list[_Member] = []
    for root in _roots(db, due, most):
        members = _with_all_about(db, root)
        leaving = [each for each in members if each.kind in due.made]
        leaving += [twin for each in leaving for twin in _twins(db, each, due)]
        if not all(_is_due(each, due) for each in leaving) or _is_open(db, leaving):
            continue
        if all(_is_whole_at_centre(db, each) for each in leaving if each.origin in due.own):
            gone += leaving
        if len(gone) >= most:
            break
    for kind in {member.id: member.kind for member in gone}.values():
        erased[kind] = erased.get(kind, 0) + 1
    for member in gone:
        _empty_entry(db, member)
    _delete_rows(db, [member.id for member in gone])
    return erased


def _roots(db: Database, due: Due, most: int) -> list[str]:
    """Records that are about nothing else that is still here."""
    own = ", ".join(map(str, due.own)) or "0"
    reached = " or ".join(
        f"r.origin = {number} and r.position <= {last}" for number, last in due.own.items()
    )
    found: list[tuple[str, str]] = []
    for kind, made in due.made.items():
        rows = db.execute(
            "select r.at, r.id from records r where r.kind = ? and r.id < ? and r.at < ?"  # noqa: S608  numbers of our own
            f" and ({reached or 0} or r.origin not in ({own}))"
            " and (r.target is null or not exists"
            " (select 1 from records t where t.id = r.target))"
            " order by r.at limit ?",
            [kind, made, due.at[kind], most],
        )
        found += rows.fetchall()
    return [id for _at, id in sorted(found)]


def _with_all_about(db: Database, root: str) -> list[_Member]:
    rows = db.execute(
        "with recursive members (id) as (select ? union"
        " select r.id from records r join members m on r.target = m.id)"
        " select r.id, r.kind, r.origin, r.position, r.at"
        " from members m join records r on r.id = m.id",
        [root],
    )
    return [_Member(*row) for row in rows.fetchall()]


def _twins(db: Database, member: _Member, due: Due) -> list[_Member]:
    """The same entry where a journal repeats it that this one is not known to go on from: one of a
    neighbour under his next name or after a restore, or one in which a copy of this disk goes on.
    """
    own = ", ".join(map(str, due.own)) or "0"
    place = [member.origin, member.position]
    found = db.execute(
        "select e.origin, e.position from entries n"  # noqa: S608  numbers of our own
        " join entries e on e.leaf = n.leaf and e.origin > 1 and e.origin <> n.origin"
        f" where n.origin = ? and n.position = ? and (n.origin not in ({own})"
        f" or e.origin not in ({own}))",
        place,
    ).fetchall()
    found += db.execute(
        "select e.origin, e.position from entries n join origins m on m.id = n.origin"  # noqa: S608  numbers of our own
        " join entries e on e.origin = 1 and e.leaf = n.leaf"
        f" where n.origin = ? and n.position = ? and m.id not in ({own})"
        f" and m.workstation in (select workstation from origins where id in ({own}))",
        place,
    ).fetchall()
    return [replace(member, origin=origin, position=position) for origin, position in found]


def _is_due(member: _Member, due: Due) -> bool:
    is_old = member.id < due.made[member.kind] and member.at < due.at[member.kind]
    return is_old and member.position <= due.own.get(member.origin, member.position)


def _is_whole_at_centre(db: Database, member: _Member) -> bool:
    """Whether the centre has every attachment of it, too."""
    lacking = db.execute(
        "select 1 from attachments a where a.origin = ? and a.position = ?"
        " and not exists (select 1 from attachments_received where address = a.address)",
        [member.origin, member.position],
    )
    return lacking.fetchone() is None


def _is_open(db: Database, members: Sequence[_Member]) -> bool:
    """Whether somebody still works on it: a hit not followed to its end, a traveller waiting."""
    ids = [member.id for member in members]
    marks = ", ".join("?" for _ in ids)
    [count] = db.execute(
        "select (select count(*) from hits where state not in (?, ?)"  # noqa: S608  marks only
        f" and id in ({marks})) + (select count(*) from records r join checks c on c.id = r.target"
        f" where r.kind = 'referral' and c.outcome = '' and c.withdrawn = 0 and r.id in ({marks}))",
        [*_FOLLOWED_TO_ITS_END, *ids, *ids],
    ).fetchone()
    return bool(count)


def _empty_entry(db: Database, member: _Member) -> None:
    """The entry, and the same one in the journals that this one goes on from."""
    place: tuple[int, int] | None = (member.origin, member.position)
    while place:
        db.execute(
            "update entries set body = null, salt = null where origin = ? and position = ?",
            list(place),
        )
        let_go(db, *place)
        place = db.execute(
            "select e.origin, e.position from origins o"
            " join entries n on n.origin = o.id and n.position = ?"
            " join entries e on e.origin = o.follows and e.position = n.position + o.shared - 1"
            " and e.leaf = n.leaf where o.id = ? and n.position > 1",
            [place[1], place[0]],
        ).fetchone()


def _delete_rows(db: Database, ids: Sequence[str]) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        marks = ", ".join("?" for _ in some)
        for table, column in _ROWS:
            db.execute(f"delete from {table} where {column} in ({marks})", some)  # noqa: S608


_AT_ONCE = 500
_ROWS = (
    ("search", "id"),
    ("documents", "check_id"),
    ("national_numbers", "check_id"),
    ("hits", "id"),
    ("checks", "id"),
    ("records", "id"),
)
"""Where a record has rows, children before parents."""
