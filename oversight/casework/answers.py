"""Checks what a step's form was given, against the file and its rulebook, before anything is done.

Answers are plain JSON (ids as text, days as ISO text), so that a proposal can keep them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from oversight.casework.acting import Acting
from oversight.casework.models import Clock, Complaint, Party
from oversight.casework.queries.clocks import clocks_for, days_left_to_give
from oversight.casework.queries.facts import is_heard, open_allegations
from oversight.casework.queries.people import people_free_for
from oversight.casework.refusals import BadAnswers
from oversight.rules.findings import Term
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Role
from oversight.rules.rulebook import Rulebook, term
from oversight.rules.steps import Ask, Step
from oversight.rules.words import N_

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """What a form was given, beside everything a check may hold it against."""

    answers: Answers
    complaint: Complaint
    book: Rulebook
    step: Step
    by: Acting
    on: date

    def party(self, field: str) -> Party | None:
        """The party of this file that a field names, if it names one."""
        wanted = str(self.answers.get(field))
        return next((party for party in self.complaint.parties if str(party.id) == wanted), None)

    def clock(self) -> Clock | None:
        """The clock that was chosen, if the step can be about it."""
        fit = clocks_for(self.step, self.complaint, on=self.on)
        return next((clock for clock in fit if clock.deadline == self.answers.get("clock")), None)


Check = Callable[[Given], str | None]

NEEDED = N_("Fill this in.")
CHOOSE = N_("Choose one from the list.")


def check_answers(complaint: Complaint, step: Step, answers: Answers, *, by: Acting, on: date) -> None:
    """Raise BadAnswers, field by field, unless everything `step` asks for is given and fits this file."""
    given = Given(answers, complaint, rulebook(complaint.rulebook), step, by, on)
    checked = {ask.value: CHECKS[ask](given) for ask in step.asks if ask in CHECKS}
    problems = {name: problem for name, problem in checked.items() if problem}
    if problems:
        raise BadAnswers(problems)


def _written(name: str) -> Check:
    def check(given: Given) -> str | None:
        return None if str(given.answers.get(name) or "").strip() else NEEDED

    return check


def _one_of(name: str, terms: Callable[[Rulebook], tuple[Term, ...]]) -> Check:
    def check(given: Given) -> str | None:
        return None if term(terms(given.book), given.answers.get(name)) else CHOOSE

    return check


def _allegations(given: Given) -> str | None:
    chosen = {str(each) for each in given.answers.get("allegations") or ()}
    # A hold with nothing selected keeps the whole file; every other step needs a selection.
    if not chosen:
        return None if given.step.name == "hold" else N_("Select at least one allegation.")
    if not chosen <= {str(each.id) for each in open_allegations(given.complaint)}:
        return N_("One of these allegations is not open any more. Select again.")
    return None


def _level(given: Given) -> str | None:
    chosen = term(given.book.levels, given.answers.get("level"))
    if chosen is None:
        return CHOOSE
    if getattr(chosen, "referred", False):
        return N_("Matters at this level belong to another body. Refer them instead.")
    return None


def _investigator(given: Given) -> str | None:
    free = {str(person.id) for person in people_free_for(given.complaint, Role.INVESTIGATOR)}
    return None if str(given.answers.get("investigator")) in free else CHOOSE


def _review_on(given: Given) -> str | None:
    try:
        day = date.fromisoformat(str(given.answers.get("review_on") or ""))
    except ValueError:
        return N_("Give the day on which this is looked at again, for example 27 3 2027.")
    return None if day > given.on else N_("Give a day that is still to come.")


def _note(given: Given) -> str | None:
    """A note is the writer's to leave out, except where it says why a request comes late."""
    return _written("note")(given) if given.step.name == "ask_late_for_reconsideration" else None


def _hold(given: Given) -> str | None:
    held = {str(hold.id) for hold in given.complaint.holds if hold.is_open}
    return None if str(given.answers.get("hold")) in held else CHOOSE


def _clock(given: Given) -> str | None:
    return None if given.clock() else N_("Choose the deadline it is about.")


def _delay_reason(given: Given) -> str | None:
    known = term(given.book.delay_reasons, given.answers.get("delay_reason"))
    return None if known else N_("Choose the reason that fits best.")


def _days(given: Given) -> str | None:
    clock, typed = given.clock(), str(given.answers.get("days") or "").strip()
    days = int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0
    if not days:
        return N_("Write how many days, as a number such as 14.")
    if clock is not None and days > days_left_to_give(clock, on=given.on):
        return N_("That is more than this deadline may be given. The most stands beside it above.")
    return None


