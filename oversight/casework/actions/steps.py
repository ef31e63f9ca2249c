"""The one way to take a step on a file: checked against the table, then done whole or not at all."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from oversight.casework.acting import Acting
from oversight.casework.actions.clocks import pause_clocks, resume_clocks, start_clocks, stop_clocks
from oversight.casework.actions.effects import EFFECTS, Doing
from oversight.casework.actions.history import check_version, lock_file, write_history
from oversight.casework.actions.messages import leave_word
from oversight.casework.actions.notices import tell
from oversight.casework.actions.proposals import keep_proposal, proposer, settle, waiting
from oversight.casework.answers import check_answers
from oversight.casework.models import Complaint, Proposal
from oversight.casework.queries.facts import facts_of
from oversight.casework.refusals import NotAllowed
from oversight.kit.clock import local_date
from oversight.kit.measures import STEP_SECONDS
from oversight.rules.jurisdictions import engine, rulebook
from oversight.rules.rulebook import term
from oversight.rules.steps import BACK, Ask, Step


def take_step(
    complaint: Complaint,
    name: str,
    answers: Mapping[str, Any],
    *,
    by: Acting,
    at: datetime,
    seen_version: int | None,
) -> Proposal | None:
    """Take a step, or propose it where a second person must approve; then the proposal is returned.

    `seen_version` is the file's version on the page the step was taken from (None for the clockwork).
    Raises Stale, NotAllowed, Refused or BadAnswers, having changed nothing.
    """
    if seen_version is not None:
        check_version(complaint, seen_version)
    step = _step(complaint, name)
    if not step.by & by.roles:
        raise NotAllowed
    doing = Doing(complaint, step, answers, by=by, at=at, on=_day(complaint, at))
    with STEP_SECONDS.labels(step.name).time():
        leads_to = _check(doing, by)
        if step.second:
            return _propose(doing)
        _perform(doing, leads_to)
    return None


def approve_proposal(
    proposal: Proposal, *, by: Acting, at: datetime, seen_version: int | None = None
) -> None:
    """Take a proposed step as its second person, who read the file in `seen_version`, where from a page.

    Raises NotAllowed, Stale, Refused or BadAnswers.
    """
    complaint = proposal.complaint
    lock_file(complaint)
    step = _step(complaint, proposal.step)
    first = proposer(proposal, step)
    settle(proposal, step, "approved", by=by, at=at, seen=seen_version in (None, complaint.version))
    doing = Doing(
        complaint, step, proposal.answers or {}, by=first, at=at, on=_day(complaint, at), approved_by=by
    )
    with STEP_SECONDS.labels(step.name).time():
        leads_to = _check(doing, first)
        _check(doing, by)
        _perform(doing, leads_to)


def decline_proposal(
    proposal: Proposal, reason: str, *, by: Acting, at: datetime, seen_version: int | None = None
) -> None:
    """Decline a proposed step; the proposer may take it back this way too."""
    complaint = proposal.complaint
    lock_file(complaint)
    step = _step(complaint, proposal.step)
    settle(proposal, step, "declined", by=by, at=at, seen=seen_version in (None, complaint.version))
    write_history(complaint, "declined", step.name, by=by, at=at, details={"reason": reason})


def _step(complaint: Complaint, name: str) -> Step:
    workflow = rulebook(complaint.rulebook).file
    if not workflow.has_step(name):
        raise NotAllowed
    return workflow.step(name)


def _day(complaint: Complaint, at: datetime) -> date:
    return local_date(at, rulebook(complaint.rulebook).time_zone)


def _check(doing: Doing, person: Acting) -> str:
    """Return where the step leads. Raises Refused or BadAnswers."""
    complaint = doing.complaint
    facts = facts_of(complaint, by=person, on=doing.on, answers=doing.answers)
    leads_to = engine(complaint.rulebook, "file").take(doing.step.name, facts)
    check_answers(complaint, doing.step, doing.answers, by=doing.by, on=doing.on)
    return leads_to


def _propose(doing: Doing) -> Proposal:
    complaint, step = doing.complaint, doing.step
    proposal = keep_proposal(
        complaint, "file", step, complaint.state, doing.answers, by=doing.by, at=doing.at
    )
    write_history(complaint, "proposed", step.name, by=doing.by, at=doing.at, details=doing.answers)
    tell(complaint, "second_person_needed", at=doing.at)
    return proposal


def _perform(doing: Doing, leads_to: str) -> None:
    complaint, step = doing.complaint, doing.step
    before = complaint.state
    for name in step.does:
        EFFECTS[name](doing)
    complaint.state = leads_to
    if doing.text("to_complainant") and not rulebook(complaint.rulebook).file.state(leads_to).is_ending:
        # At an ending these words are the result; on the way there they are a message.
        leave_word(complaint, doing.text("to_complainant"), by=doing.by, at=doing.at)
    moved = leads_to != before
    if moved:
        _arrive(doing, leads_to)
    # A step that may leave the file where it is turns its clocks only when it moves it.
    arrived = moved or step.stays_while is None
    if arrived:
        _turn_clocks(doing)
    approved = {"approved_by": str(doing.approved_by.id)} if doing.approved_by else {}
    write_history(
        complaint,
        "step",
        step.name,
        by=doing.by,
        at=doing.at,
        moved=(before, leads_to) if moved else None,
        details={**doing.answers, **approved},
        codes={**doing.codes, **approved},
    )
    for message in step.tells if arrived else step.tells_staying:
        tell(complaint, message, at=doing.at)


def _arrive(doing: Doing, state: str) -> None:
    """Note what entering a state means: an ending has its day, and what waited for a second person lapses."""
    complaint = doing.complaint
    if rulebook(complaint.rulebook).file.state(state).is_ending:
        complaint.ended_on = doing.on
        complaint.ended_as = state
        if doing.text("to_complainant"):
            complaint.result = doing.text("to_complainant")
        if doing.step.to is not BACK:
            _note_deciders(doing)
    elif state == "reconsideration":
        complaint.ended_on = None
    else:
        complaint.ended_on = complaint.ended_as = complaint.reconsiderable_until = None
    for proposal in waiting(complaint, "file"):
        proposal.status = "lapsed"
        proposal.decided_at = doing.at


def _note_deciders(doing: Doing) -> None:
    """Keep who ended the file, until someone ends it again: another look at it is for others."""
    doing.complaint.decided_by_id = doing.by.person_id
    doing.complaint.decision_approved_by_id = doing.approved_by.person_id if doing.approved_by else None


def _turn_clocks(doing: Doing) -> None:
    complaint, step = doing.complaint, doing.step
    waits = _what_waits(complaint)
    starts = doing.starts.union(step.starts)
    stop_clocks(complaint, step.stops, on=doing.on)
    start_clocks(complaint, starts, on=doing.on)
    for name in waits.keys() & starts:
        pause_clocks(complaint, (name,), on=doing.on, why=waits[name])
    if doing.clocks_apply:
        pause_clocks(complaint, step.pauses, on=doing.on, why=_why(doing))
        resume_clocks(complaint, set(step.resumes) - waits.keys(), on=doing.on)
    if "reconsideration" in step.starts:
        window = [each for each in complaint.clocks if each.deadline == "reconsideration" and each.is_running]
        complaint.reconsiderable_until = window[-1].due_on if window else None


def _what_waits(complaint: Complaint) -> dict[str, str]:
    """The clocks that the file's state or a hold of the whole file keeps still now, each with why.

    One cause may end before the other: lifting a hold wakes no clock that the state keeps still.
    """
    steps = rulebook(complaint.rulebook).file.steps
    waits = {name: step.label for step in steps if step.to == complaint.state for name in step.pauses}
    for hold in complaint.holds:
        if hold.is_open and hold.scope == "file":
            why = term(rulebook(complaint.rulebook).hold_reasons, hold.reason)
            held = (step for step in steps if Ask.HOLD_REASON in step.asks)
            waits |= {name: why.label if why else step.label for step in held for name in step.pauses}
    return waits


def _why(doing: Doing) -> str:
    reason = term(rulebook(doing.complaint.rulebook).hold_reasons, doing.answers.get("hold_reason"))
    return reason.label if reason else doing.step.label
