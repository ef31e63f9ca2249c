"""When something is due, and why: date arithmetic that explains itself. Who keeps the clocks is casework."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from oversight.rules.calendars import Calendar, DayName
from oversight.rules.reasons import Because, Counting, Reason

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """A period that a rule gives.

    `label` and `notes` are marked for translation; `notes` say what the law wants once it has passed.
    `basis` is the provision, `source` where it was read; `verified` is false until an office confirms it.
    """

    slug: str
    label: str
    amount: int
    counting: Counting
    basis: str
    source: str
    verified: bool
    notes: str = ""

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"{self.slug}: a period is at least 1 long.")


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stands still: from `from_on`, until it runs again on `until_on`, if it has.

    `why` is words marked for translation (a hold's reason, a state's label), never a person's own.
    """

    from_on: date
    until_on: date | None
    why: str

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on < self.from_on:
            raise ValueError("A pause cannot end before it begins.")


@dataclass(frozen=True)
class MoreTime:
    """How much more time a deadline may be given, all together.

    `most` are days, or business days where the deadline's rule counts those.
    `after_it_passed`: whether it may still be given once the last day has gone by.
    """

    most: int
    basis: str
    source: str
    verified: bool
    after_it_passed: bool = False


@dataclass(frozen=True)
class Extension:
    """More time, given by someone with a reason; in business days where the rule counts those.

    Both `by` and `why` are words marked for translation (a role's label, a coded reason's), never a person's
    own: they are kept in plain words beside the clock.
    """

    days: int
    by: str
    why: str
    granted_on: date

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError("An extension gives at least 1 day.")


@dataclass(frozen=True)
class Due:
    """The last day for something, and the way to it; while the clock stands still, no earlier than that."""

    due_on: date
    explanation: tuple[Reason, ...]
    stands_still: bool = False


def due(
    deadline: Deadline,
    started_on: date,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Due:
    """Reckon the last day of `deadline` begun on `started_on`, with every step explained.

    Extensions lengthen the period, so a pause within the added time counts too. Only then is the end moved
    off days on which the thing could not be done.
    """
    reckoning = _Reckoning(deadline, started_on, calendar, pauses)
    for extension in sorted(extensions, key=lambda extension: extension.granted_on):
        reckoning.extend(extension)
    reckoning.stand_still()
    reckoning.move_off_closed_days()
    return reckoning.result()


def days_to_give(allowed: MoreTime | None, given: Sequence[int], *, passed: bool) -> int:
    """Return how many days more a deadline may have, after those `given`; 0 where it may have none."""
    if allowed is None or (passed and not allowed.after_it_passed):
        return 0
    return max(allowed.most - sum(given), 0)


def same_day_after(start: date, months: int) -> date:
    """Return the day with the same number `months` later, or that month's last day if it has no such day."""
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month0 + 1, min(start.day, monthrange(year, month0 + 1)[1]))


