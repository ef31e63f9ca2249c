"""What a step does to a file beyond moving it. The workflow's table names these; nothing else calls them."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from oversight.casework.acting import Acting
from oversight.casework.actions.clocks import extend_clock, note_reason
from oversight.casework.actions.notices import names_the_chief, tell
from oversight.casework.actions.panel import TOO_FEW, fill_the_panel, write_findings
from oversight.casework.models import (
    Allegation,
    Clock,
    Complaint,
    HeldAllegation,
    Hold,
    Party,
    Reconsideration,
)
from oversight.casework.queries.clocks import clocks_for
from oversight.casework.queries.facts import active_seats, open_allegations, panel_findings
from oversight.kit.db import session
from oversight.rules.clocks import clocks_in
from oversight.rules.engine import Refused
from oversight.rules.findings import Status
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Role
from oversight.rules.steps import Step


@dataclass
class Doing:
    """One step being taken.

    `clocks_apply` is cleared by an effect that leaves the file's clocks alone; `starts` are clocks that an
    effect wants started beside the step's own; `codes` are what it adds to the ledger's entry.
    """

    complaint: Complaint
    step: Step
    answers: Mapping[str, Any]
    by: Acting
    at: datetime
    on: date
    approved_by: Acting | None = None
    clocks_apply: bool = True
    starts: frozenset[str] = frozenset()
    codes: dict[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return str(self.answers.get(name) or "").strip()

    def selected(self) -> list[Allegation]:
        """The open allegations that were selected."""
        chosen = {str(each) for each in self.answers.get("allegations") or ()}
        return [each for each in open_allegations(self.complaint) if str(each.id) in chosen]

    def party(self, field: str) -> Party:
        """The party that a field names."""
        wanted = uuid.UUID(str(self.answers[field]))
        return next(each for each in self.complaint.parties if each.id == wanted)

    def clock(self) -> Clock:
        """The clock that was chosen."""
        fit = clocks_for(self.step, self.complaint, on=self.on)
        return next(each for each in fit if each.deadline == self.answers["clock"])

    @property
    def role(self) -> Role:
        """In which role it was granted: the second person's, where there is one."""
        fit = self.step.second & self.approved_by.roles if self.approved_by else self.step.by & self.by.roles
        return min(fit)


# --- carrying the file ------------------------------------------------------------------------------


def note_adoption(doing: Doing) -> None:
    doing.complaint.adopted_at = doing.at


def start_the_clocks_of_its_state(doing: Doing) -> None:
    complaint = doing.complaint
    deadlines = clocks_in(rulebook(complaint.rulebook), complaint.state)
    doing.starts = frozenset(deadline.slug for deadline in deadlines)


def take_as_caseworker(doing: Doing) -> None:
    if doing.complaint.caseworker_id is None:
        doing.complaint.caseworker_id = doing.by.person_id


def set_level(doing: Doing) -> None:
    doing.complaint.level = doing.text("level")


def assign_investigator(doing: Doing) -> None:
    doing.complaint.investigator_id = uuid.UUID(doing.text("investigator"))


# --- holds ------------------------------------------------------------------------------------------


def place_hold(doing: Doing) -> None:
    selected = doing.selected()
    hold = Hold(
        scope="allegations" if selected else "file",
        reason=doing.text("hold_reason"),
        started_on=doing.on,
        review_on=date.fromisoformat(doing.text("review_on")),
        placed_by_id=doing.by.person_id,
        approved_by_id=doing.approved_by.person_id if doing.approved_by else None,
    )
    hold.authority = doing.text("authority")
    hold.held = [HeldAllegation(allegation_id=each.id) for each in selected]
    doing.complaint.holds.append(hold)
    doing.clocks_apply = not selected


def lift_hold(doing: Doing) -> None:
    hold = next(each for each in doing.complaint.holds if str(each.id) == doing.text("hold"))
    hold.resumed_on = doing.on
    hold.resumed_at = doing.at
    hold.resumed_by_id = doing.by.person_id
    hold.resumption = doing.text("reason")
    doing.clocks_apply = hold.scope == "file"


# --- deadlines --------------------------------------------------------------------------------------


def give_the_clock_more_time(doing: Doing) -> None:
    clock, days, reason = doing.clock(), int(doing.text("days")), doing.text("delay_reason")
    extend_clock(clock, days, reason, by=doing.role, on=doing.on)
    due_on = clock.due_on.isoformat() if clock.due_on else None
    doing.codes = {"deadline": clock.deadline, "reason": reason, "days": days, "due_on": due_on}


def note_why_the_clock_passed(doing: Doing) -> None:
    clock, reason = doing.clock(), doing.text("delay_reason")
    note_reason(clock, reason, by=doing.role, on=doing.on)
    doing.codes = {"deadline": clock.deadline, "reason": reason}


# --- the officer's side -----------------------------------------------------------------------------


def note_officer_told(doing: Doing) -> None:
    officer = doing.party("officer")
    officer.told_on = doing.on
    officer.deferred_until = None
    message = "commission_to_be_told" if names_the_chief(doing.complaint) else "officer_to_be_told"
    tell(doing.complaint, message, at=doing.at)


def defer_telling(doing: Doing) -> None:
    doing.party("officer").deferred_until = date.fromisoformat(doing.text("review_on"))


def note_officer_heard(doing: Doing) -> None:
    officer = doing.party("officer")
    officer.heard_on = doing.on
    officer.heard_as = doing.text("response_kind")
    officer.response = doing.text("response") or None


# --- allegations' endings ---------------------------------------------------------------------------


def _end(doing: Doing, allegations: list[Allegation], status: Status, ground: str | None = None) -> None:
    for allegation in allegations:
        allegation.status = status
        allegation.ended_on = doing.on
        allegation.ground = ground


