"""Opens an encrypted SQLite file. The one place where SQLCipher and sqlite-utils are joined.

sqlite-utils looks for `pysqlite3` before it takes Python's own sqlite3. We answer to that name with
SQLCipher *before its first import*: a raw SQLCipher connection handed to it later seems to work and
then leaves transactions open, because the two libraries' exceptions are unrelated classes.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

if "sqlite_utils" in sys.modules:  # pragma: no cover - a mistake of ours, not of the machine
    raise ImportError("import checkpoint_client.store before sqlite_utils")
sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = sqlcipher

import sqlite_utils.utils  # noqa: E402  only behind the alias
from sqlite_utils import Database  # noqa: E402  only behind the alias

if vars(sqlite_utils.utils)["sqlite3"] is not sqlcipher:  # pragma: no cover - as above
    raise ImportError("sqlite_utils was built on another SQLite than the encrypted one")

KEY_BYTES = 48
"""32 bytes of key and 16 of salt, as SQLCipher takes them raw."""

_PLAIN_HEADER = b"SQLite format 3\x00"
_PAGE = 4096

FileError = sqlcipher.DatabaseError
"""What SQLite raises when the file or its disk fails. For `Unusable.from_error`."""


class Unusable(Exception):
    """A file cannot be used as it is. The text is one sentence and says what to do."""


class NotEncrypted(Unusable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} is not encrypted, so it was not opened. Keep it and call your IT staff."
        )


class WrongKey(Unusable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} cannot be read with this workstation's key, or its beginning is damaged."
            " Nothing was changed; call your IT staff."
        )


class NewerFile(Unusable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} was written by a newer version of this program. Install that version."
        )


class DiskFull(Unusable):
    def __init__(self) -> None:
        super().__init__(
            "The disk is full: nothing more can be recorded. Free some space, then try again."
            " What was shown as recorded is safe."
        )


class InUse(Unusable):
    def __init__(self) -> None:
        super().__init__(
            "Another program is writing into the records just now. Nothing was recorded; try again."
        )


class DiskFailed(Unusable):
    def __init__(self) -> None:
        super().__init__(
            "The disk could not be read or written, so nothing was recorded. See that it is in"
            " place and has room, then try again. What was shown as recorded is safe."
        )


class OutOfReach(Unusable):
    def __init__(self) -> None:
        super().__init__(
            "The records' file cannot be opened or written: see that its folder is there and that"
            " this account may write in it."
        )


class Damaged(Unusable):
    def __init__(self) -> None:
        super().__init__(
            "The records' file is damaged. Stop work on this workstation and call your IT staff."
        )


_SENTENCES: Mapping[str, Callable[[], Unusable]] = {
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": DiskFailed,
    "SQLITE_BUSY": InUse,
    "SQLITE_LOCKED": InUse,
    "SQLITE_CANTOPEN": OutOfReach,
    "SQLITE_READONLY": OutOfReach,
    "SQLITE_CORRUPT": Damaged,
    "SQLITE_NOTADB": Damaged,
}


def connect(path: Path, key: bytearray) -> Database:
    """Open an encrypted file, or make it, with `key` (48 bytes: key and salt).

    For the thread that calls: SQLite refuses the connection to every other.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    _must_be_encrypted(path)
    connection = opened(path, key)
    try:
        _prepare(connection)
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise as_unusable(error) from None
    return Database(connection, execute_plugins=False)


def opened(path: Path, key: bytearray) -> sqlcipher.Connection:
    """The bare connection, as `connect` makes it, with nothing set but the key."""
    try:
        path.touch(mode=0o600)
    except OSError:
        raise OutOfReach from None
    connection = sqlcipher.connect(str(path))
    try:
        _unlock(connection, key)
    except sqlcipher.DatabaseError as error:
        connection.close()
        if error.sqlite_errorname == "SQLITE_NOTADB":
            raise WrongKey(path) from None
        raise as_unusable(error) from None
    return connection


@contextmanager
def explained() -> Iterator[None]:
    """What SQLite raises as a sentence for people, where there is one."""
    try:
        yield
    except FileError as error:
        unusable = as_unusable(error)
        if unusable is error:
            raise
        raise unusable from error


def as_unusable(error: Exception) -> Exception:
    """SQLite's error as a sentence for people, or the error itself where it is a bug of ours."""
    sentence = _SENTENCES.get(getattr(error, "sqlite_errorname", ""))
    return sentence() if sentence else error


def _must_be_encrypted(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise NotEncrypted(path)


def _unlock(connection: sqlcipher.Connection, key: bytearray) -> None:
    literal = bytearray(b"x'" + key.hex().encode() + b"'")
    try:
        # Not by PRAGMA: the key must never be SQL text, which traces and errors repeat.
        connection.set_key(literal)
    finally:
        literal[:] = bytes(len(literal))
    connection.execute("pragma cipher_log_level = NONE")
    connection.execute("select count(*) from sqlite_master").fetchone()


def _prepare(connection: sqlcipher.Connection) -> None:
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # or INSERT OR REPLACE slips past the journal's guards
        "busy_timeout = 5000",
        "cache_size = -32000",
        "trusted_schema = OFF",
        "temp_store = MEMORY",
        "secure_delete = ON",
        "journal_size_limit = 16777216",
    ):
        connection.execute(f"pragma {setting}").fetchall()
