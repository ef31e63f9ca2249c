"""Words of another office that few files use: what an export holds may be anything, a name among it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from oversight.figures.disclosure.showing import Shown
from oversight.figures.figure import Cell
from oversight.figures.words import LAST, OTHER_WORDS, Word
from oversight.rules.rulebook import SmallNumbers


def without_rare_words(shown: Shown, rule: SmallNumbers) -> Shown:
    """The table with its rows of such words put together, and its columns: it tells less, and never more."""
    counts = shown.figure.counts
    shown = _rows_together(shown, _rare(shown.figure.rows, [sum(row) for row in counts], rule))
    if shown.figure.measures or shown.figure.is_stock:
        return shown
    by_column = [sum(column) for column in zip(*counts, strict=True)]
    return _turned(_rows_together(_turned(shown), _rare(shown.figure.columns, by_column, rule)))


def _rare(words: Sequence[Word], counts: Sequence[int], rule: SmallNumbers) -> list[int]:
    numbered = enumerate(zip(words, counts, strict=False))
    return [place for place, (word, count) in numbered if word.is_own and count < rule.threshold]


def _rows_together(shown: Shown, rare: list[int]) -> Shown:
    if not rare:
        return shown
    figure = shown.figure
    groups = _groups(figure.rows, rare)
    together = replace(
        figure,
        rows=tuple(OTHER_WORDS if group is rare else figure.rows[group[0]] for group in groups),
        cells=_summed(figure.cells, groups),
        beneath=tuple(tuple(int(cell or 0) for cell in row) for row in _summed(figure.beneath, groups))
        if figure.beneath
        else (),
    )
    return replace(
        shown,
        figure=together,
        cells=_summed(shown.cells, groups),
        row_totals=tuple(_sum([shown.row_totals[i] for i in group]) for group in groups),
        hidden=frozenset(
            (place, j) for place, group in enumerate(groups) for i, j in shown.hidden if i in group
        ),
    )


def _groups(words: Sequence[Word], rare: list[int]) -> list[list[int]]:
    """Which rows stand together: one each, and the rare ones before what always stands last."""
    groups = [[place] for place in range(len(words)) if place not in rare]
    last = next((at for at, (place,) in enumerate(groups) if words[place] in LAST), len(groups))
    return [*groups[:last], rare, *groups[last:]]


def _summed(rows: Sequence[Sequence[Cell]], groups: list[list[int]]) -> tuple[tuple[Cell, ...], ...]:
    width = len(rows[0])
    return tuple(tuple(_sum([rows[i][j] for i in group]) for j in range(width)) for group in groups)


def _sum(numbers: Sequence[Cell]) -> Any:
    """Their sum; nothing where one of them is hidden."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _turned(shown: Shown) -> Shown:
    """The table with its columns as rows."""
    figure = shown.figure
    turned = replace(
        figure, rows=figure.columns, columns=figure.rows, cells=tuple(zip(*figure.cells, strict=True))
    )
    return replace(
        shown,
        figure=turned,
        cells=tuple(zip(*shown.cells, strict=True)),
        row_totals=shown.column_totals,
        column_totals=shown.row_totals,
        hidden=frozenset((j, i) for i, j in shown.hidden),
    )
