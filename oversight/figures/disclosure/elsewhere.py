"""What is known of a table from others of its edition: sums that stand there too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from oversight.figures.arithmetic import SUMS, comes_to, of_sum
from oversight.figures.disclosure.releases import Published, Release
from oversight.figures.disclosure.showing import Shown, counts_of, shown_whole
from oversight.figures.figure import Figure


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
        whole = next(filter(None, (shown_whole(each, other) for other in others)), None)
        if whole is None or figure.signs or comes_to(each, figure) != whole:
            continue
        besides = [left_out[unknown.code] for unknown in of_sum(each, figure)]
        table = counts_of(figure)
        own = table.terms((table.height, table.width), parts)
        published += [Published(own.union(*(number.terms for number in besides)), whole), *besides]
        if any(number.value is None for number in besides):
            published.append(Published(own, None, 0))
    return Release((*published, *_columns_elsewhere(figure, others, parts)))


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
