"""What is known of a table from others of its edition: sums that stand there too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from oversight.figures.arithmetic import SUMS, Sum, comes_to, of_sum
from oversight.figures.disclosure.releases import Published, Release, is_slight
from oversight.figures.disclosure.showing import Shown, counts_of, layout_of
from oversight.figures.disclosure.stocks import RECEIVED
from oversight.figures.figure import Figure
from oversight.rules.rulebook import SmallNumbers

DOCKET, CLOSED = "stock-by-month", 3
MOVED = {"complaints received": RECEIVED, "complaints closed": CLOSED}
"""The docket's columns of what other tables come to as well, but for what either leaves out."""


def said_elsewhere(
    figure: Figure, others: Sequence[Shown], parts: Sequence[str], left_out: Mapping[str, Published]
) -> Release:
    """What tables that are shown beside this one tell of it: a sum that stands there too.

    Where this table leaves something out, the sum is of its cells and of that; where that is hidden, the
    sum of the cells alone would give it away, and is said to be hidden.
    """
    published: list[Published] = []
    for each in SUMS:
        if each.same_rows and comes_to(each, figure) is not None:
            alike = [other for other in others if comes_to(each, other.figure) == comes_to(each, figure)]
            published += chain.from_iterable(_rows_elsewhere(figure, other, parts) for other in alike)
        whole = next(filter(None, (_shown_whole(each, other) for other in others)), None)
        if whole is None or figure.signs or comes_to(each, figure) != whole:
            continue
        besides = [left_out[unknown.code] for unknown in of_sum(each, figure)]
        table = counts_of(figure)
        own = table.terms((table.height, table.width), parts)
        published += [Published(own.union(*(number.terms for number in besides)), whole), *besides]
        if any(number.value is None for number in besides):
            published.append(Published(own, None, 0))
    return Release((*published, *_columns_elsewhere(figure, others, parts)))


def hardly_others(
    figure: Figure, others: Sequence[Shown], parts: Sequence[str], rule: SmallNumbers
) -> Release:
    """Sums of the docket's months that hardly differ from what other tables come to, as hidden ones.

    The months leave out what nobody can trace, and count a closing also of what was opened again since. Where
    that makes a small number, whoever adds up the months and takes away the other sum would have it.
    """
    if figure.table != DOCKET or not figure.rows:
        return Release(())
    table = layout_of(figure)
    published: list[Published] = []
    for each in SUMS:
        column = MOVED.get(each.of)
        if column is not None:
            count = sum(row[column] for row in figure.counts)
            terms = frozenset().union(*(table.terms((row, column), parts) for row in range(len(figure.rows))))
            for whole in filter(None, (_shown_whole(each, other) for other in others)):
                if is_slight(whole, count, rule.threshold):
                    least, most = max(0, whole - rule.threshold + 1), whole + rule.threshold - 1
                    published.append(Published(terms, None, least, most))
                elif column == CLOSED:
                    # Whoever takes the two to be the same knows it, as the quarters' sums of what came.
                    published.append(Published(terms, count))
    return Release(tuple(published))


def _columns_elsewhere(figure: Figure, others: Sequence[Shown], parts: Sequence[str]) -> Iterator[Published]:
    """What sums of this one's columns come to by what other tables show of theirs: of no use when hidden."""
    table = counts_of(figure)
    for of, groups in figure.column_sums.items():
        for other in others:
            for there in other.figure.column_sums.get(of, ()):
                sums = [other.column_totals[column] for column in there]
                for group in groups if None not in sums else ():
                    terms = (table.terms((table.height, column), parts) for column in group)
                    yield Published(frozenset().union(*terms), sum(filter(None, sums)))


def _rows_elsewhere(figure: Figure, other: Shown, parts: Sequence[str]) -> Iterator[Published]:
    """What the other table tells of this one's rows. A sum hidden there and shown here would give away what
    it was hidden for."""
    table, beside = counts_of(figure), counts_of(other.figure)
    there = {name: beside.terms((place, beside.width), parts) for place, name in enumerate(beside.rows)}
    said = {number.terms: number for number in other.release.published}
    for place, name in enumerate(table.rows):
        number = said.get(there.get(name, frozenset()))
        if number is not None:
            yield replace(number, terms=table.terms((place, table.width), parts))


def _shown_whole(each: Sum, shown: Shown) -> int | None:
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
