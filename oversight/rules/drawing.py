"""Draws the workflows as Markdown: a diagram of the states, and a table of who may take which step."""

from collections.abc import Iterable, Sequence

from oversight.rules.guards import Guard
from oversight.rules.roles import ROLE_LABELS, Role
from oversight.rules.rulebook import Rulebook
from oversight.rules.steps import Back, Step, Workflow

PREFACE = """\
# The workflow

Drawn from `oversight/rules/` by `oversight workflow draw`. A test fails when this page is stale, so change
the tables there and draw it again.

In the diagrams an arrow bears the steps that may move a file along it; steps that leave it where it is
stand only in the tables. A step with a second person is proposed by one person and approved by another,
for whom its conditions hold too.
"""

COLUMNS = ("Step", "Who", "From", "To", "When", "Second person", "Clocks", "Tells")


def draw(rulebooks: Iterable[Rulebook]) -> str:
    """Return the page. Rulebooks with the same workflow share one diagram; their order does not matter."""
    books = sorted(rulebooks, key=lambda book: (book.place, book.slug))
    parts = [PREFACE]
    for name, title in (("file", "The file"), ("outcome", "The outcome")):
        for workflow, slugs in _shared(books, name):
            parts += [
                f"## {title}: {', '.join(slugs)}",
                _diagram(workflow),
                _before(workflow),
                _table(workflow),
            ]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _shared(books: Sequence[Rulebook], name: str) -> list[tuple[Workflow, list[str]]]:
    """Return each different workflow of that name with the rulebooks that have it."""
    shared: list[tuple[Workflow, list[str]]] = []
    for book in books:
        workflow = book.workflow(name)
        for known, slugs in shared:
            if known == workflow:
                slugs.append(book.slug)
                break
        else:
            shared.append((workflow, [book.slug]))
    return shared


def _diagram(workflow: Workflow) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {workflow.initial}"]
    lines += [f'    state "{state.label}" as {state.slug}' for state in workflow.states]
    lines += [
        f"    {source} --> {target}: {' / '.join(labels)}"
        for (source, target), labels in _arrows(workflow).items()
    ]
    lines += [f"    {state.slug} --> [*]" for state in workflow.endings]
    return "\n".join([*lines, "```"])


def _arrows(workflow: Workflow) -> dict[tuple[str, str], list[str]]:
    """Return (from, to) → the labels of the steps that may lead along it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in workflow.steps:
        for source in step.source:
            for target in step.destinations(workflow.endings):
                arrows.setdefault((source, target), []).append(step.label)
    return arrows


def _before(workflow: Workflow) -> str:
    """What every step waits for, said once and not in each row."""
    if not workflow.before_all:
        return ""
    guards = _list(_when(each) for each in workflow.before_all)
    first = " and ".join(f"**{step.label}**" for step in workflow.steps if step.comes_first)
    return f"Every step but {first} may be taken only when {guards}."


def _table(workflow: Workflow) -> str:
    rows = [COLUMNS, ("---",) * len(COLUMNS), *(_row(step, workflow) for step in workflow.steps)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _row(step: Step, workflow: Workflow) -> tuple[str, ...]:
    return (
        f"**{step.label}** `{step.name}`",
        _roles(step.by),
        _list(workflow.state(slug).label for slug in step.source),
        _leads_to(step, workflow),
        _list(_when(each) for each in step.when),
        _roles(step.second),
        _list(_clocks(step)),
        _tells(step),
    )


def _leads_to(step: Step, workflow: Workflow) -> str:
    if step.to is None:
        return "stays"
    target = "the ending it came from" if isinstance(step.to, Back) else workflow.state(step.to).label
    return target if step.stays_while is None else f"{target}; stays while {_when(step.stays_while)}"


def _clocks(step: Step) -> Iterable[str]:
    for verb in ("starts", "stops", "pauses", "resumes"):
        if clocks := getattr(step, verb):
            yield f"{verb} {', '.join(clocks)}"


def _tells(step: Step) -> str:
    staying = f"if it stays: {', '.join(step.tells_staying)}" if step.tells_staying else ""
    return "; ".join(part for part in (", ".join(step.tells), staying) if part)


def _when(guard: Guard) -> str:
    return guard.name.replace("_", " ")


def _roles(roles: frozenset[Role]) -> str:
    return ", ".join(ROLE_LABELS[role] for role in Role if role in roles)


def _list(parts: Iterable[str]) -> str:
    return "; ".join(parts)
