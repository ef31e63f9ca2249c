"""Outcomes brought to where a test begins, by the steps that really lead there."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from oversight.casework import acting
from oversight.casework.actions.outcomes import (
    approve_outcome_proposal,
    open_outcome,
    take_outcome_step,
)
from oversight.casework.actions.proposals import waiting
from oversight.casework.models import Complaint, Outcome
from oversight.casework.queries.summaries import LANGUAGES
from oversight.kit.db import session, writing
from tests.cast import BEA, PAULA, Person, the
from tests.factories import AT, DAY, complaint_in

OVER = AT + 60 * DAY
"""Past the time to ask for another look, for a file that ended at AT."""

WORDS = {
    "title": "A stop on the street",
    "what_happened": "An officer stopped someone and gave no reason.",
    "what_was_found": "The record shows that no reason was given.",
    "what_was_done": "The service was told of it.",
    "why_departed": "A later recording shows more.",
}


def text(**changed: str) -> dict[str, str]:
    """Every part of a summary in both languages; `changed` replaces a part's words in both."""
    words = {**WORDS, **changed}
    return {
        f"{part}.{language}": f"{said} [{language}]" for part, said in words.items() for language in LANGUAGES
    }


def opened(complaint: Complaint, *, by: Person = PAULA, at: datetime = AT) -> Outcome:
    """The beginning of a summary."""
    person, complaint_id = acting.person(the(by)), complaint.id
    with writing():
        outcome = open_outcome(session().get_one(Complaint, complaint_id), by=person, at=at)
        reference = outcome.reference
    return found(reference)


def found(reference: str) -> Outcome:
    """The outcome as the database has it now."""
    session().rollback()
    return session().scalars(select(Outcome).where(Outcome.reference == reference)).one()


def outcome_step(outcome: Outcome, name: str, *, by: Person, at: datetime = AT, **answers: Any) -> Outcome:
    """Take a step on an outcome as that person, or propose it."""
    person, reference = acting.person(the(by)), outcome.reference
    with writing():
        now = session().scalars(select(Outcome).where(Outcome.reference == reference)).one()
        take_outcome_step(now, name, answers, by=person, at=at, seen_version=now.version)
    return found(reference)


def agreed(outcome: Outcome, *, by: Person, at: datetime = AT) -> Outcome:
    """Approve the one step that waits for a second person."""
    person, reference = acting.person(the(by)), outcome.reference
    with writing():
        now = session().scalars(select(Outcome).where(Outcome.reference == reference)).one()
        (proposal,) = waiting(now.complaint, "outcome")
        approve_outcome_proposal(proposal, by=person, at=at)
    return found(reference)


def drafted(complaint: Complaint, **changed: str) -> Outcome:
    """A whole summary by Paula, not approved."""
    return outcome_step(opened(complaint), "draft", by=PAULA, summary=text(**changed))


def approved(complaint: Complaint) -> Outcome:
    """A summary by Paula that Bea approved."""
    return outcome_step(drafted(complaint), "approve", by=BEA)


def published(complaint: Complaint | None = None, *, at: datetime = OVER) -> Outcome:
    """A published outcome, of a file that the panel and Bea decided unless another is given."""
    return outcome_step(approved(complaint or complaint_in("resolved")), "publish", by=PAULA, at=at)
