"""Clocks go forward and back, February gets a day, a machine is set wrong: each deadline fires once."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from oversight.casework.models import Clock, Complaint
from oversight.casework.queries.files import PROGRESS
from oversight.jobs.rounds import make_round
from oversight.kit.clock import local_date, now
from oversight.kit.db import session, writing
from oversight.ledger import verify
from oversight.ledger.models import Head, Words
from oversight.rules.calendars import Calendar
from oversight.rules.deadlines import Deadline, Pause, due
from oversight.rules.jurisdictions import rulebook
from oversight.rules.reasons import Counting
from tests.factories import complaint_in
from tests.torture.conftest import Times

ZONES = ("America/Edmonton", "America/St_Johns", "Australia/Lord_Howe")
"""A plain hour; an hour taken at one minute past midnight, so that a day ends twice; and half an hour."""

WITHOUT_A_DAY = "Pacific/Apia"
"""Went to bed on 29 December 2011 and got up on the 31st."""

SECOND = 1 / 3600
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YEARS = range(2000, 2038)
OPEN = Calendar(holiday_weekdays=frozenset(), closed_weekdays=frozenset())
SEED = 2037
Say = Callable[[str, object], None]


@dataclass(frozen=True)
class Change:
    """An instant at which a zone's clocks are set, or the middle of a leap day."""

    zone: str
    at: datetime

    @property
    def day(self) -> date:
        """The local day of it, as the clocks then say."""
        return local_date(self.at, self.zone)


@cache
def changes(zone: str) -> tuple[Change, ...]:
    """Every change of a zone's clocks in those years, found day by day and then by the minute."""
    found = []
    at, end = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
    while at < end:
        if offset(at, zone) != offset(at + DAY, zone):
            instant = at
            while offset(instant, zone) == offset(at, zone):
                instant += timedelta(minutes=1)
            found.append(Change(zone, instant))
        at += DAY
    return tuple(found)


def leap_days(zone: str) -> tuple[Change, ...]:
    """The noon of every 29 February of those years."""
    noons = (datetime(year, 2, 29, 12, tzinfo=ZoneInfo(zone)) for year in YEARS if year % 4 == 0)
    return tuple(Change(zone, noon.astimezone(UTC)) for noon in noons)


def offset(at: datetime, zone: str) -> timedelta | None:
    """How far a zone's clocks are ahead of UTC at an instant."""
    return at.astimezone(ZoneInfo(zone)).utcoffset()


def every_change(zone: str) -> tuple[Change, ...]:
    """Of clocks and of February."""
    return changes(zone) + leap_days(zone)


# ---- days, by the rules alone ------------------------------------------------------------------------


def test_the_years_have_the_changes_they_are_known_to_have() -> None:
    assert [len(changes(zone)) for zone in ZONES] == [76, 76, 76]
    edmonton = {change.day for change in changes(ZONES[0])}
    assert {date(2000, 4, 2), date(2006, 10, 29), date(2007, 3, 11), date(2037, 11, 1)} <= edmonton
    assert len(leap_days(ZONES[0])) == 10


@pytest.mark.parametrize("zone", [*ZONES, WITHOUT_A_DAY])
def test_every_minute_near_a_change_has_the_day_that_its_wall_clock_shows(zone: str) -> None:
    for change in every_change(zone):
        for minutes in range(-180, 181, 10):
            at = change.at + timedelta(minutes=minutes)
            wall = at + (offset(at, zone) or timedelta())
            assert local_date(at, zone) == wall.date()


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("fold", [0, 1], ids=["first", "second"])
def test_a_filing_in_an_hour_that_comes_twice_or_never_has_its_day(zone: str, fold: int) -> None:
    for change in changes(zone):
        wall = change.at.astimezone(ZoneInfo(zone)).replace(hour=2, minute=30, tzinfo=None)
        at = wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
        assert local_date(at, zone) == wall.date()
        for amount, counting in (
            (45, Counting.EXCLUDE_FIRST),
            (1, Counting.EXCLUDE_FIRST),
            (4, Counting.CLEAR_DAYS),
        ):
            ends = due(period(amount, counting), local_date(at, zone), OPEN).due_on
            assert (ends - wall.date()).days == amount + (counting is Counting.CLEAR_DAYS)


@pytest.mark.parametrize("zone", ZONES)
def test_a_pause_over_a_change_gives_back_days_and_no_hours(zone: str) -> None:
    for change in every_change(zone):
        began, until = (local_date(change.at + days * DAY, zone) for days in (-2, 2))
        started = began - 5 * DAY
        plain = due(period(30), started, OPEN).due_on
        paused = due(period(30), started, OPEN, [Pause(began, until, "On hold")]).due_on
        assert paused - plain == until - began


