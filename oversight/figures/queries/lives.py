"""The lives of single allegations: walked through the history of a file, event by event.

A file's history says when it moved and what each step did. What a step ended of its allegations is told by
what the step does; where it ended a selection, by the day on which they ended, or, in a life before the file
was opened again, by what was selected then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, literal, select
from sqlalchemy.orm import selectinload

from oversight.casework.models import Allegation, Complaint, FileEvent, Hold
from oversight.casework.models.complaint import ADDED
from oversight.figures.queries.files import Condition, has_row
from oversight.figures.queries.stock import ENDINGS
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.rules.findings import Status
from oversight.rules.jurisdictions import all_rulebooks

AT_ONCE = 1000
"""Files, so that no statement names more of them than a database takes."""
ENDS_SELECTED = {"refer_allegations": Status.REFERRED, "dismiss_allegations": Status.DISMISSED}
ENDS_ALL = {
    "settle_allegations": Status.SETTLED,
    "close_allegations": Status.CLOSED,
    "decide_as_the_panel": Status.DECIDED,
    "decide_otherwise": Status.DECIDED,
    "decide_withdrawal": Status.WITHDRAWN,
}
"""The effects of steps that end allegations, with what they end as: the last of them where the file ends."""
REOPENS = "reopen_allegations"


class Stage(NamedTuple):
    """Where it stands: at a state of its file (None: which is not known), on hold, or at its own ending."""

    state: str | None = None
    is_held: bool = False
    ending: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has no ending."""
        return self.ending is None


Life = Sequence[tuple[date, Stage]]
"""From which day on it stood where, in the order of the days."""


def steps_that(effect: str) -> list[str]:
    """The names of the steps that have this effect, in whatever place."""
    steps = (step for book in all_rulebooks().values() for step in book.file.steps)
    return sorted({step.name for step in steps if effect in step.does})


def tells() -> Condition:
    """The events that say where allegations stand: most steps of a file neither move it nor end anything."""
    ends = {step for effect in (*ENDS_SELECTED, REOPENS) for step in steps_that(effect)}
    is_step = FileEvent.kind == "step"
    moves = FileEvent.to_state.is_not(None) | FileEvent.what.in_(sorted(ends))
    return (is_step & moves) | is_added()


def is_reopening() -> Condition:
    """The events that opened again what had ended. All are moves, and from few states."""
    steps = [step for book in all_rulebooks().values() for step in book.file.steps if REOPENS in step.does]
    left = sorted({state for step in steps for state in step.source})
    moved = and_(FileEvent.to_state.is_not(None), FileEvent.from_state.in_(left))
    return moved & FileEvent.what.in_(steps_that(REOPENS))


def is_added() -> Condition:
    """The events that added an allegation. The database is told their name, for an index is of them alone."""
    return FileEvent.what == literal(ADDED, literal_execute=True)


def was_added_to(since: datetime) -> Condition:
    """Whether an allegation was added to a file since then."""
    return has_row(FileEvent, is_added(), FileEvent.at >= since)


def lives(counted: Condition, zone: str) -> Iterator[Life]:
    """The life of each allegation of those files, in days of that zone; none of one that ended at a loss."""
    for file in _files(counted, zone):
        walk = _Walk(file)
        for event in file.events:
            walk.go_on(event)
        for allegation, life in zip(file.allegations, walk.lives, strict=True):
            if life and (life[-1][1].is_open == (allegation.status == Status.OPEN)):
                yield _with_holds(by_day(life), [each for each in file.holds if each.keeps(allegation.id)])


def by_day(life: Life) -> Life:
    """Where it stood when each of those days was over."""
    return tuple(dict(life).items())


class _Allegation(NamedTuple):
    id: UUID
    status: str
    ended_on: date | None
    ordinal: int


class _Event(NamedTuple):
    id: UUID
    on: date
    what: str
    from_state: str | None
    to_state: str | None


class _Hold(NamedTuple):
    started_on: date
    resumed_on: date | None
    held: frozenset[UUID] | None
    """The allegations that wait; None for all of the file."""

    def keeps(self, allegation: UUID) -> bool:
        return self.held is None or allegation in self.held

    def lasts(self, day: date) -> bool:
        return self.started_on <= day and (self.resumed_on is None or self.resumed_on > day)


@dataclass
class _File:
    """What is known of a file: its allegations, what happened to it and its holds, each in their order."""

    received_on: date
    ended_on: date | None
    source: str | None
    state: str
    does: Mapping[str, frozenset[str]]
    allegations: list[_Allegation] = field(default_factory=list)
    events: list[_Event] = field(default_factory=list)
    holds: list[_Hold] = field(default_factory=list)


def _files(counted: Condition, zone: str) -> Iterator[_File]:
    """Those files with all that belongs to them, some at a time."""
    does = {
        book.slug: {step.name: frozenset(step.does) for step in book.file.steps}
        for book in all_rulebooks().values()
    }
    facts = (Complaint.received_on, Complaint.ended_on, Complaint.source, Complaint.state)
    found = session().execute(select(Complaint.id, Complaint.rulebook, *facts).where(counted)).all()
    for start in range(0, len(found), AT_ONCE):
        files = {row.id: _File(*row[2:], does[row.rulebook]) for row in found[start : start + AT_ONCE]}
        _add_allegations(files)
        _add_events(files, zone)
        _add_holds(files)
        yield from files.values()


