"""The three calendars a deadline asks, kept apart, and the days a place begins them with.

The office's own table of days, which it edits, lives with the files; here is only what it is filled from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from holidays import HolidayBase


class Weekday(IntEnum):
    """A day of the week, numbered as `date.weekday()` does."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


WEEKEND = frozenset({Weekday.SATURDAY, Weekday.SUNDAY})


class DayName(NamedTuple):
    """What a day is called. French is empty where nobody has given it, and English is then shown."""

    en: str
    fr: str = ""

    def in_language(self, language: str) -> str:
        """Return the name for a reader of `language` ("fr", "fr_CA", "en" …)."""
        return self.fr if language.startswith("fr") and self.fr else self.en


class DayKind(StrEnum):
    """What a day in an office's table counts for."""

    STATUTORY = "statutory"
    """A holiday by law, and no business day."""

    OFFICE = "office"
    """The office is closed."""

    NOT_BUSINESS = "not_business"
    """No business day, and nothing more."""

    OPTIONAL = "optional"
    """A day with a name. It counts for nothing until the office says so."""


# The library's categories, strongest first: a date in several is of the first one's kind.
# What it calls "unofficial" (Groundhog Day) is left out.
CATEGORIES: dict[str, DayKind] = {
    "public": DayKind.STATUTORY,
    "government": DayKind.OPTIONAL,
    "optional": DayKind.OPTIONAL,
}


@dataclass(frozen=True)
class HolidayDay:
    """One named day, and what it counts for."""

    on: date
    name: str
    name_fr: str
    kind: DayKind


@dataclass(frozen=True)
class Calendar:
    """The statute's holidays, the days the office is closed, and the days that are not business days.

    None of the three is derived from another: in Alberta Sunday is a holiday by statute and Saturday is
    not, an office may open on a holiday, and another Act's business days skip a list of their own.
    Past `known_until` nobody has entered any days; a date beyond it says so.
    """

    holidays: Mapping[date, DayName] = field(default_factory=dict)
    office_closed: Mapping[date, DayName] = field(default_factory=dict)
    not_business: Mapping[date, DayName] = field(default_factory=dict)
    holiday_weekdays: frozenset[Weekday] = frozenset({Weekday.SUNDAY})
    closed_weekdays: frozenset[Weekday] = WEEKEND
    non_business_weekdays: frozenset[Weekday] = WEEKEND
    known_until: date | None = None

    def __post_init__(self) -> None:
        if len(self.holiday_weekdays | self.closed_weekdays) == len(Weekday):
            raise ValueError("The office must be open on at least one day of the week that is not a holiday.")
        if len(self.non_business_weekdays) == len(Weekday):
            raise ValueError("At least one day of the week must be a business day.")

    def is_holiday(self, day: date) -> bool:
        """Whether the statute makes `day` a holiday, by date or by day of the week."""
        return day in self.holidays or day.weekday() in self.holiday_weekdays

    def is_open(self, day: date) -> bool:
        """Whether the office is open during its regular hours on `day`."""
        return day not in self.office_closed and day.weekday() not in self.closed_weekdays

    def is_business_day(self, day: date) -> bool:
        """Whether `day` counts where a rule counts business days."""
        return day not in self.not_business and day.weekday() not in self.non_business_weekdays


def calendar_of(days: Iterable[HolidayDay]) -> Calendar:
    """Build a calendar from an office's table, known until the end of the last year with a statutory day."""
    named: dict[DayKind, dict[date, DayName]] = {kind: {} for kind in DayKind}
    for day in days:
        named[day.kind][day.on] = DayName(day.name, day.name_fr)
    statutory = named[DayKind.STATUTORY]
    return Calendar(
        holidays=statutory,
        office_closed=named[DayKind.OFFICE],
        not_business=statutory | named[DayKind.NOT_BUSINESS],
        known_until=date(max(statutory).year, 12, 31) if statutory else None,
    )


def snapshot(holiday_calendar: str, years: Iterable[int]) -> tuple[HolidayDay, ...]:
    """List the days the `holidays` library knows for a place ("CA-AB", "US-NY", "CA"), each date once.

    Statutory are those it calls public; the others are for an office to look through. A name is given in
    French where the library has it. Raises ValueError for a place it does not know.
    """
    wanted = sorted(set(years))
    days: dict[date, HolidayDay] = {}
    for category, kind in CATEGORIES.items():
        french = _published(holiday_calendar, category, wanted, "fr")
        for on, name in _published(holiday_calendar, category, wanted, "en").items():
            days.setdefault(on, HolidayDay(on, name, french.get(on, ""), kind))
    return tuple(sorted(days.values(), key=lambda day: day.on))


def _published(holiday_calendar: str, category: str, years: list[int], language: str) -> dict[date, str]:
    """Return the days of one category named in `language`; none where the library lacks either of them."""
    # Slow to import (every country of the world), and needed only when an office fills its table.
    import holidays

    country, _, subdivision = holiday_calendar.partition("-")
    try:
        place: type[HolidayBase] = getattr(holidays, country)
        spoken = _spoken(place, language)
        if spoken is None or category not in place.supported_categories:
            return {}
        found = holidays.country_holidays(
            country, subdiv=subdivision or None, years=years, language=spoken, categories=category
        )
    except (AttributeError, NotImplementedError) as unknown:
        raise ValueError(f"The holidays library knows no calendar {holiday_calendar!r}.") from unknown
    return dict(found)


def _spoken(place: "type[HolidayBase]", language: str) -> str | None:
    """Pick the place's own variety of `language`, so that Canada has a Labour Day and not a Labor Day."""
    varieties = (place.default_language or "", *place.supported_languages)
    return next((known for known in varieties if known.startswith(language)), None)
