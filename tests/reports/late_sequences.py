"""Offices at random that list their late files again and again, and a reader who has every list and table.

The reader is written apart from the program: what may have become of a file is tried day by day.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

import numpy as np
from scipy.optimize import LinearConstraint, milp

from oversight.figures.chapters import OverTime, parts_of
from oversight.figures.disclosure.releases import Release
from oversight.figures.disclosure.showing import Shown
from oversight.figures.disclosure.ties import Beside
from oversight.figures.disclosure.together import Together
from oversight.figures.figure import Figure
from oversight.figures.periods import Period
from oversight.figures.words import Word
from oversight.reports.late_lists import LATE, Before, Late, LateList, safe_beside_lists, safely_told
from oversight.reports.overdue import NO_REASON
from tests.figures.attacker import ENDLESS, Shelf
from tests.reports.late_office import AGE_WORDS, DEADLINES, RULE, STAGES, _age, _ask, _read

SEQUENCES = (
    ("2015-Q1", "2015-Q2"),
    ("2015-Q2", "2015-Q1"),
    ("2015-Q2", "2015-H1"),
    ("2015-Q1", "2015-H1", "2015-Q2"),
    ("2015-Q2", "2015-Q3"),
    ("2015-H1", "2015-Q3"),
    ("2015-H1", "2015-H1"),
)
KEPT = ("kept", "late", "not done yet")


@dataclass
class File:
    """A file of the office; `stage` is where it stands until it is done."""

    received: date
    due: date
    done: date
    stage: str
    deadline: str

    def is_late(self, on: date) -> bool:
        return self.due <= on < self.done

    def is_open(self, on: date) -> bool:
        return self.received <= on < self.done


@dataclass
class LateYear:
    """An office's files, and all that it published of them: tables by name with their period, and lists."""

    files: list[File]
    remembers: bool = True
    shown: list[tuple[str, Period, Shown]] = field(default_factory=list)
    lists: list[tuple[date, Counter[Late]]] = field(default_factory=list)
    before: Before = field(default_factory=lambda: Before({}))

    def publish(self, name: str) -> None:
        """Publish one period's two tables and its list."""
        period = Period.parse(name)
        before = self.before if self.remembers else Before({})
        tables = [self._open(period), self._due(period)]
        together = Together(tables, RULE, before.tables)
        shown = safe_beside_lists({each.id: together.shown(each) for each in tables}, before.lists, RULE)
        releases = {name: each.release for name, each in shown.items()}
        late = [_late(each, period.last) for each in self.files if each.is_late(period.last)]
        told = safely_told(late, period.last, RULE, releases, before) if len(late) >= RULE.threshold else None
        self.shown += ((name, period, each) for name, each in shown.items() if each.printable)
        if told:
            self.lists.append((period.last, Counter(told)))
        self.before = _and(self.before, releases, period.last, told)

    def _open(self, period: Period) -> Beside:
        last = period.last
        counts = Counter(
            (each.stage, _age((last - each.received).days)) for each in self.files if each.is_open(last)
        )
        return _table("open-by-age", counts, STAGES, AGE_WORDS, (last.isoformat(),))

    def _due(self, period: Period) -> Beside:
        within = [each for each in self.files if period.first <= each.due <= period.last]
        counts = Counter((each.deadline, _kept(each, period.last)) for each in within)
        return _table("deadlines", counts, DEADLINES, KEPT, parts_of(period, OverTime.ADDS_UP))


def _kept(file: File, on: date) -> str:
    return KEPT[0] if file.done <= file.due else KEPT[1] if file.done <= on else KEPT[2]


def _late(file: File, on: date) -> Late:
    days = (on - file.due).days
    words = next(words for most, words in LATE if most is None or days <= most)
    return Late(f"{file.received:%Y-%m}", file.stage, file.deadline, words, (NO_REASON, ""))


def _table(
    name: str,
    counts: Mapping[tuple[str, str], int],
    rows: Sequence[str],
    columns: Sequence[str],
    parts: Sequence[str],
) -> Beside:
    cells = tuple(tuple(counts[row, column] for column in columns) for row in rows)
    return Beside(
        name, name, Figure(tuple(map(Word, rows)), tuple(map(Word, columns)), cells, table=name), parts
    )


def _and(before: Before, releases: Mapping[str, Release], day: date, told: Sequence[Late] | None) -> Before:
    tables = {name: [*before.tables.get(name, ()), release] for name, release in releases.items()}
    return Before(tables, [*before.lists, *([LateList(day, Counter(told))] if told else [])])


def late_year(chance: np.random.Generator, *, remembers: bool = True) -> LateYear:
    """Some hundred files of a year; some deadlines are missed by days, some by months."""
    files, weights = [], chance.dirichlet([0.6] * len(STAGES))
    never = chance.choice([0.2, 0.5, 0.9])
    for _ in range(chance.integers(100, 500)):
        received = date(2014, 10, 1) + timedelta(days=int(chance.integers(0, 360)))
        due = received + timedelta(days=int(chance.choice([30, 90])))
        done = received + timedelta(days=1 + int(chance.exponential(60)))
        stage, deadline = chance.choice(STAGES, p=weights), chance.choice(DEADLINES)
        ends = date.max if chance.random() < never else done
        files.append(File(received, due, ends, str(stage), str(deadline)))
    return LateYear(files, remembers)


# --- the reader ---------------------------------------------------------------------------------------


