"""Starting, stopping and pausing a file's clocks. A due day is stored with its explanation and stays."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from oversight.casework.acting import CLOCKWORK, Acting
from oversight.casework.actions.history import write_history
from oversight.casework.actions.notices import tell
from oversight.casework.models import Clock, Complaint
from oversight.casework.models.complaint import NEVER
from oversight.casework.queries.calendars import office_calendar
from oversight.casework.queries.clocks import WINDOW
from oversight.kit.db import session
from oversight.rules.calendars import Calendar
from oversight.rules.deadlines import Deadline, Due, Extension, Pause, due
from oversight.rules.jurisdictions import rulebook
from oversight.rules.reasons import Counting
from oversight.rules.roles import ROLE_LABELS, Role
from oversight.rules.rulebook import Rulebook, term


def start_clocks(complaint: Complaint, names: Iterable[str], *, on: date) -> None:
    """Start each named clock that this file's law knows; one already running of that name is left."""
    book = rulebook(complaint.rulebook)
    running = {clock.deadline for clock in complaint.clocks if clock.stopped_on is None}
    deadlines = [book.deadline(name) for name in names if name not in running]
    known = [deadline for deadline in deadlines if deadline is not None]
    if known:
        calendar = office_calendar(book.holiday_calendar, on)
        for deadline in known:
            complaint.clocks.append(_started(deadline, on, calendar))
    _refresh_next_due(complaint)


def stop_clocks(complaint: Complaint, names: Iterable[str], *, on: date) -> None:
    """Stop each named clock that runs or stands still."""
    wanted = set(names)
    for clock in complaint.clocks:
        if clock.deadline in wanted and clock.stopped_on is None:
            clock.stopped_on = on
    _refresh_next_due(complaint)


def pause_clocks(complaint: Complaint, names: Iterable[str], *, on: date, why: str) -> None:
    """Let each named running clock stand still from that day; `why` is marked words."""
    wanted = set(names)
    for clock in complaint.clocks:
        if clock.deadline in wanted and clock.is_running:
            clock.paused_on = on
            clock.pauses = [*clock.pauses, [on.isoformat(), None, why]]
            _reckon(clock, complaint)
    _refresh_next_due(complaint)


def resume_clocks(complaint: Complaint, names: Iterable[str], *, on: date) -> None:
    """Let each named clock that stands still run again, with its due day reckoned anew."""
    wanted = set(names)
    for clock in complaint.clocks:
        if clock.deadline in wanted and clock.paused_on is not None and clock.stopped_on is None:
            clock.paused_on = None
            start, _, why = clock.pauses[-1]
            clock.pauses = [*clock.pauses[:-1], [start, on.isoformat(), why]]
            _reckon(clock, complaint)
    _refresh_next_due(complaint)


def extend_clock(clock: Clock, days: int, reason: str, *, by: Role, on: date) -> None:
    """Give a clock more time; `days` are business days where its rule counts those, `reason` is a code."""
    clock.delays = [*clock.delays, {"on": on.isoformat(), "reason": reason, "days": days, "by": str(by)}]
    _reckon(clock, clock.complaint)
    if not clock.has_passed(on):
        # Where the rules let a passed deadline have more time, the new day can pass too.
        clock.passed_at = None
    _refresh_next_due(clock.complaint)


def note_reason(clock: Clock, reason: str, *, by: Role, on: date) -> None:
    """Note by its code why a clock's last day went by; the newest reason counts."""
    clock.delays = [*clock.delays, {"on": on.isoformat(), "reason": reason, "days": None, "by": str(by)}]


def recompute_open_clocks(calendar: str, *, by: Acting, at: datetime) -> int:
    """Reckon every open clock anew on the calendar as it now is; an explicit act. Returns how many moved."""
    moved = 0
    wanted = select(Complaint).join(Complaint.clocks).where(Clock.stopped_on.is_(None)).distinct()
    for complaint in session().scalars(wanted.execution_options(yield_per=200)):
        if rulebook(complaint.rulebook).holiday_calendar == calendar:
            moved += _recompute(complaint, by=by, at=at)
    return moved


def note_passed(clock: Clock, *, at: datetime) -> None:
    """Record once that a clock's last day has gone by. A window that closes has no one who is late."""
    clock.passed_at = at
    if clock.deadline == WINDOW:
        clock.stopped_on = clock.due_on
        _refresh_next_due(clock.complaint)
    codes = {"due_on": clock.due_on.isoformat() if clock.due_on else None}
    write_history(clock.complaint, "deadline", clock.deadline, by=CLOCKWORK, at=at, codes=codes)
    if clock.deadline != WINDOW:
        tell(clock.complaint, "deadline_passed", at=at)


def _recompute(complaint: Complaint, *, by: Acting, at: datetime) -> int:
    before = {clock.id: clock.due_on for clock in complaint.clocks if clock.stopped_on is None}
    for clock in complaint.clocks:
        if clock.id in before:
            _reckon(clock, complaint)
    changed = {
        clock.deadline: clock.due_on
        for clock in complaint.clocks
        if before.get(clock.id, clock.due_on) != clock.due_on
    }
    if not changed:
        return 0
    _refresh_next_due(complaint)
    codes = {name: day.isoformat() if day else None for name, day in changed.items()}
    write_history(complaint, "edit", "recompute_clocks", by=by, at=at, codes=codes)
    return len(changed)


def _started(deadline: Deadline, on: date, calendar: Calendar) -> Clock:
    reckoned = due(deadline, on, calendar)
    return Clock(
        deadline=deadline.slug,
        started_on=on,
        due_on=reckoned.due_on,
        rule=_as_json(deadline),
        explanation=_explained(reckoned),
        pauses=[],
        delays=[],
    )


def _reckon(clock: Clock, complaint: Complaint) -> None:
    """Set a clock's due day from the rule it started under, its pauses and the time it was given."""
    book = rulebook(complaint.rulebook)
    calendar = office_calendar(book.holiday_calendar, clock.started_on)
    pauses = [_pause(*stored) for stored in clock.pauses]
    extensions = [_extension(stored, book) for stored in clock.delays if stored["days"]]
    reckoned = due(_from_json(clock.rule), clock.started_on, calendar, pauses, extensions)
    clock.due_on = reckoned.due_on
    clock.explanation = _explained(reckoned)


def _pause(start: str | None, until: str | None, why: str | None) -> Pause:
    return Pause(
        date.fromisoformat(start or ""),
        date.fromisoformat(until) if until else None,
        why or "",
    )


def _extension(stored: dict[str, Any], book: Rulebook) -> Extension:
    why = term(book.delay_reasons, stored["reason"])
    return Extension(
        stored["days"],
        ROLE_LABELS[Role(stored["by"])],
        why.label if why else stored["reason"],
        date.fromisoformat(stored["on"]),
    )


def _explained(reckoned: Due) -> list[dict[str, Any]]:
    return [reason.as_json() for reason in reckoned.explanation]


def _as_json(deadline: Deadline) -> dict[str, Any]:
    return {**asdict(deadline), "counting": str(deadline.counting)}


def _from_json(rule: dict[str, Any]) -> Deadline:
    return Deadline(**{**rule, "counting": Counting(rule["counting"])})


def _refresh_next_due(complaint: Complaint) -> None:
    running = [clock.due_on for clock in complaint.clocks if clock.is_running and clock.due_on]
    complaint.next_due_on = min(running, default=NEVER)
