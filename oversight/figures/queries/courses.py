"""The lives of allegations in files that only went on: begun here, never held or opened again in a period.

Of such a file nothing before the period need be known. It stood where its first move since then took it from,
and so did each of its allegations until the day on which that one ended.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, case, select

from oversight.casework.models import Allegation, Complaint, FileEvent
from oversight.figures.queries.files import Condition, Key, key
from oversight.figures.queries.lives import Life, Stage, by_day, is_added, was_added_to
from oversight.figures.queries.stock import ENDINGS, moves_between, stood_at
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.rules.findings import Status


class _Allegation(NamedTuple):
    ordinal: int
    status: str
    ended_on: date | None


@dataclass(slots=True)
class _Course:
    """A file's: when it was received, where it stood first, its moves, and the allegations that took part."""

    received_on: date
    stood: str
    """Where it stood before its first move, which tells it; of a file that didn't move it is asked for."""
    moves: list[tuple[date, str]] = field(default_factory=list)
    added: list[date] = field(default_factory=list)
    """On which days an allegation was added, in their order."""
    allegations: list[_Allegation] = field(default_factory=list)


def courses(counted: Condition, since: datetime, until: datetime, zone: str) -> Iterator[tuple[Life, int]]:
    """The lives between those instants in those files, in days of that zone, and how many had each."""
    for course in _courses(counted, since, until, zone).values():
        yield from _lives(course)


def _lives(course: _Course) -> Iterator[tuple[Life, int]]:
    if course.added:
        course.allegations.sort(key=itemgetter(0))
    were_there = len(course.allegations) - len(course.added)
    began = [course.received_on] * were_there + course.added
    alike = Counter(
        (start, status, ended_on)
        for start, (_, status, ended_on) in zip(began, course.allegations, strict=True)
    )
    for (start, status, ended_on), number in alike.items():
        if status == Status.OPEN:
            yield by_day(_stages(course, start, date.max)), number
        elif ended_on:
            yield by_day([*_stages(course, start, ended_on), (ended_on, Stage(ending=status))]), number


def _stages(course: _Course, start: date, end: date) -> Life:
    """Where it stood with its file, from its first day to its own end."""
    moves = ((course.received_on, course.stood), *course.moves)
    return [(max(day, start), _at(state)) for day, state in moves if day < end and state not in ENDINGS]


@cache
def _at(state: str) -> Stage:
    return Stage(state)


def _courses(counted: Condition, since: datetime, until: datetime, zone: str) -> Mapping[Key, _Course]:
    """Those files with all that is told of them; of others, only what is cheaper to read past than to ask."""
    stood = case((was_added_to(since), stood_at(until)))
    told = (Allegation.ordinal, Allegation.status, Allegation.ended_on)
    wanted = select(key(Complaint.id), Complaint.received_on, stood, *told).join(Complaint.allegations)
    found: dict[Key, _Course] = {}
    for file, received_on, stage, *allegation in _rows(wanted.where(counted)):
        if file not in found:
            found[file] = _Course(received_on, stage)
        found[file].allegations.append(_Allegation(*allegation))
    _add_moves(found, since, until, zone)
    _add_additions(found, since, zone)
    return found


def _add_additions(found: Mapping[Key, _Course], since: datetime, zone: str) -> None:
    added = select(key(FileEvent.complaint_id), FileEvent.at).where(is_added(), FileEvent.at >= since)
    for file, at in _rows(added.order_by(FileEvent.complaint_id, FileEvent.at)):
        if file in found:
            found[file].added.append(local_date(at, zone))


def _add_moves(found: Mapping[Key, _Course], since: datetime, until: datetime, zone: str) -> None:
    told = (FileEvent.at, FileEvent.from_state, FileEvent.to_state)
    moves = select(key(FileEvent.complaint_id), *told).where(moves_between(since, until))
    for file, at, before, after in _rows(moves.order_by(FileEvent.complaint_id, FileEvent.id)):
        if course := found.get(file):
            if not course.moves:
                course.stood = before
            course.moves.append((local_date(at, zone), after))


def _rows(wanted: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    """Plain rows: the ORM's own take a fifth longer."""
    yield from session().connection().execute(wanted)
