"""What the program found about the traveller, in sentences. It never takes the cursor."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_client.desk.findings import Finding, Findings, PossibleHit, Weight
from checkpoint_client.desk.log import LogRow
from checkpoint_client.desk.stay import StayFound, WindowKind
from checkpoint_client.desk.verdicts import EarlierVerdict
from checkpoint_client.records import CheckDraft, Confirmation, Evidence, Hit, ListConsulted
from checkpoint_client.records.codes import Direction, HitVerdict, ListState, Sex
from checkpoint_client.records.dates import PartialDate
from ui.rows import Rows
from ui.scroll import Scroll
from ui.theme import NEAR, Banner, Card, Chip, Icon, KeyButton, Quiet, Text, Tone, mark
from ui.words import Words, on_day

TONES = {Weight.NOTE: Tone.NEUTRAL, Weight.ATTENTION: Tone.ATTENTION, Weight.ALARM: Tone.ALARM}

LIST_TONES = {
    ListState.FRESH: Tone.OK,
    ListState.OLD: Tone.ATTENTION,
    ListState.NOT_CURRENT: Tone.ALARM,
    ListState.MISSING: Tone.ALARM,
}


class FindingWords(QObject):
    """Sentences for what was found: remarks, alerts, and the reasons for each match."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def remark(self, finding: Finding) -> str:
        if finding.code == "check-digit":
            return self._check_digit(finding.values["digit"])
        if finding.code == "national-number":
            return self._national_number(finding.values["problem"])
        return self._remarks().get(finding.code, finding.code).format_map(finding.values)

    def reason(self, evidence: Evidence) -> str:
        """One reason for a match, such as 'surname YUSSUPOV is a spelling of ЮСУПОВ'."""
        values = dict(evidence.values)
        values["part"] = self._part(values.get("part", ""))
        for side in ("traveller", "alert"):
            if evidence.code.startswith("birth"):
                values[side] = _on_screen(values.get(side, ""))
        if evidence.code == "sex-differs":
            for side in ("traveller", "alert"):
                values[side] = self._sex(values[side])
        if evidence.code == "sex-same":
            values["sex"] = self._sex(values["sex"])
        if evidence.code == "namesakes":
            return self.tr("%n other alert(s) carry this name", "", int(values["count"]))
        return self._sentences().get(evidence.code, evidence.code).format_map(values)

    def category(self, code: str) -> str:
        return self._categories().get(code, code)

    def action(self, code: str) -> str:
        return self._actions().get(code, code)

    def caution(self, code: str) -> str:
        return self._cautions().get(code, code)

    def level(self, code: str) -> str:
        return self.tr("Strong match") if code == "strong" else self.tr("Possible match")

    def born(self, dates: Iterable[PartialDate]) -> str:
        return " / ".join(each.on_screen() for each in dates if each.is_known)

    def earlier_verdict(self, verdict: EarlierVerdict) -> str:
        """What an officer said before of the same person and the same alert, and why."""
        said = {
            HitVerdict.SAME: self.tr("Officer {0} said on {1}: the same"),
            HitVerdict.NOT_SAME: self.tr("Officer {0} said on {1}: not the same"),
            HitVerdict.CANNOT_SAY: self.tr("Officer {0} said on {1}: cannot say"),
        }[verdict.verdict].format(verdict.officer, on_day(verdict.at.date()))
        reasons = ", ".join(self._words.label(each) for each in verdict.reasons)
        return f"{said} ({reasons})" if reasons else said

    def confirmation(self, confirmation: Confirmation | None) -> str:
        """What headquarters has said of a document that may be listed, if it has."""
        if confirmation is None:
            return self.tr("Headquarters has not confirmed this yet.")
        said = (
            self.tr("Headquarters confirms: stolen or lost (list version {0}).")
            if confirmation.listed
            else self.tr("Headquarters says: not stolen or lost (list version {0}).")
        )
        return said.format(confirmation.list_version)

    def list_age(self, consulted: ListConsulted) -> str:
        if consulted.state is ListState.MISSING:
            return self.tr("No watch-list on this workstation")
        return self.tr("{0} {1}: {2}").format(
            self._list(consulted.list_id), consulted.version, self._words.age(consulted.age_hours)
        )

    def stay(self, found: StayFound, *, leaving: bool) -> Iterator[tuple[str, Tone]]:
        """What a count of the stay comes to, the heaviest first."""
        stay, window = found.stay, found.stay.rule.window
        if stay.over:
            yield self.tr("%n day(s) beyond what is granted", "", stay.over), Tone.ATTENTION
        elif stay.until and not leaving:
            until = self.tr("May stay until {0}, this day included").format(on_day(stay.until))
            yield until, Tone.OK
        used = self.tr("%n day(s) used with today", "", stay.used)
        granted = [
            self.tr("{0} days in any {1} are granted").format(window.days, window.length)
            if window and window.kind is WindowKind.ROLLING
            else "",
            self.tr("{0} days in {1} from the first entry are granted").format(
                window.days, window.length
            )
            if window and window.kind is WindowKind.FROM_FIRST_ENTRY
            else "",
            self.tr("{0} days a stay").format(stay.rule.days_a_stay)
            if stay.rule.days_a_stay
            else "",
        ]
        yield "; ".join([used, *filter(None, granted)]), Tone.NEUTRAL
        if stay.gaps:
            missing = self.tr("%n entry or exit is not known: look at the stamps", "", stay.gaps)
            yield missing, Tone.ATTENTION

    def stay_basis(self, found: StayFound) -> Iterator[str]:
        """From what a stay was counted, and how far that can be trusted."""
        here = self.tr("%n crossing(s) in this post's records", "", found.here)
        elsewhere = self.tr("%n of other posts", "", found.elsewhere)
        if found.told_at:
            told = self.tr("as the centre knew on {0}").format(f"{found.told_at:%d.%m.%Y %H:%M}")
            yield self.tr("Counted from: {0}").format(f"{here}, {elsewhere} {told}")
        else:
            yield self.tr("Counted from: {0}").format(here)
            yield self.tr("Nothing is known of other posts yet.")
        if not found.signed_by:
            yield self.tr("A working value, not signed by headquarters. Source: {0}").format(
                found.stay.rule.source
            )

    def _list(self, list_id: str) -> str:
        return {
            "watchlist": self.tr("Watch-list"),
            "documents": self.tr("Lost documents"),
        }.get(list_id, list_id)

    def _remarks(self) -> dict[str, str]:
        return {
            "expired": self.tr("Expired on {date}."),
            "expires-soon": self.tr("Expires soon, on {date}."),
            "specimen": self.tr("A specimen ({state}): no State issues it. Ask for another."),
            "unknown-state": self.tr("{state} is no State code we know. Compare the document."),
            "minor": self.tr("A minor. Look at who comes along and the consent to travel."),
            "by-hand": self.tr("Entered by hand: no check digits vouch for it."),
            "no-document": self.tr("No document was shown."),
            "names-cut": self.tr("The name is cut in the machine-readable zone."),
        }

    def _check_digit(self, digit: str) -> str:
        return {
            "number": self.tr("The check digit of the document number does not fit."),
            "birth_date": self.tr("The check digit of the date of birth does not fit."),
            "expiry_date": self.tr("The check digit of the expiry date does not fit."),
            "optional": self.tr("The check digit of the optional data does not fit."),
            "composite": self.tr("The composite check digit does not fit."),
        }[digit]

    def _national_number(self, problem: str) -> str:
        sentences = {
            "check-digit": self.tr("The check digit of the personal number does not fit."),
            "birth-date": self.tr("The personal number tells another date of birth."),
            "sex": self.tr("The personal number tells another sex."),
            "length": self.tr("The personal number has the wrong length."),
        }
        return sentences.get(problem, self.tr("The personal number does not fit. Compare it."))

    def _part(self, part: str) -> str:
        return {
            "surname": self.tr("surname"),
            "given": self.tr("given name"),
            "father": self.tr("father's name"),
            "name": self.tr("name"),
        }.get(part, part)

    def _sex(self, code: str) -> str:
        return self._words.label(_SEXES[code]) if code in _SEXES else code

    def _sentences(self) -> dict[str, str]:
        return {
            "name-same": self.tr("{part} {traveller} is the same as {alert}"),
            "name-spelling": self.tr("{part} {traveller} is a spelling of {alert}"),
            "name-similar": self.tr("{part} {traveller} is similar to {alert}"),
            "name-begins": self.tr("{part} {traveller} may be the beginning of {alert}"),
            "name-joined": self.tr("{part} {traveller} is {alert} written together or apart"),
            "name-differs": self.tr("{part} {traveller} differs from {alert}"),
            "name-only-here": self.tr("the alert does not know the {part} {traveller}"),
            "name-only-there": self.tr("the alert has {alert} besides"),
            "name-order": self.tr("the names stand in another order"),
            "alias": self.tr("{alert} is a further name of {name}"),
            "birth-same": self.tr("born {traveller}, as in the alert"),
            "birth-agrees": self.tr("born {traveller}; the alert says {alert}, which agrees"),
            "birth-swapped": self.tr("born {traveller}, alert says {alert}: day and month swapped"),
            "birth-first-january": self.tr(
                "born {traveller}, alert says {alert}: the same year, one of them 1 January"
            ),
            "birth-one-digit": self.tr("born {traveller}, alert says {alert}: one digit differs"),
            "birth-same-month": self.tr("born {traveller}, alert says {alert}: another day"),
            "birth-same-year": self.tr("born {traveller}, alert says {alert}: the same year"),
            "birth-year-beside": self.tr("born {traveller}, alert says {alert}: one year apart"),
            "birth-differs": self.tr("born {traveller}, alert says {alert}: not the same"),
            "birth-unknown": self.tr("one of the dates of birth is not known"),
            "nationality-same": self.tr("the same nationality, {state}"),
            "nationality-differs": self.tr("nationality {traveller}, alert says {alert}"),
            "sex-same": self.tr("the same sex, {sex}"),
            "sex-differs": self.tr("sex {traveller}, alert says {alert}"),
            "document-same": self.tr("document {number} of {state} is in the alert"),
            "document-may-be-listed": self.tr(
                "document {number} of {state} may be listed as stolen or lost: have it confirmed"
            ),
            "national-number-same": self.tr("personal number {number} is in the alert"),
            "plate-same": self.tr("registration plate {number} is in the alert"),
            "vin-same": self.tr("vehicle number {number} is in the alert"),
        }

    def _categories(self) -> dict[str, str]:
        return {
            "ARREST": self.tr("Wanted for arrest"),
            "EXTRADITION": self.tr("Wanted for extradition"),
            "REFUSE_ENTRY": self.tr("Entry to be refused"),
            "BAN_EXIT": self.tr("May not leave"),
            "MISSING_ADULT": self.tr("Missing adult"),
            "MISSING_CHILD": self.tr("Missing child"),
            "CHILD_AT_RISK": self.tr("Child at risk"),
            "VULNERABLE": self.tr("Vulnerable person"),
            "JUDICIAL_SOUGHT": self.tr("Sought by a court"),
            "DISCREET_CHECK": self.tr("Discreet check"),
            "INQUIRY_CHECK": self.tr("Inquiry check"),
            "SPECIFIC_CHECK": self.tr("Specific check"),
            "OBJECT_SEIZE": self.tr("Object to be seized"),
            "DOCUMENT_INVALID": self.tr("Invalid document"),
            "STOLEN_VEHICLE": self.tr("Stolen vehicle"),
            "RETURN_DECISION": self.tr("Return decision"),
            "HEALTH": self.tr("Health"),
            "CUSTOMS_INTEREST": self.tr("Of interest to customs"),
            "DEBTOR_EXIT_BAN": self.tr("May not leave: debts"),
            "SANCTIONS": self.tr("Under sanctions"),
        }

    def _actions(self) -> dict[str, str]:
        return {
            "DETAIN": self.tr("Detain"),
            "REFUSE": self.tr("Refuse entry"),
            "DO_NOT_ALERT_COLLECT": self.tr("Collect information; the person must not notice"),
            "INTERVIEW_COLLECT": self.tr("Interview and collect information"),
            "SEARCH_PERSON_VEHICLE": self.tr("Search person and vehicle"),
            "SEIZE_OBJECT": self.tr("Seize the object"),
            "SEIZE_DOCUMENT": self.tr("Seize the document"),
            "PLACE_UNDER_PROTECTION": self.tr("Place under protection"),
            "COMMUNICATE_WHEREABOUTS": self.tr("Report the whereabouts"),
            "NOTIFY_ONLY": self.tr("Notify the owner of the alert"),
            "CONTACT_OWNER_FIRST": self.tr("Contact the owner of the alert first"),
        }

    def _cautions(self) -> dict[str, str]:
        return {
            "ARMED": self.tr("Armed"),
            "VIOLENT": self.tr("Violent"),
            "ESCAPE_RISK": self.tr("May flee"),
            "SUICIDE_RISK": self.tr("Suicide risk"),
            "CONTAGIOUS": self.tr("Contagious"),
            "DRUGS": self.tr("Drugs"),
            "MINOR": self.tr("Minor"),
        }


