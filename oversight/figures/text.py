"""A figure as plain text: columns in line, for a terminal."""

from collections.abc import Iterator
from textwrap import fill, indent

from oversight.figures.disclosure.showing import Shown
from oversight.figures.figure import Cell, Measure, Unknown
from oversight.figures.periods import EVERYTHING
from oversight.figures.tables import TABLES
from oversight.kit.i18n import local_number, local_share, t, with_detail
from oversight.rules.words import N_

WIDTH = 100
HIDDEN, NOTHING = N_("hidden"), "–"


def as_text(shown: Shown) -> str:
    """The title, the definition, the table and what is not known, in the language spoken now."""
    figure = shown.figure
    period = t(N_("from the beginning")) if figure.period == EVERYTHING else figure.period
    parts = [f"{t(figure.title)} ({period})", fill(t(figure.definition), WIDTH), _table(shown)]
    if shown.hidden:
        why = N_("Hidden: a number of people that is too small to publish, or one that would give it away.")
        parts.append(fill(t(why), WIDTH))
    parts.append("\n".join(_unknown(each) for each in shown.unknown))
    return "\n\n".join(filter(None, parts))


def list_of_tables() -> str:
    """The tables there are, with their definitions."""
    return "\n\n".join(
        f"{table.name}\n{indent(fill(f'{t(table.title)}. {t(table.definition)}', WIDTH - 4), '    ')}"
        for table in TABLES.values()
    )


def _table(shown: Shown) -> str:
    if not shown.printable:
        return t(N_("This table can’t be shown without giving small numbers away, so none of it is."))
    if not shown.figure.rows:
        return t(N_("There is nothing to count in this period."))
    lines = list(_lines(shown))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: list[str], widths: list[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])


def _lines(shown: Shown) -> Iterator[list[str]]:
    figure = shown.figure
    across = figure.adds_across and not figure.measures and len(figure.columns) > 1
    total = [t(N_("in all"))] if across else []
    yield ["", *(column.said() for column in figure.columns), *total]
    measures = figure.measures or (Measure(),) * len(figure.columns)
    for i, row in enumerate(figure.rows):
        cells = [
            _cell(cell, measure, hidden=(i, j) in shown.hidden)
            for j, (cell, measure) in enumerate(zip(shown.cells[i], measures, strict=True))
        ]
        yield [row.said(), *cells, *([_count(shown.row_totals[i])] if across else [])]
    if figure.adds_down and not figure.measures and len(figure.rows) > 1:
        totals = [_count(total) for total in shown.column_totals]
        yield [t(N_("in all")), *totals, *([_count(shown.total)] if across else [])]


def _count(number: int | None) -> str:
    return _cell(number, Measure(), hidden=number is None)


def _cell(cell: Cell, measure: Measure, *, hidden: bool) -> str:
    if cell is None:
        return t(HIDDEN) if hidden else NOTHING
    return local_share(cell) if measure.is_share else local_number(cell)


def _unknown(unknown: Unknown) -> str:
    share = unknown.share
    said = with_detail(t(unknown.words), _count(unknown.count))
    return said if share is None else f"{said} ({local_share(share)})"
