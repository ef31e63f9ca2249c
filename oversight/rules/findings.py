"""The coded vocabularies of a file: levels, allegations, contexts, findings, grounds, corrective action.

A place lists its own; what most places share stands here so that the words agree.
"""

from dataclasses import dataclass
from enum import StrEnum

from oversight.rules.words import N_


@dataclass(frozen=True)
class Term:
    """One coded word: the code is stored, the label is shown, `words` explain it to the public."""

    code: str
    label: str
    words: str = ""
    basis: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Level(Term):
    """How serious a matter is, and so who may look at it. `referred` levels belong to another body."""

    referred: bool = False


@dataclass(frozen=True)
class Finding(Term):
    """What may be concluded of one allegation. `on_merits` findings enter the findings-on-merits rate."""

    on_merits: bool = True
    sustained: bool = False


class Subject(StrEnum):
    """Whom or what an allegation is about."""

    KNOWN_OFFICER = "known_officer"
    DESCRIBED_OFFICER = "described_officer"
    UNKNOWN_OFFICER = "unknown_officer"
    CHIEF = "chief"
    CIVILIAN_EMPLOYEE = "civilian_employee"
    SERVICE = "service"
    POLICY = "policy"


SUBJECT_LABELS: dict[Subject, str] = {
    Subject.KNOWN_OFFICER: N_("An officer whose name or number is known"),
    Subject.DESCRIBED_OFFICER: N_("An officer who is described"),
    Subject.UNKNOWN_OFFICER: N_("An officer nobody has identified yet"),
    Subject.CHIEF: N_("The chief of police"),
    Subject.CIVILIAN_EMPLOYEE: N_("A civilian employee"),
    Subject.SERVICE: N_("The police service"),
    Subject.POLICY: N_("A policy"),
}

# These have a side of their own to be told and heard before any finding.
SUBJECTS_HEARD: frozenset[Subject] = frozenset(
    {Subject.KNOWN_OFFICER, Subject.CHIEF, Subject.CIVILIAN_EMPLOYEE}
)


class Status(StrEnum):
    """An allegation's own ending. The file ends when none is open."""

    OPEN = "open"
    REFERRED = "referred"
    DISMISSED = "dismissed"
    SETTLED = "settled"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


STATUS_LABELS: dict[Status, str] = {
    Status.OPEN: N_("Open"),
    Status.REFERRED: N_("Referred"),
    Status.DISMISSED: N_("Dismissed"),
    Status.SETTLED: N_("Settled"),
    Status.DECIDED: N_("Decided"),
    Status.WITHDRAWN: N_("Withdrawn"),
    Status.CLOSED: N_("Closed without a finding"),
}

DUTY: tuple[Term, ...] = (
    Term("on", N_("On duty")),
    Term("off", N_("Off duty")),
    Term("unknown", N_("Not known")),
)

CAMERA: tuple[Term, ...] = (
    Term("on", N_("A camera was recording")),
    Term("off", N_("There was a camera, not recording")),
    Term("missing", N_("There was no camera")),
    Term("unknown", N_("Not known")),
)

CONTEXTS: tuple[Term, ...] = (
    Term("street_check", N_("Stopped and asked questions on foot")),
    Term("traffic", N_("A traffic stop")),
    Term("school_officer", N_("An officer at a school")),
    Term("crisis_call", N_("A mental health or crisis call")),
    Term("custody", N_("Arrest, or being held in custody")),
    Term("protest", N_("A protest or a crowd")),
    Term("search", N_("A search of a person, home or car")),
    Term("call_for_service", N_("Someone called the police for help")),
    Term("online", N_("Online or on the telephone")),
    Term("other", N_("Something else")),
)

BIAS_KINDS: tuple[Term, ...] = (
    Term("race", N_("Race, colour or where someone comes from")),
    Term("indigenous", N_("Being First Nations, Métis or Inuit")),
    Term("religion", N_("Religion")),
    Term("gender", N_("Sex or gender")),
    Term("orientation", N_("Sexual orientation")),
    Term("disability", N_("Disability or mental health")),
    Term("age", N_("Age")),
    Term("poverty", N_("Poverty or having no home")),
    Term("other", N_("Something else about the person")),
)

# "email" and "unknown" come with files of the past: nobody files by e-mail here.
CHANNELS: dict[str, str] = {
    "web": N_("On the website"),
    "phone": N_("By telephone"),
    "in_person": N_("In person"),
    "mail": N_("By mail"),
    "email": N_("By e-mail"),
    "referral": N_("From another body"),
    "unknown": N_("Not known"),
}

HOLD_REASONS: tuple[Term, ...] = (
    Term("criminal_proceedings", N_("A criminal case about the same events is under way")),
    Term("criminal_investigation", N_("Another body is investigating the same events")),
    Term("litigation", N_("A court case about the same events is under way")),
    Term("health", N_("Someone who must be heard is unwell")),
    Term("waiting_for_body", N_("Waiting for another body's report")),
)

# Why a deadline was given more time, or was not kept. They are published, so they blame and name nobody.
DELAY_REASONS: tuple[Term, ...] = (
    Term("waiting_for_record", N_("Waiting for a record or a recording")),
    Term("hard_to_reach", N_("Someone who has to be heard can not be reached yet")),
    Term("several_matters", N_("Several officers or events have to be looked at")),
    Term("translation", N_("Something has to be translated or interpreted")),
    Term("other_proceeding", N_("A court or another body is dealing with the same events")),
    Term("absence", N_("Not everyone the work needs is available")),
    Term("asked_for", N_("More time was asked for")),
    Term("workload", N_("The office has more files than it has people for")),
)

CLOSING_GROUNDS: tuple[Term, ...] = (
    Term(
        "complainant_unavailable",
        N_("The person who complained could not be reached"),
        N_("We tried several ways to reach the person who complained and could not go on without them."),
    ),
    Term(
        "officer_unidentified",
        N_("The officer could not be identified"),
        N_("We looked for the officer in every record we may see and could not find out who it was."),
    ),
    Term(
        "officer_left",
        N_("The officer has left the police service"),
        N_("The officer no longer works for the police service, so we no longer have the power to decide."),
    ),
    Term(
        "pending_litigation",
        N_("The matter is before a court"),
        N_("A court is dealing with the same events."),
    ),
    Term(
        "evidence_unavailable",
        N_("The evidence needed is not to be had"),
        N_("What we would need to look at no longer exists or can not be given to us."),
    ),
)


def labels(terms: tuple[Term, ...]) -> dict[str, str]:
    """Return code → label."""
    return {term.code: term.label for term in terms}
