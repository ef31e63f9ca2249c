"""Seating civilians: the draw, a declaration, what they write down, and who takes an empty seat."""

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime

from oversight import ledger
from oversight.casework.acting import CLOCKWORK, Acting
from oversight.casework.actions.history import write_history
from oversight.casework.actions.notices import tell
from oversight.casework.models import Complaint, Conflict, PanelFinding, Seat
from oversight.casework.queries.people import people_free_for
from oversight.casework.refusals import Refused
from oversight.kit.db import session
from oversight.rules.jurisdictions import rulebook
from oversight.rules.panels import draw
from oversight.rules.roles import Role
from oversight.rules.words import N_

TOO_FEW = N_("Too few community reviewers are free of conflict to seat a panel. Ask for more reviewers.")
ON_CALL = ("seated", "substitute")


def fill_the_panel(complaint: Complaint, *, at: datetime) -> bool:
    """Seat substitutes, then newly drawn reviewers, until the panel is whole; False if too few are free."""
    rule = rulebook(complaint.rulebook).panel_for(complaint.level)
    _promote_substitutes(complaint, rule.seats, at)
    missing = rule.seats - _count(complaint, "seated")
    if missing > 0:
        _draw_more(complaint, missing, rule.substitutes - _count(complaint, "substitute"), at)
    return _count(complaint, "seated") == rule.seats


def fill_vacant_seats(complaint: Complaint, *, by: Acting, at: datetime) -> None:
    """Fill the seats left empty while the file is with its panel. Raises Refused if too few are free."""
    if not fill_the_panel(complaint, at=at):
        raise Refused("fill_seats", TOO_FEW)
    write_history(complaint, "edit", "fill_seats", by=by, at=at)


def declare_no_conflict(seat: Seat, *, by: Acting, at: datetime) -> None:
    """Record that this reviewer has no tie to anyone on the file, which opens it to them."""
    seat.declared_at = at
    write_history(seat.complaint, "edit", "declare_no_conflict", by=by, at=at)


def keep_draft_findings(
    seat: Seat, given: Mapping[str, Mapping[str, str]], *, by: Acting, at: datetime
) -> None:
    """Keep what a reviewer has written so far, whole or not, for nobody's eyes but theirs.

    The file itself does not change: nobody else's page goes stale, and its history tells nothing.
    """
    complaint = seat.complaint
    if complaint.state != "civilian_review" or seat.submitted_at is not None:
        raise Refused(
            "submit_findings", N_("Findings can not be changed any more. What you wrote was not kept.")
        )
    write_findings(seat, {key: answer for key, answer in given.items() if any(answer.values())})
    ledger.record("file.edit.keep_draft_findings", actor=by.actor, subject=complaint.subject, at=at)


def write_findings(seat: Seat, given: Mapping[str, Mapping[str, str]]) -> None:
    """Write a seat's findings over its earlier ones; allegation id → finding and reasons."""
    earlier = {str(found.allegation_id): found for found in seat.findings}
    for allegation_id, answer in given.items():
        found = earlier.get(allegation_id)
        if found is None:
            found = PanelFinding(allegation_id=uuid.UUID(allegation_id))
            seat.findings.append(found)
        found.finding = answer["finding"]
        found.reasons = answer["reasons"]


def declare_conflict(seat: Seat, reason: str, *, by: Acting, at: datetime) -> None:
    """Record a conflict: the file is gone for this reviewer, and someone else takes the seat."""
    shut_out(seat.complaint, seat.person_id, reason, by=by, at=at, what="declare_conflict")


def shut_out(
    complaint: Complaint,
    person_id: uuid.UUID,
    reason: str,
    *,
    by: Acting,
    at: datetime,
    what: str = "shut_out",
) -> None:
    """Keep someone, staff or reviewer, from everything about this file: what they found counts no more."""
    conflict = Conflict(complaint_id=complaint.id, person_id=person_id, declared_by_id=by.person_id, at=at)
    conflict.reason = reason or None
    session().add(conflict)
    if complaint.caseworker_id == person_id:
        complaint.caseworker_id = None
    if complaint.investigator_id == person_id:
        complaint.investigator_id = None
    left_a_seat = _recuse(complaint, person_id)
    _let_proposals_lapse(complaint, person_id, at)
    write_history(complaint, "edit", what, by=by, at=at, codes={"person": str(person_id)})
    session().flush()
    if left_a_seat and complaint.state == "civilian_review":
        fill_the_panel(complaint, at=at)


def _recuse(complaint: Complaint, person_id: uuid.UUID) -> bool:
    """Take someone from the panel, or from those held ready; whether they sat on it."""
    theirs = [seat for seat in complaint.seats if seat.person_id == person_id and seat.status in ON_CALL]
    sat = any(seat.is_active for seat in theirs)
    for seat in theirs:
        seat.status = "recused"
        seat.submitted_at = None
    return sat


def _let_proposals_lapse(complaint: Complaint, person_id: uuid.UUID, at: datetime) -> None:
    for proposal in complaint.proposals:
        if proposal.proposed_by_id == person_id and proposal.status == "waiting":
            proposal.status = "lapsed"
            proposal.decided_at = at


def _promote_substitutes(complaint: Complaint, seats: int, at: datetime) -> None:
    for seat in complaint.seats:
        if seat.status == "substitute" and _count(complaint, "seated") < seats:
            seat.status = "seated"
            tell(complaint, "seated", at=at, only={seat.person_id})


def _draw_more(complaint: Complaint, seats: int, substitutes: int, at: datetime) -> None:
    # Someone may hold two roles; whoever carries the file does not judge it.
    taken = {seat.person_id for seat in complaint.seats}
    taken |= {each for each in (complaint.caseworker_id, complaint.investigator_id) if each}
    free = [person.id for person in people_free_for(complaint, Role.REVIEWER) if person.id not in taken]
    seed = secrets.token_bytes(32)
    drawn = draw(free, seats=min(seats, len(free)), substitutes=max(substitutes, 0), seed=seed)
    for status, people in (("seated", drawn.seated), ("substitute", drawn.substitutes)):
        complaint.seats += [
            Seat(person_id=person, status=status, drawn_at=at, draw_seed=seed.hex()) for person in people
        ]
    # Whoever has the seed and the candidates can draw again and come to the same panel.
    codes = {"seed": seed.hex(), "candidates": sorted(str(person) for person in free)}
    write_history(complaint, "edit", "draw_panel", by=CLOCKWORK, at=at, codes=codes)
    tell(complaint, "seated", at=at, only=set(drawn.seated))


def _count(complaint: Complaint, status: str) -> int:
    return sum(seat.status == status for seat in complaint.seats)
