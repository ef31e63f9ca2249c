"""The sentence that says what a table shows, made of shown numbers alone, in the language spoken now."""

from collections.abc import Iterator, Sequence

from oversight.figures.disparity import Ratio
from oversight.figures.figure import Cell, Figure, Measure
from oversight.figures.showing import Shown
from oversight.kit.i18n import local_number, local_share, t, with_detail
from oversight.rules.words import N_

ONE = N_("Most often: “%(row)s”, %(number)s.")
ONE_OF_ALL = N_("Most often: “%(row)s”, %(number)s of %(total)s (%(share)s).")
OF_THE_SHOWN = N_("Most often, of what can be shown: “%(row)s”, %(number)s.")
OF_THE_SHOWN_OF_ALL = N_("Most often, of what can be shown: “%(row)s”, %(number)s of %(total)s (%(share)s).")
DOCKET = N_("%(opening)s complaints were open at the beginning and %(closing)s at the end.")
STANDS_OUT = N_("“%(row)s” stands out: %(middle)s times as often as all others (%(lowest)s to %(highest)s).")
NOTHING_TO_COMPARE = N_("No ratio can be shown without giving small numbers away.")
NOBODY_STANDS_OUT = N_("No ratio that is shown stands out by more than chance would make likely.")
NOTHING_STANDS_OUT = N_("No number that is shown is above zero.")
ALL_ZERO = N_("All of these numbers are zero.")


def says(shown: Shown) -> str:
    """One sentence. Of several rows with as many, the first is named."""
    figure = shown.figure
    if not shown.printable or not figure.rows:
        return ""
    if figure.is_stock:
        return _docket(shown)
    if figure.interval is not None:
        return _standing_out(shown, figure.interval)
    if figure.measures:
        return _measures(figure, shown.cells[-1])
    return _most(shown)


def _docket(shown: Shown) -> str:
    opening, closing = shown.cells[0][0], shown.cells[-1][-1]
    if opening is None or closing is None:
        return ""
    return t(DOCKET, opening=local_number(opening), closing=local_number(closing))


def _measures(figure: Figure, cells: Sequence[Cell]) -> str:
    """“2015: closed: 812; median days: 214”, of the last row."""
    said = "; ".join(
        with_detail(column.said(), _written(cell, measure))
        for column, cell, measure in zip(figure.columns, cells, figure.measures, strict=True)
        if cell is not None
    )
    return t(N_("In the row “%(row)s”: %(said)s."), row=figure.rows[-1].said(), said=said) if said else ""


def _standing_out(shown: Shown, interval: tuple[int, int, int]) -> str:
    """Who stands out, each with the ratio and its interval."""
    found, nothing = [], t(NOTHING_TO_COMPARE)
    for word, row in zip(shown.figure.rows, shown.cells, strict=True):
        lowest, middle, highest = (row[place] for place in interval)
        if lowest is None or middle is None or highest is None:
            continue
        nothing = t(NOBODY_STANDS_OUT)
        if Ratio(lowest, middle, highest).stands_out:
            numbers = {"lowest": local_number(lowest), "highest": local_number(highest)}
            found.append(t(STANDS_OUT, row=word.said(), middle=local_number(middle), **numbers))
    return " ".join(found) or nothing


def _written(cell: int | float, measure: Measure) -> str:
    return local_share(cell) if measure.is_share else local_number(cell)


def _most(shown: Shown) -> str:
    numbers = dict(_row_numbers(shown))
    row = max(numbers, key=numbers.__getitem__, default=None)
    if row is None or not numbers[row]:
        return t(NOTHING_STANDS_OUT if shown.hidden else ALL_ZERO)
    words, number = shown.figure.rows[row].said(), numbers[row]
    hides = len(numbers) < len(shown.figure.rows)
    if shown.figure.adds_down and shown.figure.adds_across and shown.total and len(numbers) > 1:
        message = OF_THE_SHOWN_OF_ALL if hides else ONE_OF_ALL
        share = local_share(number / shown.total)
        return t(
            message, row=words, number=local_number(number), total=local_number(shown.total), share=share
        )
    return t(OF_THE_SHOWN if hides else ONE, row=words, number=local_number(number))


def _row_numbers(shown: Shown) -> Iterator[tuple[int, int | float]]:
    """Each row that can be compared with others: its sum, or its first number where rows have no sum."""
    for i in range(len(shown.figure.rows)):
        number: Cell = shown.row_totals[i] if shown.figure.adds_across else shown.cells[i][0]
        if number is not None:
            yield i, number
