"""Where allegations stood from day to day, and how they moved: from the history of their files.

An allegation stands where its file does until it has an ending of its own; while it is held, it is on hold.
Days are told apart and no more: what it passed through within one day is not counted.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from oversight.casework.models import Allegation, Complaint, FileEvent, Hold
from oversight.figures.periods import day_after, first_moment
from oversight.figures.queries.courses import courses
from oversight.figures.queries.files import Condition, has_row
from oversight.figures.queries.lives import (
    Life,
    Stage,
    by_day,
    is_reopening,
    lives,
    tells,
    was_added_to,
)
from oversight.figures.queries.stock import Movements, is_traceable, moves_between, stood_at
from oversight.kit.db import session
from oversight.rules.findings import Status


@dataclass
class Journeys:
    """How many allegations stood where when the first day began, and what moved on that day and after it.

    `moves`: (day, from where, where to) → how many; they come from nowhere (None) when they are first made.
    """

    standing: Counter[Stage] = field(default_factory=Counter)
    moves: Counter[tuple[date, Stage | None, Stage]] = field(default_factory=Counter)

    @property
    def came(self) -> Counter[Stage]:
        """How many came in at each stage."""
        found: Counter[Stage] = Counter()
        for (_, _, stage), number in self.moves.items():
            found[stage] += number
        return found

    @property
    def went(self) -> Counter[Stage]:
        """How many moved on from each stage."""
        found: Counter[Stage] = Counter()
        for (_, stage, _), number in self.moves.items():
            if stage is not None:
                found[stage] += number
        return found

    def as_movements(self) -> Movements:
        """The same, of what is open: what was first made, opened again and ended on each day.

        One that has another ending than the day before was opened again in between.
        """
        found = Movements(Counter(), Counter(), Counter(), self.open_at_first)
        for (day, before, after), number in self.moves.items():
            if before is None:
                found.received[day] += number
            elif not before.is_open:
                found.reopened[day] += number
            if not after.is_open:
                found.closed[day] += number
        return found

    @property
    def open_at_first(self) -> int:
        """How many were open when the first day began."""
        return sum(number for stage, number in self.standing.items() if stage.is_open)


def journeys(first: date, last: date, *, since: datetime, zone: str) -> Journeys:
    """What is known of the days from `first` to `last`; `since` is the instant at which the first began."""
    told, until = Journeys(), first_moment(day_after(last), zone)
    counted = is_told() & (Complaint.received_on <= last)
    walked = _was_held(first) | _was_opened_again(since) | (Complaint.source.is_not(None) & _has_told(since))
    went_on = Complaint.source.is_(None) & _has_gone_on(since, until)
    _add_resting(told, counted & ~walked & ~went_on, first, last, stood_at(until))
    for life, number in courses(counted & ~walked & went_on, since, until, zone):
        _add_life(told, life, first, last, number)
    for life in lives(counted & walked, zone):
        _add_life(told, life, first, last)
    return told


def left_out(last: date) -> int:
    """How many allegations there are by then of which nobody knows when they were open."""
    counted = Complaint.received_on <= last
    untold = or_(~is_told(), and_(Complaint.source.is_not(None), ~_ended_in_time()))
    number = select(func.count()).select_from(Allegation).join(Complaint).where(counted, untold)
    return session().scalar(number) or 0


def is_told() -> Condition:
    """The files whose allegations' endings are all known; not those opened again after another office's."""
    return is_traceable() & or_(Complaint.source.is_(None), ~has_row(FileEvent, is_reopening()))


# --- files that did not move in those days ------------------------------------------------------------


def _add_resting(
    told: Journeys, counted: Condition, first: date, last: date, stood: ColumnElement[str]
) -> None:
    """Allegations that stood with their files all the time, or came and ended on days that are told.

    `stood`: where their files were when the last day was over; what ended later was still open then.
    """
    status, ended_on = _status(), _ended_on()
    was_open = or_(status == Status.OPEN, ended_on > last)
    is_known = or_(status == Status.OPEN, Complaint.source.is_(None))
    of_each = (
        case((and_(is_known, or_(was_open, ended_on >= first)), stood)).label("state"),
        case((was_open, Status.OPEN), else_=status).label("status"),
        case((Complaint.received_on >= first, Complaint.received_on)).label("came"),
        case((and_(~was_open, ended_on >= first), ended_on)).label("went"),
    )
    of_files = select(*of_each).join(Complaint, Complaint.id == Allegation.complaint_id)
    each = of_files.where(counted, _ended_in_time()).subquery()
    for row in session().execute(select(*each.c, func.count()).group_by(*each.c)):
        state, ending, came, went, number = tuple(row)
        is_open = ending == Status.OPEN
        life = [(came or date.min, Stage(state))] if went or is_open else []
        if not is_open:
            life.append((went or came or date.min, Stage(ending=ending)))
        _add_life(told, by_day(life), first, last, number)


def _status() -> ColumnElement[str]:
    """How it stands; what was left open in a file that has ended was closed with it."""
    return case(
        (Complaint.has_ended & (Allegation.status == Status.OPEN), Status.CLOSED), else_=Allegation.status
    )


def _ended_on() -> ColumnElement[date | None]:
    return func.coalesce(Allegation.ended_on, Complaint.ended_on)


def _ended_in_time() -> Condition:
    """Whether it has no ending, or one on a day on which it can have ended."""
    possible = and_(_ended_on().is_not(None), _ended_on() >= Complaint.received_on)
    return or_(_status() == Status.OPEN, possible)


# --- what happened in a file ---------------------------------------------------------------------------


def _has_gone_on(since: datetime, until: datetime) -> Condition:
    """Whether it moved between those instants, or was added to since the first."""
    return has_row(FileEvent, moves_between(since, until)) | was_added_to(since)


def _was_opened_again(since: datetime) -> Condition:
    """Whether what had ended in it was opened again since then, and may have ended otherwise before."""
    return has_row(FileEvent, is_reopening(), FileEvent.at >= since)


def _has_told(since: datetime) -> Condition:
    """Whether anything has happened since that says where its allegations stand."""
    return has_row(FileEvent, tells(), FileEvent.at >= since)


def _was_held(first: date) -> Condition:
    """Whether something in it waited on that day or after it."""
    return has_row(Hold, or_(Hold.resumed_on.is_(None), Hold.resumed_on >= first))


def _add_life(told: Journeys, life: Life, first: date, last: date, number: int = 1) -> None:
    """Count so many allegations that had this life."""
    stands: Stage | None = None
    for day, stage in life:
        if first <= day <= last and stage != stands:
            told.moves[day, stands, stage] += number
        if day <= last:
            stands = stage
    at_first = [stage for day, stage in life if day < first]
    if at_first:
        told.standing[at_first[-1]] += number
