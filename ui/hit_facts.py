"""What is known of a hit: both persons side by side, the reasons, and all that was done so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from checkpoint_client.desk.hits import Compared, HitCase, HitLine, Likeness
from checkpoint_client.records.codes import (
    Collecting,
    HitOrigin,
    HitState,
    HitVerdict,
    Opinion,
    Sex,
    Verdict,
)
from ui.attachments import AttachmentsOf
from ui.findings import FindingWords, confirmation_line, flow, line
from ui.scroll import Scroll
from ui.theme import GAP, NEAR, Banner, Card, Chip, Quiet, Text, Tone, mark
from ui.words import Words, at_moment, at_time

SIGNS = {
    Likeness.SAME: "=",
    Likeness.SIMILAR: "≈",
    Likeness.DIFFERENT: "≠",
    Likeness.ONE_SIDED: "·",
}
LIKENESS_TONES = {
    Likeness.SAME: Tone.OK,
    Likeness.SIMILAR: Tone.ATTENTION,
    Likeness.DIFFERENT: Tone.ALARM,
    Likeness.ONE_SIDED: Tone.NEUTRAL,
}
STATE_TONES = {
    HitState.NEW: Tone.ACCENT,
    HitState.OPENED: Tone.ATTENTION,
    HitState.PROPOSED: Tone.ATTENTION,
    HitState.CONFIRMED: Tone.ALARM,
    HitState.NOT_SAME: Tone.NEUTRAL,
    HitState.INCONCLUSIVE: Tone.NEUTRAL,
    HitState.ACTION_TAKEN: Tone.ATTENTION,
    HitState.REPORTED: Tone.OK,
    HitState.CLOSED: Tone.OK,
}
PHOTO_HEIGHT = 160
LINES_IN_VIEW = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of what was done."""

    at: datetime
    officer: str
    text: str
    icon: str
    tone: Tone = Tone.NEUTRAL


