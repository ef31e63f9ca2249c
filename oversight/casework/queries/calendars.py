"""The office's calendar as deadlines need it."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import Date, bindparam, select

from oversight.casework.models import CalendarDay
from oversight.kit.db import session
from oversight.rules.calendars import Calendar, DayKind, HolidayDay, calendar_of

YEAR = timedelta(days=366)

# Every filing asks for these, so the question is made once.
DAYS_THAT_COUNT = select(CalendarDay.on, CalendarDay.name_en, CalendarDay.name_fr, CalendarDay.kind).where(
    CalendarDay.calendar == bindparam("calendar"),
    CalendarDay.kind != DayKind.OPTIONAL,
    CalendarDay.on.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
)


def calendar_days(calendar: str) -> Sequence[CalendarDay]:
    """Every day entered for a calendar, by date."""
    wanted = (
        select(CalendarDay).where(CalendarDay.calendar == calendar).order_by(CalendarDay.on, CalendarDay.kind)
    )
    return session().scalars(wanted).all()


def calendar_day(calendar: str, day_id: uuid.UUID) -> CalendarDay | None:
    """One day of a calendar, or None."""
    wanted = select(CalendarDay).where(CalendarDay.calendar == calendar, CalendarDay.id == day_id)
    return session().scalars(wanted).one_or_none()


def office_calendar(calendar: str, around: date) -> Calendar:
    """The calendar that deadlines are counted on, from a year before `around` to three years after.

    Days of kind "optional" are listed for the office to look through, and count for nothing.
    """
    span = {"calendar": calendar, "first": around - YEAR, "last": around + 3 * YEAR}
    return _calendar(tuple(map(tuple, session().execute(DAYS_THAT_COUNT, span))))


@lru_cache(maxsize=16)
def _calendar(days: tuple[tuple[date, str, str, str], ...]) -> Calendar:
    """Of the same days, the same calendar."""
    return calendar_of(HolidayDay(on, name, name_fr, DayKind(kind)) for on, name, name_fr, kind in days)
