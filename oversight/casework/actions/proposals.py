"""What every step that waits for a second person shares: being kept, and being taken out of waiting once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from oversight.casework.acting import Acting
from oversight.casework.models import Complaint, Proposal
from oversight.casework.refusals import NotAllowed, Refused, Stale
from oversight.kit.db import session
from oversight.ledger import Actor
from oversight.rules.steps import Step
from oversight.rules.words import N_

ALREADY_WAITS = N_("This step is already waiting for a second person.")


def keep_proposal(
    complaint: Complaint,
    workflow: str,
    step: Step,
    state: str,
    answers: Mapping[str, Any],
    *,
    by: Acting,
    at: datetime,
) -> Proposal:
    """Keep a step and its answers until a second person decides. Raises Refused if it already waits."""
    if any(each.step == step.name for each in waiting(complaint, workflow)):
        raise Refused(step.name, ALREADY_WAITS)
    proposal = Proposal(
        workflow=workflow,
        step=step.name,
        from_state=state,
        proposed_by_id=by.person_id,
        proposed_at=at,
        status="waiting",
    )
    proposal.answers = dict(answers)
    complaint.proposals.append(proposal)
    return proposal


def waiting(complaint: Complaint, workflow: str) -> list[Proposal]:
    """The proposals of one workflow that wait for a second person."""
    return [each for each in complaint.proposals if each.status == "waiting" and each.workflow == workflow]


def proposer(proposal: Proposal, step: Step) -> Acting:
    """The proposer as they acted: by the roles the step asks for, whatever has become of them since."""
    return Acting(Actor("person", proposal.proposed_by_id), step.by)


def may_approve(proposal: Proposal, step: Step, by: Acting) -> bool:
    """Whether this person may be the second person: of a role the step names, and not who proposed it."""
    return bool(step.second & by.roles) and by.person_id != proposal.proposed_by_id


def may_decline(proposal: Proposal, step: Step, by: Acting) -> bool:
    """Whether this person may decline it: the second person may, and the proposer may take it back."""
    return bool(step.second & by.roles) or by.person_id == proposal.proposed_by_id


def settle(proposal: Proposal, step: Step, status: str, *, by: Acting, at: datetime, seen: bool) -> None:
    """Take a proposal out of waiting by compare-and-set, so that of two people deciding one wins.

    `seen` is whether what it is about stands as it did on the page that was decided from. Raises NotAllowed
    for someone who may not decide it, Stale where that is not so or the proposal no longer waits.
    """
    allowed = may_approve if status == "approved" else may_decline
    if not allowed(proposal, step, by):
        raise NotAllowed
    if not seen:
        raise Stale
    settled = session().execute(
        update(Proposal)
        .where(Proposal.id == proposal.id, Proposal.status == "waiting")
        .values(status=status, decided_by_id=by.person_id, decided_at=at)
    )
    if settled.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result always has it
        raise Stale
    session().refresh(proposal)
