"""Documents reported lost or stolen: every listed one is found, and hardly any other."""

import subprocess
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.store.lost_documents import WrongFile
from checkpoint_client.store.reference import ListVersion, Reference
from checkpoint_client.watchlist.alerts import UnreadableList
from checkpoint_client.watchlist.fuse import CannotFill, Plan, fill
from checkpoint_client.watchlist.lost_documents import (
    DOCUMENTS,
    Changes,
    NoDocument,
    filter_of,
    key_of,
    pack,
    read_delta,
    read_plans,
    read_snapshot,
    total_of,
    write_delta,
    write_snapshot,
)

KEY = bytes(range(48))
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
FILTERS = 3
LISTED = tuple(f"A{number:07}" for number in range(4_000))
ABSENT = tuple(f"B{number:07}" for number in range(4_000))


def keys(numbers: Iterable[str]) -> "array[int]":
    return array("Q", sorted(key_of("UTO", number) for number in numbers))


def changes(
    numbers: Iterable[str], *, added: Iterable[str] = (), removed: Iterable[str] = ()
) -> Changes:
    """`numbers` are all that are listed in the end."""
    listed = keys(numbers)
    return Changes(
        numbers=len(listed), total=total_of(listed), added=keys(added), removed=keys(removed)
    )


def snapshot(numbers: Collection[str] = LISTED, *, seed: int = 1, filters: int = FILTERS) -> bytes:
    listed, drawn = keys(numbers), seeds(seed)
    packed = [
        pack(*fill([key for key in listed if filter_of(key, filters) == each], drawn))
        for each in range(filters)
    ]
    return b"".join(write_snapshot(changes(numbers), filters, packed))


def seeds(start: int) -> Iterator[int]:
    random = Random(start)
    while True:
        yield random.getrandbits(64)


def delta(
    numbers: Iterable[str], *, added: Iterable[str] = (), removed: Iterable[str] = ()
) -> list[bytes]:
    return list(write_delta(changes(numbers, added=added, removed=removed)))


