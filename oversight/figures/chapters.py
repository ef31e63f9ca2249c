"""The chapters of a report, and how numbers of one period hang together with those of another."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from oversight.figures.periods import Period
from oversight.rules.words import N_


@dataclass(frozen=True)
class Heading:
    """What a chapter is called, and the sentence that opens it; both marked."""

    title: str
    lead: str


class Chapter(Enum):
    """The chapters in their order. A table that names none stands in the last."""

    DOCKET = Heading(
        N_("The files"),
        N_("How many files were open when the period began, how many came and went, and how many were left."),
    )
    INTAKE = Heading(
        N_("How complaints came in"),
        N_("How people complained, where it happened, and how they met the police."),
    )
    ALLEGED = Heading(
        N_("What was alleged"),
        N_("A complaint may hold several allegations, so there are more of those."),
    )
    FOUND = Heading(
        N_("What was found"), N_("What came of complaints and of allegations, and what was done about it.")
    )
    TIME = Heading(N_("How long it took"), N_("Behind each of these days, somebody waits."))
    RACE = Heading(
        N_("Findings and race"),
        N_("Race as the office came to know it. Where many gave none, read with care."),
    )
    REVIEW = Heading(N_("Who reviewed"), N_("The people from outside the police who looked at the files."))
    MORE = Heading(N_("More figures"), N_("What else was counted."))


class OverTime(StrEnum):
    """What a table of a long period is to the tables of the shorter ones within it."""

    ADDS_UP = "adds_up"
    """Each of its numbers is the sum of theirs."""
    FLOWS = "flows"
    """What came and went is the sum of theirs; it begins with the first of them and ends with the last."""
    HAS_ROWS = "has_rows"
    """Its rows are stretches of time, and the same number wherever they stand."""
    LAST_DAY = "last_day"
    """It says how things stood on the last day, whenever the period began."""
    STANDS_ALONE = "stands_alone"
    """Nothing follows from one for another."""


def parts_of(period: Period, over_time: OverTime) -> tuple[str, ...]:
    """The parts of time that a table speaks of, as fine as any report goes: quarters, where it adds up."""
    match over_time:
        case OverTime.ADDS_UP | OverTime.FLOWS:
            return tuple(
                f"{year}-Q{quarter}"
                for year in period.years()
                for quarter in range(1, 5)
                if period.first.month <= 3 * quarter <= period.last.month
            )
        case OverTime.HAS_ROWS:
            return ("",)
        case OverTime.LAST_DAY:
            return (period.last.isoformat(),)
        case OverTime.STANDS_ALONE:
            return (period.name,)
