"""The office's calendar: filled from a published one, then the office's own to keep."""

from collections.abc import Iterable
from datetime import datetime

from oversight import ledger
from oversight.casework.models import CalendarDay
from oversight.casework.queries.calendars import calendar_days
from oversight.kit.db import session
from oversight.rules.calendars import snapshot


def fill_calendar(calendar: str, years: Iterable[int], *, at: datetime) -> int:
    """Enter the published days of those years of which the table has none yet; return how many were entered.

    A year that has any day is left as the office keeps it.
    """
    known = {day.on.year for day in calendar_days(calendar)}
    missing = sorted(set(years) - known)
    days = snapshot(calendar, missing) if missing else ()
    for day in days:
        session().add(
            CalendarDay(calendar=calendar, on=day.on, kind=day.kind, name_en=day.name, name_fr=day.name_fr)
        )
    if days:
        ledger.record(
            "calendar.filled", actor=ledger.Actor.system(), subject="calendar", at=at, calendar=calendar, years=missing
        )
    return len(days)
