"""The tables there are, by name. Nothing but a decorated function in `tables.py` makes one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from oversight.figures.chapters import Chapter, OverTime
from oversight.figures.figure import Figure
from oversight.figures.refusals import CannotCount
from oversight.figures.wanted import Wanted
from oversight.rules.words import N_

Count = Callable[[Wanted], Figure]


@dataclass(frozen=True)
class Table:
    """One table: its name to programs, its title and definition to readers, and the choices it offers.

    `head` says what its rows are; `chapter` is where a report has it; `over_time` how it hangs together with
    tables of other periods; `counts_of` names the table whose counts it draws from, if not from its own.
    """

    name: str
    title: str
    definition: str
    choices: tuple[str, ...]
    head: str
    chapter: Chapter
    over_time: OverTime
    counts_of: str
    count: Count

    def figure(self, wanted: Wanted) -> Figure:
        """Count it. Raises CannotCount for a choice it doesn't offer, or one that must be made and wasn't."""
        for choice in wanted.choices:
            if choice not in self.choices:
                raise CannotCount(f"{self.name} offers no choice of {choice.replace('_', ' ')}.")
        figure = self.count(wanted)
        return replace(
            figure,
            table=self.name,
            title=self.title,
            definition=figure.definition or self.definition,
            period=wanted.period.name,
        )


TABLES: dict[str, Table] = {}


def table(
    name: str,
    title: str,
    definition: str,
    *,
    choices: tuple[str, ...] = (),
    head: str = N_("What"),
    chapter: Chapter = Chapter.MORE,
    over_time: OverTime = OverTime.ADDS_UP,
    counts_of: str = "",
) -> Callable[[Count], Count]:
    """Make the decorated function a table. Its texts are marked; `choices` are names of Wanted's."""

    def register(count: Count) -> Count:
        TABLES[name] = Table(name, title, definition, choices, head, chapter, over_time, counts_of, count)
        return count

    return register


def table_named(name: str) -> Table:
    """The table of that name. Raises CannotCount with the nearest name there is."""
    if name in TABLES:
        return TABLES[name]
    near = get_close_matches(name, TABLES, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(TABLES)}."
    raise CannotCount(f"There is no table “{name}”; {hint}")
