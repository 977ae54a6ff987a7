"""Reads the United States' sanctions list in the publisher's own files: sdn.csv and alt.csv.

No header, `-0- ` for an empty field, a control-Z at the end. Birth dates, nationality, sex and
numbers stand in the remarks, parted by semicolons. Layout: OFAC, "SDN data specification".
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist.alerts import (
    Alert,
    AlertAction,
    AlertCategory,
    Skipped,
)
from checkpoint_client.watchlist.published import (
    LONGEST_REASON,
    code_of,
    number_in,
    years_between,
)

LIST_ID = "OFAC-SDN"
_OWNER = "US Department of the Treasury, OFAC"
_COLUMNS, _ALIAS_COLUMNS = 12, 5
_EMPTY, _END_OF_FILE = "-0-", "\x1a"
_PERSON = "individual"


def read(folder: Path) -> Iterator[Alert | Skipped]:
    """The persons of the list; vessels, aircraft, companies and bad lines are skipped.

    Raises OSError where a file cannot be read.
    """
    aliases: dict[str, list[str]] = defaultdict(list)
    for line, row in _rows(folder / "alt.csv"):
        if len(row) < _ALIAS_COLUMNS:
            yield Skipped(line=line, reason=f"alt.csv: {len(row)} fields, not {_ALIAS_COLUMNS}")
        else:
            aliases[row[0]].append(row[3])
    for line, row in _rows(folder / "sdn.csv"):
        yield _entry(line, row, aliases)


def _entry(line: int, row: list[str], aliases: dict[str, list[str]]) -> Alert | Skipped:
    if len(row) != _COLUMNS:
        return Skipped(line=line, reason=f"sdn.csv: {len(row)} fields, not {_COLUMNS}")
    number, name, kind, programme, title, remarks = *row[:5], row[11]
    if kind != _PERSON:
        return Skipped(line=line, reason=f"not a person: {kind or 'entity'}")
    if not number or not name:
        return Skipped(line=line, reason="sdn.csv: no number or no name")
    facts = [fact.strip().removeprefix("alt. ") for fact in remarks.rstrip(".").split(";")]
    found = {field: _all(pattern, facts) for field, pattern in _FACTS.items()}
    return Alert(
        id=number,
        list_id=LIST_ID,
        owner=_OWNER,
        category=AlertCategory.SANCTIONS,
        action=AlertAction.CONTACT_OWNER_FIRST,
        names=tuple(dict.fromkeys([name, *aliases.get(number, ()), *found["alias"]])),
        birth_dates=tuple(date for text in found["born"] for date in _dates(text)),
        sex=_SEXES.get("".join(found["sex"]), Sex.UNSPECIFIED),
        nationalities=tuple(dict.fromkeys(filter(None, map(code_of, found["state"])))),
        documents=tuple(_documents(found["passport"])),
        national_numbers=tuple(dict.fromkeys(found["national"])),
        reason=title[:LONGEST_REASON],
        legal_reference=programme.replace("] [", ", "),
    )


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        reader = csv.reader(file)
        for row in reader:
            if row and row != [_END_OF_FILE]:
                yield reader.line_num, ["" if f.strip() == _EMPTY else f.strip() for f in row]


def _all(pattern: re.Pattern[str], facts: list[str]) -> list[str]:
    return [found[1].strip() for fact in facts if (found := pattern.match(fact))]


def _dates(text: str) -> list[PartialDate]:
    """`10 Dec 1948`, `Mar 1975`, `1948`, `circa 1950`, `1960 to 1965`, `circa 1950-1955`."""
    years = [int(year) for year in re.findall(r"\b[12][0-9]{3}\b", text)]
    if len(years) == 2:
        return years_between(*years)
    found = _DATE.fullmatch(text)
    if not found or not years:
        return [PartialDate(years[0])] if years else []
    month = _MONTHS.index(found["month"]) + 1 if found["month"] else None
    day = int(found["day"]) if found["day"] else None
    try:
        return [PartialDate(years[0], month, day)]
    except ValueError:
        return [PartialDate(years[0])]


def _documents(texts: list[str]) -> Iterator[tuple[str, str]]:
    """`Z1084010 (Egypt) expires …` as State and number."""
    for text in texts:
        before, _, after = text.partition("(")
        if number := number_in(re.split(r"\b(?:issued|expires) ", before)[0]):
            yield code_of(after.partition(")")[0]), number


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(
    rf"(?:(?:(?P<day>[0-9]{{1,2}}) )?(?P<month>{'|'.join(_MONTHS)}) )?(?P<year>[0-9]{{4}})"
)
_SEXES = {"Male": Sex.MALE, "Female": Sex.FEMALE}
_FACTS = {
    "born": re.compile(r"DOB (.*)"),
    "sex": re.compile(r"Gender (Male|Female)"),
    "state": re.compile(r"(?:nationality|citizen) (.*)"),
    "alias": re.compile(r"[afn]\.k\.a\. '(.*)'"),
    "passport": re.compile(r"(?:Diplomatic |Stateless )?(?:Passport|Travel Document Number) (.*)"),
    "national": re.compile(
        r"(?:(?:\w+ )?(?:Identification Number|National ID No\.|ID No\.|National ID Card)"
        r"|Cedula No\.|D\.N\.I\.|C\.U\.R\.P\.|Personal ID Card|Citizen's Card Number|SSN"
        r"|National Foreign ID Number) ([^( ]*)"
    ),
}
