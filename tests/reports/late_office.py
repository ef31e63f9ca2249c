"""Offices at random with files past their deadlines: in a list, by stage and age, and by deadline."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import numpy as np

from oversight.figures.disclosure.releases import Release
from oversight.figures.disclosure.showing import Shown
from oversight.figures.disclosure.ties import Beside
from oversight.figures.disclosure.together import Together
from oversight.figures.figure import Figure
from oversight.figures.tables import AGES
from oversight.figures.words import Word
from oversight.reports.late_lists import LATE, Late
from oversight.reports.overdue import NO_REASON
from oversight.rules.rulebook import SmallNumbers
from tests.figures.attacker import ENDLESS, Shelf

RULE = SmallNumbers()
FIRST, LAST = date(2015, 1, 1), date(2015, 6, 30)
STAGES, DEADLINES = ("Assessment", "Investigation", "Decision"), ("Investigation", "Assessment of a file")
AGE_WORDS = [age for age, _ in AGES]


@dataclass(frozen=True)
class LateOffice:
    """What stands in its two tables, what is shown of them, and its files past a deadline."""

    files: list[Late]
    shown: Mapping[str, Shown]

    @property
    def said(self) -> dict[str, Release]:
        """What the tables tell whoever reckons."""
        return {name: shown.release for name, shown in self.shown.items()}


def late_office(chance: np.random.Generator) -> LateOffice:
    """Some ten or hundred open files, about half of them late."""
    late, ages = [], Counter[tuple[str, str]]()
    due: Counter[tuple[str, str]] = Counter(
        {(each, "kept"): int(chance.integers(0, 40)) for each in DEADLINES}
    )
    weights = chance.dirichlet([0.6] * len(STAGES))
    oldest = int(chance.choice([60, 200, 500]))
    for _ in range(chance.integers(15, 150)):
        stage, old = str(chance.choice(STAGES, p=weights)), int(chance.integers(1, oldest))
        ages[stage, _age(old)] += 1
        if chance.random() < 0.6:
            deadline, days = str(chance.choice(DEADLINES)), int(chance.integers(0, old))
            words = next(words for most, words in LATE if most is None or days <= most)
            received = f"{LAST - timedelta(days=old):%Y-%m}"
            late.append(Late(received, stage, deadline, words, (NO_REASON, "")))
            if LAST - timedelta(days=days) >= FIRST:
                due[deadline, str(chance.choice(["late", "not done yet"]))] += 1
    for each in DEADLINES:
        due[each, "late"] += int(chance.choice([0, 2, 15]))
    tables = [
        table_of("open-by-age", ages, [Word(stage) for stage in STAGES], [Word(age) for age in AGE_WORDS]),
        table_of(
            "deadlines",
            due,
            [Word(each) for each in DEADLINES],
            [*map(Word, ("kept", "late", "not done yet"))],
        ),
    ]
    together = Together(tables, RULE, {})
    return LateOffice(late, {each.id: together.shown(each) for each in tables})


def given_away(office: LateOffice, told: Sequence[Late]) -> dict[str, tuple[float, float]]:
    """What somebody tells who has the tables and the list."""
    shelf = Shelf()
    for name, shown in office.shown.items():
        if shown.printable:
            _read(shelf, name, shown)
    groups = list(Counter(told).items())
    stages = [stage.text for stage in office.shown["open-by-age"].figure.rows]
    if office.shown["open-by-age"].printable:
        for stage, age in product(stages, AGE_WORDS):
            of_it = [f"group {n}" for n, (file, _) in enumerate(groups) if (stage, age) in set(_places(file))]
            of_list = shelf.sum(*((group, stage, age) for group in of_it), ("rest", stage, age))
            shelf.equal(f"listed of {stage} {age}", shelf.sum(("open-by-age", stage, age)), of_list)
        for n, (file, number) in enumerate(groups):
            shelf.said[f"group {n}"] = (
                shelf.sum(*((f"group {n}", *place) for place in _places(file))),
                number,
                number,
            )
        _ask(shelf, "rest", list(product(STAGES, AGE_WORDS)))
    if "deadlines" in office.shown and office.shown["deadlines"].printable:
        for deadline in DEADLINES:
            _read_due(shelf, deadline, groups)
    narrow = shelf.intervals(RULE.floor)
    return {
        name: (low, high)
        for name, (low, high) in narrow.items()
        if not name.startswith("rest") or (high >= 1 and low < RULE.threshold)
    }


def _read_due(shelf: Shelf, deadline: str, groups: Sequence[tuple[Late, int]]) -> None:
    listed = sum(number for file, number in groups if file.deadline == deadline and _is_of_the_period(file))
    missed = shelf.sum(*(("deadlines", deadline, column) for column in ("late", "not done yet")))
    of_list = shelf.sum(("listed", deadline), ("rest of", deadline))
    shelf.equal(f"missed {deadline}", missed, of_list)
    shelf.said[f"listed {deadline}"] = (shelf.sum(("listed", deadline)), listed, listed)
    if listed:
        shelf.said[f"rest of {deadline}"] = (shelf.sum(("rest of", deadline)), 0, ENDLESS)
        shelf.hidden.add(f"rest of {deadline}")


def _ask(shelf: Shelf, name: str, places: Sequence[tuple[str, str]]) -> None:
    sums = [[place] for place in places]
    sums += [[place for place in places if place[0] == stage] for stage in STAGES]
    for asked in [*sums, list(places)]:
        words = f"{name} {asked}"
        shelf.said[words] = (shelf.sum(*((name, *place) for place in asked)), 0, ENDLESS)
        shelf.hidden.add(words)


def _places(file: Late) -> Iterator[tuple[str, str]]:
    """Where a file that is told so may stand: tried day by day."""
    most = {words: place for place, (_, words) in enumerate(LATE)}.get(file.late)
    past = (LATE[most - 1][0] or 0) + 1 if most else 0
    bands = {
        _age(old)
        for old in range(past, 900)
        if f"{LAST - timedelta(days=old):%Y-%m}".startswith(file.received)
    }
    return product((file.stage,) if file.stage else STAGES, sorted(bands))


def _is_of_the_period(file: Late) -> bool:
    most = next((most for most, words in LATE if words == file.late), None)
    return most is not None and LAST - timedelta(days=most) >= FIRST


def _age(days: int) -> str:
    return next(age for age, most in AGES if most is None or days <= most)


def table_of(name: str, counts: Counter[tuple[str, str]], rows: list[Word], columns: list[Word]) -> Beside:
    cells = tuple(tuple(counts[row.text, column.text] for column in columns) for row in rows)
    parts = (LAST.isoformat(),) if name == "open-by-age" else ("2015-Q1", "2015-Q2")
    return Beside(name, name, Figure(tuple(rows), tuple(columns), cells, table=name), parts)


def _read(shelf: Shelf, name: str, shown: Shown) -> None:
    rows, columns = ([word.text for word in words] for words in (shown.figure.rows, shown.figure.columns))
    for i, j in product(range(len(rows) + 1), range(len(columns) + 1)):
        down, across = rows[i : i + 1] or rows, columns[j : j + 1] or columns
        counts = [
            shown.figure.counts[rows.index(row)][columns.index(column)]
            for row, column in product(down, across)
        ]
        is_cell = i < len(rows) and j < len(columns)
        total = shelf.sum(*((name, row, column) for row, column in product(down, across)))
        shelf.read(f"{name} {i, j}", total, sum(counts), _printed(shown, i, j), is_cell=is_cell)


def _printed(shown: Shown, i: int, j: int) -> int | None:
    height, width = len(shown.cells), len(shown.cells[0])
    if i == height:
        return shown.total if j == width else shown.column_totals[j]
    return shown.row_totals[i] if j == width else shown.cells[i][j]  # type: ignore[return-value]