def told(office: LateYear) -> list[str]:
    """What a reader of everything tells of how few."""
    found = []
    for (one, first), (other, then) in product(office.lists, office.lists):
        if one < other:
            found += [f"from {one} to {other}: {what}" for what in _changes(first, one, then, other)]
        elif one == other and first != then:
            found.append(f"two lists of {one}")
    for (day, listed), (name, period, shown) in product(office.lists, office.shown):
        beside = _beside_open if name == "open-by-age" else _beside_due
        found += [
            f"{name} of {period.name} and the list of {day}: {what}"
            for what in beside(listed, day, period, shown)
        ]
    return found


def _changes(first: Counter[Late], one: date, then: Counter[Late], other: date) -> Iterator[str]:
    """How few left the first list, stayed or joined the other, for whoever takes due days to stay."""
    dues = [other - timedelta(days=days) for days in range(800)]
    ways: set[tuple[Late | None, Late | None]] = set()
    for due in dues:
        at_first = [each for each in first if due <= one and _fits(each, one, due)]
        at_last = [each for each in then if _fits(each, other, due)]
        ways |= {(each, None) for each in at_first}
        ways |= {(None, each) for each in at_last if due > one}
        ways |= {pair for pair in product(at_first, at_last) if _may_be_one(*pair)}
    columns = sorted(ways, key=str)
    rows = [[way[0] == each for way in columns] for each in first] + [
        [way[1] == each for way in columns] for each in then
    ]
    numbers = [*first.values(), *then.values()]
    asked = {str(way): [each == way for each in columns] for way in columns}
    asked["all that left"] = [way[1] is None for way in columns]
    asked["all that joined"] = [way[0] is None for way in columns]
    asked["all that stayed"] = [None not in way for way in columns]
    for what, objective in asked.items():
        low, high = (
            sign * _least(sign * np.array(objective, float), np.array(rows, float), np.array(numbers, float))
            for sign in (1, -1)
        )
        if high - low < RULE.floor and high >= 1 and low < RULE.threshold:
            yield f"{low} to {high} {what}"


def _least(objective: np.ndarray, sums: np.ndarray, numbers: np.ndarray) -> float:
    found = milp(
        objective, constraints=LinearConstraint(sums, numbers, numbers), integrality=np.ones(len(objective))
    )
    assert found.x is not None, found.message
    return round(float(objective @ found.x))


def _fits(told: Late, on: date, due: date) -> bool:
    """Whether a file that was due on that day may be told so; it was received no later."""
    days = (on - due).days
    words = next(words for most, words in LATE if most is None or days <= most)
    return told.late in ("", words) and (
        not told.received or told.received <= f"{due:%Y-%m}"[: len(told.received)]
    )


def _may_be_one(one: Late, other: Late) -> bool:
    received = one.received.startswith(other.received) or other.received.startswith(one.received)
    return received and (one.deadline == other.deadline or "" in (one.deadline, other.deadline))


def _beside_open(listed: Counter[Late], day: date, period: Period, shown: Shown) -> Iterator[str]:
    """What the table of open files has besides those listed: on its own day, or one before the list's."""
    gap = (day - period.last).days
    if gap < 0:
        return
    shelf = Shelf()
    _read(shelf, "open-by-age", shown)
    places = {}
    for number, file in enumerate(listed):
        ages = [old - gap for old in range(900) if _can_be(file, day, old)]
        if ages and min(ages) >= 0:
            at = (file.stage,) if file.stage and not gap else STAGES
            places[number] = set(product(at, {_age(age) for age in ages}))
    for spot in product(STAGES, AGE_WORDS):
        of_it = [(f"group {number}", *spot) for number, its in places.items() if spot in its]
        shelf.equal(f"at {spot}", shelf.sum(("open-by-age", *spot)), shelf.sum(*of_it, ("rest", *spot)))
    for number, count in enumerate(listed.values()):
        if number in places:
            of_it = [(f"group {number}", *spot) for spot in places[number]]
            shelf.said[f"group {number}"] = shelf.sum(*of_it), count, count
    _ask(shelf, "rest", list(product(STAGES, AGE_WORDS)))
    yield from _narrow(shelf)


def _beside_due(listed: Counter[Late], day: date, period: Period, shown: Shown) -> Iterator[str]:
    shelf = Shelf()
    _read(shelf, "deadlines", shown)
    for deadline in DEADLINES:
        number = sum(
            count
            for file, count in listed.items()
            if file.deadline == deadline
            and all(period.first <= due <= period.last for due in _dues(file, day))
        )
        missed = shelf.sum(*(("deadlines", deadline, column) for column in KEPT[1:]))
        shelf.equal(f"missed {deadline}", missed, shelf.sum(("listed", deadline), ("rest of", deadline)))
        shelf.said[f"listed {deadline}"] = shelf.sum(("listed", deadline)), number, number
        if number:
            shelf.said[f"rest of {deadline}"] = shelf.sum(("rest of", deadline)), 0, ENDLESS
            shelf.hidden.add(f"rest of {deadline}")
    yield from _narrow(shelf)


def _narrow(shelf: Shelf) -> Iterator[str]:
    for name, (low, high) in shelf.intervals(RULE.floor).items():
        if not name.startswith("rest") or (high >= 1 and low < RULE.threshold):
            yield f"{low} to {high} {name}"


def _dues(file: Late, day: date) -> list[date]:
    return [day - timedelta(days=late) for late in range(900) if _fits(file, day, day - timedelta(days=late))]


def _can_be(file: Late, day: date, old: int) -> bool:
    """Whether it may be so old on the day of its list: it was received in time to be so late."""
    received = day - timedelta(days=old)
    least = next((place for place, (_, words) in enumerate(LATE) if words == file.late), 0)
    late = (LATE[least - 1][0] or 0) + 1 if least else 0
    return f"{received:%Y-%m}".startswith(file.received) and old >= late
