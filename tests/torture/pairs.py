"""Every two things that a table lets people do from one state; and which can't both be, and why."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement

from oversight.rules import guards as when
from oversight.rules.guards import Guard
from oversight.rules.roles import Role
from oversight.rules.steps import Step, Workflow

Pair = tuple[str, str]
"""What two people do, in the order of the alphabet: the name of a step, or `approve` or `decline` and one."""

CONTRARY = (
    (when.it_waits_for_adoption, when.nobody_has_to_take_it_up_first),
    (when.something_is_held, when.nothing_is_held),
    (when.a_withdrawal_is_undecided, when.no_withdrawal_waits),
    (when.the_window_is_open, when.the_window_has_closed),
)
"""Guards that never hold at the same moment, of whatever file."""

LASTING = frozenset({when.a_withdrawal_is_undecided})
"""Guards of a step that go on holding for as long as the step waits for its second person."""

BY_ITSELF = "only the office's clockwork takes it"
WAITS = "the step already waits for its second person"

NO_CLOCK_TO_LENGTHEN = "no clock runs there that may be given more time"
NO_CLOCK_BUT_PROGRESS = "no clock runs there but the one of the progress notice, which the clockwork sends"
NEVER: Mapping[tuple[str, str], str] = {
    ("early_resolution", "give_more_time"): NO_CLOCK_TO_LENGTHEN,
    ("investigation", "give_more_time"): NO_CLOCK_TO_LENGTHEN,
    ("decision", "give_more_time"): NO_CLOCK_TO_LENGTHEN,
    ("received", "say_why_it_passed"): NO_CLOCK_BUT_PROGRESS,
    ("reconsideration", "say_why_it_passed"): NO_CLOCK_BUT_PROGRESS,
}
"""The steps that no file meets the guards of in a state from which the table lets them be taken."""

THE_ONE_CLOCK = "the one clock there that may be given more time is the one that has passed"
HELD_AS_A_WHOLE = "no allegation is open that could be held alone, so that the file is held or nothing is"
NEVER_BOTH: Mapping[tuple[str, str, str], str] = {
    ("assessment", "give_more_time", "say_why_it_passed"): THE_ONE_CLOCK,
    ("assessment", "approve give_more_time", "say_why_it_passed"): THE_ONE_CLOCK,
    # Whatever leads to a result, but not whatever ends a file otherwise, waits until nothing is held.
    ("resolved", "hold", "resume"): HELD_AS_A_WHOLE,
    ("resolved", "approve hold", "resume"): HELD_AS_A_WHOLE,
    ("resolved", "decline hold", "resume"): HELD_AS_A_WHOLE,
}
"""State, and two things that are kept apart by what the file has been through, for all that guards say."""


@dataclass(frozen=True)
class Apart:
    """What a table has in a state that was not raced: pairs by their reason."""

    reasons: Counter[str]
    for_no_reason: list[Pair]
    raced_all_the_same: list[Pair]
    """What was held to be impossible, and yet is possible."""

    @classmethod
    def of(cls, workflow: Workflow, state: str, raced: Collection[Pair]) -> "Apart":
        """Hold what was raced against the table and its guards."""
        why = {pair: why_never_both(workflow, state, pair) for pair in pairs_in(workflow, state)}
        left_out = [pair for pair in why if pair not in raced]
        return cls(
            Counter(why[pair] for pair in left_out),
            [pair for pair in left_out if not why[pair]],
            [pair for pair in raced if why[pair]],
        )

    def __str__(self) -> str:
        return "; ".join(f"{count} as {reason}" for reason, count in self.reasons.most_common()) or "none"


def pairs_in(workflow: Workflow, state: str) -> Iterator[Pair]:
    """Every two things that may be done to what is in a state, each also against itself."""
    yield from combinations_with_replacement(sorted(_things(workflow, state)), 2)


def why_never_both(workflow: Workflow, state: str, pair: Pair) -> str:
    """Why nobody can do both things at once to what is in a state; nothing where it may be that they can."""
    things = _things(workflow, state)
    steps = [things[name] for name in pair]
    if any(step.by <= {Role.SYSTEM} for step in steps):
        return BY_ITSELF
    for step in steps:
        if reason := NEVER.get((state, step.name)):
            return reason
    if steps[0] is steps[1] and sum(name == step.name for name, step in zip(pair, steps, strict=True)) == 1:
        return WAITS
    one, other = (_guards(workflow, name, step) for name, step in zip(pair, steps, strict=True))
    for this, that in CONTRARY:
        if {this, that} <= one | other:
            return f"{this.name} and {that.name} never both hold"
    return NEVER_BOTH.get((state, *pair), "")


def _things(workflow: Workflow, state: str) -> dict[str, Step]:
    steps = [step for step in workflow.steps if state in step.source]
    things = {step.name: step for step in steps}
    seconds = (step for step in steps if step.second)
    return things | {f"{does} {step.name}": step for step in seconds for does in ("approve", "decline")}


def _guards(workflow: Workflow, name: str, step: Step) -> set[Guard]:
    """What has to hold for it. Not to agree to a step is possible for as long as it waits."""
    before = set[Guard]() if step.comes_first else set(workflow.before_all)
    return before | (LASTING & set(step.when) if name.startswith("decline ") else set(step.when))
