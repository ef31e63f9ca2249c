"""How many files were open and how that changed: from each file's own history, or from an export's days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.orm.util import AliasedClass

from oversight.casework.models import Complaint, FileEvent
from oversight.figures.queries.files import Condition, files_by_day_received, number_of_files
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


def movements(*, last: date, until: datetime, zone: str) -> Movements:
    """What moved, from the first day there is to the last one wanted; `until` is when that ended."""
    closed = _days_of(_entered(FileEvent), until, zone)
    closed.update(_closed_elsewhere(last))
    received = files_by_day_received(is_traceable() & (Complaint.received_on <= last))
    return Movements(received, _days_of(_left(FileEvent), until, zone), closed)


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
    before = _first_move(FileEvent.to_state, FileEvent.at < until, FileEvent.id.desc())
    after = _first_move(FileEvent.from_state, FileEvent.at >= until, FileEvent.id)
    then = func.coalesce(before, after, Complaint.state).label("then")
    has_not_moved = func.coalesce(before, after).is_(None)
    closed_elsewhere = and_(Complaint.source.is_not(None), Complaint.has_ended, has_not_moved)
    each = (
        select(then, closed_elsewhere.label("elsewhere"), Complaint.received_on)
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


def _days_of(moved: Condition, until: datetime, zone: str) -> Counter[date]:
    wanted = (
        select(FileEvent.at)
        .join(Complaint, Complaint.id == FileEvent.complaint_id)
        .where(moved, FileEvent.at < until, is_traceable())
    )
    return Counter(local_date(at, zone) for at in session().scalars(wanted))


def _closed_elsewhere(last: date) -> Counter[date]:
    """The days on which other offices closed what was brought in, where nothing has moved since."""
    brought_in_closed = and_(Complaint.source.is_not(None), Complaint.has_ended, ~_was_closed_here())
    wanted = (
        select(Complaint.ended_on, func.count())
        .where(brought_in_closed, is_traceable(), Complaint.ended_on <= last)
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
    event = aliased(FileEvent)
    return Complaint.id.in_(select(event.complaint_id).where(_entered(event)))


def _first_left() -> Condition:
    """Whether a file left an ending that it had not come to here: it was brought in with it."""
    event, earlier = aliased(FileEvent), aliased(FileEvent)
    came = select(earlier.id).where(
        earlier.complaint_id == event.complaint_id, _entered(earlier), earlier.id < event.id
    )
    return Complaint.id.in_(select(event.complaint_id).where(_left(event), ~came.exists()))


def _first_move(state: InstrumentedAttribute[str | None], when: Condition, order: Any) -> Any:
    """A state of the one move of a file that comes first in that order."""
    is_move = and_(FileEvent.complaint_id == Complaint.id, FileEvent.to_state.is_not(None))
    return select(state).where(is_move, when).order_by(order).limit(1).scalar_subquery()
