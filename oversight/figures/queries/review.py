"""Who reviewed: panels, what their members found, and how often the decision was another."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from oversight.casework.models import PanelFinding, Seat
from oversight.figures.queries.files import Key, key
from oversight.kit.db import session
from oversight.rules.panels import majority


def panels_drawn(since: datetime, until: datetime) -> int:
    """How many files had people drawn for their panel."""
    drawn = select(func.count(Seat.complaint_id.distinct())).where(
        Seat.drawn_at >= since, Seat.drawn_at < until
    )
    return session().scalar(drawn) or 0


def seats_given_up(since: datetime, until: datetime) -> int:
    """How many of the people drawn then had a conflict."""
    wanted = (Seat.drawn_at >= since, Seat.drawn_at < until, Seat.status == "recused")
    return session().scalar(select(func.count()).select_from(Seat).where(*wanted)) or 0


def findings_and_dissents(since: datetime, until: datetime) -> tuple[int, int]:
    """How many people handed in their findings, and how many of them found other than the majority did."""
    handed_in = _handed_in(since, until)
    told = (key(Seat.complaint_id), key(Seat.id), key(PanelFinding.allegation_id), PanelFinding.finding)
    found = select(*told).join(PanelFinding, PanelFinding.seat_id == Seat.id)
    found = found.where(*handed_in, Seat.complaint_id.in_(_disagreed(*handed_in)))
    rows = session().execute(found.order_by(Seat.complaint_id))
    dissents = sum(_dissents(file) for _, file in groupby(rows, key=itemgetter(0)))
    return session().scalar(select(func.count()).select_from(Seat).where(*handed_in)) or 0, dissents


def _disagreed(*handed_in: ColumnElement[bool]) -> Select[UUID]:
    """The files in which two people found differently: nobody dissents in any other."""
    found = select(Seat.complaint_id).join(PanelFinding, PanelFinding.seat_id == Seat.id).where(*handed_in)
    same_allegation = found.group_by(Seat.complaint_id, PanelFinding.allegation_id)
    return same_allegation.having(func.min(PanelFinding.finding) != func.max(PanelFinding.finding))


def _handed_in(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return Seat.submitted_at >= since, Seat.submitted_at < until, Seat.status != "recused"


def _dissents(rows: Iterable[Any]) -> int:
    seats: defaultdict[Key, dict[Key, str]] = defaultdict(dict)
    for _, seat, allegation, finding in rows:
        seats[seat][allegation] = finding
    agreed = {allegation: finding for allegation, finding in majority(seats).items() if finding is not None}
    return sum(
        any(agreed.get(allegation, finding) != finding for allegation, finding in found.items())
        for found in seats.values()
    )
