"""Turning a message of the rulebook into complete, sealed notices, in the action's own transaction."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from oversight import outbox
from oversight.accounts.models import User
from oversight.casework.models import Complaint
from oversight.casework.queries.people import people_free_for
from oversight.kit.db import session
from oversight.rules.findings import Subject
from oversight.rules.jurisdictions import rulebook
from oversight.rules.messages import Audience, Message
from oversight.rules.roles import Role

Address = tuple[str, str]
"""An e-mail address, and the language its owner reads."""


def tell(complaint: Complaint, name: str, *, at: datetime, only: set[uuid.UUID] | None = None) -> None:
    """Queue a message for everyone of its audience who may be told; `only` narrows it by id."""
    book = rulebook(complaint.rulebook)
    message = book.messages[name]
    for address, language in _addresses(complaint, message, only):
        subject, body = outbox.compose(
            f"email/{message.name}.txt",
            message.subject,
            language,
            office=book.office,
            number=_shown(complaint, message),
        )
        notice = outbox.Notice(
            kind=message.name,
            to=address,
            subject=subject,
            body=body,
            language=language,
            about=complaint.subject,
        )
        outbox.enqueue(notice, at=at)


def _shown(complaint: Complaint, message: Message) -> str:
    """Staff are told which file; a complainant's mail box may be shared, so they are not."""
    return "" if message.to in (Audience.COMPLAINANTS, Audience.COMMISSION) else complaint.number


def _addresses(complaint: Complaint, message: Message, only: set[uuid.UUID] | None) -> Iterable[Address]:
    match message.to:
        case Audience.COMPLAINANTS:
            return _complainants(complaint, only)
        case Audience.LIAISON:
            return [] if names_the_chief(complaint) else _staff(people_free_for(complaint, Role.LIAISON))
        case Audience.COMMISSION:
            commission = rulebook(complaint.rulebook).office.commission
            return [(commission, "en")] if commission else _staff(people_free_for(complaint, Role.DIRECTOR))
        case Audience.PANEL:
            panel = {seat.person_id for seat in complaint.seats if seat.is_active}
            return _staff_by_id(panel if only is None else panel & only)
        case Audience.HANDLERS:
            handlers = (complaint.caseworker_id, complaint.investigator_id)
            carrying = _staff_by_id({person for person in handlers if person is not None})
            # A file that nobody carries is still somebody's: its directors hear of it.
            return carrying or _staff(people_free_for(complaint, Role.DIRECTOR))
        case Audience.DIRECTORS:
            return _staff(people_free_for(complaint, Role.DIRECTOR))


def names_the_chief(complaint: Complaint) -> bool:
    """Whether the chief of police is a subject: then there is no liaison, and the commission is told."""
    named = {party.subject_kind for party in complaint.parties}
    return Subject.CHIEF in named | {allegation.subject_kind for allegation in complaint.allegations}


def _complainants(complaint: Complaint, only: set[uuid.UUID] | None) -> list[Address]:
    return [
        (party.identity.email, party.language)
        for party in complaint.parties
        if party.kind in ("complainant", "representative")
        and (only is None or party.id in only)
        and party.can_be_mailed
        and party.identity is not None
        and party.identity.email
    ]


def _staff(people: Iterable[User]) -> list[Address]:
    return [(person.email, person.language) for person in people]


def _staff_by_id(ids: set[uuid.UUID]) -> list[Address]:
    people = [session().get(User, each) for each in sorted(ids)]
    return _staff(person for person in people if person is not None and person.active)
