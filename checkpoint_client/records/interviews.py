"""Interview notes of second line: timed questions and answers, closed and signed."""

from dataclasses import dataclass
from datetime import datetime

from checkpoint_client.records.codes import InterviewType, Signing


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question and its answer, with the time the question was put."""

    asked_at: datetime
    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Notes of one interview. Once closed they are never changed; an addendum may follow."""

    check_id: str
    referral_id: str
    interview_type: InterviewType
    language: str
    started_at: datetime
    ended_at: datetime
    exchanges: tuple[Exchange, ...]
    persons_present: str = ""
    interpreter: str = ""
    account: str = ""
    read_back: bool = False
    signing: Signing = Signing.UNABLE
    signing_note: str = ""
