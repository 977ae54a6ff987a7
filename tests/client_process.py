"""The program in a process of its own, whose officer is told over standard input what to do.

`python -m tests.client_process DIR`. An order is a line of JSON: `act`, `given`, and `until` where
the officer looks again whenever the program has heard something, till he sees that. The answer is a
line too: `at`, when it was so or was begun (monotonic seconds, the same for all processes of the
machine), and `value`, or `refused` where a person has to correct something first.
"""

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkpoint_client.desk import Done, Refused
from checkpoint_client.desk.attaching import content_of
from checkpoint_client.desk.hits import HitCase
from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records import (
    AdjudicationDraft,
    CheckDraft,
    OpinionDraft,
    OutcomeDraft,
    ReferralDraft,
    RefusalDraft,
)
from checkpoint_client.records.codes import (
    AdjudicationReason,
    HitVerdict,
    Opinion,
    OutcomeDecision,
    ReferralReason,
    RefusalGround,
)
from checkpoint_client.settings import Folder, Settings
from checkpoint_client.store.log import LogQuery, Show
from tests.post import PASSPHRASE, a_document, a_draft, entries_of, read_hits
from tests.test_attachments import closed_with
from ui.main import Program, keep_log, make_application

PATIENCE_MS: Final = 25_000

Act = Callable[..., object]


def main(folder: Folder) -> int:
    settings = Settings.read(folder.settings)
    application = make_application(settings)
    keep_log(folder)
    program = Program(application, folder, settings)
    program.start()
    officer = Officer(program)
    Thread(target=officer.listen, daemon=True).start()
    code = application.exec()
    program.close()
    return code


@dataclass
class Order:
    act: str
    given: list[Any]
    until: object = None
    since: float = 0.0


class Officer(QObject):
    """Does on the UI's thread what a line says, one order at a time."""

    _told = Signal(str)
    _left = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._waiting: Order | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._told.connect(self._do)
        self._left.connect(program._application.quit)
        self._patience.timeout.connect(self._give_up)
        for heard in (program.neighbours_heard, program.list_applied, program.line_changed):
            heard.connect(self._look_again)
        program.work.changed.connect(self._look_again)

    def listen(self) -> None:
        """On a thread of its own; ends with whoever gives the orders."""
        for line in sys.stdin:
            self._told.emit(line)
        self._left.emit()

    @Slot(str)
    def _do(self, line: str) -> None:
        order = Order(**json.loads(line))
        if order.act == "sign in":
            self._sign_in(*order.given)
        elif order.act == "look":
            self._program._wake_line()
            self._say(value=None)
        elif order.until is None:
            self._ask(order, self._answer)
        else:
            self._waiting = order
            self._patience.start()
            self._look_again()

    def _sign_in(self, number: str) -> None:
        window = self._program.window
        assert window is not None
        entrance = window.entrance

        def enter(_known: object) -> None:
            entrance.number.choose(number)
            entrance.passphrase.setText(PASSPHRASE)
            entrance.submit()

        window.signed_in.connect(lambda session: self._say(value=session.officer))
        self._program.work.run(lambda: None, enter)  # behind the officers' names

    def _ask(self, order: Order, then: Callable[[float, object], None]) -> None:
        session = self._program.window.session if self._program.window else None
        assert session is not None
        at = 0.0

        def act() -> object:
            nonlocal at
            began = monotonic()
            value = ACTS[order.act](session, *order.given)
            at = monotonic() if order.until is not None else began
            return value

        self._program.work.run(act, lambda value: then(at, value), self._failed)

    @Slot()
    def _look_again(self) -> None:
        if order := self._waiting:
            self._ask(order, lambda at, value: self._seen(order, at, value))

    def _seen(self, order: Order, at: float, value: object) -> None:
        said = plain(value)
        if self._waiting is order and said is not None and _holds(said, order.until):
            self._waiting = None
            self._patience.stop()
            self._say(at=at, value=said)

    def _answer(self, at: float, value: object) -> None:
        self._say(at=at, value=plain(value))

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self._say(refused=[each.code for each in error.problems])
            return
        self._say(failed=f"{type(error).__name__}: {error}")

    @Slot()
    def _give_up(self) -> None:
        order, self._waiting = self._waiting, None
        if order:
            self._ask(order, lambda _at, value: self._say(failed=f"still {plain(value)}"))

    def _say(self, **words: object) -> None:
        print(json.dumps(words), flush=True)


