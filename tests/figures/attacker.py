"""Readers who put printed numbers together, written apart from the program that protects them.

`slack` reads one table as a flow: rows and columns are nodes, hidden numbers are pipes between them, and
what a number may gain is what can flow around it. `Archive` reads any number of releases as whole-number
programmes, and `Shelf` any number of tables that are about the same files.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.optimize import LinearConstraint, milp

from oversight.figures.disclosure.releases import Cells, Protected

ENDLESS = 10**6
Spot = tuple[int, int]


def printed(shown: Protected) -> np.ndarray:
    """The numbers of a printed table, totals last; nan where one is hidden."""
    lines = [[*line, total] for line, total in zip(shown.cells, shown.row_totals, strict=True)]
    return np.array([*lines, [*shown.column_totals, shown.total]], dtype=float)


def truth(table: Cells) -> np.ndarray:
    """The same numbers as they are."""
    cells = np.array(table.counts)
    with_totals = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1), dtype=int)
    with_totals[:-1, :-1] = cells
    with_totals[:-1, -1], with_totals[-1, :-1], with_totals[-1, -1] = cells.sum(1), cells.sum(0), cells.sum()
    return with_totals


def believed(count: int, *, is_cell: bool, told: bool, threshold: int) -> tuple[int, int]:
    """What a reader takes a hidden number to be before reckoning; told, they know which cells are small."""
    if not told or not is_cell:
        return min(count, 1), ENDLESS
    return (1, threshold - 1) if 0 < count < threshold else (min(count, threshold), ENDLESS)


def slack(table: Cells, shown: Protected, *, told: bool, threshold: int, enough: int) -> dict[Spot, int]:
    """How far apart the lowest and the highest possible value of each hidden number are, up to `enough`."""
    numbers, hidden = truth(table), np.isnan(printed(shown))
    height, width = numbers.shape
    room: dict[tuple[int, int], int] = {}  # what more may flow from one line to another
    for row, column in zip(*np.nonzero(hidden), strict=True):
        is_cell = (row < height - 1 or height == 2) and (column < width - 1 or width == 2)
        count = int(numbers[row, column])
        low, high = believed(count, is_cell=is_cell, told=told, threshold=threshold)
        forth, back = high - count, count - low
        if (row == height - 1) != (column == width - 1):
            forth, back = back, forth  # on the other side of its equation
        room[row, height + column], room[height + column, row] = forth, back
    return {
        (int(row), int(column)): _play(room, int(row), int(height + column), enough)
        for row, column in zip(*np.nonzero(hidden), strict=True)
    }


def _play(room: dict[tuple[int, int], int], one: int, other: int, enough: int) -> int:
    up = min(room[one, other], _flow(room, other, one, enough))
    return min(enough, up + min(room[other, one], _flow(room, one, other, enough)))


def _flow(room: dict[tuple[int, int], int], source: int, sink: int, enough: int) -> int:
    """The most that can flow from source to sink without the pipe that joins them (Edmonds and Karp)."""
    left = {ends: space for ends, space in room.items() if set(ends) != {source, sink}}
    neighbours: dict[int, list[int]] = {}
    for start, end in left:
        neighbours.setdefault(start, []).append(end)
    total = 0
    while total < enough and (path := _path(left, neighbours, source, sink)):
        step = min(left[ends] for ends in path)
        for start, end in path:
            left[start, end] -= step
            left[end, start] += step
        total += step
    return total


def _path(
    left: dict[tuple[int, int], int], neighbours: dict[int, list[int]], source: int, sink: int
) -> list[tuple[int, int]]:
    came: dict[int, int] = {source: source}
    queue = deque([source])
    while queue and sink not in came:
        here = queue.popleft()
        for there in neighbours.get(here, ()):
            if there not in came and left[here, there] > 0:
                came[there] = here
                queue.append(there)
    path, here = [], sink
    while here in came and here != source:
        path.append((came[here], here))
        here = came[here]
    return path


@dataclass
class Archive:
    """All that was printed of one place's files; every file has a row, a column and a part."""

    rows: Sequence[str]
    columns: Sequence[str]
    parts: Sequence[str]
    threshold: int = 10
    said: dict[tuple[frozenset[str], Spot], tuple[float, float, bool]] = field(default_factory=dict)

    def add(self, table: Cells, shown: Protected, parts: Iterable[str], *, told: bool) -> None:
        """Read one more edition. What it no longer prints is remembered from the edition before."""
        if not shown.printable:
            return
        numbers, read = truth(table), printed(shown)
        for spot in product(range(numbers.shape[0]), range(numbers.shape[1])):
            key, count = (frozenset(parts), spot), int(numbers[spot])
            if not np.isnan(read[spot]):
                self.said[key] = (count, count, False)
            else:
                self.said[key] = (*self._guess(key, count, told=told), True)

    def _guess(self, key: tuple[frozenset[str], Spot], count: int, *, told: bool) -> tuple[float, float]:
        (row, column), small = key[1], 0 < count < self.threshold
        is_cell = (row < len(self.rows) or len(self.rows) == 1) and (
            column < len(self.columns) or len(self.columns) == 1
        )
        before = self.said.get(key)
        if before is not None and before[0] == before[1]:
            if before[0] == count:
                return count, count
            if told and not small and abs(before[0] - count) < self.threshold:
                return max(0, before[0] - self.threshold + 1), before[0] + self.threshold - 1
        return believed(count, is_cell=is_cell, told=told, threshold=self.threshold)

    def intervals(self, width: float) -> dict[str, tuple[float, float]]:
        """Every hidden number and every difference of releases that can be told within less than `width`."""
        keys = list(self.said)
        sums = np.array([self._sum(*key) for key in keys])
        least, most = (np.array([self.said[key][side] for key in keys], dtype=float) for side in (0, 1))
        asked = {f"hidden {sorted(key[0])} {key[1]}": self._sum(*key) for key in keys if self.said[key][2]}
        found = []
        narrow = {}
        for name, objective in {**asked, **self._differences()}.items():
            for sign in (1, -1):
                seen = [point @ objective for point in found]
                if not seen or max(seen) - min(seen) < width:
                    found.append(_smallest(sign * objective, sums, least, most))
            seen = [point @ objective for point in found]
            low, high = min(seen), max(seen)
            if high - low < width and (name in asked or (high >= 1 and low < self.threshold)):
                narrow[name] = (low, high)
        return narrow

    def _sum(self, parts: Iterable[str], spot: Spot) -> np.ndarray:
        atoms = np.zeros((len(self.parts), len(self.rows), len(self.columns)))
        rows = slice(None) if spot[0] == len(self.rows) else spot[0]
        columns = slice(None) if spot[1] == len(self.columns) else spot[1]
        for part in parts:
            atoms[self.parts.index(part), rows, columns] = 1
        return atoms.ravel()

    def _differences(self) -> dict[str, np.ndarray]:
        """What one release has over another, for every number that none of them prints."""
        periods = {parts for parts, _ in self.said}
        rests = {whole - part for whole in periods for part in periods if part < whole} - periods
        spots = product(range(len(self.rows) + 1), range(len(self.columns) + 1))
        return {f"rest {sorted(rest)} {spot}": self._sum(rest, spot) for spot in spots for rest in rests}


