"""The only writers of drafts: begun, kept from page to page, sent once, and forgotten."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, delete

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.actions.filing import Filing, file_complaint, hash_of_key
from oversight.casework.models import Submission
from oversight.casework.queries.parties import submission_with_key
from oversight.casework.refusals import NotAllowed, OtherSubmission
from oversight.intake.course import Answers, kept
from oversight.intake.filing import OWN_MOTION
from oversight.intake.models import Draft
from oversight.kit.db import session
from oversight.rules.roles import Can
from oversight.rules.rulebook import Rulebook


class AnswersChanged(Exception):
    """The answers are not those that were checked: they were changed in another window."""


class NothingToSend(Exception):
    """There is no draft, and nothing was sent from it either."""


def begin_draft(answers: Answers, *, at: datetime, entered_by: User | None = None) -> Draft:
    """Begin a draft with these answers."""
    draft = Draft(touched_at=at, entered_by_id=entered_by.id if entered_by else None)
    draft.answers = dict(answers)
    session().add(draft)
    return draft


def keep_answers(draft: Draft, answers: Mapping[str, Any], book: Rulebook, *, at: datetime) -> None:
    """Keep more answers, and none to questions that are not asked any more."""
    draft.answers = kept(book.questions, {**(draft.answers or {}), **answers})
    draft.touched_at = at


def forget_draft(draft_id: uuid.UUID) -> None:
    """Delete a draft for good."""
    session().execute(delete(Draft).where(Draft.id == draft_id))


def forget_old_drafts(*, before: datetime) -> int:
    """Delete the drafts nobody has touched since; return how many."""
    done = session().execute(delete(Draft).where(Draft.touched_at < before))
    assert isinstance(done, CursorResult)
    return done.rowcount


def send_draft(
    draft_id: uuid.UUID,
    filing_of: Callable[[Draft], Filing],
    *,
    checked: str,
    by: User | None,
    at: datetime,
) -> Submission:
    """File a draft, once, and delete it. Sent again with the same answers, it gives the same submission.

    `checked` is the digest, in hexadecimal, of the filing that was read before sending. Raises
    AnswersChanged, OtherSubmission, NothingToSend, NotAllowed, and what `filing_of` and `file_complaint` do.
    """
    # Of those who send it at once, one takes it; the others wait here until there is a submission.
    draft = session().scalar(delete(Draft).where(Draft.id == draft_id).returning(Draft))
    if draft is None:
        return _sent_before(draft_id, checked)
    filing = filing_of(draft)
    if filing.digest.hex() != checked:
        raise AnswersChanged
    if filing.origin == OWN_MOTION and not (by and by.can(Can.OPEN_OWN_MOTION)):
        raise NotAllowed
    return file_complaint(filing, by=acting.person(by) if by else None, at=at)


def _sent_before(draft_id: uuid.UUID, checked: str) -> Submission:
    submission = submission_with_key(hash_of_key(str(draft_id)))
    if submission is None:
        raise NothingToSend
    if submission.digest.hex() != checked:
        raise OtherSubmission
    return submission
