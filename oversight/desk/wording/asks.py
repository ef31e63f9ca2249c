"""What a step's form asks, as a question, and what was answered, as a sentence or two."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from oversight.casework.answers import RESPONSE_KINDS
from oversight.casework.models import Complaint
from oversight.casework.wording import allegation_name, label, party_name
from oversight.desk.wording.terms import hold_name
from oversight.kit.i18n import local_day, t, with_detail
from oversight.rules.findings import Term
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import Rulebook
from oversight.rules.steps import Ask, Step
from oversight.rules.words import N_

WITHDRAWAL_ENDINGS = (
    Term("close", N_("Close the file"), N_("Nothing else makes it right to go on.")),
    Term(
        "go_on",
        N_("Go on with the file"),
        N_("The public interest asks for it, for example because others are concerned."),
    ),
)

LABELS: dict[Ask, str] = {
    Ask.REASON: N_("Reason"),
    Ask.NOTE: N_("Note"),
    Ask.GROUND: N_("Ground for dismissal"),
    Ask.CLOSING_GROUND: N_("Why no finding can be made"),
    Ask.ALLEGATIONS: N_("Which allegations?"),
    Ask.LEVEL: N_("Level"),
    Ask.INVESTIGATOR: N_("Investigator"),
    Ask.HOLD_REASON: N_("Why does it have to wait?"),
    Ask.AUTHORITY: N_("Who asked for it, or what requires it"),
    Ask.REVIEW_ON: N_("When is this looked at again?"),
    Ask.HOLD: N_("Which hold?"),
    Ask.CLOCK: N_("Which deadline?"),
    Ask.DAYS: N_("How many days more?"),
    Ask.DELAY_REASON: N_("Why does it take longer?"),
    Ask.BODY: N_("To which body?"),
    Ask.TERMS: N_("What was agreed"),
    Ask.AGREEMENT: N_("Everyone concerned agrees to this"),
    Ask.OFFICER: N_("Which officer?"),
    Ask.RESPONSE_KIND: N_("What came of it?"),
    Ask.RESPONSE: N_("The officer's side"),
    Ask.PARTY: N_("Who?"),
    Ask.PRESSED: N_("What they said, asked privately, about being pressed"),
    Ask.WITHDRAWAL_ENDING: N_("What becomes of the file?"),
    Ask.FINDINGS: N_("Findings"),
    Ask.CORRECTIVE_ACTION: N_("Corrective action recommended"),
    Ask.TO_COMPLAINANT: N_("What the person who complained will read"),
    Ask.QUESTION: N_("What is still needed?"),
    Ask.BLINDING_REASON: N_("Why names can not be replaced by roles"),
    Ask.SUMMARY: N_("Summary"),
    Ask.CORRECTION: N_("What is corrected"),
}
OF_STEPS: dict[tuple[str, Ask], str] = {
    ("offer_early_resolution", Ask.NOTE): N_("What is offered"),
    ("record_a_withdrawal", Ask.REASON): N_("Why they want to withdraw, in their words"),
    ("ask_for_reconsideration", Ask.REASON): N_("Why it should be looked at again"),
    ("ask_late_for_reconsideration", Ask.REASON): N_("Why it should be looked at again"),
    ("ask_late_for_reconsideration", Ask.NOTE): N_("Why it comes late"),
    ("depart_from_the_panel", Ask.REASON): N_("Why the decision departs from the panel"),
    ("return_to_the_panel", Ask.REASON): N_("What the panel is asked to look at again"),
    ("resume", Ask.REASON): N_("Why it can go on"),
    ("say_why_it_passed", Ask.DELAY_REASON): N_("Why did it take longer?"),
}
HINTS: dict[Ask, str] = {
    Ask.TO_COMPLAINANT: N_(
        "They read it privately on their status page. Say what was decided and why, in plain and kind words; "
        "never a bare “vexatious” or “unfounded”."
    ),
    Ask.RESPONSE: N_("What the officer said, or why their side can not be had."),
    Ask.PRESSED: N_("Did anyone ask or push them to withdraw? Ask when nobody else is there."),
    Ask.AUTHORITY: N_("For example the letter of a prosecutor, with its date."),
    Ask.REVIEW_ON: N_("For example: 27 3 2027."),
    Ask.DELAY_REASON: N_("It is published as it stands here, so it names nobody."),
}


def asked(step: Step, ask: Ask) -> str:
    """The question, as the form of this step puts it."""
    return t(OF_STEPS.get((step.name, ask), LABELS[ask]))


@dataclass(frozen=True)
class Told:
    """Answers to be put into words, beside what their ids mean."""

    complaint: Complaint
    answers: Mapping[str, Any]
    names: Mapping[uuid.UUID, str]

    @property
    def book(self) -> Rulebook:
        return rulebook(self.complaint.rulebook)


def answered(step: Step, told: Told) -> list[tuple[str, str]]:
    """Each question of a step's form with its answer in words; what was left empty is left out."""
    rows = [
        (asked(step, ask), SPOKEN.get(ask, _text(ask))(told))
        for ask in step.asks
        if ask.value in told.answers
    ]
    return [(question, words) for question, words in rows if words]


