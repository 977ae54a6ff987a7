"""Walks the seven steps of the main job by keys alone, and proves each from store and server."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from checkpoint_client.desk.session import SignedIn
from checkpoint_client.documents.formats import MrzFormat
from checkpoint_client.journal.clock import local_now
from checkpoint_client.records import (
    Adjudication,
    Amendment,
    BorderCheck,
    CheckDraft,
    Hit,
    HitAction,
    HitClosure,
    HitSeen,
    Interview,
    Outcome,
    OwnerReport,
    Record,
    Referral,
    Review,
    SecondOpinion,
    Withdrawal,
)
from checkpoint_client.records.codes import (
    ActionTaken,
    AmendReason,
    ConsultReason,
    Decision,
    Direction,
    DocumentClass,
    DocumentSource,
    EntryBasis,
    HitState,
    HitVerdict,
    NoDocumentReason,
    OutcomeDecision,
    Purpose,
    ReferralReason,
    RefusalGround,
    Signing,
    Verdict,
)
from checkpoint_client.settings import Folder
from checkpoint_client.specimen import people, post
from checkpoint_client.specimen.cast import cast
from checkpoint_client.specimen.people import Traveller
from checkpoint_client.specimen.post import Colleague
from checkpoint_client.store import RECEIVED, Kept
from ui.decisions import DIGITS, REASONS, OptionButton
from ui.first_line import FirstLineScreen
from ui.hits import HitDeskScreen
from ui.interview import QuestionEdit
from ui.keyboard import Keyboard, Late, focused
from ui.log import LogScreen
from ui.main import Program
from ui.review import ReviewScreen
from ui.second_line import CaseScreen, SecondLineScreen, name_of
from ui.window import Window

T = TypeVar("T")
R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=QWidget)

OFFLINE_CHECKS = 5
SHORTEST_SOUGHT = 6
"""Typed strings shorter than this occur in any file by chance."""

QUESTIONS = (
    ("Where will you stay?", "With friends whose address I have lost."),
    ("Who invited you?", "Никто, я хотела посмотреть озеро."),
)
ACCOUNT = "She says that the visa was sold to her at the market."
ADDENDUM = "The consulate confirms by telephone: no such visa was issued."
AMENDED = "Lakeside, mill cottage"
QUESTION = "Which of the two documents was compared with the person?"


class Unlike(Exception):
    """What was found is not what was expected."""

    def __init__(self, what: str, *, expected: object, found: object) -> None:
        super().__init__(f"{what}: expected {expected!r}, found {found!r}")


def tell(steps: Sequence[tuple[str, Callable[[], str]]]) -> bool:
    """Take the steps until one does not hold; whether all of them did."""
    for name, step in steps:
        try:
            found = step()
        except (Unlike, Late) as failure:
            print(f"FAILED  {name}: {failure}", flush=True)
            return False
        print(f"ok      {name}: {found}", flush=True)
    return True


def found_in(file: Path, sought: set[str]) -> list[str]:
    """Which of the strings stand in a file, in any encoding that programs here write."""
    content = file.read_bytes()
    return [
        text
        for text in sorted(sought)
        if any(text.encode(encoding) in content for encoding in ("utf-8", "utf-16-le"))
    ]


class Walk:
    """One officer after another at one keyboard."""

    def __init__(
        self, program: Program, folder: Folder, entries: Callable[[], list[dict[str, Any]]]
    ) -> None:
        """`folder` is the workstation's; `entries` asks the central server what it holds."""
        self._program = program
        self._folder = folder
        self._entries = entries
        self._keys = Keyboard()
        self._today = date.today()
        self._cast = cast(self._today)
        self._began = local_now()
        self._known: dict[str, str] = {}
        self._proposed = self._watched = self._sought = self._destination = ""

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        return [
            ("1 Sign in", self.sign_in),
            ("2 Documents in", self.put_in_documents),
            ("3 Findings", self.look_at_findings),
            ("4 Decisions", self.decide),
            ("5 Second line", self.work_at_second_line),
            ("6 Log and review", self.work_with_the_log),
            ("A hit to its end", self.follow_a_hit),
            ("7 Line cut and back", self.cut_the_line),
            ("The journal stands every proof", self.verify),
            ("Nothing in clear text", self.seek_clear_text),
        ]

    # 1

    def sign_in(self) -> str:
        window = self._window
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        self._sign_in_as(post.OFFICER)
        header = self._folder.records.read_bytes()[:16]
        _must("the records' file", header.startswith(b"SQLite"), False)
        self._keys.until(
            lambda: self._ask(lambda at: at.workplace.lists.versions()) == {"watchlist": 1},
            "the watch-list has come over the line",
            seconds=40,
        )
        held = self._wait_for_server()
        alerts = self._ask(lambda at: at.reference.lists()[0].alerts)
        return (
            f"{post.OFFICER.service_number} opened the encrypted file;"
            f" {alerts} alerts came over the line, the server holds {held} entries"
        )

    # 2

    def put_in_documents(self) -> str:
        play, screen = self._cast, self._first_line
        self._keys.until(lambda: focused() is screen.form.zone.edit, "the cursor waits in the zone")
        passport, visa = play.tourist.texts()
        self._keys.type(passport)
        self._must_show(play.tourist, documents=1)
        self._paste(visa)
        self._must_show(play.tourist, documents=2)
        for others in (play.worker, play.trader, play.student):
            for text in others.texts():
                self._keys.burst(text)
        self._keys.until(lambda: "3" in screen.waiting.text(), "three travellers wait as next")
        self._must_show(play.tourist, documents=2)
        self._fill_journey(Purpose.TOURISM, EntryBasis.VISA, "Amaurot")
        checks = [self._admit(play.tourist)]
        for who in (play.worker, play.trader, play.student):
            self._must_show(who, documents=len(who.zones))
            checks.append(self._admit(who))
        checks.append(self._admit_child())
        checks.append(self._refer_without_documents())
        formats = [each.format for kept in checks for each in kept.record.documents]
        _must("formats recorded", formats, ["TD3", "MRV-A", "TD1", "TD2", "TD3", "MRV-B", ""])
        sources = [kept.record.documents[0].source for kept in checks if kept.record.documents]
        expected = [DocumentSource.KEYBOARD, *[DocumentSource.READER] * 3, DocumentSource.BY_HAND]
        _must("sources of the documents", sources, expected)
        pasted = checks[0].record.documents[1].source
        _must("source of the visa", pasted, DocumentSource.PASTED)
        _must(
            "reason without a document", checks[-1].record.no_document_reason, NoDocumentReason.LOST
        )
        self._must_be_served(checks)
        return (
            "TD3 typed, MRV-A pasted to its passport, TD1, TD2, TD3 with MRV-B waited as next from"
            f" the reader, one by hand, one without; {len(checks)} checks in store and server"
        )

    # 3

    def look_at_findings(self) -> str:
        play = self._cast
        self._put_in(play.with_stolen_passport)
        self._must_say("document FA7310846 of UZB is in the alert")
        stolen = self._refer(play.with_stolen_passport, ReferralReason.POSSIBLE_HIT)
        self._put_in(play.namesake)
        self._must_say("is a spelling of", "day and month swapped")
        namesake = self._refer(play.namesake, ReferralReason.POSSIBLE_HIT)
        self._sought = namesake.id
        self._put_in(play.driver)
        self._keys.press("Alt+E")
        self._keys.type(play.driver.vehicle.plate)
        self._must_say(f"plate {play.driver.vehicle.plate} is in the alert")
        driver = self._refer(play.driver, ReferralReason.POSSIBLE_HIT)
        self._keys.press("Alt+E")
        self._replace("")
        self._put_in(play.worker)
        self._must_say("Watch-list 1", "less than an hour old")
        earlier = self._ask(
            lambda at: at.first_line.findings(play.worker.put_in(_EMPTY, self._today)).earlier
        )
        _must("earlier crossings of the worker", len(earlier), 2)
        self._must_say(f"{earlier[1].happened_at:%d.%m.%Y}")
        worker = self._admit(play.worker)
        self._destination = worker.record.destination
        self._put_in(play.watched)
        watched = self._admit(play.watched)
        in_view = self._ask(lambda at: at.log.view(watched.id).hits)
        _must("what the booth sees of the discreet alert", in_view, ())
        self._watched = watched.id
        recorded = {
            "passport": stolen,
            "name": namesake,
            "plate": driver,
            "known": worker,
            "discreet": watched,
        }
        found = {
            who: [hit.record.alert_id for hit in self._about(kept.id, Hit)]
            for who, kept in recorded.items()
        }
        expected = {
            "passport": ["UTO-PLAY-1"],
            "name": ["UTO-PLAY-2"],
            "plate": ["UTO-PLAY-3"],
            "known": [],
            "discreet": ["UTO-PLAY-4"],
        }
        _must("hits recorded", found, expected)
        self._must_be_served(list(recorded.values()))
        return (
            "stolen passport and plate exact, another spelling likely with its reasons, 2 earlier"
            " crossings, the list's age; the discreet hit is recorded and not shown"
        )

    # 4

    def decide(self) -> str:
        play, form = self._cast, self._first_line.form
        self._put_in(play.student)
        self._keys.until(lambda: form.destination.isVisible(), "the destination is asked for")
        self._keys.press("Alt+D")
        self._replace("")
        self._keys.press("F9")
        self._keys.until(
            lambda: focused() is form.destination and form.form.field("destination").is_wrong,
            "the cursor is in the missing destination",
        )
        self._keys.type("Anyder")
        refused = self._refuse(play.student, RefusalGround.C)
        [proposed] = self._about(refused.id, Referral)
        _must("what became of the refusal", refused.record.decision, Decision.REFERRED)
        _must("reason of the referral", proposed.record.reason, ReferralReason.PROPOSED_REFUSAL)
        _must("grounds proposed", proposed.record.grounds, (RefusalGround.C,))
        self._put_in(play.trader)
        referred = self._refer(play.trader, ReferralReason.IDENTITY_DOUBT)
        self._put_in(play.tourist)
        slip = self._admit(play.tourist)
        self._keys.press("F12")
        self._must_show(play.tourist, documents=2)
        _must("withdrawals of the slip", len(self._about(slip.id, Withdrawal)), 1)
        again = self._admit(play.tourist)
        self._must_be_served([refused, referred, slip, again])
        self._proposed = refused.id
        return (
            "a missing destination got the cursor; refusal on ground C became a proposed refusal;"
            " referred for doubt about identity; a slip taken back by a withdrawal, decided again"
        )

    # 5

    def work_at_second_line(self) -> str:
        name = name_of_traveller(self._cast.student)
        self._change_to(post.SECOND_LINE)
        self._keys.press("Ctrl+2")
        self._open_case(name)
        interview = self._interview()
        self._add_words(interview)
        exchanges = interview.record.exchanges
        _must("exchanges", [(each.question, each.answer) for each in exchanges], list(QUESTIONS))
        _must("times in order", exchanges[0].asked_at <= exchanges[1].asked_at, True)
        _must("officers who signed the notes", self._signers(interview), [interview.officer])
        outcome = self._send_outcome(OutcomeDecision.REFUSE)
        _must("grounds of the refusal", outcome.record.grounds, (RefusalGround.C,))
        self._change_to(post.OFFICER)
        booth = self._first_line
        self._keys.until(lambda: name in booth.result.text(), "the booth shows the outcome")
        said = booth.result.text()
        self._keys.press("F5")
        self._keys.until(lambda: not booth.result.isVisible(), "the outcome is acknowledged")
        self._must_be_served([interview, outcome])
        return (
            f"interview with {len(exchanges)} timed questions closed and signed, addendum added,"
            f" and the booth says: {said}"
        )

    # 6

    def work_with_the_log(self) -> str:
        amendment = self._amend(self._cast.worker)
        self._change_to(post.SUPERVISOR)
        self._keys.press("Ctrl+5")
        screen = self._screen(ReviewScreen)
        self._keys.until(
            lambda: focused() is screen.list and screen.list.current() is not None,
            "there is something to review",
        )
        discreet = self._ask(lambda at: at.log.view(self._watched).hits)
        seen = [hit.record.alert_id for hit in discreet]
        _must("what the supervisor sees of the discreet alert", seen, ["UTO-PLAY-4"])
        case = self._proposed
        ids = [row.id for row in screen.list.table.records()]
        self._go_to_row(ids.index(case))
        countersigned = self._review("F9", Verdict.COUNTERSIGNED, "")
        _must("what was countersigned", countersigned.record.target_id, case)
        questioned = self._review("F8", Verdict.QUESTIONED, QUESTION)
        self._must_be_served([amendment, countersigned, questioned])
        entries = len(countersigned.record.seen)
        return (
            f"found by name, filtered, opened with a reason; destination amended, the old readable;"
            f" one record countersigned over its {entries} entries, one questioned"
        )

    # between

    def follow_a_hit(self) -> str:
        """Second line judges, the supervisor agrees, acts, tells the owner and closes."""
        self._change_to(post.SECOND_LINE)
        self._open_hit(self._sought)
        self._step("F6", "1", "C", HitState.PROPOSED)
        judged = self._recorded(Adjudication, "the verdict is recorded")
        self._change_to(post.SUPERVISOR)
        self._open_hit(self._sought)
        self._step("F7", "1", HitState.CONFIRMED)
        opinion = self._recorded(SecondOpinion, "the second person's opinion is recorded")
        limit = self._screen(HitDeskScreen).hit.limit.accessibleName()
        self._step("F8", "A", HitState.ACTION_TAKEN)
        action = self._recorded(HitAction, "the action is recorded")
        self._step("F4", "1", HitState.REPORTED)
        report = self._recorded(OwnerReport, "the report is recorded")
        self._step("F9", HitState.CLOSED)
        closure = self._recorded(HitClosure, "the hit is closed")
        _must("verdict", judged.record.verdict, HitVerdict.SAME)
        _must("who judged", judged.officer, post.SECOND_LINE.service_number)
        _must("who agreed", opinion.officer, post.SUPERVISOR.service_number)
        _must("action", action.record.action, ActionTaken.DETAINED)
        _must(
            "who was told",
            report.record.reported_to,
            "Utopia, Criminal Police, Duty desk, line 112",
        )
        seen = self._about(self._sought, HitSeen)
        _must("levels that the booth saw", [each.level for each in seen[0].record.hits], ["strong"])
        self._must_be_served([*seen, judged, opinion, action, report, closure])
        return (
            "read at the booth, judged with a reason, agreed to by a second person"
            f" (“{limit}”), detained, reported and closed; every step signed for and at the server"
        )

    def _open_hit(self, check_id: str) -> None:
        self._keys.press("Ctrl+3")
        screen = self._screen(HitDeskScreen)
        self._keys.until(
            lambda: focused() is screen.list and bool(screen.list.table.records()),
            "the cursor is in the list of hits",
        )
        of_checks = [each.hit.record.check_id for each in screen.list.table.records()]
        if check_id not in of_checks:
            raise Unlike("hits that wait", expected=check_id, found=of_checks)
        self._go_to_row(of_checks.index(check_id))
        self._keys.type("\n")
        self._keys.until(lambda: screen.hit.isVisible(), "the hit is open")

    def _step(self, key: str, *typed: str | HitState) -> None:
        """Open a panel by its key, choose, and record with the same key."""
        *choices, state = typed
        screen = self._screen(HitDeskScreen).hit
        self._keys.press(key)
        self._keys.until(lambda: not screen.bar.isVisible(), f"the panel of {key} is open")
        for place, choice in enumerate(choices, start=1):
            self._keys.type(choice)
            # A letter that begins a zone is held back for a moment: it may be a reader's.
            self._keys.until(partial(self._has_chosen, place), f"{choice} is chosen")
        self._keys.press(key)
        self._keys.until(
            lambda: bool(screen.case and screen.case.state is state), f"the hit is {state}"
        )

    def _has_chosen(self, count: int) -> bool:
        buttons = self._screen(HitDeskScreen).hit.findChildren(OptionButton)
        return sum(each.isChecked() for each in buttons if each.isVisible()) == count

    # 7

    def cut_the_line(self) -> str:
        self._keys.press("Ctrl+1")
        self._keys.until(lambda: focused() is self._first_line.form.zone.edit, "first line is open")
        self._wait_for_server()
        self._keys.press("Ctrl+Shift+X")
        status = self._window.status.line.words
        self._keys.until(lambda: "Offline since" in status.text(), "the line is noticed to be gone")
        checks = [self._admit_quickly(who) for who in islice(self._crowd(), OFFLINE_CHECKS)]
        expected = rf"Offline since \d\d:\d\d · {OFFLINE_CHECKS} checks? waiting"
        self._keys.until(
            lambda: bool(re.fullmatch(expected, status.text().replace("(s)", "s"))),
            f"the status line says {expected}",
        )
        said = status.text()
        _must("checks made offline", [kept.record.offline for kept in checks], [True] * len(checks))
        self._keys.press("Ctrl+Shift+X")
        self._keys.until(lambda: status.text() == "Online", "the count is back to 0", seconds=90)
        self._wait_for_server()
        ours, theirs = self._leaves_here(), self._leaves_there()
        _must("entries the server holds", theirs, ours)
        return f"“{said}”, then “Online”; the server holds exactly our {len(ours)} entries"

    # afterwards

    def verify(self) -> str:
        proof = self._ask(lambda at: at.administration.verify())
        return f"{proof.entries} entries, {proof.acts} acts signed, {proof.sessions} sessions"

    def seek_clear_text(self) -> str:
        """No string that was typed stands readable in any file of the workstation."""
        sought = set(self._typed())
        files = [each for each in self._folder.path.rglob("*") if each.is_file()]
        leaks = [f"{text!r} in {file.name}" for file in files for text in found_in(file, sought)]
        _must("typed strings in clear text", leaks, [])
        return f"{len(sought)} typed strings sought in {len(files)} files"

    # at the sign-in page

    def _sign_in_as(self, who: Colleague) -> None:
        entrance = self._window.entrance
        self._keys.until(
            lambda: focused() is entrance.passphrase and entrance.number.count() > 0,
            "the sign-in page waits for a pass-phrase",
        )
        self._keys.press("Shift+Tab")
        self._choose(entrance.number, who.service_number)
        self._keys.press("Tab")
        self._keys.type(f"{who.passphrase}\n")
        self._keys.until(lambda: self._window.session is not None, f"{who.service_number} is in")
        signed_in = self._ask(lambda at: at.officer)
        _must("who is signed in", signed_in, who.service_number)

    def _change_to(self, who: Colleague) -> None:
        """Lock, and let somebody else in."""
        self._keys.press("Ctrl+L")
        self._keys.until(lambda: self._window.session is None, "the workplace is locked")
        for _ in ("closed and wiped", "asked who may sign in"):
            self._let_store_finish()
        self._sign_in_as(who)

    # at the first line

    def _put_in(self, who: Traveller) -> None:
        for text in who.texts():
            self._keys.burst(text)
        self._must_show(who, documents=len(who.zones))

    def _paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._keys.typed.append(text)
        self._keys.press("Ctrl+V")
        QGuiApplication.clipboard().clear()

    def _must_show(self, who: Traveller, *, documents: int) -> None:
        """The traveller's fields are filled, every check digit fits, the findings are there."""
        screen = self._first_line
        person = who.person

        def shows() -> bool:
            draft = screen.form.draft()
            name = (draft.primary_identifier, draft.secondary_identifier)
            is_person = name == (person.primary_identifier, person.secondary_identifier)
            return is_person and len(draft.documents_shown()) == documents

        self._keys.until(
            shows, f"{name_of_traveller(who)} is on the screen with {documents} documents"
        )
        draft = screen.form.draft()
        _must("date of birth", draft.birth_date, person.birth_date.on_screen())
        _must("sex", draft.sex, person.sex)
        digits = {
            getattr(document.check_digits, name)
            for document in draft.documents_shown()
            for name in document.check_digits.__slots__
        }
        _must("check digits that do not fit", False in digits, False)

    def _must_say(self, *words: str) -> None:
        for each in words:
            self._keys.until(partial(self._is_said, each), f"the findings say “{each}”")

    def _is_said(self, words: str) -> bool:
        labels = self._first_line.findings.findChildren(QLabel)
        return any(words in each.text() for each in labels if each.isVisible())

    def _fill_journey(self, purpose: Purpose, basis: EntryBasis, destination: str) -> None:
        form = self._first_line.form
        self._keys.until(lambda: form.purpose.isVisible(), "the purpose is asked for")
        self._keys.press("Alt+P")
        self._choose(form.purpose, self._label(purpose))
        self._keys.press("Alt+I")
        self._choose(form.entry_basis, self._label(basis))
        self._keys.press("Alt+D")
        self._replace(destination)

    def _admit(self, who: Traveller) -> Kept[BorderCheck]:
        return self._decided(who, lambda: self._keys.press("F9"))

    def _refer(self, who: Traveller, reason: ReferralReason) -> Kept[BorderCheck]:
        return self._decided(who, lambda: self._word_referral(reason))

    def _word_referral(self, reason: ReferralReason) -> None:
        panel = self._first_line.refer_panel
        self._keys.press("F7")
        self._keys.until(lambda: panel.isVisible(), "the panel for a referral is open")
        self._keys.type(_DIGITS[reason])
        self._keys.press("F7")

    def _refuse(self, who: Traveller, ground: RefusalGround) -> Kept[BorderCheck]:
        return self._decided(who, lambda: self._word_refusal(ground))

    def _word_refusal(self, ground: RefusalGround) -> None:
        panel = self._first_line.refuse_panel
        if panel is None:
            raise Late("there are no grounds of refusal")
        self._keys.press("F8")
        self._keys.until(panel.isVisible, "the panel for a refusal is open")
        self._keys.type(ground.value)
        # A letter that begins a zone is held back for a moment: it may be a reader's.
        self._keys.until(
            lambda: panel.grounds.letters.chosen() == (ground,), f"ground {ground} is chosen"
        )
        self._keys.press("F8")

    def _decided(self, who: Traveller, act: Callable[[], None]) -> Kept[BorderCheck]:
        """Do what decides, and wait for the check that it records."""
        before = self._ask(lambda at: at.store.newest(BorderCheck, at.officer))

        def newest() -> Kept[BorderCheck] | None:
            kept = self._ask(lambda at: at.store.newest(BorderCheck, at.officer))
            return None if before and kept and kept.id == before.id else kept

        self._read_hits()
        act()
        kept = self._wait_for(newest, f"the check of {name_of_traveller(who)} is recorded")
        recorded = kept.record.person.primary_identifier
        _must("who was recorded", recorded, who.person.primary_identifier)
        screen = self._first_line
        self._keys.until(
            lambda: screen.form.draft().primary_identifier != recorded, "the screen is ready"
        )
        return kept

    def _read_hits(self) -> None:
        """Say of every hit on the screen that it was read; without one no key is pressed."""
        screen = self._first_line
        self._keys.until(lambda: screen.is_looked_at, "the findings are those of the traveller")
        for left in range(len(screen.findings.unread()) - 1, -1, -1):
            self._keys.press("F11")
            _must("hits not read yet", len(screen.findings.unread()), left)

    def _admit_child(self) -> Kept[BorderCheck]:
        """A birth certificate has no zone: everything is typed."""
        child, form = self._cast.child, self._first_line.form
        [certificate] = child.papers
        self._keys.press("F4")
        self._keys.until(lambda: focused() is form.document_class, "a document is begun by hand")
        self._choose(form.document_class, self._label(DocumentClass.BIRTH_CERT))
        self._keys.type(f"\n{certificate.issuing_state}\n{certificate.number}\n\n")
        self._type_person(child)
        return self._admit(child)

    def _refer_without_documents(self) -> Kept[BorderCheck]:
        who, form = self._cast.without_documents, self._first_line.form
        self._keys.press("Alt+Y")
        self._choose(form.no_document, self._label(NoDocumentReason.LOST))
        self._keys.type("\n")
        self._type_person(who)
        return self._refer(who, ReferralReason.NO_DOCUMENT)

    def _type_person(self, who: Traveller) -> None:
        """The fields of a person in turn, Enter after each."""
        form, person = self._first_line.form, who.person
        self._keys.until(lambda: focused() is form.primary_identifier, "the cursor is in the name")
        self._keys.type(f"{person.primary_identifier}\n{person.secondary_identifier}\n\n")
        self._keys.type(f"{person.birth_date.on_screen()}\n")
        self._choose(form.sex, self._label(person.sex))
        self._keys.type(f"\n{' '.join(person.nationality)}\n")

    def _crowd(self) -> Iterator[Traveller]:
        """People of Utopia who leave: nothing is asked of them, nothing is known."""
        form = self._first_line.form
        self._keys.press("Alt+R")
        self._choose(form.direction, self._label(Direction.EXIT))
        chance = Random(7)  # noqa: S311  a play, no secret
        while True:
            somebody = people.person(chance, "UTO", self._today)
            zone = people.card(chance, somebody, MrzFormat.TD1, self._today)
            yield Traveller(person=somebody, zones=(zone,))

    def _admit_quickly(self, who: Traveller) -> Kept[BorderCheck]:
        self._put_in(who)
        return self._admit(who)

    # at second line

    def _open_case(self, name: str) -> None:
        screen = self._screen(SecondLineScreen)
        self._keys.until(
            lambda: focused() is screen.queue and bool(screen.queue.table.records()),
            "the cursor is in the queue and somebody waits",
        )
        waiting = [name_of(each.check.record) for each in screen.queue.table.records()]
        if name not in waiting:
            raise Unlike("who waits", expected=name, found=waiting)
        self._go_to_row(waiting.index(name))
        self._keys.type("\n")
        self._keys.until(lambda: screen.case is not None, "the case is open")
        _must("the case", self._case.name, name)

    def _interview(self) -> Kept[Interview]:
        notes = self._case.notes
        self._keys.until(lambda: focused() is notes.language_choice, "the notes ask the language")
        self._choose(notes.language_choice, "Russian")
        while not isinstance(focused(), QuestionEdit):
            self._keys.press("Tab")
        for place, (question, answer) in enumerate(QUESTIONS):
            if place:
                self._keys.press("Ctrl+Return")
            self._keys.type(f"{question}\n{answer}")
        self._keys.press("Alt+A")
        self._keys.type(ACCOUNT)
        self._keys.press("Alt+S")
        self._choose(notes.signing_choice, self._label(Signing.SIGNED))
        self._keys.press("F10")
        return self._recorded(Interview, "the interview is closed and signed")

    def _add_words(self, interview: Kept[Interview]) -> None:
        case = self._case
        self._keys.until(lambda: case.closed.isVisible(), "the closed notes are shown")
        self._keys.press("Alt+A")
        self._keys.type(ADDENDUM)
        self._keys.press("F10")
        addendum = self._recorded(Amendment, "the addendum is recorded")
        _must("what was added to", addendum.record.target_id, interview.id)

    def _send_outcome(self, decision: OutcomeDecision) -> Kept[Outcome]:
        case = self._case
        self._keys.press("F9")
        self._keys.until(
            lambda: bool(case.panel and case.panel.isVisible()), "the outcome is asked for"
        )
        self._keys.type(str(list(OutcomeDecision).index(decision) + 1))
        self._keys.press("F9")
        return self._recorded(Outcome, "the outcome is sent")

    def _signers(self, kept: Kept[Interview]) -> list[str]:
        [entry] = self._ask(
            lambda at: at.store.entries(kept.position - 1, limit=1, max_bytes=1 << 20)
        )
        return [each.officer for each in entry.signatures]

    # in the log

    def _amend(self, who: Traveller) -> Kept[Amendment]:
        """Find a check by name, narrow the log, open it with a reason, correct one field."""
        self._keys.press("Ctrl+2")
        screen = self._screen(LogScreen)
        self._keys.until(lambda: focused() is screen.search, "the cursor is in the search")
        self._keys.type(who.person.primary_identifier.title())
        self._keys.press("Alt+E")
        self._choose(screen.decision, self._label(Decision.ADMITTED))
        rows = screen.list.table.records
        name = who.person.primary_identifier
        self._keys.until(
            lambda: bool(rows()) and all(name in row.name for row in rows()), "the log is narrowed"
        )
        self._keys.press("Alt+S")
        self._keys.type("\n\n")
        self._keys.until(lambda: focused() is screen.reasons.reason, "the reason is asked for")
        self._choose(screen.reasons.reason, self._label(ConsultReason.CORRECTION))
        self._keys.type("\n\n")
        self._keys.until(lambda: screen.record.amend.isEnabled(), "the record is open")
        self._keys.until(lambda: screen.record.isVisible(), "the record is shown")
        self._keys.press("F4")
        panel = screen.record.panel
        self._keys.until(lambda: focused() is panel.field, "the field to correct is asked for")
        self._choose(panel.field, self._program.words.field("destination"))
        self._keys.type("\n")
        self._replace(AMENDED)
        self._keys.type("\n")
        self._choose(panel.reason, self._label(AmendReason.TYPING_ERROR))
        self._keys.press("F9")
        amendment = self._recorded(Amendment, "the correction is recorded")
        view = self._ask(lambda at: at.log.view(amendment.record.target_id))
        _must("destination as amended", view.current.destination, AMENDED)
        _must("destination as first recorded", view.kept.record.destination, self._destination)
        return amendment

    def _review(self, key: str, verdict: Verdict, note: str) -> Kept[Review]:
        """Open the record chosen, unless it is open already, and give a verdict on it."""
        screen = self._screen(ReviewScreen)
        if not screen.countersign.isEnabled():
            self._keys.type("\n")
        self._keys.until(lambda: screen.countersign.isEnabled(), "a record is open for review")
        if note:
            self._keys.press("Alt+N")
            self._keys.type(note)
        self._keys.press(key)
        review = self._recorded(Review, f"the record is {verdict}")
        _must("verdict", (review.record.verdict, review.record.note), (verdict, note))
        target = review.record.target_id
        entries = self._ask(lambda at: at.log.view(target).entries())
        seen = [(each.id, each.leaf) for each in review.record.seen]
        _must("what was seen", seen, [(each.id, each.leaf) for each in entries])
        return review

    # keys

    def _choose(self, choice: QComboBox, label: str) -> None:
        """Type the beginning of a label, and walk the list where others begin alike.

        Of an officer the label is the service number; what follows " ·" is his role.
        """
        if focused() is not choice:
            raise Unlike("where the cursor is", expected=choice.accessibleName(), found=focused())
        self._keys.type(re.split(r"\W", label)[0])
        if choice.currentText().partition(" ·")[0] == label:
            return
        self._keys.press("Home")
        for _ in range(choice.count()):
            if choice.currentText().partition(" ·")[0] == label:
                return
            self._keys.press("Down")
        raise Unlike("choice", expected=label, found=choice.currentText())

    def _go_to_row(self, place: int) -> None:
        """Walk down a list from its top."""
        self._keys.press("Ctrl+Home")
        self._keys.press("Down", times=place)

    def _replace(self, text: str) -> None:
        """Type over what stands in the field."""
        self._keys.press("Ctrl+A")
        self._keys.press("Del")
        self._keys.type(text)

    # proofs

    def _ask(self, question: Callable[[SignedIn], T]) -> T:
        """What the session's desks or store say, on the store's own thread."""
        session = self._window.session
        if session is None:
            raise Late("nobody is signed in")
        return self._program.work.submit(lambda: question(session)).result(timeout=30)

    def _let_store_finish(self) -> None:
        """Wait until the store's thread has done what was asked so far, and the window knows."""
        done: list[None] = []
        self._program.work.run(lambda: None, done.append)
        self._keys.until(lambda: bool(done), "the store has done what was asked")

    def _about(self, target: str, kind: type[R]) -> list[Kept[R]]:
        return self._ask(lambda at: at.store.about(target, kind))

    def _recorded(self, kind: type[R], what: str) -> Kept[R]:
        """The newest record of a kind by whoever is signed in, once it is another than before."""
        known = self._known.get(kind.__name__, "")

        def newest() -> Kept[R] | None:
            kept = self._ask(lambda at: at.store.newest(kind, at.officer))
            return (
                kept if kept and kept.id not in known and kept.recorded_at >= self._began else None
            )

        kept = self._wait_for(newest, what)
        self._known[kind.__name__] = f"{known} {kept.id}"
        return kept

    def _wait_for(self, found: Callable[[], T | None], what: str) -> T:
        got: list[T] = []

        def look() -> bool:
            value = found()
            if value is not None:
                got.append(value)
            return bool(got)

        self._keys.until(look, what)
        return got[0]

    def _wait_for_server(self) -> int:
        """Wait until the server has said that it holds our journal, head by head."""
        self._keys.until(
            lambda: self._ask(lambda at: at.store.mark(RECEIVED) == at.store.tip().position),
            "the server holds the whole journal",
            seconds=60,
        )
        return self._ask(lambda at: at.store.tip().position)

    def _must_be_served(self, records: Sequence[Kept[Record]]) -> None:
        """The server holds these records under their ids, with the same leaves."""
        self._wait_for_server()
        held = {each["id"]: each["leaf"] for each in self._entries()}
        _must(
            "records at the server",
            {each.id: held.get(each.id) for each in records},
            {each.id: each.leaf for each in records},
        )

    def _leaves_here(self) -> list[tuple[int, str]]:
        entries = self._ask(lambda at: at.store.entries(0, limit=1 << 20, max_bytes=1 << 30))
        return [(each.position, each.leaf.hex()) for each in entries]

    def _leaves_there(self) -> list[tuple[int, str]]:
        entries = self._entries()
        return sorted((int(each["position"]), str(each["leaf"])) for each in entries)

    def _typed(self) -> set[str]:
        lines = {line.strip() for typed in self._keys.typed for line in typed.splitlines()}
        return {line for line in lines if len(line) >= SHORTEST_SOUGHT}

    # the window

    @property
    def _window(self) -> Window:
        if self._program.window is None:
            raise Late("there is no window")
        return self._program.window

    @property
    def _first_line(self) -> FirstLineScreen:
        return self._screen(FirstLineScreen)

    @property
    def _case(self) -> CaseScreen:
        case = self._screen(SecondLineScreen).case
        if case is None:
            raise Late("no case is open")
        return case

    def _screen(self, kind: type[S]) -> S:
        screen = self._window.screen_of(kind)
        if not isinstance(screen, kind):
            raise Late(f"whoever is signed in has no {kind.__name__}")
        return screen

    def _label(self, code: StrEnum) -> str:
        return self._program.words.label(code)


def _must(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise Unlike(what, expected=expected, found=found)


def name_of_traveller(who: Traveller) -> str:
    return f"{who.person.primary_identifier} {who.person.secondary_identifier}"


_EMPTY = CheckDraft()

_DIGITS: dict[ReferralReason, str] = dict(zip(REASONS, DIGITS, strict=True))
