"""What tables of one edition say of one another, for whoever reads them side by side: sums that are equal.

Atoms are those of the tables, each with the family of tables whose atoms it shares: a table that is drawn
from another one's counts has the atoms of that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from oversight.figures.arithmetic import MONTHLY, SUMS, Sum, comes_to, of_sum
from oversight.figures.disclosure.leaving_out import is_left_out
from oversight.figures.disclosure.releases import Atom, Published, Release, Tie, latest
from oversight.figures.disclosure.showing import layout_of
from oversight.figures.disclosure.stocks import CAME, RECEIVED, STANDING, Stock, quarter_of
from oversight.figures.figure import Figure

Named = tuple[str, Atom]
"""An atom, after the family that it is of."""


@dataclass(frozen=True)
class Beside:
    """A table among others of its edition. `parts`: the parts of time that it covers."""

    id: str
    family: str
    figure: Figure
    parts: Sequence[str]

    def cell(self, terms: Collection[Atom]) -> str | None:
        """The words of the row and the column where that sum stands; None if it stands nowhere here."""
        layout = layout_of(self.figure)
        rows, columns = (*layout.rows, "in all"), (*layout.columns, "in all")
        for row, column in layout.numbers():
            if layout.terms((row, column), self.parts) == terms:
                return f"{rows[row]}, {columns[column]}"
        return None


def ties_between(tables: Sequence[Beside], said: Mapping[str, Sequence[Release]]) -> list[Tie]:
    """The sums of those tables that are equal, in each part of time that anything was `said` of."""
    atoms = {family: _atoms(releases) for family, releases in said.items()}
    found: list[Tie] = []
    for each in SUMS:
        of_it = [table for table in tables if comes_to(each, table.figure) is not None]
        sides = [side for table in of_it for side in _sides(each, table, said.get(table.family, ()))]
        found += _equal(sides)
    for of in sorted({of for table in tables for of in table.figure.column_sums}):
        found += _equal(side for table in tables for side in _of_columns(of, table, atoms))
    return [*found, *_of_months(tables, said), *_of_stages(tables, atoms), *_of_flows(tables, atoms)]


Side = tuple[tuple[str, str], frozenset[Named]]
"""((part, row), the atoms that come to a sum there); the row is empty for what all rows come to."""


def _equal(sides: Iterable[Side]) -> Iterator[Tie]:
    """Sums of the same part and row are equal."""
    for _, alike in groupby(sorted(sides, key=lambda side: side[0]), key=lambda side: side[0]):
        first, *others = (side for _, side in alike)
        yield from ((first, other) for other in others)


def _atoms(releases: Iterable[Release]) -> frozenset[Atom]:
    return frozenset(atom for release in releases for number in release.published for atom in number.terms)


def _sides(each: Sum, table: Beside, releases: Sequence[Release]) -> Iterator[Side]:
    codes = {unknown.code for unknown in of_sum(each, table.figure)}
    for part, within in _by_part(each, table, releases).items():
        if codes <= {atom.column for atom in within if is_left_out(atom)}:
            besides = {atom for atom in within if is_left_out(atom) and atom.column in codes}
            inside = {atom for atom in within if not is_left_out(atom)}
            if inside:
                yield (part, ""), frozenset((table.family, atom) for atom in inside | besides)
            for row in {atom.row for atom in inside} if each.same_rows else ():
                yield (part, row), frozenset((table.family, atom) for atom in inside if atom.row == row)


def _of_columns(of: str, table: Beside, atoms: Mapping[str, Collection[Atom]]) -> Iterator[Side]:
    """What the groups of its columns come to, in each part whose columns all are columns of this table too.

    Of others nobody has said here which of their columns belong to the sum.
    """
    if not table.figure.rows:
        return
    columns, groups = layout_of(table.figure).columns, table.figure.column_sums.get(of, ())
    inside = sorted((atom for atom in atoms.get(table.family, ()) if not is_left_out(atom)), key=_part)
    for part, in_part in groupby(inside, key=_part):
        within = list(in_part)
        if {atom.column for atom in within} <= set(columns):
            for group in groups:
                names = {columns[place] for place in group}
                yield (part, ""), frozenset((table.family, atom) for atom in within if atom.column in names)


def _part(atom: Atom) -> str:
    return atom.part


def _by_part(each: Sum, table: Beside, releases: Sequence[Release]) -> dict[str, set[Atom]]:
    """The atoms of the sum by their part of time; of what stands on a day, that month's end."""
    found: dict[str, set[Atom]] = {}
    told_anew = {atom for _, anew in _months_told(table, releases) for atom in anew}
    for atom in _atoms(releases):
        if not each.of_a_day:
            found.setdefault(atom.part, set()).add(atom)
        elif _is_open_at_the_end(atom, table.figure):
            month = _month(atom)
            # Where a month now opens with another number than was closed with, only what both tables begin
            # with is the same; what else was said of the end before is not.
            if atom not in told_anew:
                found.setdefault(month, set()).add(atom)
            if table.figure.open_rows or atom in told_anew:
                found.setdefault(f"{month} told anew", set()).add(atom)
    return found


