"""What a chart can show: bars, lines, and middles with their intervals. Pictures are made elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Final

MOST_SERIES = 5
"""More steps from dark to light than this can't be told apart in grey."""


class Hidden(Enum):
    """A number that stands in the table but may not be shown."""

    HIDDEN = "hidden"


HIDDEN: Final = Hidden.HIDDEN
Value = int | float | Hidden | None
"""A number; one that is hidden; or None where there was nothing to count or measure."""


@dataclass(frozen=True)
class Series:
    """Values under one name, one for each category."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class _Chart:
    """`title` names the chart, `says` is the sentence that tells what it shows. All words are final.

    Raises ValueError if names repeat, a series has too few or too many values, or there are too many series.
    """

    title: str
    says: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_share: bool = False
    """Values are parts of one, written as percentages."""

    def __post_init__(self) -> None:
        names = [each.name for each in self.series]
        if not self.categories or not names:
            raise ValueError("A chart needs a category and a series.")
        if len(names) > MOST_SERIES:
            raise ValueError(f"At most {MOST_SERIES} series can be told apart; there are {len(names)}.")
        if len(set(names)) < len(names) or len(set(self.categories)) < len(self.categories):
            raise ValueError("Two categories or two series bear the same name.")
        if any(len(each.values) != len(self.categories) for each in self.series):
            raise ValueError("Each series has a value for each category.")

    @property
    def hides(self) -> bool:
        """Whether any of its numbers is hidden, which a note beside the chart explains."""
        return any(value is HIDDEN for each in self.series for value in each.values)


@dataclass(frozen=True)
class Bars(_Chart):
    """Bars that lie (or stand, if `upright`), grouped by category or `stacked` in one bar a category.

    Raises ValueError for a number below zero too: a bar begins at zero and shows how many.
    """

    upright: bool = False
    stacked: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(number < 0 for each in self.series for number in numbers(each.values)):
            raise ValueError("Bars show no numbers below zero.")


@dataclass(frozen=True)
class Lines(_Chart):
    """Lines over categories that follow one another, such as months or years."""


@dataclass(frozen=True)
class Intervals(_Chart):
    """A middle and the interval around it for each category; three series, in the order of `ORDER`.

    `reference` is a value to compare with, drawn as a line and named by `reference_words`. Where the middle
    is hidden nothing of the interval is drawn. Raises ValueError unless there are three series.
    """

    reference: float | None = None
    reference_words: str = ""

    ORDER: ClassVar = ("lowest", "middle", "highest")

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.series) != len(self.ORDER):
            raise ValueError("Intervals take three series: lowest, middle, highest.")


def numbers(values: Sequence[Value]) -> list[int | float]:
    """Those of the values that are shown."""
    return [value for value in values if value is not None and not isinstance(value, Hidden)]
