"""Reads a table of persons, tab-separated: what is at hand when a list is tried out.

The first line names the columns, in any order: `id`, `names` (parted by ` | `) and, where known,
`born` (a year, a year and month, or a day), `sex` (F, M, X), `nationality` (a State's name or code,
several parted by `;`) and `document`. Further columns are passed over.
"""

import csv
from collections.abc import Iterable, Iterator

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import UNKNOWN, PartialDate
from checkpoint_client.watchlist.alerts import (
    Alert,
    AlertAction,
    AlertCategory,
    Skipped,
    UnreadableList,
)
from checkpoint_client.watchlist.published import code_in

LIST_ID = "TABLE"
_NEEDED = ("id", "names")
_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE}


def read(lines: Iterable[str]) -> Iterator[Alert | Skipped]:
    """The persons of a table. Raises `UnreadableList` where a column that must be there is not."""
    for number, row in rows(lines, _NEEDED):
        yield _person(number, row)


def rows(lines: Iterable[str], needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines by their number and columns; absent fields are "". Raises `UnreadableList`."""
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    columns = [column.strip().lower() for column in reader.fieldnames or ()]
    if missing := [column for column in needed if column not in columns]:
        raise UnreadableList(f"its first line names no column {missing[0]!r}")
    reader.fieldnames = columns
    for row in reader:
        yield (
            reader.line_num,
            {column: text.strip() for column, text in row.items() if isinstance(text, str)},
        )


def born(row: dict[str, str]) -> PartialDate:
    """Raises ValueError with the reason."""
    return PartialDate.from_screen(row["born"]) if row.get("born") else UNKNOWN


def sex(row: dict[str, str]) -> Sex:
    return _SEXES.get(row.get("sex", "")[:1].upper(), Sex.UNSPECIFIED)


def nationalities(row: dict[str, str]) -> tuple[str, ...]:
    named = row.get("nationality", "").split(";")
    return tuple(dict.fromkeys(code_in(name) for name in named if name.strip()))


def documents(row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    number = row.get("document", "")
    return (("", number),) if number else ()


def _person(number: int, row: dict[str, str]) -> Alert | Skipped:
    names = tuple(filter(None, (name.strip() for name in row["names"].split("|"))))
    if not row["id"] or not names:
        return Skipped(line=number, reason="no id or no name")
    try:
        birth_date = born(row)
    except ValueError as why:
        return Skipped(line=number, reason=str(why))
    return Alert(
        id=row["id"],
        list_id=LIST_ID,
        category=AlertCategory.SANCTIONS,
        action=AlertAction.CONTACT_OWNER_FIRST,
        names=names,
        birth_dates=(birth_date,) if birth_date.is_known else (),
        sex=sex(row),
        nationalities=nationalities(row),
        documents=documents(row),
    )
