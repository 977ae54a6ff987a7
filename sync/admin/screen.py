"""`checkpoint-admin screen`: tries a watch-list on travellers before it is published."""

import argparse
import gzip
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from checkpoint_client.store.reference import Reference
    from checkpoint_client.watchlist import Alert, Match, Skipped, Traveller

HELP = """\
Screens travellers against a list, without a workstation and before the list is published.

The list is our own JSON lines, the OFAC files (their folder, or sdn.csv), the consolidated list of
the United Nations (XML), or a tab-separated table whose first line names the columns id, names
(parted by " | "), born, sex, nationality, document. A table or JSON lines may be packed (.gz).
The travellers are a tab-separated table with the columns name, born, nationality, sex, document;
only name must be there. Other columns are passed over.

Prints one JSON object a line for each traveller, in their order:
{"row": 1, "hits": [{"alert": id, "level": "check"|"strong", "score": bits, "reasons": [text]}],
 "ms": time}. Progress and a summary go to standard error. The list is kept in an encrypted file
that nobody has the key of, deleted at the end.
"""

NOT_SCREENED = 2
"""Exit code: the list or the travellers could not be read, nothing was screened."""

_GZIP = b"\x1f\x8b"
_OFAC_FILE = "sdn.csv"
_TOLD_EVERY = 1_000
_CUT_LENGTHS = frozenset({29, 30, 38})
"""Characters of a full name field (TD1 30, TD2 31, TD3 39) with one space for its two fillers."""


class NotReadable(Exception):
    """The text says which file, what is wrong with it, and what to do."""


@dataclass(slots=True)
class _Taken:
    """Counts what of the list is taken and what is not, as it passes through."""

    alerts: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def only_alerts(self, read: "Iterable[Alert | Skipped]") -> "Iterator[Alert]":
        from checkpoint_client.watchlist import Skipped

        for each in read:
            if isinstance(each, Skipped):
                self.skipped[each.reason] += 1
                continue
            self.alerts += 1
            if self.alerts % (10 * _TOLD_EVERY) == 0:
                _tell(f"{self.alerts} alerts taken")
            yield each


