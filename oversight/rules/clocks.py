"""Which clocks a file has in a state, by the table: for one that did not come there by its steps."""

from oversight.rules.deadlines import Deadline
from oversight.rules.rulebook import Rulebook
from oversight.rules.steps import Step, Workflow

Clocks = frozenset[str]


def clocks_in(book: Rulebook, state: str) -> tuple[Deadline, ...]:
    """Return the deadlines whose clocks a file has in `state`, running or standing still.

    These are the clocks it has whichever steps led there: what some way to the state did not start, or
    stopped again, is not among them.
    """
    known = _clocks_by_state(book.file, frozenset(book.starts_at_filing)).get(state, frozenset())
    return tuple(deadline for deadline in book.deadlines if deadline.slug in known)


def _clocks_by_state(workflow: Workflow, at_filing: Clocks) -> dict[str, Clocks]:
    """State → the clocks common to every way there; ways are followed until none takes a clock away."""
    ways = [
        (source, target, step)
        for step in workflow.steps
        for source in step.source
        for target in _targets(step, source, workflow)
    ]
    found: dict[str, Clocks] = {workflow.initial: at_filing}
    before: dict[str, Clocks] = {}
    while found != before:
        before = dict(found)
        for source, target, step in ways:
            if source in found:
                after = (found[source] - set(step.stops)) | set(step.starts)
                found[target] = found.get(target, after) & after
    return found


def _targets(step: Step, source: str, workflow: Workflow) -> tuple[str, ...]:
    return (source,) if step.to is None else step.destinations(workflow.endings)
