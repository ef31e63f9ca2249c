"""Small numbers in a table of stocks, where each row says opening + received + reopened − closed = closing.

There a hidden number follows from the four others, and each closing is the next row's opening. So where any
of a row's numbers is small, it is hidden, and so is how many were opened again and closed. Then a reader who
was told which of the hidden numbers are small is asked what they can tell: by linear programmes (HiGHS), over
all rows together. That reader also knows what was received in each quarter, for other tables say that of
quarters, of half-years and of years. As long as they can tell too much, all flows of one more row are hidden,
of the least first.
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
Place = tuple[int, int]
Numbers = np.ndarray[Any, np.dtype[np.float64]]
OPENING, RECEIVED, REOPENED, CLOSED, CLOSING = range(5)
FLOWS = (RECEIVED, REOPENED, CLOSED)
TURNS = (REOPENED, CLOSED)
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


def safe_stocks(
    rows: Sequence[Row], months: Sequence[str], rule: SmallNumbers
) -> tuple[tuple[int | None, ...], ...] | None:
    """The rows with None for what is hidden; None for a table in which nothing can be shown safely.

    `months` are the rows' names, as 2026-03.
    """
    hidden = {(i, j) for i, row in enumerate(rows) for j in _hidden_in(row, rule)}
    quarters = [_quarter(month) for month in months]
    while exposed := _exposed(rows, hidden, quarters, rule):
        if not (more := _flows_to_hide(rows, hidden, {quarters[i] for i, _ in exposed}, quarters)):
            return None
        hidden |= more
    return tuple(
        tuple(None if (i, j) in hidden else number for j, number in enumerate(row))
        for i, row in enumerate(rows)
    )


def _hidden_in(row: Row, rule: SmallNumbers) -> set[int]:
    small = {j for j, number in enumerate(row) if 0 < number < rule.threshold}
    return small | set(TURNS) if small else set()


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def _flows_to_hide(
    rows: Sequence[Row], hidden: set[Place], within: set[str], quarters: Sequence[str]
) -> set[Place]:
    """The flows of the row with the least of them in one of those quarters, or else anywhere."""

    def cost(i: int) -> tuple[bool, bool, int]:
        flows = [rows[i][j] for j in FLOWS]
        return quarters[i] not in within, not any(flows), sum(flows)

    chosen = min((i for i in range(len(rows)) if (i, RECEIVED) not in hidden), key=cost, default=None)
    return set() if chosen is None else {(chosen, j) for j in FLOWS}


def _exposed(
    rows: Sequence[Row], hidden: set[Place], quarters: Sequence[str], rule: SmallNumbers
) -> list[Place]:
    """The hidden numbers that somebody can tell to within less than the floor."""
    if not hidden:
        return []
    sums, come_to = _known_sums(rows, quarters)
    bounds = [_told(rows[i][j], (i, j) in hidden, rule) for i in range(len(rows)) for j in range(5)]
    return [(i, j) for i, j in sorted(hidden) if _width(sums, come_to, bounds, 5 * i + j) < rule.floor]


def _known_sums(rows: Sequence[Row], quarters: Sequence[str]) -> tuple[Numbers, Numbers]:
    """What everybody knows: each row's own sums, how one opens as the last closed, and what quarters got."""
    sums: list[dict[Place, int]] = [{(i, j): sign for j, sign in enumerate(SIGNS)} for i in range(len(rows))]
    sums += [{(i - 1, CLOSING): 1, (i, OPENING): -1} for i in range(1, len(rows))]
    for quarter in dict.fromkeys(quarters):
        within = [i for i, each in enumerate(quarters) if each == quarter]
        sums.append(dict.fromkeys([(i, RECEIVED) for i in within], 1))
    matrix = np.zeros((len(sums), 5 * len(rows)))
    for line, each in zip(matrix, sums, strict=True):
        for (i, j), sign in each.items():
            line[5 * i + j] = sign
    return matrix, matrix @ np.array(rows, dtype=np.float64).ravel()


def _told(number: int, is_hidden: bool, rule: SmallNumbers) -> tuple[float, float | None]:
    """Between what a number lies, for somebody who knows whether it is small."""
    if not is_hidden:
        return number, number
    return (1, rule.threshold - 1) if 0 < number < rule.threshold else (0, None)


def _width(sums: Numbers, come_to: Numbers, bounds: list[tuple[float, float | None]], place: int) -> float:
    """How far apart the least and the greatest value of a number lie that fit everything else."""
    costs = np.zeros(sums.shape[1])
    costs[place] = 1
    least, most = (linprog(sign * costs, A_eq=sums, b_eq=come_to, bounds=bounds) for sign in (1, -1))
    return float("inf") if most.status == UNBOUNDED else float(-most.fun - least.fun)
