"""The centre's own list of lost documents: exact, and what is published of it leads to the same."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkpoint_client.store.reference import Reference
from checkpoint_client.watchlist.lost_documents import key_of
from sync.server import lost_documents
from sync.server.lost_documents import Register, Taken

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
MOST = 8


def numbers(first: int, end: int) -> list[str]:
    return [f"A{number:07}" for number in range(first, end)]


def lines(listed: Iterable[str]) -> list[bytes]:
    return [f"UTO;{number}\n".encode() for number in listed]


def take(register: Register, listed: Iterable[str], *, version: int) -> Taken:
    """As `publish` does, once headquarters' file is open."""
    taken = register.take(lines(listed), version=version)
    list(register.snapshot(version))
    register.keep_only(version, MOST)
    return taken


def are_listed(register: Register, version: int, asked: Iterable[str]) -> list[bool]:
    keys = [key_of("UTO", number) for number in asked]
    answers = register.listed(version, keys)
    return [answers[key] for key in keys]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


@pytest.fixture
def register(folder: Path) -> Register:
    return Register(folder)


@pytest.fixture
def reference(tmp_path: Path) -> Iterator[Reference]:
    with closing(Reference.open(tmp_path / "reference.db", bytearray(48))) as reference:
        yield reference


def found(reference: Reference, asked: Iterable[str]) -> list[str]:
    return [each for each in asked if reference.lost_documents.look_up("UTO", each)]


def test_the_list_knows_each_number_exactly(register: Register) -> None:
    take(register, numbers(0, 3_000), version=1)

    assert all(are_listed(register, 1, numbers(0, 3_000)))
    assert not any(are_listed(register, 1, numbers(3_000, 20_000)))


def test_a_number_is_listed_however_it_is_written(register: Register) -> None:
    take(register, ["L-898 902 c3"], version=1)

    assert are_listed(register, 1, ["L8989O2C3"]) == [True]


def test_broken_lines_are_counted_with_their_reasons(register: Register) -> None:
    file = [
        b"UTO;A1234567\n",
        b"\n",
        b"UTO A1234568\n",
        b";A1234569\n",
        b"UTO;\xff\n",
        b"UTO;A1\n",
        b"12;A1234567\n",
        b"uto; A 1234567 \r\n",
    ]

    taken = register.take(file, version=1)

    assert (taken.listed, taken.twice) == (1, 1)
    assert taken.broken == {
        "there is no semicolon between State and number": (1, 3),
        "the State is no code of ICAO 9303-3": (2, 4),
        "it is not UTF-8": (1, 5),
        "the number has not 4 to 30 letters and digits": (1, 6),
    }


def test_a_version_that_is_not_here_gives_no_answer(register: Register) -> None:
    assert register.listed(1, [1, 2]) == {}


def test_a_workstation_finds_all_that_a_snapshot_lists(
    register: Register, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lost_documents, "NUMBERS_A_FILTER", 700)  # so that there are several
    take(register, numbers(0, 5_000), version=1)

    reference.lost_documents.take_base(1, NOW, register.snapshot(1))

    assert found(reference, numbers(0, 5_000)) == numbers(0, 5_000)
    assert len(found(reference, numbers(5_000, 10_000))) <= 2
    assert reference.lists()[0].alerts == 5_000


def test_changes_lead_from_each_version_to_the_newest(
    register: Register, reference: Reference
) -> None:
    versions = {1: (0, 4_000), 2: (20, 4_010), 3: (10, 4_005), 4: (15, 4_030)}
    snapshots = {}
    for version, (first, end) in versions.items():
        take(register, numbers(first, end), version=version)
        snapshots[version] = list(register.snapshot(version))

    deltas = {since: list(delta) for since, delta in register.deltas(4, MOST)}

    assert sorted(deltas) == [1, 2, 3]
    for since, delta in deltas.items():
        reference.lost_documents.take_base(since, NOW, snapshots[since])
        reference.lost_documents.take_delta(4, NOW, delta, since=since)
        assert found(reference, numbers(0, 4_100)) == numbers(15, 4_030)
        assert reference.lists()[0].alerts == 4_015


def test_a_later_snapshot_repeats_the_base_and_adds_what_changed(
    register: Register, reference: Reference, folder: Path
) -> None:
    take(register, numbers(0, 4_000), version=1)
    filters = (folder / "1.filters").read_bytes()

    take(register, numbers(10, 4_010), version=2)
    reference.lost_documents.take_base(2, NOW, register.snapshot(2))

    assert b"".join(register.snapshot(2)).endswith(filters[4:])
    assert found(reference, numbers(0, 4_010)) == numbers(10, 4_010)


def test_when_much_has_changed_there_is_a_new_base(register: Register, folder: Path) -> None:
    take(register, numbers(0, 4_000), version=1)

    take(register, numbers(100, 4_100), version=2)

    assert sorted(path.name for path in folder.iterdir()) == [
        "2.changes",
        "2.filters",
        "2.numbers",
    ]


def test_filters_of_a_publication_that_never_was_are_not_used(
    register: Register, reference: Reference
) -> None:
    take(register, numbers(0, 1_000), version=1)
    register.take(lines(numbers(5_000, 6_000)), version=2)  # and then the power went

    take(register, numbers(0, 1_005), version=2)
    reference.lost_documents.take_base(2, NOW, register.snapshot(2))

    assert found(reference, numbers(0, 1_005)) == numbers(0, 1_005)


def test_what_a_power_cut_left_half_written_is_removed(register: Register, folder: Path) -> None:
    take(register, numbers(0, 1_000), version=1)
    (folder / "2.numbers.partial").write_bytes(bytes(80))
    (folder / "parts").mkdir()
    (folder / "parts" / "0").write_bytes(bytes(80))

    take(register, numbers(0, 1_001), version=2)

    assert sorted(path.name for path in folder.iterdir()) == ["1.filters", "2.changes", "2.numbers"]
    assert all(are_listed(register, 2, numbers(0, 1_001)))
    assert register.listed(2, [0]) == {0: False}


def test_a_version_that_was_skipped_breaks_nothing(
    register: Register, reference: Reference
) -> None:
    take(register, numbers(0, 1_000), version=1)

    take(register, numbers(10, 1_010), version=7)
    reference.lost_documents.take_base(7, NOW, register.snapshot(7))

    assert list(register.deltas(7, MOST)) == []
    assert found(reference, numbers(0, 1_010)) == numbers(10, 1_010)


def test_what_nobody_needs_any_more_is_removed(register: Register, folder: Path) -> None:
    for version in range(1, 14):
        take(register, numbers(version, 4_000 + version), version=version)

    names = {path.name for path in folder.iterdir()}

    assert {name for name in names if not name.endswith("changes")} == {"1.filters", "13.numbers"}
    assert len(list(register.deltas(13, MOST))) == MOST