def cut(whole: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def found(reference: Reference, numbers: Iterable[str]) -> list[str]:
    return [each for each in numbers if reference.lost_documents.look_up("UTO", each)]


def cells_of(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.cells"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reference.db"


@pytest.fixture
def reference(path: Path) -> Iterator[Reference]:
    reference = Reference.open(path, bytearray(KEY))
    yield reference
    reference.close()


@pytest.fixture
def with_base(reference: Reference) -> Reference:
    reference.lost_documents.take_base(1, MORNING, cut(snapshot(), 1_000))
    return reference


# what is compared


@pytest.mark.parametrize(
    ("state", "number"),
    [
        ("UTO", "L898902C3"),
        ("uto", "l898902c3"),
        ("UTO", "L 898-902 C3"),
        ("UTO", "L8989O2C3"),
        ("UTO", "L898902С3"),  # a Cyrillic С
        ("UTO<", "L898902C3<<<"),
        ("UTO", "Ｌ８９８９０２Ｃ３"),
    ],
)
def test_look_alikes_and_signs_are_one_number(state: str, number: str) -> None:
    assert key_of(state, number) == key_of("UTO", "L898902C3")


def test_germany_is_one_state_under_both_its_codes() -> None:
    assert key_of("DEU", "C01X00T47") == key_of("D", "C01X00T47")


def test_the_same_number_of_another_state_is_another_document() -> None:
    assert key_of("KAZ", "N12345678") != key_of("UZB", "N12345678")


@pytest.mark.parametrize(
    ("state", "number"),
    [("", "L898902C3"), ("UTOP", "L898902C3"), ("U1O", "L898902C3"), ("УТО", "L898902C3")],
)
def test_without_a_state_there_is_no_document(state: str, number: str) -> None:
    with pytest.raises(NoDocument, match="State"):
        key_of(state, number)


@pytest.mark.parametrize("number", ["", "A1", "<<<<<", "1" * 31])
def test_too_little_or_too_much_is_no_number(number: str) -> None:
    with pytest.raises(NoDocument, match="number"):
        key_of("UTO", number)


# the filter


@given(st.integers(0, 400), st.integers())
def test_a_filter_misses_none_of_its_numbers(size: int, seed: int) -> None:
    listed = keys(f"{number:06}C{abs(seed)}"[:30] for number in range(size))
    plan, cells = fill(listed, seeds(seed))

    assert all(looks_listed(plan, cells, key) for key in listed)


def test_few_others_look_listed() -> None:
    random = Random(64)
    plan, cells = fill({random.getrandbits(64) for _ in range(5_000)}, seeds(1))

    alarms = sum(looks_listed(plan, cells, random.getrandbits(64)) for _ in range(200_000))

    assert alarms <= 12  # 3 are expected


def test_a_number_given_twice_makes_no_filter() -> None:
    with pytest.raises(CannotFill):
        fill([1 << 60, 1 << 60], seeds(1))


def looks_listed(plan: Plan, cells: Sequence[int], key: int) -> bool:
    one, two, three = plan.places(key)
    return cells[one] ^ cells[two] ^ cells[three] == plan.mark(key)


# a base


def test_without_a_list_nothing_is_known(reference: Reference) -> None:
    assert reference.lost_documents.look_up("UTO", LISTED[0]) is None
    assert reference.lost_documents.in_force() is None


@pytest.mark.parametrize("size", [1, 13, 4_080, 1 << 20])
def test_every_listed_number_is_found_however_the_list_came(
    reference: Reference, size: int
) -> None:
    numbers = LISTED[:500] if size == 1 else LISTED

    reference.lost_documents.take_base(1, MORNING, cut(snapshot(numbers), size))

    assert found(reference, numbers) == list(numbers)
    assert len(found(reference, ABSENT)) <= 2


def test_a_number_that_is_no_number_is_not_listed(with_base: Reference) -> None:
    assert with_base.lost_documents.look_up("", LISTED[0]) is None
    assert with_base.lost_documents.look_up("UTO", "A1") is None


def test_the_list_stands_among_the_lists_with_version_and_age(with_base: Reference) -> None:
    assert with_base.lists() == (
        ListVersion(list_id=DOCUMENTS, version=1, issued_at=MORNING, alerts=len(LISTED)),
    )


def test_a_new_base_takes_the_place_of_the_one_before(with_base: Reference, path: Path) -> None:
    with_base.lost_documents.take_base(2, MORNING, [snapshot(ABSENT, seed=2)])

    assert found(with_base, ABSENT) == list(ABSENT)
    assert len(found(with_base, LISTED)) <= 2
    assert len(cells_of(path)) == 1


def test_another_connection_sees_the_new_base_at_once(with_base: Reference, path: Path) -> None:
    other = Reference.open(path, bytearray(KEY))
    assert found(other, LISTED[:10]) == list(LISTED[:10])

    with_base.lost_documents.take_base(2, MORNING, [snapshot(ABSENT, seed=2)])

    assert found(other, ABSENT[:50]) == list(ABSENT[:50])
    other.close()


@pytest.mark.usefixtures("with_base")
def test_nothing_of_a_base_lies_open_on_the_disk(path: Path) -> None:
    plain = snapshot()
    [cells] = cells_of(path)
    encrypted = cells.read_bytes()

    assert len(encrypted) % 4_096 == 0
    assert not any(plain[start : start + 16] in encrypted for start in range(80, 9_000, 97))
    assert cells.stat().st_mode & 0o077 == 0


# changes


def test_a_delta_adds_and_removes_exactly(with_base: Reference) -> None:
    now = (*LISTED[10:], *ABSENT[:10])

    with_base.lost_documents.take_delta(
        2, MORNING, delta(now, added=ABSENT[:10], removed=LISTED[:10]), since=1
    )

    assert found(with_base, now) == list(now)
    assert found(with_base, LISTED[:10]) == []
    assert with_base.lists()[0].version == 2
    assert with_base.lists()[0].alerts == len(now)


def test_a_number_that_goes_and_comes_again_is_listed(with_base: Reference) -> None:
    documents = with_base.lost_documents
    documents.take_delta(2, MORNING, delta(LISTED[1:], removed=LISTED[:1]), since=1)

    documents.take_delta(3, MORNING, delta(LISTED, added=LISTED[:1]), since=2)

    assert found(with_base, LISTED) == list(LISTED)


def test_a_new_base_forgets_the_changes_since_the_one_before(with_base: Reference) -> None:
    documents = with_base.lost_documents
    documents.take_delta(2, MORNING, delta(LISTED[1:], removed=LISTED[:1]), since=1)

    documents.take_base(3, MORNING, [snapshot(LISTED, seed=3)])

    assert found(with_base, LISTED) == list(LISTED)


def test_a_snapshot_brings_its_own_changes(reference: Reference) -> None:
    plain = snapshot(LISTED)
    now = (*LISTED[1:], ABSENT[0])
    head = next(iter(write_snapshot(changes(LISTED), FILTERS, [])))
    with_changes = write_snapshot(
        changes(now, added=ABSENT[:1], removed=LISTED[:1]), FILTERS, [plain[len(head) :]]
    )

    reference.lost_documents.take_base(5, MORNING, with_changes)

    assert found(reference, now) == list(now)
    assert found(reference, LISTED[:1]) == []


def test_a_delta_for_another_version_is_refused(with_base: Reference) -> None:
    with pytest.raises(WrongFile, match="continues version 4"):
        with_base.lost_documents.take_delta(5, MORNING, delta(LISTED), since=4)

    assert with_base.lists()[0].version == 1


def test_a_delta_that_leads_elsewhere_is_refused_and_changes_nothing(with_base: Reference) -> None:
    twisted = delta((*LISTED, ABSENT[0]), added=ABSENT[1:2])

    with pytest.raises(WrongFile, match="do not lead to"):
        with_base.lost_documents.take_delta(2, MORNING, twisted, since=1)

    assert found(with_base, LISTED[:100]) == list(LISTED[:100])
    assert found(with_base, ABSENT[1:2]) == []
    assert with_base.lists()[0].version == 1


# hostile and broken files


def twisted_snapshots() -> dict[str, bytes]:
    whole = snapshot()
    plan_at = 8 + 28  # behind the magic and the counts
    return {
        "empty": b"",
        "cut in its head": whole[:20],
        "cut in the cells": whole[: len(whole) // 2],
        "cut by one byte": whole[:-1],
        "longer": whole + b"\0",
        "another format": b"CPLOST2\n" + whole[8:],
        "no filters": whole[: plan_at - 4] + bytes(4),
        "too many filters": whole[: plan_at - 4] + b"\xff" * 4 + whole[plan_at:],
        "endless changes": whole[:24] + b"\xff" * 8 + whole[32:],
        "a segment of a strange size": whole[: plan_at + 8] + b"\x03\0\0\0" + whole[plan_at + 12 :],
        "a filter without end": whole[: plan_at + 12] + b"\xff" * 4 + whole[plan_at + 16 :],
    }


@pytest.mark.parametrize("how", twisted_snapshots())
def test_a_broken_snapshot_is_refused_and_the_list_before_it_stays(
    with_base: Reference, path: Path, how: str
) -> None:
    before = cells_of(path)

    with pytest.raises(WrongFile, match="stays in force"):
        with_base.lost_documents.take_base(2, MORNING, cut(twisted_snapshots()[how], 5_000))

    assert found(with_base, LISTED[:200]) == list(LISTED[:200])
    assert with_base.lists()[0].version == 1
    assert cells_of(path) == before


def test_a_download_that_breaks_off_leaves_the_list_before_it(
    with_base: Reference, path: Path
) -> None:
    class Gone(Exception):
        pass

    def breaking() -> Iterator[bytes]:
        yield snapshot()[:9_000]
        raise Gone

    with pytest.raises(Gone):
        with_base.lost_documents.take_base(2, MORNING, breaking())

    assert found(with_base, LISTED[:200]) == list(LISTED[:200])
    assert len(cells_of(path)) == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(plain: bytes) -> None:
    for begins in (b"", b"CPLOST1\n", b"CPLOSD1\n"):
        for read in (read_snapshot, read_delta):
            try:
                read([begins + plain])
            except UnreadableList:
                continue


@given(st.binary(min_size=16, max_size=16))
def test_a_plan_is_sound_or_refused(packed: bytes) -> None:
    try:
        [plan] = read_plans(packed)
    except UnreadableList:
        return

    assert max(plan.places(0xFEDC_BA98_7654_3210)) < plan.cells


@pytest.mark.parametrize("damage", ["gone", "cut", "altered"])
def test_damaged_cells_hold_up_no_check_and_are_asked_for_again(
    with_base: Reference, path: Path, damage: str
) -> None:
    [cells] = cells_of(path)
    if damage == "gone":
        cells.unlink()
    elif damage == "cut":
        cells.write_bytes(cells.read_bytes()[:100])
    else:
        cells.write_bytes(bytes(byte ^ 1 for byte in cells.read_bytes()))

    assert found(with_base, LISTED[:3]) == []
    assert with_base.lists() == ()  # which the next contact tells, and the status line


# kill -9

KILLS = 12


def test_a_kill_at_any_moment_leaves_one_whole_list(path: Path, tmp_path: Path) -> None:
    """A process swaps two bases for ever; whatever is in force after its death is complete."""
    reference = Reference.open(path, bytearray(KEY))
    reference.lost_documents.take_base(2, MORNING, [snapshot(LISTED)])
    reference.close()
    random = Random(9303)
    bases = (tmp_path / "0", tmp_path / "1")
    for base, numbers in zip(bases, (LISTED, ABSENT), strict=True):
        base.write_bytes(snapshot(numbers, seed=len(base.name)))

    for _ in range(KILLS):
        kill_while_swapping(path, bases, random)

        reference = Reference.open(path, bytearray(KEY))
        [listed] = reference.lists()
        numbers = ABSENT if listed.version % 2 else LISTED
        assert found(reference, numbers[::40]) == list(numbers[::40])
        reference.close()
    reference = Reference.open(path, bytearray(KEY))
    reference.lost_documents.take_base(2, MORNING, [snapshot(LISTED)])
    assert len(cells_of(path)) == 1  # what was cut off is gone
    reference.close()


def kill_while_swapping(path: Path, bases: tuple[Path, Path], random: Random) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SWAPPING, str(path), *map(str, bases)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process:
        for _ in range(random.randrange(1, 6)):
            assert process.stdout.readline() == "taken\n"
        try:
            process.wait(random.uniform(0, 0.02))
        except subprocess.TimeoutExpired:
            process.kill()


SWAPPING = f"""
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from checkpoint_client.store.reference import Reference

path, *bases = map(Path, sys.argv[1:])
plain = [base.read_bytes() for base in bases]
reference = Reference.open(path, bytearray({KEY!r}))
for version in count(2):
    whole = plain[version % 2]
    pieces = (whole[start : start + 512] for start in range(0, len(whole), 512))
    reference.lost_documents.take_base(version, datetime.now(UTC), pieces)
    print("taken", flush=True)
"""