Spoken = Callable[[Told], str]


def _text(ask: Ask) -> Spoken:
    return lambda told: str(told.answers[ask.value] or "")


def _term(ask: Ask, terms: Callable[[Rulebook], tuple[Term, ...]]) -> Spoken:
    return lambda told: label(terms(told.book), str(told.answers[ask.value] or ""))


def _party(ask: Ask) -> Spoken:
    def spoken(told: Told) -> str:
        wanted = str(told.answers[ask.value])
        return next((party_name(each) for each in told.complaint.parties if str(each.id) == wanted), "")

    return spoken


def _allegations(told: Told) -> str:
    chosen = {str(each) for each in told.answers["allegations"] or ()}
    if not chosen:
        return t(N_("The whole file"))
    return "\n".join(allegation_name(each) for each in told.complaint.allegations if str(each.id) in chosen)


def _day(told: Told) -> str:
    return local_day(date.fromisoformat(told.answers["review_on"]))


def _person(told: Told) -> str:
    return told.names.get(uuid.UUID(str(told.answers["investigator"])), "")


def _hold(told: Told) -> str:
    wanted = str(told.answers["hold"])
    return next((hold_name(each) for each in told.complaint.holds if str(each.id) == wanted), "")


def _clock(told: Told) -> str:
    deadline = told.book.deadline(str(told.answers["clock"]))
    return t(deadline.label) if deadline else ""


def _findings(told: Told) -> str:
    given = told.answers["findings"] or {}
    lines = []
    for allegation in told.complaint.allegations:
        found = given.get(str(allegation.id))
        if found:
            finding = label(told.book.findings, found["finding"])
            lines.append(f"{with_detail(allegation_name(allegation), finding)}\n{found['reasons']}")
    return "\n\n".join(lines)


def _corrective(told: Told) -> str:
    given = told.answers["corrective_action"] or {}
    chosen = [each for each in told.complaint.allegations if given.get(str(each.id))]
    return "\n".join(
        with_detail(allegation_name(each), label(told.book.corrective_actions, given[str(each.id)]))
        for each in chosen
    )


SPOKEN: dict[Ask, Spoken] = {
    Ask.GROUND: _term(Ask.GROUND, lambda book: book.grounds),
    Ask.CLOSING_GROUND: _term(Ask.CLOSING_GROUND, lambda book: book.closing_grounds),
    Ask.HOLD_REASON: _term(Ask.HOLD_REASON, lambda book: book.hold_reasons),
    Ask.BODY: _term(Ask.BODY, lambda book: book.referral_bodies),
    Ask.LEVEL: _term(Ask.LEVEL, lambda book: book.levels),
    Ask.RESPONSE_KIND: _term(Ask.RESPONSE_KIND, lambda _: RESPONSE_KINDS),
    Ask.WITHDRAWAL_ENDING: _term(Ask.WITHDRAWAL_ENDING, lambda _: WITHDRAWAL_ENDINGS),
    Ask.ALLEGATIONS: _allegations,
    Ask.INVESTIGATOR: _person,
    Ask.REVIEW_ON: _day,
    Ask.HOLD: _hold,
    Ask.CLOCK: _clock,
    Ask.DELAY_REASON: _term(Ask.DELAY_REASON, lambda book: book.delay_reasons),
    Ask.AGREEMENT: lambda told: t(N_("Yes")) if told.answers["agreement"] else "",
    Ask.OFFICER: _party(Ask.OFFICER),
    Ask.PARTY: _party(Ask.PARTY),
    Ask.FINDINGS: _findings,
    Ask.CORRECTIVE_ACTION: _corrective,
}


def people_in(answers: Mapping[str, Any]) -> set[uuid.UUID]:
    """The members of staff that answers name, so that a page can look up all names at once."""
    return {uuid.UUID(str(answers[name])) for name in ("investigator", "approved_by") if answers.get(name)}
