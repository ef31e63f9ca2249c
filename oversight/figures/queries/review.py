"""Who reviewed: panels, the people on them, and what they found."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_

from oversight.casework.models import PanelFinding, Seat
from oversight.figures.queries.files import Key, key
from oversight.kit.db import session
from oversight.rules.panels import majority


def panels_drawn(since: datetime, until: datetime) -> int:
    """How many files had people drawn for their panel."""
    return _distinct(Seat.complaint_id, Seat.drawn_at >= since, Seat.drawn_at < until)


def people_with_a_conflict(since: datetime, until: datetime) -> int:
    """How many of the people drawn then had a conflict."""
    drawn = (Seat.drawn_at >= since, Seat.drawn_at < until)
    return _distinct(Seat.person_id, *drawn, Seat.status == "recused")


def people_who_handed_in(since: datetime, until: datetime) -> int:
    """How many people handed in their findings."""
    handed_in = (Seat.submitted_at >= since, Seat.submitted_at < until)
    return _distinct(Seat.person_id, *handed_in, Seat.status != "recused")


def _distinct(what: Any, *wanted: ColumnElement[bool]) -> int:
    return session().scalar(select(func.count(what.distinct())).where(*wanted)) or 0


def dissenters(since: datetime, until: datetime) -> int:
    """How many people found other than the majority of their panel, where its last findings came in then.

    What others of it found before counts too: a panel has one majority, whenever its members wrote.
    """
    told = (key(Seat.person_id), key(PanelFinding.allegation_id), PanelFinding.finding)
    found = select(key(Seat.complaint_id), Seat.status, *told)
    found = found.join(PanelFinding, PanelFinding.seat_id == Seat.id).where(Seat.submitted_at.is_not(None))
    found = found.where(tuple_(Seat.complaint_id, Seat.status).in_(_disagreed(_done(since, until))))
    rows = session().execute(found.order_by(Seat.complaint_id, Seat.status))
    return len({person for _, panel in groupby(rows, key=itemgetter(0, 1)) for person in _dissenters(panel)})


def _done(since: datetime, until: datetime) -> Select[UUID, str]:
    """The panels of which the last handed in then, and nobody is still to. Those taken off a file are a
    panel of their own."""
    nobody_is_to = or_(Seat.status == "released", func.count() == func.count(Seat.submitted_at))
    then = select(Seat.complaint_id).where(Seat.submitted_at >= since, Seat.submitted_at < until)
    panels = select(Seat.complaint_id, Seat.status).where(Seat.complaint_id.in_(then))
    panels = panels.where(Seat.status.in_(("seated", "released")))
    last = func.max(Seat.submitted_at)
    return panels.group_by(Seat.complaint_id, Seat.status).having(last >= since, last < until, nobody_is_to)


def _disagreed(panels: Select[UUID, str]) -> Select[UUID, str]:
    """Those of them in which two people found differently: nobody dissents in any other."""
    found = select(Seat.complaint_id, Seat.status).join(PanelFinding, PanelFinding.seat_id == Seat.id)
    found = found.where(Seat.submitted_at.is_not(None), tuple_(Seat.complaint_id, Seat.status).in_(panels))
    same_allegation = found.group_by(Seat.complaint_id, Seat.status, PanelFinding.allegation_id)
    return same_allegation.having(func.min(PanelFinding.finding) != func.max(PanelFinding.finding))


def _dissenters(rows: Iterable[Any]) -> set[Key]:
    people: defaultdict[Key, dict[Key, str]] = defaultdict(dict)
    for *_, person, allegation, finding in rows:
        people[person][allegation] = finding
    agreed = {allegation: finding for allegation, finding in majority(people).items() if finding is not None}
    return {
        person
        for person, found in people.items()
        if any(agreed.get(allegation, finding) != finding for allegation, finding in found.items())
    }
