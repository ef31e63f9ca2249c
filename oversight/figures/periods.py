"""The periods that figures are counted for: a year, a half of one, a quarter, or everything there is."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from oversight.figures.refusals import CannotCount

EVERYTHING = "all"
NAME = re.compile(r"((?:19|20|21)\d\d)(?:-(H[12]|Q[1-4]))?", re.IGNORECASE | re.ASCII)

MONTHS: dict[str | None, tuple[int, int]] = {
    None: (1, 12),
    **{f"H{half}": (6 * half - 5, 6 * half) for half in (1, 2)},
    **{f"Q{quarter}": (3 * quarter - 2, 3 * quarter) for quarter in (1, 2, 3, 4)},
}
"""The first and the last month of each part of a year."""


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included: days of the office's own calendar, as a file's are."""

    name: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026`, `2026-H1`, `2026-Q3` or `all`. Raises CannotCount."""
        if text.strip().lower() == EVERYTHING:
            return cls(EVERYTHING, date.min, date.max)
        found = NAME.fullmatch(text.strip())
        if found is None:
            raise CannotCount(
                f"“{text}” is not a period. Ask for a year (2026), a half of one (2026-H1), "
                f"a quarter (2026-Q1), or {EVERYTHING}."
            )
        year, part = int(found[1]), found[2].upper() if found[2] else None
        first, last = MONTHS[part]
        name = f"{year}-{part}" if part else str(year)
        return cls(name, date(year, first, 1), _last_day(year, last))

    @property
    def is_everything(self) -> bool:
        """Whether it has no bounds."""
        return self.name == EVERYTHING

    def years(self) -> range:
        """The years it lies in; none of everything, which has no bounds of its own."""
        return range(0) if self.is_everything else range(self.first.year, self.last.year + 1)

    def is_over(self, *, on: date) -> bool:
        """Whether its last day lies behind that day: what is published of it can still change until then."""
        return self.last < on


def day_after(day: date) -> date:
    """The next day; after the last of all there is none."""
    return day if day == date.max else day + timedelta(days=1)


def first_moment(day: date, zone: str) -> datetime:
    """The instant at which a day begins in that zone; the bounds of time are the same everywhere."""
    if day in (date.min, date.max):
        return datetime.combine(day, time.min, UTC)
    return datetime.combine(day, time.min, ZoneInfo(zone))


def month_of(day: date) -> str:
    """A day's month, as 2026-03."""
    return f"{day.year}-{day.month:02}"


def months(first: str, last: str) -> tuple[str, ...]:
    """Every month from one to another, both included."""
    numbers = range(*(int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last)))
    return (*(f"{number // 12}-{number % 12 + 1:02}" for number in numbers), last)


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