def _holds(said: object, until: object) -> bool:
    return said == until or (isinstance(said, list) and until in said)


def plain(value: object) -> object:
    """As JSON has it: of a record its id, of a hit's case its state."""
    if isinstance(value, Done):
        return plain(value.value)
    if isinstance(value, HitCase):
        return value.state
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return getattr(value, "id", value)


# --- what officers do ---------------------------------------------------------------------------

DOUBT: Final = ReferralDraft(reason=ReferralReason.IDENTITY_DOUBT)
SAME: Final = AdjudicationDraft(
    verdict=HitVerdict.SAME, reasons=(AdjudicationReason.SAME_DOCUMENT,)
)


def traveller(name: str, number: str) -> CheckDraft:
    return a_draft(primary_identifier=name, documents=(a_document(number=number),))


def refer(session: SignedIn, name: str, number: str) -> object:
    read_hits(session, traveller(name, number))
    return session.first_line.refer(traveller(name, number), DOUBT)


def refuse(session: SignedIn, name: str, number: str) -> object:
    refusal = RefusalDraft(grounds=(RefusalGround.C,))
    return session.first_line.refuse(traveller(name, number), refusal)


def countersign(session: SignedIn, check_id: str) -> object:
    return session.supervisor.countersign(session.supervisor.look_at(check_id).value)


def decide(session: SignedIn, check_id: str, decision: str) -> object:
    [waiting] = [one for one in session.second_line.waiting() if one.check.id == check_id]
    grounds = (RefusalGround.C,) if decision == OutcomeDecision.REFUSE else ()
    outcome = OutcomeDraft(decision=OutcomeDecision(decision), grounds=grounds)
    return session.second_line.send_outcome(waiting.referral.id, outcome)


def note(session: SignedIn, check_id: str, picture: str) -> object:
    """Interview notes, closed, with a photograph."""
    [waiting] = [one for one in session.second_line.waiting() if one.check.id == check_id]
    case = session.second_line.open(waiting.referral.id).value
    return closed_with(session, case.draft, Path(picture))


def photograph(session: SignedIn, interview_id: str) -> str:
    """The digest of what is seen of it here, "" where it is not here yet."""
    for kept in session.store.attachments_of(interview_id):
        with suppress(Refused):
            return sha256(content_of(session.store, kept.attachment)).hexdigest()
    return ""


def agree(session: SignedIn, hit_id: str) -> object:
    return session.hits.give_opinion(hit_id, OpinionDraft(opinion=Opinion.AGREES))


ACTS: Final[Mapping[str, Act]] = {
    "refer": refer,
    "refuse": refuse,
    "countersign": countersign,
    "decide": decide,
    "note": note,
    "photograph": photograph,
    "at the centre": lambda on, id: [each.is_received for each in on.store.attachments_of(id)],
    "agree": agree,
    "admit": lambda on, name, number: on.first_line.admit(traveller(name, number)),
    "known here": lambda on, name, number: on.first_line.findings(traveller(name, number)).earlier,
    "results": lambda on: [
        (each.check.id, each.outcome.record.decision) for each in on.first_line.results()
    ],
    "who waits": lambda on: [each.check.id for each in on.second_line.waiting()],
    "hits": lambda on: [(each.hit.record.check_id, each.state) for each in on.hits.queue()],
    "hit of": lambda on, check: [
        each.hit.id for each in on.hits.queue() if each.hit.record.check_id == check
    ],
    "adjudicate": lambda on, hit: on.hits.adjudicate(hit, SAME),
    "log": lambda on: on.log.search(LogQuery()).rows,
    "to review": lambda on: on.log.search(LogQuery(show=Show.TO_REVIEW)).rows,
    "lists": lambda on: [each.version for each in on.reference.lists()],
    "waiting": lambda on: on.store.waiting_checks(),
    "journal": lambda on: [each.leaf.hex() for each in entries_of(on.store)],
    "verify": lambda on: str(on.administration.verify()),
}


if __name__ == "__main__":
    sys.exit(main(Folder(Path(sys.argv[1]))))
