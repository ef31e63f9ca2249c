"""How groups compare: disproportionality and disparity, as the standards for race-based data define them.

Formulas after Ontario's Data Standards for the Identification and Monitoring of Systemic Racism; the interval
is that of a ratio of two shares on the logarithmic scale. Pure arithmetic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from oversight.figures.figure import share_of

Z = 1.96
"""Of a normal distribution 19 in 20 lie within so many standard deviations."""
HIGH, LOW = 1.2, 0.8
"""From which a ratio stands out, if its interval excludes 1."""


@dataclass(frozen=True)
class Ratio:
    """How many times as often, with the interval within which that would lie 19 times out of 20."""

    lowest: float
    middle: float
    highest: float

    @property
    def stands_out(self) -> bool:
        """Whether it is far from 1 by more than chance would make likely."""
        return (self.middle >= HIGH and self.lowest > 1) or (self.middle <= LOW and self.highest < 1)


def disproportionality(number: int, of_all: int, population: int, whole_population: int) -> float:
    """D = (n_g / Σn) / (B_g / ΣB): a group's share of what is counted over its share of the population.

    Raises ZeroDivisionError where nothing was counted or nobody lives there.
    """
    return (number / of_all) / (population / whole_population)


def disparity(events: int, among: int, other_events: int, other_among: int) -> Ratio | None:
    """R = (x_g / n_g) / (x_ref / n_ref), with exp(ln R ± 1.96·√(1/x_g − 1/n_g + 1/x_ref − 1/n_ref)).

    None where there is no event on one side: there is nothing to compare then.
    """
    if not (events and other_events and among and other_among):
        return None
    middle = (events / among) / (other_events / other_among)
    spread = Z * sqrt(max(0.0, 1 / events - 1 / among + 1 / other_events - 1 / other_among))
    return Ratio(exp(log(middle) - spread), middle, exp(log(middle) + spread))


def compared(numbers: Sequence[int], population: Sequence[int]) -> tuple[tuple[int | float | None, ...], ...]:
    """For each group: its number, its share of all numbers, its share of the population, its
    disproportionality, and the disparity against all others together: lowest, middle, highest."""
    of_all, everyone = sum(numbers), sum(population)
    if not of_all or not everyone:
        return tuple((number, *(None,) * 6) for number in numbers)
    rows = []
    for number, people in zip(numbers, population, strict=True):
        ratio = disparity(number, people, of_all - number, everyone - people)
        ratios = (ratio.lowest, ratio.middle, ratio.highest) if ratio else (None,) * 3
        uneven = disproportionality(number, of_all, people, everyone) if people else None
        shares = share_of(number, of_all), share_of(people, everyone)
        rows.append(
            (number, *shares, *(each if each is None else round(each, 2) for each in (uneven, *ratios)))
        )
    return tuple(rows)