class HitWords(QObject):
    """Sentences about a hit: its time limit, and each thing that was done."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def limit(self, due: datetime | None, now: datetime) -> str:
        """Until when the owner must be told, and how long that is; "" where nothing is due."""
        if due is None:
            return ""
        if now > due:
            return self.tr("Overdue: the owner was to be told by {0}, {1} ago").format(
                self._moment(due, now), self.duration(now - due)
            )
        return self.tr("Tell the owner by {0}, {1} left").format(
            self._moment(due, now), self.duration(due - now)
        )

    def short_limit(self, hit: HitLine, now: datetime) -> str:
        """The same for a list."""
        if hit.report_due is None:
            return ""
        if hit.overdue:
            return self.tr("{0} overdue").format(self._roughly(now - hit.report_due))
        return self.tr("{0} left").format(self._roughly(hit.report_due - now))

    def duration(self, span: timedelta) -> str:
        minutes = max(0, int(span.total_seconds() // 60))
        if minutes < 60:
            return self.tr("%n min", "", minutes)
        if minutes < 48 * 60:
            return self.tr("{0} h {1} min").format(minutes // 60, minutes % 60)
        return self.tr("%n day(s)", "", minutes // (24 * 60))

    def _roughly(self, span: timedelta) -> str:
        hours = int(span.total_seconds() // 3600)
        return self.tr("%n h", "", hours) if 1 <= hours < 48 else self.duration(span)

    def state(self, hit: HitLine) -> str:
        """How far it has come, and what is special about it."""
        parts = [self._words.label(hit.state)]
        if hit.origin is HitOrigin.LATE:
            parts.append(self.tr("found later"))
        if hit.alone:
            parts.append(self.tr("alone"))
        if hit.withdrawn_by_owner:
            parts.append(self.tr("withdrawn"))
        return ", ".join(parts)

    def events(self, case: HitCase) -> list[Event]:
        """All that was done, in the order of time, after that it was found."""
        done = (
            *self._seen(case),
            *self._judged(case),
            *self._done(case),
            *self._collected(case),
            *self._ended(case),
        )
        origin = self._words.label(case.hit.record.origin)
        found = Event(at=case.hit.happened_at, officer="", text=origin, icon="hit")
        return [found, *sorted(done, key=lambda event: event.at)]

    def _seen(self, case: HitCase) -> Iterator[Event]:
        told: set[tuple[str, str]] = set()
        for seen in case.seen_by:
            if (seen.officer, seen.level) in told:
                continue
            told.add((seen.officer, seen.level))
            text = (
                self.tr("Saw it as a strong match")
                if seen.level == "strong"
                else self.tr("Saw it as a possible match")
            )
            yield Event(at=seen.at, officer=seen.officer, text=text, icon="person")

    def _judged(self, case: HitCase) -> Iterator[Event]:
        for kept in case.adjudications:
            judged = kept.record
            parts = [
                self._words.label(judged.verdict),
                ", ".join(self._words.label(each) for each in judged.reasons),
                self._alone(self._words.label(judged.alone)) if judged.alone else "",
                judged.note,
            ]
            tone = Tone.ALARM if judged.verdict is HitVerdict.SAME else Tone.ACCENT
            yield Event(
                at=kept.happened_at, officer=kept.officer, text=_said(parts), icon="hit", tone=tone
            )
        for opinion in case.opinions:
            agrees = opinion.record.agrees is Opinion.AGREES
            said = self._words.label(opinion.record.agrees)
            yield Event(
                at=opinion.happened_at,
                officer=opinion.officer,
                text=_said([said, opinion.record.note]),
                icon="check" if agrees else "question",
                tone=Tone.OK if agrees else Tone.ATTENTION,
            )

    def _alone(self, reason: str) -> str:
        return self.tr("confirmed alone: {0}").format(reason)

    def _done(self, case: HitCase) -> Iterator[Event]:
        for kept in case.actions:
            action = kept.record
            said = self._words.label(action.action)
            yield Event(
                at=action.taken_at,
                officer=kept.officer,
                text=_said([said, action.place, action.note]),
                icon="stop",
                tone=Tone.ACCENT,
            )
        for report in case.reports:
            told = report.record
            means = self._words.label(told.means)
            yield Event(
                at=told.reported_at,
                officer=report.officer,
                text=_said(
                    [
                        self.tr("Owner told: {0}").format(told.reported_to),
                        means,
                        self.tr("answer: {0}").format(told.reply) if told.reply else "",
                        told.note,
                    ]
                ),
                icon="linked",
                tone=Tone.ACCENT,
            )

    def _collected(self, case: HitCase) -> Iterator[Event]:
        for kept in case.collected:
            items = [
                _said([self._words.label(each.item), self._words.label(each.state), each.text])
                for each in kept.record.items
                if each.state is not Collecting.NOT_ASKED
            ]
            text = "\n".join((self.tr("Information collected"), *items, kept.record.note)).strip()
            yield Event(
                at=kept.happened_at, officer=kept.officer, text=text, icon="note", tone=Tone.ACCENT
            )

    def _ended(self, case: HitCase) -> Iterator[Event]:
        for change in case.changes:
            text = self._words.label(change.record.change)
            yield Event(
                at=change.happened_at, officer="", text=text, icon="warning", tone=Tone.ATTENTION
            )
        for review in case.reviews:
            signed = review.record.verdict is Verdict.COUNTERSIGNED
            yield Event(
                at=review.happened_at,
                officer=review.officer,
                text=_said([self._words.label(review.record.verdict), review.record.note]),
                icon="check" if signed else "question",
                tone=Tone.OK if signed else Tone.ATTENTION,
            )
        if closure := case.closure:
            text = _said([self.tr("Closed"), closure.record.note])
            yield Event(
                at=closure.happened_at,
                officer=closure.officer,
                text=text,
                icon="lock",
                tone=Tone.OK,
            )

    def _moment(self, moment: datetime, now: datetime) -> str:
        return at_time(moment) if moment.date() == now.date() else at_moment(moment)


class Track(QWidget):
    """How far a hit has come: each step with its word, done, next, or still to come."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.steps: list[Chip] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_case(self, case: HitCase) -> None:
        while item := self._column.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        steps = list(self._of(case))
        following = next((place for place, (_, done) in enumerate(steps) if not done), len(steps))
        self.steps = []
        for place, (text, done) in enumerate(steps):
            tone = Tone.OK if done else Tone.ACCENT if place == following else Tone.NEUTRAL
            icon = "check" if done else "arrow-in" if place == following else "clock"
            chip = Chip(text, tone, icon=icon)
            said = self.tr("done") if done else self.tr("next") if place == following else ""
            chip.setAccessibleName(f"{text}: {said}" if said else text)
            self.steps.append(chip)
        self.setAccessibleName("; ".join(chip.accessibleName() for chip in self.steps))
        holder = QWidget()
        holder.setLayout(flow(*self.steps))
        self._column.addWidget(holder)

    def _of(self, case: HitCase) -> Iterator[tuple[str, bool]]:
        progress = case.progress
        is_closed = case.closure is not None
        yield self.tr("Found"), True
        yield self.tr("Judged"), progress.verdict is not None
        if progress.verdict not in (HitVerdict.NOT_SAME, HitVerdict.CANNOT_SAY):
            if case.needs_second:
                yield self.tr("Second person"), progress.confirmed_at is not None
            if case.needs_collection:
                yield self.tr("Information"), progress.is_collected
            yield self.tr("Action"), progress.is_acted_on
            yield self.tr("Owner told"), progress.is_reported
        yield self.tr("Closed"), is_closed


