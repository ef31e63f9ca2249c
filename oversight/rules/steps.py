"""What a workflow is made of: public stages, states, steps and what a step asks for."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from oversight.rules.guards import Guard
from oversight.rules.roles import Role
from oversight.rules.words import N_


class PublicStage(StrEnum):
    """The line the public sees. Internal states are many; these four are what a complainant follows."""

    RECEIVED = "received"
    REVIEWED = "reviewed"
    RESOLVED = "resolved"
    PUBLISHED = "published"


STAGE_LABELS: dict[PublicStage, str] = {
    PublicStage.RECEIVED: N_("Received"),
    PublicStage.REVIEWED: N_("Reviewed by civilians"),
    PublicStage.RESOLVED: N_("Resolved"),
    PublicStage.PUBLISHED: N_("Outcome published"),
}


class Ask(StrEnum):
    """What a step's form asks for. Each is drawn and checked in one place."""

    REASON = "reason"
    NOTE = "note"
    GROUND = "ground"
    CLOSING_GROUND = "closing_ground"
    ALLEGATIONS = "allegations"
    LEVEL = "level"
    INVESTIGATOR = "investigator"
    HOLD_REASON = "hold_reason"
    AUTHORITY = "authority"
    REVIEW_ON = "review_on"
    HOLD = "hold"
    CLOCK = "clock"
    DAYS = "days"
    DELAY_REASON = "delay_reason"
    BODY = "body"
    TERMS = "terms"
    AGREEMENT = "agreement"
    OFFICER = "officer"
    RESPONSE_KIND = "response_kind"
    RESPONSE = "response"
    PARTY = "party"
    PRESSED = "pressed"
    WITHDRAWAL_ENDING = "withdrawal_ending"
    FINDINGS = "findings"
    CORRECTIVE_ACTION = "corrective_action"
    TO_COMPLAINANT = "to_complainant"
    QUESTION = "question"
    BLINDING_REASON = "blinding_reason"
    SUMMARY = "summary"
    CORRECTION = "correction"


@dataclass(frozen=True)
class State:
    """One state: `label` for staff; `stage` and `words` for the public. `next_words` say what comes next."""

    slug: str
    label: str
    stage: PublicStage
    words: str
    next_words: str = ""
    is_ending: bool = False


class Back:
    """Where a step leads that returns a file to the ending it came from."""

    def __repr__(self) -> str:
        return "BACK"


BACK: Final = Back()


@dataclass(frozen=True)
class Step:
    """One row of a workflow's table.

    `label` is the button's words; `source` the states it may be taken from; `to` the state it leads to
    (None: the file stays; BACK: the ending it came from); `by` the roles that may take it; `tells` the
    messages sent; `starts`/`stops`/`pauses`/`resumes` clocks by slug; `does` names what casework does when
    it is taken; `basis` its legal ground.

    `stays_while` keeps the file where it is while true: then no clock moves, and `tells_staying` is sent in
    place of `tells`. `second` are the roles one of whom, someone else, must approve it; its guards have to
    hold for that person too. A step that `comes_first` does not wait for what all the others wait for.
    """

    name: str
    label: str
    source: tuple[str, ...]
    to: str | Back | None
    by: frozenset[Role]
    when: tuple[Guard, ...] = ()
    asks: tuple[Ask, ...] = ()
    second: frozenset[Role] = frozenset()
    tells: tuple[str, ...] = ()
    tells_staying: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
    stays_while: Guard | None = None
    comes_first: bool = False
    basis: str = ""
    verified: bool = False
    hint: str = ""

    def destinations(self, endings: tuple[State, ...]) -> tuple[str, ...]:
        """Return the states this step may lead to, from anywhere; `endings` are those BACK can mean."""
        if self.to is BACK:
            return tuple(ending.slug for ending in endings)
        return (self.to,) if isinstance(self.to, str) else ()


@dataclass(frozen=True)
class Workflow:
    """A state machine as data: states and steps. A rulebook may add, drop or change either.

    `before_all` are guards of every step but those that come first.
    """

    name: str
    initial: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    before_all: tuple[Guard, ...] = ()
    not_from_here: str = N_("This has moved on since. Look at where it stands now.")

    def __post_init__(self) -> None:
        known = {state.slug for state in self.states}
        for step in self.steps:
            named = set(step.source) | ({step.to} if isinstance(step.to, str) else set())
            if missing := named - known:
                raise ValueError(f"{self.name}: step {step.name} names unknown states {sorted(missing)}")
        names = [step.name for step in self.steps]
        if len(names) != len(set(names)):
            raise ValueError(f"{self.name}: two steps have the same name")

    @property
    def endings(self) -> tuple[State, ...]:
        """The states a file rests in."""
        return tuple(state for state in self.states if state.is_ending)

    def state(self, slug: str) -> State:
        """Return a state. Raises KeyError for one this workflow lacks."""
        for state in self.states:
            if state.slug == slug:
                return state
        raise KeyError(slug)

    def step(self, name: str) -> Step:
        """Return a step. Raises KeyError for one this workflow lacks."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    def has_step(self, name: str) -> bool:
        """Tell whether this workflow has a step of that name."""
        return any(step.name == name for step in self.steps)

    def steps_from(self, state: str, roles: frozenset[Role]) -> tuple[Step, ...]:
        """Return the steps that lead from `state` and belong to one of `roles`, in the table's order."""
        return tuple(step for step in self.steps if state in step.source and step.by & roles)

    def dropping(self, *names: str) -> "Workflow":
        """Return this workflow without those steps."""
        for name in names:
            self.step(name)
        return replace(self, steps=tuple(step for step in self.steps if step.name not in names))

    def dropping_state(self, slug: str) -> "Workflow":
        """Return this workflow without a state, and without the steps that lead only from or to it."""
        self.state(slug)
        states = tuple(state for state in self.states if state.slug != slug)
        steps = []
        for step in self.steps:
            source = tuple(each for each in step.source if each != slug)
            if source and step.to != slug:
                steps.append(replace(step, source=source))
        return replace(self, states=states, steps=tuple(steps))

    def adding(self, *steps: Step) -> "Workflow":
        """Return this workflow with more steps."""
        return replace(self, steps=self.steps + steps)

    def adding_state(self, state: State) -> "Workflow":
        """Return this workflow with one more state."""
        return replace(self, states=(*self.states, state))

    def replacing_state(self, slug: str, state: State) -> "Workflow":
        """Return this workflow with `state` in place of another, in every step that names it."""
        self.state(slug)
        states = tuple(state if each.slug == slug else each for each in self.states)
        steps = []
        for step in self.steps:
            source = tuple(state.slug if each == slug else each for each in step.source)
            steps.append(replace(step, source=source, to=state.slug if step.to == slug else step.to))
        return replace(
            self,
            initial=state.slug if self.initial == slug else self.initial,
            states=states,
            steps=tuple(steps),
        )

    def changing(self, name: str, /, **changes: Any) -> "Workflow":
        """Return this workflow with one step changed, e.g. `changing("dismiss", by=frozenset({…}))`."""
        changed = replace(self.step(name), **changes)
        return replace(self, steps=tuple(changed if step.name == name else step for step in self.steps))
