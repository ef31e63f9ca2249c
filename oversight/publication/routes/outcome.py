"""One outcome in its publishers' hands: its text, its steps, and what waits for a second person."""

import uuid
from datetime import datetime
from http import HTTPStatus
from typing import Protocol

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from oversight.accounts.access import needs, signed_in_person
from oversight.casework import acting
from oversight.casework.acting import Acting
from oversight.casework.actions.outcomes import (
    approve_outcome_proposal,
    decline_outcome_proposal,
    take_outcome_step,
)
from oversight.casework.actions.proposals import waiting
from oversight.casework.models import Outcome, Proposal
from oversight.casework.queries.outcomes import last_sent_back, outcome_for
from oversight.casework.queries.people import names_of
from oversight.casework.queries.summaries import parts, public_facts
from oversight.casework.refusals import BadAnswers, NotAllowed, Refused, Stale
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.publication.forms import OutcomeForm, outcome_form
from oversight.publication.reading import reading_of
from oversight.publication.routes.blueprint import blueprint
from oversight.publication.wording import choices_of, leaks_found, outcome_state, part_label, refusals
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Can
from oversight.rules.steps import Ask, Step

Page = str | tuple[str, int] | Response


class Decide(Protocol):
    """To approve or to decline what waits for a second person."""

    def __call__(self, proposal: Proposal, /, *, by: Acting, at: datetime, seen_version: int) -> None: ...


@blueprint.get("/publication/outcomes/<reference>")
@needs(Can.WRITE_OUTCOMES)
@personal
def summary(reference: str) -> str:
    return _page(_outcome(reference))


@blueprint.get("/publication/outcomes/<reference>/preview")
@needs(Can.WRITE_OUTCOMES)
@personal
def preview(reference: str) -> str:
    outcome = _outcome(reference)
    text = {part: (outcome.draft or {}).get(part, "") for part in parts(outcome.complaint)}
    reading = reading_of(reference, public_facts(outcome.complaint, text), outcome.published_at)
    return render_template("publication/outcome.html", reading=reading, preview=True)


@blueprint.get("/publication/outcomes/<reference>/steps/<name>")
@needs(Can.WRITE_OUTCOMES)
@personal
def step(reference: str, name: str) -> str:
    outcome = _outcome(reference)
    wanted = _step(outcome, name)
    return _step_page(outcome, wanted, outcome_form(outcome, wanted))


