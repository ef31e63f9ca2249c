"""The office's calendar: filled from a published one, then the office's own to keep."""

from collections.abc import Iterable
from datetime import date, datetime

from oversight import ledger
from oversight.casework.acting import Acting
from oversight.casework.models import CalendarDay
from oversight.casework.queries.calendars import calendar_days
from oversight.casework.refusals import Refused
from oversight.kit.db import session
from oversight.rules.calendars import DayKind, snapshot
from oversight.rules.words import N_


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
            "calendar.filled",
            actor=ledger.Actor.system(),
            subject="calendar",
            at=at,
            calendar=calendar,
            years=missing,
        )
    return len(days)


def add_day(
    calendar: str, on: date, kind: DayKind, name_en: str, name_fr: str, *, by: Acting, at: datetime
) -> CalendarDay:
    """Enter a day. Open clocks stay as they are until they are reckoned anew, by an act of its own."""
    if any(day.on == on and day.kind == kind for day in calendar_days(calendar)):
        raise Refused("add_day", N_("This day is already in the calendar."))
    day = CalendarDay(calendar=calendar, on=on, kind=kind, name_en=name_en, name_fr=name_fr)
    session().add(day)
    _record("calendar.add_day", day, by, at)
    return day


def remove_day(day: CalendarDay, *, by: Acting, at: datetime) -> None:
    """Take a day out of the calendar."""
    _record("calendar.remove_day", day, by, at)
    session().delete(day)


def _record(kind: str, day: CalendarDay, by: Acting, at: datetime) -> None:
    ledger.record(
        kind,
        actor=by.actor,
        subject="calendar",
        at=at,
        calendar=day.calendar,
        on=day.on.isoformat(),
        day=day.kind,
    )