class FindingsPanel(QWidget):
    """Hits first, then the document, earlier crossings, and the age of the lists.

    It never takes the cursor: one key says that a hit was read and goes to the next. `read` gives
    the hits that were.
    """

    read = Signal(object)

    def __init__(self, words: Words, sentences: FindingWords) -> None:
        super().__init__()
        self._words = words
        self._sentences = sentences
        self._place = 0
        self._read: set[tuple[str, str, str]] = set()
        self.shown: tuple[Findings, CheckDraft] | None = None
        self.hits: list[HitCard] = []
        self.summary = Banner(self.tr("Waiting for a document"), Tone.NEUTRAL, icon="passport")
        self.explanation = Quiet(
            self.tr(
                "What is known about the traveller appears here as soon as a document is read"
                " or a name is typed."
            )
        )
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, NEAR, 0)
        self._column.setSpacing(NEAR)
        self._column.addStretch(1)
        self.column = Scroll(self._content)
        self.acknowledge = KeyButton(self.tr("I have read it"), "F11", Tone.ALARM, icon="check")
        self.acknowledge.hide()
        for keys, step, purpose in (
            ("Shift+F11", self.previous_hit, self.tr("The hit before")),
            ("Ctrl+PgDown", self.turn_down, self.tr("Findings: further down")),
            ("Ctrl+PgUp", self.turn_up, self.tr("Findings: further up")),
        ):
            QShortcut(keys, self, step).setWhatsThis(purpose)
        self.setAccessibleName(self.tr("Findings"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(self.summary)
        column.addWidget(self.explanation)
        column.addWidget(self.column, 1)
        column.addWidget(self.acknowledge)

        self.acknowledge.clicked.connect(self.next_hit)

    def show_waiting(self) -> None:
        """Nobody stands at the counter."""
        self.shown = None
        self._place = 0
        self._read.clear()
        self.explanation.show()
        self.summary.show_state(self.tr("Waiting for a document"), Tone.NEUTRAL, icon="passport")
        self._clear()
        self._show_place()

    def show_findings(self, findings: Findings, draft: CheckDraft) -> None:
        """Show what was found about a draft; what is shown already is left alone."""
        if self.shown == (findings, draft):
            return
        known = [key_of(card.hit) for card in self.hits]
        current = known[self._place] if self._place < len(known) else None
        self.shown = (findings, draft)
        self.explanation.hide()
        self._clear()
        self._summarise(findings)
        age = self._sentences.list_age(findings.lists[0]) if findings.lists else ""
        for place, hit in enumerate(findings.hits, start=1):
            card = HitCard(hit, self._words, self._sentences, age)
            card.show_place(place, len(findings.hits))
            self.hits.append(card)
            self._add(card)
        self._add_remarks(findings, draft)
        if findings.stay:
            self._add_stay(findings.stay, draft)
        self._add_earlier(findings, draft)
        self._add_lists(findings)
        keys = [key_of(card.hit) for card in self.hits]
        self._place = keys.index(current) if current in keys else 0
        self._show_place()

    def unread(self) -> list[PossibleHit]:
        """Hits that the officer has not yet said to have read."""
        return [card.hit for card in self.hits if not self._is_read(card)]

    @Slot()
    def next_hit(self) -> None:
        """The hit in view was read: go to the next unread one, or the next of all."""
        if not self.hits:
            return
        card = self.hits[self._place]
        if not self._is_read(card):
            self._read.add(key_of(card.hit))
            self.read.emit((card.hit,))
        others = [*range(self._place + 1, len(self.hits)), *range(self._place)]
        unread = [place for place in others if not self._is_read(self.hits[place])]
        self._place = next(iter([*unread, *others]), self._place)
        self._show_place()

    @Slot()
    def previous_hit(self) -> None:
        if self.hits:
            self._place = (self._place - 1) % len(self.hits)
            self._show_place()

    @Slot()
    def turn_down(self) -> None:
        """A page further, without the cursor."""
        bar = self.column.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())

    @Slot()
    def turn_up(self) -> None:
        bar = self.column.verticalScrollBar()
        bar.setValue(bar.value() - bar.pageStep())

    def _is_read(self, card: "HitCard") -> bool:
        return card.hit.acknowledged or key_of(card.hit) in self._read

    def _show_place(self) -> None:
        """Mark the hit in view, and say on the key what it does next."""
        for place, card in enumerate(self.hits):
            is_current = place == self._place and len(self.hits) > 1
            card.show_state(read=self._is_read(card), current=is_current)
        unread = len(self.unread())
        self.acknowledge.setVisible(len(self.hits) > 1 or unread > 0)
        if not self.hits:
            return
        words = self.tr("I have read it") if unread else self.tr("Next hit")
        self.acknowledge.setText(words)
        self.acknowledge.setAccessibleName(words)
        strong = unread > 0 and self.hits[self._place].hit.level == "strong"
        self.acknowledge.show_tone(
            Tone.ALARM if strong else Tone.ATTENTION if unread else Tone.NEUTRAL
        )
        QTimer.singleShot(0, self._scroll_to_hit)  # only then are the cards in their places

    @Slot()
    def _scroll_to_hit(self) -> None:
        if self._place < len(self.hits):
            top = self.hits[self._place].y()
            self.column.verticalScrollBar().setValue(top)

    def _summarise(self, findings: Findings) -> None:
        strong = [hit for hit in findings.hits if hit.level == "strong"]
        if strong:
            self.summary.show_state(
                self.tr("%n strong match(es) on the watch-list", "", len(strong)), Tone.ALARM
            )
            return
        if findings.hits:
            self.summary.show_state(
                self.tr("%n possible match(es): compare", "", len(findings.hits)), Tone.ATTENTION
            )
            return
        self.summary.show_state(*self._plain_summary(findings.weight))

    def _plain_summary(self, weight: Weight) -> tuple[str, Tone]:
        return {
            Weight.NOTE: (self.tr("Nothing found"), Tone.OK),
            Weight.ATTENTION: (self.tr("Look at the remarks"), Tone.ATTENTION),
            Weight.ALARM: (self.tr("Something is wrong: read the remarks"), Tone.ALARM),
        }[weight]

    def _add_remarks(self, findings: Findings, draft: CheckDraft) -> None:
        card = Card(self.tr("Document and person"))
        for remark in sorted(findings.remarks, key=_heaviest_first):
            text = self._sentences.remark(remark)
            several = len(draft.documents_shown()) > 1
            if several and remark.place is not None:
                document = draft.documents_shown()[remark.place]
                text = f"{self._words.label(document.document_class)}: {text}"
            card.body.addWidget(line(text, TONES[remark.weight]))
        if not findings.remarks:
            card.body.addWidget(line(self.tr("Valid, nothing to remark."), Tone.OK))
        self._add(card)

    def _add_stay(self, found: StayFound, draft: CheckDraft) -> None:
        card = Card(self.tr("Stay without a visa"))
        is_leaving = draft.direction in (Direction.EXIT, Direction.TRANSIT_EXIT)
        for text, tone in self._sentences.stay(found, leaving=is_leaving):
            card.body.addWidget(line(text, tone))
        for text in self._sentences.stay_basis(found):
            card.body.addWidget(Quiet(text))
        self._add(card)

    def _add_earlier(self, findings: Findings, draft: CheckDraft) -> None:
        card = Card(self.tr("Earlier crossings known here"))
        for crossing in findings.earlier:
            card.body.addWidget(line(self._crossing(crossing, draft), Tone.NEUTRAL, icon="clock"))
        if not findings.earlier:
            card.body.addWidget(Quiet(self.tr("None.")))
        self._add(card)

    def _add_lists(self, findings: Findings) -> None:
        for consulted in findings.lists:
            words = self._sentences.list_age(consulted)
            self._add(Banner(words, LIST_TONES[consulted.state], icon="clock"))

    def _crossing(self, crossing: LogRow, draft: CheckDraft) -> str:
        numbers = {each.number.strip().upper() for each in draft.documents_shown()} - {""}
        is_same_document = any(number in crossing.document for number in numbers)
        same = self.tr("same document") if is_same_document else self.tr("same person")
        parts = [
            f"{crossing.happened_at:%d.%m.%Y %H:%M}",
            self._words.label(crossing.direction),
            self._words.label(crossing.outcome or crossing.decision),
            same,
        ]
        if crossing.withdrawn:
            parts.append(self.tr("taken back"))
        return " · ".join(parts)

    def _add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)

    def _clear(self) -> None:
        self.hits = []
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class HitCard(Card):
    """An alert that may concern the traveller: cautions first, then what to do, then why."""

    def __init__(
        self, hit: PossibleHit, words: Words, sentences: FindingWords, list_age: str
    ) -> None:
        super().__init__()
        self.hit = hit
        self._words = words
        self._sentences = sentences
        tone = Tone.ALARM if hit.level == "strong" else Tone.ATTENTION
        mark(self, tone=tone.value)
        self.place = Chip("", Tone.NEUTRAL, icon="queue")
        self.place.hide()
        self.state = Chip(self.tr("Not read yet"), tone, icon="question")
        chips = [Chip(sentences.caution(each), Tone.ALARM) for each in hit.cautions]
        level = Chip(sentences.level(hit.level), tone, icon="hit")
        self.body.addLayout(flow(*chips, level, self.place, self.state))
        if hit.name:
            self.body.addWidget(Text(hit.name, role="title"))
        self.body.addWidget(line(sentences.action(hit.action), tone, icon="stop"))
        about = [
            sentences.category(hit.category),
            self.tr("born {0}").format(sentences.born(hit.birth_dates)) if hit.birth_dates else "",
            ", ".join(hit.nationalities),
        ]
        self.body.addWidget(Text(" · ".join(part for part in about if part)))
        for each in hit.evidence:
            self.body.addWidget(line(sentences.reason(each), Tone.NEUTRAL, icon="info"))
        if hit.match_kind == "DOC_FILTER":
            self.body.addWidget(confirmation_line(hit.confirmation, sentences))
        for verdict in hit.earlier_verdicts:
            said = sentences.earlier_verdict(verdict)
            self.body.addWidget(line(said, Tone.ACCENT, icon="note"))
        listed = " · ".join(part for part in (hit.list_id, hit.alert_id, list_age) if part)
        told = [hit.reason, " ".join(part for part in (hit.owner, hit.contact) if part), listed]
        for text in told:
            if text:
                self.body.addWidget(Quiet(text))

    def show_place(self, place: int, of: int) -> None:
        """Which of several hits it is."""
        self.place.show_state(self.tr("{0} of {1}").format(place, of), Tone.NEUTRAL, icon="queue")
        self.place.setVisible(of > 1)

    def show_state(self, *, read: bool, current: bool) -> None:
        """Whether the officer has read it, and whether it is the one in view."""
        tone = Tone.ALARM if self.hit.level == "strong" else Tone.ATTENTION
        if read:
            self.state.show_state(self.tr("Read"), Tone.OK, icon="check")
        else:
            self.state.show_state(self.tr("Not read yet"), tone, icon="question")
        mark(self, current="true" if current else "")
        self.setAccessibleName(
            ", ".join(
                part
                for part in (
                    self._sentences.level(self.hit.level),
                    self.hit.name,
                    self._sentences.action(self.hit.action),
                    self.state.accessibleName(),
                )
                if part
            )
        )


