"""Counts laid out as the rows and columns of a table."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from oversight.figures.figure import Counts, Figure, Unknown
from oversight.figures.periods import Period
from oversight.figures.words import LAST, SEVERAL, Word, ordered


def crossed(
    counts: Mapping[tuple[Word, Word], int], rows: Collection[Word], columns: Collection[Word]
) -> Counts:
    """The cells of a table of counts, from how many stand in each row and column."""
    return tuple(tuple(counts.get((row, column), 0) for column in columns) for row in rows)


def vague_rows(rows: tuple[Word, ...], cells: Counts) -> tuple[Unknown, ...]:
    """What the table counts in rows that say that nothing is known."""
    return tuple(
        Unknown(row.text.replace(" ", "_"), row.text, sum(cells[place]), row=place)
        for place, row in enumerate(rows)
        if row in LAST and row != SEVERAL
    )


def each_year(period: Period, seen: Collection[int]) -> range:
    """Every year of the period, also an empty one; of everything, from the first year seen to the last."""
    return period.years() or (range(min(seen), max(seen) + 1) if seen else range(0))


def column_of(numbers: Mapping[Word, int], column: Word, ours: Iterable[str], **more: Any) -> Figure:
    """A table of one column of counts. `more` is what else a Figure takes."""
    rows = ordered(numbers, ours)
    return Figure(rows, (column,), tuple((numbers[row],) for row in rows), **more)
