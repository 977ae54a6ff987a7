"""Reads the consolidated list of the United Nations Security Council: one XML file.

A document type declaration is refused, and with it every entity of its own: no outside file is
fetched and nothing expands. Layout: the Council's schema `sanctions.xsd`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from checkpoint_client.records.codes import Sex
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.watchlist.alerts import (
    Alert,
    AlertAction,
    AlertCategory,
    Skipped,
    UnreadableList,
)
from checkpoint_client.watchlist.published import (
    LONGEST_REASON,
    code_of,
    number_in,
    years_between,
)

LIST_ID = "UN-SC"
_OWNER = "United Nations Security Council"
_PERSON, _ENTITY = "INDIVIDUAL", "ENTITY"
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_SEXES = {"Male": Sex.MALE, "Female": Sex.FEMALE}
_PIECE = 1 << 16
_DEEPEST = 12


def read(path: Path) -> Iterator[Alert | Skipped]:
    """The persons of the list; organizations and persons without a name are skipped.

    Raises OSError, and `UnreadableList` when the file is not the XML it should be.
    """
    for line, element in _elements(path):
        if element.tag == _ENTITY:
            yield Skipped(line=line, reason="not a person: entity")
        else:
            yield _person(line, element)


@dataclass(slots=True)
class _Element:
    tag: str
    pieces: list[str] = field(default_factory=list)
    children: list["_Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def all(self, *path: str) -> list["_Element"]:
        found = [self]
        for tag in path:
            found = [child for each in found for child in each.children if child.tag == tag]
        return found

    def get(self, *path: str) -> str:
        """The first text there, or ""."""
        return next((each.text for each in self.all(*path) if each.text), "")


def _person(line: int, person: _Element) -> Alert | Skipped:
    data_id = person.get("DATAID")
    names = _names(person)
    if not data_id or not names:
        return Skipped(line=line, reason="no number or no name")
    documents = [
        (each, number)
        for each in person.all("INDIVIDUAL_DOCUMENT")
        if (number := number_in(each.get("NUMBER")))
    ]
    return Alert(
        id=data_id,
        list_id=LIST_ID,
        owner=_OWNER,
        category=AlertCategory.SANCTIONS,
        action=AlertAction.CONTACT_OWNER_FIRST,
        names=names,
        birth_dates=tuple(
            date for born in person.all("INDIVIDUAL_DATE_OF_BIRTH") for date in _dates(born)
        ),
        sex=_SEXES.get(person.get("GENDER"), Sex.UNSPECIFIED),
        nationalities=_states(person),
        documents=tuple(
            (code_of(each.get("ISSUING_COUNTRY") or each.get("COUNTRY_OF_ISSUE")), number)
            for each, number in documents
            if _is_passport(each)
        ),
        national_numbers=tuple(number for each, number in documents if _is_national(each)),
        reason=person.get("COMMENTS1")[:LONGEST_REASON],
        legal_reference=person.get("REFERENCE_NUMBER"),
    )


def _names(person: _Element) -> tuple[str, ...]:
    main = " ".join(name for tag in _NAMES if (name := person.get(tag)))
    aliases = [
        alias.strip()
        for each in person.all("INDIVIDUAL_ALIAS", "ALIAS_NAME")
        for alias in each.text.split(";")
    ]
    return tuple(dict.fromkeys(filter(None, [main, person.get("NAME_ORIGINAL_SCRIPT"), *aliases])))


def _dates(born: _Element) -> list[PartialDate]:
    first, last = born.get("FROM_YEAR"), born.get("TO_YEAR")
    try:
        if first and last:
            return years_between(int(first), int(last))
        date = PartialDate.parse(born.get("DATE") or born.get("YEAR"))
    except ValueError:
        return []
    if born.get("TYPE_OF_DATE") == "APPROXIMATELY":
        date = PartialDate(date.year)
    return [date] if date.is_known else []


def _states(person: _Element) -> tuple[str, ...]:
    names = [value.text for value in person.all("NATIONALITY", "VALUE")]
    return tuple(dict.fromkeys(filter(None, map(code_of, names))))


def _is_passport(document: _Element) -> bool:
    return any(word in _kind(document) for word in ("passport", "pasaporte", "passeport"))


def _is_national(document: _Element) -> bool:
    if _is_passport(document):
        return False
    return any(word in _kind(document) for word in ("identi", "tazkira", "social security"))


def _kind(document: _Element) -> str:
    kinds = (document.get("TYPE_OF_DOCUMENT"), document.get("TYPE_OF_DOCUMENT2"))
    return " ".join(kinds).casefold()


def _elements(path: Path) -> Iterator[tuple[int, _Element]]:
    """Each person and entity with the line it begins in, one in memory at a time."""
    reader = _Reader()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            reader.feed(piece)
            yield from reader.taken()
    reader.finish()
    yield from reader.taken()


class _Reader:
    """Builds the elements of interest as the file comes in."""

    def __init__(self) -> None:
        self._done: list[tuple[int, _Element]] = []
        self._open: list[_Element] = []
        self._line = 0
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, piece: bytes) -> None:
        try:
            self._parser.Parse(piece)
        except expat.ExpatError as error:
            raise UnreadableList(f"not the XML it should be: {error}") from None

    def finish(self) -> None:
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableList(f"cut off or damaged: {error}") from None

    def taken(self) -> list[tuple[int, _Element]]:
        done, self._done = self._done, []
        return done

    def _refuse(self, *_declaration: object) -> NoReturn:
        raise UnreadableList("it declares a document type, which the Council's file never does")

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableList("elements are nested deeper than the Council's file ever does")
        if self._open:
            element = _Element(tag)
            self._open[-1].children.append(element)
            self._open.append(element)
        elif tag in (_PERSON, _ENTITY):
            self._line = self._parser.CurrentLineNumber
            self._open.append(_Element(tag))

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].pieces.append(text)

    def _end(self, _tag: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        element = self._open.pop()
        if not self._open:
            self._done.append((self._line, element))
