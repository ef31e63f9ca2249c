"""How deadlines were kept: by the due days that fell in a period, as they stand on a day."""

from collections import Counter
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased

from oversight.casework.models import Clock
from oversight.casework.queries.clocks import WINDOW
from oversight.casework.queries.files import PROGRESS
from oversight.kit.db import session


class Kept(StrEnum):
    """What became of a deadline whose last day has come."""

    KEPT = "kept"
    LATE = "late"
    RUNNING = "running"
    NOT_NEEDED = "not_needed"


def deadlines_due(first: date, last: date) -> Counter[tuple[str, Kept]]:
    """Deadlines of the office's work by name and by whether they were kept; no window to ask, no notice."""
    wanted = Clock.deadline.not_in((WINDOW, PROGRESS))
    return _due(first, last, wanted, _kept())


def progress_notices_due(first: date, last: date) -> Counter[Kept]:
    """Notices of progress by whether they were sent in time. None is needed where the file ended by then;
    where it ended later and none was sent, that is as late as can be."""
    following = aliased(Clock)
    # Sending one starts the clock of the next; where that did not happen, something else stopped it.
    sent = (
        select(following.id)
        .where(
            following.complaint_id == Clock.complaint_id,
            following.deadline == PROGRESS,
            following.started_on == Clock.stopped_on,
            following.id != Clock.id,
        )
        .exists()
    )
    became = case(((Clock.stopped_on <= Clock.due_on) & ~sent, Kept.NOT_NEEDED.value), else_=_kept())
    due = _due(first, last, Clock.deadline == PROGRESS, became)
    return Counter({kept: count for (_, kept), count in due.items()})


def _kept() -> ColumnElement[str]:
    return case(
        (Clock.stopped_on.is_(None), Kept.RUNNING.value),
        (Clock.stopped_on <= Clock.due_on, Kept.KEPT.value),
        else_=Kept.LATE.value,
    )


def _due(
    first: date, last: date, wanted: ColumnElement[bool], became: ColumnElement[str]
) -> Counter[tuple[str, Kept]]:
    each = (
        select(Clock.deadline, became.label("became"))
        .where(wanted, Clock.due_on.between(first, last))
        .subquery()
    )
    columns = (each.c.deadline, each.c.became)
    grouped = session().execute(select(*columns, func.count()).group_by(*columns))
    return Counter({(deadline, Kept(became)): count for deadline, became, count in grouped})
