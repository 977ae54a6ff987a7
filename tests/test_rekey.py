"""Another key for the files: whoever left with the old one opens nothing, and nothing is lost."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from checkpoint_client.store import rekeying
from checkpoint_client.store.engine import InUse, WrongKey, connect


def a_key() -> bytearray:
    return bytearray(os.urandom(48))


def a_file(path: Path, key: bytearray, rows: int = 200) -> Path:
    with closing(connect(path, key)) as db:
        db.execute("create table said (number integer primary key, words text)")
        with db.atomic():
            words = "said " * 600
            db.conn.executemany(
                "insert into said values (?, ?)", ((number, words) for number in range(rows))
            )
    return path


def rows_of(path: Path, key: bytearray) -> int:
    with closing(connect(path, key)) as db:
        return int(db.execute("select count(*) from said").fetchone()[0])


def unwatched(_done: int, _of: int) -> None: ...


def test_a_copy_takes_the_place_of_its_file_and_opens_with_the_coming_key_only(
    tmp_path: Path,
) -> None:
    old, new = a_key(), a_key()
    path = a_file(tmp_path / "records.db", old)

    with rekeying.copied([path], old, new, watch=unwatched):
        pass
    rekeying.settle(path, new)

    assert rows_of(path, new) == 200
    with pytest.raises(WrongKey):
        connect(path, old)
    assert [each.name for each in tmp_path.iterdir()] == ["records.db"]


def test_a_copy_under_a_key_that_never_came_into_force_is_removed(tmp_path: Path) -> None:
    old, new = a_key(), a_key()
    path = a_file(tmp_path / "records.db", old)
    with rekeying.copied([path], old, new, watch=unwatched):
        pass

    rekeying.settle(path, old)

    assert rows_of(path, old) == 200
    assert [each.name for each in tmp_path.iterdir()] == ["records.db"]


def test_a_copy_never_takes_the_place_of_a_file_that_opens(tmp_path: Path) -> None:
    key = a_key()
    path = a_file(tmp_path / "records.db", key, rows=3)
    a_file(tmp_path / "records.db.rekeyed", key, rows=1)

    rekeying.settle(path, key)

    assert rows_of(path, key) == 3


def test_a_file_that_somebody_has_open_keeps_its_key(tmp_path: Path) -> None:
    old, new = a_key(), a_key()
    path = a_file(tmp_path / "records.db", old)
    with (
        closing(connect(path, old)) as other,
        pytest.raises(InUse),
        rekeying.copied([path], old, new, watch=unwatched),
    ):
        other.execute("select 1")

    assert rows_of(path, old) == 200
    assert not (tmp_path / "records.db.rekeyed").exists()


def test_nobody_writes_into_a_file_while_it_is_copied(tmp_path: Path) -> None:
    old, new = a_key(), a_key()
    path = a_file(tmp_path / "records.db", old)
    with rekeying.copied([path], old, new, watch=unwatched), pytest.raises(InUse):
        connect(path, old)


def test_long_work_says_how_far_it_is_and_may_be_broken_off(tmp_path: Path) -> None:
    old, new = a_key(), a_key()
    path = a_file(tmp_path / "records.db", old, rows=1_000)
    told: list[tuple[int, int]] = []

    def until_half(done: int, of: int) -> None:
        told.append((done, of))
        if 2 * done > of:
            raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        rekeying.copied([path], old, new, watch=until_half),
    ):
        pass

    assert told[0][0] < told[-1][0] <= told[-1][1] == path.stat().st_size
    assert rows_of(path, old) == 1_000
    assert not (tmp_path / "records.db.rekeyed").exists()


def test_without_room_nothing_is_begun_and_it_is_said_how_much_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = a_key(), a_key()
    path = a_file(tmp_path / "records.db", old)
    monkeypatch.setattr(rekeying, "KEPT_FREE", 1 << 60)

    with (
        pytest.raises(rekeying.NoRoom, match=r"free [0-9]+ MB more"),
        rekeying.copied([path], old, new, watch=unwatched),
    ):
        pass

    assert rows_of(path, old) == 200


def test_a_damaged_file_of_lists_does_not_keep_the_records_from_a_new_key(tmp_path: Path) -> None:
    old, new = a_key(), a_key()
    path = a_file(tmp_path / "records.db", old)
    lists = tmp_path / "reference.db"
    lists.write_bytes(os.urandom(8192))

    with rekeying.copied([path, lists], old, new, watch=unwatched):
        pass
    for each in (path, lists):
        rekeying.settle(each, new)

    assert rows_of(path, new) == 200
    assert lists.exists()
