"""Offices at random whose tables hang together: of every file, each table says something else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

import numpy as np

from oversight.figures.chapters import OverTime, parts_of
from oversight.figures.disclosure.releases import Release
from oversight.figures.disclosure.showing import Shown, protected
from oversight.figures.disclosure.stocks import BY_MONTH, FROM_TO
from oversight.figures.disclosure.ties import Beside
from oversight.figures.disclosure.together import protected_together
from oversight.figures.figure import Figure, Unknown
from oversight.figures.periods import Period, months
from oversight.figures.words import as_it_is
from oversight.rules.rulebook import SmallNumbers
from tests.figures.attacker import Shelf

RULE = SmallNumbers()
QUARTERS = ("2015-Q1", "2015-Q2")
SEQUENCES = (
    QUARTERS[:1],
    ("2015-H1",),
    ("2015-Q1", "2015-H1"),
    ("2015-H1", "2015-Q2"),
    ("2015-Q1", "2015-Q2"),
)
TURN_OF_THE_YEAR = ("2014-Q4", "2015-Q1")
"""Quarters too, of which the second begins with what stood when the first, and its year, ended."""
TURNS = (TURN_OF_THE_YEAR, TURN_OF_THE_YEAR[::-1])
MONTHLY = ("opening", "received", "again", "closed", "closing")
STAGES = ("0", "1", "2")
"""Where what is open may stand; in the rows below them stands what has ended."""
Counts = np.ndarray


@dataclass
class TiedOffice:
    """An office's counts by quarter: complaints received in five tables, allegations in three, its docket.

    `shares` are cells by quarter; the rows of months go on from one quarter to the next. `sustaining` are the
    columns of findings that come to each column of corrective action. `alleged` are the months of allegations
    and `stages` the rows of where they stood: before, came, went and after, by quarter.
    """

    received: Counts
    shares: dict[str, Counts]
    left_out: Counts
    docket: Counts
    ages: Counts
    again_since: Counts = field(default_factory=lambda: np.zeros(len(QUARTERS), dtype=int))
    sustaining: tuple[int, ...] = ()
    alleged: Counts | None = None
    stages: Counts | None = None
    quarters: Sequence[str] = QUARTERS
    shelf: Shelf = field(default_factory=Shelf)
    earlier: dict[str, list[Release]] = field(default_factory=dict)

    def publish(self, period: str, *, together: bool = True) -> None:
        """Publish one period's tables, and let the shelf have them."""
        tables = list(self.tables(Period.parse(period)))
        if together:
            protected_ = protected_together(tables, RULE, self.earlier)
            shown = {each.id: protected_.shown(each) for each in tables}
            assert not protected_.contradicting
        else:
            shown = {each.id: protected(each.figure, RULE, parts=each.parts) for each in tables}
        for each in tables:
            self.earlier.setdefault(each.family, []).append(shown[each.id].release)
            if shown[each.id].printable:
                self.read(each, shown[each.id])

    def told(self) -> dict[str, tuple[float, float]]:
        """Every hidden number that can be told within less than the floor."""
        self._equations()
        return self.shelf.intervals(RULE.floor)

    # ---- its tables ----------------------------------------------------------------------------------

    def tables(self, period: Period) -> Iterator[Beside]:
        within = [self.quarters.index(part) for part in parts_of(period, OverTime.ADDS_UP)]
        adds_up = parts_of(period, OverTime.ADDS_UP)
        yield beside("received-by-year", [[int(self.received[within].sum())]], adds_up)
        for name, cells in self.shares.items():
            besides = ()
            groups = {"findings-by-allegation": (self.sustaining,), "corrective-action": ((0,), (1,))}
            sums = {"sustained": groups[name]} if name in groups and self.sustaining else {}
            if name == "findings-by-race":
                number = int(self.left_out[within].sum())
                besides = (Unknown("no_allegation", "left out", number),)
            together = cells[within].sum(axis=0).tolist()
            yield beside(name, together, adds_up, unknown=besides, column_sums=sums)
        in_period = [3 * quarter + month for quarter in within for month in range(3)]
        closed = int(self.docket[in_period, 3].sum() - self.again_since[within].sum())
        if closed > 0 and self.again_since.any():
            yield beside("endings", [[closed // 3], [closed - closed // 3]], adds_up)
        yield by_month("stock-by-month", self.docket[in_period], period)
        ages = self.ages[within[-1]].tolist()
        yield beside("open-by-age", ages, parts_of(period, OverTime.LAST_DAY))
        if self.alleged is not None and self.stages is not None:
            yield by_month("allegations-by-month", self.alleged[in_period], period)
            yield by_stage("allegations-by-stage", self.stages[within], period)

    # ---- what is read of them ------------------------------------------------------------------------

    def read(self, table: Beside, shown: Shown) -> None:
        """Let the shelf have a table."""
        if shown.figure.signs:
            (self._read_months if shown.figure.is_stock else self._read_stages)(table, shown)
            return
        counts, cells = np.array(shown.figure.counts), np.array(shown.cells, dtype=object)
        height, width = counts.shape
        for i in range(height + 1):
            for j in range(width + 1):
                rows, columns = _across(i, height), _across(j, width)
                atoms = [
                    (table.id, str(r), str(c), part) for r in rows for c in columns for part in table.parts
                ]
                printed = _printed(shown, i, j, cells)
                is_cell = (i < height or height == 1) and (j < width or width == 1)
                name = f"{table.id} {i, j} {table.parts}"
                self.shelf.read(
                    name,
                    self.shelf.sum(*atoms),
                    int(counts[np.ix_(rows, columns)].sum()),
                    printed,
                    is_cell=is_cell,
                )
        for each in shown.unknown:
            atoms = [(table.id, "left out", each.code, part) for part in table.parts]
            count = int(shown.figure.unknown[0].count or 0)
            self.shelf.read(
                f"{table.id} {each.code} {table.parts}",
                self.shelf.sum(*atoms),
                count,
                each.count,
                is_cell=True,
            )

    def _read_months(self, table: Beside, shown: Shown) -> None:
        for month, counts, cells in zip(shown.figure.rows, shown.figure.counts, shown.cells, strict=True):
            for column, count, cell in zip(MONTHLY, counts, cells, strict=True):
                atom = self.shelf.sum((table.id, month.text, column, ""))
                self.shelf.read(f"{table.id} {month.text} {column}", atom, count, cell, is_cell=True)  # type: ignore[arg-type]

    def _read_stages(self, table: Beside, shown: Shown) -> None:
        first, last = Period.parse(table.parts[0]), Period.parse(table.parts[-1])
        for stage, counts, cells in zip(shown.figure.rows, shown.figure.counts, shown.cells, strict=True):
            sums = (
                [(stage.text, "stands", _day_before(first))],
                [(stage.text, "came", part) for part in table.parts],
                [(stage.text, "went", part) for part in table.parts],
                [(stage.text, "stands", last.last.isoformat())],
            )
            for atoms, count, cell in zip(sums, counts, cells, strict=True):
                terms = self.shelf.sum(*((table.id, *atom) for atom in atoms))
                self.shelf.read(f"{table.id} {atoms}", terms, count, cell, is_cell=True)  # type: ignore[arg-type]

    # ---- what is equal -------------------------------------------------------------------------------

    def _equations(self) -> None:
        self._of_wholes()
        self._of_rows()
        for stock in ("stock-by-month", "allegations-by-month"):
            self._of_months(stock)
        for part in self.quarters:
            self._of_quarter(part)
            if self.stages is not None:
                self._of_stages(Period.parse(part))

    def _of_wholes(self) -> None:
        """Everything received is in each of those tables."""
        elsewhere = (*ALLEGED, "corrective-action")
        complaints = ["received-by-year", *(name for name in self.shares if name not in elsewhere)]
        for part in self.quarters:
            there = [whole for name in complaints if (whole := self._all(name, part=part))]
            for place, (one, other) in enumerate(pairwise(there)):
                self.shelf.equal(f"received {part} {place}", one, other)

    def _of_rows(self) -> None:
        """What was alleged is as often there by finding as by duty."""
        for part in self.quarters:
            for row in map(str, range(3)):
                one, other = (self._all(name, row=row, part=part) for name in ALLEGED)
                if one and other:
                    self.shelf.equal(f"alleged {part} {row}", one, other)
            self._of_sustained(part)

    def _of_sustained(self, part: str) -> None:
        """What was sustained is as often there by what was recommended as by what was imposed."""
        found = [self._all("findings-by-allegation", column=str(each), part=part) for each in self.sustaining]
        sustained = {index: 1 for one in found for index in one}
        advised, imposed = (self._all("corrective-action", column=each, part=part) for each in "01")
        if advised:
            self.shelf.equal(f"imposed {part}", advised, imposed)
        if advised and sustained:
            self.shelf.equal(f"sustained {part}", advised, sustained)

    def _of_months(self, stock: str) -> None:
        known = self._months(stock)
        for month in known:
            opening, received, again, closed, closing = (
                self._all(stock, row=month, column=column) for column in MONTHLY
            )
            adds_up = {**opening, **received, **again}, {**closed, **closing}
            self.shelf.equal(f"{stock} {month} adds up", *adds_up)
        for before, after in pairwise(known):
            closing = self._all(stock, row=before, column="closing")
            opening = self._all(stock, row=after, column="opening")
            self.shelf.equal(f"{stock} {after} goes on", closing, opening)

    def _months(self, stock: str, part: str | None = None) -> list[str]:
        """The months that were printed of it, of all or of that quarter."""
        months = {atom[1] for atom in self.shelf.atoms if atom[0] == stock}
        return sorted(month for month in months if part in (None, _quarter(month)))

    def _of_quarter(self, part: str) -> None:
        """What was open at its end, and what was received in its months, stands in other tables too."""
        last = Period.parse(part).last
        ages = self._all("open-by-age", part=last.isoformat())
        closing = self._all("stock-by-month", row=f"{last:%Y-%m}", column="closing")
        if ages and closing:
            self.shelf.equal(f"open at the end of {part}", ages, closing)
        whole = self._all("received-by-year", part=part)
        in_months = self._in_months("stock-by-month", part, "received")
        if whole and in_months:
            self.shelf.equal(f"months of {part}", whole, in_months)
        self._of_endings(part)

    def _of_endings(self, part: str) -> None:
        """What was closed in its months came to an ending in it, or was opened again since."""
        ended, in_months = self._all("endings", part=part), self._in_months("stock-by-month", part, "closed")
        if ended and in_months:
            again = self.shelf.sum(("again since", "", "", part))
            few = int(self.again_since[self.quarters.index(part)])
            self.shelf.equal(f"closed in {part}", in_months, {**ended, **again})
            if 0 < few < RULE.threshold:
                self.shelf.read(f"closed twice in {part}", again, few, None, is_cell=True)

    def _of_stages(self, quarter: Period) -> None:
        """What stood before, came and didn't go stands after; what came to all of them came in the months."""
        sum_, table = self.shelf.sum, "allegations-by-stage"
        day = {"before": _day_before(quarter), "after": quarter.last.isoformat()}
        rows = sorted({atom[1] for atom in self.shelf.atoms if atom[0] == table})
        for row in rows:
            before, after = (sum_((table, row, "stands", day[side])) for side in ("before", "after"))
            came, went = (sum_((table, row, column, quarter.name)) for column in ("came", "went"))
            self.shelf.equal(f"{row} in {quarter.name}", {**before, **came}, {**went, **after})
        if not rows:
            return
        self._of_all_stages(quarter, rows)
        for side, column, place in (("before", "opening", 0), ("after", "closing", -1)):
            known = self._months("allegations-by-month", quarter.name)
            if known:
                stand = sum_(*((table, row, "stands", day[side]) for row in STAGES))
                stood = self._all("allegations-by-month", row=known[place], column=column)
                self.shelf.equal(f"alleged {side} {quarter.name}", stand, stood)

    def _of_all_stages(self, quarter: Period, rows: Sequence[str]) -> None:
        received, again, closed = (
            self._in_months("allegations-by-month", quarter.name, column)
            for column in ("received", "again", "closed")
        )
        if not received:
            return
        came, went, ended, resumed = (
            self.shelf.sum(*(("allegations-by-stage", row, column, quarter.name) for row in of))
            for of in (rows, [row for row in rows if row not in STAGES])
            for column in ("came", "went")
        )
        self.shelf.equal(f"came in {quarter.name}", came, {**went, **received})
        self.shelf.equal(f"ended in {quarter.name}", ended, closed)
        self.shelf.equal(f"resumed in {quarter.name}", resumed, again)

    def _in_months(self, stock: str, part: str, column: str) -> dict[int, int]:
        """What moved in the months of that quarter, if they were printed."""
        months = self._months(stock, part)
        return {
            index: sign
            for month in months
            for index, sign in self._all(stock, row=month, column=column).items()
        }

    def _all(
        self, table: str, *, row: str | None = None, column: str | None = None, part: str | None = None
    ) -> dict[int, int]:
        """Every atom of that table, of that row, column and part of the time."""
        wanted = (table, row, column, part)
        return {
            index: 1
            for atom, index in self.shelf.atoms.items()
            if all(asked in (None, is_) for asked, is_ in zip(wanted, atom, strict=True))
        }


ALLEGED = ("findings-by-allegation", "allegations-by-duty")


def tied_office(chance: np.random.Generator, quarters: Sequence[str] = QUARTERS) -> TiedOffice:
    """Two quarters of an office; small numbers are many."""
    received = chance.integers(15, 150, 2)
    left_out = np.array([chance.choice([0, 3, 12]) for _ in QUARTERS])
    alleged = [chance.integers(20, 150) for _ in QUARTERS]
    by_row = [_spread(chance, number, (3, 1)) for number in alleged]
    shares = {
        "intake-by-channel": np.array([_spread(chance, number, (4, 1)) for number in received]),
        "intake-by-area": np.array([_spread(chance, number, (3, 1)) for number in received]),
        "findings-by-race": np.array(
            [_spread(chance, number - left, (3, 3)) for number, left in zip(received, left_out, strict=True)]
        ),
        **{
            name: np.array([_by_rows(chance, rows, width) for rows in by_row])
            for name, width in zip(ALLEGED, (3, 2), strict=True)
        },
    }
    sustaining = (0,) if chance.random() < 0.5 else (0, 2)
    sustained = shares[ALLEGED[0]][:, :, list(sustaining)].sum(axis=(1, 2))
    shares["corrective-action"] = np.array(
        [np.hstack([_spread(chance, number, (4, 1)) for _ in range(2)]) for number in sustained]
    )
    docket = _docket(chance, received)
    ages = np.array([_spread(chance, docket[last, 4], (2, 3)) for last in (2, 5)])
    again_since = np.array([chance.choice([0, 3, 12]) for _ in QUARTERS])
    alleged, stages = _allegations(chance)
    return TiedOffice(
        received, shares, left_out, docket, ages, again_since, sustaining, alleged, stages, quarters
    )


def corrected_in_a_quarter() -> TiedOffice:
    """An office whose first quarter may print its corrective action, and whose half-year may not."""
    office = tied_office(np.random.default_rng(3))
    office.sustaining = (0, 2)
    office.shares = {
        ALLEGED[0]: np.array(
            [[[9, 0, 14], [0, 2, 5], [0, 3, 0]], [[1, 19, 1], [0, 11, 2], [0, 0, 0]]],
        ),
        ALLEGED[1]: np.array([[[2, 21], [7, 0], [0, 3]], [[16, 5], [3, 10], [0, 0]]]),
        "corrective-action": np.array(
            [[[3, 6], [9, 1], [15, 1], [1, 20]], [[3, 0], [1, 2], [0, 0], [0, 2]]],
        ),
    }
    return office


def months_of_an_office(
    quarters: Sequence[str], months: Sequence[tuple[int, ...]], ages: Sequence[object]
) -> TiedOffice:
    """An office of two quarters of which only the stocks are looked at: opening, received, again, closed."""
    docket = np.array([(*month, sum(month[:3]) - month[3]) for month in months])
    received = docket[:, 1].reshape(2, 3).sum(axis=1)
    return TiedOffice(received, {}, np.zeros(2, dtype=int), docket, np.array(ages), quarters=quarters)


def _spread(chance: np.random.Generator, number: int, shape: tuple[int, int]) -> Counts:
    """So many, spread over a table unevenly."""
    size = shape[0] * shape[1]
    return chance.multinomial(number, chance.dirichlet([0.4] * size)).reshape(shape)


def _by_rows(chance: np.random.Generator, rows: Counts, width: int) -> Counts:
    return np.vstack([_spread(chance, number, (1, width)) for number in rows.ravel()])


def _docket(chance: np.random.Generator, received: Counts) -> Counts:
    stock, rows = int(chance.integers(20, 200)), []
    for number in received:
        for came in chance.multinomial(number, [1 / 3] * 3):
            again = int(chance.choice([0, 0, 4, 11]))
            closed = int(chance.integers(0, min(60, stock + came + again)))
            rows.append((stock, came, again, closed, stock := stock + int(came) + again - closed))
    return np.array(rows)


def _allegations(chance: np.random.Generator) -> tuple[Counts, Counts]:
    """(their months, their rows of stages by quarter): three stages to stand at, and two endings."""
    standing = np.array([*chance.integers(0, 90, 3), *chance.integers(0, 300, 2)])
    months: list[tuple[int, ...]] = []
    quarters = []
    for _ in QUARTERS:
        moves = np.zeros((5, 5), dtype=int)
        for stage in range(5):
            left = chance.binomial(standing[stage], chance.choice([0.0, 0.02, 0.3]))
            open_now = stage < len(STAGES)
            odds = chance.dirichlet([0.4] * 5) * ([1] * 5 if open_now else [1, 1, 1, 0, 0])
            odds[stage] = 0
            moves[stage] = chance.multinomial(left, odds / odds.sum())
        received = np.array([chance.integers(0, 90), 0, 0, 0, 0])
        came, went = moves.sum(axis=0) + received, moves.sum(axis=1)
        quarters.append(np.array([standing, came, went, standing + came - went]).T)
        flows = (received[0], moves[3:].sum(), moves[:3, 3:].sum())
        stock = int(standing[:3].sum())
        for came_in, again, closed in zip(
            *(chance.multinomial(each, [1 / 3] * 3) for each in flows), strict=True
        ):
            months.append((stock, came_in, again, closed, stock := int(stock + came_in + again - closed)))
        standing = standing + came - went
    return np.array(months), np.array(quarters)


def by_month(name: str, rows: Counts, period: Period) -> Beside:
    """A stock month by month."""
    stock = figure(name, rows.tolist(), is_stock=True, signs=BY_MONTH, adds_down=False, adds_across=False)
    names = months(f"{period.first:%Y-%m}", f"{period.last:%Y-%m}")
    stock = replace(stock, rows=tuple(map(as_it_is, names)))
    return Beside(name, name, stock, parts_of(period, OverTime.HAS_ROWS))


def by_stage(name: str, quarters: Counts, period: Period) -> Beside:
    """Where things stood, over quarters that go on from one another."""
    rows = np.stack([quarters[0, :, 0], *quarters[:, :, 1:3].sum(axis=0).T, quarters[-1, :, 3]], axis=1)
    stages = figure(
        name, rows.tolist(), signs=FROM_TO, open_rows=len(STAGES), adds_down=False, adds_across=False
    )
    return Beside(name, name, stages, parts_of(period, OverTime.FLOWS))


def beside(name: str, cells: list[list[int]], parts: Sequence[str], **more: object) -> Beside:
    return Beside(name, name, figure(name, cells, **more), parts)


def figure(name: str, cells: list[list[int]], **more: object) -> Figure:
    rows, columns = (tuple(map(as_it_is, range(size))) for size in (len(cells), len(cells[0])))
    return Figure(rows, columns, tuple(map(tuple, cells)), table=name, **more)  # type: ignore[arg-type]


def _across(place: int, size: int) -> list[int]:
    return list(range(size)) if place == size else [place]


def _printed(shown: Shown, i: int, j: int, cells: Counts) -> int | None:
    height, width = cells.shape
    if i == height:
        return shown.total if j == width else shown.column_totals[j]
    return shown.row_totals[i] if j == width else cells[i, j]


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def _day_before(period: Period) -> str:
    return (period.first - timedelta(days=1)).isoformat()