class RecordedHit(Card):
    """A hit as it was recorded at the check, for second line and the record."""

    def __init__(
        self, hit: Hit, sentences: FindingWords, confirmation: Confirmation | None = None
    ) -> None:
        super().__init__()
        tone = Tone.ALARM if hit.level == "strong" else Tone.ATTENTION
        mark(self, tone=tone.value)
        self.body.addLayout(flow(Chip(sentences.level(hit.level), tone, icon="hit")))
        if hit.name:
            self.body.addWidget(Text(hit.name, role="title"))
        self.body.addWidget(line(sentences.action(hit.action), tone, icon="stop"))
        self.body.addWidget(Text(sentences.category(hit.category)))
        for each in hit.evidence:
            self.body.addWidget(line(sentences.reason(each), Tone.NEUTRAL, icon="info"))
        if hit.match_kind == "DOC_FILTER":
            self.body.addWidget(confirmation_line(confirmation, sentences))


def confirmation_line(confirmation: Confirmation | None, sentences: FindingWords) -> QWidget:
    """Whether headquarters says that a document is stolen or lost, under a hit that it may be."""
    is_listed = confirmation is not None and confirmation.listed
    tone = Tone.ALARM if is_listed else Tone.NEUTRAL
    return line(sentences.confirmation(confirmation), tone)


