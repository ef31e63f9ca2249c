"""The steps of a file's page: what may be done now, what not yet and why, and what each will bring about."""

from dataclasses import dataclass
from datetime import date

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.actions.proposals import ALREADY_WAITS, waiting
from oversight.casework.models import Complaint
from oversight.casework.queries.facts import facts_of
from oversight.kit.i18n import t
from oversight.rules.clocks import clocks_in
from oversight.rules.jurisdictions import engine, rulebook
from oversight.rules.messages import Audience
from oversight.rules.roles import ROLE_LABELS, Role
from oversight.rules.steps import Ask, Step
from oversight.rules.words import N_

ROLES_AT_THE_DESK = frozenset({Role.CASEWORKER, Role.INVESTIGATOR, Role.DIRECTOR})

GO_ON = N_("Go on")
OFFICERS_SIDE = N_("The officer’s side")
PERSON_WHO_COMPLAINED = N_("The person who complained")
DEADLINES = N_("Deadlines")
WAITING = N_("Waiting")
STOP_HERE = N_("Stop here")
GROUPS = (GO_ON, OFFICERS_SIDE, PERSON_WHO_COMPLAINED, DEADLINES, WAITING, STOP_HERE)

# A step belongs where the first of these that it asks for says.
GROUP_OF: dict[Ask, str] = {
    Ask.OFFICER: OFFICERS_SIDE,
    Ask.CLOCK: DEADLINES,
    Ask.HOLD: WAITING,
    Ask.HOLD_REASON: WAITING,
    Ask.PARTY: PERSON_WHO_COMPLAINED,
    Ask.WITHDRAWAL_ENDING: PERSON_WHO_COMPLAINED,
    Ask.GROUND: STOP_HERE,
    Ask.CLOSING_GROUND: STOP_HERE,
    Ask.BODY: STOP_HERE,
}

AUDIENCES: dict[Audience, str] = {
    Audience.COMPLAINANTS: N_("the person who complained"),
    Audience.LIAISON: N_("the police liaison"),
    Audience.COMMISSION: N_("the police commission"),
    Audience.PANEL: N_("the panel"),
    Audience.HANDLERS: N_("whoever carries the file"),
    Audience.DIRECTORS: N_("the directors"),
}


@dataclass(frozen=True)
class Choice:
    """One step on a file's page, and each reason why it can't be taken yet."""

    step: Step
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Steps that stand together under one heading; one group leads the file on."""

    words: str
    choices: list[Choice]
    leads_on: bool


@dataclass(frozen=True)
class Choices:
    """The steps of one person on one file."""

    now: list[Group]
    not_yet: list[Choice]

    @property
    def about_clocks(self) -> list[Step]:
        """The steps that may be taken now and are about one of the file's clocks."""
        return [
            choice.step for group in self.now for choice in group.choices if Ask.CLOCK in choice.step.asks
        ]


def choices_of(complaint: Complaint, person: User, *, on: date) -> Choices:
    """What this person may do to the file now, in groups, and what has to wait for something."""
    roles = person.role_set & ROLES_AT_THE_DESK
    steps = rulebook(complaint.rulebook).file.steps_from(complaint.state, roles)
    proposed = {proposal.step for proposal in waiting(complaint, "file")}
    every = [Choice(step, _in_the_way(complaint, step, person, on, proposed)) for step in steps]
    ready = [choice for choice in every if not choice.reasons]
    groups = (
        Group(t(words), [each for each in ready if _group(each.step) == words], leads_on=words == GO_ON)
        for words in GROUPS
    )
    return Choices([group for group in groups if group.choices], [each for each in every if each.reasons])


def _in_the_way(
    complaint: Complaint, step: Step, person: User, on: date, proposed: set[str]
) -> tuple[str, ...]:
    if step.name in proposed:
        return (t(ALREADY_WAITS),)
    return refusals(complaint, step, person, on=on)


def refusals(complaint: Complaint, step: Step, person: User, *, on: date) -> tuple[str, ...]:
    """Each reason, in words, why this person can't take a step of this file now."""
    if complaint.state not in step.source:
        return (t(rulebook(complaint.rulebook).file.not_from_here),)
    facts = facts_of(complaint, by=acting.person(person), on=on)
    return tuple(t(reason) for reason in engine(complaint.rulebook, "file").refusals(step, facts))


def adoption(complaint: Complaint, person: User) -> Step | None:
    """The step by which this person may take up a file that waits for it, before anything else is done."""
    steps = rulebook(complaint.rulebook).file.steps_from(complaint.state, person.role_set & ROLES_AT_THE_DESK)
    first = (step for step in steps if step.comes_first)
    return next(first, None) if complaint.waits_for_adoption else None


def consequences(complaint: Complaint, step: Step) -> list[tuple[str, str]]:
    """What taking a step brings about: where the file goes, who is told, who has to agree."""
    book = rulebook(complaint.rulebook)
    rows = []
    if step.to is not None:
        rows.append((t(N_("The file moves to")), _leads_to(complaint, step)))
    if step.stays_while is not None:
        rows.append((t(N_("Or stays")), t(N_("in its present state, where something is still open"))))
    if step.comes_first:
        clocks = "\n".join(t(each.label) for each in clocks_in(book, complaint.state))
        rows.append((t(N_("Clocks that start")), clocks))
    told = list(dict.fromkeys(t(AUDIENCES[book.messages[name].to]) for name in step.tells))
    if told:
        rows.append((t(N_("An e-mail goes to")), ", ".join(told)))
    if step.second:
        roles = ", ".join(t(ROLE_LABELS[role]) for role in sorted(step.second))
        rows.append((t(N_("Second person")), t(N_("someone else has to approve it: %(roles)s"), roles=roles)))
    return rows


def _leads_to(complaint: Complaint, step: Step) -> str:
    workflow = rulebook(complaint.rulebook).file
    if isinstance(step.to, str):
        return t(workflow.state(step.to).label)
    return t(workflow.state(complaint.ended_as).label) if complaint.ended_as else ""


def _group(step: Step) -> str:
    if step.comes_first:
        return GO_ON
    if not step.asks and step.to is None:
        return PERSON_WHO_COMPLAINED
    return next((GROUP_OF[ask] for ask in step.asks if ask in GROUP_OF), GO_ON)