def test_a_leap_day_counts_as_a_day_and_ends_no_year_twice() -> None:
    for change in leap_days(ZONES[0]):
        eve, after = change.day - DAY, change.day + DAY
        assert due(period(1), eve, OPEN).due_on == change.day
        assert due(period(2), eve, OPEN).due_on == after
        assert due(period(1, Counting.YEARS), change.day, OPEN).due_on == date(after.year + 1, 2, 28)
        assert due(period(1, Counting.MONTHS), change.day, OPEN).due_on == date(after.year, 3, 29)
        assert due(period(1, Counting.MONTHS), date(after.year, 1, 31), OPEN).due_on == change.day


def period(amount: int, counting: Counting = Counting.EXCLUDE_FIRST) -> Deadline:
    """A rule that gives so much time."""
    return Deadline("notice", "Notice", amount, counting, "s. 22", "Interpretation Act", True)


# ---- an office, whose machine's clock is set about ---------------------------------------------------


@contextmanager
def office_in(zone: str, app: Flask) -> Iterator[None]:
    """The office as if its place were in that zone."""
    books = [rulebook(slug) for slug in ("alberta_2011", "alberta_2025")]
    before, app.config["ZONE"] = app.config["ZONE"], zone
    zones = [book.time_zone for book in books]
    for book in books:
        object.__setattr__(book, "time_zone", zone)
    yield
    app.config["ZONE"] = before
    for book, was in zip(books, zones, strict=True):
        object.__setattr__(book, "time_zone", was)


def rounds_about(change: Change) -> list[datetime]:
    """When rounds are made: on both sides of a change, with the clock set back to before it, and forward."""
    up_to_it = (-30, -26, -22, -18, -14, -10, -6, -3, -2, -1, -0.5, -SECOND, 0, SECOND, 0.5)
    set_about = (-20, -2, 3, 12, 26, -365 * 24, 20 * 24)
    return [change.at + hours * HOUR for hours in (*up_to_it, *set_about)]


RUNS_IN = {
    "acknowledgement": "assessment",
    "assessment": "assessment",
    "progress_notice": "civilian_review",
    "investigation": "civilian_review",
    "review": "civilian_review",
    "reconsideration": "resolved",
}
"""By its deadline, a state in which a file has each clock there is; that of the first is set going again."""


def due_about(change: Change, files: dict[str, Complaint]) -> dict[str, date]:
    """Let all clocks of those files run out about a change: a progress notice on the day, work on its eve."""
    wanted = {name: change.day - (0 if name == PROGRESS else 1) * DAY for name in RUNS_IN}
    with writing():
        session().execute(update(Clock).values(stopped_on=change.day))
        for deadline, day in wanted.items():
            these = Clock.complaint_id == files[RUNS_IN[deadline]].id, Clock.deadline == deadline
            one = session().scalars(select(Clock).where(*these).order_by(Clock.id).limit(1)).one()
            one.due_on, one.stopped_on, one.paused_on, one.passed_at = day, None, None, None
    return wanted


def fired(since: int) -> list[tuple[str, datetime]]:
    """What the clockwork has done to files after that entry of the ledger, and when."""
    wanted = select(Words.kind, Words.at).where(Words.number > since, Words.kind.like("file.%"))
    return [(row.kind.rpartition(".")[2], row.at) for row in session().execute(wanted)]


def expected(change: Change, wanted: dict[str, date], rounds: list[datetime]) -> list[tuple[str, datetime]]:
    """The first round on the day of a progress notice, and the first after the last day of all others."""
    told = next(at for at in rounds if local_date(at, change.zone) >= wanted[PROGRESS])
    late = {
        deadline: next(at for at in rounds if local_date(at, change.zone) > day)
        for deadline, day in wanted.items()
        if deadline != PROGRESS
    }
    return sorted([("send_a_progress_notice", told), *late.items()])


def test_every_clock_that_a_table_starts_is_let_run_out() -> None:
    book = rulebook("alberta_2025")
    started = set(book.starts_at_filing).union(*(step.starts for step in book.file.steps))
    assert started == RUNS_IN.keys()


@pytest.mark.parametrize("zone", [*ZONES, WITHOUT_A_DAY])
def test_each_deadline_fires_once_and_on_its_day_however_the_clock_is_set(
    zone: str, context: Flask, times: Times, record_property: Say
) -> None:
    every = every_change(zone)
    tried = random.Random(SEED).sample(every, min(times(2, len(every)), len(every)))
    made = 0
    files = {state: complaint_in(state) for state in {*RUNS_IN.values()}}
    with office_in(zone, context):
        for change in sorted(tried, key=lambda each: each.at):
            wanted, rounds = due_about(change, files), rounds_about(change)
            since = session().scalars(select(Head.number)).one()
            for at in rounds:
                with time_machine.travel(at, tick=False):
                    make_round(at=now())
            assert sorted(fired(since)) == expected(change, wanted, rounds), change
            made += len(rounds)
    assert verify(session()).ok
    kind = session().get_bind().dialect.name
    record_property(
        "torture",
        f"{len(tried)} changes of {zone} on {kind}, {made} rounds with the clock set forward and back: "
        f"{len(RUNS_IN) * len(tried)} deadlines of {len(RUNS_IN)} kinds, each fired once and on its day.",
    )
