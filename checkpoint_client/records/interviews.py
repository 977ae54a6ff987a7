"""Interview notes of second line: timed questions and answers, closed and signed."""

from dataclasses import dataclass, replace
from datetime import datetime

from checkpoint_client.records.attachments import Attachment
from checkpoint_client.records.codes import InterviewType, Role, Signing


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question and its answer, with the time the question was put."""

    asked_at: datetime
    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Notes of one interview. Once closed they are never changed; an addendum may follow.

    `encrypted`: the `InterviewText` of notes that are for supervisors only, and whose other texts
    are empty here; a `Grant` opens it.
    """

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
    encrypted: bytes = b""

    def without_text(self) -> "Interview":
        """What everybody at second line may know of notes that are for supervisors only."""
        return replace(
            self,
            language="",
            exchanges=(),
            persons_present="",
            interpreter="",
            account="",
            signing_note="",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewText:
    """The whole notes with the attachments, whose keys stand nowhere else."""

    interview: Interview
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Who may open an interview that was encrypted: its content key, sealed.

    An entry of its own, so that a new holder of a key does not change the interview's leaf.
    `for_role` is for the role's key at this post, of that `generation`.
    """

    target_id: str
    role: Role
    generation: int
    for_role: bytes
    for_centre: bytes
