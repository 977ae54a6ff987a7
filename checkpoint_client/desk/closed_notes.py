"""Interview notes for supervisors only: encrypted when they are closed, opened by a supervisor."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from checkpoint_client.desk.workplace import Workplace
from checkpoint_client.journal.body import Unreadable, from_json, to_json
from checkpoint_client.records import Attachment, Grant, Interview, InterviewText
from checkpoint_client.records.codes import Role
from checkpoint_client.store import Kept
from checkpoint_client.vault import roles
from checkpoint_client.vault.errors import CannotOpen
from checkpoint_client.vault.roles import Granted


def close(
    at: Workplace,
    interview: Interview,
    *,
    refers_to: Sequence[str],
    attachments: Sequence[Attachment],
) -> Kept[Interview]:
    """Record notes that their author cannot read back. Call in a transaction.

    Raises ValueError where the role's public key is not here, `NotHere` as `Store.append`.
    """
    text = InterviewText(interview=interview, attachments=tuple(attachments))
    content_key, encrypted = roles.close_notes(to_json(text))
    kept = at.store.append(
        replace(interview.without_text(), encrypted=encrypted),
        author=at.author,
        refers_to=refers_to,
        attachments=[replace(each, key="", title="") for each in attachments],
        happened_at=interview.started_at,
    )
    granted = at.role_keys.grant(content_key, leaf=bytes.fromhex(kept.leaf))
    at.store.append(
        Grant(
            target_id=kept.id,
            role=Role.SUPERVISOR,
            generation=granted.generation,
            for_role=granted.for_role,
            for_centre=granted.for_centre,
        ),
        author=at.author,
        refers_to=[kept.leaf],
        happened_at=interview.started_at,  # erased by the same day as the notes
    )
    return kept


def opened(at: Workplace, interview: Kept[Interview]) -> InterviewText | None:
    """What encrypted notes say; None for whoever does not hold the role's key.

    Whatever is wrong with one grant, another may be right.
    """
    leaf = bytes.fromhex(interview.leaf)
    for grant in at.store.about(interview.id, Grant):
        granted = Granted(
            generation=grant.record.generation,
            for_role=grant.record.for_role,
            for_centre=grant.record.for_centre,
        )
        with suppress(CannotOpen, Unreadable):
            content_key = at.role_keys.content_key(granted, leaf=leaf)
            plain = roles.open_notes(interview.record.encrypted, content_key)
            return from_json(InterviewText, plain)
    return None
