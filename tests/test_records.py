"""What must be typed before something is recorded, and how it then stands in the record."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.journal.body import from_json, pack, to_json
from checkpoint_client.records import (
    KINDS,
    AddendumDraft,
    AmendmentDraft,
    BorderCheck,
    Change,
    CheckDraft,
    DocumentDraft,
    ExchangeDraft,
    InterviewDraft,
    Outcome,
    OutcomeDraft,
    Problem,
    Record,
    ReferralDraft,
    RefusalDraft,
    Review,
    VehicleDraft,
    is_of_weight,
    kind_of,
)
from checkpoint_client.records.codes import (
    AmendReason,
    Decision,
    Direction,
    NoDocumentReason,
    OutcomeDecision,
    ReferralReason,
    RefusalGround,
    Signing,
    TransportMode,
    Verdict,
)
from checkpoint_client.records.drafts import (
    LONGEST_LINE,
    LONGEST_TEXT,
    date_so_far,
    date_typed,
    nfc,
    tidy,
)
from checkpoint_client.records.register import RegisterLine, columns
from checkpoint_client.records.travellers import Person
from tests.post import NOON, a_document, a_draft

DECOMPOSED = "И\u0306ОД"  # Й as two characters, as some keyboards write it
PURPOSE_BASIS_DESTINATION = ("purpose", "entry_basis", "destination")


def an_interview(**changes: object) -> InterviewDraft:
    draft = InterviewDraft(
        check_id="c",
        referral_id="r",
        started_at=NOON,
        language="uz",
        exchanges=(ExchangeDraft(asked_at=NOON, question="Where to?", answer="Osh."),),
        signing=Signing.SIGNED,
    )
    return replace(draft, **changes)  # type: ignore[arg-type]  # fields by name


# a check


def test_a_complete_draft_has_no_problems() -> None:
    assert a_draft().problems(PURPOSE_BASIS_DESTINATION) == []


def test_an_empty_screen_says_what_is_needed_in_the_order_of_the_screen() -> None:
    problems = CheckDraft().problems(PURPOSE_BASIS_DESTINATION)

    assert [each.field for each in problems] == [
        "documents",
        "primary_identifier",
        "birth_date",
        "sex",
        "nationality",
        "purpose",
        "entry_basis",
        "destination",
    ]
    assert {each.code for each in problems} == {"missing"}


def test_blanks_do_not_fill_a_field() -> None:
    draft = a_draft(primary_identifier="  ", nationality=" , ", destination="\t")

    assert draft.problems(PURPOSE_BASIS_DESTINATION) == [
        Problem("primary_identifier", "missing"),
        Problem("nationality", "missing"),
        Problem("destination", "missing"),
    ]


@pytest.mark.parametrize("typed", ["12.08.1974", "12081974", "08.1974", "1974", "?", "1974-08-12"])
def test_a_birth_date_may_be_typed_as_far_as_it_is_known(typed: str) -> None:
    assert a_draft(birth_date=typed).problems() == []


@pytest.mark.parametrize("typed", ["31.02.1974", "12.13.1974", "yesterday", "12.08.74"])
def test_what_is_no_date_is_a_problem_of_its_field(typed: str) -> None:
    draft = a_draft(birth_date=typed, documents=(a_document(expiry_date=typed),))

    assert draft.problems() == [
        Problem("documents.0.expiry_date", "not-a-date"),
        Problem("birth_date", "not-a-date"),
    ]


def test_a_traveller_without_a_document_needs_the_reason() -> None:
    assert a_draft(documents=()).problems() == [Problem("documents", "missing")]
    assert a_draft(documents=(), no_document_reason=NoDocumentReason.LOST).problems() == []


def test_an_empty_document_row_is_no_document() -> None:
    draft = a_draft(documents=(DocumentDraft(), a_document()))

    assert len(draft.documents_shown()) == 1
    assert draft.problems() == []


def test_the_problems_of_a_second_document_name_its_place() -> None:
    draft = a_draft(documents=(a_document(), a_document(number="9" * 23, issuing_state="")))

    assert draft.problems() == [
        Problem("documents.1.issuing_state", "missing"),
        Problem("documents.1.number", "too-long"),
    ]


def test_what_is_too_long_is_a_problem() -> None:
    draft = a_draft(primary_identifier="A" * (LONGEST_LINE + 1), remarks="A" * (LONGEST_TEXT + 1))

    assert draft.problems() == [
        Problem("primary_identifier", "too-long"),
        Problem("remarks", "too-long"),
    ]


@pytest.mark.parametrize("typed", ["uzb kaz", "UZB, KAZ", "uzb,kaz"])
def test_several_nationalities_may_be_parted_by_blanks_or_commas(typed: str) -> None:
    assert a_draft(nationality=typed).person().nationality == ("UZB", "KAZ")


def test_text_is_recorded_composed_and_without_needless_blanks() -> None:
    person = a_draft(primary_identifier=f"  {DECOMPOSED}   OGLY ").person()

    assert person.primary_identifier == "ЙОД OGLY"


def test_a_vehicle_without_a_plate_is_none() -> None:
    assert VehicleDraft(plate="  ", vin="X").vehicle() is None


def test_a_document_is_recorded_in_capitals() -> None:
    document = a_document(number=" l898902c3 ", issuing_state=" uto").document()

    assert (document.number, document.issuing_state) == ("L898902C3", "UTO")


@pytest.mark.parametrize(
    "typed",
    [{}, {"lane": "3"}, {"vehicle": VehicleDraft(plate="A 1")}, {"destination": "Osh"}],
    ids=["nothing", "lane", "vehicle", "destination"],
)
def test_what_stays_from_one_traveller_to_the_next_is_no_traveller(typed: dict[str, str]) -> None:
    assert not CheckDraft(**typed).has_traveller()  # type: ignore[arg-type]  # fields by name


# referral, refusal, outcome, interview, addendum, amendment


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (ReferralDraft(), [Problem("reason", "missing")]),
        (ReferralDraft(reason=ReferralReason.OTHER), [Problem("note", "missing")]),
        (ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT), []),
        (RefusalDraft(), [Problem("grounds", "missing")]),
        (RefusalDraft(grounds=(RefusalGround.A,)), []),
        (RefusalDraft(grounds=(RefusalGround.NATIONAL,)), [Problem("national_ground", "missing")]),
        (OutcomeDraft(), [Problem("decision", "missing")]),
        (OutcomeDraft(decision=OutcomeDecision.ADMIT), []),
        (OutcomeDraft(decision=OutcomeDecision.REFUSE), [Problem("grounds", "missing")]),
        (OutcomeDraft(decision=OutcomeDecision.REFUSE, grounds=(RefusalGround.E,)), []),
        (AddendumDraft(note=" "), [Problem("note", "missing")]),
        (AddendumDraft(note="He came back."), []),
        (AmendmentDraft(), [Problem("changes", "missing"), Problem("reason", "missing")]),
        (
            AmendmentDraft(
                changes=(Change(field="route", before="", after="M41"),), reason=AmendReason.OTHER
            ),
            [Problem("note", "missing")],
        ),
    ],
)
def test_what_a_draft_still_needs(
    draft: ReferralDraft | RefusalDraft | OutcomeDraft | AddendumDraft | AmendmentDraft,
    problems: list[Problem],
) -> None:
    assert draft.problems() == problems


def test_interview_notes_need_language_questions_and_how_they_were_signed() -> None:
    draft = InterviewDraft(check_id="c", referral_id="r", started_at=NOON)

    assert draft.problems() == [
        Problem("language", "missing"),
        Problem("exchanges", "missing"),
        Problem("signing", "missing"),
    ]


def test_an_answer_needs_its_question() -> None:
    draft = an_interview(exchanges=(ExchangeDraft(asked_at=NOON, answer="Osh."),))

    assert draft.problems() == [Problem("exchanges.0.question", "missing")]


def test_a_refused_signature_needs_words() -> None:
    assert an_interview(signing=Signing.REFUSED).problems() == [Problem("signing_note", "missing")]


def test_rows_left_empty_are_no_exchanges() -> None:
    draft = an_interview()
    with_empty = replace(draft, exchanges=(*draft.exchanges, ExchangeDraft(asked_at=NOON)))

    interview = with_empty.interview(NOON + timedelta(minutes=5))

    assert [each.question for each in interview.exchanges] == ["Where to?"]
    assert interview.ended_at - interview.started_at == timedelta(minutes=5)


# text and dates as typed


@given(st.text())
def test_tidied_text_is_composed_single_spaced_and_stays_so(typed: str) -> None:
    once = tidy(typed)

    assert tidy(once) == once == nfc(once)
    assert "  " not in once


@given(st.text(max_size=12))
def test_a_half_typed_date_is_unknown_and_never_an_error(typed: str) -> None:
    date_so_far(typed)


def test_a_mark_for_unknown_is_the_unknown_date() -> None:
    assert not any(date_typed(mark).is_known for mark in ("?", "x", "X", "-", " "))


# kinds of records


def test_every_kind_has_one_name_and_comes_back_from_its_body() -> None:
    check = BorderCheck(
        direction=Direction.EXIT,
        transport=TransportMode.RAIL,
        post="OSH-01",
        person=Person(primary_identifier="A"),
        decision=Decision.ADMITTED,
    )

    assert kind_of(check) == "check"
    assert len(set(KINDS.values())) == len(KINDS)
    assert from_json(BorderCheck, bytes(pack(check))) == check


@pytest.mark.parametrize(
    ("record", "weighs"),
    [
        (Outcome(referral_id="r", check_id="c", decision=OutcomeDecision.REFUSE), True),
        (Outcome(referral_id="r", check_id="c", decision=OutcomeDecision.ADMIT), False),
        (Review(target_id="c", verdict=Verdict.QUESTIONED, seen=()), True),
        (an_interview().interview(NOON), True),
    ],
    ids=["refusal", "admission", "review", "interview"],
)
def test_acts_of_weight_are_signed_by_the_officer(record: Record, weighs: bool) -> None:
    assert is_of_weight(record) is weighs


def test_a_draft_survives_being_kept() -> None:
    draft = a_draft(vehicle=VehicleDraft(plate="01 A 123 BC"))

    assert from_json(CheckDraft, to_json(draft)) == draft


# a line of an earlier register


def a_line(**changes: str) -> RegisterLine:
    line = RegisterLine(
        crossed_at="2026-11-20T08:15", direction="ENTRY", primary_identifier="IVANOV"
    )
    return replace(line, **changes)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-20T08:15",
        "2026-11-20T08:15:00",
        "2026-11-20 08:15",
        "20.11.2026 08:15",
        "2026-11-20T08:15+05:00",
        "2026-11-20T03:15:00Z",
    ],
)
def test_a_time_without_offset_is_the_posts_own(typed: str) -> None:
    crossed = a_line(crossed_at=typed).crossed(300)

    assert crossed.isoformat() in ("2026-11-20T08:15:00+05:00", "2026-11-20T03:15:00+00:00")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"crossed_at": ""}, Problem("crossed_at", "missing")),
        ({"crossed_at": "yesterday"}, Problem("crossed_at", "not-a-time")),
        ({"crossed_at": "0001-01-01T00:00"}, Problem("crossed_at", "not-a-time")),
        ({"crossed_at": "9999-12-31T23:59"}, Problem("crossed_at", "not-a-time")),
        ({"direction": "SIDEWAYS"}, Problem("direction", "not-a-code")),
        ({"primary_identifier": " "}, Problem("primary_identifier", "missing")),
        ({"birth_date": "30.02.1974"}, Problem("birth_date", "not-a-date")),
        ({"document_expiry": "soon"}, Problem("document_expiry", "not-a-date")),
        ({"sex": "Q"}, Problem("sex", "not-a-code")),
        ({"remarks": "A" * (LONGEST_LINE + 1)}, Problem("remarks", "too-long")),
    ],
)
def test_a_bad_line_says_which_column_is_wrong(change: dict[str, str], problem: Problem) -> None:
    assert a_line(**change).problems() == [problem]


def test_a_good_line_becomes_a_check() -> None:
    line = a_line(direction="exit", sex="f", document_number="ab 1", plate="01a123", route="M41")

    check = line.check(post="OSH-01", reference="no:1")

    assert (check.direction, check.decision) == (Direction.EXIT, Decision.ADMITTED)
    assert (check.documents[0].number, check.vehicle and check.vehicle.plate) == ("AB 1", "01A123")
    assert check.register_reference == "no:1"


def test_every_column_is_explained() -> None:
    assert list(columns()) == [each.name for each in fields(RegisterLine)]
    assert all(columns().values())
