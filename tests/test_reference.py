"""The lists on a workstation: replaced as a whole, encrypted, found again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.records.dates import PartialDate
from checkpoint_client.store.engine import (
    DiskFull,
    NewerFile,
    NotEncrypted,
    WrongKey,
    connect,
)
from checkpoint_client.store.reference import (
    BrokenOff,
    FilesVersion,
    ListVersion,
    NoSuchList,
    Reference,
    TwiceListed,
    WrongBase,
    WrongResult,
)
from checkpoint_client.watchlist import Alert, AlertAction, AlertCategory, digest
from checkpoint_client.watchlist.index import ANY_BIRTH, NumberKind, key
from checkpoint_client.watchlist.jsonl import encode

KEY = bytes(range(48))
MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def alert(number: int, *names: str, list_id: str = "UTO") -> Alert:
    return Alert(
        id=f"N-{number}",
        list_id=list_id,
        category=AlertCategory.ARREST,
        action=AlertAction.DETAIN,
        names=names or (f"TESTOV{number}, Anvar",),
        birth_dates=(PartialDate(1984, 3, 5),),
        documents=(("UZB", f"AA{number:07}"),),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reference.db"


@pytest.fixture
def reference(path: Path) -> Iterator[Reference]:
    reference = Reference.open(path, bytearray(KEY))
    yield reference
    reference.close()


def test_a_new_file_holds_no_list(reference: Reference) -> None:
    assert reference.lists() == ()
    assert reference.people() == 0


def test_a_list_is_there_with_version_and_age(reference: Reference) -> None:
    issued = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=6)))

    reference.replace("UTO", 7, issued, [alert(1), alert(2)])

    assert reference.lists() == (
        ListVersion(list_id="UTO", version=7, issued_at=MORNING, alerts=2),
    )


def test_an_alert_is_found_by_its_list_and_id(reference: Reference) -> None:
    reference.replace("all", 1, MORNING, [alert(1), alert(1, "Other", list_id="OTHER")])

    assert reference.alert("UTO", "N-1") == alert(1)
    assert reference.alert("OTHER", "N-1") == alert(1, "Other", list_id="OTHER")
    assert reference.alert("UTO", "N-2") is None


def test_a_newer_version_leaves_nothing_of_the_one_before(reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1, "KARIMOV, Anvar"), alert(2, "ALIEV, Said")])

    reference.replace("UTO", 2, MORNING, [alert(2, "ALIEV, Said")])

    assert reference.alert("UTO", "N-1") is None
    assert reference.named([key("KRM")], [ANY_BIRTH]) == []
    assert reference.numbered(NumberKind.DOCUMENT, "AA0000001") == []
    assert reference.bearers(["karimov", "KRM"]) == {}
    assert len(reference.born_on([19840305])) == 1


def test_other_lists_stay_as_they_are(reference: Reference) -> None:
    reference.replace("A", 1, MORNING, [alert(1, "KARIMOV, Anvar", list_id="A")])
    reference.replace("B", 1, MORNING, [alert(1, "KARIMOV, Said", list_id="B")])

    reference.replace("A", 2, MORNING, [])

    assert [(one.list_id, one.version, one.alerts) for one in reference.lists()] == [
        ("A", 2, 0),
        ("B", 1, 1),
    ]
    assert reference.bearers(["karimov"]) == {"karimov": 1}


def test_bearers_of_a_name_are_counted_over_all_lists(reference: Reference) -> None:
    reference.replace("A", 1, MORNING, [alert(1, "KARIMOV, Anvar"), alert(2, "Каримов, Саид")])
    reference.replace("B", 1, MORNING, [alert(1, "KERIMOV, Ali", list_id="B")])

    assert reference.bearers(["karimov", "KRM", "nobody"]) == {"karimov": 2, "KRM": 3}


NAMES = ("KARIMOV, Anvar", "ALIEV, Said", "Каримова Анвар", "عبد الله", "", "YUSUPOV, Kamol")
alerts_of_a_list = st.dictionaries(
    st.integers(1, 6),
    st.builds(
        lambda names, born, documents: (tuple(names), born, tuple(documents)),
        st.lists(st.sampled_from(NAMES), max_size=2),
        st.sampled_from(["", "1984", "1984-03-05", "1990-01-01"]),
        st.lists(st.sampled_from([("UZB", "AA1"), ("", "AA1"), ("KAZ", "N0")]), max_size=2),
    ),
)
Persons = dict[int, tuple[tuple[str, ...], str, tuple[tuple[str, str], ...]]]


@given(st.lists(alerts_of_a_list, min_size=2, max_size=4), alerts_of_a_list)
def test_changes_come_to_the_same_as_the_whole_list(
    versions: list[Persons], neighbours: Persons
) -> None:
    with TemporaryDirectory() as folder:
        changed = Reference.open(Path(folder, "changed.db"), bytearray(KEY))
        replaced = Reference.open(Path(folder, "replaced.db"), bytearray(KEY))
        for reference in (changed, replaced):
            reference.replace("other", 1, MORNING, persons(neighbours, "other"))
        changed.replace("UTO", 1, MORNING, persons(versions[0]))
        for number, (old, new) in enumerate(pairwise(versions), start=2):
            changed.change(
                "UTO",
                number,
                MORNING,
                upserts=persons({k: v for k, v in new.items() if old.get(k) != v}),
                removals=[("UTO", f"N-{k}") for k in old.keys() - new.keys()],
            )
        replaced.replace("UTO", len(versions), MORNING, persons(versions[-1]))
        contents = [everything(reference) for reference in (changed, replaced)]
        changed.close()
        replaced.close()

    assert contents[0] == contents[1]


def persons(of: Persons, list_id: str = "UTO") -> list[Alert]:
    return [
        replace(
            alert(number, list_id=list_id),
            names=names,
            birth_dates=(PartialDate.parse(born),) if born else (),
            documents=documents,
        )
        for number, (names, born, documents) in of.items()
    ]


def everything(reference: Reference) -> dict[str, list[tuple[Any, ...]]]:
    """All that is stored, with alerts by their ids where their numbers stand."""
    return {
        what: sorted(reference._db.execute(query).fetchall())
        for what, query in {
            "lists": "select list_id, version, issued_at, alerts, people, folding, result"
            " from lists",
            "alerts": "select list_id, alert_id, body, names from alerts",
            "forms": "select form, list_id, sum(forms.alerts) from forms"
            " join lists on lists.number = list group by form, list_id",
            "births": "select day, list_id, alert_id, sketch from births"
            " join alerts on alerts.number = alert",
            "words": "select key, born, list_id, alert_id, sketch from words"
            " join alerts on alerts.number = alert",
            "numbers": "select kind, numbers.number, state, list_id, alert_id from numbers"
            " join alerts on alerts.number = alert",
        }.items()
    }


def test_a_change_that_breaks_off_leaves_the_list_as_it_was(reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1), alert(2)])
    before = everything(reference)

    def breaking_off() -> Iterator[Alert]:
        yield alert(3)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        reference.change("UTO", 2, MORNING, upserts=breaking_off(), removals=[("UTO", "N-1")])

    assert everything(reference) == before


def test_a_change_with_an_alert_twice_is_not_taken(reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1)])

    with pytest.raises(TwiceListed):
        reference.change("UTO", 2, MORNING, upserts=[alert(2), alert(2)], removals=[])

    assert [one.version for one in reference.lists()] == [1]


def test_changes_need_the_list_that_they_change(reference: Reference) -> None:
    with pytest.raises(NoSuchList, match="UTO, which is not here"):
        reference.change("UTO", 2, MORNING, upserts=[alert(1)], removals=[])


def result(*alerts: Alert) -> str:
    return digest.text(digest.of_lines(encode(alert) for alert in alerts))


def test_a_list_that_does_not_come_out_as_signed_is_not_taken(reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1)], result=result(alert(1)))
    before = everything(reference)

    with pytest.raises(WrongResult, match="stays in force"):
        reference.replace("UTO", 2, MORNING, [alert(2)], result=result(alert(3)))
    with pytest.raises(WrongResult):
        reference.change(
            "UTO", 2, MORNING, upserts=[alert(2)], removals=[], result=result(alert(2))
        )

    assert everything(reference) == before


def test_changes_that_come_out_as_signed_are_taken(reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1), alert(2), alert(3)])
    changed = replace(alert(2), reason="another")

    reference.change(
        "UTO",
        2,
        MORNING,
        base=1,
        upserts=[alert(4), changed],
        removals=[("UTO", "N-3"), ("UTO", "N-9")],
        result=result(changed, alert(1), alert(4)),
    )

    assert [(one.version, one.alerts) for one in reference.lists()] == [(2, 3)]


def test_a_list_from_before_results_were_kept_can_be_changed(reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1)])
    reference._db.execute("update lists set result = ''")
    signed = result(alert(1), alert(2))

    reference.change("UTO", 2, MORNING, upserts=[alert(2)], removals=[], result=signed)

    assert [one.version for one in reference.lists()] == [2]


def test_changes_made_from_another_version_are_not_taken(reference: Reference) -> None:
    reference.replace("UTO", 3, MORNING, [alert(1)])

    with pytest.raises(WrongBase, match="version 3 is here"):
        reference.change("UTO", 5, MORNING, base=4, upserts=[alert(2)], removals=[])

    assert [one.version for one in reference.lists()] == [3]


def test_what_this_program_does_not_know_of_an_alert_is_kept(reference: Reference) -> None:
    line = encode(alert(1)).replace(b"{", b'{"colour_of_eyes":"green",', 1)
    signed = digest.text(digest.of_lines([line]))

    reference.replace("UTO", 1, MORNING, [line], result=signed)

    assert reference.alert("UTO", "N-1") == alert(1)
    [(body,)] = reference._db.execute("select body from alerts").fetchall()
    assert body == line


@pytest.mark.parametrize("asked", [1, 2, 5, 40])
def test_writing_breaks_off_when_it_is_no_longer_wanted(reference: Reference, asked: int) -> None:
    reference.replace("UTO", 1, MORNING, [alert(number) for number in range(200)])
    before = everything(reference)
    questions = iter(range(asked))
    reference.stop_when(lambda: next(questions, None) is None)

    with pytest.raises(BrokenOff):
        reference.replace("UTO", 2, MORNING, [alert(number) for number in range(300)])

    reference.stop_when(lambda: False)
    assert everything(reference) == before


def test_a_full_disk_is_said_plainly_and_the_list_stays(reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1)])
    [pages] = reference._db.execute("pragma page_count").fetchone()
    reference._db.execute(f"pragma max_page_count = {pages + 5}")

    with pytest.raises(DiskFull):
        reference.replace("UTO", 2, MORNING, [alert(number) for number in range(2_000)])

    assert [one.version for one in reference.lists()] == [1]


def test_files_of_a_channel_are_there_under_their_names(reference: Reference) -> None:
    reference.keep_files("rules", 1, MORNING, {"hits.json": b"1", "old.json": b"2"})
    reference.keep_files("rules", 2, MORNING, {"hits.json": b"3"})

    assert reference.file("rules", "hits.json") == b"3"
    assert reference.file("rules", "old.json") is None
    assert reference.files() == (
        FilesVersion(channel="rules", version=2, issued_at=MORNING, names=("hits.json",)),
    )
    assert reference.lists() == ()


def test_a_list_that_breaks_off_leaves_the_one_before(reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1, "KARIMOV, Anvar")])

    def breaking_off() -> Iterator[Alert]:
        yield alert(2)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        reference.replace("UTO", 2, MORNING, breaking_off())

    assert [one.version for one in reference.lists()] == [1]
    assert reference.alert("UTO", "N-1") == alert(1, "KARIMOV, Anvar")
    assert len(reference.born_on([19840305])) == 1


def test_a_list_with_an_alert_twice_is_not_taken(reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1)])

    with pytest.raises(TwiceListed, match="stays in force"):
        reference.replace("UTO", 2, MORNING, [alert(2), replace(alert(2), reason="again")])

    assert [one.version for one in reference.lists()] == [1]


def test_a_reader_sees_the_old_list_until_the_new_one_is_whole(
    path: Path, reference: Reference
) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1)])
    reader = Reference.open(path, bytearray(KEY))
    seen = []

    def looking_on() -> Iterator[Alert]:
        yield alert(2)
        seen.append([one.version for one in reader.lists()])

    reference.replace("UTO", 2, MORNING, looking_on())
    seen.append([one.version for one in reader.lists()])
    reader.close()

    assert seen == [[1], [2]]


def test_screening_reads_one_list_though_another_goes_live_meanwhile(
    path: Path, reference: Reference
) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1, "KARIMOV, Anvar")])
    reader = Reference.open(path, bytearray(KEY))

    with reader.unchanged():
        [(_, _, number, _)] = reader.born_on([19840305])
        reference.replace("UTO", 2, MORNING, [alert(2, "ALIEV, Said"), alert(3)])
        [card] = reader.cards([number])
    after = [one.version for one in reader.lists()]
    reader.close()

    assert card.alert == alert(1, "KARIMOV, Anvar")
    assert after == [2]


def test_lists_are_there_after_closing(path: Path, reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1)])
    reference.close()

    reopened = Reference.open(path, bytearray(KEY))

    assert reopened.alert("UTO", "N-1") == alert(1)
    reopened.close()


def test_lists_folded_by_another_version_are_folded_again(path: Path, reference: Reference) -> None:
    reference.replace("UTO", 3, MORNING, [alert(1, "KARIMOV, Anvar")])
    reference.close()
    db = connect(path, bytearray(KEY))
    db.execute("update lists set folding = 0")
    db.execute("delete from words")
    db.close()

    reopened = Reference.open(path, bytearray(KEY))

    assert len(reopened.named([key("KRM")], [ANY_BIRTH])) == 1
    assert [(one.list_id, one.version) for one in reopened.lists()] == [("UTO", 3)]
    reopened.close()


def test_no_name_or_number_stands_in_the_files_in_clear(path: Path, reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1, "ZYXWVUTOV, Quentin")])

    written = b"".join(file.read_bytes() for file in path.parent.iterdir())

    assert b"ZYXWVUTOV" not in written
    assert b"AA0000001" not in written
    assert b"SQLite format" not in written


def test_another_key_opens_nothing(path: Path, reference: Reference) -> None:
    reference.replace("UTO", 1, MORNING, [alert(1)])
    reference.close()

    with pytest.raises(WrongKey):
        Reference.open(path, bytearray(48))


def test_a_file_in_clear_is_not_opened(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(4_080))

    with pytest.raises(NotEncrypted):
        Reference.open(path, bytearray(KEY))


def test_a_file_of_a_newer_program_is_not_opened(path: Path, reference: Reference) -> None:
    reference.close()
    db = connect(path, bytearray(KEY))
    db.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at)"
        " values ('checkpoint_client.reference', 'm999_later', '2030-01-01')"
    )
    db.close()

    with pytest.raises(NewerFile):
        Reference.open(path, bytearray(KEY))
