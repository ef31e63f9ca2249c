"""What tables of one edition say of one another, for whoever reads them side by side: sums that are equal.

Atoms are those of the tables, each with the family of tables whose atoms it shares: a table that is drawn
from another one's counts has the atoms of that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from oversight.figures.arithmetic import SUMS, Sum, comes_to, of_sum
from oversight.figures.figure import Figure
from oversight.figures.leaving_out import is_left_out
from oversight.figures.releases import Atom, Release, Tie
from oversight.figures.showing import layout_of

Named = tuple[str, Atom]
"""An atom, after the family that it is of."""


@dataclass(frozen=True)
class Beside:
    """A table among others of its edition. `parts`: the parts of time that it covers."""

    id: str
    family: str
    figure: Figure
    parts: Sequence[str]


def ties_between(tables: Sequence[Beside], said: Mapping[str, Sequence[Release]]) -> list[Tie]:
    """The sums of those tables that are equal, in each part of time that anything was `said` of."""
    atoms = {family: _atoms(releases) for family, releases in said.items()}
    found: list[Tie] = []
    for each in SUMS:
        of_it = [table for table in tables if comes_to(each, table.figure) is not None]
        sides = [side for table in of_it for side in _sides(each, table, atoms.get(table.family, ()))]
        for _, alike in groupby(sorted(sides, key=lambda side: side[0]), key=lambda side: side[0]):
            first, *others = (side for _, side in alike)
            found += ((first, other) for other in others)
    return found


def _atoms(releases: Iterable[Release]) -> frozenset[Atom]:
    return frozenset(atom for release in releases for number in release.published for atom in number.terms)


def _sides(
    each: Sum, table: Beside, atoms: Collection[Atom]
) -> Iterator[tuple[tuple[str, str], frozenset[Named]]]:
    """((part, row), the atoms that come to the sum there); the row is empty for what all rows come to."""
    codes = {unknown.code for unknown in of_sum(each, table.figure)}
    for part, within in _by_part(each, table, atoms).items():
        if codes <= {atom.column for atom in within if is_left_out(atom)}:
            besides = {atom for atom in within if is_left_out(atom) and atom.column in codes}
            inside = {atom for atom in within if not is_left_out(atom)}
            if inside:
                yield (part, ""), frozenset((table.family, atom) for atom in inside | besides)
            for row in {atom.row for atom in inside} if each.same_rows else ():
                yield (part, row), frozenset((table.family, atom) for atom in inside if atom.row == row)


def _by_part(each: Sum, table: Beside, atoms: Collection[Atom]) -> dict[str, set[Atom]]:
    """The atoms of the sum by their part of time; of what stands on a day, that day."""
    found: dict[str, set[Atom]] = {}
    figure = table.figure
    closing = layout_of(figure).columns[-1]
    for atom in atoms:
        if figure.is_stock:
            if atom.column == closing and not is_left_out(atom):
                found.setdefault(_month(atom.row), set()).add(atom)
        elif each.of_a_day:
            found.setdefault(_month(atom.part), set()).add(atom)
        else:
            found.setdefault(atom.part, set()).add(atom)
    return found


def _month(text: str) -> str:
    """The month of a day, or of a row that is one, as 2026-03."""
    return text.strip("“”")[:7]
