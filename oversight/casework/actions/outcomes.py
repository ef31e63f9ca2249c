"""The outcome's own steps: write, approve by someone else, publish, correct, take back."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from oversight import ledger
from oversight.casework.acting import Acting
from oversight.casework.actions.notices import tell
from oversight.casework.actions.proposals import keep_proposal, proposer, settle
from oversight.casework.models import Complaint, FileEvent, Outcome, OutcomeVersion, Proposal
from oversight.casework.queries.facts import outcome_facts
from oversight.casework.queries.summaries import LANGUAGES, is_complete, leaks_in, public_facts
from oversight.casework.refusals import BadAnswers, NotAllowed, Refused, Stale
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.rules.facts import OutcomeFacts
from oversight.rules.jurisdictions import engine, rulebook
from oversight.rules.numbers import REFERENCE_BYTES, new_reference
from oversight.rules.steps import Ask, Step
from oversight.rules.words import N_


@dataclass
class DoingOutcome:
    """One step being taken on an outcome."""

    outcome: Outcome
    step: Step
    answers: Mapping[str, Any]
    by: Acting
    at: datetime


def open_outcome(complaint: Complaint, *, by: Acting, at: datetime) -> Outcome:
    """Begin the summary of an ended file, under a reference of its own."""
    if complaint.outcome is not None:
        raise Refused("draft", N_("This file already has a summary."))
    if not complaint.has_ended:
        raise Refused("draft", N_("A summary is written once the file has ended."))
    outcome = Outcome(
        complaint_id=complaint.id,
        complaint=complaint,
        reference=new_reference(secrets.token_bytes(REFERENCE_BYTES)),
        state=rulebook(complaint.rulebook).outcome.initial,
        author_id=by.person_id,
        writer_ids=[str(by.person_id)],
        updated_at=at,
    )
    outcome.draft = {}
    session().add(outcome)
    # For the list of what is to be summarised alone: whoever has the file open need not open it anew.
    begun = update(Complaint).where(Complaint.id == complaint.id).values(summary_begun_at=at)
    session().execute(begun)
    _record(outcome, "open", by=by, at=at)
    return outcome


def take_outcome_step(
    outcome: Outcome, name: str, answers: Mapping[str, Any], *, by: Acting, at: datetime, seen_version: int
) -> Proposal | None:
    """Take a step on an outcome, or propose it where a second person must approve.

    Raises Stale, NotAllowed, Refused or BadAnswers, having changed nothing.
    """
    _lock_and_read_anew(outcome.complaint)
    if seen_version != outcome.version:
        raise Stale
    step = _step(outcome, name)
    if not step.by & by.roles:
        raise NotAllowed
    doing = DoingOutcome(outcome, step, answers, by, at)
    _check(doing, by)
    if step.second:
        return _propose(doing)
    _perform(doing)
    return None


def approve_outcome_proposal(
    proposal: Proposal, *, by: Acting, at: datetime, seen_version: int | None = None
) -> None:
    """Take a proposed step on an outcome as its second person, who read it in `seen_version`."""
    outcome = _outcome_of(proposal)
    _lock_and_read_anew(outcome.complaint)
    step = _step(outcome, proposal.step)
    settle(proposal, step, "approved", by=by, at=at, seen=seen_version in (None, outcome.version))
    doing = DoingOutcome(outcome, step, proposal.answers or {}, proposer(proposal, step), at)
    _check(doing, by)
    _perform(doing, approved_by=by)


def decline_outcome_proposal(
    proposal: Proposal, *, by: Acting, at: datetime, seen_version: int | None = None
) -> None:
    """Decline a proposed step on an outcome; its proposer may take it back this way too."""
    outcome = _outcome_of(proposal)
    step = _step(outcome, proposal.step)
    settle(proposal, step, "declined", by=by, at=at, seen=seen_version in (None, outcome.version))
    outcome.touch(at)
    _record(outcome, f"declined.{step.name}", by=by, at=at)


def _lock_and_read_anew(complaint: Complaint) -> None:
    """Whether its outcome may go out hangs on all that others do to the file, not on its version alone."""
    session().refresh(complaint, with_for_update=True)


def _outcome_of(proposal: Proposal) -> Outcome:
    outcome = proposal.complaint.outcome
    if outcome is None:
        raise NotAllowed
    return outcome


def _step(outcome: Outcome, name: str) -> Step:
    workflow = rulebook(outcome.complaint.rulebook).outcome
    if not workflow.has_step(name):
        raise NotAllowed
    return workflow.step(name)


def _day(outcome: Outcome, at: datetime) -> date:
    return local_date(at, rulebook(outcome.complaint.rulebook).time_zone)


def _check(doing: DoingOutcome, person: Acting) -> str:
    outcome = doing.outcome
    on = _day(outcome, doing.at)
    draft = _text_after(doing)
    facts = outcome_facts(
        outcome,
        by=person,
        on=on,
        complete=is_complete(outcome.complaint, draft),
        leaks=len(leaks_in(outcome.complaint, draft)),
    )
    leads_to = engine(outcome.complaint.rulebook, "outcome").take(doing.step.name, facts)
    _check_answers(doing, facts)
    return leads_to


def _check_answers(doing: DoingOutcome, facts: OutcomeFacts) -> None:
    problems = {}
    if Ask.REASON in doing.step.asks and not str(doing.answers.get("reason") or "").strip():
        problems["reason"] = N_("Fill this in.")
    if Ask.CORRECTION in doing.step.asks:
        note = doing.answers.get("correction") or {}
        if not all(str(note.get(language) or "").strip() for language in LANGUAGES):
            problems["correction"] = N_("Say in both languages what is corrected.")
        if facts.leaks or not facts.complete:
            problems["summary"] = N_("Every part is needed in both languages, and nobody may be named.")
    if problems:
        raise BadAnswers(problems)


def _text_after(doing: DoingOutcome) -> dict[str, str]:
    """The text as it will be once this step is taken."""
    return {**(doing.outcome.draft or {}), **(doing.answers.get("summary") or {})}


def _propose(doing: DoingOutcome) -> Proposal:
    outcome, step = doing.outcome, doing.step
    proposal = keep_proposal(
        outcome.complaint, "outcome", step, outcome.state, doing.answers, by=doing.by, at=doing.at
    )
    outcome.touch(doing.at)
    _record(outcome, f"proposed.{step.name}", by=doing.by, at=doing.at)
    return proposal


def _perform(doing: DoingOutcome, approved_by: Acting | None = None) -> None:
    outcome = doing.outcome
    before = outcome.state
    leads_to = _check(doing, doing.by)
    for name in doing.step.does:
        EFFECTS[name](doing)
    outcome.state = leads_to
    outcome.touch(doing.at)
    codes = {"from": before, "to": leads_to}
    if approved_by is not None:
        codes["approved_by"] = str(approved_by.id)
    reason = str(doing.answers.get("reason") or "")
    _record(outcome, doing.step.name, by=doing.by, at=doing.at, reason=reason, **codes)
    for message in doing.step.tells:
        tell(outcome.complaint, message, at=doing.at)


def save_summary(doing: DoingOutcome) -> None:
    doing.outcome.draft = _text_after(doing)
    outcome, writer = doing.outcome, doing.by.person_id
    outcome.author_id = writer
    outcome.writer_ids = [*dict.fromkeys([*outcome.writer_ids, str(writer)])]


def note_approval(doing: DoingOutcome) -> None:
    doing.outcome.approved_by_id = doing.by.person_id


def clear_approval(doing: DoingOutcome) -> None:
    doing.outcome.approved_by_id = None


def note_publication(doing: DoingOutcome) -> None:
    outcome = doing.outcome
    outcome.published_at = doing.at
    outcome.published = public_facts(outcome.complaint, outcome.draft or {})
    _keep_version(doing)


def note_correction(doing: DoingOutcome) -> None:
    """Publish the corrected text, with a note beside those of earlier corrections."""
    outcome = doing.outcome
    earlier = outcome.published or {}
    # While the file is open again its facts are in motion; what was published of them stands.
    facts = public_facts(outcome.complaint, outcome.draft or {}) if outcome.complaint.has_ended else {}
    note = {"on": _day(outcome, doing.at).isoformat(), **doing.answers["correction"]}
    outcome.published = {
        **earlier,
        **facts,
        "text": {**earlier.get("text", {}), **(outcome.draft or {})},
        "corrections": [*earlier.get("corrections", []), note],
    }
    _keep_version(doing)


def note_taking_back(doing: DoingOutcome) -> None:
    _keep_version(doing)
    doing.outcome.published = None


def _keep_version(doing: DoingOutcome) -> None:
    version = OutcomeVersion(at=doing.at, by_id=doing.by.person_id, published=doing.outcome.published or {})
    version.reason = str(doing.answers.get("reason") or "") or None
    doing.outcome.versions.append(version)


EFFECTS: dict[str, Callable[[DoingOutcome], None]] = {
    effect.__name__: effect
    for effect in (
        save_summary,
        note_approval,
        clear_approval,
        note_publication,
        note_correction,
        note_taking_back,
    )
}


def _record(outcome: Outcome, what: str, *, by: Acting, at: datetime, reason: str = "", **codes: Any) -> None:
    """Leave a trace in the ledger and in the file's history; the file itself does not change by it."""
    event = FileEvent(complaint_id=outcome.complaint_id, at=at, kind="outcome", what=what)
    event.actor_kind, event.actor_id = by.actor.kind, by.actor.id
    if reason:
        event.details = {"reason": reason}
    session().add(event)
    ledger.record(f"outcome.{what}", actor=by.actor, subject=outcome.subject, at=at, **codes)
