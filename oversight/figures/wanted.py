"""What somebody wants counted: the period, in whose words, at which level, by which source of race."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from oversight.casework.past import RaceSource
from oversight.figures.periods import EVERYTHING, Period, day_after, first_moment

Found = TypeVar("Found")


class Words(StrEnum):
    """Whose words stand at the rows: those of the office that kept the file, or the rulebook's."""

    OWN = "own"
    OURS = "ours"


class Level(StrEnum):
    """What is counted once: a complaint, or each of its allegations."""

    COMPLAINT = "complaint"
    ALLEGATION = "allegation"


SELF_IDENTIFIED_HERE = "self_identified_here"
"""What people said of themselves on this office's own voluntary form."""

RACE_SOURCES = (SELF_IDENTIFIED_HERE, *(str(source) for source in RaceSource))
"""How a race may have become known. Each measures something else, so no table ever joins two."""


@dataclass(frozen=True)
class Wanted:
    """One figure's choices; None leaves a choice to the table.

    `on` is the day it is, to which a period that isn't over is counted, `zone` the office's own. `found` is
    what one counting found that several of its tables draw from.
    """

    period: Period
    words: Words | None = None
    level: Level | None = None
    race_source: str | None = None
    on: date = date.max
    zone: str = "UTC"
    found: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def last(self) -> date:
        """The last day there is anything to count of."""
        return min(self.period.last, self.on)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The instants at which the period begins and at which what is counted of it has ended."""
        return first_moment(self.period.first, self.zone), first_moment(day_after(self.last), self.zone)

    @property
    def choices(self) -> dict[str, str]:
        """The choices that were made, by name."""
        made = {"words": self.words, "level": self.level, "race_source": self.race_source}
        return {name: str(choice) for name, choice in made.items() if choice is not None}

    def once(self, what: str, find: Callable[[], Found]) -> Found:
        """What several of its tables draw from, found for the first of them and handed on to the others."""
        if what not in self.found:
            self.found[what] = find()
        found: Found = self.found[what]
        return found


def wanted_from(asked: Mapping[str, str | None], *, on: date, zone: str) -> Wanted:
    """Read the choices somebody typed, by their names. Raises CannotCount for what is no period."""
    words, level = asked.get("words"), asked.get("level")
    return Wanted(
        Period.parse(asked.get("period") or EVERYTHING),
        Words(words) if words else None,
        Level(level) if level else None,
        asked.get("race_source"),
        on,
        zone,
    )