LONGEST_NUMBER = 4
"""Digits; more would be no number of days that anyone means."""


def _agreement(given: Given) -> str | None:
    agreed = given.answers.get("agreement")
    return (
        None
        if agreed
        else N_("A settlement needs the agreement of everyone concerned. Tick the box to confirm it.")
    )


def _officer(given: Given) -> str | None:
    party = given.party("officer")
    if party is None or not is_heard(party) or not may_speak_for(party, given.by.roles):
        return CHOOSE
    if given.step.name == "tell_the_officer" and party.told_on is not None:
        return N_("This officer has already been told.")
    if given.step.name == "record_the_officers_response" and party.heard_on is not None:
        return N_("This officer's side is already recorded.")
    return None


def may_speak_for(officer: Party, roles: frozenset[Role]) -> bool:
    """Whether someone of these roles may say anything of this officer; the liaison, once they were told."""
    return officer.told_on is not None or Role.LIAISON not in roles


RESPONSE_KINDS = (
    Term("response", N_("The officer answered")),
    Term("lapsed", N_("The officer had the chance to answer and let it pass")),
    Term("reason", N_("The officer's side can not be had, for the reason below")),
)


def _response_kind(given: Given) -> str | None:
    if term(RESPONSE_KINDS, given.answers.get("response_kind")) is None:
        return CHOOSE
    officer = given.party("officer")
    if officer is not None and officer.told_on is None and given.answers.get("response_kind") != "reason":
        return N_("This officer has not been told yet. Tell the officer first.")
    return None


def _response(given: Given) -> str | None:
    if given.answers.get("response_kind") == "lapsed":
        return None
    return None if str(given.answers.get("response") or "").strip() else NEEDED


def _party(given: Given) -> str | None:
    party = given.party("party")
    if party is None or party.kind == "witness":
        return CHOOSE
    if given.step.name == "record_a_withdrawal":
        if party.kind != "complainant":
            return N_("Only someone who complained can withdraw.")
        if party.withdrawal_is_undecided:
            return N_("This withdrawal is already recorded and waits for a decision.")
    return None


def _withdrawal_ending(given: Given) -> str | None:
    return None if given.answers.get("withdrawal_ending") in ("close", "go_on") else CHOOSE


def _findings(given: Given) -> str | None:
    findings = given.answers.get("findings") or {}
    for allegation in open_allegations(given.complaint):
        found = findings.get(str(allegation.id)) or {}
        if (
            term(given.book.findings, found.get("finding")) is None
            or not str(found.get("reasons") or "").strip()
        ):
            return N_("Every open allegation needs a finding and its reasons.")
    return None


def _corrective_action(given: Given) -> str | None:
    actions = given.answers.get("corrective_action") or {}
    known = all(term(given.book.corrective_actions, code) for code in actions.values() if code)
    return None if known else CHOOSE


CHECKS: dict[Ask, Check] = {
    Ask.REASON: _written("reason"),
    Ask.NOTE: _note,
    Ask.TERMS: _written("terms"),
    Ask.TO_COMPLAINANT: _written("to_complainant"),
    Ask.QUESTION: _written("question"),
    Ask.BLINDING_REASON: _written("blinding_reason"),
    Ask.AUTHORITY: _written("authority"),
    Ask.GROUND: _one_of("ground", lambda book: book.grounds),
    Ask.CLOSING_GROUND: _one_of("closing_ground", lambda book: book.closing_grounds),
    Ask.HOLD_REASON: _one_of("hold_reason", lambda book: book.hold_reasons),
    Ask.BODY: _one_of("body", lambda book: book.referral_bodies),
    Ask.ALLEGATIONS: _allegations,
    Ask.LEVEL: _level,
    Ask.INVESTIGATOR: _investigator,
    Ask.REVIEW_ON: _review_on,
    Ask.HOLD: _hold,
    Ask.CLOCK: _clock,
    Ask.DAYS: _days,
    Ask.DELAY_REASON: _delay_reason,
    Ask.AGREEMENT: _agreement,
    Ask.OFFICER: _officer,
    Ask.RESPONSE_KIND: _response_kind,
    Ask.RESPONSE: _response,
    Ask.PARTY: _party,
    Ask.WITHDRAWAL_ENDING: _withdrawal_ending,
    Ask.FINDINGS: _findings,
    Ask.CORRECTIVE_ACTION: _corrective_action,
}
