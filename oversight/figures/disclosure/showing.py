"""What of a figure may be shown: all of it to those who may know, or what keeps small numbers hidden."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from oversight.figures.arithmetic import Sum, comes_to
from oversight.figures.disclosure.leaving_out import left_out
from oversight.figures.disclosure.releases import (
    Atom,
    Cells,
    Layout,
    Place,
    Protected,
    Published,
    Release,
    release_of,
)
from oversight.figures.disclosure.stocks import Stock
from oversight.figures.disclosure.suppression import printed, protecting
from oversight.figures.figure import Cell, Figure, Measure, Unknown
from oversight.figures.words import Word
from oversight.rules.rulebook import SmallNumbers

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
    return Guarded(figure, rule, earlier, parts, left_out(figure, rule, earlier, parts)).shown()


class Guarded:
    """A figure, and the search for what to hide of it, which goes on where more comes to be known.

    `besides` is what is said of what it leaves out. Raises Contradiction where earlier releases and the
    figure can't both be true.
    """

    def __init__(
        self,
        figure: Figure,
        rule: SmallNumbers,
        earlier: Sequence[Release],
        parts: Sequence[str],
        besides: Mapping[str, Published],
    ) -> None:
        self._figure, self._rule, self._parts, self._besides = figure, rule, parts, besides
        self._hidden: set[Place] | None = set()
        if figure.rows:
            self._table = layout_of(figure)
            quarters = self._table.quarters_told(earlier) if isinstance(self._table, Stock) else NOTHING_SAID
            self._earlier = [quarters, *earlier]
            self._hiding, self._hidden = protecting(self._table, rule, self._earlier, parts)

    @property
    def total(self) -> frozenset[Atom]:
        """All that is in the table."""
        return frozenset().union(*(self._table.terms(place, self._parts) for place in self._table.numbers()))

    def hide_around(self, exposed: Iterable[frozenset[Atom]]) -> None:
        """Hide more, so that those sums can't be told; in the end, all there is."""
        if self._hidden is not None:
            self._hidden = self._hiding.places_around(exposed)

    def shown(self) -> Shown:
        """What may be shown by now."""
        unknown = tuple(
            each if each.row is not None else replace(each, count=self._besides[each.code].value)
            for each in self._figure.unknown
        )
        said = tuple(self._besides.values())
        if not self._figure.rows:
            return replace(in_full(self._figure), unknown=unknown, release=Release(said))
        if self._hidden is None or (self._hidden and self._figure.all_or_nothing):
            return withheld(self._figure)
        safe = printed(self._table, self._hidden)
        release = release_of(
            self._table, safe, parts=self._parts, threshold=self._rule.threshold, earlier=self._earlier
        )
        return _shown(self._figure, safe, unknown, Release((*release.published, *said)))


def _shown(figure: Figure, safe: Protected, unknown: Sequence[Unknown], release: Release) -> Shown:
    cells = _measures(figure, safe) if figure.measures else safe.cells
    return Shown(
        figure,
        cells,
        safe.row_totals,
        safe.column_totals,
        safe.total,
        tuple(_in_the_table(each, safe) for each in unknown),
        _hidden(figure, cells),
        release=release,
    )


def _in_the_table(unknown: Unknown, safe: Protected) -> Unknown:
    """What stands in the table is known where that row is; where it has a share, so must be the total."""
    if unknown.row is None:
        return unknown
    of_nothing = unknown.of is not None and safe.total is None
    return replace(unknown, count=None if of_nothing else safe.row_totals[unknown.row])


def withheld(figure: Figure) -> Shown:
    """The figure with nothing shown of it."""
    across, down = (None,) * len(figure.columns), (None,) * len(figure.rows)
    cells: tuple[tuple[Cell, ...], ...] = (across,) * len(figure.rows)
    return Shown(
        figure, cells, down, across, None, _no_unknown(figure), _hidden(figure, cells), printable=False
    )


def _hidden(figure: Figure, cells: tuple[tuple[Cell, ...], ...]) -> frozenset[Place]:
    return frozenset(
        (i, j)
        for i, row in enumerate(cells)
        for j, cell in enumerate(row)
        if cell is None and figure.cells[i][j] is not None
    )


def layout_of(figure: Figure) -> Layout:
    """The figure's counts with how they hang together."""
    if figure.signs:
        return Stock(_names(figure.rows), _names(figure.columns), figure.counts, figure.signs)
    return counts_of(figure)


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


def _no_unknown(figure: Figure) -> tuple[Unknown, ...]:
    return tuple(replace(each, count=None) for each in figure.unknown)


def check_shown(shown: Shown) -> Iterator[str]:
    """The cell of whatever is shown and is not what was counted: each number, each total, what is unknown."""
    figure = shown.figure
    for i, row in enumerate(shown.cells):
        for j, cell in enumerate(row):
            if cell is not None and cell != figure.cells[i][j]:
                yield f"{figure.rows[i].text}, {figure.columns[j].text}: {cell} stands for another number"
    for i, total in enumerate(shown.row_totals):
        if total is not None and total != sum(figure.counts[i]):
            yield f"{figure.rows[i].text}: the row does not come to {total}"
    for j, total in enumerate(shown.column_totals):
        if total is not None and total != sum(row[j] for row in figure.counts):
            yield f"column {j + 1} does not come to {total}"
    if shown.total is not None and shown.total != sum(map(sum, figure.counts)):
        yield f"the table does not come to {shown.total}"


def is_surely_most(number: int | float, known: Sequence[int | float], total: int | None) -> bool:
    """Whether all that is hidden of a total, taken together, is no more than that number of those `known`."""
    return total is not None and number >= total - sum(known)


def shown_whole(each: Sum, shown: Shown) -> int | None:
    """What a table that is shown is seen to come to, for whoever reads all of it."""
    figure = shown.figure
    if comes_to(each, figure) is None or not shown.printable:
        return None
    if figure.is_stock:
        return int(last) if (last := shown.cells[-1][-1]) is not None else None
    if figure.signs:
        return None
    codes = each.tables[figure.table]
    counts = [shown.total, *(unknown.count for unknown in shown.unknown if unknown.code in codes)]
    return sum(filter(None, counts)) if None not in counts else None