class Comparison(Card):
    """Traveller and alert field by field. What differs says so by sign, by word and by colour."""

    def __init__(self, words: Words) -> None:
        super().__init__(self.tr("Side by side"))
        self._words = words
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(NEAR)
        for column, share in ((1, 4), (3, 4)):
            self._grid.setColumnStretch(column, share)
        self.photo = QLabel()
        self.photo.setAccessibleName(self.tr("Photograph of the alert"))
        self.photo.setAlignment(Qt.AlignmentFlag.AlignTop)
        both = QHBoxLayout()
        both.setSpacing(GAP)
        both.addLayout(self._grid, 1)
        both.addWidget(self.photo)
        self.body.addLayout(both)

    def show_case(self, case: HitCase) -> None:
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        headings = ("", self.tr("Traveller"), "", self.tr("Alert"))
        for column, heading in enumerate(headings):
            self._grid.addWidget(Text(heading, role="section"), 0, column)
        for row, compared in enumerate(case.compared, start=1):
            self._add(row, compared)
        self._show_photo(case.photo)
        self.setAccessibleName(
            "; ".join(
                f"{self._words.field(each.field)}: {self._words.label(each.likeness)}"
                for each in case.compared
            )
        )

    def _add(self, row: int, compared: Compared) -> None:
        tone = LIKENESS_TONES[compared.likeness]
        sign = Text(f"{SIGNS[compared.likeness]}  {self._words.label(compared.likeness)}")
        sign.setWordWrap(False)
        parts = (
            Quiet(self._words.field(compared.field)),
            Text(self._value(compared.field, compared.traveller)),
            sign,
            Text(self._value(compared.field, compared.alert)),
        )
        mark(sign, tone=tone.value, role="strong")
        if compared.likeness is Likeness.DIFFERENT:
            for part in (parts[1], parts[3]):
                mark(part, tone=tone.value, role="strong")
        for column, part in enumerate(parts):
            self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop)

    def _value(self, field: str, text: str) -> str:
        if field == "sex" and text:
            return self._words.label(Sex(text))
        return text or "–"

    def _show_photo(self, photo: bytes | None) -> None:
        picture = QPixmap()
        is_picture = bool(photo) and picture.loadFromData(photo or b"")
        self.photo.setVisible(is_picture)
        if is_picture:
            self.photo.setPixmap(
                picture.scaledToHeight(PHOTO_HEIGHT, Qt.TransformationMode.SmoothTransformation)
            )