def _add_allegations(files: Mapping[UUID, _File]) -> None:
    told = (Allegation.id, Allegation.status, Allegation.ended_on, Allegation.ordinal)
    wanted = select(Allegation.complaint_id, *told).where(Allegation.complaint_id.in_(files))
    for row in session().execute(wanted.order_by(Allegation.ordinal)):
        files[row.complaint_id].allegations.append(_Allegation(*row[1:]))


def _add_events(files: Mapping[UUID, _File], zone: str) -> None:
    told = (FileEvent.id, FileEvent.at, FileEvent.what, FileEvent.from_state, FileEvent.to_state)
    wanted = select(FileEvent.complaint_id, *told).where(FileEvent.complaint_id.in_(files), tells())
    for file, event, at, what, before, after in session().execute(wanted.order_by(FileEvent.id)):
        files[file].events.append(_Event(event, local_date(at, zone), what, before, after))


def _add_holds(files: Mapping[UUID, _File]) -> None:
    wanted = select(Hold).where(Hold.complaint_id.in_(files)).options(selectinload(Hold.held))
    for hold in session().scalars(wanted.order_by(Hold.id)):
        only = None if hold.scope == "file" else hold.allegation_ids
        files[hold.complaint_id].holds.append(_Hold(hold.started_on, hold.resumed_on, only))


class _Walk:
    """A walk through one file's history. `lives` grow with it, one for each allegation."""

    def __init__(self, file: _File) -> None:
        self._file = file
        moved = [event for event in file.events if event.to_state]
        self._state = moved[0].from_state if moved else file.state
        self._reopenings = sum(REOPENS in self._does(event) for event in file.events)
        self._open: set[int] = set()
        self.lives: list[list[tuple[date, Stage]]] = []
        added = sum(event.what == ADDED for event in file.events)
        for _ in range(len(file.allegations) - added):
            self._add(file.received_on)

    def go_on(self, event: _Event) -> None:
        """Take in what came next."""
        if event.what == ADDED:
            self._add(event.on)
            return
        does = self._does(event)
        if REOPENS in does:
            self._reopenings -= 1
            self._open.update(place for place, life in enumerate(self.lives) if life)
        for place, status in self._ended_by(event, does):
            self._open.discard(place)
            self.lives[place].append((event.on, Stage(ending=status)))
        if event.to_state:
            self._state = event.to_state
            for place in self._open:
                self.lives[place].append((event.on, Stage(event.to_state)))

    def _does(self, event: _Event) -> frozenset[str]:
        return self._file.does.get(event.what, frozenset())

    def _add(self, on: date) -> None:
        place = len(self.lives)
        allegation = self._file.allegations[place]
        ended_on = allegation.ended_on or self._file.ended_on
        began_here = min((event.on for event in self._file.events), default=date.max)
        elsewhere = self._file.source is not None and allegation.status != Status.OPEN
        if elsewhere and ended_on and ended_on < began_here:
            is_possible = ended_on >= on
            self.lives.append(
                [(on, Stage()), (ended_on, Stage(ending=allegation.status))] if is_possible else []
            )
            return
        self.lives.append([(on, Stage(self._state))])
        self._open.add(place)

    def _ended_by(self, event: _Event, does: frozenset[str]) -> Iterator[tuple[int, Status]]:
        for effect in does & ENDS_ALL.keys():
            if event.to_state in ENDINGS:
                yield from ((place, ENDS_ALL[effect]) for place in sorted(self._open))
        for effect in does & ENDS_SELECTED.keys():
            status = ENDS_SELECTED[effect]
            chosen = self._selected(event) if self._reopenings else self._ended_on(event.on, status)
            yield from ((place, status) for place in chosen if place in self._open)

    def _ended_on(self, day: date, status: Status) -> list[int]:
        return [
            place
            for place, allegation in enumerate(self._file.allegations)
            if allegation.status == status and allegation.ended_on == day
        ]

    def _selected(self, event: _Event) -> list[int]:
        """The allegations that were selected for a step, as its history has it."""
        kept = session().get(FileEvent, event.id)
        chosen = (kept.details or {}).get("allegations") or () if kept else ()
        ids = {UUID(each) for each in chosen}
        return [place for place, each in enumerate(self._file.allegations) if each.id in ids]


def _with_holds(life: Life, holds: Sequence[_Hold]) -> Life:
    """The life with the stretches in which it was on hold."""
    if not holds:
        return life
    turns = {day for day, _ in life}
    for hold in holds:
        turns |= {day for day in (hold.started_on, hold.resumed_on) if day and day >= life[0][0]}
    lived = []
    for day in sorted(turns):
        stage = [stage for since, stage in life if since <= day][-1]
        is_held = stage.is_open and any(hold.lasts(day) for hold in holds)
        lived.append((day, Stage(is_held=True) if is_held else stage))
    return lived
