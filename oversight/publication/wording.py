"""An outcome as the people who write it see it: its parts, where it still names someone, what may be done."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.models import Complaint, Outcome
from oversight.casework.queries.facts import outcome_facts
from oversight.casework.queries.summaries import is_complete, leaks_in
from oversight.casework.wording import allegation_name, ending_words, label
from oversight.kit import clock
from oversight.kit.i18n import LANGUAGES, t
from oversight.rules.jurisdictions import engine, rulebook
from oversight.rules.leaks import NAME_KIND_LABELS
from oversight.rules.steps import Step
from oversight.rules.words import N_

PART_LABELS: dict[str, str] = {
    "title": N_("Title"),
    "what_happened": N_("What happened"),
    "what_was_found": N_("What was found, and why"),
    "what_was_done": N_("What was done"),
    "why_departed": N_("Why the decision departs from the panel"),
}
STATE_TONES = {"draft": "progress", "approved": "attention", "published": "good", "corrected": "good"}
AROUND = 40
"""Characters shown on either side of a name that was found."""


def part_label(part: str) -> str:
    """“What happened (English)” for “what_happened.en”."""
    name, _, language = part.partition(".")
    return f"{t(PART_LABELS[name])} ({LANGUAGES[language]})"


def outcome_state(outcome: Outcome) -> tuple[str, str]:
    """The state's word and its tone."""
    state = rulebook(outcome.complaint.rulebook).outcome.state(outcome.state)
    return t(state.label), STATE_TONES.get(outcome.state, "plain")


@dataclass(frozen=True)
class LeakFound:
    """Where the text would name someone: in which part, what kind of name, and the words around it."""

    part: str
    field: str
    kind: str
    before: str
    words: str
    after: str


def leaks_found(complaint: Complaint, draft: Mapping[str, str]) -> list[LeakFound]:
    """Every place where the text names someone from the file, with what stands around it."""
    found = []
    for leak in leaks_in(complaint, draft):
        text, (start, end) = draft[leak.field], (leak.where.start, leak.where.end)
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        kind = t(NAME_KIND_LABELS[leak.name_kind])
        found.append(LeakFound(part_label(leak.field), leak.field, kind, before, text[start:end], after))
    return found


@dataclass(frozen=True)
class Choice:
    """One step of an outcome, and each reason why it can't be taken yet."""

    step: Step
    reasons: tuple[str, ...]


def choices_of(outcome: Outcome, person: User) -> list[Choice]:
    """The steps this person may take from here, now or once the reasons are gone."""
    steps = rulebook(outcome.complaint.rulebook).outcome.steps_from(outcome.state, person.role_set)
    return [Choice(step, refusals(outcome, step, person)) for step in steps]


def why_not_published(outcome: Outcome, person: User) -> tuple[str, ...]:
    """What an approved outcome still waits for; nothing where publishing is not the next step."""
    return next(
        (choice.reasons for choice in choices_of(outcome, person) if choice.step.to == "published"), ()
    )


def refusals(outcome: Outcome, step: Step, person: User) -> tuple[str, ...]:
    """Each reason, in words, why this person can't take a step of this outcome now."""
    complaint, draft = outcome.complaint, outcome.draft or {}
    facts = outcome_facts(
        outcome,
        by=acting.person(person),
        on=clock.today(rulebook(complaint.rulebook).time_zone),
        complete=is_complete(complaint, draft),
        leaks=len(leaks_in(complaint, draft)),
    )
    return tuple(t(reason) for reason in engine(complaint.rulebook, "outcome").refusals(step, facts))


@dataclass(frozen=True)
class Concluded:
    """One allegation as a publisher reads it: how it ended, the reasons, and what each seat found."""

    name: str
    ending: str
    reasons: str
    recommended: str
    by_seats: list[tuple[str, str]]


def concluded(complaint: Complaint) -> list[Concluded]:
    """Each allegation with its result and the panel's findings, in no order that tells whose they are."""
    book = rulebook(complaint.rulebook)
    found: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for seat in complaint.seats:
        for each in seat.findings if seat.is_active and seat.submitted_at else ():
            found.setdefault(each.allegation_id, []).append(
                (label(book.findings, each.finding), each.reasons or "")
            )
    return [
        Concluded(
            allegation_name(each),
            ending_words(each, book),
            each.finding_reasons or "",
            label(book.corrective_actions, each.corrective_recommended),
            sorted(found.get(each.id, [])),
        )
        for each in complaint.allegations
    ]
