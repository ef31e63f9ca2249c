"""The plain picture of a file that guards read."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from oversight.casework.acting import Acting
from oversight.casework.models import Allegation, Complaint, Outcome, Party, Seat
from oversight.casework.queries.clocks import clocks_passed, clocks_to_extend
from oversight.rules.facts import AllegationFacts, Facts, OfficerFacts, OutcomeFacts, SeatFacts, Window
from oversight.rules.findings import SUBJECTS_HEARD, Status, Subject
from oversight.rules.jurisdictions import rulebook
from oversight.rules.panels import majority


def facts_of(
    complaint: Complaint, *, by: Acting, on: date, answers: Mapping[str, Any] | None = None
) -> Facts:
    """Draw the picture of a file as `by` is about to act on it with those answers."""
    holds = [hold for hold in complaint.holds if hold.is_open]
    complainants = [party for party in complaint.parties if party.kind == "complainant"]
    panel, seats = rulebook(complaint.rulebook).panel_for(complaint.level), active_seats(complaint)
    return Facts(
        state=complaint.state,
        actor=by.id,
        allegations=tuple(_allegation(each, complaint) for each in complaint.allegations),
        officers=tuple(_officer(party) for party in complaint.parties if is_heard(party)),
        seats=tuple(
            SeatFacts(seat.person_id, seat.declared_at is not None, seat.submitted_at is not None)
            for seat in seats
        ),
        empty_seats=max(panel.seats - len(seats), 0),
        open_holds=len(holds),
        file_held=any(hold.scope == "file" for hold in holds),
        copies_ready=bool(complaint.copies) and all(copy.ready_at for copy in complaint.copies),
        complainant_reachable=any(party.is_reachable for party in complainants),
        complainants=len(complainants),
        withdrawal_undecided=any(party.withdrawal_is_undecided for party in complaint.parties),
        panel_binding=panel.binding,
        panel_has_majority=None not in panel_findings(complaint).values(),
        window=_window(complaint, on),
        ended_as=complaint.ended_as or "",
        waits_for_adoption=complaint.waits_for_adoption,
        may_have_more_time=bool(clocks_to_extend(complaint, on=on)),
        is_past_a_deadline=bool(clocks_passed(complaint, on=on)),
        deciders=deciders_of(complaint),
        answers=answers or {},
    )


def is_heard(party: Party) -> bool:
    """Whether this party is a subject whose side must be told and heard."""
    return party.kind == "subject" and party.subject_kind in SUBJECTS_HEARD


def active_seats(complaint: Complaint) -> list[Seat]:
    """The seats of the panel that sits now."""
    return [seat for seat in complaint.seats if seat.is_active]


def open_allegations(complaint: Complaint) -> list[Allegation]:
    """The allegations still waiting for their ending."""
    return [each for each in complaint.allegations if each.status == Status.OPEN]


def panel_findings(complaint: Complaint) -> dict[uuid.UUID, str | None]:
    """Each open allegation's id → what more than half the panel's seats found, or None without a majority."""
    by_seat = {
        seat.id: {found.allegation_id: found.finding for found in seat.findings} if seat.submitted_at else {}
        for seat in active_seats(complaint)
    }
    reached = majority(by_seat)
    return {each.id: reached.get(each.id) for each in open_allegations(complaint)}


def deciders_of(complaint: Complaint) -> frozenset[uuid.UUID]:
    """Everyone who took part in the decision, so that others reconsider it."""
    people = {complaint.decided_by_id, complaint.decision_approved_by_id}
    people |= {seat.person_id for seat in complaint.seats if seat.submitted_at}
    return frozenset(person for person in people if person is not None)


def outcome_facts(outcome: Outcome, *, by: Acting, on: date, complete: bool, leaks: int) -> OutcomeFacts:
    """Draw the picture of an outcome; `complete` and `leaks` are worked out from its text by the caller."""
    complaint = outcome.complaint
    until = complaint.reconsiderable_until
    return OutcomeFacts(
        state=outcome.state,
        actor=by.id,
        writers=frozenset(uuid.UUID(writer) for writer in outcome.writer_ids),
        complete=complete,
        leaks=leaks,
        outdated=any(each.reopened_after(outcome.updated_at) for each in complaint.reconsiderations),
        parties_told=complaint.result is not None,
        windows_over=until is None or on > until,
        file_ended=complaint.has_ended,
        file_held=any(hold.is_open for hold in complaint.holds),
    )


def _window(complaint: Complaint, on: date) -> Window:
    until = complaint.reconsiderable_until
    return Window.OPEN if until is None or on <= until else Window.CLOSED


def _allegation(allegation: Allegation, complaint: Complaint) -> AllegationFacts:
    held = any(
        hold.is_open and (hold.scope == "file" or allegation.id in hold.allegation_ids)
        for hold in complaint.holds
    )
    return AllegationFacts(
        id=allegation.id,
        status=Status(allegation.status),
        coded=allegation.code is not None,
        held=held,
        subject=Subject(allegation.subject_kind),
        officer=allegation.subject_id,
    )


def _officer(party: Party) -> OfficerFacts:
    return OfficerFacts(
        id=party.id,
        told=party.told_on is not None,
        deferred=party.deferred_until is not None,
        heard=party.heard_on is not None,
        chief=party.subject_kind == Subject.CHIEF,
    )
