"""A clock as its card shows it: where it stands, how many days are left, and why that date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from oversight.casework.models import Clock, Complaint
from oversight.casework.models.complaint import NEVER
from oversight.casework.queries.calendars import office_calendar
from oversight.casework.queries.clocks import WINDOW, clocks_for, days_left_to_give
from oversight.casework.queries.queue import QueueLine
from oversight.casework.wording import label
from oversight.kit.i18n import current_language, local_day, t
from oversight.rules.deadlines import due
from oversight.rules.jurisdictions import rulebook
from oversight.rules.reasons import Counting, Reason, explain, length, speak
from oversight.rules.steps import Step
from oversight.rules.words import N_

SOON = timedelta(days=7)

LIMITATION = "limitation"
"""The time to complain is the public's, not the office's: no clock runs, but staff see how it stands."""


@dataclass(frozen=True)
class ClockCard:
    """What the component `deadline` draws."""

    name: str
    due: str
    state: str
    left: str
    why: list[str]
    datetime: str
    slug: str = ""
    said: str = ""
    steps: tuple[Step, ...] = ()


def clock_cards(
    complaint: Complaint, on: date, steps: Sequence[Step] = ()
) -> tuple[list[ClockCard], list[ClockCard]]:
    """The clocks that are open, what is due first on top, and those that have stopped, the last on top.

    `steps` are those that may be taken about a clock now; each card has its own.
    """
    open_ones = [clock for clock in complaint.clocks if clock.stopped_on is None]
    stopped = [clock for clock in reversed(complaint.clocks) if clock.stopped_on is not None]
    open_ones.sort(key=lambda clock: clock.due_on or date.max)
    about = {step: clocks_for(step, complaint, on=on) for step in steps}
    running = [
        _card(clock, on, tuple(step for step, clocks in about.items() if clock in clocks))
        for clock in open_ones
    ]
    over = [_card(clock, on) for clock in stopped]
    limit = _limit_of(complaint)
    if limit is not None:
        (running if limit.state == "overdue" and not complaint.has_ended else over).append(limit)
    return running, over


def days_words(due_on: date, on: date) -> str:
    """“12 days left”, “due today”, “3 days late”."""
    days = (due_on - on).days
    if days == 0:
        return t(N_("due today"))
    if days > 0:
        return t(N_("1 day left")) if days == 1 else t(N_("%(days)s days left"), days=days)
    return t(N_("1 day late")) if days == -1 else t(N_("%(days)s days late"), days=-days)


def next_due(complaint: Complaint | QueueLine, on: date) -> tuple[str, str, str]:
    """The day a file's next clock runs out, how late that is, and the tone of saying so."""
    due_on = complaint.next_due_on
    # What still runs after an ending is the parties' own time to ask again, for which no one is late.
    if due_on == NEVER or complaint.has_ended:
        return "", "", "plain"
    tone = "stop" if due_on < on else "attention" if due_on <= on + SOON else "plain"
    return local_day(due_on), days_words(due_on, on), tone


def clock_words(step: Step, clock: Clock, on: date) -> str:
    """Under a clock that a step may be about: its last day, and how much more it may have, by which rule."""
    words = [t(N_("The last day is %(on)s."), on=local_day(clock.due_on))] if clock.due_on else []
    allowed = rulebook(clock.complaint.rulebook).more_time.get(clock.deadline)
    if "give_the_clock_more_time" in step.does and allowed is not None:
        left = _length(days_left_to_give(clock, on=on), clock)
        words.append(
            t(N_("It may be given at most %(length)s more (%(basis)s)."), length=left, basis=t(allowed.basis))
        )
    return " ".join([*words, _said(clock)]).strip()


def _length(days: int, clock: Clock) -> str:
    """“30 days”, or in business days where the clock's rule counts those."""
    business = clock.rule["counting"] == Counting.BUSINESS_DAYS
    said = length(days, Counting.BUSINESS_DAYS if business else Counting.EXCLUDE_FIRST)
    return speak(said, t, local_day, current_language())


def _said(clock: Clock) -> str:
    """Why its last day went by, as it was said last."""
    said = [delay for delay in clock.delays if not delay["days"]]
    if not said:
        return ""
    why = label(rulebook(clock.complaint.rulebook).delay_reasons, said[-1]["reason"])
    day = local_day(date.fromisoformat(said[-1]["on"]))
    return t(N_("Why it passed, said on %(day)s: %(why)s."), day=day, why=why)


def _card(clock: Clock, on: date, steps: tuple[Step, ...] = ()) -> ClockCard:
    due_on = clock.due_on
    state = _state(clock, on)
    if state in ("met", "stopped"):
        due, left = local_day(clock.stopped_on), ""
    elif due_on is None:
        due, left = t(N_("Set when it runs again")), ""
    else:
        due, left = local_day(due_on), days_words(due_on, on) if state != "paused" else ""
    return ClockCard(
        name=t(clock.rule["label"]),
        due=due,
        state=state,
        left=left,
        why=_why(clock),
        datetime=_iso(clock, state),
        slug=clock.deadline,
        said=_said(clock),
        steps=steps,
    )


def _limit_of(complaint: Complaint) -> ClockCard | None:
    """Whether it came in time, counted from the day of the events as it was given, if any was."""
    book = rulebook(complaint.rulebook)
    limit = book.deadline(LIMITATION)
    if limit is None or complaint.happened_on is None:
        return None
    last = due(limit, complaint.happened_on, office_calendar(book.holiday_calendar, complaint.happened_on))
    late = complaint.received_on > last.due_on
    return ClockCard(
        name=t(limit.label),
        due=local_day(last.due_on),
        state="overdue" if late else "met",
        left=days_words(last.due_on, complaint.received_on) if late else "",
        why=_spoken(last.explanation),
        datetime=last.due_on.isoformat(),
    )


def _iso(clock: Clock, state: str) -> str:
    day = clock.stopped_on if state in ("met", "stopped") else clock.due_on
    return day.isoformat() if day else ""


def _state(clock: Clock, on: date) -> str:
    if clock.stopped_on is not None:
        in_time = clock.due_on is not None and clock.stopped_on <= clock.due_on
        return "met" if in_time and clock.deadline != WINDOW else "stopped"
    if clock.paused_on is not None:
        return "paused"
    if clock.due_on is not None and clock.due_on < on:
        return "overdue"
    return "soon" if clock.due_on is not None and clock.due_on <= on + SOON else "running"


def _why(clock: Clock) -> list[str]:
    """The stored reasons, and what the law wants where the day is missed, in the reader's language."""
    notes = clock.rule.get("notes")
    return [*_spoken(map(Reason.from_json, clock.explanation)), *([t(notes)] if notes else [])]


def _spoken(reasons: Iterable[Reason]) -> list[str]:
    return [speak(explain(reason), t, local_day, current_language()) for reason in reasons]