def _is_open_at_the_end(atom: Atom, figure: Figure) -> bool:
    """Whether it is of what was open on some day: of a month's closing, or of what stood anywhere."""
    if figure.is_stock:
        return atom.column == layout_of(figure).columns[-1]
    if figure.signs:
        return atom.column == STANDING and atom.row not in layout_of(figure).rows[figure.open_rows :]
    return not is_left_out(atom)


def _month(atom: Atom) -> str:
    """The month of a day, or of a row that is one, as 2026-03."""
    return (atom.part or atom.row.strip("“”"))[: len("2026-03")]


def _of_months(tables: Sequence[Beside], said: Mapping[str, Sequence[Release]]) -> Iterator[Tie]:
    """What each month of a stock says of its numbers, those too that only earlier editions have.

    Not of a month that was said to be otherwise since, in part: whole, nothing new was said of it.
    """
    for table in tables:
        for sides, told_anew in _months_told(table, said.get(table.family, ())):
            if not told_anew:
                one, other = (frozenset((table.family, atom) for atom in side) for side in sides)
                yield one, other


def _months_told(table: Beside, releases: Sequence[Release]) -> Iterator[tuple[Tie, set[Atom]]]:
    """(what the month says of its numbers, those that were known otherwise after it was last told)."""
    layout = layout_of(table.figure) if table.figure.is_stock else None
    if isinstance(layout, Stock):
        now, then = latest(releases), dict[str, dict[frozenset[Atom], Published]]()
        for release in releases:
            numbers = latest([release])
            then |= {
                atom.row: numbers for atom in _atoms([release]) if atom.column == layout.columns[RECEIVED]
            }
        months = tuple(sorted(then))
        for month, (one, other) in zip(
            months, replace(layout, rows=months, counts=()).ties(("",)), strict=True
        ):
            told = {atom: frozenset({atom}) for atom in one | other}
            if then[month].keys() >= set(told.values()):
                yield (
                    (one, other),
                    {
                        atom
                        for atom, terms in told.items()
                        if then[month][terms].known not in (None, now[terms].known)
                    },
                )


def _of_stages(tables: Sequence[Beside], atoms: Mapping[str, Collection[Atom]]) -> Iterator[Tie]:
    """What each place to stand at says of its numbers, in each quarter: what stood, came, went and stands."""
    for table in tables:
        layout = layout_of(table.figure) if table.figure.open_rows else None
        if isinstance(layout, Stock):
            moved = sorted(
                atom for atom in atoms.get(table.family, ()) if atom.column == layout.columns[CAME]
            )
            for quarter, within in groupby(sorted(moved, key=_part), key=_part):
                rows = tuple(atom.row for atom in within)
                for sides in replace(layout, rows=rows, counts=((),) * len(rows)).ties((quarter,)):
                    one, other = (frozenset((table.family, atom) for atom in side) for side in sides)
                    yield one, other


# --- what moved ---------------------------------------------------------------------------------------


def _of_flows(tables: Sequence[Beside], atoms: Mapping[str, Collection[Atom]]) -> Iterator[Tie]:
    """What moved between places to stand at is what moved in the months of each quarter."""
    monthly = next((each for each in tables if each.figure.table == MONTHLY), None)
    staged = next((each for each in tables if each.figure.open_rows), None)
    if monthly is None or staged is None:
        return
    _, received, again, closed, _ = layout_of(monthly.figure).columns
    _, came, went, _ = layout_of(staged.figure).columns
    endings = layout_of(staged.figure).rows[staged.figure.open_rows :]
    for quarter in sorted(
        {atom.part for atom in atoms.get(staged.family, ()) if atom.column in (came, went)}
    ):
        in_months = partial(_moved_in_months, monthly.family, atoms, quarter)
        at_all, at_endings = (
            partial(_moved_at, staged.family, atoms, quarter, rows) for rows in (None, endings)
        )
        if in_months(received):
            yield in_months(closed), at_endings(came)
            yield in_months(again), at_endings(went)
            yield at_all(came), at_all(went) | in_months(received)


def _moved_in_months(
    family: str, atoms: Mapping[str, Collection[Atom]], quarter: str, column: str
) -> frozenset[Named]:
    in_quarter = (atom for atom in atoms.get(family, ()) if not is_left_out(atom) and atom.column == column)
    return frozenset((family, atom) for atom in in_quarter if quarter_of(atom.row) == quarter)


def _moved_at(
    family: str,
    atoms: Mapping[str, Collection[Atom]],
    quarter: str,
    rows: Collection[str] | None,
    column: str,
) -> frozenset[Named]:
    at_all = (atom for atom in atoms[family] if (atom.column, atom.part) == (column, quarter))
    return frozenset((family, atom) for atom in at_all if rows is None or atom.row in rows)
