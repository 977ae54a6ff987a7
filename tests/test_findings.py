"""Findings in words: reasons as sentences, the heaviest first, earlier crossings, list ages."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from checkpoint_client.desk.findings import Finding, Findings, PossibleHit, Weight
from checkpoint_client.desk.log import LogRow
from checkpoint_client.desk.stay import StayFound
from checkpoint_client.records import Evidence, ListConsulted
from checkpoint_client.records.codes import Decision, Direction, ListState, OutcomeDecision
from checkpoint_client.records.dates import PartialDate
from checkpoint_client.rules import Stay, StayRule, WindowKind
from checkpoint_client.rules.stay import Window
from checkpoint_client.watchlist import AlertAction, AlertCategory, weigh
from checkpoint_client.watchlist.alerts import Caution
from tests.post import NOON, a_draft
from ui.findings import FindingsPanel, FindingWords
from ui.words import Words

HIT = PossibleHit(
    alert_id="A1",
    list_id="TEST",
    name="ЮСУПОВ, АЗИЗ",
    birth_dates=(PartialDate(1984, 5, 3),),
    nationalities=("UZB",),
    category="ARREST",
    action="DETAIN",
    cautions=("ARMED",),
    level="strong",
    match_kind="NAME_DOB",
    score=21.0,
    evidence=(
        Evidence(
            code="name-spelling",
            values={"part": "surname", "traveller": "YUSSUPOV", "alert": "ЮСУПОВ"},
        ),
        Evidence(code="birth-swapped", values={"traveller": "1984-03-05", "alert": "1984-05-03"}),
    ),
    owner="Bureau",
    contact="+000 1",
    reason="",
)
CROSSING = LogRow(
    id="1",
    origin="osh-01",
    happened_at=NOON - timedelta(days=1),
    direction=Direction.EXIT,
    decision=Decision.REFERRED,
    name="ERIKSSON ANNA MARIA",
    birth_date=PartialDate(1974, 8, 12),
    nationality="SWE",
    document="L898902C3",
    plate="",
    officer="O-1842",
    withdrawn=False,
    amendments=0,
    reviewed=None,
    outcome=OutcomeDecision.ADMIT,
)
FRESH = ListConsulted(list_id="watchlist", version=7, age_hours=5, state=ListState.FRESH)
NOTHING = Findings(remarks=(), hits=(), earlier=(), lists=(FRESH,), required=frozenset())


@pytest.fixture
def words() -> FindingWords:
    return FindingWords(Words())


@pytest.fixture
def panel(qtbot: QtBot) -> FindingsPanel:
    words = Words()
    panel = FindingsPanel(words, FindingWords(words))
    qtbot.addWidget(panel)
    panel.show()
    return panel


def lines_on(panel: FindingsPanel) -> list[str]:
    QApplication.sendPostedEvents()  # a part added to a visible panel shows with the next event
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_reasons_are_sentences(words: FindingWords) -> None:
    assert [words.reason(each) for each in HIT.evidence] == [
        "surname YUSSUPOV is a spelling of ЮСУПОВ",
        "born 05.03.1984, alert says 03.05.1984: day and month swapped",
    ]


def test_every_reason_that_the_watch_list_gives_has_a_sentence(words: FindingWords) -> None:
    codes = re.findall(r"^    ([a-z]+(?:-[a-z]+)*)(?: {2,}|$)", weigh.__doc__ or "", re.MULTILINE)
    values = dict.fromkeys(
        ("part", "traveller", "alert", "name", "state", "number", "sex"), "X"
    ) | {"count": "3"}

    assert len(codes) > 25
    for code in codes:
        assert words.reason(Evidence(code=code, values=values)) != code


def test_every_code_of_an_alert_has_words(words: FindingWords) -> None:
    assert not [each for each in AlertCategory if words.category(each) == each]
    assert not [each for each in AlertAction if words.action(each) == each]
    assert not [each for each in Caution if words.caution(each) == each]


def test_cautions_come_before_everything_else(panel: FindingsPanel) -> None:
    panel.show_findings(replace(NOTHING, hits=(HIT,)), a_draft())

    said = [each for each in lines_on(panel) if each]
    assert said.index("Armed") < said.index("Strong match") < said.index("Detain")


def test_the_heaviest_remark_stands_first(panel: FindingsPanel) -> None:
    by_hand = Finding(field="number", code="by-hand", weight=Weight.NOTE, values={}, place=0)
    expired = Finding(
        field="expiry_date",
        code="expired",
        weight=Weight.ALARM,
        values={"date": "15.04.2012"},
        place=0,
    )

    panel.show_findings(replace(NOTHING, remarks=(by_hand, expired)), a_draft())

    said = lines_on(panel)
    assert said.index("Expired on 15.04.2012.") < said.index(
        "Entered by hand: no check digits vouch for it."
    )


def test_an_earlier_crossing_tells_what_came_of_it(panel: FindingsPanel) -> None:
    panel.show_findings(replace(NOTHING, earlier=(CROSSING,)), a_draft())

    assert "23.11.2026 12:00 · Exit · Admit · same document" in lines_on(panel)


def test_the_age_of_the_list_is_always_told(panel: FindingsPanel) -> None:
    panel.show_findings(NOTHING, a_draft())

    assert any("5 hour" in each for each in lines_on(panel))
    assert "Nothing found" in lines_on(panel)


def test_a_missing_list_is_said_plainly(panel: FindingsPanel) -> None:
    missing = ListConsulted(list_id="watchlist", version=0, age_hours=0, state=ListState.MISSING)

    panel.show_findings(replace(NOTHING, lists=(missing,)), a_draft())

    assert "No watch-list on this workstation" in lines_on(panel)


def test_without_a_traveller_nothing_is_left_of_the_last_one(panel: FindingsPanel) -> None:
    panel.show_findings(replace(NOTHING, hits=(HIT,), earlier=(CROSSING,)), a_draft())

    panel.show_waiting()

    assert not any("ЮСУПОВ" in each or "23.11.2026" in each for each in lines_on(panel))


def stay(**changes: Any) -> StayFound:
    granted = Window(kind=WindowKind.ROLLING, days=90, length=180)
    rule = StayRule(
        host="UTO",
        nationalities=frozenset({"KGZ"}),
        days_a_stay=30,
        window=granted,
        valid_from=NOON.date(),
        valid_to=None,
        source="a treaty",
        confidence="invented",
    )
    counted = Stay(rule=rule, used=42, until=date(2027, 1, 12), over=0, gaps=0)
    return StayFound(
        stay=replace(counted, **changes), here=3, elsewhere=2, told_at=NOON, signed_by="HQ"
    )


def test_a_stay_says_until_when_how_much_is_used_and_on_what_it_is_based(
    panel: FindingsPanel,
) -> None:
    panel.show_findings(replace(NOTHING, stay=stay()), a_draft())

    said = lines_on(panel)
    assert "May stay until 12.01.2027, this day included" in said
    assert "42 day(s) used with today; 90 days in any 180 are granted; 30 days a stay" in said
    assert (
        "Counted from: 3 crossing(s) in this post's records,"
        " 2 of other posts as the centre knew on 24.11.2026 12:00"
    ) in said


def test_who_stayed_too_long_is_seen_in_the_summary_and_never_decided_upon(
    panel: FindingsPanel,
) -> None:
    too_long = replace(NOTHING, stay=stay(until=None, over=5, gaps=1))

    panel.show_findings(too_long, a_draft())

    said = lines_on(panel)
    assert "Look at the remarks" in said
    assert "5 day(s) beyond what is granted" in said
    assert "1 entry or exit is not known: look at the stamps" in said


def test_a_post_that_was_told_nothing_says_so(panel: FindingsPanel) -> None:
    alone = replace(stay(), told_at=None, elsewhere=0, signed_by=None)

    panel.show_findings(replace(NOTHING, stay=alone), a_draft())

    said = lines_on(panel)
    assert "Nothing is known of other posts yet." in said
    assert "A working value, not signed by headquarters. Source: a treaty" in said