@blueprint.post("/publication/outcomes/<reference>/steps/<name>")
@needs(Can.WRITE_OUTCOMES)
@personal
def take(reference: str, name: str) -> Page:
    outcome = _outcome(reference)
    wanted = _step(outcome, name)
    form = outcome_form(outcome, wanted)
    if form.seen_version == outcome.version and not form.validate_on_submit():
        return _again(outcome, wanted, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _taken(reference, wanted, form)


@blueprint.post("/publication/outcomes/<reference>/proposals/<uuid:proposal_id>/approve")
@needs(Can.WRITE_OUTCOMES)
@personal
def approve_proposal(reference: str, proposal_id: uuid.UUID) -> Page:
    return _decided(reference, proposal_id, approve_outcome_proposal)


@blueprint.post("/publication/outcomes/<reference>/proposals/<uuid:proposal_id>/decline")
@needs(Can.WRITE_OUTCOMES)
@personal
def decline_proposal(reference: str, proposal_id: uuid.UUID) -> Page:
    return _decided(reference, proposal_id, decline_outcome_proposal)


def _outcome(reference: str) -> Outcome:
    return outcome_for(signed_in_person(), reference) or abort(HTTPStatus.NOT_FOUND)


def _step(outcome: Outcome, name: str) -> Step:
    workflow = rulebook(outcome.complaint.rulebook).outcome
    if not workflow.has_step(name):
        abort(HTTPStatus.NOT_FOUND)
    wanted = workflow.step(name)
    return wanted if wanted.by & signed_in_person().role_set else abort(HTTPStatus.FORBIDDEN)


def _taken(reference: str, wanted: Step, form: OutcomeForm) -> Page:
    try:
        with writing():
            by = acting.person(signed_in_person())
            proposal = take_outcome_step(
                _outcome(reference),
                wanted.name,
                form.answers(),
                by=by,
                at=clock.now(),
                seen_version=form.seen_version,
            )
    except NotAllowed:
        abort(HTTPStatus.FORBIDDEN)
    except BadAnswers as bad:
        form.blame(bad.problems)
        return _again(_outcome(reference), wanted, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except (Stale, Refused) as refusal:
        outcome = _outcome(reference)
        form.take_version(outcome)
        return _again(outcome, wanted, form, t(str(refusal.reason))), HTTPStatus.CONFLICT
    words = (
        gettext("Proposed: %(step)s. It waits for a second person.")
        if proposal
        else gettext("Done: %(step)s.")
    )
    flash(words % {"step": t(wanted.label)}, "good")
    return redirect(url_for("publication.summary", reference=reference), HTTPStatus.SEE_OTHER)


def _decided(reference: str, proposal_id: uuid.UUID, decide: Decide) -> Page:
    _outcome(reference)
    form = VersionedForm()
    try:
        with writing():
            proposal, by = _proposal(_outcome(reference), proposal_id), acting.person(signed_in_person())
            decide(proposal, by=by, at=clock.now(), seen_version=form.seen_version)
    except NotAllowed:
        abort(HTTPStatus.FORBIDDEN)
    except (Stale, Refused) as refusal:
        return _page(_outcome(reference), refusal=t(str(refusal.reason))), HTTPStatus.CONFLICT
    except BadAnswers as bad:
        return _page(_outcome(reference), refusal=t(next(iter(bad.problems.values())))), HTTPStatus.CONFLICT
    flash(gettext("Done."), "good")
    return redirect(url_for("publication.summary", reference=reference), HTTPStatus.SEE_OTHER)


def _proposal(outcome: Outcome, proposal_id: uuid.UUID) -> Proposal:
    """A proposal on this outcome. One that was decided in the meantime is still found, and then stale."""
    of_outcome = (each for each in outcome.complaint.proposals if each.workflow == "outcome")
    return next((each for each in of_outcome if each.id == proposal_id), None) or abort(HTTPStatus.NOT_FOUND)


def _again(outcome: Outcome, wanted: Step, form: OutcomeForm, refusal: str = "") -> str:
    """The page a step was sent from: a draft is written on the outcome's own."""
    if wanted.asks == (Ask.SUMMARY,) or not wanted.asks:
        return _page(outcome, form=form if wanted.asks else None, refusal=refusal)
    return _step_page(outcome, wanted, form, refusal)


def _page(outcome: Outcome, *, form: OutcomeForm | None = None, refusal: str = "") -> str:
    choices = choices_of(outcome, signed_in_person())
    writes = next((each.step for each in choices if each.step.asks == (Ask.SUMMARY,)), None)
    proposals = waiting(outcome.complaint, "outcome")
    people = {outcome.author_id, outcome.approved_by_id}
    sent_back = last_sent_back(outcome) if writes else None
    people |= {sent_back.actor_id} if sent_back else set()
    people |= {each.by_id for each in outcome.versions} | {each.proposed_by_id for each in proposals}
    return render_template(
        "publication/summary.html",
        outcome=outcome,
        complaint=outcome.complaint,
        state=outcome_state(outcome),
        refusal=refusal,
        writes=writes,
        form=(form or outcome_form(outcome, writes)) if writes else None,
        choices=[each for each in choices if each.step is not writes],
        leaks=leaks_found(outcome.complaint, outcome.draft or {}),
        parts=[(part_label(part), (outcome.draft or {}).get(part, "")) for part in parts(outcome.complaint)],
        typed=form is not None and bool(refusal),
        sent_back=sent_back,
        proposals=proposals,
        step_label=lambda name: t(rulebook(outcome.complaint.rulebook).outcome.step(name).label),
        part_label=part_label,
        names=names_of({each for each in people if each}),
        me=signed_in_person(),
    )


def _step_page(outcome: Outcome, wanted: Step, form: OutcomeForm, refusal: str = "") -> str:
    in_the_way = [] if refusal else list(refusals(outcome, wanted, signed_in_person()))
    return render_template(
        "publication/step.html",
        outcome=outcome,
        step=wanted,
        form=form,
        reasons=[refusal] if refusal else in_the_way,
        leaks=leaks_found(outcome.complaint, form.summary()),
        at_its_place=outcome.state in wanted.source,
    )
