"""The journals in the encrypted file: entries in, entries out. Knows SQL, not what they say."""

from collections.abc import Iterator

import msgspec
from sqlite_utils import Database

from checkpoint_client.journal.chain import start
from checkpoint_client.journal.entry import Entry, OfficerSignature, Origin, Tip
from checkpoint_client.records.decoders import json_decoder

_COLUMNS = "position, algorithm, salt, body, leaf, signatures, head, signature"


class Journals:
    """Every journal of this file, each under the number of its origin."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def number_of(self, origin: Origin, key: bytes) -> int:
        """The origin's number here, given when it is first met with its public key."""
        names = [origin.deployment, origin.workstation, origin.incarnation]
        found = self._db.execute(
            "select id from origins where deployment = ? and workstation = ? and incarnation = ?",
            names,
        ).fetchone()
        if found:
            return int(found[0])
        with self._db.atomic():
            self._db.execute(
                "insert into origins (deployment, workstation, incarnation, key)"
                " values (?, ?, ?, ?)",
                [*names, key],
            )
            [number] = self._db.execute("select last_insert_rowid()").fetchone()
        return int(number)

    def follow(self, number: int, before: int, shared: int) -> None:
        """Note that a journal goes on from another, whose entries behind `shared` come again."""
        self._db.execute(
            "update origins set follows = ?, shared = ? where id = ?", [before, shared, number]
        )

    def forerunners(self, number: int) -> list[tuple[int, Origin, int]]:
        """The journals that this one goes on from, the nearest first: number, origin, `shared`."""
        found = self._db.execute(
            "with recursive line (id, follows, shared, depth) as ("
            " select id, follows, shared, 0 from origins where id = ?"
            " union all select o.id, o.follows, o.shared, depth + 1"
            " from origins o join line on o.id = line.follows)"
            " select o.id, o.deployment, o.workstation, o.incarnation, later.shared"
            " from line later join origins o on o.id = later.follows order by later.depth",
            [number],
        )
        return [(row[0], Origin(*row[1:4]), row[4]) for row in found.fetchall()]

    def repeated(self, number: int) -> set[int]:
        """Positions of a journal whose entries came from the one before, unchanged."""
        found = self._db.execute(
            "select n.position from origins o join entries n on n.origin = o.id"
            " join entries e on e.origin = o.follows and e.position = n.position + o.shared - 1"
            " and e.leaf = n.leaf and e.signatures = n.signatures"
            " where o.id = ? and n.position > 1",
            [number],
        )
        return {row[0] for row in found.fetchall()}

    def key_of(self, number: int) -> bytes:
        """The public key with which the origin was met first."""
        [key] = self._db.execute("select key from origins where id = ?", [number]).fetchone()
        return bytes(key)

    def origins(self) -> list[tuple[int, Origin, bytes]]:
        """Number, origin and public key of every journal."""
        found = self._db.execute(
            "select id, deployment, workstation, incarnation, key from origins order by id"
        )
        return [(row[0], Origin(*row[1:4]), row[4]) for row in found.fetchall()]

    def tip(self, number: int, origin: Origin) -> Tip:
        found = self._db.execute(
            "select position, head from entries where origin = ? order by position desc limit 1",
            [number],
        ).fetchone()
        return Tip(*found) if found else start(origin)

    def append(self, number: int, entry: Entry) -> None:
        """Add an entry at the end. Call inside the transaction that fills the tables."""
        self._db.execute(
            "insert into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                number,
                entry.position,
                entry.algorithm,
                entry.salt,
                entry.body,
                entry.leaf,
                msgspec.json.encode(entry.signatures).decode(),
                entry.head,
                entry.signature,
            ],
        )

    def after(self, number: int, position: int, limit: int) -> Iterator[Entry]:
        """Entries behind `position`, in order, `limit` at most."""
        found = self._db.execute(
            f"select {_COLUMNS} from entries"  # noqa: S608  our own names
            " where origin = ? and position > ? order by position limit ?",
            [number, position, limit],
        )
        for row in found:
            yield _entry(row)

    def head_at(self, number: int, origin: Origin, position: int) -> bytes | None:
        """The head behind a position, or None where this journal does not reach it."""
        if position == 0:
            return start(origin).head
        found = self._db.execute(
            "select head from entries where origin = ? and position = ?", [number, position]
        ).fetchone()
        return found[0] if found else None


json_decoder(Entry)  # `convert` would describe it without waiting for other threads


def _entry(row: tuple[object, ...]) -> Entry:
    position, algorithm, salt, body, leaf, signatures, head, signature = row
    return msgspec.convert(
        {
            "position": position,
            "algorithm": algorithm,
            "salt": salt,
            "body": body,
            "leaf": leaf,
            "signatures": json_decoder(tuple[OfficerSignature, ...]).decode(str(signatures)),
            "head": head,
            "signature": signature,
        },
        Entry,
    )