@dataclass(slots=True)
class _Tally:
    """What the summary tells of the travellers."""

    levels: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    unread: int = 0

    def summary(self) -> str:
        if not self.levels:
            return "There were no travellers in the table."
        times, count = sorted(self.times), len(self.levels)
        strong, check = self.levels.count("strong"), self.levels.count("check")
        p50, p99 = times[count // 2], times[count * 99 // 100]
        return (
            f"{count} travellers: {strong} ({strong / count:.2%}) with a strong match,"
            f" {check} ({check / count:.2%}) with none but matches to check."
            f" Half within {p50:.1f} ms, 99 in 100 within {p99:.1f} ms."
        )


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "screen",
        help="try a watch-list on travellers before it is published",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--list", type=Path, required=True, metavar="FILE", help="the watch-list")
    parser.add_argument(
        "--travellers",
        type=Path,
        required=True,
        metavar="FILE",
        help="a table; - is standard input",
    )
    parser.add_argument(
        "--format",
        choices=("tsv", "jsonl"),
        help="what the list is, where its beginning does not tell",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    # Here, because every other command would wait for the store and the list readers as well.
    from checkpoint_client.store import Unusable
    from checkpoint_client.watchlist.alerts import UnreadableList

    try:
        return _screen(arguments.list, arguments.travellers, arguments.format)
    except (NotReadable, Unusable) as problem:
        _tell(str(problem))
    except UnreadableList as problem:
        _tell(f"The file was not taken: {problem}. See `checkpoint-admin screen --help`.")
    except UnicodeDecodeError:
        _tell("The file is not UTF-8 text. Save it as UTF-8, then try again.")
    except (OSError, EOFError) as problem:
        name = getattr(problem, "filename", None) or arguments.list.name
        why = getattr(problem, "strerror", None) or "it is cut off or damaged"
        _tell(f"{name} cannot be read: {why}.")
    return NOT_SCREENED


def _screen(listed: Path, travellers: Path, kind: str | None) -> int:
    from checkpoint_client.store.reference import Reference

    rows = _rows(travellers)
    with TemporaryDirectory(prefix="checkpoint-screen-") as folder:
        key = bytearray(os.urandom(48))
        with closing(Reference.open(Path(folder, "reference.db"), key)) as reference:
            _take(listed, kind, reference)
            tally = _Tally()
            for number, row in enumerate(rows, start=1):
                print(json.dumps(_answer(number, row, reference, tally), ensure_ascii=False))
                if number % _TOLD_EVERY == 0:
                    _tell(f"{number} of {len(rows)} travellers screened")
    if tally.unread:
        _tell(f"{tally.unread} birth dates could not be read; they were taken as not known.")
    _tell(tally.summary())
    return 0


def _take(listed: Path, kind: str | None, reference: "Reference") -> None:
    began, taken = perf_counter(), _Taken()
    reference.replace("trial", 1, datetime.now(UTC), taken.only_alerts(alerts(listed, kind)))
    if not taken.alerts:
        reasons = "; ".join(f"{count} × {why}" for why, count in taken.skipped.most_common(3))
        raise NotReadable(f"{listed.name} holds no alert" + (f" ({reasons})." if reasons else "."))
    _tell(f"{taken.alerts} alerts taken in {perf_counter() - began:.1f} s")
    for reason, count in taken.skipped.most_common():
        _tell(f"  {count} lines skipped: {reason}")


def alerts(path: Path, kind: str | None) -> "Iterator[Alert | Skipped]":
    """Reads a list of any format, told by its beginning. Raises OSError, `UnreadableList`."""
    from checkpoint_client.watchlist import jsonl, ofac, table, un

    if path.is_dir():
        return ofac.read(path)
    if path.name.lower() == _OFAC_FILE:
        return ofac.read(path.parent)
    with _opened(path) as file:
        beginning = file.read(1 << 16).decode("utf-8", errors="replace").lstrip("\ufeff \r\n")
    if kind == "jsonl" or (not kind and beginning.startswith("{")):
        return jsonl.read_lines(_opened(path))
    if not kind and beginning.startswith("<"):
        return un.read(path)
    if kind == "tsv" or "\t" in beginning.partition("\n")[0]:
        return table.read(_text(path))
    raise NotReadable(
        f"{path.name} is none of the lists we know: JSON lines, OFAC's folder or sdn.csv, the"
        " United Nations' XML, or a table with tabs. Say which with --format."
    )


def _rows(path: Path) -> list[dict[str, str]]:
    from checkpoint_client.watchlist import table

    lines = io.TextIOWrapper(sys.stdin.buffer, "utf-8-sig") if str(path) == "-" else _text(path)
    return [row for _, row in table.rows(lines, ["name"])]


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        is_packed = file.read(2) == _GZIP
    return cast(IO[bytes], gzip.open(path)) if is_packed else path.open("rb")


def _text(path: Path) -> Iterable[str]:
    return io.TextIOWrapper(_opened(path), "utf-8-sig")


def _answer(
    number: int, row: dict[str, str], reference: "Reference", tally: _Tally
) -> dict[str, Any]:
    from checkpoint_client.watchlist import screen

    traveller = _traveller(row, tally)
    began = perf_counter()
    matches = screen(traveller, reference, today=date.today())
    milliseconds = (perf_counter() - began) * 1_000
    tally.times.append(milliseconds)
    levels = {match.level.value for match in matches}
    tally.levels.append("strong" if "strong" in levels else "check" if levels else "")
    return {"row": number, "hits": _hits(matches), "ms": round(milliseconds, 2)}


def _hits(matches: "Sequence[Match]") -> list[dict[str, Any]]:
    from sync.admin.reasons import sentence

    return [
        {
            "alert": match.alert.id,
            "level": match.level.value,
            "score": match.score,
            "reasons": [sentence(reason) for reason in match.reasons],
        }
        for match in matches
    ]


def _traveller(row: dict[str, str], tally: _Tally) -> "Traveller":
    from checkpoint_client.records.dates import UNKNOWN
    from checkpoint_client.watchlist import Traveller, table

    try:
        birth_date = table.born(row)
    except ValueError:
        birth_date = UNKNOWN
        tally.unread += 1
    surname, given = parts_of(row["name"])
    return Traveller(
        primary_identifier=surname,
        secondary_identifier=given,
        name_truncated=_may_be_cut(row["name"]),
        birth_date=birth_date,
        sex=table.sex(row),
        nationalities=table.nationalities(row),
        documents=table.documents(row),
    )


def parts_of(name: str) -> tuple[str, str]:
    """Surname and given names where `<<` (ICAO 9303-3 §4.6) or a comma parts them, else the whole.

    Every other order of words is left to the comparison, which does not rely on it.
    """
    for sign in ("<<", ","):
        surname, parted, given = name.partition(sign)
        if parted and surname.strip(" <") and given.strip(" <,"):
            return surname.replace("<", " ").strip(), given.replace("<", " ").strip(" ,")
    return name.replace("<", " ").strip(), ""


def _may_be_cut(name: str) -> bool:
    """Whether the name fills the field of a machine readable zone to its last place."""
    written = name.replace("<<", " ").replace("<", " ")
    return written.isascii() and written == written.upper() and len(written) in _CUT_LENGTHS


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
