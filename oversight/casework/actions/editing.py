"""Edits to a file that are no step: its people, its allegations, who carries it, and its review copies."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from oversight.accounts.models import User
from oversight.casework.acting import Acting
from oversight.casework.actions.filing import issue_receipt
from oversight.casework.actions.history import write_history
from oversight.casework.actions.notices import tell
from oversight.casework.models import Allegation, Complaint, Incident, Party, PartyIdentity, ReviewCopy
from oversight.casework.models.party import IDENTITY_FIELDS
from oversight.casework.refusals import Refused
from oversight.kit.db import session
from oversight.rules.findings import Status
from oversight.rules.guards import nobody_has_to_take_it_up_first
from oversight.rules.roles import Role
from oversight.rules.words import N_

READ_BY_THE_PANEL = ("civilian_review", "decision", "reconsideration")


def add_party(
    complaint: Complaint,
    kind: str,
    identity: Mapping[str, str | None],
    *,
    by: Acting,
    at: datetime,
    **facts: Any,
) -> Party:
    """Add a person to a file; `identity` by the fields of PartyIdentity, `facts` by the columns of Party."""
    ordinal = 1 + sum(party.kind == kind for party in complaint.parties)
    party = Party(kind=kind, ordinal=ordinal, **facts)
    party.identity = PartyIdentity()
    _write_identity(party, identity)
    complaint.parties.append(party)
    write_history(complaint, "edit", "add_party", by=by, at=at, codes={"party": str(party.id), "role": kind})
    return party


def edit_party(
    party: Party, identity: Mapping[str, str | None], *, by: Acting, at: datetime, **facts: Any
) -> None:
    """Change who a party is or how they may be reached."""
    for name, value in facts.items():
        setattr(party, name, value)
    if party.identity is None:
        party.identity = PartyIdentity()
    _write_identity(party, identity)
    write_history(party.complaint, "edit", "edit_party", by=by, at=at, codes={"party": str(party.id)})


def uncover_identities(complaint: Complaint, *, by: Acting, at: datetime) -> None:
    """Record that someone is about to read who the people of this file are."""
    write_history(complaint, "uncovered", "identities", by=by, at=at)


def renew_receipt(party: Party, *, by: Acting, at: datetime) -> str:
    """Give a named person a new receipt code after an identity check; the old one stops working."""
    if party.anonymous:
        raise Refused(
            "renew_receipt",
            N_("Nobody can tell who an anonymous person is, so a lost code can not be replaced."),
        )
    code = issue_receipt(party, at=at)
    write_history(party.complaint, "edit", "renew_receipt", by=by, at=at, codes={"party": str(party.id)})
    # Whoever has the code can act as this person, so they learn of it where they can be reached.
    tell(party.complaint, "receipt_renewed", at=at, only={party.id})
    return code


def give_receipt(party: Party, *, by: Acting, at: datetime) -> str:
    """Give a further complainant their own receipt code. Whoever has one expects somebody to be at work."""
    if party.complaint.waits_for_adoption:
        raise Refused("give_receipt", nobody_has_to_take_it_up_first.refusal)
    code = issue_receipt(party, at=at)
    write_history(party.complaint, "edit", "give_receipt", by=by, at=at, codes={"party": str(party.id)})
    return code


def add_allegation(complaint: Complaint, *, by: Acting, at: datetime, **facts: Any) -> Allegation:
    """Add an allegation; `facts` by the columns of Allegation."""
    if not may_write_copies(complaint):
        raise Refused(
            "add_allegation",
            N_("Allegations are added before a file goes to its panel, or once it is open again."),
        )
    ordinal = 1 + max((each.ordinal for each in complaint.allegations), default=0)
    allegation = Allegation(ordinal=ordinal, status=Status.OPEN, **facts)
    complaint.allegations.append(allegation)
    write_history(complaint, "edit", "add_allegation", by=by, at=at, codes={"allegation": str(allegation.id)})
    return allegation


def edit_allegation(allegation: Allegation, *, by: Acting, at: datetime, **facts: Any) -> None:
    """Code an open allegation, or correct it. One that has ended stays as it was decided."""
    if allegation.status != Status.OPEN:
        raise Refused("edit_allegation", N_("This allegation has ended, so it can not be changed any more."))
    if allegation.complaint.state in READ_BY_THE_PANEL:
        raise Refused(
            "edit_allegation",
            N_("The panel finds on it as it stands. Take the file back from the panel before changing it."),
        )
    for name, value in facts.items():
        setattr(allegation, name, value)
    codes = {"allegation": str(allegation.id), "code": allegation.code}
    write_history(allegation.complaint, "edit", "edit_allegation", by=by, at=at, codes=codes)


def note_imposed_action(allegation: Allegation, code: str, *, by: Acting, at: datetime) -> None:
    """Record what the service did after the decision."""
    allegation.corrective_imposed = code
    codes = {"allegation": str(allegation.id), "imposed": code}
    write_history(allegation.complaint, "edit", "note_imposed_action", by=by, at=at, codes=codes)


def assign(
    complaint: Complaint, *, caseworker: User | None, investigator: User | None, by: Acting, at: datetime
) -> None:
    """Say who carries this file."""
    complaint.caseworker_id = caseworker.id if caseworker else None
    complaint.investigator_id = investigator.id if investigator else None
    codes = {"caseworker": str(complaint.caseworker_id), "investigator": str(complaint.investigator_id)}
    write_history(complaint, "edit", "assign", by=by, at=at, codes=codes)


def attach_to_incident(complaint: Complaint, incident: Incident | None, *, by: Acting, at: datetime) -> None:
    """Group a file with the others about the same event, or take it out of the group."""
    complaint.incident_id = incident.id if incident else None
    write_history(
        complaint, "edit", "attach_to_incident", by=by, at=at, codes={"incident": str(complaint.incident_id)}
    )


def add_incident(title: str, *, by: Acting, at: datetime, **facts: Any) -> Incident:
    """Name an event several files are about; the title names nobody. Attaching files is recorded on each."""
    incident = Incident(title=title, created_at=at, created_by_id=by.person_id, **facts)
    session().add(incident)
    return incident


def write_review_copy(
    complaint: Complaint,
    copy: ReviewCopy | None,
    title: str,
    text: str,
    ready: bool,
    *,
    by: Acting,
    at: datetime,
) -> ReviewCopy:
    """Write what reviewers will read, with roles in place of names; `ready` when it may be sent."""
    _refuse_once_read(complaint)
    if copy is None:
        copy = ReviewCopy(title=title, prepared_by_id=by.person_id, prepared_at=at)
        complaint.copies.append(copy)
    copy.title = title
    copy.text = text
    copy.prepared_by_id = by.person_id
    copy.prepared_at = at
    copy.ready_at = at if ready else None
    codes = {"copy": str(copy.id), "ready": ready}
    write_history(complaint, "edit", "write_review_copy", by=by, at=at, codes=codes)
    return copy


def remove_review_copy(copy: ReviewCopy, *, by: Acting, at: datetime) -> None:
    """Take back a review copy that was prepared by mistake."""
    complaint = copy.complaint
    _refuse_once_read(complaint)
    complaint.copies.remove(copy)
    session().delete(copy)
    write_history(complaint, "edit", "remove_review_copy", by=by, at=at, codes={"copy": str(copy.id)})


def read_news(complaint: Complaint, *, by: Acting, at: datetime) -> None:
    """Record that what the parties wrote has been read. A report of retaliation waits for a director."""
    complaint.has_news = False
    if Role.DIRECTOR in by.roles:
        complaint.retaliation_reported_at = None
    for message in complaint.messages:
        if message.written_by_id is None and message.read_at is None:
            message.read_at = at
    write_history(complaint, "edit", "read_news", by=by, at=at)


def may_write_copies(complaint: Complaint) -> bool:
    """Whether copies are still being prepared. What a panel reads or has read stays as it was."""
    return complaint.state not in READ_BY_THE_PANEL and not complaint.has_ended


def _refuse_once_read(complaint: Complaint) -> None:
    if not may_write_copies(complaint):
        raise Refused(
            "write_review_copy",
            N_("The panel has these copies. Take the file back from the panel before changing them."),
        )


def _write_identity(party: Party, identity: Mapping[str, str | None]) -> None:
    assert party.identity is not None
    for name, value in identity.items():
        if name not in IDENTITY_FIELDS:
            raise KeyError(name)
        setattr(party.identity, name, value or None)
    party.has_email = bool(party.identity.email)
    party.has_other_contact = bool(party.identity.phone or party.identity.address)
