"""Whether numbers add up: within a table, and from one table to another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from oversight.figures.figure import Figure, Unknown
from oversight.figures.words import Word

ALLEGED = "allegations"
MONTHLY = "allegations-by-month"
"""The table that says month by month what the one of places to stand at says of the whole time."""
ROUNDING = 0.00005
"""Shares are kept to four places."""


@dataclass(frozen=True)
class Sum:
    """One number that several tables come to, each with what it says that it left out, by the code.

    `same_rows`: those tables also have the same rows, which come to the same in each. `of_a_day`: it is how
    things stood on the last day.
    """

    of: str
    tables: Mapping[str, tuple[str, ...]]
    same_rows: bool = False
    of_a_day: bool = False


SUMS = (
    Sum(
        "complaints received",
        {
            "received-by-year": (),
            "intake-by-channel": (),
            "intake-by-context": (),
            "intake-by-area": (),
            "findings-by-race": ("no_allegation", "other_source"),
        },
    ),
    Sum("complaints closed", {"endings": (), "days-to-close-by-year": ("closed_before_received",)}),
    Sum(ALLEGED, {"findings-by-allegation": (), "allegations-by-duty": ()}, same_rows=True),
    Sum("complaints open at the end", {"stock-by-month": (), "open-by-age": ()}, of_a_day=True),
    Sum(
        "allegations open at the end",
        {MONTHLY: (), "allegations-by-stage": ()},
        of_a_day=True,
    ),
)
"""What has to be equal, wherever those tables are there and their rows and columns have sums."""


LEFT_OUT_OF = {
    "findings-by-allegation": "findings-by-race",
    "findings-by-race": "findings-by-allegation",
}
"""Tables that say of the same files how many they left out: of all of them, or of those of some histories."""


def check_figures(figures: Mapping[str, Figure]) -> Iterator[str]:
    """The table and the cell of whatever doesn't add up, for tables by their ids; nothing if all does."""
    for name, figure in figures.items():
        for fault in chain(_check_flows(figure), _check_shares(figure)):
            yield f"{name}, {fault}"
    for each in SUMS:
        yield from _check_sum(each, figures)
    yield from _check_column_sums(figures)
    yield from _check_moves(figures)


def _check_flows(figure: Figure) -> Iterator[str]:
    """What came is added to what stood, what went is taken away, and that is what stands then."""
    closing: int | None = None
    for word, row in zip(figure.rows, figure.counts if figure.signs else (), strict=False):
        if sum(sign * number for sign, number in zip(figure.signs, row, strict=True)):
            plus = (str(number) for sign, number in zip(figure.signs, row, strict=True) if sign > 0)
            less = [str(number) for sign, number in zip(figure.signs, row, strict=True) if sign < 0]
            yield f"{word.text}: {' + '.join(plus)} − {' − '.join(less[:-1])} is not {less[-1]}"
        if figure.is_stock and closing not in (None, row[0]):
            yield f"{word.text}: opens with {row[0]} where {closing} closed"
        closing = row[-1]


def _check_shares(figure: Figure) -> Iterator[str]:
    """Shares are what they are drawn from, over what was measured; a count beside them is all of that."""
    for i, word in enumerate(figure.rows):
        for j, measure in enumerate(figure.measures):
            cell, all_ = figure.cells[i][j], sum(figure.beneath[i])
            if cell is None or not measure.is_share or measure.drawn_from is None:
                continue
            part = figure.beneath[i][measure.drawn_from]
            if not all_ or abs(cell - part / all_) > ROUNDING:
                yield f"{word.text}, {figure.columns[j].text}: {cell} is not {part} of {all_}"


def _check_sum(each: Sum, figures: Mapping[str, Figure]) -> Iterator[str]:
    wholes = {
        name: whole for name, figure in figures.items() if (whole := comes_to(each, figure)) is not None
    }
    first = next(iter(wholes), None)
    for name, whole in wholes.items():
        if first is not None and whole != wholes[first]:
            yield f"{name}: {each.of} are {whole}, and {wholes[first]} in {first}"
    if each.same_rows:
        yield from _check_rows(each, {name: figures[name] for name in wholes})


def _check_rows(each: Sum, figures: Mapping[str, Figure]) -> Iterator[str]:
    first: dict[Word, tuple[str, int]] = {}
    for name, figure in figures.items():
        for word, row in zip(figure.rows, figure.counts, strict=True):
            beside, number = first.setdefault(word, (name, sum(row)))
            if sum(row) != number:
                yield f"{name}, {word.text}: {each.of} are {sum(row)}, and {number} in {beside}"


def _check_column_sums(figures: Mapping[str, Figure]) -> Iterator[str]:
    first: dict[str, tuple[str, int]] = {}
    for name, figure in figures.items():
        for of, groups in figure.column_sums.items():
            for group in groups:
                whole = sum(row[column] for row in figure.counts for column in group)
                beside, known = first.setdefault(of, (name, whole))
                if whole != known:
                    yield f"{name}: {of} are {whole}, and {known} in {beside}"


def _check_moves(figures: Mapping[str, Figure]) -> Iterator[str]:
    """What moved between places to stand at is what moved in the months."""
    monthly = next(((n, f) for n, f in figures.items() if f.table == MONTHLY and f.is_stock), None)
    staged = next(((n, f) for n, f in figures.items() if f.open_rows), None)
    if monthly is None or staged is None:
        return
    _, received, again, closed, _ = map(sum, zip(*monthly[1].counts, strict=True))
    _, came, went, _ = map(sum, zip(*staged[1].counts, strict=True))
    _, ended, resumed, _ = map(sum, zip(*staged[1].counts[staged[1].open_rows :], strict=True))
    for words, there, here in (
        ("came to an ending", ended, closed),
        ("moved on from an ending", resumed, again),
        ("came in and did not move on", came - went, received),
    ):
        if there != here:
            yield f"{staged[0]}: {there} {words}, and {here} in {monthly[0]}"


def comes_to(each: Sum, figure: Figure) -> int | None:
    """What the table comes to, with what it left out; None where it is not of that sum."""
    if figure.table not in each.tables:
        return None
    if figure.is_stock:
        return figure.counts[-1][-1] if figure.rows else 0
    if figure.open_rows:
        return sum(row[-1] for row in figure.counts[: figure.open_rows])
    if not (figure.adds_down and figure.adds_across):
        return None
    return sum(map(sum, figure.counts)) + sum(unknown.count or 0 for unknown in of_sum(each, figure))


def of_sum(each: Sum, figure: Figure) -> list[Unknown]:
    return [unknown for unknown in figure.unknown if unknown.code in each.tables[figure.table]]
