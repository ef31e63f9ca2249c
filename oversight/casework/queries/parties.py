"""A party by the receipt they show, and what they may see of their file."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from oversight.accounts.models import User
from oversight.casework.models import Complaint, FileEvent, Message, Party, Submission
from oversight.kit.db import session
from oversight.rules.jurisdictions import rulebook
from oversight.rules.messages import Audience
from oversight.rules.steps import PublicStage, State


def party_with_receipt(digest: bytes) -> Party | None:
    """The party whose receipt code has that digest."""
    wanted = select(Party).where(Party.receipt_hash == digest)
    return session().scalars(wanted.options(joinedload(Party.complaint))).one_or_none()


def party_by_id(party_id: object) -> Party | None:
    """The party that showed its receipt earlier in this visit."""
    wanted = select(Party).where(Party.id == party_id, Party.receipt_hash.is_not(None))
    return session().scalars(wanted.options(joinedload(Party.complaint))).one_or_none()


def submission_with_key(key_hash: bytes) -> Submission | None:
    """What a form key has made, if it was sent."""
    return session().scalar(select(Submission).where(Submission.form_key == key_hash))


@dataclass(frozen=True)
class PublicEvent:
    """One line a party sees of what happened: when, and in which marked words."""

    at: datetime
    words: str


@dataclass(frozen=True)
class PublicStatus:
    """What a party sees of their file. No names but the caseworker's; no step of the house's own."""

    number: str
    stage: PublicStage
    state: State
    events: tuple[PublicEvent, ...]
    on_hold: bool
    result: str | None
    outcome_reference: str | None
    caseworker: str | None
    may_withdraw: bool
    may_ask_again: bool
    asking_is_late: bool


def status_for(party: Party, *, window_open: bool) -> PublicStatus:
    """Draw what this party may see of their file."""
    complaint = party.complaint
    workflow = rulebook(complaint.rulebook).file
    state = workflow.state(complaint.state)
    published = complaint.outcome is not None and complaint.outcome.published is not None
    return PublicStatus(
        number=complaint.number,
        stage=PublicStage.PUBLISHED if published else state.stage,
        state=state,
        events=_public_events(complaint),
        on_hold=any(hold.is_open for hold in complaint.holds),
        result=complaint.result if state.is_ending else None,
        outcome_reference=complaint.outcome.reference if published and complaint.outcome else None,
        caseworker=_caseworker_name(complaint),
        may_withdraw=not state.is_ending
        and party.kind == "complainant"
        and not party.withdrawal_is_undecided,
        may_ask_again=state.is_ending,
        asking_is_late=state.is_ending and not window_open,
    )


def messages_of(party: Party) -> list[Message]:
    """What this party and the office wrote to each other, the newest first, at most 50."""
    wanted = select(Message).where(Message.party_id == party.id).order_by(Message.id.desc()).limit(50)
    return list(session().scalars(wanted))


def _public_events(complaint: Complaint) -> tuple[PublicEvent, ...]:
    """The steps about which complainants are told, in the words they were told in."""
    book = rulebook(complaint.rulebook)
    words = {}
    for step in book.file.steps:
        for name in step.tells:
            if book.messages[name].to is Audience.COMPLAINANTS:
                words[step.name] = book.messages[name].subject
    wanted = (
        select(FileEvent)
        .where(FileEvent.complaint_id == complaint.id, FileEvent.kind == "step", FileEvent.what.in_(words))
        .order_by(FileEvent.id.desc())
        .limit(20)
    )
    return tuple(PublicEvent(event.at, words[event.what]) for event in session().scalars(wanted))


def _caseworker_name(complaint: Complaint) -> str | None:
    if complaint.caseworker_id is None:
        return None
    return session().scalar(select(User.name).where(User.id == complaint.caseworker_id))
