"""What parties and the office write to each other."""

from datetime import datetime

from oversight.casework import acting
from oversight.casework.acting import Acting
from oversight.casework.actions.history import write_history
from oversight.casework.actions.notices import tell
from oversight.casework.models import Complaint, Message, Party


def add_to_complaint(party: Party, body: str, *, at: datetime) -> Message:
    """Take something a party adds from the status page."""
    message = _write(party, "addition", body, at=at)
    tell(party.complaint, "message_from_party", at=at)
    return message


def report_retaliation(party: Party, body: str, *, at: datetime) -> Message:
    """Take a report of retaliation: flagged at once, and the directors are told the same day."""
    message = _write(party, "retaliation", body, at=at)
    party.complaint.retaliation_reported_at = at
    tell(party.complaint, "retaliation_reported", at=at)
    return message


def write_to_party(party: Party, body: str, *, by: Acting, at: datetime) -> Message:
    """Write to a party: they read it on the status page; an e-mail only says that it is there."""
    message = _message_to(party, body, by=by, at=at)
    party.complaint.messages.append(message)
    write_history(party.complaint, "message", "to_party", by=by, at=at, codes={"party": str(party.id)})
    tell(party.complaint, "written_to", at=at, only={party.id})
    return message


def leave_word(complaint: Complaint, body: str, *, by: Acting, at: datetime) -> None:
    """Leave a message for everyone who follows this file, as part of a step that tells of itself."""
    for party in complaint.parties:
        if party.receipt_hash is not None:
            complaint.messages.append(_message_to(party, body, by=by, at=at))


def _message_to(party: Party, body: str, *, by: Acting, at: datetime) -> Message:
    message = Message(party_id=party.id, kind="to_party", at=at)
    message.body = body
    message.written_by_id = by.person_id
    return message


def _write(party: Party, kind: str, body: str, *, at: datetime) -> Message:
    complaint = party.complaint
    message = Message(party_id=party.id, kind=kind, at=at)
    message.body = body
    complaint.messages.append(message)
    complaint.has_news = True
    write_history(complaint, "message", kind, by=acting.party(party), at=at, codes={"party": str(party.id)})
    return message