def line(text: str, tone: Tone, *, icon: str = "") -> QWidget:
    """A sentence with the icon of what it means."""
    words = Text(text)
    words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    names = {Tone.NEUTRAL: "info", Tone.OK: "check", Tone.ATTENTION: "warning", Tone.ALARM: "stop"}
    picture = Icon(icon or names.get(tone, "info"), tone)
    widget = QWidget()
    laid = QHBoxLayout(widget)
    laid.setContentsMargins(0, 0, 0, 0)
    laid.setSpacing(NEAR)
    laid.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    laid.addWidget(words, 1)
    return widget


def flow(*parts: QWidget) -> Rows:
    """Parts beside each other, on as many lines as they need."""
    laid = Rows()
    for part in parts:
        laid.add(part)
    return laid


def _on_screen(stored: str) -> str:
    """A birth date of a reason as screens write it; whatever else it says, as it is."""
    try:
        return PartialDate.parse(stored).on_screen()
    except ValueError:
        return stored


_SEXES = {each.value: each for each in Sex}


def key_of(hit: PossibleHit) -> tuple[str, str, str]:
    """What an officer has read: the alert, at the level at which it stood there."""
    return hit.list_id, hit.alert_id, hit.level


def _heaviest_first(finding: Finding) -> int:
    return -list(Weight).index(finding.weight)
