"""A figure: one table of numbers, with the words that say what was counted and what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from oversight.figures.words import Word

Cell = int | float | None
"""A count, a measure, or nothing where there was nothing to measure."""

Counts = tuple[tuple[int, ...], ...]


def share_of(part: int, whole: int) -> float:
    """The part over the whole, to four places; as it is where it would seem to be none or all and isn't."""
    share = part / whole
    rounded = round(share, 4)
    return share if rounded in (0, 1) else rounded


@dataclass(frozen=True)
class Unknown:
    """Something that was left out, or that stands in the table without being known.

    `code` names it to programs, `words` say it. `of` is what its share is taken of; `row` the row of the
    table that shows the same number. `is_running`: it is not of the period, but of all time until its end.
    """

    code: str
    words: str
    count: int | None
    of: int | None = None
    row: int | None = None
    is_running: bool = False

    @property
    def share(self) -> float | None:
        """Its share, where there is something to take it of."""
        return share_of(self.count, self.of) if self.count is not None and self.of else None


@dataclass(frozen=True)
class Measure:
    """A column that is no plain count. `drawn_from`: the counts beneath that its number would give away;
    `of_all`: it would give away the sum of them all."""

    drawn_from: int | None = None
    is_share: bool = False
    of_all: bool = False


@dataclass(frozen=True)
class Figure:
    """One table. `table`, `title` and `period` are filled in by the register, as is `definition` where the
    choice that was made needs none of its own.

    `measures` is empty where every cell is a count. Otherwise it has one entry a column, and `beneath` has
    the counts they were drawn from, row by row; the sum of such a row is how many things were measured.
    `beneath_columns` names those counts where another table has them too.
    `interval`: the columns with the least, the middle and the most that something may be, if it has such.
    `is_stock`: the columns are opening, received, reopened, closed, closing, and each row follows the last.
    `signs`: in each row, numbers with these signs come to nothing; of a stock as of others. Where rows are
    places to stand at, the first `open_rows` are of what is still open.
    `adds_down`: a column's cells may be added up, since no thing stands in two rows; `adds_across` likewise.
    `all_or_nothing`: where one of its numbers has to be hidden, all are: they add up, each so many times, to
    what another table shows.
    `column_sums`: by their names, sums that other tables come to as well, each with the groups of columns (by
    their places) that come to it. `tells`: what all its numbers together tell of such sums, by their names.
    """

    rows: tuple[Word, ...]
    columns: tuple[Word, ...]
    cells: tuple[tuple[Cell, ...], ...]
    unknown: tuple[Unknown, ...] = ()
    source: Mapping[str, object] = field(default_factory=dict)
    is_stock: bool = False
    signs: tuple[int, ...] = ()
    open_rows: int = 0
    adds_down: bool = True
    adds_across: bool = True
    all_or_nothing: bool = False
    column_sums: Mapping[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict)
    tells: Mapping[str, int] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    beneath: Counts = ()
    beneath_columns: tuple[Word, ...] = ()
    interval: tuple[int, int, int] | None = None
    table: str = ""
    title: str = ""
    definition: str = ""
    period: str = ""

    @property
    def is_lone_number(self) -> bool:
        """Whether it has a single count."""
        return len(self.rows) == len(self.columns) == 1 and not self.measures

    @property
    def counts(self) -> Counts:
        """The numbers of things that can be small: the cells themselves, or what their measures are of."""
        if self.measures:
            return self.beneath
        return tuple(tuple(int(cell or 0) for cell in row) for row in self.cells)