def refer_allegations(doing: Doing) -> None:
    selected = doing.selected()
    _end(doing, selected, Status.REFERRED)
    for allegation in selected:
        allegation.referred_to = doing.text("body")


def dismiss_allegations(doing: Doing) -> None:
    _end(doing, doing.selected(), Status.DISMISSED, doing.text("ground"))


def settle_allegations(doing: Doing) -> None:
    _end(doing, open_allegations(doing.complaint), Status.SETTLED)


def close_allegations(doing: Doing) -> None:
    _end(doing, open_allegations(doing.complaint), Status.CLOSED, doing.text("closing_ground"))


# --- civilian review and decision -------------------------------------------------------------------


def note_unblinding(doing: Doing) -> None:
    doing.complaint.blinding_reason = doing.text("blinding_reason")


def seat_the_panel(doing: Doing) -> None:
    if not fill_the_panel(doing.complaint, at=doing.at):
        raise Refused(doing.step.name, TOO_FEW)


def reopen_the_seats(doing: Doing) -> None:
    for seat in active_seats(doing.complaint):
        seat.submitted_at = None


def release_the_panel(doing: Doing) -> None:
    for seat in doing.complaint.seats:
        if seat.status in ("seated", "substitute"):
            seat.status = "released"


def submit_the_seat(doing: Doing) -> None:
    seat = next(each for each in active_seats(doing.complaint) if each.person_id == doing.by.id)
    write_findings(seat, doing.answers["findings"])
    seat.submitted_at = doing.at


def decide_as_the_panel(doing: Doing) -> None:
    agreed = panel_findings(doing.complaint)
    for allegation in open_allegations(doing.complaint):
        finding = agreed[allegation.id]
        reasons = [
            found.reasons or ""
            for seat in active_seats(doing.complaint)
            for found in seat.findings
            if found.allegation_id == allegation.id and found.finding == finding
        ]
        _decide(doing, allegation, finding, "\n\n".join(reasons))


def decide_otherwise(doing: Doing) -> None:
    for allegation in open_allegations(doing.complaint):
        answer = doing.answers["findings"][str(allegation.id)]
        _decide(doing, allegation, answer["finding"], answer["reasons"])
    doing.complaint.departed = True
    doing.complaint.departure_reasons = doing.text("reason")


def _decide(doing: Doing, allegation: Allegation, finding: str | None, reasons: str) -> None:
    _end(doing, [allegation], Status.DECIDED)
    allegation.finding = finding
    allegation.finding_reasons = reasons
    action = (doing.answers.get("corrective_action") or {}).get(str(allegation.id))
    allegation.corrective_recommended = action or None


# --- withdrawal and reconsideration -----------------------------------------------------------------


def note_withdrawal(doing: Doing) -> None:
    party = doing.party("party")
    party.withdrew_at = doing.at
    party.withdrawal_decided_at = None
    party.withdrawal = {"reason": doing.text("reason"), "pressed": doing.text("pressed")}
    doing.complaint.has_news = doing.complaint.has_news or doing.by.actor.kind == "party"


def decide_withdrawal(doing: Doing) -> None:
    for party in doing.complaint.parties:
        if party.withdrawal_is_undecided:
            party.withdrawal_decided_at = doing.at
    if doing.answers.get("withdrawal_ending") == "close":
        _end(doing, open_allegations(doing.complaint), Status.WITHDRAWN)


def note_reconsideration(doing: Doing) -> None:
    request = Reconsideration(
        complaint_id=doing.complaint.id,
        party_id=doing.party("party").id,
        asked_at=doing.at,
        was_late=doing.step.name == "ask_late_for_reconsideration",
        from_ending=doing.complaint.state,
    )
    request.reasons = {"reason": doing.text("reason"), "delay": doing.text("note")}
    session().add(request)
    doing.complaint.has_news = doing.complaint.has_news or doing.by.actor.kind == "party"


def end_reconsideration(doing: Doing) -> None:
    request = doing.complaint.open_reconsideration
    if request is not None:
        request.ended_at = doing.at
        request.ended_as = "reopened" if doing.step.name == "reopen" else "confirmed"


def reopen_allegations(doing: Doing) -> None:
    """Open again what had ended, with new people to handle it; what was found stays in the history.

    A file of the past that is opened again is this office's own from then on.
    """
    if doing.complaint.source is not None:
        doing.complaint.adopted_at = doing.at
    for allegation in doing.complaint.allegations:
        allegation.status = Status.OPEN
        allegation.ended_on = allegation.ground = allegation.referred_to = None
        allegation.finding = allegation.finding_reasons = allegation.corrective_recommended = None
        allegation.corrective_imposed = None
    doing.complaint.caseworker_id = doing.complaint.investigator_id = None
    doing.complaint.departed = False
    doing.complaint.departure_reasons = None


EFFECTS: dict[str, Callable[[Doing], None]] = {
    effect.__name__: effect
    for effect in (
        note_adoption,
        take_as_caseworker,
        start_the_clocks_of_its_state,
        set_level,
        assign_investigator,
        place_hold,
        lift_hold,
        give_the_clock_more_time,
        note_why_the_clock_passed,
        note_officer_told,
        defer_telling,
        note_officer_heard,
        refer_allegations,
        dismiss_allegations,
        settle_allegations,
        close_allegations,
        note_unblinding,
        seat_the_panel,
        reopen_the_seats,
        release_the_panel,
        submit_the_seat,
        decide_as_the_panel,
        decide_otherwise,
        note_withdrawal,
        decide_withdrawal,
        note_reconsideration,
        end_reconsideration,
        reopen_allegations,
    )
}
