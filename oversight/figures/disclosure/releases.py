"""Tables of counts, and what earlier releases have said about the same files.

An atom is the smallest thing that any release tells apart: a row, a column and a part (a quarter, a stratum).
Every printed number is a sum of atoms, so releases over other periods speak of the same atoms and can be read
together: 2026-H1 is made of the parts 2026-Q1 and 2026-Q2, a year of four.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

Place = tuple[int, int]  # of a number in its table; one past the last row or column stands for the total
Line = tuple[Place, ...]
"""Numbers of which each follows from the others."""
Tie = tuple[frozenset[Any], frozenset[Any]]
"""Two sums of atoms that are equal, whatever they come to."""


class Contradiction(ValueError):
    """No counts fit all releases: an earlier one has to be corrected before this one can be judged.

    `at`: where it is known, the sums that are wrong, each after the family of tables that it is of.
    """

    def __init__(self, *at: tuple[str, frozenset["Atom"]]) -> None:
        super().__init__("What was released before and this table can't both be true.")
        self.at = at


class Atom(NamedTuple):
    """Files of one row and one column in one part of the time or the place."""

    row: str
    column: str
    part: str


class Layout(Protocol):
    """What is printed as one table: numbers by their places, the atoms of each, how they hang together."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of its rows."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""

    def numbers(self) -> dict[Place, int]:
        """Every number that would be printed."""

    def terms(self, place: Place, parts: Sequence[str]) -> frozenset[Atom]:
        """The atoms whose sum stands at this place, where the parts are what is covered."""

    def is_total(self, place: Place) -> bool:
        """Whether the number at this place adds up several others."""

    def lines(self, place: Place) -> Sequence[Line]:
        """The lines that this place stands in."""

    def rank(self, place: Place) -> int:
        """How much the number at this place is missed, before its size is looked at."""

    def may_hide_zero(self, place: Place) -> bool:
        """Whether a zero at this place helps to hide another number."""

    def ties(self, parts: Sequence[str]) -> Sequence[Tie]:
        """What is known of sums of its atoms beside the numbers themselves."""


@dataclass(frozen=True)
class Cells:
    """A table of counts without its totals: `counts[i][j]` files are in row i and column j."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or not self.columns:
            raise ValueError("A table has at least one row and one column.")
        if len(set(self.rows)) < len(self.rows) or len(set(self.columns)) < len(self.columns):
            raise ValueError("Two rows or two columns of a table have the same name.")
        if [len(line) for line in self.counts] != [len(self.columns)] * len(self.rows):
            raise ValueError("A table has one count for each row and column.")
        if any(count < 0 for line in self.counts for count in line):
            raise ValueError("A count is never below zero.")

    @property
    def width(self) -> int:
        """How many columns there are; also the column at which a row's total stands."""
        return len(self.columns)

    @property
    def height(self) -> int:
        """How many rows there are; also the row in which a column's total stands."""
        return len(self.rows)

    def is_total(self, place: Place) -> bool:
        """Whether the number at this place adds up several cells; a lone row's column totals do not."""
        down, across = place[0] == self.height, place[1] == self.width
        return (down and self.height > 1) or (across and self.width > 1)

    def numbers(self) -> dict[Place, int]:
        """Every number that the table would print, totals too, by its place."""
        lines = [[*line, sum(line)] for line in self.counts]
        lines.append([sum(column) for column in zip(*lines, strict=True)])
        return {(i, j): number for i, line in enumerate(lines) for j, number in enumerate(line)}

    def terms(self, place: Place, parts: Iterable[str]) -> frozenset[Atom]:
        """The atoms whose sum stands at this place, in a table that covers these parts."""
        rows = self.rows if place[0] == self.height else (self.rows[place[0]],)
        columns = self.columns if place[1] == self.width else (self.columns[place[1]],)
        return frozenset(Atom(row, column, part) for part in parts for row in rows for column in columns)

    def lines(self, place: Place) -> tuple[Line, Line]:
        """The row and the column in which a number stands, with their totals."""
        row, column = place
        across = tuple((row, other) for other in range(self.width + 1))
        down = tuple((other, column) for other in range(self.height + 1))
        return across, down

    def rank(self, place: Place) -> int:
        """Cells are missed before totals, totals before the one of all."""
        return (place[0] == self.height) + (place[1] == self.width)

    def may_hide_zero(self, place: Place) -> bool:
        """A zero is always shown, and so hides nothing."""
        return False

    def ties(self, parts: Sequence[str]) -> tuple[Tie, ...]:
        """None: each sum that is known is a number."""
        return ()


