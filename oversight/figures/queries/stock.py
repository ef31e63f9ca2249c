"""How many files were open and how that changed: from each file's own history, or from an export's days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.orm.util import AliasedClass

from oversight.casework.models import Complaint, FileEvent
from oversight.figures.periods import Period
from oversight.figures.queries.files import Condition, files_by_day_received, has_row, number_of_files
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.rules.jurisdictions import all_rulebooks

ENDINGS = sorted(
    {state.slug for book in all_rulebooks().values() for state in book.file.states if state.is_ending}
)

Event = type[FileEvent] | AliasedClass[FileEvent]


@dataclass(frozen=True)
class Movements:
    """How many files were received, were opened again, and were closed on each day."""

    received: Counter[date]
    reopened: Counter[date]
    closed: Counter[date]
    standing: int = 0
    """How many were open before the first of those days."""


def movements(period: Period, *, last: date, since: datetime, until: datetime, zone: str) -> Movements:
    """What stood when the period began, and what moved from then to the last day wanted.

    `since` and `until` are the instants at which that begins and has ended.
    """
    first = period.first
    received = files_by_day_received(is_traceable() & Complaint.received_on.between(first, last))
    reopened, closed = _turns(since, until, zone)
    closed.update(_closed_elsewhere(first, last))
    return Movements(received, reopened, closed, _standing(first, since))


def _standing(first: date, since: datetime) -> int:
    """How many were open before that day, which began at that instant."""
    if first == date.min:
        return 0
    received = number_of_files(is_traceable() & (Complaint.received_on < first))
    elsewhere = _closed_elsewhere(date.min, first - timedelta(days=1)).total()
    turned = func.sum(case((_left(FileEvent), 1), (_entered(FileEvent), -1), else_=0))
    return received - elsewhere + (session().scalar(_traceable(turned).where(FileEvent.at < since)) or 0)


def _turns(since: datetime, until: datetime, zone: str) -> tuple[Counter[date], Counter[date]]:
    """How many files were opened again, and how many closed, on each day between those instants."""
    reopened: Counter[date] = Counter()
    closed: Counter[date] = Counter()
    turned = or_(_left(FileEvent), _entered(FileEvent))
    wanted = _traceable(FileEvent.at, FileEvent.to_state).where(turned, moves_between(since, until))
    for at, state in session().execute(wanted):
        (closed if state in ENDINGS else reopened)[local_date(at, zone)] += 1
    return reopened, closed


def untraceable_files(last: date) -> int:
    """How many files there are by then of which nobody knows when they were open."""
    return number_of_files(~is_traceable() & (Complaint.received_on <= last))


def is_traceable() -> Condition:
    """The files of which every closing is known: those that began here, and most that were brought in.

    Of a file that another office closed on an unknown or impossible day, or that was opened again here,
    the first closing is lost.
    """
    on_no_good_day = or_(Complaint.ended_on.is_(None), Complaint.ended_on < Complaint.received_on)
    lost = or_(and_(Complaint.has_ended, on_no_good_day), _first_left())
    return or_(Complaint.source.is_(None), ~lost)


def docket(*, last: date, until: datetime) -> Counter[tuple[str | None, date]]:
    """The files open at that instant, by their state then and the day each was received.

    The state is None where another office had the file, and nobody knows what it did with it that day.
    """
    closed_elsewhere = and_(Complaint.source.is_not(None), Complaint.has_ended, ~_has_moved())
    each = (
        select(stood_at(until).label("then"), closed_elsewhere.label("elsewhere"), Complaint.received_on)
        .where(is_traceable(), Complaint.received_on <= last)
        .where(or_(~closed_elsewhere, Complaint.ended_on > last))
        .subquery()
    )
    columns = (each.c.then, each.c.elsewhere, each.c.received_on)
    grouped = session().execute(select(*columns, func.count()).group_by(*columns))
    return Counter(
        {
            (None if elsewhere else state, received): count
            for state, elsewhere, received, count in grouped
            if elsewhere or state not in ENDINGS
        }
    )


def stood_at(instant: datetime) -> ColumnElement[str]:
    """The state a file was in then: the one that its next move took it from, or its state if none did."""
    next_move = (
        select(FileEvent.from_state)
        .where(
            FileEvent.complaint_id == Complaint.id, FileEvent.to_state.is_not(None), FileEvent.at >= instant
        )
        .order_by(FileEvent.id)
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(next_move, Complaint.state)


def moves_between(since: datetime, until: datetime) -> Condition:
    """The events that moved a file between those instants. An index holds them and what is told of them."""
    return and_(FileEvent.to_state.is_not(None), FileEvent.at >= since, FileEvent.at < until)


def _traceable(*wanted: Any) -> Select[Any]:
    """Something of each move of the files of which every closing is known."""
    untraceable = select(Complaint.id).where(~is_traceable()).subquery()
    moves = select(*wanted).outerjoin(untraceable, untraceable.c.id == FileEvent.complaint_id)
    return moves.where(FileEvent.to_state.is_not(None), untraceable.c.id.is_(None))


def _closed_elsewhere(first: date, last: date) -> Counter[date]:
    """The days on which other offices closed what was brought in, where nothing has moved since."""
    brought_in_closed = and_(Complaint.source.is_not(None), Complaint.has_ended, ~_was_closed_here())
    wanted = (
        select(Complaint.ended_on, func.count())
        .where(brought_in_closed, is_traceable(), Complaint.ended_on.between(first, last))
        .group_by(Complaint.ended_on)
    )
    return Counter({day: count for day, count in session().execute(wanted) if day})


def _entered(event: Event) -> Condition:
    """Whether something brought a file to an ending."""
    return and_(event.to_state.in_(ENDINGS), event.from_state.not_in(ENDINGS))


def _left(event: Event) -> Condition:
    """Whether something took a file out of an ending."""
    return and_(event.from_state.in_(ENDINGS), event.to_state.not_in(ENDINGS))


def _was_closed_here() -> Condition:
    return has_row(FileEvent, FileEvent.to_state.is_not(None), _entered(FileEvent))


def _first_left() -> Condition:
    """Whether a file left an ending that it had not come to here: it was brought in with it."""
    event, earlier = aliased(FileEvent), aliased(FileEvent)
    came = select(earlier.id).where(
        earlier.complaint_id == event.complaint_id, earlier.to_state.is_not(None), _entered(earlier)
    )
    had_come = came.where(earlier.id < event.id).exists()
    return has_row(event, event.to_state.is_not(None), _left(event), ~had_come)


def _has_moved() -> Condition:
    """Whether anything ever moved the file here."""
    return has_row(FileEvent, FileEvent.to_state.is_not(None))
