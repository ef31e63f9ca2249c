"""Which of a file's clocks may be given more time, and which have passed and want a reason."""

from datetime import date

from oversight.casework.models import Clock, Complaint
from oversight.rules.deadlines import days_to_give
from oversight.rules.jurisdictions import rulebook
from oversight.rules.steps import Step

WINDOW = "reconsideration"
"""The clock that gives people time to ask, rather than the office a duty."""


def days_left_to_give(clock: Clock, *, on: date) -> int:
    """How many days more a clock may be given: 0 unless it runs and its file's rulebook allows it."""
    if not clock.is_running:
        return 0
    allowed = rulebook(clock.complaint.rulebook).more_time.get(clock.deadline)
    given = [delay["days"] for delay in clock.delays if delay["days"]]
    return days_to_give(allowed, given, passed=clock.has_passed(on))


def clocks_to_extend(complaint: Complaint, *, on: date) -> list[Clock]:
    """The clocks that may be given more time."""
    return [clock for clock in complaint.clocks if days_left_to_give(clock, on=on)]


def clocks_passed(complaint: Complaint, *, on: date) -> list[Clock]:
    """The office's own open clocks whose last day has gone by."""
    return [clock for clock in complaint.clocks if clock.deadline != WINDOW and clock.has_passed(on)]


def clocks_for(step: Step, complaint: Complaint, *, on: date) -> list[Clock]:
    """The clocks of which a step that asks for one may be about."""
    extends = "give_the_clock_more_time" in step.does
    return clocks_to_extend(complaint, on=on) if extends else clocks_passed(complaint, on=on)