@dataclass
class Shelf:
    """Several tables about the same files, from several editions, read side by side by one who was told why.

    A number is a sum of atoms, which are of a table, a row, a column and a part of the time; what is known to
    be equal elsewhere is an equation between atoms.
    """

    threshold: int = 10
    atoms: dict[tuple[str, ...], int] = field(default_factory=dict)
    said: dict[str, tuple[dict[int, int], float, float]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def sum(self, *atoms: tuple[str, ...], sign: int = 1) -> dict[int, int]:
        """A sum of those atoms."""
        return {self.atoms.setdefault(atom, len(self.atoms)): sign for atom in atoms}

    def read(self, name: str, total: dict[int, int], count: int, shown: int | None, *, is_cell: bool) -> None:
        """One number of a table, as it is printed. What is once known stays known."""
        if shown is not None:
            assert shown == count, name
            self.said[name] = (total, count, count)
            self.hidden.discard(name)
        elif name not in self.said:
            low, high = believed(count, is_cell=is_cell, told=True, threshold=self.threshold)
            self.said[name] = (total, low, high)
            self.hidden.add(name)

    def equal(self, name: str, one: dict[int, int], other: dict[int, int]) -> None:
        """What two tables say of the same files."""
        self.said[name] = ({**one, **{atom: -sign for atom, sign in other.items()}}, 0, 0)

    def intervals(self, width: float) -> dict[str, tuple[float, float]]:
        """Every hidden number that can be told within less than `width`."""
        names = list(self.said)
        sums = np.zeros((len(names), len(self.atoms)))
        for line, name in zip(sums, names, strict=True):
            for atom, sign in self.said[name][0].items():
                line[atom] = sign
        least, most = (np.array([self.said[name][side] for name in names], dtype=float) for side in (1, 2))
        found: list[np.ndarray] = []
        narrow = {}
        for name in sorted(self.hidden):
            objective = sums[names.index(name)]
            for sign in (1, -1):
                seen = [point @ objective for point in found]
                if not seen or max(seen) - min(seen) < width:
                    found.append(_smallest(sign * objective, sums, least, most))
            seen = [point @ objective for point in found]
            if max(seen) - min(seen) < width:
                narrow[name] = (min(seen), max(seen))
        return narrow


def _smallest(objective: np.ndarray, sums: np.ndarray, least: np.ndarray, most: np.ndarray) -> np.ndarray:
    whole = np.ones(len(objective))
    constraints = LinearConstraint(sums, least, most)
    answer = milp(objective, constraints=constraints, integrality=whole, bounds=(0, 5000))
    assert answer.x is not None, answer.message
    return answer.x.round()
