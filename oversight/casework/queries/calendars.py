"""The office's calendar as deadlines need it."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from oversight.casework.models import CalendarDay
from oversight.kit.db import session
from oversight.rules.calendars import Calendar, DayKind, HolidayDay, calendar_of

YEAR = timedelta(days=366)


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
    rows = session().execute(
        select(CalendarDay.on, CalendarDay.name_en, CalendarDay.name_fr, CalendarDay.kind).where(
            CalendarDay.calendar == calendar,
            CalendarDay.kind != DayKind.OPTIONAL,
            CalendarDay.on.between(around - YEAR, around + 3 * YEAR),
        )
    )
    return calendar_of(HolidayDay(on, name, name_fr, DayKind(kind)) for on, name, name_fr, kind in rows)
