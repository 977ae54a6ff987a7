"""The supervisor's desk: review the log, question or countersign exactly what was seen."""

from datetime import date

from checkpoint_client.desk.done import Changed, Done, Refused
from checkpoint_client.desk.log import Log, RecordView
from checkpoint_client.desk.powers import Power
from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.records import Attachment, Problem, Review, Seen
from checkpoint_client.records.codes import ConsultReason, Verdict
from checkpoint_client.records.drafts import nfc
from checkpoint_client.store import Kept
from checkpoint_client.store.log import LogPage, LogQuery, Show, Sorting


class Supervisor:
    def __init__(self, workplace: Workplace, log: Log) -> None:
        self._at = workplace
        self._log = log

    def to_review(self, day: date | None = None) -> LogPage:
        """Checks that nobody has reviewed yet, oldest first; of all days or of one."""
        self._at.must(Power.REVIEW)
        return self._at.store.search(
            LogQuery(day_from=day, day_to=day, show=Show.TO_REVIEW, sorting=Sorting.ASCENDING)
        )

    def questioned(self) -> LogPage:
        """Checks whose last review asks a question."""
        self._at.must(Power.REVIEW)
        return self._at.store.search(LogQuery(show=Show.QUESTIONED, sorting=Sorting.ASCENDING))

    def look_at(self, check_id: str) -> Done[RecordView]:
        """Open a record for review."""
        self._at.must(Power.REVIEW)
        return self._log.open(check_id, ConsultReason.SUPERVISION)

    def content_of(self, attachment: Attachment) -> bytes:
        """An attachment of the record under review, as it was taken in."""
        self._at.must(Power.REVIEW)
        return self._log.content_of(attachment)

    def countersign(self, view: RecordView, note: str = "") -> Done[Kept[Review]]:
        return self._review(view, Verdict.COUNTERSIGNED, note)

    def question(self, view: RecordView, note: str) -> Done[Kept[Review]]:
        """Ask the author; a question needs words."""
        if not note.strip():
            raise Refused([Problem("note", "missing")])
        return self._review(view, Verdict.QUESTIONED, note)

    def _review(self, view: RecordView, verdict: Verdict, note: str) -> Done[Kept[Review]]:
        self._at.must(Power.REVIEW)
        if view.kept.officer == self._at.officer:
            raise Refused([Problem("record", "own-record")])
        seen = _seen(view)
        if seen != _seen(self._log.view(view.kept.id)):
            raise Refused([Problem("record", "changed-meanwhile")])
        review = Review(target_id=view.kept.id, verdict=verdict, seen=seen, note=nfc(note))
        kept = self._at.store.append(
            review, author=self._at.author, refers_to=[each.leaf for each in seen]
        )
        return Done(kept, Changed.REVIEWS | Changed.CHECKS)


def _seen(view: RecordView) -> tuple[Seen, ...]:
    return tuple(Seen(id=each.id, leaf=each.leaf) for each in view.entries())
