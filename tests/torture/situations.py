"""Files in every state of the table, so brought there that all steps that can stand beside each other do.

Two steps can't always: lifting a hold needs one, others need none. Hence several situations in one state.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from oversight.casework import acting
from oversight.casework.actions.editing import add_allegation, add_party
from oversight.casework.models import Complaint, Outcome
from oversight.casework.queries.clocks import clocks_for
from oversight.casework.queries.facts import open_allegations
from oversight.kit.clock import local_date
from oversight.kit.db import writing
from oversight.rules.jurisdictions import rulebook_in_force
from oversight.rules.roles import Role
from oversight.rules.steps import Step
from tests import factories as files
from tests import summaries
from tests.cast import BEA, DORA, INES, IVAN, LOU, PAULA, REVIEWERS, Person, the
from tests.factories import LETTER, fresh, fresh_in, take

PLACE, ZONE = "alberta", "America/Edmonton"

INA = Person("Ina", "caseworker-2", Role.CASEWORKER)
"""A second caseworker, so that two may take a caseworker's step."""
AT_WORK = (INES, INA, IVAN, BEA, DORA, LOU, PAULA, *REVIEWERS)

Bring = Callable[[Complaint, datetime], Complaint]
NUMBERS = count(1)


@dataclass(frozen=True)
class Situation:
    """What a file is brought to: `bring` takes one just filed, `ago` days before the race."""

    name: str
    state: str
    bring: Bring
    ago: int = 2
    imported: bool = False
    proposed: str = ""
    """The step that waits there for its second person."""

    def file(self, now: datetime) -> Complaint:
        """One more file in this situation."""
        at = now - timedelta(days=self.ago)
        if self.imported:
            return files.imported(self.state, number=f"07-{next(NUMBERS)}", source=f"e-{next(NUMBERS)}")
        filed = files.filed(at=at, received_on=local_date(at, ZONE))
        return self.bring(_with_more_to_it(filed, at), at)


def situations(state: str) -> Iterator[Situation]:
    """Every situation in one state: plain, part on hold, a withdrawal waiting, a second person awaited."""
    table = rulebook_in_force(PLACE, files.RECEIVED_ON).file
    steps = [step for step in table.steps if state in step.source]
    names = {step.name for step in steps}
    plain = PLAIN.get(state) or files.BROUGHT_TO[state]
    yield Situation(state, state, plain)
    if "adopt" in names:
        yield Situation(f"{state}, of another office", state, plain, imported=True)
    if "resume" in names:
        yield Situation(f"{state}, on hold", state, _then(plain, _held_in_part))
    if "decide_on_a_withdrawal" in names:
        yield Situation(
            f"{state}, to be withdrawn", state, _then(plain, _held_in_part, files.wants_to_withdraw)
        )
    if "ask_late_for_reconsideration" in names:
        yield Situation(f"{state}, long ago", state, plain, ago=150)
    if "say_why_it_passed" in names:
        yield Situation(f"{state}, past its deadline", state, plain, ago=200)
    for step in steps:
        if step.second and (step.name != "give_more_time" or state in WHERE_TIME_CAN_BE_GIVEN):
            wanting = step.name == "decide_on_a_withdrawal"
            before = _then(plain, files.wants_to_withdraw) if wanting else plain
            name = f"{state}, {step.name} proposed"
            yield Situation(name, state, _then(before, _proposed(step)), proposed=step.name)


WHERE_TIME_CAN_BE_GIVEN = {"assessment", "civilian_review"}
"""The states in which a clock runs that the office set itself."""


def outcomes() -> Iterator[Situation]:
    """Every situation of an outcome; its file has ended, and nobody can ask for another look in time."""
    for state, brought in OUTCOMES.items():
        yield Situation(f"outcome {state}", state, _then(files.decided, brought), ago=150)


def states() -> list[str]:
    """Every state of the table."""
    return [state.slug for state in rulebook_in_force(PLACE, files.RECEIVED_ON).file.states]


def _then(*ways: Bring) -> Bring:
    def brought(complaint: Complaint, at: datetime) -> Complaint:
        for way in ways:
            complaint = way(complaint, at)
        return complaint

    return brought


def _with_more_to_it(complaint: Complaint, at: datetime) -> Complaint:
    """A second allegation, which can be held while the first goes on, and someone who joins the complaint."""
    ines = acting.person(the(INES))
    with writing():
        here = fresh_in(complaint.id)
        add_allegation(here, by=ines, at=at, subject_kind="service", context="street_check")
        add_party(here, "complainant", {"name": "Bruno Hale"}, by=ines, at=at)
    return fresh(complaint.id)


def _with_officers_at_every_stage(complaint: Complaint, at: datetime) -> Complaint:
    """One officer more who is to be told, and one who was told: nothing is alleged of either."""
    ines = acting.person(the(INES))
    with writing():
        for name in ("Corin Vale", "Tamsin Rook"):
            here = fresh_in(complaint.id)
            add_party(here, "subject", {"name": name}, by=ines, at=at, subject_kind="known_officer")
    untold = next(each for each in fresh(complaint.id).parties if each.kind == "subject" and not each.told_on)
    return take(fresh(complaint.id), "tell_the_officer", by=IVAN, at=at, officer=str(untold.id))


