"""How long a foreigner may stay, counted from the crossings that are known."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.desk.findings import Weight
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import CheckDraft
from checkpoint_client.records.codes import Direction, DocumentClass, EntryBasis
from checkpoint_client.rules import Crossing, StayRule, StayRules, in_force, stay_of
from checkpoint_client.rules.stay import Window, WindowKind
from checkpoint_client.store import CrossingTold
from tests.post import NOON, a_document, a_draft

TODAY = date(2024, 6, 28)
DAYS = st.integers(0, 400).map(lambda count: TODAY - timedelta(days=count))
RULES = in_force(StayRules, lambda _channel, _name: None)


def rule(
    *,
    days_a_stay: int | None = None,
    window: tuple[int, int] | None = (90, 180),
    kind: WindowKind = WindowKind.ROLLING,
) -> StayRule:
    return StayRule(
        host="UTO",
        nationalities=frozenset({"KGZ"}),
        days_a_stay=days_a_stay,
        window=Window(kind=kind, days=window[0], length=window[1]) if window else None,
        valid_from=date(2020, 1, 1),
        valid_to=None,
        source="a test",
        confidence="invented",
    )


def stays(*spans: tuple[date, date]) -> Counter[Crossing]:
    crossings: Counter[Crossing] = Counter()
    for first, last in spans:
        crossings += entries(first) + exits(last)
    return crossings


def entries(*days: date) -> Counter[Crossing]:
    return Counter(Crossing(day, enters=True) for day in days)


def exits(*days: date) -> Counter[Crossing]:
    return Counter(Crossing(day, enters=False) for day in days)


WINTER = (date(2024, 1, 1), date(2024, 3, 30))
"""90 days, the first of them at the edge of the window on 28 June."""


def test_ninety_days_in_any_hundred_and_eighty_as_the_rule_counts_them() -> None:
    on_the_28th = stay_of(rule(), stays(WINTER), date(2024, 6, 28))
    on_the_29th = stay_of(rule(), stays(WINTER), date(2024, 6, 29))

    # The day itself counts: 90 of winter and 1, then 89 and 1.
    assert (on_the_28th.used, on_the_28th.over, on_the_28th.until) == (91, 1, None)
    assert (on_the_29th.used, on_the_29th.over) == (90, 0)
    assert on_the_29th.until == date(2024, 9, 26)


def test_who_comes_for_the_first_time_has_all_of_it() -> None:
    found = stay_of(rule(), Counter(), TODAY)

    assert (found.used, found.over, found.gaps) == (1, 0, 0)
    assert found.until == TODAY + timedelta(days=89)


def test_a_limit_of_each_stay_is_counted_anew_with_every_entry() -> None:
    spring = (date(2024, 5, 1), date(2024, 5, 30))

    found = stay_of(rule(days_a_stay=30), stays(spring), TODAY)

    assert found.until == TODAY + timedelta(days=29)
    assert found.used == 31


def test_who_leaves_too_late_is_told_by_how_much() -> None:
    found = stay_of(rule(days_a_stay=30, window=None), entries(date(2024, 5, 25)), TODAY)

    assert (found.used, found.over, found.until) == (35, 5, None)


def test_a_window_from_the_first_entry_begins_anew_when_it_is_over() -> None:
    from_first = rule(kind=WindowKind.FROM_FIRST_ENTRY)
    long_ago = (date(2023, 10, 1), date(2023, 12, 29))

    assert stay_of(from_first, stays(long_ago), date(2024, 3, 1)).until is None
    assert stay_of(from_first, stays(long_ago), date(2024, 3, 29)).used == 1


def test_a_missing_exit_is_said_and_counted_in_the_travellers_favour() -> None:
    known = entries(date(2024, 3, 1), date(2024, 6, 1)) + exits(date(2024, 6, 10))

    found = stay_of(rule(), known, TODAY)

    assert found.gaps == 1
    assert found.used == 1 + 10 + 1


def test_a_missing_entry_is_said_too() -> None:
    found = stay_of(rule(), exits(date(2024, 6, 10)), TODAY)

    assert (found.gaps, found.used) == (1, 2)


def test_who_goes_out_and_comes_back_on_one_day_begins_a_new_stay() -> None:
    out_and_back = exits(TODAY) + entries(date(2024, 6, 1), TODAY)

    found = stay_of(rule(days_a_stay=30), out_and_back, TODAY)

    assert (found.gaps, found.used) == (0, 28)
    assert found.until == TODAY + timedelta(days=29)


def test_who_leaves_today_is_counted_from_the_day_he_came() -> None:
    found = stay_of(rule(days_a_stay=20), entries(date(2024, 6, 1)) + exits(TODAY), TODAY)

    assert (found.over, found.gaps) == (8, 0)


@given(spans=st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=6), on=DAYS)
def test_the_last_day_granted_is_the_last_day_granted(
    spans: list[tuple[date, int]], on: date
) -> None:
    known = stays(*((first, first + timedelta(days=length)) for first, length in spans))
    found = stay_of(rule(days_a_stay=30), known, on)

    assert found.until is None or on <= found.until < on + timedelta(days=30)
    assert found.over == 0 or found.until is None
    assert found.used >= 1


def test_rules_are_found_by_host_nationality_and_day() -> None:
    assert RULES.rule_for("KAZ", ["UZB"], date(2026, 11, 24)) is not None
    assert RULES.rule_for("KAZ", ["UZB"], date(2020, 1, 1)) is None
    assert RULES.rule_for("KAZ", ["KAZ", "UZB"], date(2026, 11, 24)) is None
    assert RULES.rule_for("TKM", ["UZB"], date(2026, 11, 24)) is None


@pytest.mark.parametrize("each", RULES.rules, ids=lambda each: f"{each.host}-{each.source[:12]}")
def test_every_rule_says_where_it_comes_from_and_grants_something(each: StayRule) -> None:
    assert each.source
    assert each.confidence
    assert each.days_a_stay or each.window
    assert each.host not in each.nationalities
    assert each.window is None or each.window.length <= RULES.keep_days


# at the booth

KYRGYZ = a_draft(
    nationality="KGZ",
    documents=(a_document(issuing_state="KGZ", number="AN1234567"),),
    entry_basis=EntryBasis.VISA_FREE,
)


def told(number: int, day: date, *, enters: bool) -> CrossingTold:
    return CrossingTold(
        number=number,
        state="KGZ",
        document="AN1234567",
        day=(day - date(1970, 1, 1)).days,
        enters=enters,
        stands=True,
    )


def test_the_findings_count_what_is_known_here_and_what_other_posts_did(officer: SignedIn) -> None:
    officer.first_line.admit(KYRGYZ)
    officer.workplace.store.take_crossings(
        [
            told(1, date(2026, 10, 1), enters=True),
            told(2, date(2026, 10, 20), enters=False),
            told(3, NOON.date(), enters=True),
        ],
        after=0,
        upto=3,
        told_at=NOON,
    )

    found = officer.first_line.findings(replace(KYRGYZ, direction=Direction.EXIT)).stay

    assert found is not None
    assert (found.here, found.elsewhere, found.told_at) == (1, 2, NOON)
    assert (found.stay.used, found.stay.over, found.stay.gaps) == (21, 0, 0)


def test_a_post_alone_says_that_it_knows_itself_only(officer: SignedIn) -> None:
    found = officer.first_line.findings(KYRGYZ).stay

    assert found is not None
    assert (found.here, found.elsewhere, found.told_at) == (0, 0, None)
    assert found.signed_by is None


@pytest.mark.parametrize(
    "draft",
    [
        replace(KYRGYZ, entry_basis=EntryBasis.VISA),
        replace(
            KYRGYZ,
            documents=(
                *KYRGYZ.documents,
                a_document(document_class=DocumentClass.VISA, issuing_state="UTO", number="V1"),
            ),
        ),
        replace(KYRGYZ, nationality="UTO"),
        replace(KYRGYZ, nationality="SWE"),
        replace(KYRGYZ, documents=()),
    ],
    ids=["on a visa", "shows a visa", "a national", "no rule", "no document"],
)
def test_nothing_is_counted_where_nothing_can_be(officer: SignedIn, draft: CheckDraft) -> None:
    assert officer.first_line.findings(draft).stay is None


def test_who_stayed_too_long_asks_for_a_look(officer: SignedIn) -> None:
    officer.workplace.store.take_crossings(
        [told(1, NOON.date() - timedelta(days=40), enters=True)], after=0, upto=1, told_at=NOON
    )

    found = officer.first_line.findings(replace(KYRGYZ, direction=Direction.EXIT))

    assert found.stay is not None
    assert found.stay.stay.over == 11
    assert found.weight is Weight.ATTENTION


def test_crossings_too_old_for_any_rule_go_when_records_are_erased(officer: SignedIn) -> None:
    store = officer.workplace.store
    long_ago = NOON.date() - timedelta(days=RULES.keep_days + 1)
    store.take_crossings([told(1, long_ago, enters=True)], after=0, upto=1, told_at=NOON)
    store.clock.heard(NOON)

    officer.retention.erase()

    assert not store.known_crossings([("KGZ", "AN1234567")]).told
