"""What people can do to a file at this moment, as the forms they would send."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from oversight.casework import acting
from oversight.casework.actions.proposals import may_approve, waiting
from oversight.casework.answers import check_answers
from oversight.casework.models import Complaint, Outcome, Proposal
from oversight.casework.queries.facts import facts_of, outcome_facts
from oversight.casework.refusals import BadAnswers
from oversight.kit.clock import local_date
from oversight.rules.facts import OutcomeFacts
from oversight.rules.jurisdictions import engine, rulebook
from oversight.rules.steps import Step
from tests.cast import BEA, DORA, INES, PAULA, Person, the
from tests.torture.answers import ZONE, answers_of, fields_of, summary_answers
from tests.torture.situations import AT_WORK

FOR_REVIEWERS = {"submit_findings": ("", "/findings"), "ask_for_more": ("/question", "/question")}
"""The reviewers' own pages: after the file's address, where the form stands and where it goes."""


@dataclass(frozen=True)
class Doing:
    """One thing to do to one file: by whom it can be done, on which page, and what line it leaves."""

    name: str
    people: tuple[Person, ...]
    page: str
    to: str
    trace: tuple[str, str]
    """Kind and subject of the one line that the file's history gets by it."""
    fields: dict[str, Any] = field(default_factory=dict)


def doings_on(complaint: Complaint, now: datetime) -> list[Doing]:
    """Everything that may be done to this file now, by the table and its guards."""
    steps = rulebook(complaint.rulebook).file.steps
    waits = waiting(complaint, "file")
    found = [
        _step(complaint, step, now)
        for step in steps
        if complaint.state in step.source and step.name not in {each.step for each in waits}
    ]
    found += [doing for each in waits for doing in _decisions(complaint, each, now)]
    return [doing for doing in found if doing.people]


def _step(complaint: Complaint, step: Step, now: datetime) -> Doing:
    answers = answers_of(complaint, step, now)
    people = tuple(
        person for person in AT_WORK if person.role in step.by and _may(complaint, step, person, now, answers)
    )
    page = to = f"/desk/files/{complaint.number}/steps/{step.name}"
    if step.name in FOR_REVIEWERS:
        page, to = (f"/review/files/{complaint.number}{end}" for end in FOR_REVIEWERS[step.name])
    trace = ("proposed" if step.second else "step", step.name)
    return Doing(step.name, people, page, to, trace, fields_of(answers))


def _decisions(complaint: Complaint, proposal: Proposal, now: datetime) -> Iterator[Doing]:
    """To agree, where the step can still be taken, and not to agree."""
    step = rulebook(complaint.rulebook).file.step(proposal.step)
    seconds = tuple(person for person in AT_WORK if may_approve(proposal, step, acting.person(the(person))))
    answers = proposal.answers or {}
    agreeing = tuple(person for person in seconds if _may(complaint, step, person, now, answers))
    page = f"/desk/files/{complaint.number}/proposals/{proposal.id}"
    yield Doing(f"approve {step.name}", agreeing, page, f"{page}/approve", ("step", step.name))
    why = {"reason": "Not so."}
    yield Doing(f"decline {step.name}", seconds, page, f"{page}/decline", ("declined", step.name), why)


def _may(complaint: Complaint, step: Step, person: Person, now: datetime, answers: Mapping[str, Any]) -> bool:
    by, on = acting.person(the(person)), local_date(now, ZONE)
    try:
        check_answers(complaint, step, answers, by=by, on=on)
    except BadAnswers:
        return False
    return not engine(complaint.rulebook, "file").refusals(step, facts_of(complaint, by=by, on=on))


def edit_of(complaint: Complaint) -> Doing:
    """A change to the file that is no step of its table: an allegation coded otherwise."""
    page = f"/desk/files/{complaint.number}/allegations/{complaint.allegations[0].id}"
    return Doing("edit", (BEA, INES), page, page, ("edit", "edit_allegation"), {"code": "deceit"})


def doings_on_outcome(complaint: Complaint, now: datetime) -> list[Doing]:
    """Everything that may be done now to the summary of this file."""
    outcome, waits = complaint.outcome, waiting(complaint, "outcome")
    assert outcome is not None
    steps = rulebook(complaint.rulebook).outcome.steps
    names = {each.step for each in waits}
    found = [_outcome_step(outcome, each, now) for each in steps if outcome.state in each.source]
    found = [each for each in found if each.name not in names]
    for proposal in waits:
        to = f"/publication/outcomes/{outcome.reference}"
        for verb, what in (("approve", proposal.step), ("decline", f"declined.{proposal.step}")):
            where = f"{to}/proposals/{proposal.id}/{verb}"
            found.append(Doing(f"{verb} {proposal.step}", (BEA, DORA), to, where, ("outcome", what)))
    return [doing for doing in found if doing.people]


def _outcome_step(outcome: Outcome, step: Step, now: datetime) -> Doing:
    to = f"/publication/outcomes/{outcome.reference}"
    page = f"{to}/steps/{step.name}" if step.asks and step.name != "draft" else to
    what = f"proposed.{step.name}" if step.second else step.name
    fields = {
        name if isinstance(said, str) else f"{name}.{part}".removeprefix("summary."): words
        for name, said in summary_answers(step.name).items()
        for part, words in ({"": said} if isinstance(said, str) else said).items()
    }
    people = tuple(
        person
        for person in (PAULA, BEA, DORA)
        if not engine(outcome.complaint.rulebook, "outcome").refusals(step, _facts(outcome, person, now))
    )
    return Doing(step.name, people, page, f"{to}/steps/{step.name}", ("outcome", what), fields)


def _facts(outcome: Outcome, person: Person, now: datetime) -> OutcomeFacts:
    by, on = acting.person(the(person)), local_date(now, ZONE)
    return outcome_facts(outcome, by=by, on=on, complete=True, leaks=0)
