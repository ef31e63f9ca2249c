"""Small numbers in a table of stocks, where each row says opening + received + reopened − closed = closing.

There a hidden number follows from the four others, and each closing is the next row's opening. So where any
of a row's numbers is small, all that flowed in it is hidden, and a stock only where it is small itself. Then
a reader who was told which of the hidden numbers are small is asked what they can tell: by linear programmes
(HiGHS), over all rows together.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from scipy.optimize import linprog

from oversight.figures.periods import Period, month_of, months
from oversight.figures.queries.stock import Movements
from oversight.rules.rulebook import SmallNumbers

Row = tuple[int, ...]
"""Opening, received, reopened, closed, closing."""
Numbers = np.ndarray[Any, np.dtype[np.float64]]
FLOWS = (1, 2, 3)
UNBOUNDED = 3  # scipy's word for it
SIGNS = (1, 1, 1, -1, -1)
"""What is added and what is taken away, so that every row comes to nothing."""


def stock_rows(moved: Movements, period: Period, last: date) -> dict[str, Row]:
    """Month → its row, for each month of the period until that day; of everything, for each there is."""
    days = moved.received.keys() | moved.reopened.keys() | moved.closed.keys()
    first = min(days, default=date.max) if period.is_everything else period.first
    last = max(days, default=date.min) if period.is_everything else last
    if last < first:
        return {}
    flows = [_by_month(each) for each in (moved.received, moved.reopened, moved.closed)]
    stock = sum(
        sign * sum(number for day, number in each.items() if day < first)
        for sign, each in ((1, moved.received), (1, moved.reopened), (-1, moved.closed))
    )
    rows: dict[str, Row] = {}
    for month in months(month_of(first), month_of(last)):
        received, reopened, closed = (each[month] for each in flows)
        rows[month] = (stock, received, reopened, closed, stock := stock + received + reopened - closed)
    return rows


def _by_month(days: Mapping[date, int]) -> Counter[str]:
    by_month: Counter[str] = Counter()
    for day, number in days.items():
        by_month[month_of(day)] += number
    return by_month


def safe_stocks(rows: Sequence[Row], rule: SmallNumbers) -> tuple[tuple[int | None, ...], ...] | None:
    """The rows with None for what is hidden; None for a table in which nothing can be shown safely."""
    hidden = {(i, j) for i, row in enumerate(rows) for j in _hidden_in(row, rule)}
    if not _is_safe(rows, hidden, rule):
        return None
    return tuple(
        tuple(None if (i, j) in hidden else number for j, number in enumerate(row))
        for i, row in enumerate(rows)
    )


def _hidden_in(row: Row, rule: SmallNumbers) -> set[int]:
    small = {j for j, number in enumerate(row) if 0 < number < rule.threshold}
    return small | set(FLOWS) if small else set()


def _is_safe(rows: Sequence[Row], hidden: set[tuple[int, int]], rule: SmallNumbers) -> bool:
    """Whether nobody can tell a hidden number to within less than the floor."""
    if not hidden:
        return True
    sums = np.zeros((2 * len(rows) - 1, 5 * len(rows)))
    for i in range(len(rows)):
        sums[i, 5 * i : 5 * i + 5] = SIGNS
    for i in range(1, len(rows)):
        sums[len(rows) + i - 1, [5 * i - 1, 5 * i]] = 1, -1
    bounds = [_told(rows[i][j], (i, j) in hidden, rule) for i in range(len(rows)) for j in range(5)]
    return all(_width(sums, bounds, 5 * i + j) >= rule.floor for i, j in hidden)


def _told(number: int, is_hidden: bool, rule: SmallNumbers) -> tuple[float, float | None]:
    """Between what a number lies, for somebody who knows whether it is small."""
    if not is_hidden:
        return number, number
    return (1, rule.threshold - 1) if 0 < number < rule.threshold else (0, None)


def _width(sums: Numbers, bounds: list[tuple[float, float | None]], place: int) -> float:
    """How far apart the least and the greatest value of a number lie that fit everything else."""
    costs = np.zeros(sums.shape[1])
    costs[place] = 1
    right = np.zeros(len(sums))
    least, most = (linprog(sign * costs, A_eq=sums, b_eq=right, bounds=bounds) for sign in (1, -1))
    return float("inf") if most.status == UNBOUNDED else float(-most.fun - least.fun)
