"""What people write into the forms of steps so that the office takes it, and how a page sends it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from oversight.casework.models import Complaint
from oversight.casework.queries.clocks import clocks_for
from oversight.casework.queries.facts import open_allegations
from oversight.kit.clock import local_date
from oversight.rules.steps import Step
from tests import factories as files
from tests import summaries
from tests.cast import IVAN, the
from tests.factories import LETTER

ZONE = "America/Edmonton"
A_YEAR = timedelta(days=365)


def answers_of(complaint: Complaint, step: Step, at: datetime) -> dict[str, Any]:
    """All that a step asks for, fitting the file, as casework takes it."""
    alleged = [str(each.id) for each in open_allegations(complaint)]
    every: dict[str, Any] = {
        **WORDS,
        "allegations": [] if step.name == "hold" else alleged,
        "investigator": str(the(IVAN).id),
        "review_on": local_date(at + A_YEAR, ZONE).isoformat(),
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