class _Reckoning:
    """One date being worked out: `end` moves, and each move is a reason."""

    def __init__(
        self, deadline: Deadline, started_on: date, calendar: Calendar, pauses: Sequence[Pause]
    ) -> None:
        self.calendar = calendar
        self.business = deadline.counting is Counting.BUSINESS_DAYS
        self.ran_from = started_on + DAY
        self.stopped = False
        # A pause that was over before the first counted day took nothing away.
        self.pauses = sorted(
            (pause for pause in pauses if pause.until_on is None or pause.until_on > self.ran_from),
            key=lambda pause: (pause.from_on, pause.until_on or date.max),
        )
        self.end = self._raw_end(deadline, started_on)
        self.reasons: list[Reason] = []
        self._note(
            Because.RULE,
            label=deadline.label,
            amount=deadline.amount,
            counting=str(deadline.counting),
            basis=deadline.basis,
            source=deadline.source,
            verified=deadline.verified,
        )
        self._note(Because.COUNTED, counting=str(deadline.counting))
        self._note(Because.START, on=started_on)
        self._note(Because.RAW_END, on=self.end)

    def result(self) -> Due:
        if self.stopped:
            return Due(self.end, tuple(self.reasons), stands_still=True)
        if self.calendar.known_until is not None and self.end > self.calendar.known_until:
            self._note(Because.BEYOND_CALENDAR, known_until=self.calendar.known_until)
        self._note(Because.DUE, on=self.end)
        return Due(self.end, tuple(self.reasons))

    def extend(self, extension: Extension) -> None:
        self.end = self._later(self.end, extension.days)
        self._note(
            Because.EXTENDED,
            by=extension.by,
            because=extension.why,
            granted_on=extension.granted_on,
            to=self.end,
            **self._added(extension.days),
        )

    def stand_still(self) -> None:
        """Add what the pauses took, each day once; a pause counts if it began while the clock still ran."""
        while not self.stopped and self.pauses and self.pauses[0].from_on <= self.end:
            pause = self.pauses.pop(0)
            if pause.until_on is None:
                self._stop(pause)
            else:
                self._add(pause, pause.until_on)

    def move_off_closed_days(self) -> None:
        """Move the end to the first day on which the thing can be done."""
        while not self.stopped:
            if self.pauses and self.pauses[0].from_on <= self.end:
                self._move_past(self.pauses.pop(0))
            elif not self._move_a_day():
                break

    def _raw_end(self, deadline: Deadline, start: date) -> date:
        match deadline.counting:
            case Counting.EXCLUDE_FIRST | Counting.BUSINESS_DAYS:
                return self._later(start, deadline.amount)
            case Counting.CLEAR_DAYS:
                return start + timedelta(days=deadline.amount + 1)
            case Counting.MONTHS:
                return same_day_after(start, deadline.amount)
            case Counting.YEARS:
                return same_day_after(start, 12 * deadline.amount)

    def _later(self, day: date, days: int) -> date:
        """Return the day `days` later, in business days if the rule counts those."""
        if not self.business:
            return day + timedelta(days=days)
        while days:
            day += DAY
            days -= self.calendar.is_business_day(day)
        return day

    def _between(self, first: date, until: date) -> int:
        """Count the days from `first` to before `until`, in business days if the rule counts those."""
        days = (until - first).days
        if not self.business:
            return max(days, 0)
        return sum(self.calendar.is_business_day(first + timedelta(days=ahead)) for ahead in range(days))

    def _added(self, days: int) -> dict[str, Any]:
        unit = Counting.BUSINESS_DAYS if self.business else Counting.EXCLUDE_FIRST
        return {"amount": days, "counting": str(unit)}

    def _add(self, pause: Pause, until_on: date) -> None:
        first = max(pause.from_on, self.ran_from)
        days = self._between(first, until_on)
        self.ran_from = max(self.ran_from, until_on)
        if not days:
            self._note(Because.ADDED_NOTHING, start=pause.from_on, why=pause.why)
            return
        self.end = self._later(self.end, days)
        self._note(
            Because.PAUSED, start=first, until=until_on, why=pause.why, to=self.end, **self._added(days)
        )

    def _stop(self, pause: Pause) -> None:
        self.stopped = True
        self._note(Because.STANDING_STILL, start=pause.from_on, why=pause.why)

    def _move_past(self, pause: Pause) -> None:
        """The end has come to lie within a pause that began after the period was over."""
        if pause.until_on is None:
            self._stop(pause)
        elif pause.until_on > self.end:
            self.end = pause.until_on
            self._note(Because.STOOD_STILL, start=pause.from_on, why=pause.why, to=self.end)

    def _move_a_day(self) -> bool:
        """Move the end off one holiday or closed day (s. 22(1), (2)); False when it may stay."""
        day, calendar = self.end, self.calendar
        if calendar.is_holiday(day):
            self._note_day(Because.HOLIDAY, Because.WEEKLY_HOLIDAY, calendar.holidays.get(day))
        elif not calendar.is_open(day):
            self._note_day(Because.OFFICE_CLOSED, Because.WEEKLY_CLOSED, calendar.office_closed.get(day))
        else:
            return False
        self.end = day + DAY
        return True

    def _note_day(self, named: Because, weekly: Because, name: DayName | None) -> None:
        if name is None:
            self._note(weekly, on=self.end)
        else:
            self._note(named, on=self.end, name=name._asdict())

    def _note(self, key: Because, **params: Any) -> None:
        plain = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in params.items()
        }
        self.reasons.append(Reason(key, plain))
