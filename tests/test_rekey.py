"""Another key for the files: whoever left with the old one opens nothing, and nothing is lost."""

import os
import shutil
import signal
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkpoint_client.desk.leaving import Leaving
from checkpoint_client.journal.clock import Clock
from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder
from checkpoint_client.store import rekeying
from checkpoint_client.store.engine import InUse, WrongKey, connect
from checkpoint_client.vault.device import DeviceKey
from tests import failpoints
from tests.failpoints import Plan
from tests.post import NUMBERS, PASSPHRASE, SECOND_OFFICER, Post, a_draft, set_up


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


# killed at every step


@dataclass(frozen=True)
class Begun:
    """A workstation where somebody was removed: what he knew, and what was recorded."""

    folder: Path
    his: bytearray
    check: str


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    post = Post(set_up(tmp_path_factory.mktemp("begun") / "data"))
    with post.session(Role.OFFICER) as session:
        check = session.first_line.admit(a_draft()).value.id
        his = bytearray(session.unlocked.database_key)
    with post.session(Role.SUPERVISOR) as session:
        session.administration.remove_officer(NUMBERS[Role.OFFICER], "left the service")
    return Begun(post.folder.path, his, check)


def test_killed_at_any_step_nothing_is_lost_and_the_next_sign_in_finishes(
    begun: Begun, tmp_path: Path
) -> None:
    killed: set[str] = set()
    keys = Counter[bool]()
    while step := dies_and_goes_on(
        begun, tmp_path, Plan(ends_at_new=frozenset(killed), deep=2), keys
    ):
        killed.add(step)
    again = [each for each in sorted(killed) if "rename" in each or "fsync" in each]
    for each in again:
        dies_and_goes_on(begun, tmp_path, Plan(ends_at=(each, 2), deep=2), keys)

    assert len(killed) > 20
    assert min(keys[True], keys[False]) > 3


def dies_and_goes_on(begun: Begun, tmp_path: Path, plan: Plan, keys: Counter[bool]) -> str:
    """The step at which the process was killed, empty where it came to its end. `keys` counts
    whether the key of before opened the records then.
    """
    post = Post(Folder(shutil.copytree(begun.folder, tmp_path / "life")))
    step = rekeyed(post, plan)
    keys[opens(post.folder.records, begun.his)] += 1
    with post.session(Role.SUPERVISOR) as session:
        assert session.store.kept(begun.check)
        assert session.unlocked.database_key != begun.his
    assert not opens(post.folder.records, begun.his)
    assert not opens(post.folder.reference, begun.his)
    assert list(post.folder.path.glob("*.rekeyed*")) == []
    shutil.rmtree(post.folder.path)
    return step


def opens(path: Path, key: bytearray) -> bool:
    try:
        connect(path, key).close()
    except WrongKey:
        return False
    return True


def copying(_done: int, _of: int) -> None:
    if steps := failpoints.current:
        steps.step("copy", "during")


def rekeyed(post: Post, plan: Plan) -> str:
    """Give the files a new key in a process that dies by the plan; at which step, if it did."""
    said, says = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            os.dup2(says, 1)
            failpoints.arm(plan, lambda _name: None)
            unlocked = post.vault.unlock(SECOND_OFFICER, PASSPHRASE)
            device = DeviceKey.load(post.folder.device_key)
            leaving = Leaving(device, post.vault, Clock(post.clock))
            leaving.settle(unlocked, (post.folder.records, post.folder.reference), copying)
            os._exit(0)
        os._exit(1)
    os.close(says)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with open(said, encoding="utf-8") as told:
        words = told.read()
    assert status in (0, -signal.SIGKILL)
    return words.removeprefix("ended\t").strip()
