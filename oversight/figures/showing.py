"""What of a figure may be shown: all of it to those who may know, or what keeps small numbers hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from oversight.figures.figure import Cell, Figure, Measure, Unknown
from oversight.figures.releases import (
    Cells,
    Protected,
    Published,
    Release,
    is_slight,
    latest,
    release_of,
    told,
)
from oversight.figures.stocks import safe_stocks
from oversight.figures.suppression import protect
from oversight.figures.words import Word
from oversight.rules.rulebook import SmallNumbers

Place = tuple[int, int]
NOTHING_SAID = Release(())


@dataclass(frozen=True)
class Shown:
    """A figure as somebody may see it. Hidden cells are None, as are totals that are hidden or make no sense.

    Where `printable` is False, the table could not be made safe and every number is None. `release` is what
    showing it tells whoever reckons with it, to be kept for what is shown later.
    """

    figure: Figure
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    unknown: tuple[Unknown, ...]
    hidden: frozenset[Place] = frozenset()
    printable: bool = True
    release: Release = NOTHING_SAID

    def as_json(self) -> dict[str, object]:
        """What programs read; words are in the language spoken now."""
        return {
            "table": self.figure.table,
            "period": self.figure.period,
            "rows": [row.said() for row in self.figure.rows],
            "columns": [column.said() for column in self.figure.columns],
            "cells": [list(row) for row in self.cells],
            "unknown": {each.code: _unknown_as_json(each) for each in self.unknown},
            "source": dict(self.figure.source),
        }


def _unknown_as_json(unknown: Unknown) -> dict[str, int | float | None]:
    counted: dict[str, int | float | None] = {"count": unknown.count}
    return counted if unknown.of is None else {**counted, "share": unknown.share}


def in_full(figure: Figure) -> Shown:
    """Every number as it is: not for publication."""
    counts = figure.counts
    sums = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    return Shown(figure, figure.cells, tuple(sums[0]), tuple(sums[1]), sum(sums[0]), figure.unknown)


def protected(
    figure: Figure, rule: SmallNumbers, *, earlier: Sequence[Release] = (), parts: Sequence[str] = ("",)
) -> Shown:
    """The figure with its small numbers, and those that would give them away, hidden.

    `earlier` and `parts` are as `suppression.protect` takes them. Raises Contradiction.
    """
    if not figure.rows:
        return replace(in_full(figure), unknown=_safe_unknown(figure, None, rule))
    if figure.is_stock:
        return _protected_stock(figure, rule, earlier)
    table = counts_of(figure)
    safe = protect(table, threshold=rule.threshold, floor=rule.floor, earlier=earlier, parts=parts)
    cells = _measures(figure, safe) if figure.measures else safe.cells
    return Shown(
        figure,
        cells,
        safe.row_totals,
        safe.column_totals,
        safe.total,
        _safe_unknown(figure, safe, rule) if safe.printable else _no_unknown(figure),
        _hidden(figure, cells),
        safe.printable,
        release_of(table, safe, parts=parts, threshold=rule.threshold, earlier=earlier),
    )


def withheld(figure: Figure) -> Shown:
    """The figure with nothing shown of it."""
    across, down = (None,) * len(figure.columns), (None,) * len(figure.rows)
    cells: tuple[tuple[Cell, ...], ...] = (across,) * len(figure.rows)
    return Shown(
        figure, cells, down, across, None, _no_unknown(figure), _hidden(figure, cells), printable=False
    )


def _protected_stock(figure: Figure, rule: SmallNumbers, earlier: Sequence[Release]) -> Shown:
    """Stocks and flows, of which no sums are shown.

    Where a number would be shown that an earlier release hid, or that has hardly changed since it was shown,
    all is withheld: any row's numbers follow from the others.
    """
    safe = safe_stocks(figure.counts, [row.text for row in figure.rows], rule)
    if safe is None:
        return withheld(figure)
    release = _stock_release(figure, safe, rule)
    before = latest(earlier)
    for number in release.published:
        once = before.get(number.terms)
        if number.value is None or once is None:
            continue
        if once.value is None or is_slight(once.value, number.value, rule.threshold):
            return withheld(figure)
    none_across, none_down = (None,) * len(figure.rows), (None,) * len(figure.columns)
    unknown = _safe_unknown(figure, None, rule)
    return Shown(figure, safe, none_across, none_down, None, unknown, _hidden(figure, safe), release=release)


def _stock_release(figure: Figure, safe: tuple[tuple[int | None, ...], ...], rule: SmallNumbers) -> Release:
    """Each number by itself; what follows from several is for `stocks` to try."""
    table = counts_of(figure)
    return Release(
        tuple(
            Published(terms, cell)
            if (cell := safe[i][j]) is not None
            else told(terms, figure.counts[i][j], total=False, before=None, threshold=rule.threshold)
            for i in range(table.height)
            for j in range(table.width)
            for terms in [table.terms((i, j), ("",))]
        )
    )


def _hidden(figure: Figure, cells: tuple[tuple[Cell, ...], ...]) -> frozenset[Place]:
    return frozenset(
        (i, j)
        for i, row in enumerate(cells)
        for j, cell in enumerate(row)
        if cell is None and figure.cells[i][j] is not None
    )


def counts_of(figure: Figure) -> Cells:
    """What of a figure can be small: its counts, or those that its measures are drawn from."""
    columns = _names(figure.columns)
    if figure.measures:
        columns = _names(figure.beneath_columns) or tuple(map(str, range(len(figure.counts[0]))))
    return Cells(_names(figure.rows), columns, figure.counts)


def _names(words: tuple[Word, ...]) -> tuple[str, ...]:
    """A name for each word, apart also where another office's own word reads like one of ours."""
    return tuple(word.text if word.is_marked else f"“{word.text}”" for word in words)


def _measures(figure: Figure, safe: Protected) -> tuple[tuple[Cell, ...], ...]:
    """The measures, without those of a hidden number of things and those that would give one away."""

    def is_hidden(row: int, measure: Measure) -> bool:
        gives_away = measure.drawn_from is not None and safe.cells[row][measure.drawn_from] is None
        return gives_away or safe.row_totals[row] is None or (measure.of_all and safe.total is None)

    return tuple(
        tuple(
            None if is_hidden(i, measure) else cell
            for measure, cell in zip(figure.measures, row, strict=True)
        )
        for i, row in enumerate(figure.cells)
    )


def _safe_unknown(figure: Figure, safe: Protected | None, rule: SmallNumbers) -> tuple[Unknown, ...]:
    return tuple(replace(each, count=_safe_count(each, safe, rule)) for each in figure.unknown)


def _safe_count(unknown: Unknown, safe: Protected | None, rule: SmallNumbers) -> int | None:
    """The number, where it may be shown; one with a share stands in the table, and needs its total too."""
    if safe is not None and unknown.row is not None:
        return None if unknown.of is not None and safe.total is None else safe.row_totals[unknown.row]
    small = unknown.count is not None and 0 < unknown.count < rule.threshold
    return None if small else unknown.count


def _no_unknown(figure: Figure) -> tuple[Unknown, ...]:
    return tuple(replace(each, count=None) for each in figure.unknown)
