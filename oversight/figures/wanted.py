"""What somebody wants counted: the period, in whose words, at which level, by which source of race."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from oversight.casework.past import RaceSource
from oversight.figures.periods import EVERYTHING, Period


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
    """One figure's choices. None leaves a choice to the table."""

    period: Period
    words: Words | None = None
    level: Level | None = None
    race_source: str | None = None

    @property
    def choices(self) -> dict[str, str]:
        """The choices that were made, by name."""
        made = {"words": self.words, "level": self.level, "race_source": self.race_source}
        return {name: str(choice) for name, choice in made.items() if choice is not None}


def wanted_from(asked: Mapping[str, str | None]) -> Wanted:
    """Read the choices somebody typed, by their names. Raises CannotCount for what is no period."""
    words, level = asked.get("words"), asked.get("level")
    return Wanted(
        Period.parse(asked.get("period") or EVERYTHING),
        Words(words) if words else None,
        Level(level) if level else None,
        asked.get("race_source"),
    )
