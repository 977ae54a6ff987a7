"""Puts a document that was read into the draft on the screen, or says that it is another's."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from checkpoint_client.documents.mrz import Mrz
from checkpoint_client.documents.national_numbers import found_in
from checkpoint_client.documents.transliteration import NoSpelling, transliterate
from checkpoint_client.records import CheckDigitStates, CheckDraft, DocumentDraft
from checkpoint_client.records.codes import DocumentClass, DocumentSource, Sex
from checkpoint_client.records.dates import PartialDate


class Taken(StrEnum):
    """What became of a reading."""

    FILLED = "filled"
    DOCUMENT_ADDED = "document-added"
    READ_AGAIN = "read-again"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Reading:
    """The draft as it is now. With `NEXT` it is unchanged: the document is the next traveller's."""

    draft: CheckDraft
    taken: Taken


def take(draft: CheckDraft, mrz: Mrz, source: DocumentSource) -> Reading:
    """Add a document to the draft. What the officer typed stays; what is empty is filled."""
    document = document_draft(mrz, source)
    shown = draft.documents_shown()
    if any(_is_same_document(document, other) for other in shown):
        documents = tuple(
            document if _is_same_document(document, other) else other for other in shown
        )
        return Reading(replace(_filled(draft, mrz), documents=documents), Taken.READ_AGAIN)
    if not draft.has_traveller():
        return Reading(replace(_filled(draft, mrz), documents=(document,)), Taken.FILLED)
    if not is_same_person(draft, mrz):
        return Reading(draft, Taken.NEXT)
    taken = Taken.DOCUMENT_ADDED if shown else Taken.FILLED
    return Reading(replace(_filled(draft, mrz), documents=(*shown, document)), taken)


def is_same_person(draft: CheckDraft, mrz: Mrz) -> bool:
    """Whether a document can be that of the traveller on the screen.

    One of the two may leave out names at the end, and where one was cut (ICAO 9303-3 §4.6) the
    beginning of a name is enough; a known birth date must agree. A draft without a name or birth
    date yet can be anybody's.
    """
    if not _may_be_same_date(draft.birth_date, mrz.birth_date):
        return False
    typed = _words(f"{draft.primary_identifier} {draft.secondary_identifier}", mrz.issuing_state)
    read = _words(f"{mrz.primary_identifier} {mrz.secondary_identifier}", mrz.issuing_state)
    if not typed or not read:
        return True
    shorter, longer = sorted((typed, read), key=len)
    if longer[: len(shorter)] == shorter or sorted(typed) == sorted(read):
        return True
    was_cut = mrz.name_truncated or any(each.name_truncated for each in draft.documents)
    beginning, whole = sorted((" ".join(typed), " ".join(read)), key=len)
    return was_cut and whole.startswith(beginning)


def document_draft(mrz: Mrz, source: DocumentSource) -> DocumentDraft:
    digits = mrz.check_digits
    return DocumentDraft(
        document_class=class_of(mrz.document_code),
        issuing_state=mrz.issuing_state,
        number=mrz.number,
        expiry_date=mrz.expiry_date.on_screen(),
        source=source,
        document_code=mrz.document_code,
        format=mrz.format.value,
        mrz=mrz.lines,
        check_digits=CheckDigitStates(
            number=digits.number,
            birth_date=digits.birth_date,
            expiry_date=digits.expiry_date,
            optional=digits.optional,
            composite=digits.composite,
        ),
        name_truncated=mrz.name_truncated,
        optional=mrz.optional,
    )


def class_of(document_code: str) -> DocumentClass:
    """The class of document that a code stands for (ICAO 9303-4 §4.4, -5 and -7 §4.2.2)."""
    if document_code in _CLASSES:
        return _CLASSES[document_code]
    return _CLASSES.get(document_code[:1], DocumentClass.OTHER)


def _filled(draft: CheckDraft, mrz: Mrz) -> CheckDraft:
    number = found_in(mrz)
    return replace(
        draft,
        primary_identifier=draft.primary_identifier or mrz.primary_identifier,
        secondary_identifier=draft.secondary_identifier or mrz.secondary_identifier,
        birth_date=draft.birth_date or mrz.birth_date.on_screen(),
        sex=draft.sex or (Sex(mrz.sex) if mrz.sex else None),
        nationality=draft.nationality or mrz.nationality,
        national_number=draft.national_number or (number.value if number else ""),
    )


def _words(names: str, state: str) -> list[str]:
    """Names as a machine readable zone spells them; as they are where it cannot."""
    with suppress(NoSpelling):
        names = transliterate(names, for_state=state)
    return names.upper().replace("-", " ").split()


def _is_same_document(one: DocumentDraft, other: DocumentDraft) -> bool:
    return (one.number, one.issuing_state, one.document_code[:1]) == (
        other.number,
        other.issuing_state,
        other.document_code[:1],
    )


def _may_be_same_date(typed: str, read: PartialDate) -> bool:
    try:
        known = PartialDate.from_screen(typed) if typed.strip() else PartialDate()
    except ValueError:
        return True  # half typed: no reason to call it another person's
    if not (known.is_known and read.is_known):
        return True
    one = (known.earliest() or date.min, known.latest() or date.max)
    other = (read.earliest() or date.min, read.latest() or date.max)
    return one[0] <= other[1] and other[0] <= one[1]


_CLASSES = {
    "P": DocumentClass.PASSPORT,
    "PD": DocumentClass.DIPLOMATIC,
    "PO": DocumentClass.SERVICE,
    "PR": DocumentClass.REFUGEE_TD,
    "PS": DocumentClass.STATELESS_TD,
    "PE": DocumentClass.ETD,
    "PL": DocumentClass.LAISSEZ_PASSER,
    "V": DocumentClass.VISA,
    "AC": DocumentClass.CREW_CERT,
    "A": DocumentClass.ID_CARD,
    "C": DocumentClass.ID_CARD,
    "I": DocumentClass.ID_CARD,
}