class HitFacts(QWidget):
    """Everything about a hit, to be read beside the panel in which one decides.

    `opened` says that an attachment is to be seen.
    """

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._sentences = FindingWords(words, self)
        self._said = HitWords(words, self)
        content = QWidget()
        self._cards = QVBoxLayout(content)
        self._cards.setContentsMargins(0, 0, NEAR, 0)
        self._cards.setSpacing(NEAR)
        self.comparison = Comparison(words)
        self.events: list[str] = []
        self.reading = Scroll(content)
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reading.setAccessibleName(self.tr("What is known"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.reading)
        self.setFocusProxy(self.reading)

    def show_case(self, case: HitCase) -> None:
        self._clear()
        for banner in self._warnings(case):
            self._cards.addWidget(banner)
        self.comparison.show_case(case)
        cards = [self._alert(case), self.comparison, self._reasons(case), self._history(case)]
        if case.closure:
            cards.insert(0, cards.pop())  # of what is over one wants to know first how it went
        for card in cards:
            self._cards.addWidget(card)
        self._cards.addStretch(1)
        self.reading.verticalScrollBar().setValue(0)

    def minimumSizeHint(self) -> QSize:
        """However much a panel asks for, some lines of the comparison stay in view."""
        width = super().minimumSizeHint().width()
        return QSize(width, self.fontMetrics().lineSpacing() * LINES_IN_VIEW)

    def show_comparison(self) -> None:
        """Bring both persons into view, as far as there is room."""
        bar = self.reading.verticalScrollBar()
        QTimer.singleShot(0, lambda: bar.setValue(self.comparison.y()))  # laid out by then

    def _warnings(self, case: HitCase) -> Iterator[Banner]:
        if case.taken_back:
            words = self.tr("The booth has taken this check back: nothing more is to be done.")
            yield Banner(words, Tone.ATTENTION, icon="undo")
        if case.progress.is_withdrawn:
            words = self.tr("The owner has withdrawn this alert since, or it has expired.")
            yield Banner(words, Tone.ATTENTION, icon="warning")
        elif case.alert is None:
            words = self.tr("The alert is no longer on the list of this workstation.")
            yield Banner(words, Tone.ATTENTION, icon="warning")
        if case.progress.is_disputed:
            words = self.tr("Two verdicts contradict each other. Look again and say which stands.")
            yield Banner(words, Tone.ALARM, icon="warning")
        if case.progress.is_alone:
            words = self.tr("Confirmed by one person alone: a supervisor has still to look at it.")
            yield Banner(words, Tone.ATTENTION, icon="person")

    def _alert(self, case: HitCase) -> Card:
        hit, alert = case.hit.record, case.alert
        card = Card()
        tone = Tone.ALARM if hit.level == "strong" else Tone.ATTENTION
        mark(card, tone=tone.value)
        cautions = alert.cautions if alert else ()
        chips = [Chip(self._sentences.caution(each), Tone.ALARM) for each in cautions]
        card.body.addLayout(flow(*chips, Chip(self._sentences.level(hit.level), tone, icon="hit")))
        card.body.addWidget(line(self._sentences.action(hit.action), tone, icon="stop"))
        listed = self.tr("list {0}, version {1}").format(hit.list_id, hit.list_version)
        told = [self._sentences.category(hit.category)]
        if alert:
            told += [alert.reason, alert.owner, alert.contact]
        card.body.addWidget(Text(" · ".join(part for part in told if part)))
        card.body.addWidget(Quiet(f"{hit.alert_id} · {listed}"))
        return card

    def _reasons(self, case: HitCase) -> Card:
        card = Card(self.tr("Why it was found"))
        for each in case.hit.record.evidence:
            card.body.addWidget(line(self._sentences.reason(each), Tone.NEUTRAL, icon="info"))
        if case.hit.record.match_kind == "DOC_FILTER":
            said = case.confirmation.record if case.confirmation else None
            card.body.addWidget(confirmation_line(said, self._sentences))
        for verdict in case.earlier_verdicts:
            words = self._sentences.earlier_verdict(verdict)
            card.body.addWidget(line(words, Tone.ACCENT, icon="note"))
        return card

    def _history(self, case: HitCase) -> Card:
        card = Card(self.tr("What was done"))
        self.events = []
        for event in self._said.events(case):
            who = event.officer or self.tr("workstation")
            text = f"{event.at:%d.%m. %H:%M} · {who} · {event.text}"
            self.events.append(text)
            card.body.addWidget(line(text, event.tone, icon=event.icon))
        for judged in case.adjudications:
            if attachments := case.attachments[judged.id]:
                attached = AttachmentsOf(attachments, judged.origin)
                attached.opened.connect(self.opened)
                card.body.addWidget(attached)
        return card

    def _clear(self) -> None:
        while item := self._cards.takeAt(0):
            old = item.widget()
            if old is None:
                continue
            if old is self.comparison:
                old.setParent(None)
                continue
            old.hide()
            old.deleteLater()


def _said(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)
