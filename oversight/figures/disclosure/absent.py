"""Rows and columns that one release of a table has and another of the same time lacks.

A zero is always shown, so whoever reads both knows that what is missing from one is none there.
"""

from collections.abc import Sequence

from oversight.figures.disclosure.leaving_out import is_left_out
from oversight.figures.disclosure.releases import Atom, Published, Release

NO_TIME = ""
"""The part of tables whose rows are stretches of time: one that is not there was only not asked for."""


def known_to_be_none(releases: Sequence[Release]) -> Release:
    """What a reader of those releases of one table takes to be zero, as one sum that comes to nothing.

    What any of them says is not zero was only counted elsewhere at one time: of that nothing is known.
    """
    by_release = [_atoms(release) for release in releases]
    every = frozenset().union(*by_release)
    none = set[Atom]()
    for atoms in by_release:
        parts = {atom.part for atom in atoms}
        none |= {atom for atom in every if atom.part in parts} - atoms
    for number in (number for release in releases for number in release.published):
        if number.terms <= none and (number.known or number.least):
            none -= number.terms
    return Release((Published(frozenset(none), 0),) if none else ())


def _atoms(release: Release) -> frozenset[Atom]:
    return frozenset(
        atom
        for number in release.published
        for atom in number.terms
        if not is_left_out(atom) and atom.part != NO_TIME
    )