def _held_in_part(complaint: Complaint, at: datetime) -> Complaint:
    """One allegation on hold; the whole file where none is open any more."""
    held = [str(each.id) for each in open_allegations(complaint)[-1:]]
    return files.held(complaint, at, **({"allegations": held} if held else {}))


def _proposed(step: Step) -> Bring:
    proposer = BEA if step.by == frozenset({Role.DIRECTOR}) else INES

    def propose(complaint: Complaint, at: datetime) -> Complaint:
        return take(complaint, step.name, by=proposer, at=at, **answers_of(complaint, step, at))

    return propose


def _published(complaint: Complaint) -> Outcome:
    return summaries.outcome_step(summaries.approved(complaint), "publish", by=PAULA)


def _outcome(bring: Callable[[Complaint], Outcome], *then: str) -> Bring:
    def brought(complaint: Complaint, at: datetime) -> Complaint:
        outcome = bring(complaint)
        for name in then:
            outcome = summaries.outcome_step(outcome, name, by=PAULA, **summary_answers(name))
        return fresh(complaint.id)

    return brought


def summary_answers(step: str) -> dict[str, Any]:
    """All that a step of an outcome asks for."""
    written = {"summary": summaries.text(title="Stopped on the street")}
    corrected = {"correction": {"en": "A word was wrong.", "fr": "Un mot était faux."}}
    every: dict[str, dict[str, Any]] = {
        "draft": written,
        "correct": {**written, **corrected},
        "send_back": {"reason": "Shorter."},
        "withdraw": {"reason": "It was too soon."},
    }
    return every.get(step, {})


OUTCOMES: Mapping[str, Bring] = {
    "draft": _outcome(summaries.drafted),
    "approved": _outcome(summaries.approved),
    "published": _outcome(_published),
    "published, to be corrected": _outcome(_published, "correct"),
    "published, to be taken back": _outcome(_published, "withdraw"),
}

PLAIN: Mapping[str, Bring] = {
    "assessment": _then(files.assessed, files.coded),
    "investigation": _then(files.investigated, files.heard, files.with_copy, _with_officers_at_every_stage),
    "civilian_review": _then(files.reviewed, files.declared),
}
"""Where the shortest way to a state leaves a step that its table has not yet possible."""


def answers_of(complaint: Complaint, step: Step, at: datetime) -> dict[str, Any]:
    """All that a step asks for, fitting the file, as casework takes it."""
    alleged = [str(each.id) for each in open_allegations(complaint)]
    every: dict[str, Any] = {
        **WORDS,
        "allegations": [] if step.name == "hold" else alleged,
        "investigator": str(the(IVAN).id),
        "review_on": local_date(at + timedelta(days=60), ZONE).isoformat(),
        "clock": next((each.deadline for each in clocks_for(step, complaint, on=local_date(at, ZONE))), ""),
        "hold": next((str(hold.id) for hold in complaint.holds if hold.is_open), ""),
        "officer": _officer(complaint, step),
        "party": _complainant(complaint),
        "findings": {each: {"finding": "not_sustained", "reasons": "So it reads."} for each in alleged},
        "corrective_action": {},
    }
    return {ask.value: every[ask.value] for ask in step.asks}


def fields_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same as a page's form sends it."""
    sent: dict[str, Any] = {}
    for name, value in answers.items():
        if name == "review_on":
            sent |= dict(
                zip(("review_on-year", "review_on-month", "review_on-day"), value.split("-"), strict=True)
            )
        elif name == "findings":
            sent |= {f"{what}:{each}": said for each, both in value.items() for what, said in both.items()}
        elif value != {}:
            sent[name] = value
    return sent


def _complainant(complaint: Complaint) -> str:
    """Someone who complained, and has not asked to withdraw."""
    here = (each for each in complaint.parties if each.kind == "complainant")
    return next((str(each.id) for each in here if not each.withdrawal_is_undecided), "")


def _officer(complaint: Complaint, step: Step) -> str:
    """The officer whom the step can be about: one not yet told, or told and not yet heard."""
    to_be_told = step.name != "record_the_officers_response"
    fit = (
        each for each in files.officers(complaint) if not each.heard_on and (not each.told_on) == to_be_told
    )
    return next((str(each.id) for each in fit), "")


WORDS: Mapping[str, Any] = {
    "reason": "There is a good reason.",
    "note": "A note.",
    "ground": "frivolous",
    "closing_ground": "officer_unidentified",
    "level": "2",
    "days": "7",
    "delay_reason": "waiting_for_record",
    "hold_reason": "criminal_proceedings",
    "authority": "A letter of the Crown",
    "body": "police_service",
    "terms": "A talk.",
    "agreement": "y",
    "response_kind": "response",
    "response": "I asked for a name.",
    "pressed": "No.",
    "withdrawal_ending": "close",
    "to_complainant": LETTER,
    "question": "Was it dark?",
    "blinding_reason": "Everyone knows the case.",
}
