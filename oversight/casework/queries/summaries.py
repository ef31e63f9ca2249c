"""The text of an outcome: whether it is whole, whom it still names, and the facts published beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload

from oversight.casework.models import Allegation, Complaint, Party
from oversight.casework.models.outcome import SUMMARY_PARTS
from oversight.kit.db import session
from oversight.rules.jurisdictions import rulebook
from oversight.rules.leaks import Leak, Name, NameKind, names_in

LANGUAGES = ("en", "fr")


def parts(complaint: Complaint) -> tuple[str, ...]:
    """Every text an author writes: "title.en", "title.fr", … A departure from the panel is explained too."""
    wanted = (*SUMMARY_PARTS, "why_departed") if complaint.departed else SUMMARY_PARTS
    return tuple(f"{part}.{language}" for part in wanted for language in LANGUAGES)


def is_complete(complaint: Complaint, draft: Mapping[str, str]) -> bool:
    """Whether every part is written in both languages."""
    return all(str(draft.get(part) or "").strip() for part in parts(complaint))


def leaks_in(complaint: Complaint, draft: Mapping[str, str]) -> list[Leak]:
    """Every place where the text names someone from the file, or the file itself."""
    names = [name for party in people_of(complaint) for name in names_known(party)]
    return names_in(draft, [*names, Name(NameKind.FILE_NUMBER, complaint.number)])


def people_of(complaint: Complaint) -> Sequence[Party]:
    """The people of a file with who they are, read at once and not one by one; not again where a list did."""
    if _who_they_are_is_read(complaint):
        return complaint.parties
    theirs = select(Party).where(Party.complaint_id == complaint.id).order_by(Party.kind, Party.ordinal)
    return session().scalars(theirs.options(joinedload(Party.identity))).all()


def _who_they_are_is_read(complaint: Complaint) -> bool:
    if "parties" in inspect(complaint).unloaded:
        return False
    return all("identity" not in inspect(party).unloaded for party in complaint.parties)


def names_known(party: Party) -> list[Name]:
    """Everything known of a person that would name them in a text."""
    identity = party.identity
    if identity is None:
        return []
    known = {
        NameKind.PERSON: identity.name,
        NameKind.BADGE: identity.badge,
        NameKind.EMAIL: identity.email,
        NameKind.PHONE: identity.phone,
        NameKind.PHRASE: identity.address,
    }
    return [Name(kind, text) for kind, text in known.items() if text]


def public_facts(complaint: Complaint, draft: Mapping[str, str]) -> dict[str, Any]:
    """Exactly what the public will read of a file: the author's text, and codes that name nobody.

    The month and the broad area stand in place of the day and the corner.
    """
    return {
        "text": {part: draft[part] for part in parts(complaint)},
        "rulebook": complaint.rulebook,
        "month": complaint.happened_on.strftime("%Y-%m") if complaint.happened_on else None,
        "received": complaint.received_on.strftime("%Y-%m"),
        # Only a broad area of the rulebook's list: nothing that anyone typed.
        "area": complaint.area if complaint.area in rulebook(complaint.rulebook).areas else None,
        "context": complaint.context,
        "level": complaint.level,
        "ending": complaint.ended_as,
        "allegations": [_public_allegation(each) for each in complaint.allegations],
        "reviewers": sum(seat.submitted_at is not None for seat in complaint.seats if seat.is_active),
        "departed": complaint.departed,
    }


def _public_allegation(allegation: Allegation) -> dict[str, Any]:
    return {
        "code": allegation.code,
        "subject": allegation.subject_kind,
        "duty": allegation.duty,
        "status": allegation.status,
        "finding": allegation.finding,
        "ground": allegation.ground,
        "referred_to": allegation.referred_to,
        "recommended": allegation.corrective_recommended,
        "imposed": allegation.corrective_imposed,
    }