@dataclass(frozen=True)
class Protected:
    """A table as it may be printed: None stands for a hidden number.

    `hidden` counts the hidden numbers, totals among them. Where `printable` is False every number is None:
    the table is left out, and the report says so.
    """

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    hidden: int
    printable: bool

    def number(self, place: Place) -> int | None:
        """What is printed at this place."""
        row, column = place
        if row < len(self.cells):
            return self.cells[row][column] if column < len(self.column_totals) else self.row_totals[row]
        return self.column_totals[column] if column < len(self.column_totals) else self.total


@dataclass(frozen=True)
class Published:
    """One number of a release: the sum of its terms, or None where it was hidden.

    `least` and `most` (None: no limit) are what somebody would know who was told why it was hidden. They
    come from what was hidden, and so are kept as carefully as that: with the office, never in what is
    public.
    """

    terms: frozenset[Atom]
    value: int | None
    least: int = 0
    most: int | None = None

    @property
    def known(self) -> int | None:
        """The number, where it is known exactly: shown here, or in an earlier edition and unchanged since."""
        return self.least if self.value is None and self.least == self.most else self.value


@dataclass(frozen=True)
class Release:
    """Everything that one edition of one table said. An earlier edition comes before a later one."""

    published: tuple[Published, ...]


def latest(releases: Sequence[Release]) -> dict[frozenset[Atom], Published]:
    """What is last known of each sum: a later edition replaces an earlier one."""
    return {number.terms: number for release in releases for number in release.published}


def told(
    terms: frozenset[Atom], count: int, *, total: bool, before: Published | None, threshold: int
) -> Published:
    """A hidden number, with what somebody knows who was told why it is hidden.

    Of a cell they are told whether it is small, of a number that an edition showed that it hardly changed.
    Of a total they are told nothing: who knows that a total over many cells is small knows all of these too
    closely, whatever else is hidden.
    """
    small = 0 < count < threshold
    if before is not None and before.known is not None:
        if before.known == count:
            return Published(terms, None, count, count)
        if is_slight(before.known, count, threshold) and not small:
            return Published(terms, None, max(0, before.known - threshold + 1), before.known + threshold - 1)
    elif before is not None and before.least <= count <= (count if before.most is None else before.most):
        return Published(terms, None, before.least, before.most)
    if total:
        return Published(terms, None, min(1, count))
    return (
        Published(terms, None, 1, threshold - 1) if small else Published(terms, None, min(count, threshold))
    )


def is_slight(before: int, now: int, threshold: int) -> bool:
    """Whether a number changed by so little that the change itself is a small number."""
    return 0 < abs(before - now) < threshold


def release_of(
    table: Layout,
    protected: Protected,
    *,
    parts: Sequence[str] = ("",),
    threshold: int = 10,
    earlier: Sequence[Release] = (),
) -> Release:
    """What printing this table says, to be kept for whatever is released after it.

    `parts`, `threshold` and `earlier` are those with which the table was protected.
    """
    if not protected.printable:
        return Release(())
    before = latest(earlier)
    published = []
    for place, count in table.numbers().items():
        terms, shown = table.terms(place, parts), protected.number(place)
        if shown is None:
            hidden = told(
                terms, count, total=table.is_total(place), before=before.get(terms), threshold=threshold
            )
            published.append(hidden)
        else:
            published.append(Published(terms, shown))
    return Release(tuple(published))
