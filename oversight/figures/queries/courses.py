"""The lives of allegations in files that only went on: begun here, never held or opened again in a period.

Of such a file nothing before the period need be known. It stood where its first move since then took it from,
and so did each of its allegations until the day on which that one ended.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Select, case, select

from oversight.casework.models import Allegation, Complaint, FileEvent
from oversight.figures.queries.files import Condition, Key, key
from oversight.figures.queries.lives import Life, Stage, by_day, is_added, was_added_to
from oversight.figures.queries.stock import ENDINGS, moves_between, stood_at
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.rules.findings import Status


@dataclass(slots=True)
class _Course:
    """A file's: when it was received, where it stood first, its moves, and the allegations that took part."""

    received_on: date
    stood: str
    """Where it stood before its first move, which tells it; of a file that didn't move it is asked for."""
    moves: list[tuple[date, str]]
    added: list[date]
    """On which days an allegation was added, in their order."""
    allegations: list[tuple[str, date | None]]
    """The status of each and the day on which it ended, in their order."""


def courses(counted: Condition, since: datetime, until: datetime, zone: str) -> Iterator[tuple[Life, int]]:
    """The lives between those instants in those files, in days of that zone, and how many had each."""
    moves, added = _Told(_moves(since, until)), _Told(_additions(since))
    for file, rows in groupby(_files(counted, since, until), key=itemgetter(0)):
        on = [local_date(at, zone) for _, at in added.of(file)]
        yield from _lives(_course(list(rows), moves.of(file), on, zone))


def _lives(course: _Course) -> Iterator[tuple[Life, int]]:
    were_there = len(course.allegations) - len(course.added)
    began = [course.received_on] * were_there + course.added
    alike = Counter(
        (start, status, ended_on) for start, (status, ended_on) in zip(began, course.allegations, strict=True)
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


def _course(rows: list[Any], moves: list[Any], added: list[date], zone: str) -> _Course:
    """Of a file with these rows, one for each allegation, that moved so and was added to on those days."""
    if added:
        rows.sort(key=attrgetter("ordinal"))
    moved = [(local_date(at, zone), after) for _, at, _, after in moves]
    allegations = [(status, ended_on) for *_, status, ended_on in rows]
    stood = moves[0].from_state if moves else rows[0].stood
    return _Course(rows[0].received_on, stood, moved, added, allegations)


class _Told:
    """What rows in the order of their files tell of each file, for those who ask of one after another."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._files = groupby(rows, key=itemgetter(0))
        self._next = next(self._files, None)

    def of(self, file: Key) -> list[Any]:
        """The rows of that file, having read past those of the files before it."""
        while self._next and self._next[0] < file:
            self._next = next(self._files, None)
        return list(self._next[1]) if self._next and self._next[0] == file else []


def _files(counted: Condition, since: datetime, until: datetime) -> Iterator[Any]:
    """Each allegation of those files, with what is told of the file."""
    stood = case((was_added_to(since), stood_at(until))).label("stood")
    told = (Allegation.ordinal, Allegation.status, Allegation.ended_on)
    wanted = select(key(Complaint.id), Complaint.received_on, stood, *told).join(Complaint.allegations)
    return _rows(wanted.where(counted).order_by(Complaint.id))


def _moves(since: datetime, until: datetime) -> Iterator[Any]:
    """Each move of whatever file: that is cheaper to read past than to ask for."""
    told = (FileEvent.at, FileEvent.from_state, FileEvent.to_state)
    moves = select(key(FileEvent.complaint_id), *told).where(moves_between(since, until))
    return _rows(moves.order_by(FileEvent.complaint_id, FileEvent.id))


def _additions(since: datetime) -> Iterator[Any]:
    added = select(key(FileEvent.complaint_id), FileEvent.at).where(is_added(), FileEvent.at >= since)
    return _rows(added.order_by(FileEvent.complaint_id, FileEvent.at))


def _rows(wanted: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    """Plain rows: the ORM's own take a fifth longer."""
    yield from session().connection().execute(wanted)
