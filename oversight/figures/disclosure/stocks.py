"""Tables of stocks, where each row says opening + received + reopened − closed = closing.

There a hidden number follows from the others of its row, and each closing may be the next row's opening. So
where any of a row's numbers is small, those are hidden with it that say how much was opened again and closed,
even where they are zero. Whoever reads such a table also knows what was received in each quarter, for other
tables say that of quarters, of half-years and of years.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from oversight.figures.disclosure.releases import Atom, Line, Place, Published, Release, Tie
from oversight.figures.periods import Period

Row = tuple[int, ...]
"""Opening, received, reopened, closed, closing."""
RECEIVED = CAME = 1
"""The column of what came, in rows of both kinds."""
BY_MONTH = (1, 1, 1, -1, -1)
"""What is added and what is taken away where rows are months, so that each comes to nothing."""
FROM_TO = (1, 1, -1, -1)
"""The same where rows are places to stand at: at the beginning, came in, moved on, at the end."""
STANDING = "standing"
"""Names what stands in a row on a day, be it the first number of one period or the last of another."""


@dataclass(frozen=True)
class Stock:
    """Stocks and flows: `counts[i]` with the signs comes to nothing. No sums are shown of them.

    Where rows are months each one goes on from the last; where not, each covers all of the time.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[Row, ...]
    signs: tuple[int, ...]

    @property
    def goes_on(self) -> bool:
        """Whether each row opens with what the last one closed with."""
        return self.signs == BY_MONTH

    def numbers(self) -> dict[Place, int]:
        """Every number by its place."""
        return {(i, j): number for i, row in enumerate(self.counts) for j, number in enumerate(row)}

    def terms(self, place: Place, parts: Sequence[str]) -> frozenset[Atom]:
        """The atoms of a number: of a flow one for each part of the time, of what stands, one for its day.

        What a month opens with is what the last one closed with, in whatever table that stood.
        """
        row, column = self.rows[place[0]], self.columns[place[1]]
        if self.goes_on and not place[1]:
            return frozenset({Atom(f"“{_month_before(row)}”", self.columns[-1], "")})
        if self.goes_on:
            return frozenset({Atom(row, column, "")})
        if self._is_flow(place):
            return frozenset(Atom(row, column, part) for part in parts)
        return frozenset(
            {Atom(row, STANDING, _day_before(parts[0]) if not place[1] else _last_day(parts[-1]))}
        )

    def is_total(self, place: Place) -> bool:
        """None is."""
        return False

    def lines(self, place: Place) -> list[Line]:
        """Its row; what is the same number in the next row or the last; what came in its quarter."""
        row, column = place
        last = len(self.signs) - 1
        lines = [tuple((row, other) for other in range(last + 1))]
        if self.goes_on and column == 0 and row:
            lines.append(((row - 1, last), place))
        if self.goes_on and column == last and row + 1 < len(self.rows):
            lines.append((place, (row + 1, 0)))
        if self.goes_on and column == RECEIVED:
            lines.append(tuple((other, RECEIVED) for other in self._quarters()[quarter_of(self.rows[row])]))
        return lines

    def rank(self, place: Place) -> int:
        """What turned is missed least, and what stands most."""
        return 2 * (not self._is_flow(place)) + (place[1] == RECEIVED)

    def may_hide_zero(self, place: Place) -> bool:
        """A flow of zero hides as well as another, for nobody knows that it is zero."""
        return self._is_flow(place)

    def ties(self, parts: Sequence[str]) -> list[Tie]:
        """What each row says of its numbers."""
        return [self._sides(row, parts) for row in range(len(self.rows))]

    def quarters_told(self, said: Iterable[Release] = ()) -> Release:
        """What other tables tell of what was received in each quarter, unless that is `said` to be hidden."""
        if not self.goes_on:
            return Release(())
        published = (number for release in said for number in release.published)
        hidden = [number.terms for number in published if number.known is None]
        quarters = [
            Published(
                frozenset().union(*(self.terms((row, RECEIVED), ("",)) for row in rows)),
                sum(self.counts[row][RECEIVED] for row in rows),
            )
            for rows in self._quarters().values()
            if len(rows) > 1
        ]
        return Release(tuple(each for each in quarters if not any(each.terms <= terms for terms in hidden)))

    def _is_flow(self, place: Place) -> bool:
        return 0 < place[1] < len(self.signs) - 1

    def _sides(self, row: int, parts: Sequence[str]) -> Tie:
        def side(sign: int) -> Iterable[Atom]:
            for column, each in enumerate(self.signs):
                if each == sign:
                    yield from self.terms((row, column), parts)

        return frozenset(side(1)), frozenset(side(-1))

    def _quarters(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, month in enumerate(self.rows):
            found.setdefault(quarter_of(month), []).append(row)
        return found


def quarter_of(month: str) -> str:
    """The quarter of a month that is written as 2026-03, with whatever stands around it."""
    digits = month.strip("“”")
    return f"{digits[:4]}-Q{(int(digits[5:7]) + 2) // 3}"


def _month_before(month: str) -> str:
    first = date.fromisoformat(f"{month.strip('“”')}-01")
    return f"{first - timedelta(days=1):%Y-%m}"


def _day_before(quarter: str) -> str:
    return (Period.parse(quarter).first - timedelta(days=1)).isoformat() if quarter else "before"


def _last_day(quarter: str) -> str:
    return Period.parse(quarter).last.isoformat() if quarter else "after"
