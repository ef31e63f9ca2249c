"""A rulebook: everything one place's law says about a complaint, with the dates it is in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from oversight.rules.deadlines import Deadline, MoreTime
from oversight.rules.findings import (
    BIAS_KINDS,
    CAMERA,
    CLOSING_GROUNDS,
    CONTEXTS,
    DELAY_REASONS,
    DUTY,
    HOLD_REASONS,
    Finding,
    Level,
    Term,
)
from oversight.rules.messages import MESSAGES, Message
from oversight.rules.questions import STANDARD_QUESTIONS, Question, SelfIdentification
from oversight.rules.steps import Workflow
from oversight.rules.workflow import STANDARD_FILE, STANDARD_OUTCOME


@dataclass(frozen=True)
class PanelRule:
    """How civilians review a file: seats drawn, substitutes held ready, and whether their findings bind."""

    seats: int = 3
    substitutes: int = 1
    binding: bool = False
    basis: str = ""
    verified: bool = False


@dataclass(frozen=True)
class SmallNumbers:
    """Which numbers of people are too small to publish: those from 1 to `threshold` - 1.

    Nobody may be able to work one out to within less than `floor`.
    """

    threshold: int = 10
    floor: int = 5
    basis: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Office:
    """How the public reaches this office. Demo values are invented; an office sets its own in its file.

    `commission` is the address that is told of a complaint about the chief; without one, directors are.
    `paper` is the sheet its reports are printed on: Letter or A4.
    """

    name: str
    service: str
    phone: str
    email: str
    address: str
    hours: str
    emergency: str = "911"
    commission: str = ""
    paper: str = "Letter"


@dataclass(frozen=True)
class Usual:
    """How long a state usually takes, in months: a range, never a date that may prove false."""

    least: int
    most: int


@dataclass(frozen=True)
class Rulebook:
    """One place's rules, for files received from `in_force_from` to `in_force_until`, both included.

    `more_time`: by a deadline's slug, how much it may be given; a deadline that is not there, none.
    Raises ValueError where it names one that no clock of the office's work is about.
    """

    slug: str
    place: str
    label: str
    law: str
    in_force_from: date
    time_zone: str
    office: Office
    holiday_calendar: str
    levels: tuple[Level, ...]
    codes: tuple[Term, ...]
    grounds: tuple[Term, ...]
    findings: tuple[Finding, ...]
    corrective_actions: tuple[Term, ...]
    referral_bodies: tuple[Term, ...]
    deadlines: tuple[Deadline, ...]
    self_identification: SelfIdentification
    in_force_until: date | None = None
    file: Workflow = STANDARD_FILE
    outcome: Workflow = STANDARD_OUTCOME
    contexts: tuple[Term, ...] = CONTEXTS
    duty: tuple[Term, ...] = DUTY
    camera: tuple[Term, ...] = CAMERA
    bias_kinds: tuple[Term, ...] = BIAS_KINDS
    hold_reasons: tuple[Term, ...] = HOLD_REASONS
    delay_reasons: tuple[Term, ...] = DELAY_REASONS
    closing_grounds: tuple[Term, ...] = CLOSING_GROUNDS
    questions: tuple[Question, ...] = STANDARD_QUESTIONS
    more_time: Mapping[str, MoreTime] = field(default_factory=dict)
    starts_at_filing: tuple[str, ...] = ("acknowledgement", "progress_notice")
    panels: Mapping[str, PanelRule] = field(default_factory=dict)
    usual: Mapping[str, Usual] = field(default_factory=dict)
    messages: Mapping[str, Message] = field(default_factory=lambda: MESSAGES)
    areas: tuple[str, ...] = ()
    small_numbers: SmallNumbers = SmallNumbers()

    def __post_init__(self) -> None:
        known = self.clocks_of_work()
        for slug in self.more_time:
            if slug not in known:
                raise ValueError(
                    f"{self.slug}: more_time names {slug!r}, which can have none; "
                    f"these can: {', '.join(sorted(known))}."
                )

    def clocks_of_work(self) -> frozenset[str]:
        """Return the deadlines that hold the office to its work: those whose clocks start before a file ends.

        What starts when it ends is the time people have to ask for another look. They are told its last day,
        and a summary waits for it, so nobody moves it.
        """
        endings = {state.slug for state in self.file.endings}
        before = (step.starts for step in self.file.steps if step.to not in endings)
        return frozenset(self.starts_at_filing).union(*before)

    def is_in_force(self, received_on: date) -> bool:
        """Tell whether a file received on that day follows this rulebook."""
        until = self.in_force_until or date.max
        return self.in_force_from <= received_on <= until

    def panel_for(self, level: str | None) -> PanelRule:
        """Return the panel a file of that level gets."""
        return self.panels.get(level or "", PanelRule())

    def deadline(self, slug: str) -> Deadline | None:
        """Return the deadline that starts a clock of that name, or None where the law sets none."""
        return next((each for each in self.deadlines if each.slug == slug), None)

    def workflow(self, name: str) -> Workflow:
        """Return the workflow "file" or "outcome"."""
        return {"file": self.file, "outcome": self.outcome}[name]

    def unverified(self) -> tuple[tuple[str, str], ...]:
        """Return (what, label) of every legal fact an office has to confirm before it goes live."""
        rows = [("deadline", each.label) for each in self.deadlines if not each.verified]
        rows += [
            ("more time", each.label)
            for each in self.deadlines
            if each.slug in self.more_time and not self.more_time[each.slug].verified
        ]
        for what, terms in (
            ("level", self.levels),
            ("code", self.codes),
            ("ground", self.grounds),
            ("finding", self.findings),
            ("corrective action", self.corrective_actions),
        ):
            rows += [(what, term.label) for term in terms if not term.verified]
        rows += [("panel", level) for level, panel in self.panels.items() if not panel.verified]
        if not self.self_identification.verified:
            rows.append(("self-identification", self.self_identification.standard))
        if not self.small_numbers.verified:
            rows.append(
                (
                    "small numbers",
                    f"threshold {self.small_numbers.threshold}, floor {self.small_numbers.floor}",
                )
            )
        return tuple(rows)


def term(terms: tuple[Term, ...], code: str | None) -> Term | None:
    """Return the term with that code, or None."""
    return next((each for each in terms if each.code == code), None)
